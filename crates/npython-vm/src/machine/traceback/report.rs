//! The report of an exception: those it was raised from, and for a group what it holds, each behind a margin.

use crate::names;
use crate::types;
use crate::value::Value;

use super::super::Machine;
use super::{CUT, MOST_CHAINED, MOST_TEXT, Sources, push_bounded, write_frames};

/// Exceptions shown of a group, and groups shown within each other.
const MOST_MEMBERS: usize = 15;
const MOST_NESTED: usize = 10;

/// Where lines begin: behind a margin for each group that is open.
#[derive(Default)]
struct Margin {
    depth: usize,
    /// The frame around the members of the innermost group is still to be closed.
    is_open: bool,
}

impl Margin {
    fn indent(&self) -> String {
        "  ".repeat(self.depth)
    }

    /// Writes lines behind the margin.
    fn write(&self, text: &mut String, lines: &str, edge: char) {
        if self.depth == 0 {
            push_bounded(text, lines);
            return;
        }
        let start = format!("{}{edge} ", self.indent());
        for line in lines.split_inclusive('\n') {
            push_bounded(text, &start);
            push_bounded(text, line);
        }
    }
}

impl Machine {
    /// Writes what Python prints for an exception, with or without those it was raised from.
    pub(super) fn write_report(&mut self, text: &mut String, exception: Value, chained: bool, sources: &mut Sources) {
        self.write_behind(text, exception, chained, &mut Margin::default(), sources);
        if sources.frames_left == 0 {
            push_bounded(text, &format!("{CUT}\n"));
        }
    }

    fn write_behind(
        &mut self,
        text: &mut String,
        exception: Value,
        chained: bool,
        margin: &mut Margin,
        sources: &mut Sources,
    ) {
        let chain = if chained { self.exception_chain(exception) } else { vec![exception] };
        for (at, exception) in chain.iter().enumerate().rev() {
            if text.len() >= MOST_TEXT || sources.frames_left == 0 {
                return;
            }
            if at + 1 < chain.len()
                && let Some((_, link)) = self.chained(*exception)
            {
                margin.write(text, link, '|');
            }
            if self.is_instance_of_type(*exception, types::BASE_EXCEPTION_GROUP) {
                self.write_group(text, *exception, chained, margin, sources);
            } else {
                let mut lines = String::new();
                self.write_one(&mut lines, *exception, sources);
                margin.write(text, &lines, '|');
            }
        }
    }

    fn write_group(
        &mut self,
        text: &mut String,
        group: Value,
        chained: bool,
        margin: &mut Margin,
        sources: &mut Sources,
    ) {
        if margin.depth > MOST_NESTED {
            margin.write(text, &format!("... (max_group_depth is {MOST_NESTED})\n"), '|');
            return;
        }
        let is_outermost = margin.depth == 0;
        margin.depth = margin.depth.max(1);
        let frames = self.frames_for_report(group, sources);
        if !frames.is_empty() {
            let edge = if is_outermost { '+' } else { '|' };
            margin.write(text, "Exception Group Traceback (most recent call last):\n", edge);
        }
        let mut lines = String::new();
        write_frames(&mut lines, &frames);
        self.write_summary(&mut lines, group);
        margin.write(text, &lines, '|');
        let (members, count) = self.members_of(group);
        let shown = count.min(MOST_MEMBERS + 1);
        margin.is_open = false;
        for (at, member) in members.iter().enumerate() {
            let is_last = at + 1 == shown;
            // A group that is the last member closes the frames of those around it, too.
            margin.is_open |= is_last;
            let title = if at < MOST_MEMBERS { (at + 1).to_string() } else { "...".to_owned() };
            let corner = if at == 0 { "+-" } else { "  " };
            push_bounded(text, &format!("{}{corner}+---------------- {title} ----------------\n", margin.indent()));
            margin.depth += 1;
            if at < MOST_MEMBERS {
                self.write_behind(text, *member, chained, margin, sources);
            } else {
                let rest = count - MOST_MEMBERS;
                let plural = if rest > 1 { "s" } else { "" };
                margin.write(text, &format!("and {rest} more exception{plural}\n"), '|');
            }
            if is_last && margin.is_open {
                push_bounded(text, &format!("{}+------------------------------------\n", margin.indent()));
                margin.is_open = false;
            }
            margin.depth -= 1;
        }
        if is_outermost {
            margin.depth = 0;
        }
    }

    /// The members of a group that are shown, with one more if there are more, and how many there are.
    fn members_of(&self, group: Value) -> (Vec<Value>, usize) {
        match self.exception_field(group, names::EXCEPTIONS) {
            Some(Value::Tuple(id)) => {
                let members = self.heap.tuple(id);
                (members.iter().copied().take(MOST_MEMBERS + 1).collect(), members.len())
            }
            _ => (Vec::new(), 0),
        }
    }

    /// The exceptions a report tells of, or the first of them if they are many.
    pub(crate) fn told_exceptions(&self, exception: Value, chained: bool) -> Vec<Value> {
        let mut told = Vec::new();
        let mut pending = vec![exception];
        while let Some(next) = pending.pop() {
            let chain = if chained { self.exception_chain(next) } else { vec![next] };
            for exception in chain {
                if told.len() >= MOST_CHAINED {
                    return told;
                }
                if told.contains(&exception) {
                    continue;
                }
                told.push(exception);
                pending.extend(self.members_of(exception).0.into_iter().take(MOST_MEMBERS).rev());
            }
        }
        told
    }
}
