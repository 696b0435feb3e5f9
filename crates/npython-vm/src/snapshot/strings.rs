//! Strings carry facts about their text (length, ASCII, index) that text operations rely on; a forged snapshot could
//! state others, so they are compared with the text.

use crate::heap::Heap;
use crate::objects::{Str, StrText};
use crate::value::Id;

use super::SnapshotError;

/// Characters between entries of the position index.
const INDEX_STEP: usize = 64;

/// Checks what is stored about each string; false facts are an error.
pub(super) fn check(heap: &Heap) -> Result<(), SnapshotError> {
    let mut shared: Vec<(Id<crate::objects::Buffer>, usize, Id<Str>)> = Vec::new();
    for id in heap.strings.live_ids().filter(|id| !heap.strings.is_base(*id)) {
        let string = heap.strings.get(id);
        match &string.text {
            StrText::Owned(text) => check_facts(string, text.is_ascii(), text.chars().count())?,
            StrText::Shared { buffer, length } => shared.push((*buffer, *length as usize, id)),
        }
        check_index(heap, id)?;
    }
    check_shared(heap, shared)
}

/// Strings that share a buffer are its prefixes: one walk over the buffer serves them all.
fn check_shared(
    heap: &Heap,
    mut shared: Vec<(Id<crate::objects::Buffer>, usize, Id<Str>)>,
) -> Result<(), SnapshotError> {
    shared.sort_by_key(|(buffer, length, id)| (buffer.number(), *length, id.number()));
    let (mut current, mut done, mut characters, mut ascii) = (None, 0, 0, true);
    for (buffer, length, id) in shared {
        if current != Some(buffer) {
            (current, done, characters, ascii) = (Some(buffer), 0, 0, true);
        }
        let Some(piece) = heap.buffers.get(buffer).text.get(done..length) else {
            return Err(SnapshotError::Malformed("a string beyond its buffer"));
        };
        ascii = ascii && piece.is_ascii();
        characters += piece.chars().count();
        done = length;
        check_facts(heap.strings.get(id), ascii, characters)?;
    }
    Ok(())
}

fn check_facts(string: &Str, ascii: bool, characters: usize) -> Result<(), SnapshotError> {
    if string.ascii == ascii && string.length as usize == characters {
        Ok(())
    } else {
        Err(SnapshotError::Malformed("a string of another length than stated"))
    }
}

fn check_index(heap: &Heap, id: Id<Str>) -> Result<(), SnapshotError> {
    let Some(index) = &heap.strings.get(id).index else { return Ok(()) };
    // The index has an entry for every 64 characters, so this is no more work than decoding it was.
    let text = heap.str(id);
    let bounded = text.len() <= index.len().saturating_add(1).saturating_mul(INDEX_STEP * 4);
    let positions = text.char_indices().step_by(INDEX_STEP).map(|(at, _)| at);
    if bounded && positions.eq(index.iter().map(|at| *at as usize)) {
        Ok(())
    } else {
        Err(SnapshotError::Malformed("a string whose index does not fit its text"))
    }
}
