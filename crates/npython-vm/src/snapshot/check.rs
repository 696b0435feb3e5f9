//! Checks of a decoded machine: a snapshot may be forged, so nothing in it is believed that could lead the machine out of
//! its own arrays. Handles were counted while they were decoded; here are the numbers that are not handles, and what
//! has to agree.

use hashbrown::HashMap;
use npython_bytecode::{CodeFlags, Instr, stack_depths};

use crate::base::UNLINKED;
use crate::machine::{Frame, Machine, NO_GENERATOR, OnReturn, Status};
use crate::objects::{GeneratorState, Iter, NO_SHAPE, Object, Selection, Tool, Tuple};
use crate::value::{Id, Value};

use super::SnapshotError;

type Check = Result<(), SnapshotError>;

fn ensure(holds: bool, otherwise: &'static str) -> Check {
    if holds { Ok(()) } else { Err(SnapshotError::Malformed(otherwise)) }
}

/// Checks everything but strings, code and limits, which have checks of their own.
pub(super) fn check(machine: &Machine) -> Check {
    check_objects(machine)?;
    check_classes(machine)?;
    check_iterators(machine)?;
    let mut depths = Depths::default();
    check_generators(machine, &mut depths)?;
    check_frames(machine, &mut depths)?;
    check_status(machine, &mut depths)
}

fn code_exists(machine: &Machine, code: u32) -> bool {
    let own = (code as usize).checked_sub(machine.base.codes.len());
    own.is_none_or(|place| machine.own_codes.is_held(place))
}

fn check_objects(machine: &Machine) -> Check {
    let heap = &machine.heap;
    for id in heap.functions.live_ids() {
        let function = heap.functions.get(id);
        ensure(code_exists(machine, function.code), "a function without code")?;
        let free = machine.code(function.code).free_names.len();
        ensure(function.closure.len() == free, "a function whose closure does not fit its code")?;
        let simple = machine.entries.get(function.code as usize).is_some_and(|entry| entry.simple);
        ensure(simple || !function.simple, "a function whose parameters do not fit its code")?;
    }
    for id in heap.exceptions.live_ids() {
        let known = heap.exceptions.get(id).traceback.iter().all(|entry| code_exists(machine, entry.code));
        ensure(known, "a traceback through code that does not exist")?;
    }
    for id in heap.objects.live_ids() {
        let sound = match heap.objects.get(id) {
            Object::Free => false,
            Object::Code { code } => code_exists(machine, *code),
            Object::Compiled { codes, .. } => codes.iter().all(|code| code_exists(machine, *code)),
            Object::MemoryView { source, layout, .. } => match *source {
                Value::Bytes(id) => layout.fits(machine.heap.bytes.get(id).data.len()),
                Value::ByteArray(id) => layout.fits(machine.heap.byte_arrays.get(id).data.len()),
                _ => layout.shape.len() == layout.strides.len(),
            },
            Object::Deque(queue) => queue.most.is_none_or(|most| queue.items.len() <= most),
            _ => true,
        };
        ensure(sound, "an object out of range")?;
    }
    for id in heap.big_ints.live_ids() {
        ensure(i64::try_from(heap.big_ints.get(id)).is_err(), "a small int stored as a big one")?;
    }
    for id in heap.ranges.live_ids() {
        let whole = heap
            .ranges
            .get(id)
            .wide
            .iter()
            .all(|bound| matches!(bound, Value::Undef | Value::Int(_) | Value::BigInt(_)));
        ensure(whole, "a range over something else than ints")?;
    }
    Ok(())
}

fn check_classes(machine: &Machine) -> Check {
    let heap = &machine.heap;
    let root_fits =
        |shape: u32| shape == NO_SHAPE || heap.shapes.get(shape).is_some_and(|shape| shape.names.is_empty());
    for id in heap.types.live_ids() {
        let class = heap.types.get(id);
        ensure(root_fits(class.root_shape), "a class whose instances have no shape")?;
    }
    ensure(
        machine.native_root_shapes.iter().all(|(_, shape)| root_fits(*shape)),
        "a class whose instances have no shape",
    )?;
    for id in heap.instances.live_ids() {
        let instance = heap.instances.get(id);
        let fits = match heap.shapes.get(instance.shape) {
            Some(shape) => shape.names.len() == instance.slots.len() && instance.dict.is_none(),
            None => instance.shape == NO_SHAPE,
        };
        ensure(fits, "an instance that does not have its shape")?;
        ensure(!matches!(instance.payload, Value::Instance(_)), "an instance around an instance")?;
    }
    Ok(())
}

/// Whether the positions in the state of an iterator of `itertools` are positions of what it draws from.
fn positions_fit(machine: &Machine, tool: &Tool) -> bool {
    let length = |pool: &Id<Tuple>| machine.heap.tuple(*pool).len();
    match tool {
        Tool::Product { pools, chosen, begun } => {
            let mut places = pools.iter().zip(chosen);
            pools.len() == chosen.len() && (!begun || places.all(|(pool, position)| *position < length(pool)))
        }
        Tool::Selection { kind, pool, chosen, .. } => {
            let count = length(pool);
            (*kind == Selection::WithReplacement || chosen.len() <= count) && chosen.iter().all(|at| *at < count)
        }
        Tool::Permutations { pool, order, cycles, .. } => {
            let count = length(pool);
            order.len() == count
                && cycles.len() <= count
                && order.iter().all(|at| *at < count)
                && cycles.iter().enumerate().all(|(at, left)| (1..=count - at).contains(left))
        }
        Tool::Cycle { next, .. } | Tool::Tee { next, .. } => *next < usize::MAX,
        _ => true,
    }
}

fn check_iterators(machine: &Machine) -> Check {
    let heap = &machine.heap;
    for id in heap.iters.live_ids() {
        let sound = match heap.iters.get(id) {
            Iter::Str { string, next } => heap.str(*string).is_char_boundary(*next),
            Iter::Replay { items, next, .. } => *next <= items.len(),
            Iter::Tool { tool, .. } => positions_fit(machine, tool),
            _ => true,
        };
        ensure(sound, "an iterator out of range")?;
    }
    Ok(())
}

fn linked_range(machine: &Machine, code: u32) -> Option<std::ops::Range<u32>> {
    let entry = machine.entries.get(code as usize).filter(|entry| entry.start != UNLINKED)?;
    Some(entry.start..entry.start.saturating_add(machine.code(code).instrs.len() as u32))
}

/// Operand depths of the code objects met, by code number.
#[derive(Default)]
struct Depths {
    known: HashMap<u32, Vec<Option<u32>>>,
}

impl Depths {
    /// Whether `operands` is what the instruction of `code` at address `pc` finds on the stack.
    fn fit(&mut self, machine: &Machine, code: u32, pc: u32, operands: i64) -> bool {
        let depths = self.known.entry(code).or_insert_with(|| stack_depths(machine.code(code)).unwrap_or_default());
        let at = machine.code_position(code, pc) as usize;
        // `raise` of a class runs again with the instance in the place of all its operands, if it runs again at all.
        let missing = i64::from(matches!(machine.code(code).instrs.get(at), Some(Instr::Raise(2))));
        depths
            .get(at)
            .copied()
            .flatten()
            .is_some_and(|depth| (operands..=operands + missing).contains(&i64::from(depth)))
    }
}

/// Operands of the caller that `on_return` adds to those below the place of the result, for the next instruction.
fn growth(on_return: OnReturn) -> i64 {
    match on_return {
        OnReturn::Binary { .. }
        | OnReturn::Compare { .. }
        | OnReturn::GetAttrHook
        | OnReturn::BoolJump { .. }
        | OnReturn::Remember => -1,
        OnReturn::Consume(consumer) => 1 - i64::from(consumer.state()),
        OnReturn::Discard
        | OnReturn::NextDefault
        | OnReturn::GeneratorNextDefault
        | OnReturn::AttributeDefault
        | OnReturn::NamespaceLookup => 0,
        OnReturn::Method | OnReturn::GroupMatch => 2,
        _ => 1,
    }
}

fn check_generators(machine: &Machine, depths: &mut Depths) -> Check {
    let heap = &machine.heap;
    for id in heap.generators.live_ids() {
        let generator = heap.generators.get(id);
        let frame = &generator.frame;
        ensure(code_exists(machine, frame.code), "a generator without code")?;
        // One whose delegate is being closed counts as running, although its frame is put away.
        let on_stack = generator.state == GeneratorState::Running
            && machine.frames.iter().any(|frame| frame.generator == id.number());
        let put_away = !on_stack && matches!(generator.state, GeneratorState::Suspended | GeneratorState::Running);
        let grants = if put_away { frame.grants as usize } else { 0 };
        ensure(generator.own_grants().len() == grants, "a generator with other grants than its frame")?;
        match generator.state {
            GeneratorState::Finished => {}
            GeneratorState::Running if on_stack => {}
            GeneratorState::Created | GeneratorState::Suspended | GeneratorState::Running => {
                let entry = machine.entries.get(frame.code as usize);
                let fits = entry.is_some_and(|entry| {
                    (entry.slots as usize..=entry.frame_size as usize).contains(&generator.stack.len())
                });
                let here = linked_range(machine, frame.code).is_some_and(|range| range.contains(&frame.pc));
                let suspendable = machine.code(frame.code).flags.has(CodeFlags::SUSPENDABLE);
                let known = frame.generator == id.number();
                ensure(fits && here && suspendable && known, "a generator whose frame does not fit its code")?;
                // A suspended one is resumed with a value more.
                let slots = entry.map_or(0, |entry| i64::from(entry.slots));
                let more = i64::from(put_away);
                let operands = generator.stack.len() as i64 - slots + more;
                ensure(
                    depths.fit(machine, frame.code, frame.pc, operands),
                    "a generator with other operands than its code has",
                )?;
            }
        }
    }
    Ok(())
}

/// Operands of the caller below the place of the result, and a place in the caller's code, that `on_return` relies on.
fn reliance(on_return: OnReturn) -> (u32, Option<u32>) {
    match on_return {
        OnReturn::Binary { .. } | OnReturn::Compare { .. } | OnReturn::GetAttrHook | OnReturn::Remember => (2, None),
        OnReturn::NextDefault
        | OnReturn::GeneratorNextDefault
        | OnReturn::AttributeDefault
        | OnReturn::NamespaceLookup => (1, None),
        OnReturn::DelegateClosed { .. } => (1, None),
        OnReturn::ForIter { exit }
        | OnReturn::GeneratorForIter { exit }
        | OnReturn::EnumerateForIter { exit }
        | OnReturn::GeneratorSend { exit }
        | OnReturn::Send { exit } => (1, Some(exit)),
        OnReturn::AsyncGeneratorStep => (0, None),
        OnReturn::Consume(consumer) => (consumer.state(), None),
        OnReturn::BoolJump { target, .. } => (1, Some(target)),
        _ => (0, None),
    }
}

fn check_frames(machine: &Machine, depths: &mut Depths) -> Check {
    let mut caller: Option<&Frame> = None;
    let grants: u64 = machine.frames.iter().map(|frame| u64::from(frame.grants)).sum();
    ensure(grants == machine.grants.len() as u64, "other grants than the frames have")?;
    let last = machine.open_grants.last_key_value();
    ensure(last.is_none_or(|(serial, _)| *serial < machine.next_grant), "a grant from the future")?;
    for frame in &machine.frames {
        let Some(range) = linked_range(machine, frame.code) else {
            return Err(SnapshotError::Malformed("a frame without code"));
        };
        let Some(entry) = machine.entries.get(frame.code as usize) else {
            return Err(SnapshotError::Malformed("a frame without code"));
        };
        let first_operand = frame.base.saturating_add(entry.slots);
        let end = frame.base.saturating_add(entry.frame_size);
        ensure(range.contains(&frame.pc), "a frame outside of its code")?;
        ensure(first_operand <= frame.top && frame.top <= end, "a frame whose operands do not fit its code")?;
        ensure(end as usize <= machine.stack.len(), "a frame above the stack")?;
        match caller {
            None => ensure(frame.on_return == OnReturn::Exit, "a bottom frame that does not end the run")?,
            Some(caller) => check_call(machine, depths, caller, frame)?,
        }
        check_body(machine, frame)?;
        caller = Some(frame);
    }
    Ok(())
}

/// The frame lies above its caller's operands, and its result has a place there.
fn check_call(machine: &Machine, depths: &mut Depths, caller: &Frame, frame: &Frame) -> Check {
    let slots = machine.entries.get(caller.code as usize).map_or(0, |entry| entry.slots);
    let (operands, target) = reliance(frame.on_return);
    let lowest = caller.base.saturating_add(slots).saturating_add(operands);
    ensure(lowest <= frame.return_at && frame.return_at <= frame.base, "a result without a place")?;
    ensure(caller.top <= frame.base, "a frame among the operands of its caller")?;
    ensure(frame.on_return != OnReturn::Exit, "a bottom frame that is not at the bottom")?;
    let inside =
        target.is_none_or(|target| linked_range(machine, caller.code).is_some_and(|range| range.contains(&target)));
    ensure(inside, "a result that leads out of the code")?;
    let operands = i64::from(frame.return_at) - i64::from(caller.base) - i64::from(slots) + growth(frame.on_return);
    let next = caller.pc.saturating_sub(u32::from(frame.on_return == OnReturn::Repeat));
    ensure(depths.fit(machine, caller.code, next, operands), "a frame with other operands than its code has")
}

/// A generator's frame belongs to a running generator, and only such a frame does.
fn check_body(machine: &Machine, frame: &Frame) -> Check {
    let suspendable = machine.code(frame.code).flags.has(CodeFlags::SUSPENDABLE);
    if frame.generator == NO_GENERATOR {
        return ensure(!suspendable, "a generator's frame without generator");
    }
    let generators = &machine.heap.generators;
    let id = Id::new(frame.generator);
    let runs = u64::from(frame.generator) < generators.end() && generators.get(id).state == GeneratorState::Running;
    ensure(suspendable && runs, "a frame of a generator that does not run")
}

fn check_status(machine: &Machine, depths: &mut Depths) -> Check {
    let settled = machine.follow_up.is_none() && machine.unwind_pc.is_none() && !machine.wants_locals;
    ensure(settled && machine.fuel == 0 && machine.slice_rest == 0, "a machine in the middle of an instruction")?;
    match (machine.status, &machine.suspension, machine.frames.last()) {
        (Status::Idle, None, _) => Ok(()),
        (Status::Ready, None, Some(frame)) => {
            let slots = machine.entries.get(frame.code as usize).map_or(0, |entry| entry.slots);
            let operands = i64::from(frame.top) - i64::from(frame.base) - i64::from(slots);
            // A host call that failed is raised before the next instruction, which is then never reached from here.
            let fits = !machine.raised.is_undef() || depths.fit(machine, frame.code, frame.pc, operands);
            ensure(fits, "a frame with other operands than its code has")
        }
        (Status::AwaitingHost, Some(call), Some(frame)) => {
            let slots = machine.entries.get(frame.code as usize).map_or(0, |entry| entry.slots);
            let places = [
                frame.base.saturating_add(slots),
                call.answer_at,
                call.arguments[0],
                call.arguments[1],
                call.arguments[2],
            ];
            let in_order = places.is_sorted() && call.answer_at < call.arguments[0];
            let inside = call.arguments[2] as usize <= machine.stack.len();
            let named = (call.arguments[2].saturating_sub(call.arguments[1])) as usize == call.keywords.len();
            ensure(in_order && inside && named, "a host call without its arguments")?;
            let operands = i64::from(call.answer_at) - i64::from(frame.base) - i64::from(slots) + 1;
            ensure(depths.fit(machine, frame.code, frame.pc, operands), "a frame with other operands than its code has")
        }
        (Status::AwaitingGrant, None, Some(frame)) => {
            ensure(machine.pending_scope_request().is_some(), "a scope without name and token")?;
            let slots = machine.entries.get(frame.code as usize).map_or(0, |entry| entry.slots);
            // Name and token are still there.
            let operands = i64::from(frame.top) - i64::from(frame.base) - i64::from(slots) - 2;
            ensure(depths.fit(machine, frame.code, frame.pc, operands), "a frame with other operands than its code has")
        }
        _ => Err(SnapshotError::Malformed("a machine that neither runs nor waits")),
    }
}
