//! For the guest modules `traceback`, `inspect` and `types`: what the machine knows of exceptions, functions and generators.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, function};
use crate::objects::Object;
use crate::value::Value;

pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_handled_exception", Signature::None, |m, _| Ok(m.handled)),
    function("_format_exception", Signature::Positional(2, 2), format_exception),
    function("_told_exceptions", Signature::Positional(2, 2), |m, args| {
        let told = m.told_exceptions(args[0], args[1] == Value::True);
        m.charge_items(told.len().saturating_mul(told.len()))?;
        m.heap.new_list(told)
    }),
    function("_traceback_entries", Signature::One, traceback_entries),
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

/// `_traceback_entries(traceback)`: what the text of a traceback tells of each entry, as (file, line, function, source line,
/// end line, column, end column).
fn traceback_entries(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Object(id) = args[0] else { return m.heap.new_list(Vec::new()) };
    let Object::Traceback { exception, position } = *m.heap.objects.get(id) else {
        return m.heap.new_list(Vec::new());
    };
    let entries = m.exception_state(exception).map_or(0, |state| state.traceback.len());
    m.charge_items(entries.saturating_mul(8).saturating_add(200))?;
    let frames = m.trace_frames(exception);
    let mut listed = Vec::with_capacity(frames.len());
    for frame in frames.into_iter().skip(position) {
        m.charge_bytes(frame.filename.len() + frame.function.len() + frame.source_line.len())?;
        let filename = m.heap.new_string(frame.filename)?;
        let function = m.heap.new_string(frame.function)?;
        let source_line = m.heap.new_string(frame.source_line)?;
        let [line, end_line, column, end_column] =
            [frame.line, frame.end_line, frame.column, frame.end_column].map(|number| Value::Int(i64::from(number)));
        listed.push(m.heap.new_tuple(&[filename, line, function, source_line, end_line, column, end_column])?);
    }
    m.heap.new_list(listed)
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
