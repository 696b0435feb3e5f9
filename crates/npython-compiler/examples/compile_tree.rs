//! Compiles every Python file below the given directories, verifies the code and reports what fails: a check by hand
//! against a whole standard library. `--list FILE` prints the bytecode of one file.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a tool for the command line, no part of the machine"
)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use npython_compiler::{CompileOptions, compile};

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> =
            path.read_dir().into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        entries.sort();
        for entry in entries {
            collect(&entry, files);
        }
    } else if path.extension().is_some_and(|extension| extension == "py") {
        files.push(path.to_owned());
    }
}

#[allow(clippy::print_stdout, reason = "a tool for the command line")]
fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let list = arguments.first().is_some_and(|first| first == "--list");
    if list {
        arguments.remove(0);
    }
    let mut files = Vec::new();
    for argument in &arguments {
        let path = Path::new(argument);
        if path.is_dir() { collect(path, &mut files) } else { files.push(path.to_owned()) }
    }
    let options = CompileOptions { last_expression_is_result: false, ..CompileOptions::default() };
    let (mut bytes, mut failed, mut seconds) = (0, 0, 0.0);
    for file in &files {
        let Ok(text) = std::fs::read_to_string(file) else { continue };
        bytes += text.len();
        let start = Instant::now();
        let result = compile(&text, &file.to_string_lossy(), &options);
        seconds += start.elapsed().as_secs_f64();
        match result {
            Err(error) => {
                failed += 1;
                println!("{error}");
                if list {
                    println!("{}", error.to_traceback());
                }
            }
            Ok(code) => {
                if list {
                    println!("{}", npython_bytecode::disassemble(&code));
                }
                if let Err(error) = npython_bytecode::verify(&code) {
                    failed += 1;
                    println!("{}: {error}", file.display());
                }
            }
        }
    }
    println!(
        "{} files, {failed} failed, {bytes} bytes, {seconds:.3} s, {:.1} MB/s",
        files.len(),
        bytes as f64 / 1e6 / seconds
    );
    ExitCode::SUCCESS
}
