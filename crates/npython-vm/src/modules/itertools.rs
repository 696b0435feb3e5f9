//! What the guest module `itertools` makes its iterators with; machine/iteration/tools.rs steps them.

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::{Machine, OnReturn};
use crate::native::{NativeDef, Signature, function};
use crate::objects::{Iter, Selection, Sieve, SpecialFlags, Tool, Tuple, TypeObject};
use crate::types;
use crate::types::iterators::{next_item, resume_inside};
use crate::value::{Id, Value};

pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_tool_next", Signature::One, next_item),
    function("_tool_state", Signature::One, tool_state),
    function("_tool_go_on", Signature::Positional(2, 2), tool_go_on),
    function("_count_place", Signature::Positional(2, 2), count_place),
    function("_make_chain", Signature::Positional(2, 2), make_chain),
    function("_make_islice", Signature::Positional(5, 5), make_islice),
    function("_make_repeat", Signature::Positional(3, 3), make_repeat),
    function("_make_count", Signature::Positional(3, 3), make_count),
    function("_make_cycle", Signature::Positional(2, 2), make_cycle),
    function("_make_accumulate", Signature::Positional(4, 4), make_accumulate),
    function("_make_pairwise", Signature::Positional(2, 2), make_pairwise),
    function("_make_batched", Signature::Positional(4, 4), make_batched),
    function("_make_compress", Signature::Positional(3, 3), make_compress),
    function("_make_zip_longest", Signature::Positional(3, 3), make_zip_longest),
    function("_make_takewhile", Signature::Positional(3, 3), |m, args| make_sieve(m, args, Sieve::TakeWhile)),
    function("_make_dropwhile", Signature::Positional(3, 3), |m, args| make_sieve(m, args, Sieve::DropWhile)),
    function("_make_filterfalse", Signature::Positional(3, 3), |m, args| make_sieve(m, args, Sieve::FilterFalse)),
    function("_make_starmap", Signature::Positional(3, 3), make_starmap),
    function("_make_groupby", Signature::Positional(4, 4), make_group_by),
    function("_make_group", Signature::Positional(4, 4), make_group),
    function("_make_tee", Signature::Positional(2, 2), make_tee),
    function("_make_product", Signature::Positional(2, 2), make_product),
    function("_make_permutations", Signature::Positional(3, 3), make_permutations),
    function("_make_combinations", Signature::Positional(3, 3), |m, args| {
        make_selection(m, args, Selection::Combinations)
    }),
    function("_make_combinations_with_replacement", Signature::Positional(3, 3), |m, args| {
        make_selection(m, args, Selection::WithReplacement)
    }),
];

/// The iterator as an instance of the class in the first argument. One that may have attributes is an object around it.
fn present(m: &mut Machine, args: &[Value], tool: Tool) -> Result<Value, Fault> {
    let class = match argument(args, 0) {
        Value::Type(class) => class,
        _ => types::ITERATOR,
    };
    let made = m.heap.new_iter(Iter::Tool { class, tool: Box::new(tool) })?;
    if is_bare(m, class) { Ok(made) } else { m.new_instance(class, made) }
}

/// Whether instances of the class have nothing but the state of the iterator.
fn is_bare(m: &Machine, class: Id<TypeObject>) -> bool {
    let class = m.heap.types.get(class);
    class.flags.has(SpecialFlags::NO_DICT) && class.slots.is_empty()
}

/// An argument that counts something; what is greater than can be counted counts as the greatest.
fn count_argument(m: &Machine, args: &[Value], at: usize) -> u64 {
    match m.unwrap(argument(args, at)) {
        Value::Int(number) => u64::try_from(number).unwrap_or(0),
        Value::True => 1,
        Value::False => 0,
        _ => u64::MAX,
    }
}

fn size_argument(m: &Machine, args: &[Value], at: usize) -> usize {
    usize::try_from(count_argument(m, args, at)).unwrap_or(usize::MAX)
}

fn pool_argument(args: &[Value], at: usize) -> Result<Id<Tuple>, Fault> {
    match argument(args, at) {
        Value::Tuple(pool) => Ok(pool),
        _ => Err(Fault::Halt),
    }
}

/// Pays for an array of positions and makes sure that there is room for it.
fn prepare_positions(m: &mut Machine, count: usize) -> Result<(), Fault> {
    let bytes = count.saturating_mul(size_of::<usize>());
    m.charge_items(count / 4)?;
    m.heap.reserve(bytes)?;
    m.heap.release(bytes);
    Ok(())
}

/// `_tool_state(iterator)`: what the text of a `count` or `repeat` shows, as a tuple.
fn tool_state(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Iter(id) = m.unwrap(argument(args, 0)) else { return m.heap.new_tuple(&[]) };
    let Iter::Tool { tool, .. } = m.heap.iters.get(id) else { return m.heap.new_tuple(&[]) };
    match **tool {
        Tool::Count { next, step } => m.heap.new_tuple(&[next, step]),
        Tool::Repeat { item, left: None } => m.heap.new_tuple(&[item]),
        Tool::Repeat { item, left: Some(left) } => {
            m.heap.new_tuple(&[item, Value::Int(i64::try_from(left).unwrap_or(i64::MAX))])
        }
        _ => m.heap.new_tuple(&[]),
    }
}

/// `_tool_go_on(iterator, generator)`: the generator takes the iterator's place, and gives its first item.
fn tool_go_on(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (Value::Iter(id), generator) = (argument(args, 0), argument(args, 1)) else { return Err(Fault::Halt) };
    if let Iter::Tool { class, .. } = *m.heap.iters.get(id) {
        *m.heap.iters.slot(id) = Iter::Guest { class, generator };
    }
    Err(resume_inside(m, id, OnReturn::GeneratorNext))
}

/// `_count_place(iterator, number)`: what a `count` gives next.
fn count_place(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if let Value::Iter(id) = argument(args, 0) {
        m.set_count(id, argument(args, 1));
    }
    Ok(Value::None)
}

/// `_make_chain(class, iterables)`
fn make_chain(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    present(m, args, Tool::Chain { outer: argument(args, 1), current: Value::Undef })
}

/// `_make_islice(class, iterator, start, stop, step)`, without a stop when it is None.
fn make_islice(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let [start, stop, step] = [2, 3, 4].map(|at| count_argument(m, args, at));
    let tool = Tool::Slice { inner: argument(args, 1), position: 0, wanted: start, stop, step };
    present(m, args, tool)
}

/// `_make_repeat(class, item, times)`, without end when `times` is None.
fn make_repeat(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let left = if argument(args, 2).is_none() { None } else { Some(count_argument(m, args, 2)) };
    present(m, args, Tool::Repeat { item: argument(args, 1), left })
}

/// `_make_count(class, start, step)`
fn make_count(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let [next, step] = [1, 2].map(|at| match m.unwrap(argument(args, at)) {
        Value::True => Value::Int(1),
        Value::False => Value::Int(0),
        number @ (Value::Int(_) | Value::BigInt(_)) => number,
        _ => argument(args, at),
    });
    present(m, args, Tool::Count { next, step })
}

/// `_make_cycle(class, iterator)`
fn make_cycle(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::List(saved) = m.heap.new_list(Vec::new())? else { return Err(Fault::Halt) };
    present(m, args, Tool::Cycle { inner: argument(args, 1), saved, next: 0 })
}

/// `_make_accumulate(class, iterator, function, initial)`
fn make_accumulate(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (inner, function, initial) = (argument(args, 1), argument(args, 2), argument(args, 3));
    let total = if initial.is_none() { Value::Undef } else { initial };
    present(m, args, Tool::Accumulate { function, inner, total, pending: !initial.is_none() })
}

/// `_make_pairwise(class, iterator)`
fn make_pairwise(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    present(m, args, Tool::Pairwise { inner: argument(args, 1), previous: Value::Undef })
}

/// `_make_batched(class, iterator, size, strict)`
fn make_batched(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let tool = Tool::Batched {
        inner: argument(args, 1),
        size: size_argument(m, args, 2),
        strict: argument(args, 3) == Value::True,
    };
    present(m, args, tool)
}

/// `_make_compress(class, data, selectors)`
fn make_compress(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    present(m, args, Tool::Compress { data: argument(args, 1), selectors: argument(args, 2) })
}

/// `_make_zip_longest(class, iterators, fill)`
fn make_zip_longest(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::List(iterators) = argument(args, 1) else { return Err(Fault::Halt) };
    let count = m.heap.list(iterators).len();
    prepare_positions(m, count.saturating_mul(2))?;
    let inners: Box<[Value]> = m.heap.list(iterators).into();
    present(m, args, Tool::ZipLongest { inners, fill: argument(args, 2), left: count })
}

fn make_sieve(m: &mut Machine, args: &[Value], kind: Sieve) -> Result<Value, Fault> {
    present(m, args, Tool::Sieve { kind, function: argument(args, 1), inner: argument(args, 2) })
}

/// `_make_starmap(class, function, iterator)`
fn make_starmap(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    present(m, args, Tool::Starmap { function: argument(args, 1), inner: argument(args, 2) })
}

/// `_make_groupby(class, iterator, key function, class of groups)`
fn make_group_by(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let state = vec![
        argument(args, 1),
        argument(args, 2),
        Value::None,
        Value::None,
        Value::False,
        Value::Missing,
        Value::Int(0),
        argument(args, 3),
    ];
    let Value::List(state) = m.heap.new_list(state)? else { return Err(Fault::Halt) };
    present(m, args, Tool::GroupBy { state })
}

/// `_make_group(class, state, key, number)`
fn make_group(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (Value::List(state), Value::Int(number)) = (argument(args, 1), argument(args, 3)) else {
        return Err(Fault::Halt);
    };
    present(m, args, Tool::Group { state, target: argument(args, 2), number })
}

/// `_make_tee(class, iterator)`: another one from the same place, if the iterator is a `tee` itself.
fn make_tee(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let inner = argument(args, 1);
    if let Value::Iter(id) = inner
        && let Iter::Tool { tool, .. } = m.heap.iters.get(id)
        && let Tool::Tee { inner, block, next } = **tool
    {
        return present(m, args, Tool::Tee { inner, block, next });
    }
    let Value::List(block) = m.heap.new_list(vec![Value::None])? else { return Err(Fault::Halt) };
    present(m, args, Tool::Tee { inner, block, next: 1 })
}

/// `_make_product(class, pools)`, with a list of tuples.
fn make_product(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::List(pools) = argument(args, 1) else { return Err(Fault::Halt) };
    prepare_positions(m, m.heap.list(pools).len().saturating_mul(2))?;
    let pools: Box<[Id<Tuple>]> = m
        .heap
        .list(pools)
        .iter()
        .filter_map(|pool| match pool {
            Value::Tuple(pool) => Some(*pool),
            _ => None,
        })
        .collect();
    let chosen = vec![0; pools.len()].into_boxed_slice();
    present(m, args, Tool::Product { pools, chosen, begun: false })
}

/// `_make_permutations(class, pool, size)`
fn make_permutations(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let pool = pool_argument(args, 1)?;
    let (count, size) = (m.heap.tuple(pool).len(), size_argument(m, args, 2));
    if size > count {
        return present(m, args, Tool::Ended);
    }
    prepare_positions(m, count + size)?;
    let order: Box<[usize]> = (0..count).collect();
    let cycles: Box<[usize]> = (0..size).map(|at| count - at).collect();
    present(m, args, Tool::Permutations { pool, order, cycles, begun: false })
}

/// `_make_combinations(class, pool, size)` and the like with replacement.
fn make_selection(m: &mut Machine, args: &[Value], kind: Selection) -> Result<Value, Fault> {
    let pool = pool_argument(args, 1)?;
    let (count, size) = (m.heap.tuple(pool).len(), size_argument(m, args, 2));
    let none = match kind {
        Selection::Combinations => size > count,
        Selection::WithReplacement => count == 0 && size > 0,
    };
    if none {
        return present(m, args, Tool::Ended);
    }
    prepare_positions(m, size)?;
    let chosen = match kind {
        Selection::Combinations => (0..size).collect(),
        Selection::WithReplacement => vec![0; size].into_boxed_slice(),
    };
    present(m, args, Tool::Selection { kind, pool, chosen, begun: false })
}
