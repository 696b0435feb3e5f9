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
const SYSTEM: &str = "No scope grants the internals of the interpreter; exit() is there";
const TERMINAL: &str = "No scope grants a terminal";

/// Every module that a program can import, for who asks for one that is well known and not among them.
const MODULES: &str = "There are abc, asyncio, bisect, collections, contextlib, copy, dataclasses, enum, functools, hashlib, \
    heapq, hmac, inspect, itertools, json, math, numbers, operator, random, re, statistics, string, textwrap, traceback, \
    types, typing, weakref";

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
        "sys" => SYSTEM,
        "gc" | "importlib" | "pickle" | "marshal" | "code" | "dis" | "tracemalloc" | "faulthandler" => INTERNALS,
        "argparse" | "array" | "ast" | "base64" | "binascii" | "builtins" | "calendar" | "cmath" | "configparser"
        | "contextvars" | "csv" | "decimal" | "difflib" | "email" | "errno" | "fnmatch" | "fractions" | "getpass"
        | "graphlib" | "gzip" | "html" | "ipaddress" | "keyword" | "locale" | "logging" | "platform" | "pprint"
        | "reprlib" | "sched" | "shlex" | "struct" | "timeit" | "tokenize" | "unicodedata" | "unittest"
        | "warnings" | "xml" | "zlib" | "zoneinfo" => MODULES,
        "PIL" | "attr" | "attrs" | "bs4" | "dateutil" | "lxml" | "matplotlib" | "networkx" | "numpy" | "openai"
        | "openpyxl" | "pandas" | "polars" | "pydantic" | "pytest" | "pytz" | "scipy" | "seaborn" | "sklearn"
        | "sympy" | "tensorflow" | "torch" | "tqdm" | "yaml" => MODULES,
        _ => return None,
    })
}

/// What to tell who calls a function of a capability that the program was not given.
pub(super) fn capability_hint(name: &str) -> Option<&'static str> {
    match name {
        "read_file" | "write_file" | "append_file" | "list_dir" | "make_dir" => Some(FILES),
        "fetch" | "send_request" => Some(NETWORK),
        "kv_get" | "kv_put" | "kv_delete" | "kv_list" => Some(STORE),
        "now_iso" | "sleep" => Some(TIME),
        "random_bytes" | "random_int" | "random_float" | "random_choice" => Some(RANDOMNESS),
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use super::MODULES;
    use crate::modules::guest;

    #[test]
    fn every_module_that_can_be_imported_is_named() {
        let named: Vec<&str> = MODULES.trim_start_matches("There are ").split(", ").collect();
        for name in guest::names().filter(|name| !name.starts_with('_') && !name.contains('.')) {
            assert!(named.contains(&name), "{name}");
        }
        assert!(named.iter().all(|name| *name == "math" || guest::named(name).is_some()));
    }
}
