//! Texts of functions, types and other objects that are named rather than shown.

use crate::fault::Fault;
use crate::names;
use crate::native::NativeKind;
use crate::objects::{GeneratorKind, Instance, Object};
use crate::types;
use crate::value::{Id, Value};

use super::super::Machine;

impl Machine {
    /// `0x...` of a value, as `id` has it.
    fn address(&mut self, value: Value) -> Result<String, Fault> {
        Ok(format!("0x{:x}", self.heap.identity(value)?))
    }

    /// `<module.Class object at 0x...>`; a sealed token is only that.
    pub(crate) fn default_repr(&mut self, value: Value) -> Result<String, Fault> {
        if let Value::Object(id) = value
            && matches!(self.heap.objects.get(id), Object::Token { .. })
        {
            return Ok("<Token>".to_owned());
        }
        let name = self.qualified_type_name(value);
        Ok(format!("<{name} object at {}>", self.address(value)?))
    }

    /// `<class 'module.Class'>`
    pub(crate) fn type_repr(&self, value: Value) -> String {
        format!("<class '{}'>", self.qualified_class_name(value))
    }

    /// The text before the receiver of a bound method, or, with true, the whole.
    pub(super) fn bound_method_text(&mut self, function: Value, receiver: Value) -> Result<(String, bool), Fault> {
        let found = self.type_name(receiver);
        Ok(match function {
            Value::Native(id) if self.base.natives.get(id.index()).is_some_and(|native| native.owner.is_none()) => {
                let name = self.base.natives.get(id.index()).map_or("?", |native| native.def.name);
                (format!("<bound method {name} of "), false)
            }
            Value::Native(id) => {
                let (name, kind) = self
                    .base
                    .natives
                    .get(id.index())
                    .map_or(("?", NativeKind::Method), |native| (native.def.name, native.def.kind));
                let address = self.address(receiver)?;
                let what = if kind == NativeKind::Wrapper {
                    format!("<method-wrapper '{name}' of {found} object at {address}>")
                } else {
                    format!("<built-in method {name} of {found} object at {address}>")
                };
                (what, true)
            }
            Value::Function(id) => {
                let qualname = self.function_qualname(id)?;
                (format!("<bound method {} of ", self.text_of(qualname)), false)
            }
            Value::Instance(id) => (format!("<bound method {} of ", self.given_name(id)), false),
            _ => ("<bound method ? of ".to_owned(), false),
        })
    }

    /// The `__qualname__`, else the `__name__`, that something callable was given; "?" when it has none that is a string.
    fn given_name(&self, id: Id<Instance>) -> String {
        let found = |name| {
            let own = self.instance_attribute(id, name);
            own.or_else(|| self.type_lookup(self.heap.instances.get(id).class, name))
        };
        match found(names::QUALNAME).or_else(|| found(names::NAME)).map(|name| self.unwrap(name)) {
            Some(Value::Str(name)) => self.heap.str(name).to_owned(),
            _ => "?".to_owned(),
        }
    }

    /// Functions, modules, generators, cells, iterators.
    pub(super) fn plain_object_repr(&mut self, value: Value) -> Result<String, Fault> {
        let address = self.address(value)?;
        Ok(match value {
            Value::Function(id) => {
                let qualname = self.function_qualname(id)?;
                format!("<function {} at {address}>", self.text_of(qualname))
            }
            Value::Native(id) => self.native_repr(id, &address),
            Value::Host(id) => {
                let name = self.host_names.get(id.number() as usize).map_or("?", |name| self.heap.str(*name));
                let signature = self.host_function(id).map_or("", |function| &function.signature);
                format!("<built-in function {name}{signature}>")
            }
            Value::Module(id) => {
                let module = self.heap.modules.get(id);
                let name = self.find_str(module.namespace, names::NAME).unwrap_or(module.name);
                // The guest's own have a specification that is None.
                let origin = if self.find_str(module.namespace, names::SPEC).is_some() { "" } else { " (built-in)" };
                format!("<module '{}'{origin}>", self.text_of(name))
            }
            Value::Generator(id) => {
                let generator = self.heap.generators.get(id);
                let what = match generator.kind {
                    GeneratorKind::Generator => "generator",
                    GeneratorKind::Coroutine => "coroutine",
                    GeneratorKind::AsyncGenerator => "async_generator",
                    GeneratorKind::AsyncStep => return self.default_repr(value),
                };
                format!("<{what} object {} at {address}>", self.text_of(generator.qualname))
            }
            Value::Cell(id) => match self.heap.cells.get(id).content {
                Value::Undef => format!("<cell at {address}: empty>"),
                content => {
                    format!("<cell at {address}: {} object at {}>", self.type_name(content), self.address(content)?)
                }
            },
            other => self.default_repr(other)?,
        })
    }

    fn native_repr(&self, id: crate::value::NativeId, address: &str) -> String {
        let Some(native) = self.base.natives.get(id.index()) else { return String::new() };
        let name = native.def.name;
        let Some(owner) = native.owner else {
            return match native.module {
                types::quitter::MODULE => types::quitter::invitation(name),
                _ => format!("<built-in function {name}>"),
            };
        };
        let owner = self.type_full_name(owner);
        match native.def.kind {
            NativeKind::Function => format!("<built-in function {name}>"),
            NativeKind::Method | NativeKind::ClassMethod => format!("<method '{name}' of '{owner}' objects>"),
            NativeKind::Wrapper => format!("<slot wrapper '{name}' of '{owner}' objects>"),
            NativeKind::StaticMethod | NativeKind::New => {
                format!("<built-in method {name} of type object at {address}>")
            }
            NativeKind::Getter if types::descriptor::is_native_member(self, id) => {
                format!("<member '{name}' of '{owner}' objects>")
            }
            NativeKind::Getter | NativeKind::Setter => format!("<attribute '{name}' of '{owner}' objects>"),
        }
    }

    /// Objects that share the arena of rare ones.
    pub(super) fn rare_object_repr(&mut self, value: Value, id: Id<Object>) -> Result<String, Fault> {
        let address = self.address(value)?;
        Ok(match *self.heap.objects.get(id) {
            Object::Member { class, name } => {
                format!("<member '{}' of '{}' objects>", self.text_of(name), self.class_name(class))
            }
            Object::GetSet { class, name, .. } => {
                format!("<attribute '{}' of '{}' objects>", self.text_of(name), self.class_name(class))
            }
            Object::Code { code } => {
                let code = self.code(code).clone();
                format!(
                    "<code object {} at {address}, file \"{}\", line {}>",
                    code.name, code.source.filename, code.first_line
                )
            }
            Object::TypeVar { name, kind, .. } => {
                use crate::types::type_parameter::{CONTRAVARIANT, COVARIANT, INFER_VARIANCE, KIND, TYPE_VAR_TUPLE};
                let sign = match kind {
                    _ if kind & INFER_VARIANCE != 0 || kind & KIND == TYPE_VAR_TUPLE => "",
                    _ if kind & COVARIANT != 0 => "+",
                    _ if kind & CONTRAVARIANT != 0 => "-",
                    _ => "~",
                };
                format!("{sign}{}", self.text_of(name))
            }
            Object::TypeAlias { name, .. } => self.text_of(name),
            Object::WeakReference { target, .. } => match target {
                Value::Undef => format!("<weakref at {address}; dead>"),
                target => format!(
                    "<weakref at {address}; to '{}' at {}>",
                    self.qualified_type_name(target),
                    self.address(target)?
                ),
            },
            Object::MemoryView { released: true, .. } => format!("<released memory at {address}>"),
            Object::MemoryView { .. } => format!("<memory at {address}>"),
            _ => self.default_repr(value)?,
        })
    }

    /// `list[int]`, `int | str`. Parts that are themselves generic are written in place, without native recursion.
    pub(super) fn generic_repr(&mut self, value: Value) -> Result<String, Fault> {
        enum Part {
            Value(Value),
            Text(&'static str),
        }
        let mut output = String::new();
        let mut parts = vec![Part::Value(value)];
        while let Some(part) = parts.pop() {
            self.charge(1)?;
            let value = match part {
                Part::Text(text) => {
                    output.push_str(text);
                    continue;
                }
                Part::Value(value) => value,
            };
            match value {
                Value::Ellipsis => output.push_str("..."),
                Value::Type(_) => output.push_str(&self.qualified_class_name(value)),
                Value::List(id) => {
                    let items = self.heap.list(id);
                    parts.push(Part::Text("]"));
                    parts.extend(items.iter().rev().map(|item| Part::Value(*item)));
                    interleave(&mut parts, items.len(), ", ", Part::Text);
                    output.push('[');
                }
                Value::Object(id) => match *self.heap.objects.get(id) {
                    Object::GenericAlias { origin, arguments, unpacked, .. } => {
                        if unpacked {
                            output.push('*');
                        }
                        parts.push(Part::Text("]"));
                        let count = match arguments {
                            Value::Tuple(arguments) => {
                                let items = self.heap.tuple(arguments);
                                parts.extend(items.iter().rev().map(|item| Part::Value(*item)));
                                items.len()
                            }
                            other => {
                                parts.push(Part::Value(other));
                                1
                            }
                        };
                        if count == 0 {
                            parts.push(Part::Text("()"));
                        }
                        interleave(&mut parts, count, ", ", Part::Text);
                        parts.push(Part::Text("["));
                        parts.push(Part::Value(origin));
                    }
                    Object::Union { arguments: Value::Tuple(arguments) } => {
                        let items = self.heap.tuple(arguments);
                        let count = items.len();
                        parts.extend(items.iter().rev().map(|item| match *item {
                            Value::Type(class) if class == crate::types::NONE_TYPE => Part::Text("None"),
                            item => Part::Value(item),
                        }));
                        interleave(&mut parts, count, " | ", Part::Text);
                    }
                    _ => output.push_str(&self.part_repr(value)?),
                },
                other => output.push_str(&self.part_repr(other)?),
            }
        }
        Ok(output)
    }
}

impl Machine {
    /// An argument of a generic type; one whose text guest code makes is shown as an object.
    fn part_repr(&mut self, value: Value) -> Result<String, Fault> {
        match self.nested(|machine| machine.repr_native(value)) {
            Err(Fault::Fallback) => self.default_repr(value),
            made => made,
        }
    }
}

/// Puts a separator between each two of the last `count` parts.
fn interleave<T>(parts: &mut Vec<T>, count: usize, separator: &'static str, make: impl Fn(&'static str) -> T) {
    let tail = parts.split_off(parts.len().saturating_sub(count));
    for (at, part) in tail.into_iter().enumerate() {
        if at > 0 {
            parts.push(make(separator));
        }
        parts.push(part);
    }
}
