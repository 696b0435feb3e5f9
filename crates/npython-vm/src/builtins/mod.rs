//! Builtin functions: one table for each topic, all listed here.

pub(crate) mod attributes;
pub(crate) mod classes;
pub(crate) mod execution;
pub(crate) mod iterables;
pub(crate) mod numbers;
pub(crate) mod output;
pub(crate) mod text;

use crate::native::NativeDef;
use crate::objects::TypeObject;
use crate::types;
use crate::value::Id;

/// Functions of the builtins namespace.
pub(crate) const FUNCTIONS: &[&[NativeDef]] = &[
    attributes::FUNCTIONS,
    classes::FUNCTIONS,
    execution::FUNCTIONS,
    iterables::FUNCTIONS,
    numbers::FUNCTIONS,
    output::FUNCTIONS,
    text::FUNCTIONS,
];

/// Functions that only the prelude can name.
pub(crate) const INTRINSICS: &[&[NativeDef]] = &[
    attributes::INTRINSICS,
    classes::INTRINSICS,
    execution::INTRINSICS,
    numbers::INTRINSICS,
    output::INTRINSICS,
    text::INTRINSICS,
    types::generator::INTRINSICS,
    types::iterators::INTRINSICS,
    types::list::INTRINSICS,
    types::mapping_proxy::INTRINSICS,
];

/// Types that only the prelude can name.
pub(crate) const INTRINSIC_TYPES: &[(&str, Id<TypeObject>)] = &[
    ("_generator_type", types::GENERATOR),
    ("_coroutine_type", types::COROUTINE),
    ("_async_generator_type", types::ASYNC_GENERATOR),
    ("_function_type", types::FUNCTION),
];
