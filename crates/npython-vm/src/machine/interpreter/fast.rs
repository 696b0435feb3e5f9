//! The loop over the common paths of the common instructions.
//!
//! Nothing here makes frames but for the simplest calls, nothing raises, and little else is called, so that the registers stay
//! in the processor's. An instruction that needs more is left, unpaid, to the general loop, which executes it and comes back.
//! A path that exists here need not exist there.

use npython_bytecode::{CompareOperator, Instr};

use crate::fault::Fault;
use crate::machine::{Frame, Machine, NO_GENERATOR, OnReturn};
use crate::objects::{Iter, Layout};
use crate::value::{NativeId, Value};

use super::quick::{binary, compare, jump_target};

/// The registers of the interpreter: the next instruction, the top of the operands, slot 0 of the frame, gas at hand.
#[derive(Clone, Copy)]
pub(super) struct Registers {
    pub(super) pc: usize,
    pub(super) sp: usize,
    pub(super) base: usize,
    pub(super) fuel: i64,
}

/// What a function called by the fast loop came back with, when that is not a value for the operand stack: for the general
/// loop to settle. The instruction is paid, and `pc` is behind it.
pub(crate) struct Unsettled {
    pub(super) native: NativeId,
    pub(super) at: usize,
    pub(super) result: Result<Value, Fault>,
}

impl Machine {
    /// Executes instructions up to the first that cannot be paid or does not take its common path.
    #[inline(never)]
    #[expect(clippy::too_many_lines, reason = "one arm for each instruction is the shape of an interpreter loop")]
    pub(super) fn execute_fast(&mut self, stack: &mut [Value], code: &[Instr], registers: Registers) -> Registers {
        let Registers { mut pc, mut sp, mut base, mut fuel } = registers;
        loop {
            let instr = code[pc];
            let cost = i64::from(instr.gas());
            fuel -= cost;
            if fuel < 0 {
                fuel += cost;
                break;
            }

            // Goes on behind this instruction and the parts of it that follow.
            macro_rules! next {
                () => {
                    next!(1)
                };
                ($count:expr) => {{
                    pc += $count;
                    continue;
                }};
            }
            macro_rules! push {
                ($value:expr) => {{
                    stack[sp] = $value;
                    sp += 1;
                }};
            }
            macro_rules! jump {
                ($target:expr) => {{
                    pc = $target as usize;
                    continue;
                }};
            }
            // Jumps by a truth that is known without a look at a class.
            macro_rules! jump_if {
                ($when:expr, $target:expr) => {{
                    let truth = match stack[sp - 1] {
                        Value::True => Some(true),
                        Value::False | Value::None => Some(false),
                        Value::Int(value) => Some(value != 0),
                        Value::List(id) => Some(!self.heap.list(id).is_empty()),
                        _ => None,
                    };
                    if let Some(truth) = truth {
                        sp -= 1;
                        if truth == $when {
                            jump!($target);
                        }
                        next!();
                    }
                }};
            }
            macro_rules! return_value {
                ($value:expr) => {{
                    let value = $value;
                    let last = self.frames.len() - 1;
                    let frame = &self.frames[last];
                    if frame.generator == NO_GENERATOR && frame.grants == 0 && !value.is_undef() {
                        let kept = match frame.on_return {
                            OnReturn::Push => Some(value),
                            OnReturn::Init if value.is_none() => Some(stack[frame.return_at as usize]),
                            _ => None,
                        };
                        if let Some(kept) = kept {
                            let at = frame.return_at as usize;
                            self.frames.truncate(last);
                            let caller = &self.frames[last - 1];
                            base = caller.base as usize;
                            stack[at] = kept;
                            sp = at + 1;
                            jump!(caller.pc);
                        }
                    }
                }};
            }

            // A site that meets several shapes looks among those it met before, and tries again.
            macro_rules! recall {
                ($object:expr, $index:expr) => {{
                    if let Value::Instance(id) = $object
                        && self.recall_site(id, $index)
                    {
                        fuel += cost;
                        continue;
                    }
                }};
            }
            macro_rules! load_registers {
                () => {{
                    let frame = &self.frames[self.frames.len() - 1];
                    (pc, sp, base) = (frame.pc as usize, frame.top as usize, frame.base as usize);
                    continue;
                }};
            }
            // A function that may charge and allocate.
            macro_rules! call {
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

            match instr {
                Instr::Nop => next!(),
                Instr::Pop => {
                    sp -= 1;
                    next!()
                }
                Instr::Copy(n) => {
                    push!(stack[sp - n as usize]);
                    next!()
                }
                Instr::Swap(n) => {
                    stack.swap(sp - 1, sp - n as usize);
                    next!()
                }
                Instr::PushUndef => {
                    push!(Value::Undef);
                    next!()
                }
                Instr::LoadConst(index) => {
                    push!(self.segment.constants[index as usize]);
                    next!()
                }
                Instr::LoadInt(value) => {
                    push!(Value::Int(i64::from(value)));
                    next!()
                }
                Instr::LoadNone => {
                    push!(Value::None);
                    next!()
                }
                Instr::LoadTrue => {
                    push!(Value::True);
                    next!()
                }
                Instr::LoadFalse => {
                    push!(Value::False);
                    next!()
                }

                Instr::LoadFast(slot) => {
                    let value = stack[base + slot as usize];
                    if !value.is_undef() {
                        push!(value);
                        next!()
                    }
                }
                Instr::StoreFast(slot) => {
                    sp -= 1;
                    stack[base + slot as usize] = stack[sp];
                    next!()
                }
                Instr::ClearFast(slot) => {
                    stack[base + slot as usize] = Value::Undef;
                    next!()
                }
                Instr::LoadFastLoadFast(a, b) => {
                    let (first, second) = (stack[base + a as usize], stack[base + b as usize]);
                    if !first.is_undef() && !second.is_undef() {
                        stack[sp] = first;
                        stack[sp + 1] = second;
                        sp += 2;
                        next!(2)
                    }
                }
                Instr::StoreFastLoadFast(a, b) => {
                    let value = stack[sp - 1];
                    stack[base + a as usize] = value;
                    let value = stack[base + b as usize];
                    if !value.is_undef() {
                        stack[sp - 1] = value;
                        next!(2)
                    }
                }
                Instr::LoadFastLoadInt(a, b) => {
                    let value = stack[base + a as usize];
                    if !value.is_undef() {
                        stack[sp] = value;
                        stack[sp + 1] = Value::Int(i64::from(b));
                        sp += 2;
                        next!(2)
                    }
                }
                Instr::LoadFastLoadConst(a, b) => {
                    let value = stack[base + a as usize];
                    if !value.is_undef() {
                        stack[sp] = value;
                        stack[sp + 1] = self.segment.constants[b as usize];
                        sp += 2;
                        next!(2)
                    }
                }
                Instr::LoadCell(slot) => {
                    push!(stack[base + slot as usize]);
                    next!()
                }
                Instr::LoadDeref(slot) => {
                    if let Value::Cell(id) = stack[base + slot as usize] {
                        let content = self.heap.cells.get(id).content;
                        if !content.is_undef() {
                            push!(content);
                            next!()
                        }
                    }
                }
                Instr::StoreDeref(slot) => {
                    if let Value::Cell(id) = stack[base + slot as usize] {
                        sp -= 1;
                        self.heap.cells.slot(id).content = stack[sp];
                        next!()
                    }
                }
                Instr::LoadGlobal(index) => {
                    let globals = self.frames[self.frames.len() - 1].globals;
                    let site = &self.segment.global_sites[index as usize];
                    let table = &self.heap.dicts.get(globals).table;
                    match table.entry(site.position as usize) {
                        Some(entry) if entry.key == Value::Str(site.name) => {
                            push!(entry.value);
                            next!()
                        }
                        _ if site.version == table.keys_version() && !site.builtin.is_undef() => {
                            push!(site.builtin);
                            next!()
                        }
                        _ => {}
                    }
                }
                Instr::StoreGlobal(index) => {
                    let globals = self.frames[self.frames.len() - 1].globals;
                    let site = &self.segment.global_sites[index as usize];
                    let table = &mut self.heap.dicts.slot(globals).table;
                    let position = site.position as usize;
                    let known = matches!(table.entry(position), Some(entry) if entry.key == Value::Str(site.name));
                    if known && let Some(slot) = table.value_mut(position) {
                        sp -= 1;
                        *slot = stack[sp];
                        next!()
                    }
                }

                Instr::LoadAttr(index) => {
                    if let Some(value) = self.cached_attribute(stack[sp - 1], index) {
                        stack[sp - 1] = value;
                        next!()
                    }
                    recall!(stack[sp - 1], index);
                }
                Instr::FastLoadAttr(slot, index) => {
                    let object = stack[base + slot as usize];
                    if let Some(value) = self.cached_attribute(object, index) {
                        push!(value);
                        next!(2)
                    }
                    recall!(object, index);
                }
                Instr::LoadMethod(index) => {
                    let object = stack[sp - 1];
                    if let Some(function) = self.cached_method(object, index) {
                        stack[sp - 1] = function;
                        push!(object);
                        next!()
                    }
                    recall!(object, index);
                }
                Instr::FastLoadMethod(slot, index) => {
                    let object = stack[base + slot as usize];
                    if let Some(function) = self.cached_method(object, index) {
                        stack[sp] = function;
                        stack[sp + 1] = object;
                        sp += 2;
                        next!(2)
                    }
                    recall!(object, index);
                }
                Instr::StoreAttr(index) => {
                    if self.cached_store(stack[sp - 1], index, stack[sp - 2]) {
                        sp -= 2;
                        next!()
                    }
                    recall!(stack[sp - 1], index);
                }

                Instr::LoadSubscript => {
                    if let Some(value) = self.item_at(stack[sp - 2], stack[sp - 1]) {
                        stack[sp - 2] = value;
                        sp -= 1;
                        next!()
                    }
                }
                Instr::FastSubscript(slot) => {
                    if let Some(value) = self.item_at(stack[sp - 1], stack[base + slot as usize]) {
                        stack[sp - 1] = value;
                        next!(2)
                    }
                }
                Instr::FastFastSubscript(container, key) => {
                    if let Some(value) = self.item_at(stack[base + container as usize], stack[base + key as usize]) {
                        push!(value);
                        next!(3)
                    }
                }
                Instr::StoreSubscript => {
                    if let (Value::List(list), Value::Int(index)) = (stack[sp - 2], stack[sp - 1]) {
                        let items = &mut self.heap.lists.slot(list).items;
                        let index = if index < 0 { index.wrapping_add(items.len() as i64) } else { index };
                        if let Some(slot) = items.get_mut(index as usize) {
                            *slot = stack[sp - 3];
                            sp -= 3;
                            next!()
                        }
                    }
                }
                Instr::ListAppend(depth) => {
                    if let Value::List(list) = stack[sp - 1 - depth as usize] {
                        let items = &mut self.heap.lists.slot(list).items;
                        if items.len() < items.capacity() {
                            sp -= 1;
                            items.push(stack[sp]);
                            next!()
                        }
                    }
                }

                Instr::Binary(op) | Instr::Inplace(op) => {
                    if let Some(value) = binary(op, stack[sp - 2], stack[sp - 1]) {
                        sp -= 1;
                        stack[sp - 1] = value;
                        next!()
                    }
                }
                Instr::FastFastBinary(a, b, op) => {
                    if let Some(value) = binary(op, stack[base + a as usize], stack[base + b as usize]) {
                        push!(value);
                        next!(3)
                    }
                }
                Instr::FastIntBinary(a, b, op) => {
                    if let Some(value) = binary(op, stack[base + a as usize], Value::Int(i64::from(b))) {
                        push!(value);
                        next!(3)
                    }
                }
                Instr::FastBinary(b, op) => {
                    if let Some(value) = binary(op, stack[sp - 1], stack[base + b as usize]) {
                        stack[sp - 1] = value;
                        next!(2)
                    }
                }
                Instr::IntBinary(b, op) => {
                    if let Some(value) = binary(op, stack[sp - 1], Value::Int(i64::from(b))) {
                        stack[sp - 1] = value;
                        next!(2)
                    }
                }
                Instr::ConstBinary(b, op) => {
                    if let Some(value) = binary(op, stack[sp - 1], self.segment.constants[b as usize]) {
                        stack[sp - 1] = value;
                        next!(2)
                    }
                }
                Instr::Compare(op) => {
                    if let Some(value) = self.quick_compare(op, stack[sp - 2], stack[sp - 1]) {
                        sp -= 1;
                        stack[sp - 1] = Value::bool(value);
                        next!()
                    }
                }
                Instr::CompareJumpFalse(op) => {
                    if let Some(value) = self.quick_compare(op, stack[sp - 2], stack[sp - 1]) {
                        sp -= 2;
                        pc = if value { pc + 2 } else { jump_target(code[pc + 1]) };
                        continue;
                    }
                }
                Instr::CompareJumpTrue(op) => {
                    if let Some(value) = self.quick_compare(op, stack[sp - 2], stack[sp - 1]) {
                        sp -= 2;
                        pc = if value { jump_target(code[pc + 1]) } else { pc + 2 };
                        continue;
                    }
                }
                Instr::IntCompareJumpFalse(b, op) => {
                    if let Some(value) = compare(op, stack[sp - 1], Value::Int(i64::from(b))) {
                        sp -= 1;
                        pc = if value { pc + 3 } else { jump_target(code[pc + 2]) };
                        continue;
                    }
                }
                Instr::FastFastCompareJumpFalse(a, b, op) => {
                    if let Some(value) = compare(op, stack[base + a as usize], stack[base + b as usize]) {
                        pc = if value { pc + 4 } else { jump_target(code[pc + 3]) };
                        continue;
                    }
                }
                Instr::FastIntCompareJumpFalse(a, b, op) => {
                    if let Some(value) = compare(op, stack[base + a as usize], Value::Int(i64::from(b))) {
                        pc = if value { pc + 4 } else { jump_target(code[pc + 3]) };
                        continue;
                    }
                }
                Instr::Is => {
                    sp -= 1;
                    stack[sp - 1] = Value::bool(stack[sp - 1].is(stack[sp]));
                    next!()
                }
                Instr::IsNot => {
                    sp -= 1;
                    stack[sp - 1] = Value::bool(!stack[sp - 1].is(stack[sp]));
                    next!()
                }
                Instr::UnaryNegative => match stack[sp - 1] {
                    Value::Int(value) if value != i64::MIN => {
                        stack[sp - 1] = Value::Int(-value);
                        next!()
                    }
                    Value::Float(value) => {
                        stack[sp - 1] = Value::float(-value.get());
                        next!()
                    }
                    _ => {}
                },
                Instr::UnaryNot => {
                    if let Some(value) = stack[sp - 1].as_bool() {
                        stack[sp - 1] = Value::bool(!value);
                        next!()
                    }
                }

                Instr::Jump(target) | Instr::JumpBackward(target) => jump!(target),
                Instr::PopJumpIfFalse(target) => jump_if!(false, target),
                Instr::PopJumpIfTrue(target) => jump_if!(true, target),
                Instr::PopJumpIfNone(target) => {
                    sp -= 1;
                    if stack[sp].is_none() {
                        jump!(target);
                    }
                    next!()
                }
                Instr::PopJumpIfNotNone(target) => {
                    sp -= 1;
                    if !stack[sp].is_none() {
                        jump!(target);
                    }
                    next!()
                }
                Instr::JumpIfFalseOrPop(target) => match stack[sp - 1] {
                    Value::False | Value::None => jump!(target),
                    Value::True => {
                        sp -= 1;
                        next!()
                    }
                    _ => {}
                },
                Instr::JumpIfTrueOrPop(target) => match stack[sp - 1] {
                    Value::True => jump!(target),
                    Value::False | Value::None => {
                        sp -= 1;
                        next!()
                    }
                    _ => {}
                },

                Instr::ForIter(exit) => {
                    if let Value::Generator(id) = stack[sp - 1] {
                        if self.resume_for_loop(stack, id, sp, exit, pc + 1) {
                            load_registers!();
                        }
                    } else if let Value::Iter(id) = stack[sp - 1] {
                        match self.heap.iters.slot(id) {
                            Iter::Range { next, step, remaining } if *remaining > 0 => {
                                let value = *next;
                                *remaining -= 1;
                                *next = next.wrapping_add(*step);
                                push!(Value::Int(value));
                                next!()
                            }
                            Iter::List { list, next } => {
                                if let Some(value) = self.heap.lists.get(*list).items.get(*next) {
                                    *next += 1;
                                    push!(*value);
                                    next!()
                                }
                            }
                            Iter::Tuple { tuple, next } => {
                                if let Some(value) = self.heap.tuples.get(*tuple).items.get(*next) {
                                    *next += 1;
                                    push!(*value);
                                    next!()
                                }
                            }
                            _ => {
                                // A pair that is taken apart at once need not be made.
                                let after = code[pc + 1];
                                if after == Instr::UnpackSequence(2)
                                    && fuel >= i64::from(after.gas())
                                    && let Some((first, second)) = self.next_pair(id)
                                {
                                    fuel -= i64::from(after.gas());
                                    stack[sp] = second;
                                    stack[sp + 1] = first;
                                    sp += 2;
                                    next!(2)
                                }
                            }
                        }
                    }
                }
                Instr::ForIterStoreFast(exit, slot) => {
                    if let Value::Generator(id) = stack[sp - 1] {
                        let rest = cost - i64::from(Instr::ForIter(exit).gas());
                        if self.resume_for_loop(stack, id, sp, exit, pc + 1) {
                            fuel += rest;
                            load_registers!();
                        }
                    } else if let Value::Iter(id) = stack[sp - 1] {
                        match self.heap.iters.slot(id) {
                            Iter::Range { next, step, remaining } if *remaining > 0 => {
                                let value = *next;
                                *remaining -= 1;
                                *next = next.wrapping_add(*step);
                                stack[base + slot as usize] = Value::Int(value);
                                next!(2)
                            }
                            Iter::List { list, next } => {
                                if let Some(value) = self.heap.lists.get(*list).items.get(*next) {
                                    stack[base + slot as usize] = *value;
                                    *next += 1;
                                    next!(2)
                                }
                            }
                            Iter::Tuple { tuple, next } => {
                                if let Some(value) = self.heap.tuples.get(*tuple).items.get(*next) {
                                    stack[base + slot as usize] = *value;
                                    *next += 1;
                                    next!(2)
                                }
                            }
                            _ => {}
                        }
                    }
                }
                Instr::UnpackSequence(2) => {
                    let items: &[Value] = match stack[sp - 1] {
                        Value::Tuple(id) => self.heap.tuple(id),
                        Value::List(id) => self.heap.list(id),
                        _ => &[],
                    };
                    if let [first, second] = *items {
                        stack[sp - 1] = second;
                        push!(first);
                        next!()
                    }
                }
                Instr::UnpackSequence(3) => {
                    let items: &[Value] = match stack[sp - 1] {
                        Value::Tuple(id) => self.heap.tuple(id),
                        Value::List(id) => self.heap.list(id),
                        _ => &[],
                    };
                    if let [first, second, third] = *items {
                        stack[sp - 1] = third;
                        stack[sp] = second;
                        stack[sp + 1] = first;
                        sp += 2;
                        next!()
                    }
                }

                Instr::Call(count) => {
                    let at = sp - count as usize - 2;
                    if let Value::Native(id) = stack[at] {
                        let native = &self.base.natives[id.index()];
                        let bound = !stack[at + 1].is_undef();
                        let given = count + u32::from(bound);
                        if given >= native.direct.0 && given <= native.direct.1 && bound == native.is_method {
                            let function = native.def.call;
                            let start = at + 2 - usize::from(bound);
                            self.begin_attempt(fuel + cost);
                            let result = call!(function(self, &stack[start..sp]));
                            if let Ok(value) = result
                                && !self.wants_locals
                            {
                                stack[at] = value;
                                sp = at + 1;
                                next!()
                            }
                            self.unsettled = Some(Unsettled { native: id, at, result });
                            pc += 1;
                            break;
                        }
                    } else if let Value::Type(id) = stack[at]
                        && stack[at + 1].is_undef()
                    {
                        if id == crate::types::TYPE && count == 1 {
                            stack[at] = Value::Type(self.type_of(stack[at + 2]));
                            sp = at + 1;
                            next!()
                        }
                        // A built-in class is called as its constructor, by this instruction.
                        if let Some(Some(constructor)) = self.base.constructors.get(id.index())
                            && self.heap.types.get(id).layout != Layout::Closed
                        {
                            stack[at] = Value::Native(*constructor);
                            stack[at + 1] = Value::Type(id);
                            fuel += cost;
                            continue;
                        }
                    } else if let Value::Function(id) = stack[at] {
                        let receiver = usize::from(!stack[at + 1].is_undef());
                        let function = self.heap.functions.get(id);
                        let entry = &self.entries[function.code as usize];
                        let new_base = at + 2 - receiver;
                        if function.simple
                            && entry.positional as usize == count as usize + receiver
                            && entry.start != crate::base::UNLINKED
                            && new_base + entry.frame_size as usize <= stack.len()
                            && self.frames.len() < self.limits.depth as usize
                            && self.frames.len() < self.frames.capacity()
                        {
                            let new_sp = new_base + entry.slots as usize;
                            let start = entry.start;
                            let last = self.frames.len() - 1;
                            let caller = &mut self.frames[last];
                            caller.pc = pc as u32 + 1;
                            caller.top = at as u32;
                            self.frames.push(Frame {
                                pc: start,
                                base: new_base as u32,
                                top: new_sp as u32,
                                return_at: at as u32,
                                code: function.code,
                                generator: NO_GENERATOR,
                                globals: function.globals,
                                namespace: Value::Undef,
                                on_return: OnReturn::Push,
                                grants: 0,
                            });
                            for slot in &mut stack[sp..new_sp] {
                                *slot = Value::Undef;
                            }
                            base = new_base;
                            sp = new_sp;
                            jump!(start);
                        }
                    }
                }
                Instr::Yield
                    if self.yields_to_loop() && self.yield_value(stack, stack[sp - 1], pc + 1, sp - 1).is_ok() =>
                {
                    load_registers!();
                }
                Instr::ReturnValue => return_value!(stack[sp - 1]),
                Instr::FastReturn(slot) => return_value!(stack[base + slot as usize]),
                Instr::PopException => {
                    sp -= 1;
                    self.handled = stack[sp];
                    next!()
                }
                Instr::FormatSimple => {
                    if matches!(stack[sp - 1], Value::Str(_)) {
                        next!()
                    }
                }
                _ => {}
            }
            fuel += cost;
            break;
        }
        Registers { pc, sp, base, fuel }
    }

    /// As [`compare`], and whether two strings of the table of names are one.
    #[inline(always)]
    fn quick_compare(&self, op: CompareOperator, a: Value, b: Value) -> Option<bool> {
        if let (Value::Str(left), Value::Str(right)) = (a, b)
            && left != right
        {
            let (left, right) = (self.heap.strings.get(left), self.heap.strings.get(right));
            // Texts of 64 bytes and more are paid for by their length.
            return match op {
                CompareOperator::Eq if left.interned && right.interned && left.length < 16 => Some(false),
                CompareOperator::Ne if left.interned && right.interned && left.length < 16 => Some(true),
                _ => None,
            };
        }
        compare(op, a, b)
    }
}
