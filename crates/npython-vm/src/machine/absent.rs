//! What Python has and a program here has not: which scope gives it, or that none does.

const FILES: &str = "Files are reached with scope 'FS-ENV'";
const NETWORK: &str = "The network is reached with scope 'HTTP-ENV'";
const TIME: &str = "The time is told with scope 'CLOCK-ENV'";
const RANDOMNESS: &str = "Random values come with scope 'RANDOM-ENV'";
const STORE: &str = "What is to last is kept with scope 'KV-ENV'";
const PROCESSES: &str = "No scope grants processes";
const THREADS: &str = "No scope grants threads; asyncio is there";
const NATIVE_CODE: &str = "No scope grants native code";
const INTERNALS: &str = "No scope grants the internals of the interpreter";
const TERMINAL: &str = "No scope grants a terminal";

/// What to tell who imports a module that does not exist here, by its first name.
pub(super) fn module_hint(name: &str) -> Option<&'static str> {
    Some(match name.split('.').next().unwrap_or(name) {
        "os" => "Files are reached with scope 'FS-ENV', environment variables with scope 'ENV-ENV'",
        "io" | "pathlib" | "shutil" | "glob" | "tempfile" | "fileinput" | "zipfile" | "tarfile" => FILES,
        "socket" | "ssl" | "select" | "selectors" | "socketserver" | "urllib" | "http" | "ftplib" | "smtplib"
        | "imaplib" | "requests" | "httpx" | "aiohttp" => NETWORK,
        "time" | "datetime" => TIME,
        "secrets" | "uuid" => RANDOMNESS,
        "sqlite3" | "shelve" | "dbm" => STORE,
        "subprocess" | "multiprocessing" | "signal" | "pty" => PROCESSES,
        "threading" | "_thread" | "concurrent" | "queue" => THREADS,
        "ctypes" | "cffi" | "mmap" => NATIVE_CODE,
        "sys" | "gc" | "importlib" | "pickle" | "marshal" | "code" | "dis" | "tracemalloc" | "faulthandler" => {
            INTERNALS
        }
        _ => return None,
    })
}

/// What to tell who uses a builtin function that does not exist here.
pub(super) fn builtin_hint(name: &str) -> Option<&'static str> {
    match name {
        "open" => Some(FILES),
        "input" => Some(TERMINAL),
        "breakpoint" => Some(INTERNALS),
        _ => None,
    }
}
