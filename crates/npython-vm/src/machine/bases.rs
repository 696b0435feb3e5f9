//! Assignment to `__bases__`.

use crate::fault::Fault;
use crate::objects::TypeObject;
use crate::value::{Id, Value};

use super::Machine;

impl Machine {
    /// Gives a guest class other bases. When the method resolution order of one of the classes concerned cannot be made, all
    /// stay as they are.
    pub(crate) fn set_bases(&mut self, class: Id<TypeObject>, value: Value) -> Result<(), Fault> {
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
            if self.is_subclass(base, class) {
                return Err(self.type_error("a __bases__ item causes an inheritance cycle"));
            }
            bases.push(base);
        }
        self.check_layout(class, &bases)?;
        let old = self.heap.types.get(class).bases.clone();
        self.heap.types.slot(class).bases = bases.clone();
        if let Err(fault) = self.rebuild_orders(class) {
            self.heap.types.slot(class).bases = old;
            return Err(fault);
        }
        for base in old {
            match self.heap.types.get_mut(base) {
                Some(object) => object.subclasses.retain(|other| *other != class),
                None => self.native_subclasses.retain(|pair| *pair != (base, class)),
            }
        }
        for base in bases {
            match self.heap.types.get_mut(base) {
                Some(object) => object.subclasses.push(class),
                None => self.native_subclasses.push((base, class)),
            }
        }
        self.type_changed(class)
    }

    fn check_layout(&mut self, class: Id<TypeObject>, bases: &[Id<TypeObject>]) -> Result<(), Fault> {
        let best = self.best_base(bases)?;
        let old = self.heap.types.get(class).bases.first().copied().unwrap_or(crate::types::OBJECT);
        let (new_solid, old_solid) = (self.solid_base(best), self.solid_base(old));
        let same_layout = self.heap.types.get(best).layout == self.heap.types.get(class).layout;
        if (new_solid == old_solid || self.is_subclass(class, new_solid)) && same_layout {
            return Ok(());
        }
        let (new_name, old_name) = (self.class_name(best), self.class_name(old));
        Err(self.type_error(format!("__bases__ assignment: '{new_name}' object layout differs from '{old_name}'")))
    }

    /// The orders of a class and of everything derived from it, parents first.
    fn rebuild_orders(&mut self, class: Id<TypeObject>) -> Result<(), Fault> {
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
