//! The instruction set: one table with operands, gas and meaning.
//!
//! Conventions, for anyone who touches an instruction:
//! 1. The operand stack is written bottom to top: `[a, b] -> [c]` pops b and a and pushes c.
//! 2. A *call layout* is `[callable, self, arg...]` where `self` is a receiver or the hidden `Undef` value. `Call(n)` counts
//!    only the `arg`s.
//! 3. Jump operands are instruction indexes within the code object; the linker rebases them.
//! 4. Name operands index `Code::names`, slot operands index the frame's local slots (`Code::local_names`, then free names),
//!    constant operands index `Code::constants`; the linker replaces them by machine-wide numbers.
//! 5. Gas is charged before an instruction has any effect. Work that grows with its input is charged on top by the machine.
//! 6. Fused instructions are made by the linker only, in place of the first of the instructions they stand for; the others
//!    stay where they are, so addresses, tables and jumps do not change. They cost the sum of their parts.

use serde::{Deserialize, Serialize};

use crate::operators::{BinaryOperator, CompareOperator, Conversion, Intrinsic, MakeFunctionFlags};

/// Changes whenever any gas cost changes; every result carries it.
pub const GAS_SCHEDULE_VERSION: u32 = 1;

/// Static facts about an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstrInfo {
    /// The mnemonic shown by the disassembler.
    pub name: &'static str,
    /// Static gas cost.
    pub gas: u32,
    /// Effect in one line.
    pub doc: &'static str,
    /// Made by the linker only; not valid in a code object.
    pub fused: bool,
}

macro_rules! instructions {
    ($( $(#[$fused:ident])? $name:ident $(( $($operand:ty),+ ))? = $gas:literal, $doc:literal; )+) => {
        /// One instruction of the machine, eight bytes wide.
        #[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
        pub enum Instr {
            $( #[doc = $doc] $name $(( $($operand),+ ))?, )+
        }

        impl Instr {
            /// Static gas of this instruction.
            #[inline(always)]
            pub const fn gas(&self) -> u32 {
                match self {
                    $( instructions!(@pattern $name $(( $($operand),+ ))?) => $gas, )+
                }
            }

            /// Name, gas and meaning of this instruction.
            pub const fn info(&self) -> InstrInfo {
                match self {
                    $( instructions!(@pattern $name $(( $($operand),+ ))?) => InstrInfo {
                        name: stringify!($name), gas: $gas, doc: $doc, fused: instructions!(@fused $($fused)?),
                    }, )+
                }
            }
        }

        /// Every row of the table, in order, for documentation and tests.
        pub const TABLE: &[InstrInfo] = &[
            $( InstrInfo { name: stringify!($name), gas: $gas, doc: $doc, fused: instructions!(@fused $($fused)?) }, )+
        ];
    };
    (@pattern $name:ident) => { Instr::$name };
    (@pattern $name:ident ( $($operand:ty),+ )) => { Instr::$name(..) };
    (@fused) => { false };
    (@fused fused) => { true };
}

instructions! {
    // Stack
    Nop = 1, "[] -> []";
    Pop = 1, "[a] -> []";
    Copy(u32) = 1, "push the n-th value from the top (1 is the top)";
    Swap(u32) = 1, "exchange the top with the n-th value from the top (2 is the one below)";
    PushUndef = 1, "[] -> [Undef]; the empty `self` of a call layout";
    LoadConst(u32) = 1, "[] -> [constant]";
    LoadInt(i32) = 1, "[] -> [int]";
    LoadNone = 1, "[] -> [None]";
    LoadTrue = 1, "[] -> [True]";
    LoadFalse = 1, "[] -> [False]";

    // Variables
    LoadFast(u32) = 1, "[] -> [slot]; UnboundLocalError if empty";
    StoreFast(u32) = 1, "[a] -> []; slot = a";
    DeleteFast(u32) = 1, "empty the slot; UnboundLocalError if empty";
    ClearFast(u32) = 1, "empty the slot, empty or not";
    MakeCell(u32) = 1, "slot = new cell holding the slot's content (or nothing)";
    LoadCell(u32) = 1, "[] -> [cell]; the slot's cell itself, for a closure";
    LoadDeref(u32) = 1, "[] -> [content of the slot's cell]; NameError or UnboundLocalError if empty";
    StoreDeref(u32) = 1, "[a] -> []; content of the slot's cell = a";
    DeleteDeref(u32) = 1, "empty the slot's cell; NameError or UnboundLocalError if empty";
    LoadFromClassOrDeref(u32) = 1, "[] -> [value]; class namespace by the slot's name, else content of the slot's cell";
    LoadFromMappingOrDeref(u32) = 2, "[mapping] -> [value]; mapping by the slot's name, else content of the slot's cell";
    LoadFromMappingOrGlobal(u32) = 2, "[mapping] -> [value]; mapping, globals, builtins";
    LoadName(u32) = 1, "[] -> [value]; locals mapping, globals, builtins";
    StoreName(u32) = 1, "[a] -> []; in the locals mapping";
    DeleteName(u32) = 1, "from the locals mapping";
    LoadGlobal(u32) = 1, "[] -> [value]; globals, builtins";
    StoreGlobal(u32) = 1, "[a] -> []";
    DeleteGlobal(u32) = 1, "from globals";
    LoadLocals = 1, "[] -> [locals mapping]";
    SetupAnnotations = 2, "make sure __annotations__ exists in the locals mapping";

    // Attributes and items
    LoadAttr(u32) = 2, "[object] -> [object.name]";
    LoadMethod(u32) = 2, "[object] -> [callable, self]; call layout for object.name(...)";
    StoreAttr(u32) = 2, "[value, object] -> []; object.name = value";
    DeleteAttr(u32) = 2, "[object] -> []";
    LoadSubscript = 2, "[container, key] -> [item]";
    StoreSubscript = 2, "[value, container, key] -> []";
    DeleteSubscript = 2, "[container, key] -> []";
    BuildSlice(u8) = 1, "[start, stop] or [start, stop, step] -> [slice]";

    // Operators
    Binary(BinaryOperator) = 1, "[a, b] -> [a op b]";
    Inplace(BinaryOperator) = 1, "[a, b] -> [a op= b]";
    Compare(CompareOperator) = 1, "[a, b] -> [a op b]";
    Is = 1, "[a, b] -> [a is b]";
    IsNot = 1, "[a, b] -> [a is not b]";
    Contains = 2, "[item, container] -> [item in container]";
    NotContains = 2, "[item, container] -> [item not in container]";
    UnaryNegative = 1, "[a] -> [-a]";
    UnaryPositive = 1, "[a] -> [+a]";
    UnaryInvert = 1, "[a] -> [~a]";
    UnaryNot = 1, "[a] -> [not a]";

    // Control flow
    Jump(u32) = 1, "continue at the target (forward)";
    JumpBackward(u32) = 1, "continue at the target (a loop head); a safepoint";
    PopJumpIfFalse(u32) = 1, "[a] -> []; jump if not a";
    PopJumpIfTrue(u32) = 1, "[a] -> []; jump if a";
    PopJumpIfNone(u32) = 1, "[a] -> []; jump if a is None";
    PopJumpIfNotNone(u32) = 1, "[a] -> []; jump if a is not None";
    JumpIfFalseOrPop(u32) = 1, "[a] -> [a] and jump if not a, else -> []";
    JumpIfTrueOrPop(u32) = 1, "[a] -> [a] and jump if a, else -> []";

    // Iteration
    GetIter = 2, "[iterable] -> [iterator]";
    ForIter(u32) = 1, "[iterator] -> [iterator, item], or -> [] and jump when exhausted";
    UnpackSequence(u32) = 2, "[iterable] -> [item n, ..., item 1]";
    UnpackStarred(u16, u16) = 2, "[iterable] -> [after..., list, ...before]; first item on top; (before, after)";

    // Building
    BuildTuple(u32) = 2, "[a1, ..., an] -> [tuple]";
    BuildList(u32) = 2, "[a1, ..., an] -> [list]";
    BuildSet(u32) = 3, "[a1, ..., an] -> [set]";
    BuildMap(u32) = 3, "[k1, v1, ..., kn, vn] -> [dict]";
    BuildString(u32) = 2, "[s1, ..., sn] -> [str]; all are str";
    ListAppend(u32) = 1, "[list, ..., a] -> [list, ...]; list is the n-th below a (1 is directly below)";
    SetAdd(u32) = 2, "[set, ..., a] -> [set, ...]";
    MapAdd(u32) = 2, "[dict, ..., k, v] -> [dict, ...]; n counts from below k";
    ListExtend(u32) = 2, "[list, ..., iterable] -> [list, ...]";
    SetUpdate(u32) = 2, "[set, ..., iterable] -> [set, ...]";
    DictUpdate(u32) = 2, "[dict, ..., mapping] -> [dict, ...]; later keys win ({**m})";
    DictMerge(u32) = 2, "[callable, self, args, dict, mapping] -> [.., dict]; duplicate keys raise TypeError (f(**m)); operand as DictUpdate";

    // Text
    ConvertValue(Conversion) = 1, "[a] -> [str(a) | repr(a) | ascii(a)]";
    FormatSimple = 2, "[a] -> [format(a, '')]";
    FormatWithSpec = 2, "[a, spec] -> [format(a, spec)]";

    // Functions and classes
    Call(u32) = 3, "[callable, self, a1, ..., an] -> [result]";
    CallKeywords(u16, u32) = 3, "(n, constant: tuple of m names) [callable, self, a1, ..., an] -> [result]; the last m are keyword arguments";
    CallUnpacked(bool) = 4, "[callable, self, args tuple or list, (kwargs dict)] -> [result]; operand: with kwargs";
    CallSuper = 3, "[callable, class, instance] -> [result]; super() without arguments: callable(class, instance) if it is the built-in super, else callable()";
    MakeFunction(u32, MakeFunctionFlags) = 3, "(constant: code) [defaults?, keyword defaults?, annotations?, closure?] -> [function]";
    LoadBuildClass = 1, "[] -> [__build_class__]";
    ReturnValue = 1, "[a] -> leave the frame with a";
    Yield = 1, "[a] -> suspend with a; on resumption [sent]";
    YieldDelegated = 1, "[receiver, a] -> suspend with a; on resumption [receiver, sent]; follows its Send directly";
    GetYieldFromIter = 2, "[iterable] -> [iterator]; a generator or coroutine where allowed stays as it is";
    Send(u32) = 2, "[receiver, value] -> [receiver, yielded], or -> [result] and jump when the receiver is done";
    GetAwaitable(u8) = 2, "[awaitable] -> [iterator]; 1: it is from __aenter__, 2: from __aexit__, 0: from elsewhere";
    GetAsyncIter = 2, "[async iterable] -> [async iterator]";
    GetAsyncNext = 2, "[async iterator] -> [async iterator, awaitable iterator]";
    EndAsyncFor = 1, "[async iterator, exception] -> [] if it is StopAsyncIteration, else raise it again";
    Intrinsic(Intrinsic) = 2, "operands and result as the intrinsic says";

    // Exceptions
    Raise(u8) = 2, "0: [] raise the handled exception again; 1: [exception]; 2: [exception, cause]";
    Reraise(u8) = 1, "0: [exception] raise it as it is; 1: [origin, ..., exception] the value n below is the origin pushed by the handler";
    PushExceptionInfo = 1, "[exception] -> [previous handled exception, exception]; exception becomes the handled one";
    PopException = 1, "[previous] -> []; previous becomes the handled exception";
    CheckExceptionMatch = 2, "[exception, type or tuple] -> [exception, bool]";
    CheckGroupMatch = 2, "[exception, type or tuple] -> [rest or None, match or None]; sets the handled exception to match if any";
    LoadAssertionError = 1, "[] -> [AssertionError]";

    // with
    BeforeWith = 2, "[manager] -> [exit, self, result of __enter__]";
    BeforeAsyncWith = 2, "[manager] -> [exit, self, awaitable from __aenter__]";
    WithExceptStart = 2, "[exit, self, previous, exception] -> [exit, self, previous, exception, result of exit(type, exception, traceback)]";
    EnterScope = 5, "[name, token] -> [] ; asks the gatekeeper; attaches the grant to the frame, or halts";
    LeaveScope = 1, "[] -> []; ends the frame's innermost grant";

    // match
    MatchMapping = 1, "[subject] -> [subject, bool]";
    MatchSequence = 1, "[subject] -> [subject, bool]";
    MatchKeys = 2, "[subject, keys] -> [subject, keys, values tuple or None]";
    MatchClass(u32) = 2, "[subject, class, names] -> [attributes tuple or None]; n positional patterns";
    GetLen = 1, "[a] -> [a, len(a)]";

    // Modules
    ImportName(u32) = 10, "[level, from list] -> [module]";
    ImportFrom(u32) = 2, "[module] -> [module, attribute]";
    SetResult = 1, "[a] -> []; a is the value of the program";

    // Made by the linker (operands: slots, constants, relative jumps); see module text, rule 6
    #[fused] LoadFastLoadFast(u16, u16) = 2, "LoadFast, LoadFast";
    #[fused] StoreFastLoadFast(u16, u16) = 2, "StoreFast, LoadFast";
    #[fused] LoadFastLoadInt(u16, i32) = 2, "LoadFast, LoadInt";
    #[fused] LoadFastLoadConst(u16, u32) = 2, "LoadFast, LoadConst";
    #[fused] FastFastBinary(u16, u16, BinaryOperator) = 3, "LoadFast, LoadFast, Binary";
    #[fused] FastIntBinary(u16, i16, BinaryOperator) = 3, "LoadFast, LoadInt, Binary";
    #[fused] FastBinary(u16, BinaryOperator) = 2, "LoadFast, Binary";
    #[fused] IntBinary(i32, BinaryOperator) = 2, "LoadInt, Binary";
    #[fused] ConstBinary(u32, BinaryOperator) = 2, "LoadConst, Binary";
    #[fused] FastFastCompareJumpFalse(u16, u16, CompareOperator) = 4, "LoadFast, LoadFast, Compare, PopJumpIfFalse";
    #[fused] FastIntCompareJumpFalse(u16, i16, CompareOperator) = 4, "LoadFast, LoadInt, Compare, PopJumpIfFalse";
    #[fused] CompareJumpFalse(CompareOperator) = 2, "Compare, PopJumpIfFalse";
    #[fused] CompareJumpTrue(CompareOperator) = 2, "Compare, PopJumpIfTrue";
    #[fused] IntCompareJumpFalse(i32, CompareOperator) = 3, "LoadInt, Compare, PopJumpIfFalse";
    #[fused] FastLoadAttr(u16, u32) = 3, "LoadFast, LoadAttr";
    #[fused] FastLoadMethod(u16, u32) = 3, "LoadFast, LoadMethod";
    #[fused] FastFastSubscript(u16, u16) = 4, "LoadFast, LoadFast, LoadSubscript";
    #[fused] FastSubscript(u16) = 3, "LoadFast, LoadSubscript";
    #[fused] FastReturn(u16) = 2, "LoadFast, ReturnValue";
    #[fused] ForIterStoreFast(u32, u16) = 2, "ForIter, StoreFast";
}

impl Instr {
    /// Values taken from and left on the stack when the instruction falls through to the next one.
    pub fn stack_effect(&self) -> (u32, u32) {
        use Instr::*;
        match *self {
            Nop | DeleteFast(_) | ClearFast(_) | MakeCell(_) | DeleteDeref(_) | DeleteName(_) | DeleteGlobal(_)
            | SetupAnnotations | Jump(_) | JumpBackward(_) | LeaveScope => (0, 0),
            Pop | StoreFast(_) | StoreDeref(_) | StoreName(_) | StoreGlobal(_) | DeleteAttr(_) | PopJumpIfFalse(_)
            | PopJumpIfTrue(_) | PopJumpIfNone(_) | PopJumpIfNotNone(_) | JumpIfFalseOrPop(_) | JumpIfTrueOrPop(_)
            | ReturnValue | PopException | SetResult | ListAppend(_) | SetAdd(_) | ListExtend(_) | SetUpdate(_)
            | DictUpdate(_) | DictMerge(_) => (1, 0),
            Copy(n) => (n, n.saturating_add(1)),
            Swap(n) => (n, n),
            PushUndef
            | LoadConst(_)
            | LoadInt(_)
            | LoadNone
            | LoadTrue
            | LoadFalse
            | LoadFast(_)
            | LoadCell(_)
            | LoadDeref(_)
            | LoadFromClassOrDeref(_)
            | LoadName(_)
            | LoadGlobal(_)
            | LoadLocals
            | LoadBuildClass
            | LoadAssertionError => (0, 1),
            LoadFromMappingOrDeref(_)
            | LoadFromMappingOrGlobal(_)
            | LoadAttr(_)
            | UnaryNegative
            | UnaryPositive
            | UnaryInvert
            | UnaryNot
            | GetIter
            | ConvertValue(_)
            | FormatSimple
            | Yield
            | GetYieldFromIter
            | GetAwaitable(_)
            | GetAsyncIter => (1, 1),
            LoadMethod(_) => (1, 2),
            StoreAttr(_) | DeleteSubscript | MapAdd(_) | EnterScope | EndAsyncFor => (2, 0),
            LoadSubscript | Binary(_) | Inplace(_) | Compare(_) | Is | IsNot | Contains | NotContains
            | FormatWithSpec | ImportName(_) => (2, 1),
            StoreSubscript => (3, 0),
            BuildSlice(n) => (u32::from(n), 1),
            ForIter(_) => (1, 2),
            UnpackSequence(n) => (1, n),
            UnpackStarred(before, after) => (1, u32::from(before) + u32::from(after) + 1),
            BuildTuple(n) | BuildList(n) | BuildSet(n) | BuildString(n) => (n, 1),
            BuildMap(n) => (n.saturating_mul(2), 1),
            Call(n) => (n.saturating_add(2), 1),
            CallKeywords(n, _) => (u32::from(n) + 2, 1),
            CallUnpacked(with_kwargs) => (3 + u32::from(with_kwargs), 1),
            CallSuper => (3, 1),
            MakeFunction(_, flags) => (flags.0.count_ones(), 1),
            YieldDelegated => (2, 2),
            Send(_) => (2, 2),
            GetAsyncNext | ImportFrom(_) | GetLen | MatchMapping | MatchSequence | PushExceptionInfo => (1, 2),
            Intrinsic(intrinsic) => (u32::try_from(intrinsic.operand_count()).unwrap_or(u32::MAX), 1),
            Raise(n) => (u32::from(n), 0),
            Reraise(_) => (1, 0),
            CheckExceptionMatch | CheckGroupMatch => (2, 2),
            BeforeWith | BeforeAsyncWith => (1, 3),
            WithExceptStart => (4, 5),
            MatchKeys => (2, 3),
            MatchClass(_) => (3, 1),
            LoadFastLoadFast(..) | LoadFastLoadInt(..) | LoadFastLoadConst(..) => (0, 2),
            StoreFastLoadFast(..) => (1, 1),
            FastFastBinary(..) | FastIntBinary(..) | FastLoadAttr(..) | FastFastSubscript(..) => (0, 1),
            FastBinary(..) | IntBinary(..) | ConstBinary(..) | FastSubscript(_) => (1, 1),
            FastFastCompareJumpFalse(..) | FastIntCompareJumpFalse(..) | FastReturn(_) => (0, 0),
            CompareJumpFalse(_) | CompareJumpTrue(_) => (2, 0),
            IntCompareJumpFalse(..) => (1, 0),
            FastLoadMethod(..) => (0, 2),
            ForIterStoreFast(..) => (1, 1),
        }
    }

    /// The instruction this one may jump to, and the stack `(pops, pushes)` on that path.
    pub fn jump_target(&self) -> Option<(u32, (u32, u32))> {
        use Instr::*;
        match *self {
            Jump(t) | JumpBackward(t) => Some((t, (0, 0))),
            PopJumpIfFalse(t) | PopJumpIfTrue(t) | PopJumpIfNone(t) | PopJumpIfNotNone(t) => Some((t, (1, 0))),
            JumpIfFalseOrPop(t) | JumpIfTrueOrPop(t) => Some((t, (1, 1))),
            ForIter(t) => Some((t, (1, 0))),
            Send(t) => Some((t, (2, 1))),
            _ => None,
        }
    }

    /// Replaces the jump target of a jumping instruction.
    pub fn set_jump_target(&mut self, target: u32) {
        use Instr::*;
        match self {
            Jump(t) | JumpBackward(t) | PopJumpIfFalse(t) | PopJumpIfTrue(t) | PopJumpIfNone(t)
            | PopJumpIfNotNone(t) | JumpIfFalseOrPop(t) | JumpIfTrueOrPop(t) | ForIter(t) | Send(t) => *t = target,
            _ => {}
        }
    }

    /// Whether control never falls through to the next instruction.
    pub const fn ends_flow(&self) -> bool {
        matches!(self, Self::Jump(_) | Self::JumpBackward(_) | Self::ReturnValue | Self::Raise(_) | Self::Reraise(_))
    }
}

const _: () = assert!(size_of::<Instr>() == 8);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fused_instructions_cost_the_sum_of_their_parts() {
        for row in TABLE.iter().filter(|row| row.fused) {
            let parts = row.doc.split(", ").map(|part| {
                TABLE.iter().find(|other| other.name == part).unwrap_or_else(|| panic!("{} names {part}", row.name)).gas
            });
            assert_eq!(row.gas, parts.sum::<u32>(), "{}", row.name);
        }
    }
}
