//! Annotations kept as text (`from __future__ import annotations`) read as CPython writes them.

use npython_bytecode::{Code, Constant, Instr};
use npython_compiler::{CompileOptions, compile};

/// The text stored for an annotation.
fn kept(annotation: &str) -> String {
    let source = format!("from __future__ import annotations\nx: {annotation}\n");
    let options = CompileOptions { last_expression_is_result: false, ..CompileOptions::default() };
    let code = compile(&source, "f", &options).unwrap_or_else(|error| panic!("{annotation}: {error}"));
    text_before_annotations(&code)
}

fn text_before_annotations(code: &Code) -> String {
    let at = code
        .instrs
        .windows(2)
        .position(|pair| matches!(pair, [Instr::LoadConst(_), Instr::LoadGlobal(_)]))
        .expect("an annotation is stored");
    match code.instrs.get(at) {
        Some(Instr::LoadConst(number)) => match &code.constants[*number as usize] {
            Constant::Str(text) => text.to_string(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn annotations_read_as_in_cpython() {
    // Left: source, right: `__annotations__['x']` under CPython 3.13.
    let mut failures = Vec::new();
    let cases = include_str!("data/annotations.tsv");
    for line in cases.lines() {
        let (source, expected) = line.split_once('\t').expect("two columns");
        let got = kept(source);
        if got != expected {
            failures.push(format!("{source}: expected {expected}, got {got}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
