//! `mappingproxy`: a read-only view of a mapping, or of a type's attributes.

use npython_bytecode::{BinaryOperator, CompareOperator};

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::native::{NativeDef, Signature, class_method, constructor, function, method, wrapper};
use crate::objects::{Dict, DictViewKind, Object};
use crate::types::container_methods as shared;
use crate::value::{Id, Value};

pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Open, proxy_new),
    wrapper("__repr__", Signature::None, shared::repr),
    wrapper("__eq__", Signature::One, |m, args| compared(m, CompareOperator::Eq, args)),
    wrapper("__ne__", Signature::One, |m, args| compared(m, CompareOperator::Ne, args)),
    wrapper("__iter__", Signature::None, shared::iter),
    wrapper("__len__", Signature::None, shared::len),
    wrapper("__getitem__", Signature::One, getitem),
    wrapper("__contains__", Signature::One, contains),
    wrapper("__or__", Signature::One, |m, args| merged(m, args, false)),
    wrapper("__ror__", Signature::One, |m, args| merged(m, args, true)),
    method("__reversed__", Signature::None, reversed).or("_proxy_reversed"),
    method("get", Signature::Positional(1, 2), get).or("_proxy_get"),
    method("keys", Signature::None, |m, args| view(m, args, DictViewKind::Keys)).or("_proxy_keys"),
    method("values", Signature::None, |m, args| view(m, args, DictViewKind::Values)).or("_proxy_values"),
    method("items", Signature::None, |m, args| view(m, args, DictViewKind::Items)).or("_proxy_items"),
    method("copy", Signature::None, copy).or("_proxy_copy"),
    class_method("__class_getitem__", Signature::One, shared::class_getitem),
];

/// What the prelude needs for proxies of guest mappings.
pub(crate) const INTRINSICS: &[NativeDef] = &[function("_proxy_mapping", Signature::One, |m, args| {
    let receiver = args.first().copied().unwrap_or(Value::None);
    mapping_of(m, receiver)
})];

fn argument(args: &[Value]) -> Value {
    args.get(1).copied().unwrap_or(Value::None)
}

/// The mapping behind a proxy; of a type's proxy, a dict of its attributes as they are now.
fn mapping_of(m: &mut Machine, receiver: Value) -> Result<Value, Fault> {
    let Value::Object(id) = receiver else { return Ok(receiver) };
    match *m.heap.objects.get(id) {
        Object::MappingProxy { mapping } => Ok(mapping),
        Object::TypeProxy { class } => {
            let made = m.heap.new_dict(Dict::default())?;
            let Value::Dict(dict) = made else { return Err(Fault::Halt) };
            let mut position = 0;
            while let Some((next, entry)) = m.heap.types.get(class).attributes.next_from(position) {
                let (hash, key, value) = (entry.hash, entry.key, entry.value);
                position = next;
                m.charge(1)?;
                m.dict_insert_new(dict, hash, key, value)?;
            }
            Ok(made)
        }
        _ => Ok(receiver),
    }
}

/// The dict behind a proxy.
///
/// # Errors
/// `Fault::Fallback` when the mapping is not a plain dict.
fn dict_of(m: &mut Machine, args: &[Value]) -> Result<Id<Dict>, Fault> {
    let receiver = args.first().copied().unwrap_or(Value::None);
    let mapping = mapping_of(m, receiver)?;
    m.plain_mapping(mapping).ok_or(Fault::Fallback)
}

fn proxy_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (_, rest) = shared::constructed_class(args);
    let &[mapping] = shared::no_keywords(m, "mappingproxy", rest)? else {
        return Err(m.type_error("mappingproxy() missing required argument 'mapping' (pos 1)"));
    };
    let is_sequence = matches!(m.unwrap(mapping), Value::List(_) | Value::Tuple(_));
    if is_sequence || m.special(mapping, names::GETITEM).is_none() || matches!(mapping, Value::Str(_) | Value::Type(_))
    {
        let name = m.type_name(mapping);
        return Err(m.type_error(format!("mappingproxy() argument must be a mapping, not {name}")));
    }
    if m.plain_mapping(mapping).is_none() {
        return Err(m.raise(
            crate::types::NOT_IMPLEMENTED_ERROR,
            "a mappingproxy of a mapping that is no plain dict is not supported by this version of npython",
        ));
    }
    m.heap.new_object(Object::MappingProxy { mapping })
}

fn compared(m: &mut Machine, op: CompareOperator, args: &[Value]) -> Result<Value, Fault> {
    let mapping = mapping_of(m, args.first().copied().unwrap_or(Value::None))?;
    let other = mapping_of(m, argument(args))?;
    m.compare(op, mapping, other)
}

fn getitem(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let mapping = mapping_of(m, args.first().copied().unwrap_or(Value::None))?;
    m.subscript(mapping, argument(args))
}

fn contains(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let mapping = mapping_of(m, args.first().copied().unwrap_or(Value::None))?;
    m.contains(argument(args), mapping, false)
}

fn merged(m: &mut Machine, args: &[Value], reflected: bool) -> Result<Value, Fault> {
    let mapping = mapping_of(m, args.first().copied().unwrap_or(Value::None))?;
    let other = mapping_of(m, argument(args))?;
    let (left, right) = if reflected { (other, mapping) } else { (mapping, other) };
    m.binary(BinaryOperator::Or, left, right)
}

fn reversed(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(m, args)?;
    let iter = m.dict_iter(dict, DictViewKind::Keys, true);
    m.heap.new_iter(iter)
}

fn get(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(m, args)?;
    let default = args.get(2).copied().unwrap_or(Value::None);
    Ok(m.dict_get(dict, argument(args))?.unwrap_or(default))
}

fn view(m: &mut Machine, args: &[Value], kind: DictViewKind) -> Result<Value, Fault> {
    let dict = dict_of(m, args)?;
    m.heap.new_object(Object::DictView { dict, kind })
}

fn copy(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(m, args)?;
    let made = m.heap.new_dict(Dict::default())?;
    if let Value::Dict(copied) = made {
        m.dict_merge_natively(copied, dict)?;
    }
    Ok(made)
}
