//! Generators that a built-in function uses up: what they yield is taken while their frame stays where it is.
//!
//! The function resumes the generator with [`OnReturn::Consume`]; each `yield` then gives its value to the [`Consumer`] and
//! goes on. Only the end, an answer known before, and a value that needs guest code suspend the generator.

use serde::{Deserialize, Serialize};

use crate::builtins::numbers::{add_compensated, compensate};
use crate::fault::Fault;
use crate::objects::{Generator, GeneratorKind};
use crate::value::{Id, Value};

use super::{Machine, OnReturn, Resumption};

/// The function that uses a generator up. Its state, if it has one, lies below the generator's frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum Consumer {
    /// `sum`: the total at `at - 2`, of floats the compensation at `at - 1`.
    Sum,
    /// `any` (`wanted` is true) and `all` (false).
    Find { wanted: bool },
    /// `max` (`largest`) and `min`: the default at `at - 2`, the best item so far at `at - 1`; `Undef` where there is none.
    Extreme { largest: bool },
}

impl Consumer {
    /// How many values its state is, below the generator's frame.
    pub(crate) fn state(self) -> u32 {
        match self {
            Self::Sum | Self::Extreme { .. } => 2,
            Self::Find { .. } => 0,
        }
    }
}

impl Machine {
    /// Has a generator resumed for a function that uses it up; `state` is what the consumer begins with. `None` for what is no
    /// generator.
    pub(crate) fn consume(&mut self, generator: Value, consumer: Consumer, state: &[Value]) -> Option<Fault> {
        let Value::Generator(generator) = generator else { return None };
        if self.heap.generators.get(generator).kind != GeneratorKind::Generator {
            return None;
        }
        let on_return = OnReturn::Consume(consumer);
        let fault = self.request_resumption(Resumption::Send { generator, value: Value::None, on_return });
        self.pending.keep.extend_from_slice(state);
        Some(fault)
    }

    /// Takes what the running frame yields if a function uses its generator up: the generator can go on at once. False when
    /// nothing was taken.
    #[inline]
    pub(crate) fn takes_yielded(&self, stack: &mut [Value], value: Value) -> bool {
        let Some(frame) = self.frames.last() else { return false };
        let OnReturn::Consume(consumer) = frame.on_return else { return false };
        let at = frame.return_at as usize;
        match consumer {
            Consumer::Sum => match add_to_sum(stack[at - 2], stack[at - 1], value) {
                Some((total, compensation)) => {
                    stack[at - 2] = total;
                    stack[at - 1] = compensation;
                    true
                }
                None => false,
            },
            Consumer::Find { wanted } => self.known_truth(value) == Some(!wanted),
            Consumer::Extreme { largest } => match beats_plainly(value, stack[at - 1], largest) {
                Some(true) => {
                    stack[at - 1] = value;
                    true
                }
                Some(false) => true,
                None => false,
            },
        }
    }

    /// What goes on when a generator was suspended with a value that was not taken, and where its result goes.
    ///
    /// # Errors
    /// `Fault::Call` with a function of the prelude pending.
    pub(crate) fn continue_consuming(
        &mut self,
        stack: &[Value],
        consumer: Consumer,
        generator: Id<Generator>,
        at: usize,
        value: Value,
    ) -> (usize, Result<Value, Fault>) {
        let generator = Value::Generator(generator);
        match consumer {
            Consumer::Sum => {
                let arguments = [generator, stack[at - 2], stack[at - 1], value];
                (at - 2, Err(self.prelude_call("_sum_rest", &arguments)))
            }
            Consumer::Find { wanted } if self.known_truth(value) == Some(wanted) => (at, Ok(Value::bool(wanted))),
            Consumer::Find { wanted } => {
                let rest = if wanted { "_any_rest" } else { "_all_rest" };
                (at, Err(self.prelude_call(rest, &[generator, value])))
            }
            Consumer::Extreme { largest } => {
                let arguments = [Value::bool(largest), generator, stack[at - 1], value];
                (at - 2, Err(self.prelude_call("_extreme_rest", &arguments)))
            }
        }
    }
}

/// The result of a function whose generator ended, and where it goes; no result where `max` or `min` had nothing to choose from.
pub(crate) fn consumed(stack: &[Value], consumer: Consumer, at: usize) -> (usize, Option<Value>) {
    match consumer {
        Consumer::Sum => {
            let total = match (stack[at - 2], stack[at - 1]) {
                (Value::Float(total), Value::Float(compensation)) => {
                    Value::float(compensate(total.get(), compensation.get()))
                }
                (total, _) => total,
            };
            (at - 2, Some(total))
        }
        Consumer::Find { wanted } => (at, Some(Value::bool(!wanted))),
        Consumer::Extreme { .. } => (at - 2, stack[at - 1].given().or(stack[at - 2].given())),
    }
}

/// Whether an item is preferred to the best so far, where both are small ints, or both floats.
#[inline]
fn beats_plainly(item: Value, best: Value, largest: bool) -> Option<bool> {
    match (item, best) {
        (_, Value::Undef) => Some(true),
        (Value::Int(item), Value::Int(best)) => Some(if largest { item > best } else { item < best }),
        (Value::Float(item), Value::Float(best)) => {
            Some(if largest { item.get() > best.get() } else { item.get() < best.get() })
        }
        _ => None,
    }
}

/// Total and compensation with an item added, where all of them are small ints and floats.
#[inline]
fn add_to_sum(total: Value, compensation: Value, item: Value) -> Option<(Value, Value)> {
    let item = match item {
        Value::True => Value::Int(1),
        Value::False => Value::Int(0),
        other => other,
    };
    match (total, item) {
        (Value::Int(total), Value::Int(item)) => Some((Value::Int(total.checked_add(item)?), compensation)),
        (Value::Int(total), Value::Float(item)) => Some((Value::float(total as f64 + item.get()), compensation)),
        (Value::Float(total), Value::Int(item)) => Some((Value::float(total.get() + item as f64), compensation)),
        (Value::Float(total), Value::Float(item)) => {
            let Value::Float(compensation) = compensation else { return None };
            let (total, compensation) = add_compensated(total.get(), item.get(), compensation.get());
            Some((Value::float(total), Value::float(compensation)))
        }
        _ => None,
    }
}
