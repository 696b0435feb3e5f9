//! Reading JSON as a sequence of events, without recursion: what `json.loads` of CPython 3.13 accepts, and its messages.
//!
//! Source: `Modules/_json.c` and `Lib/json/decoder.py`, by behaviour.

use std::borrow::Cow;

/// Containers inside each other, as far as CPython goes.
pub const DEEPEST: usize = 9_998;

/// A part of a document, in the order of the text.
#[derive(Debug, PartialEq)]
pub enum Event<'text> {
    Null,
    Bool(bool),
    /// Digits, perhaps after a minus sign.
    Integer(&'text str),
    /// The text of a float.
    Float(&'text str),
    /// `NaN`, `Infinity` or `-Infinity`, which are no JSON but are written by some.
    Constant(&'static str),
    Text(JsonText<'text>),
    StartList,
    EndList,
    StartObject,
    /// The key of the value that follows.
    Key(JsonText<'text>),
    EndObject,
}

/// A string of a document.
#[derive(Debug, PartialEq)]
pub enum JsonText<'text> {
    /// As it stands, or with its escapes replaced.
    Plain(Cow<'text, str>),
    /// Code points, halves of surrogate pairs among them.
    Wide(Vec<u32>),
}

/// Why a text is no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonError {
    /// What is wrong, and at which byte.
    Syntax(&'static str, usize),
    /// Containers are nested too deeply: `array` or `object`.
    TooDeep(&'static str),
}

/// Which text around a document is read, too.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    /// A whole text, which must not start with a byte order mark.
    Text,
    /// A whole text.
    Document,
    /// One value, whatever follows it.
    Value,
}

impl JsonError {
    /// The message of the exception that CPython raises, with line, column and character.
    #[must_use]
    pub fn message(self, text: &str) -> String {
        match self {
            Self::TooDeep(kind) => {
                format!("maximum recursion depth exceeded while decoding a JSON {kind} from a unicode string")
            }
            Self::Syntax(problem, at) => {
                let before = text.get(..at).unwrap_or(text);
                let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
                let characters = before.chars().count();
                let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
                format!("{problem}: line {line} column {column} (char {characters})")
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Value,
    FirstItem,
    FirstKey,
    AfterValue,
}

/// The number a float of a document stands for.
#[must_use]
pub fn float_of(digits: &str) -> f64 {
    // The grammar of JSON numbers is within that of Rust's.
    digits.parse().unwrap_or(f64::NAN)
}

/// The float a constant stands for.
#[must_use]
pub fn constant(name: &str) -> f64 {
    match name {
        "Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        _ => f64::NAN,
    }
}

/// Reads one document.
pub struct Reader<'text> {
    text: &'text str,
    at: usize,
    extent: Extent,
    /// Whether control characters in strings are errors.
    strict: bool,
    state: State,
    /// Whether each container around the current place is an object.
    around: Vec<bool>,
}

impl<'text> Reader<'text> {
    /// A reader at the start of a text.
    #[must_use]
    pub const fn new(text: &'text str) -> Self {
        Self::of_part(text, 0, Extent::Text, true)
    }

    /// A reader that starts at a byte of a text.
    #[must_use]
    pub const fn of_part(text: &'text str, at: usize, extent: Extent, strict: bool) -> Self {
        Self { text, at, extent, strict, state: State::Start, around: Vec::new() }
    }

    /// How far the text has been read, in bytes.
    #[must_use]
    pub const fn position(&self) -> usize {
        self.at
    }

    /// The next event; `None` after the document.
    ///
    /// # Errors
    /// When the text is no JSON. The reader is then of no more use.
    pub fn next_event(&mut self) -> Result<Option<Event<'text>>, JsonError> {
        match self.state {
            State::Start => {
                if self.extent == Extent::Text && self.text.starts_with('\u{feff}') {
                    return Err(JsonError::Syntax("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0));
                }
                if self.extent != Extent::Value {
                    self.skip_space();
                }
                self.value().map(Some)
            }
            State::Value => self.value().map(Some),
            State::FirstItem => {
                self.skip_space();
                if self.peek() == Some(b']') { Ok(Some(self.close())) } else { self.value().map(Some) }
            }
            State::FirstKey => {
                self.skip_space();
                if self.peek() == Some(b'}') { Ok(Some(self.close())) } else { self.key().map(Some) }
            }
            State::AfterValue => self.after_value(),
        }
    }

    fn after_value(&mut self) -> Result<Option<Event<'text>>, JsonError> {
        if self.extent == Extent::Value && self.around.is_empty() {
            return Ok(None);
        }
        self.skip_space();
        let Some(in_object) = self.around.last().copied() else {
            return if self.at == self.text.len() { Ok(None) } else { self.fail("Extra data", self.at) };
        };
        let end = if in_object { b'}' } else { b']' };
        if self.peek() == Some(end) {
            return Ok(Some(self.close()));
        }
        if self.peek() != Some(b',') {
            return self.fail("Expecting ',' delimiter", self.at);
        }
        let comma = self.at;
        self.at += 1;
        self.skip_space();
        if self.peek() == Some(end) {
            let container = if in_object { "object" } else { "array" };
            return self.fail(trailing_comma(container), comma);
        }
        if in_object { self.key().map(Some) } else { self.value().map(Some) }
    }

    fn close(&mut self) -> Event<'text> {
        self.at += 1;
        self.state = State::AfterValue;
        if self.around.pop() == Some(true) { Event::EndObject } else { Event::EndList }
    }

    fn key(&mut self) -> Result<Event<'text>, JsonError> {
        if self.peek() != Some(b'"') {
            return self.fail("Expecting property name enclosed in double quotes", self.at);
        }
        let key = self.string()?;
        self.skip_space();
        if self.peek() != Some(b':') {
            return self.fail("Expecting ':' delimiter", self.at);
        }
        self.at += 1;
        self.skip_space();
        self.state = State::Value;
        Ok(Event::Key(key))
    }

    fn value(&mut self) -> Result<Event<'text>, JsonError> {
        let opening = self.peek();
        if let Some(b'{' | b'[') = opening {
            let object = opening == Some(b'{');
            if self.around.len() >= DEEPEST {
                return Err(JsonError::TooDeep(if object { "object" } else { "array" }));
            }
            self.at += 1;
            self.around.push(object);
            self.state = if object { State::FirstKey } else { State::FirstItem };
            return Ok(if object { Event::StartObject } else { Event::StartList });
        }
        self.state = State::AfterValue;
        match opening {
            Some(b'"') => self.string().map(Event::Text),
            Some(b'n') => self.word("null", Event::Null),
            Some(b't') => self.word("true", Event::Bool(true)),
            Some(b'f') => self.word("false", Event::Bool(false)),
            Some(b'N') => self.word("NaN", Event::Constant("NaN")),
            Some(b'I') => self.word("Infinity", Event::Constant("Infinity")),
            Some(b'-') if self.rest().starts_with("-Infinity") => self.word("-Infinity", Event::Constant("-Infinity")),
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &'static str, event: Event<'text>) -> Result<Event<'text>, JsonError> {
        if !self.rest().starts_with(word) {
            return self.fail("Expecting value", self.at);
        }
        self.at += word.len();
        Ok(event)
    }

    fn number(&mut self) -> Result<Event<'text>, JsonError> {
        let start = self.at;
        let mut end = start;
        if self.byte(end) == Some(b'-') {
            end += 1;
        }
        match self.byte(end) {
            Some(b'0') => end += 1,
            Some(b'1'..=b'9') => end = self.after_digits(end),
            _ => return self.fail("Expecting value", start),
        }
        let mut float = false;
        if self.byte(end) == Some(b'.') && self.is_digit(end + 1) {
            float = true;
            end = self.after_digits(end + 1);
        }
        if let Some(b'e' | b'E') = self.byte(end) {
            let sign = usize::from(matches!(self.byte(end + 1), Some(b'+' | b'-')));
            if self.is_digit(end + 1 + sign) {
                float = true;
                end = self.after_digits(end + 1 + sign);
            }
        }
        self.at = end;
        let digits = self.text.get(start..end).unwrap_or_default();
        Ok(if float { Event::Float(digits) } else { Event::Integer(digits) })
    }

    /// Reads a string from its opening quote on.
    ///
    /// # Errors
    /// When it does not end, or has an escape or a control character that it must not have.
    pub fn string(&mut self) -> Result<JsonText<'text>, JsonError> {
        let quote = self.at;
        self.at += 1;
        let start = self.at;
        let end = self.after_plain(quote)?;
        if self.byte(end) == Some(b'"') {
            self.at = end + 1;
            return Ok(JsonText::Plain(Cow::Borrowed(self.text.get(start..end).unwrap_or_default())));
        }
        self.escaped_string(quote, start)
    }

    fn escaped_string(&mut self, quote: usize, start: usize) -> Result<JsonText<'text>, JsonError> {
        let mut decoded = String::new();
        let mut wide: Option<Vec<u32>> = None;
        self.at = start;
        loop {
            let piece_start = self.at;
            let end = self.after_plain(quote)?;
            let piece = self.text.get(piece_start..end).unwrap_or_default();
            match &mut wide {
                Some(points) => points.extend(piece.chars().map(u32::from)),
                None => decoded.push_str(piece),
            }
            self.at = end + 1;
            if self.byte(end) == Some(b'"') {
                return Ok(wide.map_or(JsonText::Plain(Cow::Owned(decoded)), JsonText::Wide));
            }
            let point = self.escape(quote)?;
            match (&mut wide, char::from_u32(point)) {
                (Some(points), _) => points.push(point),
                (None, Some(character)) => decoded.push(character),
                (None, None) => {
                    let mut points: Vec<u32> = decoded.chars().map(u32::from).collect();
                    points.push(point);
                    wide = Some(points);
                }
            }
        }
    }

    /// Where the characters that stand for themselves end: at a quote or a backslash.
    fn after_plain(&self, quote: usize) -> Result<usize, JsonError> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let strict = self.strict;
        let length = rest.iter().position(|byte| match byte {
            b'"' | b'\\' => true,
            0..=0x1f => strict,
            _ => false,
        });
        match length.map(|length| (self.at + length, rest.get(length).copied())) {
            Some((end, Some(b'"' | b'\\'))) => Ok(end),
            Some((end, _)) => Err(JsonError::Syntax("Invalid control character at", end)),
            None => Err(JsonError::Syntax("Unterminated string starting at", quote)),
        }
    }

    /// Reads what follows a backslash.
    fn escape(&mut self, quote: usize) -> Result<u32, JsonError> {
        let backslash = self.at - 1;
        let Some(letter) = self.peek() else { return self.fail("Unterminated string starting at", quote) };
        self.at += 1;
        let character = match letter {
            b'"' | b'\\' | b'/' => letter,
            b'b' => 0x08,
            b'f' => 0x0c,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => return self.unicode_escape(),
            _ => return self.fail("Invalid \\escape", backslash),
        };
        Ok(u32::from(character))
    }

    /// Reads the digits after `\u`, and a second escape that makes a surrogate pair with it.
    fn unicode_escape(&mut self) -> Result<u32, JsonError> {
        let first = self.four_digits(self.at)?;
        self.at += 4;
        let second_at = self.at + 2;
        // Like CPython, which wants a character after the second escape before it looks at it.
        let pair = (0xD800..0xDC00).contains(&first) && self.rest().starts_with("\\u") && self.has_more_than(6);
        if pair {
            let second = self.four_digits(second_at)?;
            if (0xDC00..0xE000).contains(&second) {
                self.at = second_at + 4;
                return Ok(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00));
            }
        }
        Ok(first)
    }

    fn four_digits(&self, start: usize) -> Result<u32, JsonError> {
        let digits = self.text.as_bytes().get(start..start + 4).unwrap_or_default();
        let value = digits.iter().try_fold(0, |value, digit| Some(value * 16 + char::from(*digit).to_digit(16)?));
        match value {
            // The string does not end here: its quote must follow.
            Some(value) if digits.len() == 4 && start + 4 < self.text.len() => Ok(value),
            _ => Err(JsonError::Syntax("Invalid \\uXXXX escape", start - 1)),
        }
    }

    /// Whether more than so many characters are left.
    fn has_more_than(&self, count: usize) -> bool {
        self.rest().chars().nth(count).is_some()
    }

    fn after_digits(&self, start: usize) -> usize {
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        start + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    fn is_digit(&self, at: usize) -> bool {
        self.byte(at).is_some_and(|byte| byte.is_ascii_digit())
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn rest(&self) -> &'text str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.byte(self.at)
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn fail<T>(&self, problem: &'static str, at: usize) -> Result<T, JsonError> {
        Err(JsonError::Syntax(problem, at))
    }
}

fn trailing_comma(container: &str) -> &'static str {
    if container == "object" {
        "Illegal trailing comma before end of object"
    } else {
        "Illegal trailing comma before end of array"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_of(text: &str) -> String {
        let mut reader = Reader::new(text);
        loop {
            match reader.next_event() {
                Ok(Some(_)) => {}
                Ok(None) => return String::new(),
                Err(error) => return error.message(text),
            }
        }
    }

    fn events(text: &str) -> Vec<Event<'_>> {
        let mut reader = Reader::new(text);
        std::iter::from_fn(|| reader.next_event().unwrap_or_default()).collect()
    }

    #[test]
    fn documents_are_read_in_order() {
        let plain = |text: &'static str| JsonText::Plain(Cow::Borrowed(text));
        assert_eq!(
            events(" {\"a\": [1, -2.5e1, true], \"b\": null} "),
            [
                Event::StartObject,
                Event::Key(plain("a")),
                Event::StartList,
                Event::Integer("1"),
                Event::Float("-2.5e1"),
                Event::Bool(true),
                Event::EndList,
                Event::Key(plain("b")),
                Event::Null,
                Event::EndObject,
            ]
        );
    }

    #[test]
    fn escapes_are_replaced() {
        let text = |text: &str| vec![Event::Text(JsonText::Plain(Cow::Owned(text.to_owned())))];
        assert_eq!(events(r#""a\n\u00e9\ud83d\ude00\/""#), text("a\né😀/"));
        assert_eq!(events(r#""\ud83d\u0041""#), [Event::Text(JsonText::Wide(vec![0xD83D, 0x41]))]);
        assert_eq!(events(r#""x\udc00é""#), [Event::Text(JsonText::Wide(vec![0x78, 0xDC00, 0xE9]))]);
    }

    #[test]
    fn errors_say_where_they_are() {
        for (text, message) in [
            ("", "Expecting value: line 1 column 1 (char 0)"),
            ("[1,]", "Illegal trailing comma before end of array: line 1 column 3 (char 2)"),
            ("{\"é\": 1\n 2}", "Expecting ',' delimiter: line 2 column 2 (char 9)"),
            ("\"\u{1}\"", "Invalid control character at: line 1 column 2 (char 1)"),
            ("\"\\u12", "Invalid \\uXXXX escape: line 1 column 3 (char 2)"),
            ("1 2", "Extra data: line 1 column 3 (char 2)"),
        ] {
            assert_eq!(error_of(text), message, "{text:?}");
        }
    }

    #[test]
    fn nesting_has_a_bound() {
        let deep = |count: usize| "[".repeat(count) + &"]".repeat(count);
        assert_eq!(error_of(&deep(DEEPEST)), "");
        assert!(error_of(&deep(DEEPEST + 1)).starts_with("maximum recursion depth exceeded"));
    }
}
