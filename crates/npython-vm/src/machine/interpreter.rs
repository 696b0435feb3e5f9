//! The interpreter loop.
//!
//! Invariants for anyone who touches it:
//! 1. `pc`, `sp`, `base` and `fuel` live in local variables; before anything that may raise, call or collect they are where
//!    the outer loop expects them: `pc` is the instruction after the one being executed.
//! 2. Operands of the running frame are `stack[base + slots..sp]`. Everything the collector must see is on the stack below
//!    `sp`, in a frame or in a field of the machine whenever the outer loop gets control.
//! 3. A slow path is a function outside this file that returns a value or a `Fault`; `result_at!` puts the value at a stack
//!    position or makes the call it asks for. No slow path runs guest code.
//! 4. `execute_fast` (interpreter/fast.rs) has executed all it could: an arm here need not do what the arm there always does. A
//!    fused instruction that gets here does what its first part does, and the parts behind it, still in place, do the rest.

mod calls;
mod fast;
mod inline_cache;
mod quick;
mod registers;
mod steps;

use npython_bytecode::Instr;

use crate::boundary::Halt;
use crate::fault::Fault;
use crate::value::Value;

use self::quick::first_part_gas;
use self::registers::Registers;
pub(crate) use self::registers::Unsettled;
use self::steps::is_plain_slice;
use super::call::Flow;
use super::{Exit, Machine, OnReturn};

/// Why the inner loop gave control to the outer one.
enum Event {
    /// Out of gas at hand, or a collection is due. `pc` is the instruction that could not be paid.
    Pause,
    Fault(Fault),
    /// A frame was pushed or popped: load its registers.
    Reload,
    Host,
    Finished,
}

impl Machine {
    pub(crate) fn execute(&mut self) -> Exit {
        let mut stack = std::mem::take(&mut self.stack);
        let mut code = std::mem::take(&mut self.instrs);
        let exit = self.execute_loop(&mut stack, &mut code);
        self.stack = stack;
        self.instrs = code;
        exit
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each instruction is the shape of an interpreter loop")]
    fn execute_loop(&mut self, stack: &mut Vec<Value>, code: &mut Vec<Instr>) -> Exit {
        if self.frames.is_empty() {
            return Exit::Finished;
        }
        let (mut pc, mut sp, mut base) = self.resume_place();

        // A host call answered with an exception is raised here.
        let mut fault = (!self.raised.is_undef()).then_some(Fault::Raise);

        loop {
            // Exceptions find their handlers, and calls that follow from results are made, before the loop goes on.
            while fault.is_some() || self.follow_up.is_some() {
                let flow = match fault.take() {
                    Some(Fault::Raise) => match self.unwind(stack, pc as u32) {
                        Ok(true) => Flow::Frame,
                        Ok(false) => return Exit::Raised,
                        Err(_) => return Exit::Halted,
                    },
                    Some(other) => {
                        if other != Fault::Halt {
                            let _ = self.engine_fault(format!("unexpected {other:?} in the interpreter loop"));
                        }
                        return Exit::Halted;
                    }
                    None => {
                        let at = self.follow_up.take().map_or(0, |at| at as usize);
                        match self.make_pending_call(stack, code, at, pc) {
                            Ok(Flow::Value) => {
                                sp = at + 1;
                                continue;
                            }
                            Ok(flow) => flow,
                            Err(other) => {
                                fault = Some(other);
                                continue;
                            }
                        }
                    }
                };
                if flow == Flow::Host {
                    return Exit::Host;
                }
                (pc, sp, base) = self.resume_place();
            }
            let mut fuel = self.fuel;
            // Where the instruction under way began.
            let mut began;
            let event = 'inner: loop {
                let registers = self.execute_fast(stack, code, Registers { pc, sp, base, fuel });
                Registers { pc, sp, base, fuel } = registers;
                if let Some(unsettled) = self.unsettled.take() {
                    let at = unsettled.at;
                    began = (unsettled.began, sp);
                    self.fuel = fuel;
                    let settled = self.settle(stack, code, unsettled, sp, pc);
                    fuel = self.fuel;
                    match settled {
                        Ok(Flow::Value) => sp = at + 1,
                        Ok(Flow::Frame) => break 'inner Event::Reload,
                        Ok(Flow::Host) => break 'inner Event::Host,
                        Err(fault) => break 'inner Event::Fault(fault),
                    }
                    continue 'inner;
                }
                let instr = code[pc];
                let cost = first_part_gas(instr);
                began = (pc, sp);
                self.begin_attempt(fuel);
                fuel -= cost;
                if fuel < 0 {
                    fuel += cost;
                    break 'inner Event::Pause;
                }
                pc += 1;

                macro_rules! push {
                    ($value:expr) => {{
                        let value = $value;
                        stack[sp] = value;
                        sp += 1;
                    }};
                }
                macro_rules! pop {
                    () => {{
                        sp -= 1;
                        stack[sp]
                    }};
                }
                // Runs an expression with the machine's meter up to date.
                macro_rules! slow {
                    ($call:expr) => {{
                        self.fuel = fuel;
                        let result = $call;
                        fuel = self.fuel;
                        if self.heap.collect_requested {
                            self.slice_rest += fuel;
                            fuel = 0;
                        }
                        result
                    }};
                }
                macro_rules! attempt {
                    ($call:expr) => {
                        match slow!($call) {
                            Ok(value) => value,
                            Err(fault) => break 'inner Event::Fault(fault),
                        }
                    };
                }
                // Goes on after a call was made, or a value was put, at stack position `at`.
                macro_rules! go_on {
                    ($at:expr, $flow:expr) => {
                        match $flow {
                            Flow::Value => sp = $at + 1,
                            Flow::Frame => (pc, sp, base) = self.resume_place(),
                            Flow::Host => break 'inner Event::Host,
                        }
                    };
                }
                // A slow path whose result goes to stack position `at`; `sp` is the top while it runs.
                macro_rules! result_at {
                    ($at:expr, $call:expr) => {{
                        let at = $at;
                        let result = slow!($call);
                        match result {
                            Ok(value) => {
                                stack[at] = value;
                                sp = at + 1;
                            }
                            Err(Fault::Call) => {
                                let flow = attempt!(self.make_pending_call(stack, code, at, pc));
                                go_on!(at, flow);
                            }
                            Err(fault) => break 'inner Event::Fault(fault),
                        }
                    }};
                }
                // A slow path without result; a guest call it asks for is made above the operands and its value dropped.
                macro_rules! effect {
                    ($at:expr, $call:expr) => {{
                        let at = $at;
                        let result = slow!($call);
                        match result {
                            Ok(()) => sp = at,
                            Err(Fault::Call) => {
                                self.pending.on_return = OnReturn::Discard;
                                match attempt!(self.make_pending_call(stack, code, at, pc)) {
                                    Flow::Value => sp = at,
                                    flow => go_on!(at, flow),
                                }
                            }
                            Err(fault) => break 'inner Event::Fault(fault),
                        }
                    }};
                }
                // The truth of the top; guest code that has to tell replaces it, and the instruction runs again.
                macro_rules! truth {
                    () => {
                        match slow!(self.truth(stack[sp - 1])) {
                            Ok(value) => value,
                            Err(Fault::Call) => {
                                pc -= 1;
                                let flow = attempt!(self.make_pending_call(stack, code, sp - 1, pc));
                                go_on!(sp - 1, flow);
                                continue 'inner;
                            }
                            Err(fault) => break 'inner Event::Fault(fault),
                        }
                    };
                }
                macro_rules! load_local {
                    ($slot:expr) => {{
                        let value = stack[base + $slot as usize];
                        if value.is_undef() {
                            let fault = slow!(self.unbound_local(u32::from($slot)));
                            break 'inner Event::Fault(fault);
                        }
                        push!(value);
                    }};
                }
                macro_rules! for_iter {
                    ($exit:expr) => {{
                        let flow = attempt!(self.for_iter(stack, code, sp, $exit, pc));
                        match flow {
                            Flow::Value => sp += 1,
                            flow => go_on!(sp, flow),
                        }
                    }};
                }

                match instr {
                    Instr::LoadFast(slot) => load_local!(slot),
                    Instr::DeleteFast(slot) => {
                        if stack[base + slot as usize].is_undef() {
                            let fault = slow!(self.unbound_local(slot));
                            break 'inner Event::Fault(fault);
                        }
                        stack[base + slot as usize] = Value::Undef;
                    }
                    Instr::MakeCell(slot) => {
                        let content = stack[base + slot as usize];
                        let cell = attempt!(self.heap.new_cell(content));
                        stack[base + slot as usize] = cell;
                    }
                    Instr::LoadDeref(slot) => {
                        let content = match stack[base + slot as usize] {
                            Value::Cell(id) => self.heap.cells.get(id).content,
                            _ => Value::Undef,
                        };
                        if content.is_undef() {
                            let fault = slow!(self.unbound_cell(slot));
                            break 'inner Event::Fault(fault);
                        }
                        push!(content);
                    }
                    Instr::StoreDeref(slot) => {
                        sp -= 1;
                        if let Value::Cell(id) = stack[base + slot as usize] {
                            self.heap.cells.slot(id).content = stack[sp];
                        }
                    }
                    Instr::DeleteDeref(slot) => {
                        if let Value::Cell(id) = stack[base + slot as usize] {
                            if self.heap.cells.get(id).content.is_undef() {
                                let fault = slow!(self.unbound_cell(slot));
                                break 'inner Event::Fault(fault);
                            }
                            self.heap.cells.slot(id).content = Value::Undef;
                        }
                    }
                    Instr::LoadFromClassOrDeref(slot) => {
                        let cell = stack[base + slot as usize];
                        result_at!(sp, self.load_from_class_or_cell(slot, cell));
                    }
                    Instr::LoadFromMappingOrDeref(slot) => {
                        let (mapping, cell) = (stack[sp - 1], stack[base + slot as usize]);
                        result_at!(sp - 1, self.load_from_mapping_or_cell(mapping, slot, cell));
                    }
                    Instr::LoadFromMappingOrGlobal(site) => {
                        let mapping = stack[sp - 1];
                        result_at!(sp - 1, self.load_from_mapping_or_global(mapping, site));
                    }
                    Instr::LoadName(site) => result_at!(sp, self.load_name(site)),
                    Instr::StoreName(name) => effect!(sp - 1, self.store_name(name, stack[sp - 1])),
                    Instr::DeleteName(name) => effect!(sp, self.delete_name(name)),
                    Instr::LoadGlobal(index) => result_at!(sp, self.load_global(index)),
                    Instr::StoreGlobal(index) => {
                        attempt!(self.store_global(index, stack[sp - 1]));
                        sp -= 1;
                    }
                    Instr::DeleteGlobal(name) => attempt!(self.delete_global(name)),
                    Instr::LoadLocals => push!(attempt!(self.locals_mapping(stack))),
                    Instr::SetupAnnotations => effect!(sp, self.setup_annotations()),

                    Instr::LoadAttr(index) => result_at!(sp - 1, self.load_attribute_site(stack[sp - 1], index)),
                    Instr::LoadMethod(index) => {
                        let object = stack[sp - 1];
                        let result = slow!(self.load_method_site(object, index));
                        match result {
                            Ok((callable, receiver)) => {
                                stack[sp - 1] = callable;
                                push!(receiver);
                            }
                            Err(Fault::Call) => {
                                let at = sp - 1;
                                let flow = attempt!(self.load_method_through_guest(stack, code, at, index, pc));
                                go_on!(at, flow);
                            }
                            Err(fault) => break 'inner Event::Fault(fault),
                        }
                    }
                    Instr::StoreAttr(index) => {
                        let (value, object) = (stack[sp - 2], stack[sp - 1]);
                        effect!(sp - 2, self.store_attribute_site(object, index, value));
                    }
                    Instr::DeleteAttr(name) => {
                        let object = stack[sp - 1];
                        let name = self.segment.names[name as usize];
                        effect!(sp - 1, self.delete_attribute(object, name));
                    }
                    Instr::StoreSubscript => {
                        let (value, container, key) = (stack[sp - 3], stack[sp - 2], stack[sp - 1]);
                        effect!(sp - 3, self.store_subscript(container, key, value));
                    }
                    Instr::DeleteSubscript => effect!(sp - 2, self.delete_subscript(stack[sp - 2], stack[sp - 1])),
                    Instr::BuildSlice(count) => {
                        let step = if count == 3 { pop!() } else { Value::None };
                        let (start, stop) = (stack[sp - 2], stack[sp - 1]);
                        // A slice that only says which items to replace need not be made.
                        let after = code[pc];
                        if after == Instr::StoreSubscript
                            && fuel >= i64::from(after.gas())
                            && is_plain_slice(start, stop, step)
                            && let (Value::List(_), container @ Value::List(_)) = (stack[sp - 4], stack[sp - 3])
                        {
                            fuel -= i64::from(after.gas());
                            pc += 1;
                            let slice = attempt!(self.passing_slice(start, stop, step));
                            let value = stack[sp - 4];
                            effect!(sp - 4, self.store_subscript(container, slice, value));
                        } else {
                            let slice = attempt!(self.heap.new_slice(start, stop, step));
                            sp -= 1;
                            stack[sp - 1] = slice;
                        }
                    }

                    Instr::Compare(op) => result_at!(sp - 2, self.compare(op, stack[sp - 2], stack[sp - 1])),
                    // A fused instruction whose common path is not taken does what its first part does.
                    Instr::CompareJumpFalse(op) | Instr::CompareJumpTrue(op) => {
                        let (a, b) = (stack[sp - 2], stack[sp - 1]);
                        result_at!(sp - 2, self.compare(op, a, b));
                    }
                    Instr::IntBinary(value, _) | Instr::IntCompareJumpFalse(value, _) => {
                        push!(Value::Int(i64::from(value)));
                    }
                    Instr::ConstBinary(index, _) => {
                        push!(self.segment.constants[index as usize]);
                    }
                    Instr::FastFastBinary(slot, ..)
                    | Instr::FastIntBinary(slot, ..)
                    | Instr::FastBinary(slot, _)
                    | Instr::FastFastCompareJumpFalse(slot, ..)
                    | Instr::FastIntCompareJumpFalse(slot, ..)
                    | Instr::FastLoadAttr(slot, _)
                    | Instr::FastLoadMethod(slot, _)
                    | Instr::FastSubscript(slot)
                    | Instr::FastFastSubscript(slot, _)
                    | Instr::LoadFastLoadFast(slot, _)
                    | Instr::LoadFastLoadInt(slot, _)
                    | Instr::LoadFastLoadConst(slot, _)
                    | Instr::FastReturn(slot) => {
                        load_local!(slot);
                    }
                    Instr::StoreFastLoadFast(slot, _) => {
                        sp -= 1;
                        stack[base + slot as usize] = stack[sp];
                    }
                    Instr::UnaryNegative => result_at!(sp - 1, self.negative(stack[sp - 1])),
                    Instr::UnaryPositive => result_at!(sp - 1, self.positive(stack[sp - 1])),
                    Instr::UnaryInvert => result_at!(sp - 1, self.invert(stack[sp - 1])),
                    Instr::UnaryNot => {
                        let value = truth!();
                        stack[sp - 1] = Value::bool(!value);
                    }

                    Instr::PopJumpIfFalse(target) | Instr::PopJumpIfTrue(target) => {
                        let when = matches!(instr, Instr::PopJumpIfTrue(_));
                        let value = truth!();
                        sp -= 1;
                        if value == when {
                            pc = target as usize;
                        }
                    }
                    Instr::JumpIfFalseOrPop(target) | Instr::JumpIfTrueOrPop(target) => {
                        let when = matches!(instr, Instr::JumpIfTrueOrPop(_));
                        match slow!(self.truth(stack[sp - 1])) {
                            Ok(value) if value == when => pc = target as usize,
                            Ok(_) => sp -= 1,
                            Err(Fault::Call) => {
                                let length = self.pending.on_return == OnReturn::LengthAsBool;
                                self.pending.on_return = OnReturn::BoolJump { target, when, length };
                                let flow = attempt!(self.make_pending_call(stack, code, sp, pc));
                                go_on!(sp, flow);
                            }
                            Err(fault) => break 'inner Event::Fault(fault),
                        }
                    }

                    Instr::ForIter(exit) => for_iter!(exit),
                    Instr::ForIterStoreFast(exit, _) => {
                        for_iter!(exit);
                    }
                    Instr::UnpackSequence(count) => {
                        let (at, count) = (sp - 1, count as usize);
                        if self.unpack_at_hand(stack, at, count) {
                            sp = at + count;
                        } else {
                            let flow = attempt!(self.unpack_sequence(stack, code, at, count, pc));
                            match flow {
                                Flow::Value => sp = at + count,
                                flow => go_on!(at, flow),
                            }
                        }
                    }
                    Instr::UnpackStarred(before, after) => {
                        let at = sp - 1;
                        let (before, after) = (before as usize, after as usize);
                        let flow = attempt!(self.unpack_starred(stack, code, at, before, after, pc));
                        match flow {
                            Flow::Value => sp = at + before + after + 1,
                            flow => go_on!(at, flow),
                        }
                    }

                    Instr::BuildSet(count) => {
                        let at = sp - count as usize;
                        result_at!(at, self.build_set(&stack[at..sp]));
                    }
                    Instr::ListAppend(depth) => {
                        let value = pop!();
                        if let Value::List(list) = stack[sp - depth as usize] {
                            attempt!(self.heap.list_push(list, value));
                        }
                    }
                    Instr::SetAdd(depth) => {
                        let value = stack[sp - 1];
                        let set = stack[sp - 1 - depth as usize];
                        effect!(sp - 1, self.set_add_item(set, value));
                    }
                    Instr::MapAdd(depth) => {
                        let (key, value) = (stack[sp - 2], stack[sp - 1]);
                        let dict = stack[sp - 2 - depth as usize];
                        effect!(sp - 2, self.store_subscript(dict, key, value));
                    }
                    Instr::ListExtend(depth) => {
                        let value = stack[sp - 1];
                        let list = stack[sp - 1 - depth as usize];
                        // The only `*` of a call is named with the callable when it cannot be unpacked.
                        let callable = if matches!(code[pc], Instr::CallUnpacked(_)) && sp >= 4 {
                            stack[sp - 4]
                        } else {
                            Value::Undef
                        };
                        effect!(sp - 1, self.list_extend_display(list, value, callable));
                    }
                    Instr::SetUpdate(depth) => {
                        let value = stack[sp - 1];
                        let set = stack[sp - 1 - depth as usize];
                        effect!(sp - 1, self.set_update_display(set, value));
                    }
                    Instr::DictUpdate(depth) => {
                        let value = stack[sp - 1];
                        let dict = stack[sp - 1 - depth as usize];
                        effect!(sp - 1, self.dict_update_display(dict, value));
                    }
                    Instr::DictMerge(depth) => {
                        let value = stack[sp - 1];
                        let at = sp - 1 - depth as usize;
                        let (dict, callable) = (stack[at], stack[at.saturating_sub(3)]);
                        effect!(sp - 1, self.dict_merge_display(callable, dict, value));
                    }

                    Instr::Call(count) => {
                        let at = sp - count as usize - 2;
                        let flow = attempt!(self.call_at(stack, code, at, sp, &[], OnReturn::Push, pc));
                        go_on!(at, flow);
                    }
                    Instr::CallKeywords(count, names) => {
                        let at = sp - count as usize - 2;
                        let flow = attempt!(self.call_keywords(stack, code, at, sp, names, pc));
                        go_on!(at, flow);
                    }
                    Instr::CallUnpacked(with_kwargs) => {
                        let at = sp - 3 - usize::from(with_kwargs);
                        let flow = attempt!(self.call_unpacked(stack, code, at, sp, with_kwargs, pc));
                        go_on!(at, flow);
                    }
                    Instr::CallSuper => {
                        let (callable, class, receiver) = (stack[sp - 3], stack[sp - 2], stack[sp - 1]);
                        let at = sp - 3;
                        if callable == Value::Type(crate::types::SUPER) {
                            result_at!(at, self.new_super(crate::types::SUPER, class, receiver));
                        } else {
                            stack[at + 1] = Value::Undef;
                            let flow = attempt!(self.call_at(stack, code, at, at + 2, &[], OnReturn::Push, pc));
                            go_on!(at, flow);
                        }
                    }
                    Instr::MakeFunction(constant, flags) => {
                        let at = sp - flags.0.count_ones() as usize;
                        let function = attempt!(self.make_function(constant, flags, &stack[at..sp]));
                        sp = at;
                        push!(function);
                    }
                    Instr::LoadBuildClass => push!(attempt!(self.build_class_function())),
                    Instr::ReturnValue => {
                        let value = stack[sp - 1];
                        match slow!(self.finish_frame(stack, value)) {
                            Ok(true) => break 'inner Event::Reload,
                            Ok(false) => break 'inner Event::Finished,
                            Err(fault) => {
                                // Raised in the caller, whose frame is on top now.
                                if !self.frames.is_empty() {
                                    (pc, sp, base) = self.resume_place();
                                }
                                break 'inner Event::Fault(fault);
                            }
                        }
                    }
                    Instr::Yield | Instr::YieldDelegated => {
                        let value = stack[sp - 1];
                        if self.takes_yielded(stack, value) {
                            stack[sp - 1] = Value::None;
                            continue;
                        }
                        sp -= 1;
                        match slow!(self.yield_value(stack, value, pc, sp)) {
                            Ok(()) if self.follow_up.is_some() => break 'inner Event::Reload,
                            Ok(()) => (pc, sp, base) = self.resume_place(),
                            Err(fault) => {
                                if !self.frames.is_empty() {
                                    (pc, sp, base) = self.resume_place();
                                }
                                break 'inner Event::Fault(fault);
                            }
                        }
                    }
                    Instr::GetYieldFromIter => result_at!(sp - 1, self.get_yield_from_iter(stack[sp - 1])),
                    Instr::Send(exit) => {
                        let flow = attempt!(self.send_step(stack, code, sp, exit, pc));
                        match flow {
                            Flow::Value => (pc, sp, _) = self.resume_place(),
                            flow => go_on!(sp, flow),
                        }
                    }
                    Instr::GetAwaitable(origin) => result_at!(sp - 1, self.get_awaitable(stack[sp - 1], origin)),
                    Instr::GetAsyncIter => result_at!(sp - 1, self.get_async_iter(stack[sp - 1])),
                    Instr::GetAsyncNext => result_at!(sp, self.get_async_next(stack[sp - 1])),
                    Instr::EndAsyncFor => {
                        let exception = stack[sp - 1];
                        if self.is_instance_of_type(exception, crate::types::STOP_ASYNC_ITERATION) {
                            sp -= 2;
                        } else {
                            self.raised = exception;
                            break 'inner Event::Fault(Fault::Raise);
                        }
                    }
                    Instr::Intrinsic(intrinsic) => {
                        let at = sp - intrinsic.operand_count();
                        result_at!(at, self.intrinsic(intrinsic, &stack[at..sp]));
                    }

                    Instr::Raise(count) => {
                        let at = sp - count as usize;
                        match slow!(self.raise_statement(&stack[at..sp])) {
                            Err(Fault::Call) => {
                                // `raise Class`: the instance is made first, then raised by this instruction again.
                                pc -= 1;
                                let flow = attempt!(self.make_pending_call(stack, code, at, pc));
                                go_on!(at, flow);
                            }
                            Ok(()) => {}
                            Err(fault) => break 'inner Event::Fault(fault),
                        }
                    }
                    Instr::Reraise(_) => {
                        self.raised = stack[sp - 1];
                        self.skip_trace = true;
                        break 'inner Event::Fault(Fault::Raise);
                    }
                    Instr::PushExceptionInfo => {
                        let exception = stack[sp - 1];
                        stack[sp - 1] = self.handled;
                        push!(exception);
                        self.handled = exception;
                    }
                    Instr::CheckExceptionMatch => {
                        let (exception, class) = (stack[sp - 2], stack[sp - 1]);
                        let matches = attempt!(self.exception_matches(exception, class));
                        stack[sp - 1] = Value::bool(matches);
                    }
                    Instr::CheckGroupMatch => {
                        let (exception, class) = (stack[sp - 2], stack[sp - 1]);
                        result_at!(sp - 2, self.group_match(exception, class));
                        // The prelude splits; its answer is a pair.
                    }
                    Instr::LoadAssertionError => push!(Value::Type(crate::types::ASSERTION_ERROR)),

                    Instr::BeforeWith | Instr::BeforeAsyncWith => {
                        let asynchronous = matches!(instr, Instr::BeforeAsyncWith);
                        let flow = attempt!(self.enter_context(stack, code, sp - 1, asynchronous, pc));
                        go_on!(sp + 1, flow);
                    }
                    Instr::WithExceptStart => {
                        let flow = attempt!(self.exit_context(stack, code, sp, pc));
                        go_on!(sp, flow);
                    }
                    Instr::EnterScope => {
                        self.save_place(pc, sp);
                        let (name, token) = (stack[sp - 2], stack[sp - 1]);
                        attempt!(self.request_scope(name, token));
                        break 'inner Event::Host;
                    }
                    Instr::LeaveScope => attempt!(self.leave_scope()),

                    Instr::MatchMapping => push!(Value::bool(self.is_mapping(stack[sp - 1]))),
                    Instr::MatchSequence => push!(Value::bool(self.is_sequence(stack[sp - 1]))),
                    Instr::MatchKeys => result_at!(sp, self.match_keys(stack[sp - 2], stack[sp - 1])),
                    Instr::MatchClass(count) => {
                        let (subject, class, names) = (stack[sp - 3], stack[sp - 2], stack[sp - 1]);
                        result_at!(sp - 3, self.match_class(subject, class, names, count));
                    }
                    Instr::GetLen => result_at!(sp, self.length_value(stack[sp - 1])),

                    Instr::ImportName(name) => {
                        let (level, from_list) = (stack[sp - 2], stack[sp - 1]);
                        let name = self.segment.names[name as usize];
                        result_at!(sp - 2, self.import_statement(stack, name, level, from_list));
                    }
                    Instr::ImportFrom(name) => {
                        let module = stack[sp - 1];
                        let name = self.segment.names[name as usize];
                        result_at!(sp, self.import_from(module, name));
                    }
                    Instr::SetResult => {
                        sp -= 1;
                        self.result = stack[sp];
                    }

                    // The fast loop always finishes these, or leaves their outcome to be settled.
                    Instr::Nop
                    | Instr::Pop
                    | Instr::Copy(_)
                    | Instr::Swap(_)
                    | Instr::PushUndef
                    | Instr::LoadConst(_)
                    | Instr::LoadInt(_)
                    | Instr::LoadNone
                    | Instr::LoadTrue
                    | Instr::LoadFalse
                    | Instr::StoreFast(_)
                    | Instr::ClearFast(_)
                    | Instr::LoadCell(_)
                    | Instr::LoadSubscript
                    | Instr::Contains
                    | Instr::NotContains
                    | Instr::Binary(_)
                    | Instr::Inplace(_)
                    | Instr::Is
                    | Instr::IsNot
                    | Instr::Jump(_)
                    | Instr::JumpBackward(_)
                    | Instr::PopJumpIfNone(_)
                    | Instr::PopJumpIfNotNone(_)
                    | Instr::GetIter
                    | Instr::BuildTuple(_)
                    | Instr::BuildList(_)
                    | Instr::BuildMap(_)
                    | Instr::BuildString(_)
                    | Instr::ConvertValue(_)
                    | Instr::FormatSimple
                    | Instr::FormatWithSpec
                    | Instr::PopException => {
                        let fault = self.engine_fault(format!("{instr:?} was left to the general loop"));
                        break 'inner Event::Fault(fault);
                    }
                }
            };

            match event {
                Event::Pause => match self.pause(stack, pc, sp, fuel, first_part_gas(code[pc])) {
                    Ok(refilled) => fuel = refilled,
                    Err(exit) => return exit,
                },
                Event::Reload => (pc, sp, base) = self.resume_place(),
                Event::Host => {
                    self.fuel = fuel;
                    return Exit::Host;
                }
                Event::Finished => {
                    self.fuel = fuel;
                    return Exit::Finished;
                }
                Event::Fault(Fault::Halt) if self.is_retried(code[began.0], stack, began.1) => {
                    (pc, sp) = began;
                    self.save_place(pc, sp);
                    self.collect(stack, sp);
                    if self.halt.is_some() {
                        self.fuel = fuel;
                        return Exit::Halted;
                    }
                    self.refund_attempt(fuel);
                }
                Event::Fault(raised) => {
                    if let Some(frame) = self.frames.last_mut() {
                        frame.top = sp as u32;
                    }
                    fault = Some(raised);
                }
            }
            self.fuel = fuel;
        }
    }

    /// Settles what a function called by the fast loop came back with, for stack position `unsettled.at`.
    fn settle(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        unsettled: Unsettled,
        top: usize,
        pc: usize,
    ) -> Result<Flow, Fault> {
        match unsettled.result {
            Err(fault @ (Fault::Raise | Fault::Halt)) => Err(fault),
            Err(Fault::Call) => self.make_pending_call(stack, code, unsettled.at, pc),
            result => self.settle_native(stack, code, unsettled.native, result, unsettled.at, top, pc),
        }
    }

    /// Collects if that is due, and takes more gas from the slice: what is at hand then. The instruction at `pc` needs `needed`.
    fn pause(&mut self, stack: &mut [Value], pc: usize, sp: usize, fuel: i64, needed: i64) -> Result<i64, Exit> {
        self.fuel = fuel;
        if self.heap.collect_requested {
            self.save_place(pc, sp);
            self.collect(stack, sp);
            if self.halt.is_some() {
                return Err(Exit::Halted);
            }
        }
        if fuel + self.slice_rest < needed {
            self.save_place(pc, sp);
            if self.reserve == 0 {
                let _ = self.stop::<()>(Halt::GasExhausted);
                return Err(Exit::Halted);
            }
            return Err(Exit::Slice);
        }
        let refill = if self.options.collect_always { self.slice_rest.min(16) } else { self.slice_rest };
        self.slice_rest -= refill;
        Ok(fuel + refill)
    }
}
