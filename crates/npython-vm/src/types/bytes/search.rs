//! Searching and replacing in bytes.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::pace::{GoOn, Interrupted};
use crate::text::change;
use crate::text::search as byte_search;
use crate::value::Value;

use super::{BYTE_RANGE, argument, byte_argument, bytes_argument, changed_bytes, data, receiver};

type Find = fn(&[u8], &[u8], GoOn<'_>) -> Result<Option<usize>, Interrupted>;

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

    fn position(&self, m: &mut Machine, find: Find) -> Result<Option<i64>, Fault> {
        let (Some((start, _)), Some(haystack)) = (self.range, self.haystack(m)) else { return Ok(None) };
        let found = find(haystack, &self.needle, &m.go_on());
        Ok(m.unless_interrupted(found)?.map(|found| (start + found) as i64))
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
    Ok(Value::Int(search.position(m, byte_search::find_paced)?.unwrap_or(-1)))
}

pub(crate) fn rfind(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let search = Search::of(m, args)?;
    Ok(Value::Int(search.position(m, byte_search::rfind_paced)?.unwrap_or(-1)))
}

pub(crate) fn index(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let search = Search::of(m, args)?;
    search.position(m, byte_search::find_paced)?.map(Value::Int).ok_or_else(|| m.value_error("subsection not found"))
}

pub(crate) fn rindex(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let search = Search::of(m, args)?;
    search.position(m, byte_search::rfind_paced)?.map(Value::Int).ok_or_else(|| m.value_error("subsection not found"))
}

pub(crate) fn count(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let search = Search::of(m, args)?;
    let Some(haystack) = search.haystack(m) else { return Ok(Value::Int(0)) };
    let count = byte_search::count_in_bytes(haystack, &search.needle, &m.go_on());
    Ok(Value::Int(m.unless_interrupted(count)? as i64))
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
    remove_affix(m, args, |data, prefix| data.strip_prefix(prefix))
}

pub(crate) fn remove_suffix(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    remove_affix(m, args, |data, suffix| data.strip_suffix(suffix))
}

fn remove_affix(
    m: &mut Machine,
    args: &[Value],
    strip: for<'data> fn(&'data [u8], &[u8]) -> Option<&'data [u8]>,
) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let affix = bytes_argument(m, argument(args, 1))?;
    m.prepare_text(data(m, receiver).len())?;
    let rest = strip(data(m, receiver), &affix).map(<[u8]>::to_vec);
    changed_bytes(m, receiver, Ok(rest))
}

pub(crate) fn replace(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let old = bytes_argument(m, argument(args, 1))?;
    let new = bytes_argument(m, argument(args, 2))?;
    let limit = usize::try_from(m.optional_size(args, 3, -1)?).ok();
    m.charge(crate::types::string::replacing_cost(data(m, receiver).len(), old.len()))?;
    let made = change::replace_bytes(data(m, receiver), &old, &new, limit, m.heap.room(), &m.go_on());
    changed_bytes(m, receiver, made)
}
