//! Strings as the machine sees them: characters by position, slices, new strings with the right facts.

mod arguments;
mod byte_data;
mod codec;
mod format;
mod percent;
mod template;

pub(crate) use template::TemplateArguments;

use std::ops::Range;

use compact_str::CompactString;

use crate::base::Base;
use crate::fault::Fault;
use crate::objects::{Str, StrText};
use crate::pace;
use crate::value::{Id, Value};

use super::Machine;

/// Texts of at most this many bytes are stored in the string object itself.
const INLINE_BYTES: usize = 24;
/// Stands for U+D800 in strings that hold lone surrogates.
const FIRST_MAPPED: u32 = 0x10_F800;
/// What a mapped surrogate minus the surrogate is.
const SURROGATE_SHIFT: u32 = FIRST_MAPPED - 0xD800;

/// Whether a text holds characters that may stand for surrogates.
pub(crate) fn has_mapped_surrogate(text: &str) -> bool {
    text.contains(|character| u32::from(character) >= FIRST_MAPPED)
}

/// The code point a character of a string stands for.
#[inline]
pub(crate) const fn code_point(character: char, surrogates: bool) -> u32 {
    let code = character as u32;
    if surrogates && code >= FIRST_MAPPED { code - SURROGATE_SHIFT } else { code }
}

/// The character that holds a code point, and whether it stands for a surrogate; `None` beyond U+10FFFF.
pub(crate) fn char_of_code_point(code: u32) -> Option<(char, bool)> {
    match code {
        0xD800..=0xDFFF => char::from_u32(code + SURROGATE_SHIFT).map(|character| (character, true)),
        _ => char::from_u32(code).map(|character| (character, false)),
    }
}

impl Machine {
    /// Number of characters.
    #[inline]
    pub(crate) fn str_length(&self, id: Id<Str>) -> usize {
        self.heap.strings.get(id).length as usize
    }

    /// Whether the string may hold lone surrogates.
    #[inline]
    pub(crate) fn has_surrogates(&self, id: Id<Str>) -> bool {
        self.heap.strings.get(id).surrogates
    }

    /// The string that is the character; of a text with the `surrogates` flag, if so said.
    #[inline]
    pub(crate) fn char_value(&mut self, character: char, surrogates: bool) -> Result<Value, Fault> {
        let code = character as u32;
        if let Ok(byte) = u8::try_from(code) {
            return Ok(Base::latin1(byte));
        }
        let mut bytes = [0; 4];
        self.heap.reserve(size_of::<Str>())?;
        let mut made = Str::with_facts(StrText::Owned(CompactString::new(character.encode_utf8(&mut bytes))), 1, false);
        made.surrogates = surrogates && code >= FIRST_MAPPED;
        Ok(Value::Str(self.heap.strings.insert(made)))
    }

    /// A string of `text`, which was made from strings of which some had lone surrogates if `surrogates` says so.
    pub(crate) fn text_value(&mut self, text: String, surrogates: bool) -> Result<Value, Fault> {
        if surrogates && has_mapped_surrogate(&text) {
            self.heap.new_surrogate_str(text)
        } else {
            self.heap.new_string(text)
        }
    }

    /// Fails at once when `bytes` more cannot be allocated; for results whose size is known before they are made.
    #[inline]
    pub(crate) fn make_room(&mut self, bytes: usize) -> Result<(), Fault> {
        self.heap.reserve(bytes)?;
        self.heap.release(bytes);
        Ok(())
    }

    /// Charges for making `bytes` bytes and makes sure that there is room for them.
    #[inline]
    pub(crate) fn prepare_text(&mut self, bytes: usize) -> Result<(), Fault> {
        self.charge_bytes(bytes)?;
        self.make_room(bytes)
    }

    /// The part of a string in a byte range, as a new string; the string itself if that is all of it.
    #[inline]
    pub(crate) fn part(&mut self, id: Id<Str>, range: Range<usize>) -> Result<Value, Fault> {
        let bytes = range.len();
        let parent = self.heap.strings.get(id);
        let (ascii, surrogates) = (parent.ascii, parent.surrogates);
        let text = self.heap.str(id);
        if bytes == text.len() {
            return Ok(Value::Str(id));
        }
        let Some(part) = text.get(range.clone()) else { return Ok(Value::Str(Base::EMPTY_STR)) };
        if bytes <= 1 {
            return Ok(self.base.short_string(part));
        }
        if ascii && bytes <= INLINE_BYTES {
            let text = CompactString::new(part);
            self.charge_bytes(bytes)?;
            self.heap.reserve(size_of::<Str>())?;
            return Ok(Value::Str(self.heap.strings.insert(Str::with_facts(StrText::Owned(text), bytes as u32, true))));
        }
        if ascii {
            self.charge_bytes(bytes)?;
            self.heap.reserve(size_of::<Str>() + bytes)?;
            let text = pace::compact(self.heap.str(id).get(range).unwrap_or_default(), &self.go_on());
            let text = self.unless_interrupted(text)?;
            return Ok(Value::Str(self.heap.strings.insert(Str::with_facts(StrText::Owned(text), bytes as u32, true))));
        }
        self.make_room(bytes)?;
        let part = pace::compact(self.heap.str(id).get(range).unwrap_or_default(), &self.go_on());
        let part = self.unless_interrupted(part)?;
        self.part_of_text(&part, surrogates)
    }

    /// A new string of a part of a text that is not all ASCII; with the `surrogates` flag, if so said.
    pub(crate) fn part_of_text(&mut self, part: &str, surrogates: bool) -> Result<Value, Fault> {
        let bytes = part.len();
        if bytes <= 1 {
            return Ok(self.base.short_string(part));
        }
        let length = part.chars().count();
        if length == 1 {
            let character = part.chars().next().unwrap_or('\0');
            return self.char_value(character, surrogates);
        }
        let surrogates = surrogates && has_mapped_surrogate(part);
        self.charge_bytes(bytes)?;
        self.heap.reserve(size_of::<Str>() + if bytes > INLINE_BYTES { bytes } else { 0 })?;
        let text = pace::compact(part, &self.go_on());
        let text = self.unless_interrupted(text)?;
        let mut made = Str::with_facts(StrText::Owned(text), length as u32, bytes == length);
        made.surrogates = surrogates;
        Ok(Value::Str(self.heap.strings.insert(made)))
    }
}
