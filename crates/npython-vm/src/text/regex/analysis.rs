//! What a program can begin with, at its start and within: which places need not be tried at all.

use memchr::memmem::Finder;

use super::program::{At, FirstBytes, Inst, NONE, Prefix, Program, Run, Single, has_byte};
use super::syntax::{Greed, NO_LIMIT};

/// Instructions looked at to answer one question within the program.
const INNER_BUDGET: usize = 24;
/// Instructions looked at for the start of the program.
const START_BUDGET: usize = 512;
const ALL: FirstBytes = [u64::MAX; 4];

/// Fills in what follows from the code. `refers`: it depends on what groups have matched.
pub(super) fn complete(program: &mut Program, refers: bool) {
    for at in 0..program.code.len() {
        match program.code.get(at).copied() {
            Some(Inst::Split { other, .. }) if other as usize > at => {
                let first = first_number(program, at + 1);
                program.code[at] = Inst::Split { other, first };
            }
            Some(Inst::Prefer { target, .. }) if (target as usize) < at => {
                let first = first_number(program, target as usize);
                program.code[at] = Inst::Prefer { target, first };
            }
            Some(Inst::Run(number)) => complete_run(program, number as usize, at),
            _ => {}
        }
    }
    program.leading_run = leading_run(program, refers);
    program.prefix = prefix(program);
}

/// The number of the set of first bytes of what starts at an instruction.
fn first_number(program: &mut Program, at: usize) -> u32 {
    match first_bytes(program, at, INNER_BUDGET) {
        Some(first) => {
            if program.firsts.last() != Some(&first) {
                program.firsts.push(first);
            }
            program.firsts.len() as u32 - 1
        }
        None => NONE,
    }
}

fn complete_run(program: &mut Program, number: usize, at: usize) {
    let Some(run) = program.runs.get(number).copied() else { return };
    let follow = first_number(program, at + 1);
    let exclusive = program.first(follow).is_some_and(|follow| {
        let own = single_bytes(program, run.single);
        follow.iter().zip(own).all(|(left, right)| left & right == 0)
    });
    if let Some(run) = program.runs.get_mut(number) {
        *run = Run { follow, exclusive, ..*run };
    }
}

/// Bytes that the encoding of a character begins with.
fn byte_of(program: &Program, code: u32) -> u8 {
    if !program.is_text {
        return code as u8;
    }
    let mut bytes = [0; 4];
    super::source::character_of(code).encode_utf8(&mut bytes);
    bytes[0]
}

fn only(byte: u8) -> FirstBytes {
    let mut first = [0; 4];
    first[usize::from(byte >> 6)] |= 1 << (byte & 63);
    first
}

fn without(byte: u8) -> FirstBytes {
    let mut first = ALL;
    first[usize::from(byte >> 6)] &= !(1 << (byte & 63));
    first
}

fn single_bytes(program: &Program, single: Single) -> FirstBytes {
    match single {
        Single::Byte(byte) => only(byte),
        Single::Char(code) => only(byte_of(program, code)),
        Single::NotChar(code) if code < 0x80 || !program.is_text => without(code as u8),
        Single::NotChar(_) | Single::AnyAll => ALL,
        Single::Any => without(b'\n'),
        Single::Set(number) => {
            let Some(set) = program.sets.get(number as usize) else { return ALL };
            if !program.is_text {
                return set.low;
            }
            let beyond = if set.low[2] | set.low[3] != 0 || set.reaches_high() { u64::MAX } else { 0 };
            [set.low[0], set.low[1], beyond, beyond]
        }
    }
}

/// The bytes with which what starts at an instruction can begin; `None` if it can match nothing at all, or who knows what.
fn first_bytes(program: &Program, start: usize, mut budget: usize) -> Option<FirstBytes> {
    let mut found: FirstBytes = [0; 4];
    let mut places = vec![start];
    while let Some(place) = places.pop() {
        let mut at = place;
        loop {
            budget = budget.checked_sub(1)?;
            let single = match *program.code.get(at)? {
                Inst::Fail => break,
                Inst::Byte(byte) => Single::Byte(byte),
                Inst::Char(code) => Single::Char(code),
                Inst::NotChar(code) => Single::NotChar(code),
                Inst::Any => Single::Any,
                Inst::AnyAll => Single::AnyAll,
                Inst::Set(number) => Single::Set(number),
                Inst::Literal { start, .. } => Single::Byte(*program.literals.get(start as usize)?),
                Inst::Run(number) => {
                    let run = program.runs.get(number as usize)?;
                    if run.low == 0 {
                        places.push(at + 1);
                    }
                    run.single
                }
                Inst::At(_) | Inst::Open(_) | Inst::Close(_) | Inst::Enter(_) | Inst::Atomic => {
                    at += 1;
                    continue;
                }
                Inst::Jump(target) => {
                    at = target as usize;
                    continue;
                }
                Inst::Split { other: target, .. }
                | Inst::Prefer { target, .. }
                | Inst::Conditional { otherwise: target, .. } => {
                    places.push(target as usize);
                    at += 1;
                    continue;
                }
                Inst::Loop(number) | Inst::Seize(number) => {
                    let inner = program.loops.get(number as usize)?;
                    // Coming from a round, another one need not follow.
                    let entered = at.checked_sub(1).and_then(|before| program.code.get(before));
                    let must =
                        place <= at && matches!(entered, Some(Inst::Enter(_))) && inner.advances && inner.low > 0;
                    if !must || place == at {
                        places.push(inner.exit as usize);
                    }
                    at = inner.body as usize;
                    continue;
                }
                Inst::Look(number) => {
                    at = program.looks.get(number as usize)?.after as usize;
                    continue;
                }
                // What an atomic part takes does not depend on what follows.
                Inst::AtomicEnd
                | Inst::Match
                | Inst::Seized(_)
                | Inst::LookEnd(_)
                | Inst::Reference(_)
                | Inst::ReferenceFolded { .. } => return None,
            };
            for (word, more) in found.iter_mut().zip(single_bytes(program, single)) {
                *word |= more;
            }
            break;
        }
    }
    (found != ALL).then_some(found)
}

/// The first instruction that is not the start of a group.
fn opening(program: &Program) -> usize {
    program.code.iter().take_while(|inst| matches!(inst, Inst::Open(_))).count()
}

fn leading_run(program: &Program, refers: bool) -> u32 {
    let Some(Inst::Run(number)) = program.code.get(opening(program)).copied() else { return NONE };
    let suits = program
        .runs
        .get(number as usize)
        .is_some_and(|run| run.exclusive && run.high == NO_LIMIT && run.greed != Greed::Lazy);
    if suits && !refers { number } else { NONE }
}

fn prefix(program: &Program) -> Prefix {
    if let Some(Inst::At(At::Start)) = program.code.get(opening(program)) {
        return Prefix::Start;
    }
    let mut literal = Vec::new();
    for inst in &program.code {
        match *inst {
            Inst::Open(_) | Inst::Close(_) => {}
            Inst::Byte(byte) => literal.push(byte),
            Inst::Literal { start, length } => {
                let text = program.literals.get(start as usize..(start + length) as usize);
                literal.extend_from_slice(text.unwrap_or_default());
            }
            _ => break,
        }
    }
    if !literal.is_empty() {
        return Prefix::Literal(Box::new(Finder::new(&literal).into_owned()));
    }
    match first_bytes(program, 0, START_BUDGET) {
        Some(first) => {
            let mut bytes = Box::new([false; 256]);
            for byte in 0..=255_u8 {
                bytes[usize::from(byte)] = has_byte(&first, byte);
            }
            Prefix::Bytes(bytes)
        }
        None => Prefix::None,
    }
}
