//! `str.format` as far as no guest code is needed; the prelude does the same with guest objects.

use compact_str::CompactString;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::Str;
use crate::text::GuestError;
use crate::text::format_template::{
    Accessor, Conversion, DEEPEST_LEVEL, FieldName, FieldNumbering, First, TemplateField, TemplateParser,
    nested_too_deeply, position_out_of_range,
};
use crate::value::{Id, Value};

/// Where replacement fields find their values.
pub(crate) struct TemplateArguments<'args> {
    /// `None` for `format_map`.
    pub(crate) positional: Option<&'args [Value]>,
    /// A dict, the mapping of `format_map`, or `Undef`.
    pub(crate) named: Value,
}

/// A template being filled in.
struct Filling<'args> {
    arguments: TemplateArguments<'args>,
    numbering: FieldNumbering,
    surrogates: bool,
}

impl Machine {
    /// `template.format(...)`.
    ///
    /// # Errors
    /// `Fallback` when guest code is needed; the exceptions of CPython.
    pub(crate) fn format_template(
        &mut self,
        template: Id<Str>,
        arguments: TemplateArguments<'_>,
    ) -> Result<Value, Fault> {
        let text = CompactString::new(self.heap.str(template));
        let mut filling =
            Filling { arguments, numbering: FieldNumbering::default(), surrogates: self.has_surrogates(template) };
        let made = self.fill_template(&text, &mut filling, DEEPEST_LEVEL)?;
        self.text_value(made, filling.surrogates)
    }

    /// Fills in a template; specifications with fields are templates one level down, of which there are `levels`.
    fn fill_template(&mut self, template: &str, filling: &mut Filling<'_>, levels: u32) -> Result<String, Fault> {
        if levels == 0 {
            return Err(self.raise_guest_error(nested_too_deeply()));
        }
        self.prepare_text(template.len())?;
        let mut output = String::with_capacity(template.len());
        let mut parser = TemplateParser::new();
        while let Some(piece) = parser.next_piece(template).map_err(|error| self.raise_guest_error(error))? {
            self.charge(1)?;
            output.push_str(template.get(piece.literal).unwrap_or_default());
            let Some(field) = piece.field else { continue };
            let value = self.field_value(template, &field, filling)?;
            let spec = template.get(field.spec.clone()).unwrap_or_default();
            if field.spec_has_fields {
                let spec = self.fill_template(spec, filling, levels - 1)?;
                self.append_formatted(value, &spec, &mut output, &mut filling.surrogates)?;
            } else {
                self.append_formatted(value, spec, &mut output, &mut filling.surrogates)?;
            }
        }
        Ok(output)
    }

    /// The value a field names, converted.
    fn field_value(
        &mut self,
        template: &str,
        field: &TemplateField,
        filling: &mut Filling<'_>,
    ) -> Result<Value, Fault> {
        let name = template.get(field.name.clone()).unwrap_or_default();
        let name = FieldName::parse(name).map_err(|error| self.raise_guest_error(error))?;
        let mut value = self.first_value(name.first, filling)?;
        let mut accessors = name.accessors;
        while let Some(step) = accessors.next_step().map_err(|error| self.raise_guest_error(error))? {
            self.charge(1)?;
            value = self.take_step(value, step)?;
        }
        match field.conversion {
            None => Ok(value),
            Some(character) => {
                let conversion =
                    Conversion::from_character(character).map_err(|error| self.raise_guest_error(error))?;
                self.convert_natively(conversion, value)
            }
        }
    }

    fn first_value(&mut self, first: First<'_>, filling: &mut Filling<'_>) -> Result<Value, Fault> {
        let position = filling.numbering.position(first).map_err(|error| self.raise_guest_error(error))?;
        match (position, first, filling.arguments.positional) {
            (Some(_), _, None) => Err(self.value_error("Format string contains positional fields")),
            (Some(position), _, Some(values)) => match values.get(position) {
                Some(value) => Ok(*value),
                None => Err(self.raise_guest_error(position_out_of_range(position))),
            },
            (None, First::Keyword(key), _) => {
                let key = self.heap.new_str(key)?;
                match filling.arguments.named {
                    Value::Undef => Err(self.key_error(key)),
                    named => native_only(self.subscript(named, key)),
                }
            }
            (None, ..) => Err(self.raise_guest_error(GuestError::value("Format string contains positional fields"))),
        }
    }

    fn take_step(&mut self, value: Value, step: Accessor<'_>) -> Result<Value, Fault> {
        let taken = match step {
            Accessor::Attribute(name) => {
                let name = self.heap.intern(name)?;
                self.get_attribute(value, name)
            }
            Accessor::Index(index) => self.subscript(value, Value::Int(index as i64)),
            Accessor::Key(key) => {
                let key = self.heap.new_str(key)?;
                self.subscript(value, key)
            }
        };
        native_only(taken)
    }

    fn convert_natively(&mut self, conversion: Conversion, value: Value) -> Result<Value, Fault> {
        let text = match conversion {
            Conversion::Str if matches!(value, Value::Str(_)) => return Ok(value),
            Conversion::Str => self.str_native(value)?,
            Conversion::Repr => self.repr_native(value)?,
            Conversion::Ascii => self.ascii_native(value)?,
        };
        self.heap.new_string(text)
    }
}

/// A result, unless guest code has to give it: nothing was done yet that the prelude could not do again.
fn native_only(result: Result<Value, Fault>) -> Result<Value, Fault> {
    match result {
        Err(Fault::Call) => Err(Fault::Fallback),
        other => other,
    }
}
