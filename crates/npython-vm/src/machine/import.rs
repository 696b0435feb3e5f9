//! `import`: the modules that exist inside the sandbox.

use crate::fault::Fault;
use crate::modules::guest::GuestModule;
use crate::names;
use crate::objects::{Dict, Module, Str};
use crate::types;
use crate::value::{Id, Value};

use super::{Machine, PendingCall};

impl Machine {
    /// `import name` and `from name import ...`: what `__import__` of the builtins does, which may be the guest's own.
    ///
    /// # Errors
    /// ImportError; `Fault::Call` when guest code finds the module.
    pub(crate) fn import_statement(
        &mut self,
        stack: &[Value],
        name: Id<Str>,
        level: Value,
        from_list: Value,
    ) -> Result<Value, Fault> {
        let globals = self.frames.last().map_or(self.main_globals, |frame| frame.globals);
        match self.own_import_function(globals) {
            None => self.import_name(name, level, from_list),
            Some(Ok(Value::Undef)) => Err(self.raise(types::IMPORT_ERROR, "__import__ not found")),
            Some(Ok(function)) => {
                let (globals, locals) = (self.visible_globals(globals), self.locals_mapping(stack)?);
                let args = [Value::Str(name), globals, locals, from_list, level];
                self.pending =
                    PendingCall { callable: function, args: args.as_slice().into(), ..PendingCall::default() };
                Err(Fault::Call)
            }
            Some(Err(builtins)) => {
                let (globals, locals) = (self.visible_globals(globals), self.locals_mapping(stack)?);
                let args = [builtins, Value::Str(name), globals, locals, from_list, level];
                Err(self.prelude_call("_import_by", &args))
            }
        }
    }

    /// A module by name: `__import__` as the machine has it.
    pub(crate) fn import_name(&mut self, name: Id<Str>, level: Value, from_list: Value) -> Result<Value, Fault> {
        if level != Value::Int(0) {
            return Err(self.raise(types::IMPORT_ERROR, "attempted relative import with no known parent package"));
        }
        let text = self.heap.str(name).to_owned();
        if text.contains('.') {
            return self.import_dotted(&text, name, from_list);
        }
        self.import_module(name)
    }

    /// A module by its full name, which may be that of a submodule; its parent is not looked at.
    pub(crate) fn import_module(&mut self, name: Id<Str>) -> Result<Value, Fault> {
        let text = self.heap.str(name).to_owned();
        if let Some(module) = self.loaded_module(name) {
            return Ok(module);
        }
        if let Some(module) = crate::modules::guest::named(&text) {
            return Err(self.load_guest_module(module, name).unwrap_or_else(|fault| fault));
        }
        if let Some(module) = self.load_native_module(&text, name)? {
            return Ok(module);
        }
        Err(self.no_module(name, &format!("No module named '{text}'")))
    }

    #[cold]
    fn no_module(&mut self, name: Id<Str>, message: &str) -> Fault {
        let fault = self.raise(types::MODULE_NOT_FOUND_ERROR, message);
        match self.set_exception_field(self.raised, names::NAME_FIELD, Value::Str(name)) {
            Ok(()) => fault,
            Err(refused) => refused,
        }
    }

    /// `import a.b`: the prelude imports one after the other.
    fn import_dotted(&mut self, text: &str, name: Id<Str>, from_list: Value) -> Result<Value, Fault> {
        let (parent, child) = text.rsplit_once('.').unwrap_or((text, ""));
        let top = parent.split('.').next().unwrap_or(parent);
        if crate::modules::guest::named(text).is_none() {
            let known = crate::modules::guest::named(top).is_some() || self.base.modules.contains_key(top);
            if !known {
                let top_name = self.heap.intern(top)?;
                return Err(self.no_module(top_name, &format!("No module named '{top}'")));
            }
            let message = match crate::modules::guest::has_submodules(parent) {
                true => format!("No module named '{text}'"),
                false => format!("No module named '{text}'; '{parent}' is not a package"),
            };
            return Err(self.no_module(name, &message));
        }
        let wants_child = match self.unwrap(from_list) {
            Value::Tuple(id) => !self.heap.tuple(id).is_empty(),
            Value::List(id) => !self.heap.list(id).is_empty(),
            _ => false,
        };
        let (parent, child) = (self.heap.new_str(parent)?, self.heap.new_str(child)?);
        let args = [parent, Value::Str(name), child, Value::bool(wants_child)];
        Err(self.prelude_call("_import_dotted", &args))
    }

    /// A module that was imported before.
    pub(crate) fn loaded_module(&self, name: Id<Str>) -> Option<Value> {
        let hash = self.hash_of_str(name);
        let at = self.modules.find::<()>(hash, |key| Ok(*key == Value::Str(name))).ok().flatten()?;
        self.modules.entry(at).map(|entry| entry.value)
    }

    /// Makes a module with this namespace known under its name.
    pub(crate) fn register_module(&mut self, name: Id<Str>, namespace: Id<Dict>) -> Result<Value, Fault> {
        let module = self.heap.new_module(Module { name: Value::Str(name), namespace })?;
        self.dict_set_str(namespace, names::NAME, Value::Str(name))?;
        let hash = self.hash_of_str(name);
        self.heap.reserve(self.modules.growth_bytes_for_insert())?;
        self.modules.insert_new(hash, Value::Str(name), module);
        Ok(module)
    }

    fn load_native_module(&mut self, text: &str, name: Id<Str>) -> Result<Option<Value>, Fault> {
        let Value::Dict(namespace) = self.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
        if text == "builtins" {
            let tables = [&self.base.builtins, &self.builtins];
            let entries: Vec<(Value, Value)> =
                tables.iter().flat_map(|table| table.iter()).map(|entry| (entry.key, entry.value)).collect();
            for (key, value) in entries {
                if let Value::Str(key) = key {
                    self.dict_set_str(namespace, key, value)?;
                }
            }
            return self.register_module(name, namespace).map(Some);
        }
        let Some(entries) = self.base.modules.get(text) else { return Ok(None) };
        for (key, value) in entries {
            self.dict_set_str(namespace, *key, *value)?;
        }
        for (module, key, value) in crate::modules::CONSTANTS {
            if *module == text {
                let key = self.heap.intern(key)?;
                self.dict_set_str(namespace, key, Value::float(*value))?;
            }
        }
        self.register_module(name, namespace).map(Some)
    }

    /// A module written in guest Python: its body runs in a new namespace, then the module is the result. It costs the same
    /// whether the process has its code already or not.
    fn load_guest_module(&mut self, module: &'static GuestModule, name: Id<Str>) -> Result<Fault, Fault> {
        self.charge_bytes(module.source.len())?;
        let code = match module.code() {
            Ok(code) => code,
            Err(error) => {
                let message = format!("module {} does not compile: {}", module.name, error.message);
                return Err(self.engine_fault(message));
            }
        };
        let made = match self.load_native_module(module.name, name)? {
            Some(made) => made,
            None => {
                let Value::Dict(namespace) = self.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
                self.register_module(name, namespace)?
            }
        };
        let Value::Module(id) = made else { return Err(Fault::Halt) };
        let globals = self.heap.modules.get(id).namespace;
        let number = self.add_code(&code)?;
        let function =
            self.heap.new_function(crate::objects::Function { code: number, globals, ..Default::default() })?;
        Ok(self.prelude_call("_run_module", &[function, made]))
    }

    /// `from module import name`
    pub(crate) fn import_from(&mut self, module: Value, name: Id<Str>) -> Result<Value, Fault> {
        match self.get_attribute(module, name) {
            Err(Fault::Raise) if self.is_instance_of_type(self.raised, types::ATTRIBUTE_ERROR) => {
                self.raised = Value::Undef;
                let text = self.heap.str(name).to_owned();
                let module_name = match module {
                    Value::Module(id) => match self.heap.modules.get(id).name {
                        Value::Str(name) => self.heap.str(name).to_owned(),
                        _ => "?".to_owned(),
                    },
                    _ => "<unknown module name>".to_owned(),
                };
                if let Some(submodule) = crate::modules::guest::named(&format!("{module_name}.{text}")) {
                    let full = self.heap.intern(submodule.name)?;
                    return self.import_module(full);
                }
                let message = format!("cannot import name '{text}' from '{module_name}' (unknown location)");
                let fault = self.raise(types::IMPORT_ERROR, &message);
                self.set_exception_field(self.raised, names::NAME_FIELD, Value::Str(name))?;
                Err(fault)
            }
            other => other,
        }
    }

    /// An attribute the module does not have: its own `__getattr__` may know it (PEP 562).
    pub(crate) fn module_attribute_hook(&mut self, module: Value, name: Id<Str>) -> Result<Value, Fault> {
        let Value::Module(id) = module else { return Err(Fault::Halt) };
        match self.find_str(self.heap.modules.get(id).namespace, names::GETATTR) {
            Some(hook) => {
                self.pending = PendingCall {
                    callable: hook,
                    args: smallvec::smallvec![Value::Str(name)],
                    ..PendingCall::default()
                };
                Err(Fault::Call)
            }
            None => Err(self.no_attribute(module, name)),
        }
    }
}
