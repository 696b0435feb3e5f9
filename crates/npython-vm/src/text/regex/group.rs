//! `(...)` and the extensions that begin with `(?`.

use crate::text::string_repr::string_repr;

use super::parse::{State, alternation, sequence};
use super::source::{Source, Token};
use super::syntax::{Node, Sequence};
use super::{ASCII, DEBUG, DOTALL, Error, IGNORECASE, LOCALE, MULTILINE, UNICODE, VERBOSE};

/// Of these a part of a pattern has one.
const TYPE_FLAGS: u32 = ASCII | LOCALE | UNICODE;
/// Numbers beyond this are no groups.
const MOST_GROUPS: u32 = 1_073_741_823;

fn flag(token: Token) -> Option<u32> {
    Some(match token.ascii()? {
        'i' => IGNORECASE,
        'L' => LOCALE,
        'm' => MULTILINE,
        's' => DOTALL,
        'x' => VERBOSE,
        'a' => ASCII,
        'u' => UNICODE,
        _ => return None,
    })
}

/// What an opening parenthesis begins.
enum Kind {
    Capture(Option<String>),
    Plain,
    Atomic,
    Flags {
        add: u32,
        remove: u32,
    },
    /// Already complete.
    Done(Option<Node>),
}

/// Reads a group behind its parenthesis; `None` for what matches nothing, such as a comment.
pub(super) fn group(
    source: &mut Source,
    state: &mut State,
    verbose: &mut bool,
    depth: usize,
    at_start: bool,
) -> Result<Option<Node>, Error> {
    let start = source.position() - 1;
    let kind = if source.accept('?')? {
        extension(source, state, verbose, depth, start, at_start)?
    } else {
        Kind::Capture(None)
    };
    let (mut number, mut add_flags, mut remove_flags, mut atomic) = (None, 0, 0, false);
    match kind {
        Kind::Done(node) => return Ok(node),
        Kind::Plain => {}
        Kind::Atomic => atomic = true,
        Kind::Flags { add, remove } => (add_flags, remove_flags) = (add, remove),
        Kind::Capture(name) => number = Some(open(source, state, name)?),
    }
    let inner_verbose = (*verbose || add_flags & VERBOSE != 0) && remove_flags & VERBOSE == 0;
    let body = alternation(source, state, inner_verbose, depth + 1)?;
    close(source, start)?;
    if let Some(slot) = number.and_then(|number: u32| state.groups.get_mut(number as usize)) {
        *slot = Some(body.width);
    }
    let body = Box::new(body);
    Ok(Some(if atomic { Node::Atomic(body) } else { Node::Group { number, add_flags, remove_flags, body } }))
}

fn close(source: &mut Source, start: usize) -> Result<(), Error> {
    if source.accept(')')? {
        return Ok(());
    }
    Err(source.error("missing ), unterminated subpattern", source.position() - start))
}

fn open(source: &Source, state: &mut State, name: Option<String>) -> Result<u32, Error> {
    let number = state.groups.len() as u32;
    state.groups.push(None);
    if let Some(name) = name {
        if let Some(other) = state.named(&name) {
            let shown = string_repr(&name);
            let message = format!("redefinition of group name {shown} as group {number}; was group {other}");
            return Err(source.error(message, name.chars().count() + 1));
        }
        state.give_name(name, number);
    }
    Ok(number)
}

fn extension(
    source: &mut Source,
    state: &mut State,
    verbose: &mut bool,
    depth: usize,
    start: usize,
    at_start: bool,
) -> Result<Kind, Error> {
    let token = source.take()?;
    if token == Token::End {
        return Err(source.error("unexpected end of pattern", 0));
    }
    match token.ascii() {
        Some('P') => return named(source, state),
        Some(':') => return Ok(Kind::Plain),
        Some('>') => return Ok(Kind::Atomic),
        Some('#') => return comment(source, start),
        Some(sign @ ('=' | '!' | '<')) => return look(source, state, *verbose, depth, start, sign),
        Some('(') => return conditional(source, state, *verbose, depth, start),
        _ => {}
    }
    if flag(token).is_none() && !token.is('-') {
        return Err(source.error(format!("unknown extension ?{}", token.text()), token.length() + 1));
    }
    match flags(source, state, token)? {
        Some((add, remove)) => Ok(Kind::Flags { add, remove }),
        None if !at_start => {
            Err(source.error("global flags not at the start of the expression", source.position() - start))
        }
        None => {
            *verbose = state.flags & VERBOSE != 0;
            Ok(Kind::Done(None))
        }
    }
}

/// `(?P<name>...)` and `(?P=name)`
fn named(source: &mut Source, state: &State) -> Result<Kind, Error> {
    if source.accept('<')? {
        let name = source.take_until('>', "group name")?;
        source.check_group_name(&name, 1)?;
        return Ok(Kind::Capture(Some(name)));
    }
    if source.accept('=')? {
        let name = source.take_until(')', "group name")?;
        source.check_group_name(&name, 1)?;
        let length = name.chars().count() + 1;
        let Some(group) = state.named(&name) else {
            return Err(source.error(format!("unknown group name {}", string_repr(&name)), length));
        };
        let Some(width) = state.closed(group) else {
            return Err(source.error("cannot refer to an open group", length));
        };
        state.check_lookbehind(group, source)?;
        return Ok(Kind::Done(Some(Node::Reference { group, width })));
    }
    let token = source.take()?;
    if token == Token::End {
        return Err(source.error("unexpected end of pattern", 0));
    }
    Err(source.error(format!("unknown extension ?P{}", token.text()), token.length() + 2))
}

fn comment(source: &mut Source, start: usize) -> Result<Kind, Error> {
    loop {
        if source.next == Token::End {
            return Err(source.error("missing ), unterminated comment", source.position() - start));
        }
        if source.take()?.is(')') {
            return Ok(Kind::Done(None));
        }
    }
}

/// `(?=...)`, `(?!...)`, `(?<=...)`, `(?<!...)`
fn look(
    source: &mut Source,
    state: &mut State,
    verbose: bool,
    depth: usize,
    start: usize,
    sign: char,
) -> Result<Kind, Error> {
    let behind = sign == '<';
    let mut negated = sign == '!';
    let outer = state.lookbehind;
    if behind {
        let token = source.take()?;
        if token == Token::End {
            return Err(source.error("unexpected end of pattern", 0));
        }
        negated = token.is('!');
        if !negated && !token.is('=') {
            return Err(source.error(format!("unknown extension ?<{}", token.text()), token.length() + 2));
        }
        state.lookbehind = outer.or(Some(state.groups.len()));
    }
    let body = alternation(source, state, verbose, depth + 1)?;
    if behind {
        state.lookbehind = outer;
    }
    close(source, start)?;
    if negated && body.nodes.is_empty() {
        return Ok(Kind::Done(Some(Node::Fail)));
    }
    Ok(Kind::Done(Some(Node::Look { behind, negated, body: Box::new(body) })))
}

/// `(?(group)yes|no)`
fn conditional(
    source: &mut Source,
    state: &mut State,
    verbose: bool,
    depth: usize,
    start: usize,
) -> Result<Kind, Error> {
    let name = source.take_until(')', "group name")?;
    let group = condition(source, state, &name)?;
    state.check_lookbehind(group, source)?;
    if depth + 1 > super::parse::DEEPEST {
        return Err(Error::TooDeep);
    }
    let yes = Sequence::of(sequence(source, state, verbose, depth + 1, false)?);
    let no = if source.accept('|')? {
        let no = Sequence::of(sequence(source, state, verbose, depth + 1, false)?);
        if source.next.is('|') {
            return Err(source.error("conditional backref with more than two branches", 0));
        }
        Some(Box::new(no))
    } else {
        None
    };
    close(source, start)?;
    Ok(Kind::Done(Some(Node::Conditional { group, yes: Box::new(yes), no })))
}

/// The group a condition is about.
fn condition(source: &Source, state: &mut State, name: &str) -> Result<u32, Error> {
    let length = name.chars().count();
    if !name.bytes().all(|byte| byte.is_ascii_digit()) {
        source.check_group_name(name, 1)?;
        return state
            .named(name)
            .ok_or_else(|| source.error(format!("unknown group name {}", string_repr(name)), length + 1));
    }
    let group = name.parse::<u32>().unwrap_or(u32::MAX);
    if group == 0 {
        return Err(source.error("bad group number", length + 1));
    }
    if group >= MOST_GROUPS {
        let digits = name.trim_start_matches('0');
        return Err(source.error(format!("invalid group reference {digits}"), length + 1));
    }
    state.mention(group, source.position() - length - 1);
    Ok(group)
}

/// Reads `aimsux-imsx`, behind the first letter, up to the colon; `None` for flags of the whole pattern, which end with the
/// parenthesis.
fn flags(source: &mut Source, state: &mut State, first: Token) -> Result<Option<(u32, u32)>, Error> {
    let mut add = 0;
    let mut token = first;
    if !token.is('-') {
        loop {
            let flag = flag(token).unwrap_or(0);
            check_type_flag(source, token)?;
            add |= flag;
            if flag & TYPE_FLAGS != 0 && add & TYPE_FLAGS != flag {
                return Err(source.error("bad inline flags: flags 'a', 'u' and 'L' are incompatible", 0));
            }
            token = next_flag(source, "missing -, : or )")?;
            if token.is(')') || token.is('-') || token.is(':') {
                break;
            }
            known_flag(source, token, "missing -, : or )")?;
        }
    }
    if token.is(')') {
        state.flags |= add;
        return Ok(None);
    }
    if add & DEBUG != 0 {
        return Err(source.error("bad inline flags: cannot turn on global flag", 1));
    }
    let remove = if token.is('-') { removed_flags(source)? } else { 0 };
    if add & remove != 0 {
        return Err(source.error("bad inline flags: flag turned on and off", 1));
    }
    Ok(Some((add, remove)))
}

fn removed_flags(source: &mut Source) -> Result<u32, Error> {
    let mut remove = 0;
    let mut token = next_flag(source, "missing flag")?;
    known_flag(source, token, "missing flag")?;
    loop {
        let flag = flag(token).unwrap_or(0);
        if flag & TYPE_FLAGS != 0 {
            return Err(source.error("bad inline flags: cannot turn off flags 'a', 'u' and 'L'", 0));
        }
        remove |= flag;
        token = next_flag(source, "missing :")?;
        if token.is(':') {
            return Ok(remove);
        }
        known_flag(source, token, "missing :")?;
    }
}

fn check_type_flag(source: &Source, token: Token) -> Result<(), Error> {
    if source.is_text && token.is('L') {
        return Err(source.error("bad inline flags: cannot use 'L' flag with a str pattern", 0));
    }
    if !source.is_text && token.is('u') {
        return Err(source.error("bad inline flags: cannot use 'u' flag with a bytes pattern", 0));
    }
    Ok(())
}

fn next_flag(source: &mut Source, missing: &str) -> Result<Token, Error> {
    match source.take()? {
        Token::End => Err(source.error(missing, 0)),
        token => Ok(token),
    }
}

fn known_flag(source: &Source, token: Token, missing: &str) -> Result<(), Error> {
    if flag(token).is_some() {
        return Ok(());
    }
    let message = if token.is_alphabetic() { "unknown flag" } else { missing };
    Err(source.error(message, token.length()))
}

/// The flags of a part within a part with `flags`.
pub(super) fn combined_flags(flags: u32, add: u32, remove: u32) -> u32 {
    let kept = if add & TYPE_FLAGS != 0 { flags & !TYPE_FLAGS } else { flags };
    (kept | add) & !remove
}
