//! `import`.

use std::sync::Arc;

use npython_bytecode::{Constant, Instr, Intrinsic};
use ruff_python_ast as ast;

use super::{Checked, Compiler, at};

impl<'a> Compiler<'a> {
    pub(super) fn import(&mut self, statement: &'a ast::StmtImport) -> Checked {
        let range = at(statement);
        for alias in &statement.names {
            let module = alias.name.id.as_str();
            self.emit(Instr::LoadInt(0), range);
            self.emit(Instr::LoadNone, range);
            let name = self.interner.intern(module);
            let number = self.name_number(name);
            self.emit(Instr::ImportName(number), range);
            let mut parts = module.split('.');
            let top = parts.next().unwrap_or(module);
            let Some(target) = &alias.asname else {
                self.check_bindable(top, statement.range, false)?;
                let top = self.name_id(top);
                self.store_name(top, range);
                continue;
            };
            self.check_bindable(&target.id, statement.range, false)?;
            let target = self.name_id(&target.id);
            let mut parts = parts.peekable();
            let dotted = parts.peek().is_some();
            while let Some(part) = parts.next() {
                let part = self.interner.intern(part);
                let number = self.name_number(part);
                self.emit(Instr::ImportFrom(number), range);
                if parts.peek().is_some() {
                    self.emit(Instr::Swap(2), range);
                    self.emit(Instr::Pop, range);
                }
            }
            self.store_name(target, range);
            if dotted {
                self.emit(Instr::Pop, range);
            }
        }
        Ok(())
    }

    pub(super) fn import_from(&mut self, statement: &'a ast::StmtImportFrom) -> Checked {
        let range = at(statement);
        if crate::future::is_future(statement) && self.line_of(statement.range) > self.futures.last_line {
            let message = "from __future__ imports must occur at the beginning of the file";
            return super::fault(message, statement.range);
        }
        let names: Vec<Constant> =
            statement.names.iter().map(|alias| Constant::Str(Arc::from(alias.name.id.as_str()))).collect();
        self.load_constant(Constant::Int(i64::from(statement.level)), range);
        self.load_constant(Constant::Tuple(names.into()), range);
        let module = statement.module.as_ref().map_or("", |module| module.id.as_str());
        let module = self.interner.intern(module);
        let number = self.name_number(module);
        self.emit(Instr::ImportName(number), range);
        if let [only] = &*statement.names
            && only.name.id.as_str() == "*"
        {
            self.emit(Instr::Intrinsic(Intrinsic::ImportStar), range);
            self.emit(Instr::Pop, range);
            return Ok(());
        }
        for alias in &statement.names {
            let name = self.interner.intern(&alias.name.id);
            let number = self.name_number(name);
            self.emit(Instr::ImportFrom(number), range);
            let bound = alias.asname.as_ref().unwrap_or(&alias.name);
            self.check_bindable(&bound.id, statement.range, false)?;
            let bound = self.name_id(&bound.id);
            self.store_name(bound, range);
        }
        self.emit(Instr::Pop, range);
        Ok(())
    }
}
