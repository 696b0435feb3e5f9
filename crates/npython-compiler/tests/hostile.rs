//! Source that means harm, or is merely large: it compiles or is refused, on a small stack, and nothing else happens.

#![allow(clippy::disallowed_types, reason = "the small stack is the point of the test")]

use npython_bytecode::verify;
use npython_compiler::{CompileError, CompileOptions, SyntaxErrorKind, compile};

/// Compiles on a thread with a small stack and verifies the code.
fn outcome(source: String) -> Result<(), CompileError> {
    let options = CompileOptions { last_expression_is_result: false, ..CompileOptions::default() };
    std::thread::Builder::new()
        .stack_size(512 * 1024)
        .spawn(move || compile(&source, "<hostile>", &options).map(|code| verify(&code).expect("valid code")))
        .expect("a thread")
        .join()
        .expect("no panic")
}

fn works(source: String) {
    if let Err(error) = outcome(source) {
        panic!("refused: {error}");
    }
}

fn refused(source: String) -> CompileError {
    outcome(source).expect_err("should be refused")
}

fn too_deep(source: String) {
    let error = refused(source);
    assert_eq!(error.kind, SyntaxErrorKind::RecursionError, "{error}");
}

#[test]
fn long_sums_compile_or_are_too_deep() {
    works(format!("x = {}", vec!["1"; 2_000].join("+")));
    works(format!("x = {}", vec!["a"; 10_000].join("+")));
    too_deep(format!("x = {}", vec!["1"; 300_000].join("+")));
}

#[test]
fn large_programs_compile() {
    works(format!("x = [{}]", "1, ".repeat(200_000)));
    works(format!("x = [{}]", "a, ".repeat(200_000)));
    works(format!("x = {{{}}}", "a, ".repeat(100_000)));
    works(format!("x = {{{}}}", "a: b, ".repeat(100_000)));
    works(format!("f({})", "a, ".repeat(1_000)));
    works(format!("f({})", "a, ".repeat(100_000)));
    works(format!("f({})", (0..100_000).map(|n| format!("a{n}=1")).collect::<Vec<_>>().join(", ")));
    works(format!("def f():\n{}", " x = a + 1\n".repeat(20_000)));
    works((0..70_000).map(|n| format!("name{n} = {n}\n")).collect());
    works("x = 1\n".repeat(100_000));
    works(format!("def f():\n{}", (0..100_000).map(|n| format!(" v{n} = {n}\n")).collect::<String>()));
    works(format!("x = [{}]", (0..100_000).map(|n| format!("{n}.5, ")).collect::<String>()));
}

#[test]
fn many_parameters_and_names_compile() {
    let names: Vec<String> = (0..100_000).map(|n| format!("a{n}")).collect();
    works(format!("def f({}): pass", names.join(", ")));
    works(format!("def f():\n global {}", names.join(", ")));
    works(format!("import {}", names.join(", ")));
    works(format!("{} = x", names.join(", ")));
    works(format!("{} = x", names.join(" = ")));
    refused(format!("match x:\n case [{}]: pass", names.join(", ")));
    works(format!(
        "match x:\n case A({}): pass",
        names.iter().map(|name| format!("{name}=_")).collect::<Vec<_>>().join(", ")
    ));
    works(format!(
        "match x:\n case {{{}}}: pass",
        (0..50_000).map(|n| format!("{n}: _")).collect::<Vec<_>>().join(", ")
    ));
    works(format!("match x:\n case {}: pass", (0..5_000).map(|n| n.to_string()).collect::<Vec<_>>().join(" | ")));
}

#[test]
fn brackets_are_limited_as_in_cpython() {
    for (open, close) in [("(", ")"), ("[", "]"), ("{", "}"), ("f(", ")"), ("a[", "]"), ("{1:", "}")] {
        works(format!("x = {}1{}", open.repeat(199), close.repeat(199)));
        let error = refused(format!("x = {}1{}", open.repeat(200_000), close.repeat(200_000)));
        assert_eq!(error.message, "too many nested parentheses");
        refused(format!("x = {}", open.repeat(200_000)));
    }
}

#[test]
fn format_strings_are_limited() {
    refused("f'{".repeat(100_000));
    refused(format!("{}1{}", "f'{".repeat(100_000), "}'".repeat(100_000)));
    refused(format!("f'{}'", "{a:".repeat(100_000)));
    works(format!("f'{}'", "{a}".repeat(100_000)));
    works(format!("{}1{}", "f'{".repeat(100), "}'".repeat(100)));
    refused(format!("f'{{' + {}", "(".repeat(100_000)));
    too_deep(format!("f'{{' + {}'", "-".repeat(100_000)));
}

#[test]
fn ladders_compile() {
    works(format!("if a: pass\n{}", "elif b: pass\n".repeat(50_000)));
    works(format!("try: pass\n{}", "except a: pass\n".repeat(50_000)));
    works(format!("match x:\n{}", " case 1: pass\n".repeat(50_000)));
    works(format!("{}def f(): pass", "@a\n".repeat(10_000)));
}

#[test]
fn every_kind_of_chain_is_bounded() {
    for (before, unit, after) in [
        ("x = ", "-", "1"),
        ("x = ", "not ", "1"),
        ("x = ", "~", "1"),
        ("x = ", "1**", "1"),
        ("x = ", "lambda: ", "1"),
        ("x = ", "lambda a, b: ", "1"),
        ("x = ", "lambda a=1, *, b=2: ", "1"),
        ("x = ", "1 if 1 else ", "1"),
        ("x = a", ".b", ""),
        ("x = a", "()", ""),
        ("x = a", "[0]", ""),
        ("x = a", ".b()", ""),
        ("x = a", "(0)[1]", ""),
        ("x = a", "+a", ""),
        ("x = a", "-a*b", ""),
        ("x = [x for x in y", " for a, b in c", "]"),
    ] {
        let source = |count: usize| format!("{before}{}{after}", unit.repeat(count));
        works(source(1_000));
        let _ = outcome(source(9_000));
        let _ = outcome(source(30_000));
        too_deep(source(100_000));
    }
    for (before, unit, after) in [
        ("x = a", " and a", ""),
        ("x = a", " or a", ""),
        ("x = a", " < a", ""),
        ("x = a", " in a", ""),
        ("x = ", "y = ", "a"),
    ] {
        let source = |count: usize| format!("{before}{}{after}", unit.repeat(count));
        works(source(5_000));
        let _ = outcome(source(100_000));
    }
    refused(format!("{}x = 1", "async ".repeat(100_000)));
    refused(format!("x = {}", "(yield ".repeat(100_000)));
    let _ = outcome(format!("x = {}", "'a' ".repeat(100_000)));
    let _ = outcome(format!("x = {}", "f'{a}' ".repeat(100_000)));
}

#[test]
fn blocks_are_limited_as_in_cpython() {
    for head in ["if a:", "def f():", "class A:", "while a:", "for a in b:", "with a:", "try:", "match a:"] {
        let source: String = (0..1_000).map(|depth| format!("{}{head}\n", " ".repeat(depth))).collect();
        refused(source);
    }
    let loops: String = (0..22).map(|depth| format!("{}for a in b:\n", " ".repeat(depth))).collect();
    assert_eq!(refused(format!("{loops}{}pass", " ".repeat(22))).message, "too many statically nested blocks");
    works((0..90).map(|depth| format!("{}if a:\n", " ".repeat(depth))).collect::<String>() + &" ".repeat(90) + "pass");
    works(
        (0..90).map(|depth| format!("{}def f():\n", " ".repeat(depth))).collect::<String>() + &" ".repeat(90) + "pass",
    );
}

#[test]
fn nested_finally_does_not_explode() {
    let mut source = String::from("def f():\n");
    for depth in 0..19 {
        let indent = " ".repeat(depth + 1);
        source.push_str(&format!("{indent}try: a\n{indent}finally:\n"));
    }
    source.push_str(&format!("{}return b\n", " ".repeat(21)));
    let _ = outcome(source);
}

#[test]
fn large_literals_compile() {
    works(format!("x = '{}'", "a".repeat(10 << 20)));
    works(format!("x = b'{}'", "a".repeat(10 << 20)));
    works(format!("x = 0x{}", "f".repeat(1 << 20)));
    refused(format!("x = {}", "9".repeat(10 << 20)));
    works(format!("x = 1e{}", "9".repeat(100_000)));
    works(format!("'''{}'''", "\n".repeat(1 << 20)));
    works(format!("#{}", "a".repeat(10 << 20)));
    refused(format!("x = {}", "\\\n".repeat(100_000)));
}

#[test]
fn folding_is_bounded() {
    works("x = 'a' * 10 ** 9".to_owned());
    works("x = 2 ** 10 ** 9".to_owned());
    works("x = 1 << 10 ** 9".to_owned());
    works("x = (1, 2) * 10 ** 9".to_owned());
    works(format!("x = '{}'{}", "a".repeat(100_000), " + 'a'".repeat(5_000)));
    works(format!("x = 1{}", " * 1000000007".repeat(5_000)));
}

#[test]
fn noise_is_refused() {
    for byte in 0_u8..=127 {
        let _ = outcome(String::from(char::from(byte)).repeat(5_000));
        let _ = outcome(format!("x = {}", String::from(char::from(byte)).repeat(300)));
    }
    for junk in [
        "\u{feff}", "\u{0}", "é", "\u{202e}", "🦀", "\u{d7ff}", "\\", "\\\n", "'\\", "'''\\", "f'''{", "f'{a!",
        "f'{a:{", "\t \t x",
    ] {
        for count in [1, 2, 3, 100] {
            let _ = outcome(junk.repeat(count));
            let _ = outcome(format!("({}", junk.repeat(count)));
            let _ = outcome(format!("{}\n  x\n y", junk.repeat(count)));
        }
    }
}
