//! Arithmetic is tested with that of floats.

use super::*;
use crate::pace::UNASKED;

#[test]
fn reads_what_cpython_reads() {
    let cases = [
        ("(1+2j)", "(1+2j)"),
        (" ( 1+2j ) ", "(1+2j)"),
        ("1_0+2_0j", "(10+20j)"),
        ("j", "1j"),
        ("-J", "-1j"),
        ("(j)", "1j"),
        ("1e5-infj", "(100000-infj)"),
        ("nanj", "nanj"),
        ("1+j", "(1+1j)"),
        ("٣+٤j", "(3+4j)"),
        ("infinity+infinityj", "(inf+infj)"),
        ("5", "(5+0j)"),
    ];
    for (text, expected) in cases {
        assert_eq!(Complex::parse(text, UNASKED).map(Complex::repr), Ok(expected.to_owned()), "{text}");
    }
}

#[test]
fn refuses_what_cpython_refuses() {
    let malformed = [
        "",
        "1+2",
        "1 +2j",
        "( 1 + 2j )",
        "1+2jx",
        "\0",
        "((1))",
        "1e",
        "+",
        "+-j",
        "1+-2j",
        "1j+2",
        "\u{1c}1",
        "(1+2j",
        "1)",
    ];
    for text in malformed {
        assert_eq!(
            Complex::parse(text, UNASKED),
            Err(GuestError::value("complex() arg is a malformed string")),
            "{text}"
        );
    }
    for text in ["1__0", "1_", "1+2_j", "_1"] {
        let message = format!("could not convert string to complex: '{text}'");
        assert_eq!(Complex::parse(text, UNASKED), Err(GuestError::value(message)));
    }
}

#[test]
fn shows_signs_of_zero() {
    let cases = [(-0.0, 1.0, "(-0+1j)"), (-0.0, -0.0, "(-0-0j)"), (0.0, -0.0, "-0j"), (1e16, 1e-5, "(1e+16+1e-05j)")];
    for (real, imaginary, expected) in cases {
        assert_eq!(Complex::new(real, imaginary).repr(), expected);
    }
}
