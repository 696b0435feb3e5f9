//! Sets that do not tell upper and lower case apart.
//!
//! CPython compares the lower case of the text with the set, whose members it made lower case and completed by the
//! characters that have the same upper case. Here everything that becomes a member in this way is put into the set, so that
//! matching needs no case mapping.

use std::sync::LazyLock;

use crate::text::unicode::{lowered_between, simple_lower};

/// Lower case characters with another one that has the same upper case.
#[rustfmt::skip]
const SAME_UPPER: &[(u32, u32)] = &[
    (0x69, 0x131), (0x73, 0x17f), (0xb5, 0x3bc), (0x131, 0x69), (0x17f, 0x73), (0x345, 0x3b9), (0x345, 0x1fbe),
    (0x390, 0x1fd3), (0x3b0, 0x1fe3), (0x3b2, 0x3d0), (0x3b5, 0x3f5), (0x3b8, 0x3d1), (0x3b9, 0x345), (0x3b9, 0x1fbe),
    (0x3ba, 0x3f0), (0x3bc, 0xb5), (0x3c0, 0x3d6), (0x3c1, 0x3f1), (0x3c2, 0x3c3), (0x3c3, 0x3c2), (0x3c6, 0x3d5),
    (0x3d0, 0x3b2), (0x3d1, 0x3b8), (0x3d5, 0x3c6), (0x3d6, 0x3c0), (0x3f0, 0x3ba), (0x3f1, 0x3c1), (0x3f5, 0x3b5),
    (0x432, 0x1c80), (0x434, 0x1c81), (0x43e, 0x1c82), (0x441, 0x1c83), (0x442, 0x1c84), (0x442, 0x1c85),
    (0x44a, 0x1c86), (0x463, 0x1c87), (0x1c80, 0x432), (0x1c81, 0x434), (0x1c82, 0x43e), (0x1c83, 0x441),
    (0x1c84, 0x442), (0x1c84, 0x1c85), (0x1c85, 0x442), (0x1c85, 0x1c84), (0x1c86, 0x44a), (0x1c87, 0x463),
    (0x1c88, 0xa64b), (0x1e61, 0x1e9b), (0x1e9b, 0x1e61), (0x1fbe, 0x345), (0x1fbe, 0x3b9), (0x1fd3, 0x390),
    (0x1fe3, 0x3b0), (0xa64b, 0x1c88), (0xfb05, 0xfb06), (0xfb06, 0xfb05),
];

/// Characters by their lower case, where that is another character.
static RAISED: LazyLock<Vec<(u32, u32)>> = LazyLock::new(|| {
    let mut pairs: Vec<(u32, u32)> =
        lowered_between(0, u32::from(char::MAX)).map(|(code, lower)| (lower, code)).collect();
    pairs.sort_unstable();
    pairs
});

fn entries(table: &[(u32, u32)], code: u32) -> impl Iterator<Item = u32> + '_ {
    let from = table.partition_point(|entry| entry.0 < code);
    let rest = table.get(from..).unwrap_or_default();
    rest.iter().take_while(move |entry| entry.0 == code).map(|entry| entry.1)
}

/// Adds everything whose lower case is `lower`.
fn add_raised(lower: u32, ranges: &mut Vec<(u32, u32)>) {
    ranges.push((lower, lower));
    ranges.extend(entries(&RAISED, lower).map(|code| (code, code)));
}

/// Adds everything that counts as the same character as `code`.
pub(super) fn add_equivalents(code: u32, ranges: &mut Vec<(u32, u32)>) {
    let lower = simple_lower(code);
    add_raised(lower, ranges);
    for other in entries(SAME_UPPER, lower) {
        add_raised(other, ranges);
    }
}

/// Adds everything that counts as a character of a range; returns the number of characters looked at.
pub(super) fn add_range(first: u32, last: u32, ranges: &mut Vec<(u32, u32)>) -> usize {
    ranges.push((first, last));
    let mut looked_at = 0;
    for (_, lower) in lowered_between(first, last) {
        add_equivalents(lower, ranges);
        looked_at += 1;
    }
    let from = RAISED.partition_point(|entry| entry.0 < first);
    for (lower, _) in RAISED.get(from..).unwrap_or_default().iter().take_while(|entry| entry.0 <= last) {
        add_equivalents(*lower, ranges);
        looked_at += 1;
    }
    let from = SAME_UPPER.partition_point(|entry| entry.0 < first);
    for (lower, _) in SAME_UPPER.get(from..).unwrap_or_default().iter().take_while(|entry| entry.0 <= last) {
        add_equivalents(*lower, ranges);
        looked_at += 1;
    }
    looked_at
}

/// Adds both cases of the ASCII letters in a range.
pub(super) fn add_ascii_range(first: u32, last: u32, ranges: &mut Vec<(u32, u32)>) {
    ranges.push((first, last));
    for (from, to) in [('A', 'Z'), ('a', 'z')] {
        let (from, to) = (u32::from(from).max(first), u32::from(to).min(last));
        if from <= to {
            // The case of an ASCII letter is one bit.
            ranges.push((from ^ 0x20, to ^ 0x20));
        }
    }
}

/// Whether a character is compared without regard to its case, where this is ASCII's alone or Unicode's.
pub(super) fn has_case(code: u32, unicode: bool) -> bool {
    let mut equivalents = Vec::new();
    if unicode {
        add_equivalents(code, &mut equivalents);
    } else {
        add_ascii_range(code, code, &mut equivalents);
    }
    equivalents.iter().any(|(other, _)| *other != code)
}
