//! Errors inside string and bytes literals, in the words of the codecs.

/// Whether a literal is a bytes literal.
pub(super) fn is_bytes(source: &str) -> bool {
    prefix(source).contains(['b', 'B'])
}

fn prefix(source: &str) -> &str {
    source.get(..source.find(['"', '\'']).unwrap_or(0)).unwrap_or("")
}

/// What is wrong with a literal. Unknown character names are not looked up: `hinted` says that something is wrong with it.
pub(super) fn fault_in(source: &str, hinted: bool) -> Option<String> {
    let prefix = prefix(source);
    let quoted = source.get(prefix.len()..).unwrap_or("");
    let quotes = if quoted.starts_with("\"\"\"") || quoted.starts_with("'''") { 3 } else { 1 };
    let body = quoted.get(quotes..quoted.len().saturating_sub(quotes)).unwrap_or("");
    let raw = prefix.contains(['r', 'R']);
    if is_bytes(source) {
        if !body.is_ascii() {
            return Some("bytes can only contain ASCII literal characters".to_owned());
        }
        return if raw { None } else { bytes_fault(body) };
    }
    if raw { None } else { text_fault(body, hinted) }
}

fn bytes_fault(body: &str) -> Option<String> {
    let bytes = body.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes.get(at) != Some(&b'\\') {
            at += 1;
            continue;
        }
        match bytes.get(at + 1) {
            Some(b'x') => {
                let digits = bytes
                    .get(at + 2..)
                    .unwrap_or(&[])
                    .iter()
                    .take(2)
                    .take_while(|byte| byte.is_ascii_hexdigit())
                    .count();
                if digits < 2 {
                    return Some(format!("(value error) invalid \\x escape at position {at}"));
                }
                at += 4;
            }
            Some(b'0'..=b'7') => {
                at += 1;
                at += bytes
                    .get(at..)
                    .unwrap_or(&[])
                    .iter()
                    .take(3)
                    .take_while(|byte| matches!(byte, b'0'..=b'7'))
                    .count();
            }
            _ => at += 2,
        }
    }
    None
}

/// What is wrong with the text of a str literal that is not raw.
pub(super) fn text_fault(body: &str, hinted: bool) -> Option<String> {
    let mut characters = body.char_indices().peekable();
    // The codec sees characters above ASCII as ten-character escapes.
    let mut position = 0;
    while let Some((at, character)) = characters.next() {
        if character != '\\' {
            position += if character.is_ascii() { 1 } else { 10 };
            continue;
        }
        let rest = body.get(at + 1..).unwrap_or("");
        let (length, message) = escape_fault(rest, hinted);
        if let Some(message) = message {
            let end = position + length;
            return Some(format!(
                "(unicode error) 'unicodeescape' codec can't decode bytes in position {position}-{end}: {message}"
            ));
        }
        let consumed = length.max(1);
        for _ in 0..rest.get(..consumed).map_or(1, |part| part.chars().count()) {
            characters.next();
        }
        position += 1 + consumed;
    }
    None
}

/// How long the escape after a backslash is, and what is wrong with it.
fn escape_fault(rest: &str, hinted: bool) -> (usize, Option<&'static str>) {
    let hexadecimal = |count: usize| rest.bytes().skip(1).take(count).take_while(u8::is_ascii_hexdigit).count();
    match rest.bytes().next() {
        Some(b'x') => (1 + hexadecimal(2), (hexadecimal(2) < 2).then_some("truncated \\xXX escape")),
        Some(b'u') => (1 + hexadecimal(4), (hexadecimal(4) < 4).then_some("truncated \\uXXXX escape")),
        Some(b'U') => {
            let digits = hexadecimal(8);
            if digits < 8 {
                return (1 + digits, Some("truncated \\UXXXXXXXX escape"));
            }
            let code = rest.get(1..9).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or(0);
            (9, (code > 0x10_FFFF).then_some("illegal Unicode character"))
        }
        Some(b'N') => match (rest.as_bytes().get(1), rest.find('}')) {
            (Some(b'{'), Some(end)) if end > 2 => (end + 1, hinted.then_some("unknown Unicode character name")),
            (Some(b'{'), Some(_)) => (2, Some("malformed \\N character escape")),
            (Some(b'{'), None) => (rest.len(), Some("malformed \\N character escape")),
            _ => (1, Some("malformed \\N character escape")),
        },
        Some(_) => (rest.chars().next().map_or(1, char::len_utf8), None),
        None => (0, None),
    }
}
