//! `container[key] = value` and `del container[key]`.

use crate::fault::Fault;
use crate::names;
use crate::objects::{ByteArray, List, Slice};
use crate::value::{Id, Value};

use super::super::{Machine, OnReturn};
use super::position_of;
use super::slices::SliceBounds;

impl Machine {
    /// `container[key] = value`
    ///
    /// # Errors
    /// What the container raises; `Fault::Call` when guest code has to do it.
    #[inline]
    pub(crate) fn store_subscript(&mut self, container: Value, key: Value, value: Value) -> Result<(), Fault> {
        match container {
            Value::Dict(dict) => match self.dict_set(dict, key, value) {
                Err(Fault::Fallback) => Err(self.prelude_call("_dict_setitem", &[container, key, value])),
                result => result,
            },
            Value::List(list) => self.store_in_list(list, container, key, value),
            Value::ByteArray(bytes) => self.store_in_bytes(bytes, container, key, value),
            _ => self.store_by_class(container, key, value),
        }
    }

    /// `del container[key]`
    ///
    /// # Errors
    /// As for [`Machine::store_subscript`].
    pub(crate) fn delete_subscript(&mut self, container: Value, key: Value) -> Result<(), Fault> {
        match container {
            Value::Dict(dict) => match self.dict_remove(dict, key) {
                Ok(Some(_)) => Ok(()),
                Ok(None) => Err(self.key_error(key)),
                Err(Fault::Fallback) => Err(self.prelude_call("_dict_delitem", &[container, key])),
                Err(fault) => Err(fault),
            },
            Value::List(list) => self.delete_from_list(list, container, key),
            Value::ByteArray(bytes) => self.delete_from_bytes(bytes, container, key),
            _ => self.delete_by_class(container, key),
        }
    }

    fn store_by_class(&mut self, container: Value, key: Value, value: Value) -> Result<(), Fault> {
        match self.special(container, names::SETITEM) {
            Some(Value::Native(_)) if !matches!(self.unwrap(container), Value::Instance(_) | Value::Object(_)) => {
                let data = self.unwrap(container);
                self.store_subscript(data, key, value)
            }
            Some(Value::Native(_)) if let Some(queue) = self.deque_of(container) => self.deque_store(queue, key, value),
            Some(method) => {
                let receiver = if let Value::Native(_) = method { self.unwrap(container) } else { container };
                self.call_special(method, receiver, &[key, value], OnReturn::Discard).map(|_| ())
            }
            None => {
                let name = self.type_name(container);
                Err(self.type_error(format!("'{name}' object does not support item assignment")))
            }
        }
    }

    fn delete_by_class(&mut self, container: Value, key: Value) -> Result<(), Fault> {
        match self.special(container, names::DELITEM) {
            Some(Value::Native(_)) if !matches!(self.unwrap(container), Value::Instance(_) | Value::Object(_)) => {
                let data = self.unwrap(container);
                self.delete_subscript(data, key)
            }
            Some(Value::Native(_)) if let Some(queue) = self.deque_of(container) => self.deque_delete(queue, key),
            Some(method) => {
                let receiver = if let Value::Native(_) = method { self.unwrap(container) } else { container };
                self.call_special(method, receiver, &[key], OnReturn::Discard).map(|_| ())
            }
            None => {
                let name = self.type_name(container);
                // Types that have the sequence protocol for something else say it in another way.
                let verb = match container {
                    Value::Tuple(_)
                    | Value::Str(_)
                    | Value::Bytes(_)
                    | Value::Range(_)
                    | Value::Set(_)
                    | Value::FrozenSet(_) => "doesn't",
                    Value::Instance(_) => "doesn't",
                    _ => "does not",
                };
                Err(self.type_error(format!("'{name}' object {verb} support item deletion")))
            }
        }
    }

    /// The index of a store; the prelude goes on when guest code has to give it.
    fn index_to_store(&mut self, container: Value, key: Value, value: Value) -> Result<i64, Fault> {
        match self.sequence_index(container, key) {
            Err(Fault::Fallback) => Err(self.prelude_call("_index_store", &[container, key, value])),
            found => found,
        }
    }

    /// The bounds of a store to a slice; the prelude goes on when guest code has to give them.
    fn bounds_to_store(
        &mut self,
        container: Value,
        slice: Id<Slice>,
        length: usize,
        value: Value,
    ) -> Result<SliceBounds, Fault> {
        match self.slice_bounds(slice, length) {
            Err(Fault::Fallback) => Err(self.prelude_call("_slice_store", &[container, Value::Slice(slice), value])),
            found => found,
        }
    }

    fn store_in_list(&mut self, list: Id<List>, container: Value, key: Value, value: Value) -> Result<(), Fault> {
        if let Value::Slice(slice) = key {
            let length = self.heap.list(list).len();
            let bounds = self.bounds_to_store(container, slice, length, value)?;
            return self.store_list_slice(list, container, bounds, key, value);
        }
        let index = self.index_to_store(container, key, value)?;
        let items = &mut self.heap.lists.slot(list).items;
        match position_of(items.len(), index).and_then(|at| items.get_mut(at)) {
            Some(slot) => {
                *slot = value;
                Ok(())
            }
            None => Err(self.index_error("list assignment index out of range")),
        }
    }

    fn store_list_slice(
        &mut self,
        list: Id<List>,
        container: Value,
        bounds: SliceBounds,
        key: Value,
        value: Value,
    ) -> Result<(), Fault> {
        if let Value::List(source) = value
            && source != list
            && bounds.step == 1
            && bounds.count == self.heap.list(source).len()
        {
            self.charge_items(bounds.count / 4)?;
            // Two lists of one arena cannot be borrowed at once: the source's items are taken out meanwhile.
            let items = std::mem::take(&mut self.heap.lists.slot(source).items);
            if let Some(replaced) = self.heap.lists.slot(list).items.get_mut(bounds.start..bounds.stop) {
                replaced.copy_from_slice(&items);
            }
            self.heap.lists.slot(source).items = items;
            return Ok(());
        }
        let added = match self.collect_items(value) {
            Ok(items) => items,
            Err(Fault::Fallback) => return Err(self.prelude_call("_slice_store_iterable", &[container, key, value])),
            Err(Fault::Raise) if self.is_not_iterable(value) => {
                self.raised = Value::Undef;
                return Err(self.type_error("must assign iterable to extended slice"));
            }
            Err(fault) => return Err(fault),
        };
        if bounds.step == 1 {
            let removed = bounds.stop - bounds.start;
            let moved = self.heap.list(list).len().saturating_sub(bounds.stop);
            self.charge_items((added.len() + if added.len() == removed { 0 } else { moved }) / 4)?;
            self.heap.list_reserve(list, added.len())?;
            self.heap.lists.slot(list).items.splice(bounds.start..bounds.stop, added);
            return Ok(());
        }
        if added.len() != bounds.count {
            let (given, wanted) = (added.len(), bounds.count);
            return Err(self.value_error(format!(
                "attempt to assign sequence of size {given} to extended slice of size {wanted}"
            )));
        }
        self.charge_items(added.len())?;
        let items = &mut self.heap.lists.slot(list).items;
        for (at, value) in bounds.positions().zip(added) {
            if let Some(slot) = items.get_mut(at) {
                *slot = value;
            }
        }
        Ok(())
    }

    /// Whether an error of collecting items means that the value is not iterable at all.
    fn is_not_iterable(&self, value: Value) -> bool {
        self.special(value, names::ITER).is_none() && self.special(value, names::GETITEM).is_none()
    }

    fn delete_from_list(&mut self, list: Id<List>, container: Value, key: Value) -> Result<(), Fault> {
        let length = self.heap.list(list).len();
        if let Value::Slice(slice) = key {
            let bounds = match self.slice_bounds(slice, length) {
                Ok(bounds) => bounds,
                Err(Fault::Fallback) => return Err(self.prelude_call("_slice_delete", &[container, key])),
                Err(fault) => return Err(fault),
            };
            self.charge_items(length.saturating_sub(bounds.start.min(bounds.stop)) / 4)?;
            remove_slice(&mut self.heap.lists.slot(list).items, bounds);
            return Ok(());
        }
        let index = match self.sequence_index(container, key) {
            Ok(index) => index,
            Err(Fault::Fallback) => return Err(self.prelude_call("_index_delete", &[container, key])),
            Err(fault) => return Err(fault),
        };
        match position_of(length, index) {
            Some(at) => {
                self.charge_items((length - at) / 16)?;
                self.remove_item(list, at)?;
                Ok(())
            }
            None => Err(self.index_error("list assignment index out of range")),
        }
    }

    fn store_in_bytes(
        &mut self,
        bytes: Id<ByteArray>,
        container: Value,
        key: Value,
        value: Value,
    ) -> Result<(), Fault> {
        if let Value::Slice(slice) = key {
            let length = self.heap.byte_arrays.get(bytes).data.len();
            let bounds = self.bounds_to_store(container, slice, length, value)?;
            return self.store_bytes_slice(bytes, container, bounds, key, value);
        }
        let index = self.index_to_store(container, key, value)?;
        let length = self.heap.byte_arrays.get(bytes).data.len();
        let Some(at) = position_of(length, index) else {
            return Err(self.index_error("bytearray index out of range"));
        };
        let byte = match self.to_clamped_index(value) {
            Ok(number) => number,
            Err(Fault::Fallback) => return Err(self.prelude_call("_byte_store", &[container, key, value])),
            Err(fault) => return Err(fault),
        };
        let Ok(byte) = u8::try_from(byte) else {
            return Err(self.value_error("byte must be in range(0, 256)"));
        };
        if let Some(slot) = self.heap.byte_arrays.slot(bytes).data.get_mut(at) {
            *slot = byte;
        }
        Ok(())
    }

    fn store_bytes_slice(
        &mut self,
        bytes: Id<ByteArray>,
        container: Value,
        bounds: SliceBounds,
        key: Value,
        value: Value,
    ) -> Result<(), Fault> {
        let added: Vec<u8> = match self.unwrap(value) {
            Value::Bytes(_) | Value::ByteArray(_) => self.byte_copy(value)?.unwrap_or_default(),
            Value::Int(_) | Value::BigInt(_) | Value::Str(_) => {
                return Err(self.type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)"));
            }
            _ => return Err(self.prelude_call("_slice_store_bytes", &[container, key, value])),
        };
        if bounds.step == 1 {
            let removed = bounds.stop - bounds.start;
            if added.len() != removed && self.heap.byte_arrays.get(bytes).exports > 0 {
                return Err(self.prelude_call("bytearray_store", &[container, key, value]));
            }
            self.charge_bytes(self.heap.byte_arrays.get(bytes).data.len())?;
            self.heap.reserve(added.len().saturating_sub(removed) * 2)?;
            self.heap.byte_arrays.slot(bytes).data.splice(bounds.start..bounds.stop, added);
            return Ok(());
        }
        if added.len() != bounds.count {
            if added.is_empty() {
                if self.heap.byte_arrays.get(bytes).exports > 0 {
                    return Err(self.prelude_call("bytearray_store", &[container, key, value]));
                }
                remove_slice(&mut self.heap.byte_arrays.slot(bytes).data, bounds);
                return Ok(());
            }
            let (given, wanted) = (added.len(), bounds.count);
            return Err(
                self.value_error(format!("attempt to assign bytes of size {given} to extended slice of size {wanted}"))
            );
        }
        let data = &mut self.heap.byte_arrays.slot(bytes).data;
        for (at, byte) in bounds.positions().zip(added) {
            if let Some(slot) = data.get_mut(at) {
                *slot = byte;
            }
        }
        Ok(())
    }

    fn delete_from_bytes(&mut self, bytes: Id<ByteArray>, container: Value, key: Value) -> Result<(), Fault> {
        let length = self.heap.byte_arrays.get(bytes).data.len();
        self.charge_bytes(length)?;
        if self.heap.byte_arrays.get(bytes).exports > 0 {
            return Err(self.prelude_call("bytearray_delete", &[container, key]));
        }
        if let Value::Slice(slice) = key {
            let bounds = match self.slice_bounds(slice, length) {
                Ok(bounds) => bounds,
                Err(Fault::Fallback) => return Err(self.prelude_call("_slice_delete", &[container, key])),
                Err(fault) => return Err(fault),
            };
            remove_slice(&mut self.heap.byte_arrays.slot(bytes).data, bounds);
            return Ok(());
        }
        let index = match self.sequence_index(container, key) {
            Ok(index) => index,
            Err(Fault::Fallback) => return Err(self.prelude_call("_index_delete", &[container, key])),
            Err(fault) => return Err(fault),
        };
        let Some(at) = position_of(length, index) else {
            return Err(self.index_error("bytearray index out of range"));
        };
        self.remove_byte(bytes, at)?;
        Ok(())
    }
}

/// Removes the items a slice means.
fn remove_slice<T>(items: &mut Vec<T>, bounds: SliceBounds) {
    if bounds.count == 0 {
        return;
    }
    if bounds.step == 1 {
        items.drain(bounds.start..bounds.stop.min(items.len()));
        return;
    }
    let step = bounds.step.unsigned_abs() as usize;
    let last = bounds.start.saturating_sub(if bounds.step < 0 { step * (bounds.count - 1) } else { 0 });
    let first = last;
    let mut at = 0;
    items.retain(|_| {
        let offset = usize::wrapping_sub(at, first);
        let removed = at >= first && offset % step == 0 && offset / step < bounds.count;
        at += 1;
        !removed
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_extended_slices() {
        let mut items: Vec<i32> = (0..10).collect();
        remove_slice(&mut items, SliceBounds::within(10, Some(1), Some(8), 3));
        assert_eq!(items, [0, 2, 3, 5, 6, 8, 9]);
        let mut items: Vec<i32> = (0..5).collect();
        remove_slice(&mut items, SliceBounds::within(5, None, None, -2));
        assert_eq!(items, [1, 3]);
        let mut items: Vec<i32> = (0..5).collect();
        remove_slice(&mut items, SliceBounds::within(5, Some(3), Some(1), 1));
        assert_eq!(items, [0, 1, 2, 3, 4]);
    }
}
