//! Machines made by copying one that was prepared.

use std::sync::Arc;

use super::Machine;

impl Machine {
    /// A machine in the same state, which goes on independently. For a machine that is prepared once, with the libraries
    /// of the host, and copied for each program: all of its state is plain data, so that costs less than preparing it.
    /// The embedder's watch is not copied.
    pub fn copied(&self) -> Self {
        Self {
            heap: self.heap.clone(),
            base: self.base,
            stack: self.stack.clone(),
            frames: self.frames.clone(),
            instrs: self.instrs.clone(),
            segment: self.segment.clone(),
            entries: self.entries.clone(),
            own_codes: self.own_codes.clone(),
            fuel: self.fuel,
            slice_rest: self.slice_rest,
            reserve: self.reserve,
            overdrawn: self.overdrawn,
            attempt: self.attempt,
            retried: self.retried,
            changed_nothing: false,
            limits: self.limits,
            options: self.options,
            status: self.status,
            raised: self.raised,
            halt: self.halt.clone(),
            pending: self.pending.clone(),
            handled: self.handled,
            result: self.result,
            main_globals: self.main_globals,
            builtins: self.builtins.clone(),
            stdout: self.stdout.clone(),
            stderr: self.stderr.clone(),
            output_used: self.output_used,
            next_type_version: self.next_type_version,
            host_names: self.host_names.clone(),
            suspension: self.suspension.clone(),
            host_call: self.host_call.clone(),
            scope_request: self.scope_request.clone(),
            wait_request: self.wait_request,
            concurrent: self.concurrent.clone(),
            host_calls: self.host_calls,
            host_functions: Arc::clone(&self.host_functions),
            grants: self.grants.clone(),
            open_grants: self.open_grants.clone(),
            next_grant: self.next_grant,
            library: self.library,
            library_names: self.library_names.clone(),
            scope_events: self.scope_events.clone(),
            modules: self.modules.clone(),
            compiled: Vec::new(),
            repr_active: self.repr_active.clone(),
            body_namespace: self.body_namespace,
            skip_trace: self.skip_trace,
            unwind_pc: self.unwind_pc,
            follow_up: self.follow_up,
            wants_locals: self.wants_locals,
            native_calls: self.native_calls,
            described: self.described.clone(),
            lookup_cache: Vec::new(),
            polymorphic_sites: self.polymorphic_sites.clone(),
            passing_slice: self.passing_slice,
            unsettled: None,
            matcher: crate::text::regex::Matcher::default(),
            plain_result: self.plain_result.clone(),
            watch: None,
            describing: self.describing,
            native_root_shapes: self.native_root_shapes.clone(),
            native_subclasses: self.native_subclasses.clone(),
        }
    }
}
