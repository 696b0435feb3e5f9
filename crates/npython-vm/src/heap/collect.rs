//! Mark and sweep with an explicit work list.

use crate::objects::{Iter, Object, StrText};
use crate::pace::{GoOn, Interrupted};
use crate::value::{Id, Value};

use super::Heap;

/// Objects visited between two questions whether the program is to go on.
const VISITED_PER_QUESTION: usize = 1 << 15;

/// Items of a container that are visited at once.
const VISITED_AT_ONCE: usize = 128;

/// Objects found reachable whose contents are still to be visited.
pub(crate) struct Marker {
    pending: Vec<Value>,
    /// Containers with many items, and the position to go on from when nothing is pending. So a list of a million lists
    /// does not make them all pending.
    unfinished: Vec<(Value, usize)>,
}

/// Whether a value is all there is of it: nothing of the heap.
#[inline(always)]
fn holds_itself(value: Value) -> bool {
    matches!(value, Value::Undef | Value::None | Value::False | Value::True | Value::Int(_) | Value::Float(_))
}

impl Marker {
    /// Starts a collection.
    pub(crate) fn new(heap: &mut Heap) -> Self {
        heap.for_each_arena_clear();
        let mut marker = Self { pending: Vec::new(), unfinished: Vec::new() };
        let interned: Vec<_> = heap.interned_ids().collect();
        for id in interned {
            heap.strings.mark(id);
        }
        let names: Vec<_> = heap.shapes.all_names().collect();
        for id in names {
            marker.visit(heap, Value::Str(id));
        }
        marker
    }

    /// Visits the weak references to what is never collected.
    pub(crate) fn visit_references_to_base(&mut self, heap: &mut Heap) {
        let targets: Vec<Value> = heap.weak_references.targets().filter(|target| heap.is_of_base(*target)).collect();
        for target in targets {
            let references = heap.weak_references.all(target);
            self.visit_all(heap, references);
        }
    }

    /// Marks a root or a reference.
    #[inline]
    pub(crate) fn visit(&mut self, heap: &mut Heap, value: Value) {
        let first = match value {
            Value::Undef
            | Value::Missing
            | Value::None
            | Value::False
            | Value::True
            | Value::NotImplemented
            | Value::Ellipsis
            | Value::Int(_)
            | Value::Float(_)
            | Value::Native(_)
            | Value::Host(_) => false,
            Value::Str(id) => {
                if heap.strings.mark(id)
                    && let StrText::Shared { buffer, .. } = heap.strings.get(id).text
                {
                    heap.buffers.mark(buffer);
                }
                false
            }
            Value::BigInt(id) => {
                heap.big_ints.mark(id);
                false
            }
            Value::Complex(id) => {
                heap.complexes.mark(id);
                false
            }
            Value::Bytes(id) => {
                heap.bytes.mark(id);
                false
            }
            Value::ByteArray(id) => {
                heap.byte_arrays.mark(id);
                false
            }
            Value::List(id) => heap.lists.mark(id),
            Value::Tuple(id) => heap.tuples.mark(id),
            Value::Dict(id) => heap.dicts.mark(id),
            Value::Set(id) | Value::FrozenSet(id) => heap.sets.mark(id),
            Value::Range(id) => heap.ranges.mark(id),
            Value::Slice(id) => heap.slices.mark(id),
            Value::Function(id) => heap.functions.mark(id),
            Value::BoundMethod(id) => heap.bound_methods.mark(id),
            Value::Type(id) => heap.types.mark(id),
            Value::Instance(id) => heap.instances.mark(id),
            Value::Module(id) => heap.modules.mark(id),
            Value::Iter(id) => heap.iters.mark(id),
            Value::Generator(id) => heap.generators.mark(id),
            Value::Cell(id) => heap.cells.mark(id),
            Value::Exception(id) => heap.exceptions.mark(id),
            Value::Object(id) => heap.objects.mark(id),
        };
        if first {
            self.pending.push(value);
        }
    }

    fn visit_all(&mut self, heap: &mut Heap, values: impl IntoIterator<Item = Value>) {
        for value in values {
            self.visit(heap, value);
        }
    }

    /// Visits everything reachable from what was visited.
    ///
    /// # Errors
    /// `Interrupted` when `go_on` says so.
    pub(crate) fn drain(&mut self, heap: &mut Heap, go_on: GoOn<'_>) -> Result<(), Interrupted> {
        let mut visited = 0_usize;
        loop {
            if let Some(value) = self.pending.pop() {
                self.visit_contents(heap, value);
                visited += 1;
            } else if let Some((container, position)) = self.unfinished.pop() {
                self.visit_items(heap, container, position);
                visited += VISITED_AT_ONCE;
            } else {
                return Ok(());
            }
            if visited >= VISITED_PER_QUESTION {
                visited = 0;
                go_on()?;
            }
        }
    }

    /// Visits some items of a container, from a position on.
    fn visit_items(&mut self, heap: &mut Heap, container: Value, position: usize) {
        match container {
            Value::List(id) => self.visit_slice(heap, container, position, |heap| &heap.lists.get(id).items),
            Value::Tuple(id) => self.visit_slice(heap, container, position, |heap| &heap.tuples.get(id).items),
            _ => self.visit_entries(heap, container, position),
        }
    }

    /// The same for items side by side: numbers and the like are passed over.
    #[inline]
    fn visit_slice(&mut self, heap: &mut Heap, container: Value, position: usize, items: impl Fn(&Heap) -> &[Value]) {
        let end = position + VISITED_AT_ONCE;
        let mut position = position;
        loop {
            let all = items(heap);
            let part = all.get(position..end.min(all.len())).unwrap_or_default();
            let Some(found) = part.iter().position(|item| !holds_itself(*item)) else {
                if all.len() > end {
                    self.unfinished.push((container, end));
                }
                return;
            };
            let item = part.get(found).copied().unwrap_or(Value::Undef);
            position += found + 1;
            self.visit(heap, item);
        }
    }

    /// The same for keys and values of a dict, elements of a set and items of a queue.
    fn visit_entries(&mut self, heap: &mut Heap, container: Value, position: usize) {
        let mut position = position;
        for _ in 0..VISITED_AT_ONCE {
            let next = match container {
                Value::Dict(id) => {
                    heap.dicts.get(id).table.next_from(position).map(|(next, entry)| (next, entry.key, entry.value))
                }
                Value::Set(id) | Value::FrozenSet(id) => {
                    heap.sets.get(id).table.next_from(position).map(|(next, _, key)| (next, Value::Undef, *key))
                }
                Value::Object(id) => heap
                    .deque(id)
                    .and_then(|queue| queue.items.get(position))
                    .map(|item| (position + 1, Value::Undef, *item)),
                _ => None,
            };
            let Some((next, key, item)) = next else { return };
            position = next;
            self.visit(heap, key);
            self.visit(heap, item);
        }
        self.unfinished.push((container, position));
    }

    fn visit_contents(&mut self, heap: &mut Heap, value: Value) {
        if !heap.weak_references.is_empty() {
            let references = heap.weak_references.all(value);
            self.visit_all(heap, references);
        }
        match value {
            Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Set(_) | Value::FrozenSet(_) => {
                self.visit_items(heap, value, 0);
            }
            Value::Range(id) => self.visit_all(heap, heap.ranges.get(id).wide),
            Value::Slice(id) => {
                let slice = *heap.slices.get(id);
                self.visit_all(heap, [slice.start, slice.stop, slice.step]);
            }
            Value::Function(id) => {
                let function = heap.functions.get(id).clone();
                self.visit(heap, Value::Dict(function.globals));
                self.visit_all(heap, function.defaults.iter().chain(function.closure.iter()).copied());
                if let Some(extras) = function.extras {
                    self.visit_all(
                        heap,
                        [
                            extras.keyword_defaults,
                            extras.annotations,
                            extras.namespace,
                            extras.name,
                            extras.qualname,
                            extras.doc,
                            extras.module,
                            extras.type_params,
                        ],
                    );
                }
            }
            Value::BoundMethod(id) => {
                let method = *heap.bound_methods.get(id);
                self.visit_all(heap, [method.function, method.receiver]);
            }
            Value::Cell(id) => {
                let content = heap.cells.get(id).content;
                self.visit(heap, content);
            }
            Value::Type(id) => self.visit_type(heap, id),
            Value::Instance(id) => {
                let instance = heap.instances.get(id);
                let (class, payload, dict) = (instance.class, instance.payload, instance.dict);
                self.visit_all(heap, [Value::Type(class), payload]);
                if let Some(dict) = dict {
                    self.visit(heap, Value::Dict(dict));
                }
                for at in 0..heap.instances.get(id).slots.len() {
                    let item = heap.instances.get(id).slots[at];
                    self.visit(heap, item);
                }
            }
            Value::Module(id) => {
                let module = heap.modules.get(id);
                let (name, namespace) = (module.name, module.namespace);
                self.visit_all(heap, [name, Value::Dict(namespace)]);
            }
            Value::Generator(id) => {
                let generator = heap.generators.get(id);
                let fixed = [generator.handled, generator.name, generator.qualname];
                let frame = generator.frame.values();
                self.visit_all(heap, fixed);
                self.visit_all(heap, frame);
                for at in 0..heap.generators.get(id).stack.len() {
                    let item = heap.generators.get(id).stack[at];
                    self.visit(heap, item);
                }
            }
            Value::Exception(id) => {
                let state = heap.exceptions.get(id);
                let fixed = [Value::Tuple(state.args), state.cause, state.context];
                let fields: Vec<_> = state.fields.iter().map(|(_, value)| *value).collect();
                self.visit_all(heap, fixed);
                self.visit_all(heap, fields);
            }
            Value::Iter(id) => self.visit_iter(heap, id),
            Value::Object(id) if heap.deque(id).is_some() => self.visit_items(heap, value, 0),
            Value::Object(id) => self.visit_object(heap, id),
            _ => {}
        }
    }

    fn visit_type(&mut self, heap: &mut Heap, id: Id<crate::objects::TypeObject>) {
        let class = heap.types.get(id).clone();
        self.visit_all(heap, [class.name, class.qualname, class.module, class.doc, Value::Type(class.metaclass)]);
        // A class keeps its subclasses: `__subclasses__()` must not tell when the collector ran.
        let related = class.bases.iter().chain(class.mro.iter()).chain(class.subclasses.iter());
        self.visit_all(heap, related.map(|other| Value::Type(*other)));
        self.visit_all(heap, class.slots.iter().copied());
        let mut position = 0;
        while let Some((next, entry)) = class.attributes.next_from(position) {
            position = next;
            self.visit_all(heap, [entry.key, entry.value]);
        }
    }

    fn visit_iter(&mut self, heap: &mut Heap, id: Id<Iter>) {
        // Not cloned: it has parts of its own.
        if let Iter::Tool { class, tool } = heap.iters.get(id) {
            let (class, values) = (Value::Type(*class), tool.values());
            self.visit(heap, class);
            self.visit_all(heap, values);
            let mut at = 0;
            while let Iter::Tool { tool, .. } = heap.iters.get(id)
                && let Some(value) = tool.further_value(at)
            {
                self.visit(heap, value);
                at += 1;
            }
            return;
        }
        match heap.iters.get(id).clone() {
            Iter::Done | Iter::Range { .. } | Iter::Tool { .. } => {}
            Iter::List { list, .. } | Iter::ListReversed { list, .. } => self.visit(heap, Value::List(list)),
            Iter::Tuple { tuple, .. } => self.visit(heap, Value::Tuple(tuple)),
            Iter::Str { string, .. } => self.visit(heap, Value::Str(string)),
            Iter::Bytes { bytes, .. } => self.visit(heap, Value::Bytes(bytes)),
            Iter::ByteArray { bytes, .. } => self.visit(heap, Value::ByteArray(bytes)),
            Iter::Dict { dict, .. } => self.visit(heap, Value::Dict(dict)),
            Iter::Set { set, .. } => self.visit(heap, Value::Set(set)),
            Iter::Enumerate { inner, .. } => self.visit(heap, inner),
            Iter::Zip { inners, .. } => self.visit_all(heap, inners),
            Iter::Sequence { sequence, .. } => self.visit(heap, sequence),
            Iter::WideRange { range, next } => self.visit_all(heap, [Value::Range(range), next]),
            Iter::Map { function, inners } => {
                self.visit(heap, function);
                self.visit_all(heap, inners);
            }
            Iter::Filter { function, inner } => self.visit_all(heap, [function, inner]),
            Iter::Replay { items, rest, .. } => {
                self.visit_all(heap, items);
                self.visit(heap, rest);
            }
            Iter::Guest { class, generator } => self.visit_all(heap, [Value::Type(class), generator]),
            Iter::Callable { callable, sentinel } => self.visit_all(heap, [callable, sentinel]),
            Iter::GetItem { object, .. } => self.visit(heap, object),
            Iter::Matches { scanner } => self.visit(heap, Value::Object(scanner)),
            Iter::Deque { deque, .. } => self.visit(heap, Value::Object(deque)),
        }
    }

    fn visit_object(&mut self, heap: &mut Heap, id: Id<Object>) {
        // Not cloned: it has parts of its own.
        if let Object::Match(found) = heap.objects.get(id) {
            let (pattern, string) = (found.pattern, found.string);
            return self.visit_all(heap, [Value::Object(pattern), string]);
        }
        if let Object::CachedFunction(cached) = heap.objects.get(id) {
            let values = cached.values();
            return self.visit_all(heap, values);
        }
        match heap.objects.get(id).clone() {
            Object::Free | Object::Code { .. } | Object::Plain | Object::Token { .. } => {}
            Object::DictView { dict, .. } => self.visit(heap, Value::Dict(dict)),
            Object::Property { getter, setter, deleter, doc, name, .. } => {
                self.visit_all(heap, [getter, setter, deleter, doc, name])
            }
            Object::ClassMethod { function, namespace } | Object::StaticMethod { function, namespace } => {
                self.visit_all(heap, [function, namespace])
            }
            Object::Super { class, receiver, receiver_type } => {
                self.visit_all(heap, [Value::Type(class), receiver, Value::Type(receiver_type)]);
            }
            Object::TypeProxy { class } => self.visit(heap, Value::Type(class)),
            Object::MappingProxy { mapping } => self.visit(heap, mapping),
            Object::Member { class, name } | Object::GetSet { class, name } => {
                self.visit_all(heap, [Value::Type(class), name])
            }
            Object::Compiled { name, .. } => self.visit(heap, name),
            Object::Traceback { exception, .. } => self.visit(heap, exception),
            Object::GenericAlias { origin, arguments, parameters, .. } => {
                self.visit_all(heap, [origin, arguments, parameters])
            }
            Object::Union { arguments } => self.visit(heap, arguments),
            Object::TypeVar { name, bound, constraints, default, .. } => {
                self.visit_all(heap, [name, bound, constraints, default])
            }
            Object::TypeAlias { name, type_params, value, module, .. } => {
                self.visit_all(heap, [name, type_params, value, module])
            }
            Object::WeakReference { callback, .. } => self.visit(heap, callback),
            Object::MemoryView { source, .. } => self.visit(heap, source),
            Object::AsyncStep { generator, value, .. } => self.visit_all(heap, [generator, value]),
            Object::Pattern(pattern) => self.visit_all(heap, [pattern.source, pattern.index]),
            Object::Match(_) | Object::CachedFunction(_) | Object::Deque(_) => {}
            Object::Scanner(scanner) => {
                self.visit_all(heap, [Value::Object(scanner.pattern), scanner.string, scanner.pieces]);
            }
            Object::State { class, fields } => {
                self.visit(heap, Value::Type(class));
                self.visit_all(heap, fields);
            }
        }
    }
}

macro_rules! each_arena {
    ($heap:expr, $call:ident $(, $argument:expr)*) => {
        [
            $heap.big_ints.$call($($argument),*),
            $heap.complexes.$call($($argument),*),
            $heap.strings.$call($($argument),*),
            $heap.buffers.$call($($argument),*),
            $heap.bytes.$call($($argument),*),
            $heap.byte_arrays.$call($($argument),*),
            $heap.lists.$call($($argument),*),
            $heap.tuples.$call($($argument),*),
            $heap.dicts.$call($($argument),*),
            $heap.sets.$call($($argument),*),
            $heap.ranges.$call($($argument),*),
            $heap.slices.$call($($argument),*),
            $heap.functions.$call($($argument),*),
            $heap.bound_methods.$call($($argument),*),
            $heap.types.$call($($argument),*),
            $heap.instances.$call($($argument),*),
            $heap.modules.$call($($argument),*),
            $heap.iters.$call($($argument),*),
            $heap.generators.$call($($argument),*),
            $heap.cells.$call($($argument),*),
            $heap.exceptions.$call($($argument),*),
            $heap.objects.$call($($argument),*),
        ]
    };
}

impl Heap {
    fn for_each_arena_clear(&mut self) {
        each_arena!(self, clear_marks);
    }

    /// Frees everything unmarked; weak references to freed objects are cleared first. `fixed` bytes are held outside
    /// the arenas, and `idle_code` bytes are free there.
    ///
    /// # Errors
    /// `Interrupted` when `go_on` says so: some garbage stays, for a program that ends here.
    pub(crate) fn sweep(&mut self, fixed: usize, idle_code: usize, go_on: GoOn<'_>) -> Result<(), Interrupted> {
        self.clear_dead_weak_references();
        let held = self.held();
        self.idle_code = idle_code;
        let mut live = fixed + self.weak_references.bytes();
        for bytes in each_arena!(self, sweep, go_on) {
            live = live.saturating_add(bytes?);
        }
        if live.saturating_add(self.idle_bytes()) > self.worth_shrinking() {
            each_arena!(self, shrink);
        }
        self.finish_collection(held, live);
        Ok(())
    }

    /// Bytes of slots that no object is in.
    pub(super) fn idle_bytes(&self) -> usize {
        self.idle_code + each_arena!(self, idle_bytes).iter().sum::<usize>()
    }

    /// Tells the arenas the limit.
    pub(super) fn tell_limit(&mut self) {
        let limit = self.limit;
        each_arena!(self, set_most_bytes, limit);
    }

    /// Bytes the objects in use hold.
    pub(crate) fn live_bytes(&self) -> usize {
        each_arena!(self, live_bytes).iter().fold(0, |sum, bytes| sum.saturating_add(*bytes))
    }

    /// Whether every arena accounts for each of its slots, and every object has a serial number of its own, if any.
    pub(crate) fn is_sound(&self) -> bool {
        each_arena!(self, is_sound).iter().all(|sound| *sound) && self.serials_are_sound()
    }

    /// Whether something is of the shared base, where nothing is collected.
    fn is_of_base(&self, value: Value) -> bool {
        match value {
            Value::Type(id) => self.types.is_base(id),
            Value::Function(id) => self.functions.is_base(id),
            Value::Native(_) => true,
            _ => false,
        }
    }

    /// Whether the collection under way has found the object; true of what is never collected.
    pub(crate) fn is_marked(&self, value: Value) -> bool {
        match value {
            Value::Undef
            | Value::Missing
            | Value::None
            | Value::False
            | Value::True
            | Value::NotImplemented
            | Value::Ellipsis
            | Value::Int(_)
            | Value::Float(_)
            | Value::Native(_)
            | Value::Host(_) => true,
            Value::BigInt(id) => self.big_ints.is_marked(id),
            Value::Complex(id) => self.complexes.is_marked(id),
            Value::Str(id) => self.strings.is_marked(id),
            Value::Bytes(id) => self.bytes.is_marked(id),
            Value::ByteArray(id) => self.byte_arrays.is_marked(id),
            Value::List(id) => self.lists.is_marked(id),
            Value::Tuple(id) => self.tuples.is_marked(id),
            Value::Dict(id) => self.dicts.is_marked(id),
            Value::Range(id) => self.ranges.is_marked(id),
            Value::Slice(id) => self.slices.is_marked(id),
            Value::Iter(id) => self.iters.is_marked(id),
            Value::Cell(id) => self.cells.is_marked(id),
            Value::Exception(id) => self.exceptions.is_marked(id),
            Value::Instance(id) => self.instances.is_marked(id),
            Value::Type(id) => self.types.is_marked(id),
            Value::Function(id) => self.functions.is_marked(id),
            Value::Set(id) | Value::FrozenSet(id) => self.sets.is_marked(id),
            Value::Generator(id) => self.generators.is_marked(id),
            Value::BoundMethod(id) => self.bound_methods.is_marked(id),
            Value::Module(id) => self.modules.is_marked(id),
            Value::Object(id) => self.objects.is_marked(id),
        }
    }

    fn clear_dead_weak_references(&mut self) {
        let dead: Vec<_> = self
            .objects
            .live_ids()
            .filter(
                |id| matches!(self.objects.get(*id), Object::WeakReference { target, .. } if !self.is_marked(*target)),
            )
            .collect();
        for id in dead {
            if let Object::WeakReference { target, .. } = self.objects.slot(id) {
                *target = Value::Undef;
            }
        }
        if !self.weak_references.is_empty() {
            let mut references = std::mem::take(&mut self.weak_references);
            references.retain(|target| self.is_marked(target));
            self.weak_references = references;
        }
    }
}
