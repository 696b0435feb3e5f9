//! Calls of classes: `type.__call__`, constructors, abstract classes.

use npython_bytecode::Instr;

use crate::fault::Fault;
use crate::machine::{Machine, OnReturn};
use crate::names;
use crate::objects::{Layout, Object, SpecialFlags, Str, TypeKind, TypeObject};
use crate::types;
use crate::value::{Id, NativeId, Value};

use super::{CallLayout, Flow};

/// The most names in the namespace that `collections.namedtuple` gives a `__new__`: `tuple.__new__`, `__name__`, `__builtins__`
/// and the function.
const MAKER_NAMES: usize = 4;

impl Machine {
    /// The first built-in type in the MRO.
    pub(crate) fn native_base(&self, class: Id<TypeObject>) -> Id<TypeObject> {
        let order = &self.heap.types.get(class).mro;
        order.iter().copied().find(|base| self.heap.types.get(*base).kind == TypeKind::Native).unwrap_or(types::OBJECT)
    }

    /// Calling a class: `None` when the layout was changed to another call that is still to be made.
    pub(super) fn call_type(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        call: &mut CallLayout,
        class: Id<TypeObject>,
        keywords: &[Id<Str>],
    ) -> Result<Option<Flow>, Fault> {
        if class == types::TYPE && keywords.is_empty() && stack[call.at + 1].is_undef() && call.top == call.at + 3 {
            let found = Value::Type(self.type_of(stack[call.at + 2]));
            return self.put_result(stack, code, *call, found).map(Some);
        }
        let object = self.heap.types.get(class);
        let (metaclass, kind, flags) = (object.metaclass, object.kind, object.flags);
        if metaclass != types::TYPE
            && let Some(hook) = self.type_lookup(metaclass, names::CALL)
            && !matches!(hook, Value::Native(_))
        {
            self.put_receiver(stack, call, hook, Value::Type(class))?;
            return Ok(None);
        }
        self.call_type_plainly(stack, code, call, class, kind, flags, keywords)
    }

    /// `type.__call__`: `__new__`, then `__init__`.
    #[expect(clippy::too_many_arguments, reason = "the registers of the loop")]
    fn call_type_plainly(
        &mut self,
        stack: &mut Vec<Value>,
        code: &mut Vec<Instr>,
        call: &mut CallLayout,
        class: Id<TypeObject>,
        kind: TypeKind,
        flags: SpecialFlags,
        keywords: &[Id<Str>],
    ) -> Result<Option<Flow>, Fault> {
        if kind == TypeKind::Native {
            let Some(constructor) = self.constructor(class) else {
                let name = self.type_full_name(class);
                return Err(self.type_error(format!("cannot create '{name}' instances")));
            };
            self.put_receiver(stack, call, Value::Native(constructor), Value::Type(class))?;
            return Ok(None);
        }
        let init = self.type_lookup(class, names::INIT);
        let guest_init = !matches!(init, Some(Value::Native(_)) | None);
        let layout = self.heap.types.get(class).layout;
        if layout == Layout::Exception && !flags.has(SpecialFlags::NEW) && call.on_return == OnReturn::Push {
            if !guest_init {
                let Some(constructor) = self.constructor(class) else { return Err(Fault::Halt) };
                self.put_receiver(stack, call, Value::Native(constructor), Value::Type(class))?;
                return Ok(None);
            }
            if let Some(Value::Function(function)) = init
                && stack[call.at + 1].is_undef()
                && !self.is_subclass(class, types::BASE_EXCEPTION_GROUP)
            {
                let positional = call.top - keywords.len();
                // An OSError learns its arguments from `OSError.__init__`, the others from `__new__`.
                let is_set_up_later = self.is_subclass(class, types::OS_ERROR);
                let given = if is_set_up_later { &[] } else { &stack[call.at + 2..positional] };
                let instance = self.new_exception(class, given)?;
                stack[call.at] = instance;
                stack[call.at + 1] = instance;
                call.on_return = OnReturn::Init;
                return self.enter_function(stack, code, *call, function, keywords).map(Some);
            }
        }
        if !guest_init && let Some(maker) = self.sole_maker(class, flags, keywords.is_empty()) {
            self.put_receiver(stack, call, maker, Value::Type(class))?;
            return Ok(None);
        }
        if flags.has(SpecialFlags::NEW) || call.on_return != OnReturn::Push || (layout != Layout::Plain) {
            return self.call_through_prelude(stack, code, *call, "_construct", Value::Type(class), keywords).map(Some);
        }
        if flags.has(SpecialFlags::ABSTRACT) {
            return Err(self.abstract_error(class));
        }
        let instance = self.new_instance(class, Value::Undef)?;
        if !guest_init {
            let start = Self::arguments_start(stack, call.at);
            if call.top > start {
                let name = self.class_name(class);
                return Err(self.type_error(format!("{name}() takes no arguments")));
            }
            stack[call.at] = instance;
            return Ok(Some(Flow::Value));
        }
        let init = init.unwrap_or(Value::None);
        if !matches!(init, Value::Function(_)) || !stack[call.at + 1].is_undef() {
            // An __init__ that is no plain function: the prelude calls it.
            return self.call_through_prelude(stack, code, *call, "_construct", Value::Type(class), keywords).map(Some);
        }
        let Value::Function(function) = init else { return Err(Fault::Halt) };
        // The frame finds the instance as its first argument; another copy at `at` is the result.
        stack[call.at] = instance;
        stack[call.at + 1] = instance;
        call.on_return = OnReturn::Init;
        self.enter_function(stack, code, *call, function, keywords).map(Some)
    }

    /// The `__new__` that is all there is to making an instance of a class without an `__init__` of its own: of a class
    /// derived from an immutable built-in type, or of a named tuple, whose `__new__` makes instances of nothing else.
    fn sole_maker(&self, class: Id<TypeObject>, flags: SpecialFlags, without_keywords: bool) -> Option<Value> {
        const IMMUTABLE: [Id<TypeObject>; 6] =
            [types::TUPLE, types::INT, types::STR, types::FLOAT, types::BYTES, types::FROZENSET];
        if flags.has(SpecialFlags::ABSTRACT) {
            return None;
        }
        if !flags.has(SpecialFlags::NEW) {
            let plain = without_keywords && IMMUTABLE.contains(&self.native_base(class));
            return if plain { self.constructor(class).map(Value::Native) } else { None };
        }
        let Some(Value::Object(made_static)) = self.type_lookup(class, names::NEW) else { return None };
        let Object::StaticMethod { function: Value::Function(function), .. } = *self.heap.objects.get(made_static)
        else {
            return None;
        };
        // The function is alone with `tuple.__new__` in its namespace.
        let globals = self.heap.functions.get(function).globals;
        let made_by = self.find_str(globals, names::TUPLE_NEW)?;
        let alone = self.heap.dicts.get(globals).table.len() <= MAKER_NAMES;
        (alone && Some(made_by) == self.constructor(types::TUPLE).map(Value::Native))
            .then_some(Value::Function(function))
    }

    /// The native `__new__` of a type or the nearest built-in base.
    pub(crate) fn constructor(&self, class: Id<TypeObject>) -> Option<NativeId> {
        let own = self.native_base(class);
        if self.heap.types.get(own).layout == Layout::Closed {
            return None;
        }
        let order = &self.heap.types.get(own).mro;
        for base in order {
            if let Some(constructor) = self.base.constructors.get(base.index()).copied().flatten() {
                let usable = *base != types::OBJECT || matches!(self.heap.types.get(own).layout, Layout::Plain);
                return usable.then_some(constructor);
            }
        }
        None
    }

    #[cold]
    pub(crate) fn abstract_error(&mut self, class: Id<TypeObject>) -> Fault {
        let name = self.class_name(class);
        let methods = self.own_attribute(class, names::ABSTRACTMETHODS).unwrap_or(Value::None);
        let mut listed: Vec<String> = self
            .collect_items(methods)
            .unwrap_or_default()
            .into_iter()
            .filter_map(
                |value| if let Value::Str(id) = value { Some(format!("'{}'", self.heap.str(id))) } else { None },
            )
            .collect();
        listed.sort();
        let plural = if listed.len() == 1 { "" } else { "s" };
        let message = format!(
            "Can't instantiate abstract class {name} without an implementation for abstract method{plural} {}",
            listed.join(", ")
        );
        self.type_error(message)
    }
}
