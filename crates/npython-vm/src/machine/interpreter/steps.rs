//! Steps of the fast loop: its frames, and what it has done outside because it charges, allocates or looks closer.

use std::ops::Range;

use npython_bytecode::{BinaryOperator, CompareOperator};

use crate::base::UNLINKED;
use crate::fault::Fault;
use crate::machine::{Frame, Machine, NO_GENERATOR, OnReturn};
use crate::names;
use crate::objects::{Function, Layout, SpecialFlags, Str, TypeKind, TypeObject};
use crate::types;
use crate::value::{Id, Value};

use super::quick::compare;
use super::registers::Place;

/// Texts of this length and more are compared where it is charged for.
const SHORT_TEXT: usize = 64;

impl Machine {
    /// Whether a function called with so many positional arguments from `base` on needs nothing but a frame, for which there is
    /// room in a stack of `room` values.
    #[inline(always)]
    pub(super) fn is_ready(&self, id: Id<Function>, given: usize, base: usize, room: usize) -> bool {
        let function = self.heap.functions.get(id);
        let entry = &self.entries[function.code as usize];
        function.simple
            && entry.positional as usize == given
            && entry.start != UNLINKED
            && base + entry.frame_size as usize <= room
            && self.frames.len() < self.limits.depth as usize
            && self.frames.len() < self.frames.capacity()
    }

    /// Begins the frame of a function that [is ready](Machine::is_ready); its result goes to stack position `at`, and the caller
    /// goes on at `pc`.
    #[inline(always)]
    pub(super) fn begin_frame(
        &mut self,
        stack: &mut [Value],
        id: Id<Function>,
        arguments: Range<usize>,
        at: usize,
        on_return: OnReturn,
        pc: usize,
    ) -> Place {
        let function = self.heap.functions.get(id);
        let entry = &self.entries[function.code as usize];
        let base = arguments.start;
        let (start, top) = (entry.start, base + entry.slots as usize);
        let last = self.frames.len() - 1;
        let caller = &mut self.frames[last];
        caller.pc = pc as u32;
        caller.top = at as u32;
        self.frames.push(Frame {
            pc: start,
            base: base as u32,
            top: top as u32,
            return_at: at as u32,
            code: function.code,
            generator: NO_GENERATOR,
            globals: function.globals,
            namespace: Value::Undef,
            on_return,
            grants: 0,
        });
        for slot in &mut stack[arguments.end..top] {
            *slot = Value::Undef;
        }
        // The cells of free variables are the last slots.
        if !function.closure.is_empty() {
            let free = top.saturating_sub(function.closure.len());
            for (slot, cell) in stack[free..top].iter_mut().zip(function.closure.iter()) {
                *slot = *cell;
            }
        }
        (start as usize, top, base)
    }

    /// The guest method of an instance that an operator calls.
    #[inline(never)]
    pub(super) fn guest_method(&self, object: Value, name: Id<Str>) -> Option<Id<Function>> {
        let Value::Instance(id) = object else { return None };
        match self.type_lookup(self.heap.instances.get(id).class, name) {
            Some(Value::Function(method)) => Some(method),
            _ => None,
        }
    }

    /// The guest method of the left one of two instances of one class: no method of the right one is asked before it.
    #[inline]
    pub(super) fn operator_method(&self, left: Value, right: Value, name: Id<Str>) -> Option<Id<Function>> {
        let (Value::Instance(a), Value::Instance(b)) = (left, right) else { return None };
        if self.heap.instances.get(a).class != self.heap.instances.get(b).class {
            return None;
        }
        self.guest_method(left, name)
    }

    /// Ends the running frame if nothing but giving `value` to the caller is left to do.
    #[inline(always)]
    pub(super) fn plain_return(&mut self, stack: &mut [Value], value: Value) -> Option<Place> {
        let last = self.frames.len() - 1;
        let frame = &self.frames[last];
        if frame.generator != NO_GENERATOR || frame.grants != 0 || value.is_undef() {
            return None;
        }
        let at = frame.return_at as usize;
        let (at, kept) = match frame.on_return {
            OnReturn::Push => (at, value),
            OnReturn::Init if value.is_none() => (at, stack[at]),
            // The operands lie below.
            OnReturn::Binary { .. } | OnReturn::Compare { .. } if value != Value::NotImplemented => (at - 2, value),
            _ => return None,
        };
        self.frames.truncate(last);
        let caller = &self.frames[last - 1];
        stack[at] = kept;
        Some((caller.pc as usize, at + 1, caller.base as usize))
    }

    /// As [`compare`], and whether two short strings are equal.
    #[inline(always)]
    pub(super) fn quick_compare(&self, op: CompareOperator, a: Value, b: Value) -> Option<bool> {
        if let (Value::Str(left), Value::Str(right)) = (a, b)
            && left != right
        {
            let (left_string, right_string) = (self.heap.strings.get(left), self.heap.strings.get(right));
            let lengths = (left_string.byte_length(), right_string.byte_length());
            if !matches!(op, CompareOperator::Eq | CompareOperator::Ne) || lengths.0.min(lengths.1) >= SHORT_TEXT {
                return None;
            }
            let equal = lengths.0 == lengths.1
                && !(left_string.interned && right_string.interned)
                && self.heap.str(left) == self.heap.str(right);
            return Some(equal == (op == CompareOperator::Eq));
        }
        compare(op, a, b)
    }

    /// The truth of a built-in container.
    #[inline(never)]
    pub(super) fn container_truth(&self, value: Value) -> Option<bool> {
        Some(match value {
            Value::Str(id) => self.heap.strings.get(id).length != 0,
            Value::Dict(id) => !self.heap.dicts.get(id).table.is_empty(),
            Value::Tuple(id) => !self.heap.tuple(id).is_empty(),
            Value::Set(id) | Value::FrozenSet(id) => !self.heap.sets.get(id).table.is_empty(),
            Value::Object(id) => !self.heap.deque(id)?.items.is_empty(),
            _ => return None,
        })
    }

    /// Puts the items of the list or tuple at `at` in its place, the first on top, if there are so many.
    pub(super) fn unpack_at_hand(&self, stack: &mut [Value], at: usize, count: usize) -> bool {
        let items = self.sequence_items(stack[at]);
        if count == 0 || items.len() != count {
            return false;
        }
        for (slot, item) in stack[at..at + count].iter_mut().rev().zip(items) {
            *slot = *item;
        }
        true
    }

    /// `a op b` or `a op= b`.
    #[inline(never)]
    pub(super) fn operate(&mut self, op: BinaryOperator, in_place: bool, a: Value, b: Value) -> Result<Value, Fault> {
        if in_place { self.inplace(op, a, b) } else { self.binary(op, a, b) }
    }

    /// `container[start:stop:step]` of a built-in sequence.
    #[inline(never)]
    pub(super) fn passing_part(
        &mut self,
        container: Value,
        start: Value,
        stop: Value,
        step: Value,
    ) -> Result<Value, Fault> {
        let slice = self.passing_slice(start, stop, step)?;
        self.subscript(container, slice)
    }

    /// `container[key] = value` of a dict with a string or a small int as key; false, with nothing changed, for others.
    #[inline(never)]
    pub(super) fn store_in_dict(&mut self, container: Value, key: Value, value: Value) -> Result<bool, Fault> {
        let (Value::Dict(dict), Value::Str(_) | Value::Int(_)) = (container, key) else { return Ok(false) };
        done_or_not(self.dict_set(dict, key, value))
    }

    /// Adds a string or a small int to a set; false, with nothing changed, for others.
    #[inline(never)]
    pub(super) fn store_in_set(&mut self, set: Value, item: Value) -> Result<bool, Fault> {
        let (Value::Set(set), Value::Str(_) | Value::Int(_)) = (set, item) else { return Ok(false) };
        done_or_not(self.set_add(set, item))
    }

    /// The `__init__` of a guest class whose call makes an instance and calls just that.
    #[inline(never)]
    pub(super) fn plain_constructor(&self, class: Id<TypeObject>) -> Option<Id<Function>> {
        let object = self.heap.types.get(class);
        if object.metaclass != types::TYPE
            || object.kind == TypeKind::Native
            || object.layout != Layout::Plain
            || object.flags.has(SpecialFlags::NEW)
            || object.flags.has(SpecialFlags::ABSTRACT)
        {
            return None;
        }
        match self.type_lookup(class, names::INIT) {
            Some(Value::Function(init)) => Some(init),
            _ => None,
        }
    }
}

/// Whether it was done; `Fallback` says that guest code is needed and nothing was changed.
fn done_or_not(result: Result<(), Fault>) -> Result<bool, Fault> {
    match result {
        Ok(()) => Ok(true),
        Err(Fault::Fallback) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// Whether a slice with these bounds asks no guest code for them.
pub(super) fn is_plain_slice(start: Value, stop: Value, step: Value) -> bool {
    [start, stop, step].iter().all(|part| matches!(part, Value::None | Value::Int(_)))
}

/// Whether a slice of the value is taken without guest code.
pub(super) fn is_sliceable(container: Value) -> bool {
    matches!(container, Value::List(_) | Value::Tuple(_) | Value::Str(_) | Value::Bytes(_))
}
