# eval and exec: which namespaces code runs in. The frames here are hidden: globals() and locals() are those of the caller.


def _namespaces(globals_given, locals_given):
    if globals_given is None:
        if locals_given is None:
            locals_given = locals()
        return globals(), locals_given
    if locals_given is None:
        locals_given = globals_given
    return globals_given, locals_given


def _set_up_annotations(mapping):
    try:
        mapping["__annotations__"]
    except KeyError:
        mapping["__annotations__"] = {}


def _check_eval_namespaces(globals_given, locals_given):
    if locals_given is not None and not _is_mapping(locals_given):
        raise TypeError("locals must be a mapping")
    if globals_given is not None and not isinstance(globals_given, dict):
        if _is_mapping(globals_given):
            raise TypeError("globals must be a real dict; try eval(expr, {}, mapping)")
        raise TypeError("globals must be a dict")


def _check_exec_namespaces(globals_given, locals_given):
    if globals_given is not None and not isinstance(globals_given, dict):
        raise TypeError(f"exec() globals must be a dict, not {type(globals_given).__name__}")
    if locals_given is not None and not _is_mapping(locals_given):
        raise TypeError(f"locals must be a mapping or None, not {type(locals_given).__name__}")


def _import_by(builtins, name, globals, locals, names, level):
    try:
        function = builtins["__import__"]
    except KeyError:
        raise ImportError("__import__ not found") from None
    return function(name, globals, locals, names, level)


def _eval(source, globals, locals):
    globals = None if globals is _MISSING else globals
    locals = None if locals is _MISSING else locals
    _check_eval_namespaces(globals, locals)
    code = source
    if not _is_code(source):
        code = _compile_source(source, True)
        if code is None:
            raise TypeError("eval() arg 1 must be a string, bytes or code object")
    globals, locals = _namespaces(globals, locals)
    return _run_code(code, globals, locals, None)


def _exec(source, globals, locals, closure):
    globals = None if globals is _MISSING else globals
    locals = None if locals is _MISSING else locals
    closure = None if closure is _MISSING else closure
    _check_exec_namespaces(globals, locals)
    code = source
    if not _is_code(source):
        if closure is not None:
            raise TypeError("closure can only be used when source is a code object")
        code = _compile_source(source, False)
        if code is None:
            raise TypeError("exec() arg 1 must be a string, bytes or code object")
    globals, locals = _namespaces(globals, locals)
    _run_code(code, globals, locals, closure)
