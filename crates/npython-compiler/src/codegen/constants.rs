//! The constants of a code object, each kept once.

use std::sync::Arc;

use npython_bytecode::Constant;
use rustc_hash::FxHashMap;

/// What makes two constants the same: type and value, the sign of zero and the bits of a NaN included.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Int(i64),
    Float(u64),
    Str(Arc<str>),
    Bytes(Arc<[u8]>),
    /// Tuples of interned strings: keyword names, import lists.
    Names(Box<[Arc<str>]>),
    Other(u8),
}

/// Constants in order of first use.
#[derive(Default)]
pub(crate) struct ConstantPool {
    constants: Vec<Constant>,
    numbers: FxHashMap<Key, u32>,
}

impl ConstantPool {
    /// The number of `constant`, added if it is new.
    pub(crate) fn number(&mut self, constant: Constant) -> u32 {
        let next = u32::try_from(self.constants.len()).unwrap_or(u32::MAX);
        if let Some(key) = key(&constant) {
            let number = *self.numbers.entry(key).or_insert(next);
            if number != next {
                return number;
            }
        }
        self.constants.push(constant);
        next
    }

    /// Adds a constant without looking for an equal one.
    pub(crate) fn push(&mut self, constant: Constant) -> u32 {
        let next = u32::try_from(self.constants.len()).unwrap_or(u32::MAX);
        self.constants.push(constant);
        next
    }

    pub(crate) fn get(&self, number: u32) -> Option<&Constant> {
        self.constants.get(number as usize)
    }

    /// Takes the constants out.
    pub(crate) fn take(&mut self) -> Vec<Constant> {
        self.constants.drain(..).collect()
    }

    /// Empties the pool, giving back memory for more than `most` constants.
    pub(crate) fn clear(&mut self, most: usize) {
        if self.numbers.capacity() > most {
            self.numbers = FxHashMap::default();
        }
        self.numbers.clear();
        self.constants.clear();
    }
}

fn key(constant: &Constant) -> Option<Key> {
    Some(match constant {
        Constant::None => Key::Other(0),
        Constant::Ellipsis => Key::Other(1),
        Constant::Bool(false) => Key::Other(2),
        Constant::Bool(true) => Key::Other(3),
        Constant::Int(value) => Key::Int(*value),
        Constant::Float(value) => Key::Float(value.to_bits()),
        Constant::Str(text) => Key::Str(Arc::clone(text)),
        Constant::Bytes(bytes) => Key::Bytes(Arc::clone(bytes)),
        Constant::Tuple(items) if items.len() <= 64 => {
            let names: Option<Box<[Arc<str>]>> = items
                .iter()
                .map(|item| match item {
                    Constant::Str(text) => Some(Arc::clone(text)),
                    _ => None,
                })
                .collect();
            Key::Names(names?)
        }
        _ => return None,
    })
}
