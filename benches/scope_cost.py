"""What scopes cost programs that open none: nothing, counted in gas and in instructions of the processor.

    python benches/scope_cost.py [PROGRAM ...]

Runs every program of `benches/programs` (or those named) in a sandbox that knows nothing of scopes and in one with a
gatekeeper, every capability, scoped tools and an audit. The bytecode is the same object in both; gas, output and value
must be equal. Then, where `valgrind` is installed, counts the instructions that the process executes for work of two
sizes in either sandbox: the difference of the two sizes is what the work itself takes, without what starting takes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import npython
from npython.capabilities import (
    Capability,
    ClockCapability,
    EnvironmentCapability,
    FilesystemCapability,
    HttpCapability,
    KeyValueCapability,
    RandomnessCapability,
)
from npython.security import StaticGatekeeper

PROGRAMS = Path(__file__).parent / "programs"
LIMITS = npython.Limits(gas="100G", time="10min", memory="1GiB")
#: Turns of the loop whose instructions are counted.
SIZES = (1_000, 3_000)
WORK = """
class Account:
    def __init__(self, total): self.total = total
    def add(self, amount):
        self.total += amount
        return self.total
account = Account(0)
seen = {}
for n in range(turns):
    seen[n % 50] = account.add(n) + len(str(n)) + sum([m * 2 for m in range(5)])
    try:
        if n % 7 == 0: raise ValueError(n)
    except ValueError as error:
        account.add(error.args[0])
account.total
"""
COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")


def without_scopes() -> npython.Sandbox:
    """A sandbox in which no scope can be opened."""
    return npython.Sandbox(limits=LIMITS)


def with_scopes(folder: str | None) -> npython.Sandbox:
    """A sandbox with scopes and an audit; given a folder, with every capability."""
    scopes = ("FS-ENV", "HTTP-ENV", "KV-ENV", "ENV-ENV", "CLOCK-ENV", "RANDOM-ENV", "CRM-ENV")
    sandbox = npython.Sandbox(
        limits=LIMITS,
        gatekeeper=StaticGatekeeper(dict.fromkeys(scopes, "s3cret")),
        capabilities=[] if folder is None else every_capability(folder),
        audit=True,
    )
    sandbox.tool(name="look_up", scope="CRM-ENV")(lambda customer=0: customer)
    return sandbox


def every_capability(folder: str) -> list[Capability]:
    """All that npython comes with."""
    return [
        FilesystemCapability(folder, "overlay"),
        HttpCapability(["api.example.com"]),
        KeyValueCapability(None),
        EnvironmentCapability({"A": "1"}),
        ClockCapability(),
        RandomnessCapability(),
    ]


def compare(names: list[str]) -> bool:
    """Run programs in both and tell whether all is equal."""
    same = True
    with tempfile.TemporaryDirectory() as folder:
        plain, full = without_scopes(), with_scopes(folder)
        for path in sorted(PROGRAMS.glob("*.py")):
            if names and path.stem not in names:
                continue
            program = npython.compile(path.read_text(encoding="utf-8"), path.name)
            one, other = plain.run(program), full.run(program)
            equal = (one.gas_used, one.stdout, one.value) == (other.gas_used, other.stdout, other.value)
            same = same and equal
            print(f"{path.stem:24} {one.gas_used:14,} gas {'in both' if equal else f'and {other.gas_used:,}'}")
    return same


def work(kind: str, turns: int) -> None:
    """Do the work whose instructions are counted."""
    with tempfile.TemporaryDirectory() as folder:
        made = {
            "no scopes": without_scopes,
            "scopes": lambda: with_scopes(None),
            "scopes and capabilities": lambda: with_scopes(folder),
        }
        sandbox = made[kind]()
        sandbox.run(WORK, inputs={"turns": turns})


def instructions(kind: str, turns: int) -> int:
    """Count the instructions of a process that does the work."""
    command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", sys.executable]
    done = subprocess.run(
        [*command, __file__, "--work", kind, str(turns)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    found = COUNTED.search(done.stderr)
    if found is None:
        raise SystemExit(done.stderr)
    return int(found[1].replace(",", ""))


def main() -> None:
    """Compare, count, and end with status 1 if scopes cost anything that is counted exactly."""
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2], int(sys.argv[3]))
        return
    same = compare(sys.argv[1:])
    if shutil.which("valgrind"):
        few, many = SIZES
        for kind in ("no scopes", "scopes", "scopes and capabilities"):
            each = (instructions(kind, many) - instructions(kind, few)) / (many - few)
            print(f"{kind:24} {each:14,.1f} instructions for a turn of the loop")
    sys.exit(not same)


if __name__ == "__main__":
    main()
