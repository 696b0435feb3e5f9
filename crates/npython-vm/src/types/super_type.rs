//! `super` objects: attribute look-up in the method resolution order of an object's class, behind a given class.

use smallvec::SmallVec;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::native::{NativeDef, Signature, constructor, getter, wrapper};
use crate::objects::{Object, Str, TypeObject};
use crate::value::{Id, Value};

pub(crate) const SUPER_METHODS: &[NativeDef] = &[
    constructor(Signature::Open, super_new),
    wrapper("__init__", Signature::Open, super_init),
    getter("__thisclass__", |m, args| part(m, args, 0)),
    getter("__self__", |m, args| part(m, args, 1)),
    getter("__self_class__", |m, args| part(m, args, 2)),
    wrapper("__get__", Signature::Positional(1, 2), bind_super),
];

/// For the prelude: `_super_of(class, kind, object, receiver_class)`, where the object itself told its class.
pub(crate) const INTRINSICS: &[NativeDef] =
    &[crate::native::function("_super_of", Signature::Positional(4, 4), super_of)];

/// Class, receiver and the class to look in.
#[derive(Clone, Copy)]
pub(crate) struct Super {
    pub(crate) class: Id<TypeObject>,
    pub(crate) receiver: Value,
    pub(crate) receiver_type: Id<TypeObject>,
}

impl Super {
    fn class_value(self) -> Value {
        Value::Type(self.class)
    }
}

fn super_new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (given, kwargs) = (&args[1..args.len() - 1], args[args.len() - 1]);
    if !kwargs.is_undef() {
        return Err(m.type_error("super() takes no keyword arguments"));
    }
    let Value::Type(kind) = args[0] else { return Err(Fault::Halt) };
    match *given {
        [] => Err(m.runtime_error("super(): no arguments")),
        [class] => m.new_super(kind, class, Value::Undef),
        [class, Value::None] => m.new_super(kind, class, Value::Undef),
        [class, receiver] => m.new_super(kind, class, receiver),
        _ => {
            let count = given.len();
            Err(m.type_error(format!("super() takes at most 2 arguments ({count} given)")))
        }
    }
}

/// A derived class may hand on other arguments than it got.
fn super_init(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (given, kwargs) = (&args[1..args.len() - 1], args[args.len() - 1]);
    if !kwargs.is_undef() {
        return Err(m.type_error("super() takes no keyword arguments"));
    }
    let (&[class] | &[class, _]) = given else { return Ok(Value::None) };
    let receiver = given.get(1).copied().filter(|receiver| !receiver.is_none()).unwrap_or(Value::Undef);
    if m.super_parts(args[0]).is_some_and(|known| known.class_value() == class && known.receiver == receiver) {
        return Ok(Value::None);
    }
    let made = m.new_super(crate::types::SUPER, class, receiver)?;
    if let (Value::Object(own), Value::Object(made)) = (m.unwrap(args[0]), made) {
        let parts = m.heap.objects.get(made).clone();
        *m.heap.objects.slot(own) = parts;
    }
    Ok(Value::None)
}

fn part(m: &mut Machine, args: &[Value], part: usize) -> Result<Value, Fault> {
    let Some(found) = m.super_parts(args[0]) else { return Ok(Value::None) };
    Ok(match part {
        0 => Value::Type(found.class),
        1 => found.receiver.given().unwrap_or(Value::None),
        _ if found.receiver.is_undef() => Value::None,
        _ => Value::Type(found.receiver_type),
    })
}

/// An unbound `super(C)` as a descriptor.
fn bind_super(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Some(found) = m.super_parts(args[0]) else { return Ok(args[0]) };
    if args[1].is_none() || !found.receiver.is_undef() {
        return Ok(args[0]);
    }
    let kind = m.type_of(args[0]);
    m.new_super(kind, Value::Type(found.class), args[1])
}

fn super_of(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let &[Value::Type(kind), Value::Type(class), receiver, reported] = args else { return Err(Fault::Halt) };
    match reported {
        Value::Type(receiver_type) if m.is_subclass(receiver_type, class) => {
            m.make_super(kind, Super { class, receiver, receiver_type })
        }
        _ => Err(m.no_super(class, receiver)),
    }
}

impl Machine {
    /// What a super object, or an instance of a class derived from `super`, was made of.
    #[inline]
    pub(crate) fn super_parts(&self, value: Value) -> Option<Super> {
        let Value::Object(id) = self.unwrap(value) else { return None };
        match *self.heap.objects.get(id) {
            Object::Super { class, receiver, receiver_type } => Some(Super { class, receiver, receiver_type }),
            _ => None,
        }
    }

    /// `kind(class, receiver)`: without a receiver (`Undef`) the object is unbound.
    ///
    /// # Errors
    /// TypeError where the receiver is no instance or subclass of the class.
    pub(crate) fn new_super(&mut self, kind: Id<TypeObject>, class: Value, receiver: Value) -> Result<Value, Fault> {
        let class_value = match class {
            Value::Cell(id) => self.heap.cells.get(id).content,
            other => other,
        };
        let Value::Type(class) = class_value else {
            let found = self.type_name(class_value);
            return Err(self.type_error(format!("super() argument 1 must be a type, not {found}")));
        };
        let receiver = match receiver {
            Value::Cell(id) => self.heap.cells.get(id).content,
            other => other,
        };
        if receiver.is_undef() {
            return self.make_super(kind, Super { class, receiver, receiver_type: class });
        }
        let receiver_type: Id<TypeObject> = match receiver {
            Value::Type(id) if self.is_subclass(id, class) => id,
            other => self.type_of(other),
        };
        if self.is_subclass(receiver_type, class) {
            return self.make_super(kind, Super { class, receiver, receiver_type });
        }
        if matches!(receiver, Value::Instance(_)) {
            return Err(self.prelude_call("_super_of_reported", &[Value::Type(kind), Value::Type(class), receiver]));
        }
        Err(self.no_super(class, receiver))
    }

    fn make_super(&mut self, kind: Id<TypeObject>, parts: Super) -> Result<Value, Fault> {
        let Super { class, receiver, receiver_type } = parts;
        let made = self.heap.new_object(Object::Super { class, receiver, receiver_type })?;
        self.wrap_payload(kind, made)
    }

    #[cold]
    fn no_super(&mut self, class: Id<TypeObject>, receiver: Value) -> Fault {
        let class = self.class_name(class);
        let kind = match receiver {
            Value::Type(id) => format!("type {}", self.class_name(id)),
            other => format!("instance of {}", self.type_name(other)),
        };
        self.type_error(format!("super(type, obj): obj ({kind}) is not an instance or subtype of type ({class})."))
    }

    /// An attribute of a super object.
    pub(crate) fn super_attribute(&mut self, object: Value, parts: Super, name: Id<Str>) -> Result<Value, Fault> {
        let Super { class, receiver, receiver_type } = parts;
        if name != names::CLASS && !receiver.is_undef() {
            let order = &self.heap.types.get(receiver_type).mro;
            let after = order.iter().position(|other| *other == class).map_or(order.len(), |at| at + 1);
            let bases: SmallVec<[Id<TypeObject>; 8]> = order.iter().skip(after).copied().collect();
            for base in bases {
                if let Some(attribute) = self.own_attribute(base, name) {
                    let through_class = receiver == Value::Type(receiver_type);
                    return self.bind(attribute, if through_class { Value::Undef } else { receiver }, receiver_type);
                }
            }
        }
        let own = self.type_of(object);
        if let Value::Instance(id) = object
            && let Some(value) = self.instance_attribute(id, name)
        {
            return Ok(value);
        }
        match self.type_lookup(own, name) {
            Some(attribute) => self.bind(attribute, object, own),
            None => Err(self.no_attribute(object, name)),
        }
    }
}
