//! Free ranges of a table whose entries keep their places.

use std::collections::BTreeMap;

/// Ranges of a table that nothing uses, to be used again by what fits in.
#[derive(Clone, Default)]
pub(crate) struct Gaps {
    /// Where the ranges of each length begin.
    by_length: BTreeMap<u32, Vec<u32>>,
    entries: u32,
}

impl Gaps {
    /// The ranges of a table of `length` entries outside of `used` ones, each with its start and length; `None` when those
    /// overlap or do not lie within the table.
    pub(crate) fn between(mut used: Vec<(u32, u32)>, length: u32) -> Option<Self> {
        used.retain(|(_, count)| *count != 0);
        used.sort_unstable();
        let mut gaps = Self::default();
        let mut end = 0_u32;
        for (start, count) in used {
            gaps.add(end, start.checked_sub(end)?);
            end = start.checked_add(count)?;
        }
        gaps.add(end, length.checked_sub(end)?);
        Some(gaps)
    }

    fn add(&mut self, start: u32, count: u32) {
        if count != 0 {
            self.by_length.entry(count).or_default().push(start);
            self.entries += count;
        }
    }

    /// How many entries of the table are free.
    pub(crate) fn entries(&self) -> usize {
        self.entries as usize
    }

    /// Whether `count` entries fit into a gap.
    pub(crate) fn fits(&self, count: u32) -> bool {
        self.by_length.range(count..).next().is_some()
    }

    /// Takes `count` entries out of the smallest gap that has so many, and gives the first.
    pub(crate) fn take(&mut self, count: u32) -> Option<u32> {
        let (length, starts) = self.by_length.range_mut(count..).next()?;
        let length = *length;
        let start = starts.pop()?;
        if starts.is_empty() {
            self.by_length.remove(&length);
        }
        self.entries -= length;
        self.add(start + count, length - count);
        Some(start)
    }

    /// Adds ranges that became free in a table of `length` entries, and gives the length that the table needs now: what is
    /// free at its end is none of it any more.
    pub(crate) fn free(&mut self, freed: Vec<(u32, u32)>, length: u32) -> u32 {
        let mut ranges = freed;
        self.entries = 0;
        for (count, starts) in std::mem::take(&mut self.by_length) {
            ranges.extend(starts.into_iter().map(|start| (start, count)));
        }
        ranges.retain(|(_, count)| *count != 0);
        ranges.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::new();
        for (start, count) in ranges {
            match joined.last_mut() {
                Some((before, length)) if *before + *length == start => *length += count,
                _ => joined.push((start, count)),
            }
        }
        let end = match joined.last() {
            Some((start, count)) if start + count == length => *start,
            _ => length,
        };
        for (start, count) in joined.into_iter().filter(|(start, _)| *start < end) {
            self.add(start, count);
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::Gaps;

    #[test]
    fn the_smallest_gap_that_fits_is_used() {
        let mut gaps = Gaps::default();
        assert_eq!(gaps.free(vec![(10, 4), (2, 2), (20, 8)], 40), 40);
        assert_eq!(gaps.take(3), Some(10));
        assert_eq!(gaps.take(1), Some(13));
        assert_eq!(gaps.take(2), Some(2));
        assert!(gaps.fits(8) && !gaps.fits(9));
        assert_eq!(gaps.entries(), 8);
        assert_eq!(gaps.take(9), None);
        assert_eq!(gaps.take(8), Some(20));
        assert_eq!(gaps.take(1), None);
    }

    #[test]
    fn gaps_that_touch_are_one() {
        let mut gaps = Gaps::default();
        assert_eq!(gaps.free(vec![(4, 2)], 20), 20);
        assert_eq!(gaps.free(vec![(8, 2), (6, 2), (0, 0)], 20), 20);
        assert_eq!(gaps.take(6), Some(4));
    }

    #[test]
    fn a_gap_at_the_end_shortens_the_table() {
        let mut gaps = Gaps::default();
        assert_eq!(gaps.free(vec![(4, 2), (10, 5)], 20), 20);
        assert_eq!(gaps.free(vec![(15, 5)], 20), 10);
        assert_eq!(gaps.entries(), 2);
        assert_eq!(gaps.free(vec![(6, 4)], 10), 4);
        assert_eq!(gaps.entries(), 0);
        assert!(!gaps.fits(1));
    }

    #[test]
    fn gaps_lie_between_what_is_used() {
        let mut gaps = Gaps::between(vec![(6, 2), (0, 3), (5, 0)], 10).expect("no overlap");
        assert_eq!(gaps.take(3), Some(3));
        assert_eq!(gaps.take(2), Some(8));
        assert!(!gaps.fits(1));
        assert!(Gaps::between(vec![(0, 3), (2, 2)], 10).is_none());
        assert!(Gaps::between(vec![(0, 11)], 10).is_none());
        assert!(Gaps::between(vec![(5, u32::MAX)], 10).is_none());
    }
}
