//! `template % values`, for strings and bytes, as far as no guest code is needed; the prelude does the same with guest objects.

use compact_str::ToCompactString;
use num_bigint::BigInt;
use smallvec::SmallVec;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::numeric::cost;
use crate::numeric::integer::{DEFAULT_DIGIT_LIMIT, Integer, big_to_float, from_float};
use crate::pace::{self, Room};
use crate::text::GuestError;
use crate::text::percent_format::{
    Count, Field, Key, Layout, PercentParser, Piece, TemplateKind, byte_of, bytes_required, character_of,
    character_required, format_big, format_bytes, format_float, format_small, format_text, mapping_required,
    not_all_converted, not_enough_arguments, star_wants_int, wrong_number,
};
use crate::value::Value;

use super::char_of_code_point;

/// Templates of at most so many bytes are held without an allocation.
const SHORT_TEMPLATE: usize = 64;

/// The values being used up.
struct Values {
    /// A tuple and how many of its items were taken, or a single value.
    source: Value,
    taken: usize,
    tuple: bool,
    /// What keys are looked up in; `Undef` if the values are no mapping.
    mapping: Value,
}

/// A number for a conversion.
enum Number {
    Small(i64),
    Big(BigInt),
}

/// The state of one formatting.
struct Output {
    kind: TemplateKind,
    /// Text of a string template is UTF-8.
    made: Vec<u8>,
    surrogates: bool,
}

impl Machine {
    /// `template % values` for a str, bytes or bytearray template (an exact one, or the payload of an instance).
    pub(crate) fn percent_format(&mut self, template: Value, values: Value) -> Result<Value, Fault> {
        let template = self.unwrap(template);
        match self.percent_natively(template, values) {
            Err(Fault::Fallback) => Err(self.prelude_call("percent_format", &[template, values])),
            other => other,
        }
    }

    fn percent_natively(&mut self, template: Value, values: Value) -> Result<Value, Fault> {
        let (kind, text, surrogates) = match template {
            Value::Str(id) => (TemplateKind::Text, self.heap.str(id).as_bytes(), self.has_surrogates(id)),
            _ => (TemplateKind::Bytes, self.bytes_like(template).unwrap_or_default(), false),
        };
        let text: SmallVec<[u8; SHORT_TEMPLATE]> = if text.len() <= SHORT_TEMPLATE {
            SmallVec::from_slice(text)
        } else {
            let copied = pace::copy(text, &self.go_on());
            SmallVec::from_vec(self.unless_interrupted(copied)?)
        };
        let expected = text.len() + text.len().min(SHORT_TEMPLATE);
        self.prepare_text(expected)?;
        let mut values = self.percent_values(values)?;
        let mut output = Output { kind, made: Vec::with_capacity(expected), surrogates };
        let mut parser = PercentParser::new(kind);
        while let Some(piece) = parser.next_piece(&text) {
            self.charge(1)?;
            match piece {
                Piece::Literal(range) => output.made.extend_from_slice(text.get(range).unwrap_or_default()),
                Piece::Field(field) => self.percent_field(&text, &field, &mut values, &mut output)?,
            }
            self.make_room(output.made.len())?;
        }
        let given = if values.tuple { self.sequence_items(values.source).len() } else { 1 };
        if values.taken < given && values.mapping.is_undef() {
            return Err(self.raise_guest_error(not_all_converted(kind)));
        }
        match template {
            Value::Str(_) => {
                let made = String::from_utf8(output.made).unwrap_or_default();
                self.text_value(made, output.surrogates)
            }
            Value::ByteArray(_) => self.heap.new_byte_array(output.made),
            _ => self.heap.new_bytes(output.made),
        }
    }

    fn percent_values(&mut self, values: Value) -> Result<Values, Fault> {
        let payload = self.unwrap(values);
        if let Value::Tuple(_) = payload {
            return Ok(Values { source: payload, taken: 0, tuple: true, mapping: Value::Undef });
        }
        let text = matches!(payload, Value::Str(_));
        let mapping = if !text && self.special(values, names::GETITEM).is_some() { values } else { Value::Undef };
        Ok(Values { source: values, taken: 0, tuple: false, mapping })
    }

    fn next_percent_value(&mut self, values: &mut Values) -> Result<Value, Fault> {
        let value = if values.tuple {
            self.sequence_items(values.source).get(values.taken).copied()
        } else {
            (values.taken == 0).then_some(values.source)
        };
        values.taken += 1;
        value.ok_or_else(|| self.raise_guest_error(not_enough_arguments()))
    }

    fn percent_field(
        &mut self,
        template: &[u8],
        field: &Field,
        values: &mut Values,
        output: &mut Output,
    ) -> Result<(), Fault> {
        if field.is_plain() && self.percent_plainly(field, values, output)? {
            return Ok(());
        }
        self.look_up_percent_key(template, field, values, output.kind)?;
        let width = self.percent_star(field.width, values, "width too big")?;
        let precision = self.percent_star(field.precision, values, "precision too big")?;
        match (field.width, field.precision) {
            (Count::TooBig, _) => return Err(self.raise_guest_error(Field::width_too_big())),
            (_, Count::TooBig) => return Err(self.raise_guest_error(field.precision_too_big())),
            _ => {}
        }
        field.check_complete().map_err(|error| self.raise_guest_error(error))?;
        let value = self.next_percent_value(values)?;
        let conversion = field.known_conversion(template).map_err(|error| self.raise_guest_error(error))?;
        let layout = Layout::new(field, width, precision);
        let room = self.heap.room();
        if layout.width > room {
            return Err(self.heap.refuse(layout.width));
        }
        self.charge_bytes(layout.width.saturating_add(layout.precision.unwrap_or(0)).min(room))?;
        self.charge(cost::float_digits(layout.precision.unwrap_or(0)))?;
        self.percent_convert(conversion, value, &layout, output, room)
    }

    /// A small int or a string of a template for text, as it is: the commonest fields. False for others, with nothing done.
    fn percent_plainly(&mut self, field: &Field, values: &mut Values, output: &mut Output) -> Result<bool, Fault> {
        let value = if values.tuple {
            self.sequence_items(values.source).get(values.taken).copied()
        } else {
            (values.taken == 0).then_some(values.source)
        };
        let conversion = field.conversion.and_then(char::from_u32);
        match (value, conversion, output.kind) {
            (Some(Value::Int(number)), Some('d' | 'i' | 'u'), _)
            | (Some(Value::Int(number)), Some('s'), TemplateKind::Text) => {
                let made = number.to_compact_string();
                self.charge_bytes(made.len())?;
                output.made.extend_from_slice(made.as_bytes());
            }
            (Some(Value::Str(id)), Some('s'), TemplateKind::Text) => {
                output.surrogates |= self.has_surrogates(id);
                let bytes = self.heap.str(id).len();
                if bytes > self.heap.room() {
                    return Err(self.heap.refuse(bytes));
                }
                self.charge_bytes(bytes)?;
                output.made.extend_from_slice(self.heap.str(id).as_bytes());
            }
            _ => return Ok(false),
        }
        values.taken += 1;
        Ok(true)
    }

    /// Makes the value of a field with a key the only one at hand.
    fn look_up_percent_key(
        &mut self,
        template: &[u8],
        field: &Field,
        values: &mut Values,
        kind: TemplateKind,
    ) -> Result<(), Fault> {
        if field.key == Key::None {
            return Ok(());
        }
        if values.mapping.is_undef() {
            return Err(self.raise_guest_error(mapping_required()));
        }
        let Key::Name(range) = &field.key else { return Err(self.raise_guest_error(Field::incomplete_key())) };
        let name = template.get(range.clone()).unwrap_or_default();
        let key = match kind {
            TemplateKind::Text => self.text_value(String::from_utf8_lossy(name).into_owned(), false)?,
            TemplateKind::Bytes => self.heap.new_bytes(name.to_vec())?,
        };
        match self.subscript(values.mapping, key) {
            Ok(value) => {
                values.source = value;
                values.taken = 0;
                values.tuple = false;
                Ok(())
            }
            Err(Fault::Call) => Err(Fault::Fallback),
            Err(fault) => Err(fault),
        }
    }

    /// The value for a `*`; 0 if there is none.
    fn percent_star(&mut self, count: Count, values: &mut Values, too_big: &str) -> Result<i64, Fault> {
        if count != Count::Star {
            return Ok(0);
        }
        let value = self.next_percent_value(values)?;
        match self.unwrap(value) {
            Value::Int(number) => Ok(number),
            Value::True => Ok(1),
            Value::False => Ok(0),
            Value::BigInt(_) => Err(self.overflow_error(if too_big.starts_with('w') {
                "Python int too large to convert to C ssize_t"
            } else {
                "Python int too large to convert to C int"
            })),
            _ => Err(self.raise_guest_error(star_wants_int())),
        }
    }

    fn percent_convert(
        &mut self,
        conversion: char,
        value: Value,
        layout: &Layout,
        output: &mut Output,
        room: usize,
    ) -> Result<(), Fault> {
        let made = match conversion {
            's' | 'b' if output.kind == TemplateKind::Bytes => return self.percent_bytes(value, layout, output, room),
            's' => match value {
                Value::Int(number) => format_text(&number.to_compact_string(), layout, Room::new(room, &self.go_on())),
                _ => {
                    if let Value::Str(id) = value {
                        output.surrogates |= self.has_surrogates(id);
                        format_text(self.heap.str(id), layout, Room::new(room, &self.go_on()))
                    } else {
                        format_text(&self.str_native(value)?, layout, Room::new(room, &self.go_on()))
                    }
                }
            },
            'r' if output.kind == TemplateKind::Text => {
                format_text(&self.repr_native(value)?, layout, Room::new(room, &self.go_on()))
            }
            'r' | 'a' => format_text(&self.ascii_native(value)?, layout, Room::new(room, &self.go_on())),
            'c' => return self.percent_character(value, layout, output, room),
            'd' | 'i' | 'u' | 'o' | 'x' | 'X' => match self.percent_integer(conversion, value, output.kind)? {
                Number::Small(number) => format_small(number, conversion, layout, Room::new(room, &self.go_on())),
                Number::Big(number) => {
                    self.charge(cost::print(
                        cost::limbs(&number),
                        if matches!(conversion, 'o' | 'x' | 'X') { 2 } else { 10 },
                    ))?;
                    format_big(&number, conversion, layout, DEFAULT_DIGIT_LIMIT, Room::new(room, &self.go_on()))
                }
            },
            _ => {
                let number = self.percent_float(conversion, value, output.kind)?;
                format_float(number, conversion, layout, Room::new(room, &self.go_on()))
            }
        };
        let made = made.map_err(|error| self.raise_guest_error(error))?;
        self.charge_bytes(made.len())?;
        self.percent_append(output, made.into_bytes())
    }

    /// Adds what a field became.
    fn percent_append(&mut self, output: &mut Output, made: Vec<u8>) -> Result<(), Fault> {
        if output.made.is_empty() {
            output.made = made;
            return Ok(());
        }
        let appended = pace::push_items(&mut output.made, &made, &self.go_on());
        self.unless_interrupted(appended)
    }

    /// `%s` and `%b` of a bytes template.
    fn percent_bytes(&mut self, value: Value, layout: &Layout, output: &mut Output, room: usize) -> Result<(), Fault> {
        if self.is_guest_special(value, names::BYTES).is_some() && self.bytes_like(value).is_none() {
            return Err(Fault::Fallback);
        }
        let Some(data) = self.byte_copy(value)? else {
            let name = self.type_name(value);
            return Err(self.raise_guest_error(bytes_required(&name)));
        };
        let made = format_bytes(&data, layout, Room::new(room, &self.go_on()));
        let made = made.map_err(|error| self.raise_guest_error(error))?;
        self.percent_append(output, made)
    }

    fn percent_character(
        &mut self,
        value: Value,
        layout: &Layout,
        output: &mut Output,
        room: usize,
    ) -> Result<(), Fault> {
        let layout = Layout { precision: None, ..*layout };
        let code = match self.unwrap(value) {
            Value::Int(number) => Some(number),
            Value::True => Some(1),
            Value::False => Some(0),
            Value::BigInt(_) => None,
            Value::Str(id) if output.kind == TemplateKind::Text && self.str_length(id) == 1 => {
                output.surrogates |= self.has_surrogates(id);
                let made = format_text(self.heap.str(id), &layout, Room::new(room, &self.go_on()));
                let made = made.map_err(|error| self.raise_guest_error(error))?;
                return self.percent_append(output, made.into_bytes());
            }
            Value::Bytes(_) | Value::ByteArray(_)
                if output.kind == TemplateKind::Bytes && self.bytes_like(value).is_some_and(|data| data.len() == 1) =>
            {
                self.bytes_like(value).and_then(|data| data.first()).map(|byte| i64::from(*byte))
            }
            Value::Instance(_) if self.special(value, names::INDEX).is_some() => return Err(Fault::Fallback),
            _ => return Err(self.raise_guest_error(character_required(output.kind))),
        };
        let made = match output.kind {
            TemplateKind::Bytes => {
                byte_of(code).and_then(|byte| format_bytes(&[byte], &layout, Room::new(room, &self.go_on())))
            }
            TemplateKind::Text => {
                let surrogate = code
                    .and_then(|code| u32::try_from(code).ok())
                    .and_then(char_of_code_point)
                    .filter(|(_, surrogate)| *surrogate);
                output.surrogates |= surrogate.is_some();
                let character = surrogate.map_or_else(|| character_of(code), |(character, _)| Ok(character));
                let mut buffer = [0; 4];
                character
                    .and_then(|character| {
                        format_text(character.encode_utf8(&mut buffer), &layout, Room::new(room, &self.go_on()))
                    })
                    .map(String::into_bytes)
            }
        };
        let made = made.map_err(|error| self.raise_guest_error(error))?;
        self.percent_append(output, made)
    }

    fn percent_integer(&mut self, conversion: char, value: Value, kind: TemplateKind) -> Result<Number, Fault> {
        let decimal = matches!(conversion, 'd' | 'i' | 'u');
        match self.unwrap(value) {
            Value::Int(number) => Ok(Number::Small(number)),
            Value::True => Ok(Number::Small(1)),
            Value::False => Ok(Number::Small(0)),
            Value::BigInt(id) => {
                let number = self.heap.big_ints.get(id);
                let bytes = number.bits() as usize / 8;
                self.prepare_text(bytes)?;
                Ok(Number::Big(self.heap.big_ints.get(id).clone()))
            }
            Value::Float(number) if decimal => {
                match from_float(number.get()).map_err(|error| self.raise_guest_error(error))? {
                    Integer::Small(number) => Ok(Number::Small(number)),
                    Integer::Big(number) => Ok(Number::Big(number)),
                }
            }
            Value::Instance(_)
                if self.special(value, names::INDEX).is_some()
                    || decimal && self.special(value, names::INT).is_some() =>
            {
                Err(Fault::Fallback)
            }
            _ => {
                let name = self.type_name(value);
                Err(self.raise_guest_error(wrong_number(conversion, &name, kind)))
            }
        }
    }

    fn percent_float(&mut self, conversion: char, value: Value, kind: TemplateKind) -> Result<f64, Fault> {
        match self.unwrap(value) {
            Value::Float(number) => Ok(number.get()),
            Value::Int(number) => Ok(number as f64),
            Value::True => Ok(1.0),
            Value::False => Ok(0.0),
            Value::BigInt(id) => {
                let number = big_to_float(self.heap.big_ints.get(id));
                number.map_err(|error: GuestError| self.raise_guest_error(error))
            }
            Value::Instance(_)
                if self.special(value, names::FLOAT).is_some() || self.special(value, names::INDEX).is_some() =>
            {
                Err(Fault::Fallback)
            }
            _ => {
                let name = self.type_name(value);
                Err(self.raise_guest_error(wrong_number(conversion, &name, kind)))
            }
        }
    }
}
