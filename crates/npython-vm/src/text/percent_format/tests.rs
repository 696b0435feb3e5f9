use num_bigint::BigInt;

use super::*;
use crate::pace::Room;

const MAX: Room<'static> = Room { bytes: 10_000, go_on: crate::pace::UNASKED };

/// The values a test passes to a template.
#[derive(Clone, Copy)]
enum Given {
    Int(i64),
    Float(f64),
    Text(&'static str),
}

fn fetch(values: &mut std::slice::Iter<'_, Given>) -> Result<Given, GuestError> {
    values.next().copied().ok_or_else(not_enough_arguments)
}

fn star(count: Count, values: &mut std::slice::Iter<'_, Given>) -> Result<i64, GuestError> {
    match count {
        Count::Star => match fetch(values)? {
            Given::Int(value) => Ok(value),
            _ => Err(star_wants_int()),
        },
        _ => Ok(0),
    }
}

fn convert(field: &Field, template: &str, values: &mut std::slice::Iter<'_, Given>) -> Result<String, GuestError> {
    if field.width == Count::TooBig {
        return Err(Field::width_too_big());
    }
    let width = star(field.width, values)?;
    if field.precision == Count::TooBig {
        return Err(field.precision_too_big());
    }
    let layout = Layout::new(field, width, star(field.precision, values)?);
    field.check_complete()?;
    let value = fetch(values)?;
    let code = field.known_conversion(template.as_bytes())?;
    match (code, value) {
        ('s', Given::Text(text)) => format_text(text, &layout, MAX),
        ('c', Given::Text(text)) => format_text(text, &Layout { precision: None, ..layout }, MAX),
        ('c', Given::Int(value)) => {
            let character = character_of(Some(value))?.to_string();
            format_text(&character, &Layout { precision: None, ..layout }, MAX)
        }
        ('d' | 'i' | 'u' | 'x' | 'X' | 'o', Given::Int(value)) => {
            let small = format_small(value, code, &layout, MAX);
            assert_eq!(small, format_big(&BigInt::from(value), code, &layout, 4300, MAX));
            small
        }
        (_, Given::Float(value)) => format_float(value, code, &layout, MAX),
        _ => Err(wrong_number(code, "str", TemplateKind::Text)),
    }
}

fn apply(template: &str, values: &[Given]) -> String {
    let mut values = values.iter();
    let mut output = String::new();
    let mut parser = PercentParser::new(TemplateKind::Text);
    while let Some(piece) = parser.next_piece(template.as_bytes()) {
        match piece {
            Piece::Literal(range) => output.push_str(&template[range]),
            Piece::Field(field) => match convert(&field, template, &mut values) {
                Ok(text) => output.push_str(&text),
                Err(error) => return format!("{:?}: {}", error.kind, error.message),
            },
        }
    }
    output
}

#[test]
fn integers() {
    use Given::Int;
    let cases: [(&str, &[Given], &str); 12] = [
        ("%05d|%-05d|%+05d|% 05d|%+ d", &[Int(3); 5], "00003|3    |+0003| 0003|+3"),
        ("%010.5d|%10.5d|%-10.5d|", &[Int(3), Int(-3), Int(3)], "0000000003|    -00003|00003     |"),
        ("%#x|%#X|%#o|%#010x|%#10x|%-#10x|", &[Int(255); 6], "0xff|0XFF|0o377|0x000000ff|      0xff|0xff      |"),
        ("%#.5x|%.5x|%#.5o|%+#x", &[Int(255), Int(-255), Int(8), Int(255)], "0x000ff|-000ff|0o00010|+0xff"),
        ("%ld %hd %Ld", &[Int(1), Int(2), Int(3)], "1 2 3"),
        ("%*d|%*d", &[Int(5), Int(3), Int(-5), Int(3)], "    3|3    "),
        ("% 5d|%+5d|%- 5d", &[Int(3); 3], "    3|   +3| 3   "),
        ("%-+#0 5d|", &[Int(3)], "+3   |"),
        ("%#o %#.0x %.0d %#d", &[Int(0), Int(0), Int(0), Int(5)], "0o0 0x0 0 5"),
        ("%5c|%-5c|%05c|%.0c", &[Int(65); 4], "    A|A    |    A|A"),
        ("%d%%%i", &[Int(i64::MIN), Int(1)], "-9223372036854775808%1"),
        ("%hd%%", &[Int(3)], "3%"),
    ];
    for (template, values, expected) in cases {
        assert_eq!(apply(template, values), expected, "{template}");
    }
}

#[test]
fn floats_and_text() {
    use Given::{Float, Int, Text};
    let cases: [(&str, &[Given], &str); 9] = [
        ("%05f|%5.1f|%-8.2f|", &[Float(f64::INFINITY), Float(1.25), Float(2.345_67)], "00inf|  1.2|2.35    |"),
        (
            "%+.1e|%#.0f|%g|%G|%#g",
            &[Float(12_345.678), Float(3.0), Float(1e-10), Float(1e20), Float(1.0)],
            "+1.2e+04|3.|1e-10|1E+20|1.00000",
        ),
        ("%05f|% f|%F", &[Float(f64::NEG_INFINITY), Float(1.5), Float(f64::NAN)], "-0inf| 1.500000|NAN"),
        ("%.*f|%.*f", &[Int(2), Float(2.345_67), Int(-2), Float(2.345_67)], "2.35|2"),
        ("%.0f", &[Float(0.5)], "0"),
        (
            "%05s|%.2s|%5.1s|%-4s|%.s",
            &[Text("a"), Text("abc"), Text("日本"), Text("b"), Text("abc")],
            "    a|ab|    日|b   |",
        ),
        ("%s%%", &[Text("x")], "x%"),
        ("abc", &[], "abc"),
        ("%%", &[], "%"),
    ];
    for (template, values, expected) in cases {
        assert_eq!(apply(template, values), expected, "{template}");
    }
}

#[test]
fn errors() {
    use Given::{Int, Text};
    let cases: [(&str, &[Given], &str); 18] = [
        ("%q", &[Int(1)], "ValueError: unsupported format character 'q' (0x71) at index 1"),
        ("é%é", &[Int(1)], "ValueError: unsupported format character '?' (0xe9) at index 2"),
        ("%\u{1}", &[Int(1)], "ValueError: unsupported format character '?' (0x1) at index 1"),
        ("%", &[Int(1)], "ValueError: incomplete format"),
        ("%-", &[], "ValueError: incomplete format"),
        ("%5", &[], "ValueError: incomplete format"),
        ("%.", &[], "ValueError: incomplete format"),
        ("%l", &[], "ValueError: incomplete format"),
        ("%.*", &[Int(1)], "ValueError: incomplete format"),
        ("%lld", &[Int(1)], "ValueError: unsupported format character 'l' (0x6c) at index 2"),
        ("%99999999999999999999d", &[Int(1)], "ValueError: width too big"),
        ("%.2147483648f", &[Int(1)], "ValueError: precision too big"),
        ("%d", &[], "TypeError: not enough arguments for format string"),
        ("%5%", &[], "TypeError: not enough arguments for format string"),
        ("%5%", &[Int(1)], "ValueError: unsupported format character '%' (0x25) at index 2"),
        ("%c", &[Int(0x11_0000)], "OverflowError: %c arg not in range(0x110000)"),
        ("%*d", &[Text("a"), Int(1)], "TypeError: * wants int"),
        ("%f", &[Text("a")], "TypeError: must be real number, not str"),
    ];
    for (template, values, expected) in cases {
        assert_eq!(apply(template, values), expected, "{template}");
    }
    for template in ["%9000000000000000000d", "%.2000000000d", "%.2000000000f", "%2000000000s"] {
        let value = if template.ends_with('f') {
            Given::Float(1.0)
        } else if template.ends_with('s') {
            Text("a")
        } else {
            Int(1)
        };
        assert_eq!(apply(template, &[value]), "OutputLimit: result too long", "{template}");
    }
}

#[test]
fn keys() {
    let piece = |template: &str| PercentParser::new(TemplateKind::Text).next_piece(template.as_bytes());
    let key = |template: &str| match piece(template) {
        Some(Piece::Field(field)) => (field.key, field.conversion),
        other => panic!("{other:?}"),
    };
    assert_eq!(key("%(a)s"), (Key::Name(2..3), Some('s'.into())));
    assert_eq!(key("%((a))s"), (Key::Name(2..5), Some('s'.into())));
    assert_eq!(key("%()s"), (Key::Name(2..2), Some('s'.into())));
    assert_eq!(key("%(a"), (Key::Unterminated, None));
    assert_eq!(key("%(a)(b)s"), (Key::Name(2..3), Some('('.into())));
}

#[test]
fn bytes_templates() {
    let layout = |width, precision, left| Layout { width, precision, flags: Flags { left, ..Flags::default() } };
    assert_eq!(format_bytes(b"ab", &layout(5, None, false), MAX), Ok(b"   ab".to_vec()));
    assert_eq!(format_bytes(b"ab", &layout(5, None, true), MAX), Ok(b"ab   ".to_vec()));
    assert_eq!(format_bytes(b"ab", &layout(0, Some(1), false), MAX), Ok(b"a".to_vec()));
    assert_eq!(byte_of(Some(256)), Err(GuestError::overflow("%c arg not in range(256)")));
    let unsupported = |template: &[u8]| match PercentParser::new(TemplateKind::Bytes).next_piece(template) {
        Some(Piece::Field(field)) => field.known_conversion(template).map_err(|error| error.message.into_owned()),
        other => panic!("{other:?}"),
    };
    assert_eq!(unsupported(b"%b"), Ok('b'));
    assert_eq!(unsupported(b"%\xff"), Err("character argument not in range(0x110000)".to_owned()));
    assert_eq!(unsupported(b"%\x01"), Err("unsupported format character '\u{1}' (0x1) at index 1".to_owned()));
}
