//! eval, exec, compile, __import__.

use npython_compiler::{CompileOptions, Mode};

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::native::{NativeDef, Signature, function};
use crate::objects::Object;
use crate::types;
use crate::value::{Id, Value};

pub(crate) const FUNCTIONS: &[NativeDef] = &[
    function("eval", Signature::Named("source, /, globals=, locals="), |_, _| Err(Fault::Fallback)).or("_eval"),
    function("exec", Signature::Named("source, /, globals=, locals=, *, closure="), |_, _| Err(Fault::Fallback))
        .or("_exec"),
    function(
        "compile",
        Signature::Named("source, filename, mode, flags=, dont_inherit=, optimize=, *, _feature_version="),
        compile,
    ),
    function("__import__", Signature::Named("name, globals=, locals=, fromlist=, level="), import),
];

pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_is_code", Signature::One, |m, args| Ok(Value::bool(code_number(m, args[0]).is_some()))),
    function("_is_mapping", Signature::One, is_mapping),
    function("_find_builtin", Signature::Positional(2, 2), find_builtin),
    function("_raise_name_error", Signature::One, raise_name_error),
    function("_compile_source", Signature::Positional(2, 2), compile_source),
    function("_run_code", Signature::Positional(4, 4), run_code),
];

/// The flag bits `compile` accepts: those of `__future__` features, and what the compiler can be asked for.
mod flags {
    pub(super) const ONLY_SYNTAX_TREE: i64 = 0x400;
    pub(super) const TOP_LEVEL_AWAIT: i64 = 0x2000;
    pub(super) const FUTURE_ANNOTATIONS: i64 = 0x100_0000;
    /// `PyCF_MASK | PyCF_MASK_OBSOLETE | PyCF_COMPILE_MASK` of CPython 3.13.
    pub(super) const KNOWN: i64 = 0x1FE_0000 | 0x10 | 0xF600;
}

/// The code number of a code object.
pub(crate) fn code_number(m: &Machine, value: Value) -> Option<u32> {
    match value {
        Value::Object(id) => match *m.heap.objects.get(id) {
            Object::Code { code } => Some(code),
            _ => None,
        },
        _ => None,
    }
}

fn is_mapping(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let found = matches!(m.unwrap(args[0]), Value::Dict(_)) || m.special(args[0], names::GETITEM).is_some();
    Ok(Value::bool(found))
}

/// `_find_builtin(globals, name)`: a name that globals do not have.
fn find_builtin(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (Value::Dict(globals), Value::Str(name)) = (m.unwrap(args[0]), args[1]) else { return Err(Fault::Halt) };
    match m.find_in_own_builtins(globals, name) {
        Some(found) => found?.ok_or_else(|| m.name_not_defined(name)),
        None => m.find_builtin(name).ok_or_else(|| m.name_not_defined(name)),
    }
}

fn raise_name_error(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Str(name) = args[0] else { return Err(Fault::Halt) };
    Err(m.name_not_defined(name))
}

/// Text or bytes of a program.
enum Source {
    Text(String),
    Bytes(Vec<u8>),
}

/// The source among the arguments; `None` when it is something else.
fn source_of(m: &mut Machine, value: Value) -> Result<Option<Source>, Fault> {
    let value = m.unwrap(value);
    if let Value::Str(id) = value {
        if m.heap.strings.get(id).surrogates {
            return m.encode_str(id, "utf-8", "strict").map(|_| None);
        }
        m.charge_bytes(m.heap.str(id).len())?;
        m.heap.reserve(m.heap.str(id).len())?;
        return Ok(Some(Source::Text(m.heap.str(id).to_owned())));
    }
    Ok(m.byte_copy(value)?.map(Source::Bytes))
}

fn compile(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let filename = match m.unwrap(args[1]) {
        Value::Str(id) => m.heap.str(id).to_owned(),
        Value::Bytes(id) => String::from_utf8_lossy(&m.heap.bytes.get(id).data).into_owned(),
        _ => {
            let found = m.type_name(args[1]);
            return Err(m.type_error(format!("expected str, bytes or os.PathLike object, not {found}")));
        }
    };
    let Value::Str(mode) = m.unwrap(args[2]) else {
        let found = m.type_name(args[2]);
        return Err(m.type_error(format!("compile() argument 'mode' must be str, not {found}")));
    };
    let flags = args[3].given().map_or(Ok(0), |flags| m.to_index(flags))?;
    let optimize = args[5].given().map_or(Ok(-1), |optimize| m.to_index(optimize))?;
    if flags & !flags::KNOWN != 0 {
        return Err(m.value_error("compile(): unrecognised flags"));
    }
    if !(-1..=2).contains(&optimize) {
        return Err(m.value_error("compile(): invalid optimize value"));
    }
    let mode = match m.heap.str(mode) {
        "exec" => Mode::Exec,
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        _ => return Err(m.value_error("compile() mode must be 'exec', 'eval' or 'single'")),
    };
    if flags & flags::ONLY_SYNTAX_TREE != 0 {
        let message = "compile() to a syntax tree is not supported by this version of npython";
        return Err(m.raise(types::NOT_IMPLEMENTED_ERROR, message));
    }
    if code_number(m, args[0]).is_some() {
        return Err(m.type_error("compile() arg 1 must be a string, bytes or AST object"));
    }
    let Some(source) = source_of(m, args[0])? else {
        return Err(m.type_error("compile() arg 1 must be a string, bytes or AST object"));
    };
    let options = CompileOptions {
        mode,
        future_annotations: flags & flags::FUTURE_ANNOTATIONS != 0,
        optimize: u8::try_from(optimize).unwrap_or(0),
        top_level_await: flags & flags::TOP_LEVEL_AWAIT != 0,
        ..run_time_options()
    };
    compiled(m, source, &filename, &options)
}

/// Code made at run time looks its names up in the namespaces it is run with, whichever they are.
fn run_time_options() -> CompileOptions {
    CompileOptions {
        last_expression_is_result: false,
        separate_locals: true,
        made_at_run_time: true,
        ..Default::default()
    }
}

fn compiled(m: &mut Machine, source: Source, filename: &str, options: &CompileOptions) -> Result<Value, Fault> {
    let text = match source {
        Source::Text(text) => text,
        Source::Bytes(data) => m.decode_source(&data, filename)?,
    };
    m.compile_at_run_time(&text, filename, options)
}

/// `_compile_source(source, is_eval)`: for `eval` and `exec`; None when `source` is no source.
fn compile_source(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Some(mut source) = source_of(m, args[0])? else { return Ok(Value::None) };
    let mut options = run_time_options();
    if args[1] == Value::True {
        options.mode = Mode::Eval;
        match &mut source {
            Source::Text(text) => drop(text.drain(..text.len() - text.trim_start_matches([' ', '\t']).len())),
            Source::Bytes(data) => {
                let blanks = data.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
                data.drain(..blanks);
            }
        }
    }
    compiled(m, source, "<string>", &options)
}

/// `_run_code(code, globals, locals, closure)`: runs a code object with these namespaces.
fn run_code(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (Some(code), Value::Dict(items)) = (code_number(m, args[0]), m.unwrap(args[1])) else {
        return Err(m.type_error("a code object and a dict are required"));
    };
    let free = m.code(code).free_names.len();
    let closure: Box<[Value]> = match args[3] {
        Value::Tuple(id) => m.heap.tuple(id).into(),
        _ => Box::default(),
    };
    if closure.len() != free || !closure.iter().all(|cell| matches!(cell, Value::Cell(_))) {
        return Err(m.type_error(format!("code object requires a closure of exactly length {free}")));
    }
    m.add_builtins(items)?;
    let globals = m.globals_for_frames(args[1], items)?;
    let made = crate::objects::Function {
        code,
        globals,
        closure,
        simple: m.entries.get(code as usize).is_some_and(|entry| entry.simple),
        ..Default::default()
    };
    let function = m.heap.new_function(made)?;
    let namespace = if args[2] == Value::Dict(globals) { Value::Undef } else { args[2] };
    Err(m.call_class_body(function, namespace))
}

fn import(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Str(name) = m.unwrap(args[0]) else { return Err(m.type_error("module name must be a string")) };
    if m.heap.str(name).is_empty() {
        return Err(m.value_error("Empty module name"));
    }
    let level = args[4].given().unwrap_or(Value::Int(0));
    m.import_name(name, level, args[3].given().unwrap_or(Value::None))
}

impl Machine {
    /// Gives a namespace that code is to run in its `__builtins__`, as `exec` does. It is a dict of the machine's own
    /// builtins, which are all there is to find: a guest that puts something else there only takes names away from its code.
    fn add_builtins(&mut self, globals: Id<crate::objects::Dict>) -> Result<(), Fault> {
        if globals == self.main_globals || self.find_str(globals, names::BUILTINS).is_some() {
            return Ok(());
        }
        let builtins = self.builtins_namespace()?;
        self.dict_set_str(globals, names::BUILTINS, Value::Dict(builtins))
    }
}
