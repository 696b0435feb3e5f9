//! Variables by name (Execution Model 4.2): globals and builtins, the names of class bodies and of `exec`, cells, `locals()`.

use crate::fault::Fault;
use crate::names;
use crate::objects::{Dict, Object, Str};
use crate::types;
use crate::value::{Id, Value};

use super::Machine;

impl Machine {
    /// A global at a site, which learns where it is.
    #[cold]
    pub(crate) fn load_global(&mut self, index: u32) -> Result<Value, Fault> {
        let site = self.segment.global_sites[index as usize];
        let globals = self.frames.last().map_or(self.main_globals, |frame| frame.globals);
        let found = self.find_global(globals, site.name);
        if !matches!(found, Some((_, Some(_))))
            && let Some(fault) = self.ask_globals(globals, site.name)
        {
            return Err(fault);
        }
        match found {
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

    /// Looks in globals (with the position found), then builtins.
    pub(crate) fn find_global(&self, globals: Id<Dict>, name: Id<Str>) -> Option<(Value, Option<usize>)> {
        if let Some(position) = self.position_of_str(globals, name) {
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

    /// NameError for a name that is nowhere.
    #[cold]
    pub(crate) fn name_not_defined(&mut self, name: Id<Str>) -> Fault {
        let text = self.heap.str(name).to_owned();
        self.name_error(types::NAME_ERROR, name, &format!("name '{text}' is not defined"))
    }

    /// `name = value` at a site, which learns where the name is.
    #[cold]
    pub(crate) fn store_global(&mut self, index: u32, value: Value) -> Result<(), Fault> {
        let site = self.segment.global_sites[index as usize];
        let frame_globals = self.frames.last().map_or(self.main_globals, |frame| frame.globals);
        let globals = self.items_of_globals(frame_globals);
        self.dict_set_str(globals, site.name, value)?;
        if self.options.quicken
            && globals == frame_globals
            && let Some(position) = self.position_of_str(globals, site.name)
        {
            self.segment.global_sites[index as usize].position = position as u32;
        }
        Ok(())
    }

    /// `del name` of a global.
    pub(crate) fn delete_global(&mut self, name: u32) -> Result<(), Fault> {
        let name = self.segment.names[name as usize];
        let globals = self.frames.last().map_or(self.main_globals, |frame| frame.globals);
        let globals = self.items_of_globals(globals);
        match self.dict_remove(globals, Value::Str(name))? {
            Some(_) => Ok(()),
            None => Err(self.name_not_defined(name)),
        }
    }

    pub(super) fn namespace(&self) -> Value {
        self.frames.last().map_or(Value::Undef, |frame| frame.namespace)
    }

    /// A name of a class body or of `exec`: of its namespace, else a global.
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
        match self.find_global(self.items_of_globals(globals), name) {
            None | Some((_, None)) if let Some(own) = self.find_in_own_builtins(globals, name) => {
                own?.ok_or_else(|| self.name_not_defined(name))
            }
            Some((value, _)) => Ok(value),
            None => Err(self.name_not_defined(name)),
        }
    }

    /// `name = value` in a class body or `exec`.
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

    /// `del name` in a class body or `exec`.
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

    /// A variable of an enclosing function that the class body may have under the same name.
    pub(crate) fn load_from_class_or_cell(&mut self, slot: u32, cell: Value) -> Result<Value, Fault> {
        let name = self.slot_name(slot)?;
        match self.find_local_name(name)? {
            Some(value) => Ok(value),
            None => self.cell_content(slot, cell),
        }
    }

    /// The same for scopes that see a class: type parameters and the like look in `mapping`, the class or its namespace.
    pub(crate) fn load_from_mapping_or_cell(&mut self, mapping: Value, slot: u32, cell: Value) -> Result<Value, Fault> {
        let name = self.slot_name(slot)?;
        match self.find_in_class_scope(mapping, name) {
            Some(value) => Ok(value),
            None => self.cell_content(slot, cell),
        }
    }

    /// A global that the class seen from a scope may have under the same name.
    pub(crate) fn load_from_mapping_or_global(&mut self, mapping: Value, site: u32) -> Result<Value, Fault> {
        let name = self.segment.global_sites[site as usize].name;
        if let Some(value) = self.find_in_class_scope(mapping, name) {
            return Ok(value);
        }
        let globals = self.frames.last().map_or(self.main_globals, |frame| frame.globals);
        match self.ask_globals(globals, name) {
            Some(fault) => Err(fault),
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

    /// UnboundLocalError for an empty slot.
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

    /// NameError for an empty cell of an enclosing function's variable.
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

    /// Makes `__annotations__` of a module or class body unless it is there.
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
