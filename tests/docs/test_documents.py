"""What the documents show works, and what exists is documented."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import npython

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
PYTHON_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _examples():
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for number, match in enumerate(PYTHON_BLOCK.finditer(text), start=1):
            line = text.count("\n", 0, match.start()) + 2
            name = page.relative_to(ROOT)
            yield pytest.param("\n" * (line - 1) + match[1], str(name), id=f"{name}-{number}")


@pytest.mark.parametrize(("source", "filename"), list(_examples()))
def test_python_examples_run(source, filename, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exec(compile(source, filename, "exec"), {"__name__": "__main__"})


def test_the_package_docstring_example_runs():
    (example,) = PYTHON_BLOCK.findall(npython.__doc__)
    exec(compile(example, "npython.__doc__", "exec"), {})


@pytest.mark.parametrize("name", npython.__all__)
def test_every_public_name_is_in_the_api_page(name):
    assert f"`{name}" in (ROOT / "docs/api.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["run", "query", "token", "policy", "disasm"])
def test_the_cli_page_shows_the_help_of_every_command(command):
    done = subprocess.run(
        [sys.executable, "-m", "npython", command, "--help"], capture_output=True, text=True, check=True
    )
    assert done.stdout in (ROOT / "docs/cli.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page", [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"], ids=lambda page: str(page.relative_to(ROOT))
)
def test_links_to_files_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def _tests_named_by_the_language_page() -> list[str]:
    text = (ROOT / "docs/language.md").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"`(cases/[\w/]+|test_\w+\.py(?:::\w+)?)`", text)))


@pytest.mark.parametrize("name", _tests_named_by_the_language_page())
def test_what_the_language_page_names_is_a_test(name: str) -> None:
    folder = ROOT / "tests/language"
    if name.startswith("cases/"):
        assert (folder / f"{name}.py").exists()
        return
    file, _, function = name.partition("::")
    assert f"def {function}" in (folder / file).read_text(encoding="utf-8")
