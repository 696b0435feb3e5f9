//! `functools._lru_cache_wrapper`: what `functools.lru_cache` makes. Its calls are in machine/call/cached.rs.

use smallvec::SmallVec;

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::{Machine, PendingCall};
use crate::names;
use crate::native::{NativeDef, Signature, constructor, function, getter, method, setter, wrapper};
use crate::objects::{CachedFunction, Dict, Object};
use crate::types;
use crate::value::{Id, Value};

pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Named("user_function, maxsize, typed, cache_info_type"), new).or("_new_cached_function"),
    wrapper("__call__", Signature::Open, call),
    wrapper("__get__", Signature::Positional(1, 2), descriptor_get),
    method("cache_info", Signature::None, cache_info),
    method("cache_clear", Signature::None, cache_clear),
    method("__reduce__", Signature::None, |m, args| m.get_attribute(args[0], names::QUALNAME)),
    method("__copy__", Signature::None, |_, args| Ok(args[0])),
    method("__deepcopy__", Signature::One, |_, args| Ok(args[0])),
    getter("__dict__", namespace),
    setter("__dict__", set_namespace),
    getter("__doc__", |m, args| Ok(m.own_instance_attribute(args[0], names::DOC).unwrap_or(Value::None))),
    setter("__doc__", set_doc),
];

/// For the prelude, which goes the way of a call where guest code hashes or compares the arguments.
pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_cache_key", Signature::Positional(3, 3), key),
    function("_cache_results", Signature::One, |m, args| Ok(Value::Dict(cached_function(m, args)?.1.results))),
    function("_cache_hit", Signature::Positional(2, 2), hit),
    function("_cache_miss", Signature::One, miss),
    function("_cache_store", Signature::Positional(5, 5), store),
];

/// The state of the cached function in the first argument.
fn cached_function(m: &mut Machine, args: &[Value]) -> Result<(Id<Object>, CachedFunction), Fault> {
    if let Some(id) = m.cached_function(argument(args, 0))
        && let Object::CachedFunction(cached) = m.heap.objects.get(id)
    {
        return Ok((id, **cached));
    }
    Err(m.type_error("a cached function is required"))
}

fn new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (function, maxsize, typed, info_type) = (args[1], args[2], args[3], args[4]);
    let typed = match m.truth(typed) {
        Err(Fault::Call) => return Err(Fault::Fallback),
        truth => truth?,
    };
    if !m.is_callable(function) {
        return Err(m.type_error("the first argument must be callable"));
    }
    let capacity = match m.unwrap(maxsize) {
        Value::None => None,
        Value::Int(most) => Some(u64::try_from(most).unwrap_or(0)),
        Value::True => Some(1),
        Value::False => Some(0),
        Value::BigInt(_) => return Err(m.overflow_error("cannot fit 'int' into an index-sized integer")),
        _ => return Err(m.type_error("maxsize should be integer or None")),
    };
    let Value::Dict(results) = m.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
    let mark = m.heap.new_object(Object::Plain)?;
    let state = CachedFunction { function, results, capacity, typed, hits: 0, misses: 0, info_type, mark };
    let made = m.heap.new_object(Object::CachedFunction(Box::new(state)))?;
    m.new_instance(types::LRU_CACHE_WRAPPER, made)
}

/// `wrapper.__call__(...)`: a call of the wrapper.
fn call(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let kwargs = match args[args.len() - 1] {
        Value::Undef => m.heap.new_dict(Dict::default())?,
        kwargs => kwargs,
    };
    let positional = m.heap.new_tuple(&args[1..args.len() - 1])?;
    Err(m.prelude_call("_apply", &[args[0], positional, kwargs]))
}

fn descriptor_get(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match (args[1], argument(args, 2)) {
        (Value::None, Value::None | Value::Undef) => Err(m.type_error("__get__(None, None) is invalid")),
        (Value::None, _) => Ok(args[0]),
        (object, _) => m.heap.new_bound_method(args[0], object),
    }
}

fn cache_info(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (_, cached) = cached_function(m, args)?;
    let count = |number: u64| Value::Int(i64::try_from(number).unwrap_or(i64::MAX));
    let length = m.heap.dicts.get(cached.results).table.len() as u64;
    let numbers = [count(cached.hits), count(cached.misses), cached.capacity.map_or(Value::None, count), count(length)];
    m.pending =
        PendingCall { callable: cached.info_type, args: SmallVec::from_slice(&numbers), ..PendingCall::default() };
    Err(Fault::Call)
}

fn cache_clear(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, cached) = cached_function(m, args)?;
    m.heap.dicts.slot(cached.results).table.clear();
    if let Object::CachedFunction(cached) = m.heap.objects.slot(id) {
        (cached.hits, cached.misses) = (0, 0);
    }
    Ok(Value::None)
}

fn namespace(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match args[0] {
        Value::Instance(id) => m.instance_dict(id).map(Value::Dict),
        other => Err(m.no_attribute(other, names::DICT)),
    }
}

fn set_namespace(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match args[0] {
        _ if args[1].is_undef() => Err(m.type_error("cannot delete __dict__")),
        Value::Instance(id) => m.replace_dict(id, args[1]).map(|()| Value::None),
        other => Err(m.no_attribute(other, names::DICT)),
    }
}

/// An attribute like the others, but that `object` has one of the name.
fn set_doc(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match args[0] {
        Value::Instance(id) => m.store_in_instance(id, names::DOC, args[1]).map(|()| Value::None),
        other => Err(m.no_attribute(other, names::DOC)),
    }
}

/// `_cache_key(wrapper, args, kwargs)`
fn key(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (_, cached) = cached_function(m, args)?;
    let (Value::Tuple(positional), Value::Dict(kwargs)) = (argument(args, 1), argument(args, 2)) else {
        return Err(Fault::Halt);
    };
    m.charge_items(m.heap.tuple(positional).len() + m.heap.dicts.get(kwargs).table.len())?;
    let mut values = m.heap.tuple(positional).to_vec();
    let mut names = Vec::new();
    for entry in m.heap.dicts.get(kwargs).table.iter() {
        if let Value::Str(name) = entry.key {
            names.push(name);
            values.push(entry.value);
        }
    }
    m.cache_key(&cached, &values, &names)
}

/// `_cache_hit(wrapper, position)`: the result there, which was used last now.
fn hit(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, cached) = cached_function(m, args)?;
    m.cache_hit(id, &cached, position(argument(args, 1)).unwrap_or(usize::MAX))
}

/// `_cache_miss(wrapper)`: the function, which is to be called now.
fn miss(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, cached) = cached_function(m, args)?;
    m.count_cache_miss(id);
    Ok(cached.function)
}

/// `_cache_store(wrapper, key, hash, position, value)`: remembers a result. The position is negative when the key is not there.
fn store(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (_, cached) = cached_function(m, args)?;
    let Value::Int(hash) = argument(args, 2) else { return Err(Fault::Halt) };
    let found = position(argument(args, 3));
    m.cache_store(&cached, argument(args, 1), hash, found, argument(args, 4))?;
    Ok(Value::None)
}

fn position(value: Value) -> Option<usize> {
    match value {
        Value::Int(at) => usize::try_from(at).ok(),
        _ => None,
    }
}
