//! Frames of the machine's own call stack.

use serde::{Deserialize, Serialize};

use npython_bytecode::{BinaryOperator, CompareOperator};

use crate::objects::Dict;
use crate::value::{Id, Value};

use super::consumer::Consumer;

/// No generator.
pub(crate) const NO_GENERATOR: u32 = u32::MAX;

/// What happens to the value a frame returns (or, for a generator's frame, yields). `at` is the frame's `return_at`: the
/// stack position that takes the result of an ordinary call.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub(crate) enum OnReturn {
    /// The result is pushed.
    #[default]
    Push,
    /// The result is dropped.
    Discard,
    /// The bottom frame: the run ends.
    Exit,
    /// `__init__`: the result must be None; the instance is already at `at`.
    Init,
    /// `__add__` and the like with the operands at `at - 2` and `at - 1`: NotImplemented tries the next candidate.
    Binary { op: BinaryOperator, inplace: bool, stage: u8 },
    /// `__lt__` and the like, operands as for Binary.
    Compare { op: CompareOperator, stage: u8 },
    /// `__bool__`: the result must be a bool.
    Bool,
    /// `__len__` asked for truth: the result must be an int; becomes a bool.
    LengthAsBool,
    /// `__contains__`: the truth of the result, negated if asked. (A result that is no bool is converted first.)
    Contains { negate: bool },
    /// The result must be a str (`__str__`, `__repr__`, `__format__`), named in the error.
    ExpectStr { method: u8 },
    /// The result must be an int (`__len__`, `__index__`, `__hash__`...), named in the error.
    ExpectInt { method: u8 },
    /// Called for a `for` loop: StopIteration ends the loop at `exit`; the iterator is at `at - 1`.
    ForIter { exit: u32 },
    /// A generator's frame, run by a `for` loop: yields are items, the end is the loop's end.
    GeneratorForIter { exit: u32 },
    /// A generator's frame, run by a `for` loop over an `enumerate` of it, which is at `at - 1`.
    EnumerateForIter { exit: u32 },
    /// A generator's frame, run by `next()` or `send()`: the end raises StopIteration.
    GeneratorNext,
    /// A generator's frame run by `next()` with a default, which is at `at - 1`.
    GeneratorNextDefault,
    /// A guest `__next__` called by `next()` with a default, which is at `at - 1`.
    NextDefault,
    /// A generator's frame, run by `Send` of another one: the receiver is at `at - 1`; the end continues at `exit`.
    GeneratorSend { exit: u32 },
    /// A guest iterator's method, called by `Send`: the receiver is at `at - 1`; StopIteration continues at `exit`.
    Send { exit: u32 },
    /// A generator's frame run by `close()`.
    GeneratorClose,
    /// `close()` of what a generator delegates to, before GeneratorExit is raised in the generator itself, which is at `at - 1`.
    DelegateClosed { then_throw: bool },
    /// An async generator run by one of its steps: gives a pair, whether it yielded (or awaits) and the value.
    AsyncGeneratorStep,
    /// `__getattribute__` or a property of an object with `__getattr__`: AttributeError calls that, with object and name at `at - 2`, `at - 1`.
    GetAttrHook,
    /// `getattr` with a default, which is at `at - 1`: AttributeError gives it.
    AttributeDefault,
    /// `hasattr`
    HasAttribute,
    /// `__getitem__` of a class namespace: KeyError looks the name (at `at - 1`) up in globals.
    NamespaceLookup,
    /// `__iter__`: the result must be an iterator.
    ExpectIterator,
    /// The result is a method's callable: it is pushed, and behind it the empty receiver.
    Method,
    /// A pair `(match, rest)`: rest is pushed, then match, which becomes the handled exception.
    GroupMatch,
    /// `__bool__` or (`length`) `__len__` asked by a short-circuit operator whose operand is at `at - 1`: jumps with it, or drops it.
    BoolJump { target: u32, when: bool, length: bool },
    /// The result takes the place of the operand of the instruction that asked for it, which runs again.
    Repeat,
    /// `__await__`: the result must be an iterator, and no coroutine.
    ExpectAwaitIterator,
    /// A generator's frame, run for a function that uses the generator up.
    Consume(Consumer),
    /// The function of a `functools.lru_cache`: the cache at `at - 2` remembers the result by the key at `at - 1`.
    Remember,
}

/// An activation of a code object.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Frame {
    /// Next instruction (in the code segment) while another frame is on top; the running frame's is in the loop.
    pub pc: u32,
    /// Stack position of slot 0.
    pub base: u32,
    /// Top of the operands while another frame is on top.
    pub top: u32,
    /// Stack position for the result.
    pub return_at: u32,
    /// Linked code number.
    pub code: u32,
    /// The generator this is the body of.
    pub generator: u32,
    pub globals: Id<Dict>,
    /// Locals mapping of a class body or of `exec`; else `Undef`.
    pub namespace: Value,
    pub on_return: OnReturn,
    /// Grants attached: so many at the end of the machine's list while the frame is on top; see scope.rs.
    pub grants: u32,
}

impl Default for Frame {
    fn default() -> Self {
        Self {
            pc: 0,
            base: 0,
            top: 0,
            return_at: 0,
            code: 0,
            generator: NO_GENERATOR,
            globals: Id::new(0),
            namespace: Value::Undef,
            on_return: OnReturn::Push,
            grants: 0,
        }
    }
}

impl Frame {
    /// The values it keeps alive besides its part of the stack.
    pub(crate) fn values(&self) -> [Value; 2] {
        [self.namespace, Value::Dict(self.globals)]
    }
}
