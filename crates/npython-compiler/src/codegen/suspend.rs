//! `yield`, `yield from` and `await`.

use npython_bytecode::{CodeFlags, Instr, SourceRange};
use ruff_python_ast as ast;
use ruff_text_size::TextRange;

use super::unit::UnitKind;
use super::{Checked, Compiler, at, fault};

/// Where what is awaited comes from: errors name the method of a context manager.
#[derive(Clone, Copy)]
pub(super) enum Awaited {
    Expression,
    Enter,
    Exit,
}

impl<'a> Compiler<'a> {
    fn in_function(&self) -> bool {
        !matches!(self.unit.kind, UnitKind::Module | UnitKind::Class)
    }

    pub(super) fn yield_value(&mut self, node: &'a ast::ExprYield) -> Checked {
        if !self.in_function() {
            return fault("'yield' outside function", node.range);
        }
        match &node.value {
            Some(value) => self.expression(value)?,
            None => self.emit(Instr::LoadNone, at(node)),
        }
        self.emit(Instr::Yield, at(node));
        Ok(())
    }

    pub(super) fn yield_from(&mut self, node: &'a ast::ExprYieldFrom) -> Checked {
        if !self.in_function() {
            return fault("'yield from' outside function", node.range);
        }
        if self.unit.kind == UnitKind::AsyncFunction {
            return fault("'yield from' inside async function", node.range);
        }
        self.expression(&node.value)?;
        self.emit(Instr::GetYieldFromIter, at(node));
        self.emit(Instr::LoadNone, at(node));
        self.send_loop(at(node));
        Ok(())
    }

    pub(super) fn await_value(&mut self, node: &'a ast::ExprAwait) -> Checked {
        if !self.top_level_await() {
            if !self.in_function() {
                return fault("'await' outside function", node.range);
            }
            if !self.is_async_context() {
                return fault("'await' outside async function", node.range);
            }
        }
        self.expression(&node.value)?;
        self.await_top(Awaited::Expression, at(node));
        Ok(())
    }

    /// Whether `await` is allowed here because the caller asked for it.
    pub(super) fn top_level_await(&self) -> bool {
        self.options.top_level_await && self.unit.kind == UnitKind::Module
    }

    pub(super) fn is_async_context(&self) -> bool {
        matches!(self.unit.kind, UnitKind::AsyncFunction | UnitKind::Generator) || self.top_level_await()
    }

    /// Refuses `async for` and `async with` outside of coroutines.
    pub(super) fn check_async_context(&self, what: &str, range: TextRange) -> Checked {
        if self.unit.kind == UnitKind::AsyncFunction || self.top_level_await() {
            return Ok(());
        }
        fault(format!("{what} outside async function"), range)
    }

    /// Awaits the value on the stack and leaves the result.
    pub(super) fn await_top(&mut self, origin: Awaited, range: SourceRange) {
        self.emit(Instr::GetAwaitable(origin as u8), range);
        self.emit(Instr::LoadNone, range);
        self.send_loop(range);
    }

    /// `[receiver, None] -> [result]`: delegates to the receiver until it is done.
    pub(super) fn send_loop(&mut self, range: SourceRange) {
        let (send, end) = (self.label(), self.label());
        self.bind(send);
        self.emit(Instr::Send(end.0), range);
        self.emit(Instr::YieldDelegated, range);
        self.emit(Instr::JumpBackward(send.0), range);
        self.bind(end);
    }

    /// Sets the flags of a unit that can be suspended, from what its scope contains.
    pub(super) fn mark_suspendable(&mut self) {
        let scope = self.table.scope(self.unit.scope);
        let flag = match (self.unit.kind, scope.is_generator, scope.is_coroutine) {
            (UnitKind::AsyncFunction, true, _) | (UnitKind::Generator, _, true) => CodeFlags::ASYNC_GENERATOR,
            (UnitKind::AsyncFunction, false, _) => CodeFlags::COROUTINE,
            (_, true, _) => CodeFlags::GENERATOR,
            _ => 0,
        };
        self.unit.flags |= flag;
    }

    pub(super) fn is_suspendable(&self) -> bool {
        self.unit.flags & CodeFlags::SUSPENDABLE != 0
    }
}
