//! Looking up, storing and removing keys of dicts and sets.
//!
//! Each operation answers `Fault::Fallback`, with nothing changed, when a guest `__hash__` or `__eq__` has to run; the
//! prelude (operators.py) then goes the same way with the intrinsics of builtins/numbers.rs.

use crate::fault::Fault;
use crate::objects::{Dict, Set, SpecialFlags, Str};
use crate::value::{Id, Value};

use super::Machine;

impl Machine {
    /// The position of `key` in the dict.
    #[inline]
    pub(crate) fn dict_find(&mut self, dict: Id<Dict>, key: Value) -> Result<Option<usize>, Fault> {
        let hash = self.hash_native(key)?;
        self.dict_find_hashed(dict, key, hash)
    }

    /// The same, for a key whose hash is known.
    #[inline]
    pub(crate) fn dict_find_hashed(&mut self, dict: Id<Dict>, key: Value, hash: i64) -> Result<Option<usize>, Fault> {
        let mut equality = self.equality();
        let table = &self.heap.dicts.get(dict).table;
        let found = table.find(hash, |other| equality.equal_keys(*other, key));
        let work = equality.work;
        self.settle_comparison(found, work)
    }

    /// The value of `key`.
    #[inline]
    pub(crate) fn dict_get(&mut self, dict: Id<Dict>, key: Value) -> Result<Option<Value>, Fault> {
        let found = self.dict_find(dict, key)?;
        Ok(found.and_then(|at| self.heap.dicts.get(dict).table.entry(at)).map(|entry| entry.value))
    }

    /// `dict[key] = value`
    #[inline]
    pub(crate) fn dict_set(&mut self, dict: Id<Dict>, key: Value, value: Value) -> Result<(), Fault> {
        let hash = self.hash_native(key)?;
        match self.dict_find_hashed(dict, key, hash)? {
            Some(at) => {
                if let Some(slot) = self.heap.dicts.slot(dict).table.value_mut(at) {
                    *slot = value;
                }
                Ok(())
            }
            None => self.dict_insert_new(dict, hash, key, value),
        }
    }

    /// Adds a key known to be absent; reserves the growth of the table.
    #[inline]
    pub(crate) fn dict_insert_new(&mut self, dict: Id<Dict>, hash: i64, key: Value, value: Value) -> Result<(), Fault> {
        let growth = self.heap.dicts.get(dict).table.growth_bytes_for_insert();
        if growth > 0 {
            self.heap.reserve(growth)?;
        }
        let inserted = self.heap.dicts.slot(dict).table.insert_new(hash, key, value);
        if inserted.extra_work > 0 { self.charge(inserted.extra_work) } else { Ok(()) }
    }

    /// Removes `key` and gives its value.
    pub(crate) fn dict_remove(&mut self, dict: Id<Dict>, key: Value) -> Result<Option<Value>, Fault> {
        let found = self.dict_find(dict, key)?;
        let table = &mut self.heap.dicts.slot(dict).table;
        Ok(found.and_then(|at| table.remove_at(at)).map(|entry| entry.value))
    }

    /// `dict[name] = value` for a string key.
    pub(crate) fn dict_set_str(&mut self, dict: Id<Dict>, name: Id<Str>, value: Value) -> Result<(), Fault> {
        match self.position_of_str(dict, name) {
            Some(at) => {
                if let Some(slot) = self.heap.dicts.slot(dict).table.value_mut(at) {
                    *slot = value;
                }
                Ok(())
            }
            None => self.dict_insert_new(dict, self.hash_of_str(name), Value::Str(name), value),
        }
    }

    /// The value of a string key. Keys of guest classes are not asked: for namespaces.
    #[inline]
    pub(crate) fn find_str(&self, dict: Id<Dict>, name: Id<Str>) -> Option<Value> {
        let at = self.position_of_str(dict, name)?;
        self.heap.dicts.get(dict).table.entry(at).map(|entry| entry.value)
    }

    /// The position of a string key.
    #[inline]
    pub(crate) fn position_of_str(&self, dict: Id<Dict>, name: Id<Str>) -> Option<usize> {
        let hash = self.hash_of_str(name);
        let heap = &self.heap;
        let found = heap.dicts.get(dict).table.find::<()>(hash, |key| {
            Ok(match key {
                Value::Str(other) => *other == name || heap.str(*other) == heap.str(name),
                _ => false,
            })
        });
        found.ok().flatten()
    }

    /// Adds to a set unless an equal element is there.
    #[inline]
    pub(crate) fn set_add(&mut self, set: Id<Set>, value: Value) -> Result<(), Fault> {
        let hash = self.hash_native(value)?;
        self.set_add_hashed(set, value, hash)
    }

    /// The same, for an element whose hash is known.
    pub(crate) fn set_add_hashed(&mut self, set: Id<Set>, value: Value, hash: i64) -> Result<(), Fault> {
        if self.set_find_hashed(set, value, hash)?.is_some() {
            return Ok(());
        }
        self.set_insert_new(set, hash, value)
    }

    /// Adds an element known to be absent; reserves the growth of the table.
    pub(crate) fn set_insert_new(&mut self, set: Id<Set>, hash: i64, value: Value) -> Result<(), Fault> {
        let growth = self.heap.sets.get(set).table.growth_bytes_for_insert();
        if growth > 0 {
            self.heap.reserve(growth)?;
        }
        let work = self.heap.sets.slot(set).table.insert_new(hash, value);
        if work > 0 { self.charge(work) } else { Ok(()) }
    }

    /// The slot of an element.
    #[inline]
    pub(crate) fn set_find(&mut self, set: Id<Set>, value: Value) -> Result<Option<usize>, Fault> {
        let hash = self.hash_native(value)?;
        self.set_find_hashed(set, value, hash)
    }

    /// The same, for an element whose hash is known.
    pub(crate) fn set_find_hashed(&mut self, set: Id<Set>, value: Value, hash: i64) -> Result<Option<usize>, Fault> {
        let mut equality = self.equality();
        let found = self.heap.sets.get(set).table.find(hash, |other| equality.equal_keys(*other, value));
        let work = equality.work;
        let lookup = self.settle_comparison(found, work)?;
        if lookup.extra_work > 0 {
            self.charge(lookup.extra_work)?;
        }
        Ok(lookup.found)
    }

    /// The set a value is or carries, unless its class makes it hashable.
    fn unhashable_set(&self, value: Value) -> Option<Id<Set>> {
        let Value::Set(set) = self.unwrap(value) else { return None };
        match value {
            Value::Instance(id) => {
                let class = self.heap.types.get(self.heap.instances.get(id).class);
                class.flags.has(SpecialFlags::UNHASHABLE).then_some(set)
            }
            _ => Some(set),
        }
    }

    /// Whether an element is in the set. A set that is looked for counts as the frozenset of its elements.
    pub(crate) fn set_contains(&mut self, set: Id<Set>, value: Value) -> Result<bool, Fault> {
        if let Some(other) = self.unhashable_set(value) {
            let hash = self.hash_native(Value::FrozenSet(other));
            // The hash of a set that can change must not be kept.
            self.heap.sets.slot(other).hash = 0;
            let hash = hash?;
            return Ok(self.set_find_hashed(set, Value::FrozenSet(other), hash)?.is_some());
        }
        Ok(self.set_find(set, value)?.is_some())
    }

    /// Removes an element; false when it is not there.
    pub(crate) fn set_remove(&mut self, set: Id<Set>, value: Value) -> Result<bool, Fault> {
        let found = match self.unhashable_set(value) {
            Some(other) => {
                let hash = self.hash_native(Value::FrozenSet(other));
                self.heap.sets.slot(other).hash = 0;
                let hash = hash?;
                self.set_find_hashed(set, Value::FrozenSet(other), hash)?
            }
            None => self.set_find(set, value)?,
        };
        Ok(found.and_then(|slot| self.heap.sets.slot(set).table.remove_at(slot)).is_some())
    }
}
