//! Stepping the iterators of `itertools`.
//!
//! As long as what they draw from and what they call needs no guest code, the machine makes the steps. Where guest code is
//! needed, and the caller can run it, the iterator becomes a generator of the prelude, which goes on from the same state.

mod calling;
mod groups;

use npython_bytecode::BinaryOperator;

use crate::fault::Fault;
use crate::names;
use crate::objects::{Iter, List, TEE_BLOCK, Tool};
use crate::value::{Id, Value};

use super::super::Machine;

/// The next item, `None` at the end.
type Step = Result<Option<Value>, Fault>;

/// Who makes a step: whether guest code may be asked for, and how deep the iterator is inside others.
#[derive(Clone, Copy)]
pub(super) struct Stepper {
    guest: bool,
    depth: u32,
}

impl Machine {
    pub(super) fn step_tool(&mut self, id: Id<Iter>, guest: bool, depth: u32) -> Step {
        let Iter::Tool { tool, .. } = self.heap.iters.get(id) else { return Ok(None) };
        let by = Stepper { guest, depth };
        match **tool {
            Tool::Ended => Ok(None),
            Tool::Chain { outer, current } => self.step_chain(id, outer, current, by),
            Tool::Slice { inner, .. } => self.step_slice(id, inner, by),
            Tool::Repeat { .. } => Ok(self.step_repeat(id)),
            Tool::Count { next, step } => self.step_count(id, next, step, by),
            Tool::Cycle { inner, saved, .. } => self.step_cycle(id, inner, saved, by),
            Tool::Accumulate { .. } => self.step_accumulate(id, by),
            Tool::Pairwise { inner, previous } => self.step_pairwise(id, inner, previous, by),
            Tool::Batched { inner, size, strict } => self.step_batched(id, inner, size, strict, by),
            Tool::Compress { data, selectors } => self.step_compress(id, data, selectors, by),
            Tool::ZipLongest { fill, .. } => self.step_zip_longest(id, fill, by),
            Tool::Sieve { kind, function, inner } => self.step_sieve(id, kind, function, inner, by),
            Tool::Starmap { function, inner } => self.step_starmap(id, function, inner, by),
            Tool::GroupBy { state } => self.step_group_by(id, state, by),
            Tool::Group { state, target, number } => self.step_group(id, state, target, number, by),
            Tool::Tee { inner, block, next } => self.step_tee(id, inner, block, next, by),
            Tool::Product { .. } => self.step_product(id),
            Tool::Selection { .. } => self.step_selection(id),
            Tool::Permutations { .. } => self.step_permutations(id),
        }
    }

    pub(super) fn tool_mut(&mut self, id: Id<Iter>) -> Option<&mut Tool> {
        match self.heap.iters.slot(id) {
            Iter::Tool { tool, .. } => Some(tool),
            _ => None,
        }
    }

    /// It gives nothing more and keeps nothing alive.
    pub(super) fn end_tool(&mut self, id: Id<Iter>) {
        if let Some(tool) = self.tool_mut(id) {
            *tool = Tool::Ended;
        }
    }

    /// Has the prelude function go on, where guest code may run.
    fn go_on_in_guest(&mut self, id: Id<Iter>, by: Stepper, function: &str, state: &[Value]) -> Fault {
        if !by.guest {
            return Fault::Fallback;
        }
        let mut args: smallvec::SmallVec<[Value; 6]> = smallvec::smallvec![Value::Iter(id)];
        args.extend(state.iter().map(|value| if value.is_undef() { Value::Missing } else { *value }));
        self.prelude_call(function, &args)
    }

    /// `iter(value)`; `Fallback` where a guest method has to tell.
    fn iter_without_guest(&mut self, value: Value) -> Result<Value, Fault> {
        if let Some(method) = self.is_guest_special(value, names::ITER)
            && !method.is_none()
        {
            return Err(Fault::Fallback);
        }
        match self.get_iter(value) {
            Err(Fault::Call) => Err(Fault::Fallback),
            other => other,
        }
    }

    fn step_chain(&mut self, id: Id<Iter>, outer: Value, current: Value, by: Stepper) -> Step {
        let mut current = current;
        loop {
            if !current.is_undef() {
                match self.step_inner(current, by.depth) {
                    Ok(None) => self.set_chained(id, Value::Undef),
                    Err(Fault::Fallback) => return Err(self.go_on_in_guest(id, by, "_chain_on", &[outer, current])),
                    other => return other,
                }
            }
            self.charge(1)?;
            match self.step_inner(outer, by.depth) {
                Ok(Some(iterable)) => match self.iter_without_guest(iterable) {
                    Ok(iterator) => {
                        current = iterator;
                        self.set_chained(id, iterator);
                    }
                    Err(Fault::Fallback) => {
                        self.unread(outer, &[iterable])?;
                        return Err(self.go_on_in_guest(id, by, "_chain_on", &[outer, Value::Undef]));
                    }
                    Err(fault) => {
                        self.end_tool(id);
                        return Err(fault);
                    }
                },
                Ok(None) => {
                    self.end_tool(id);
                    return Ok(None);
                }
                Err(Fault::Fallback) => {
                    return Err(self.go_on_in_guest(id, by, "_chain_on", &[outer, Value::Undef]));
                }
                Err(fault) => return Err(fault),
            }
        }
    }

    fn set_chained(&mut self, id: Id<Iter>, iterator: Value) {
        if let Some(Tool::Chain { current, .. }) = self.tool_mut(id) {
            *current = iterator;
        }
    }

    fn step_slice(&mut self, id: Id<Iter>, inner: Value, by: Stepper) -> Step {
        loop {
            let Some(&mut Tool::Slice { position, wanted, stop, step, .. }) = self.tool_mut(id) else {
                return Ok(None);
            };
            if position >= wanted && position >= stop {
                self.end_tool(id);
                return Ok(None);
            }
            let item = match self.step_inner(inner, by.depth) {
                Ok(Some(item)) => item,
                Ok(None) => {
                    self.end_tool(id);
                    return Ok(None);
                }
                Err(Fault::Fallback) => {
                    let bounds = [position, wanted, stop, step].map(bound_value);
                    let [position, wanted, stop, step] = bounds;
                    return Err(self.go_on_in_guest(id, by, "_islice_on", &[inner, position, wanted, stop, step]));
                }
                Err(fault) => return Err(fault),
            };
            if let Some(Tool::Slice { position, wanted: following, .. }) = self.tool_mut(id) {
                *position += 1;
                if *position > wanted {
                    *following = wanted.saturating_add(step).min(stop);
                    return Ok(Some(item));
                }
            }
            self.charge(1)?;
        }
    }

    fn step_repeat(&mut self, id: Id<Iter>) -> Option<Value> {
        match self.tool_mut(id) {
            Some(Tool::Repeat { item, left: None }) => Some(*item),
            Some(Tool::Repeat { item, left: Some(left) }) => {
                *left = left.checked_sub(1)?;
                Some(*item)
            }
            _ => None,
        }
    }

    fn step_count(&mut self, id: Id<Iter>, next: Value, step: Value, by: Stepper) -> Step {
        let following = match (next, step) {
            (Value::Int(number), Value::Int(step)) if let Some(sum) = number.checked_add(step) => Value::Int(sum),
            _ if is_plain_number(next) && is_plain_number(step) => self.binary(BinaryOperator::Add, next, step)?,
            _ => return Err(self.go_on_in_guest(id, by, "_count_next", &[next, step])),
        };
        self.set_count(id, following);
        Ok(Some(next))
    }

    /// The number that a `count` gives next.
    pub(crate) fn set_count(&mut self, id: Id<Iter>, number: Value) {
        if let Some(Tool::Count { next, .. }) = self.tool_mut(id) {
            *next = number;
        }
    }

    fn step_cycle(&mut self, id: Id<Iter>, inner: Value, saved: Id<List>, by: Stepper) -> Step {
        if !inner.is_undef() {
            match self.step_inner(inner, by.depth) {
                Ok(Some(item)) => {
                    self.heap.list_push(saved, item)?;
                    return Ok(Some(item));
                }
                Ok(None) => {}
                Err(Fault::Fallback) => {
                    return Err(self.go_on_in_guest(id, by, "_cycle_on", &[inner, Value::List(saved)]));
                }
                Err(fault) => return Err(fault),
            }
        }
        let Iter::Tool { tool, .. } = self.heap.iters.slot(id) else { return Ok(None) };
        let Tool::Cycle { inner, next, .. } = &mut **tool else { return Ok(None) };
        *inner = Value::Undef;
        let items = &self.heap.lists.get(saved).items;
        let item = items.get(*next).copied();
        *next = if *next + 1 < items.len() { *next + 1 } else { 0 };
        Ok(item)
    }

    fn step_pairwise(&mut self, id: Id<Iter>, inner: Value, previous: Value, by: Stepper) -> Step {
        let mut previous = previous;
        loop {
            match self.step_inner(inner, by.depth) {
                Ok(Some(item)) => {
                    if let Some(Tool::Pairwise { previous, .. }) = self.tool_mut(id) {
                        *previous = item;
                    }
                    if !previous.is_undef() {
                        return self.heap.new_tuple(&[previous, item]).map(Some);
                    }
                    previous = item;
                }
                Ok(None) => {
                    self.end_tool(id);
                    return Ok(None);
                }
                Err(Fault::Fallback) => return Err(self.go_on_in_guest(id, by, "_pairwise_on", &[inner, previous])),
                Err(fault) => return Err(fault),
            }
        }
    }

    fn step_batched(&mut self, id: Id<Iter>, inner: Value, size: usize, strict: bool, by: Stepper) -> Step {
        let mut batch = Vec::new();
        while batch.len() < size {
            self.charge(1)?;
            match self.step_inner(inner, by.depth) {
                Ok(Some(item)) => self.push_item(&mut batch, item)?,
                Ok(None) => {
                    self.end_tool(id);
                    break;
                }
                Err(Fault::Fallback) => {
                    self.unread(inner, &batch)?;
                    self.release_batch(&batch);
                    let (size, strict) = (Value::Int(size as i64), Value::bool(strict));
                    return Err(self.go_on_in_guest(id, by, "_batched_on", &[inner, size, strict]));
                }
                Err(fault) => {
                    self.release_batch(&batch);
                    return Err(fault);
                }
            }
        }
        self.release_batch(&batch);
        if batch.is_empty() {
            return Ok(None);
        }
        if strict && batch.len() < size {
            return Err(self.value_error("batched(): incomplete batch"));
        }
        self.heap.new_tuple(&batch).map(Some)
    }

    fn release_batch(&mut self, batch: &Vec<Value>) {
        self.heap.release(batch.capacity() * size_of::<Value>());
    }

    fn step_compress(&mut self, id: Id<Iter>, data: Value, selectors: Value, by: Stepper) -> Step {
        loop {
            let item = match self.step_inner(data, by.depth) {
                Ok(Some(item)) => item,
                Ok(None) => return Ok(None),
                Err(Fault::Fallback) => return Err(self.go_on_in_guest(id, by, "_compress_on", &[data, selectors])),
                Err(fault) => return Err(fault),
            };
            let chosen = match self.step_inner(selectors, by.depth) {
                Ok(Some(selector)) => match self.truth(selector) {
                    Err(Fault::Fallback | Fault::Call) => {
                        self.unread(selectors, &[selector])?;
                        Err(Fault::Fallback)
                    }
                    chosen => chosen,
                },
                Ok(None) => return Ok(None),
                Err(fault) => Err(fault),
            };
            match chosen {
                Ok(true) => return Ok(Some(item)),
                Ok(false) => self.charge(1)?,
                Err(Fault::Fallback) => {
                    self.unread(data, &[item])?;
                    return Err(self.go_on_in_guest(id, by, "_compress_on", &[data, selectors]));
                }
                Err(fault) => return Err(fault),
            }
        }
    }

    fn step_zip_longest(&mut self, id: Id<Iter>, fill: Value, by: Stepper) -> Step {
        let mut row: smallvec::SmallVec<[Value; 4]> = smallvec::SmallVec::new();
        while let Some(inner) = self.zipped(id, row.len()) {
            let drawn = if inner.is_undef() { Ok(Some(fill)) } else { self.step_inner(inner, by.depth) };
            match drawn {
                Ok(Some(item)) => row.push(item),
                Ok(None) => {
                    if self.end_zipped(id, row.len()) == 0 {
                        self.end_tool(id);
                        return Ok(None);
                    }
                    row.push(fill);
                }
                Err(Fault::Fallback) => return Err(self.zip_longest_in_guest(id, fill, &row, by)),
                Err(fault) => {
                    self.end_tool(id);
                    return Err(fault);
                }
            }
        }
        if row.is_empty() {
            return Ok(None);
        }
        self.heap.new_tuple(&row).map(Some)
    }

    /// Iterator number `at` of a `zip_longest`.
    fn zipped(&self, id: Id<Iter>, at: usize) -> Option<Value> {
        match self.heap.iters.get(id) {
            Iter::Tool { tool, .. } if let Tool::ZipLongest { inners, .. } = &**tool => inners.get(at).copied(),
            _ => None,
        }
    }

    /// Iterator number `at` has ended: how many have not.
    fn end_zipped(&mut self, id: Id<Iter>, at: usize) -> usize {
        let Some(Tool::ZipLongest { inners, left, .. }) = self.tool_mut(id) else { return 0 };
        if let Some(inner) = inners.get_mut(at) {
            *inner = Value::Undef;
        }
        *left = left.saturating_sub(1);
        *left
    }

    /// Gives the items of a half-finished row back.
    fn zip_longest_in_guest(&mut self, id: Id<Iter>, fill: Value, row: &[Value], by: Stepper) -> Fault {
        for (at, item) in row.iter().enumerate() {
            if let Some(inner @ Value::Iter(_)) = self.zipped(id, at)
                && let Err(fault) = self.unread(inner, &[*item])
            {
                return fault;
            }
        }
        let mut inners = Vec::new();
        while let Some(inner) = self.zipped(id, inners.len()) {
            inners.push(if inner.is_undef() { Value::None } else { inner });
        }
        match self.heap.new_list(inners) {
            Ok(inners) => self.go_on_in_guest(id, by, "_zip_longest_on", &[inners, fill]),
            Err(fault) => fault,
        }
    }

    fn step_tee(&mut self, id: Id<Iter>, inner: Value, block: Id<List>, next: usize, by: Stepper) -> Step {
        let (mut block, mut next) = (block, next);
        if next > TEE_BLOCK {
            block = self.following_block(block)?;
            next = 1;
        }
        let item = match self.heap.list(block).get(next) {
            Some(item) => *item,
            None => match self.step_inner(inner, by.depth) {
                Ok(Some(item)) => {
                    self.heap.list_push(block, item)?;
                    item
                }
                Ok(None) => return Ok(None),
                Err(Fault::Fallback) => {
                    self.place_tee(id, block, next);
                    return Err(self.go_on_in_guest(id, by, "_tee_next", &[inner, Value::List(block)]));
                }
                Err(fault) => return Err(fault),
            },
        };
        self.place_tee(id, block, next + 1);
        Ok(Some(item))
    }

    fn place_tee(&mut self, id: Id<Iter>, block: Id<List>, next: usize) {
        if let Some(Tool::Tee { block: current, next: position, .. }) = self.tool_mut(id) {
            (*current, *position) = (block, next);
        }
    }

    /// The block behind a full one.
    fn following_block(&mut self, block: Id<List>) -> Result<Id<List>, Fault> {
        if let Some(Value::List(following)) = self.heap.list(block).first() {
            return Ok(*following);
        }
        let Value::List(following) = self.heap.new_list(vec![Value::None])? else { return Err(Fault::Halt) };
        if let Some(link) = self.heap.lists.slot(block).items.first_mut() {
            *link = Value::List(following);
        }
        Ok(following)
    }

    /// The items that are left, of those that can tell.
    pub(super) fn tool_length_hint(&self, tool: &Tool) -> Option<usize> {
        match tool {
            Tool::Ended => Some(0),
            Tool::Repeat { left: Some(left), .. } => usize::try_from(*left).ok(),
            _ => None,
        }
    }
}

/// A bound of a slice for guest code, where None is none.
fn bound_value(bound: u64) -> Value {
    i64::try_from(bound).map_or(Value::None, Value::Int)
}

/// Whether arithmetic with it runs no guest code.
const fn is_plain_number(value: Value) -> bool {
    matches!(value, Value::Int(_) | Value::Float(_) | Value::BigInt(_) | Value::Complex(_) | Value::True | Value::False)
}
