//! Namespaces with methods of their own: instances of classes derived from dict that `eval` and `exec` are given as
//! globals, and mappings of any kind as `__builtins__`.
//!
//! Frames and functions know their globals as a plain dict. For globals that answer themselves that dict is a stand-in whose
//! only entry leads to them, so that no lookup ends before they are asked, and none is remembered.

use smallvec::smallvec;

use crate::fault::Fault;
use crate::names;
use crate::objects::{Dict, Str};
use crate::value::{Id, Value};

use super::{Machine, OnReturn};

/// Of the entry of a stand-in. No program has this key.
const KEY: Value = Value::Missing;
const KEY_HASH: i64 = 0;

/// Where globals say that builtins are looked up.
enum Builtins {
    /// In the machine's.
    Own,
    In(Id<Dict>),
    /// In a mapping that has to be asked.
    Asking(Value),
}

impl Machine {
    /// Whether a mapping has to be asked for its items: it is no dict, or one with a `__getitem__` or `__missing__`.
    fn answers_itself(&self, mapping: Value) -> bool {
        !matches!(self.unwrap(mapping), Value::Dict(_))
            || self.is_guest_special(mapping, names::GETITEM).is_some()
            || self.is_guest_special(mapping, names::MISSING).is_some()
    }

    /// What frames are to have as globals in the place of `globals`, whose items are those of `items`.
    ///
    /// # Errors
    /// The memory limit.
    pub(crate) fn globals_for_frames(&mut self, globals: Value, items: Id<Dict>) -> Result<Id<Dict>, Fault> {
        if !matches!(globals, Value::Instance(_)) {
            return Ok(items);
        }
        let Value::Dict(stand_in) = self.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
        self.dict_insert_new(stand_in, KEY_HASH, KEY, globals)?;
        Ok(stand_in)
    }

    /// The globals a stand-in leads to; `None` for ordinary globals.
    pub(crate) fn globals_behind(&self, globals: Id<Dict>) -> Option<Value> {
        let table = &self.heap.dicts.get(globals).table;
        let at = table.find::<()>(KEY_HASH, |key| Ok(*key == KEY)).ok().flatten()?;
        table.entry(at).map(|entry| entry.value)
    }

    /// The dict that holds the items of globals.
    pub(crate) fn items_of_globals(&self, globals: Id<Dict>) -> Id<Dict> {
        match self.globals_behind(globals).map(|behind| self.unwrap(behind)) {
            Some(Value::Dict(items)) => items,
            _ => globals,
        }
    }

    /// Globals as the program sees them.
    pub(crate) fn visible_globals(&self, globals: Id<Dict>) -> Value {
        self.globals_behind(globals).unwrap_or(Value::Dict(globals))
    }

    /// Asks globals that answer themselves for a name; builtins come after them. `None` for ordinary globals.
    pub(super) fn ask_globals(&mut self, globals: Id<Dict>, name: Id<Str>) -> Option<Fault> {
        let behind = self.globals_behind(globals)?;
        Some(self.prelude_call("_global_lookup", &[behind, Value::Str(name)]))
    }

    /// A name where globals have a `__builtins__` of their own: `None` when they have none, or the machine's. Those of the
    /// main module are settled before it runs.
    ///
    /// # Errors
    /// `Fault::Call` when a mapping has to be asked; the answer is the value then.
    pub(crate) fn find_in_own_builtins(
        &mut self,
        globals: Id<Dict>,
        name: Id<Str>,
    ) -> Option<Result<Option<Value>, Fault>> {
        match self.builtins_of(globals) {
            Builtins::Own => None,
            Builtins::In(dict) => Some(Ok(self.find_str(dict, name))),
            Builtins::Asking(mapping) => {
                let fault = self.prelude_call("_builtin_lookup", &[mapping, Value::Str(name)]);
                Some(Err(fault))
            }
        }
    }

    /// Whether globals have a `__builtins__` that certainly lacks a name.
    pub(crate) fn builtins_lack(&self, globals: Id<Dict>, name: Id<Str>) -> bool {
        matches!(self.builtins_of(globals), Builtins::In(dict) if self.find_str(dict, name).is_none())
    }

    /// The `__import__` of the `__builtins__` that globals have of their own: `None` when it is the machine's, `Undef` when
    /// there is none; `Err` with a mapping that has to be asked.
    pub(super) fn own_import_function(&self, globals: Id<Dict>) -> Option<Result<Value, Value>> {
        match self.builtins_of(globals) {
            Builtins::Own => None,
            Builtins::Asking(mapping) => Some(Err(mapping)),
            Builtins::In(dict) => {
                let found = self.find_str(dict, names::IMPORT).unwrap_or(Value::Undef);
                if self.find_builtin(names::IMPORT) == Some(found) { None } else { Some(Ok(found)) }
            }
        }
    }

    fn builtins_of(&self, globals: Id<Dict>) -> Builtins {
        if globals == self.main_globals {
            return Builtins::Own;
        }
        let Some(own) = self.find_str(self.items_of_globals(globals), names::BUILTINS) else { return Builtins::Own };
        let dict = match self.unwrap(own) {
            Value::Dict(_) if self.answers_itself(own) => return Builtins::Asking(own),
            Value::Dict(dict) => dict,
            Value::Module(id) => self.heap.modules.get(id).namespace,
            _ => return Builtins::Asking(own),
        };
        match self.loaded_module(names::BUILTINS_NAME) {
            Some(Value::Module(id)) if self.heap.modules.get(id).namespace == dict => Builtins::Own,
            _ => Builtins::In(dict),
        }
    }

    /// The name in the locals mapping; `None` when it is not there. A guest mapping answers by a pending call.
    pub(super) fn find_local_name(&mut self, name: Id<Str>) -> Result<Option<Value>, Fault> {
        match self.namespace() {
            Value::Dict(dict) => Ok(self.find_str(dict, name)),
            Value::Undef => Ok(None),
            mapping => match self.unwrap(mapping) {
                Value::Dict(dict) if !self.answers_itself(mapping) => Ok(self.find_str(dict, name)),
                _ => {
                    let fault = self.prelude_call("_namespace_lookup", &[mapping, Value::Str(name)]);
                    self.pending.keep = smallvec![Value::Str(name)];
                    self.pending.on_return = OnReturn::NamespaceLookup;
                    Err(fault)
                }
            },
        }
    }
}
