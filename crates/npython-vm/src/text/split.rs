//! `split`, `rsplit`, `splitlines`, `partition` and `strip`, as ranges of bytes of the text.
//!
//! A limit of `None` means as many splits as there are. The functions that go from the right yield the last range first.

use std::ops::Range;

use memchr::memmem;

use crate::pace::{self, GoOn, Interrupted, ask_now_and_then};

use super::GuestError;
use super::search::{find_each, find_paced, rfind_in_pieces, rfind_paced};
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
    go_on: GoOn<'text>,
) -> Result<impl Iterator<Item = Piece> + 'text, GuestError> {
    check_separator(separator)?;
    let mut start = 0;
    let found = find_each(text, separator, go_on).take(limit.unwrap_or(usize::MAX));
    let ends = found.map(|end| end.map(Some)).chain([Ok(None)]);
    Ok(ends.map(move |end| {
        let piece = start..end?.unwrap_or(text.len());
        start = piece.end + separator.len();
        Ok(piece)
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
    go_on: GoOn<'text>,
) -> Result<impl Iterator<Item = Piece> + 'text, GuestError> {
    check_separator(separator)?;
    let finder = memmem::FinderRev::new(separator);
    let mut remaining = limit.unwrap_or(usize::MAX);
    let mut end = Some(text.len());
    Ok(pace::until_interrupted(move || {
        let Some(last) = end else { return Ok(None) };
        let before = text.get(..last).unwrap_or_default();
        let find = |piece: &[u8]| finder.rfind(piece);
        let found = if remaining > 0 { rfind_in_pieces(before, separator.len(), find, go_on)? } else { None };
        remaining = remaining.saturating_sub(1);
        end = found;
        Ok(Some(found.map_or(0, |start| start + separator.len())..last))
    }))
}

/// A range of the text, or the end of a computation that was given up.
pub type Piece = Result<Range<usize>, Interrupted>;

/// The offset of the first character that passes.
fn find_character(text: &str, passes: impl Fn(char) -> bool, go_on: GoOn<'_>) -> Result<Option<usize>, Interrupted> {
    let mut before = 0;
    for piece in pace::pieces_of_text(text, go_on) {
        let piece = piece?;
        if let Some(found) = piece.find(&passes) {
            return Ok(Some(before + found));
        }
        before += piece.len();
    }
    Ok(None)
}

/// The offset behind the last character that passes.
fn end_of_last_character(
    text: &str,
    passes: impl Fn(char) -> bool,
    go_on: GoOn<'_>,
) -> Result<Option<usize>, Interrupted> {
    for (step, (at, character)) in text.char_indices().rev().enumerate() {
        ask_now_and_then(step, go_on)?;
        if passes(character) {
            return Ok(Some(at + character.len_utf8()));
        }
    }
    Ok(None)
}

/// `str.split(None, limit)`: at runs of white space, none of which are in the pieces but after the last split.
pub fn split_space<'text>(
    text: &'text str,
    limit: Option<usize>,
    go_on: GoOn<'text>,
) -> impl Iterator<Item = Piece> + 'text {
    let mut remaining = limit.unwrap_or(usize::MAX);
    let mut position = 0;
    pace::until_interrupted(move || {
        let rest = text.get(position..).unwrap_or_default();
        let Some(blank) = find_character(rest, |character| !is_space_char(character), go_on)? else { return Ok(None) };
        let start = position + blank;
        let word = text.get(start..).unwrap_or_default();
        let length = if remaining > 0 { find_character(word, is_space_char, go_on)? } else { None };
        remaining = remaining.saturating_sub(1);
        position = start + length.unwrap_or(word.len());
        Ok(Some(start..position))
    })
}

/// `str.rsplit(None, limit)`, the last piece first.
pub fn split_space_from_right<'text>(
    text: &'text str,
    limit: Option<usize>,
    go_on: GoOn<'text>,
) -> impl Iterator<Item = Piece> + 'text {
    let mut remaining = limit.unwrap_or(usize::MAX);
    let mut position = text.len();
    pace::until_interrupted(move || {
        let rest = text.get(..position).unwrap_or_default();
        let Some(end) = end_of_last_character(rest, |character| !is_space_char(character), go_on)? else {
            return Ok(None);
        };
        let word = rest.get(..end).unwrap_or_default();
        position = if remaining > 0 { end_of_last_character(word, is_space_char, go_on)?.unwrap_or(0) } else { 0 };
        remaining = remaining.saturating_sub(1);
        Ok(Some(position..end))
    })
}

/// `split(None, limit)` of text in which `is_space` tells white space byte by byte.
pub fn split_space_bytes<'text>(
    data: &'text [u8],
    limit: Option<usize>,
    is_space: impl Fn(u8) -> bool + 'text,
    go_on: GoOn<'text>,
) -> impl Iterator<Item = Piece> + 'text {
    let mut remaining = limit.unwrap_or(usize::MAX);
    let mut position = 0;
    pace::until_interrupted(move || {
        let rest = data.get(position..).unwrap_or_default();
        let Some(blank) = pace::position(rest, |byte| !is_space(*byte), go_on)? else { return Ok(None) };
        let start = position + blank;
        let word = data.get(start..).unwrap_or_default();
        let length = if remaining > 0 { pace::position(word, |byte| is_space(*byte), go_on)? } else { None };
        remaining = remaining.saturating_sub(1);
        position = start + length.unwrap_or(word.len());
        Ok(Some(start..position))
    })
}

/// `bytes.rsplit(None, limit)`, the last piece first.
pub fn split_space_bytes_from_right<'text>(
    data: &'text [u8],
    limit: Option<usize>,
    go_on: GoOn<'text>,
) -> impl Iterator<Item = Piece> + 'text {
    let mut remaining = limit.unwrap_or(usize::MAX);
    let mut position = data.len();
    pace::until_interrupted(move || {
        let rest = data.get(..position).unwrap_or_default();
        let Some(last) = pace::last_position(rest, |byte| !is_space_byte(*byte), go_on)? else { return Ok(None) };
        let end = last + 1;
        let word = rest.get(..end).unwrap_or_default();
        let space = if remaining > 0 { pace::last_position(word, |byte| is_space_byte(*byte), go_on)? } else { None };
        remaining = remaining.saturating_sub(1);
        position = space.map_or(0, |last| last + 1);
        Ok(Some(position..end))
    })
}

/// `str.splitlines`: at every end of line of Unicode and of ASCII.
pub fn split_lines<'text>(
    text: &'text str,
    keep_ends: bool,
    go_on: GoOn<'text>,
) -> impl Iterator<Item = Piece> + 'text {
    lines(text.as_bytes(), keep_ends, line_end_in_text, go_on)
}

/// `bytes.splitlines`: at line feeds, carriage returns and both together.
pub fn split_lines_bytes<'text>(
    data: &'text [u8],
    keep_ends: bool,
    go_on: GoOn<'text>,
) -> impl Iterator<Item = Piece> + 'text {
    let line_end = |rest: &[u8]| match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    };
    lines(data, keep_ends, line_end, go_on)
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

fn lines<'text>(
    text: &'text [u8],
    keep_ends: bool,
    line_end: impl Fn(&[u8]) -> usize + 'text,
    go_on: GoOn<'text>,
) -> impl Iterator<Item = Piece> + 'text {
    let mut start = 0;
    pace::until_interrupted(move || {
        if start >= text.len() {
            return Ok(None);
        }
        let mut end = start;
        let mut ending = 0;
        while let Some(rest) = text.get(end..).filter(|rest| !rest.is_empty()) {
            ending = line_end(rest);
            if ending > 0 {
                break;
            }
            end += 1;
            ask_now_and_then(end - start, go_on)?;
        }
        let line = start..if keep_ends { end + ending } else { end };
        start = end + ending;
        Ok(Some(line))
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
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn strip(text: &str, characters: Option<&str>, sides: Sides, go_on: GoOn<'_>) -> Result<Range<usize>, Interrupted> {
    match characters {
        None => strip_where(text, sides, is_space_char, go_on),
        Some(set) if set.is_ascii() => {
            let mut members = [false; 128];
            set.bytes().for_each(|byte| members[usize::from(byte & 0x7F)] = true);
            let removes = |character| members.get(character as usize).copied().unwrap_or(false);
            strip_where(text, sides, removes, go_on)
        }
        Some(set) => {
            let mut members: Vec<char> = set.chars().collect();
            members.sort_unstable();
            strip_where(text, sides, |character| members.binary_search(&character).is_ok(), go_on)
        }
    }
}

fn strip_where(
    text: &str,
    sides: Sides,
    remove: impl Fn(char) -> bool,
    go_on: GoOn<'_>,
) -> Result<Range<usize>, Interrupted> {
    let mut kept = 0..text.len();
    if sides.left() {
        for (step, (at, character)) in text.char_indices().enumerate() {
            ask_now_and_then(step, go_on)?;
            kept.start = at;
            if !remove(character) {
                break;
            }
            kept.start += character.len_utf8();
        }
    }
    if sides.right() {
        let rest = text.get(kept.start..).unwrap_or_default();
        for (step, character) in rest.chars().rev().enumerate() {
            ask_now_and_then(step, go_on)?;
            if !remove(character) {
                break;
            }
            kept.end -= character.len_utf8();
        }
    }
    Ok(kept)
}

/// `bytes.strip`, `lstrip`, `rstrip`; without bytes to remove, white space is.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn strip_bytes(
    data: &[u8],
    removed: Option<&[u8]>,
    sides: Sides,
    go_on: GoOn<'_>,
) -> Result<Range<usize>, Interrupted> {
    let mut members = [false; 256];
    match removed {
        Some(removed) => removed.iter().for_each(|byte| members[usize::from(*byte)] = true),
        None => (0..=u8::MAX).filter(|byte| is_space_byte(*byte)).for_each(|byte| members[usize::from(byte)] = true),
    }
    strip_bytes_where(data, sides, |byte| members[usize::from(byte)], go_on)
}

/// What is left without the bytes at the ends that `remove` tells.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn strip_bytes_where(
    data: &[u8],
    sides: Sides,
    remove: impl Fn(u8) -> bool,
    go_on: GoOn<'_>,
) -> Result<Range<usize>, Interrupted> {
    let stays = |byte: &u8| !remove(*byte);
    let start = if sides.left() { pace::position(data, stays, go_on)?.unwrap_or(data.len()) } else { 0 };
    let end = if sides.right() {
        pace::last_position(data, stays, go_on)?.map_or(start, |last| last + 1)
    } else {
        data.len()
    };
    Ok(start..end.max(start))
}

/// What stands before and after a separator.
pub type Parts = (Range<usize>, Range<usize>);

/// `partition`: the parts before and after the first occurrence, if there is one.
///
/// # Errors
/// `ValueError` for an empty separator.
pub fn partition(text: &[u8], separator: &[u8], go_on: GoOn<'_>) -> Result<Option<Parts>, GuestError> {
    check_separator(separator)?;
    let found = find_paced(text, separator, go_on)?;
    Ok(found.map(|start| (0..start, start + separator.len()..text.len())))
}

/// `rpartition`: the parts before and after the last occurrence, if there is one.
///
/// # Errors
/// `ValueError` for an empty separator.
pub fn partition_from_right(text: &[u8], separator: &[u8], go_on: GoOn<'_>) -> Result<Option<Parts>, GuestError> {
    check_separator(separator)?;
    let found = rfind_paced(text, separator, go_on)?;
    Ok(found.map(|start| (0..start, start + separator.len()..text.len())))
}

#[cfg(test)]
mod tests;
