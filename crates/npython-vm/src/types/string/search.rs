//! Searching and replacing in strings.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::Str;
use crate::text::change;
use crate::text::search as text_search;
use crate::value::{Id, Value};

/// What to search: receiver, needle, and the part of the text the positions leave, as byte offsets.
struct Search {
    text: Id<Str>,
    needle: Id<Str>,
    range: Option<(usize, usize)>,
    /// Characters in the range, and before it.
    characters: usize,
    before: usize,
}

impl Search {
    #[inline]
    fn of(m: &mut Machine, args: &[Value], what: &str) -> Result<Self, Fault> {
        let text = m.str_receiver(args)?;
        let needle = match args.get(1) {
            Some(Value::Str(id)) => *id,
            other => m.str_argument(other.copied().unwrap_or(Value::None), what)?,
        };
        let length = m.str_length(text);
        let Some((start, end)) = m.search_range(args, 2, length)? else {
            return Ok(Self { text, needle, range: None, characters: 0, before: 0 });
        };
        let range = (m.byte_position(text, start)?, m.byte_position(text, end)?);
        m.charge_bytes(range.1 - range.0 + m.heap.str(needle).len())?;
        Ok(Self { text, needle, range: Some(range), characters: end - start, before: start })
    }

    fn haystack<'m>(&self, m: &'m Machine) -> Option<&'m [u8]> {
        let (from, to) = self.range?;
        m.heap.str(self.text).as_bytes().get(from..to)
    }

    /// The position of the match as a character index.
    fn position(&self, m: &Machine, found: Option<usize>) -> Option<i64> {
        let (from, _) = self.range?;
        let found = found?;
        if m.heap.strings.get(self.text).ascii {
            return Some((from + found) as i64);
        }
        let skipped = m.heap.str(self.text).get(from..from + found).map_or(0, |text| text.chars().count());
        Some((self.before + skipped) as i64)
    }

    fn first(&self, m: &mut Machine) -> Result<Option<i64>, Fault> {
        let Some(haystack) = self.haystack(m) else { return Ok(None) };
        let found = text_search::find_paced(haystack, m.heap.str(self.needle).as_bytes(), &m.go_on());
        let found = m.unless_interrupted(found)?;
        Ok(self.position(m, found))
    }

    fn last(&self, m: &mut Machine) -> Result<Option<i64>, Fault> {
        let Some(haystack) = self.haystack(m) else { return Ok(None) };
        let found = text_search::rfind_paced(haystack, m.heap.str(self.needle).as_bytes(), &m.go_on());
        let found = m.unless_interrupted(found)?;
        Ok(self.position(m, found))
    }
}

pub(super) fn find(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let search = Search::of(m, args, "find() argument 1")?;
    Ok(Value::Int(search.first(m)?.unwrap_or(-1)))
}

pub(super) fn rfind(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let search = Search::of(m, args, "rfind() argument 1")?;
    Ok(Value::Int(search.last(m)?.unwrap_or(-1)))
}

pub(super) fn index(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let search = Search::of(m, args, "index() argument 1")?;
    search.first(m)?.map(Value::Int).ok_or_else(|| m.value_error("substring not found"))
}

pub(super) fn rindex(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let search = Search::of(m, args, "rindex() argument 1")?;
    search.last(m)?.map(Value::Int).ok_or_else(|| m.value_error("substring not found"))
}

pub(super) fn count(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let search = Search::of(m, args, "count() argument 1")?;
    let Some(haystack) = search.haystack(m) else { return Ok(Value::Int(0)) };
    let needle = m.heap.str(search.needle).as_bytes();
    let count = match needle {
        [] => Ok(search.characters + 1),
        _ => text_search::count_in_bytes(haystack, needle, &m.go_on()),
    };
    let count = m.unless_interrupted(count)?;
    Ok(Value::Int(count as i64))
}

pub(super) fn starts_with(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match_end(m, args, "startswith", <[u8]>::starts_with)
}

pub(super) fn ends_with(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match_end(m, args, "endswith", <[u8]>::ends_with)
}

fn match_end(m: &mut Machine, args: &[Value], name: &str, matches: fn(&[u8], &[u8]) -> bool) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let wanted = args.get(1).copied().unwrap_or(Value::None);
    let length = m.str_length(id);
    let range = match m.search_range(args, 2, length)? {
        None => None,
        Some((start, end)) => Some((m.byte_position(id, start)?, m.byte_position(id, end)?)),
    };
    let test = |m: &Machine, affix: Id<Str>| {
        range
            .and_then(|(from, to)| m.heap.str(id).as_bytes().get(from..to))
            .is_some_and(|part| matches(part, m.heap.str(affix).as_bytes()))
    };
    if let Some(affix) = m.as_str(wanted) {
        m.charge_bytes(m.heap.str(affix).len())?;
        return Ok(Value::bool(test(m, affix)));
    }
    let Value::Tuple(tuple) = m.unwrap(wanted) else {
        let found = m.type_name(wanted);
        return Err(m.type_error(format!("{name} first arg must be str or a tuple of str, not {found}")));
    };
    let mut at = 0;
    while let Some(item) = m.heap.tuples.get(tuple).items.get(at).copied() {
        let Some(affix) = m.as_str(item) else {
            let found = m.type_name(item);
            return Err(m.type_error(format!("tuple for {name} must only contain str, not {found}")));
        };
        m.charge(1 + m.heap.str(affix).len() as u64 / 16)?;
        if test(m, affix) {
            return Ok(Value::True);
        }
        at += 1;
    }
    Ok(Value::False)
}

pub(super) fn remove_prefix(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let prefix = m.str_argument(args.get(1).copied().unwrap_or(Value::None), "removeprefix() argument")?;
    let (text, prefix) = (m.heap.str(id), m.heap.str(prefix));
    match text.strip_prefix(prefix) {
        Some(_) => m.part(id, prefix.len()..text.len()),
        None => Ok(Value::Str(id)),
    }
}

pub(super) fn remove_suffix(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let suffix = m.str_argument(args.get(1).copied().unwrap_or(Value::None), "removesuffix() argument")?;
    let rest = m.heap.str(id).strip_suffix(m.heap.str(suffix)).map(str::len);
    match rest {
        Some(rest) => m.part(id, 0..rest),
        None => Ok(Value::Str(id)),
    }
}

/// What looking for all that is to be replaced may cost.
pub(crate) fn replacing_cost(length: usize, needle: usize) -> u64 {
    (length as u64 / 16).saturating_add((length / needle.max(1)) as u64 / 8)
}

pub(super) fn replace(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let old = m.str_argument(args.get(1).copied().unwrap_or(Value::None), "replace() argument 1")?;
    let new = m.str_argument(args.get(2).copied().unwrap_or(Value::None), "replace() argument 2")?;
    let limit = usize::try_from(m.optional_size(args, 3, -1)?).ok();
    m.charge(replacing_cost(m.heap.str(id).len(), m.heap.str(old).len()))?;
    let room = m.heap.room();
    let strings = &m.heap.strings;
    let ascii = strings.get(id).ascii && strings.get(new).ascii;
    let surrogates = strings.get(id).surrogates || strings.get(new).surrogates;
    let made = change::replace(m.heap.str(id), m.heap.str(old), m.heap.str(new), limit, room, &m.go_on());
    match made.map_err(|error| m.raise_guest_error(error))? {
        None => Ok(Value::Str(id)),
        Some(made) => {
            m.charge_bytes(made.len())?;
            if ascii { m.heap.new_ascii(made) } else { m.text_value(made.into(), surrogates) }
        }
    }
}
