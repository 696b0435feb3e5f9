//! Padding strings to a width.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::Str;
use crate::pace::Room;
use crate::text::change::{self, Justify};
use crate::value::{Id, Value};

fn justify(m: &mut Machine, args: &[Value], side: Justify) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let width = m.optional_size(args, 1, 0)?;
    let (fill, surrogates) = match args.get(2) {
        None => (' ', false),
        Some(value) => fill_character(m, *value)?,
    };
    let surrogates = surrogates || m.has_surrogates(id);
    let room = m.prepare_width(width)?;
    let made = change::justify(m.heap.str(id), side, width, fill, room, &m.go_on());
    changed_text(m, id, made, surrogates)
}

/// A fill character, and whether it may stand for a surrogate.
fn fill_character(m: &mut Machine, value: Value) -> Result<(char, bool), Fault> {
    let Some(fill) = m.as_str(value) else {
        let name = m.type_name(value);
        return Err(m.type_error(format!("The fill character must be a unicode character, not {name}")));
    };
    let mut characters = m.heap.str(fill).chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => Ok((character, m.has_surrogates(fill))),
        _ => Err(m.type_error("The fill character must be exactly one character long")),
    }
}

/// A new string, or the receiver itself if nothing changed.
fn changed_text(
    m: &mut Machine,
    receiver: Id<Str>,
    made: Result<Option<String>, crate::text::GuestError>,
    surrogates: bool,
) -> Result<Value, Fault> {
    match made.map_err(|error| m.raise_guest_error(error))? {
        Some(text) => {
            m.charge_bytes(text.len())?;
            m.text_value(text, surrogates)
        }
        None => Ok(Value::Str(receiver)),
    }
}

pub(super) fn center(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    justify(m, args, Justify::Center)
}

pub(super) fn left_justify(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    justify(m, args, Justify::Left)
}

pub(super) fn right_justify(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    justify(m, args, Justify::Right)
}

pub(super) fn zero_fill(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let width = m.optional_size(args, 1, 0)?;
    let room = m.prepare_width(width)?;
    let made = change::zero_fill(m.heap.str(id), width, room, &m.go_on());
    let surrogates = m.has_surrogates(id);
    changed_text(m, id, made, surrogates)
}

pub(super) fn expand_tabs(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let tab_size = m.optional_size(args, 1, 8)?;
    let tabs = m.count_tabs(m.heap.str(id).len(), |m| m.heap.str(id).as_bytes())?;
    let room = m.prepare_width(tab_size.saturating_mul(tabs))?;
    let made = change::expand_tabs(m.heap.str(id), tab_size, Room::new(room, &m.go_on())).map(Some);
    let surrogates = m.has_surrogates(id);
    changed_text(m, id, made, surrogates)
}

impl Machine {
    /// Charges for filling up to `width` characters before it is done; the most bytes the result may have.
    pub(crate) fn prepare_width(&mut self, width: i64) -> Result<usize, Fault> {
        let room = self.heap.room();
        let width = usize::try_from(width).unwrap_or(0);
        if width > room {
            return Err(self.heap.refuse(width));
        }
        self.charge_bytes(width)?;
        Ok(room)
    }

    /// Number of tabs in data of `length` bytes, charged for.
    pub(crate) fn count_tabs(&mut self, length: usize, data: impl Fn(&Self) -> &[u8]) -> Result<i64, Fault> {
        self.charge_items(length)?;
        Ok(memchr::memchr_iter(b'\t', data(self)).count() as i64)
    }
}
