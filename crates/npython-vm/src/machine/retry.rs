//! A second attempt at an instruction that ran out of memory, once the garbage is gone.
//!
//! The collector runs between instructions, and an instruction may ask for much at once: `[0] * 7_000_000` needs room that
//! the list of the turn before, dead by now, still takes. So when a reservation is refused the instruction is given up, the
//! machine collects, and the instruction runs again, from the operands that are still on the stack. It is charged once: what
//! the first attempt was charged is given back.
//!
//! Only an instruction that had changed nothing when it was refused can run again. Which do not is a table here, of what
//! they are and of the native functions they call; what is not in it ends the program. What may have changed something half-way
//! (an iterator that was advanced, a call that was arranged anew) says so with [`Machine::cannot_retry`]. Updates of dicts and
//! sets reserve what they need before they begin ([`Machine::reserve_before_change`]), as far as that is known: a dict that
//! has keys grows as it is updated, and that ends the program.

use npython_bytecode::{BinaryOperator, Instr};

use crate::fault::Fault;
use crate::native::{NativeDef, NativeKind};
use crate::objects::TypeObject;
use crate::types;
use crate::value::{Id, Value};

use super::Machine;

/// Of [`Machine::attempt`]: the instruction cannot run again.
const NEVER: i64 = i64::MIN;

impl Machine {
    /// All gas that is left, `fuel` of it at hand.
    #[inline(always)]
    fn gas_behind(&self, fuel: i64) -> i64 {
        fuel + self.slice_rest + self.reserve
    }

    /// Notes that an instruction begins, with `fuel` at hand.
    #[inline(always)]
    pub(crate) fn begin_attempt(&mut self, fuel: i64) {
        self.attempt = self.gas_behind(fuel);
    }

    /// Notes that the instruction under way has changed something.
    #[inline(always)]
    pub(crate) fn cannot_retry(&mut self) {
        self.attempt = NEVER;
    }

    /// Notes that so much of what the instruction under way was charged will not be charged again.
    #[inline]
    pub(crate) fn charged_once(&mut self, units: u64) {
        self.attempt = self.attempt.saturating_sub(i64::try_from(units).unwrap_or(i64::MAX));
    }

    /// Whether the instruction that stopped at a refused reservation, with the top of its operands at `top`, is to run
    /// again after a collection. It is so once.
    #[cold]
    pub(crate) fn is_retried(&mut self, instr: Instr, stack: &[Value], top: usize) -> bool {
        let again = self.halt.is_none()
            && self.attempt != NEVER
            && self.retried != self.attempt
            && (self.changes_nothing(instr, stack, top) || self.has_changed_nothing(instr))
            && self.heap.is_worth_collecting();
        if again {
            self.retried = self.attempt;
        }
        again
    }

    /// Reserves what an operation that changes its target as it goes needs, before it changes anything: when this is
    /// refused, the instruction can run again.
    pub(crate) fn reserve_before_change(&mut self, bytes: usize) -> Result<(), Fault> {
        self.changed_nothing = true;
        self.heap.reserve(bytes)?;
        self.changed_nothing = false;
        Ok(())
    }

    /// Whether the reservation that was refused is that of [`Machine::reserve_before_change`], in an instruction whose
    /// operands are still on the stack.
    fn has_changed_nothing(&mut self, instr: Instr) -> bool {
        let updates = matches!(
            instr,
            Instr::Call(_)
                | Instr::CallKeywords(..)
                | Instr::Inplace(_)
                | Instr::SetUpdate(_)
                | Instr::DictUpdate(_)
                | Instr::DictMerge(_)
        );
        std::mem::take(&mut self.changed_nothing) && updates
    }

    /// Gives back what the first attempt was charged, to be charged again by the second; `fuel` is at hand.
    pub(crate) fn refund_attempt(&mut self, fuel: i64) {
        self.reserve += self.attempt.saturating_sub(self.gas_behind(fuel)).max(0);
    }

    /// Whether an instruction has changed nothing when a reservation of it is refused.
    fn changes_nothing(&self, instr: Instr, stack: &[Value], top: usize) -> bool {
        match instr {
            Instr::Binary(_)
            | Instr::Compare(_)
            | Instr::Contains
            | Instr::NotContains
            | Instr::UnaryNegative
            | Instr::UnaryPositive
            | Instr::UnaryInvert
            | Instr::LoadSubscript
            | Instr::StoreSubscript
            | Instr::BuildSlice(_)
            | Instr::BuildTuple(_)
            | Instr::BuildList(_)
            | Instr::BuildSet(_)
            | Instr::BuildMap(_)
            | Instr::BuildString(_)
            | Instr::ListAppend(_)
            | Instr::SetAdd(_)
            | Instr::MapAdd(_)
            | Instr::ListExtend(_)
            | Instr::ConvertValue(_)
            | Instr::FormatSimple
            | Instr::FormatWithSpec => true,
            // Sets and dicts are changed in place key by key.
            Instr::Inplace(op) => {
                let target = stack.get(top.wrapping_sub(2)).map_or(Value::Undef, |target| self.unwrap(*target));
                matches!(op, BinaryOperator::Add | BinaryOperator::Mul)
                    || !matches!(target, Value::Set(_) | Value::Dict(_) | Value::Instance(_))
            }
            Instr::Call(count) => self.calls_such_a_native(stack, top.wrapping_sub(count as usize + 2)),
            Instr::CallKeywords(count, _) => self.calls_such_a_native(stack, top.wrapping_sub(usize::from(count) + 2)),
            _ => false,
        }
    }

    /// Whether the callable at stack position `at` is a native function, or a cached one, that has changed nothing.
    fn calls_such_a_native(&self, stack: &[Value], at: usize) -> bool {
        match stack.get(at) {
            Some(Value::Native(id)) => {
                self.base.natives.get(id.index()).is_some_and(|native| native_changes_nothing(native.def, native.owner))
            }
            Some(callable) => self.cached_function(*callable).is_some(),
            None => false,
        }
    }
}

/// Types whose methods only make new values.
const VALUE_TYPES: &[Id<TypeObject>] = &[
    types::INT,
    types::BOOL,
    types::FLOAT,
    types::COMPLEX,
    types::STR,
    types::BYTES,
    types::TUPLE,
    types::RANGE,
    types::SLICE,
    types::FROZENSET,
];

/// Methods of types whose objects change: those that make new values, and those that change the object after their last
/// reservation.
const METHODS: &[(Id<TypeObject>, &[&str])] = &[
    (
        types::LIST,
        &[
            "__add__",
            "__contains__",
            "__eq__",
            "__getitem__",
            "__iadd__",
            "__imul__",
            "__mul__",
            "__repr__",
            "__rmul__",
            "append",
            "copy",
            "count",
            "extend",
            "index",
            "insert",
        ],
    ),
    (
        types::DEQUE,
        &["__contains__", "__getitem__", "__imul__", "append", "appendleft", "count", "extend", "index", "insert"],
    ),
    (
        types::DICT,
        &["__contains__", "__getitem__", "__or__", "__repr__", "__setitem__", "copy", "fromkeys", "get", "setdefault"],
    ),
    (
        types::SET,
        &[
            "__and__",
            "__contains__",
            "__or__",
            "__repr__",
            "__sub__",
            "__xor__",
            "add",
            "copy",
            "difference",
            "intersection",
            "symmetric_difference",
            "union",
        ],
    ),
    (
        types::BYTEARRAY,
        &[
            "__add__",
            "__contains__",
            "__getitem__",
            "__mul__",
            "__repr__",
            "__rmul__",
            "append",
            "copy",
            "decode",
            "extend",
            "hex",
            "join",
            "replace",
            "split",
            "translate",
        ],
    ),
];

const FUNCTIONS: &[&str] = &[
    "_cache_store",
    "abs",
    "all",
    "any",
    "ascii",
    "bin",
    "chr",
    "divmod",
    "enumerate",
    "format",
    "hash",
    "hex",
    "id",
    "len",
    "max",
    "min",
    "oct",
    "ord",
    "parse_json",
    "pow",
    "repr",
    "round",
    "sorted",
    "sum",
    "zip",
];

fn native_changes_nothing(def: &NativeDef, owner: Option<Id<TypeObject>>) -> bool {
    match owner {
        // A class is known to its bases as soon as it is made.
        Some(owner) if owner == types::TYPE => false,
        Some(_) if def.kind == NativeKind::New => true,
        Some(owner) => {
            VALUE_TYPES.contains(&owner)
                || METHODS.iter().any(|(class, names)| *class == owner && names.contains(&def.name))
        }
        None => FUNCTIONS.contains(&def.name),
    }
}

impl Machine {
    /// Does something that reserves memory and changes nothing before, between two runs: once more after a collection when
    /// it is refused. The stack below `top` is live.
    pub(super) fn with_collection<T>(
        &mut self,
        top: usize,
        action: impl Fn(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        match action(self) {
            Err(Fault::Halt) if self.halt.is_none() && self.heap.is_worth_collecting() => {
                let stack = std::mem::take(&mut self.stack);
                self.collect(&stack, top);
                self.stack = stack;
                action(self)
            }
            result => result,
        }
    }
}
