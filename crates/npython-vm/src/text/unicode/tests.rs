//! `checksums.txt` is printed by CPython 3.13 running `tests/oracle/unicode_checksums.py`.

use super::*;
use crate::pace::{GoOn, Interrupted};

const ON: GoOn<'static> = &|| Ok(());

fn expected(name: &str) -> u64 {
    let lines = include_str!("checksums.txt").lines();
    let mut found = lines.filter_map(|line| line.split_once(' ')).filter(|(key, _)| *key == name);
    found.next().expect("known name").1.parse().expect("a number")
}

fn checksum(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0, |sum: u64, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)))
}

fn each_character() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

#[test]
fn classes_of_every_character() {
    type Test = (&'static str, fn(&str, GoOn<'_>) -> Result<bool, Interrupted>);
    let tests: [Test; 11] = [
        ("isalpha", is_alpha),
        ("isdecimal", is_decimal),
        ("isdigit", is_digit),
        ("isnumeric", is_numeric),
        ("isalnum", is_alnum),
        ("isspace", is_space),
        ("isprintable", is_printable),
        ("isidentifier", is_identifier),
        ("isupper", is_upper),
        ("islower", is_lower),
        ("istitle", is_title),
    ];
    for (name, test) in tests {
        let passes = |character: char| u8::from(test(character.encode_utf8(&mut [0; 4]), ON) == Ok(true));
        let sum = checksum(each_character().map(passes));
        assert_eq!(sum, expected(name), "{name}");
    }
}

#[test]
fn case_of_every_character() {
    type Change = (&'static str, fn(&str, GoOn<'_>) -> Result<String, Interrupted>);
    let changes: [Change; 6] = [
        ("upper", upper),
        ("lower", lower),
        ("title", title),
        ("casefold", casefold),
        ("swapcase", swapcase),
        ("capitalize", capitalize),
    ];
    for (name, change) in changes {
        let alone = checksum(
            each_character().flat_map(|character| change(&character.to_string(), ON).unwrap_or_default().into_bytes()),
        );
        assert_eq!(alone, expected(&format!("{name}_alone")), "{name}");
        let between = checksum(
            each_character()
                .flat_map(|character| change(&format!("a{character}b"), ON).unwrap_or_default().into_bytes()),
        );
        assert_eq!(between, expected(name), "{name}");
    }
}

#[test]
fn changes_of_case_are_given_up_when_told() {
    let text = "é".repeat(40_000);
    for change in [upper, lower, title, casefold, swapcase, capitalize] {
        assert_eq!(change(&text, &|| Err(Interrupted)), Err(Interrupted));
    }
}

#[test]
fn case_of_words() {
    let words = [
        ("ΑΣ Σ ΣΑΣ.", "ας σ σας.", "Ας Σ Σας.", "ας σ σας.", "Ας σ σας."),
        ("o'neil's ﬁsh", "o'neil's ﬁsh", "O'Neil'S Fish", "O'NEIL'S FISH", "O'neil's ﬁsh"),
        ("ΑΣ'Σb ΣΣ", "ασ'σb σς", "Ασ'Σb Σς", "ασ'σB σς", "Ασ'σb σς"),
        ("ÇA ß İI", "ça ß i̇i", "Ça Ss İi", "ça SS i̇i", "Ça ß i̇i"),
        ("aʰΣ Σ", "aʰς σ", "Aʰς Σ", "Aʰς σ", "Aʰς σ"),
    ];
    for (word, lowered, titled, swapped, capitalized) in words {
        assert_eq!(lower(word, ON).as_deref(), Ok(lowered));
        assert_eq!(title(word, ON).as_deref(), Ok(titled));
        assert_eq!(swapcase(word, ON).as_deref(), Ok(swapped));
        assert_eq!(capitalize(word, ON).as_deref(), Ok(capitalized));
    }
}

#[test]
fn classes_of_words() {
    assert!(is_title("Hello World's", ON) == is_title("A's", ON));
    for (text, upper, lower, titled) in
        [("", false, false, false), ("A1", true, false, true), ("ǅ", false, false, true), ("a ǅ", false, false, false)]
    {
        let found = (is_upper(text, ON), is_lower(text, ON), is_title(text, ON));
        assert_eq!(found, (Ok(upper), Ok(lower), Ok(titled)), "{text}");
    }
    assert_eq!((is_printable("", ON), is_alpha("", ON), is_identifier("", ON)), (Ok(true), Ok(false), Ok(false)));
}

#[test]
fn classes_are_given_up_when_told() {
    let (letters, capitals) = ("é".repeat(40_000), "É".repeat(40_000));
    for (test, text) in [
        (is_alpha as fn(&str, GoOn<'_>) -> Result<bool, Interrupted>, &letters),
        (is_identifier, &letters),
        (is_printable, &letters),
        (is_lower, &letters),
        (is_upper, &capitals),
    ] {
        assert_eq!(test(text, ON), Ok(true));
        assert_eq!(test(text, &|| Err(Interrupted)), Err(Interrupted));
    }
}

#[test]
fn values() {
    assert_eq!(decimal_value('٣'), Some(3));
    assert_eq!(decimal_value('²'), None);
    assert_eq!(digit_value('²'), Some(2));
    assert_eq!(numeric_value('½'), Some(0.5));
    assert_eq!(numeric_value('一'), Some(1.0));
    assert_eq!(numeric_value('x'), None);
}

#[test]
fn normal_forms() {
    assert_eq!(normalize("é", NormalForm::Nfd), "e\u{301}");
    assert_eq!(normalize("e\u{301}", NormalForm::Nfc), "é");
    assert_eq!(normalize("ﬁ½", NormalForm::Nfkc), "fi1⁄2");
    assert!(is_normalized("é", NormalForm::Nfc));
    assert!(!is_normalized("é", NormalForm::Nfd));
}
