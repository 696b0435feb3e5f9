//! `classmethod` and `staticmethod`. Like the function they wrap they have a name, a docstring and a module: these are copied to
//! their own attributes when they are made, so that they can be changed there.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::native::{NativeDef, Signature, constructor, getter, setter, wrapper};
use crate::objects::{Dict, Object, Str};
use crate::value::{Id, Value};

use super::property::{descriptor_get, is_abstract};

pub(crate) const CLASSMETHOD_METHODS: &[NativeDef] = &[constructor(Signature::Positional(1, 1), |m, args| {
    make(m, args[0], Object::ClassMethod { function: args[1], namespace: Value::Undef })
})];

pub(crate) const STATICMETHOD_METHODS: &[NativeDef] = &[
    constructor(Signature::Positional(1, 1), |m, args| {
        make(m, args[0], Object::StaticMethod { function: args[1], namespace: Value::Undef })
    }),
    wrapper("__call__", Signature::Open, call_static),
];

/// What both have.
pub(crate) const SHARED_METHODS: &[NativeDef] = &[
    wrapper("__init__", Signature::Open, |_, _| Ok(Value::None)),
    getter("__func__", wrapped_function),
    getter("__wrapped__", wrapped_function),
    getter("__dict__", namespace_of),
    setter("__dict__", set_namespace),
    getter("__doc__", doc),
    setter("__doc__", set_doc),
    wrapper("__get__", Signature::Positional(1, 2), descriptor_get),
    getter("__isabstractmethod__", is_abstract),
];

/// What a wrapper takes over from its function.
const COPIED: [Id<Str>; 5] = [names::MODULE, names::NAME, names::QUALNAME, names::DOC, names::ANNOTATIONS];

fn make(m: &mut Machine, class: Value, object: Object) -> Result<Value, Fault> {
    let made = m.heap.new_object(object)?;
    match class {
        Value::Type(class) => m.wrap_payload(class, made),
        _ => Ok(made),
    }
}

fn wrapped_function(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if let Value::Object(id) = m.unwrap(args[0])
        && let Object::ClassMethod { function, .. } | Object::StaticMethod { function, .. } = *m.heap.objects.get(id)
    {
        return Ok(function);
    }
    Ok(Value::None)
}

fn call_static(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let function = wrapped_function(m, args)?;
    let kwargs = match args[args.len() - 1] {
        Value::Undef => m.heap.new_dict(Dict::default())?,
        kwargs => kwargs,
    };
    let positional = m.heap.new_tuple(&args[1..args.len() - 1])?;
    Err(m.prelude_call("_apply", &[function, positional, kwargs]))
}

fn namespace_of(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match args[0] {
        Value::Instance(id) => m.instance_dict(id).map(Value::Dict),
        Value::Object(id) => m.method_wrapper_namespace(id).map(Value::Dict),
        _ => Err(m.no_attribute(args[0], names::DICT)),
    }
}

fn doc(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Dict(dict) = namespace_of(m, args)? else { return Ok(Value::None) };
    Ok(m.find_str(dict, names::DOC).unwrap_or(Value::None))
}

fn set_doc(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Dict(dict) = namespace_of(m, args)? else { return Ok(Value::None) };
    m.dict_set_str(dict, names::DOC, args[1].given().unwrap_or(Value::None))?;
    Ok(Value::None)
}

fn set_namespace(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Dict(_) = args[1] else {
        if args[1].is_undef() {
            return Err(m.type_error("cannot delete __dict__"));
        }
        let found = m.type_name(args[1]);
        return Err(m.type_error(format!("__dict__ must be set to a dictionary, not a '{found}'")));
    };
    if let Value::Object(id) = args[0]
        && let Object::ClassMethod { namespace, .. } | Object::StaticMethod { namespace, .. } = m.heap.objects.slot(id)
    {
        *namespace = args[1];
    }
    Ok(Value::None)
}

impl Machine {
    /// The attributes of a class or static method, made from those of its function when first needed.
    pub(crate) fn method_wrapper_namespace(&mut self, id: Id<Object>) -> Result<Id<Dict>, Fault> {
        let (Object::ClassMethod { function, namespace } | Object::StaticMethod { function, namespace }) =
            *self.heap.objects.get(id)
        else {
            return Err(Fault::Halt);
        };
        if let Value::Dict(dict) = namespace {
            return Ok(dict);
        }
        let Value::Dict(dict) = self.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
        for name in COPIED {
            if let Some(value) = self.copied_attribute(function, name)? {
                self.dict_set_str(dict, name, value)?;
            }
        }
        if let Object::ClassMethod { namespace, .. } | Object::StaticMethod { namespace, .. } =
            self.heap.objects.slot(id)
        {
            *namespace = Value::Dict(dict);
        }
        Ok(dict)
    }

    /// An attribute of a wrapped callable; none where guest code would have to be asked.
    fn copied_attribute(&mut self, function: Value, name: Id<Str>) -> Result<Option<Value>, Fault> {
        if matches!(function, Value::Instance(_)) {
            return Ok(None);
        }
        match self.get_attribute(function, name) {
            Ok(value) => Ok(Some(value)),
            Err(Fault::Raise) => {
                self.raised = Value::Undef;
                Ok(None)
            }
            Err(Fault::Call) => {
                self.pending = crate::machine::PendingCall::default();
                Ok(None)
            }
            Err(fault) => Err(fault),
        }
    }

    /// An attribute of a class or static method itself.
    pub(crate) fn method_wrapper_attribute(&mut self, object: Value, name: Id<Str>) -> Result<Option<Value>, Fault> {
        match object {
            Value::Object(id)
                if matches!(self.heap.objects.get(id), Object::ClassMethod { .. } | Object::StaticMethod { .. }) =>
            {
                let dict = self.method_wrapper_namespace(id)?;
                Ok(self.find_str(dict, name))
            }
            _ => Ok(None),
        }
    }
}
