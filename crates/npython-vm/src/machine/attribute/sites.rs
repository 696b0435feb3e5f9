//! Attribute accesses that learn: what the inline cache of a site is to know the next time.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::machine::link::SiteKind;
use crate::names;
use crate::native::NativeKind;
use crate::objects::{NO_SHAPE, Object, SpecialFlags, Str};
use crate::types;
use crate::types::tuple_getter;
use crate::value::{Id, Value};

use super::descriptors::Descriptor;

impl Machine {
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
                    (None, Some((Value::Object(field), Descriptor::Data)))
                        if let Some(index) = tuple_getter::field_index(self, field) =>
                    {
                        (site.kind, site.position) = (SiteKind::TupleItem, index as u32);
                    }
                    (_, Some((Value::Object(property), Descriptor::Data)))
                        if matches!(self.heap.objects.get(property), Object::Property { .. })
                            && !class.flags.has(SpecialFlags::GETATTR) =>
                    {
                        (site.kind, site.value) = (SiteKind::Property, Value::Object(property));
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
                match self.position_of_str(namespace, name) {
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
            || matches!(object, Value::Type(_) | Value::Module(_))
            || matches!(object, Value::Object(id) if self.heap.deque(id).is_none())
        {
            if self.options.quicken {
                self.learn_load(object, index, name);
            }
            return self.get_attribute(object, name).map(|value| (value, Value::Undef));
        }
        let version = object_type.version;
        let found = self.type_lookup(class, name);
        let is_method = match found {
            Some(Value::Function(_)) => true,
            Some(Value::Native(id)) => {
                matches!(self.base.natives[id.index()].def.kind, NativeKind::Method | NativeKind::Wrapper)
            }
            Some(other) => self.cached_function(other).is_some(),
            None => false,
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
        if let Value::Instance(id) = object
            && self.options.quicken
            && self.instance_attribute(id, name).is_some()
        {
            self.learn_load(object, index, name);
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
}
