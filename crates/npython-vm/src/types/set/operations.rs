//! Set algebra on the machine's sets, in CPython's order, for elements that compare without guest code.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::Set;
use crate::tables::SetTable;
use crate::tables::set_operations as tables;
use crate::value::{Id, Value};

use super::any_set;

/// An operation on two sets that makes a new one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Algebra {
    Union,
    Intersection,
    Difference,
    SymmetricDifference,
}

/// A table of values.
type Table = SetTable<Value>;

/// An upper bound of what a table with this many keys takes.
fn bytes_for(keys: usize) -> usize {
    keys.saturating_mul(8 * 32).saturating_add(8 * 32)
}

/// Charges for going through `items` keys and makes sure that the result may take its room.
fn prepare(m: &mut Machine, items: usize, result: usize) -> Result<(), Fault> {
    m.charge_items(items)?;
    let bytes = bytes_for(result);
    if m.heap.would_exceed(bytes / 4) {
        return m.heap.reserve(bytes / 4);
    }
    Ok(())
}

/// A new set of a finished table.
fn finish(m: &mut Machine, table: Table) -> Result<Id<Set>, Fault> {
    m.heap.new_set(Set { table, hash: 0 })
}

/// `set.copy()`
pub(crate) fn copy(m: &mut Machine, set: Id<Set>) -> Result<Id<Set>, Fault> {
    let count = m.heap.sets.get(set).table.len();
    m.charge_walk(set)?;
    prepare(m, count, count)?;
    let (table, work) = tables::copy(&m.heap.sets.get(set).table);
    m.charge(work)?;
    finish(m, table)
}

/// `a op b`
pub(crate) fn combine(m: &mut Machine, algebra: Algebra, a: Id<Set>, b: Id<Set>) -> Result<Id<Set>, Fault> {
    let (left, right) = (m.heap.sets.get(a).table.len(), m.heap.sets.get(b).table.len());
    let (walked, result) = match algebra {
        Algebra::Union | Algebra::SymmetricDifference => (left + right, left + right),
        Algebra::Intersection => (left.min(right), left.min(right)),
        Algebra::Difference => (left, left),
    };
    m.charge_walk(a)?;
    m.charge_walk(b)?;
    prepare(m, walked, result)?;
    if a == b {
        return match algebra {
            Algebra::Union | Algebra::Intersection => copy(m, a),
            Algebra::Difference | Algebra::SymmetricDifference => finish(m, Table::new()),
        };
    }
    let mut equality = m.equality();
    let (left, right) = (&m.heap.sets.get(a).table, &m.heap.sets.get(b).table);
    let made = match algebra {
        Algebra::Union => {
            let (mut result, work) = tables::copy(left);
            tables::update(&mut result, right, |x, y| equality.equal_keys(*x, *y)).map(|more| (result, work + more))
        }
        Algebra::Intersection => tables::intersection(left, right, |x, y| equality.equal_keys(*x, *y)),
        Algebra::Difference => tables::difference(left, right, |x, y| equality.equal_keys(*x, *y)),
        Algebra::SymmetricDifference => tables::symmetric_difference(left, right, |x, y| equality.equal_keys(*x, *y)),
    };
    let work = equality.work;
    let (table, more) = m.settle_comparison(made, work)?;
    m.charge(more)?;
    finish(m, table)
}

/// Runs an operation that changes the table of `target` in view of another set's.
fn change(
    m: &mut Machine,
    target: Id<Set>,
    other: Id<Set>,
    operation: impl FnOnce(&mut Table, &Table, &mut crate::machine::Equality<'_>) -> Result<u64, crate::machine::Obstacle>,
) -> Result<(), Fault> {
    m.charge_walk(target)?;
    m.charge_walk(other)?;
    let mut table = std::mem::take(&mut m.heap.sets.slot(target).table);
    let before = table.size_in_bytes();
    let mut equality = m.equality();
    let changed = operation(&mut table, &m.heap.sets.get(other).table, &mut equality);
    let work = equality.work;
    let grown = table.size_in_bytes().saturating_sub(before);
    m.heap.sets.slot(target).table = table;
    let more = m.settle_comparison(changed, work)?;
    m.heap.reserve(grown)?;
    m.charge(more)
}

impl Machine {
    /// `set.update(iterable)`
    ///
    /// # Errors
    /// `Fault::Fallback` when guest code is needed; elements added before stay, which doing it again does not change.
    pub(crate) fn set_update_natively(&mut self, set: Id<Set>, iterable: Value) -> Result<(), Fault> {
        if let Some(other) = any_set(self, iterable) {
            if other == set {
                return Ok(());
            }
            let count = self.heap.sets.get(other).table.len();
            prepare(self, count, self.heap.sets.get(set).table.len() + count)?;
            let growth = self.heap.sets.get(set).table.growth_bytes_for_update(count);
            self.reserve_before_change(growth)?;
            self.heap.release(growth);
            return change(self, set, other, |table, other, equality| {
                tables::update(table, other, |a, b| equality.equal_keys(*a, *b))
            });
        }
        if let Value::Dict(dict) = iterable {
            let count = self.heap.dicts.get(dict).table.len();
            self.charge_items(count)?;
            let growth = self.heap.sets.get(set).table.growth_bytes_for_update(count);
            self.reserve_before_change(growth)?;
            let work = self.heap.sets.slot(set).table.presize(count);
            self.charge(work)?;
            let mut position = 0;
            while let Some((next, entry)) = self.heap.dicts.get(dict).table.next_from(position) {
                position = next;
                let (hash, key) = (entry.hash, entry.key);
                self.look_now_and_then(position)?;
                self.set_add_hashed(set, key, hash)?;
            }
            return Ok(());
        }
        let items = self.collect_items(iterable)?;
        for (step, item) in items.iter().enumerate() {
            self.look_now_and_then(step)?;
            match self.set_add(set, *item) {
                Ok(()) => {}
                Err(Fault::Fallback) => return Err(self.fall_back_after(iterable, &items)),
                Err(fault) => return Err(fault),
            }
        }
        self.heap.release(items.len() * size_of::<Value>());
        Ok(())
    }
}

/// The set an argument is, or a new one of its items.
fn as_set(m: &mut Machine, iterable: Value) -> Result<Id<Set>, Fault> {
    if let Some(set) = any_set(m, iterable) {
        return Ok(set);
    }
    let made = m.heap.new_set(Set::default())?;
    m.set_update_natively(made, iterable)?;
    Ok(made)
}

/// `set.intersection(other)`
pub(crate) fn intersection(m: &mut Machine, set: Id<Set>, other: Value) -> Result<Id<Set>, Fault> {
    if let Some(other) = any_set(m, other) {
        return combine(m, Algebra::Intersection, set, other);
    }
    items_kept(m, other, |m, item| Ok(m.set_find(set, item)?.is_some()))
}

/// A new set of the items of `iterable` that `keeps` says are to be kept.
pub(crate) fn items_kept(
    m: &mut Machine,
    iterable: Value,
    keeps: impl Fn(&mut Machine, Value) -> Result<bool, Fault>,
) -> Result<Id<Set>, Fault> {
    let items = m.collect_items(iterable)?;
    let made = m.heap.new_set(Set::default())?;
    for item in &items {
        let step = match keeps(m, *item) {
            Ok(true) => m.set_add(made, *item),
            Ok(false) => Ok(()),
            Err(fault) => Err(fault),
        };
        match step {
            Ok(()) => {}
            Err(Fault::Fallback) => return Err(m.fall_back_after(iterable, &items)),
            Err(fault) => return Err(fault),
        }
    }
    m.heap.release(items.len() * size_of::<Value>());
    Ok(made)
}

/// `set &= other`
pub(crate) fn intersection_update(m: &mut Machine, set: Id<Set>, other: Value) -> Result<(), Fault> {
    let result = intersection(m, set, other)?;
    let table = std::mem::take(&mut m.heap.sets.slot(result).table);
    m.heap.sets.slot(set).table.replace_content(table);
    Ok(())
}

/// `set.difference(other)`
pub(crate) fn difference(m: &mut Machine, set: Id<Set>, other: Value) -> Result<Id<Set>, Fault> {
    if let Some(other) = any_set(m, other) {
        return combine(m, Algebra::Difference, set, other);
    }
    if let Value::Dict(dict) = other
        && m.heap.sets.get(set).table.len() / 4 <= m.heap.dicts.get(dict).table.len()
    {
        return difference_by_dict(m, set, dict);
    }
    let result = copy(m, set)?;
    difference_update(m, result, other)?;
    Ok(result)
}

/// The elements that are no keys of a dict.
fn difference_by_dict(m: &mut Machine, set: Id<Set>, dict: Id<crate::objects::Dict>) -> Result<Id<Set>, Fault> {
    let made = m.heap.new_set(Set::default())?;
    m.charge_walk(set)?;
    let mut slot = 0;
    while let Some((next, hash, key)) = m.heap.sets.get(set).table.next_from(slot) {
        let key = *key;
        slot = next;
        m.charge(1)?;
        if m.dict_find_hashed(dict, key, hash)?.is_none() {
            m.set_add_hashed(made, key, hash)?;
        }
    }
    Ok(made)
}

/// `set.difference_update(other)`
pub(crate) fn difference_update(m: &mut Machine, set: Id<Set>, other: Value) -> Result<(), Fault> {
    if let Some(other) = any_set(m, other) {
        if other == set {
            m.heap.sets.slot(set).table.clear();
            return Ok(());
        }
        m.charge_items(m.heap.sets.get(other).table.len())?;
        return change(m, set, other, |table, other, equality| {
            tables::difference_update(table, other, |a, b| equality.equal_keys(*a, *b))
        });
    }
    let items = m.collect_items(other)?;
    for item in &items {
        match m.set_find(set, *item) {
            Ok(Some(slot)) => {
                m.heap.sets.slot(set).table.remove_at(slot);
            }
            Ok(None) => {}
            Err(Fault::Fallback) => return Err(m.fall_back_after(other, &items)),
            Err(fault) => return Err(fault),
        }
    }
    let growth = m.heap.sets.get(set).table.growth_bytes_for_dropping_dummies();
    m.heap.reserve(growth)?;
    let work = m.heap.sets.slot(set).table.drop_dummies();
    m.heap.release(items.len() * size_of::<Value>());
    m.charge(work)
}

/// `set.symmetric_difference_update(other)`
pub(crate) fn symmetric_difference_update(m: &mut Machine, set: Id<Set>, other: Value) -> Result<(), Fault> {
    let other = as_set(m, other)?;
    if other == set {
        m.heap.sets.slot(set).table.clear();
        return Ok(());
    }
    let count = m.heap.sets.get(other).table.len();
    m.charge_walk(set)?;
    m.charge_walk(other)?;
    prepare(m, count, count)?;
    // The operation is not one that may be done twice: it works on a copy until it has gone through.
    let mut table = m.heap.sets.get(set).table.clone();
    let before = table.size_in_bytes();
    let mut equality = m.equality();
    let changed = tables::symmetric_difference_update(&mut table, &m.heap.sets.get(other).table, |a, b| {
        equality.equal_keys(*a, *b)
    });
    let work = equality.work;
    let more = m.settle_comparison(changed, work)?;
    m.heap.reserve(table.size_in_bytes().saturating_sub(before))?;
    m.heap.sets.slot(set).table = table;
    m.charge(more)
}

/// `set.isdisjoint(other)`
pub(crate) fn is_disjoint(m: &mut Machine, set: Id<Set>, other: Value) -> Result<bool, Fault> {
    if let Some(other) = any_set(m, other) {
        if other == set {
            return Ok(m.heap.sets.get(set).table.is_empty());
        }
        let (set_length, other_length) = (m.heap.sets.get(set).table.len(), m.heap.sets.get(other).table.len());
        let (walked, searched) = if other_length > set_length { (set, other) } else { (other, set) };
        m.charge_walk(walked)?;
        let mut slot = 0;
        while let Some((next, hash, key)) = m.heap.sets.get(walked).table.next_from(slot) {
            let key = *key;
            slot = next;
            m.charge(1)?;
            if m.set_find_hashed(searched, key, hash)?.is_some() {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    Ok(!find_each(m, set, other, true)?)
}

/// Whether every item of an iterable is in the set.
pub(crate) fn contains_all(m: &mut Machine, set: Id<Set>, iterable: Value) -> Result<bool, Fault> {
    Ok(!find_each(m, set, iterable, false)?)
}

/// Whether some item of an iterable is (or, with `wanted` false, is not) in the set; stops at the first.
fn find_each(m: &mut Machine, set: Id<Set>, iterable: Value, wanted: bool) -> Result<bool, Fault> {
    let iterator = m.open_natively(iterable)?;
    while let Some(item) = m.next_without_guest(iterator)? {
        match m.set_find(set, item) {
            Ok(found) if found.is_some() == wanted => return Ok(true),
            Ok(_) => {}
            Err(Fault::Fallback) => {
                // What came before had no effect: the guest code goes on from this item.
                return Err(m.fall_back_after(iterable, &[item]));
            }
            Err(fault) => return Err(fault),
        }
    }
    Ok(false)
}
