//! Functions: making them, the frames and generators their calls begin, class bodies.

use npython_bytecode::{CodeFlags, Instr, MakeFunctionFlags};
use smallvec::smallvec;

use crate::base::{CodeEntry, UNLINKED};
use crate::fault::Fault;
use crate::machine::{Frame, Machine, NO_GENERATOR, OnReturn, PendingCall};
use crate::names;
use crate::objects::{Function, Generator, GeneratorKind, GeneratorState, Str};
use crate::types;
use crate::value::{Id, Value};

use super::{CallLayout, Flow};

impl Machine {
    pub(super) fn enter_function(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        call: CallLayout,
        id: Id<Function>,
        keywords: &[Id<Str>],
    ) -> Result<Flow, Fault> {
        if self.frames.len() >= self.limits.depth as usize {
            return Err(self.recursion_error());
        }
        let function = self.heap.functions.get(id);
        let number = function.code;
        let globals = function.globals;
        let simple = function.simple;
        let mut entry: CodeEntry = self.entries[number as usize];
        if entry.start == UNLINKED {
            entry.start = self.link(code, number)?;
        }
        let base = Self::arguments_start(stack, call.at);
        self.ensure_stack(stack, base + entry.frame_size as usize + 8)?;
        if simple && keywords.is_empty() && call.top - base == entry.positional as usize {
            let end = base + entry.slots as usize;
            stack[call.top..end].fill(Value::Undef);
            let closure = &self.heap.functions.get(id).closure;
            for (slot, cell) in stack[end.saturating_sub(closure.len())..end].iter_mut().zip(closure.iter()) {
                *slot = *cell;
            }
        } else {
            self.bind_arguments(stack, base, call.top, id, keywords)?;
        }
        let flags = self.code(number).flags;
        let namespace = if flags.has(CodeFlags::CLASS | CodeFlags::SEPARATE_LOCALS) {
            std::mem::replace(&mut self.body_namespace, Value::Undef)
        } else {
            Value::Undef
        };
        let frame = Frame {
            pc: entry.start,
            base: base as u32,
            top: base as u32 + entry.slots,
            return_at: call.at as u32,
            code: number,
            generator: NO_GENERATOR,
            globals,
            namespace,
            on_return: call.on_return,
            grants: 0,
        };
        if flags.has(CodeFlags::SUSPENDABLE) {
            let generator = self.make_generator(stack, frame, entry, flags, id)?;
            return self.put_result(stack, code, call, generator);
        }
        self.save_caller(call);
        self.frames.push(frame);
        Ok(Flow::Frame)
    }

    fn make_generator(
        &mut self,
        stack: &[Value],
        frame: Frame,
        entry: CodeEntry,
        flags: CodeFlags,
        function: Id<Function>,
    ) -> Result<Value, Fault> {
        let kind = if flags.has(CodeFlags::GENERATOR) {
            GeneratorKind::Generator
        } else if flags.has(CodeFlags::COROUTINE) {
            GeneratorKind::Coroutine
        } else {
            GeneratorKind::AsyncGenerator
        };
        let base = frame.base as usize;
        let slots = entry.slots as usize;
        self.heap.reserve(size_of::<Generator>() + entry.frame_size as usize * size_of::<Value>())?;
        let mut saved = Vec::with_capacity(entry.frame_size as usize);
        saved.extend_from_slice(&stack[base..base + slots]);
        let (name, qualname) = (self.function_name(function)?, self.function_qualname(function)?);
        let frame = Frame { on_return: OnReturn::Push, ..frame };
        let id = self.heap.generators.insert(Generator {
            kind,
            state: GeneratorState::Created,
            frame,
            stack: saved,
            name,
            qualname,
            ..Generator::default()
        });
        self.heap.generators.slot(id).frame.generator = id.number();
        Ok(Value::Generator(id))
    }

    /// `__name__` of a function.
    pub(crate) fn function_name(&mut self, id: Id<Function>) -> Result<Value, Fault> {
        let function = self.heap.functions.get(id);
        if let Some(name) = function.extras.as_ref().and_then(|extras| extras.name.given()) {
            return Ok(name);
        }
        let code = self.code(function.code).clone();
        Ok(Value::Str(self.heap.intern(&code.name)?))
    }

    /// `__qualname__` of a function.
    pub(crate) fn function_qualname(&mut self, id: Id<Function>) -> Result<Value, Fault> {
        let function = self.heap.functions.get(id);
        if let Some(name) = function.extras.as_ref().and_then(|extras| extras.qualname.given()) {
            return Ok(name);
        }
        let code = self.code(function.code).clone();
        Ok(Value::Str(self.heap.intern(&code.qualname)?))
    }

    /// Makes a function of a linked code number (in the constant's place) and the values on the stack.
    pub(crate) fn make_function(
        &mut self,
        number: u32,
        flags: MakeFunctionFlags,
        values: &[Value],
    ) -> Result<Value, Fault> {
        let globals = self.frames.last().map_or(self.main_globals, |frame| frame.globals);
        let entry = self.entries[number as usize];
        let mut function = Function { code: number, globals, simple: entry.simple, ..Function::default() };
        let mut rest = values.iter().copied();
        let mut take = |flag: u8| if flags.has(flag) { rest.next() } else { None };
        let defaults = take(MakeFunctionFlags::DEFAULTS);
        let keyword_defaults = take(MakeFunctionFlags::KEYWORD_DEFAULTS);
        let annotations = take(MakeFunctionFlags::ANNOTATIONS);
        let closure = take(MakeFunctionFlags::CLOSURE);
        if let Some(Value::Tuple(id)) = defaults {
            function.defaults = self.heap.tuple(id).into();
        }
        if let Some(Value::Tuple(id)) = closure {
            function.closure = self.heap.tuple(id).into();
        }
        if let Some(keyword_defaults) = keyword_defaults {
            function.extras_mut().keyword_defaults = keyword_defaults;
        }
        if let Some(annotations) = annotations {
            function.extras_mut().annotations = annotations;
        }
        if let Some(name) = self.find_str(self.items_of_globals(globals), names::NAME)
            && name != Value::Str(names::MAIN)
        {
            function.extras_mut().module = name;
        }
        self.heap.new_function(function)
    }

    pub(crate) fn build_class_function(&mut self) -> Result<Value, Fault> {
        let globals = self.frames.last().map_or(self.main_globals, |frame| frame.globals);
        if self.builtins_lack(globals, names::BUILD_CLASS) {
            return Err(self.raise(types::NAME_ERROR, "__build_class__ not found"));
        }
        match self.find_builtin(names::BUILD_CLASS) {
            Some(value) => Ok(value),
            None => Err(self.engine_fault("no __build_class__".to_owned())),
        }
    }

    /// Runs a class body with `namespace` as its locals; the result is what the body returns (its `__class__` cell).
    pub(crate) fn call_class_body(&mut self, function: Value, namespace: Value) -> Fault {
        self.body_namespace = namespace;
        self.pending =
            PendingCall { callable: function, args: smallvec![], on_return: OnReturn::Push, ..PendingCall::default() };
        Fault::Call
    }
}
