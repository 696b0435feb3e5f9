//! `repr` of constants, for messages and for annotations kept as text.

use std::fmt::Write as _;

/// `repr` of a str.
pub(crate) fn text_repr(points: impl Iterator<Item = u32> + Clone) -> String {
    let single = points.clone().any(|point| point == u32::from('\''));
    let double = points.clone().any(|point| point == u32::from('"'));
    let quote = if single && !double { '"' } else { '\'' };
    let mut shown = String::from(quote);
    for point in points {
        match char::from_u32(point) {
            Some('\n') => shown.push_str("\\n"),
            Some('\r') => shown.push_str("\\r"),
            Some('\t') => shown.push_str("\\t"),
            Some('\\') => shown.push_str("\\\\"),
            Some(character) if character == quote => {
                shown.push('\\');
                shown.push(character);
            }
            Some(character) if crate::scan::is_printable(character) || character == ' ' => shown.push(character),
            _ if point < 0x100 => {
                let _ = write!(shown, "\\x{point:02x}");
            }
            _ if point < 0x1_0000 => {
                let _ = write!(shown, "\\u{point:04x}");
            }
            _ => {
                let _ = write!(shown, "\\U{point:08x}");
            }
        }
    }
    shown.push(quote);
    shown
}

/// `repr` of a bytes object.
pub(crate) fn bytes_repr(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { b'"' } else { b'\'' };
    let mut shown = format!("b{}", char::from(quote));
    for byte in bytes {
        match byte {
            b'\n' => shown.push_str("\\n"),
            b'\r' => shown.push_str("\\r"),
            b'\t' => shown.push_str("\\t"),
            b'\\' => shown.push_str("\\\\"),
            byte if *byte == quote => {
                shown.push('\\');
                shown.push(char::from(*byte));
            }
            b' '..=b'~' => shown.push(char::from(*byte)),
            _ => {
                let _ = write!(shown, "\\x{byte:02x}");
            }
        }
    }
    shown.push(char::from(quote));
    shown
}

/// `repr` of a float: the shortest digits that read back the same.
pub(crate) fn float_repr(value: f64) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "inf".to_owned() } else { "-inf".to_owned() };
    }
    let scientific = format!("{value:e}");
    let Some((digits, exponent)) = scientific.split_once('e') else { return scientific };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&exponent) {
        let plain = format!("{value}");
        return if plain.contains('.') { plain } else { format!("{plain}.0") };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}
