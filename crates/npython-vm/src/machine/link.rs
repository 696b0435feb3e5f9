//! Linking: code objects become part of a machine's code segment, with machine-wide numbers for names and constants.

use std::sync::Arc;

use compact_str::CompactString;
use npython_bytecode::{BinaryOperator, Code, Constant, Instr};
use num_bigint::{BigInt, Sign};
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::modules::guest::INTRINSIC_PREFIX;
use crate::names;
use crate::objects::{Set, Str};
use crate::value::{Id, Value};

use super::Machine;
use super::own_codes::Place;

/// A place in the code that names a global; remembers where it was found.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct GlobalSite {
    pub name: Id<Str>,
    /// `keys_version` of the globals for which `builtin` holds; 0 when nothing is known.
    pub version: u32,
    /// Position of the entry in the globals, if it was found there.
    pub position: u32,
    /// The builtin, if the globals did not have the name at `version`.
    pub builtin: Value,
}

/// What an attribute site remembers.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum SiteKind {
    Unknown,
    /// Instance attribute in slot `position` of instances of `shape`, with the class at `version`.
    Slot,
    /// Store of a new attribute: the instance goes from `shape` to shape `position`.
    AddSlot,
    /// Function found on the class of instances of `shape` (or of any built-in value whose class has `version`): `value`.
    Method,
    /// Plain value found on the class of instances of `shape`: `value`.
    ClassValue,
    /// Property of the class of instances of `shape`: `value`.
    Property,
    /// Item `position` of the tuple in instances of `shape`.
    TupleItem,
    /// Method of a built-in value whose class has `version`.
    NativeMethod,
    /// Plain attribute of the type object with `version`.
    TypeAttribute,
    /// Entry `position` of the namespace of a module.
    ModuleEntry,
}

/// A place in the code that names an attribute; remembers how it was found.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct AttributeSite {
    pub name: Id<Str>,
    pub kind: SiteKind,
    pub shape: u32,
    pub version: u32,
    pub position: u32,
    pub value: Value,
}

/// The linked code of a machine.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct CodeSegment {
    pub constants: Vec<Value>,
    pub global_sites: Vec<GlobalSite>,
    pub attribute_sites: Vec<AttributeSite>,
    pub names: Vec<Id<Str>>,
}

/// Whose code it is, which decides what its global names mean.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CodeOrigin {
    Program,
    Prelude,
    GuestModule,
}

impl CodeOrigin {
    fn of(code: &Code) -> Self {
        match code.source.internal {
            false => Self::Program,
            true if crate::modules::guest::of_file(&code.source.filename).is_some() => Self::GuestModule,
            true => Self::Prelude,
        }
    }

    /// What comes before a name of the machine's own in such code.
    fn intrinsic_prefix(self) -> &'static str {
        if self == Self::GuestModule { INTRINSIC_PREFIX } else { "" }
    }
}

impl Machine {
    /// The code object with this number.
    #[inline]
    pub(crate) fn code(&self, number: u32) -> &Arc<Code> {
        let number = number as usize;
        let shared = self.base.codes.len();
        if number < shared { &self.base.codes[number].code } else { self.own_codes.at(number - shared) }
    }

    /// The code and the instruction index of an address in the code segment.
    pub(crate) fn code_position(&self, code: u32, pc: u32) -> u32 {
        pc.saturating_sub(self.entries.get(code as usize).map_or(0, |entry| entry.start))
    }

    /// Copies the instructions of `number` to the code segment, with operands rebased. When memory is short nothing has
    /// changed.
    pub(crate) fn link(&mut self, segment: &mut Vec<Instr>, number: u32) -> Result<u32, Fault> {
        let code = self.code(number).clone();
        let origin = CodeOrigin::of(&code);
        let names: Vec<Id<Str>> = code.names.iter().map(|name| self.heap.intern(name)).collect::<Result<_, _>>()?;
        let mut values = Vec::with_capacity(code.constants.len());
        for constant in &code.constants {
            values.push(match constant {
                Constant::Code(_) => None,
                other => Some(self.constant_value(other)?),
            });
        }
        let counts = Counts::of(&code, origin);
        let (mut room, first_child) = self.room_for_code(segment, number, &code, counts)?;
        let constants = self.place_constants(&mut room.place, &values, first_child);
        self.link_instrs(segment, number, &code, room, &constants, &names)?;
        Ok(room.start)
    }

    /// Puts the constants of a code object in their places, and gives the number of each: its place, or that of the code
    /// object, which begin with `first_child`.
    pub(crate) fn place_constants(
        &mut self,
        place: &mut Place,
        values: &[Option<Value>],
        first_child: u32,
    ) -> Vec<u32> {
        let mut child = first_child;
        let mut number = |value: &Option<Value>| match value {
            Some(value) => put(&mut self.segment.constants, &mut place.constants, *value),
            None => {
                child += 1;
                child - 1
            }
        };
        values.iter().map(&mut number).collect()
    }

    /// Puts the instructions of `code`, whose constants have their numbers, in their place in the code segment.
    pub(crate) fn link_instrs(
        &mut self,
        segment: &mut Vec<Instr>,
        number: u32,
        code: &Code,
        mut room: Room,
        constants: &[u32],
        names: &[Id<Str>],
    ) -> Result<(), Fault> {
        let start = room.start;
        let origin = CodeOrigin::of(code);
        let mut linked = Vec::with_capacity(code.instrs.len());
        for instr in &code.instrs {
            linked.push(self.link_instr(*instr, code, constants, names, origin, &mut room)?);
        }
        if self.options.quicken {
            fuse(&mut linked);
        }
        let first = start as usize;
        if first >= segment.len() {
            segment.extend(linked);
        } else if let Some(target) = segment.get_mut(first..first + linked.len()) {
            target.copy_from_slice(&linked);
        }
        if let Some(entry) = self.entries.get_mut(number as usize) {
            entry.start = start;
        }
        Ok(())
    }

    /// A constant as a machine value. Nesting is bounded by the compiler.
    pub(crate) fn constant_value(&mut self, constant: &Constant) -> Result<Value, Fault> {
        Ok(match constant {
            Constant::None => Value::None,
            Constant::Ellipsis => Value::Ellipsis,
            Constant::Bool(value) => Value::bool(*value),
            Constant::Int(value) => Value::Int(*value),
            Constant::BigInt { negative, magnitude } => {
                let sign = if *negative { Sign::Minus } else { Sign::Plus };
                self.heap.new_int(BigInt::from_bytes_le(sign, magnitude))?
            }
            Constant::Float(value) => Value::float(*value),
            Constant::Complex { real, imaginary } => self.heap.new_complex(*real, *imaginary)?,
            Constant::Str(text) if text.len() <= 40 && is_identifier_like(text) => Value::Str(self.heap.intern(text)?),
            Constant::Str(text) => self.heap.new_str(text)?,
            Constant::WideStr(points) => self.new_wide_str(points)?,
            Constant::Bytes(data) => self.heap.new_bytes(data.to_vec())?,
            Constant::Tuple(items) => {
                let items = items.iter().map(|item| self.constant_value(item)).collect::<Result<Vec<_>, _>>()?;
                self.heap.new_tuple(&items)?
            }
            Constant::FrozenSet(items) => {
                let items = items.iter().map(|item| self.constant_value(item)).collect::<Result<Vec<_>, _>>()?;
                let first = self.heap.new_set(Set::default())?;
                for item in items {
                    self.set_add(first, item)?;
                }
                // CPython's compiler makes the constant a second time, from the items in their order in the set; the order of a
                // display shows it.
                let set = self.heap.new_set(Set::default())?;
                let ordered: Vec<Value> = self.heap.sets.get(first).table.iter().map(|(_, key)| *key).collect();
                for item in ordered {
                    self.set_add(set, item)?;
                }
                Value::FrozenSet(set)
            }
            Constant::Code(inner) => {
                let code = self.add_code(inner)?;
                self.heap.new_object(crate::objects::Object::Code { code })?
            }
        })
    }

    /// A string from code points, lone surrogates among them.
    pub(crate) fn new_wide_str(&mut self, points: &[u32]) -> Result<Value, Fault> {
        let mut text = String::with_capacity(points.len());
        let mut surrogates = false;
        for point in points {
            let mapped = if (0xD800..0xE000).contains(point) {
                surrogates = true;
                *point - 0xD800 + 0x10_F800
            } else {
                *point
            };
            text.push(char::from_u32(mapped).unwrap_or('\u{FFFD}'));
        }
        if surrogates { self.heap.new_surrogate_str(text) } else { self.heap.new_string(text) }
    }

    fn link_instr(
        &mut self,
        mut instr: Instr,
        code: &Code,
        constants: &[u32],
        names: &[Id<Str>],
        origin: CodeOrigin,
        room: &mut Room,
    ) -> Result<Instr, Fault> {
        let constant = |index: u32| constants.get(index as usize).copied().unwrap_or(0);
        if let Some((target, _)) = instr.jump_target() {
            instr.set_jump_target(target + room.start);
            return Ok(instr);
        }
        let Some((table, index)) = table_of(instr, code, origin) else {
            return Ok(match instr {
                Instr::LoadConst(index) => Instr::LoadConst(constant(index)),
                Instr::MakeFunction(index, flags) => Instr::MakeFunction(constant(index), flags),
                Instr::CallKeywords(count, index) => Instr::CallKeywords(count, constant(index)),
                other => other,
            });
        };
        let name = names.get(index as usize).copied().unwrap_or(names::NAME);
        let place = &mut room.place;
        let number = match table {
            Table::Constants => {
                let text = self.heap.str(name).trim_start_matches(origin.intrinsic_prefix()).into();
                let value = self.prelude_global(name, text)?;
                return Ok(Instr::LoadConst(put(&mut self.segment.constants, &mut place.constants, value)));
            }
            Table::GlobalSites => {
                let site = GlobalSite { name, version: 0, position: u32::MAX, builtin: Value::Undef };
                put(&mut self.segment.global_sites, &mut place.global_sites, site)
            }
            Table::AttributeSites => {
                let kind = SiteKind::Unknown;
                let site = AttributeSite { name, kind, shape: 0, version: 0, position: 0, value: Value::Undef };
                put(&mut self.segment.attribute_sites, &mut place.attribute_sites, site)
            }
            Table::Names => put(&mut self.segment.names, &mut place.names, name),
        };
        Ok(match instr {
            Instr::LoadGlobal(_) => Instr::LoadGlobal(number),
            Instr::StoreGlobal(_) => Instr::StoreGlobal(number),
            Instr::DeleteGlobal(_) => Instr::DeleteGlobal(number),
            Instr::LoadName(_) => Instr::LoadName(number),
            Instr::LoadFromMappingOrGlobal(_) => Instr::LoadFromMappingOrGlobal(number),
            Instr::StoreName(_) => Instr::StoreName(number),
            Instr::DeleteName(_) => Instr::DeleteName(number),
            Instr::ImportName(_) => Instr::ImportName(number),
            Instr::ImportFrom(_) => Instr::ImportFrom(number),
            Instr::LoadAttr(_) => Instr::LoadAttr(number),
            Instr::LoadMethod(_) => Instr::LoadMethod(number),
            Instr::StoreAttr(_) => Instr::StoreAttr(number),
            Instr::DeleteAttr(_) => Instr::DeleteAttr(number),
            other => other,
        })
    }

    /// The value of a global of the prelude: they never change, so they are constants.
    fn prelude_global(&mut self, name: Id<Str>, text: CompactString) -> Result<Value, Fault> {
        if let Some(value) = self.base.intrinsics.get(&*text) {
            return Ok(*value);
        }
        if let Some(function) = self.base.prelude_function(&text) {
            return Ok(Value::Function(function));
        }
        let hash = self.hash_of_str(name);
        let found = self.base.builtins.find::<()>(hash, |key| Ok(*key == Value::Str(name))).ok().flatten();
        match found.and_then(|at| self.base.builtins.entry(at)) {
            Some(entry) => Ok(entry.value),
            None => Err(self.engine_fault(format!("the prelude uses the unknown name {text}"))),
        }
    }
}

/// A table of the code segment.
#[derive(Clone, Copy)]
enum Table {
    Constants,
    GlobalSites,
    AttributeSites,
    Names,
}

/// The table in which an instruction that names something has an entry of its own, and the number of the name in the code.
fn table_of(instr: Instr, code: &Code, origin: CodeOrigin) -> Option<(Table, u32)> {
    let is_intrinsic = |index: u32| {
        let name = code.names.get(index as usize);
        origin == CodeOrigin::GuestModule && name.is_some_and(|name| name.starts_with(INTRINSIC_PREFIX))
    };
    Some(match instr {
        Instr::LoadGlobal(index) if origin == CodeOrigin::Prelude => (Table::Constants, index),
        Instr::LoadGlobal(index) | Instr::LoadName(index) if is_intrinsic(index) => (Table::Constants, index),
        Instr::LoadGlobal(index)
        | Instr::StoreGlobal(index)
        | Instr::LoadName(index)
        | Instr::LoadFromMappingOrGlobal(index) => (Table::GlobalSites, index),
        Instr::LoadAttr(index) | Instr::LoadMethod(index) | Instr::StoreAttr(index) => (Table::AttributeSites, index),
        Instr::DeleteGlobal(index)
        | Instr::StoreName(index)
        | Instr::DeleteName(index)
        | Instr::ImportName(index)
        | Instr::ImportFrom(index)
        | Instr::DeleteAttr(index) => (Table::Names, index),
        _ => return None,
    })
}

/// How many entries of each table linking a code object takes.
#[derive(Clone, Copy, Default)]
pub(super) struct Counts {
    pub constants: u32,
    pub global_sites: u32,
    pub attribute_sites: u32,
    pub names: u32,
}

impl Counts {
    pub(super) fn of(code: &Code, origin: CodeOrigin) -> Self {
        let constants = code.constants.iter().filter(|constant| !matches!(constant, Constant::Code(_))).count();
        let mut counts = Self { constants: constants as u32, ..Self::default() };
        for instr in &code.instrs {
            match table_of(*instr, code, origin) {
                Some((Table::Constants, _)) => counts.constants += 1,
                Some((Table::GlobalSites, _)) => counts.global_sites += 1,
                Some((Table::AttributeSites, _)) => counts.attribute_sites += 1,
                Some((Table::Names, _)) => counts.names += 1,
                None => {}
            }
        }
        counts
    }
}

/// Where linked code goes.
#[derive(Clone, Copy)]
pub(crate) struct Room {
    /// Address of the first instruction.
    pub start: u32,
    pub place: Place,
}

/// Puts an entry at the place of a table that comes next, and gives the place.
fn put<T>(table: &mut Vec<T>, next: &mut u32, entry: T) -> u32 {
    let place = *next;
    *next += 1;
    match table.get_mut(place as usize) {
        Some(slot) => *slot = entry,
        None => table.push(entry),
    }
    place
}

/// The code objects directly within another one.
pub(crate) fn codes_in(code: &Code) -> impl Iterator<Item = &Arc<Code>> {
    code.constants.iter().filter_map(|constant| match constant {
        Constant::Code(inner) => Some(inner),
        _ => None,
    })
}

fn is_identifier_like(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn narrow(slot: u32) -> Option<u16> {
    u16::try_from(slot).ok()
}

/// Puts fused instructions over the sequences they stand for.
fn fuse(linked: &mut [Instr]) {
    for at in 0..linked.len() {
        if let Some(fused) = fused_at(linked.get(at..).unwrap_or(&[])) {
            linked[at] = fused;
        }
    }
}

fn cheap(op: BinaryOperator) -> bool {
    !matches!(op, BinaryOperator::MatMul | BinaryOperator::Pow)
}

/// The fused instruction for the longest known sequence at the head of `rest`.
fn fused_at(rest: &[Instr]) -> Option<Instr> {
    use Instr::*;
    match *rest {
        [LoadFast(a), LoadFast(b), Compare(op), PopJumpIfFalse(_), ..] => {
            Some(FastFastCompareJumpFalse(narrow(a)?, narrow(b)?, op))
        }
        [LoadFast(a), LoadInt(b), Compare(op), PopJumpIfFalse(_), ..] if i16::try_from(b).is_ok() => {
            Some(FastIntCompareJumpFalse(narrow(a)?, i16::try_from(b).ok()?, op))
        }
        [LoadFast(a), LoadFast(b), Binary(op), ..] if cheap(op) => Some(FastFastBinary(narrow(a)?, narrow(b)?, op)),
        [LoadFast(a), LoadInt(b), Binary(op), ..] if cheap(op) && i16::try_from(b).is_ok() => {
            Some(FastIntBinary(narrow(a)?, i16::try_from(b).ok()?, op))
        }
        [LoadFast(a), LoadFast(b), LoadSubscript, ..] => Some(FastFastSubscript(narrow(a)?, narrow(b)?)),
        [LoadInt(a), Compare(op), PopJumpIfFalse(_), ..] => Some(IntCompareJumpFalse(a, op)),
        [Compare(op), PopJumpIfFalse(_), ..] => Some(CompareJumpFalse(op)),
        [Compare(op), PopJumpIfTrue(_), ..] => Some(CompareJumpTrue(op)),
        [LoadFast(a), LoadAttr(site), ..] => Some(FastLoadAttr(narrow(a)?, site)),
        [LoadFast(a), LoadMethod(site), ..] => Some(FastLoadMethod(narrow(a)?, site)),
        [LoadFast(a), LoadSubscript, ..] => Some(FastSubscript(narrow(a)?)),
        [LoadFast(a), Binary(op), ..] if cheap(op) => Some(FastBinary(narrow(a)?, op)),
        [LoadFast(a), ReturnValue, ..] => Some(FastReturn(narrow(a)?)),
        [LoadInt(a), Binary(op), ..] if cheap(op) => Some(IntBinary(a, op)),
        [LoadConst(a), Binary(op), ..] if cheap(op) => Some(ConstBinary(a, op)),
        [ForIter(target), StoreFast(slot), ..] => Some(ForIterStoreFast(target, narrow(slot)?)),
        [LoadFast(a), LoadFast(b), ..] => Some(LoadFastLoadFast(narrow(a)?, narrow(b)?)),
        [StoreFast(a), LoadFast(b), ..] => Some(StoreFastLoadFast(narrow(a)?, narrow(b)?)),
        [LoadFast(a), LoadInt(b), ..] => Some(LoadFastLoadInt(narrow(a)?, b)),
        [LoadFast(a), LoadConst(b), ..] => Some(LoadFastLoadConst(narrow(a)?, b)),
        _ => None,
    }
}
