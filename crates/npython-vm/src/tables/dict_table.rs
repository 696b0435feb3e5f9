//! The table behind `dict`: entries in insertion order, found through an index of `u32` slots.
//!
//! A table of at most [`LINEAR_LIMIT`] entries has no index; its entries are scanned. Beyond that, an index of at
//! least twice the entries' capacity is probed with CPython's perturbed sequence, starting from the plain hash (so
//! consecutive integers lie side by side). A guest can choose integers that lie in each other's way. So no look-up walks
//! further than the longest walk an insertion took, and when an insertion walks past [`PROBE_LIMIT`] strangers the whole
//! table is scattered anew with another seed and the work is reported: look-ups stay short and the guest pays for
//! what it provoked.

use serde::{Deserialize, Serialize};

/// Tables up to this many entries are scanned instead of indexed.
pub const LINEAR_LIMIT: usize = 8;
/// Longest walk over entries with other hashes that an insertion accepts before the table is scattered anew.
const PROBE_LIMIT: u32 = 64;
/// How many new seeds one insertion tries at most.
const SEED_TRIES: u32 = 4;
/// The largest number of entries a table can hold; above it [`DictTable::growth_bytes_for_insert`] asks for the impossible.
const ENTRY_LIMIT: usize = 1 << 31;
const SMALLEST_CAPACITY: usize = 4;
const PERTURB_SHIFT: u32 = 5;
const EMPTY: u32 = u32::MAX;
const DUMMY: u32 = u32::MAX - 1;

/// One key with its hash and its value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry<K, V> {
    pub hash: i64,
    pub key: K,
    pub value: V,
}

/// What an insertion did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inserted {
    /// The position of the new entry.
    pub position: usize,
    /// Slots passed and entries moved because of colliding keys: work beyond the amortised cost of an insertion, zero
    /// but for hostile keys.
    pub extra_work: u64,
}

/// A compact hash table that keeps insertion order.
///
/// Positions of entries are stable until a key is inserted into a full table, which may compact it, or until
/// [`DictTable::clear`]; [`DictTable::keys_version`] tells whether they may have changed. The place of a removed entry is
/// not given to another one before that, so that an iteration notices keys that were replaced behind it, as CPython's does.
#[derive(Debug, Deserialize)]
#[serde(from = "StoredDictTable<K, V>", bound(deserialize = "K: Copy + Deserialize<'de>, V: Copy + Deserialize<'de>"))]
pub struct DictTable<K, V> {
    entries: Vec<Option<Entry<K, V>>>,
    /// Positions in `entries`, `EMPTY` or `DUMMY`; no slots at all while the table is scanned linearly.
    index: Vec<u32>,
    live: u32,
    /// Indexed tables: how many more slots may be filled before the table is rebuilt.
    usable: u32,
    /// No entry before this position is alive.
    first: u32,
    /// No key lies further along its walk than this.
    longest_walk: u32,
    version: u32,
    /// Zero: slots follow the hash itself.
    seed: u64,
}

impl<K: Copy, V: Copy> Default for DictTable<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Copy, V: Copy> Clone for DictTable<K, V> {
    /// The same table: positions, version and the room left are equal too. See also [`DictTable::compact_copy`].
    fn clone(&self) -> Self {
        let mut entries = Vec::with_capacity(self.entries.capacity());
        entries.extend_from_slice(&self.entries);
        Self { entries, index: self.index.clone(), ..*self }
    }
}

impl<K: Copy, V: Copy> DictTable<K, V> {
    /// An empty table; allocates nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            entries: Vec::new(),
            index: Vec::new(),
            live: 0,
            usable: 0,
            first: 0,
            longest_walk: 0,
            version: 0,
            seed: 0,
        }
    }

    /// An empty table with room for `count` keys.
    #[must_use]
    pub fn with_capacity(count: usize) -> Self {
        let mut table = Self::new();
        table.reserve(count);
        table
    }

    /// The number of keys.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.live as usize
    }

    /// Whether the table has no key.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// A number that changes whenever the set of keys or the position of an entry changes; not when a value does.
    #[inline]
    #[must_use]
    pub fn keys_version(&self) -> u32 {
        self.version
    }

    /// The position of the key with this hash for which `eq` answers true.
    ///
    /// `eq` is called only for keys with an equal hash, in probe order.
    ///
    /// # Errors
    /// Whatever `eq` fails with.
    #[inline]
    pub fn find<E>(&self, hash: i64, mut eq: impl FnMut(&K) -> Result<bool, E>) -> Result<Option<usize>, E> {
        if self.index.is_empty() {
            for (position, entry) in self.entries.iter().enumerate() {
                if let Some(entry) = entry
                    && entry.hash == hash
                    && eq(&entry.key)?
                {
                    return Ok(Some(position));
                }
            }
            return Ok(None);
        }
        let mut probe = Probe::new(self.scatter(hash), self.index.len());
        let mut remaining = self.longest_walk;
        loop {
            let position = self.index.get(probe.slot).copied().unwrap_or(EMPTY);
            if let Some(Some(entry)) = self.entries.get(position as usize) {
                if entry.hash == hash && eq(&entry.key)? {
                    return Ok(Some(position as usize));
                }
            } else if position == EMPTY {
                return Ok(None);
            }
            if remaining == 0 {
                return Ok(None);
            }
            remaining -= 1;
            probe.advance();
        }
    }

    /// The entry at a position, if it is alive.
    #[inline]
    #[must_use]
    pub fn entry(&self, position: usize) -> Option<&Entry<K, V>> {
        self.entries.get(position)?.as_ref()
    }

    /// The value at a position, to be replaced; does not change [`DictTable::keys_version`].
    #[inline]
    pub fn value_mut(&mut self, position: usize) -> Option<&mut V> {
        self.entries.get_mut(position)?.as_mut().map(|entry| &mut entry.value)
    }

    /// Adds a key known to be absent, at the end of the order.
    #[inline]
    pub fn insert_new(&mut self, hash: i64, key: K, value: V) -> Inserted {
        let mut extra_work = 0;
        if self.room() == 0 {
            extra_work = self.make_room(self.len() + 1);
        }
        let position = self.entries.len();
        self.entries.push(Some(Entry { hash, key, value }));
        self.live += 1;
        self.version = self.version.wrapping_add(1);
        if !self.index.is_empty() {
            self.usable = self.usable.saturating_sub(1);
            let passed = self.place(hash, position as u32);
            if passed > PROBE_LIMIT {
                extra_work += u64::from(passed) + self.relieve(hash);
            }
        }
        Inserted { position, extra_work }
    }

    /// Removes the entry at a position and returns it; `None` when there is none alive.
    #[inline]
    pub fn remove_at(&mut self, position: usize) -> Option<Entry<K, V>> {
        let removed = self.entries.get_mut(position)?.take()?;
        self.live -= 1;
        self.version = self.version.wrapping_add(1);
        self.forget_slot(removed.hash, position as u32);
        if position == self.first as usize {
            while let Some(None) = self.entries.get(self.first as usize) {
                self.first += 1;
            }
        }
        self.first = self.first.min(self.entries.len() as u32);
        Some(removed)
    }

    /// Removes and returns the entry inserted last. Its place, and those of the dead ones behind it, are free again.
    #[inline]
    pub fn pop_last(&mut self) -> Option<Entry<K, V>> {
        while let Some(None) = self.entries.last() {
            self.entries.pop();
        }
        let last = self.entries.len().checked_sub(1);
        let removed = last.and_then(|last| self.remove_at(last));
        self.entries.pop();
        self.first = self.first.min(self.entries.len() as u32);
        removed
    }

    /// The first live entry at or after a position, with the position to go on from.
    #[inline]
    #[must_use]
    pub fn next_from(&self, position: usize) -> Option<(usize, &Entry<K, V>)> {
        let mut position = position.max(self.first as usize);
        loop {
            match self.entries.get(position)? {
                Some(entry) => return Some((position + 1, entry)),
                None => position += 1,
            }
        }
    }

    /// The last live entry before a position (start with `usize::MAX`), with the position to go on from.
    #[inline]
    #[must_use]
    pub fn previous_from(&self, position: usize) -> Option<(usize, &Entry<K, V>)> {
        let mut position = position.min(self.entries.len());
        while position > self.first as usize {
            position -= 1;
            if let Some(Some(entry)) = self.entries.get(position) {
                return Some((position, entry));
            }
        }
        None
    }

    /// The live entries in insertion order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry<K, V>> + '_ {
        self.entries.iter().skip(self.first as usize).flatten()
    }

    /// Mutable access to the values in insertion order.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> + '_ {
        self.entries.iter_mut().flatten().map(|entry| &mut entry.value)
    }

    /// How many places a walk over all entries visits, dead ones among them: what iterating costs.
    #[inline]
    #[must_use]
    pub fn iteration_cost(&self) -> usize {
        self.entries.len() - self.first as usize
    }

    /// A table of the same entries with nothing dead among them and no more room than they need.
    #[must_use]
    pub fn compact_copy(&self) -> Self {
        let mut copy = Self::new();
        copy.reserve(self.len());
        copy.seed = self.seed;
        copy.entries.extend(self.entries.iter().filter(|entry| entry.is_some()));
        copy.live = self.live;
        copy.rebuild_index(copy.index.len());
        copy
    }

    /// The bytes [`DictTable::compact_copy`] allocates.
    #[must_use]
    pub fn compact_copy_bytes(&self) -> usize {
        if self.is_empty() { 0 } else { Self::new().growth_bytes(self.len()) }
    }

    /// Removes every key and gives the memory back.
    pub fn clear(&mut self) {
        *self = Self { version: self.version.wrapping_add(1), ..Self::new() };
    }

    /// Makes room for `additional` more keys at once.
    pub fn reserve(&mut self, additional: usize) {
        if self.room() < additional {
            self.make_room(self.len().saturating_add(additional).min(ENTRY_LIMIT));
        }
    }

    /// The bytes this table owns on the heap.
    #[inline]
    #[must_use]
    pub fn size_in_bytes(&self) -> usize {
        self.entries.capacity() * size_of::<Option<Entry<K, V>>>() + self.index.capacity() * size_of::<u32>()
    }

    /// The bytes the next insertion would newly allocate (what it frees in exchange is not subtracted).
    #[inline]
    #[must_use]
    pub fn growth_bytes_for_insert(&self) -> usize {
        if self.room() > 0 { 0 } else { self.growth_bytes(self.len() + 1) }
    }

    /// The bytes inserting a key after removing another one would newly allocate.
    #[inline]
    #[must_use]
    pub fn growth_bytes_for_replacement(&self) -> usize {
        if self.room() > 0 { 0 } else { self.growth_bytes(self.len()) }
    }

    /// The bytes [`DictTable::reserve`] would newly allocate.
    #[must_use]
    pub fn growth_bytes_for_reserve(&self, additional: usize) -> usize {
        if self.room() < additional { self.growth_bytes(self.len().saturating_add(additional)) } else { 0 }
    }

    fn growth_bytes(&self, wanted: usize) -> usize {
        if wanted > ENTRY_LIMIT {
            return usize::MAX;
        }
        let capacity = capacity_for(wanted);
        if capacity == self.entries.capacity() {
            return 0;
        }
        capacity * size_of::<Option<Entry<K, V>>>() + index_length(capacity) * size_of::<u32>()
    }

    /// How many keys can be inserted before the table is rebuilt.
    #[inline]
    fn room(&self) -> usize {
        if self.index.is_empty() { self.entries.capacity() - self.entries.len() } else { self.usable as usize }
    }

    /// The hash as the index sees it.
    #[inline]
    fn scatter(&self, hash: i64) -> u64 {
        if self.seed == 0 { hash as u64 } else { mix(hash as u64 ^ self.seed) }
    }

    /// Drops dead entries and rebuilds the table so that it can hold `wanted` keys; returns the extra work.
    #[cold]
    fn make_room(&mut self, wanted: usize) -> u64 {
        let capacity = capacity_for(wanted);
        if self.len() < self.entries.len() {
            self.entries.retain(Option::is_some);
        }
        // Growing in place spares the copy where the allocator can.
        self.entries.reserve_exact(capacity.saturating_sub(self.entries.len()));
        self.entries.shrink_to(capacity);
        self.first = 0;
        self.version = self.version.wrapping_add(1);
        let length = index_length(capacity);
        if self.index.len() != length {
            self.index = Vec::with_capacity(length);
        }
        self.rebuild_index(length)
    }

    /// Fills the index from the entries; returns the slots passed on walks longer than usual.
    fn rebuild_index(&mut self, length: usize) -> u64 {
        self.index.clear();
        self.index.resize(length, EMPTY);
        self.longest_walk = 0;
        if length == 0 {
            self.usable = 0;
            return 0;
        }
        let mut filled = 0;
        let mut extra_work = 0;
        for position in 0..self.entries.len() {
            if let Some(Some(entry)) = self.entries.get(position) {
                let hash = entry.hash;
                let passed = self.place(hash, position as u32);
                if passed > PROBE_LIMIT {
                    extra_work += u64::from(passed);
                }
                filled += 1;
            }
        }
        self.usable = ((length / 2) as u32).saturating_sub(filled);
        extra_work
    }

    /// Puts a position into the first empty slot of its hash's probe sequence; returns how many slots were passed.
    #[inline]
    fn place(&mut self, hash: i64, position: u32) -> u32 {
        let mut probe = Probe::new(self.scatter(hash), self.index.len());
        let mut passed = 0;
        loop {
            match self.index.get_mut(probe.slot) {
                Some(slot) if *slot != EMPTY => passed += 1,
                Some(slot) => {
                    *slot = position;
                    self.longest_walk = self.longest_walk.max(passed);
                    return passed;
                }
                None => return passed,
            }
            probe.advance();
        }
    }

    fn forget_slot(&mut self, hash: i64, position: u32) {
        if self.index.is_empty() {
            return;
        }
        let mut probe = Probe::new(self.scatter(hash), self.index.len());
        while let Some(slot) = self.index.get_mut(probe.slot) {
            if *slot == position {
                *slot = DUMMY;
                return;
            }
            if *slot == EMPTY {
                return;
            }
            probe.advance();
        }
    }

    /// Scatters the table anew when the walk for `hash` led over too many keys with other hashes; returns the work done.
    #[cold]
    #[inline(never)]
    fn relieve(&mut self, hash: i64) -> u64 {
        let mut work = u64::from(PROBE_LIMIT);
        for _ in 0..SEED_TRIES {
            if self.strangers_on_walk(hash) <= PROBE_LIMIT {
                break;
            }
            self.seed = mix(self.seed ^ hash as u64).max(1);
            let passed = self.rebuild_index(self.index.len());
            work = work.saturating_add(self.index.len() as u64).saturating_add(passed);
        }
        work
    }

    /// How many entries with another hash (or dummies) lie on the walk for `hash`. Equal hashes do not count: no seed
    /// separates them, and each costs the caller a comparison it meters itself.
    fn strangers_on_walk(&self, hash: i64) -> u32 {
        let mut probe = Probe::new(self.scatter(hash), self.index.len());
        let mut strangers = 0;
        while let Some(&position) = self.index.get(probe.slot) {
            if position == EMPTY {
                break;
            }
            if !matches!(self.entries.get(position as usize), Some(Some(entry)) if entry.hash == hash) {
                strangers += 1;
            }
            probe.advance();
        }
        strangers
    }
}

/// The entries' capacity for a table that shall hold `wanted` keys: a rebuilt table keeps a quarter of its places free,
/// so that alternating deletions and insertions do not rebuild it each time.
fn capacity_for(wanted: usize) -> usize {
    let mut capacity = SMALLEST_CAPACITY;
    while capacity < wanted || (capacity > LINEAR_LIMIT && capacity / 4 * 3 < wanted) {
        capacity *= 2;
    }
    capacity
}

fn index_length(capacity: usize) -> usize {
    if capacity <= LINEAR_LIMIT { 0 } else { capacity * 2 }
}

/// A bijective scrambler of 64 bits, in which every input bit reaches every output bit.
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    value ^ (value >> 32)
}

/// The sequence of slots that a hash visits.
struct Probe {
    slot: usize,
    mask: usize,
    perturb: u64,
}

impl Probe {
    #[inline]
    fn new(start: u64, length: usize) -> Self {
        let mask = length.wrapping_sub(1);
        Self { slot: start as usize & mask, mask, perturb: start }
    }

    #[inline]
    fn advance(&mut self) {
        self.perturb >>= PERTURB_SHIFT;
        self.slot = (self.slot.wrapping_mul(5).wrapping_add(self.perturb as usize).wrapping_add(1)) & self.mask;
    }
}

/// The stored form: the index is derived data, and a stored index could not be trusted.
#[derive(Serialize, Deserialize)]
struct StoredDictTable<K, V> {
    entries: Vec<Option<Entry<K, V>>>,
    capacity: u32,
    usable: u32,
    version: u32,
    seed: u64,
}

impl<K: Copy + Serialize, V: Copy + Serialize> Serialize for DictTable<K, V> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        StoredDictTable {
            entries: self.entries.clone(),
            capacity: self.entries.capacity() as u32,
            usable: self.usable,
            version: self.version,
            seed: self.seed,
        }
        .serialize(serializer)
    }
}

impl<K: Copy, V: Copy> From<StoredDictTable<K, V>> for DictTable<K, V> {
    fn from(stored: StoredDictTable<K, V>) -> Self {
        let mut stored_entries = stored.entries;
        let first = stored_entries.iter().position(Option::is_some).unwrap_or(stored_entries.len());
        let live = stored_entries.iter().flatten().count();
        // A stored capacity is believed only as far as the entries could have asked for it.
        let least = if stored_entries.is_empty() && stored.capacity == 0 {
            0
        } else {
            stored_entries.len().next_power_of_two().max(SMALLEST_CAPACITY)
        };
        let capacity = if (stored.capacity as usize).is_power_of_two() {
            (stored.capacity as usize).clamp(least, least.saturating_mul(8))
        } else {
            least
        };
        let mut entries = Vec::with_capacity(capacity);
        entries.append(&mut stored_entries);
        let mut table = Self {
            entries,
            index: Vec::new(),
            live: live as u32,
            usable: 0,
            first: first as u32,
            longest_walk: 0,
            version: stored.version,
            seed: stored.seed,
        };
        table.rebuild_index(index_length(capacity));
        let room = capacity.saturating_sub(table.entries.len()) as u32;
        table.usable = table.usable.min(stored.usable).min(room);
        table
    }
}

#[cfg(test)]
mod tests;
