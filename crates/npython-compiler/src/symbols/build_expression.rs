//! First pass: expressions and comprehensions.

use ruff_python_ast::{self as ast, AtomicNodeIndex, Expr, ExprContext};
use ruff_text_size::{Ranged, TextRange};

use super::build::{Builder, Checked, fault, span};
use super::{ScopeKind, SymbolFlags, set_number};

impl Builder<'_> {
    pub(super) fn expression(&mut self, expression: &Expr) -> Checked {
        self.table.nodes += 1;
        match expression {
            Expr::Name(name) => self.name_expression(name),
            Expr::NumberLiteral(_)
            | Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_) => Ok(()),
            Expr::Attribute(attribute) => self.expression(&attribute.value),
            Expr::Call(call) => {
                self.expression(&call.func)?;
                self.expressions(&call.arguments.args)?;
                for keyword in &call.arguments.keywords {
                    self.expression(&keyword.value)?;
                }
                Ok(())
            }
            Expr::BinOp(operation) => {
                self.expression(&operation.left)?;
                self.expression(&operation.right)
            }
            Expr::UnaryOp(operation) => self.expression(&operation.operand),
            Expr::BoolOp(operation) => self.expressions(&operation.values),
            Expr::Compare(comparison) => {
                self.expression(&comparison.left)?;
                self.expressions(&comparison.comparators)
            }
            Expr::Subscript(subscript) => {
                self.expression(&subscript.value)?;
                self.expression(&subscript.slice)
            }
            Expr::Slice(slice) => {
                for part in [&slice.lower, &slice.upper, &slice.step].into_iter().flatten() {
                    self.expression(part)?;
                }
                Ok(())
            }
            Expr::If(conditional) => {
                self.expression(&conditional.test)?;
                self.expression(&conditional.body)?;
                self.expression(&conditional.orelse)
            }
            Expr::Tuple(tuple) => self.expressions(&tuple.elts),
            Expr::List(list) => self.expressions(&list.elts),
            Expr::Set(set) => self.expressions(&set.elts),
            Expr::Dict(dict) => {
                for item in &dict.items {
                    if let Some(key) = &item.key {
                        self.expression(key)?;
                    }
                    self.expression(&item.value)?;
                }
                Ok(())
            }
            Expr::Starred(starred) => self.expression(&starred.value),
            Expr::FString(string) => self.format_string(string),
            Expr::Lambda(lambda) => self.lambda(lambda),
            Expr::Named(named) => self.named(named),
            Expr::Yield(node) => {
                self.forbid_in_annotation("yield expression", node.range)?;
                if let Some(value) = &node.value {
                    self.expression(value)?;
                }
                self.scope().is_generator = true;
                self.forbid_yield_in_comprehension(node.range)
            }
            Expr::YieldFrom(node) => {
                self.forbid_in_annotation("yield expression", node.range)?;
                self.expression(&node.value)?;
                self.scope().is_generator = true;
                self.forbid_yield_in_comprehension(node.range)
            }
            Expr::Await(node) => {
                self.forbid_in_annotation("await expression", node.range)?;
                self.expression(&node.value)?;
                self.scope().is_coroutine = true;
                Ok(())
            }
            Expr::ListComp(node) => self.comprehension(
                ScopeKind::Comprehension,
                "list comprehension",
                &node.generators,
                &[&node.elt],
                (node.range, &node.node_index),
            ),
            Expr::SetComp(node) => self.comprehension(
                ScopeKind::Comprehension,
                "set comprehension",
                &node.generators,
                &[&node.elt],
                (node.range, &node.node_index),
            ),
            Expr::DictComp(node) => {
                let Some(key) = &node.key else {
                    return fault("dict unpacking cannot be used in dict comprehension", node.range);
                };
                self.comprehension(
                    ScopeKind::Comprehension,
                    "dict comprehension",
                    &node.generators,
                    &[key, &node.value],
                    (node.range, &node.node_index),
                )
            }
            Expr::Generator(node) => self.comprehension(
                ScopeKind::Generator,
                "generator expression",
                &node.generators,
                &[&node.elt],
                (node.range, &node.node_index),
            ),
            Expr::TString(node) => fault("invalid syntax", node.range),
            Expr::IpyEscapeCommand(node) => fault("invalid syntax", node.range),
        }
    }

    fn name_expression(&mut self, node: &ast::ExprName) -> Checked {
        let name = self.name(&node.id);
        set_number(&node.node_index, name.0);
        let flag = if matches!(node.ctx, ExprContext::Load) { SymbolFlags::USE } else { SymbolFlags::LOCAL };
        let current = self.current;
        if flag == SymbolFlags::LOCAL && self.table.scope(current).in_comprehension_target {
            return self.comprehension_target(node);
        }
        self.table.add(current, name, flag, span(node.range));
        if flag == SymbolFlags::USE && node.id == "super" && self.table.scope(current).kind.is_function_like() {
            let class = self.interner.intern("__class__");
            self.table.add(current, class, SymbolFlags::USE, span(node.range));
        }
        Ok(())
    }

    fn comprehension_target(&mut self, node: &ast::ExprName) -> Checked {
        let name = self.name(&node.id);
        let current = self.current;
        if let Some(symbol) = self.table.symbol(current, name)
            && symbol.flags.has(SymbolFlags::GLOBAL | SymbolFlags::NONLOCAL)
        {
            let message = format!("comprehension inner loop cannot rebind assignment expression target '{}'", node.id);
            return fault(message, node.range);
        }
        self.table.add(current, name, SymbolFlags::LOCAL | SymbolFlags::COMPREHENSION_TARGET, span(node.range));
        Ok(())
    }

    fn format_string(&mut self, string: &ast::ExprFString) -> Checked {
        for part in &string.value {
            if let ast::FStringPart::FString(part) = part {
                self.format_elements(&part.elements)?;
            }
        }
        Ok(())
    }

    fn format_elements(&mut self, elements: &[ast::InterpolatedStringElement]) -> Checked {
        for element in elements {
            self.table.nodes += 1;
            if let ast::InterpolatedStringElement::Interpolation(field) = element {
                self.expression(&field.expression)?;
                if let Some(spec) = &field.format_spec {
                    self.format_elements(&spec.elements)?;
                }
            }
        }
        Ok(())
    }

    fn lambda(&mut self, lambda: &ast::ExprLambda) -> Checked {
        if let Some(parameters) = &lambda.parameters {
            self.defaults(parameters)?;
        }
        let outer = self.current;
        let id = self.open(ScopeKind::Lambda);
        set_number(&lambda.node_index, id.0);
        if let Some(parameters) = &lambda.parameters {
            self.parameters(parameters)?;
        }
        self.expression(&lambda.body)?;
        self.current = outer;
        Ok(())
    }

    fn forbid_in_annotation(&self, what: &str, range: TextRange) -> Checked {
        let scope = self.table.scope(self.current);
        match scope.kind {
            ScopeKind::Annotation => fault(format!("{what} cannot be used within an annotation"), range),
            ScopeKind::TypeParameters => {
                fault(format!("{what} cannot be used within the definition of a generic"), range)
            }
            ScopeKind::TypeAlias | ScopeKind::TypeVariable => {
                fault(format!("{what} cannot be used within {}", scope.annotation_word), range)
            }
            _ => Ok(()),
        }
    }

    fn forbid_yield_in_comprehension(&self, range: TextRange) -> Checked {
        let scope = self.table.scope(self.current);
        if scope.comprehension_word.is_empty() {
            return Ok(());
        }
        fault(format!("'yield' inside {}", scope.comprehension_word), range)
    }

    fn named(&mut self, named: &ast::ExprNamed) -> Checked {
        self.forbid_in_annotation("named expression", named.range)?;
        if self.iterable_nesting > 0 {
            return fault("assignment expression cannot be used in a comprehension iterable expression", named.range);
        }
        if !self.table.scope(self.current).comprehension_word.is_empty() {
            self.named_in_comprehension(named)?;
        }
        self.expression(&named.value)?;
        self.expression(&named.target)
    }

    /// `:=` in a comprehension binds in the nearest scope that is not one (PEP 572).
    fn named_in_comprehension(&mut self, named: &ast::ExprNamed) -> Checked {
        let Expr::Name(target) = &*named.target else {
            return Ok(());
        };
        let name = self.name(&target.id);
        let mut scope = self.current;
        loop {
            let entry = self.table.scope(scope);
            if !entry.comprehension_word.is_empty() {
                let rebinds = self
                    .table
                    .symbol(scope, name)
                    .is_some_and(|symbol| symbol.flags.has(SymbolFlags::COMPREHENSION_TARGET));
                if rebinds {
                    let message =
                        format!("assignment expression cannot rebind comprehension iteration variable '{}'", target.id);
                    return fault(message, target.range);
                }
            } else if entry.kind == ScopeKind::Module {
                let current = self.current;
                self.table.add(current, name, SymbolFlags::GLOBAL, span(named.range));
                self.table.add(scope, name, SymbolFlags::GLOBAL, span(named.range));
                return Ok(());
            } else if entry.kind == ScopeKind::Class {
                return fault(
                    "assignment expression within a comprehension cannot be used in a class body",
                    target.range,
                );
            } else if entry.kind.is_annotation() {
                let place = match entry.kind {
                    ScopeKind::TypeParameters => "within the definition of a generic".to_owned(),
                    _ => format!("in {}", entry.annotation_word),
                };
                let message = format!("assignment expression within a comprehension cannot be used {place}");
                return fault(message, target.range);
            } else {
                let global = self.table.symbol(scope, name).is_some_and(|symbol| symbol.flags.has(SymbolFlags::GLOBAL));
                let current = self.current;
                let flag = if global { SymbolFlags::GLOBAL } else { SymbolFlags::NONLOCAL };
                self.table.add(current, name, flag, span(named.range));
                if !global {
                    self.table.add(scope, name, SymbolFlags::LOCAL, span(named.range));
                }
                return Ok(());
            }
            match entry.parent {
                Some(parent) => scope = parent,
                None => return Ok(()),
            }
        }
    }

    fn comprehension(
        &mut self,
        kind: ScopeKind,
        word: &'static str,
        generators: &[ast::Comprehension],
        elements: &[&Expr],
        (range, node_index): (TextRange, &AtomicNodeIndex),
    ) -> Checked {
        let outer = self.current;
        let Some(outermost) = generators.first() else {
            return fault("invalid syntax", range);
        };
        self.iterable(&outermost.iter)?;
        let id = self.open(kind);
        self.scope().comprehension_word = word;
        if kind == ScopeKind::Generator {
            let name = self.interner.intern(".0");
            self.add_parameter(name, span(outermost.iter.range()));
            self.scope().is_generator = true;
        }
        for (index, generator) in generators.iter().enumerate() {
            self.table.nodes += 1;
            if generator.is_async {
                self.scope().is_coroutine = true;
            }
            self.scope().in_comprehension_target = true;
            self.expression(&generator.target)?;
            self.scope().in_comprehension_target = false;
            if index > 0 {
                self.iterable(&generator.iter)?;
            }
            self.expressions(&generator.ifs)?;
        }
        for element in elements {
            self.expression(element)?;
        }
        self.current = outer;
        if kind == ScopeKind::Comprehension && self.table.scope(id).is_coroutine {
            self.scope().is_coroutine = true;
        }
        set_number(node_index, id.0);
        Ok(())
    }

    fn iterable(&mut self, iterable: &Expr) -> Checked {
        self.iterable_nesting += 1;
        let result = self.expression(iterable);
        self.iterable_nesting -= 1;
        result
    }
}
