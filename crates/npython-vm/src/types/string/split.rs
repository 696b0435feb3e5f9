//! Taking strings apart and joining them.

use std::ops::Range;

use memchr::memmem;

use crate::base::Base;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::objects::{Str, StrText};
use crate::text::unicode::is_space_char;
use crate::value::{Id, Value};

use super::search::{find_bytes, find_last_bytes};

/// Whether `str` takes an ASCII character for whitespace.
#[inline]
pub(crate) const fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b' ' | 9..=13 | 28..=31)
}

/// The parts of a split as they are found. Room for them is made before the vector grows.
struct Parts {
    source: Id<Str>,
    items: Vec<Value>,
}

impl Parts {
    fn of(source: Id<Str>) -> Self {
        Self { source, items: Vec::new() }
    }

    #[inline]
    fn push(&mut self, m: &mut Machine, range: Range<usize>) -> Result<(), Fault> {
        if self.items.len() == self.items.capacity() {
            m.make_room(self.items.capacity().max(4) * 2 * size_of::<Value>())?;
        }
        m.charge(1)?;
        self.items.push(m.part(self.source, range)?);
        Ok(())
    }

    fn reversed(mut self) -> Self {
        self.items.reverse();
        self
    }

    fn finish(mut self, m: &mut Machine) -> Result<Value, Fault> {
        if self.items.capacity() > self.items.len() * 2 {
            self.items.shrink_to_fit();
        }
        m.heap.new_list(self.items)
    }
}

/// The arguments of `split` and `rsplit`: text, separator (`None` for whitespace), most splits.
fn split_arguments(m: &mut Machine, args: &[Value]) -> Result<(Id<Str>, Option<Id<Str>>, usize), Fault> {
    let id = m.str_receiver(args)?;
    let most = usize::try_from(m.optional_size(args, 2, -1)?).unwrap_or(usize::MAX);
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
    if separator.is_some_and(|separator| m.heap.str(separator).is_empty()) {
        return Err(m.value_error("empty separator"));
    }
    m.charge_bytes(m.heap.str(id).len())?;
    Ok((id, separator, most))
}

pub(super) fn split(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, separator, most) = split_arguments(m, args)?;
    let parts = match separator {
        Some(separator) => split_at(m, id, separator, most)?,
        None => split_words(m, id, most)?,
    };
    parts.finish(m)
}

fn split_at(m: &mut Machine, id: Id<Str>, separator: Id<Str>, most: usize) -> Result<Parts, Fault> {
    let needle = m.heap.str(separator).as_bytes().to_vec();
    let finder = memmem::Finder::new(&needle);
    let mut parts = Parts::of(id);
    let mut start = 0;
    while parts.items.len() < most {
        let rest = m.heap.str(id).as_bytes().get(start..).unwrap_or_default();
        let found = match needle[..] {
            [byte] => memchr::memchr(byte, rest),
            _ => finder.find(rest),
        };
        let Some(found) = found else { break };
        parts.push(m, start..start + found)?;
        start += found + needle.len();
    }
    let end = m.heap.str(id).len();
    parts.push(m, start..end)?;
    Ok(parts)
}

/// The position from `from` on where whitespace starts (or, if `space` is false, ends).
#[inline]
fn next_boundary(text: &str, ascii: bool, from: usize, space: bool) -> Option<usize> {
    let rest = text.get(from..)?;
    let found = if ascii {
        rest.bytes().position(|byte| is_ascii_space(byte) == space)
    } else {
        rest.char_indices().find(|(_, character)| is_space_char(*character) == space).map(|(at, _)| at)
    };
    found.map(|at| from + at)
}

fn split_words(m: &mut Machine, id: Id<Str>, most: usize) -> Result<Parts, Fault> {
    let ascii = m.heap.strings.get(id).ascii;
    let mut parts = Parts::of(id);
    let mut from = 0;
    loop {
        let text = m.heap.str(id);
        let Some(start) = next_boundary(text, ascii, from, false) else { return Ok(parts) };
        if parts.items.len() >= most {
            let end = end_of_words(text, ascii);
            parts.push(m, start..end)?;
            return Ok(parts);
        }
        let end = next_boundary(text, ascii, start, true).unwrap_or(text.len());
        parts.push(m, start..end)?;
        from = end;
    }
}

/// Where whitespace at the end of the text starts.
fn end_of_words(text: &str, ascii: bool) -> usize {
    if ascii {
        text.bytes().rposition(|byte| !is_ascii_space(byte)).map_or(0, |at| at + 1)
    } else {
        text.trim_end_matches(is_space_char).len()
    }
}

pub(super) fn rsplit(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, separator, most) = split_arguments(m, args)?;
    let parts = match separator {
        Some(separator) => rsplit_at(m, id, separator, most)?,
        None => rsplit_words(m, id, most)?,
    };
    parts.reversed().finish(m)
}

fn rsplit_at(m: &mut Machine, id: Id<Str>, separator: Id<Str>, most: usize) -> Result<Parts, Fault> {
    let needle = m.heap.str(separator).as_bytes().to_vec();
    let finder = memmem::FinderRev::new(&needle);
    let mut parts = Parts::of(id);
    let mut end = m.heap.str(id).len();
    while parts.items.len() < most {
        let Some(found) = finder.rfind(m.heap.str(id).as_bytes().get(..end).unwrap_or_default()) else { break };
        parts.push(m, found + needle.len()..end)?;
        end = found;
    }
    parts.push(m, 0..end)?;
    Ok(parts)
}

fn rsplit_words(m: &mut Machine, id: Id<Str>, most: usize) -> Result<Parts, Fault> {
    let ascii = m.heap.strings.get(id).ascii;
    let mut parts = Parts::of(id);
    let mut to = m.heap.str(id).len();
    loop {
        let text = m.heap.str(id).get(..to).unwrap_or_default();
        let end = end_of_words(text, ascii);
        if end == 0 {
            return Ok(parts);
        }
        let word = text.get(..end).unwrap_or_default();
        if parts.items.len() >= most {
            // Whitespace at the start stays, unlike that at the end.
            parts.push(m, 0..end)?;
            return Ok(parts);
        }
        let start = if ascii {
            word.bytes().rposition(is_ascii_space).map_or(0, |at| at + 1)
        } else {
            word.trim_end_matches(|character| !is_space_char(character)).len()
        };
        parts.push(m, start..end)?;
        to = start;
    }
}

pub(super) fn split_lines(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let keep = m.flag_argument(args.get(1).copied().unwrap_or(Value::Undef))?;
    m.charge_bytes(m.heap.str(id).len())?;
    let mut parts = Parts::of(id);
    let mut start = 0;
    while let Some((end, next)) = line_end(m.heap.str(id), start) {
        parts.push(m, start..if keep { next } else { end })?;
        start = next;
    }
    parts.finish(m)
}

/// Where the line starting at `start` ends, without and with its line break; `None` at the end of the text.
fn line_end(text: &str, start: usize) -> Option<(usize, usize)> {
    let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
    // The first bytes of the characters that break lines.
    let mut from = 0;
    while let Some(found) = rest.as_bytes().get(from..)?.iter().position(|byte| matches!(byte, 10..=13 | 28..=30 | 0xC2 | 0xE2)) {
        let at = from + found;
        let width = match rest.as_bytes().get(at..)? {
            [b'\r', b'\n', ..] | [0xC2, 0x85, ..] => 2,
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
            [0xC2 | 0xE2, ..] => {
                from = at + 1;
                continue;
            }
            _ => 1,
        };
        return Some((start + at, start + at + width));
    }
    Some((text.len(), text.len()))
}

pub(super) fn partition(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, separator) = partition_arguments(m, args)?;
    let (text, needle) = (m.heap.str(id), m.heap.str(separator));
    let (length, width) = (text.len(), needle.len());
    let empty = Value::Str(Base::EMPTY_STR);
    match find_bytes(text.as_bytes(), needle.as_bytes()) {
        Some(at) => {
            let items = [m.part(id, 0..at)?, Value::Str(separator), m.part(id, at + width..length)?];
            m.heap.new_tuple(&items)
        }
        None => m.heap.new_tuple(&[Value::Str(id), empty, empty]),
    }
}

pub(super) fn rpartition(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, separator) = partition_arguments(m, args)?;
    let (text, needle) = (m.heap.str(id), m.heap.str(separator));
    let (length, width) = (text.len(), needle.len());
    let empty = Value::Str(Base::EMPTY_STR);
    match find_last_bytes(text.as_bytes(), needle.as_bytes()) {
        Some(at) => {
            let items = [m.part(id, 0..at)?, Value::Str(separator), m.part(id, at + width..length)?];
            m.heap.new_tuple(&items)
        }
        None => m.heap.new_tuple(&[empty, empty, Value::Str(id)]),
    }
}

fn partition_arguments(m: &mut Machine, args: &[Value]) -> Result<(Id<Str>, Id<Str>), Fault> {
    let id = m.str_receiver(args)?;
    let value = args.get(1).copied().unwrap_or(Value::None);
    let Some(separator) = m.as_str(value) else {
        let name = m.type_name(value);
        return Err(m.type_error(format!("must be str, not {name}")));
    };
    if m.heap.str(separator).is_empty() {
        return Err(m.value_error("empty separator"));
    }
    m.charge_bytes(m.heap.str(id).len())?;
    Ok((id, separator))
}

/// Which characters `strip` removes.
enum Stripped {
    Space,
    /// ASCII characters as a bit set, others sorted.
    Set(u128, Vec<char>),
}

impl Stripped {
    fn new(characters: &str) -> Self {
        let (mut ascii, mut others) = (0, Vec::new());
        for character in characters.chars() {
            if character.is_ascii() {
                ascii |= 1 << (character as u32);
            } else {
                others.push(character);
            }
        }
        others.sort_unstable();
        Self::Set(ascii, others)
    }

    #[inline]
    fn has(&self, character: char) -> bool {
        match self {
            Self::Space if character.is_ascii() => is_ascii_space(character as u8),
            Self::Space => is_space_char(character),
            Self::Set(ascii, _) if character.is_ascii() => ascii & (1 << (character as u32)) != 0,
            Self::Set(_, others) => others.binary_search(&character).is_ok(),
        }
    }
}

fn strip_sides(m: &mut Machine, args: &[Value], name: &str, left: bool, right: bool) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let stripped = match args.get(1).copied().unwrap_or(Value::None) {
        Value::None => Stripped::Space,
        value => match m.as_str(value) {
            Some(characters) => {
                let bytes = m.heap.str(characters).len();
                m.charge_items(bytes)?;
                m.make_room(bytes.saturating_mul(4))?;
                Stripped::new(m.heap.str(characters))
            }
            None => return Err(m.type_error(format!("{name} arg must be None or str"))),
        },
    };
    m.charge_bytes(m.heap.str(id).len())?;
    let text = m.heap.str(id);
    let mut rest = text;
    if left {
        rest = rest.trim_start_matches(|character| stripped.has(character));
    }
    let start = text.len() - rest.len();
    if right {
        rest = rest.trim_end_matches(|character| stripped.has(character));
    }
    let end = start + rest.len();
    m.part(id, start..end)
}

pub(super) fn strip(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    strip_sides(m, args, "strip", true, true)
}

pub(super) fn lstrip(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    strip_sides(m, args, "lstrip", true, false)
}

pub(super) fn rstrip(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    strip_sides(m, args, "rstrip", false, true)
}

pub(super) fn join(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let separator = m.str_receiver(args)?;
    let iterable = args.get(1).copied().unwrap_or(Value::None);
    match iterable {
        Value::List(_) | Value::Tuple(_) => m.join_strings(separator, iterable),
        _ => {
            let items = m.joined_items(iterable)?;
            m.charge_items(items.len())?;
            let list = m.heap.new_list(items)?;
            m.join_strings(separator, list)
        }
    }
}

/// What the items to join add up to.
struct JoinPlan {
    bytes: usize,
    length: usize,
    ascii: bool,
    surrogates: bool,
}

impl Machine {
    /// The items of an argument of `join`.
    pub(crate) fn joined_items(&mut self, iterable: Value) -> Result<Vec<Value>, Fault> {
        let class = self.type_of(iterable);
        if self.type_lookup(class, names::ITER).is_none() && self.type_lookup(class, names::GETITEM).is_none() {
            return Err(self.type_error("can only join an iterable"));
        }
        self.collect_items(iterable)
    }

    /// Items of a list or tuple.
    #[inline]
    pub(crate) fn sequence_items(&self, sequence: Value) -> &[Value] {
        match sequence {
            Value::List(id) => self.heap.list(id),
            Value::Tuple(id) => &self.heap.tuples.get(id).items,
            _ => &[],
        }
    }

    /// `separator.join(sequence)` for a list or tuple.
    pub(crate) fn join_strings(&mut self, separator: Id<Str>, sequence: Value) -> Result<Value, Fault> {
        let count = self.sequence_items(sequence).len();
        self.charge_items(count)?;
        match self.sequence_items(sequence) {
            [] => return Ok(Value::Str(Base::EMPTY_STR)),
            [only @ Value::Str(_)] => return Ok(*only),
            _ => {}
        }
        let plan = match self.plan_join(separator, sequence) {
            Ok(plan) => plan,
            Err(at) => {
                let name = self.sequence_items(sequence).get(at).map_or_else(String::new, |item| self.type_name(*item));
                return Err(self.type_error(format!("sequence item {at}: expected str instance, {name} found")));
            }
        };
        self.prepare_text(plan.bytes)?;
        let mut joined = String::with_capacity(plan.bytes);
        let between = self.heap.str(separator);
        for (number, item) in self.sequence_items(sequence).iter().enumerate() {
            if number > 0 {
                joined.push_str(between);
            }
            if let Some(id) = self.as_str(*item) {
                joined.push_str(self.heap.str(id));
            }
        }
        self.heap.reserve(size_of::<Str>() + joined.capacity())?;
        let mut made = Str::with_facts(StrText::Owned(joined.into()), plan.length as u32, plan.ascii);
        made.surrogates = plan.surrogates;
        Ok(Value::Str(self.heap.strings.insert(made)))
    }

    /// What joining the items takes; the number of the first item that is no string.
    fn plan_join(&self, separator: Id<Str>, sequence: Value) -> Result<JoinPlan, usize> {
        let items = self.sequence_items(sequence);
        let gaps = items.len().saturating_sub(1);
        let between = self.heap.strings.get(separator);
        let mut plan = JoinPlan {
            bytes: self.heap.str(separator).len().saturating_mul(gaps),
            length: (between.length as usize).saturating_mul(gaps),
            ascii: between.ascii,
            surrogates: between.surrogates,
        };
        for (at, item) in items.iter().enumerate() {
            let id = self.as_str(*item).ok_or(at)?;
            let string = self.heap.strings.get(id);
            plan.bytes = plan.bytes.saturating_add(self.heap.str(id).len());
            plan.length = plan.length.saturating_add(string.length as usize);
            plan.ascii &= string.ascii;
            plan.surrogates |= string.surrogates;
        }
        Ok(plan)
    }
}
