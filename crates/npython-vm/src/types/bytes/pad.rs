//! Padding bytes to a width.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::pace::Room;
use crate::text::change::{self, Justify};
use crate::value::Value;

use super::{argument, changed_bytes, data, receiver};

fn justify(m: &mut Machine, args: &[Value], name: &str, side: Justify) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let width = m.optional_size(args, 1, 0)?;
    let fill = match argument(args, 2) {
        Value::Undef => b' ',
        value => match (m.unwrap(value), m.bytes_like(value)) {
            (Value::Bytes(_) | Value::ByteArray(_), Some([byte])) => *byte,
            _ => {
                let found = m.argument_type_name(value);
                return Err(m.type_error(format!("{name}() argument 2 must be a byte string of length 1, not {found}")));
            }
        },
    };
    let room = m.prepare_width(width)?;
    let made = change::justify_bytes(data(m, receiver), side, width, fill, room, &m.go_on());
    changed_bytes(m, receiver, made)
}

pub(crate) fn center(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    justify(m, args, "center", Justify::Center)
}

pub(crate) fn left_justify(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    justify(m, args, "ljust", Justify::Left)
}

pub(crate) fn right_justify(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    justify(m, args, "rjust", Justify::Right)
}

pub(crate) fn zero_fill(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let width = m.optional_size(args, 1, 0)?;
    let room = m.prepare_width(width)?;
    let made = change::zero_fill_bytes(data(m, receiver), width, room, &m.go_on());
    changed_bytes(m, receiver, made)
}

pub(crate) fn expand_tabs(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let receiver = receiver(m, args)?;
    let tab_size = m.optional_size(args, 1, 8)?;
    let tabs = m.count_tabs(data(m, receiver).len(), |m| data(m, receiver))?;
    let room = m.prepare_width(tab_size.saturating_mul(tabs))?;
    let made = change::expand_tabs_bytes(data(m, receiver), tab_size, Room::new(room, &m.go_on())).map(Some);
    changed_bytes(m, receiver, made)
}
