//! The table behind `set` and `frozenset`.
//!
//! Programs print sets, so the order of iteration is part of the behaviour: slot sequence, growth, dummies and rebuilds
//! are those of CPython 3.13's set objects, for the same hashes and the same history of operations. See
//! [`super::set_operations`] for the operations on two sets.
//!
//! The order leaves no freedom to defend against colliding keys, so look-ups and insertions report the slots they
//! walked beyond the first run, for the caller to charge.

use serde::{Deserialize, Serialize};

/// The smallest table; sets up to this size count as having it even before anything is allocated.
const SMALLEST_LENGTH: usize = 8;
/// How many neighbours are tried after each slot of the sequence.
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
/// From this many keys on, a full table grows by two instead of four.
const LARGE: usize = 50_000;
/// Lengths stop here; [`SetTable::growth_bytes_for_insert`] asks for the impossible beyond.
const LENGTH_LIMIT: usize = 1 << 40;

/// One place of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) enum Slot<K> {
    #[default]
    Empty,
    /// A key was removed here; walks go on over it.
    Dummy,
    Key(K),
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct SetEntry<K> {
    hash: i64,
    slot: Slot<K>,
}

/// The answer of a look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetLookup {
    /// The slot that holds the key.
    pub found: Option<usize>,
    /// Slots walked beyond the first run of neighbours; zero but for full or hostile tables.
    pub extra_work: u64,
}

/// A hash set with CPython's iteration order.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "StoredSetTable<K>", bound(serialize = "K: Serialize", deserialize = "K: Copy + Deserialize<'de>"))]
pub struct SetTable<K> {
    /// Empty until the first key arrives, then a power of two.
    slots: Vec<SetEntry<K>>,
    used: usize,
    /// Keys and dummies.
    fill: usize,
    /// Where `pop` goes on searching.
    finger: usize,
}

impl<K: Copy> Default for SetTable<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Copy> SetTable<K> {
    /// An empty set; allocates nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self { slots: Vec::new(), used: 0, fill: 0, finger: 0 }
    }

    /// The number of keys.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.used
    }

    /// Whether the set has no key.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.used == 0
    }

    /// Looks for the key with this hash for which `eq` answers true; `eq` sees only keys with an equal hash.
    ///
    /// # Errors
    /// Whatever `eq` fails with.
    #[inline]
    pub fn find<E>(&self, hash: i64, mut eq: impl FnMut(&K) -> Result<bool, E>) -> Result<SetLookup, E> {
        if self.used == 0 {
            return Ok(SetLookup { found: None, extra_work: 0 });
        }
        let mut walk = Walk::new(hash, self.mask());
        loop {
            for index in walk.run() {
                match self.slots.get(index) {
                    Some(SetEntry { slot: Slot::Empty, .. }) | None => {
                        return Ok(SetLookup { found: None, extra_work: walk.extra_work });
                    }
                    Some(SetEntry { hash: held, slot: Slot::Key(key) }) if *held == hash => {
                        if eq(key)? {
                            return Ok(SetLookup { found: Some(index), extra_work: walk.extra_work });
                        }
                    }
                    Some(_) => {}
                }
            }
            walk.advance();
        }
    }

    /// Whether a key is in the set.
    ///
    /// # Errors
    /// Whatever `eq` fails with.
    #[inline]
    pub fn contains<E>(&self, hash: i64, eq: impl FnMut(&K) -> Result<bool, E>) -> Result<bool, E> {
        Ok(self.find(hash, eq)?.found.is_some())
    }

    /// Adds a key known to be absent; returns the extra work done for colliding keys.
    #[inline]
    pub fn insert_new(&mut self, hash: i64, key: K) -> u64 {
        self.allocate_smallest();
        if self.has_dummies()
            && let Some((dummy, work)) = self.last_dummy_on_walk(hash)
        {
            if let Some(entry) = self.slots.get_mut(dummy) {
                *entry = SetEntry { hash, slot: Slot::Key(key) };
            }
            self.used += 1;
            return work;
        }
        let mut work = place(&mut self.slots, hash, key);
        self.used += 1;
        self.fill += 1;
        if self.fill * 5 >= self.mask() * 3 {
            work += self.resize(self.growth_target());
        }
        work
    }

    /// The key at a slot.
    #[inline]
    #[must_use]
    pub fn key_at(&self, slot: usize) -> Option<&K> {
        match self.slots.get(slot)? {
            SetEntry { slot: Slot::Key(key), .. } => Some(key),
            _ => None,
        }
    }

    /// Removes the key at a slot and returns it.
    #[inline]
    pub fn remove_at(&mut self, slot: usize) -> Option<K> {
        let entry = self.slots.get_mut(slot)?;
        let Slot::Key(key) = entry.slot else {
            return None;
        };
        *entry = SetEntry { hash: -1, slot: Slot::Dummy };
        self.used -= 1;
        Some(key)
    }

    /// Removes and returns the key `set.pop` takes next, with the number of slots searched.
    pub fn pop(&mut self) -> Option<(K, u64)> {
        if self.used == 0 {
            return None;
        }
        let mut slot = self.finger & self.mask();
        for searched in 0..=self.slots.len() as u64 {
            if let Some(key) = self.remove_at(slot) {
                self.finger = slot + 1;
                return Some((key, searched));
            }
            slot = (slot + 1) & self.mask();
        }
        None
    }

    /// The first key at or after a slot, with its hash and the slot to go on from.
    #[inline]
    #[must_use]
    pub fn next_from(&self, slot: usize) -> Option<(usize, i64, &K)> {
        let rest = self.slots.get(slot..)?;
        rest.iter().enumerate().find_map(|(offset, entry)| match &entry.slot {
            Slot::Key(key) => Some((slot + offset + 1, entry.hash, key)),
            _ => None,
        })
    }

    /// How many places a walk over all keys visits, empty ones among them: what iterating, copying and the operations on
    /// two sets cost.
    #[inline]
    #[must_use]
    pub fn iteration_cost(&self) -> usize {
        self.slots.len()
    }

    /// The keys with their hashes, in iteration order.
    pub fn iter(&self) -> impl Iterator<Item = (i64, &K)> + '_ {
        self.slots.iter().filter_map(|entry| match &entry.slot {
            Slot::Key(key) => Some((entry.hash, key)),
            _ => None,
        })
    }

    /// Removes every key. The search finger of `pop` stays, as in CPython.
    pub fn clear(&mut self) {
        *self = Self { finger: self.finger, ..Self::new() };
    }

    /// Takes over the keys of another set, as `intersection_update` does; the search finger of `pop` stays.
    pub fn replace_content(&mut self, other: Self) {
        *self = Self { finger: self.finger, ..other };
    }

    /// The bytes this set owns on the heap.
    #[inline]
    #[must_use]
    pub fn size_in_bytes(&self) -> usize {
        self.slots.capacity() * size_of::<SetEntry<K>>()
    }

    /// The most bytes the next insertion would newly allocate (what it frees in exchange is not subtracted; none when it
    /// reuses a dummy).
    #[inline]
    #[must_use]
    pub fn growth_bytes_for_insert(&self) -> usize {
        if (self.fill + 1) * 5 < self.mask() * 3 {
            return if self.slots.is_empty() { table_bytes::<K>(SMALLEST_LENGTH) } else { 0 };
        }
        let used = self.used + 1;
        table_bytes::<K>(length_above(if used > LARGE { used * 2 } else { used.saturating_mul(4) }))
    }

    /// The bytes a presized update by `count` keys (of a set or a dict) would newly allocate before it inserts.
    #[must_use]
    pub fn growth_bytes_for_update(&self, count: usize) -> usize {
        if self.must_presize(count) {
            table_bytes::<K>(length_above(self.used.saturating_add(count).saturating_mul(2)))
        } else if self.slots.is_empty() {
            table_bytes::<K>(SMALLEST_LENGTH)
        } else {
            0
        }
    }

    /// Grows at once for an update by `count` keys of a set or a dict, as CPython does; returns the extra work done.
    pub fn presize(&mut self, count: usize) -> u64 {
        if self.must_presize(count) { self.resize(self.used.saturating_add(count).saturating_mul(2)) } else { 0 }
    }

    /// The bytes [`SetTable::drop_dummies`] would newly allocate.
    #[must_use]
    pub fn growth_bytes_for_dropping_dummies(&self) -> usize {
        if self.has_many_dummies() { table_bytes::<K>(length_above(self.growth_target())) } else { 0 }
    }

    /// Rebuilds the table when more than a quarter of it is dummies, as after `difference_update`; returns the extra work done.
    pub fn drop_dummies(&mut self) -> u64 {
        if self.has_many_dummies() { self.resize(self.growth_target()) } else { 0 }
    }

    pub(super) fn mask(&self) -> usize {
        self.slots.len().max(SMALLEST_LENGTH) - 1
    }

    pub(super) fn has_dummies(&self) -> bool {
        self.fill != self.used
    }

    /// Whether nothing was ever put into the table since it was made or rebuilt.
    pub(super) fn is_untouched(&self) -> bool {
        self.fill == 0
    }

    /// Copies the slots of a table of the same length that has no dummies.
    pub(super) fn copy_slots_of(&mut self, other: &Self) {
        self.slots.clear();
        self.slots.extend_from_slice(&other.slots);
        self.used = other.used;
        self.fill = other.used;
    }

    /// Puts the keys of another set into an untouched table that is large enough, without looking for equals.
    pub(super) fn insert_all_clean(&mut self, other: &Self) -> u64 {
        self.allocate_smallest();
        let mut work = 0;
        for (hash, key) in other.iter() {
            work += place(&mut self.slots, hash, *key);
        }
        self.used = other.used;
        self.fill = other.used;
        work
    }

    /// The dummy an insertion reuses: the last one before the first empty slot; with the work of finding it.
    fn last_dummy_on_walk(&self, hash: i64) -> Option<(usize, u64)> {
        let mut last = None;
        let mut walk = Walk::new(hash, self.mask());
        loop {
            for index in walk.run() {
                match self.slots.get(index).map(|entry| &entry.slot) {
                    Some(Slot::Key(_)) => {}
                    Some(Slot::Dummy) => last = Some(index),
                    Some(Slot::Empty) | None => return last.map(|index| (index, walk.extra_work)),
                }
            }
            walk.advance();
        }
    }

    fn has_many_dummies(&self) -> bool {
        self.fill - self.used > self.mask() / 4
    }

    fn must_presize(&self, count: usize) -> bool {
        self.fill.saturating_add(count).saturating_mul(5) >= self.mask() * 3
    }

    fn growth_target(&self) -> usize {
        if self.used > LARGE { self.used * 2 } else { self.used * 4 }
    }

    #[inline]
    fn allocate_smallest(&mut self) {
        if self.slots.is_empty() {
            self.slots = empty_slots(SMALLEST_LENGTH);
        }
    }

    #[cold]
    fn resize(&mut self, least: usize) -> u64 {
        let length = length_above(least);
        if length == SMALLEST_LENGTH && self.slots.len() <= SMALLEST_LENGTH && !self.has_dummies() {
            return 0;
        }
        let old = std::mem::replace(&mut self.slots, empty_slots(length));
        self.fill = self.used;
        let mut work = 0;
        for entry in old {
            if let Slot::Key(key) = entry.slot {
                work += place(&mut self.slots, entry.hash, key);
            }
        }
        work
    }
}

/// Puts a key into the first empty slot of its walk; returns the slots walked beyond the first run.
#[inline]
fn place<K: Copy>(slots: &mut [SetEntry<K>], hash: i64, key: K) -> u64 {
    let mut walk = Walk::new(hash, slots.len().wrapping_sub(1));
    loop {
        for index in walk.run() {
            match slots.get_mut(index) {
                Some(entry) if !matches!(entry.slot, Slot::Empty) => {}
                Some(entry) => {
                    *entry = SetEntry { hash, slot: Slot::Key(key) };
                    return walk.extra_work;
                }
                None => return walk.extra_work,
            }
        }
        walk.advance();
    }
}

fn empty_slots<K: Copy>(length: usize) -> Vec<SetEntry<K>> {
    vec![SetEntry { hash: 0, slot: Slot::Empty }; length]
}

/// The smallest length of a table larger than `least`.
fn length_above(least: usize) -> usize {
    let mut length = SMALLEST_LENGTH;
    while length <= least && length < LENGTH_LIMIT {
        length *= 2;
    }
    length
}

fn table_bytes<K>(length: usize) -> usize {
    length.saturating_mul(size_of::<SetEntry<K>>())
}

/// The slots a hash visits: runs of neighbours whose starts follow a perturbed sequence.
struct Walk {
    start: usize,
    mask: usize,
    perturb: u64,
    extra_work: u64,
}

impl Walk {
    #[inline]
    fn new(hash: i64, mask: usize) -> Self {
        Self { start: hash as usize & mask, mask, perturb: hash as u64, extra_work: 0 }
    }

    #[inline]
    fn run(&self) -> std::ops::RangeInclusive<usize> {
        let last = self.start + LINEAR_PROBES;
        self.start..=if last <= self.mask { last } else { self.start }
    }

    #[inline]
    fn advance(&mut self) {
        self.extra_work += LINEAR_PROBES as u64;
        self.perturb >>= PERTURB_SHIFT;
        self.start = (self.start.wrapping_mul(5).wrapping_add(1).wrapping_add(self.perturb as usize)) & self.mask;
    }
}

/// The stored form, checked before it becomes a table.
#[derive(Deserialize)]
struct StoredSetTable<K> {
    slots: Vec<SetEntry<K>>,
    used: usize,
    fill: usize,
    finger: usize,
}

impl<K: Copy> TryFrom<StoredSetTable<K>> for SetTable<K> {
    type Error = &'static str;

    fn try_from(stored: StoredSetTable<K>) -> Result<Self, Self::Error> {
        let StoredSetTable { slots, used, fill, finger } = stored;
        let keys = slots.iter().filter(|entry| matches!(entry.slot, Slot::Key(_))).count();
        let filled = slots.iter().filter(|entry| !matches!(entry.slot, Slot::Empty)).count();
        let length_fits = slots.is_empty() || (slots.len().is_power_of_two() && slots.len() >= SMALLEST_LENGTH);
        // A walk ends at an empty slot, so there must be one.
        if !length_fits || keys != used || filled != fill || (filled == slots.len() && filled > 0) {
            return Err("malformed set table");
        }
        Ok(Self { slots, used, fill, finger })
    }
}

#[cfg(test)]
mod tests;
