//! Calls of `functools.lru_cache`. A result that is remembered is there at once; else the function is called with
//! `OnReturn::Remember`. Where guest code hashes or compares the arguments, the prelude does the same (prelude/caching.py).

use npython_bytecode::Instr;
use smallvec::SmallVec;

use crate::fault::Fault;
use crate::machine::{Machine, OnReturn};
use crate::objects::{CachedFunction, Dict, Object, Str};
use crate::types;
use crate::value::{Id, Value};

use super::{CallLayout, Flow};

/// Strings up to this length are compared without further charge.
const SHORT_TEXT: usize = 64;

impl Machine {
    /// The state of a `functools.lru_cache`, if the value is one.
    #[inline]
    pub(crate) fn cached_function(&self, callable: Value) -> Option<Id<Object>> {
        let Value::Instance(id) = callable else { return None };
        let instance = self.heap.instances.get(id);
        match instance.payload {
            Value::Object(state) if instance.class == types::LRU_CACHE_WRAPPER => Some(state),
            _ => None,
        }
    }

    /// Calls a cached function; `None` when the layout was changed to the call of the function itself, still to be made.
    pub(super) fn call_cached(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        call: &mut CallLayout,
        id: Id<Object>,
        keywords: &[Id<Str>],
    ) -> Result<Option<Flow>, Fault> {
        let Object::CachedFunction(cached) = self.heap.objects.get(id) else { return Err(Fault::Halt) };
        let cached = **cached;
        if cached.capacity == Some(0) {
            self.count_cache_miss(id);
            stack[call.at] = cached.function;
            return Ok(None);
        }
        let start = Self::arguments_start(stack, call.at);
        let given = &stack[start..call.top];
        if keywords.is_empty()
            && !cached.typed
            && let Some(position) = self.find_plain_key(cached.results, given)
        {
            let value = self.cache_hit(id, &cached, position)?;
            return self.put_result(stack, code, *call, value).map(Some);
        }
        let key = self.cache_key(&cached, given, keywords)?;
        match self.dict_find(cached.results, key) {
            Ok(Some(position)) => {
                let value = self.cache_hit(id, &cached, position)?;
                self.put_result(stack, code, *call, value).map(Some)
            }
            Ok(None) if call.on_return == OnReturn::Push => {
                self.cannot_retry();
                self.count_cache_miss(id);
                self.ensure_stack(stack, call.top + 8)?;
                stack.copy_within(call.at + 1..call.top, call.at + 3);
                stack[call.at + 1] = key;
                stack[call.at + 2] = cached.function;
                *call = CallLayout { at: call.at + 2, top: call.top + 2, on_return: OnReturn::Remember, pc: call.pc };
                Ok(None)
            }
            // The caller has something to do with the result too: the wrapper is called under a frame of its own.
            Ok(None) => {
                let wrapper = stack[call.at];
                self.call_through_prelude(stack, code, *call, "_apply", wrapper, keywords).map(Some)
            }
            Err(Fault::Fallback) => {
                let wrapper = stack[call.at];
                self.call_through_prelude(stack, code, *call, "_call_cached", wrapper, keywords).map(Some)
            }
            Err(fault) => Err(fault),
        }
    }

    /// The position of the key of a call with positional arguments that are small ints and short strings, found without
    /// making the key.
    fn find_plain_key(&mut self, results: Id<Dict>, given: &[Value]) -> Option<usize> {
        if let [Value::Int(_) | Value::Str(_)] = given {
            return None;
        }
        let hash = self.hash_flat(given)?;
        let heap = &self.heap;
        let same = |one: Value, other: Value| match (one, other) {
            (Value::Str(one), Value::Str(other)) if one != other => {
                let text = heap.str(one);
                text.len() <= SHORT_TEXT && text == heap.str(other)
            }
            _ => one == other,
        };
        let found = heap.dicts.get(results).table.find::<()>(hash, |key| {
            let Value::Tuple(key) = *key else { return Ok(false) };
            let items = heap.tuple(key);
            Ok(items.len() == given.len() && items.iter().zip(given).all(|(one, other)| same(*one, *other)))
        });
        found.ok().flatten()
    }

    /// What the result of a call is remembered by: the arguments, those with keywords behind a mark, then, if that
    /// matters, all types; a single int or string as it is.
    pub(crate) fn cache_key(
        &mut self,
        cached: &CachedFunction,
        given: &[Value],
        keywords: &[Id<Str>],
    ) -> Result<Value, Fault> {
        if keywords.is_empty() && !cached.typed {
            return match *given {
                [key @ (Value::Int(_) | Value::BigInt(_) | Value::Str(_))] => Ok(key),
                _ => {
                    self.charge_items(given.len())?;
                    self.heap.new_tuple(given)
                }
            };
        }
        let count = given.len() * 2 + keywords.len() * 2 + 1;
        self.charge_items(count)?;
        self.heap.reserve(count * size_of::<Value>())?;
        let (positional, named) = given.split_at(given.len().saturating_sub(keywords.len()));
        let mut parts: SmallVec<[Value; 8]> = SmallVec::from_slice(positional);
        if !keywords.is_empty() {
            parts.push(cached.mark);
        }
        for (name, value) in keywords.iter().zip(named) {
            parts.extend([Value::Str(*name), *value]);
        }
        if cached.typed {
            parts.extend(given.iter().map(|value| Value::Type(self.type_of(*value))));
        }
        self.heap.release(count * size_of::<Value>());
        self.heap.new_tuple(&parts)
    }

    /// Counts a call whose result is not known.
    pub(crate) fn count_cache_miss(&mut self, id: Id<Object>) {
        if let Object::CachedFunction(cached) = self.heap.objects.slot(id) {
            cached.misses = cached.misses.saturating_add(1);
        }
    }

    /// The result at a position, which was used last now.
    pub(crate) fn cache_hit(
        &mut self,
        id: Id<Object>,
        cached: &CachedFunction,
        position: usize,
    ) -> Result<Value, Fault> {
        let table = &self.heap.dicts.get(cached.results).table;
        let Some(entry) = table.entry(position).copied() else { return Err(Fault::Halt) };
        let is_last = || table.previous_from(usize::MAX).is_some_and(|(last, _)| last == position);
        if cached.capacity.is_some() && !is_last() {
            let growth = table.growth_bytes_for_replacement();
            if growth > 0 {
                self.heap.reserve(growth)?;
            }
            self.cannot_retry();
            let table = &mut self.heap.dicts.slot(cached.results).table;
            table.remove_at(position);
            let work = table.insert_new(entry.hash, entry.key, entry.value).extra_work;
            if work > 0 {
                self.charge(work)?;
            }
        }
        if let Object::CachedFunction(cached) = self.heap.objects.slot(id) {
            cached.hits = cached.hits.saturating_add(1);
        }
        Ok(entry.value)
    }

    /// Remembers a result; `found` is the position of its key. Of a bounded cache that is full, the result that was not
    /// used for the longest time is forgotten.
    pub(crate) fn cache_store(
        &mut self,
        cached: &CachedFunction,
        key: Value,
        hash: i64,
        found: Option<usize>,
        value: Value,
    ) -> Result<(), Fault> {
        let table = &self.heap.dicts.get(cached.results).table;
        if let Some(position) = found {
            // A bounded cache keeps what a call within the call has put there.
            if cached.capacity.is_none()
                && let Some(slot) = self.heap.dicts.slot(cached.results).table.value_mut(position)
            {
                *slot = value;
            }
            return Ok(());
        }
        let oldest = match cached.capacity {
            Some(most) if table.len() as u64 >= most => table.next_from(0).map(|(next, _)| next - 1),
            _ => None,
        };
        let growth = match oldest {
            Some(_) => table.growth_bytes_for_replacement(),
            None => table.growth_bytes_for_insert(),
        };
        if growth > 0 {
            self.heap.reserve(growth)?;
        }
        let table = &mut self.heap.dicts.slot(cached.results).table;
        if let Some(oldest) = oldest {
            table.remove_at(oldest);
        }
        let work = table.insert_new(hash, key, value).extra_work;
        if work > 0 { self.charge(work) } else { Ok(()) }
    }

    /// Remembers what the function of a cache returned, and gives it on.
    ///
    /// # Errors
    /// `Call` with the prelude's function pending, where guest code compares the keys, or where there is no room without a
    /// collection.
    pub(in crate::machine) fn remember(&mut self, wrapper: Value, key: Value, value: Value) -> Result<Value, Fault> {
        match self.remember_natively(wrapper, key, value) {
            Ok(()) => Ok(value),
            Err(Fault::Fallback) => Err(self.prelude_call("_remember", &[wrapper, key, value])),
            Err(Fault::Halt) if self.halt.is_none() => Err(self.prelude_call("_remember", &[wrapper, key, value])),
            Err(fault) => Err(fault),
        }
    }

    fn remember_natively(&mut self, wrapper: Value, key: Value, value: Value) -> Result<(), Fault> {
        let id = self.cached_function(wrapper).ok_or(Fault::Halt)?;
        let Object::CachedFunction(cached) = self.heap.objects.get(id) else { return Err(Fault::Halt) };
        let cached = **cached;
        let hash = self.hash_native(key)?;
        let found = self.dict_find_hashed(cached.results, key, hash)?;
        self.cache_store(&cached, key, hash, found, value)
    }
}
