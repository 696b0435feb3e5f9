//! What is counted while a snapshot is decoded: the highest handle of each kind, so that every handle anywhere in the
//! machine is known to be in range without a walk that could forget a field; and the bytes that arena slots take, so that
//! few input bytes cannot ask for much memory.
//!
//! Decoding hands no context to the types being decoded, so the counts live in the thread; [`begin`] and [`end`] frame one
//! decoding.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

use crate::heap::Heap;
use crate::objects::{
    BoundMethod, Buffer, ByteArray, Bytes, Cell as VariableCell, Complex, Dict, ExceptionState, Function, Generator,
    Instance, Iter, List, Module, Object, Range, Set, Slice, Str, Tuple, TypeObject,
};

/// A type that handles refer to.
pub(crate) trait HandleKind {
    /// Its place in the census.
    const KIND: usize;
}

macro_rules! kinds {
    ($($number:literal $kind:ty => $arena:ident,)+) => {
        $(impl HandleKind for $kind {
            const KIND: usize = $number;
        })+

        /// The first handle of each kind that does not exist in `heap`.
        pub(super) fn ends(heap: &Heap) -> [(usize, u64); ARENAS] {
            [$(($number, heap.$arena.end())),+]
        }
    };
}

const ARENAS: usize = 22;
/// The kind of native functions and that of host functions.
pub(crate) const NATIVE: usize = ARENAS;
pub(crate) const HOST: usize = ARENAS + 1;
const KINDS: usize = ARENAS + 2;

kinds! {
    0 num_bigint::BigInt => big_ints,
    1 Complex => complexes,
    2 Str => strings,
    3 Buffer => buffers,
    4 Bytes => bytes,
    5 ByteArray => byte_arrays,
    6 List => lists,
    7 Tuple => tuples,
    8 Dict => dicts,
    9 Set => sets,
    10 Range => ranges,
    11 Slice => slices,
    12 Function => functions,
    13 BoundMethod => bound_methods,
    14 TypeObject => types,
    15 Instance => instances,
    16 Module => modules,
    17 Iter => iters,
    18 Generator => generators,
    19 VariableCell => cells,
    20 ExceptionState => exceptions,
    21 Object => objects,
}

thread_local! {
    /// One more than the highest handle met, by kind.
    static ENDS: [Cell<u64>; KINDS] = const { [const { Cell::new(0) }; KINDS] };
    static ROOM: Cell<usize> = const { Cell::new(0) };
}

/// Starts counting; arena slots may take `room` bytes together.
pub(super) fn begin(room: usize) {
    ENDS.with(|ends| ends.iter().for_each(|end| end.set(0)));
    ROOM.set(room);
}

/// One more than the highest handle met since [`begin`], by kind.
pub(super) fn end() -> [u64; KINDS] {
    ENDS.with(|ends| ends.each_ref().map(Cell::get))
}

/// Counts a handle.
#[inline]
pub(crate) fn note(kind: usize, number: u64) {
    ENDS.with(|ends| {
        if let Some(end) = ends.get(kind) {
            end.set(end.get().max(number.saturating_add(1)));
        }
    });
}

fn take(bytes: usize) -> bool {
    let rest = ROOM.get().checked_sub(bytes);
    ROOM.set(rest.unwrap_or(0));
    rest.is_some()
}

/// Decodes the slots of an arena, as many as there is room for.
pub(crate) fn counted_slots<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    struct Slots<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Slots<T> {
        type Value = Vec<T>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("the slots of an arena")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Vec<T>, A::Error> {
            let mut slots = Vec::new();
            while let Some(slot) = sequence.next_element()? {
                if !take(size_of::<T>()) {
                    return Err(A::Error::custom("more objects than memory"));
                }
                slots.push(slot);
            }
            Ok(slots)
        }
    }

    deserializer.deserialize_seq(Slots(PhantomData))
}
