//! `[...]`

use super::Error;
use super::escape;
use super::source::{Source, Token};
use super::syntax::{Node, SetItem};

/// Reads a set behind its bracket.
pub(super) fn set(source: &mut Source) -> Result<Node, Error> {
    let start = source.position() - 1;
    let unterminated = |source: &Source| source.error("unterminated character set", source.position() - start);
    let negated = source.accept('^')?;
    let mut items: Vec<SetItem> = Vec::new();
    loop {
        let this = source.take()?;
        if this == Token::End {
            return Err(unterminated(source));
        }
        if this.is(']') && !items.is_empty() {
            break;
        }
        let (low, low_text) = item(source, this)?;
        if !source.accept('-')? {
            items.push(low);
            continue;
        }
        let that = source.take()?;
        if that == Token::End {
            return Err(unterminated(source));
        }
        if that.is(']') {
            items.push(low);
            items.push(SetItem::Literal(u32::from('-')));
            break;
        }
        let (high, high_text) = item(source, that)?;
        match (low, high) {
            (SetItem::Literal(first), SetItem::Literal(last)) if first <= last => {
                items.push(SetItem::Range(first, last));
            }
            _ => {
                let length = low_text.chars().count() + 1 + high_text.chars().count();
                return Err(source.error(format!("bad character range {low_text}-{high_text}"), length));
            }
        }
    }
    let single = items.first().copied().filter(|first| items.iter().all(|item| item == first));
    Ok(match single {
        Some(SetItem::Literal(code)) if negated => Node::NotLiteral(code),
        Some(SetItem::Literal(code)) => Node::Literal(code),
        _ => Node::Set { negated, items: items.into() },
    })
}

/// An item that begins with a token, and that token as it stands in the source.
fn item(source: &mut Source, token: Token) -> Result<(SetItem, String), Error> {
    let text = token.text();
    Ok(match token {
        Token::Escape(code) => (escape::inside_set(source, code)?, text),
        Token::Character(code) => (SetItem::Literal(code), text),
        Token::End => (SetItem::Literal(0), text),
    })
}
