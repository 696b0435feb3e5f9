//! "Did you mean": names close to a misspelt one, by CPython's measure (Python/suggestions.c: moves cost 2, a change of case 1).

use crate::names;
use crate::objects::Str;
use crate::types;
use crate::value::{Id, Value};

use super::absent::{builtin_hint, capability_hint, module_hint};
use super::{Frame, Machine};

const MOVE_COST: usize = 2;
const CASE_COST: usize = 1;
const LONGEST: usize = 40;
const MOST_CANDIDATES: usize = 750;

fn substitution_cost(a: char, b: char) -> usize {
    if a == b {
        0
    } else if a.to_lowercase().eq(b.to_lowercase()) {
        CASE_COST
    } else {
        MOVE_COST
    }
}

/// Edit distance, or more than `limit`.
fn distance(a: &str, b: &str, limit: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let prefix = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    if a.is_empty() || b.is_empty() {
        return (a.len() + b.len()) * MOVE_COST;
    }
    if a.len() > LONGEST || b.len() > LONGEST {
        return limit + 1;
    }
    let mut row: Vec<usize> = (1..=a.len()).map(|at| at * MOVE_COST).collect();
    let mut result = 0;
    for (at, other) in b.iter().enumerate() {
        let mut diagonal = at * MOVE_COST;
        result = diagonal;
        let mut least = usize::MAX;
        for (column, own) in a.iter().enumerate() {
            let substitute = diagonal + substitution_cost(*other, *own);
            diagonal = row[column];
            result = substitute.min(result.min(diagonal) + MOVE_COST);
            row[column] = result;
            least = least.min(result);
        }
        if least > limit {
            return limit + 1;
        }
    }
    result
}

/// The candidate closest to `name`, if one is close enough.
pub(crate) fn closest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    if name.chars().count() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.take(MOST_CANDIDATES) {
        if candidate == name {
            continue;
        }
        let most = (name.chars().count() + candidate.chars().count() + 3) * MOVE_COST / 6;
        let most = best.map_or(most, |(found, _)| most.min(found.saturating_sub(1)));
        let found = distance(name, candidate, most);
        if found <= most {
            best = Some((found, candidate));
        }
    }
    best.map(|(_, candidate)| candidate.to_owned())
}

impl Machine {
    /// The hint behind the message of a NameError, AttributeError or ImportError that left the program.
    pub(crate) fn name_hint(&mut self, exception: Value) -> Option<String> {
        let Value::Str(name) = self.exception_field(exception, names::NAME_FIELD)? else { return None };
        let text = self.heap.str(name).to_owned();
        if self.is_instance_of_type(exception, types::ATTRIBUTE_ERROR) {
            let object = self.exception_field(exception, names::OBJ)?;
            let candidates = self.texts_of(object)?;
            let found = closest(&text, candidates.iter().map(String::as_str))?;
            return Some(format!(". Did you mean: '{found}'?"));
        }
        if self.is_instance_of_type(exception, types::MODULE_NOT_FOUND_ERROR) {
            return module_hint(&text).map(|hint| format!(". {hint}"));
        }
        if self.is_instance_of_type(exception, types::NAME_ERROR) {
            if let Some(hint) = builtin_hint(&text) {
                return Some(format!(". {hint}"));
            }
            if self.exception_field(exception, names::OBJ) == Some(Value::True) {
                return Some(format!(". Did you mean: 'self.{text}'?"));
            }
            let candidates = self.visible_names(exception);
            if let Some(found) = closest(&text, candidates.iter().map(String::as_str)) {
                return Some(format!(". Did you mean: '{found}'?"));
            }
            // To import one that is not there would be bad advice.
            if let Some(hint) = capability_hint(&text).or_else(|| module_hint(&text)) {
                return Some(format!(". {hint}"));
            }
            if STANDARD_MODULES.contains(&text.as_str()) {
                return Some(format!(". Did you forget to import '{text}'?"));
            }
        }
        None
    }

    /// Notes on a new NameError whether the frame that raises it has a `self` with an attribute of that name: once the
    /// frame is gone nobody can tell.
    pub(crate) fn note_attribute_of_self(&mut self, stack: &[Value], frame: Frame) {
        let Value::Instance(id) = self.raised else { return };
        if self.heap.instances.get(id).class != types::NAME_ERROR {
            return;
        }
        let fresh = self.exception_state(self.raised).is_some_and(|state| state.traceback.is_empty());
        let Some(Value::Str(name)) = self.exception_field(self.raised, names::NAME_FIELD).filter(|_| fresh) else {
            return;
        };
        let code = self.code(frame.code);
        let slot = code.local_names.iter().chain(&code.free_names).position(|local| &**local == "self");
        let mut object = match slot.and_then(|slot| stack.get(frame.base as usize + slot)) {
            Some(object) => *object,
            None => return,
        };
        if let Value::Cell(id) = object {
            object = self.heap.cells.get(id).content;
        }
        let class = self.type_of(object);
        let found = match object {
            Value::Undef => false,
            Value::Instance(id) if self.instance_attribute(id, name).is_some() => true,
            _ => self.type_lookup(class, name).is_some(),
        };
        if found {
            // Without room for it there is no hint.
            let _ = self.set_exception_field(self.raised, names::OBJ, Value::True);
        }
    }

    fn texts_of(&mut self, object: Value) -> Option<Vec<String>> {
        let listed = self.attribute_names(object).ok()?;
        let as_text = |value: &Value| if let Value::Str(id) = value { Some(*id) } else { None };
        let ids: Vec<Id<Str>> = listed.iter().filter_map(as_text).collect();
        Some(ids.into_iter().map(|id| self.heap.str(id).to_owned()).collect())
    }

    /// Locals of the frame that raised, globals and builtins.
    fn visible_names(&self, exception: Value) -> Vec<String> {
        let mut found = Vec::new();
        if let Some(state) = self.exception_state(exception)
            && let Some(entry) = state.traceback.iter().find(|entry| !self.code(entry.code).source.internal)
        {
            let code = self.code(entry.code);
            if code.flags.has(npython_bytecode::CodeFlags::FUNCTION) {
                found.extend(code.local_names.iter().chain(&code.free_names).map(ToString::to_string));
            }
        }
        let globals = self.heap.dicts.get(self.main_globals).table.iter().map(|entry| entry.key);
        let builtins = self.builtins.iter().chain(self.base.builtins.iter()).map(|entry| entry.key);
        found.extend(
            globals
                .chain(builtins)
                .filter_map(|key| if let Value::Str(id) = key { Some(self.heap.str(id).to_owned()) } else { None }),
        );
        found
    }
}

/// Modules whose missing import is worth a hint.
const STANDARD_MODULES: &[&str] = &[
    "abc",
    "array",
    "asyncio",
    "base64",
    "bisect",
    "calendar",
    "cmath",
    "collections",
    "contextlib",
    "copy",
    "csv",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "heapq",
    "html",
    "io",
    "itertools",
    "json",
    "keyword",
    "logging",
    "math",
    "numbers",
    "operator",
    "os",
    "pathlib",
    "pprint",
    "queue",
    "random",
    "re",
    "shutil",
    "statistics",
    "string",
    "struct",
    "subprocess",
    "sys",
    "tempfile",
    "textwrap",
    "threading",
    "time",
    "timeit",
    "traceback",
    "types",
    "typing",
    "unicodedata",
    "unittest",
    "urllib",
    "uuid",
    "warnings",
    "weakref",
    "zlib",
];

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn finds_what_cpython_finds() {
        assert_eq!(closest("legnth", ["length", "width"].into_iter()).as_deref(), Some("length"));
        assert_eq!(closest("xyz", ["length", "width"].into_iter()), None);
    }
}
