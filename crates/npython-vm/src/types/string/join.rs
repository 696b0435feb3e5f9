//! Joining strings.

use compact_str::CompactString;

use crate::base::Base;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::objects::{Str, StrText};
use crate::pace::{self, BYTES_PER_QUESTION, GoOn, Interrupted, ask_now_and_then};
use crate::value::{Id, Value};

pub(super) fn join(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let separator = m.str_receiver(args)?;
    let iterable = args.get(1).copied().unwrap_or(Value::None);
    match iterable {
        Value::List(_) | Value::Tuple(_) => m.join_strings(separator, iterable),
        _ => {
            let items = m.joined_items(iterable)?;
            m.charge_items(items.len())?;
            let list = m.heap.new_list(items)?;
            m.join_strings(separator, list)
        }
    }
}

/// Bytes of a text that is held in the string object itself.
const SHORT_TEXT: usize = 24;
/// Items that are joined in no time.
const FEW_ITEMS: usize = 64;

/// What the items to join add up to.
struct JoinPlan {
    bytes: usize,
    length: usize,
    ascii: bool,
    surrogates: bool,
}

impl Machine {
    /// The items of an argument of `join`.
    pub(crate) fn joined_items(&mut self, iterable: Value) -> Result<Vec<Value>, Fault> {
        let class = self.type_of(iterable);
        if self.type_lookup(class, names::ITER).is_none() && self.type_lookup(class, names::GETITEM).is_none() {
            return Err(self.type_error("can only join an iterable"));
        }
        self.collect_items(iterable)
    }

    /// Items of a list or tuple.
    #[inline]
    pub(crate) fn sequence_items(&self, sequence: Value) -> &[Value] {
        match sequence {
            Value::List(id) => self.heap.list(id),
            Value::Tuple(id) => &self.heap.tuples.get(id).items,
            _ => &[],
        }
    }

    /// `separator.join(sequence)` for a list or tuple.
    pub(crate) fn join_strings(&mut self, separator: Id<Str>, sequence: Value) -> Result<Value, Fault> {
        let count = self.sequence_items(sequence).len();
        self.charge_items(count)?;
        match self.sequence_items(sequence) {
            [] => return Ok(Value::Str(Base::EMPTY_STR)),
            [only @ Value::Str(_)] => return Ok(*only),
            _ => {}
        }
        let plan = match self.plan_join(separator, sequence) {
            Ok(plan) => plan,
            Err(at) => {
                let name = self.sequence_items(sequence).get(at).map_or_else(String::new, |item| self.type_name(*item));
                return Err(self.type_error(format!("sequence item {at}: expected str instance, {name} found")));
            }
        };
        self.prepare_text(plan.bytes)?;
        let joined = if plan.bytes <= SHORT_TEXT && count <= FEW_ITEMS {
            self.joined_shortly(separator, sequence)
        } else {
            let joined = self.joined(separator, sequence, plan.bytes, &self.go_on());
            CompactString::from(self.unless_interrupted(joined)?)
        };
        self.heap.reserve(size_of::<Str>() + if joined.is_heap_allocated() { joined.capacity() } else { 0 })?;
        let mut made = Str::with_facts(StrText::Owned(joined), plan.length as u32, plan.ascii);
        made.surrogates = plan.surrogates;
        Ok(Value::Str(self.heap.strings.insert(made)))
    }

    /// [`Machine::joined`] for few items that make a text without memory of its own.
    fn joined_shortly(&self, separator: Id<Str>, sequence: Value) -> CompactString {
        let mut joined = CompactString::default();
        let between = self.heap.str(separator);
        for (number, item) in self.sequence_items(sequence).iter().enumerate() {
            if number > 0 {
                joined.push_str(between);
            }
            if let Some(id) = self.as_str(*item) {
                joined.push_str(self.heap.str(id));
            }
        }
        joined
    }

    fn joined(
        &self,
        separator: Id<Str>,
        sequence: Value,
        bytes: usize,
        go_on: GoOn<'_>,
    ) -> Result<String, Interrupted> {
        let mut joined = String::with_capacity(bytes);
        let between = self.heap.str(separator);
        let mut asked_at = 0;
        for (number, item) in self.sequence_items(sequence).iter().enumerate() {
            if number > 0 {
                joined.push_str(between);
            }
            if let Some(id) = self.as_str(*item) {
                let text = self.heap.str(id);
                if text.len() <= BYTES_PER_QUESTION {
                    joined.push_str(text);
                } else {
                    pace::push_text(&mut joined, text, go_on)?;
                }
            }
            if joined.len() - asked_at >= BYTES_PER_QUESTION {
                asked_at = joined.len();
                go_on()?;
            }
            ask_now_and_then(number, go_on)?;
        }
        Ok(joined)
    }

    /// What joining the items takes; the number of the first item that is no string.
    fn plan_join(&self, separator: Id<Str>, sequence: Value) -> Result<JoinPlan, usize> {
        let items = self.sequence_items(sequence);
        let gaps = items.len().saturating_sub(1);
        let between = self.heap.strings.get(separator);
        let mut plan = JoinPlan {
            bytes: self.heap.str(separator).len().saturating_mul(gaps),
            length: (between.length as usize).saturating_mul(gaps),
            ascii: between.ascii,
            surrogates: between.surrogates,
        };
        for (at, item) in items.iter().enumerate() {
            let id = self.as_str(*item).ok_or(at)?;
            let string = self.heap.strings.get(id);
            plan.bytes = plan.bytes.saturating_add(string.byte_length());
            plan.length = plan.length.saturating_add(string.length as usize);
            plan.ascii &= string.ascii;
            plan.surrogates |= string.surrogates;
        }
        Ok(plan)
    }
}
