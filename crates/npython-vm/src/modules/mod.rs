//! Modules of the standard library: native functions, constants, and those written in guest Python.

pub(crate) mod guest;
pub(crate) mod hashes;
pub(crate) mod heapq;
pub(crate) mod itertools;
pub(crate) mod json;
pub(crate) mod math;
pub(crate) mod partial;
pub(crate) mod random_state;

use crate::native::NativeDef;

/// Native functions by module.
pub(crate) const NATIVE_FUNCTIONS: &[(&str, &[NativeDef])] = &[("_heapq", heapq::FUNCTIONS), ("math", math::FUNCTIONS)];

/// Float constants: module, name, value.
pub(crate) const CONSTANTS: &[(&str, &str, f64)] = math::CONSTANTS;
