//! What the pure functions fail with: an exception of the guest, not yet an object.

use std::borrow::Cow;

use crate::pace::Interrupted;

/// The class of the exception to raise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    AttributeError,
    IndexError,
    LookupError,
    NotImplementedError,
    OverflowError,
    TypeError,
    ValueError,
    ZeroDivisionError,
    /// An `OverflowError` whose arguments are the number 34 and the message.
    OverflowErrorWithNumber,
    /// Not an exception of CPython: the result would exceed the length the caller allowed.
    OutputLimit,
    /// Nor this: the computation was given up.
    Interrupted,
}

/// An exception of the guest: its class and its message, both as in CPython 3.13.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestError {
    pub kind: ErrorKind,
    pub message: Cow<'static, str>,
}

impl GuestError {
    /// An error of a given class.
    #[cold]
    pub fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, message: message.into() }
    }

    /// A `ValueError`.
    #[cold]
    pub fn value(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::ValueError, message)
    }

    /// A `TypeError`.
    #[cold]
    pub fn type_error(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::TypeError, message)
    }

    /// An `OverflowError`.
    #[cold]
    pub fn overflow(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::OverflowError, message)
    }

    /// A `ZeroDivisionError`.
    #[cold]
    pub fn zero_division(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::ZeroDivisionError, message)
    }

    /// The result would be longer than the caller allowed.
    #[cold]
    #[must_use]
    pub fn output_limit() -> Self {
        Self::new(ErrorKind::OutputLimit, "result too long")
    }
}

impl From<Interrupted> for GuestError {
    fn from(_: Interrupted) -> Self {
        Self::new(ErrorKind::Interrupted, "interrupted")
    }
}

/// Fails with [`ErrorKind::OutputLimit`] when a length exceeds the limit.
///
/// # Errors
/// When it does.
#[inline]
pub fn check_length(length: usize, max_len: usize) -> Result<(), GuestError> {
    if length > max_len { Err(GuestError::output_limit()) } else { Ok(()) }
}
