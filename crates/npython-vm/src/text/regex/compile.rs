//! From the tree of a pattern to a program.

use super::character_set::{CharacterSet, Reading};
use super::group::combined_flags;
use super::parse::parse;
use super::program::{At, Inst, Look, Loop, NONE, Prefix, Program, Run, Single};
use super::source::character_of;
use super::syntax::{Greed, NO_LIMIT, Node, Place, Sequence, SetItem};
use super::{DOTALL, Error, IGNORECASE, MULTILINE, Meter, UNICODE, analysis, fold};

/// Steps a character of a pattern costs to parse and compile.
const STEPS_PER_CHARACTER: usize = 8;
/// The most bytes the tree and the program hold for a character of the pattern, sets that ignore case apart.
const BYTES_PER_CHARACTER: usize = 192;
/// Characters from here on are not compared by their bytes: in a text with lone surrogates those stand for something else.
const FIRST_MAPPED: u32 = 0x10_F800;

/// Compiles a pattern given by its code points, or by its bytes if it is not text.
///
/// # Errors
/// When the pattern is not valid, or the meter gives up.
pub fn compile(pattern: &[u32], is_text: bool, flags: u32, meter: &mut dyn Meter) -> Result<Program, Error> {
    let work = pattern.len().saturating_mul(STEPS_PER_CHARACTER);
    if !meter.spend(work) || !meter.hold(pattern.len().saturating_mul(BYTES_PER_CHARACTER)) {
        return Err(Error::Stopped);
    }
    let parsed = parse(pattern, is_text, flags)?;
    let mut compiler = Compiler {
        program: Program {
            code: Vec::new(),
            sets: Vec::new(),
            runs: Vec::new(),
            loops: Vec::new(),
            looks: Vec::new(),
            literals: Vec::new(),
            firsts: Vec::new(),
            prefix: Prefix::None,
            leading_run: NONE,
            is_text,
            flags: parsed.flags,
            groups: parsed.groups,
            names: parsed.names,
        },
        meter,
        refers: false,
    };
    compiler.sequence(&parsed.tree, parsed.flags)?;
    compiler.emit(Inst::Match);
    let Compiler { mut program, refers, .. } = compiler;
    analysis::complete(&mut program, refers);
    Ok(program)
}

struct Compiler<'meter> {
    program: Program,
    meter: &'meter mut dyn Meter,
    /// The pattern refers to what groups have matched.
    refers: bool,
}

impl Compiler<'_> {
    fn here(&self) -> u32 {
        self.program.code.len() as u32
    }

    fn emit(&mut self, inst: Inst) -> usize {
        self.program.code.push(inst);
        self.program.code.len() - 1
    }

    /// Makes an instruction that was emitted before lead to the next one.
    fn land(&mut self, at: usize) {
        let here = self.here();
        match self.program.code.get_mut(at) {
            Some(Inst::Jump(target) | Inst::Split { other: target, .. } | Inst::Prefer { target, .. }) => {
                *target = here;
            }
            Some(Inst::Conditional { otherwise, .. }) => *otherwise = here,
            _ => {}
        }
    }

    fn sequence(&mut self, sequence: &Sequence, flags: u32) -> Result<(), Error> {
        let mut rest = sequence.nodes.as_slice();
        while let Some((node, others)) = rest.split_first() {
            let literal = self.literal(rest, flags);
            if literal > 1 {
                rest = rest.get(literal..).unwrap_or_default();
                continue;
            }
            rest = others;
            self.node(node, flags)?;
        }
        Ok(())
    }

    /// Whether a character can be compared by its bytes.
    fn is_plain(&self, code: u32, flags: u32) -> bool {
        let exact = flags & IGNORECASE == 0 || !fold::has_case(code, flags & UNICODE != 0);
        exact && (!self.program.is_text || (code < FIRST_MAPPED && !(0xD800..0xE000).contains(&code)))
    }

    /// Emits the literal characters that `nodes` begin with as one instruction, if there are several; returns how many.
    fn literal(&mut self, nodes: &[Node], flags: u32) -> usize {
        let start = self.program.literals.len();
        let mut count = 0;
        for node in nodes {
            let Node::Literal(code) = node else { break };
            if !self.is_plain(*code, flags) {
                break;
            }
            if self.program.is_text {
                let mut bytes = [0; 4];
                self.program.literals.extend_from_slice(character_of(*code).encode_utf8(&mut bytes).as_bytes());
            } else {
                self.program.literals.push(*code as u8);
            }
            count += 1;
        }
        if count < 2 {
            self.program.literals.truncate(start);
            return count;
        }
        let length = self.program.literals.len() - start;
        self.emit(Inst::Literal { start: start as u32, length: length as u32 });
        count
    }

    fn set(&mut self, items: &[SetItem], negated: bool, flags: u32) -> Result<u32, Error> {
        let reading = Reading { ignore_case: flags & IGNORECASE != 0, unicode: flags & UNICODE != 0 };
        let (set, work) = CharacterSet::new(items, negated, reading);
        if !self.meter.spend(work) || !self.meter.hold(set.extra_bytes()) {
            return Err(Error::Stopped);
        }
        // The usual sets are shared; a pattern of many different ones is not searched through.
        let sets = &mut self.program.sets;
        if let Some(known) = sets.iter().take(16).position(|other| *other == set) {
            return Ok(known as u32);
        }
        sets.push(set);
        Ok(sets.len() as u32 - 1)
    }

    fn single(&mut self, node: &Node, flags: u32) -> Result<Option<Single>, Error> {
        let one_byte = if self.program.is_text { 0x80 } else { 0x100 };
        Ok(Some(match node {
            Node::Literal(code) if self.is_plain(*code, flags) && *code < one_byte => Single::Byte(*code as u8),
            Node::Literal(code) if self.is_plain(*code, flags) => Single::Char(*code),
            Node::Literal(code) => Single::Set(self.set(&[SetItem::Literal(*code)], false, flags)?),
            Node::NotLiteral(code) if self.is_plain(*code, flags) => Single::NotChar(*code),
            Node::NotLiteral(code) => Single::Set(self.set(&[SetItem::Literal(*code)], true, flags)?),
            Node::Any if flags & DOTALL != 0 => Single::AnyAll,
            Node::Any => Single::Any,
            Node::Set { negated, items } => Single::Set(self.set(items, *negated, flags)?),
            _ => return Ok(None),
        }))
    }

    fn node(&mut self, node: &Node, flags: u32) -> Result<(), Error> {
        if let Some(single) = self.single(node, flags)? {
            self.emit(match single {
                Single::Byte(byte) => Inst::Byte(byte),
                Single::Char(code) => Inst::Char(code),
                Single::NotChar(code) => Inst::NotChar(code),
                Single::Any => Inst::Any,
                Single::AnyAll => Inst::AnyAll,
                Single::Set(set) => Inst::Set(set),
            });
            return Ok(());
        }
        match node {
            Node::Place(place) => {
                self.emit(Inst::At(at(*place, flags)));
            }
            Node::Repeat { low, high, greed, body } => self.repeat(*low, *high, *greed, body, flags)?,
            Node::Group { number, add_flags, remove_flags, body } => {
                let flags = combined_flags(flags, *add_flags, *remove_flags);
                match number {
                    Some(number) => {
                        self.emit(Inst::Open(*number));
                        self.sequence(body, flags)?;
                        self.emit(Inst::Close(*number));
                    }
                    None => self.sequence(body, flags)?,
                }
            }
            Node::Atomic(body) => {
                self.emit(Inst::Atomic);
                self.sequence(body, flags)?;
                self.emit(Inst::AtomicEnd);
            }
            Node::Branch(alternatives) => self.branch(alternatives, flags)?,
            Node::Look { behind, negated, body } => self.look(*behind, *negated, body, flags)?,
            Node::Reference { group, .. } => self.reference(*group, flags),
            Node::Conditional { group, yes, no } => self.conditional(*group, yes, no.as_deref(), flags)?,
            _ => {
                self.emit(Inst::Fail);
            }
        }
        Ok(())
    }

    fn reference(&mut self, group: u32, flags: u32) {
        self.refers = true;
        if flags & IGNORECASE != 0 {
            self.emit(Inst::ReferenceFolded { group, unicode: flags & UNICODE != 0 });
        } else {
            self.emit(Inst::Reference(group));
        }
    }

    fn conditional(&mut self, group: u32, yes: &Sequence, no: Option<&Sequence>, flags: u32) -> Result<(), Error> {
        self.refers = true;
        let test = self.emit(Inst::Conditional { group, otherwise: 0 });
        self.sequence(yes, flags)?;
        let Some(no) = no else {
            self.land(test);
            return Ok(());
        };
        let end = self.emit(Inst::Jump(0));
        self.land(test);
        self.sequence(no, flags)?;
        self.land(end);
        Ok(())
    }

    fn branch(&mut self, alternatives: &[Sequence], flags: u32) -> Result<(), Error> {
        let mut ends = Vec::new();
        let Some((last, others)) = alternatives.split_last() else { return Ok(()) };
        for alternative in others {
            let split = self.emit(Inst::Split { other: 0, first: NONE });
            self.sequence(alternative, flags)?;
            ends.push(self.emit(Inst::Jump(0)));
            self.land(split);
        }
        self.sequence(last, flags)?;
        for end in ends {
            self.land(end);
        }
        Ok(())
    }

    fn look(&mut self, behind: bool, negated: bool, body: &Sequence, flags: u32) -> Result<(), Error> {
        let mut back = 0;
        if behind {
            let width = body.width;
            if width.low != width.high {
                return Err(Error::Pattern("look-behind requires fixed-width pattern".to_owned(), None));
            }
            back = u32::try_from(width.low).map_err(|_| Error::Pattern("looks too much behind".to_owned(), None))?;
        }
        let number = self.program.looks.len() as u32;
        self.program.looks.push(Look { back, negated, after: 0 });
        self.emit(Inst::Look(number));
        self.sequence(body, flags)?;
        self.emit(Inst::LookEnd(number));
        let after = self.here();
        if let Some(look) = self.program.looks.get_mut(number as usize) {
            look.after = after;
        }
        Ok(())
    }

    fn repeat(&mut self, low: u32, high: u32, greed: Greed, body: &Sequence, flags: u32) -> Result<(), Error> {
        if high == 0 {
            // Compiled all the same: it may be in error.
            let skip = self.emit(Inst::Jump(0));
            self.sequence(body, flags)?;
            self.land(skip);
            return Ok(());
        }
        if let [node] = body.nodes.as_slice()
            && let Some(single) = self.single(node, flags)?
        {
            let number = self.program.runs.len() as u32;
            self.program.runs.push(Run { single, low, high, greed, follow: NONE, exclusive: false });
            self.emit(Inst::Run(number));
            return Ok(());
        }
        let advances = body.width.low > 0;
        match (greed, low, high) {
            (Greed::Possessive, ..) => self.possessive(low, high, body, flags),
            (_, 0, 1) => self.optional(greed, body, flags),
            (_, 0 | 1, NO_LIMIT) if advances => self.plain_loop(low, greed, body, flags),
            _ => self.counted(low, high, greed, body, flags),
        }
    }

    fn optional(&mut self, greed: Greed, body: &Sequence, flags: u32) -> Result<(), Error> {
        let skip = match greed {
            Greed::Lazy => self.emit(Inst::Prefer { target: 0, first: NONE }),
            _ => self.emit(Inst::Split { other: 0, first: NONE }),
        };
        self.sequence(body, flags)?;
        self.land(skip);
        Ok(())
    }

    /// A loop without a counter: no bounds to keep, and every round advances.
    fn plain_loop(&mut self, low: u32, greed: Greed, body: &Sequence, flags: u32) -> Result<(), Error> {
        let skip = match (low, greed) {
            (0, Greed::Lazy) => Some(self.emit(Inst::Prefer { target: 0, first: NONE })),
            (0, _) => Some(self.emit(Inst::Split { other: 0, first: NONE })),
            _ => None,
        };
        let start = self.here();
        self.sequence(body, flags)?;
        match greed {
            Greed::Lazy => self.emit(Inst::Split { other: start, first: NONE }),
            _ => self.emit(Inst::Prefer { target: start, first: NONE }),
        };
        if let Some(skip) = skip {
            self.land(skip);
        }
        Ok(())
    }

    fn new_loop(&mut self, low: u32, high: u32, lazy: bool, advances: bool) -> u32 {
        let number = self.program.loops.len() as u32;
        self.program.loops.push(Loop { low, high, lazy, body: 0, exit: 0, advances });
        self.emit(Inst::Enter(number));
        number
    }

    fn end_loop(&mut self, number: u32, body: u32) {
        let exit = self.here();
        if let Some(made) = self.program.loops.get_mut(number as usize) {
            (made.body, made.exit) = (body, exit);
        }
    }

    fn counted(&mut self, low: u32, high: u32, greed: Greed, body: &Sequence, flags: u32) -> Result<(), Error> {
        let number = self.new_loop(low, high, greed == Greed::Lazy, body.width.low > 0);
        let check = self.emit(Inst::Loop(number)) as u32;
        self.sequence(body, flags)?;
        self.emit(Inst::Jump(check));
        self.end_loop(number, check + 1);
        Ok(())
    }

    fn possessive(&mut self, low: u32, high: u32, body: &Sequence, flags: u32) -> Result<(), Error> {
        let number = self.new_loop(low, high, false, body.width.low > 0);
        let check = self.emit(Inst::Seize(number)) as u32;
        self.sequence(body, flags)?;
        self.emit(Inst::Seized(number));
        self.emit(Inst::Jump(check));
        self.end_loop(number, check + 1);
        Ok(())
    }
}

fn at(place: Place, flags: u32) -> At {
    let unicode = flags & UNICODE != 0;
    match place {
        Place::Beginning if flags & MULTILINE != 0 => At::LineStart,
        Place::Beginning | Place::BeginningOfString => At::Start,
        Place::End if flags & MULTILINE != 0 => At::LineEnd,
        Place::End => At::End,
        Place::EndOfString => At::StringEnd,
        Place::Boundary => At::Boundary { unicode },
        Place::NotBoundary => At::NotBoundary { unicode },
    }
}
