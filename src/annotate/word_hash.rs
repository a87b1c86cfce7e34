//! A quick hash of words, for tables that live as long as one text is read.

use std::hash::Hasher;

/// Mixes eight bytes at a time. Nothing that is kept or printed depends on it.
#[derive(Debug, Default, Clone, Copy)]
pub struct WordHasher(u64);

impl WordHasher {
    fn mix(&mut self, bits: u64) {
        /// Odd, and with about as many bits set as not.
        const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
        self.0 = (self.0.rotate_left(5) ^ bits).wrapping_mul(FACTOR);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (whole, rest) = bytes.as_chunks::<8>();
        for chunk in whole {
            self.mix(u64::from_le_bytes(*chunk));
        }
        let rest = rest
            .iter()
            .fold(0, |bits, byte| bits << 8 | u64::from(*byte));
        self.mix(rest);
    }

    fn write_usize(&mut self, number: usize) {
        self.mix(number as u64);
    }

    fn finish(&self) -> u64 {
        // Tables look at the lowest bits, which multiplication mixes least.
        self.0 ^ (self.0 >> 32)
    }
}
