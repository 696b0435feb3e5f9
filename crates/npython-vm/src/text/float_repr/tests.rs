//! `cases.txt`: the bits of floats and their `repr` in CPython 3.13.

use super::*;
use crate::pace::UNASKED;
use crate::text::string_repr::string_repr;

#[test]
fn shortest_form_and_back() {
    for line in include_str!("cases.txt").lines() {
        let (bits, expected) = line.split_once(' ').expect("two fields");
        let value = f64::from_bits(bits.parse().expect("a number"));
        assert_eq!(float_repr(value), expected);
        assert_eq!(parse_float(expected, UNASKED).map(f64::to_bits), Ok(value.to_bits()));
    }
    assert_eq!(float_repr(f64::NAN), "nan");
    assert_eq!(float_repr(f64::NEG_INFINITY), "-inf");
}

#[test]
fn reads_what_cpython_reads() {
    let cases = [
        ("1_000", 1000.0),
        ("1e5_0", 1e50),
        (" ٣.٥ ", 3.5),
        ("\u{2003} 1\u{2003}", 1.0),
        ("\t\x0b1\n", 1.0),
        ("inf", f64::INFINITY),
        ("-Infinity", f64::NEG_INFINITY),
        ("+.5e-3", 0.0005),
        ("1_0e1_0", 1e11),
        ("１２", 12.0),
        ("1.", 1.0),
        ("1e400", f64::INFINITY),
        ("1e99999999999999999999999", f64::INFINITY),
        ("0e99999999999999999999999", 0.0),
        ("1e-99999999999999999999999", 0.0),
    ];
    for (text, expected) in cases {
        assert_eq!(parse_float(text, UNASKED), Ok(expected), "{text:?}");
    }
    assert!(parse_float("+nan", UNASKED).is_ok_and(f64::is_nan));
    assert_eq!(parse_float_bytes(b" 1_0 ", UNASKED), Ok(10.0));
}

#[test]
fn refuses_what_cpython_refuses() {
    let cases = [
        "",
        "  ",
        "abc",
        "1__0",
        "_1",
        "1_",
        "1_.5",
        "1._5",
        "1_e5",
        "infin",
        "1e",
        "1e+",
        "0x10",
        "1 2",
        " nan(123)",
        ".",
        "\u{1c}1\u{1f}",
        "++1",
        "é'",
        "1\0",
        "1\u{2009}_0",
        "e5",
        "-",
        "1e5.0",
        "infinityx",
    ];
    for text in cases {
        let message = format!("could not convert string to float: {}", string_repr(text));
        assert_eq!(parse_float(text, UNASKED), Err(GuestError::value(message)), "{text:?}");
    }
    assert_eq!(
        parse_float_bytearray(b"a'\xff", UNASKED),
        Err(GuestError::value("could not convert string to float: bytearray(b\"a\\'\\xff\")"))
    );
}
