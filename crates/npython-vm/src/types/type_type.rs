//! Methods of `type`.

use crate::builtins::attributes::none_of_pending;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::native::{NativeDef, Signature, class_method, constructor, getter, method, setter, wrapper};
use crate::objects::{Dict, Layout, Object, SpecialFlags, TypeKind, TypeObject};
use crate::types;
use crate::value::{Id, Value};

pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Open, type_new),
    wrapper("__init__", Signature::Open, type_init),
    wrapper("__call__", Signature::Open, type_call),
    wrapper("__repr__", Signature::None, type_repr),
    wrapper("__setattr__", Signature::Positional(2, 2), type_setattr),
    wrapper("__delattr__", Signature::One, type_delattr),
    wrapper("__getattribute__", Signature::One, type_getattribute),
    wrapper("__or__", Signature::One, type_or),
    wrapper("__ror__", Signature::One, type_ror),
    method("mro", Signature::None, type_mro_method),
    method("__subclasses__", Signature::None, type_subclasses),
    method("__instancecheck__", Signature::One, type_instancecheck),
    method("__subclasscheck__", Signature::One, type_subclasscheck),
    method("__dir__", Signature::None, type_dir),
    class_method("__prepare__", Signature::Open, type_prepare),
    getter("__name__", type_get_name),
    setter("__name__", type_set_name),
    getter("__qualname__", type_get_qualname),
    setter("__qualname__", type_set_qualname),
    getter("__module__", type_get_module),
    setter("__module__", type_set_module),
    getter("__doc__", type_get_doc),
    setter("__doc__", type_set_doc),
    getter("__bases__", type_get_bases),
    setter("__bases__", type_set_bases),
    getter("__base__", type_get_base),
    getter("__mro__", type_get_mro),
    getter("__dict__", type_get_dict),
    getter("__abstractmethods__", type_get_abstract),
    setter("__abstractmethods__", type_set_abstract),
    getter("__annotations__", type_get_annotations),
    setter("__annotations__", type_set_annotations),
    getter("__type_params__", type_get_type_params),
    setter("__type_params__", type_set_type_params),
];

fn receiver(m: &mut Machine, value: Value) -> Result<Id<TypeObject>, Fault> {
    match value {
        Value::Type(id) => Ok(id),
        _ => Err(m.type_error("a type is required")),
    }
}

/// `type(x)` and `type(name, bases, namespace)`; the latter through the prelude, which runs the hooks.
fn type_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (given, kwargs) = (&args[1..args.len() - 1], args[args.len() - 1]);
    if let ([value], Value::Undef) = (given, kwargs)
        && args[0] == Value::Type(types::TYPE)
    {
        return Ok(Value::Type(m.type_of(*value)));
    }
    let [name, bases, namespace] = *given else {
        let message = if args[0] == Value::Type(types::TYPE) && given.len() != 3 {
            "type() takes 1 or 3 arguments".to_owned()
        } else {
            format!("type.__new__() takes exactly 3 arguments ({} given)", given.len())
        };
        return Err(m.type_error(message));
    };
    for (at, (value, expected)) in [(name, "str"), (bases, "tuple"), (namespace, "dict")].into_iter().enumerate() {
        let fits = matches!(
            (expected, m.unwrap(value)),
            ("str", Value::Str(_)) | ("tuple", Value::Tuple(_)) | ("dict", Value::Dict(_))
        );
        if !fits {
            let found = m.type_name(value);
            return Err(m.type_error(format!("type.__new__() argument {} must be {expected}, not {found}", at + 1)));
        }
    }
    let plain_name = m.unwrap(name);
    checked_name(m, plain_name)?;
    if let Value::Dict(attributes) = m.unwrap(namespace)
        && let Some(Value::Str(doc)) = m.find_str(attributes, names::DOC)
        && m.heap.strings.get(doc).surrogates
    {
        m.encode_str(doc, "utf-8", "strict")?;
    }
    let kwargs = if kwargs.is_undef() { m.heap.new_dict(Dict::default())? } else { kwargs };
    Err(m.prelude_call("_type_new", &[args[0], name, bases, namespace, kwargs]))
}

fn type_init(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let count = args.len() - 2;
    if count != 1 && count != 3 {
        return Err(m.type_error("type.__init__() takes 1 or 3 arguments"));
    }
    Ok(Value::None)
}

fn type_call(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let kwargs = match args[args.len() - 1] {
        Value::Undef => m.heap.new_dict(Dict::default())?,
        kwargs => kwargs,
    };
    let positional = m.heap.new_tuple(&args[1..args.len() - 1])?;
    Err(m.prelude_call("_construct", &[args[0], positional, kwargs]))
}

fn type_repr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    let text = m.type_repr(Value::Type(class));
    m.heap.new_string(text)
}

fn type_setattr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = m.type_of(args[0]);
    let Value::Str(name) = m.unwrap(args[1]) else { return Err(m.type_error("attribute name must be string")) };
    let name = m.heap.intern_str(name)?;
    match m.generic_set_attribute(args[0], class, name, args[2]) {
        Err(Fault::Call) => none_of_pending(m),
        other => other.map(|()| Value::None),
    }
}

fn type_delattr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = m.type_of(args[0]);
    let Value::Str(name) = m.unwrap(args[1]) else { return Err(m.type_error("attribute name must be string")) };
    let name = m.heap.intern_str(name)?;
    match m.generic_set_attribute(args[0], class, name, Value::Undef) {
        Err(Fault::Call) => none_of_pending(m),
        other => other.map(|()| Value::None),
    }
}

fn type_getattribute(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = m.type_of(args[0]);
    let Value::Str(name) = m.unwrap(args[1]) else { return Err(m.type_error("attribute name must be string")) };
    let name = m.heap.intern_str(name)?;
    m.generic_attribute(args[0], class, name)
}

fn type_or(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    m.union_of(args[0], args[1])
}

fn type_ror(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    m.union_of(args[1], args[0])
}

fn types_tuple(m: &mut Machine, types: &[Id<TypeObject>]) -> Result<Value, Fault> {
    let values: Vec<Value> = types.iter().map(|id| Value::Type(*id)).collect();
    m.heap.new_tuple(&values)
}

fn type_mro_method(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    let bases = m.heap.types.get(class).bases.clone();
    let mut order = vec![Value::Type(class)];
    order.extend(m.linearize(&bases)?.into_iter().map(Value::Type));
    m.heap.new_list(order)
}

/// Only the guest's own classes are listed: the built-in ones lead nowhere a guest could not go, but tell about the machine.
fn type_subclasses(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    let mut listed: Vec<Value> = m.heap.types.get(class).subclasses.iter().map(|id| Value::Type(*id)).collect();
    listed.extend(
        m.native_subclasses.iter().filter(|(base, _)| *base == class).map(|(_, subclass)| Value::Type(*subclass)),
    );
    m.heap.new_list(listed)
}

fn type_instancecheck(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    Ok(Value::bool(m.is_instance_of_type(args[1], class)))
}

fn type_subclasscheck(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    match args[1] {
        Value::Type(other) => Ok(Value::bool(m.is_subclass(other, class))),
        _ => Err(m.type_error("issubclass() arg 1 must be a class")),
    }
}

fn type_dir(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let names = m.attribute_names(args[0])?;
    m.heap.new_list(names)
}

fn type_prepare(m: &mut Machine, _: &[Value]) -> Result<Value, Fault> {
    m.heap.new_dict(Dict::default())
}

fn type_get_name(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    Ok(m.heap.types.get(class).name)
}

fn guest_class<'a>(m: &'a mut Machine, class: Value, what: &str) -> Result<&'a mut TypeObject, Fault> {
    let id = receiver(m, class)?;
    if m.heap.types.is_base(id) {
        let name = m.class_name(id);
        return Err(m.type_error(format!("cannot set '{what}' attribute of immutable type '{name}'")));
    }
    Ok(m.heap.types.slot(id))
}

/// A name for a class: as text, without null characters, and with an encoding.
fn checked_name(m: &mut Machine, value: Value) -> Result<(), Fault> {
    let Value::Str(id) = value else { return Ok(()) };
    m.charge_bytes(m.heap.str(id).len())?;
    if m.heap.str(id).contains('\0') {
        return Err(m.value_error("type name must not contain null characters"));
    }
    if m.heap.strings.get(id).surrogates {
        m.encode_str(id, "utf-8", "strict")?;
    }
    Ok(())
}

fn type_set_name(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    guest_class(m, args[0], "__name__")?;
    let name = m.unwrap(args[1]);
    if !matches!(name, Value::Str(_)) {
        let (class, found) = (receiver(m, args[0])?, m.type_name(args[1]));
        if args[1].is_undef() {
            return Err(cannot_delete(m, class, "__name__"));
        }
        let class = m.class_name(class);
        return Err(m.type_error(format!("can only assign string to {class}.__name__, not '{found}'")));
    }
    checked_name(m, name)?;
    guest_class(m, args[0], "__name__")?.name = name;
    Ok(Value::None)
}

#[cold]
fn cannot_delete(m: &mut Machine, class: Id<TypeObject>, what: &str) -> Fault {
    let name = m.class_name(class);
    m.type_error(format!("cannot delete '{what}' attribute of immutable type '{name}'"))
}

fn type_get_qualname(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    Ok(m.heap.types.get(class).qualname)
}

fn type_set_qualname(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    guest_class(m, args[0], "__qualname__")?;
    if !matches!(args[1], Value::Str(_)) {
        let (class, found) = (receiver(m, args[0])?, m.type_name(args[1]));
        if args[1].is_undef() {
            return Err(cannot_delete(m, class, "__qualname__"));
        }
        let name = m.class_name(class);
        return Err(m.type_error(format!("can only assign string to {name}.__qualname__, not '{found}'")));
    }
    guest_class(m, args[0], "__qualname__")?.qualname = args[1];
    Ok(Value::None)
}

fn type_get_module(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    match m.own_attribute(class, names::MODULE) {
        Some(module) if !matches!(module, Value::Native(_)) => Ok(module),
        _ => Ok(m.heap.types.get(class).module),
    }
}

fn type_set_module(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    guest_class(m, args[0], "__module__")?;
    if args[1].is_undef() {
        return Err(cannot_delete(m, class, "__module__"));
    }
    guest_class(m, args[0], "__module__")?.module = args[1];
    // Where its source was is not true of another module.
    m.set_type_attribute(class, names::FIRSTLINENO, Value::Undef)?;
    m.set_type_attribute(class, names::MODULE, args[1])?;
    Ok(Value::None)
}

fn type_get_doc(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    match m.own_attribute(class, names::DOC) {
        Some(Value::Native(_)) | None => Ok(Value::None),
        Some(doc) => m.bind(doc, Value::Undef, class),
    }
}

fn type_set_doc(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    guest_class(m, args[0], "__doc__")?;
    if args[1].is_undef() {
        return Err(cannot_delete(m, class, "__doc__"));
    }
    m.set_type_attribute(class, names::DOC, args[1])?;
    Ok(Value::None)
}

fn type_get_bases(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    let bases = m.heap.types.get(class).bases.clone();
    types_tuple(m, &bases)
}

fn type_set_bases(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    guest_class(m, args[0], "__bases__")?;
    let class = receiver(m, args[0])?;
    if args[1].is_undef() {
        let name = m.class_name(class);
        return Err(m.type_error(format!("cannot delete '__bases__' attribute of type '{name}'")));
    }
    m.set_bases(class, args[1])
}

fn type_get_base(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    if m.heap.types.get(class).bases.is_empty() {
        return Ok(Value::None);
    }
    let bases = m.heap.types.get(class).bases.clone();
    m.best_base(&bases).map(Value::Type)
}

fn type_get_mro(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    let order = m.heap.types.get(class).mro.clone();
    types_tuple(m, &order)
}

pub(crate) fn type_get_dict(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    let entries: Vec<(Value, Value)> =
        m.heap.types.get(class).attributes.iter().map(|entry| (entry.key, entry.value)).collect();
    m.charge_items(entries.len())?;
    let Value::Dict(dict) = m.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
    for (key, value) in entries {
        if let Value::Str(key) = key {
            m.dict_set_str(dict, key, value)?;
        }
    }
    m.heap.new_object(Object::MappingProxy { mapping: Value::Dict(dict) })
}

fn type_get_abstract(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    match m.own_attribute(class, names::ABSTRACTMETHODS) {
        Some(value) if !matches!(value, Value::Native(_)) => Ok(value),
        _ => Err(m.no_attribute(args[0], names::ABSTRACTMETHODS)),
    }
}

fn type_set_abstract(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    if args[1].is_undef() {
        guest_class(m, args[0], "__abstractmethods__")?.flags.0 &= !SpecialFlags::ABSTRACT;
        if m.set_type_attribute(class, names::ABSTRACTMETHODS, Value::Undef)? {
            return Ok(Value::None);
        }
        return Err(m.no_attribute(args[0], names::ABSTRACTMETHODS));
    }
    let empty = match m.collect_items(args[1]) {
        Ok(items) => items.is_empty(),
        Err(fault) => return Err(fault),
    };
    let object = guest_class(m, args[0], "__abstractmethods__")?;
    if empty {
        object.flags.0 &= !SpecialFlags::ABSTRACT;
    } else {
        object.flags.0 |= SpecialFlags::ABSTRACT;
    }
    m.set_type_attribute(class, names::ABSTRACTMETHODS, args[1])?;
    Ok(Value::None)
}

fn type_get_annotations(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    if m.heap.types.get(class).kind == TypeKind::Native {
        return Err(m.no_attribute(args[0], names::ANNOTATIONS));
    }
    match m.own_attribute(class, names::ANNOTATIONS) {
        Some(annotations) => Ok(annotations),
        None => {
            let made = m.heap.new_dict(Dict::default())?;
            m.set_type_attribute(class, names::ANNOTATIONS, made)?;
            Ok(made)
        }
    }
}

fn type_set_annotations(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    guest_class(m, args[0], "__annotations__")?;
    if args[1].is_undef() && m.own_attribute(class, names::ANNOTATIONS).is_none() {
        return Err(m.no_attribute(args[0], names::ANNOTATIONS));
    }
    m.set_type_attribute(class, names::ANNOTATIONS, args[1])?;
    Ok(Value::None)
}

fn type_get_type_params(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    match m.own_attribute(class, names::TYPE_PARAMS) {
        Some(value) if !matches!(value, Value::Native(_)) => Ok(value),
        _ => m.heap.new_tuple(&[]),
    }
}

fn type_set_type_params(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let class = receiver(m, args[0])?;
    guest_class(m, args[0], "__type_params__")?;
    if args[1].is_undef() {
        return Err(cannot_delete(m, class, "__type_params__"));
    }
    m.set_type_attribute(class, names::TYPE_PARAMS, args[1])?;
    Ok(Value::None)
}

impl Machine {
    /// Whether the class's instances are exceptions.
    pub(crate) fn is_exception_class(&self, class: Id<TypeObject>) -> bool {
        self.heap.types.get(class).layout == Layout::Exception
    }
}
