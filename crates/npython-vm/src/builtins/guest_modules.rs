//! What the modules written in guest Python need of the machine: names that start with `_npython_` there.

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, function};
use crate::objects::{Function, Object};
use crate::value::Value;

pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_repr_begin", Signature::One, repr_begin),
    function("_repr_end", Signature::One, repr_end),
    function("_run_source", Signature::Positional(2, 2), run_source),
    function("_module_namespace", Signature::One, module_namespace),
    function("_replace_class_cell", Signature::Positional(3, 3), replace_class_cell),
    function("_unpacked_alias", Signature::One, unpacked_alias),
];

/// `_repr_begin(value)`: whether the value's text is being made already; else it is from now on.
fn repr_begin(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = argument(args, 0);
    if m.repr_active.contains(&value) {
        return Ok(Value::True);
    }
    m.charge_items(m.repr_active.len() / 4)?;
    m.heap.reserve(size_of::<Value>())?;
    m.repr_active.push(value);
    Ok(Value::False)
}

/// `_repr_end(value)`
fn repr_end(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = argument(args, 0);
    if let Some(at) = m.repr_active.iter().rposition(|other| *other == value) {
        m.repr_active.remove(at);
        m.heap.release(size_of::<Value>());
    }
    Ok(Value::None)
}

/// `_run_source(source, namespace)`: runs the definitions in a text that a module put together, with the namespace as globals.
fn run_source(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (Value::Str(source), Value::Dict(globals)) = (argument(args, 0), argument(args, 1)) else {
        return Err(m.type_error("definitions need a text and a dict"));
    };
    let source = m.heap.str(source).to_owned();
    m.charge(source.len() as u64)?;
    m.heap.reserve(source.len() * 8)?;
    let options = npython_compiler::CompileOptions { last_expression_is_result: false, ..Default::default() };
    let code = match npython_compiler::compile(&source, "<string>", &options) {
        Ok(code) => code,
        Err(error) => return Err(m.raise(crate::types::SYNTAX_ERROR, &error.message)),
    };
    let number = m.add_code(&code)?;
    let function = m.heap.new_function(Function { code: number, globals, ..Default::default() })?;
    Err(m.prelude_call("_run_module", &[function, Value::Dict(globals)]))
}

/// `_unpacked_alias(alias)`: `*tuple[int, ...]` of `tuple[int, ...]`.
fn unpacked_alias(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let value = m.unwrap(argument(args, 0));
    let Value::Object(id) = value else { return Ok(value) };
    match *m.heap.objects.get(id) {
        Object::GenericAlias { origin, arguments, parameters, .. } => {
            m.heap.new_object(Object::GenericAlias { origin, arguments, parameters, unpacked: true })
        }
        _ => Ok(value),
    }
}

/// `_module_namespace(name)`: the globals of a loaded module, or None.
fn module_namespace(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Str(name) = argument(args, 0) else { return Ok(Value::None) };
    let name = m.heap.intern_str(name)?;
    if name == crate::names::MAIN {
        return Ok(Value::Dict(m.main_globals));
    }
    Ok(match m.loaded_module(name) {
        Some(Value::Module(id)) => Value::Dict(m.heap.modules.get(id).namespace),
        _ => Value::None,
    })
}

/// `_replace_class_cell(function, old, new)`: what a function closes over of the class `old` becomes `new`.
fn replace_class_cell(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[Value::Function(function), old, new] = args else { return Ok(Value::None) };
    let closure = m.heap.functions.get(function).closure.clone();
    m.charge_items(closure.len())?;
    for value in closure {
        if let Value::Cell(cell) = value
            && m.heap.cells.get(cell).content == old
        {
            m.heap.cells.slot(cell).content = new;
        }
    }
    Ok(Value::None)
}
