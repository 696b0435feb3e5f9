//! From the text of a pattern to its tree.

use hashbrown::{HashMap, HashSet};

use super::quantifier::Quantifier;
use super::source::{Source, Token};
use super::syntax::{Node, Place, Sequence, SetItem, Width};
use super::{ASCII, Error, LOCALE, UNICODE, VERBOSE, escape, group, quantifier, set_syntax};

/// Groups within groups are parsed up to this depth, as the parser, the compiler and the destructor of the tree recurse.
pub(super) const DEEPEST: usize = 200;

/// What is known of the groups while a pattern is parsed.
pub(super) struct State {
    pub(super) flags: u32,
    /// Width of each group, none while it is open; the first is the whole pattern, which cannot be referred to.
    pub(super) groups: Vec<Option<Width>>,
    /// Names in the order of their groups.
    pub(super) names: Vec<(String, u32)>,
    /// Groups there were when the outermost lookbehind began.
    pub(super) lookbehind: Option<usize>,
    numbers: HashMap<String, u32>,
    /// First mention of groups in conditions, and where.
    mentioned: Vec<(u32, usize)>,
    mentioned_groups: HashSet<u32>,
}

/// A pattern as parsed.
pub(super) struct Parsed {
    pub(super) tree: Sequence,
    pub(super) flags: u32,
    /// Number of groups, without the whole.
    pub(super) groups: u32,
    pub(super) names: Vec<(String, u32)>,
}

impl State {
    /// The group with a name.
    pub(super) fn named(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    /// Gives a group a name.
    pub(super) fn give_name(&mut self, name: String, group: u32) {
        self.numbers.insert(name.clone(), group);
        self.names.push((name, group));
    }

    /// Notes that a group that need not exist yet was mentioned.
    pub(super) fn mention(&mut self, group: u32, position: usize) {
        if self.mentioned_groups.insert(group) {
            self.mentioned.push((group, position));
        }
    }

    /// The width of a group that is complete.
    pub(super) fn closed(&self, group: u32) -> Option<Width> {
        self.groups.get(group as usize).copied().flatten()
    }

    /// Within a lookbehind only groups before it can be referred to.
    pub(super) fn check_lookbehind(&self, group: u32, source: &Source) -> Result<(), Error> {
        let Some(before) = self.lookbehind else { return Ok(()) };
        if self.closed(group).is_none() {
            return Err(source.error("cannot refer to an open group", 0));
        }
        if group as usize >= before {
            return Err(source.error("cannot refer to group defined in the same lookbehind subpattern", 0));
        }
        Ok(())
    }
}

/// Parses a pattern of code points (of bytes, if it is no text).
pub(super) fn parse(characters: &[u32], is_text: bool, flags: u32) -> Result<Parsed, Error> {
    let mut source = Source::new(characters, is_text)?;
    let mut state = State {
        flags,
        groups: vec![None],
        names: Vec::new(),
        lookbehind: None,
        numbers: HashMap::new(),
        mentioned: Vec::new(),
        mentioned_groups: HashSet::new(),
    };
    let tree = alternation(&mut source, &mut state, flags & VERBOSE != 0, 0)?;
    let flags = checked_flags(is_text, state.flags)?;
    if source.next != Token::End {
        return Err(source.error("unbalanced parenthesis", 0));
    }
    for (group, position) in &state.mentioned {
        if *group as usize >= state.groups.len() {
            return Err(Error::Pattern(format!("invalid group reference {group}"), Some(*position)));
        }
    }
    Ok(Parsed { tree, flags, groups: state.groups.len() as u32 - 1, names: state.names })
}

/// The flags a pattern of the type has.
fn checked_flags(is_text: bool, flags: u32) -> Result<u32, Error> {
    if is_text {
        if flags & LOCALE != 0 {
            return Err(Error::Value("cannot use LOCALE flag with a str pattern"));
        }
        if flags & ASCII == 0 {
            return Ok(flags | UNICODE);
        }
        if flags & UNICODE != 0 {
            return Err(Error::Value("ASCII and UNICODE flags are incompatible"));
        }
    } else {
        if flags & UNICODE != 0 {
            return Err(Error::Value("cannot use UNICODE flag with a bytes pattern"));
        }
        if flags & LOCALE != 0 && flags & ASCII != 0 {
            return Err(Error::Value("ASCII and LOCALE flags are incompatible"));
        }
    }
    Ok(flags)
}

/// `a|b|c`
pub(super) fn alternation(
    source: &mut Source,
    state: &mut State,
    mut verbose: bool,
    depth: usize,
) -> Result<Sequence, Error> {
    if depth > DEEPEST {
        return Err(Error::TooDeep);
    }
    let mut alternatives = Vec::new();
    loop {
        let first = depth == 0 && alternatives.is_empty();
        alternatives.push(sequence(source, state, verbose, depth, first)?);
        if !source.accept('|')? {
            break;
        }
        if depth == 0 {
            verbose = state.flags & VERBOSE != 0;
        }
    }
    if alternatives.len() == 1 {
        return Ok(Sequence::of(alternatives.pop().unwrap_or_default()));
    }
    Ok(branch(alternatives))
}

/// Alternatives, with what they all begin with put before them; a set if each is one character.
fn branch(mut alternatives: Vec<Vec<Node>>) -> Sequence {
    let common = common_prefix(&alternatives);
    let mut nodes: Vec<Node> = Vec::new();
    for (at, alternative) in alternatives.iter_mut().enumerate() {
        let prefix = alternative.drain(..common);
        if at == 0 {
            nodes.extend(prefix);
        }
    }
    match single_characters(&alternatives) {
        Some(items) => nodes.push(Node::Set { negated: false, items: items.into() }),
        None => nodes.push(Node::Branch(alternatives.into_iter().map(Sequence::of).collect())),
    }
    Sequence::of(nodes)
}

fn common_prefix(alternatives: &[Vec<Node>]) -> usize {
    let Some((first, others)) = alternatives.split_first() else { return 0 };
    let simple = |node: &Node| node.is_single() || matches!(node, Node::Place(_));
    let mut length = first.iter().take_while(|node| simple(node)).count();
    for other in others {
        length = first.iter().zip(other).take(length).take_while(|(left, right)| left == right).count();
    }
    length
}

fn single_characters(alternatives: &[Vec<Node>]) -> Option<Vec<SetItem>> {
    let mut items = Vec::new();
    for alternative in alternatives {
        match alternative.as_slice() {
            [Node::Literal(code)] => items.push(SetItem::Literal(*code)),
            [Node::Set { negated: false, items: more }] => items.extend(more),
            _ => return None,
        }
    }
    Some(items)
}

/// What stands between bars and parentheses.
pub(super) fn sequence(
    source: &mut Source,
    state: &mut State,
    mut verbose: bool,
    depth: usize,
    first: bool,
) -> Result<Vec<Node>, Error> {
    let mut nodes = Vec::new();
    while source.next != Token::End && !source.next.is('|') && !source.next.is(')') {
        let token = source.take()?;
        let Token::Character(code) = token else {
            if let Token::Escape(code) = token {
                nodes.push(escape::outside_set(source, state, code)?);
            }
            continue;
        };
        let character = token.ascii().unwrap_or('\0');
        if verbose && is_ignored(source, character)? {
            continue;
        }
        match character {
            '.' => nodes.push(Node::Any),
            '^' => nodes.push(Node::Place(Place::Beginning)),
            '$' => nodes.push(Node::Place(Place::End)),
            '[' => nodes.push(set_syntax::set(source)?),
            '*' | '+' | '?' | '{' => match quantifier::quantifier(source, character)? {
                Quantifier::Literal => nodes.push(Node::Literal(code)),
                Quantifier::Times { low, high, start } => {
                    quantifier::apply(source, &mut nodes, low, high, start)?;
                }
            },
            '(' => {
                let at_start = first && nodes.is_empty();
                if let Some(node) = group::group(source, state, &mut verbose, depth, at_start)? {
                    nodes.push(node);
                }
            }
            _ => nodes.push(Node::Literal(code)),
        }
    }
    Ok(flattened(nodes))
}

/// Whether a character of a verbose pattern means nothing; a comment is skipped to its end.
fn is_ignored(source: &mut Source, character: char) -> Result<bool, Error> {
    if character == '#' {
        loop {
            let token = source.take()?;
            if token == Token::End || token.is('\n') {
                return Ok(true);
            }
        }
    }
    Ok(matches!(character, ' ' | '\t'..='\r'))
}

/// With the contents of plain groups in the place of the groups.
fn flattened(nodes: Vec<Node>) -> Vec<Node> {
    let plain = |node: &Node| matches!(node, Node::Group { number: None, add_flags: 0, remove_flags: 0, .. });
    if !nodes.iter().any(plain) {
        return nodes;
    }
    let mut flat = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Group { number: None, add_flags: 0, remove_flags: 0, body } => flat.extend(body.nodes),
            node => flat.push(node),
        }
    }
    flat
}
