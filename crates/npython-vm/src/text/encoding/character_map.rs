//! Encodings that are a table of characters, one for each byte.

use std::sync::OnceLock;

use super::charmaps::{MAPS, MapText};

/// Stands for a byte that means nothing.
const UNDEFINED: char = '\u{FFFE}';

/// One of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CharacterMap(usize);

/// A table ready for use.
struct Table {
    characters: Vec<char>,
    /// Characters and their bytes, in the order of the characters.
    bytes: Vec<(char, u8)>,
    extends_ascii: bool,
}

static TABLES: [OnceLock<Table>; MAPS.len()] = [const { OnceLock::new() }; MAPS.len()];

impl CharacterMap {
    /// The table of a module's name or an alias of it.
    pub(super) fn named(name: &str) -> Option<Self> {
        MAPS.iter().position(|map| map.name == name || map.aliases.contains(&name)).map(Self)
    }

    /// The module of CPython that holds the codec.
    pub(super) fn module_name(self) -> &'static str {
        MAPS.get(self.0).map_or("", |map| map.name)
    }

    /// Whether ASCII characters are encoded as in ASCII: the lower half is ASCII, and the upper has none of its characters.
    pub(super) fn extends_ascii(self) -> bool {
        self.table().is_some_and(|table| table.extends_ascii)
    }

    /// The character of a byte.
    pub(super) fn character(self, byte: u8) -> Option<u32> {
        let character = *self.table()?.characters.get(usize::from(byte))?;
        (character != UNDEFINED).then(|| character.into())
    }

    /// The byte of a character.
    pub(super) fn byte(self, code: u32) -> Option<u8> {
        let bytes = &self.table()?.bytes;
        let wanted = char::from_u32(code)?;
        let at = bytes.binary_search_by_key(&wanted, |(character, _)| *character).ok()?;
        bytes.get(at).map(|(_, byte)| *byte)
    }

    fn table(self) -> Option<&'static Table> {
        let map = MAPS.get(self.0)?;
        TABLES.get(self.0).map(|table| table.get_or_init(|| Table::read(map)))
    }
}

impl Table {
    fn read(map: &MapText) -> Self {
        let high = map.high.iter().flat_map(|row| row.chars());
        let characters: Vec<char> = match &map.low {
            Some(low) => low.iter().flat_map(|row| row.chars()).chain(high).collect(),
            None => (0_u8..0x80).map(char::from).chain(high).collect(),
        };
        // Of several bytes for one character the last counts.
        let mut bytes: Vec<(char, u8)> = characters.iter().copied().zip(0..=u8::MAX).rev().collect();
        bytes.retain(|(character, _)| *character != UNDEFINED);
        bytes.sort_by_key(|(character, _)| *character);
        bytes.dedup_by_key(|(character, _)| *character);
        let extends_ascii = bytes.iter().take(0x80).zip(0_u8..0x80).all(|((_, byte), code)| *byte == code);
        Self { characters, bytes, extends_ascii }
    }
}

#[cfg(test)]
mod tests {
    use super::{CharacterMap, MAPS, TABLES};

    #[test]
    fn every_table_is_complete() {
        for map in &MAPS {
            let table = CharacterMap::named(map.name).expect("named");
            assert_eq!(TABLES.len(), MAPS.len());
            assert_eq!(table.table().expect("there").characters.len(), 256, "{}", map.name);
            for byte in 0..=u8::MAX {
                if let Some(code) = table.character(byte) {
                    let back = table.byte(code).expect("encodes what it decodes");
                    assert_eq!(table.character(back), Some(code), "{} {byte}", map.name);
                }
            }
        }
    }
}
