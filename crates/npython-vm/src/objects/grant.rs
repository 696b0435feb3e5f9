//! Grants: what an open `with scope(...)` block holds.

use serde::{Deserialize, Serialize};

use crate::value::Value;

/// The grant of one open block. Alive as long as it is in the list of its machine or of a suspended generator.
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

/// The grants of the blocks that a suspended generator stands in, outermost first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct SuspendedGrants {
    pub grants: Vec<LiveGrant>,
}
