//! Assignment to `__bases__`, and method resolution orders that metaclasses compute.

use crate::fault::Fault;
use crate::names;
use crate::native::{NativeDef, Signature, function};
use crate::objects::{TypeKind, TypeObject};
use crate::types;
use crate::value::{Id, Value};

use super::Machine;

/// What the prelude changes bases and orders with, one step at a time: the guest's `mro` runs in between.
pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_mro_of", Signature::One, |m, args| {
        let Value::Type(class) = args[0] else { return Err(Fault::Halt) };
        let order: Vec<Value> = m.heap.types.get(class).mro.iter().map(|base| Value::Type(*base)).collect();
        m.heap.new_tuple(&order)
    }),
    function("_store_mro", Signature::Positional(2, 2), |m, args| {
        let Value::Type(class) = args[0] else { return Err(Fault::Halt) };
        m.store_order(class, args[1]).map(|()| Value::None)
    }),
    function("_replace_bases", Signature::Positional(2, 2), |m, args| {
        let Value::Type(class) = args[0] else { return Err(Fault::Halt) };
        let bases = m.checked_bases(class, args[1])?;
        m.heap.types.slot(class).bases = bases;
        Ok(Value::None)
    }),
    function("_move_subclass", Signature::Positional(3, 3), |m, args| {
        let (Value::Type(class), Value::Tuple(from), Value::Tuple(to)) = (args[0], args[1], args[2]) else {
            return Err(Fault::Halt);
        };
        let classes = |values: &[Value]| -> Vec<Id<TypeObject>> {
            values.iter().filter_map(|value| if let Value::Type(id) = value { Some(*id) } else { None }).collect()
        };
        let (from, to) = (classes(m.heap.tuple(from)), classes(m.heap.tuple(to)));
        m.move_subclass(class, &from, &to);
        m.type_changed(class)?;
        Ok(Value::None)
    }),
    function("_forget_class", Signature::One, |m, args| {
        let Value::Type(class) = args[0] else { return Err(Fault::Halt) };
        let bases = m.heap.types.get(class).bases.clone();
        m.move_subclass(class, &bases, &[]);
        Ok(Value::None)
    }),
];

impl Machine {
    /// Gives a guest class other bases. When the method resolution order of one of the classes concerned cannot be made, all
    /// stay as they are. Where a metaclass has an `mro` of its own the prelude does the work.
    pub(crate) fn set_bases(&mut self, class: Id<TypeObject>, value: Value) -> Result<Value, Fault> {
        let bases = self.checked_bases(class, value)?;
        if self.derived_classes(class)?.into_iter().any(|other| self.computes_order(other)) {
            return Err(self.prelude_call("_set_bases", &[Value::Type(class), value]));
        }
        let old = std::mem::replace(&mut self.heap.types.slot(class).bases, bases.clone());
        if let Err(fault) = self.rebuild_orders(class) {
            self.heap.types.slot(class).bases = old;
            return Err(fault);
        }
        self.move_subclass(class, &old, &bases);
        self.type_changed(class)?;
        Ok(Value::None)
    }

    /// The bases in a tuple, if they may be those of the class.
    fn checked_bases(&mut self, class: Id<TypeObject>, value: Value) -> Result<Vec<Id<TypeObject>>, Fault> {
        let name = self.class_name(class);
        let Value::Tuple(given) = value else {
            let found = self.type_name(value);
            return Err(self.type_error(format!("can only assign tuple to {name}.__bases__, not {found}")));
        };
        let given = self.heap.tuple(given).to_vec();
        if given.is_empty() {
            return Err(self.type_error(format!("can only assign non-empty tuple to {name}.__bases__, not ()")));
        }
        let mut bases = Vec::with_capacity(given.len());
        for base in given {
            let Value::Type(base) = base else {
                let found = self.type_name(base);
                return Err(self.type_error(format!("{name}.__bases__ must be tuple of classes, not '{found}'")));
            };
            if self.is_subclass(base, class) || self.inherits_by_bases(base, class)? {
                return Err(self.type_error("a __bases__ item causes an inheritance cycle"));
            }
            bases.push(base);
        }
        self.check_layout(class, &bases)?;
        Ok(bases)
    }

    /// Whether a class is reached through bases: orders may be about to change.
    fn inherits_by_bases(&mut self, class: Id<TypeObject>, wanted: Id<TypeObject>) -> Result<bool, Fault> {
        let mut pending = vec![class];
        let mut seen: Vec<Id<TypeObject>> = Vec::new();
        while let Some(next) = pending.pop() {
            if next == wanted {
                return Ok(true);
            }
            if !seen.contains(&next) {
                self.charge_items(seen.len())?;
                seen.push(next);
                pending.extend(self.heap.types.get(next).bases.iter().copied());
            }
        }
        Ok(false)
    }

    fn computes_order(&self, class: Id<TypeObject>) -> bool {
        let metaclass = self.heap.types.get(class).metaclass;
        self.type_lookup(metaclass, names::MRO_METHOD).is_some_and(|found| !matches!(found, Value::Native(_)))
    }

    fn move_subclass(&mut self, class: Id<TypeObject>, from: &[Id<TypeObject>], to: &[Id<TypeObject>]) {
        for base in from {
            match self.heap.types.get_mut(*base) {
                Some(object) => object.subclasses.retain(|other| *other != class),
                None => self.native_subclasses.retain(|pair| *pair != (*base, class)),
            }
        }
        for base in to {
            match self.heap.types.get_mut(*base) {
                Some(object) => object.subclasses.push(class),
                None => self.native_subclasses.push((*base, class)),
            }
        }
    }

    /// Gives a class the method resolution order its metaclass computed.
    fn store_order(&mut self, class: Id<TypeObject>, order: Value) -> Result<(), Fault> {
        let Value::Tuple(order) = order else { return Err(Fault::Halt) };
        let given = self.heap.tuple(order).to_vec();
        let mut made = Vec::with_capacity(given.len());
        for value in given {
            let Value::Type(base) = value else {
                let found = self.type_name(value);
                return Err(self.type_error(format!("mro() returned a non-class ('{found}')")));
            };
            made.push(base);
        }
        if made.len() > super::class::MOST_ANCESTORS {
            return Err(self.too_many_ancestors());
        }
        // What instances are made of must stay what it is.
        let is_native = |base: &Id<TypeObject>| self.heap.types.get(*base).kind == TypeKind::Native;
        let before = self.native_base(class);
        match made.iter().copied().find(is_native) {
            Some(base) if base == before || base == types::OBJECT && before == types::OBJECT => {}
            Some(base) if base == types::OBJECT && made.contains(&before) => {}
            other => {
                let name = self.class_name(other.unwrap_or(before));
                return Err(self.type_error(format!("mro() returned base with unsuitable layout ('{name}')")));
            }
        }
        self.charge_items(made.len())?;
        self.heap.types.slot(class).mro = made;
        self.type_changed(class)
    }

    fn check_layout(&mut self, class: Id<TypeObject>, bases: &[Id<TypeObject>]) -> Result<(), Fault> {
        let best = self.best_base(bases)?;
        let old = self.heap.types.get(class).bases.first().copied().unwrap_or(types::OBJECT);
        let (new_solid, old_solid) = (self.solid_base(best), self.solid_base(old));
        let same_layout = self.heap.types.get(best).layout == self.heap.types.get(class).layout;
        if (new_solid == old_solid || self.is_subclass(class, new_solid)) && same_layout {
            return Ok(());
        }
        let (new_name, old_name) = (self.class_name(best), self.class_name(old));
        Err(self.type_error(format!("__bases__ assignment: '{new_name}' object layout differs from '{old_name}'")))
    }

    /// A class and everything derived from it, parents first.
    fn derived_classes(&mut self, class: Id<TypeObject>) -> Result<Vec<Id<TypeObject>>, Fault> {
        let mut concerned = vec![class];
        let mut at = 0;
        while let Some(next) = concerned.get(at).copied() {
            self.charge(4)?;
            for subclass in self.heap.types.get(next).subclasses.clone() {
                // Behind every one of its parents.
                concerned.retain(|other| *other != subclass);
                concerned.push(subclass);
            }
            at += 1;
        }
        Ok(concerned)
    }

    /// The orders of a class and of everything derived from it.
    fn rebuild_orders(&mut self, class: Id<TypeObject>) -> Result<(), Fault> {
        let concerned = self.derived_classes(class)?;
        let mut old = Vec::with_capacity(concerned.len());
        for class in concerned {
            let bases = self.heap.types.get(class).bases.clone();
            let made = self.linearize(&bases);
            let order = match made {
                Ok(order) => order,
                Err(fault) => {
                    for (class, order) in old {
                        self.heap.types.slot(class).mro = order;
                    }
                    return Err(fault);
                }
            };
            let mut mro = vec![class];
            mro.extend(order);
            old.push((class, std::mem::replace(&mut self.heap.types.slot(class).mro, mro)));
        }
        Ok(())
    }
}
