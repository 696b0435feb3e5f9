//! What `coroutine.__await__()` gives: an iterator that drives the coroutine.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, method, wrapper};
use crate::objects::Object;
use crate::types;
use crate::value::Value;

use super::generator;

pub(crate) const METHODS: &[NativeDef] = &[
    wrapper("__iter__", Signature::None, |_, args| Ok(args[0])),
    wrapper("__next__", Signature::None, |m, args| {
        let coroutine = coroutine_of(m, args[0])?;
        generator::resume(m, coroutine, Value::None)
    }),
    method("send", Signature::One, |m, args| {
        let coroutine = coroutine_of(m, args[0])?;
        generator::resume(m, coroutine, args[1])
    }),
    method("throw", Signature::Positional(1, 3), |m, args| {
        let mut forwarded = args.to_vec();
        forwarded[0] = coroutine_of(m, args[0])?;
        generator::throw(m, &forwarded)
    }),
    method("close", Signature::None, |m, args| {
        let coroutine = coroutine_of(m, args[0])?;
        generator::close(m, &[coroutine])
    }),
];

/// Wraps a coroutine.
pub(crate) fn wrap(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    m.heap.new_object(Object::State { class: types::COROUTINE_WRAPPER, fields: vec![args[0]] })
}

fn coroutine_of(m: &mut Machine, value: Value) -> Result<Value, Fault> {
    if let Value::Object(id) = value
        && let Object::State { fields, .. } = m.heap.objects.get(id)
        && let [coroutine] = *fields.as_slice()
    {
        return Ok(coroutine);
    }
    Err(m.type_error("a coroutine_wrapper is required"))
}
