"""The face of the package: its names, its stub, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys
import types
from pathlib import Path

import npython

ROOT = Path(__file__).resolve().parents[2]


def test_all_names_every_public_member_in_order():
    public = {
        name
        for name, value in vars(npython).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType) and name != "annotations"
    }
    assert set(npython.__all__) == public | {"__version__"}
    assert npython.__all__ == sorted(npython.__all__)


def test_public_names_say_where_they_live_and_what_they_mean():
    for name in npython.__all__:
        member = getattr(npython, name)
        if isinstance(member, type):
            assert member.__module__ == "npython", name
        if name != "__version__":
            assert member.__doc__, name


def test_importing_the_command_imports_little():
    heavy = {"argparse", "asyncio", "dataclasses", "inspect", "json", "pathlib", "re", "threading", "typing"}
    code = "import sys; before = set(sys.modules); import npython.cli.run; print(*set(sys.modules) - before)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert heavy.isdisjoint(loaded)


def test_the_stub_agrees_with_the_native_module(tmp_path):
    command = [sys.executable, "-m", "mypy.stubtest", "npython._npython"]
    outcome = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_an_embedders_program_with_every_public_name_is_typed():
    path = Path(__file__).with_name("typed_program.py")
    missing = [name for name in npython.__all__ if f"npython.{name}" not in path.read_text(encoding="utf-8")]
    assert not missing
    command = [sys.executable, "-m", "mypy", "--strict", str(path)]
    outcome = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_engine_errors_carry_the_program():
    error = npython.EngineError("defect", source="1 + 1")
    assert error.source == "1 + 1"
    assert error.result is None
