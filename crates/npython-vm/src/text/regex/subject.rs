//! The text that is matched, as it is stored: one byte for each character, or UTF-8.

/// A text up to the end of the part that is matched.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'text> {
    /// ASCII, or bytes.
    Narrow(&'text [u8]),
    /// UTF-8; with `surrogates`, characters from U+10F800 on stand for lone surrogates.
    Wide { text: &'text [u8], surrogates: bool },
}

impl Subject<'_> {
    /// Length in bytes.
    #[must_use]
    pub fn length(&self) -> usize {
        match self {
            Self::Narrow(text) | Self::Wide { text, .. } => text.len(),
        }
    }
}

/// Steps through a text.
pub(super) trait Text: Copy {
    fn bytes(&self) -> &[u8];
    /// Every character is one byte.
    const NARROW: bool;
    /// The character at a position and the position behind it.
    fn next(&self, position: usize) -> Option<(u32, usize)>;
    /// The character before a position and its position.
    fn previous(&self, position: usize) -> Option<(u32, usize)>;

    #[inline(always)]
    fn byte(&self, position: usize) -> Option<u8> {
        self.bytes().get(position).copied()
    }
}

#[derive(Clone, Copy)]
pub(super) struct Narrow<'text>(pub(super) &'text [u8]);

impl Text for Narrow<'_> {
    const NARROW: bool = true;

    #[inline(always)]
    fn bytes(&self) -> &[u8] {
        self.0
    }

    #[inline(always)]
    fn next(&self, position: usize) -> Option<(u32, usize)> {
        self.0.get(position).map(|byte| (u32::from(*byte), position + 1))
    }

    #[inline(always)]
    fn previous(&self, position: usize) -> Option<(u32, usize)> {
        let before = position.checked_sub(1)?;
        self.0.get(before).map(|byte| (u32::from(*byte), before))
    }
}

#[derive(Clone, Copy)]
pub(super) struct Wide<'text> {
    pub(super) text: &'text [u8],
    pub(super) surrogates: bool,
}

impl Wide<'_> {
    #[inline]
    fn continuation(&self, position: usize) -> u32 {
        self.text.get(position).map_or(0, |byte| u32::from(byte & 0x3f))
    }

    #[inline]
    fn meaning(&self, code: u32) -> u32 {
        const FIRST_MAPPED: u32 = 0x10_F800;
        if self.surrogates && code >= FIRST_MAPPED { code - FIRST_MAPPED + 0xD800 } else { code }
    }
}

impl Text for Wide<'_> {
    const NARROW: bool = false;

    #[inline(always)]
    fn bytes(&self) -> &[u8] {
        self.text
    }

    #[inline]
    fn next(&self, position: usize) -> Option<(u32, usize)> {
        let lead = u32::from(*self.text.get(position)?);
        Some(match lead {
            0..0x80 => (lead, position + 1),
            0x80..0xe0 => ((lead & 0x1f) << 6 | self.continuation(position + 1), position + 2),
            0xe0..0xf0 => {
                let rest = self.continuation(position + 1) << 6 | self.continuation(position + 2);
                ((lead & 0x0f) << 12 | rest, position + 3)
            }
            _ => {
                let rest = self.continuation(position + 1) << 12
                    | self.continuation(position + 2) << 6
                    | self.continuation(position + 3);
                (self.meaning((lead & 0x07) << 18 | rest), position + 4)
            }
        })
    }

    #[inline]
    fn previous(&self, position: usize) -> Option<(u32, usize)> {
        let mut start = position.checked_sub(1)?;
        while start > 0 && self.text.get(start).is_some_and(|byte| byte & 0xc0 == 0x80) {
            start -= 1;
        }
        self.next(start).map(|(code, _)| (code, start))
    }
}
