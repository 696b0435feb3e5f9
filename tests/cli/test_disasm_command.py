"""`npython disasm`."""

from __future__ import annotations


def test_listing_has_source_lines_and_inner_functions(npython, tmp_path):
    (tmp_path / "p.py").write_text("x = 1\ndef double(n):\n    return n * 2\nprint(double(x))\n")
    done = npython("disasm", "p.py")
    assert (done.returncode, done.stderr) == (0, b"")
    listing = done.stdout.decode()
    assert "code <module>" in listing
    assert "code double" in listing
    assert [line for line in listing.splitlines() if line.split()[:1] == ["4"]]


def test_standard_input(npython):
    assert b"code <module>" in npython("disasm", "-", stdin="1 + 1").stdout


def test_syntax_errors(npython):
    done = npython("disasm", "-", stdin="x = (")
    assert done.returncode == 3
    assert b"SyntaxError: '(' was never closed" in done.stderr


def test_unreadable_files(npython):
    done = npython("disasm", "missing.py")
    assert (done.returncode, done.stderr) == (2, b"npython: cannot read 'missing.py': no such file or directory\n")
