//! What crosses between the machine and its host: plain data in, plain data out.

use num_bigint::BigInt;

/// A value outside any machine. Copies of guest data cross the boundary in this form; no handle ever does.
#[derive(Clone, Debug, PartialEq)]
pub enum PlainValue {
    None,
    Ellipsis,
    Bool(bool),
    Int(i64),
    BigInt(BigInt),
    Float(f64),
    Complex(f64, f64),
    Str(String),
    /// Text with lone surrogates, as code points.
    WideStr(Vec<u32>),
    Bytes(Vec<u8>),
    ByteArray(Vec<u8>),
    List(Vec<PlainValue>),
    Tuple(Vec<PlainValue>),
    Dict(Vec<(PlainValue, PlainValue)>),
    Set(Vec<PlainValue>),
    FrozenSet(Vec<PlainValue>),
    Range(i64, i64, i64),
    /// A sealed token: the number by which the host knows its text, which the machine never has.
    Token(u32),
    /// A guest value that has no plain form (a function, an instance): its type name and `repr`.
    Opaque {
        type_name: String,
        repr: String,
    },
}

/// Limits of one machine. Time is the driver's: it runs the machine in slices and looks at the clock in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct MachineLimits {
    /// Gas units.
    pub gas: u64,
    /// Bytes the machine may hold.
    pub memory: u64,
    /// Nested guest calls before RecursionError.
    pub depth: u32,
    /// Bytes of stdout and stderr together.
    pub output: u64,
    /// Values on the machine's stack before the `StackOverflow` halt.
    pub stack: u32,
    /// Calls of host functions.
    pub host_calls: u64,
    /// Calls of asynchronous host functions under way at once.
    pub pending_calls: u32,
}

impl Default for MachineLimits {
    fn default() -> Self {
        Self {
            gas: 1_000_000_000,
            memory: 128 << 20,
            depth: 1_000,
            output: 1 << 20,
            stack: 4 << 20,
            host_calls: 1_000_000,
            pending_calls: 1_000,
        }
    }
}

/// Switches for tests; none changes what a program prints, returns or costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct MachineOptions {
    /// Use inline caches and fused instructions.
    pub quicken: bool,
    /// Collect garbage at every safepoint.
    pub collect_always: bool,
    /// Start with a stack of this many values.
    pub initial_stack: u32,
}

impl Default for MachineOptions {
    fn default() -> Self {
        Self { quicken: true, collect_always: false, initial_stack: 256 }
    }
}

/// Why a machine stopped for good, seen by the host only: no guest code runs after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Halt {
    GasExhausted,
    MemoryLimitExceeded,
    OutputLimitExceeded,
    StackOverflow,
    HostCallLimitExceeded,
    PendingCallLimitExceeded,
    /// The embedder's watch said so; see [`crate::Machine::set_watch`].
    Interrupted,
    SecurityViolation {
        /// The scope asked for or needed, shortened if it is long.
        scope: String,
        /// The host function called; empty when a scope was to be entered.
        function: String,
        line: u32,
        reason: String,
    },
    /// A defect of the machine, not of the program.
    Engine(String),
}

/// One entry of a traceback, outermost first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceFrame {
    pub filename: String,
    pub function: String,
    /// 1-based lines; 0-based columns in characters.
    pub line: u32,
    pub end_line: u32,
    pub column: u32,
    pub end_column: u32,
    /// The source line as written, without its line end; empty when unknown.
    pub source_line: String,
    /// Columns of the operator, brackets or arguments the error is about, within an expression on one line.
    pub anchor: Option<(u32, u32)>,
}

/// An exception that left the program.
#[derive(Clone, Debug, PartialEq)]
pub struct GuestError {
    pub type_name: String,
    /// `str(exception)`.
    pub message: String,
    pub frames: Vec<TraceFrame>,
    /// What CPython would print on standard error, chained exceptions and notes included.
    pub traceback: String,
    /// Exit status asked for by SystemExit, if it is one.
    pub exit_status: Option<i32>,
}

/// A host function as the machine knows it. What it does is the host's business.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostFunction {
    pub name: String,
    /// It may be called only while a grant for this scope is in force.
    pub scope: Option<String>,
    /// Only calls written in the block that opened the scope count, not those made by functions it calls.
    pub strict: bool,
    /// Not a builtin of the guest: visible to the libraries of the host that name it only.
    pub hidden: bool,
    /// While an event loop of the guest runs, its calls go on beside the program.
    pub asynchronous: bool,
    /// Parameters and result as the guest is told: `(name: str) -> int`. Empty when unknown.
    pub signature: String,
    pub doc: Option<String>,
}

impl From<&str> for HostFunction {
    /// A function of this name that may always be called.
    fn from(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}

/// The token given to `with scope(name, token):`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScopeToken {
    /// Text of the guest.
    Plain(String),
    /// The number of a [`PlainValue::Token`].
    Sealed(u32),
}

/// The program wants to enter a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeRequest {
    pub scope: String,
    pub token: ScopeToken,
    /// Line of the `with` statement.
    pub line: u32,
}

/// What happened to a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeEventKind {
    Entered,
    Left,
    /// The block was not entered: the machine has halted.
    Refused,
    /// A function was called without a grant: the machine has halted.
    Violated,
}

/// A line of the machine's account of scopes; see [`crate::Machine::take_scope_events`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeEvent {
    pub kind: ScopeEventKind,
    pub scope: String,
    /// The host's number for the grant, if there was one.
    pub grant: Option<u32>,
    /// The function called, for `Violated`.
    pub function: String,
    /// Line of the `with` statement, or of the call.
    pub line: u32,
    /// Gas used so far.
    pub gas: u64,
    pub reason: String,
}

/// The machine waits for the host to call `function`.
#[derive(Clone, Debug, PartialEq)]
pub struct HostCall {
    /// The number given to [`crate::Machine::define_host_function`].
    pub function: u32,
    pub args: Vec<PlainValue>,
    pub kwargs: Vec<(String, PlainValue)>,
    /// Line of the call in the guest program.
    pub line: u32,
    /// The host's numbers of the grants in force for the function's scope, outermost block first; empty when it needs none.
    pub grants: Vec<u32>,
    /// The program wants to go on while the call is made: the number by which it will ask for the answer.
    pub concurrent: Option<u32>,
}

/// A failure of a host function, as the guest shall see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostError {
    /// Name of a built-in exception type; anything else becomes RuntimeError.
    pub type_name: String,
    pub message: String,
}

/// What [`crate::Machine::run`] came back with.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The program ended; its value is [`crate::Machine::result`].
    Finished,
    Raised(Box<GuestError>),
    Halted(Halt),
    /// Answer with [`crate::Machine::resume`], or with [`crate::Machine::call_begun`] if it has a number; then run on.
    HostCall(Box<HostCall>),
    /// Answer with [`crate::Machine::answer_scope`], then run on.
    EnterScope(Box<ScopeRequest>),
    /// Every task of the program waits for a host call that is under way, at most for so many seconds if there is a number:
    /// answer with [`crate::Machine::call_ended`], then run on.
    Waiting {
        seconds: Option<f64>,
    },
    /// The slice is used up; run on.
    SliceUsedUp,
}
