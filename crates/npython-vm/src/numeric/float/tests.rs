//! `cases.txt` is printed by CPython 3.13 running `tests/oracle/floats.py`.

use super::*;
use crate::pace::UNASKED;
use crate::text::float_repr::float_repr;

fn read(text: &str) -> f64 {
    if text == "nan" { f64::NAN } else { f64::from_bits(text.parse().expect("bits")) }
}

fn read_complex(text: &str) -> Complex {
    let (real, imaginary) = text.split_once(' ').expect("two parts");
    Complex::new(read(real), read(imaginary))
}

fn bits(value: f64) -> String {
    if value.is_nan() { "nan".to_owned() } else { value.to_bits().to_string() }
}

fn complex_bits(value: Complex) -> String {
    format!("{} {}", bits(value.real), bits(value.imaginary))
}

fn integer(value: Integer) -> String {
    value.into_big().to_string()
}

fn show(result: Result<String, GuestError>) -> String {
    result.unwrap_or_else(|error| match error.kind {
        ErrorKind::OverflowErrorWithNumber => format!("OverflowError: (34, '{}')", error.message),
        kind => format!("{kind:?}: {}", error.message),
    })
}

fn evaluate(operation: &str, left: &str, right: &str) -> String {
    let complex_operation = operation.starts_with('c');
    if complex_operation {
        let left = read_complex(left);
        return show(match operation {
            "cdiv" => left.divide(read_complex(right)).map(complex_bits),
            "cmul" => Ok(complex_bits(left * read_complex(right))),
            "cpow" => left.power(read_complex(right)).map(complex_bits),
            "cabs" => left.absolute().map(bits),
            _ => Ok(left.repr()),
        });
    }
    let left = read(left);
    show(match operation {
        "floordiv" => floor_divide(left, read(right)).map(bits),
        "mod" => modulo(left, read(right)).map(bits),
        "divmod" => floor_divmod(left, read(right)).map(|(first, second)| format!("{} {}", bits(first), bits(second))),
        "truediv" => divide(left, read(right)).map(bits),
        "pow" => power(left, read(right)).map(|result| match result {
            Power::Float(value) => bits(value),
            Power::Complex(value) => complex_bits(value),
        }),
        "round" => round_to_places(left, right.parse().expect("an int")).map(bits),
        "roundint" => round_to_integer(left).map(integer),
        "ratio" => as_integer_ratio(left).map(|(first, second)| format!("{} {}", integer(first), integer(second))),
        "hex" => Ok(float_to_hex(left)),
        _ => Ok(float_repr(left)),
    })
}

#[test]
fn agrees_with_cpython() {
    for line in include_str!("cases.txt").lines() {
        let fields: Vec<&str> = line.split('|').collect();
        assert_eq!(evaluate(fields[0], fields[1], fields[2]), fields[3], "{line}");
        if fields[0] == "hex" {
            assert_eq!(parse_hex_float(fields[3], UNASKED).map(bits), Ok(fields[1].to_owned()));
        }
    }
}

#[test]
fn rounds_in_decimal() {
    let cases = [
        (2.675, 2, 2.67),
        (0.15, 1, 0.1),
        (0.25, 1, 0.2),
        (0.35, 1, 0.3),
        (25.0, -1, 20.0),
        (35.0, -1, 40.0),
        (5.0, -1, 0.0),
        (6.0, -1, 10.0),
        (0.6, -1, 0.0),
        (-5.000_000_001, -1, -10.0),
        (51.0, -2, 100.0),
        (5e22, -23, 0.0),
        (6e22, -23, 1e23),
        (5e-324, 323, 0.0),
        (5e-324, 324, 5e-324),
        (9.99e307, -309, 0.0),
        (0.5, i64::MIN, 0.0),
        (0.5, i64::MAX, 0.5),
        (1e308, -308, 1e308),
    ];
    for (value, places, expected) in cases {
        assert_eq!(round_to_places(value, places), Ok(expected), "{value} {places}");
    }
    assert_eq!(round_to_places(1.7e308, -308), Err(GuestError::overflow("rounded value too large to represent")));
    assert_eq!(round_to_places(-0.4, 0).map(f64::to_bits), Ok((-0.0_f64).to_bits()));
}

#[test]
fn reads_hexadecimal() {
    let cases = [
        ("0x1.8p3", 12.0),
        ("abc", 2748.0),
        ("0x1p-1080", 0.0),
        (" -inf ", f64::NEG_INFINITY),
        ("0x.8", 0.5),
        ("1.", 1.0),
        ("0x1.fffffffffffff7p1023", f64::MAX),
        ("0x0p99999999999999999999", 0.0),
        ("0x1p-99999999999999999999", 0.0),
        ("0x1.8p-1075", 5e-324),
        ("0x1p-1075", 0.0),
        ("0x1.00000000000001p-1075", 5e-324),
        ("0x1.00000000000008p0", 1.0),
        ("0x1.000000000000080000000001p0", 1.000_000_000_000_000_2),
        ("0x0.0000000000000000000000001p100", 1.0),
        ("+0X1.P-1", 0.5),
    ];
    for (text, expected) in cases {
        assert_eq!(parse_hex_float(text, UNASKED), Ok(expected), "{text}");
    }
    for text in ["", "x", "0x", ".", "0x1p", "infinit", "0x.p1", "1_0", "١", "0x1p+", "0x1p1.0", "--1"] {
        let error = GuestError::value("invalid hexadecimal floating-point string");
        assert_eq!(parse_hex_float(text, UNASKED), Err(error), "{text}");
    }
    for text in ["0x1p1024", "0x1.fffffffffffff8p1023", "0x1p99999999999999999999"] {
        let error = GuestError::overflow("hexadecimal value too large to represent as a float");
        assert_eq!(parse_hex_float(text, UNASKED), Err(error), "{text}");
    }
}

#[test]
fn sums_with_compensation() {
    let sum = |values: &[f64]| {
        let mut sum = FloatSum::default();
        values.iter().for_each(|value| sum.add(*value));
        sum.finish()
    };
    assert_eq!(sum(&[0.1; 10]), 1.0);
    assert_eq!(sum(&[1e16, 1.0, -1e16]), 1.0);
    assert_eq!(sum(&[1e308, 1e308, -1e308]), f64::INFINITY);
    assert!(sum(&[f64::INFINITY, f64::NEG_INFINITY]).is_nan());
    let mut mixed = FloatSum::new(1e16);
    mixed.add_integer(1);
    mixed.add(-1e16);
    assert_eq!(mixed.finish(), 0.0);
}
