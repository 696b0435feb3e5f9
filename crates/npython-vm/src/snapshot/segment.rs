//! The code segment in a snapshot. Linked instructions are not stored: which code objects were linked, in which order, is
//! enough to link them again, from code that was verified. What inline caches had learned is not stored either; they
//! learn again, at no cost to the program.

use std::sync::Arc;

use npython_bytecode::{Code, Constant, Instr};
use num_bigint::{BigInt, Sign};
use serde::{Deserialize, Serialize};

use crate::base::{CodeEntry, UNLINKED};
use crate::machine::{CodeSegment, Machine};
use crate::objects::Set;
use crate::value::{Id, Value};

use super::SnapshotError;
use super::codes::{CodeWriter, StoredCodes};

/// All code of a machine.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredSegment {
    /// How many code objects the machine has besides those of the prelude.
    count: u32,
    codes: StoredCodes,
    /// In the order in which they were linked: code number, and that of the first code object among its constants.
    links: Vec<(u32, Option<u32>)>,
    /// Constants of linked code: they have an identity, so they cannot be made anew.
    constants: Vec<Value>,
}

fn children(code: &Code) -> impl Iterator<Item = &Arc<Code>> {
    code.constants.iter().filter_map(|constant| match constant {
        Constant::Code(inner) => Some(inner),
        _ => None,
    })
}

impl StoredSegment {
    /// The code of `machine` in its stored form.
    pub(super) fn of(machine: &Machine) -> Self {
        let shared = machine.base.codes.len();
        let mut linked: Vec<u32> =
            (0..machine.entries.len() as u32).filter(|number| start_of(machine, *number) != UNLINKED).collect();
        linked.sort_by_key(|number| start_of(machine, *number));
        let links: Vec<_> = linked.into_iter().map(|number| (number, first_child(machine, number))).collect();
        let mut held = vec![false; machine.own_codes.len()];
        for (number, first) in &links {
            if let Some(first) = (*first).and_then(|first| (first as usize).checked_sub(shared)) {
                let count = children(machine.code(*number)).count();
                held.iter_mut().skip(first).take(count).for_each(|held| *held = true);
            }
        }
        let mut writer = CodeWriter::default();
        for (at, code) in machine.own_codes.iter().enumerate() {
            if !held.get(at).copied().unwrap_or(false) {
                writer.add((shared + at) as u32, code);
            }
        }
        Self {
            count: machine.own_codes.len() as u32,
            codes: writer.finish(),
            links,
            constants: machine.segment.constants.clone(),
        }
    }

    /// Gives `machine` this code, linked.
    ///
    /// # Errors
    /// When the stored form does not describe what linking makes.
    pub(super) fn restore(self, machine: &mut Machine) -> Result<(), SnapshotError> {
        let shared = machine.base.codes.len();
        let mut codes: Vec<Option<Arc<Code>>> = machine.base.codes.iter().map(|info| Some(info.code.clone())).collect();
        let roots = self.codes.load()?;
        // Every code object is stored, or held by one that is or by one of the prelude.
        let shared_codes = machine.base.codes.iter().map(|info| &*info.code);
        if self.count as usize > count_all(roots.iter().map(|(_, code)| &**code)) + count_all(shared_codes) {
            return Err(SnapshotError::Malformed("more code objects than stored"));
        }
        codes.resize(shared + self.count as usize, None);
        for (number, code) in roots {
            put_code(&mut codes, number as usize, code)?;
        }
        for (number, first) in &self.links {
            let Some(Some(code)) = codes.get(*number as usize) else {
                return Err(SnapshotError::Malformed("linked code that does not exist"));
            };
            let code = code.clone();
            for (at, child) in first.iter().flat_map(|first| (*first as usize..).zip(children(&code))) {
                put_code(&mut codes, at, child.clone())?;
            }
        }
        machine.own_codes = codes
            .drain(shared..)
            .collect::<Option<Vec<_>>>()
            .ok_or(SnapshotError::Malformed("a number without code object"))?;
        machine.entries = machine.base.entries.clone();
        machine.entries.extend(machine.own_codes.iter().map(|code| CodeEntry::of(code)));
        machine.segment = CodeSegment::default();
        machine.linked_bytes = 0;
        let mut instrs = Vec::new();
        for (number, first) in self.links {
            relink(machine, &mut instrs, number, first, &self.constants)?;
        }
        machine.instrs = instrs;
        if machine.segment.constants.len() != self.constants.len() {
            return Err(SnapshotError::Malformed("constants of no code object"));
        }
        Ok(())
    }
}

/// The number of code objects and of all they hold.
fn count_all<'a>(roots: impl Iterator<Item = &'a Code>) -> usize {
    let mut pending: Vec<&Code> = roots.collect();
    let mut count = 0;
    while let Some(code) = pending.pop() {
        count += 1;
        pending.extend(children(code).map(|code| &**code));
    }
    count
}

fn put_code(codes: &mut [Option<Arc<Code>>], number: usize, code: Arc<Code>) -> Result<(), SnapshotError> {
    match codes.get_mut(number) {
        Some(slot @ None) => {
            *slot = Some(code);
            Ok(())
        }
        _ => Err(SnapshotError::Malformed("two code objects with one number")),
    }
}

fn start_of(machine: &Machine, number: u32) -> u32 {
    machine.entries.get(number as usize).map_or(UNLINKED, |entry| entry.start)
}

/// The number of the first code object among the constants of a linked one, read off an instruction that uses one.
fn first_child(machine: &Machine, number: u32) -> Option<u32> {
    let code = machine.code(number);
    let linked = machine.instrs.get(start_of(machine, number) as usize..)?;
    code.instrs.iter().zip(linked).find_map(|pair| match pair {
        (Instr::MakeFunction(index, _), Instr::MakeFunction(child, _)) => {
            let before = code
                .constants
                .iter()
                .take(*index as usize)
                .filter(|constant| matches!(constant, Constant::Code(_)))
                .count();
            child.checked_sub(before as u32)
        }
        _ => None,
    })
}

/// Does what linking the code object did, with the constants it made then.
fn relink(
    machine: &mut Machine,
    instrs: &mut Vec<Instr>,
    number: u32,
    first: Option<u32>,
    stored: &[Value],
) -> Result<(), SnapshotError> {
    if start_of(machine, number) != UNLINKED {
        return Err(SnapshotError::Malformed("code linked twice"));
    }
    let code = machine.code(number).clone();
    if first.is_none() && code.instrs.iter().any(|instr| matches!(instr, Instr::MakeFunction(..))) {
        return Err(SnapshotError::Malformed("a function without code"));
    }
    if let Some(name) = code.names.iter().find(|name| machine.heap.lookup_interned(name).is_none()) {
        return Err(SnapshotError::Inconsistent(format!(
            "linked code uses the name {name}, which the heap does not have"
        )));
    }
    let mut child = first.unwrap_or(0);
    let mut numbers = Vec::with_capacity(code.constants.len());
    for constant in &code.constants {
        if let Constant::Code(_) = constant {
            numbers.push(child);
            child = child.saturating_add(1);
            continue;
        }
        let at = machine.segment.constants.len();
        match stored.get(at) {
            Some(value) if is_made_from(machine, *value, constant) => machine.segment.constants.push(*value),
            _ => return Err(SnapshotError::Malformed("a constant that its code object does not have")),
        }
        numbers.push(at as u32);
    }
    machine.linked_bytes += code.instrs.len() * size_of::<Instr>();
    machine
        .link_instrs(instrs, number, &code, &numbers)
        .map_err(|_| SnapshotError::Malformed("code that cannot be linked"))
}

/// Whether linking makes a value like this from `constant`. Recursion is bounded as the nesting of constants is.
fn is_made_from(machine: &Machine, value: Value, constant: &Constant) -> bool {
    let heap = &machine.heap;
    match (constant, value) {
        (Constant::None, Value::None) | (Constant::Ellipsis, Value::Ellipsis) => true,
        (Constant::Bool(wanted), Value::True | Value::False) => Value::bool(*wanted) == value,
        (Constant::Int(wanted), Value::Int(found)) => *wanted == found,
        (Constant::BigInt { negative, magnitude }, Value::BigInt(id)) => {
            let sign = if *negative { Sign::Minus } else { Sign::Plus };
            *heap.big_ints.get(id) == BigInt::from_bytes_le(sign, magnitude)
        }
        (Constant::BigInt { negative, magnitude }, Value::Int(found)) => {
            let sign = if *negative { Sign::Minus } else { Sign::Plus };
            BigInt::from(found) == BigInt::from_bytes_le(sign, magnitude)
        }
        (Constant::Float(wanted), Value::Float(found)) => wanted.to_bits() == found.get().to_bits(),
        (Constant::Complex { real, imaginary }, Value::Complex(id)) => {
            let found = heap.complexes.get(id);
            found.real.to_bits() == real.to_bits() && found.imaginary.to_bits() == imaginary.to_bits()
        }
        (Constant::Str(wanted), Value::Str(id)) => **wanted == *heap.str(id),
        (Constant::WideStr(points), Value::Str(id)) => heap.strings.get(id).length as usize == points.len(),
        (Constant::Bytes(wanted), Value::Bytes(id)) => **wanted == *heap.bytes.get(id).data,
        (Constant::Tuple(wanted), Value::Tuple(id)) => {
            let found = heap.tuple(id);
            wanted.len() == found.len()
                && wanted.iter().zip(found).all(|(wanted, found)| is_made_from(machine, *found, wanted))
        }
        (Constant::FrozenSet(wanted), Value::FrozenSet(id)) => set_length(machine, id) <= wanted.len(),
        _ => false,
    }
}

fn set_length(machine: &Machine, id: Id<Set>) -> usize {
    machine.heap.sets.get(id).table.len()
}
