"""Programs with HTTP-ENV: what they get by going around the rules (redteam 81 to 86 and section 5, from within)."""

from __future__ import annotations

import asyncio
import http.server
import threading

import pytest

pytest.importorskip("httpx")

import npython
from npython.capabilities import HttpCapability
from npython.security import Grant, StaticGatekeeper


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.paths.append(self.path)
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
        else:
            self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    do_POST = do_DELETE = do_GET  # noqa: N815

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.paths = []
        running.address = f"127.0.0.1:{running.server_port}"
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def run(server):
    """Run a program that has `base`, `T` and `refused`, under a grant with these restrictions."""

    def start(program, gatekeeper=None, **restrictions):
        grant = Grant("HTTP-ENV", **restrictions)
        sandbox = npython.Sandbox(
            gatekeeper=gatekeeper or StaticGatekeeper({"HTTP-ENV": ("s3cret", grant)}),
            capabilities=[HttpCapability([server.address], methods=["GET", "POST", "DELETE"])],
            audit=True,
        )
        inputs = {"base": f"http://{server.address}", "T": npython.Token("s3cret")}
        return sandbox.run(PRELUDE + program, inputs=inputs)

    return start


PRELUDE = """
def refused(function, *arguments):
    try:
        function(*arguments)
    except PermissionError as error:
        return True
    return False
"""


@pytest.mark.parametrize(
    "program",
    [
        "fetch(base)",
        "with scope('HTTP-ENV', T): pass\nfetch(base)",
        "def later():\n  return fetch(base)\nwith scope('HTTP-ENV', T): f = later\nf()",
        "with scope('HTTP-ENV', T): f = lambda: fetch(base)\nf()",
        "def g():\n  with scope('HTTP-ENV', T):\n    yield\nfor _ in g(): fetch(base)",
        "try:\n  with scope('HTTP-ENV', T): 1 / 0\nexcept ZeroDivisionError:\n  fetch(base)",
        "for _ in [1]:\n  with scope('HTTP-ENV', T): break\nfetch(base)",
        "def f():\n  with scope('HTTP-ENV', T): return 1\nf()\nsend_request('GET', base)",
        "with scope('FS-ENV', T): fetch(base)",
        "with scope('HTTP-ENV', 'S3CRET'): fetch(base)",
        "with scope('http-env', T): fetch(base)",
        "with scope('HTTP-ENV', ''): fetch(base)",
        "with scope('HTTP-ENV', None): fetch(base)",
    ],
)
def test_without_a_grant_nothing_is_sent(run, server, program):
    with pytest.raises((npython.SecurityViolation, npython.GuestError)) as caught:
        run(f"{program}\nprint('went on')")
    assert server.paths == []
    assert caught.value.result.stdout == ""


@pytest.mark.parametrize(
    "name", ["_send_request", "HttpResponse._send_request", "fetch.__globals__", "Headers.__init__.__globals__"]
)
def test_the_host_function_itself_is_out_of_reach(run, server, name):
    with pytest.raises(npython.GuestError):
        run(f"with scope('HTTP-ENV', T):\n  {name}")
    assert server.paths == []


def test_replacing_what_is_visible_gains_nothing(run, server):
    program = """
class Anything:
    def __getattr__(self, name):
        return self
    def __call__(self, *arguments, **keywords):
        return self
    def __eq__(self, other):
        return True
    def lower(self):
        return "http"

def attempt(function, *arguments):
    try:
        function(*arguments)
    except Exception as error:
        return type(error).__name__

with scope("HTTP-ENV", T):
    found = [
        attempt(fetch, Anything()),
        attempt(fetch, base, Anything()),
        attempt(fetch, base, {"Host": "evil.example"}),
        attempt(fetch, base, {"A": "b\\r\\nC: d"}),
        attempt(send_request, Anything(), base),
        attempt(send_request, "GET /evil HTTP/1.1\\r\\nX:", base),
        attempt(send_request, "CONNECT", base),
        attempt(send_request, "GET", base, None, Anything()),
        attempt(send_request, "GET", base, None, None, None, float("nan")),
    ]
found
"""
    assert all(name in {"TypeError", "ValueError"} for name in run(program).value)
    assert server.paths == []


def test_one_call_that_is_left_is_one_call(run, server):
    program = """
refusals = 0
for _ in range(100):
    with scope("HTTP-ENV", T):
        refusals += refused(fetch, base)
refusals
"""
    assert run(program, max_calls=1).value == 99
    assert len(server.paths) == 1


def test_one_call_that_is_left_is_one_call_for_a_hundred_tasks(run, server):
    program = """
import asyncio

async def one():
    with scope("HTTP-ENV", T):
        await asyncio.sleep(0)
        return refused(fetch, base)

async def everyone():
    return await asyncio.gather(*[one() for _ in range(100)])

sum(asyncio.run(everyone()))
"""
    assert run(program, max_calls=1).value == 99
    assert len(server.paths) == 1


def test_a_task_does_not_keep_what_its_maker_had(run, server):
    program = """
import asyncio

async def later():
    await asyncio.sleep(1)
    print(fetch(base).text)

async def main():
    with scope("HTTP-ENV", T):
        task = asyncio.create_task(later())
        await asyncio.sleep(0)
    await task

asyncio.run(main())
"""
    with pytest.raises(npython.SecurityViolation):
        run(program)
    assert server.paths == []


def test_nested_blocks_count_for_both(run, server):
    program = """
with scope("HTTP-ENV", T):
    with scope("HTTP-ENV", T):
        first = [refused(fetch, base) for _ in range(3)]
    second = refused(fetch, base)
[first, second]
"""
    assert run(program, max_calls=2).value == [[False, False, True], True]
    assert len(server.paths) == 2


def test_bytes_that_are_left(run):
    program = """
with scope("HTTP-ENV", T):
    found = [refused(fetch, base), refused(fetch, base), refused(fetch, base)]
found
"""
    assert run(program, max_bytes=11).value == [False, False, True]


@pytest.mark.parametrize(
    ("restrictions", "call", "sent"),
    [
        ({"methods": ("GET",)}, "send_request, 'POST', base", 0),
        ({"methods": ("GET",)}, "send_request, 'post', base", 0),
        ({"read_only": True}, "send_request, 'DELETE', base", 0),
        ({"hosts": ("other.example",)}, "fetch, base", 0),
        ({"paths": ("/public",)}, "fetch, base + '/private'", 0),
        ({"paths": ("/public",)}, "fetch, base + '/public/../private'", 0),
        ({"paths": ("/public",)}, "fetch, base + '/public/%2e%2e/private'", 0),
        ({"paths": ("/public",)}, "fetch, base + '/publicity'", 0),
        ({}, "fetch, base + '/to/http://169.254.169.254/'", 1),
        ({}, "fetch, base + '/to/http://[::1]/'", 1),
        ({}, "fetch, 'http://127.0.0.1:1/'", 0),
        ({}, "fetch, 'http://metadata.google.internal/'", 0),
        ({"paths": ("/to",)}, "fetch, base + '/to//private'", 0),
    ],
)
def test_restrictions_hold(run, server, restrictions, call, sent):
    assert run(f"with scope('HTTP-ENV', T): found = refused({call})\nfound", **restrictions).value is True
    assert len(server.paths) == sent


def test_expiry_while_the_block_is_open(run, server):
    now = [0.0]
    grant = Grant("HTTP-ENV", expires_at=10, clock=lambda: now[0])
    sandbox = npython.Sandbox(
        gatekeeper=StaticGatekeeper({"HTTP-ENV": ("s3cret", grant)}),
        capabilities=[HttpCapability([server.address])],
        functions={"later": lambda: now.__setitem__(0, 10.0)},
    )
    program = f"""{PRELUDE}
with scope("HTTP-ENV", T):
    found = [refused(fetch, base)]
    later()
    found += [refused(fetch, base)]
found
"""
    inputs = {"base": f"http://{server.address}", "T": npython.Token("s3cret")}
    assert sandbox.run(program, inputs=inputs).value == [False, True]
    assert len(server.paths) == 1


def test_a_revoked_token_does_not_open_again(run, server):
    pytest.importorskip("biscuit_auth")
    from npython.security import BiscuitGatekeeper
    from npython.security.biscuit import generate_key, inspect, mint
    from npython.security.restrictions import Restrictions

    private, public = generate_key()
    token = mint(private, Restrictions(rights=("HTTP-ENV",)))
    revoked = set()
    sandbox = npython.Sandbox(
        gatekeeper=BiscuitGatekeeper(public, revoked=revoked),
        capabilities=[HttpCapability([server.address])],
        functions={"revoke": lambda: revoked.add(inspect(token)[0].revocation_id)},
    )
    program = "with scope('HTTP-ENV', T): fetch(base)\nrevoke()\nwith scope('HTTP-ENV', T): fetch(base)"
    with pytest.raises(npython.SecurityViolation):
        sandbox.run(program, inputs={"base": f"http://{server.address}", "T": npython.Token(token)})
    assert len(server.paths) == 1


class Odd:
    """A gatekeeper that answers with anything but a plain yes."""

    def __init__(self, answer):
        self.answer = answer

    def validate(self, scope, token):
        return self.answer(scope)


async def later(_):
    return True


def failing(_):
    raise RuntimeError("the database is at 10.0.0.1")


@pytest.mark.parametrize("answer", [lambda _: 1, lambda _: "yes", Grant, failing, later, lambda _: None])
def test_gatekeepers_that_do_not_say_yes_open_nothing(run, server, answer):
    with pytest.raises(npython.SecurityViolation) as caught:
        run("with scope('HTTP-ENV', T): fetch(base)", gatekeeper=Odd(answer))
    assert server.paths == []
    assert "10.0.0.1" not in str(caught.value)


def test_no_secret_comes_out(run, server):
    program = """
shown = [repr(T), str(T), f"{T!r:>20}", "%s" % (T,)]
with scope("HTTP-ENV", T):
    for url in ("http://evil.example/", base + "/to/file:///x", "nonsense", base):
        try:
            answer = fetch(url)
        except Exception as error:
            shown += [repr(error), str(error.args)]
print(shown)
shown
"""
    result = run(program)
    assert "s3cret" not in result.stdout + repr(result.value) + repr(result.audit)
    assert "site-packages" not in result.stdout
    assert server.paths == ["/to/file:///x", "/"]


def test_the_audit_has_the_bytes_of_each_call(run):
    program = """
with scope("HTTP-ENV", T):
    fetch(base)
    with scope("HTTP-ENV", T):
        send_request("POST", base, body="123")
    refused(fetch, base)
"""
    calls = [record for record in run(program, max_calls=2).audit if record.event == "call"]
    assert [(record.bytes, record.result) for record in calls] == [(5, "ok"), (8, "ok"), (0, "GrantError")]


def test_an_event_loop_goes_on_while_a_program_waits(server):
    asked, answered = threading.Event(), threading.Event()

    class Waiting(Handler):
        def do_GET(self):
            asked.set()
            answered.wait(20)
            self.server.paths = []
            super().do_GET()

    server.RequestHandlerClass = Waiting
    sandbox = npython.Sandbox(
        gatekeeper=StaticGatekeeper({"HTTP-ENV": "s3cret"}), capabilities=[HttpCapability([server.address])]
    )
    program = f"with scope('HTTP-ENV', 's3cret'): found = fetch('http://{server.address}/').text\nfound"

    async def main():
        running = asyncio.create_task(sandbox.run_async(program))
        await asyncio.to_thread(asked.wait, 20)
        answered.set()  # which happens only if the loop is free
        return (await running).value

    assert asyncio.run(main()) == "hello"


@pytest.mark.parametrize("how", ["run", "session", "second run of a session"])
def test_the_time_of_the_run_ends_a_slow_request(server, how):
    release = threading.Event()

    class Silent(Handler):
        def do_GET(self):
            release.wait(20)

    server.RequestHandlerClass = Silent
    sandbox = npython.Sandbox(
        gatekeeper=StaticGatekeeper({"HTTP-ENV": "s3cret"}),
        capabilities=[HttpCapability([server.address], timeout=15)],
        limits=npython.Limits(time=0.2),
    )
    program = f"""
try:
    with scope('HTTP-ENV', 's3cret'):
        fetch('http://{server.address}/', timeout=14)
except TimeoutError:
    while True:
        pass
"""
    runner = sandbox if how == "run" else sandbox.session()
    try:
        if how == "second run of a session":
            runner.run("pass")
        with pytest.raises(npython.TimeLimitExceeded):
            runner.run(program)
    finally:
        release.set()


def test_the_time_of_the_run_ends_a_slow_request_on_an_event_loop(server):
    release = threading.Event()

    class Silent(Handler):
        def do_GET(self):
            release.wait(20)

    server.RequestHandlerClass = Silent
    sandbox = npython.Sandbox(
        gatekeeper=StaticGatekeeper({"HTTP-ENV": "s3cret"}),
        capabilities=[HttpCapability([server.address], timeout=15)],
        limits=npython.Limits(time=0.2),
    )
    program = f"with scope('HTTP-ENV', 's3cret'): fetch('http://{server.address}/')"
    loop = asyncio.new_event_loop()
    try:
        with pytest.raises(npython.TimeLimitExceeded):
            loop.run_until_complete(sandbox.run_async(program))
    finally:
        release.set()
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
