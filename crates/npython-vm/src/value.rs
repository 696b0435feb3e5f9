//! `Value`: what a local variable, an operand or a list item holds.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use num_bigint::BigInt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::objects::{
    BoundMethod, ByteArray, Bytes, Cell, Complex, Dict, ExceptionState, Function, Generator, Instance, Iter, List,
    Module, Object, Range, Set, Slice, Str, Tuple, TypeObject,
};
use crate::snapshot::census::{self, HandleKind};

/// A handle into the arena of `T`. Eight bytes wide so that every variant of [`Value`] has the same shape and the enum
/// travels in two registers.
pub(crate) struct Id<T>(u64, PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// The handle of slot `index`.
    pub(crate) const fn new(index: u32) -> Self {
        Self(index as u64, PhantomData)
    }

    /// The slot number, for indexing.
    #[inline(always)]
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }

    /// The slot number, for compact storage.
    #[inline(always)]
    pub(crate) const fn number(self) -> u32 {
        self.0 as u32
    }
}

impl<T> Clone for Id<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    #[inline(always)]
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.0)
    }
}
impl<'de, T: HandleKind> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = u64::deserialize(deserializer)?;
        census::note(T::KIND, number);
        Ok(Self(number, PhantomData))
    }
}

/// A float by its bits; see [`Id`] for why.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct FloatBits(u64);

impl FloatBits {
    /// The float.
    #[inline(always)]
    pub(crate) const fn get(self) -> f64 {
        f64::from_bits(self.0)
    }
}

/// Number of a native function in the process-wide table.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct NativeId(u64);

impl<'de> Deserialize<'de> for NativeId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = u64::deserialize(deserializer)?;
        census::note(census::NATIVE, number);
        Ok(Self(number))
    }
}

impl NativeId {
    pub(crate) const fn new(index: u32) -> Self {
        Self(index as u64)
    }
    #[inline(always)]
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Number the host gave one of its functions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct HostId(u64);

impl<'de> Deserialize<'de> for HostId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = u64::deserialize(deserializer)?;
        census::note(census::HOST, number);
        Ok(Self(number))
    }
}

impl HostId {
    pub(crate) const fn new(number: u32) -> Self {
        Self(number as u64)
    }
    pub(crate) const fn number(self) -> u32 {
        self.0 as u32
    }
}

/// A guest value. `Copy`; owns nothing: everything but small immediates lives in the machine's heap.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum Value {
    /// No value: an empty local, an omitted argument, the missing receiver of a call layout. Never visible to the guest.
    Undef,
    None,
    False,
    True,
    NotImplemented,
    Ellipsis,
    Int(i64),
    Float(FloatBits),
    /// An argument that was not given, where the prelude can see it; `_MISSING` there.
    Missing,
    /// An int outside i64; never one that fits.
    BigInt(Id<BigInt>),
    Complex(Id<Complex>),
    Str(Id<Str>),
    Bytes(Id<Bytes>),
    ByteArray(Id<ByteArray>),
    List(Id<List>),
    Tuple(Id<Tuple>),
    Dict(Id<Dict>),
    Set(Id<Set>),
    FrozenSet(Id<Set>),
    Range(Id<Range>),
    Slice(Id<Slice>),
    Function(Id<Function>),
    Native(NativeId),
    Host(HostId),
    BoundMethod(Id<BoundMethod>),
    Type(Id<TypeObject>),
    Instance(Id<Instance>),
    Module(Id<Module>),
    Iter(Id<Iter>),
    Generator(Id<Generator>),
    Cell(Id<Cell>),
    /// The built-in part of an exception instance; only ever the payload of an instance.
    Exception(Id<ExceptionState>),
    /// Rarer built-in objects: property, super, views, proxies, tracebacks...
    Object(Id<Object>),
}

const _: () = assert!(size_of::<Value>() == 16);
const _: () = assert!(size_of::<Result<Value, crate::Fault>>() <= 24);

impl Value {
    /// True or False.
    #[inline(always)]
    pub(crate) const fn bool(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }

    /// A float.
    #[inline(always)]
    pub(crate) const fn float(value: f64) -> Self {
        Self::Float(FloatBits(value.to_bits()))
    }

    /// The bool, if it is one.
    #[inline(always)]
    pub(crate) const fn as_bool(self) -> Option<bool> {
        match self {
            Self::True => Some(true),
            Self::False => Some(false),
            _ => None,
        }
    }

    /// Whether it is no value.
    #[inline(always)]
    pub(crate) const fn is_undef(self) -> bool {
        matches!(self, Self::Undef)
    }

    /// Whether it is None.
    #[inline(always)]
    pub(crate) const fn is_none(self) -> bool {
        matches!(self, Self::None)
    }

    /// `a is b`: the same object, or equal immediates.
    #[inline(always)]
    pub(crate) fn is(self, other: Self) -> bool {
        self == other
    }

    /// The value, or `None` for `Undef`: for optional arguments.
    #[inline(always)]
    pub(crate) const fn given(self) -> Option<Self> {
        match self {
            Self::Undef => None,
            value => Some(value),
        }
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}
impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::bool(value)
    }
}
impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::float(value)
    }
}
