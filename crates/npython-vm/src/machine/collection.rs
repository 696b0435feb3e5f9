//! Collecting garbage: what the machine holds on to.

use crate::boundary::Halt;
use crate::heap::Marker;
use crate::objects::{HeldGrant, LiveGrant};
use crate::value::{Id, Value};

use super::meter::question;
use super::{Machine, NO_GENERATOR};

impl Machine {
    /// Collects garbage. The stack below `top` is live.
    pub(super) fn collect(&mut self, stack: &[Value], top: usize) {
        for cell in &self.lookup_cache {
            cell.set((0, 0, Value::Undef));
        }
        self.polymorphic_sites.clear();
        let mut marker = Marker::new(&mut self.heap);
        let heap = &mut self.heap;
        marker.visit_references_to_base(heap);
        for value in stack.iter().take(top) {
            marker.visit(heap, *value);
        }
        for frame in &self.frames {
            for value in frame.values() {
                marker.visit(heap, value);
            }
            if frame.generator != NO_GENERATOR {
                marker.visit(heap, Value::Generator(Id::new(frame.generator)));
            }
        }
        for value in &self.segment.constants {
            marker.visit(heap, *value);
        }
        for table in [&self.builtins, &self.modules] {
            for entry in table.iter() {
                marker.visit(heap, entry.key);
                marker.visit(heap, entry.value);
            }
        }
        let pending = &self.pending;
        let roots = [
            self.raised,
            self.handled,
            self.result,
            self.body_namespace,
            self.describing,
            self.concurrent.awaitable_maker,
            Value::Dict(self.main_globals),
            pending.callable,
        ];
        for value in roots
            .iter()
            .chain(&pending.keep)
            .chain(&pending.args)
            .chain(&self.repr_active)
            .chain(self.described.iter().map(|(exception, _)| exception))
            .chain(&self.passing_slice)
        {
            marker.visit(heap, *value);
        }
        if let Some((program_globals, _)) = self.library {
            marker.visit(heap, Value::Dict(program_globals));
        }
        for grant in self.open_grants.values() {
            marker.visit(heap, grant.scope);
            marker.visit(heap, grant.token);
        }
        for (class, subclass) in &self.native_subclasses {
            marker.visit(heap, Value::Type(*class));
            marker.visit(heap, Value::Type(*subclass));
        }
        // Where it is given up the program ends, so that nothing needs to be freed.
        if marker.drain(heap, &question(&self.watch)).is_err() {
            self.halt = Some(Halt::Interrupted);
            return;
        }
        self.forget_abandoned_grants();
        self.forget_dead_attributes();
        self.free_unreachable_code();
        let grants = self.grants.len() * size_of::<HeldGrant>() + self.open_grants.len() * size_of::<LiveGrant>();
        let fixed = self.code_memory() + std::mem::size_of_val(stack) + grants;
        if self.heap.sweep(fixed, self.own_codes.idle_bytes(), &question(&self.watch)).is_err() {
            self.halt = Some(Halt::Interrupted);
        }
    }
}
