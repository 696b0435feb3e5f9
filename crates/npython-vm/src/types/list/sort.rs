//! Sorting: stable, native where the keys compare without guest code.

use std::cmp::Ordering;

use npython_bytecode::CompareOperator;

use crate::fault::Fault;
use crate::heap::Heap;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, function};
use crate::objects::Str;
use crate::pace::{self, GoOn, Interrupted, ask_now_and_then};
use crate::value::{Id, Value};

/// What the prelude needs to sort with guest code.
pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_sort_begin", Signature::One, sort_begin),
    function("_sort_end", Signature::Positional(2, 2), sort_end),
    function("_sort_native", Signature::Positional(3, 3), sort_native),
    function("_reorder", Signature::Positional(2, 2), reorder),
];

/// Runs shorter than this are extended by insertion, as in CPython.
const SHORTEST_RUN: usize = 64;

/// `list.sort(*, key=None, reverse=False)`
pub(super) fn list_sort(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[receiver, key, reverse] = args else { return Ok(Value::None) };
    let list = super::list_of(m, receiver)?;
    let reverse = truth_without_guest(m, reverse)?;
    let items = std::mem::take(&mut m.heap.lists.slot(list).items);
    let sorted = sort_keyed(m, &items, key, reverse);
    let modified = m.heap.lists.get(list).items.capacity() > 0;
    match sorted {
        Ok(sorted) => {
            m.heap.release(sorted.len() * size_of::<Value>());
            m.heap.lists.slot(list).items = sorted;
            if modified { Err(m.value_error("list modified during sort")) } else { Ok(Value::None) }
        }
        Err(fault) => {
            m.heap.lists.slot(list).items = items;
            Err(fault)
        }
    }
}

fn truth_without_guest(m: &mut Machine, value: Value) -> Result<bool, Fault> {
    match value {
        Value::Undef => Ok(false),
        value => match m.truth(value) {
            Err(Fault::Call) => Err(Fault::Fallback),
            result => result,
        },
    }
}

/// The items in order of their keys. Room for as many items is reserved.
///
/// # Errors
/// `Fault::Fallback`, with nothing changed, when the key function or a comparison is guest code; TypeError when keys do
/// not compare.
pub(crate) fn sort_keyed(m: &mut Machine, items: &[Value], key: Value, reverse: bool) -> Result<Vec<Value>, Fault> {
    m.prepare_items(items.len())?;
    let keys = match key {
        Value::Undef | Value::None => None,
        key => Some(native_keys(m, items, key)?),
    };
    let order = sorted_order(m, keys.as_deref().unwrap_or(items), reverse)?;
    if let Some(keys) = keys {
        m.heap.release(keys.capacity() * size_of::<Value>());
    }
    let ordered = picked(items, &order, &m.go_on());
    m.unless_interrupted(ordered)
}

/// The items in an order.
fn picked(items: &[Value], order: &[u32], go_on: GoOn<'_>) -> Result<Vec<Value>, Interrupted> {
    let mut ordered = Vec::with_capacity(items.len());
    for (step, at) in order.iter().enumerate() {
        ask_now_and_then(step, go_on)?;
        ordered.extend(items.get(*at as usize));
    }
    Ok(ordered)
}

/// The keys by a native function.
fn native_keys(m: &mut Machine, items: &[Value], key: Value) -> Result<Vec<Value>, Fault> {
    m.prepare_items(items.len())?;
    let mut keys = Vec::with_capacity(items.len());
    for (step, item) in items.iter().enumerate() {
        m.look_now_and_then(step)?;
        match m.call_native_now(key, &[*item]) {
            Some(Ok(value)) => keys.push(value),
            Some(Err(Fault::Call)) | None => return Err(Fault::Fallback),
            Some(Err(fault)) => return Err(fault),
        }
    }
    Ok(keys)
}

/// What all keys have in common.
enum KeyKind {
    Ints,
    Floats,
    Strings,
    Mixed,
}

fn kind_of(m: &Machine, keys: &[Value], go_on: GoOn<'_>) -> Result<KeyKind, Interrupted> {
    let (mut ints, mut floats, mut strings) = (true, true, true);
    for (step, key) in keys.iter().enumerate() {
        ask_now_and_then(step, go_on)?;
        match key {
            Value::Int(_) => (floats, strings) = (false, false),
            Value::Float(number) if !number.get().is_nan() => (ints, strings) = (false, false),
            Value::Str(id) if !m.heap.strings.get(*id).surrogates => (ints, floats) = (false, false),
            _ => return Ok(KeyKind::Mixed),
        }
        if !(ints || floats || strings) {
            return Ok(KeyKind::Mixed);
        }
    }
    Ok(if ints {
        KeyKind::Ints
    } else if floats {
        KeyKind::Floats
    } else {
        KeyKind::Strings
    })
}

/// The indices of the keys in sorted order.
fn sorted_order(m: &mut Machine, keys: &[Value], reverse: bool) -> Result<Vec<u32>, Fault> {
    let count = keys.len();
    let rounds = u64::from(usize::BITS - count.leading_zeros());
    m.charge((count as u64).saturating_mul(rounds) / 4 + count as u64)?;
    // Working room: an entry of at most 24 bytes for each key, and as much for merging.
    let working = count.saturating_mul(48);
    m.heap.reserve(working)?;
    let kind = kind_of(m, keys, &m.go_on());
    let order = match m.unless_interrupted(kind)? {
        KeyKind::Ints => {
            let extract = |key: &Value| if let Value::Int(number) = key { *number } else { 0 };
            let order = order_by(keys, reverse, extract, Ord::cmp, &m.go_on());
            m.unless_interrupted(order)?
        }
        KeyKind::Floats => {
            let extract = |key: &Value| if let Value::Float(number) = key { number.get() } else { 0.0 };
            let compare = |a: &f64, b: &f64| a.partial_cmp(b).unwrap_or(Ordering::Equal);
            let order = order_by(keys, reverse, extract, compare, &m.go_on());
            m.unless_interrupted(order)?
        }
        KeyKind::Strings => {
            let heap = &m.heap;
            let order = order_by(keys, reverse, |key| TextKey::new(heap, *key), |a, b| a.compare(b, heap), &m.go_on());
            m.unless_interrupted(order)?
        }
        KeyKind::Mixed => {
            let mut order: Vec<u32> = (0..count as u32).collect();
            if reverse {
                order.reverse();
            }
            let mut comparisons = 0_u64;
            merge_sort(&mut order, &mut |a, b| {
                comparisons += 1;
                if comparisons.is_multiple_of(64) {
                    m.charge(64)?;
                }
                let (a, b) = (key_at(keys, a), key_at(keys, b));
                less(m, a, b)
            })?;
            if reverse {
                order.reverse();
            }
            order
        }
    };
    m.heap.release(working);
    Ok(order)
}

fn key_at(keys: &[Value], at: u32) -> Value {
    keys.get(at as usize).copied().unwrap_or(Value::None)
}

/// Keys sorted at once, between two questions whether to go on.
const SORTED_AT_ONCE: usize = 1 << 14;

/// Sorts extracted keys with their positions; descending order keeps equal keys in their original order too.
fn order_by<K: Copy>(
    keys: &[Value],
    reverse: bool,
    extract: impl Fn(&Value) -> K,
    compare: impl Fn(&K, &K) -> Ordering,
    go_on: GoOn<'_>,
) -> Result<Vec<u32>, Interrupted> {
    let mut pairs: Vec<(K, u32)> = Vec::with_capacity(keys.len());
    for (at, key) in keys.iter().enumerate() {
        ask_now_and_then(at, go_on)?;
        pairs.push((extract(key), at as u32));
    }
    let order = |a: &(K, u32), b: &(K, u32)| if reverse { compare(&b.0, &a.0) } else { compare(&a.0, &b.0) };
    for part in pairs.chunks_mut(SORTED_AT_ONCE) {
        part.sort_by(order);
        if part.len() == SORTED_AT_ONCE {
            go_on()?;
        }
    }
    let mut sorted = SORTED_AT_ONCE;
    while sorted < pairs.len() {
        pairs = merge_neighbours(&pairs, sorted, &order, go_on)?;
        sorted *= 2;
    }
    let mut positions = Vec::with_capacity(pairs.len());
    positions.extend(pairs.into_iter().map(|(_, at)| at));
    Ok(positions)
}

/// Merges each two neighbours of sorted runs of a length.
fn merge_neighbours<T: Copy>(
    items: &[T],
    length: usize,
    order: &impl Fn(&T, &T) -> Ordering,
    go_on: GoOn<'_>,
) -> Result<Vec<T>, Interrupted> {
    let mut merged = Vec::with_capacity(items.len());
    for both in items.chunks(2 * length) {
        let (mut left, mut right) = both.split_at(length.min(both.len()));
        if let (Some(last), Some(first)) = (left.last(), right.first())
            && order(first, last) == Ordering::Less
        {
            while let (Some((a, behind_a)), Some((b, behind_b))) = (left.split_first(), right.split_first()) {
                if order(b, a) == Ordering::Less {
                    merged.push(*b);
                    right = behind_b;
                } else {
                    merged.push(*a);
                    left = behind_a;
                }
                ask_now_and_then(merged.len(), go_on)?;
            }
        }
        pace::push_items(&mut merged, left, go_on)?;
        pace::push_items(&mut merged, right, go_on)?;
    }
    Ok(merged)
}

/// A string with its first bytes at hand. Bytes of UTF-8 are ordered as the code points they stand for.
#[derive(Clone, Copy)]
struct TextKey {
    prefix: u64,
    id: Option<Id<Str>>,
}

impl TextKey {
    fn new(heap: &Heap, key: Value) -> Self {
        let Value::Str(id) = key else { return Self { prefix: 0, id: None } };
        let mut first = [0; 8];
        for (slot, byte) in first.iter_mut().zip(heap.str(id).as_bytes()) {
            *slot = *byte;
        }
        Self { prefix: u64::from_be_bytes(first), id: Some(id) }
    }

    fn compare(&self, other: &Self, heap: &Heap) -> Ordering {
        self.prefix.cmp(&other.prefix).then_with(|| match (self.id, other.id) {
            (Some(a), Some(b)) => heap.str(a).cmp(heap.str(b)),
            _ => Ordering::Equal,
        })
    }
}

/// `a < b` without guest code; tuples of simple items without further ado.
fn less(m: &mut Machine, a: Value, b: Value) -> Result<bool, Fault> {
    if let Some(answer) = simple_order(&m.heap, a, b) {
        return Ok(answer == Ordering::Less);
    }
    if let (Value::Tuple(left), Value::Tuple(right)) = (a, b) {
        let (left, right) = (m.heap.tuple(left), m.heap.tuple(right));
        let mut differing = None;
        let mut simple = true;
        for (x, y) in left.iter().zip(right) {
            match simple_order(&m.heap, *x, *y) {
                Some(Ordering::Equal) => {}
                Some(order) => {
                    differing = Some(order == Ordering::Less);
                    break;
                }
                None => {
                    simple = false;
                    break;
                }
            }
        }
        match (differing, simple) {
            (Some(answer), _) => return Ok(answer),
            (None, true) => return Ok(left.len() < right.len()),
            (None, false) => {}
        }
    }
    match m.order_native(CompareOperator::Lt, a, b) {
        Err(Fault::Call) => Err(Fault::Fallback),
        result => result,
    }
}

/// The order of two ints, floats or strings.
fn simple_order(heap: &Heap, a: Value, b: Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(&b)),
        (Value::Float(a), Value::Float(b)) => a.get().partial_cmp(&b.get()),
        (Value::Str(a), Value::Str(b)) if !heap.strings.get(a).surrogates && !heap.strings.get(b).surrogates => {
            Some(heap.str(a).cmp(heap.str(b)))
        }
        _ => None,
    }
}

/// A stable merge sort that only asks `less`: runs that are there are kept, short ones extended by binary insertion, then
/// neighbours are merged. For up to 64 items it makes CPython's comparisons in CPython's order.
fn merge_sort(items: &mut [u32], less: &mut dyn FnMut(u32, u32) -> Result<bool, Fault>) -> Result<(), Fault> {
    let shortest = shortest_run(items.len());
    let mut runs: Vec<usize> = Vec::new();
    let mut rest = &mut *items;
    while !rest.is_empty() {
        let found = make_run(rest, less)?;
        let length = found.max(shortest.min(rest.len()));
        let (run, behind) = std::mem::take(&mut rest).split_at_mut(length);
        insert_sorted(run, found, less)?;
        runs.push(length);
        rest = behind;
    }
    let mut merged: Vec<u32> = Vec::with_capacity(items.len() / 2);
    while runs.len() > 1 {
        let mut longer = Vec::with_capacity(runs.len() / 2 + 1);
        let mut rest = &mut *items;
        for pair in runs.chunks(2) {
            let (first, second) = (pair.first().copied().unwrap_or(0), pair.get(1).copied().unwrap_or(0));
            let (both, behind) = std::mem::take(&mut rest).split_at_mut(first + second);
            if second > 0 {
                merge(both, first, &mut merged, less)?;
            }
            longer.push(first + second);
            rest = behind;
        }
        runs = longer;
    }
    Ok(())
}

/// The length below which runs are extended: between 32 and 64, so that the number of runs is near a power of two.
fn shortest_run(count: usize) -> usize {
    let (mut count, mut odd) = (count, 0);
    while count >= SHORTEST_RUN {
        odd |= count & 1;
        count >>= 1;
    }
    count + odd
}

/// The length of the run at the start, made ascending: an ascending one as it is, a descending one turned round with equal
/// items kept in order, and then extended. The comparisons are those of CPython 3.13.
fn make_run(items: &mut [u32], less: &mut dyn FnMut(u32, u32) -> Result<bool, Fault>) -> Result<usize, Fault> {
    let count = items.len();
    let mut length = ascending_length(items, 1, less)?;
    if length >= count {
        return Ok(count);
    }
    if length > 1 {
        if let (Some(&first), Some(&last)) = (items.first(), items.get(length - 1))
            && less(first, last)?
        {
            return Ok(length);
        }
        reverse_part(items, 0, length);
    }
    length += 1;
    let mut equal = 0;
    while let (Some(&last), Some(&next)) = (items.get(length - 1), items.get(length)) {
        if less(next, last)? {
            if equal > 0 {
                reverse_part(items, length - equal - 1, length);
                equal = 0;
            }
        } else if less(last, next)? {
            break;
        } else {
            equal += 1;
        }
        length += 1;
    }
    if equal > 0 {
        reverse_part(items, length - equal - 1, length);
    }
    reverse_part(items, 0, length);
    ascending_length(items, length, less)
}

/// How far items ascend, given that the first `length` do.
fn ascending_length(
    items: &[u32],
    length: usize,
    less: &mut dyn FnMut(u32, u32) -> Result<bool, Fault>,
) -> Result<usize, Fault> {
    let mut length = length.min(items.len());
    while let (Some(&last), Some(&next)) = (items.get(length.wrapping_sub(1)), items.get(length)) {
        if less(next, last)? {
            break;
        }
        length += 1;
    }
    Ok(length)
}

fn reverse_part(items: &mut [u32], start: usize, end: usize) {
    if let Some(part) = items.get_mut(start..end) {
        part.reverse();
    }
}

/// Inserts what lies behind the first `sorted` items among them.
fn insert_sorted(
    items: &mut [u32],
    sorted: usize,
    less: &mut dyn FnMut(u32, u32) -> Result<bool, Fault>,
) -> Result<(), Fault> {
    for at in sorted.max(1)..items.len() {
        let Some(&pivot) = items.get(at) else { break };
        let (mut low, mut high) = (0, at);
        while low < high {
            let middle = low + (high - low) / 2;
            if less(pivot, items.get(middle).copied().unwrap_or(pivot))? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if let Some(moved) = items.get_mut(low..=at) {
            moved.rotate_right(1);
        }
    }
    Ok(())
}

/// Merges two sorted neighbours, the second of which starts at `middle`.
fn merge(
    items: &mut [u32],
    middle: usize,
    left: &mut Vec<u32>,
    less: &mut dyn FnMut(u32, u32) -> Result<bool, Fault>,
) -> Result<(), Fault> {
    // In order already, as presorted input is: one comparison.
    if let (Some(&last), Some(&first)) = (items.get(middle.wrapping_sub(1)), items.get(middle))
        && !less(first, last)?
    {
        return Ok(());
    }
    left.clear();
    left.extend_from_slice(items.get(..middle).unwrap_or(&[]));
    let (mut from_left, mut from_right, mut to) = (0, middle, 0);
    while let (Some(&a), Some(&b)) = (left.get(from_left), items.get(from_right)) {
        let taken = if less(b, a)? {
            from_right += 1;
            b
        } else {
            from_left += 1;
            a
        };
        if let Some(slot) = items.get_mut(to) {
            *slot = taken;
        }
        to += 1;
    }
    for (slot, item) in items.iter_mut().skip(to).zip(left.iter().skip(from_left)) {
        *slot = *item;
    }
    Ok(())
}

/// `_sort_begin(list)`: the items in a new list; the list is empty while they are sorted.
fn sort_begin(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let list = super::list_of(m, args.first().copied().unwrap_or(Value::None))?;
    let items = std::mem::take(&mut m.heap.lists.slot(list).items);
    m.heap.lists.slot(list).sorting = true;
    m.heap.new_list(items)
}

/// `_sort_end(list, items)`: puts the items back; whether the list was changed meanwhile.
fn sort_end(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[receiver, items] = args else { return Ok(Value::False) };
    let (list, items) = (super::list_of(m, receiver)?, super::list_of(m, items)?);
    let modified = m.heap.lists.get(list).items.capacity() > 0;
    let items = std::mem::take(&mut m.heap.lists.slot(items).items);
    let list = m.heap.lists.slot(list);
    list.items = items;
    list.sorting = false;
    Ok(Value::bool(modified))
}

/// `_sort_native(items, keys, reverse)`: sorts the list of items by the list of keys; False when guest code has to compare.
fn sort_native(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[items, keys, reverse] = args else { return Ok(Value::False) };
    let (items, keys) = (super::list_of(m, items)?, super::list_of(m, keys)?);
    let keys_now = pace::copy(m.heap.list(keys), &m.go_on());
    let keys_now = m.unless_interrupted(keys_now)?;
    match sorted_order(m, &keys_now, reverse == Value::True) {
        Ok(order) => {
            apply_order(m, items, &order)?;
            Ok(Value::True)
        }
        Err(Fault::Fallback) => Ok(Value::False),
        Err(fault) => Err(fault),
    }
}

/// `_reorder(items, order)`: puts the items of a list in the order of a list of indices.
fn reorder(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[items, order] = args else { return Ok(Value::None) };
    let (items, order) = (super::list_of(m, items)?, super::list_of(m, order)?);
    m.charge_items(m.heap.list(order).len())?;
    let order: Vec<u32> =
        m.heap.list(order).iter().map(|at| if let Value::Int(at) = at { *at as u32 } else { u32::MAX }).collect();
    apply_order(m, items, &order)?;
    Ok(Value::None)
}

fn apply_order(m: &mut Machine, list: Id<crate::objects::List>, order: &[u32]) -> Result<(), Fault> {
    let ordered = picked(m.heap.list(list), order, &m.go_on());
    let mut ordered = m.unless_interrupted(ordered)?;
    let items = &mut m.heap.lists.slot(list).items;
    ordered.reserve_exact(items.capacity() - ordered.len().min(items.capacity()));
    *items = ordered;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{SORTED_AT_ONCE, merge_sort, order_by};
    use crate::pace::{Interrupted, UNASKED};
    use crate::value::Value;

    #[test]
    fn sorts_what_is_sorted_in_parts() {
        let number = |key: &Value| if let Value::Int(number) = key { *number } else { 0 };
        let count = 5 * SORTED_AT_ONCE as i64 + 7;
        for modulus in [1, 97, i64::MAX] {
            for factor in [1, -1, 7919] {
                let keys: Vec<Value> =
                    (0..count).map(|at| Value::Int((at * factor).rem_euclid(count) % modulus)).collect();
                for reverse in [false, true] {
                    let mut expected: Vec<u32> = (0..count as u32).collect();
                    expected.sort_by_key(|at| {
                        let key = number(&keys[*at as usize]);
                        if reverse { -key } else { key }
                    });
                    assert_eq!(order_by(&keys, reverse, number, Ord::cmp, UNASKED), Ok(expected));
                }
                assert_eq!(order_by(&keys, false, number, Ord::cmp, &|| Err(Interrupted)), Err(Interrupted));
            }
        }
    }

    fn sorted(values: &[i64]) -> Vec<i64> {
        let mut order: Vec<u32> = (0..values.len() as u32).collect();
        let result = merge_sort(&mut order, &mut |a, b| Ok(values[a as usize] < values[b as usize]));
        assert!(result.is_ok());
        order.into_iter().map(|at| values[at as usize]).collect()
    }

    #[test]
    fn sorts_runs_of_every_length() {
        for count in [0, 1, 2, 3, 63, 64, 65, 200, 1000] {
            let values: Vec<i64> = (0..count).map(|at| (at * 7919 + 13) % 101).collect();
            let mut expected = values.clone();
            expected.sort_unstable();
            assert_eq!(sorted(&values), expected);
        }
    }

    #[test]
    fn keeps_equal_items_in_order() {
        let keys: Vec<i64> = (0..500).map(|at| at % 7).collect();
        let mut order: Vec<u32> = (0..500).collect();
        let result = merge_sort(&mut order, &mut |a, b| Ok(keys[a as usize] < keys[b as usize]));
        assert!(result.is_ok());
        assert!(order.windows(2).all(|pair| {
            let (a, b) = (keys[pair[0] as usize], keys[pair[1] as usize]);
            a < b || (a == b && pair[0] < pair[1])
        }));
    }
}
