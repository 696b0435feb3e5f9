//! `match`.
//!
//! While a pattern is tried, the stack holds captured values below whatever the pattern works on. A failing test jumps
//! to the label that pops as many values as are there, so that every failure ends with the same stack.

use std::sync::Arc;

use npython_bytecode::{BinaryOperator, CompareOperator, Constant, Instr, SourceRange};
use ruff_python_ast::{self as ast, Expr, Pattern};
use ruff_text_size::{Ranged, TextRange};
use rustc_hash::FxHashSet;

use super::unit::Label;
use super::{Checked, Compiler, at, fault};
use crate::symbols::NameId;

/// State of one `case`.
#[derive(Default)]
struct Context {
    /// Names captured so far; their values are on the stack, the first on top of the others.
    stores: Vec<NameId>,
    /// The same as a set.
    captured: FxHashSet<NameId>,
    /// Whether a pattern that always matches is allowed here.
    allow_irrefutable: bool,
    /// Label number `n` pops `n` values and fails.
    fail_pop: Vec<Label>,
    /// Values on the stack above the captures.
    on_top: usize,
}

impl<'a> Compiler<'a> {
    pub(super) fn match_statement(&mut self, statement: &'a ast::StmtMatch) -> Checked {
        self.expression(&statement.subject)?;
        let end = self.label();
        let cases = &statement.cases;
        let default = cases.last().filter(|case| cases.len() > 1 && is_wildcard(&case.pattern));
        let tried = cases.len() - usize::from(default.is_some());
        for (index, case) in cases.iter().take(tried).enumerate() {
            let range = at(&case.pattern);
            let last = index + 1 == tried;
            if !last {
                self.emit(Instr::Copy(1), range);
            }
            let mut context =
                Context { allow_irrefutable: case.guard.is_some() || index + 1 == cases.len(), ..Context::default() };
            self.pattern(&case.pattern, &mut context)?;
            for name in std::mem::take(&mut context.stores) {
                self.store_name(name, range);
            }
            if let Some(guard) = &case.guard {
                let fail = self.fail_label(&mut context, 0);
                self.jump_if(guard, fail, false)?;
            }
            if !last {
                self.emit(Instr::Pop, range);
            }
            self.statements(&case.body)?;
            self.emit(Instr::Jump(end.0), range);
            self.bind_fail_labels(&mut context, range);
        }
        if let Some(case) = default {
            if let Some(guard) = &case.guard {
                self.jump_if(guard, end, false)?;
            }
            self.statements(&case.body)?;
        }
        self.bind(end);
        Ok(())
    }

    /// The label that pops `pops` values and fails.
    fn fail_label(&mut self, context: &mut Context, pops: usize) -> Label {
        while context.fail_pop.len() <= pops {
            let label = self.label();
            context.fail_pop.push(label);
        }
        context.fail_pop.get(pops).copied().unwrap_or(Label(0))
    }

    fn fail(&mut self, context: &mut Context, jump: fn(u32) -> Instr, range: SourceRange) {
        let pops = context.on_top + context.stores.len();
        let label = self.fail_label(context, pops);
        self.emit(jump(label.0), range);
    }

    fn bind_fail_labels(&mut self, context: &mut Context, range: SourceRange) {
        while let Some(label) = context.fail_pop.pop() {
            self.bind(label);
            if !context.fail_pop.is_empty() {
                self.emit(Instr::Pop, range);
            }
        }
    }

    /// Moves the top value below the `count - 1` values under it.
    fn rotate(&mut self, count: usize, range: SourceRange) {
        for depth in (2..=count).rev() {
            self.emit(Instr::Swap(u32::try_from(depth).unwrap_or(u32::MAX)), range);
        }
    }

    fn capture(&mut self, name: Option<&ast::Identifier>, context: &mut Context, range: TextRange) -> Checked {
        let Some(identifier) = name else {
            self.emit(Instr::Pop, at(&range));
            return Ok(());
        };
        self.check_bindable(&identifier.id, range, false)?;
        let name = self.name_id(&identifier.id);
        if !context.captured.insert(name) {
            return fault(format!("multiple assignments to name '{}' in pattern", identifier.id), range);
        }
        self.check_growth(range)?;
        self.rotate(context.on_top + context.stores.len() + 1, at(&range));
        context.stores.push(name);
        Ok(())
    }

    fn pattern(&mut self, pattern: &'a Pattern, context: &mut Context) -> Checked {
        let range = at(pattern);
        match pattern {
            Pattern::MatchValue(node) => {
                if !is_pattern_value(&node.value) {
                    return fault("patterns may only match literals and attribute lookups", node.range);
                }
                self.expression(&node.value)?;
                self.emit(Instr::Compare(CompareOperator::Eq), range);
                self.fail(context, Instr::PopJumpIfFalse, range);
                Ok(())
            }
            Pattern::MatchSingleton(node) => {
                let instr = match node.value {
                    ast::Singleton::None => Instr::LoadNone,
                    ast::Singleton::True => Instr::LoadTrue,
                    ast::Singleton::False => Instr::LoadFalse,
                };
                self.emit(instr, range);
                self.emit(Instr::Is, range);
                self.fail(context, Instr::PopJumpIfFalse, range);
                Ok(())
            }
            Pattern::MatchSequence(node) => self.sequence_pattern(node, context),
            Pattern::MatchMapping(node) => self.mapping_pattern(node, context),
            Pattern::MatchClass(node) => self.class_pattern(node, context),
            Pattern::MatchStar(node) => self.capture(node.name.as_ref(), context, node.range),
            Pattern::MatchAs(node) => self.as_pattern(node, context),
            Pattern::MatchOr(node) => self.or_pattern(node, context),
        }
    }

    /// A pattern inside another, where matching always is fine.
    fn inner_pattern(&mut self, pattern: &'a Pattern, context: &mut Context) -> Checked {
        let allowed = std::mem::replace(&mut context.allow_irrefutable, true);
        let result = self.pattern(pattern, context);
        context.allow_irrefutable = allowed;
        result
    }

    fn as_pattern(&mut self, node: &'a ast::PatternMatchAs, context: &mut Context) -> Checked {
        let Some(inner) = &node.pattern else {
            if !context.allow_irrefutable {
                let message = match &node.name {
                    Some(name) => format!("name capture '{}' makes remaining patterns unreachable", name.id),
                    None => "wildcard makes remaining patterns unreachable".to_owned(),
                };
                return fault(message, node.range);
            }
            return self.capture(node.name.as_ref(), context, node.range);
        };
        context.on_top += 1;
        self.emit(Instr::Copy(1), at(node));
        self.pattern(inner, context)?;
        context.on_top -= 1;
        self.capture(node.name.as_ref(), context, node.range)
    }

    fn sequence_pattern(&mut self, node: &'a ast::PatternMatchSequence, context: &mut Context) -> Checked {
        let range = at(node);
        let size = node.patterns.len();
        let mut star = None;
        for (index, pattern) in node.patterns.iter().enumerate() {
            if pattern.is_match_star() {
                if star.is_some() {
                    return fault("multiple starred names in sequence pattern", node.range);
                }
                star = Some(index);
            }
        }
        let only_wildcards = node.patterns.iter().all(|pattern| is_wildcard(pattern) || is_wildcard_star(pattern));
        let star_is_wildcard = star.and_then(|index| node.patterns.get(index)).is_some_and(is_wildcard_star);
        context.on_top += 1;
        self.emit(Instr::MatchSequence, range);
        self.fail(context, Instr::PopJumpIfFalse, range);
        let required = size - usize::from(star.is_some());
        if star.is_none() || required > 0 {
            let operator = if star.is_none() { CompareOperator::Eq } else { CompareOperator::Ge };
            self.check_length(required, operator, context, range);
        }
        context.on_top -= 1;
        if only_wildcards {
            self.emit(Instr::Pop, range);
            Ok(())
        } else if let (Some(star), true) = (star, star_is_wildcard) {
            self.subscript_items(node, star, context, range)
        } else {
            self.unpack_items(node, star, context, range)
        }
    }

    fn check_length(&mut self, length: usize, operator: CompareOperator, context: &mut Context, range: SourceRange) {
        self.emit(Instr::GetLen, range);
        self.load_constant(Constant::Int(i64::try_from(length).unwrap_or(i64::MAX)), range);
        self.emit(Instr::Compare(operator), range);
        self.fail(context, Instr::PopJumpIfFalse, range);
    }

    fn unpack_items(
        &mut self,
        node: &'a ast::PatternMatchSequence,
        star: Option<usize>,
        context: &mut Context,
        range: SourceRange,
    ) -> Checked {
        let size = node.patterns.len();
        match star {
            Some(before) => {
                let (Ok(before), Ok(after)) = (u16::try_from(before), u16::try_from(size - before - 1)) else {
                    return fault("too many expressions in star-unpacking sequence pattern", node.range);
                };
                self.emit(Instr::UnpackStarred(before, after), range);
            }
            None => self.emit(Instr::UnpackSequence(u32::try_from(size).unwrap_or(u32::MAX)), range),
        }
        context.on_top += size;
        for pattern in &node.patterns {
            context.on_top -= 1;
            self.inner_pattern(pattern, context)?;
        }
        Ok(())
    }

    /// Items around a `*_` are fetched by index; what the star stands for is never copied.
    fn subscript_items(
        &mut self,
        node: &'a ast::PatternMatchSequence,
        star: usize,
        context: &mut Context,
        range: SourceRange,
    ) -> Checked {
        let size = node.patterns.len();
        context.on_top += 1;
        for (index, pattern) in node.patterns.iter().enumerate() {
            if index == star || is_wildcard(pattern) {
                continue;
            }
            self.emit(Instr::Copy(1), range);
            if index < star {
                self.load_constant(Constant::Int(i64::try_from(index).unwrap_or(0)), range);
            } else {
                self.emit(Instr::GetLen, range);
                self.load_constant(Constant::Int(i64::try_from(size - index).unwrap_or(0)), range);
                self.emit(Instr::Binary(BinaryOperator::Sub), range);
            }
            self.emit(Instr::LoadSubscript, range);
            self.inner_pattern(pattern, context)?;
        }
        context.on_top -= 1;
        self.emit(Instr::Pop, range);
        Ok(())
    }

    fn mapping_pattern(&mut self, node: &'a ast::PatternMatchMapping, context: &mut Context) -> Checked {
        let range = at(node);
        let size = node.keys.len();
        context.on_top += 1;
        self.emit(Instr::MatchMapping, range);
        self.fail(context, Instr::PopJumpIfFalse, range);
        if size == 0 && node.rest.is_none() {
            context.on_top -= 1;
            self.emit(Instr::Pop, range);
            return Ok(());
        }
        if size > 0 {
            self.check_length(size, CompareOperator::Ge, context, range);
        }
        self.mapping_keys(node)?;
        self.emit(Instr::MatchKeys, range);
        context.on_top += 2;
        self.emit(Instr::Copy(1), range);
        self.fail(context, Instr::PopJumpIfNone, range);
        self.emit(Instr::UnpackSequence(u32::try_from(size).unwrap_or(u32::MAX)), range);
        context.on_top = context.on_top + size - 1;
        for pattern in &node.patterns {
            context.on_top -= 1;
            self.inner_pattern(pattern, context)?;
        }
        context.on_top -= 2;
        let Some(rest) = &node.rest else {
            self.emit(Instr::Pop, range);
            self.emit(Instr::Pop, range);
            return Ok(());
        };
        // [subject, keys] -> [a dict of the other items]
        self.emit(Instr::BuildMap(0), range);
        self.emit(Instr::Swap(3), range);
        self.emit(Instr::DictUpdate(2), range);
        self.emit(Instr::UnpackSequence(u32::try_from(size).unwrap_or(u32::MAX)), range);
        for left in (1..=size).rev() {
            self.emit(Instr::Copy(u32::try_from(left + 1).unwrap_or(u32::MAX)), range);
            self.emit(Instr::Swap(2), range);
            self.emit(Instr::DeleteSubscript, range);
        }
        self.capture(Some(rest), context, node.range)
    }

    fn mapping_keys(&mut self, node: &'a ast::PatternMatchMapping) -> Checked {
        let mut seen: FxHashSet<KeyValue> = FxHashSet::default();
        for key in &node.keys {
            self.expression(key)?;
            let constant =
                self.unit.tail(1).and_then(|tail| tail.first().copied()).and_then(|instr| self.constant_of_load(instr));
            if !matches!(key, Expr::Attribute(_))
                && let Some(constant) = constant
                && !seen.insert(key_value(&constant))
            {
                let shown = super::string::repr_constant(&constant);
                return fault(format!("mapping pattern checks duplicate key ({shown})"), node.range);
            }
        }
        self.emit(Instr::BuildTuple(u32::try_from(node.keys.len()).unwrap_or(u32::MAX)), at(node));
        Ok(())
    }

    fn class_pattern(&mut self, node: &'a ast::PatternMatchClass, context: &mut Context) -> Checked {
        let range = at(node);
        let (positional, keywords) = (&node.arguments.patterns, &node.arguments.keywords);
        let mut names: Vec<Constant> = Vec::with_capacity(keywords.len());
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for keyword in keywords {
            self.check_bindable(&keyword.attr.id, keyword.range, false)?;
            if !seen.insert(keyword.attr.id.as_str()) {
                let message = format!("attribute name repeated in class pattern: {}", keyword.attr.id);
                return fault(message, keyword.pattern.range());
            }
            names.push(Constant::Str(Arc::from(keyword.attr.id.as_str())));
        }
        self.expression(&node.cls)?;
        self.load_constant(Constant::Tuple(names.into()), range);
        self.emit(Instr::MatchClass(u32::try_from(positional.len()).unwrap_or(u32::MAX)), range);
        self.emit(Instr::Copy(1), range);
        context.on_top += 1;
        self.fail(context, Instr::PopJumpIfNone, range);
        let count = positional.len() + keywords.len();
        self.emit(Instr::UnpackSequence(u32::try_from(count).unwrap_or(u32::MAX)), range);
        context.on_top = context.on_top + count - 1;
        let patterns = positional.iter().chain(keywords.iter().map(|keyword| &keyword.pattern));
        for pattern in patterns {
            context.on_top -= 1;
            if is_wildcard(pattern) {
                self.emit(Instr::Pop, at(pattern));
            } else {
                self.inner_pattern(pattern, context)?;
            }
        }
        Ok(())
    }

    fn or_pattern(&mut self, node: &'a ast::PatternMatchOr, context: &mut Context) -> Checked {
        let range = at(node);
        let end = self.label();
        let mut control: Vec<NameId> = Vec::new();
        for (index, alternative) in node.patterns.iter().enumerate() {
            let last = index + 1 == node.patterns.len();
            let mut inner = Context { allow_irrefutable: last && context.allow_irrefutable, ..Context::default() };
            self.emit(Instr::Copy(1), at(alternative));
            self.pattern(alternative, &mut inner)?;
            if index == 0 {
                control.clone_from(&inner.stores);
            } else {
                self.reorder_captures(&control, &mut inner.stores, node.range)?;
            }
            self.emit(Instr::Jump(end.0), at(alternative));
            self.bind_fail_labels(&mut inner, at(alternative));
        }
        self.emit(Instr::Pop, range);
        self.fail(context, Instr::Jump, range);
        self.bind(end);
        let rotations = control.len() + 1 + context.on_top + context.stores.len();
        for name in control {
            self.check_growth(node.range)?;
            self.rotate(rotations, range);
            if !context.captured.insert(name) {
                let message = format!("multiple assignments to name '{}' in pattern", self.interner.text(name));
                return fault(message, node.range);
            }
            context.stores.push(name);
        }
        self.emit(Instr::Pop, range);
        Ok(())
    }

    /// Brings the captures of an alternative, on the stack, into the order of the first alternative's.
    fn reorder_captures(&mut self, control: &[NameId], stores: &mut Vec<NameId>, range: TextRange) -> Checked {
        let different = || fault("alternative patterns bind different names", range);
        if control.len() != stores.len() {
            return different();
        }
        for wanted in (0..control.len()).rev() {
            let Some(found) = control.get(wanted).and_then(|name| stores.iter().position(|store| store == name)) else {
                return different();
            };
            if found == wanted {
                continue;
            }
            let rotations = found + 1;
            let rotated: Vec<NameId> = stores.drain(..rotations).collect();
            let place = wanted.saturating_sub(found);
            stores.splice(place..place, rotated);
            for _ in 0..rotations {
                self.rotate(wanted + 1, at(&range));
            }
        }
        Ok(())
    }
}

/// Whether an expression may be compared with as a pattern.
fn is_pattern_value(value: &Expr) -> bool {
    matches!(value, Expr::Attribute(_) | Expr::UnaryOp(_) | Expr::BinOp(_)) || value.is_literal_expr()
}

fn is_wildcard(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::MatchAs(node) if node.pattern.is_none() && node.name.is_none())
}

fn is_wildcard_star(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::MatchStar(node) if node.name.is_none())
}

/// What makes two literal keys equal as dict keys: `1`, `1.0` and `True` are.
#[derive(PartialEq, Eq, Hash)]
enum KeyValue {
    Int(i64),
    Float(u64),
    Text(Arc<str>),
    Bytes(Arc<[u8]>),
    Other(String),
}

fn key_value(constant: &Constant) -> KeyValue {
    match constant {
        Constant::Bool(value) => KeyValue::Int(i64::from(*value)),
        Constant::Int(value) => KeyValue::Int(*value),
        Constant::Float(value) if value.fract() == 0.0 && value.abs() < 1e15 => KeyValue::Int(*value as i64),
        Constant::Float(value) => KeyValue::Float(value.to_bits()),
        Constant::Complex { real, imaginary } if *imaginary == 0.0 => key_value(&Constant::Float(*real)),
        Constant::Str(text) => KeyValue::Text(Arc::clone(text)),
        Constant::Bytes(bytes) => KeyValue::Bytes(Arc::clone(bytes)),
        other => KeyValue::Other(format!("{other:?}")),
    }
}
