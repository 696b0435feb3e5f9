//! Built-in objects that are rare enough to share one arena.

use serde::{Deserialize, Serialize};

use crate::heap::HeapSize;
use crate::value::{Id, Value};

use super::{CachedFunction, Deque, Dict, Match, Pattern, Scanner, TypeObject, ViewLayout};

/// Which part of the entries a dict view or dict iterator shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum DictViewKind {
    Keys,
    Values,
    Items,
}

/// A built-in object.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) enum Object {
    #[default]
    Free,
    DictView {
        dict: Id<Dict>,
        kind: DictViewKind,
    },
    Property {
        getter: Value,
        setter: Value,
        deleter: Value,
        doc: Value,
        name: Value,
        /// The docstring is the getter's.
        getter_doc: bool,
    },
    ClassMethod {
        function: Value,
        /// Its `__dict__`; `Undef` until it is asked for.
        namespace: Value,
    },
    StaticMethod {
        function: Value,
        namespace: Value,
    },
    /// `super(class, receiver)`: lookup in the MRO of `receiver_type` after `class`.
    Super {
        class: Id<TypeObject>,
        receiver: Value,
        receiver_type: Id<TypeObject>,
    },
    /// Read-only view of a type's attributes.
    TypeProxy {
        class: Id<TypeObject>,
    },
    /// Read-only view of a mapping.
    MappingProxy {
        mapping: Value,
    },
    /// A `__slots__` member of a class.
    Member {
        class: Id<TypeObject>,
        name: Value,
    },
    /// The `__dict__` or `__weakref__` of the instances of a class, as an attribute of the class.
    GetSet {
        class: Id<TypeObject>,
        name: Value,
    },
    /// A code object as the guest sees it: linked code number.
    Code {
        code: u32,
    },
    /// Result of `compile()`.
    Compiled {
        codes: [u32; 2],
        name: Value,
    },
    /// One entry of the traceback of an exception.
    Traceback {
        exception: Value,
        position: usize,
    },
    GenericAlias {
        origin: Value,
        arguments: Value,
        parameters: Value,
        unpacked: bool,
    },
    Union {
        arguments: Value,
    },
    TypeVar {
        kind: u8,
        name: Value,
        bound: Value,
        constraints: Value,
        default: Value,
    },
    TypeAlias {
        name: Value,
        type_params: Value,
        value: Value,
        evaluated: bool,
        module: Value,
    },
    WeakReference {
        target: Value,
        callback: Value,
        hash: i64,
    },
    MemoryView {
        source: Value,
        layout: Box<ViewLayout>,
        readonly: bool,
        released: bool,
    },
    /// `object()`
    Plain,
    /// A sealed token, by the host's number for it.
    Token {
        number: u32,
    },
    /// An awaitable step of an async generator: asend, athrow, aclose.
    AsyncStep {
        generator: Value,
        kind: u8,
        value: Value,
        state: u8,
    },
    /// Of the module `re`.
    Pattern(Pattern),
    Match(Match),
    Scanner(Scanner),
    /// `functools.lru_cache`: what an instance of its type is around.
    CachedFunction(Box<CachedFunction>),
    /// State of a native module's object: see the module.
    State {
        class: Id<TypeObject>,
        fields: Vec<Value>,
    },
    Deque(Deque),
}

impl HeapSize for Object {
    fn extra_bytes(&self) -> usize {
        match self {
            Self::State { fields, .. } => fields.capacity() * size_of::<Value>(),
            Self::Pattern(pattern) => pattern.extra_bytes(),
            Self::Match(found) => found.extra_bytes(),
            Self::Deque(queue) => queue.extra_bytes(),
            Self::MemoryView { .. } => size_of::<ViewLayout>(),
            Self::CachedFunction(_) => size_of::<CachedFunction>(),
            _ => 0,
        }
    }
}
