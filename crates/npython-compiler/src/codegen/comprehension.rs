//! Comprehensions, compiled into the code around them (PEP 709), and generator expressions.

use npython_bytecode::{Instr, SourceRange};
use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::TextRange;

use super::unit::{InlinedScope, UnitKind};
use super::{Checked, Compiler, at, fault};
use crate::symbols::{NameId, Resolution, ScopeId, number_of};

/// What a comprehension does with each item.
#[derive(Clone, Copy)]
enum Element<'a> {
    List(&'a Expr),
    Set(&'a Expr),
    Dict(&'a Expr, &'a Expr),
    Yield(&'a Expr),
}

impl<'a> Compiler<'a> {
    pub(super) fn list_comprehension(&mut self, node: &'a ast::ExprListComp) -> Checked {
        let scope = ScopeId(number_of(&node.node_index).unwrap_or(0));
        self.inlined(scope, Element::List(&node.elt), &node.generators, node.range)
    }

    pub(super) fn set_comprehension(&mut self, node: &'a ast::ExprSetComp) -> Checked {
        let scope = ScopeId(number_of(&node.node_index).unwrap_or(0));
        self.inlined(scope, Element::Set(&node.elt), &node.generators, node.range)
    }

    pub(super) fn dict_comprehension(&mut self, node: &'a ast::ExprDictComp) -> Checked {
        let Some(key) = &node.key else {
            return fault("dict unpacking cannot be used in dict comprehension", node.range);
        };
        let scope = ScopeId(number_of(&node.node_index).unwrap_or(0));
        self.inlined(scope, Element::Dict(key, &node.value), &node.generators, node.range)
    }

    fn inlined(
        &mut self,
        scope: ScopeId,
        element: Element<'a>,
        generators: &'a [ast::Comprehension],
        range: TextRange,
    ) -> Checked {
        let Some(outermost) = generators.first() else { return fault("invalid syntax", range) };
        if self.table.scope(scope).is_coroutine && !self.is_async_context() {
            return fault("asynchronous comprehension outside of an asynchronous function", range);
        }
        self.outermost_iterator(outermost)?;
        let whole = at(&range);
        let inlined = self.open_inlined(scope, outermost, whole);
        self.unit.comprehensions.push(inlined);
        let build = match element {
            Element::Dict(..) => Instr::BuildMap(0),
            Element::Set(_) => Instr::BuildSet(0),
            Element::List(_) | Element::Yield(_) => Instr::BuildList(0),
        };
        self.emit(build, whole);
        self.emit(Instr::Swap(2), whole);
        self.clauses(generators, element, 0)?;
        if let Some(inlined) = self.unit.comprehensions.pop() {
            for (name, slot) in inlined.slots {
                self.emit(Instr::ClearFast(slot), whole);
                self.unit.spare_slots.entry(name).or_default().push(slot);
            }
        }
        Ok(())
    }

    fn outermost_iterator(&mut self, outermost: &'a ast::Comprehension) -> Checked {
        let range = at(&outermost.iter);
        if outermost.is_async {
            self.expression(&outermost.iter)?;
            self.emit(Instr::GetAsyncIter, range);
        } else {
            self.iterable(&outermost.iter)?;
            self.emit(Instr::GetIter, range);
        }
        Ok(())
    }

    /// Gives the variables of a comprehension slots of their own. A slot may hold a value left by an exception.
    fn open_inlined(&mut self, scope: ScopeId, outermost: &ast::Comprehension, range: SourceRange) -> InlinedScope {
        let mut slots = Vec::new();
        for index in 0..self.table.scope(scope).symbols.len() {
            let symbol = &self.table.symbols[self.table.scope(scope).symbols[index] as usize];
            let (name, resolution) = (symbol.name, symbol.resolution);
            if !matches!(resolution, Resolution::Local | Resolution::Cell) {
                continue;
            }
            let slot = self.hidden_slot(name);
            let first_target =
                matches!(&outermost.target, Expr::Name(target) if number_of(&target.node_index) == Some(name.0));
            if resolution == Resolution::Cell {
                self.emit(Instr::ClearFast(slot), range);
                self.emit(Instr::MakeCell(slot), range);
            } else if !first_target {
                self.emit(Instr::ClearFast(slot), range);
            }
            slots.push((name, slot));
        }
        InlinedScope { scope, slots }
    }

    fn hidden_slot(&mut self, name: NameId) -> u32 {
        if let Some(slot) = self.unit.spare_slots.get_mut(&name).and_then(Vec::pop) {
            return slot;
        }
        let slot = u32::try_from(self.unit.local_names.len()).unwrap_or(u32::MAX);
        self.unit.local_names.push(name);
        slot
    }

    /// The loops from clause `index` on; the iterator of the first is on the stack.
    fn clauses(&mut self, generators: &'a [ast::Comprehension], element: Element<'a>, index: usize) -> Checked {
        let Some(generator) = generators.get(index) else {
            return self.element(element, u32::try_from(generators.len()).unwrap_or(0) + 1);
        };
        let range = at(&generator.iter);
        let (start, skip, end) = (self.label(), self.label(), self.label());
        if index > 0 {
            if generator.is_async {
                self.expression(&generator.iter)?;
                self.emit(Instr::GetAsyncIter, range);
            } else {
                self.iterable(&generator.iter)?;
                self.emit(Instr::GetIter, range);
            }
        }
        self.bind(start);
        if generator.is_async {
            self.unit.open_region(end, false);
            self.emit(Instr::GetAsyncNext, range);
            self.emit(Instr::LoadNone, range);
            self.send_loop(range);
            self.unit.close_region();
        } else {
            self.emit(Instr::ForIter(end.0), range);
        }
        self.store_target(&generator.target)?;
        for condition in &generator.ifs {
            self.jump_if(condition, skip, false)?;
        }
        self.clauses(generators, element, index + 1)?;
        self.bind(skip);
        self.emit(Instr::JumpBackward(start.0), range);
        self.bind(end);
        if generator.is_async {
            self.emit(Instr::EndAsyncFor, range);
        }
        Ok(())
    }

    fn element(&mut self, element: Element<'a>, below: u32) -> Checked {
        match element {
            Element::List(value) => {
                self.expression(value)?;
                self.emit(Instr::ListAppend(below), at(value));
            }
            Element::Set(value) => {
                self.expression(value)?;
                self.emit(Instr::SetAdd(below), at(value));
            }
            Element::Dict(key, value) => {
                self.expression(key)?;
                self.expression(value)?;
                let range = SourceRange { start: at(key).start, end: at(value).end };
                self.emit(Instr::MapAdd(below), range);
            }
            Element::Yield(value) => {
                self.expression(value)?;
                self.emit(Instr::Yield, at(value));
                self.emit(Instr::Pop, at(value));
            }
        }
        Ok(())
    }

    pub(super) fn generator_expression(&mut self, node: &'a ast::ExprGenerator) -> Checked {
        let Some(outermost) = node.generators.first() else { return fault("invalid syntax", node.range) };
        // The brackets of a call around a lone generator expression count as its own.
        let range = self.lone_argument.take().unwrap_or_else(|| at(node));
        let scope = ScopeId(number_of(&node.node_index).unwrap_or(0));
        self.enter(UnitKind::Generator, scope, "<genexpr>", node.range)?;
        self.unit.positional_count = 1;
        self.body_of_function(node.range, |compiler| {
            compiler.emit(Instr::LoadFast(0), at(&outermost.iter));
            compiler.clauses(&node.generators, Element::Yield(&node.elt), 0)
        })?;
        let inner = self.leave_inner()?;
        self.make_function(&inner, 0, range);
        self.emit(Instr::PushUndef, range);
        self.outermost_iterator(outermost)?;
        self.emit(Instr::Call(1), range);
        Ok(())
    }
}
