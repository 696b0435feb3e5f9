//! The npython instruction set, code objects, gas schedule and verifier.
//!
//! A [`Code`] is what the compiler makes of one scope (module, function, class body, comprehension). It is immutable,
//! shared between machines, and refers to nothing outside itself: constants are plain data, names are text. A machine
//! *links* it: copies its instructions into the machine's code segment and gives names, constants and attribute sites
//! machine-wide numbers.

mod code;
mod disassemble;
mod instruction;
mod operators;
mod verify;

pub use code::{Code, CodeFlags, Constant, Handler, Name, Source, SourceRange};
pub use disassemble::disassemble;
pub use instruction::{GAS_SCHEDULE_VERSION, Instr, InstrInfo, TABLE};
pub use operators::{BinaryOperator, CompareOperator, Conversion, Intrinsic, MakeFunctionFlags};
pub use verify::{VerifyError, stack_depths, verify};
