"""`npython policy check`, and running programs and queries under a policy."""

from __future__ import annotations

import http.server
import json
import threading

import pytest


@pytest.fixture
def policy(tmp_path):
    """Write `policy.toml` where the command runs."""

    def write(text):
        (tmp_path / "policy.toml").write_text(text)

    return write


@pytest.fixture
def prices():
    """A server with prices; returns its address."""

    class Prices(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            known = self.path == "/prices"
            body = b'{"tea": 4.5}' if known else b"nothing"
            self.send_response(200 if known else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Prices) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


FILES = '[scopes.FS-ENV]\nroot = "."\nmode = "read-write"\ntoken = "@secret"\n'


def test_checking(npython, policy):
    policy(FILES)
    done = npython("policy", "check", "policy.toml")
    assert (done.returncode, done.stdout) == (0, b"policy.toml is valid; it opens FS-ENV\n")
    assert json.loads(npython("policy", "check", "policy.toml", "--json").stdout)["scopes"] == ["FS-ENV"]


def test_checking_finds_what_is_wrong(npython, policy):
    policy("[limits]\ntime = 1\nmemroy = 5\n")
    done = npython("policy", "check", "policy.toml")
    problem = b"policy.toml:3: [limits], memroy: this key is unknown; did you mean memory?"
    assert (done.returncode, done.stderr) == (2, b"npython: " + problem + b"\n")
    report = npython("policy", "check", "policy.toml", "--json")
    assert report.returncode == 2
    assert json.loads(report.stdout) == {"valid": False, "problem": problem.decode(), "scopes": []}


WRONG_USAGE = [[], ["check"], ["check", "a", "b"], ["show", "a"], ["check", "nowhere.toml"], ["check", "."]]


@pytest.mark.parametrize("arguments", WRONG_USAGE)
def test_wrong_usage(npython, arguments):
    done = npython("policy", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1
    told = npython("policy", *arguments, "--json")
    assert (told.returncode, told.stderr) == (2, b"")
    problem = done.stderr.decode().removeprefix("npython: ").removesuffix("\n")
    assert json.loads(told.stdout) == {"valid": False, "problem": problem, "scopes": []}


PROGRAM = """\
with scope("FS-ENV", FILES):
    write_file("tea", "order.txt")
    print(read_file("order.txt"), FILES)
"""


@pytest.mark.parametrize("token", ["FILES=@secret", "FILES=env:SECRET", "FILES=s3cret"])
def test_running_under_a_policy(npython, policy, tmp_path, monkeypatch, token):
    monkeypatch.setenv("SECRET", "s3cret")
    policy(FILES)
    (tmp_path / "secret").write_text("s3cret\n")
    (tmp_path / "program.py").write_text(PROGRAM)
    done = npython("run", "program.py", "--policy", "policy.toml", "--token", token)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"tea <Token>\n", b"")
    assert (tmp_path / "order.txt").read_text() == "tea"


def test_json_has_what_was_changed_in_an_overlay(npython, policy, tmp_path):
    policy(FILES.replace("read-write", "overlay"))
    (tmp_path / "secret").write_text("s3cret\n")
    (tmp_path / "program.py").write_text(PROGRAM + "    write_file(b'\\xff', 'b'); make_dir('d')\n")
    done = npython("run", "program.py", "--policy", "policy.toml", "--token", "FILES=@secret", "--json")
    assert json.loads(done.stdout)["changes"] == {
        "files": {"b": {"base64": "/w=="}, "order.txt": {"text": "tea"}},
        "directories": ["d"],
        "removed": [],
    }
    assert not (tmp_path / "order.txt").exists()


def test_what_was_done_is_written_down(npython, policy, tmp_path):
    policy(FILES)
    (tmp_path / "secret").write_text("s3cret")
    (tmp_path / "program.py").write_text(PROGRAM)
    for _ in range(2):
        done = npython(
            *("run", "program.py", "--policy", "policy.toml", "--token", "FILES=@secret", "--audit", "audit.jsonl")
        )
        assert (done.returncode, done.stderr) == (0, b"")
    text = (tmp_path / "audit.jsonl").read_text()
    records = [json.loads(line) for line in text.splitlines()]
    assert [record["function"] or record["event"] for record in records] == [
        *("enter", "write_file", "read_file", "leave"),
        *("enter", "write_file", "read_file", "leave"),
    ]
    assert "s3cret" not in text


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (["--policy", "policy.toml", "--token", "FILES=wrong"], 5),
        (["--token", "FILES=@secret"], 5),
        (["--policy", "policy.toml"], 1),
        (["--policy", "nowhere.toml", "--token", "FILES=@secret"], 2),
        (["--policy", "policy.toml", "--token", "FILES=@nowhere"], 2),
        (["--policy", "policy.toml", "--token", "FILES=env:NOWHERE"], 2),
        (["--policy", "policy.toml", "--token", "s3cret"], 2),
        (["--policy", "policy.toml", "--token", "FILES="], 2),
        (["--policy", "policy.toml", "--token", "FILES=@secret", "--audit", "nowhere/audit"], 2),
        (["--policy", "policy.toml", "--token", "FILES=@secret", "--time", "9s"], 2),
    ],
)
def test_running_without_what_it_needs(npython, policy, tmp_path, options, status):
    policy(FILES + "[limits]\ntime = 5\n")
    (tmp_path / "secret").write_text("s3cret")
    (tmp_path / "program.py").write_text(PROGRAM)
    done = npython("run", "program.py", *options)
    assert (done.returncode, done.stdout) == (status, b"")
    assert b"s3cret" not in done.stderr
    assert not (tmp_path / "order.txt").exists()


@pytest.fixture
def web(policy, tmp_path, prices):
    """A policy that opens the server with prices."""
    policy(f'[scopes.HTTP-ENV]\nhosts = ["{prices}"]\ntoken = "@secret"\n')
    (tmp_path / "secret").write_text("s3cret")


@pytest.mark.parametrize(
    ("arguments", "output"),
    [
        ([], b'{"tea": 4.5}\n'),
        (["-e", "data['tea'] * 2"], b"9.0\n"),
        (["-e", "body.upper()"], b'{"TEA": 4.5}\n'),
        (["-e", "[status, sorted(data)]"], b'[\n  200,\n  [\n    "tea"\n  ]\n]\n'),
        (["-e", "{1, 2}"], b"{1, 2}\n"),
        (["-e", "print('hi')"], b"hi\nnull\n"),
        (["--json"], b'{"status": "finished", "value": "{\\"tea\\": 4.5}", "error": null}\n'),
        (["-e", "data", "--json"], b'{"status": "finished", "value": {"tea": 4.5}, "error": null}\n'),
    ],
)
def test_queries(npython, web, prices, arguments, output):
    done = npython("query", f"http://{prices}/prices", "@secret", "--policy", "policy.toml", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (0, output, b"")


def test_a_query_of_what_is_not_there(npython, web, prices):
    done = npython("query", f"http://{prices}/nothing", "@secret", "--policy", "policy.toml", "-e", "[status, data]")
    assert (done.returncode, json.loads(done.stdout)) == (0, [404, None])


@pytest.mark.parametrize(
    ("url", "arguments", "status", "message"),
    [
        ("http://{}/prices", ["wrong"], 5, b"SecurityViolation: scope 'HTTP-ENV' was refused"),
        ("http://{}/prices", [], 2, b"there is no environment variable NPYTHON_TOKEN"),
        ("http://evil.example/", ["@secret"], 1, b"PermissionError: the host 'evil.example' is not allowed"),
        ("file:///etc/passwd", ["@secret"], 1, b"ValueError: the URL must start with"),
        ("http://{}/prices", ["@secret", "-e", "1 / 0"], 1, b"ZeroDivisionError"),
        ("http://{}/prices", ["@secret", "-e", "1 +"], 3, b"SyntaxError"),
        ("http://{}/prices", ["@secret", "-e", "fetch('http://evil.example/')"], 5, b"SecurityViolation"),
        ("http://{}/prices", ["@secret", "-e", "token"], 1, b"NameError"),
    ],
)
def test_queries_that_fail(npython, web, prices, url, arguments, status, message):
    done = npython("query", url.format(prices), *arguments, "--policy", "policy.toml")
    assert (done.returncode, done.stdout) == (status, b"")
    assert message in done.stderr
    assert b"s3cret" not in done.stderr


@pytest.mark.parametrize("arguments", [[], ["http://a/", "x"], ["http://a/", "x", "y", "--policy", "policy.toml"]])
def test_queries_that_are_none(npython, web, arguments):
    done = npython("query", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")


def test_queries_with_a_key(npython, prices, tmp_path):
    pytest.importorskip("biscuit_auth")
    assert npython("token", "keygen").returncode == 0
    mint = ["token", "mint", "--key", "npython.key", "--out", "token", "--audience", "me"]
    assert npython(*mint, "--scope", "HTTP-ENV").returncode == 0
    query = ["query", f"https://{prices}/", "@token", "--key", "npython.pub"]
    refused = npython(*query)
    assert (refused.returncode, refused.stdout) == (5, b"")
    private = npython(*query, "--audience", "me")
    assert private.returncode == 1
    assert b"PermissionError: the port" in private.stderr
