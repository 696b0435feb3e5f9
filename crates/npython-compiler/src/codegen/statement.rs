//! Statements.

use npython_bytecode::{Instr, Intrinsic};
use ruff_python_ast::{self as ast, Stmt};
use ruff_text_size::Ranged;

use super::{Checked, Compiler, at, fault};
use crate::options::Mode;

impl<'a> Compiler<'a> {
    pub(super) fn statements(&mut self, body: &'a [Stmt]) -> Checked {
        for statement in body {
            self.statement(statement)?;
        }
        Ok(())
    }

    fn statement(&mut self, statement: &'a Stmt) -> Checked {
        match statement {
            Stmt::Expr(statement) => self.expression_statement(statement),
            Stmt::Assign(statement) => self.assign(statement),
            Stmt::AugAssign(statement) => self.augmented_assign(statement),
            Stmt::AnnAssign(statement) => self.annotated_assign(statement),
            Stmt::Return(statement) => self.return_statement(statement),
            Stmt::Delete(statement) => self.delete(&statement.targets),
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::ClassDef(class) => self.class(class),
            Stmt::TypeAlias(alias) => self.type_alias(alias),
            Stmt::If(statement) => self.if_statement(statement),
            Stmt::For(statement) => self.for_statement(statement),
            Stmt::While(statement) => self.while_statement(statement),
            Stmt::With(statement) => self.with_statement(statement),
            Stmt::Match(statement) => self.match_statement(statement),
            Stmt::Raise(statement) => self.raise(statement),
            Stmt::Try(statement) => self.try_statement(statement),
            Stmt::Assert(statement) => self.assert(statement),
            Stmt::Import(statement) => self.import(statement),
            Stmt::ImportFrom(statement) => self.import_from(statement),
            Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::Pass(_) => Ok(()),
            Stmt::Break(statement) => self.break_statement(statement.range),
            Stmt::Continue(statement) => self.continue_statement(statement.range),
            Stmt::IpyEscapeCommand(_) => fault("invalid syntax", statement.range()),
        }
    }

    fn expression_statement(&mut self, statement: &'a ast::StmtExpr) -> Checked {
        let range = at(statement);
        if self.options.mode == Mode::Single && self.outer.is_empty() {
            self.expression(&statement.value)?;
            self.emit(Instr::Intrinsic(Intrinsic::DisplayValue), range);
            self.emit(Instr::Pop, range);
            return Ok(());
        }
        if statement.value.is_literal_expr() {
            return Ok(());
        }
        self.expression(&statement.value)?;
        self.emit(Instr::Pop, range);
        Ok(())
    }

    fn if_statement(&mut self, statement: &'a ast::StmtIf) -> Checked {
        let end = self.label();
        let next = self.label();
        self.jump_if(&statement.test, next, false)?;
        self.statements(&statement.body)?;
        let mut next = next;
        let mut previous = at(statement);
        for clause in &statement.elif_else_clauses {
            self.emit(Instr::Jump(end.0), previous);
            self.bind(next);
            next = self.label();
            if let Some(test) = &clause.test {
                self.jump_if(test, next, false)?;
            }
            self.statements(&clause.body)?;
            previous = at(clause);
        }
        self.bind(next);
        self.bind(end);
        Ok(())
    }

    fn raise(&mut self, statement: &'a ast::StmtRaise) -> Checked {
        let mut count = 0;
        if let Some(exception) = &statement.exc {
            self.expression(exception)?;
            count = 1;
            if let Some(cause) = &statement.cause {
                self.expression(cause)?;
                count = 2;
            }
        }
        self.emit(Instr::Raise(count), at(statement));
        Ok(())
    }

    fn assert(&mut self, statement: &'a ast::StmtAssert) -> Checked {
        if self.options.optimize > 0 {
            return Ok(());
        }
        let range = at(statement);
        let end = self.label();
        self.jump_if(&statement.test, end, true)?;
        self.emit(Instr::LoadAssertionError, range);
        if let Some(message) = &statement.msg {
            self.emit(Instr::PushUndef, range);
            self.expression(message)?;
            self.emit(Instr::Call(1), range);
        }
        self.emit(Instr::Raise(1), at(&*statement.test));
        self.bind(end);
        Ok(())
    }
}
