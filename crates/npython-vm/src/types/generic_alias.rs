//! `list[int]` (types.GenericAlias), `int | str` (types.UnionType) and type variables.

use smallvec::SmallVec;

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::{Machine, PendingCall};
use crate::native::{NativeDef, Signature, constructor, getter, method, wrapper};
use crate::objects::{Object, Str};
use crate::value::{Id, Value};

/// Aliases nested deeper than this keep their type variables.
const DEEPEST_SUBSTITUTION: usize = 50;

/// Methods of `types.GenericAlias`.
pub(crate) const ALIAS_METHODS: &[NativeDef] = &[
    constructor(Signature::Positional(2, 2), |machine, args| {
        let made = machine.generic_alias(argument(args, 1), argument(args, 2))?;
        match argument(args, 0) {
            Value::Type(class) => machine.wrap_payload(class, made),
            _ => Ok(made),
        }
    }),
    wrapper("__iter__", Signature::None, |machine, args| {
        Err(machine.prelude_call("_generic_alias_iter", &[argument(args, 0)]))
    }),
    method("__dir__", Signature::None, list_names),
    method("__reduce__", Signature::None, |machine, args| Err(machine.prelude_call("_generic_alias_reduce", args))),
    wrapper("__call__", Signature::Open, call),
    method("__getitem__", Signature::One, |machine, args| {
        substitute_all(machine, argument(args, 0), argument(args, 1))
    }),
    wrapper("__or__", Signature::One, union),
    wrapper("__ror__", Signature::One, reflected_union),
    method("__mro_entries__", Signature::One, |machine, args| {
        let origin = alias_field(machine, args, |alias| alias.origin);
        machine.heap.new_tuple(&[origin])
    }),
    method("__instancecheck__", Signature::One, |machine, _| {
        Err(machine.type_error("isinstance() argument 2 cannot be a parameterized generic"))
    }),
    method("__subclasscheck__", Signature::One, |machine, _| {
        Err(machine.type_error("issubclass() argument 2 cannot be a parameterized generic"))
    }),
    getter("__origin__", |machine, args| Ok(alias_field(machine, args, |alias| alias.origin))),
    getter("__args__", |machine, args| Ok(alias_field(machine, args, |alias| alias.arguments))),
    getter("__parameters__", |machine, args| {
        let arguments = alias_field(machine, args, |alias| alias.arguments);
        parameters(machine, argument(args, 0), arguments)
    }),
    getter("__unpacked__", |machine, args| Ok(alias_field(machine, args, |alias| Value::bool(alias.unpacked)))),
];

/// Methods of `types.UnionType`.
pub(crate) const UNION_METHODS: &[NativeDef] = &[
    method("__getitem__", Signature::One, |machine, args| {
        substitute_all(machine, argument(args, 0), argument(args, 1))
    }),
    wrapper("__or__", Signature::One, union),
    wrapper("__ror__", Signature::One, reflected_union),
    getter("__args__", |machine, args| Ok(union_arguments(machine, argument(args, 0)))),
    getter("__parameters__", |machine, args| {
        let arguments = union_arguments(machine, argument(args, 0));
        parameters(machine, argument(args, 0), arguments)
    }),
];

/// What an alias answers itself; every other attribute is its origin's.
const OWN_ATTRIBUTES: &[&str] = &[
    "__class__",
    "__bases__",
    "__origin__",
    "__args__",
    "__unpacked__",
    "__parameters__",
    "__typing_unpacked_tuple_args__",
    "__mro_entries__",
    "__reduce_ex__",
    "__reduce__",
    "__copy__",
    "__deepcopy__",
];

/// The names of the origin, and the alias's own.
pub(crate) fn list_names(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let origin = alias_field(machine, args, |alias| alias.origin);
    let mut names = machine.attribute_names(origin)?;
    for own in OWN_ATTRIBUTES {
        let own = Value::Str(machine.heap.intern(own)?);
        if !names.contains(&own) {
            names.push(own);
        }
    }
    machine.charge_items(names.len().saturating_mul(4))?;
    let text = |machine: &Machine, name: &Value| machine.text_of(*name);
    names.sort_by_cached_key(|name| text(machine, name));
    machine.heap.new_list(names)
}

/// The type parameters of an alias; the module `typing` finds those in types of its own.
fn parameters(machine: &mut Machine, alias: Value, arguments: Value) -> Result<Value, Fault> {
    match machine.plain_type_parameters(arguments) {
        Some(parameters) => machine.heap.new_tuple(&parameters),
        None => Err(machine.prelude_call("_alias_parameters", &[alias])),
    }
}

/// The parts of an alias.
struct Alias {
    origin: Value,
    arguments: Value,
    unpacked: bool,
}

fn alias_of(machine: &Machine, value: Value) -> Option<Alias> {
    let Value::Object(id) = machine.unwrap(value) else { return None };
    match *machine.heap.objects.get(id) {
        Object::GenericAlias { origin, arguments, unpacked, .. } => Some(Alias { origin, arguments, unpacked }),
        _ => None,
    }
}

fn alias_field(machine: &Machine, args: &[Value], field: fn(Alias) -> Value) -> Value {
    alias_of(machine, argument(args, 0)).map_or(Value::None, field)
}

fn union_arguments(machine: &Machine, value: Value) -> Value {
    match value {
        Value::Object(id) => match *machine.heap.objects.get(id) {
            Object::Union { arguments } => arguments,
            _ => Value::None,
        },
        _ => Value::None,
    }
}

fn union(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    machine.union_of(argument(args, 0), argument(args, 1))
}

fn reflected_union(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    machine.union_of(argument(args, 1), argument(args, 0))
}

/// `list[int](...)`: calls the origin.
fn call(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Some(alias) = alias_of(machine, argument(args, 0)) else { return Err(Fault::Halt) };
    let (positional, keyword_dict) = match args.split_last() {
        Some((last, rest)) => (rest.get(1..).unwrap_or(&[]), *last),
        None => (&[][..], Value::Undef),
    };
    let mut all: SmallVec<[Value; 4]> = positional.iter().copied().collect();
    let mut keywords: Vec<Id<Str>> = Vec::new();
    if let Value::Dict(dict) = keyword_dict {
        let entries: Vec<(Value, Value)> =
            machine.heap.dicts.get(dict).table.iter().map(|entry| (entry.key, entry.value)).collect();
        for (key, value) in entries {
            if let Value::Str(name) = key {
                keywords.push(machine.heap.intern_str(name)?);
                all.push(value);
            }
        }
    }
    machine.pending = PendingCall { callable: alias.origin, args: all, keywords, ..PendingCall::default() };
    Err(Fault::Call)
}

/// `alias[arguments]`: the alias with its type variables replaced.
fn substitute_all(machine: &mut Machine, value: Value, key: Value) -> Result<Value, Fault> {
    let arguments = match alias_of(machine, value) {
        Some(alias) => alias.arguments,
        None => union_arguments(machine, value),
    };
    let Some(parameters) = machine.plain_type_parameters(arguments) else {
        return Err(machine.prelude_call("_subscript_alias", &[value, key]));
    };
    if parameters.is_empty() {
        let shown = machine.repr_native(value)?;
        return Err(machine.type_error(format!("{shown} is not a generic class")));
    }
    let given: Vec<Value> = match key {
        Value::Tuple(id) => machine.heap.tuple(id).to_vec(),
        single => vec![single],
    };
    let is_plain = |item: &Value| match item {
        Value::Instance(_) | Value::Str(_) => false,
        other => alias_of(machine, *other).is_none_or(|alias| !alias.unpacked),
    };
    if !given.iter().all(is_plain) {
        return Err(machine.prelude_call("_subscript_alias", &[value, key]));
    }
    if given.len() != parameters.len() {
        let shown = machine.repr_native(value)?;
        let (what, actual, expected) =
            (if given.len() > parameters.len() { "many" } else { "few" }, given.len(), parameters.len());
        return Err(
            machine.type_error(format!("Too {what} arguments for {shown}; actual {actual}, expected {expected}"))
        );
    }
    let pairs: Vec<(Value, Value)> = parameters.into_iter().zip(given).collect();
    machine.substitute(value, &pairs, DEEPEST_SUBSTITUTION)
}

impl Machine {
    /// The type variables among the arguments of an alias or union, in order of appearance; `None` where more is involved
    /// than type variables without defaults, built-in aliases and plain types.
    fn plain_type_parameters(&self, arguments: Value) -> Option<Vec<Value>> {
        let mut found: Vec<Value> = Vec::new();
        let mut plain = true;
        let mut pending = vec![arguments];
        let mut visited = 0;
        while let Some(value) = pending.pop() {
            visited += 1;
            if visited > 10_000 {
                break;
            }
            match value {
                Value::Tuple(id) => pending.extend(self.heap.tuple(id).iter().rev().copied()),
                Value::Instance(_) | Value::List(_) => plain = false,
                Value::Object(id) => match *self.heap.objects.get(id) {
                    Object::TypeVar { kind, default, .. } => {
                        plain &= kind & super::type_parameter::KIND == 0 && default == Value::Missing;
                        if !found.contains(&value) {
                            found.push(value);
                        }
                    }
                    Object::GenericAlias { arguments, .. } | Object::Union { arguments } => pending.push(arguments),
                    _ => {}
                },
                _ => {}
            }
        }
        plain.then_some(found)
    }

    /// An attribute that an alias takes from its origin.
    pub(crate) fn alias_attribute(&mut self, alias: Value, name: Id<Str>) -> Option<Result<Value, Fault>> {
        let Alias { origin, .. } = alias_of(self, alias)?;
        if OWN_ATTRIBUTES.contains(&self.heap.str(name)) {
            return None;
        }
        Some(self.get_attribute(origin, name))
    }

    /// A value with type variables replaced.
    fn substitute(&mut self, value: Value, pairs: &[(Value, Value)], depth: usize) -> Result<Value, Fault> {
        if let Some((_, replacement)) = pairs.iter().find(|(variable, _)| *variable == value) {
            return Ok(*replacement);
        }
        self.charge(1)?;
        let Value::Object(id) = value else { return Ok(value) };
        if depth == 0 {
            return Ok(value);
        }
        match *self.heap.objects.get(id) {
            Object::GenericAlias { origin, arguments: Value::Tuple(arguments), unpacked, .. } => {
                let replaced = self.substitute_each(arguments, pairs, depth)?;
                let arguments = self.heap.new_tuple(&replaced)?;
                self.heap.new_object(Object::GenericAlias { origin, arguments, parameters: Value::Undef, unpacked })
            }
            Object::Union { arguments: Value::Tuple(arguments) } => {
                let replaced = self.substitute_each(arguments, pairs, depth)?;
                let mut parts = replaced.into_iter();
                let mut total = parts.next().unwrap_or(Value::None);
                for part in parts {
                    total = self.union_of(total, part)?;
                }
                Ok(total)
            }
            _ => Ok(value),
        }
    }

    fn substitute_each(
        &mut self,
        arguments: Id<crate::objects::Tuple>,
        pairs: &[(Value, Value)],
        depth: usize,
    ) -> Result<Vec<Value>, Fault> {
        let arguments = self.heap.tuple(arguments).to_vec();
        arguments.into_iter().map(|argument| self.substitute(argument, pairs, depth - 1)).collect()
    }
}
