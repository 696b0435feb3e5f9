use super::*;

#[test]
fn strings() {
    let cases = [
        ("", "''", "''"),
        ("it's", "\"it's\"", "\"it's\""),
        ("'\"", r#"'\'"'"#, r#"'\'"'"#),
        ("a\\b\t\n\r\0\x7f", r"'a\\b\t\n\r\x00\x7f'", r"'a\\b\t\n\r\x00\x7f'"),
        (
            "é\u{a0}日\u{2028}😀\u{e000}\u{10ffff}",
            "'é\\xa0日\\u2028😀\\ue000\\U0010ffff'",
            "'\\xe9\\xa0\\u65e5\\u2028\\U0001f600\\ue000\\U0010ffff'",
        ),
    ];
    for (text, repr, ascii) in cases {
        assert_eq!(string_repr(text), repr);
        assert_eq!(string_ascii(text), ascii);
        assert!(string_repr(text).len() <= text.len() * LONGEST_ESCAPE + 2);
    }
    assert_eq!(escape_non_ascii("['é']", UNASKED).as_deref(), Ok("['\\xe9']"));
}

#[test]
fn bytes() {
    let cases: [(&[u8], &str, &str); 4] = [
        (b"", "b''", "bytearray(b'')"),
        (b"it's\xff\x00\n\\", r#"b"it's\xff\x00\n\\""#, r#"bytearray(b"it\'s\xff\x00\n\\")"#),
        (b"'\"", r#"b'\'"'"#, r#"bytearray(b'\'"')"#),
        (b"\"~\x7f", r#"b'"~\x7f'"#, r#"bytearray(b'"~\x7f')"#),
    ];
    for (data, bytes, bytearray) in cases {
        assert_eq!(bytes_repr(data, UNASKED).as_deref(), Ok(bytes));
        assert_eq!(bytearray_repr(data, UNASKED).as_deref(), Ok(bytearray));
    }
}

#[test]
fn strings_with_lone_surrogates() {
    let codes: Vec<u32> = "a'é\n\\".chars().map(u32::from).chain([0xD800]).collect();
    assert_eq!(code_points_repr(&codes, UNASKED).as_deref(), Ok(r#""a'é\n\\\ud800""#));
}
