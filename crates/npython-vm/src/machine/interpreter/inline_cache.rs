//! What the sites of attributes and methods remember, and subscripts that need no method.

use crate::machine::Machine;
use crate::machine::link::{AttributeSite, SiteKind};
use crate::objects::{Function, Instance, Object};
use crate::value::{Id, Value};

/// Places in the table of what sites that meet several shapes have learned.
const PLACES: usize = 256;

fn place(site: u32, shape: u32) -> usize {
    (site.wrapping_mul(31).wrapping_add(shape) as usize) % PLACES
}

impl Machine {
    /// Notes how a site finds its attribute; what it knew before, about another shape, is kept in a table.
    pub(in crate::machine) fn learn_site(&mut self, index: u32, learned: AttributeSite) {
        let Some(site) = self.segment.attribute_sites.get_mut(index as usize) else { return };
        let before = std::mem::replace(site, learned);
        if before.kind == SiteKind::Unknown || before.shape == learned.shape {
            return;
        }
        if self.polymorphic_sites.is_empty() {
            self.polymorphic_sites.resize(PLACES, (u32::MAX, before));
        }
        for known in [before, learned] {
            if let Some(entry) = self.polymorphic_sites.get_mut(place(index, known.shape)) {
                *entry = (index, known);
            }
        }
    }

    /// Puts back what the site learned about instances like this one; false if it did not, or still has it.
    #[inline(never)]
    pub(super) fn recall_site(&mut self, id: Id<Instance>, index: u32) -> bool {
        let instance = self.heap.instances.get(id);
        let shape = instance.shape;
        let Some((site, known)) = self.polymorphic_sites.get(place(index, shape)) else { return false };
        if *site != index || known.shape != shape || self.heap.types.get(instance.class).version != known.version {
            return false;
        }
        match self.segment.attribute_sites.get_mut(index as usize) {
            Some(current) if current.shape != shape || current.version != known.version => {
                *current = *known;
                true
            }
            _ => false,
        }
    }

    /// The global or built-in name a site finds again.
    #[inline(always)]
    pub(super) fn cached_global(&self, index: u32) -> Option<Value> {
        let globals = self.frames[self.frames.len() - 1].globals;
        let site = &self.segment.global_sites[index as usize];
        let table = &self.heap.dicts.get(globals).table;
        match table.entry(site.position as usize) {
            Some(entry) if entry.key == Value::Str(site.name) => Some(entry.value),
            _ if site.version == table.keys_version() && !site.builtin.is_undef() => Some(site.builtin),
            _ => None,
        }
    }

    /// Stores a global where the site stored it before; false when it cannot.
    #[inline(always)]
    pub(super) fn cached_global_store(&mut self, index: u32, value: Value) -> bool {
        let globals = self.frames[self.frames.len() - 1].globals;
        let site = &self.segment.global_sites[index as usize];
        let table = &mut self.heap.dicts.slot(globals).table;
        let position = site.position as usize;
        let known = matches!(table.entry(position), Some(entry) if entry.key == Value::Str(site.name));
        match table.value_mut(position) {
            Some(slot) if known => {
                *slot = value;
                true
            }
            _ => false,
        }
    }

    /// `container[key]` of a list, tuple or deque with an int key, when it is there.
    #[inline(always)]
    pub(super) fn item_at(&mut self, container: Value, key: Value) -> Option<Value> {
        match (container, key) {
            (Value::List(id), Value::Int(index)) => {
                let items = self.heap.list(id);
                let index = if index < 0 { index.wrapping_add(items.len() as i64) } else { index };
                items.get(index as usize).copied()
            }
            (Value::Tuple(id), Value::Int(index)) => {
                let items = self.heap.tuple(id);
                let index = if index < 0 { index.wrapping_add(items.len() as i64) } else { index };
                items.get(index as usize).copied()
            }
            (Value::Object(id), Value::Int(index)) => self.heap.deque(id)?.item(index),
            _ => None,
        }
    }

    /// `container[key] = value` of a list with an int key, when that item is there; false when it is not.
    #[inline(always)]
    pub(super) fn store_item_at(&mut self, container: Value, key: Value, value: Value) -> bool {
        let (Value::List(list), Value::Int(index)) = (container, key) else { return false };
        let items = &mut self.heap.lists.slot(list).items;
        let index = if index < 0 { index.wrapping_add(items.len() as i64) } else { index };
        match items.get_mut(index as usize) {
            Some(slot) => {
                *slot = value;
                true
            }
            None => false,
        }
    }

    /// The attribute a site finds again.
    #[inline(always)]
    pub(super) fn cached_attribute(&self, object: Value, index: u32) -> Option<Value> {
        let site = &self.segment.attribute_sites[index as usize];
        match object {
            Value::Instance(id) => {
                let instance = self.heap.instances.get(id);
                if instance.shape != site.shape || self.heap.types.get(instance.class).version != site.version {
                    return None;
                }
                match site.kind {
                    SiteKind::Slot => instance.slots.get(site.position as usize).copied(),
                    SiteKind::ClassValue => Some(site.value),
                    SiteKind::TupleItem => match instance.payload {
                        Value::Tuple(tuple) => self.heap.tuple(tuple).get(site.position as usize).copied(),
                        _ => None,
                    },
                    _ => None,
                }
            }
            Value::Type(id)
                if site.kind == SiteKind::TypeAttribute && self.heap.types.get(id).version == site.version =>
            {
                Some(site.value)
            }
            Value::Module(id) if site.kind == SiteKind::ModuleEntry => {
                let namespace = self.heap.modules.get(id).namespace;
                match self.heap.dicts.get(namespace).table.entry(site.position as usize) {
                    Some(entry) if entry.key == Value::Str(site.name) => Some(entry.value),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The getter of a property a site finds again.
    #[inline(always)]
    pub(super) fn cached_getter(&self, object: Value, index: u32) -> Option<Id<Function>> {
        let site = &self.segment.attribute_sites[index as usize];
        let (SiteKind::Property, Value::Object(property), Value::Instance(id)) = (site.kind, site.value, object) else {
            return None;
        };
        let instance = self.heap.instances.get(id);
        if instance.shape != site.shape || self.heap.types.get(instance.class).version != site.version {
            return None;
        }
        match *self.heap.objects.get(property) {
            Object::Property { getter: Value::Function(getter), .. } => Some(getter),
            _ => None,
        }
    }

    /// The function a method call site finds again; the object is its receiver.
    #[inline(always)]
    pub(super) fn cached_method(&self, object: Value, index: u32) -> Option<Value> {
        let site = &self.segment.attribute_sites[index as usize];
        match (object, site.kind) {
            (Value::Instance(id), SiteKind::Method) => {
                let instance = self.heap.instances.get(id);
                (instance.shape == site.shape && self.heap.types.get(instance.class).version == site.version)
                    .then_some(site.value)
            }
            (object, SiteKind::NativeMethod) => {
                (self.native_type_version(object) == site.version).then_some(site.value)
            }
            _ => None,
        }
    }

    /// Version of the class of a built-in value; 0 for others. Built-in types never change.
    #[inline(always)]
    pub(super) fn native_type_version(&self, object: Value) -> u32 {
        let class = match object {
            Value::List(_) => crate::types::LIST,
            Value::Str(_) => crate::types::STR,
            Value::Dict(_) => crate::types::DICT,
            Value::Set(_) => crate::types::SET,
            Value::Tuple(_) => crate::types::TUPLE,
            Value::Bytes(_) => crate::types::BYTES,
            Value::Int(_) => crate::types::INT,
            Value::Float(_) => crate::types::FLOAT,
            Value::Generator(_) => crate::types::GENERATOR,
            Value::Object(id) if self.heap.deque(id).is_some() => crate::types::DEQUE,
            _ => return 0,
        };
        class.number() + 1
    }

    /// Stores an attribute where the site stored it before; false when it cannot.
    #[inline(always)]
    pub(super) fn cached_store(&mut self, object: Value, index: u32, value: Value) -> bool {
        let Value::Instance(id) = object else { return false };
        let site = &self.segment.attribute_sites[index as usize];
        let instance = self.heap.instances.slot(id);
        if instance.shape != site.shape || self.heap.types.get(instance.class).version != site.version {
            return false;
        }
        match site.kind {
            SiteKind::Slot => match instance.slots.get_mut(site.position as usize) {
                Some(slot) => {
                    *slot = value;
                    true
                }
                None => false,
            },
            SiteKind::AddSlot if instance.slots.len() < instance.slots.inline_size() => {
                instance.slots.push(value);
                instance.shape = site.position;
                true
            }
            _ => false,
        }
    }
}
