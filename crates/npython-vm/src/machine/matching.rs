//! `match` statements (PEP 634) and `except*` (PEP 654).

use crate::fault::Fault;
use crate::names;
use crate::objects::{Layout, Object, Str};
use crate::types;
use crate::value::{Id, Value};

use super::Machine;

/// What a class is to patterns: never both.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Collection {
    Mapping,
    Sequence,
}

impl Machine {
    /// Whether a mapping pattern may match.
    pub(crate) fn is_mapping(&self, value: Value) -> bool {
        match value {
            Value::Dict(_) => true,
            Value::Object(id) => {
                matches!(self.heap.objects.get(id), Object::MappingProxy { .. } | Object::TypeProxy { .. })
            }
            Value::Instance(_) => self.collection_kind(value) == Some(Collection::Mapping),
            _ => false,
        }
    }

    /// Whether a sequence pattern may match.
    pub(crate) fn is_sequence(&self, value: Value) -> bool {
        match value {
            Value::List(_) | Value::Tuple(_) | Value::Range(_) => true,
            Value::Object(id) => {
                matches!(self.heap.objects.get(id), Object::MemoryView { .. } | Object::Deque(_))
            }
            Value::Instance(_) => self.collection_kind(value) == Some(Collection::Sequence),
            _ => false,
        }
    }

    /// What the first class of the resolution order says that is a built-in collection, or carries the flag attribute of those
    /// derived from or registered with the abstract collections.
    fn collection_kind(&self, value: Value) -> Option<Collection> {
        let class = self.type_of(value);
        // Most instances are no collections at all.
        let flagged = |flag: Id<Str>| self.type_lookup(class, flag) == Some(Value::True);
        if !flagged(names::SEQUENCE_FLAG) && !flagged(names::MAPPING_FLAG) {
            return match self.unwrap(value) {
                Value::List(_) | Value::Tuple(_) => Some(Collection::Sequence),
                Value::Object(id) if self.heap.deque(id).is_some() => Some(Collection::Sequence),
                Value::Dict(_) => Some(Collection::Mapping),
                _ => None,
            };
        }
        self.heap.types.get(class).mro.iter().find_map(|base| {
            let carries = |flag: Id<Str>| self.own_attribute(*base, flag) == Some(Value::True);
            if carries(names::SEQUENCE_FLAG) || [types::LIST, types::TUPLE, types::DEQUE].contains(base) {
                Some(Collection::Sequence)
            } else if carries(names::MAPPING_FLAG) || *base == types::DICT {
                Some(Collection::Mapping)
            } else {
                None
            }
        })
    }

    /// Values of the keys of a mapping pattern as a tuple, or None.
    pub(crate) fn match_keys(&mut self, subject: Value, keys: Value) -> Result<Value, Fault> {
        let Value::Tuple(keys_id) = keys else { return Err(self.engine_fault("keys of a pattern".to_owned())) };
        if let Value::Dict(dict) = subject {
            let keys = self.heap.tuple(keys_id).to_vec();
            let mut values = Vec::with_capacity(keys.len());
            for (at, key) in keys.iter().enumerate() {
                for earlier in keys.iter().take(at) {
                    if self.equal_native(*key, *earlier)? {
                        let shown = self.repr_native(*key)?;
                        return Err(self.value_error(format!("mapping pattern checks duplicate key ({shown})")));
                    }
                }
                match self.dict_get(dict, *key) {
                    Ok(Some(value)) => values.push(value),
                    Ok(None) => return Ok(Value::None),
                    Err(Fault::Fallback) => {
                        return Err(self.prelude_call("_match_keys", &[subject, Value::Tuple(keys_id)]));
                    }
                    Err(fault) => return Err(fault),
                }
            }
            return self.heap.new_tuple(&values);
        }
        Err(self.prelude_call("_match_keys", &[subject, keys]))
    }

    /// A class pattern: the attributes of its sub-patterns as a tuple, or None.
    pub(crate) fn match_class(
        &mut self,
        subject: Value,
        class: Value,
        names: Value,
        count: u32,
    ) -> Result<Value, Fault> {
        if !matches!(class, Value::Type(_)) {
            return Err(self.type_error("called match pattern must be a class"));
        }
        Err(self.prelude_call("_match_class", &[subject, class, names, Value::Int(i64::from(count))]))
    }

    /// `except* class`: `(rest, match)` are computed by the prelude, as `split` may be guest code.
    pub(crate) fn group_match(&mut self, exception: Value, class: Value) -> Result<Value, Fault> {
        self.check_group_class(class)?;
        let fault = self.prelude_call("_group_match", &[exception, class]);
        self.pending.on_return = super::OnReturn::GroupMatch;
        Err(fault)
    }

    fn check_group_class(&mut self, class: Value) -> Result<(), Fault> {
        let mut pending = vec![class];
        while let Some(class) = pending.pop() {
            match class {
                Value::Type(id) if self.heap.types.get(id).layout == Layout::Exception => {
                    if self.is_subclass(id, types::BASE_EXCEPTION_GROUP) {
                        return Err(
                            self.type_error("catching ExceptionGroup with except* is not allowed. Use except instead.")
                        );
                    }
                }
                Value::Tuple(id) => pending.extend(self.heap.tuple(id).iter().copied()),
                _ => {
                    return Err(
                        self.type_error("catching classes that do not inherit from BaseException is not allowed")
                    );
                }
            }
        }
        Ok(())
    }
}
