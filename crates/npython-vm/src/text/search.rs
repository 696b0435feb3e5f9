//! Looking for substrings, in time linear in the text. Offsets are of bytes; UTF-8 is searched as bytes.

use memchr::memmem;

use crate::pace::{self, GoOn, Interrupted};

/// Bytes searched between two questions; a longer needle is looked for in pieces of its own length.
const SEARCHED_PER_QUESTION: usize = 1 << 18;

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

/// As [`find`], of a haystack of any length.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
#[inline]
pub fn find_paced(haystack: &[u8], needle: &[u8], go_on: GoOn<'_>) -> Result<Option<usize>, Interrupted> {
    if haystack.len() <= SEARCHED_PER_QUESTION {
        return Ok(find(haystack, needle));
    }
    match needle {
        [] => Ok(Some(0)),
        [byte] => find_in_pieces(haystack, 1, |piece| memchr::memchr(*byte, piece), go_on),
        _ => {
            let finder = memmem::Finder::new(needle);
            find_in_pieces(haystack, needle.len(), |piece| finder.find(piece), go_on)
        }
    }
}

/// The first of the occurrences that `find` finds in the pieces of a haystack, which overlap by what a needle may need.
fn find_in_pieces(
    haystack: &[u8],
    needle: usize,
    find: impl Fn(&[u8]) -> Option<usize>,
    go_on: GoOn<'_>,
) -> Result<Option<usize>, Interrupted> {
    let step = SEARCHED_PER_QUESTION.max(needle);
    let mut start = 0;
    loop {
        let end = haystack.len().min(start + step + needle - 1);
        if let Some(found) = find(haystack.get(start..end).unwrap_or_default()) {
            return Ok(Some(start + found));
        }
        if end == haystack.len() {
            return Ok(None);
        }
        start += step;
        go_on()?;
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

/// As [`rfind`], of a haystack of any length.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
#[inline]
pub fn rfind_paced(haystack: &[u8], needle: &[u8], go_on: GoOn<'_>) -> Result<Option<usize>, Interrupted> {
    if haystack.len() <= SEARCHED_PER_QUESTION {
        return Ok(rfind(haystack, needle));
    }
    let finder = memmem::FinderRev::new(needle);
    rfind_in_pieces(haystack, needle.len(), |piece| finder.rfind(piece), go_on)
}

/// The last of the occurrences that `rfind` finds in the pieces of a haystack, which overlap by what a needle may need.
pub(super) fn rfind_in_pieces(
    haystack: &[u8],
    needle: usize,
    rfind: impl Fn(&[u8]) -> Option<usize>,
    go_on: GoOn<'_>,
) -> Result<Option<usize>, Interrupted> {
    let step = SEARCHED_PER_QUESTION.max(needle);
    let mut end = haystack.len();
    loop {
        let start = end.saturating_sub(step + needle);
        if let Some(found) = rfind(haystack.get(start..end).unwrap_or_default()) {
            return Ok(Some(start + found));
        }
        if start == 0 {
            return Ok(None);
        }
        // An occurrence may begin before this piece.
        end = start + needle - 1;
        go_on()?;
    }
}

/// How far behind an occurrence the next one is looked for without a searcher, which takes long to start.
const NEAR: usize = 24;

/// The offsets of the occurrences, from left to right, that do not overlap; none for an empty needle. The sequence ends
/// with the first `Interrupted`.
pub fn find_each<'text>(
    haystack: &'text [u8],
    needle: &'text [u8],
    go_on: GoOn<'text>,
) -> impl Iterator<Item = Result<usize, Interrupted>> + 'text {
    let finder = if needle.len() > 1 { Some(memmem::Finder::new(needle)) } else { None };
    let mut position = 0;
    let mut matches = 0;
    pace::until_interrupted(move || {
        let (Some(first), Some(rest)) = (needle.first().copied(), haystack.get(position..)) else { return Ok(None) };
        matches += 1;
        pace::ask_now_and_then(matches, go_on)?;
        let found = match &finder {
            None => find_in_pieces(rest, 1, |piece| memchr::memchr(first, piece), go_on)?,
            Some(finder) => {
                let near = rest.len().saturating_sub(needle.len() - 1).min(NEAR);
                let is_match = |at: &usize| {
                    rest.get(*at) == Some(&first) && rest.get(*at..).is_some_and(|here| here.starts_with(needle))
                };
                match (0..near).find(is_match) {
                    Some(at) => Some(at),
                    None => {
                        let far = rest.get(near..).unwrap_or_default();
                        find_in_pieces(far, needle.len(), |piece| finder.find(piece), go_on)?.map(|at| near + at)
                    }
                }
            }
        };
        let Some(found) = found else { return Ok(None) };
        let start = position + found;
        position = start + needle.len();
        Ok(Some(start))
    })
}

/// `str.count`: an empty needle is found before each character and at the end.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn count_in_text(text: &str, needle: &str, go_on: GoOn<'_>) -> Result<usize, Interrupted> {
    if needle.is_empty() {
        Ok(text.chars().count() + 1)
    } else {
        count_in_bytes(text.as_bytes(), needle.as_bytes(), go_on)
    }
}

/// `bytes.count`.
///
/// # Errors
/// `Interrupted` when `go_on` says so.
pub fn count_in_bytes(data: &[u8], needle: &[u8], go_on: GoOn<'_>) -> Result<usize, Interrupted> {
    match needle {
        [] => Ok(data.len() + 1),
        [byte] => {
            let counts = pace::pieces(data, go_on).map(|piece| Ok(memchr::memchr_iter(*byte, piece?).count()));
            counts.sum()
        }
        _ => find_each(data, needle, go_on).try_fold(0, |count, found| found.map(|_| count + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ON: GoOn<'static> = &|| Ok(());

    #[test]
    fn finds_in_pieces_what_is_there() {
        let mut haystack = vec![b'a'; 2_000_000];
        for at in [0, SEARCHED_PER_QUESTION - 1, SEARCHED_PER_QUESTION, 1_500_000, 1_999_997] {
            haystack.splice(at..at + 3, *b"xyz");
            for needle in [&b"x"[..], b"xy", b"xyz"] {
                assert_eq!(find_paced(&haystack, needle, ON), Ok(Some(at)), "{at}");
                assert_eq!(rfind_paced(&haystack, needle, ON), Ok(Some(at)), "{at}");
                assert_eq!(find_each(&haystack, needle, ON).collect::<Vec<_>>(), [Ok(at)], "{at}");
                assert_eq!(count_in_bytes(&haystack, needle, ON), Ok(1), "{at}");
            }
            haystack.splice(at..at + 3, *b"aaa");
        }
        for needle in [&b"x"[..], b"xy"] {
            assert_eq!((find_paced(&haystack, needle, ON), rfind_paced(&haystack, needle, ON)), (Ok(None), Ok(None)));
            assert_eq!(find_paced(&haystack, needle, &|| Err(Interrupted)), Err(Interrupted));
            assert_eq!(rfind_paced(&haystack, needle, &|| Err(Interrupted)), Err(Interrupted));
            assert_eq!(find_each(&haystack, needle, &|| Err(Interrupted)).collect::<Vec<_>>(), [Err(Interrupted)]);
        }
        assert_eq!(find_paced(&haystack, b"", ON), Ok(Some(0)));
        assert_eq!(rfind_paced(&haystack, b"", ON), Ok(Some(2_000_000)));
    }

    #[test]
    fn finds_and_counts() {
        assert_eq!(find(b"abcabc", b"bc"), Some(1));
        assert_eq!(rfind(b"abcabc", b"bc"), Some(4));
        assert_eq!(find(b"abc", b""), Some(0));
        assert_eq!(rfind(b"abc", b""), Some(3));
        assert_eq!(find(b"abc", b"abcd"), None);
        assert_eq!(find(b"abc", b"c"), Some(2));
        assert_eq!(rfind(b"cabc", b"c"), Some(3));
        assert_eq!(count_in_text("aaaa", "aa", ON), Ok(2));
        assert_eq!(count_in_text("日本", "", ON), Ok(3));
        assert_eq!(count_in_text("", "", ON), Ok(1));
        assert_eq!(count_in_bytes(b"aaaa", b"aa", ON), Ok(2));
        assert_eq!(count_in_bytes("日本".as_bytes(), b"", ON), Ok(7));
        assert_eq!(find_each(b"abc", b"", ON).count(), 0);
        assert_eq!(find_each(b"", b"", ON).count(), 0);
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
