//! Taking strings apart.

use std::ops::Range;

use compact_str::CompactString;

use crate::base::Base;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::Str;
use crate::text::GuestError;
use crate::text::split::{self, Sides};
use crate::value::{Id, Value};

/// The arguments of `split` and `rsplit`: text, separator (`None` for whitespace), most splits.
type SplitArguments = (Id<Str>, Option<Id<Str>>, Option<usize>);

fn split_arguments(m: &mut Machine, args: &[Value]) -> Result<SplitArguments, Fault> {
    let id = m.str_receiver(args)?;
    let most = usize::try_from(m.optional_size(args, 2, -1)?).ok();
    let separator = match args.get(1).copied().unwrap_or(Value::Undef) {
        Value::Undef | Value::None => None,
        value => match m.as_str(value) {
            Some(separator) => Some(separator),
            None => {
                let name = m.type_name(value);
                return Err(m.type_error(format!("must be str or None, not {name}")));
            }
        },
    };
    Ok((id, separator, most))
}

/// A copy of the text, so that the heap is free for its parts.
fn copied(m: &mut Machine, id: Id<Str>) -> Result<CompactString, Fault> {
    m.prepare_text(m.heap.str(id).len())?;
    Ok(CompactString::new(m.heap.str(id)))
}

/// The parts of a string as they are found, as new strings; what they take is charged and reserved on the way. `text` is
/// a copy of the string's text.
fn collect_parts(
    m: &mut Machine,
    id: Id<Str>,
    text: &str,
    ranges: impl Iterator<Item = Range<usize>>,
) -> Result<Vec<Value>, Fault> {
    let ascii = m.heap.strings.get(id).ascii;
    let mut parts: Vec<Value> = Vec::new();
    for range in ranges {
        if parts.len() == parts.capacity() {
            m.make_room(parts.capacity().max(4) * 2 * size_of::<Value>())?;
        }
        m.charge(1)?;
        parts.push(match text.get(range.clone()) {
            Some(part) if ascii && part.len() < text.len() => {
                m.charge_bytes(part.len())?;
                m.heap.make_ascii(part)?
            }
            _ => m.part(id, range)?,
        });
    }
    Ok(parts)
}

pub(super) fn split(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, separator, most) = split_arguments(m, args)?;
    let text = copied(m, id)?;
    let parts = match separator {
        Some(separator) => {
            let separator = CompactString::new(m.heap.str(separator));
            let ranges = split::split(text.as_bytes(), separator.as_bytes(), most)
                .map_err(|error| m.raise_guest_error(error))?;
            collect_parts(m, id, &text, ranges)?
        }
        None if m.heap.strings.get(id).ascii => collect_parts(m, id, &text, ascii_words(text.as_bytes(), most))?,
        None => collect_parts(m, id, &text, split::split_space(&text, most))?,
    };
    m.heap.new_list(parts)
}

/// `split_space` for ASCII text.
fn ascii_words(text: &[u8], most: Option<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut remaining = most.unwrap_or(usize::MAX);
    let mut position = 0;
    std::iter::from_fn(move || {
        let start = position + text.get(position..)?.iter().position(|byte| !is_ascii_space(*byte))?;
        let word = text.get(start..)?;
        let end = if remaining > 0 {
            word.iter().position(|byte| is_ascii_space(*byte)).unwrap_or(word.len())
        } else {
            word.len()
        };
        remaining = remaining.saturating_sub(1);
        position = start + end;
        Some(start..position)
    })
}

/// Whether `str` takes an ASCII character for whitespace.
#[inline]
pub(super) const fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b' ' | 9..=13 | 28..=31)
}

pub(super) fn rsplit(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, separator, most) = split_arguments(m, args)?;
    let text = copied(m, id)?;
    let mut parts = match separator {
        Some(separator) => {
            let separator = CompactString::new(m.heap.str(separator));
            let ranges = split::split_from_right(text.as_bytes(), separator.as_bytes(), most);
            let ranges = ranges.map_err(|error| m.raise_guest_error(error))?;
            collect_parts(m, id, &text, ranges)?
        }
        None => collect_parts(m, id, &text, split::split_space_from_right(&text, most))?,
    };
    parts.reverse();
    m.heap.new_list(parts)
}

pub(super) fn split_lines(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let keep = m.flag_argument(args.get(1).copied().unwrap_or(Value::Undef))?;
    let text = copied(m, id)?;
    let parts = collect_parts(m, id, &text, split::split_lines(&text, keep))?;
    m.heap.new_list(parts)
}

/// Text and separator of `partition` and `rpartition`, charged for.
fn partition_arguments(m: &mut Machine, args: &[Value]) -> Result<(Id<Str>, Id<Str>), Fault> {
    let id = m.str_receiver(args)?;
    let separator = m.str_argument(args.get(1).copied().unwrap_or(Value::None), "")?;
    m.charge_bytes(m.heap.str(id).len())?;
    Ok((id, separator))
}

/// The three parts; without separator the text stands first, or last.
fn partitioned(
    m: &mut Machine,
    id: Id<Str>,
    separator: Id<Str>,
    found: Result<Option<split::Parts>, GuestError>,
    text_first: bool,
) -> Result<Value, Fault> {
    let empty = Value::Str(Base::EMPTY_STR);
    let items = match found.map_err(|error| m.raise_guest_error(error))? {
        Some((before, after)) => [m.part(id, before)?, Value::Str(separator), m.part(id, after)?],
        None if text_first => [Value::Str(id), empty, empty],
        None => [empty, empty, Value::Str(id)],
    };
    m.heap.new_tuple(&items)
}

pub(super) fn partition(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, separator) = partition_arguments(m, args)?;
    let found = split::partition(m.heap.str(id).as_bytes(), m.heap.str(separator).as_bytes());
    partitioned(m, id, separator, found, true)
}

pub(super) fn rpartition(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, separator) = partition_arguments(m, args)?;
    let found = split::partition_from_right(m.heap.str(id).as_bytes(), m.heap.str(separator).as_bytes());
    partitioned(m, id, separator, found, false)
}

fn strip_sides(m: &mut Machine, args: &[Value], name: &str, sides: Sides) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let characters = match args.get(1).copied().unwrap_or(Value::None) {
        Value::None => None,
        value => match m.as_str(value) {
            Some(characters) => {
                let bytes = m.heap.str(characters).len();
                m.charge_items(bytes)?;
                m.make_room(bytes.saturating_mul(size_of::<char>()))?;
                Some(characters)
            }
            None => return Err(m.type_error(format!("{name} arg must be None or str"))),
        },
    };
    m.charge_bytes(m.heap.str(id).len())?;
    let kept = split::strip(m.heap.str(id), characters.map(|characters| m.heap.str(characters)), sides);
    m.part(id, kept)
}

pub(super) fn strip(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    strip_sides(m, args, "strip", Sides::Both)
}

pub(super) fn lstrip(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    strip_sides(m, args, "lstrip", Sides::Left)
}

pub(super) fn rstrip(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    strip_sides(m, args, "rstrip", Sides::Right)
}
