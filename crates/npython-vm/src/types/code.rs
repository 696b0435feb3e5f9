//! Code objects and cells as the guest sees them. A code object tells what its function looks like and nothing of how it
//! runs: `co_code` and the tables that go with it are not there.

use npython_bytecode::{Code, CodeFlags, Constant, Instr, Name};

use crate::builtins::execution::code_number;
use crate::fault::Fault;
use crate::machine::Machine;
use crate::native::{NativeDef, Signature, constructor, getter, setter, wrapper};
use crate::objects::Cell;
use crate::value::{Id, Value};

pub(crate) const CODE_METHODS: &[NativeDef] = &[
    getter("co_name", |m, args| text(m, args, |code| &code.name)),
    getter("co_qualname", |m, args| text(m, args, |code| &code.qualname)),
    getter("co_filename", |m, args| text(m, args, |code| &code.source.filename)),
    getter("co_firstlineno", |m, args| number(m, args, |code| code.first_line)),
    getter("co_argcount", |m, args| number(m, args, |code| code.positional_count)),
    getter("co_posonlyargcount", |m, args| number(m, args, |code| code.positional_only_count)),
    getter("co_kwonlyargcount", |m, args| number(m, args, |code| code.keyword_only_count)),
    getter("co_nlocals", |m, args| number(m, args, |code| variables(code).len() as u32)),
    getter("co_stacksize", |m, args| number(m, args, |code| code.stack_size)),
    getter("co_flags", |m, args| number(m, args, flags)),
    getter("co_varnames", |m, args| names(m, args, variables)),
    getter("co_cellvars", |m, args| names(m, args, cells)),
    getter("co_freevars", |m, args| names(m, args, |code| code.free_names.iter().collect())),
    getter("co_names", |m, args| names(m, args, |code| code.names.iter().collect())),
    getter("co_consts", constants),
    wrapper("__repr__", Signature::None, repr),
    wrapper("__eq__", Signature::One, |m, args| compare_codes(m, args, true)),
    wrapper("__ne__", Signature::One, |m, args| compare_codes(m, args, false)),
    wrapper("__hash__", Signature::None, |m, args| {
        let number = code_number(m, args[0]).unwrap_or_default();
        Ok(Value::Int(i64::from(number)))
    }),
];

pub(crate) const CELL_METHODS: &[NativeDef] = &[
    constructor(Signature::Positional(0, 1), |m, args| m.heap.new_cell(args.get(1).copied().unwrap_or(Value::Undef))),
    getter("cell_contents", cell_contents),
    setter("cell_contents", set_cell_contents),
    wrapper("__repr__", Signature::None, repr),
    wrapper("__eq__", Signature::One, |m, args| compare_cells(m, args, "_cells_equal")),
    wrapper("__lt__", Signature::One, |m, args| compare_cells(m, args, "_cells_less")),
    wrapper("__gt__", Signature::One, |m, args| compare_cells(m, args, "_cells_greater")),
    wrapper("__le__", Signature::One, |m, args| compare_cells(m, args, "_cells_at_most")),
    wrapper("__ge__", Signature::One, |m, args| compare_cells(m, args, "_cells_at_least")),
];

/// Code objects are made anew each time they are asked for: the same code is equal code.
fn compare_codes(m: &mut Machine, args: &[Value], equal: bool) -> Result<Value, Fault> {
    Ok(match (code_number(m, args[0]), code_number(m, args[1])) {
        (Some(left), Some(right)) => Value::bool((left == right) == equal),
        _ => Value::NotImplemented,
    })
}

fn repr(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let text = m.repr_native(args[0])?;
    m.heap.new_string(text)
}

fn code_of(m: &mut Machine, args: &[Value]) -> Result<std::sync::Arc<Code>, Fault> {
    match code_number(m, args[0]) {
        Some(number) => Ok(m.code(number).clone()),
        None => Err(m.type_error("a code object is required")),
    }
}

fn text(m: &mut Machine, args: &[Value], read: fn(&Code) -> &std::sync::Arc<str>) -> Result<Value, Fault> {
    let code = code_of(m, args)?;
    m.heap.new_str(read(&code))
}

fn number(m: &mut Machine, args: &[Value], read: fn(&Code) -> u32) -> Result<Value, Fault> {
    let code = code_of(m, args)?;
    m.charge_items(code.local_names.len())?;
    Ok(Value::Int(i64::from(read(&code))))
}

fn names(m: &mut Machine, args: &[Value], read: fn(&Code) -> Vec<&Name>) -> Result<Value, Fault> {
    let code = code_of(m, args)?;
    m.charge_items(code.names.len() + code.slot_count())?;
    let names = read(&code);
    let values = names.iter().map(|name| m.heap.intern(name).map(Value::Str)).collect::<Result<Vec<_>, _>>()?;
    m.heap.new_tuple(&values)
}

/// Slots whose variable inner functions share; their cells are made at the start of the body.
pub(crate) fn cell_slots(code: &Code) -> impl Iterator<Item = usize> {
    code.instrs.iter().map_while(|instr| match instr {
        Instr::MakeCell(slot) => Some(*slot as usize),
        _ => None,
    })
}

fn cells(code: &Code) -> Vec<&Name> {
    cell_slots(code).filter_map(|slot| code.local_names.get(slot)).collect()
}

/// Parameters, and locals that no inner function shares.
fn variables(code: &Code) -> Vec<&Name> {
    let mut shared = vec![false; code.local_names.len()];
    for slot in cell_slots(code) {
        if let Some(shared) = shared.get_mut(slot) {
            *shared = slot >= code.parameter_slots();
        }
    }
    code.local_names.iter().zip(shared).filter(|(_, shared)| !shared).map(|(name, _)| name).collect()
}

/// The bits of `co_flags` as `inspect` names them.
pub(crate) fn flags(code: &Code) -> u32 {
    const OPTIMIZED_NEWLOCALS: u32 = 3;
    let rows = [
        (CodeFlags::FUNCTION, OPTIMIZED_NEWLOCALS),
        (CodeFlags::VARARGS, 4),
        (CodeFlags::VARKEYWORDS, 8),
        (CodeFlags::NESTED, 16),
        (CodeFlags::GENERATOR, 32),
        (CodeFlags::COROUTINE, 128),
        (CodeFlags::ASYNC_GENERATOR, 512),
        (CodeFlags::HAS_DOCSTRING, 0x400_0000),
    ];
    rows.iter().filter(|(flag, _)| code.flags.has(*flag)).map(|(_, bits)| bits).sum()
}

/// The docstring or None, then the constants that are not held in instructions; inner code objects are left out.
fn constants(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let code = code_of(m, args)?;
    m.charge_items(code.constants.len())?;
    let mut values = Vec::new();
    if code.docstring().is_none() {
        values.push(Value::None);
    }
    for constant in code.constants.iter().filter(|constant| !matches!(constant, Constant::Code(_))) {
        values.push(m.constant_value(constant)?);
    }
    m.heap.new_tuple(&values)
}

fn cell(m: &mut Machine, args: &[Value]) -> Result<Id<Cell>, Fault> {
    match args[0] {
        Value::Cell(id) => Ok(id),
        _ => Err(m.type_error("a cell is required")),
    }
}

fn cell_contents(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = cell(m, args)?;
    match m.heap.cells.get(id).content {
        Value::Undef => Err(m.value_error("Cell is empty")),
        content => Ok(content),
    }
}

fn set_cell_contents(m: &mut Machine, args: &[Value]) -> Result<Value, Fault> {
    let id = cell(m, args)?;
    if let Some(cell) = m.heap.cells.get_mut(id) {
        cell.content = args[1];
    }
    Ok(Value::None)
}

/// Cells compare as what they hold does; an empty one is less than any other.
fn compare_cells(m: &mut Machine, args: &[Value], function: &str) -> Result<Value, Fault> {
    match args[1] {
        Value::Cell(_) => Err(m.prelude_call(function, args)),
        _ => Ok(Value::NotImplemented),
    }
}
