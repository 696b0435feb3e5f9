//! `import`: the modules that exist inside the sandbox.

use crate::fault::Fault;
use crate::names;
use crate::objects::{Dict, Module, Str};
use crate::types;
use crate::value::{Id, Value};

use super::Machine;

impl Machine {
    /// `import name` and `from name import ...`.
    pub(crate) fn import_name(&mut self, name: Id<Str>, level: Value, from_list: Value) -> Result<Value, Fault> {
        if level != Value::Int(0) {
            return Err(self.raise(types::IMPORT_ERROR, "attempted relative import with no known parent package"));
        }
        let globals = self.frames.last().map_or(self.main_globals, |frame| frame.globals);
        if self.find_in_own_builtins(globals, names::IMPORT) == Some(None) {
            return Err(self.raise(types::IMPORT_ERROR, "__import__ not found"));
        }
        let text = self.heap.str(name).to_owned();
        if let Some(module) = self.loaded_module(name) {
            return Ok(module);
        }
        let _ = from_list;
        if let Some(module) = self.load_native_module(&text, name)? {
            return Ok(module);
        }
        if let Some(fault) = self.load_guest_module(&text, name) {
            return Err(fault);
        }
        let fault = self.raise(types::MODULE_NOT_FOUND_ERROR, &format!("No module named '{text}'"));
        self.set_exception_field(self.raised, names::NAME_FIELD, Value::Str(name));
        Err(fault)
    }

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

    /// A module written in guest Python: its body runs in a new namespace, then the module is the result.
    fn load_guest_module(&mut self, text: &str, name: Id<Str>) -> Option<Fault> {
        let (filename, source) = crate::modules::GUEST_SOURCES
            .iter()
            .find(|(module, _, _)| *module == text)
            .map(|(_, file, source)| (file, source))?;
        Some(self.run_module_source(filename, source, name).unwrap_or_else(|fault| fault))
    }

    fn run_module_source(&mut self, filename: &str, source: &str, name: Id<Str>) -> Result<Fault, Fault> {
        self.charge_bytes(source.len())?;
        let options = npython_compiler::CompileOptions { last_expression_is_result: false, ..Default::default() };
        let code = match npython_compiler::compile(source, filename, &options) {
            Ok(code) => code,
            Err(error) => {
                return Err(self.engine_fault(format!("module {filename} does not compile: {}", error.message)));
            }
        };
        let Value::Dict(namespace) = self.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
        let module = self.register_module(name, namespace)?;
        let number = self.add_code(&code)?;
        let function = self.heap.new_function(crate::objects::Function {
            code: number,
            globals: namespace,
            ..Default::default()
        })?;
        Ok(self.prelude_call("_run_module", &[function, module]))
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
                let message = format!("cannot import name '{text}' from '{module_name}' (unknown location)");
                let fault = self.raise(types::IMPORT_ERROR, &message);
                self.set_exception_field(self.raised, names::NAME_FIELD, Value::Str(name));
                Err(fault)
            }
            other => other,
        }
    }
}
