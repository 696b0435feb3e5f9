//! The descriptor of a field of a named tuple: the item at an index.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, function, getter, setter, wrapper};
use crate::objects::Object;
use crate::types;
use crate::value::{Id, Value};

pub(crate) const METHODS: &[NativeDef] = &[
    wrapper("__get__", Signature::Positional(1, 2), descriptor_get),
    wrapper("__set__", Signature::Positional(2, 2), |m, _| Err(m.raise(types::ATTRIBUTE_ERROR, "can't set attribute"))),
    wrapper("__delete__", Signature::One, |m, _| Err(m.raise(types::ATTRIBUTE_ERROR, "can't delete attribute"))),
    wrapper("__repr__", Signature::None, repr),
    getter("__doc__", |m, args| Ok(state(m, args[0]).map_or(Value::None, |(_, doc)| doc))),
    setter("__doc__", set_doc),
];

pub(crate) const INTRINSICS: &[NativeDef] = &[function("_make_tuple_getter", Signature::Positional(2, 2), make)];

/// `_make_tuple_getter(index, doc)`
fn make(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    m.heap.new_object(Object::State { class: types::TUPLE_GETTER, fields: args.to_vec() })
}

/// Index and docstring.
fn state(m: &Machine, descriptor: Value) -> Option<(usize, Value)> {
    match descriptor {
        Value::Object(id) => state_of(m, id),
        _ => None,
    }
}

fn state_of(m: &Machine, id: Id<Object>) -> Option<(usize, Value)> {
    match m.heap.objects.get(id) {
        Object::State { class, fields } if *class == types::TUPLE_GETTER => match *fields.as_slice() {
            [Value::Int(index), doc] => Some((usize::try_from(index).ok()?, doc)),
            _ => None,
        },
        _ => None,
    }
}

/// The index of the field that an object describes, if that is what it does.
pub(crate) fn field_index(m: &Machine, id: Id<Object>) -> Option<usize> {
    state_of(m, id).map(|(index, _)| index)
}

/// The field of an object.
///
/// # Errors
/// TypeError when it is no tuple, IndexError when the tuple is too short.
pub(crate) fn field(m: &mut Machine, index: usize, object: Value) -> Result<Value, Fault> {
    let Value::Tuple(tuple) = m.unwrap(object) else {
        let found = m.type_name(object);
        return Err(m.type_error(format!(
            "descriptor for index '{index}' for tuple subclasses doesn't apply to '{found}' object"
        )));
    };
    match m.heap.tuple(tuple).get(index) {
        Some(item) => Ok(*item),
        None => Err(m.index_error("tuple index out of range")),
    }
}

fn descriptor_get(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (object, class) = (args[1], args.get(2).copied().unwrap_or(Value::None));
    match state(m, args[0]) {
        _ if object.is_none() && class.is_none() => Err(m.type_error("__get__(None, None) is invalid")),
        Some((index, _)) if !object.is_none() => field(m, index, object),
        _ => Ok(args[0]),
    }
}

fn repr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let (index, doc) = state(m, args[0]).unwrap_or((0, Value::None));
    let doc = m.repr_native(doc)?;
    m.text_to_value(format!("_tuplegetter({index}, {doc})"))
}

fn set_doc(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if let Value::Object(id) = args[0]
        && let Object::State { fields, .. } = m.heap.objects.slot(id)
        && let Some(doc) = fields.get_mut(1)
    {
        *doc = args[1].given().unwrap_or(Value::None);
    }
    Ok(Value::None)
}
