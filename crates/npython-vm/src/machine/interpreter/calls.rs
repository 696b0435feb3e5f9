//! Calls that the fast loop begins although arguments are given by name or left to their defaults.

use npython_bytecode::CodeFlags;

use crate::base::UNLINKED;
use crate::fault::Fault;
use crate::machine::{Machine, OnReturn};
use crate::objects::{Function, TypeObject};
use crate::value::{Id, Value};

use super::registers::Place;

/// Parameters of the largest functions that are called this way.
const MOST_PARAMETERS: usize = 12;

/// The parameters' values of a call.
type Arguments = [Value; MOST_PARAMETERS];

/// A call on the stack: the callable is at `at`, the last argument below `top`.
#[derive(Clone, Copy)]
pub(super) struct CallSite {
    pub(super) at: usize,
    pub(super) top: usize,
    /// The constant that names the last arguments, if any are given by name.
    pub(super) names: Option<u32>,
    /// Where the caller goes on.
    pub(super) pc: usize,
}

impl Machine {
    /// Begins the frame of a function all of whose parameters have a value of their own. `None` for other calls, with nothing
    /// changed.
    #[inline(never)]
    pub(super) fn begin_function(&mut self, stack: &mut [Value], id: Id<Function>, call: CallSite) -> Option<Place> {
        let base = call.at + 1 + usize::from(stack.get(call.at + 1)?.is_undef());
        if !self.has_room_for(id, base, stack.len()) {
            return None;
        }
        if call.names.is_none() && self.heap.functions.get(id).simple {
            let defaults = self.missing_defaults(id, call.top - base)?;
            let end = call.top + defaults.len();
            stack.get_mut(call.top..end)?.copy_from_slice(defaults);
            return Some(self.begin_frame(stack, id, base..end, call.at, OnReturn::Push, call.pc));
        }
        let mut arguments: Arguments = [Value::Undef; MOST_PARAMETERS];
        let count = self.complete_arguments(id, stack.get(base..call.top)?, call.names, &mut arguments)?;
        let end = base + count;
        stack.get_mut(base..end)?.copy_from_slice(arguments.get(..count)?);
        Some(self.begin_frame(stack, id, base..end, call.at, OnReturn::Push, call.pc))
    }

    /// Makes an instance and begins the frame of its `__init__`, as [`Machine::begin_function`].
    #[inline(never)]
    pub(super) fn begin_constructor(
        &mut self,
        stack: &mut [Value],
        class: Id<TypeObject>,
        call: CallSite,
    ) -> Result<Option<Place>, Fault> {
        let base = call.at + 1;
        let Some(init) = self.plain_constructor(class) else { return Ok(None) };
        if !self.has_room_for(init, base, stack.len()) {
            return Ok(None);
        }
        let mut arguments: Arguments = [Value::Undef; MOST_PARAMETERS];
        let mut given: Arguments = arguments;
        let (Some(values), Some(room)) = (stack.get(base..call.top), given.get_mut(..call.top - base)) else {
            return Ok(None);
        };
        room.copy_from_slice(values);
        // Stands for the instance.
        if let Some(receiver) = room.first_mut() {
            *receiver = Value::None;
        }
        let Some(count) = self.complete_arguments(init, room, call.names, &mut arguments) else { return Ok(None) };
        let instance = self.new_instance(class, Value::Undef)?;
        let end = base + count;
        if let (Some(place), Some(values)) = (stack.get_mut(base..end), arguments.get(..count)) {
            place.copy_from_slice(values);
        }
        stack[call.at] = instance;
        stack[base] = instance;
        Ok(Some(self.begin_frame(stack, init, base..end, call.at, OnReturn::Init, call.pc)))
    }

    /// The defaults of the parameters behind the first `given` ones.
    fn missing_defaults(&self, id: Id<Function>, given: usize) -> Option<&[Value]> {
        let function = self.heap.functions.get(id);
        let positional = self.entries[function.code as usize].positional as usize;
        let from = (given + function.defaults.len()).checked_sub(positional)?;
        if given <= positional { function.defaults.get(from..) } else { None }
    }

    fn has_room_for(&self, id: Id<Function>, base: usize, room: usize) -> bool {
        let entry = &self.entries[self.heap.functions.get(id).code as usize];
        entry.start != UNLINKED
            && base + entry.frame_size as usize <= room
            && self.frames.len() < self.limits.depth as usize
            && self.frames.len() < self.frames.capacity()
    }

    /// The values of all parameters of a function that collects no further arguments, and how many these are: of those given,
    /// the last with the `names`, and of the defaults. `None` where the call is wrong or the function has many parameters.
    fn complete_arguments(
        &self,
        id: Id<Function>,
        given: &[Value],
        names: Option<u32>,
        arguments: &mut Arguments,
    ) -> Option<usize> {
        let function = self.heap.functions.get(id);
        let code = self.code(function.code);
        if code.flags.has(CodeFlags::VARARGS | CodeFlags::VARKEYWORDS | CodeFlags::SUSPENDABLE) {
            return None;
        }
        let positional = code.positional_count as usize;
        let count = positional + code.keyword_only_count as usize;
        let names = match names.map(|names| self.segment.constants[names as usize]) {
            Some(Value::Tuple(names)) => self.heap.tuple(names),
            _ => &[],
        };
        let (first, named) = given.split_at_checked(given.len().checked_sub(names.len())?)?;
        if first.len() > positional {
            return None;
        }
        let arguments = arguments.get_mut(..count)?;
        arguments.get_mut(..first.len())?.copy_from_slice(first);
        let mut expected = first.len();
        for (name, value) in names.iter().zip(named) {
            let Value::Str(name) = *name else { return None };
            let text = self.heap.str(name);
            // Mostly they come in the order of the parameters.
            let mut slots = (expected..count).chain(0..expected);
            let slot = slots.find(|slot| code.local_names.get(*slot).is_some_and(|name| **name == *text))?;
            let place = arguments.get_mut(slot)?;
            if slot < code.positional_only_count as usize || !place.is_undef() {
                return None;
            }
            *place = *value;
            expected = slot + 1;
        }
        for (slot, value) in arguments.iter_mut().enumerate().filter(|(_, value)| value.is_undef()) {
            *value = if slot < positional {
                *function.defaults.get((slot + function.defaults.len()).checked_sub(positional)?)?
            } else {
                let Value::Dict(defaults) = function.extras.as_ref()?.keyword_defaults else { return None };
                self.find_str(defaults, self.heap.lookup_interned(code.local_names.get(slot)?)?)?
            };
        }
        Some(count)
    }
}
