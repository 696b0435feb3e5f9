//! Byte offsets to lines and columns.

/// Where the lines of a source text start.
pub(crate) struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    pub(crate) fn new(text: &str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 32 + 1);
        starts.push(0);
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).filter_map(|at| u32::try_from(at + 1).ok()));
        Self { starts }
    }

    /// One-based line of a byte offset.
    pub(crate) fn line(&self, offset: u32) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    /// Byte offset at which a one-based line starts; the last line's for lines after the end.
    pub(crate) fn line_start(&self, line: u32) -> u32 {
        let index = (line.max(1) as usize - 1).min(self.starts.len() - 1);
        self.starts[index]
    }

    /// How many lines the text has; a final newline does not begin another.
    pub(crate) fn last_line(&self, text: &str) -> u32 {
        let count = self.starts.len() - usize::from(self.starts.len() > 1 && text.ends_with('\n'));
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// The text of a one-based line without its line end.
    pub(crate) fn line_text<'t>(&self, text: &'t str, line: u32) -> &'t str {
        let start = self.line_start(line) as usize;
        let rest = text.get(start..).unwrap_or("");
        rest.split('\n').next().unwrap_or("")
    }
}
