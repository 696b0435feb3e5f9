//! Binding of arguments to the parameters of a guest function (Language Reference 6.3.4), with CPython's messages.

use std::sync::Arc;

use npython_bytecode::{Code, CodeFlags};
use smallvec::SmallVec;

use crate::fault::Fault;
use crate::objects::{Dict, Function, Str};
use crate::value::{Id, Value};

use super::Machine;

/// Where the parameters of a code object are among its slots.
struct Parameters {
    positional: usize,
    positional_only: usize,
    keyword_only: usize,
    varargs: Option<usize>,
    kwargs: Option<usize>,
}

impl Parameters {
    fn of(code: &Code) -> Self {
        let positional = code.positional_count as usize;
        let keyword_only = code.keyword_only_count as usize;
        let named = positional + keyword_only;
        let varargs = code.flags.has(CodeFlags::VARARGS).then_some(named);
        let kwargs = code.flags.has(CodeFlags::VARKEYWORDS).then_some(named + usize::from(varargs.is_some()));
        Self { positional, positional_only: code.positional_only_count as usize, keyword_only, varargs, kwargs }
    }

    fn named(&self) -> usize {
        self.positional + self.keyword_only
    }
}

impl Machine {
    /// Arranges the arguments at `base..top`, the last of which are the `keywords`, as the slots of the function's frame,
    /// empties the other slots and fills in the cells of free variables.
    pub(crate) fn bind_arguments(
        &mut self,
        stack: &mut [Value],
        base: usize,
        top: usize,
        id: Id<Function>,
        keywords: &[Id<Str>],
    ) -> Result<(), Fault> {
        let function = self.heap.functions.get(id);
        let code: Arc<Code> = self.code(function.code).clone();
        let parameters = Parameters::of(&code);
        let given: SmallVec<[Value; 8]> = SmallVec::from_slice(&stack[base..top]);
        let positional_given = given.len() - keywords.len();
        let slots = code.slot_count();
        stack[base..base + slots].fill(Value::Undef);
        let direct = positional_given.min(parameters.positional);
        stack[base..base + direct].copy_from_slice(&given[..direct]);
        if let Some(slot) = parameters.varargs {
            stack[base + slot] = self.heap.new_tuple(&given[direct..positional_given])?;
        }
        let extra = match parameters.kwargs {
            Some(slot) => {
                let Value::Dict(dict) = self.heap.new_dict(Dict::default())? else { return Err(Fault::Halt) };
                stack[base + slot] = Value::Dict(dict);
                Some(dict)
            }
            None => None,
        };
        let frame = &mut stack[base..base + slots];
        for (name, value) in keywords.iter().zip(&given[positional_given..]) {
            self.bind_keyword(frame, id, &code, &parameters, extra, *name, *value, keywords)?;
        }
        if positional_given > parameters.positional && parameters.varargs.is_none() {
            return Err(self.too_many_positional(frame, id, &parameters, positional_given));
        }
        self.fill_defaults(frame, id, &code, &parameters)?;
        let closure = &self.heap.functions.get(id).closure;
        let first_free = code.local_names.len();
        for (slot, cell) in frame[first_free..].iter_mut().zip(closure.iter()) {
            *slot = *cell;
        }
        Ok(())
    }

    fn shown_function(&mut self, id: Id<Function>) -> String {
        match self.function_qualname(id) {
            Ok(Value::Str(name)) => self.heap.str(name).to_owned(),
            _ => "?".to_owned(),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "everything a keyword argument may collide with")]
    fn bind_keyword(
        &mut self,
        frame: &mut [Value],
        id: Id<Function>,
        code: &Code,
        parameters: &Parameters,
        extra: Option<Id<Dict>>,
        name: Id<Str>,
        value: Value,
        keywords: &[Id<Str>],
    ) -> Result<(), Fault> {
        let text = self.heap.str(name);
        let named = &code.local_names[..parameters.named()];
        let found = named.iter().position(|parameter| &**parameter == text);
        match found {
            Some(slot) if slot >= parameters.positional_only => {
                if !frame[slot].is_undef() {
                    let text = text.to_owned();
                    let shown = self.shown_function(id);
                    return Err(self.type_error(format!("{shown}() got multiple values for argument '{text}'")));
                }
                frame[slot] = value;
                Ok(())
            }
            _ => match extra {
                Some(dict) => self.dict_set_str(dict, name, value),
                None => Err(self.unexpected_keyword(id, code, parameters, name, keywords)),
            },
        }
    }

    #[cold]
    fn unexpected_keyword(
        &mut self,
        id: Id<Function>,
        code: &Code,
        parameters: &Parameters,
        name: Id<Str>,
        keywords: &[Id<Str>],
    ) -> Fault {
        let shown = self.shown_function(id);
        let only: Vec<String> = code.local_names[..parameters.positional_only]
            .iter()
            .filter(|parameter| keywords.iter().any(|keyword| self.heap.str(*keyword) == &***parameter))
            .map(ToString::to_string)
            .collect();
        if !only.is_empty() {
            let listed = only.join(", ");
            return self.type_error(format!(
                "{shown}() got some positional-only arguments passed as keyword arguments: '{listed}'"
            ));
        }
        let text = self.heap.str(name).to_owned();
        let candidates = code.local_names[parameters.positional_only..parameters.named()].iter().map(|name| &**name);
        let hint = match super::suggestions::closest(&text, candidates) {
            Some(found) => format!(". Did you mean '{found}'?"),
            None => String::new(),
        };
        self.type_error(format!("{shown}() got an unexpected keyword argument '{text}'{hint}"))
    }

    #[cold]
    fn too_many_positional(
        &mut self,
        frame: &[Value],
        id: Id<Function>,
        parameters: &Parameters,
        given: usize,
    ) -> Fault {
        let shown = self.shown_function(id);
        let defaults = self.heap.functions.get(id).defaults.len();
        let most = parameters.positional;
        let keyword_only = frame[most..parameters.named()].iter().filter(|value| !value.is_undef()).count();
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let (takes, many) = if defaults > 0 {
            (format!("from {} to {most}", most - defaults.min(most)), true)
        } else {
            (most.to_string(), most != 1)
        };
        let were = if given == 1 && keyword_only == 0 { "was" } else { "were" };
        let given_text = if keyword_only > 0 {
            format!(
                "{given} positional argument{} (and {keyword_only} keyword-only argument{})",
                plural(given),
                plural(keyword_only)
            )
        } else {
            given.to_string()
        };
        let plural_takes = if many { "s" } else { "" };
        self.type_error(format!(
            "{shown}() takes {takes} positional argument{plural_takes} but {given_text} {were} given"
        ))
    }

    fn fill_defaults(
        &mut self,
        frame: &mut [Value],
        id: Id<Function>,
        code: &Code,
        parameters: &Parameters,
    ) -> Result<(), Fault> {
        let function = self.heap.functions.get(id);
        let mut missing: Vec<usize> = Vec::new();
        for (slot, value) in frame.iter_mut().enumerate().take(parameters.positional) {
            if value.is_undef() {
                let behind = (slot + function.defaults.len()).checked_sub(parameters.positional);
                match behind.and_then(|at| function.defaults.get(at)) {
                    Some(default) => *value = *default,
                    None => missing.push(slot),
                }
            }
        }
        if !missing.is_empty() {
            return Err(self.missing_arguments(id, code, "positional", &missing));
        }
        if parameters.keyword_only == 0 {
            return Ok(());
        }
        let keyword_defaults = function.extras.as_ref().map_or(Value::Undef, |extras| extras.keyword_defaults);
        for (slot, value) in frame.iter_mut().enumerate().take(parameters.named()).skip(parameters.positional) {
            if value.is_undef() {
                let name = self.heap.intern(&code.local_names[slot])?;
                let default = match keyword_defaults {
                    Value::Dict(dict) => self.find_str(dict, name),
                    _ => None,
                };
                match default {
                    Some(default) => *value = default,
                    None => missing.push(slot),
                }
            }
        }
        if missing.is_empty() { Ok(()) } else { Err(self.missing_arguments(id, code, "keyword-only", &missing)) }
    }

    #[cold]
    fn missing_arguments(&mut self, id: Id<Function>, code: &Code, kind: &str, missing: &[usize]) -> Fault {
        let shown = self.shown_function(id);
        let quoted: Vec<String> = missing.iter().map(|slot| format!("'{}'", code.local_names[*slot])).collect();
        let listed = match quoted.as_slice() {
            [only] => only.clone(),
            [first, second] => format!("{first} and {second}"),
            [rest @ .., last] => format!("{}, and {last}", rest.join(", ")),
            [] => String::new(),
        };
        let (count, plural) = (missing.len(), if missing.len() == 1 { "" } else { "s" });
        self.type_error(format!("{shown}() missing {count} required {kind} argument{plural}: {listed}"))
    }
}
