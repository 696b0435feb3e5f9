//! `re.Match`

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, class_method, getter, method, wrapper};
use crate::objects::{Dict, Match, Object};
use crate::text::regex::UNSET;
use crate::types::container_methods::class_getitem;
use crate::value::{Id, Value};

use super::substitution;

/// Methods of `re.Match`.
pub(crate) const METHODS: &[NativeDef] = &[
    wrapper("__repr__", Signature::None, repr),
    method("__getitem__", Signature::One, |m, args| {
        let id = receiver(m, args)?;
        one_group(m, id, argument(args, 1), Value::None)
    })
    .or("match_getitem"),
    method("__copy__", Signature::None, |_, args| Ok(argument(args, 0))),
    method("__deepcopy__", Signature::One, |_, args| Ok(argument(args, 0))),
    class_method("__class_getitem__", Signature::One, class_getitem),
    method("group", Signature::Variadic(0), group).or("match_group"),
    method("groups", Signature::Named("default=None"), groups),
    method("groupdict", Signature::Named("default=None"), group_dict),
    method("start", Signature::Positional(0, 1), |m, args| span_part(m, args, Part::Start)),
    method("end", Signature::Positional(0, 1), |m, args| span_part(m, args, Part::End)),
    method("span", Signature::Positional(0, 1), |m, args| span_part(m, args, Part::Both)),
    method("expand", Signature::Named("template"), expand),
    getter("string", |m, args| {
        let id = receiver(m, args)?;
        found(m, id).map(|found| found.string)
    }),
    getter("re", |m, args| {
        let id = receiver(m, args)?;
        found(m, id).map(|found| Value::Object(found.pattern))
    }),
    getter("pos", |m, args| {
        let id = receiver(m, args)?;
        found(m, id).map(|found| Value::Int(i64::from(found.pos)))
    }),
    getter("endpos", |m, args| {
        let id = receiver(m, args)?;
        found(m, id).map(|found| Value::Int(i64::from(found.endpos)))
    }),
    getter("lastindex", |m, args| {
        let id = receiver(m, args)?;
        found(m, id).map(|found| if found.last_group == 0 { Value::None } else { Value::Int(found.last_group.into()) })
    }),
    getter("lastgroup", last_group),
    getter("regs", regions),
];

fn receiver(m: &mut Machine, args: &[Value]) -> Result<Id<Object>, Fault> {
    match argument(args, 0) {
        Value::Object(id) if matches!(m.heap.objects.get(id), Object::Match(_)) => Ok(id),
        given => {
            let name = m.type_name(given);
            Err(m.type_error(format!("descriptor requires a 're.Match' object but received a '{name}'")))
        }
    }
}

fn found(m: &mut Machine, id: Id<Object>) -> Result<&Match, Fault> {
    match m.heap.objects.get(id) {
        Object::Match(found) => Ok(found),
        _ => Err(Fault::Halt),
    }
}

impl Match {
    /// The part that a group matched, as byte positions.
    pub(super) fn span(&self, group: usize) -> Option<(usize, usize)> {
        let start = self.spans.get(group * 2).copied().filter(|start| *start != UNSET)?;
        let end = self.spans.get(group * 2 + 1).copied().filter(|end| *end != UNSET)?;
        Some((start as usize, (end as usize).max(start as usize)))
    }

    fn group_count(&self) -> usize {
        self.spans.len() / 2
    }
}

/// The group that a number or a name means.
fn group_number(m: &mut Machine, id: Id<Object>, key: Value) -> Result<usize, Fault> {
    let (pattern, count) = found(m, id).map(|found| (found.pattern, found.group_count()))?;
    let number = match m.unwrap(key) {
        Value::Int(number) => usize::try_from(number).ok(),
        Value::True => Some(1),
        Value::False => Some(0),
        Value::Str(name) => {
            let program = m.program(pattern)?;
            m.charge(program.names().len() as u64 / 16)?;
            let name = m.heap.str(name);
            program.names().iter().find(|(other, _)| other == name).map(|(_, group)| *group as usize)
        }
        Value::Instance(_) if m.special(key, crate::names::INDEX).is_some() => return Err(Fault::Fallback),
        _ => None,
    };
    match number.filter(|number| *number < count) {
        Some(number) => Ok(number),
        None => Err(m.index_error("no such group")),
    }
}

/// What a group matched, or `missing`.
pub(super) fn group_text(m: &mut Machine, id: Id<Object>, group: usize, missing: Value) -> Result<Value, Fault> {
    let (string, span) = found(m, id).map(|found| (found.string, found.span(group)))?;
    match span {
        Some((start, end)) => m.subject_part(string, start, end),
        None => Ok(missing),
    }
}

fn one_group(m: &mut Machine, id: Id<Object>, key: Value, missing: Value) -> Result<Value, Fault> {
    let number = group_number(m, id, key)?;
    group_text(m, id, number, missing)
}

fn group(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    match args.get(1..).unwrap_or_default() {
        [] => group_text(m, id, 0, Value::None),
        [key] => one_group(m, id, *key, Value::None),
        keys => {
            m.charge_items(keys.len())?;
            m.make_room(size_of_val(keys))?;
            let mut items = Vec::with_capacity(keys.len());
            for key in keys {
                items.push(one_group(m, id, *key, Value::None)?);
            }
            m.heap.new_tuple(&items)
        }
    }
}

fn default(args: &[Value]) -> Value {
    argument(args, 1).given().unwrap_or(Value::None)
}

fn groups(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    let count = found(m, id)?.group_count();
    m.charge_items(count)?;
    m.make_room(count * size_of::<Value>())?;
    let mut items = Vec::with_capacity(count);
    for group in 1..count {
        items.push(group_text(m, id, group, default(args))?);
    }
    m.heap.new_tuple(&items)
}

fn group_dict(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    let pattern = found(m, id)?.pattern;
    let program = m.program(pattern)?;
    let made = m.heap.new_dict(Dict::default())?;
    let Value::Dict(dict) = made else { return Err(Fault::Halt) };
    for (name, group) in program.names() {
        m.charge(2)?;
        let text = group_text(m, id, *group as usize, default(args))?;
        let name = m.heap.new_str(name)?;
        m.dict_set(dict, name, text)?;
    }
    Ok(made)
}

enum Part {
    Start,
    End,
    Both,
}

/// A byte position as the guest counts.
fn character(m: &mut Machine, string: Value, byte: usize) -> Result<Value, Fault> {
    let position = match m.as_str(string) {
        Some(id) => m.character_position(id, byte)?,
        None => byte,
    };
    Ok(Value::Int(position as i64))
}

fn span(m: &mut Machine, id: Id<Object>, group: usize) -> Result<(Value, Value), Fault> {
    let (string, span) = found(m, id).map(|found| (found.string, found.span(group)))?;
    match span {
        Some((start, end)) => Ok((character(m, string, start)?, character(m, string, end)?)),
        None => Ok((Value::Int(-1), Value::Int(-1))),
    }
}

fn span_part(m: &mut Machine, args: &[Value], part: Part) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    let number = match args.get(1) {
        Some(key) => match group_number(m, id, *key) {
            Err(Fault::Fallback) => return Err(m.index_error("no such group")),
            number => number?,
        },
        None => 0,
    };
    let (start, end) = span(m, id, number)?;
    match part {
        Part::Start => Ok(start),
        Part::End => Ok(end),
        Part::Both => m.heap.new_tuple(&[start, end]),
    }
}

fn regions(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    let count = found(m, id)?.group_count();
    m.charge_items(count)?;
    m.make_room(count * size_of::<Value>())?;
    let mut items = Vec::with_capacity(count);
    for group in 0..count {
        let (start, end) = span(m, id, group)?;
        items.push(m.heap.new_tuple(&[start, end])?);
    }
    m.heap.new_tuple(&items)
}

fn last_group(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    let (pattern, last) = found(m, id).map(|found| (found.pattern, found.last_group))?;
    let program = m.program(pattern)?;
    m.charge(program.names().len() as u64 / 16)?;
    match program.names().iter().find(|(_, group)| *group == last) {
        Some((name, _)) => m.heap.new_str(name),
        None => Ok(Value::None),
    }
}

fn expand(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    let found = found(m, id)?.clone();
    substitution::expand(m, &found, argument(args, 1))
}

fn repr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = receiver(m, args)?;
    let (start, end) = span(m, id, 0)?;
    let text = group_text(m, id, 0, Value::None)?;
    let (Value::Int(start), Value::Int(end)) = (start, end) else { return Err(Fault::Halt) };
    let mut shown = m.repr_native(text)?;
    if let Some((cut, _)) = shown.char_indices().nth(50) {
        shown.truncate(cut);
    }
    m.heap.new_string(format!("<re.Match object; span=({start}, {end}), match={shown}>"))
}
