//! Builtin functions: one table for each topic, all listed here.

pub(crate) mod attributes;
pub(crate) mod classes;
pub(crate) mod data;
pub(crate) mod diagnostics;
pub(crate) mod execution;
pub(crate) mod guest_modules;
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
    data::FUNCTIONS,
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
    crate::machine::CONCURRENT_CALL_INTRINSICS,
    diagnostics::INTRINSICS,
    execution::INTRINSICS,
    guest_modules::INTRINSICS,
    crate::modules::hashes::INTRINSICS,
    crate::modules::itertools::INTRINSICS,
    crate::modules::json::INTRINSICS,
    crate::modules::partial::INTRINSICS,
    crate::modules::random_state::INTRINSICS,
    numbers::INTRINSICS,
    output::INTRINSICS,
    text::INTRINSICS,
    types::cached_function::INTRINSICS,
    types::deque::INTRINSICS,
    types::generator::INTRINSICS,
    types::iterators::INTRINSICS,
    types::list::INTRINSICS,
    crate::machine::bases::INTRINSICS,
    types::mapping_proxy::INTRINSICS,
    types::property::INTRINSICS,
    types::super_type::INTRINSICS,
    types::tuple_getter::INTRINSICS,
    types::type_parameter::INTRINSICS,
    types::regex::INTRINSICS,
    types::weak_reference::INTRINSICS,
];

/// Types that only the prelude can name.
pub(crate) const INTRINSIC_TYPES: &[(&str, Id<TypeObject>)] = &[
    ("_generator_type", types::GENERATOR),
    ("_coroutine_type", types::COROUTINE),
    ("_async_generator_type", types::ASYNC_GENERATOR),
    ("_function_type", types::FUNCTION),
    ("_module_type", types::MODULE),
    ("_cell_type", types::CELL),
    ("_code_type", types::CODE),
    ("_traceback_type", types::TRACEBACK),
    ("_generic_alias", types::GENERIC_ALIAS),
    ("_union_type", types::UNION_TYPE),
    ("_type_var_type", types::TYPE_VAR),
    ("_param_spec_type", types::PARAM_SPEC),
    ("_type_var_tuple_type", types::TYPE_VAR_TUPLE),
    ("_type_alias_type", types::TYPE_ALIAS),
    ("_weak_reference_type", types::WEAK_REFERENCE),
    ("_pattern_type", types::PATTERN),
    ("_match_type", types::MATCH),
    ("_cached_function_type", types::LRU_CACHE_WRAPPER),
    ("_deque_type", types::DEQUE),
    ("_deque_iterator_type", types::DEQUE_ITERATOR),
    ("_deque_reverse_iterator_type", types::DEQUE_REVERSE_ITERATOR),
];
