//! property, classmethod, staticmethod, super.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, constructor, getter, method, wrapper};
use crate::objects::Object;
use crate::value::Value;

pub(crate) const PROPERTY_METHODS: &[NativeDef] = &[
    constructor(Signature::Named("fget=, fset=, fdel=, doc="), property_new),
    wrapper("__init__", Signature::Open, accept_any),
    method("getter", Signature::One, |m, args| property_with(m, args, 0)),
    method("setter", Signature::One, |m, args| property_with(m, args, 1)),
    method("deleter", Signature::One, |m, args| property_with(m, args, 2)),
    getter("fget", |m, args| property_part(m, args, 0)),
    getter("fset", |m, args| property_part(m, args, 1)),
    getter("fdel", |m, args| property_part(m, args, 2)),
    getter("__doc__", |m, args| property_part(m, args, 3)),
    getter("__name__", |m, args| property_part(m, args, 4)),
    method("__set_name__", Signature::Positional(2, 2), property_set_name),
    wrapper("__get__", Signature::Positional(1, 2), descriptor_get),
    wrapper("__set__", Signature::Positional(2, 2), descriptor_set),
    wrapper("__delete__", Signature::One, descriptor_delete),
    getter("__isabstractmethod__", is_abstract),
];

pub(crate) const CLASSMETHOD_METHODS: &[NativeDef] = &[
    constructor(Signature::Positional(1, 1), classmethod_new),
    getter("__func__", wrapped_function),
    getter("__wrapped__", wrapped_function),
    wrapper("__get__", Signature::Positional(1, 2), descriptor_get),
    getter("__isabstractmethod__", is_abstract),
];

pub(crate) const STATICMETHOD_METHODS: &[NativeDef] = &[
    constructor(Signature::Positional(1, 1), staticmethod_new),
    getter("__func__", wrapped_function),
    getter("__wrapped__", wrapped_function),
    wrapper("__get__", Signature::Positional(1, 2), descriptor_get),
    wrapper("__call__", Signature::Open, staticmethod_call),
    getter("__isabstractmethod__", is_abstract),
];

pub(crate) const SUPER_METHODS: &[NativeDef] = &[
    constructor(Signature::Positional(0, 2), super_new),
    getter("__thisclass__", |m, args| super_part(m, args, 0)),
    getter("__self__", |m, args| super_part(m, args, 1)),
    getter("__self_class__", |m, args| super_part(m, args, 2)),
];

fn accept_any(_: &mut Machine, _: &[Value]) -> Result<Value, Fault> {
    Ok(Value::None)
}

fn make(m: &mut Machine, class: Value, object: Object) -> Result<Value, Fault> {
    let made = m.heap.new_object(object)?;
    match class {
        Value::Type(class) => m.wrap_payload(class, made),
        _ => Ok(made),
    }
}

fn property_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let part = |at: usize| args[at].given().unwrap_or(Value::None);
    let mut doc = part(4);
    if doc.is_none()
        && let Value::Function(id) = part(1)
        && let Some(constant) = m.code(m.heap.functions.get(id).code).clone().docstring()
    {
        doc = m.constant_value(constant)?;
    }
    make(m, args[0], Object::Property { getter: part(1), setter: part(2), deleter: part(3), doc, name: Value::Undef })
}

fn property_parts(m: &mut Machine, value: Value) -> Result<[Value; 5], Fault> {
    if let Value::Object(id) = m.unwrap(value)
        && let Object::Property { getter, setter, deleter, doc, name } = *m.heap.objects.get(id)
    {
        return Ok([getter, setter, deleter, doc, name]);
    }
    Err(m.type_error("a property is required"))
}

fn property_with(m: &mut Machine, args: &[Value], part: usize) -> Result<Value, Fault> {
    let mut parts = property_parts(m, args[0])?;
    parts[part] = args[1];
    let [getter, setter, deleter, doc, name] = parts;
    let class = Value::Type(m.type_of(args[0]));
    make(m, class, Object::Property { getter, setter, deleter, doc, name })
}

fn property_part(m: &mut Machine, args: &[Value], part: usize) -> Result<Value, Fault> {
    let value = property_parts(m, args[0])?[part];
    if value.is_undef() { Err(m.no_attribute(args[0], crate::names::NAME)) } else { Ok(value) }
}

fn property_set_name(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if let Value::Object(id) = m.unwrap(args[0])
        && let Object::Property { name, .. } = m.heap.objects.slot(id)
    {
        *name = args[2];
    }
    Ok(Value::None)
}

fn descriptor_get(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = match args.get(2) {
        Some(Value::Type(id)) => *id,
        _ => m.type_of(args[1]),
    };
    let receiver = if args[1].is_none() { Value::Undef } else { args[1] };
    let payload = m.unwrap(args[0]);
    m.bind(payload, receiver, class)
}

fn descriptor_set(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let [_, setter, ..] = property_parts(m, args[0])?;
    if setter.is_none() {
        return Err(m.raise(crate::types::ATTRIBUTE_ERROR, "property of object has no setter"));
    }
    m.pending = crate::machine::PendingCall {
        callable: setter,
        args: smallvec::smallvec![args[1], args[2]],
        ..Default::default()
    };
    Err(Fault::Call)
}

fn descriptor_delete(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let [_, _, deleter, ..] = property_parts(m, args[0])?;
    if deleter.is_none() {
        return Err(m.raise(crate::types::ATTRIBUTE_ERROR, "property of object has no deleter"));
    }
    m.pending =
        crate::machine::PendingCall { callable: deleter, args: smallvec::smallvec![args[1]], ..Default::default() };
    Err(Fault::Call)
}

fn classmethod_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    make(m, args[0], Object::ClassMethod { function: args[1] })
}

fn staticmethod_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    make(m, args[0], Object::StaticMethod { function: args[1] })
}

fn wrapped_function(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if let Value::Object(id) = m.unwrap(args[0])
        && let Object::ClassMethod { function } | Object::StaticMethod { function } = *m.heap.objects.get(id)
    {
        return Ok(function);
    }
    Ok(Value::None)
}

fn staticmethod_call(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let function = wrapped_function(m, args)?;
    let kwargs = match args[args.len() - 1] {
        Value::Undef => m.heap.new_dict(crate::objects::Dict::default())?,
        kwargs => kwargs,
    };
    let positional = m.heap.new_tuple(&args[1..args.len() - 1])?;
    Err(m.prelude_call("_apply", &[function, positional, kwargs]))
}

fn super_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match args {
        [_] => Err(m.runtime_error("super(): no arguments")),
        [_, class] => m.new_super(*class, Value::Undef),
        [_, class, receiver, ..] => m.new_super(*class, *receiver),
        [] => Err(Fault::Halt),
    }
}

fn super_part(m: &mut Machine, args: &[Value], part: usize) -> Result<Value, Fault> {
    if let Value::Object(id) = args[0]
        && let Object::Super { class, receiver, receiver_type } = *m.heap.objects.get(id)
    {
        return Ok(match part {
            0 => Value::Type(class),
            1 => receiver.given().unwrap_or(Value::None),
            _ => Value::Type(receiver_type),
        });
    }
    Ok(Value::None)
}

/// Whether one of the wrapped functions is abstract.
fn is_abstract(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Object(id) = m.unwrap(args[0]) else { return Ok(Value::False) };
    let functions = match *m.heap.objects.get(id) {
        Object::Property { getter, setter, deleter, .. } => [getter, setter, deleter],
        Object::ClassMethod { function } | Object::StaticMethod { function } => [function, Value::None, Value::None],
        _ => return Ok(Value::False),
    };
    let functions = m.heap.new_tuple(&functions)?;
    Err(m.prelude_call("_any_abstract", &[functions]))
}
