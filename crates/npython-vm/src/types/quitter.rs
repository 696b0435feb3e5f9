//! `exit` and `quit`, which CPython's module `site` adds to the builtins: each ends the program by SystemExit.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, function, getter, wrapper};
use crate::types;
use crate::value::Value;

/// The module a quitter says its class is of; natives of it are quitters.
pub(crate) const MODULE: &str = "_sitebuiltins";

/// Builtin functions.
pub(crate) const FUNCTIONS: &[NativeDef] = &[
    function("exit", Signature::Named("code="), |m, args| quit(m, args.first())),
    function("quit", Signature::Named("code="), |m, args| quit(m, args.first())),
];

pub(crate) const METHODS: &[NativeDef] = &[
    getter("name", |m, args| name(m, args).map_or(Ok(Value::None), |name| m.heap.new_str(name))),
    getter("eof", |m, _| m.heap.new_str(END_OF_FILE)),
    wrapper("__repr__", Signature::None, repr),
    wrapper("__call__", Signature::Named("code="), |m, args| quit(m, args.get(1))),
];

const END_OF_FILE: &str = "Ctrl-D (i.e. EOF)";

fn quit(m: &mut Machine, code: Option<&Value>) -> Result<Value, Fault> {
    let code = code.copied().and_then(Value::given).unwrap_or(Value::None);
    let exception = m.new_exception(types::SYSTEM_EXIT, &[code])?;
    Err(m.raise_value(exception))
}

fn name(m: &Machine, args: &[Value]) -> Option<&'static str> {
    match args.first() {
        Some(Value::Native(id)) => m.base.natives.get(id.index()).map(|native| native.def.name),
        _ => None,
    }
}

/// What a quitter says of itself.
pub(crate) fn invitation(name: &str) -> String {
    format!("Use {name}() or {END_OF_FILE} to exit")
}

fn repr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let text = invitation(name(m, args).unwrap_or_default());
    m.heap.new_str(&text)
}
