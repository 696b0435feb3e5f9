//! Objects of the module `re`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::heap::HeapSize;
use crate::text::regex::Program;
use crate::value::{Id, Value};

use super::Object;

/// A compiled pattern.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Pattern {
    /// The `str` or `bytes` it was made from.
    pub source: Value,
    /// With those that the pattern itself sets.
    pub flags: u32,
    /// `groupindex` once it was asked for, else `Undef`.
    pub index: Value,
    /// Made again from the source when a machine is restored.
    #[serde(skip)]
    pub program: Arc<Program>,
}

impl HeapSize for Pattern {
    fn extra_bytes(&self) -> usize {
        self.program.extra_bytes()
    }
}

/// A match. Positions are those of bytes in the stored text, except `pos` and `endpos`.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Match {
    pub pattern: Id<Object>,
    pub string: Value,
    /// Start and end of each group, the whole match first; `u32::MAX` where a group did not match.
    pub spans: Box<[u32]>,
    pub pos: u32,
    pub endpos: u32,
    /// Number of the group that ended last, or 0.
    pub last_group: u32,
}

impl HeapSize for Match {
    fn extra_bytes(&self) -> usize {
        size_of_val(&*self.spans)
    }
}

/// Where a search through a string for one match after the other has come to.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Scanner {
    pub pattern: Id<Object>,
    pub string: Value,
    /// A list that the texts between the matches are appended to, or `Undef`.
    pub pieces: Value,
    /// Matches still to be found.
    pub left: u32,
    /// Byte positions: where the next search begins, and the end.
    pub next: u32,
    pub end: u32,
    pub pos: u32,
    pub endpos: u32,
    /// The next match must not be empty where the last one ended.
    pub must_advance: bool,
}
