"""An embedder's program that uses every public name; it is not run, but checked by mypy --strict."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping  # noqa: TC003
from pathlib import Path
from typing import Any

import npython
from npython import security
from npython.audit import AuditRecord, JsonLines
from npython.capabilities import (
    Capability,
    ClockCapability,
    EnvironmentCapability,
    FilesystemCapability,
    HttpCapability,
    KeyValueCapability,
    RandomnessCapability,
)
from npython.security.policy import Policy
from npython.telemetry import SpanSink
from npython.testing import stress_sandbox


class Gatekeeper:
    def validate(self, scope: str, token: str) -> bool:
        return (scope, token) == ("X", "t")


class GrantingGatekeeper:
    def grant(self, scope: str, token: str) -> security.Grant | None:
        return security.Grant(scope, read_only=True) if token else None


class AsyncGatekeeper:
    async def validate(self, scope: str, token: str) -> bool:
        return (scope, token) == ("X", "t")


class AsyncGrantingGatekeeper:
    async def grant(self, scope: str, token: str) -> security.Grant | None:
        return security.Grant(scope) if token else None


gatekeepers: list[security.Gatekeeper | security.GrantingGatekeeper] = [
    Gatekeeper(),
    GrantingGatekeeper(),
    AsyncGatekeeper(),
    AsyncGrantingGatekeeper(),
    security.StaticGatekeeper({"X": "t", "Y": ("t", security.Grant("Y", max_calls=1)), "Z": ["a", "b"]}),
    security.BiscuitGatekeeper("ed25519/..."),
]
records: list[AuditRecord] = []
limits: npython.Limits = npython.Limits(gas=5_000_000, memory="16MiB", time="500ms").replace(depth=100)
sandbox: npython.Sandbox = npython.Sandbox(
    limits=limits,
    functions={"length": len, "same": lambda value: value},
    gatekeeper=gatekeepers[0],
    capabilities=[
        Capability("MY-ENV", {"length": len}, describe="Lengths."),
        ClockCapability(),
        EnvironmentCapability({"REGION": "eu"}),
        FilesystemCapability(Path(), mode="overlay"),
        HttpCapability(["example.com"]),
        KeyValueCapability(None),
        RandomnessCapability(),
    ],
    audit=records,
)
sinks = [npython.Sandbox(audit=SpanSink()), npython.Sandbox(audit=records.append), npython.Sandbox(audit=True)]


@sandbox.tool
def plain(number: int, *rest: str, factor: float = 1.0) -> list[int]:
    """Return a list."""
    return [number, len(rest), int(factor)]


@sandbox.tool(scope="CRM-ENV", strict=True)
async def scoped(number: int, grant: security.Grant) -> dict[str, Any]:
    """Refuse."""
    raise npython.ToolError(f"no {number} for {grant.scope}")


listed: list[int] = plain(1)
program: npython.Program = npython.compile("1 + n", "p.py")
session: npython.Session = sandbox.session()
used: int | None = session.gas_used
opaque: npython.Opaque = npython.Opaque("A", "<A>")
card: str = sandbox.datacard() + npython.__version__ + program.disassemble()


def shown(text: str, stream: str) -> None:
    print(text, stream)


def run(inputs: Mapping[str, object], cancel: npython.CancelToken) -> npython.Result:
    result = sandbox.run(program, inputs=inputs, on_output=shown, cancel=cancel)
    total: int = result.gas_used + result.memory_peak + result.host_calls + result.pending_calls_peak
    print(result.stdout + result.stderr, total, result.duration, *(record.to_json() for record in result.audit))
    return npython.run("1", filename="a.py", inputs={"n": 1}, limits=limits)


async def run_on_a_loop() -> npython.Result:
    await session.run_async("1")
    return await sandbox.run_async("1", inputs={"token": npython.Token("t")})


def outcome(source: str) -> str:  # noqa: PLR0911
    try:
        asyncio.run(run_on_a_loop())
        run({"source": source}, npython.CancelToken())
    except npython.CompileError as error:
        return f"{error.kind} {error.line} {error.column} {error.source_line} {error.traceback} {error.filename}"
    except npython.GuestError as error:
        frame: npython.Frame = error.frames[-1]
        return f"{error.type_name} {error.message} {frame.line} {frame.function} {error.exit_status}"
    except npython.SecurityViolation as error:
        return f"{error.scope} {error.function} {error.line}"
    except (
        npython.Cancelled,
        npython.GasExhausted,
        npython.HostCallLimitExceeded,
        npython.MemoryLimitExceeded,
        npython.OutputLimitExceeded,
        npython.PendingCallLimitExceeded,
        npython.StackOverflow,
        npython.TimeLimitExceeded,
    ) as error:
        return str(error.result.gas_used if error.result is not None else 0)
    except npython.Halted as error:
        return error.message
    except npython.EngineError as error:
        return error.source
    except npython.NpythonError as error:
        return str(error)
    return ""


def under_a_policy(path: Path) -> npython.Result:
    with path.with_suffix(".jsonl").open("w", encoding="utf-8") as file:
        return Policy.read(path).sandbox({"NAME": "value"}, audit=JsonLines(file)).run("1")


def for_tests() -> npython.Sandbox:
    return stress_sandbox(limits=limits, collect_always=True)
