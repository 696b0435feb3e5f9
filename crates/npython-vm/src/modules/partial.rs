//! Calls of `functools.partial`, whose class is in modules/guest/functools.py: the function it has is called in its place.

use smallvec::SmallVec;

use crate::fault::Fault;
use crate::machine::{Machine, PendingCall};
use crate::names;
use crate::native::{NativeDef, Signature, wrapper};
use crate::objects::{Dict, Str, Tuple};
use crate::value::{Id, Value};

pub(crate) const INTRINSICS: &[NativeDef] = &[wrapper(CALL, Signature::Open, call)];

const CALL: &str = "_partial_call";

/// One inside the other, at most.
const MOST_LEVELS: usize = 1_000;

/// Function, arguments and keyword arguments of a `partial`.
type Parts = (Value, Id<Tuple>, Id<Dict>);

fn parts_of(m: &Machine, partial: Value) -> Option<Parts> {
    let Value::Instance(_) = partial else { return None };
    let field = |name| m.member_value(partial, name);
    match (field(names::ARGS)?, field(names::KEYWORDS_FIELD).map(|keywords| m.unwrap(keywords))?) {
        (Value::Tuple(given), Value::Dict(keywords)) => Some((field(names::FUNC_FIELD)?, given, keywords)),
        _ => None,
    }
}

/// The parts of a `partial` that is called as this module calls it.
fn parts_of_callable(m: &Machine, callable: Value) -> Option<Parts> {
    let Value::Instance(_) = callable else { return None };
    match m.special(callable, names::CALL)? {
        Value::Native(id) if m.base.natives.get(id.index())?.def.name == CALL => parts_of(m, callable),
        _ => None,
    }
}

/// `partial.__call__(self, /, *args, **keywords)`
fn call(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let [partial, given @ .., keywords] = args else { return Err(Fault::Halt) };
    let Some(mut parts) = parts_of(m, *partial) else {
        let found = m.type_name(*partial);
        return Err(m.type_error(format!(
            "descriptor '__call__' requires a 'functools.partial' object but received a '{found}'"
        )));
    };
    let mut positional: SmallVec<[Value; 4]> = SmallVec::from_slice(given);
    let mut named = Keywords::default();
    if let Value::Dict(keywords) = *keywords {
        named.add(m, keywords)?;
    }
    // One inside the other is called at once, or they would take host stack.
    for _ in 0..MOST_LEVELS {
        let (function, first, defaults) = parts;
        let count = m.heap.tuple(first).len() + positional.len();
        m.charge_items(count + 1)?;
        m.heap.reserve(count * size_of::<Value>())?;
        m.heap.release(count * size_of::<Value>());
        positional.insert_many(0, m.heap.tuple(first).iter().copied());
        if !m.heap.dicts.get(defaults).table.is_empty() {
            let given = std::mem::take(&mut named);
            named.add(m, defaults)?;
            for (name, value) in given.names.into_iter().zip(given.values) {
                named.set(m, name, value)?;
            }
        }
        match parts_of_callable(m, function) {
            Some(inner) => parts = inner,
            None => {
                positional.extend(named.values);
                m.pending = PendingCall {
                    callable: function,
                    args: positional,
                    keywords: named.names,
                    ..PendingCall::default()
                };
                return Err(Fault::Call);
            }
        }
    }
    Err(m.recursion_error())
}

/// Keyword arguments in the order of their names' first appearance.
#[derive(Default)]
struct Keywords {
    names: Vec<Id<Str>>,
    values: Vec<Value>,
}

impl Keywords {
    fn add(&mut self, m: &mut Machine, from: Id<Dict>) -> Result<(), Fault> {
        let mut position = 0;
        while let Some((next, entry)) = m.heap.dicts.get(from).table.next_from(position) {
            let (key, value) = (entry.key, entry.value);
            position = next;
            let Value::Str(name) = m.unwrap(key) else { return Err(m.type_error("keywords must be strings")) };
            let name = m.heap.intern_str(name)?;
            self.set(m, name, value)?;
        }
        Ok(())
    }

    fn set(&mut self, m: &mut Machine, name: Id<Str>, value: Value) -> Result<(), Fault> {
        m.charge_items(1 + self.names.len() / 4)?;
        match self.names.iter().position(|other| *other == name) {
            Some(at) => {
                if let Some(slot) = self.values.get_mut(at) {
                    *slot = value;
                }
            }
            None => {
                self.names.push(name);
                self.values.push(value);
            }
        }
        Ok(())
    }
}
