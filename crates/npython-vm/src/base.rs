//! The base heap: built-in types, names, native functions and the prelude; made once per process, immutable, shared by
//! all machines, which is why a new machine costs microseconds.

use std::sync::{Arc, LazyLock};

use compact_str::CompactString;
use hashbrown::HashMap;
use npython_bytecode::{Code, CodeFlags, Constant, Instr};

use crate::names;
use crate::native::{NativeDef, NativeKind, Parameter, Signature, parse_parameters};
use crate::numeric::hash::{self, HashKey};
use crate::objects::{Function, Layout, SpecialFlags, Str, Tuple, TypeKind, TypeObject};
use crate::tables::DictTable;
use crate::types;
use crate::value::{Id, NativeId, Value};

/// A native function with what is derived from its row.
pub(crate) struct Native {
    pub(crate) def: &'static NativeDef,
    pub(crate) parameters: Box<[Parameter]>,
    pub(crate) parameter_names: Box<[Id<Str>]>,
    pub(crate) fallback: Option<Id<Function>>,
    /// The type it is an attribute of.
    pub(crate) owner: Option<Id<TypeObject>>,
    /// The module it is a function of; "builtins" where there is no owner and no other module.
    pub(crate) module: &'static str,
    pub(crate) name: Id<Str>,
    /// When arguments without keywords reach the function as they lie on the stack.
    pub(crate) direct: DirectCall,
    /// Whether a call found with a receiver, or one found without, need not check the first argument; where neither is
    /// so it is `None`.
    pub(crate) trusts_receiver: Option<bool>,
}

/// Numbers of values, the receiver counted, that a native function takes as they lie on the stack.
#[derive(Clone, Copy)]
pub(crate) struct DirectCall {
    pub(crate) least: u32,
    pub(crate) most: u32,
    /// With fewer values than this, `Undef` stands for the rest.
    pub(crate) filled_to: u32,
    /// One `Undef` follows all values: there are no keyword arguments.
    pub(crate) without_keywords: bool,
}

impl DirectCall {
    fn of(def: &NativeDef, parameters: &[Parameter]) -> Self {
        let receiver = match def.kind {
            NativeKind::Function | NativeKind::StaticMethod => 0,
            NativeKind::Method
            | NativeKind::Wrapper
            | NativeKind::ClassMethod
            | NativeKind::New
            | NativeKind::Getter
            | NativeKind::Setter => 1,
        };
        let (least, most) = match def.signature {
            Signature::None => (0, 0),
            Signature::One => (1, 1),
            Signature::Positional(least, most) => (u32::from(least), u32::from(most)),
            Signature::Variadic(least) => (u32::from(least), u32::MAX - receiver),
            Signature::Open => (0, u32::MAX - receiver),
            Signature::Named(_) => Self::named(parameters),
        };
        Self {
            least: receiver + least,
            most: receiver + most,
            filled_to: if parameters.is_empty() { 0 } else { receiver + parameters.len() as u32 },
            without_keywords: matches!(def.signature, Signature::Open),
        }
    }

    /// Fewest and most positional arguments; none fit where a keyword is required.
    fn named(parameters: &[Parameter]) -> (u32, u32) {
        let most = parameters.iter().take_while(|parameter| parameter.positional).count();
        match parameters.iter().rposition(|parameter| parameter.required) {
            Some(last) if last >= most => (1, 0),
            last => (last.map_or(0, |last| last as u32 + 1), most as u32),
        }
    }

    /// Whether so many values fit.
    #[inline(always)]
    pub(crate) fn fits(&self, given: u32) -> bool {
        given >= self.least && given <= self.most
    }

    /// Whether so many values fit and nothing is to be put behind them.
    pub(crate) fn takes_all(&self, given: u32) -> bool {
        self.fits(given) && self.total(given) == given as usize
    }

    /// Number of values the function is called with when so many are given.
    #[inline(always)]
    pub(crate) fn total(&self, given: u32) -> usize {
        (given + u32::from(self.without_keywords)).max(self.filled_to) as usize
    }
}

/// What calls need to know of a code object; the rest is in `code`.
#[derive(Clone)]
pub(crate) struct CodeInfo {
    pub(crate) code: Arc<Code>,
}

/// Where linked code starts and how large its frame is.
#[derive(Clone, Copy, serde::Serialize, serde::Deserialize)]
pub(crate) struct CodeEntry {
    /// Index of the first instruction in the machine's code segment; `UNLINKED` before the first call.
    pub start: u32,
    /// Local slots.
    pub slots: u32,
    /// Local slots and operands.
    pub frame_size: u32,
    /// Positional parameters.
    pub positional: u32,
    /// A call with as many positional arguments needs nothing but a frame, with the cells of free variables last in it.
    pub simple: bool,
}

pub(crate) const UNLINKED: u32 = u32::MAX;

impl CodeEntry {
    pub(crate) fn of(code: &Code) -> Self {
        let flags = code.flags;
        Self {
            start: UNLINKED,
            slots: code.slot_count() as u32,
            frame_size: (code.slot_count() as u32).saturating_add(code.stack_size).saturating_add(1),
            positional: code.positional_count,
            simple: !flags.has(CodeFlags::VARARGS | CodeFlags::VARKEYWORDS | CodeFlags::SUSPENDABLE)
                && code.keyword_only_count == 0,
        }
    }
}

/// Everything machines share.
pub(crate) struct Base {
    pub(crate) strings: Vec<Str>,
    pub(crate) tuples: Vec<Tuple>,
    pub(crate) types: Vec<TypeObject>,
    pub(crate) functions: Vec<Function>,
    pub(crate) interned: HashMap<CompactString, Id<Str>>,
    pub(crate) natives: Vec<Native>,
    /// The setter of a getter, by native number.
    pub(crate) setters: HashMap<usize, NativeId>,
    /// `__new__` of built-in types, by type number.
    pub(crate) constructors: Vec<Option<NativeId>>,
    pub(crate) builtins: DictTable<Value, Value>,
    pub(crate) codes: Vec<CodeInfo>,
    pub(crate) entries: Vec<CodeEntry>,
    pub(crate) prelude: HashMap<CompactString, Id<Function>>,
    /// What prelude code finds as globals besides its own functions and the builtins.
    pub(crate) intrinsics: HashMap<&'static str, Value>,
    /// Functions of native modules: module name to (name, value).
    pub(crate) modules: HashMap<&'static str, Vec<(Id<Str>, Value)>>,
}

impl Base {
    pub(crate) const EMPTY_TUPLE: Id<Tuple> = Id::new(0);
    pub(crate) const EMPTY_STR: Id<Str> = Id::new(0);

    /// The shared string for a text of at most one byte.
    #[inline]
    pub(crate) fn short_string(&self, text: &str) -> Value {
        match text.as_bytes() {
            [byte] => Value::Str(Id::new(1 + u32::from(*byte))),
            _ => Value::Str(Self::EMPTY_STR),
        }
    }

    /// The shared string of a character below U+0100.
    pub(crate) const fn latin1(byte: u8) -> Value {
        Value::Str(Id::new(1 + byte as u32))
    }

    pub(crate) fn prelude_function(&self, name: &str) -> Option<Id<Function>> {
        self.prelude.get(name).copied()
    }
}

/// The base heap of this process.
pub(crate) fn base() -> &'static Base {
    static BASE: LazyLock<Base> = LazyLock::new(|| Builder::default().build());
    &BASE
}

#[derive(Default)]
struct Builder {
    strings: Vec<Str>,
    interned: HashMap<CompactString, Id<Str>>,
    types: Vec<TypeObject>,
    natives: Vec<Native>,
    setters: HashMap<usize, NativeId>,
    constructors: Vec<Option<NativeId>>,
    builtins: DictTable<Value, Value>,
}

impl Builder {
    fn build(mut self) -> Base {
        self.add_strings();
        self.add_types();
        for (owner, table) in crate::types::METHOD_TABLES {
            self.add_methods(*owner, table);
        }
        self.set_unhashable();
        let mut intrinsics = HashMap::new();
        for def in crate::builtins::FUNCTIONS.iter().flat_map(|table| table.iter()) {
            let id = self.add_native(def, None, "builtins");
            let name = self.intern(def.name);
            self.define(name, Value::Native(id));
        }
        for def in types::quitter::FUNCTIONS {
            let id = self.add_native(def, None, types::quitter::MODULE);
            let name = self.intern(def.name);
            self.define(name, Value::Native(id));
        }
        for def in crate::builtins::INTRINSICS.iter().flat_map(|table| table.iter()) {
            let id = self.add_native(def, None, "builtins");
            intrinsics.insert(def.name, Value::Native(id));
        }
        for (name, id) in crate::builtins::INTRINSIC_TYPES {
            intrinsics.insert(*name, Value::Type(*id));
        }
        intrinsics.insert("_MISSING", Value::Missing);
        let mut modules: HashMap<&'static str, Vec<(Id<Str>, Value)>> = HashMap::new();
        for (module, table) in crate::modules::NATIVE_FUNCTIONS {
            for def in table.iter() {
                let id = self.add_native(def, None, module);
                let name = self.intern(def.name);
                modules.entry(module).or_default().push((name, Value::Native(id)));
            }
        }
        self.add_constants();
        let (prelude, functions, codes) = self.add_prelude();
        for native in &mut self.natives {
            native.fallback = native.def.fallback.map(|name| {
                *prelude
                    .get(name)
                    .unwrap_or_else(|| panic!("the prelude lacks {name}, the fallback of {}", native.def.name))
            });
        }
        let entries = codes.iter().map(|info| CodeEntry::of(&info.code)).collect();
        Base {
            strings: self.strings,
            tuples: vec![Tuple::default()],
            types: self.types,
            functions,
            interned: self.interned,
            natives: self.natives,
            setters: self.setters,
            constructors: self.constructors,
            builtins: self.builtins,
            codes,
            entries,
            prelude,
            intrinsics,
            modules,
        }
    }

    fn add_strings(&mut self) {
        self.add_string("");
        for code_point in 0..=255_u8 {
            let mut bytes = [0; 4];
            let text: &str = char::from(code_point).encode_utf8(&mut bytes);
            self.add_string(text);
        }
        for text in names::TEXTS {
            self.add_string(text);
        }
    }

    fn add_string(&mut self, text: &str) -> Id<Str> {
        let mut made = Str::new(CompactString::new(text));
        made.interned = true;
        made.set_cached_hash(hash::string(text, HashKey::default()));
        let id = Id::new(self.strings.len() as u32);
        self.strings.push(made);
        // A name that is a single character, or listed twice, keeps its first handle.
        *self.interned.entry(CompactString::new(text)).or_insert(id)
    }

    fn intern(&mut self, text: &str) -> Id<Str> {
        match self.interned.get(text) {
            Some(id) => *id,
            None => self.add_string(text),
        }
    }

    fn hash_of(&self, name: Id<Str>) -> i64 {
        self.strings[name.index()].cached_hash()
    }

    fn define(&mut self, name: Id<Str>, value: Value) {
        self.builtins.insert_new(self.hash_of(name), Value::Str(name), value);
    }

    fn add_types(&mut self) {
        for (number, row) in types::TABLE.iter().enumerate() {
            let id = Id::new(number as u32);
            let short = row.name.rsplit('.').next().unwrap_or(row.name);
            let module = row.name.split_once('.').map_or("builtins", |(module, _)| module);
            let (name, module) = (self.intern(short), self.intern(module));
            let mut bases = if number == 0 { vec![] } else { vec![Id::new(row.base)] };
            let mut mro = vec![id];
            if id == types::EXCEPTION_GROUP {
                bases.push(types::EXCEPTION);
                mro.extend([types::BASE_EXCEPTION_GROUP, types::EXCEPTION, types::BASE_EXCEPTION, types::OBJECT]);
            } else if number > 0 {
                let base_mro = self.types[row.base as usize].mro.clone();
                mro.extend(base_mro);
            }
            let no_dict = !matches!(row.layout, Layout::Exception | Layout::Module | Layout::Type)
                && id != types::LRU_CACHE_WRAPPER;
            self.types.push(TypeObject {
                name: Value::Str(name),
                qualname: Value::Str(name),
                module: Value::Str(module),
                doc: Value::None,
                kind: TypeKind::Native,
                layout: row.layout,
                metaclass: types::TYPE,
                bases,
                mro,
                version: number as u32 + 1,
                flags: SpecialFlags(if no_dict { SpecialFlags::NO_DICT } else { 0 }),
                base_allowed: row.open,
                ..TypeObject::default()
            });
            // The others are not listed: a way to types that no name leads to.
            if matches!(row.layout, Layout::Exception) && id != types::BASE_EXCEPTION {
                self.types[row.base as usize].subclasses.push(id);
            }
            if row.public {
                self.define(name, Value::Type(id));
            }
        }
        self.constructors = vec![None; types::TABLE.len()];
        let environment = self.intern("EnvironmentError");
        let io = self.intern("IOError");
        self.define(environment, Value::Type(types::OS_ERROR));
        self.define(io, Value::Type(types::OS_ERROR));
    }

    fn add_native(&mut self, def: &'static NativeDef, owner: Option<Id<TypeObject>>, module: &'static str) -> NativeId {
        let parameters = match def.signature {
            Signature::Named(text) => parse_parameters(text),
            _ => Vec::new(),
        };
        let parameter_names = parameters.iter().map(|parameter| self.intern(parameter.name)).collect();
        let name = self.intern(def.name);
        let id = NativeId::new(self.natives.len() as u32);
        let trusts_receiver = match def.kind {
            NativeKind::Method | NativeKind::Wrapper => Some(true),
            NativeKind::Function => Some(false),
            _ => None,
        };
        let direct = DirectCall::of(def, &parameters);
        self.natives.push(Native {
            def,
            parameters: parameters.into(),
            parameter_names,
            fallback: None,
            owner,
            module,
            name,
            direct,
            trusts_receiver,
        });
        id
    }

    fn add_methods(&mut self, owner: Id<TypeObject>, table: &'static [NativeDef]) {
        for def in table {
            let id = self.add_native(def, Some(owner), "builtins");
            let name = self.intern(def.name);
            let hash = self.hash_of(name);
            if def.kind == NativeKind::New {
                self.constructors[owner.index()] = Some(id);
            }
            let attributes = &mut self.types[owner.index()].attributes;
            let present = attributes.find::<()>(hash, |key| Ok(*key == Value::Str(name))).ok().flatten();
            match (def.kind, present.and_then(|at| attributes.entry(at)).map(|entry| entry.value)) {
                (NativeKind::Setter, Some(Value::Native(getter))) => {
                    self.setters.insert(getter.index(), id);
                }
                (_, Some(_)) => panic!("{} has two rows for {}", types::TABLE[owner.index()].name, def.name),
                (_, None) => {
                    attributes.insert_new(hash, Value::Str(name), Value::Native(id));
                }
            }
        }
    }

    fn set_unhashable(&mut self) {
        for owner in [
            types::LIST,
            types::DICT,
            types::SET,
            types::BYTEARRAY,
            types::SLICE,
            types::CELL,
            types::DICT_KEYS,
            types::DICT_ITEMS,
            types::DEQUE,
        ] {
            let hash = self.hash_of(names::HASH);
            let class = &mut self.types[owner.index()];
            if owner != types::SLICE {
                class.flags.0 |= SpecialFlags::UNHASHABLE;
                if class.attributes.find::<()>(hash, |key| Ok(*key == Value::Str(names::HASH))).ok().flatten().is_none()
                {
                    class.attributes.insert_new(hash, Value::Str(names::HASH), Value::None);
                }
            }
        }
    }

    fn add_constants(&mut self) {
        for (name, value) in [
            ("None", Value::None),
            ("True", Value::True),
            ("False", Value::False),
            ("NotImplemented", Value::NotImplemented),
            ("Ellipsis", Value::Ellipsis),
            ("__debug__", Value::True),
            ("__name__", Value::Str(names::BUILTINS_NAME)),
        ] {
            let name = self.intern(name);
            self.define(name, value);
        }
    }

    /// Compiles the prelude; its module body is nothing but function definitions, which become functions of the base
    /// without being run.
    fn add_prelude(&mut self) -> (HashMap<CompactString, Id<Function>>, Vec<Function>, Vec<CodeInfo>) {
        let (mut prelude, mut functions, mut codes) = (HashMap::new(), Vec::new(), Vec::new());
        for (filename, text) in crate::prelude::SOURCES {
            let module = compile_prelude(filename, text);
            for (at, instr) in module.instrs.iter().enumerate() {
                let Instr::MakeFunction(constant, flags) = instr else { continue };
                let Some(Constant::Code(code)) = module.constants.get(*constant as usize) else { continue };
                let defaults =
                    if flags.0 == 0 { Box::default() } else { self.prelude_defaults(&module, at, &code.name) };
                let entry = CodeEntry::of(code);
                functions.push(Function {
                    code: codes.len() as u32,
                    defaults,
                    simple: entry.simple,
                    ..Function::default()
                });
                codes.push(CodeInfo { code: code.clone() });
                prelude.insert(CompactString::new(&code.name), Id::new(functions.len() as u32 - 1));
            }
        }
        (prelude, functions, codes)
    }

    /// The default values put together right before the `MakeFunction` at `at`: constants, or `_MISSING`.
    fn prelude_defaults(&mut self, module: &Code, at: usize, function: &str) -> Box<[Value]> {
        match at.checked_sub(1).and_then(|at| module.instrs.get(at)) {
            Some(Instr::LoadConst(index)) => match &module.constants[*index as usize] {
                Constant::Tuple(items) => items.iter().map(|item| self.prelude_constant(item, function)).collect(),
                _ => panic!("defaults of prelude function {function} are no tuple"),
            },
            Some(Instr::BuildTuple(count)) => {
                let first = at - 1 - *count as usize;
                let loads = &module.instrs[first..at - 1];
                loads
                    .iter()
                    .map(|load| match *load {
                        Instr::LoadConst(index) => self.prelude_constant(&module.constants[index as usize], function),
                        Instr::LoadGlobal(name) if &*module.names[name as usize] == "_MISSING" => Value::Missing,
                        Instr::LoadNone => Value::None,
                        Instr::LoadTrue => Value::True,
                        Instr::LoadFalse => Value::False,
                        Instr::LoadInt(value) => Value::Int(i64::from(value)),
                        _ => panic!("a default of prelude function {function} is not a constant"),
                    })
                    .collect()
            }
            _ => panic!("prelude function {function} has more than positional defaults"),
        }
    }

    fn prelude_constant(&mut self, constant: &Constant, function: &str) -> Value {
        match constant {
            Constant::None => Value::None,
            Constant::Bool(value) => Value::bool(*value),
            Constant::Int(value) => Value::Int(*value),
            Constant::Str(text) => Value::Str(self.intern(text)),
            _ => panic!("a default of prelude function {function} is not a plain constant"),
        }
    }
}

fn compile_prelude(filename: &str, text: &str) -> Arc<Code> {
    let options =
        npython_compiler::CompileOptions { last_expression_is_result: false, internal: true, ..Default::default() };

    npython_compiler::compile(text, filename, &options)
        .unwrap_or_else(|error| panic!("the prelude does not compile: {error:?}"))
}
