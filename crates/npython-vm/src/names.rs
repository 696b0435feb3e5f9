//! Interned names the machine itself uses, with handles known at compile time.

use crate::objects::Str;
use crate::value::Id;

/// Handles 0 to 256 of the string arena: the empty string, then the one-character strings U+0000 to U+00FF.
pub(crate) const FIRST_NAME: u32 = 257;

macro_rules! names {
    ($( $name:ident = $text:literal ),+ $(,)?) => {
        /// Texts in handle order, starting at `FIRST_NAME`.
        pub(crate) const TEXTS: &[&str] = &[ $( $text ),+ ];
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "numbers the constants of the same names")]
        enum Position { $( $name ),+ }
        $( #[allow(dead_code, reason = "the table lists the names of the data model, used or not yet")] pub(crate) const $name: Id<Str> = Id::new(FIRST_NAME + Position::$name as u32); )+
    };
}

names! {
    ADD = "__add__", RADD = "__radd__", IADD = "__iadd__",
    SUB = "__sub__", RSUB = "__rsub__", ISUB = "__isub__",
    MUL = "__mul__", RMUL = "__rmul__", IMUL = "__imul__",
    TRUEDIV = "__truediv__", RTRUEDIV = "__rtruediv__", ITRUEDIV = "__itruediv__",
    FLOORDIV = "__floordiv__", RFLOORDIV = "__rfloordiv__", IFLOORDIV = "__ifloordiv__",
    MOD = "__mod__", RMOD = "__rmod__", IMOD = "__imod__",
    POW = "__pow__", RPOW = "__rpow__", IPOW = "__ipow__",
    LSHIFT = "__lshift__", RLSHIFT = "__rlshift__", ILSHIFT = "__ilshift__",
    RSHIFT = "__rshift__", RRSHIFT = "__rrshift__", IRSHIFT = "__irshift__",
    AND = "__and__", RAND = "__rand__", IAND = "__iand__",
    OR = "__or__", ROR = "__ror__", IOR = "__ior__",
    XOR = "__xor__", RXOR = "__rxor__", IXOR = "__ixor__",
    MATMUL = "__matmul__", RMATMUL = "__rmatmul__", IMATMUL = "__imatmul__",
    LT = "__lt__", LE = "__le__", EQ = "__eq__", NE = "__ne__", GT = "__gt__", GE = "__ge__",
    NEG = "__neg__", POS = "__pos__", INVERT = "__invert__", ABS = "__abs__",
    BOOL = "__bool__", LEN = "__len__", HASH = "__hash__", CONTAINS = "__contains__",
    ITER = "__iter__", NEXT = "__next__", REVERSED = "__reversed__", LENGTH_HINT = "__length_hint__",
    GETITEM = "__getitem__", SETITEM = "__setitem__", DELITEM = "__delitem__", MISSING = "__missing__",
    CALL = "__call__", INIT = "__init__", NEW = "__new__", DEL = "__del__",
    REPR = "__repr__", STR = "__str__", FORMAT = "__format__", BYTES = "__bytes__",
    INT = "__int__", FLOAT = "__float__", COMPLEX = "__complex__", INDEX = "__index__",
    ROUND = "__round__", TRUNC = "__trunc__", FLOOR = "__floor__", CEIL = "__ceil__", DIVMOD = "__divmod__", RDIVMOD = "__rdivmod__",
    GETATTR = "__getattr__", GETATTRIBUTE = "__getattribute__", SETATTR = "__setattr__", DELATTR = "__delattr__", DIR = "__dir__",
    GET = "__get__", SET = "__set__", DELETE = "__delete__", SET_NAME = "__set_name__",
    INIT_SUBCLASS = "__init_subclass__", CLASS_GETITEM = "__class_getitem__", PREPARE = "__prepare__",
    INSTANCECHECK = "__instancecheck__", SUBCLASSCHECK = "__subclasscheck__", SUBCLASSHOOK = "__subclasshook__",
    ENTER = "__enter__", EXIT = "__exit__", AENTER = "__aenter__", AEXIT = "__aexit__",
    AITER = "__aiter__", ANEXT = "__anext__", AWAIT = "__await__",
    CLASS = "__class__", DICT = "__dict__", DOC = "__doc__", NAME = "__name__", QUALNAME = "__qualname__", MODULE = "__module__",
    BASES = "__bases__", BASE = "__base__", MRO = "__mro__", SLOTS = "__slots__", WEAKREF = "__weakref__", ANNOTATIONS = "__annotations__",
    DEFAULTS = "__defaults__", KWDEFAULTS = "__kwdefaults__", CODE = "__code__", GLOBALS = "__globals__", CLOSURE = "__closure__",
    WRAPPED = "__wrapped__", SELF = "__self__", FUNC = "__func__", TYPE_PARAMS = "__type_params__", ORIG_BASES = "__orig_bases__",
    MRO_ENTRIES = "__mro_entries__", MATCH_ARGS = "__match_args__", ABSTRACTMETHODS = "__abstractmethods__",
    TRACEBACK = "__traceback__", CONTEXT = "__context__", CAUSE = "__cause__", SUPPRESS_CONTEXT = "__suppress_context__", NOTES = "__notes__",
    ARGS = "args", VALUE = "value", MESSAGE = "message", EXCEPTIONS = "exceptions", OBJ = "obj", NAME_FIELD = "name", CODE_FIELD = "code",
    KEY = "key", REVERSE = "reverse", MAIN = "__main__", BUILTINS = "__builtins__", BUILTINS_NAME = "builtins", FILE = "__file__", SPEC = "__spec__",
    LOADER = "__loader__", PACKAGE = "__package__", PATH = "__path__", ALL = "__all__", IMPORT = "__import__", BUILD_CLASS = "__build_class__", CLASSCELL = "__classcell__", CLASSDICTCELL = "__classdictcell__",
    OBJCLASS = "__objclass__", TEXT_SIGNATURE = "__text_signature__", FIRSTLINENO = "__firstlineno__", STATIC_ATTRIBUTES = "__static_attributes__",
    SEND = "send", THROW = "throw", CLOSE = "close", REDUCE = "__reduce__", REDUCE_EX = "__reduce_ex__", GETSTATE = "__getstate__", COPY = "__copy__", DEEPCOPY = "__deepcopy__", SIZEOF = "__sizeof__",
    PATH_FIELD = "path", START = "start", STOP = "stop", STEP = "step", REAL = "real", IMAG = "imag", NUMERATOR = "numerator", DENOMINATOR = "denominator",
    KEYS = "keys", ENCODING = "encoding", OBJECT_FIELD = "object", END = "end", REASON = "reason", ERRNO = "errno", STRERROR = "strerror", FILENAME = "filename", LINENO = "lineno", OFFSET = "offset", TEXT = "text", MSG = "msg", END_LINENO = "end_lineno", END_OFFSET = "end_offset", PRINT_FILE_AND_LINE = "print_file_and_line", NAME_FROM = "name_from",
    ORIGIN = "__origin__", ARGS_DUNDER = "__args__", PARAMETERS = "__parameters__", UNPACKED = "__unpacked__",
    GI_RUNNING = "gi_running", GI_YIELDFROM = "gi_yieldfrom", CR_RUNNING = "cr_running", CR_AWAIT = "cr_await", AG_RUNNING = "ag_running",
    LAMBDA = "<lambda>", MAPPING_FLAG = "__npython_mapping__", SEQUENCE_FLAG = "__npython_sequence__", STDOUT = "stdout", SUPER = "super", SCOPE = "scope",
    MRO_METHOD = "mro", FILENAME2 = "filename2", CHARACTERS_WRITTEN = "characters_written", TUPLE_NEW = "_tuple_new", FUNC_FIELD = "func", KEYWORDS_FIELD = "keywords",
}

/// `(__op__, __rop__, __iop__)` of a binary operator.
pub(crate) const fn binary_methods(op: npython_bytecode::BinaryOperator) -> (Id<Str>, Id<Str>, Id<Str>) {
    use npython_bytecode::BinaryOperator as B;
    match op {
        B::Add => (ADD, RADD, IADD),
        B::Sub => (SUB, RSUB, ISUB),
        B::Mul => (MUL, RMUL, IMUL),
        B::TrueDiv => (TRUEDIV, RTRUEDIV, ITRUEDIV),
        B::FloorDiv => (FLOORDIV, RFLOORDIV, IFLOORDIV),
        B::Mod => (MOD, RMOD, IMOD),
        B::Pow => (POW, RPOW, IPOW),
        B::Lshift => (LSHIFT, RLSHIFT, ILSHIFT),
        B::Rshift => (RSHIFT, RRSHIFT, IRSHIFT),
        B::And => (AND, RAND, IAND),
        B::Or => (OR, ROR, IOR),
        B::Xor => (XOR, RXOR, IXOR),
        B::MatMul => (MATMUL, RMATMUL, IMATMUL),
    }
}

/// The special method of a comparison.
pub(crate) const fn compare_method(op: npython_bytecode::CompareOperator) -> Id<Str> {
    use npython_bytecode::CompareOperator as C;
    match op {
        C::Lt => LT,
        C::Le => LE,
        C::Eq => EQ,
        C::Ne => NE,
        C::Gt => GT,
        C::Ge => GE,
    }
}
