//! Formatting of single values: `format()`, conversions, replacement fields of f-strings.

use std::borrow::Cow;
use std::fmt::Write;

use compact_str::{CompactString, ToCompactString};
use npython_bytecode::Conversion;

use crate::base::Base;
use crate::fault::Fault;
use crate::machine::returning::METHOD_FORMAT;
use crate::machine::{Machine, OnReturn};
use crate::names;
use crate::numeric::complex::Complex;
use crate::numeric::cost;
use crate::numeric::integer::DEFAULT_DIGIT_LIMIT;
use crate::objects::{Str, StrText};
use crate::pace::{BYTES_PER_QUESTION, GoOn, Interrupted, Room, pieces_of_text};
use crate::text::GuestError;
use crate::text::float_repr::write_float_repr;
use crate::text::format_spec::{FormatSpec, format_big, format_complex, format_float, format_small, format_string};
use crate::text::string_repr::{LONGEST_ESCAPE, escape_non_ascii};
use crate::value::{Id, Value};

use super::INLINE_BYTES;

impl Machine {
    /// `!s`, `!r` or `!a` of a replacement field.
    pub(crate) fn convert_value(&mut self, conversion: Conversion, value: Value) -> Result<Value, Fault> {
        match (conversion, value) {
            (Conversion::None, _) | (Conversion::Str, Value::Str(_)) => Ok(value),
            (Conversion::Str, Value::Int(_) | Value::Float(_)) => self.format_value(value, None),
            (Conversion::Str, _) => self.str_value(value),
            (Conversion::Repr, _) => self.repr_value(value),
            (Conversion::Ascii, _) => self.ascii_value(value),
        }
    }

    /// `ascii(value)`.
    pub(crate) fn ascii_value(&mut self, value: Value) -> Result<Value, Fault> {
        match self.ascii_native(value) {
            Ok(text) => self.heap.new_ascii(text.into()),
            Err(Fault::Fallback) => Err(self.prelude_call("ascii_text", &[value])),
            Err(fault) => Err(fault),
        }
    }

    /// `ascii(value)`
    ///
    /// # Errors
    /// `Fallback` when guest code is needed.
    pub(crate) fn ascii_native(&mut self, value: Value) -> Result<String, Fault> {
        let text = self.repr_native(value)?;
        if text.is_ascii() {
            return Ok(text);
        }
        self.prepare_text(text.len().saturating_mul(LONGEST_ESCAPE))?;
        let escaped = escape_non_ascii(&text, &self.go_on());
        self.unless_interrupted(escaped)
    }

    /// `format(value, spec)`.
    pub(crate) fn format_value(&mut self, value: Value, spec: Option<Value>) -> Result<Value, Fault> {
        let spec = match spec {
            None => None,
            Some(spec) => match self.as_str(spec) {
                Some(id) => Some(id).filter(|id| !self.heap.str(*id).is_empty()),
                None => {
                    let name = self.argument_type_name(spec);
                    return Err(self.type_error(format!("format() argument 2 must be str, not {name}")));
                }
            },
        };
        match (value, spec) {
            (Value::Str(_), None) => Ok(value),
            (Value::Int(number), None) => self.heap.new_ascii(number.to_compact_string()),
            (Value::Float(number), None) => {
                let mut text = String::new();
                write_float_repr(number.get(), &mut text);
                self.heap.new_ascii(text.into())
            }
            (Value::Instance(_), _) => self.format_instance(value, spec),
            (_, None) => self.str_value(value),
            (Value::Float(number), Some(spec)) => match fixed_places(self.heap.str(spec)) {
                Some(places) if number.get().is_finite() => {
                    let mut text = CompactString::default();
                    // Writing to a string cannot fail.
                    let _ = write!(text, "{:.places$}", number.get());
                    self.heap.new_ascii(text)
                }
                _ => self.format_by_spec(value, spec),
            },
            (_, Some(spec)) => self.format_by_spec(value, spec),
        }
    }

    /// An instance: its class may define `__format__`, or inherit that of a built-in type.
    fn format_instance(&mut self, value: Value, spec: Option<Id<Str>>) -> Result<Value, Fault> {
        match self.special(value, names::FORMAT) {
            Some(Value::Native(_)) | None => match spec {
                None => self.str_value(value),
                Some(spec) => self.format_by_spec(value, spec),
            },
            Some(function) => {
                let spec = Value::Str(spec.unwrap_or(Base::EMPTY_STR));
                self.call_special(function, value, &[spec], OnReturn::ExpectStr { method: METHOD_FORMAT })
            }
        }
    }

    fn format_by_spec(&mut self, value: Value, spec: Id<Str>) -> Result<Value, Fault> {
        let payload = self.unwrap(value);
        let surrogates = self.has_surrogates(spec) || matches!(payload, Value::Str(id) if self.has_surrogates(id));
        let spec = CompactString::new(self.heap.str(spec));
        let made = self.format_with_spec(value, &spec)?;
        self.text_value(made, surrogates)
    }

    /// Formats a value as the built-in type it has or derives from does, by a specification that is not empty.
    pub(super) fn format_with_spec(&mut self, value: Value, spec: &str) -> Result<String, Fault> {
        let payload = self.unwrap(value);
        let type_name: Cow<'static, str> = match value {
            Value::Int(_) => Cow::Borrowed("int"),
            Value::Float(_) => Cow::Borrowed("float"),
            Value::Str(_) => Cow::Borrowed("str"),
            _ => Cow::Owned(self.type_name(value)),
        };
        let parsed = match payload {
            Value::Str(_) => FormatSpec::for_string(spec, &type_name),
            Value::Int(_) | Value::True | Value::False | Value::BigInt(_) | Value::Float(_) | Value::Complex(_) => {
                FormatSpec::for_number(spec, &type_name)
            }
            _ => Err(GuestError::type_error(format!("unsupported format string passed to {type_name}.__format__"))),
        };
        let parsed = parsed.map_err(|error| self.raise_guest_error(error))?;
        let room = self.prepare_formatted(payload, &parsed)?;
        let go_on = self.go_on();
        let room = Room::new(room, &go_on);
        let made = match payload {
            Value::Str(id) => format_string(self.heap.str(id), &parsed, &type_name, room),
            Value::Int(number) => format_small(number, &parsed, &type_name, room),
            Value::True => format_small(1, &parsed, &type_name, room),
            Value::False => format_small(0, &parsed, &type_name, room),
            Value::Float(number) => format_float(number.get(), &parsed, &type_name, room),
            Value::BigInt(id) => format_big(self.heap.big_ints.get(id), &parsed, &type_name, DEFAULT_DIGIT_LIMIT, room),
            Value::Complex(id) => {
                let number = self.heap.complexes.get(id);
                let number = Complex { real: number.real, imaginary: number.imaginary };
                format_complex(number, &parsed, &type_name, room)
            }
            _ => Err(GuestError::type_error(String::new())),
        };
        drop(go_on);
        made.map_err(|error| self.raise_guest_error(error))
    }

    /// Appends `format(value, spec)`; `surrogates` is set when the text may hold lone surrogates.
    ///
    /// # Errors
    /// `Fallback` when guest code is needed.
    pub(super) fn append_formatted(
        &mut self,
        value: Value,
        spec: &str,
        output: &mut String,
        surrogates: &mut bool,
    ) -> Result<(), Fault> {
        if let Value::Instance(_) = value
            && self.is_guest_special(value, names::FORMAT).is_some()
        {
            return Err(Fault::Fallback);
        }
        let before = output.len();
        match (value, spec) {
            (Value::Str(id), "") => {
                *surrogates |= self.has_surrogates(id);
                self.prepare_text(output.len() + self.heap.str(id).len())?;
                output.push_str(self.heap.str(id));
            }
            (Value::Int(number), "") => output.push_str(&number.to_compact_string()),
            (Value::Float(number), "") => write_float_repr(number.get(), output),
            (_, "") => output.push_str(&self.str_native(value)?),
            _ => {
                if let Value::Str(id) = self.unwrap(value) {
                    *surrogates |= self.has_surrogates(id);
                }
                output.push_str(&self.format_with_spec(value, spec)?);
            }
        }
        self.charge_bytes(output.len() - before)?;
        self.make_room(output.len())
    }

    /// Charges for formatting before it is done; the most bytes it may write.
    fn prepare_formatted(&mut self, payload: Value, spec: &FormatSpec) -> Result<usize, Fault> {
        let room = self.heap.room();
        let asked = spec.width.saturating_add(match payload {
            Value::Str(id) => self.heap.str(id).len(),
            _ => spec.precision.unwrap_or(0),
        });
        if spec.width > room {
            return Err(self.heap.refuse(spec.width));
        }
        self.charge_bytes(asked.min(room))?;
        if let Value::Float(_) | Value::Complex(_) = payload {
            self.charge(cost::float_digits(spec.precision.unwrap_or(0)))?;
        }
        if let Value::BigInt(id) = payload {
            let limbs = cost::limbs(self.heap.big_ints.get(id));
            self.charge(cost::print(
                limbs.min(1 << 20),
                if matches!(spec.code, Some('x' | 'X' | 'o' | 'b')) { 2 } else { 10 },
            ))?;
        }
        Ok(room)
    }

    /// The pieces of an f-string as one string.
    pub(crate) fn build_string(&mut self, pieces: &[Value]) -> Result<Value, Fault> {
        let (mut bytes, mut length, mut ascii, mut surrogates) = (0_usize, 0_usize, true, false);
        for piece in pieces {
            let Some(id) = self.as_str(*piece) else { continue };
            let string = self.heap.strings.get(id);
            bytes = bytes.saturating_add(self.heap.str(id).len());
            length += string.length as usize;
            ascii &= string.ascii;
            surrogates |= string.surrogates;
        }
        if bytes <= 1 {
            let short = pieces.iter().find_map(|piece| self.as_str(*piece).filter(|id| !self.heap.str(*id).is_empty()));
            return Ok(Value::Str(short.unwrap_or(Base::EMPTY_STR)));
        }
        self.charge_bytes(bytes)?;
        self.heap.reserve(size_of::<Str>() + if bytes > INLINE_BYTES { bytes } else { 0 })?;
        let text = self.joined_pieces(pieces, bytes, &self.go_on());
        let text = self.unless_interrupted(text)?;
        let mut made = Str::with_facts(StrText::Owned(text), length as u32, ascii);
        made.surrogates = surrogates;
        Ok(Value::Str(self.heap.strings.insert(made)))
    }

    fn joined_pieces(&self, pieces: &[Value], bytes: usize, go_on: GoOn<'_>) -> Result<CompactString, Interrupted> {
        let mut text = CompactString::with_capacity(bytes);
        for piece in pieces {
            let Some(id) = self.as_str(*piece) else { continue };
            let piece = self.heap.str(id);
            if piece.len() <= BYTES_PER_QUESTION {
                text.push_str(piece);
                continue;
            }
            for part in pieces_of_text(piece, go_on) {
                text.push_str(part?);
            }
        }
        Ok(text)
    }
}

/// The number of places of a specification like `.2f`, the commonest for floats.
fn fixed_places(spec: &str) -> Option<usize> {
    match spec.as_bytes() {
        [b'.', digit @ b'0'..=b'9', b'f'] => Some(usize::from(digit - b'0')),
        _ => None,
    }
}
