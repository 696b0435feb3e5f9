//! The machine's heap: one arena for each kind of object, byte accounting, and the collector.

mod arena;
mod collect;
mod deques;
mod identity;
mod weak_references;

use compact_str::CompactString;
use hashbrown::HashMap;
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

pub(crate) use arena::{Arena, HeapSize};
pub(crate) use collect::Marker;
pub(crate) use deques::End;
pub(crate) use weak_references::{Shared, WeakReferences};

use crate::base::Base;
use crate::fault::Fault;
use crate::objects::{
    BoundMethod, Buffer, ByteArray, Bytes, Cell, Complex, Dict, ExceptionState, Function, Generator, Instance, Iter,
    List, Module, Object, Range, Set, ShapeTable, Slice, Str, StrText, Tuple, TypeObject,
};
use crate::pace::{BYTES_PER_QUESTION, GoOn, Interrupted, push_text};
use crate::value::{Id, Value};

/// Bytes in use below which a collection is not worth its time.
const FIRST_COLLECTION: usize = 4 << 20;
/// At least this share of the limit is allocated between two collections.
const LEAST_ROOM_SHARE: usize = 16;
/// No object takes more bytes in its arena.
const LARGEST_SLOT: usize = 1024;
/// What is moved is looked at for the peak from so many bytes on.
const NOTED_MOVE: usize = 1 << 16;
/// Strings of at least this many bytes grow in shared buffers when appended to.
const SHARED_APPEND: usize = 128;

/// All objects of one machine and what they weigh.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Heap {
    pub big_ints: Arena<BigInt>,
    pub complexes: Arena<Complex>,
    pub strings: Arena<Str>,
    pub buffers: Arena<Buffer>,
    pub bytes: Arena<Bytes>,
    pub byte_arrays: Arena<ByteArray>,
    pub lists: Arena<List>,
    pub tuples: Arena<Tuple>,
    pub dicts: Arena<Dict>,
    pub sets: Arena<Set>,
    pub ranges: Arena<Range>,
    pub slices: Arena<Slice>,
    pub functions: Arena<Function>,
    pub bound_methods: Arena<BoundMethod>,
    pub types: Arena<TypeObject>,
    pub instances: Arena<Instance>,
    pub modules: Arena<Module>,
    pub iters: Arena<Iter>,
    pub generators: Arena<Generator>,
    pub cells: Arena<Cell>,
    pub exceptions: Arena<ExceptionState>,
    pub objects: Arena<Object>,
    pub shapes: ShapeTable,
    pub weak_references: WeakReferences,
    /// Text of interned strings of this machine; those of the base are in the base.
    #[serde(skip)]
    interned: HashMap<CompactString, Id<Str>>,
    #[serde(skip, default = "crate::base::base")]
    base: &'static Base,
    /// The last of the serial numbers given out.
    last_serial: u64,
    /// How many NaNs were read from text.
    nans: u64,
    used: usize,
    peak: usize,
    /// Bytes that were in use after the last collection.
    live: usize,
    /// What was asked for and did not fit.
    #[serde(skip)]
    refused: usize,
    /// Bytes of gaps in the tables of code, which are as idle as slots that no object is in.
    #[serde(skip)]
    idle_code: usize,
    limit: usize,
    /// A collection is due when `used` passes this.
    threshold: usize,
    /// A collection is due when `used` and the free slots together pass this.
    held_threshold: usize,
    /// What `used` may be without looking at either.
    unquestioned: usize,
    pub collect_requested: bool,
    pub collect_always: bool,
}

/// Bytes that a new machine holds before it counts.
const UNCOUNTED: usize = 4096;

/// What a heap has counted.
#[derive(Clone, Copy)]
pub(crate) struct StoredCounts {
    used: usize,
    peak: usize,
    threshold: usize,
    held_threshold: usize,
    unquestioned: usize,
}

impl Heap {
    /// An empty heap over the base heap.
    pub(crate) fn new(base: &'static Base, limit: usize, collect_always: bool) -> Self {
        let threshold = Self::threshold_for(0, limit);
        let mut heap = Self {
            big_ints: Arena::over(&[]),
            complexes: Arena::over(&[]),
            strings: Arena::over(&base.strings),
            buffers: Arena::over(&[]),
            bytes: Arena::over(&[]),
            byte_arrays: Arena::over(&[]),
            lists: Arena::over(&[]),
            tuples: Arena::over(&base.tuples),
            dicts: Arena::over(&[]),
            sets: Arena::over(&[]),
            ranges: Arena::over(&[]),
            slices: Arena::over(&[]),
            functions: Arena::over(&base.functions),
            bound_methods: Arena::over(&[]),
            types: Arena::over(&base.types),
            instances: Arena::over(&[]),
            modules: Arena::over(&[]),
            iters: Arena::over(&[]),
            generators: Arena::over(&[]),
            cells: Arena::over(&[]),
            exceptions: Arena::over(&[]),
            objects: Arena::over(&[]),
            shapes: ShapeTable::default(),
            weak_references: WeakReferences::default(),
            interned: HashMap::new(),
            base,
            last_serial: 0,
            nans: 0,
            used: 0,
            peak: 0,
            live: 0,
            refused: 0,
            idle_code: 0,
            limit,
            threshold,
            held_threshold: threshold,
            unquestioned: threshold,
            collect_requested: collect_always,
            collect_always,
        };
        heap.tell_limit();
        heap
    }

    /// Gives a heap that was loaded from its stored form the base again; false if it was made over another base.
    pub(crate) fn attach_base(&mut self) -> bool {
        let base = self.base;
        self.strings.attach_base(&base.strings)
            && self.tuples.attach_base(&base.tuples)
            && self.functions.attach_base(&base.functions)
            && self.types.attach_base(&base.types)
            && self.big_ints.attach_base(&[])
            && self.complexes.attach_base(&[])
            && self.buffers.attach_base(&[])
            && self.bytes.attach_base(&[])
            && self.byte_arrays.attach_base(&[])
            && self.lists.attach_base(&[])
            && self.dicts.attach_base(&[])
            && self.sets.attach_base(&[])
            && self.ranges.attach_base(&[])
            && self.slices.attach_base(&[])
            && self.bound_methods.attach_base(&[])
            && self.instances.attach_base(&[])
            && self.modules.attach_base(&[])
            && self.iters.attach_base(&[])
            && self.generators.attach_base(&[])
            && self.cells.attach_base(&[])
            && self.exceptions.attach_base(&[])
            && self.objects.attach_base(&[])
    }

    /// Fills the table of interned strings from the strings marked so; false if two have the same text.
    pub(crate) fn restore_interned(&mut self) -> bool {
        let interned: Vec<Id<Str>> = self.strings.live_ids().filter(|id| self.strings.get(*id).interned).collect();
        for id in interned {
            let text = CompactString::new(self.str(id));
            if self.base.interned.contains_key(&text) || self.interned.insert(text, id).is_some() {
                return false;
            }
        }
        true
    }

    /// Lifts the limit while a machine is put together again; [`Heap::settle`] sets it.
    pub(crate) fn lift_limit(&mut self) {
        self.limit = usize::MAX;
        self.threshold = usize::MAX;
        self.held_threshold = usize::MAX;
        self.unquestioned = usize::MAX;
    }

    /// Sets the limit of a heap that was loaded from its stored form, where the counts are only believed as far as the
    /// objects bear them out. False when the objects do not fit.
    pub(crate) fn settle(&mut self, stored: StoredCounts, outside: usize, limit: usize, collect_always: bool) -> bool {
        let live = self.live_bytes();
        // An honest machine stores itself as it was stored.
        (self.used, self.peak) = if live > stored.used.saturating_add(UNCOUNTED) {
            (live, stored.peak.max(live))
        } else {
            (stored.used, stored.peak)
        };
        self.limit = limit;
        self.tell_limit();
        self.threshold = stored.threshold.min(limit);
        self.held_threshold = stored.held_threshold.min(limit);
        self.unquestioned = stored.unquestioned.min(self.threshold);
        self.collect_always = collect_always;
        self.collect_requested = collect_always || self.used > self.threshold;
        live.saturating_add(outside) <= limit
    }

    /// The counts as they are.
    pub(crate) fn counts(&self) -> StoredCounts {
        StoredCounts {
            used: self.used,
            peak: self.peak,
            threshold: self.threshold,
            held_threshold: self.held_threshold,
            unquestioned: self.unquestioned,
        }
    }

    /// Near the limit the last part is not collected for: a collection after every few allocations would take the time of
    /// thousands of instructions each.
    fn threshold_for(live: usize, limit: usize) -> usize {
        let room = limit.saturating_sub(live) / 2;
        live.saturating_add(room.min(live.max(FIRST_COLLECTION)).max(limit / LEAST_ROOM_SHARE)).min(limit)
    }

    /// Bytes in use, garbage not yet collected included.
    pub(crate) fn used(&self) -> usize {
        self.used
    }

    /// Bytes that the machine holds: what is in use, and slots of objects that are gone.
    pub(super) fn held(&self) -> usize {
        self.used.saturating_add(self.idle_bytes())
    }

    /// Says how many bytes of the tables of code are free.
    pub(crate) fn set_idle_code(&mut self, bytes: usize) {
        self.idle_code = bytes;
    }

    /// The most bytes that the machine held.
    pub(crate) fn peak(&self) -> usize {
        // A slot that was free may be counted twice for a moment.
        self.peak.max(self.held()).min(self.limit)
    }

    /// When the machine holds more than this, memory of free slots is given back: other kinds of objects may need it.
    pub(super) fn worth_shrinking(&self) -> usize {
        self.limit / 2
    }

    /// Reserves `bytes` before they are allocated.
    ///
    /// # Errors
    /// `Fault::Halt` when the limit would be passed. Then the machine stops with `MemoryLimitExceeded`, unless the
    /// instruction can run again after a collection: see machine/retry.rs.
    #[inline]
    pub(crate) fn reserve(&mut self, bytes: usize) -> Result<(), Fault> {
        let used = self.used.saturating_add(bytes);
        if used > self.unquestioned {
            return self.reserve_questioned(bytes);
        }
        self.used = used;
        Ok(())
    }

    /// Reserves near a threshold or the limit.
    #[cold]
    #[inline(never)]
    fn reserve_questioned(&mut self, bytes: usize) -> Result<(), Fault> {
        let used = self.used.saturating_add(bytes);
        let idle = self.idle_bytes();
        let held = used.saturating_add(idle);
        if used > self.threshold || held > self.held_threshold {
            self.collect_requested = true;
        }
        // The object itself may take a free slot.
        if used > self.limit || held > self.limit.saturating_add(LARGEST_SLOT.min(idle)) {
            return Err(self.refuse(bytes));
        }
        // Free slots only become fewer until the next collection.
        self.unquestioned = self.threshold.min(self.held_threshold.saturating_sub(idle));
        self.used = used;
        Ok(())
    }

    /// Reserves `new` bytes in place of `old` ones, which are held until what is in them has been moved.
    ///
    /// # Errors
    /// As for [`Heap::reserve`].
    pub(crate) fn reserve_moving(&mut self, old: usize, new: usize) -> Result<(), Fault> {
        self.reserve(new)?;
        if new >= NOTED_MOVE {
            self.peak = self.peak.max(self.held());
        }
        self.release(old);
        Ok(())
    }

    /// The fault of a reservation of `bytes` that do not fit.
    #[cold]
    pub(crate) fn refuse(&mut self, bytes: usize) -> Fault {
        self.refused = bytes.max(1);
        Fault::Halt
    }

    /// Whether a collection may make the room that was refused last, and enough may be garbage for the time it takes.
    /// Forgets the refusal.
    pub(crate) fn is_worth_collecting(&mut self) -> bool {
        let refused = std::mem::take(&mut self.refused);
        let since = self.used.saturating_add(refused).saturating_sub(self.live);
        (1..=self.limit).contains(&refused) && since >= self.limit / LEAST_ROOM_SHARE
    }

    /// Whether `bytes` more do not fit.
    pub(crate) fn would_exceed(&self, bytes: usize) -> bool {
        self.held().saturating_add(bytes) > self.limit
    }

    /// Bytes that may still be reserved.
    pub(crate) fn room(&self) -> usize {
        self.limit.saturating_sub(self.held())
    }

    /// Gives back bytes that were reserved and freed again.
    pub(crate) fn release(&mut self, bytes: usize) {
        self.used = self.used.saturating_sub(bytes);
    }

    /// Notes that a collection, before which the machine held `held` bytes, has left `live` ones in use.
    pub(super) fn finish_collection(&mut self, held: usize, live: usize) {
        self.peak = self.peak.max(held);
        self.used = live;
        self.live = live;
        let idle = self.idle_bytes();
        self.threshold = Self::threshold_for(live, self.limit);
        self.held_threshold = Self::threshold_for(live.saturating_add(idle), self.limit);
        self.unquestioned = self.threshold.min(self.held_threshold.saturating_sub(idle));
        self.collect_requested = self.collect_always;
    }

    // Strings

    /// The text of a string. See [`Str`] for how lone surrogates are held.
    #[inline(always)]
    pub(crate) fn str(&self, id: Id<Str>) -> &str {
        match &self.strings.get(id).text {
            StrText::Owned(text) => text,
            StrText::Shared { buffer, length } => self.shared_text(*buffer, *length),
        }
    }

    #[cold]
    #[inline(never)]
    fn shared_text(&self, buffer: Id<Buffer>, length: u32) -> &str {
        self.buffers.get(buffer).text.get(..length as usize).unwrap_or("")
    }

    /// A new string.
    pub(crate) fn new_str(&mut self, text: &str) -> Result<Value, Fault> {
        if text.len() <= 1 {
            return Ok(self.base.short_string(text));
        }
        self.reserve(size_of::<Str>() + if text.len() > 24 { text.len() } else { 0 })?;
        Ok(Value::Str(self.strings.insert(Str::new(CompactString::new(text)))))
    }

    /// A new string from text already built (its bytes are reserved here all the same).
    pub(crate) fn new_string(&mut self, text: String) -> Result<Value, Fault> {
        if text.len() <= 24 {
            return self.new_str(&text);
        }
        self.reserve(size_of::<Str>() + text.capacity())?;
        Ok(Value::Str(self.strings.insert(Str::new(CompactString::from(text)))))
    }

    /// A new string that is known to be ASCII.
    pub(crate) fn new_ascii(&mut self, text: CompactString) -> Result<Value, Fault> {
        if text.len() <= 1 {
            return Ok(self.base.short_string(&text));
        }
        self.reserve(size_of::<Str>() + if text.is_heap_allocated() { text.capacity() } else { 0 })?;
        let length = text.len() as u32;
        Ok(Value::Str(self.strings.insert(Str::with_facts(StrText::Owned(text), length, true))))
    }

    /// A new string with a copy of an ASCII text.
    #[inline]
    pub(crate) fn make_ascii(&mut self, text: &str) -> Result<Value, Fault> {
        if text.len() <= 1 {
            return Ok(self.base.short_string(text));
        }
        self.reserve(size_of::<Str>() + if text.len() > 24 { text.len() } else { 0 })?;
        let made = Str::with_facts(StrText::Owned(CompactString::new(text)), text.len() as u32, true);
        Ok(Value::Str(self.strings.insert(made)))
    }

    /// A new string whose text holds surrogates in the mapped form.
    pub(crate) fn new_surrogate_str(&mut self, text: String) -> Result<Value, Fault> {
        self.reserve(size_of::<Str>() + text.capacity())?;
        let mut made = Str::new(CompactString::from(text));
        made.surrogates = true;
        Ok(Value::Str(self.strings.insert(made)))
    }

    /// A one-character string.
    pub(crate) fn char_str(&mut self, character: char) -> Result<Value, Fault> {
        let mut bytes = [0; 4];
        let text = character.encode_utf8(&mut bytes);
        if text.len() == 1 { Ok(self.base.short_string(text)) } else { self.new_str(text) }
    }

    /// `left + right`, in linear time over a chain of appends.
    ///
    /// # Errors
    /// `Fault::Halt` at the memory limit, and when `go_on` says so.
    pub(crate) fn concat(&mut self, left: Id<Str>, right: Id<Str>, go_on: GoOn<'_>) -> Result<Value, Fault> {
        let (left_str, right_str) = (self.strings.get(left), self.strings.get(right));
        let length = left_str.length as u64 + right_str.length as u64;
        let ascii = left_str.ascii && right_str.ascii;
        let surrogates = left_str.surrogates || right_str.surrogates;
        let left_bytes = self.str(left).len();
        let right_bytes = self.str(right).len();
        if left_bytes == 0 && !matches!(right_str.text, StrText::Shared { .. }) {
            return Ok(Value::Str(right));
        }
        if right_bytes == 0 {
            return Ok(Value::Str(left));
        }
        let total = left_bytes + right_bytes;
        if total > u32::MAX as usize {
            return Err(Fault::Halt);
        }
        let text = if left_bytes < SHARED_APPEND {
            self.reserve(size_of::<Str>() + if total > 24 { total } else { 0 })?;
            let mut text = CompactString::with_capacity(total);
            text.push_str(self.str(left));
            text.push_str(self.str(right));
            StrText::Owned(text)
        } else {
            self.append_shared(left, right, total, go_on)?
        };
        let mut made = Str::with_facts(text, length as u32, ascii);
        made.surrogates = surrogates;
        Ok(Value::Str(self.strings.insert(made)))
    }

    /// The text of `left` with that of `right` behind it in a shared buffer: appended in place when `left` is the whole
    /// buffer, else copied to a new one.
    fn append_shared(
        &mut self,
        left: Id<Str>,
        right: Id<Str>,
        total: usize,
        go_on: GoOn<'_>,
    ) -> Result<StrText, Fault> {
        if let StrText::Shared { buffer, length } = self.strings.get(left).text {
            let at_tip = self.buffers.get(buffer).text.len() == length as usize;
            let same_buffer =
                matches!(self.strings.get(right).text, StrText::Shared { buffer: other, .. } if other == buffer);
            if at_tip && !same_buffer {
                let capacity = self.buffers.get(buffer).text.capacity();
                let growth = if total > capacity { total.max(capacity * 2) - capacity } else { 0 };
                self.reserve_moving(
                    if growth > 0 { capacity } else { 0 },
                    if growth > 0 { capacity + growth } else { 0 },
                )?;
                self.reserve(size_of::<Str>())?;
                let added = std::mem::take(&mut self.buffers.slot(buffer).text);
                let mut text = added;
                text.reserve_exact(growth.saturating_sub(capacity - text.len()).max(total - text.len()));
                let pushed = push_any(&mut text, self.str(right), go_on);
                self.buffers.slot(buffer).text = text;
                pushed?;
                return Ok(StrText::Shared { buffer, length: total as u32 });
            }
        }
        self.reserve(size_of::<Str>() + size_of::<Buffer>() + total * 2)?;
        let mut text = String::with_capacity(total * 2);
        push_any(&mut text, self.str(left), go_on)?;
        push_any(&mut text, self.str(right), go_on)?;
        let buffer = self.buffers.insert(Buffer { text });
        Ok(StrText::Shared { buffer, length: total as u32 })
    }

    /// The interned string with this text, made when there is none. Interned strings live as long as the machine.
    pub(crate) fn intern(&mut self, text: &str) -> Result<Id<Str>, Fault> {
        if let Some(id) = self.lookup_interned(text) {
            return Ok(id);
        }
        self.reserve(size_of::<Str>() + text.len() * 2 + 48)?;
        let mut made = Str::new(CompactString::new(text));
        made.interned = true;
        let id = self.strings.insert(made);
        self.interned.insert(CompactString::new(text), id);
        Ok(id)
    }

    /// The interned string with this text, if there is one: an attribute whose name is not interned does not exist.
    pub(crate) fn lookup_interned(&self, text: &str) -> Option<Id<Str>> {
        self.base.interned.get(text).or_else(|| self.interned.get(text)).copied()
    }

    /// The interned string equal to `id`, made when there is none.
    pub(crate) fn intern_str(&mut self, id: Id<Str>) -> Result<Id<Str>, Fault> {
        if self.strings.get(id).interned {
            return Ok(id);
        }
        let text = CompactString::new(self.str(id));
        self.intern(&text)
    }

    /// The interned string equal to `id`, if there is one.
    pub(crate) fn interned_of(&self, id: Id<Str>) -> Option<Id<Str>> {
        if self.strings.get(id).interned { Some(id) } else { self.lookup_interned(self.str(id)) }
    }

    /// All interned strings.
    pub(crate) fn interned_ids(&self) -> impl Iterator<Item = Id<Str>> + '_ {
        self.strings.live_ids().filter(|id| self.strings.get(*id).interned)
    }

    // Numbers

    /// An int of any size, in its canonical form.
    pub(crate) fn new_int(&mut self, value: BigInt) -> Result<Value, Fault> {
        if let Some(small) = value.to_i64() {
            return Ok(Value::Int(small));
        }
        self.reserve(size_of::<BigInt>() + value.extra_bytes())?;
        Ok(Value::BigInt(self.big_ints.insert(value)))
    }

    /// An int from a wider native one.
    pub(crate) fn new_i128(&mut self, value: i128) -> Result<Value, Fault> {
        match i64::try_from(value) {
            Ok(small) => Ok(Value::Int(small)),
            Err(_) => self.new_int(BigInt::from(value)),
        }
    }

    /// A complex number.
    pub(crate) fn new_complex(&mut self, real: f64, imaginary: f64) -> Result<Value, Fault> {
        self.reserve(size_of::<Complex>())?;
        Ok(Value::Complex(self.complexes.insert(Complex { real, imaginary })))
    }

    // Objects. Each is reserved for before it is made; what does not fit halts the machine.

    /// A list of `items`.
    pub(crate) fn new_list(&mut self, items: Vec<Value>) -> Result<Value, Fault> {
        self.reserve(size_of::<List>() + items.capacity() * size_of::<Value>())?;
        Ok(Value::List(self.lists.insert(List { items, sorting: false })))
    }

    /// A tuple of `items`; the empty tuple is always the same object.
    pub(crate) fn new_tuple(&mut self, items: &[Value]) -> Result<Value, Fault> {
        if items.is_empty() {
            return Ok(Value::Tuple(Base::EMPTY_TUPLE));
        }
        self.reserve(size_of::<Tuple>() + if items.len() > 3 { size_of_val(items) } else { 0 })?;
        Ok(Value::Tuple(self.tuples.insert(Tuple { items: SmallVec::from_slice(items) })))
    }

    /// A new tuple of items that are its own from now on.
    pub(crate) fn new_tuple_of(&mut self, items: Vec<Value>) -> Result<Value, Fault> {
        if items.len() <= 3 {
            return self.new_tuple(&items);
        }
        self.reserve(size_of::<Tuple>() + items.capacity() * size_of::<Value>())?;
        Ok(Value::Tuple(self.tuples.insert(Tuple { items: SmallVec::from_vec(items) })))
    }

    /// A dict with what `dict` holds.
    pub(crate) fn new_dict(&mut self, dict: Dict) -> Result<Value, Fault> {
        self.reserve(size_of::<Dict>() + dict.extra_bytes())?;
        Ok(Value::Dict(self.dicts.insert(dict)))
    }

    /// A set with what `set` holds; whether it is a frozenset is for the value to say.
    pub(crate) fn new_set(&mut self, set: Set) -> Result<Id<Set>, Fault> {
        self.reserve(size_of::<Set>() + set.extra_bytes())?;
        Ok(self.sets.insert(set))
    }

    /// A bytes object.
    pub(crate) fn new_bytes(&mut self, data: Vec<u8>) -> Result<Value, Fault> {
        self.reserve(size_of::<Bytes>() + data.len())?;
        Ok(Value::Bytes(self.bytes.insert(Bytes { data: data.into_boxed_slice() })))
    }

    /// A bytearray.
    pub(crate) fn new_byte_array(&mut self, data: Vec<u8>) -> Result<Value, Fault> {
        self.reserve(size_of::<ByteArray>() + data.capacity())?;
        Ok(Value::ByteArray(self.byte_arrays.insert(ByteArray { data, exports: 0 })))
    }

    /// A range.
    pub(crate) fn new_range(&mut self, range: Range) -> Result<Value, Fault> {
        self.reserve(size_of::<Range>())?;
        Ok(Value::Range(self.ranges.insert(range)))
    }

    /// A slice object.
    pub(crate) fn new_slice(&mut self, start: Value, stop: Value, step: Value) -> Result<Value, Fault> {
        self.reserve(size_of::<Slice>())?;
        Ok(Value::Slice(self.slices.insert(Slice { start, stop, step })))
    }

    /// A built-in iterator.
    pub(crate) fn new_iter(&mut self, iter: Iter) -> Result<Value, Fault> {
        self.reserve(size_of::<Iter>() + iter.extra_bytes())?;
        Ok(Value::Iter(self.iters.insert(iter)))
    }

    /// A cell for a variable that functions share.
    pub(crate) fn new_cell(&mut self, content: Value) -> Result<Value, Fault> {
        self.reserve(size_of::<Cell>())?;
        Ok(Value::Cell(self.cells.insert(Cell { content })))
    }

    /// A function with its receiver.
    pub(crate) fn new_bound_method(&mut self, function: Value, receiver: Value) -> Result<Value, Fault> {
        self.reserve(size_of::<BoundMethod>())?;
        Ok(Value::BoundMethod(self.bound_methods.insert(BoundMethod { function, receiver })))
    }

    /// A function.
    pub(crate) fn new_function(&mut self, function: Function) -> Result<Value, Fault> {
        self.reserve(size_of::<Function>() + function.extra_bytes())?;
        Ok(Value::Function(self.functions.insert(function)))
    }

    /// One of the rarer built-in objects.
    pub(crate) fn new_object(&mut self, object: Object) -> Result<Value, Fault> {
        self.reserve(size_of::<Object>() + object.extra_bytes())?;
        Ok(Value::Object(self.objects.insert(object)))
    }

    /// A module.
    pub(crate) fn new_module(&mut self, module: Module) -> Result<Value, Fault> {
        self.reserve(size_of::<Module>())?;
        Ok(Value::Module(self.modules.insert(module)))
    }

    // Lists

    /// The items of a list.
    #[inline(always)]
    pub(crate) fn list(&self, id: Id<List>) -> &[Value] {
        &self.lists.get(id).items
    }

    /// Appends in place; reserves when the list has to grow.
    #[inline]
    pub(crate) fn list_push(&mut self, id: Id<List>, value: Value) -> Result<(), Fault> {
        let items = &mut self.lists.slot(id).items;
        if items.len() == items.capacity() {
            return self.list_push_growing(id, value);
        }
        items.push(value);
        Ok(())
    }

    #[cold]
    fn list_push_growing(&mut self, id: Id<List>, value: Value) -> Result<(), Fault> {
        self.list_reserve(id, 1)?;
        self.lists.slot(id).items.push(value);
        Ok(())
    }

    /// Makes room for `more` items beyond the list's length, reserving the bytes first.
    pub(crate) fn list_reserve(&mut self, id: Id<List>, more: usize) -> Result<(), Fault> {
        let items = &self.lists.get(id).items;
        let (length, capacity) = (items.len(), items.capacity());
        let needed = length.saturating_add(more);
        if needed > capacity {
            let target = needed.max(capacity + capacity / 2 + 4);
            let size = size_of::<Value>();
            self.reserve_moving(capacity * size, target.saturating_mul(size))?;
            self.lists.slot(id).items.reserve_exact(target - length);
        }
        Ok(())
    }

    /// The items of a tuple.
    #[inline(always)]
    pub(crate) fn tuple(&self, id: Id<Tuple>) -> &[Value] {
        &self.tuples.get(id).items
    }
}

/// Adds a text of any length.
fn push_any(text: &mut String, added: &str, go_on: GoOn<'_>) -> Result<(), Fault> {
    if added.len() <= BYTES_PER_QUESTION {
        text.push_str(added);
        return Ok(());
    }
    push_text(text, added, go_on).map_err(|Interrupted| Fault::Halt)
}
