//! The methods of bytes that look at them as ASCII: classes and case.

use super::split::is_space_byte;

fn all(data: &[u8], holds: impl Fn(u8) -> bool) -> bool {
    !data.is_empty() && data.iter().all(|byte| holds(*byte))
}

/// `bytes.isalpha`.
#[must_use]
pub fn is_alpha(data: &[u8]) -> bool {
    all(data, |byte| byte.is_ascii_alphabetic())
}

/// `bytes.isdigit`.
#[must_use]
pub fn is_digit(data: &[u8]) -> bool {
    all(data, |byte| byte.is_ascii_digit())
}

/// `bytes.isalnum`.
#[must_use]
pub fn is_alnum(data: &[u8]) -> bool {
    all(data, |byte| byte.is_ascii_alphanumeric())
}

/// `bytes.isspace`.
#[must_use]
pub fn is_space(data: &[u8]) -> bool {
    all(data, is_space_byte)
}

/// `bytes.isupper`: some upper case letter and no lower case one.
#[must_use]
pub fn is_upper(data: &[u8]) -> bool {
    data.iter().any(u8::is_ascii_uppercase) && !data.iter().any(u8::is_ascii_lowercase)
}

/// `bytes.islower`: some lower case letter and no upper case one.
#[must_use]
pub fn is_lower(data: &[u8]) -> bool {
    data.iter().any(u8::is_ascii_lowercase) && !data.iter().any(u8::is_ascii_uppercase)
}

/// `bytes.istitle`: upper case only where no letter precedes, lower case only where one does.
#[must_use]
pub fn is_title(data: &[u8]) -> bool {
    let mut after_letter = false;
    for byte in data {
        if byte.is_ascii_alphabetic() && byte.is_ascii_uppercase() == after_letter {
            return false;
        }
        after_letter = byte.is_ascii_alphabetic();
    }
    data.iter().any(u8::is_ascii_alphabetic)
}

/// `bytes.capitalize`.
#[must_use]
pub fn capitalize(data: &[u8]) -> Vec<u8> {
    let mut output = data.to_ascii_lowercase();
    output.iter_mut().take(1).for_each(|first| first.make_ascii_uppercase());
    output
}

/// `bytes.title`.
#[must_use]
pub fn title(data: &[u8]) -> Vec<u8> {
    let mut output = data.to_ascii_lowercase();
    let mut after_letter = false;
    for byte in &mut output {
        if !after_letter {
            byte.make_ascii_uppercase();
        }
        after_letter = byte.is_ascii_alphabetic();
    }
    output
}

/// `bytes.swapcase`.
#[must_use]
pub fn swapcase(data: &[u8]) -> Vec<u8> {
    let swap = |byte: &u8| if byte.is_ascii_alphabetic() { byte ^ 0x20 } else { *byte };
    data.iter().map(swap).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_and_case() {
        assert!(is_title(b"Ab Cd") && is_title(b"A1B") && !is_title(b"AB") && !is_title(b"1") && !is_title(b"aB"));
        assert!(is_upper(b"A1") && !is_upper(b"1") && is_lower(b"a-") && !is_lower(b"aB"));
        assert!(is_space(b" \t\n\r\x0b\x0c") && !is_space(b"\x1c") && !is_space(b""));
        assert!(is_alpha(b"aZ") && is_digit(b"09") && is_alnum(b"a0") && !is_alpha(b"\xe9"));
        assert_eq!(title(b"hELLO wo'rld 1a"), b"Hello Wo'Rld 1A");
        assert_eq!(capitalize(b"hELLO wORLD"), b"Hello world");
        assert_eq!(swapcase(b"aB1\xe9"), b"Ab1\xe9");
    }
}
