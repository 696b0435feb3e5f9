//! Values across the boundary: always copies, by type, bounded. `docs/api.md` has the table.
//!
//! | Python                                | guest                     |
//! |---------------------------------------|---------------------------|
//! | None, Ellipsis, bool, int, float, complex, str, bytes, bytearray, range | the same type |
//! | list, tuple, dict, set, frozenset     | the same type, item by item |
//! | a subclass of one of them             | the value as its base type |
//! | `npython.Token`                       | a sealed token            |
//! | anything else                         | refused, naming type and place |
//!
//! The other way round a guest value without a plain form is an [`Opaque`] in a result, and refused as an argument.

mod to_guest;
mod to_host;

use npython_vm::PlainValue;
use pyo3::prelude::*;

pub(crate) use to_guest::Importer;
pub(crate) use to_host::{ExportError, export_argument, export_result};

/// Containers inside containers, both ways.
const MAXIMUM_DEPTH: usize = 200;

/// A guest value that has no plain form, such as a function or an instance: only its type name and `repr` come out.
#[pyclass(module = "npython", frozen, get_all, eq, hash)]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Opaque {
    /// The name of its type in the guest.
    type_name: String,
    /// Its `repr` in the guest.
    repr: String,
}

#[pymethods]
impl Opaque {
    #[new]
    fn new(type_name: String, repr: String) -> Self {
        Self { type_name, repr }
    }

    fn __repr__(&self) -> &str {
        &self.repr
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (String, String)) {
        let this = slf.get();
        (slf.get_type().into_any(), (this.type_name.clone(), this.repr.clone()))
    }
}

/// The guest's name for the type of `value`.
fn type_name(value: &PlainValue) -> &str {
    match value {
        PlainValue::None => "NoneType",
        PlainValue::Ellipsis => "ellipsis",
        PlainValue::Bool(_) => "bool",
        PlainValue::Int(_) | PlainValue::BigInt(_) => "int",
        PlainValue::Float(_) => "float",
        PlainValue::Complex(..) => "complex",
        PlainValue::Str(_) | PlainValue::WideStr(_) => "str",
        PlainValue::Bytes(_) => "bytes",
        PlainValue::ByteArray(_) => "bytearray",
        PlainValue::List(_) => "list",
        PlainValue::Tuple(_) => "tuple",
        PlainValue::Dict(_) => "dict",
        PlainValue::Set(_) => "set",
        PlainValue::FrozenSet(_) => "frozenset",
        PlainValue::Range(..) => "range",
        PlainValue::Token(_) => "Token",
        PlainValue::Opaque { type_name, .. } => type_name,
    }
}
