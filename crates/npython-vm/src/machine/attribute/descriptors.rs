//! Descriptors (Data Model 3.3.2.3): what an attribute found on a class does when it is read or stored through an object.

use smallvec::{SmallVec, smallvec};

use crate::fault::Fault;
use crate::machine::{Machine, OnReturn, PendingCall};
use crate::names;
use crate::native::NativeKind;
use crate::objects::{Instance, Object, SpecialFlags, Str, TypeObject};
use crate::types;
use crate::types::tuple_getter;
use crate::value::{Id, Value};

/// How an attribute found on a class behaves.
pub(super) enum Descriptor {
    /// Overrides the instance's own attributes.
    Data,
    /// Yields to them.
    NonData,
    Plain,
}

impl Machine {
    /// How an attribute found on a class behaves, by the methods of its type.
    pub(super) fn descriptor_kind(&self, attribute: Value) -> Descriptor {
        match attribute {
            Value::Function(_) | Value::Host(_) => Descriptor::NonData,
            Value::Native(id) => match self.base.natives[id.index()].def.kind {
                NativeKind::Getter | NativeKind::Setter => Descriptor::Data,
                NativeKind::Method | NativeKind::Wrapper | NativeKind::ClassMethod => Descriptor::NonData,
                _ => Descriptor::Plain,
            },
            Value::Object(id) => match self.heap.objects.get(id) {
                Object::Property { .. } | Object::Member { .. } | Object::GetSet { .. } => Descriptor::Data,
                Object::State { class, .. } if *class == types::TUPLE_GETTER => Descriptor::Data,
                Object::ClassMethod { .. }
                | Object::StaticMethod { .. }
                | Object::Super { .. }
                | Object::CachedFunction(_) => Descriptor::NonData,
                _ => Descriptor::Plain,
            },
            Value::Instance(id) => {
                let instance = self.heap.instances.get(id);
                let class = self.heap.types.get(instance.class);
                if class.flags.has(SpecialFlags::DESCRIPTOR_SET | SpecialFlags::DESCRIPTOR_DELETE) {
                    Descriptor::Data
                } else if class.flags.has(SpecialFlags::DESCRIPTOR_GET) {
                    Descriptor::NonData
                } else {
                    match instance.payload {
                        Value::Object(_) => self.descriptor_kind(instance.payload),
                        _ => Descriptor::Plain,
                    }
                }
            }
            _ => Descriptor::Plain,
        }
    }

    /// Whether reading an attribute asks this descriptor before the instance: one without `__get__` only hears of writes.
    pub(super) fn reads_before_instance(&self, attribute: Value) -> bool {
        if !matches!(self.descriptor_kind(attribute), Descriptor::Data) {
            return false;
        }
        match attribute {
            Value::Instance(id) => {
                let instance = self.heap.instances.get(id);
                self.heap.types.get(instance.class).flags.has(SpecialFlags::DESCRIPTOR_GET)
                    || matches!(instance.payload, Value::Object(_))
            }
            _ => true,
        }
    }

    /// `attribute.__get__(object, class)`; `object` is `Undef` for access through the class.
    pub(crate) fn bind(&mut self, attribute: Value, object: Value, class: Id<TypeObject>) -> Result<Value, Fault> {
        match attribute {
            Value::Function(_) | Value::Host(_) if object.is_undef() => Ok(attribute),
            Value::Function(_) => self.heap.new_bound_method(attribute, object),
            Value::Native(id) => match self.base.natives[id.index()].def.kind {
                NativeKind::ClassMethod => self.heap.new_bound_method(attribute, Value::Type(class)),
                NativeKind::Getter if !object.is_undef() => (self.base.natives[id.index()].def.call)(self, &[object]),
                NativeKind::Method | NativeKind::Wrapper if !object.is_undef() => {
                    self.heap.new_bound_method(attribute, object)
                }
                _ => Ok(attribute),
            },
            Value::Object(id) => self.bind_object(attribute, id, object, class),
            Value::Instance(id) => {
                let instance = self.heap.instances.get(id);
                if self.heap.types.get(instance.class).flags.has(SpecialFlags::DESCRIPTOR_GET) {
                    let getter = self.type_lookup(instance.class, names::GET).unwrap_or(Value::None);
                    let receiver = if object.is_undef() { Value::None } else { object };
                    self.pending = PendingCall {
                        callable: getter,
                        args: smallvec![attribute, receiver, Value::Type(class)],
                        ..PendingCall::default()
                    };
                    return Err(Fault::Call);
                }
                match instance.payload {
                    Value::Object(inner) => match self.bind_object(attribute, inner, object, class) {
                        Ok(value) if value == instance_payload(self, id) => Ok(attribute),
                        other => other,
                    },
                    _ => Ok(attribute),
                }
            }
            other => Ok(other),
        }
    }

    fn bind_object(
        &mut self,
        attribute: Value,
        id: Id<Object>,
        object: Value,
        class: Id<TypeObject>,
    ) -> Result<Value, Fault> {
        match *self.heap.objects.get(id) {
            Object::Property { getter, name, .. } => {
                if object.is_undef() {
                    return Ok(attribute);
                }
                if getter.is_none() {
                    return Err(self.property_error(name, object, "getter"));
                }
                self.pending = PendingCall { callable: getter, args: smallvec![object], ..PendingCall::default() };
                Err(Fault::Call)
            }
            Object::ClassMethod { function, .. } => match function {
                Value::Function(_) | Value::Native(_) | Value::Host(_) | Value::BoundMethod(_) => {
                    self.heap.new_bound_method(function, Value::Type(class))
                }
                other if self.special(other, names::GET).is_some() => self.bind(other, Value::Type(class), types::TYPE),
                other => self.heap.new_bound_method(other, Value::Type(class)),
            },
            Object::StaticMethod { function, .. } => Ok(function),
            Object::CachedFunction(_) if !object.is_undef() => self.heap.new_bound_method(attribute, object),
            Object::Super { class: behind, receiver: Value::Undef, .. } if !object.is_undef() => {
                let kind = self.type_of(attribute);
                self.new_super(kind, Value::Type(behind), object)
            }
            Object::Member { name, class: owner } => {
                if object.is_undef() {
                    return Ok(attribute);
                }
                let Value::Str(name) = name else { return Ok(attribute) };
                if !self.is_instance_of_type(object, owner) {
                    let (slot, owner, found) =
                        (self.heap.str(name).to_owned(), self.class_name(owner), self.type_name(object));
                    return Err(self.type_error(format!(
                        "descriptor '{slot}' for '{owner}' objects doesn't apply to a '{found}' object"
                    )));
                }
                match self.member_value(object, name) {
                    Some(value) => Ok(value),
                    None => Err(self.no_attribute(object, name)),
                }
            }
            Object::State { .. } if !object.is_undef() => match tuple_getter::field_index(self, id) {
                Some(index) => tuple_getter::field(self, index, object),
                None => Ok(attribute),
            },
            Object::GetSet { class: owner, name: Value::Str(part) } if !object.is_undef() => {
                self.read_instance_part(owner, part, object)
            }
            _ => Ok(attribute),
        }
    }

    /// AttributeError for a property without a getter, setter or deleter: `what`.
    #[cold]
    pub(crate) fn property_error(&mut self, name: Value, object: Value, what: &str) -> Fault {
        let class = self.type_qualname(self.type_of(object));
        match name {
            Value::Str(name) => {
                let text = self.heap.str(name).to_owned();
                self.attribute_error(object, name, &format!("property '{text}' of '{class}' object has no {what}"))
            }
            _ => self.raise(types::ATTRIBUTE_ERROR, &format!("property of '{class}' object has no {what}")),
        }
    }

    /// `attribute.__set__(object, value)`, or with `Undef` `attribute.__delete__(object)`.
    pub(crate) fn set_through_descriptor(
        &mut self,
        attribute: Value,
        object: Value,
        name: Id<Str>,
        value: Value,
    ) -> Result<(), Fault> {
        match attribute {
            Value::Native(id) => match self.base.setters.get(&id.index()) {
                Some(setter) => (self.base.natives[setter.index()].def.call)(self, &[object, value]).map(|_| ()),
                None => {
                    let (text, owner) = (self.heap.str(name).to_owned(), self.type_name(object));
                    if crate::types::descriptor::is_native_member(self, id) {
                        return Err(self.raise(types::ATTRIBUTE_ERROR, "readonly attribute"));
                    }
                    let message = format!("attribute '{text}' of '{owner}' objects is not writable");
                    Err(self.attribute_error(object, name, &message))
                }
            },
            Value::Object(id) => self.set_through_object(id, object, name, value),
            Value::Instance(id) => {
                let class = self.heap.instances.get(id).class;
                let (method, args): (Id<Str>, SmallVec<[Value; 4]>) = if value.is_undef() {
                    (names::DELETE, smallvec![attribute, object])
                } else {
                    (names::SET, smallvec![attribute, object, value])
                };
                match (self.type_lookup(class, method), self.heap.instances.get(id).payload) {
                    (Some(callable), _) if !matches!(callable, Value::Native(_)) => {
                        self.pending =
                            PendingCall { callable, args, on_return: OnReturn::Discard, ..PendingCall::default() };
                        Err(Fault::Call)
                    }
                    (_, Value::Object(inner)) => self.set_through_object(inner, object, name, value),
                    _ => {
                        let text = self.heap.str(method).to_owned();
                        Err(self.raise(types::ATTRIBUTE_ERROR, &text))
                    }
                }
            }
            _ => Err(self.cannot_set(object, name, true)),
        }
    }

    fn set_through_object(&mut self, id: Id<Object>, object: Value, name: Id<Str>, value: Value) -> Result<(), Fault> {
        match *self.heap.objects.get(id) {
            Object::Property { setter, deleter, name: property_name, .. } => {
                let (callable, what) = if value.is_undef() { (deleter, "deleter") } else { (setter, "setter") };
                if callable.is_none() {
                    return Err(self.property_error(property_name, object, what));
                }
                let args = if value.is_undef() { smallvec![object] } else { smallvec![object, value] };
                self.pending = PendingCall { callable, args, on_return: OnReturn::Discard, ..PendingCall::default() };
                Err(Fault::Call)
            }
            Object::State { class, .. } if class == types::TUPLE_GETTER => {
                let what = if value.is_undef() { "delete" } else { "set" };
                Err(self.raise(types::ATTRIBUTE_ERROR, &format!("can't {what} attribute")))
            }
            Object::GetSet { class: owner, name: Value::Str(part) } => {
                self.write_instance_part(owner, part, object, value)
            }
            Object::Member { name: member, .. } => match (object, member) {
                (Value::Instance(instance), Value::Str(member)) => self.store_member(instance, member, value),
                _ => Err(self.cannot_set(object, name, true)),
            },
            _ => Err(self.cannot_set(object, name, true)),
        }
    }
}

fn instance_payload(machine: &Machine, id: Id<Instance>) -> Value {
    machine.heap.instances.get(id).payload
}
