//! Builtin functions over iterables: `len`, `iter`, `next`, `sorted`, `min`, `max`, `any`, `all`.

use npython_bytecode::CompareOperator;

use crate::fault::Fault;
use crate::machine::{Consumer, Machine, OnReturn, Resumption};
use crate::names;
use crate::native::{NativeDef, Signature, function};
use crate::objects::{GeneratorKind, Iter};
use crate::types::iterators::resume_inside;
use crate::types::list::sort_keyed;
use crate::value::Value;

pub(crate) const FUNCTIONS: &[NativeDef] = &[
    function("all", Signature::One, all).or("_all"),
    function("any", Signature::One, any).or("_any"),
    function("iter", Signature::Positional(1, 2), iter),
    function("len", Signature::One, len),
    function("aiter", Signature::One, |_, _| Err(Fault::Fallback)).or("_aiter"),
    function("anext", Signature::Named("aiterator, default=, /"), |_, _| Err(Fault::Fallback)).or("_anext"),
    function("max", Signature::Open, |m, args| extreme(m, args, true)),
    function("min", Signature::Open, |m, args| extreme(m, args, false)),
    function("next", Signature::Positional(1, 2), next),
    function("sorted", Signature::Open, sorted),
];

fn first(args: &[Value]) -> Value {
    args.first().copied().unwrap_or(Value::None)
}

fn len(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    m.length_value(first(args))
}

fn iter(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match args {
        &[callable, sentinel] => {
            if !m.is_callable(callable) {
                return Err(m.type_error("iter(v, w): v must be callable"));
            }
            m.heap.new_iter(Iter::Callable { callable, sentinel })
        }
        _ => m.get_iter(first(args)),
    }
}

/// `next(iterator[, default])`
fn next(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let iterator = first(args);
    let default = args.get(1).copied();
    match iterator {
        Value::Iter(id) => match m.next_native(id) {
            Ok(Some(item)) => Ok(item),
            Ok(None) => default.ok_or(()).map_err(|()| m.stop_iteration(Value::None)),
            Err(Fault::Fallback) => {
                let on_return =
                    if default.is_some() { OnReturn::GeneratorNextDefault } else { OnReturn::GeneratorNext };
                let fault = resume_inside(m, id, on_return);
                keep_default(m, default);
                Err(fault)
            }
            Err(Fault::Call) => {
                if default.is_some() {
                    m.pending.on_return = OnReturn::NextDefault;
                    keep_default(m, default);
                }
                Err(Fault::Call)
            }
            Err(fault) => Err(fault),
        },
        Value::Generator(generator) if m.heap.generators.get(generator).kind == GeneratorKind::Generator => {
            let on_return = if default.is_some() { OnReturn::GeneratorNextDefault } else { OnReturn::GeneratorNext };
            let fault = m.request_resumption(Resumption::Send { generator, value: Value::None, on_return });
            keep_default(m, default);
            Err(fault)
        }
        _ => {
            let Some(method) = m.special(iterator, names::NEXT) else {
                let name = m.type_name(iterator);
                return Err(m.type_error(format!("'{name}' object is not an iterator")));
            };
            if let (Value::Native(_), payload @ Value::Iter(_)) = (method, m.unwrap(iterator)) {
                return match default {
                    Some(default) => next(m, &[payload, default]),
                    None => next(m, &[payload]),
                };
            }
            let Some(default) = default else { return m.call_special(method, iterator, &[], OnReturn::Push) };
            match m.call_special(method, iterator, &[], OnReturn::NextDefault) {
                Err(Fault::Call) => {
                    keep_default(m, Some(default));
                    Err(Fault::Call)
                }
                Err(Fault::Raise) if m.is_instance_of_type(m.raised, crate::types::STOP_ITERATION) => {
                    m.raised = Value::Undef;
                    Ok(default)
                }
                other => other,
            }
        }
    }
}

/// Leaves the default of `next` on the stack below the call that is pending.
fn keep_default(m: &mut Machine, default: Option<Value>) {
    if let Some(default) = default {
        m.pending.keep.clear();
        m.pending.keep.push(default);
    }
}

fn any(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    find_truth(m, first(args), true).map(Value::bool)
}

fn all(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    find_truth(m, first(args), false).map(|found| Value::bool(!found))
}

/// Whether some item has the truth value `wanted`; stops at the first.
fn find_truth(m: &mut Machine, iterable: Value, wanted: bool) -> Result<bool, Fault> {
    if let Some(fault) = m.consume(iterable, Consumer::Find { wanted }, &[]) {
        return Err(fault);
    }
    let iterator = m.open_natively(iterable)?;
    while let Some(item) = m.next_without_guest(iterator)? {
        match m.truth(item) {
            Ok(truth) if truth == wanted => return Ok(true),
            Ok(_) => {}
            Err(Fault::Fallback | Fault::Call) => return Err(m.fall_back_after(iterable, &[item])),
            Err(fault) => return Err(fault),
        }
    }
    Ok(false)
}

/// The keyword arguments of an `Open` signature, by the names that are allowed.
fn keywords<const COUNT: usize>(
    m: &mut Machine,
    function: &str,
    given: Value,
    allowed: [&str; COUNT],
) -> Result<[Option<Value>; COUNT], Fault> {
    let mut found = [None; COUNT];
    let Value::Dict(dict) = given else { return Ok(found) };
    let pairs: Vec<(Value, Value)> =
        m.heap.dicts.get(dict).table.iter().map(|entry| (entry.key, entry.value)).collect();
    if pairs.len() > COUNT {
        let (plural, count) = (if COUNT == 1 { "" } else { "s" }, pairs.len());
        return Err(
            m.type_error(format!("{function}() takes at most {COUNT} keyword argument{plural} ({count} given)"))
        );
    }
    for (key, value) in pairs {
        let name = m.text_of(key);
        match allowed.iter().position(|other| *other == name).and_then(|at| found.get_mut(at)) {
            Some(slot) => *slot = Some(value),
            None => return Err(m.type_error(format!("{function}() got an unexpected keyword argument '{name}'"))),
        }
    }
    Ok(found)
}

/// `min` and `max`
fn extreme(m: &mut Machine, args: &[Value], largest: bool) -> Result<Value, Fault> {
    let name = if largest { "max" } else { "min" };
    let Some((given, positional)) = args.split_last() else { return Ok(Value::None) };
    if positional.is_empty() {
        return Err(m.type_error(format!("{name} expected at least 1 argument, got 0")));
    }
    let [key, default] = keywords(m, name, *given, ["key", "default"])?;
    let key = key.unwrap_or(Value::None);
    if let ([left, right], true, None) = (positional, key.is_none(), default)
        && let Some(answer) = extreme_of_two(*left, *right, largest)
    {
        return Ok(answer);
    }
    let iterable = match positional {
        [iterable] => *iterable,
        _ if default.is_some() => {
            return Err(
                m.type_error(format!("Cannot specify a default for {name}() with multiple positional arguments"))
            );
        }
        several => m.heap.new_tuple(several)?,
    };
    if key.is_none() {
        let state = [default.unwrap_or(Value::Undef), Value::Undef];
        if let Some(fault) = m.consume(iterable, Consumer::Extreme { largest }, &state) {
            return Err(fault);
        }
    }
    match extreme_natively(m, iterable, key, largest) {
        Ok(Some(item)) => Ok(item),
        Ok(None) => match default {
            Some(default) => Ok(default),
            None => Err(m.value_error(format!("{name}() iterable argument is empty"))),
        },
        Err(Fault::Fallback) => {
            Err(m.prelude_call("_extreme", &[Value::bool(largest), iterable, key, default.unwrap_or(Value::Missing)]))
        }
        Err(fault) => Err(fault),
    }
}

/// Of two small ints, without ado.
fn extreme_of_two(left: Value, right: Value, largest: bool) -> Option<Value> {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => Some(Value::Int(if largest { a.max(b) } else { a.min(b) })),
        _ => None,
    }
}

/// The least or greatest item, `None` of no items.
fn extreme_natively(m: &mut Machine, iterable: Value, key: Value, largest: bool) -> Result<Option<Value>, Fault> {
    let op = if largest { CompareOperator::Gt } else { CompareOperator::Lt };
    let iterator = m.open_natively(iterable)?;
    let mut best: Option<(Value, Value)> = None;
    loop {
        let item = match m.next_without_guest(iterator) {
            Ok(Some(item)) => item,
            Ok(None) => return Ok(best.map(|(item, _)| item)),
            Err(Fault::Fallback) => return Err(give_back(m, iterable, best, None)),
            Err(fault) => return Err(fault),
        };
        let rank = match key_of(m, key, item) {
            Err(Fault::Fallback) => return Err(give_back(m, iterable, best, Some(item))),
            rank => rank?,
        };
        let better = match best {
            None => Ok(true),
            Some((_, held)) => beats(m, op, rank, held),
        };
        match better {
            Ok(true) => best = Some((item, rank)),
            Ok(false) => {}
            Err(Fault::Fallback | Fault::Call) => return Err(give_back(m, iterable, best, Some(item))),
            Err(fault) => return Err(fault),
        }
    }
}

fn key_of(m: &mut Machine, key: Value, item: Value) -> Result<Value, Fault> {
    if key.is_none() {
        return Ok(item);
    }
    match m.call_native_now(key, &[item]) {
        None | Some(Err(Fault::Call)) => Err(Fault::Fallback),
        Some(result) => result,
    }
}

#[inline]
fn beats(m: &mut Machine, op: CompareOperator, rank: Value, held: Value) -> Result<bool, Fault> {
    match (rank, held) {
        (Value::Int(a), Value::Int(b)) => Ok(if op == CompareOperator::Gt { a > b } else { a < b }),
        (Value::Float(a), Value::Float(b)) => {
            Ok(if op == CompareOperator::Gt { a.get() > b.get() } else { a.get() < b.get() })
        }
        _ => m.order_native(op, rank, held),
    }
}

/// Lets guest code go on from the best item so far and the one just taken.
fn give_back(m: &mut Machine, iterable: Value, best: Option<(Value, Value)>, item: Option<Value>) -> Fault {
    let taken: Vec<Value> = best.map(|(item, _)| item).into_iter().chain(item).collect();
    m.fall_back_after(iterable, &taken)
}

/// `sorted(iterable, /, *, key=None, reverse=False)`
fn sorted(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Some((given, positional)) = args.split_last() else { return Ok(Value::None) };
    let &[iterable] = positional else {
        let count = positional.len();
        return Err(m.type_error(format!("sorted expected 1 argument, got {count}")));
    };
    let [key, reverse] = keywords(m, "sort", *given, ["key", "reverse"])?;
    let (key, reverse) = (key.unwrap_or(Value::None), reverse.unwrap_or(Value::False));
    match sort_natively(m, iterable, key, reverse) {
        Err(Fault::Fallback) => Err(m.prelude_call("_sorted", &[iterable, key, reverse])),
        result => result,
    }
}

fn sort_natively(m: &mut Machine, iterable: Value, key: Value, reverse: Value) -> Result<Value, Fault> {
    let reverse = match reverse {
        Value::False => false,
        Value::True => true,
        other => match m.truth(other) {
            Err(Fault::Call) => return Err(Fault::Fallback),
            result => result?,
        },
    };
    let items = m.collect_items(iterable)?;
    match sort_keyed(m, &items, key, reverse) {
        Ok(sorted) => {
            m.heap.release(items.len() * size_of::<Value>());
            m.list_of_collected(sorted)
        }
        Err(Fault::Fallback) => Err(m.fall_back_after(iterable, &items)),
        Err(fault) => Err(fault),
    }
}
