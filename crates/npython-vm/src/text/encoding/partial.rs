//! Encodings of which only the characters of ASCII are known here, which they all write as ASCII does.

use crate::text::{ErrorKind, GuestError};

/// The names and aliases of CPython, in order.
const NAMES: &[&str] = &[
    "932",
    "936",
    "949",
    "950",
    "big5",
    "big5_hkscs",
    "big5_tw",
    "big5hkscs",
    "chinese",
    "cp1361",
    "cp932",
    "cp936",
    "cp949",
    "cp950",
    "csbig5",
    "csiso58gb231280",
    "csshiftjis",
    "euc_cn",
    "euc_jis2004",
    "euc_jis_2004",
    "euc_jisx0213",
    "euc_jp",
    "euc_kr",
    "euccn",
    "eucgb2312_cn",
    "eucjis2004",
    "eucjisx0213",
    "eucjp",
    "euckr",
    "gb18030",
    "gb18030_2000",
    "gb2312",
    "gb2312_1980",
    "gb2312_80",
    "gbk",
    "hkscs",
    "iso_ir_58",
    "jisx0213",
    "johab",
    "korean",
    "ks_c_5601",
    "ks_c_5601_1987",
    "ks_x_1001",
    "ksc5601",
    "ksx1001",
    "ms1361",
    "ms932",
    "ms936",
    "ms949",
    "ms950",
    "ms_kanji",
    "mskanji",
    "s_jis",
    "shift_jis",
    "shiftjis",
    "sjis",
    "u_jis",
    "uhc",
    "ujis",
    "windows_31j",
    "x_mac_japanese",
    "x_mac_korean",
    "x_mac_simp_chinese",
    "x_mac_trad_chinese",
];

/// Whether the name, in lower case with underscores, is that of such an encoding.
pub(super) fn is_partial(name: &str) -> bool {
    NAMES.binary_search(&name).is_ok()
}

/// Text beyond what is known.
pub(super) fn beyond_ascii() -> GuestError {
    GuestError::new(
        ErrorKind::NotImplementedError,
        "of this encoding npython knows the characters of ASCII only; use utf-8, utf-16, utf-32, latin-1 or cp1252",
    )
}

#[cfg(test)]
mod tests {
    use super::{NAMES, is_partial};

    #[test]
    fn names_are_in_order() {
        assert!(NAMES.is_sorted());
        assert!(is_partial("shift_jis") && is_partial("gbk") && !is_partial("utf_7"));
    }
}
