//! Expressions back to source, for annotations kept as text (PEP 563): the text CPython would keep.

use ruff_python_ast::{self as ast, Expr};

use crate::literal_text::{bytes_repr, float_repr, text_repr};

/// How tightly operators bind, loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Tuple,
    Test,
    Or,
    And,
    Not,
    Compare,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Arithmetic,
    Term,
    Factor,
    Power,
    Await,
    Atom,
}

impl Level {
    const fn tighter(self) -> Self {
        match self {
            Self::Tuple => Self::Test,
            Self::Test => Self::Or,
            Self::Or => Self::And,
            Self::And => Self::Not,
            Self::Not => Self::Compare,
            Self::Compare => Self::BitOr,
            Self::BitOr => Self::BitXor,
            Self::BitXor => Self::BitAnd,
            Self::BitAnd => Self::Shift,
            Self::Shift => Self::Arithmetic,
            Self::Arithmetic => Self::Term,
            Self::Term => Self::Factor,
            Self::Factor => Self::Power,
            Self::Power => Self::Await,
            Self::Await | Self::Atom => Self::Atom,
        }
    }
}

/// The text of an expression.
pub(crate) fn unparse(expression: &Expr) -> String {
    let mut writer = Writer::default();
    writer.expression(expression, Level::Test);
    writer.text
}

#[derive(Default)]
struct Writer {
    text: String,
}

impl Writer {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn wrapped(&mut self, wrap: bool, write: impl FnOnce(&mut Self)) {
        if wrap {
            self.push("(");
        }
        write(self);
        if wrap {
            self.push(")");
        }
    }

    fn expression(&mut self, expression: &Expr, level: Level) {
        match expression {
            Expr::Name(name) => self.push(name.id.as_str()),
            Expr::NumberLiteral(literal) => self.number(&literal.value),
            Expr::StringLiteral(literal) => {
                if literal.value.is_unicode() {
                    self.push("u");
                }
                let shown = text_repr(literal.value.to_str().chars().map(u32::from));
                self.push(&shown);
            }
            Expr::BytesLiteral(literal) => {
                let bytes: Vec<u8> = literal.value.bytes().collect();
                self.push(&bytes_repr(&bytes));
            }
            Expr::BooleanLiteral(literal) => self.push(if literal.value { "True" } else { "False" }),
            Expr::NoneLiteral(_) => self.push("None"),
            Expr::EllipsisLiteral(_) => self.push("..."),
            Expr::Attribute(attribute) => {
                self.expression(&attribute.value, Level::Atom);
                let number = matches!(&*attribute.value, Expr::NumberLiteral(literal) if matches!(literal.value, ast::Number::Int(_)));
                self.push(if number { " ." } else { "." });
                self.push(attribute.attr.id.as_str());
            }
            Expr::Subscript(subscript) => {
                self.expression(&subscript.value, Level::Atom);
                self.push("[");
                self.expression(&subscript.slice, Level::Tuple);
                self.push("]");
            }
            Expr::Starred(starred) => {
                self.push("*");
                self.expression(&starred.value, Level::BitOr);
            }
            Expr::Call(call) => self.call(call),
            Expr::BoolOp(operation) => self.bool_operation(operation, level),
            Expr::BinOp(operation) => self.binary(operation, level),
            Expr::UnaryOp(operation) => self.unary(operation, level),
            Expr::Compare(comparison) => self.comparison(comparison, level),
            Expr::If(conditional) => self.wrapped(level > Level::Test, |writer| {
                writer.expression(&conditional.body, Level::Or);
                writer.push(" if ");
                writer.expression(&conditional.test, Level::Or);
                writer.push(" else ");
                writer.expression(&conditional.orelse, Level::Test);
            }),
            Expr::Lambda(lambda) => self.lambda(lambda, level),
            Expr::Tuple(tuple) => self.tuple(tuple, level),
            Expr::List(list) => self.items("[", &list.elts, "]"),
            Expr::Set(set) => self.items("{", &set.elts, "}"),
            Expr::Dict(dict) => self.dict(dict),
            Expr::Slice(slice) => self.slice(slice),
            Expr::Named(named) => self.wrapped(level > Level::Tuple, |writer| {
                writer.expression(&named.target, Level::Atom);
                writer.push(" := ");
                writer.expression(&named.value, Level::Atom);
            }),
            Expr::Await(node) => self.wrapped(level > Level::Await, |writer| {
                writer.push("await ");
                writer.expression(&node.value, Level::Atom);
            }),
            Expr::Yield(node) => {
                self.push("(yield");
                if let Some(value) = &node.value {
                    self.push(" ");
                    self.expression(value, Level::Tuple);
                }
                self.push(")");
            }
            Expr::YieldFrom(node) => {
                self.push("(yield from ");
                self.expression(&node.value, Level::Test);
                self.push(")");
            }
            Expr::ListComp(node) => self.comprehension("[", &node.elt, &node.generators, "]"),
            Expr::SetComp(node) => self.comprehension("{", &node.elt, &node.generators, "}"),
            Expr::Generator(node) => self.comprehension("(", &node.elt, &node.generators, ")"),
            Expr::DictComp(node) => {
                self.push("{");
                if let Some(key) = &node.key {
                    self.expression(key, Level::Test);
                }
                self.push(": ");
                self.expression(&node.value, Level::Test);
                self.clauses(&node.generators);
                self.push("}");
            }
            Expr::FString(string) => self.format_string(string),
            Expr::TString(_) | Expr::IpyEscapeCommand(_) => {}
        }
    }

    fn number(&mut self, number: &ast::Number) {
        match number {
            ast::Number::Int(value) => {
                let text = value.to_string();
                self.push(&text);
            }
            ast::Number::Float(value) => self.push(&float_repr(*value).replace("inf", "1e309")),
            ast::Number::Complex { imag, .. } => {
                let text = float_repr(*imag).replace("inf", "1e309");
                self.push(text.strip_suffix(".0").unwrap_or(&text));
                self.push("j");
            }
        }
    }

    fn items(&mut self, open: &str, items: &[Expr], close: &str) {
        self.push(open);
        self.list(items, Level::Test);
        self.push(close);
    }

    fn list(&mut self, items: &[Expr], level: Level) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            self.expression(item, level);
        }
    }

    fn tuple(&mut self, tuple: &ast::ExprTuple, level: Level) {
        if tuple.elts.is_empty() {
            self.push("()");
            return;
        }
        self.wrapped(level > Level::Tuple, |writer| {
            writer.list(&tuple.elts, Level::Test);
            if tuple.elts.len() == 1 {
                writer.push(",");
            }
        });
    }

    fn dict(&mut self, dict: &ast::ExprDict) {
        self.push("{");
        for (index, item) in dict.items.iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            match &item.key {
                Some(key) => {
                    self.expression(key, Level::Test);
                    self.push(": ");
                    self.expression(&item.value, Level::Test);
                }
                None => {
                    self.push("**");
                    self.expression(&item.value, Level::BitOr);
                }
            }
        }
        self.push("}");
    }

    fn slice(&mut self, slice: &ast::ExprSlice) {
        if let Some(lower) = &slice.lower {
            self.expression(lower, Level::Test);
        }
        self.push(":");
        if let Some(upper) = &slice.upper {
            self.expression(upper, Level::Test);
        }
        if let Some(step) = &slice.step {
            self.push(":");
            self.expression(step, Level::Test);
        }
    }

    fn call(&mut self, call: &ast::ExprCall) {
        self.expression(&call.func, Level::Atom);
        if let ([Expr::Generator(generator)], true) = (&*call.arguments.args, call.arguments.keywords.is_empty()) {
            self.comprehension("(", &generator.elt, &generator.generators, ")");
            return;
        }
        self.push("(");
        self.list(&call.arguments.args, Level::Test);
        for (index, keyword) in call.arguments.keywords.iter().enumerate() {
            if index > 0 || !call.arguments.args.is_empty() {
                self.push(", ");
            }
            match &keyword.arg {
                Some(name) => {
                    self.push(name.id.as_str());
                    self.push("=");
                }
                None => self.push("**"),
            }
            self.expression(&keyword.value, Level::Test);
        }
        self.push(")");
    }

    fn bool_operation(&mut self, operation: &ast::ExprBoolOp, level: Level) {
        let (word, own) = match operation.op {
            ast::BoolOp::And => (" and ", Level::And),
            ast::BoolOp::Or => (" or ", Level::Or),
        };
        self.wrapped(level > own, |writer| {
            for (index, value) in operation.values.iter().enumerate() {
                if index > 0 {
                    writer.push(word);
                }
                writer.expression(value, own.tighter());
            }
        });
    }

    fn binary(&mut self, operation: &ast::ExprBinOp, level: Level) {
        let own = match operation.op {
            ast::Operator::BitOr => Level::BitOr,
            ast::Operator::BitXor => Level::BitXor,
            ast::Operator::BitAnd => Level::BitAnd,
            ast::Operator::LShift | ast::Operator::RShift => Level::Shift,
            ast::Operator::Add | ast::Operator::Sub => Level::Arithmetic,
            ast::Operator::Pow => Level::Power,
            _ => Level::Term,
        };
        let right_first = operation.op == ast::Operator::Pow;
        self.wrapped(level > own, |writer| {
            writer.expression(&operation.left, if right_first { own.tighter() } else { own });
            let operator = operation.op.as_str();
            writer.push(" ");
            writer.push(operator);
            writer.push(" ");
            writer.expression(&operation.right, if right_first { own } else { own.tighter() });
        });
    }

    fn unary(&mut self, operation: &ast::ExprUnaryOp, level: Level) {
        let (word, own) = match operation.op {
            ast::UnaryOp::Not => ("not ", Level::Not),
            ast::UnaryOp::USub => ("-", Level::Factor),
            ast::UnaryOp::UAdd => ("+", Level::Factor),
            ast::UnaryOp::Invert => ("~", Level::Factor),
        };
        self.wrapped(level > own, |writer| {
            writer.push(word);
            writer.expression(&operation.operand, own);
        });
    }

    fn comparison(&mut self, comparison: &ast::ExprCompare, level: Level) {
        self.wrapped(level > Level::Compare, |writer| {
            writer.expression(&comparison.left, Level::BitOr);
            for (operator, right) in comparison.ops.iter().zip(&comparison.comparators) {
                writer.push(" ");
                writer.push(operator.as_str());
                writer.push(" ");
                writer.expression(right, Level::BitOr);
            }
        });
    }

    fn lambda(&mut self, lambda: &ast::ExprLambda, level: Level) {
        self.wrapped(level > Level::Test, |writer| {
            writer.push("lambda");
            if let Some(parameters) = &lambda.parameters {
                if !parameters.posonlyargs.is_empty() || !parameters.args.is_empty() {
                    writer.push(" ");
                }
                writer.parameters(parameters);
            }
            writer.push(": ");
            writer.expression(&lambda.body, Level::Test);
        });
    }

    fn parameters(&mut self, parameters: &ast::Parameters) {
        let mut first = true;
        let mut separate = |writer: &mut Self| {
            if !std::mem::replace(&mut first, false) {
                writer.push(", ");
            }
        };
        for parameter in &parameters.posonlyargs {
            separate(self);
            self.parameter(parameter);
        }
        if !parameters.posonlyargs.is_empty() {
            separate(self);
            self.push("/");
        }
        for parameter in &parameters.args {
            separate(self);
            self.parameter(parameter);
        }
        if parameters.vararg.is_some() || !parameters.kwonlyargs.is_empty() {
            separate(self);
            self.push("*");
            if let Some(parameter) = &parameters.vararg {
                self.push(parameter.name.id.as_str());
            }
        }
        for parameter in &parameters.kwonlyargs {
            separate(self);
            self.parameter(parameter);
        }
        if let Some(parameter) = &parameters.kwarg {
            separate(self);
            self.push("**");
            self.push(parameter.name.id.as_str());
        }
    }

    fn parameter(&mut self, parameter: &ast::ParameterWithDefault) {
        self.push(parameter.parameter.name.id.as_str());
        if let Some(default) = &parameter.default {
            self.push("=");
            self.expression(default, Level::Test);
        }
    }

    fn comprehension(&mut self, open: &str, element: &Expr, generators: &[ast::Comprehension], close: &str) {
        self.push(open);
        self.expression(element, Level::Test);
        self.clauses(generators);
        self.push(close);
    }

    fn clauses(&mut self, generators: &[ast::Comprehension]) {
        for generator in generators {
            self.push(if generator.is_async { " async for " } else { " for " });
            self.expression(&generator.target, Level::Tuple);
            self.push(" in ");
            self.expression(&generator.iter, Level::Or);
            for condition in &generator.ifs {
                self.push(" if ");
                self.expression(condition, Level::Or);
            }
        }
    }

    fn format_string(&mut self, string: &ast::ExprFString) {
        let mut body = String::new();
        for part in &string.value {
            match part {
                ast::FStringPart::Literal(literal) => body.push_str(&doubled(&literal.value)),
                ast::FStringPart::FString(part) => Self::format_elements(&part.elements, &mut body),
            }
        }
        let shown = text_repr(body.chars().map(u32::from));
        self.push("f");
        self.push(&shown);
    }

    fn format_elements(elements: &[ast::InterpolatedStringElement], body: &mut String) {
        for element in elements {
            match element {
                ast::InterpolatedStringElement::Literal(literal) => body.push_str(&doubled(&literal.value)),
                ast::InterpolatedStringElement::Interpolation(field) => {
                    if let Some(debug) = &field.debug_text {
                        body.push_str(&doubled(debug.as_str()));
                    }
                    let mut inner = Writer::default();
                    inner.expression(&field.expression, Level::Test.tighter());
                    body.push_str(if inner.text.starts_with('{') { "{ " } else { "{" });
                    body.push_str(&inner.text);
                    match field.conversion {
                        ast::ConversionFlag::Str => body.push_str("!s"),
                        ast::ConversionFlag::Repr => body.push_str("!r"),
                        ast::ConversionFlag::Ascii => body.push_str("!a"),
                        ast::ConversionFlag::None if field.debug_text.is_some() && field.format_spec.is_none() => {
                            body.push_str("!r");
                        }
                        ast::ConversionFlag::None => {}
                    }
                    if let Some(spec) = &field.format_spec {
                        body.push(':');
                        Self::format_elements(&spec.elements, body);
                    }
                    body.push('}');
                }
            }
        }
    }
}

fn doubled(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}
