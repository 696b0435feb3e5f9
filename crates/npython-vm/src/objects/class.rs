//! Type objects.

use serde::{Deserialize, Serialize};

use crate::heap::HeapSize;
use crate::tables::DictTable;
use crate::value::{Id, Value};

/// Which built-in data the instances of a type carry; a class inherits it from its bases.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum Layout {
    /// Attributes only.
    Plain,
    Int,
    Float,
    Complex,
    Str,
    Bytes,
    ByteArray,
    List,
    Tuple,
    Dict,
    Set,
    FrozenSet,
    Exception,
    /// Instances are types: a metaclass.
    Type,
    Module,
    Property,
    /// Other built-in data that classes may be derived from.
    Other,
    /// No instance can be made by calling, nor class derived.
    Closed,
}

/// Where a type comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum TypeKind {
    /// Built in: immutable.
    Native,
    /// Made by a class statement or `type(...)`.
    Guest,
}

/// Special methods that a class or one of its guest bases overrides; kept so that hot paths need one test.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct SpecialFlags(pub u32);

impl SpecialFlags {
    pub(crate) const GETATTRIBUTE: u32 = 1;
    pub(crate) const GETATTR: u32 = 2;
    pub(crate) const SETATTR: u32 = 4;
    pub(crate) const DELATTR: u32 = 8;
    pub(crate) const NEW: u32 = 16;
    pub(crate) const HASH: u32 = 32;
    pub(crate) const EQ: u32 = 64;
    /// Instances have no `__dict__`.
    pub(crate) const NO_DICT: u32 = 128;
    /// `__hash__` is None.
    pub(crate) const UNHASHABLE: u32 = 256;
    /// Abstract: `__abstractmethods__` is not empty.
    pub(crate) const ABSTRACT: u32 = 512;
    /// Has `__del__`, `__get__`, `__set__` or `__delete__`: instances are descriptors.
    pub(crate) const DESCRIPTOR_GET: u32 = 1024;
    pub(crate) const DESCRIPTOR_SET: u32 = 2048;
    pub(crate) const DESCRIPTOR_DELETE: u32 = 4096;
    pub(crate) const BOOL: u32 = 8192;
    pub(crate) const LEN: u32 = 16384;

    #[inline(always)]
    pub(crate) const fn has(self, flag: u32) -> bool {
        self.0 & flag != 0
    }
}

/// A type.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct TypeObject {
    /// `__name__`, `__qualname__` and `__module__` are values: a guest may set them.
    pub name: Value,
    pub qualname: Value,
    pub module: Value,
    pub doc: Value,
    pub kind: TypeKind,
    pub layout: Layout,
    pub metaclass: Id<TypeObject>,
    pub bases: Vec<Id<TypeObject>>,
    /// This type first.
    pub mro: Vec<Id<TypeObject>>,
    /// Its own attributes; keys are interned strings.
    pub attributes: DictTable<Value, Value>,
    /// Unlike that of any other type and of this one before its last change.
    pub version: u32,
    pub flags: SpecialFlags,
    /// Shape of a new instance without attributes; `NO_SHAPE` until the first one is made.
    pub root_shape: u32,
    /// Names in `__slots__` of this class and its bases, mangled.
    pub slots: Vec<Value>,
    /// Direct subclasses made by the guest; those of built-in types are in the machine's table.
    pub subclasses: Vec<Id<TypeObject>>,
    /// May be a base of a class.
    pub base_allowed: bool,
}

impl Default for TypeObject {
    fn default() -> Self {
        Self {
            name: Value::None,
            qualname: Value::None,
            module: Value::None,
            doc: Value::None,
            kind: TypeKind::Native,
            layout: Layout::Plain,
            metaclass: Id::new(0),
            bases: Vec::new(),
            mro: Vec::new(),
            attributes: DictTable::default(),
            version: 0,
            flags: SpecialFlags::default(),
            root_shape: super::NO_SHAPE,
            slots: Vec::new(),
            subclasses: Vec::new(),
            base_allowed: true,
        }
    }
}

impl HeapSize for TypeObject {
    fn extra_bytes(&self) -> usize {
        self.attributes.size_in_bytes()
            + (self.bases.capacity() + self.mro.capacity() + self.subclasses.capacity()) * 8
            + self.slots.capacity() * size_of::<Value>()
    }
}
