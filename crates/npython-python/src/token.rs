//! Sealed tokens: their text stays on this side, the machine gets numbers.

use std::collections::HashMap;
use std::sync::Arc;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::arguments;

/// A token whose text the program never gets: it can be passed on to `with scope(name, token):` and nothing else.
///
/// Give it as an input, alone or inside other data. Nothing shows or compares the text, here or in the sandbox; it
/// cannot be pickled.
#[pyclass(module = "npython", frozen)]
pub(crate) struct Token {
    text: Arc<str>,
}

#[pymethods]
impl Token {
    #[new]
    fn new(text: &Bound<'_, PyAny>) -> PyResult<Self> {
        // What is wrong with a token must not show what it is: so no error of a codec, which has the whole text.
        let Ok(text) = arguments::text("the text of a token", text)?.to_str() else {
            return Err(PyValueError::new_err("a token must not have half of a surrogate pair"));
        };
        if text.is_empty() {
            return Err(PyValueError::new_err("a token must not be empty"));
        }
        Ok(Self { text: Arc::from(text) })
    }

    fn __repr__(&self) -> &'static str {
        "<Token>"
    }
}

/// The sealed tokens that one machine has numbers for.
#[derive(Default)]
pub(crate) struct TokenTable {
    texts: Vec<Arc<str>>,
    numbers: HashMap<usize, u32>,
}

impl TokenTable {
    /// The number of a token; the same for the same object.
    pub(crate) fn number(&mut self, token: &Token) -> u32 {
        // The table keeps the text alive, so no other text gets its address.
        let address = Arc::as_ptr(&token.text).cast::<u8>() as usize;
        let next = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(address).or_insert(next);
        if number == next {
            self.texts.push(Arc::clone(&token.text));
        }
        number
    }

    /// The text of a token.
    pub(crate) fn text(&self, number: u32) -> Option<Arc<str>> {
        self.texts.get(number as usize).cloned()
    }

    /// `message` without the text of any token.
    pub(crate) fn redact(&self, mut message: String) -> String {
        for text in &self.texts {
            if message.contains(&**text) {
                message = message.replace(&**text, "<Token>");
            }
        }
        message
    }
}
