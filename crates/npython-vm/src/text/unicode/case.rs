//! Changes of case, with the full mappings of Unicode: a character may become several (at most three).

use super::{classes, contains, tables};
use crate::pace::{GoOn, Interrupted, ask_now_and_then};

const CAPITAL_SIGMA: char = 'Σ';
const FINAL_SIGMA: char = 'ς';
/// Becomes two characters in lower case, the first of which is its simple lower case.
const CAPITAL_I_WITH_DOT: u32 = 0x130;

/// A mapping of characters: runs (first, last, step, difference) and characters that become several.
struct Mapping {
    runs: &'static [(u32, u32, u8, i32)],
    special: &'static [(u32, &'static str)],
}

static UPPER: Mapping = Mapping { runs: tables::TO_UPPER, special: tables::TO_UPPER_SPECIAL };
static LOWER: Mapping = Mapping { runs: tables::TO_LOWER, special: tables::TO_LOWER_SPECIAL };
static TITLE: Mapping = Mapping { runs: tables::TO_TITLE, special: tables::TO_TITLE_SPECIAL };
static FOLDED: Mapping = Mapping { runs: tables::TO_FOLDED, special: tables::TO_FOLDED_SPECIAL };

impl Mapping {
    fn push(&self, character: char, output: &mut String) {
        let code = u32::from(character);
        if let Ok(index) = self.special.binary_search_by_key(&code, |entry| entry.0)
            && let Some((_, text)) = self.special.get(index)
        {
            output.push_str(text);
        } else {
            output.push(self.simple(code).unwrap_or(character));
        }
    }

    fn simple(&self, code: u32) -> Option<char> {
        let after = self.runs.partition_point(|run| run.0 <= code);
        let (first, last, step, difference) = *self.runs.get(after.checked_sub(1)?)?;
        if code > last || !(code - first).is_multiple_of(u32::from(step)) {
            return None;
        }
        char::from_u32(code.checked_add_signed(difference)?)
    }

    fn map(&self, text: &str, go_on: GoOn<'_>) -> Result<String, Interrupted> {
        let mut output = String::with_capacity(text.len());
        for (step, character) in text.chars().enumerate() {
            ask_now_and_then(step, go_on)?;
            self.push(character, &mut output);
        }
        Ok(output)
    }
}

/// The lower case of a character as a single one.
#[inline]
#[must_use]
pub fn simple_lower(code: u32) -> u32 {
    if code < 0x80 {
        return if matches!(code, 0x41..=0x5a) { code + 32 } else { code };
    }
    if code == CAPITAL_I_WITH_DOT {
        return u32::from('i');
    }
    LOWER.simple(code).map_or(code, u32::from)
}

/// The characters from `first` to `last` that have another lower case, with it.
pub fn lowered_between(first: u32, last: u32) -> impl Iterator<Item = (u32, u32)> {
    let from = tables::TO_LOWER.partition_point(|run| run.1 < first);
    let runs = tables::TO_LOWER.get(from..).unwrap_or_default().iter().take_while(move |run| run.0 <= last);
    let dotted = (first..=last).contains(&CAPITAL_I_WITH_DOT).then_some((CAPITAL_I_WITH_DOT, u32::from('i')));
    runs.flat_map(move |(low, high, step, difference)| {
        let pairs = (*low..=*high).step_by(usize::from(*step));
        pairs.filter_map(move |code| Some((code, code.checked_add_signed(*difference)?)))
    })
    .filter(move |(code, _)| (first..=last).contains(code))
    .chain(dotted)
}

/// `str.upper`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn upper(text: &str, go_on: GoOn<'_>) -> Result<String, Interrupted> {
    if text.is_ascii() { Ok(text.to_ascii_uppercase()) } else { UPPER.map(text, go_on) }
}

/// `str.lower`, with the final sigma.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn lower(text: &str, go_on: GoOn<'_>) -> Result<String, Interrupted> {
    if text.is_ascii() {
        return Ok(text.to_ascii_lowercase());
    }
    let mut sigmas = FinalSigmas::default();
    let mut output = String::with_capacity(text.len());
    for (step, (offset, character)) in text.char_indices().enumerate() {
        ask_now_and_then(step, go_on)?;
        push_lower(text, offset, character, &mut sigmas, &mut output);
    }
    Ok(output)
}

/// `str.casefold`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn casefold(text: &str, go_on: GoOn<'_>) -> Result<String, Interrupted> {
    if text.is_ascii() { Ok(text.to_ascii_lowercase()) } else { FOLDED.map(text, go_on) }
}

/// `str.capitalize`: the first character in title case, the others in lower case.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn capitalize(text: &str, go_on: GoOn<'_>) -> Result<String, Interrupted> {
    let mut sigmas = FinalSigmas::default();
    let mut output = String::with_capacity(text.len());
    for (step, (offset, character)) in text.char_indices().enumerate() {
        ask_now_and_then(step, go_on)?;
        if offset == 0 {
            push_title(character, &mut output);
            sigmas.pass(character);
        } else {
            push_lower(text, offset, character, &mut sigmas, &mut output);
        }
    }
    Ok(output)
}

/// `str.title`: title case where no letter precedes, lower case elsewhere.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn title(text: &str, go_on: GoOn<'_>) -> Result<String, Interrupted> {
    let mut sigmas = FinalSigmas::default();
    let mut output = String::with_capacity(text.len());
    let mut after_letter = false;
    for (step, (offset, character)) in text.char_indices().enumerate() {
        ask_now_and_then(step, go_on)?;
        if after_letter {
            push_lower(text, offset, character, &mut sigmas, &mut output);
        } else {
            push_title(character, &mut output);
            sigmas.pass(character);
        }
        after_letter = is_cased(character);
    }
    Ok(output)
}

/// `str.swapcase`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn swapcase(text: &str, go_on: GoOn<'_>) -> Result<String, Interrupted> {
    let mut sigmas = FinalSigmas::default();
    let mut output = String::with_capacity(text.len());
    for (step, (offset, character)) in text.char_indices().enumerate() {
        ask_now_and_then(step, go_on)?;
        if classes::is_upper_char(character) {
            push_lower(text, offset, character, &mut sigmas, &mut output);
            continue;
        }
        sigmas.pass(character);
        if classes::is_lower_char(character) {
            UPPER.push(character, &mut output);
        } else {
            output.push(character);
        }
    }
    Ok(output)
}

fn push_title(character: char, output: &mut String) {
    if character.is_ascii() {
        output.push(character.to_ascii_uppercase());
    } else {
        TITLE.push(character, output);
    }
}

fn push_lower(text: &str, offset: usize, character: char, sigmas: &mut FinalSigmas, output: &mut String) {
    if character.is_ascii() {
        output.push(character.to_ascii_lowercase());
    } else if character == CAPITAL_SIGMA && sigmas.is_final(text, offset) {
        output.push(FINAL_SIGMA);
    } else {
        LOWER.push(character, output);
    }
    sigmas.pass(character);
}

/// Decides which sigmas end a word, in time linear in the text however many there are.
#[derive(Default)]
struct FinalSigmas {
    /// Whether the last character passed that does not count as ignorable was a letter.
    after_letter: bool,
    /// The offset of the next character that is not ignorable, found by looking ahead, and whether it is a letter.
    ahead: (usize, bool),
}

impl FinalSigmas {
    fn pass(&mut self, character: char) {
        if !is_case_ignorable(character) {
            self.after_letter = is_cased(character);
        }
    }

    fn is_final(&mut self, text: &str, offset: usize) -> bool {
        self.after_letter && !self.letter_follows(text, offset + CAPITAL_SIGMA.len_utf8())
    }

    fn letter_follows(&mut self, text: &str, start: usize) -> bool {
        if self.ahead.0 < start {
            let rest = text.get(start..).unwrap_or_default();
            let next = rest.char_indices().find(|(_, character)| !is_case_ignorable(*character));
            self.ahead = match next {
                Some((distance, character)) => (start + distance, is_cased(character)),
                None => (text.len(), false),
            };
        }
        self.ahead.1
    }
}

fn is_cased(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_alphabetic() } else { contains(tables::CASED, character.into()) }
}

fn is_case_ignorable(character: char) -> bool {
    if character.is_ascii() {
        matches!(character, '\'' | '.' | ':' | '^' | '`')
    } else {
        contains(tables::CASE_IGNORABLE, character.into())
    }
}
