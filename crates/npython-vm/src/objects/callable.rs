//! Functions, bound methods and cells.

use serde::{Deserialize, Serialize};

use crate::heap::HeapSize;
use crate::value::{Id, Value};

use super::Dict;

/// A guest function.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Function {
    /// Linked code number.
    pub code: u32,
    /// Namespace its globals are in.
    pub globals: Id<Dict>,
    /// Positional defaults, for the last positional parameters.
    pub defaults: Box<[Value]>,
    /// Cells of the free variables.
    pub closure: Box<[Value]>,
    /// What few functions have: keyword defaults, annotations, attributes, changed names.
    pub extras: Option<Box<FunctionExtras>>,
    /// Called with as many positional arguments as it has parameters, nothing but copying is left to do.
    pub simple: bool,
}

/// The rarer attributes of a function; `Undef` where nothing was set.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct FunctionExtras {
    pub keyword_defaults: Value,
    pub annotations: Value,
    pub namespace: Value,
    pub name: Value,
    pub qualname: Value,
    pub doc: Value,
    pub module: Value,
    pub type_params: Value,
}

impl Default for FunctionExtras {
    fn default() -> Self {
        Self {
            keyword_defaults: Value::Undef,
            annotations: Value::Undef,
            namespace: Value::Undef,
            name: Value::Undef,
            qualname: Value::Undef,
            doc: Value::Undef,
            module: Value::Undef,
            type_params: Value::Undef,
        }
    }
}

impl Default for Function {
    fn default() -> Self {
        Self {
            code: 0,
            globals: Id::new(0),
            defaults: Box::default(),
            closure: Box::default(),
            extras: None,
            simple: false,
        }
    }
}

impl Function {
    /// The extras, made when missing.
    pub(crate) fn extras_mut(&mut self) -> &mut FunctionExtras {
        self.extras.get_or_insert_with(Box::default)
    }
}

impl HeapSize for Function {
    fn extra_bytes(&self) -> usize {
        (self.defaults.len() + self.closure.len()) * size_of::<Value>()
            + self.extras.as_ref().map_or(0, |_| size_of::<FunctionExtras>())
    }
}

/// A method bound to its receiver.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct BoundMethod {
    pub function: Value,
    pub receiver: Value,
}

impl Default for BoundMethod {
    fn default() -> Self {
        Self { function: Value::None, receiver: Value::None }
    }
}

impl HeapSize for BoundMethod {
    fn extra_bytes(&self) -> usize {
        0
    }
}

/// A variable shared between scopes; `Undef` while unbound.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Cell {
    pub content: Value,
}

impl Default for Cell {
    fn default() -> Self {
        Self { content: Value::Undef }
    }
}

impl HeapSize for Cell {
    fn extra_bytes(&self) -> usize {
        0
    }
}
