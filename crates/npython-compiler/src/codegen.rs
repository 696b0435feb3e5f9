//! Second half of the compiler: tree and symbol table to code objects.
//!
//! The shape of the code follows CPython's: exception tables instead of block instructions, `finally` bodies repeated
//! on each way out, comprehensions compiled into the code around them (PEP 709).

mod assign;
mod block;
mod call;
mod class;
mod comprehension;
mod condition;
mod constants;
mod display;
mod exception;
mod expression;
mod finish;
mod fold;
mod function;
mod import;
mod loops;
mod name;
mod pattern;
mod statement;
mod string;
mod suspend;
mod type_parameters;
mod unit;
mod unwind;
mod with;

use std::sync::Arc;

use npython_bytecode::{Code, CodeFlags, Constant, Instr, Source, SourceRange};
use ruff_python_ast as ast;
use ruff_text_size::{Ranged, TextRange};

use crate::error::Fault;
use crate::future::Futures;
use crate::lines::LineIndex;
use crate::options::{CompileOptions, Mode};
use crate::symbols::{Interner, NameId, Resolution, ScopeId, ScopeKind, SymbolFlags, SymbolTable, mangle};
use block::{Block, BlockKind};
use unit::{FREE_SLOT, Label, Unit, UnitKind};

pub(crate) type Checked<T = ()> = Result<T, Box<Fault>>;

/// Code objects inside each other; qualified names grow with the nesting.
const MAX_UNITS: usize = 1_000;

/// Blocks open at once in a code object, as in CPython.
const MAX_BLOCKS: usize = 21;

/// Instructions any program may have; repeated `finally` bodies and captures of patterns can make more of them than the
/// source accounts for.
const FREE_INSTRUCTIONS: usize = 1_000_000;
/// More instructions for each byte of source.
const INSTRUCTIONS_PER_BYTE: usize = 8;

/// State of code generation.
pub(crate) struct Compiler<'a> {
    table: SymbolTable,
    interner: Interner,
    source: Arc<Source>,
    text: &'a str,
    lines: LineIndex,
    options: &'a CompileOptions,
    futures: Futures,
    /// Range of an argument list that is one generator expression, about to be compiled.
    lone_argument: Option<SourceRange>,
    /// Instructions of finished code objects.
    finished_instructions: usize,
    unit: Unit<'a>,
    /// Finished units, whose memory is used again.
    spare_units: Vec<Unit<'a>>,
    /// Units around the current one, outermost first.
    outer: Vec<Unit<'a>>,
}

/// What [`generate`] needs besides the tree.
pub(crate) struct Input<'a> {
    pub(crate) table: SymbolTable,
    pub(crate) interner: Interner,
    pub(crate) source: Arc<Source>,
    pub(crate) text: &'a str,
    pub(crate) options: &'a CompileOptions,
    pub(crate) futures: Futures,
    pub(crate) lines: LineIndex,
}

/// Compiles a module or an expression.
///
/// # Errors
/// The syntax errors CPython's compiler reports, as opposed to its parser and its symbol table.
pub(crate) fn generate<'a>(module: &'a ast::Mod, input: Input<'a>) -> Checked<Arc<Code>> {
    let name: Arc<str> = Arc::from("<module>");
    let mut unit = Unit::new(UnitKind::Module, ScopeId(0), Arc::clone(&name), name, 1);
    unit.flags = CodeFlags::MODULE | if input.options.separate_locals { CodeFlags::SEPARATE_LOCALS } else { 0 };
    let mut compiler = Compiler {
        table: input.table,
        interner: input.interner,
        source: input.source,
        text: input.text,
        lines: input.lines,
        options: input.options,
        futures: input.futures,
        lone_argument: None,
        finished_instructions: 0,
        unit,
        spare_units: Vec::new(),
        outer: Vec::new(),
    };
    compiler.module(module)?;
    let code = compiler.finish_current()?;
    Ok(Arc::new(code))
}

/// The bytes a node came from.
fn at(node: &impl Ranged) -> SourceRange {
    let range = node.range();
    SourceRange { start: range.start().to_u32(), end: range.end().to_u32() }
}

fn fault<T>(message: impl Into<String>, range: TextRange) -> Checked<T> {
    Err(Box::new(Fault::syntax(message, range.start().to_u32(), range.end().to_u32())))
}

impl<'a> Compiler<'a> {
    fn module(&mut self, module: &'a ast::Mod) -> Checked {
        let start = SourceRange::default();
        if self.options.top_level_await && self.table.scope(ScopeId(0)).is_coroutine {
            self.unit.flags |= CodeFlags::COROUTINE;
        }
        match module {
            ast::Mod::Expression(expression) => {
                self.expression(&expression.body)?;
                self.emit(Instr::ReturnValue, at(&*expression.body));
            }
            ast::Mod::Module(module) => {
                if self.table.scope(ScopeId(0)).has_annotations {
                    self.emit(Instr::SetupAnnotations, start);
                }
                let body = self.module_docstring(&module.body)?;
                self.module_body(body)?;
                self.emit(Instr::LoadNone, start);
                self.emit(Instr::ReturnValue, start);
            }
        }
        Ok(())
    }

    fn module_docstring(&mut self, body: &'a [ast::Stmt]) -> Checked<&'a [ast::Stmt]> {
        if self.options.mode != Mode::Exec || (self.options.last_expression_is_result && body.len() == 1) {
            return Ok(body);
        }
        let Some(docstring) = docstring_of(body) else { return Ok(body) };
        if self.options.optimize < 2 {
            let constant = self.docstring_constant(docstring)?;
            self.load_constant(constant, at(docstring));
            let name = self.interner.intern("__doc__");
            self.store_name(name, at(docstring));
        }
        Ok(&body[1..])
    }

    fn module_body(&mut self, body: &'a [ast::Stmt]) -> Checked {
        if !self.options.last_expression_is_result || self.options.mode != Mode::Exec {
            return self.statements(body);
        }
        let Some((ast::Stmt::Expr(last), rest)) = body.split_last() else {
            return self.statements(body);
        };
        self.statements(rest)?;
        self.expression(&last.value)?;
        self.emit(Instr::SetResult, at(last));
        Ok(())
    }

    /// Refuses code that grows out of proportion to its source.
    fn check_growth(&self, range: TextRange) -> Checked {
        let limit = FREE_INSTRUCTIONS + self.text.len().saturating_mul(INSTRUCTIONS_PER_BYTE);
        if self.finished_instructions + self.unit.instrs.len() > limit {
            return fault("too much code for its source", range);
        }
        Ok(())
    }

    fn emit(&mut self, instr: Instr, range: SourceRange) {
        self.unit.emit(instr, range);
    }

    fn label(&mut self) -> Label {
        self.unit.new_label()
    }

    fn bind(&mut self, label: Label) {
        self.unit.bind(label);
    }

    /// The line a code object starts on.
    fn line_of(&self, range: TextRange) -> u32 {
        self.lines.line(range.start().to_u32())
    }

    /// The number of a name as the current unit sees it, private names mangled.
    fn name_id(&mut self, text: &str) -> NameId {
        if text.starts_with("__")
            && let Some(class_name) = self.unit.class_name
        {
            let class_name = Arc::clone(self.interner.text(class_name));
            if let Some(mangled) = mangle(&class_name, text) {
                return self.interner.intern(&mangled);
            }
        }
        self.interner.intern(text)
    }

    /// Makes a new unit current. Its locals are taken from the symbol table.
    fn enter(&mut self, kind: UnitKind, scope: ScopeId, name: &str, range: TextRange) -> Checked {
        if self.outer.len() >= MAX_UNITS {
            return Err(Box::new(Fault::too_deep()));
        }
        let id = self.interner.intern(name);
        let name = Arc::clone(self.interner.text(id));
        let qualname = self.qualname(kind, &name);
        let line = self.line_of(range);
        let mut unit = match self.spare_units.pop() {
            Some(mut spare) => {
                spare.reset(kind, scope, name, qualname, line);
                spare
            }
            None => Unit::new(kind, scope, name, qualname, line),
        };
        unit.class_name = self.table.scope(scope).class_name;
        let outer = std::mem::replace(&mut self.unit, unit);
        self.outer.push(outer);
        self.set_up_slots();
        Ok(())
    }

    /// Finishes the current unit and makes the one around it current again.
    fn leave(&mut self) -> Checked<Arc<Code>> {
        Ok(Arc::new(self.finish_current()?))
    }

    fn qualname(&mut self, kind: UnitKind, name: &Arc<str>) -> Arc<str> {
        let mut parent = Some(&self.unit);
        if self.unit.kind == UnitKind::Annotation && self.table.scope(self.unit.scope).kind == ScopeKind::TypeParameters
        {
            parent = self.outer.last();
        }
        let Some(parent) = parent.filter(|parent| parent.kind != UnitKind::Module) else {
            return Arc::clone(name);
        };
        if matches!(kind, UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Class) {
            let class_name = parent.class_name.map(|class_name| Arc::clone(self.interner.text(class_name)));
            let mangled = class_name.and_then(|class_name| mangle(&class_name, name));
            let (scope, qualname) = (parent.scope, Arc::clone(&parent.qualname));
            let parent_kind = parent.kind;
            let id = self.interner.intern(mangled.as_deref().unwrap_or(name));
            let global =
                self.table.symbol(scope, id).is_some_and(|symbol| symbol.resolution == Resolution::GlobalExplicit);
            return if global { Arc::clone(name) } else { join_qualname(parent_kind, &qualname, name) };
        }
        join_qualname(parent.kind, &parent.qualname, name)
    }

    /// Gives the parameters, locals, cells and free variables of the current unit their slots, and makes the cells.
    fn set_up_slots(&mut self) {
        let id = self.unit.scope;
        let scope = &self.table.scopes[id.0 as usize];
        let unit = &mut self.unit;
        for name in &scope.parameters {
            unit.slots.insert(*name, u32::try_from(unit.local_names.len()).unwrap_or(u32::MAX));
            unit.local_names.push(*name);
        }
        let mut cells = Vec::new();
        for index in &scope.symbols {
            let symbol = &self.table.symbols[*index as usize];
            let local = matches!(symbol.resolution, Resolution::Local | Resolution::Cell);
            if local && scope.kind.is_function_like() {
                let next = u32::try_from(unit.local_names.len()).unwrap_or(u32::MAX);
                let slot = *unit.slots.entry(symbol.name).or_insert(next);
                if slot == next {
                    unit.local_names.push(symbol.name);
                }
                if symbol.resolution == Resolution::Cell {
                    cells.push(slot);
                }
            } else if symbol.flags.has(SymbolFlags::PASS_ON) {
                let slot = u32::try_from(unit.free_names.len()).unwrap_or(0) | FREE_SLOT;
                unit.slots.insert(symbol.name, slot);
                unit.free_names.push(symbol.name);
            }
        }
        if scope.kind.is_function_like() {
            unit.flags |= CodeFlags::FUNCTION;
        }
        for slot in cells {
            self.emit(Instr::MakeCell(slot), SourceRange::default());
        }
    }

    /// Opens a block for `return`, `break` and `continue` to leave.
    fn push_block(&mut self, kind: BlockKind<'a>, start: Label, exit: Label, range: TextRange) -> Checked {
        if self.unit.blocks.len() >= MAX_BLOCKS {
            return fault("too many statically nested blocks", range);
        }
        self.unit.blocks.push(Block { kind, start, exit, range });
        Ok(())
    }

    fn pop_block(&mut self) {
        self.unit.blocks.pop();
    }

    fn load_constant(&mut self, constant: Constant, range: SourceRange) {
        let instr = match constant {
            Constant::None => Instr::LoadNone,
            Constant::Bool(true) => Instr::LoadTrue,
            Constant::Bool(false) => Instr::LoadFalse,
            Constant::Int(value) => match i32::try_from(value) {
                Ok(value) => Instr::LoadInt(value),
                Err(_) => Instr::LoadConst(self.unit.constants.number(constant)),
            },
            other => Instr::LoadConst(self.unit.constants.number(other)),
        };
        self.emit(instr, range);
    }

    fn load_text(&mut self, text: &Arc<str>, range: SourceRange) {
        self.load_constant(Constant::Str(Arc::clone(text)), range);
    }
}

fn join_qualname(parent: UnitKind, base: &str, name: &str) -> Arc<str> {
    let infix = match parent {
        UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Lambda => ".<locals>.",
        _ => ".",
    };
    let mut text = String::with_capacity(base.len() + infix.len() + name.len());
    text.push_str(base);
    text.push_str(infix);
    text.push_str(name);
    Arc::from(text)
}

/// The expression of a docstring.
fn docstring_of(body: &[ast::Stmt]) -> Option<&ast::ExprStringLiteral> {
    match body.first()? {
        ast::Stmt::Expr(statement) => statement.value.as_string_literal_expr(),
        _ => None,
    }
}
