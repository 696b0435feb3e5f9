//! Types: what the type of a value is, lookup along the MRO, making classes and instances.

mod creation;

use smallvec::SmallVec;

use crate::fault::Fault;
use crate::names;
use crate::native::NativeKind;
use crate::objects::{
    DictViewKind, GeneratorKind, Instance, Iter, Layout, NO_SHAPE, Object, ShapeTable, SpecialFlags, Str, TypeKind,
    TypeObject,
};
use crate::types;
use crate::value::{Id, NativeId, Value};

use super::Machine;

/// Entries of the cache of attribute lookups on types, by type version and name. Made when the first class is.
const LOOKUP_CACHE: usize = 256;
/// Classes in one method resolution order: every look-up that finds nothing walks over all of them.
pub(crate) const MOST_ANCESTORS: usize = 256;

impl Machine {
    /// `type(value)`.
    pub(crate) fn type_of(&self, value: Value) -> Id<TypeObject> {
        match value {
            Value::None => types::NONE_TYPE,
            Value::Undef | Value::Missing => types::OBJECT,
            Value::False | Value::True => types::BOOL,
            Value::NotImplemented => types::NOT_IMPLEMENTED_TYPE,
            Value::Ellipsis => types::ELLIPSIS_TYPE,
            Value::Int(_) | Value::BigInt(_) => types::INT,
            Value::Float(_) => types::FLOAT,
            Value::Complex(_) => types::COMPLEX,
            Value::Str(_) => types::STR,
            Value::Bytes(_) => types::BYTES,
            Value::ByteArray(_) => types::BYTEARRAY,
            Value::List(_) => types::LIST,
            Value::Tuple(_) => types::TUPLE,
            Value::Dict(_) => types::DICT,
            Value::Set(_) => types::SET,
            Value::FrozenSet(_) => types::FROZENSET,
            Value::Range(_) => types::RANGE,
            Value::Slice(_) => types::SLICE,
            Value::Function(_) => types::FUNCTION,
            Value::Native(id) => self.type_of_native(id),
            Value::Host(_) => types::BUILTIN_FUNCTION,
            Value::BoundMethod(id) => match self.heap.bound_methods.get(id).function {
                Value::Native(native) if self.base.natives[native.index()].def.kind == NativeKind::Wrapper => {
                    types::METHOD_WRAPPER
                }
                Value::Native(_) => types::BUILTIN_FUNCTION,
                _ => types::METHOD,
            },
            Value::Type(id) => self.heap.types.get(id).metaclass,
            Value::Instance(id) => self.heap.instances.get(id).class,
            Value::Module(_) => types::MODULE,
            Value::Iter(id) => self.type_of_iter(id),
            Value::Generator(id) => match self.heap.generators.get(id).kind {
                GeneratorKind::Generator => types::GENERATOR,
                GeneratorKind::Coroutine => types::COROUTINE,
                GeneratorKind::AsyncGenerator => types::ASYNC_GENERATOR,
                GeneratorKind::AsyncStep => types::ASYNC_GENERATOR_STEP,
            },
            Value::Cell(_) => types::CELL,
            Value::Exception(_) => types::BASE_EXCEPTION,
            Value::Object(id) => self.type_of_object(id),
        }
    }

    fn type_of_native(&self, id: NativeId) -> Id<TypeObject> {
        let native = &self.base.natives[id.index()];
        match native.def.kind {
            NativeKind::Function if native.module == types::quitter::MODULE => types::QUITTER,
            NativeKind::Function | NativeKind::StaticMethod | NativeKind::New => types::BUILTIN_FUNCTION,
            NativeKind::Method => types::METHOD_DESCRIPTOR,
            NativeKind::Wrapper => types::WRAPPER_DESCRIPTOR,
            NativeKind::ClassMethod => types::CLASSMETHOD_DESCRIPTOR,
            NativeKind::Getter if types::descriptor::is_native_member(self, id) => types::MEMBER_DESCRIPTOR,
            NativeKind::Getter | NativeKind::Setter => types::GETSET_DESCRIPTOR,
        }
    }

    fn type_of_iter(&self, id: Id<Iter>) -> Id<TypeObject> {
        match self.heap.iters.get(id) {
            Iter::Done => types::ITERATOR,
            Iter::Range { .. } => types::RANGE_ITERATOR,
            Iter::List { .. } => types::LIST_ITERATOR,
            Iter::ListReversed { .. } => types::LIST_REVERSE_ITERATOR,
            Iter::Tuple { .. } => types::TUPLE_ITERATOR,
            Iter::Str { string, .. } if self.heap.strings.get(*string).ascii => types::STR_ASCII_ITERATOR,
            Iter::Str { .. } => types::STR_ITERATOR,
            Iter::Bytes { .. } => types::BYTES_ITERATOR,
            Iter::ByteArray { .. } => types::BYTEARRAY_ITERATOR,
            Iter::Dict { kind, reversed, .. } => match (kind, reversed) {
                (DictViewKind::Keys, false) => types::DICT_KEYITERATOR,
                (DictViewKind::Values, false) => types::DICT_VALUEITERATOR,
                (DictViewKind::Items, false) => types::DICT_ITEMITERATOR,
                (DictViewKind::Keys, true) => types::DICT_REVERSEKEYITERATOR,
                (DictViewKind::Values, true) => types::DICT_REVERSEVALUEITERATOR,
                (DictViewKind::Items, true) => types::DICT_REVERSEITEMITERATOR,
            },
            Iter::Set { .. } => types::SET_ITERATOR,
            Iter::Enumerate { .. } => types::ENUMERATE,
            Iter::Zip { .. } => types::ZIP,
            Iter::Sequence { .. } => types::REVERSED,
            Iter::WideRange { .. } => types::LONGRANGE_ITERATOR,
            Iter::Map { .. } => types::MAP,
            Iter::Filter { .. } => types::FILTER,
            Iter::Replay { .. } => types::ITERATOR,
            Iter::Guest { class, .. } | Iter::Tool { class, .. } => *class,
            Iter::Callable { .. } => types::CALLABLE_ITERATOR,
            Iter::GetItem { .. } => types::ITERATOR,
            Iter::Matches { .. } => types::CALLABLE_ITERATOR,
            Iter::Deque { reversed: false, .. } => types::DEQUE_ITERATOR,
            Iter::Deque { .. } => types::DEQUE_REVERSE_ITERATOR,
        }
    }

    fn type_of_object(&self, id: Id<Object>) -> Id<TypeObject> {
        match self.heap.objects.get(id) {
            Object::Free | Object::Plain => types::OBJECT,
            Object::Token { .. } => types::TOKEN,
            Object::DictView { kind, .. } => match kind {
                DictViewKind::Keys => types::DICT_KEYS,
                DictViewKind::Values => types::DICT_VALUES,
                DictViewKind::Items => types::DICT_ITEMS,
            },
            Object::Property { .. } => types::PROPERTY,
            Object::ClassMethod { .. } => types::CLASSMETHOD,
            Object::StaticMethod { .. } => types::STATICMETHOD,
            Object::Super { .. } => types::SUPER,
            Object::TypeProxy { .. } | Object::MappingProxy { .. } => types::MAPPINGPROXY,
            Object::Member { .. } => types::MEMBER_DESCRIPTOR,
            Object::GetSet { .. } => types::GETSET_DESCRIPTOR,
            Object::Code { .. } | Object::Compiled { .. } => types::CODE,
            Object::Traceback { .. } => types::TRACEBACK,
            Object::GenericAlias { .. } => types::GENERIC_ALIAS,
            Object::Union { .. } => types::UNION_TYPE,
            Object::TypeVar { kind, .. } => match kind & types::type_parameter::KIND {
                0 => types::TYPE_VAR,
                1 => types::PARAM_SPEC,
                _ => types::TYPE_VAR_TUPLE,
            },
            Object::TypeAlias { .. } => types::TYPE_ALIAS,
            Object::WeakReference { .. } => types::WEAK_REFERENCE,
            Object::MemoryView { .. } => types::MEMORYVIEW,
            Object::AsyncStep { .. } => types::ASYNC_GENERATOR_STEP,
            Object::Pattern(_) => types::PATTERN,
            Object::Match(_) => types::MATCH,
            Object::Scanner(_) => types::SCANNER,
            Object::CachedFunction(_) => types::LRU_CACHE_WRAPPER,
            Object::State { class, .. } => *class,
            Object::Deque(_) => types::DEQUE,
        }
    }

    /// The built-in value inside an instance of a class derived from a built-in type; any other value as it is.
    #[inline]
    pub(crate) fn unwrap(&self, value: Value) -> Value {
        match value {
            Value::Instance(id) => match self.heap.instances.get(id).payload {
                Value::Undef | Value::Exception(_) => value,
                payload => payload,
            },
            other => other,
        }
    }

    /// `payload` as an instance of `class`: itself for the built-in type, else an instance of the subclass around it.
    pub(crate) fn wrap_payload(&mut self, class: Id<TypeObject>, payload: Value) -> Result<Value, Fault> {
        if self.heap.types.get(class).kind == TypeKind::Native {
            Ok(payload)
        } else {
            self.new_instance(class, payload)
        }
    }

    /// An instance without attributes.
    pub(crate) fn new_instance(&mut self, class: Id<TypeObject>, payload: Value) -> Result<Value, Fault> {
        self.heap.reserve(size_of::<Instance>())?;
        let shape = match self.heap.types.get(class).root_shape {
            NO_SHAPE => self.make_root_shape(class),
            shape => shape,
        };
        Ok(Value::Instance(self.heap.instances.insert(Instance {
            class,
            shape,
            dict: None,
            payload,
            slots: SmallVec::new(),
        })))
    }

    fn make_root_shape(&mut self, class: Id<TypeObject>) -> u32 {
        if self.heap.types.is_base(class) {
            if let Some((_, shape)) = self.native_root_shapes.iter().find(|(other, _)| *other == class) {
                return *shape;
            }
            let shape = self.heap.shapes.add_root(class);
            self.native_root_shapes.push((class, shape));
            return shape;
        }
        let shape = self.heap.shapes.add_root(class);
        self.heap.types.slot(class).root_shape = shape;
        shape
    }

    /// Gives a new instance the root shape of its class.
    pub(crate) fn give_root_shape(&mut self, instance: Id<Instance>, class: Id<TypeObject>) {
        let shape = match self.heap.types.get(class).root_shape {
            NO_SHAPE => self.make_root_shape(class),
            shape => shape,
        };
        self.heap.instances.slot(instance).shape = shape;
    }

    /// An attribute of the class or its bases, in MRO order, as stored there.
    pub(crate) fn type_lookup(&self, class: Id<TypeObject>, name: Id<Str>) -> Option<Value> {
        let version = self.heap.types.get(class).version;
        let at = (version.wrapping_mul(0x9E37) ^ name.number()) as usize % LOOKUP_CACHE;
        if let Some(cell) = self.lookup_cache.get(at) {
            let (known_version, known_name, value) = cell.get();
            if known_version == version && known_name == name.number() {
                return value.given();
            }
            let found = self.type_lookup_where(class, name).map(|(value, _)| value);
            cell.set((version, name.number(), found.unwrap_or(Value::Undef)));
            return found;
        }
        self.type_lookup_where(class, name).map(|(value, _)| value)
    }

    /// The same, with the class that has it.
    pub(crate) fn type_lookup_where(&self, class: Id<TypeObject>, name: Id<Str>) -> Option<(Value, Id<TypeObject>)> {
        let hash = self.heap.strings.get(name).cached_hash();
        let hash = if hash == 0 { self.hash_of_str(name) } else { hash };
        let key = Value::Str(name);
        for base in &self.heap.types.get(class).mro {
            let attributes = &self.heap.types.get(*base).attributes;
            if let Ok(Some(at)) = attributes.find::<()>(hash, |other| Ok(*other == key))
                && let Some(entry) = attributes.entry(at)
            {
                return Some((entry.value, *base));
            }
        }
        None
    }

    /// A special method of a value's type, not looked for on the value itself.
    #[inline]
    pub(crate) fn special(&self, value: Value, name: Id<Str>) -> Option<Value> {
        self.type_lookup(self.type_of(value), name)
    }

    /// Whether the method comes from guest code (or None), not from a built-in type.
    pub(crate) fn is_guest_special(&self, value: Value, name: Id<Str>) -> Option<Value> {
        if !matches!(value, Value::Instance(_) | Value::Type(_) | Value::Object(_)) {
            return None;
        }
        let class = self.type_of(value);
        match self.type_lookup(class, name) {
            None => None,
            Some(found @ Value::Native(_)) => (!self.is_native_special(class, name, found)).then_some(found),
            found => found,
        }
    }

    /// Whether a built-in method found on a class is the one its built-in base has under the name: a class may take over
    /// another's, as in `__repr__ = object.__str__`, and then it is like one of the guest's.
    pub(crate) fn is_native_special(&self, class: Id<TypeObject>, name: Id<Str>, found: Value) -> bool {
        let object = self.heap.types.get(class);
        object.kind == TypeKind::Native || self.type_lookup(self.native_base(class), name) == Some(found)
    }

    pub(crate) fn is_subclass(&self, class: Id<TypeObject>, base: Id<TypeObject>) -> bool {
        class == base || self.heap.types.get(class).mro.contains(&base)
    }

    /// Whether the value's type is `class` or derived from it (no hooks).
    pub(crate) fn is_instance_of_type(&self, value: Value, class: Id<TypeObject>) -> bool {
        self.is_subclass(self.type_of(value), class)
    }

    /// A number no type had before.
    pub(crate) fn new_type_version(&mut self) -> u32 {
        self.next_type_version = self.next_type_version.wrapping_add(1).max(1);
        self.next_type_version
    }

    /// Sets or (with `Undef`) deletes an attribute of a guest class; false when there was nothing to delete.
    pub(crate) fn set_type_attribute(
        &mut self,
        class: Id<TypeObject>,
        name: Id<Str>,
        value: Value,
    ) -> Result<bool, Fault> {
        let hash = self.hash_of_str(name);
        let key = Value::Str(name);
        let found = self.heap.types.get(class).attributes.find::<()>(hash, |other| Ok(*other == key)).ok().flatten();
        if found.is_none() && !value.is_undef() {
            let growth = self.heap.types.get(class).attributes.growth_bytes_for_insert();
            self.heap.reserve(growth)?;
        }
        let Some(object) = self.heap.types.get_mut(class) else { return Ok(false) };
        match (found, value) {
            (Some(at), Value::Undef) => {
                object.attributes.remove_at(at);
            }
            (None, Value::Undef) => return Ok(false),
            (Some(at), value) => {
                if let Some(slot) = object.attributes.value_mut(at) {
                    *slot = value;
                }
            }
            (None, value) => {
                object.attributes.insert_new(hash, key, value);
            }
        }
        self.type_changed(class)?;
        Ok(true)
    }

    /// New versions and special flags for a class and everything derived from it.
    pub(crate) fn type_changed(&mut self, class: Id<TypeObject>) -> Result<(), Fault> {
        let before = self.next_type_version;
        let mut pending = vec![class];
        while let Some(class) = pending.pop() {
            // A class with several bases is reached on as many ways.
            if self.heap.types.get(class).version > before {
                continue;
            }
            self.charge(self.heap.types.get(class).mro.len() as u64 / 4)?;
            let version = self.new_type_version();
            // First: look-ups under the old version may be remembered.
            if let Some(object) = self.heap.types.get_mut(class) {
                object.version = version;
            }
            let flags = self.compute_flags(class);
            if let Some(object) = self.heap.types.get_mut(class) {
                object.flags = flags;
                pending.extend(object.subclasses.iter().copied());
            }
            if !pending.is_empty() {
                self.charge(4)?;
            }
        }
        Ok(())
    }

    fn compute_flags(&self, class: Id<TypeObject>) -> SpecialFlags {
        let object = self.heap.types.get(class);
        let mut flags = object.flags.0 & (SpecialFlags::NO_DICT | SpecialFlags::ABSTRACT);
        for (name, flag) in [
            (names::GETATTRIBUTE, SpecialFlags::GETATTRIBUTE),
            (names::GETATTR, SpecialFlags::GETATTR),
            (names::SETATTR, SpecialFlags::SETATTR),
            (names::DELATTR, SpecialFlags::DELATTR),
            (names::NEW, SpecialFlags::NEW),
            (names::HASH, SpecialFlags::HASH),
            (names::EQ, SpecialFlags::EQ),
            (names::GET, SpecialFlags::DESCRIPTOR_GET),
            (names::SET, SpecialFlags::DESCRIPTOR_SET),
            (names::DELETE, SpecialFlags::DESCRIPTOR_DELETE),
            (names::BOOL, SpecialFlags::BOOL),
            (names::LEN, SpecialFlags::LEN),
        ] {
            match self.type_lookup(class, name) {
                None => {}
                Some(found @ Value::Native(_)) if self.is_native_special(class, name, found) => {}
                Some(Value::None) if name == names::HASH => flags |= SpecialFlags::UNHASHABLE,
                Some(_) => flags |= flag,
            }
        }
        SpecialFlags(flags)
    }

    /// Method resolution order by C3 linearisation (<https://docs.python.org/3/howto/mro.html>).
    pub(crate) fn linearize(&mut self, bases: &[Id<TypeObject>]) -> Result<Vec<Id<TypeObject>>, Fault> {
        let mut lists: Vec<Vec<Id<TypeObject>>> =
            bases.iter().map(|base| self.heap.types.get(*base).mro.clone()).collect();
        lists.push(bases.to_vec());
        let total: usize = lists.iter().map(Vec::len).sum();
        if bases.len() >= MOST_ANCESTORS || lists.iter().any(|list| list.len() >= MOST_ANCESTORS) {
            return Err(self.too_many_ancestors());
        }
        self.charge_items(total)?;
        let mut positions = vec![0_usize; lists.len()];
        let mut order = Vec::new();
        loop {
            let heads: Vec<Id<TypeObject>> =
                lists.iter().zip(&positions).filter_map(|(list, position)| list.get(*position)).copied().collect();
            if heads.is_empty() {
                return Ok(order);
            }
            let mut candidate = None;
            for head in &heads {
                self.charge_items(total / 8)?;
                let mut tails = lists.iter().zip(&positions).map(|(list, position)| list.iter().skip(position + 1));
                if !tails.any(|mut tail| tail.any(|other| other == head)) {
                    candidate = Some(*head);
                    break;
                }
            }
            let Some(candidate) = candidate else {
                let mut names: Vec<String> = Vec::new();
                for head in heads {
                    let name = self.class_name(head);
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                let message =
                    format!("Cannot create a consistent method resolution order (MRO) for bases {}", names.join(", "));
                return Err(self.type_error(message));
            };
            order.push(candidate);
            if order.len() >= MOST_ANCESTORS {
                return Err(self.too_many_ancestors());
            }
            for (list, position) in lists.iter().zip(&mut positions) {
                if list.get(*position) == Some(&candidate) {
                    *position += 1;
                }
            }
        }
    }

    #[cold]
    pub(crate) fn too_many_ancestors(&mut self) -> Fault {
        self.type_error(format!("a class may have at most {MOST_ANCESTORS} classes in its method resolution order"))
    }

    /// The base whose layout the class takes over.
    pub(crate) fn best_base(&mut self, bases: &[Id<TypeObject>]) -> Result<Id<TypeObject>, Fault> {
        let mut best = types::OBJECT;
        for base in bases {
            let object = self.heap.types.get(*base);
            if !object.base_allowed {
                let name = self.type_full_name(*base);
                return Err(self.type_error(format!("type '{name}' is not an acceptable base type")));
            }
            let (solid, best_solid) = (self.solid_base(*base), self.solid_base(best));
            if best == types::OBJECT || (self.is_subclass(solid, best_solid) && solid != best_solid) {
                best = *base;
            } else if !self.is_subclass(best_solid, solid) {
                return Err(self.type_error("multiple bases have instance lay-out conflict"));
            }
        }
        Ok(best)
    }

    /// The built-in type, or class with slots, that determines the layout.
    pub(crate) fn solid_base(&self, class: Id<TypeObject>) -> Id<TypeObject> {
        for base in &self.heap.types.get(class).mro {
            let object = self.heap.types.get(*base);
            let own_slots = object.kind == TypeKind::Guest && {
                let inherited = object.bases.first().map_or(0, |first| self.heap.types.get(*first).slots.len());
                object.slots.len() > inherited
            };
            // Exception types share one layout here: groups, StopIteration and the rest differ by fields only.
            let native = object.kind == TypeKind::Native
                && (object.layout != Layout::Exception || *base == types::BASE_EXCEPTION);
            if own_slots || native {
                return *base;
            }
        }
        types::OBJECT
    }

    /// An attribute of the class itself.
    pub(crate) fn own_attribute(&self, class: Id<TypeObject>, name: Id<Str>) -> Option<Value> {
        let hash = self.hash_of_str(name);
        let attributes = &self.heap.types.get(class).attributes;
        let at = attributes.find::<()>(hash, |other| Ok(*other == Value::Str(name))).ok().flatten()?;
        attributes.entry(at).map(|entry| entry.value)
    }

    /// Bytes a new shape takes are reserved before it is made.
    pub(crate) fn reserve_shape(&mut self, names: usize) -> Result<(), Fault> {
        self.heap.reserve(ShapeTable::bytes_of(names))
    }
}
