//! `cases.txt` is printed by CPython 3.13 running `tests/oracle/integers.py`.

use std::cmp::Ordering;

use num_bigint::BigInt;

use super::*;
use crate::pace::{Room, UNASKED};
use crate::text::{ErrorKind, GuestError};

const NO_LIMIT: u64 = u64::MAX;

fn big(text: &str) -> BigInt {
    text.parse().expect("an int")
}

fn float_bits(text: &str) -> f64 {
    f64::from_bits(text.parse().expect("an int"))
}

fn show(result: Result<impl ToString, GuestError>) -> String {
    match result {
        Ok(value) => value.to_string(),
        Err(error) => format!("{:?}: {}", error.kind, error.message),
    }
}

fn show_bits(result: Result<f64, GuestError>) -> String {
    show(result.map(|value| format!("bits {}", value.to_bits())))
}

fn evaluate(operation: &str, left: &str, right: &str) -> String {
    let arguments: Vec<&str> = left.split(' ').collect();
    let rights: Vec<&str> = right.split(' ').collect();
    match operation {
        "floordiv" => show(floor_divide(&big(left), &big(right))),
        "mod" => show(floor_modulo(&big(left), &big(right))),
        "divmod" => show(floor_divmod(&big(left), &big(right)).map(|(quotient, rest)| format!("{quotient} {rest}"))),
        "and" => (big(left) & big(right)).to_string(),
        "or" => (big(left) | big(right)).to_string(),
        "xor" => (big(left) ^ big(right)).to_string(),
        "truediv" => show_bits(divide_big(&big(left), &big(right))),
        "shl" => show(shift_left(&big(left), &big(right), NO_LIMIT)),
        "shr" => show(shift_right(&big(left), &big(right))),
        "float" => show_bits(big_to_float(&big(left))),
        "pow" => show(power(&big(left), &big(right), NO_LIMIT)),
        "powmod" => show(power_with_modulus(&big(arguments[0]), &big(arguments[1]), &big(arguments[2]))),
        "bytes" => {
            let bytes = to_bytes(
                &big(left),
                rights[0].parse().expect("an int"),
                ByteOrder::Big,
                rights[1] == "1",
                Room::new(100, UNASKED),
            );
            show(bytes.map(|bytes| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
        }
        "fromfloat" => show(from_float(float_bits(left)).map(Integer::into_big)),
        "compare" => {
            let ordering = compare_big_with_float(&big(left), float_bits(right)).expect("not NaN");
            (ordering as i8).to_string()
        }
        _ => to_prefixed_base(&big(left), 16, UNASKED).unwrap_or_default(),
    }
}

#[test]
fn agrees_with_cpython() {
    for line in include_str!("cases.txt").lines() {
        let fields: Vec<&str> = line.split('|').collect();
        assert_eq!(evaluate(fields[0], fields[1], fields[2]), fields[3], "{line}");
    }
}

#[test]
fn small_ints_agree_with_large_ones() {
    let values = [0, 1, -1, 2, -2, 7, -7, 10, 63, 64, 1 << 31, -(1 << 40), i64::MAX, i64::MIN, i64::MIN + 1];
    for left in values {
        for right in values {
            let (wide_left, wide_right) = (BigInt::from(left), BigInt::from(right));
            let small = |result: Result<BigInt, GuestError>| match result.map(Integer::from) {
                Ok(Integer::Small(value)) => Some(value),
                _ => None,
            };
            assert_eq!(floor_divide_small(left, right), small(floor_divide(&wide_left, &wide_right)));
            assert_eq!(floor_modulo_small(left, right), small(floor_modulo(&wide_left, &wide_right)));
            assert_eq!(shift_right_small(left, right), small(shift_right(&wide_left, &wide_right)));
            assert_eq!(shift_left_small(left, right), small(shift_left(&wide_left, &wide_right, 1000)));
            let power_expected = if right < 0 { None } else { small(power(&wide_left, &wide_right, 1000)) };
            assert_eq!(power_small(left, right), power_expected, "{left} ** {right}");
            if right != 0 {
                assert_eq!(divide_small(left, right), divide_big(&wide_left, &wide_right), "{left} / {right}");
            }
            let float = right as f64;
            assert_eq!(compare_small_with_float(left, float), compare_big_with_float(&wide_left, float));
        }
    }
}

#[test]
fn compares_with_extreme_floats() {
    let huge = BigInt::from(1) << 2000_u32;
    assert_eq!(compare_big_with_float(&huge, f64::INFINITY), Some(Ordering::Less));
    assert_eq!(compare_big_with_float(&huge, f64::MAX), Some(Ordering::Greater));
    assert_eq!(compare_big_with_float(&-&huge, f64::NEG_INFINITY), Some(Ordering::Greater));
    assert_eq!(compare_big_with_float(&huge, f64::NAN), None);
    assert_eq!(compare_small_with_float(i64::MAX, 9_223_372_036_854_775_807.0), Some(Ordering::Less));
    assert_eq!(compare_small_with_float(3, 3.5), Some(Ordering::Less));
    assert_eq!(compare_small_with_float(-3, -3.5), Some(Ordering::Greater));
}

#[test]
fn stops_at_the_given_size() {
    let limit = Err(GuestError::output_limit());
    assert_eq!(power(&BigInt::from(10), &BigInt::from(10_000_000_000_i64), 1 << 30), limit);
    assert_eq!(power(&BigInt::from(3), &(BigInt::from(1) << 500_u32), u64::MAX - 1), limit);
    assert_eq!(shift_left(&BigInt::from(1), &(BigInt::from(1) << 70_u32), 1 << 30), limit);
    assert_eq!(shift_left(&BigInt::from(0), &(BigInt::from(1) << 70_u32), 1 << 30), Ok(BigInt::from(0)));
    assert_eq!(
        to_bytes(&BigInt::from(0), 1 << 40, ByteOrder::Big, false, Room::new(1 << 20, UNASKED))
            .map_err(|error| error.kind),
        Err(ErrorKind::OutputLimit)
    );
    for (base, exponent) in [(2_i64, 1000_u32), (3, 777), (10, 300), (i64::MAX, 50), (-7, 99)] {
        let bound = power_result_bits(&BigInt::from(base), &BigInt::from(exponent));
        let bits = BigInt::from(base).pow(exponent).bits();
        assert!(bits <= bound && bound <= bits + 3, "{base} ** {exponent}: {bits} {bound}");
    }
}

fn parsed(text: &str, base: i64) -> String {
    show(parse_integer(text, base, DEFAULT_DIGIT_LIMIT, UNASKED).map(Integer::into_big))
}

#[test]
fn reads_what_cpython_reads() {
    let cases = [
        ("1_0", 10, "10"),
        ("0x1f", 16, "31"),
        ("0x_1f", 0, "31"),
        ("0x_1f", 16, "31"),
        ("00", 0, "0"),
        ("0_0", 0, "0"),
        ("-0x10", 0, "-16"),
        ("٣٤", 10, "34"),
        (" 12 ", 10, "12"),
        ("ZZ", 36, "1295"),
        ("0b1", 16, "177"),
        ("0B1", 0, "1"),
        ("0o17", 8, "15"),
        ("0x", 36, "33"),
        ("+5", 10, "5"),
        ("\u{a0}5\u{3000}", 10, "5"),
        ("a٣", 16, "163"),
        ("-9223372036854775808", 10, "-9223372036854775808"),
        ("123456789012345678901234567890", 10, "123456789012345678901234567890"),
    ];
    for (text, base, expected) in cases {
        assert_eq!(parsed(text, base), expected, "{text}");
    }
    assert!(matches!(parse_integer("-9223372036854775808", 10, 0, UNASKED), Ok(Integer::Small(i64::MIN))));
    assert_eq!(parsed(&"9".repeat(4300), 10).len(), 4300);
    assert_eq!(parse_integer(&"f".repeat(9000), 16, 4300, UNASKED).map(|value| value.into_big().bits()), Ok(36_000));
}

#[test]
fn refuses_what_cpython_refuses() {
    let cases = [
        ("", 10),
        (" ", 10),
        ("abc", 10),
        ("1__0", 10),
        ("_1", 10),
        ("1_", 10),
        ("0x__1f", 16),
        ("0b", 0),
        ("0b", 2),
        ("010", 0),
        ("- 1", 10),
        ("12 3", 10),
        ("1\0", 10),
        ("z", 35),
        ("0o18", 8),
        ("0xg", 0),
        ("1.5", 10),
        ("+-5", 10),
        ("0x", 16),
        ("\u{1c}5", 10),
        ("'", 10),
        ("0_", 0),
    ];
    for (text, base) in cases {
        let shown = crate::text::string_repr::string_repr(text);
        let message = format!("ValueError: invalid literal for int() with base {base}: {shown}");
        assert_eq!(parsed(text, base), message);
    }
    assert_eq!(parsed("1", 37), "ValueError: int() base must be >= 2 and <= 36, or 0");
    let exceeds = "ValueError: Exceeds the limit (4300 digits) for integer string conversion";
    let advice = "use sys.set_int_max_str_digits() to increase the limit";
    assert_eq!(parsed(&"0".repeat(5000), 10), format!("{exceeds}: value has 5000 digits; {advice}"));
    assert_eq!(show(big_to_decimal(&BigInt::from(10).pow(4300), 4300)), format!("{exceeds}; {advice}"));
    assert_eq!(show(big_to_decimal(&-BigInt::from(10).pow(4299), 4300)).len(), 4301);
    let long = parsed(&format!("{}x", "1".repeat(500)), 10);
    assert_eq!(long.len(), "ValueError: invalid literal for int() with base 10: ".len() + 200);
    assert_eq!(
        show(parse_integer_bytes(b"\xff1", 16, 0, UNASKED).map(Integer::into_big)),
        "ValueError: invalid literal for int() with base 16: b'\\xff1'"
    );
}

#[test]
fn bytes_and_back() {
    for value in [0_i64, 1, -1, 127, 128, -128, -129, 255, 256, i64::MAX, i64::MIN] {
        for order in [ByteOrder::Little, ByteOrder::Big] {
            let bytes = to_bytes(&BigInt::from(value), 9, order, true, Room::new(100, UNASKED)).expect("it fits");
            assert_eq!(from_bytes(&bytes, order, true, UNASKED), Ok(Integer::Small(value)));
        }
    }
    assert_eq!(from_bytes(b"", ByteOrder::Big, false, UNASKED), Ok(Integer::Small(0)));
    assert_eq!(from_bytes(b"", ByteOrder::Big, true, UNASKED), Ok(Integer::Small(0)));
    assert_eq!(to_bytes(&BigInt::from(0), 0, ByteOrder::Little, true, Room::new(100, UNASKED)), Ok(Vec::new()));
}
