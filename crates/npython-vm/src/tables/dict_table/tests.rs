use std::convert::Infallible;

use super::{DictTable, Entry};

fn find(table: &DictTable<i64, i64>, key: i64) -> Option<usize> {
    table.find(key, |held| Ok::<_, Infallible>(*held == key)).unwrap_or_else(|never| match never {})
}

fn keys(table: &DictTable<i64, i64>) -> Vec<i64> {
    let mut found = Vec::new();
    let mut position = 0;
    while let Some((next, entry)) = table.next_from(position) {
        found.push(entry.key);
        position = next;
    }
    found
}

/// A generator of small random numbers.
fn random(state: &mut u64, limit: u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) % limit
}

#[test]
fn behaves_as_a_list_of_pairs() {
    let mut state = 1;
    for spread in [4, 12, 60, 1000] {
        let mut table = DictTable::new();
        let mut model: Vec<(i64, i64)> = Vec::new();
        for turn in 0..4000_i64 {
            let key = random(&mut state, spread) as i64 * 64;
            let found = find(&table, key);
            assert_eq!(found.is_some(), model.iter().any(|pair| pair.0 == key));
            let version = table.keys_version();
            match (random(&mut state, 5), found) {
                (0 | 1, Some(position)) => {
                    assert_eq!(table.remove_at(position).map(|entry| entry.key), Some(key));
                    assert!(table.remove_at(position).is_none());
                    model.retain(|pair| pair.0 != key);
                }
                (2, _) => {
                    assert_eq!(table.pop_last().map(|entry| (entry.key, entry.value)), model.pop());
                }
                (_, Some(position)) => {
                    *table.value_mut(position).expect("found") = turn;
                    model.iter_mut().find(|pair| pair.0 == key).expect("found").1 = turn;
                    assert_eq!(table.keys_version(), version);
                }
                (_, None) => {
                    let (size, growth) = (table.size_in_bytes(), table.growth_bytes_for_insert());
                    let inserted = table.insert_new(key, key, turn);
                    assert_eq!(table.entry(inserted.position), Some(&Entry { hash: key, key, value: turn }));
                    assert!(table.size_in_bytes() == size || table.size_in_bytes() == growth);
                    assert_ne!(table.keys_version(), version);
                    model.push((key, turn));
                }
            }
            assert!(table.iter().map(|entry| (entry.key, entry.value)).eq(model.iter().copied()));
            assert_eq!(keys(&table), model.iter().map(|pair| pair.0).collect::<Vec<_>>());
            assert_eq!(table.len(), model.len());
        }
    }
}

#[test]
fn stays_small_when_keys_come_and_go() {
    let mut table = DictTable::new();
    for key in 0..100_000 {
        table.insert_new(key, key, key);
        if key >= 10 {
            let position = find(&table, key - 10).expect("still there");
            table.remove_at(position);
        }
    }
    assert_eq!(keys(&table), (99_990..100_000).collect::<Vec<_>>());
    assert!(table.size_in_bytes() < 2000, "{}", table.size_in_bytes());
}

#[test]
fn takes_from_the_front_without_rescanning() {
    let mut table = DictTable::new();
    for key in 0..50_000 {
        table.insert_new(key, key, key);
    }
    for key in 0..50_000 {
        let (next, entry) = table.next_from(0).expect("not empty");
        assert_eq!(entry.key, key);
        table.remove_at(next - 1);
    }
    assert!(table.is_empty());
}

/// Keys on the slots that the walk for key 0 visits, so that it is the longest possible.
fn keys_in_the_way(count: i64, index_length: i64) -> Vec<i64> {
    let mut slot = 0;
    let mut keys = Vec::new();
    for _ in 0..count {
        keys.push(slot);
        slot = (slot * 5 + 1) % index_length;
    }
    keys
}

#[test]
fn walks_stay_short_for_keys_in_the_way() {
    let mut table = DictTable::new();
    table.reserve(12_000);
    let hostile = keys_in_the_way(12_000, 32_768);
    for key in &hostile {
        assert_eq!(table.insert_new(*key, *key, 0).extra_work, 0);
    }
    assert_eq!(table.longest_walk, 0);
    let candidates = (1..1000_i64).map(|factor| factor << 15);
    let missing = candidates.max_by_key(|key| table.strangers_on_walk(*key)).expect("there are candidates");
    assert!(table.strangers_on_walk(missing) > 1000);
    assert_eq!(find(&table, missing), None);
    let inserted = table.insert_new(missing, missing, 1);
    assert!(inserted.extra_work > 0);
    assert!(inserted.extra_work < 200_000);
    assert!(table.longest_walk <= 64);
    assert_eq!(find(&table, missing), Some(12_000));
    assert!(hostile.iter().all(|key| find(&table, *key).is_some()));
}

#[test]
fn finds_keys_with_equal_hashes() {
    let mut table = DictTable::new();
    for key in 0..300_i64 {
        table.insert_new(7, key, key);
    }
    for key in 0..300_i64 {
        let found = table.find(7, |held| Ok::<_, Infallible>(*held == key)).expect("infallible");
        assert_eq!(found, Some(key as usize));
    }
    assert_eq!(table.find(7, |_| Err("stop")), Err("stop"));
}

#[test]
fn reserves_once() {
    let mut table: DictTable<i64, i64> = DictTable::new();
    let announced = table.growth_bytes_for_reserve(1000);
    table.reserve(1000);
    assert_eq!(table.size_in_bytes(), announced);
    for key in 0..1000 {
        assert_eq!(table.growth_bytes_for_insert(), 0);
        table.insert_new(key, key, key);
    }
    assert_eq!(table.size_in_bytes(), announced);
}

#[test]
fn survives_being_stored() {
    let mut table = DictTable::new();
    for key in 0..100_i64 {
        table.insert_new(key, key, key);
    }
    table.remove_at(0);
    table.remove_at(50);
    table.pop_last();
    let bytes = postcard::to_allocvec(&table).expect("a table can be stored");
    let restored: DictTable<i64, i64> = postcard::from_bytes(&bytes).expect("a stored table can be read");
    assert!(table.iter().eq(restored.iter()));
    assert_eq!(table.size_in_bytes(), restored.size_in_bytes());
    assert_eq!(table.growth_bytes_for_insert(), restored.growth_bytes_for_insert());
    assert_eq!(find(&restored, 42), Some(42));
    for cut in 0..bytes.len() {
        drop(postcard::from_bytes::<DictTable<i64, i64>>(&bytes[..cut]));
    }
}

#[test]
fn copies() {
    let mut table = DictTable::new();
    assert_eq!(table.compact_copy_bytes(), table.compact_copy().size_in_bytes());
    for key in 0..1000_i64 {
        table.insert_new(key, key, key);
    }
    for position in 0..990 {
        table.remove_at(position);
    }
    let same = table.clone();
    assert_eq!(same.size_in_bytes(), table.size_in_bytes());
    assert_eq!(same.growth_bytes_for_insert(), table.growth_bytes_for_insert());
    assert_eq!(same.keys_version(), table.keys_version());
    assert_eq!(find(&same, 995), Some(995));
    let mut compact = table.compact_copy();
    assert!(compact.iter().eq(table.iter()));
    assert_eq!(compact.size_in_bytes(), table.compact_copy_bytes());
    assert_eq!(compact.iteration_cost(), 10);
    assert_eq!(find(&compact, 995), Some(5));
    for key in 0..990 {
        compact.insert_new(key, key, key);
    }
    assert!((0..1000).all(|key| find(&compact, key).is_some()));
}
