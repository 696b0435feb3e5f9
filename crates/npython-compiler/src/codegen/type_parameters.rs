//! Generic functions, type parameters and type aliases (PEP 695, PEP 696).

use std::sync::Arc;

use npython_bytecode::{Instr, Intrinsic, MakeFunctionFlags, SourceRange};
use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::{Ranged, TextRange};

use super::unit::UnitKind;
use super::{Checked, Compiler, at, fault};
use crate::symbols::{ScopeId, number_of};

impl<'a> Compiler<'a> {
    /// A generic function: a hidden function makes the type parameters and then the function. The default values, if
    /// any, are on the stack and become the hidden function's arguments.
    pub(super) fn generic_function(
        &mut self,
        function: &'a ast::StmtFunctionDef,
        parameters: &'a ast::TypeParams,
        mut flags: u8,
        first: TextRange,
    ) -> Checked {
        let range = at(&function.name.range);
        let arguments = flags.count_ones();
        let scope = ScopeId(number_of(&parameters.node_index).unwrap_or(0));
        let name = format!("<generic parameters of {}>", function.name.id);
        self.enter(UnitKind::Annotation, scope, &name, first)?;
        self.unit.positional_count = arguments;
        self.type_parameters(parameters)?;
        for (flag, hidden) in
            [(MakeFunctionFlags::DEFAULTS, ".defaults"), (MakeFunctionFlags::KEYWORD_DEFAULTS, ".kwdefaults")]
        {
            if flags & flag != 0 {
                let name = self.interner.intern(hidden);
                self.load_name(name, range);
            }
        }
        flags |= self.annotations(&function.parameters, function.returns.as_deref(), range)?;
        let inner = self.function_body(function, first)?;
        self.make_function(&inner, flags, range);
        self.emit(Instr::Swap(2), range);
        self.emit(Instr::Intrinsic(Intrinsic::SetFunctionTypeParams), range);
        self.emit(Instr::ReturnValue, range);
        let hidden = self.leave_inner()?;
        self.make_function(&hidden, 0, range);
        self.emit(Instr::PushUndef, range);
        // [argument..., callable, Undef] -> [callable, Undef, argument...]
        match arguments {
            1 => {
                self.emit(Instr::Swap(2), range);
                self.emit(Instr::Swap(3), range);
            }
            2 => {
                self.emit(Instr::Swap(3), range);
                self.emit(Instr::Swap(2), range);
                self.emit(Instr::Swap(4), range);
                self.emit(Instr::Swap(2), range);
            }
            _ => {}
        }
        self.emit(Instr::Call(arguments), range);
        Ok(())
    }

    /// Makes the type parameters, binds them and leaves them as a tuple.
    pub(super) fn type_parameters(&mut self, parameters: &'a ast::TypeParams) -> Checked {
        let mut seen_default = false;
        for parameter in &parameters.type_params {
            let range = at(parameter);
            let identifier = parameter.name();
            self.check_bindable(&identifier.id, parameter.range(), false)?;
            self.load_text(&Arc::from(identifier.id.as_str()), range);
            match parameter {
                ast::TypeParam::TypeVar(variable) => self.type_variable(variable, range)?,
                ast::TypeParam::TypeVarTuple(_) => self.emit(Instr::Intrinsic(Intrinsic::TypeVarTuple), range),
                ast::TypeParam::ParamSpec(_) => self.emit(Instr::Intrinsic(Intrinsic::ParamSpec), range),
            }
            if let Some(default) = parameter.default() {
                seen_default = true;
                let scope = ScopeId(number_of(&identifier.node_index).unwrap_or(0));
                self.lazy_value(default, scope, &identifier.id, range)?;
                self.emit(Instr::Intrinsic(Intrinsic::SetTypeParameterDefault), range);
            } else if seen_default {
                let message = format!("non-default type parameter '{}' follows default type parameter", identifier.id);
                return fault(message, parameter.range());
            }
            self.emit(Instr::Copy(1), range);
            let name = self.name_id(&identifier.id);
            self.store_name(name, range);
        }
        self.emit(Instr::BuildTuple(u32::try_from(parameters.type_params.len()).unwrap_or(0)), at(parameters));
        Ok(())
    }

    fn type_variable(&mut self, variable: &'a ast::TypeParamTypeVar, range: SourceRange) -> Checked {
        let Some(bound) = &variable.bound else {
            self.emit(Instr::Intrinsic(Intrinsic::TypeVar), range);
            return Ok(());
        };
        let scope = ScopeId(number_of(&variable.node_index).unwrap_or(0));
        self.lazy_value(bound, scope, &variable.name.id, range)?;
        let intrinsic =
            if bound.is_tuple_expr() { Intrinsic::TypeVarWithConstraints } else { Intrinsic::TypeVarWithBound };
        self.emit(Instr::Intrinsic(intrinsic), range);
        Ok(())
    }

    /// A function that computes `value` when it is called.
    fn lazy_value(&mut self, value: &'a Expr, scope: ScopeId, name: &str, range: SourceRange) -> Checked {
        self.enter(UnitKind::Annotation, scope, name, value.range())?;
        match value {
            Expr::Starred(starred) => {
                self.expression(&starred.value)?;
                self.emit(Instr::UnpackSequence(1), at(value));
            }
            other => self.expression(other)?,
        }
        self.emit(Instr::ReturnValue, at(value));
        let inner = self.leave_inner()?;
        self.make_function(&inner, 0, range);
        Ok(())
    }

    pub(super) fn type_alias(&mut self, alias: &'a ast::StmtTypeAlias) -> Checked {
        let range = at(alias);
        let Expr::Name(name) = &*alias.name else {
            return fault("invalid syntax", alias.range);
        };
        let text: Arc<str> = Arc::from(name.id.as_str());
        let scope = ScopeId(number_of(&alias.node_index).unwrap_or(0));
        if let Some(parameters) = &alias.type_params {
            let generic = ScopeId(number_of(&parameters.node_index).unwrap_or(0));
            self.enter(UnitKind::Annotation, generic, &format!("<generic parameters of {text}>"), alias.range)?;
            self.load_text(&text, range);
            self.type_parameters(parameters)?;
        } else {
            self.load_text(&text, range);
            self.emit(Instr::LoadNone, range);
        }
        self.lazy_value(&alias.value, scope, &text, range)?;
        self.emit(Instr::Intrinsic(Intrinsic::TypeAlias), range);
        if alias.type_params.is_some() {
            self.emit(Instr::ReturnValue, range);
            let inner = self.leave_inner()?;
            self.make_function(&inner, 0, range);
            self.emit(Instr::PushUndef, range);
            self.emit(Instr::Call(0), range);
        }
        self.check_bindable(&text, name.range, false)?;
        let id = self.id_of(name);
        self.store_name(id, at(name));
        Ok(())
    }
}
