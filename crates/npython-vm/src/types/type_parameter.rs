//! Type parameters (`typing.TypeVar`, `ParamSpec`, `TypeVarTuple`) and `type` aliases (PEP 695, PEP 696).
//!
//! Bounds, constraints, defaults and the values of aliases may be lazy: a function without parameters that is called when
//! the program first asks, by the prelude, which stores the result.

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, constructor, getter, method, wrapper};
use crate::objects::Object;
use crate::value::Value;

/// The bits of `Object::TypeVar::kind` that tell the type: 0 TypeVar, 1 ParamSpec, 2 TypeVarTuple.
pub(crate) const KIND: u8 = 3;
pub(crate) const PARAM_SPEC: u8 = 1;
pub(crate) const TYPE_VAR_TUPLE: u8 = 2;
/// Flags in the same byte.
pub(crate) const COVARIANT: u8 = 4;
pub(crate) const CONTRAVARIANT: u8 = 8;
pub(crate) const INFER_VARIANCE: u8 = 16;
pub(crate) const LAZY_BOUND: u8 = 32;
pub(crate) const LAZY_CONSTRAINTS: u8 = 64;
pub(crate) const LAZY_DEFAULT: u8 = 128;

/// Methods of `typing.TypeVar`.
pub(crate) const TYPE_VAR_METHODS: &[NativeDef] = &[
    constructor(Signature::Open, |m, args| forward(m, "_type_var_new", args)),
    wrapper("__or__", Signature::One, |m, args| union(m, args, false)),
    wrapper("__ror__", Signature::One, |m, args| union(m, args, true)),
    getter("__name__", name),
    getter("__bound__", |m, args| part(m, args, Part::Bound)),
    getter("__constraints__", |m, args| part(m, args, Part::Constraints)),
    getter("__default__", |m, args| part(m, args, Part::Default)),
    getter("__covariant__", |m, args| Ok(flag(m, args, COVARIANT))),
    getter("__contravariant__", |m, args| Ok(flag(m, args, CONTRAVARIANT))),
    getter("__infer_variance__", |m, args| Ok(flag(m, args, INFER_VARIANCE))),
    method("has_default", Signature::None, has_default),
    method("__typing_subst__", Signature::One, |m, args| forward(m, "_type_var_substitute", args)),
    method("__mro_entries__", Signature::One, |m, _| Err(m.type_error("Cannot subclass an instance of TypeVar"))),
    method("__reduce__", Signature::None, name),
];

/// Methods of `typing.ParamSpec`.
pub(crate) const PARAM_SPEC_METHODS: &[NativeDef] = &[
    constructor(Signature::Open, |m, args| forward(m, "_param_spec_new", args)),
    wrapper("__or__", Signature::One, |m, args| union(m, args, false)),
    wrapper("__ror__", Signature::One, |m, args| union(m, args, true)),
    getter("__name__", name),
    getter("__bound__", |m, args| part(m, args, Part::Bound)),
    getter("__default__", |m, args| part(m, args, Part::Default)),
    getter("__covariant__", |m, args| Ok(flag(m, args, COVARIANT))),
    getter("__contravariant__", |m, args| Ok(flag(m, args, CONTRAVARIANT))),
    getter("__infer_variance__", |m, args| Ok(flag(m, args, INFER_VARIANCE))),
    getter("args", |m, args| forward(m, "_param_spec_args", args)),
    getter("kwargs", |m, args| forward(m, "_param_spec_kwargs", args)),
    method("has_default", Signature::None, has_default),
    method("__mro_entries__", Signature::One, |m, _| Err(m.type_error("Cannot subclass an instance of ParamSpec"))),
    method("__reduce__", Signature::None, name),
];

/// Methods of `typing.TypeVarTuple`.
pub(crate) const TYPE_VAR_TUPLE_METHODS: &[NativeDef] = &[
    constructor(Signature::Open, |m, args| forward(m, "_type_var_tuple_new", args)),
    getter("__name__", name),
    getter("__default__", |m, args| part(m, args, Part::Default)),
    method("has_default", Signature::None, has_default),
    wrapper("__iter__", Signature::None, |m, args| forward(m, "_type_var_tuple_iter", args)),
    method("__mro_entries__", Signature::One, |m, _| Err(m.type_error("Cannot subclass an instance of TypeVarTuple"))),
    method("__reduce__", Signature::None, name),
];

/// Methods of `typing.TypeAliasType`.
pub(crate) const TYPE_ALIAS_METHODS: &[NativeDef] = &[
    constructor(Signature::Open, |m, args| {
        let mut args = args.to_vec();
        args.insert(0, m.module_of_caller());
        forward(m, "_type_alias_new", &args)
    }),
    wrapper("__or__", Signature::One, |m, args| union(m, args, false)),
    wrapper("__ror__", Signature::One, |m, args| union(m, args, true)),
    method("__getitem__", Signature::One, alias_subscript),
    getter("__name__", name),
    getter("__value__", |m, args| part(m, args, Part::Value)),
    getter("__module__", |m, args| {
        Ok(match object(m, args) {
            Object::TypeAlias { module, .. } => module,
            _ => Value::None,
        })
    }),
    getter("__type_params__", alias_parameters),
    getter("__parameters__", |m, args| {
        let parameters = alias_parameters(m, args)?;
        Err(m.prelude_call("_unpack_variable_tuples", &[parameters]))
    }),
];

/// Functions the prelude makes and completes them with.
pub(crate) const INTRINSICS: &[NativeDef] = &[
    crate::native::function("_type_parameter_make", Signature::Positional(6, 6), make),
    crate::native::function("_type_alias_make", Signature::Positional(4, 4), make_alias),
    crate::native::function("_type_parameter_store", Signature::Positional(3, 3), store),
];

/// What may be lazy.
#[derive(Clone, Copy)]
enum Part {
    Bound,
    Constraints,
    Default,
    Value,
}

fn forward(m: &mut Machine, prelude: &str, args: &[Value]) -> Result<Value, Fault> {
    let args: Vec<Value> = args.iter().map(|value| value.given().unwrap_or(Value::Missing)).collect();
    Err(m.prelude_call(prelude, &args))
}

fn union(m: &mut Machine, args: &[Value], reflected: bool) -> Result<Value, Fault> {
    let (left, right) = (argument(args, 0), argument(args, 1));
    if matches!(right, Value::Str(_)) {
        return Err(m.prelude_call("_typing_union", &[left, right, Value::bool(reflected)]));
    }
    if reflected { m.union_of(right, left) } else { m.union_of(left, right) }
}

fn object(m: &Machine, args: &[Value]) -> Object {
    match argument(args, 0) {
        Value::Object(id) => m.heap.objects.get(id).clone(),
        _ => Object::Free,
    }
}

fn name(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(match object(m, args) {
        Object::TypeVar { name, .. } | Object::TypeAlias { name, .. } => name,
        _ => Value::None,
    })
}

fn flag(m: &Machine, args: &[Value], wanted: u8) -> Value {
    match object(m, args) {
        Object::TypeVar { kind, .. } => Value::bool(kind & wanted != 0),
        _ => Value::False,
    }
}

/// The part itself, or the prelude's call that computes it.
fn part(m: &mut Machine, args: &[Value], part: Part) -> Result<Value, Fault> {
    let receiver = argument(args, 0);
    let (value, lazy, number) = match (object(m, args), part) {
        (Object::TypeVar { bound, kind, .. }, Part::Bound) => (bound, kind & LAZY_BOUND != 0, 0),
        (Object::TypeVar { constraints, kind, .. }, Part::Constraints) => {
            let constraints = if constraints.is_none() { m.heap.new_tuple(&[])? } else { constraints };
            (constraints, kind & LAZY_CONSTRAINTS != 0, 1)
        }
        (Object::TypeVar { default: Value::Missing, .. }, Part::Default) => {
            return Err(m.prelude_call("_no_default", &[]));
        }
        (Object::TypeVar { default, kind, .. }, Part::Default) => (default, kind & LAZY_DEFAULT != 0, 2),
        (Object::TypeAlias { value, evaluated, .. }, Part::Value) => (value, !evaluated, 3),
        _ => (Value::None, false, 0),
    };
    if lazy { Err(m.prelude_call("_evaluate_lazy", &[receiver, Value::Int(number), value])) } else { Ok(value) }
}

fn has_default(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(Value::bool(matches!(object(m, args), Object::TypeVar { default, .. } if default != Value::Missing)))
}

fn alias_parameters(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match object(m, args) {
        Object::TypeAlias { type_params: parameters @ Value::Tuple(_), .. } => Ok(parameters),
        _ => m.heap.new_tuple(&[]),
    }
}

fn alias_subscript(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let empty = match alias_parameters(m, args)? {
        Value::Tuple(parameters) => m.heap.tuple(parameters).is_empty(),
        _ => true,
    };
    if empty {
        return Err(m.type_error("Only generic type aliases are subscriptable"));
    }
    m.generic_alias(argument(args, 0), argument(args, 1))
}

/// `_type_parameter_make(kind, name, bound, constraints, default, flags)`
fn make(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[Value::Int(kind), name, bound, constraints, default, Value::Int(flags)] = args else {
        return Err(Fault::Halt);
    };
    let kind = u8::try_from(kind | flags).unwrap_or(0);
    m.heap.new_object(Object::TypeVar { kind, name, bound, constraints, default })
}

/// `_type_alias_make(name, type_params, value, module)`
fn make_alias(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[name, type_params, value, module] = args else { return Err(Fault::Halt) };
    m.heap.new_object(Object::TypeAlias { name, type_params, value, evaluated: true, module })
}

/// `_type_parameter_store(parameter, part, value)`: the lazy part has been computed.
fn store(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[Value::Object(id), Value::Int(number), computed] = args else { return Err(Fault::Halt) };
    match (m.heap.objects.slot(id), number) {
        (Object::TypeVar { bound, kind, .. }, 0) => (*bound, *kind) = (computed, *kind & !LAZY_BOUND),
        (Object::TypeVar { constraints, kind, .. }, 1) => {
            (*constraints, *kind) = (computed, *kind & !LAZY_CONSTRAINTS);
        }
        (Object::TypeVar { default, kind, .. }, 2) => (*default, *kind) = (computed, *kind & !LAZY_DEFAULT),
        (Object::TypeAlias { value, evaluated, .. }, 3) => (*value, *evaluated) = (computed, true),
        _ => {}
    }
    Ok(computed)
}
