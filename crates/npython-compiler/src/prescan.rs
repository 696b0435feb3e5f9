//! A bound on how high the syntax tree gets, found before there is one.
//!
//! The parser, the passes over the tree and dropping it recurse. So the tokens are counted first: every operator, call,
//! attribute and keyword that can put one node below another counts one level, until a comma or the end of the line
//! begins something new. Trees that are too high are refused; for the others there is a stack that holds them.

use crate::error::Fault;
use crate::scan::{Kind, Scanned, Scanner, Token};

/// Levels at most: a chain of some ten thousand operators.
pub(crate) const MAX_HEIGHT: usize = 12_000;

/// What the scan found.
#[derive(Debug)]
pub(crate) struct Prescan {
    /// No node is deeper than this.
    pub(crate) height: usize,
    /// The first lexical error.
    pub(crate) error: Option<Box<Fault>>,
    /// Where the token with the error starts.
    pub(crate) error_at: u32,
}

/// Scans the whole source.
///
/// # Errors
/// Nesting beyond [`MAX_HEIGHT`].
pub(crate) fn prescan(text: &str) -> Scanned<Prescan> {
    let mut scanner = Scanner::new(text);
    let mut height = Height::default();
    loop {
        let token = match scanner.next_token() {
            Ok(token) => token,
            Err(error) => {
                return Ok(Prescan { height: height.most, error: Some(error), error_at: height.last_end });
            }
        };
        height.last_end = token.end;
        if token.kind == Kind::End {
            return Ok(Prescan { height: height.most, error: None, error_at: token.end });
        }
        height.count(text, token, scanner.in_field());
        if height.most > MAX_HEIGHT {
            return Err(Box::new(Fault::too_deep()));
        }
    }
}

/// What was counted between two brackets.
#[derive(Clone, Copy, Default)]
struct Chain {
    /// Levels since the last comma.
    levels: usize,
    /// Levels that commas do not end: the clauses of a comprehension.
    clauses: usize,
    /// `lambda`s whose colon is still to come; commas separate their parameters.
    lambdas: usize,
    /// The text of an f-string, whose fields stand side by side.
    format: bool,
}

impl Chain {
    const fn height(self) -> usize {
        self.levels + self.clauses
    }

    fn comma(&mut self) {
        if self.lambdas == 0 {
            self.levels = 0;
        }
    }
}

/// The height at the current token: one chain for each open bracket, f-string and block.
#[derive(Default)]
struct Height {
    /// The enclosing chains.
    outer: Vec<Chain>,
    outer_sum: usize,
    chain: Chain,
    most: usize,
    blocks: usize,
    last_end: u32,
}

impl Height {
    fn count(&mut self, text: &str, token: Token, in_field: bool) {
        match token.kind {
            Kind::Newline => self.chain = Chain::default(),
            Kind::Indent => self.blocks += 2,
            Kind::Dedent => self.blocks = self.blocks.saturating_sub(2),
            Kind::FormatStart => {
                self.open();
                self.chain.format = true;
            }
            Kind::FormatEnd => self.close(),
            Kind::Operator => self.operator(bytes_of(text, token)),
            Kind::Name => match bytes_of(text, token) {
                b"not" | b"if" | b"else" | b"and" | b"or" | b"in" | b"is" | b"await" | b"yield" | b"from"
                | b"async" => {
                    self.chain.levels += 1;
                }
                b"lambda" => {
                    self.chain.levels += 1;
                    self.chain.lambdas += 1;
                }
                b"for" => self.chain.clauses += 1,
                _ => {}
            },
            // Quotes inside a field can be read in two ways once there is an error; count what they may hide.
            Kind::String if in_field => {
                self.chain.levels += bytes_of(text, token).iter().filter(|byte| byte.is_ascii_punctuation()).count();
            }
            Kind::String | Kind::Number | Kind::FormatMiddle | Kind::End => {}
        }
        self.most = self.most.max(self.outer_sum + self.chain.height() + self.blocks);
    }

    fn operator(&mut self, operator: &[u8]) {
        match operator {
            b"(" | b"[" | b"{" => {
                self.chain.levels += 1;
                self.open();
            }
            b")" | b"]" | b"}" => self.close(),
            b"," => self.chain.comma(),
            b";" => self.chain = Chain::default(),
            // Targets, defaults and keyword arguments stand side by side.
            b"=" => {}
            b":" => self.chain.lambdas = self.chain.lambdas.saturating_sub(1),
            _ => self.chain.levels += 1,
        }
    }

    fn open(&mut self) {
        self.outer_sum += self.chain.height() + 1;
        self.outer.push(self.chain);
        self.chain = Chain::default();
    }

    fn close(&mut self) {
        if let Some(chain) = self.outer.pop() {
            self.outer_sum -= chain.height() + 1;
            self.chain = chain;
            if chain.format {
                self.chain.levels = 0;
            }
        }
    }
}

fn bytes_of(text: &str, token: Token) -> &[u8] {
    text.as_bytes().get(token.start as usize..token.end as usize).unwrap_or(&[])
}
