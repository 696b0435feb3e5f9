//! Stepping built-in iterators.

use smallvec::SmallVec;

use crate::base::Base;
use crate::fault::Fault;
use crate::objects::{DictViewKind, Iter, Object};
use crate::types;
use crate::value::{Id, Value};

use super::super::{Machine, OnReturn, PendingCall};
use super::EMPTY_SLOTS_PER_UNIT;

/// Iterators nested deeper than this are stepped by guest frames, whose number is limited.
const DEEPEST: u32 = 40;

type Items = SmallVec<[Value; 4]>;

impl Machine {
    /// The next item of a built-in iterator, `None` at its end.
    ///
    /// # Errors
    /// `Fault::Call` when guest code has to give the item: the pending call returns it, or raises StopIteration.
    /// `Fault::Fallback` for a generator presented as a built-in iterator: it has to be resumed.
    #[inline]
    pub(crate) fn next_native(&mut self, id: Id<Iter>) -> Result<Option<Value>, Fault> {
        self.step(id, true, 0)
    }

    /// The next item where it is there for the taking, without allocation, charge or error; `None` also at the end.
    #[inline]
    fn quick_item(&mut self, iterator: Value) -> Option<Value> {
        let Value::Iter(id) = iterator else { return None };
        match self.heap.iters.slot(id) {
            Iter::Range { next, step, remaining } if *remaining > 0 => {
                let value = *next;
                *remaining -= 1;
                *next = next.wrapping_add(*step);
                Some(Value::Int(value))
            }
            Iter::List { list, next } => {
                let item = self.heap.lists.get(*list).items.get(*next).copied()?;
                *next += 1;
                Some(item)
            }
            Iter::Tuple { tuple, next } => {
                let item = self.heap.tuples.get(*tuple).items.get(*next).copied()?;
                *next += 1;
                Some(item)
            }
            Iter::Str { string, next } => {
                let (string, at) = (*string, *next);
                *next += 1;
                match self.heap.str(string).as_bytes().get(at) {
                    Some(byte) if byte.is_ascii() => Some(Base::latin1(*byte)),
                    _ => {
                        self.step_back(iterator);
                        None
                    }
                }
            }
            _ => None,
        }
    }

    /// The two parts of the next item of `dict.items()`, `enumerate` and `zip`, for loops that unpack it at once; `None`
    /// where an ordinary step has to be made, with nothing consumed.
    #[inline]
    pub(crate) fn next_pair(&mut self, id: Id<Iter>) -> Option<(Value, Value)> {
        match self.heap.iters.slot(id) {
            Iter::Dict { dict, next, length, left, kind: DictViewKind::Items, reversed: false } => {
                let table = &self.heap.dicts.get(*dict).table;
                if table.len() != *length || *left == 0 {
                    return None;
                }
                let (after, entry) = table.next_from(*next)?;
                *next = after;
                *left -= 1;
                Some((entry.key, entry.value))
            }
            Iter::Enumerate { inner, next } => {
                let (inner, number) = (*inner, *next);
                let following = number.checked_add(1)?;
                let item = self.quick_item(inner)?;
                if let Iter::Enumerate { next, .. } = self.heap.iters.slot(id) {
                    *next = following;
                }
                Some((Value::Int(number), item))
            }
            Iter::Zip { inners, .. } => {
                let &[left, right] = &**inners else { return None };
                // One iterator drawn from twice, or one that may end before the other, goes the ordinary way.
                if left == right {
                    return None;
                }
                let first = self.quick_item(left)?;
                match self.quick_item(right) {
                    Some(second) => Some((first, second)),
                    None => {
                        self.step_back(left);
                        None
                    }
                }
            }
            _ => None,
        }
    }

    /// Takes back the last item of `quick_item`.
    fn step_back(&mut self, iterator: Value) {
        let Value::Iter(id) = iterator else { return };
        match self.heap.iters.slot(id) {
            Iter::Range { next, step, remaining } => {
                *next = next.wrapping_sub(*step);
                *remaining += 1;
            }
            Iter::List { next, .. } | Iter::Tuple { next, .. } | Iter::Str { next, .. } => {
                *next = next.saturating_sub(1)
            }
            _ => {}
        }
    }

    /// One step. With `guest` false, `Fault::Fallback` says that guest code is needed, and nothing was consumed.
    pub(super) fn step(&mut self, id: Id<Iter>, guest: bool, depth: u32) -> Result<Option<Value>, Fault> {
        self.cannot_retry();
        match self.heap.iters.slot(id) {
            Iter::Done => Ok(None),
            Iter::Range { next, step, remaining } => {
                if *remaining == 0 {
                    return Ok(None);
                }
                let value = *next;
                *remaining -= 1;
                *next = next.wrapping_add(*step);
                Ok(Some(Value::Int(value)))
            }
            Iter::List { list, next } => match self.heap.lists.get(*list).items.get(*next) {
                Some(value) => {
                    *next += 1;
                    Ok(Some(*value))
                }
                None => {
                    *next = usize::MAX;
                    Ok(None)
                }
            },
            Iter::ListReversed { list, remaining } => {
                let item = remaining.checked_sub(1).and_then(|at| self.heap.lists.get(*list).items.get(at)).copied();
                *remaining = if item.is_some() { *remaining - 1 } else { 0 };
                Ok(item)
            }
            Iter::Tuple { tuple, next } => match self.heap.tuples.get(*tuple).items.get(*next) {
                Some(value) => {
                    *next += 1;
                    Ok(Some(*value))
                }
                None => Ok(None),
            },
            Iter::Str { .. } => self.step_str(id),
            Iter::Bytes { bytes, next } => match self.heap.bytes.get(*bytes).data.get(*next) {
                Some(byte) => {
                    *next += 1;
                    Ok(Some(Value::Int(i64::from(*byte))))
                }
                None => Ok(None),
            },
            Iter::ByteArray { bytes, next } => match self.heap.byte_arrays.get(*bytes).data.get(*next) {
                Some(byte) => {
                    *next += 1;
                    Ok(Some(Value::Int(i64::from(*byte))))
                }
                None => {
                    *next = usize::MAX;
                    Ok(None)
                }
            },
            Iter::Dict { .. } => self.step_dict(id),
            Iter::Set { .. } => self.step_set(id),
            Iter::Enumerate { .. } => self.step_enumerate(id, guest, depth),
            Iter::Zip { .. } => self.step_zip(id, guest, depth),
            Iter::Map { .. } => self.step_map(id, guest, depth),
            Iter::Filter { .. } => self.step_filter(id, guest, depth),
            Iter::Sequence { .. } => self.step_reversed_sequence(id, guest),
            Iter::WideRange { .. } => self.step_wide_range(id),
            Iter::Replay { .. } => self.step_replay(id, guest, depth),
            Iter::Guest { .. } => Err(Fault::Fallback),
            Iter::Callable { sentinel: Value::Undef, .. } => Ok(None),
            Iter::Callable { callable, sentinel } => {
                let args = [Value::Iter(id), *callable, *sentinel];
                Err(self.guest_step(guest, "_callable_next", &args))
            }
            Iter::Matches { scanner } => {
                let scanner = *scanner;
                self.next_match(scanner)
            }
            Iter::GetItem { next: -1, .. } => Ok(None),
            Iter::GetItem { object: Value::Object(object), next } => {
                let (object, index) = (*object, *next);
                self.step_memory_view(id, object, index)
            }
            Iter::GetItem { object, next } => {
                let args = [Value::Iter(id), *object, Value::Int(*next)];
                Err(self.guest_step(guest, "_getitem_next", &args))
            }
            Iter::Tool { .. } => self.step_tool(id, guest, depth),
            Iter::Deque { .. } => self.step_deque(id),
        }
    }

    /// Asks for a prelude function that makes the step, where guest code is allowed.
    pub(super) fn guest_step(&mut self, guest: bool, function: &str, args: &[Value]) -> Fault {
        if guest { self.prelude_call(function, args) } else { Fault::Fallback }
    }

    /// A step of an iterator inside another one.
    pub(super) fn step_inner(&mut self, inner: Value, depth: u32) -> Result<Option<Value>, Fault> {
        match inner {
            Value::Iter(id) if depth < DEEPEST => self.step(id, false, depth + 1),
            _ => Err(Fault::Fallback),
        }
    }

    fn step_str(&mut self, id: Id<Iter>) -> Result<Option<Value>, Fault> {
        let Iter::Str { string, next } = *self.heap.iters.get(id) else { return Ok(None) };
        let text = self.heap.str(string);
        let Some(byte) = text.as_bytes().get(next) else { return Ok(None) };
        let (item, width) = if byte.is_ascii() {
            (Base::latin1(*byte), 1)
        } else {
            let Some(character) = text.get(next..).and_then(|rest| rest.chars().next()) else { return Ok(None) };
            let surrogates = self.heap.strings.get(string).surrogates;
            (self.char_value(character, surrogates)?, character.len_utf8())
        };
        *self.heap.iters.slot(id) = Iter::Str { string, next: next + width };
        Ok(Some(item))
    }

    fn step_dict(&mut self, id: Id<Iter>) -> Result<Option<Value>, Fault> {
        let Iter::Dict { dict, next: position, length, left, kind, reversed } = *self.heap.iters.get(id) else {
            return Ok(None);
        };
        let table = &self.heap.dicts.get(dict).table;
        if table.len() != length {
            if let Iter::Dict { length, .. } = self.heap.iters.slot(id)
                && *length != usize::MAX - 1
            {
                // Stays an error, also when the size is right again.
                *length = usize::MAX;
                return Err(self.runtime_error("dictionary changed size during iteration"));
            }
            return Ok(None);
        }
        let found = if reversed { table.previous_from(position) } else { table.next_from(position) };
        let Some((after, entry)) = found else {
            if let Iter::Dict { length, .. } = self.heap.iters.slot(id) {
                *length = usize::MAX - 1;
            }
            return Ok(None);
        };
        let (key, value) = (entry.key, entry.value);
        if left == 0 {
            return Err(self.runtime_error("dictionary keys changed during iteration"));
        }
        if let Iter::Dict { next, left, .. } = self.heap.iters.slot(id) {
            *next = after;
            *left -= 1;
        }
        Ok(Some(match kind {
            DictViewKind::Keys => key,
            DictViewKind::Values => value,
            DictViewKind::Items => self.heap.new_tuple(&[key, value])?,
        }))
    }

    fn step_set(&mut self, id: Id<Iter>) -> Result<Option<Value>, Fault> {
        let Iter::Set { set, next: slot, length } = *self.heap.iters.get(id) else { return Ok(None) };
        let table = &self.heap.sets.get(set).table;
        if table.len() != length {
            if let Iter::Set { length, .. } = self.heap.iters.slot(id)
                && *length != usize::MAX - 1
            {
                *length = usize::MAX;
                return Err(self.runtime_error("Set changed size during iteration"));
            }
            return Ok(None);
        }
        let Some((after, _, key)) = table.next_from(slot) else {
            let skipped = table.iteration_cost().saturating_sub(slot);
            if let Iter::Set { length, .. } = self.heap.iters.slot(id) {
                *length = usize::MAX - 1;
            }
            self.charge(skipped as u64 / EMPTY_SLOTS_PER_UNIT)?;
            return Ok(None);
        };
        let key = *key;
        let skipped = (after - slot) as u64;
        if skipped > EMPTY_SLOTS_PER_UNIT {
            self.charge(skipped / EMPTY_SLOTS_PER_UNIT)?;
        }
        if let Iter::Set { next, .. } = self.heap.iters.slot(id) {
            *next = after;
        }
        Ok(Some(key))
    }

    fn step_enumerate(&mut self, id: Id<Iter>, guest: bool, depth: u32) -> Result<Option<Value>, Fault> {
        let Iter::Enumerate { inner, next } = *self.heap.iters.get(id) else { return Ok(None) };
        match self.step_inner(inner, depth) {
            Ok(Some(item)) => {
                self.advance_enumerate(id)?;
                self.heap.new_tuple(&[Value::Int(next), item]).map(Some)
            }
            Err(Fault::Fallback) => Err(self.guest_step(guest, "_enumerate_next", &[Value::Iter(id), inner])),
            other => other,
        }
    }

    /// The number of the next item of `enumerate`, which becomes one more.
    pub(crate) fn advance_enumerate(&mut self, id: Id<Iter>) -> Result<Value, Fault> {
        let Iter::Enumerate { next, .. } = self.heap.iters.slot(id) else { return Ok(Value::Int(0)) };
        let number = *next;
        match next.checked_add(1) {
            Some(following) => {
                *next = following;
                Ok(Value::Int(number))
            }
            None => Err(self.overflow_error("enumerate() counts no further than 9223372036854775806")),
        }
    }

    /// Iterator number `at` inside a `zip` or `map`.
    fn inner_at(&self, id: Id<Iter>, at: usize) -> Option<Value> {
        match self.heap.iters.get(id) {
            Iter::Zip { inners, .. } | Iter::Map { inners, .. } => inners.get(at).copied(),
            _ => None,
        }
    }

    /// One item of each inner iterator. `Err(Ok(at))` when number `at` ended first.
    fn draw(&mut self, id: Id<Iter>, depth: u32) -> Result<Items, Result<usize, Fault>> {
        let mut items = Items::new();
        while let Some(inner) = self.inner_at(id, items.len()) {
            match self.step_inner(inner, depth) {
                Ok(Some(item)) => items.push(item),
                Ok(None) => return Err(Ok(items.len())),
                Err(Fault::Fallback) => {
                    self.put_back(id, &items).map_err(Err)?;
                    return Err(Err(Fault::Fallback));
                }
                Err(fault) => return Err(Err(fault)),
            }
        }
        Ok(items)
    }

    /// Gives what `draw` took back to the inner iterators.
    fn put_back(&mut self, id: Id<Iter>, items: &[Value]) -> Result<(), Fault> {
        for (at, item) in items.iter().enumerate() {
            if let Some(inner) = self.inner_at(id, at) {
                self.unread(inner, &[*item])?;
            }
        }
        Ok(())
    }

    fn step_zip(&mut self, id: Id<Iter>, guest: bool, depth: u32) -> Result<Option<Value>, Fault> {
        let Iter::Zip { inners, strict } = self.heap.iters.get(id) else { return Ok(None) };
        let strict = *strict;
        if inners.is_empty() {
            return Ok(None);
        }
        let ended = match self.draw(id, depth) {
            Ok(items) => return self.heap.new_tuple(&items).map(Some),
            Err(Ok(at)) => at,
            Err(Err(Fault::Fallback)) => return Err(self.guest_step(guest, "_zip_next", &[Value::Iter(id)])),
            Err(Err(fault)) => return Err(fault),
        };
        if !strict {
            return Ok(None);
        }
        if ended > 0 {
            return Err(self.zip_lengths_differ(ended, "shorter"));
        }
        let mut at = 1;
        while let Some(inner) = self.inner_at(id, at) {
            match self.step_inner(inner, depth) {
                Ok(Some(_)) => return Err(self.zip_lengths_differ(at, "longer")),
                Ok(None) => at += 1,
                Err(Fault::Fallback) => return Err(self.guest_step(guest, "_zip_next", &[Value::Iter(id)])),
                Err(fault) => return Err(fault),
            }
        }
        Ok(None)
    }

    /// The error of `zip(strict=True)` about argument number `at`, counted from 0.
    #[cold]
    pub(crate) fn zip_lengths_differ(&mut self, at: usize, what: &str) -> Fault {
        let others = if at == 1 { " 1".to_owned() } else { format!("s 1-{at}") };
        self.value_error(format!("zip() argument {} is {what} than argument{others}", at + 1))
    }

    fn step_map(&mut self, id: Id<Iter>, guest: bool, depth: u32) -> Result<Option<Value>, Fault> {
        let Iter::Map { function, .. } = *self.heap.iters.get(id) else { return Ok(None) };
        let native = self.may_call_natively(function);
        if !native && !guest {
            return Err(Fault::Fallback);
        }
        let items = match self.draw(id, depth) {
            Ok(items) => items,
            Err(Ok(_)) => return Ok(None),
            Err(Err(Fault::Fallback)) => return Err(self.guest_step(guest, "_map_next", &[Value::Iter(id), function])),
            Err(Err(fault)) => return Err(fault),
        };
        if native {
            match self.call_native_now(function, &items) {
                Some(Ok(value)) => return Ok(Some(value)),
                Some(Err(Fault::Raise)) => return self.end_at_stop_iteration(),
                Some(Err(Fault::Halt)) => return Err(Fault::Halt),
                Some(Err(Fault::Fallback | Fault::Call)) | None => {}
            }
        }
        if guest {
            return Err(self.call_with_items(function, &items));
        }
        self.put_back(id, &items)?;
        Err(Fault::Fallback)
    }

    /// Whether calling it natively is worth a try.
    pub(super) fn may_call_natively(&self, function: Value) -> bool {
        match function {
            Value::Native(_) => true,
            Value::Type(class) => super::is_plain_constructor(class),
            Value::BoundMethod(id) => matches!(self.heap.bound_methods.get(id).function, Value::Native(_)),
            _ => false,
        }
    }

    /// A guest function is called as it is; other callables by a prelude frame, which takes care of their result.
    pub(super) fn call_with_items(&mut self, function: Value, items: &[Value]) -> Fault {
        let plain = match function {
            Value::Function(_) => true,
            Value::BoundMethod(id) => matches!(self.heap.bound_methods.get(id).function, Value::Function(_)),
            _ => false,
        };
        if plain {
            self.pending = PendingCall {
                callable: function,
                args: SmallVec::from_slice(items),
                on_return: OnReturn::Push,
                ..PendingCall::default()
            };
            return Fault::Call;
        }
        let mut args = Items::new();
        args.push(function);
        args.extend_from_slice(items);
        self.prelude_call("_map_call", &args)
    }

    /// A StopIteration raised by a native function ends the iteration that called it.
    pub(super) fn end_at_stop_iteration(&mut self) -> Result<Option<Value>, Fault> {
        if self.is_instance_of_type(self.raised, types::STOP_ITERATION) {
            self.raised = Value::Undef;
            return Ok(None);
        }
        Err(Fault::Raise)
    }

    fn step_filter(&mut self, id: Id<Iter>, guest: bool, depth: u32) -> Result<Option<Value>, Fault> {
        let Iter::Filter { function, inner } = *self.heap.iters.get(id) else { return Ok(None) };
        let by_truth = function.is_none() || function == Value::Type(types::BOOL);
        if !by_truth && !self.may_call_natively(function) {
            return Err(self.guest_step(guest, "_filter_next", &[function, inner]));
        }
        loop {
            let item = match self.step_inner(inner, depth) {
                Ok(Some(item)) => item,
                Ok(None) => return Ok(None),
                Err(Fault::Fallback) => return Err(self.guest_step(guest, "_filter_next", &[function, inner])),
                Err(fault) => return Err(fault),
            };
            self.charge(1)?;
            let answer = if by_truth { Some(Ok(item)) } else { self.call_native_now(function, &[item]) };
            let kept = match answer {
                Some(Ok(answer)) => self.truth(answer),
                Some(Err(Fault::Raise)) => return self.end_at_stop_iteration(),
                Some(Err(fault)) => Err(fault),
                None => Err(Fault::Fallback),
            };
            match kept {
                Ok(true) => return Ok(Some(item)),
                Ok(false) => {}
                Err(Fault::Fallback | Fault::Call) => {
                    self.unread(inner, &[item])?;
                    return Err(self.guest_step(guest, "_filter_next", &[function, inner]));
                }
                Err(fault) => return Err(fault),
            }
        }
    }

    fn step_reversed_sequence(&mut self, id: Id<Iter>, guest: bool) -> Result<Option<Value>, Fault> {
        let Iter::Sequence { sequence, next: index } = *self.heap.iters.get(id) else { return Ok(None) };
        if index < 0 {
            return Ok(None);
        }
        if matches!(sequence, Value::Instance(_)) {
            return Err(self.guest_step(guest, "_reversed_next", &[Value::Iter(id), sequence, Value::Int(index)]));
        }
        let item = self.subscript(sequence, Value::Int(index));
        if let Iter::Sequence { next, .. } = self.heap.iters.slot(id) {
            *next = if item.is_ok() { index - 1 } else { -1 };
        }
        match item {
            Ok(item) => Ok(Some(item)),
            Err(Fault::Raise) if self.is_instance_of_type(self.raised, types::INDEX_ERROR) => {
                self.raised = Value::Undef;
                Ok(None)
            }
            Err(fault) => Err(fault),
        }
    }

    fn step_memory_view(&mut self, id: Id<Iter>, object: Id<Object>, index: i64) -> Result<Option<Value>, Fault> {
        let length = self.view_length(Value::Object(object))? as i64;
        let item = if index < length { Some(self.subscript(Value::Object(object), Value::Int(index))?) } else { None };
        if let Iter::GetItem { next, .. } = self.heap.iters.slot(id) {
            *next = if item.is_some() { index + 1 } else { -1 };
        }
        Ok(item)
    }

    fn step_replay(&mut self, id: Id<Iter>, guest: bool, depth: u32) -> Result<Option<Value>, Fault> {
        let Iter::Replay { items, next, rest } = self.heap.iters.slot(id) else { return Ok(None) };
        if let Some(item) = items.get(*next) {
            let item = *item;
            *next += 1;
            return Ok(Some(item));
        }
        // What was put back is used up: the iterator is again what it was before.
        if let Value::Iter(rest) = *rest {
            let state = std::mem::take(self.heap.iters.slot(rest));
            *self.heap.iters.slot(id) = state;
        } else {
            *self.heap.iters.slot(id) = Iter::Done;
        }
        self.step(id, guest, depth + 1)
    }

    /// Puts items that were taken from an iterator back, so that it gives them again.
    pub(crate) fn unread(&mut self, iterator: Value, given: &[Value]) -> Result<(), Fault> {
        let Value::Iter(id) = iterator else { return Ok(()) };
        if given.is_empty() {
            return Ok(());
        }
        match self.heap.iters.slot(id) {
            Iter::Range { next, step, remaining } => {
                *next = next.wrapping_sub(step.wrapping_mul(given.len() as i64));
                *remaining += given.len() as u64;
                return Ok(());
            }
            Iter::Tuple { next, .. } => {
                *next = next.saturating_sub(given.len());
                return Ok(());
            }
            Iter::List { next, .. } if *next != usize::MAX => {
                *next = next.saturating_sub(given.len());
                return Ok(());
            }
            Iter::Deque { left, .. } => {
                *left = left.saturating_add(given.len());
                return Ok(());
            }
            _ => {}
        }
        self.heap.reserve(size_of_val(given))?;
        let state = std::mem::take(self.heap.iters.slot(id));
        let rest = self.heap.new_iter(state)?;
        *self.heap.iters.slot(id) = Iter::Replay { items: given.into(), next: 0, rest };
        Ok(())
    }
}
