//! `re.Pattern`

use std::sync::Arc;

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::{Machine, code_point};
use crate::native::{NativeDef, Signature, class_method, function, getter, method, wrapper};
use crate::objects::{Dict, Object, Pattern, Scanner};
use crate::text::regex::{self, Error, Meter, Mode};
use crate::types::container_methods::class_getitem;
use crate::value::Value;

use super::running::Target;
use super::substitution;

/// Steps of compilation for a unit of gas.
const STEPS_PER_UNIT: usize = 4;
/// The longest part of a pattern that `repr` shows.
const SHOWN_CHARACTERS: usize = 200;

const TARGET: Signature = Signature::Named("string, pos=, endpos=");

/// Methods of `re.Pattern`.
pub(crate) const METHODS: &[NativeDef] = &[
    wrapper("__repr__", Signature::None, repr),
    wrapper("__eq__", Signature::One, equal),
    wrapper("__hash__", Signature::None, hash),
    method("__copy__", Signature::None, |_, args| Ok(argument(args, 0))),
    method("__deepcopy__", Signature::One, |_, args| Ok(argument(args, 0))),
    class_method("__class_getitem__", Signature::One, class_getitem),
    method("match", TARGET, |m, args| first(m, args, Mode::Match)).or("pattern_match"),
    method("fullmatch", TARGET, |m, args| first(m, args, Mode::Full)).or("pattern_fullmatch"),
    method("search", TARGET, |m, args| first(m, args, Mode::Search)).or("pattern_search"),
    method("findall", TARGET, find_all).or("pattern_findall"),
    method("finditer", TARGET, find_each).or("pattern_finditer"),
    method("scanner", TARGET, scanner),
    method("split", Signature::Named("string, maxsplit=0"), split),
    method("sub", Signature::Named("repl, string, count=0"), |m, args| substitution::substitute(m, args, false)),
    method("subn", Signature::Named("repl, string, count=0"), |m, args| substitution::substitute(m, args, true)),
    getter("pattern", |m, args| {
        let id = m.pattern_receiver(args)?;
        m.pattern(id).map(|pattern| pattern.source)
    }),
    getter("flags", |m, args| {
        let id = m.pattern_receiver(args)?;
        m.pattern(id).map(|pattern| Value::Int(i64::from(pattern.flags)))
    }),
    getter("groups", |m, args| {
        let id = m.pattern_receiver(args)?;
        m.pattern(id).map(|pattern| Value::Int(pattern.program.groups() as i64))
    }),
    getter("groupindex", group_index),
];

/// Functions of the module `re` and the prelude.
pub(crate) const INTRINSICS: &[NativeDef] = &[
    function("_regex_compile", Signature::Positional(2, 2), compile),
    function("_regex_scan", Signature::Positional(4, 4), scan_with_pieces),
];

/// Draws on the machine's limits.
struct MachineMeter<'machine> {
    machine: &'machine mut Machine,
    held: usize,
    fault: Option<Fault>,
}

impl Meter for MachineMeter<'_> {
    fn spend(&mut self, steps: usize) -> bool {
        let paid = self.machine.charge((steps / STEPS_PER_UNIT) as u64 + 1);
        self.fault = self.fault.or(paid.err());
        self.fault.is_none()
    }

    fn hold(&mut self, bytes: usize) -> bool {
        match self.machine.heap.reserve(bytes) {
            Ok(()) => self.held += bytes,
            Err(fault) => self.fault = Some(fault),
        }
        self.fault.is_none()
    }
}

impl Machine {
    /// The code points of a string, or its bytes; and which of them they are.
    pub(crate) fn pattern_text(&mut self, value: Value) -> Result<Option<(Vec<u32>, bool)>, Fault> {
        if let Some(id) = self.as_str(value) {
            self.prepare_text(self.str_length(id) * size_of::<u32>())?;
            let surrogates = self.has_surrogates(id);
            let codes = self.heap.str(id).chars().map(|character| code_point(character, surrogates)).collect();
            return Ok(Some((codes, true)));
        }
        let Some(length) = self.bytes_like(value).map(<[u8]>::len) else { return Ok(None) };
        self.prepare_text(length * size_of::<u32>())?;
        let codes = self.bytes_like(value).unwrap_or_default().iter().map(|byte| u32::from(*byte)).collect();
        Ok(Some((codes, false)))
    }

    /// Makes the programs of patterns that were restored; false if one is no valid pattern.
    pub(crate) fn restore_patterns(&mut self) -> bool {
        let ids: Vec<_> = self.heap.objects.live_ids().collect();
        for id in ids {
            let Object::Pattern(pattern) = self.heap.objects.get(id) else { continue };
            let (source, flags) = (pattern.source, pattern.flags);
            let (codes, is_text): (Vec<u32>, bool) = match (self.as_str(source), self.bytes_like(source)) {
                (Some(text), _) => {
                    let surrogates = self.has_surrogates(text);
                    (self.heap.str(text).chars().map(|character| code_point(character, surrogates)).collect(), true)
                }
                (None, Some(data)) => (data.iter().map(|byte| u32::from(*byte)).collect(), false),
                (None, None) => return false,
            };
            match regex::compile(&codes, is_text, flags, &mut regex::Unlimited) {
                Ok(program) => {
                    if let Object::Pattern(pattern) = self.heap.objects.slot(id) {
                        pattern.program = Arc::new(program);
                    }
                }
                Err(_) => return false,
            }
        }
        true
    }

    /// An error of a pattern: raised, or as the message and the position that `re.PatternError` is made from.
    pub(super) fn regex_error(&mut self, error: Error) -> Result<Value, Fault> {
        match error {
            Error::Pattern(message, position) => {
                let message = self.heap.new_string(message)?;
                let position = position.map_or(Value::None, |position| Value::Int(position as i64));
                self.heap.new_tuple(&[message, position])
            }
            Error::Value(message) => Err(self.value_error(message)),
            Error::Overflow(message) => Err(self.overflow_error(message)),
            Error::Index(message) => Err(self.index_error(&message)),
            Error::TooDeep => Err(self.raise(crate::types::RECURSION_ERROR, "maximum recursion depth exceeded")),
            Error::Stopped => Err(Fault::Halt),
        }
    }
}

/// `_regex_compile(pattern, flags)`: the pattern, or a tuple that tells the error.
fn compile(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let source = argument(args, 0);
    let flags = m.size_argument(argument(args, 1))? as u32;
    let Some((codes, is_text)) = m.pattern_text(source)? else {
        return Err(m.type_error("first argument must be string or compiled pattern"));
    };
    let held = codes.len() * size_of::<u32>();
    m.heap.reserve(held)?;
    let mut meter = MachineMeter { machine: m, held, fault: None };
    let compiled = regex::compile(&codes, is_text, flags, &mut meter);
    let MachineMeter { held, fault, .. } = meter;
    m.heap.release(held);
    if let Some(fault) = fault {
        return Err(fault);
    }
    match compiled {
        Ok(program) => {
            let flags = program.flags();
            let pattern = Pattern { source, flags, index: Value::Undef, program: Arc::new(program) };
            m.heap.new_object(Object::Pattern(pattern))
        }
        Err(error) => m.regex_error(error),
    }
}

/// `match`, `fullmatch` and `search`.
fn first(m: &mut Machine, args: &[Value], mode: Mode) -> Result<Value, Fault> {
    let pattern = m.pattern_receiver(args)?;
    let target = m.target_arguments(pattern, args)?;
    let program = m.program(pattern)?;
    if m.run_pattern(&program, &target, mode, false)? { m.found_match(pattern, &target) } else { Ok(Value::None) }
}

fn find_all(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let pattern = m.pattern_receiver(args)?;
    let mut target = m.target_arguments(pattern, args)?;
    let program = m.program(pattern)?;
    let list = m.heap.new_list(Vec::new())?;
    let Value::List(id) = list else { return Err(Fault::Halt) };
    let groups = program.groups();
    let mut must_advance = false;
    while m.run_pattern(&program, &target, Mode::Search, must_advance)? {
        let (start, end) = m.matcher.group(0).unwrap_or_default();
        let item = match groups {
            0 => m.subject_part(target.string, start, end)?,
            1 => one_group(m, target.string)?,
            _ => all_groups(m, target.string, groups)?,
        };
        m.heap.list_push(id, item)?;
        target.start = end;
        must_advance = start == end;
    }
    Ok(list)
}

fn one_group(m: &mut Machine, string: Value) -> Result<Value, Fault> {
    match m.matched_group(string, 1, Value::Undef)? {
        Value::Undef => m.empty_text(string),
        text => Ok(text),
    }
}

fn all_groups(m: &mut Machine, string: Value, groups: usize) -> Result<Value, Fault> {
    m.charge_items(groups)?;
    m.make_room(groups * size_of::<Value>())?;
    let empty = m.empty_text(string)?;
    let mut items = Vec::with_capacity(groups);
    for group in 1..=groups {
        items.push(m.matched_group(string, group, empty)?);
    }
    m.heap.new_tuple(&items)
}

/// A scanner over a target, which finds at most so many matches.
fn new_scanner(m: &mut Machine, pattern: Value, target: &Target, pieces: Value, left: u32) -> Result<Value, Fault> {
    let Value::Object(pattern) = pattern else { return Err(Fault::Halt) };
    m.heap.new_object(Object::Scanner(Scanner {
        pattern,
        string: target.string,
        pieces,
        left,
        next: target.start as u32,
        end: target.end as u32,
        pos: target.pos as u32,
        endpos: target.endpos as u32,
        must_advance: false,
    }))
}

fn scanner(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let pattern = m.pattern_receiver(args)?;
    let target = m.target_arguments(pattern, args)?;
    new_scanner(m, argument(args, 0), &target, Value::Undef, u32::MAX)
}

fn find_each(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::Object(scanner) = scanner(m, args)? else { return Err(Fault::Halt) };
    m.heap.new_iter(crate::objects::Iter::Matches { scanner })
}

/// `_regex_scan(pattern, string, count, pieces)`: an iterator over the matches, all of them if `count` is 0, that appends the
/// texts before each and after the last to a list.
fn scan_with_pieces(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let pattern = m.pattern_receiver(args)?;
    let target = m.target(pattern, argument(args, 1), 0, i64::MAX)?;
    let left = match m.size_argument(argument(args, 2))? {
        0 => u32::MAX,
        count => u32::try_from(count.max(0)).unwrap_or(u32::MAX),
    };
    let Value::Object(scanner) = new_scanner(m, argument(args, 0), &target, argument(args, 3), left)? else {
        return Err(Fault::Halt);
    };
    m.heap.new_iter(crate::objects::Iter::Matches { scanner })
}

fn split(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let pattern = m.pattern_receiver(args)?;
    let most = m.position_argument(argument(args, 2), 0)?;
    let mut target = m.target(pattern, argument(args, 1), 0, i64::MAX)?;
    let program = m.program(pattern)?;
    let list = m.heap.new_list(Vec::new())?;
    let Value::List(id) = list else { return Err(Fault::Halt) };
    let (mut must_advance, mut count, mut last) = (false, 0, 0);
    while (most == 0 || count < most) && m.run_pattern(&program, &target, Mode::Search, must_advance)? {
        let (start, end) = m.matcher.group(0).unwrap_or_default();
        let piece = m.subject_part(target.string, last, start)?;
        m.heap.list_push(id, piece)?;
        m.charge_items(program.groups())?;
        for group in 1..=program.groups() {
            let text = m.matched_group(target.string, group, Value::None)?;
            m.heap.list_push(id, text)?;
        }
        (last, target.start) = (end, end);
        must_advance = start == end;
        count += 1;
    }
    let rest = m.subject_part(target.string, last, target.end)?;
    m.heap.list_push(id, rest)?;
    Ok(list)
}

fn group_index(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.pattern_receiver(args)?;
    let known = m.pattern(id)?.index;
    if !known.is_undef() {
        return Ok(known);
    }
    let program = m.program(id)?;
    let dict = m.heap.new_dict(Dict::default())?;
    if let Value::Dict(dict) = dict {
        for (name, group) in program.names() {
            m.charge(1)?;
            let name = m.heap.new_str(name)?;
            m.dict_set(dict, name, Value::Int(i64::from(*group)))?;
        }
    }
    let index = m.heap.new_object(Object::MappingProxy { mapping: dict })?;
    if let Object::Pattern(pattern) = m.heap.objects.slot(id) {
        pattern.index = index;
    }
    Ok(index)
}

fn equal(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let own = m.pattern_receiver(args)?;
    let Value::Object(other) = argument(args, 1) else { return Ok(Value::NotImplemented) };
    let (Object::Pattern(left), Object::Pattern(right)) = (m.heap.objects.get(own), m.heap.objects.get(other)) else {
        return Ok(Value::NotImplemented);
    };
    let same_kind = left.flags == right.flags && left.program.is_text() == right.program.is_text();
    let (left, right) = (left.source, right.source);
    if !same_kind {
        return Ok(Value::False);
    }
    Ok(Value::bool(match (m.as_str(left), m.as_str(right)) {
        (Some(left), Some(right)) => {
            m.charge_bytes(m.heap.str(left).len())?;
            m.heap.str(left) == m.heap.str(right)
        }
        _ => m.bytes_like(left) == m.bytes_like(right),
    }))
}

fn hash(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.pattern_receiver(args)?;
    let (source, flags) = m.pattern(id).map(|pattern| (pattern.source, pattern.flags))?;
    let source = m.unwrap(source);
    let hash = m.hash_native(source)? ^ i64::from(flags).wrapping_mul(1_000_003);
    Ok(Value::Int(if hash == -1 { -2 } else { hash }))
}

/// The names of flags, in the order of their values.
const FLAG_NAMES: &[(u32, &str)] = &[
    (regex::IGNORECASE, "re.IGNORECASE"),
    (regex::LOCALE, "re.LOCALE"),
    (regex::MULTILINE, "re.MULTILINE"),
    (regex::DOTALL, "re.DOTALL"),
    (regex::UNICODE, "re.UNICODE"),
    (regex::VERBOSE, "re.VERBOSE"),
    (regex::DEBUG, "re.DEBUG"),
    (regex::ASCII, "re.ASCII"),
];

fn repr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = m.pattern_receiver(args)?;
    let (source, mut flags) = m.pattern(id).map(|pattern| (pattern.source, pattern.flags))?;
    // What a pattern of its type has without being told so.
    if m.pattern(id)?.program.is_text() && flags & (regex::LOCALE | regex::UNICODE | regex::ASCII) == regex::UNICODE {
        flags &= !regex::UNICODE;
    }
    let mut shown = m.repr_native(source)?;
    if let Some((end, _)) = shown.char_indices().nth(SHOWN_CHARACTERS) {
        shown.truncate(end);
    }
    let mut names: Vec<String> = Vec::new();
    for (flag, name) in FLAG_NAMES {
        if flags & flag != 0 {
            names.push((*name).to_owned());
            flags &= !flag;
        }
    }
    if flags != 0 {
        names.push(format!("{flags:#x}"));
    }
    let text = if names.is_empty() {
        format!("re.compile({shown})")
    } else {
        format!("re.compile({shown}, {})", names.join("|"))
    };
    m.heap.new_string(text)
}
