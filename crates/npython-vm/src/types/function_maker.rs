//! `types.FunctionType(code, globals, ...)`, and the namespaces a function runs with. Both namespaces are ones the guest has
//! anyway: that of the function's module, and a copy of the machine's builtins that nothing is looked up in.

use crate::builtins::execution::code_number;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::objects::Function;
use crate::value::{Id, Value};

/// Whether it is code of the machine itself, or of a library of the host, which sees functions that programs do not.
fn keeps_its_namespace(m: &Machine, code: u32) -> bool {
    let source = &m.code(code).source;
    source.internal || m.library_names.iter().any(|name| **name == *source.filename)
}

/// Functions of the machine itself, and of libraries of the host, keep their namespaces to themselves.
pub(crate) fn globals(m: &mut Machine, id: Id<Function>) -> Result<Value, Fault> {
    let function = m.heap.functions.get(id);
    if keeps_its_namespace(m, function.code) {
        return Err(m.no_attribute(Value::Function(id), names::GLOBALS));
    }
    Ok(Value::Dict(function.globals))
}

/// The builtins a function's globals name, else the machine's.
pub(crate) fn builtins(m: &mut Machine, id: Id<Function>) -> Result<Value, Fault> {
    let function = m.heap.functions.get(id);
    if keeps_its_namespace(m, function.code) {
        return Err(m.no_attribute(Value::Function(id), names::BUILTINS));
    }
    let own = m.find_str(function.globals, names::BUILTINS);
    match own.map(|own| m.unwrap(own)) {
        Some(Value::Dict(own)) => Ok(Value::Dict(own)),
        Some(Value::Module(module)) => Ok(Value::Dict(m.heap.modules.get(module).namespace)),
        _ => m.builtins_namespace().map(Value::Dict),
    }
}

/// `function(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)`
pub(crate) fn new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let given = |at: usize| args.get(at).copied().and_then(Value::given).unwrap_or(Value::None);
    let Some(code) = code_number(m, given(1)) else {
        let found = m.type_name(given(1));
        return Err(m.type_error(format!("function() argument 'code' must be code, not {found}")));
    };
    let Value::Dict(globals) = m.unwrap(given(2)) else {
        let found = m.type_name(given(2));
        return Err(m.type_error(format!("function() argument 'globals' must be dict, not {found}")));
    };
    let name = match given(3) {
        Value::None => Value::Undef,
        name => match m.unwrap(name) {
            Value::Str(_) => name,
            _ => return Err(m.type_error("arg 3 (name) must be None or string")),
        },
    };
    let defaults: Box<[Value]> = match given(4) {
        Value::None => Box::default(),
        defaults => match m.unwrap(defaults) {
            Value::Tuple(id) => m.heap.tuple(id).into(),
            _ => return Err(m.type_error("arg 4 (defaults) must be None or tuple")),
        },
    };
    let closure = closure_of(m, code, given(5))?;
    let keyword_defaults = match given(6) {
        Value::None => Value::Undef,
        keyword_defaults => match m.unwrap(keyword_defaults) {
            Value::Dict(_) => keyword_defaults,
            _ => return Err(m.type_error("arg 6 (kwdefaults) must be None or dict")),
        },
    };
    let simple = m.entries.get(code as usize).is_some_and(|entry| entry.simple);
    let mut made = Function { code, globals, defaults, closure, simple, ..Function::default() };
    let module = m.find_str(globals, names::NAME).unwrap_or(Value::None);
    let extras = made.extras_mut();
    (extras.keyword_defaults, extras.name, extras.module) = (keyword_defaults, name, module);
    m.heap.new_function(made)
}

fn closure_of(m: &mut Machine, code: u32, given: Value) -> Result<Box<[Value]>, Fault> {
    let needed = m.code(code).free_names.len();
    let cells: Box<[Value]> = match (given, m.unwrap(given)) {
        (_, Value::Tuple(id)) => m.heap.tuple(id).into(),
        (Value::None, _) if needed == 0 => Box::default(),
        (Value::None, _) => return Err(m.type_error("arg 5 (closure) must be tuple")),
        _ => return Err(m.type_error("arg 5 (closure) must be None or tuple")),
    };
    if cells.len() != needed {
        let code = m.code(code).clone();
        let message = format!("{} requires closure of length {needed}, not {}", code.name, cells.len());
        return Err(m.value_error(message));
    }
    if let Some(other) = cells.iter().find(|cell| !matches!(cell, Value::Cell(_))) {
        let found = m.type_name(*other);
        return Err(m.type_error(format!("arg 5 (closure) expected cell, found {found}")));
    }
    Ok(cells)
}
