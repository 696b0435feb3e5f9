//! Slices: which items they mean, and reading them.

use crate::fault::Fault;
use crate::names;
use crate::objects::{Slice, Str};
use crate::pace::{self, GoOn, Interrupted};
use crate::value::{Id, Value};

use super::super::Machine;

/// The items of a sequence that a slice means: `count` items from `start` on, `step` apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct SliceBounds {
    pub(crate) start: usize,
    /// Where a slice with step 1 ends; at least `start`.
    pub(crate) stop: usize,
    pub(crate) step: i64,
    pub(crate) count: usize,
}

impl SliceBounds {
    /// The bounds in a sequence of this length (`slice.indices`, Data Model "slice objects"); `step` is not zero.
    pub(crate) fn within(length: usize, start: Option<i64>, stop: Option<i64>, step: i64) -> Self {
        let (start, stop) = slice_indices(length, start, stop, step);
        // Divisions are slow, and nearly all steps are 1 or -1.
        let count = match step {
            1 => (stop - start).max(0) as u64,
            -1 => (start - stop).max(0) as u64,
            _ if step > 0 && stop > start => (stop.abs_diff(start) - 1) / step.unsigned_abs() + 1,
            _ if step < 0 && start > stop => (start.abs_diff(stop) - 1) / step.unsigned_abs() + 1,
            _ => 0,
        };
        let first = usize::try_from(start).unwrap_or(0);
        Self { start: first, stop: usize::try_from(stop).unwrap_or(0).max(first), step, count: count as usize }
    }

    /// The positions of the items, in the order of the slice.
    pub(crate) fn positions(self) -> impl Iterator<Item = usize> {
        let (start, step) = (self.start as i64, self.step);
        (0..self.count as i64).map(move |at| start.wrapping_add(step.wrapping_mul(at)) as usize)
    }
}

/// Start and stop clamped to a sequence of this length; with a negative step they may be -1.
pub(crate) fn slice_indices(length: usize, start: Option<i64>, stop: Option<i64>, step: i64) -> (i64, i64) {
    let length = length as i64;
    let (lowest, highest) = if step < 0 { (-1, length - 1) } else { (0, length) };
    let clamp = |index: i64| if index < 0 { index.saturating_add(length).max(lowest) } else { index.min(highest) };
    let (first, last) = if step < 0 { (highest, lowest) } else { (lowest, highest) };
    (start.map_or(first, clamp), stop.map_or(last, clamp))
}

impl Machine {
    /// A slice for an operation that does not keep it: one object serves all of them.
    pub(crate) fn passing_slice(&mut self, start: Value, stop: Value, step: Value) -> Result<Value, Fault> {
        if let Some(Value::Slice(id)) = self.passing_slice {
            *self.heap.slices.slot(id) = Slice { start, stop, step };
            return Ok(Value::Slice(id));
        }
        let slice = self.heap.new_slice(start, stop, step)?;
        self.passing_slice = Some(slice);
        Ok(slice)
    }

    /// A part of a slice as a number; `None` for None.
    ///
    /// # Errors
    /// TypeError; `Fault::Fallback` when a guest `__index__` has to run.
    pub(crate) fn slice_part(&mut self, value: Value) -> Result<Option<i64>, Fault> {
        match value {
            Value::None => Ok(None),
            Value::Int(number) => Ok(Some(number)),
            Value::True | Value::False | Value::BigInt(_) => self.to_clamped_index(value).map(Some),
            _ if self.is_guest_special(value, names::INDEX).is_some() => Err(Fault::Fallback),
            _ if self.is_int(value) => self.to_clamped_index(value).map(Some),
            _ => Err(self.type_error("slice indices must be integers or None or have an __index__ method")),
        }
    }

    /// The items a slice means in a sequence of this length.
    ///
    /// # Errors
    /// As for [`Machine::slice_part`]; ValueError for a step of zero.
    #[inline]
    pub(crate) fn slice_bounds(&mut self, slice: Id<Slice>, length: usize) -> Result<SliceBounds, Fault> {
        let Slice { start, stop, step } = *self.heap.slices.get(slice);
        let number = |part: Value| match part {
            Value::Int(number) => Some(Some(number)),
            Value::None => Some(None),
            _ => None,
        };
        if let (Some(start), Some(stop), Some(step)) = (number(start), number(stop), number(step))
            && step != Some(0)
        {
            return Ok(SliceBounds::within(length, start, stop, step.unwrap_or(1).max(-i64::MAX)));
        }
        let step = self.slice_part(step)?.unwrap_or(1);
        if step == 0 {
            return Err(self.value_error("slice step cannot be zero"));
        }
        let (start, stop) = (self.slice_part(start)?, self.slice_part(stop)?);
        Ok(SliceBounds::within(length, start, stop, step.max(-i64::MAX)))
    }

    /// `sequence[slice]`
    pub(super) fn slice_subscript(&mut self, container: Value, slice: Id<Slice>, key: Value) -> Result<Value, Fault> {
        match self.slice_of(container, slice) {
            Err(Fault::Fallback) => Err(self.prelude_call("_slice_subscript", &[container, key])),
            result => result,
        }
    }

    fn slice_of(&mut self, container: Value, slice: Id<Slice>) -> Result<Value, Fault> {
        match container {
            Value::Str(text) => {
                let bounds = self.slice_bounds(slice, self.heap.strings.get(text).length as usize)?;
                self.slice_of_text(text, bounds)
            }
            Value::List(id) => {
                let bounds = self.slice_bounds(slice, self.heap.list(id).len())?;
                self.charge_items(bounds.count / 4)?;
                self.reserve_items(bounds.count)?;
                let items = pick(self.heap.list(id), bounds, &self.go_on());
                let items = self.unless_interrupted(items)?;
                self.heap.new_list(items)
            }
            Value::Tuple(id) => {
                let length = self.heap.tuple(id).len();
                let bounds = self.slice_bounds(slice, length)?;
                if bounds.count == length && bounds.step == 1 {
                    return Ok(container);
                }
                self.charge_items(bounds.count / 4)?;
                self.reserve_items(bounds.count)?;
                let items = pick(self.heap.tuple(id), bounds, &self.go_on());
                let items = self.unless_interrupted(items)?;
                self.heap.new_tuple_of(items)
            }
            Value::Bytes(id) => {
                let length = self.heap.bytes.get(id).data.len();
                let bounds = self.slice_bounds(slice, length)?;
                if bounds.count == length && bounds.step == 1 {
                    return Ok(container);
                }
                self.charge_bytes(bounds.count)?;
                self.heap.reserve(bounds.count)?;
                self.heap.release(bounds.count);
                let data = pick(&self.heap.bytes.get(id).data, bounds, &self.go_on());
                let data = self.unless_interrupted(data)?;
                self.heap.new_bytes(data)
            }
            Value::ByteArray(id) => {
                let bounds = self.slice_bounds(slice, self.heap.byte_arrays.get(id).data.len())?;
                self.charge_bytes(bounds.count)?;
                self.heap.reserve(bounds.count)?;
                self.heap.release(bounds.count);
                let data = pick(&self.heap.byte_arrays.get(id).data, bounds, &self.go_on());
                let data = self.unless_interrupted(data)?;
                self.heap.new_byte_array(data)
            }
            Value::Range(id) => {
                let Slice { start, stop, step } = *self.heap.slices.get(slice);
                for part in [start, stop, step] {
                    self.slice_part(part)?;
                }
                self.slice_of_range(id, start, stop, step)
            }
            _ => Err(Fault::Fallback),
        }
    }

    fn reserve_items(&mut self, count: usize) -> Result<(), Fault> {
        let bytes = count * size_of::<Value>();
        self.heap.reserve(bytes)?;
        self.heap.release(bytes);
        Ok(())
    }

    /// The characters of a string that a slice means.
    pub(crate) fn slice_of_text(&mut self, id: Id<Str>, bounds: SliceBounds) -> Result<Value, Fault> {
        let string = self.heap.strings.get(id);
        let (length, ascii, surrogates) = (string.length as usize, string.ascii, string.surrogates);
        if bounds.count == 0 {
            return self.heap.new_str("");
        }
        if bounds.step == 1 {
            if bounds.count == length {
                return Ok(Value::Str(id));
            }
            let (start, end) = if ascii {
                (bounds.start, bounds.stop)
            } else {
                (self.byte_position(id, bounds.start)?, self.byte_position(id, bounds.stop)?)
            };
            let bytes = end.saturating_sub(start);
            self.charge_bytes(bytes)?;
            if bytes > 24 {
                self.heap.reserve(bytes)?;
                self.heap.release(bytes);
            }
            let part = pace::compact(self.heap.str(id).get(start..end).unwrap_or(""), &self.go_on());
            let part = self.unless_interrupted(part)?;
            return if ascii { self.heap.new_ascii(part) } else { self.text_part(part.into(), surrogates) };
        }
        self.charge_items(bounds.count)?;
        if ascii {
            self.heap.reserve(bounds.count)?;
            self.heap.release(bounds.count);
            let bytes = self.heap.str(id).as_bytes();
            let part = pick(bytes, bounds, &self.go_on());
            let part = self.unless_interrupted(part)?;
            let part = String::from_utf8(part).unwrap_or_default();
            return self.heap.new_ascii(part.into());
        }
        let needed = length * 4 + bounds.count * 4;
        self.charge_items(length / 4)?;
        self.heap.reserve(needed)?;
        let part = pick_characters(self.heap.str(id), bounds, &self.go_on());
        let part = self.unless_interrupted(part)?;
        self.heap.release(needed);
        self.text_part(part, surrogates)
    }

    /// A string cut from one that has surrogates or may have none.
    fn text_part(&mut self, part: String, surrogates: bool) -> Result<Value, Fault> {
        if surrogates && part.chars().any(|character| u32::from(character) >= 0x10_F800) {
            self.heap.new_surrogate_str(part)
        } else {
            let mut characters = part.chars();
            match (characters.next(), characters.next()) {
                (Some(only), None) if u32::from(only) < 256 => Ok(crate::base::Base::latin1(u32::from(only) as u8)),
                _ => self.heap.new_string(part),
            }
        }
    }
}

/// The items a slice means.
fn pick<T: Copy>(items: &[T], bounds: SliceBounds, go_on: GoOn<'_>) -> Result<Vec<T>, Interrupted> {
    if bounds.step == 1 {
        return pace::copy(items.get(bounds.start..bounds.stop).unwrap_or_default(), go_on);
    }
    let mut picked = Vec::with_capacity(bounds.count);
    if bounds.step == -1 {
        let end = bounds.start.saturating_add(1);
        let part = items.get(end.saturating_sub(bounds.count)..end).unwrap_or(&[]);
        for piece in pace::pieces_from_end(part, go_on) {
            picked.extend(piece?.iter().rev().copied());
        }
        return Ok(picked);
    }
    for at in pace::steps(bounds.positions(), go_on) {
        picked.extend(items.get(at?));
    }
    Ok(picked)
}

/// The characters a slice means.
fn pick_characters(text: &str, bounds: SliceBounds, go_on: GoOn<'_>) -> Result<String, Interrupted> {
    let mut characters: Vec<char> = Vec::new();
    for piece in pace::pieces_of_text(text, go_on) {
        characters.extend(piece?.chars());
    }
    let mut picked = String::new();
    for at in pace::steps(bounds.positions(), go_on) {
        picked.extend(characters.get(at?));
    }
    Ok(picked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clamps_as_slice_indices_does() {
        assert_eq!(slice_indices(5, None, None, 1), (0, 5));
        assert_eq!(slice_indices(5, None, None, -1), (4, -1));
        assert_eq!(slice_indices(5, Some(-100), Some(100), 1), (0, 5));
        assert_eq!(slice_indices(5, Some(100), Some(-100), -1), (4, -1));
        assert_eq!(slice_indices(0, Some(-1), Some(1), 1), (0, 0));
        assert_eq!(slice_indices(5, Some(i64::MIN), Some(i64::MAX), 1), (0, 5));
    }

    #[test]
    fn counts_and_positions() {
        let bounds = SliceBounds::within(10, Some(1), Some(8), 3);
        assert_eq!(bounds.positions().collect::<Vec<_>>(), [1, 4, 7]);
        let backwards = SliceBounds::within(5, None, None, -2);
        assert_eq!(backwards.positions().collect::<Vec<_>>(), [4, 2, 0]);
        assert_eq!(SliceBounds::within(5, Some(3), Some(1), 1).count, 0);
        assert_eq!(SliceBounds::within(5, Some(3), None, i64::MAX).count, 1);
    }
}
