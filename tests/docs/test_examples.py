"""The examples work."""

from __future__ import annotations

import http.server
import subprocess
import sys
import threading
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def run(*arguments, cwd=None):
    return subprocess.run(
        [sys.executable, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", check=False, cwd=cwd
    )


@pytest.mark.parametrize("name", ["agent.py", "math.py"])
def test_examples_that_only_compute_do_as_in_cpython(name):
    ours = run("-m", "npython", "run", EXAMPLES / name)
    theirs = run(EXAMPLES / name)
    assert (ours.returncode, ours.stderr) == (0, "")
    assert ours.stdout == theirs.stdout


def test_the_shop():
    done = run(EXAMPLES / "embedding/shop.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("-> [1, 2]  (")
    assert "KeyError: 'milk'" in done.stdout
    assert "stopped: " in done.stdout
    assert "No module named 'os'" in done.stdout


def test_the_reconciliation():
    pytest.importorskip("httpx")
    done = run(EXAMPLES / "embedding/reconcile.py")
    assert (done.returncode, done.stderr) == (0, "")
    report, _, rest = done.stdout.partition("result: ")
    assert report == (
        "# 4 orders checked, 3 problems\n\n"
        "- tuesday.csv, line 2: invalid literal for int() with base 10: 'ten'\n"
        "- monday.csv, line 3: coffee: 15.50 charged, 14.50 due\n"
        "- tuesday.csv, line 3: no price for milk\n\n"
        "Charged too much: 1.00\n\n"
    )
    assert rest.startswith("{'checked': 4, 'problems': 3, 'difference': 1.0}\n")
    assert rest.count("enter  FS-ENV") == 2
    assert rest.count("enter  HTTP-ENV") == 1


def test_the_reconciliation_without_its_host_stops_at_the_first_scope():
    done = run("-m", "npython", "run", EXAMPLES / "reconcile.py", "--token", "files=a", "--token", "web=b")
    assert (done.returncode, done.stdout) == (5, "")
    assert "scope 'FS-ENV' was refused" in done.stderr


class Greeting(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"b": [1], "a": "x"}')

    def log_message(self, *_):
        pass


def test_the_query(tmp_path):
    pytest.importorskip("httpx")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Greeting) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        address = f"127.0.0.1:{server.server_port}"
        (tmp_path / "web.token").write_text("s3cret")
        (tmp_path / "policy.toml").write_text(f'[scopes.HTTP-ENV]\nhosts = ["{address}"]\ntoken = "@web.token"\n')
        given = ["--policy", "policy.toml", "--token", "TOKEN=@web.token", "--input", f'url="http://{address}/"']
        done = run("-m", "npython", "run", EXAMPLES / "query.py", *given, cwd=tmp_path)
        server.shutdown()
        thread.join()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"http://{address}/: status 200, 20 bytes\n  a = 'x'\n  b = [1]\n"


def test_every_example_is_run():
    tested = Path(__file__).read_text(encoding="utf-8")
    for path in EXAMPLES.rglob("*.py"):
        assert path.relative_to(EXAMPLES).as_posix() in tested, path
