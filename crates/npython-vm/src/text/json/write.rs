//! Writing strings as JSON.

use std::fmt::Write;

/// Appends a text as a JSON string. With `ascii`, characters beyond ASCII become escapes; with `mapped`, those that stand
/// for halves of surrogate pairs become the escapes of those.
pub fn write_json_string(text: &str, ascii: bool, mapped: bool, output: &mut String) {
    output.push('"');
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        let stays = if ascii { matches!(byte, b' '..=b'~') } else { byte >= b' ' };
        // The bytes of a character after its first have been copied with it.
        if (stays && byte != b'"' && byte != b'\\') || at < copied {
            continue;
        }
        output.push_str(text.get(copied..at).unwrap_or_default());
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        copied = at + character.len_utf8();
        push_escape(character, mapped, output);
    }
    output.push_str(text.get(copied..).unwrap_or_default());
    output.push('"');
}

fn push_escape(character: char, mapped: bool, output: &mut String) {
    match character {
        '"' => output.push_str("\\\""),
        '\\' => output.push_str("\\\\"),
        '\n' => output.push_str("\\n"),
        '\r' => output.push_str("\\r"),
        '\t' => output.push_str("\\t"),
        '\u{8}' => output.push_str("\\b"),
        '\u{c}' => output.push_str("\\f"),
        _ => {
            let mut units = [0; 2];
            let surrogate = u32::from(character).checked_sub(0x10_F800).filter(|_| mapped);
            let units = match surrogate {
                Some(offset) => {
                    units[0] = 0xD800_u16.saturating_add(u16::try_from(offset).unwrap_or(0));
                    units.get(..1).unwrap_or_default()
                }
                None => &*character.encode_utf16(&mut units),
            };
            for unit in units {
                // Writing to a string cannot fail.
                let _ = write!(output, "\\u{unit:04x}");
            }
        }
    }
}

/// How many bytes of output a byte of input can become.
pub const LONGEST_ESCAPE: usize = 6;

#[cfg(test)]
mod tests {
    use super::write_json_string;

    fn written(text: &str, ascii: bool, mapped: bool) -> String {
        let mut output = String::new();
        write_json_string(text, ascii, mapped, &mut output);
        output
    }

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(written("a\"\\/\u{8}\u{c}\n\r\t\0\u{7f}", true, false), r#""a\"\\/\b\f\n\r\t\u0000\u007f""#);
        assert_eq!(written("\u{1f}\u{7f}", false, false), "\"\\u001f\u{7f}\"");
    }

    #[test]
    fn other_scripts_are_escaped_where_asked() {
        assert_eq!(written("é😀x", true, false), r#""\u00e9\ud83d\ude00x""#);
        assert_eq!(written("é😀x", false, false), "\"é😀x\"");
        assert_eq!(written("\u{10F800}\u{10FFFF}", true, true), r#""\ud800\udfff""#);
    }
}
