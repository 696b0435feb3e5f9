//! Modules written in guest Python. Each is compiled when a machine of the process first imports it; the code object is
//! shared by all machines. What an import costs a program does not depend on who compiled it.
//!
//! Such a module is ordinary Python with two privileges: its frames are left out of tracebacks, and a global name that
//! starts with `_npython_` is, when the code is linked, the intrinsic or prelude function of that name without `_npython`.
//! It is a constant of the code and no attribute of the module, so the program that imports the module cannot reach it.

use std::sync::{Arc, OnceLock};

use npython_bytecode::Code;
use npython_compiler::{CompileError, CompileOptions, compile};

/// What a guest module's global names start with when they mean the machine's own functions.
pub(crate) const INTRINSIC_PREFIX: &str = "_npython";

/// A module in guest Python.
pub(crate) struct GuestModule {
    /// The name it is imported by.
    pub(crate) name: &'static str,
    /// The file name of its code objects.
    pub(crate) filename: &'static str,
    /// Its files, one behind the other.
    pub(crate) source: &'static str,
    code: OnceLock<Arc<Code>>,
}

impl GuestModule {
    /// The code of the module body.
    ///
    /// # Errors
    /// When the source is not valid, which is a defect of the machine.
    pub(crate) fn code(&self) -> Result<Arc<Code>, CompileError> {
        if let Some(code) = self.code.get() {
            return Ok(code.clone());
        }
        let options = CompileOptions { last_expression_is_result: false, internal: true, ..Default::default() };
        let code = compile(self.source, self.filename, &options)?;
        Ok(self.code.get_or_init(|| code).clone())
    }
}

macro_rules! guest_modules {
    ($( $name:literal = $( $file:literal )|+ ),+ $(,)?) => {
        /// All of them.
        static MODULES: [GuestModule; [$( $name ),+].len()] = [ $( GuestModule {
            name: $name,
            filename: concat!("<", $name, ">"),
            source: concat!($( include_str!(concat!("guest/", $file)) ),+),
            code: OnceLock::new(),
        } ),+ ];
    };
}

guest_modules! {
    "__future__" = "future.py",
    "_collections_wrappers" = "collections_wrappers.py",
    "_typing_protocols" = "typing_protocols.py",
    "abc" = "abc.py",
    "asyncio" =
        "asyncio/loop.py" | "asyncio/tasks.py" | "asyncio/host_calls.py" | "asyncio/waiting.py" | "asyncio/locks.py"
        | "asyncio/queues.py" | "asyncio/groups.py",
    "bisect" = "bisect.py",
    "collections" =
        "collections/exports.py" | "collections/dicts.py" | "collections/counter.py" | "collections/namedtuple.py"
        | "collections/names_on_demand.py",
    "collections.abc" =
        "collections_abc/recognition.py" | "collections_abc/iteration.py" | "collections_abc/callable.py"
        | "collections_abc/sets.py" | "collections_abc/mappings.py" | "collections_abc/sequences.py"
        | "collections_abc/registration.py",
    "contextlib" = "contextlib.py",
    "copy" = "copy.py",
    "dataclasses" = "dataclasses.py",
    "enum" =
        "enum/members.py" | "enum/enum_type.py" | "enum/enum_classes.py" | "enum/flags.py" | "enum/checks.py",
    "functools" = "functools.py",
    "hashlib" = "hashlib.py",
    "heapq" = "heapq.py",
    "hmac" = "hmac.py",
    "inspect" = "inspect.py",
    "itertools" = "itertools.py",
    "json" = "json.py",
    "json.decoder" = "json_decoder.py",
    "json.encoder" = "json_encoder.py",
    "json.scanner" = "json_scanner.py",
    "numbers" = "numbers.py",
    "operator" = "operator.py",
    "random" = "random.py",
    "re" = "re.py",
    "statistics" = "statistics.py",
    "string" = "string.py",
    "textwrap" = "textwrap.py",
    "traceback" = "traceback.py",
    "types" = "types.py",
    "typing" =
        "typing/parameters.py" | "typing/substitution.py" | "typing/special_forms.py" | "typing/aliases.py"
        | "typing/generic.py" | "typing/names_of_classes.py" | "typing/records.py" | "typing/functions.py",
    "weakref" = "weakref.py",
}

/// The module with this name.
pub(crate) fn named(name: &str) -> Option<&'static GuestModule> {
    MODULES.iter().find(|module| module.name == name)
}

/// Their names.
#[cfg(test)]
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    MODULES.iter().map(|module| module.name)
}

/// Whether it is a package.
pub(crate) fn has_submodules(name: &str) -> bool {
    MODULES.iter().any(|module| module.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

/// The module that code with this file name belongs to.
pub(crate) fn of_file(filename: &str) -> Option<&'static GuestModule> {
    MODULES.iter().find(|module| module.filename == filename)
}

#[cfg(test)]
mod tests {
    use super::MODULES;

    #[test]
    fn every_module_compiles() {
        for module in &MODULES {
            assert!(module.code().is_ok(), "{}: {:?}", module.name, module.code().err());
        }
    }
}
