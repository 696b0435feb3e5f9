//! Modules of the standard library: native functions, constants, and those written in guest Python.

pub(crate) mod math;

use crate::native::NativeDef;

/// Native functions by module.
pub(crate) const NATIVE_FUNCTIONS: &[(&str, &[NativeDef])] = &[("math", math::FUNCTIONS)];

/// Float constants: module, name, value.
pub(crate) const CONSTANTS: &[(&str, &str, f64)] = math::CONSTANTS;

/// Modules in guest Python: name, file name in tracebacks, source.
pub(crate) const GUEST_SOURCES: &[(&str, &str, &str)] = &[("asyncio", "<asyncio>", ASYNCIO)];

/// One module of several files, each about one thing.
const ASYNCIO: &str = concat!(
    include_str!("guest/asyncio/loop.py"),
    include_str!("guest/asyncio/tasks.py"),
    include_str!("guest/asyncio/waiting.py"),
    include_str!("guest/asyncio/locks.py"),
    include_str!("guest/asyncio/queues.py"),
    include_str!("guest/asyncio/groups.py"),
);
