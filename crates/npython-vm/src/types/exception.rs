//! BaseException and its built-in subclasses.

pub(crate) mod os_error;
pub(crate) mod unicode_error;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::native::{NativeDef, Signature, class_method, constructor, getter, method, setter, wrapper};
use crate::objects::{Object, Str, TraceEntry};
use crate::types;
use crate::value::{Id, Value};

pub(crate) const BASE_METHODS: &[NativeDef] = &[
    constructor(Signature::Open, exception_new),
    wrapper("__init__", Signature::Open, exception_init),
    wrapper("__str__", Signature::None, exception_str).or("_exception_str"),
    wrapper("__repr__", Signature::None, exception_repr).or("_exception_repr"),
    getter("args", get_args),
    setter("args", set_args),
    getter("__cause__", |m, args| state_field(m, args, 0)),
    setter("__cause__", set_cause),
    getter("__context__", |m, args| state_field(m, args, 1)),
    setter("__context__", set_context),
    getter("__suppress_context__", get_suppress),
    setter("__suppress_context__", set_suppress),
    getter("__traceback__", get_traceback),
    setter("__traceback__", set_traceback),
    method("with_traceback", Signature::One, with_traceback),
    method("add_note", Signature::One, add_note),
    method("__setstate__", Signature::One, |m, args| Err(m.prelude_call("_exception_set_state", args))),
    getter("__dict__", get_dict),
    setter("__dict__", set_dict),
];

pub(crate) const STOP_ITERATION_METHODS: &[NativeDef] = &[
    getter("value", |m, args| field_or_arg(m, args, names::VALUE)),
    setter("value", |m, args| set_field(m, args, names::VALUE)),
];
pub(crate) const SYSTEM_EXIT_METHODS: &[NativeDef] = &[
    getter("code", |m, args| match m.exception_field(args[0], names::CODE_FIELD) {
        Some(code) => Ok(code),
        None => exit_code(m, args[0]),
    }),
    setter("code", |m, args| set_field(m, args, names::CODE_FIELD)),
];
pub(crate) const NAME_ERROR_METHODS: &[NativeDef] = &[
    getter("name", |m, args| field(m, args, names::NAME_FIELD)),
    setter("name", |m, args| set_field(m, args, names::NAME_FIELD)),
];
pub(crate) const ATTRIBUTE_ERROR_METHODS: &[NativeDef] = &[
    getter("name", |m, args| field(m, args, names::NAME_FIELD)),
    setter("name", |m, args| set_field(m, args, names::NAME_FIELD)),
    getter("obj", |m, args| field(m, args, names::OBJ)),
    setter("obj", |m, args| set_field(m, args, names::OBJ)),
];
pub(crate) const IMPORT_ERROR_METHODS: &[NativeDef] = &[
    getter("name", |m, args| field(m, args, names::NAME_FIELD)),
    setter("name", |m, args| set_field(m, args, names::NAME_FIELD)),
    getter("path", |m, args| field(m, args, names::PATH_FIELD)),
    setter("path", |m, args| set_field(m, args, names::PATH_FIELD)),
    getter("name_from", |m, args| field(m, args, names::NAME_FROM)),
    getter("msg", |m, args| field_or_arg(m, args, names::MSG)),
];
pub(crate) const KEY_ERROR_METHODS: &[NativeDef] =
    &[wrapper("__str__", Signature::None, key_error_str).or("_key_error_str")];
pub(crate) const SYNTAX_ERROR_METHODS: &[NativeDef] = &[
    wrapper("__str__", Signature::None, syntax_error_str).or("_exception_str"),
    getter("msg", |m, args| field_or_arg(m, args, names::MSG)),
    setter("msg", |m, args| set_field(m, args, names::MSG)),
    getter("filename", |m, args| field(m, args, names::FILENAME)),
    setter("filename", |m, args| set_field(m, args, names::FILENAME)),
    getter("lineno", |m, args| field(m, args, names::LINENO)),
    setter("lineno", |m, args| set_field(m, args, names::LINENO)),
    getter("offset", |m, args| field(m, args, names::OFFSET)),
    setter("offset", |m, args| set_field(m, args, names::OFFSET)),
    getter("text", |m, args| field(m, args, names::TEXT)),
    setter("text", |m, args| set_field(m, args, names::TEXT)),
    getter("end_lineno", |m, args| field(m, args, names::END_LINENO)),
    setter("end_lineno", |m, args| set_field(m, args, names::END_LINENO)),
    getter("end_offset", |m, args| field(m, args, names::END_OFFSET)),
    setter("end_offset", |m, args| set_field(m, args, names::END_OFFSET)),
    getter("print_file_and_line", |m, args| field(m, args, names::PRINT_FILE_AND_LINE)),
    setter("print_file_and_line", |m, args| set_field(m, args, names::PRINT_FILE_AND_LINE)),
];
pub(crate) const GROUP_METHODS: &[NativeDef] = &[
    constructor(Signature::Open, group_new),
    wrapper("__str__", Signature::None, group_str).or("_group_str"),
    getter("message", |m, args| field(m, args, names::MESSAGE)),
    getter("exceptions", |m, args| field(m, args, names::EXCEPTIONS)),
    class_method("__class_getitem__", Signature::One, super::container_methods::class_getitem),
    method("derive", Signature::One, |m, args| Err(m.prelude_call("_group_derive", args))),
    method("split", Signature::One, |m, args| Err(m.prelude_call("_group_split", args))),
    method("subgroup", Signature::One, |m, args| Err(m.prelude_call("_group_subgroup", args))),
];
pub(crate) const TRACEBACK_METHODS: &[NativeDef] = &[
    getter("tb_lineno", traceback_line),
    getter("tb_next", traceback_next),
    getter("tb_lasti", |_, _| Ok(Value::Int(0))),
];

/// Positional arguments and keyword dict of an Open call.
fn split(args: &[Value]) -> (&[Value], Value) {
    match args {
        [_, given @ .., kwargs] => (given, *kwargs),
        _ => (&[], Value::Undef),
    }
}

fn exception_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Type(class) = args[0] else {
        return Err(m.type_error("BaseException.__new__(X): X is not a type object"));
    };
    let (given, kwargs) = split(args);
    let class = if class == types::OS_ERROR { os_error::class_of(given) } else { class };
    if m.is_subclass(class, types::OS_ERROR) && os_error::is_set_up_by_init(m, class) {
        return m.new_exception(class, &[]);
    }
    let exception = m.new_exception(class, given)?;
    let guest_init = m.type_lookup(class, names::INIT).is_some_and(|init| !matches!(init, Value::Native(_)));
    if !guest_init {
        initialise(m, exception, class, given, kwargs)?;
    }
    Ok(exception)
}

fn exception_init(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (given, kwargs) = split(args);
    let class = m.type_of(args[0]);
    if m.is_subclass(class, types::BASE_EXCEPTION_GROUP)
        || m.is_subclass(class, types::OS_ERROR) && !os_error::is_set_up_by_init(m, class)
    {
        return Ok(Value::None);
    }
    let Value::Tuple(tuple) = m.heap.new_tuple(given)? else { return Err(Fault::Halt) };
    if let Some(state) = m.exception_state_mut(args[0]) {
        state.args = tuple;
    }
    initialise(m, args[0], class, given, kwargs)?;
    Ok(Value::None)
}

/// The built-in attributes that some exception types take from their arguments.
fn initialise(
    m: &mut Machine,
    exception: Value,
    class: Id<crate::objects::TypeObject>,
    given: &[Value],
    kwargs: Value,
) -> Result<(), Fault> {
    let native = m.native_base(class);
    let allowed: &[(Id<Str>, &str)] = if m.is_subclass(native, types::IMPORT_ERROR) {
        &[(names::NAME_FIELD, "name"), (names::PATH_FIELD, "path"), (names::NAME_FROM, "name_from")]
    } else if m.is_subclass(native, types::NAME_ERROR) {
        &[(names::NAME_FIELD, "name")]
    } else if m.is_subclass(native, types::ATTRIBUTE_ERROR) {
        &[(names::NAME_FIELD, "name"), (names::OBJ, "obj")]
    } else {
        &[]
    };
    for (name, _) in allowed {
        m.set_exception_field(exception, *name, Value::None)?;
    }
    if let Value::Dict(dict) = kwargs {
        let entries: Vec<(Value, Value)> =
            m.heap.dicts.get(dict).table.iter().map(|entry| (entry.key, entry.value)).collect();
        if !allowed.is_empty() && entries.len() > allowed.len() {
            let (name, most, given) = (m.class_name(native), allowed.len(), entries.len());
            let plural = if most == 1 { "" } else { "s" };
            return Err(m.type_error(format!("{name}() takes at most {most} keyword argument{plural} ({given} given)")));
        }
        for (key, value) in entries {
            let Value::Str(key) = key else { continue };
            let text = m.heap.str(key).to_owned();
            match allowed.iter().find(|(_, name)| *name == text) {
                Some((name, _)) => m.set_exception_field(exception, *name, value)?,
                None => {
                    let name = m.class_name(native);
                    return Err(if allowed.is_empty() {
                        m.type_error(format!("{name}() takes no keyword arguments"))
                    } else {
                        m.type_error(format!("{name}() got an unexpected keyword argument '{text}'"))
                    });
                }
            }
        }
    }
    if m.is_subclass(native, types::OS_ERROR) {
        return os_error::take_arguments(m, exception, native, given);
    }
    if m.is_subclass(native, types::UNICODE_ERROR) && native != types::UNICODE_ERROR {
        return unicode_error::take_arguments(m, exception, native, given);
    }
    if m.is_subclass(native, types::SYNTAX_ERROR)
        && let [_, details] = given
    {
        let details = m.collect_items(*details)?;
        match details.len() {
            4 | 6 => {}
            5 => return Err(m.type_error("end_offset must be provided when end_lineno is provided")),
            count => {
                let (bound, limit) = if count < 4 { ("least", 4) } else { ("most", 6) };
                return Err(m.type_error(format!("function takes at {bound} {limit} arguments ({count} given)")));
            }
        }
        let fields = [names::FILENAME, names::LINENO, names::OFFSET, names::TEXT, names::END_LINENO, names::END_OFFSET];
        for (name, value) in fields.iter().zip(details) {
            m.set_exception_field(exception, *name, value)?;
        }
    }
    Ok(())
}

fn arguments(m: &Machine, exception: Value) -> Vec<Value> {
    m.exception_state(exception).map(|state| m.heap.tuple(state.args).to_vec()).unwrap_or_default()
}

fn exception_str(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let given = arguments(m, args[0]);
    let text = match *given.as_slice() {
        [] => String::new(),
        [only] => m.str_native(only)?,
        _ => {
            let tuple = m.heap.new_tuple(&given)?;
            m.repr_native(tuple)?
        }
    };
    m.heap.new_string(text)
}

fn key_error_str(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match *arguments(m, args[0]).as_slice() {
        [only] => {
            let text = m.repr_native(only)?;
            m.heap.new_string(text)
        }
        _ => exception_str(m, args),
    }
}

fn syntax_error_str(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let message = field_or_arg(m, args, names::MSG)?;
    let mut text = m.str_native(message)?;
    let (filename, line) = (m.exception_field(args[0], names::FILENAME), m.exception_field(args[0], names::LINENO));
    match (filename, line) {
        (Some(Value::Str(filename)), Some(Value::Int(line))) => {
            let filename = m.heap.str(filename).rsplit('/').next().unwrap_or("").to_owned();
            text.push_str(&format!(" ({filename}, line {line})"));
        }
        (_, Some(Value::Int(line))) => text.push_str(&format!(" (line {line})")),
        _ => {}
    }
    m.heap.new_string(text)
}

fn exception_repr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let given = arguments(m, args[0]);
    let name = m.type_name(args[0]);
    let text = match *given.as_slice() {
        [only] => format!("{name}({})", m.repr_native(only)?),
        _ => {
            let tuple = m.heap.new_tuple(&given)?;
            format!("{name}{}", m.repr_native(tuple)?)
        }
    };
    m.heap.new_string(text)
}

fn get_args(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(m.exception_state(args[0]).map_or(Value::None, |state| Value::Tuple(state.args)))
}

fn set_args(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if args[1].is_undef() {
        return Err(m.type_error("args may not be deleted"));
    }
    let items = m.collect_items(args[1])?;
    let Value::Tuple(tuple) = m.heap.new_tuple(&items)? else { return Err(Fault::Halt) };
    if let Some(state) = m.exception_state_mut(args[0]) {
        state.args = tuple;
    }
    Ok(Value::None)
}

fn state_field(m: &mut Machine, args: &[Value], which: u8) -> Result<Value, Fault> {
    Ok(m.exception_state(args[0]).map_or(Value::None, |state| if which == 0 { state.cause } else { state.context }))
}

fn checked_exception(m: &mut Machine, value: Value, what: &str) -> Result<Value, Fault> {
    if value.is_none() || m.exception_state(value).is_some() {
        Ok(value)
    } else {
        Err(m.type_error(format!("exception {what} must be None or derive from BaseException")))
    }
}

fn set_cause(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let cause = checked_exception(m, args[1], "cause")?;
    if let Some(state) = m.exception_state_mut(args[0]) {
        state.cause = cause;
        state.suppress_context = true;
    }
    Ok(Value::None)
}

fn set_context(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let context = checked_exception(m, args[1], "context")?;
    if let Some(state) = m.exception_state_mut(args[0]) {
        state.context = context;
    }
    Ok(Value::None)
}

fn get_suppress(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(Value::bool(m.exception_state(args[0]).is_some_and(|state| state.suppress_context)))
}

fn set_suppress(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Some(flag) = args[1].as_bool() else { return Err(m.type_error("attribute value type must be bool")) };
    if let Some(state) = m.exception_state_mut(args[0]) {
        state.suppress_context = flag;
    }
    Ok(Value::None)
}

fn get_traceback(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    m.traceback_of(args[0])
}

fn set_traceback(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let entries = match args[1] {
        Value::None => Vec::new(),
        Value::Object(id) => match *m.heap.objects.get(id) {
            Object::Traceback { exception, position } => {
                let entries = m.exception_state(exception).map(|state| state.traceback.clone()).unwrap_or_default();
                let keep = entries.len().saturating_sub(position);
                entries[..keep].to_vec()
            }
            _ => return Err(m.type_error("__traceback__ must be a traceback or None")),
        },
        _ => return Err(m.type_error("__traceback__ must be a traceback or None")),
    };
    keep_told_entries(m, args[0], args[1])?;
    if let Some(state) = m.exception_state_mut(args[0]) {
        state.traceback = entries;
    }
    m.set_exception_field(args[0], names::TRACEBACK, args[1].given().unwrap_or(Value::None))?;
    Ok(Value::None)
}

/// The traceback object that the program got of an exception whose traceback is about to become `next` keeps its entries: it
/// tells those of another exception from now on, which nobody has.
fn keep_told_entries(m: &mut Machine, exception: Value, next: Value) -> Result<(), Fault> {
    let Some(Value::Object(told)) = m.exception_field(exception, names::TRACEBACK) else { return Ok(()) };
    let is_own = traceback_parts(m, Value::Object(told)) == Some((exception, 0));
    if !is_own || next == Value::Object(told) {
        return Ok(());
    }
    let entries = m.exception_state(exception).map(|state| state.traceback.clone()).unwrap_or_default();
    m.heap.reserve(entries.len() * size_of::<TraceEntry>())?;
    let holder = m.new_exception(types::BASE_EXCEPTION, &[])?;
    if let Some(state) = m.exception_state_mut(holder) {
        state.traceback = entries;
    }
    *m.heap.objects.slot(told) = Object::Traceback { exception: holder, position: 0 };
    Ok(())
}

fn with_traceback(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    set_traceback(m, args)?;
    Ok(args[0])
}

fn add_note(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if !matches!(m.unwrap(args[1]), Value::Str(_)) {
        let found = m.type_name(args[1]);
        return Err(m.type_error(format!("note must be a str, not '{found}'")));
    }
    let Value::Instance(id) = args[0] else { return Ok(Value::None) };
    match m.instance_attribute(id, names::NOTES) {
        Some(Value::List(list)) => m.heap.list_push(list, args[1])?,
        Some(_) => return Err(m.type_error("Cannot add note: __notes__ is not a list")),
        None => {
            let list = m.heap.new_list(vec![args[1]])?;
            m.store_in_instance(id, names::NOTES, list)?;
        }
    }
    Ok(Value::None)
}

fn set_dict(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if args[1].is_undef() {
        return Err(m.type_error("cannot delete __dict__"));
    }
    if let Value::Instance(id) = args[0] {
        m.replace_dict(id, args[1])?;
    }
    Ok(Value::None)
}

fn get_dict(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match args[0] {
        Value::Instance(id) => Ok(Value::Dict(m.instance_dict(id)?)),
        _ => Ok(Value::None),
    }
}

fn field(m: &mut Machine, args: &[Value], name: Id<Str>) -> Result<Value, Fault> {
    Ok(m.exception_field(args[0], name).unwrap_or(Value::None))
}

fn field_or_arg(m: &mut Machine, args: &[Value], name: Id<Str>) -> Result<Value, Fault> {
    match m.exception_field(args[0], name) {
        Some(value) => Ok(value),
        None => Ok(arguments(m, args[0]).first().copied().unwrap_or(Value::None)),
    }
}

/// What SystemExit was made with: nothing, one value, or the tuple of all.
fn exit_code(m: &mut Machine, exception: Value) -> Result<Value, Fault> {
    match *arguments(m, exception) {
        [] => Ok(Value::None),
        [only] => Ok(only),
        ref several => m.heap.new_tuple(several),
    }
}

fn set_field(m: &mut Machine, args: &[Value], name: Id<Str>) -> Result<Value, Fault> {
    let value = args[1].given().unwrap_or(Value::None);
    m.set_exception_field(args[0], name, value)?;
    Ok(Value::None)
}

fn group_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Type(class) = args[0] else { return Err(Fault::Halt) };
    let (given, _) = split(args);
    let [message, exceptions] = *given else {
        let name = m.class_name(types::BASE_EXCEPTION_GROUP);
        return Err(m.type_error(format!("{name}.__new__() takes exactly 2 arguments ({} given)", given.len())));
    };
    if !matches!(m.unwrap(message), Value::Str(_)) {
        let found = m.type_name(message);
        return Err(m.type_error(format!("BaseExceptionGroup.__new__() argument 1 must be str, not {found}")));
    }
    if !matches!(m.unwrap(exceptions), Value::List(_) | Value::Tuple(_)) {
        return Err(m.type_error("second argument (exceptions) must be a sequence"));
    }
    let items = m.collect_items(exceptions)?;
    if items.is_empty() {
        return Err(m.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    for (at, item) in items.iter().enumerate() {
        if m.exception_state(*item).is_none() {
            return Err(m.value_error(format!("Item {at} of second argument (exceptions) is not an exception")));
        }
    }
    let all_ordinary = items.iter().all(|item| m.is_instance_of_type(*item, types::EXCEPTION));
    let mut class = class;
    if class == types::BASE_EXCEPTION_GROUP && all_ordinary {
        class = types::EXCEPTION_GROUP;
    } else if m.is_subclass(class, types::EXCEPTION) && !all_ordinary {
        let message = if class == types::EXCEPTION_GROUP {
            "Cannot nest BaseExceptions in an ExceptionGroup".to_owned()
        } else {
            format!("Cannot nest BaseExceptions in '{}'", m.class_name(class))
        };
        return Err(m.type_error(message));
    }
    let exception = m.new_exception(class, given)?;
    let tuple = m.heap.new_tuple(&items)?;
    m.set_exception_field(exception, names::MESSAGE, message)?;
    m.set_exception_field(exception, names::EXCEPTIONS, tuple)?;
    Ok(exception)
}

fn group_str(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let message = field(m, args, names::MESSAGE)?;
    let count = match m.exception_field(args[0], names::EXCEPTIONS) {
        Some(Value::Tuple(id)) => m.heap.tuple(id).len(),
        _ => 0,
    };
    let plural = if count == 1 { "" } else { "s" };
    let text = format!("{} ({count} sub-exception{plural})", m.str_native(message)?);
    m.heap.new_string(text)
}

fn traceback_parts(m: &Machine, value: Value) -> Option<(Value, usize)> {
    match value {
        Value::Object(id) => match *m.heap.objects.get(id) {
            Object::Traceback { exception, position } => Some((exception, position)),
            _ => None,
        },
        _ => None,
    }
}

fn traceback_line(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Some((exception, position)) = traceback_parts(m, args[0]) else { return Ok(Value::None) };
    let entries: &[TraceEntry] = m.exception_state(exception).map_or(&[], |state| &state.traceback);
    let entry = entries.len().checked_sub(position + 1).and_then(|at| entries.get(at)).copied();
    let Some(entry) = entry else { return Ok(Value::None) };
    let (line, scanned) = m.trace_line(entry);
    m.charge_bytes(scanned / 4)?;
    Ok(Value::Int(i64::from(line)))
}

fn traceback_next(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Some((exception, position)) = traceback_parts(m, args[0]) else { return Ok(Value::None) };
    let length = m.exception_state(exception).map_or(0, |state| state.traceback.len());
    if position + 1 >= length {
        return Ok(Value::None);
    }
    m.heap.new_object(Object::Traceback { exception, position: position + 1 })
}
