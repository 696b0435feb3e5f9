//! `for` and `while`.

use npython_bytecode::{Constant, Instr};
use ruff_python_ast::{self as ast, Expr};

use super::block::BlockKind;
use super::{Checked, Compiler, at};

impl<'a> Compiler<'a> {
    pub(super) fn while_statement(&mut self, statement: &'a ast::StmtWhile) -> Checked {
        let (start, otherwise, end) = (self.label(), self.label(), self.label());
        self.bind(start);
        self.push_block(BlockKind::While, start, end, statement.range)?;
        self.jump_if(&statement.test, otherwise, false)?;
        self.statements(&statement.body)?;
        self.emit(Instr::JumpBackward(start.0), at(statement));
        self.pop_block();
        self.bind(otherwise);
        self.statements(&statement.orelse)?;
        self.bind(end);
        Ok(())
    }

    pub(super) fn for_statement(&mut self, statement: &'a ast::StmtFor) -> Checked {
        if statement.is_async {
            return self.async_for_statement(statement);
        }
        let (start, exhausted, end) = (self.label(), self.label(), self.label());
        let range = at(&*statement.iter);
        self.iterable(&statement.iter)?;
        self.emit(Instr::GetIter, range);
        self.bind(start);
        self.push_block(BlockKind::For, start, end, statement.range)?;
        self.emit(Instr::ForIter(exhausted.0), range);
        self.store_target(&statement.target)?;
        self.statements(&statement.body)?;
        self.emit(Instr::JumpBackward(start.0), range);
        self.pop_block();
        self.bind(exhausted);
        self.statements(&statement.orelse)?;
        self.bind(end);
        Ok(())
    }

    /// What is iterated over; a list display of constants becomes a tuple.
    pub(super) fn iterable(&mut self, iterable: &'a Expr) -> Checked {
        if let Expr::List(list) = iterable
            && let Some(items) = self.constant_items(&list.elts)?
        {
            self.load_constant(Constant::Tuple(items.into()), at(list));
            return Ok(());
        }
        self.expression(iterable)
    }

    fn async_for_statement(&mut self, statement: &'a ast::StmtFor) -> Checked {
        self.check_async_context("'async for'", statement.range)?;
        let (start, exhausted, end) = (self.label(), self.label(), self.label());
        let range = at(&*statement.iter);
        self.expression(&statement.iter)?;
        self.emit(Instr::GetAsyncIter, range);
        self.bind(start);
        self.push_block(BlockKind::AsyncFor, start, end, statement.range)?;
        self.unit.open_region(exhausted, false);
        self.emit(Instr::GetAsyncNext, range);
        self.emit(Instr::LoadNone, range);
        self.send_loop(range);
        self.unit.close_region();
        self.store_target(&statement.target)?;
        self.statements(&statement.body)?;
        self.emit(Instr::JumpBackward(start.0), range);
        self.pop_block();
        self.bind(exhausted);
        self.emit(Instr::EndAsyncFor, range);
        self.statements(&statement.orelse)?;
        self.bind(end);
        Ok(())
    }
}
