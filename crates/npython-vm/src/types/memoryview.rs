//! Methods of `memoryview` (<https://docs.python.org/3.13/library/stdtypes.html#memory-views>).

mod access;
mod cast;
mod items;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, constructor, getter, method, wrapper};
use crate::objects::{Iter, Object, ViewLayout};
use crate::types;
use crate::value::Value;

use super::bytes::{argument, convert};
use items::Item;

/// Methods of `memoryview`.
pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Named("object"), new),
    wrapper("__delitem__", Signature::One, access::delete_item),
    wrapper("__eq__", Signature::One, equal),
    wrapper("__ne__", Signature::One, not_equal),
    wrapper("__getitem__", Signature::One, access::get_item).or("view_getitem"),
    wrapper("__setitem__", Signature::Positional(2, 2), access::set_item).or("view_setitem"),
    wrapper("__hash__", Signature::None, hash_of_view),
    wrapper("__iter__", Signature::None, iter),
    wrapper("__len__", Signature::None, len),
    method("__enter__", Signature::None, enter),
    method("__exit__", Signature::Variadic(0), release),
    method("cast", Signature::Named("format, shape="), cast::cast),
    method("hex", Signature::Named("sep=, bytes_per_sep="), hex).or("bytes_hex"),
    method("release", Signature::None, release),
    method("tobytes", Signature::Named("order="), to_bytes),
    method("tolist", Signature::None, to_list),
    method("toreadonly", Signature::None, to_read_only),
    getter("c_contiguous", |m, args| Ok(Value::bool(receiver(m, args)?.layout.is_c_contiguous()))),
    getter("contiguous", |m, args| {
        let layout = receiver(m, args)?.layout;
        Ok(Value::bool(layout.is_c_contiguous() || layout.is_f_contiguous()))
    }),
    getter("f_contiguous", |m, args| Ok(Value::bool(receiver(m, args)?.layout.is_f_contiguous()))),
    getter("format", format),
    getter("itemsize", |m, args| Ok(Value::Int(receiver(m, args)?.layout.format.item_size() as i64))),
    getter("nbytes", |m, args| Ok(Value::Int(receiver(m, args)?.layout.bytes() as i64))),
    getter("ndim", |m, args| Ok(Value::Int(receiver(m, args)?.layout.shape.len() as i64))),
    getter("obj", object),
    getter("readonly", is_read_only),
    getter("shape", shape),
    getter("strides", strides),
    getter("suboffsets", sub_offsets),
];

/// Charged for a collection that a program causes by resizing a bytearray with views.
const COLLECTION_GAS: u64 = 20_000;

/// What a view shows.
pub(crate) struct View {
    source: Value,
    layout: ViewLayout,
    readonly: bool,
}

/// The bytes of a view's source.
fn shown_bytes(m: &Machine, source: Value) -> &[u8] {
    match source {
        Value::Bytes(id) => &m.heap.bytes.get(id).data,
        Value::ByteArray(id) => &m.heap.byte_arrays.get(id).data,
        _ => &[],
    }
}

impl Machine {
    #[cold]
    pub(crate) fn released_view(&mut self) -> Fault {
        self.value_error("operation forbidden on released memoryview object")
    }

    /// What a memoryview shows; `None` for other objects, and for one that was released.
    fn view_of(&self, value: Value) -> Option<View> {
        let Value::Object(id) = value else { return None };
        match self.heap.objects.get(id) {
            Object::MemoryView { source, layout, readonly, released: false } => {
                Some(View { source: *source, layout: (**layout).clone(), readonly: *readonly })
            }
            _ => None,
        }
    }

    /// Number of bytes a memoryview shows; `None` for other objects.
    pub(crate) fn view_size(&self, value: Value) -> Option<usize> {
        self.view_of(value).map(|view| view.layout.bytes())
    }

    /// `len(view)`
    ///
    /// # Errors
    /// ValueError for one that was released, TypeError for one without dimensions.
    pub(crate) fn view_length(&mut self, value: Value) -> Result<usize, Fault> {
        let view = receiver(self, &[value])?;
        match view.layout.shape.first() {
            Some(length) => Ok(*length),
            None => Err(self.type_error("0-dim memory has no length")),
        }
    }

    /// Whether the items of a view can be gone through.
    ///
    /// # Errors
    /// What iteration raises where they cannot.
    pub(crate) fn check_view_iterable(&mut self, value: Value) -> Result<(), Fault> {
        match receiver(self, &[value])?.layout.shape.len() {
            0 => Err(self.type_error("invalid indexing of 0-dim memory")),
            1 => Ok(()),
            _ => Err(self.raise(types::NOT_IMPLEMENTED_ERROR, "multi-dimensional sub-views are not implemented")),
        }
    }

    /// A copy of the bytes of the items of a memoryview, the last index moving fastest, or the first; `None` for other
    /// objects.
    ///
    /// # Errors
    /// ValueError for a view that was released.
    pub(crate) fn view_bytes(&mut self, value: Value, first_fastest: bool) -> Result<Option<Vec<u8>>, Fault> {
        let Value::Object(id) = value else { return Ok(None) };
        if !matches!(self.heap.objects.get(id), Object::MemoryView { .. }) {
            return Ok(None);
        }
        let View { source, mut layout, .. } = receiver(self, &[value])?;
        self.charge_items(layout.items())?;
        self.make_room(layout.bytes())?;
        if first_fastest {
            layout.shape.reverse();
            layout.strides.reverse();
        }
        let (data, size) = (shown_bytes(self, source), layout.format.item_size());
        let mut copied = Vec::with_capacity(layout.bytes());
        for at in Positions::new(&layout) {
            copied.extend_from_slice(data.get(at..at + size).unwrap_or_default());
        }
        Ok(Some(copied))
    }
}

/// The byte positions of the items of a layout, the last index moving fastest.
struct Positions<'a> {
    layout: &'a ViewLayout,
    indexes: Vec<usize>,
    at: isize,
    left: usize,
}

impl<'a> Positions<'a> {
    fn new(layout: &'a ViewLayout) -> Self {
        Self { layout, indexes: vec![0; layout.shape.len()], at: layout.start as isize, left: layout.items() }
    }
}

impl Iterator for Positions<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        self.left = self.left.checked_sub(1)?;
        let here = self.at;
        let dimensions = self.indexes.iter_mut().zip(&self.layout.shape).zip(&self.layout.strides);
        for ((index, length), stride) in dimensions.rev() {
            *index += 1;
            self.at = self.at.wrapping_add(*stride);
            if *index < *length {
                break;
            }
            *index = 0;
            self.at = self.at.wrapping_sub(stride.wrapping_mul(*length as isize));
        }
        Some(here as usize)
    }
}

fn receiver(m: &mut Machine, args: &[Value]) -> Result<View, Fault> {
    let given = argument(args, 0);
    if let Some(view) = m.view_of(given) {
        return Ok(view);
    }
    match given {
        Value::Object(id) if matches!(m.heap.objects.get(id), Object::MemoryView { .. }) => Err(m.released_view()),
        _ => Err(not_a_view(m, given)),
    }
}

#[cold]
fn not_a_view(m: &mut Machine, given: Value) -> Fault {
    let name = m.type_name(given);
    m.type_error(format!("descriptor requires a 'memoryview' object but received a '{name}'"))
}

/// A new view. A bytearray counts its views; those that became garbage are counted until somebody asks.
fn new_view(m: &mut Machine, source: Value, layout: ViewLayout, readonly: bool) -> Result<Value, Fault> {
    if let Value::ByteArray(array) = source {
        let exports = &mut m.heap.byte_arrays.slot(array).exports;
        *exports = exports.saturating_add(1);
    }
    m.heap.new_object(Object::MemoryView { source, layout: Box::new(layout), readonly, released: false })
}

fn new(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let given = argument(args, 1);
    match m.unwrap(given) {
        source @ (Value::Bytes(_) | Value::ByteArray(_)) => {
            let layout = ViewLayout::of_bytes(shown_bytes(m, source).len());
            new_view(m, source, layout, matches!(source, Value::Bytes(_)))
        }
        Value::Object(id) if matches!(m.heap.objects.get(id), Object::MemoryView { .. }) => {
            let view = receiver(m, &[given])?;
            new_view(m, view.source, view.layout, view.readonly)
        }
        _ => {
            let name = m.type_name(given);
            Err(m.type_error(format!("memoryview: a bytes-like object is required, not '{name}'")))
        }
    }
}

/// Whether a view equals another object with the same items in the same shape; `None` for objects without bytes.
fn same_items(m: &mut Machine, args: &[Value]) -> Result<Option<bool>, Fault> {
    let (left, right) = (argument(args, 0), argument(args, 1));
    let Some(own) = m.view_of(left) else { return Ok(Some(left == right)) };
    let other = match (m.view_of(right), m.unwrap(right)) {
        (Some(other), _) => other,
        (None, source @ (Value::Bytes(_) | Value::ByteArray(_))) => {
            View { source, layout: ViewLayout::of_bytes(shown_bytes(m, source).len()), readonly: true }
        }
        (None, _) if m.is_bytes_like(right) => return Ok(Some(false)),
        _ => return Ok(None),
    };
    if own.layout.shape != other.layout.shape {
        return Ok(Some(false));
    }
    m.charge_items(own.layout.items().saturating_mul(2))?;
    let item = |view: &View, at: usize| {
        let data = shown_bytes(m, view.source);
        Item::read(view.layout.format, data.get(at..at + view.layout.format.item_size()).unwrap_or_default())
    };
    let mut pairs = Positions::new(&own.layout).zip(Positions::new(&other.layout));
    Ok(Some(pairs.all(|(left, right)| item(&own, left).equals(item(&other, right)))))
}

fn equal(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(same_items(m, args)?.map_or(Value::NotImplemented, Value::bool))
}

fn not_equal(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(same_items(m, args)?.map_or(Value::NotImplemented, |same| Value::bool(!same)))
}

fn hash_of_view(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    if !view.readonly {
        return Err(m.value_error("cannot hash writable memoryview object"));
    }
    if !view.layout.format.is_bytes() {
        return Err(m.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
    }
    // The object it shows must have a hash too.
    m.hash_native(view.source)?;
    let data = m.byte_copy(argument(args, 0))?.unwrap_or_default();
    let bytes = m.heap.new_bytes(data)?;
    m.hash_native(bytes).map(Value::Int)
}

fn iter(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    m.check_view_iterable(argument(args, 0))?;
    m.heap.new_iter(Iter::GetItem { object: argument(args, 0), next: 0 })
}

fn len(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(Value::Int(m.view_length(argument(args, 0))? as i64))
}

fn enter(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    receiver(m, args)?;
    Ok(argument(args, 0))
}

fn release(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    if let Value::Object(id) = argument(args, 0)
        && let Object::MemoryView { released, source, .. } = m.heap.objects.slot(id)
        && !std::mem::replace(released, true)
        && let Value::ByteArray(array) = *source
    {
        let exports = &mut m.heap.byte_arrays.slot(array).exports;
        *exports = exports.saturating_sub(1);
    }
    Ok(Value::None)
}

/// Prelude intrinsic: whether a bytearray had views since they were counted. If so it asks for a collection, after which
/// garbage views do not count any more. Whether they were collected before does not matter: it must not show in the gas.
pub(crate) fn collect_views(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let Value::ByteArray(array) = m.unwrap(argument(args, 0)) else { return Ok(Value::False) };
    if m.heap.byte_arrays.get(array).exports == 0 {
        return Ok(Value::False);
    }
    m.charge(COLLECTION_GAS)?;
    m.heap.collect_requested = true;
    Ok(Value::True)
}

/// Prelude intrinsic: counts the views that show a bytearray anew.
pub(crate) fn count_views(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let source = m.unwrap(argument(args, 0));
    let shows = |object: &Object| matches!(object, Object::MemoryView { source: shown, released: false, .. } if *shown == source);
    let count = m.heap.objects.live_ids().filter(|id| shows(m.heap.objects.get(*id))).count();
    if let Value::ByteArray(array) = source {
        m.heap.byte_arrays.slot(array).exports = count as u32;
    }
    Ok(Value::Int(count as i64))
}

fn hex(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    receiver(m, args)?;
    let group = m.optional_size(args, 2, 1)?;
    let data = m.byte_copy(argument(args, 0))?.unwrap_or_default();
    convert::hex_text(m, &data, argument(args, 1), group)
}

/// `tobytes(order)`
fn to_bytes(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    let order = match argument(args, 1).given().filter(|order| !order.is_none()) {
        None => "C".to_owned(),
        Some(order) => {
            let Some(id) = m.as_str(order) else {
                let found = m.argument_type_name(order);
                return Err(m.type_error(format!("tobytes() argument 'order' must be str or None, not {found}")));
            };
            m.heap.str(id).to_owned()
        }
    };
    let data = match order.as_str() {
        "C" => m.byte_copy(argument(args, 0))?,
        "F" => m.view_bytes(argument(args, 0), true)?,
        "A" => m.view_bytes(argument(args, 0), view.layout.is_f_contiguous())?,
        _ => return Err(m.value_error("order must be 'C', 'F' or 'A'")),
    };
    m.heap.new_bytes(data.unwrap_or_default())
}

/// `tolist()`: one list, or lists of lists for views of more dimensions.
fn to_list(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    let count = view.layout.items();
    m.charge_items(count)?;
    m.make_room(count.saturating_mul(size_of::<Value>()))?;
    let size = view.layout.format.item_size();
    let mut values = Vec::with_capacity(count);
    for at in Positions::new(&view.layout) {
        let item = Item::read(view.layout.format, shown_bytes(m, view.source).get(at..at + size).unwrap_or_default());
        values.push(item.value(m)?);
    }
    let Some((outermost, inner)) = view.layout.shape.split_first() else {
        return Ok(values.first().copied().unwrap_or(Value::None));
    };
    // From the innermost lists outwards.
    let mut lists = count;
    for length in inner.iter().rev() {
        lists /= (*length).max(1);
        let mut grouped = Vec::with_capacity(lists);
        let mut rest = values.into_iter();
        for _ in 0..lists {
            let group: Vec<Value> = rest.by_ref().take(*length).collect();
            grouped.push(m.heap.new_list(group)?);
        }
        values = grouped;
    }
    values.truncate(*outermost);
    m.heap.new_list(values)
}

fn to_read_only(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let view = receiver(m, args)?;
    new_view(m, view.source, view.layout, true)
}

fn format(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let text = receiver(m, args)?.layout.format.text();
    m.heap.new_str(&text)
}

fn object(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(receiver(m, args)?.source)
}

fn is_read_only(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    Ok(Value::bool(receiver(m, args)?.readonly))
}

fn shape(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let lengths: Vec<Value> = receiver(m, args)?.layout.shape.iter().map(|length| Value::Int(*length as i64)).collect();
    m.heap.new_tuple(&lengths)
}

fn strides(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let steps: Vec<Value> = receiver(m, args)?.layout.strides.iter().map(|step| Value::Int(*step as i64)).collect();
    m.heap.new_tuple(&steps)
}

fn sub_offsets(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    receiver(m, args)?;
    m.heap.new_tuple(&[])
}
