//! The matcher: runs a program over a text with a stack of its own.
//!
//! The stack holds what to try later and how to undo what was done since: the values of groups and counters. Atomic groups
//! and lookarounds begin with a fence; when they end, what was to be tried later above it is dropped, the rest kept.

mod execute;
mod runs;
mod scan;

use super::program::{Prefix, Program};
use super::subject::{Narrow, Subject, Wide};

/// A group, or a counter's place, that is not set.
pub const UNSET: u32 = u32::MAX;
/// No instruction adds more entries than this.
const MOST_PUSHED: usize = 4;

/// Where a match may begin and end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Anywhere from the start on.
    Search,
    /// It begins at the start.
    Match,
    /// It begins at the start and ends at the end.
    Full,
}

/// Why the matcher paused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pause {
    /// The steps it was given are used up.
    Steps,
    /// The stack would grow beyond what it may hold.
    Room,
}

/// How far the matcher has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    Matched,
    Failed,
    /// It goes on when it is run again.
    Paused(Pause),
}

/// What happens when a fence is reached in going back: all ways through the part it begins have failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum FenceKind {
    /// So has the part.
    Required,
    /// Then the pattern goes on at the fence's place.
    Optional,
}

/// An entry of the stack.
#[derive(Clone, Copy, Debug)]
enum Entry {
    /// To be tried later.
    Branch {
        pc: u32,
        position: u32,
    },
    /// A group's start or end was changed.
    Slot {
        slot: u32,
        old: u32,
    },
    /// A group was closed.
    Close {
        slot: u32,
        old: u32,
        last_group: u32,
    },
    /// A counter was changed.
    Counter {
        number: u32,
        count: u32,
        last: u32,
    },
    /// A round was begun; later, the loop is left.
    Round {
        number: u32,
        last: u32,
        position: u32,
    },
    /// A round was begun.
    Begun {
        number: u32,
        last: u32,
    },
    /// The loop was left; later, another round is begun.
    Another {
        number: u32,
        position: u32,
    },
    /// A run ends at `at`; it may end as early as at `low`.
    Run {
        pc: u32,
        low: u32,
        at: u32,
    },
    /// A lazy run ends at `at`, and may have so many characters more.
    Lazy {
        pc: u32,
        at: u32,
        more: u32,
    },
    Fence {
        previous: u32,
        pc: u32,
        position: u32,
        kind: FenceKind,
    },
}

const _: () = assert!(size_of::<Entry>() == 16);

/// State of a loop.
#[derive(Clone, Copy, Debug)]
struct Counter {
    /// Rounds begun.
    count: u32,
    /// Where the last optional one began.
    last: u32,
}

const FRESH: Counter = Counter { count: 0, last: UNSET };

/// A run that was left when the steps were used up.
#[derive(Clone, Copy, Debug)]
struct PartialRun {
    low: usize,
    high: usize,
    /// Characters it may still have.
    left: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Phase {
    /// Looks for a place to begin at.
    #[default]
    Scan,
    Running,
}

/// The state of one matching operation; used again for the next one, it saves allocations.
#[derive(Debug, Default)]
pub struct Matcher {
    stack: Vec<Entry>,
    slots: Vec<u32>,
    counters: Vec<Counter>,
    last_group: u32,
    /// The innermost fence, by its place on the stack.
    fence: u32,
    pc: usize,
    position: usize,
    /// Where the attempt began.
    start: usize,
    phase: Phase,
    full: bool,
    search: bool,
    must_advance: bool,
    partial: Option<PartialRun>,
    /// Where the leading run of the last attempt ended.
    run_end: usize,
    /// Entries the stack may hold.
    allowed: usize,
    steps: i64,
}

impl Matcher {
    /// Prepares to match from `start` on; with `must_advance`, an empty match at `start` does not count.
    pub fn begin(&mut self, program: &Program, start: usize, mode: Mode, must_advance: bool) {
        self.stack.clear();
        self.slots.clear();
        self.slots.resize((program.groups() + 1) * 2, UNSET);
        self.counters.clear();
        self.counters.resize(program.loops.len(), FRESH);
        self.last_group = 0;
        self.fence = UNSET;
        (self.pc, self.position, self.start) = (0, start, start);
        (self.search, self.full) = (mode == Mode::Search, mode == Mode::Full);
        self.phase = if self.search { Phase::Scan } else { Phase::Running };
        self.must_advance = must_advance;
        self.partial = None;
        self.run_end = 0;
    }

    /// Bytes of the stack when it holds all that it may.
    #[must_use]
    pub fn allowed_bytes(&self) -> usize {
        self.allowed.saturating_mul(size_of::<Entry>())
    }

    /// Lets the stack hold so many bytes, or as many as it has room for already.
    pub fn allow_bytes(&mut self, bytes: usize) {
        self.allowed = bytes / size_of::<Entry>();
        if self.allowed > self.stack.capacity() {
            let more = self.allowed - self.stack.len();
            self.stack.reserve_exact(more);
        }
    }

    /// Frees the stack.
    pub fn give_up_stack(&mut self) {
        self.stack = Vec::new();
    }

    /// Goes on for about so many steps; the second result is how many it took.
    pub fn run(&mut self, program: &Program, subject: Subject, steps: u32) -> (Progress, usize) {
        self.steps = i64::from(steps);
        let progress = match subject {
            Subject::Narrow(text) => self.attempts(program, Narrow(text)),
            Subject::Wide { text, surrogates } => self.attempts(program, Wide { text, surrogates }),
        };
        (progress, usize::try_from(i64::from(steps) - self.steps).unwrap_or(0))
    }

    /// After a match: the part that a group matched, 0 being all of it.
    #[must_use]
    pub fn group(&self, number: usize) -> Option<(usize, usize)> {
        let start = self.slots.get(number * 2).copied().filter(|start| *start != UNSET)?;
        let end = self.slots.get(number * 2 + 1).copied().filter(|end| *end != UNSET)?;
        Some((start as usize, (end as usize).max(start as usize)))
    }

    /// After a match: starts and ends of all groups, `UNSET` where there are none.
    #[must_use]
    pub fn spans(&self) -> &[u32] {
        &self.slots
    }

    /// After a match: the number of the group that ended last; 0 if none has matched.
    #[must_use]
    pub fn last_group(&self) -> u32 {
        self.last_group
    }

    fn attempts<T: super::subject::Text>(&mut self, program: &Program, text: T) -> Progress {
        let length = text.bytes().len();
        if self.start > length {
            return Progress::Failed;
        }
        loop {
            if self.phase == Phase::Scan {
                match self.scan(program, text) {
                    scan::Found::At(start) => self.start = start,
                    scan::Found::Nowhere => return Progress::Failed,
                    scan::Found::Later(start) => {
                        self.start = start;
                        return Progress::Paused(Pause::Steps);
                    }
                }
                (self.pc, self.position) = (0, self.start);
                self.phase = Phase::Running;
            }
            match self.execute(program, text) {
                Progress::Failed if self.search && self.start < length => {}
                progress => return progress,
            }
            self.must_advance = false;
            let next = text.next(self.start).map_or(length, |(_, next)| next);
            self.start = next.max(self.run_end);
            self.run_end = 0;
            if matches!(program.prefix, Prefix::Start) {
                return Progress::Failed;
            }
            self.phase = Phase::Scan;
        }
    }
}
