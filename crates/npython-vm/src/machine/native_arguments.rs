//! Arguments of native functions: in the order a native expects them, or CPython's message.

use smallvec::SmallVec;

use crate::fault::Fault;
use crate::native::{NativeKind, Signature};
use crate::objects::{Dict, Str};
use crate::types;
use crate::value::{Id, NativeId, Value};

use super::Machine;

impl Machine {
    /// Arguments in the order a native expects, or the TypeError CPython raises.
    pub(super) fn arrange(
        &mut self,
        id: NativeId,
        given: &[Value],
        keywords: &[Id<Str>],
    ) -> Result<SmallVec<[Value; 8]>, Fault> {
        let native = &self.base.natives[id.index()];
        let receivers = usize::from(!matches!(native.def.kind, NativeKind::Function | NativeKind::StaticMethod));
        let positional_end = given.len() - keywords.len();
        let count = positional_end - receivers;
        if native.def.kind == NativeKind::Wrapper
            && keywords.is_empty()
            && let Some(message) = self.wrong_count_of_slot(id, count)
        {
            return Err(self.type_error(message));
        }
        match native.def.signature {
            Signature::None | Signature::One | Signature::Positional(..) | Signature::Variadic(_)
                if !keywords.is_empty() =>
            {
                let name = self.native_name(id);
                Err(self.type_error(format!("{name}() takes no keyword arguments")))
            }
            Signature::None if count > 0 => {
                let name = self.native_name(id);
                Err(self.type_error(format!("{name}() takes no arguments ({count} given)")))
            }
            Signature::One if count != 1 => {
                let name = self.native_name(id);
                Err(self.type_error(format!("{name}() takes exactly one argument ({count} given)")))
            }
            Signature::Positional(least, most) => {
                let (least, most) = (usize::from(least), usize::from(most));
                if count >= least && count <= most {
                    return Ok(SmallVec::from_slice(given));
                }
                let short = self.native_short_name(id);
                Err(self.type_error(format!("{short} {}", wrong_count(least, most, count))))
            }
            Signature::Variadic(least) if count < usize::from(least) => {
                let plural = if least == 1 { "" } else { "s" };
                let short = native.def.name;
                Err(self.type_error(format!("{short} expected at least {least} argument{plural}, got {count}")))
            }
            Signature::None | Signature::One | Signature::Variadic(_) => Ok(SmallVec::from_slice(given)),
            Signature::Open => {
                let mut arguments: SmallVec<[Value; 8]> = SmallVec::from_slice(&given[..positional_end]);
                if keywords.is_empty() {
                    arguments.push(Value::Undef);
                } else {
                    let Value::Dict(dict) = self.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
                    for (name, value) in keywords.iter().zip(&given[positional_end..]) {
                        self.dict_set_str(dict, *name, *value)?;
                    }
                    arguments.push(Value::Dict(dict));
                }
                Ok(arguments)
            }
            Signature::Named(_) => self.arrange_named(id, receivers, given, keywords),
        }
    }

    pub(super) fn native_name(&self, id: NativeId) -> String {
        let native = &self.base.natives[id.index()];
        match (native.owner, native.def.kind) {
            (Some(owner), NativeKind::New) => self.class_name(owner),
            (Some(owner), _) => format!("{}.{}", self.class_name(owner), native.def.name),
            (None, _) if native.module != "builtins" => format!("{}.{}", native.module, native.def.name),
            (None, _) => native.def.name.to_owned(),
        }
    }

    /// What argument errors call it: a constructor by its type.
    pub(super) fn native_short_name(&self, id: NativeId) -> String {
        let native = &self.base.natives[id.index()];
        if native.def.kind == NativeKind::New { self.native_name(id) } else { native.def.name.to_owned() }
    }

    fn arrange_named(
        &mut self,
        id: NativeId,
        receivers: usize,
        given: &[Value],
        keywords: &[Id<Str>],
    ) -> Result<SmallVec<[Value; 8]>, Fault> {
        let native = &self.base.natives[id.index()];
        let parameters = &native.parameters;
        let positional_end = given.len() - keywords.len();
        let count = positional_end - receivers;
        let most = parameters.iter().filter(|parameter| parameter.positional).count();
        if count > most {
            let message = self.too_many_for_native(id, most, count);
            return Err(self.type_error(message));
        }
        if count + keywords.len() > parameters.len() && parameters.iter().any(|parameter| parameter.keyword) {
            let (short, most, given) = (self.native_short_name(id), parameters.len(), count + keywords.len());
            let kind = if count == 0 { "keyword " } else { "" };
            let plural = if most == 1 { "" } else { "s" };
            return Err(
                self.type_error(format!("{short}() takes at most {most} {kind}argument{plural} ({given} given)"))
            );
        }
        let mut arguments: SmallVec<[Value; 8]> = SmallVec::from_elem(Value::Undef, receivers + parameters.len());
        let mut unexpected = None;
        arguments[..positional_end].copy_from_slice(&given[..positional_end]);
        for (keyword, value) in keywords.iter().zip(&given[positional_end..]) {
            let found = native
                .parameter_names
                .iter()
                .zip(parameters)
                .position(|(other, parameter)| other == keyword && parameter.keyword);
            let Some(found) = found else {
                if !parameters.iter().any(|parameter| parameter.keyword) {
                    let name = self.native_name(id);
                    return Err(self.type_error(format!("{name}() takes no keyword arguments")));
                }
                // A required argument that is missing is told of first.
                unexpected = unexpected.or(Some(*keyword));
                continue;
            };
            if !arguments[receivers + found].is_undef() {
                let (parameter, short) = (parameters[found].name, self.native_short_name(id));
                let position = found + 1;
                return Err(self.type_error(format!(
                    "argument for {short}() given by name ('{parameter}') and position ({position})"
                )));
            }
            arguments[receivers + found] = *value;
        }
        let missing = |at: &usize| parameters[*at].required && arguments[receivers + at].is_undef();
        if let Some(at) = (0..parameters.len()).find(missing) {
            let message = self.missing_argument(id, at, count);
            return Err(self.type_error(message));
        }
        if let Some(keyword) = unexpected {
            let (text, short) = (self.heap.str(keyword).to_owned(), self.native_short_name(id));
            return Err(self.type_error(format!("{short}() got an unexpected keyword argument '{text}'")));
        }
        Ok(arguments)
    }

    /// What CPython says of more positional arguments than there are such parameters.
    fn too_many_for_native(&self, id: NativeId, most: usize, count: usize) -> String {
        let native = &self.base.natives[id.index()];
        let (parameters, short) = (&native.parameters, self.native_short_name(id));
        let least = parameters.iter().filter(|parameter| parameter.positional && parameter.required).count();
        let any_keyword_only = parameters.len() > most;
        let plural = if most == 1 { "" } else { "s" };
        let is_plain = native.def.kind == NativeKind::New
            && (native.owner == Some(types::INT) || native.owner == Some(types::STR));
        if most == 0 {
            format!("{short}() takes no positional arguments")
        } else if !is_plain && (any_keyword_only || parameters.iter().any(|parameter| parameter.keyword)) {
            let kind = if any_keyword_only { " positional" } else { "" };
            let bound = if least == most { "exactly" } else { "at most" };
            format!("{short}() takes {bound} {most}{kind} argument{plural} ({count} given)")
        } else {
            let bound = if least == most { "" } else { "at most " };
            format!("{short} expected {bound}{most} argument{plural}, got {count}")
        }
    }

    /// What CPython says when the required parameter at a position got no argument.
    fn missing_argument(&self, id: NativeId, at: usize, count: usize) -> String {
        let parameters = &self.base.natives[id.index()].parameters;
        let short = self.native_short_name(id);
        if let Some(parameter) = parameters.get(at).filter(|parameter| parameter.keyword) {
            return format!("{short}() missing required argument '{}' (pos {})", parameter.name, at + 1);
        }
        let most = parameters.iter().filter(|parameter| parameter.positional).count();
        let named = parameters.iter().any(|parameter| parameter.keyword);
        let least = parameters
            .iter()
            .filter(|parameter| parameter.required && if named { !parameter.keyword } else { parameter.positional })
            .count();
        let plural = if least == 1 { "" } else { "s" };
        if named {
            let bound = if least == most { "exactly" } else { "at least" };
            format!("{short}() takes {bound} {least} positional argument{plural} ({count} given)")
        } else {
            let bound = if least == most { "" } else { "at least " };
            format!("{short} expected {bound}{least} argument{plural}, got {count}")
        }
    }

    /// What CPython says when a special method of a built-in type gets the wrong number of arguments. Most of them have no
    /// name of their own there.
    fn wrong_count_of_slot(&self, id: NativeId, count: usize) -> Option<String> {
        let native = &self.base.natives[id.index()];
        let owner = native.owner.map_or_else(String::new, |owner| self.class_name(owner));
        if is_named_method(&owner, native.def.name) {
            return None;
        }
        let repeats = matches!(native.def.name, "__mul__" | "__rmul__" | "__imul__")
            && matches!(owner.as_str(), "str" | "bytes" | "bytearray" | "list" | "tuple");
        let (least, most, start) = match native.def.signature {
            Signature::None => (0, 0, ""),
            Signature::One => (1, 1, if repeats { " " } else { "" }),
            Signature::Positional(least, most) => (usize::from(least), usize::from(most), " "),
            _ => return None,
        };
        if (least..=most).contains(&count) {
            return None;
        }
        Some(format!("{start}{}", wrong_count(least, most, count)))
    }
}

/// How many arguments were expected: from `least` to `most`, which `count` is not.
fn wrong_count(least: usize, most: usize, count: usize) -> String {
    let (bound, word) = if least == most {
        (least, "")
    } else if count < least {
        (least, "at least ")
    } else {
        (most, "at most ")
    };
    let plural = if bound == 1 { "" } else { "s" };
    format!("expected {word}{bound} argument{plural}, got {count}")
}

/// Whether CPython has the special method as an ordinary one, which is named in messages.
fn is_named_method(owner: &str, name: &str) -> bool {
    match name {
        "__getitem__" => matches!(owner, "list" | "dict"),
        "__contains__" => matches!(owner, "dict" | "set" | "frozenset"),
        "__format__" | "__reversed__" | "__round__" | "__ceil__" | "__floor__" | "__trunc__" | "__complex__"
        | "__bytes__" | "__sizeof__" | "__dir__" | "__reduce__" | "__reduce_ex__" | "__getnewargs__"
        | "__getstate__" | "__class_getitem__" | "__length_hint__" | "__instancecheck__" | "__subclasscheck__"
        | "__subclasses__" | "__prepare__" | "__copy__" | "__enter__" | "__exit__" | "__setstate__" => true,
        _ => false,
    }
}
