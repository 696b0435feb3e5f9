//! `repr` of every value.
//!
//! Containers are written iteratively, level by level, so that nesting costs no native stack. Where an object's text comes
//! from guest code, the writer either gives up (`Fault::Fallback`) or leaves a gap in a list of pieces, which the prelude
//! fills by calling `repr`.

mod containers;
mod objects;
mod quoting;
mod str_text;
mod writer;

use std::fmt::Write;

use crate::fault::Fault;
use crate::names;
use crate::numeric::complex::Complex;
use crate::numeric::cost;
use crate::numeric::integer::{DEFAULT_DIGIT_LIMIT, big_to_decimal};
use crate::objects::{Iter, Object, TypeObject};
use crate::text::float_repr::write_float_repr;
use crate::text::string_repr::{bytearray_repr, bytes_repr};
use crate::types;
use crate::value::{Id, NativeId, Value};

use self::writer::{ReprWriter, Source};
use super::returning::METHOD_REPR;
use super::{Machine, OnReturn};

/// Native writers that may call each other.
const MOST_NESTED: usize = 200;
/// Larger ints have more digits than are written.
const MOST_PRINTED_LIMBS: u64 = 256;

/// Which code makes the text of an object.
enum Author {
    /// `object`, or a type without a method of its own.
    Default,
    Exception,
    /// The payload of an instance of a class derived from a built-in type.
    Payload,
    Native(NativeId),
    Guest(Value),
}

impl Machine {
    /// `repr(value)`.
    ///
    /// # Errors
    /// `Fault::Fallback` when a guest `__repr__` is needed.
    pub(crate) fn repr_native(&mut self, value: Value) -> Result<String, Fault> {
        let mut writer = ReprWriter::new();
        self.write_repr(&mut writer, value)?;
        self.settle_text(&mut writer)?;
        Ok(writer.text)
    }

    /// `repr(value)` as a string value; a guest `__repr__` is a pending call.
    pub(crate) fn repr_value(&mut self, value: Value) -> Result<Value, Fault> {
        match self.repr_native(value) {
            Ok(text) => self.text_to_value(text),
            Err(Fault::Fallback) => match self.repr_author(value) {
                Author::Guest(method) => {
                    self.call_special(method, value, &[], OnReturn::ExpectStr { method: METHOD_REPR })
                }
                _ => Err(self.prelude_call("_repr", &[value])),
            },
            Err(fault) => Err(fault),
        }
    }

    /// A string value of text that may hold mapped surrogates only where it was copied from a string that has them.
    pub(crate) fn text_to_value(&mut self, text: String) -> Result<Value, Fault> {
        self.heap.new_string(text)
    }

    pub(super) fn native_owner(&self, id: NativeId) -> Option<Id<TypeObject>> {
        self.base.natives.get(id.index()).and_then(|native| native.owner)
    }

    /// Runs a native `__str__` or `__repr__`.
    fn call_text_method(&mut self, id: NativeId, value: Value) -> Result<String, Fault> {
        let Some(native) = self.base.natives.get(id.index()) else { return Err(Fault::Fallback) };
        match self.nested(|machine| (native.def.call)(machine, &[value])) {
            Ok(text) => Ok(self.text_of(text)),
            Err(Fault::Call) => Err(Fault::Fallback),
            Err(fault) => Err(fault),
        }
    }

    /// Runs a writer inside another one: the native stack they take is bounded.
    pub(super) fn nested<T>(&mut self, write: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        if self.repr_active.len() > MOST_NESTED {
            return Err(self.repr_too_deep());
        }
        self.repr_active.push(Value::Undef);
        let made = write(self);
        self.repr_active.pop();
        made
    }

    #[cold]
    fn repr_too_deep(&mut self) -> Fault {
        self.raise(types::RECURSION_ERROR, "maximum recursion depth exceeded while getting the repr of an object")
    }

    fn repr_author(&self, value: Value) -> Author {
        let of_a_class = match value {
            Value::Instance(_) | Value::Type(_) | Value::Object(_) => true,
            Value::Iter(id) => matches!(self.heap.iters.get(id), Iter::Tool { .. }),
            _ => false,
        };
        if !of_a_class {
            return Author::Default;
        }
        let class = self.type_of(value);
        match self.type_lookup(class, names::REPR) {
            Some(found @ Value::Native(_)) if !self.is_native_special(class, names::REPR, found) => {
                Author::Guest(found)
            }
            Some(Value::Native(id)) => match self.native_owner(id) {
                found if found.is_none_or(|class| class == types::OBJECT || class == types::TYPE) => Author::Default,
                Some(class) if class == types::BASE_EXCEPTION => Author::Exception,
                Some(owner) if owner == types::DEQUE && self.is_guest_special(value, names::ITER).is_some() => {
                    Author::Guest(Value::Native(id))
                }
                Some(_) if matches!(value, Value::Instance(_)) && self.unwrap(value) != value => Author::Payload,
                _ => Author::Native(id),
            },
            Some(method) => Author::Guest(method),
            None => Author::Default,
        }
    }

    /// Writes a value and everything in it.
    fn write_repr(&mut self, writer: &mut ReprWriter, value: Value) -> Result<(), Fault> {
        self.begin_value(writer, value)?;
        self.write_levels(writer)
    }

    fn begin_value(&mut self, writer: &mut ReprWriter, value: Value) -> Result<(), Fault> {
        match value {
            Value::None => writer.push("None"),
            Value::True => writer.push("True"),
            Value::False => writer.push("False"),
            Value::Int(number) => {
                let _ = write!(writer.text, "{number}");
            }
            Value::Float(number) => write_float_repr(number.get(), &mut writer.text),
            Value::Str(id) => self.write_quoted(writer, id)?,
            Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Set(_) | Value::FrozenSet(_) => {
                self.begin_container(writer, value, value)?;
            }
            Value::Instance(_) => self.begin_instance(writer, value)?,
            Value::Iter(id) if matches!(self.heap.iters.get(id), Iter::Tool { .. }) => {
                self.begin_instance(writer, value)?;
            }
            other => self.begin_other(writer, other)?,
        }
        Ok(())
    }

    fn begin_instance(&mut self, writer: &mut ReprWriter, value: Value) -> Result<(), Fault> {
        match self.repr_author(value) {
            Author::Guest(_) => self.leave_gap(writer, value),
            Author::Default => {
                let text = self.default_repr(value)?;
                writer.push(&text);
                Ok(())
            }
            Author::Exception => {
                let name = self.type_name(value);
                let args = self.exception_state(value).map_or(crate::base::Base::EMPTY_TUPLE, |state| state.args);
                let items = self.heap.tuple(args).to_vec();
                self.begin_items(writer, value, &format!("{name}("), items, ")")
            }
            Author::Payload => match self.unwrap(value) {
                payload if self.is_written_by_items(payload) => self.begin_container(writer, payload, value),
                Value::ByteArray(id) => {
                    let name = self.type_name(value);
                    let text = bytearray_repr(&self.heap.byte_arrays.get(id).data, &self.go_on());
                    let text = self.unless_interrupted(text)?;
                    let inner = text.strip_prefix("bytearray").unwrap_or(&text);
                    let _ = write!(writer.text, "{name}{inner}");
                    Ok(())
                }
                payload => self.begin_value(writer, payload),
            },
            Author::Native(id) => self.write_by_method(writer, id, value),
        }
    }

    /// The text a native `__repr__` makes.
    fn write_by_method(&mut self, writer: &mut ReprWriter, id: NativeId, value: Value) -> Result<(), Fault> {
        match self.call_text_method(id, value) {
            Ok(text) => {
                writer.push(&text);
                Ok(())
            }
            Err(Fault::Fallback) => self.leave_gap(writer, value),
            Err(fault) => Err(fault),
        }
    }

    /// Leaves the text of a value to guest code.
    fn leave_gap(&mut self, writer: &mut ReprWriter, value: Value) -> Result<(), Fault> {
        let Some(mut pieces) = writer.pieces.take() else { return Err(Fault::Fallback) };
        self.settle_text(writer)?;
        writer.paid = 0;
        let before = std::mem::take(&mut writer.text);
        let before = self.text_to_value(before)?;
        let mut gap = Vec::with_capacity(writer.levels.len() + 1);
        gap.push(value);
        gap.extend(writer.levels.iter().map(|level| level.container));
        self.charge_items(gap.len())?;
        let gap = self.heap.new_tuple(&gap)?;
        self.heap.reserve(2 * size_of::<Value>())?;
        pieces.push(before);
        pieces.push(gap);
        writer.pieces = Some(pieces);
        Ok(())
    }

    /// The pieces of `repr(value)` for the prelude: strings, and tuples of a value whose text is to be asked for and the
    /// containers it is in. With `builtin`, the outermost value is written as its built-in type does.
    pub(crate) fn repr_pieces(&mut self, value: Value, builtin: bool) -> Result<Value, Fault> {
        let mut writer = ReprWriter::new();
        writer.pieces = Some(Vec::new());
        if builtin {
            self.write_builtin(&mut writer, value)?;
        } else {
            self.write_repr(&mut writer, value)?;
        }
        self.settle_text(&mut writer)?;
        let last = self.text_to_value(std::mem::take(&mut writer.text))?;
        let mut pieces = writer.pieces.take().unwrap_or_default();
        pieces.push(last);
        self.heap.new_list(pieces)
    }

    /// What the `__repr__` of a built-in container makes of it, or of an instance of a class derived from it, whatever the
    /// class says.
    pub(crate) fn builtin_repr(&mut self, value: Value) -> Result<Value, Fault> {
        let mut writer = ReprWriter::new();
        match self.write_builtin(&mut writer, value) {
            Ok(()) => {
                self.settle_text(&mut writer)?;
                self.text_to_value(writer.text)
            }
            Err(Fault::Fallback) => Err(self.prelude_call("_repr_builtin", &[value])),
            Err(fault) => Err(fault),
        }
    }

    fn is_written_by_items(&self, payload: Value) -> bool {
        match payload {
            Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Set(_) | Value::FrozenSet(_) => true,
            Value::Object(id) => self.heap.deque(id).is_some(),
            _ => false,
        }
    }

    fn write_builtin(&mut self, writer: &mut ReprWriter, value: Value) -> Result<(), Fault> {
        match self.unwrap(value) {
            payload if self.is_written_by_items(payload) => self.begin_container(writer, payload, value)?,
            payload => self.begin_value(writer, payload)?,
        }
        self.write_levels(writer)
    }

    fn begin_other(&mut self, writer: &mut ReprWriter, value: Value) -> Result<(), Fault> {
        match value {
            Value::NotImplemented => writer.push("NotImplemented"),
            Value::Ellipsis => writer.push("Ellipsis"),
            Value::Undef | Value::Missing => writer.push("<missing>"),
            Value::BigInt(id) => {
                let limbs = cost::limbs(self.heap.big_ints.get(id));
                self.charge(cost::print(limbs.min(MOST_PRINTED_LIMBS), 10).saturating_add(limbs))?;
                match big_to_decimal(self.heap.big_ints.get(id), DEFAULT_DIGIT_LIMIT) {
                    Ok(text) => writer.push(&text),
                    Err(error) => return Err(self.value_error(&*error.message)),
                }
            }
            Value::Complex(id) => {
                let number = *self.heap.complexes.get(id);
                writer.push(&Complex { real: number.real, imaginary: number.imaginary }.repr());
            }
            Value::Bytes(id) => {
                self.pay_for_quoting(self.heap.bytes.get(id).data.len())?;
                let text = bytes_repr(&self.heap.bytes.get(id).data, &self.go_on());
                writer.push(&self.unless_interrupted(text)?);
            }
            Value::ByteArray(id) => {
                self.pay_for_quoting(self.heap.byte_arrays.get(id).data.len())?;
                let text = bytearray_repr(&self.heap.byte_arrays.get(id).data, &self.go_on());
                writer.push(&self.unless_interrupted(text)?);
            }
            Value::Range(id) => {
                let [start, stop, step] = self.range_values(id);
                let items = if step == Value::Int(1) { vec![start, stop] } else { vec![start, stop, step] };
                self.begin_items(writer, value, "range(", items, ")")?;
            }
            Value::Slice(id) => {
                let slice = *self.heap.slices.get(id);
                self.begin_items(writer, value, "slice(", vec![slice.start, slice.stop, slice.step], ")")?;
            }
            Value::BoundMethod(id) => {
                let method = *self.heap.bound_methods.get(id);
                match self.bound_method_text(method.function, method.receiver)? {
                    (text, true) => writer.push(&text),
                    (text, false) => self.begin_items(writer, value, &text, vec![method.receiver], ">")?,
                }
            }
            Value::Object(id) if self.heap.deque(id).is_some() => self.begin_container(writer, value, value)?,
            Value::Object(id) => self.begin_object(writer, value, id)?,
            Value::Type(_) => match self.repr_author(value) {
                Author::Guest(_) => self.leave_gap(writer, value)?,
                _ => {
                    let text = self.type_repr(value);
                    writer.push(&text);
                }
            },
            other => {
                let text = self.plain_object_repr(other)?;
                writer.push(&text);
            }
        }
        Ok(())
    }

    fn begin_object(&mut self, writer: &mut ReprWriter, value: Value, id: Id<Object>) -> Result<(), Fault> {
        match self.heap.objects.get(id).clone() {
            Object::DictView { kind, .. } => self.begin_dict_view(writer, value, kind),
            Object::MappingProxy { mapping } => self.begin_items(writer, value, "mappingproxy(", vec![mapping], ")"),
            Object::TypeProxy { class } => {
                let mut pairs = Vec::new();
                for entry in self.heap.types.get(class).attributes.iter() {
                    pairs.extend([entry.key, entry.value]);
                }
                self.begin_items(writer, value, "mappingproxy({", Vec::new(), "})")?;
                if let Some(level) = writer.levels.last_mut() {
                    level.source = Source::Pairs(pairs, 0);
                }
                Ok(())
            }
            Object::ClassMethod { function, .. } => {
                self.begin_items(writer, value, "<classmethod(", vec![function], ")>")
            }
            Object::StaticMethod { function, .. } => {
                self.begin_items(writer, value, "<staticmethod(", vec![function], ")>")
            }
            Object::Super { class, receiver, receiver_type } => {
                let class = self.class_name(class);
                if matches!(receiver, Value::Undef | Value::None) {
                    let _ = write!(writer.text, "<super: <class '{class}'>, NULL>");
                } else {
                    let bound = self.class_name(receiver_type);
                    let _ = write!(writer.text, "<super: <class '{class}'>, <{bound} object>>");
                }
                Ok(())
            }
            Object::GenericAlias { .. } | Object::Union { .. } => {
                let text = self.generic_repr(value)?;
                writer.push(&text);
                Ok(())
            }
            Object::State { .. } | Object::Pattern(_) | Object::Match(_) => match self.repr_author(value) {
                Author::Native(method) => self.write_by_method(writer, method, value),
                Author::Guest(_) => self.leave_gap(writer, value),
                _ => {
                    let text = self.default_repr(value)?;
                    writer.push(&text);
                    Ok(())
                }
            },
            _ => {
                let text = self.rare_object_repr(value, id)?;
                writer.push(&text);
                Ok(())
            }
        }
    }
}
