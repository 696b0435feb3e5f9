//! Readable listings of code objects.

use std::fmt::Write as _;

use crate::{Code, Constant, Instr};

/// Lists `code` and, after it, every code object among its constants: source line, index, mnemonic, operand and what
/// the operand stands for; then the exception table.
pub fn disassemble(code: &Code) -> String {
    let mut text = String::new();
    let mut pending = vec![code];
    let mut next = 0;
    while let Some(code) = pending.get(next).copied() {
        next += 1;
        if next > 1 {
            text.push('\n');
        }
        write_code(&mut text, code);
        pending.extend(code.constants.iter().filter_map(|constant| match constant {
            Constant::Code(inner) => Some(&**inner),
            _ => None,
        }));
    }
    text
}

fn write_code(text: &mut String, code: &Code) {
    let _ = writeln!(
        text,
        "code {} (line {}, {} slots, stack {})",
        code.qualname,
        code.first_line,
        code.slot_count(),
        code.stack_size
    );
    let line_starts = line_starts(&code.source.text);
    let mut last_line = 0;
    for (index, instr) in code.instrs.iter().enumerate() {
        let line = code.ranges.get(index).map_or(0, |range| line_starts.partition_point(|start| *start <= range.start));
        let shown = if line == last_line { String::new() } else { line.to_string() };
        last_line = line;
        let operand = describe_operand(code, *instr);
        let full = format!("{instr:?}");
        let arguments = full.find('(').map_or("", |at| &full[at..]);
        let _ = writeln!(
            text,
            "{}",
            format!("{shown:>6} {index:>5}  {:<22} {arguments:<14} {operand}", instr.info().name).trim_end()
        );
    }
    for handler in &code.handlers {
        let _ = writeln!(
            text,
            "       handler {}..{} -> {} depth {}{}",
            handler.start,
            handler.end,
            handler.target,
            handler.depth,
            if handler.push_origin { " with origin" } else { "" }
        );
    }
}

fn line_starts(source: &str) -> Vec<u32> {
    let mut starts = vec![0];
    starts.extend(
        source.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').filter_map(|(at, _)| u32::try_from(at + 1).ok()),
    );
    starts
}

fn describe_operand(code: &Code, instr: Instr) -> String {
    let name = |index: u32| code.names.get(index as usize).map_or_else(|| "?".to_owned(), ToString::to_string);
    let slot = |index: u32| {
        let index = index as usize;
        let locals = code.local_names.len();
        let found = if index < locals { code.local_names.get(index) } else { code.free_names.get(index - locals) };
        found.map_or_else(|| "?".to_owned(), ToString::to_string)
    };
    let constant = |index: u32| code.constants.get(index as usize).map_or_else(|| "?".to_owned(), describe_constant);
    match instr {
        Instr::LoadConst(index) | Instr::MakeFunction(index, _) | Instr::CallKeywords(_, index) => constant(index),
        Instr::LoadFast(index)
        | Instr::StoreFast(index)
        | Instr::DeleteFast(index)
        | Instr::ClearFast(index)
        | Instr::MakeCell(index)
        | Instr::LoadCell(index)
        | Instr::LoadDeref(index)
        | Instr::StoreDeref(index)
        | Instr::DeleteDeref(index)
        | Instr::LoadFromClassOrDeref(index)
        | Instr::LoadFromMappingOrDeref(index) => slot(index),
        Instr::LoadFromMappingOrGlobal(index)
        | Instr::LoadName(index)
        | Instr::StoreName(index)
        | Instr::DeleteName(index)
        | Instr::LoadGlobal(index)
        | Instr::StoreGlobal(index)
        | Instr::DeleteGlobal(index)
        | Instr::LoadAttr(index)
        | Instr::LoadMethod(index)
        | Instr::StoreAttr(index)
        | Instr::DeleteAttr(index)
        | Instr::ImportName(index)
        | Instr::ImportFrom(index) => name(index),
        _ => String::new(),
    }
}

fn describe_constant(constant: &Constant) -> String {
    let text = match constant {
        Constant::None => "None".to_owned(),
        Constant::Ellipsis => "...".to_owned(),
        Constant::Bool(true) => "True".to_owned(),
        Constant::Bool(false) => "False".to_owned(),
        Constant::Int(value) => value.to_string(),
        Constant::BigInt { magnitude, .. } => format!("<int of {} bytes>", magnitude.len()),
        Constant::Float(value) => format!("{value:?}"),
        Constant::Complex { real, imaginary } => format!("{real:?}+{imaginary:?}j"),
        Constant::Str(value) => format!("{value:?}"),
        Constant::WideStr(value) => format!("<str of {} code points>", value.len()),
        Constant::Bytes(value) => format!("<bytes of {}>", value.len()),
        Constant::Tuple(items) => format!("<tuple of {}>", items.len()),
        Constant::FrozenSet(items) => format!("<frozenset of {}>", items.len()),
        Constant::Code(code) => format!("<code {}>", code.qualname),
    };
    if text.chars().count() > 60 { text.chars().take(57).chain("...".chars()).collect() } else { text }
}
