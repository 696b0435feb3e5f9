//! Second pass: what each name of each scope refers to.

use super::build::Checked;
use super::{Interner, NameId, Resolution, ScopeId, ScopeKind, SymbolFlags, SymbolTable};
use crate::error::Fault;

/// Decides the meaning of every name of every scope.
///
/// # Errors
/// `nonlocal` declarations that contradict others or have nothing to bind to.
pub(crate) fn resolve(table: &mut SymbolTable, interner: &mut Interner) -> Checked {
    let special = Special { class: interner.intern("__class__"), class_dict: interner.intern("__classdict__") };
    // Scopes are numbered in the order they open, so a scope comes after the scopes around it.
    for number in 0..table.scopes.len() {
        let scope = ScopeId(u32::try_from(number).unwrap_or(u32::MAX));
        if table.scope(scope).kind == ScopeKind::Annotation || inside_annotation(table, scope) {
            continue;
        }
        let mut at = 0;
        while let Some(index) = table.scope(scope).symbols.get(at).copied() {
            at += 1;
            resolve_symbol(table, interner, scope, index as usize, &special)?;
        }
    }
    Ok(())
}

struct Special {
    class: NameId,
    class_dict: NameId,
}

/// Whether an annotation kept as text is around the scope.
fn inside_annotation(table: &SymbolTable, scope: ScopeId) -> bool {
    let mut next = table.scope(scope).parent;
    while let Some(parent) = next {
        if table.scope(parent).kind == ScopeKind::Annotation {
            return true;
        }
        next = table.scope(parent).parent;
    }
    false
}

fn resolve_symbol(
    table: &mut SymbolTable,
    interner: &Interner,
    scope: ScopeId,
    index: usize,
    special: &Special,
) -> Checked {
    let symbol = &table.symbols[index];
    let (name, flags, range, known) = (symbol.name, symbol.flags, symbol.range, symbol.resolution);
    if known == Resolution::Cell {
        return Ok(());
    }
    let kind = table.scope(scope).kind;
    let error = |message: String| Err(Box::new(Fault::syntax(message, range.0, range.1)));
    let resolution = if flags.has(SymbolFlags::GLOBAL) {
        if flags.has(SymbolFlags::NONLOCAL) {
            return error(format!("name '{}' is nonlocal and global", interner.text(name)));
        }
        Resolution::GlobalExplicit
    } else if flags.has(SymbolFlags::NONLOCAL) {
        if kind == ScopeKind::Module {
            return error("nonlocal declaration not allowed at module level".to_owned());
        }
        let Some(owner) = find_owner(table, scope, name, special) else {
            return error(format!("no binding for nonlocal '{}' found", interner.text(name)));
        };
        if table.symbol(owner, name).is_some_and(|found| found.flags.has(SymbolFlags::TYPE_PARAMETER)) {
            return error(format!("nonlocal binding not allowed for type parameter '{}'", interner.text(name)));
        }
        capture(table, scope, owner, name);
        Resolution::Free
    } else if flags.has(SymbolFlags::BOUND) {
        if kind == ScopeKind::Module { Resolution::GlobalImplicit } else { Resolution::Local }
    } else if !flags.has(SymbolFlags::USE) {
        return Ok(());
    } else if kind == ScopeKind::Module || class_binds(table, scope, name, special) {
        Resolution::GlobalImplicit
    } else {
        match find_owner(table, scope, name, special) {
            Some(owner) => {
                capture(table, scope, owner, name);
                Resolution::Free
            }
            None => Resolution::GlobalImplicit,
        }
    };
    table.symbols[index].resolution = resolution;
    Ok(())
}

/// Whether an annotation scope finds the name in the class body around it, at run time.
fn class_binds(table: &SymbolTable, scope: ScopeId, name: NameId, special: &Special) -> bool {
    if !table.scope(scope).sees_class || name == special.class_dict || name == special.class {
        return false;
    }
    let mut next = table.scope(scope).parent;
    while let Some(parent) = next {
        let entry = table.scope(parent);
        if let Some(symbol) = table.symbol(parent, name) {
            if entry.kind == ScopeKind::Class {
                return symbol.flags.has(SymbolFlags::BOUND | SymbolFlags::GLOBAL)
                    && !symbol.flags.has(SymbolFlags::NONLOCAL);
            }
            if symbol.flags.has(SymbolFlags::BOUND) {
                return false;
            }
        }
        if entry.kind == ScopeKind::Class {
            return false;
        }
        next = entry.parent;
    }
    false
}

/// The function-like scope around `scope` that binds `name`, or `None` if it is global. The cells `__class__` and
/// `__classdict__` belong to class bodies.
fn find_owner(table: &mut SymbolTable, scope: ScopeId, name: NameId, special: &Special) -> Option<ScopeId> {
    let mut next = table.scope(scope).parent;
    while let Some(candidate) = next {
        let entry = table.scope(candidate);
        next = entry.parent;
        match entry.kind {
            ScopeKind::Module => return None,
            ScopeKind::Class => {
                if name == special.class || name == special.class_dict {
                    let entry = table.scope_mut(candidate);
                    if name == special.class {
                        entry.needs_class_cell = true;
                    } else {
                        entry.needs_class_dict = true;
                    }
                    return Some(candidate);
                }
            }
            _ => {
                let Some(symbol) = table.symbol(candidate, name) else { continue };
                if symbol.flags.has(SymbolFlags::GLOBAL) {
                    return None;
                }
                if symbol.flags.has(SymbolFlags::BOUND) && !symbol.flags.has(SymbolFlags::NONLOCAL) {
                    return Some(candidate);
                }
            }
        }
    }
    None
}

/// Makes the owner's variable a cell and passes it through the code objects in between, if there are any.
fn capture(table: &mut SymbolTable, scope: ScopeId, owner: ScopeId, name: NameId) {
    let owner_unit = table.unit(owner);
    let mut current = table.unit(scope);
    let class_owner = table.scope(owner).kind == ScopeKind::Class;
    if current == owner_unit && !class_owner {
        return;
    }
    if !class_owner {
        table.add(owner, name, 0, (0, 0)).resolution = Resolution::Cell;
    }
    while current != owner_unit {
        table.add(current, name, SymbolFlags::PASS_ON, (0, 0));
        match table.scope(current).parent {
            Some(parent) => current = table.unit(parent),
            None => break,
        }
    }
}
