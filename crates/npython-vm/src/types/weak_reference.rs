//! `weakref.ref` (<https://docs.python.org/3.13/library/weakref.html>). A reference is cleared when the machine's collector
//! finds its target unreachable, which is at the same point of every run of a program; callbacks are not called. The
//! reference without callback to an object is one and the same.

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::heap::Shared;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, constructor, getter, wrapper};
use crate::objects::Object;
use crate::types;
use crate::value::Value;

pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Positional(1, 2), new),
    wrapper("__init__", Signature::Open, |_, _| Ok(Value::None)),
    wrapper("__call__", Signature::None, target),
    wrapper("__hash__", Signature::None, |m, args| Err(m.prelude_call("_weak_hash", args))),
    wrapper("__eq__", Signature::One, |m, args| Err(m.prelude_call("_weak_equal", args))),
    getter("__callback__", callback),
];

/// Functions for the prelude and the module `weakref`.
pub(crate) const INTRINSICS: &[NativeDef] = &[
    crate::native::function("_weak_target", Signature::One, target),
    crate::native::function("_weak_known_hash", Signature::One, known_hash),
    crate::native::function("_weak_store_hash", Signature::Positional(2, 2), store_hash),
    crate::native::function("_unlisted_weak_reference", Signature::One, unlisted),
    crate::native::function("_weak_references", Signature::One, all),
    crate::native::function("_weak_shared_proxy", Signature::One, shared_proxy),
    crate::native::function("_weak_note_proxy", Signature::Positional(3, 3), note_proxy),
];

/// The hash of a reference whose target was not hashed yet.
const UNKNOWN_HASH: i64 = -1;

fn parts(m: &Machine, value: Value) -> (Value, Value, i64) {
    match m.unwrap(value) {
        Value::Object(id) => match *m.heap.objects.get(id) {
            Object::WeakReference { target, callback, hash } => (target, callback, hash),
            _ => (Value::Undef, Value::None, UNKNOWN_HASH),
        },
        _ => (Value::Undef, Value::None, UNKNOWN_HASH),
    }
}

/// `ref(object, callback=None)`
fn new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (class, target) = (argument(args, 0), argument(args, 1));
    let callback = args.get(2).copied().unwrap_or(Value::None);
    check_target(m, target)?;
    let Value::Type(class) = class else { return Err(Fault::Halt) };
    let shared = (class == types::WEAK_REFERENCE && callback.is_none()).then_some(Shared::Reference);
    if let Some(known) = shared.and_then(|which| m.heap.weak_references.shared(target, which)) {
        return Ok(known);
    }
    let made = m.heap.new_object(Object::WeakReference { target, callback, hash: UNKNOWN_HASH })?;
    let made = m.wrap_payload(class, made)?;
    note(m, target, made, shared)?;
    Ok(made)
}

/// # Errors
/// TypeError for what cannot be referred to weakly.
fn check_target(m: &mut Machine, target: Value) -> Result<(), Fault> {
    let allowed = match target {
        Value::Instance(id) => {
            let payload = m.heap.instances.get(id).payload;
            matches!(payload, Value::Set(_) | Value::FrozenSet(_))
                || matches!(payload, Value::Object(id) if m.heap.deque(id).is_some())
                || m.special(target, crate::names::WEAKREF).is_some()
                || m.cached_function(target).is_some()
        }
        Value::Function(_)
        | Value::BoundMethod(_)
        | Value::Native(_)
        | Value::Type(_)
        | Value::Set(_)
        | Value::FrozenSet(_)
        | Value::Generator(_)
        | Value::Module(_) => true,
        Value::Object(id) => matches!(
            m.heap.objects.get(id),
            Object::TypeVar { .. }
                | Object::TypeAlias { .. }
                | Object::GenericAlias { .. }
                | Object::Pattern(_)
                | Object::Deque(_)
        ),
        _ => false,
    };
    if !allowed {
        let found = m.type_name(target);
        return Err(m.type_error(format!("cannot create weak reference to '{found}' object")));
    }
    Ok(())
}

/// A reference that is no weak reference of its own: what a proxy has inside.
fn unlisted(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let target = argument(args, 0);
    check_target(m, target)?;
    m.heap.new_object(Object::WeakReference { target, callback: Value::None, hash: UNKNOWN_HASH })
}

fn note(m: &mut Machine, target: Value, reference: Value, which: Option<Shared>) -> Result<(), Fault> {
    m.heap.reserve(m.heap.weak_references.growth(target))?;
    m.heap.weak_references.add(target, reference, which);
    Ok(())
}

/// The object, or None when it is gone.
fn target(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match parts(m, argument(args, 0)).0 {
        Value::Undef => Ok(Value::None),
        target => Ok(target),
    }
}

fn callback(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(match parts(m, argument(args, 0)) {
        (Value::Undef, ..) => Value::None,
        (_, callback, _) => callback,
    })
}

/// The hash its target had, or None.
fn known_hash(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(match parts(m, argument(args, 0)).2 {
        UNKNOWN_HASH => Value::None,
        hash => Value::Int(hash),
    })
}

fn store_hash(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if let (Value::Object(id), Value::Int(known)) = (m.unwrap(argument(args, 0)), argument(args, 1))
        && let Object::WeakReference { hash, .. } = m.heap.objects.slot(id)
    {
        *hash = known;
    }
    Ok(argument(args, 1))
}

/// A list of the references to an object, proxies among them.
fn all(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let references = m.heap.weak_references.all(argument(args, 0));
    m.charge_items(references.len())?;
    m.heap.new_list(references)
}

/// The proxy without callback of an object, or None.
fn shared_proxy(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(m.heap.weak_references.shared(argument(args, 0), Shared::Proxy).unwrap_or(Value::None))
}

/// `_weak_note_proxy(object, proxy, is_shared)`
fn note_proxy(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let which = (argument(args, 2) == Value::True).then_some(Shared::Proxy);
    note(m, argument(args, 0), argument(args, 1), which)?;
    Ok(Value::None)
}
