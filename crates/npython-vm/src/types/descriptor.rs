//! `__get__`, `__set__` and `__delete__` of the descriptors that built-in types and `__slots__` make.
//!
//! A descriptor serves the objects of the class it belongs to and no others.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, NativeKind, Signature, wrapper};
use crate::objects::{Object, Str, TypeObject};
use crate::types;
use crate::value::{Id, Value};

/// What every kind of descriptor has.
pub(crate) const GET_METHODS: &[NativeDef] = &[wrapper("__get__", Signature::Positional(1, 2), descriptor_get)];

/// What those that can be written through have in addition.
pub(crate) const SET_METHODS: &[NativeDef] = &[
    wrapper("__set__", Signature::Positional(2, 2), |m, args| store(m, args[0], args[1], args[2])),
    wrapper("__delete__", Signature::One, |m, args| store(m, args[0], args[1], Value::Undef)),
];

/// The computed attributes that CPython calls members, plain fields of their objects: all of a type, or those named.
const NATIVE_MEMBERS: &[(Id<TypeObject>, &[&str])] = &[
    (types::COMPLEX, &["real", "imag"]),
    (types::RANGE, &["start", "stop", "step"]),
    (types::SLICE, &["start", "stop", "step"]),
    (types::SUPER, &["__thisclass__", "__self__", "__self_class__"]),
    (types::PROPERTY, &["fget", "fset", "fdel"]),
    (types::METHOD, &["__func__", "__self__"]),
    (types::FUNCTION, &["__closure__"]),
    (types::CLASSMETHOD, &["__func__", "__wrapped__"]),
    (types::STATICMETHOD, &["__func__", "__wrapped__"]),
    (types::METHOD_DESCRIPTOR, &["__name__", "__objclass__"]),
    (types::WRAPPER_DESCRIPTOR, &["__name__", "__objclass__"]),
    (types::CLASSMETHOD_DESCRIPTOR, &["__name__", "__objclass__"]),
    (types::GETSET_DESCRIPTOR, &["__name__", "__objclass__"]),
    (types::MEMBER_DESCRIPTOR, &["__name__", "__objclass__"]),
    (types::TYPE, &["__base__"]),
    (types::OS_ERROR, &["errno", "strerror", "filename", "filename2"]),
    (types::UNICODE_ENCODE_ERROR, &["encoding", "object", "start", "end", "reason"]),
    (types::UNICODE_DECODE_ERROR, &["encoding", "object", "start", "end", "reason"]),
    (types::UNICODE_TRANSLATE_ERROR, &["object", "start", "end", "reason"]),
];

/// Whether a computed attribute of a built-in type is a member.
pub(crate) fn is_native_member(m: &Machine, id: crate::value::NativeId) -> bool {
    let native = &m.base.natives[id.index()];
    NATIVE_MEMBERS.iter().any(|(owner, names)| native.owner == Some(*owner) && names.contains(&native.def.name))
}

/// Name and class of a descriptor.
fn place(m: &Machine, descriptor: Value) -> Option<(Id<Str>, Id<TypeObject>)> {
    match descriptor {
        Value::Native(id) => {
            let native = &m.base.natives[id.index()];
            Some((native.name, native.owner?))
        }
        Value::Object(id) => match *m.heap.objects.get(id) {
            Object::Member { class, name: Value::Str(name) } | Object::GetSet { class, name: Value::Str(name), .. } => {
                Some((name, class))
            }
            _ => None,
        },
        _ => None,
    }
}

fn is_class_method(m: &Machine, descriptor: Value) -> bool {
    matches!(descriptor, Value::Native(id) if m.base.natives[id.index()].def.kind == NativeKind::ClassMethod)
}

fn check_object(m: &mut Machine, descriptor: Value, object: Value) -> Result<(), Fault> {
    let Some((name, class)) = place(m, descriptor) else { return Ok(()) };
    if m.is_instance_of_type(object, class) {
        return Ok(());
    }
    let (name, class, found) = (m.heap.str(name).to_owned(), m.class_name(class), m.type_name(object));
    Err(m.type_error(format!("descriptor '{name}' for '{class}' objects doesn't apply to a '{found}' object")))
}

/// `descriptor.__get__(object, class=None)`
fn descriptor_get(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (descriptor, object) = (args[0], args[1]);
    let class = args.get(2).copied().unwrap_or(Value::None);
    if object.is_none() && class.is_none() {
        return Err(m.type_error("__get__(None, None) is invalid"));
    }
    if is_class_method(m, descriptor) {
        return class_method_get(m, descriptor, object, class);
    }
    if object.is_none() {
        return Ok(descriptor);
    }
    check_object(m, descriptor, object)?;
    let class = m.type_of(object);
    m.bind(descriptor, object, class)
}

fn class_method_get(m: &mut Machine, descriptor: Value, object: Value, class: Value) -> Result<Value, Fault> {
    let class = match class {
        Value::Type(class) => class,
        _ => m.type_of(object),
    };
    if let Some((name, owner)) = place(m, descriptor)
        && !m.is_subclass(class, owner)
    {
        let (name, owner, found) = (m.heap.str(name).to_owned(), m.class_name(owner), m.class_name(class));
        return Err(m.type_error(format!("descriptor '{name}' requires a subtype of '{owner}' but received '{found}'")));
    }
    m.bind(descriptor, object, class)
}

/// Writes through a descriptor; `Undef` deletes.
fn store(m: &mut Machine, descriptor: Value, object: Value, value: Value) -> Result<Value, Fault> {
    check_object(m, descriptor, object)?;
    let Some((name, _)) = place(m, descriptor) else { return Ok(Value::None) };
    match m.set_through_descriptor(descriptor, object, name, value) {
        Err(Fault::Call) => crate::builtins::attributes::none_of_pending(m),
        other => other.map(|()| Value::None),
    }
}
