//! Reading attributes (Data Model 3.3.2).

mod assignment;
mod descriptors;
mod sites;

use smallvec::{SmallVec, smallvec};

use crate::fault::Fault;
use crate::names;
use crate::objects::{Instance, SpecialFlags, Str, TypeObject};
use crate::types;
use crate::value::{Id, Value};

use super::{Machine, OnReturn, PendingCall};

impl Machine {
    /// `object.name`.
    pub(crate) fn get_attribute(&mut self, object: Value, name: Id<Str>) -> Result<Value, Fault> {
        let class = self.type_of(object);
        let flags = self.heap.types.get(class).flags;
        if flags.has(SpecialFlags::GETATTRIBUTE)
            && let Some(hook) = self.type_lookup(class, names::GETATTRIBUTE)
        {
            return self.call_attribute_hook(hook, object, name, flags);
        }
        let result = self.generic_attribute(object, class, name);
        self.with_getattr(result, object, class, name, flags)
    }

    /// Calls a guest `__getattribute__`.
    fn call_attribute_hook(
        &mut self,
        hook: Value,
        object: Value,
        name: Id<Str>,
        flags: SpecialFlags,
    ) -> Result<Value, Fault> {
        let name = Value::Str(name);
        let (keep, on_return) = if flags.has(SpecialFlags::GETATTR) {
            (smallvec![object, name], OnReturn::GetAttrHook)
        } else {
            (SmallVec::new(), OnReturn::Push)
        };
        self.pending =
            PendingCall { keep, callable: hook, args: smallvec![object, name], keywords: Vec::new(), on_return };
        Err(Fault::Call)
    }

    /// Lets a guest `__getattr__` answer when the ordinary way ends in AttributeError.
    pub(crate) fn with_getattr(
        &mut self,
        result: Result<Value, Fault>,
        object: Value,
        class: Id<TypeObject>,
        name: Id<Str>,
        flags: SpecialFlags,
    ) -> Result<Value, Fault> {
        if !flags.has(SpecialFlags::GETATTR) {
            return result;
        }
        match result {
            Err(Fault::Raise) if self.is_instance_of_type(self.raised, types::ATTRIBUTE_ERROR) => {
                self.raised = Value::Undef;
                let Some(hook) = self.type_lookup(class, names::GETATTR) else { return Err(Fault::Raise) };
                self.pending =
                    PendingCall { callable: hook, args: smallvec![object, Value::Str(name)], ..PendingCall::default() };
                Err(Fault::Call)
            }
            Err(Fault::Call) if self.pending.on_return == OnReturn::Push => {
                self.pending.keep = smallvec![object, Value::Str(name)];
                self.pending.on_return = OnReturn::GetAttrHook;
                Err(Fault::Call)
            }
            other => other,
        }
    }

    /// `object.__getattribute__(name)` as `object` defines it (also type's and module's own).
    pub(crate) fn generic_attribute(
        &mut self,
        object: Value,
        class: Id<TypeObject>,
        name: Id<Str>,
    ) -> Result<Value, Fault> {
        match object {
            Value::Type(id) => return self.type_attribute(id, class, name),
            Value::Object(_) => {
                if let Some(parts) = self.super_parts(object) {
                    return self.super_attribute(object, parts, name);
                }
                if class == types::GENERIC_ALIAS
                    && let Some(found) = self.alias_attribute(object, name)
                {
                    return found;
                }
            }
            Value::Instance(id) if matches!(self.heap.instances.get(id).payload, Value::Object(_)) => {
                if let Some(parts) = self.super_parts(object) {
                    return self.super_attribute(object, parts, name);
                }
            }
            _ => {}
        }
        let found = self.type_lookup(class, name);
        if let Some(attribute) = found
            && self.reads_before_instance(attribute)
        {
            return self.bind(attribute, object, class);
        }
        if let Some(value) = self.own_instance_attribute(object, name) {
            return Ok(value);
        }
        if let Value::Object(_) = object
            && let Some(value) = self.method_wrapper_attribute(object, name)?
        {
            return Ok(value);
        }
        match found {
            Some(attribute) => self.bind(attribute, object, class),
            None if matches!(object, Value::Module(_)) && name != names::DICT => {
                self.module_attribute_hook(object, name)
            }
            None if class == types::METHOD => self.function_attribute_of_method(object, name),
            None if name == names::DICT => match self.attribute_dict(object)? {
                Some(dict) => Ok(Value::Dict(dict)),
                None => Err(self.no_attribute(object, name)),
            },
            None => Err(self.no_attribute(object, name)),
        }
    }

    /// An attribute of the object itself: of an instance, module, function.
    pub(crate) fn own_instance_attribute(&self, object: Value, name: Id<Str>) -> Option<Value> {
        match object {
            Value::Instance(id) => self.instance_attribute(id, name),
            Value::Module(id) => self.find_str(self.heap.modules.get(id).namespace, name),
            Value::Function(id) => match self.heap.functions.get(id).extras.as_ref()?.namespace {
                Value::Dict(dict) => self.find_str(dict, name),
                _ => None,
            },
            _ => None,
        }
    }

    #[inline]
    pub(crate) fn instance_attribute(&self, id: Id<Instance>, name: Id<Str>) -> Option<Value> {
        let instance = self.heap.instances.get(id);
        match instance.dict {
            Some(dict) => self.find_str(dict, name),
            None => {
                let position = self.heap.shapes.get(instance.shape)?.position(name)?;
                instance.slots.get(position).copied()
            }
        }
    }

    /// `Class.name`
    fn type_attribute(&mut self, id: Id<TypeObject>, metaclass: Id<TypeObject>, name: Id<Str>) -> Result<Value, Fault> {
        let meta = self.type_lookup(metaclass, name);
        if let Some(attribute) = meta
            && self.reads_before_instance(attribute)
        {
            return self.bind(attribute, Value::Type(id), metaclass);
        }
        if let Some(attribute) = self.type_lookup(id, name) {
            return self.bind(attribute, Value::Undef, id);
        }
        match meta {
            Some(attribute) => self.bind(attribute, Value::Type(id), metaclass),
            None => Err(self.no_attribute(Value::Type(id), name)),
        }
    }

    /// Whether an instance or a plain value has no such attribute, and nobody is asked for it: what would raise
    /// AttributeError, without the error. False where that is not clear at once.
    pub(crate) fn plainly_lacks(&self, object: Value, name: Id<Str>) -> bool {
        let own = match object {
            Value::Instance(id) if matches!(self.heap.instances.get(id).payload, Value::Object(_)) => return false,
            Value::Instance(id) => self.instance_attribute(id, name),
            Value::None | Value::True | Value::False | Value::Int(_) | Value::Float(_) | Value::Str(_) => None,
            Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Set(_) => None,
            _ => return false,
        };
        let class = self.type_of(object);
        own.is_none()
            && name != names::DICT
            && !self.heap.types.get(class).flags.has(SpecialFlags::GETATTRIBUTE | SpecialFlags::GETATTR)
            && self.type_lookup(class, name).is_none()
    }

    /// AttributeError for a missing attribute, worded as CPython does.
    #[cold]
    pub(crate) fn no_attribute(&mut self, object: Value, name: Id<Str>) -> Fault {
        let text = self.heap.str(name).to_owned();
        let message = match object {
            Value::Type(id) => format!("type object '{}' has no attribute '{text}'", self.type_full_name(id)),
            Value::Module(id) => {
                let module = match self.heap.modules.get(id).name {
                    Value::Str(module) => self.heap.str(module).to_owned(),
                    _ => "?".to_owned(),
                };
                format!("module '{module}' has no attribute '{text}'")
            }
            _ => format!("'{}' object has no attribute '{text}'", self.type_name(object)),
        };
        self.attribute_error(object, name, &message)
    }
}
