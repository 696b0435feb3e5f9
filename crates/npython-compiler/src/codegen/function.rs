//! Functions and lambdas.

use std::sync::Arc;

use npython_bytecode::{Code, CodeFlags, Constant, Instr, MakeFunctionFlags, SourceRange};
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::block::BlockKind;
use super::unit::UnitKind;
use super::{Checked, Compiler, at, docstring_of};
use crate::symbols::{NameId, ScopeId, number_of, without_stars};

/// A finished inner code object and the variables it takes from around it.
pub(super) struct Inner {
    pub(super) code: Arc<Code>,
    pub(super) free: Vec<NameId>,
}

impl<'a> Compiler<'a> {
    pub(super) fn function(&mut self, function: &'a ast::StmtFunctionDef) -> Checked {
        self.decorators(&function.decorator_list)?;
        let keyword = if function.is_async { "async" } else { "def" };
        let range = self.undecorated(&function.decorator_list, keyword, &function.name, function.range);
        let first = function.decorator_list.first().map_or(range, |decorator| decorator.expression.range());
        let mut flags = self.default_values(&function.parameters, at(&range))?;
        if let Some(parameters) = &function.type_params {
            self.generic_function(function, parameters, flags, first)?;
        } else {
            flags |= self.annotations(&function.parameters, function.returns.as_deref(), at(&range))?;
            let inner = self.function_body(function, first)?;
            self.make_function(&inner, flags, at(&range));
        }
        self.apply_decorators(&function.decorator_list);
        self.check_bindable(&function.name.id, range, false)?;
        let name = self.name_id(&function.name.id);
        self.store_name(name, at(&range));
        Ok(())
    }

    /// The range of a definition from its keyword on; the tree counts the decorators in.
    pub(super) fn undecorated(
        &self,
        decorators: &[ast::Decorator],
        keyword: &str,
        name: &ast::Identifier,
        whole: TextRange,
    ) -> TextRange {
        let Some(last) = decorators.last() else { return whole };
        let between = self.text.get(last.range.end().to_usize()..name.range.start().to_usize()).unwrap_or("");
        let offset = between.rfind(keyword).and_then(|at| u32::try_from(at).ok()).unwrap_or(0);
        TextRange::new(last.range.end() + ruff_text_size::TextSize::new(offset), whole.end())
    }

    /// Pushes the decorators as call layouts.
    pub(super) fn decorators(&mut self, decorators: &'a [ast::Decorator]) -> Checked {
        for decorator in decorators {
            self.expression(&decorator.expression)?;
            self.emit(Instr::PushUndef, at(&decorator.expression));
        }
        Ok(())
    }

    pub(super) fn apply_decorators(&mut self, decorators: &'a [ast::Decorator]) {
        for decorator in decorators.iter().rev() {
            self.emit(Instr::Call(1), at(&decorator.expression));
        }
    }

    /// Pushes the default values that exist and tells which.
    pub(super) fn default_values(&mut self, parameters: &'a ast::Parameters, range: SourceRange) -> Checked<u8> {
        let mut flags = 0;
        let mut count = 0;
        for parameter in parameters.posonlyargs.iter().chain(&parameters.args) {
            if let Some(default) = &parameter.default {
                self.expression(default)?;
                count += 1;
            }
        }
        if count > 0 {
            flags |= MakeFunctionFlags::DEFAULTS;
            self.build_tuple(count, range);
        }
        let mut keyword_count = 0;
        for parameter in &parameters.kwonlyargs {
            if let Some(default) = &parameter.default {
                let name = self.name_id(&parameter.parameter.name.id);
                let text = Arc::clone(self.interner.text(name));
                self.load_text(&text, range);
                self.expression(default)?;
                keyword_count += 1;
            }
        }
        if keyword_count > 0 {
            flags |= MakeFunctionFlags::KEYWORD_DEFAULTS;
            self.emit(Instr::BuildMap(keyword_count), range);
        }
        Ok(flags)
    }

    /// A tuple of the top `count` values, as a constant if they are constants.
    fn build_tuple(&mut self, count: u32, range: SourceRange) {
        let constants = self
            .unit
            .tail(count as usize)
            .and_then(|tail| tail.iter().map(|instr| self.constant_of_load(*instr)).collect::<Option<Vec<Constant>>>());
        match constants {
            Some(items) => {
                self.unit.drop_tail(count as usize);
                self.load_constant(Constant::Tuple(items.into()), range);
            }
            None => self.emit(Instr::BuildTuple(count), range),
        }
    }

    /// Pushes the dict of annotations if there are any.
    pub(super) fn annotations(
        &mut self,
        parameters: &'a ast::Parameters,
        returns: Option<&'a Expr>,
        range: SourceRange,
    ) -> Checked<u8> {
        let mut count = 0;
        for parameter in parameters.args.iter().chain(&parameters.posonlyargs) {
            count += self.parameter_annotation(&parameter.parameter, range)?;
        }
        if let Some(parameter) = &parameters.vararg {
            count += self.parameter_annotation(parameter, range)?;
        }
        for parameter in &parameters.kwonlyargs {
            count += self.parameter_annotation(&parameter.parameter, range)?;
        }
        if let Some(parameter) = &parameters.kwarg {
            count += self.parameter_annotation(parameter, range)?;
        }
        if let Some(returns) = returns {
            self.load_text(&Arc::from("return"), range);
            self.annotation_value(returns)?;
            count += 1;
        }
        if count == 0 {
            return Ok(0);
        }
        self.emit(Instr::BuildMap(count), range);
        Ok(MakeFunctionFlags::ANNOTATIONS)
    }

    fn parameter_annotation(&mut self, parameter: &'a ast::Parameter, range: SourceRange) -> Checked<u32> {
        let Some(annotation) = &parameter.annotation else { return Ok(0) };
        let name = self.name_id(&parameter.name.id);
        let text = Arc::clone(self.interner.text(name));
        self.load_text(&text, range);
        match &**annotation {
            Expr::Starred(starred) if !self.futures.annotations => {
                self.expression(&starred.value)?;
                self.emit(Instr::UnpackSequence(1), at(annotation.as_ref()));
            }
            other => self.annotation_value(other)?,
        }
        Ok(1)
    }

    /// The value of an annotation, or its text under `from __future__ import annotations`.
    pub(super) fn annotation_value(&mut self, annotation: &'a Expr) -> Checked {
        if self.futures.annotations {
            let text = crate::unparse::unparse(annotation);
            self.load_constant(Constant::Str(Arc::from(text)), at(annotation));
            return Ok(());
        }
        self.expression(annotation)
    }

    /// The code object of a function's body.
    pub(super) fn function_body(&mut self, function: &'a ast::StmtFunctionDef, first: TextRange) -> Checked<Inner> {
        let scope = ScopeId(number_of(&function.node_index).unwrap_or(0));
        let kind = if function.is_async { UnitKind::AsyncFunction } else { UnitKind::Function };
        self.enter(kind, scope, &function.name.id, first)?;
        self.count_parameters(&function.parameters)?;
        let mut body: &'a [Stmt] = &function.body;
        if let Some(docstring) = docstring_of(body) {
            if self.options.optimize < 2 {
                let constant = self.docstring_constant(docstring)?;
                self.unit.constants.number(constant);
                self.unit.flags |= CodeFlags::HAS_DOCSTRING;
            }
            body = body.get(1..).unwrap_or(&[]);
        }
        self.body_of_function(function.range, |compiler| compiler.statements(body))?;
        self.leave_inner()
    }

    /// Writes the body of a function, with what a suspendable one needs around it.
    pub(super) fn body_of_function(&mut self, range: TextRange, write: impl FnOnce(&mut Self) -> Checked) -> Checked {
        self.mark_suspendable();
        let wrapped = self.is_suspendable();
        let handler = self.label();
        let end = at(&TextRange::empty(range.start()));
        if wrapped {
            self.unit.open_region(handler, true);
            self.push_block(BlockKind::StopIteration, handler, handler, range)?;
        }
        write(self)?;
        self.emit(Instr::LoadNone, end);
        self.emit(Instr::ReturnValue, end);
        if wrapped {
            self.pop_block();
            self.unit.close_region();
            self.bind(handler);
            self.emit(Instr::Intrinsic(npython_bytecode::Intrinsic::StopIterationError), end);
            self.emit(Instr::Reraise(1), end);
        }
        Ok(())
    }

    pub(super) fn count_parameters(&mut self, parameters: &ast::Parameters) -> Checked {
        for parameter in parameters {
            self.check_bindable(&parameter.name().id, without_stars(parameter.as_parameter()), false)?;
        }
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        self.unit.positional_count = count(parameters.posonlyargs.len() + parameters.args.len());
        self.unit.positional_only_count = count(parameters.posonlyargs.len());
        self.unit.keyword_only_count = count(parameters.kwonlyargs.len());
        if parameters.vararg.is_some() {
            self.unit.flags |= CodeFlags::VARARGS;
        }
        if parameters.kwarg.is_some() {
            self.unit.flags |= CodeFlags::VARKEYWORDS;
        }
        Ok(())
    }

    /// Finishes the current unit, remembering what it takes from around it.
    pub(super) fn leave_inner(&mut self) -> Checked<Inner> {
        let free = self.unit.free_names.clone();
        let code = self.leave()?;
        Ok(Inner { code, free })
    }

    /// Makes a function of finished code; the values `flags` speaks of are on the stack.
    pub(super) fn make_function(&mut self, inner: &Inner, mut flags: u8, range: SourceRange) {
        if !inner.free.is_empty() {
            for name in &inner.free {
                self.load_cell(*name, range);
            }
            self.emit(Instr::BuildTuple(u32::try_from(inner.free.len()).unwrap_or(0)), range);
            flags |= MakeFunctionFlags::CLOSURE;
        }
        let number = self.unit.constants.push(Constant::Code(Arc::clone(&inner.code)));
        self.emit(Instr::MakeFunction(number, MakeFunctionFlags(flags)), range);
    }

    pub(super) fn lambda(&mut self, lambda: &'a ast::ExprLambda) -> Checked {
        let range = at(lambda);
        let mut flags = 0;
        if let Some(parameters) = &lambda.parameters {
            flags = self.default_values(parameters, range)?;
        }
        let scope = ScopeId(number_of(&lambda.node_index).unwrap_or(0));
        self.enter(UnitKind::Lambda, scope, "<lambda>", lambda.range)?;
        if let Some(parameters) = &lambda.parameters {
            self.count_parameters(parameters)?;
        }
        self.body_of_function(lambda.range, |compiler| {
            compiler.expression(&lambda.body)?;
            compiler.emit(Instr::ReturnValue, at(&*lambda.body));
            Ok(())
        })?;
        let inner = self.leave_inner()?;
        self.make_function(&inner, flags, range);
        Ok(())
    }
}
