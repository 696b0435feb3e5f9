//! Taking strings apart.

use compact_str::CompactString;

use crate::base::Base;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::{Str, StrText};
use crate::pace::GoOn;
use crate::text::GuestError;
use crate::text::split::{self, Piece, Sides};
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

/// Runs `work` on the text of a string, charged for, while the heap is free for the parts. `work` must not ask the heap for
/// that text: a text of the machine's own is lent out of its string meanwhile, another is copied.
fn with_text<R>(
    m: &mut Machine,
    id: Id<Str>,
    work: impl FnOnce(&mut Machine, &str) -> Result<R, Fault>,
) -> Result<R, Fault> {
    m.prepare_text(m.heap.str(id).len())?;
    let lent = match m.heap.strings.get_mut(id).map(|string| &mut string.text) {
        Some(StrText::Owned(text)) => std::mem::take(text),
        _ => {
            let copy = CompactString::new(m.heap.str(id));
            return work(m, &copy);
        }
    };
    let result = work(m, &lent);
    if let Some(string) = m.heap.strings.get_mut(id) {
        string.text = StrText::Owned(lent);
    }
    result
}

/// The parts of a string as they are found, as new strings; what they take is charged and reserved on the way. `expected`
/// parts get room at once.
fn collect_parts(
    m: &mut Machine,
    id: Id<Str>,
    text: &str,
    expected: usize,
    ranges: impl Iterator<Item = Piece>,
) -> Result<Vec<Value>, Fault> {
    let string = m.heap.strings.get(id);
    let (ascii, surrogates) = (string.ascii, string.surrogates);
    m.make_room(expected.saturating_mul(size_of::<Value>()))?;
    let mut parts: Vec<Value> = Vec::with_capacity(expected);
    for range in ranges {
        if parts.len() == parts.capacity() {
            m.make_room(parts.capacity().max(4) * 2 * size_of::<Value>())?;
        }
        let range = m.unless_interrupted(range)?;
        let part = text.get(range).unwrap_or_default();
        parts.push(if part.len() == text.len() {
            m.charge(1)?;
            Value::Str(id)
        } else if ascii {
            m.charge(1 + part.len() as u64 / 16)?;
            m.heap.make_ascii(part)?
        } else {
            m.charge(1)?;
            m.part_of_text(part, surrogates)?
        });
    }
    Ok(parts)
}

pub(super) fn split(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, separator, most) = split_arguments(m, args)?;
    let separator = separator.map(|separator| CompactString::new(m.heap.str(separator)));
    let ascii = m.heap.strings.get(id).ascii;
    let go_on: GoOn<'_> = &m.question_for(m.heap.str(id).len());
    let parts = with_text(m, id, |m, text| match separator.as_ref().map(|separator| separator.as_bytes()) {
        Some([byte]) => {
            let most = most.unwrap_or(usize::MAX);
            let found = memchr::memchr_iter(*byte, text.as_bytes()).count().min(most);
            collect_parts(m, id, text, found + 1, split_at_byte(text.as_bytes(), *byte, most))
        }
        Some(separator) => {
            let ranges =
                split::split(text.as_bytes(), separator, most, go_on).map_err(|error| m.raise_guest_error(error))?;
            collect_parts(m, id, text, 0, ranges)
        }
        None if ascii => {
            collect_parts(m, id, text, 0, split::split_space_bytes(text.as_bytes(), most, is_ascii_space, go_on))
        }
        None => collect_parts(m, id, text, 0, split::split_space(text, most, go_on)),
    })?;
    m.heap.new_list(parts)
}

/// `split` at a separator of one byte.
fn split_at_byte(text: &[u8], separator: u8, most: usize) -> impl Iterator<Item = Piece> + '_ {
    let mut ends = memchr::memchr_iter(separator, text).take(most);
    let mut start = Some(0);
    std::iter::from_fn(move || {
        let from = start?;
        let end = ends.next();
        start = end.map(|end| end + 1);
        Some(Ok(from..end.unwrap_or(text.len())))
    })
}

/// Whether `str` takes an ASCII character for whitespace.
#[inline]
pub(super) fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b' ' | 9..=13 | 28..=31)
}

pub(super) fn rsplit(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, separator, most) = split_arguments(m, args)?;
    let separator = separator.map(|separator| CompactString::new(m.heap.str(separator)));
    let go_on: GoOn<'_> = &m.question_for(m.heap.str(id).len());
    let mut parts = with_text(m, id, |m, text| match &separator {
        Some(separator) => {
            let ranges = split::split_from_right(text.as_bytes(), separator.as_bytes(), most, go_on);
            let ranges = ranges.map_err(|error| m.raise_guest_error(error))?;
            collect_parts(m, id, text, 0, ranges)
        }
        None => collect_parts(m, id, text, 0, split::split_space_from_right(text, most, go_on)),
    })?;
    parts.reverse();
    m.heap.new_list(parts)
}

pub(super) fn split_lines(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let keep = m.flag_argument(args.get(1).copied().unwrap_or(Value::Undef))?;
    let go_on: GoOn<'_> = &m.question_for(m.heap.str(id).len());
    let parts = with_text(m, id, |m, text| collect_parts(m, id, text, 0, split::split_lines(text, keep, go_on)))?;
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
    let found = split::partition(m.heap.str(id).as_bytes(), m.heap.str(separator).as_bytes(), &m.go_on());
    partitioned(m, id, separator, found, true)
}

pub(super) fn rpartition(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, separator) = partition_arguments(m, args)?;
    let found = split::partition_from_right(m.heap.str(id).as_bytes(), m.heap.str(separator).as_bytes(), &m.go_on());
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
    let text = m.heap.str(id);
    let kept = match characters {
        None if m.heap.strings.get(id).ascii => {
            split::strip_bytes_where(text.as_bytes(), sides, is_ascii_space, &m.go_on())
        }
        _ => split::strip(text, characters.map(|characters| m.heap.str(characters)), sides, &m.go_on()),
    };
    let kept = m.unless_interrupted(kept)?;
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
