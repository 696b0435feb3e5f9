//! Strings: UTF-8 with cached length, hash and, for long non-ASCII text, an index of character positions.

use std::sync::atomic::{AtomicI64, Ordering};

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::heap::HeapSize;
use crate::value::Id;

/// Growing text that several strings are prefixes of, so that `s += t` in a loop costs linear time in all.
#[derive(Default, Clone, Serialize, Deserialize)]
pub(crate) struct Buffer {
    pub text: String,
}

impl HeapSize for Buffer {
    fn extra_bytes(&self) -> usize {
        self.text.capacity()
    }
}

/// Where the text of a string is.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) enum StrText {
    Owned(CompactString),
    /// The first `length` bytes of a buffer.
    Shared {
        buffer: Id<Buffer>,
        length: u32,
    },
}

/// A string. Lone surrogates U+D800..U+DFFF, which UTF-8 cannot hold, are stored as U+10F800..U+10FFFF in strings whose
/// `surrogates` flag is set; such strings never hold real characters of that private range.
#[derive(Serialize, Deserialize)]
pub(crate) struct Str {
    pub text: StrText,
    /// Number of characters.
    pub length: u32,
    pub surrogates: bool,
    pub interned: bool,
    /// All characters are below U+0080, so that byte and character positions are the same.
    pub ascii: bool,
    /// 0 until computed (a string whose hash is 0 is hashed again each time).
    hash: AtomicI64,
    /// Byte offset of every 64th character, made on first indexed access.
    pub index: Option<Box<[u32]>>,
}

impl Default for Str {
    fn default() -> Self {
        Self::new(CompactString::default())
    }
}

impl Clone for Str {
    fn clone(&self) -> Self {
        Self {
            text: self.text.clone(),
            length: self.length,
            surrogates: self.surrogates,
            interned: false,
            ascii: self.ascii,
            hash: AtomicI64::new(self.hash.load(Ordering::Relaxed)),
            index: None,
        }
    }
}

impl Str {
    /// A string of `text` without surrogates.
    pub(crate) fn new(text: CompactString) -> Self {
        let ascii = text.is_ascii();
        let length = if ascii { text.len() } else { text.chars().count() } as u32;
        Self {
            text: StrText::Owned(text),
            length,
            surrogates: false,
            interned: false,
            ascii,
            hash: AtomicI64::new(0),
            index: None,
        }
    }

    /// A string whose length and kind are known.
    pub(crate) fn with_facts(text: StrText, length: u32, ascii: bool) -> Self {
        Self { text, length, surrogates: false, interned: false, ascii, hash: AtomicI64::new(0), index: None }
    }

    /// Length of the text in bytes.
    #[inline]
    pub(crate) fn byte_length(&self) -> usize {
        match &self.text {
            StrText::Owned(text) => text.len(),
            StrText::Shared { length, .. } => *length as usize,
        }
    }

    /// The hash, or 0 when it is not known yet.
    pub(crate) fn cached_hash(&self) -> i64 {
        self.hash.load(Ordering::Relaxed)
    }

    /// Keeps the hash.
    pub(crate) fn set_cached_hash(&self, hash: i64) {
        self.hash.store(hash, Ordering::Relaxed);
    }
}

impl HeapSize for Str {
    fn extra_bytes(&self) -> usize {
        let text = match &self.text {
            StrText::Owned(text) if text.is_heap_allocated() => text.capacity(),
            _ => 0,
        };
        text + self.index.as_ref().map_or(0, |index| index.len() * 4)
    }
}
