//! Storing and deleting attributes, and the storage of instances: the slots of a shape, or a dict.

use smallvec::{SmallVec, smallvec};

use crate::fault::Fault;
use crate::machine::{Machine, OnReturn, PendingCall};
use crate::names;
use crate::objects::{Dict, Instance, NO_SHAPE, Object, SpecialFlags, Str, TypeObject};
use crate::types;
use crate::value::{Id, Value};

use super::descriptors::Descriptor;

impl Machine {
    /// `object.name = value`.
    pub(crate) fn set_attribute(&mut self, object: Value, name: Id<Str>, value: Value) -> Result<(), Fault> {
        let class = self.type_of(object);
        if self.heap.types.get(class).flags.has(SpecialFlags::SETATTR)
            && let Some(hook) = self.type_lookup(class, names::SETATTR)
        {
            self.pending = PendingCall {
                callable: hook,
                args: smallvec![object, Value::Str(name), value],
                on_return: OnReturn::Discard,
                ..PendingCall::default()
            };
            return Err(Fault::Call);
        }
        self.generic_set_attribute(object, class, name, value)
    }

    /// `del object.name`.
    pub(crate) fn delete_attribute(&mut self, object: Value, name: Id<Str>) -> Result<(), Fault> {
        let class = self.type_of(object);
        if self.heap.types.get(class).flags.has(SpecialFlags::DELATTR)
            && let Some(hook) = self.type_lookup(class, names::DELATTR)
        {
            self.pending = PendingCall {
                callable: hook,
                args: smallvec![object, Value::Str(name)],
                on_return: OnReturn::Discard,
                ..PendingCall::default()
            };
            return Err(Fault::Call);
        }
        self.generic_set_attribute(object, class, name, Value::Undef)
    }

    /// `object.__setattr__` (or with `Undef` `__delattr__`) as `object` and `type` define it.
    pub(crate) fn generic_set_attribute(
        &mut self,
        object: Value,
        class: Id<TypeObject>,
        name: Id<Str>,
        value: Value,
    ) -> Result<(), Fault> {
        let found = self.type_lookup(class, name);
        if let Some(attribute) = found
            && matches!(self.descriptor_kind(attribute), Descriptor::Data)
        {
            return self.set_through_descriptor(attribute, object, name, value);
        }
        match object {
            Value::Instance(id) if name == names::DICT => self.replace_dict(id, value),
            Value::Instance(id) => self.set_instance_attribute(id, class, name, value, found.is_some()),
            Value::Type(id) => {
                if self.heap.types.is_base(id) {
                    let (text, type_name) = (self.heap.str(name).to_owned(), self.type_full_name(id));
                    return Err(
                        self.type_error(format!("cannot set '{text}' attribute of immutable type '{type_name}'"))
                    );
                }
                if !self.set_type_attribute(id, name, value)? {
                    return Err(self.no_attribute(object, name));
                }
                Ok(())
            }
            Value::Module(_) if name == names::DICT => Err(self.raise(types::ATTRIBUTE_ERROR, "readonly attribute")),
            Value::Module(id) => {
                let namespace = self.heap.modules.get(id).namespace;
                self.set_in_namespace(object, namespace, name, value)
            }
            Value::Function(id) => {
                let Some(function) = self.heap.functions.get_mut(id) else {
                    return Err(self.no_attribute(object, name));
                };
                let namespace = match function.extras_mut().namespace {
                    Value::Dict(dict) => dict,
                    _ => {
                        let Value::Dict(dict) = self.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
                        if let Some(function) = self.heap.functions.get_mut(id) {
                            function.extras_mut().namespace = Value::Dict(dict);
                        }
                        dict
                    }
                };
                self.set_in_namespace(object, namespace, name, value)
            }
            Value::Object(id)
                if matches!(self.heap.objects.get(id), Object::ClassMethod { .. } | Object::StaticMethod { .. }) =>
            {
                let namespace = self.method_wrapper_namespace(id)?;
                self.set_in_namespace(object, namespace, name, value)
            }
            _ => Err(self.cannot_set(object, name, found.is_some())),
        }
    }

    #[cold]
    pub(super) fn cannot_set(&mut self, object: Value, name: Id<Str>, exists: bool) -> Fault {
        let (text, type_name) = (self.heap.str(name).to_owned(), self.type_name(object));
        let message = if exists {
            format!("'{type_name}' object attribute '{text}' is read-only")
        } else {
            format!("'{type_name}' object has no attribute '{text}' and no __dict__ for setting new attributes")
        };
        self.attribute_error(object, name, &message)
    }

    fn set_in_namespace(
        &mut self,
        object: Value,
        namespace: Id<Dict>,
        name: Id<Str>,
        value: Value,
    ) -> Result<(), Fault> {
        if value.is_undef() {
            return match self.dict_remove(namespace, Value::Str(name))? {
                Some(_) => Ok(()),
                None => Err(self.no_attribute(object, name)),
            };
        }
        self.dict_set_str(namespace, name, value)
    }

    fn set_instance_attribute(
        &mut self,
        id: Id<Instance>,
        class: Id<TypeObject>,
        name: Id<Str>,
        value: Value,
        on_class: bool,
    ) -> Result<(), Fault> {
        let no_dict = self.heap.types.get(class).flags.has(SpecialFlags::NO_DICT);
        if no_dict {
            return Err(if value.is_undef() && !on_class {
                self.no_attribute(Value::Instance(id), name)
            } else {
                self.cannot_set(Value::Instance(id), name, on_class)
            });
        }
        self.store_in_instance(id, name, value)
    }

    /// Puts (or with `Undef` removes) an attribute in the instance's own storage.
    pub(crate) fn store_in_instance(&mut self, id: Id<Instance>, name: Id<Str>, value: Value) -> Result<(), Fault> {
        let name = self.heap.intern_str(name)?;
        let instance = self.heap.instances.get(id);
        if let Some(dict) = instance.dict {
            return self.set_in_namespace(Value::Instance(id), dict, name, value);
        }
        let (shape, length) = (instance.shape, instance.slots.len());
        let position = self.heap.shapes.get(shape).and_then(|shape| shape.position(name));
        match (position, value) {
            (None, Value::Undef) => Err(self.no_attribute(Value::Instance(id), name)),
            (Some(_), Value::Undef) => {
                let dict = self.instance_dict(id)?;
                self.set_in_namespace(Value::Instance(id), dict, name, value)
            }
            (Some(position), value) => {
                if let Some(slot) = self.heap.instances.slot(id).slots.get_mut(position) {
                    *slot = value;
                }
                Ok(())
            }
            (None, value) => {
                self.reserve_shape(length + 1)?;
                match self.heap.shapes.add_name(shape, name) {
                    Some((next, made)) => {
                        if !made {
                            self.heap.release(crate::objects::ShapeTable::bytes_of(length + 1));
                        }
                        let slots = &self.heap.instances.get(id).slots;
                        if slots.len() == slots.capacity() {
                            self.heap.reserve((slots.capacity() + 4) * size_of::<Value>())?;
                        }
                        let instance = self.heap.instances.slot(id);
                        instance.slots.push(value);
                        instance.shape = next;
                        Ok(())
                    }
                    None => {
                        let dict = self.instance_dict(id)?;
                        self.dict_set_str(dict, name, value)
                    }
                }
            }
        }
    }

    /// `instance.__dict__ = mapping`
    pub(crate) fn replace_dict(&mut self, id: Id<Instance>, value: Value) -> Result<(), Fault> {
        let class = self.heap.instances.get(id).class;
        if self.heap.types.get(class).flags.has(SpecialFlags::NO_DICT) {
            return Err(self.no_attribute(Value::Instance(id), names::DICT));
        }
        if self.heap.types.get(class).layout == crate::objects::Layout::Module {
            return Err(self.raise(types::ATTRIBUTE_ERROR, "readonly attribute"));
        }
        let dict = match (value, self.unwrap(value)) {
            (_, Value::Dict(dict)) => dict,
            (Value::Undef, _) => match self.heap.new_dict(Dict::default())? {
                Value::Dict(dict) => dict,
                _ => return Err(Fault::Halt),
            },
            _ => {
                let found = self.type_name(value);
                return Err(self.type_error(format!("__dict__ must be set to a dictionary, not a '{found}'")));
            }
        };
        self.instance_dict(id)?;
        self.heap.instances.slot(id).dict = Some(dict);
        Ok(())
    }

    /// The dict of an instance, made from its slots on first use; from then on its attributes are there.
    pub(crate) fn instance_dict(&mut self, id: Id<Instance>) -> Result<Id<Dict>, Fault> {
        let instance = self.heap.instances.get(id);
        if let Some(dict) = instance.dict {
            return Ok(dict);
        }
        let names: Vec<Id<Str>> =
            self.heap.shapes.get(instance.shape).map(|shape| shape.names.clone()).unwrap_or_default();
        let values = instance.slots.clone();
        let Value::Dict(dict) = self.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
        let mut members = SmallVec::new();
        for (name, value) in names.into_iter().zip(values) {
            match self.member_position(id, name) {
                Some(at) => {
                    members.resize(members.len().max(at + 1), Value::Undef);
                    if let Some(slot) = members.get_mut(at) {
                        *slot = value;
                    }
                }
                None => self.dict_set_str(dict, name, value)?,
            }
        }
        let instance = self.heap.instances.slot(id);
        instance.slots = members;
        instance.shape = NO_SHAPE;
        instance.dict = Some(dict);
        Ok(dict)
    }
}
