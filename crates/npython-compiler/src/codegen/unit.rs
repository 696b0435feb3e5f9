//! The code object being written: instructions, labels, stack depth, exception regions.

use std::sync::Arc;

use npython_bytecode::{Instr, SourceRange};
use rustc_hash::FxHashMap;

use super::block::Block;
use super::constants::ConstantPool;
use crate::symbols::{NameId, ScopeId};

/// A place in the code that jumps refer to; jump operands hold label numbers until the unit is finished.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Label(pub(crate) u32);

/// An exception region that is open or was.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Region {
    pub(crate) target: Label,
    /// Values on the stack that stay when the region catches.
    pub(crate) depth: u32,
    pub(crate) push_origin: bool,
}

/// Number in [`Unit::regions`]; `NO_REGION` is none.
pub(crate) type RegionId = u32;
pub(crate) const NO_REGION: RegionId = u32::MAX;

/// Slot operands of free variables carry this bit until the number of locals is known.
pub(crate) const FREE_SLOT: u32 = 1 << 31;

/// Elements of a collection that is kept for the next unit; emptying a large one again and again would cost.
const MAX_KEPT: usize = 1_024;

const UNBOUND: u32 = u32::MAX;

#[derive(Clone, Copy)]
struct LabelState {
    position: u32,
    /// Stack depth at the label, known once something reaches it.
    depth: u32,
}

/// What kind of code object a unit becomes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum UnitKind {
    Module,
    Class,
    Function,
    AsyncFunction,
    Lambda,
    Generator,
    Annotation,
}

/// A code object under construction.
pub(crate) struct Unit<'a> {
    pub(crate) kind: UnitKind,
    /// The scope of the code object itself.
    pub(crate) scope: ScopeId,
    /// Comprehensions being compiled into the unit, outermost first, with the slots of their variables.
    pub(crate) comprehensions: Vec<InlinedScope>,
    pub(crate) name: Arc<str>,
    pub(crate) qualname: Arc<str>,
    pub(crate) first_line: u32,
    pub(crate) flags: u16,
    pub(crate) positional_count: u32,
    pub(crate) positional_only_count: u32,
    pub(crate) keyword_only_count: u32,
    pub(crate) instrs: Vec<Instr>,
    pub(crate) ranges: Vec<SourceRange>,
    pub(crate) constants: ConstantPool,
    pub(crate) names: Vec<NameId>,
    pub(crate) name_numbers: FxHashMap<NameId, u32>,
    pub(crate) slots: FxHashMap<NameId, u32>,
    pub(crate) local_names: Vec<NameId>,
    pub(crate) free_names: Vec<NameId>,
    /// Slots of comprehension variables that are not in use, by name.
    pub(crate) spare_slots: FxHashMap<NameId, Vec<u32>>,
    pub(crate) blocks: Vec<Block<'a>>,
    /// The private-name prefix in force.
    pub(crate) class_name: Option<NameId>,
    /// Attributes assigned through `self` in the methods of a class.
    pub(crate) static_attributes: Vec<NameId>,
    labels: Vec<LabelState>,
    pub(crate) regions: Vec<Region>,
    /// `(first instruction, innermost region)`, in order.
    pub(crate) region_runs: Vec<(u32, RegionId)>,
    /// Open regions, innermost last.
    open_regions: Vec<RegionId>,
    depth: u32,
    max_depth: u32,
    reachable: bool,
    /// No instruction before this one may be replaced: a label is bound here.
    barrier: usize,
}

/// The variables of a comprehension being compiled into a unit.
pub(crate) struct InlinedScope {
    pub(crate) scope: ScopeId,
    pub(crate) slots: Vec<(NameId, u32)>,
}

impl Unit<'_> {
    pub(crate) fn new(kind: UnitKind, scope: ScopeId, name: Arc<str>, qualname: Arc<str>, first_line: u32) -> Self {
        Self {
            kind,
            scope,
            comprehensions: Vec::new(),
            name,
            qualname,
            first_line,
            flags: 0,
            positional_count: 0,
            positional_only_count: 0,
            keyword_only_count: 0,
            instrs: Vec::new(),
            ranges: Vec::new(),
            constants: ConstantPool::default(),
            names: Vec::new(),
            name_numbers: FxHashMap::default(),
            slots: FxHashMap::default(),
            local_names: Vec::new(),
            free_names: Vec::new(),
            spare_slots: FxHashMap::default(),
            blocks: Vec::new(),
            class_name: None,
            static_attributes: Vec::new(),
            labels: Vec::new(),
            regions: Vec::new(),
            region_runs: Vec::new(),
            open_regions: Vec::new(),
            depth: 0,
            max_depth: 0,
            reachable: true,
            barrier: 0,
        }
    }

    pub(crate) const fn max_depth(&self) -> u32 {
        self.max_depth
    }

    /// An empty unit that uses the memory of this one.
    pub(crate) fn reset(
        &mut self,
        kind: UnitKind,
        scope: ScopeId,
        name: Arc<str>,
        qualname: Arc<str>,
        first_line: u32,
    ) {
        let mut next = Self::new(kind, scope, name, qualname, first_line);
        if self.instrs.capacity() <= MAX_KEPT {
            std::mem::swap(&mut next.instrs, &mut self.instrs);
            std::mem::swap(&mut next.ranges, &mut self.ranges);
            std::mem::swap(&mut next.labels, &mut self.labels);
            std::mem::swap(&mut next.regions, &mut self.regions);
            std::mem::swap(&mut next.region_runs, &mut self.region_runs);
            next.instrs.clear();
            next.ranges.clear();
            next.labels.clear();
            next.regions.clear();
            next.region_runs.clear();
        }
        if self.name_numbers.capacity() <= MAX_KEPT {
            std::mem::swap(&mut next.names, &mut self.names);
            std::mem::swap(&mut next.name_numbers, &mut self.name_numbers);
            next.names.clear();
            next.name_numbers.clear();
        }
        if self.slots.capacity() <= MAX_KEPT {
            std::mem::swap(&mut next.slots, &mut self.slots);
            std::mem::swap(&mut next.local_names, &mut self.local_names);
            next.slots.clear();
            next.local_names.clear();
        }
        std::mem::swap(&mut next.constants, &mut self.constants);
        next.constants.clear(MAX_KEPT);
        *self = next;
    }

    /// Appends an instruction, unless control cannot get here.
    pub(crate) fn emit(&mut self, instr: Instr, range: SourceRange) {
        if !self.reachable {
            return;
        }
        let (pops, pushes) = instr.stack_effect();
        if let Some((label, (jump_pops, jump_pushes))) = instr.jump_target() {
            let depth = self.depth.saturating_sub(jump_pops) + jump_pushes;
            self.reach(label, depth);
        }
        self.set_depth(self.depth.saturating_sub(pops) + pushes);
        let position = self.position();
        let region = self.open_regions.last().copied().unwrap_or(NO_REGION);
        if self.region_runs.last().map_or(NO_REGION, |run| run.1) != region {
            self.region_runs.push((position, region));
        }
        if region != NO_REGION
            && let Some(region) = self.regions.get(region as usize).copied()
        {
            let depth = region.depth + 1 + u32::from(region.push_origin);
            self.reach(region.target.0, depth);
        }
        self.instrs.push(instr);
        self.ranges.push(range);
        if instr.ends_flow() {
            self.reachable = false;
        }
    }

    fn set_depth(&mut self, depth: u32) {
        self.depth = depth;
        self.max_depth = self.max_depth.max(depth);
    }

    fn reach(&mut self, label: u32, depth: u32) {
        self.max_depth = self.max_depth.max(depth);
        if let Some(state) = self.labels.get_mut(label as usize)
            && state.depth == UNBOUND
        {
            state.depth = depth;
        }
    }

    pub(crate) fn position(&self) -> u32 {
        u32::try_from(self.instrs.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn new_label(&mut self) -> Label {
        let label = Label(u32::try_from(self.labels.len()).unwrap_or(u32::MAX));
        self.labels.push(LabelState { position: UNBOUND, depth: UNBOUND });
        label
    }

    /// Puts the label before the next instruction. Control reaches it by falling through or from a jump seen before.
    pub(crate) fn bind(&mut self, label: Label) {
        let position = self.position();
        let (reachable, depth) = (self.reachable, self.depth);
        let Some(state) = self.labels.get_mut(label.0 as usize) else { return };
        state.position = position;
        if reachable {
            if state.depth == UNBOUND {
                state.depth = depth;
            }
            debug_assert_eq!(state.depth, depth, "two stack depths at a label");
        } else if state.depth != UNBOUND {
            let depth = state.depth;
            self.reachable = true;
            self.set_depth(depth);
        }
        self.barrier = self.instrs.len();
    }

    /// Where a bound label is.
    pub(crate) fn label_position(&self, label: u32) -> u32 {
        self.labels.get(label as usize).map_or(UNBOUND, |state| state.position)
    }

    /// Opens an exception region whose handler starts at `target` with the present stack kept.
    pub(crate) fn open_region(&mut self, target: Label, push_origin: bool) {
        let id = u32::try_from(self.regions.len()).unwrap_or(NO_REGION);
        self.regions.push(Region { target, depth: self.depth, push_origin });
        self.open_regions.push(id);
    }

    /// As [`Self::open_region`], keeping all but the top `below` values.
    pub(crate) fn open_region_below(&mut self, target: Label, push_origin: bool, below: u32) {
        self.open_region(target, push_origin);
        if let Some(region) = self.regions.last_mut() {
            region.depth = region.depth.saturating_sub(below);
        }
    }

    pub(crate) fn close_region(&mut self) {
        self.open_regions.pop();
    }

    /// The open regions, to be put back after code for leaving blocks early was written.
    pub(crate) fn save_regions(&self) -> Vec<RegionId> {
        self.open_regions.clone()
    }

    pub(crate) fn restore_regions(&mut self, saved: Vec<RegionId>) {
        self.open_regions = saved;
    }

    /// The last `count` instructions if nothing can jump between them.
    pub(crate) fn tail(&self, count: usize) -> Option<&[Instr]> {
        if !self.reachable {
            return None;
        }
        let start = self.instrs.len().checked_sub(count)?;
        if start < self.barrier {
            return None;
        }
        self.instrs.get(start..)
    }

    /// Takes back the last `count` instructions, each of which pushed one value.
    pub(crate) fn drop_tail(&mut self, count: usize) {
        let start = self.instrs.len().saturating_sub(count);
        self.instrs.truncate(start);
        self.ranges.truncate(start);
        self.depth = self.depth.saturating_sub(u32::try_from(count).unwrap_or(0));
        while self.region_runs.last().is_some_and(|run| run.0 as usize > start) {
            self.region_runs.pop();
        }
    }
}
