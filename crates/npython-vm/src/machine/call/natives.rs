//! Calls of native functions: their arguments and receivers, and what follows from the way they come back.

use npython_bytecode::Instr;

use crate::fault::Fault;
use crate::machine::{Machine, OnReturn};
use crate::native::{NativeKind, Signature};
use crate::objects::{Layout, Str, TypeObject};
use crate::types;
use crate::value::{Id, NativeId, Value};

use super::{CallLayout, Flow};

impl Machine {
    pub(super) fn call_native(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        call: CallLayout,
        id: NativeId,
        keywords: &[Id<Str>],
    ) -> Result<Flow, Fault> {
        let start = Self::arguments_start(stack, call.at);
        let result = self.invoke_native(id, &stack[start..call.top], keywords);
        self.finish_native(stack, code, call, id, keywords, result)
    }

    /// What a native called directly by the loop came back with, when it is no plain value.
    #[expect(clippy::too_many_arguments, reason = "the registers of the loop")]
    #[cold]
    pub(crate) fn settle_native(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        id: NativeId,
        result: Result<Value, Fault>,
        at: usize,
        top: usize,
        pc: usize,
    ) -> Result<Flow, Fault> {
        let call = CallLayout { at, top, on_return: OnReturn::Push, pc };
        self.finish_native(stack, code, call, id, &[], result)
    }

    fn finish_native(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        call: CallLayout,
        id: NativeId,
        keywords: &[Id<Str>],
        result: Result<Value, Fault>,
    ) -> Result<Flow, Fault> {
        let start = Self::arguments_start(stack, call.at);
        match result {
            Ok(_) if self.wants_locals => {
                self.wants_locals = false;
                let value = self.locals_mapping(stack)?;
                self.put_result(stack, code, call, value)
            }
            Ok(value) => self.put_result(stack, code, call, value),
            Err(Fault::Fallback) => {
                self.cannot_retry();
                let Some(fallback) = self.base.natives[id.index()].fallback else {
                    let name = self.base.natives[id.index()].def.name;
                    return Err(self.engine_fault(format!("{name} has no fallback")));
                };
                let arguments = self.arrange(id, &stack[start..call.top], keywords)?;
                let top = call.at + 2 + arguments.len();
                self.ensure_stack(stack, top + 8)?;
                stack[call.at] = Value::Function(fallback);
                stack[call.at + 1] = Value::Undef;
                for (slot, value) in stack[call.at + 2..top].iter_mut().zip(&arguments) {
                    *slot = if value.is_undef() { Value::Missing } else { *value };
                }
                self.enter_function(stack, code, CallLayout { top, ..call }, fallback, &[])
            }
            Err(Fault::Call) if call.on_return == OnReturn::Push => {
                self.make_pending_call(stack, code, call.at, call.pc)
            }
            Err(Fault::Call) if self.pending.on_return == OnReturn::Push && self.pending.keep.is_empty() => {
                self.pending.on_return = call.on_return;
                self.make_pending_call(stack, code, call.at, call.pc)
            }
            Err(Fault::Call) => {
                // Both the caller and the native have something to do with the result: the native runs under a frame of its own.
                self.call_through_prelude(stack, code, call, "_apply", Value::Native(id), keywords)
            }
            Err(fault) => Err(fault),
        }
    }

    /// Arranges the arguments as the signature says and runs the native.
    fn invoke_native(&mut self, id: NativeId, given: &[Value], keywords: &[Id<Str>]) -> Result<Value, Fault> {
        let native = &self.base.natives[id.index()];
        let receivers = usize::from(!matches!(native.def.kind, NativeKind::Function | NativeKind::StaticMethod));
        if receivers == 1 {
            self.check_receiver(id, given)?;
        }
        let count = given.len() - receivers;
        if keywords.is_empty() {
            let fits = match native.def.signature {
                Signature::None => count == 0,
                Signature::One => count == 1,
                Signature::Positional(least, most) => (usize::from(least)..=usize::from(most)).contains(&count),
                Signature::Variadic(least) => count >= usize::from(least),
                Signature::Named(_) | Signature::Open => {
                    let arguments = self.arrange(id, given, keywords)?;
                    return (native.def.call)(self, &arguments);
                }
            };
            if fits {
                return (native.def.call)(self, given);
            }
        }
        let arguments = self.arrange(id, given, keywords)?;
        (native.def.call)(self, &arguments)
    }

    /// The receiver of a method called through its class must be of that class.
    pub(crate) fn check_receiver(&mut self, id: NativeId, given: &[Value]) -> Result<(), Fault> {
        let native = &self.base.natives[id.index()];
        let Some(owner) = native.owner else {
            if given.is_empty() {
                return Err(self.type_error("a method needs an object"));
            }
            return Ok(());
        };
        if matches!(native.def.kind, NativeKind::ClassMethod) {
            return Ok(());
        }
        let name = native.def.name;
        let Some(receiver) = given.first().copied() else {
            let (full_name, owner) = (self.type_full_name(owner), self.class_name(owner));
            return Err(match native.def.kind {
                NativeKind::New => self.type_error(format!("{full_name}.__new__(): not enough arguments")),
                NativeKind::Wrapper => {
                    self.type_error(format!("descriptor '{name}' of '{full_name}' object needs an argument"))
                }
                _ => self.type_error(format!("unbound method {owner}.{name}() needs an argument")),
            });
        };
        if native.def.kind == NativeKind::New {
            return self.check_new(owner, receiver);
        }
        if owner == types::OBJECT || self.is_instance_of_type(receiver, owner) {
            return Ok(());
        }
        let (owner, found) = (self.type_full_name(owner), self.type_name(receiver));
        Err(if native.def.kind == NativeKind::Wrapper {
            self.type_error(format!("descriptor '{name}' requires a '{owner}' object but received a '{found}'"))
        } else {
            self.type_error(format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{found}' object"))
        })
    }

    /// `X.__new__(Y)`: Y must be a subclass of X with the same layout.
    fn check_new(&mut self, owner: Id<TypeObject>, receiver: Value) -> Result<(), Fault> {
        let Value::Type(class) = receiver else {
            let (owner_name, found) = (self.type_full_name(owner), self.type_name(receiver));
            return Err(self.type_error(format!("{owner_name}.__new__(X): X is not a type object ({found})")));
        };
        if !self.is_subclass(class, owner) {
            let (owner_name, name) = (self.type_full_name(owner), self.type_full_name(class));
            return Err(
                self.type_error(format!("{owner_name}.__new__({name}): {name} is not a subtype of {owner_name}"))
            );
        }
        let layout = self.heap.types.get(class).layout;
        if owner == types::OBJECT && !matches!(layout, Layout::Plain) {
            let (name, safe) = (self.class_name(class), self.native_base(class));
            let safe = self.class_name(safe);
            return Err(self.type_error(format!("object.__new__({name}) is not safe, use {safe}.__new__()")));
        }
        Ok(())
    }
}
