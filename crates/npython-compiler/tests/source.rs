//! What goes in besides plain statements: bytes, modes, options; and what comes out in errors.

use npython_bytecode::{CodeFlags, Constant, Instr, verify};
use npython_compiler::{CompileError, CompileOptions, Mode, SyntaxErrorKind, compile, compile_bytes, compile_metered};

fn refused(source: &str, mode: Mode) -> CompileError {
    compile(source, "f.py", &CompileOptions { mode, ..CompileOptions::default() }).expect_err("should be refused")
}

#[test]
fn bytes_are_decoded_by_mark_and_cookie() {
    let text_of = |source: &[u8]| {
        let options = CompileOptions { last_expression_is_result: false, ..CompileOptions::default() };
        compile_bytes(source, "f.py", &options).map(|compiled| compiled.code.constants.clone())
    };
    let text = |value: &str| Constant::Str(value.into());
    assert_eq!(text_of(b"# coding: latin-1\nx = '\xe9'").expect("latin-1"), [text("é")]);
    assert_eq!(text_of(b"\xef\xbb\xbfx = '\xc3\xa9'").expect("marked"), [text("é")]);
    assert_eq!(text_of(b"#!x\n# vim: set fileencoding=cp1252 :\nx = '\x80'").expect("cp1252"), [text("€")]);
    assert_eq!(text_of(b"x = '''a\r\nb\rc'''").expect("line ends"), [text("a\nb\nc")]);
    for (source, message) in [
        (b"# coding: foo\n".as_slice(), "unknown encoding: foo"),
        (b"\xef\xbb\xbf# coding: latin-1\n", "encoding problem: iso-8859-1 with BOM"),
        (b"x = 1\0", "source code cannot contain null bytes"),
    ] {
        assert_eq!(text_of(source).expect_err("refused").message, message);
    }
    assert!(
        text_of(b"\n\nx = '\xe9'")
            .expect_err("not UTF-8")
            .message
            .starts_with("Non-UTF-8 code starting with '\\xe9' on line 3")
    );
}

#[test]
fn modes_differ_as_in_cpython() {
    let eval = CompileOptions { mode: Mode::Eval, ..CompileOptions::default() };
    assert_eq!(compile("1 + x\n", "f", &eval).expect("an expression").instrs.last(), Some(&Instr::ReturnValue));
    assert_eq!(refused("x = 1", Mode::Eval).message, "invalid syntax");
    assert_eq!(refused("  x", Mode::Eval).kind, SyntaxErrorKind::IndentationError);
    let error = refused("x = 1\ny = 2", Mode::Single);
    assert_eq!(error.message, "multiple statements found while compiling a single statement");
    let single = CompileOptions { mode: Mode::Single, ..CompileOptions::default() };
    compile("x = 1; y = 2", "f", &single).expect("one line");
}

#[test]
fn the_last_expression_is_the_result_when_asked() {
    let has_result = |options: &CompileOptions| {
        compile("x = 1\nx + 1\n", "f", options).expect("a program").instrs.contains(&Instr::SetResult)
    };
    assert!(has_result(&CompileOptions::default()));
    assert!(!has_result(&CompileOptions { last_expression_is_result: false, ..CompileOptions::default() }));
}

#[test]
fn separate_locals_use_the_mapping() {
    let options = CompileOptions { separate_locals: true, ..CompileOptions::default() };
    let code = compile("x = y", "f", &options).expect("a program");
    assert!(code.flags.has(CodeFlags::SEPARATE_LOCALS));
    assert!(code.instrs.iter().any(|instr| matches!(instr, Instr::LoadName(_))));
    assert!(code.instrs.iter().any(|instr| matches!(instr, Instr::StoreName(_))));
}

#[test]
fn lone_surrogates_survive() {
    let options = CompileOptions { last_expression_is_result: false, ..CompileOptions::default() };
    let constants = |source: &str| {
        let code = compile(source, "f", &options).expect("a program");
        verify(&code).expect("valid code");
        code.constants.clone()
    };
    let wide = |points: &[u32]| Constant::WideStr(points.into());
    assert_eq!(constants(r"x = 'a\ud800\n\N{BULLET}\x41é'"), [wide(&[0x61, 0xD800, 10, 0x2022, 0x41, 0xE9])]);
    assert_eq!(constants(r"x = '\U0000dfff' 'b'"), [wide(&[0xDFFF, 0x62])]);
    assert_eq!(constants("x = '\u{fffd}\\n'"), [Constant::Str("\u{fffd}\n".into())]);
    assert_eq!(constants(r"x = f'{{\ud800'"), [wide(&[0x7B, 0xD800])]);
}

#[test]
fn tracebacks_point_as_cpythons_do() {
    let error = refused("if x:\n    print('a' b)\n", Mode::Exec);
    assert_eq!(
        error.to_traceback(),
        "  File \"f.py\", line 2\n    print('a' b)\n          ^^^^^\nSyntaxError: invalid syntax. Perhaps you forgot a comma?\n"
    );
    let error = refused("x = (1,\n", Mode::Exec);
    assert_eq!(
        error.to_traceback(),
        "  File \"f.py\", line 1\n    x = (1,\n        ^\nSyntaxError: '(' was never closed\n"
    );
    let error = refused("def f():\nx", Mode::Exec);
    assert_eq!(
        error.to_traceback(),
        "  File \"f.py\", line 2\n    x\n    ^\nIndentationError: expected an indented block after function definition on line 1\n"
    );
}

#[test]
fn gas_counts_bytes_and_nodes() {
    let gas = |source: &str| compile_metered(source, "f", &CompileOptions::default()).expect("a program").gas;
    assert_eq!(gas("x = 1"), gas("x = 1"));
    assert!(gas("x = 1\nx = 1") > gas("x = 1"));
    assert!(gas("x = 1        ") > gas("x = 1"));
}

#[test]
fn scope_blocks_are_syntax_of_the_machine() {
    let options = CompileOptions::default();
    let code = compile("scope = 1\nwith scope('a', t), b:\n    pass", "f", &options).expect("a scope block");
    assert!(code.instrs.contains(&Instr::EnterScope));
    for source in
        ["with scope(a): pass", "with scope(a, b) as c: pass", "with scope(a, b=1): pass", "with scope(*a): pass"]
    {
        refused(source, Mode::Exec);
    }
    refused("async def f():\n  async with scope(a, b): pass", Mode::Exec);
    let ordinary = compile("with scope: pass\nwith x.scope(1): pass", "f", &options).expect("ordinary managers");
    assert!(!ordinary.instrs.contains(&Instr::EnterScope));
}
