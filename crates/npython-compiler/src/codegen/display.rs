//! Tuple, list, set and dict displays.

use npython_bytecode::{Constant, Instr, SourceRange};
use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::Ranged;

use super::{Checked, Compiler, at};

/// Longer displays are built piece by piece rather than on the stack.
const MAX_STACKED: usize = 256;
/// From this length on, a list or set of constants is made from one constant.
const MIN_CONSTANT_ITEMS: usize = 12;

/// A display that grows one item at a time.
#[derive(Clone, Copy)]
enum Collection {
    List,
    Set,
}

impl Collection {
    const fn build(self, count: u32) -> Instr {
        match self {
            Self::List => Instr::BuildList(count),
            Self::Set => Instr::BuildSet(count),
        }
    }

    const fn add(self) -> Instr {
        match self {
            Self::List => Instr::ListAppend(1),
            Self::Set => Instr::SetAdd(1),
        }
    }

    const fn extend(self) -> Instr {
        match self {
            Self::List => Instr::ListExtend(1),
            Self::Set => Instr::SetUpdate(1),
        }
    }
}

impl<'a> Compiler<'a> {
    pub(super) fn tuple(&mut self, tuple: &'a ast::ExprTuple) -> Checked {
        let range = at(tuple);
        if let Some(items) = self.constant_items(&tuple.elts)? {
            self.load_constant(Constant::Tuple(items.into()), range);
            return Ok(());
        }
        if tuple.elts.len() <= MAX_STACKED && !tuple.elts.iter().any(Expr::is_starred_expr) {
            for element in &tuple.elts {
                self.expression(element)?;
            }
            let folded = self.unit.tail(tuple.elts.len()).and_then(|tail| {
                tail.iter().map(|instr| self.constant_of_load(*instr)).collect::<Option<Vec<Constant>>>()
            });
            if let Some(items) = folded {
                self.unit.drop_tail(tuple.elts.len());
                self.load_constant(Constant::Tuple(items.into()), range);
                return Ok(());
            }
            self.emit(Instr::BuildTuple(u32::try_from(tuple.elts.len()).unwrap_or(0)), range);
            return Ok(());
        }
        self.collection(Collection::List, &tuple.elts, range)?;
        self.emit(Instr::Intrinsic(npython_bytecode::Intrinsic::ListToTuple), range);
        Ok(())
    }

    pub(super) fn list(&mut self, list: &'a ast::ExprList) -> Checked {
        let range = at(list);
        if list.elts.len() >= MIN_CONSTANT_ITEMS
            && let Some(items) = self.constant_items(&list.elts)?
        {
            self.emit(Instr::BuildList(0), range);
            self.load_constant(Constant::Tuple(items.into()), range);
            self.emit(Instr::ListExtend(1), range);
            return Ok(());
        }
        self.collection(Collection::List, &list.elts, range)
    }

    pub(super) fn set(&mut self, set: &'a ast::ExprSet) -> Checked {
        // Adding one by one and updating from a frozenset give different orders; CPython updates from three constants on.
        let range = at(set);
        if set.elts.len() >= 3
            && let Some(items) = self.constant_items(&set.elts)?
        {
            self.emit(Instr::BuildSet(0), range);
            self.load_constant(Constant::FrozenSet(items.into()), range);
            self.emit(Instr::SetUpdate(1), range);
            return Ok(());
        }
        self.collection(Collection::Set, &set.elts, range)
    }

    fn collection(&mut self, collection: Collection, elements: &'a [Expr], range: SourceRange) -> Checked {
        let mut stacked: u32 = 0;
        let mut rest = elements.iter();
        while let Some(element) = rest.as_slice().first()
            && !element.is_starred_expr()
            && (stacked as usize) < MAX_STACKED
        {
            self.expression(element)?;
            stacked += 1;
            rest.next();
        }
        self.emit(collection.build(stacked), range);
        for element in rest {
            if let Expr::Starred(starred) = element {
                self.expression(&starred.value)?;
                self.emit(collection.extend(), range);
            } else {
                self.expression(element)?;
                self.emit(collection.add(), range);
            }
        }
        Ok(())
    }

    pub(super) fn dict(&mut self, dict: &'a ast::ExprDict) -> Checked {
        let range = at(dict);
        let mut stacked: u32 = 0;
        let mut rest = dict.items.iter();
        while let Some(ast::DictItem { key: Some(key), value }) = rest.as_slice().first()
            && (stacked as usize) < MAX_STACKED
        {
            self.expression(key)?;
            self.expression(value)?;
            stacked += 1;
            rest.next();
        }
        self.emit(Instr::BuildMap(stacked), range);
        for item in rest {
            match &item.key {
                Some(key) => {
                    self.expression(key)?;
                    self.expression(&item.value)?;
                    self.emit(Instr::MapAdd(1), range);
                }
                None => {
                    self.expression(&item.value)?;
                    self.emit(Instr::DictUpdate(1), range);
                }
            }
        }
        Ok(())
    }

    /// The values of the elements if all are constants.
    pub(super) fn constant_items(&self, elements: &'a [Expr]) -> Checked<Option<Vec<Constant>>> {
        if !elements.iter().all(is_constant) {
            return Ok(None);
        }
        let mut items = Vec::with_capacity(elements.len());
        for element in elements {
            items.push(self.constant_value(element)?);
        }
        Ok(Some(items))
    }

    fn constant_value(&self, element: &'a Expr) -> Checked<Constant> {
        match element {
            Expr::Tuple(tuple) => {
                let mut items = Vec::with_capacity(tuple.elts.len());
                for element in &tuple.elts {
                    items.push(self.constant_value(element)?);
                }
                Ok(Constant::Tuple(items.into()))
            }
            Expr::UnaryOp(operation) => {
                let operand = self.constant_value(&operation.operand)?;
                match super::fold::unary(operation.op, &operand) {
                    Some(value) => Ok(value),
                    None => super::fault("invalid syntax", element.range()),
                }
            }
            _ => self.literal_constant(element),
        }
    }
}

/// Whether an element is a literal, a negated number or a tuple of such.
fn is_constant(element: &Expr) -> bool {
    match element {
        Expr::NumberLiteral(_)
        | Expr::StringLiteral(_)
        | Expr::BytesLiteral(_)
        | Expr::BooleanLiteral(_)
        | Expr::NoneLiteral(_)
        | Expr::EllipsisLiteral(_) => true,
        Expr::UnaryOp(operation) => operation.op == ast::UnaryOp::USub && operation.operand.is_number_literal_expr(),
        Expr::Tuple(tuple) => tuple.elts.iter().all(is_constant),
        _ => false,
    }
}
