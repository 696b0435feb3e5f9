//! Conversions: to indexes and machine numbers, between guest values and plain data, errors of pure functions to exceptions.

mod host_tables;
mod numbers;
mod plain;

use crate::boundary::Halt;
use crate::fault::Fault;
use crate::text::{ErrorKind, GuestError};
use crate::types;
use crate::value::Value;

use super::Machine;

impl Machine {
    /// Raises what a pure function failed with. A result that was too long stops the machine at its memory limit.
    #[cold]
    pub(crate) fn raise_guest_error(&mut self, error: GuestError) -> Fault {
        let class = match error.kind {
            ErrorKind::AttributeError => types::ATTRIBUTE_ERROR,
            ErrorKind::IndexError => types::INDEX_ERROR,
            ErrorKind::LookupError => types::LOOKUP_ERROR,
            ErrorKind::NotImplementedError => types::NOT_IMPLEMENTED_ERROR,
            ErrorKind::OverflowError => types::OVERFLOW_ERROR,
            ErrorKind::TypeError => types::TYPE_ERROR,
            ErrorKind::ValueError => types::VALUE_ERROR,
            ErrorKind::ZeroDivisionError => types::ZERO_DIVISION_ERROR,
            ErrorKind::OverflowErrorWithNumber => return self.range_error(&error.message),
            ErrorKind::OutputLimit => {
                let room = self.heap.room();
                return self.heap.refuse(room.saturating_add(1));
            }
            ErrorKind::Interrupted => {
                self.halt = Some(Halt::Interrupted);
                return Fault::Halt;
            }
        };
        self.raise(class, &error.message)
    }

    /// OverflowError with the error number of the C library, 34.
    #[cold]
    pub(crate) fn range_error(&mut self, message: &str) -> Fault {
        let made = self
            .heap
            .new_str(message)
            .and_then(|text| self.new_exception(types::OVERFLOW_ERROR, &[Value::Int(34), text]));
        match made {
            Ok(exception) => self.raise_value(exception),
            Err(fault) => fault,
        }
    }
}
