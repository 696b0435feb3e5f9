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
    method("__dir__", Signature::None, |machine, args| {
        let origin = alias_field(machine, args, |alias| alias.origin);
        let names = machine.attribute_names(origin)?;
        machine.heap.new_list(names)
    }),
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
        let parameters = machine.type_parameters_of(arguments);
        machine.heap.new_tuple(&parameters)
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
        let parameters = machine.type_parameters_of(arguments);
        machine.heap.new_tuple(&parameters)
    }),
];

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
    let parameters = machine.type_parameters_of(arguments);
    if parameters.is_empty() {
        let shown = machine.repr_native(value)?;
        return Err(machine.type_error(format!("{shown} is not a generic class")));
    }
    let given: Vec<Value> = match key {
        Value::Tuple(id) => machine.heap.tuple(id).to_vec(),
        single => vec![single],
    };
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
    /// The type variables among the arguments of an alias or union, in order of appearance.
    pub(crate) fn type_parameters_of(&self, arguments: Value) -> Vec<Value> {
        let mut found: Vec<Value> = Vec::new();
        let mut pending = vec![arguments];
        let mut visited = 0;
        while let Some(value) = pending.pop() {
            visited += 1;
            if visited > 10_000 {
                break;
            }
            match value {
                Value::Tuple(id) => pending.extend(self.heap.tuple(id).iter().rev().copied()),
                Value::Object(id) => match *self.heap.objects.get(id) {
                    Object::TypeVar { .. } if !found.contains(&value) => found.push(value),
                    Object::GenericAlias { arguments, .. } | Object::Union { arguments } => pending.push(arguments),
                    _ => {}
                },
                _ => {}
            }
        }
        found
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
