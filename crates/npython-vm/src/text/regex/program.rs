//! Compiled patterns.

use memchr::memmem::Finder;

use super::character_set::CharacterSet;
use super::syntax::Greed;

/// Bytes that something may begin with, by their bits.
pub(super) type FirstBytes = [u64; 4];

/// Number of a table that an instruction does without.
pub(super) const NONE: u32 = u32::MAX;

/// A condition on the place between two characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum At {
    Start,
    LineStart,
    /// The end, or before a newline there.
    End,
    LineEnd,
    StringEnd,
    Boundary {
        unicode: bool,
    },
    NotBoundary {
        unicode: bool,
    },
}

/// An instruction. Places in the program are numbers of instructions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Inst {
    /// The pattern has matched.
    Match,
    Fail,
    /// A character of one byte.
    Byte(u8),
    Char(u32),
    NotChar(u32),
    /// Anything but a newline.
    Any,
    AnyAll,
    Set(u32),
    /// A part of [`Program::literals`].
    Literal {
        start: u32,
        length: u32,
    },
    At(At),
    /// The start of a group.
    Open(u32),
    /// The end of a group.
    Close(u32),
    Jump(u32),
    /// Goes on; later, `other` is tried. Goes there at once when the next byte is not among `first`.
    Split {
        other: u32,
        first: u32,
    },
    /// Goes to `target`; later, goes on. Goes on at once when the next byte is not among `first`.
    Prefer {
        target: u32,
        first: u32,
    },
    /// Repeats a single character.
    Run(u32),
    /// Resets the counter of a loop.
    Enter(u32),
    /// Before each round of a loop.
    Loop(u32),
    /// Before each round of a possessive loop.
    Seize(u32),
    /// Behind each round of a possessive loop.
    Seized(u32),
    Atomic,
    AtomicEnd,
    Look(u32),
    LookEnd(u32),
    Reference(u32),
    /// With case ignored.
    ReferenceFolded {
        group: u32,
        unicode: bool,
    },
    /// Goes on if the group has matched, else to `otherwise`.
    Conditional {
        group: u32,
        otherwise: u32,
    },
}

/// What a run repeats.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Single {
    Byte(u8),
    Char(u32),
    NotChar(u32),
    Any,
    AnyAll,
    Set(u32),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Run {
    pub(super) single: Single,
    pub(super) low: u32,
    pub(super) high: u32,
    pub(super) greed: Greed,
    /// Bytes that what follows can begin with, or `NONE`.
    pub(super) follow: u32,
    /// What follows cannot begin with a character that is repeated: giving back characters is of no use.
    pub(super) exclusive: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Loop {
    pub(super) low: u32,
    pub(super) high: u32,
    pub(super) lazy: bool,
    pub(super) body: u32,
    pub(super) exit: u32,
    /// The body never matches the empty string.
    pub(super) advances: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Look {
    /// Characters to go back first.
    pub(super) back: u32,
    pub(super) negated: bool,
    /// The instruction behind.
    pub(super) after: u32,
}

/// What is looked for before the program is run at a place.
#[derive(Clone, Debug, Default)]
pub(super) enum Prefix {
    #[default]
    None,
    /// It matches at the start of the text only.
    Start,
    Literal(Box<Finder<'static>>),
    Bytes(Box<[bool; 256]>),
}

/// A compiled pattern.
#[derive(Clone, Debug, Default)]
pub struct Program {
    pub(super) code: Vec<Inst>,
    pub(super) sets: Vec<CharacterSet>,
    pub(super) runs: Vec<Run>,
    pub(super) loops: Vec<Loop>,
    pub(super) looks: Vec<Look>,
    pub(super) literals: Vec<u8>,
    pub(super) firsts: Vec<FirstBytes>,
    pub(super) prefix: Prefix,
    /// The run that the pattern begins with, if a failure behind it means that it fails for every start within it.
    pub(super) leading_run: u32,
    pub(super) is_text: bool,
    pub(super) flags: u32,
    pub(super) groups: u32,
    pub(super) names: Vec<(String, u32)>,
}

impl Program {
    /// The flags, with those the pattern itself sets.
    #[must_use]
    pub fn flags(&self) -> u32 {
        self.flags
    }

    /// Number of groups.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.groups as usize
    }

    /// The names of groups with their numbers, in the order of the groups.
    #[must_use]
    pub fn names(&self) -> &[(String, u32)] {
        &self.names
    }

    /// Whether it was made for `str`.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.is_text
    }

    /// Bytes it holds outside of itself.
    #[must_use]
    pub fn extra_bytes(&self) -> usize {
        let sets: usize = self.sets.iter().map(|set| size_of::<CharacterSet>() + set.extra_bytes()).sum();
        let names: usize = self.names.iter().map(|(name, _)| size_of::<(String, u32)>() + name.len()).sum();
        self.code.len() * size_of::<Inst>()
            + sets
            + self.runs.len() * size_of::<Run>()
            + self.loops.len() * size_of::<Loop>()
            + self.looks.len() * size_of::<Look>()
            + self.literals.len() * 2
            + self.firsts.len() * size_of::<FirstBytes>()
            + names
            + 512
    }

    /// The set of first bytes with a number; `None` for any byte.
    #[inline(always)]
    pub(super) fn first(&self, number: u32) -> Option<&FirstBytes> {
        if number == NONE { None } else { self.firsts.get(number as usize) }
    }
}

/// Whether a byte is in a set of first bytes.
#[inline(always)]
pub(super) fn has_byte(first: &FirstBytes, byte: u8) -> bool {
    first[usize::from(byte >> 6)] >> (byte & 63) & 1 != 0
}
