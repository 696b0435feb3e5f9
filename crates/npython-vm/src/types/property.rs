//! `property`.

use smallvec::smallvec;

use crate::fault::Fault;
use crate::machine::{Machine, PendingCall};
use crate::names;
use crate::native::{NativeDef, Signature, constructor, getter, method, setter, wrapper};
use crate::objects::{Object, SpecialFlags, TypeKind};
use crate::value::Value;

pub(crate) const PROPERTY_METHODS: &[NativeDef] = &[
    constructor(Signature::Named("fget=, fset=, fdel=, doc="), property_new),
    wrapper("__init__", Signature::Open, |_, _| Ok(Value::None)),
    method("getter", Signature::One, |m, args| property_with(m, args, 0)),
    method("setter", Signature::One, |m, args| property_with(m, args, 1)),
    method("deleter", Signature::One, |m, args| property_with(m, args, 2)),
    getter("fget", |m, args| Ok(parts_of(m, args[0])?.functions[0])),
    getter("fset", |m, args| Ok(parts_of(m, args[0])?.functions[1])),
    getter("fdel", |m, args| Ok(parts_of(m, args[0])?.functions[2])),
    getter("__doc__", |m, args| Ok(parts_of(m, args[0])?.doc)),
    setter("__doc__", set_doc),
    getter("__name__", name_of),
    setter("__name__", set_name),
    method("__set_name__", Signature::Positional(2, 2), |m, args| store_name(m, args[0], args[2])),
    wrapper("__get__", Signature::Positional(1, 2), descriptor_get),
    wrapper("__set__", Signature::Positional(2, 2), descriptor_set),
    wrapper("__delete__", Signature::One, descriptor_delete),
    getter("__isabstractmethod__", is_abstract),
];

/// For the prelude, which asks a getter that is no function for its docstring.
pub(crate) const INTRINSICS: &[NativeDef] =
    &[crate::native::function("_property_set_getter_doc", Signature::Positional(2, 2), |m, args| {
        store_doc(m, args[0], args[1], true)?;
        Ok(args[0])
    })];

struct Parts {
    /// Getter, setter and deleter.
    functions: [Value; 3],
    doc: Value,
    name: Value,
    getter_doc: bool,
}

fn make(m: &mut Machine, class: Value, parts: &Parts) -> Result<Value, Fault> {
    let [getter, setter, deleter] = parts.functions;
    let (doc, name, getter_doc) = (parts.doc, parts.name, parts.getter_doc);
    let made = m.heap.new_object(Object::Property { getter, setter, deleter, doc, name, getter_doc })?;
    let Value::Type(class) = class else { return Ok(made) };
    let made = m.wrap_payload(class, made)?;
    store_doc(m, made, doc, getter_doc)?;
    Ok(made)
}

/// Sets the docstring. A derived class has one of its own, which hides the property's: instances carry theirs as an attribute.
fn store_doc(m: &mut Machine, property: Value, text: Value, from_getter: bool) -> Result<(), Fault> {
    if let Value::Object(id) = m.unwrap(property)
        && let Object::Property { doc, getter_doc, .. } = m.heap.objects.slot(id)
    {
        (*doc, *getter_doc) = (text, from_getter);
    }
    if let Value::Instance(id) = property {
        let class = m.heap.types.get(m.heap.instances.get(id).class);
        if class.kind == TypeKind::Guest && !class.flags.has(SpecialFlags::NO_DICT) {
            m.store_in_instance(id, names::DOC, text)?;
        }
    }
    Ok(())
}

fn property_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let part = |at: usize| args[at].given().unwrap_or(Value::None);
    let parts = Parts { functions: [part(1), part(2), part(3)], doc: part(4), name: Value::Undef, getter_doc: false };
    with_getter_doc(m, args[0], parts)
}

/// Makes the property, with its getter's docstring when it has none.
fn with_getter_doc(m: &mut Machine, class: Value, mut parts: Parts) -> Result<Value, Fault> {
    let [getter, ..] = parts.functions;
    if !parts.doc.is_none() || getter.is_none() {
        return make(m, class, &parts);
    }
    if let Value::Function(_) = getter {
        parts.doc = super::function::function_doc(m, &[getter])?;
        parts.getter_doc = !parts.doc.is_none();
        return make(m, class, &parts);
    }
    let made = make(m, class, &parts)?;
    match getter {
        Value::Instance(_) | Value::Type(_) | Value::Object(_) => {
            Err(m.prelude_call("_property_take_doc", &[made, getter]))
        }
        _ => Ok(made),
    }
}

fn parts_of(m: &mut Machine, value: Value) -> Result<Parts, Fault> {
    if let Value::Object(id) = m.unwrap(value)
        && let Object::Property { getter, setter, deleter, doc, name, getter_doc } = *m.heap.objects.get(id)
    {
        return Ok(Parts { functions: [getter, setter, deleter], doc, name, getter_doc });
    }
    Err(m.type_error("a property is required"))
}

fn property_with(m: &mut Machine, args: &[Value], part: usize) -> Result<Value, Fault> {
    let mut parts = parts_of(m, args[0])?;
    if !args[1].is_none() {
        parts.functions[part] = args[1];
    }
    if parts.getter_doc && !parts.functions[0].is_none() {
        parts.doc = Value::None;
        parts.getter_doc = false;
    }
    let class = Value::Type(m.type_of(args[0]));
    with_getter_doc(m, class, parts)
}

fn set_doc(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let text = args[1].given().unwrap_or(Value::None);
    if let Value::Object(id) = m.unwrap(args[0])
        && let Object::Property { doc, .. } = m.heap.objects.slot(id)
    {
        *doc = text;
    }
    Ok(Value::None)
}

/// `__name__`: what it was set to, else the getter's.
fn name_of(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let parts = parts_of(m, args[0])?;
    match (parts.name, parts.functions[0]) {
        (Value::Undef, Value::None) => Err(m.no_attribute(args[0], names::NAME)),
        (Value::Undef, getter) => Err(m.prelude_call("_property_name", &[args[0], getter])),
        (name, _) => Ok(name),
    }
}

fn set_name(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    store_name(m, args[0], args[1])
}

fn store_name(m: &mut Machine, property: Value, text: Value) -> Result<Value, Fault> {
    if let Value::Object(id) = m.unwrap(property)
        && let Object::Property { name, .. } = m.heap.objects.slot(id)
    {
        *name = text;
    }
    Ok(Value::None)
}

/// `__get__` of properties, class methods and static methods.
pub(crate) fn descriptor_get(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = match args.get(2) {
        Some(Value::Type(id)) => *id,
        _ => m.type_of(args[1]),
    };
    let receiver = if args[1].is_none() { Value::Undef } else { args[1] };
    let payload = m.unwrap(args[0]);
    match m.bind(payload, receiver, class) {
        Ok(bound) if bound == payload => Ok(args[0]),
        other => other,
    }
}

fn descriptor_set(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    change(m, args[0], args[1], Some(args[2]))
}

fn descriptor_delete(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    change(m, args[0], args[1], None)
}

/// Calls the setter or, without a value, the deleter.
fn change(m: &mut Machine, property: Value, object: Value, value: Option<Value>) -> Result<Value, Fault> {
    let parts = parts_of(m, property)?;
    let (callable, what) = match value {
        Some(_) => (parts.functions[1], "setter"),
        None => (parts.functions[2], "deleter"),
    };
    if callable.is_none() {
        return Err(m.property_error(parts.name, object, what));
    }
    let mut args = smallvec![object];
    args.extend(value);
    m.pending = PendingCall { callable, args, ..PendingCall::default() };
    crate::builtins::attributes::none_of_pending(m)
}

/// Whether one of the wrapped functions is abstract.
pub(crate) fn is_abstract(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Object(id) = m.unwrap(args[0]) else { return Ok(Value::False) };
    let functions = match *m.heap.objects.get(id) {
        Object::Property { getter, setter, deleter, .. } => [getter, setter, deleter],
        Object::ClassMethod { function, .. } | Object::StaticMethod { function, .. } => {
            [function, Value::None, Value::None]
        }
        _ => return Ok(Value::False),
    };
    let functions = m.heap.new_tuple(&functions)?;
    Err(m.prelude_call("_any_abstract", &[functions]))
}
