//! `types.ModuleType(name, doc=None)`: an empty module of the guest's own. One of a derived class is an instance whose
//! attributes are its own.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::native::{NativeDef, Signature, constructor, getter, setter, wrapper};
use crate::objects::{Dict, Module, Str, TypeKind};
use crate::value::{Id, Value};

pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Open, module_new),
    wrapper("__init__", Signature::Named("name, doc="), module_init),
    getter("__doc__", doc),
    setter("__doc__", set_doc),
];

fn doc(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(m.own_instance_attribute(args[0], names::DOC).unwrap_or(Value::None))
}

fn set_doc(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    set_own(m, args[0], names::DOC, args[1].given().unwrap_or(Value::None))?;
    Ok(Value::None)
}

/// Sets an attribute of the module itself.
fn set_own(m: &mut Machine, module: Value, name: Id<Str>, value: Value) -> Result<(), Fault> {
    match module {
        Value::Module(id) => {
            let namespace = m.heap.modules.get(id).namespace;
            m.dict_set_str(namespace, name, value)
        }
        Value::Instance(id) => m.store_in_instance(id, name, value),
        _ => Ok(()),
    }
}

/// Makes a module without attributes; a call of the type itself sets them too.
fn module_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Type(class) = args[0] else { return Err(Fault::Halt) };
    if m.heap.types.get(class).kind == TypeKind::Guest {
        return m.new_instance(class, Value::Undef);
    }
    let Value::Dict(namespace) = m.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
    let made = m.heap.new_module(Module { name: Value::None, namespace })?;
    let (given, keywords) = (&args[1..args.len() - 1], args[args.len() - 1]);
    if given.is_empty() && keywords.is_undef() {
        return Ok(made);
    }
    let positional = m.heap.new_tuple(given)?;
    let keywords = if keywords.is_undef() { m.heap.new_dict(Dict::default())? } else { keywords };
    Err(m.prelude_call("_module_initialised", &[made, positional, keywords]))
}

fn module_init(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Str(_) = m.unwrap(args[1]) else {
        let found = m.type_name(args[1]);
        return Err(m.type_error(format!("module() argument 'name' must be str, not {found}")));
    };
    if let Value::Module(id) = args[0] {
        m.heap.modules.slot(id).name = args[1];
    }
    let doc = args[2].given().unwrap_or(Value::None);
    let attributes = [
        (names::NAME, args[1]),
        (names::DOC, doc),
        (names::PACKAGE, Value::None),
        (names::LOADER, Value::None),
        (names::SPEC, Value::None),
    ];
    for (name, value) in attributes {
        set_own(m, args[0], name, value)?;
    }
    Ok(Value::None)
}
