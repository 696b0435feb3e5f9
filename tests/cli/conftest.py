"""Running the command as its users do."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.fixture
def npython(tmp_path):
    """Run the command in an empty directory; returns the finished process with text streams."""

    def run(*arguments, stdin=""):
        return subprocess.run(
            [sys.executable, "-m", "npython", *arguments],
            input=stdin if isinstance(stdin, bytes) else stdin.encode(),
            capture_output=True,
            cwd=tmp_path,
            check=False,
        )

    return run
