//! How long computations that know nothing of the machine are ended half-way.

/// The computation was given up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interrupted;

/// Asked between parts of a computation whether to go on.
pub type GoOn<'watch> = &'watch dyn Fn() -> Result<(), Interrupted>;
