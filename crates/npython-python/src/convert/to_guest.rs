//! Python values in: copies of the base value, never a call of Python code a subclass could have overridden.

use npython_vm::PlainValue;
use num_bigint::BigInt;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyComplex, PyDict, PyEllipsis, PyFloat, PyFrozenSet, PyInt, PyList, PyRange, PySet,
    PyString, PyTuple,
};

use super::MAXIMUM_DEPTH;
use crate::token::{Token, TokenTable};

/// What one value weighs against the byte budget, besides text and digits.
const VALUE_BYTES: u64 = size_of::<PlainValue>() as u64;

/// Steps of a path that a message shows.
const MAXIMUM_SHOWN_STEPS: usize = 12;

/// Copies values in, on one byte budget.
pub(crate) struct Importer<'tokens> {
    bytes_left: u64,
    tokens: &'tokens mut TokenTable,
    /// Addresses of the containers being copied, outermost first.
    open: Vec<*mut pyo3::ffi::PyObject>,
}

/// Why a value cannot enter, and where in it the trouble is.
pub(crate) struct ImportError {
    problem: Problem,
    /// Steps from the trouble outwards: `['key']`, `[3]`.
    path: Vec<String>,
}

enum Problem {
    Unsupported(String),
    ContainsItself,
    TooDeep,
    TooLarge,
    OutOfRange,
    Failed(PyErr),
}

impl From<PyErr> for ImportError {
    fn from(error: PyErr) -> Self {
        Problem::Failed(error).into()
    }
}

impl From<Problem> for ImportError {
    fn from(problem: Problem) -> Self {
        Self { problem, path: Vec::new() }
    }
}

impl ImportError {
    fn inside(mut self, step: impl FnOnce() -> String) -> Self {
        self.path.push(step());
        self
    }

    /// The sentence about it; `root` names the whole value.
    pub(crate) fn message(&self, root: &str) -> String {
        let path = self.shown_path();
        match &self.problem {
            Problem::Unsupported(name) => {
                format!("{root}{path} is a '{name}' object, which cannot enter the sandbox")
            }
            Problem::ContainsItself => format!("{root} contains itself, which cannot enter the sandbox"),
            Problem::TooDeep => format!("{root} is nested more than {MAXIMUM_DEPTH} levels deep"),
            Problem::TooLarge => format!("{root} is larger than the sandbox's memory limit"),
            Problem::OutOfRange => format!("{root}{path} is a range beyond 64 bits, which cannot enter the sandbox"),
            Problem::Failed(error) => format!("{root}{path} could not be read: {error}"),
        }
    }

    /// Where in the value the trouble is, the middle of a long path left out.
    fn shown_path(&self) -> String {
        let mut steps: Vec<&str> = self.path.iter().rev().map(String::as_str).collect();
        if steps.len() > MAXIMUM_SHOWN_STEPS {
            steps.splice(MAXIMUM_SHOWN_STEPS / 2..steps.len() - MAXIMUM_SHOWN_STEPS / 2, ["[...]"]);
        }
        steps.concat()
    }

    /// The Python exception about it: TypeError for a wrong type, ValueError for shape and size.
    pub(crate) fn into_py_err(self, root: &str) -> PyErr {
        let message = self.message(root);
        match self.problem {
            Problem::Unsupported(_) => PyTypeError::new_err(message),
            Problem::Failed(error) => error,
            _ => PyValueError::new_err(message),
        }
    }

    /// Name of the built-in exception type that fits, for the guest.
    pub(crate) fn guest_type(&self) -> &'static str {
        match self.problem {
            Problem::Unsupported(_) => "TypeError",
            _ => "ValueError",
        }
    }
}

type Imported = Result<PlainValue, ImportError>;

impl<'tokens> Importer<'tokens> {
    /// An importer for at most `bytes` of data; sealed tokens get numbers of the table.
    pub(crate) fn new(bytes: u64, tokens: &'tokens mut TokenTable) -> Self {
        Self { bytes_left: bytes, tokens, open: Vec::new() }
    }

    fn spend(&mut self, bytes: usize) -> Result<(), ImportError> {
        let bytes = (bytes as u64).saturating_add(VALUE_BYTES);
        self.bytes_left = self.bytes_left.checked_sub(bytes).ok_or(Problem::TooLarge)?;
        Ok(())
    }

    /// A copy of `value`.
    ///
    /// # Errors
    /// A type without a plain form, a container inside itself, more than 200 levels, more bytes than the budget.
    pub(crate) fn import(&mut self, value: &Bound<'_, PyAny>) -> Imported {
        if let Ok(text) = value.cast::<PyString>() {
            return self.import_str(text);
        }
        if let Ok(flag) = value.cast::<PyBool>() {
            self.spend(0)?;
            return Ok(PlainValue::Bool(flag.is_true()));
        }
        if let Ok(integer) = value.cast::<PyInt>() {
            return self.import_int(integer);
        }
        if value.is_none() {
            self.spend(0)?;
            return Ok(PlainValue::None);
        }
        if let Ok(float) = value.cast::<PyFloat>() {
            self.spend(0)?;
            return Ok(PlainValue::Float(float.value()));
        }
        if let Ok(dict) = value.cast::<PyDict>() {
            return self.within(value, |importer| importer.import_dict(dict));
        }
        if let Ok(list) = value.cast::<PyList>() {
            return self.within(value, |importer| Ok(PlainValue::List(importer.import_items(list.iter())?)));
        }
        if let Ok(tuple) = value.cast::<PyTuple>() {
            return self.within(value, |importer| Ok(PlainValue::Tuple(importer.import_items(tuple.iter())?)));
        }
        self.import_rare(value)
    }

    fn import_rare(&mut self, value: &Bound<'_, PyAny>) -> Imported {
        let py = value.py();
        if let Ok(bytes) = value.cast::<PyBytes>() {
            self.spend(bytes.as_bytes().len())?;
            return Ok(PlainValue::Bytes(bytes.as_bytes().to_vec()));
        }
        if let Ok(bytes) = value.cast::<PyByteArray>() {
            self.spend(bytes.len())?;
            return Ok(PlainValue::ByteArray(bytes.to_vec()));
        }
        if let Ok(complex) = value.cast::<PyComplex>() {
            self.spend(0)?;
            return Ok(PlainValue::Complex(complex.real(), complex.imag()));
        }
        if let Ok(set) = value.cast::<PySet>() {
            let items = py.get_type::<PySet>().call_method1(intern!(py, "__iter__"), (set,))?;
            return self.within(value, |importer| Ok(PlainValue::Set(importer.import_iterator(&items)?)));
        }
        if let Ok(set) = value.cast::<PyFrozenSet>() {
            let items = py.get_type::<PyFrozenSet>().call_method1(intern!(py, "__iter__"), (set,))?;
            return self.within(value, |importer| Ok(PlainValue::FrozenSet(importer.import_iterator(&items)?)));
        }
        if let Ok(range) = value.cast::<PyRange>() {
            self.spend(0)?;
            let part = |name| range.getattr(name)?.extract::<i64>();
            return match (part("start"), part("stop"), part("step")) {
                (Ok(start), Ok(stop), Ok(step)) => Ok(PlainValue::Range(start, stop, step)),
                _ => Err(Problem::OutOfRange.into()),
            };
        }
        if value.is_instance_of::<PyEllipsis>() {
            self.spend(0)?;
            return Ok(PlainValue::Ellipsis);
        }
        if let Ok(token) = value.cast::<Token>() {
            self.spend(0)?;
            return Ok(PlainValue::Token(self.tokens.number(token.get())));
        }
        let name = value.get_type().qualname()?;
        Err(Problem::Unsupported(name.to_string_lossy().into_owned()).into())
    }

    fn import_str(&mut self, text: &Bound<'_, PyString>) -> Imported {
        if let Ok(utf8) = text.to_str() {
            self.spend(utf8.len())?;
            return Ok(PlainValue::Str(utf8.to_owned()));
        }
        let py = text.py();
        let encoded = py
            .get_type::<PyString>()
            .call_method1(intern!(py, "encode"), (text, intern!(py, "utf-32-le"), intern!(py, "surrogatepass")))?;
        let bytes = encoded.cast_into::<PyBytes>().map_err(PyErr::from)?;
        self.spend(bytes.as_bytes().len())?;
        let code_points = bytes.as_bytes().as_chunks::<4>().0.iter().map(|unit| u32::from_le_bytes(*unit));
        Ok(PlainValue::WideStr(code_points.collect()))
    }

    fn import_int(&mut self, integer: &Bound<'_, PyInt>) -> Imported {
        if let Ok(small) = integer.extract::<i64>() {
            self.spend(0)?;
            return Ok(PlainValue::Int(small));
        }
        let py = integer.py();
        let class = py.get_type::<PyInt>();
        let bits: u64 = class.call_method1(intern!(py, "bit_length"), (integer,))?.extract()?;
        let length = usize::try_from(bits / 8).unwrap_or(usize::MAX).saturating_add(1);
        self.spend(length)?;
        let signed = PyDict::new(py);
        signed.set_item(intern!(py, "signed"), true)?;
        let encoded =
            class.call_method(intern!(py, "to_bytes"), (integer, length, intern!(py, "little")), Some(&signed))?;
        let bytes = encoded.cast_into::<PyBytes>().map_err(PyErr::from)?;
        Ok(PlainValue::BigInt(BigInt::from_signed_bytes_le(bytes.as_bytes())))
    }

    fn within(
        &mut self,
        container: &Bound<'_, PyAny>,
        copy: impl FnOnce(&mut Self) -> Result<PlainValue, ImportError>,
    ) -> Imported {
        self.spend(0)?;
        if self.open.len() >= MAXIMUM_DEPTH {
            let address = container.as_ptr();
            let problem = if self.open.contains(&address) { Problem::ContainsItself } else { Problem::TooDeep };
            return Err(problem.into());
        }
        self.open.push(container.as_ptr());
        let copied = copy(self);
        self.open.pop();
        copied
    }

    fn import_items<'py>(
        &mut self,
        items: impl ExactSizeIterator<Item = Bound<'py, PyAny>>,
    ) -> Result<Vec<PlainValue>, ImportError> {
        let mut copies = Vec::with_capacity(items.len());
        for (index, item) in items.enumerate() {
            copies.push(self.import(&item).map_err(|error| error.inside(|| format!("[{index}]")))?);
        }
        Ok(copies)
    }

    fn import_iterator(&mut self, items: &Bound<'_, PyAny>) -> Result<Vec<PlainValue>, ImportError> {
        let mut copies = Vec::new();
        for item in items.try_iter()? {
            copies.push(self.import(&item?).map_err(|error| error.inside(|| "{...}".to_owned()))?);
        }
        Ok(copies)
    }

    fn import_dict(&mut self, dict: &Bound<'_, PyDict>) -> Imported {
        let items = dict.items();
        let mut copies = Vec::with_capacity(items.len());
        for item in items.iter() {
            let pair = item.cast_into::<PyTuple>().map_err(PyErr::from)?;
            let key = pair.get_item(0)?;
            let key_copy = self.import(&key).map_err(|error| error.inside(|| " (a key)".to_owned()))?;
            let value_copy =
                self.import(&pair.get_item(1)?).map_err(|error| error.inside(|| format!("[{}]", shown_key(&key))))?;
            copies.push((key_copy, value_copy));
        }
        Ok(PlainValue::Dict(copies))
    }
}

/// A key as a path shows it: short, and never a `repr` written by somebody else.
fn shown_key(key: &Bound<'_, PyAny>) -> String {
    let plain = key.is_exact_instance_of::<PyString>() || key.is_exact_instance_of::<PyInt>();
    let Some(shown) = plain.then(|| key.repr().ok()).flatten() else {
        return "...".to_owned();
    };
    let shown = shown.to_string_lossy();
    if shown.chars().count() > 40 { shown.chars().take(37).chain("...".chars()).collect() } else { shown.into_owned() }
}
