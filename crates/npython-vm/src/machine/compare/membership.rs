//! `item in container`.

use crate::fault::Fault;
use crate::names;
use crate::objects::{Dict, DictViewKind, Object};
use crate::text::search::find_paced;
use crate::value::{Id, Value};

use super::super::{Machine, OnReturn};
use super::equality::bytes_of;

impl Machine {
    /// `item in container`, or `not in`.
    ///
    /// # Errors
    /// TypeError when the container is none; `Fault::Call` when guest code has to tell.
    pub(crate) fn contains(&mut self, item: Value, container: Value, negate: bool) -> Result<Value, Fault> {
        let result = match container {
            Value::Instance(_) | Value::Type(_) => return self.contains_by_class(item, container, negate),
            _ => self.contains_builtin(item, container),
        };
        self.finish_contains(result, item, container, negate)
    }

    fn finish_contains(
        &mut self,
        result: Result<bool, Fault>,
        item: Value,
        container: Value,
        negate: bool,
    ) -> Result<Value, Fault> {
        match result {
            Ok(found) => Ok(Value::bool(found != negate)),
            Err(Fault::Fallback) => {
                let name = match container {
                    Value::Dict(_) => "_dict_contains",
                    Value::Set(_) | Value::FrozenSet(_) => "_set_contains",
                    Value::List(_) | Value::Tuple(_) => "_sequence_contains",
                    Value::Bytes(_) | Value::ByteArray(_) => "bytes_contains",
                    Value::Object(id) => match self.heap.objects.get(id) {
                        Object::DictView { kind: DictViewKind::Keys, .. } => "_keys_contains",
                        Object::DictView { kind: DictViewKind::Items, .. } => "_items_contains",
                        _ => "_iteration_contains",
                    },
                    _ => "_iteration_contains",
                };
                self.prepare_prelude_call(name, &[container, item], OnReturn::Contains { negate });
                Err(Fault::Call)
            }
            Err(fault) => Err(fault),
        }
    }

    /// Membership in an instance or a type: their class's `__contains__`, else iteration.
    fn contains_by_class(&mut self, item: Value, container: Value, negate: bool) -> Result<Value, Fault> {
        match self.special(container, names::CONTAINS) {
            Some(Value::None) => {
                let name = self.type_name(container);
                Err(self.type_error(format!("'{name}' object is not a container")))
            }
            Some(Value::Native(_)) if self.unwrap(container) != container => {
                let data = self.unwrap(container);
                let result = self.contains_builtin(item, data);
                self.finish_contains(result, item, data, negate)
            }
            Some(method) => {
                let answer = self.call_special(method, container, &[item], OnReturn::Contains { negate })?;
                let found = self.truth(answer)?;
                Ok(Value::bool(found != negate))
            }
            None => {
                if self.special(container, names::ITER).is_none() && self.special(container, names::GETITEM).is_none() {
                    return Err(self.not_iterable_for_membership(container));
                }
                self.prepare_prelude_call("_iteration_contains", &[container, item], OnReturn::Contains { negate });
                Err(Fault::Call)
            }
        }
    }

    #[cold]
    fn not_iterable_for_membership(&mut self, container: Value) -> Fault {
        let name = self.type_name(container);
        self.type_error(format!("argument of type '{name}' is not iterable"))
    }

    /// Membership in a built-in container.
    ///
    /// # Errors
    /// `Fault::Fallback` when guest code has to run or the container has to be iterated over.
    pub(crate) fn contains_builtin(&mut self, item: Value, container: Value) -> Result<bool, Fault> {
        match container {
            Value::List(_) | Value::Tuple(_) => self.sequence_contains(item, container),
            Value::Dict(dict) => Ok(self.dict_find(dict, item)?.is_some()),
            Value::Set(set) | Value::FrozenSet(set) => self.set_contains(set, item),
            Value::Str(text) => match self.unwrap(item) {
                Value::Str(part) => {
                    let length = self.heap.str(text).len();
                    self.charge_bytes(length)?;
                    let (text, part) = (self.heap.str(text).as_bytes(), self.heap.str(part).as_bytes());
                    let found = find_paced(text, part, &self.go_on());
                    Ok(self.unless_interrupted(found)?.is_some())
                }
                _ => {
                    let name = self.type_name(item);
                    Err(self.type_error(format!("'in <string>' requires string as left operand, not {name}")))
                }
            },
            Value::Bytes(_) | Value::ByteArray(_) => self.bytes_contain(item, container),
            Value::Range(range) => self.range_contains(range, item),
            Value::Object(id) => match *self.heap.objects.get(id) {
                Object::DictView { dict, kind } => self.view_contains(item, dict, kind),
                Object::MappingProxy { mapping } if !matches!(mapping, Value::Instance(_)) => {
                    self.contains_builtin_once(item, mapping)
                }
                Object::TypeProxy { class } => match item {
                    Value::Str(name) => {
                        let name = self.heap.interned_of(name);
                        Ok(name.is_some_and(|name| self.own_attribute(class, name).is_some()))
                    }
                    _ => Ok(false),
                },
                Object::Deque(_) => self.deque_contains(id, item),
                _ => self.contains_by_method(item, container),
            },
            Value::Iter(_) | Value::Generator(_) => Err(Fault::Fallback),
            other => Err(self.not_iterable_for_membership(other)),
        }
    }

    /// Membership in what a proxy shows: never a proxy again, so that nothing recurses.
    fn contains_builtin_once(&mut self, item: Value, mapping: Value) -> Result<bool, Fault> {
        match self.unwrap(mapping) {
            Value::Dict(dict) => Ok(self.dict_find(dict, item)?.is_some()),
            _ => Err(Fault::Fallback),
        }
    }

    /// Membership in a built-in object by the `__contains__` of its type, or by iteration.
    fn contains_by_method(&mut self, item: Value, container: Value) -> Result<bool, Fault> {
        match self.special(container, names::CONTAINS) {
            Some(Value::Native(id)) => {
                let answer = (self.base.natives[id.index()].def.call)(self, &[container, item])?;
                Ok(answer == Value::True)
            }
            _ if self.special(container, names::ITER).is_some()
                || self.special(container, names::GETITEM).is_some() =>
            {
                Err(Fault::Fallback)
            }
            _ => Err(self.not_iterable_for_membership(container)),
        }
    }

    fn sequence_contains(&mut self, item: Value, container: Value) -> Result<bool, Fault> {
        let mut equality = self.equality();
        let items = match container {
            Value::List(id) => self.heap.list(id),
            Value::Tuple(id) => self.heap.tuple(id),
            _ => &[],
        };
        let mut found = Ok(false);
        for (at, other) in items.iter().enumerate() {
            match equality.equal_keys(*other, item) {
                Ok(false) => {}
                Ok(true) => {
                    equality.work += at as u64 / 4;
                    found = Ok(true);
                    break;
                }
                Err(obstacle) => {
                    found = Err(obstacle);
                    break;
                }
            }
        }
        if found == Ok(false) {
            equality.work += items.len() as u64 / 4;
        }
        let work = equality.work;
        self.settle_comparison(found, work)
    }

    fn bytes_contain(&mut self, item: Value, container: Value) -> Result<bool, Fault> {
        let length = bytes_of(&self.heap, container).len();
        self.charge_bytes(length)?;
        match self.unwrap(item) {
            part @ (Value::Bytes(_) | Value::ByteArray(_)) => {
                let (data, part) = (bytes_of(&self.heap, container), bytes_of(&self.heap, part));
                let found = find_paced(data, part, &self.go_on());
                Ok(self.unless_interrupted(found)?.is_some())
            }
            Value::Int(_) | Value::BigInt(_) | Value::False | Value::True => {
                let byte = match self.unwrap(item) {
                    Value::Int(number) => u8::try_from(number).ok(),
                    Value::False => Some(0),
                    Value::True => Some(1),
                    _ => None,
                };
                match byte {
                    Some(byte) => Ok(bytes_of(&self.heap, container).contains(&byte)),
                    None => Err(self.value_error("byte must be in range(0, 256)")),
                }
            }
            Value::Object(_) => Err(Fault::Fallback),
            other if self.is_guest_special(other, names::INDEX).is_some() => Err(Fault::Fallback),
            _ => {
                let name = self.type_name(item);
                Err(self.type_error(format!("a bytes-like object is required, not '{name}'")))
            }
        }
    }

    fn view_contains(&mut self, item: Value, dict: Id<Dict>, kind: DictViewKind) -> Result<bool, Fault> {
        match kind {
            DictViewKind::Keys => Ok(self.dict_find(dict, item)?.is_some()),
            DictViewKind::Items => {
                let Value::Tuple(pair) = self.unwrap(item) else { return Ok(false) };
                let [key, value] = *self.heap.tuple(pair) else { return Ok(false) };
                match self.dict_get(dict, key)? {
                    Some(found) => self.equal_native(found, value),
                    None => Ok(false),
                }
            }
            DictViewKind::Values => {
                self.charge_items(self.heap.dicts.get(dict).table.len() / 4)?;
                let mut equality = self.equality();
                let mut found = Ok(false);
                for entry in self.heap.dicts.get(dict).table.iter() {
                    found = equality.equal_keys(entry.value, item);
                    if found != Ok(false) {
                        break;
                    }
                }
                let work = equality.work;
                self.settle_comparison(found, work)
            }
        }
    }
}
