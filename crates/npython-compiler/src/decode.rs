//! Source bytes to text: byte order mark, coding cookie, line ends (Language Reference 2.1.4, PEP 263).

use crate::error::{CompileError, SyntaxErrorKind};
use std::sync::Arc;

/// The encodings a cookie may name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Latin1,
    Ascii,
    Windows1252,
}

/// Decodes a source file.
///
/// # Errors
/// NUL bytes, an unknown or contradicted encoding, bytes the encoding does not have.
pub(crate) fn decode(bytes: &[u8], filename: &Arc<str>) -> Result<String, CompileError> {
    let refuse = |message: String| CompileError {
        kind: SyntaxErrorKind::SyntaxError,
        message,
        filename: Arc::clone(filename),
        line: 0,
        column: 0,
        end_line: 0,
        end_column: 0,
        is_nowhere: true,
        source_line: None,
    };
    if memchr::memchr(0, bytes).is_some() {
        return Err(refuse("source code cannot contain null bytes".to_owned()));
    }
    let (rest, marked) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let encoding = match cookie(rest) {
        None => Encoding::Utf8,
        Some(name) => {
            let normalised = normalise(&name);
            let encoding = known(&normalised).ok_or_else(|| refuse(format!("unknown encoding: {name}")))?;
            if marked && encoding != Encoding::Utf8 {
                return Err(refuse(format!("encoding problem: {normalised} with BOM")));
            }
            encoding
        }
    };
    match encoding {
        Encoding::Utf8 => {
            utf8(rest).map_err(|(message, line)| CompileError { line, is_nowhere: line == 0, ..refuse(message) })
        }
        Encoding::Latin1 => Ok(rest.iter().copied().map(char::from).collect()),
        Encoding::Ascii => match rest.iter().position(|byte| !byte.is_ascii()) {
            None => Ok(rest.iter().copied().map(char::from).collect()),
            Some(at) => {
                let byte = rest.get(at).copied().unwrap_or(0);
                Err(refuse(format!(
                    "'ascii' codec can't decode byte 0x{byte:02x} in position {at}: ordinal not in range(128)"
                )))
            }
        },
        Encoding::Windows1252 => rest
            .iter()
            .copied()
            .map(windows_1252)
            .collect::<Option<String>>()
            .ok_or_else(|| refuse("'charmap' codec can't decode source: character maps to <undefined>".to_owned())),
    }
}

fn utf8(bytes: &[u8]) -> Result<String, (String, u32)> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let at = error.valid_up_to();
            let byte = bytes.get(at).copied().unwrap_or(0);
            let line = crate::scan::line_of(bytes, at);
            let message = format!(
                "Non-UTF-8 code starting with '\\x{byte:02x}' on line {line}, but no encoding declared; see \
                 https://peps.python.org/pep-0263/ for details"
            );
            Err((message, line))
        }
    }
}

/// The encoding named in a comment on one of the first two lines.
fn cookie(bytes: &[u8]) -> Option<String> {
    for line in bytes.split(|byte| matches!(byte, b'\n' | b'\r')).take(2) {
        let blank = line.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\x0c'));
        match blank.and_then(|at| line.get(at)) {
            None => {}
            Some(b'#') => {
                if let Some(name) = cookie_in(line) {
                    return Some(name);
                }
            }
            Some(_) => return None,
        }
    }
    None
}

fn cookie_in(comment: &[u8]) -> Option<String> {
    let at = memchr::memmem::find(comment, b"coding")? + "coding".len();
    let rest = comment.get(at..)?;
    let rest = rest.strip_prefix(b":").or_else(|| rest.strip_prefix(b"="))?;
    let start = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t'))?;
    let name: String = rest
        .get(start..)?
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
        .map(|byte| char::from(*byte))
        .collect();
    (!name.is_empty()).then_some(name)
}

fn normalise(name: &str) -> String {
    let lower = name.to_ascii_lowercase().replace('_', "-");
    if lower == "utf-8" || lower.starts_with("utf-8-") {
        return "utf-8".to_owned();
    }
    let latin = ["latin-1", "iso-8859-1", "iso-latin-1"];
    if latin.iter().any(|known| lower == *known || lower.strip_prefix(known).is_some_and(|rest| rest.starts_with('-')))
    {
        return "iso-8859-1".to_owned();
    }
    lower
}

fn known(name: &str) -> Option<Encoding> {
    match name {
        "utf-8" | "utf8" | "u8" | "utf" | "cp65001" => Some(Encoding::Utf8),
        "iso-8859-1" | "latin1" | "latin" | "l1" | "iso8859-1" | "8859" | "cp819" => Some(Encoding::Latin1),
        "ascii" | "us-ascii" | "646" => Some(Encoding::Ascii),
        "cp1252" | "windows-1252" | "1252" => Some(Encoding::Windows1252),
        _ => None,
    }
}

/// The character of a byte in Windows code page 1252, if it has one.
fn windows_1252(byte: u8) -> Option<char> {
    const HIGH: [u16; 32] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D,
        0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,
        0x017E, 0x0178,
    ];
    match byte {
        0x80..=0x9F => match HIGH.get(usize::from(byte - 0x80)) {
            Some(0) | None => None,
            Some(code) => char::from_u32(u32::from(*code)),
        },
        _ => Some(char::from(byte)),
    }
}
