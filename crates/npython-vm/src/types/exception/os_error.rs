//! OSError: its class by number (PEP 3151), and the attributes it takes from its arguments.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::native::{NativeDef, Signature, getter, setter, wrapper};
use crate::objects::{Str, TypeObject};
use crate::types;
use crate::value::{Id, Value};

use super::{arguments, exception_str};

pub(crate) const METHODS: &[NativeDef] = &[
    wrapper("__str__", Signature::None, text).or("_exception_str"),
    getter("errno", |m, args| field_or_argument(m, args, names::ERRNO, 0)),
    setter("errno", |m, args| store(m, args, names::ERRNO)),
    getter("strerror", |m, args| field_or_argument(m, args, names::STRERROR, 1)),
    setter("strerror", |m, args| store(m, args, names::STRERROR)),
    getter("filename", |m, args| read(m, args, names::FILENAME)),
    setter("filename", |m, args| store(m, args, names::FILENAME)),
    getter("filename2", |m, args| read(m, args, names::FILENAME2)),
    setter("filename2", |m, args| store(m, args, names::FILENAME2)),
    getter("characters_written", characters_written),
    setter("characters_written", set_characters_written),
];

/// The class an OSError with these arguments becomes (numbers of Linux).
pub(super) fn class_of(given: &[Value]) -> Id<TypeObject> {
    match given {
        [Value::Int(number), _, ..] if given.len() <= 5 => match number {
            1 | 13 => types::PERMISSION_ERROR,
            2 => types::FILE_NOT_FOUND_ERROR,
            3 => types::PROCESS_LOOKUP_ERROR,
            4 => types::INTERRUPTED_ERROR,
            10 => types::CHILD_PROCESS_ERROR,
            11 | 114 | 115 => types::BLOCKING_IO_ERROR,
            17 => types::FILE_EXISTS_ERROR,
            20 => types::NOT_A_DIRECTORY_ERROR,
            21 => types::IS_A_DIRECTORY_ERROR,
            32 | 108 => types::BROKEN_PIPE_ERROR,
            103 => types::CONNECTION_ABORTED_ERROR,
            104 => types::CONNECTION_RESET_ERROR,
            110 => types::TIMEOUT_ERROR,
            111 => types::CONNECTION_REFUSED_ERROR,
            _ => types::OS_ERROR,
        },
        _ => types::OS_ERROR,
    }
}

/// Whether `__init__`, not `__new__`, takes the arguments: a class that has an `__init__` of its own and no `__new__`.
pub(super) fn is_set_up_by_init(m: &Machine, class: Id<TypeObject>) -> bool {
    let is_guest = |name| m.type_lookup(class, name).is_some_and(|found| !matches!(found, Value::Native(_)));
    is_guest(names::INIT) && !is_guest(names::NEW)
}

/// Takes the attributes from the arguments. File names are attributes, not `args`; a number in their place tells a
/// BlockingIOError how much was written.
pub(super) fn take_arguments(
    m: &mut Machine,
    exception: Value,
    class: Id<TypeObject>,
    given: &[Value],
) -> Result<(), Fault> {
    let ([number, reason, filename] | [number, reason, filename, _] | [number, reason, filename, _, _]) = *given else {
        return Ok(());
    };
    if filename.is_none() {
        return Ok(());
    }
    if class == types::BLOCKING_IO_ERROR && crate::machine::number_kind(m.unwrap(filename)).is_some() {
        let written = m.to_index(filename).map_err(|fault| as_value_error(m, fault))?;
        return m.set_exception_field(exception, names::CHARACTERS_WRITTEN, Value::Int(written));
    }
    let Value::Tuple(args) = m.heap.new_tuple(&[number, reason])? else { return Err(Fault::Halt) };
    if let Some(state) = m.exception_state_mut(exception) {
        state.args = args;
    }
    m.set_exception_field(exception, names::FILENAME, filename)?;
    match given.get(4) {
        Some(second) if !second.is_none() => m.set_exception_field(exception, names::FILENAME2, *second),
        _ => Ok(()),
    }
}

/// A number out of range is a ValueError here.
fn as_value_error(m: &mut Machine, fault: Fault) -> Fault {
    if fault == Fault::Raise && m.is_instance_of_type(m.raised, types::OVERFLOW_ERROR) {
        m.raised = Value::Undef;
        return m.value_error("cannot fit 'int' into an index-sized integer");
    }
    fault
}

fn text(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (number, reason) =
        (field_or_argument(m, args, names::ERRNO, 0)?, field_or_argument(m, args, names::STRERROR, 1)?);
    let filename = m.exception_field(args[0], names::FILENAME).and_then(Value::given);
    if filename.is_none() && (number.is_none() || reason.is_none()) {
        return exception_str(m, args);
    }
    let mut text = format!("[Errno {}] {}", m.str_native(number)?, m.str_native(reason)?);
    if let Some(filename) = filename {
        text.push_str(": ");
        text.push_str(&m.repr_native(filename)?);
        if let Some(second) = m.exception_field(args[0], names::FILENAME2).and_then(Value::given) {
            text.push_str(" -> ");
            text.push_str(&m.repr_native(second)?);
        }
    }
    m.heap.new_string(text)
}

fn field_or_argument(m: &mut Machine, args: &[Value], name: Id<Str>, at: usize) -> Result<Value, Fault> {
    if let Some(value) = m.exception_field(args[0], name) {
        return Ok(value.given().unwrap_or(Value::None));
    }
    let given = arguments(m, args[0]);
    let value = if (2..=5).contains(&given.len()) { given.get(at).copied() } else { None };
    Ok(value.unwrap_or(Value::None))
}

fn read(m: &mut Machine, args: &[Value], name: Id<Str>) -> Result<Value, Fault> {
    Ok(m.exception_field(args[0], name).and_then(Value::given).unwrap_or(Value::None))
}

/// `Undef`, by which an attribute is deleted, stays in its place: it reads as None, and is not shown.
fn store(m: &mut Machine, args: &[Value], name: Id<Str>) -> Result<Value, Fault> {
    m.set_exception_field(args[0], name, args[1])?;
    Ok(Value::None)
}

fn characters_written(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match m.exception_field(args[0], names::CHARACTERS_WRITTEN) {
        Some(Value::Int(written)) if written != -1 => Ok(Value::Int(written)),
        _ => Err(m.raise(types::ATTRIBUTE_ERROR, "characters_written")),
    }
}

fn set_characters_written(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let written = match args[1] {
        Value::Undef => {
            characters_written(m, args)?;
            -1
        }
        value => m.to_index(value).map_err(|fault| as_value_error(m, fault))?,
    };
    m.set_exception_field(args[0], names::CHARACTERS_WRITTEN, Value::Int(written))?;
    Ok(Value::None)
}
