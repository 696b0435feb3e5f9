//! Grants: what an open `with scope(...)` block holds.

use serde::{Deserialize, Serialize};

use crate::value::Value;

/// The grant of one open block, in the machine's table by serial number from when the block is entered until it is left.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct LiveGrant {
    /// The name, an exact `str`.
    pub scope: Value,
    /// The token, an exact `str` or a sealed token: to ask the host again for a machine that was stored.
    pub token: Value,
    /// The host's number for it. Never stored: a machine that was loaded has no grant until its host gives it again.
    #[serde(skip)]
    pub number: Option<u32>,
    /// Line of the `with` statement.
    pub line: u32,
}

/// A grant as a frame has it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct HeldGrant {
    /// Its number in the table. Not in the table: the block was left.
    pub serial: u32,
    /// The frame did not open the block: it runs a task made inside it.
    pub inherited: bool,
}

/// The grants of a generator while it is not running, by serial number.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct GeneratorGrants {
    /// Of the blocks it stands in itself, outermost first; as many as its frame says.
    pub own: Vec<u32>,
    /// Of the blocks it was made a task in.
    pub inherited: Vec<u32>,
}
