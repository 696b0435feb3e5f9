//! The loop over the common paths of the common instructions.
//!
//! Nothing here makes frames but for the simplest calls, nothing raises, and little else is called, so that the registers stay
//! in the processor's. An instruction that needs more is left, unpaid, to the general loop, which executes it and comes back.
//! A path that exists here need not exist there.

use npython_bytecode::{CompareOperator, Instr};

use crate::base::Native;
use crate::fault::Fault;
use crate::machine::{Machine, OnReturn, compare, operators};
use crate::names;
use crate::objects::{Iter, Layout};
use crate::value::{NativeId, Value};

use super::calls::CallSite;
use super::quick::{self, FOR_ITER_GAS, LOAD_GAS, binary, jump_target};
use super::registers::{Registers, Unsettled};
use super::steps::{is_plain_slice, is_sliceable};

/// Stands for the native function where none was called.
const NO_NATIVE: NativeId = NativeId::new(0);

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
            // Leaves the instruction, unpaid, to the general loop.
            macro_rules! general {
                () => {{
                    fuel += cost;
                    break;
                }};
            }
            // Pushes a value and goes on behind this instruction and the parts of it that follow.
            macro_rules! push {
                ($value:expr) => {
                    push!($value, 1)
                };
                ($value:expr, $count:expr) => {{
                    stack[sp] = $value;
                    sp += 1;
                    next!($count)
                }};
            }
            // Pushes the values of an instruction of two parts.
            macro_rules! push_two {
                ($first:expr, $second:expr) => {{
                    stack[sp] = $first;
                    stack[sp + 1] = $second;
                    sp += 2;
                    next!(2)
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
                        other => self.container_truth(other),
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
            // Drops the top, which is at `stack[sp]` then, and jumps if that is so.
            macro_rules! pop_jump {
                ($holds:expr, $target:expr) => {{
                    sp -= 1;
                    if $holds {
                        jump!($target);
                    }
                    next!()
                }};
            }
            // Jumps by the value on top, or drops it.
            macro_rules! jump_or_pop {
                ($when:expr, $target:expr) => {{
                    let truth = match stack[sp - 1] {
                        Value::None => Some(false),
                        value => value.as_bool(),
                    };
                    if let Some(truth) = truth {
                        if truth == $when {
                            jump!($target);
                        }
                        sp -= 1;
                        next!()
                    }
                }};
            }
            // Goes on behind a comparison and the parts of it that follow, the last a jump, which is made if it is false.
            macro_rules! branch {
                ($holds:expr, $width:expr) => {{
                    pc = if $holds { pc + $width } else { jump_target(code[pc + $width - 1]) };
                    continue;
                }};
            }
            macro_rules! return_value {
                ($value:expr) => {{
                    let value = $value;
                    if let Some(caller) = self.plain_return(stack, value) {
                        (pc, sp, base) = caller;
                        continue;
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
                    (pc, sp, base) = self.resume_place();
                    continue;
                }};
            }
            // A function that may charge and allocate; `before` is what was at hand when the instruction began.
            macro_rules! metered {
                ($call:expr) => {
                    metered!($call, fuel + cost)
                };
                ($call:expr, $before:expr) => {{
                    self.begin_attempt($before);
                    self.fuel = fuel;
                    let result = $call;
                    fuel = self.fuel;
                    result
                }};
            }
            // Has the loop pause before the next instruction when a collection is due. Not before this one is done, or it
            // would be tried for ever.
            macro_rules! let_collect {
                () => {
                    if self.heap.collect_requested {
                        self.slice_rest += fuel;
                        fuel = 0;
                    }
                };
            }
            macro_rules! call {
                ($call:expr) => {{
                    let result = metered!($call);
                    let_collect!();
                    result
                }};
            }
            // Leaves the outcome of this instruction, paid for, to the general loop.
            macro_rules! leave {
                ($width:expr, $native:expr, $at:expr, $result:expr) => {{
                    self.unsettled = Some(Unsettled { native: $native, at: $at, began: pc, result: $result });
                    pc += $width;
                    break;
                }};
            }
            // The value of a function that may charge and allocate goes to stack position `at`.
            macro_rules! value_at {
                ($at:expr, $call:expr) => {
                    value_at!($at, $call, 1, fuel + cost)
                };
                ($at:expr, $call:expr, $width:expr, $before:expr) => {{
                    let at = $at;
                    let result = metered!($call, $before);
                    let_collect!();
                    match result {
                        Ok(value) => {
                            stack[at] = value;
                            sp = at + 1;
                            next!($width)
                        }
                        fault => leave!($width, NO_NATIVE, at, fault),
                    }
                }};
            }
            // Does what the first part of a fused instruction does: its other parts are still in place.
            macro_rules! first_part {
                ($slot:expr) => {{
                    let value = stack[base + $slot as usize];
                    if !value.is_undef() {
                        fuel += cost - LOAD_GAS;
                        push!(value)
                    }
                }};
            }
            // A store that was made, or not even begun.
            macro_rules! effect_at {
                ($at:expr, $call:expr) => {
                    match metered!($call) {
                        Ok(true) => {
                            let_collect!();
                            sp = $at;
                            next!()
                        }
                        Ok(false) => {}
                        Err(fault) => leave!(1, NO_NATIVE, $at, Err(fault)),
                    }
                };
            }
            // Begins the frame of a function that is ready, called with `base..sp` as arguments.
            macro_rules! enter {
                ($id:expr, $at:expr, $base:expr, $on_return:expr) => {{
                    (pc, sp, base) = self.begin_frame(stack, $id, $base..sp, $at, $on_return, pc + 1);
                    continue;
                }};
            }
            // Begins the frame of a function that is given arguments by name, or not all of them.
            macro_rules! enter_completed {
                ($id:expr, $at:expr, $names:expr) => {{
                    let site = CallSite { at: $at, top: sp, names: $names, pc: pc + 1 };
                    if let Some(place) = self.begin_function(stack, $id, site) {
                        (pc, sp, base) = place;
                        continue;
                    }
                }};
            }
            // The same for the `__init__` of a class.
            macro_rules! construct {
                ($class:expr, $at:expr, $names:expr) => {{
                    let site = CallSite { at: $at, top: sp, names: $names, pc: pc + 1 };
                    match call!(self.begin_constructor(stack, $class, site)) {
                        Ok(Some(place)) => {
                            (pc, sp, base) = place;
                            continue;
                        }
                        Ok(None) => {}
                        Err(fault) => leave!(1, NO_NATIVE, $at, Err(fault)),
                    }
                }};
            }
            // Begins the frame of a guest method for the two operands on top, if it needs nothing but that. The instruction's
            // other parts, of which `rest` was paid, are executed behind it.
            macro_rules! enter_operator {
                ($name:expr, $on_return:expr, $rest:expr) => {{
                    if let Some(method) = self.operator_method(stack[sp - 2], stack[sp - 1], $name)
                        && self.is_ready(method, 2, sp, stack.len())
                    {
                        fuel += $rest;
                        stack[sp] = stack[sp - 2];
                        stack[sp + 1] = stack[sp - 1];
                        sp += 2;
                        enter!(method, sp - 2, sp - 2, $on_return)
                    }
                }};
            }
            macro_rules! enter_comparison {
                ($op:expr) => {{
                    let op: CompareOperator = $op;
                    let rest = cost - i64::from(Instr::Compare(op).gas());
                    enter_operator!(
                        names::compare_method(op),
                        OnReturn::Compare { op, stage: compare::LEFT_METHOD },
                        rest
                    )
                }};
            }
            // Goes on with the loop over a built-in iterator: the item is pushed unless it is `taken` otherwise.
            macro_rules! step_iterator {
                ($id:expr, $exit:expr, |$value:ident| $taken:block) => {
                    match metered!(self.next_native($id)) {
                        Ok(Some($value)) => {
                            let_collect!();
                            $taken
                            stack[sp] = $value;
                            sp += 1;
                            next!()
                        }
                        Ok(None) => {
                            let_collect!();
                            sp -= 1;
                            jump!($exit)
                        }
                        Err(Fault::Fallback) => {}
                        Err(fault) => {
                            if fault == Fault::Call {
                                self.pending.on_return = OnReturn::ForIter { exit: $exit };
                            }
                            leave!(1, NO_NATIVE, sp, Err(fault))
                        }
                    }
                };
            }
            // Takes an item that is at hand; a generator that is enumerated is resumed for the loop, which `rest` is not paid for.
            macro_rules! take_item {
                ($id:expr, $exit:expr, $rest:expr, |$value:ident| $taken:block) => {
                    match self.heap.iters.slot($id) {
                        Iter::Range { next, step, remaining } if *remaining > 0 => {
                            let $value = Value::Int(*next);
                            *remaining -= 1;
                            *next = next.wrapping_add(*step);
                            $taken
                        }
                        Iter::List { list, next } => {
                            if let Some(&$value) = self.heap.lists.get(*list).items.get(*next) {
                                *next += 1;
                                $taken
                            }
                        }
                        Iter::Tuple { tuple, next } => {
                            if let Some(&$value) = self.heap.tuples.get(*tuple).items.get(*next) {
                                *next += 1;
                                $taken
                            }
                        }
                        Iter::Enumerate { inner: Value::Generator(generator), .. } => {
                            let (generator, on_return) = (*generator, OnReturn::EnumerateForIter { exit: $exit });
                            if self.resume_for_loop(stack, generator, sp, on_return, pc + 1) {
                                fuel += $rest;
                                load_registers!();
                            }
                            general!();
                        }
                        _ => {}
                    }
                };
            }
            // Calls a native function with the `given` values up to the top, if it takes them as they are.
            macro_rules! call_native {
                ($id:expr, $native:expr, $at:expr, $given:expr) => {{
                    let (native, at, given): (&Native, usize, u32) = ($native, $at, $given);
                    let start = sp - given as usize;
                    let end = start + native.direct.total(given);
                    if native.direct.fits(given) && end <= stack.len() {
                        let function = native.def.call;
                        for slot in &mut stack[sp..end] {
                            *slot = Value::Undef;
                        }
                        let result = call!(function(self, &stack[start..end]));
                        if let Ok(value) = result
                            && !self.wants_locals
                        {
                            stack[at] = value;
                            sp = at + 1;
                            next!()
                        }
                        leave!(1, $id, at, result)
                    }
                }};
            }

            match instr {
                Instr::Nop => next!(),
                Instr::Pop => {
                    sp -= 1;
                    next!()
                }
                Instr::Copy(n) => push!(stack[sp - n as usize]),
                Instr::Swap(n) => {
                    stack.swap(sp - 1, sp - n as usize);
                    next!()
                }
                Instr::PushUndef => push!(Value::Undef),
                Instr::LoadConst(index) => push!(self.segment.constants[index as usize]),
                Instr::LoadInt(value) => push!(Value::Int(i64::from(value))),
                Instr::LoadNone => push!(Value::None),
                Instr::LoadTrue => push!(Value::True),
                Instr::LoadFalse => push!(Value::False),

                Instr::LoadFast(slot) => {
                    let value = stack[base + slot as usize];
                    if !value.is_undef() {
                        push!(value)
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
                        push_two!(first, second)
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
                        push_two!(value, Value::Int(i64::from(b)))
                    }
                }
                Instr::LoadFastLoadConst(a, b) => {
                    let value = stack[base + a as usize];
                    if !value.is_undef() {
                        push_two!(value, self.segment.constants[b as usize])
                    }
                }
                Instr::LoadCell(slot) => push!(stack[base + slot as usize]),
                Instr::LoadDeref(slot) => {
                    if let Value::Cell(id) = stack[base + slot as usize] {
                        let content = self.heap.cells.get(id).content;
                        if !content.is_undef() {
                            push!(content)
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
                    if let Some(value) = self.cached_global(index) {
                        push!(value)
                    }
                }
                Instr::StoreGlobal(index) if self.cached_global_store(index, stack[sp - 1]) => {
                    sp -= 1;
                    next!()
                }

                Instr::LoadAttr(index) => {
                    if let Some(value) = self.cached_attribute(stack[sp - 1], index) {
                        stack[sp - 1] = value;
                        next!()
                    }
                    if let Some(getter) = self.cached_getter(stack[sp - 1], index)
                        && self.is_ready(getter, 1, sp - 1, stack.len())
                    {
                        enter!(getter, sp - 1, sp - 1, OnReturn::Push)
                    }
                    recall!(stack[sp - 1], index);
                }
                Instr::FastLoadAttr(slot, index) => {
                    let object = stack[base + slot as usize];
                    if let Some(value) = self.cached_attribute(object, index) {
                        push!(value, 2)
                    }
                    if self.cached_getter(object, index).is_some() {
                        first_part!(slot)
                    }
                    recall!(object, index);
                }
                Instr::LoadMethod(index) => {
                    let object = stack[sp - 1];
                    if let Some(function) = self.cached_method(object, index) {
                        stack[sp - 1] = function;
                        push!(object)
                    }
                    if let Some(function) = self.cached_attribute(object, index) {
                        stack[sp - 1] = function;
                        push!(Value::Undef)
                    }
                    recall!(object, index);
                }
                Instr::FastLoadMethod(slot, index) => {
                    let object = stack[base + slot as usize];
                    if let Some(function) = self.cached_method(object, index) {
                        push_two!(function, object)
                    }
                    recall!(object, index);
                    if let Value::Module(_) | Value::Type(_) | Value::Instance(_) = object {
                        first_part!(slot)
                    }
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
                    if let Some(method) = self.guest_method(stack[sp - 2], names::GETITEM)
                        && self.is_ready(method, 2, sp - 2, stack.len())
                    {
                        enter!(method, sp - 2, sp - 2, OnReturn::Push)
                    }
                    value_at!(sp - 2, self.subscript(stack[sp - 2], stack[sp - 1]))
                }
                Instr::FastSubscript(slot) => {
                    if let Some(value) = self.item_at(stack[sp - 1], stack[base + slot as usize]) {
                        stack[sp - 1] = value;
                        next!(2)
                    }
                    first_part!(slot)
                }
                Instr::FastFastSubscript(container, key) => {
                    if let Some(value) = self.item_at(stack[base + container as usize], stack[base + key as usize]) {
                        push!(value, 3)
                    }
                    first_part!(container)
                }
                Instr::BuildSlice(count) => {
                    let at = sp - count as usize;
                    let (start, stop) = (stack[at], stack[at + 1]);
                    let step = if count == 3 { stack[at + 2] } else { Value::None };
                    // A slice that only says which items to read need not be made.
                    let after = code[pc + 1];
                    if after == Instr::LoadSubscript
                        && fuel >= i64::from(after.gas())
                        && is_plain_slice(start, stop, step)
                        && is_sliceable(stack[at - 1])
                    {
                        let before = fuel + cost;
                        fuel -= i64::from(after.gas());
                        value_at!(at - 1, self.passing_part(stack[at - 1], start, stop, step), 2, before)
                    }
                }
                Instr::Contains => {
                    value_at!(sp - 2, self.contains(stack[sp - 2], stack[sp - 1], false))
                }
                Instr::NotContains => {
                    value_at!(sp - 2, self.contains(stack[sp - 2], stack[sp - 1], true))
                }
                Instr::StoreSubscript => {
                    if self.store_item_at(stack[sp - 2], stack[sp - 1], stack[sp - 3]) {
                        sp -= 3;
                        next!()
                    }
                    effect_at!(sp - 3, self.store_in_dict(stack[sp - 2], stack[sp - 1], stack[sp - 3]))
                }
                Instr::MapAdd(depth) => {
                    let dict = stack[sp - 2 - depth as usize];
                    effect_at!(sp - 2, self.store_in_dict(dict, stack[sp - 2], stack[sp - 1]))
                }
                Instr::SetAdd(depth) => {
                    effect_at!(sp - 1, self.store_in_set(stack[sp - 1 - depth as usize], stack[sp - 1]))
                }
                Instr::ListAppend(depth) => {
                    if let Value::List(list) = stack[sp - 1 - depth as usize] {
                        let items = &mut self.heap.lists.slot(list).items;
                        if items.len() < items.capacity() {
                            sp -= 1;
                            items.push(stack[sp]);
                            next!()
                        }
                        effect_at!(sp - 1, self.heap.list_push(list, stack[sp - 1]).map(|()| true))
                    }
                }
                Instr::BuildTuple(count) => {
                    let at = sp - count as usize;
                    value_at!(at, self.heap.new_tuple(&stack[at..sp]))
                }
                Instr::BuildList(count) => {
                    let at = sp - count as usize;
                    value_at!(at, self.heap.new_list(stack[at..sp].to_vec()))
                }
                Instr::BuildMap(count) => {
                    let at = sp - count as usize * 2;
                    value_at!(at, self.build_map(&stack[at..sp]))
                }
                Instr::BuildString(count) => {
                    let at = sp - count as usize;
                    value_at!(at, self.build_string(&stack[at..sp]))
                }
                Instr::FormatWithSpec => {
                    value_at!(sp - 2, self.format_value(stack[sp - 2], Some(stack[sp - 1])))
                }
                Instr::ConvertValue(conversion) => {
                    value_at!(sp - 1, self.convert_value(conversion, stack[sp - 1]))
                }
                Instr::GetIter => value_at!(sp - 1, self.get_iter(stack[sp - 1])),

                Instr::Binary(op) | Instr::Inplace(op) => {
                    if let Some(value) = binary(op, stack[sp - 2], stack[sp - 1]) {
                        sp -= 1;
                        stack[sp - 1] = value;
                        next!()
                    }
                    let in_place = matches!(instr, Instr::Inplace(_));
                    if !in_place {
                        let on_return = OnReturn::Binary { op, inplace: false, stage: operators::LEFT_METHOD };
                        enter_operator!(names::binary_methods(op).0, on_return, 0)
                    }
                    value_at!(sp - 2, self.operate(op, in_place, stack[sp - 2], stack[sp - 1]))
                }
                Instr::FastFastBinary(a, b, op) => {
                    if let Some(value) = binary(op, stack[base + a as usize], stack[base + b as usize]) {
                        push!(value, 3)
                    }
                }
                Instr::FastIntBinary(a, b, op) => {
                    if let Some(value) = binary(op, stack[base + a as usize], Value::Int(i64::from(b))) {
                        push!(value, 3)
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
                    enter_comparison!(op)
                }
                Instr::CompareJumpFalse(op) => {
                    if let Some(value) = self.quick_compare(op, stack[sp - 2], stack[sp - 1]) {
                        sp -= 2;
                        branch!(value, 2)
                    }
                    enter_comparison!(op)
                }
                Instr::CompareJumpTrue(op) => {
                    if let Some(value) = self.quick_compare(op, stack[sp - 2], stack[sp - 1]) {
                        sp -= 2;
                        branch!(!value, 2)
                    }
                    enter_comparison!(op)
                }
                Instr::IntCompareJumpFalse(b, op) => {
                    if let Some(value) = quick::compare(op, stack[sp - 1], Value::Int(i64::from(b))) {
                        sp -= 1;
                        branch!(value, 3)
                    }
                }
                Instr::FastFastCompareJumpFalse(a, b, op) => {
                    if let Some(value) = quick::compare(op, stack[base + a as usize], stack[base + b as usize]) {
                        branch!(value, 4)
                    }
                }
                Instr::FastIntCompareJumpFalse(a, b, op) => {
                    if let Some(value) = quick::compare(op, stack[base + a as usize], Value::Int(i64::from(b))) {
                        branch!(value, 4)
                    }
                }
                Instr::Is | Instr::IsNot => {
                    sp -= 1;
                    stack[sp - 1] = Value::bool(stack[sp - 1].is(stack[sp]) == (instr == Instr::Is));
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
                Instr::PopJumpIfNone(target) => pop_jump!(stack[sp].is_none(), target),
                Instr::PopJumpIfNotNone(target) => pop_jump!(!stack[sp].is_none(), target),
                Instr::JumpIfFalseOrPop(target) => jump_or_pop!(false, target),
                Instr::JumpIfTrueOrPop(target) => jump_or_pop!(true, target),

                Instr::ForIter(exit) => {
                    if let Value::Generator(id) = stack[sp - 1] {
                        if self.resume_for_loop(stack, id, sp, OnReturn::GeneratorForIter { exit }, pc + 1) {
                            load_registers!();
                        }
                    } else if let Value::Iter(id) = stack[sp - 1] {
                        take_item!(id, exit, 0, |value| { push!(value) });
                        // A pair that is taken apart at once need not be made.
                        let after = code[pc + 1];
                        if after == Instr::UnpackSequence(2)
                            && fuel >= i64::from(after.gas())
                            && let Some((first, second)) = self.next_pair(id)
                        {
                            fuel -= i64::from(after.gas());
                            push_two!(second, first)
                        }
                        step_iterator!(id, exit, |value| {})
                    }
                }
                Instr::ForIterStoreFast(exit, slot) => {
                    let rest = cost - FOR_ITER_GAS;
                    if let Value::Generator(id) = stack[sp - 1] {
                        if self.resume_for_loop(stack, id, sp, OnReturn::GeneratorForIter { exit }, pc + 1) {
                            fuel += rest;
                            load_registers!();
                        }
                    } else if let Value::Iter(id) = stack[sp - 1] {
                        take_item!(id, exit, rest, |value| {
                            stack[base + slot as usize] = value;
                            next!(2)
                        });
                        // An item that is not at hand is paid for by the first part.
                        fuel += rest;
                        step_iterator!(id, exit, |value| {
                            if fuel >= rest {
                                fuel -= rest;
                                stack[base + slot as usize] = value;
                                next!(2)
                            }
                        });
                        fuel -= rest;
                    }
                }
                Instr::UnpackSequence(2) => {
                    if let [first, second] = *self.sequence_items(stack[sp - 1]) {
                        stack[sp - 1] = second;
                        push!(first)
                    }
                }
                Instr::UnpackSequence(3) => {
                    if let [first, second, third] = *self.sequence_items(stack[sp - 1]) {
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
                        if native.trusts_receiver == Some(bound) {
                            call_native!(id, native, at, count + u32::from(bound));
                        }
                    } else if let Value::Type(id) = stack[at]
                        && stack[at + 1].is_undef()
                    {
                        if id == crate::types::TYPE && count == 1 {
                            stack[at] = Value::Type(self.type_of(stack[at + 2]));
                            sp = at + 1;
                            next!()
                        }
                        // A built-in class is called as its constructor.
                        if let Some(Some(constructor)) = self.base.constructors.get(id.index())
                            && self.heap.types.get(id).layout != Layout::Closed
                        {
                            stack[at] = Value::Native(*constructor);
                            stack[at + 1] = Value::Type(id);
                            let native = &self.base.natives[constructor.index()];
                            call_native!(*constructor, native, at, count + 1);
                        } else if let Some(init) = self.plain_constructor(id)
                            && self.is_ready(init, count as usize + 1, at + 1, stack.len())
                        {
                            match call!(self.new_instance(id, Value::Undef)) {
                                Ok(instance) => {
                                    stack[at] = instance;
                                    stack[at + 1] = instance;
                                    enter!(init, at, at + 1, OnReturn::Init)
                                }
                                fault => leave!(1, NO_NATIVE, at, fault),
                            }
                        }
                        construct!(id, at, None);
                    } else if let Value::Function(id) = stack[at] {
                        let receiver = usize::from(!stack[at + 1].is_undef());
                        let new_base = at + 2 - receiver;
                        if self.is_ready(id, count as usize + receiver, new_base, stack.len()) {
                            enter!(id, at, new_base, OnReturn::Push)
                        }
                        enter_completed!(id, at, None);
                    }
                }
                Instr::CallKeywords(count, names) => {
                    let at = sp - count as usize - 2;
                    match stack[at] {
                        Value::Function(id) => enter_completed!(id, at, Some(names)),
                        Value::Type(id) if stack[at + 1].is_undef() => construct!(id, at, Some(names)),
                        _ => {}
                    }
                }
                Instr::Yield => {
                    let value = stack[sp - 1];
                    if self.takes_yielded(stack, value) {
                        stack[sp - 1] = Value::None;
                        next!()
                    }
                    if self.yields_to_loop() && self.yield_value(stack, value, pc + 1, sp - 1).is_ok() {
                        load_registers!();
                    }
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
                    value_at!(sp - 1, self.format_value(stack[sp - 1], None))
                }
                _ => {}
            }
            fuel += cost;
            break;
        }
        Registers { pc, sp, base, fuel }
    }
}
