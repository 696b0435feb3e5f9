//! Methods of `bytes`; those that `bytearray` has as well are shared with it.

pub(crate) mod case;
pub(crate) mod construct;
pub(crate) mod convert;
pub(crate) mod pad;
pub(crate) mod search;
pub(crate) mod special;
pub(crate) mod split;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, class_method, constructor, method, static_method, wrapper};
use crate::pace;
use crate::text::GuestError;
use crate::value::Value;

const SEARCH: Signature = Signature::Positional(1, 3);

/// Methods of `bytes` alone.
pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Named("source=, encoding=, errors="), construct::new_bytes).or("bytes_new"),
    wrapper("__hash__", Signature::None, special::hash),
    method("__bytes__", Signature::None, special::bytes),
    method("__getnewargs__", Signature::None, special::get_new_args),
    class_method("fromhex", Signature::One, convert::bytes_from_hex).or("bytes_fromhex"),
];

/// Methods that `bytes` and `bytearray` share.
pub(crate) const SHARED_METHODS: &[NativeDef] = &[
    wrapper("__add__", Signature::One, special::add),
    wrapper("__contains__", Signature::One, special::contains).or("bytes_contains"),
    wrapper("__eq__", Signature::One, special::equal),
    wrapper("__ne__", Signature::One, special::not_equal),
    wrapper("__lt__", Signature::One, special::less),
    wrapper("__le__", Signature::One, special::less_or_equal),
    wrapper("__gt__", Signature::One, special::greater),
    wrapper("__ge__", Signature::One, special::greater_or_equal),
    wrapper("__getitem__", Signature::One, special::get_item),
    wrapper("__iter__", Signature::None, special::iter),
    wrapper("__len__", Signature::None, special::len),
    wrapper("__mod__", Signature::One, special::modulo),
    wrapper("__rmod__", Signature::One, special::reflected_modulo),
    wrapper("__mul__", Signature::One, special::multiply).or("bytes_multiply"),
    wrapper("__rmul__", Signature::One, special::multiply).or("bytes_multiply"),
    wrapper("__repr__", Signature::None, special::repr),
    wrapper("__str__", Signature::None, special::repr),
    method("__sizeof__", Signature::None, special::size_of_object),
    method("capitalize", Signature::None, case::capitalize),
    method("lower", Signature::None, case::lower),
    method("swapcase", Signature::None, case::swapcase),
    method("title", Signature::None, case::title),
    method("upper", Signature::None, case::upper),
    method("isalnum", Signature::None, case::is_alnum),
    method("isalpha", Signature::None, case::is_alpha),
    method("isascii", Signature::None, case::is_ascii),
    method("isdigit", Signature::None, case::is_digit),
    method("islower", Signature::None, case::is_lower),
    method("isspace", Signature::None, case::is_space),
    method("istitle", Signature::None, case::is_title),
    method("isupper", Signature::None, case::is_upper),
    method("center", Signature::Positional(1, 2), pad::center).or("bytes_center"),
    method("ljust", Signature::Positional(1, 2), pad::left_justify).or("bytes_ljust"),
    method("rjust", Signature::Positional(1, 2), pad::right_justify).or("bytes_rjust"),
    method("zfill", Signature::One, pad::zero_fill).or("bytes_zfill"),
    method("expandtabs", Signature::Named("tabsize="), pad::expand_tabs).or("bytes_expandtabs"),
    method("count", SEARCH, search::count).or("bytes_count"),
    method("find", SEARCH, search::find).or("bytes_find"),
    method("index", SEARCH, search::index).or("bytes_index"),
    method("rfind", SEARCH, search::rfind).or("bytes_rfind"),
    method("rindex", SEARCH, search::rindex).or("bytes_rindex"),
    method("startswith", SEARCH, search::starts_with).or("bytes_startswith"),
    method("endswith", SEARCH, search::ends_with).or("bytes_endswith"),
    method("replace", Signature::Positional(2, 3), search::replace).or("bytes_replace"),
    method("removeprefix", Signature::One, search::remove_prefix),
    method("removesuffix", Signature::One, search::remove_suffix),
    method("partition", Signature::One, split::partition),
    method("rpartition", Signature::One, split::rpartition),
    method("split", Signature::Named("sep=, maxsplit="), split::split).or("bytes_split"),
    method("rsplit", Signature::Named("sep=, maxsplit="), split::rsplit).or("bytes_rsplit"),
    method("splitlines", Signature::Named("keepends="), split::split_lines).or("bytes_splitlines"),
    method("strip", Signature::Positional(0, 1), split::strip),
    method("lstrip", Signature::Positional(0, 1), split::lstrip),
    method("rstrip", Signature::Positional(0, 1), split::rstrip),
    method("join", Signature::One, split::join).or("bytes_join"),
    method("decode", Signature::Named("encoding=, errors="), convert::decode),
    method("hex", Signature::Named("sep=, bytes_per_sep="), convert::hex).or("bytes_hex"),
    method("translate", Signature::Named("table, /, delete="), convert::translate),
    static_method("maketrans", Signature::Positional(2, 2), convert::make_trans),
];

/// The bytes or bytearray object that the receiver is or derives from.
pub(super) fn receiver(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let given = args.first().copied().unwrap_or(Value::None);
    match m.unwrap(given) {
        payload @ (Value::Bytes(_) | Value::ByteArray(_)) => Ok(payload),
        _ => {
            let name = m.type_name(given);
            Err(m.type_error(format!("descriptor requires a bytes-like object but received a '{name}'")))
        }
    }
}

/// The data of a receiver.
pub(super) fn data(m: &Machine, receiver: Value) -> &[u8] {
    m.bytes_like(receiver).unwrap_or_default()
}

/// An object of the same kind as the receiver.
pub(super) fn new_like(m: &mut Machine, receiver: Value, data: Vec<u8>) -> Result<Value, Fault> {
    match receiver {
        Value::ByteArray(_) => m.heap.new_byte_array(data),
        _ => m.heap.new_bytes(data),
    }
}

/// A new object with what a method made of the receiver's data. If nothing changed, that is the receiver itself; a copy of
/// a bytearray.
pub(super) fn changed_bytes(
    m: &mut Machine,
    receiver: Value,
    made: Result<Option<Vec<u8>>, GuestError>,
) -> Result<Value, Fault> {
    match made.map_err(|error| m.raise_guest_error(error))? {
        Some(made) => {
            m.charge_bytes(made.len())?;
            new_like(m, receiver, made)
        }
        None if matches!(receiver, Value::Bytes(_)) => Ok(receiver),
        None => {
            m.prepare_text(data(m, receiver).len())?;
            let copy = pace::copy(data(m, receiver), &m.go_on());
            let copy = m.unless_interrupted(copy)?;
            new_like(m, receiver, copy)
        }
    }
}

/// A copy of the data of an argument that must be bytes-like.
pub(super) fn bytes_argument(m: &mut Machine, value: Value) -> Result<Vec<u8>, Fault> {
    match m.byte_copy(value)? {
        Some(data) => Ok(data),
        None => {
            let name = m.type_name(value);
            Err(m.type_error(format!("a bytes-like object is required, not '{name}'")))
        }
    }
}

/// A value for a byte.
///
/// # Errors
/// ValueError with `message` when it is out of range; TypeError when it is no int; `Fallback` for a guest `__index__`.
pub(super) fn byte_argument(m: &mut Machine, value: Value, message: &str) -> Result<u8, Fault> {
    let number = match m.unwrap(value) {
        Value::BigInt(_) => None,
        _ => u8::try_from(m.size_argument(value)?).ok(),
    };
    number.ok_or_else(|| m.value_error(message))
}

pub(super) const BYTE_RANGE: &str = "byte must be in range(0, 256)";

/// The argument at `at`; `Undef` where it was not given.
pub(super) fn argument(args: &[Value], at: usize) -> Value {
    args.get(at).copied().unwrap_or(Value::Undef)
}
