//! Which weak references there are to an object.
//!
//! A reference lives as long as what it refers to. So the one reference without callback that an object has is the same one
//! whenever it is asked for, and whether the collector ran in between makes no difference.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::value::Value;

/// The references of one object that are the same for whoever asks: without callback, of the built-in types.
#[derive(Clone, Copy)]
pub(crate) enum Shared {
    Reference,
    Proxy,
}

/// The references to one object.
#[derive(Clone, Serialize, Deserialize)]
struct References {
    target: Value,
    /// By [`Shared`]; `Undef` where there is none.
    shared: [Value; 2],
    /// Those with a callback, and those of derived classes, oldest first.
    others: Vec<Value>,
}

/// The references to all objects, by target.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct WeakReferences {
    by_target: BTreeMap<(u8, u32), References>,
}

/// Bytes for an object with references, and for each of those.
const ENTRY: usize = 128;
const EACH: usize = size_of::<Value>();

/// Kind and number of something that can be referred to.
fn key(target: Value) -> Option<(u8, u32)> {
    Some(match target {
        Value::Instance(id) => (0, id.number()),
        Value::Function(id) => (1, id.number()),
        Value::Type(id) => (2, id.number()),
        Value::BoundMethod(id) => (3, id.number()),
        Value::Set(id) | Value::FrozenSet(id) => (4, id.number()),
        Value::Generator(id) => (5, id.number()),
        Value::Module(id) => (6, id.number()),
        Value::Object(id) => (7, id.number()),
        Value::Native(id) => (8, id.index() as u32),
        _ => return None,
    })
}

impl WeakReferences {
    pub(crate) fn is_empty(&self) -> bool {
        self.by_target.is_empty()
    }

    /// The reference or proxy without callback.
    pub(crate) fn shared(&self, target: Value, which: Shared) -> Option<Value> {
        self.by_target.get(&key(target)?)?.shared.get(which as usize).copied()?.given()
    }

    /// Bytes that one more reference takes.
    pub(crate) fn growth(&self, target: Value) -> usize {
        match key(target) {
            Some(key) if self.by_target.contains_key(&key) => EACH,
            _ => ENTRY + EACH,
        }
    }

    /// Notes a reference.
    pub(crate) fn add(&mut self, target: Value, reference: Value, which: Option<Shared>) {
        let Some(key) = key(target) else { return };
        let made = || References { target, shared: [Value::Undef; 2], others: Vec::new() };
        let references = self.by_target.entry(key).or_insert_with(made);
        match which.and_then(|which| references.shared.get_mut(which as usize)) {
            Some(place) => *place = reference,
            None => references.others.push(reference),
        }
    }

    /// All references to an object: the shared ones, then the others, newest first.
    pub(crate) fn all(&self, target: Value) -> Vec<Value> {
        let Some(references) = key(target).and_then(|key| self.by_target.get(&key)) else { return Vec::new() };
        let shared = references.shared.iter().filter(|reference| !reference.is_undef());
        shared.chain(references.others.iter().rev()).copied().collect()
    }

    /// All objects with references.
    pub(crate) fn targets(&self) -> impl Iterator<Item = Value> + '_ {
        self.by_target.values().map(|references| references.target)
    }

    /// Forgets the references to what is gone.
    pub(crate) fn retain(&mut self, is_live: impl Fn(Value) -> bool) {
        self.by_target.retain(|_, references| is_live(references.target));
    }

    /// Bytes held.
    pub(crate) fn bytes(&self) -> usize {
        let each = |references: &References| ENTRY + (references.others.capacity() + 2) * EACH;
        self.by_target.values().map(each).fold(0, usize::saturating_add)
    }
}
