//! How long a host's dict or set takes to be filled with keys that a guest has chosen.
//!
//! CPython hashes numbers, and tuples and frozen sets of them, in a way that everybody can work out beforehand, so a guest
//! can choose keys that lie in each other's way. In the machine's own tables it pays for that. In the host's table every
//! insertion would walk past all those before it: minutes, in which nothing can interrupt CPython. So before keys cross the
//! boundary the same walks are made here, in a table without keys, and counted.

use crate::boundary::PlainValue;
use crate::numeric::hash;

/// Containers of so many keys are not looked at: their walks are short, whatever the keys.
const FEW_KEYS: usize = 32;
/// Slots that one crossing may look at, besides so many for each of its keys. Ordinary keys, such as times or multiples of a
/// large power of two, need up to 40 slots of a dict and 170 of a set, which looks at neighbours first.
const PATIENCE: usize = 1_000_000;
const SLOTS_PER_KEY: usize = 64;
const SLOTS_PER_ITEM: usize = 256;
/// What a key with the same hash counts: the two are compared.
const COMPARISON: usize = 16;
/// No hash of CPython's is this.
const FREE: u64 = u64::MAX;
const SMALLEST_TABLE: usize = 8;
const PERTURB_SHIFT: u32 = 5;

/// The kind of table of the host.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum HostTable {
    Dict,
    Set,
}

/// The keys would take the host too long.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct InTheWay;

/// What all containers that cross the boundary together may cost.
pub(super) struct Patience {
    slots: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self { slots: PATIENCE }
    }
}

impl Patience {
    /// Counts what it takes to fill a table of the host with these keys.
    ///
    /// # Errors
    /// It is too much.
    pub(super) fn fill(&mut self, table: HostTable, keys: &[PlainValue]) -> Result<(), InTheWay> {
        if keys.len() <= FEW_KEYS || keys.iter().all(is_scattered) {
            return Ok(());
        }
        let usual = if table == HostTable::Set { SLOTS_PER_ITEM } else { SLOTS_PER_KEY };
        self.slots = self.slots.saturating_add(keys.len().saturating_mul(usual));
        let mut hashes = Vec::with_capacity(keys.len());
        for (key, stand_in) in keys.iter().zip((1_u64..).map(scattered)) {
            hashes.push(self.hash(key)?.map_or(stand_in, |known| known as u64));
        }
        let mut size = SMALLEST_TABLE;
        let mut taken = vec![FREE; size];
        for (count, own) in hashes.iter().enumerate() {
            if is_full(table, count, size) {
                size = size_for(table, count);
                taken = vec![FREE; size];
                for earlier in hashes.iter().take(count) {
                    self.place(table, &mut taken, *earlier)?;
                }
            }
            self.place(table, &mut taken, *own)?;
        }
        Ok(())
    }

    fn take(&mut self, slots: usize) -> Result<(), InTheWay> {
        self.slots = self.slots.checked_sub(slots).ok_or(InTheWay)?;
        Ok(())
    }

    /// The hash that CPython gives a key; `None` where nobody can know it before.
    fn hash(&mut self, key: &PlainValue) -> Result<Option<i64>, InTheWay> {
        self.take(1)?;
        Ok(match key {
            PlainValue::Bool(value) => Some(i64::from(*value)),
            PlainValue::Int(value) => Some(hash::int(*value)),
            PlainValue::BigInt(value) => Some(hash::big_int(value)),
            PlainValue::Float(value) => hash::float(*value),
            PlainValue::Complex(real, imaginary) => {
                hash::float(*real).zip(hash::float(*imaginary)).map(|(real, imaginary)| hash::complex(real, imaginary))
            }
            PlainValue::Range(start, stop, step) => Some(range_hash(*start, *stop, *step)),
            PlainValue::Tuple(items) => self.hash_all(items)?.map(hash::tuple),
            PlainValue::FrozenSet(items) => self.hash_all(items)?.map(hash::frozen_set),
            _ => None,
        })
    }

    fn hash_all(&mut self, items: &[PlainValue]) -> Result<Option<Vec<i64>>, InTheWay> {
        let mut hashes = Vec::with_capacity(items.len());
        for item in items {
            match self.hash(item)? {
                Some(known) => hashes.push(known),
                None => return Ok(None),
            }
        }
        Ok(Some(hashes))
    }

    /// Puts a key into the first free slot of its walk: CPython's `insertdict` and `set_add_entry`.
    fn place(&mut self, table: HostTable, taken: &mut [u64], hash: u64) -> Result<(), InTheWay> {
        let mask = taken.len().saturating_sub(1);
        let mut perturb = hash;
        let mut start = hash as usize & mask;
        loop {
            // A set looks at the neighbours, too, unless they lie behind the end.
            let neighbours = if table == HostTable::Set && start + 9 <= mask { 9 } else { 0 };
            for slot in start..=start + neighbours {
                match taken.get_mut(slot) {
                    Some(other) if *other != FREE => self.take(if *other == hash { COMPARISON } else { 1 })?,
                    Some(free) => {
                        *free = hash;
                        return self.take(1);
                    }
                    None => return Ok(()),
                }
            }
            perturb >>= PERTURB_SHIFT;
            start = start.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
        }
    }
}

/// Whether the hash of a key comes from a number that the host's process has drawn.
fn is_scattered(key: &PlainValue) -> bool {
    matches!(key, PlainValue::Str(_) | PlainValue::WideStr(_) | PlainValue::Bytes(_))
}

/// Numbers that lie anywhere, one after the other: SplitMix64.
fn scattered(number: u64) -> u64 {
    let mut mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

fn is_full(table: HostTable, count: usize, size: usize) -> bool {
    match table {
        HostTable::Dict => count >= size * 2 / 3,
        HostTable::Set => count * 5 >= (size - 1) * 3,
    }
}

/// The size of the table that replaces a full one.
fn size_for(table: HostTable, count: usize) -> usize {
    match table {
        HostTable::Dict => count.saturating_mul(3).next_power_of_two(),
        HostTable::Set if count > 50_000 => count.saturating_mul(2).saturating_add(1).next_power_of_two(),
        HostTable::Set => count.saturating_mul(4).saturating_add(1).next_power_of_two(),
    }
}

fn range_hash(start: i64, stop: i64, step: i64) -> i64 {
    let (first, end) = (i128::from(start), i128::from(stop));
    let span = if step > 0 { end - first } else { first - end };
    let stride = i128::from(step).unsigned_abs().max(1);
    let length = if span <= 0 { 0 } else { (span as u128).div_ceil(stride) };
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    hash::range(length, hash::int(start), hash::int(step))
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;

    use super::{HostTable, InTheWay, Patience, PlainValue};

    const MODULUS: i64 = (1 << 61) - 1;

    fn fill(table: HostTable, keys: &[PlainValue]) -> Result<(), InTheWay> {
        Patience::default().fill(table, keys)
    }

    fn ints(numbers: impl Iterator<Item = i64>) -> Vec<PlainValue> {
        numbers.map(PlainValue::Int).collect()
    }

    #[test]
    fn ordinary_keys_fill_tables_of_any_size() {
        for table in [HostTable::Dict, HostTable::Set] {
            assert_eq!(fill(table, &ints(0..300_000)), Ok(()));
            for stride in [1 << 10, 1 << 20, 1 << 32, 1 << 40, 1_000_000_000, -1_000_000] {
                assert_eq!(fill(table, &ints((0..100_000).map(|number| number * stride))), Ok(()), "{stride}");
            }
            let times: Vec<_> =
                (0..100_000).map(|number| PlainValue::Float(1.7e9 + f64::from(number) / 1000.0)).collect();
            assert_eq!(fill(table, &times), Ok(()));
            let floats: Vec<_> = (0..100_000).map(|number| PlainValue::Float(f64::from(number) / 100.0)).collect();
            assert_eq!(fill(table, &floats), Ok(()));
            let pair = |number: i64| PlainValue::Tuple(ints([number % 300, number / 300].into_iter()));
            assert_eq!(fill(table, &(0..100_000).map(pair).collect::<Vec<_>>()), Ok(()));
        }
    }

    #[test]
    fn keys_with_one_hash_are_refused() {
        let multiples = |number: i64| PlainValue::BigInt(BigInt::from(number) * MODULUS);
        let keys: Vec<_> = (8..5_000).map(multiples).collect();
        let tuples: Vec<_> = (8..5_000).map(|number| PlainValue::Tuple(vec![multiples(number)])).collect();
        let sets: Vec<_> = (8..5_000).map(|number| PlainValue::FrozenSet(vec![multiples(number)])).collect();
        for table in [HostTable::Dict, HostTable::Set] {
            for keys in [&keys, &tuples, &sets] {
                assert_eq!(fill(table, keys), Err(InTheWay));
            }
        }
    }

    #[test]
    fn many_small_containers_with_one_hash_are_refused_together() {
        let keys: Vec<_> = (8..208).map(|number| PlainValue::BigInt(BigInt::from(number) * MODULUS)).collect();
        let mut patience = Patience::default();
        let filled = (0..1_000).filter(|_| patience.fill(HostTable::Dict, &keys).is_ok()).count();
        assert!(filled < 10, "{filled} times");
    }

    /// Keys of different hashes, half of which fill a part of the walk that the other half comes upon at its start.
    #[test]
    fn keys_whose_walks_meet_are_refused() {
        let (bits, length) = (16, 20_000);
        let mask = (1_u64 << bits) - 1;
        let mut walk = vec![0_u64];
        while walk.len() < length {
            walk.push((walk[walk.len() - 1] * 5 + 1) & mask);
        }
        let occupied: std::collections::HashSet<u64> = walk.iter().copied().collect();
        let mut seed = 1;
        let mut strangers = Vec::new();
        while strangers.len() < 10_000 {
            seed += 1;
            if let Some(stranger) = meeting(super::scattered(seed) & mask, bits, mask, &occupied, seed) {
                strangers.push(stranger);
            }
        }
        let keys = ints(walk.into_iter().chain(strangers).map(|key| key as i64));
        assert_eq!(fill(HostTable::Dict, &keys), Err(InTheWay));
    }

    /// A hash that begins as `low` does and finds every slot occupied until nothing of it is left.
    fn meeting(low: u64, bits: u32, mask: u64, occupied: &std::collections::HashSet<u64>, seed: u64) -> Option<u64> {
        let mut hash = low;
        let mut at = hash & mask;
        if !occupied.contains(&at) {
            return None;
        }
        for step in 1..13 {
            let fresh = bits + 5 * (step - 1);
            let choices = if fresh < 60 { 32 } else { 1 };
            let (chosen, next) = (0..choices)
                .map(|choice| if fresh < 60 { hash | ((choice + seed) % 32) << fresh } else { hash })
                .map(|candidate| (candidate, (at * 5 + 1 + (candidate >> (5 * step))) & mask))
                .find(|(_, next)| occupied.contains(next))?;
            (hash, at) = (chosen, next);
        }
        Some(hash & ((1 << 60) - 1))
    }

    #[test]
    fn text_is_not_looked_at() {
        let keys: Vec<_> = (0..200_000).map(|number| PlainValue::Str(format!("key {number}"))).collect();
        assert_eq!(fill(HostTable::Dict, &keys), Ok(()));
    }
}
