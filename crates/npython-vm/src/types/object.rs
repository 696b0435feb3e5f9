//! Methods of `object`.

use crate::builtins::attributes::none_of_pending;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::native::{NativeDef, Signature, class_method, constructor, getter, method, setter, wrapper};
use crate::objects::{Layout, NO_SHAPE, Object, SpecialFlags, TypeKind};
use crate::value::Value;

pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Open, object_new),
    wrapper("__init__", Signature::Open, object_init),
    wrapper("__eq__", Signature::One, object_eq),
    wrapper("__ne__", Signature::One, object_ne),
    wrapper("__lt__", Signature::One, not_implemented),
    wrapper("__le__", Signature::One, not_implemented),
    wrapper("__gt__", Signature::One, not_implemented),
    wrapper("__ge__", Signature::One, not_implemented),
    wrapper("__hash__", Signature::None, object_hash),
    wrapper("__repr__", Signature::None, object_repr),
    wrapper("__str__", Signature::None, object_str),
    method("__format__", Signature::One, object_format).or("_object_format"),
    wrapper("__getattribute__", Signature::One, object_getattribute),
    wrapper("__setattr__", Signature::Positional(2, 2), object_setattr),
    wrapper("__delattr__", Signature::One, object_delattr),
    method("__dir__", Signature::None, object_dir),
    method("__sizeof__", Signature::None, object_sizeof),
    method("__reduce__", Signature::None, object_reduce),
    method("__reduce_ex__", Signature::One, object_reduce),
    method("__getstate__", Signature::None, object_getstate),
    class_method("__init_subclass__", Signature::Open, object_init_subclass),
    class_method("__subclasshook__", Signature::One, not_implemented),
    getter("__class__", object_class),
    setter("__class__", object_set_class),
    getter("__doc__", object_doc),
];

/// The types of which there is one value: calling them gives it.
pub(crate) const NONE_METHODS: &[NativeDef] =
    &[constructor(Signature::Open, |m, args| singleton(m, args, "NoneType", Value::None))];
pub(crate) const NOT_IMPLEMENTED_METHODS: &[NativeDef] =
    &[constructor(Signature::Open, |m, args| singleton(m, args, "NotImplementedType", Value::NotImplemented))];
pub(crate) const ELLIPSIS_METHODS: &[NativeDef] =
    &[constructor(Signature::Open, |m, args| singleton(m, args, "EllipsisType", Value::Ellipsis))];

fn singleton(m: &mut Machine, args: &[Value], name: &str, value: Value) -> Result<Value, Fault> {
    match args {
        [_, Value::Undef] => Ok(value),
        _ => Err(m.type_error(format!("{name} takes no arguments"))),
    }
}

fn object_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Type(class) = args[0] else { return Err(m.type_error("object.__new__(X): X is not a type object")) };
    let (count, kwargs) = (args.len() - 2, args[args.len() - 1]);
    let class_object = m.heap.types.get(class);
    let flags = class_object.flags;
    if class_object.kind == TypeKind::Native {
        if count > 0 || !kwargs.is_undef() {
            return Err(m.type_error("object() takes no arguments"));
        }
        return m.heap.new_object(Object::Plain);
    }
    if count > 0 || !kwargs.is_undef() {
        let has_init = m.type_lookup(class, names::INIT).is_some_and(|init| !matches!(init, Value::Native(_)));
        if flags.has(SpecialFlags::NEW) {
            return Err(m.type_error("object.__new__() takes exactly one argument (the type to instantiate)"));
        }
        if !has_init {
            let name = m.class_name(class);
            return Err(m.type_error(format!("{name}() takes no arguments")));
        }
    }
    if flags.has(SpecialFlags::ABSTRACT) {
        return Err(m.abstract_error(class));
    }
    m.new_instance(class, Value::Undef)
}

fn object_init(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (count, kwargs) = (args.len() - 2, args[args.len() - 1]);
    if count == 0 && kwargs.is_undef() {
        return Ok(Value::None);
    }
    let class = m.type_of(args[0]);
    let own_init = m.type_lookup(class, names::INIT).is_some_and(|init| !matches!(init, Value::Native(_)));
    if own_init {
        return Err(m.type_error("object.__init__() takes exactly one argument (the instance to initialize)"));
    }
    if !m.heap.types.get(class).flags.has(SpecialFlags::NEW) && m.heap.types.get(class).layout == Layout::Plain {
        let name = m.class_name(class);
        return Err(m.type_error(format!("{name}() takes no arguments")));
    }
    Ok(Value::None)
}

fn object_eq(_: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(if args[0] == args[1] { Value::True } else { Value::NotImplemented })
}

fn object_ne(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if m.is_guest_special(args[0], names::EQ).is_some() {
        return Err(m.prelude_call("_not_equal", args));
    }
    Ok(if args[0] == args[1] { Value::False } else { Value::NotImplemented })
}

fn not_implemented(_: &mut Machine, _: &[Value]) -> Result<Value, Fault> {
    Ok(Value::NotImplemented)
}

fn object_hash(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    m.heap.identity_hash(args[0]).map(Value::Int)
}

fn object_repr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let text = m.default_repr(args[0])?;
    m.heap.new_string(text)
}

fn object_str(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    m.repr_value(args[0])
}

fn object_format(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match m.unwrap(args[1]) {
        Value::Str(spec) if m.heap.str(spec).is_empty() => m.str_value(args[0]),
        Value::Str(_) => {
            let name = m.type_name(args[0]);
            Err(m.type_error(format!("unsupported format string passed to {name}.__format__")))
        }
        other => {
            let found = m.type_name(other);
            Err(m.type_error(format!("__format__() argument must be str, not {found}")))
        }
    }
}

fn attribute_name(m: &mut Machine, name: Value) -> Result<crate::value::Id<crate::objects::Str>, Fault> {
    match m.unwrap(name) {
        Value::Str(id) => m.heap.intern_str(id),
        _ => {
            let found = m.type_name(name);
            Err(m.type_error(format!("attribute name must be string, not '{found}'")))
        }
    }
}

fn object_getattribute(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let name = attribute_name(m, args[1])?;
    let class = m.type_of(args[0]);
    m.generic_attribute(args[0], class, name)
}

fn object_setattr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let name = attribute_name(m, args[1])?;
    if matches!(args[0], Value::Type(_)) {
        return Err(m.type_error("can't apply this __setattr__ to type object"));
    }
    let class = m.type_of(args[0]);
    match m.generic_set_attribute(args[0], class, name, args[2]) {
        Err(Fault::Call) => none_of_pending(m),
        other => other.map(|()| Value::None),
    }
}

fn object_delattr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let name = attribute_name(m, args[1])?;
    let class = m.type_of(args[0]);
    match m.generic_set_attribute(args[0], class, name, Value::Undef) {
        Err(Fault::Call) => none_of_pending(m),
        other => other.map(|()| Value::None),
    }
}

fn object_dir(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let names = m.attribute_names(args[0])?;
    m.heap.new_list(names)
}

fn object_sizeof(_: &mut Machine, _: &[Value]) -> Result<Value, Fault> {
    Ok(Value::Int(16))
}

fn object_reduce(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let found = m.type_name(args[0]);
    Err(m.type_error(format!("cannot pickle '{found}' object: pickling is not available in the sandbox")))
}

fn object_getstate(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match args[0] {
        Value::Instance(id) => {
            let empty = m.heap.instances.get(id).dict.is_none() && m.heap.instances.get(id).slots.is_empty();
            if empty {
                return Ok(Value::None);
            }
            let dict = m.instance_dict(id)?;
            Ok(Value::Dict(dict))
        }
        _ => Ok(Value::None),
    }
}

fn object_init_subclass(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (count, kwargs) = (args.len() - 2, args[args.len() - 1]);
    if count > 0 || !kwargs.is_undef() {
        let name = match args[0] {
            Value::Type(id) => m.class_name(id),
            _ => "object".to_owned(),
        };
        return Err(m.type_error(format!("{name}.__init_subclass__() takes no keyword arguments")));
    }
    Ok(Value::None)
}

fn object_class(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(Value::Type(m.type_of(args[0])))
}

fn object_set_class(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Type(class) = args[1] else {
        if args[1].is_undef() {
            return Err(m.type_error("can't delete __class__ attribute"));
        }
        let found = m.type_name(args[1]);
        return Err(m.type_error(format!("__class__ must be set to a class, not '{found}' object")));
    };
    let Value::Instance(id) = args[0] else {
        return Err(m.type_error("__class__ assignment only supported for mutable types or ModuleType subclasses"));
    };
    let old = m.heap.instances.get(id).class;
    let (from, to) = (m.heap.types.get(old), m.heap.types.get(class));
    if to.kind == TypeKind::Native || from.kind == TypeKind::Native {
        return Err(m.type_error("__class__ assignment only supported for mutable types or ModuleType subclasses"));
    }
    let same_layout = from.layout == to.layout;
    if !same_layout || !m.has_same_parts(old, class)? {
        let (from, to) = (m.class_name(old), m.class_name(class));
        return Err(m.type_error(format!("__class__ assignment: '{to}' object layout differs from '{from}'")));
    }
    // The attributes move to a dict, whose meaning does not depend on the class's shapes.
    m.instance_dict(id)?;
    let instance = m.heap.instances.slot(id);
    instance.class = class;
    instance.shape = NO_SHAPE;
    Ok(Value::None)
}

fn object_doc(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = m.type_of(args[0]);
    Ok(m.own_attribute(class, names::DOC).filter(|doc| !matches!(doc, Value::Native(_))).unwrap_or(Value::None))
}
