//! getattr and its family, vars, dir, id, callable, hash.

use smallvec::smallvec;

use crate::fault::Fault;
use crate::machine::{Machine, OnReturn};
use crate::names;
use crate::native::{NativeDef, Signature, function};
use crate::objects::{Dict, Object, Str};
use crate::types;
use crate::value::{Id, Value};

pub(crate) const FUNCTIONS: &[NativeDef] = &[
    function("getattr", Signature::Positional(2, 3), getattr),
    function("hasattr", Signature::Positional(2, 2), hasattr),
    function("setattr", Signature::Positional(3, 3), setattr),
    function("delattr", Signature::Positional(2, 2), delattr),
    function("vars", Signature::Positional(0, 1), vars),
    function("dir", Signature::Positional(0, 1), dir),
    function("id", Signature::One, id),
    function("callable", Signature::One, callable),
    function("globals", Signature::None, globals),
    function("locals", Signature::None, locals),
];

pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_special", Signature::Positional(2, 2), special),
    function("_type_get", Signature::Positional(2, 2), type_get),
    function("_own_type_get", Signature::Positional(2, 2), own_type_get),
    function("_bind", Signature::Positional(3, 3), bind),
];

fn attribute_name(m: &mut Machine, name: Value) -> Result<Id<Str>, Fault> {
    match m.unwrap(name) {
        Value::Str(id) => Ok(id),
        _ => {
            let found = m.type_name(name);
            Err(m.type_error(format!("attribute name must be string, not '{found}'")))
        }
    }
}

/// The interned name; one that was never interned names no attribute of anything, but may be asked of `__getattr__`.
fn interned(m: &mut Machine, name: Id<Str>) -> Result<Id<Str>, Fault> {
    match m.heap.interned_of(name) {
        Some(name) => Ok(name),
        None => Ok(name),
    }
}

fn getattr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let name = attribute_name(m, args[1])?;
    let name = interned(m, name)?;
    let default = args.get(2).copied();
    if let Some(default) = default
        && m.plainly_lacks(args[0], name)
    {
        return Ok(default);
    }
    let result = m.get_attribute(args[0], name);
    let Some(default) = default else { return result };
    match result {
        Err(Fault::Raise) if m.is_instance_of_type(m.raised, types::ATTRIBUTE_ERROR) => {
            m.raised = Value::Undef;
            Ok(default)
        }
        Err(Fault::Call) if m.pending.on_return == OnReturn::Push && m.pending.keep.is_empty() => {
            m.pending.keep = smallvec![default];
            m.pending.on_return = OnReturn::AttributeDefault;
            Err(Fault::Call)
        }
        Err(Fault::Call) => Err(m.prelude_call("_getattr_default", &[args[0], args[1], default])),
        other => other,
    }
}

fn hasattr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let name = attribute_name(m, args[1])?;
    let name = interned(m, name)?;
    if m.plainly_lacks(args[0], name) {
        return Ok(Value::False);
    }
    match m.get_attribute(args[0], name) {
        Ok(_) => Ok(Value::True),
        Err(Fault::Raise) if m.is_instance_of_type(m.raised, types::ATTRIBUTE_ERROR) => {
            m.raised = Value::Undef;
            Ok(Value::False)
        }
        Err(Fault::Call) if m.pending.on_return == OnReturn::Push && m.pending.keep.is_empty() => {
            m.pending.on_return = OnReturn::HasAttribute;
            Err(Fault::Call)
        }
        Err(Fault::Call) => Err(m.prelude_call("_hasattr", args)),
        Err(fault) => Err(fault),
    }
}

fn setattr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let name = attribute_name(m, args[1])?;
    let name = m.heap.intern_str(name)?;
    match m.set_attribute(args[0], name, args[2]) {
        Err(Fault::Call) => none_of_pending(m),
        other => other.map(|()| Value::None),
    }
}

fn delattr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let name = attribute_name(m, args[1])?;
    let name = m.heap.intern_str(name)?;
    match m.delete_attribute(args[0], name) {
        Err(Fault::Call) => none_of_pending(m),
        other => other.map(|()| Value::None),
    }
}

/// The pending call runs for its effect; the result is None whatever it returns.
pub(crate) fn none_of_pending(m: &mut Machine) -> Result<Value, Fault> {
    let pending = std::mem::take(&mut m.pending);
    let args = m.heap.new_tuple(&pending.args)?;
    Err(m.prelude_call("_call_for_effect", &[pending.callable, args]))
}

fn vars(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Some(object) = args.first().copied() else { return locals(m, args) };
    match m.get_attribute(object, names::DICT) {
        Err(Fault::Raise) if m.is_instance_of_type(m.raised, types::ATTRIBUTE_ERROR) => {
            m.raised = Value::Undef;
            Err(m.type_error("vars() argument must have __dict__ attribute"))
        }
        other => other,
    }
}

fn dir(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match args.first().copied() {
        Some(object) => {
            if let Some(hook) = m.is_guest_special(object, names::DIR) {
                return Err(m.prelude_call("_dir", &[hook, object]));
            }
            if m.type_of(object) == types::GENERIC_ALIAS {
                return crate::types::generic_alias::list_names(m, args);
            }
            let names = m.attribute_names(object)?;
            m.heap.new_list(names)
        }
        None => Err(m.prelude_call("_dir_locals", &[])),
    }
}

fn id(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let identity = m.heap.identity(args[0])?;
    m.heap.new_i128(identity)
}

fn callable(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(Value::bool(m.is_callable(args[0])))
}

fn globals(m: &mut Machine, _: &[Value]) -> Result<Value, Fault> {
    let frame = m.frames.iter().rev().find(|frame| !m.code(frame.code).source.internal);
    Ok(m.visible_globals(frame.map_or(m.main_globals, |frame| frame.globals)))
}

/// The interpreter loop knows this builtin: only it has the caller's variables at hand.
fn locals(m: &mut Machine, _: &[Value]) -> Result<Value, Fault> {
    m.wants_locals = true;
    Ok(Value::None)
}

fn special(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let name = attribute_name(m, args[1])?;
    let class = m.type_of(args[0]);
    match m.type_lookup(class, name) {
        Some(found @ Value::Function(_)) => m.heap.new_bound_method(found, args[0]),
        Some(found) => m.bind(found, args[0], class),
        None => Ok(Value::Missing),
    }
}

fn type_get(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let name = attribute_name(m, args[1])?;
    match args[0] {
        Value::Type(class) => Ok(m.type_lookup(class, name).unwrap_or(Value::Missing)),
        _ => Ok(Value::Missing),
    }
}

fn own_type_get(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let name = attribute_name(m, args[1])?;
    match args[0] {
        Value::Type(class) => Ok(m.own_attribute(class, name).unwrap_or(Value::Missing)),
        _ => Ok(Value::Missing),
    }
}

/// `_bind(attribute, object, class)`: what attribute access through the class would give.
fn bind(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Type(class) = args[2] else { return Err(Fault::Halt) };
    m.bind(args[0], args[1], class)
}

impl Machine {
    pub(crate) fn is_callable(&self, value: Value) -> bool {
        match value {
            Value::Function(_) | Value::Native(_) | Value::Host(_) | Value::BoundMethod(_) | Value::Type(_) => true,
            other => self.special(other, names::CALL).is_some(),
        }
    }

    pub(crate) fn is_iterator(&self, value: Value) -> bool {
        match value {
            Value::Iter(_) => true,
            other => self.special(other, names::NEXT).is_some(),
        }
    }

    /// The dict of a function's own attributes, if it has any.
    fn function_namespace(&self, id: Id<crate::objects::Function>) -> Option<Id<Dict>> {
        match self.heap.functions.get(id).extras.as_ref()?.namespace {
            Value::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    /// Names for `dir()`, sorted.
    pub(crate) fn attribute_names(&mut self, object: Value) -> Result<Vec<Value>, Fault> {
        let mut found: Vec<Id<Str>> = Vec::new();
        let classes = match object {
            Value::Type(id) => self.heap.types.get(id).mro.clone(),
            Value::Module(_) => Vec::new(),
            other => self.heap.types.get(self.type_of(other)).mro.clone(),
        };
        for class in classes {
            let keys = self.heap.types.get(class).attributes.iter().map(|entry| entry.key);
            found.extend(keys.filter_map(|key| if let Value::Str(id) = key { Some(id) } else { None }));
        }
        let dict = match object {
            Value::Module(id) => Some(self.heap.modules.get(id).namespace),
            Value::Instance(id) => {
                let instance = self.heap.instances.get(id);
                match instance.dict {
                    Some(dict) => Some(dict),
                    None => {
                        if let Some(shape) = self.heap.shapes.get(instance.shape) {
                            found.extend(shape.names.iter().copied());
                        }
                        None
                    }
                }
            }
            Value::Function(id) => self.function_namespace(id),
            Value::BoundMethod(id) => match self.heap.bound_methods.get(id).function {
                function @ Value::Function(id) => {
                    for class in self.heap.types.get(self.type_of(function)).mro.clone() {
                        let keys = self.heap.types.get(class).attributes.iter().map(|entry| entry.key);
                        found.extend(keys.filter_map(|key| if let Value::Str(id) = key { Some(id) } else { None }));
                    }
                    self.function_namespace(id)
                }
                _ => None,
            },
            _ => None,
        };
        if let Some(dict) = dict {
            let keys = self.heap.dicts.get(dict).table.iter().map(|entry| entry.key);
            found.extend(keys.filter_map(|key| if let Value::Str(id) = key { Some(id) } else { None }));
        }
        self.charge_items(found.len().saturating_mul(4))?;
        found.sort_by(|a, b| self.heap.str(*a).cmp(self.heap.str(*b)));
        found.dedup_by(|a, b| self.heap.str(*a) == self.heap.str(*b));
        Ok(found.into_iter().map(Value::Str).collect())
    }

    /// `x | y` of types.
    pub(crate) fn union_of(&mut self, left: Value, right: Value) -> Result<Value, Fault> {
        let mut members: Vec<Value> = Vec::new();
        for side in [left, right] {
            let parts = match side {
                Value::Object(id) => match *self.heap.objects.get(id) {
                    Object::Union { arguments: Value::Tuple(arguments) } => self.heap.tuple(arguments).to_vec(),
                    Object::GenericAlias { .. } | Object::TypeVar { .. } | Object::TypeAlias { .. } => vec![side],
                    _ => return Ok(Value::NotImplemented),
                },
                Value::Type(_) => vec![side],
                Value::None => vec![Value::Type(types::NONE_TYPE)],
                _ => return Ok(Value::NotImplemented),
            };
            for part in parts {
                if !members.contains(&part) {
                    members.push(part);
                }
            }
        }
        if let [only] = *members.as_slice() {
            return Ok(only);
        }
        let arguments = self.heap.new_tuple(&members)?;
        self.heap.new_object(Object::Union { arguments })
    }

    /// The `__dict__` of an object that has one.
    pub(crate) fn attribute_dict(&mut self, object: Value) -> Result<Option<Id<Dict>>, Fault> {
        match object {
            Value::Instance(id) => {
                let class = self.heap.instances.get(id).class;
                if self.heap.types.get(class).flags.has(crate::objects::SpecialFlags::NO_DICT) {
                    return Ok(None);
                }
                self.instance_dict(id).map(Some)
            }
            Value::Module(id) => Ok(Some(self.heap.modules.get(id).namespace)),
            _ => Ok(None),
        }
    }
}
