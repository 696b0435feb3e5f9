//! Names of encodings and their aliases.

use super::CharacterMap;
use crate::text::{ErrorKind, GuestError};

use super::partial::is_partial;

/// An encoding the machine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// UTF-8 with a signature at the beginning.
    Utf8Sig,
    Ascii,
    Latin1,
    /// A table of characters.
    Map(CharacterMap),
    Utf7,
    /// With a byte order mark.
    Utf16,
    Utf16Le,
    Utf16Be,
    /// With a byte order mark.
    Utf32,
    Utf32Le,
    Utf32Be,
    UnicodeEscape,
    RawUnicodeEscape,
    /// One of which only ASCII is known: see partial.rs.
    Partial,
}

/// Which way a codec is wanted for; error messages differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Encode,
    Decode,
}

impl Encoding {
    /// The name of the module that holds the codec in CPython.
    #[must_use]
    pub fn module_name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf_8",
            Self::Utf8Sig => "utf_8_sig",
            Self::Ascii => "ascii",
            Self::Latin1 => "latin_1",
            Self::Map(map) => map.module_name(),
            Self::Utf7 => "utf_7",
            Self::Utf16 => "utf_16",
            Self::Utf16Le => "utf_16_le",
            Self::Utf16Be => "utf_16_be",
            Self::Utf32 => "utf_32",
            Self::Utf32Le => "utf_32_le",
            Self::Utf32Be => "utf_32_be",
            Self::UnicodeEscape => "unicode_escape",
            Self::RawUnicodeEscape => "raw_unicode_escape",
            Self::Partial => "charmap",
        }
    }

    /// Whether bytes that are ASCII decode to the same characters, one for each.
    #[must_use]
    pub fn extends_ascii(self) -> bool {
        match self {
            Self::Map(map) => map.extends_ascii(),
            Self::Utf8 | Self::Utf8Sig | Self::Ascii | Self::Latin1 | Self::Partial => true,
            _ => false,
        }
    }

    /// The name that errors of the codec give.
    #[must_use]
    pub const fn error_name(self) -> &'static str {
        match self {
            Self::Utf8 | Self::Utf8Sig => "utf-8",
            Self::Ascii => "ascii",
            Self::Latin1 => "latin-1",
            Self::Map(_) => "charmap",
            Self::Utf7 => "utf7",
            Self::Utf16 => "utf-16",
            Self::Utf16Le => "utf-16-le",
            Self::Utf16Be => "utf-16-be",
            Self::Utf32 => "utf-32",
            Self::Utf32Le => "utf-32-le",
            Self::Utf32Be => "utf-32-be",
            Self::UnicodeEscape => "unicodeescape",
            Self::RawUnicodeEscape => "rawunicodeescape",
            Self::Partial => "charmap",
        }
    }
}

const ENCODINGS: [Encoding; 13] = [
    Encoding::Utf8,
    Encoding::Utf8Sig,
    Encoding::Ascii,
    Encoding::Latin1,
    Encoding::Utf7,
    Encoding::Utf16,
    Encoding::Utf16Le,
    Encoding::Utf16Be,
    Encoding::Utf32,
    Encoding::Utf32Le,
    Encoding::Utf32Be,
    Encoding::UnicodeEscape,
    Encoding::RawUnicodeEscape,
];

fn alias(name: &str) -> Option<Encoding> {
    Some(match name {
        "u8" | "utf" | "utf8" | "utf8_ucs2" | "utf8_ucs4" | "cp65001" => Encoding::Utf8,
        "646" | "ansi_x3.4_1968" | "ansi_x3_4_1968" | "ansi_x3.4_1986" | "cp367" | "csascii" | "ibm367"
        | "iso646_us" | "iso_646.irv_1991" | "iso_ir_6" | "us" | "us_ascii" => Encoding::Ascii,
        "8859" | "cp819" | "csisolatin1" | "ibm819" | "iso8859" | "iso8859_1" | "iso_8859_1" | "iso_8859_1_1987"
        | "iso_ir_100" | "l1" | "latin" | "latin1" => Encoding::Latin1,
        "u7" | "utf7" | "unicode_1_1_utf_7" => Encoding::Utf7,
        "u16" | "utf16" => Encoding::Utf16,
        "unicodelittleunmarked" | "utf_16le" => Encoding::Utf16Le,
        "unicodebigunmarked" | "utf_16be" => Encoding::Utf16Be,
        "u32" | "utf32" => Encoding::Utf32,
        "utf_32le" => Encoding::Utf32Le,
        "utf_32be" => Encoding::Utf32Be,
        _ => return None,
    })
}

/// Codecs of CPython that do not go between strings and bytes.
fn is_no_text_encoding(name: &str) -> bool {
    matches!(
        name,
        "rot13"
            | "rot_13"
            | "hex"
            | "hex_codec"
            | "base64"
            | "base_64"
            | "base64_codec"
            | "bz2"
            | "bz2_codec"
            | "zlib"
            | "zip"
            | "zlib_codec"
            | "uu"
            | "uu_codec"
            | "quopri"
            | "quoted_printable"
            | "quopri_codec"
    )
}

/// The encoding of a name, in whatever spelling: case and punctuation do not matter.
///
/// # Errors
/// `LookupError` when there is none, `ValueError` for a name with a NUL.
pub fn find_encoding(name: &str, direction: Direction) -> Result<Encoding, GuestError> {
    if name.contains('\0') {
        return Err(GuestError::value("embedded null character"));
    }
    let normal = normalize(name);
    let is_module = |encoding: &&Encoding| encoding.module_name() == normal;
    let found = alias(&normal).or_else(|| alias(&normal.replace('.', "_")));
    let found = found.or_else(|| ENCODINGS.iter().find(is_module).copied());
    let map = || CharacterMap::named(&normal).or_else(|| CharacterMap::named(&normal.replace('.', "_")));
    if let Some(encoding) = found.or_else(|| map().map(Encoding::Map)) {
        return Ok(encoding);
    }
    if is_partial(&normal) || is_partial(&normal.replace('.', "_")) {
        return Ok(Encoding::Partial);
    }
    let message = if is_no_text_encoding(&normal) {
        let function = if direction == Direction::Encode { "encode" } else { "decode" };
        format!("'{name}' is not a text encoding; use codecs.{function}() to handle arbitrary codecs")
    } else {
        format!("unknown encoding: {name}")
    };
    Err(GuestError::new(ErrorKind::LookupError, message))
}

/// Lower case, with one underscore for each run of other characters than letters, digits and full stops.
fn normalize(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    let mut gap = false;
    for character in name.chars() {
        if character.is_ascii_alphanumeric() || character == '.' {
            if gap && !normal.is_empty() {
                normal.push('_');
            }
            gap = false;
            normal.push(character.to_ascii_lowercase());
        } else if character.is_ascii() {
            gap = true;
        } else {
            // Letters beyond ASCII make no known name.
            normal.push(character);
        }
    }
    normal
}
