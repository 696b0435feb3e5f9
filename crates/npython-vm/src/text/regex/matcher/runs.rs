//! Repetitions of a single character.

use super::super::program::{Program, Run, Single, has_byte};
use super::super::subject::Text;
use super::super::syntax::{Greed, NO_LIMIT};
use super::{Entry, Matcher, PartialRun};

/// The position behind up to `most` characters, from `position` on, that `wanted` accepts, and how many they are.
#[inline(always)]
fn count<T: Text>(text: T, position: usize, most: u32, wanted: impl Fn(u32) -> bool) -> (usize, u32) {
    if T::NARROW {
        let rest = text.bytes().get(position..).unwrap_or_default();
        let rest = rest.get(..most as usize).unwrap_or(rest);
        let length = rest.iter().position(|byte| !wanted(u32::from(*byte))).unwrap_or(rest.len());
        return (position + length, length as u32);
    }
    let (mut position, mut found) = (position, 0);
    while found < most
        && let Some((code, next)) = text.next(position)
        && wanted(code)
    {
        position = next;
        found += 1;
    }
    (position, found)
}

#[inline(always)]
fn count_single<T: Text>(program: &Program, text: T, single: Single, position: usize, most: u32) -> (usize, u32) {
    match single {
        Single::Set(number) => match program.sets.get(number as usize) {
            Some(set) if T::NARROW => {
                let low = &set.low;
                count(text, position, most, |code| low[(code >> 6) as usize & 3] >> (code & 63) & 1 != 0)
            }
            Some(set) => count(text, position, most, |code| set.contains(code)),
            None => (position, 0),
        },
        Single::Any if T::NARROW => {
            let rest = text.bytes().get(position..).unwrap_or_default();
            let rest = rest.get(..most as usize).unwrap_or(rest);
            let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            (position + length, length as u32)
        }
        Single::Any => count(text, position, most, |code| code != u32::from('\n')),
        Single::AnyAll => count(text, position, most, |_| true),
        Single::Byte(byte) => count(text, position, most, |code| code == u32::from(byte)),
        Single::Char(wanted) => count(text, position, most, |code| code == wanted),
        Single::NotChar(unwanted) => count(text, position, most, |code| code != unwanted),
    }
}

/// Characters of a run that are counted between two looks at the steps left.
const STRETCH: u32 = 1 << 18;

impl Matcher {
    /// Begins a run at `position`; the position to go on at, if there is one.
    #[inline(always)]
    pub(super) fn begin_run<T: Text>(
        &mut self,
        program: &Program,
        text: T,
        number: u32,
        pc: usize,
        position: usize,
    ) -> Option<usize> {
        let run = program.runs.get(number as usize)?;
        let partial = self.partial.take();
        let mut low = position;
        if let Some(partial) = partial {
            low = partial.low;
        } else if run.low > 0 {
            let found;
            (low, found) = count_single(program, text, run.single, position, run.low);
            self.steps -= i64::from(found / 8);
            if found < run.low {
                if number == program.leading_run && position == self.start {
                    self.run_end = low;
                }
                return None;
            }
        }
        let more = if run.high == NO_LIMIT { NO_LIMIT } else { run.high - run.low };
        if run.greed == Greed::Lazy {
            return self.go_lazily(program, text, run, pc, low, more);
        }
        let (mut high, mut left) = partial.map_or((low, more), |partial| (partial.high, partial.left));
        loop {
            let stretch = left.min(STRETCH);
            let (next, found) = count_single(program, text, run.single, high, stretch);
            self.steps -= i64::from(found / 8);
            high = next;
            left -= if more == NO_LIMIT { 0 } else { found };
            if found < stretch || left == 0 {
                break;
            }
            if self.steps <= 0 {
                // It is begun again where it is when there are more steps.
                self.partial = Some(PartialRun { low, high, left });
                self.stack.push(Entry::Branch { pc: pc as u32, position: position as u32 });
                return None;
            }
        }
        if number == program.leading_run && position == self.start {
            self.run_end = high;
        }
        if run.exclusive {
            let follow = program.first(run.follow)?;
            return text.byte(high).filter(|byte| has_byte(follow, *byte)).map(|_| high);
        }
        if run.greed == Greed::Possessive || low == high {
            return Some(high);
        }
        self.give_back(program, text, run, pc, low, high)
    }

    /// The last position from `low` to `at` where what follows can begin; the others before it are noted for later.
    #[inline(always)]
    fn give_back<T: Text>(
        &mut self,
        program: &Program,
        text: T,
        run: &Run,
        pc: usize,
        low: usize,
        mut at: usize,
    ) -> Option<usize> {
        if let Some(follow) = program.first(run.follow) {
            while !text.byte(at).is_some_and(|byte| has_byte(follow, byte)) {
                if at <= low {
                    return None;
                }
                if self.steps <= 0 {
                    self.stack.push(Entry::Run { pc: pc as u32, low: low as u32, at: at as u32 });
                    return None;
                }
                at = text.previous(at)?.1;
                self.steps -= 1;
            }
        }
        if at > low {
            self.stack.push(Entry::Run { pc: pc as u32, low: low as u32, at: at as u32 });
        }
        Some(at)
    }

    /// A greedy run that ended at `at` ends earlier.
    #[inline(always)]
    pub(super) fn shorten<T: Text>(
        &mut self,
        program: &Program,
        text: T,
        number: u32,
        pc: u32,
        low: u32,
        at: u32,
    ) -> Option<usize> {
        let run = program.runs.get(number as usize)?;
        let before = text.previous(at as usize)?.1;
        self.give_back(program, text, run, pc as usize, low as usize, before)
    }

    /// The first position from `at` on where what follows can begin, over at most `more` characters of the run.
    #[inline(always)]
    fn go_lazily<T: Text>(
        &mut self,
        program: &Program,
        text: T,
        run: &Run,
        pc: usize,
        mut at: usize,
        mut more: u32,
    ) -> Option<usize> {
        if let Some(follow) = program.first(run.follow) {
            while !text.byte(at).is_some_and(|byte| has_byte(follow, byte)) {
                if more == 0 {
                    return None;
                }
                if self.steps <= 0 {
                    self.stack.push(Entry::Lazy { pc: pc as u32, at: at as u32, more });
                    return None;
                }
                let (next, found) = count_single(program, text, run.single, at, 1);
                if found == 0 {
                    return None;
                }
                at = next;
                more -= u32::from(more != NO_LIMIT);
                self.steps -= 1;
            }
        }
        if more > 0 {
            self.stack.push(Entry::Lazy { pc: pc as u32, at: at as u32, more });
        }
        Some(at)
    }

    /// A lazy run that ended at `at` has a character more.
    #[inline(always)]
    pub(super) fn lengthen<T: Text>(
        &mut self,
        program: &Program,
        text: T,
        number: u32,
        pc: u32,
        at: u32,
        more: u32,
    ) -> Option<usize> {
        let run = program.runs.get(number as usize)?;
        let (next, found) = count_single(program, text, run.single, at as usize, 1);
        if found == 0 {
            return None;
        }
        let more = if more == NO_LIMIT { more } else { more - 1 };
        self.go_lazily(program, text, run, pc as usize, next, more)
    }
}
