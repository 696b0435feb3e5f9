//! Targets: assignment, augmented assignment, annotated assignment, deletion.

use npython_bytecode::{Instr, SourceRange};
use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::Ranged;

use super::expression::binary_operator;
use super::unit::UnitKind;
use super::{Checked, Compiler, at, fault};

impl<'a> Compiler<'a> {
    pub(super) fn assign(&mut self, statement: &'a ast::StmtAssign) -> Checked {
        if let ([Expr::Tuple(targets)], Expr::Tuple(values)) = (&*statement.targets, &*statement.value)
            && self.exchange(targets, values)?
        {
            return Ok(());
        }
        self.expression(&statement.value)?;
        let Some((last, rest)) = statement.targets.split_last() else { return Ok(()) };
        for target in rest {
            self.emit(Instr::Copy(1), at(statement));
            self.store_target(target)?;
        }
        self.store_target(last)
    }

    /// `a, b = c, d` without making the tuple, if there are two or three of each.
    fn exchange(&mut self, targets: &'a ast::ExprTuple, values: &'a ast::ExprTuple) -> Checked<bool> {
        let count = targets.elts.len();
        let starred = targets.elts.iter().chain(&values.elts).any(Expr::is_starred_expr);
        let constant = self.constant_items(&values.elts)?.is_some();
        if !matches!(count, 2 | 3) || values.elts.len() != count || starred || constant {
            return Ok(false);
        }
        for value in &values.elts {
            self.expression(value)?;
        }
        self.emit(Instr::Swap(u32::try_from(count).unwrap_or(2)), at(targets));
        for target in &targets.elts {
            self.store_target(target)?;
        }
        Ok(true)
    }

    /// Stores the value on the stack in a target.
    pub(super) fn store_target(&mut self, target: &'a Expr) -> Checked {
        match target {
            Expr::Name(name) => {
                self.check_bindable(&name.id, name.range, false)?;
                let id = self.id_of(name);
                self.store_name(id, at(name));
                Ok(())
            }
            Expr::Attribute(attribute) => {
                self.check_bindable(&attribute.attr.id, attribute.range, false)?;
                self.note_static_attribute(attribute);
                self.expression(&attribute.value)?;
                let number = self.attribute_number(&attribute.attr.id);
                let range = self.attribute_range(attribute, at(attribute));
                self.emit(Instr::StoreAttr(number), range);
                Ok(())
            }
            Expr::Subscript(subscript) => {
                self.expression(&subscript.value)?;
                self.subscript_key(&subscript.slice)?;
                self.emit(Instr::StoreSubscript, at(subscript));
                Ok(())
            }
            Expr::Tuple(tuple) => self.unpack(&tuple.elts, target),
            Expr::List(list) => self.unpack(&list.elts, target),
            Expr::Starred(starred) => fault("starred assignment target must be in a list or tuple", starred.range),
            _ => fault("cannot assign to expression here. Maybe you meant '==' instead of '='?", target.range()),
        }
    }

    fn unpack(&mut self, elements: &'a [Expr], target: &'a Expr) -> Checked {
        let range = at(target);
        let star = elements.iter().position(Expr::is_starred_expr);
        match star {
            Some(before) => {
                if elements.iter().skip(before + 1).any(Expr::is_starred_expr) {
                    return fault("multiple starred expressions in assignment", target.range());
                }
                let after = elements.len() - before - 1;
                let (Ok(before), Ok(after)) = (u16::try_from(before), u16::try_from(after)) else {
                    return fault("too many expressions in star-unpacking assignment", target.range());
                };
                self.emit(Instr::UnpackStarred(before, after), range);
            }
            None => self.emit(Instr::UnpackSequence(u32::try_from(elements.len()).unwrap_or(u32::MAX)), range),
        }
        for element in elements {
            match element {
                Expr::Starred(starred) => self.store_target(&starred.value)?,
                other => self.store_target(other)?,
            }
        }
        Ok(())
    }

    /// Remembers an attribute set through `self` for the class's `__static_attributes__`.
    fn note_static_attribute(&mut self, attribute: &ast::ExprAttribute) {
        let Expr::Name(receiver) = &*attribute.value else { return };
        if receiver.id.as_str() != "self" {
            return;
        }
        let name = self.interner.intern(&attribute.attr.id);
        let units = self.outer.iter_mut().rev();
        let class = std::iter::once(&mut self.unit).chain(units).find(|unit| unit.kind == UnitKind::Class);
        if let Some(class) = class
            && !class.static_attributes.contains(&name)
        {
            class.static_attributes.push(name);
        }
    }

    pub(super) fn augmented_assign(&mut self, statement: &'a ast::StmtAugAssign) -> Checked {
        let range = at(statement);
        let operator = Instr::Inplace(binary_operator(statement.op));
        match &*statement.target {
            Expr::Name(name) => {
                self.check_bindable(&name.id, name.range, false)?;
                let id = self.id_of(name);
                self.load_name(id, at(name));
                self.expression(&statement.value)?;
                self.emit(operator, range);
                self.store_name(id, at(name));
            }
            Expr::Attribute(attribute) => {
                self.check_bindable(&attribute.attr.id, attribute.range, false)?;
                self.note_static_attribute(attribute);
                self.expression(&attribute.value)?;
                let number = self.attribute_number(&attribute.attr.id);
                let attribute_range = self.attribute_range(attribute, at(attribute));
                self.emit(Instr::Copy(1), attribute_range);
                self.emit(Instr::LoadAttr(number), attribute_range);
                self.expression(&statement.value)?;
                self.emit(operator, range);
                self.emit(Instr::Swap(2), attribute_range);
                self.emit(Instr::StoreAttr(number), attribute_range);
            }
            Expr::Subscript(subscript) => {
                let item = at(subscript);
                self.expression(&subscript.value)?;
                self.subscript_key(&subscript.slice)?;
                self.emit(Instr::Copy(2), item);
                self.emit(Instr::Copy(2), item);
                self.emit(Instr::LoadSubscript, item);
                self.expression(&statement.value)?;
                self.emit(operator, range);
                self.emit(Instr::Swap(3), item);
                self.emit(Instr::Swap(2), item);
                self.emit(Instr::StoreSubscript, item);
            }
            other => return fault("illegal expression for augmented assignment", other.range()),
        }
        Ok(())
    }

    pub(super) fn annotated_assign(&mut self, statement: &'a ast::StmtAnnAssign) -> Checked {
        let range = at(statement);
        if let Some(value) = &statement.value {
            self.expression(value)?;
            self.store_target(&statement.target)?;
        }
        let keeps_annotations =
            self.unit.comprehensions.is_empty() && matches!(self.unit.kind, UnitKind::Module | UnitKind::Class);
        match &*statement.target {
            Expr::Name(name) => {
                self.check_bindable(&name.id, name.range, false)?;
                if statement.simple && keeps_annotations {
                    self.annotation_value(&statement.annotation)?;
                    let annotations = self.interner.intern("__annotations__");
                    self.load_name(annotations, range);
                    let id = self.name_id(&name.id);
                    let text = self.interner.text(id).clone();
                    self.load_text(&text, range);
                    self.emit(Instr::StoreSubscript, range);
                    return Ok(());
                }
            }
            Expr::Attribute(attribute) => {
                self.check_bindable(&attribute.attr.id, attribute.range, false)?;
                if statement.value.is_none() {
                    self.evaluate(&attribute.value)?;
                }
            }
            Expr::Subscript(subscript) => {
                if statement.value.is_none() {
                    self.evaluate(&subscript.value)?;
                    self.evaluate_key(&subscript.slice)?;
                }
            }
            other => return fault("illegal target for annotation", other.range()),
        }
        if !statement.simple && keeps_annotations && !self.futures.annotations {
            self.evaluate(&statement.annotation)?;
        }
        Ok(())
    }

    fn evaluate(&mut self, expression: &'a Expr) -> Checked {
        self.expression(expression)?;
        self.emit(Instr::Pop, at(expression));
        Ok(())
    }

    /// Evaluates the parts of a subscript's key for their effects.
    fn evaluate_key(&mut self, key: &'a Expr) -> Checked {
        match key {
            Expr::Slice(slice) => {
                for part in [&slice.lower, &slice.upper, &slice.step].into_iter().flatten() {
                    self.evaluate(part)?;
                }
                Ok(())
            }
            other => self.evaluate(other),
        }
    }

    pub(super) fn delete(&mut self, targets: &'a [Expr]) -> Checked {
        for target in targets {
            match target {
                Expr::Name(name) => {
                    self.check_bindable(&name.id, name.range, true)?;
                    let id = self.id_of(name);
                    self.delete_name(id, at(name));
                }
                Expr::Attribute(attribute) => {
                    self.check_bindable(&attribute.attr.id, attribute.range, true)?;
                    self.expression(&attribute.value)?;
                    let number = self.attribute_number(&attribute.attr.id);
                    let range = self.attribute_range(attribute, at(attribute));
                    self.emit(Instr::DeleteAttr(number), range);
                }
                Expr::Subscript(subscript) => {
                    self.expression(&subscript.value)?;
                    self.subscript_key(&subscript.slice)?;
                    self.emit(Instr::DeleteSubscript, at(subscript));
                }
                Expr::Tuple(tuple) => self.delete(&tuple.elts)?,
                Expr::List(list) => self.delete(&list.elts)?,
                other => return fault("cannot delete expression", other.range()),
            }
        }
        Ok(())
    }

    /// Stores a variable that has no node of its own.
    pub(super) fn store_text(&mut self, text: &str, range: SourceRange) {
        let name = self.interner.intern(text);
        self.store_name(name, range);
    }
}
