//! First pass: parameters, annotations and type parameters.

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::{Ranged, TextRange};

use super::build::{Builder, Checked, fault, span};
use super::{NameId, ScopeId, ScopeKind, SymbolFlags, set_number};

impl Builder<'_> {
    /// Visits default values, in the scope around the function.
    pub(super) fn defaults(&mut self, parameters: &ast::Parameters) -> Checked {
        for parameter in parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs) {
            if let Some(default) = &parameter.default {
                self.expression(default)?;
            }
        }
        Ok(())
    }

    pub(super) fn annotations(&mut self, parameters: &ast::Parameters, returns: Option<&Expr>) -> Checked {
        for parameter in parameters.posonlyargs.iter().chain(&parameters.args) {
            if let Some(annotation) = &parameter.parameter.annotation {
                self.annotation(annotation)?;
            }
        }
        let variadic = [&parameters.vararg, &parameters.kwarg];
        for parameter in variadic.into_iter().flatten() {
            if let Some(annotation) = &parameter.annotation {
                self.annotation(annotation)?;
            }
        }
        for parameter in &parameters.kwonlyargs {
            if let Some(annotation) = &parameter.parameter.annotation {
                self.annotation(annotation)?;
            }
        }
        match returns {
            Some(returns) => self.annotation(returns),
            None => Ok(()),
        }
    }

    /// One annotation. Kept as text under `from __future__ import annotations`: its names are then not used here.
    pub(super) fn annotation(&mut self, annotation: &Expr) -> Checked {
        if !self.future_annotations {
            return self.expression(annotation);
        }
        let outer = self.current;
        self.open(ScopeKind::Annotation);
        let result = self.expression(annotation);
        self.current = outer;
        result
    }

    /// Binds the parameters in the order of their slots.
    pub(super) fn parameters(&mut self, parameters: &ast::Parameters) -> Checked {
        for parameter in parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs) {
            self.parameter(&parameter.parameter)?;
        }
        let variadic = [&parameters.vararg, &parameters.kwarg];
        for parameter in variadic.into_iter().flatten() {
            self.parameter(parameter)?;
        }
        Ok(())
    }

    fn parameter(&mut self, parameter: &ast::Parameter) -> Checked {
        self.table.nodes += 1;
        let name = self.name(&parameter.name.id);
        if self.table.symbol(self.current, name).is_some() {
            let message = format!("duplicate argument '{}' in function definition", parameter.name.id);
            return fault(message, without_stars(parameter));
        }
        self.add_parameter(name, span(without_stars(parameter)));
        Ok(())
    }

    pub(super) fn add_parameter(&mut self, name: NameId, range: (u32, u32)) {
        let current = self.current;
        self.table.add(current, name, SymbolFlags::PARAMETER, range);
        self.scope().parameters.push(name);
    }

    /// Opens the scope of type parameters, declares them and leaves the scope current.
    pub(super) fn open_type_parameters(&mut self, parameters: &ast::TypeParams, hidden: &[&str]) -> Checked<ScopeId> {
        let id = self.open(ScopeKind::TypeParameters);
        set_number(&parameters.node_index, id.0);
        self.scope().annotation_word = "a generic";
        self.use_class_dict();
        for hidden in hidden {
            let name = self.interner.intern(hidden);
            self.add_parameter(name, span(parameters.range));
        }
        for parameter in &parameters.type_params {
            self.type_parameter(parameter)?;
        }
        Ok(id)
    }

    fn type_parameter(&mut self, parameter: &ast::TypeParam) -> Checked {
        self.table.nodes += 1;
        let (node, identifier) = match parameter {
            ast::TypeParam::TypeVar(node) => (&node.node_index, &node.name),
            ast::TypeParam::TypeVarTuple(node) => (&node.node_index, &node.name),
            ast::TypeParam::ParamSpec(node) => (&node.node_index, &node.name),
        };
        let name = self.name(&identifier.id);
        let current = self.current;
        if self.table.symbol(current, name).is_some_and(|symbol| symbol.flags.has(SymbolFlags::TYPE_PARAMETER)) {
            return fault(format!("duplicate type parameter '{}'", identifier.id), parameter.range());
        }
        self.table.add(current, name, SymbolFlags::TYPE_PARAMETER | SymbolFlags::LOCAL, span(parameter.range()));
        if let ast::TypeParam::TypeVar(variable) = parameter
            && let Some(bound) = &variable.bound
        {
            let word = if bound.is_tuple_expr() { "a TypeVar constraint" } else { "a TypeVar bound" };
            let id = self.type_variable_scope(bound, word)?;
            set_number(node, id.0);
        }
        if let Some(default) = parameter.default() {
            let word = match parameter {
                ast::TypeParam::TypeVar(_) => "a TypeVar default",
                ast::TypeParam::TypeVarTuple(_) => "a TypeVarTuple default",
                ast::TypeParam::ParamSpec(_) => "a ParamSpec default",
            };
            let id = self.type_variable_scope(default, word)?;
            set_number(&identifier.node_index, id.0);
        }
        Ok(())
    }

    fn type_variable_scope(&mut self, value: &Expr, word: &'static str) -> Checked<ScopeId> {
        let outer = self.current;
        let id = self.open(ScopeKind::TypeVariable);
        self.scope().annotation_word = word;
        self.use_class_dict();
        self.expression(value)?;
        self.current = outer;
        Ok(id)
    }
}

/// The range of a parameter from its name on, as CPython has it: the parser's takes in the stars before it.
pub(crate) fn without_stars(parameter: &ast::Parameter) -> TextRange {
    TextRange::new(parameter.name.range.start(), parameter.range.end())
}
