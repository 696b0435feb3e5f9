//! Reads the grammar of the syntax error engine from its text.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::scan::Kind;

const TEXT: &str = include_str!("grammar.txt");

/// What a token must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A keyword or operator.
    Text(&'static str),
    /// An identifier with this text.
    Soft(&'static str),
    /// An identifier that is no keyword.
    Name,
    /// One of the identifiers that are keywords in some places.
    SoftKeyword,
    Kind(Kind),
}

/// One part of an alternative.
#[derive(Debug)]
pub(super) enum Item {
    Token(Wanted),
    Rule(usize),
    Group(Vec<Alternative>),
    Optional(Box<Item>),
    Repeat { item: Box<Item>, at_least_one: bool },
    Gather { separator: Box<Item>, item: Box<Item> },
    Ahead { item: Box<Item>, wanted: bool },
    Force(&'static str),
    Cut,
}

/// Kinds of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Args,
    Attribute,
    Await,
    Call,
    Clause,
    Compare,
    Dict,
    DictComp,
    DoubleStar,
    Ellipsis,
    Expression,
    FString,
    False,
    GenExp,
    IfExp,
    Keyword,
    Lambda,
    /// The kind of the last child.
    Last,
    List,
    ListComp,
    Literal,
    Name,
    Named,
    None,
    Param,
    Pattern,
    Set,
    SetComp,
    Slice,
    Starred,
    /// A literal, or an f-string if one of the parts is.
    Strings,
    Subscript,
    True,
    Tuple,
    Yield,
}

/// What matching an alternative does; see the head of the grammar.
#[derive(Debug)]
pub(super) struct Action {
    pub(super) word: &'static str,
    pub(super) first: Option<u8>,
    pub(super) second: Option<u8>,
    /// `star`, `for` or `del` of a target, or the message.
    pub(super) text: &'static str,
}

/// A sequence of parts.
#[derive(Debug)]
pub(super) struct Alternative {
    pub(super) items: Vec<(Option<u8>, Item)>,
    pub(super) tag: Option<Tag>,
    pub(super) action: Option<Action>,
}

/// A rule.
#[derive(Debug)]
pub(super) struct Rule {
    /// Results are kept whatever the pass.
    pub(super) memo: bool,
    /// A rule for a mistake.
    pub(super) invalid: bool,
    /// No rule for mistakes is tried below this one.
    pub(super) without_invalid: bool,
    pub(super) alternatives: Vec<Alternative>,
}

/// All rules.
pub(super) struct Grammar {
    pub(super) rules: Vec<Rule>,
    names: HashMap<&'static str, usize>,
}

impl Grammar {
    /// The grammar, read once in the life of the process.
    pub(super) fn get() -> &'static Self {
        static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
        GRAMMAR.get_or_init(Self::read)
    }

    /// The number of a rule.
    pub(super) fn rule(&self, name: &str) -> usize {
        self.names.get(name).copied().unwrap_or(0)
    }

    fn read() -> Self {
        let mut heads: Vec<(&'static str, bool, usize, usize)> = Vec::new();
        let mut at = 0;
        for line in TEXT.split_inclusive('\n') {
            let starts_rule = line.starts_with(|first: char| first.is_ascii_lowercase());
            if starts_rule && let Some(colon) = line.find(':') {
                let name = line.get(..colon).unwrap_or("");
                let plain = name.trim_end_matches('*');
                heads.push((plain, plain.len() < name.len(), at + colon + 1, at + line.len()));
            } else if let Some(last) = heads.last_mut()
                && line.starts_with(' ')
            {
                last.3 = at + line.len();
            }
            at += line.len();
        }
        let names: HashMap<&'static str, usize> =
            heads.iter().enumerate().map(|(number, head)| (head.0, number)).collect();
        let rules = heads
            .iter()
            .map(|(name, memo, start, end)| Rule {
                memo: *memo,
                invalid: name.starts_with("invalid_"),
                without_invalid: name.ends_with("_without_invalid"),
                alternatives: Reader { rest: TEXT.get(*start..*end).unwrap_or(""), names: &names }.alternatives(),
            })
            .collect();
        Self { rules, names }
    }
}

/// Reads the body of a rule.
struct Reader<'n> {
    rest: &'static str,
    names: &'n HashMap<&'static str, usize>,
}

impl Reader<'_> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn eat(&mut self, text: &str) -> bool {
        self.skip();
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn word(&mut self) -> &'static str {
        self.skip();
        let end = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    /// What stands up to the next `quote`, which is consumed.
    fn quoted(&mut self, quote: char) -> &'static str {
        let end = self.rest.find(quote).unwrap_or(self.rest.len());
        let text = self.rest.get(..end).unwrap_or("");
        self.rest = self.rest.get(end + 1..).unwrap_or("");
        text
    }

    fn alternatives(&mut self) -> Vec<Alternative> {
        let mut alternatives = vec![self.alternative()];
        while self.eat("|") {
            alternatives.push(self.alternative());
        }
        alternatives
    }

    fn alternative(&mut self) -> Alternative {
        let mut alternative = Alternative { items: Vec::new(), tag: None, action: None };
        loop {
            self.skip();
            match self.rest.chars().next() {
                None | Some('|' | ')' | ']') => return alternative,
                Some('@') => {
                    self.eat("@");
                    alternative.tag = tag(self.word());
                }
                Some('{') => alternative.action = Some(self.action()),
                Some(_) => {
                    let label = ['a', 'b']
                        .into_iter()
                        .find(|label| self.rest.strip_prefix(*label).is_some_and(|rest| rest.starts_with('=')));
                    if label.is_some() {
                        self.rest = self.rest.get(2..).unwrap_or("");
                    }
                    let item = self.item();
                    alternative.items.push((label.map(|label| label as u8), item));
                }
            }
        }
    }

    fn item(&mut self) -> Item {
        if self.eat("&&") {
            self.eat("'");
            return Item::Force(self.quoted('\''));
        }
        if self.eat("&") {
            return Item::Ahead { item: Box::new(self.atom()), wanted: true };
        }
        if self.eat("!") {
            return Item::Ahead { item: Box::new(self.atom()), wanted: false };
        }
        if self.eat("~") {
            return Item::Cut;
        }
        let atom = self.atom();
        if let Some(rest) = self.rest.strip_prefix('.') {
            self.rest = rest;
            let item = self.atom();
            self.rest = self.rest.strip_prefix('+').unwrap_or(self.rest);
            return Item::Gather { separator: Box::new(atom), item: Box::new(item) };
        }
        for (suffix, at_least_one) in [('*', false), ('+', true)] {
            if let Some(rest) = self.rest.strip_prefix(suffix) {
                self.rest = rest;
                return Item::Repeat { item: Box::new(atom), at_least_one };
            }
        }
        if let Some(rest) = self.rest.strip_prefix('?') {
            self.rest = rest;
            return Item::Optional(Box::new(atom));
        }
        atom
    }

    fn atom(&mut self) -> Item {
        if self.eat("'") {
            return Item::Token(Wanted::Text(self.quoted('\'')));
        }
        if self.eat("\"") {
            return Item::Token(Wanted::Soft(self.quoted('"')));
        }
        if self.eat("(") {
            let alternatives = self.alternatives();
            self.eat(")");
            return Item::Group(alternatives);
        }
        if self.eat("[") {
            let alternatives = self.alternatives();
            self.eat("]");
            return Item::Optional(Box::new(Item::Group(alternatives)));
        }
        let word = self.word();
        match word {
            "NAME" => Item::Token(Wanted::Name),
            "SOFT" => Item::Token(Wanted::SoftKeyword),
            "NUMBER" => Item::Token(Wanted::Kind(Kind::Number)),
            "STRING" => Item::Token(Wanted::Kind(Kind::String)),
            "NEWLINE" => Item::Token(Wanted::Kind(Kind::Newline)),
            "INDENT" => Item::Token(Wanted::Kind(Kind::Indent)),
            "DEDENT" => Item::Token(Wanted::Kind(Kind::Dedent)),
            "FSTART" => Item::Token(Wanted::Kind(Kind::FormatStart)),
            "FMIDDLE" => Item::Token(Wanted::Kind(Kind::FormatMiddle)),
            "FEND" => Item::Token(Wanted::Kind(Kind::FormatEnd)),
            _ => Item::Rule(self.names.get(word).copied().unwrap_or(usize::MAX)),
        }
    }

    fn action(&mut self) -> Action {
        self.eat("{");
        let word = self.word();
        let mut action = Action { word, first: None, second: None, text: "" };
        loop {
            self.skip();
            if self.eat("}") || self.rest.is_empty() {
                return action;
            }
            if self.eat("\"") {
                // Messages may contain escaped quotes; the closing quote is the one before the brace.
                let end = self.rest.find("\"}").unwrap_or(self.rest.len());
                action.text = self.rest.get(..end).unwrap_or("");
                self.rest = self.rest.get(end + 1..).unwrap_or("");
                continue;
            }
            match self.word() {
                "a" if action.first.is_none() => action.first = Some(b'a'),
                "b" if action.first.is_none() => action.first = Some(b'b'),
                "a" => action.second = Some(b'a'),
                "b" => action.second = Some(b'b'),
                other => action.text = other,
            }
        }
    }
}

fn tag(word: &str) -> Option<Tag> {
    Some(match word {
        "Args" => Tag::Args,
        "Attribute" => Tag::Attribute,
        "Await" => Tag::Await,
        "Call" => Tag::Call,
        "Clause" => Tag::Clause,
        "Compare" => Tag::Compare,
        "Dict" => Tag::Dict,
        "DictComp" => Tag::DictComp,
        "DoubleStar" => Tag::DoubleStar,
        "Ellipsis" => Tag::Ellipsis,
        "Expression" => Tag::Expression,
        "FString" => Tag::FString,
        "False" => Tag::False,
        "GenExp" => Tag::GenExp,
        "IfExp" => Tag::IfExp,
        "Keyword" => Tag::Keyword,
        "Lambda" => Tag::Lambda,
        "Last" => Tag::Last,
        "List" => Tag::List,
        "ListComp" => Tag::ListComp,
        "Literal" => Tag::Literal,
        "Name" => Tag::Name,
        "Named" => Tag::Named,
        "None" => Tag::None,
        "Param" => Tag::Param,
        "Pattern" => Tag::Pattern,
        "Set" => Tag::Set,
        "SetComp" => Tag::SetComp,
        "Slice" => Tag::Slice,
        "Starred" => Tag::Starred,
        "Strings" => Tag::Strings,
        "Subscript" => Tag::Subscript,
        "True" => Tag::True,
        "Tuple" => Tag::Tuple,
        "Yield" => Tag::Yield,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(item: &Item) {
        match item {
            Item::Rule(number) => assert!(*number < Grammar::get().rules.len(), "a rule that does not exist"),
            Item::Group(alternatives) => alternatives.iter().for_each(check_alternative),
            Item::Optional(item) | Item::Repeat { item, .. } | Item::Ahead { item, .. } => check(item),
            Item::Gather { separator, item } => {
                check(separator);
                check(item);
            }
            Item::Token(_) | Item::Force(_) | Item::Cut => {}
        }
    }

    fn check_alternative(alternative: &Alternative) {
        assert!(!alternative.items.is_empty());
        alternative.items.iter().for_each(|(_, item)| check(item));
    }

    #[test]
    fn every_rule_named_in_the_grammar_exists() {
        for rule in &Grammar::get().rules {
            rule.alternatives.iter().for_each(check_alternative);
        }
    }
}
