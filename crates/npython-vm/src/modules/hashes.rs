//! What `hashlib` does natively. A digest under way is bytes that the module keeps, so that snapshots hold it like any data.

mod blake2;
mod digest;

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, function};
use crate::value::Value;

use blake2::{Blake2b, Blake2s};
use digest::{Running, resume};

/// Functions of the module `hashlib`.
pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_hash_start", Signature::One, start),
    function("_hash_update", Signature::Positional(3, 3), update),
    function("_hash_finish", Signature::Positional(3, 3), finish),
    function("_hash_blake2", Signature::Positional(3, 3), start_blake2),
    function("_hash_pbkdf2", Signature::Positional(5, 5), pbkdf2),
];

/// Data is hashed and paid for in portions of this many bytes.
const PORTION: usize = 1 << 16;
/// What hashing one block costs at least.
const BLOCK_COST: u64 = 64;

/// Charges for hashing so many bytes.
fn charge(m: &mut Machine, bytes: usize) -> Result<(), Fault> {
    m.charge(BLOCK_COST + bytes as u64 / 2)
}

fn name_of(m: &Machine, value: Value) -> String {
    m.as_str(value).map_or_else(String::new, |id| m.heap.str(id).to_owned())
}

/// The digest that a name and a state stand for.
fn resumed(m: &mut Machine, args: &[Value]) -> Result<Box<dyn Running>, Fault> {
    let name = name_of(m, argument(args, 0));
    let made = m.bytes_like(argument(args, 1)).and_then(|state| resume(&name, Some(state)));
    made.ok_or_else(|| m.value_error("not the state of a hash"))
}

/// `_hash_start(name)`: the state of a digest without data; None when there is no such digest.
fn start(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let name = name_of(m, argument(args, 0));
    match resume(&name, None) {
        Some(digest) => m.heap.new_bytes(digest.state()),
        None => Ok(Value::None),
    }
}

/// `_hash_update(name, state, data)`: the state with the data added.
fn update(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let mut digest = resumed(m, args)?;
    let data = argument(args, 2);
    let Some(length) = m.bytes_like(data).map(<[u8]>::len) else {
        return Err(m.type_error("object supporting the buffer API required"));
    };
    charge(m, 0)?;
    for start in (0..length).step_by(PORTION) {
        let end = length.min(start + PORTION);
        charge(m, end - start)?;
        if let Some(portion) = m.bytes_like(data).and_then(|data| data.get(start..end)) {
            digest.update(portion);
        }
    }
    m.heap.new_bytes(digest.state())
}

/// `_hash_finish(name, state, length)`: the digest.
fn finish(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let digest = resumed(m, args)?;
    let length = match argument(args, 2) {
        Value::Int(length) => usize::try_from(length).unwrap_or(0),
        _ => 0,
    };
    charge(m, length)?;
    m.make_room(length)?;
    m.heap.new_bytes(digest.finish(length))
}

/// `_hash_blake2(name, parameters, last_node)`: the state of a digest without data.
fn start_blake2(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let name = name_of(m, argument(args, 0));
    let last_node = argument(args, 2) == Value::True;
    let parameters = m.bytes_like(argument(args, 1)).unwrap_or_default();
    let state = match name.as_str() {
        "blake2b" => Blake2b::new(parameters, last_node).map(|digest| digest.state()),
        _ => Blake2s::new(parameters, last_node).map(|digest| digest.state()),
    };
    match state {
        Some(state) => m.heap.new_bytes(state),
        None => Err(m.value_error("wrong parameters")),
    }
}

/// `_hash_pbkdf2(name, keys, salt, iterations, length)`: PKCS 5 (RFC 8018) with HMAC. `keys` are the states of the inner and
/// the outer digest with the padded password.
fn pbkdf2(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[name, keys, salt, Value::Int(iterations), Value::Int(length)] = args else {
        return Err(m.type_error("wrong arguments"));
    };
    let name = name_of(m, name);
    let keys = m.collect_items(keys)?;
    let Some(salt) = m.byte_copy(salt)? else { return Err(m.type_error("a bytes-like object is required")) };
    let length = usize::try_from(length).unwrap_or(0);
    m.heap.reserve(length)?;
    let mut output = Vec::with_capacity(length);
    let mut number: u32 = 0;
    while output.len() < length {
        number = number.wrapping_add(1);
        charge(m, salt.len())?;
        let mut message = salt.clone();
        message.extend(number.to_be_bytes());
        let mut block = code(m, &name, &keys, &message)?;
        let mut last = block.clone();
        for _ in 1..iterations {
            charge(m, 4 * last.len())?;
            last = code(m, &name, &keys, &last)?;
            block.iter_mut().zip(&last).for_each(|(sum, byte)| *sum ^= byte);
        }
        if block.is_empty() {
            return Err(m.value_error("not the state of a hash"));
        }
        output.extend(block);
    }
    output.truncate(length);
    m.heap.release(length);
    m.heap.new_bytes(output)
}

/// The HMAC of a message.
fn code(m: &mut Machine, name: &str, keys: &[Value], message: &[u8]) -> Result<Vec<u8>, Fault> {
    let digest = |m: &Machine, at: usize| resume(name, Some(m.bytes_like(*keys.get(at)?)?));
    let (Some(mut inner), Some(mut outer)) = (digest(m, 0), digest(m, 1)) else {
        return Err(m.value_error("not the state of a hash"));
    };
    inner.update(message);
    outer.update(&inner.finish(0));
    Ok(outer.finish(0))
}
