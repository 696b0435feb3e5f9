//! From a unit to a code object: jumps, exception table, slots.

use std::sync::Arc;

use npython_bytecode::{Code, CodeFlags, Handler, Instr};

use super::unit::{FREE_SLOT, NO_REGION, Unit};
use super::{Checked, Compiler};

impl<'a> Compiler<'a> {
    /// Turns the current unit into a code object; the one around it becomes current again.
    pub(super) fn finish_current(&mut self) -> Checked<Code> {
        let mut unit: Unit<'a> = match self.outer.pop() {
            Some(outer) => std::mem::replace(&mut self.unit, outer),
            None => {
                let name = Arc::clone(&self.unit.name);
                let empty = Unit::new(self.unit.kind, self.unit.scope, Arc::clone(&name), name, 0);
                std::mem::replace(&mut self.unit, empty)
            }
        };
        self.finished_instructions += unit.instrs.len();
        let map = resolve_jumps(&mut unit);
        fix_free_slots(&mut unit);
        let handlers = exception_table(&unit, &map);
        let texts =
            |names: &[crate::symbols::NameId]| names.iter().map(|name| Arc::clone(self.interner.text(*name))).collect();
        let stack_size = unit.max_depth();
        let code = Code {
            name: Arc::clone(&unit.name),
            qualname: Arc::clone(&unit.qualname),
            source: Arc::clone(&self.source),
            first_line: unit.first_line,
            flags: CodeFlags(unit.flags),
            positional_count: unit.positional_count,
            positional_only_count: unit.positional_only_count,
            keyword_only_count: unit.keyword_only_count,
            local_names: texts(&unit.local_names),
            free_names: texts(&unit.free_names),
            stack_size,
            instrs: unit.instrs.as_slice().to_vec(),
            ranges: unit.ranges.as_slice().to_vec(),
            constants: unit.constants.take(),
            names: texts(&unit.names),
            handlers,
        };
        self.spare_units.push(unit);
        Ok(code)
    }
}

/// How instruction indexes change when instructions are removed.
enum IndexMap {
    Unchanged,
    /// New index of each old one, and of the end.
    Moved(Vec<u32>),
}

impl IndexMap {
    fn get(&self, index: u32) -> u32 {
        match self {
            Self::Unchanged => index,
            Self::Moved(map) => map.get(index as usize).copied().unwrap_or(index),
        }
    }
}

/// Puts instruction indexes into jumps in place of labels; jumps to jumps go to where those go, and jumps to the next
/// instruction disappear.
fn resolve_jumps(unit: &mut Unit<'_>) -> IndexMap {
    let mut removed = Vec::new();
    for index in 0..unit.instrs.len() {
        let instr = unit.instrs[index];
        let Some((label, _)) = instr.jump_target() else {
            if instr == Instr::Nop {
                removed.push(index);
            }
            continue;
        };
        let mut target = unit.label_position(label);
        if !matches!(instr, Instr::JumpBackward(_)) {
            target = follow(unit, index, target);
        }
        unit.instrs[index].set_jump_target(target);
        if matches!(instr, Instr::Jump(_)) && target as usize == index + 1 {
            removed.push(index);
        }
    }
    if removed.is_empty() {
        return IndexMap::Unchanged;
    }
    remove(unit, &removed)
}

/// Where a forward jump to `target` ends up. Jumps before `index` hold instruction indexes already, the others labels.
fn follow(unit: &Unit<'_>, index: usize, mut target: u32) -> u32 {
    for _ in 0..16 {
        match unit.instrs.get(target as usize) {
            Some(Instr::Jump(next)) if target as usize > index => {
                let next = unit.label_position(*next);
                if next <= target {
                    break;
                }
                target = next;
            }
            _ => break,
        }
    }
    target
}

fn remove(unit: &mut Unit<'_>, removed: &[usize]) -> IndexMap {
    let mut map = Vec::with_capacity(unit.instrs.len() + 1);
    let mut next_removed = removed.iter().copied().peekable();
    let mut new_index = 0_u32;
    for index in 0..unit.instrs.len() {
        map.push(new_index);
        if next_removed.peek() == Some(&index) {
            next_removed.next();
        } else {
            new_index += 1;
        }
    }
    map.push(new_index);
    let mut keep = {
        let mut skip = removed.iter().copied().peekable();
        let mut index = 0;
        move || {
            let kept = skip.peek() != Some(&index);
            if !kept {
                skip.next();
            }
            index += 1;
            kept
        }
    };
    let mut keep_range = keep.clone();
    unit.instrs.retain(|_| keep());
    unit.ranges.retain(|_| keep_range());
    let map = IndexMap::Moved(map);
    for instr in &mut unit.instrs {
        if let Some((target, _)) = instr.jump_target() {
            instr.set_jump_target(map.get(target));
        }
    }
    map
}

/// Free variables come after the locals, whose number is known only now.
fn fix_free_slots(unit: &mut Unit<'_>) {
    if unit.free_names.is_empty() {
        return;
    }
    let base = u32::try_from(unit.local_names.len()).unwrap_or(0);
    for instr in &mut unit.instrs {
        match instr {
            Instr::LoadCell(slot)
            | Instr::LoadDeref(slot)
            | Instr::StoreDeref(slot)
            | Instr::DeleteDeref(slot)
            | Instr::LoadFromClassOrDeref(slot)
            | Instr::LoadFromMappingOrDeref(slot)
                if *slot & FREE_SLOT != 0 =>
            {
                *slot = (*slot & !FREE_SLOT) + base;
            }
            _ => {}
        }
    }
}

fn exception_table(unit: &Unit<'_>, map: &IndexMap) -> Vec<Handler> {
    let end = unit.region_runs.iter().skip(1).map(|run| run.0).chain([u32::MAX]);
    let mut handlers: Vec<Handler> = Vec::new();
    for ((start, region), end) in unit.region_runs.iter().zip(end) {
        if *region == NO_REGION {
            continue;
        }
        let Some(region) = unit.regions.get(*region as usize) else { continue };
        let start = map.get(*start);
        let end = if end == u32::MAX { u32::try_from(unit.instrs.len()).unwrap_or(u32::MAX) } else { map.get(end) };
        if start >= end {
            continue;
        }
        let target = map.get(unit.label_position(region.target.0));
        handlers.push(Handler { start, end, target, depth: region.depth, push_origin: region.push_origin });
    }
    handlers
}
