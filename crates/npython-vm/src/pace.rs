//! How long computations that know nothing of the machine are ended half-way.

use compact_str::CompactString;

/// The computation was given up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interrupted;

/// Asked between parts of a computation whether to go on.
pub type GoOn<'watch> = &'watch dyn Fn() -> Result<(), Interrupted>;

/// For what is short: nobody is asked.
pub const UNASKED: GoOn<'static> = &|| Ok(());

/// Bytes copied between two questions: well under a millisecond of work each, new memory included.
pub const BYTES_PER_QUESTION: usize = 1 << 20;
/// Characters, items and the like gone through between two questions.
pub const STEPS_PER_QUESTION: usize = 1 << 14;

/// Bytes of text looked at character by character between two questions.
const TEXT_PER_QUESTION: usize = 1 << 16;

/// How much a computation may write, and whom it asks whether to go on.
#[derive(Clone, Copy)]
pub struct Room<'watch> {
    /// The most bytes of the result.
    pub bytes: usize,
    pub go_on: GoOn<'watch>,
}

impl<'watch> Room<'watch> {
    #[must_use]
    pub fn new(bytes: usize, go_on: GoOn<'watch>) -> Self {
        Self { bytes, go_on }
    }
}

/// The items of a slice in pieces, with a question before each but the first; the sequence ends with the first
/// `Interrupted`. A short slice is one piece and costs no question.
pub fn pieces<'items, T>(
    items: &'items [T],
    go_on: GoOn<'items>,
) -> impl Iterator<Item = Result<&'items [T], Interrupted>> {
    asked(items.chunks((TEXT_PER_QUESTION / size_of::<T>().max(1)).max(1)), 1, go_on)
}

/// The pieces of a slice, the last first; as [`pieces`].
pub fn pieces_from_end<'items, T>(
    items: &'items [T],
    go_on: GoOn<'items>,
) -> impl Iterator<Item = Result<&'items [T], Interrupted>> {
    asked(items.rchunks((TEXT_PER_QUESTION / size_of::<T>().max(1)).max(1)), 1, go_on)
}

/// A text in pieces, as [`pieces`].
pub fn pieces_of_text<'text>(
    text: &'text str,
    go_on: GoOn<'text>,
) -> impl Iterator<Item = Result<&'text str, Interrupted>> {
    let mut rest = text;
    let parts = std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut end = rest.len().min(TEXT_PER_QUESTION);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        Some(piece)
    });
    asked(parts, 1, go_on)
}

/// The items of an iterator, with a question now and then.
pub fn steps<'watch, T: 'watch>(
    items: impl Iterator<Item = T> + 'watch,
    go_on: GoOn<'watch>,
) -> impl Iterator<Item = Result<T, Interrupted>> + 'watch {
    asked(items, STEPS_PER_QUESTION, go_on)
}

/// The items of an iterator, with a question before every so manieth.
fn asked<'watch, T>(
    mut items: impl Iterator<Item = T>,
    every: usize,
    go_on: GoOn<'watch>,
) -> impl Iterator<Item = Result<T, Interrupted>> {
    let mut left = every;
    until_interrupted(move || {
        let Some(item) = items.next() else { return Ok(None) };
        if left == 0 {
            left = every;
            go_on()?;
        }
        left -= 1;
        Ok(Some(item))
    })
}

/// Whether all items of a slice pass; true without any.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn all<T>(items: &[T], passes: impl Fn(&T) -> bool, go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    for piece in pieces(items, go_on) {
        if !piece?.iter().all(&passes) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether all characters of a text pass; true without any.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn all_characters(text: &str, passes: impl Fn(char) -> bool, go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    for piece in pieces_of_text(text, go_on) {
        if !piece?.chars().all(&passes) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The index of the first item that passes.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
#[inline]
pub fn position<T>(items: &[T], passes: impl Fn(&T) -> bool, go_on: GoOn<'_>) -> Result<Option<usize>, Interrupted> {
    let part = (TEXT_PER_QUESTION / size_of::<T>().max(1)).max(1);
    let mut start = 0;
    loop {
        let rest = items.get(start..).unwrap_or_default();
        let piece = rest.get(..part).unwrap_or(rest);
        if let Some(found) = piece.iter().position(&passes) {
            return Ok(Some(start + found));
        }
        if piece.len() == rest.len() {
            return Ok(None);
        }
        start += part;
        go_on()?;
    }
}

/// The index of the last item that passes.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
#[inline]
pub fn last_position<T>(
    items: &[T],
    passes: impl Fn(&T) -> bool,
    go_on: GoOn<'_>,
) -> Result<Option<usize>, Interrupted> {
    let part = (TEXT_PER_QUESTION / size_of::<T>().max(1)).max(1);
    let mut end = items.len();
    loop {
        let start = end.saturating_sub(part);
        if let Some(found) = items.get(start..end).unwrap_or_default().iter().rposition(&passes) {
            return Ok(Some(start + found));
        }
        if start == 0 {
            return Ok(None);
        }
        end = start;
        go_on()?;
    }
}

/// The items that `next` gives, up to the first `Interrupted`.
pub fn until_interrupted<T>(
    mut next: impl FnMut() -> Result<Option<T>, Interrupted>,
) -> impl Iterator<Item = Result<T, Interrupted>> {
    let mut over = false;
    std::iter::from_fn(move || {
        if over {
            return None;
        }
        let item = next();
        over = item.is_err();
        item.transpose()
    })
}

/// A copy of a slice.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn copy<T: Copy>(items: &[T], go_on: GoOn<'_>) -> Result<Vec<T>, Interrupted> {
    let mut made = Vec::with_capacity(items.len());
    push_items(&mut made, items, go_on)?;
    Ok(made)
}

/// A copy of a text.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn copy_text(text: &str, go_on: GoOn<'_>) -> Result<String, Interrupted> {
    if text.len() <= BYTES_PER_QUESTION {
        return Ok(text.to_owned());
    }
    let mut made = String::with_capacity(text.len());
    push_text(&mut made, text, go_on)?;
    Ok(made)
}

/// A copy of a text, which takes no memory of its own if it is short.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
#[inline]
pub fn compact(text: &str, go_on: GoOn<'_>) -> Result<CompactString, Interrupted> {
    if text.len() <= BYTES_PER_QUESTION {
        return Ok(CompactString::new(text));
    }
    copy_text(text, go_on).map(CompactString::from)
}

/// Adds a character so many times to a text that has room.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
#[inline]
pub fn push_fill(output: &mut String, fill: char, count: usize, go_on: GoOn<'_>) -> Result<(), Interrupted> {
    const BLANKS: &str = "                                                                ";
    match BLANKS.get(..count) {
        Some(blanks) if fill == ' ' => output.push_str(blanks),
        Some(_) => output.extend(std::iter::repeat_n(fill, count)),
        None => push_repeated(output, fill.encode_utf8(&mut [0; 4]), count, go_on)?,
    }
    Ok(())
}

/// Takes an item out; the ones behind it move up.
///
/// # Errors
/// `Interrupted` when `go_on` says so, which leaves as many items as there were, some of them twice.
pub fn remove<T: Copy>(items: &mut Vec<T>, index: usize, go_on: GoOn<'_>) -> Result<Option<T>, Interrupted> {
    let Some(removed) = items.get(index).copied() else { return Ok(None) };
    let part = (BYTES_PER_QUESTION / size_of::<T>().max(1)).max(1);
    let mut from = index + 1;
    while items.len() - from > part {
        items.copy_within(from..from + part, from - 1);
        from += part;
        go_on()?;
    }
    items.copy_within(from.., from - 1);
    items.truncate(items.len() - 1);
    Ok(Some(removed))
}

/// Puts an item before another, of items that have room for it; the ones behind it move down.
///
/// # Errors
/// `Interrupted` when `go_on` says so, which leaves the items there were, one of them twice.
pub fn insert<T: Copy>(items: &mut Vec<T>, index: usize, item: T, go_on: GoOn<'_>) -> Result<(), Interrupted> {
    let part = (BYTES_PER_QUESTION / size_of::<T>().max(1)).max(1);
    let mut end = items.len();
    items.push(item);
    while end - index.min(end) > part {
        items.copy_within(end - part..end, end - part + 1);
        end -= part;
        go_on()?;
    }
    items.copy_within(index.min(end)..end, index.min(end) + 1);
    if let Some(place) = items.get_mut(index.min(end)) {
        *place = item;
    }
    Ok(())
}

/// Reverses the order of the items.
///
/// # Errors
/// `Interrupted` when `go_on` says so, which leaves the same items, in some order.
pub fn reverse<T>(items: &mut [T], go_on: GoOn<'_>) -> Result<(), Interrupted> {
    let mut rest = items;
    while rest.len() > 2 * TEXT_PER_QUESTION {
        let (front, behind) = std::mem::take(&mut rest).split_at_mut(TEXT_PER_QUESTION);
        let (middle, back) = behind.split_at_mut(behind.len() - TEXT_PER_QUESTION);
        front.swap_with_slice(back);
        front.reverse();
        back.reverse();
        rest = middle;
        go_on()?;
    }
    rest.reverse();
    Ok(())
}

/// Asks at every so manieth step.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
#[inline]
pub fn ask_now_and_then(step: usize, go_on: GoOn<'_>) -> Result<(), Interrupted> {
    if step % STEPS_PER_QUESTION == STEPS_PER_QUESTION - 1 { go_on() } else { Ok(()) }
}

/// `items` so many times, in one piece.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn repeat<T: Copy>(items: &[T], times: usize, go_on: GoOn<'_>) -> Result<Vec<T>, Interrupted> {
    let total = if items.is_empty() { 0 } else { items.len().saturating_mul(times) };
    let mut made = Vec::with_capacity(total);
    if times > 0 {
        push_items(&mut made, items, go_on)?;
    }
    repeat_in_place(&mut made, items.len(), total, go_on)?;
    Ok(made)
}

/// Lets the first `length` items, all there are, repeat themselves up to a total length.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn repeat_in_place<T: Copy>(
    made: &mut Vec<T>,
    length: usize,
    total: usize,
    go_on: GoOn<'_>,
) -> Result<(), Interrupted> {
    let part = (BYTES_PER_QUESTION / size_of::<T>().max(1)).max(1);
    while made.len() < total && length > 0 {
        // What is made so far repeats itself: any part of it that starts where the repetition stands goes on with it.
        let start = made.len() % length;
        let count = (made.len() - start).min(part).min(total - made.len());
        made.extend_from_within(start..start + count);
        if made.len() >= part {
            go_on()?;
        }
    }
    Ok(())
}

/// The items of two slices.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn concatenate<T: Copy>(left: &[T], right: &[T], go_on: GoOn<'_>) -> Result<Vec<T>, Interrupted> {
    let mut made = Vec::with_capacity(left.len() + right.len());
    push_items(&mut made, left, go_on)?;
    push_items(&mut made, right, go_on)?;
    Ok(made)
}

/// Adds items to others.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn push_items<T: Copy>(output: &mut Vec<T>, items: &[T], go_on: GoOn<'_>) -> Result<(), Interrupted> {
    let part = (BYTES_PER_QUESTION / size_of::<T>().max(1)).max(1);
    for (number, piece) in items.chunks(part).enumerate() {
        if number > 0 {
            go_on()?;
        }
        output.extend_from_slice(piece);
    }
    Ok(())
}

/// A text so many times, in one piece.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn repeat_text(text: &str, times: usize, go_on: GoOn<'_>) -> Result<String, Interrupted> {
    let mut made = String::with_capacity(text.len().saturating_mul(times));
    push_repeated(&mut made, text, times, go_on)?;
    Ok(made)
}

/// Adds a text so many times to a text that has room.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn push_repeated(output: &mut String, text: &str, times: usize, go_on: GoOn<'_>) -> Result<(), Interrupted> {
    let at_once = (BYTES_PER_QUESTION / text.len().max(1)).clamp(1, times.max(1));
    let block = if at_once > 1 { text.repeat(at_once) } else { String::new() };
    let block = if at_once > 1 { &block } else { text };
    for _ in 0..times / at_once {
        push_text(output, block, go_on)?;
    }
    for _ in 0..times % at_once {
        output.push_str(text);
    }
    Ok(())
}

/// Adds to a text that has room.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn push_text(output: &mut String, added: &str, go_on: GoOn<'_>) -> Result<(), Interrupted> {
    let mut rest = added;
    while !rest.is_empty() {
        let mut end = rest.len().min(BYTES_PER_QUESTION);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (piece, behind) = rest.split_at(end);
        output.push_str(piece);
        rest = behind;
        go_on()?;
    }
    Ok(())
}

/// Adds so many bytes to data that has room.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn push_bytes(output: &mut Vec<u8>, byte: u8, count: usize, go_on: GoOn<'_>) -> Result<(), Interrupted> {
    let mut left = count;
    while left > 0 {
        let part = left.min(BYTES_PER_QUESTION);
        output.resize(output.len() + part, byte);
        left -= part;
        go_on()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn repeats_as_slices_and_texts_do() {
        for length in [0, 1, 3, 700_001, 1_500_000] {
            let data: Vec<u8> = (0..length).map(|number| (number % 251) as u8).collect();
            for times in [0, 1, 2, 5] {
                assert_eq!(repeat(&data, times, UNASKED), Ok(data.repeat(times)), "{length} * {times}");
            }
        }
        for text in ["", "a", "\u{2603}x", &"\u{e9}z".repeat(400_000)] {
            for times in [0, 1, 2, 400_001 / text.len().max(1)] {
                assert_eq!(repeat_text(text, times, UNASKED), Ok(text.repeat(times)));
            }
        }
    }

    #[test]
    fn asks_for_each_part() {
        let asked = Cell::new(0);
        let count = || {
            asked.set(asked.get() + 1);
            Ok(())
        };
        assert_eq!(repeat(b"ab", 2 * BYTES_PER_QUESTION, &count).map(|made| made.len()), Ok(4 * BYTES_PER_QUESTION));
        assert!(asked.take() >= 4);
        assert_eq!(
            repeat_text("ab", 2 * BYTES_PER_QUESTION, &count).map(|made| made.len()),
            Ok(4 * BYTES_PER_QUESTION)
        );
        assert!(asked.take() >= 4);
        let mut output = Vec::new();
        assert_eq!(push_bytes(&mut output, b'x', 4 * BYTES_PER_QUESTION, &count), Ok(()));
        assert!(asked.take() >= 4);
    }

    #[test]
    fn gives_up_when_told() {
        let stop: GoOn<'_> = &|| Err(Interrupted);
        assert_eq!(repeat(b"ab", BYTES_PER_QUESTION, stop), Err(Interrupted));
        assert_eq!(concatenate(&[0; 1 << 21], b"", stop), Err(Interrupted));
        assert_eq!(repeat_text("ab", BYTES_PER_QUESTION, stop), Err(Interrupted));
        assert_eq!(push_bytes(&mut Vec::new(), 0, 1, stop), Err(Interrupted));
        assert_eq!(push_text(&mut String::new(), "a", stop), Err(Interrupted));
    }
}
