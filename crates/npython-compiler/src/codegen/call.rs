//! Calls.

use npython_bytecode::{Constant, Instr, SourceRange};
use ruff_python_ast::{self as ast, Expr};

use super::unit::UnitKind;
use super::{Checked, Compiler, at, fault};
use crate::symbols::Resolution;

/// More arguments than this are passed as a tuple and a dict.
const MAX_STACK_ARGUMENTS: usize = 4_000;

impl<'a> Compiler<'a> {
    pub(super) fn call(&mut self, call: &'a ast::ExprCall) -> Checked {
        self.check_keywords(&call.arguments.keywords)?;
        let range = at(call);
        if self.super_call(call, range) {
            return Ok(());
        }
        if let Expr::Attribute(attribute) = &*call.func
            && !needs_unpacking(&call.arguments)
        {
            self.expression(&attribute.value)?;
            let number = self.attribute_number(&attribute.attr.id);
            let load_range = self.attribute_range(attribute, at(attribute));
            self.emit(Instr::LoadMethod(number), load_range);
            let call_range = self.attribute_range(attribute, range);
            return self.call_arguments(&call.arguments, 0, call_range);
        }
        self.expression(&call.func)?;
        self.emit(Instr::PushUndef, at(&*call.func));
        self.call_arguments(&call.arguments, 0, range)
    }

    /// `super()` without arguments, in a method.
    fn super_call(&mut self, call: &'a ast::ExprCall, range: SourceRange) -> bool {
        let Expr::Name(function) = &*call.func else { return false };
        let plain = call.arguments.args.is_empty() && call.arguments.keywords.is_empty();
        if !plain || function.id.as_str() != "super" || !self.unit.comprehensions.is_empty() {
            return false;
        }
        if !matches!(
            self.unit.kind,
            UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Lambda | UnitKind::Generator
        ) {
            return false;
        }
        let class = self.interner.intern("__class__");
        let free =
            self.table.symbol(self.unit.scope, class).is_some_and(|symbol| symbol.resolution == Resolution::Free);
        if !free || self.unit.positional_count == 0 {
            return false;
        }
        let Some(first) = self.unit.local_names.first().copied() else { return false };
        let name = self.id_of(function);
        self.load_name(name, at(function));
        self.load_name(class, range);
        self.load_name(first, range);
        self.emit(Instr::CallSuper, range);
        true
    }

    /// The keywords of a class are checked like those of a call.
    pub(super) fn check_class_keywords(&self, keywords: &[ast::Keyword]) -> Checked {
        self.check_keywords(keywords)
    }

    fn check_keywords(&self, keywords: &[ast::Keyword]) -> Checked {
        let mut seen: rustc_hash::FxHashSet<&str> = rustc_hash::FxHashSet::default();
        for keyword in keywords {
            let Some(name) = &keyword.arg else { continue };
            self.check_bindable(&name.id, keyword.range, false)?;
            if keywords.len() > 1 && !seen.insert(name.id.as_str()) {
                return fault(format!("keyword argument repeated: {}", name.id), keyword.range);
            }
        }
        Ok(())
    }

    /// Pushes the arguments and calls; `[callable, self]` and `pushed` arguments are on the stack.
    pub(super) fn call_arguments(&mut self, arguments: &'a ast::Arguments, pushed: u32, range: SourceRange) -> Checked {
        if let [Expr::Generator(generator)] = &*arguments.args
            && !generator.parenthesized
        {
            self.lone_argument = Some(at(arguments));
        }
        self.call_with(&arguments.args, None, &arguments.keywords, pushed, range)
    }

    /// As [`Self::call_arguments`], with one more positional argument, a variable, after the others.
    pub(super) fn call_with(
        &mut self,
        args: &'a [Expr],
        extra: Option<crate::symbols::NameId>,
        keywords: &'a [ast::Keyword],
        pushed: u32,
        range: SourceRange,
    ) -> Checked {
        let unpacking = args.iter().any(Expr::is_starred_expr)
            || keywords.iter().any(|keyword| keyword.arg.is_none())
            || args.len() + keywords.len() > MAX_STACK_ARGUMENTS;
        if unpacking {
            return self.call_unpacked(args, extra, keywords, pushed, range);
        }
        for argument in args {
            self.expression(argument)?;
        }
        if let Some(extra) = extra {
            self.load_name(extra, range);
        }
        for keyword in keywords {
            self.expression(&keyword.value)?;
        }
        let positional = pushed + u32::try_from(args.len()).unwrap_or(0) + u32::from(extra.is_some());
        if keywords.is_empty() {
            self.emit(Instr::Call(positional), range);
            return Ok(());
        }
        let names: Vec<Constant> = keywords
            .iter()
            .filter_map(|keyword| keyword.arg.as_ref())
            .map(|name| {
                let id = self.name_id(&name.id);
                Constant::Str(self.interner.text(id).clone())
            })
            .collect();
        let count = positional + u32::try_from(keywords.len()).unwrap_or(0);
        let names = self.unit.constants.number(Constant::Tuple(names.into()));
        self.emit(Instr::CallKeywords(u16::try_from(count).unwrap_or(u16::MAX), names), range);
        Ok(())
    }

    fn call_unpacked(
        &mut self,
        args: &'a [Expr],
        extra: Option<crate::symbols::NameId>,
        keywords: &'a [ast::Keyword],
        pushed: u32,
        range: SourceRange,
    ) -> Checked {
        self.positional_sequence(args, extra, pushed, range)?;
        if keywords.is_empty() {
            self.emit(Instr::CallUnpacked(false), range);
            return Ok(());
        }
        let mut have_dict = false;
        let mut rest = keywords;
        while !rest.is_empty() {
            let named = rest.iter().position(|keyword| keyword.arg.is_none()).unwrap_or(rest.len());
            if named > 0 {
                let (group, after) = rest.split_at(named);
                rest = after;
                self.keyword_dict(group, range)?;
                if have_dict {
                    self.emit(Instr::DictMerge(1), range);
                }
                have_dict = true;
                continue;
            }
            let Some((unpacked, after)) = rest.split_first() else { break };
            rest = after;
            if !have_dict {
                self.emit(Instr::BuildMap(0), range);
                have_dict = true;
            }
            self.expression(&unpacked.value)?;
            self.emit(Instr::DictMerge(1), range);
        }
        self.emit(Instr::CallUnpacked(true), range);
        Ok(())
    }

    /// The positional arguments of an unpacking call as one list or tuple.
    fn positional_sequence(
        &mut self,
        args: &'a [Expr],
        extra: Option<crate::symbols::NameId>,
        pushed: u32,
        range: SourceRange,
    ) -> Checked {
        if pushed == 0
            && extra.is_none()
            && let [Expr::Starred(only)] = args
        {
            // The machine wants a list or tuple; extending a list reports the same error as a call.
            self.emit(Instr::BuildList(0), range);
            self.expression(&only.value)?;
            self.emit(Instr::ListExtend(1), range);
            return Ok(());
        }
        let mut before = 0;
        let mut index = 0;
        while let Some(argument) = args.get(index)
            && !argument.is_starred_expr()
            && index < MAX_STACK_ARGUMENTS
        {
            self.expression(argument)?;
            before += 1;
            index += 1;
        }
        self.emit(Instr::BuildList(pushed + before), range);
        for argument in args.get(index..).unwrap_or(&[]) {
            if let Expr::Starred(starred) = argument {
                self.expression(&starred.value)?;
                self.emit(Instr::ListExtend(1), range);
            } else {
                self.expression(argument)?;
                self.emit(Instr::ListAppend(1), range);
            }
        }
        if let Some(extra) = extra {
            self.load_name(extra, range);
            self.emit(Instr::ListAppend(1), range);
        }
        Ok(())
    }

    fn keyword_dict(&mut self, group: &'a [ast::Keyword], range: SourceRange) -> Checked {
        let stacked = group.len() <= 256;
        if !stacked {
            self.emit(Instr::BuildMap(0), range);
        }
        for keyword in group {
            if let Some(name) = &keyword.arg {
                let id = self.name_id(&name.id);
                let text = self.interner.text(id).clone();
                self.load_text(&text, at(keyword));
            }
            self.expression(&keyword.value)?;
            if !stacked {
                self.emit(Instr::MapAdd(1), range);
            }
        }
        if stacked {
            self.emit(Instr::BuildMap(u32::try_from(group.len()).unwrap_or(0)), range);
        }
        Ok(())
    }
}

fn needs_unpacking(arguments: &ast::Arguments) -> bool {
    arguments.args.iter().any(Expr::is_starred_expr)
        || arguments.keywords.iter().any(|keyword| keyword.arg.is_none())
        || arguments.args.len() + arguments.keywords.len() > MAX_STACK_ARGUMENTS
}
