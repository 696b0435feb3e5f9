//! The loop over instructions, and going back.

use crate::text::unicode::simple_lower;

use super::super::character_set::is_word;
use super::super::program::{At, FirstBytes, Inst, Program, has_byte};
use super::super::subject::Text;
use super::super::syntax::NO_LIMIT;
use super::{Entry, FenceKind, MOST_PUSHED, Matcher, Pause, Progress, UNSET};

/// Whether what can begin with `first` cannot begin at a position.
#[inline(always)]
fn cannot_begin<T: Text>(text: T, position: usize, first: Option<&FirstBytes>) -> bool {
    first.is_some_and(|first| !text.byte(position).is_some_and(|byte| has_byte(first, byte)))
}

impl Matcher {
    /// Runs the program for one attempt.
    pub(super) fn execute<T: Text>(&mut self, program: &Program, text: T) -> Progress {
        let code = program.code.as_slice();
        let (mut pc, mut position) = (self.pc, self.position);
        loop {
            if self.steps <= 0 || self.stack.len() + MOST_PUSHED > self.allowed {
                (self.pc, self.position) = (pc, position);
                return Progress::Paused(if self.steps <= 0 { Pause::Steps } else { Pause::Room });
            }
            self.steps -= 1;
            let next = match code.get(pc).copied().unwrap_or(Inst::Fail) {
                Inst::Byte(byte) => (text.byte(position) == Some(byte)).then_some((pc + 1, position + 1)),
                Inst::Char(wanted) => single(text, pc, position, |code| code == wanted),
                Inst::NotChar(unwanted) => single(text, pc, position, |code| code != unwanted),
                Inst::Any => single(text, pc, position, |code| code != u32::from('\n')),
                Inst::AnyAll => single(text, pc, position, |_| true),
                Inst::Set(number) => match program.sets.get(number as usize) {
                    Some(set) => single(text, pc, position, |code| set.contains(code)),
                    None => None,
                },
                Inst::Literal { start, length } => {
                    let literal = program.literals.get(start as usize..(start + length) as usize).unwrap_or_default();
                    let end = position + literal.len();
                    (text.bytes().get(position..end) == Some(literal)).then_some((pc + 1, end))
                }
                Inst::Run(number) => {
                    self.begin_run(program, text, number, pc, position).map(|position| (pc + 1, position))
                }
                Inst::Open(group) => {
                    self.set_slot(group * 2, position);
                    Some((pc + 1, position))
                }
                Inst::Close(group) => {
                    self.close(group, position);
                    Some((pc + 1, position))
                }
                Inst::Jump(target) => Some((target as usize, position)),
                Inst::Split { other, first } => {
                    if cannot_begin(text, position, program.first(first)) {
                        Some((other as usize, position))
                    } else {
                        self.stack.push(Entry::Branch { pc: other, position: position as u32 });
                        Some((pc + 1, position))
                    }
                }
                Inst::Prefer { target, first } => {
                    if cannot_begin(text, position, program.first(first)) {
                        Some((pc + 1, position))
                    } else {
                        self.stack.push(Entry::Branch { pc: pc as u32 + 1, position: position as u32 });
                        Some((target as usize, position))
                    }
                }
                Inst::At(at) => holds(text, at, position).then_some((pc + 1, position)),
                Inst::Match => {
                    let incomplete = self.full && position != text.bytes().len();
                    let unwanted = self.must_advance && position == self.start;
                    if !incomplete && !unwanted {
                        self.slots[0] = self.start as u32;
                        self.slots[1] = position as u32;
                        return Progress::Matched;
                    }
                    None
                }
                Inst::Fail => None,
                Inst::Reference(group) => self.repeated(text, group, position, None).map(|end| (pc + 1, end)),
                Inst::ReferenceFolded { group, unicode } => {
                    self.repeated(text, group, position, Some(unicode)).map(|end| (pc + 1, end))
                }
                Inst::Conditional { group, otherwise } => {
                    Some((if self.captured(group).is_some() { pc + 1 } else { otherwise as usize }, position))
                }
                other => self.structure(program, text, other, pc, position),
            };
            match next.or_else(|| self.back(program, text)) {
                Some(next) => (pc, position) = next,
                None => return Progress::Failed,
            }
        }
    }

    #[inline(always)]
    fn set_slot(&mut self, slot: u32, position: usize) {
        if let Some(place) = self.slots.get_mut(slot as usize) {
            let old = std::mem::replace(place, position as u32);
            self.stack.push(Entry::Slot { slot, old });
        }
    }

    #[inline(always)]
    fn close(&mut self, group: u32, position: usize) {
        let slot = group * 2 + 1;
        if let Some(place) = self.slots.get_mut(slot as usize) {
            let old = std::mem::replace(place, position as u32);
            let last_group = std::mem::replace(&mut self.last_group, group);
            self.stack.push(Entry::Close { slot, old, last_group });
        }
    }

    /// What a group has matched, complete or, within it, in the round before.
    fn captured(&self, group: u32) -> Option<(usize, usize)> {
        let start = self.slots.get(group as usize * 2).copied()?;
        let end = self.slots.get(group as usize * 2 + 1).copied()?;
        (start != UNSET && end != UNSET && start <= end).then_some((start as usize, end as usize))
    }

    /// The end of a repetition of what a group matched; `fold` tells whether case is ignored, as in Unicode or in ASCII.
    fn repeated<T: Text>(&mut self, text: T, group: u32, position: usize, fold: Option<bool>) -> Option<usize> {
        let (start, end) = self.captured(group)?;
        let behind = position + (end - start);
        let Some(unicode) = fold else {
            let found = text.bytes().get(position..behind)?;
            self.steps -= (found.len() / 8) as i64;
            return (Some(found) == text.bytes().get(start..end)).then_some(behind);
        };
        self.steps -= (end - start) as i64;
        let lower = |code: u32| if unicode || code < 128 { simple_lower(code) } else { code };
        let (mut wanted, mut position) = (start, position);
        while wanted < end {
            let (expected, after) = text.next(wanted)?;
            let (found, next) = text.next(position)?;
            if lower(expected) != lower(found) {
                return None;
            }
            (wanted, position) = (after, next);
        }
        Some(position)
    }

    fn counter(&self, number: u32) -> super::Counter {
        self.counters.get(number as usize).copied().unwrap_or(super::FRESH)
    }

    fn set_counter(&mut self, number: u32, count: u32, last: u32) {
        if let Some(counter) = self.counters.get_mut(number as usize) {
            *counter = super::Counter { count, last };
        }
    }

    /// Sets a counter in a way that can be undone.
    fn change_counter(&mut self, number: u32, count: u32, last: u32) {
        let old = self.counter(number);
        self.stack.push(Entry::Counter { number, count: old.count, last: old.last });
        self.set_counter(number, count, last);
    }

    /// Loops with counters, atomic groups and lookarounds.
    fn structure<T: Text>(
        &mut self,
        program: &Program,
        text: T,
        inst: Inst,
        pc: usize,
        position: usize,
    ) -> Option<(usize, usize)> {
        match inst {
            Inst::Enter(number) => {
                self.change_counter(number, 0, UNSET);
                Some((pc + 1, position))
            }
            Inst::Loop(number) => self.round(program, number, position),
            Inst::Seize(number) => self.seize(program, number, position),
            Inst::Seized(number) => {
                self.drop_alternatives();
                let counter = self.counter(number);
                self.change_counter(number, counter.count.saturating_add(1), counter.last);
                Some((pc + 1, position))
            }
            Inst::Atomic => {
                self.push_fence(0, position, FenceKind::Required);
                Some((pc + 1, position))
            }
            Inst::AtomicEnd => {
                self.drop_alternatives();
                Some((pc + 1, position))
            }
            Inst::Look(number) => {
                let look = program.looks.get(number as usize)?;
                let kind = if look.negated { FenceKind::Optional } else { FenceKind::Required };
                let Some(start) = back_by(text, position, look.back) else {
                    return look.negated.then_some((look.after as usize, position));
                };
                self.steps -= i64::from(look.back / 8);
                self.push_fence(look.after, position, kind);
                Some((pc + 1, start))
            }
            Inst::LookEnd(number) => {
                let look = program.looks.get(number as usize)?;
                if look.negated {
                    self.undo_to_fence();
                    return None;
                }
                let place = match self.stack.get(self.fence as usize) {
                    Some(Entry::Fence { position, .. }) => *position as usize,
                    _ => position,
                };
                self.drop_alternatives();
                Some((look.after as usize, place))
            }
            _ => None,
        }
    }

    /// Whether to begin another round of a loop.
    fn round(&mut self, program: &Program, number: u32, position: usize) -> Option<(usize, usize)> {
        let inner = program.loops.get(number as usize)?;
        let counter = self.counter(number);
        let (body, exit) = (inner.body as usize, inner.exit as usize);
        if counter.count < inner.low {
            self.change_counter(number, counter.count + 1, counter.last);
            return Some((body, position));
        }
        let place = position as u32;
        let more = inner.high == NO_LIMIT || counter.count < inner.high;
        if !more || counter.last == place {
            return Some((exit, position));
        }
        if inner.lazy {
            self.stack.push(Entry::Another { number, position: place });
            return Some((exit, position));
        }
        self.stack.push(Entry::Round { number, last: counter.last, position: place });
        self.set_counter(number, counter.count.saturating_add(1), place);
        Some((body, position))
    }

    /// Whether to begin another round of a possessive loop.
    fn seize(&mut self, program: &Program, number: u32, position: usize) -> Option<(usize, usize)> {
        let inner = program.loops.get(number as usize)?;
        let counter = self.counter(number);
        if counter.count < inner.low {
            self.push_fence(0, position, FenceKind::Required);
            return Some((inner.body as usize, position));
        }
        let more = inner.high == NO_LIMIT || counter.count < inner.high;
        if !more || counter.last == position as u32 {
            return Some((inner.exit as usize, position));
        }
        self.push_fence(inner.exit, position, FenceKind::Optional);
        self.change_counter(number, counter.count, position as u32);
        Some((inner.body as usize, position))
    }

    fn push_fence(&mut self, pc: u32, position: usize, kind: FenceKind) {
        let place = self.stack.len() as u32;
        self.stack.push(Entry::Fence { previous: self.fence, pc, position: position as u32, kind });
        self.fence = place;
    }

    /// Ends the part that the fence begins: what was to be tried later in it is dropped, what can be undone is kept.
    fn drop_alternatives(&mut self) {
        let start = self.fence as usize;
        let Some(Entry::Fence { previous, .. }) = self.stack.get(start).copied() else { return };
        self.fence = previous;
        self.steps -= (self.stack.len().saturating_sub(start) / 8) as i64;
        let mut kept = start;
        for at in start + 1..self.stack.len() {
            let entry = match self.stack[at] {
                Entry::Round { number, last, .. } => Entry::Begun { number, last },
                entry @ (Entry::Slot { .. } | Entry::Close { .. } | Entry::Counter { .. } | Entry::Begun { .. }) => {
                    entry
                }
                _ => continue,
            };
            self.stack[kept] = entry;
            kept += 1;
        }
        self.stack.truncate(kept);
    }

    /// Undoes everything since the fence, which is removed.
    fn undo_to_fence(&mut self) {
        let start = self.fence as usize;
        while self.stack.len() > start {
            let Some(entry) = self.stack.pop() else { return };
            self.undo(entry);
        }
    }

    /// Takes back what an entry records.
    #[inline(always)]
    fn undo(&mut self, entry: Entry) {
        match entry {
            Entry::Slot { slot, old } => self.slots[slot as usize] = old,
            Entry::Close { slot, old, last_group } => {
                self.slots[slot as usize] = old;
                self.last_group = last_group;
            }
            Entry::Counter { number, count, last } => self.set_counter(number, count, last),
            Entry::Round { number, last, .. } | Entry::Begun { number, last } => {
                let count = self.counter(number).count;
                self.set_counter(number, count.saturating_sub(1), last);
            }
            Entry::Fence { previous, .. } => self.fence = previous,
            _ => {}
        }
    }

    /// Goes back to what is to be tried next; `None` when nothing is left.
    #[inline]
    fn back<T: Text>(&mut self, program: &Program, text: T) -> Option<(usize, usize)> {
        loop {
            let entry = self.stack.pop()?;
            self.steps -= 1;
            match entry {
                Entry::Branch { pc, position } => return Some((pc as usize, position as usize)),
                Entry::Run { pc, low, at } => {
                    if let Some(Inst::Run(number)) = program.code.get(pc as usize).copied()
                        && let Some(position) = self.shorten(program, text, number, pc, low, at)
                    {
                        return Some((pc as usize + 1, position));
                    }
                }
                Entry::Lazy { pc, at, more } => {
                    if let Some(Inst::Run(number)) = program.code.get(pc as usize).copied()
                        && let Some(position) = self.lengthen(program, text, number, pc, at, more)
                    {
                        return Some((pc as usize + 1, position));
                    }
                }
                Entry::Another { number, position } => {
                    if let Some(inner) = program.loops.get(number as usize) {
                        let count = self.counter(number).count;
                        self.change_counter(number, count.saturating_add(1), position);
                        return Some((inner.body as usize, position as usize));
                    }
                }
                Entry::Round { number, position, .. } => {
                    self.undo(entry);
                    if let Some(inner) = program.loops.get(number as usize) {
                        return Some((inner.exit as usize, position as usize));
                    }
                }
                Entry::Fence { pc, position, kind: FenceKind::Optional, .. } => {
                    self.undo(entry);
                    return Some((pc as usize, position as usize));
                }
                _ => self.undo(entry),
            }
            if self.steps <= 0 && !self.stack.is_empty() {
                // An instruction that does not exist fails, when there are steps again.
                return Some((usize::MAX, 0));
            }
        }
    }
}

#[inline(always)]
fn single<T: Text>(text: T, pc: usize, position: usize, wanted: impl Fn(u32) -> bool) -> Option<(usize, usize)> {
    match text.next(position) {
        Some((code, next)) if wanted(code) => Some((pc + 1, next)),
        _ => None,
    }
}

/// The position `characters` before another one.
fn back_by<T: Text>(text: T, position: usize, characters: u32) -> Option<usize> {
    if T::NARROW {
        return position.checked_sub(characters as usize);
    }
    let mut position = position;
    for _ in 0..characters {
        position = text.previous(position)?.1;
    }
    Some(position)
}

fn holds<T: Text>(text: T, at: At, position: usize) -> bool {
    let bytes = text.bytes();
    let newline = |position: usize| bytes.get(position) == Some(&b'\n');
    match at {
        At::Start => position == 0,
        At::LineStart => position == 0 || newline(position - 1),
        At::StringEnd => position == bytes.len(),
        At::End => position == bytes.len() || (position + 1 == bytes.len() && newline(position)),
        At::LineEnd => position == bytes.len() || newline(position),
        At::Boundary { unicode } => !bytes.is_empty() && turns(text, position, unicode),
        At::NotBoundary { unicode } => !bytes.is_empty() && !turns(text, position, unicode),
    }
}

/// Whether one of the characters around a position belongs to a word, and the other does not.
#[inline]
fn turns<T: Text>(text: T, position: usize, unicode: bool) -> bool {
    let before = text.previous(position).is_some_and(|(code, _)| is_word(code, unicode));
    let behind = text.next(position).is_some_and(|(code, _)| is_word(code, unicode));
    before != behind
}
