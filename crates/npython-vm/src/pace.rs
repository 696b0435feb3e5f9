//! How long computations that know nothing of the machine are ended half-way.

/// The computation was given up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interrupted;

/// Asked between parts of a computation whether to go on.
pub type GoOn<'watch> = &'watch dyn Fn() -> Result<(), Interrupted>;

/// Bytes copied between two questions: well under a millisecond of work each, new memory included.
pub const BYTES_PER_QUESTION: usize = 1 << 20;
/// Characters, items and the like gone through between two questions.
pub const STEPS_PER_QUESTION: usize = 1 << 14;

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

fn push_items<T: Copy>(output: &mut Vec<T>, items: &[T], go_on: GoOn<'_>) -> Result<(), Interrupted> {
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

    const ON: GoOn<'static> = &|| Ok(());

    #[test]
    fn repeats_as_slices_and_texts_do() {
        for length in [0, 1, 3, 700_001, 1_500_000] {
            let data: Vec<u8> = (0..length).map(|number| (number % 251) as u8).collect();
            for times in [0, 1, 2, 5] {
                assert_eq!(repeat(&data, times, ON), Ok(data.repeat(times)), "{length} * {times}");
            }
        }
        for text in ["", "a", "\u{2603}x", &"\u{e9}z".repeat(400_000)] {
            for times in [0, 1, 2, 400_001 / text.len().max(1)] {
                assert_eq!(repeat_text(text, times, ON), Ok(text.repeat(times)));
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
