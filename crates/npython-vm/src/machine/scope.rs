//! Scopes: grants attached to frames, and the check at every call of a host function that needs one.
//!
//! The grants of all frames are one list, bottom frame first, of which each frame knows how many are its own. So the list
//! is what is in force for the frame on top, and its end is what that frame opened itself. However a frame ends, its part
//! of the list ends with it. A generator takes its own part along when it is suspended and puts it back on top when it is
//! resumed: its resumer never sees it, and what the resumer has is below. The coroutine of a task also gets, whenever it
//! is resumed, the grants that were in force where the task was made, of those blocks that are still open.

use std::sync::Arc;

use npython_bytecode::Code;

use crate::boundary::{Halt, HostFunction, ScopeEvent, ScopeEventKind, ScopeRequest, ScopeToken};
use crate::fault::Fault;
use crate::names;
use crate::objects::{Generator, GeneratorGrants, GeneratorState, HeldGrant, LiveGrant, Object};
use crate::value::{HostId, Id, Value};

use super::{Machine, Status};

/// Characters of a scope's name in messages and events: the guest may have made it as long as it likes.
const LONGEST_SHOWN: usize = 100;

impl Machine {
    /// Makes `name` a builtin of the guest that calls host function number `function`, without conditions.
    pub fn define_host_function(&mut self, name: &str, function: u32) {
        if let Some(id) = self.name_host_function(name, function) {
            self.define_builtin(id, Value::Host(HostId::new(function)));
        }
    }

    /// Gives the guest these host functions, numbered in this order.
    pub fn define_host_functions(&mut self, functions: &Arc<[HostFunction]>) {
        self.host_functions = Arc::clone(functions);
        for (number, function) in (0..).zip(functions.iter()) {
            if let Some(id) = self.name_host_function(&function.name, number)
                && !function.hidden
            {
                self.define_builtin(id, Value::Host(HostId::new(number)));
            }
        }
    }

    fn name_host_function(&mut self, name: &str, function: u32) -> Option<Id<crate::objects::Str>> {
        let id = self.heap.intern(name).ok()?;
        let number = function as usize;
        if self.host_names.len() <= number {
            self.host_names.resize(number + 1, names::NAME);
        }
        if let Some(slot) = self.host_names.get_mut(number) {
            *slot = id;
        }
        Some(id)
    }

    pub(crate) fn define_builtin(&mut self, name: Id<crate::objects::Str>, value: Value) {
        let hash = self.hash_of_str(name);
        let found = self.builtins.find::<()>(hash, |key| Ok(*key == Value::Str(name))).ok().flatten();
        match found.and_then(|at| self.builtins.value_mut(at)) {
            Some(slot) => *slot = value,
            None => {
                self.builtins.insert_new(hash, Value::Str(name), value);
            }
        }
    }

    /// The host function with this number, if the host described it.
    pub(crate) fn host_function(&self, id: HostId) -> Option<&HostFunction> {
        self.host_functions.get(id.number() as usize)
    }

    /// `with scope(name, token):` asks the host; both operands stay on the stack until it has answered.
    ///
    /// # Errors
    /// Halts at once when the name is no text, or the token neither text nor a sealed token.
    pub(crate) fn request_scope(&mut self, name: Value, token: Value) -> Result<(), Fault> {
        let (line, scanned) = self.current_line();
        self.charge_bytes(scanned / 16)?;
        for operand in [name, token] {
            if let Value::Str(id) = self.unwrap(operand) {
                let length = self.heap.str(id).len();
                self.charge_bytes(length)?;
                self.heap.reserve(length)?;
                self.heap.release(length);
            }
        }
        match self.scope_request(name, token, line) {
            Ok(request) => {
                self.scope_request = Some(request);
                Ok(())
            }
            Err(reason) => {
                let scope = self.plain_text(name).unwrap_or_default().to_owned();
                let halt = self.refusal(&scope, line, reason);
                self.stop(halt)
            }
        }
    }

    fn scope_request(&self, name: Value, token: Value, line: u32) -> Result<ScopeRequest, String> {
        let Some(scope) = self.plain_text(name) else {
            return Err(format!("the name of a scope must be text, not {}", self.type_name(name)));
        };
        let token = match (self.plain_text(token), token) {
            (Some(text), _) => ScopeToken::Plain(text.to_owned()),
            (None, Value::Object(id)) if let Object::Token { number } = *self.heap.objects.get(id) => {
                ScopeToken::Sealed(number)
            }
            _ => return Err(format!("the token of a scope must be text or a Token, not {}", self.type_name(token))),
        };
        Ok(ScopeRequest { scope: scope.to_owned(), token, line })
    }

    /// The text of a `str`, of a subclass too: what the host gets is an exact value. None for text that is not Unicode.
    fn plain_text(&self, value: Value) -> Option<&str> {
        match self.unwrap(value) {
            Value::Str(id) if !self.heap.strings.get(id).surrogates => Some(self.heap.str(id)),
            _ => None,
        }
    }

    /// The scope that the machine waits to enter, as [`crate::Outcome::EnterScope`] told it.
    pub fn pending_scope_request(&self) -> Option<ScopeRequest> {
        if self.status != Status::AwaitingGrant {
            return None;
        }
        let (name, token) = self.scope_operands()?;
        self.scope_request(name, token, self.current_line().0).ok()
    }

    fn scope_operands(&self) -> Option<(Value, Value)> {
        let top = self.frames.last()?.top as usize;
        Some((*self.stack.get(top.checked_sub(2)?)?, *self.stack.get(top.checked_sub(1)?)?))
    }

    /// Answers the request to enter a scope: with a number of the host's own for the grant, which comes back in
    /// [`crate::HostCall::grants`], or with the reason for refusing.
    ///
    /// # Errors
    /// The halt, when it is refused or does not fit in the memory limit: no guest code runs after it.
    pub fn answer_scope(&mut self, answer: Result<u32, String>) -> Result<(), Halt> {
        let request = self.pending_scope_request();
        let (Some(request), Some((name, token))) = (request, self.scope_operands()) else {
            return Err(Halt::Engine("answer_scope() without a scope to enter".to_owned()));
        };
        let number = match answer {
            Ok(number) => number,
            Err(reason) => {
                let halt = self.refusal(&request.scope, request.line, reason);
                return Err(self.halt_with(halt));
            }
        };
        if self.heap.reserve(size_of::<LiveGrant>() + size_of::<HeldGrant>()).is_err() {
            return Err(self.halt_with(Halt::MemoryLimitExceeded));
        }
        let (scope, token) = (self.unwrap(name), self.unwrap(token));
        let serial = self.next_grant;
        let Some(next) = serial.checked_add(1) else {
            return Err(self.halt_with(Halt::Engine("too many scopes entered".to_owned())));
        };
        self.next_grant = next;
        self.open_grants.insert(serial, LiveGrant { scope, token, number: Some(number), line: request.line });
        self.grants.push(HeldGrant { serial, inherited: false });
        if let Some(frame) = self.frames.last_mut() {
            frame.top -= 2;
            frame.grants += 1;
        }
        self.status = Status::Ready;
        self.note(ScopeEventKind::Entered, &request.scope, Some(number), "", request.line, "");
        Ok(())
    }

    fn halt_with(&mut self, halt: Halt) -> Halt {
        self.status = Status::Stopped;
        self.halt = Some(halt.clone());
        halt
    }

    /// Leaves the innermost block of the frame on top.
    pub(crate) fn leave_scope(&mut self) -> Result<(), Fault> {
        match self.frames.last_mut() {
            Some(frame) if frame.grants > 0 => frame.grants -= 1,
            _ => return Err(self.engine_fault("a scope is left that was not entered".to_owned())),
        }
        self.end_grants(1);
        Ok(())
    }

    /// Takes the last `count` grants out of force. Those of blocks that their frame opened itself end for good.
    #[cold]
    pub(crate) fn end_grants(&mut self, count: u32) {
        for _ in 0..count {
            match self.grants.pop() {
                Some(HeldGrant { serial, inherited: false }) => self.end_grant(serial),
                Some(_) => {}
                None => return,
            }
        }
    }

    fn end_grant(&mut self, serial: u32) {
        let Some(grant) = self.open_grants.remove(&serial) else { return };
        if self.scope_events.is_some() {
            let scope = self.plain_text(grant.scope).unwrap_or_default().to_owned();
            self.note(ScopeEventKind::Left, &scope, grant.number, "", grant.line, "");
        }
    }

    /// Takes the grants of a frame out of force while its generator is suspended.
    #[cold]
    pub(crate) fn suspend_grants(&mut self, id: Id<Generator>, count: u32) -> Result<(), Fault> {
        let held = self.grants.split_off(self.grants.len().saturating_sub(count as usize));
        let own: Vec<u32> = held.iter().filter(|grant| !grant.inherited).map(|grant| grant.serial).collect();
        self.heap.reserve(size_of::<GeneratorGrants>() + own.len() * size_of::<u32>())?;
        let generator = self.heap.generators.slot(id);
        generator.frame.grants = own.len() as u32;
        if !own.is_empty() {
            generator.grants.get_or_insert_default().own = own;
        }
        Ok(())
    }

    /// Puts the grants of a generator, whose frame is on top now, back in force, above those of its resumer.
    #[cold]
    pub(crate) fn resume_grants(&mut self, id: Id<Generator>) {
        let Some(grants) = &mut self.heap.generators.slot(id).grants else { return };
        let before = self.grants.len();
        let open = grants.inherited.iter().filter(|serial| self.open_grants.contains_key(serial));
        self.grants.extend(open.map(|serial| HeldGrant { serial: *serial, inherited: true }));
        let own = std::mem::take(&mut grants.own);
        self.grants.extend(own.into_iter().map(|serial| HeldGrant { serial, inherited: false }));
        if let Some(frame) = self.frames.last_mut() {
            frame.grants = (self.grants.len() - before) as u32;
        }
    }

    /// While something is thrown into what a generator delegates to, the frame on top, which does that for the generator,
    /// has its grants: the generator counts as running, so what it delegates to runs under its blocks.
    pub(crate) fn lend_grants(&mut self, id: Id<Generator>, delegating: bool) -> Result<(), Fault> {
        if delegating {
            self.resume_grants(id);
            return Ok(());
        }
        let lent = self.frames.last_mut().map_or(0, |frame| std::mem::take(&mut frame.grants));
        if lent == 0 { Ok(()) } else { self.suspend_grants(id, lent) }
    }

    /// Gives a coroutine that becomes a task the grants in force here, for as long as their blocks are open.
    pub(crate) fn inherit_grants(&mut self, coroutine: Value) -> Result<(), Fault> {
        let Value::Generator(id) = coroutine else { return Ok(()) };
        if self.grants.is_empty() || self.heap.generators.get(id).state != GeneratorState::Created {
            return Ok(());
        }
        let mut inherited: Vec<u32> = self.grants.iter().map(|grant| grant.serial).collect();
        inherited.dedup();
        self.charge_items(inherited.len())?;
        self.heap.reserve(size_of::<GeneratorGrants>() + inherited.len() * size_of::<u32>())?;
        self.heap.generators.slot(id).grants.get_or_insert_default().inherited = inherited;
        Ok(())
    }

    /// Ends the grants of blocks that only generators nobody can resume any more stand in. For the collector, between
    /// marking and sweeping.
    pub(crate) fn forget_abandoned_grants(&mut self) {
        if self.open_grants.len() == self.grants.len() {
            return;
        }
        let generators = &self.heap.generators;
        let reachable = generators.live_ids().filter(|id| generators.is_marked(*id));
        let mut held: Vec<u32> = reachable.flat_map(|id| generators.get(id).own_grants().iter().copied()).collect();
        held.extend(self.grants.iter().map(|grant| grant.serial));
        held.sort_unstable();
        let open: Vec<u32> = self.open_grants.keys().copied().collect();
        for serial in open {
            if held.binary_search(&serial).is_err() {
                self.end_grant(serial);
            }
        }
    }

    /// The host's numbers of the grants that a call of `id` by the frame on top may use; empty if it needs none.
    ///
    /// # Errors
    /// Halts when it needs one and there is none.
    pub(crate) fn grants_for(&mut self, id: HostId) -> Result<Vec<u32>, Fault> {
        let Some(function) = self.host_functions.get(id.number() as usize) else { return Ok(Vec::new()) };
        let Some(required) = function.scope.as_deref() else { return Ok(Vec::new()) };
        if let [held] = self.grants[..]
            && !function.strict
            && let Some(grant) = self.open_grants.get(&held.serial)
            && let Some(number) = grant.number
            && self.plain_text(grant.scope) == Some(required)
        {
            return Ok(vec![number]);
        }
        let own = self.frames.last().map_or(0, |frame| frame.grants as usize);
        let first = if function.strict { self.grants.len().saturating_sub(own) } else { 0 };
        let in_force = self.grants.get(first..).unwrap_or_default();
        let counting = in_force.iter().filter(|held| !(function.strict && held.inherited));
        let mut serials: Vec<u32> = counting.map(|held| held.serial).collect();
        // A task advanced inside the block it was made in has the grant twice.
        serials.sort_unstable();
        serials.dedup();
        let matching = serials
            .iter()
            .filter_map(|serial| self.open_grants.get(serial))
            .filter(|grant| self.plain_text(grant.scope) == Some(required));
        let numbers: Option<Vec<u32>> = matching.map(|grant| grant.number).collect();
        match numbers {
            Some(numbers) if !numbers.is_empty() => Ok(numbers),
            numbers => {
                let (function, confirmed) = (function.clone(), numbers.is_some());
                self.violation(&function, required.to_owned().as_str(), confirmed)
            }
        }
    }

    #[cold]
    fn violation(&mut self, function: &HostFunction, scope: &str, confirmed: bool) -> Result<Vec<u32>, Fault> {
        let line = self.current_line().0;
        let name = &self.called_name(function);
        let reason = if !confirmed {
            format!(
                "{name}() needs scope {}, whose grant was not given again after the machine was stored",
                shown(scope)
            )
        } else if function.strict {
            format!("{name}() needs scope {}, which the block that calls it has not opened (line {line})", shown(scope))
        } else {
            format!("{name}() needs scope {}, which is not open (line {line})", shown(scope))
        };
        self.note(ScopeEventKind::Violated, scope, None, name, line, &reason);
        self.stop(Halt::SecurityViolation { scope: shortened(scope), function: name.clone(), line, reason })
    }

    /// What the program called: the host function, or the function of a library that called a hidden one for it.
    fn called_name(&self, function: &HostFunction) -> String {
        let mut called = function.name.clone();
        if function.hidden {
            for frame in self.frames.iter().rev() {
                let code = self.code(frame.code);
                if self.library_names.iter().any(|name| **name == *code.source.filename) {
                    called = code.qualname.to_string();
                } else if !code.source.internal {
                    break;
                }
            }
        }
        called
    }

    fn refusal(&mut self, scope: &str, line: u32, reason: String) -> Halt {
        self.note(ScopeEventKind::Refused, scope, None, "", line, &reason);
        let reason = format!("scope {} was refused (line {line}): {reason}", shown(scope));
        Halt::SecurityViolation { scope: shortened(scope), function: String::new(), line, reason }
    }

    /// From now on, notes what happens to scopes for [`Self::take_scope_events`].
    pub fn record_scope_events(&mut self) {
        self.scope_events.get_or_insert_default();
    }

    /// What happened to scopes since the last call. At most as many as grants were live, and one for each scope entered
    /// since then: a host that takes them whenever it is asked for a scope bounds them.
    pub fn take_scope_events(&mut self) -> Vec<ScopeEvent> {
        self.scope_events.as_mut().map(std::mem::take).unwrap_or_default()
    }

    fn note(&mut self, kind: ScopeEventKind, scope: &str, grant: Option<u32>, function: &str, line: u32, reason: &str) {
        let gas = self.gas_used();
        if let Some(events) = &mut self.scope_events {
            let (function, reason) = (function.to_owned(), reason.to_owned());
            events.push(ScopeEvent { kind, scope: shortened(scope), grant, function, line, gas, reason });
        }
    }

    /// The blocks that a machine loaded from a snapshot stands in, in the order they were entered. None holds anything
    /// until [`Self::confirm_grants`]: a call that needs one halts.
    pub fn unconfirmed_grants(&self) -> Vec<ScopeRequest> {
        let unconfirmed = self.open_grants.values().filter(|grant| grant.number.is_none());
        // A name or token that is none cannot have been granted: it is shown as a scope that every host refuses.
        let request = |grant: &LiveGrant| {
            self.scope_request(grant.scope, grant.token, grant.line).unwrap_or_else(|_| ScopeRequest {
                scope: String::new(),
                token: ScopeToken::Plain(String::new()),
                line: grant.line,
            })
        };
        unconfirmed.map(request).collect()
    }

    /// Answers all [`Self::unconfirmed_grants`], in their order; missing answers are refusals.
    ///
    /// # Errors
    /// The halt, when one is refused.
    pub fn confirm_grants(&mut self, answers: Vec<Result<u32, String>>) -> Result<(), Halt> {
        let requests = self.unconfirmed_grants();
        let mut answers = answers.into_iter();
        let mut numbers = Vec::with_capacity(requests.len());
        for request in requests {
            match answers.next().unwrap_or_else(|| Err("the host did not answer".to_owned())) {
                Ok(number) => {
                    self.note(ScopeEventKind::Entered, &request.scope, Some(number), "", request.line, "restored");
                    numbers.push(number);
                }
                Err(reason) => {
                    let halt = self.refusal(&request.scope, request.line, reason);
                    return Err(self.halt_with(halt));
                }
            }
        }
        let unconfirmed = self.open_grants.values_mut().filter(|grant| grant.number.is_none());
        for (grant, number) in unconfirmed.zip(numbers) {
            grant.number = Some(number);
        }
        Ok(())
    }

    /// Prepares to run a library of the host: guest code in a module of its own that sees these host functions, hidden
    /// ones too. To be run to its end before the program, then [`Self::publish_library`].
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn start_library(&mut self, code: &Arc<Code>, functions: &[u32]) -> Result<(), Halt> {
        let program_globals = self.main_globals;
        self.main_globals = self.heap.dicts.insert(crate::objects::Dict::default());
        self.library = Some((program_globals, self.reserve));
        self.reserve = self.reserve.max(LIBRARY_GAS);
        self.library_names.push(code.source.filename.to_string());
        for number in functions {
            let Some(name) = self.host_names.get(*number as usize).copied() else { continue };
            let stored = self.dict_set_str(self.main_globals, name, Value::Host(HostId::new(*number)));
            stored.map_err(|fault| self.halt_of(fault))?;
        }
        self.start(code)
    }

    /// Makes the public names of the library that ran builtins of the guest. What it cost is not the program's.
    pub fn publish_library(&mut self) {
        let Some((program_globals, reserve)) = self.library.take() else { return };
        let library = std::mem::replace(&mut self.main_globals, program_globals);
        self.reserve = reserve;
        let entries: Vec<_> = self.heap.dicts.get(library).table.iter().map(|entry| (entry.key, entry.value)).collect();
        for (key, value) in entries {
            if let Value::Str(name) = key
                && !self.heap.str(name).starts_with('_')
            {
                self.define_builtin(name, value);
            }
        }
    }
}

/// What a library of the host may use to set itself up.
const LIBRARY_GAS: i64 = 10_000_000;

fn shortened(scope: &str) -> String {
    if scope.chars().nth(LONGEST_SHOWN).is_none() {
        return scope.to_owned();
    }
    scope.chars().take(LONGEST_SHOWN).chain("...".chars()).collect()
}

/// A scope's name in a message: the guest may have chosen it, so nothing in it can end a line or control a terminal.
fn shown(scope: &str) -> String {
    let text: String = shortened(scope).chars().flat_map(char::escape_debug).collect();
    format!("'{text}'")
}
