//! Replacing matches, by a text, a template or (in the prelude) what a function returns.

use crate::builtins::numbers::argument;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::Match;
use crate::text::regex::{Error, Mode, Program, TemplatePart, parse_template};
use crate::value::Value;

/// A replacement.
struct Template {
    parts: Vec<Part>,
    /// It holds characters that stand for lone surrogates.
    surrogates: bool,
    /// Made from `str`.
    is_text: bool,
}

enum Part {
    Literal(Vec<u8>),
    Group(usize),
}

/// Text being put together: the bytes of a string or of bytes.
#[derive(Default)]
struct Output {
    bytes: Vec<u8>,
    /// Reserved in the heap.
    held: usize,
}

impl Output {
    /// Makes room for more, by the machine's leave.
    fn grow(&mut self, m: &mut Machine, more: usize) -> Result<(), Fault> {
        m.charge_bytes(more)?;
        let needed = self.bytes.len().saturating_add(more);
        if needed > self.held {
            let target = needed.max(self.held * 2);
            if let Err(fault) = m.heap.reserve_moving(self.held, target) {
                m.heap.release(self.held);
                return Err(fault);
            }
            self.held = target;
            self.bytes.reserve_exact(target - self.bytes.len());
        }
        Ok(())
    }

    /// Adds a part of a string, given by byte positions.
    fn add_part(&mut self, m: &mut Machine, string: Value, start: usize, end: usize) -> Result<(), Fault> {
        self.grow(m, end.saturating_sub(start))?;
        let data = match m.as_str(string) {
            Some(id) => m.heap.str(id).as_bytes(),
            None => m.bytes_like(string).unwrap_or_default(),
        };
        self.bytes.extend_from_slice(data.get(start..end).unwrap_or_default());
        Ok(())
    }

    fn add(&mut self, m: &mut Machine, bytes: &[u8]) -> Result<(), Fault> {
        self.grow(m, bytes.len())?;
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn finish(self, m: &mut Machine, is_text: bool, surrogates: bool) -> Result<Value, Fault> {
        m.heap.release(self.held);
        if !is_text {
            return m.heap.new_bytes(self.bytes);
        }
        m.charge_bytes(self.bytes.len())?;
        m.text_value(String::from_utf8(self.bytes).unwrap_or_default(), surrogates)
    }
}

/// Reads a replacement; the second kind of result is the error's message and position.
fn template(m: &mut Machine, program: &Program, value: Value) -> Result<Template, Fault> {
    let Some((codes, is_text)) = m.pattern_text(value)? else {
        let name = m.type_name(value);
        return Err(m.type_error(format!("decoding to str: need a bytes-like object, {name} found")));
    };
    let surrogates = m.as_str(value).is_some_and(|id| m.has_surrogates(id));
    if !codes.contains(&u32::from('\\')) {
        let bytes = match m.as_str(value) {
            Some(id) => m.heap.str(id).as_bytes().to_vec(),
            None => m.bytes_like(value).unwrap_or_default().to_vec(),
        };
        return Ok(Template { parts: vec![Part::Literal(bytes)], surrogates, is_text });
    }
    m.charge_items(codes.len())?;
    m.make_room(codes.len() * size_of::<Part>())?;
    let named = |name: &str| program.names().iter().find(|(other, _)| other == name).map(|(_, group)| *group);
    let parts = match parse_template(&codes, is_text, program.groups(), named) {
        Ok(parts) => parts,
        Err(Error::Pattern(message, position)) => {
            let message = m.heap.new_string(message)?;
            let position = position.map_or(Value::None, |position| Value::Int(position as i64));
            return Err(m.prelude_call("template_error", &[message, value, position]));
        }
        Err(error) => {
            m.regex_error(error)?;
            return Err(Fault::Halt);
        }
    };
    let parts = parts
        .into_iter()
        .map(|part| match part {
            TemplatePart::Group(group) => Part::Group(group as usize),
            TemplatePart::Literal(codes) if is_text => Part::Literal(encoded(&codes)),
            TemplatePart::Literal(codes) => Part::Literal(codes.into_iter().map(|code| code as u8).collect()),
        })
        .collect();
    Ok(Template { parts, surrogates, is_text })
}

fn encoded(codes: &[u32]) -> Vec<u8> {
    let characters = codes.iter().filter_map(|code| crate::machine::char_of_code_point(*code));
    characters.map(|(character, _)| character).collect::<String>().into_bytes()
}

impl Template {
    /// Adds what it stands for, with the groups where `span` says.
    fn write(
        &self,
        m: &mut Machine,
        output: &mut Output,
        string: Value,
        span: impl Fn(&Machine, usize) -> Option<(usize, usize)>,
    ) -> Result<(), Fault> {
        m.charge_items(self.parts.len())?;
        for part in &self.parts {
            match part {
                Part::Literal(bytes) => output.add(m, bytes)?,
                Part::Group(group) => {
                    if let Some((start, end)) = span(m, *group) {
                        output.add_part(m, string, start, end)?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn has_surrogates(m: &Machine, string: Value) -> bool {
    m.as_str(string).is_some_and(|id| m.has_surrogates(id))
}

/// `Pattern.sub` and, with the number of replacements, `Pattern.subn`.
pub(super) fn substitute(m: &mut Machine, args: &[Value], numbered: bool) -> Result<Value, Fault> {
    let pattern = m.pattern_receiver(args)?;
    let (replacement, string) = (argument(args, 1), argument(args, 2));
    let most = m.position_argument(argument(args, 3), 0)?;
    let mut target = m.target(pattern, string, 0, i64::MAX)?;
    if m.is_callable(replacement) {
        let args = [argument(args, 0), replacement, string, Value::Int(most), Value::bool(numbered)];
        return Err(m.prelude_call("pattern_substitute", &args));
    }
    let program = m.program(pattern)?;
    let template = template(m, &program, replacement)?;
    let surrogates = template.surrogates || has_surrogates(m, string);
    let mut output = Output::default();
    let (mut must_advance, mut count, mut pieces) = (false, 0_i64, 0_usize);
    while (most == 0 || count < most) && m.run_pattern(&program, &target, Mode::Search, must_advance)? {
        let (start, end) = m.matcher.group(0).unwrap_or_default();
        if target.start < start {
            output.add_part(m, string, target.start, start)?;
            pieces += 1;
        }
        if template.is_text != program.is_text() {
            return Err(wrong_kind(m, replacement, pieces, program.is_text()));
        }
        template.write(m, &mut output, string, |m, group| m.matcher.group(group))?;
        pieces += 1;
        target.start = end;
        must_advance = start == end;
        count += 1;
    }
    output.add_part(m, string, target.start, target.end)?;
    let text = output.finish(m, program.is_text(), surrogates)?;
    if numbered { m.heap.new_tuple(&[text, Value::Int(count)]) } else { Ok(text) }
}

#[cold]
fn wrong_kind(m: &mut Machine, replacement: Value, at: usize, text: bool) -> Fault {
    let name = m.type_name(replacement);
    let wanted = if text { "str instance" } else { "a bytes-like object" };
    m.type_error(format!("sequence item {at}: expected {wanted}, {name} found"))
}

/// `Match.expand`
pub(super) fn expand(m: &mut Machine, found: &Match, replacement: Value) -> Result<Value, Fault> {
    let program = m.program(found.pattern)?;
    let template = template(m, &program, replacement)?;
    let surrogates = template.surrogates || has_surrogates(m, found.string);
    let mut output = Output::default();
    template.write(m, &mut output, found.string, |_, group| found.span(group))?;
    output.finish(m, template.is_text, surrogates)
}
