//! Scopes and what each name means in them (Language Reference 4.2).
//!
//! Two passes: [`build`] walks the tree and notes every binding and use; [`resolve`] decides, for every name of every
//! scope, whether it is local, a cell, free or global. Afterwards `node_index` of a name node holds its [`NameId`], and
//! `node_index` of a node that opens a scope its [`ScopeId`].

mod build;
mod build_expression;
mod build_parameters;
mod interner;
mod resolve;

use ruff_python_ast::AtomicNodeIndex;
use rustc_hash::FxHashMap;

pub(crate) use build::build;
pub(crate) use build_parameters::without_stars;
pub(crate) use interner::{Interner, NameId, mangle};
pub(crate) use resolve::resolve;

/// Index of a scope in [`SymbolTable::scopes`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct ScopeId(pub(crate) u32);

/// What opens a scope.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ScopeKind {
    Module,
    Class,
    Function,
    Lambda,
    /// A generator expression: a code object of its own.
    Generator,
    /// A list, set or dict comprehension: compiled into the code object around it.
    Comprehension,
    /// The type parameters of a generic function, class or alias (PEP 695).
    TypeParameters,
    /// The value of a `type` statement.
    TypeAlias,
    /// The bound, constraints or default of a type parameter.
    TypeVariable,
    /// An annotation that is kept as text; its names mean nothing.
    Annotation,
}

impl ScopeKind {
    /// Whether names bound in the scope are local slots.
    pub(crate) const fn is_function_like(self) -> bool {
        !matches!(self, Self::Module | Self::Class)
    }

    /// Whether the scope evaluates annotations or type parameters lazily.
    pub(crate) const fn is_annotation(self) -> bool {
        matches!(self, Self::TypeParameters | Self::TypeAlias | Self::TypeVariable)
    }
}

/// How a name of a scope is reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Resolution {
    #[default]
    Unknown,
    Local,
    /// Local, and captured by an inner code object.
    Cell,
    /// Bound in an enclosing function-like scope.
    Free,
    /// Declared `global`.
    GlobalExplicit,
    GlobalImplicit,
}

/// What was seen of a name in a scope.
#[derive(Clone, Copy, Default)]
pub(crate) struct SymbolFlags(pub(crate) u16);

impl SymbolFlags {
    pub(crate) const GLOBAL: u16 = 1;
    pub(crate) const LOCAL: u16 = 2;
    pub(crate) const PARAMETER: u16 = 4;
    pub(crate) const NONLOCAL: u16 = 8;
    pub(crate) const USE: u16 = 16;
    pub(crate) const IMPORT: u16 = 32;
    pub(crate) const ANNOTATED: u16 = 64;
    pub(crate) const COMPREHENSION_TARGET: u16 = 128;
    pub(crate) const TYPE_PARAMETER: u16 = 256;
    /// Passed on to an inner code object although the scope itself means something else by the name, or nothing.
    pub(crate) const PASS_ON: u16 = 512;
    pub(crate) const BOUND: u16 = Self::LOCAL | Self::PARAMETER | Self::IMPORT | Self::TYPE_PARAMETER;

    pub(crate) const fn has(self, flag: u16) -> bool {
        self.0 & flag != 0
    }
}

/// A name of a scope.
pub(crate) struct Symbol {
    pub(crate) name: NameId,
    pub(crate) flags: SymbolFlags,
    pub(crate) resolution: Resolution,
    /// Where it was declared `global` or `nonlocal`, else where it was seen first.
    pub(crate) range: (u32, u32),
}

/// One scope.
pub(crate) struct Scope {
    pub(crate) kind: ScopeKind,
    pub(crate) parent: Option<ScopeId>,
    /// Indexes into [`SymbolTable::symbols`], in order of appearance.
    pub(crate) symbols: Vec<u32>,
    /// Parameters in the order of their slots.
    pub(crate) parameters: Vec<NameId>,
    pub(crate) is_generator: bool,
    pub(crate) is_coroutine: bool,
    pub(crate) has_annotations: bool,
    /// An annotation scope directly in a class body: it sees the names of the class.
    pub(crate) sees_class: bool,
    /// A class body that needs the `__class__` cell.
    pub(crate) needs_class_cell: bool,
    /// A class body that needs the `__classdict__` cell.
    pub(crate) needs_class_dict: bool,
    /// The class whose private names are mangled here.
    pub(crate) class_name: Option<NameId>,
    /// The target of a `for` clause is being visited.
    pub(crate) in_comprehension_target: bool,
    /// What kind of comprehension, for messages.
    pub(crate) comprehension_word: &'static str,
    /// What kind of type parameter scope, for messages.
    pub(crate) annotation_word: &'static str,
}

/// All scopes of a compilation.
#[derive(Default)]
pub(crate) struct SymbolTable {
    pub(crate) scopes: Vec<Scope>,
    pub(crate) symbols: Vec<Symbol>,
    lookup: FxHashMap<u64, u32>,
    /// Nodes of the tree, for gas.
    pub(crate) nodes: u64,
}

impl SymbolTable {
    pub(crate) fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0 as usize]
    }

    pub(crate) fn scope_mut(&mut self, id: ScopeId) -> &mut Scope {
        &mut self.scopes[id.0 as usize]
    }

    pub(crate) fn symbol(&self, scope: ScopeId, name: NameId) -> Option<&Symbol> {
        self.lookup.get(&Self::key(scope, name)).map(|index| &self.symbols[*index as usize])
    }

    /// Adds `flags` to the symbol, making it if it is new.
    pub(crate) fn add(&mut self, scope: ScopeId, name: NameId, flags: u16, range: (u32, u32)) -> &mut Symbol {
        let next = u32::try_from(self.symbols.len()).unwrap_or(u32::MAX);
        let index = *self.lookup.entry(Self::key(scope, name)).or_insert(next);
        if index == next {
            self.symbols.push(Symbol { name, flags: SymbolFlags(0), resolution: Resolution::Unknown, range });
            self.scopes[scope.0 as usize].symbols.push(index);
        }
        let symbol = &mut self.symbols[index as usize];
        symbol.flags.0 |= flags;
        symbol
    }

    /// The scope whose code object `scope` is compiled into: itself unless it is a comprehension.
    pub(crate) fn unit(&self, mut scope: ScopeId) -> ScopeId {
        while self.scope(scope).kind == ScopeKind::Comprehension {
            match self.scope(scope).parent {
                Some(parent) => scope = parent,
                None => break,
            }
        }
        scope
    }

    const fn key(scope: ScopeId, name: NameId) -> u64 {
        (scope.0 as u64) << 32 | name.0 as u64
    }
}

/// Stores a number in a node.
pub(crate) fn set_number(node: &AtomicNodeIndex, number: u32) {
    node.set(number.min(u32::MAX - 4).into());
}

/// The number stored in a node, if any.
pub(crate) fn number_of(node: &AtomicNodeIndex) -> Option<u32> {
    node.load().as_u32()
}
