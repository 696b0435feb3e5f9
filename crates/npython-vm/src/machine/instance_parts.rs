//! What the instances of a class have besides attributes and slots: a dict, and being weakly referenced. The class that brings a
//! part has a descriptor for it, as in CPython; `__class__` may be assigned where old and new class bring the same parts.

use crate::fault::Fault;
use crate::names;
use crate::objects::{Object, SpecialFlags, Str, TypeKind, TypeObject};
use crate::types;
use crate::value::{Id, Value};

use super::Machine;

/// What a class adds to its base.
#[derive(PartialEq, Eq)]
struct Additions {
    slots: Vec<Value>,
    dict: bool,
    weak_references: bool,
}

impl Additions {
    fn is_nothing(&self) -> bool {
        self.slots.is_empty() && !self.dict && !self.weak_references
    }
}

impl Machine {
    /// Gives a new class the descriptors of the parts its bases do not bring. `listed`: it has `__slots__`, and they name
    /// `__weakref__`.
    pub(crate) fn add_instance_parts(
        &mut self,
        class: Id<TypeObject>,
        bases: &[Id<TypeObject>],
        listed: Option<bool>,
    ) -> Result<(), Fault> {
        let has_dict = !self.heap.types.get(class).flags.has(SpecialFlags::NO_DICT);
        if has_dict && !self.bring_dict(bases) {
            self.add_instance_part(class, names::DICT)?;
        }
        let wants = listed.unwrap_or(true);
        if wants && !self.bring_weak_references(bases) && !self.has_items_behind(class) {
            self.add_instance_part(class, names::WEAKREF)?;
        }
        Ok(())
    }

    fn add_instance_part(&mut self, class: Id<TypeObject>, part: Id<Str>) -> Result<(), Fault> {
        if self.own_attribute(class, part).is_none() {
            let descriptor = self.heap.new_object(Object::GetSet { class, name: Value::Str(part) })?;
            self.set_type_attribute(class, part, descriptor)?;
        }
        Ok(())
    }

    pub(crate) fn bring_dict(&self, bases: &[Id<TypeObject>]) -> bool {
        bases.iter().any(|base| !self.heap.types.get(*base).flags.has(SpecialFlags::NO_DICT))
    }

    pub(crate) fn bring_weak_references(&self, bases: &[Id<TypeObject>]) -> bool {
        const NATIVE: [Id<TypeObject>; 6] =
            [types::SET, types::FROZENSET, types::TYPE, types::MODULE, types::GENERIC_ALIAS, types::WEAK_REFERENCE];
        bases
            .iter()
            .any(|base| self.type_lookup(*base, names::WEAKREF).is_some() || NATIVE.contains(&self.native_base(*base)))
    }

    /// CPython lays the items of these out behind the object, where nothing can be added.
    pub(crate) fn has_items_behind(&self, class: Id<TypeObject>) -> bool {
        [types::INT, types::BYTES, types::TUPLE, types::TYPE].contains(&self.native_base(class))
    }

    fn check_part_owner(&mut self, owner: Id<TypeObject>, part: Id<Str>, object: Value) -> Result<(), Fault> {
        if self.is_instance_of_type(object, owner) {
            return Ok(());
        }
        let (part, owner, found) = (self.heap.str(part).to_owned(), self.class_name(owner), self.type_name(object));
        Err(self.type_error(format!("descriptor '{part}' for '{owner}' objects doesn't apply to a '{found}' object")))
    }

    /// `object.__dict__` or `object.__weakref__` by the descriptor of class `owner`.
    pub(crate) fn read_instance_part(
        &mut self,
        owner: Id<TypeObject>,
        part: Id<Str>,
        object: Value,
    ) -> Result<Value, Fault> {
        self.check_part_owner(owner, part, object)?;
        if part == names::WEAKREF {
            return Ok(Value::None);
        }
        if let Value::Type(_) = object {
            return types::type_type::type_get_dict(self, &[object]);
        }
        match self.attribute_dict(object)? {
            Some(dict) => Ok(Value::Dict(dict)),
            None => Err(self.no_attribute(object, part)),
        }
    }

    /// Sets, or with `Undef` deletes, a part.
    pub(crate) fn write_instance_part(
        &mut self,
        owner: Id<TypeObject>,
        part: Id<Str>,
        object: Value,
        value: Value,
    ) -> Result<(), Fault> {
        self.check_part_owner(owner, part, object)?;
        match object {
            Value::Instance(id) if part == names::DICT => self.replace_dict(id, value),
            _ => {
                let (text, found) = (self.heap.str(part).to_owned(), self.type_name(object));
                Err(self.attribute_error(
                    object,
                    part,
                    &format!("attribute '{text}' of '{found}' objects is not writable"),
                ))
            }
        }
    }

    /// Whether an instance of one class may become one of the other.
    pub(crate) fn has_same_parts(&mut self, from: Id<TypeObject>, to: Id<TypeObject>) -> Result<bool, Fault> {
        let (from, to) = (self.bringing_base(from)?, self.bringing_base(to)?);
        if from == to {
            return Ok(true);
        }
        if self.heap.types.get(from).kind == TypeKind::Native || self.heap.types.get(to).kind == TypeKind::Native {
            return Ok(false);
        }
        Ok(self.layout_base(from)? == self.layout_base(to)? && self.additions(from)? == self.additions(to)?)
    }

    /// The class itself, or the nearest base that adds something to its own.
    fn bringing_base(&mut self, mut class: Id<TypeObject>) -> Result<Id<TypeObject>, Fault> {
        while self.heap.types.get(class).kind == TypeKind::Guest && self.additions(class)?.is_nothing() {
            self.charge(1)?;
            class = self.layout_base(class)?;
        }
        Ok(class)
    }

    fn layout_base(&mut self, class: Id<TypeObject>) -> Result<Id<TypeObject>, Fault> {
        let bases = self.heap.types.get(class).bases.clone();
        self.best_base(&bases)
    }

    fn additions(&mut self, class: Id<TypeObject>) -> Result<Additions, Fault> {
        let base = self.layout_base(class)?;
        let inherited = self.heap.types.get(base).slots.len();
        let is_part = |value: Option<Value>| matches!(value, Some(Value::Object(_)));
        Ok(Additions {
            slots: self.heap.types.get(class).slots.iter().skip(inherited).copied().collect(),
            dict: is_part(self.own_attribute(class, names::DICT)),
            weak_references: is_part(self.own_attribute(class, names::WEAKREF)),
        })
    }
}
