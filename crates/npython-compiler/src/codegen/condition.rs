//! Conditions as jumps, comparisons.

use npython_bytecode::{CompareOperator, Constant, Instr, SourceRange};
use ruff_python_ast::{self as ast, Expr};

use super::unit::Label;
use super::{Checked, Compiler, at};

impl<'a> Compiler<'a> {
    /// Jumps to `target` if the truth of `test` is `when`, else goes on. Nothing stays on the stack.
    pub(super) fn jump_if(&mut self, test: &'a Expr, target: Label, when: bool) -> Checked {
        match test {
            Expr::UnaryOp(operation) if operation.op == ast::UnaryOp::Not => {
                self.jump_if(&operation.operand, target, !when)
            }
            Expr::BoolOp(operation) => self.jump_if_bool_operation(operation, target, when),
            Expr::If(conditional) => {
                let (otherwise, end) = (self.label(), self.label());
                self.jump_if(&conditional.test, otherwise, false)?;
                self.jump_if(&conditional.body, target, when)?;
                self.emit(Instr::Jump(end.0), at(conditional));
                self.bind(otherwise);
                self.jump_if(&conditional.orelse, target, when)?;
                self.bind(end);
                Ok(())
            }
            Expr::Compare(comparison) if comparison.ops.len() > 1 => self.jump_if_chain(comparison, target, when),
            Expr::Compare(comparison) => self.jump_if_comparison(comparison, target, when),
            _ => {
                if let Some(truth) = self.constant_truth(test) {
                    if truth == when {
                        self.emit(Instr::Jump(target.0), at(test));
                    }
                    return Ok(());
                }
                self.expression(test)?;
                self.emit(conditional_jump(target, when), at(test));
                Ok(())
            }
        }
    }

    /// The truth of an expression known now.
    pub(super) fn constant_truth(&self, test: &Expr) -> Option<bool> {
        match test {
            Expr::BooleanLiteral(literal) => Some(literal.value),
            Expr::NoneLiteral(_) => Some(false),
            Expr::EllipsisLiteral(_) => Some(true),
            Expr::NumberLiteral(literal) => Some(match &literal.value {
                ast::Number::Int(value) => *value != 0,
                ast::Number::Float(value) => *value != 0.0,
                ast::Number::Complex { real, imag } => *real != 0.0 || *imag != 0.0,
            }),
            Expr::StringLiteral(literal) => Some(!literal.value.is_empty()),
            Expr::BytesLiteral(literal) => Some(literal.value.bytes().next().is_some()),
            Expr::Name(name) if name.id.as_str() == "__debug__" => Some(self.options.optimize == 0),
            Expr::UnaryOp(operation) if operation.op == ast::UnaryOp::Not => {
                self.constant_truth(&operation.operand).map(|truth| !truth)
            }
            _ => None,
        }
    }

    fn jump_if_bool_operation(&mut self, operation: &'a ast::ExprBoolOp, target: Label, when: bool) -> Checked {
        let Some((last, rest)) = operation.values.split_last() else { return Ok(()) };
        let any = operation.op == ast::BoolOp::Or;
        let end = self.label();
        let early = if any == when { target } else { end };
        for value in rest {
            self.jump_if(value, early, any)?;
        }
        self.jump_if(last, target, when)?;
        self.bind(end);
        Ok(())
    }

    fn jump_if_comparison(&mut self, comparison: &'a ast::ExprCompare, target: Label, when: bool) -> Checked {
        let (Some(operator), Some(right)) = (comparison.ops.first(), comparison.comparators.first()) else {
            return Ok(());
        };
        let range = at(comparison);
        let by_none = matches!(operator, ast::CmpOp::Is | ast::CmpOp::IsNot) && right.is_none_literal_expr();
        self.expression(&comparison.left)?;
        if by_none {
            let none = (*operator == ast::CmpOp::Is) == when;
            let instr = if none { Instr::PopJumpIfNone(target.0) } else { Instr::PopJumpIfNotNone(target.0) };
            self.emit(instr, range);
            return Ok(());
        }
        self.right_operand(*operator, right)?;
        self.emit(compare_instr(*operator), range);
        self.emit(conditional_jump(target, when), range);
        Ok(())
    }

    /// `a < b < c`: each middle operand is evaluated once.
    fn jump_if_chain(&mut self, comparison: &'a ast::ExprCompare, target: Label, when: bool) -> Checked {
        let range = at(comparison);
        let (cleanup, end) = (self.label(), self.label());
        self.chain_links(comparison, Instr::PopJumpIfFalse(cleanup.0), range)?;
        self.emit(conditional_jump(target, when), range);
        self.emit(Instr::Jump(end.0), range);
        self.bind(cleanup);
        self.emit(Instr::Pop, range);
        if !when {
            self.emit(Instr::Jump(target.0), range);
        }
        self.bind(end);
        Ok(())
    }

    /// All links of a chain: behind each but the last comes `jump`, which is taken, above the right operand, if the link is
    /// false; the value of the last stays on the stack.
    fn chain_links(&mut self, comparison: &'a ast::ExprCompare, jump: Instr, range: SourceRange) -> Checked {
        self.expression(&comparison.left)?;
        let last = comparison.ops.len() - 1;
        for (index, (operator, right)) in comparison.ops.iter().zip(&comparison.comparators).enumerate() {
            self.right_operand(*operator, right)?;
            if index == last {
                self.emit(compare_instr(*operator), range);
                break;
            }
            self.emit(Instr::Swap(2), range);
            self.emit(Instr::Copy(2), range);
            self.emit(compare_instr(*operator), range);
            self.emit(jump, range);
        }
        Ok(())
    }

    pub(super) fn comparison(&mut self, comparison: &'a ast::ExprCompare) -> Checked {
        let range = at(comparison);
        if comparison.ops.len() == 1 {
            self.expression(&comparison.left)?;
            for (operator, right) in comparison.ops.iter().zip(&comparison.comparators) {
                self.right_operand(*operator, right)?;
                self.emit(compare_instr(*operator), range);
            }
            return Ok(());
        }
        let (cleanup, end) = (self.label(), self.label());
        self.chain_links(comparison, Instr::JumpIfFalseOrPop(cleanup.0), range)?;
        self.emit(Instr::Jump(end.0), range);
        self.bind(cleanup);
        self.emit(Instr::Swap(2), range);
        self.emit(Instr::Pop, range);
        self.bind(end);
        Ok(())
    }

    /// The right operand of a comparison; a display that is only searched becomes a constant.
    fn right_operand(&mut self, operator: ast::CmpOp, right: &'a Expr) -> Checked {
        if matches!(operator, ast::CmpOp::In | ast::CmpOp::NotIn) {
            let searched = match right {
                Expr::List(list) => self.constant_items(&list.elts)?.map(|items| Constant::Tuple(items.into())),
                Expr::Set(set) => self.constant_items(&set.elts)?.map(|items| Constant::FrozenSet(items.into())),
                _ => None,
            };
            if let Some(constant) = searched {
                self.load_constant(constant, at(right));
                return Ok(());
            }
        }
        self.expression(right)
    }
}

fn conditional_jump(target: Label, when: bool) -> Instr {
    if when { Instr::PopJumpIfTrue(target.0) } else { Instr::PopJumpIfFalse(target.0) }
}

const fn compare_instr(operator: ast::CmpOp) -> Instr {
    match operator {
        ast::CmpOp::Eq => Instr::Compare(CompareOperator::Eq),
        ast::CmpOp::NotEq => Instr::Compare(CompareOperator::Ne),
        ast::CmpOp::Lt => Instr::Compare(CompareOperator::Lt),
        ast::CmpOp::LtE => Instr::Compare(CompareOperator::Le),
        ast::CmpOp::Gt => Instr::Compare(CompareOperator::Gt),
        ast::CmpOp::GtE => Instr::Compare(CompareOperator::Ge),
        ast::CmpOp::Is => Instr::Is,
        ast::CmpOp::IsNot => Instr::IsNot,
        ast::CmpOp::In => Instr::Contains,
        ast::CmpOp::NotIn => Instr::NotContains,
    }
}
