//! isinstance, issubclass, and what the prelude needs to make classes.

use smallvec::{SmallVec, smallvec};

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::native::{NativeDef, Signature, function};
use crate::objects::{Object, SpecialFlags};
use crate::types;
use crate::value::Value;

pub(crate) const FUNCTIONS: &[NativeDef] = &[
    function("isinstance", Signature::Positional(2, 2), isinstance).or("_isinstance"),
    function("issubclass", Signature::Positional(2, 2), issubclass).or("_issubclass"),
    function("__build_class__", Signature::Open, |_, _| Err(Fault::Fallback)).or("_build_class"),
];

pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_run_body", Signature::Positional(2, 2), run_body),
    function("_make_class", Signature::Positional(4, 4), make_class),
    function("_import_module", Signature::One, import_module),
    function("_is_type", Signature::One, |_, args| Ok(Value::bool(matches!(args[0], Value::Type(_))))),
    function("_plain_isinstance", Signature::Positional(2, 2), plain_isinstance),
    function("_plain_new", Signature::Open, plain_new),
    function("_has_guest", Signature::Positional(2, 2), has_guest),
    function("_is_exception", Signature::One, |m, args| Ok(Value::bool(m.exception_state(args[0]).is_some()))),
    function("_set_handled", Signature::One, set_handled),
    function("_raw_throw", Signature::Positional(2, 2), raw_throw),
    function("_raw_close", Signature::One, raw_close),
    function("_finish_delegation", Signature::Positional(2, 2), finish_delegation),
    function("_store_description", Signature::Positional(2, 2), store_description),
    function("_group_parts", Signature::One, group_parts),
    function("_copy_exception_state", Signature::Positional(2, 2), copy_exception_state),
    function("_is_union", Signature::One, is_union),
    function("_generic_alias_origin", Signature::One, generic_alias_origin),
];

/// The answer where no guest hook is involved.
fn isinstance(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (object, class) = (args[0], args[1]);
    check(
        m,
        class,
        |m, id| {
            if m.is_instance_of_type(object, id) {
                return Ok(Some(true));
            }
            // `__class__` may say otherwise where a guest defined it.
            let tells = SpecialFlags::GETATTRIBUTE;
            if m.is_guest_special(object, names::CLASS).is_some()
                || matches!(object, Value::Instance(_)) && m.heap.types.get(m.type_of(object)).flags.has(tells)
            {
                return Err(Fault::Fallback);
            }
            Ok(None)
        },
        names::INSTANCECHECK,
        "isinstance() arg 2 must be a type, a tuple of types, or a union",
    )
}

fn issubclass(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Type(candidate) = args[0] else {
        if matches!(args[0], Value::Instance(_) | Value::Object(_)) {
            return Err(Fault::Fallback);
        }
        return Err(m.type_error("issubclass() arg 1 must be a class"));
    };
    check(
        m,
        args[1],
        |m, id| Ok(m.is_subclass(candidate, id).then_some(true)),
        names::SUBCLASSCHECK,
        "issubclass() arg 2 must be a class, a tuple of classes, or a union",
    )
}

fn check(
    m: &mut Machine,
    class: Value,
    mut test: impl FnMut(&mut Machine, crate::value::Id<crate::objects::TypeObject>) -> Result<Option<bool>, Fault>,
    hook: crate::value::Id<crate::objects::Str>,
    message: &str,
) -> Result<Value, Fault> {
    let mut pending: SmallVec<[Value; 4]> = smallvec![class];
    while let Some(class) = pending.pop() {
        m.charge(1)?;
        match class {
            Value::Type(id) => {
                let metaclass = m.heap.types.get(id).metaclass;
                if metaclass != types::TYPE
                    && m.type_lookup(metaclass, hook).is_some_and(|found| !matches!(found, Value::Native(_)))
                {
                    return Err(Fault::Fallback);
                }
                if test(m, id)? == Some(true) {
                    return Ok(Value::True);
                }
            }
            Value::Tuple(id) => pending.extend(m.heap.tuple(id).iter().rev().copied()),
            Value::None => {
                if test(m, types::NONE_TYPE)? == Some(true) {
                    return Ok(Value::True);
                }
            }
            Value::Object(id) => match *m.heap.objects.get(id) {
                Object::Union { arguments: Value::Tuple(arguments) } => {
                    pending.extend(m.heap.tuple(arguments).iter().rev().copied())
                }
                Object::GenericAlias { .. } => {
                    let name = if hook == names::INSTANCECHECK { "isinstance" } else { "issubclass" };
                    return Err(m.type_error(format!("{name}() argument 2 cannot be a parameterized generic")));
                }
                _ => return Err(m.type_error(message)),
            },
            Value::Instance(_) => return Err(Fault::Fallback),
            _ => return Err(m.type_error(message)),
        }
    }
    Ok(Value::False)
}

fn plain_isinstance(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match args[1] {
        Value::Type(class) => Ok(Value::bool(m.is_instance_of_type(args[0], class))),
        _ => Ok(Value::False),
    }
}

/// `_run_body(function, namespace)`: runs a class body.
fn run_body(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Err(m.call_class_body(args[0], args[1]))
}

/// `_make_class(metaclass, name, bases, namespace)`
fn make_class(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Type(metaclass) = args[0] else { return Err(m.type_error("metaclass is not a type")) };
    let Value::Str(name) = m.unwrap(args[1]) else { return Err(m.type_error("class name must be a string")) };
    let mut bases = Vec::new();
    for base in m.collect_items(args[2])? {
        match base {
            Value::Type(id) => bases.push(id),
            _ => return Err(m.type_error("bases must be types")),
        }
    }
    let Value::Dict(namespace) = m.unwrap(args[3]) else { return Err(m.type_error("namespace must be a dict")) };
    let attributes: Vec<(Value, Value)> =
        m.heap.dicts.get(namespace).table.iter().map(|entry| (entry.key, entry.value)).collect();
    m.charge_items(attributes.len())?;
    let module = m.find_str(namespace, names::MODULE);
    let class = m.new_class(metaclass, Value::Str(name), &bases, attributes)?;
    let globals = match m.module_of_caller() {
        Value::None => Value::Str(names::MAIN),
        name => name,
    };
    m.heap.types.slot(class).module = module.unwrap_or(globals);
    if module.is_none() {
        m.set_type_attribute(class, names::MODULE, globals)?;
    }
    Ok(Value::Type(class))
}

/// `_plain_new(class, *args, **kwargs)`: the native `__new__` of the class, or of its nearest built-in base.
fn plain_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Type(class) = args[0] else { return Err(Fault::Halt) };
    if m.heap.types.get(class).flags.has(crate::objects::SpecialFlags::ABSTRACT) {
        return Err(m.abstract_error(class));
    }
    let Some(constructor) = m.constructor(class) else {
        let name = m.type_full_name(class);
        return Err(m.type_error(format!("cannot create '{name}' instances")));
    };
    let positional = m.heap.new_tuple(&args[..args.len() - 1])?;
    let kwargs = match args[args.len() - 1] {
        Value::Undef => m.heap.new_dict(crate::objects::Dict::default())?,
        kwargs => kwargs,
    };
    Err(m.prelude_call("_apply", &[Value::Native(constructor), positional, kwargs]))
}

fn has_guest(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (Value::Type(class), Value::Str(name)) = (args[0], args[1]) else { return Ok(Value::False) };
    Ok(Value::bool(m.type_lookup(class, name).is_some_and(|found| !matches!(found, Value::Native(_)))))
}

fn set_handled(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    m.handled = args[0];
    Ok(Value::None)
}

/// `throw` without regard to what the generator delegates to.
fn raw_throw(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Generator(generator) = args[0] else { return Err(Fault::Halt) };
    let on_return = crate::machine::OnReturn::GeneratorNext;
    Err(m.request_resumption(crate::machine::Resumption::Throw { generator, exception: args[1], on_return }))
}

/// `close` without regard to what the generator delegates to.
fn raw_close(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Generator(generator) = args[0] else { return Err(Fault::Halt) };
    let exception = m.new_exception(types::GENERATOR_EXIT, &[])?;
    m.set_context(exception)?;
    let on_return = crate::machine::OnReturn::GeneratorClose;
    Err(m.request_resumption(crate::machine::Resumption::Throw { generator, exception, on_return }))
}

/// What a suspended generator delegates to has ended with a value while an exception was thrown into it: the generator goes
/// on behind its `yield from`.
fn finish_delegation(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Generator(id) = args[0] else { return Err(Fault::Halt) };
    m.leave_delegation(id, args[1]);
    m.pending = crate::machine::PendingCall {
        callable: args[0],
        on_return: crate::machine::OnReturn::GeneratorNext,
        ..Default::default()
    };
    Err(Fault::Call)
}

fn store_description(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if let Value::Str(text) = m.unwrap(args[1]) {
        let length = m.heap.str(text).len();
        m.heap.reserve(length)?;
        let text = m.heap.str(text).to_owned();
        m.described.push((args[0], text));
    }
    Ok(Value::None)
}

fn group_parts(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match m.exception_field(args[0], names::EXCEPTIONS) {
        Some(parts) if m.is_instance_of_type(args[0], types::BASE_EXCEPTION_GROUP) => Ok(parts),
        _ => Ok(Value::None),
    }
}

/// Traceback, cause, context and notes of one exception for another.
fn copy_exception_state(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let traceback = m.traceback_of(args[0])?;
    let Some(from) = m.exception_state(args[0]).cloned() else { return Ok(Value::None) };
    m.heap.reserve(from.traceback.len() * 8)?;
    if let Some(to) = m.exception_state_mut(args[1]) {
        to.traceback = from.traceback;
        to.cause = from.cause;
        to.context = from.context;
        to.suppress_context = from.suppress_context;
    }
    m.set_exception_field(args[1], names::TRACEBACK, traceback)?;
    Ok(args[1])
}

fn is_union(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(match args[0] {
        Value::Object(id) => match m.heap.objects.get(id) {
            Object::Union { arguments } => *arguments,
            _ => Value::None,
        },
        _ => Value::None,
    })
}

fn generic_alias_origin(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(match args[0] {
        Value::Object(id) => match m.heap.objects.get(id) {
            Object::GenericAlias { origin, .. } => *origin,
            _ => Value::None,
        },
        _ => Value::None,
    })
}

/// `_import_module(name)`: a module by its full name.
fn import_module(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match args.first() {
        Some(Value::Str(name)) => {
            let name = m.heap.intern_str(*name)?;
            m.import_module(name)
        }
        _ => Err(Fault::Halt),
    }
}

impl Machine {
    /// The `__name__` in the globals of the guest's running code, or None.
    pub(crate) fn module_of_caller(&self) -> Value {
        let frame = self.frames.iter().rev().find(|frame| !self.code(frame.code).source.internal);
        frame.and_then(|frame| self.find_str(self.items_of_globals(frame.globals), names::NAME)).unwrap_or(Value::None)
    }
}
