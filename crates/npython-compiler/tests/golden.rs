//! The bytecode of small programs, kept beside them. `BLESS=1 cargo test -p npython-compiler --test golden` rewrites it.

#![allow(clippy::disallowed_methods, reason = "the test rewrites its own data on demand")]

use std::path::Path;

use npython_bytecode::{disassemble, verify};
use npython_compiler::{CompileOptions, compile};

#[test]
fn programs_compile_to_the_recorded_bytecode() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let options = CompileOptions { last_expression_is_result: false, ..CompileOptions::default() };
    for name in ["loops", "exceptions", "scopes", "classes", "strings"] {
        let source = std::fs::read_to_string(directory.join(format!("{name}.py"))).expect("the program");
        let code = compile(&source, name, &options).unwrap_or_else(|error| panic!("{name}: {error}"));
        verify(&code).unwrap_or_else(|error| panic!("{name}: {error}"));
        let listing = disassemble(&code);
        let path = directory.join(format!("{name}.txt"));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &listing).expect("the listing is written");
        }
        let recorded = std::fs::read_to_string(&path).expect("the listing");
        assert_eq!(listing, recorded, "{name}");
    }
}
