//! `str.maketrans` and `str.translate`.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::machine::{char_of_code_point, code_point};
use crate::objects::{Dict, Str};
use crate::pace;
use crate::types;
use crate::value::{Id, Value};

/// What a table says of a character.
#[derive(Clone, Copy)]
enum Mapped {
    Unchanged,
    Deleted,
    Character(char, bool),
    Text(Id<Str>),
}

pub(super) fn make_trans(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Dict(table) = m.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
    match args {
        [mapping] => table_of_dict(m, table, *mapping)?,
        [from, rest @ ..] => table_of_strings(m, table, *from, rest)?,
        [] => {}
    }
    Ok(Value::Dict(table))
}

fn table_of_dict(m: &mut Machine, table: Id<Dict>, mapping: Value) -> Result<(), Fault> {
    let Value::Dict(source) = m.unwrap(mapping) else {
        return Err(m.type_error("if you give only one argument to maketrans it must be a dict"));
    };
    let entries: Vec<(Value, Value)> =
        m.heap.dicts.get(source).table.iter().map(|entry| (entry.key, entry.value)).collect();
    m.charge_items(entries.len())?;
    for (key, value) in entries {
        let key = match m.unwrap(key) {
            Value::Str(id) => {
                let surrogates = m.has_surrogates(id);
                let mut characters = m.heap.str(id).chars();
                match (characters.next(), characters.next()) {
                    (Some(character), None) => Value::Int(i64::from(code_point(character, surrogates))),
                    _ => return Err(m.value_error("string keys in translate table must be of length 1")),
                }
            }
            Value::Int(_) | Value::BigInt(_) | Value::True | Value::False => key,
            _ => return Err(m.type_error("keys in translate table must be strings or integers")),
        };
        m.dict_set(table, key, value)?;
    }
    Ok(())
}

fn table_of_strings(m: &mut Machine, table: Id<Dict>, from: Value, rest: &[Value]) -> Result<(), Fault> {
    let to = rest.first().copied().unwrap_or(Value::None);
    let to = m.str_argument(to, "maketrans() argument 2")?;
    let deleted = match rest.get(1) {
        Some(value) => Some(m.str_argument(*value, "maketrans() argument 3")?),
        None => None,
    };
    let Some(from) = m.as_str(from) else {
        return Err(m.type_error("first maketrans argument must be a string if there is a second argument"));
    };
    if m.str_length(from) != m.str_length(to) {
        return Err(m.value_error("the first two maketrans arguments must have equal length"));
    }
    m.charge_items(m.str_length(from))?;
    m.make_room(m.str_length(from).saturating_mul(2 * size_of::<Value>()))?;
    let pairs: Vec<(Value, Value)> = code_points(m, from).zip(code_points(m, to)).collect();
    for (key, value) in pairs {
        m.dict_set(table, key, value)?;
    }
    if let Some(deleted) = deleted {
        m.charge_items(m.str_length(deleted))?;
        m.make_room(m.str_length(deleted).saturating_mul(size_of::<Value>()))?;
        let keys: Vec<Value> = code_points(m, deleted).collect();
        for key in keys {
            m.dict_set(table, key, Value::None)?;
        }
    }
    Ok(())
}

/// The code points of a string as int values.
fn code_points(m: &Machine, id: Id<Str>) -> impl Iterator<Item = Value> {
    let surrogates = m.has_surrogates(id);
    m.heap.str(id).chars().map(move |character| Value::Int(i64::from(code_point(character, surrogates))))
}

pub(super) fn translate(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let table = args.get(1).copied().unwrap_or(Value::None);
    if matches!(table, Value::Instance(_)) {
        // Its class may have a `__getitem__` or `__missing__` of its own.
        return Err(Fault::Fallback);
    }
    let source = m.heap.str(id).len();
    m.charge_items(source)?;
    m.make_room(source)?;
    let surrogates = m.has_surrogates(id);
    let copied = pace::copy_text(m.heap.str(id), &m.go_on());
    let text = m.unless_interrupted(copied)?;
    let mut ascii: [Option<Mapped>; 128] = [None; 128];
    let mut output = String::with_capacity(source);
    let mut made_surrogates = surrogates;
    for (step, character) in text.chars().enumerate() {
        m.look_now_and_then(step)?;
        let known = ascii.get(character as usize).copied().flatten();
        let mapped = match known {
            Some(mapped) => mapped,
            None => {
                let mapped = look_up(m, table, code_point(character, surrogates))?;
                if let Some(slot) = ascii.get_mut(character as usize) {
                    *slot = Some(mapped);
                }
                mapped
            }
        };
        match mapped {
            Mapped::Unchanged => output.push(character),
            Mapped::Deleted => {}
            Mapped::Character(character, surrogate) => {
                made_surrogates |= surrogate;
                output.push(character);
            }
            Mapped::Text(text) => {
                made_surrogates |= m.has_surrogates(text);
                let added = m.heap.str(text).len();
                m.charge_bytes(added)?;
                m.make_room(output.len() + added)?;
                output.push_str(m.heap.str(text));
            }
        }
    }
    m.text_value(output, made_surrogates)
}

fn look_up(m: &mut Machine, table: Value, code: u32) -> Result<Mapped, Fault> {
    let key = Value::Int(i64::from(code));
    let found = match table {
        Value::Dict(dict) => match m.dict_get(dict, key)? {
            Some(value) => value,
            None => return Ok(Mapped::Unchanged),
        },
        _ => match m.subscript(table, key) {
            Ok(value) => value,
            Err(Fault::Raise) if m.is_instance_of_type(m.raised, types::LOOKUP_ERROR) => {
                m.raised = Value::Undef;
                return Ok(Mapped::Unchanged);
            }
            Err(Fault::Call) => return Err(Fault::Fallback),
            Err(fault) => return Err(fault),
        },
    };
    mapped_by(m, found)
}

/// What a value of a translation table means.
fn mapped_by(m: &mut Machine, value: Value) -> Result<Mapped, Fault> {
    match m.unwrap(value) {
        Value::None => Ok(Mapped::Deleted),
        Value::Str(id) => Ok(Mapped::Text(id)),
        Value::True => Ok(Mapped::Character('\u{1}', false)),
        Value::False => Ok(Mapped::Character('\0', false)),
        Value::Int(code) => match u32::try_from(code).ok().and_then(char_of_code_point) {
            Some((character, surrogate)) => Ok(Mapped::Character(character, surrogate)),
            None => Err(m.value_error("character mapping must be in range(0x110000)")),
        },
        Value::BigInt(_) => Err(m.value_error("character mapping must be in range(0x110000)")),
        _ => Err(m.type_error("character mapping must return integer, None or str")),
    }
}

/// Prelude intrinsic: what a value that a table of the guest's gave for a character becomes in the text.
pub(crate) fn translated(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match mapped_by(m, args.first().copied().unwrap_or(Value::None))? {
        Mapped::Character(character, surrogates) => m.char_value(character, surrogates),
        Mapped::Text(id) => Ok(Value::Str(id)),
        Mapped::Unchanged | Mapped::Deleted => Ok(Value::Str(crate::base::Base::EMPTY_STR)),
    }
}
