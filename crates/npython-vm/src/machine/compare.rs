//! Comparisons and membership.

mod equality;
mod membership;
mod ordering;

use crate::fault::Fault;
use crate::names;
use crate::native::NativeKind;
use crate::objects::{Object, SpecialFlags};
use crate::types;
use crate::value::Value;
use npython_bytecode::CompareOperator;

use super::{Machine, OnReturn, PendingCall};

pub(crate) use equality::{Equality, Obstacle};

/// The stage of a comparison that asks the left operand's method.
pub(super) const LEFT_METHOD: u8 = 1;

/// Whether an ordering is what the operator asks for.
#[inline(always)]
pub(crate) fn satisfies(op: CompareOperator, ordering: std::cmp::Ordering) -> bool {
    match op {
        CompareOperator::Lt => ordering.is_lt(),
        CompareOperator::Le => ordering.is_le(),
        CompareOperator::Eq => ordering.is_eq(),
        CompareOperator::Ne => ordering.is_ne(),
        CompareOperator::Gt => ordering.is_gt(),
        CompareOperator::Ge => ordering.is_ge(),
    }
}

/// Whether the comparison of a value is settled by its Rust data alone, without a look at its class.
fn is_plain(value: Value) -> bool {
    !matches!(value, Value::Instance(_) | Value::Type(_) | Value::Object(_))
}

impl Machine {
    /// `a < b` and the like.
    ///
    /// # Errors
    /// TypeError when the operands have no order; `Fault::Call` when a guest method has to tell.
    #[inline]
    pub(crate) fn compare(&mut self, op: CompareOperator, a: Value, b: Value) -> Result<Value, Fault> {
        match (a, b) {
            (Value::Str(left), Value::Str(right)) => {
                let (left, right) = (self.heap.str(left), self.heap.str(right));
                let shorter = left.len().min(right.len());
                let result = match op {
                    CompareOperator::Eq => left == right,
                    CompareOperator::Ne => left != right,
                    _ => return self.compare_slow(op, a, b),
                };
                if shorter >= 64 {
                    self.charge_bytes(shorter)?;
                }
                Ok(Value::bool(result))
            }
            (Value::Int(left), Value::Int(right)) => Ok(Value::bool(satisfies(op, left.cmp(&right)))),
            _ => self.compare_slow(op, a, b),
        }
    }

    #[inline(never)]
    fn compare_slow(&mut self, op: CompareOperator, a: Value, b: Value) -> Result<Value, Fault> {
        if let (Value::Cell(_), Value::Cell(_)) = (a, b) {
            return Err(self.compare_cells(op, a, b));
        }
        if is_plain(a) && is_plain(b) {
            return match self.compare_builtin(op, a, b) {
                Ok(Some(result)) => Ok(Value::bool(result)),
                Ok(None) => self.compare_default(op, a, b),
                Err(Fault::Fallback) => Err(self.compare_in_prelude(op, a, b)),
                Err(fault) => Err(fault),
            };
        }
        if let (Value::Type(left), Value::Type(right), CompareOperator::Eq | CompareOperator::Ne) = (a, b, op)
            && self.heap.types.get(left).metaclass == types::TYPE
            && self.heap.types.get(right).metaclass == types::TYPE
        {
            return Ok(Value::bool((left == right) == (op == CompareOperator::Eq)));
        }
        if let (Value::Object(left), Value::Object(right)) = (a, b)
            && matches!(
                self.heap.objects.get(left),
                Object::GenericAlias { .. } | Object::Union { .. } | Object::Traceback { .. }
            )
            && matches!(
                self.heap.objects.get(right),
                Object::GenericAlias { .. } | Object::Union { .. } | Object::Traceback { .. }
            )
        {
            let equal = match self.equal_native(a, b) {
                Err(Fault::Fallback)
                    if [a, b].iter().all(|side| self.type_of(*side) == types::GENERIC_ALIAS)
                        && matches!(op, CompareOperator::Eq | CompareOperator::Ne) =>
                {
                    let name = if op == CompareOperator::Eq { "_aliases_equal" } else { "_aliases_differ" };
                    return Err(self.prelude_call(name, &[a, b]));
                }
                Err(Fault::Fallback) => a.is(b),
                result => result?,
            };
            return match op {
                CompareOperator::Eq => Ok(Value::bool(equal)),
                CompareOperator::Ne => Ok(Value::bool(!equal)),
                _ => Err(self.no_order(op, a, b)),
            };
        }
        self.compare_stage(op, a, b, 0)
    }

    /// Tries the candidates for `a op b` from number `stage` on: the reflected method of a right operand whose class derives from
    /// the left one's, the left operand's method, the right one's reflected method, identity (Data Model 3.3.1).
    pub(crate) fn compare_stage(&mut self, op: CompareOperator, a: Value, b: Value, stage: u8) -> Result<Value, Fault> {
        let (left_class, right_class) = (self.type_of(a), self.type_of(b));
        let reflected_first = left_class != right_class && self.is_subclass(right_class, left_class);
        for stage in stage..3 {
            let (receiver, other, op_here) = match stage {
                0 if reflected_first => (b, a, op.swapped()),
                LEFT_METHOD => (a, b, op),
                2 if !reflected_first => (b, a, op.swapped()),
                _ => continue,
            };
            let result = self.compare_candidate(op_here, receiver, other);
            match result {
                Ok(Value::NotImplemented) => {}
                Err(Fault::Call) if self.pending.on_return == OnReturn::Discard => {
                    self.pending.keep.extend_from_slice(&[a, b]);
                    self.pending.on_return = OnReturn::Compare { op, stage };
                    return Err(Fault::Call);
                }
                result => return result,
            }
        }
        self.compare_default(op, a, b)
    }

    /// The answer of one operand's method, NotImplemented included. A guest call whose result may be NotImplemented is left pending
    /// with `OnReturn::Discard`, for the caller to set.
    fn compare_candidate(&mut self, op: CompareOperator, receiver: Value, other: Value) -> Result<Value, Fault> {
        let class = self.type_of(receiver);
        let Some(method) = self.type_lookup(class, names::compare_method(op)) else {
            return Ok(Value::NotImplemented);
        };
        if let Value::Native(id) = method
            && matches!(self.base.natives[id.index()].def.kind, NativeKind::Wrapper | NativeKind::Method)
        {
            let owner = self.base.natives[id.index()].owner;
            if owner == Some(types::OBJECT) {
                return self.compare_as_object(op, receiver, other);
            }
            let data = self.unwrap(receiver);
            if is_plain(data) && self.is_native_special(class, names::compare_method(op), method) {
                let other = if self.overrides_equality(other) { other } else { self.unwrap(other) };
                return match self.compare_builtin(op, data, other) {
                    Ok(Some(result)) => Ok(Value::bool(result)),
                    Ok(None) => Ok(Value::NotImplemented),
                    Err(Fault::Fallback) => Err(self.compare_in_prelude(op, data, other)),
                    Err(fault) => Err(fault),
                };
            }
        }
        self.call_special(method, receiver, &[other], OnReturn::Discard)
    }

    fn overrides_equality(&self, value: Value) -> bool {
        match value {
            Value::Instance(id) => {
                let instance = self.heap.instances.get(id);
                // The data of an instance is compared as such even if its class has methods of its own: the methods had their turn.
                instance.payload.is_undef() && self.heap.types.get(instance.class).flags.has(SpecialFlags::EQ)
            }
            _ => false,
        }
    }

    /// What `object` itself defines: equality is identity, `!=` is the opposite of `==`.
    fn compare_as_object(&mut self, op: CompareOperator, receiver: Value, other: Value) -> Result<Value, Fault> {
        match op {
            CompareOperator::Eq if receiver.is(other) => Ok(Value::True),
            CompareOperator::Ne => {
                let Some(method) = self.special(receiver, names::EQ) else { return Ok(Value::NotImplemented) };
                if let Value::Native(_) = method {
                    return Ok(match self.compare_candidate(CompareOperator::Eq, receiver, other)? {
                        Value::True => Value::False,
                        Value::False => Value::True,
                        other => other,
                    });
                }
                self.prepare_prelude_call("_opposite_of_equal", &[method, receiver, other], OnReturn::Discard);
                Err(Fault::Call)
            }
            _ => Ok(Value::NotImplemented),
        }
    }

    /// What remains when no operand knows: identity, or an error.
    #[cold]
    fn compare_default(&mut self, op: CompareOperator, a: Value, b: Value) -> Result<Value, Fault> {
        match op {
            CompareOperator::Eq => Ok(Value::bool(a.is(b))),
            CompareOperator::Ne => Ok(Value::bool(!a.is(b))),
            _ => Err(self.no_order(op, a, b)),
        }
    }

    /// Cells compare as what they hold does; an empty one is less than any other.
    #[cold]
    fn compare_cells(&mut self, op: CompareOperator, a: Value, b: Value) -> Fault {
        let function = match op {
            CompareOperator::Eq => "_cells_equal",
            CompareOperator::Ne => "_cells_differ",
            CompareOperator::Lt => "_cells_less",
            CompareOperator::Le => "_cells_at_most",
            CompareOperator::Gt => "_cells_greater",
            CompareOperator::Ge => "_cells_at_least",
        };
        self.prelude_call(function, &[a, b])
    }

    #[cold]
    fn no_order(&mut self, op: CompareOperator, a: Value, b: Value) -> Fault {
        let (left, right) = (self.type_name(a), self.type_name(b));
        self.type_error(format!("'{}' not supported between instances of '{left}' and '{right}'", op.symbol()))
    }

    /// Lets the prelude compare two containers of one kind whose elements need guest code.
    #[cold]
    fn compare_in_prelude(&mut self, op: CompareOperator, a: Value, b: Value) -> Fault {
        let sets = matches!(a, Value::Set(_) | Value::FrozenSet(_));
        let name = match (a, op) {
            (Value::Dict(_), CompareOperator::Eq) => "_dict_eq",
            (Value::Dict(_), _) => "_dict_ne",
            (_, CompareOperator::Eq) if sets => "_set_eq",
            (_, CompareOperator::Ne) if sets => "_set_ne",
            (_, CompareOperator::Lt) if sets => "_set_lt",
            (_, CompareOperator::Le) if sets => "_set_le",
            (_, CompareOperator::Gt) if sets => "_set_gt",
            (_, CompareOperator::Ge) if sets => "_set_ge",
            (Value::Slice(_), _) => return self.compare_slices_in_prelude(op, a, b),
            (_, CompareOperator::Eq) => "_sequence_eq",
            (_, CompareOperator::Ne) => "_sequence_ne",
            (_, CompareOperator::Lt) => "_sequence_lt",
            (_, CompareOperator::Le) => "_sequence_le",
            (_, CompareOperator::Gt) => "_sequence_gt",
            (_, CompareOperator::Ge) => "_sequence_ge",
        };
        self.prelude_call(name, &[a, b])
    }

    fn compare_slices_in_prelude(&mut self, op: CompareOperator, a: Value, b: Value) -> Fault {
        let parts = |machine: &mut Self, value: Value| match value {
            Value::Slice(id) => {
                let slice = *machine.heap.slices.get(id);
                machine.heap.new_tuple(&[slice.start, slice.stop, slice.step])
            }
            other => Ok(other),
        };
        match parts(self, a).and_then(|a| Ok((a, parts(self, b)?))) {
            Ok((a, b)) => self.compare_in_prelude(op, a, b),
            Err(fault) => fault,
        }
    }

    /// The answer of a comparison method of a built-in type, as `int.__eq__` and its like give it: NotImplemented for operands of
    /// foreign types.
    pub(crate) fn compare_method_result(
        &mut self,
        op: CompareOperator,
        receiver: Value,
        other: Value,
    ) -> Result<Value, Fault> {
        let data = self.unwrap(receiver);
        let other = self.unwrap(other);
        match self.compare_builtin(op, data, other) {
            Ok(Some(result)) => Ok(Value::bool(result)),
            Ok(None) => Ok(Value::NotImplemented),
            Err(Fault::Fallback) => Err(self.compare_in_prelude(op, data, other)),
            Err(fault) => Err(fault),
        }
    }

    /// Leaves a call of a prelude function pending.
    pub(crate) fn prepare_prelude_call(&mut self, name: &str, args: &[Value], on_return: OnReturn) {
        let callable = self.base.prelude_function(name).map_or(Value::None, Value::Function);
        debug_assert!(!callable.is_none(), "the prelude lacks {name}");
        self.pending =
            PendingCall { callable, args: args.iter().copied().collect(), on_return, ..PendingCall::default() };
    }
}
