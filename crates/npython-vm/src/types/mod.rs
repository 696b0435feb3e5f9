//! The built-in types: one table of what exists, one file for the methods of each.

pub(crate) mod bytearray;
pub(crate) mod bytes;
pub(crate) mod cached_function;
pub(crate) mod class_method;
pub(crate) mod code;
pub(crate) mod complex;
pub(crate) mod container_methods;
pub(crate) mod coroutine_wrapper;
pub(crate) mod deque;
pub(crate) mod descriptor;
pub(crate) mod dict;
pub(crate) mod dict_view;
pub(crate) mod exception;
pub(crate) mod float;
pub(crate) mod function;
pub(crate) mod generator;
pub(crate) mod generic_alias;
pub(crate) mod int;
pub(crate) mod iterator_state;
pub(crate) mod iterators;
pub(crate) mod list;
pub(crate) mod mapping_proxy;
pub(crate) mod memoryview;
pub(crate) mod module;
pub(crate) mod number_methods;
pub(crate) mod object;
pub(crate) mod property;
pub(crate) mod quitter;
pub(crate) mod range;
pub(crate) mod regex;
pub(crate) mod set;
pub(crate) mod slice;
pub(crate) mod string;
pub(crate) mod super_type;
pub(crate) mod tuple;
pub(crate) mod tuple_getter;
pub(crate) mod type_parameter;
pub(crate) mod type_type;
pub(crate) mod weak_reference;

use crate::native::NativeDef;
use crate::objects::{Layout, TypeObject};
use crate::value::Id;

/// Methods and attributes of each built-in type.
pub(crate) const METHOD_TABLES: &[(Id<TypeObject>, &[NativeDef])] = &[
    (OBJECT, object::METHODS),
    (NONE_TYPE, object::NONE_METHODS),
    (NOT_IMPLEMENTED_TYPE, object::NOT_IMPLEMENTED_METHODS),
    (ELLIPSIS_TYPE, object::ELLIPSIS_METHODS),
    (TYPE, type_type::METHODS),
    (FUNCTION, function::FUNCTION_METHODS),
    (METHOD, function::METHOD_METHODS),
    (CODE, code::CODE_METHODS),
    (CELL, code::CELL_METHODS),
    (BUILTIN_FUNCTION, function::NATIVE_METHODS),
    (METHOD_WRAPPER, function::NATIVE_METHODS),
    (METHOD_WRAPPER, function::METHOD_WRAPPER_METHODS),
    (METHOD_DESCRIPTOR, function::DESCRIPTOR_METHODS),
    (METHOD_DESCRIPTOR, descriptor::GET_METHODS),
    (WRAPPER_DESCRIPTOR, function::DESCRIPTOR_METHODS),
    (WRAPPER_DESCRIPTOR, descriptor::GET_METHODS),
    (CLASSMETHOD_DESCRIPTOR, function::DESCRIPTOR_METHODS),
    (CLASSMETHOD_DESCRIPTOR, descriptor::GET_METHODS),
    (GETSET_DESCRIPTOR, function::DESCRIPTOR_METHODS),
    (GETSET_DESCRIPTOR, descriptor::GET_METHODS),
    (GETSET_DESCRIPTOR, descriptor::SET_METHODS),
    (MEMBER_DESCRIPTOR, function::DESCRIPTOR_METHODS),
    (MEMBER_DESCRIPTOR, descriptor::GET_METHODS),
    (MEMBER_DESCRIPTOR, descriptor::SET_METHODS),
    (PROPERTY, property::PROPERTY_METHODS),
    (CLASSMETHOD, class_method::CLASSMETHOD_METHODS),
    (CLASSMETHOD, class_method::SHARED_METHODS),
    (STATICMETHOD, class_method::STATICMETHOD_METHODS),
    (STATICMETHOD, class_method::SHARED_METHODS),
    (SUPER, super_type::SUPER_METHODS),
    (MODULE, module::METHODS),
    (GENERATOR, generator::GENERATOR_METHODS),
    (GENERATOR, generator::NAME_METHODS),
    (COROUTINE, generator::COROUTINE_METHODS),
    (COROUTINE, generator::NAME_METHODS),
    (COROUTINE_WRAPPER, coroutine_wrapper::METHODS),
    (TUPLE_GETTER, tuple_getter::METHODS),
    (ASYNC_GENERATOR, generator::ASYNC_GENERATOR_METHODS),
    (ASYNC_GENERATOR, generator::NAME_METHODS),
    (ASYNC_GENERATOR_STEP, generator::ASYNC_STEP_METHODS),
    (BASE_EXCEPTION, exception::BASE_METHODS),
    (STOP_ITERATION, exception::STOP_ITERATION_METHODS),
    (SYSTEM_EXIT, exception::SYSTEM_EXIT_METHODS),
    (NAME_ERROR, exception::NAME_ERROR_METHODS),
    (ATTRIBUTE_ERROR, exception::ATTRIBUTE_ERROR_METHODS),
    (IMPORT_ERROR, exception::IMPORT_ERROR_METHODS),
    (KEY_ERROR, exception::KEY_ERROR_METHODS),
    (OS_ERROR, exception::os_error::METHODS),
    (SYNTAX_ERROR, exception::SYNTAX_ERROR_METHODS),
    (UNICODE_DECODE_ERROR, exception::unicode_error::METHODS),
    (UNICODE_ENCODE_ERROR, exception::unicode_error::METHODS),
    (UNICODE_TRANSLATE_ERROR, exception::unicode_error::METHODS),
    (BASE_EXCEPTION_GROUP, exception::GROUP_METHODS),
    (TRACEBACK, exception::TRACEBACK_METHODS),
    (GENERIC_ALIAS, generic_alias::ALIAS_METHODS),
    (UNION_TYPE, generic_alias::UNION_METHODS),
    (TYPE_VAR, type_parameter::TYPE_VAR_METHODS),
    (PARAM_SPEC, type_parameter::PARAM_SPEC_METHODS),
    (TYPE_VAR_TUPLE, type_parameter::TYPE_VAR_TUPLE_METHODS),
    (TYPE_ALIAS, type_parameter::TYPE_ALIAS_METHODS),
    (WEAK_REFERENCE, weak_reference::METHODS),
    (QUITTER, quitter::METHODS),
    (LRU_CACHE_WRAPPER, cached_function::METHODS),
    (PATTERN, regex::PATTERN_METHODS),
    (MATCH, regex::MATCH_METHODS),
    (SCANNER, regex::SCANNER_METHODS),
    (INT, int::METHODS),
    (BOOL, int::BOOL_METHODS),
    (FLOAT, float::METHODS),
    (COMPLEX, complex::METHODS),
    (STR, string::METHODS),
    (BYTES, bytes::METHODS),
    (BYTES, bytes::SHARED_METHODS),
    (BYTEARRAY, bytearray::METHODS),
    (BYTEARRAY, bytes::SHARED_METHODS),
    (MEMORYVIEW, memoryview::METHODS),
    (LIST, list::METHODS),
    (TUPLE, tuple::METHODS),
    (DICT, dict::METHODS),
    (DICT_KEYS, dict_view::KEYS_METHODS),
    (DICT_VALUES, dict_view::VALUES_METHODS),
    (DICT_ITEMS, dict_view::ITEMS_METHODS),
    (MAPPINGPROXY, mapping_proxy::METHODS),
    (SET, set::METHODS),
    (FROZENSET, set::FROZEN_METHODS),
    (RANGE, range::METHODS),
    (SLICE, slice::METHODS),
    (ENUMERATE, iterators::ENUMERATE_METHODS),
    (ENUMERATE, iterator_state::COMPOSED_METHODS),
    (ZIP, iterators::ZIP_METHODS),
    (ZIP, iterator_state::ZIP_METHODS),
    (MAP, iterators::MAP_METHODS),
    (MAP, iterator_state::COMPOSED_METHODS),
    (FILTER, iterators::FILTER_METHODS),
    (FILTER, iterator_state::COMPOSED_METHODS),
    (REVERSED, iterators::REVERSED_METHODS),
    (REVERSED, iterator_state::POSITIONED_METHODS),
    (LIST_ITERATOR, iterators::SIZED_METHODS),
    (LIST_ITERATOR, iterator_state::POSITIONED_METHODS),
    (LIST_REVERSE_ITERATOR, iterators::SIZED_METHODS),
    (LIST_REVERSE_ITERATOR, iterator_state::POSITIONED_METHODS),
    (TUPLE_ITERATOR, iterators::SIZED_METHODS),
    (TUPLE_ITERATOR, iterator_state::POSITIONED_METHODS),
    (STR_ITERATOR, iterators::SIZED_METHODS),
    (STR_ITERATOR, iterator_state::POSITIONED_METHODS),
    (STR_ASCII_ITERATOR, iterators::SIZED_METHODS),
    (STR_ASCII_ITERATOR, iterator_state::POSITIONED_METHODS),
    (BYTES_ITERATOR, iterators::SIZED_METHODS),
    (BYTES_ITERATOR, iterator_state::POSITIONED_METHODS),
    (BYTEARRAY_ITERATOR, iterators::SIZED_METHODS),
    (BYTEARRAY_ITERATOR, iterator_state::POSITIONED_METHODS),
    (RANGE_ITERATOR, iterators::SIZED_METHODS),
    (RANGE_ITERATOR, iterator_state::POSITIONED_METHODS),
    (LONGRANGE_ITERATOR, iterators::SIZED_METHODS),
    (LONGRANGE_ITERATOR, iterator_state::POSITIONED_METHODS),
    (SET_ITERATOR, iterators::SIZED_METHODS),
    (SET_ITERATOR, iterator_state::REDUCED_METHODS),
    (DICT_KEYITERATOR, iterators::SIZED_METHODS),
    (DICT_KEYITERATOR, iterator_state::REDUCED_METHODS),
    (DICT_VALUEITERATOR, iterators::SIZED_METHODS),
    (DICT_VALUEITERATOR, iterator_state::REDUCED_METHODS),
    (DICT_ITEMITERATOR, iterators::SIZED_METHODS),
    (DICT_ITEMITERATOR, iterator_state::REDUCED_METHODS),
    (DICT_REVERSEKEYITERATOR, iterators::SIZED_METHODS),
    (DICT_REVERSEKEYITERATOR, iterator_state::REDUCED_METHODS),
    (DICT_REVERSEVALUEITERATOR, iterators::SIZED_METHODS),
    (DICT_REVERSEVALUEITERATOR, iterator_state::REDUCED_METHODS),
    (DICT_REVERSEITEMITERATOR, iterators::SIZED_METHODS),
    (DICT_REVERSEITEMITERATOR, iterator_state::REDUCED_METHODS),
    (CALLABLE_ITERATOR, iterators::PLAIN_METHODS),
    (CALLABLE_ITERATOR, iterator_state::REDUCED_METHODS),
    (ITERATOR, iterators::PLAIN_METHODS),
    (ITERATOR, iterator_state::POSITIONED_METHODS),
    (ITERATOR, iterators::SEQUENCE_METHODS),
    (DEQUE, deque::METHODS),
    (DEQUE_ITERATOR, iterators::SIZED_METHODS),
    (DEQUE_ITERATOR, deque::ITERATOR_METHODS),
    (DEQUE_REVERSE_ITERATOR, iterators::SIZED_METHODS),
    (DEQUE_REVERSE_ITERATOR, deque::ITERATOR_METHODS),
];

/// A row of the table of built-in types.
pub(crate) struct TypeRow {
    pub(crate) name: &'static str,
    /// Index of the single base in the table; 0 (object) for itself.
    pub(crate) base: u32,
    pub(crate) layout: Layout,
    /// May be subclassed.
    pub(crate) open: bool,
    /// A name of the builtins namespace.
    pub(crate) public: bool,
}

macro_rules! builtin_types {
    ($( $id:ident = $name:literal, $base:ident, $layout:ident, $open:literal, $public:literal; )+) => {
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "numbers the constants of the same names")]
        enum Position { $( $id ),+ }
        $( #[allow(dead_code, reason = "the table lists the types of the language, named by the machine or not")] pub(crate) const $id: Id<TypeObject> = Id::new(Position::$id as u32); )+
        /// All built-in types, in handle order.
        pub(crate) const TABLE: &[TypeRow] = &[
            $( TypeRow { name: $name, base: $base.number(), layout: Layout::$layout, open: $open, public: $public } ),+
        ];
    };
}

builtin_types! {
    OBJECT = "object", OBJECT, Plain, true, true;
    TYPE = "type", OBJECT, Type, true, true;
    INT = "int", OBJECT, Int, true, true;
    BOOL = "bool", INT, Int, false, true;
    FLOAT = "float", OBJECT, Float, true, true;
    COMPLEX = "complex", OBJECT, Complex, true, true;
    STR = "str", OBJECT, Str, true, true;
    BYTES = "bytes", OBJECT, Bytes, true, true;
    BYTEARRAY = "bytearray", OBJECT, ByteArray, true, true;
    MEMORYVIEW = "memoryview", OBJECT, Other, false, true;
    LIST = "list", OBJECT, List, true, true;
    TUPLE = "tuple", OBJECT, Tuple, true, true;
    DICT = "dict", OBJECT, Dict, true, true;
    SET = "set", OBJECT, Set, true, true;
    FROZENSET = "frozenset", OBJECT, FrozenSet, true, true;
    RANGE = "range", OBJECT, Other, false, true;
    SLICE = "slice", OBJECT, Other, false, true;
    NONE_TYPE = "NoneType", OBJECT, Other, false, false;
    NOT_IMPLEMENTED_TYPE = "NotImplementedType", OBJECT, Other, false, false;
    ELLIPSIS_TYPE = "ellipsis", OBJECT, Other, false, false;
    FUNCTION = "function", OBJECT, Closed, false, false;
    BUILTIN_FUNCTION = "builtin_function_or_method", OBJECT, Closed, false, false;
    METHOD_DESCRIPTOR = "method_descriptor", OBJECT, Closed, false, false;
    WRAPPER_DESCRIPTOR = "wrapper_descriptor", OBJECT, Closed, false, false;
    METHOD_WRAPPER = "method-wrapper", OBJECT, Closed, false, false;
    CLASSMETHOD_DESCRIPTOR = "classmethod_descriptor", OBJECT, Closed, false, false;
    METHOD = "method", OBJECT, Other, false, false;
    MODULE = "module", OBJECT, Module, true, false;
    GENERATOR = "generator", OBJECT, Closed, false, false;
    COROUTINE = "coroutine", OBJECT, Closed, false, false;
    ASYNC_GENERATOR = "async_generator", OBJECT, Closed, false, false;
    ASYNC_GENERATOR_STEP = "async_generator_asend", OBJECT, Closed, false, false;
    COROUTINE_WRAPPER = "coroutine_wrapper", OBJECT, Closed, false, false;
    CELL = "cell", OBJECT, Other, false, false;
    CODE = "code", OBJECT, Closed, false, false;
    TRACEBACK = "traceback", OBJECT, Closed, false, false;
    PROPERTY = "property", OBJECT, Property, true, true;
    CLASSMETHOD = "classmethod", OBJECT, Other, true, true;
    STATICMETHOD = "staticmethod", OBJECT, Other, true, true;
    SUPER = "super", OBJECT, Other, true, true;
    MAPPINGPROXY = "mappingproxy", OBJECT, Other, false, false;
    GETSET_DESCRIPTOR = "getset_descriptor", OBJECT, Closed, false, false;
    MEMBER_DESCRIPTOR = "member_descriptor", OBJECT, Closed, false, false;
    DICT_KEYS = "dict_keys", OBJECT, Closed, false, false;
    DICT_VALUES = "dict_values", OBJECT, Closed, false, false;
    DICT_ITEMS = "dict_items", OBJECT, Closed, false, false;
    ENUMERATE = "enumerate", OBJECT, Other, true, true;
    ZIP = "zip", OBJECT, Other, true, true;
    MAP = "map", OBJECT, Other, true, true;
    FILTER = "filter", OBJECT, Other, true, true;
    REVERSED = "reversed", OBJECT, Other, true, true;
    LIST_ITERATOR = "list_iterator", OBJECT, Closed, false, false;
    LIST_REVERSE_ITERATOR = "list_reverseiterator", OBJECT, Closed, false, false;
    TUPLE_ITERATOR = "tuple_iterator", OBJECT, Closed, false, false;
    STR_ITERATOR = "str_iterator", OBJECT, Closed, false, false;
    STR_ASCII_ITERATOR = "str_ascii_iterator", OBJECT, Closed, false, false;
    BYTES_ITERATOR = "bytes_iterator", OBJECT, Closed, false, false;
    BYTEARRAY_ITERATOR = "bytearray_iterator", OBJECT, Closed, false, false;
    RANGE_ITERATOR = "range_iterator", OBJECT, Closed, false, false;
    LONGRANGE_ITERATOR = "longrange_iterator", OBJECT, Closed, false, false;
    SET_ITERATOR = "set_iterator", OBJECT, Closed, false, false;
    DICT_KEYITERATOR = "dict_keyiterator", OBJECT, Closed, false, false;
    DICT_VALUEITERATOR = "dict_valueiterator", OBJECT, Closed, false, false;
    DICT_ITEMITERATOR = "dict_itemiterator", OBJECT, Closed, false, false;
    DICT_REVERSEKEYITERATOR = "dict_reversekeyiterator", OBJECT, Closed, false, false;
    DICT_REVERSEVALUEITERATOR = "dict_reversevalueiterator", OBJECT, Closed, false, false;
    DICT_REVERSEITEMITERATOR = "dict_reverseitemiterator", OBJECT, Closed, false, false;
    CALLABLE_ITERATOR = "callable_iterator", OBJECT, Closed, false, false;
    ITERATOR = "iterator", OBJECT, Closed, false, false;
    GENERIC_ALIAS = "types.GenericAlias", OBJECT, Other, true, false;
    UNION_TYPE = "types.UnionType", OBJECT, Closed, false, false;
    TYPE_VAR = "typing.TypeVar", OBJECT, Other, false, false;
    PARAM_SPEC = "typing.ParamSpec", OBJECT, Other, false, false;
    TYPE_VAR_TUPLE = "typing.TypeVarTuple", OBJECT, Other, false, false;
    TYPE_ALIAS = "typing.TypeAliasType", OBJECT, Other, false, false;
    WEAK_REFERENCE = "weakref.ReferenceType", OBJECT, Other, true, false;
    BASE_EXCEPTION = "BaseException", OBJECT, Exception, true, true;
    EXCEPTION = "Exception", BASE_EXCEPTION, Exception, true, true;
    BASE_EXCEPTION_GROUP = "BaseExceptionGroup", BASE_EXCEPTION, Exception, true, true;
    // Also derived from Exception; see base.rs.
    EXCEPTION_GROUP = "ExceptionGroup", BASE_EXCEPTION_GROUP, Exception, true, true;
    GENERATOR_EXIT = "GeneratorExit", BASE_EXCEPTION, Exception, true, true;
    KEYBOARD_INTERRUPT = "KeyboardInterrupt", BASE_EXCEPTION, Exception, true, true;
    SYSTEM_EXIT = "SystemExit", BASE_EXCEPTION, Exception, true, true;
    ARITHMETIC_ERROR = "ArithmeticError", EXCEPTION, Exception, true, true;
    FLOATING_POINT_ERROR = "FloatingPointError", ARITHMETIC_ERROR, Exception, true, true;
    OVERFLOW_ERROR = "OverflowError", ARITHMETIC_ERROR, Exception, true, true;
    ZERO_DIVISION_ERROR = "ZeroDivisionError", ARITHMETIC_ERROR, Exception, true, true;
    ASSERTION_ERROR = "AssertionError", EXCEPTION, Exception, true, true;
    ATTRIBUTE_ERROR = "AttributeError", EXCEPTION, Exception, true, true;
    BUFFER_ERROR = "BufferError", EXCEPTION, Exception, true, true;
    EOF_ERROR = "EOFError", EXCEPTION, Exception, true, true;
    IMPORT_ERROR = "ImportError", EXCEPTION, Exception, true, true;
    MODULE_NOT_FOUND_ERROR = "ModuleNotFoundError", IMPORT_ERROR, Exception, true, true;
    LOOKUP_ERROR = "LookupError", EXCEPTION, Exception, true, true;
    INDEX_ERROR = "IndexError", LOOKUP_ERROR, Exception, true, true;
    KEY_ERROR = "KeyError", LOOKUP_ERROR, Exception, true, true;
    MEMORY_ERROR = "MemoryError", EXCEPTION, Exception, true, true;
    NAME_ERROR = "NameError", EXCEPTION, Exception, true, true;
    UNBOUND_LOCAL_ERROR = "UnboundLocalError", NAME_ERROR, Exception, true, true;
    OS_ERROR = "OSError", EXCEPTION, Exception, true, true;
    BLOCKING_IO_ERROR = "BlockingIOError", OS_ERROR, Exception, true, true;
    CHILD_PROCESS_ERROR = "ChildProcessError", OS_ERROR, Exception, true, true;
    CONNECTION_ERROR = "ConnectionError", OS_ERROR, Exception, true, true;
    BROKEN_PIPE_ERROR = "BrokenPipeError", CONNECTION_ERROR, Exception, true, true;
    CONNECTION_ABORTED_ERROR = "ConnectionAbortedError", CONNECTION_ERROR, Exception, true, true;
    CONNECTION_REFUSED_ERROR = "ConnectionRefusedError", CONNECTION_ERROR, Exception, true, true;
    CONNECTION_RESET_ERROR = "ConnectionResetError", CONNECTION_ERROR, Exception, true, true;
    FILE_EXISTS_ERROR = "FileExistsError", OS_ERROR, Exception, true, true;
    FILE_NOT_FOUND_ERROR = "FileNotFoundError", OS_ERROR, Exception, true, true;
    INTERRUPTED_ERROR = "InterruptedError", OS_ERROR, Exception, true, true;
    IS_A_DIRECTORY_ERROR = "IsADirectoryError", OS_ERROR, Exception, true, true;
    NOT_A_DIRECTORY_ERROR = "NotADirectoryError", OS_ERROR, Exception, true, true;
    PERMISSION_ERROR = "PermissionError", OS_ERROR, Exception, true, true;
    PROCESS_LOOKUP_ERROR = "ProcessLookupError", OS_ERROR, Exception, true, true;
    TIMEOUT_ERROR = "TimeoutError", OS_ERROR, Exception, true, true;
    REFERENCE_ERROR = "ReferenceError", EXCEPTION, Exception, true, true;
    RUNTIME_ERROR = "RuntimeError", EXCEPTION, Exception, true, true;
    NOT_IMPLEMENTED_ERROR = "NotImplementedError", RUNTIME_ERROR, Exception, true, true;
    PYTHON_FINALIZATION_ERROR = "PythonFinalizationError", RUNTIME_ERROR, Exception, true, true;
    RECURSION_ERROR = "RecursionError", RUNTIME_ERROR, Exception, true, true;
    STOP_ASYNC_ITERATION = "StopAsyncIteration", EXCEPTION, Exception, true, true;
    STOP_ITERATION = "StopIteration", EXCEPTION, Exception, true, true;
    SYNTAX_ERROR = "SyntaxError", EXCEPTION, Exception, true, true;
    INDENTATION_ERROR = "IndentationError", SYNTAX_ERROR, Exception, true, true;
    TAB_ERROR = "TabError", INDENTATION_ERROR, Exception, true, true;
    SYSTEM_ERROR = "SystemError", EXCEPTION, Exception, true, true;
    TYPE_ERROR = "TypeError", EXCEPTION, Exception, true, true;
    VALUE_ERROR = "ValueError", EXCEPTION, Exception, true, true;
    UNICODE_ERROR = "UnicodeError", VALUE_ERROR, Exception, true, true;
    UNICODE_DECODE_ERROR = "UnicodeDecodeError", UNICODE_ERROR, Exception, true, true;
    UNICODE_ENCODE_ERROR = "UnicodeEncodeError", UNICODE_ERROR, Exception, true, true;
    UNICODE_TRANSLATE_ERROR = "UnicodeTranslateError", UNICODE_ERROR, Exception, true, true;
    WARNING = "Warning", EXCEPTION, Exception, true, true;
    BYTES_WARNING = "BytesWarning", WARNING, Exception, true, true;
    DEPRECATION_WARNING = "DeprecationWarning", WARNING, Exception, true, true;
    ENCODING_WARNING = "EncodingWarning", WARNING, Exception, true, true;
    FUTURE_WARNING = "FutureWarning", WARNING, Exception, true, true;
    IMPORT_WARNING = "ImportWarning", WARNING, Exception, true, true;
    PENDING_DEPRECATION_WARNING = "PendingDeprecationWarning", WARNING, Exception, true, true;
    RESOURCE_WARNING = "ResourceWarning", WARNING, Exception, true, true;
    RUNTIME_WARNING = "RuntimeWarning", WARNING, Exception, true, true;
    SYNTAX_WARNING = "SyntaxWarning", WARNING, Exception, true, true;
    UNICODE_WARNING = "UnicodeWarning", WARNING, Exception, true, true;
    USER_WARNING = "UserWarning", WARNING, Exception, true, true;
    // An exception of the host that is none of Python's own.
    TOOL_ERROR = "ToolError", EXCEPTION, Exception, true, true;
    // A sealed token.
    TOKEN = "Token", OBJECT, Closed, false, false;
    PATTERN = "re.Pattern", OBJECT, Closed, false, false;
    MATCH = "re.Match", OBJECT, Closed, false, false;
    SCANNER = "_sre.SRE_Scanner", OBJECT, Closed, false, false;
    QUITTER = "_sitebuiltins.Quitter", OBJECT, Closed, false, false;
    TUPLE_GETTER = "collections._tuplegetter", OBJECT, Closed, false, false;
    LRU_CACHE_WRAPPER = "functools._lru_cache_wrapper", OBJECT, Other, false, false;
    DEQUE = "collections.deque", OBJECT, Other, true, false;
    DEQUE_ITERATOR = "collections._deque_iterator", OBJECT, Other, false, false;
    DEQUE_REVERSE_ITERATOR = "collections._deque_reverse_iterator", OBJECT, Other, false, false;
}
