//! The state of the Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998) for the module `random`: 624 words, which the
//! guest keeps in a list of ints.

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, function};
use crate::value::Value;

/// Words of state.
const LENGTH: usize = 624;
/// Distance of the words that are combined.
const DISTANCE: usize = 397;

/// Functions of the module `random`.
pub(crate) const INTRINSICS: &[NativeDef] =
    &[function("_random_state", Signature::One, initial_state), function("_random_twist", Signature::One, twist)];

fn words(m: &mut Machine, value: Value) -> Result<Vec<u32>, Fault> {
    let Value::List(list) = value else { return Err(m.type_error("the state is a list")) };
    m.charge_items(m.heap.list(list).len())?;
    let word = |value: &Value| match value {
        Value::Int(number) => u32::try_from(*number).ok(),
        _ => None,
    };
    let words: Option<Vec<u32>> = m.heap.list(list).iter().map(word).collect();
    words.ok_or_else(|| m.type_error("the state consists of 32-bit words"))
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
    m.heap.new_list(state.into_iter().map(|word| Value::Int(i64::from(word))).collect())
}

/// The place after `at`; the first word is the last one again at the end of each round.
fn next_place(state: &mut [u32], at: usize) -> usize {
    if at + 1 < LENGTH {
        return at + 1;
    }
    state[0] = state[LENGTH - 1];
    1
}

/// `_random_twist(state)`: the next 624 words, in place.
fn twist(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let mut state = words(m, argument(args, 0))?;
    if state.len() != LENGTH {
        return Err(m.value_error("state vector is the wrong size"));
    }
    m.charge_items(2 * LENGTH)?;
    for at in 0..LENGTH {
        let both = (state[at] & 0x8000_0000) | (state[(at + 1) % LENGTH] & 0x7FFF_FFFF);
        let odd = if both & 1 == 1 { 0x9908_B0DF } else { 0 };
        state[at] = state[(at + DISTANCE) % LENGTH] ^ (both >> 1) ^ odd;
    }
    if let Value::List(list) = argument(args, 0) {
        for (at, word) in state.into_iter().enumerate() {
            if let Some(slot) = m.heap.lists.slot(list).items.get_mut(at) {
                *slot = Value::Int(i64::from(word));
            }
        }
    }
    Ok(Value::None)
}
