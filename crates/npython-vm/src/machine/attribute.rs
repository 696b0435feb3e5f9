//! Attribute access (Data Model 3.3.2) and the names of globals and class bodies.

use smallvec::{SmallVec, smallvec};

use crate::fault::Fault;
use crate::names;
use crate::native::NativeKind;
use crate::objects::{Dict, Instance, NO_SHAPE, Object, SpecialFlags, Str, TypeObject};
use crate::types;
use crate::value::{Id, Value};

use super::link::SiteKind;
use super::{Machine, OnReturn, PendingCall};

/// How an attribute found on a class behaves.
enum Descriptor {
    /// Overrides the instance's own attributes.
    Data,
    /// Yields to them.
    NonData,
    Plain,
}

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

    fn descriptor_kind(&self, attribute: Value) -> Descriptor {
        match attribute {
            Value::Function(_) | Value::Host(_) => Descriptor::NonData,
            Value::Native(id) => match self.base.natives[id.index()].def.kind {
                NativeKind::Getter | NativeKind::Setter => Descriptor::Data,
                NativeKind::Method | NativeKind::Wrapper | NativeKind::ClassMethod => Descriptor::NonData,
                _ => Descriptor::Plain,
            },
            Value::Object(id) => match self.heap.objects.get(id) {
                Object::Property { .. } | Object::Member { .. } | Object::GetSet { .. } => Descriptor::Data,
                Object::ClassMethod { .. } | Object::StaticMethod { .. } | Object::Super { .. } => Descriptor::NonData,
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
    fn reads_before_instance(&self, attribute: Value) -> bool {
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
            Object::GetSet { class: owner, name: Value::Str(part) } if !object.is_undef() => {
                self.read_instance_part(owner, part, object)
            }
            _ => Ok(attribute),
        }
    }

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

    /// `__qualname__` of a type.
    pub(crate) fn type_qualname(&self, class: Id<TypeObject>) -> String {
        match self.heap.types.get(class).qualname {
            Value::Str(name) => self.heap.str(name).to_owned(),
            _ => self.class_name(class),
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

    /// AttributeError for a missing attribute, worded as CPython does.
    #[cold]
    pub(crate) fn no_attribute(&mut self, object: Value, name: Id<Str>) -> Fault {
        let text = self.heap.str(name).to_owned();
        let message = match object {
            Value::Type(id) => format!("type object '{}' has no attribute '{text}'", self.class_name(id)),
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

    /// `object.name` at a site, which learns how.
    #[cold]
    pub(crate) fn load_attribute_site(&mut self, object: Value, index: u32) -> Result<Value, Fault> {
        let name = self.segment.attribute_sites[index as usize].name;
        if self.options.quicken {
            self.learn_load(object, index, name);
        }
        self.get_attribute(object, name)
    }

    fn learn_load(&mut self, object: Value, index: u32, name: Id<Str>) {
        let mut site = self.segment.attribute_sites[index as usize];
        site.kind = SiteKind::Unknown;
        match object {
            Value::Instance(id) => {
                let instance = self.heap.instances.get(id);
                let class = self.heap.types.get(instance.class);
                if instance.shape == NO_SHAPE || class.flags.has(SpecialFlags::GETATTRIBUTE) {
                    return;
                }
                (site.shape, site.version) = (instance.shape, class.version);
                let found = self.type_lookup(instance.class, name);
                let position = self.heap.shapes.get(instance.shape).and_then(|shape| shape.position(name));
                let member = matches!(found, Some(Value::Object(object)) if matches!(self.heap.objects.get(object), Object::Member { .. }));
                match (position, found.map(|found| (found, self.descriptor_kind(found)))) {
                    (Some(position), None | Some((_, Descriptor::NonData | Descriptor::Plain))) => {
                        (site.kind, site.position) = (SiteKind::Slot, position as u32);
                    }
                    (Some(position), Some((_, Descriptor::Data))) if member => {
                        (site.kind, site.position) = (SiteKind::Slot, position as u32);
                    }
                    (None, Some((value, Descriptor::Plain))) => (site.kind, site.value) = (SiteKind::ClassValue, value),
                    (None, Some((value, _)))
                        if name == names::CLASS && self.type_lookup(types::OBJECT, name) == Some(value) =>
                    {
                        (site.kind, site.value) = (SiteKind::ClassValue, Value::Type(instance.class));
                    }
                    _ => return,
                }
            }
            Value::Type(id) => {
                let object = self.heap.types.get(id);
                if self.type_lookup(object.metaclass, name).is_some() || object.metaclass != types::TYPE {
                    return;
                }
                match self.type_lookup(id, name) {
                    Some(value)
                        if matches!(value, Value::Function(_))
                            || matches!(self.descriptor_kind(value), Descriptor::Plain) =>
                    {
                        (site.kind, site.version, site.value) = (SiteKind::TypeAttribute, object.version, value);
                    }
                    _ => return,
                }
            }
            Value::Module(id) => {
                let namespace = self.heap.modules.get(id).namespace;
                match self.find_str_position(namespace, name) {
                    Some(position) => (site.kind, site.position) = (SiteKind::ModuleEntry, position as u32),
                    None => return,
                }
            }
            _ => return,
        }
        self.learn_site(index, site);
    }

    /// `object.name` about to be called: the callable and its receiver (`Undef` if it needs none).
    #[cold]
    pub(crate) fn load_method_site(&mut self, object: Value, index: u32) -> Result<(Value, Value), Fault> {
        let name = self.segment.attribute_sites[index as usize].name;
        let class = self.type_of(object);
        let object_type = self.heap.types.get(class);
        if object_type.flags.has(SpecialFlags::GETATTRIBUTE)
            || matches!(object, Value::Type(_) | Value::Module(_) | Value::Object(_))
        {
            return self.get_attribute(object, name).map(|value| (value, Value::Undef));
        }
        let version = object_type.version;
        let found = self.type_lookup(class, name);
        let is_method = match found {
            Some(Value::Function(_)) => true,
            Some(Value::Native(id)) => {
                matches!(self.base.natives[id.index()].def.kind, NativeKind::Method | NativeKind::Wrapper)
            }
            _ => false,
        };
        if let (true, Some(function)) = (is_method, found)
            && self.own_instance_attribute(object, name).is_none()
        {
            if self.options.quicken {
                let mut site = self.segment.attribute_sites[index as usize];
                match object {
                    Value::Instance(id) if self.heap.instances.get(id).shape != NO_SHAPE => {
                        (site.kind, site.shape, site.version) =
                            (SiteKind::Method, self.heap.instances.get(id).shape, version);
                    }
                    Value::Instance(_) | Value::Function(_) => return Ok((function, object)),
                    _ => (site.kind, site.version) = (SiteKind::NativeMethod, version),
                }
                site.value = function;
                self.learn_site(index, site);
            }
            return Ok((function, object));
        }
        self.get_attribute(object, name).map(|value| (value, Value::Undef))
    }

    /// `object.name = value` at a site, which learns how.
    #[cold]
    pub(crate) fn store_attribute_site(&mut self, object: Value, index: u32, value: Value) -> Result<(), Fault> {
        let name = self.segment.attribute_sites[index as usize].name;
        let before = match object {
            Value::Instance(id) => self.heap.instances.get(id).shape,
            _ => NO_SHAPE,
        };
        self.set_attribute(object, name, value)?;
        let Value::Instance(id) = object else { return Ok(()) };
        let instance = self.heap.instances.get(id);
        let (class, after) = (self.heap.types.get(instance.class), instance.shape);
        if !self.options.quicken || before == NO_SHAPE || after == NO_SHAPE || class.flags.has(SpecialFlags::SETATTR) {
            return Ok(());
        }
        let version = class.version;
        let stored_in_slot = match self.type_lookup(instance.class, name) {
            None => true,
            Some(found) => {
                !matches!(self.descriptor_kind(found), Descriptor::Data)
                    || matches!(found, Value::Object(object) if matches!(self.heap.objects.get(object), Object::Member { .. }))
            }
        };
        let Some(position) = self.heap.shapes.get(after).and_then(|shape| shape.position(name)) else { return Ok(()) };
        if stored_in_slot {
            let mut site = self.segment.attribute_sites[index as usize];
            (site.shape, site.version) = (before, version);
            (site.kind, site.position) =
                if before == after { (SiteKind::Slot, position as u32) } else { (SiteKind::AddSlot, after) };
            self.learn_site(index, site);
        }
        Ok(())
    }

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
                    let (text, type_name) = (self.heap.str(name).to_owned(), self.class_name(id));
                    return Err(
                        self.type_error(format!("cannot set '{text}' attribute of immutable type '{type_name}'"))
                    );
                }
                if !self.set_type_attribute(id, name, value)? {
                    return Err(self.no_attribute(object, name));
                }
                Ok(())
            }
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
    fn cannot_set(&mut self, object: Value, name: Id<Str>, exists: bool) -> Fault {
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

    // Globals

    /// A global at a site, which learns where it is.
    #[cold]
    pub(crate) fn load_global(&mut self, index: u32) -> Result<Value, Fault> {
        let site = self.segment.global_sites[index as usize];
        let globals = self.frames.last().map_or(self.main_globals, |frame| frame.globals);
        match self.find_global(globals, site.name) {
            None | Some((_, None)) if let Some(own) = self.find_in_own_builtins(globals, site.name) => {
                own?.ok_or_else(|| self.name_not_defined(site.name))
            }
            Some((value, position)) => {
                if self.options.quicken {
                    let version = self.heap.dicts.get(globals).table.keys_version();
                    let site = &mut self.segment.global_sites[index as usize];
                    match position {
                        Some(position) => (site.position, site.builtin) = (position as u32, Value::Undef),
                        None => (site.version, site.builtin, site.position) = (version, value, u32::MAX),
                    }
                }
                Ok(value)
            }
            None => Err(self.name_not_defined(site.name)),
        }
    }

    /// Position of the entry with this name as its key.
    pub(crate) fn find_str_position(&self, dict: Id<Dict>, name: Id<Str>) -> Option<usize> {
        let hash = self.hash_of_str(name);
        let text = self.heap.str(name);
        let same = |key: &Value| match key {
            Value::Str(id) => *id == name || self.heap.str(*id) == text,
            _ => false,
        };
        self.heap.dicts.get(dict).table.find::<()>(hash, |key| Ok(same(key))).ok().flatten()
    }

    /// Looks in globals (with the position found), then builtins.
    pub(crate) fn find_global(&self, globals: Id<Dict>, name: Id<Str>) -> Option<(Value, Option<usize>)> {
        if let Some(position) = self.find_str_position(globals, name) {
            return self.heap.dicts.get(globals).table.entry(position).map(|entry| (entry.value, Some(position)));
        }
        self.find_builtin(name).map(|value| (value, None))
    }

    /// A name of the builtins; functions of the host come first.
    pub(crate) fn find_builtin(&self, name: Id<Str>) -> Option<Value> {
        let hash = self.hash_of_str(name);
        for table in [&self.builtins, &self.base.builtins] {
            if let Ok(Some(at)) = table.find::<()>(hash, |key| Ok(*key == Value::Str(name))) {
                return table.entry(at).map(|entry| entry.value);
            }
        }
        None
    }

    #[cold]
    pub(crate) fn name_not_defined(&mut self, name: Id<Str>) -> Fault {
        let text = self.heap.str(name).to_owned();
        self.name_error(types::NAME_ERROR, name, &format!("name '{text}' is not defined"))
    }

    #[cold]
    pub(crate) fn store_global(&mut self, index: u32, value: Value) -> Result<(), Fault> {
        let site = self.segment.global_sites[index as usize];
        let globals = self.frames.last().map_or(self.main_globals, |frame| frame.globals);
        self.dict_set_str(globals, site.name, value)?;
        if self.options.quicken
            && let Some(position) = self.find_str_position(globals, site.name)
        {
            self.segment.global_sites[index as usize].position = position as u32;
        }
        Ok(())
    }

    pub(crate) fn delete_global(&mut self, name: u32) -> Result<(), Fault> {
        let name = self.segment.names[name as usize];
        let globals = self.frames.last().map_or(self.main_globals, |frame| frame.globals);
        match self.dict_remove(globals, Value::Str(name))? {
            Some(_) => Ok(()),
            None => Err(self.name_not_defined(name)),
        }
    }

    // Class bodies and `exec` with separate locals

    fn namespace(&self) -> Value {
        self.frames.last().map_or(Value::Undef, |frame| frame.namespace)
    }

    /// The name in the locals mapping; `None` when it is not there. A guest mapping answers by a pending call.
    fn find_local_name(&mut self, name: Id<Str>) -> Result<Option<Value>, Fault> {
        match self.namespace() {
            Value::Dict(dict) => Ok(self.find_str(dict, name)),
            Value::Undef => Ok(None),
            mapping => {
                let getter = self.is_guest_special(mapping, names::GETITEM);
                let guest_missing = self.is_guest_special(mapping, names::MISSING);
                match (getter, self.unwrap(mapping)) {
                    (None, Value::Dict(dict)) if guest_missing.is_none() => Ok(self.find_str(dict, name)),
                    _ => {
                        let fault = self.prelude_call("_namespace_lookup", &[mapping, Value::Str(name)]);
                        self.pending.keep = smallvec![Value::Str(name)];
                        self.pending.on_return = OnReturn::NamespaceLookup;
                        Err(fault)
                    }
                }
            }
        }
    }

    pub(crate) fn load_name(&mut self, site: u32) -> Result<Value, Fault> {
        let name = self.segment.global_sites[site as usize].name;
        if let Some(value) = self.find_local_name(name)? {
            return Ok(value);
        }
        self.load_global_by_name(name)
    }

    /// A global or builtin, else NameError.
    pub(crate) fn load_global_by_name(&mut self, name: Id<Str>) -> Result<Value, Fault> {
        let globals = self.frames.last().map_or(self.main_globals, |frame| frame.globals);
        match self.find_global(globals, name) {
            None | Some((_, None)) if let Some(own) = self.find_in_own_builtins(globals, name) => {
                own?.ok_or_else(|| self.name_not_defined(name))
            }
            Some((value, _)) => Ok(value),
            None => Err(self.name_not_defined(name)),
        }
    }

    pub(crate) fn store_name(&mut self, name: u32, value: Value) -> Result<(), Fault> {
        let name = self.segment.names[name as usize];
        match self.namespace() {
            Value::Dict(dict) => self.dict_set_str(dict, name, value),
            Value::Undef => {
                let globals = self.frames.last().map_or(self.main_globals, |frame| frame.globals);
                self.dict_set_str(globals, name, value)
            }
            mapping => self.store_subscript(mapping, Value::Str(name), value),
        }
    }

    pub(crate) fn delete_name(&mut self, name: u32) -> Result<(), Fault> {
        let name = self.segment.names[name as usize];
        match self.namespace() {
            Value::Dict(dict) => match self.dict_remove(dict, Value::Str(name))? {
                Some(_) => Ok(()),
                None => Err(self.name_not_defined(name)),
            },
            Value::Undef => {
                let globals = self.frames.last().map_or(self.main_globals, |frame| frame.globals);
                match self.dict_remove(globals, Value::Str(name))? {
                    Some(_) => Ok(()),
                    None => Err(self.name_not_defined(name)),
                }
            }
            mapping => self.delete_subscript(mapping, Value::Str(name)),
        }
    }

    fn slot_name(&mut self, slot: u32) -> Result<Id<Str>, Fault> {
        let code = self.frames.last().map_or(0, |frame| frame.code);
        let code = self.code(code).clone();
        let locals = code.local_names.len();
        let slot = slot as usize;
        let name = if slot < locals { code.local_names.get(slot) } else { code.free_names.get(slot - locals) };
        match name {
            Some(name) => self.heap.intern(name),
            None => Err(self.engine_fault("a slot without name".to_owned())),
        }
    }

    pub(crate) fn load_from_class_or_cell(&mut self, slot: u32, cell: Value) -> Result<Value, Fault> {
        let name = self.slot_name(slot)?;
        match self.find_local_name(name)? {
            Some(value) => Ok(value),
            None => self.cell_content(slot, cell),
        }
    }

    pub(crate) fn load_from_mapping_or_cell(&mut self, mapping: Value, slot: u32, cell: Value) -> Result<Value, Fault> {
        let name = self.slot_name(slot)?;
        match self.find_in_class_scope(mapping, name) {
            Some(value) => Ok(value),
            None => self.cell_content(slot, cell),
        }
    }

    pub(crate) fn load_from_mapping_or_global(&mut self, mapping: Value, site: u32) -> Result<Value, Fault> {
        let name = self.segment.global_sites[site as usize].name;
        match self.find_in_class_scope(mapping, name) {
            Some(value) => Ok(value),
            None => self.load_global_by_name(name),
        }
    }

    /// A name of a class body: of the namespace while the body runs, of the class when it is there.
    fn find_in_class_scope(&self, scope: Value, name: Id<Str>) -> Option<Value> {
        match self.unwrap(scope) {
            Value::Dict(dict) => self.find_str(dict, name),
            Value::Object(id) => match *self.heap.objects.get(id) {
                Object::TypeProxy { class } => self.own_attribute(class, name),
                _ => None,
            },
            _ => None,
        }
    }

    fn cell_content(&mut self, slot: u32, cell: Value) -> Result<Value, Fault> {
        match cell {
            Value::Cell(id) if !self.heap.cells.get(id).content.is_undef() => Ok(self.heap.cells.get(id).content),
            _ => Err(self.unbound_cell(slot)),
        }
    }

    #[cold]
    pub(crate) fn unbound_local(&mut self, slot: u32) -> Fault {
        let name = match self.slot_name(slot) {
            Ok(name) => name,
            Err(fault) => return fault,
        };
        let text = self.heap.str(name).to_owned();
        let code = self.frames.last().map_or(0, |frame| frame.code);
        if text == "__class__" && !self.code(code).flags.has(npython_bytecode::CodeFlags::FUNCTION) {
            // A comprehension of a class body asks for the class before there is one.
            return self.name_not_defined(name);
        }
        let message = format!("cannot access local variable '{text}' where it is not associated with a value");
        self.name_error(types::UNBOUND_LOCAL_ERROR, name, &message)
    }

    #[cold]
    pub(crate) fn unbound_cell(&mut self, slot: u32) -> Fault {
        let code = self.frames.last().map_or(0, |frame| frame.code);
        if (slot as usize) < self.code(code).local_names.len() {
            return self.unbound_local(slot);
        }
        let name = match self.slot_name(slot) {
            Ok(name) => name,
            Err(fault) => return fault,
        };
        let text = self.heap.str(name).to_owned();
        let message =
            format!("cannot access free variable '{text}' where it is not associated with a value in enclosing scope");
        self.name_error(types::NAME_ERROR, name, &message)
    }

    /// The locals mapping of the running frame: a class or `exec` namespace, the globals of a module, or a new dict of a
    /// function's variables.
    pub(crate) fn locals_mapping(&mut self, stack: &[Value]) -> Result<Value, Fault> {
        // Frames of the prelude are not the guest's.
        let Some(frame) = self.frames.iter().rev().find(|frame| !self.code(frame.code).source.internal).copied() else {
            return Ok(Value::Dict(self.main_globals));
        };
        let code = self.code(frame.code).clone();
        self.charge_items(code.slot_count())?;
        let slots = stack.get(frame.base as usize..).unwrap_or(&[]);
        // Outside of functions only the variables of comprehensions, while these run, have slots.
        let comprehends =
            || code.local_names.iter().zip(slots).any(|(name, value)| !value.is_undef() && is_identifier(name));
        if !code.flags.has(npython_bytecode::CodeFlags::FUNCTION) && !comprehends() {
            return Ok(if frame.namespace.is_undef() { Value::Dict(frame.globals) } else { frame.namespace });
        }
        let mut shared = vec![false; code.slot_count()];
        let free = code.local_names.len()..code.slot_count();
        for slot in crate::types::code::cell_slots(&code).chain(free) {
            if let Some(shared) = shared.get_mut(slot) {
                *shared = true;
            }
        }
        let Value::Dict(dict) = self.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
        for ((slot, name), shared) in code.local_names.iter().chain(&code.free_names).enumerate().zip(shared) {
            let mut value = stack.get(frame.base as usize + slot).copied().unwrap_or(Value::Undef);
            if let Value::Cell(id) = value
                && shared
            {
                value = self.heap.cells.get(id).content;
            }
            if !value.is_undef() && is_identifier(name) {
                let name = self.heap.intern(name)?;
                self.dict_set_str(dict, name, value)?;
            }
        }
        Ok(Value::Dict(dict))
    }

    pub(crate) fn setup_annotations(&mut self) -> Result<(), Fault> {
        let (namespace, globals) =
            self.frames.last().map_or((Value::Undef, self.main_globals), |frame| (frame.namespace, frame.globals));
        let dict = match namespace {
            Value::Undef => globals,
            Value::Dict(dict) => dict,
            mapping => return Err(self.prelude_call("_set_up_annotations", &[mapping])),
        };
        if self.find_str(dict, names::ANNOTATIONS).is_none() {
            let annotations = self.heap.new_dict(Dict::default())?;
            self.dict_set_str(dict, names::ANNOTATIONS, annotations)?;
        }
        Ok(())
    }
}

/// Whether a slot is a variable's, not one of the compiler's own.
fn is_identifier(name: &str) -> bool {
    !name.starts_with('.') && !matches!(name, "__class__" | "__classdict__")
}

fn instance_payload(machine: &Machine, id: Id<Instance>) -> Value {
    machine.heap.instances.get(id).payload
}
