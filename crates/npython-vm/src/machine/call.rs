//! The call protocol: every callable, argument binding, new frames.

use npython_bytecode::{CodeFlags, Instr, MakeFunctionFlags};
use smallvec::{SmallVec, smallvec};

use crate::base::{CodeEntry, UNLINKED};
use crate::boundary::HostCall;
use crate::fault::Fault;
use crate::names;
use crate::native::{NativeKind, Signature};
use crate::objects::{
    Dict, Function, Generator, GeneratorKind, GeneratorState, Layout, Object, SpecialFlags, Str, TypeKind, TypeObject,
};
use crate::types;
use crate::value::{HostId, Id, NativeId, Value};

use super::generator::Resume;
use super::{Frame, Machine, NO_GENERATOR, OnReturn, PendingCall, Suspension};

/// Natives that call natives in turn: each takes host stack.
pub(crate) const DEEPEST_NATIVE_CALLS: u32 = 64;

/// What a call has led to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Flow {
    /// The result is on the stack where it belongs.
    Value,
    /// The registers of the top frame are to be loaded: a frame was pushed, or the current one was moved.
    Frame,
    /// The host has to answer.
    Host,
}

/// A call under way: the layout `[callable, receiver, args...]` lies at `at..top` of the stack.
#[derive(Clone, Copy)]
struct CallLayout {
    at: usize,
    top: usize,
    on_return: OnReturn,
    pc: usize,
}

impl Machine {
    /// Sets a call of a prelude function pending.
    pub(crate) fn prelude_call(&mut self, name: &str, args: &[Value]) -> Fault {
        match self.base.prelude_function(name) {
            Some(function) => {
                self.pending = PendingCall {
                    callable: Value::Function(function),
                    args: SmallVec::from_slice(args),
                    ..PendingCall::default()
                };
                Fault::Call
            }
            None => self.engine_fault(format!("the prelude has no function {name}")),
        }
    }

    /// Makes sure the stack has room for `needed` values.
    pub(crate) fn ensure_stack(&mut self, stack: &mut Vec<Value>, needed: usize) -> Result<(), Fault> {
        if needed <= stack.len() {
            return Ok(());
        }
        if needed > self.limits.stack as usize {
            return self.stop(crate::boundary::Halt::StackOverflow);
        }
        let target = needed.max(stack.len() * 2).min(self.limits.stack as usize);
        self.heap.reserve((target - stack.len()) * size_of::<Value>())?;
        stack.resize(target, Value::Undef);
        Ok(())
    }

    /// Makes the pending call; its result goes to stack position `at`, above the values it keeps there.
    pub(crate) fn make_pending_call(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        at: usize,
        pc: usize,
    ) -> Result<Flow, Fault> {
        self.cannot_retry();
        if let Value::Function(id) = self.pending.callable
            && self.pending.keywords.is_empty()
        {
            // Operators of guest classes come this way: nothing is moved but the values.
            let call_at = at + self.pending.keep.len();
            let top = call_at + 2 + self.pending.args.len();
            self.ensure_stack(stack, top + 8)?;
            stack[at..call_at].copy_from_slice(&self.pending.keep);
            stack[call_at] = self.pending.callable;
            stack[call_at + 1] = Value::Undef;
            stack[call_at + 2..top].copy_from_slice(&self.pending.args);
            let on_return = std::mem::take(&mut self.pending.on_return);
            self.pending.callable = Value::Undef;
            self.pending.keep.clear();
            self.pending.args.clear();
            return self.enter_function(stack, code, CallLayout { at: call_at, top, on_return, pc }, id, &[]);
        }
        let pending = std::mem::take(&mut self.pending);
        let call_at = at + pending.keep.len();
        self.ensure_stack(stack, call_at + pending.args.len() + 8)?;
        stack[at..call_at].copy_from_slice(&pending.keep);
        if let Value::Generator(id) = pending.callable {
            let with = match *pending.args.as_slice() {
                [_, exception] => Resume::Throw(exception),
                [value] => Resume::Send(value),
                _ => Resume::Continue,
            };
            return self.resume_generator(stack, code, id, with, call_at, pending.on_return, pc);
        }
        stack[call_at] = pending.callable;
        stack[call_at + 1] = Value::Undef;
        let top = call_at + 2 + pending.args.len();
        stack[call_at + 2..top].copy_from_slice(&pending.args);
        // A native that asks for the call of another native runs on top of it: no guest frame bounds the depth.
        if self.native_calls >= DEEPEST_NATIVE_CALLS {
            return Err(self.recursion_error());
        }
        self.native_calls += 1;
        let flow = self.call_at(stack, code, call_at, top, &pending.keywords, pending.on_return, pc);
        self.native_calls -= 1;
        flow
    }

    /// A method lookup that needs guest code: the attribute goes to `at`, and behind it the empty receiver.
    pub(crate) fn load_method_through_guest(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        at: usize,
        site: u32,
        pc: usize,
    ) -> Result<Flow, Fault> {
        let name = self.segment.attribute_sites[site as usize].name;
        let object = stack[at];
        let fault = self.prelude_call("_load_attribute", &[object, Value::Str(name)]);
        if fault != Fault::Call {
            return Err(fault);
        }
        self.pending.on_return = OnReturn::Method;
        self.make_pending_call(stack, code, at, pc)
    }

    /// Calls what lies at `at`: `[callable, receiver or Undef, args...]` up to `top`; the last arguments are keyword
    /// arguments with these names.
    #[expect(clippy::too_many_arguments, reason = "the registers of the loop")]
    pub(crate) fn call_at(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        at: usize,
        top: usize,
        keywords: &[Id<Str>],
        on_return: OnReturn,
        pc: usize,
    ) -> Result<Flow, Fault> {
        let mut call = CallLayout { at, top, on_return, pc };
        for _ in 0..64 {
            match stack[at] {
                Value::Function(id) => return self.enter_function(stack, code, call, id, keywords),
                Value::Native(id) => return self.call_native(stack, code, call, id, keywords),
                Value::Host(id) => return self.call_host(stack, code, call, id, keywords),
                Value::BoundMethod(id) => {
                    let method = *self.heap.bound_methods.get(id);
                    self.put_receiver(stack, &mut call, method.function, method.receiver)?;
                }
                Value::Type(id) => {
                    if let Some(flow) = self.call_type(stack, code, &mut call, id, keywords)? {
                        return Ok(flow);
                    }
                }
                other => {
                    if let Value::Object(id) = self.unwrap(other)
                        && let Object::StaticMethod { function, .. } = *self.heap.objects.get(id)
                    {
                        stack[at] = function;
                        continue;
                    }
                    match self.special(other, names::CALL) {
                        Some(callable @ (Value::Function(_) | Value::Native(_))) => {
                            self.put_receiver(stack, &mut call, callable, other)?
                        }
                        Some(callable) => {
                            let class = self.type_of(other);
                            match self.bind(callable, other, class) {
                                Ok(bound) => stack[at] = bound,
                                Err(Fault::Call) => {
                                    return Err(self.type_error("a computed __call__ is not supported"));
                                }
                                Err(fault) => return Err(fault),
                            }
                        }
                        None => {
                            let name = self.type_name(other);
                            return Err(self.type_error(format!("'{name}' object is not callable")));
                        }
                    }
                }
            }
        }
        Err(self.recursion_error())
    }

    /// Makes `receiver` the first argument of the call.
    fn put_receiver(
        &mut self,
        stack: &mut Vec<Value>,
        call: &mut CallLayout,
        callable: Value,
        receiver: Value,
    ) -> Result<(), Fault> {
        let at = call.at;
        stack[at] = callable;
        if !stack[at + 1].is_undef() {
            self.cannot_retry();
            self.ensure_stack(stack, call.top + 2)?;
            stack.copy_within(at + 1..call.top, at + 2);
            call.top += 1;
        }
        stack[at + 1] = receiver;
        Ok(())
    }

    #[cold]
    pub(crate) fn recursion_error(&mut self) -> Fault {
        self.raise(types::RECURSION_ERROR, "maximum recursion depth exceeded")
    }

    /// Where the arguments of a call start: at the receiver if there is one.
    fn arguments_start(stack: &[Value], at: usize) -> usize {
        if stack[at + 1].is_undef() { at + 2 } else { at + 1 }
    }

    fn save_caller(&mut self, call: CallLayout) {
        if let Some(caller) = self.frames.last_mut() {
            caller.pc = call.pc as u32;
            caller.top = call.at as u32;
        }
    }

    fn enter_function(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        call: CallLayout,
        id: Id<Function>,
        keywords: &[Id<Str>],
    ) -> Result<Flow, Fault> {
        if self.frames.len() >= self.limits.depth as usize {
            return Err(self.recursion_error());
        }
        let function = self.heap.functions.get(id);
        let number = function.code;
        let globals = function.globals;
        let simple = function.simple;
        let mut entry: CodeEntry = self.entries[number as usize];
        if entry.start == UNLINKED {
            entry.start = self.link(code, number)?;
        }
        let base = Self::arguments_start(stack, call.at);
        self.ensure_stack(stack, base + entry.frame_size as usize + 8)?;
        if simple && keywords.is_empty() && call.top - base == entry.positional as usize {
            let end = base + entry.slots as usize;
            stack[call.top..end].fill(Value::Undef);
            let closure = &self.heap.functions.get(id).closure;
            for (slot, cell) in stack[end.saturating_sub(closure.len())..end].iter_mut().zip(closure.iter()) {
                *slot = *cell;
            }
        } else {
            self.bind_arguments(stack, base, call.top, id, keywords)?;
        }
        let flags = self.code(number).flags;
        let namespace = if flags.has(CodeFlags::CLASS | CodeFlags::SEPARATE_LOCALS) {
            std::mem::replace(&mut self.body_namespace, Value::Undef)
        } else {
            Value::Undef
        };
        let frame = Frame {
            pc: entry.start,
            base: base as u32,
            top: base as u32 + entry.slots,
            return_at: call.at as u32,
            code: number,
            generator: NO_GENERATOR,
            globals,
            namespace,
            on_return: call.on_return,
            grants: 0,
        };
        if flags.has(CodeFlags::SUSPENDABLE) {
            let generator = self.make_generator(stack, frame, entry, flags, id)?;
            return self.put_result(stack, code, call, generator);
        }
        self.save_caller(call);
        self.frames.push(frame);
        Ok(Flow::Frame)
    }

    fn make_generator(
        &mut self,
        stack: &[Value],
        frame: Frame,
        entry: CodeEntry,
        flags: CodeFlags,
        function: Id<Function>,
    ) -> Result<Value, Fault> {
        let kind = if flags.has(CodeFlags::GENERATOR) {
            GeneratorKind::Generator
        } else if flags.has(CodeFlags::COROUTINE) {
            GeneratorKind::Coroutine
        } else {
            GeneratorKind::AsyncGenerator
        };
        let base = frame.base as usize;
        let slots = entry.slots as usize;
        self.heap.reserve(size_of::<Generator>() + entry.frame_size as usize * size_of::<Value>())?;
        let mut saved = Vec::with_capacity(entry.frame_size as usize);
        saved.extend_from_slice(&stack[base..base + slots]);
        let (name, qualname) = (self.function_name(function)?, self.function_qualname(function)?);
        let frame = Frame { on_return: OnReturn::Push, ..frame };
        let id = self.heap.generators.insert(Generator {
            kind,
            state: GeneratorState::Created,
            frame,
            stack: saved,
            name,
            qualname,
            ..Generator::default()
        });
        self.heap.generators.slot(id).frame.generator = id.number();
        Ok(Value::Generator(id))
    }

    /// `__name__` of a function.
    pub(crate) fn function_name(&mut self, id: Id<Function>) -> Result<Value, Fault> {
        let function = self.heap.functions.get(id);
        if let Some(name) = function.extras.as_ref().and_then(|extras| extras.name.given()) {
            return Ok(name);
        }
        let code = self.code(function.code).clone();
        Ok(Value::Str(self.heap.intern(&code.name)?))
    }

    /// `__qualname__` of a function.
    pub(crate) fn function_qualname(&mut self, id: Id<Function>) -> Result<Value, Fault> {
        let function = self.heap.functions.get(id);
        if let Some(name) = function.extras.as_ref().and_then(|extras| extras.qualname.given()) {
            return Ok(name);
        }
        let code = self.code(function.code).clone();
        Ok(Value::Str(self.heap.intern(&code.qualname)?))
    }

    /// Puts a result that is there at once where the call's result belongs.
    fn put_result(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        call: CallLayout,
        value: Value,
    ) -> Result<Flow, Fault> {
        if call.on_return == OnReturn::Push {
            stack[call.at] = value;
            return Ok(Flow::Value);
        }
        self.save_caller(call);
        self.deliver(stack, call.on_return, call.at, value)?;
        match self.follow_up.take() {
            Some(at) => self.make_pending_call(stack, code, at as usize, call.pc),
            None => Ok(Flow::Frame),
        }
    }

    fn call_native(
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
                let arguments = stack[start..call.top].to_vec();
                self.call_through_prelude(stack, code, call, Value::Native(id), &arguments, keywords)
            }
            Err(fault) => Err(fault),
        }
    }

    /// Calls through the prelude's `_apply(callable, args, kwargs)`, whose frame takes the caller's wishes.
    fn call_through_prelude(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        call: CallLayout,
        callable: Value,
        arguments: &[Value],
        keywords: &[Id<Str>],
    ) -> Result<Flow, Fault> {
        let positional = arguments.len() - keywords.len();
        let args = self.heap.new_tuple(&arguments[..positional])?;
        let Value::Dict(kwargs) = self.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
        for (name, value) in keywords.iter().zip(&arguments[positional..]) {
            self.dict_set_str(kwargs, *name, *value)?;
        }
        let fault = self.prelude_call("_apply", &[callable, args, Value::Dict(kwargs)]);
        if fault != Fault::Call {
            return Err(fault);
        }
        self.pending.on_return = call.on_return;
        self.make_pending_call(stack, code, call.at, call.pc)
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
        let Some(owner) = native.owner else { return Ok(()) };
        if matches!(native.def.kind, NativeKind::ClassMethod) {
            return Ok(());
        }
        let name = native.def.name;
        let Some(receiver) = given.first().copied() else {
            let owner = self.class_name(owner);
            return Err(match native.def.kind {
                NativeKind::New => self.type_error(format!("{owner}.__new__(): not enough arguments")),
                NativeKind::Wrapper => {
                    self.type_error(format!("descriptor '{name}' of '{owner}' object needs an argument"))
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
        let (owner, found) = (self.class_name(owner), self.type_name(receiver));
        Err(if native.def.kind == NativeKind::Wrapper {
            self.type_error(format!("descriptor '{name}' requires a '{owner}' object but received a '{found}'"))
        } else {
            self.type_error(format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{found}' object"))
        })
    }

    /// `X.__new__(Y)`: Y must be a subclass of X with the same layout.
    fn check_new(&mut self, owner: Id<TypeObject>, receiver: Value) -> Result<(), Fault> {
        let Value::Type(class) = receiver else {
            let (owner_name, found) = (self.class_name(owner), self.type_name(receiver));
            return Err(self.type_error(format!("{owner_name}.__new__(X): X is not a type object ({found})")));
        };
        if !self.is_subclass(class, owner) {
            let (owner_name, name) = (self.class_name(owner), self.class_name(class));
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

    /// The first built-in type in the MRO.
    pub(crate) fn native_base(&self, class: Id<TypeObject>) -> Id<TypeObject> {
        let order = &self.heap.types.get(class).mro;
        order.iter().copied().find(|base| self.heap.types.get(*base).kind == TypeKind::Native).unwrap_or(types::OBJECT)
    }

    fn call_host(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        call: CallLayout,
        id: HostId,
        keywords: &[Id<Str>],
    ) -> Result<Flow, Fault> {
        let start = Self::arguments_start(stack, call.at);
        if call.on_return != OnReturn::Push {
            let arguments = stack[start..call.top].to_vec();
            return self.call_through_prelude(stack, code, call, Value::Host(id), &arguments, keywords);
        }
        self.save_caller(call);
        if Self::is_wait(id) {
            let seconds = if start < call.top { stack[start] } else { Value::None };
            self.begin_wait(seconds, call.at, [start, call.top]);
            return Ok(Flow::Host);
        }
        let grants = self.grants_for(id)?;
        let concurrent = self.concurrent_number(id)?;
        let positional_end = call.top - keywords.len();
        let mut args = Vec::with_capacity(positional_end - start);
        for value in &stack[start..positional_end] {
            args.push(self.plain_from_value_checked(*value)?);
        }
        let mut kwargs = Vec::with_capacity(keywords.len());
        for (name, value) in keywords.iter().zip(&stack[positional_end..call.top]) {
            kwargs.push((self.heap.str(*name).to_owned(), self.plain_from_value_checked(*value)?));
        }
        let (line, scanned) = self.current_line();
        self.charge_bytes(scanned / 16)?;
        self.host_call = Some(HostCall { function: id.number(), args, kwargs, line, grants, concurrent });
        self.suspension = Some(Suspension {
            answer_at: call.at as u32,
            function: id.number(),
            arguments: [start as u32, positional_end as u32, call.top as u32],
            keywords: keywords.to_vec(),
            concurrent,
        });
        Ok(Flow::Host)
    }

    /// Calling a class: `None` when the layout was changed to another call that is still to be made.
    fn call_type(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        call: &mut CallLayout,
        class: Id<TypeObject>,
        keywords: &[Id<Str>],
    ) -> Result<Option<Flow>, Fault> {
        if class == types::TYPE && keywords.is_empty() && stack[call.at + 1].is_undef() && call.top == call.at + 3 {
            let found = Value::Type(self.type_of(stack[call.at + 2]));
            return self.put_result(stack, code, *call, found).map(Some);
        }
        let object = self.heap.types.get(class);
        let (metaclass, kind, flags) = (object.metaclass, object.kind, object.flags);
        if metaclass != types::TYPE
            && let Some(hook) = self.type_lookup(metaclass, names::CALL)
            && !matches!(hook, Value::Native(_))
        {
            self.put_receiver(stack, call, hook, Value::Type(class))?;
            return Ok(None);
        }
        self.call_type_plainly(stack, code, call, class, kind, flags, keywords)
    }

    /// `type.__call__`: `__new__`, then `__init__`.
    #[expect(clippy::too_many_arguments, reason = "the registers of the loop")]
    fn call_type_plainly(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        call: &mut CallLayout,
        class: Id<TypeObject>,
        kind: TypeKind,
        flags: SpecialFlags,
        keywords: &[Id<Str>],
    ) -> Result<Option<Flow>, Fault> {
        if kind == TypeKind::Native {
            let Some(constructor) = self.constructor(class) else {
                let name = self.type_full_name(class);
                return Err(self.type_error(format!("cannot create '{name}' instances")));
            };
            self.put_receiver(stack, call, Value::Native(constructor), Value::Type(class))?;
            return Ok(None);
        }
        let init = self.type_lookup(class, names::INIT);
        let guest_init = !matches!(init, Some(Value::Native(_)) | None);
        let layout = self.heap.types.get(class).layout;
        if layout == Layout::Exception && !flags.has(SpecialFlags::NEW) && call.on_return == OnReturn::Push {
            if !guest_init {
                let Some(constructor) = self.constructor(class) else { return Err(Fault::Halt) };
                self.put_receiver(stack, call, Value::Native(constructor), Value::Type(class))?;
                return Ok(None);
            }
            if let Some(Value::Function(function)) = init
                && stack[call.at + 1].is_undef()
                && !self.is_subclass(class, types::BASE_EXCEPTION_GROUP)
            {
                let positional = call.top - keywords.len();
                let instance = self.new_exception(class, &stack[call.at + 2..positional])?;
                stack[call.at] = instance;
                stack[call.at + 1] = instance;
                call.on_return = OnReturn::Init;
                return self.enter_function(stack, code, *call, function, keywords).map(Some);
            }
        }
        if flags.has(SpecialFlags::NEW) || call.on_return != OnReturn::Push || (layout != Layout::Plain) {
            let start = Self::arguments_start(stack, call.at);
            let arguments = stack[start..call.top].to_vec();
            let positional = arguments.len() - keywords.len();
            let args = self.heap.new_tuple(&arguments[..positional])?;
            let Value::Dict(kwargs) = self.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
            for (name, value) in keywords.iter().zip(&arguments[positional..]) {
                self.dict_set_str(kwargs, *name, *value)?;
            }
            let fault = self.prelude_call("_construct", &[Value::Type(class), args, Value::Dict(kwargs)]);
            if fault != Fault::Call {
                return Err(fault);
            }
            self.pending.on_return = call.on_return;
            return self.make_pending_call(stack, code, call.at, call.pc).map(Some);
        }
        if flags.has(SpecialFlags::ABSTRACT) {
            return Err(self.abstract_error(class));
        }
        let instance = self.new_instance(class, Value::Undef)?;
        if !guest_init {
            let start = Self::arguments_start(stack, call.at);
            if call.top > start {
                let name = self.class_name(class);
                return Err(self.type_error(format!("{name}() takes no arguments")));
            }
            stack[call.at] = instance;
            return Ok(Some(Flow::Value));
        }
        let init = init.unwrap_or(Value::None);
        if !matches!(init, Value::Function(_)) || !stack[call.at + 1].is_undef() {
            // An __init__ that is no plain function: the prelude calls it.
            let start = Self::arguments_start(stack, call.at);
            let arguments = stack[start..call.top].to_vec();
            let positional = arguments.len() - keywords.len();
            let args = self.heap.new_tuple(&arguments[..positional])?;
            let Value::Dict(kwargs) = self.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
            for (name, value) in keywords.iter().zip(&arguments[positional..]) {
                self.dict_set_str(kwargs, *name, *value)?;
            }
            let fault = self.prelude_call("_construct", &[Value::Type(class), args, Value::Dict(kwargs)]);
            if fault != Fault::Call {
                return Err(fault);
            }
            return self.make_pending_call(stack, code, call.at, call.pc).map(Some);
        }
        let Value::Function(function) = init else { return Err(Fault::Halt) };
        // The frame finds the instance as its first argument; another copy at `at` is the result.
        stack[call.at] = instance;
        stack[call.at + 1] = instance;
        call.on_return = OnReturn::Init;
        self.enter_function(stack, code, *call, function, keywords).map(Some)
    }

    /// The native `__new__` of a type or the nearest built-in base.
    pub(crate) fn constructor(&self, class: Id<TypeObject>) -> Option<NativeId> {
        let own = self.native_base(class);
        if self.heap.types.get(own).layout == Layout::Closed {
            return None;
        }
        let order = &self.heap.types.get(own).mro;
        for base in order {
            if let Some(constructor) = self.base.constructors.get(base.index()).copied().flatten() {
                let usable = *base != types::OBJECT || matches!(self.heap.types.get(own).layout, Layout::Plain);
                return usable.then_some(constructor);
            }
        }
        None
    }

    /// A type's name as error messages show it: a built-in one with its module unless that is builtins.
    pub(crate) fn type_full_name(&self, class: Id<TypeObject>) -> String {
        let name = self.class_name(class);
        if self.heap.types.get(class).kind == TypeKind::Guest {
            return name;
        }
        match self.heap.types.get(class).module {
            Value::Str(module) if module != names::BUILTINS_NAME => format!("{}.{name}", self.heap.str(module)),
            _ => name,
        }
    }

    #[cold]
    pub(crate) fn abstract_error(&mut self, class: Id<TypeObject>) -> Fault {
        let name = self.class_name(class);
        let methods = self.own_attribute(class, names::ABSTRACTMETHODS).unwrap_or(Value::None);
        let mut listed: Vec<String> = self
            .collect_items(methods)
            .unwrap_or_default()
            .into_iter()
            .filter_map(
                |value| if let Value::Str(id) = value { Some(format!("'{}'", self.heap.str(id))) } else { None },
            )
            .collect();
        listed.sort();
        let plural = if listed.len() == 1 { "" } else { "s" };
        let message = format!(
            "Can't instantiate abstract class {name} without an implementation for abstract method{plural} {}",
            listed.join(", ")
        );
        self.type_error(message)
    }

    /// A call with a constant tuple of keyword names.
    pub(crate) fn call_keywords(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        at: usize,
        top: usize,
        names: u32,
        pc: usize,
    ) -> Result<Flow, Fault> {
        let mut keywords: SmallVec<[Id<Str>; 8]> = SmallVec::new();
        if let Value::Tuple(id) = self.segment.constants[names as usize] {
            for position in 0..self.heap.tuple(id).len() {
                if let Value::Str(name) = self.heap.tuple(id)[position] {
                    keywords.push(self.heap.intern_str(name)?);
                }
            }
        }
        self.call_at(stack, code, at, top, &keywords, OnReturn::Push, pc)
    }

    /// A call with unpacked arguments: `[callable, receiver, args, kwargs?]`.
    pub(crate) fn call_unpacked(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        at: usize,
        top: usize,
        with_kwargs: bool,
        pc: usize,
    ) -> Result<Flow, Fault> {
        let kwargs = if with_kwargs { stack[top - 1] } else { Value::Undef };
        let args = stack[at + 2];
        let items = self.collect_items(args)?;
        let mut keywords: Vec<Id<Str>> = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        if let Value::Dict(dict) = self.unwrap(kwargs) {
            let mut position = 0;
            while let Some((next, entry)) = self.heap.dicts.get(dict).table.next_from(position) {
                let (key, value) = (entry.key, entry.value);
                position = next;
                let Value::Str(name) = self.unwrap(key) else {
                    return Err(self.type_error("keywords must be strings"));
                };
                keywords.push(self.heap.intern_str(name)?);
                values.push(value);
            }
        }
        let count = items.len() + values.len();
        self.charge_items(count)?;
        let new_top = at + 2 + count;
        self.ensure_stack(stack, new_top + 8)?;
        stack[at + 2..at + 2 + items.len()].copy_from_slice(&items);
        stack[at + 2 + items.len()..new_top].copy_from_slice(&values);
        self.call_at(stack, code, at, new_top, &keywords, OnReturn::Push, pc)
    }

    /// Makes a function of a linked code number (in the constant's place) and the values on the stack.
    pub(crate) fn make_function(
        &mut self,
        number: u32,
        flags: MakeFunctionFlags,
        values: &[Value],
    ) -> Result<Value, Fault> {
        let globals = self.frames.last().map_or(self.main_globals, |frame| frame.globals);
        let entry = self.entries[number as usize];
        let mut function = Function { code: number, globals, simple: entry.simple, ..Function::default() };
        let mut rest = values.iter().copied();
        let mut take = |flag: u8| if flags.has(flag) { rest.next() } else { None };
        let defaults = take(MakeFunctionFlags::DEFAULTS);
        let keyword_defaults = take(MakeFunctionFlags::KEYWORD_DEFAULTS);
        let annotations = take(MakeFunctionFlags::ANNOTATIONS);
        let closure = take(MakeFunctionFlags::CLOSURE);
        if let Some(Value::Tuple(id)) = defaults {
            function.defaults = self.heap.tuple(id).into();
        }
        if let Some(Value::Tuple(id)) = closure {
            function.closure = self.heap.tuple(id).into();
        }
        if let Some(keyword_defaults) = keyword_defaults {
            function.extras_mut().keyword_defaults = keyword_defaults;
        }
        if let Some(annotations) = annotations {
            function.extras_mut().annotations = annotations;
        }
        if let Some(name) = self.find_str(globals, names::NAME)
            && name != Value::Str(names::MAIN)
        {
            function.extras_mut().module = name;
        }
        self.heap.new_function(function)
    }

    pub(crate) fn build_class_function(&mut self) -> Result<Value, Fault> {
        let globals = self.frames.last().map_or(self.main_globals, |frame| frame.globals);
        if self.find_in_own_builtins(globals, names::BUILD_CLASS) == Some(Ok(None)) {
            return Err(self.raise(types::NAME_ERROR, "__build_class__ not found"));
        }
        match self.find_builtin(names::BUILD_CLASS) {
            Some(value) => Ok(value),
            None => Err(self.engine_fault("no __build_class__".to_owned())),
        }
    }

    /// Runs a class body with `namespace` as its locals; the result is what the body returns (its `__class__` cell).
    pub(crate) fn call_class_body(&mut self, function: Value, namespace: Value) -> Fault {
        self.body_namespace = namespace;
        self.pending =
            PendingCall { callable: function, args: smallvec![], on_return: OnReturn::Push, ..PendingCall::default() };
        Fault::Call
    }
}
