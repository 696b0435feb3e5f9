//! Linking: code objects become part of a machine's code segment, with machine-wide numbers for names and constants.

use std::sync::Arc;

use compact_str::CompactString;
use npython_bytecode::{BinaryOperator, Code, CodeFlags, Constant, Instr};
use num_bigint::{BigInt, Sign};
use serde::{Deserialize, Serialize};

use crate::base::CodeEntry;
use crate::fault::Fault;
use crate::modules::guest::INTRINSIC_PREFIX;
use crate::names;
use crate::objects::{Set, Str};
use crate::value::{Id, Value};

use super::Machine;

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
enum CodeOrigin {
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
}

/// What the machine keeps for each code object.
const CODE_BYTES: usize = size_of::<CodeEntry>() + size_of::<usize>() * 2;

impl Machine {
    /// Registers a code object; it is linked when first called.
    pub(crate) fn add_code(&mut self, code: &Arc<Code>) -> Result<u32, Fault> {
        self.heap.reserve(CODE_BYTES)?;
        let number = self.entries.len() as u32;
        self.entries.push(CodeEntry::of(code));
        self.own_codes.push(code.clone());
        Ok(number)
    }

    /// Bytes that the machine's own code takes: they are never freed, so they count from one collection to the next.
    pub(crate) fn code_memory(&self) -> usize {
        let CodeSegment { constants, global_sites, attribute_sites, names } = &self.segment;
        self.linked_bytes
            + self.own_codes.len() * CODE_BYTES
            + size_of_val(constants.as_slice())
            + size_of_val(global_sites.as_slice())
            + size_of_val(attribute_sites.as_slice())
            + size_of_val(names.as_slice())
    }

    /// The code object with this number.
    #[inline]
    pub(crate) fn code(&self, number: u32) -> &Arc<Code> {
        let number = number as usize;
        let shared = self.base.codes.len();
        if number < shared { &self.base.codes[number].code } else { &self.own_codes[number - shared] }
    }

    /// The code and the instruction index of an address in the code segment.
    pub(crate) fn code_position(&self, code: u32, pc: u32) -> u32 {
        pc.saturating_sub(self.entries.get(code as usize).map_or(0, |entry| entry.start))
    }

    /// Copies the instructions of `number` to the code segment, with operands rebased.
    pub(crate) fn link(&mut self, segment: &mut Vec<Instr>, number: u32) -> Result<u32, Fault> {
        let code = self.code(number).clone();
        let start = segment.len() as u32;
        self.heap.reserve(code.instrs.len() * size_of::<Instr>())?;
        self.linked_bytes += code.instrs.len() * size_of::<Instr>();
        let constants = self.link_constants(&code)?;
        self.link_instrs(segment, number, &code, &constants)?;
        Ok(start)
    }

    /// Appends the instructions of `code`, whose constants have their numbers, to the code segment.
    pub(crate) fn link_instrs(
        &mut self,
        segment: &mut Vec<Instr>,
        number: u32,
        code: &Code,
        constants: &[u32],
    ) -> Result<(), Fault> {
        let start = segment.len() as u32;
        let origin = CodeOrigin::of(code);
        let names: Vec<Id<Str>> = code.names.iter().map(|name| self.heap.intern(name)).collect::<Result<_, _>>()?;
        for instr in &code.instrs {
            let linked = self.link_instr(*instr, start, code, constants, &names, origin)?;
            segment.push(linked);
        }
        if self.options.quicken {
            fuse(segment, start as usize);
        }
        if let Some(entry) = self.entries.get_mut(number as usize) {
            entry.start = start;
        }
        Ok(())
    }

    fn link_constants(&mut self, code: &Code) -> Result<Vec<u32>, Fault> {
        let mut numbers = Vec::with_capacity(code.constants.len());
        for constant in &code.constants {
            numbers.push(match constant {
                Constant::Code(inner) => self.add_code(inner)?,
                other => {
                    let value = self.constant_value(other)?;
                    self.heap.reserve(size_of::<Value>())?;
                    self.segment.constants.push(value);
                    self.segment.constants.len() as u32 - 1
                }
            });
        }
        Ok(numbers)
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

    fn attribute_site(&mut self, name: Id<Str>) -> Result<u32, Fault> {
        self.heap.reserve(size_of::<AttributeSite>())?;
        let site =
            AttributeSite { name, kind: SiteKind::Unknown, shape: 0, version: 0, position: 0, value: Value::Undef };
        self.segment.attribute_sites.push(site);
        Ok(self.segment.attribute_sites.len() as u32 - 1)
    }

    fn global_site(&mut self, name: Id<Str>) -> Result<u32, Fault> {
        self.heap.reserve(size_of::<GlobalSite>())?;
        self.segment.global_sites.push(GlobalSite { name, version: 0, position: u32::MAX, builtin: Value::Undef });
        Ok(self.segment.global_sites.len() as u32 - 1)
    }

    fn name_number(&mut self, name: Id<Str>) -> Result<u32, Fault> {
        self.heap.reserve(size_of::<Id<Str>>())?;
        self.segment.names.push(name);
        Ok(self.segment.names.len() as u32 - 1)
    }

    fn link_instr(
        &mut self,
        mut instr: Instr,
        start: u32,
        code: &Code,
        constants: &[u32],
        names: &[Id<Str>],
        origin: CodeOrigin,
    ) -> Result<Instr, Fault> {
        let constant = |index: u32| constants.get(index as usize).copied().unwrap_or(0);
        let name = |index: u32| names.get(index as usize).copied().unwrap_or(names::NAME);
        if let Some((target, _)) = instr.jump_target() {
            instr.set_jump_target(target + start);
            return Ok(instr);
        }
        Ok(match instr {
            Instr::LoadConst(index) => Instr::LoadConst(constant(index)),
            Instr::MakeFunction(index, flags) => Instr::MakeFunction(constant(index), flags),
            Instr::CallKeywords(count, index) => Instr::CallKeywords(count, constant(index)),
            Instr::LoadGlobal(index) if origin == CodeOrigin::Prelude => {
                self.link_prelude_global(name(index), self.heap.str(name(index)).into())?
            }
            Instr::LoadGlobal(index) | Instr::LoadName(index)
                if origin == CodeOrigin::GuestModule && self.heap.str(name(index)).starts_with(INTRINSIC_PREFIX) =>
            {
                let text = self.heap.str(name(index)).trim_start_matches(INTRINSIC_PREFIX).into();
                self.link_prelude_global(name(index), text)?
            }
            Instr::LoadGlobal(index) => Instr::LoadGlobal(self.global_site(name(index))?),
            Instr::StoreGlobal(index) => Instr::StoreGlobal(self.global_site(name(index))?),
            Instr::DeleteGlobal(index) => Instr::DeleteGlobal(self.name_number(name(index))?),
            Instr::LoadName(index) => Instr::LoadName(self.global_site(name(index))?),
            Instr::LoadFromMappingOrGlobal(index) => Instr::LoadFromMappingOrGlobal(self.global_site(name(index))?),
            Instr::StoreName(index) => Instr::StoreName(self.name_number(name(index))?),
            Instr::DeleteName(index) => Instr::DeleteName(self.name_number(name(index))?),
            Instr::ImportName(index) => Instr::ImportName(self.name_number(name(index))?),
            Instr::ImportFrom(index) => Instr::ImportFrom(self.name_number(name(index))?),
            Instr::LoadAttr(index) => Instr::LoadAttr(self.attribute_site(name(index))?),
            Instr::LoadMethod(index) => Instr::LoadMethod(self.attribute_site(name(index))?),
            Instr::StoreAttr(index) => Instr::StoreAttr(self.attribute_site(name(index))?),
            Instr::DeleteAttr(index) => Instr::DeleteAttr(self.name_number(name(index))?),
            Instr::LoadFast(_) if code.flags.has(CodeFlags::CLASS) => instr,
            other => other,
        })
    }

    /// Globals of the prelude never change: they are constants.
    fn link_prelude_global(&mut self, name: Id<Str>, text: CompactString) -> Result<Instr, Fault> {
        let value = if let Some(value) = self.base.intrinsics.get(&*text) {
            *value
        } else if let Some(function) = self.base.prelude_function(&text) {
            Value::Function(function)
        } else {
            let hash = self.hash_of_str(name);
            let found = self.base.builtins.find::<()>(hash, |key| Ok(*key == Value::Str(name))).ok().flatten();
            match found.and_then(|at| self.base.builtins.entry(at)) {
                Some(entry) => entry.value,
                None => return Err(self.engine_fault(format!("the prelude uses the unknown name {text}"))),
            }
        };
        self.segment.constants.push(value);
        Ok(Instr::LoadConst(self.segment.constants.len() as u32 - 1))
    }
}

fn is_identifier_like(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn narrow(slot: u32) -> Option<u16> {
    u16::try_from(slot).ok()
}

/// Puts fused instructions over the sequences they stand for, from `start` to the end of the segment.
fn fuse(segment: &mut [Instr], start: usize) {
    for at in start..segment.len() {
        if let Some(fused) = fused_at(segment.get(at..).unwrap_or(&[])) {
            segment[at] = fused;
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
