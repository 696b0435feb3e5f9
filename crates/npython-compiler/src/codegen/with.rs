//! `with`, `async with` and the machine's own `with scope(name, token)`.

use npython_bytecode::{Instr, SourceRange};
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;

use super::block::BlockKind;
use super::suspend::Awaited;
use super::{Checked, Compiler, at, fault};

impl<'a> Compiler<'a> {
    pub(super) fn with_statement(&mut self, statement: &'a ast::StmtWith) -> Checked {
        if statement.is_async {
            self.check_async_context("'async with'", statement.range)?;
        }
        self.with_items(statement, &statement.items, &statement.body)
    }

    fn with_items(&mut self, statement: &'a ast::StmtWith, items: &'a [ast::WithItem], body: &'a [Stmt]) -> Checked {
        let Some((item, rest)) = items.split_first() else {
            return self.statements(body);
        };
        if let Some((name, token)) = scope_arguments(item, statement.is_async)? {
            return self.with_scope(statement, item, (name, token), rest, body);
        }
        let range = at(&item.context_expr);
        let (handler, suppress, cleanup, exit) = (self.label(), self.label(), self.label(), self.label());
        let is_async = statement.is_async;
        self.expression(&item.context_expr)?;
        if is_async {
            self.emit(Instr::BeforeAsyncWith, range);
            self.await_top(Awaited::Enter, range);
        } else {
            self.emit(Instr::BeforeWith, range);
        }
        let kind = if is_async { BlockKind::AsyncWith } else { BlockKind::With };
        // The result of entering is stored, or dropped, inside the region, whose depth is without it.
        self.unit.open_region_below(handler, false, 1);
        self.push_block(kind, handler, handler, item.context_expr.range())?;
        match &item.optional_vars {
            Some(target) => self.store_target(target)?,
            None => self.emit(Instr::Pop, range),
        }
        self.with_items(statement, rest, body)?;
        self.pop_block();
        self.unit.close_region();
        self.call_exit(is_async, range);
        self.emit(Instr::Jump(exit.0), range);

        self.bind(handler);
        self.unit.open_region(cleanup, true);
        self.emit(Instr::PushExceptionInfo, range);
        self.emit(Instr::WithExceptStart, range);
        if is_async {
            self.await_top(Awaited::Exit, range);
        }
        self.emit(Instr::PopJumpIfTrue(suppress.0), range);
        self.emit(Instr::Reraise(0), range);
        self.bind(suppress);
        self.emit(Instr::Pop, range);
        self.unit.close_region();
        self.emit(Instr::PopException, range);
        self.emit(Instr::Pop, range);
        self.emit(Instr::Pop, range);
        self.emit(Instr::Jump(exit.0), range);
        self.cleanup(cleanup, range);
        self.bind(exit);
        Ok(())
    }

    /// Calls the exit function with three Nones; `[exit, self] -> []`.
    pub(super) fn call_exit(&mut self, is_async: bool, range: SourceRange) {
        for _ in 0..3 {
            self.emit(Instr::LoadNone, range);
        }
        self.emit(Instr::Call(3), range);
        if is_async {
            self.await_top(Awaited::Exit, range);
        }
        self.emit(Instr::Pop, range);
    }

    fn with_scope(
        &mut self,
        statement: &'a ast::StmtWith,
        item: &'a ast::WithItem,
        (name, token): (&'a Expr, &'a Expr),
        rest: &'a [ast::WithItem],
        body: &'a [Stmt],
    ) -> Checked {
        let range = at(&item.context_expr);
        let (handler, exit) = (self.label(), self.label());
        self.expression(name)?;
        self.expression(token)?;
        self.emit(Instr::EnterScope, range);
        self.unit.open_region(handler, false);
        self.push_block(BlockKind::Scope, handler, handler, item.context_expr.range())?;
        self.with_items(statement, rest, body)?;
        self.pop_block();
        self.unit.close_region();
        self.emit(Instr::LeaveScope, range);
        self.emit(Instr::Jump(exit.0), range);
        self.bind(handler);
        self.emit(Instr::LeaveScope, range);
        self.emit(Instr::Reraise(0), range);
        self.bind(exit);
        Ok(())
    }
}

/// The name and token of `with scope(name, token)`, or `None` if the item is an ordinary context manager.
fn scope_arguments(item: &ast::WithItem, is_async: bool) -> Checked<Option<(&Expr, &Expr)>> {
    let Expr::Call(call) = &item.context_expr else { return Ok(None) };
    let Expr::Name(function) = &*call.func else { return Ok(None) };
    if function.id.as_str() != "scope" {
        return Ok(None);
    }
    if is_async {
        return fault(
            "'async with scope(...)' is not allowed, use 'with scope(name, token):'",
            item.context_expr.range(),
        );
    }
    if let Some(target) = &item.optional_vars {
        return fault("'with scope(name, token)' has no value, 'as' is not allowed", target.range());
    }
    match (&*call.arguments.args, call.arguments.keywords.is_empty()) {
        ([name, token], true) if !name.is_starred_expr() && !token.is_starred_expr() => Ok(Some((name, token))),
        _ => fault("scope() takes exactly two positional arguments, a name and a token", item.context_expr.range()),
    }
}
