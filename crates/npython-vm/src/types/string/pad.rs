//! Padding strings to a width.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::Str;
use crate::value::{Id, Value};

/// The fill character and the width of `center`, `ljust` and `rjust`.
fn pad_arguments(m: &mut Machine, args: &[Value]) -> Result<(Id<Str>, usize, char, bool), Fault> {
    let id = m.str_receiver(args)?;
    let width = m.optional_size(args, 1, 0)?;
    let (fill, surrogates) = match args.get(2) {
        None => (' ', false),
        Some(value) => {
            let Some(fill) = m.as_str(*value) else {
                let name = m.type_name(*value);
                return Err(m.type_error(format!("The fill character must be a unicode character, not {name}")));
            };
            let mut characters = m.heap.str(fill).chars();
            match (characters.next(), characters.next()) {
                (Some(character), None) => (character, m.has_surrogates(fill)),
                _ => return Err(m.type_error("The fill character must be exactly one character long")),
            }
        }
    };
    let width = usize::try_from(width).unwrap_or(0);
    let surrogates = surrogates || m.has_surrogates(id);
    Ok((id, width, fill, surrogates))
}

/// The string with `left` and `right` fill characters around it.
fn padded(m: &mut Machine, id: Id<Str>, left: usize, right: usize, fill: char, surrogates: bool) -> Result<Value, Fault> {
    let added = left.saturating_add(right);
    if added == 0 {
        return Ok(Value::Str(id));
    }
    let total = added.saturating_mul(fill.len_utf8()).saturating_add(m.heap.str(id).len());
    m.prepare_text(total)?;
    let mut made = String::with_capacity(total);
    push_repeated(&mut made, fill, left);
    made.push_str(m.heap.str(id));
    push_repeated(&mut made, fill, right);
    m.text_value(made, surrogates)
}

fn push_repeated(output: &mut String, character: char, count: usize) {
    for _ in 0..count {
        output.push(character);
    }
}

pub(super) fn center(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, width, fill, surrogates) = pad_arguments(m, args)?;
    let missing = width.saturating_sub(m.str_length(id));
    // With an odd number to add, the larger half goes left if the width is odd.
    let left = missing / 2 + (missing & width & 1);
    padded(m, id, left, missing - left, fill, surrogates)
}

pub(super) fn left_justify(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, width, fill, surrogates) = pad_arguments(m, args)?;
    let missing = width.saturating_sub(m.str_length(id));
    padded(m, id, 0, missing, fill, surrogates)
}

pub(super) fn right_justify(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (id, width, fill, surrogates) = pad_arguments(m, args)?;
    let missing = width.saturating_sub(m.str_length(id));
    padded(m, id, missing, 0, fill, surrogates)
}

pub(super) fn zero_fill(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let width = usize::try_from(m.optional_size(args, 1, 0)?).unwrap_or(0);
    let missing = width.saturating_sub(m.str_length(id));
    if missing == 0 {
        return Ok(Value::Str(id));
    }
    let total = missing.saturating_add(m.heap.str(id).len());
    m.prepare_text(total)?;
    let surrogates = m.has_surrogates(id);
    let text = m.heap.str(id);
    let digits_at = usize::from(text.starts_with(['+', '-']));
    let mut made = String::with_capacity(total);
    made.push_str(text.get(..digits_at).unwrap_or_default());
    push_repeated(&mut made, '0', missing);
    made.push_str(text.get(digits_at..).unwrap_or_default());
    m.text_value(made, surrogates)
}

/// Number of columns a tab at `column` takes.
pub(crate) fn tab_width(column: usize, tab_size: usize) -> usize {
    if tab_size == 0 { 0 } else { tab_size - column % tab_size }
}

pub(super) fn expand_tabs(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let tab_size = usize::try_from(m.optional_size(args, 1, 8)?).unwrap_or(0);
    if !m.heap.str(id).contains('\t') {
        return Ok(Value::Str(id));
    }
    m.charge_items(m.heap.str(id).len())?;
    let (mut column, mut total) = (0_usize, 0_usize);
    for character in m.heap.str(id).chars() {
        let width = if character == '\t' { tab_width(column, tab_size) } else { 1 };
        total = total.saturating_add(if character == '\t' { width } else { character.len_utf8() });
        column = if matches!(character, '\n' | '\r') { 0 } else { column.saturating_add(width) };
    }
    m.prepare_text(total)?;
    let mut made = String::with_capacity(total);
    column = 0;
    for character in m.heap.str(id).chars() {
        if character == '\t' {
            let width = tab_width(column, tab_size);
            push_repeated(&mut made, ' ', width);
            column += width;
        } else {
            made.push(character);
            column = if matches!(character, '\n' | '\r') { 0 } else { column + 1 };
        }
    }
    let surrogates = m.has_surrogates(id);
    m.text_value(made, surrogates)
}
