//! Matches the grammar against tokens, as CPython's generated parser does: alternatives in order, the first that matches
//! wins, and the furthest token read tells where the source stops making sense.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::grammar::{Action, Alternative, Grammar, Item, Tag, Wanted};
use super::report::Lexed;
use crate::error::Fault;
use crate::scan::Kind;

/// Rules inside each other; CPython gives up earlier.
const MAX_DEPTH: u32 = 6_000;

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// What was recognised: a kind and its tokens `start..end`.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) tag: Tag,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) children: Vec<Rc<Node>>,
}

type Nodes = Vec<Rc<Node>>;

/// A named part of an alternative.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) nodes: Nodes,
}

/// Why matching stopped for good.
#[derive(Debug)]
pub(super) enum Stop {
    /// A message of the grammar.
    Error(Box<Fault>),
    /// The tokens ended in a lexical error.
    Lexical,
    TooDeep,
}

type Matched = Result<Option<Nodes>, Stop>;

/// The matcher.
pub(super) struct Engine<'t> {
    grammar: &'static Grammar,
    pub(super) lexed: &'t Lexed<'t>,
    pub(super) mark: usize,
    /// Tokens read so far.
    pub(super) fill: usize,
    /// Rules for mistakes are tried.
    pub(super) mistakes: bool,
    memo: FxHashMap<(usize, usize, bool), Option<(usize, Nodes)>>,
    depth: u32,
    /// Byte offset at which the other parser saw a problem.
    pub(super) hint: u32,
}

impl<'t> Engine<'t> {
    pub(super) fn new(lexed: &'t Lexed<'t>, start: usize, hint: u32) -> Self {
        Self {
            grammar: Grammar::get(),
            lexed,
            mark: start,
            fill: start,
            mistakes: false,
            memo: FxHashMap::default(),
            depth: 0,
            hint,
        }
    }

    /// Back to `start`, now looking for mistakes.
    pub(super) fn restart(&mut self, start: usize) {
        self.mark = start;
        self.mistakes = true;
        self.memo.clear();
    }

    /// Matches statements to the end of the tokens.
    pub(super) fn file(&mut self) -> Result<bool, Stop> {
        let statement = self.grammar.rule("statement");
        loop {
            if self.kind()? == Kind::End {
                return Ok(true);
            }
            self.memo.clear();
            // A blank logical line is no statement, but ends a source of one.
            if self.kind()? == Kind::Newline {
                self.mark += 1;
                continue;
            }
            if self.rule(statement)?.is_none() {
                return Ok(false);
            }
        }
    }

    /// Matches one expression and the end of the tokens.
    pub(super) fn lone_expression(&mut self) -> Result<bool, Stop> {
        let expressions = self.grammar.rule("expressions");
        if self.rule(expressions)?.is_none() {
            return Ok(false);
        }
        while self.kind()? == Kind::Newline {
            self.mark += 1;
        }
        Ok(self.kind()? == Kind::End)
    }

    fn kind(&mut self) -> Result<Kind, Stop> {
        self.fill = self.fill.max(self.mark + 1);
        match self.lexed.tokens.get(self.mark) {
            Some(token) => Ok(token.kind),
            None => {
                self.fill = self.lexed.tokens.len();
                Err(Stop::Lexical)
            }
        }
    }

    fn token_matches(&mut self, wanted: Wanted) -> Result<bool, Stop> {
        let kind = self.kind()?;
        let word = matches!(kind, Kind::Name | Kind::Operator);
        Ok(match wanted {
            Wanted::Kind(wanted) => kind == wanted,
            Wanted::Text(text) => word && self.lexed.text_of(self.mark) == text,
            Wanted::Soft(text) => kind == Kind::Name && self.lexed.text_of(self.mark) == text,
            Wanted::Name => kind == Kind::Name && !KEYWORDS.contains(&self.lexed.text_of(self.mark)),
            // CPython takes the beginning of a soft keyword for one here.
            Wanted::SoftKeyword => {
                let text = self.lexed.text_of(self.mark);
                kind == Kind::Name && ["_", "case", "match", "type"].iter().any(|keyword| keyword.starts_with(text))
            }
        })
    }

    fn rule(&mut self, number: usize) -> Matched {
        let Some(rule) = self.grammar.rules.get(number) else { return Ok(None) };
        let start = self.mark;
        let key = (number, start, !rule.memo && self.mistakes);
        if let Some(known) = self.memo.get(&key) {
            return Ok(known.as_ref().map(|(end, nodes)| {
                self.mark = *end;
                nodes.clone()
            }));
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Stop::TooDeep);
        }
        let mistakes = self.mistakes;
        if rule.without_invalid {
            self.mistakes = false;
        }
        let result = self.alternatives(&rule.alternatives);
        self.mistakes = mistakes;
        self.depth -= 1;
        let result = result?;
        self.memo.insert(key, result.clone().map(|nodes| (self.mark, nodes)));
        Ok(result)
    }

    fn alternatives(&mut self, alternatives: &'static [Alternative]) -> Matched {
        let start = self.mark;
        for alternative in alternatives {
            let mut committed = false;
            let matched = self.alternative(alternative, start, &mut committed)?;
            if let Some(nodes) = matched {
                return Ok(nodes);
            }
            self.mark = start;
            if committed {
                break;
            }
        }
        Ok(None)
    }

    /// `None` if the alternative does not match, `Some(None)` if it does but its action turns the whole rule down.
    fn alternative(
        &mut self,
        alternative: &'static Alternative,
        start: usize,
        committed: &mut bool,
    ) -> Result<Option<Option<Nodes>>, Stop> {
        // Only alternatives that are nothing but a mistake wait for the second attempt.
        if !self.mistakes && self.is_mistake(alternative) {
            return Ok(None);
        }
        let mut nodes = Nodes::new();
        let mut parts: [Option<Part>; 2] = [None, None];
        for (label, item) in &alternative.items {
            if let Item::Cut = item {
                *committed = true;
                continue;
            }
            let from = self.mark;
            let Some(found) = self.item(item)? else { return Ok(None) };
            if let Some(label) = label
                && let Some(part) = parts.get_mut(usize::from(*label == b'b'))
            {
                *part = Some(Part { start: from, end: self.mark, nodes: found.clone() });
            }
            nodes.extend(found);
        }
        if let Some(action) = &alternative.action {
            if !self.act(action, &parts)? {
                self.mark = start;
                return Ok(Some(None));
            }
            return Ok(Some(Some(nodes)));
        }
        let Some(tag) = alternative.tag else { return Ok(Some(Some(nodes))) };
        let tag = match tag {
            Tag::Last => nodes.last().map_or(Tag::Name, |last| last.tag),
            Tag::Strings if nodes.iter().any(|node| node.tag == Tag::FString) => Tag::FString,
            Tag::Strings => Tag::Literal,
            other => other,
        };
        if tag == Tag::Literal || tag == Tag::FString {
            self.check_strings(start)?;
        }
        Ok(Some(Some(vec![Rc::new(Node { tag, start, end: self.mark, children: nodes })])))
    }

    fn is_mistake(&self, alternative: &Alternative) -> bool {
        match &*alternative.items {
            [(_, Item::Rule(number))] => self.grammar.rules.get(*number).is_some_and(|rule| rule.invalid),
            _ => false,
        }
    }

    fn item(&mut self, item: &'static Item) -> Matched {
        match item {
            Item::Token(wanted) => {
                if !self.token_matches(*wanted)? {
                    return Ok(None);
                }
                self.mark += 1;
                Ok(Some(Nodes::new()))
            }
            Item::Rule(number) => self.rule(*number),
            Item::Group(alternatives) => self.alternatives(alternatives),
            Item::Optional(item) => {
                let start = self.mark;
                let found = self.item(item)?;
                if found.is_none() {
                    self.mark = start;
                }
                Ok(Some(found.unwrap_or_default()))
            }
            Item::Repeat { item, at_least_one } => self.repeat(item, *at_least_one),
            Item::Gather { separator, item } => self.gather(separator, item),
            Item::Ahead { item, wanted } => {
                let start = self.mark;
                let found = self.item(item)?.is_some();
                self.mark = start;
                Ok((found == *wanted).then(Nodes::new))
            }
            Item::Force(text) => {
                if !self.token_matches(Wanted::Text(text))? {
                    let place = self.lexed.place_of(self.mark, self.mark + 1);
                    return Err(Stop::Error(Lexed::fault(format!("expected '{text}'"), place)));
                }
                self.mark += 1;
                Ok(Some(Nodes::new()))
            }
            Item::Cut => Ok(Some(Nodes::new())),
        }
    }

    fn repeat(&mut self, item: &'static Item, at_least_one: bool) -> Matched {
        let mut nodes = Nodes::new();
        let mut count = 0_usize;
        loop {
            let start = self.mark;
            match self.item(item)? {
                Some(found) if self.mark > start => nodes.extend(found),
                _ => {
                    self.mark = start;
                    break;
                }
            }
            count += 1;
        }
        Ok((count > 0 || !at_least_one).then_some(nodes))
    }

    fn gather(&mut self, separator: &'static Item, item: &'static Item) -> Matched {
        let Some(mut nodes) = self.item(item)? else { return Ok(None) };
        loop {
            let start = self.mark;
            if self.item(separator)?.is_some()
                && let Some(found) = self.item(item)?
            {
                nodes.extend(found);
                continue;
            }
            self.mark = start;
            return Ok(Some(nodes));
        }
    }

    fn act(&mut self, action: &'static Action, parts: &[Option<Part>; 2]) -> Result<bool, Stop> {
        let part = |label: Option<u8>| match label {
            Some(b'a') => parts.first().and_then(Option::as_ref),
            Some(b'b') => parts.get(1).and_then(Option::as_ref),
            _ => None,
        };
        match self.message(action, part(action.first), part(action.second)) {
            Some(error) => Err(Stop::Error(error)),
            // Checks of what is right do not turn it down.
            None => Ok(matches!(action.word, "real" | "imaginary" | "conversion")),
        }
    }
}
