//! How a memoryview lays items over the bytes of its source.

use serde::{Deserialize, Serialize};
use smallvec::{SmallVec, smallvec};

/// The format of an item: a native single character of the `struct` notation, maybe with `@` in front of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct ItemFormat {
    pub code: u8,
    pub prefixed: bool,
}

impl ItemFormat {
    /// Single unsigned bytes.
    pub(crate) const BYTES: Self = Self { code: b'B', prefixed: false };

    /// The format a text means; `None` for those no view can have.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (code, prefixed) = match *text.as_bytes() {
            [code] => (code, false),
            [b'@', code] => (code, true),
            _ => return None,
        };
        let format = Self { code, prefixed };
        (format.item_size() > 0).then_some(format)
    }

    /// The bytes of an item on a 64-bit machine; zero for codes that are none.
    pub(crate) const fn item_size(self) -> usize {
        match self.code {
            b'b' | b'B' | b'c' | b'?' => 1,
            b'h' | b'H' | b'e' => 2,
            b'i' | b'I' | b'f' => 4,
            b'l' | b'L' | b'q' | b'Q' | b'n' | b'N' | b'd' | b'P' => 8,
            _ => 0,
        }
    }

    /// Whether items are single bytes, which can be cast to any other format.
    pub(crate) const fn is_bytes(self) -> bool {
        matches!(self.code, b'b' | b'B' | b'c')
    }

    /// As the attribute `format` shows it.
    pub(crate) fn text(self) -> String {
        let code = char::from(self.code);
        if self.prefixed { format!("@{code}") } else { code.to_string() }
    }
}

/// Where the items of a view lie in its source.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct ViewLayout {
    /// The byte position of the first item.
    pub start: usize,
    pub format: ItemFormat,
    pub shape: SmallVec<[usize; 2]>,
    /// Bytes from one item to the next, of each dimension.
    pub strides: SmallVec<[isize; 2]>,
}

impl ViewLayout {
    /// The bytes of a whole source, one by one.
    pub(crate) fn of_bytes(length: usize) -> Self {
        Self { start: 0, format: ItemFormat::BYTES, shape: smallvec![length], strides: smallvec![1] }
    }

    /// Items of a format one behind the other, in C order.
    pub(crate) fn contiguous(start: usize, format: ItemFormat, shape: SmallVec<[usize; 2]>) -> Self {
        let mut step = format.item_size() as isize;
        let mut strides: SmallVec<[isize; 2]> = shape
            .iter()
            .rev()
            .map(|length| {
                let stride = step;
                step = step.wrapping_mul(*length as isize);
                stride
            })
            .collect();
        strides.reverse();
        Self { start, format, shape, strides }
    }

    /// The number of items.
    pub(crate) fn items(&self) -> usize {
        self.shape.iter().fold(1, |product, length| product.saturating_mul(*length))
    }

    /// The number of bytes of all items.
    pub(crate) fn bytes(&self) -> usize {
        self.items().saturating_mul(self.format.item_size())
    }

    /// Whether the items lie one behind the other, the last index moving fastest.
    pub(crate) fn is_c_contiguous(&self) -> bool {
        self.is_contiguous(self.shape.iter().zip(&self.strides).rev())
    }

    /// Whether the items lie one behind the other, the first index moving fastest.
    pub(crate) fn is_f_contiguous(&self) -> bool {
        self.is_contiguous(self.shape.iter().zip(&self.strides))
    }

    fn is_contiguous<'a>(&self, dimensions: impl Iterator<Item = (&'a usize, &'a isize)>) -> bool {
        let mut expected = self.format.item_size() as isize;
        self.items() == 0
            || dimensions.into_iter().all(|(length, stride)| {
                let fits = *length == 1 || *stride == expected;
                expected = expected.wrapping_mul(*length as isize);
                fits
            })
    }

    /// Whether every item lies within a source of `size` bytes.
    pub(crate) fn fits(&self, size: usize) -> bool {
        let item_size = self.format.item_size();
        if self.shape.len() != self.strides.len() || item_size == 0 {
            return false;
        }
        if self.items() == 0 {
            return self.start <= size;
        }
        let (mut first, mut last) = (self.start as i128, self.start as i128);
        for (length, stride) in self.shape.iter().zip(&self.strides) {
            let reach = (*length as i128 - 1).saturating_mul(*stride as i128);
            *(if reach < 0 { &mut first } else { &mut last }) += reach;
        }
        first >= 0 && last.saturating_add(item_size as i128) <= size as i128
    }
}
