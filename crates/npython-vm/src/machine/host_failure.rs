//! What the guest catches when a host function failed.

use crate::boundary::HostError;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::types;
use crate::value::Value;

impl Machine {
    /// Raises the exception of a host function. An OSError gets number, reason and file name out of its message.
    pub(super) fn raise_host_error(&mut self, error: &HostError) -> Fault {
        let class = self.builtin_exception(&error.type_name);
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
    use super::os_error_parts;

    #[test]
    fn messages_of_os_errors_are_taken_apart() {
        assert_eq!(os_error_parts("[Errno 2] No such file: 'a b'"), Some((2, "No such file", Some("a b"))));
        assert_eq!(os_error_parts("[Errno 2] No such file"), Some((2, "No such file", None)));
        assert_eq!(os_error_parts("[Errno 2] No: \"it's\""), Some((2, "No: \"it's\"", None)));
        assert_eq!(os_error_parts("[Errno 2] No: 'a\\n'"), Some((2, "No: 'a\\n'", None)));
        assert_eq!(os_error_parts("[Errno x] No"), None);
        assert_eq!(os_error_parts("anything"), None);
    }
}
