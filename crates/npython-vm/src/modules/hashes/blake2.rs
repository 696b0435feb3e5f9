//! BLAKE2b and BLAKE2s (RFC 7693) with all parameters, and with a state that can be stored.

/// Which word of a block each step of a round takes.
const SCHEDULE: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];
/// Which words a step mixes: columns, then diagonals.
const MIXED: [[usize; 4]; 8] = [
    [0, 4, 8, 12],
    [1, 5, 9, 13],
    [2, 6, 10, 14],
    [3, 7, 11, 15],
    [0, 5, 10, 15],
    [1, 6, 11, 12],
    [2, 7, 8, 13],
    [3, 4, 9, 14],
];

macro_rules! blake2 {
    ($name:ident, $word:ty, $bytes:literal, $rounds:literal, $rotations:expr, $initial:expr) => {
        /// A digest under way.
        #[derive(Clone)]
        pub(super) struct $name {
            chain: [$word; 8],
            counted: u128,
            last_node: bool,
            buffer: Vec<u8>,
        }

        impl $name {
            /// Bytes of a block.
            pub(super) const BLOCK: usize = 16 * $bytes;
            const PARAMETERS: usize = 8 * $bytes;
            const INITIAL: [$word; 8] = $initial;

            /// A digest with a parameter block.
            pub(super) fn new(parameters: &[u8], last_node: bool) -> Option<Self> {
                if parameters.len() != Self::PARAMETERS {
                    return None;
                }
                let mut chain = Self::INITIAL;
                for (word, bytes) in chain.iter_mut().zip(parameters.chunks_exact($bytes)) {
                    *word ^= <$word>::from_le_bytes(bytes.try_into().ok()?);
                }
                Some(Self { chain, counted: 0, last_node, buffer: Vec::new() })
            }

            /// The state as bytes.
            pub(super) fn state(&self) -> Vec<u8> {
                let mut stored: Vec<u8> = self.chain.iter().flat_map(|word| word.to_le_bytes()).collect();
                stored.extend(self.counted.to_le_bytes());
                stored.push(u8::from(self.last_node));
                stored.extend(&self.buffer);
                stored
            }

            /// The digest whose state these bytes are.
            pub(super) fn from_state(stored: &[u8]) -> Option<Self> {
                let (chain_bytes, rest) = stored.split_at_checked(Self::PARAMETERS)?;
                let (counted, rest) = rest.split_first_chunk::<16>()?;
                let (last_node, buffer) = rest.split_first()?;
                let mut chain = [0; 8];
                for (word, bytes) in chain.iter_mut().zip(chain_bytes.chunks_exact($bytes)) {
                    *word = <$word>::from_le_bytes(bytes.try_into().ok()?);
                }
                (buffer.len() <= Self::BLOCK).then(|| Self {
                    chain,
                    counted: u128::from_le_bytes(*counted),
                    last_node: *last_node != 0,
                    buffer: buffer.to_vec(),
                })
            }

            /// Adds data.
            pub(super) fn update(&mut self, mut data: &[u8]) {
                while !data.is_empty() {
                    // The last block is kept back: it is compressed as the last one.
                    if self.buffer.len() >= Self::BLOCK {
                        let block = std::mem::take(&mut self.buffer);
                        self.counted = self.counted.wrapping_add(Self::BLOCK as u128);
                        self.compress(&block, false);
                    }
                    let (part, rest) = data.split_at(data.len().min(Self::BLOCK - self.buffer.len()));
                    self.buffer.extend(part);
                    data = rest;
                }
            }

            /// The digest of all data, as long as it can be.
            pub(super) fn finish(mut self) -> Vec<u8> {
                let mut block = std::mem::take(&mut self.buffer);
                self.counted = self.counted.wrapping_add(block.len() as u128);
                block.resize(Self::BLOCK, 0);
                self.compress(&block, true);
                self.chain.iter().flat_map(|word| word.to_le_bytes()).collect()
            }

            fn compress(&mut self, block: &[u8], last: bool) {
                let mut message = [0; 16];
                for (word, bytes) in message.iter_mut().zip(block.chunks_exact($bytes)) {
                    *word = <$word>::from_le_bytes(bytes.try_into().unwrap_or_default());
                }
                let mut work = [0; 16];
                for (at, word) in work.iter_mut().enumerate() {
                    *word = if at < 8 { self.chain[at] } else { Self::INITIAL[at - 8] };
                }
                work[12] ^= self.counted as $word;
                work[13] ^= (self.counted >> <$word>::BITS) as $word;
                if last {
                    work[14] = !work[14];
                    if self.last_node {
                        work[15] = !work[15];
                    }
                }
                for round in 0..$rounds {
                    let order = &SCHEDULE[round % SCHEDULE.len()];
                    for (step, words) in MIXED.iter().enumerate() {
                        mix(&mut work, words, message[order[2 * step]], message[order[2 * step + 1]]);
                    }
                }
                for (at, word) in self.chain.iter_mut().enumerate() {
                    *word ^= work[at] ^ work[at + 8];
                }

                #[inline(always)]
                fn mix(work: &mut [$word; 16], &[a, b, c, d]: &[usize; 4], first: $word, second: $word) {
                    const ROTATIONS: [u32; 4] = $rotations;
                    work[a] = work[a].wrapping_add(work[b]).wrapping_add(first);
                    work[d] = (work[d] ^ work[a]).rotate_right(ROTATIONS[0]);
                    work[c] = work[c].wrapping_add(work[d]);
                    work[b] = (work[b] ^ work[c]).rotate_right(ROTATIONS[1]);
                    work[a] = work[a].wrapping_add(work[b]).wrapping_add(second);
                    work[d] = (work[d] ^ work[a]).rotate_right(ROTATIONS[2]);
                    work[c] = work[c].wrapping_add(work[d]);
                    work[b] = (work[b] ^ work[c]).rotate_right(ROTATIONS[3]);
                }
            }
        }
    };
}

blake2!(
    Blake2b,
    u64,
    8,
    12,
    [32, 24, 16, 63],
    [
        0x6a09_e667_f3bc_c908,
        0xbb67_ae85_84ca_a73b,
        0x3c6e_f372_fe94_f82b,
        0xa54f_f53a_5f1d_36f1,
        0x510e_527f_ade6_82d1,
        0x9b05_688c_2b3e_6c1f,
        0x1f83_d9ab_fb41_bd6b,
        0x5be0_cd19_137e_2179,
    ]
);
blake2!(
    Blake2s,
    u32,
    4,
    10,
    [16, 12, 8, 7],
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,]
);

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::{Blake2b, Blake2s};

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    #[test]
    fn examples_of_the_rfc() {
        let mut parameters = [0; 64];
        (parameters[0], parameters[2], parameters[3]) = (64, 1, 1);
        let mut wide = Blake2b::new(&parameters, false).unwrap();
        wide.update(b"ab");
        let mut wide = Blake2b::from_state(&wide.state()).unwrap();
        wide.update(b"c");
        assert!(hex(&wide.finish()).starts_with("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b7"));
        let mut parameters = [0; 32];
        (parameters[0], parameters[2], parameters[3]) = (32, 1, 1);
        let mut narrow = Blake2s::new(&parameters, false).unwrap();
        narrow.update(b"abc");
        assert_eq!(hex(&narrow.finish()), "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982");
    }

    #[test]
    fn a_state_of_another_kind_is_refused() {
        assert!(Blake2b::from_state(&[0; 80]).is_none());
        assert!(Blake2b::from_state(&[0; 81]).is_some());
        assert!(Blake2b::from_state(&[0; 81 + 129]).is_none());
        assert!(Blake2s::new(&[0; 64], false).is_none());
    }
}
