//! `+` and `*` of sequences.

use std::cell::Cell;

use npython_bytecode::BinaryOperator;

use crate::boundary::Halt;
use crate::fault::Fault;
use crate::names;
use crate::objects::{ByteArray, List, Str, StrText};
use crate::pace::{self, BYTES_PER_QUESTION, UNASKED};
use crate::types;
use crate::value::{Id, Value};

use super::super::Machine;
use super::super::meter::question;

/// Whether a value is a built-in sequence that `+` and `*` know.
pub(super) fn is_sequence(value: Value) -> bool {
    matches!(value, Value::List(_) | Value::Tuple(_) | Value::Str(_) | Value::Bytes(_) | Value::ByteArray(_))
}

/// How often a sequence is repeated.
pub(crate) enum Repetitions {
    Times(usize),
    /// The operand is not an int.
    NotInt,
}

impl Machine {
    /// `left + right`, charged and limited.
    #[inline]
    pub(crate) fn heap_concat(&mut self, left: Id<Str>, right: Id<Str>) -> Result<Value, Fault> {
        let added = self.heap.str(right).len();
        if added >= 64 {
            self.charge_bytes(added)?;
        }
        let whole = self.heap.str(left).len();
        if whole >= 128 && !matches!(self.heap.strings.get(left).text, StrText::Shared { .. }) {
            self.charge_bytes(whole)?;
        }
        if whole + added <= BYTES_PER_QUESTION {
            return self.heap.concat(left, right, UNASKED);
        }
        let stopped = Cell::new(false);
        let ask = question(&self.watch);
        let joined = self.heap.concat(left, right, &|| {
            let answer = ask();
            stopped.set(answer.is_err());
            answer
        });
        drop(ask);
        if stopped.get() { self.stop(Halt::Interrupted) } else { joined }
    }

    /// `a + b`, `a * b` of sequences, and in place, `a % b` of templates; `None` when neither operand is one, or for other operators.
    ///
    /// # Errors
    /// TypeError when the other operand does not fit.
    pub(crate) fn sequence_binary(
        &mut self,
        op: BinaryOperator,
        inplace: bool,
        a: Value,
        b: Value,
    ) -> Result<Option<Value>, Fault> {
        match op {
            BinaryOperator::Add => {
                let data = self.unwrap(a);
                if let Some(queue) = self.deque_of(data) {
                    return self.deque_add(inplace, a, queue, b).map(Some);
                }
                if !is_sequence(data) {
                    return Ok(None);
                }
                if inplace && let Value::List(_) | Value::ByteArray(_) = data {
                    return self.extend_in_place(a, data, b).map(Some);
                }
                self.concatenate(data, b).map(Some)
            }
            BinaryOperator::Mul => {
                let (left, right) = (self.unwrap(a), self.unwrap(b));
                if let Some(queue) = self.deque_of(left) {
                    return self.deque_multiply(inplace, a, queue, b).map(Some);
                }
                if is_sequence(left) {
                    if inplace && let Value::List(_) | Value::ByteArray(_) = left {
                        return self.repeat_in_place(a, left, b).map(Some);
                    }
                    return self.repeat(left, b).map(Some);
                }
                if let Some(queue) = self.deque_of(right) {
                    return self.deque_multiply(false, b, queue, a).map(Some);
                }
                if is_sequence(right) { self.repeat(right, a).map(Some) } else { Ok(None) }
            }
            BinaryOperator::Mod if matches!(a, Value::Str(_) | Value::Bytes(_) | Value::ByteArray(_)) => {
                self.percent_format(a, b).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// `sequence + other` by the sequence's own method.
    pub(crate) fn concatenate(&mut self, sequence: Value, other: Value) -> Result<Value, Fault> {
        let data = self.unwrap(other);
        match (sequence, data) {
            (Value::Str(left), Value::Str(right)) => self.heap_concat(left, right),
            (Value::List(left), Value::List(right)) => {
                let total = self.heap.list(left).len() + self.heap.list(right).len();
                self.charge_items(total / 4)?;
                let bytes = total * size_of::<Value>();
                self.heap.reserve(bytes)?;
                let items = pace::concatenate(self.heap.list(left), self.heap.list(right), &self.go_on());
                let items = self.unless_interrupted(items)?;
                self.heap.release(bytes);
                self.heap.new_list(items)
            }
            (Value::Tuple(left), Value::Tuple(right)) => {
                let (left_items, right_items) = (self.heap.tuple(left), self.heap.tuple(right));
                if left_items.is_empty() {
                    return Ok(data);
                }
                if right_items.is_empty() {
                    return Ok(sequence);
                }
                let total = left_items.len() + right_items.len();
                self.charge_items(total / 4)?;
                let bytes = total * size_of::<Value>();
                self.heap.reserve(bytes)?;
                let items = pace::concatenate(self.heap.tuple(left), self.heap.tuple(right), &self.go_on());
                let items = self.unless_interrupted(items)?;
                self.heap.release(bytes);
                self.heap.new_tuple_of(items)
            }
            (Value::Bytes(_) | Value::ByteArray(_), Value::Bytes(_) | Value::ByteArray(_)) => {
                let total = self.operand_bytes(sequence).len() + self.operand_bytes(data).len();
                self.charge_bytes(total)?;
                self.heap.reserve(total)?;
                let joined = pace::concatenate(self.operand_bytes(sequence), self.operand_bytes(data), &self.go_on());
                let joined = self.unless_interrupted(joined)?;
                self.heap.release(total);
                if let Value::Bytes(_) = sequence {
                    self.heap.new_bytes(joined)
                } else {
                    self.heap.new_byte_array(joined)
                }
            }
            (Value::Bytes(_) | Value::ByteArray(_), Value::Object(_)) if self.type_of(data) == types::MEMORYVIEW => {
                Err(self.prelude_call("_concatenate_buffer", &[sequence, data]))
            }
            _ => Err(self.cannot_concatenate(sequence, other)),
        }
    }

    fn operand_bytes(&self, value: Value) -> &[u8] {
        match value {
            Value::Bytes(id) => &self.heap.bytes.get(id).data,
            Value::ByteArray(id) => &self.heap.byte_arrays.get(id).data,
            _ => &[],
        }
    }

    #[cold]
    fn cannot_concatenate(&mut self, sequence: Value, other: Value) -> Fault {
        let (own, found) = (self.type_name(sequence), self.type_name(other));
        match sequence {
            Value::Bytes(_) | Value::ByteArray(_) => self.type_error(format!("can't concat {found} to {own}")),
            _ => self.type_error(format!("can only concatenate {own} (not \"{found}\") to {own}")),
        }
    }

    /// `target += other` of a list or bytearray; `data` is the target's own data.
    fn extend_in_place(&mut self, target: Value, data: Value, other: Value) -> Result<Value, Fault> {
        if let (Value::List(list), Value::List(added)) = (data, other) {
            let count = self.heap.list(added).len();
            self.charge_items(count / 4)?;
            self.heap.list_reserve(list, count)?;
            if list == added {
                self.heap.lists.slot(list).items.extend_from_within(..count);
            } else {
                let items = std::mem::take(&mut self.heap.lists.slot(list).items);
                let mut items = items;
                items.extend_from_slice(self.heap.list(added));
                self.heap.lists.slot(list).items = items;
            }
            return Ok(target);
        }
        if let Value::ByteArray(array) = data
            && let Some(added) = self.byte_copy(other)?
        {
            match self.append_bytes(array, &added) {
                Err(Fault::Fallback) => {}
                appended => return appended.map(|()| target),
            }
        }
        Err(self.prelude_call("_extend_in_place", &[target, data, other]))
    }

    /// `sequence * count`
    pub(crate) fn repeat(&mut self, sequence: Value, count: Value) -> Result<Value, Fault> {
        let times = match self.repetitions("_repeat", sequence, count)? {
            Repetitions::Times(times) => times,
            Repetitions::NotInt => return Err(self.cannot_repeat(count)),
        };
        match sequence {
            Value::Str(text) => self.repeat_text(text, times),
            Value::List(list) => {
                let items = self.repeated_items(self.heap.list(list).len(), times, |heap| heap.list(list))?;
                self.heap.new_list(items)
            }
            Value::Tuple(tuple) => {
                if times == 1 || self.heap.tuple(tuple).is_empty() {
                    return Ok(sequence);
                }
                let items = self.repeated_items(self.heap.tuple(tuple).len(), times, |heap| heap.tuple(tuple))?;
                self.heap.new_tuple_of(items)
            }
            _ => {
                let length = self.operand_bytes(sequence).len();
                if times == 1 && matches!(sequence, Value::Bytes(_)) {
                    return Ok(sequence);
                }
                if matches!(sequence, Value::Bytes(_)) && length.saturating_mul(times) > isize::MAX as usize {
                    return Err(self.overflow_error("repeated bytes are too long"));
                }
                let total = self.repeated_length(length, times, 1)?;
                self.charge_bytes(total)?;
                self.heap.reserve(total)?;
                let data = pace::repeat(self.operand_bytes(sequence), times, &self.go_on());
                let data = self.unless_interrupted(data)?;
                self.heap.release(total);
                if let Value::Bytes(_) = sequence { self.heap.new_bytes(data) } else { self.heap.new_byte_array(data) }
            }
        }
    }

    fn repeat_text(&mut self, text: Id<Str>, times: usize) -> Result<Value, Fault> {
        let string = self.heap.strings.get(text);
        let (length, ascii, surrogates) = (string.length as usize, string.ascii, string.surrogates);
        let bytes = self.heap.str(text).len();
        if times == 1 || bytes == 0 {
            return Ok(Value::Str(text));
        }
        if length.saturating_mul(times) > isize::MAX as usize {
            return Err(self.overflow_error("repeated string is too long"));
        }
        let total = self.repeated_length(bytes, times, 1)?;
        self.charge_bytes(total)?;
        self.heap.reserve(total)?;
        let whole = pace::repeat_text(self.heap.str(text), times, &self.go_on());
        let whole = self.unless_interrupted(whole)?;
        self.heap.release(total);
        if length.saturating_mul(times) > u32::MAX as usize {
            return Err(Fault::Halt);
        }
        if surrogates {
            self.heap.new_surrogate_str(whole)
        } else if ascii {
            self.heap.new_ascii(compact_str::CompactString::from(whole))
        } else {
            self.heap.new_string(whole)
        }
    }

    fn repeated_items(
        &mut self,
        length: usize,
        times: usize,
        items: impl Fn(&crate::heap::Heap) -> &[Value],
    ) -> Result<Vec<Value>, Fault> {
        let total = self.repeated_length(length, times, size_of::<Value>())?;
        self.charge_items(total / 4)?;
        let bytes = total * size_of::<Value>();
        self.heap.reserve(bytes)?;
        let repeated = pace::repeat(items(&self.heap), times, &self.go_on());
        let repeated = self.unless_interrupted(repeated)?;
        self.heap.release(bytes);
        Ok(repeated)
    }

    /// Items of a sequence repeated so often.
    ///
    /// # Errors
    /// MemoryError when no address space could hold them, as CPython has it; the memory limit for less.
    fn repeated_length(&mut self, length: usize, times: usize, item_bytes: usize) -> Result<usize, Fault> {
        let bytes = length.checked_mul(times).and_then(|total| total.checked_mul(item_bytes));
        match bytes {
            Some(bytes) if bytes <= isize::MAX as usize => Ok(length * times),
            _ => Err(self.memory_error()),
        }
    }

    /// MemoryError without arguments.
    #[cold]
    pub(crate) fn memory_error(&mut self) -> Fault {
        match self.new_exception(types::MEMORY_ERROR, &[]) {
            Ok(exception) => self.raise_value(exception),
            Err(fault) => fault,
        }
    }

    /// `list *= count`, and of a bytearray; `data` is the target's own data.
    fn repeat_in_place(&mut self, target: Value, data: Value, count: Value) -> Result<Value, Fault> {
        let times = match self.repetitions("_repeat_in_place", target, count)? {
            Repetitions::Times(times) => times,
            Repetitions::NotInt => return Err(self.cannot_repeat(count)),
        };
        match data {
            Value::List(list) => self.repeat_list(list, times)?,
            Value::ByteArray(array) => {
                let length = self.repeated_length(self.heap.byte_arrays.get(array).data.len(), times, 1)?;
                match self.repeat_byte_array(array, length) {
                    Err(Fault::Fallback) => {
                        return Err(self.prelude_call("bytearray_imul", &[target, Value::Int(times as i64)]));
                    }
                    done => done?,
                }
            }
            _ => {}
        }
        Ok(target)
    }

    fn repeat_list(&mut self, list: Id<List>, times: usize) -> Result<(), Fault> {
        let length = self.heap.list(list).len();
        if times == 0 {
            self.heap.lists.slot(list).items.clear();
            return Ok(());
        }
        let total = self.repeated_length(length, times, size_of::<Value>())?;
        self.charge_items(total / 4)?;
        self.heap.list_reserve(list, total - length)?;
        let items = &mut self.heap.lists.slot(list).items;
        let repeated = pace::repeat_in_place(items, length, total, &question(&self.watch));
        self.unless_interrupted(repeated)
    }

    /// Makes a bytearray as long as `length`, a multiple of its length, by repeating it.
    ///
    /// # Errors
    /// `Fallback` as for [`Machine::prepare_resize`].
    pub(crate) fn repeat_byte_array(&mut self, array: Id<ByteArray>, length: usize) -> Result<(), Fault> {
        let once = self.heap.byte_arrays.get(array).data.len();
        self.prepare_text(length)?;
        self.prepare_resize(array, length)?;
        let data = &mut self.heap.byte_arrays.slot(array).data;
        if length == 0 {
            data.clear();
        }
        let repeated = pace::repeat_in_place(data, once, length, &question(&self.watch));
        self.unless_interrupted(repeated)
    }

    /// The count of a repetition; negative counts are none.
    ///
    /// # Errors
    /// OverflowError when it does not fit; `Fault::Call` when a guest `__index__` has to tell: then the prelude's `function` repeats.
    pub(crate) fn repetitions(&mut self, function: &str, sequence: Value, count: Value) -> Result<Repetitions, Fault> {
        match self.unwrap(count) {
            Value::Int(count) => Ok(Repetitions::Times(usize::try_from(count).unwrap_or(0))),
            Value::False => Ok(Repetitions::Times(0)),
            Value::True => Ok(Repetitions::Times(1)),
            Value::BigInt(_) => Err(self.overflow_error("cannot fit 'int' into an index-sized integer")),
            _ if self.special(count, names::INDEX).is_some() => Err(self.prelude_call(function, &[sequence, count])),
            _ => Ok(Repetitions::NotInt),
        }
    }

    #[cold]
    pub(crate) fn cannot_repeat(&mut self, count: Value) -> Fault {
        let found = self.type_name(count);
        self.type_error(format!("can't multiply sequence by non-int of type '{found}'"))
    }
}
