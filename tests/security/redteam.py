"""What the tables of attacks are written with, and how one attack is run.

The numbers are those of the list of attack techniques; the outcome is one of

- R: refused, with an exception of the guest or of the compiler;
- L: stopped by a limit, which no code of the guest sees;
- S: harmless: the program ends and shows what it must.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace

import npython

MEBIBYTE = 1 << 20
LIMITS = npython.Limits(gas=3_000_000, memory=32 * MEBIBYTE, time=60.0, output=64 << 10)
#: What a host must never show a guest: places, modules and addresses of the host's own.
HOST_TRACES = ("site-packages", "pyo3", "_npython", "/root", "/home", "/usr", "cpython")


@dataclass(frozen=True)
class Case:
    """One attack: `outcome` R, L or S; `shown` is the exception, the limit, or what the program shows.

    Where two limits are both right, because which is met first depends on the sizes of things, `shown` is `A|B`.
    """

    technique: int
    outcome: str
    shown: str
    source: str
    wraps: bool = True

    @property
    def name(self) -> str:
        """For the names of tests."""
        words = " ".join(self.source.split())
        return f"{self.technique}-{self.outcome}-{words[:40]}-{abs(hash_of(self.source)) % 10_000:04}"


def hash_of(text: str) -> int:
    """The same number for a text in every process."""
    number = 0
    for character in text:
        number = (number * 31 + ord(character)) % (1 << 61)
    return number


def R(technique: int, error: str, source: str, *, wraps: bool = True) -> Case:  # noqa: N802
    """An attack that is refused."""
    return Case(technique, "R", error, source.strip("\n"), wraps)


def L(technique: int, limit: str, source: str, *, wraps: bool = True) -> Case:  # noqa: N802
    """An attack that a limit stops."""
    return Case(technique, "L", limit, source.strip("\n"), wraps)


def S(technique: int, shown: str, source: str, *, wraps: bool = True) -> Case:  # noqa: N802
    """An attack that does nothing but show something."""
    return Case(technique, "S", shown, source.strip("\n"), wraps)


@dataclass(frozen=True)
class Outcome:
    """How a run ended, and what it used."""

    kind: str
    shown: str
    gas_used: int
    memory_peak: int
    duration: float
    text: str


def echo(*args: object, **_: object) -> object:
    """A host function that gives back its argument."""
    return args[0] if args else None


def attack(source: str, *, limits: npython.Limits = LIMITS) -> Outcome:
    """Run a hostile program."""
    sandbox = npython.Sandbox(limits=limits, functions={"echo": echo})
    try:
        result = sandbox.run(source, filename="attack.py")
    except npython.CompileError as error:
        return Outcome("R", type(error).__name__, 0, 0, 0.0, error.traceback)
    except npython.GuestError as error:
        return outcome_of("R", error.type_name, error, error.traceback)
    except npython.EngineError as error:
        return outcome_of("defect", f"{type(error).__name__}: {error}", error, str(error))
    except npython.Halted as error:
        return outcome_of("L", type(error).__name__, error, str(error))
    shown = result.stdout + ("" if result.value is None else shorten(result.value))
    return Outcome("S", shown, result.gas_used, result.memory_peak, result.duration, result.stdout + result.stderr)


def outcome_of(kind: str, shown: str, error: npython.NpythonError, text: str) -> Outcome:
    """The outcome of a run that ended in an error."""
    used = error.result
    if used is None:
        return Outcome(kind, shown, 0, 0, 0.0, text)
    return Outcome(kind, shown, used.gas_used, used.memory_peak, used.duration, used.stdout + used.stderr + text)


def shorten(value: object) -> str:
    """The `repr` of a result, or its type where it is long."""
    shown = repr(value)
    return shown if len(shown) <= 200 else type(value).__name__


def in_function(case: Case) -> Case:
    """The same attack inside a function."""
    body = textwrap.indent(case.source, "    ")
    return replace(case, source=f"def attack():\n{body}\nattack()")


def in_generator(case: Case) -> Case:
    """The same attack inside a generator that a loop drives."""
    body = textwrap.indent(case.source, "    ")
    return replace(case, source=f"def attack():\n{body}\n    yield\nfor step in attack(): pass")


def in_class(case: Case) -> Case:
    """The same attack in the body of a class."""
    body = textwrap.indent(case.source, "    ")
    return replace(case, source=f"class Attack:\n{body}")


WRAPPERS = {"function": in_function, "generator": in_generator, "class": in_class}
