//! `cases.txt` is printed by CPython 3.13 running `tests/oracle/codecs_cases.py`.

use serde_json::{Value, json};

use super::*;
use crate::pace::{Room, UNASKED};

fn show_error(error: CodecError, text_of: impl Fn(&UnicodeFault) -> String) -> Value {
    match error {
        CodecError::Unicode(fault) => {
            let UnicodeFault { encoding, start, end, reason } = fault;
            json!(format!("{encoding} {start} {end} {reason} | {}", text_of(&fault)))
        }
        CodecError::Other(error) => json!(format!("{:?}: {}", error.kind, error.message)),
    }
}

fn run_decode(data: &[u8], encoding: Encoding, handler: &str) -> Value {
    match decode(data, encoding, handler, UNASKED) {
        Ok(Decoded::Text(text)) => json!(text.chars().map(u32::from).collect::<Vec<_>>()),
        Ok(Decoded::CodePoints(code_points)) => {
            assert!(code_points.iter().any(|code| char::from_u32(*code).is_none()));
            json!(code_points)
        }
        Err(error) => show_error(error, |fault| {
            // The signature is cut off before the codec sees the data.
            let skipped = if encoding == Encoding::Utf8Sig && data.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
            decode_error_text(fault, &data[skipped..])
        }),
    }
}

fn run_encode(codes: &[u32], encoding: Encoding, handler: &str) -> Value {
    let text: Option<String> = codes.iter().map(|code| char::from_u32(*code)).collect();
    let by_code_points = encode_code_points(codes, encoding, handler, UNASKED);
    if let Some(text) = text {
        assert_eq!(encode(&text, encoding, handler, UNASKED), by_code_points);
    }
    match by_code_points {
        Ok(bytes) => {
            assert!(bytes.len() <= codes.len() * longest_encoding(encoding, handler) + 4);
            json!(bytes)
        }
        Err(error) => show_error(error, |fault| encode_error_text(fault, codes.get(fault.start).copied())),
    }
}

#[test]
fn agrees_with_cpython() {
    for line in include_str!("cases.txt").lines() {
        let (direction, encoding, handler, input, expected): (String, String, String, Vec<u32>, Value) =
            serde_json::from_str(line).expect("a case");
        let answer = if direction == "encode" {
            let encoding = find_encoding(&encoding, Direction::Encode).expect("known");
            run_encode(&input, encoding, &handler)
        } else {
            let encoding = find_encoding(&encoding, Direction::Decode).expect("known");
            let data: Vec<u8> = input.iter().map(|byte| *byte as u8).collect();
            run_decode(&data, encoding, &handler)
        };
        assert_eq!(answer, expected, "{line}");
    }
}

#[test]
fn names() {
    let known = [
        ("UTF8", Encoding::Utf8),
        ("U8", Encoding::Utf8),
        ("utf 8", Encoding::Utf8),
        ("utf--8", Encoding::Utf8),
        (" utf-8", Encoding::Utf8),
        ("_utf_8_", Encoding::Utf8),
        ("utf@8", Encoding::Utf8),
        ("cp65001", Encoding::Utf8),
        ("iso-8859-1", Encoding::Latin1),
        ("ISO8859-1", Encoding::Latin1),
        ("Latin_1", Encoding::Latin1),
        ("U7", Encoding::Utf7),
        ("utf-16le", Encoding::Utf16Le),
        ("UTF-16BE", Encoding::Utf16Be),
        ("us-ascii", Encoding::Ascii),
        ("646", Encoding::Ascii),
        ("utf_32_LE", Encoding::Utf32Le),
        ("unicode-escape", Encoding::UnicodeEscape),
        ("utf_8_sig", Encoding::Utf8Sig),
    ];
    for (name, encoding) in known {
        assert_eq!(find_encoding(name, Direction::Decode), Ok(encoding), "{name}");
    }
    for name in ["nope", "", "UTF.8", "é", "mbcs", "string escape"] {
        let error = find_encoding(name, Direction::Encode).expect_err("unknown");
        assert_eq!(error.message, format!("unknown encoding: {name}"));
    }
    let error = find_encoding("rot13", Direction::Encode).expect_err("no text encoding");
    assert_eq!(error.message, "'rot13' is not a text encoding; use codecs.encode() to handle arbitrary codecs");
    let error = find_encoding("hex", Direction::Decode).expect_err("no text encoding");
    assert_eq!(error.message, "'hex' is not a text encoding; use codecs.decode() to handle arbitrary codecs");
}

#[test]
fn hexadecimal() {
    let hex = |separator: &str, group| {
        let separator = HexSeparator::new(separator, group).expect("one character");
        hex_from_bytes(b"\x01\x02\xab", Some(separator), Room::new(100, UNASKED)).expect("short")
    };
    assert_eq!(hex_from_bytes(b"\x01\x02\xab", None, Room::new(100, UNASKED)), Ok("0102ab".to_owned()));
    assert_eq!(hex(":", 1), "01:02:ab");
    assert_eq!(hex(":", 2), "01:02ab");
    assert_eq!(hex(":", -2), "0102:ab");
    assert_eq!(hex(":", 0), "0102ab");
    assert_eq!(hex(":", i64::MIN), "0102ab");
    assert_eq!(HexSeparator::new("::", 1), Err(GuestError::value("sep must be length 1.")));
    assert_eq!(HexSeparator::new("é", 1), Err(GuestError::value("sep must be ASCII.")));
    assert_eq!(hex_from_bytes(b"abc", None, Room::new(5, UNASKED)), Err(GuestError::output_limit()));
    assert_eq!(bytes_from_hex(" 12\n34 ", UNASKED), Ok(vec![0x12, 0x34]));
    for (text, position) in [("1", 1), ("zz", 0), ("1 2", 1), ("12\u{3000}5", 2), ("12 3", 4), ("123", 3), ("é", 0)] {
        let message = format!("non-hexadecimal number found in fromhex() arg at position {position}");
        assert_eq!(bytes_from_hex(text, UNASKED), Err(GuestError::value(message)), "{text}");
    }
}

#[test]
fn parts_of_utf8_do_not_show() {
    for data in [
        "é".repeat(300_000).into_bytes(),
        format!("a{}", "é".repeat(300_000)).into_bytes(),
        format!("ab{}", "日".repeat(300_000)).into_bytes(),
    ] {
        let whole = String::from_utf8(data.clone()).expect("valid");
        assert_eq!(decode(&data, Encoding::Utf8, "strict", UNASKED), Ok(Decoded::Text(whole.clone())));
        let mut broken = data.clone();
        broken.insert(0, 0xFF);
        let replaced = Ok(Decoded::Text(format!("\u{FFFD}{whole}")));
        assert_eq!(decode(&broken, Encoding::Utf8, "replace", UNASKED), replaced);
        broken.push(0xC3);
        let cut = decode(&broken, Encoding::Utf8, "ignore", UNASKED);
        assert_eq!(cut, Ok(Decoded::Text(whole)));
    }
}

#[test]
fn long_runs_of_faults_are_told_as_one() {
    let text = format!("a{}b", "é".repeat(10_000));
    let fault = UnicodeFault { encoding: "ascii", start: 1, end: 10_001, reason: "ordinal not in range(128)" };
    assert_eq!(encode(&text, Encoding::Ascii, "strict", UNASKED), Err(CodecError::Unicode(fault)));
    let escaped = encode(&text, Encoding::Ascii, "backslashreplace", UNASKED);
    assert_eq!(escaped, Ok(format!("a{}b", "\\xe9".repeat(10_000)).into_bytes()));
}
