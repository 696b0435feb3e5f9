//! Equality of built-in values, without guest code and without native recursion on guest data.

use std::cmp::Ordering;

use num_bigint::BigInt;

use crate::boundary::Halt;
use crate::fault::Fault;
use crate::heap::Heap;
use crate::numeric::cost::limbs;
use crate::numeric::integer::{compare_big_with_float, compare_small_with_float};
use crate::objects::{Dict, Object, Set, SpecialFlags, Str, TraceEntry};
use crate::types;
use crate::value::{Id, Value};

use super::super::Machine;
use super::super::iteration::EMPTY_SLOTS_PER_UNIT;
use super::super::meter::SharedWatch;
use super::super::subscript::RangeFacts;

/// The most gas units of one comparison done here: beyond, the prelude compares piece by piece, so that the machine can be
/// stopped in between.
const MOST_WORK: u64 = 8_000_000;
/// Gas units of work between two questions whether to go on.
const WORK_PER_QUESTION: u64 = 1 << 14;
/// Containers nested deeper than this cannot be compared, as in CPython.
const DEEPEST: usize = 10_000;
/// Look-ups of keys within look-ups of keys (frozensets of frozensets...) recurse natively, so far.
const DEEPEST_LOOKUP: u32 = 64;
/// Equal items that are passed over before the work done is looked at again.
const LONGEST_RUN: usize = 4096;

/// Why two values cannot be compared here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Obstacle {
    /// A guest `__eq__` has to run.
    Guest,
    TooDeep,
    /// More work than may be done at once, or than there is gas.
    Work,
    /// The embedder wants the machine to stop.
    Interrupted,
}

/// A comparison in progress: what it reads and what it has cost.
pub(crate) struct Equality<'heap> {
    heap: &'heap Heap,
    /// Gas units to charge.
    pub(crate) work: u64,
    most_work: u64,
    watch: Option<&'heap SharedWatch>,
    /// The work at which the embedder is asked next.
    next_question: u64,
    lookups: u32,
}

/// Two containers being compared element by element.
enum Pair {
    Sequence { left: Value, right: Value, next: usize },
    Dict { left: Id<Dict>, right: Id<Dict>, next: usize },
    Set { left: Id<Set>, right: Id<Set>, next: usize },
}

/// An int of any size, where it is.
enum Int<'heap> {
    Small(i64),
    Big(&'heap BigInt),
}

impl<'heap> Equality<'heap> {
    /// A comparison that may cost `most_work` gas units.
    #[inline]
    fn new(heap: &'heap Heap, most_work: u64, watch: Option<&'heap SharedWatch>) -> Self {
        Self { heap, work: 0, most_work, watch, next_question: WORK_PER_QUESTION, lookups: 0 }
    }

    /// Whether two keys are the same object or equal.
    #[inline]
    pub(crate) fn equal_keys(&mut self, a: Value, b: Value) -> Result<bool, Obstacle> {
        if a == b {
            return Ok(true);
        }
        match (a, b) {
            (Value::Str(left), Value::Str(right)) => Ok(self.equal_texts(left, right)),
            (Value::Int(_), Value::Int(_)) => {
                // Different ints with one hash: a guest can make as many as it likes.
                self.work += 1;
                Ok(false)
            }
            _ => {
                // Nor are large ints, floats and tuples with one hash hard to find; each lies elsewhere in memory.
                self.work += 4;
                self.equal(a, b)
            }
        }
    }

    #[inline]
    fn equal_texts(&mut self, left: Id<Str>, right: Id<Str>) -> bool {
        let (left, right) = (self.heap.str(left), self.heap.str(right));
        if left.len() != right.len() {
            return false;
        }
        if left.len() >= 64 {
            self.work += left.len() as u64 / 16;
        }
        left == right
    }

    /// Whether two values are the same object or equal.
    #[inline(never)]
    pub(crate) fn equal(&mut self, a: Value, b: Value) -> Result<bool, Obstacle> {
        if a == b {
            return Ok(true);
        }
        if let (Value::Tuple(left), Value::Tuple(right)) = (a, b)
            && let Some(known) = self.equal_flat(self.heap.tuple(left), self.heap.tuple(right))
        {
            return Ok(known);
        }
        match self.shallow(a, b)? {
            Ok(known) => Ok(known),
            Err(pair) => {
                self.lookups += 1;
                if self.lookups > DEEPEST_LOOKUP {
                    return Err(Obstacle::TooDeep);
                }
                let result = self.deep(pair);
                self.lookups -= 1;
                result
            }
        }
    }

    /// Equality of the items of two tuples as far as small ints, strings and identity decide it; `None` for other items.
    #[inline]
    fn equal_flat(&mut self, left: &[Value], right: &[Value]) -> Option<bool> {
        if left.len() != right.len() {
            return Some(false);
        }
        self.work += left.len() as u64 / 4;
        for (a, b) in left.iter().zip(right) {
            match (*a, *b) {
                (a, b) if a == b => {}
                (Value::Int(_), Value::Int(_)) => return Some(false),
                (Value::Str(a), Value::Str(b)) if self.equal_texts(a, b) => {}
                (Value::Str(_), Value::Str(_)) => return Some(false),
                _ => return None,
            }
        }
        Some(true)
    }

    /// How many leading items of two lists or tuples are equal by identity, as small ints or as strings; looks no further than
    /// `LONGEST_RUN`.
    fn equal_run(&mut self, left: &[Value], right: &[Value]) -> usize {
        let mut run = 0;
        for (a, b) in left.iter().zip(right).take(LONGEST_RUN) {
            match (*a, *b) {
                (a, b) if a == b => {}
                (Value::Str(a), Value::Str(b)) if self.equal_texts(a, b) => {}
                _ => break,
            }
            run += 1;
        }
        self.work += run as u64 / 4;
        run
    }

    /// Whether two values are equal as `==` says: a NaN is not, not even to itself.
    pub(crate) fn equal_values(&mut self, a: Value, b: Value) -> Result<bool, Obstacle> {
        match (a, b) {
            (Value::Float(left), Value::Float(right)) => Ok(left.get() == right.get()),
            (Value::Complex(left), Value::Complex(right)) => {
                let (left, right) = (self.heap.complexes.get(left), self.heap.complexes.get(right));
                Ok(left.real == right.real && left.imaginary == right.imaginary)
            }
            _ => self.equal(a, b),
        }
    }

    fn deep(&mut self, first: Pair) -> Result<bool, Obstacle> {
        let heap = self.heap;
        let mut stack = vec![first];
        while let Some(top) = stack.last_mut() {
            self.work += 1;
            if self.work > self.next_question {
                self.check_work()?;
            }
            let elements = match top {
                Pair::Sequence { left, right, next } => {
                    let same = self.equal_run(items_from(heap, *left, *next), items_from(heap, *right, *next));
                    let at = *next + same;
                    *next = at + 1;
                    element(heap, *left, at).zip(element(heap, *right, at))
                }
                Pair::Dict { left, right, next } => match heap.dicts.get(*left).table.next_from(*next) {
                    None => None,
                    Some((after, entry)) => {
                        *next = after;
                        let table = &heap.dicts.get(*right).table;
                        let Some(at) = table.find(entry.hash, |key| self.equal_keys(*key, entry.key))? else {
                            return Ok(false);
                        };
                        table.entry(at).map(|other| (entry.value, other.value))
                    }
                },
                Pair::Set { left, right, next } => match heap.sets.get(*left).table.next_from(*next) {
                    None => None,
                    Some((after, hash, key)) => {
                        self.work += (after - *next) as u64 / EMPTY_SLOTS_PER_UNIT;
                        *next = after;
                        let found = heap.sets.get(*right).table.find(hash, |other| self.equal_keys(*other, *key))?;
                        self.work += found.extra_work;
                        if found.found.is_none() {
                            return Ok(false);
                        }
                        Some((Value::None, Value::None))
                    }
                },
            };
            let Some((a, b)) = elements else {
                stack.pop();
                continue;
            };
            if a == b {
                continue;
            }
            match self.shallow(a, b)? {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(_) if stack.len() >= DEEPEST => return Err(Obstacle::TooDeep),
                Err(pair) => stack.push(pair),
            }
        }
        Ok(true)
    }

    /// Equality of two values that are not the same object, or (`Err`) the containers to compare element by element.
    fn shallow(&mut self, a: Value, b: Value) -> Result<Result<bool, Pair>, Obstacle> {
        if let (Value::Str(left), Value::Str(right)) = (a, b) {
            return Ok(Ok(self.equal_texts(left, right)));
        }
        if self.needs_guest(a) || self.needs_guest(b) {
            return Err(Obstacle::Guest);
        }
        let heap = self.heap;
        let (a, b) = (data_of(heap, a), data_of(heap, b));
        if a == b {
            return Ok(Ok(true));
        }
        if let Some(known) = numbers_equal(heap, a, b) {
            self.work += comparison_of_ints(heap, a, b);
            return Ok(Ok(known));
        }
        Ok(match (a, b) {
            (Value::Str(left), Value::Str(right)) => Ok(self.equal_texts(left, right)),
            (Value::List(left), Value::List(right)) if heap.list(left).len() == heap.list(right).len() => {
                Err(Pair::Sequence { left: a, right: b, next: 0 })
            }
            (Value::Tuple(left), Value::Tuple(right)) if heap.tuple(left).len() == heap.tuple(right).len() => {
                Err(Pair::Sequence { left: a, right: b, next: 0 })
            }
            (Value::Slice(_), Value::Slice(_)) => Err(Pair::Sequence { left: a, right: b, next: 0 }),
            (Value::Dict(left), Value::Dict(right))
                if heap.dicts.get(left).table.len() == heap.dicts.get(right).table.len() =>
            {
                Err(Pair::Dict { left, right, next: 0 })
            }
            (Value::Set(left) | Value::FrozenSet(left), Value::Set(right) | Value::FrozenSet(right)) => {
                if heap.sets.get(left).table.len() == heap.sets.get(right).table.len() {
                    Err(Pair::Set { left, right, next: 0 })
                } else {
                    Ok(false)
                }
            }
            (Value::Bytes(_) | Value::ByteArray(_), Value::Bytes(_) | Value::ByteArray(_)) => {
                let (left, right) = (bytes_of(heap, a), bytes_of(heap, b));
                self.work += left.len().min(right.len()) as u64 / 16;
                Ok(left == right)
            }
            (Value::Range(left), Value::Range(right)) => {
                Ok(RangeFacts::of(heap, left).equals(&RangeFacts::of(heap, right)))
            }
            (Value::BoundMethod(left), Value::BoundMethod(right)) => {
                let (left, right) = (heap.bound_methods.get(left), heap.bound_methods.get(right));
                Ok(left.function == right.function && left.receiver == right.receiver)
            }
            (Value::Object(left), Value::Object(right)) => match (heap.objects.get(left), heap.objects.get(right)) {
                (Object::GenericAlias { .. }, Object::GenericAlias { .. }) => {
                    Err(Pair::Sequence { left: a, right: b, next: 0 })
                }
                (
                    Object::Traceback { exception: left, position: first },
                    Object::Traceback { exception: right, position: second },
                ) => {
                    let (left, right) = (traced(heap, *left, *first), traced(heap, *right, *second));
                    self.work += left.len().min(right.len()) as u64;
                    Ok(left == right)
                }
                (Object::Union { arguments: left }, Object::Union { arguments: right }) => {
                    return self.equal_unordered(*left, *right).map(Ok);
                }
                _ => Ok(false),
            },
            _ => Ok(false),
        })
    }

    #[cold]
    fn check_work(&mut self) -> Result<(), Obstacle> {
        if self.work > self.most_work {
            return Err(Obstacle::Work);
        }
        self.next_question = self.work.saturating_add(WORK_PER_QUESTION).min(self.most_work);
        if self.watch.is_some_and(|watch| watch()) { Err(Obstacle::Interrupted) } else { Ok(()) }
    }

    /// Whether two tuples without duplicates have the same items.
    fn equal_unordered(&mut self, left: Value, right: Value) -> Result<bool, Obstacle> {
        let (Value::Tuple(left), Value::Tuple(right)) = (left, right) else { return Ok(false) };
        let (left, right) = (self.heap.tuple(left), self.heap.tuple(right));
        if left.len() != right.len() {
            return Ok(false);
        }
        self.work += (left.len() * right.len()) as u64;
        if self.work > self.most_work {
            return Err(Obstacle::Work);
        }
        for item in left {
            let mut found = false;
            for other in right {
                if self.equal(*item, *other)? {
                    found = true;
                    break;
                }
            }
            if !found {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the equality of a value is not decided by its Rust data.
    fn needs_guest(&self, value: Value) -> bool {
        match value {
            Value::Instance(id) => {
                let instance = self.heap.instances.get(id);
                self.heap.types.get(instance.class).flags.has(SpecialFlags::EQ)
                    || matches!(instance.payload, Value::Object(_)) && self.needs_guest(instance.payload)
            }
            Value::Type(id) => {
                let metaclass = self.heap.types.get(id).metaclass;
                metaclass != types::TYPE && self.heap.types.get(metaclass).flags.has(SpecialFlags::EQ)
            }
            // Methods of these types are found by their classes.
            Value::Object(id) => matches!(
                self.heap.objects.get(id),
                Object::DictView { .. }
                    | Object::MappingProxy { .. }
                    | Object::TypeProxy { .. }
                    | Object::WeakReference { .. }
                    | Object::MemoryView { .. }
                    | Object::Pattern(_)
                    | Object::State { .. }
                    | Object::Deque(_)
                    | Object::Code { .. }
            ),
            _ => false,
        }
    }
}

/// The built-in value in an instance of a class derived from a built-in type; any other value as it is.
fn data_of(heap: &Heap, value: Value) -> Value {
    match value {
        Value::Instance(id) => match heap.instances.get(id).payload {
            Value::Undef | Value::Exception(_) => value,
            payload => payload,
        },
        other => other,
    }
}

/// What follows position `at` of a list or a tuple; nothing of other containers.
fn items_from(heap: &Heap, container: Value, at: usize) -> &[Value] {
    let items = match container {
        Value::List(id) => heap.list(id),
        Value::Tuple(id) => heap.tuple(id),
        _ => &[],
    };
    items.get(at..).unwrap_or(&[])
}

fn element(heap: &Heap, container: Value, at: usize) -> Option<Value> {
    match container {
        Value::List(id) => heap.list(id).get(at).copied(),
        Value::Tuple(id) => heap.tuple(id).get(at).copied(),
        Value::Slice(id) => {
            let slice = heap.slices.get(id);
            [slice.start, slice.stop, slice.step].get(at).copied()
        }
        Value::Object(id) => match *heap.objects.get(id) {
            Object::GenericAlias { origin, arguments, unpacked, .. } => {
                [origin, arguments, Value::bool(unpacked)].get(at).copied()
            }
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn bytes_of(heap: &Heap, value: Value) -> &[u8] {
    match value {
        Value::Bytes(id) => &heap.bytes.get(id).data,
        Value::ByteArray(id) => &heap.byte_arrays.get(id).data,
        _ => &[],
    }
}

fn int_of(heap: &Heap, value: Value) -> Option<Int<'_>> {
    Some(match value {
        Value::Int(number) => Int::Small(number),
        Value::False => Int::Small(0),
        Value::True => Int::Small(1),
        Value::BigInt(id) => Int::Big(heap.big_ints.get(id)),
        _ => return None,
    })
}

/// How two real numbers compare: `None` when one of the values is no real number, `Some(None)` for a NaN.
pub(super) fn compare_reals(heap: &Heap, a: Value, b: Value) -> Option<Option<Ordering>> {
    Some(match (a, b) {
        (Value::Float(left), Value::Float(right)) => left.get().partial_cmp(&right.get()),
        (Value::Float(left), _) => compare_int_with_float(&int_of(heap, b)?, left.get()).map(Ordering::reverse),
        (_, Value::Float(right)) => compare_int_with_float(&int_of(heap, a)?, right.get()),
        _ => Some(match (int_of(heap, a)?, int_of(heap, b)?) {
            (Int::Small(left), Int::Small(right)) => left.cmp(&right),
            (Int::Big(left), Int::Big(right)) => left.cmp(right),
            // An int that does not fit 64 bits lies beyond all that do.
            (Int::Big(left), Int::Small(_)) => sign_ordering(left),
            (Int::Small(_), Int::Big(right)) => sign_ordering(right).reverse(),
        }),
    })
}

fn sign_ordering(value: &BigInt) -> Ordering {
    if value.sign() == num_bigint::Sign::Minus { Ordering::Less } else { Ordering::Greater }
}

fn compare_int_with_float(int: &Int<'_>, float: f64) -> Option<Ordering> {
    match int {
        Int::Small(int) => compare_small_with_float(*int, float),
        Int::Big(int) => compare_big_with_float(int, float),
    }
}

/// What comparing two numbers costs beyond a step: two large ints are read as far as they are equal.
pub(super) fn comparison_of_ints(heap: &Heap, a: Value, b: Value) -> u64 {
    match (a, b) {
        (Value::BigInt(left), Value::BigInt(right)) => {
            let (left, right) = (limbs(heap.big_ints.get(left)), limbs(heap.big_ints.get(right)));
            if left == right { left / 4 } else { 0 }
        }
        _ => 0,
    }
}

/// Equality of two numbers; `None` when one of the values is not a number.
pub(super) fn numbers_equal(heap: &Heap, a: Value, b: Value) -> Option<bool> {
    match (a, b) {
        (Value::Complex(left), Value::Complex(right)) => {
            let (left, right) = (heap.complexes.get(left), heap.complexes.get(right));
            Some(left.real == right.real && left.imaginary == right.imaginary)
        }
        (Value::Complex(number), real) | (real, Value::Complex(number)) => {
            let number = heap.complexes.get(number);
            let same = compare_reals(heap, real, Value::float(number.real))?;
            Some(same == Some(Ordering::Equal) && number.imaginary == 0.0)
        }
        _ => compare_reals(heap, a, b).map(|ordering| ordering == Some(Ordering::Equal)),
    }
}

impl Machine {
    /// Gas that is left, for comparisons that check it themselves.
    #[inline]
    pub(crate) fn gas_left(&self) -> u64 {
        u64::try_from(self.fuel + self.slice_rest + self.reserve).unwrap_or(0)
    }

    /// A comparison that may use the gas there is, within bounds.
    #[inline]
    pub(crate) fn equality(&self) -> Equality<'_> {
        Equality::new(&self.heap, self.gas_left().min(MOST_WORK), self.watch.as_ref())
    }

    /// Whether two values are the same object or equal (`PyObject_RichCompareBool`).
    ///
    /// # Errors
    /// `Fault::Fallback` when a guest `__eq__` has to run; RecursionError.
    #[inline]
    pub(crate) fn equal_native(&mut self, a: Value, b: Value) -> Result<bool, Fault> {
        if a == b {
            return Ok(true);
        }
        let mut equality = self.equality();
        let result = equality.equal_keys(a, b);
        let work = equality.work;
        self.settle_comparison(result, work)
    }

    /// Charges for a comparison and turns what stopped it into a fault.
    #[inline]
    pub(crate) fn settle_comparison<T>(&mut self, result: Result<T, Obstacle>, work: u64) -> Result<T, Fault> {
        if work > 0 {
            self.charge(work)?;
        }
        match result {
            Ok(answer) => Ok(answer),
            Err(obstacle) => Err(self.comparison_fault(obstacle)),
        }
    }

    #[cold]
    fn comparison_fault(&mut self, obstacle: Obstacle) -> Fault {
        match obstacle {
            Obstacle::Guest => Fault::Fallback,
            Obstacle::TooDeep => self.raise(types::RECURSION_ERROR, "maximum recursion depth exceeded in comparison"),
            // What was done is paid for: when that is not the end of the gas, the prelude goes on.
            Obstacle::Work => Fault::Fallback,
            Obstacle::Interrupted => match self.stop::<()>(Halt::Interrupted) {
                Ok(()) => Fault::Halt,
                Err(fault) => fault,
            },
        }
    }
}

/// The entries a traceback object stands for.
fn traced(heap: &Heap, exception: Value, position: usize) -> &[TraceEntry] {
    let Value::Instance(id) = exception else { return &[] };
    let Value::Exception(state) = heap.instances.get(id).payload else { return &[] };
    let entries = &heap.exceptions.get(state).traceback;
    entries.get(..entries.len().saturating_sub(position)).unwrap_or(&[])
}
