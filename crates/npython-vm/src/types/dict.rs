//! `dict`.

use npython_bytecode::CompareOperator;

use crate::fault::Fault;
use crate::machine::{Machine, OnReturn};
use crate::names;
use crate::native::{NativeDef, Signature, class_method, constructor, method, wrapper};
use crate::objects::{Dict, DictViewKind, Object};
use crate::types::container_methods as shared;
use crate::value::{Id, Value};

pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Open, dict_new).or("_dict_new"),
    wrapper("__init__", Signature::Open, dict_init).or("_dict_init"),
    wrapper("__repr__", Signature::None, shared::repr),
    wrapper("__lt__", Signature::One, no_order),
    wrapper("__le__", Signature::One, no_order),
    wrapper("__eq__", Signature::One, dict_eq),
    wrapper("__ne__", Signature::One, dict_ne),
    wrapper("__gt__", Signature::One, no_order),
    wrapper("__ge__", Signature::One, no_order),
    wrapper("__iter__", Signature::None, shared::iter),
    wrapper("__len__", Signature::None, shared::len),
    wrapper("__getitem__", Signature::One, dict_getitem).or("_dict_method_getitem"),
    wrapper("__setitem__", Signature::Positional(2, 2), shared::setitem),
    wrapper("__delitem__", Signature::One, shared::delitem),
    wrapper("__contains__", Signature::One, shared::contains),
    wrapper("__or__", Signature::One, dict_or).or("_dict_or"),
    wrapper("__ror__", Signature::One, dict_reflected_or).or("_dict_ror"),
    wrapper("__ior__", Signature::One, dict_inplace_or).or("_dict_ior"),
    method("__reversed__", Signature::None, dict_reversed),
    method("clear", Signature::None, dict_clear),
    method("copy", Signature::None, dict_copy),
    class_method("fromkeys", Signature::Positional(1, 2), dict_fromkeys).or("_dict_fromkeys"),
    method("get", Signature::Positional(1, 2), dict_get).or("_dict_method_get"),
    method("items", Signature::None, dict_items),
    method("keys", Signature::None, dict_keys),
    method("pop", Signature::Positional(1, 2), dict_pop).or("_dict_method_pop"),
    method("popitem", Signature::None, dict_popitem),
    method("setdefault", Signature::Positional(1, 2), dict_setdefault).or("_dict_method_setdefault"),
    method("update", Signature::Open, dict_update).or("_dict_update"),
    method("values", Signature::None, dict_values),
    class_method("__class_getitem__", Signature::One, shared::class_getitem),
];

#[inline]
fn dict_of(m: &mut Machine, args: &[Value]) -> Result<Id<Dict>, Fault> {
    let receiver = args.first().copied().unwrap_or(Value::None);
    match receiver {
        Value::Dict(id) => Ok(id),
        _ => match m.unwrap(receiver) {
            Value::Dict(id) => Ok(id),
            _ => Err(shared::wrong_receiver(m, "dict", receiver)),
        },
    }
}

fn argument(args: &[Value]) -> Value {
    args.get(1).copied().unwrap_or(Value::None)
}

fn default_argument(args: &[Value]) -> Value {
    args.get(2).copied().unwrap_or(Value::None)
}

fn new_dict(m: &mut Machine) -> Result<Id<Dict>, Fault> {
    match m.heap.new_dict(Dict::default())? {
        Value::Dict(id) => Ok(id),
        _ => Err(Fault::Halt),
    }
}

fn dict_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (class, rest) = shared::constructed_class(args);
    let dict = new_dict(m)?;
    if class != crate::types::DICT {
        // A derived class fills it in `__init__`.
        return m.wrap_payload(class, Value::Dict(dict));
    }
    update_from_arguments(m, "dict", dict, rest)?;
    Ok(Value::Dict(dict))
}

fn dict_init(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(m, args)?;
    update_from_arguments(m, "dict", dict, args.get(1..).unwrap_or(&[]))?;
    Ok(Value::None)
}

fn dict_update(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(m, args)?;
    update_from_arguments(m, UPDATE, dict, args.get(1..).unwrap_or(&[]))?;
    Ok(Value::None)
}

const UPDATE: &str = "update";

/// `update(mapping_or_pairs, /, **keywords)`; the last argument is the dict of keywords.
fn update_from_arguments(m: &mut Machine, name: &str, dict: Id<Dict>, arguments: &[Value]) -> Result<(), Fault> {
    let (keywords, positional) = match arguments.split_last() {
        Some((last, positional)) => (*last, positional),
        None => (Value::Undef, arguments),
    };
    match positional {
        [] => {}
        [source] => m.dict_update_natively(dict, *source)?,
        more => {
            let count = more.len();
            return Err(m.type_error(format!("{name} expected at most 1 argument, got {count}")));
        }
    }
    if let Value::Dict(keywords) = keywords {
        if name == UPDATE && !positional.is_empty() {
            m.cannot_retry();
        }
        m.dict_merge_natively(dict, keywords)?;
    }
    Ok(())
}

impl Machine {
    /// `dict.update(source)` with a mapping or an iterable of pairs.
    ///
    /// # Errors
    /// `Fault::Fallback` when guest code is needed; keys set before stay, which doing it again does not change.
    pub(crate) fn dict_update_natively(&mut self, dict: Id<Dict>, source: Value) -> Result<(), Fault> {
        if let Some(mapping) = self.plain_mapping(source) {
            return self.dict_merge_natively(dict, mapping);
        }
        if self.is_mapping_like(source) {
            return Err(Fault::Fallback);
        }
        let pairs = self.collect_items(source)?;
        for (number, pair) in pairs.iter().enumerate() {
            let step = match self.pair_items(number, *pair) {
                Ok([key, value]) => self.dict_set(dict, key, value),
                Err(fault) => Err(fault),
            };
            match step {
                Ok(()) => {}
                Err(Fault::Fallback) => return Err(self.fall_back_after(source, &pairs)),
                Err(fault) => return Err(fault),
            }
        }
        self.heap.release(pairs.len() * size_of::<Value>());
        Ok(())
    }

    /// Key and value of element `number` of an update sequence.
    fn pair_items(&mut self, number: usize, pair: Value) -> Result<[Value; 2], Fault> {
        if let Value::Tuple(id) = pair
            && let &[key, value] = self.heap.tuple(id)
        {
            return Ok([key, value]);
        }
        let items = match self.collect_items(pair) {
            Ok(items) => items,
            Err(Fault::Raise) if self.is_instance_of_type(self.raised, crate::types::TYPE_ERROR) => {
                self.raised = Value::Undef;
                return Err(self
                    .type_error(format!("cannot convert dictionary update sequence element #{number} to a sequence")));
            }
            Err(fault) => return Err(fault),
        };
        self.heap.release(items.len() * size_of::<Value>());
        match items.as_slice() {
            &[key, value] => Ok([key, value]),
            other => {
                let length = other.len();
                Err(self.value_error(format!(
                    "dictionary update sequence element #{number} has length {length}; 2 is required"
                )))
            }
        }
    }

    /// Sets all items of one dict in another.
    pub(crate) fn dict_merge_natively(&mut self, target: Id<Dict>, source: Id<Dict>) -> Result<(), Fault> {
        if target == source {
            return Ok(());
        }
        let count = self.heap.dicts.get(source).table.len();
        self.charge_items(count)?;
        let empty = self.heap.dicts.get(target).table.is_empty();
        if empty {
            let growth = self.heap.dicts.get(target).table.growth_bytes_for_reserve(count);
            self.reserve_before_change(growth)?;
            self.heap.dicts.slot(target).table.reserve(count);
        }
        let mut position = 0;
        while let Some((next, entry)) = self.heap.dicts.get(source).table.next_from(position) {
            let (hash, key, value) = (entry.hash, entry.key, entry.value);
            position = next;
            self.look_now_and_then(position)?;
            let found = if empty { None } else { self.dict_find_hashed(target, key, hash)? };
            match found {
                Some(at) => {
                    if let Some(slot) = self.heap.dicts.slot(target).table.value_mut(at) {
                        *slot = value;
                    }
                }
                None => self.dict_insert_new(target, hash, key, value)?,
            }
        }
        Ok(())
    }
}

fn no_order(_: &mut Machine, _: &[Value]) -> Result<Value, Fault> {
    Ok(Value::NotImplemented)
}

fn dict_eq(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    m.compare_method_result(CompareOperator::Eq, args.first().copied().unwrap_or(Value::None), argument(args))
}

fn dict_ne(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    m.compare_method_result(CompareOperator::Ne, args.first().copied().unwrap_or(Value::None), argument(args))
}

fn dict_getitem(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(m, args)?;
    let key = argument(args);
    if let Some(value) = m.dict_get(dict, key)? {
        return Ok(value);
    }
    let receiver = args.first().copied().unwrap_or(Value::None);
    if matches!(receiver, Value::Instance(_))
        && let Some(missing) = m.special(receiver, names::MISSING)
    {
        return m.call_special(missing, receiver, &[key], OnReturn::Push);
    }
    Err(m.key_error(key))
}

/// A new dict of the left one's items and then the right one's.
fn merged(m: &mut Machine, left: Value, right: Value) -> Result<Value, Fault> {
    match (m.unwrap(left), m.unwrap(right)) {
        (Value::Dict(first), Value::Dict(_)) => {
            let Some(second) = m.plain_mapping(right) else { return Err(Fault::Fallback) };
            let result = new_dict(m)?;
            m.dict_merge_natively(result, first)?;
            m.dict_merge_natively(result, second)?;
            Ok(Value::Dict(result))
        }
        _ => Ok(Value::NotImplemented),
    }
}

fn dict_or(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    merged(m, args.first().copied().unwrap_or(Value::None), argument(args))
}

fn dict_reflected_or(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    merged(m, argument(args), args.first().copied().unwrap_or(Value::None))
}

fn dict_inplace_or(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(m, args)?;
    m.dict_update_natively(dict, argument(args))?;
    Ok(args.first().copied().unwrap_or(Value::None))
}

fn dict_reversed(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(m, args)?;
    let iter = m.dict_iter(dict, DictViewKind::Keys, true);
    m.heap.new_iter(iter)
}

fn dict_clear(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(m, args)?;
    m.heap.dicts.slot(dict).table.clear();
    Ok(Value::None)
}

fn dict_copy(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(m, args)?;
    let copied = new_dict(m)?;
    m.dict_merge_natively(copied, dict)?;
    Ok(Value::Dict(copied))
}

/// The keys of a dict or the elements of a set with the hashes they were stored under, which are not asked for again.
fn hashed_keys(m: &mut Machine, iterable: Value) -> Result<Option<Vec<(i64, Value)>>, Fault> {
    let count = match iterable {
        Value::Dict(dict) => m.heap.dicts.get(dict).table.len(),
        Value::Set(set) | Value::FrozenSet(set) => {
            m.charge_walk(set)?;
            m.heap.sets.get(set).table.len()
        }
        _ => return Ok(None),
    };
    m.charge_items(count)?;
    m.heap.reserve(count * size_of::<(i64, Value)>())?;
    Ok(Some(match iterable {
        Value::Dict(dict) => m.heap.dicts.get(dict).table.iter().map(|entry| (entry.hash, entry.key)).collect(),
        Value::Set(set) | Value::FrozenSet(set) => {
            m.heap.sets.get(set).table.iter().map(|(hash, key)| (hash, *key)).collect()
        }
        _ => Vec::new(),
    }))
}

fn dict_fromkeys(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if args.first() != Some(&Value::Type(crate::types::DICT)) {
        return Err(Fault::Fallback);
    }
    let (iterable, value) = (argument(args), default_argument(args));
    if let Some(keys) = hashed_keys(m, iterable)? {
        let dict = new_dict(m)?;
        for (step, (hash, key)) in keys.iter().enumerate() {
            m.look_now_and_then(step)?;
            m.dict_insert_new(dict, *hash, *key, value)?;
        }
        m.heap.release(size_of_val(&keys[..]));
        return Ok(Value::Dict(dict));
    }
    let keys = m.collect_items(iterable)?;
    let dict = new_dict(m)?;
    for (step, key) in keys.iter().enumerate() {
        m.look_now_and_then(step)?;
        match m.dict_set(dict, *key, value) {
            Ok(()) => {}
            Err(Fault::Fallback) => return Err(m.fall_back_after(iterable, &keys)),
            Err(fault) => return Err(fault),
        }
    }
    m.heap.release(keys.len() * size_of::<Value>());
    Ok(Value::Dict(dict))
}

fn dict_get(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(m, args)?;
    Ok(m.dict_get(dict, argument(args))?.unwrap_or_else(|| default_argument(args)))
}

/// A view of the receiver.
fn view(m: &mut Machine, args: &[Value], kind: DictViewKind) -> Result<Value, Fault> {
    let dict = dict_of(m, args)?;
    m.heap.new_object(Object::DictView { dict, kind })
}

fn dict_items(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    view(m, args, DictViewKind::Items)
}

fn dict_keys(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    view(m, args, DictViewKind::Keys)
}

fn dict_values(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    view(m, args, DictViewKind::Values)
}

fn dict_pop(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(m, args)?;
    let key = argument(args);
    if m.heap.dicts.get(dict).table.is_empty() {
        // CPython does not hash the key of an empty dict.
        return args.get(2).copied().ok_or(()).map_err(|()| m.key_error(key));
    }
    match (m.dict_remove(dict, key)?, args.get(2)) {
        (Some(value), _) => Ok(value),
        (None, Some(default)) => Ok(*default),
        (None, None) => Err(m.key_error(key)),
    }
}

fn dict_popitem(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(m, args)?;
    match m.heap.dicts.slot(dict).table.pop_last() {
        Some(entry) => m.heap.new_tuple(&[entry.key, entry.value]),
        None => {
            let message = m.heap.new_str("popitem(): dictionary is empty")?;
            Err(m.key_error(message))
        }
    }
}

fn dict_setdefault(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(m, args)?;
    let (key, default) = (argument(args), default_argument(args));
    let hash = m.hash_native(key)?;
    match m.dict_find_hashed(dict, key, hash)? {
        Some(at) => Ok(m.heap.dicts.get(dict).table.entry(at).map_or(default, |entry| entry.value)),
        None => {
            m.dict_insert_new(dict, hash, key, default)?;
            Ok(default)
        }
    }
}
