//! `product`, `combinations` and `permutations`: which items come next is worked out on positions alone.

use smallvec::SmallVec;

use crate::fault::Fault;
use crate::objects::{Iter, Selection, Tool};
use crate::value::{Id, Value};

use super::super::Machine;

/// Rows up to this long cost no more than the step.
const SHORT_ROW: usize = 8;

/// The next positions of a product of sequences with these lengths; false behind the last.
fn advance_product(chosen: &mut [usize], length: impl Fn(usize) -> usize) -> bool {
    for (at, position) in chosen.iter_mut().enumerate().rev() {
        *position += 1;
        if *position < length(at) {
            return true;
        }
        *position = 0;
    }
    false
}

/// The next positions chosen among `count`; false behind the last.
fn advance_selection(kind: Selection, chosen: &mut [usize], count: usize) -> bool {
    let size = chosen.len();
    let most = |at: usize| match kind {
        Selection::Combinations => count - (size - at),
        Selection::WithReplacement => count - 1,
    };
    let Some(at) = (0..size).rev().find(|at| chosen[*at] < most(*at)) else { return false };
    let mut position = chosen[at] + 1;
    for place in &mut chosen[at..] {
        *place = position;
        if kind == Selection::Combinations {
            position += 1;
        }
    }
    true
}

/// The next order of positions of which the first `cycles.len()` are given; false behind the last.
fn advance_permutation(order: &mut [usize], cycles: &mut [usize]) -> bool {
    let count = order.len();
    for at in (0..cycles.len()).rev() {
        cycles[at] -= 1;
        if cycles[at] > 0 {
            order.swap(at, count - cycles[at]);
            return true;
        }
        order[at..].rotate_left(1);
        cycles[at] = count - at;
    }
    false
}

impl Machine {
    pub(super) fn step_product(&mut self, id: Id<Iter>) -> Result<Option<Value>, Fault> {
        let width = match self.tool_mut(id) {
            Some(Tool::Product { chosen, .. }) => chosen.len(),
            _ => return Ok(None),
        };
        self.pay_for_row(width)?;
        let Iter::Tool { tool, .. } = self.heap.iters.slot(id) else { return Ok(None) };
        let Tool::Product { pools, chosen, begun } = &mut **tool else { return Ok(None) };
        let tuples = &self.heap.tuples;
        let length = |at: usize| pools.get(at).map_or(0, |pool| tuples.get(*pool).items.len());
        let more = if std::mem::replace(begun, true) {
            advance_product(chosen, length)
        } else {
            (0..width).all(|at| length(at) > 0)
        };
        if !more {
            self.end_tool(id);
            return Ok(None);
        }
        let row: SmallVec<[Value; SHORT_ROW]> = pools
            .iter()
            .zip(chosen.iter())
            .filter_map(|(pool, position)| tuples.get(*pool).items.get(*position).copied())
            .collect();
        self.row_value(&row)
    }

    pub(super) fn step_selection(&mut self, id: Id<Iter>) -> Result<Option<Value>, Fault> {
        let width = match self.tool_mut(id) {
            Some(Tool::Selection { chosen, .. }) => chosen.len(),
            _ => return Ok(None),
        };
        self.pay_for_row(width)?;
        let Iter::Tool { tool, .. } = self.heap.iters.slot(id) else { return Ok(None) };
        let Tool::Selection { kind, pool, chosen, begun } = &mut **tool else { return Ok(None) };
        let items = &self.heap.tuples.get(*pool).items;
        if std::mem::replace(begun, true) && !advance_selection(*kind, chosen, items.len()) {
            self.end_tool(id);
            return Ok(None);
        }
        let row: SmallVec<[Value; SHORT_ROW]> =
            chosen.iter().filter_map(|position| items.get(*position).copied()).collect();
        self.row_value(&row)
    }

    pub(super) fn step_permutations(&mut self, id: Id<Iter>) -> Result<Option<Value>, Fault> {
        let width = match self.tool_mut(id) {
            Some(Tool::Permutations { order, .. }) => order.len(),
            _ => return Ok(None),
        };
        self.pay_for_row(width)?;
        let Iter::Tool { tool, .. } = self.heap.iters.slot(id) else { return Ok(None) };
        let Tool::Permutations { pool, order, cycles, begun } = &mut **tool else { return Ok(None) };
        if std::mem::replace(begun, true) && !advance_permutation(order, cycles) {
            self.end_tool(id);
            return Ok(None);
        }
        let items = &self.heap.tuples.get(*pool).items;
        let row: SmallVec<[Value; SHORT_ROW]> =
            order.iter().take(cycles.len()).filter_map(|position| items.get(*position).copied()).collect();
        self.row_value(&row)
    }

    /// Pays for a row and makes sure that there is room for it twice: as it is put together, and as a tuple.
    fn pay_for_row(&mut self, width: usize) -> Result<(), Fault> {
        if width > SHORT_ROW {
            self.charge_items(width)?;
            self.heap.reserve(width * size_of::<Value>())?;
        }
        Ok(())
    }

    fn row_value(&mut self, row: &[Value]) -> Result<Option<Value>, Fault> {
        if row.len() > SHORT_ROW {
            self.heap.release(size_of_val(row));
        }
        self.heap.new_tuple(row).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::{Selection, advance_permutation, advance_product, advance_selection};

    #[test]
    fn a_product_counts_through_all_positions() {
        let mut chosen = [0, 0];
        let mut seen = vec![chosen];
        while advance_product(&mut chosen, |at| [2, 3][at]) {
            seen.push(chosen);
        }
        assert_eq!(seen, [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]);
    }

    #[test]
    fn combinations_ascend() {
        let mut chosen = [0, 1];
        let mut seen = vec![chosen];
        while advance_selection(Selection::Combinations, &mut chosen, 4) {
            seen.push(chosen);
        }
        assert_eq!(seen, [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
    }

    #[test]
    fn with_replacement_positions_repeat() {
        let mut chosen = [0, 0];
        let mut seen = vec![chosen];
        while advance_selection(Selection::WithReplacement, &mut chosen, 2) {
            seen.push(chosen);
        }
        assert_eq!(seen, [[0, 0], [0, 1], [1, 1]]);
    }

    #[test]
    fn nothing_chosen_has_no_successor() {
        assert!(!advance_selection(Selection::Combinations, &mut [], 3));
        assert!(!advance_product(&mut [], |_| 0));
        assert!(!advance_permutation(&mut [0, 1], &mut []));
    }

    #[test]
    fn permutations_come_in_the_order_of_positions() {
        let (mut order, mut cycles) = ([0, 1, 2], [3, 2]);
        let mut seen = vec![[order[0], order[1]]];
        while advance_permutation(&mut order, &mut cycles) {
            seen.push([order[0], order[1]]);
        }
        assert_eq!(seen, [[0, 1], [0, 2], [1, 0], [1, 2], [2, 0], [2, 1]]);
    }
}
