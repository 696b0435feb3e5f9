//! The code segment in a snapshot. Linked instructions are not stored: which code objects were linked, and where, is
//! enough to link them again, from code that was verified. What inline caches had learned is not stored either; they
//! learn again, at no cost to the program.

use std::collections::VecDeque;
use std::sync::Arc;

use npython_bytecode::{Code, Constant, Instr};
use num_bigint::{BigInt, Sign};
use serde::{Deserialize, Serialize};

use crate::base::UNLINKED;
use crate::machine::{CODE_BYTES, CodeSegment, Machine, Room, code_bytes, codes_in};
use crate::objects::Set;
use crate::value::{Id, Value};

use super::SnapshotError;
use super::codes::{CodeWriter, StoredCodes};

/// All code of a machine.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredSegment {
    /// How many numbers of code objects the machine has given out besides those of the prelude. Some may be free.
    count: u32,
    codes: StoredCodes,
    /// Numbers of the code objects whose memory counts as the program's.
    counted: Vec<u32>,
    links: Vec<Link>,
    /// Where the linked instructions end.
    end: u32,
    /// Constants of linked code, in the order of `links`: they have an identity, so they cannot be made anew.
    constants: Vec<Value>,
}

/// A linked code object, listed behind the one it is in.
#[derive(Serialize, Deserialize)]
struct Link {
    number: u32,
    /// Address of its first instruction.
    start: u32,
    /// The number of the first code object among its constants.
    first_child: Option<u32>,
}

impl StoredSegment {
    /// The code of `machine` in its stored form.
    pub(super) fn of(machine: &Machine) -> Self {
        let shared = machine.base.codes.len();
        let mut linked: Vec<u32> =
            (0..machine.entries.len() as u32).filter(|number| start_of(machine, *number) != UNLINKED).collect();
        linked.sort_by_key(|number| start_of(machine, *number));
        let mut within = vec![false; machine.entries.len()];
        for number in &linked {
            for child in children(machine, *number) {
                if let Some(within) = within.get_mut(child as usize) {
                    *within = true;
                }
            }
        }
        // From the outside to the inside: code in the place of code that was freed may lie before what it is in.
        let mut order: VecDeque<u32> = linked.into_iter().filter(|number| !within[*number as usize]).collect();
        let (mut links, mut constants) = (Vec::new(), Vec::new());
        while let Some(number) = order.pop_front() {
            links.push(Link { number, start: start_of(machine, number), first_child: first_child(machine, number) });
            constants.extend(machine.constants_of(number));
            order.extend(children(machine, number).filter(|child| start_of(machine, *child) != UNLINKED));
        }
        let mut writer = CodeWriter::default();
        for place in (0..machine.own_codes.len()).filter(|place| machine.own_codes.is_held(*place)) {
            if !within[shared + place] {
                writer.add((shared + place) as u32, machine.own_codes.at(place));
            }
        }
        Self {
            count: machine.own_codes.len() as u32,
            codes: writer.finish(),
            counted: machine.own_codes.counted().map(|place| (shared + place) as u32).collect(),
            links,
            end: machine.own_codes.linked_end,
            constants,
        }
    }

    /// Gives `machine` this code, linked; it may take `memory`.
    ///
    /// # Errors
    /// When the stored form does not describe what linking makes.
    pub(super) fn restore(self, machine: &mut Machine, memory: u64) -> Result<(), SnapshotError> {
        let shared = machine.base.codes.len();
        let least = self.count as usize * CODE_BYTES + self.end as usize * size_of::<Instr>();
        if least as u64 > memory {
            return Err(SnapshotError::Limit("memory"));
        }
        let mut codes: Vec<Option<Arc<Code>>> = machine.base.codes.iter().map(|info| Some(info.code.clone())).collect();
        codes.resize(shared + self.count as usize, None);
        for (number, code) in self.codes.load()? {
            put_code(&mut codes, number as usize, code)?;
        }
        for link in &self.links {
            let Some(Some(code)) = codes.get(link.number as usize) else {
                return Err(SnapshotError::Malformed("linked code that does not exist"));
            };
            let code = code.clone();
            for (at, child) in link.first_child.iter().flat_map(|first| (*first as usize..).zip(codes_in(&code))) {
                put_code(&mut codes, at, child.clone())?;
            }
        }
        machine.set_codes(codes.split_off(shared));
        machine.segment = CodeSegment::default();
        for number in self.counted {
            let place = (number as usize).checked_sub(shared).filter(|place| machine.own_codes.is_held(*place));
            let place = place.ok_or(SnapshotError::Malformed("memory of code that does not exist"))?;
            let bytes = code_bytes(machine.own_codes.at(place));
            machine.own_codes.count(place, bytes);
        }
        let length = |link: &Link| machine.code(link.number).instrs.len() as u32;
        let ranges = self.links.iter().map(|link| (link.start, length(link))).collect();
        if !machine.set_linked(ranges, self.end) {
            return Err(SnapshotError::Malformed("instructions in the place of others"));
        }
        machine.instrs = vec![Instr::Nop; self.end as usize];
        let mut constants = self.constants.into_iter();
        for link in self.links {
            relink(machine, &link, &mut constants)?;
        }
        match constants.next() {
            None => Ok(()),
            Some(_) => Err(SnapshotError::Malformed("constants of no code object")),
        }
    }
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

/// The numbers of the code objects in a linked one.
fn children(machine: &Machine, number: u32) -> impl Iterator<Item = u32> {
    let count = codes_in(machine.code(number)).count();
    first_child(machine, number).into_iter().flat_map(move |first| (first..).take(count))
}

/// Does what linking the code object did, with the constants it made then.
fn relink(machine: &mut Machine, link: &Link, stored: &mut impl Iterator<Item = Value>) -> Result<(), SnapshotError> {
    let &Link { number, start, first_child } = link;
    if start_of(machine, number) != UNLINKED {
        return Err(SnapshotError::Malformed("code linked twice"));
    }
    let code = machine.code(number).clone();
    if first_child.is_none() && code.instrs.iter().any(|instr| matches!(instr, Instr::MakeFunction(..))) {
        return Err(SnapshotError::Malformed("a function without code"));
    }
    let names: Option<Vec<_>> = code.names.iter().map(|name| machine.heap.lookup_interned(name)).collect();
    let Some(names) = names else {
        return Err(SnapshotError::Malformed("linked code that uses a name which the heap does not have"));
    };
    let mut values = Vec::with_capacity(code.constants.len());
    for constant in &code.constants {
        values.push(match constant {
            Constant::Code(_) => None,
            other => match stored.next().filter(|value| is_made_from(machine, *value, other)) {
                Some(value) => Some(value),
                None => return Err(SnapshotError::Malformed("a constant that its code object does not have")),
            },
        });
    }
    if let Some(first) = first_child {
        machine.set_outer(number, first, codes_in(&code).count());
    }
    let place = machine.end_of_tables();
    machine.set_place(number, place);
    let mut room = Room { start, place };
    let constants = machine.place_constants(&mut room.place, &values, first_child.unwrap_or(0));
    let mut instrs = std::mem::take(&mut machine.instrs);
    let linked = machine.link_instrs(&mut instrs, number, &code, room, &constants, &names);
    machine.instrs = instrs;
    linked.map_err(|_| SnapshotError::Malformed("code that cannot be linked"))
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
