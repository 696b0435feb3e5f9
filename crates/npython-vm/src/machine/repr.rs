//! `repr` and `str` of every value.
//!
//! Containers are written iteratively, level by level, so that nesting costs no native stack. Where an object's text comes
//! from guest code, the writer either gives up (`Fault::Fallback`) or leaves a gap in a list of pieces, which the prelude
//! fills by calling `repr`.

mod objects;

use std::fmt::Write;

use crate::fault::Fault;
use crate::names;
use crate::numeric::cost;
use crate::numeric::integer::{DEFAULT_DIGIT_LIMIT, big_to_decimal};
use crate::objects::{DictViewKind, Object, Str, TypeObject};
use crate::text::float_repr::write_float_repr;
use crate::text::string_repr::{bytearray_repr, bytes_repr, longest_quoted, write_string_repr};
use crate::types;
use crate::value::{Id, Value};

use super::returning::{METHOD_REPR, METHOD_STR};
use super::{Machine, OnReturn};

/// Containers nested deeper than this cannot be written, as in CPython.
const DEEPEST: usize = 10_000;
/// Native writers that may call each other.
const MOST_NESTED: usize = 200;
/// Output is paid for in steps of this many bytes.
const PAYMENT: usize = 1024;
/// Larger ints have more digits than are written.
const MOST_PRINTED_LIMBS: u64 = 256;

/// A container being written.
struct Level {
    container: Value,
    /// What its items are taken from.
    source: Source,
    first: bool,
    close: &'static str,
}

enum Source {
    /// Items of a list, from this index on.
    List(usize),
    Tuple(usize),
    /// A key was written; the position behind its entry.
    Dict(usize),
    /// A value was written, or nothing yet; the position to go on from.
    DictValue(usize),
    Set(usize),
    /// Values collected beforehand.
    Items(Vec<Value>, usize),
    /// Collected names and values, as a mapping.
    Pairs(Vec<Value>, usize),
}

/// Text under way, with the gaps for guest code.
pub(super) struct ReprWriter {
    pub(super) text: String,
    /// Bytes of `text` that are paid for.
    paid: usize,
    levels: Vec<Level>,
    /// Where gaps are allowed: pieces before `text`.
    pieces: Option<Vec<Value>>,
}

impl ReprWriter {
    fn new() -> Self {
        Self { text: String::new(), paid: 0, levels: Vec::new(), pieces: None }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn open(&mut self, container: Value, open: &str, source: Source, close: &'static str) {
        self.push(open);
        self.levels.push(Level { container, source, first: true, close });
    }
}

/// Which code makes the text of an object.
enum Author {
    /// `object`, or a type without a method of its own.
    Default,
    Exception,
    /// The payload of an instance of a class derived from a built-in type.
    Payload,
    Native(crate::value::NativeId),
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

    /// `str(value)`.
    ///
    /// # Errors
    /// `Fault::Fallback` when a guest `__str__` or `__repr__` is needed.
    pub(crate) fn str_native(&mut self, value: Value) -> Result<String, Fault> {
        let mut text = String::new();
        self.write_str(&mut text, value)?;
        Ok(text)
    }

    /// Appends `str(value)`.
    ///
    /// # Errors
    /// As [`Machine::str_native`]; the output is then as it was.
    pub(crate) fn write_str(&mut self, output: &mut String, value: Value) -> Result<(), Fault> {
        match value {
            Value::Str(id) => {
                let length = self.heap.str(id).len();
                self.charge_bytes(length)?;
                output.push_str(self.heap.str(id));
                return Ok(());
            }
            Value::Int(number) => {
                let _ = write!(output, "{number}");
                return Ok(());
            }
            _ => {}
        }
        match self.str_source(value)? {
            StrSource::Text(text) => {
                let length = self.heap.str(text).len();
                self.charge_bytes(length)?;
                output.push_str(self.heap.str(text));
                Ok(())
            }
            StrSource::Empty => Ok(()),
            StrSource::Repr(value) => {
                let text = self.repr_native(value)?;
                output.push_str(&text);
                Ok(())
            }
            StrSource::Native(id, value) => {
                let made = self.call_text_method(id, value)?;
                output.push_str(&made);
                Ok(())
            }
            StrSource::Guest(..) => Err(Fault::Fallback),
        }
    }

    /// `str(value)` as a string value; a guest `__str__` is a pending call.
    pub(crate) fn str_value(&mut self, value: Value) -> Result<Value, Fault> {
        if matches!(value, Value::Str(_)) {
            return Ok(value);
        }
        let source = self.str_source(value)?;
        match source {
            StrSource::Text(text) => Ok(Value::Str(text)),
            StrSource::Empty => self.heap.new_str(""),
            StrSource::Guest(method, receiver) => {
                self.call_special(method, receiver, &[], OnReturn::ExpectStr { method: METHOD_STR })
            }
            StrSource::Repr(value) => self.repr_value(value),
            StrSource::Native(id, value) => match self.call_text_method(id, value) {
                Ok(text) => self.text_to_value(text),
                Err(Fault::Fallback) => Err(self.prelude_call("_str_of_native", &[value])),
                Err(fault) => Err(fault),
            },
        }
    }

    /// A string value of text that may hold mapped surrogates only where it was copied from a string that has them.
    pub(crate) fn text_to_value(&mut self, text: String) -> Result<Value, Fault> {
        self.heap.new_string(text)
    }

    /// Where the text of `str(value)` comes from. The arguments of exceptions are followed.
    fn str_source(&mut self, value: Value) -> Result<StrSource, Fault> {
        let mut value = value;
        for _ in 0..DEEPEST {
            // The text of a mapping proxy is that of its mapping, without the name around it.
            if let Value::Object(id) = value
                && let Object::MappingProxy { mapping } = *self.heap.objects.get(id)
            {
                value = mapping;
                continue;
            }
            let Value::Instance(_) = value else {
                return Ok(match value {
                    Value::Str(id) => StrSource::Text(id),
                    Value::Type(_) | Value::Object(_) => match self.special(value, names::STR) {
                        Some(Value::Native(id)) if self.native_owner(id) != Some(types::OBJECT) => {
                            StrSource::Native(id, value)
                        }
                        Some(method @ (Value::Function(_) | Value::Object(_) | Value::Instance(_))) => {
                            StrSource::Guest(method, value)
                        }
                        _ => StrSource::Repr(value),
                    },
                    _ => StrSource::Repr(value),
                });
            };
            let Some(method) = self.special(value, names::STR) else { return Ok(StrSource::Repr(value)) };
            let Value::Native(id) = method else { return Ok(StrSource::Guest(method, value)) };
            match self.native_owner(id) {
                Some(class) if class == types::BASE_EXCEPTION => match self.exception_arguments(value).as_slice() {
                    [] => return Ok(StrSource::Empty),
                    [argument] => value = *argument,
                    _ => return self.repr_of_arguments(value),
                },
                Some(class) if class == types::KEY_ERROR => match self.exception_arguments(value).as_slice() {
                    [] => return Ok(StrSource::Empty),
                    [argument] => return Ok(StrSource::Repr(*argument)),
                    _ => return self.repr_of_arguments(value),
                },
                Some(class) if class == types::STR => match self.unwrap(value) {
                    Value::Str(text) => return Ok(StrSource::Text(text)),
                    _ => return Ok(StrSource::Repr(value)),
                },
                found if found.is_none_or(|class| class == types::OBJECT) => {
                    return Ok(match self.repr_author(value) {
                        Author::Guest(method) => StrSource::Guest(method, value),
                        _ => StrSource::Repr(value),
                    });
                }
                _ => return Ok(StrSource::Native(id, value)),
            }
        }
        Err(self.raise(types::RECURSION_ERROR, "maximum recursion depth exceeded"))
    }

    fn repr_of_arguments(&mut self, exception: Value) -> Result<StrSource, Fault> {
        let args = self.exception_state(exception).map(|state| state.args);
        Ok(args.map_or(StrSource::Empty, |args| StrSource::Repr(Value::Tuple(args))))
    }

    fn exception_arguments(&self, exception: Value) -> Vec<Value> {
        self.exception_state(exception)
            .map_or_else(Vec::new, |state| self.heap.tuple(state.args).iter().take(2).copied().collect())
    }

    pub(super) fn native_owner(&self, id: crate::value::NativeId) -> Option<Id<TypeObject>> {
        self.base.natives.get(id.index()).and_then(|native| native.owner)
    }

    /// Runs a native `__str__` or `__repr__`.
    fn call_text_method(&mut self, id: crate::value::NativeId, value: Value) -> Result<String, Fault> {
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
            return Err(self.raise(
                types::RECURSION_ERROR,
                "maximum recursion depth exceeded while getting the repr of an object",
            ));
        }
        self.repr_active.push(Value::Undef);
        let made = write(self);
        self.repr_active.pop();
        made
    }

    fn repr_author(&self, value: Value) -> Author {
        if !matches!(value, Value::Instance(_) | Value::Type(_) | Value::Object(_)) {
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
                Some(_) if matches!(value, Value::Instance(_)) && self.unwrap(value) != value => Author::Payload,
                _ => Author::Native(id),
            },
            Some(method) => Author::Guest(method),
            None => Author::Default,
        }
    }

    /// Charges for what was written since the last time and reserves its room.
    fn settle_text(&mut self, writer: &mut ReprWriter) -> Result<(), Fault> {
        let more = writer.text.len().saturating_sub(writer.paid);
        writer.paid = writer.text.len();
        self.charge_bytes(more)?;
        self.heap.reserve(more)
    }

    /// Writes a value and everything in it.
    fn write_repr(&mut self, writer: &mut ReprWriter, value: Value) -> Result<(), Fault> {
        self.begin_value(writer, value)?;
        self.write_levels(writer)
    }

    fn write_levels(&mut self, writer: &mut ReprWriter) -> Result<(), Fault> {
        while let Some(level) = writer.levels.last_mut() {
            match self.next_part(level) {
                Some(part) => {
                    let separator = match level.source {
                        Source::DictValue(..) => ": ",
                        Source::Pairs(_, next) if next % 2 == 0 => ": ",
                        _ if level.first => "",
                        _ => ", ",
                    };
                    level.first = false;
                    writer.text.push_str(separator);
                    self.begin_value(writer, part)?;
                }
                None => {
                    let (container, close) = (level.container, level.close);
                    if let (Value::Tuple(id), ")") = (container, close)
                        && self.heap.tuple(id).len() == 1
                    {
                        writer.push(",");
                    }
                    writer.push(close);
                    writer.levels.pop();
                }
            }
            if writer.text.len() - writer.paid.min(writer.text.len()) > PAYMENT {
                self.settle_text(writer)?;
            }
        }
        Ok(())
    }

    /// The next value a level has to write. Keys and values of dicts take turns: the source says what comes next.
    fn next_part(&self, level: &mut Level) -> Option<Value> {
        match (&mut level.source, level.container) {
            (Source::List(next), Value::List(id)) => {
                let item = self.heap.list(id).get(*next).copied();
                *next += 1;
                item
            }
            (Source::Tuple(next), Value::Tuple(id)) => {
                let item = self.heap.tuple(id).get(*next).copied();
                *next += 1;
                item
            }
            (Source::Set(next), Value::Set(id) | Value::FrozenSet(id)) => {
                let (after, _, key) = self.heap.sets.get(id).table.next_from(*next)?;
                *next = after;
                Some(*key)
            }
            (Source::Dict(next), Value::Dict(id)) => {
                // A key was written: its value is next.
                let at = *next;
                let value =
                    self.heap.dicts.get(id).table.entry(at.checked_sub(1)?).map_or(Value::None, |entry| entry.value);
                level.source = Source::DictValue(at);
                Some(value)
            }
            (Source::DictValue(next), Value::Dict(id)) => {
                let (after, entry) = self.heap.dicts.get(id).table.next_from(*next)?;
                level.source = Source::Dict(after);
                Some(entry.key)
            }
            (Source::Items(items, next), _) => {
                let item = items.get(*next).copied();
                *next += 1;
                item
            }
            (Source::Pairs(items, next), _) => {
                let item = items.get(*next).copied();
                *next += 1;
                item
            }
            _ => None,
        }
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
            other => self.begin_other(writer, other)?,
        }
        Ok(())
    }

    /// Whether the container is being written further up.
    fn is_being_written(&self, writer: &ReprWriter, value: Value) -> bool {
        writer.levels.iter().any(|level| level.container == value) || self.repr_active.contains(&value)
    }

    /// Starts a container; `named` is the value whose type names it (an instance of a derived class).
    fn begin_container(&mut self, writer: &mut ReprWriter, container: Value, named: Value) -> Result<(), Fault> {
        if writer.levels.len() >= DEEPEST {
            return Err(self.raise(
                types::RECURSION_ERROR,
                "maximum recursion depth exceeded while getting the repr of an object",
            ));
        }
        self.charge(1 + writer.levels.len() as u64 / 64)?;
        if self.is_being_written(writer, container) {
            match container {
                Value::List(_) => writer.push("[...]"),
                Value::Dict(_) => writer.push("{...}"),
                Value::Tuple(_) => writer.push("(...)"),
                _ => {
                    let name = self.type_name(named);
                    let _ = write!(writer.text, "{name}(...)");
                }
            }
            return Ok(());
        }
        match container {
            Value::List(_) => writer.open(container, "[", Source::List(0), "]"),
            Value::Tuple(_) => writer.open(container, "(", Source::Tuple(0), ")"),
            Value::Dict(_) => writer.open(container, "{", Source::DictValue(0), "}"),
            Value::Set(id) | Value::FrozenSet(id) => {
                let exact = matches!(named, Value::Set(_));
                let empty = self.heap.sets.get(id).table.is_empty();
                if !exact || empty {
                    let name = self.type_name(named);
                    let _ = write!(writer.text, "{name}(");
                }
                match (exact, empty) {
                    (_, true) => writer.push(")"),
                    (true, false) => writer.open(container, "{", Source::Set(0), "}"),
                    (false, false) => writer.open(container, "{", Source::Set(0), "})"),
                }
            }
            _ => {}
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
                payload @ (Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Set(_) | Value::FrozenSet(_)) => {
                    self.begin_container(writer, payload, value)
                }
                Value::ByteArray(id) => {
                    let name = self.type_name(value);
                    let text = bytearray_repr(&self.heap.byte_arrays.get(id).data);
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
    fn write_by_method(
        &mut self,
        writer: &mut ReprWriter,
        id: crate::value::NativeId,
        value: Value,
    ) -> Result<(), Fault> {
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

    fn write_builtin(&mut self, writer: &mut ReprWriter, value: Value) -> Result<(), Fault> {
        match self.unwrap(value) {
            payload @ (Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Set(_) | Value::FrozenSet(_)) => {
                self.begin_container(writer, payload, value)?;
            }
            payload => self.begin_value(writer, payload)?,
        }
        self.write_levels(writer)
    }

    /// Starts something written as its items between two texts.
    fn begin_items(
        &mut self,
        writer: &mut ReprWriter,
        container: Value,
        open: &str,
        items: Vec<Value>,
        close: &'static str,
    ) -> Result<(), Fault> {
        if writer.levels.len() >= DEEPEST {
            return Err(self.raise(
                types::RECURSION_ERROR,
                "maximum recursion depth exceeded while getting the repr of an object",
            ));
        }
        self.charge_items(1 + items.len())?;
        if matches!(container, Value::Instance(_)) && writer.levels.iter().any(|level| level.container == container) {
            // CPython recurses here until it fails.
            return Err(self.raise(
                types::RECURSION_ERROR,
                "maximum recursion depth exceeded while getting the repr of an object",
            ));
        }
        writer.open(container, open, Source::Items(items, 0), close);
        Ok(())
    }

    fn begin_dict_view(&mut self, writer: &mut ReprWriter, value: Value, kind: DictViewKind) -> Result<(), Fault> {
        let name = match kind {
            DictViewKind::Keys => "dict_keys([",
            DictViewKind::Values => "dict_values([",
            DictViewKind::Items => "dict_items([",
        };
        if writer.levels.iter().any(|level| level.container == value) || self.repr_active.contains(&value) {
            writer.push("...");
            return Ok(());
        }
        let items = self.collect_items(value)?;
        self.begin_items(writer, value, name, items, "])")
    }

    fn write_quoted(&mut self, writer: &mut ReprWriter, id: Id<Str>) -> Result<(), Fault> {
        let length = self.heap.str(id).len();
        if length > PAYMENT {
            let longest = longest_quoted(self.heap.str(id).as_bytes());
            self.charge(length as u64 / 4)?;
            self.heap.reserve(longest)?;
            self.heap.release(longest);
        }
        let string = self.heap.strings.get(id);
        if !string.surrogates {
            write_string_repr(self.heap.str(id), &mut writer.text);
            return Ok(());
        }
        let mut quoted = String::new();
        write_string_repr(self.heap.str(id), &mut quoted);
        write_mapped_surrogates(&quoted, &mut writer.text);
        Ok(())
    }

    /// Charges and reserves for bytes of which each may become an escape.
    fn pay_for_quoting(&mut self, length: usize) -> Result<(), Fault> {
        self.charge(length as u64 / 4)?;
        if length > PAYMENT {
            self.heap.reserve(length.saturating_mul(4))?;
            self.heap.release(length.saturating_mul(4));
        }
        Ok(())
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
                write_complex(number.real, number.imaginary, &mut writer.text);
            }
            Value::Bytes(id) => {
                self.pay_for_quoting(self.heap.bytes.get(id).data.len())?;
                writer.push(&bytes_repr(&self.heap.bytes.get(id).data));
            }
            Value::ByteArray(id) => {
                self.pay_for_quoting(self.heap.byte_arrays.get(id).data.len())?;
                writer.push(&bytearray_repr(&self.heap.byte_arrays.get(id).data));
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

/// Where the text of `str(value)` comes from.
enum StrSource {
    Text(Id<Str>),
    Empty,
    Repr(Value),
    Native(crate::value::NativeId, Value),
    Guest(Value, Value),
}

/// Appends a quoted text with the escapes of mapped surrogates replaced by those of the surrogates themselves.
fn write_mapped_surrogates(quoted: &str, output: &mut String) {
    let mut rest = quoted;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        output.push_str(before);
        let mapped = escape
            .strip_prefix("\\U0010f")
            .and_then(|digits| digits.get(..3))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match mapped {
            Some(low) if low >= 0x800 => {
                let _ = write!(output, "\\u{:04x}", low - 0x800 + 0xD800);
                rest = escape.get(10..).unwrap_or("");
            }
            _ => {
                // Both characters of the escape, so that an escaped backslash does not start another one.
                let width = escape.chars().take(2).map(char::len_utf8).sum();
                let (this, after) = escape.split_at(width);
                output.push_str(this);
                rest = after;
            }
        }
    }
    output.push_str(rest);
}

/// Appends the `repr` of a complex number.
pub(crate) fn write_complex(real: f64, imaginary: f64, output: &mut String) {
    fn part(value: f64, output: &mut String) {
        let start = output.len();
        write_float_repr(value, output);
        if output.get(start..).is_some_and(|text| text.ends_with(".0")) {
            output.truncate(output.len() - 2);
        }
    }
    if real == 0.0 && real.is_sign_positive() {
        part(imaginary, output);
        output.push('j');
        return;
    }
    output.push('(');
    part(real, output);
    if imaginary.is_nan() || imaginary.is_sign_positive() {
        output.push('+');
    }
    part(imaginary, output);
    output.push_str("j)");
}
