//! Code objects of a machine, and how they are freed.
//!
//! A program may evaluate any number of texts. What was made of one text, the code objects within one another, is freed as
//! a whole by the first collection that finds nothing that refers to any of it: no frame, function, generator, code object
//! or traceback. Linked code does not move: its places in the tables of the code segment become gaps, which the next code
//! uses again, or the tables become shorter. What is of the machine itself (the prelude, modules written in Python) stays.

use std::collections::BTreeMap;
use std::sync::Arc;

use npython_bytecode::{Code, Instr};

use crate::base::{CodeEntry, UNLINKED};
use crate::fault::Fault;
use crate::objects::{Object, Str};
use crate::value::{Id, Value};

use super::gaps::Gaps;
use super::link::{AttributeSite, CodeOrigin, CodeSegment, Counts, GlobalSite, Room, SiteKind};
use super::{CompiledSource, Machine};

/// The unit of a code object that is never freed, and that of a number without code object.
const STAYS: u32 = u32::MAX;
const NO_UNIT: u32 = u32::MAX - 1;

/// What the machine keeps for each code object: in its tables, and for the gaps it may leave in them.
pub(crate) const CODE_BYTES: usize = size_of::<CodeEntry>() + size_of::<OwnCode>() + 6 * size_of::<u32>();
/// A table gives memory back when it has room for more than this many times its entries.
const IDLE_SHARE: usize = 4;

/// Where the constants and sites of linked code begin, in the tables of the code segment.
#[derive(Clone, Copy, Default)]
pub(crate) struct Place {
    pub constants: u32,
    pub global_sites: u32,
    pub attribute_sites: u32,
    pub names: u32,
}

/// A code object of a machine.
#[derive(Clone)]
pub(crate) struct OwnCode {
    pub code: Arc<Code>,
    /// The number of the code object of the whole text, or one of the marks above.
    unit: u32,
    place: Place,
    /// Memory of the whole text's code objects, if the program made them.
    bytes: usize,
}

/// All code objects of a machine but those of the base, by number, and the gaps of everything that is kept for them.
#[derive(Clone, Default)]
pub(crate) struct OwnCodes {
    codes: Vec<OwnCode>,
    /// Memory of the code objects that the program made.
    compiled_bytes: usize,
    /// Where the constants of linked code of the base begin.
    shared_constants: BTreeMap<u32, u32>,
    /// The end of the linked instructions.
    pub linked_end: u32,
    numbers: Gaps,
    instrs: Gaps,
    constants: Gaps,
    global_sites: Gaps,
    attribute_sites: Gaps,
    names: Gaps,
}

/// What linking a code object makes.
#[derive(Clone, Copy, Default)]
struct Linked {
    instrs: u32,
    counts: Counts,
}

impl Linked {
    /// Entries of each table, with `numbers` code objects.
    fn counts(self, numbers: usize) -> [usize; 6] {
        let Counts { constants, global_sites, attribute_sites, names } = self.counts;
        let [instrs, constants, global_sites, attribute_sites, names] =
            [self.instrs, constants, global_sites, attribute_sites, names].map(|count| count as usize);
        [numbers, instrs, constants, global_sites, attribute_sites, names]
    }
}

/// Ranges that became free, with start and length.
#[derive(Default)]
struct Freed {
    numbers: Vec<(u32, u32)>,
    instrs: Vec<(u32, u32)>,
    constants: Vec<(u32, u32)>,
    global_sites: Vec<(u32, u32)>,
    attribute_sites: Vec<(u32, u32)>,
    names: Vec<(u32, u32)>,
}

impl OwnCodes {
    /// How many numbers are given out, those of freed code among them.
    pub(crate) fn len(&self) -> usize {
        self.codes.len()
    }

    /// The code object at a place.
    #[inline]
    pub(crate) fn at(&self, place: usize) -> &Arc<Code> {
        &self.codes[place].code
    }

    /// Whether there is a code object at this place.
    pub(crate) fn is_held(&self, place: usize) -> bool {
        self.codes.get(place).is_some_and(|own| own.unit != NO_UNIT)
    }

    /// Places of the code objects whose memory is counted: those of whole texts that the program compiled.
    pub(crate) fn counted(&self) -> impl Iterator<Item = usize> + '_ {
        self.codes.iter().enumerate().filter(|(_, own)| own.bytes != 0).map(|(place, _)| place)
    }

    /// Counts `bytes` of memory for the code object at a place and all that are in it, once.
    pub(crate) fn count(&mut self, place: usize, bytes: usize) {
        if let Some(own) = self.codes.get_mut(place).filter(|own| own.bytes == 0 && own.unit != NO_UNIT) {
            own.bytes = bytes;
            self.compiled_bytes = self.compiled_bytes.saturating_add(bytes);
        }
    }

    /// Whether there is more than one text whose code could be freed.
    fn are_several(&self, shared: usize) -> bool {
        let roots = self.codes.iter().zip(shared..).filter(|(own, number)| own.unit as usize == *number);
        roots.take(2).count() == 2
    }

    /// The gaps of each table, with the bytes of an entry.
    fn tables(&self) -> [(&Gaps, usize); 6] {
        [
            (&self.numbers, CODE_BYTES),
            (&self.instrs, size_of::<Instr>()),
            (&self.constants, size_of::<Value>()),
            (&self.global_sites, size_of::<GlobalSite>()),
            (&self.attribute_sites, size_of::<AttributeSite>()),
            (&self.names, size_of::<Id<Str>>()),
        ]
    }

    /// Bytes of gaps.
    pub(crate) fn idle_bytes(&self) -> usize {
        self.tables().iter().map(|(gaps, size)| gaps.entries() * size).sum()
    }

    /// A place for `count` entries of a table: a gap, or the end.
    fn take(gaps: &mut Gaps, count: u32, end: usize) -> u32 {
        match count {
            0 => 0,
            count => gaps.take(count).unwrap_or(end as u32),
        }
    }
}

/// The code object in the place of one that was freed; the prelude's first, as there has to be one.
fn no_code(machine: &Machine) -> Option<OwnCode> {
    let code = machine.base.codes.first()?.code.clone();
    Some(OwnCode { code, unit: NO_UNIT, place: Place::default(), bytes: 0 })
}

fn give_memory_back<T>(table: &mut Vec<T>, length: usize) {
    table.truncate(length);
    if table.capacity() / IDLE_SHARE > table.len() {
        table.shrink_to_fit();
    }
}

impl Machine {
    /// Registers the code object of a whole text; it is linked when first called.
    pub(crate) fn add_code(&mut self, code: &Arc<Code>) -> Result<u32, Fault> {
        self.reserve_entries(1, Linked::default())?;
        Ok(self.add_codes(&[code], None))
    }

    /// Registers the code object of a whole text that the program compiled, which takes `bytes` with all that is in it.
    pub(crate) fn add_counted_code(&mut self, code: &Arc<Code>, bytes: usize) -> Result<u32, Fault> {
        self.heap.reserve(bytes)?;
        let number = self.add_code(code)?;
        self.own_codes.count(number as usize - self.base.codes.len(), bytes);
        Ok(number)
    }

    /// Reserves the memory for `numbers` code objects and for what linking `linked` makes. What goes into gaps is no longer
    /// idle.
    fn reserve_entries(&mut self, numbers: usize, linked: Linked) -> Result<(), Fault> {
        let own = &self.own_codes;
        let (mut bytes, mut in_gaps) = (0_usize, 0_usize);
        for ((gaps, size), count) in own.tables().into_iter().zip(linked.counts(numbers)) {
            bytes = bytes.saturating_add(count * size);
            if count != 0 && gaps.fits(count as u32) {
                in_gaps += count * size;
            }
        }
        let idle = own.idle_bytes();
        self.heap.set_idle_code(idle.saturating_sub(in_gaps));
        self.heap.reserve(bytes).inspect_err(|_| self.heap.set_idle_code(idle))
    }

    /// Gives consecutive numbers to code objects: that of a whole text, or those within the one with number `outer`.
    fn add_codes(&mut self, codes: &[&Arc<Code>], outer: Option<u32>) -> u32 {
        let shared = self.base.codes.len();
        let end = shared + self.own_codes.len();
        let first = OwnCodes::take(&mut self.own_codes.numbers, codes.len() as u32, end);
        let unit = outer.map(|outer| self.unit_of(outer));
        for (number, code) in (first..).zip(codes) {
            let unit = if code.source.internal { STAYS } else { unit.unwrap_or(number) };
            let own = OwnCode { code: Arc::clone(code), unit, place: Place::default(), bytes: 0 };
            match self.own_codes.codes.get_mut(number as usize - shared) {
                Some(place) => {
                    *place = own;
                    self.entries[number as usize] = CodeEntry::of(code);
                }
                None => {
                    self.own_codes.codes.push(own);
                    self.entries.push(CodeEntry::of(code));
                }
            }
        }
        first
    }

    fn unit_of(&self, number: u32) -> u32 {
        let place = (number as usize).checked_sub(self.base.codes.len());
        place.and_then(|place| self.own_codes.codes.get(place)).map_or(STAYS, |own| own.unit)
    }

    /// Finds places for what linking the code object `number` makes, and registers the code objects in it; nothing has
    /// changed when memory is short. Gives the places, and the number of the first code object in it.
    pub(super) fn room_for_code(
        &mut self,
        segment: &mut Vec<Instr>,
        number: u32,
        code: &Code,
        counts: Counts,
    ) -> Result<(Room, u32), Fault> {
        let children: Vec<&Arc<Code>> = super::link::codes_in(code).collect();
        let length = code.instrs.len() as u32;
        self.reserve_entries(children.len(), Linked { instrs: length, counts })?;
        let first_child = self.add_codes(&children, Some(number));
        let own = &mut self.own_codes;
        if segment.len() > own.linked_end as usize {
            give_memory_back(segment, own.linked_end as usize);
        }
        let start = OwnCodes::take(&mut own.instrs, length, segment.len());
        own.linked_end = own.linked_end.max(start + length);
        let place = Place {
            constants: OwnCodes::take(&mut own.constants, counts.constants, self.segment.constants.len()),
            global_sites: OwnCodes::take(&mut own.global_sites, counts.global_sites, self.segment.global_sites.len()),
            attribute_sites: OwnCodes::take(
                &mut own.attribute_sites,
                counts.attribute_sites,
                self.segment.attribute_sites.len(),
            ),
            names: OwnCodes::take(&mut own.names, counts.names, self.segment.names.len()),
        };
        self.set_place(number, place);
        Ok((Room { start, place }, first_child))
    }

    /// Gives the machine the code objects of a snapshot, by number, `None` where one was freed; nothing is linked, and each is
    /// that of a whole text until [`Machine::set_outer`] says otherwise.
    pub(crate) fn set_codes(&mut self, codes: Vec<Option<Arc<Code>>>) {
        let shared = self.base.codes.len();
        self.own_codes = OwnCodes::default();
        self.entries = self.base.entries.clone();
        let Some(no_code) = no_code(self) else { return };
        let mut missing = Vec::new();
        for (number, code) in (shared as u32..).zip(codes) {
            let own = match code {
                Some(code) => {
                    let unit = if code.source.internal { STAYS } else { number };
                    OwnCode { code, unit, place: Place::default(), bytes: 0 }
                }
                None => {
                    missing.push((number, 1));
                    no_code.clone()
                }
            };
            self.entries.push(CodeEntry::of(&own.code));
            self.own_codes.codes.push(own);
        }
        self.own_codes.numbers.free(missing, u32::MAX);
    }

    /// Notes that the code objects from `first` on, `count` of them, are in the one with number `outer`.
    pub(crate) fn set_outer(&mut self, outer: u32, first: u32, count: usize) {
        let (shared, unit) = (self.base.codes.len(), self.unit_of(outer));
        let place = (first as usize).saturating_sub(shared);
        for own in self.own_codes.codes.iter_mut().skip(place).take(count).filter(|own| own.unit < NO_UNIT) {
            own.unit = unit;
        }
    }

    /// The places behind everything in the tables of the code segment.
    pub(crate) fn end_of_tables(&self) -> Place {
        let CodeSegment { constants, global_sites, attribute_sites, names } = &self.segment;
        Place {
            constants: constants.len() as u32,
            global_sites: global_sites.len() as u32,
            attribute_sites: attribute_sites.len() as u32,
            names: names.len() as u32,
        }
    }

    /// Notes where code was linked.
    pub(crate) fn set_place(&mut self, number: u32, place: Place) {
        match (number as usize).checked_sub(self.base.codes.len()) {
            None => drop(self.own_codes.shared_constants.insert(number, place.constants)),
            Some(at) => {
                if let Some(own) = self.own_codes.codes.get_mut(at) {
                    own.place = place;
                }
            }
        }
    }

    /// The constants of linked code that are no code objects.
    pub(crate) fn constants_of(&self, number: u32) -> &[Value] {
        let code = self.code(number);
        let count = code.constants.len() - super::link::codes_in(code).count();
        let start = match (number as usize).checked_sub(self.base.codes.len()) {
            None => self.own_codes.shared_constants.get(&number).copied(),
            Some(at) => self.own_codes.codes.get(at).map(|own| own.place.constants),
        };
        let start = start.unwrap_or(0) as usize;
        self.segment.constants.get(start..start + count).unwrap_or(&[])
    }

    /// Notes the ranges of linked instructions, which end before `end`; false if they overlap.
    pub(crate) fn set_linked(&mut self, ranges: Vec<(u32, u32)>, end: u32) -> bool {
        self.own_codes.linked_end = end;
        let Some(gaps) = Gaps::between(ranges, end) else { return false };
        self.own_codes.instrs = gaps;
        self.heap.set_idle_code(self.own_codes.idle_bytes());
        true
    }

    /// Bytes that the machine's own code takes, from one collection to the next; gaps are not among them.
    pub(crate) fn code_memory(&self) -> usize {
        let CodeSegment { constants, global_sites, attribute_sites, names } = &self.segment;
        let held = self.own_codes.compiled_bytes
            + self.own_codes.linked_end as usize * size_of::<Instr>()
            + self.own_codes.len() * CODE_BYTES
            + size_of_val(constants.as_slice())
            + size_of_val(global_sites.as_slice())
            + size_of_val(attribute_sites.as_slice())
            + size_of_val(names.as_slice());
        held.saturating_sub(self.own_codes.idle_bytes())
    }

    /// Makes what sites remember of objects that are about to be freed void. An attribute that still exists is held by where
    /// it was found, so a site need not hold it.
    pub(super) fn forget_dead_attributes(&mut self) {
        for site in &mut self.segment.attribute_sites {
            if !self.heap.is_marked(site.value) {
                site.kind = SiteKind::Unknown;
                site.value = Value::Undef;
            }
        }
        for site in &mut self.segment.global_sites {
            if !self.heap.is_marked(site.builtin) {
                site.version = 0;
                site.builtin = Value::Undef;
            }
        }
    }

    /// Frees code that nothing refers to, once everything that is reachable is marked.
    pub(super) fn free_unreachable_code(&mut self) {
        let shared = self.base.codes.len();
        if !self.own_codes.are_several(shared) {
            return;
        }
        let reached = self.reached_units();
        let unreached = |own: &OwnCode| {
            let place = (own.unit as usize).checked_sub(shared);
            place.and_then(|place| reached.get(place)).is_some_and(|reached| !reached)
        };
        let places = self.own_codes.codes.iter().enumerate().filter(|(_, own)| unreached(own));
        let places: Vec<usize> = places.map(|(place, _)| place).collect();
        if places.is_empty() {
            return;
        }
        let Some(no_code) = no_code(self) else { return };
        let mut freed = Freed::default();
        for place in places {
            self.free_code(place, &no_code, &mut freed);
        }
        self.shorten_tables(freed);
        let held = |known: &CompiledSource| self.own_codes.is_held(known.code as usize - shared);
        let mut compiled = std::mem::take(&mut self.compiled);
        compiled.retain(held);
        self.compiled = compiled;
    }

    /// By the place of its first code object, whether anything refers to code of a text.
    fn reached_units(&self) -> Vec<bool> {
        let shared = self.base.codes.len();
        let mut reached = vec![false; self.own_codes.len()];
        let mut reach = |number: u32| {
            let place = (self.unit_of(number) as usize).checked_sub(shared);
            if let Some(unit) = place.and_then(|place| reached.get_mut(place)) {
                *unit = true;
            }
        };
        self.frames.iter().for_each(|frame| reach(frame.code));
        let heap = &self.heap;
        heap.functions.marked_ids().for_each(|id| reach(heap.functions.get(id).code));
        heap.generators.marked_ids().for_each(|id| reach(heap.generators.get(id).frame.code));
        for id in heap.exceptions.marked_ids() {
            heap.exceptions.get(id).traceback.iter().for_each(|entry| reach(entry.code));
        }
        for id in heap.objects.marked_ids() {
            match heap.objects.get(id) {
                Object::Code { code } => reach(*code),
                Object::Compiled { codes, .. } => codes.iter().for_each(|code| reach(*code)),
                _ => {}
            }
        }
        reached
    }

    fn free_code(&mut self, place: usize, no_code: &OwnCode, freed: &mut Freed) {
        let number = self.base.codes.len() + place;
        let Some(own) = self.own_codes.codes.get_mut(place) else { return };
        let OwnCode { code, place, bytes, .. } = std::mem::replace(own, no_code.clone());
        self.own_codes.compiled_bytes = self.own_codes.compiled_bytes.saturating_sub(bytes);
        freed.numbers.push((number as u32, 1));
        let Some(entry) = self.entries.get_mut(number) else { return };
        let CodeEntry { start, .. } = std::mem::replace(entry, CodeEntry::of(&no_code.code));
        if start == UNLINKED {
            return;
        }
        let counts = Counts::of(&code, CodeOrigin::Program);
        freed.instrs.push((start, code.instrs.len() as u32));
        freed.constants.push((place.constants, counts.constants));
        freed.global_sites.push((place.global_sites, counts.global_sites));
        freed.attribute_sites.push((place.attribute_sites, counts.attribute_sites));
        freed.names.push((place.names, counts.names));
        let tables = &mut self.segment;
        for value in tables.constants.iter_mut().skip(place.constants as usize).take(counts.constants as usize) {
            *value = Value::Undef;
        }
        let sites = tables.attribute_sites.iter_mut().skip(place.attribute_sites as usize);
        for site in sites.take(counts.attribute_sites as usize) {
            site.kind = SiteKind::Unknown;
            site.value = Value::Undef;
        }
    }

    /// Notes what became free; tables with nothing in use at the end become shorter.
    fn shorten_tables(&mut self, freed: Freed) {
        let shared = self.base.codes.len();
        let (own, tables) = (&mut self.own_codes, &mut self.segment);
        let length = own.numbers.free(freed.numbers, (shared + own.codes.len()) as u32) as usize;
        give_memory_back(&mut own.codes, length - shared);
        give_memory_back(&mut self.entries, length);
        own.linked_end = own.instrs.free(freed.instrs, own.linked_end);
        let length = own.constants.free(freed.constants, tables.constants.len() as u32);
        give_memory_back(&mut tables.constants, length as usize);
        let length = own.global_sites.free(freed.global_sites, tables.global_sites.len() as u32);
        give_memory_back(&mut tables.global_sites, length as usize);
        let length = own.attribute_sites.free(freed.attribute_sites, tables.attribute_sites.len() as u32);
        give_memory_back(&mut tables.attribute_sites, length as usize);
        let length = own.names.free(freed.names, tables.names.len() as u32);
        give_memory_back(&mut tables.names, length as usize);
    }
}
