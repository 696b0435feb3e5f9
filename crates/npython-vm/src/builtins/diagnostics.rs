//! For the guest modules `traceback`, `inspect` and `types`: what the machine knows of exceptions, functions and generators.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, function};
use crate::value::Value;

pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_handled_exception", Signature::None, |m, _| Ok(m.handled)),
    function("_format_exception", Signature::Positional(2, 2), format_exception),
    function("_write_error_output", Signature::One, write_error_output),
    function("_code_flags", Signature::One, code_flags),
    function("_mark_awaitable", Signature::One, mark_awaitable),
];

/// `_format_exception(error, chained)`: the text Python prints for an exception.
fn format_exception(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if m.exception_state(args[0]).is_none() {
        let found = m.type_name(args[0]);
        return Err(m.type_error(format!("Exception expected for value, {found} found")));
    }
    let entries = m.exception_state(args[0]).map_or(0, |state| state.traceback.len());
    m.charge_items(entries.saturating_mul(8).saturating_add(200))?;
    let text = m.exception_report(args[0], args[1] == Value::True);
    m.charge_bytes(text.len())?;
    m.heap.new_string(text)
}

fn write_error_output(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Str(id) = m.unwrap(args[0]) else { return Err(m.type_error("a str is required")) };
    let text = m.heap.str(id).to_owned();
    m.charge_bytes(text.len())?;
    m.write_error_output(&text)?;
    Ok(Value::None)
}

/// `co_flags` of a function, also of one of the machine's own.
fn code_flags(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Function(id) = args[0] else { return Ok(Value::Int(0)) };
    let code = m.code(m.heap.functions.get(id).code);
    Ok(Value::Int(i64::from(crate::types::code::flags(code))))
}

/// `types.coroutine`: `await` accepts the generator.
fn mark_awaitable(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if let Value::Generator(id) = args[0] {
        m.heap.generators.slot(id).awaitable = true;
    }
    Ok(args[0])
}
