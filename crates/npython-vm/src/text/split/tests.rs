//! `cases.txt` is printed by CPython 3.13 running `tests/oracle/splits.py`; it also covers the module `change`.

use serde_json::{Value, json};

use super::*;
use crate::pace::{Room, UNASKED};
use crate::text::change::{
    Justify, expand_tabs, expand_tabs_bytes, justify, justify_bytes, replace, replace_bytes, zero_fill, zero_fill_bytes,
};
use crate::text::search::{count_in_bytes, count_in_text};

const MAX: usize = 10_000;

/// The ranges, none of which was given up.
fn all(pieces: impl Iterator<Item = Piece>) -> Vec<Range<usize>> {
    pieces.collect::<Result<_, _>>().expect("nobody stops it")
}

fn limit_of(value: &Value) -> Option<usize> {
    usize::try_from(value.as_i64().expect("a limit")).ok()
}

fn reversed(items: impl Iterator<Item = Piece>) -> Vec<Range<usize>> {
    let mut items = all(items);
    items.reverse();
    items
}

fn of_text(method: &str, text: &str, arguments: &[Value]) -> Value {
    let string = |index: usize| arguments[index].as_str();
    let number = || arguments[0].as_i64().expect("a number");
    let pieces = |ranges: Vec<Range<usize>>| json!(ranges.into_iter().map(|range| &text[range]).collect::<Vec<_>>());
    let bytes = text.as_bytes();
    let separator = arguments.first().and_then(Value::as_str).unwrap_or_default();
    let parts = |found: Result<Option<Parts>, GuestError>, missing: [&str; 3]| match found.expect("a separator") {
        Some((before, after)) => json!([&text[before], separator, &text[after]]),
        None => json!(missing),
    };
    let or_same =
        |changed: Result<Option<String>, GuestError>| json!(changed.expect("short").unwrap_or_else(|| text.to_owned()));
    let fill = || string(1).and_then(|fill| fill.chars().next()).expect("a fill");
    let width = arguments.first().and_then(Value::as_i64).unwrap_or(0);
    match (method, string_or_none(arguments)) {
        ("split", Some(separator)) => {
            pieces(all(split(bytes, separator.as_bytes(), limit_of(&arguments[1]), UNASKED).expect("a separator")))
        }
        ("split", None) => pieces(all(split_space(text, limit_of(&arguments[1]), UNASKED))),
        ("rsplit", Some(separator)) => {
            let ranges =
                split_from_right(bytes, separator.as_bytes(), limit_of(&arguments[1]), UNASKED).expect("a separator");
            pieces(reversed(ranges))
        }
        ("rsplit", None) => pieces(reversed(split_space_from_right(text, limit_of(&arguments[1]), UNASKED))),
        ("splitlines", _) => pieces(all(split_lines(text, arguments[0] == true, UNASKED))),
        ("strip", characters) => json!(&text[strip(text, characters, Sides::Both, UNASKED).expect("nobody stops it")]),
        ("lstrip", characters) => json!(&text[strip(text, characters, Sides::Left, UNASKED).expect("nobody stops it")]),
        ("rstrip", characters) => {
            json!(&text[strip(text, characters, Sides::Right, UNASKED).expect("nobody stops it")])
        }
        ("partition", _) => parts(partition(bytes, separator.as_bytes(), UNASKED), [text, "", ""]),
        ("rpartition", _) => parts(partition_from_right(bytes, separator.as_bytes(), UNASKED), ["", "", text]),
        ("replace", _) => {
            let changed = replace(text, separator, string(1).expect("new"), limit_of(&arguments[2]), MAX, UNASKED);
            or_same(changed.map(|text| text.map(String::from)))
        }
        ("expandtabs", _) => json!(expand_tabs(text, number(), Room::new(MAX, UNASKED)).expect("short")),
        ("center", _) => or_same(justify(text, Justify::Center, width, fill(), MAX, UNASKED)),
        ("ljust", _) => or_same(justify(text, Justify::Left, width, fill(), MAX, UNASKED)),
        ("rjust", _) => or_same(justify(text, Justify::Right, width, fill(), MAX, UNASKED)),
        ("zfill", _) => or_same(zero_fill(text, width, MAX, UNASKED)),
        _ => json!(count_in_text(text, separator, UNASKED).expect("nobody stops it")),
    }
}

fn of_bytes(method: &str, data: &[u8], arguments: &[Value]) -> Value {
    let pieces = |ranges: Vec<Range<usize>>| json!(ranges.into_iter().map(|range| &data[range]).collect::<Vec<_>>());
    let argument = string_or_none(arguments).map(str::as_bytes);
    let separator = argument.unwrap_or_default();
    let limit = || limit_of(arguments.last().expect("a limit"));
    let width = arguments.first().and_then(Value::as_i64).unwrap_or(0);
    let parts = |found: Result<Option<Parts>, GuestError>, missing: [&[u8]; 3]| match found.expect("a separator") {
        Some((before, after)) => json!([&data[before], separator, &data[after]]),
        None => json!(missing),
    };
    let or_same = |changed: Result<Option<Vec<u8>>, GuestError>| {
        json!(changed.expect("short").unwrap_or_else(|| data.to_owned()))
    };
    match (method, argument) {
        ("split", Some(separator)) => pieces(all(split(data, separator, limit(), UNASKED).expect("a separator"))),
        ("split", None) => pieces(all(split_space_bytes(data, limit(), is_space_byte, UNASKED))),
        ("rsplit", Some(separator)) => {
            pieces(reversed(split_from_right(data, separator, limit(), UNASKED).expect("a separator")))
        }
        ("rsplit", None) => pieces(reversed(split_space_bytes_from_right(data, limit(), UNASKED))),
        ("splitlines", _) => pieces(all(split_lines_bytes(data, arguments[0] == true, UNASKED))),
        ("strip", removed) => json!(&data[strip_bytes(data, removed, Sides::Both, UNASKED).expect("nobody stops it")]),
        ("lstrip", removed) => json!(&data[strip_bytes(data, removed, Sides::Left, UNASKED).expect("nobody stops it")]),
        ("rstrip", removed) => {
            json!(&data[strip_bytes(data, removed, Sides::Right, UNASKED).expect("nobody stops it")])
        }
        ("partition", _) => parts(partition(data, separator, UNASKED), [data, b"", b""]),
        ("rpartition", _) => parts(partition_from_right(data, separator, UNASKED), [b"", b"", data]),
        ("replace", _) => {
            let new = arguments[1].as_str().expect("new").as_bytes();
            or_same(replace_bytes(data, separator, new, limit(), MAX, UNASKED))
        }
        ("expandtabs", _) => json!(expand_tabs_bytes(data, width, Room::new(MAX, UNASKED)).expect("short")),
        ("ljust", _) => or_same(justify_bytes(data, Justify::Left, width, b'*', MAX, UNASKED)),
        ("rjust", _) => or_same(justify_bytes(data, Justify::Right, width, b'*', MAX, UNASKED)),
        ("zfill", _) => or_same(zero_fill_bytes(data, width, MAX, UNASKED)),
        _ => json!(count_in_bytes(data, separator, UNASKED).expect("nobody stops it")),
    }
}

fn string_or_none(arguments: &[Value]) -> Option<&str> {
    arguments.first().and_then(Value::as_str)
}

#[test]
fn agrees_with_cpython() {
    for line in include_str!("cases.txt").lines() {
        let (method, text, arguments, expected): (String, String, Vec<Value>, Value) =
            serde_json::from_str(line).expect("a case");
        let answer = match method.strip_prefix("bytes.") {
            Some(method) => of_bytes(method, text.as_bytes(), &arguments),
            None => of_text(&method, &text, &arguments),
        };
        assert_eq!(answer, expected, "{line}");
    }
}

#[test]
fn separators_must_not_be_empty() {
    let error = GuestError::value("empty separator");
    assert_eq!(split(b"a", b"", None, UNASKED).err(), Some(error.clone()));
    assert_eq!(split_from_right(b"a", b"", None, UNASKED).err(), Some(error.clone()));
    assert_eq!(partition(b"a", b"", UNASKED), Err(error.clone()));
    assert_eq!(partition_from_right(b"a", b"", UNASKED), Err(error));
}
