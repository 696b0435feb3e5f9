//! `try`.

use npython_bytecode::{Instr, Intrinsic, SourceRange};
use ruff_python_ast::{self as ast, ExceptHandler, Stmt};
use ruff_text_size::TextRange;

use super::block::BlockKind;
use super::unit::Label;
use super::{Checked, Compiler, at, fault};
use crate::symbols::NameId;

impl<'a> Compiler<'a> {
    pub(super) fn try_statement(&mut self, statement: &'a ast::StmtTry) -> Checked {
        if statement.finalbody.is_empty() { self.try_body(statement) } else { self.try_finally(statement) }
    }

    fn try_body(&mut self, statement: &'a ast::StmtTry) -> Checked {
        if statement.handlers.is_empty() {
            self.statements(&statement.body)
        } else if statement.is_star {
            self.try_except_star(statement)
        } else {
            self.try_except(statement)
        }
    }

    fn try_finally(&mut self, statement: &'a ast::StmtTry) -> Checked {
        let body: &'a [Stmt] = &statement.finalbody;
        self.check_growth(statement.range)?;
        let range = at(statement);
        let (handler, cleanup, exit) = (self.label(), self.label(), self.label());
        self.unit.open_region(handler, false);
        self.push_block(BlockKind::TryFinally { body }, handler, handler, statement.range)?;
        self.try_body(statement)?;
        self.pop_block();
        self.unit.close_region();
        self.statements(body)?;
        self.emit(Instr::Jump(exit.0), range);

        self.bind(handler);
        self.unit.open_region(cleanup, true);
        self.emit(Instr::PushExceptionInfo, range);
        self.push_block(BlockKind::FinallyEnd, handler, handler, statement.range)?;
        self.statements(body)?;
        self.pop_block();
        self.emit(Instr::Reraise(0), range);
        self.unit.close_region();
        self.cleanup(cleanup, range);
        self.bind(exit);
        Ok(())
    }

    /// The handler of a region around code that runs with an exception being handled: restores the previous one and
    /// raises the new one on.
    pub(super) fn cleanup(&mut self, label: Label, range: SourceRange) {
        self.bind(label);
        self.emit(Instr::Copy(3), range);
        self.emit(Instr::PopException, range);
        self.emit(Instr::Reraise(1), range);
    }

    fn try_except(&mut self, statement: &'a ast::StmtTry) -> Checked {
        let range = at(statement);
        let (handlers, cleanup, end) = (self.label(), self.label(), self.label());
        self.unit.open_region(handlers, false);
        self.push_block(BlockKind::TryExcept, handlers, handlers, statement.range)?;
        self.statements(&statement.body)?;
        self.pop_block();
        self.unit.close_region();
        self.statements(&statement.orelse)?;
        self.emit(Instr::Jump(end.0), range);

        self.bind(handlers);
        self.unit.open_region(cleanup, true);
        self.emit(Instr::PushExceptionInfo, range);
        let count = statement.handlers.len();
        for (index, handler) in statement.handlers.iter().enumerate() {
            let ExceptHandler::ExceptHandler(handler) = handler;
            if handler.type_.is_none() && index + 1 < count {
                return fault("default 'except:' must be last", handler.range);
            }
            self.except_clause(handler, end)?;
        }
        self.emit(Instr::Reraise(0), range);
        self.unit.close_region();
        self.cleanup(cleanup, range);
        self.bind(end);
        Ok(())
    }

    /// One `except` clause; `[previous, exception]` is on the stack, and stays there if the clause does not match.
    fn except_clause(&mut self, handler: &'a ast::ExceptHandlerExceptHandler, end: Label) -> Checked {
        let range = at(handler);
        let next = self.label();
        if let Some(kind) = &handler.type_ {
            self.expression(kind)?;
            self.emit(Instr::CheckExceptionMatch, range);
            self.emit(Instr::PopJumpIfFalse(next.0), range);
        }
        match &handler.name {
            Some(identifier) => {
                self.check_bindable(&identifier.id, handler.range, false)?;
                let name = self.name_id(&identifier.id);
                self.store_name(name, range);
                self.named_clause_body(handler, name, end)?;
            }
            None => {
                let label = self.label();
                self.emit(Instr::Pop, range);
                self.push_block(BlockKind::Handler { name: None }, label, label, handler.range)?;
                self.statements(&handler.body)?;
                self.pop_block();
                self.leave_handler_region(|compiler| {
                    compiler.emit(Instr::PopException, range);
                    compiler.emit(Instr::Jump(end.0), range);
                });
            }
        }
        self.bind(next);
        Ok(())
    }

    /// Writes code outside of the innermost region, which stays open for what follows.
    fn leave_handler_region(&mut self, write: impl FnOnce(&mut Self)) {
        let saved = self.unit.save_regions();
        self.unit.close_region();
        write(self);
        self.unit.restore_regions(saved);
    }

    fn named_clause_body(&mut self, handler: &'a ast::ExceptHandlerExceptHandler, name: NameId, end: Label) -> Checked {
        let range = at(handler);
        let unbind = self.label();
        self.unit.open_region(unbind, true);
        self.push_block(BlockKind::Handler { name: Some(name) }, unbind, unbind, handler.range)?;
        self.statements(&handler.body)?;
        self.pop_block();
        self.unit.close_region();
        self.leave_handler_region(|compiler| {
            compiler.emit(Instr::PopException, range);
            compiler.unbind_handler_name(name, range);
            compiler.emit(Instr::Jump(end.0), range);
        });
        self.bind(unbind);
        self.unbind_handler_name(name, range);
        self.emit(Instr::Reraise(1), range);
        Ok(())
    }

    /// The name of an `except` clause is unbound at its end; assigning first makes deleting safe if the body did so.
    pub(super) fn unbind_handler_name(&mut self, name: NameId, range: SourceRange) {
        self.emit(Instr::LoadNone, range);
        self.store_name(name, range);
        self.delete_name(name, range);
    }

    /// `except*` (PEP 654). While clauses run, the stack holds `[previous, original, list of results, rest]`.
    fn try_except_star(&mut self, statement: &'a ast::StmtTry) -> Checked {
        let range = at(statement);
        let (handlers, cleanup, otherwise, end) = (self.label(), self.label(), self.label(), self.label());
        let (reraise_star, reraise) = (self.label(), self.label());
        self.unit.open_region(handlers, false);
        self.push_block(BlockKind::TryExcept, handlers, handlers, statement.range)?;
        self.statements(&statement.body)?;
        self.pop_block();
        self.unit.close_region();
        self.emit(Instr::Jump(otherwise.0), range);

        self.bind(handlers);
        self.unit.open_region(cleanup, true);
        self.emit(Instr::PushExceptionInfo, range);
        for (index, handler) in statement.handlers.iter().enumerate() {
            let ExceptHandler::ExceptHandler(handler) = handler;
            let clause_range = at(handler);
            if index == 0 {
                // [previous, exception] -> [previous, original, results, rest]
                self.emit(Instr::Copy(1), clause_range);
                self.emit(Instr::BuildList(0), clause_range);
                self.emit(Instr::Swap(2), clause_range);
            }
            self.except_star_clause(handler)?;
        }
        self.emit(Instr::ListAppend(1), range);
        self.emit(Instr::Jump(reraise_star.0), range);
        self.bind(reraise_star);
        self.emit(Instr::Intrinsic(Intrinsic::PrepareReraiseStar), range);
        self.emit(Instr::Copy(1), range);
        self.emit(Instr::PopJumpIfNotNone(reraise.0), range);
        self.emit(Instr::Pop, range);
        self.leave_handler_region(|compiler| {
            compiler.emit(Instr::PopException, range);
            compiler.emit(Instr::Jump(end.0), range);
        });
        self.bind(reraise);
        self.leave_handler_region(|compiler| {
            compiler.emit(Instr::Swap(2), range);
            compiler.emit(Instr::PopException, range);
            compiler.emit(Instr::Reraise(0), range);
        });
        self.unit.close_region();
        self.cleanup(cleanup, range);
        self.bind(otherwise);
        self.statements(&statement.orelse)?;
        self.bind(end);
        Ok(())
    }

    /// One `except*` clause: `[.., results, rest] -> [.., results, rest]`.
    fn except_star_clause(&mut self, handler: &'a ast::ExceptHandlerExceptHandler) -> Checked {
        let range = at(handler);
        let (no_match, failed, next) = (self.label(), self.label(), self.label());
        let Some(kind) = &handler.type_ else {
            return fault("expected one or more exception types", handler.range);
        };
        self.expression(kind)?;
        self.emit(Instr::CheckGroupMatch, range);
        self.emit(Instr::Copy(1), range);
        self.emit(Instr::PopJumpIfNone(no_match.0), range);
        let name = handler.name.as_ref().map(|identifier| self.name_id(&identifier.id));
        match name {
            Some(name) => self.store_name(name, range),
            None => self.emit(Instr::Pop, range),
        }
        self.unit.open_region(failed, true);
        self.group_clause_block(handler.range)?;
        self.statements(&handler.body)?;
        self.pop_block();
        self.unit.close_region();
        if let Some(name) = name {
            self.unbind_handler_name(name, range);
        }
        self.emit(Instr::Jump(next.0), range);

        // The body raised: [.., results, rest, origin, exception] -> [.., results + exception, rest]
        self.bind(failed);
        if let Some(name) = name {
            self.unbind_handler_name(name, range);
        }
        self.emit(Instr::ListAppend(3), range);
        self.emit(Instr::Pop, range);
        self.emit(Instr::Jump(next.0), range);
        self.bind(no_match);
        self.emit(Instr::Pop, range);
        self.bind(next);
        Ok(())
    }

    fn group_clause_block(&mut self, range: TextRange) -> Checked {
        let label = self.label();
        self.push_block(BlockKind::GroupHandler, label, label, range)
    }
}
