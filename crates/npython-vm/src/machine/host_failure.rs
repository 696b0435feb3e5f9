//! What the guest catches when a host function failed.

use crate::boundary::HostError;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::objects::TypeObject;
use crate::types;
use crate::value::{Id, Value};

impl Machine {
    /// Raises the exception of a host function. An OSError gets number, reason and file name out of its message, an error
    /// of a codec its encoding, place and reason; the data it is about stays with the host.
    pub(super) fn raise_host_error(&mut self, error: &HostError) -> Fault {
        let class = self.builtin_exception(&error.type_name);
        if class == types::UNICODE_DECODE_ERROR || class == types::UNICODE_ENCODE_ERROR {
            return self.raise_codec_error(class, &error.message);
        }
        let parts = os_error_parts(&error.message).filter(|_| self.is_subclass(class, types::OS_ERROR));
        let Some((number, reason, filename)) = parts else { return self.raise(class, &error.message) };
        let made =
            self.heap.new_str(reason).and_then(|reason| self.new_exception(class, &[Value::Int(number), reason]));
        let filename = filename.map(|name| self.heap.new_str(name)).transpose();
        match (made, filename) {
            (Ok(exception), Ok(filename)) => {
                let named = filename.map(|name| self.set_exception_field(exception, names::FILENAME, name)).transpose();
                named.map_or_else(|refused| refused, |_| self.raise_value(exception))
            }
            (Err(fault), _) | (_, Err(fault)) => fault,
        }
    }

    fn raise_codec_error(&mut self, class: Id<TypeObject>, message: &str) -> Fault {
        let fault = self.raise(class, message);
        if !matches!(fault, Fault::Raise) {
            return fault;
        }
        match self.set_codec_fields(class, &codec_error_parts(message).unwrap_or_default()) {
            Ok(()) => fault,
            Err(refused) => refused,
        }
    }

    fn set_codec_fields(&mut self, class: Id<TypeObject>, parts: &CodecErrorParts<'_>) -> Result<(), Fault> {
        // Reachable by the program from now on, so nothing that is made next can be collected.
        let exception = self.raised;
        let encoding = self.heap.new_str(parts.encoding)?;
        self.set_exception_field(exception, names::ENCODING, encoding)?;
        let reason = self.heap.new_str(parts.reason)?;
        self.set_exception_field(exception, names::REASON, reason)?;
        let nothing = if class == types::UNICODE_DECODE_ERROR {
            self.heap.new_bytes(Vec::new())?
        } else {
            self.heap.new_str("")?
        };
        self.set_exception_field(exception, names::OBJECT_FIELD, nothing)?;
        self.set_exception_field(exception, names::START, Value::Int(parts.start))?;
        self.set_exception_field(exception, names::END, Value::Int(parts.end))
    }
}

/// What the message of a UnicodeDecodeError or a UnicodeEncodeError says.
#[derive(Debug, Default, PartialEq, Eq)]
struct CodecErrorParts<'message> {
    encoding: &'message str,
    start: i64,
    end: i64,
    reason: &'message str,
}

/// Takes `'utf-8' codec can't decode byte 0xff in position 0: invalid start byte` apart, and `... in position 3-5: ...`.
fn codec_error_parts(message: &str) -> Option<CodecErrorParts<'_>> {
    let (encoding, rest) = message.strip_prefix('\'')?.split_once("' codec can't ")?;
    let (place, reason) = rest.split_once(" in position ")?.1.split_once(": ")?;
    let (start, last) = place.split_once('-').unwrap_or((place, place));
    let (start, last) = (start.parse().ok()?, last.parse::<i64>().ok()?);
    Some(CodecErrorParts { encoding, start, end: last.checked_add(1)?, reason })
}

/// Takes `[Errno 2] No such file or directory: 'x'` apart. A file name with escapes in it stays part of the reason.
fn os_error_parts(message: &str) -> Option<(i64, &str, Option<&str>)> {
    let (number, reason) = message.strip_prefix("[Errno ")?.split_once("] ")?;
    let number = number.parse().ok()?;
    let named = reason.split_once(": '").and_then(|(words, rest)| Some((words, rest.strip_suffix('\'')?)));
    match named.filter(|(_, name)| !name.contains(['\'', '\\'])) {
        Some((words, name)) => Some((number, words, Some(name))),
        None => Some((number, reason, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::{CodecErrorParts, codec_error_parts, os_error_parts};

    #[test]
    fn messages_of_os_errors_are_taken_apart() {
        assert_eq!(os_error_parts("[Errno 2] No such file: 'a b'"), Some((2, "No such file", Some("a b"))));
        assert_eq!(os_error_parts("[Errno 2] No such file"), Some((2, "No such file", None)));
        assert_eq!(os_error_parts("[Errno 2] No: \"it's\""), Some((2, "No: \"it's\"", None)));
        assert_eq!(os_error_parts("[Errno 2] No: 'a\\n'"), Some((2, "No: 'a\\n'", None)));
        assert_eq!(os_error_parts("[Errno x] No"), None);
        assert_eq!(os_error_parts("anything"), None);
    }

    #[test]
    fn messages_of_codecs_are_taken_apart() {
        let parts = |encoding, start, end, reason| Some(CodecErrorParts { encoding, start, end, reason });
        let invalid = "invalid start byte";
        assert_eq!(
            codec_error_parts("'utf-8' codec can't decode byte 0xff in position 2: invalid start byte"),
            parts("utf-8", 2, 3, invalid)
        );
        assert_eq!(
            codec_error_parts("'utf-8' codec can't decode bytes in position 2-4: invalid start byte"),
            parts("utf-8", 2, 5, invalid)
        );
        assert_eq!(
            codec_error_parts("'ascii' codec can't encode character '\\xe9' in position 0: a: b"),
            parts("ascii", 0, 1, "a: b")
        );
        assert_eq!(
            codec_error_parts("'x' codec can't decode bytes in position 9223372036854775807-9223372036854775807: r"),
            None
        );
        for message in ["", "'", "no codec", "'utf-8' codec can't decode", "'x' codec can't y in position -: r"] {
            assert_eq!(codec_error_parts(message), None, "{message}");
        }
    }
}
