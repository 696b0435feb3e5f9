//! Operations of `Instr::Intrinsic`, and `super()`.

use npython_bytecode::Intrinsic;

use crate::fault::Fault;
use crate::names;
use crate::objects::{GeneratorKind, Object};
use crate::types;
use crate::types::type_parameter::{
    INFER_VARIANCE, LAZY_BOUND, LAZY_CONSTRAINTS, LAZY_DEFAULT, PARAM_SPEC, TYPE_VAR_TUPLE,
};
use crate::value::{Id, Value};

use super::{Machine, NO_GENERATOR};

impl Machine {
    pub(crate) fn intrinsic(&mut self, intrinsic: Intrinsic, operands: &[Value]) -> Result<Value, Fault> {
        match (intrinsic, operands) {
            (Intrinsic::ListToTuple, [Value::List(list)]) => {
                let items = self.heap.list(*list).to_vec();
                self.charge_items(items.len())?;
                self.heap.new_tuple(&items)
            }
            (Intrinsic::StopIterationError, [exception]) => self.stop_iteration_error(*exception),
            (Intrinsic::ImportStar, [module]) => self.import_star(*module),
            (Intrinsic::DisplayValue, [value]) => {
                if value.is_none() {
                    Ok(Value::None)
                } else {
                    Err(self.prelude_call("_display", &[*value]))
                }
            }
            (Intrinsic::PrepareReraiseStar, [original, parts]) => {
                Err(self.prelude_call("_prepare_reraise", &[*original, *parts]))
            }
            (Intrinsic::TypeVar, [name]) => self.type_variable(INFER_VARIANCE, *name, Value::None, Value::None),
            (Intrinsic::ParamSpec, [name]) => {
                self.type_variable(PARAM_SPEC | INFER_VARIANCE, *name, Value::None, Value::None)
            }
            (Intrinsic::TypeVarTuple, [name]) => {
                self.type_variable(TYPE_VAR_TUPLE | INFER_VARIANCE, *name, Value::None, Value::None)
            }
            (Intrinsic::TypeVarWithBound, [name, bound]) => {
                self.type_variable(INFER_VARIANCE | LAZY_BOUND, *name, *bound, Value::None)
            }
            (Intrinsic::TypeVarWithConstraints, [name, constraints]) => {
                self.type_variable(INFER_VARIANCE | LAZY_CONSTRAINTS, *name, Value::None, *constraints)
            }
            (Intrinsic::SetTypeParameterDefault, [parameter, default]) => {
                if let Value::Object(id) = parameter
                    && let Object::TypeVar { default: slot, kind, .. } = self.heap.objects.slot(*id)
                {
                    (*slot, *kind) = (*default, *kind | LAZY_DEFAULT);
                }
                Ok(*parameter)
            }
            (Intrinsic::SetFunctionTypeParams, [function, parameters]) => {
                if let Value::Function(id) = function
                    && let Some(function) = self.heap.functions.get_mut(*id)
                {
                    function.extras_mut().type_params = *parameters;
                }
                Ok(*function)
            }
            (Intrinsic::SubscriptGeneric, [parameters]) => Err(self.prelude_call("_subscript_generic", &[*parameters])),
            (Intrinsic::TypeAlias, [name, parameters, value]) => self.heap.new_object(Object::TypeAlias {
                name: *name,
                type_params: *parameters,
                value: *value,
                evaluated: false,
                module: self.module_of_caller(),
            }),
            _ => Err(self.engine_fault(format!("{intrinsic:?} with wrong operands"))),
        }
    }

    fn type_variable(&mut self, kind: u8, name: Value, bound: Value, constraints: Value) -> Result<Value, Fault> {
        self.heap.new_object(Object::TypeVar { kind, name, bound, constraints, default: Value::Missing })
    }

    /// PEP 479: StopIteration must not leave a generator body.
    fn stop_iteration_error(&mut self, exception: Value) -> Result<Value, Fault> {
        let kind = self
            .frames
            .last()
            .filter(|frame| frame.generator != NO_GENERATOR)
            .map(|frame| self.heap.generators.get(Id::new(frame.generator)).kind);
        let (what, raised) = match kind {
            Some(GeneratorKind::Coroutine) => ("coroutine", "StopIteration"),
            Some(GeneratorKind::AsyncGenerator) if self.is_instance_of_type(exception, types::STOP_ASYNC_ITERATION) => {
                ("async generator", "StopAsyncIteration")
            }
            Some(GeneratorKind::AsyncGenerator) => ("async generator", "StopIteration"),
            _ => ("generator", "StopIteration"),
        };
        let converts = self.is_instance_of_type(exception, types::STOP_ITERATION)
            || (kind == Some(GeneratorKind::AsyncGenerator)
                && self.is_instance_of_type(exception, types::STOP_ASYNC_ITERATION));
        if !converts {
            return Ok(exception);
        }
        let text = self.heap.new_string(format!("{what} raised {raised}"))?;
        let error = self.new_exception(types::RUNTIME_ERROR, &[text])?;
        if let Some(state) = self.exception_state_mut(error) {
            state.cause = exception;
            state.context = exception;
            state.suppress_context = true;
        }
        Ok(error)
    }

    fn import_star(&mut self, module: Value) -> Result<Value, Fault> {
        let Value::Module(id) = module else { return Err(self.engine_fault("import * from no module".to_owned())) };
        let source = self.heap.modules.get(id).namespace;
        let (target_namespace, globals) =
            self.frames.last().map_or((Value::Undef, self.main_globals), |frame| (frame.namespace, frame.globals));
        let target = match self.unwrap(target_namespace) {
            Value::Dict(dict) => dict,
            _ => globals,
        };
        let listed = match self.find_str(source, names::ALL) {
            Some(all) => Some(self.collect_items(all)?),
            None => None,
        };
        let entries: Vec<(Value, Value)> =
            self.heap.dicts.get(source).table.iter().map(|entry| (entry.key, entry.value)).collect();
        self.charge_items(entries.len())?;
        let is_there = |m: &Self, name: &Value| matches!(name, Value::Str(name) if m.find_str(source, *name).is_some());
        match listed {
            Some(listed) if !listed.iter().all(|name| is_there(self, name)) => {
                let names = self.heap.new_tuple(&listed)?;
                return Err(self.prelude_call("_import_all", &[module, names, Value::Dict(target)]));
            }
            Some(listed) => {
                for name in listed {
                    let Value::Str(name) = name else { continue };
                    let name = self.heap.intern_str(name)?;
                    let value = self.get_attribute(module, name)?;
                    self.dict_set_str(target, name, value)?;
                }
            }
            None => {
                for (key, value) in entries {
                    if let Value::Str(name) = key
                        && !self.heap.str(name).starts_with('_')
                    {
                        self.dict_set_str(target, name, value)?;
                    }
                }
            }
        }
        Ok(Value::None)
    }
}
