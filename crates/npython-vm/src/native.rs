//! Native functions: what a row of a method table says and how arguments reach the function.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::value::Value;

/// A function of the machine. Arguments as its [`Signature`] arranged them; a method's receiver comes first.
pub(crate) type NativeFn = fn(&mut Machine, &[Value]) -> Result<Value, Fault>;

/// Which arguments a native function takes (the receiver not counted), and thereby how CPython words a mistake.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Signature {
    /// No arguments: "takes no arguments (1 given)".
    None,
    /// One positional argument: "takes exactly one argument (2 given)".
    One,
    /// Positional arguments only: "expected at most 2 arguments, got 3". The slice has as many values as were given.
    Positional(u8, u8),
    /// Any number of positional arguments, at least so many.
    Variadic(u8),
    /// Named parameters in CPython's notation, e.g. "iterable, /, *, key=, reverse=". The slice has one value for each
    /// parameter, `Undef` where an optional one was not given.
    Named(&'static str),
    /// `*args, **kwargs`: the slice holds the positional arguments and then one dict (or `Undef`) of keyword arguments.
    Open,
}

/// What a native function is to the guest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NativeKind {
    /// A builtin or module function.
    Function,
    /// A method of a type: first argument is the receiver.
    Method,
    /// Like a method, but named with underscores: a slot wrapper.
    Wrapper,
    /// First argument is the class.
    ClassMethod,
    StaticMethod,
    /// `__new__`: first argument is the class.
    New,
    /// Attribute read: called with the receiver.
    Getter,
    /// Attribute write: called with receiver and value (`Undef` to delete).
    Setter,
}

/// A row of a table of native functions.
pub(crate) struct NativeDef {
    pub(crate) name: &'static str,
    pub(crate) kind: NativeKind,
    pub(crate) signature: Signature,
    pub(crate) call: NativeFn,
    /// The prelude function to call with the same arguments when `call` returns [`Fault::Fallback`].
    pub(crate) fallback: Option<&'static str>,
}

impl NativeDef {
    const fn new(name: &'static str, kind: NativeKind, signature: Signature, call: NativeFn) -> Self {
        Self { name, kind, signature, call, fallback: None }
    }

    /// With a prelude function for arguments that need guest code.
    pub(crate) const fn or(mut self, fallback: &'static str) -> Self {
        self.fallback = Some(fallback);
        self
    }
}

/// A row for a built-in function.
pub(crate) const fn function(name: &'static str, signature: Signature, call: NativeFn) -> NativeDef {
    NativeDef::new(name, NativeKind::Function, signature, call)
}

/// A row for a method, whose receiver is the first argument.
pub(crate) const fn method(name: &'static str, signature: Signature, call: NativeFn) -> NativeDef {
    NativeDef::new(name, NativeKind::Method, signature, call)
}

/// A row for a special method (`__add__`), which CPython words mistakes in calls of otherwise.
pub(crate) const fn wrapper(name: &'static str, signature: Signature, call: NativeFn) -> NativeDef {
    NativeDef::new(name, NativeKind::Wrapper, signature, call)
}

/// A row for a class method: the class is the first argument.
pub(crate) const fn class_method(name: &'static str, signature: Signature, call: NativeFn) -> NativeDef {
    NativeDef::new(name, NativeKind::ClassMethod, signature, call)
}

/// A row for a static method.
pub(crate) const fn static_method(name: &'static str, signature: Signature, call: NativeFn) -> NativeDef {
    NativeDef::new(name, NativeKind::StaticMethod, signature, call)
}

/// A row for `__new__`: the class is the first argument.
pub(crate) const fn constructor(signature: Signature, call: NativeFn) -> NativeDef {
    NativeDef::new("__new__", NativeKind::New, signature, call)
}

/// A row for reading a computed attribute of the only argument.
pub(crate) const fn getter(name: &'static str, call: NativeFn) -> NativeDef {
    NativeDef::new(name, NativeKind::Getter, Signature::None, call)
}

/// A row for storing, or with `Undef` deleting, a computed attribute.
pub(crate) const fn setter(name: &'static str, call: NativeFn) -> NativeDef {
    NativeDef::new(name, NativeKind::Setter, Signature::One, call)
}

/// A parameter of [`Signature::Named`].
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) positional: bool,
    pub(crate) keyword: bool,
    pub(crate) required: bool,
}

/// Reads the notation of [`Signature::Named`]: `/` ends positional-only parameters, `*` starts keyword-only ones, `=`
/// (with or without a default, which is for the reader) makes a parameter optional.
pub(crate) fn parse_parameters(text: &'static str) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut keyword_only = false;
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        match part {
            "/" => parameters.iter_mut().for_each(|parameter| parameter.keyword = false),
            "*" => keyword_only = true,
            _ => {
                let (name, optional) = part.split_once('=').map_or((part, false), |(name, _)| (name, true));
                parameters.push(Parameter { name, positional: !keyword_only, keyword: true, required: !optional });
            }
        }
    }
    parameters
}
