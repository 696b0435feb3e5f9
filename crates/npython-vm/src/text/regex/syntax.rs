//! The tree of a pattern.

/// Stands for "no upper bound" in a repetition.
pub(super) const NO_LIMIT: u32 = u32::MAX;

/// How many characters something matches: at least, at most (saturated).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Width {
    pub(super) low: u64,
    pub(super) high: u64,
}

impl Width {
    pub(super) const ONE: Self = Self { low: 1, high: 1 };

    pub(super) fn plus(self, other: Self) -> Self {
        Self { low: self.low.saturating_add(other.low), high: self.high.saturating_add(other.high) }
    }

    pub(super) fn either(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    pub(super) fn repeated(self, low: u32, high: u32) -> Self {
        let most = match high {
            NO_LIMIT if self.high > 0 => u64::MAX,
            NO_LIMIT => 0,
            times => self.high.saturating_mul(u64::from(times)),
        };
        Self { low: self.low.saturating_mul(u64::from(low)), high: most }
    }
}

/// `\d`, `\s`, `\w` and their opposites.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Category {
    Digit,
    NotDigit,
    Space,
    NotSpace,
    Word,
    NotWord,
}

/// What stands in a set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum SetItem {
    Literal(u32),
    Range(u32, u32),
    Category(Category),
}

/// A condition on the place between two characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// `^`
    Beginning,
    /// `\A`
    BeginningOfString,
    /// `$`
    End,
    /// `\Z`
    EndOfString,
    Boundary,
    NotBoundary,
}

/// Which of the possible numbers of repetitions is tried first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Greed {
    Greedy,
    Lazy,
    Possessive,
}

/// A part of a pattern.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Node {
    Literal(u32),
    NotLiteral(u32),
    /// `.`
    Any,
    Set {
        negated: bool,
        items: Box<[SetItem]>,
    },
    Place(Place),
    Repeat {
        low: u32,
        high: u32,
        greed: Greed,
        body: Box<Sequence>,
    },
    Group {
        number: Option<u32>,
        add_flags: u32,
        remove_flags: u32,
        body: Box<Sequence>,
    },
    Atomic(Box<Sequence>),
    Branch(Box<[Sequence]>),
    Look {
        behind: bool,
        negated: bool,
        body: Box<Sequence>,
    },
    Reference {
        group: u32,
        width: Width,
    },
    Conditional {
        group: u32,
        yes: Box<Sequence>,
        no: Option<Box<Sequence>>,
    },
    /// Never matches.
    Fail,
}

impl Node {
    /// Whether it matches exactly one character and captures nothing.
    pub(super) fn is_single(&self) -> bool {
        matches!(self, Self::Literal(_) | Self::NotLiteral(_) | Self::Any | Self::Set { .. })
    }

    pub(super) fn width(&self) -> Width {
        match self {
            Self::Literal(_) | Self::NotLiteral(_) | Self::Any | Self::Set { .. } => Width::ONE,
            Self::Place(_) | Self::Look { .. } | Self::Fail => Width::default(),
            Self::Repeat { low, high, body, .. } => body.width.repeated(*low, *high),
            Self::Group { body, .. } | Self::Atomic(body) => body.width,
            Self::Branch(alternatives) => {
                alternatives.iter().map(|sequence| sequence.width).reduce(Width::either).unwrap_or_default()
            }
            Self::Reference { width, .. } => *width,
            Self::Conditional { yes, no, .. } => {
                yes.width.either(no.as_ref().map_or(Width::default(), |no| no.width)).widened(no.is_none())
            }
        }
    }
}

impl Width {
    /// Nothing at all may match, too.
    fn widened(self, optional: bool) -> Self {
        if optional { Self { low: 0, ..self } } else { self }
    }
}

/// Parts that follow one another.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Sequence {
    pub(super) nodes: Vec<Node>,
    pub(super) width: Width,
}

impl Sequence {
    pub(super) fn of(nodes: Vec<Node>) -> Self {
        let width = nodes.iter().map(Node::width).fold(Width::default(), Width::plus);
        Self { nodes, width }
    }
}
