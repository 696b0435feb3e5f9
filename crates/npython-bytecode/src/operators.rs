//! Small operand types of instructions.

use serde::{Deserialize, Serialize};

/// The arithmetic and bitwise operators of the language (Language Reference 6.5 to 6.9).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum BinaryOperator {
    Add,
    Sub,
    Mul,
    TrueDiv,
    FloorDiv,
    Mod,
    Pow,
    Lshift,
    Rshift,
    And,
    Or,
    Xor,
    MatMul,
}

impl BinaryOperator {
    /// The operator as written in source.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::TrueDiv => "/",
            Self::FloorDiv => "//",
            Self::Mod => "%",
            Self::Pow => "**",
            Self::Lshift => "<<",
            Self::Rshift => ">>",
            Self::And => "&",
            Self::Or => "|",
            Self::Xor => "^",
            Self::MatMul => "@",
        }
    }

    /// The special methods `(__op__, __rop__, __iop__)` (Data Model 3.3.8).
    pub const fn methods(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Add => ("__add__", "__radd__", "__iadd__"),
            Self::Sub => ("__sub__", "__rsub__", "__isub__"),
            Self::Mul => ("__mul__", "__rmul__", "__imul__"),
            Self::TrueDiv => ("__truediv__", "__rtruediv__", "__itruediv__"),
            Self::FloorDiv => ("__floordiv__", "__rfloordiv__", "__ifloordiv__"),
            Self::Mod => ("__mod__", "__rmod__", "__imod__"),
            Self::Pow => ("__pow__", "__rpow__", "__ipow__"),
            Self::Lshift => ("__lshift__", "__rlshift__", "__ilshift__"),
            Self::Rshift => ("__rshift__", "__rrshift__", "__irshift__"),
            Self::And => ("__and__", "__rand__", "__iand__"),
            Self::Or => ("__or__", "__ror__", "__ior__"),
            Self::Xor => ("__xor__", "__rxor__", "__ixor__"),
            Self::MatMul => ("__matmul__", "__rmatmul__", "__imatmul__"),
        }
    }
}

/// The rich comparisons (Language Reference 6.10); identity and membership are instructions of their own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum CompareOperator {
    Lt,
    Le,
    Eq,
    Ne,
    Gt,
    Ge,
}

impl CompareOperator {
    /// The operator as written in source.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Eq => "==",
            Self::Ne => "!=",
            Self::Gt => ">",
            Self::Ge => ">=",
        }
    }

    /// The special method that implements it.
    pub const fn method(self) -> &'static str {
        match self {
            Self::Lt => "__lt__",
            Self::Le => "__le__",
            Self::Eq => "__eq__",
            Self::Ne => "__ne__",
            Self::Gt => "__gt__",
            Self::Ge => "__ge__",
        }
    }

    /// The operator with its operands exchanged: `a < b` is `b > a`.
    #[must_use]
    pub const fn swapped(self) -> Self {
        match self {
            Self::Lt => Self::Gt,
            Self::Le => Self::Ge,
            Self::Eq => Self::Eq,
            Self::Ne => Self::Ne,
            Self::Gt => Self::Lt,
            Self::Ge => Self::Le,
        }
    }
}

/// The `!s`, `!r`, `!a` of a replacement field in an f-string.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Conversion {
    None,
    Str,
    Repr,
    Ascii,
}

/// Which optional values [`crate::Instr::MakeFunction`] finds on the stack.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct MakeFunctionFlags(pub u8);

impl MakeFunctionFlags {
    /// A tuple of default values of positional parameters.
    pub const DEFAULTS: u8 = 1;
    /// A dict of default values of keyword-only parameters.
    pub const KEYWORD_DEFAULTS: u8 = 2;
    /// A dict of annotations, name to value.
    pub const ANNOTATIONS: u8 = 4;
    /// A tuple of cells, one for each free variable.
    pub const CLOSURE: u8 = 8;

    /// Whether all bits of `flag` are set.
    pub const fn has(self, flag: u8) -> bool {
        self.0 & flag == flag
    }
}

/// Rare operations that need no instruction of their own. Operands and results are on the stack.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Intrinsic {
    /// list -> tuple
    ListToTuple,
    /// module -> None; binds every public name of the module in the current namespace.
    ImportStar,
    /// exception -> exception; a StopIteration (StopAsyncIteration in an async generator) leaving a generator body
    /// becomes RuntimeError (PEP 479).
    StopIterationError,
    /// name -> TypeVar (PEP 695)
    TypeVar,
    /// name, function computing the bound -> TypeVar
    TypeVarWithBound,
    /// name, function computing the tuple of constraints -> TypeVar
    TypeVarWithConstraints,
    /// type parameter, function computing the default -> type parameter (PEP 696)
    SetTypeParameterDefault,
    /// name -> ParamSpec
    ParamSpec,
    /// name -> TypeVarTuple
    TypeVarTuple,
    /// tuple of type parameters -> typing.Generic[...]
    SubscriptGeneric,
    /// function, tuple of type parameters -> function with `__type_params__`
    SetFunctionTypeParams,
    /// name, type parameters or None, function computing the value -> TypeAliasType
    TypeAlias,
    /// original exception, list of exceptions (None for handled parts) -> exception to raise or None (PEP 654)
    PrepareReraiseStar,
    /// value -> None; what an expression statement does with its value in the `single` mode of `compile`
    /// (`sys.displayhook`).
    DisplayValue,
}

impl Intrinsic {
    /// How many operands it takes from the stack; it leaves one result.
    pub const fn operand_count(self) -> usize {
        match self {
            Self::ListToTuple
            | Self::ImportStar
            | Self::StopIterationError
            | Self::TypeVar
            | Self::ParamSpec
            | Self::TypeVarTuple
            | Self::SubscriptGeneric
            | Self::DisplayValue => 1,
            Self::TypeVarWithBound
            | Self::TypeVarWithConstraints
            | Self::SetTypeParameterDefault
            | Self::SetFunctionTypeParams
            | Self::PrepareReraiseStar => 2,
            Self::TypeAlias => 3,
        }
    }
}
