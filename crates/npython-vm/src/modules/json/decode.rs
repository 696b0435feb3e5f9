//! Making values of JSON texts.

use std::borrow::Cow;

use hashbrown::HashMap;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::numeric::{cost, integer};
use crate::objects::{Dict, Str};
use crate::text::json::{Event, JsonError, JsonText, Reader, constant, float_of};
use crate::value::{Id, Value};

/// Runs `work` with a copy of a string's text, since the heap changes while the text is read, and whether that may hold
/// lone surrogates. The reading of the text is charged for.
pub(crate) fn with_text(
    m: &mut Machine,
    id: Id<Str>,
    work: impl FnOnce(&mut Machine, &str, bool) -> Result<Value, Fault>,
) -> Result<Value, Fault> {
    let length = m.heap.str(id).len();
    m.charge(length as u64 / 8)?;
    m.heap.reserve(length)?;
    let text = m.heap.str(id).to_owned();
    let surrogates = m.has_surrogates(id);
    let made = work(m, &text, surrogates);
    m.heap.release(length);
    made
}

/// The value that a reader finds, or what is wrong with the text.
pub(crate) fn document(
    m: &mut Machine,
    reader: &mut Reader<'_>,
    surrogates: bool,
) -> Result<Result<Value, JsonError>, Fault> {
    let mut document = Document { texts: Texts::new(surrogates), open: Vec::new() };
    let made = document.read(m, reader);
    m.heap.release(document.texts.reserved);
    made
}

/// A container whose end has not been read.
enum Open {
    /// Items, for which room is reserved until the list is made.
    List(Vec<Value>),
    /// The dict, and the key of the value that comes next.
    Object(Id<Dict>, Option<Id<Str>>),
}

/// A document in the making.
struct Document<'text> {
    texts: Texts<'text>,
    open: Vec<Open>,
}

impl<'text> Document<'text> {
    fn read(&mut self, m: &mut Machine, reader: &mut Reader<'text>) -> Result<Result<Value, JsonError>, Fault> {
        let mut document = Value::None;
        loop {
            let event = match reader.next_event() {
                Ok(Some(event)) => event,
                Ok(None) => return Ok(Ok(document)),
                Err(error) => return Ok(Err(error)),
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
    fn take(&mut self, m: &mut Machine, event: Event<'text>) -> Result<Option<Value>, Fault> {
        Ok(Some(match event {
            Event::Null => Value::None,
            Event::Bool(value) => Value::bool(value),
            Event::Float(digits) => Value::float(float_of(digits)),
            Event::Constant(name) => Value::float(constant(name)),
            Event::Integer(digits) => integer_of(m, digits)?,
            Event::Text(text) => self.texts.value(m, &text)?,
            Event::Key(text) => {
                let key = self.texts.key(m, text)?;
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
                Some(Open::List(mut items)) => {
                    m.heap.release(items.capacity() * size_of::<Value>());
                    items.shrink_to_fit();
                    m.heap.new_list(items)?
                }
                Some(Open::Object(id, _)) => Value::Dict(id),
                None => return Ok(None),
            },
        }))
    }
}

/// The strings of a document; equal keys are one object, as in CPython.
pub(super) struct Texts<'text> {
    /// Whether the text may hold lone surrogates.
    surrogates: bool,
    keys: HashMap<Cow<'text, str>, Value>,
    /// Bytes reserved for `keys`.
    pub(super) reserved: usize,
}

impl<'text> Texts<'text> {
    pub(super) fn new(surrogates: bool) -> Self {
        Self { surrogates, keys: HashMap::new(), reserved: 0 }
    }

    pub(super) fn value(&self, m: &mut Machine, text: &JsonText<'_>) -> Result<Value, Fault> {
        match text {
            JsonText::Plain(plain) if !self.surrogates => m.heap.new_str(plain),
            JsonText::Plain(plain) => {
                let points: Vec<u32> = plain.chars().map(|one| crate::machine::code_point(one, true)).collect();
                m.new_wide_str(&points)
            }
            JsonText::Wide(points) => m.new_wide_str(points),
        }
    }

    pub(super) fn key(&mut self, m: &mut Machine, text: JsonText<'text>) -> Result<Value, Fault> {
        let JsonText::Plain(plain) = &text else { return self.value(m, &text) };
        if let Some(key) = self.keys.get(plain) {
            return Ok(*key);
        }
        let key = self.value(m, &text)?;
        let JsonText::Plain(plain) = text else { return Ok(key) };
        // A table grows to twice its size at once.
        let bytes = 3 * size_of::<(Cow<'_, str>, Value)>() + if let Cow::Owned(text) = &plain { text.len() } else { 0 };
        m.heap.reserve(bytes)?;
        self.reserved += bytes;
        self.keys.insert(plain, key);
        Ok(key)
    }
}

/// Adds an item; the room it takes is reserved as it grows, not when the list is complete.
pub(super) fn push(m: &mut Machine, items: &mut Vec<Value>, value: Value) -> Result<(), Fault> {
    if items.len() == items.capacity() {
        let more = items.capacity().max(4);
        let held = items.capacity() * size_of::<Value>();
        m.heap.reserve_moving(held, held + more * size_of::<Value>())?;
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
    let parsed = integer::parse_integer(digits, 10, integer::DEFAULT_DIGIT_LIMIT, &m.go_on());
    match parsed {
        Ok(number) => m.integer_value(number),
        Err(error) => Err(m.raise_guest_error(error)),
    }
}
