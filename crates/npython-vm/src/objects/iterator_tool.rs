//! The states of the iterators of `itertools`.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::value::{Id, Value};

use super::{List, Tuple};

/// State of an iterator of `itertools` that the machine steps itself. An inner iterator is `Undef` once it has ended.
///
/// Where guest code has to take part, a step turns most of them, for good, into a generator of the prelude that goes on
/// from the same state (prelude/itertools.py).
#[derive(Clone, Serialize, Deserialize)]
pub(crate) enum Tool {
    /// It gives nothing more.
    Ended,
    /// `current` is `Undef` between two iterables.
    Chain {
        outer: Value,
        current: Value,
    },
    /// `position` items were taken; the next one given is number `wanted`, none from number `stop` on.
    Slice {
        inner: Value,
        position: u64,
        wanted: u64,
        stop: u64,
        step: u64,
    },
    /// `left` is `None` without end.
    Repeat {
        item: Value,
        left: Option<u64>,
    },
    Count {
        next: Value,
        step: Value,
    },
    /// `inner` is `Undef` when what was `saved` is given again, from `next` on.
    Cycle {
        inner: Value,
        saved: Id<List>,
        next: usize,
    },
    /// `total` is `Undef` before the first item. It is given as it is while `pending`.
    Accumulate {
        function: Value,
        inner: Value,
        total: Value,
        pending: bool,
    },
    Pairwise {
        inner: Value,
        previous: Value,
    },
    Batched {
        inner: Value,
        size: usize,
        strict: bool,
    },
    Compress {
        data: Value,
        selectors: Value,
    },
    /// Of so many of the `inners` items are left.
    ZipLongest {
        inners: Box<[Value]>,
        fill: Value,
        left: usize,
    },
    Sieve {
        kind: Sieve,
        function: Value,
        inner: Value,
    },
    Starmap {
        function: Value,
        inner: Value,
    },
    /// `state` is shared with the groups: see `GROUP_*`.
    GroupBy {
        state: Id<List>,
    },
    /// The group of items whose key is `target`, current as long as the state's number is `number`.
    Group {
        state: Id<List>,
        target: Value,
        number: i64,
    },
    /// Items come in blocks: a list with the next block (or None) in front of up to `TEE_BLOCK` items.
    Tee {
        inner: Value,
        block: Id<List>,
        next: usize,
    },
    Product {
        pools: Box<[Id<Tuple>]>,
        chosen: Box<[usize]>,
        begun: bool,
    },
    Selection {
        kind: Selection,
        pool: Id<Tuple>,
        chosen: Box<[usize]>,
        begun: bool,
    },
    /// The first `cycles.len()` of the `order` are given.
    Permutations {
        pool: Id<Tuple>,
        order: Box<[usize]>,
        cycles: Box<[usize]>,
        begun: bool,
    },
}

/// What a predicate decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum Sieve {
    TakeWhile,
    DropWhile,
    /// What `DropWhile` becomes at the first item that is not dropped.
    All,
    FilterFalse,
}

/// Which positions may follow each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum Selection {
    /// Ascending ones.
    Combinations,
    /// Those that do not descend.
    WithReplacement,
}

/// Places in the list that a `groupby` and its groups share.
pub(crate) const GROUP_INNER: usize = 0;
pub(crate) const GROUP_FUNCTION: usize = 1;
/// The item that was taken last and not yet given; `GROUP_HAS_ITEM` says whether there is one.
pub(crate) const GROUP_ITEM: usize = 2;
pub(crate) const GROUP_KEY: usize = 3;
pub(crate) const GROUP_HAS_ITEM: usize = 4;
/// The key of the group given last; `Missing` before the first.
pub(crate) const GROUP_TARGET: usize = 5;
/// How often a group was asked for: those given before the last time are over.
pub(crate) const GROUP_NUMBER: usize = 6;
/// The class the groups show.
pub(crate) const GROUP_CLASS: usize = 7;

/// Items in a block that the iterators of a `tee` share.
pub(crate) const TEE_BLOCK: usize = 64;

impl Tool {
    /// The values it keeps alive, but for those of `pools` and `inners`.
    pub(crate) fn values(&self) -> SmallVec<[Value; 3]> {
        match self {
            Self::Ended | Self::Product { .. } => SmallVec::new(),
            Self::Chain { outer, current } => SmallVec::from_slice(&[*outer, *current]),
            Self::Slice { inner, .. } | Self::Batched { inner, .. } => SmallVec::from_slice(&[*inner]),
            Self::Repeat { item, .. } => SmallVec::from_slice(&[*item]),
            Self::Count { next, step } => SmallVec::from_slice(&[*next, *step]),
            Self::Cycle { inner, saved, .. } => SmallVec::from_slice(&[*inner, Value::List(*saved)]),
            Self::Accumulate { function, inner, total, .. } => SmallVec::from_slice(&[*function, *inner, *total]),
            Self::Pairwise { inner, previous } => SmallVec::from_slice(&[*inner, *previous]),
            Self::Compress { data, selectors } => SmallVec::from_slice(&[*data, *selectors]),
            Self::ZipLongest { fill, .. } => SmallVec::from_slice(&[*fill]),
            Self::Sieve { function, inner, .. } | Self::Starmap { function, inner } => {
                SmallVec::from_slice(&[*function, *inner])
            }
            Self::GroupBy { state } => SmallVec::from_slice(&[Value::List(*state)]),
            Self::Group { state, target, .. } => SmallVec::from_slice(&[Value::List(*state), *target]),
            Self::Tee { inner, block, .. } => SmallVec::from_slice(&[*inner, Value::List(*block)]),
            Self::Selection { pool, .. } | Self::Permutations { pool, .. } => {
                SmallVec::from_slice(&[Value::Tuple(*pool)])
            }
        }
    }

    /// Number `at` of the values it keeps alive besides.
    pub(crate) fn further_value(&self, at: usize) -> Option<Value> {
        match self {
            Self::ZipLongest { inners, .. } => inners.get(at).copied(),
            Self::Product { pools, .. } => pools.get(at).copied().map(Value::Tuple),
            _ => None,
        }
    }

    /// Bytes it takes, with its parts.
    pub(crate) fn size(&self) -> usize {
        size_of::<Self>()
            + match self {
                Self::ZipLongest { inners, .. } => size_of_val(&**inners),
                Self::Product { pools, chosen, .. } => size_of_val(&**pools) + size_of_val(&**chosen),
                Self::Selection { chosen, .. } => size_of_val(&**chosen),
                Self::Permutations { order, cycles, .. } => size_of_val(&**order) + size_of_val(&**cycles),
                _ => 0,
            }
    }
}
