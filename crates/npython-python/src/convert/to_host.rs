//! Guest values out: plain Python objects, built fresh.

use npython_vm::PlainValue;
use num_bigint::BigInt;
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyComplex, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PyRange, PySet, PyString,
    PyTuple,
};

use super::{MAXIMUM_DEPTH, Opaque, type_name};

/// Why an argument of a host call cannot leave the guest.
pub(crate) enum ExportError {
    /// A sentence for the guest, about the argument that follows it: "is a 'Point' object, ...".
    Refused(String),
    Failed(PyErr),
}

impl From<PyErr> for ExportError {
    fn from(error: PyErr) -> Self {
        Self::Failed(error)
    }
}

type Exported<'py> = Result<Bound<'py, PyAny>, ExportError>;

/// The value of a program. What has no plain form is an [`Opaque`] in its place: a result is never lost.
pub(crate) fn export_result<'py>(py: Python<'py>, value: PlainValue) -> PyResult<Bound<'py, PyAny>> {
    Exporter { py, strict: false, depth: 0 }.export(value).map_err(|error| match error {
        ExportError::Failed(error) => error,
        ExportError::Refused(sentence) => PyTypeError::new_err(sentence),
    })
}

/// An argument of a host call.
///
/// # Errors
/// Refused when some part of it has no plain form, or it is nested too deeply.
pub(crate) fn export_argument<'py>(py: Python<'py>, value: PlainValue) -> Exported<'py> {
    Exporter { py, strict: true, depth: 0 }.export(value)
}

struct Exporter<'py> {
    py: Python<'py>,
    strict: bool,
    depth: usize,
}

impl<'py> Exporter<'py> {
    fn export(&mut self, value: PlainValue) -> Exported<'py> {
        let py = self.py;
        Ok(match value {
            PlainValue::None => py.None().into_bound(py),
            PlainValue::Bool(value) => PyBool::new(py, value).to_owned().into_any(),
            PlainValue::Int(value) => value.into_pyobject(py).map_err(PyErr::from)?.into_any(),
            PlainValue::Float(value) => PyFloat::new(py, value).into_any(),
            PlainValue::Str(value) => PyString::new(py, &value).into_any(),
            PlainValue::Ellipsis => py.Ellipsis().into_bound(py),
            PlainValue::BigInt(value) => export_big_int(py, &value)?,
            PlainValue::Complex(real, imaginary) => PyComplex::from_doubles(py, real, imaginary).into_any(),
            PlainValue::WideStr(value) => export_wide_str(py, &value)?,
            PlainValue::Bytes(value) => PyBytes::new(py, &value).into_any(),
            PlainValue::ByteArray(value) => PyByteArray::new(py, &value).into_any(),
            PlainValue::Range(start, stop, step) => export_range(py, start, stop, step)?,
            PlainValue::Opaque { type_name, repr } => return self.export_opaque(type_name, repr),
            // The machine gives tokens out as opaque values already.
            PlainValue::Token(_) => return self.export_opaque("Token".to_owned(), "<Token>".to_owned()),
            container => return self.export_container(container),
        })
    }

    fn export_opaque(&self, type_name: String, repr: String) -> Exported<'py> {
        if self.strict {
            return Err(ExportError::Refused(format!("is a '{type_name}' object, which cannot leave the sandbox")));
        }
        Ok(Bound::new(self.py, Opaque { type_name, repr })?.into_any())
    }

    fn export_container(&mut self, value: PlainValue) -> Exported<'py> {
        if self.depth >= MAXIMUM_DEPTH {
            if self.strict {
                return Err(ExportError::Refused(format!("is nested more than {MAXIMUM_DEPTH} levels deep")));
            }
            return self.export_opaque(type_name(&value).to_owned(), "...".to_owned());
        }
        self.depth += 1;
        let exported = self.export_items(value);
        self.depth -= 1;
        exported
    }

    fn export_items(&mut self, value: PlainValue) -> Exported<'py> {
        let py = self.py;
        Ok(match value {
            PlainValue::List(items) => PyList::new(py, self.export_all(items)?)?.into_any(),
            PlainValue::Tuple(items) => PyTuple::new(py, self.export_all(items)?)?.into_any(),
            PlainValue::Dict(items) => {
                let dict = PyDict::new(py);
                for (key, value) in items {
                    let key = self.export_hashable(key)?;
                    dict.set_item(key, self.export(value)?)?;
                }
                dict.into_any()
            }
            PlainValue::Set(items) => {
                let items = items.into_iter().map(|item| self.export_hashable(item)).collect::<Result<Vec<_>, _>>()?;
                PySet::new(py, items)?.into_any()
            }
            PlainValue::FrozenSet(items) => {
                let items = items.into_iter().map(|item| self.export_hashable(item)).collect::<Result<Vec<_>, _>>()?;
                PyFrozenSet::new(py, items)?.into_any()
            }
            scalar => self.export(scalar)?,
        })
    }

    fn export_all(&mut self, items: Vec<PlainValue>) -> Result<Vec<Bound<'py, PyAny>>, ExportError> {
        items.into_iter().map(|item| self.export(item)).collect()
    }

    /// A key or set item. The guest may hash what Python cannot (a list subclass with a `__hash__` of its own): that
    /// has no plain form.
    fn export_hashable(&mut self, value: PlainValue) -> Exported<'py> {
        let (type_name, is_short) = (type_name(&value).to_owned(), is_short(&value));
        let exported = self.export(value)?;
        if exported.hash().is_ok() {
            return Ok(exported);
        }
        let repr = if is_short { Some(exported.repr()?.to_string_lossy().into_owned()) } else { None };
        let repr = repr.unwrap_or_else(|| format!("<{type_name} object>"));
        self.export_opaque(type_name, repr)
    }
}

/// Whether Python can show a value, and in little space: it shows no number of thousands of digits.
fn is_short(value: &PlainValue) -> bool {
    const MOST_PARTS: usize = 1_000;
    const LONGEST: usize = 1_000;
    let mut parts = 0;
    let mut waiting = vec![value];
    while let Some(part) = waiting.pop() {
        parts += 1;
        let short = match part {
            PlainValue::Str(text) => text.len() <= LONGEST,
            PlainValue::WideStr(text) => text.len() <= LONGEST,
            PlainValue::Bytes(bytes) | PlainValue::ByteArray(bytes) => bytes.len() <= LONGEST,
            PlainValue::BigInt(number) => number.bits() <= LONGEST as u64,
            PlainValue::List(items)
            | PlainValue::Tuple(items)
            | PlainValue::Set(items)
            | PlainValue::FrozenSet(items) => {
                waiting.extend(items.iter().take(MOST_PARTS));
                items.len() <= MOST_PARTS
            }
            PlainValue::Dict(items) => {
                waiting.extend(items.iter().take(MOST_PARTS).flat_map(|(key, value)| [key, value]));
                items.len() <= MOST_PARTS
            }
            _ => true,
        };
        if !short || parts > MOST_PARTS {
            return false;
        }
    }
    true
}

fn export_big_int<'py>(py: Python<'py>, value: &BigInt) -> PyResult<Bound<'py, PyAny>> {
    let signed = PyDict::new(py);
    signed.set_item(intern!(py, "signed"), true)?;
    let bytes = PyBytes::new(py, &value.to_signed_bytes_le());
    py.get_type::<PyInt>().call_method(intern!(py, "from_bytes"), (bytes, intern!(py, "little")), Some(&signed))
}

fn export_wide_str<'py>(py: Python<'py>, code_points: &[u32]) -> PyResult<Bound<'py, PyAny>> {
    let bytes: Vec<u8> = code_points.iter().flat_map(|code_point| code_point.to_le_bytes()).collect();
    let arguments = (intern!(py, "utf-32-le"), intern!(py, "surrogatepass"));
    PyBytes::new(py, &bytes).call_method1(intern!(py, "decode"), arguments)
}

fn export_range<'py>(py: Python<'py>, start: i64, stop: i64, step: i64) -> PyResult<Bound<'py, PyAny>> {
    py.get_type::<PyRange>().call1((start, stop, step))
}
