//! Identifiers as small numbers.

use std::sync::Arc;

use rustc_hash::FxHashMap;

/// An identifier of the program being compiled.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub(crate) struct NameId(pub(crate) u32);

/// Every identifier of one compilation, each stored once.
#[derive(Default)]
pub(crate) struct Interner {
    numbers: FxHashMap<Arc<str>, NameId>,
    texts: Vec<Arc<str>>,
}

impl Interner {
    /// The number of `text`, the same for equal texts.
    pub(crate) fn intern(&mut self, text: &str) -> NameId {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = NameId(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        let shared: Arc<str> = Arc::from(text);
        self.texts.push(Arc::clone(&shared));
        self.numbers.insert(shared, number);
        number
    }

    /// The text of an identifier of this interner.
    pub(crate) fn text(&self, name: NameId) -> &Arc<str> {
        &self.texts[name.0 as usize]
    }
}

/// The name a private identifier of a class has outside of it, or `None` if `name` is not private (Language Reference
/// 6.2.1, "private name mangling").
pub(crate) fn mangle(class_name: &str, name: &str) -> Option<String> {
    if !name.starts_with("__") || name.ends_with("__") || name.contains('.') {
        return None;
    }
    let class_name = class_name.trim_start_matches('_');
    if class_name.is_empty() {
        return None;
    }
    Some(format!("_{class_name}{name}"))
}
