//! Random input must make no function of this module panic, nor any walk over it endless.

use super::change::{expand_tabs, justify, replace, zero_fill};
use super::encoding::{Encoding, decode};
use super::float_repr::{float_repr, parse_float, parse_float_bytes};
use super::format_spec::{FormatSpec, format_complex, format_float, format_small, format_string};
use super::format_template::{FieldName, TemplateParser};
use super::percent_format::{Layout, PercentParser, Piece, TemplateKind, format_small as percent_small};
use super::split::{Sides, split, split_from_right, split_lines, split_space, split_space_from_right, strip};
use super::string_repr::{bytes_repr, string_ascii, string_repr};
use super::unicode::{NormalForm, capitalize, casefold, lower, normalize, swapcase, title, upper};
use crate::numeric::complex::Complex;
use crate::numeric::float::{float_to_hex, parse_hex_float, round_to_places};
use crate::numeric::integer::parse_integer;
use crate::pace::{Room, UNASKED};

const PARTS: [&str; 40] = [
    "{",
    "}",
    "{0",
    "[",
    "]",
    ".",
    "!",
    "r",
    ":",
    "%",
    "(",
    ")",
    "*",
    "#",
    "0",
    "1",
    "99999999999999999999",
    "-",
    "+",
    " ",
    ",",
    "_",
    "z",
    "e",
    "f",
    "g",
    "d",
    "x",
    "c",
    "s",
    "=",
    "<",
    "^",
    "é",
    "日",
    "😀",
    "Σ",
    "\u{301}",
    "\n",
    "\\",
];
const MAX: usize = 4000;
const ROOM: Room<'static> = Room { bytes: MAX, go_on: UNASKED };

struct Chooser(u64);

impl Chooser {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn text(&mut self) -> String {
        (0..self.below(9)).map(|_| PARTS[self.below(PARTS.len())]).collect()
    }

    fn float(&mut self) -> f64 {
        f64::from_bits(self.0.rotate_left(self.below(64) as u32))
    }
}

fn templates(text: &str) {
    let mut parser = TemplateParser::new();
    while let Ok(Some(piece)) = parser.next_piece(text) {
        assert!(text.get(piece.literal).is_some());
        if let Some(field) = piece.field {
            assert!(text.get(field.spec).is_some());
            if let Ok(name) = FieldName::parse(text.get(field.name).expect("a range of characters")) {
                let mut accessors = name.accessors;
                while let Ok(Some(_)) = accessors.next_step() {}
            }
        }
    }
    for kind in [TemplateKind::Text, TemplateKind::Bytes] {
        let mut parser = PercentParser::new(kind);
        while let Some(piece) = parser.next_piece(text.as_bytes()) {
            if let Piece::Field(field) = piece {
                drop(field.known_conversion(text.as_bytes()));
                drop(percent_small(i64::MIN, 'x', &Layout::new(&field, i64::MIN, i64::MAX), ROOM));
            }
        }
    }
}

fn formats(text: &str, value: f64) {
    if let Ok(spec) = FormatSpec::for_number(text, "int") {
        let results = [
            format_small(value as i64, &spec, "int", ROOM),
            format_float(value, &spec, "float", ROOM),
            format_complex(Complex::new(value, -value), &spec, "complex", ROOM),
        ];
        assert!(results.iter().flatten().all(|result| result.len() <= 4 * MAX));
    }
    if let Ok(spec) = FormatSpec::for_string(text, "str") {
        assert!(format_string(text, &spec, "str", ROOM).map_or(0, |result| result.len()) <= MAX);
    }
}

fn strings(text: &str, other: &str, number: i64) {
    for change in [upper, lower, title, casefold, swapcase, capitalize] {
        assert!(change(text, UNASKED).is_ok_and(|changed| changed.len() <= 3 * text.len()));
    }
    for form in [NormalForm::Nfc, NormalForm::Nfd, NormalForm::Nfkc, NormalForm::Nfkd] {
        assert!(normalize(text, form).len() <= form.growth() * text.len());
    }
    if let Ok(pieces) = split(text.as_bytes(), other.as_bytes(), None, UNASKED) {
        let from_right: Vec<_> =
            split_from_right(text.as_bytes(), other.as_bytes(), None, UNASKED).into_iter().flatten().collect();
        assert_eq!(pieces.count(), from_right.len());
    }
    let words: Vec<_> = split_space(text, None, UNASKED).collect();
    let mut backwards: Vec<_> = split_space_from_right(text, None, UNASKED).collect();
    backwards.reverse();
    assert_eq!(words, backwards);
    assert!(
        split_lines(text, true, UNASKED).map(|line| line.map_or(0, |line| line.len())).sum::<usize>() == text.len()
    );
    assert!(strip(text, Some(other), Sides::Both, UNASKED).is_ok_and(|kept| text.get(kept).is_some()));
    drop(replace(text, other, text, usize::try_from(number).ok(), MAX, UNASKED));
    drop(expand_tabs(text, number, ROOM));
    drop(justify(text, super::change::Justify::Center, number, '日', MAX, UNASKED));
    drop(zero_fill(text, number, MAX, UNASKED));
    assert_eq!(string_repr(text).is_empty(), string_ascii(text).is_empty());
    assert!(bytes_repr(text.as_bytes(), UNASKED).is_ok_and(|shown| shown.is_ascii()));
}

fn numbers(text: &str, value: f64, number: i64) {
    drop(parse_float(text, UNASKED));
    drop(parse_float_bytes(text.as_bytes(), UNASKED));
    drop(parse_integer(text, number.rem_euclid(40), 100, UNASKED));
    drop(Complex::parse(text, UNASKED));
    drop(parse_hex_float(text, UNASKED));
    drop(round_to_places(value, number));
    if !value.is_nan() {
        assert_eq!(parse_float(&float_repr(value), UNASKED).map(f64::to_bits), Ok(value.to_bits()));
        assert_eq!(parse_hex_float(&float_to_hex(value), UNASKED).map(f64::to_bits), Ok(value.to_bits()));
    }
}

fn codecs(chooser: &mut Chooser) {
    const BYTES: &[u8] = b"\\xuUN{}\x00\xd8\xdc\xed\xa0\x80\xff\xfe\xf0\x9f4a";
    let data: Vec<u8> = (0..chooser.below(12)).map(|_| BYTES[chooser.below(BYTES.len())]).collect();
    for encoding in
        [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32, Encoding::UnicodeEscape, Encoding::RawUnicodeEscape]
    {
        for handler in ["ignore", "surrogateescape", "surrogatepass", "backslashreplace"] {
            drop(decode(&data, encoding, handler, UNASKED));
        }
    }
}

#[test]
fn nothing_panics() {
    let mut chooser = Chooser(99);
    for _ in 0..30_000 {
        let (text, other, value) = (chooser.text(), chooser.text(), chooser.float());
        let number = (value.to_bits() as i64) >> chooser.below(64);
        templates(&text);
        formats(&text, value);
        strings(&text, &other, number);
        numbers(&text, value, number);
        codecs(&mut chooser);
    }
}
