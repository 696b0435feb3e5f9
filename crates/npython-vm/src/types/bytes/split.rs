//! Taking bytes apart and joining them.

use std::ops::Range;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::types::string::{find_bytes, find_last_bytes};
use crate::value::Value;

use super::case::is_byte_space;
use super::{argument, bytes_argument, data, new_like, receiver};

/// Parts of the receiver as they are found.
struct Parts {
    source: Value,
    items: Vec<Value>,
}

impl Parts {
    fn of(source: Value) -> Self {
        Self { source, items: Vec::new() }
    }

    fn push(&mut self, m: &mut Machine, range: Range<usize>) -> Result<(), Fault> {
        if self.items.len() == self.items.capacity() {
            m.make_room(self.items.capacity().max(4) * 2 * size_of::<Value>())?;
        }
        m.charge(1)?;
        self.items.push(part(m, self.source, range)?);
        Ok(())
    }
}

fn part(m: &mut Machine, source: Value, range: Range<usize>) -> Result<Value, Fault> {
    m.prepare_text(range.len())?;
    let made = data(m, source).get(range).unwrap_or_default().to_vec();
    new_like(m, source, made)
}

/// The arguments of `split` and `rsplit`: receiver, separator (`None` for whitespace), most splits.
fn split_arguments(m: &mut Machine, args: &[Value]) -> Result<(Value, Option<Vec<u8>>, usize), Fault> {
    let receiver = receiver(m, args)?;
    let most = usize::try_from(m.optional_size(args, 2, -1)?).unwrap_or(usize::MAX);
    let separator = match argument(args, 1) {
        Value::Undef | Value::None => None,
        value => Some(bytes_argument(m, value)?),
    };
    if separator.as_ref().is_some_and(Vec::is_empty) {
        return Err(m.value_error("empty separator"));
    }
    m.charge_bytes(data(m, receiver).len())?;
    Ok((receiver, separator, most))
}

pub(crate) fn split(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (receiver, separator, most) = split_arguments(m, args)?;
    let mut parts = Parts::of(receiver);
    let mut from = 0;
    let end = data(m, receiver).len();
    if let Some(separator) = separator {
        while parts.items.len() < most {
            let Some(found) = find_bytes(data(m, receiver).get(from..).unwrap_or_default(), &separator) else { break };
            parts.push(m, from..from + found)?;
            from += found + separator.len();
        }
        parts.push(m, from..end)?;
        return m.heap.new_list(parts.items);
    }
    while let Some(start) = data(m, receiver).iter().skip(from).position(|byte| !is_byte_space(byte)).map(|at| from + at) {
        let whole = data(m, receiver);
        let stop = if parts.items.len() >= most {
            whole.iter().rposition(|byte| !is_byte_space(byte)).map_or(end, |at| at + 1)
        } else {
            whole.iter().skip(start).position(is_byte_space).map_or(end, |at| start + at)
        };
        let last = parts.items.len() >= most;
        parts.push(m, start..stop)?;
        if last {
            break;
        }
        from = stop;
    }
    m.heap.new_list(parts.items)
}

pub(crate) fn rsplit(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (receiver, separator, most) = split_arguments(m, args)?;
    let mut parts = Parts::of(receiver);
    let mut to = data(m, receiver).len();
    if let Some(separator) = separator {
        while parts.items.len() < most {
            let Some(found) = find_last_bytes(data(m, receiver).get(..to).unwrap_or_default(), &separator) else { break };
            parts.push(m, found + separator.len()..to)?;
            to = found;
        }
        parts.push(m, 0..to)?;
    } else {
        while let Some(last) = data(m, receiver).iter().take(to).rposition(|byte| !is_byte_space(byte)) {
            let stop = last + 1;
            if parts.items.len() >= most {
                parts.push(m, 0..stop)?;
                break;
            }
            let start = data(m, receiver).iter().take(stop).rposition(is_byte_space).map_or(0, |at| at + 1);
            parts.push(m, start..stop)?;
            to = start;
        }
    }
    parts.items.reverse();
    m.heap.new_list(parts.items)
}

pub(crate) fn split_lines(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let keep = m.flag_argument(argument(args, 1))?;
    m.charge_bytes(data(m, receiver).len())?;
    let mut parts = Parts::of(receiver);
    let mut start = 0;
    let end = data(m, receiver).len();
    while start < end {
        let rest = data(m, receiver).get(start..).unwrap_or_default();
        let (stop, next) = match memchr::memchr2(b'\n', b'\r', rest) {
            None => (end, end),
            Some(at) => {
                let width = if rest.get(at..at + 2) == Some(b"\r\n") { 2 } else { 1 };
                (start + at, start + at + width)
            }
        };
        parts.push(m, start..if keep { next } else { stop })?;
        start = next;
    }
    m.heap.new_list(parts.items)
}

pub(crate) fn partition(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    partition_at(m, args, find_bytes, true)
}

pub(crate) fn rpartition(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    partition_at(m, args, find_last_bytes, false)
}

fn partition_at(m: &mut Machine, args: &[Value], find: fn(&[u8], &[u8]) -> Option<usize>, first: bool) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let separator = bytes_argument(m, argument(args, 1))?;
    if separator.is_empty() {
        return Err(m.value_error("empty separator"));
    }
    let end = data(m, receiver).len();
    m.charge_bytes(end)?;
    let width = separator.len();
    let items = match find(data(m, receiver), &separator) {
        Some(at) => [part(m, receiver, 0..at)?, new_like(m, receiver, separator)?, part(m, receiver, at + width..end)?],
        None => {
            let whole = if let Value::Bytes(_) = receiver { receiver } else { part(m, receiver, 0..end)? };
            let empty = [new_like(m, receiver, Vec::new())?, new_like(m, receiver, Vec::new())?];
            if first { [whole, empty[0], empty[1]] } else { [empty[0], empty[1], whole] }
        }
    };
    m.heap.new_tuple(&items)
}

fn strip_sides(m: &mut Machine, args: &[Value], left: bool, right: bool) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let mut stripped = [false; 256];
    match argument(args, 1) {
        Value::Undef | Value::None => [b' ', 9, 10, 11, 12, 13].iter().for_each(|byte| stripped[usize::from(*byte)] = true),
        value => bytes_argument(m, value)?.iter().for_each(|byte| stripped[usize::from(*byte)] = true),
    }
    let keeps = |byte: &u8| !stripped[usize::from(*byte)];
    let whole = data(m, receiver);
    m.charge_bytes(whole.len())?;
    let whole = data(m, receiver);
    let end = if right { whole.iter().rposition(keeps).map_or(0, |at| at + 1) } else { whole.len() };
    let start = if left { whole.iter().take(end).position(keeps).unwrap_or(end) } else { 0 };
    if let (Value::Bytes(_), true) = (receiver, end - start == whole.len()) {
        return Ok(receiver);
    }
    part(m, receiver, start..end)
}

pub(crate) fn strip(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    strip_sides(m, args, true, true)
}

pub(crate) fn lstrip(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    strip_sides(m, args, true, false)
}

pub(crate) fn rstrip(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    strip_sides(m, args, false, true)
}

pub(crate) fn join(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let items = m.joined_items(argument(args, 1))?;
    m.charge_items(items.len())?;
    let separator = data(m, receiver).len();
    let mut total = separator.saturating_mul(items.len().saturating_sub(1));
    for (at, item) in items.iter().enumerate() {
        let Some(length) = byte_length(m, *item) else {
            let name = m.type_name(*item);
            return Err(m.type_error(format!("sequence item {at}: expected a bytes-like object, {name} found")));
        };
        total = total.saturating_add(length);
    }
    m.prepare_text(total)?;
    let mut made = Vec::with_capacity(total);
    for (number, item) in items.into_iter().enumerate() {
        if number > 0 {
            made.extend_from_slice(data(m, receiver));
        }
        match m.bytes_like(item) {
            Some(data) => made.extend_from_slice(data),
            None => made.extend(m.byte_copy(item)?.unwrap_or_default()),
        }
    }
    new_like(m, receiver, made)
}

/// Length of a bytes-like object.
fn byte_length(m: &Machine, value: Value) -> Option<usize> {
    m.bytes_like(value).map(<[u8]>::len).or_else(|| m.view_length(value))
}
