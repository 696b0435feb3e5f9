//! First pass: which names each scope binds, declares and uses. Statements.

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::TextRange;

use super::{Interner, NameId, Scope, ScopeId, ScopeKind, SymbolFlags, SymbolTable, mangle, set_number};
use crate::error::Fault;

pub(crate) type Checked<T = ()> = Result<T, Box<Fault>>;

/// State of the first pass.
pub(crate) struct Builder<'c> {
    pub(super) table: SymbolTable,
    pub(super) interner: &'c mut Interner,
    pub(super) current: ScopeId,
    /// The class whose private names are mangled.
    pub(super) class_name: Option<NameId>,
    pub(super) future_annotations: bool,
    /// How many iterables of comprehensions are being visited; `:=` is forbidden in them (PEP 572).
    pub(super) iterable_nesting: u32,
}

/// Builds the scopes of a module or expression.
///
/// # Errors
/// The syntax errors of scoping: contradictory declarations, forbidden targets.
pub(crate) fn build(module: &ast::Mod, interner: &mut Interner, future_annotations: bool) -> Checked<SymbolTable> {
    let mut builder = Builder {
        table: SymbolTable::default(),
        interner,
        current: ScopeId(0),
        class_name: None,
        future_annotations,
        iterable_nesting: 0,
    };
    builder.open(ScopeKind::Module);
    match module {
        ast::Mod::Module(module) => builder.statements(&module.body)?,
        ast::Mod::Expression(expression) => builder.expression(&expression.body)?,
    }
    Ok(builder.table)
}

pub(super) fn span(range: TextRange) -> (u32, u32) {
    (range.start().to_u32(), range.end().to_u32())
}

pub(super) fn fault<T>(message: impl Into<String>, range: TextRange) -> Checked<T> {
    Err(Box::new(Fault::syntax(message, range.start().to_u32(), range.end().to_u32())))
}

impl Builder<'_> {
    /// Opens a scope inside the current one and makes it current; the caller restores the old one.
    pub(super) fn open(&mut self, kind: ScopeKind) -> ScopeId {
        let parent = (!self.table.scopes.is_empty()).then_some(self.current);
        let id = ScopeId(u32::try_from(self.table.scopes.len()).unwrap_or(u32::MAX));
        let sees_class = kind.is_annotation()
            && parent.is_some_and(|parent| {
                let parent = self.table.scope(parent);
                parent.kind == ScopeKind::Class || parent.sees_class
            });
        self.table.scopes.push(Scope {
            kind,
            parent,
            symbols: Vec::new(),
            parameters: Vec::new(),
            is_generator: false,
            is_coroutine: false,
            has_annotations: false,
            sees_class,
            needs_class_cell: false,
            needs_class_dict: false,
            class_name: self.class_name,
            in_comprehension_target: false,
            comprehension_word: "",
            annotation_word: "",
        });
        self.current = id;
        id
    }

    pub(super) fn scope(&mut self) -> &mut Scope {
        let current = self.current;
        self.table.scope_mut(current)
    }

    /// The number of a name as this scope sees it, private names mangled.
    pub(super) fn name(&mut self, text: &str) -> NameId {
        if text.starts_with("__")
            && let Some(class_name) = self.class_name
        {
            let class_name = self.interner.text(class_name).clone();
            if let Some(mangled) = mangle(&class_name, text) {
                return self.interner.intern(&mangled);
            }
        }
        self.interner.intern(text)
    }

    pub(super) fn bind(&mut self, text: &str, flags: u16, range: TextRange) -> NameId {
        let name = self.name(text);
        let current = self.current;
        self.table.add(current, name, flags, span(range));
        name
    }

    fn bind_identifier(&mut self, identifier: &ast::Identifier, range: TextRange) {
        let name = self.bind(&identifier.id, SymbolFlags::LOCAL, range);
        set_number(&identifier.node_index, name.0);
    }

    pub(super) fn statements(&mut self, body: &[Stmt]) -> Checked {
        for statement in body {
            self.statement(statement)?;
        }
        Ok(())
    }

    fn statement(&mut self, statement: &Stmt) -> Checked {
        self.table.nodes += 1;
        match statement {
            Stmt::Expr(statement) => self.expression(&statement.value),
            Stmt::Assign(statement) => {
                for target in &statement.targets {
                    self.expression(target)?;
                }
                self.expression(&statement.value)
            }
            Stmt::AugAssign(statement) => {
                self.expression(&statement.target)?;
                self.expression(&statement.value)
            }
            Stmt::AnnAssign(statement) => self.annotated_assignment(statement),
            Stmt::Return(statement) => self.optional(statement.value.as_deref()),
            Stmt::Delete(statement) => self.expressions(&statement.targets),
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::ClassDef(class) => self.class(class),
            Stmt::TypeAlias(alias) => self.type_alias(alias),
            Stmt::For(statement) => {
                self.expression(&statement.target)?;
                self.expression(&statement.iter)?;
                self.statements(&statement.body)?;
                self.statements(&statement.orelse)
            }
            Stmt::While(statement) => {
                self.expression(&statement.test)?;
                self.statements(&statement.body)?;
                self.statements(&statement.orelse)
            }
            Stmt::If(statement) => {
                self.expression(&statement.test)?;
                self.statements(&statement.body)?;
                for clause in &statement.elif_else_clauses {
                    if let Some(test) = &clause.test {
                        self.expression(test)?;
                    }
                    self.statements(&clause.body)?;
                }
                Ok(())
            }
            Stmt::With(statement) => {
                for item in &statement.items {
                    self.expression(&item.context_expr)?;
                    if let Some(target) = &item.optional_vars {
                        self.expression(target)?;
                    }
                }
                self.statements(&statement.body)
            }
            Stmt::Match(statement) => {
                self.expression(&statement.subject)?;
                for case in &statement.cases {
                    self.pattern(&case.pattern)?;
                    if let Some(guard) = &case.guard {
                        self.expression(guard)?;
                    }
                    self.statements(&case.body)?;
                }
                Ok(())
            }
            Stmt::Raise(statement) => {
                self.optional(statement.exc.as_deref())?;
                self.optional(statement.cause.as_deref())
            }
            Stmt::Try(statement) => self.try_statement(statement),
            Stmt::Assert(statement) => {
                self.expression(&statement.test)?;
                self.optional(statement.msg.as_deref())
            }
            Stmt::Import(statement) => {
                for alias in &statement.names {
                    self.import(alias)?;
                }
                Ok(())
            }
            Stmt::ImportFrom(statement) => {
                for alias in &statement.names {
                    self.import(alias)?;
                }
                Ok(())
            }
            Stmt::Global(statement) => self.global(statement),
            Stmt::Nonlocal(statement) => self.nonlocal(statement),
            Stmt::Pass(_) | Stmt::Break(_) | Stmt::Continue(_) => Ok(()),
            Stmt::IpyEscapeCommand(statement) => fault("invalid syntax", statement.range),
        }
    }

    fn try_statement(&mut self, statement: &ast::StmtTry) -> Checked {
        self.statements(&statement.body)?;
        for handler in &statement.handlers {
            let ast::ExceptHandler::ExceptHandler(handler) = handler;
            self.optional(handler.type_.as_deref())?;
            if let Some(name) = &handler.name {
                self.bind_identifier(name, handler.range);
            }
            self.statements(&handler.body)?;
        }
        self.statements(&statement.orelse)?;
        self.statements(&statement.finalbody)
    }

    fn import(&mut self, alias: &ast::Alias) -> Checked {
        let bound = match &alias.asname {
            Some(name) => name.id.as_str(),
            None => alias.name.id.split('.').next().unwrap_or(""),
        };
        if bound == "*" {
            if self.table.scope(self.current).kind != ScopeKind::Module {
                return fault("import * only allowed at module level", alias.range);
            }
            return Ok(());
        }
        let name = self.bind(bound, SymbolFlags::IMPORT, alias.range);
        set_number(&alias.node_index, name.0);
        Ok(())
    }

    fn annotated_assignment(&mut self, statement: &ast::StmtAnnAssign) -> Checked {
        self.scope().has_annotations = true;
        if let Expr::Name(target) = &*statement.target {
            let name = self.name(&target.id);
            set_number(&target.node_index, name.0);
            if let Some(symbol) = self.table.symbol(self.current, name)
                && symbol.flags.has(SymbolFlags::GLOBAL | SymbolFlags::NONLOCAL)
                && self.table.scope(self.current).kind != ScopeKind::Module
                && statement.simple
            {
                let word = if symbol.flags.has(SymbolFlags::GLOBAL) { "global" } else { "nonlocal" };
                return fault(format!("annotated name '{}' can't be {word}", target.id), statement.range);
            }
            let current = self.current;
            if statement.simple {
                self.table.add(current, name, SymbolFlags::LOCAL | SymbolFlags::ANNOTATED, span(target.range));
            } else if statement.value.is_some() {
                self.table.add(current, name, SymbolFlags::LOCAL, span(target.range));
            }
        } else {
            self.expression(&statement.target)?;
        }
        self.annotation(&statement.annotation)?;
        self.optional(statement.value.as_deref())
    }

    fn global(&mut self, statement: &ast::StmtGlobal) -> Checked {
        for identifier in &statement.names {
            self.declare(identifier, statement.range, SymbolFlags::GLOBAL, "global")?;
            // The module's own uses of the name are of the global then, whatever namespace its other names live in.
            let name = self.name(&identifier.id);
            self.table.add(ScopeId(0), name, SymbolFlags::GLOBAL, span(statement.range));
        }
        Ok(())
    }

    fn nonlocal(&mut self, statement: &ast::StmtNonlocal) -> Checked {
        for identifier in &statement.names {
            self.declare(identifier, statement.range, SymbolFlags::NONLOCAL, "nonlocal")?;
        }
        Ok(())
    }

    fn declare(&mut self, identifier: &ast::Identifier, range: TextRange, flag: u16, word: &str) -> Checked {
        let name = self.name(&identifier.id);
        set_number(&identifier.node_index, name.0);
        if let Some(symbol) = self.table.symbol(self.current, name) {
            let flags = symbol.flags;
            let text = &identifier.id;
            let seen = SymbolFlags::PARAMETER | SymbolFlags::LOCAL | SymbolFlags::USE | SymbolFlags::ANNOTATED;
            if flags.has(seen) {
                let message = if flags.has(SymbolFlags::PARAMETER) {
                    format!("name '{text}' is parameter and {word}")
                } else if flags.has(SymbolFlags::USE) {
                    format!("name '{text}' is used prior to {word} declaration")
                } else if flags.has(SymbolFlags::ANNOTATED) {
                    format!("annotated name '{text}' can't be {word}")
                } else {
                    format!("name '{text}' is assigned to before {word} declaration")
                };
                return fault(message, range);
            }
        }
        let current = self.current;
        let declared = SymbolFlags::GLOBAL | SymbolFlags::NONLOCAL;
        let again = self.table.symbol(current, name).is_some_and(|symbol| symbol.flags.has(declared));
        let symbol = self.table.add(current, name, flag, span(range));
        if !again {
            symbol.range = span(range);
        }
        Ok(())
    }

    fn function(&mut self, function: &ast::StmtFunctionDef) -> Checked {
        self.bind_identifier(&function.name, function.range);
        self.defaults(&function.parameters)?;
        for decorator in &function.decorator_list {
            self.expression(&decorator.expression)?;
        }
        let outer = self.current;
        if let Some(parameters) = &function.type_params {
            self.open_type_parameters(parameters, &hidden_parameters(&function.parameters))?;
        }
        self.annotations(&function.parameters, function.returns.as_deref())?;
        let around = self.current;
        let id = self.open(ScopeKind::Function);
        set_number(&function.node_index, id.0);
        self.scope().is_coroutine = function.is_async;
        self.parameters(&function.parameters)?;
        self.statements(&function.body)?;
        self.current = around;
        self.current = outer;
        Ok(())
    }

    fn class(&mut self, class: &ast::StmtClassDef) -> Checked {
        self.bind_identifier(&class.name, class.range);
        for decorator in &class.decorator_list {
            self.expression(&decorator.expression)?;
        }
        let (outer, outer_class) = (self.current, self.class_name);
        if let Some(parameters) = &class.type_params {
            self.class_name = Some(self.interner.intern(&class.name.id));
            let id = self.open_type_parameters(parameters, &[])?;
            for hidden in [".type_params", ".generic_base"] {
                let name = self.interner.intern(hidden);
                self.table.add(id, name, SymbolFlags::LOCAL | SymbolFlags::USE, span(class.range));
            }
        }
        if let Some(arguments) = &class.arguments {
            self.expressions(&arguments.args)?;
            for keyword in &arguments.keywords {
                self.expression(&keyword.value)?;
            }
        }
        self.class_name = Some(self.interner.intern(&class.name.id));
        let id = self.open(ScopeKind::Class);
        set_number(&class.node_index, id.0);
        if class.type_params.is_some() {
            let (outside, inside) = (self.interner.intern(".type_params"), self.interner.intern("__type_params__"));
            self.table.add(id, inside, SymbolFlags::LOCAL, span(class.range));
            self.table.add(id, outside, SymbolFlags::USE, span(class.range));
        }
        self.statements(&class.body)?;
        self.current = outer;
        self.class_name = outer_class;
        Ok(())
    }

    fn type_alias(&mut self, alias: &ast::StmtTypeAlias) -> Checked {
        self.expression(&alias.name)?;
        let outer = self.current;
        if let Some(parameters) = &alias.type_params {
            self.open_type_parameters(parameters, &[])?;
        }
        let id = self.open(ScopeKind::TypeAlias);
        set_number(&alias.node_index, id.0);
        self.scope().annotation_word = "a type alias";
        self.use_class_dict();
        self.expression(&alias.value)?;
        self.current = outer;
        Ok(())
    }

    fn pattern(&mut self, pattern: &ast::Pattern) -> Checked {
        self.table.nodes += 1;
        match pattern {
            ast::Pattern::MatchValue(pattern) => self.expression(&pattern.value),
            ast::Pattern::MatchSingleton(_) => Ok(()),
            ast::Pattern::MatchSequence(pattern) => self.patterns(&pattern.patterns),
            ast::Pattern::MatchMapping(pattern) => {
                self.expressions(&pattern.keys)?;
                self.patterns(&pattern.patterns)?;
                if let Some(rest) = &pattern.rest {
                    self.bind_identifier(rest, pattern.range);
                }
                Ok(())
            }
            ast::Pattern::MatchClass(pattern) => {
                self.expression(&pattern.cls)?;
                self.patterns(&pattern.arguments.patterns)?;
                for keyword in &pattern.arguments.keywords {
                    self.pattern(&keyword.pattern)?;
                }
                Ok(())
            }
            ast::Pattern::MatchStar(pattern) => {
                if let Some(name) = &pattern.name {
                    self.bind_identifier(name, pattern.range);
                }
                Ok(())
            }
            ast::Pattern::MatchAs(pattern) => {
                if let Some(inner) = &pattern.pattern {
                    self.pattern(inner)?;
                }
                if let Some(name) = &pattern.name {
                    self.bind_identifier(name, pattern.range);
                }
                Ok(())
            }
            ast::Pattern::MatchOr(pattern) => self.patterns(&pattern.patterns),
        }
    }

    fn patterns(&mut self, patterns: &[ast::Pattern]) -> Checked {
        for pattern in patterns {
            self.pattern(pattern)?;
        }
        Ok(())
    }

    fn optional(&mut self, expression: Option<&Expr>) -> Checked {
        match expression {
            Some(expression) => self.expression(expression),
            None => Ok(()),
        }
    }

    pub(super) fn expressions(&mut self, expressions: &[Expr]) -> Checked {
        for expression in expressions {
            self.expression(expression)?;
        }
        Ok(())
    }

    /// Makes an annotation scope inside a class use the `__classdict__` of the class.
    pub(super) fn use_class_dict(&mut self) {
        if self.table.scope(self.current).sees_class {
            let name = self.interner.intern("__classdict__");
            let current = self.current;
            self.table.add(current, name, SymbolFlags::USE, (0, 0));
        }
    }
}

/// The parameters by which the scope of a generic function's type parameters gets the default values.
fn hidden_parameters(parameters: &ast::Parameters) -> Vec<&'static str> {
    let mut hidden = Vec::new();
    if parameters.posonlyargs.iter().chain(&parameters.args).any(|parameter| parameter.default.is_some()) {
        hidden.push(".defaults");
    }
    if parameters.kwonlyargs.iter().any(|parameter| parameter.default.is_some()) {
        hidden.push(".kwdefaults");
    }
    hidden
}
