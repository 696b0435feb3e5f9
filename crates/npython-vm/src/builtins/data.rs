//! Builtin functions of npython's own, which agents expect: `format_string`, `is_empty`, `parse_json`.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, function};
use crate::numeric::{cost, integer};
use crate::objects::{Dict, Str};
use crate::text::json::{Event, JsonError, JsonText, Reader};
use crate::types;
use crate::value::{Id, Value};

/// Builtin functions.
pub(crate) const FUNCTIONS: &[NativeDef] = &[
    function("format_string", Signature::Open, format_string).or("format_string_of_object"),
    function("is_empty", Signature::One, is_empty).or("is_empty_of_object"),
    function("parse_json", Signature::One, parse_json).or("parse_json_of_bytes"),
];

/// `template.format(...)` with the arguments that follow it: guest code, which finds the method.
fn format_string(_: &mut Machine, _: &[Value]) -> Result<Value, Fault> {
    Err(Fault::Fallback)
}

/// Whether there is nothing: `None`, or something with a length of 0.
fn is_empty(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = args.first().copied().unwrap_or(Value::None);
    if matches!(value, Value::None) {
        return Ok(Value::True);
    }
    Ok(Value::bool(m.length_native(value)? == 0))
}

/// The value of a JSON text, as `json.loads` gives it.
fn parse_json(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = args.first().copied().unwrap_or(Value::None);
    let Some(id) = m.as_str(value) else {
        if m.bytes_like(value).is_some() {
            return Err(Fault::Fallback);
        }
        let name = m.type_name(value);
        return Err(m.type_error(format!("the JSON object must be str, bytes or bytearray, not {name}")));
    };
    let length = m.heap.str(id).len();
    m.charge(length as u64 / 8)?;
    // The heap changes while the text is read.
    m.heap.reserve(length)?;
    let text = m.heap.str(id).to_owned();
    let surrogates = m.has_surrogates(id);
    let document = Document { surrogates, open: Vec::new() }.read(m, &text);
    m.heap.release(length);
    document
}

/// A container whose end has not been read.
enum Open {
    /// Items, for which room is reserved until the list is made.
    List(Vec<Value>),
    /// The dict, and the key of the value that comes next.
    Object(Id<Dict>, Option<Id<Str>>),
}

/// A document in the making.
struct Document {
    /// Whether the text may hold lone surrogates.
    surrogates: bool,
    open: Vec<Open>,
}

impl Document {
    fn read(mut self, m: &mut Machine, text: &str) -> Result<Value, Fault> {
        let mut reader = Reader::new(text);
        let mut document = Value::None;
        loop {
            let event = match reader.next_event() {
                Ok(Some(event)) => event,
                Ok(None) => return Ok(document),
                Err(error) => return Err(raise(m, error, text)),
            };
            m.charge(1)?;
            if let Some(value) = self.take(m, event)? {
                match self.open.last_mut() {
                    None => document = value,
                    Some(Open::List(items)) => push(m, items, value)?,
                    Some(Open::Object(dict, key)) => {
                        if let Some(key) = key.take() {
                            m.dict_set_str(*dict, key, value)?;
                        }
                    }
                }
            }
        }
    }

    /// The value that an event completes.
    fn take(&mut self, m: &mut Machine, event: Event<'_>) -> Result<Option<Value>, Fault> {
        Ok(Some(match event {
            Event::Null => Value::None,
            Event::Bool(value) => Value::bool(value),
            Event::Float(value) => Value::float(value),
            Event::Integer(digits) => integer_of(m, digits)?,
            Event::Text(text) => self.text(m, &text)?,
            Event::Key(text) => {
                let key = self.text(m, &text)?;
                if let (Some(Open::Object(_, next)), Value::Str(id)) = (self.open.last_mut(), key) {
                    *next = Some(id);
                }
                return Ok(None);
            }
            Event::StartList => {
                self.open.push(Open::List(Vec::new()));
                return Ok(None);
            }
            Event::StartObject => {
                if let Value::Dict(id) = m.heap.new_dict(Dict::default())? {
                    self.open.push(Open::Object(id, None));
                }
                return Ok(None);
            }
            Event::EndList | Event::EndObject => match self.open.pop() {
                Some(Open::List(items)) => {
                    m.heap.release(items.capacity() * size_of::<Value>());
                    m.heap.new_list(items)?
                }
                Some(Open::Object(id, _)) => Value::Dict(id),
                None => return Ok(None),
            },
        }))
    }

    fn text(&self, m: &mut Machine, text: &JsonText<'_>) -> Result<Value, Fault> {
        match text {
            JsonText::Plain(plain) if !self.surrogates => m.heap.new_str(plain),
            JsonText::Plain(plain) => {
                let points: Vec<u32> = plain.chars().map(|one| crate::machine::code_point(one, true)).collect();
                m.new_wide_str(&points)
            }
            JsonText::Wide(points) => m.new_wide_str(points),
        }
    }
}

/// Adds an item; the room it takes is reserved as it grows, not when the list is complete.
fn push(m: &mut Machine, items: &mut Vec<Value>, value: Value) -> Result<(), Fault> {
    if items.len() == items.capacity() {
        let more = items.capacity().max(4);
        m.heap.reserve(more * size_of::<Value>())?;
        items.reserve_exact(more);
    }
    items.push(value);
    Ok(())
}

fn integer_of(m: &mut Machine, digits: &str) -> Result<Value, Fault> {
    if let Ok(small) = digits.parse() {
        return Ok(Value::Int(small));
    }
    let read = digits.len().min(integer::DEFAULT_DIGIT_LIMIT);
    m.charge(cost::parse(read as u64, 10))?;
    match integer::parse_integer(digits, 10, integer::DEFAULT_DIGIT_LIMIT) {
        Ok(number) => m.integer_value(number),
        Err(error) => Err(m.raise_guest_error(error)),
    }
}

fn raise(m: &mut Machine, error: JsonError, text: &str) -> Fault {
    let message = error.message(text);
    match error {
        JsonError::TooDeep(_) => m.raise(types::RECURSION_ERROR, &message),
        JsonError::Syntax(..) => m.value_error(message),
    }
}
