//! Methods of `str`.

mod case;
mod construct;
mod join;
mod layout;
mod pad;
mod search;
mod special;
mod split;
mod table;

use crate::native::{NativeDef, Signature, constructor, method, static_method, wrapper};

pub(crate) use construct::{codec_arguments, is_utf8};
pub(crate) use layout::{format_fields, format_path, percent_fields};
pub(crate) use search::replacing_cost;
pub(crate) use table::translated;

const SEARCH: Signature = Signature::Positional(1, 3);

/// Methods of `str`.
pub(crate) const METHODS: &[NativeDef] = &[
    constructor(Signature::Named("object=, encoding=, errors="), construct::new).or("str_new"),
    wrapper("__add__", Signature::One, special::add),
    wrapper("__contains__", Signature::One, special::contains),
    wrapper("__eq__", Signature::One, special::equal),
    wrapper("__ne__", Signature::One, special::not_equal),
    wrapper("__lt__", Signature::One, special::less),
    wrapper("__le__", Signature::One, special::less_or_equal),
    wrapper("__gt__", Signature::One, special::greater),
    wrapper("__ge__", Signature::One, special::greater_or_equal),
    method("__format__", Signature::One, special::format),
    wrapper("__getitem__", Signature::One, special::get_item),
    method("__getnewargs__", Signature::None, special::get_new_args),
    wrapper("__hash__", Signature::None, special::hash),
    wrapper("__iter__", Signature::None, special::iter),
    wrapper("__len__", Signature::None, special::len),
    wrapper("__mod__", Signature::One, special::modulo),
    wrapper("__rmod__", Signature::One, special::reflected_modulo),
    wrapper("__mul__", Signature::One, special::multiply).or("str_multiply"),
    wrapper("__rmul__", Signature::One, special::multiply).or("str_multiply"),
    wrapper("__repr__", Signature::None, special::repr),
    wrapper("__str__", Signature::None, special::str),
    method("__sizeof__", Signature::None, special::size_of_object),
    method("capitalize", Signature::None, case::capitalize),
    method("casefold", Signature::None, case::casefold),
    method("lower", Signature::None, case::lower),
    method("swapcase", Signature::None, case::swapcase),
    method("title", Signature::None, case::title),
    method("upper", Signature::None, case::upper),
    method("isalnum", Signature::None, case::is_alnum),
    method("isalpha", Signature::None, case::is_alpha),
    method("isascii", Signature::None, case::is_ascii),
    method("isdecimal", Signature::None, case::is_decimal),
    method("isdigit", Signature::None, case::is_digit),
    method("isidentifier", Signature::None, case::is_identifier),
    method("islower", Signature::None, case::is_lower),
    method("isnumeric", Signature::None, case::is_numeric),
    method("isprintable", Signature::None, case::is_printable),
    method("isspace", Signature::None, case::is_space),
    method("istitle", Signature::None, case::is_title),
    method("isupper", Signature::None, case::is_upper),
    method("center", Signature::Positional(1, 2), pad::center).or("str_center"),
    method("ljust", Signature::Positional(1, 2), pad::left_justify).or("str_ljust"),
    method("rjust", Signature::Positional(1, 2), pad::right_justify).or("str_rjust"),
    method("zfill", Signature::One, pad::zero_fill).or("str_zfill"),
    method("expandtabs", Signature::Named("tabsize="), pad::expand_tabs).or("str_expandtabs"),
    method("count", SEARCH, search::count).or("str_count"),
    method("find", SEARCH, search::find).or("str_find"),
    method("index", SEARCH, search::index).or("str_index"),
    method("rfind", SEARCH, search::rfind).or("str_rfind"),
    method("rindex", SEARCH, search::rindex).or("str_rindex"),
    method("startswith", SEARCH, search::starts_with).or("str_startswith"),
    method("endswith", SEARCH, search::ends_with).or("str_endswith"),
    method("replace", Signature::Named("old, new, /, count="), search::replace).or("str_replace"),
    method("removeprefix", Signature::One, search::remove_prefix),
    method("removesuffix", Signature::One, search::remove_suffix),
    method("partition", Signature::One, split::partition),
    method("rpartition", Signature::One, split::rpartition),
    method("split", Signature::Named("sep=, maxsplit="), split::split).or("str_split"),
    method("rsplit", Signature::Named("sep=, maxsplit="), split::rsplit).or("str_rsplit"),
    method("splitlines", Signature::Named("keepends="), split::split_lines).or("str_splitlines"),
    method("strip", Signature::Positional(0, 1), split::strip),
    method("lstrip", Signature::Positional(0, 1), split::lstrip),
    method("rstrip", Signature::Positional(0, 1), split::rstrip),
    method("join", Signature::One, join::join).or("str_join"),
    method("encode", Signature::Named("encoding=, errors="), construct::encode),
    method("translate", Signature::One, table::translate).or("str_translate"),
    static_method("maketrans", Signature::Positional(1, 3), table::make_trans),
    method("format", Signature::Open, layout::format).or("str_format"),
    method("format_map", Signature::One, layout::format_map).or("str_format_map"),
];
