//! eval, exec, compile, __import__; and the names that need authority.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, function};
use crate::types;
use crate::value::Value;

pub(crate) const FUNCTIONS: &[NativeDef] = &[
    function("eval", Signature::Positional(1, 3), |m, _| unavailable(m, "eval()")),
    function("exec", Signature::Positional(1, 3), |m, _| unavailable(m, "exec()")),
    function("compile", Signature::Variadic(3), |m, _| unavailable(m, "compile()")),
    function("__import__", Signature::Named("name, globals=, locals=, fromlist=, level="), import),
];

fn unavailable(m: &mut Machine, what: &str) -> Result<Value, Fault> {
    Err(m.raise(types::NOT_IMPLEMENTED_ERROR, &format!("{what} is not supported by this version of npython")))
}

fn import(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Str(name) = m.unwrap(args[0]) else { return Err(m.type_error("module name must be a string")) };
    let level = args[4].given().unwrap_or(Value::Int(0));
    m.import_name(name, level, args[3].given().unwrap_or(Value::None))
}
