//! `str.format`, `str.format_map`, and what the prelude needs to do them with guest objects.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::machine::TemplateArguments;
use crate::text::format_template::{Accessor, Conversion, FieldName, First, TemplateParser};
use crate::text::percent_format::{Count, Field, Key, PercentParser, Piece, TemplateKind};
use crate::value::Value;

pub(super) fn format(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let (positional, named) = match args {
        [_, positional @ .., named] => (positional, *named),
        _ => (&[][..], Value::Undef),
    };
    m.format_template(id, TemplateArguments { positional: Some(positional), named })
}

pub(super) fn format_map(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let named = args.get(1).copied().unwrap_or(Value::None);
    if matches!(named, Value::Instance(_)) {
        // Its class may have a `__getitem__` or `__missing__` of its own.
        return Err(Fault::Fallback);
    }
    m.format_template(id, TemplateArguments { positional: None, named })
}

/// Prelude intrinsic: the pieces of a template as tuples `(literal, name, conversion, spec, spec_has_fields)`; the name is
/// None where no field follows the literal.
pub(crate) fn format_fields(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let template = m.heap.str(id).to_owned();
    m.charge_bytes(template.len())?;
    let mut parser = TemplateParser::new();
    let mut pieces = Vec::new();
    while let Some(piece) = parser.next_piece(&template).map_err(|error| m.raise_guest_error(error))? {
        m.charge(1)?;
        m.make_room(pieces.len() * 2 * size_of::<Value>())?;
        let literal = m.part(id, piece.literal)?;
        let items = match piece.field {
            None => [literal, Value::None, Value::None, Value::None, Value::False],
            Some(field) => {
                let conversion = match field.conversion {
                    None => Value::None,
                    Some(character) => {
                        Conversion::from_character(character).map_err(|error| m.raise_guest_error(error))?;
                        m.char_value(character, false)?
                    }
                };
                [
                    literal,
                    m.part(id, field.name)?,
                    conversion,
                    m.part(id, field.spec)?,
                    Value::bool(field.spec_has_fields),
                ]
            }
        };
        pieces.push(m.heap.new_tuple(&items)?);
    }
    m.heap.new_list(pieces)
}

/// Prelude intrinsic: where a field's value comes from (None, a position or a key) and the steps to take from there, as tuples
/// `(whether an attribute, name, index or key)`.
pub(crate) fn format_path(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.str_receiver(args)?;
    let text = m.heap.str(id).to_owned();
    let name = FieldName::parse(&text).map_err(|error| m.raise_guest_error(error))?;
    let first = match name.first {
        First::Automatic => Value::None,
        First::Position(position) => Value::Int(position as i64),
        First::Keyword(key) => m.heap.new_str(key)?,
    };
    let mut accessors = name.accessors;
    let mut steps = Vec::new();
    while let Some(step) = accessors.next_step().map_err(|error| m.raise_guest_error(error))? {
        m.charge(1)?;
        m.make_room(steps.len() * 2 * size_of::<Value>())?;
        let items = match step {
            Accessor::Attribute(name) => [Value::True, m.heap.new_str(name)?],
            Accessor::Index(index) => [Value::False, Value::Int(index as i64)],
            Accessor::Key(key) => [Value::False, m.heap.new_str(key)?],
        };
        steps.push(m.heap.new_tuple(&items)?);
    }
    let steps = m.heap.new_list(steps)?;
    m.heap.new_tuple(&[first, steps])
}

/// Prelude intrinsic: the pieces of a template of the `%` operator as tuples `(literal, key, stars, conversion, field)`. The
/// field is a template of its own without key, in which `s` takes the place of `r` and `a`; it is None for a literal.
pub(crate) fn percent_fields(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let template = args.first().copied().unwrap_or(Value::None);
    let (kind, text) = match m.as_str(template) {
        Some(id) => (TemplateKind::Text, m.heap.str(id).as_bytes().to_vec()),
        None => (TemplateKind::Bytes, m.byte_copy(template)?.unwrap_or_default()),
    };
    m.charge_bytes(text.len())?;
    let mut parser = PercentParser::new(kind);
    let mut pieces = Vec::new();
    while let Some(piece) = parser.next_piece(&text) {
        m.charge(1)?;
        m.make_room(pieces.len() * 2 * size_of::<Value>())?;
        let items = match piece {
            Piece::Literal(range) => {
                let literal = piece_value(m, kind, text.get(range).unwrap_or_default())?;
                [literal, Value::None, Value::None, Value::None, Value::None]
            }
            Piece::Field(field) => {
                let key = match &field.key {
                    Key::None => Value::None,
                    Key::Name(range) => piece_value(m, kind, text.get(range.clone()).unwrap_or_default())?,
                    Key::Unterminated => return Err(m.raise_guest_error(Field::incomplete_key())),
                };
                let conversion = field.known_conversion(&text).map_err(|error| m.raise_guest_error(error))?;
                let stars = i64::from(field.width == Count::Star) + i64::from(field.precision == Count::Star);
                let alone = field_alone(&field, conversion);
                let empty = piece_value(m, kind, b"")?;
                [
                    empty,
                    key,
                    Value::Int(stars),
                    m.char_value(conversion, false)?,
                    piece_value(m, kind, alone.as_bytes())?,
                ]
            }
        };
        pieces.push(m.heap.new_tuple(&items)?);
    }
    m.heap.new_list(pieces)
}

fn piece_value(m: &mut Machine, kind: TemplateKind, piece: &[u8]) -> Result<Value, Fault> {
    match kind {
        TemplateKind::Text => m.text_value(String::from_utf8_lossy(piece).into_owned(), true),
        TemplateKind::Bytes => m.heap.new_bytes(piece.to_vec()),
    }
}

/// A field as a template without key.
fn field_alone(field: &Field, conversion: char) -> String {
    let mut text = String::from("%");
    let flags = field.flags;
    for (set, flag) in
        [(flags.left, '-'), (flags.plus, '+'), (flags.space, ' '), (flags.alternate, '#'), (flags.zero, '0')]
    {
        if set {
            text.push(flag);
        }
    }
    text.push_str(&count_text(field.width));
    if field.precision != Count::None {
        text.push('.');
        text.push_str(&count_text(field.precision));
    }
    text.push(if matches!(conversion, 'r' | 'a') { 's' } else { conversion });
    text
}

fn count_text(count: Count) -> String {
    match count {
        Count::None => String::new(),
        Count::Fixed(number) => number.to_string(),
        Count::Star => "*".to_owned(),
        Count::TooBig => "9".repeat(30),
    }
}
