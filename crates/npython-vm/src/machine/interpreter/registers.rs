//! Where execution is: the registers of the two loops, and how a frame keeps them.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::value::{NativeId, Value};

/// The registers of the interpreter: the next instruction, the top of the operands, slot 0 of the frame, gas at hand.
#[derive(Clone, Copy)]
pub(super) struct Registers {
    pub(super) pc: usize,
    pub(super) sp: usize,
    pub(super) base: usize,
    pub(super) fuel: i64,
}

/// What a function called by the fast loop came back with, when that is not a value for the operand stack: for the general
/// loop to settle. The instruction is paid, and `pc` is behind it.
pub(crate) struct Unsettled {
    pub(super) native: NativeId,
    pub(super) at: usize,
    /// The instruction.
    pub(super) began: usize,
    pub(super) result: Result<Value, Fault>,
}

/// Where execution goes on: the next instruction, the top of the operands, slot 0 of the frame.
pub(super) type Place = (usize, usize, usize);

impl Machine {
    /// Where the top frame goes on. There must be one.
    #[inline(always)]
    pub(super) fn resume_place(&self) -> Place {
        let frame = &self.frames[self.frames.len() - 1];
        (frame.pc as usize, frame.top as usize, frame.base as usize)
    }

    /// Has the top frame go on there.
    pub(super) fn save_place(&mut self, pc: usize, sp: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.pc = pc as u32;
            frame.top = sp as u32;
        }
    }
}
