//! `groupby` and its groups, which draw from the same iterator and share what was taken last.

use crate::fault::Fault;
use crate::objects::{
    GROUP_CLASS, GROUP_FUNCTION, GROUP_HAS_ITEM, GROUP_INNER, GROUP_ITEM, GROUP_KEY, GROUP_NUMBER, GROUP_TARGET, Iter,
    List, Tool,
};
use crate::types;
use crate::value::{Id, Value};

use super::super::super::Machine;
use super::{Step, Stepper};

impl Machine {
    fn shared(&self, state: Id<List>, at: usize) -> Value {
        self.heap.list(state).get(at).copied().unwrap_or(Value::None)
    }

    fn share(&mut self, state: Id<List>, at: usize, value: Value) {
        if let Some(place) = self.heap.lists.slot(state).items.get_mut(at) {
            *place = value;
        }
    }

    pub(super) fn step_group_by(&mut self, id: Id<Iter>, state: Id<List>, by: Stepper) -> Step {
        let number = match self.shared(state, GROUP_NUMBER) {
            Value::Int(number) => number.saturating_add(1),
            _ => 0,
        };
        let key = match self.skip_group(state, by.depth) {
            Ok(Some(key)) => key,
            Ok(None) => {
                self.share(state, GROUP_NUMBER, Value::Int(number));
                return Ok(None);
            }
            Err(Fault::Fallback) => return Err(self.go_on_in_guest(id, by, "_groupby_on", &[Value::List(state)])),
            Err(fault) => return self.ended_by(fault),
        };
        self.share(state, GROUP_NUMBER, Value::Int(number));
        self.share(state, GROUP_TARGET, key);
        let class = match self.shared(state, GROUP_CLASS) {
            Value::Type(class) => class,
            _ => types::ITERATOR,
        };
        let group = Box::new(Tool::Group { state, target: key, number });
        let group = self.heap.new_iter(Iter::Tool { class, tool: group })?;
        self.heap.new_tuple(&[key, group]).map(Some)
    }

    /// Takes items up to one with another key than the group given last, which is returned.
    fn skip_group(&mut self, state: Id<List>, depth: u32) -> Step {
        loop {
            if self.shared(state, GROUP_HAS_ITEM) == Value::True {
                let (target, key) = (self.shared(state, GROUP_TARGET), self.shared(state, GROUP_KEY));
                if target == Value::Missing || !self.equal_native(target, key)? {
                    return Ok(Some(key));
                }
                self.charge(1)?;
            }
            if !self.take_for_group(state, depth)? {
                return Ok(None);
            }
        }
    }

    pub(super) fn step_group(
        &mut self,
        id: Id<Iter>,
        state: Id<List>,
        target: Value,
        number: i64,
        by: Stepper,
    ) -> Step {
        if self.shared(state, GROUP_NUMBER) != Value::Int(number) {
            return Ok(None);
        }
        match self.next_in_group(state, target, by.depth) {
            Err(Fault::Fallback) => {
                let state = [Value::List(state), target, Value::Int(number)];
                Err(self.go_on_in_guest(id, by, "_group_on", &state))
            }
            Err(fault) => self.ended_by(fault),
            item => item,
        }
    }

    fn next_in_group(&mut self, state: Id<List>, target: Value, depth: u32) -> Step {
        if self.shared(state, GROUP_HAS_ITEM) != Value::True && !self.take_for_group(state, depth)? {
            return Ok(None);
        }
        let key = self.shared(state, GROUP_KEY);
        if !self.equal_native(target, key)? {
            return Ok(None);
        }
        self.share(state, GROUP_HAS_ITEM, Value::False);
        Ok(Some(self.shared(state, GROUP_ITEM)))
    }

    /// Takes the next item and its key; false at the end.
    fn take_for_group(&mut self, state: Id<List>, depth: u32) -> Result<bool, Fault> {
        let (inner, function) = (self.shared(state, GROUP_INNER), self.shared(state, GROUP_FUNCTION));
        if !function.is_none() && !self.may_call_natively(function) {
            return Err(Fault::Fallback);
        }
        let Some(item) = self.step_inner(inner, depth)? else { return Ok(false) };
        let key = if function.is_none() {
            item
        } else {
            match self.call_without_guest(function, &[item]) {
                Err(Fault::Fallback) => {
                    self.unread(inner, &[item])?;
                    return Err(Fault::Fallback);
                }
                key => key?,
            }
        };
        self.share(state, GROUP_ITEM, item);
        self.share(state, GROUP_KEY, key);
        self.share(state, GROUP_HAS_ITEM, Value::True);
        Ok(true)
    }
}
