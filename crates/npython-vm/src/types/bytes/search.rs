//! Searching and replacing in bytes.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::types::string::{count_occurrences, each_occurrence, find_bytes, find_last_bytes};
use crate::value::Value;

use super::{BYTE_RANGE, argument, byte_argument, bytes_argument, data, new_like, receiver};

/// What to search: receiver, needle, and the part of the data the positions leave.
struct Search {
    receiver: Value,
    needle: Vec<u8>,
    range: Option<(usize, usize)>,
}

impl Search {
    fn of(m: &mut Machine, args: &[Value]) -> Result<Self, Fault> {
        let receiver = receiver(m, args)?;
        let needle = searched(m, argument(args, 1))?;
        let length = data(m, receiver).len();
        let range = m.search_range(args, 2, length)?;
        m.charge_bytes(range.map_or(0, |(start, end)| end - start))?;
        Ok(Self { receiver, needle, range })
    }

    fn haystack<'m>(&self, m: &'m Machine) -> Option<&'m [u8]> {
        let (start, end) = self.range?;
        data(m, self.receiver).get(start..end)
    }

    fn position(&self, m: &Machine, find: fn(&[u8], &[u8]) -> Option<usize>) -> Option<i64> {
        let (start, _) = self.range?;
        let found = find(self.haystack(m)?, &self.needle)?;
        Some((start + found) as i64)
    }
}

/// The bytes to search: of a bytes-like object, or the one an int says.
pub(super) fn searched(m: &mut Machine, value: Value) -> Result<Vec<u8>, Fault> {
    if let Some(needle) = m.byte_copy(value)? {
        return Ok(needle);
    }
    match m.unwrap(value) {
        Value::Int(_) | Value::True | Value::False | Value::BigInt(_) => Ok(vec![byte_argument(m, value, BYTE_RANGE)?]),
        Value::Instance(_) if m.special(value, crate::names::INDEX).is_some() => Err(Fault::Fallback),
        _ => {
            let name = m.type_name(value);
            Err(m.type_error(format!("argument should be integer or bytes-like object, not '{name}'")))
        }
    }
}

pub(crate) fn find(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let search = Search::of(m, args)?;
    Ok(Value::Int(search.position(m, find_bytes).unwrap_or(-1)))
}

pub(crate) fn rfind(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let search = Search::of(m, args)?;
    Ok(Value::Int(search.position(m, find_last_bytes).unwrap_or(-1)))
}

pub(crate) fn index(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let search = Search::of(m, args)?;
    search.position(m, find_bytes).map(Value::Int).ok_or_else(|| m.value_error("subsection not found"))
}

pub(crate) fn rindex(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let search = Search::of(m, args)?;
    search.position(m, find_last_bytes).map(Value::Int).ok_or_else(|| m.value_error("subsection not found"))
}

pub(crate) fn count(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let search = Search::of(m, args)?;
    let Some(haystack) = search.haystack(m) else { return Ok(Value::Int(0)) };
    let count = if search.needle.is_empty() { haystack.len() + 1 } else { count_occurrences(haystack, &search.needle, usize::MAX) };
    Ok(Value::Int(count as i64))
}

pub(crate) fn starts_with(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match_end(m, args, "startswith", <[u8]>::starts_with)
}

pub(crate) fn ends_with(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match_end(m, args, "endswith", <[u8]>::ends_with)
}

fn match_end(m: &mut Machine, args: &[Value], name: &str, matches: fn(&[u8], &[u8]) -> bool) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let wanted = argument(args, 1);
    let length = data(m, receiver).len();
    let range = m.search_range(args, 2, length)?;
    let test = |m: &Machine, affix: &[u8]| {
        range.and_then(|(start, end)| data(m, receiver).get(start..end)).is_some_and(|part| matches(part, affix))
    };
    let tuple = match m.unwrap(wanted) {
        tuple @ Value::Tuple(_) => tuple,
        _ => {
            let Some(affix) = m.byte_copy(wanted)? else {
                let found = m.type_name(wanted);
                return Err(m.type_error(format!("{name} first arg must be bytes or a tuple of bytes, not {found}")));
            };
            return Ok(Value::bool(test(m, &affix)));
        }
    };
    let mut at = 0;
    while let Some(item) = m.sequence_items(tuple).get(at).copied() {
        m.charge(1)?;
        let affix = bytes_argument(m, item)?;
        if test(m, &affix) {
            return Ok(Value::True);
        }
        at += 1;
    }
    Ok(Value::False)
}

pub(crate) fn remove_prefix(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let prefix = bytes_argument(m, argument(args, 1))?;
    m.prepare_text(data(m, receiver).len())?;
    let whole = data(m, receiver);
    let made = whole.strip_prefix(prefix.as_slice()).unwrap_or(whole).to_vec();
    same_or_new(m, receiver, made)
}

pub(crate) fn remove_suffix(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let suffix = bytes_argument(m, argument(args, 1))?;
    m.prepare_text(data(m, receiver).len())?;
    let whole = data(m, receiver);
    let made = whole.strip_suffix(suffix.as_slice()).unwrap_or(whole).to_vec();
    same_or_new(m, receiver, made)
}

/// Bytes that did not change stay the same object.
fn same_or_new(m: &mut Machine, receiver: Value, made: Vec<u8>) -> Result<Value, Fault> {
    match receiver {
        Value::Bytes(_) if made.len() == data(m, receiver).len() => Ok(receiver),
        _ => new_like(m, receiver, made),
    }
}

pub(crate) fn replace(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let old = bytes_argument(m, argument(args, 1))?;
    let new = bytes_argument(m, argument(args, 2))?;
    let limit = usize::try_from(m.optional_size(args, 3, -1)?).unwrap_or(usize::MAX);
    let length = data(m, receiver).len();
    m.charge_bytes(length)?;
    let count = if old.is_empty() { limit.min(length + 1) } else { count_occurrences(data(m, receiver), &old, limit) };
    let total = length.saturating_sub(count.saturating_mul(old.len())).saturating_add(count.saturating_mul(new.len()));
    m.charge_items(count)?;
    m.prepare_text(total)?;
    let mut made = Vec::with_capacity(total);
    let whole = data(m, receiver);
    if old.is_empty() {
        for byte in whole.iter().take(count) {
            made.extend_from_slice(&new);
            made.push(*byte);
        }
        if count > length {
            made.extend_from_slice(&new);
        }
        made.extend_from_slice(whole.get(count..).unwrap_or_default());
    } else {
        let mut copied = 0;
        each_occurrence(whole, &old, count, |at| {
            made.extend_from_slice(whole.get(copied..at).unwrap_or_default());
            made.extend_from_slice(&new);
            copied = at + old.len();
        });
        made.extend_from_slice(whole.get(copied..).unwrap_or_default());
    }
    new_like(m, receiver, made)
}
