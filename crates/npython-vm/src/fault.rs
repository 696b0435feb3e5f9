//! How native code reports that it did not come back with a value.

/// Small on purpose: what was raised, why it halts or whom to call is parked in the machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    /// A guest exception: `Machine::raised`.
    Raise,
    /// The machine stops for good: `Machine::halt`.
    Halt,
    /// The arguments need guest code (a user's `__eq__`, a generator...): nothing was changed; run the prelude function named
    /// as the native's fallback instead.
    Fallback,
    /// The native's result is that of a guest call: `Machine::pending_call`.
    Call,
}
