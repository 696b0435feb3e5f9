//! What `str` knows about characters: classes, numeric values, case and normal forms.
//!
//! The tables are CPython's own (see `tests/oracle/unicode_tables.py`), so that the answers are equal for every character.

mod case;
mod classes;
mod normal_form;
#[rustfmt::skip]
mod tables;

pub use case::{capitalize, casefold, lower, lowered_between, simple_lower, swapcase, title, upper};
pub use classes::{
    decimal_value, digit_value, is_alnum, is_alnum_char, is_alpha, is_alpha_char, is_decimal, is_decimal_char,
    is_digit, is_digit_char, is_identifier, is_identifier_part, is_identifier_start, is_lower, is_lower_char,
    is_numeric, is_numeric_char, is_printable, is_printable_char, is_space, is_space_char, is_title, is_title_char,
    is_upper, is_upper_char, numeric_value,
};
pub use normal_form::{NormalForm, is_normalized, normalize};

/// Whether a code lies in one of the sorted, inclusive ranges.
fn contains(ranges: &[(u32, u32)], code: u32) -> bool {
    let after = ranges.partition_point(|range| range.0 <= code);
    after.checked_sub(1).and_then(|index| ranges.get(index)).is_some_and(|range| code <= range.1)
}

#[cfg(test)]
mod tests;
