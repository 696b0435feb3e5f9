//! Attributes of functions, methods, code objects, cells.

use crate::builtins::execution::code_number;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, constructor, getter, setter, wrapper};
use crate::objects::{Dict, Function, FunctionExtras, Object};
use crate::value::{Id, Value};

pub(crate) const FUNCTION_METHODS: &[NativeDef] = &[
    getter("__name__", |m, args| with_function(m, args, Machine::function_name)),
    setter("__name__", |m, args| set_text(m, args, "__name__", |extras| &mut extras.name)),
    getter("__qualname__", |m, args| with_function(m, args, Machine::function_qualname)),
    setter("__qualname__", |m, args| set_text(m, args, "__qualname__", |extras| &mut extras.qualname)),
    getter("__doc__", function_doc),
    setter("__doc__", |m, args| set_extra(m, args, |extras| &mut extras.doc)),
    getter("__module__", function_module),
    setter("__module__", |m, args| set_extra(m, args, |extras| &mut extras.module)),
    getter("__defaults__", function_defaults),
    setter("__defaults__", function_set_defaults),
    getter("__kwdefaults__", |m, args| extra_or_none(m, args, |extras| extras.keyword_defaults)),
    setter("__kwdefaults__", set_keyword_defaults),
    getter("__closure__", function_closure),
    getter("__code__", function_code),
    setter("__code__", set_code),
    getter("__annotations__", function_annotations),
    setter("__annotations__", set_annotations),
    getter("__type_params__", function_type_params),
    setter("__type_params__", set_type_params),
    getter("__dict__", function_dict),
    setter("__dict__", set_dict),
    wrapper("__get__", Signature::Positional(1, 2), function_get),
    wrapper("__repr__", Signature::None, callable_repr),
    wrapper("__call__", Signature::Open, function_call),
];

pub(crate) const METHOD_METHODS: &[NativeDef] = &[
    constructor(Signature::Positional(2, 2), method_new),
    getter("__func__", |m, args| bound(m, args).map(|method| method.0)),
    getter("__self__", |m, args| bound(m, args).map(|method| method.1)),
    getter("__doc__", |m, args| {
        let (function, _) = bound(m, args)?;
        m.get_attribute(function, crate::names::DOC)
    }),
    wrapper("__get__", Signature::Positional(1, 2), |_, args| Ok(args[0])),
    wrapper("__repr__", Signature::None, callable_repr),
    wrapper("__call__", Signature::Open, function_call),
    wrapper("__getattribute__", Signature::One, method_getattribute),
];

/// Attributes of native functions; `__self__` is there only for methods: modules are nothing a function leads to.
pub(crate) const NATIVE_METHODS: &[NativeDef] = &[
    getter("__self__", native_receiver),
    getter("__name__", native_name),
    getter("__qualname__", native_qualname),
    getter("__doc__", native_doc),
    getter("__text_signature__", native_signature),
    getter("__module__", native_module),
    wrapper("__repr__", Signature::None, callable_repr),
    wrapper("__call__", Signature::Open, function_call),
];

/// What a method wrapper has in addition.
pub(crate) const METHOD_WRAPPER_METHODS: &[NativeDef] = &[getter("__objclass__", native_owner)];

pub(crate) const DESCRIPTOR_METHODS: &[NativeDef] = &[
    getter("__name__", native_name),
    getter("__qualname__", native_qualname),
    getter("__doc__", |_, _| Ok(Value::None)),
    getter("__objclass__", native_owner),
    wrapper("__repr__", Signature::None, callable_repr),
    wrapper("__call__", Signature::Open, function_call),
];

fn receiver(m: &mut Machine, value: Value) -> Result<Id<Function>, Fault> {
    match value {
        Value::Function(id) => Ok(id),
        _ => Err(m.type_error("a function is required")),
    }
}

fn with_function(
    m: &mut Machine,
    args: &[Value],
    read: fn(&mut Machine, Id<Function>) -> Result<Value, Fault>,
) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    read(m, id)
}

fn extra(m: &mut Machine, args: &[Value], read: fn(&FunctionExtras) -> Value) -> Result<Option<Value>, Fault> {
    let id = receiver(m, args[0])?;
    Ok(m.heap.functions.get(id).extras.as_ref().and_then(|extras| read(extras).given()))
}

fn extra_or_none(m: &mut Machine, args: &[Value], read: fn(&FunctionExtras) -> Value) -> Result<Value, Fault> {
    Ok(extra(m, args, read)?.unwrap_or(Value::None))
}

fn set_extra(m: &mut Machine, args: &[Value], slot: fn(&mut FunctionExtras) -> &mut Value) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    m.heap.reserve(size_of::<FunctionExtras>())?;
    if let Some(function) = m.heap.functions.get_mut(id) {
        *slot(function.extras_mut()) = if args[1].is_undef() { Value::None } else { args[1] };
    }
    Ok(Value::None)
}

fn set_text(
    m: &mut Machine,
    args: &[Value],
    name: &str,
    slot: fn(&mut FunctionExtras) -> &mut Value,
) -> Result<Value, Fault> {
    if !matches!(args[1], Value::Str(_)) {
        return Err(m.type_error(format!("{name} must be set to a string object")));
    }
    set_extra(m, args, slot)
}

pub(crate) fn function_doc(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if let Some(doc) = extra(m, args, |extras| extras.doc)? {
        return Ok(doc);
    }
    let id = receiver(m, args[0])?;
    let code = m.code(m.heap.functions.get(id).code).clone();
    match code.docstring() {
        Some(constant) => m.constant_value(constant),
        None => Ok(Value::None),
    }
}

fn function_module(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(extra(m, args, |extras| extras.module)?.unwrap_or(Value::Str(crate::names::MAIN)))
}

fn function_defaults(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    let defaults = m.heap.functions.get(id).defaults.clone();
    if defaults.is_empty() { Ok(Value::None) } else { m.heap.new_tuple(&defaults) }
}

fn function_set_defaults(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    let defaults: Box<[Value]> = match args[1] {
        Value::Tuple(tuple) => m.heap.tuple(tuple).into(),
        Value::None | Value::Undef => Box::default(),
        _ => return Err(m.type_error("__defaults__ must be set to a tuple object")),
    };
    m.heap.reserve(size_of_val(&*defaults))?;
    if let Some(function) = m.heap.functions.get_mut(id) {
        function.defaults = defaults;
    }
    Ok(Value::None)
}

fn set_keyword_defaults(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if !matches!(args[1], Value::Undef | Value::None) && !matches!(m.unwrap(args[1]), Value::Dict(_)) {
        return Err(m.type_error("__kwdefaults__ must be set to a dict object"));
    }
    set_extra(m, args, |extras| &mut extras.keyword_defaults)
}

fn set_annotations(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if !matches!(args[1], Value::Undef | Value::None) && !matches!(m.unwrap(args[1]), Value::Dict(_)) {
        return Err(m.type_error("__annotations__ must be set to a dict object"));
    }
    set_extra(m, args, |extras| &mut extras.annotations)
}

fn set_type_params(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if !matches!(m.unwrap(args[1]), Value::Tuple(_)) {
        return Err(m.type_error("__type_params__ must be set to a tuple"));
    }
    set_extra(m, args, |extras| &mut extras.type_params)
}

fn set_dict(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match args[1] {
        Value::Undef => return Err(m.type_error("cannot delete __dict__")),
        Value::Dict(_) => {}
        value => {
            let found = m.type_name(value);
            return Err(m.type_error(format!("__dict__ must be set to a dictionary, not a '{found}'")));
        }
    }
    set_extra(m, args, |extras| &mut extras.namespace)
}

fn function_closure(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    let closure = m.heap.functions.get(id).closure.clone();
    if closure.is_empty() { Ok(Value::None) } else { m.heap.new_tuple(&closure) }
}

/// Functions of the machine itself keep their code to themselves.
fn function_code(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    let code = m.heap.functions.get(id).code;
    if m.code(code).source.internal {
        return Err(m.attribute_error(args[0], crate::names::CODE, "'function' object has no attribute '__code__'"));
    }
    m.heap.new_object(Object::Code { code })
}

fn set_code(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    let Some(number) = code_number(m, args[1]) else {
        return Err(m.type_error("__code__ must be set to a code object"));
    };
    let (needed, held) = (m.code(number).free_names.len(), m.heap.functions.get(id).closure.len());
    if needed != held {
        let Value::Str(name) = m.function_name(id)? else { return Err(Fault::Halt) };
        let name = m.heap.str(name).to_owned();
        return Err(m.value_error(format!("{name}() requires a code object with {held} free vars, not {needed}")));
    }
    let (name, qualname) = (m.function_name(id)?, m.function_qualname(id)?);
    m.heap.reserve(size_of::<FunctionExtras>())?;
    let simple = m.entries.get(number as usize).is_some_and(|entry| entry.simple);
    if let Some(function) = m.heap.functions.get_mut(id) {
        (function.code, function.simple) = (number, simple);
        let extras = function.extras_mut();
        (extras.name, extras.qualname) = (name, qualname);
    }
    Ok(Value::None)
}

fn function_annotations(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = match extra(m, args, |extras| extras.annotations)? {
        Some(value) if !value.is_none() => value,
        _ => m.heap.new_dict(Dict::default())?,
    };
    set_extra(m, &[args[0], value], |extras| &mut extras.annotations)?;
    Ok(value)
}

fn function_type_params(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match extra(m, args, |extras| extras.type_params)? {
        Some(value) => Ok(value),
        None => m.heap.new_tuple(&[]),
    }
}

fn function_dict(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if let Some(namespace) = extra(m, args, |extras| extras.namespace)? {
        return Ok(namespace);
    }
    let made = m.heap.new_dict(Dict::default())?;
    set_extra(m, &[args[0], made], |extras| &mut extras.namespace)?;
    Ok(made)
}

fn function_get(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match args[1] {
        Value::None => Ok(args[0]),
        receiver => m.heap.new_bound_method(args[0], receiver),
    }
}

fn function_call(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let kwargs = match args[args.len() - 1] {
        Value::Undef => m.heap.new_dict(Dict::default())?,
        kwargs => kwargs,
    };
    let positional = m.heap.new_tuple(&args[1..args.len() - 1])?;
    Err(m.prelude_call("_apply", &[args[0], positional, kwargs]))
}

fn callable_repr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let text = m.repr_native(args[0])?;
    m.heap.new_string(text)
}

fn method_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if args[2].is_none() {
        return Err(m.type_error("instance must not be None"));
    }
    m.heap.new_bound_method(args[1], args[2])
}

fn bound(m: &mut Machine, args: &[Value]) -> Result<(Value, Value), Fault> {
    match args[0] {
        Value::BoundMethod(id) => {
            let method = *m.heap.bound_methods.get(id);
            Ok((method.function, method.receiver))
        }
        _ => Err(m.type_error("a method is required")),
    }
}

/// What a method does not have itself it takes from its function.
fn method_getattribute(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Str(name) = m.unwrap(args[1]) else { return Err(m.type_error("attribute name must be string")) };
    let name = m.heap.intern_str(name)?;
    m.get_attribute(args[0], name)
}

fn native_of(m: &mut Machine, value: Value) -> Result<Value, Fault> {
    match value {
        Value::BoundMethod(id) => Ok(m.heap.bound_methods.get(id).function),
        other => Ok(other),
    }
}

fn native_name(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match native_of(m, args[0])? {
        Value::Native(id) => Ok(Value::Str(m.base.natives[id.index()].name)),
        Value::Host(id) => Ok(m.host_names.get(id.number() as usize).map_or(Value::None, |name| Value::Str(*name))),
        Value::Object(id) => match *m.heap.objects.get(id) {
            Object::Member { name, .. } | Object::GetSet { name, .. } => Ok(name),
            _ => Ok(Value::None),
        },
        _ => Ok(Value::None),
    }
}

fn native_qualname(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match native_of(m, args[0])? {
        Value::Native(id) => {
            let native = &m.base.natives[id.index()];
            match native.owner {
                Some(owner) => {
                    let text = format!("{}.{}", m.class_name(owner), native.def.name);
                    m.heap.new_string(text)
                }
                None => Ok(Value::Str(native.name)),
            }
        }
        _ => native_name(m, args),
    }
}

/// What the host says about its function.
fn native_doc(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Host(id) = native_of(m, args[0])? else { return Ok(Value::None) };
    match m.host_function(id).and_then(|function| function.doc.clone()) {
        Some(doc) => m.heap.new_string(doc),
        None => Ok(Value::None),
    }
}

fn native_signature(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Host(id) = native_of(m, args[0])? else { return Ok(Value::None) };
    match m.host_function(id).map(|function| function.signature.clone()).filter(|signature| !signature.is_empty()) {
        Some(signature) => m.heap.new_string(signature),
        None => Ok(Value::None),
    }
}

fn native_module(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match native_of(m, args[0])? {
        Value::Native(id) if m.base.natives[id.index()].owner.is_none() => {
            let module = m.base.natives[id.index()].module;
            m.heap.new_str(module)
        }
        _ => Ok(Value::None),
    }
}

fn native_owner(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match native_of(m, args[0])? {
        Value::Native(id) => Ok(m.base.natives[id.index()].owner.map_or(Value::None, Value::Type)),
        Value::Object(id) => match *m.heap.objects.get(id) {
            Object::Member { class, .. } | Object::GetSet { class, .. } => Ok(Value::Type(class)),
            _ => Ok(Value::None),
        },
        _ => Ok(Value::None),
    }
}

/// The receiver of a bound built-in method.
fn native_receiver(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match args[0] {
        Value::BoundMethod(id) => Ok(m.heap.bound_methods.get(id).receiver),
        other => Err(m.no_attribute(other, crate::names::SELF)),
    }
}

impl Machine {
    /// What a bound method does not have itself, its function may.
    pub(crate) fn function_attribute_of_method(
        &mut self,
        method: Value,
        name: Id<crate::objects::Str>,
    ) -> Result<Value, Fault> {
        match method {
            Value::BoundMethod(id) => {
                let function = self.heap.bound_methods.get(id).function;
                if matches!(function, Value::BoundMethod(_)) {
                    return Err(self.no_attribute(method, name));
                }
                self.get_attribute(function, name)
            }
            other => Err(self.no_attribute(other, name)),
        }
    }
}
