//! Making classes: what `type.__new__` does (Data Model 3.3.3.6).

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::objects::{Object, SpecialFlags, Str, TypeKind, TypeObject};
use crate::types;
use crate::value::{Id, Value};

use super::LOOKUP_CACHE;

impl Machine {
    /// Makes a class: the work of `type.__new__` after the namespace is there; descriptors are told their names, and
    /// `__init_subclass__` is called, by the prelude.
    pub(crate) fn new_class(
        &mut self,
        metaclass: Id<TypeObject>,
        name: Value,
        bases: &[Id<TypeObject>],
        attributes: Vec<(Value, Value)>,
    ) -> Result<Id<TypeObject>, Fault> {
        if self.lookup_cache.is_empty() && self.options.quicken {
            self.lookup_cache = (0..LOOKUP_CACHE).map(|_| std::cell::Cell::new((0, 0, Value::Undef))).collect();
        }
        let bases = if bases.is_empty() { &[types::OBJECT][..] } else { bases };
        self.check_bases_differ(bases)?;
        let best = self.best_base(bases)?;
        let order = self.linearize(bases)?;
        let best_object = self.heap.types.get(best);
        let layout = best_object.layout;
        let mut slots = best_object.slots.clone();
        let no_dict = bases.iter().all(|base| self.heap.types.get(*base).flags.has(SpecialFlags::NO_DICT));
        let bytes = size_of::<TypeObject>() + (order.len() + bases.len()) * 8 + attributes.len() * 64;
        self.heap.reserve(bytes)?;
        let id = self.heap.types.insert(TypeObject {
            name,
            qualname: name,
            metaclass,
            layout,
            kind: TypeKind::Guest,
            bases: bases.to_vec(),
            ..TypeObject::default()
        });
        let mut mro = vec![id];
        mro.extend(order);
        self.heap.types.slot(id).mro = mro;
        let mut has_slots = false;
        for (key, value) in attributes {
            let Value::Str(key) = key else { continue };
            let key = self.heap.intern_str(key)?;
            has_slots |= key == names::SLOTS;
            if let Some(value) = self.class_attribute(id, key, value)? {
                self.set_type_attribute(id, key, value)?;
            }
        }
        if has_slots && no_dict {
            self.heap.types.slot(id).flags.0 |= SpecialFlags::NO_DICT;
        }
        let mut listed = None;
        if has_slots {
            listed = Some(self.add_slots(id, best, &mut slots)?);
        }
        self.add_instance_parts(id, bases, listed)?;
        self.heap.types.slot(id).slots = slots;
        if self.own_attribute(id, names::DOC).is_none() {
            self.set_type_attribute(id, names::DOC, Value::None)?;
        }
        if self.own_attribute(id, names::EQ).is_some() && self.own_attribute(id, names::HASH).is_none() {
            self.set_type_attribute(id, names::HASH, Value::None)?;
        }
        for base in bases {
            match self.heap.types.get_mut(*base) {
                Some(object) => object.subclasses.push(id),
                None => self.native_subclasses.push((*base, id)),
            }
        }
        self.type_changed(id)?;
        Ok(id)
    }

    fn check_bases_differ(&mut self, bases: &[Id<TypeObject>]) -> Result<(), Fault> {
        for (at, base) in bases.iter().enumerate() {
            if bases.iter().take(at).any(|other| other == base) {
                let name = self.class_name(*base);
                return Err(self.type_error(format!("duplicate base class {name}")));
            }
        }
        Ok(())
    }

    /// What the class keeps of an entry of its body's namespace; `None` for what says something about the class itself.
    fn class_attribute(&mut self, id: Id<TypeObject>, key: Id<Str>, value: Value) -> Result<Option<Value>, Fault> {
        Ok(match key {
            key if key == names::QUALNAME => {
                if !matches!(value, Value::Str(_)) {
                    let found = self.type_name(value);
                    return Err(self.type_error(format!("type __qualname__ must be a str, not {found}")));
                }
                self.heap.types.slot(id).qualname = value;
                None
            }
            key if key == names::CLASSCELL || key == names::CLASSDICTCELL => {
                if let Value::Cell(cell) = value {
                    // Scopes that are evaluated later look names up in the class as it is then.
                    self.heap.cells.slot(cell).content = if key == names::CLASSCELL {
                        Value::Type(id)
                    } else {
                        self.heap.new_object(Object::TypeProxy { class: id })?
                    };
                }
                None
            }
            key if (key == names::INIT_SUBCLASS || key == names::CLASS_GETITEM)
                && matches!(value, Value::Function(_)) =>
            {
                Some(self.heap.new_object(Object::ClassMethod { function: value, namespace: Value::Undef })?)
            }
            key if key == names::NEW && matches!(value, Value::Function(_)) => {
                Some(self.heap.new_object(Object::StaticMethod { function: value, namespace: Value::Undef })?)
            }
            _ => Some(value),
        })
    }

    /// The items of `__slots__`.
    fn declared_slots(&mut self, class: Id<TypeObject>) -> Result<Vec<Value>, Fault> {
        match self.own_attribute(class, names::SLOTS).unwrap_or(Value::None) {
            declared @ Value::Str(_) => Ok(vec![declared]),
            other => match self.collect_items(other) {
                Err(Fault::Fallback) => {
                    Err(self.type_error("__slots__ must be a str or an iterable of str known to the machine"))
                }
                items => items,
            },
        }
    }

    /// Makes the member descriptors of `__slots__`, in the order of their names. Whether `__weakref__` is among them.
    fn add_slots(
        &mut self,
        class: Id<TypeObject>,
        best: Id<TypeObject>,
        slots: &mut Vec<Value>,
    ) -> Result<bool, Fault> {
        let listed = self.declared_slots(class)?;
        if self.has_items_behind(best) && !listed.is_empty() {
            let name = self.class_name(best);
            return Err(self.type_error(format!("nonempty __slots__ not supported for subtype of '{name}'")));
        }
        let bases = self.heap.types.get(class).bases.clone();
        let (mut dict, mut weak_references) = (self.bring_dict(&bases), self.bring_weak_references(&bases));
        let mut weakly_referenced = false;
        let mut own: Vec<Id<Str>> = Vec::new();
        let class_name = self.class_name(class);
        for slot in listed {
            let Value::Str(slot) = slot else {
                let found = self.type_name(slot);
                return Err(self.type_error(format!("__slots__ items must be strings, not '{found}'")));
            };
            let text = self.heap.str(slot).to_owned();
            let is_identifier = crate::text::unicode::is_identifier(&text, &self.go_on());
            if !self.unless_interrupted(is_identifier)? {
                return Err(self.type_error("__slots__ must be identifiers"));
            }
            if text == "__dict__" {
                if std::mem::replace(&mut dict, true) {
                    return Err(self.type_error("__dict__ slot disallowed: we already got one"));
                }
                self.heap.types.slot(class).flags.0 &= !SpecialFlags::NO_DICT;
                continue;
            }
            if text == "__weakref__" {
                if std::mem::replace(&mut weak_references, true) {
                    return Err(self.type_error("__weakref__ slot disallowed: we already got one"));
                }
                weakly_referenced = true;
                continue;
            }
            let mangled = mangle(&class_name, &text);
            let name = self.heap.intern(&mangled)?;
            if self.own_attribute(class, name).is_some() {
                return Err(self.value_error(format!("'{text}' in __slots__ conflicts with class variable")));
            }
            own.push(name);
        }
        self.charge_items(own.len().saturating_mul(4))?;
        own.sort_by(|left, right| self.heap.str(*left).cmp(self.heap.str(*right)));
        own.dedup();
        for name in own {
            let member = self.heap.new_object(Object::Member { class, name: Value::Str(name) })?;
            self.set_type_attribute(class, name, member)?;
            slots.push(Value::Str(name));
        }
        Ok(weakly_referenced)
    }
}

/// Private name mangling (Language Reference 6.2.1).
fn mangle(class: &str, name: &str) -> String {
    let class = class.trim_start_matches('_');
    if name.starts_with("__") && !name.ends_with("__") && !class.is_empty() {
        format!("_{class}{name}")
    } else {
        name.to_owned()
    }
}
