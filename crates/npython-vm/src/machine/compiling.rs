//! Source the program itself compiles: paid from the program's own budget, refused as the program's own exceptions.

use npython_bytecode::{Code, Constant, Instr, SourceRange};
use npython_compiler::{CompileError, CompileOptions, Mode, SyntaxErrorKind};

use crate::fault::Fault;
use crate::names;
use crate::objects::{Dict, Object};
use crate::types;
use crate::value::{Id, Value};

use super::Machine;

/// Gas for any compilation, however short, and for finding out what is wrong with one.
const FLAT_COST: u64 = 200;
const ERROR_COST: u64 = 20_000;
/// Gas for each byte and node: about what instructions cost that take as long.
const WEIGHT: u64 = 16;
/// Bytes of memory the compiler may need at once for each byte of source.
const WORKING_MEMORY: usize = 40;

/// Sources remembered, and the bytes of the longest.
const MOST_REMEMBERED: usize = 32;
const LONGEST_REMEMBERED: usize = 2_000;

/// A source the guest has compiled, and the number of its code object.
pub(crate) struct CompiledSource {
    text: Box<str>,
    filename: Box<str>,
    settings: Settings,
    pub(super) code: u32,
    gas: u64,
}

/// What `compile` can be asked for.
type Settings = (Mode, u8, bool, bool);

fn settings_of(options: &CompileOptions) -> Settings {
    (options.mode, options.optimize, options.future_annotations, options.top_level_await)
}

impl Machine {
    /// Compiles source and gives its code object.
    ///
    /// # Errors
    /// SyntaxError and its kind; the limits.
    pub(crate) fn compile_at_run_time(
        &mut self,
        text: &str,
        filename: &str,
        options: &CompileOptions,
    ) -> Result<Value, Fault> {
        self.charge(FLAT_COST + WEIGHT.saturating_mul(text.len() as u64))?;
        self.heap.reserve(text.len().saturating_mul(WORKING_MEMORY))?;
        if let Some((code, gas)) = self.compiled_before(text, filename, options) {
            self.charge_nodes(gas, text)?;
            return self.heap.new_object(Object::Code { code });
        }
        let compiled = match npython_compiler::compile_metered(text, filename, options) {
            Ok(compiled) => compiled,
            Err(error) => return Err(self.raise_syntax_error(&error)),
        };
        self.charge_nodes(compiled.gas, text)?;
        let code = self.add_counted_code(&compiled.code, code_bytes(&compiled.code))?;
        self.remember_compiled(text, filename, options, code, compiled.gas);
        self.heap.new_object(Object::Code { code })
    }

    /// The bytes of the text are paid for.
    fn charge_nodes(&mut self, gas: u64, text: &str) -> Result<(), Fault> {
        self.charge(WEIGHT.saturating_mul(gas.saturating_sub(text.len() as u64)))
    }

    /// Code number and cost of a source that was compiled lately.
    fn compiled_before(&self, text: &str, filename: &str, options: &CompileOptions) -> Option<(u32, u64)> {
        let settings = settings_of(options);
        let same = |known: &&CompiledSource| {
            *known.text == *text && known.settings == settings && *known.filename == *filename
        };
        self.compiled.iter().find(same).map(|known| (known.code, known.gas))
    }

    /// A program that evaluates the same text over and over compiles it once, as long as nothing is collected between.
    fn remember_compiled(&mut self, text: &str, filename: &str, options: &CompileOptions, code: u32, gas: u64) {
        if text.len() > LONGEST_REMEMBERED {
            return;
        }
        if self.compiled.len() >= MOST_REMEMBERED {
            self.compiled.remove(0);
        }
        let settings = settings_of(options);
        self.compiled.push(CompiledSource { text: text.into(), filename: filename.into(), settings, code, gas });
    }

    /// Text of a program that is given as bytes.
    ///
    /// # Errors
    /// SyntaxError for an unknown encoding or malformed text.
    pub(crate) fn decode_source(&mut self, data: &[u8], filename: &str) -> Result<String, Fault> {
        self.charge_bytes(data.len())?;
        self.heap.reserve(data.len().saturating_mul(2))?;
        if memchr::memchr(0, data).is_some() {
            let fault = self.raise(types::SYNTAX_ERROR, "source code string cannot contain null bytes");
            return Err(fault);
        }
        match npython_compiler::decode_source(data, filename) {
            Ok(text) => Ok(text),
            Err(error) => Err(self.raise_syntax_error(&error)),
        }
    }

    /// The exception for a program that does not compile, with CPython's attributes.
    fn raise_syntax_error(&mut self, error: &CompileError) -> Fault {
        if let Err(fault) = self.charge(ERROR_COST) {
            return fault;
        }
        match self.syntax_error(error) {
            Ok(exception) => self.raise_value(exception),
            Err(fault) => fault,
        }
    }

    fn syntax_error(&mut self, error: &CompileError) -> Result<Value, Fault> {
        let class = match error.kind {
            SyntaxErrorKind::SyntaxError => types::SYNTAX_ERROR,
            SyntaxErrorKind::IndentationError => types::INDENTATION_ERROR,
            SyntaxErrorKind::TabError => types::TAB_ERROR,
            SyntaxErrorKind::RecursionError => types::RECURSION_ERROR,
        };
        let message = self.heap.new_str(&error.message)?;
        if error.kind == SyntaxErrorKind::RecursionError || error.is_nowhere {
            return self.new_exception(class, &[message]);
        }
        let filename = self.heap.new_str(&error.filename)?;
        let text = match &error.source_line {
            Some(line) => self.heap.new_str(line)?,
            None if error.line == 0 => self.heap.new_str("")?,
            None => Value::None,
        };
        let number = |number: u32| Value::Int(i64::from(number));
        let end_column = Value::Int(error.end_offset());
        let details = [
            (names::FILENAME, filename),
            (names::LINENO, number(error.line)),
            (names::OFFSET, number(error.column)),
            (names::TEXT, text),
            (names::END_LINENO, number(error.end_line)),
            (names::END_OFFSET, end_column),
        ];
        let values: Vec<Value> = details.iter().map(|(_, value)| *value).collect();
        let tuple = self.heap.new_tuple(&values)?;
        let exception = self.new_exception(class, &[message, tuple])?;
        for (name, value) in details {
            self.set_exception_field(exception, name, value)?;
        }
        self.set_exception_field(exception, names::MSG, message)?;
        Ok(exception)
    }

    /// The module `builtins`: a copy of the machine's own, in which nothing is looked up.
    pub(crate) fn builtins_module(&mut self) -> Result<Value, Fault> {
        self.import_name(names::BUILTINS_NAME, Value::Int(0), Value::None)
    }

    /// The namespace of the module `builtins`.
    pub(crate) fn builtins_namespace(&mut self) -> Result<Id<Dict>, Fault> {
        match self.builtins_module()? {
            Value::Module(id) => Ok(self.heap.modules.get(id).namespace),
            _ => Err(Fault::Halt),
        }
    }
}

/// Bytes a code object and all it holds take.
pub(crate) fn code_bytes(code: &Code) -> usize {
    let mut bytes = code.source.text.len() + code.source.filename.len();
    let mut pending = vec![code];
    let mut constants: Vec<&Constant> = Vec::new();
    while let Some(code) = pending.pop() {
        bytes += size_of::<Code>() + code.instrs.len() * (size_of::<Instr>() + size_of::<SourceRange>());
        bytes += (code.local_names.len() + code.free_names.len() + code.names.len()) * 2 * size_of::<usize>();
        bytes += code.constants.len() * size_of::<Constant>() + code.handlers.len() * 20;
        constants.extend(&code.constants);
        while let Some(constant) = constants.pop() {
            match constant {
                Constant::Code(inner) => pending.push(inner),
                Constant::Tuple(items) | Constant::FrozenSet(items) => {
                    bytes += items.len() * size_of::<Constant>();
                    constants.extend(items.iter());
                }
                Constant::Str(text) => bytes += text.len(),
                Constant::WideStr(points) => bytes += points.len() * 4,
                Constant::Bytes(data) => bytes += data.len(),
                Constant::BigInt { magnitude, .. } => bytes += magnitude.len(),
                _ => {}
            }
        }
    }
    bytes
}
