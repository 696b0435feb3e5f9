//! Leaving blocks by `return`, `break` and `continue`.

use npython_bytecode::{Instr, SourceRange};
use ruff_python_ast as ast;
use ruff_text_size::TextRange;

use super::block::{Block, BlockKind};
use super::unit::UnitKind;
use super::{Checked, Compiler, at, fault};
use npython_bytecode::CodeFlags;

impl<'a> Compiler<'a> {
    /// Writes the code for leaving all open blocks, or those inside the innermost loop, which is returned. With
    /// `preserve`, the value on top of the stack stays there. The caller restores blocks and regions.
    fn unwind(&mut self, preserve: bool, to_loop: bool, range: TextRange) -> Checked<Option<Block<'a>>> {
        while let Some(block) = self.unit.blocks.last().copied() {
            if let BlockKind::GroupHandler = block.kind {
                return fault("'break', 'continue' and 'return' cannot appear in an except* block", range);
            }
            if to_loop && matches!(block.kind, BlockKind::While | BlockKind::For | BlockKind::AsyncFor) {
                return Ok(Some(block));
            }
            self.unit.blocks.pop();
            self.leave_block(&block, preserve)?;
        }
        Ok(None)
    }

    fn leave_block(&mut self, block: &Block<'a>, preserve: bool) -> Checked {
        let range = at(&block.range);
        match block.kind {
            BlockKind::While | BlockKind::StopIteration | BlockKind::GroupHandler => {}
            BlockKind::For | BlockKind::AsyncFor | BlockKind::Value => self.pop_under(preserve, range),
            BlockKind::TryExcept => self.unit.close_region(),
            BlockKind::TryFinally { body } => {
                self.unit.close_region();
                self.check_growth(block.range)?;
                if preserve {
                    let label = self.label();
                    self.push_block(BlockKind::Value, label, label, block.range)?;
                }
                self.statements(body)?;
                if preserve {
                    self.pop_block();
                }
            }
            BlockKind::FinallyEnd => {
                self.pop_under(preserve, range);
                if preserve {
                    self.emit(Instr::Swap(2), range);
                }
                self.unit.close_region();
                self.emit(Instr::PopException, range);
            }
            BlockKind::Handler { name } => {
                if name.is_some() {
                    self.unit.close_region();
                }
                if preserve {
                    self.emit(Instr::Swap(2), range);
                }
                self.unit.close_region();
                self.emit(Instr::PopException, range);
                if let Some(name) = name {
                    self.unbind_handler_name(name, range);
                }
            }
            BlockKind::With | BlockKind::AsyncWith => {
                self.unit.close_region();
                if preserve {
                    self.emit(Instr::Swap(3), range);
                    self.emit(Instr::Swap(2), range);
                }
                self.call_exit(matches!(block.kind, BlockKind::AsyncWith), range);
            }
            BlockKind::Scope => {
                self.unit.close_region();
                self.emit(Instr::LeaveScope, range);
            }
        }
        Ok(())
    }

    /// Drops the value on top of the stack, or the one below it.
    fn pop_under(&mut self, preserve: bool, range: SourceRange) {
        if preserve {
            self.emit(Instr::Swap(2), range);
        }
        self.emit(Instr::Pop, range);
    }

    pub(super) fn return_statement(&mut self, statement: &'a ast::StmtReturn) -> Checked {
        if matches!(self.unit.kind, UnitKind::Module | UnitKind::Class) {
            return fault("'return' outside function", statement.range);
        }
        if statement.value.is_some() && self.unit.flags & CodeFlags::ASYNC_GENERATOR != 0 {
            return fault("'return' with value in async generator", statement.range);
        }
        let range = at(statement);
        let value = statement.value.as_deref();
        let constant = value.is_none_or(ast::Expr::is_literal_expr);
        if let Some(value) = value.filter(|_| !constant) {
            self.expression(value)?;
        }
        let (blocks, regions) = (self.unit.blocks.clone(), self.unit.save_regions());
        self.unwind(!constant, false, statement.range)?;
        match value {
            None => self.emit(Instr::LoadNone, range),
            Some(value) if constant => self.expression(value)?,
            Some(_) => {}
        }
        self.emit(Instr::ReturnValue, range);
        self.unit.blocks = blocks;
        self.unit.restore_regions(regions);
        Ok(())
    }

    pub(super) fn break_statement(&mut self, range: TextRange) -> Checked {
        let (blocks, regions) = (self.unit.blocks.clone(), self.unit.save_regions());
        let Some(block) = self.unwind(false, true, range)? else {
            return fault("'break' outside loop", range);
        };
        self.unit.blocks.pop();
        self.leave_block(&block, false)?;
        self.emit(Instr::Jump(block.exit.0), at(&range));
        self.unit.blocks = blocks;
        self.unit.restore_regions(regions);
        Ok(())
    }

    pub(super) fn continue_statement(&mut self, range: TextRange) -> Checked {
        let (blocks, regions) = (self.unit.blocks.clone(), self.unit.save_regions());
        let Some(block) = self.unwind(false, true, range)? else {
            return fault("'continue' not properly in loop", range);
        };
        self.emit(Instr::JumpBackward(block.start.0), at(&range));
        self.unit.blocks = blocks;
        self.unit.restore_regions(regions);
        Ok(())
    }
}
