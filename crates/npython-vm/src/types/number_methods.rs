//! Rows of method tables that the three number types share.

/// A row for an operator method: `int.__add__` and its like.
macro_rules! operator {
    ($name:literal, $kind:ident, $op:ident) => {
        $crate::types::number_methods::operator!($name, $kind, $op, reflected: false)
    };
    ($name:literal, $kind:ident, $op:ident, reflected: $reflected:literal) => {
        crate::native::wrapper($name, crate::native::Signature::One, |machine, args| {
            let (receiver, other) =
                (crate::builtins::numbers::argument(args, 0), crate::builtins::numbers::argument(args, 1));
            machine.number_method_result(
                npython_bytecode::BinaryOperator::$op,
                crate::machine::NumberKind::$kind,
                $reflected,
                receiver,
                other,
            )
        })
    };
}

/// A row for a reflected operator method: `int.__radd__` and its like.
macro_rules! reflected_operator {
    ($name:literal, $kind:ident, $op:ident) => {
        $crate::types::number_methods::operator!($name, $kind, $op, reflected: true)
    };
}

/// A row for a comparison method; operands of kinds beyond `kind` are left to their own methods.
macro_rules! comparison {
    ($name:literal, $kind:ident, $op:ident) => {
        crate::native::wrapper($name, crate::native::Signature::One, |machine, args| {
            let (receiver, other) =
                (crate::builtins::numbers::argument(args, 0), crate::builtins::numbers::argument(args, 1));
            match crate::machine::number_kind(machine.unwrap(other)) {
                Some(kind) if kind <= crate::machine::NumberKind::$kind => {
                    machine.compare_method_result(npython_bytecode::CompareOperator::$op, receiver, other)
                }
                _ => Ok(crate::value::Value::NotImplemented),
            }
        })
    };
}

pub(crate) use {comparison, operator, reflected_operator};
