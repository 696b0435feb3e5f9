//! Typed storage with stable handles.

use serde::{Deserialize, Serialize};

use crate::pace::{GoOn, Interrupted};
use crate::value::Id;

/// Words of 64 objects swept between two questions.
const WORDS_PER_QUESTION: usize = 128;

/// Bytes an object holds outside its arena slot, by capacity.
pub(crate) trait HeapSize {
    fn extra_bytes(&self) -> usize;
}

/// Slots of one type, reused after collection. A free slot holds `T::default()`.
#[derive(Serialize, Deserialize, Clone)]
#[serde(bound(serialize = "T: Serialize", deserialize = "T: Deserialize<'de>"))]
pub(crate) struct Arena<T: 'static> {
    /// Handles below this number belong to the process-wide base heap.
    base_length: usize,
    #[serde(skip, default = "no_base")]
    base: &'static [T],
    #[serde(deserialize_with = "crate::snapshot::census::counted_slots")]
    slots: Vec<T>,
    free: Vec<u32>,
    /// One bit for each slot in use.
    live: Vec<u64>,
    /// The serial numbers of objects that have one, by slot; 0 for the others. See identity.rs.
    #[serde(deserialize_with = "crate::snapshot::census::counted_slots")]
    serials: Vec<u64>,
    #[serde(skip)]
    marks: Vec<u64>,
    /// Bytes that the whole machine may hold.
    #[serde(skip)]
    most_bytes: usize,
}

/// Bytes of slots up to which an arena doubles when it is full.
const DOUBLED: usize = 1 << 20;
/// No arena asks for more address space than this at once.
const MOST_ADDRESSES: usize = 1 << 32;

fn no_base<T>() -> &'static [T] {
    &[]
}

impl<T: Default + HeapSize> Arena<T> {
    /// An arena whose first handles are the objects of `base`, shared and immutable.
    pub(crate) fn over(base: &'static [T]) -> Self {
        Self {
            base_length: base.len(),
            base,
            slots: Vec::new(),
            free: Vec::new(),
            live: Vec::new(),
            serials: Vec::new(),
            marks: Vec::new(),
            most_bytes: 0,
        }
    }

    /// Says how many bytes the whole machine may hold.
    pub(crate) fn set_most_bytes(&mut self, bytes: usize) {
        self.most_bytes = bytes.min(MOST_ADDRESSES);
    }

    /// Makes room for more slots. An arena that has become large gets addresses for all objects that it may ever hold:
    /// what is not used takes no memory, and nothing is copied, so that there are never two of it.
    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        let (length, most) = (self.slots.len(), self.most_bytes / size_of::<T>());
        let is_large = length.saturating_mul(size_of::<T>()) >= DOUBLED;
        if is_large && most > length && self.slots.try_reserve_exact(most - length).is_ok() {
            return;
        }
        self.slots.reserve(length.max(4));
    }

    /// Bytes of free slots.
    #[inline]
    pub(crate) fn idle_bytes(&self) -> usize {
        self.free.len() * size_of::<T>() + self.free.capacity() * size_of::<u32>()
    }

    /// Gives back the memory of the free slots behind the last object, if it is the most of what there is.
    pub(crate) fn shrink(&mut self) {
        let used = self.live.iter().rposition(|word| *word != 0).map_or(0, |last| {
            let word = self.live.get(last).copied().unwrap_or(0);
            last * 64 + 64 - word.leading_zeros() as usize
        });
        if used > self.slots.len() / 2 || self.slots.len() * size_of::<T>() < DOUBLED {
            return;
        }
        self.slots.truncate(used);
        self.slots.shrink_to_fit();
        self.live.truncate(used.div_ceil(64));
        self.live.shrink_to_fit();
        self.free.retain(|slot| (*slot as usize) < used);
        self.free.shrink_to_fit();
        self.serials.truncate(used);
    }

    /// Gives an arena that was loaded from its stored form the base it was made over.
    pub(crate) fn attach_base(&mut self, base: &'static [T]) -> bool {
        self.base = base;
        self.base_length == base.len()
    }

    /// Whether every slot is either in use or listed once as free, as it always is but in a forged snapshot.
    pub(crate) fn is_sound(&self) -> bool {
        let count = self.slots.len();
        let words_fit = self.live.len() == count.div_ceil(64);
        let beyond = match (count % 64, self.live.last()) {
            (0, _) | (_, None) => 0,
            (used, Some(word)) => word >> used,
        };
        if !words_fit || beyond != 0 || count.saturating_add(self.base_length) > u32::MAX as usize {
            return false;
        }
        let is_live = |slot: usize| self.live.get(slot / 64).is_some_and(|word| word & (1 << (slot % 64)) != 0);
        if self.serials.iter().enumerate().any(|(slot, serial)| *serial != 0 && !is_live(slot)) {
            return false;
        }
        let mut taken = self.live.clone();
        for slot in &self.free {
            let bit = 1_u64 << (slot % 64);
            match taken.get_mut(*slot as usize / 64) {
                Some(word) if *word & bit == 0 && (*slot as usize) < count => *word |= bit,
                _ => return false,
            }
        }
        taken.iter().map(|word| word.count_ones() as usize).sum::<usize>() == count
    }

    /// Handles below this number exist.
    pub(crate) fn end(&self) -> u64 {
        (self.base_length + self.slots.len()) as u64
    }

    /// Bytes the objects in use hold, and their serial numbers.
    pub(crate) fn live_bytes(&self) -> usize {
        let objects = self.live_ids().map(|id| size_of::<T>() + self.get(id).extra_bytes());
        objects.fold(size_of_val(self.serials.as_slice()), usize::saturating_add)
    }

    /// The serial number of an object outside of the base, 0 if it has none.
    #[inline]
    pub(crate) fn serial(&self, id: Id<T>) -> u64 {
        self.serials.get(id.index().wrapping_sub(self.base_length)).copied().unwrap_or(0)
    }

    /// How many serial numbers there is to be room for when the object has one.
    fn serials_with(&self, id: Id<T>) -> usize {
        let (needed, present) = (id.index() - self.base_length + 1, self.serials.len());
        if needed <= present {
            return present;
        }
        // As many as there are slots, or half as many more, so that few of the slots cost little, and many are seldom moved.
        let slots = self.slots.len().checked_next_power_of_two().unwrap_or(usize::MAX);
        needed.max(slots.min(present + present / 2 + 16))
    }

    /// Bytes to be reserved before the object is given a serial number.
    pub(crate) fn serial_growth(&self, id: Id<T>) -> usize {
        (self.serials_with(id) - self.serials.len()).saturating_mul(size_of::<u64>())
    }

    /// Gives an object outside of the base a serial number.
    pub(crate) fn set_serial(&mut self, id: Id<T>, serial: u64) {
        let length = self.serials_with(id);
        self.serials.reserve_exact(length - self.serials.len());
        self.serials.resize(length, 0);
        self.serials[id.index() - self.base_length] = serial;
    }

    /// All serial numbers.
    pub(crate) fn serials(&self) -> impl Iterator<Item = u64> + '_ {
        self.serials.iter().copied().filter(|serial| *serial != 0)
    }

    /// Puts a new object in a free slot.
    #[inline]
    pub(crate) fn insert(&mut self, value: T) -> Id<T> {
        let slot = if let Some(slot) = self.free.pop() {
            self.slots[slot as usize] = value;
            slot as usize
        } else {
            if self.slots.len() == self.slots.capacity() {
                self.grow();
            }
            self.slots.push(value);
            let slot = self.slots.len() - 1;
            if slot / 64 >= self.live.len() {
                self.live.push(0);
            }
            slot
        };
        self.live[slot / 64] |= 1 << (slot % 64);
        Id::new((slot + self.base_length) as u32)
    }

    /// The object, of the shared base too.
    #[inline(always)]
    pub(crate) fn get(&self, id: Id<T>) -> &T {
        let index = id.index();
        if index < self.base_length { &self.base[index] } else { &self.slots[index - self.base_length] }
    }

    /// The object for change; `None` for one of the shared base.
    #[inline(always)]
    pub(crate) fn get_mut(&mut self, id: Id<T>) -> Option<&mut T> {
        self.slots.get_mut(id.index().wrapping_sub(self.base_length))
    }

    /// The object for change, of an arena without a base or known not to be in the base.
    #[inline(always)]
    pub(crate) fn slot(&mut self, id: Id<T>) -> &mut T {
        &mut self.slots[id.index() - self.base_length]
    }

    /// Whether the object belongs to the shared base.
    pub(crate) fn is_base(&self, id: Id<T>) -> bool {
        id.index() < self.base_length
    }

    /// The objects that have not been swept, in the order of their slots.
    pub(crate) fn live_ids(&self) -> impl Iterator<Item = Id<T>> + '_ {
        self.ids_in(self.live.iter().copied())
    }

    /// The objects that the collection under way has found, without those of the base.
    pub(crate) fn marked_ids(&self) -> impl Iterator<Item = Id<T>> + '_ {
        self.ids_in(self.live.iter().zip(&self.marks).map(|(live, marks)| live & marks))
    }

    /// The handles whose bits are set.
    fn ids_in<'a>(&'a self, words: impl Iterator<Item = u64> + 'a) -> impl Iterator<Item = Id<T>> + 'a {
        let base = self.base_length;
        words.enumerate().flat_map(move |(word_index, word)| {
            let mut word = word;
            std::iter::from_fn(move || {
                if word == 0 {
                    return None;
                }
                let bit = word.trailing_zeros() as usize;
                word &= word - 1;
                Some(Id::new((word_index * 64 + bit + base) as u32))
            })
        })
    }

    /// Starts a collection.
    pub(crate) fn clear_marks(&mut self) {
        self.marks.clear();
        self.marks.resize(self.live.len(), 0);
    }

    /// Marks the object; true the first time. Objects of the base count as marked.
    #[inline]
    pub(crate) fn mark(&mut self, id: Id<T>) -> bool {
        let index = id.index();
        if index < self.base_length {
            return false;
        }
        let slot = index - self.base_length;
        let bit = 1 << (slot % 64);
        let word = &mut self.marks[slot / 64];
        let first = *word & bit == 0;
        *word |= bit;
        first
    }

    /// Whether the collection under way has found the object.
    pub(crate) fn is_marked(&self, id: Id<T>) -> bool {
        let index = id.index();
        index < self.base_length || {
            let slot = index - self.base_length;
            self.marks.get(slot / 64).is_some_and(|word| word & (1 << (slot % 64)) != 0)
        }
    }

    /// Frees what is not marked; returns the bytes the rest holds, with its serial numbers.
    ///
    /// # Errors
    /// `Interrupted` when `go_on` says so: what is not freed stays, for a program that ends here.
    pub(crate) fn sweep(&mut self, go_on: GoOn<'_>) -> Result<usize, Interrupted> {
        let mut bytes = 0_usize;
        // The lowest free slots are used first, so that what lives long leaves the end of the arena free.
        self.free.clear();
        for word_index in (0..self.live.len()).rev() {
            if word_index % WORDS_PER_QUESTION == WORDS_PER_QUESTION - 1 {
                go_on()?;
            }
            let live = self.live[word_index];
            let kept = live & self.marks[word_index];
            let first = word_index * 64;
            for slot in (first..(first + 64).min(self.slots.len())).rev() {
                let bit = 1 << (slot % 64);
                if kept & bit != 0 {
                    bytes += size_of::<T>() + self.slots[slot].extra_bytes();
                    continue;
                }
                self.free.push(slot as u32);
                if live & bit != 0 {
                    self.slots[slot] = T::default();
                    if let Some(serial) = self.serials.get_mut(slot) {
                        *serial = 0;
                    }
                }
            }
            self.live[word_index] = kept;
        }
        self.marks.clear();
        self.drop_unused_serials();
        Ok(bytes + size_of_val(self.serials.as_slice()))
    }

    fn drop_unused_serials(&mut self) {
        let used = self.serials.iter().rposition(|serial| *serial != 0).map_or(0, |last| last + 1);
        if used < self.serials.len() / 2 {
            self.serials.truncate(used);
            self.serials.shrink_to_fit();
        }
    }
}
