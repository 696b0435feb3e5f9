//! The methods of bytes that look at them as ASCII: classes and case.

use crate::pace::{self, GoOn, Interrupted};

use super::split::is_space_byte;

fn all(data: &[u8], holds: impl Fn(u8) -> bool, go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    Ok(!data.is_empty() && pace::all(data, |byte| holds(*byte), go_on)?)
}

fn any(data: &[u8], holds: impl Fn(u8) -> bool, go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    Ok(!pace::all(data, |byte| !holds(*byte), go_on)?)
}

/// `bytes.isalpha`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_alpha(data: &[u8], go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    all(data, |byte| byte.is_ascii_alphabetic(), go_on)
}

/// `bytes.isdigit`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_digit(data: &[u8], go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    all(data, |byte| byte.is_ascii_digit(), go_on)
}

/// `bytes.isalnum`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_alnum(data: &[u8], go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    all(data, |byte| byte.is_ascii_alphanumeric(), go_on)
}

/// `bytes.isspace`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_space(data: &[u8], go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    all(data, is_space_byte, go_on)
}

/// `bytes.isascii`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_ascii(data: &[u8], go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    for piece in pace::pieces(data, go_on) {
        if !piece?.is_ascii() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `bytes.isupper`: some upper case letter and no lower case one.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_upper(data: &[u8], go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    Ok(any(data, |byte| byte.is_ascii_uppercase(), go_on)? && !any(data, |byte| byte.is_ascii_lowercase(), go_on)?)
}

/// `bytes.islower`: some lower case letter and no upper case one.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_lower(data: &[u8], go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    Ok(any(data, |byte| byte.is_ascii_lowercase(), go_on)? && !any(data, |byte| byte.is_ascii_uppercase(), go_on)?)
}

/// `bytes.istitle`: upper case only where no letter precedes, lower case only where one does.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn is_title(data: &[u8], go_on: GoOn<'_>) -> Result<bool, Interrupted> {
    let (mut any, mut after_letter) = (false, false);
    for piece in pace::pieces(data, go_on) {
        for byte in piece? {
            let is_letter = byte.is_ascii_alphabetic();
            if is_letter && byte.is_ascii_uppercase() == after_letter {
                return Ok(false);
            }
            any |= is_letter;
            after_letter = is_letter;
        }
    }
    Ok(any)
}

/// A change of the case of ASCII letters, others as they are; told the byte, changed already, that precedes the data.
pub type CaseChange = fn(&mut [u8], Option<u8>);

/// Changes a copy of data, piece by piece.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn changed(data: &[u8], change: CaseChange, go_on: GoOn<'_>) -> Result<Vec<u8>, Interrupted> {
    let mut made = Vec::with_capacity(data.len());
    for piece in pace::pieces(data, go_on) {
        let (start, before) = (made.len(), made.last().copied());
        made.extend_from_slice(piece?);
        change(made.get_mut(start..).unwrap_or_default(), before);
    }
    Ok(made)
}

/// Upper case.
pub fn upper(data: &mut [u8], _before: Option<u8>) {
    data.make_ascii_uppercase();
}

/// Lower case.
pub fn lower(data: &mut [u8], _before: Option<u8>) {
    data.make_ascii_lowercase();
}

/// The first letter in upper case, the others in lower case.
pub fn capitalize(data: &mut [u8], before: Option<u8>) {
    data.make_ascii_lowercase();
    if let (Some(first), None) = (data.first_mut(), before) {
        first.make_ascii_uppercase();
    }
}

/// Upper case where no letter precedes, lower case where one does.
pub fn title(data: &mut [u8], before: Option<u8>) {
    let mut after_letter = before.is_some_and(|byte| byte.is_ascii_alphabetic());
    for byte in data {
        *byte = if after_letter { byte.to_ascii_lowercase() } else { byte.to_ascii_uppercase() };
        after_letter = byte.is_ascii_alphabetic();
    }
}

/// The other case.
pub fn swapcase(data: &mut [u8], _before: Option<u8>) {
    for byte in data.iter_mut().filter(|byte| byte.is_ascii_alphabetic()) {
        *byte ^= 0x20;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ON: GoOn<'static> = &|| Ok(());

    #[test]
    fn classes_and_case() {
        type Test = fn(&[u8], GoOn<'_>) -> Result<bool, Interrupted>;
        type Examples = &'static [&'static [u8]];
        let cases: [(Test, Examples, Examples); 7] = [
            (is_title, &[b"Ab Cd", b"A1B"], &[b"AB", b"1", b"aB", b""]),
            (is_upper, &[b"A1"], &[b"1", b"aB", b""]),
            (is_lower, &[b"a-"], &[b"aB", b"1"]),
            (is_space, &[b" \t\n\r\x0b\x0c"], &[b"\x1c", b""]),
            (is_alpha, &[b"aZ"], &[b"\xe9", b""]),
            (is_digit, &[b"09"], &[b"a"]),
            (is_alnum, &[b"a0"], &[b"_"]),
        ];
        for (test, passing, failing) in cases {
            assert!(passing.iter().all(|data| test(data, ON) == Ok(true)));
            assert!(failing.iter().all(|data| test(data, ON) == Ok(false)));
        }
        assert_eq!(changed(b"hELLO wo'rld 1a", title, ON).as_deref(), Ok(&b"Hello Wo'Rld 1A"[..]));
        assert_eq!(changed(b"hELLO wORLD", capitalize, ON).as_deref(), Ok(&b"Hello world"[..]));
        assert_eq!(changed(b"aB1\xe9", swapcase, ON).as_deref(), Ok(&b"Ab1\xe9"[..]));
    }

    #[test]
    fn pieces_do_not_show() {
        let long = b"aB 1c".repeat(60_000);
        let whole = |change: CaseChange| {
            let mut made = long.clone();
            change(&mut made, None);
            Ok(made)
        };
        for change in [upper, lower, capitalize, title, swapcase] {
            assert_eq!(changed(&long, change, ON), whole(change));
        }
        let mut words = b"Ab".repeat(60_000);
        assert_eq!(is_title(&words, ON), Ok(false));
        words = b"Ab ".repeat(60_000);
        assert_eq!(is_title(&words, ON), Ok(true));
    }
}
