//! Literals and f-strings.

use std::sync::Arc;

use npython_bytecode::{Constant, Conversion, Instr, SourceRange};
use num_bigint::BigUint;
use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::TextRange;

use super::{Checked, Compiler, at, fault};
use crate::literal_text::{bytes_repr, float_repr, text_repr};

/// CPython's limit on decimal digits of an int literal.
const MAX_DECIMAL_DIGITS: usize = 4_300;
const REPLACEMENT: char = '\u{FFFD}';

/// Text that may contain lone surrogates.
#[derive(Default)]
struct TextBuffer {
    text: String,
    /// All code points, once there is a surrogate among them.
    wide: Option<Vec<u32>>,
}

impl TextBuffer {
    fn push_str(&mut self, text: &str) {
        match &mut self.wide {
            Some(wide) => wide.extend(text.chars().map(u32::from)),
            None => self.text.push_str(text),
        }
    }

    fn push_wide(&mut self, points: Vec<u32>) {
        match &mut self.wide {
            Some(wide) => wide.extend(points),
            None => {
                let mut all: Vec<u32> = std::mem::take(&mut self.text).chars().map(u32::from).collect();
                all.extend(points);
                self.wide = Some(all);
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty() && self.wide.as_ref().is_none_or(Vec::is_empty)
    }

    fn take(&mut self) -> Constant {
        match self.wide.take() {
            Some(wide) => match wide.iter().map(|point| char::from_u32(*point)).collect::<Option<String>>() {
                Some(text) => Constant::Str(Arc::from(text)),
                None => Constant::WideStr(wide.into()),
            },
            None => Constant::Str(Arc::from(std::mem::take(&mut self.text))),
        }
    }
}

impl<'a> Compiler<'a> {
    /// The value of a literal expression.
    pub(super) fn literal_constant(&self, expression: &'a Expr) -> Checked<Constant> {
        Ok(match expression {
            Expr::NumberLiteral(literal) => match &literal.value {
                ast::Number::Int(value) => integer(value, literal.range)?,
                ast::Number::Float(value) => Constant::Float(*value),
                ast::Number::Complex { real, imag } => Constant::Complex { real: *real, imaginary: *imag },
            },
            Expr::StringLiteral(literal) => self.string_constant(literal),
            Expr::BytesLiteral(literal) => match literal.as_single_part_bytestring() {
                Some(part) => Constant::Bytes(Arc::from(part.as_slice())),
                None => Constant::Bytes(literal.value.bytes().collect::<Vec<u8>>().into()),
            },
            Expr::BooleanLiteral(literal) => Constant::Bool(literal.value),
            Expr::EllipsisLiteral(_) => Constant::Ellipsis,
            _ => Constant::None,
        })
    }

    pub(super) fn string_constant(&self, literal: &ast::ExprStringLiteral) -> Constant {
        if literal.value.iter().all(|part| !self.has_surrogate(part)) {
            return Constant::Str(Arc::from(literal.value.to_str()));
        }
        let mut buffer = TextBuffer::default();
        for part in &literal.value {
            self.push_literal(&mut buffer, part);
        }
        buffer.take()
    }

    /// Whether a literal spells a lone surrogate, which the parser turns into a replacement character.
    fn has_surrogate(&self, part: &ast::StringLiteral) -> bool {
        part.value.contains(REPLACEMENT)
            && !part.flags.prefix().is_raw()
            && self.source_of(part.content_range()).contains('\\')
    }

    fn source_of(&self, range: TextRange) -> &'a str {
        self.text.get(range.start().to_usize()..range.end().to_usize()).unwrap_or("")
    }

    fn push_literal(&self, buffer: &mut TextBuffer, part: &ast::StringLiteral) {
        if self.has_surrogate(part) {
            buffer.push_wide(restore_surrogates(self.source_of(part.content_range()), &part.value, false));
        } else {
            buffer.push_str(&part.value);
        }
    }

    /// The text of a docstring as `inspect.cleandoc` would leave it (since 3.13 the compiler does).
    pub(super) fn docstring_constant(&self, docstring: &'a ast::ExprStringLiteral) -> Checked<Constant> {
        Ok(match self.string_constant(docstring) {
            Constant::Str(text) => Constant::Str(Arc::from(clean_docstring(&text))),
            other => other,
        })
    }

    pub(super) fn format_string(&mut self, string: &'a ast::ExprFString) -> Checked {
        let range = at(string);
        let mut count = 0;
        let mut pending = TextBuffer::default();
        for part in &string.value {
            match part {
                ast::FStringPart::Literal(literal) => self.push_literal(&mut pending, literal),
                ast::FStringPart::FString(part) => {
                    let raw = part.flags.prefix().is_raw();
                    self.format_elements(&part.elements, raw, &mut pending, &mut count, range)?;
                }
            }
        }
        self.flush_text(&mut pending, &mut count, range);
        if count == 0 {
            self.load_constant(Constant::Str(Arc::from("")), range);
        } else if count > 1 {
            self.emit(Instr::BuildString(count), range);
        }
        Ok(())
    }

    fn flush_text(&mut self, pending: &mut TextBuffer, count: &mut u32, range: SourceRange) {
        if !pending.is_empty() {
            *count += 1;
            self.load_constant(pending.take(), range);
        }
    }

    fn format_elements(
        &mut self,
        elements: &'a [ast::InterpolatedStringElement],
        raw: bool,
        pending: &mut TextBuffer,
        count: &mut u32,
        range: SourceRange,
    ) -> Checked {
        for element in elements {
            match element {
                ast::InterpolatedStringElement::Literal(literal) => {
                    let source = self.source_of(literal.range);
                    if !raw && literal.value.contains(REPLACEMENT) && source.contains('\\') {
                        pending.push_wide(restore_surrogates(source, &literal.value, true));
                    } else {
                        pending.push_str(&literal.value);
                    }
                }
                ast::InterpolatedStringElement::Interpolation(field) => {
                    if let Some(debug) = &field.debug_text {
                        pending.push_str(debug.as_str());
                    }
                    self.flush_text(pending, count, range);
                    self.replacement_field(field, raw)?;
                    *count += 1;
                }
            }
        }
        Ok(())
    }

    fn replacement_field(&mut self, field: &'a ast::InterpolatedElement, raw: bool) -> Checked {
        let range = at(field);
        self.expression(&field.expression)?;
        let conversion = match field.conversion {
            ast::ConversionFlag::Str => Some(Conversion::Str),
            ast::ConversionFlag::Repr => Some(Conversion::Repr),
            ast::ConversionFlag::Ascii => Some(Conversion::Ascii),
            ast::ConversionFlag::None if field.debug_text.is_some() && field.format_spec.is_none() => {
                Some(Conversion::Repr)
            }
            ast::ConversionFlag::None => None,
        };
        if let Some(conversion) = conversion {
            self.emit(Instr::ConvertValue(conversion), range);
        }
        let Some(spec) = &field.format_spec else {
            self.emit(Instr::FormatSimple, range);
            return Ok(());
        };
        let spec_range = at(&**spec);
        let mut count = 0;
        let mut pending = TextBuffer::default();
        self.format_elements(&spec.elements, raw, &mut pending, &mut count, spec_range)?;
        self.flush_text(&mut pending, &mut count, spec_range);
        if count == 0 {
            self.load_constant(Constant::Str(Arc::from("")), spec_range);
        } else if count > 1 {
            self.emit(Instr::BuildString(count), spec_range);
        }
        self.emit(Instr::FormatWithSpec, range);
        Ok(())
    }
}

fn integer(value: &ast::Int, range: TextRange) -> Checked<Constant> {
    if let Some(small) = value.as_i64() {
        return Ok(Constant::Int(small));
    }
    let text = value.to_string().replace('_', "");
    let (digits, radix) = match text.get(..2) {
        Some("0x" | "0X") => (&text[2..], 16),
        Some("0o" | "0O") => (&text[2..], 8),
        Some("0b" | "0B") => (&text[2..], 2),
        _ => (text.as_str(), 10),
    };
    if radix == 10 && digits.len() > MAX_DECIMAL_DIGITS {
        let message = format!(
            "Exceeds the limit ({MAX_DECIMAL_DIGITS} digits) for integer string conversion: value has {} digits; use \
             sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid \
             decimal conversion limits.",
            digits.len()
        );
        return fault(message, range);
    }
    match BigUint::parse_bytes(digits.as_bytes(), radix) {
        Some(number) => Ok(Constant::BigInt { negative: false, magnitude: number.to_bytes_le().into_boxed_slice() }),
        None => fault("invalid decimal literal", range),
    }
}

/// The code points of a literal whose surrogate escapes the parser replaced: `source` says what they were, `value` has
/// every other character.
fn restore_surrogates(source: &str, value: &str, braces: bool) -> Vec<u32> {
    let mut points = Vec::with_capacity(value.len());
    let mut values = value.chars();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        if braces && matches!(first, '{' | '}') && after.starts_with(first) {
            points.extend(values.next().map(u32::from));
            rest = &after[1..];
            continue;
        }
        if first != '\\' {
            points.extend(values.next().map(u32::from));
            rest = after;
            continue;
        }
        let escape = after.chars().next().unwrap_or('\\');
        if escape == '\n' {
            rest = &after[1..];
            continue;
        }
        let length = escape_length(after);
        let point = values.next().map(u32::from);
        let hexadecimal = matches!(escape, 'u' | 'U').then(|| after.get(1..length)).flatten();
        let surrogate = hexadecimal
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .filter(|point| (0xD800..=0xDFFF).contains(point));
        points.extend(surrogate.or(point));
        rest = after.get(length..).unwrap_or("");
    }
    points
}

/// How many bytes after the backslash belong to an escape; 0 if the backslash stands for itself.
fn escape_length(after: &str) -> usize {
    let bytes = after.as_bytes();
    match bytes.first() {
        Some(b'\\' | b'\'' | b'"' | b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v') => 1,
        Some(b'0'..=b'7') => bytes.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count(),
        Some(b'x') => 3,
        Some(b'u') => 5,
        Some(b'U') => 9,
        Some(b'N') => after.find('}').map_or(1, |end| end + 1),
        _ => 0,
    }
}

/// Removes the indentation all lines after the first share, and blanks at the start of the first.
fn clean_docstring(text: &str) -> String {
    let expanded;
    let text = if text.contains('\t') {
        expanded = expand_tabs(text);
        expanded.as_str()
    } else {
        text
    };
    let margin = text
        .split('\n')
        .skip(1)
        .filter_map(|line| {
            let indent = line.len() - line.trim_start_matches(' ').len();
            (indent < line.len()).then_some(indent)
        })
        .min()
        .unwrap_or(usize::MAX);
    let mut cleaned = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        if index == 0 {
            cleaned.push_str(line.trim_start_matches(' '));
        } else {
            cleaned.push('\n');
            let indent = line.len() - line.trim_start_matches(' ').len();
            cleaned.push_str(&line[indent.min(margin)..]);
        }
    }
    cleaned
}

fn expand_tabs(text: &str) -> String {
    let mut expanded = String::with_capacity(text.len());
    let mut column = 0;
    for character in text.chars() {
        match character {
            '\t' => {
                let width = 8 - column % 8;
                expanded.push_str(&" ".repeat(width));
                column += width;
            }
            '\n' | '\r' => {
                expanded.push(character);
                column = 0;
            }
            _ => {
                expanded.push(character);
                column += 1;
            }
        }
    }
    expanded
}

/// How a literal mapping key is shown in a message.
pub(super) fn repr_constant(constant: &Constant) -> String {
    match constant {
        Constant::None => "None".to_owned(),
        Constant::Bool(true) => "True".to_owned(),
        Constant::Bool(false) => "False".to_owned(),
        Constant::Int(value) => value.to_string(),
        Constant::Float(value) => float_repr(*value),
        Constant::Str(text) => text_repr(text.chars().map(u32::from)),
        Constant::WideStr(points) => text_repr(points.iter().copied()),
        Constant::Bytes(bytes) => bytes_repr(bytes),
        _ => "...".to_owned(),
    }
}
