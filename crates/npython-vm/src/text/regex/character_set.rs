//! Sets of characters, made for quick tests.

use crate::text::unicode;

use super::fold;
use super::syntax::{Category, SetItem};

/// Whether a code point belongs to a word: `\w`.
#[inline]
#[must_use]
pub fn is_word(code: u32, unicode: bool) -> bool {
    if code < 0x80 {
        return code == u32::from('_')
            || char::from_u32(code).is_some_and(|character| character.is_ascii_alphanumeric());
    }
    unicode && char::from_u32(code).is_some_and(unicode::is_alnum_char)
}

fn in_category(code: u32, category: Category, unicode: bool) -> bool {
    let character = char::from_u32(code).filter(|character| unicode || character.is_ascii());
    match category {
        Category::Digit => character.is_some_and(unicode::is_decimal_char),
        Category::Space if unicode => character.is_some_and(unicode::is_space_char),
        Category::Space => matches!(code, 0x20 | 0x09..=0x0d),
        Category::Word => is_word(code, unicode),
        Category::NotDigit => !in_category(code, Category::Digit, unicode),
        Category::NotSpace => !in_category(code, Category::Space, unicode),
        Category::NotWord => !in_category(code, Category::Word, unicode),
    }
}

/// Steps for each character with another case that a range holds.
const FOLDING: usize = 24;
/// Ranges are put in order when there are this many more.
const MERGED_AT: usize = 4096;

/// How the letters of a set are meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Reading {
    pub(super) ignore_case: bool,
    /// Classes and cases are those of Unicode, not ASCII.
    pub(super) unicode: bool,
}

/// A set of code points.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct CharacterSet {
    /// Those below 256, by their bits.
    pub(super) low: [u64; 4],
    /// The others: sorted, apart from one another.
    ranges: Box<[(u32, u32)]>,
    categories: Box<[Category]>,
    negated: bool,
    unicode: bool,
}

impl CharacterSet {
    /// The set of `items`, or of everything else; and how much work it was to make.
    pub(super) fn new(items: &[SetItem], negated: bool, reading: Reading) -> (Self, usize) {
        let mut ranges = Vec::new();
        let mut categories: Vec<Category> = Vec::new();
        let mut work = items.len();
        let mut most = MERGED_AT;
        for item in items {
            match (*item, reading.ignore_case) {
                (SetItem::Category(category), _) if categories.contains(&category) => {}
                (SetItem::Category(category), _) => categories.push(category),
                (SetItem::Literal(code), false) => ranges.push((code, code)),
                (SetItem::Range(first, last), false) => ranges.push((first, last)),
                (SetItem::Literal(code), true) if reading.unicode => fold::add_equivalents(code, &mut ranges),
                (SetItem::Literal(code), true) => fold::add_ascii_range(code, code, &mut ranges),
                (SetItem::Range(first, last), true) if reading.unicode => {
                    work += fold::add_range(first, last, &mut ranges) * FOLDING;
                    if ranges.len() > most {
                        ranges = merged(ranges);
                        most = ranges.len() * 2 + MERGED_AT;
                    }
                }
                (SetItem::Range(first, last), true) => fold::add_ascii_range(first, last, &mut ranges),
            }
        }
        let ranges = merged(ranges);
        work += ranges.len() * 8 + 256;
        let mut low = [0_u64; 4];
        let mut next = 0;
        for code in 0..256_u32 {
            while ranges.get(next).is_some_and(|range| range.1 < code) {
                next += 1;
            }
            let listed = ranges.get(next).is_some_and(|range| range.0 <= code);
            let found = listed || categories.iter().any(|category| in_category(code, *category, reading.unicode));
            if found != negated {
                low[code as usize / 64] |= 1 << (code % 64);
            }
        }
        let high = ranges.into_iter().filter(|range| range.1 >= 256).collect();
        let set = Self { low, ranges: high, categories: categories.into(), negated, unicode: reading.unicode };
        (set, work)
    }

    /// Whether a code point is in the set.
    #[inline(always)]
    pub(super) fn contains(&self, code: u32) -> bool {
        if code < 256 {
            return self.low[code as usize / 64] >> (code % 64) & 1 != 0;
        }
        self.contains_high(code)
    }

    fn contains_high(&self, code: u32) -> bool {
        let after = self.ranges.partition_point(|range| range.0 <= code);
        let listed = after.checked_sub(1).and_then(|at| self.ranges.get(at)).is_some_and(|range| code <= range.1);
        let found = listed || self.categories.iter().any(|category| in_category(code, *category, self.unicode));
        found != self.negated
    }

    /// Whether a character from U+0100 on may be in the set.
    pub(super) fn reaches_high(&self) -> bool {
        self.negated || !self.ranges.is_empty() || !self.categories.is_empty()
    }

    /// Bytes it holds outside of itself.
    pub(super) fn extra_bytes(&self) -> usize {
        size_of_val(&*self.ranges) + self.categories.len()
    }
}

/// Sorted, with those that touch made one.
fn merged(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    ranges.dedup_by(|next, kept| {
        let touches = next.0 <= kept.1.saturating_add(1);
        if touches {
            kept.1 = kept.1.max(next.1);
        }
        touches
    });
    ranges
}
