//! Writing values as JSON, level by level, so that nesting costs no native stack.
//!
//! What takes guest code to write (objects for `default`, containers with an `__iter__` or `items` of their own, keys that
//! are not plain strings where they are to be sorted) is left as a gap between two pieces of text, which the module fills.

use std::fmt::Write;

use compact_str::CompactString;
use hashbrown::HashSet;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::numeric::cost;
use crate::numeric::integer::{DEFAULT_DIGIT_LIMIT, big_to_decimal};
use crate::objects::Str;
use crate::text::float_repr::write_float_repr;
use crate::text::json::{LONGEST_ESCAPE, write_json_string};
use crate::types;
use crate::value::{Id, Value};

use super::decode::push;

/// Containers inside each other, as far as CPython goes.
const DEEPEST: usize = 9_998;
/// Output is paid for in steps of this many bytes.
const PAYMENT: usize = 1024;
/// Up to this depth a cycle is looked for by scanning the containers around.
const SCANNED_DEPTH: usize = 32;
/// Larger ints have more digits than are written.
const MOST_PRINTED_LIMBS: u64 = 256;

/// How to write.
pub(super) struct Options {
    pub(super) ascii: bool,
    pub(super) allow_nan: bool,
    pub(super) check_circular: bool,
    pub(super) sort_keys: bool,
    pub(super) skip_keys: bool,
    /// Whether the first gap ends the writing, because filling it will fail.
    pub(super) stop_at_gap: bool,
    pub(super) indent: Option<String>,
    pub(super) item_separator: String,
    pub(super) key_separator: String,
    /// Whether one of the texts above may hold lone surrogates.
    pub(super) surrogates: bool,
}

/// What is in a gap.
#[derive(Clone, Copy)]
enum Gap {
    /// An object for `default`.
    Object = 0,
    /// A list or tuple with an `__iter__` of its own.
    Sequence = 1,
    /// A dict with an `items` of its own, or whose items only guest code can sort.
    Mapping = 2,
}

/// Where the items of a container come from.
enum Source {
    /// A list or tuple, and the place of the next item.
    Items(Value, usize),
    /// A dict, and the position to go on from.
    Dict(usize),
    /// Keys and values taken beforehand, and the place of the next pair.
    Pairs(Vec<(Value, Value)>, usize),
}

struct Level {
    container: Value,
    source: Source,
    first: bool,
    close: char,
}

/// Writes one value.
pub(super) struct Encoder<'a> {
    options: &'a Options,
    text: String,
    /// Bytes of `text` that are paid for.
    paid: usize,
    /// Whether something of `text` may stand for a lone surrogate.
    surrogates: bool,
    levels: Vec<Level>,
    /// The containers of `levels` once they are many.
    active: HashSet<(u8, u32)>,
    /// Depth of the value in the whole document.
    outer: usize,
    pieces: Vec<Value>,
    ended: bool,
}

impl<'a> Encoder<'a> {
    pub(super) fn new(options: &'a Options, outer: usize) -> Self {
        Self {
            options,
            text: String::new(),
            paid: 0,
            surrogates: options.surrogates,
            levels: Vec::new(),
            active: HashSet::new(),
            outer,
            pieces: Vec::new(),
            ended: false,
        }
    }

    /// The text of a value, or the pieces of it: texts, and gaps as tuples of kind, value and depth. Where the writing fails
    /// behind a gap, the exception is the last piece, since filling the gap comes first.
    pub(super) fn encode(mut self, m: &mut Machine, value: Value, pairs: bool) -> Result<Value, Fault> {
        let written = if pairs { self.begin_pairs(m, value) } else { self.begin(m, value) };
        let written = written.and_then(|()| self.write_levels(m));
        match written {
            Ok(()) => {}
            Err(Fault::Raise) if !self.pieces.is_empty() => {
                let raised = std::mem::replace(&mut m.raised, Value::Undef);
                push(m, &mut self.pieces, raised)?;
                return self.finish_pieces(m);
            }
            Err(fault) => return Err(fault),
        }
        let last = self.take_text(m)?;
        if self.pieces.is_empty() {
            return Ok(last);
        }
        push(m, &mut self.pieces, last)?;
        self.finish_pieces(m)
    }

    fn finish_pieces(self, m: &mut Machine) -> Result<Value, Fault> {
        m.heap.release(self.pieces.capacity() * size_of::<Value>());
        m.heap.new_list(self.pieces)
    }

    /// What was written since the last gap.
    fn take_text(&mut self, m: &mut Machine) -> Result<Value, Fault> {
        self.settle(m)?;
        m.heap.release(self.paid);
        self.paid = 0;
        let text = std::mem::take(&mut self.text);
        if self.options.ascii && !self.options.surrogates && text.is_ascii() {
            return m.heap.new_ascii(CompactString::from(text));
        }
        m.text_value(text, self.surrogates)
    }

    /// Pays for what was written since the last time.
    fn settle(&mut self, m: &mut Machine) -> Result<(), Fault> {
        let more = self.text.len().saturating_sub(self.paid);
        self.paid = self.text.len();
        m.charge_bytes(more)?;
        m.heap.reserve(more)
    }

    fn write_levels(&mut self, m: &mut Machine) -> Result<(), Fault> {
        while let Some(level) = self.levels.last_mut() {
            if self.ended {
                return Ok(());
            }
            let next = match (&mut level.source, level.container) {
                (Source::Items(Value::List(id), at), _) => {
                    *at += 1;
                    m.heap.list(*id).get(*at - 1).map(|item| (Value::Undef, *item))
                }
                (Source::Items(Value::Tuple(id), at), _) => {
                    *at += 1;
                    m.heap.tuple(*id).get(*at - 1).map(|item| (Value::Undef, *item))
                }
                (Source::Dict(position), Value::Dict(id)) => {
                    m.heap.dicts.get(id).table.next_from(*position).map(|(after, entry)| {
                        *position = after;
                        (entry.key, entry.value)
                    })
                }
                (Source::Pairs(pairs, at), _) => {
                    *at += 1;
                    pairs.get(*at - 1).copied()
                }
                _ => None,
            };
            match next {
                None => self.close(m)?,
                Some((Value::Undef, item)) => {
                    self.separate(m)?;
                    self.begin(m, item)?;
                }
                Some((key, item)) => {
                    if self.key(m, key)? {
                        self.text.push_str(&self.options.key_separator);
                        self.begin(m, item)?;
                    }
                }
            }
            if self.text.len() - self.paid > PAYMENT {
                self.settle(m)?;
            }
        }
        Ok(())
    }

    /// What stands in front of an item.
    fn separate(&mut self, m: &mut Machine) -> Result<(), Fault> {
        let Some(level) = self.levels.last_mut() else { return Ok(()) };
        if level.first {
            level.first = false;
            return Ok(());
        }
        self.text.push_str(&self.options.item_separator);
        self.new_line(m, 0)
    }

    /// A new line where lines are asked for, with the indentation of this level or one further out.
    fn new_line(&mut self, m: &mut Machine, less: usize) -> Result<(), Fault> {
        let Some(indent) = &self.options.indent else { return Ok(()) };
        let depth = (self.outer + self.levels.len()).saturating_sub(less);
        let length = indent.len().saturating_mul(depth);
        if length > PAYMENT {
            m.make_room(length)?;
        }
        self.text.push('\n');
        for _ in 0..depth {
            self.text.push_str(indent);
        }
        Ok(())
    }

    fn close(&mut self, m: &mut Machine) -> Result<(), Fault> {
        let Some(level) = self.levels.last() else { return Ok(()) };
        let close = level.close;
        self.new_line(m, 1)?;
        self.text.push(close);
        if let Some(level) = self.levels.pop()
            && !self.active.is_empty()
        {
            self.active.remove(&identity(level.container));
        }
        Ok(())
    }

    /// Writes a key in front of its value; false when it is left out.
    fn key(&mut self, m: &mut Machine, key: Value) -> Result<bool, Fault> {
        let plain = m.unwrap(key);
        let word = match plain {
            Value::Str(id) => {
                self.separate(m)?;
                self.string(m, id)?;
                return Ok(true);
            }
            Value::True => "true",
            Value::False => "false",
            Value::None => "null",
            Value::Float(_) | Value::Int(_) | Value::BigInt(_) => {
                self.separate(m)?;
                self.text.push('"');
                self.number(m, plain)?;
                self.text.push('"');
                return Ok(true);
            }
            _ if self.options.skip_keys => {
                m.charge(1)?;
                return Ok(false);
            }
            _ => {
                let name = m.type_name(key);
                return Err(m.type_error(format!("keys must be str, int, float, bool or None, not {name}")));
            }
        };
        self.separate(m)?;
        let _ = write!(self.text, "\"{word}\"");
        Ok(true)
    }

    fn string(&mut self, m: &mut Machine, id: Id<Str>) -> Result<(), Fault> {
        let mapped = m.has_surrogates(id);
        self.surrogates |= mapped && !self.options.ascii;
        let length = m.heap.str(id).len();
        if length > PAYMENT {
            m.charge(length as u64 / 4)?;
            m.make_room(length.saturating_mul(LONGEST_ESCAPE))?;
        }
        write_json_string(m.heap.str(id), self.options.ascii, mapped, &mut self.text);
        Ok(())
    }

    fn number(&mut self, m: &mut Machine, value: Value) -> Result<(), Fault> {
        match value {
            Value::Int(number) => {
                let _ = write!(self.text, "{number}");
            }
            Value::Float(number) if number.get().is_finite() => write_float_repr(number.get(), &mut self.text),
            Value::Float(number) => {
                if !self.options.allow_nan {
                    let mut text = "Out of range float values are not JSON compliant: ".to_owned();
                    write_float_repr(number.get(), &mut text);
                    return Err(m.value_error(text));
                }
                let number = number.get();
                let sign = if number == f64::NEG_INFINITY { "-" } else { "" };
                let _ = write!(self.text, "{sign}{}", if number.is_nan() { "NaN" } else { "Infinity" });
            }
            Value::BigInt(id) => {
                let limbs = cost::limbs(m.heap.big_ints.get(id));
                m.charge(cost::print(limbs.min(MOST_PRINTED_LIMBS), 10).saturating_add(limbs))?;
                match big_to_decimal(m.heap.big_ints.get(id), DEFAULT_DIGIT_LIMIT) {
                    Ok(text) => self.text.push_str(&text),
                    Err(error) => return Err(m.value_error(&*error.message)),
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Writes a value, or the start of a container.
    fn begin(&mut self, m: &mut Machine, value: Value) -> Result<(), Fault> {
        m.charge(1)?;
        match m.unwrap(value) {
            Value::None => self.text.push_str("null"),
            Value::True => self.text.push_str("true"),
            Value::False => self.text.push_str("false"),
            Value::Str(id) => self.string(m, id)?,
            number @ (Value::Int(_) | Value::Float(_) | Value::BigInt(_)) => self.number(m, number)?,
            list @ (Value::List(_) | Value::Tuple(_)) => self.begin_sequence(m, value, list)?,
            dict @ Value::Dict(_) => self.begin_dict(m, value, dict)?,
            _ => self.leave_gap(m, Gap::Object, value)?,
        }
        Ok(())
    }

    fn begin_sequence(&mut self, m: &mut Machine, value: Value, list: Value) -> Result<(), Fault> {
        self.check_depth(m)?;
        if m.is_guest_special(value, names::ITER).is_some() {
            return self.leave_gap(m, Gap::Sequence, value);
        }
        let empty = match list {
            Value::List(id) => m.heap.list(id).is_empty(),
            Value::Tuple(id) => m.heap.tuple(id).is_empty(),
            _ => true,
        };
        if empty {
            self.text.push_str("[]");
            return Ok(());
        }
        self.open(m, list, Source::Items(list, 0), ('[', ']'))
    }

    fn begin_dict(&mut self, m: &mut Machine, value: Value, dict: Value) -> Result<(), Fault> {
        self.check_depth(m)?;
        let Value::Dict(id) = dict else { return Ok(()) };
        if m.heap.dicts.get(id).table.is_empty() {
            self.text.push_str("{}");
            return Ok(());
        }
        if value != dict {
            let items = m.heap.intern("items")?;
            if m.is_guest_special(value, items).is_some() {
                return self.leave_gap(m, Gap::Mapping, value);
            }
        }
        if !self.options.sort_keys {
            return self.open(m, dict, Source::Dict(0), ('{', '}'));
        }
        let count = m.heap.dicts.get(id).table.len();
        let logarithm = u64::from(usize::BITS - count.leading_zeros());
        m.charge((count as u64).saturating_mul(1 + logarithm / 4))?;
        m.heap.reserve(count * size_of::<(Value, Value)>())?;
        let mut pairs: Vec<(Value, Value)> =
            m.heap.dicts.get(id).table.iter().map(|entry| (entry.key, entry.value)).collect();
        let plain = |key: &Value| matches!(key, Value::Str(id) if !m.heap.strings.get(*id).surrogates);
        if !pairs.iter().all(|(key, _)| plain(key)) {
            return self.leave_gap(m, Gap::Mapping, value);
        }
        let text = |key: &Value| match key {
            Value::Str(id) => m.heap.str(*id),
            _ => "",
        };
        // Keys differ, so the values behind them do not matter.
        pairs.sort_unstable_by(|(left, _), (right, _)| text(left).cmp(text(right)));
        self.open(m, dict, Source::Pairs(pairs, 0), ('{', '}'))
    }

    /// Starts an object of the pairs in a list, which guest code made.
    fn begin_pairs(&mut self, m: &mut Machine, list: Value) -> Result<(), Fault> {
        let Value::List(id) = list else { return Ok(()) };
        let count = m.heap.list(id).len();
        m.charge_items(count)?;
        m.heap.reserve(count * size_of::<(Value, Value)>())?;
        let pair = |item: &Value| match m.unwrap(*item) {
            Value::Tuple(id) => match *m.heap.tuple(id) {
                [key, value] => Some((key, value)),
                _ => None,
            },
            _ => None,
        };
        let pairs: Option<Vec<(Value, Value)>> = m.heap.list(id).iter().map(pair).collect();
        match pairs {
            Some(pairs) => self.open(m, list, Source::Pairs(pairs, 0), ('{', '}')),
            None => Err(m.value_error("items must return 2-tuples")),
        }
    }

    fn check_depth(&self, m: &mut Machine) -> Result<(), Fault> {
        if self.outer.saturating_add(self.levels.len()) < DEEPEST {
            return Ok(());
        }
        Err(m.raise(types::RECURSION_ERROR, "maximum recursion depth exceeded while encoding a JSON object"))
    }

    fn open(
        &mut self,
        m: &mut Machine,
        container: Value,
        source: Source,
        (open, close): (char, char),
    ) -> Result<(), Fault> {
        if self.options.check_circular && self.is_open(container) {
            return Err(m.value_error("Circular reference detected"));
        }
        m.heap.reserve(size_of::<Level>())?;
        self.text.push(open);
        self.levels.push(Level { container, source, first: true, close });
        // The line is there even when all keys are left out.
        self.new_line(m, 0)?;
        if self.levels.len() > SCANNED_DEPTH && self.options.check_circular {
            if self.active.is_empty() {
                self.active.extend(self.levels.iter().map(|level| identity(level.container)));
            }
            self.active.insert(identity(container));
        }
        Ok(())
    }

    /// Whether the container is being written further out.
    fn is_open(&self, container: Value) -> bool {
        if self.active.is_empty() {
            self.levels.iter().any(|level| level.container == container)
        } else {
            self.active.contains(&identity(container))
        }
    }

    fn leave_gap(&mut self, m: &mut Machine, kind: Gap, value: Value) -> Result<(), Fault> {
        let before = self.take_text(m)?;
        let depth = i64::try_from(self.outer + self.levels.len()).unwrap_or(i64::MAX);
        let gap = m.heap.new_tuple(&[Value::Int(kind as i64), value, Value::Int(depth)])?;
        push(m, &mut self.pieces, before)?;
        push(m, &mut self.pieces, gap)?;
        self.ended = self.options.stop_at_gap && matches!(kind, Gap::Object);
        Ok(())
    }
}

/// What tells a container from all others.
fn identity(container: Value) -> (u8, u32) {
    match container {
        Value::List(id) => (0, id.number()),
        Value::Tuple(id) => (1, id.number()),
        Value::Dict(id) => (2, id.number()),
        _ => (3, 0),
    }
}
