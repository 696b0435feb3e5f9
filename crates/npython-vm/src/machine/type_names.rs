//! The names of types as messages and texts show them.

use crate::names;
use crate::objects::{TypeKind, TypeObject};
use crate::types;
use crate::value::{Id, Value};

use super::Machine;

impl Machine {
    /// Name of the type of a value, as in error messages.
    pub(crate) fn type_name(&self, value: Value) -> String {
        self.type_full_name(self.type_of(value))
    }

    /// `__name__` of a type.
    pub(crate) fn class_name(&self, class: Id<TypeObject>) -> String {
        match self.heap.types.get(class).name {
            Value::Str(name) => self.heap.str(name).to_owned(),
            _ => "?".to_owned(),
        }
    }

    pub(super) fn qualified_class_name(&self, class: Value) -> String {
        let Value::Type(class) = class else { return String::new() };
        let object = self.heap.types.get(class);
        let qualname = self.text_of(object.qualname);
        match object.module {
            Value::Str(module) if module != names::BUILTINS_NAME => format!("{}.{qualname}", self.heap.str(module)),
            _ => qualname,
        }
    }

    /// Qualified name of the value's type, with its module unless that is builtins.
    pub(super) fn qualified_type_name(&self, value: Value) -> String {
        self.qualified_class_name(Value::Type(self.type_of(value)))
    }

    /// `__qualname__` of a type.
    pub(crate) fn type_qualname(&self, class: Id<TypeObject>) -> String {
        match self.heap.types.get(class).qualname {
            Value::Str(name) => self.heap.str(name).to_owned(),
            _ => self.class_name(class),
        }
    }

    /// A type's name as error messages show it: a built-in one with its module unless that is builtins.
    pub(crate) fn type_full_name(&self, class: Id<TypeObject>) -> String {
        let name = self.class_name(class);
        // CPython's is a class of Python's.
        if self.heap.types.get(class).kind == TypeKind::Guest || class == types::QUITTER {
            return name;
        }
        match self.heap.types.get(class).module {
            Value::Str(module) if module != names::BUILTINS_NAME => format!("{}.{name}", self.heap.str(module)),
            _ => name,
        }
    }
}
