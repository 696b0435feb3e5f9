//! `print` and `repr`.

use crate::boundary::Halt;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, function};
use crate::value::Value;

pub(crate) const FUNCTIONS: &[NativeDef] =
    &[function("print", Signature::Open, print), function("repr", Signature::One, repr)];

/// What the prelude needs to print and to write texts that guest code makes parts of.
pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_write", Signature::One, write),
    function("_repr_pieces", Signature::Positional(2, 2), repr_pieces),
    function("_repr_enter", Signature::One, repr_enter),
    function("_repr_leave", Signature::One, repr_leave),
];

fn repr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    m.repr_value(args.first().copied().unwrap_or(Value::None))
}

/// What `print` was told by keyword.
struct Options {
    separator: Value,
    end: Value,
    file: Value,
    flush: Value,
}

fn options(m: &mut Machine, given: Value) -> Result<Options, Fault> {
    let mut found = Options { separator: Value::None, end: Value::None, file: Value::None, flush: Value::False };
    let Value::Dict(dict) = given else { return Ok(found) };
    let pairs: Vec<(Value, Value)> =
        m.heap.dicts.get(dict).table.iter().map(|entry| (entry.key, entry.value)).collect();
    for (key, value) in pairs {
        match m.text_of(key).as_str() {
            "sep" => found.separator = value,
            "end" => found.end = value,
            "file" => found.file = value,
            "flush" => found.flush = value,
            other => {
                let message = format!("print() got an unexpected keyword argument '{other}'");
                return Err(m.type_error(message));
            }
        }
    }
    for (name, value) in [("sep", found.separator), ("end", found.end)] {
        if !value.is_none() && !matches!(m.unwrap(value), Value::Str(_)) {
            let wrong = m.type_name(value);
            return Err(m.type_error(format!("{name} must be None or a string, not {wrong}")));
        }
    }
    Ok(found)
}

/// `print(*values, sep=' ', end='\n', file=None, flush=False)`
fn print(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Some((given, values)) = args.split_last() else { return Ok(Value::None) };
    let options = options(m, *given)?;
    if !options.file.is_none() {
        let values = m.heap.new_tuple(values)?;
        return Err(m.prelude_call("_print_to", &[values, options.separator, options.end, options.file, options.flush]));
    }
    check_shown(m, options.separator)?;
    check_shown(m, options.end)?;
    let separator = if options.separator.is_none() { " ".to_owned() } else { m.text_of(options.separator) };
    let mut text = String::new();
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            text.push_str(&separator);
        }
        match check_shown(m, *value).and_then(|()| m.write_str(&mut text, *value)) {
            Ok(()) => {}
            Err(Fault::Fallback) => {
                let values = m.heap.new_tuple(values)?;
                return Err(m.prelude_call("_print", &[values, options.separator, options.end]));
            }
            Err(fault) => {
                // What was shown before the value that failed is out.
                m.write_output(&text)?;
                return Err(fault);
            }
        }
        if text.len() as u64 > m.limits.output {
            break;
        }
    }
    if options.end.is_none() {
        text.push('\n');
    } else {
        let end = m.text_of(options.end);
        text.push_str(&end);
    }
    m.write_output(&text)?;
    Ok(Value::None)
}

/// Output is UTF-8, which has no lone surrogates: a string that holds some raises UnicodeEncodeError.
fn check_shown(m: &mut Machine, value: Value) -> Result<(), Fault> {
    match m.as_str(value) {
        Some(id) if m.has_surrogates(id) => m.encode_str(id, "utf-8", "strict").map(|_| ()),
        _ => Ok(()),
    }
}

fn write(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let text = args.first().copied().unwrap_or(Value::None);
    check_shown(m, text)?;
    let text = m.text_of(text);
    m.write_output(&text)?;
    Ok(Value::None)
}

impl Machine {
    /// Appends to the program's standard output.
    ///
    /// # Errors
    /// Halts when the output limit would be passed; nothing of the text is kept then.
    pub(crate) fn write_output(&mut self, text: &str) -> Result<(), Fault> {
        self.count_output(text)?;
        self.stdout.push_str(text);
        Ok(())
    }

    /// The same to standard error.
    ///
    /// # Errors
    /// As `write_output`.
    pub(crate) fn write_error_output(&mut self, text: &str) -> Result<(), Fault> {
        self.count_output(text)?;
        self.stderr.push_str(text);
        Ok(())
    }

    fn count_output(&mut self, text: &str) -> Result<(), Fault> {
        self.charge_bytes(text.len())?;
        let used = self.output_used.saturating_add(text.len() as u64);
        if used > self.limits.output {
            return self.stop(Halt::OutputLimitExceeded);
        }
        self.output_used = used;
        Ok(())
    }
}

/// `_repr_pieces(value, builtin)`
fn repr_pieces(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[value, builtin] = args else { return Ok(Value::None) };
    m.repr_pieces(value, builtin == Value::True)
}

/// `_repr_enter(gap)`: the containers around a gap are being written.
fn repr_enter(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if let Some(Value::Tuple(gap)) = args.first() {
        let containers: Vec<Value> = m.heap.tuple(*gap).iter().skip(1).copied().collect();
        m.heap.reserve(size_of_val(containers.as_slice()))?;
        m.repr_active.extend(containers);
    }
    Ok(Value::None)
}

/// `_repr_leave(gap)`
fn repr_leave(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if let Some(Value::Tuple(gap)) = args.first() {
        let count = m.heap.tuple(*gap).len().saturating_sub(1);
        m.repr_active.truncate(m.repr_active.len().saturating_sub(count));
        m.heap.release(count * size_of::<Value>());
    }
    Ok(Value::None)
}
