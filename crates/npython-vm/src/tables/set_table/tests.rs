//! The iteration order is checked against `orders.txt`, printed by CPython running `tests/oracle/set_orders.py`.

use super::SetTable;
use crate::tables::set_operations as operations;

const SETS: u64 = 4;
const BLOCK_LENGTH: usize = 100;

struct Generator(u64);

impl Generator {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn key(&mut self, spread: u64) -> i64 {
        let number = self.below(spread) as i64;
        match self.below(8) {
            0 => number * 1024,
            1 => number * 35_184_372_088_832,
            2 => -number,
            _ => number,
        }
    }
}

fn hash(key: i64) -> i64 {
    let magnitude = (key.unsigned_abs() % ((1 << 61) - 1)) as i64;
    let hash = if key < 0 { -magnitude } else { magnitude };
    if hash == -1 { -2 } else { hash }
}

#[expect(clippy::unnecessary_wraps, reason = "the shape the operations ask for")]
fn same(left: &i64, right: &i64) -> Result<bool, ()> {
    Ok(left == right)
}

fn step(sets: &mut [SetTable<i64>], generator: &mut Generator, spread: u64) -> Result<usize, ()> {
    let choice = generator.below(16);
    let target = generator.below(SETS) as usize;
    match choice {
        0 | 13..=15 => {
            for _ in 0..generator.below(20) {
                let key = generator.key(spread);
                operations::add(&mut sets[target], hash(key), key, same)?;
            }
        }
        1 => {
            for _ in 0..generator.below(20) {
                let key = generator.key(spread);
                if let Some(slot) = sets[target].find(hash(key), |held| same(held, &key))?.found {
                    sets[target].remove_at(slot);
                }
            }
        }
        2 => {
            for _ in 0..generator.below(6) {
                sets[target].pop();
            }
        }
        3 => {
            let source = generator.below(SETS) as usize;
            sets[target] = operations::copy(&sets[source]).0;
        }
        4 => {
            if generator.below(4) == 0 {
                sets[target].clear();
            }
        }
        5..=8 => {
            let (left, right) = (generator.below(SETS) as usize, generator.below(SETS) as usize);
            sets[target] = combine(choice, left == right, &sets[left], &sets[right])?;
        }
        _ => {
            let other = generator.below(SETS) as usize;
            let same_set = other == target;
            let other = sets[other].clone();
            combine_in_place(choice, same_set, &mut sets[target], &other)?;
        }
    }
    Ok(target)
}

fn combine(choice: u64, same_set: bool, left: &SetTable<i64>, right: &SetTable<i64>) -> Result<SetTable<i64>, ()> {
    Ok(match choice {
        5 => {
            let mut result = operations::copy(left).0;
            if !same_set {
                operations::update(&mut result, right, same)?;
            }
            result
        }
        6 if same_set => operations::copy(left).0,
        6 => operations::intersection(left, right, same)?.0,
        7 => operations::difference(left, right, same)?.0,
        _ => operations::symmetric_difference(left, right, same)?.0,
    })
}

fn combine_in_place(choice: u64, same_set: bool, target: &mut SetTable<i64>, other: &SetTable<i64>) -> Result<(), ()> {
    match choice {
        9 if same_set => {}
        9 => drop(operations::update(target, other, same)?),
        10 if same_set => {
            let copied = operations::copy(target).0;
            target.replace_content(copied);
        }
        10 => {
            let common = operations::intersection(target, other, same)?.0;
            target.replace_content(common);
        }
        _ if same_set => target.clear(),
        11 => drop(operations::difference_update(target, other, same)?),
        _ => drop(operations::symmetric_difference_update(target, other, same)?),
    }
    Ok(())
}

#[test]
fn iterates_in_the_order_of_cpython() {
    let mut generator = Generator(42);
    let mut sets = vec![SetTable::new(); SETS as usize];
    for (block, expected) in include_str!("orders.txt").lines().enumerate() {
        let spread = 10 << (block % 12);
        let mut checksum = 0_u64;
        for _ in 0..BLOCK_LENGTH {
            let target = step(&mut sets, &mut generator, spread).expect("comparisons do not fail");
            for (_, key) in sets[target].iter() {
                checksum = checksum.wrapping_mul(31).wrapping_add(*key as u64);
            }
            checksum = checksum.wrapping_mul(31).wrapping_add(sets[target].len() as u64);
        }
        assert_eq!(checksum.to_string(), expected, "block {block}");
    }
}

#[test]
fn announces_its_growth() {
    let mut table = SetTable::new();
    let mut generator = Generator(7);
    for _ in 0..2000 {
        let key = generator.key(100_000);
        let (before, announced) = (table.size_in_bytes(), table.growth_bytes_for_insert());
        let length = table.len();
        operations::add(&mut table, hash(key), key, same).expect("comparisons do not fail");
        if table.len() > length && table.size_in_bytes() != before {
            assert_eq!(table.size_in_bytes(), announced);
        }
    }
}

#[test]
fn reports_work_for_colliding_keys() {
    let mut table = SetTable::new();
    let mut work = 0;
    for number in 0..200_i64 {
        let key = number << 40;
        work += operations::add(&mut table, hash(key), key, same).expect("comparisons do not fail");
    }
    assert!(work > 200);
}

#[test]
fn survives_being_stored() {
    let mut table = SetTable::new();
    for key in 0..100_i64 {
        table.insert_new(hash(key * 37), key * 37);
    }
    table.remove_at(5);
    let bytes = postcard::to_allocvec(&table).expect("a table can be stored");
    let restored: SetTable<i64> = postcard::from_bytes(&bytes).expect("a stored table can be read");
    assert!(table.iter().eq(restored.iter()));
    for cut in 0..bytes.len() {
        drop(postcard::from_bytes::<SetTable<i64>>(&bytes[..cut]));
    }
}
