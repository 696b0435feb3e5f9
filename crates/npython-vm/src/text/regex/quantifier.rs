//! `*`, `+`, `?`, `{m,n}`.

use super::Error;
use super::source::Source;
use super::syntax::{Greed, NO_LIMIT, Node, Sequence};

/// What a character that may begin a quantifier turned out to be.
pub(super) enum Quantifier {
    /// An opening brace that stands for itself.
    Literal,
    Times {
        low: u32,
        high: u32,
        /// Where the quantifier starts.
        start: usize,
    },
}

/// Reads a quantifier behind its first character.
pub(super) fn quantifier(source: &mut Source, first: char) -> Result<Quantifier, Error> {
    let behind = source.position();
    let start = behind - 1;
    match first {
        '?' => return Ok(Quantifier::Times { low: 0, high: 1, start }),
        '*' => return Ok(Quantifier::Times { low: 0, high: NO_LIMIT, start }),
        '+' => return Ok(Quantifier::Times { low: 1, high: NO_LIMIT, start }),
        _ => {}
    }
    if source.next.is('}') {
        return Ok(Quantifier::Literal);
    }
    let digit = |character: char| character.is_ascii_digit();
    let low = source.take_while(usize::MAX, digit)?;
    let high = if source.accept(',')? { source.take_while(usize::MAX, digit)? } else { low.clone() };
    if !source.accept('}')? {
        source.seek(behind)?;
        return Ok(Quantifier::Literal);
    }
    let low = times(&low)?.unwrap_or(0);
    let high = times(&high)?.unwrap_or(NO_LIMIT);
    if high < low {
        return Err(source.error("min repeat greater than max repeat", source.position() - behind));
    }
    Ok(Quantifier::Times { low, high, start })
}

fn times(digits: &str) -> Result<Option<u32>, Error> {
    if digits.is_empty() {
        return Ok(None);
    }
    match digits.parse::<u32>() {
        Ok(number) if number < NO_LIMIT => Ok(Some(number)),
        _ => Err(Error::Overflow("the repetition number is too large")),
    }
}

/// Has the last node repeated.
pub(super) fn apply(
    source: &mut Source,
    nodes: &mut Vec<Node>,
    low: u32,
    high: u32,
    start: usize,
) -> Result<(), Error> {
    // CPython counts from behind the first character of the quantifier.
    let offset = source.position() - start;
    let item = match nodes.last() {
        None | Some(Node::Place(_)) => return Err(source.error("nothing to repeat", offset)),
        Some(Node::Repeat { .. }) => return Err(source.error("multiple repeat", offset)),
        Some(_) => nodes.pop(),
    };
    let body = match item {
        Some(Node::Group { number: None, add_flags: 0, remove_flags: 0, body }) => body,
        item => Box::new(Sequence::of(item.into_iter().collect())),
    };
    let greed = if source.accept('?')? {
        Greed::Lazy
    } else if source.accept('+')? {
        Greed::Possessive
    } else {
        Greed::Greedy
    };
    nodes.push(Node::Repeat { low, high, greed, body });
    Ok(())
}
