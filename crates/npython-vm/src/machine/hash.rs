//! `hash()` of values that need no guest code, equal to CPython's for the same data.

use crate::fault::Fault;
use crate::heap::Heap;
use crate::names;
use crate::numeric::cost::limbs;
use crate::numeric::hash::{self, HashKey, SequenceHasher};
use crate::objects::{DictViewKind, Object, SpecialFlags, Str, Tuple};
use crate::types;
use crate::value::{Id, Value};

use super::Machine;
use super::subscript::RangeFacts;

/// Items of a container hashed here at most; the prelude hashes larger ones piece by piece, so that the machine can be
/// stopped in between.
const MOST_ITEMS: usize = 4_000_000;
/// Nested tuples and frozensets deeper than this cannot be hashed, as in CPython.
const DEEPEST: usize = 10_000;

/// Why a value cannot be hashed without more ado.
enum Obstacle {
    /// A guest `__hash__` has to run.
    Guest,
    Unhashable(Value),
    TooDeep,
    /// A limit of the machine.
    Fault(Fault),
}

impl From<Fault> for Obstacle {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The hash of the text of a string, computed once per string object.
#[inline]
pub(super) fn text_hash(heap: &Heap, id: Id<Str>) -> i64 {
    let string = heap.strings.get(id);
    match string.cached_hash() {
        0 => uncached_text_hash(heap, id),
        known => known,
    }
}

#[cold]
fn uncached_text_hash(heap: &Heap, id: Id<Str>) -> i64 {
    let computed = hash::string(heap.str(id), HashKey::default());
    heap.strings.get(id).set_cached_hash(computed);
    computed
}

/// A tuple, slice or frozenset whose elements are being hashed.
struct Pending {
    container: Value,
    next: usize,
    sequence: SequenceHasher,
    /// Hashes of the elements of a frozenset.
    gathered: Vec<i64>,
}

impl Pending {
    fn new(container: Value) -> Self {
        Self { container, next: 0, sequence: SequenceHasher::default(), gathered: Vec::new() }
    }
}

impl Machine {
    /// The hash of a string.
    #[inline]
    pub(crate) fn hash_of_str(&self, id: Id<Str>) -> i64 {
        text_hash(&self.heap, id)
    }

    /// `hash(value)`.
    ///
    /// # Errors
    /// TypeError for unhashable values; `Fault::Fallback` when a guest `__hash__` has to run.
    #[inline]
    pub(crate) fn hash_native(&mut self, value: Value) -> Result<i64, Fault> {
        match value {
            Value::Str(id) => {
                let known = self.heap.strings.get(id).cached_hash();
                if known == 0 { self.hash_long_text(id) } else { Ok(known) }
            }
            Value::Int(number) => Ok(hash::int(number)),
            other => self.hash_slow(other),
        }
    }

    #[cold]
    fn hash_long_text(&mut self, id: Id<Str>) -> Result<i64, Fault> {
        let bytes = self.heap.str(id).len();
        self.charge_bytes(bytes)?;
        self.charged_once(bytes as u64 / 16);
        let hashed = hash::long_string(self.heap.str(id), HashKey::default(), &self.go_on());
        let hashed = self.unless_interrupted(hashed)?;
        self.heap.strings.get(id).set_cached_hash(hashed);
        Ok(hashed)
    }

    /// The hash of a tuple of small ints and of strings hashed before; `None` for others.
    #[inline]
    pub(super) fn hash_flat(&self, items: &[Value]) -> Option<i64> {
        let mut sequence = SequenceHasher::default();
        if items.len() > 16 {
            return None;
        }
        for item in items {
            sequence.add(match *item {
                Value::Int(number) => hash::int(number),
                Value::Str(id) => match self.heap.strings.get(id).cached_hash() {
                    0 => return None,
                    known => known,
                },
                _ => return None,
            });
        }
        Some(sequence.finish_tuple())
    }

    #[inline(never)]
    fn hash_slow(&mut self, value: Value) -> Result<i64, Fault> {
        match value {
            Value::Tuple(id) => {
                if let Some(known) = self.hash_flat(self.heap.tuple(id)) {
                    return Ok(known);
                }
            }
            Value::Bytes(id) => {
                self.charge_bytes(self.heap.bytes.get(id).data.len())?;
                let hashed = hash::long_bytes(&self.heap.bytes.get(id).data, HashKey::default(), &self.go_on());
                return self.unless_interrupted(hashed);
            }
            Value::BigInt(id) => self.charge(limbs(self.heap.big_ints.get(id)))?,
            _ => {}
        }
        match self.hash_leaf(value) {
            Ok(Some(known)) => Ok(known),
            Ok(None) => self.hash_nested(value),
            Err(obstacle) => Err(self.hash_fault(obstacle)),
        }
    }

    #[cold]
    fn hash_fault(&mut self, obstacle: Obstacle) -> Fault {
        match obstacle {
            Obstacle::Guest => Fault::Fallback,
            Obstacle::Unhashable(value) => {
                let name = self.type_name(value);
                self.type_error(format!("unhashable type: '{name}'"))
            }
            Obstacle::TooDeep => self.raise(types::RECURSION_ERROR, "maximum recursion depth exceeded"),
            Obstacle::Fault(fault) => fault,
        }
    }

    /// The hash of a value without elements; `None` for those with.
    fn hash_leaf(&mut self, value: Value) -> Result<Option<i64>, Obstacle> {
        Ok(Some(match value {
            Value::Str(id) => text_hash(&self.heap, id),
            Value::Int(number) => hash::int(number),
            Value::False => 0,
            Value::True => 1,
            Value::None => hash::NONE,
            Value::Float(number) => match hash::float(number.get()) {
                Some(known) => known,
                None => self.heap.identity_hash(value)?,
            },
            Value::BigInt(id) => hash::big_int(self.heap.big_ints.get(id)),
            Value::Complex(id) => {
                let number = *self.heap.complexes.get(id);
                let nan = if number.real.is_nan() || number.imaginary.is_nan() {
                    self.heap.identity_hash(value)?
                } else {
                    0
                };
                hash::complex(hash::float(number.real).unwrap_or(nan), hash::float(number.imaginary).unwrap_or(nan))
            }
            Value::Bytes(id) => hash::bytes(&self.heap.bytes.get(id).data, HashKey::default()),
            Value::List(_) | Value::Dict(_) | Value::Set(_) | Value::ByteArray(_) => {
                return Err(Obstacle::Unhashable(value));
            }
            Value::FrozenSet(id) => match self.heap.sets.get(id).hash {
                0 => return Ok(None),
                known => known,
            },
            Value::Range(id) => RangeFacts::of(&self.heap, id).hash(),
            Value::Tuple(_) | Value::Slice(_) | Value::BoundMethod(_) => return Ok(None),
            Value::Instance(id) => {
                let instance = self.heap.instances.get(id);
                let flags = self.heap.types.get(instance.class).flags;
                if flags.has(SpecialFlags::UNHASHABLE) {
                    return Err(Obstacle::Unhashable(value));
                }
                if flags.has(SpecialFlags::HASH) {
                    return Err(Obstacle::Guest);
                }
                match instance.payload {
                    Value::Undef | Value::Exception(_) => self.heap.identity_hash(value)?,
                    payload => match self.type_lookup(instance.class, names::HASH) {
                        // A class may take `object.__hash__` in place of that of its built-in base.
                        Some(method) if Some(method) == self.type_lookup(types::OBJECT, names::HASH) => {
                            self.heap.identity_hash(value)?
                        }
                        _ => match payload {
                            Value::Float(number) if number.get().is_nan() => self.heap.identity_hash(value)?,
                            _ => return self.hash_leaf(payload),
                        },
                    },
                }
            }
            Value::Type(id) => {
                let metaclass = self.heap.types.get(id).metaclass;
                let flags = self.heap.types.get(metaclass).flags;
                if flags.has(SpecialFlags::HASH) {
                    return Err(Obstacle::Guest);
                }
                self.heap.identity_hash(value)?
            }
            Value::Object(id) => match self.heap.objects.get(id) {
                Object::DictView { kind: DictViewKind::Keys | DictViewKind::Items, .. } => {
                    return Err(Obstacle::Unhashable(value));
                }
                Object::Deque(_) => return Err(Obstacle::Unhashable(value)),
                Object::GenericAlias { .. } => return Ok(None),
                Object::Union { arguments: Value::Tuple(arguments) } => return self.hash_union(*arguments).map(Some),
                Object::MappingProxy { .. }
                | Object::WeakReference { .. }
                | Object::Pattern(_)
                | Object::MemoryView { .. }
                | Object::Code { .. } => {
                    return Err(Obstacle::Guest);
                }
                _ => self.heap.identity_hash(value)?,
            },
            other => self.heap.identity_hash(other)?,
        }))
    }

    /// In any order: the arguments of unions are few, and mostly types.
    fn hash_union(&mut self, arguments: Id<Tuple>) -> Result<i64, Obstacle> {
        const EMPTY: i64 = 0x55_4E_49;
        let mut total = EMPTY;
        for at in 0..self.heap.tuple(arguments).len() {
            let item = self.heap.tuple(arguments).get(at).copied().unwrap_or(Value::None);
            match self.hash_leaf(item)? {
                Some(part) => total ^= part.rotate_left(5),
                None => return Ok(EMPTY),
            }
        }
        Ok(total)
    }

    /// Part number `at` of those whose hashes make up that of a container.
    fn hash_part(&self, container: Value, at: usize) -> Option<Value> {
        match container {
            Value::Tuple(id) => self.heap.tuple(id).get(at).copied(),
            Value::Slice(id) => {
                let slice = self.heap.slices.get(id);
                [slice.start, slice.stop, slice.step].get(at).copied()
            }
            // The receiver counts by identity.
            Value::BoundMethod(id) => [self.heap.bound_methods.get(id).function].get(at).copied(),
            Value::Object(id) => match *self.heap.objects.get(id) {
                Object::GenericAlias { origin, arguments, .. } => [origin, arguments].get(at).copied(),
                Object::Union { arguments } => [arguments].get(at).copied(),
                _ => None,
            },
            _ => None,
        }
    }

    /// Hashes a container depth first, without native recursion.
    fn hash_nested(&mut self, value: Value) -> Result<i64, Fault> {
        let mut stack = vec![Pending::new(self.unwrap(value))];
        let mut finished: Option<i64> = None;
        let mut work = 0_usize;
        loop {
            let depth = stack.len();
            let Some(top) = stack.last_mut() else { return Ok(finished.unwrap_or(0)) };
            if let Some(part) = finished.take() {
                if matches!(top.container, Value::FrozenSet(_)) {
                    top.gathered.push(part)
                } else {
                    top.sequence.add(part)
                }
            }
            work += 1;
            if work.is_multiple_of(64) {
                self.charge_items(64)?;
                if work > MOST_ITEMS {
                    return Err(Fault::Fallback);
                }
            }
            let (container, at) = (top.container, top.next);
            let part = if let Value::FrozenSet(id) = container {
                self.heap.sets.get(id).table.next_from(at).map(|(next, known, _)| {
                    top.next = next;
                    known
                })
            } else {
                top.next += 1;
                None
            };
            if let Some(known) = part {
                // The table keeps the hashes of its elements.
                finished = Some(known);
                continue;
            }
            let part = if matches!(container, Value::FrozenSet(_)) { None } else { self.hash_part(container, at) };
            match part {
                Some(part) => match self.hash_leaf(part) {
                    Ok(Some(known)) => finished = Some(known),
                    Ok(None) if depth >= DEEPEST => return Err(self.hash_fault(Obstacle::TooDeep)),
                    Ok(None) => {
                        let part = self.unwrap(part);
                        stack.push(Pending::new(part));
                    }
                    Err(obstacle) => return Err(self.hash_fault(obstacle)),
                },
                None => {
                    finished = stack.pop().map(|done| self.finish_hash(done)).transpose()?;
                    if stack.is_empty() {
                        return Ok(finished.unwrap_or(0));
                    }
                }
            }
        }
    }

    fn finish_hash(&mut self, done: Pending) -> Result<i64, Fault> {
        Ok(match done.container {
            Value::Slice(_) => done.sequence.finish_slice(),
            Value::FrozenSet(id) => {
                // It is known from now on, and not charged again.
                if done.gathered.len() >= 64 {
                    self.cannot_retry();
                }
                let computed = hash::frozen_set(done.gathered);
                if let Some(set) = self.heap.sets.get_mut(id) {
                    set.hash = computed;
                }
                computed
            }
            Value::BoundMethod(id) => {
                let receiver = self.heap.bound_methods.get(id).receiver;
                done.sequence.finish_tuple() ^ self.heap.identity_hash(receiver)?
            }
            _ => done.sequence.finish_tuple(),
        })
    }
}
