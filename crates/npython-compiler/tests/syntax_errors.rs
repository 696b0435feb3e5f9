//! Syntax errors are CPython's: type, message, position. The table is made by `data/ask_cpython.py`.

use std::fmt::Write as _;

use npython_compiler::{CompileOptions, compile};

/// Undoes Python's `unicode_escape`.
fn unescape(text: &str) -> String {
    let mut result = String::new();
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            result.push(character);
            continue;
        }
        let digits = match rest.next().expect("an escape") {
            'n' => {
                result.push('\n');
                continue;
            }
            't' => {
                result.push('\t');
                continue;
            }
            'r' => {
                result.push('\r');
                continue;
            }
            '\\' => {
                result.push('\\');
                continue;
            }
            'x' => 2,
            'u' => 4,
            _ => 8,
        };
        let digits: String = rest.by_ref().take(digits).collect();
        let code = u32::from_str_radix(&digits, 16).expect("hexadecimal digits");
        result.push(char::from_u32(code).expect("a character"));
    }
    result
}

#[test]
fn errors_equal_cpythons() {
    let options = CompileOptions { last_expression_is_result: false, ..CompileOptions::default() };
    let (mut failures, mut count) = (String::new(), 0);
    for line in include_str!("data/syntax_errors.tsv").lines() {
        let mut columns = line.split('\t');
        let source = unescape(columns.next().unwrap_or(""));
        let expected = columns.map(unescape).collect::<Vec<_>>().join("|");
        let got = match compile(&source, "f", &options) {
            Ok(_) => String::new(),
            Err(error) => {
                format!(
                    "{}|{}|{}|{}|{}|{}",
                    error.kind.name(),
                    error.message,
                    error.line,
                    error.column,
                    error.end_line,
                    error.end_column
                )
            }
        };
        count += 1;
        if got != expected {
            let _ = writeln!(failures, "{line}\n  expected {expected}\n  got      {got}");
        }
    }
    assert!(failures.is_empty(), "{} of {count} wrong:\n{failures}", failures.matches("expected ").count());
}
