//! What the instructions of displays, comprehensions and calls with unpacking add to containers.

use crate::fault::Fault;
use crate::names;
use crate::objects::{Dict, Object, Set};
use crate::value::{Id, Value};

use super::super::Machine;

impl Machine {
    /// A set display.
    pub(crate) fn build_set(&mut self, items: &[Value]) -> Result<Value, Fault> {
        self.charge_items(items.len())?;
        let set = self.heap.new_set(Set::default())?;
        for item in items {
            match self.set_add(set, *item) {
                Ok(()) => {}
                Err(Fault::Fallback | Fault::Call) => {
                    let items = self.heap.new_tuple(items)?;
                    return Err(self.prelude_call("_set_display", &[items]));
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(Value::Set(set))
    }

    /// A dict display of keys and values in turn.
    pub(crate) fn build_map(&mut self, items: &[Value]) -> Result<Value, Fault> {
        self.charge_items(items.len())?;
        let made = self.heap.new_dict(Dict::default())?;
        let Value::Dict(dict) = made else { return Ok(made) };
        for pair in items.chunks_exact(2) {
            let &[key, value] = pair else { continue };
            match self.dict_set(dict, key, value) {
                Ok(()) => {}
                Err(Fault::Fallback | Fault::Call) => {
                    let items = self.heap.new_tuple(items)?;
                    return Err(self.prelude_call("_dict_display", &[items]));
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(made)
    }

    /// An item of a set comprehension.
    pub(crate) fn set_add_item(&mut self, set: Value, item: Value) -> Result<(), Fault> {
        let (Value::Set(id) | Value::FrozenSet(id)) = set else { return Ok(()) };
        match self.set_add(id, item) {
            Err(Fault::Fallback) => Err(self.prelude_call("_set_add", &[set, item])),
            result => result,
        }
    }

    /// `[*iterable]`, or the arguments of a call of `callable`.
    pub(crate) fn list_extend_display(&mut self, list: Value, iterable: Value, callable: Value) -> Result<(), Fault> {
        let Value::List(id) = list else { return Ok(()) };
        match self.collect_items(iterable) {
            Ok(items) => self.extend_with_collected(id, &items),
            Err(Fault::Fallback) => Err(self.prelude_call("_list_extend", &[list, iterable])),
            Err(Fault::Raise) if !self.has_iteration(iterable) => {
                self.raised = Value::Undef;
                let name = self.type_name(iterable);
                if callable.is_undef() || !self.heap.list(id).is_empty() {
                    return Err(self.type_error(format!("Value after * must be an iterable, not {name}")));
                }
                let function = self.callable_name(callable);
                Err(self.type_error(format!("{function}() argument after * must be an iterable, not {name}")))
            }
            Err(fault) => Err(fault),
        }
    }

    fn has_iteration(&self, value: Value) -> bool {
        self.special(value, names::ITER).is_some_and(|method| !method.is_none())
            || self.special(value, names::GETITEM).is_some()
    }

    /// Appends items whose room was reserved by [`Machine::collect_items`].
    pub(crate) fn extend_with_collected(
        &mut self,
        list: Id<crate::objects::List>,
        items: &[Value],
    ) -> Result<(), Fault> {
        self.heap.release(size_of_val(items));
        self.heap.list_reserve(list, items.len())?;
        self.heap.lists.slot(list).items.extend_from_slice(items);
        Ok(())
    }

    /// `{*iterable}`
    pub(crate) fn set_update_display(&mut self, set: Value, iterable: Value) -> Result<(), Fault> {
        let (Value::Set(id) | Value::FrozenSet(id)) = set else { return Ok(()) };
        match self.set_update_natively(id, iterable) {
            Err(Fault::Fallback) => Err(self.prelude_call("_set_update_from", &[set, iterable])),
            result => result,
        }
    }

    /// `{**mapping}`
    pub(crate) fn dict_update_display(&mut self, dict: Value, mapping: Value) -> Result<(), Fault> {
        let Value::Dict(target) = dict else { return Ok(()) };
        match self.plain_mapping(mapping) {
            Some(source) => match self.dict_merge_natively(target, source) {
                Err(Fault::Fallback) => Err(self.prelude_call("_dict_update_mapping", &[dict, mapping])),
                result => result,
            },
            None if self.is_mapping_like(mapping) => Err(self.prelude_call("_dict_update_mapping", &[dict, mapping])),
            None => {
                let name = self.type_name(mapping);
                Err(self.type_error(format!("'{name}' object is not a mapping")))
            }
        }
    }

    /// Keyword arguments `**mapping` of a call of `callable`.
    pub(crate) fn dict_merge_display(&mut self, callable: Value, dict: Value, mapping: Value) -> Result<(), Fault> {
        let Value::Dict(target) = dict else { return Ok(()) };
        let Some(source) = self.plain_mapping(mapping) else {
            if self.is_mapping_like(mapping) {
                let function = self.callable_text(callable)?;
                return Err(self.prelude_call("_dict_merge_keywords", &[dict, mapping, function]));
            }
            let function = self.callable_text(callable)?;
            let text = self.text_of(function);
            let name = self.type_name(mapping);
            return Err(self.type_error(format!("{text} argument after ** must be a mapping, not {name}")));
        };
        if self.heap.dicts.get(target).table.is_empty() {
            let count = self.heap.dicts.get(source).table.len();
            let growth = self.heap.dicts.get(target).table.growth_bytes_for_reserve(count);
            self.reserve_before_change(growth)?;
            self.heap.dicts.slot(target).table.reserve(count);
        }
        let mut position = 0;
        while let Some((next, entry)) = self.heap.dicts.get(source).table.next_from(position) {
            position = next;
            let (key, value) = (entry.key, entry.value);
            self.charge(1)?;
            let Value::Str(name) = key else {
                if matches!(self.unwrap(key), Value::Str(_)) {
                    continue;
                }
                return Err(self.type_error("keywords must be strings"));
            };
            if self.find_str(target, name).is_some() {
                let function = self.callable_text(callable)?;
                let text = self.text_of(function);
                let name = self.heap.str(name).to_owned();
                return Err(self.type_error(format!("{text} got multiple values for keyword argument '{name}'")));
            }
            self.dict_set(target, key, value)?;
        }
        Ok(())
    }

    /// The dict of a mapping that CPython reads as one without asking its methods: a dict, an instance of a class derived from
    /// dict that does not change iteration, or a proxy of a dict.
    pub(crate) fn plain_mapping(&self, mapping: Value) -> Option<Id<Dict>> {
        match mapping {
            Value::Dict(dict) => Some(dict),
            Value::Instance(_) => match self.unwrap(mapping) {
                Value::Dict(dict) if matches!(self.special(mapping, names::ITER), Some(Value::Native(_))) => Some(dict),
                _ => None,
            },
            Value::Object(id) => match self.heap.objects.get(id) {
                Object::MappingProxy { mapping: Value::Dict(dict) } => Some(*dict),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether the value has `keys`, which is what makes a mapping for `dict.update`.
    pub(crate) fn is_mapping_like(&self, value: Value) -> bool {
        self.special(value, names::KEYS).is_some()
            || matches!(value, Value::Instance(id) if self.instance_attribute(id, names::KEYS).is_some())
    }

    /// How messages about its arguments name a callable: `module.qualname()`, without the module for builtins.
    fn callable_text(&mut self, callable: Value) -> Result<Value, Fault> {
        let text = self.callable_name(callable);
        self.heap.new_string(format!("{text}()"))
    }

    /// A copy of the text of a string value.
    pub(crate) fn text_of(&self, value: Value) -> String {
        match self.unwrap(value) {
            Value::Str(id) => self.heap.str(id).to_owned(),
            _ => String::new(),
        }
    }

    /// `module.qualname` of a callable, as in messages about its arguments.
    fn callable_name(&self, callable: Value) -> String {
        match callable {
            Value::BoundMethod(id) => self.callable_name(self.heap.bound_methods.get(id).function),
            Value::Function(id) => {
                let function = self.heap.functions.get(id);
                let qualname = self.code(function.code).qualname.to_string();
                match self.find_str(self.items_of_globals(function.globals), names::NAME) {
                    Some(Value::Str(module)) => format!("{}.{qualname}", self.heap.str(module)),
                    _ => qualname,
                }
            }
            Value::Native(id) => self.base.natives.get(id.index()).map_or_else(String::new, |native| {
                let name = native.def.name;
                match native.owner {
                    Some(owner) => format!("{}.{name}", self.class_name(owner)),
                    None if native.module == "builtins" => name.to_owned(),
                    None => format!("{}.{name}", native.module),
                }
            }),
            Value::Type(class) => {
                let object = self.heap.types.get(class);
                let qualname = self.text_of(object.qualname);
                match self.text_of(object.module).as_str() {
                    "builtins" | "" => qualname,
                    module => format!("{module}.{qualname}"),
                }
            }
            Value::Host(id) => self
                .host_names
                .get(id.number() as usize)
                .map_or_else(String::new, |name| self.heap.str(*name).to_owned()),
            other => format!("{} object", self.type_name(other)),
        }
    }
}
