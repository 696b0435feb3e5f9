"""RestrictedPython: CPython's compiler with rewritten source, under the usual guards."""

from __future__ import annotations

import builtins
import operator
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from RestrictedPython import compile_restricted, safe_builtins
from RestrictedPython.Eval import default_guarded_getitem, default_guarded_getiter
from RestrictedPython.Guards import guarded_iter_unpack_sequence, guarded_unpack_sequence, safer_getattr
from RestrictedPython.PrintCollector import PrintCollector

from adapters.base import CALL_LOOP, EMPTY_LOOP, BaseAdapter, ping

if TYPE_CHECKING:
    from collections.abc import Callable

EXTRA_BUILTINS = [
    "__import__",
    "all",
    "any",
    "dict",
    "enumerate",
    "filter",
    "frozenset",
    "iter",
    "list",
    "map",
    "max",
    "min",
    "next",
    "reversed",
    "set",
    "sorted",
    "sum",
    "super",
    "type",
    "zip",
]
IN_PLACE = {
    "+=": operator.iadd,
    "-=": operator.isub,
    "*=": operator.imul,
    "/=": operator.itruediv,
    "//=": operator.ifloordiv,
    "%=": operator.imod,
    "**=": operator.ipow,
    "&=": operator.iand,
    "|=": operator.ior,
    "^=": operator.ixor,
    "<<=": operator.ilshift,
    ">>=": operator.irshift,
}


def _in_place(name: str, left: Any, right: Any) -> Any:
    return IN_PLACE[name](left, right)


def _unrestricted_write(target: Any) -> Any:
    return target


def _apply(function: Any, *arguments: Any, **keywords: Any) -> Any:
    return function(*arguments, **keywords)


def _guarded_globals() -> dict[str, Any]:
    allowed = {**safe_builtins, **{name: getattr(builtins, name) for name in EXTRA_BUILTINS}}
    return {
        "__builtins__": allowed,
        "__name__": "__main__",
        "__metaclass__": type,
        "_apply_": _apply,
        "_getattr_": safer_getattr,
        "_getitem_": default_guarded_getitem,
        "_getiter_": default_guarded_getiter,
        "_iter_unpack_sequence_": guarded_iter_unpack_sequence,
        "_unpack_sequence_": guarded_unpack_sequence,
        "_inplacevar_": _in_place,
        "_write_": _unrestricted_write,
        "_print_": PrintCollector,
        "ping": ping,
    }


class Adapter(BaseAdapter):
    """Programs run in the worker's own interpreter, in guarded globals."""

    def version(self) -> str:
        return version("RestrictedPython")

    def prepare(self, source: str, filename: str) -> Callable[[], str]:
        code = compile_restricted(source, filename, "exec")

        def run() -> str:
            namespace = _guarded_globals()
            exec(code, namespace)
            collector = namespace.get("_print")
            return "" if collector is None else str(collector())

        return run

    def evaluate_new(self) -> Callable[[], object]:
        return lambda: eval(compile_restricted("1+2", "<bench>", "eval"), _guarded_globals())

    def run_compiled(self) -> Callable[[], object]:
        code = compile_restricted("1+2", "<bench>", "eval")
        return lambda: eval(code, _guarded_globals())

    def host_calls(self) -> list[Callable[[], object]]:
        calling = compile_restricted(CALL_LOOP, "<bench>", "exec")
        empty = compile_restricted(EMPTY_LOOP, "<bench>", "exec")
        return [lambda: exec(calling, _guarded_globals()), lambda: exec(empty, _guarded_globals())]

    def session_step(self) -> Callable[[], object]:
        session = _guarded_globals()
        session["x"] = 1
        return lambda: eval(compile_restricted("x + 2", "<bench>", "eval"), session)

    def compile_source(self, source: str) -> Callable[[], object]:
        return lambda: compile_restricted(source, "<bench>", "exec")
