//! The call protocol: what every callable does when it is called.

mod cached;
mod classes;
mod functions;
mod natives;

use npython_bytecode::Instr;
use smallvec::SmallVec;

use crate::boundary::HostCall;
use crate::fault::Fault;
use crate::names;
use crate::objects::{Dict, Object, Str};
use crate::types;
use crate::value::{HostId, Id, Value};

use super::generator::Resume;
use super::{Machine, OnReturn, PendingCall, Suspension};

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
            return self.resume_generator(stack, id, with, call_at, pending.on_return, pc);
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
            let at = call.at;
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
                other if let Some(id) = self.cached_function(other) => {
                    if let Some(flow) = self.call_cached(stack, code, &mut call, id, keywords)? {
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

    /// Calls the prelude's `function(callable, args, kwargs)` with the arguments of the call; its frame takes the caller's wishes.
    fn call_through_prelude(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        call: CallLayout,
        function: &str,
        callable: Value,
        keywords: &[Id<Str>],
    ) -> Result<Flow, Fault> {
        let arguments = &stack[Self::arguments_start(stack, call.at)..call.top];
        let (positional, named) = arguments.split_at(arguments.len() - keywords.len());
        let args = self.heap.new_tuple(positional)?;
        let Value::Dict(kwargs) = self.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
        for (name, value) in keywords.iter().zip(named) {
            self.dict_set_str(kwargs, *name, *value)?;
        }
        let fault = self.prelude_call(function, &[callable, args, Value::Dict(kwargs)]);
        if fault != Fault::Call {
            return Err(fault);
        }
        self.pending.on_return = call.on_return;
        self.make_pending_call(stack, code, call.at, call.pc)
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
            return self.call_through_prelude(stack, code, call, "_apply", Value::Host(id), keywords);
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
        let mut crossing = self.crossing();
        let mut args = Vec::with_capacity(positional_end - start);
        for value in &stack[start..positional_end] {
            args.push(self.plain_argument(*value, &mut crossing)?);
        }
        let mut kwargs = Vec::with_capacity(keywords.len());
        for (name, value) in keywords.iter().zip(&stack[positional_end..call.top]) {
            kwargs.push((self.heap.str(*name).to_owned(), self.plain_argument(*value, &mut crossing)?));
        }
        let (line, scanned) = self.current_line();
        self.charge_bytes(scanned / 16)?;
        self.count_host_call()?;
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
}
