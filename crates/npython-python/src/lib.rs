//! `npython._npython`: the native half of the Python package.
//!
//! It drives machines (slices, deadline, cancellation, signals, streaming), converts values by type, and turns what
//! a machine comes back with into Python objects. It decides nothing: the API, the defaults and the words are Python.

mod arguments;
mod cancel;
mod compile;
mod convert;
mod driver;
mod engine;
mod errors;
mod nesting;
mod oversight;
mod panic;
mod result;
mod session;
mod token;
mod usage;

use pyo3::prelude::*;

/// Guest programs make and drop small objects all the time, which the allocators of operating systems are slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The native half of npython. Private: use the names in `npython`.
#[pymodule(gil_used = false)]
mod _npython {
    #[pymodule_export]
    use crate::cancel::CancelToken;
    #[pymodule_export]
    use crate::compile::{Program, compile};
    #[pymodule_export]
    use crate::convert::Opaque;
    #[pymodule_export]
    use crate::engine::Engine;
    #[pymodule_export]
    use crate::errors::Frame;
    #[pymodule_export]
    use crate::oversight::RunWatch;
    #[pymodule_export]
    use crate::result::RunResult;
    #[pymodule_export]
    use crate::session::{HostCall, HostWait, Machine, ScopeRequest};
    #[pymodule_export]
    use crate::token::Token;
    #[pymodule_export]
    use crate::usage::Usage;

    use super::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::panic::install_hook();
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("GAS_SCHEDULE_VERSION", npython_bytecode::GAS_SCHEDULE_VERSION)
    }
}
