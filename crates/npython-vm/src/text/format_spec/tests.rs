//! `cases.txt` is printed by CPython 3.13 running `tests/oracle/format_specs.py`.

use num_bigint::BigInt;

use super::*;
use crate::numeric::complex::Complex;
use crate::numeric::integer::{DEFAULT_DIGIT_LIMIT, Integer};
use crate::pace::{Room, UNASKED};
use crate::text::ErrorKind;

const MAX: Room<'static> = Room { bytes: 100_000, go_on: UNASKED };

fn float(bits: &str) -> f64 {
    f64::from_bits(bits.parse().expect("bits"))
}

fn apply(kind: &str, value: &str, spec: &str) -> Result<String, GuestError> {
    match kind {
        "int" => {
            let parsed = FormatSpec::for_number(spec, "int")?;
            match Integer::from(value.parse::<BigInt>().expect("an int")) {
                Integer::Small(small) => {
                    let by_size = format_big(&small.into(), &parsed, "int", DEFAULT_DIGIT_LIMIT, MAX);
                    let result = format_small(small, &parsed, "int", MAX);
                    assert_eq!(result, by_size);
                    result
                }
                Integer::Big(big) => format_big(&big, &parsed, "int", DEFAULT_DIGIT_LIMIT, MAX),
            }
        }
        "float" => format_float(float(value), &FormatSpec::for_number(spec, "float")?, "float", MAX),
        "complex" => {
            let (real, imaginary) = value.split_once(' ').expect("two parts");
            let value = Complex::new(float(real), float(imaginary));
            format_complex(value, &FormatSpec::for_number(spec, "complex")?, "complex", MAX)
        }
        _ => format_string(value, &FormatSpec::for_string(spec, "str")?, "str", MAX),
    }
}

#[test]
fn agrees_with_cpython() {
    for line in include_str!("cases.txt").split('\n').filter(|line| !line.is_empty()) {
        let fields: Vec<String> = line.split('\t').map(|field| field.replace("\\n", "\n")).collect();
        let answer = apply(&fields[0], &fields[1], &fields[2])
            .unwrap_or_else(|error| format!("{:?}: {}", error.kind, error.message));
        assert_eq!(answer, fields[3], "{line:?}");
    }
}

#[test]
fn refuses_to_write_too_much() {
    for (kind, value, spec) in [
        ("int", "1", "9000000000000000000"),
        ("int", "1", "09000000000000000000"),
        ("int", "1", "09000000000000000000,"),
        ("float", "1", "09000000000000000000_"),
        ("float", "1", ".2000000000f"),
        ("float", "1", "#.2000000000"),
        ("float", "1", ".2000000000e"),
        ("complex", "1 1", ".2000000000f"),
        ("complex", "1 1", "2000000000"),
        ("str", "a", "é>60000"),
    ] {
        assert_eq!(apply(kind, value, spec).map_err(|error| error.kind), Err(ErrorKind::OutputLimit), "{spec}");
    }
    assert!(apply("float", "1", ".2000000000g").is_ok());
}

#[test]
fn bools_are_ints_with_a_name_of_their_own() {
    let error = FormatSpec::for_number("dd", "bool").expect_err("two codes");
    assert_eq!(error.message, "Invalid format specifier 'dd' for object of type 'bool'");
    let spec = FormatSpec::for_number("s", "bool").expect("well formed");
    let error = format_small(1, &spec, "bool", MAX).expect_err("no string");
    assert_eq!(error.message, "Unknown format code 's' for object of type 'bool'");
}
