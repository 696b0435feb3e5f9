//! The iterator types, and `enumerate`, `zip`, `map`, `filter` and `reversed`.

use crate::fault::Fault;
use crate::machine::{Machine, OnReturn, Resumption};
use crate::names;
use crate::native::{NativeDef, Signature, class_method, constructor, function, method, wrapper};
use crate::objects::{Dict, DictViewKind, Iter, Object, TypeObject};
use crate::types;
use crate::types::container_methods as shared;
use crate::value::{Id, Value};

/// Iterators that know how many items are left.
pub(crate) const SIZED_METHODS: &[NativeDef] = &[
    wrapper("__iter__", Signature::None, itself),
    wrapper("__next__", Signature::None, next_item),
    method("__length_hint__", Signature::None, length_hint),
];

/// Iterators that do not.
pub(crate) const PLAIN_METHODS: &[NativeDef] =
    &[wrapper("__iter__", Signature::None, itself), wrapper("__next__", Signature::None, next_item)];

pub(crate) const ENUMERATE_METHODS: &[NativeDef] = &[
    constructor(Signature::Open, enumerate_new),
    wrapper("__iter__", Signature::None, itself),
    wrapper("__next__", Signature::None, next_item),
    class_method("__class_getitem__", Signature::One, shared::class_getitem),
];

pub(crate) const ZIP_METHODS: &[NativeDef] = &[
    constructor(Signature::Open, zip_new),
    wrapper("__iter__", Signature::None, itself),
    wrapper("__next__", Signature::None, next_item),
];

pub(crate) const MAP_METHODS: &[NativeDef] = &[
    constructor(Signature::Open, map_new),
    wrapper("__iter__", Signature::None, itself),
    wrapper("__next__", Signature::None, next_item),
];

pub(crate) const FILTER_METHODS: &[NativeDef] = &[
    constructor(Signature::Open, filter_new),
    wrapper("__iter__", Signature::None, itself),
    wrapper("__next__", Signature::None, next_item),
];

/// What iterators over the items of `__getitem__` have in addition.
pub(crate) const SEQUENCE_METHODS: &[NativeDef] = &[method("__length_hint__", Signature::None, length_hint)];

pub(crate) const REVERSED_METHODS: &[NativeDef] = &[
    constructor(Signature::Open, reversed_new),
    wrapper("__iter__", Signature::None, itself),
    wrapper("__next__", Signature::None, next_item),
    method("__length_hint__", Signature::None, length_hint),
];

/// What the prelude needs to make and step iterators over guest iterators.
pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_make_enumerate", Signature::Positional(3, 3), make_enumerate),
    function("_make_zip", Signature::Positional(3, 3), make_zip),
    function("_make_map", Signature::Positional(3, 3), make_map),
    function("_make_filter", Signature::Positional(3, 3), make_filter),
    function("_make_reversed", Signature::Positional(3, 3), make_reversed),
    function("_present_as", Signature::Positional(2, 2), present_as),
    function("_inner_iterators", Signature::One, inner_iterators),
    function("_zip_is_strict", Signature::One, zip_is_strict),
    function("_zip_error", Signature::Positional(2, 2), zip_error),
    function("_enumerate_count", Signature::One, enumerate_count),
    function("_iter_advance", Signature::One, iter_advance),
    function("_iter_finish", Signature::One, iter_finish),
    function("_iter_place", Signature::Positional(2, 2), super::iterator_state::iter_place),
    function("_iter_is_finished", Signature::One, iter_is_finished),
];

fn receiver(args: &[Value]) -> Value {
    args.first().copied().unwrap_or(Value::None)
}

fn itself(_: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(receiver(args))
}

fn iter_of(m: &mut Machine, value: Value) -> Result<Id<Iter>, Fault> {
    match m.unwrap(value) {
        Value::Iter(id) => Ok(id),
        _ => Err(shared::wrong_receiver(m, "iterator", value)),
    }
}

/// `__next__` of every built-in iterator.
pub(crate) fn next_item(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = iter_of(m, receiver(args))?;
    match m.next_native(id) {
        Ok(Some(item)) => Ok(item),
        Ok(None) => Err(m.stop_iteration(Value::None)),
        Err(Fault::Fallback) => Err(resume_inside(m, id, OnReturn::GeneratorNext)),
        Err(fault) => Err(fault),
    }
}

/// Asks for the generator behind a built-in iterator to be resumed.
pub(crate) fn resume_inside(m: &mut Machine, id: Id<Iter>, on_return: OnReturn) -> Fault {
    match *m.heap.iters.get(id) {
        Iter::Guest { generator: Value::Generator(generator), .. } => {
            m.request_resumption(Resumption::Send { generator, value: Value::None, on_return })
        }
        _ => m.engine_fault("an iterator that cannot be stepped".to_owned()),
    }
}

fn length_hint(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = iter_of(m, receiver(args))?;
    match *m.heap.iters.get(id) {
        Iter::Sequence { next: ..0, .. } | Iter::GetItem { next: ..0, .. } => return Ok(Value::Int(0)),
        Iter::Sequence { sequence, next } => {
            return Err(m.prelude_call("_left_backwards", &[sequence, Value::Int(next.saturating_add(1))]));
        }
        Iter::GetItem { object, next } => return Err(m.prelude_call("_left_forwards", &[object, Value::Int(next)])),
        _ => {}
    }
    if let Iter::Set { set, .. } = *m.heap.iters.get(id) {
        m.charge_walk(set)?;
    }
    Ok(Value::Int(m.native_length_hint(Value::Iter(id), 0).unwrap_or(0) as i64))
}

/// Class, positional arguments and keyword arguments of a constructor with an `Open` signature.
fn arguments(args: &[Value]) -> (Id<TypeObject>, &[Value], Option<Id<Dict>>) {
    let (class, rest) = shared::constructed_class(args);
    match rest.split_last() {
        Some((Value::Dict(keywords), positional)) => (class, positional, Some(*keywords)),
        Some((_, positional)) => (class, positional, None),
        None => (class, rest, None),
    }
}

/// The keyword arguments as texts and values.
fn keyword_pairs(m: &Machine, keywords: Option<Id<Dict>>) -> Vec<(String, Value)> {
    keywords.map_or_else(Vec::new, |dict| {
        m.heap.dicts.get(dict).table.iter().map(|entry| (m.text_of(entry.key), entry.value)).collect()
    })
}

fn refuse_keywords(
    m: &mut Machine,
    name: &str,
    class: Id<TypeObject>,
    keywords: Option<Id<Dict>>,
) -> Result<(), Fault> {
    let exact = m.heap.types.is_base(class);
    match keywords {
        Some(dict) if exact && !m.heap.dicts.get(dict).table.is_empty() => {
            Err(m.type_error(format!("{name}() takes no keyword arguments")))
        }
        _ => Ok(()),
    }
}

/// `iter(value)` where that needs no guest code; `None` where it does.
fn iter_at_once(m: &mut Machine, value: Value) -> Result<Option<Value>, Fault> {
    match m.get_iter(value) {
        Ok(iterator) => Ok(Some(iterator)),
        Err(Fault::Call) => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn enumerate_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (class, positional, keywords) = arguments(args);
    let (mut iterable, mut start) = (positional.first().copied(), positional.get(1).copied());
    let pairs = keyword_pairs(m, keywords);
    let count = positional.len() + pairs.len();
    if count > 2 {
        return Err(m.type_error(format!("enumerate() takes at most 2 arguments ({count} given)")));
    }
    for (name, value) in pairs {
        match name.as_str() {
            "iterable" if iterable.is_none() => iterable = Some(value),
            "start" if start.is_none() => start = Some(value),
            _ => return Err(m.type_error(format!("'{name}' is an invalid keyword argument for enumerate()"))),
        }
    }
    let Some(iterable) = iterable else {
        return Err(m.type_error("enumerate() missing required argument 'iterable'"));
    };
    let start = start.unwrap_or(Value::Int(0));
    let start = match m.index_value(start) {
        Ok(start) => start,
        Err(Fault::Fallback | Fault::Call) => {
            return Err(m.prelude_call("_enumerate_make", &[Value::Type(class), iterable, start]));
        }
        Err(fault) => return Err(fault),
    };
    match (iter_at_once(m, iterable)?, start) {
        (Some(inner), Value::Int(next)) => {
            let made = m.heap.new_iter(Iter::Enumerate { inner, next })?;
            m.wrap_payload(class, made)
        }
        _ => Err(m.prelude_call("_enumerate_make", &[Value::Type(class), iterable, start])),
    }
}

fn zip_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (class, positional, keywords) = arguments(args);
    let mut strict = Value::False;
    for (name, value) in keyword_pairs(m, keywords) {
        if name != "strict" {
            return Err(m.type_error(format!("zip() got an unexpected keyword argument '{name}'")));
        }
        strict = value;
    }
    let strictness = m.truth(strict);
    let mut inners = Vec::with_capacity(positional.len());
    for iterable in positional {
        match iter_at_once(m, *iterable)? {
            Some(inner) => inners.push(inner),
            None => break,
        }
    }
    match strictness {
        Ok(strict) if inners.len() == positional.len() => {
            let made = m.heap.new_iter(Iter::Zip { inners: inners.into(), strict })?;
            m.wrap_payload(class, made)
        }
        Err(fault @ (Fault::Raise | Fault::Halt)) => Err(fault),
        _ => {
            let iterables = m.heap.new_tuple(positional)?;
            Err(m.prelude_call("_zip_make", &[Value::Type(class), iterables, strict]))
        }
    }
}

fn map_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (class, positional, keywords) = arguments(args);
    refuse_keywords(m, "map", class, keywords)?;
    let [function, iterables @ ..] = positional else {
        return Err(m.type_error("map() must have at least two arguments."));
    };
    if iterables.is_empty() {
        return Err(m.type_error("map() must have at least two arguments."));
    }
    let mut inners = Vec::with_capacity(iterables.len());
    for iterable in iterables {
        match iter_at_once(m, *iterable)? {
            Some(inner) => inners.push(inner),
            None => {
                let iterables = m.heap.new_tuple(iterables)?;
                return Err(m.prelude_call("_map_make", &[Value::Type(class), *function, iterables]));
            }
        }
    }
    let made = m.heap.new_iter(Iter::Map { function: *function, inners: inners.into() })?;
    m.wrap_payload(class, made)
}

fn filter_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (class, positional, keywords) = arguments(args);
    refuse_keywords(m, "filter", class, keywords)?;
    let &[function, iterable] = positional else {
        let count = positional.len();
        return Err(m.type_error(format!("filter expected 2 arguments, got {count}")));
    };
    match iter_at_once(m, iterable)? {
        Some(inner) => {
            let made = m.heap.new_iter(Iter::Filter { function, inner })?;
            m.wrap_payload(class, made)
        }
        None => Err(m.prelude_call("_filter_make", &[Value::Type(class), function, iterable])),
    }
}

fn reversed_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (class, positional, keywords) = arguments(args);
    refuse_keywords(m, "reversed", class, keywords)?;
    let &[sequence] = positional else {
        let count = positional.len();
        return Err(m.type_error(format!("reversed expected 1 argument, got {count}")));
    };
    match sequence {
        Value::List(list) => {
            let remaining = m.heap.list(list).len();
            m.heap.new_iter(Iter::ListReversed { list, remaining })
        }
        Value::Tuple(_) | Value::Str(_) | Value::Bytes(_) | Value::ByteArray(_) => {
            let length = m.length_native(sequence)?;
            let made = m.heap.new_iter(Iter::Sequence { sequence, next: length as i64 - 1 })?;
            m.wrap_payload(class, made)
        }
        Value::Dict(dict) => {
            let iter = m.dict_iter(dict, DictViewKind::Keys, true);
            m.heap.new_iter(iter)
        }
        Value::Range(range) => m.range_reversed(range),
        Value::Object(id) if let Object::DictView { dict, kind } = *m.heap.objects.get(id) => {
            let iter = m.dict_iter(dict, kind, true);
            m.heap.new_iter(iter)
        }
        _ => reversed_by_method(m, class, sequence),
    }
}

fn reversed_by_method(m: &mut Machine, class: Id<TypeObject>, sequence: Value) -> Result<Value, Fault> {
    match m.special(sequence, names::REVERSED) {
        Some(method) if !method.is_none() => return m.call_special(method, sequence, &[], OnReturn::Push),
        Some(_) => {}
        None => {
            let mapping = matches!(m.unwrap(sequence), Value::Dict(_));
            if !mapping && m.special(sequence, names::LEN).is_some() && m.special(sequence, names::GETITEM).is_some() {
                return Err(m.prelude_call("_reversed_make", &[Value::Type(class), sequence]));
            }
        }
    }
    let name = m.type_name(sequence);
    Err(m.type_error(format!("'{name}' object is not reversible")))
}

fn class_argument(args: &[Value]) -> Id<TypeObject> {
    match args.first() {
        Some(Value::Type(class)) => *class,
        _ => types::OBJECT,
    }
}

fn items_argument(m: &Machine, value: Value) -> Box<[Value]> {
    match value {
        Value::Tuple(id) => m.heap.tuple(id).into(),
        Value::List(id) => m.heap.list(id).into(),
        _ => Box::default(),
    }
}

/// `_make_enumerate(class, iterator, start)`
fn make_enumerate(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[_, inner, start] = args else { return Ok(Value::None) };
    let Value::Int(next) = m.unwrap(start) else {
        return Err(m.overflow_error("Python int too large to convert to C ssize_t"));
    };
    let made = m.heap.new_iter(Iter::Enumerate { inner, next })?;
    m.wrap_payload(class_argument(args), made)
}

/// `_make_zip(class, iterators, strict)`
fn make_zip(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[_, iterators, strict] = args else { return Ok(Value::None) };
    let inners = items_argument(m, iterators);
    let made = m.heap.new_iter(Iter::Zip { inners, strict: strict == Value::True })?;
    m.wrap_payload(class_argument(args), made)
}

/// `_make_map(class, function, iterators)`
fn make_map(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[_, function, iterators] = args else { return Ok(Value::None) };
    let inners = items_argument(m, iterators);
    let made = m.heap.new_iter(Iter::Map { function, inners })?;
    m.wrap_payload(class_argument(args), made)
}

/// `_make_filter(class, function, iterator)`
fn make_filter(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[_, function, inner] = args else { return Ok(Value::None) };
    let made = m.heap.new_iter(Iter::Filter { function, inner })?;
    m.wrap_payload(class_argument(args), made)
}

/// `_make_reversed(class, sequence, length)`
fn make_reversed(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[_, sequence, length] = args else { return Ok(Value::None) };
    let next = m.to_index(length)? - 1;
    let made = m.heap.new_iter(Iter::Sequence { sequence, next })?;
    m.wrap_payload(class_argument(args), made)
}

/// `_present_as(class, generator)`: a generator of the prelude that shows itself as an iterator of a built-in class.
fn present_as(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[_, generator] = args else { return Ok(Value::None) };
    m.heap.new_iter(Iter::Guest { class: class_argument(args), generator })
}

/// `_inner_iterators(iterator)`: what a `zip` or `map` draws from.
fn inner_iterators(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = iter_of(m, receiver(args))?;
    let inners = match m.heap.iters.get(id) {
        Iter::Zip { inners, .. } | Iter::Map { inners, .. } => inners.clone(),
        _ => Box::default(),
    };
    m.heap.new_tuple(&inners)
}

fn zip_is_strict(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = iter_of(m, receiver(args))?;
    Ok(Value::bool(matches!(m.heap.iters.get(id), Iter::Zip { strict: true, .. })))
}

/// `_zip_error(at, longer)`: raises the error of a strict `zip`.
fn zip_error(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let at = match args.first() {
        Some(Value::Int(at)) => usize::try_from(*at).unwrap_or(0),
        _ => 0,
    };
    let what = if args.get(1) == Some(&Value::True) { "longer" } else { "shorter" };
    Err(m.zip_lengths_differ(at, what))
}

fn enumerate_count(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = iter_of(m, receiver(args))?;
    m.advance_enumerate(id)
}

/// `_iter_advance(iterator)`: the item at its index was given.
fn iter_advance(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = iter_of(m, receiver(args))?;
    match m.heap.iters.slot(id) {
        Iter::GetItem { next, .. } => *next = next.saturating_add(1),
        Iter::Sequence { next, .. } => *next -= 1,
        _ => {}
    }
    Ok(Value::None)
}

/// `_iter_is_finished(iterator)`: whether `iter(callable, sentinel)` has come to its end.
fn iter_is_finished(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = iter_of(m, receiver(args))?;
    Ok(Value::bool(matches!(m.heap.iters.get(id), Iter::Callable { sentinel: Value::Undef, .. })))
}

/// `_iter_finish(iterator)`: it gives no more items.
fn iter_finish(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = iter_of(m, receiver(args))?;
    match m.heap.iters.slot(id) {
        Iter::GetItem { next, .. } | Iter::Sequence { next, .. } => *next = -1,
        Iter::Callable { sentinel, callable } => (*sentinel, *callable) = (Value::Undef, Value::None),
        _ => {}
    }
    Ok(Value::None)
}
