//! The functions of `_heapq`: lists as heaps.
//!
//! A function first works out along which path items move, by comparisons that run no guest code, and changes the list
//! only then. Where a comparison needs guest code nothing was changed, and a prelude function does the whole.

use npython_bytecode::CompareOperator;
use smallvec::SmallVec;

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, function};
use crate::objects::List;
use crate::value::{Id, Value};

pub(crate) const FUNCTIONS: &[NativeDef] = &[
    function("heappush", Signature::Positional(2, 2), heappush).or("_heappush"),
    function("heappop", Signature::One, heappop).or("_heappop"),
    function("heapreplace", Signature::Positional(2, 2), heapreplace).or("_heapreplace"),
    function("heappushpop", Signature::Positional(2, 2), heappushpop).or("_heappushpop"),
    function("heapify", Signature::One, heapify),
];

/// Positions from that of an item to the one it moves to; each item on the way moves to the position before.
type Path = SmallVec<[usize; 32]>;

fn heap_argument(m: &mut Machine, args: &[Value], function: &str, argument_number: &str) -> Result<Id<List>, Fault> {
    let value = argument(args, 0);
    if let Value::List(heap) = m.unwrap(value) {
        return Ok(heap);
    }
    let found = m.type_name(value);
    Err(m.type_error(format!("{function}() argument{argument_number} must be list, not {found}")))
}

fn item(m: &Machine, heap: Id<List>, at: usize) -> Value {
    m.heap.list(heap).get(at).copied().unwrap_or(Value::None)
}

fn is_less(m: &mut Machine, left: Value, right: Value) -> Result<bool, Fault> {
    m.order_native(CompareOperator::Lt, left, right)
}

/// Moves the items on the path one step back along it, and `moved` to its end.
fn shift(m: &mut Machine, heap: Id<List>, path: &[usize], moved: Value) {
    let items = &mut m.heap.lists.slot(heap).items;
    for step in path.windows(2) {
        if let [before, at] = *step
            && let Some(item) = items.get(at).copied()
            && let Some(place) = items.get_mut(before)
        {
            *place = item;
        }
    }
    if let Some(place) = path.last().and_then(|at| items.get_mut(*at)) {
        *place = moved;
    }
}

/// Does what was found out before `result`: everything, or what precedes the comparison that raised; nothing when guest
/// code is needed.
fn settle(
    m: &mut Machine,
    heap: Id<List>,
    path: &[usize],
    moved: Value,
    result: Result<(), Fault>,
) -> Result<(), Fault> {
    if result != Err(Fault::Fallback) {
        shift(m, heap, path, moved);
    }
    result
}

/// The path of an item at the end towards the root, as far as it is less than what is there.
fn climb(m: &mut Machine, heap: Id<List>, item_moved: Value, path: &mut Path) -> Result<(), Fault> {
    while let Some(at) = path.last().copied()
        && at > 0
    {
        let parent = (at - 1) >> 1;
        let above = item(m, heap, parent);
        if !is_less(m, item_moved, above)? {
            break;
        }
        path.push(parent);
    }
    m.charge(path.len() as u64)
}

/// The path of an item at the position in `path` down to a leaf along the smaller children, and up again to where it belongs.
fn sink(m: &mut Machine, heap: Id<List>, end: usize, moved: Value, path: &mut Path) -> Result<(), Fault> {
    let start = path.last().copied().unwrap_or(0);
    let mut child = 2 * start + 1;
    while child < end {
        if child + 1 < end {
            let (left, right) = (item(m, heap, child), item(m, heap, child + 1));
            if !is_less(m, left, right)? {
                child += 1;
            }
        }
        path.push(child);
        child = 2 * child + 1;
    }
    m.charge(path.len() as u64)?;
    while path.len() > 1
        && let Some(at) = path.last().copied()
    {
        let above = item(m, heap, at);
        if !is_less(m, moved, above)? {
            break;
        }
        path.pop();
    }
    Ok(())
}

/// Puts `moved` in the place of the first of the first `end` items, which form a heap but for it.
fn replace_first(m: &mut Machine, heap: Id<List>, end: usize, moved: Value) -> Result<(), Fault> {
    let mut path = Path::new();
    path.push(0);
    let result = sink(m, heap, end, moved, &mut path);
    settle(m, heap, &path, moved, result)
}

fn heappush(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let heap = heap_argument(m, args, "heappush", " 1")?;
    let moved = argument(args, 1);
    let mut path = Path::new();
    path.push(m.heap.list(heap).len());
    let result = climb(m, heap, moved, &mut path);
    if result == Err(Fault::Fallback) {
        return Err(Fault::Fallback);
    }
    let raised = m.raised;
    m.heap.list_push(heap, moved)?;
    m.raised = raised;
    settle(m, heap, &path, moved, result)?;
    Ok(Value::None)
}

fn heappop(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let heap = heap_argument(m, args, "heappop", "")?;
    let Some((last, rest)) = m.heap.list(heap).split_last().map(|(last, rest)| (*last, rest.len())) else {
        return Err(m.index_error("index out of range"));
    };
    if rest == 0 {
        m.heap.lists.slot(heap).items.pop();
        return Ok(last);
    }
    let first = item(m, heap, 0);
    let result = replace_first(m, heap, rest, last);
    if result != Err(Fault::Fallback) {
        m.heap.lists.slot(heap).items.pop();
    }
    result.map(|()| first)
}

fn heapreplace(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let heap = heap_argument(m, args, "heapreplace", " 1")?;
    let length = m.heap.list(heap).len();
    if length == 0 {
        return Err(m.index_error("index out of range"));
    }
    let first = item(m, heap, 0);
    replace_first(m, heap, length, argument(args, 1))?;
    Ok(first)
}

fn heappushpop(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let heap = heap_argument(m, args, "heappushpop", " 1")?;
    let moved = argument(args, 1);
    let length = m.heap.list(heap).len();
    let first = item(m, heap, 0);
    if length == 0 || !is_less(m, first, moved)? {
        return Ok(moved);
    }
    replace_first(m, heap, length, moved)?;
    Ok(first)
}

fn heapify(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let heap = heap_argument(m, args, "heapify", "")?;
    let length = m.heap.list(heap).len();
    for position in (0..length / 2).rev() {
        let moved = item(m, heap, position);
        let mut path = Path::new();
        path.push(position);
        let result = sink(m, heap, length, moved, &mut path);
        match settle(m, heap, &path, moved, result) {
            Err(Fault::Fallback) => {
                return Err(m.prelude_call("_heapify_from", &[argument(args, 0), Value::Int(position as i64)]));
            }
            settled => settled?,
        }
    }
    Ok(Value::None)
}
