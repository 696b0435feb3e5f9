//! The state of the Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998) for the module `random`: 624 words and the
//! position of the next one, which the guest keeps in a list of ints.

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, function};
use crate::objects::List;
use crate::value::{Id, Value};

/// Words of state.
const LENGTH: usize = 624;
/// Distance of the words that are combined.
const DISTANCE: usize = 397;

/// Functions of the module `random`.
pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_random_state", Signature::One, initial_state),
    function("_random_word", Signature::One, word),
    function("_random_float", Signature::One, float),
    function("_random_below", Signature::Positional(2, 2), below),
];

/// A list of 32-bit words.
fn words(m: &mut Machine, value: Value) -> Result<Vec<u32>, Fault> {
    let Value::List(list) = value else { return Err(not_a_state(m)) };
    m.charge_items(m.heap.list(list).len())?;
    let words: Option<Vec<u32>> = m.heap.list(list).iter().map(|value| word_of(*value)).collect();
    words.ok_or_else(|| not_a_state(m))
}

fn word_of(value: Value) -> Option<u32> {
    match value {
        Value::Int(number) => u32::try_from(number).ok(),
        _ => None,
    }
}

#[cold]
fn not_a_state(m: &mut Machine) -> Fault {
    m.type_error("the state consists of 32-bit words")
}

fn mixed(previous: u32) -> u32 {
    previous ^ (previous >> 30)
}

/// `_random_state(key)`: the state that a list of 32-bit words stands for (`init_by_array` of the reference).
fn initial_state(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let key = words(m, argument(args, 0))?;
    m.charge_items(3 * LENGTH + key.len())?;
    let mut state = vec![19_650_218_u32; LENGTH];
    for at in 1..LENGTH {
        state[at] = mixed(state[at - 1]).wrapping_mul(1_812_433_253).wrapping_add(at as u32);
    }
    let (mut at, mut from) = (1, 0);
    for _ in 0..LENGTH.max(key.len()) {
        let added = key.get(from).copied().unwrap_or(0).wrapping_add(from as u32);
        state[at] = (state[at] ^ mixed(state[at - 1]).wrapping_mul(1_664_525)).wrapping_add(added);
        from = if from + 1 >= key.len() { 0 } else { from + 1 };
        at = next_place(&mut state, at);
    }
    for _ in 1..LENGTH {
        state[at] = (state[at] ^ mixed(state[at - 1]).wrapping_mul(1_566_083_941)).wrapping_sub(at as u32);
        at = next_place(&mut state, at);
    }
    state[0] = 0x8000_0000;
    let position = Value::Int(LENGTH as i64);
    m.heap.new_list(state.into_iter().map(|word| Value::Int(i64::from(word))).chain([position]).collect())
}

/// The place after `at`; the first word is the last one again at the end of each round.
fn next_place(state: &mut [u32], at: usize) -> usize {
    if at + 1 < LENGTH {
        return at + 1;
    }
    state[0] = state[LENGTH - 1];
    1
}

/// The next 624 words, in place.
fn twist(m: &mut Machine, list: Id<List>) -> Result<(), Fault> {
    let mut state = words(m, Value::List(list))?;
    if state.len() != LENGTH + 1 {
        return Err(not_a_state(m));
    }
    m.charge_items(2 * LENGTH)?;
    for at in 0..LENGTH {
        let both = (state[at] & 0x8000_0000) | (state[(at + 1) % LENGTH] & 0x7FFF_FFFF);
        let odd = if both & 1 == 1 { 0x9908_B0DF } else { 0 };
        state[at] = state[(at + DISTANCE) % LENGTH] ^ (both >> 1) ^ odd;
    }
    state[LENGTH] = 0;
    for (slot, word) in m.heap.lists.slot(list).items.iter_mut().zip(state) {
        *slot = Value::Int(i64::from(word));
    }
    Ok(())
}

/// The next random word.
fn next_word(m: &mut Machine, state: Value) -> Result<u32, Fault> {
    let Value::List(list) = state else { return Err(not_a_state(m)) };
    let position = |m: &Machine| m.heap.list(list).get(LENGTH).copied().and_then(word_of).map(|at| at as usize);
    let mut at = position(m).ok_or_else(|| not_a_state(m))?;
    if at >= LENGTH {
        twist(m, list)?;
        at = 0;
    }
    let mut word = m.heap.list(list).get(at).copied().and_then(word_of).ok_or_else(|| not_a_state(m))?;
    if let Some(position) = m.heap.lists.slot(list).items.get_mut(LENGTH) {
        *position = Value::Int(at as i64 + 1);
    }
    word ^= word >> 11;
    word ^= (word << 7) & 0x9D2C_5680;
    word ^= (word << 15) & 0xEFC6_0000;
    Ok(word ^ (word >> 18))
}

/// `_random_word(state)`: 32 random bits.
fn word(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    next_word(m, argument(args, 0)).map(|word| Value::Int(i64::from(word)))
}

/// `_random_float(state)`: 53 random bits as a float in [0, 1).
fn float(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let state = argument(args, 0);
    let (high, low) = (next_word(m, state)? >> 5, next_word(m, state)? >> 6);
    Ok(Value::float((f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0))
}

/// `_random_below(state, limit)`: an int below a positive limit of at most 32 bits, by drawing as many bits until they
/// are below it.
fn below(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let limit = match argument(args, 1) {
        Value::True => 1,
        value => word_of(value).filter(|limit| *limit > 0).ok_or_else(|| m.value_error("an empty range"))?,
    };
    loop {
        m.charge(1)?;
        let found = next_word(m, argument(args, 0))? >> limit.leading_zeros();
        if found < limit {
            return Ok(Value::Int(i64::from(found)));
        }
    }
}
