//! `split`, `rsplit`, `splitlines`, `partition` and `strip`, as ranges of bytes of the text.
//!
//! A limit of `None` means as many splits as there are. The functions that go from the right yield the last range first.

use std::ops::Range;

use memchr::memmem;

use super::GuestError;
use super::unicode::is_space_char;

/// Whether a byte is white space for the methods of bytes.
#[inline]
#[must_use]
pub fn is_space_byte(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

fn check_separator(separator: &[u8]) -> Result<(), GuestError> {
    if separator.is_empty() { Err(GuestError::value("empty separator")) } else { Ok(()) }
}

/// `split(separator, limit)`, of strings and bytes.
///
/// # Errors
/// `ValueError` for an empty separator.
pub fn split<'text>(
    text: &'text [u8],
    separator: &'text [u8],
    limit: Option<usize>,
) -> Result<impl Iterator<Item = Range<usize>> + 'text, GuestError> {
    check_separator(separator)?;
    let mut start = 0;
    let ends = memmem::find_iter(text, separator).take(limit.unwrap_or(usize::MAX)).map(Some).chain([None]);
    Ok(ends.map(move |end| {
        let piece = start..end.unwrap_or(text.len());
        start = piece.end + separator.len();
        piece
    }))
}

/// `rsplit(separator, limit)`, of strings and bytes, the last piece first.
///
/// # Errors
/// `ValueError` for an empty separator.
pub fn split_from_right<'text>(
    text: &'text [u8],
    separator: &'text [u8],
    limit: Option<usize>,
) -> Result<impl Iterator<Item = Range<usize>> + 'text, GuestError> {
    check_separator(separator)?;
    let finder = memmem::FinderRev::new(separator);
    let mut remaining = limit.unwrap_or(usize::MAX);
    let mut end = Some(text.len());
    Ok(std::iter::from_fn(move || {
        let last = end?;
        let found = if remaining > 0 { finder.rfind(text.get(..last)?) } else { None };
        remaining = remaining.saturating_sub(1);
        end = found;
        Some(found.map_or(0, |start| start + separator.len())..last)
    }))
}

/// `str.split(None, limit)`: at runs of white space, none of which are in the pieces but after the last split.
pub fn split_space(text: &str, limit: Option<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut remaining = limit.unwrap_or(usize::MAX);
    let mut position = 0;
    std::iter::from_fn(move || {
        let rest = text.get(position..)?;
        let start = position + rest.find(|character| !is_space_char(character))?;
        let word = text.get(start..)?;
        let length = if remaining > 0 { word.find(is_space_char) } else { None };
        remaining = remaining.saturating_sub(1);
        position = start + length.unwrap_or(word.len());
        Some(start..position)
    })
}

/// `str.rsplit(None, limit)`, the last piece first.
pub fn split_space_from_right(text: &str, limit: Option<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut remaining = limit.unwrap_or(usize::MAX);
    let mut position = text.len();
    std::iter::from_fn(move || {
        let rest = text.get(..position)?.trim_end_matches(is_space_char);
        if rest.is_empty() {
            return None;
        }
        let word = if remaining > 0 { rest.trim_end_matches(|character| !is_space_char(character)).len() } else { 0 };
        remaining = remaining.saturating_sub(1);
        position = word;
        Some(word..rest.len())
    })
}

/// `bytes.split(None, limit)`.
pub fn split_space_bytes(data: &[u8], limit: Option<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut remaining = limit.unwrap_or(usize::MAX);
    let mut position = 0;
    std::iter::from_fn(move || {
        let rest = data.get(position..)?;
        let start = position + rest.iter().position(|byte| !is_space_byte(*byte))?;
        let word = data.get(start..)?;
        let length = if remaining > 0 { word.iter().position(|byte| is_space_byte(*byte)) } else { None };
        remaining = remaining.saturating_sub(1);
        position = start + length.unwrap_or(word.len());
        Some(start..position)
    })
}

/// `bytes.rsplit(None, limit)`, the last piece first.
pub fn split_space_bytes_from_right(data: &[u8], limit: Option<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut remaining = limit.unwrap_or(usize::MAX);
    let mut position = data.len();
    std::iter::from_fn(move || {
        let rest = data.get(..position)?;
        let end = rest.iter().rposition(|byte| !is_space_byte(*byte))? + 1;
        let word = rest.get(..end)?;
        let space = if remaining > 0 { word.iter().rposition(|byte| is_space_byte(*byte)) } else { None };
        remaining = remaining.saturating_sub(1);
        position = space.map_or(0, |last| last + 1);
        Some(position..end)
    })
}

/// `str.splitlines`: at every end of line of Unicode and of ASCII.
pub fn split_lines(text: &str, keep_ends: bool) -> impl Iterator<Item = Range<usize>> + '_ {
    lines(text.as_bytes(), keep_ends, line_end_in_text)
}

/// `bytes.splitlines`: at line feeds, carriage returns and both together.
pub fn split_lines_bytes(data: &[u8], keep_ends: bool) -> impl Iterator<Item = Range<usize>> + '_ {
    lines(data, keep_ends, |rest| match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    })
}

/// The length of the end of line that a text begins with, or zero.
fn line_end_in_text(rest: &[u8]) -> usize {
    match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\n'..=b'\r' | 0x1C..=0x1E, ..] => 1,
        // U+0085, U+2028 and U+2029 in UTF-8.
        [0xC2, 0x85, ..] => 2,
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
        _ => 0,
    }
}

fn lines(text: &[u8], keep_ends: bool, line_end: impl Fn(&[u8]) -> usize) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= text.len() {
            return None;
        }
        let mut end = start;
        let mut ending = 0;
        while let Some(rest) = text.get(end..).filter(|rest| !rest.is_empty()) {
            ending = line_end(rest);
            if ending > 0 {
                break;
            }
            end += 1;
        }
        let line = start..if keep_ends { end + ending } else { end };
        start = end + ending;
        Some(line)
    })
}

/// Which ends `strip` works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sides {
    Left,
    Right,
    Both,
}

impl Sides {
    fn left(self) -> bool {
        self != Self::Right
    }

    fn right(self) -> bool {
        self != Self::Left
    }
}

/// `str.strip`, `lstrip`, `rstrip`; without characters, white space is removed.
#[must_use]
pub fn strip(text: &str, characters: Option<&str>, sides: Sides) -> Range<usize> {
    match characters {
        None => strip_where(text, sides, is_space_char),
        Some(set) if set.is_ascii() => {
            let mut members = [false; 128];
            set.bytes().for_each(|byte| members[usize::from(byte & 0x7F)] = true);
            strip_where(text, sides, |character| members.get(character as usize).copied().unwrap_or(false))
        }
        Some(set) => {
            let mut members: Vec<char> = set.chars().collect();
            members.sort_unstable();
            strip_where(text, sides, |character| members.binary_search(&character).is_ok())
        }
    }
}

fn strip_where(text: &str, sides: Sides, remove: impl Fn(char) -> bool) -> Range<usize> {
    let kept = if sides.left() { text.trim_start_matches(&remove) } else { text };
    let start = text.len() - kept.len();
    let kept = if sides.right() { kept.trim_end_matches(&remove) } else { kept };
    start..start + kept.len()
}

/// `bytes.strip`, `lstrip`, `rstrip`; without bytes to remove, white space is.
#[must_use]
pub fn strip_bytes(data: &[u8], removed: Option<&[u8]>, sides: Sides) -> Range<usize> {
    let mut members = [false; 256];
    match removed {
        Some(removed) => removed.iter().for_each(|byte| members[usize::from(*byte)] = true),
        None => (0..=u8::MAX).filter(|byte| is_space_byte(*byte)).for_each(|byte| members[usize::from(byte)] = true),
    }
    strip_bytes_where(data, sides, |byte| members[usize::from(byte)])
}

/// What is left without the bytes at the ends that `remove` tells.
pub fn strip_bytes_where(data: &[u8], sides: Sides, remove: impl Fn(u8) -> bool) -> Range<usize> {
    let stays = |byte: &u8| !remove(*byte);
    let start = if sides.left() { data.iter().position(stays).unwrap_or(data.len()) } else { 0 };
    let end = if sides.right() { data.iter().rposition(stays).map_or(start, |last| last + 1) } else { data.len() };
    start..end.max(start)
}

/// What stands before and after a separator.
pub type Parts = (Range<usize>, Range<usize>);

/// `partition`: the parts before and after the first occurrence, if there is one.
///
/// # Errors
/// `ValueError` for an empty separator.
pub fn partition(text: &[u8], separator: &[u8]) -> Result<Option<Parts>, GuestError> {
    check_separator(separator)?;
    Ok(super::search::find(text, separator).map(|start| (0..start, start + separator.len()..text.len())))
}

/// `rpartition`: the parts before and after the last occurrence, if there is one.
///
/// # Errors
/// `ValueError` for an empty separator.
pub fn partition_from_right(text: &[u8], separator: &[u8]) -> Result<Option<Parts>, GuestError> {
    check_separator(separator)?;
    Ok(super::search::rfind(text, separator).map(|start| (0..start, start + separator.len()..text.len())))
}

#[cfg(test)]
mod tests;
