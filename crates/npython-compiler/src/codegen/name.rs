//! Loading, storing and deleting variables.

use npython_bytecode::{Instr, SourceRange};

use super::unit::{Unit, UnitKind};
use super::{Checked, Compiler, fault};
use crate::symbols::{NameId, Resolution};
use ruff_text_size::TextRange;

/// How the current code reaches a variable.
#[derive(Clone, Copy)]
enum Access {
    Fast(u32),
    Deref(u32),
    /// A free variable of a class body: the class namespace comes first.
    ClassDeref(u32),
    /// A free variable of an annotation scope in a class body.
    MappingDeref(u32),
    Global,
    Name,
    /// A global of an annotation scope in a class body.
    MappingGlobal,
}

impl Compiler<'_> {
    pub(super) fn load_name(&mut self, name: NameId, range: SourceRange) {
        let instr = match self.access(name) {
            Access::Fast(slot) => Instr::LoadFast(slot),
            Access::Deref(slot) => Instr::LoadDeref(slot),
            Access::ClassDeref(slot) => Instr::LoadFromClassOrDeref(slot),
            Access::MappingDeref(slot) => {
                self.load_class_dict(range);
                Instr::LoadFromMappingOrDeref(slot)
            }
            Access::Global => Instr::LoadGlobal(self.name_number(name)),
            Access::Name => Instr::LoadName(self.name_number(name)),
            Access::MappingGlobal => {
                self.load_class_dict(range);
                Instr::LoadFromMappingOrGlobal(self.name_number(name))
            }
        };
        self.emit(instr, range);
    }

    pub(super) fn store_name(&mut self, name: NameId, range: SourceRange) {
        let instr = match self.access(name) {
            Access::Fast(slot) => Instr::StoreFast(slot),
            Access::Deref(slot) | Access::ClassDeref(slot) | Access::MappingDeref(slot) => Instr::StoreDeref(slot),
            Access::Global | Access::MappingGlobal => Instr::StoreGlobal(self.name_number(name)),
            Access::Name => Instr::StoreName(self.name_number(name)),
        };
        self.emit(instr, range);
    }

    pub(super) fn delete_name(&mut self, name: NameId, range: SourceRange) {
        let instr = match self.access(name) {
            Access::Fast(slot) => Instr::DeleteFast(slot),
            Access::Deref(slot) | Access::ClassDeref(slot) | Access::MappingDeref(slot) => Instr::DeleteDeref(slot),
            Access::Global | Access::MappingGlobal => Instr::DeleteGlobal(self.name_number(name)),
            Access::Name => Instr::DeleteName(self.name_number(name)),
        };
        self.emit(instr, range);
    }

    /// Refuses to bind `__debug__`.
    pub(super) fn check_bindable(&self, text: &str, range: TextRange, delete: bool) -> Checked {
        if text == "__debug__" {
            let verb = if delete { "delete" } else { "assign to" };
            return fault(format!("cannot {verb} __debug__"), range);
        }
        Ok(())
    }

    /// Index of a name in the current unit's name table.
    pub(super) fn name_number(&mut self, name: NameId) -> u32 {
        let Unit { names, name_numbers, .. } = &mut self.unit;
        let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
        let number = *name_numbers.entry(name).or_insert(next);
        if number == next {
            names.push(name);
        }
        number
    }

    /// Index of an attribute name, mangled if it is private.
    pub(super) fn attribute_number(&mut self, text: &str) -> u32 {
        let name = self.name_id(text);
        self.name_number(name)
    }

    fn load_class_dict(&mut self, range: SourceRange) {
        let name = self.interner.intern("__classdict__");
        let slot = self.unit.slots.get(&name).copied().unwrap_or(0);
        self.emit(Instr::LoadDeref(slot), range);
    }

    /// Pushes the cell of a variable of the current unit, for the closure of an inner function.
    pub(super) fn load_cell(&mut self, name: NameId, range: SourceRange) {
        let inlined =
            self.unit.comprehensions.iter().rev().find_map(|inlined| {
                inlined.slots.iter().find(|(slot_name, _)| *slot_name == name).map(|(_, slot)| *slot)
            });
        let slot = inlined.or_else(|| self.unit.slots.get(&name).copied()).unwrap_or(0);
        self.emit(Instr::LoadCell(slot), range);
    }

    fn access(&self, name: NameId) -> Access {
        let unit = &self.unit;
        if unit.comprehensions.is_empty() {
            return self.unit_access(name);
        }
        let mut global = false;
        for inlined in unit.comprehensions.iter().rev() {
            let Some(symbol) = self.table.symbol(inlined.scope, name) else { continue };
            match symbol.resolution {
                Resolution::Local | Resolution::Cell => {
                    let slot =
                        inlined.slots.iter().find(|(slot_name, _)| *slot_name == name).map_or(0, |(_, slot)| *slot);
                    return if symbol.resolution == Resolution::Cell {
                        Access::Deref(slot)
                    } else {
                        Access::Fast(slot)
                    };
                }
                Resolution::GlobalExplicit => return Access::Global,
                Resolution::GlobalImplicit => {
                    global = true;
                    break;
                }
                Resolution::Free | Resolution::Unknown => {}
            }
        }
        if global {
            let module_names = unit.kind == UnitKind::Module && self.options.separate_locals;
            return if module_names { Access::Name } else { Access::Global };
        }
        let Some(slot) = unit.slots.get(&name).copied() else {
            return self.unit_access(name);
        };
        let local = self.table.symbol(unit.scope, name).is_some_and(|symbol| symbol.resolution == Resolution::Local);
        if local && unit.kind != UnitKind::Class { Access::Fast(slot) } else { Access::Deref(slot) }
    }

    fn unit_access(&self, name: NameId) -> Access {
        let unit = &self.unit;
        let scope = self.table.scope(unit.scope);
        let resolution =
            self.table.symbol(unit.scope, name).map_or(Resolution::GlobalImplicit, |symbol| symbol.resolution);
        let slot = || unit.slots.get(&name).copied().unwrap_or(0);
        match unit.kind {
            UnitKind::Module => match resolution {
                Resolution::GlobalExplicit => Access::Global,
                _ if self.options.separate_locals => Access::Name,
                _ => Access::Global,
            },
            UnitKind::Class => match resolution {
                Resolution::Free => Access::ClassDeref(slot()),
                Resolution::GlobalExplicit => Access::Global,
                _ => Access::Name,
            },
            _ => match resolution {
                Resolution::Local => Access::Fast(slot()),
                Resolution::Cell => Access::Deref(slot()),
                Resolution::Free if scope.sees_class && !self.is_class_cell(name) => Access::MappingDeref(slot()),
                Resolution::Free => Access::Deref(slot()),
                Resolution::GlobalImplicit if scope.sees_class => Access::MappingGlobal,
                Resolution::GlobalExplicit | Resolution::GlobalImplicit | Resolution::Unknown => Access::Global,
            },
        }
    }

    fn is_class_cell(&self, name: NameId) -> bool {
        matches!(&**self.interner.text(name), "__class__" | "__classdict__")
    }
}
