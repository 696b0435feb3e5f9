//! Unicode normal forms.

use unicode_normalization::UnicodeNormalization;

/// A normal form, as named by `unicodedata.normalize`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NormalForm {
    Nfc,
    Nfd,
    Nfkc,
    Nfkd,
}

impl NormalForm {
    /// The form of a name such as `NFC`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "NFC" => Self::Nfc,
            "NFD" => Self::Nfd,
            "NFKC" => Self::Nfkc,
            "NFKD" => Self::Nfkd,
            _ => return None,
        })
    }

    /// How much longer than its input a normal form can get at most, in bytes of UTF-8.
    #[must_use]
    pub fn growth(self) -> usize {
        match self {
            Self::Nfc => 3,
            Self::Nfd => 5,
            Self::Nfkc | Self::Nfkd => 11,
        }
    }
}

/// `unicodedata.normalize`.
#[must_use]
pub fn normalize(text: &str, form: NormalForm) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    match form {
        NormalForm::Nfc => text.nfc().collect(),
        NormalForm::Nfd => text.nfd().collect(),
        NormalForm::Nfkc => text.nfkc().collect(),
        NormalForm::Nfkd => text.nfkd().collect(),
    }
}

/// `unicodedata.is_normalized`.
#[must_use]
pub fn is_normalized(text: &str, form: NormalForm) -> bool {
    text.is_ascii()
        || match form {
            NormalForm::Nfc => unicode_normalization::is_nfc(text),
            NormalForm::Nfd => unicode_normalization::is_nfd(text),
            NormalForm::Nfkc => unicode_normalization::is_nfkc(text),
            NormalForm::Nfkd => unicode_normalization::is_nfkd(text),
        }
}
