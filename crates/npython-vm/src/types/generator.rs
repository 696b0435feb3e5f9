//! Methods of generators and coroutines. Resuming needs the stack, so these ask for it through `Machine::resumption`.

use crate::fault::Fault;
use crate::machine::{Machine, OnReturn, Resumption};
use crate::native::{NativeDef, Signature, class_method, function, getter, method, setter, wrapper};
use crate::objects::{GeneratorKind, GeneratorState};
use crate::value::{Id, Value};

pub(crate) const GENERATOR_METHODS: &[NativeDef] = &[
    class_method("__class_getitem__", Signature::One, super::container_methods::class_getitem),
    wrapper("__iter__", Signature::None, |_, args| Ok(args[0])),
    wrapper("__next__", Signature::None, |m, args| resume(m, args[0], Value::None)),
    method("send", Signature::One, |m, args| resume(m, args[0], args[1])),
    method("throw", Signature::Positional(1, 3), throw),
    method("close", Signature::None, close),
    getter("gi_running", running),
    getter("gi_yieldfrom", delegate),
    getter("gi_suspended", suspended),
];

pub(crate) const COROUTINE_METHODS: &[NativeDef] = &[
    class_method("__class_getitem__", Signature::One, super::container_methods::class_getitem),
    method("send", Signature::One, |m, args| resume(m, args[0], args[1])),
    method("throw", Signature::Positional(1, 3), throw),
    method("close", Signature::None, close),
    wrapper("__await__", Signature::None, super::coroutine_wrapper::wrap),
    getter("cr_running", running),
    getter("cr_await", delegate),
    getter("cr_suspended", suspended),
];

pub(crate) const ASYNC_GENERATOR_METHODS: &[NativeDef] = &[
    class_method("__class_getitem__", Signature::One, super::container_methods::class_getitem),
    wrapper("__aiter__", Signature::None, |_, args| Ok(args[0])),
    wrapper("__anext__", Signature::None, |m, args| Err(m.prelude_call("_async_generator_next", args))),
    method("asend", Signature::One, |m, args| Err(m.prelude_call("_async_generator_send", args))),
    method("athrow", Signature::Positional(1, 3), throw_into_async),
    method("aclose", Signature::None, |m, args| Err(m.prelude_call("_async_generator_close", args))),
    getter("ag_running", is_stepping),
    getter("ag_await", delegate),
    getter("ag_suspended", suspended),
];

/// What generators, coroutines and async generators share.
pub(crate) const NAME_METHODS: &[NativeDef] = &[
    getter("__name__", |m, args| part(m, args, 0)),
    setter("__name__", |m, args| set_part(m, args, 0)),
    getter("__qualname__", |m, args| part(m, args, 1)),
    setter("__qualname__", |m, args| set_part(m, args, 1)),
];

/// Steps of async generators: what `__anext__()` and its kin give.
pub(crate) const ASYNC_STEP_METHODS: &[NativeDef] = &[
    wrapper("__await__", Signature::None, |_, args| Ok(args[0])),
    wrapper("__iter__", Signature::None, |_, args| Ok(args[0])),
    wrapper("__next__", Signature::None, |m, args| resume(m, args[0], Value::None)),
    method("send", Signature::One, |m, args| resume(m, args[0], args[1])),
    method("throw", Signature::Positional(1, 3), throw),
    method("close", Signature::None, close),
];

/// For the prelude: how its steps work on the async generator.
pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_as_async_step", Signature::Positional(2, 2), as_async_step),
    function("_begin_async_step", Signature::One, |m, args| set_stepping(m, args, true)),
    function("_end_async_step", Signature::One, |m, args| set_stepping(m, args, false)),
    function("_is_async_finished", Signature::One, |m, args| {
        let id = receiver(m, args[0])?;
        Ok(Value::bool(m.heap.generators.get(id).state == GeneratorState::Finished))
    }),
    function("_async_resume", Signature::Positional(2, 2), |m, args| {
        let (generator, value) = (receiver(m, args[0])?, args[1]);
        Err(m.request_resumption(Resumption::Send { generator, value, on_return: OnReturn::AsyncGeneratorStep }))
    }),
    function("_async_raw_throw", Signature::Positional(2, 2), |m, args| {
        let (generator, exception) = (receiver(m, args[0])?, args[1]);
        Err(m.request_resumption(Resumption::Throw { generator, exception, on_return: OnReturn::AsyncGeneratorStep }))
    }),
    function("_async_finish_delegation", Signature::Positional(2, 2), async_finish_delegation),
    function("_mark_delegating", Signature::Positional(2, 2), |m, args| {
        let id = receiver(m, args[0])?;
        let delegating = args[1] == Value::True;
        m.heap.generators.slot(id).state = if delegating { GeneratorState::Running } else { GeneratorState::Suspended };
        m.lend_grants(id, delegating).map(|()| Value::None)
    }),
    function("_inherit_grants", Signature::One, |m, args| m.inherit_grants(args[0]).map(|()| Value::None)),
    function("_delegate_of", Signature::One, |m, args| {
        let id = receiver(m, args[0])?;
        Ok(m.delegates(id).unwrap_or(Value::Missing))
    }),
];

fn as_async_step(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    let step = m.heap.generators.slot(id);
    step.kind = GeneratorKind::AsyncStep;
    step.throws = args[1] == Value::True;
    Ok(args[0])
}

/// Whether a step of the async generator was under way.
fn set_stepping(m: &mut Machine, args: &[Value], stepping: bool) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    let before = std::mem::replace(&mut m.heap.generators.slot(id).stepping, stepping);
    Ok(Value::bool(before))
}

fn async_finish_delegation(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    m.leave_delegation(id, args[1]);
    m.pending = crate::machine::PendingCall {
        callable: args[0],
        on_return: OnReturn::AsyncGeneratorStep,
        ..Default::default()
    };
    Err(Fault::Call)
}

fn throw_into_async(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = args.get(2).copied().unwrap_or(Value::Missing);
    Err(m.prelude_call("_async_generator_throw", &[args[0], args[1], value]))
}

fn is_stepping(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    Ok(Value::bool(m.heap.generators.get(id).stepping))
}

fn receiver(m: &mut Machine, value: Value) -> Result<Id<crate::objects::Generator>, Fault> {
    match value {
        Value::Generator(id) => Ok(id),
        _ => Err(m.type_error("a generator is required")),
    }
}

pub(crate) fn resume(m: &mut Machine, generator: Value, value: Value) -> Result<Value, Fault> {
    let id = receiver(m, generator)?;
    Err(m.request_resumption(Resumption::Send { generator: id, value, on_return: OnReturn::GeneratorNext }))
}

/// `throw(type)`, `throw(value)`, `throw(type, value)`: an exception class is instantiated by the prelude first.
pub(crate) fn throw(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    let value = args.get(2).copied().filter(|value| !value.is_none());
    let exception = match (args[1], value) {
        (_, Some(value)) if m.exception_state(value).is_some() => value,
        (Value::Type(class), value) if m.is_exception_class(class) => {
            return Err(m.prelude_call("_throw_class", &[args[0], args[1], value.unwrap_or(Value::Missing)]));
        }
        (exception, None) if m.exception_state(exception).is_some() => exception,
        (other, _) => {
            let found = m.type_name(other);
            return Err(m.type_error(format!(
                "exceptions must be classes or instances deriving from BaseException, not {found}"
            )));
        }
    };
    if m.refuses_step(id) {
        return Err(m.runtime_error(refusal(m, id)));
    }
    let step = m.heap.generators.get(id);
    if step.kind == GeneratorKind::AsyncStep && step.state == GeneratorState::Created {
        // The step hands it to the async generator when it begins.
        let thrown = m.code(step.frame.code).positional_count.saturating_sub(1) as usize;
        if let Some(slot) = m.heap.generators.slot(id).stack.get_mut(thrown) {
            *slot = exception;
        }
        return resume(m, args[0], Value::None);
    }
    if let Some(delegate) = m.delegates(id) {
        return Err(m.prelude_call("_throw_delegated", &[args[0], delegate, exception]));
    }
    Err(m.request_resumption(Resumption::Throw { generator: id, exception, on_return: OnReturn::GeneratorNext }))
}

pub(crate) fn close(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    match m.heap.generators.get(id).state {
        GeneratorState::Created => {
            let generator = m.heap.generators.slot(id);
            generator.state = GeneratorState::Finished;
            generator.stack.clear();
            Ok(Value::None)
        }
        GeneratorState::Finished => Ok(Value::None),
        GeneratorState::Running => Err(m.value_error("generator already executing")),
        GeneratorState::Suspended => {
            if let Some(delegate) = m.delegates(id) {
                return Err(m.prelude_call("_close_delegated", &[args[0], delegate]));
            }
            let exception = m.new_exception(crate::types::GENERATOR_EXIT, &[])?;
            m.set_context(exception)?;
            Err(m.request_resumption(Resumption::Throw {
                generator: id,
                exception,
                on_return: OnReturn::GeneratorClose,
            }))
        }
    }
}

impl Machine {
    /// Whether this is a step of an async generator that was not begun while another one is under way. It is used up then.
    fn refuses_step(&mut self, id: Id<crate::objects::Generator>) -> bool {
        let step = self.heap.generators.get(id);
        if step.kind != GeneratorKind::AsyncStep || step.state != GeneratorState::Created {
            return false;
        }
        let Some(Value::Generator(generator)) = step.stack.first().copied() else { return false };
        if !self.heap.generators.get(generator).stepping {
            return false;
        }
        let step = self.heap.generators.slot(id);
        step.state = GeneratorState::Finished;
        step.stack.clear();
        true
    }
}

/// What a step says that cannot begin.
fn refusal(m: &Machine, id: Id<crate::objects::Generator>) -> String {
    let step = m.heap.generators.get(id);
    let what = match &*m.code(step.frame.code).name {
        "_async_close_step" => "aclose()",
        _ if step.throws => "athrow()",
        _ => "anext()",
    };
    format!("{what}: asynchronous generator is already running")
}

fn part(m: &mut Machine, args: &[Value], which: u8) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    let generator = m.heap.generators.get(id);
    Ok(if which == 0 { generator.name } else { generator.qualname })
}

fn set_part(m: &mut Machine, args: &[Value], which: u8) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    let (slot, name) = match which {
        0 => (&mut m.heap.generators.slot(id).name, "__name__"),
        _ => (&mut m.heap.generators.slot(id).qualname, "__qualname__"),
    };
    if !matches!(args[1], Value::Str(_)) {
        return Err(m.type_error(format!("{name} must be set to a string object")));
    }
    *slot = args[1];
    Ok(Value::None)
}

fn running(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    Ok(Value::bool(m.heap.generators.get(id).state == GeneratorState::Running))
}

fn suspended(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    Ok(Value::bool(m.heap.generators.get(id).state == GeneratorState::Suspended))
}

fn delegate(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args[0])?;
    Ok(m.delegates(id).unwrap_or(Value::None))
}
