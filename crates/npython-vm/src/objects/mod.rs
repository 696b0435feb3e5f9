//! The data of every kind of heap object. Plain structs: no closures, no native pointers, all serialisable.

mod callable;
mod class;
mod exception;
mod generator;
mod instance;
mod iterator;
mod object;
mod sequence;
mod string;
mod table;

pub use callable::{BoundMethod, Cell, Function, FunctionExtras};
pub use class::{Layout, SpecialFlags, TypeKind, TypeObject};
pub use exception::{ExceptionState, TraceEntry};
pub use generator::{Generator, GeneratorKind, GeneratorState};
pub use instance::{Instance, NO_SHAPE, Shape, ShapeTable};
pub use iterator::Iter;
pub use object::{DictViewKind, Object};
pub use sequence::{ByteArray, Bytes, Complex, List, Range, Slice, Tuple};
pub use string::{Buffer, Str, StrText};
pub use table::{Dict, Module, Set};
