//! Guest code of the machine itself: what natives fall back on when user-defined methods, generators or key functions have
//! to run. Every function here is compiled into the base heap; module bodies hold nothing but `def`s whose defaults are constants.

/// File names and texts.
pub(crate) const SOURCES: &[(&str, &str)] = &[
    ("<prelude/asynchronous>", include_str!("asynchronous.py")),
    ("<prelude/caching>", include_str!("caching.py")),
    ("<prelude/core>", include_str!("core.py")),
    ("<prelude/typing>", include_str!("typing.py")),
    ("<prelude/printing>", include_str!("printing.py")),
    ("<prelude/heaps>", include_str!("heaps.py")),
    ("<prelude/iterators>", include_str!("iterators.py")),
    ("<prelude/itertools>", include_str!("itertools.py")),
    ("<prelude/iterables>", include_str!("iterables.py")),
    ("<prelude/sorting>", include_str!("sorting.py")),
    ("<prelude/sequences>", include_str!("sequences.py")),
    ("<prelude/dicts>", include_str!("dicts.py")),
    ("<prelude/deques>", include_str!("deques.py")),
    ("<prelude/sets>", include_str!("sets.py")),
    ("<prelude/dict_views>", include_str!("dict_views.py")),
    ("<prelude/operators>", include_str!("operators.py")),
    ("<prelude/execution>", include_str!("execution.py")),
    ("<prelude/text>", include_str!("text.py")),
    ("<prelude/regex>", include_str!("regex.py")),
];
