//! Arguments of text methods: strings, sizes, slice bounds.

use num_bigint::Sign;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::objects::Str;
use crate::value::{Id, Value};

/// A bound of a slice: given, or left to the default.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Bound {
    Omitted,
    At(i64),
}

impl Machine {
    /// The string a value is, or derives from.
    #[inline]
    pub(crate) fn as_str(&self, value: Value) -> Option<Id<Str>> {
        match value {
            Value::Str(id) => Some(id),
            Value::Instance(_) => match self.unwrap(value) {
                Value::Str(id) => Some(id),
                _ => None,
            },
            _ => None,
        }
    }

    /// The string the receiver of a `str` method is.
    #[inline]
    pub(crate) fn str_receiver(&mut self, args: &[Value]) -> Result<Id<Str>, Fault> {
        let receiver = args.first().copied().unwrap_or(Value::None);
        match self.as_str(receiver) {
            Some(id) => Ok(id),
            None => {
                let name = self.type_name(receiver);
                Err(self.type_error(format!("descriptor requires a 'str' object but received a '{name}'")))
            }
        }
    }

    /// A string argument; `what` is how CPython starts its complaint, e.g. `find() argument 1`.
    #[inline]
    pub(crate) fn str_argument(&mut self, value: Value, what: &str) -> Result<Id<Str>, Fault> {
        match self.as_str(value) {
            Some(id) => Ok(id),
            None => {
                let name = self.argument_type_name(value);
                let space = if what.is_empty() { "" } else { " " };
                Err(self.type_error(format!("{what}{space}must be str, not {name}")))
            }
        }
    }

    /// The type of a wrong argument as CPython names it.
    pub(crate) fn argument_type_name(&self, value: Value) -> String {
        if value.is_none() { "None".to_owned() } else { self.type_name(value) }
    }

    /// A size (`Py_ssize_t`) argument.
    ///
    /// # Errors
    /// `Fallback` for objects with a guest `__index__`; TypeError and OverflowError as CPython.
    #[inline]
    pub(crate) fn size_argument(&mut self, value: Value) -> Result<i64, Fault> {
        match value {
            Value::Int(number) => Ok(number),
            _ => self.unusual_size(value),
        }
    }

    #[cold]
    fn unusual_size(&mut self, value: Value) -> Result<i64, Fault> {
        match self.unwrap(value) {
            Value::Int(number) => Ok(number),
            Value::True => Ok(1),
            Value::False => Ok(0),
            Value::BigInt(_) => Err(self.overflow_error("Python int too large to convert to C ssize_t")),
            Value::Instance(_) if self.type_lookup(self.type_of(value), names::INDEX).is_some() => Err(Fault::Fallback),
            _ => {
                let name = self.type_name(value);
                Err(self.type_error(format!("'{name}' object cannot be interpreted as an integer")))
            }
        }
    }

    /// A size argument that may be omitted.
    #[inline]
    pub(crate) fn optional_size(&mut self, args: &[Value], at: usize, default: i64) -> Result<i64, Fault> {
        match args.get(at).copied().unwrap_or(Value::Undef) {
            Value::Undef => Ok(default),
            value => self.size_argument(value),
        }
    }

    /// The optional `start` and `end` arguments at `args[at]` and `args[at + 1]`, as slices of `length` items treat them;
    /// `None` when they leave not even an empty slice: the start is behind the end.
    #[inline]
    pub(crate) fn search_range(
        &mut self,
        args: &[Value],
        at: usize,
        length: usize,
    ) -> Result<Option<(usize, usize)>, Fault> {
        if args.len() <= at {
            return Ok(Some((0, length)));
        }
        let length = length as i64;
        let start = self.slice_bound(args.get(at).copied().unwrap_or(Value::Undef))?;
        let end = self.slice_bound(args.get(at + 1).copied().unwrap_or(Value::Undef))?;
        let start = match start {
            Bound::Omitted => 0,
            Bound::At(start) if start < 0 => start.saturating_add(length).max(0),
            Bound::At(start) => start,
        };
        let end = match end {
            Bound::Omitted => length,
            Bound::At(end) if end < 0 => end.saturating_add(length).max(0),
            Bound::At(end) => end.min(length),
        };
        Ok((start <= end).then_some((start as usize, end as usize)))
    }

    fn slice_bound(&mut self, value: Value) -> Result<Bound, Fault> {
        match self.unwrap(value) {
            Value::Undef | Value::None => Ok(Bound::Omitted),
            Value::Int(number) => Ok(Bound::At(number)),
            Value::True => Ok(Bound::At(1)),
            Value::False => Ok(Bound::At(0)),
            Value::BigInt(id) => {
                Ok(Bound::At(if self.heap.big_ints.get(id).sign() == Sign::Minus { i64::MIN } else { i64::MAX }))
            }
            Value::Instance(_) if self.type_lookup(self.type_of(value), names::INDEX).is_some() => Err(Fault::Fallback),
            _ => Err(self.type_error("slice indices must be integers or None or have an __index__ method")),
        }
    }

    /// Whether an argument counts as true, for flags such as `keepends`.
    ///
    /// # Errors
    /// `Fallback` for instances, whose truth a guest method may tell.
    pub(crate) fn flag_argument(&mut self, value: Value) -> Result<bool, Fault> {
        match value {
            Value::Undef => Ok(false),
            Value::Instance(_) => Err(Fault::Fallback),
            _ => self.truth(value),
        }
    }
}
