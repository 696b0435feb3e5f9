//! The data of every kind of heap object. Plain structs: no closures, no native pointers, all serialisable.

mod cached_function;
mod callable;
mod class;
mod deque;
mod exception;
mod generator;
mod grant;
mod instance;
mod iterator;
mod iterator_tool;
mod memory_view;
mod object;
mod regex;
mod sequence;
mod string;
mod table;

pub(crate) use cached_function::CachedFunction;
pub(crate) use callable::{BoundMethod, Cell, Function, FunctionExtras};
pub(crate) use class::{Layout, SpecialFlags, TypeKind, TypeObject};
pub(crate) use deque::Deque;
pub(crate) use exception::{ExceptionState, TraceEntry};
pub(crate) use generator::{Generator, GeneratorKind, GeneratorState};
pub(crate) use grant::{GeneratorGrants, HeldGrant, LiveGrant};
pub(crate) use instance::{Instance, NO_SHAPE, ShapeTable};
pub(crate) use iterator::Iter;
pub(crate) use iterator_tool::{
    GROUP_CLASS, GROUP_FUNCTION, GROUP_HAS_ITEM, GROUP_INNER, GROUP_ITEM, GROUP_KEY, GROUP_NUMBER, GROUP_TARGET,
    Selection, Sieve, TEE_BLOCK, Tool,
};
pub(crate) use memory_view::{ItemFormat, ViewLayout};
pub(crate) use object::{DictViewKind, Object};
pub(crate) use regex::{Match, Pattern, Scanner};
pub(crate) use sequence::{ByteArray, Bytes, Complex, List, Range, Slice, Tuple};
pub(crate) use string::{Buffer, Str, StrText};
pub(crate) use table::{Dict, Module, Set};
