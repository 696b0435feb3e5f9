//! Looks for places where a match may begin.

use super::super::program::{Prefix, Program};
use super::super::subject::Text;
use super::Matcher;

/// Bytes looked at between two questions for the steps left.
const STRETCH: usize = 1 << 16;

pub(super) enum Found {
    At(usize),
    Nowhere,
    /// Nothing before this place; the steps are used up.
    Later(usize),
}

impl Matcher {
    /// The next place from the current start on.
    #[inline]
    pub(super) fn scan<T: Text>(&mut self, program: &Program, text: T) -> Found {
        match &program.prefix {
            Prefix::None => Found::At(self.start),
            Prefix::Start if self.start == 0 => Found::At(0),
            Prefix::Start => Found::Nowhere,
            Prefix::Literal(finder) => {
                let overlap = finder.needle().len().saturating_sub(1);
                self.scan_stretches(text.bytes(), overlap, |stretch| finder.find(stretch))
            }
            Prefix::Bytes(wanted) => {
                let wanted = &**wanted;
                self.scan_stretches(text.bytes(), 0, |stretch| {
                    stretch.iter().position(|byte| wanted[usize::from(*byte)])
                })
            }
        }
    }

    #[inline]
    fn scan_stretches(&mut self, text: &[u8], overlap: usize, find: impl Fn(&[u8]) -> Option<usize>) -> Found {
        let mut from = self.start;
        loop {
            let to = text.len().min(from.saturating_add(STRETCH + overlap));
            let Some(stretch) = text.get(from..to) else { return Found::Nowhere };
            if let Some(found) = find(stretch) {
                self.steps -= (found / 8) as i64;
                return Found::At(from + found);
            }
            self.steps -= (stretch.len() / 8) as i64;
            if to == text.len() {
                return Found::Nowhere;
            }
            from = to - overlap;
            if self.steps <= 0 {
                return Found::Later(from);
            }
        }
    }
}
