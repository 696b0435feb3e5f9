//! A JSON text as a list of its parts, for the hooks of the module, which are guest code.

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::text::json::{Event, JsonError, Reader};
use crate::value::Value;

use super::decode::{Texts, push, with_text};
use super::{Part, character_position, problem};

/// What the module takes a part for; the value behind it is a value, a text, or nothing.
#[derive(Clone, Copy)]
enum Code {
    Value = 0,
    Integer = 1,
    Float = 2,
    Constant = 3,
    StartList = 4,
    EndList = 5,
    StartObject = 6,
    Key = 7,
    EndObject = 8,
    /// What is wrong, and where.
    Failure = 9,
    /// Where the document ends.
    End = 10,
    /// An exception.
    Raise = 11,
}

/// `_json_events(text, index, strict, extent)`: codes and what they are about, in turn.
pub(super) fn events(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Some(id) = m.as_str(argument(args, 0)) else { return Err(m.type_error("first argument must be a string")) };
    with_text(m, id, |m, text, surrogates| {
        let mut parts = Vec::new();
        match Part::of(m, text, args)? {
            None => {
                let expecting = m.heap.new_str("Expecting value")?;
                let failure = m.heap.new_tuple(&[expecting, argument(args, 1)])?;
                add(m, &mut parts, Code::Failure, failure)?;
            }
            Some(part) => {
                let mut reader = Reader::of_part(text, part.start, part.extent, part.strict);
                let mut texts = Texts::new(surrogates);
                let read = read(m, &mut reader, &mut texts, text, &mut parts);
                m.heap.release(texts.reserved);
                read?;
            }
        }
        m.heap.release(parts.capacity() * size_of::<Value>());
        m.heap.new_list(parts)
    })
}

fn add(m: &mut Machine, parts: &mut Vec<Value>, code: Code, value: Value) -> Result<(), Fault> {
    push(m, parts, Value::Int(code as i64))?;
    push(m, parts, value)
}

fn read<'text>(
    m: &mut Machine,
    reader: &mut Reader<'text>,
    texts: &mut Texts<'text>,
    text: &str,
    parts: &mut Vec<Value>,
) -> Result<(), Fault> {
    loop {
        m.charge(1)?;
        match reader.next_event() {
            Ok(Some(event)) => {
                let (code, value) = part(m, texts, event)?;
                add(m, parts, code, value)?;
            }
            Ok(None) => {
                let end = character_position(text, reader.position());
                return add(m, parts, Code::End, end);
            }
            Err(error @ JsonError::Syntax(..)) => {
                let (message, at) = problem(m, error, text)?;
                let failure = m.heap.new_tuple(&[message, at])?;
                return add(m, parts, Code::Failure, failure);
            }
            // The hooks of what is complete come first.
            Err(error) => match problem(m, error, text) {
                Err(Fault::Raise) => {
                    let raised = std::mem::replace(&mut m.raised, Value::Undef);
                    return add(m, parts, Code::Raise, raised);
                }
                Err(fault) => return Err(fault),
                Ok(_) => return Ok(()),
            },
        }
    }
}

fn part<'text>(m: &mut Machine, texts: &mut Texts<'text>, event: Event<'text>) -> Result<(Code, Value), Fault> {
    Ok(match event {
        Event::Null => (Code::Value, Value::None),
        Event::Bool(value) => (Code::Value, Value::bool(value)),
        Event::Integer(digits) => (Code::Integer, m.heap.make_ascii(digits)?),
        Event::Float(digits) => (Code::Float, m.heap.make_ascii(digits)?),
        Event::Constant(name) => (Code::Constant, m.heap.make_ascii(name)?),
        Event::Text(text) => (Code::Value, texts.value(m, &text)?),
        Event::Key(text) => (Code::Key, texts.key(m, text)?),
        Event::StartList => (Code::StartList, Value::None),
        Event::EndList => (Code::EndList, Value::None),
        Event::StartObject => (Code::StartObject, Value::None),
        Event::EndObject => (Code::EndObject, Value::None),
    })
}
