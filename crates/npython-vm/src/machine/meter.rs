//! The gas meter: what is charged, where it is drawn from, and when the embedder is asked whether to go on.
//!
//! The machine has no clock. Between slices the embedder looks at its own; a native operation that outlasts the slice draws
//! gas from behind it, and the embedder's watch is asked after each portion. An operation that was paid for as a whole
//! asks it between its parts ([`Machine::look`]), so that none runs for long without.

use std::sync::Arc;

use crate::boundary::Halt;
use crate::fault::Fault;
use crate::pace::{Interrupted, STEPS_PER_QUESTION};

use super::Machine;

/// Asked whether a running program shall stop.
pub type Watch = Box<dyn Fn() -> bool + Send + Sync>;

/// The watch as the machine keeps it: a long computation that changes the machine meanwhile holds it too.
pub(crate) type SharedWatch = Arc<dyn Fn() -> bool + Send + Sync>;

/// Gas drawn from behind the slice between two looks: well under a millisecond of work.
const PORTION: i64 = 50_000;

/// The question whether to go on, for computations that change the machine's heap meanwhile.
pub(super) fn question(watch: &Option<SharedWatch>) -> impl Fn() -> Result<(), Interrupted> + '_ {
    || match watch {
        Some(watch) if watch() => Err(Interrupted),
        _ => Ok(()),
    }
}

impl Machine {
    /// Has `watch` asked during long operations; where it answers true the machine stops with [`Halt::Interrupted`].
    pub fn set_watch(&mut self, watch: Option<Watch>) {
        self.watch = watch.map(Arc::from);
    }

    /// Gas units used by everything the machine has run.
    pub fn gas_used(&self) -> u64 {
        self.limits.gas.saturating_sub(u64::try_from(self.reserve + self.slice_rest + self.fuel).unwrap_or(0))
    }

    /// Charges gas for work about to be done.
    ///
    /// # Errors
    /// `Fault::Halt` when the budget does not have it, or when the embedder wants the machine to stop.
    #[inline]
    pub(crate) fn charge(&mut self, units: u64) -> Result<(), Fault> {
        let units = i64::try_from(units).unwrap_or(i64::MAX);
        self.fuel = self.fuel.saturating_sub(units);
        if self.fuel < 0 { self.charge_reserve() } else { Ok(()) }
    }

    #[cold]
    fn charge_reserve(&mut self) -> Result<(), Fault> {
        let debt = self.fuel.saturating_neg();
        self.fuel = 0;
        if debt <= self.slice_rest {
            self.fuel = std::mem::take(&mut self.slice_rest) - debt;
            return Ok(());
        }
        let debt = debt - std::mem::take(&mut self.slice_rest);
        if debt > self.reserve {
            // Nothing is left of a budget that does not suffice.
            self.reserve = 0;
            return self.stop(Halt::GasExhausted);
        }
        self.reserve -= debt;
        // Nothing is put at hand: the slice is over with the instruction, however often native code overdraws it.
        self.overdrawn = self.overdrawn.saturating_add(debt);
        if self.overdrawn < PORTION {
            return Ok(());
        }
        self.overdrawn = 0;
        self.look()
    }

    /// Asks, between two parts of a long operation, whether to go on.
    ///
    /// # Errors
    /// `Fault::Halt` when not.
    pub(crate) fn look(&mut self) -> Result<(), Fault> {
        match &self.watch {
            Some(watch) if watch() => self.stop(Halt::Interrupted),
            _ => Ok(()),
        }
    }

    /// The same at every so manieth step of a loop that was paid for as a whole.
    #[inline]
    pub(crate) fn look_now_and_then(&mut self, step: usize) -> Result<(), Fault> {
        if step % STEPS_PER_QUESTION == STEPS_PER_QUESTION - 1 { self.look() } else { Ok(()) }
    }

    /// The same question for computations that know nothing of the machine.
    pub(crate) fn go_on(&self) -> impl Fn() -> Result<(), Interrupted> + '_ {
        question(&self.watch)
    }

    /// The same for computations on so many bytes that go on while the machine changes.
    pub(crate) fn question_for(&self, bytes: usize) -> impl Fn() -> Result<(), Interrupted> + use<> {
        let watch = if bytes > STEPS_PER_QUESTION { self.watch.clone() } else { None };
        move || question(&watch)()
    }

    /// The result of a computation, or the halt when the embedder gave it up.
    pub(crate) fn unless_interrupted<T>(&mut self, result: Result<T, Interrupted>) -> Result<T, Fault> {
        match result {
            Ok(value) => Ok(value),
            Err(Interrupted) => self.stop(Halt::Interrupted),
        }
    }

    /// Charges for a copy or scan of `bytes` bytes.
    #[inline]
    pub(crate) fn charge_bytes(&mut self, bytes: usize) -> Result<(), Fault> {
        self.charge(bytes as u64 / 16)
    }

    /// Charges for touching `items` values.
    #[inline]
    pub(crate) fn charge_items(&mut self, items: usize) -> Result<(), Fault> {
        self.charge(items as u64)
    }
}
