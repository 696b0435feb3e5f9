//! Operators by special methods (Data Model 3.3.8): which methods are asked, in which order.

use npython_bytecode::BinaryOperator;
use smallvec::{SmallVec, smallvec};

use crate::fault::Fault;
use crate::names;
use crate::native::NativeKind;
use crate::objects::Object;
use crate::types;
use crate::value::{NativeId, Value};

use super::super::{Machine, OnReturn, PendingCall};
use super::sequences::is_sequence;

/// The method of the left operand for `op=`.
const INPLACE: u8 = 0;
/// The right operand's reflected method, where its class derives from the left one's and has its own.
const REFLECTED_FIRST: u8 = 1;
/// The left operand's method.
pub(in crate::machine) const LEFT: u8 = 2;
const REFLECTED: u8 = 3;
/// Concatenation and repetition, which come after all methods of numbers.
const SEQUENCE: u8 = 4;

impl Machine {
    /// Tries the candidates for `a op b` (or `a op= b`) from number `stage` on.
    ///
    /// # Errors
    /// TypeError after the last one; `Fault::Call` for a guest method, whose NotImplemented leads back here.
    pub(crate) fn binary_stage(
        &mut self,
        op: BinaryOperator,
        inplace: bool,
        a: Value,
        b: Value,
        stage: u8,
    ) -> Result<Value, Fault> {
        for stage in stage..SEQUENCE {
            if let Some((method, receiver, other)) = self.binary_candidate(op, inplace, a, b, stage) {
                match self.call_special(method, receiver, &[other], OnReturn::Discard) {
                    Ok(Value::NotImplemented) => {}
                    Err(Fault::Call) if self.pending.on_return == OnReturn::Discard => {
                        self.pending.keep.extend_from_slice(&[a, b]);
                        self.pending.on_return = OnReturn::Binary { op, inplace, stage };
                        return Err(Fault::Call);
                    }
                    result => return result,
                }
            }
        }
        if let Some(result) = self.sequence_binary(op, inplace, a, b)? {
            return Ok(result);
        }
        Err(self.unsupported_operands(op, inplace, a, b))
    }

    /// The method of a stage with its receiver and argument.
    fn binary_candidate(
        &self,
        op: BinaryOperator,
        inplace: bool,
        a: Value,
        b: Value,
        stage: u8,
    ) -> Option<(Value, Value, Value)> {
        let (method, reflected, inplace_method) = names::binary_methods(op);
        let (left_class, right_class) = (self.type_of(a), self.type_of(b));
        let found = match stage {
            INPLACE if inplace => (self.type_lookup(left_class, inplace_method)?, a, b),
            REFLECTED_FIRST if left_class != right_class && self.is_subclass(right_class, left_class) => {
                let found = self.type_lookup(right_class, reflected)?;
                if self.type_lookup(left_class, reflected) == Some(found) {
                    return None;
                }
                (found, b, a)
            }
            LEFT => (self.type_lookup(left_class, method)?, a, b),
            REFLECTED if left_class != right_class => {
                let found = self.type_lookup(right_class, reflected)?;
                let tried =
                    self.is_subclass(right_class, left_class) && self.type_lookup(left_class, reflected) != Some(found);
                if tried {
                    return None;
                }
                (found, b, a)
            }
            _ => return None,
        };
        // The methods of sequences for these operators count as sequence operations, which are tried last.
        let of_sequence = matches!(op, BinaryOperator::Add | BinaryOperator::Mul)
            && matches!(found.0, Value::Native(_))
            && (is_sequence(self.unwrap(found.1)) || self.deque_of(found.1).is_some());
        (!of_sequence).then_some(found)
    }

    /// Calls a special method found on the receiver's class: natives at once, everything else by a pending call with
    /// `on_return`.
    ///
    /// # Errors
    /// What a native raises; `Fault::Call`.
    pub(crate) fn call_special(
        &mut self,
        method: Value,
        receiver: Value,
        args: &[Value],
        on_return: OnReturn,
    ) -> Result<Value, Fault> {
        if let Value::Function(_) = method {
            // In place: this is the way of every operator of a guest class.
            self.pending.callable = method;
            self.pending.keep.clear();
            self.pending.keywords.clear();
            self.pending.args.clear();
            self.pending.args.push(receiver);
            self.pending.args.extend_from_slice(args);
            self.pending.on_return = on_return;
            return Err(Fault::Call);
        }
        if let Value::Native(id) = method
            && matches!(self.base.natives[id.index()].def.kind, NativeKind::Wrapper | NativeKind::Method)
        {
            return self.call_native_special(id, receiver, args, on_return);
        }
        let (callable, bound) = match method {
            Value::Host(_) => (method, Some(receiver)),
            Value::Object(id) => match *self.heap.objects.get(id) {
                Object::StaticMethod { function, .. } => (function, None),
                Object::ClassMethod { function, .. } => (function, Some(Value::Type(self.type_of(receiver)))),
                Object::Property { .. } => {
                    return Err(self.call_descriptor(method, receiver, args, on_return));
                }
                _ => (method, None),
            },
            Value::Native(id) if self.base.natives[id.index()].def.kind == NativeKind::ClassMethod => {
                (method, Some(Value::Type(self.type_of(receiver))))
            }
            Value::Instance(_) if self.special(method, names::GET).is_some() => {
                // A descriptor of the guest's: the prelude binds it.
                return Err(self.call_descriptor(method, receiver, args, on_return));
            }
            _ => (method, None),
        };
        let mut all: SmallVec<[Value; 4]> = bound.into_iter().collect();
        all.extend_from_slice(args);
        self.pending = PendingCall { callable, args: all, on_return, ..PendingCall::default() };
        Err(Fault::Call)
    }

    /// Calls a native special method at once.
    fn call_native_special(
        &mut self,
        id: NativeId,
        receiver: Value,
        args: &[Value],
        on_return: OnReturn,
    ) -> Result<Value, Fault> {
        let mut all: SmallVec<[Value; 4]> = smallvec![receiver];
        all.extend_from_slice(args);
        self.check_receiver(id, &all)?;
        if !self.base.natives[id.index()].direct.takes_all(all.len() as u32) {
            // One that takes its arguments otherwise, under this name by the guest's wish.
            self.pending = PendingCall { callable: Value::Native(id), args: all, on_return, ..PendingCall::default() };
            return Err(Fault::Call);
        }
        let native = &self.base.natives[id.index()];
        // A native may come back here for another special method of the same object.
        if self.native_calls >= crate::machine::call::DEEPEST_NATIVE_CALLS {
            return Err(self.recursion_error());
        }
        self.native_calls += 1;
        let result = (native.def.call)(self, &all);
        self.native_calls -= 1;
        match (result, native.fallback) {
            (Err(Fault::Fallback), Some(fallback)) => {
                self.pending =
                    PendingCall { callable: Value::Function(fallback), args: all, on_return, ..PendingCall::default() };
                Err(Fault::Call)
            }
            (Err(Fault::Call), _) if self.pending.on_return == OnReturn::Push && self.pending.keep.is_empty() => {
                self.pending.on_return = on_return;
                Err(Fault::Call)
            }
            (result, _) => result,
        }
    }

    /// Has the prelude bind a descriptor to its receiver and call what that gives.
    fn call_descriptor(&mut self, method: Value, receiver: Value, args: &[Value], on_return: OnReturn) -> Fault {
        let class = Value::Type(self.type_of(receiver));
        let mut all: SmallVec<[Value; 4]> = smallvec![method, receiver, class];
        all.extend_from_slice(args);
        self.prepare_prelude_call("_call_descriptor", &all, on_return);
        Fault::Call
    }

    /// Whether the value's class is a type of Python's own, so that no guest code has a say.
    pub(crate) fn is_of_builtin_class(&self, value: Value) -> bool {
        match value {
            Value::Instance(_) => false,
            Value::Type(id) => self.heap.types.get(id).metaclass == types::TYPE,
            _ => true,
        }
    }
}
