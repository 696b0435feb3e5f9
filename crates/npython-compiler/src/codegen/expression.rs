//! Expressions.

use npython_bytecode::{BinaryOperator, Constant, Instr, SourceRange};
use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::Ranged;

use super::{Checked, Compiler, at, fault, fold};
use crate::symbols::{NameId, number_of};

impl<'a> Compiler<'a> {
    /// Leaves the value of the expression on the stack.
    pub(super) fn expression(&mut self, expression: &'a Expr) -> Checked {
        match expression {
            Expr::Name(name) => {
                self.load_variable(name);
                Ok(())
            }
            Expr::NumberLiteral(_)
            | Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_) => self.literal(expression),
            Expr::Attribute(attribute) => self.attribute(attribute),
            Expr::Call(call) => self.call(call),
            Expr::BinOp(operation) => self.binary(operation),
            Expr::UnaryOp(operation) => self.unary(operation),
            Expr::BoolOp(operation) => self.bool_operation(operation),
            Expr::Compare(comparison) => self.comparison(comparison),
            Expr::Subscript(subscript) => self.subscript(subscript),
            Expr::Slice(slice) => self.slice(slice),
            Expr::If(conditional) => self.conditional(conditional),
            Expr::Tuple(tuple) => self.tuple(tuple),
            Expr::List(list) => self.list(list),
            Expr::Set(set) => self.set(set),
            Expr::Dict(dict) => self.dict(dict),
            Expr::FString(string) => self.format_string(string),
            Expr::Lambda(lambda) => self.lambda(lambda),
            Expr::Named(named) => self.named(named),
            Expr::Yield(node) => self.yield_value(node),
            Expr::YieldFrom(node) => self.yield_from(node),
            Expr::Await(node) => self.await_value(node),
            Expr::ListComp(node) => self.list_comprehension(node),
            Expr::SetComp(node) => self.set_comprehension(node),
            Expr::DictComp(node) => self.dict_comprehension(node),
            Expr::Generator(node) => self.generator_expression(node),
            Expr::Starred(node) => fault("can't use starred expression here", node.range),
            Expr::TString(_) | Expr::IpyEscapeCommand(_) => fault("invalid syntax", expression.range()),
        }
    }

    /// The number the first pass gave a name node.
    pub(super) fn id_of(&mut self, name: &ast::ExprName) -> NameId {
        match number_of(&name.node_index) {
            Some(number) => NameId(number),
            None => self.name_id(&name.id),
        }
    }

    fn load_variable(&mut self, name: &ast::ExprName) {
        let range = at(name);
        if name.id.as_str() == "__debug__" {
            let value = self.options.optimize == 0;
            self.load_constant(Constant::Bool(value), range);
            return;
        }
        let id = self.id_of(name);
        self.load_name(id, range);
    }

    fn literal(&mut self, expression: &'a Expr) -> Checked {
        let constant = self.literal_constant(expression)?;
        self.load_constant(constant, at(expression));
        Ok(())
    }

    fn attribute(&mut self, attribute: &'a ast::ExprAttribute) -> Checked {
        self.expression(&attribute.value)?;
        let number = self.attribute_number(&attribute.attr.id);
        let range = self.attribute_range(attribute, at(attribute));
        self.emit(Instr::LoadAttr(number), range);
        Ok(())
    }

    /// CPython blames the attribute's own line when an attribute reference spans lines.
    pub(super) fn attribute_range(&self, attribute: &ast::ExprAttribute, whole: SourceRange) -> SourceRange {
        let name = at(&attribute.attr);
        let between = self.text.get(whole.start as usize..name.end as usize).unwrap_or("");
        if memchr::memchr(b'\n', between.as_bytes()).is_none() {
            return whole;
        }
        SourceRange { start: name.start, end: whole.end }
    }

    fn binary(&mut self, operation: &'a ast::ExprBinOp) -> Checked {
        // A long sum is a long left spine; it is walked, not recursed into.
        let mut spine = vec![operation];
        let mut first: &'a Expr = &operation.left;
        while let Expr::BinOp(inner) = first {
            spine.push(inner);
            first = &inner.left;
        }
        self.expression(first)?;
        while let Some(operation) = spine.pop() {
            self.expression(&operation.right)?;
            let range = at(operation);
            let operator = binary_operator(operation.op);
            if let Some(folded) =
                self.last_two_constants().and_then(|(left, right)| fold::binary(operator, &left, &right))
            {
                self.unit.drop_tail(2);
                self.load_constant(folded, range);
            } else {
                self.emit(Instr::Binary(operator), range);
            }
        }
        Ok(())
    }

    fn last_two_constants(&self) -> Option<(Constant, Constant)> {
        let tail = self.unit.tail(2)?;
        let (left, right) = (*tail.first()?, *tail.get(1)?);
        Some((self.constant_of_load(left)?, self.constant_of_load(right)?))
    }

    /// The constant an instruction loads, if that is what it does.
    pub(super) fn constant_of_load(&self, instr: Instr) -> Option<Constant> {
        Some(match instr {
            Instr::LoadInt(value) => Constant::Int(i64::from(value)),
            Instr::LoadNone => Constant::None,
            Instr::LoadTrue => Constant::Bool(true),
            Instr::LoadFalse => Constant::Bool(false),
            Instr::LoadConst(number) => self.unit.constants.get(number)?.clone(),
            _ => return None,
        })
    }

    fn unary(&mut self, operation: &'a ast::ExprUnaryOp) -> Checked {
        self.expression(&operation.operand)?;
        let range = at(operation);
        let constant =
            self.unit.tail(1).and_then(|tail| tail.first().copied()).and_then(|instr| self.constant_of_load(instr));
        if let Some(folded) = constant.and_then(|constant| fold::unary(operation.op, &constant)) {
            self.unit.drop_tail(1);
            self.load_constant(folded, range);
            return Ok(());
        }
        let instr = match operation.op {
            ast::UnaryOp::Not => Instr::UnaryNot,
            ast::UnaryOp::USub => Instr::UnaryNegative,
            ast::UnaryOp::UAdd => Instr::UnaryPositive,
            ast::UnaryOp::Invert => Instr::UnaryInvert,
        };
        self.emit(instr, range);
        Ok(())
    }

    fn bool_operation(&mut self, operation: &'a ast::ExprBoolOp) -> Checked {
        let end = self.label();
        let Some((last, rest)) = operation.values.split_last() else { return Ok(()) };
        for value in rest {
            self.expression(value)?;
            let instr = match operation.op {
                ast::BoolOp::And => Instr::JumpIfFalseOrPop(end.0),
                ast::BoolOp::Or => Instr::JumpIfTrueOrPop(end.0),
            };
            self.emit(instr, at(value));
        }
        self.expression(last)?;
        self.bind(end);
        Ok(())
    }

    fn subscript(&mut self, subscript: &'a ast::ExprSubscript) -> Checked {
        self.expression(&subscript.value)?;
        self.subscript_key(&subscript.slice)?;
        self.emit(Instr::LoadSubscript, at(subscript));
        Ok(())
    }

    /// What stands between the brackets of a subscript.
    pub(super) fn subscript_key(&mut self, key: &'a Expr) -> Checked {
        self.expression(key)
    }

    fn slice(&mut self, slice: &'a ast::ExprSlice) -> Checked {
        let range = at(slice);
        for part in [&slice.lower, &slice.upper] {
            match part {
                Some(part) => self.expression(part)?,
                None => self.emit(Instr::LoadNone, range),
            }
        }
        let mut count = 2;
        if let Some(step) = &slice.step {
            self.expression(step)?;
            count = 3;
        }
        self.emit(Instr::BuildSlice(count), range);
        Ok(())
    }

    fn conditional(&mut self, conditional: &'a ast::ExprIf) -> Checked {
        // `a if b else c if d else e ...` is a long right spine.
        let end = self.label();
        let mut next = conditional;
        loop {
            let otherwise = self.label();
            self.jump_if(&next.test, otherwise, false)?;
            self.expression(&next.body)?;
            self.emit(Instr::Jump(end.0), at(next));
            self.bind(otherwise);
            match &*next.orelse {
                Expr::If(inner) => next = inner,
                other => {
                    self.expression(other)?;
                    break;
                }
            }
        }
        self.bind(end);
        Ok(())
    }

    fn named(&mut self, named: &'a ast::ExprNamed) -> Checked {
        self.expression(&named.value)?;
        self.emit(Instr::Copy(1), at(named));
        self.store_target(&named.target)
    }
}

/// The machine's operator for an operator of the tree.
pub(super) const fn binary_operator(operator: ast::Operator) -> BinaryOperator {
    match operator {
        ast::Operator::Add => BinaryOperator::Add,
        ast::Operator::Sub => BinaryOperator::Sub,
        ast::Operator::Mult => BinaryOperator::Mul,
        ast::Operator::MatMult => BinaryOperator::MatMul,
        ast::Operator::Div => BinaryOperator::TrueDiv,
        ast::Operator::Mod => BinaryOperator::Mod,
        ast::Operator::Pow => BinaryOperator::Pow,
        ast::Operator::LShift => BinaryOperator::Lshift,
        ast::Operator::RShift => BinaryOperator::Rshift,
        ast::Operator::BitOr => BinaryOperator::Or,
        ast::Operator::BitXor => BinaryOperator::Xor,
        ast::Operator::BitAnd => BinaryOperator::And,
        ast::Operator::FloorDiv => BinaryOperator::FloorDiv,
    }
}
