//! Operations on two sets whose results have CPython 3.13's iteration order.
//!
//! Each takes a comparison of two keys with equal hashes and returns the extra work done for colliding keys. They
//! are for keys that compare without running guest code; otherwise the caller drives [`SetTable::find`],
//! [`SetTable::insert_new`] and [`SetTable::next_from`] in the same order itself.

use super::set_table::SetTable;

/// `target.update(other)`, also `target |= other` and the copy `set(other)` when `target` is new.
///
/// # Errors
/// Whatever `eq` fails with; the keys added before stay.
pub fn update<K: Copy, E>(
    target: &mut SetTable<K>,
    other: &SetTable<K>,
    mut eq: impl FnMut(&K, &K) -> Result<bool, E>,
) -> Result<u64, E> {
    if other.is_empty() {
        return Ok(0);
    }
    let mut work = target.presize(other.len());
    if target.is_untouched() {
        if target.mask() == other.mask() && !other.has_dummies() {
            target.copy_slots_of(other);
        } else {
            work += target.insert_all_clean(other);
        }
        return Ok(work);
    }
    for (hash, key) in other.iter() {
        work += add(target, hash, *key, &mut eq)?;
    }
    Ok(work)
}

/// Adds a key unless an equal one is there; returns the extra work.
///
/// # Errors
/// Whatever `eq` fails with.
pub fn add<K: Copy, E>(
    target: &mut SetTable<K>,
    hash: i64,
    key: K,
    mut eq: impl FnMut(&K, &K) -> Result<bool, E>,
) -> Result<u64, E> {
    let lookup = target.find(hash, |held| eq(held, &key))?;
    Ok(match lookup.found {
        Some(_) => lookup.extra_work,
        None => lookup.extra_work + target.insert_new(hash, key),
    })
}

/// A copy with the order `set.copy()` and `set(other)` have (which is not always the original's: dummies are dropped).
#[must_use]
pub fn copy<K: Copy>(source: &SetTable<K>) -> (SetTable<K>, u64) {
    let mut result = SetTable::new();
    let never = |_: &K, _: &K| Ok::<bool, std::convert::Infallible>(false);
    let work = update(&mut result, source, never).unwrap_or(0);
    (result, work)
}

/// `left & right`; for one and the same set use [`copy`].
///
/// # Errors
/// Whatever `eq` fails with.
pub fn intersection<K: Copy, E>(
    left: &SetTable<K>,
    right: &SetTable<K>,
    mut eq: impl FnMut(&K, &K) -> Result<bool, E>,
) -> Result<(SetTable<K>, u64), E> {
    let (searched, walked) = if right.len() > left.len() { (right, left) } else { (left, right) };
    let mut result = SetTable::new();
    let mut work = 0;
    for (hash, key) in walked.iter() {
        let lookup = searched.find(hash, |held| eq(held, key))?;
        work += lookup.extra_work;
        if lookup.found.is_some() {
            work += add(&mut result, hash, *key, &mut eq)?;
        }
    }
    Ok((result, work))
}

/// `left - right`; for one and the same set the result is empty.
///
/// # Errors
/// Whatever `eq` fails with.
pub fn difference<K: Copy, E>(
    left: &SetTable<K>,
    right: &SetTable<K>,
    mut eq: impl FnMut(&K, &K) -> Result<bool, E>,
) -> Result<(SetTable<K>, u64), E> {
    if left.len() / 4 > right.len() {
        let (mut result, mut work) = copy(left);
        work += difference_update(&mut result, right, eq)?;
        return Ok((result, work));
    }
    let mut result = SetTable::new();
    let mut work = 0;
    for (hash, key) in left.iter() {
        let lookup = right.find(hash, |held| eq(held, key))?;
        work += lookup.extra_work;
        if lookup.found.is_none() {
            work += add(&mut result, hash, *key, &mut eq)?;
        }
    }
    Ok((result, work))
}

/// `target -= other`; for one and the same set use [`SetTable::clear`].
///
/// # Errors
/// Whatever `eq` fails with; the keys removed before stay removed.
pub fn difference_update<K: Copy, E>(
    target: &mut SetTable<K>,
    other: &SetTable<K>,
    mut eq: impl FnMut(&K, &K) -> Result<bool, E>,
) -> Result<u64, E> {
    let mut work = 0;
    if other.len() / 8 > target.len() {
        let (common, found_work) = intersection(target, other, &mut eq)?;
        work += found_work + discard_all(target, &common, &mut eq)?;
    } else {
        work += discard_all(target, other, &mut eq)?;
    }
    Ok(work + target.drop_dummies())
}

/// `left ^ right`.
///
/// # Errors
/// Whatever `eq` fails with.
pub fn symmetric_difference<K: Copy, E>(
    left: &SetTable<K>,
    right: &SetTable<K>,
    eq: impl FnMut(&K, &K) -> Result<bool, E>,
) -> Result<(SetTable<K>, u64), E> {
    let (mut result, work) = copy(right);
    let more = symmetric_difference_update(&mut result, left, eq)?;
    Ok((result, work + more))
}

/// `target ^= other`; for one and the same set use [`SetTable::clear`].
///
/// # Errors
/// Whatever `eq` fails with; the changes made before stay.
pub fn symmetric_difference_update<K: Copy, E>(
    target: &mut SetTable<K>,
    other: &SetTable<K>,
    mut eq: impl FnMut(&K, &K) -> Result<bool, E>,
) -> Result<u64, E> {
    let mut work = 0;
    for (hash, key) in other.iter() {
        let lookup = target.find(hash, |held| eq(held, key))?;
        work += lookup.extra_work;
        match lookup.found {
            Some(slot) => {
                target.remove_at(slot);
            }
            None => work += target.insert_new(hash, *key),
        }
    }
    Ok(work)
}

fn discard_all<K: Copy, E>(
    target: &mut SetTable<K>,
    other: &SetTable<K>,
    eq: &mut impl FnMut(&K, &K) -> Result<bool, E>,
) -> Result<u64, E> {
    let mut work = 0;
    for (hash, key) in other.iter() {
        let lookup = target.find(hash, |held| eq(held, key))?;
        work += lookup.extra_work;
        if let Some(slot) = lookup.found {
            target.remove_at(slot);
        }
    }
    Ok(work)
}
