//! `replace`, `expandtabs`, `zfill`, `center` and the like: text made from text, of bounded length.

use compact_str::CompactString;

use super::search::{self, find_each};
use super::{GuestError, check_length};
use crate::pace::{self, GoOn, Interrupted, Room, STEPS_PER_QUESTION, ask_now_and_then};

/// Up to this many bytes it is cheaper to make room for too much than to count first.
const SHORT_TEXT: usize = 128;

/// `str.replace(old, new, limit)`; `None` when nothing changes.
///
/// # Errors
/// `OutputLimit` when the result would be longer than `max_len` bytes.
pub fn replace(
    text: &str,
    old: &str,
    new: &str,
    limit: Option<usize>,
    max_len: usize,
    go_on: GoOn<'_>,
) -> Result<Option<CompactString>, GuestError> {
    if old.is_empty() {
        let ends = text.char_indices().map(|(offset, _)| offset).chain([text.len()]);
        return Ok(insert_at(text, new, ends, limit, max_len, go_on)?.map(CompactString::from));
    }
    let limit = limit.unwrap_or(usize::MAX);
    if new.len() <= old.len() && text.len() <= SHORT_TEXT.min(max_len) {
        return Ok(replace_in_short(text, old, new, limit));
    }
    let count = count_each(text.as_bytes(), old.as_bytes(), limit, go_on)?;
    let Some(length) = replaced_length(text.len(), old.len(), new.len(), count, max_len)? else { return Ok(None) };
    let mut output = String::with_capacity(length);
    let mut copied = 0;
    for start in find_each(text.as_bytes(), old.as_bytes(), go_on).take(limit) {
        let start = start?;
        output.push_str(text.get(copied..start).unwrap_or_default());
        output.push_str(new);
        copied = start + old.len();
    }
    output.push_str(text.get(copied..).unwrap_or_default());
    Ok(Some(output.into()))
}

/// What does not grow need not be counted before; where it is looked for in little, no searcher is worth its making.
fn replace_in_short(text: &str, old: &str, new: &str, limit: usize) -> Option<CompactString> {
    let mut rest = text;
    let mut output = CompactString::default();
    for number in 0..limit {
        let Some((before, after)) = search::find(rest.as_bytes(), old.as_bytes())
            .and_then(|start| Some((rest.get(..start)?, rest.get(start + old.len()..)?)))
        else {
            break;
        };
        if number == 0 {
            output.reserve(text.len());
        }
        output.push_str(before);
        output.push_str(new);
        rest = after;
    }
    if rest.len() == text.len() {
        return None;
    }
    output.push_str(rest);
    Some(output)
}

/// `bytes.replace(old, new, limit)`; `None` when nothing changes.
///
/// # Errors
/// `OutputLimit` when the result would be longer than `max_len` bytes.
pub fn replace_bytes(
    data: &[u8],
    old: &[u8],
    new: &[u8],
    limit: Option<usize>,
    max_len: usize,
    go_on: GoOn<'_>,
) -> Result<Option<Vec<u8>>, GuestError> {
    let limit = limit.unwrap_or(usize::MAX);
    let count = if old.is_empty() { data.len() + 1 } else { count_each(data, old, limit, go_on)? }.min(limit);
    let Some(length) = replaced_length(data.len(), old.len(), new.len(), count, max_len)? else { return Ok(None) };
    let mut output = Vec::with_capacity(length);
    let mut copied = 0;
    let mut copy = |start: usize| {
        output.extend_from_slice(data.get(copied..start).unwrap_or_default());
        output.extend_from_slice(new);
        copied = start + old.len();
    };
    if old.is_empty() {
        for start in 0..count {
            ask_now_and_then(start, go_on)?;
            copy(start);
        }
    } else {
        for start in find_each(data, old, go_on).take(limit) {
            copy(start?);
        }
    }
    output.extend_from_slice(data.get(copied..).unwrap_or_default());
    Ok(Some(output))
}

fn count_each(data: &[u8], needle: &[u8], limit: usize, go_on: GoOn<'_>) -> Result<usize, Interrupted> {
    find_each(data, needle, go_on).take(limit).try_fold(0, |count, found| found.map(|_| count + 1))
}

/// The length after replacing; `None` when nothing is replaced.
fn replaced_length(
    length: usize,
    old: usize,
    new: usize,
    count: usize,
    max_len: usize,
) -> Result<Option<usize>, GuestError> {
    if count == 0 {
        return Ok(None);
    }
    let kept = length.saturating_sub(count.saturating_mul(old));
    let replaced = kept.saturating_add(count.saturating_mul(new));
    check_length(replaced, max_len)?;
    Ok(Some(replaced))
}

/// Inserts a text at the first of the given offsets.
fn insert_at(
    text: &str,
    inserted: &str,
    offsets: impl Iterator<Item = usize> + Clone,
    limit: Option<usize>,
    max_len: usize,
    go_on: GoOn<'_>,
) -> Result<Option<String>, GuestError> {
    let limit = limit.unwrap_or(usize::MAX);
    let count = offsets.clone().take(limit).count();
    let Some(length) = replaced_length(text.len(), 0, inserted.len(), count, max_len)? else { return Ok(None) };
    let mut output = String::with_capacity(length);
    let mut copied = 0;
    for (number, offset) in offsets.take(limit).enumerate() {
        ask_now_and_then(number, go_on)?;
        output.push_str(text.get(copied..offset).unwrap_or_default());
        output.push_str(inserted);
        copied = offset;
    }
    output.push_str(text.get(copied..).unwrap_or_default());
    Ok(Some(output))
}

/// `str.expandtabs`.
///
/// # Errors
/// `OutputLimit` when the result would be longer than the room.
pub fn expand_tabs(text: &str, tab_size: i64, room: Room<'_>) -> Result<String, GuestError> {
    let output = expand_tabs_into(text.as_bytes(), tab_size, |byte| byte & 0xC0 != 0x80, room)?;
    // Only tabs were replaced, by spaces.
    Ok(String::from_utf8(output).unwrap_or_default())
}

/// `bytes.expandtabs`.
///
/// # Errors
/// `OutputLimit` when the result would be longer than the room.
pub fn expand_tabs_bytes(data: &[u8], tab_size: i64, room: Room<'_>) -> Result<Vec<u8>, GuestError> {
    expand_tabs_into(data, tab_size, |_| true, room)
}

fn expand_tabs_into(
    data: &[u8],
    tab_size: i64,
    begins_column: impl Fn(u8) -> bool,
    room: Room<'_>,
) -> Result<Vec<u8>, GuestError> {
    let tab_size = usize::try_from(tab_size).unwrap_or(0);
    let mut output = Vec::new();
    let mut column = 0_usize;
    let mut asked_at = 0;
    for &byte in data {
        match byte {
            b'\t' if tab_size > 0 => {
                let spaces = tab_size - column % tab_size;
                check_length(output.len().saturating_add(spaces), room.bytes)?;
                if spaces < STEPS_PER_QUESTION {
                    output.resize(output.len() + spaces, b' ');
                } else {
                    pace::push_bytes(&mut output, b' ', spaces, room.go_on)?;
                }
                column = column.saturating_add(spaces);
            }
            b'\t' => {}
            b'\n' | b'\r' => {
                output.push(byte);
                column = 0;
            }
            _ => {
                output.push(byte);
                column = column.saturating_add(usize::from(begins_column(byte)));
            }
        }
        if output.len() - asked_at > 4 * STEPS_PER_QUESTION {
            asked_at = output.len();
            (room.go_on)()?;
        }
    }
    check_length(output.len(), room.bytes)?;
    Ok(output)
}

/// Which side a text is moved to in a wider field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Justify {
    /// `ljust`
    Left,
    /// `rjust`
    Right,
    /// `center`
    Center,
}

impl Justify {
    /// The fill on the left and on the right of something `length` long in a field of the given width.
    #[must_use]
    pub fn fill(self, length: usize, width: usize) -> (usize, usize) {
        let fill = width.saturating_sub(length);
        let left = match self {
            Self::Left => 0,
            Self::Right => fill,
            // The odd one goes to the left in fields of odd width.
            Self::Center => fill / 2 + (fill & width & 1),
        };
        (left, fill - left)
    }
}

/// `str.ljust`, `rjust`, `center`; `None` when nothing changes. A negative width counts as zero.
///
/// # Errors
/// `OutputLimit` when the result would be longer than `max_len` bytes.
pub fn justify(
    text: &str,
    justify: Justify,
    width: i64,
    fill: char,
    max_len: usize,
    go_on: GoOn<'_>,
) -> Result<Option<String>, GuestError> {
    let (left, right) = justify.fill(text.chars().count(), usize::try_from(width).unwrap_or(0));
    if left + right == 0 {
        return Ok(None);
    }
    let length = (left + right).saturating_mul(fill.len_utf8()).saturating_add(text.len());
    check_length(length, max_len)?;
    let mut output = String::with_capacity(length);
    let mut bytes = [0; 4];
    let fill = fill.encode_utf8(&mut bytes);
    pace::push_repeated(&mut output, fill, left, go_on)?;
    output.push_str(text);
    pace::push_repeated(&mut output, fill, right, go_on)?;
    Ok(Some(output))
}

/// `bytes.ljust`, `rjust`, `center`; `None` when nothing changes.
///
/// # Errors
/// `OutputLimit` when the result would be longer than `max_len` bytes.
pub fn justify_bytes(
    data: &[u8],
    justify: Justify,
    width: i64,
    fill: u8,
    max_len: usize,
    go_on: GoOn<'_>,
) -> Result<Option<Vec<u8>>, GuestError> {
    let (left, right) = justify.fill(data.len(), usize::try_from(width).unwrap_or(0));
    if left + right == 0 {
        return Ok(None);
    }
    let length = (left + right).saturating_add(data.len());
    check_length(length, max_len)?;
    let mut output = Vec::with_capacity(length);
    pace::push_bytes(&mut output, fill, left, go_on)?;
    output.extend_from_slice(data);
    pace::push_bytes(&mut output, fill, right, go_on)?;
    Ok(Some(output))
}

/// `str.zfill`; `None` when nothing changes.
///
/// # Errors
/// `OutputLimit` when the result would be longer than `max_len` bytes.
pub fn zero_fill(text: &str, width: i64, max_len: usize, go_on: GoOn<'_>) -> Result<Option<String>, GuestError> {
    let zeros = usize::try_from(width).unwrap_or(0).saturating_sub(text.chars().count());
    if zeros == 0 {
        return Ok(None);
    }
    check_length(zeros.saturating_add(text.len()), max_len)?;
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let mut output = String::with_capacity(zeros + text.len());
    output.push_str(text.get(..text.len() - unsigned.len()).unwrap_or_default());
    pace::push_repeated(&mut output, "0", zeros, go_on)?;
    output.push_str(unsigned);
    Ok(Some(output))
}

/// `bytes.zfill`; `None` when nothing changes.
///
/// # Errors
/// `OutputLimit` when the result would be longer than `max_len` bytes.
pub fn zero_fill_bytes(
    data: &[u8],
    width: i64,
    max_len: usize,
    go_on: GoOn<'_>,
) -> Result<Option<Vec<u8>>, GuestError> {
    let zeros = usize::try_from(width).unwrap_or(0).saturating_sub(data.len());
    if zeros == 0 {
        return Ok(None);
    }
    check_length(zeros.saturating_add(data.len()), max_len)?;
    let (sign, digits) = match data {
        [b'+' | b'-', rest @ ..] => data.split_at(data.len() - rest.len()),
        _ => data.split_at(0),
    };
    let mut output = Vec::with_capacity(zeros + data.len());
    output.extend_from_slice(sign);
    pace::push_bytes(&mut output, b'0', zeros, go_on)?;
    output.extend_from_slice(digits);
    Ok(Some(output))
}

/// The length of `text * count`, for the caller to reserve.
///
/// # Errors
/// `OutputLimit` when it exceeds `max_len`.
pub fn repeated_length(length: usize, count: i64, max_len: usize) -> Result<usize, GuestError> {
    let total = length.saturating_mul(usize::try_from(count).unwrap_or(0));
    check_length(total, max_len)?;
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_to_grow_too_much() {
        let limit = GuestError::output_limit();
        assert_eq!(replace("aaaa", "a", "xxxx", None, 15, &|| Ok(())), Err(limit.clone()));
        assert_eq!(replace("aaaa", "", "xxxx", None, 15, &|| Ok(())), Err(limit.clone()));
        assert_eq!(replace_bytes(b"aaaa", b"a", b"xxxx", None, 15, &|| Ok(())), Err(limit.clone()));
        assert_eq!(expand_tabs("\t\t", i64::MAX, Room::new(1000, &|| Ok(()))), Err(limit.clone()));
        assert_eq!(expand_tabs_bytes(b"a\t", i64::MAX, Room::new(1000, &|| Ok(()))), Err(limit.clone()));
        assert_eq!(justify("a", Justify::Center, i64::MAX, '日', 1000, &|| Ok(())), Err(limit.clone()));
        assert_eq!(justify_bytes(b"a", Justify::Left, i64::MAX, b' ', 1000, &|| Ok(())), Err(limit.clone()));
        assert_eq!(zero_fill("a", i64::MAX, 1000, &|| Ok(())), Err(limit.clone()));
        assert_eq!(zero_fill_bytes(b"a", i64::MAX, 1000, &|| Ok(())), Err(limit.clone()));
        assert_eq!(repeated_length(3, i64::MAX, 1000), Err(limit));
        assert_eq!(repeated_length(3, -1, 1000), Ok(0));
    }

    #[test]
    fn says_when_nothing_changes() {
        assert_eq!(replace("abc", "x", "y", None, 100, &|| Ok(())), Ok(None));
        assert_eq!(justify("abc", Justify::Center, 3, ' ', 100, &|| Ok(())), Ok(None));
        assert_eq!(zero_fill("abc", -5, 100, &|| Ok(())), Ok(None));
    }
}
