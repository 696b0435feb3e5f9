//! Checks code that did not come straight from the compiler (a cache, a snapshot) before a machine may run it.

use std::fmt;

use crate::{Code, CodeFlags, Constant, Instr};

/// Why a code object was refused.
#[derive(Debug, PartialEq, Eq)]
pub struct VerifyError {
    /// Qualified name of the code object.
    pub code: String,
    /// Index of the offending instruction, if it is about one.
    pub at: Option<usize>,
    pub reason: &'static str,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some(at) => write!(f, "invalid bytecode in {} at instruction {at}: {}", self.code, self.reason),
            None => write!(f, "invalid bytecode in {}: {}", self.code, self.reason),
        }
    }
}

impl std::error::Error for VerifyError {}

/// Checks `code` and every code object nested in it: operands in range, no linker-made instructions, jumps and handlers
/// within bounds, one stack depth for each instruction however it is reached, never below zero nor above `stack_size`,
/// no way to run off the end.
///
/// # Errors
/// The first violation found.
pub fn verify(code: &Code) -> Result<(), VerifyError> {
    let mut pending = vec![code];
    while let Some(code) = pending.pop() {
        verify_one(code)?;
        pending.extend(code.constants.iter().filter_map(|constant| match constant {
            Constant::Code(inner) => Some(&**inner),
            _ => None,
        }));
    }
    Ok(())
}

fn verify_one(code: &Code) -> Result<(), VerifyError> {
    let refuse = |at: Option<usize>, reason: &'static str| VerifyError { code: code.qualname.to_string(), at, reason };
    if code.instrs.is_empty() || code.ranges.len() != code.instrs.len() {
        return Err(refuse(None, "no instructions, or source ranges that do not match them"));
    }
    if code.parameter_slots() > code.local_names.len() || code.positional_only_count > code.positional_count {
        return Err(refuse(None, "parameter counts do not match the local names"));
    }
    for (at, instr) in code.instrs.iter().enumerate() {
        if instr.info().fused {
            return Err(refuse(Some(at), "instruction reserved to the linker"));
        }
        if let Some(reason) = operand_fault(code, at, *instr) {
            return Err(refuse(Some(at), reason));
        }
    }
    stack_depths(code).map(|_| ())
}

fn operand_fault(code: &Code, at: usize, instr: Instr) -> Option<&'static str> {
    use Instr::*;
    let bad = match instr {
        LoadConst(index) => match code.constants.get(index as usize) {
            None | Some(Constant::Code(_)) => true,
            Some(_) => false,
        },
        MakeFunction(index, flags) => {
            flags.0 > 15 || !matches!(code.constants.get(index as usize), Some(Constant::Code(_)))
        }
        CallKeywords(count, index) => match code.constants.get(index as usize) {
            Some(Constant::Tuple(names)) => {
                names.len() > usize::from(count) || !names.iter().all(|name| matches!(name, Constant::Str(_)))
            }
            _ => true,
        },
        LoadFast(slot)
        | StoreFast(slot)
        | DeleteFast(slot)
        | ClearFast(slot)
        | MakeCell(slot)
        | LoadCell(slot)
        | LoadDeref(slot)
        | StoreDeref(slot)
        | DeleteDeref(slot)
        | LoadFromClassOrDeref(slot)
        | LoadFromMappingOrDeref(slot) => slot as usize >= code.slot_count(),
        LoadFromMappingOrGlobal(name)
        | LoadName(name)
        | StoreName(name)
        | DeleteName(name)
        | LoadGlobal(name)
        | StoreGlobal(name)
        | DeleteGlobal(name)
        | LoadAttr(name)
        | LoadMethod(name)
        | StoreAttr(name)
        | DeleteAttr(name)
        | ImportName(name)
        | ImportFrom(name) => name as usize >= code.names.len(),
        Copy(n) | ListAppend(n) | SetAdd(n) | MapAdd(n) | ListExtend(n) | SetUpdate(n) | DictUpdate(n)
        | DictMerge(n) => n == 0,
        Swap(n) => n < 2,
        BuildSlice(n) => n != 2 && n != 3,
        Raise(n) => n > 2,
        YieldDelegated => {
            at == 0 || !matches!(code.instrs.get(at - 1), Some(Send(_))) || !code.flags.has(CodeFlags::SUSPENDABLE)
        }
        Yield => !code.flags.has(CodeFlags::SUSPENDABLE),
        _ => false,
    };
    bad.then_some("operand out of range")
}

/// The instructions that reach below what they pop: the depth they need.
fn reach(instr: Instr) -> u32 {
    use Instr::*;
    match instr {
        ListAppend(n) | SetAdd(n) | ListExtend(n) | SetUpdate(n) | DictUpdate(n) | DictMerge(n) => n.saturating_add(1),
        MapAdd(n) => n.saturating_add(2),
        Reraise(n) => u32::from(n).saturating_add(1),
        _ => 0,
    }
}

/// Operands on the stack before each instruction of verified code; `None` where control never comes.
///
/// # Errors
/// The first violation found.
pub fn stack_depths(code: &Code) -> Result<Vec<Option<u32>>, VerifyError> {
    verify_depths(code).map_err(|(at, reason)| VerifyError { code: code.qualname.to_string(), at: Some(at), reason })
}

fn verify_depths(code: &Code) -> Result<Vec<Option<u32>>, (usize, &'static str)> {
    let mut depths: Vec<Option<u32>> = vec![None; code.instrs.len()];
    let mut pending = vec![(0_usize, 0_u32)];
    for (at, handler) in code.handlers.iter().enumerate() {
        let extra = 1 + u32::from(handler.push_origin);
        if handler.start > handler.end
            || handler.end as usize > code.instrs.len()
            || handler.depth.saturating_add(extra) > code.stack_size
        {
            return Err((at, "handler out of range"));
        }
        pending.push((handler.target as usize, handler.depth.saturating_add(extra)));
    }
    while let Some((at, depth)) = pending.pop() {
        let Some(known) = depths.get_mut(at) else {
            return Err((at, "control runs past the end"));
        };
        if let Some(known) = known {
            if *known == depth {
                continue;
            }
            return Err((at, "two stack depths for one instruction"));
        }
        *known = Some(depth);
        let Some(instr) = code.instrs.get(at) else {
            return Err((at, "control runs past the end"));
        };
        let (pops, pushes) = instr.stack_effect();
        if depth < pops || depth < reach(*instr) {
            return Err((at, "stack underflow"));
        }
        if depth.saturating_sub(pops).saturating_add(pushes) > code.stack_size {
            return Err((at, "stack higher than declared"));
        }
        if let Some((target, (pops, pushes))) = instr.jump_target() {
            pending.push((target as usize, depth.saturating_sub(pops).saturating_add(pushes)));
        }
        if !instr.ends_flow() {
            pending.push((at + 1, depth.saturating_sub(pops).saturating_add(pushes)));
        }
    }
    Ok(depths)
}
