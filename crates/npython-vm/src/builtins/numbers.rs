//! Builtin functions of numbers and identity, and the intrinsics of prelude/operators.py.

use crate::fault::Fault;
use crate::machine::{Consumer, IntOperand, Machine, NumberKind, OnReturn, number_kind};
use crate::names;
use crate::native::{NativeDef, Signature, function};
use crate::numeric::hash::SequenceHasher;
use crate::numeric::{cost, float, integer};
use crate::objects::Object;
use crate::value::{Id, Value};

/// Builtin functions.
pub(crate) const FUNCTIONS: &[NativeDef] = &[
    function("abs", Signature::One, |machine, args| machine.absolute(argument(args, 0))),
    function("bin", Signature::One, |machine, args| in_base(machine, "bin", argument(args, 0))),
    function("divmod", Signature::Positional(2, 2), |machine, args| {
        divmod(machine, argument(args, 0), argument(args, 1))
    }),
    function("hash", Signature::One, |machine, args| hash_builtin(machine, argument(args, 0))),
    function("hex", Signature::One, |machine, args| in_base(machine, "hex", argument(args, 0))),
    function("oct", Signature::One, |machine, args| in_base(machine, "oct", argument(args, 0))),
    function("pow", Signature::Named("base, exp, mod="), |machine, args| {
        pow(machine, argument(args, 0), argument(args, 1), argument(args, 2))
    }),
    function("round", Signature::Named("number, ndigits="), |machine, args| {
        round(machine, argument(args, 0), argument(args, 1))
    }),
    function("sum", Signature::Named("iterable, /, start="), sum).or("_sum"),
];

/// What the prelude uses.
pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_base_text", Signature::Positional(2, 2), base_text),
    function("_bound_special", Signature::Positional(2, 2), bound_special),
    function("_combine_hashes", Signature::Positional(2, 2), combine_hashes),
    function("_compensated", Signature::Positional(3, 3), compensated),
    function("_data_of", Signature::One, |machine, args| Ok(machine.unwrap(argument(args, 0)))),
    function("_dict_candidates", Signature::Positional(2, 2), dict_candidates),
    function("_dict_insert", Signature::Positional(4, 4), dict_insert),
    function("_dict_key_at", Signature::Positional(2, 2), dict_key_at),
    function("_dict_entries", Signature::One, dict_entries),
    function("_dict_remove_at", Signature::Positional(2, 2), dict_remove_at),
    function("_dict_replace", Signature::Positional(3, 3), dict_replace),
    function("_dict_value_at", Signature::Positional(2, 2), dict_value_at),
    function("_dict_version", Signature::One, dict_version),
    function("_index", Signature::One, |machine, args| machine.index_value(argument(args, 0))),
    function("_int_from_data", Signature::Positional(4, 4), crate::types::int::from_bytes),
    function("_math_function", Signature::One, crate::modules::math::function_named),
    function("_parts_of", Signature::One, parts_of),
    function("_round_native", Signature::Positional(2, 2), |machine, args| {
        round(machine, argument(args, 0), argument(args, 1))
    }),
    function("_same_special", Signature::Positional(3, 3), same_special),
    function("_set_candidates", Signature::Positional(2, 2), set_candidates),
    function("_set_insert_new", Signature::Positional(3, 3), set_insert_new),
    function("_set_item_at", Signature::Positional(2, 2), set_item_at),
    function("_set_entries", Signature::One, set_entries),
    function("_set_items", Signature::One, set_items),
    function("_set_remove_at", Signature::Positional(2, 2), set_remove_at),
    function("_view_dict", Signature::One, view_dict),
    function("_with_compensation", Signature::Positional(2, 2), with_compensation),
];

/// Argument number `at`, `Undef` where it was not given.
pub(crate) fn argument(args: &[Value], at: usize) -> Value {
    args.get(at).copied().unwrap_or(Value::Undef)
}

/// `bin`, `oct` and `hex`.
fn in_base(machine: &mut Machine, name: &str, value: Value) -> Result<Value, Fault> {
    match machine.to_int_value(value) {
        Ok(number) => int_in_base(machine, name, number),
        Err(Fault::Fallback) => {
            let name = machine.heap.new_str(name)?;
            Err(machine.prelude_call("_in_base", &[name, value]))
        }
        Err(fault) => Err(fault),
    }
}

fn base_text(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let name = match argument(args, 0) {
        Value::Str(id) => machine.heap.str(id).to_owned(),
        _ => String::new(),
    };
    int_in_base(machine, &name, argument(args, 1))
}

fn int_in_base(machine: &mut Machine, name: &str, value: Value) -> Result<Value, Fault> {
    let base = match name {
        "bin" => 2,
        "oct" => 8,
        _ => 16,
    };
    let Some(number) = IntOperand::of(&machine.heap, machine.unwrap(value)) else {
        return Err(machine.not_an_integer(value));
    };
    let limbs = number.limbs();
    let bytes = limbs as usize * 64 + 3;
    machine.charge(cost::print(limbs, base))?;
    machine.heap.reserve(bytes)?;
    machine.heap.release(bytes);
    let text = match IntOperand::of(&machine.heap, machine.unwrap(value)) {
        Some(number) => integer::to_prefixed_base(&number.big(), base, &machine.go_on()),
        None => Ok(String::new()),
    };
    let text = machine.unless_interrupted(text)?;
    machine.heap.new_ascii(text.into())
}

/// `divmod(a, b)`
pub(crate) fn divmod(machine: &mut Machine, a: Value, b: Value) -> Result<Value, Fault> {
    if machine.is_of_builtin_class(a) && machine.is_of_builtin_class(b) {
        if let Some(result) = divmod_numbers(machine, a, b)? {
            return Ok(result);
        }
        let (left, right) = (machine.type_name(a), machine.type_name(b));
        if number_kind(a).is_some() || number_kind(b).is_some() || machine.special(a, names::DIVMOD).is_none() {
            return Err(machine.type_error(format!("unsupported operand type(s) for divmod(): '{left}' and '{right}'")));
        }
    }
    Err(machine.prelude_call("_divmod_stage", &[a, b]))
}

/// `divmod` of built-in numbers; `None` for values it is not defined for.
pub(crate) fn divmod_numbers(machine: &mut Machine, a: Value, b: Value) -> Result<Option<Value>, Fault> {
    let (Some(left), Some(right)) = (number_kind(a), number_kind(b)) else { return Ok(None) };
    match left.max(right) {
        NumberKind::Int => {
            let (a, b) = (machine.to_int_value(a)?, machine.to_int_value(b)?);
            let (quotient, rest) = machine.int_divmod(a, b)?;
            machine.heap.new_tuple(&[quotient, rest]).map(Some)
        }
        NumberKind::Float => {
            let (a, b) = (machine.real_to_float(a)?, machine.real_to_float(b)?);
            machine.float_divmod(a, b).map(Some)
        }
        NumberKind::Complex => Ok(None),
    }
}

/// `pow(base, exponent, modulus)`
pub(crate) fn pow(machine: &mut Machine, base: Value, exponent: Value, modulus: Value) -> Result<Value, Fault> {
    if modulus.is_undef() || modulus.is_none() {
        return machine.binary(npython_bytecode::BinaryOperator::Pow, base, exponent);
    }
    let all = [base, exponent, modulus];
    if all.iter().all(|value| number_kind(*value) == Some(NumberKind::Int)) {
        return machine.int_modular_power(base, exponent, modulus);
    }
    if all.iter().any(|value| !machine.is_of_builtin_class(*value)) {
        return Err(machine.prelude_call("_pow_stage", &all));
    }
    let kinds = all.map(number_kind);
    if kinds.iter().all(Option::is_some) {
        return Err(if kinds.contains(&Some(NumberKind::Complex)) {
            machine.value_error("complex modulo")
        } else {
            machine.type_error("pow() 3rd argument not allowed unless all arguments are integers")
        });
    }
    let names = all.map(|value| machine.type_name(value));
    Err(machine.type_error(format!(
        "unsupported operand type(s) for ** or pow(): '{}', '{}', '{}'",
        names[0], names[1], names[2]
    )))
}

/// `round(number, ndigits)`
fn round(machine: &mut Machine, number: Value, digits: Value) -> Result<Value, Fault> {
    match number {
        Value::Float(value) => round_float(machine, number, value.get(), digits),
        Value::Int(_) | Value::BigInt(_) | Value::True | Value::False => round_int(machine, number, digits),
        _ => match machine.special(number, names::ROUND) {
            Some(Value::Native(_)) => {
                let data = machine.unwrap(number);
                if number_kind(data).is_some() && data != number {
                    return round(machine, data, digits);
                }
                Err(machine.prelude_call("_round_object", &[number, missing(digits)]))
            }
            Some(method) => {
                let given = digits.given().filter(|value| !value.is_none());
                machine.call_special(method, number, given.as_slice(), OnReturn::Push)
            }
            None => {
                let name = machine.type_name(number);
                Err(machine.type_error(format!("type {name} doesn't define __round__ method")))
            }
        },
    }
}

/// An omitted argument as the prelude sees it.
pub(crate) fn missing(value: Value) -> Value {
    value.given().unwrap_or(Value::Missing)
}

/// `float.__round__`
pub(crate) fn round_float(machine: &mut Machine, number: Value, value: f64, digits: Value) -> Result<Value, Fault> {
    if digits.is_undef() || digits.is_none() {
        return match float::round_to_integer(value) {
            Ok(result) => machine.integer_value(result),
            Err(error) => Err(machine.raise_guest_error(error)),
        };
    }
    match machine.to_clamped_index(digits) {
        Ok(digits) => {
            let result = float::round_to_places(value, digits);
            machine.float_result(result)
        }
        Err(Fault::Fallback) => Err(machine.prelude_call("_round_number", &[number, digits])),
        Err(fault) => Err(fault),
    }
}

/// `int.__round__`: half to even, to a power of ten.
pub(crate) fn round_int(machine: &mut Machine, number: Value, digits: Value) -> Result<Value, Fault> {
    let number = machine.to_int_value(number)?;
    if digits.is_undef() || digits.is_none() {
        return Ok(number);
    }
    let digits = match machine.to_clamped_index(digits) {
        Ok(digits) => digits,
        Err(Fault::Fallback) => return Err(machine.prelude_call("_round_number", &[number, digits])),
        Err(fault) => return Err(fault),
    };
    if digits >= 0 {
        return Ok(number);
    }
    let Some(operand) = IntOperand::of(&machine.heap, number) else { return Ok(number) };
    let (value, limbs) = (operand.big().into_owned(), operand.limbs());
    let places = digits.unsigned_abs();
    if places > integer::decimal_length_bound(value.bits()) + 1 {
        return Ok(Value::Int(0));
    }
    machine.charge(cost::power(limbs).saturating_add(cost::divide(limbs, 1)))?;
    let unit = num_bigint::BigInt::from(10).pow(places as u32);
    let (quotient, rest) = num_integer::Integer::div_mod_floor(&value, &unit);
    let twice = rest * 2_u8;
    let up = twice > unit || (twice == unit && num_integer::Integer::is_odd(&quotient));
    let rounded = (quotient + u8::from(up)) * unit;
    machine.heap.new_int(rounded)
}

/// `hash(value)`
fn hash_builtin(machine: &mut Machine, value: Value) -> Result<Value, Fault> {
    match machine.hash_native(value) {
        Ok(known) => Ok(Value::Int(known)),
        Err(Fault::Fallback) => match machine.is_guest_special(value, names::HASH) {
            Some(method) => {
                let on_return = OnReturn::ExpectInt { method: crate::machine::METHOD_HASH };
                machine.call_special(method, value, &[], on_return)
            }
            None => match (machine.unwrap(value), machine.special(value, names::HASH)) {
                (Value::Object(id), Some(Value::Native(method)))
                    if !matches!(machine.heap.objects.get(id), Object::GenericAlias { .. } | Object::Union { .. }) =>
                {
                    (machine.base.natives[method.index()].def.call)(machine, &[value])
                }
                (data, _) => Err(machine.prelude_call("_hash_parts", &[data])),
            },
        },
        Err(fault) => Err(fault),
    }
}

/// The parts whose hashes make up that of a container.
fn parts_of(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let parts = match argument(args, 0) {
        Value::Tuple(id) => machine.heap.tuple(id).to_vec(),
        Value::Slice(id) => {
            let slice = machine.heap.slices.get(id);
            vec![slice.start, slice.stop, slice.step]
        }
        Value::BoundMethod(id) => vec![machine.heap.bound_methods.get(id).function],
        Value::Object(id) => match *machine.heap.objects.get(id) {
            Object::GenericAlias { origin, arguments, .. } => vec![origin, arguments],
            Object::Union { arguments } => vec![arguments],
            Object::MappingProxy { mapping } => vec![mapping],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    machine.charge_items(parts.len())?;
    machine.heap.new_list(parts)
}

fn combine_hashes(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let mut sequence = SequenceHasher::default();
    if let Value::List(id) = argument(args, 1) {
        machine.charge_items(machine.heap.list(id).len())?;
        for part in machine.heap.list(id) {
            if let Value::Int(known) = part {
                sequence.add(*known);
            }
        }
    }
    let combined =
        if let Value::Slice(_) = argument(args, 0) { sequence.finish_slice() } else { sequence.finish_tuple() };
    Ok(Value::Int(combined))
}

/// `sum(iterable, start)` as far as it is about built-in numbers.
fn sum(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (iterable, start) = (argument(args, 0), argument(args, 1).given().unwrap_or(Value::Int(0)));
    // A bool is the result as it is when there is nothing to add.
    let is_bool = start.as_bool().is_some();
    if number_kind(start).is_none() || number_kind(start) == Some(NumberKind::Complex) || is_bool {
        return Err(Fault::Fallback);
    }
    if let Value::Range(id) = iterable
        && let Value::Int(start) = start
        && !machine.heap.ranges.get(id).is_wide()
    {
        let range = *machine.heap.ranges.get(id);
        let length = range.length();
        if length == 0 {
            return Ok(Value::Int(start));
        }
        // The sum of first and last times half the length; one of the two factors is even.
        let ends = num_bigint::BigInt::from(range.item(0)) + num_bigint::BigInt::from(range.item(length - 1));
        return machine.heap.new_int(ends * length / 2_u8 + start);
    }
    match iterable {
        Value::List(id) => {
            machine.charge_items(machine.heap.list(id).len() / 2)?;
            let mut adder = Adder::new(start);
            let done = machine.heap.list(id).iter().all(|item| adder.add(*item));
            finish_sum(machine, adder, done)
        }
        Value::Tuple(id) => {
            machine.charge_items(machine.heap.tuple(id).len() / 2)?;
            let mut adder = Adder::new(start);
            let done = machine.heap.tuple(id).iter().all(|item| adder.add(*item));
            finish_sum(machine, adder, done)
        }
        Value::Generator(_) => {
            Err(machine.consume(iterable, Consumer::Sum, &[start, Value::float(0.0)]).unwrap_or(Fault::Fallback))
        }
        Value::Iter(_) => Err(Fault::Fallback),
        other => {
            let items = machine.collect_items(other)?;
            let mut adder = Adder::new(start);
            let done = items.iter().all(|item| adder.add(*item));
            finish_sum(machine, adder, done)
        }
    }
}

fn finish_sum(machine: &mut Machine, adder: Adder, done: bool) -> Result<Value, Fault> {
    match adder {
        _ if !done => Err(Fault::Fallback),
        Adder::Int(total) => machine.heap.new_i128(total),
        Adder::Float { total, compensation } => Ok(Value::float(compensate(total, compensation))),
        Adder::Other => Err(Fault::Fallback),
    }
}

/// The running total of a sum of small ints and floats.
enum Adder {
    /// Has room for 2**64 small ints.
    Int(i128),
    /// Neumaier's compensated sum, as CPython has it since 3.12.
    Float {
        total: f64,
        compensation: f64,
    },
    Other,
}

impl Adder {
    fn new(start: Value) -> Self {
        match start {
            Value::Int(number) => Self::Int(i128::from(number)),
            Value::True => Self::Int(1),
            Value::False => Self::Int(0),
            Value::Float(number) => Self::Float { total: number.get(), compensation: 0.0 },
            _ => Self::Other,
        }
    }

    /// Adds an item; false when it is none of the numbers the adder knows.
    #[inline]
    fn add(&mut self, item: Value) -> bool {
        match (&mut *self, item) {
            (Self::Int(total), Value::Int(number)) => *total += i128::from(number),
            (Self::Int(total), Value::True) => *total += 1,
            (Self::Int(_), Value::False) => {}
            (Self::Int(total), Value::Float(number)) => {
                let Ok(small) = i64::try_from(*total) else { return false };
                *self = Self::Float { total: small as f64 + number.get(), compensation: 0.0 };
            }
            (Self::Float { total, compensation }, Value::Float(number)) => {
                (*total, *compensation) = add_compensated(*total, number.get(), *compensation);
            }
            (Self::Float { total, .. }, Value::Int(number)) => *total += number as f64,
            _ => return false,
        }
        true
    }
}

pub(crate) fn add_compensated(total: f64, item: f64, compensation: f64) -> (f64, f64) {
    let sum = total + item;
    let lost = if total.abs() >= item.abs() { (total - sum) + item } else { (item - sum) + total };
    (sum, compensation + lost)
}

pub(crate) fn compensate(total: f64, compensation: f64) -> f64 {
    // A compensation that is not finite must not spoil an infinite total.
    if compensation != 0.0 && compensation.is_finite() { total + compensation } else { total }
}

fn compensated(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let [Value::Float(total), Value::Float(item), Value::Float(compensation)] = *args else { return Err(Fault::Halt) };
    let (total, compensation) = add_compensated(total.get(), item.get(), compensation.get());
    machine.heap.new_tuple(&[Value::float(total), Value::float(compensation)])
}

fn with_compensation(_: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let [Value::Float(total), Value::Float(compensation)] = *args else { return Ok(argument(args, 0)) };
    Ok(Value::float(compensate(total.get(), compensation.get())))
}

/// `_bound_special(value, name)`: the special method of the value's class, bound, or None.
fn bound_special(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (value, Value::Str(name)) = (argument(args, 0), argument(args, 1)) else { return Ok(Value::None) };
    let name = machine.heap.intern_str(name)?;
    let class = machine.type_of(value);
    match machine.type_lookup(class, name) {
        None | Some(Value::None) => Ok(Value::None),
        Some(method) => machine.bind(method, value, class),
    }
}

/// `_same_special(a, b, name)`: whether the classes of both have the same special method.
fn same_special(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Str(name) = argument(args, 2) else { return Ok(Value::False) };
    let name = machine.heap.intern_str(name)?;
    Ok(Value::bool(machine.special(argument(args, 0), name) == machine.special(argument(args, 1), name)))
}

fn dict_of(machine: &mut Machine, value: Value) -> Result<Id<crate::objects::Dict>, Fault> {
    match machine.unwrap(value) {
        Value::Dict(id) => Ok(id),
        other => {
            let name = machine.type_name(other);
            Err(machine.type_error(format!("expected dict, got {name}")))
        }
    }
}

fn set_of(machine: &mut Machine, value: Value) -> Result<Id<crate::objects::Set>, Fault> {
    match machine.unwrap(value) {
        Value::Set(id) | Value::FrozenSet(id) => Ok(id),
        other => {
            let name = machine.type_name(other);
            Err(machine.type_error(format!("expected set, got {name}")))
        }
    }
}

fn position(value: Value) -> usize {
    match value {
        Value::Int(at) => usize::try_from(at).unwrap_or(usize::MAX),
        _ => usize::MAX,
    }
}

fn hash_argument(value: Value) -> i64 {
    if let Value::Int(known) = value { known } else { 0 }
}

/// Positions of the keys with this hash.
fn dict_candidates(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(machine, argument(args, 0))?;
    let known = hash_argument(argument(args, 1));
    let mut keys: Vec<Value> = Vec::new();
    let table = &machine.heap.dicts.get(dict).table;
    let _ = table.find::<()>(known, |key| {
        keys.push(*key);
        Ok(false)
    });
    machine.charge_items(keys.len() * keys.len())?;
    let table = &machine.heap.dicts.get(dict).table;
    let positions = keys
        .iter()
        .filter_map(|key| table.find::<()>(known, |other| Ok(other == key)).ok().flatten())
        .map(|at| Value::Int(at as i64))
        .collect();
    machine.heap.new_list(positions)
}

fn dict_insert(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(machine, argument(args, 0))?;
    machine.dict_insert_new(dict, hash_argument(argument(args, 1)), argument(args, 2), argument(args, 3))?;
    Ok(Value::None)
}

fn dict_key_at(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(machine, argument(args, 0))?;
    let entry = machine.heap.dicts.get(dict).table.entry(position(argument(args, 1)));
    Ok(entry.map_or(Value::None, |entry| entry.key))
}

fn dict_value_at(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(machine, argument(args, 0))?;
    let entry = machine.heap.dicts.get(dict).table.entry(position(argument(args, 1)));
    Ok(entry.map_or(Value::None, |entry| entry.value))
}

fn dict_replace(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(machine, argument(args, 0))?;
    if let Some(slot) = machine.heap.dicts.slot(dict).table.value_mut(position(argument(args, 1))) {
        *slot = argument(args, 2);
    }
    Ok(Value::None)
}

fn dict_remove_at(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(machine, argument(args, 0))?;
    machine.heap.dicts.slot(dict).table.remove_at(position(argument(args, 1)));
    Ok(Value::None)
}

fn dict_version(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(machine, argument(args, 0))?;
    Ok(Value::Int(i64::from(machine.heap.dicts.get(dict).table.keys_version())))
}

/// Hash, key and value of every entry.
fn dict_entries(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let dict = dict_of(machine, argument(args, 0))?;
    let length = machine.heap.dicts.get(dict).table.len();
    machine.charge_items(length * 2)?;
    machine.heap.reserve(length * 4 * size_of::<Value>())?;
    machine.heap.release(length * 4 * size_of::<Value>());
    let entries: Vec<[Value; 3]> = machine
        .heap
        .dicts
        .get(dict)
        .table
        .iter()
        .map(|entry| [Value::Int(entry.hash), entry.key, entry.value])
        .collect();
    let mut tuples = Vec::with_capacity(entries.len());
    for entry in entries {
        tuples.push(machine.heap.new_tuple(&entry)?);
    }
    machine.heap.new_list(tuples)
}

fn set_candidates(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(machine, argument(args, 0))?;
    let known = hash_argument(argument(args, 1));
    let mut keys: Vec<Value> = Vec::new();
    let _ = machine.heap.sets.get(set).table.find::<()>(known, |key| {
        keys.push(*key);
        Ok(false)
    });
    machine.charge_items(keys.len() * keys.len())?;
    let table = &machine.heap.sets.get(set).table;
    let slots = keys
        .iter()
        .filter_map(|key| table.find::<()>(known, |other| Ok(other == key)).ok().and_then(|lookup| lookup.found))
        .map(|slot| Value::Int(slot as i64))
        .collect();
    machine.heap.new_list(slots)
}

fn set_insert_new(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(machine, argument(args, 0))?;
    machine.set_insert_new(set, hash_argument(argument(args, 1)), argument(args, 2))?;
    Ok(Value::None)
}

/// The item in a slot; `_MISSING` when there is none.
fn set_item_at(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(machine, argument(args, 0))?;
    let item = machine.heap.sets.get(set).table.key_at(position(argument(args, 1)));
    Ok(item.copied().unwrap_or(Value::Missing))
}

fn set_items(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(machine, argument(args, 0))?;
    let length = machine.heap.sets.get(set).table.len();
    machine.charge_items(length)?;
    machine.heap.reserve(length * size_of::<Value>())?;
    machine.heap.release(length * size_of::<Value>());
    let items = machine.heap.sets.get(set).table.iter().map(|(_, key)| *key).collect();
    machine.heap.new_list(items)
}

/// Hash and item of every entry.
fn set_entries(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(machine, argument(args, 0))?;
    let length = machine.heap.sets.get(set).table.len();
    machine.charge_items(length)?;
    machine.heap.reserve(length * 3 * size_of::<Value>())?;
    machine.heap.release(length * 3 * size_of::<Value>());
    let entries: Vec<[Value; 2]> =
        machine.heap.sets.get(set).table.iter().map(|(hash, key)| [Value::Int(hash), *key]).collect();
    let mut tuples = Vec::with_capacity(entries.len());
    for entry in entries {
        tuples.push(machine.heap.new_tuple(&entry)?);
    }
    machine.heap.new_list(tuples)
}

fn set_remove_at(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let set = set_of(machine, argument(args, 0))?;
    machine.heap.sets.slot(set).table.remove_at(position(argument(args, 1)));
    Ok(Value::None)
}

fn view_dict(machine: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    match argument(args, 0) {
        Value::Object(id) => match *machine.heap.objects.get(id) {
            Object::DictView { dict, .. } => Ok(Value::Dict(dict)),
            Object::MappingProxy { mapping } => Ok(mapping),
            _ => Ok(argument(args, 0)),
        },
        other => Ok(other),
    }
}
