//! Quoted strings, and what quoting costs.

use std::fmt::Write;

use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::Str;
use crate::value::Id;

use crate::text::string_repr::{longest_quoted, write_string_repr};

use super::writer::{PAYMENT, ReprWriter};

impl Machine {
    pub(super) fn write_quoted(&mut self, writer: &mut ReprWriter, id: Id<Str>) -> Result<(), Fault> {
        let length = self.heap.str(id).len();
        if length > PAYMENT {
            let longest = longest_quoted(self.heap.str(id).as_bytes(), &self.go_on());
            let longest = self.unless_interrupted(longest)?;
            self.charge(length as u64 / 4)?;
            self.heap.reserve(longest)?;
            self.heap.release(longest);
        }
        let string = self.heap.strings.get(id);
        if !string.surrogates {
            let written = write_string_repr(self.heap.str(id), &mut writer.text, &self.go_on());
            return self.unless_interrupted(written);
        }
        let mut quoted = String::new();
        let written = write_string_repr(self.heap.str(id), &mut quoted, &self.go_on());
        self.unless_interrupted(written)?;
        write_mapped_surrogates(&quoted, &mut writer.text);
        Ok(())
    }

    /// Charges and reserves for bytes of which each may become an escape.
    pub(super) fn pay_for_quoting(&mut self, length: usize) -> Result<(), Fault> {
        self.charge(length as u64 / 4)?;
        if length > PAYMENT {
            self.heap.reserve(length.saturating_mul(4))?;
            self.heap.release(length.saturating_mul(4));
        }
        Ok(())
    }
}

/// Appends a quoted text with the escapes of mapped surrogates replaced by those of the surrogates themselves.
fn write_mapped_surrogates(quoted: &str, output: &mut String) {
    let mut rest = quoted;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        output.push_str(before);
        let mapped = escape
            .strip_prefix("\\U0010f")
            .and_then(|digits| digits.get(..3))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match mapped {
            Some(low) if low >= 0x800 => {
                let _ = write!(output, "\\u{:04x}", low - 0x800 + 0xD800);
                rest = escape.get(10..).unwrap_or("");
            }
            _ => {
                // Both characters of the escape, so that an escaped backslash does not start another one.
                let width = escape.chars().take(2).map(char::len_utf8).sum();
                let (this, after) = escape.split_at(width);
                output.push_str(this);
                rest = after;
            }
        }
    }
    output.push_str(rest);
}
