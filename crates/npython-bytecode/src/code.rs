//! Code objects: the compiled form of one scope.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::Instr;

/// An identifier or attribute name, shared text.
pub type Name = Arc<str>;

/// A source file as the compiler read it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The name shown in tracebacks.
    pub filename: Arc<str>,
    /// The whole text; ranges are byte offsets into it.
    pub text: Arc<str>,
    /// Frames of internal sources (the prelude) do not appear in tracebacks.
    pub internal: bool,
    /// Compiled by the guest itself: no file a traceback could quote.
    pub made_at_run_time: bool,
}

/// Half-open byte range of the source an instruction came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SourceRange {
    pub start: u32,
    pub end: u32,
}

/// A constant of a code object: plain data, turned into a machine value when the code is linked.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Constant {
    None,
    Ellipsis,
    Bool(bool),
    Int(i64),
    /// An integer outside i64: sign and magnitude as little-endian bytes.
    BigInt {
        negative: bool,
        magnitude: Box<[u8]>,
    },
    Float(f64),
    Complex {
        real: f64,
        imaginary: f64,
    },
    /// Text without lone surrogates.
    Str(Arc<str>),
    /// Text with lone surrogates (U+D800..U+DFFF), as code points.
    WideStr(Arc<[u32]>),
    Bytes(Arc<[u8]>),
    Tuple(Arc<[Constant]>),
    FrozenSet(Arc<[Constant]>),
    Code(Arc<Code>),
}

/// One row of the exception table: an exception raised by an instruction in `start..end` cuts the operand stack to
/// `depth` values, pushes (if `push_origin`) the index of the raising instruction as an int, pushes the exception and
/// continues at `target`. Rows are sorted innermost first among rows that overlap: the first match wins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Handler {
    pub start: u32,
    pub end: u32,
    pub target: u32,
    pub depth: u32,
    pub push_origin: bool,
}

/// Properties of a code object.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct CodeFlags(pub u16);

impl CodeFlags {
    /// Has a `*args` parameter (its slot follows all named parameters).
    pub const VARARGS: u16 = 1;
    /// Has a `**kwargs` parameter (its slot follows `*args`).
    pub const VARKEYWORDS: u16 = 2;
    /// A call makes a generator.
    pub const GENERATOR: u16 = 4;
    /// A call makes a coroutine.
    pub const COROUTINE: u16 = 8;
    /// A call makes an async generator.
    pub const ASYNC_GENERATOR: u16 = 16;
    /// A function body: names are local slots. Not set for modules and class bodies.
    pub const FUNCTION: u16 = 32;
    /// A class body: names live in the class namespace.
    pub const CLASS: u16 = 64;
    /// A module body.
    pub const MODULE: u16 = 128;
    /// Names are loaded and stored through a separate locals mapping (`exec` with two namespaces).
    pub const SEPARATE_LOCALS: u16 = 256;
    /// Defined inside another function.
    pub const NESTED: u16 = 512;
    /// The first constant is the docstring.
    pub const HAS_DOCSTRING: u16 = 1024;

    /// Whether any bit of `flag` is set.
    pub const fn has(self, flag: u16) -> bool {
        self.0 & flag != 0
    }

    /// GENERATOR, COROUTINE or ASYNC_GENERATOR.
    pub const SUSPENDABLE: u16 = Self::GENERATOR | Self::COROUTINE | Self::ASYNC_GENERATOR;
}

/// The compiled form of one scope.
///
/// Local slots: named parameters (positional-only, positional-or-keyword, keyword-only), `*args`, `**kwargs`, other
/// locals, then the free variables. A variable captured by an inner scope keeps its slot; `MakeCell` turns the slot's
/// content into a cell at the start of the body. Free variable slots are filled with cells from the closure on entry.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Code {
    pub name: Name,
    pub qualname: Name,
    pub source: Arc<Source>,
    /// Line of the `def`, `class` or first decorator; 1 for a module.
    pub first_line: u32,
    pub flags: CodeFlags,
    /// Positional parameters, positional-only included.
    pub positional_count: u32,
    pub positional_only_count: u32,
    pub keyword_only_count: u32,
    /// Parameters first, then other locals (cells included); without free variables.
    pub local_names: Vec<Name>,
    /// Free variables; their slots follow `local_names`.
    pub free_names: Vec<Name>,
    /// The most operands on the stack at any point.
    pub stack_size: u32,
    pub instrs: Vec<Instr>,
    /// One for each instruction.
    pub ranges: Vec<SourceRange>,
    pub constants: Vec<Constant>,
    pub names: Vec<Name>,
    pub handlers: Vec<Handler>,
}

impl Code {
    /// Number of local slots, free variables included.
    pub fn slot_count(&self) -> usize {
        self.local_names.len() + self.free_names.len()
    }

    /// Number of slots that are parameters, `*args` and `**kwargs` included.
    pub fn parameter_slots(&self) -> usize {
        self.positional_count as usize
            + self.keyword_only_count as usize
            + usize::from(self.flags.has(CodeFlags::VARARGS))
            + usize::from(self.flags.has(CodeFlags::VARKEYWORDS))
    }

    /// The docstring, if the body starts with one.
    pub fn docstring(&self) -> Option<&Constant> {
        if self.flags.has(CodeFlags::HAS_DOCSTRING) { self.constants.first() } else { None }
    }

    /// Index into `local_names` of a class body's or function's local `name`.
    pub fn local_index(&self, name: &str) -> Option<usize> {
        self.local_names.iter().position(|local| &**local == name)
    }
}
