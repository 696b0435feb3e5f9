//! How many host calls a program has made, and how many of them were under way at once. Both have a limit.

use serde::{Deserialize, Serialize};

use crate::boundary::Halt;
use crate::fault::Fault;

use super::Machine;

/// What the host calls of a machine have used of its limits.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct HostCallCount {
    pub(crate) made: u64,
    /// The most that were under way at once.
    pub(crate) pending_peak: u32,
}

impl Machine {
    /// Host calls made so far, by all programs of the machine.
    pub fn host_calls_made(&self) -> u64 {
        self.host_calls.made
    }

    /// The most host calls that were under way at once.
    pub fn pending_calls_peak(&self) -> u32 {
        self.host_calls.pending_peak
    }

    /// Counts a host call before it is made.
    ///
    /// # Errors
    /// A halt when the program has made as many as it may.
    pub(crate) fn count_host_call(&mut self) -> Result<(), Fault> {
        if self.host_calls.made >= self.limits.host_calls {
            return self.stop(Halt::HostCallLimitExceeded);
        }
        self.host_calls.made = self.host_calls.made.saturating_add(1);
        Ok(())
    }

    /// Makes sure that one more call may be under way beside so many.
    ///
    /// # Errors
    /// A halt when that is one too many.
    pub(crate) fn count_pending_call(&mut self, under_way: usize) -> Result<(), Fault> {
        let with_this = u32::try_from(under_way).unwrap_or(u32::MAX).saturating_add(1);
        if with_this > self.limits.pending_calls {
            return self.stop(Halt::PendingCallLimitExceeded);
        }
        self.host_calls.pending_peak = self.host_calls.pending_peak.max(with_this);
        Ok(())
    }
}
