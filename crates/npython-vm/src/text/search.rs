//! Looking for substrings, in time linear in the text. Offsets are of bytes; UTF-8 is searched as bytes.

use memchr::memmem;

/// The offset of the first occurrence; zero for an empty needle.
#[inline]
#[must_use]
pub fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(0),
        [byte] => memchr::memchr(*byte, haystack),
        _ => memmem::find(haystack, needle),
    }
}

/// The offset of the last occurrence; the end for an empty needle.
#[inline]
#[must_use]
pub fn rfind(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(haystack.len()),
        [byte] => memchr::memrchr(*byte, haystack),
        _ => memmem::rfind(haystack, needle),
    }
}

/// How far behind an occurrence the next one is looked for without a searcher, which takes long to start.
const NEAR: usize = 24;

/// The offsets of the occurrences, from left to right, that do not overlap; none for an empty needle.
pub fn find_each<'text>(haystack: &'text [u8], needle: &'text [u8]) -> impl Iterator<Item = usize> + 'text {
    let finder = if needle.len() > 1 { Some(memmem::Finder::new(needle)) } else { None };
    let mut position = 0;
    std::iter::from_fn(move || {
        let first = *needle.first()?;
        let rest = haystack.get(position..)?;
        if needle.len() == 1 {
            let start = position + memchr::memchr(first, rest)?;
            position = start + 1;
            return Some(start);
        }
        let near = rest.len().saturating_sub(needle.len() - 1).min(NEAR);
        let is_match =
            |at: &usize| rest.get(*at) == Some(&first) && rest.get(*at..).is_some_and(|here| here.starts_with(needle));
        let found = match (0..near).find(is_match) {
            Some(at) => at,
            None => {
                let far = rest.get(near..)?;
                near + finder.as_ref()?.find(far)?
            }
        };
        let start = position + found;
        position = start + needle.len();
        Some(start)
    })
}

/// `str.count`: an empty needle is found before each character and at the end.
#[must_use]
pub fn count_in_text(text: &str, needle: &str) -> usize {
    if needle.is_empty() { text.chars().count() + 1 } else { find_each(text.as_bytes(), needle.as_bytes()).count() }
}

/// `bytes.count`.
#[must_use]
pub fn count_in_bytes(data: &[u8], needle: &[u8]) -> usize {
    match needle {
        [] => data.len() + 1,
        [byte] => memchr::memchr_iter(*byte, data).count(),
        _ => find_each(data, needle).count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_and_counts() {
        assert_eq!(find(b"abcabc", b"bc"), Some(1));
        assert_eq!(rfind(b"abcabc", b"bc"), Some(4));
        assert_eq!(find(b"abc", b""), Some(0));
        assert_eq!(rfind(b"abc", b""), Some(3));
        assert_eq!(find(b"abc", b"abcd"), None);
        assert_eq!(find(b"abc", b"c"), Some(2));
        assert_eq!(rfind(b"cabc", b"c"), Some(3));
        assert_eq!(count_in_text("aaaa", "aa"), 2);
        assert_eq!(count_in_text("日本", ""), 3);
        assert_eq!(count_in_text("", ""), 1);
        assert_eq!(count_in_bytes(b"aaaa", b"aa"), 2);
        assert_eq!(count_in_bytes("日本".as_bytes(), b""), 7);
        assert_eq!(find_each(b"abc", b"").count(), 0);
        assert_eq!(find_each(b"", b"").count(), 0);
    }

    #[test]
    fn stays_linear() {
        let haystack = "a".repeat(1 << 20);
        let needle = format!("{}b", "a".repeat(1 << 19));
        assert_eq!(find(haystack.as_bytes(), needle.as_bytes()), None);
        let needle = format!("b{}", "a".repeat(1 << 19));
        assert_eq!(rfind(haystack.as_bytes(), needle.as_bytes()), None);
    }
}
