//! Generators, coroutines and async generators.

use serde::{Deserialize, Serialize};

use crate::heap::HeapSize;
use crate::machine::Frame;
use crate::value::Value;

use super::GeneratorGrants;

/// Which of the three suspendable functions made it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) enum GeneratorKind {
    #[default]
    Generator,
    Coroutine,
    AsyncGenerator,
    /// What `__anext__`, `asend`, `athrow` and `aclose` of an async generator give.
    AsyncStep,
}

/// Where a generator stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) enum GeneratorState {
    /// Not started.
    Created,
    Suspended,
    Running,
    #[default]
    Finished,
}

/// A suspended frame with its part of the stack.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Generator {
    pub kind: GeneratorKind,
    pub state: GeneratorState,
    /// The frame, with `base` as if its slots were at 0.
    pub frame: Frame,
    /// Slots and operands while not running.
    pub stack: Vec<Value>,
    /// The exception its body was handling when it was suspended.
    pub handled: Value,
    pub name: Value,
    pub qualname: Value,
    /// The step of an async generator is one of `athrow()` or `aclose()`.
    pub throws: bool,
    /// A step of the async generator is under way.
    pub stepping: bool,
    /// A generator that `await` accepts (`types.coroutine`).
    pub awaitable: bool,
    /// Its grants, if it has any.
    pub grants: Option<Box<GeneratorGrants>>,
}

impl Generator {
    /// Its own grants while it is suspended.
    pub(crate) fn own_grants(&self) -> &[u32] {
        self.grants.as_ref().map_or(&[], |grants| &grants.own)
    }
}

impl Default for Generator {
    fn default() -> Self {
        Self {
            kind: GeneratorKind::default(),
            state: GeneratorState::default(),
            frame: Frame::default(),
            stack: Vec::new(),
            handled: Value::None,
            name: Value::None,
            qualname: Value::None,
            throws: false,
            stepping: false,
            awaitable: false,
            grants: None,
        }
    }
}

impl HeapSize for Generator {
    fn extra_bytes(&self) -> usize {
        let grants = self.grants.as_ref().map_or(0, |grants| {
            size_of::<GeneratorGrants>() + (grants.own.capacity() + grants.inherited.capacity()) * size_of::<u32>()
        });
        self.stack.capacity() * size_of::<Value>() + grants
    }
}
