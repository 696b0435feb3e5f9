//! Iteration: iterators of built-in values, collecting items, lengths.
//!
//! An iterator is stepped natively as long as that needs no guest code. Where it does, either the step becomes a pending
//! guest call (`next_native`), or nothing is consumed and the caller falls back on the prelude (`collect_items`).

mod deques;
mod display;
mod selections;
mod step;
mod tools;

use smallvec::SmallVec;

use crate::fault::Fault;
use crate::heap::Heap;
use crate::names;
use crate::objects::{Dict, DictViewKind, GeneratorKind, Iter, Object, Range, Set};
use crate::pace::{self, STEPS_PER_QUESTION};
use crate::types;
use crate::value::{Id, Value};

use super::returning::METHOD_LEN;
use super::{Machine, OnReturn};

pub(crate) use deques::deque_iter;

/// Empty places of a set that are passed for one gas unit.
pub(crate) const EMPTY_SLOTS_PER_UNIT: u64 = 16;

/// Items for which room is made at once when the number of items is only a hint.
const MOST_HINTED: usize = 1 << 16;

impl Machine {
    /// `iter(value)`; a guest `__iter__` is a pending call.
    ///
    /// # Errors
    /// TypeError when the value is not iterable.
    pub(crate) fn get_iter(&mut self, value: Value) -> Result<Value, Fault> {
        match self.native_iter(value)? {
            Some(iter) => Ok(iter),
            None => self.iter_by_special_method(value),
        }
    }

    /// The iterator of a value of a built-in type itself; `None` for other values.
    fn native_iter(&mut self, value: Value) -> Result<Option<Value>, Fault> {
        let iter = match value {
            Value::List(list) => Iter::List { list, next: 0 },
            Value::Tuple(tuple) => Iter::Tuple { tuple, next: 0 },
            Value::Str(string) => Iter::Str { string, next: 0 },
            Value::Bytes(bytes) => Iter::Bytes { bytes, next: 0 },
            Value::ByteArray(bytes) => Iter::ByteArray { bytes, next: 0 },
            Value::Dict(dict) => self.dict_iter(dict, DictViewKind::Keys, false),
            Value::Set(set) | Value::FrozenSet(set) => {
                Iter::Set { set, next: 0, length: self.heap.sets.get(set).table.len() }
            }
            Value::Range(range) => self.range_iter(range),
            Value::Iter(_) => return Ok(Some(value)),
            Value::Generator(id) if self.heap.generators.get(id).kind == GeneratorKind::Generator => {
                return Ok(Some(value));
            }
            Value::Object(id) => match *self.heap.objects.get(id) {
                Object::DictView { dict, kind } => self.dict_iter(dict, kind, false),
                Object::Deque(ref queue) => deque_iter(id, queue, false),
                Object::MappingProxy { mapping: Value::Dict(dict) } => self.dict_iter(dict, DictViewKind::Keys, false),
                Object::MappingProxy { mapping } => return self.get_iter(mapping).map(Some),
                Object::TypeProxy { class } => return self.type_names_iter(class).map(Some),
                Object::MemoryView { .. } => {
                    self.check_view_iterable(value)?;
                    Iter::GetItem { object: value, next: 0 }
                }
                _ => return Ok(None),
            },
            _ => return Ok(None),
        };
        self.heap.new_iter(iter).map(Some)
    }

    /// The iterator of (a part of) a dict.
    pub(crate) fn dict_iter(&self, dict: Id<Dict>, kind: DictViewKind, reversed: bool) -> Iter {
        let next = if reversed { usize::MAX } else { 0 };
        let length = self.heap.dicts.get(dict).table.len();
        Iter::Dict { dict, next, length, left: length, kind, reversed }
    }

    fn range_iter(&self, id: Id<Range>) -> Iter {
        let range = self.heap.ranges.get(id);
        if range.is_wide() {
            Iter::WideRange { range: id, next: range.wide[0] }
        } else {
            Iter::Range { next: range.start, step: range.step, remaining: range.length() }
        }
    }

    fn type_names_iter(&mut self, class: Id<crate::objects::TypeObject>) -> Result<Value, Fault> {
        let names: Vec<Value> = self.heap.types.get(class).attributes.iter().map(|entry| entry.key).collect();
        self.charge_items(names.len())?;
        let Value::List(list) = self.heap.new_list(names)? else { return Err(Fault::Halt) };
        self.heap.new_iter(Iter::List { list, next: 0 })
    }

    /// `__iter__` of the value's class, else the old sequence protocol.
    fn iter_by_special_method(&mut self, value: Value) -> Result<Value, Fault> {
        match self.special(value, names::ITER) {
            Some(Value::None) => Err(self.not_iterable(value)),
            Some(Value::Native(_)) if self.unwrap(value) != value => {
                let payload = self.unwrap(value);
                match self.native_iter(payload)? {
                    // An iterator is its own: of a derived class, the instance.
                    Some(_) if matches!(payload, Value::Iter(_)) => Ok(value),
                    Some(iter) => Ok(iter),
                    None => Err(self.not_iterable(value)),
                }
            }
            Some(function) => self.call_special(function, value, &[], OnReturn::ExpectIterator),
            None if self.special(value, names::GETITEM).is_some()
                && !matches!(value, Value::Type(_))
                && !self.is_mapping_value(value) =>
            {
                self.heap.new_iter(Iter::GetItem { object: value, next: 0 })
            }
            None => Err(self.not_iterable(value)),
        }
    }

    fn is_mapping_value(&self, value: Value) -> bool {
        matches!(self.unwrap(value), Value::Dict(_))
    }

    #[cold]
    pub(crate) fn not_iterable(&mut self, value: Value) -> Fault {
        let name = self.type_name(value);
        self.type_error(format!("'{name}' object is not iterable"))
    }

    /// All items of a value that is iterated without guest code. What they take is reserved.
    ///
    /// # Errors
    /// `Fault::Fallback`, with nothing consumed, when guest code is needed; TypeError when the value is not iterable.
    pub(crate) fn collect_items(&mut self, value: Value) -> Result<Vec<Value>, Fault> {
        match value {
            Value::List(id) => {
                self.prepare_items(self.heap.list(id).len())?;
                self.copy_of_items(|heap| heap.list(id))
            }
            Value::Tuple(id) => {
                self.prepare_items(self.heap.tuple(id).len())?;
                self.copy_of_items(|heap| heap.tuple(id))
            }
            Value::Dict(id) => self.collect_dict(id, DictViewKind::Keys),
            Value::Set(id) | Value::FrozenSet(id) => {
                self.charge_walk(id)?;
                self.prepare_items(self.heap.sets.get(id).table.len())?;
                Ok(self.heap.sets.get(id).table.iter().map(|(_, key)| *key).collect())
            }
            Value::Range(id) if !self.heap.ranges.get(id).is_wide() => {
                let range = *self.heap.ranges.get(id);
                let length = usize::try_from(range.length()).unwrap_or(usize::MAX);
                self.prepare_items(length)?;
                let mut items = Vec::with_capacity(length);
                for index in 0..length as u64 {
                    self.look_now_and_then(index as usize)?;
                    items.push(Value::Int(range.item(index)));
                }
                Ok(items)
            }
            Value::Iter(id) => self.collect_iterator(id),
            Value::Generator(_) => Err(Fault::Fallback),
            Value::Object(id) => match *self.heap.objects.get(id) {
                Object::DictView { dict, kind } => self.collect_dict(dict, kind),
                Object::Deque(_) => self.collect_deque(id),
                _ => self.collect_by_iterator(value),
            },
            Value::Instance(_) => {
                if let Some(method) = self.is_guest_special(value, names::ITER) {
                    return Err(if method.is_none() { self.not_iterable(value) } else { Fault::Fallback });
                }
                match self.unwrap(value) {
                    // A class derived from a number may be a sequence; else the error names it.
                    Value::Int(_) | Value::BigInt(_) | Value::Float(_) | Value::Complex(_) => {
                        self.collect_by_iterator(value)
                    }
                    payload if payload != value => self.collect_items(payload),
                    _ => self.collect_by_iterator(value),
                }
            }
            _ => self.collect_by_iterator(value),
        }
    }

    /// A copy of items of the heap.
    fn copy_of_items(&mut self, items: impl Fn(&Heap) -> &[Value]) -> Result<Vec<Value>, Fault> {
        let source = items(&self.heap);
        if source.len() <= STEPS_PER_QUESTION {
            return Ok(source.to_vec());
        }
        let copied = pace::repeat(source, 1, &self.go_on());
        self.unless_interrupted(copied)
    }

    fn collect_by_iterator(&mut self, value: Value) -> Result<Vec<Value>, Fault> {
        match self.get_iter(value) {
            Ok(Value::Iter(id)) => {
                let attempt = self.attempt;
                let items = self.collect_iterator(id);
                // That nobody else's iterator was advanced is known of these.
                if let Value::Str(_) | Value::Bytes(_) | Value::ByteArray(_) | Value::Range(_) = value {
                    self.attempt = attempt;
                }
                items
            }
            Ok(_) | Err(Fault::Call) => Err(Fault::Fallback),
            Err(fault) => Err(fault),
        }
    }

    fn collect_dict(&mut self, id: Id<Dict>, kind: DictViewKind) -> Result<Vec<Value>, Fault> {
        let length = self.heap.dicts.get(id).table.len();
        self.prepare_items(length)?;
        let table = &self.heap.dicts.get(id).table;
        match kind {
            DictViewKind::Keys => Ok(table.iter().map(|entry| entry.key).collect()),
            DictViewKind::Values => Ok(table.iter().map(|entry| entry.value).collect()),
            DictViewKind::Items => {
                let mut items = Vec::with_capacity(length);
                let mut position = 0;
                while let Some((next, entry)) = self.heap.dicts.get(id).table.next_from(position) {
                    let pair = [entry.key, entry.value];
                    position = next;
                    self.look_now_and_then(position)?;
                    items.push(self.heap.new_tuple(&pair)?);
                }
                Ok(items)
            }
        }
    }

    /// The iterator of a value that is iterated without guest code.
    ///
    /// # Errors
    /// `Fault::Fallback` when guest code is needed; TypeError when the value is not iterable.
    pub(crate) fn open_natively(&mut self, value: Value) -> Result<Id<Iter>, Fault> {
        if let Some(method) = self.is_guest_special(value, names::ITER)
            && !method.is_none()
        {
            return Err(Fault::Fallback);
        }
        match self.get_iter(value) {
            Ok(Value::Iter(id)) => Ok(id),
            Ok(_) | Err(Fault::Call) => Err(Fault::Fallback),
            Err(fault) => Err(fault),
        }
    }

    /// The next item of an iterator from [`Machine::open_natively`], paid for.
    ///
    /// # Errors
    /// `Fault::Fallback`, with nothing consumed, when guest code is needed.
    #[inline]
    pub(crate) fn next_without_guest(&mut self, id: Id<Iter>) -> Result<Option<Value>, Fault> {
        self.charge(1)?;
        self.step(id, false, 0)
    }

    /// Puts what was taken from a value by [`Machine::collect_items`] back, and asks for guest code.
    pub(crate) fn fall_back_after(&mut self, source: Value, taken: &[Value]) -> Fault {
        match self.unread(source, taken) {
            Ok(()) => Fault::Fallback,
            Err(fault) => fault,
        }
    }

    /// Charges for `count` items about to be collected and reserves their room.
    pub(crate) fn prepare_items(&mut self, count: usize) -> Result<(), Fault> {
        self.charge_items(count)?;
        self.heap.reserve(count.saturating_mul(size_of::<Value>()))
    }

    /// A list of items whose room was reserved by [`Machine::collect_items`].
    pub(crate) fn list_of_collected(&mut self, items: Vec<Value>) -> Result<Value, Fault> {
        self.heap.release(items.len() * size_of::<Value>());
        self.heap.new_list(items)
    }

    /// A tuple of items whose room was reserved by [`Machine::collect_items`].
    pub(crate) fn tuple_of_collected(&mut self, items: Vec<Value>) -> Result<Value, Fault> {
        self.heap.release(size_of_val(&items[..]));
        // A tuple keeps no room for more.
        if items.capacity() == items.len() { self.heap.new_tuple_of(items) } else { self.heap.new_tuple(&items) }
    }

    /// Pushes to a buffer whose room is reserved as it grows.
    pub(crate) fn push_item(&mut self, items: &mut Vec<Value>, item: Value) -> Result<(), Fault> {
        if items.len() == items.capacity() {
            let more = items.len().max(16);
            let held = items.capacity() * size_of::<Value>();
            self.heap.reserve_moving(held, held + more * size_of::<Value>())?;
            items.reserve_exact(more);
        }
        items.push(item);
        Ok(())
    }

    fn collect_iterator(&mut self, id: Id<Iter>) -> Result<Vec<Value>, Fault> {
        let hint = self.native_length_hint(Value::Iter(id), 0).unwrap_or(0).min(MOST_HINTED);
        self.heap.reserve(hint * size_of::<Value>())?;
        let mut items = Vec::with_capacity(hint);
        loop {
            self.charge(1)?;
            match self.step(id, false, 0) {
                Ok(Some(item)) => self.push_item(&mut items, item)?,
                Ok(None) => return Ok(items),
                Err(Fault::Fallback) => {
                    self.unread(Value::Iter(id), &items)?;
                    return Err(Fault::Fallback);
                }
                Err(fault) => return Err(fault),
            }
        }
    }

    /// Charges for the empty places a walk over a whole set passes.
    pub(crate) fn charge_walk(&mut self, set: Id<Set>) -> Result<(), Fault> {
        let places = self.heap.sets.get(set).table.iteration_cost() as u64;
        self.charge(places / EMPTY_SLOTS_PER_UNIT)
    }

    /// The items a built-in iterator has left, if it can tell.
    pub(crate) fn native_length_hint(&self, value: Value, depth: u32) -> Option<usize> {
        let Value::Iter(id) = value else { return None };
        if depth > 8 {
            return None;
        }
        Some(match self.heap.iters.get(id) {
            Iter::Done => 0,
            Iter::Range { remaining, .. } => usize::try_from(*remaining).ok()?,
            Iter::List { list, next } => self.heap.list(*list).len().saturating_sub(*next),
            Iter::ListReversed { list, remaining } => (*remaining).min(self.heap.list(*list).len()),
            Iter::Tuple { tuple, next } => self.heap.tuple(*tuple).len().saturating_sub(*next),
            Iter::Str { string, next } => {
                let text = self.heap.str(*string);
                if self.heap.strings.get(*string).ascii {
                    text.len().saturating_sub(*next)
                } else {
                    text.get(*next..).map_or(0, |rest| rest.chars().count())
                }
            }
            Iter::Bytes { bytes, next } => self.heap.bytes.get(*bytes).data.len().saturating_sub(*next),
            Iter::ByteArray { bytes, next } => self.heap.byte_arrays.get(*bytes).data.len().saturating_sub(*next),
            Iter::Dict { dict, length, left, .. } => {
                if self.heap.dicts.get(*dict).table.len() == *length {
                    *left
                } else {
                    0
                }
            }
            Iter::Set { set, next, length } => {
                let table = &self.heap.sets.get(*set).table;
                match (table.len() == *length, *next) {
                    (false, _) => 0,
                    (true, 0) => *length,
                    (true, mut at) => {
                        let mut left = 0;
                        while let Some((next, ..)) = table.next_from(at) {
                            at = next;
                            left += 1;
                        }
                        left
                    }
                }
            }
            Iter::Sequence { next, .. } => usize::try_from(*next + 1).ok()?,
            Iter::Replay { items, next, rest } => {
                items.len() - (*next).min(items.len()) + self.native_length_hint(*rest, depth + 1).unwrap_or(0)
            }
            Iter::Enumerate { inner, .. } => return self.native_length_hint(*inner, depth + 1),
            Iter::Zip { inners, .. } | Iter::Map { inners, .. } => {
                let mut least = None;
                for inner in inners {
                    let hint = self.native_length_hint(*inner, depth + 1)?;
                    least = Some(least.map_or(hint, |least: usize| least.min(hint)));
                }
                return least;
            }
            Iter::Tool { tool, .. } => return self.tool_length_hint(tool),
            Iter::Deque { left, .. } => *left,
            Iter::WideRange { .. }
            | Iter::Filter { .. }
            | Iter::Guest { .. }
            | Iter::Callable { .. }
            | Iter::Matches { .. }
            | Iter::GetItem { .. } => return None,
        })
    }

    /// `len(value)`, without guest code.
    ///
    /// # Errors
    /// `Fault::Fallback` for a guest `__len__`; TypeError when there is none; OverflowError for a range that is too long.
    pub(crate) fn length_native(&mut self, value: Value) -> Result<usize, Fault> {
        Ok(match value {
            Value::List(id) => self.heap.list(id).len(),
            Value::Tuple(id) => self.heap.tuple(id).len(),
            Value::Str(id) => self.heap.strings.get(id).length as usize,
            Value::Dict(id) => self.heap.dicts.get(id).table.len(),
            Value::Set(id) | Value::FrozenSet(id) => self.heap.sets.get(id).table.len(),
            Value::Bytes(id) => self.heap.bytes.get(id).data.len(),
            Value::ByteArray(id) => self.heap.byte_arrays.get(id).data.len(),
            Value::Range(id) => return self.range_length(id),
            Value::Object(id) => match *self.heap.objects.get(id) {
                Object::DictView { dict, .. } => self.heap.dicts.get(dict).table.len(),
                Object::Deque(ref queue) => queue.items.len(),
                Object::TypeProxy { class } => self.heap.types.get(class).attributes.len(),
                Object::MappingProxy { mapping } => return self.length_native(mapping),
                Object::MemoryView { .. } => return self.view_length(value),
                _ => return self.length_by_special_method(value),
            },
            _ => return self.length_by_special_method(value),
        })
    }

    fn length_by_special_method(&mut self, value: Value) -> Result<usize, Fault> {
        match self.special(value, names::LEN) {
            Some(Value::Native(_)) if self.unwrap(value) != value => {
                let payload = self.unwrap(value);
                self.length_native(payload)
            }
            Some(method) if !method.is_none() => Err(Fault::Fallback),
            _ => {
                let name = self.type_name(value);
                Err(self.type_error(format!("object of type '{name}' has no len()")))
            }
        }
    }

    /// `len(value)`; a guest `__len__` is a pending call.
    ///
    /// # Errors
    /// As [`Machine::length_native`].
    pub(crate) fn length_value(&mut self, value: Value) -> Result<Value, Fault> {
        match self.length_native(value) {
            Ok(length) => Ok(Value::Int(length as i64)),
            Err(Fault::Fallback) => match self.special(value, names::LEN) {
                Some(method) => self.call_special(method, value, &[], OnReturn::ExpectInt { method: METHOD_LEN }),
                None => Err(Fault::Fallback),
            },
            Err(fault) => Err(fault),
        }
    }

    /// Calls a native function or built-in type at once; `None` when that is not possible and an ordinary call is needed.
    pub(crate) fn call_native_now(&mut self, callable: Value, args: &[Value]) -> Option<Result<Value, Fault>> {
        match callable {
            Value::Native(id) => {
                let native = self.base.natives.get(id.index())?;
                let (receivers, def, owner) = match native.def.kind {
                    crate::native::NativeKind::Function => (0, native.def, None),
                    crate::native::NativeKind::StaticMethod => (0, native.def, None),
                    crate::native::NativeKind::Method | crate::native::NativeKind::Wrapper => {
                        (1, native.def, native.owner)
                    }
                    _ => return None,
                };
                if let Some(owner) = owner {
                    let receiver = *args.first()?;
                    if !self.is_instance_of_type(receiver, owner) {
                        return None;
                    }
                }
                let arranged = self.arrange_positional(id, args, receivers)?;
                Some((def.call)(self, &arranged))
            }
            Value::BoundMethod(id) => {
                let method = *self.heap.bound_methods.get(id);
                let Value::Native(native) = method.function else { return None };
                match self.base.natives.get(native.index())?.def.kind {
                    crate::native::NativeKind::Method | crate::native::NativeKind::Wrapper => {}
                    _ => return None,
                }
                let mut with_receiver: SmallVec<[Value; 4]> = SmallVec::with_capacity(args.len() + 1);
                with_receiver.push(method.receiver);
                with_receiver.extend_from_slice(args);
                self.call_native_now(method.function, &with_receiver)
            }
            Value::Type(class) if is_plain_constructor(class) => {
                let native = (*self.base.constructors.get(class.index())?)?;
                let mut with_class: SmallVec<[Value; 4]> = SmallVec::with_capacity(args.len() + 1);
                with_class.push(callable);
                with_class.extend_from_slice(args);
                let arranged = self.arrange_positional(native, &with_class, 1)?;
                let call = self.base.natives.get(native.index())?.def.call;
                Some(call(self, &arranged))
            }
            _ => None,
        }
    }

    /// Positional arguments as the signature of a native wants them; `None` when they do not fit.
    fn arrange_positional(
        &self,
        id: crate::value::NativeId,
        args: &[Value],
        receivers: usize,
    ) -> Option<SmallVec<[Value; 4]>> {
        use crate::native::Signature;
        let native = self.base.natives.get(id.index())?;
        let given = args.len().checked_sub(receivers)?;
        let mut arranged: SmallVec<[Value; 4]> = SmallVec::from_slice(args);
        let fits = match native.def.signature {
            Signature::None => given == 0,
            Signature::One => given == 1,
            Signature::Positional(least, most) => (usize::from(least)..=usize::from(most)).contains(&given),
            Signature::Variadic(least) => given >= usize::from(least),
            Signature::Named(_) => {
                let parameters = &native.parameters;
                let positional = parameters.iter().take_while(|parameter| parameter.positional).count();
                let complete = parameters.iter().skip(given).all(|parameter| !parameter.required);
                arranged.resize(receivers + parameters.len().max(given), Value::Undef);
                given <= positional && complete
            }
            Signature::Open => {
                arranged.push(Value::Undef);
                true
            }
        };
        fits.then_some(arranged)
    }
}

/// Types whose constructor alone makes the whole value.
const fn is_plain_constructor(class: Id<crate::objects::TypeObject>) -> bool {
    const PLAIN: [Id<crate::objects::TypeObject>; 10] = [
        types::INT,
        types::BOOL,
        types::FLOAT,
        types::COMPLEX,
        types::STR,
        types::BYTES,
        types::LIST,
        types::TUPLE,
        types::SET,
        types::FROZENSET,
    ];
    let mut at = 0;
    while at < PLAIN.len() {
        if PLAIN[at].number() == class.number() {
            return true;
        }
        at += 1;
    }
    false
}
