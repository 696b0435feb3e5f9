"""Random programs that open, leave, nest, raise, yield and await across scopes, against a model of the semantics.

The model is CPython itself: there `scope` is a context manager that notes the frame it was entered in, and a call finds
the grants that are in force by walking the real call stack. That is the definition in the design (opened by the calling
frame, or by one below it on the same call chain), in five lines and independent of the machine.

Every token counts on a counter of its own, and a grant knows the counters of all it was narrowed from, so the grant a
call gets shows exactly which blocks it was made in.

    python tests/security/scope_model.py 100000 [first seed]
"""

from __future__ import annotations

import random
import sys
import warnings
from dataclasses import dataclass, field
from typing import Any

import npython
from npython.security import Grant, Usage

SCOPES = ("X", "Y")
#: Kinds of functions in the programs.
KINDS = ("def", "gen", "co", "agen")
#: Where generators, coroutines and async generators have their frames.
FRAME_NAMES = ("gi_frame", "cr_frame", "ag_frame")
#: A program that makes more calls than this stops itself.
MOST_CALLS = 150

PREAMBLE = """\
class Problem(Exception):
    pass
class Pause:
    def __await__(self):
        yield None
class Manager:
    def __init__(self, number, used):
        self.number, self.used = number, used
    def __enter__(self):
        self.used(self.number)
    def __exit__(self, *about):
        self.used(self.number)
class Special:
    def __init__(self, number, used):
        self.number, self.used = number, used
    def __getitem__(self, at):
        return self.used(self.number)
    def __eq__(self, other):
        return self.used(self.number) == 1
    def __repr__(self):
        return str(self.used(self.number))
    def __lt__(self, other):
        return self.used(self.number) == 2
    @property
    def value(self):
        return self.used(self.number)
SLOTS = {}
KEPT = []
def keep(made):
    KEPT.append(made)
    return made
delegated = globals().get("delegated", keep)
def advance(slot):
    try:
        SLOTS[slot].send(None)
    except (KeyError, StopIteration, ValueError, RuntimeError):
        pass
def close(slot):
    try:
        SLOTS[slot].close()
    except (KeyError, ValueError, RuntimeError):
        pass
def throw(slot):
    try:
        SLOTS[slot].throw(Problem())
    except (KeyError, StopIteration, ValueError, RuntimeError):
        pass
def drive(coroutine):
    KEPT.append(coroutine)
    try:
        while True:
            coroutine.send(None)
    except StopIteration:
        pass
"""


@dataclass
class Writer:
    """Writes one random program."""

    random: random.Random
    kinds: list[str] = field(default_factory=list)
    calls: int = 0
    tokens: int = 0
    #: Scopes that are probably open where the next statement goes.
    around: list[str] = field(default_factory=list)
    bad_tokens: bool = False

    def program(self) -> str:
        """Return the source of a program."""
        self.kinds = [self.random.choice(KINDS) for _ in range(self.random.randint(1, 6))]
        self.bad_tokens = self.random.random() < 0.1
        # Those with a lower number call those with a higher one, so every program ends.
        functions = [self.function(number) for number in range(len(self.kinds))]
        self.around = []
        body = self.block("main", -1, 0, loop=False, size=self.random.randint(2, 6))
        if self.random.random() < 0.5:
            body = [f"with scope('X', '{self.tokens + 1}'), scope('Y', '{self.tokens + 2}'):", *indented(body)]
        return PREAMBLE + "".join(functions) + "".join(line + "\n" for line in body)

    def function(self, number: int) -> str:
        kind = self.kinds[number]
        self.around = self.random.choice(([], ["X"], ["Y"], ["X", "Y"], ["X", "Y"]))
        head = f"{'async ' if kind in ('co', 'agen') else ''}def f{number}():"
        body = self.block(kind, number, 0, loop=False, size=self.random.randint(1, 5))
        if kind in ("gen", "agen"):
            body = [*body, "if 0:", "    yield"]
        return "\n".join([head, *("    " + line for line in body)]) + "\n"

    def block(self, kind: str, number: int, depth: int, *, loop: bool, size: int | None = None) -> list[str]:
        size = self.random.randint(1, 3) if size is None else size
        return [line for _ in range(size) for line in self.statement(kind, number, depth, loop=loop)]

    def callees(self, number: int, *kinds: str) -> list[int]:
        return [at for at in range(number + 1, len(self.kinds)) if self.kinds[at] in kinds]

    def statement(self, kind: str, number: int, depth: int, *, loop: bool) -> list[str]:
        simple = [self.use, self.use, self.use_implicitly, self.make, self.resume, self.resume]
        if depth < 4:
            nested = [self.scope, self.scope, self.scope, self.handle, self.cleanup, self.repeat, self.manage]
            chosen = self.random.choice(
                [*simple, *nested, self.leave, self.call, self.call, self.suspend, self.suspend]
            )
        else:
            chosen = self.random.choice([*simple, self.leave, self.call, self.suspend])
        return chosen(kind, number, depth, loop=loop)

    def use(self, *_where: object, loop: bool) -> list[str]:
        self.calls += 1
        return [f"{self.used()}({self.calls})"]

    def used(self, *, strict: bool = True) -> str:
        """Return a function, mostly one that may be called here."""
        functions = ["use_x", "use_y", "use_x_strictly"] if strict else ["use_x", "use_y"]
        fitting = [name for name in functions if name[4].upper() in self.around]
        chance = self.random.random()
        if chance < 0.04:
            return self.random.choice(functions)
        return self.random.choice(fitting) if fitting and chance < 0.9 else "free"

    def use_implicitly(self, *_where: object, loop: bool) -> list[str]:
        self.calls += 1
        number, used = self.calls, self.used(strict=False)
        made = f"Special({number}, {used})"
        return [
            self.random.choice(
                (
                    f"list(map({used}, [{number}]))",
                    f"sorted([{number}, {number}], key={used})",
                    f"max([{number}], key={used})",
                    f"[{self.used()}({number}) for _ in range(1)]",
                    f"list({used}({number}) for _ in range(1))",
                    f"(lambda: {used}({number}))()",
                    f"{made}[0]",
                    f"{made} == 1",
                    f"f'{{{made}}}'",
                    f"sorted([{made}, {made}])",
                    f"{made}.value",
                    f"any(map({used}, [{number}]))",
                    f"list(filter({used}, [{number}]))",
                    f"next(iter(lambda: {used}({number}), 1), None)",
                    f"{self.used()}(*[{number}])",
                    f"{self.used()}(**{{'number': {number}}})",
                )
            )
        ]

    def scope(self, kind: str, number: int, depth: int, *, loop: bool) -> list[str]:
        heads, names = [], []
        for _ in range(self.random.choice((1, 1, 1, 2))):
            self.tokens += 1
            token = "'bad'" if self.bad_tokens and self.random.random() < 0.1 else f"'{self.tokens}'"
            names.append(self.random.choice(SCOPES))
            heads.append(f"scope('{names[-1]}', {token})")
        return [f"with {', '.join(heads)}:", *indented(self.inside(names, kind, number, depth, loop=loop))]

    def inside(self, names: list[str], kind: str, number: int, depth: int, *, loop: bool) -> list[str]:
        """Write the body of a block that opens scopes."""
        before, self.around = self.around, self.around + names
        body = self.block(kind, number, depth + 1, loop=loop)
        self.around = before
        return body

    def manage(self, kind: str, number: int, depth: int, *, loop: bool) -> list[str]:
        self.calls += 1
        self.tokens += 1
        name = self.random.choice(SCOPES)
        items = [f"Manager({self.calls}, {self.used(strict=False)})", f"scope('{name}', '{self.tokens}')"]
        self.random.shuffle(items)
        return [f"with {', '.join(items)}:", *indented(self.inside([name], kind, number, depth, loop=loop))]

    def handle(self, kind: str, number: int, depth: int, *, loop: bool) -> list[str]:
        caught = self.random.choice(("Problem", "Problem", "Exception", "BaseException"))
        body = self.block(kind, number, depth + 1, loop=loop)
        handler = self.block(kind, number, depth + 1, loop=loop)
        return ["try:", *indented(body), f"except {caught}:", *indented(handler)]

    def cleanup(self, kind: str, number: int, depth: int, *, loop: bool) -> list[str]:
        body = self.block(kind, number, depth + 1, loop=loop)
        return ["try:", *indented(body), "finally:", *indented(self.block(kind, number, depth + 1, loop=loop, size=1))]

    def repeat(self, kind: str, number: int, depth: int, *, loop: bool) -> list[str]:
        head = f"for _ in range({self.random.randint(1, 2)}):"
        return [head, *indented(self.block(kind, number, depth + 1, loop=True))]

    def leave(self, kind: str, number: int, depth: int, *, loop: bool) -> list[str]:
        ways = ["raise Problem"]
        if loop:
            ways += ["break", "continue"]
        if kind != "main":
            ways += ["return"]
        return ["if 1:", f"    {self.random.choice(ways)}"]

    def call(self, kind: str, number: int, depth: int, *, loop: bool) -> list[str]:
        plain = [f"f{at}()" for at in self.callees(number, "def")]
        plain += [f"drive(f{at}())" for at in self.callees(number, "co")]
        for at in self.callees(number, "gen"):
            plain += [f"for _ in keep(f{at}()): pass", f"list(f{at}())"]
        return [self.random.choice(plain)] if plain else ["pass"]

    def make(self, kind: str, number: int, depth: int, *, loop: bool) -> list[str]:
        makers = self.callees(number, "gen", "co")
        if not makers:
            return ["pass"]
        return [f"SLOTS[{self.random.randint(0, 2)}] = keep(f{self.random.choice(makers)}())"]

    def resume(self, *_where: object, loop: bool) -> list[str]:
        how = self.random.choice(("advance", "advance", "advance", "close", "throw"))
        return [f"{how}({self.random.randint(0, 2)})"]

    def suspend(self, kind: str, number: int, depth: int, *, loop: bool) -> list[str]:
        ways = []
        if kind in ("gen", "agen"):
            ways += ["yield 1", "yield 1"]
        if kind == "gen":
            ways += [f"yield from delegated(f{at}())" for at in self.callees(number, "gen")]
        if kind in ("co", "agen"):
            ways += ["await Pause()", "await Pause()"]
            ways += [f"await delegated(f{at}())" for at in self.callees(number, "co")]
            if depth < 4:
                for at in self.callees(number, "agen"):
                    body = indented(self.block(kind, number, depth + 1, loop=True))
                    return [f"async for _ in delegated(f{at}()):", *body]
        return [self.random.choice(ways)] if ways else ["pass"]


def indented(lines: list[str]) -> list[str]:
    """Return the lines one level deeper."""
    return ["    " + line for line in lines]


def program(seed: int) -> str:
    """Return the program with this number."""
    return Writer(random.Random(seed)).program()


class Violation(BaseException):
    """The model's halt."""


class Enough(Exception):
    """Raised by the host when a program makes too many calls."""


class Model:
    """Runs a program in CPython, with the semantics of scopes by definition."""

    def __init__(self) -> None:
        self.log: list[tuple[str, int, tuple[str, ...]]] = []
        self.open: list[tuple[Any, str, str]] = []
        self.delegators: dict[Any, Any] = {}
        self.halted = ""

    def run(self, source: str) -> tuple[list[tuple[str, int, tuple[str, ...]]], str]:
        """Return the calls that were allowed, and how the program ended."""
        names: dict[str, Any] = {
            "__name__": "__main__",
            "scope": lambda name, token: ModelScope(self, name, token),
            "use_x": lambda number: self.use("use_x", "X", number, strict=False),
            "use_y": lambda number: self.use("use_y", "Y", number, strict=False),
            "use_x_strictly": lambda number: self.use("use_x_strictly", "X", number, strict=True),
            "free": lambda number: self.allow("free", number, ()),
        }

        def delegated(made: Any) -> Any:
            names["KEPT"].append(made)
            frame = next(getattr(made, name) for name in FRAME_NAMES if hasattr(made, name))
            self.delegators[frame] = sys._getframe(1)
            return made

        names["delegated"] = delegated
        ended = "finished"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                exec(compile(source, "<program>", "exec"), names)
            except BaseException as error:  # noqa: BLE001 - the program's
                ended = type(error).__name__
            ended = self.halted or ended
            self.halted = self.halted or "over"
            for kept in names["KEPT"]:
                dismiss(kept)
        return self.log, ended

    def use(self, function: str, scope: str, number: int, *, strict: bool) -> int:
        caller = sys._getframe(2)  # behind this function and its lambda
        chain = [caller] if strict else self.frames_of(caller)
        held = tuple(token for frame, name, token in self.open if name == scope and any(frame is one for one in chain))
        if not held:
            self.halt(f"violation of {function}")
        return self.allow(function, number, held)

    def frames_of(self, frame: Any) -> list[Any]:
        """Return a frame and those below it.

        A generator is below what it delegates to, and runs with it. CPython does not always put its frame there when
        something is thrown into it, or when it is closed: so it is put there here.
        """
        found: list[Any] = []
        while frame is not None:
            running = frame
            while running is not None:
                found.append(running)
                running = self.delegators.get(running)
            frame = frame.f_back
        return found

    def allow(self, function: str, number: int, held: tuple[str, ...]) -> int:
        if self.halted:
            raise Violation
        self.log.append((function, number, tuple(sorted(set(held), key=int))))
        if len(self.log) > MOST_CALLS:
            self.halt("enough")
        return 1

    def halt(self, how: str) -> None:
        self.halted = self.halted or how
        raise Violation


class ModelScope:
    """`with scope(name, token):` in CPython."""

    def __init__(self, model: Model, name: str, token: str) -> None:
        self.model, self.name, self.token = model, name, token

    def __enter__(self) -> None:
        if self.model.halted or self.token == "bad":
            self.model.halt("refusal")
        self.entry = (sys._getframe(1), self.name, self.token)
        self.model.open.append(self.entry)

    def __exit__(self, *_about: object) -> None:
        self.model.open = [entry for entry in self.model.open if entry is not self.entry]


def dismiss(kept: Any) -> None:
    """End what the program left suspended; the model has halted, so nothing counts any more."""
    for _ in range(50):
        try:
            if hasattr(kept, "aclose"):
                kept.aclose().send(None)
            else:
                kept.close()
        except BaseException:  # noqa: BLE001 - the program's
            continue
        return


class Keeper:
    """Grants every token but "bad"; the grant tells which token it was."""

    def __init__(self) -> None:
        self.usages: dict[str, Usage] = {}

    def grant(self, scope: str, token: str) -> Grant | None:
        """Return a grant that counts on the counter of its token."""
        if token == "bad":
            return None
        return Grant(scope, usage=self.usages.setdefault(token, Usage()))

    def tokens(self, grant: Grant) -> tuple[str, ...]:
        """Return the tokens behind a grant."""
        counters = [id(budget.usage) for budget in grant._budgets]
        return tuple(sorted((token for token, usage in self.usages.items() if id(usage) in counters), key=int))


class Subject:
    """Runs a program in npython."""

    def __init__(self, **switches: Any) -> None:
        self.log: list[tuple[str, int, tuple[str, ...]]] = []
        self.keeper = Keeper()
        sandbox = npython.Sandbox(gatekeeper=self.keeper, limits=npython.Limits(time=60.0))

        def use(function: str) -> Any:
            def call(number: int, grant: Grant) -> int:
                return self.allow(function, number, self.keeper.tokens(grant))

            return call

        sandbox.tool(name="use_x", scope="X")(use("use_x"))
        sandbox.tool(name="use_y", scope="Y")(use("use_y"))
        sandbox.tool(name="use_x_strictly", scope="X", strict=True)(use("use_x_strictly"))
        sandbox.tool(name="free")(self.free)
        sandbox._switches = switches
        self.sandbox = sandbox

    def free(self, number: int) -> int:
        """Do what needs no scope."""
        return self.allow("free", number, ())

    def allow(self, function: str, number: int, held: tuple[str, ...]) -> int:
        self.log.append((function, number, held))
        if len(self.log) > MOST_CALLS:
            raise KeyboardInterrupt  # the embedder's, not the guest's
        return 1

    def run(self, source: str) -> tuple[list[tuple[str, int, tuple[str, ...]]], str]:
        """Return the calls that were allowed, and how the program ended."""
        self.log = []
        self.keeper.usages.clear()
        try:
            self.sandbox.run(source)
        except npython.SecurityViolation as violation:
            ended = f"violation of {violation.function}" if violation.function else "refusal"
        except npython.GuestError as error:
            ended = error.type_name
        except KeyboardInterrupt:
            ended = "enough"
        else:
            ended = "finished"
        return self.log, ended


def difference(seed: int, subject: Subject) -> str:
    """Return what the two made of a program, if it is not the same."""
    source = program(seed)
    expected, found = Model().run(source), subject.run(source)
    if found == expected:
        return ""
    return f"seed {seed}\n{source.removeprefix(PREAMBLE)}\nexpected {expected}\nfound    {found}"


def main() -> int:
    """Compare as many programs as the command line says."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    subject = Subject()
    wrong = calls = 0
    for seed in range(first, first + cases):
        text = difference(seed, subject)
        calls += len(subject.log)
        if text:
            wrong += 1
            print(text)
        if wrong >= 5:
            break
    print(f"{cases} programs, {calls} calls allowed, {wrong} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
