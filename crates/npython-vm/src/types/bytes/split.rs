//! Taking bytes apart and joining them.

use std::ops::Range;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::pace::{self, GoOn};
use crate::text::GuestError;
use crate::text::split::{self, Piece, Sides, is_space_byte};
use crate::value::Value;

use super::{argument, bytes_argument, changed_bytes, data, new_like, receiver};

/// The parts of `whole` as new objects of the receiver's kind; what they take is charged and reserved on the way.
fn collect_parts(
    m: &mut Machine,
    receiver: Value,
    whole: &[u8],
    ranges: impl Iterator<Item = Piece>,
) -> Result<Vec<Value>, Fault> {
    let mut parts: Vec<Value> = Vec::new();
    for range in ranges {
        if parts.len() == parts.capacity() {
            m.make_room(parts.capacity().max(4) * 2 * size_of::<Value>())?;
        }
        let range = m.unless_interrupted(range)?;
        m.charge(1)?;
        parts.push(part(m, receiver, whole, range)?);
    }
    Ok(parts)
}

fn part(m: &mut Machine, receiver: Value, whole: &[u8], range: Range<usize>) -> Result<Value, Fault> {
    m.prepare_text(range.len())?;
    new_like(m, receiver, whole.get(range).unwrap_or_default().to_vec())
}

/// The arguments of `split` and `rsplit`: receiver, separator (`None` for whitespace), most splits.
/// Receiver, separator, most splits.
type SplitArguments = (Value, Option<Vec<u8>>, Option<usize>);

fn split_arguments(m: &mut Machine, args: &[Value]) -> Result<SplitArguments, Fault> {
    let receiver = receiver(m, args)?;
    let most = usize::try_from(m.optional_size(args, 2, -1)?).ok();
    let separator = match argument(args, 1) {
        Value::Undef | Value::None => None,
        value => Some(bytes_argument(m, value)?),
    };
    Ok((receiver, separator, most))
}

pub(crate) fn split(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (receiver, separator, most) = split_arguments(m, args)?;
    let whole = bytes_argument(m, receiver)?;
    let go_on: GoOn<'_> = &m.question_for(whole.len());
    let parts = match separator {
        Some(separator) => {
            let ranges = split::split(&whole, &separator, most, go_on).map_err(|error| m.raise_guest_error(error))?;
            collect_parts(m, receiver, &whole, ranges)?
        }
        None => collect_parts(m, receiver, &whole, split::split_space_bytes(&whole, most, is_space_byte, go_on))?,
    };
    m.heap.new_list(parts)
}

pub(crate) fn rsplit(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (receiver, separator, most) = split_arguments(m, args)?;
    let whole = bytes_argument(m, receiver)?;
    let go_on: GoOn<'_> = &m.question_for(whole.len());
    let mut parts = match separator {
        Some(separator) => {
            let ranges =
                split::split_from_right(&whole, &separator, most, go_on).map_err(|error| m.raise_guest_error(error))?;
            collect_parts(m, receiver, &whole, ranges)?
        }
        None => collect_parts(m, receiver, &whole, split::split_space_bytes_from_right(&whole, most, go_on))?,
    };
    parts.reverse();
    m.heap.new_list(parts)
}

pub(crate) fn split_lines(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let keep = m.flag_argument(argument(args, 1))?;
    let whole = bytes_argument(m, receiver)?;
    let go_on: GoOn<'_> = &m.question_for(whole.len());
    let parts = collect_parts(m, receiver, &whole, split::split_lines_bytes(&whole, keep, go_on))?;
    m.heap.new_list(parts)
}

pub(crate) fn partition(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    partition_by(m, args, split::partition, true)
}

pub(crate) fn rpartition(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    partition_by(m, args, split::partition_from_right, false)
}

type Partition = fn(&[u8], &[u8], GoOn<'_>) -> Result<Option<split::Parts>, GuestError>;

/// The three parts; without separator the data stands first, or last.
fn partition_by(m: &mut Machine, args: &[Value], partition: Partition, data_first: bool) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let separator = bytes_argument(m, argument(args, 1))?;
    let whole = bytes_argument(m, receiver)?;
    let found = partition(&whole, &separator, &m.go_on());
    let items = match found.map_err(|error| m.raise_guest_error(error))? {
        Some((before, after)) => {
            [part(m, receiver, &whole, before)?, new_like(m, receiver, separator)?, part(m, receiver, &whole, after)?]
        }
        None => {
            let unchanged = changed_bytes(m, receiver, Ok(None))?;
            let empty = [new_like(m, receiver, Vec::new())?, new_like(m, receiver, Vec::new())?];
            if data_first { [unchanged, empty[0], empty[1]] } else { [empty[0], empty[1], unchanged] }
        }
    };
    m.heap.new_tuple(&items)
}

fn strip_sides(m: &mut Machine, args: &[Value], sides: Sides) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let removed = match argument(args, 1) {
        Value::Undef | Value::None => None,
        value => Some(bytes_argument(m, value)?),
    };
    let length = data(m, receiver).len();
    m.charge_bytes(length)?;
    let kept = split::strip_bytes(data(m, receiver), removed.as_deref(), sides, &m.go_on());
    let kept = m.unless_interrupted(kept)?;
    if kept.len() == length {
        return changed_bytes(m, receiver, Ok(None));
    }
    m.make_room(kept.len())?;
    let made = pace::copy(data(m, receiver).get(kept).unwrap_or_default(), &m.go_on());
    let made = m.unless_interrupted(made)?;
    new_like(m, receiver, made)
}

pub(crate) fn strip(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    strip_sides(m, args, Sides::Both)
}

pub(crate) fn lstrip(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    strip_sides(m, args, Sides::Left)
}

pub(crate) fn rstrip(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    strip_sides(m, args, Sides::Right)
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
    m.bytes_like(value).map(<[u8]>::len).or_else(|| m.view_size(value))
}
