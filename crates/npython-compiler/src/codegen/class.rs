//! Classes.

use std::sync::Arc;

use npython_bytecode::{CodeFlags, Constant, Instr, Intrinsic, SourceRange};
use ruff_python_ast::{self as ast, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::function::Inner;
use super::unit::UnitKind;
use super::{Checked, Compiler, at, docstring_of};
use crate::symbols::{NameId, ScopeId, number_of};

impl<'a> Compiler<'a> {
    pub(super) fn class(&mut self, class: &'a ast::StmtClassDef) -> Checked {
        self.decorators(&class.decorator_list)?;
        let range = self.undecorated(&class.decorator_list, "class", &class.name, class.range);
        let first = class.decorator_list.first().map_or(range, |decorator| decorator.expression.range());
        if let Some(parameters) = &class.type_params {
            let scope = ScopeId(number_of(&parameters.node_index).unwrap_or(0));
            self.enter(UnitKind::Annotation, scope, &format!("<generic parameters of {}>", class.name.id), first)?;
            self.type_parameters(parameters)?;
            self.store_text(".type_params", at(&range));
            self.build_class(class, first, at(&range))?;
            self.emit(Instr::ReturnValue, at(&range));
            let inner = self.leave_inner()?;
            self.make_function(&inner, 0, at(&range));
            self.emit(Instr::PushUndef, at(&range));
            self.emit(Instr::Call(0), at(&range));
        } else {
            self.build_class(class, first, at(&range))?;
        }
        self.apply_decorators(&class.decorator_list);
        self.check_bindable(&class.name.id, range, false)?;
        let name = self.name_id(&class.name.id);
        self.store_name(name, at(&range));
        Ok(())
    }

    /// Calls `__build_class__` with the body, the name, the bases and the keywords.
    fn build_class(&mut self, class: &'a ast::StmtClassDef, first: TextRange, range: SourceRange) -> Checked {
        let inner = self.class_body(class, first)?;
        self.emit(Instr::LoadBuildClass, range);
        self.emit(Instr::PushUndef, range);
        self.make_function(&inner, 0, range);
        self.load_text(&Arc::from(class.name.id.as_str()), range);
        let mut extra = None;
        if class.type_params.is_some() {
            let (parameters, base) = (self.interner.intern(".type_params"), self.interner.intern(".generic_base"));
            self.load_name(parameters, range);
            self.emit(Instr::Intrinsic(Intrinsic::SubscriptGeneric), range);
            self.store_name(base, range);
            extra = Some(base);
        }
        let (args, keywords) = (class.bases(), class.keywords());
        self.check_class_keywords(keywords)?;
        self.call_with(args, extra, keywords, 2, range)
    }

    fn class_body(&mut self, class: &'a ast::StmtClassDef, first: TextRange) -> Checked<Inner> {
        let scope = ScopeId(number_of(&class.node_index).unwrap_or(0));
        let name = class.name.id.as_str();
        self.enter(UnitKind::Class, scope, name, first)?;
        self.unit.flags |= CodeFlags::CLASS;
        let start = at(&TextRange::empty(class.name.range.start()));
        let entry = self.table.scope(scope);
        let (needs_cell, needs_dict, annotated) =
            (entry.needs_class_cell, entry.needs_class_dict, entry.has_annotations);
        let class_cell = needs_cell.then(|| self.class_slot("__class__", start));
        let dict_cell = needs_dict.then(|| self.class_slot("__classdict__", start));

        let module = self.interner.intern("__name__");
        self.load_name(module, start);
        self.store_text("__module__", start);
        let qualname = Arc::clone(&self.unit.qualname);
        self.load_text(&qualname, start);
        self.store_text("__qualname__", start);
        let line = i64::from(self.unit.first_line);
        self.load_constant(Constant::Int(line), start);
        self.store_text("__firstlineno__", start);
        if class.type_params.is_some() {
            let parameters = self.interner.intern(".type_params");
            self.load_name(parameters, start);
            self.store_text("__type_params__", start);
        }
        if let Some(slot) = dict_cell {
            self.emit(Instr::LoadLocals, start);
            self.emit(Instr::StoreDeref(slot), start);
        }
        if annotated {
            self.emit(Instr::SetupAnnotations, start);
        }
        self.class_statements(&class.body)?;
        self.class_end(class_cell, dict_cell, start);
        self.leave_inner()
    }

    fn class_statements(&mut self, mut body: &'a [Stmt]) -> Checked {
        if let Some(docstring) = docstring_of(body) {
            if self.options.optimize < 2 {
                let constant = self.docstring_constant(docstring)?;
                self.load_constant(constant, at(docstring));
                self.store_text("__doc__", at(docstring));
            }
            body = body.get(1..).unwrap_or(&[]);
        }
        self.statements(body)
    }

    fn class_end(&mut self, class_cell: Option<u32>, dict_cell: Option<u32>, range: SourceRange) {
        let attributes: Vec<NameId> = std::mem::take(&mut self.unit.static_attributes);
        let names = attributes.iter().map(|name| Constant::Str(Arc::clone(self.interner.text(*name)))).collect();
        self.load_constant(Constant::Tuple(names), range);
        self.store_text("__static_attributes__", range);
        if let Some(slot) = dict_cell {
            self.emit(Instr::LoadCell(slot), range);
            self.store_text("__classdictcell__", range);
        }
        if let Some(slot) = class_cell {
            self.emit(Instr::LoadCell(slot), range);
            self.emit(Instr::Copy(1), range);
            self.store_text("__classcell__", range);
        } else {
            self.emit(Instr::LoadNone, range);
        }
        self.emit(Instr::ReturnValue, range);
    }

    /// Gives the class body a cell of its own.
    fn class_slot(&mut self, name: &str, range: SourceRange) -> u32 {
        let name = self.interner.intern(name);
        let slot = u32::try_from(self.unit.local_names.len()).unwrap_or(u32::MAX);
        self.unit.local_names.push(name);
        self.unit.slots.insert(name, slot);
        self.emit(Instr::MakeCell(slot), range);
        slot
    }
}
