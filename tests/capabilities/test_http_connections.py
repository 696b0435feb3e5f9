"""Connections of HTTP-ENV are used again within one run, for the same server and grant only (redteam 96, 97, 100)."""

from __future__ import annotations

import ssl

import pytest

pytest.importorskip("httpx")

from keeping_server import KeepingServer
from web_server import CERTIFICATE, answer_of

import npython
from npython.capabilities import HttpCapability
from npython.capabilities.http import connections
from npython.security import Grant, StaticGatekeeper


@pytest.fixture
def server():
    running = KeepingServer()
    yield running
    running.close()


@pytest.fixture
def secured():
    running = KeepingServer(tls=True)
    yield running
    running.close()


def sandbox_for(*servers, resolver=None, grants=None, **options):
    """A sandbox that may ask the servers by address and by three names; `looked_up` has the names it looked up."""
    looked_up = []

    def local(host, port):
        looked_up.append(host)
        return ["127.0.0.1"]

    names = ("shop.example", "a.example", "b.example")
    capability = HttpCapability(
        [f"127.0.0.1:{server.port}" for server in servers],
        private_hosts=[f"{name}:{server.port}" for server in servers for name in names],
        resolver=resolver or local,
        methods=["GET", "HEAD", "POST", "PUT", "DELETE"],
        tls=ssl.create_default_context(cafile=CERTIFICATE),
        **options,
    )
    gatekeeper = StaticGatekeeper({"HTTP-ENV": grants or "s3cret"}) if not callable(grants) else grants()
    sandbox = npython.Sandbox(gatekeeper=gatekeeper, capabilities=[capability])
    return sandbox, looked_up


def asking(*lines, base):
    """A program with these lines in the block, and the address of the server as `base`."""
    block = "".join(f"    {line}\n" for line in lines)
    return f"base = {base!r}\nfound = []\nwith scope('HTTP-ENV', 's3cret'):\n{block}found\n"


def test_one_run_has_one_connection_for_a_server_and_closes_it(server):
    sandbox, looked_up = sandbox_for(server)
    program = asking(
        "for n in range(5):", "    found.append(fetch(f'{base}/{n}').text)", base=f"http://shop.example:{server.port}"
    )
    assert sandbox.run(program).value == ["/0", "/1", "/2", "/3", "/4"]
    assert server.connections == [0] * 5
    assert looked_up == ["shop.example"]
    assert server.wait_for_ends(1)
    sandbox.run(program)
    assert server.connections == [0] * 5 + [1] * 5
    assert server.wait_for_ends(2)


@pytest.mark.parametrize("how", ["raises", "halts", "session", "run_async"])
def test_connections_end_with_the_run_however_it_ends(server, how):
    import asyncio

    sandbox, _ = sandbox_for(server)
    last = {"raises": "1 / 0", "halts": "'x' * 10**10"}.get(how, "pass")
    program = asking("fetch(base)", last, base=f"http://127.0.0.1:{server.port}")
    if how == "run_async":
        asyncio.run(sandbox.run_async(program))
    elif how == "session":
        session = sandbox.session()
        session.run(program)
        assert server.wait_for_ends(1)
        session.run(program)
        assert server.connections == [0, 1]
    else:
        with pytest.raises(npython.NpythonError):
            sandbox.run(program)
    assert server.wait_for_ends(len(server.requests))


def test_names_do_not_share_a_connection_even_at_one_address(server):
    sandbox, looked_up = sandbox_for(server)
    program = asking(
        *[f"fetch('http://{name}:{server.port}/{name}')" for name in ("a.example", "b.example", "127.0.0.1")] * 2,
        base="",
    )
    sandbox.run(program)
    assert server.connections == [0, 1, 2, 0, 1, 2]
    assert looked_up == ["a.example", "b.example"]


def test_a_certificate_is_checked_for_each_name(secured):
    sandbox, _ = sandbox_for(secured)
    program = asking(
        f"found.append(fetch('https://shop.example:{secured.port}/1').text)",
        f"found.append(fetch('https://shop.example:{secured.port}/2').text)",
        "try:",
        f"    fetch('https://a.example:{secured.port}/3')",
        "except ConnectionError as error:",
        "    found.append(str(error))",
        base="",
    )
    assert sandbox.run(program).value == ["/1", "/2", "the host 'a.example' has no valid certificate"]
    assert secured.connections == [0, 0]


class TwoTokens:
    """Two tokens for one scope, whose grants are equal; and a third whose grant is narrower."""

    def __init__(self):
        self._grants = {
            "one": Grant("HTTP-ENV"),
            "two": Grant("HTTP-ENV"),
            "narrow": Grant("HTTP-ENV", methods=("GET",)),
        }

    def grant(self, scope, token):
        return self._grants.get(token)

    def validate(self, scope, token):
        return token in self._grants


def test_grants_do_not_share_a_connection(server):
    sandbox, _ = sandbox_for(server, grants=TwoTokens)
    blocks = [("one",), ("two",), ("one",), ("one", "narrow"), ("two",), ("narrow",)]
    program = f"base = 'http://127.0.0.1:{server.port}'\n"
    for names in blocks:
        program += "with " + ", ".join(f"scope('HTTP-ENV', {name!r})" for name in names) + ": fetch(base)\n"
    sandbox.run(program)
    assert server.connections == [0, 1, 0, 2, 1, 2]


def test_a_kept_connection_is_no_way_around_the_rules(server):
    now = [0.0]
    grant = Grant("HTTP-ENV", methods=("GET",), paths=("/a",), max_calls=4, expires_at=10, clock=lambda: now[0])
    sandbox, _ = sandbox_for(server, grants=("s3cret", grant))
    sandbox.tool(name="later")(lambda: now.__setitem__(0, 10.0))
    program = asking(
        "fetch(base + '/a')",
        "calls = [lambda: fetch(base + '/b'), lambda: send_request('DELETE', base + '/a')]",
        "calls.append(lambda: later() or fetch(base + '/a'))",
        "for call in calls:",
        "    try:",
        "        call()",
        "    except PermissionError as error:",
        "        found.append(str(error))",
        base=f"http://127.0.0.1:{server.port}",
    )
    assert sandbox.run(program).value == [
        "the grant for HTTP-ENV does not cover the path '/b'",
        "the grant for HTTP-ENV does not cover the method DELETE",
        "the grant for HTTP-ENV has expired",
    ]
    assert server.requests == [(0, "GET", "/a")]


def test_a_new_connection_is_looked_up_and_checked_anew(server):
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    server.closing = {"/2"}
    sandbox, _ = sandbox_for(server, resolver=lambda host, port: next(answers))
    program = asking(
        "found += [fetch(base + '/1').text, fetch(base + '/2').text]",
        "try:",
        "    fetch(base + '/3')",
        "except PermissionError as error:",
        "    found.append(str(error))",
        base=f"http://shop.example:{server.port}",
    )
    assert sandbox.run(program).value == ["/1", "/2", "the host 'shop.example' is at an address that is not allowed"]
    assert server.requests == [(0, "GET", "/1"), (0, "GET", "/2")]


def test_a_connection_that_the_server_has_closed_is_no_error(server):
    server.closing = {f"/{n}" for n in range(20)}
    sandbox, _ = sandbox_for(server)
    program = asking(
        "for n in range(20):", "    found.append(fetch(f'{base}/{n}').text)", base=f"http://127.0.0.1:{server.port}"
    )
    assert sandbox.run(program).value == [f"/{n}" for n in range(20)]
    assert server.requests == [(n, "GET", f"/{n}") for n in range(20)]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_what_changes_something_is_sent_once_over_a_connection_of_its_own(server, method):
    sandbox, _ = sandbox_for(server)
    program = asking(
        *("fetch(base)", f"send_request({method!r}, base)", f"send_request({method!r}, base)", "fetch(base)"),
        base=f"http://127.0.0.1:{server.port}",
    )
    sandbox.run(program)
    assert server.connections == [0, 1, 2, 2]


@pytest.mark.parametrize("extra", [answer_of(b"forged"), b"x", answer_of(b"forged") * 100])
def test_an_answer_that_comes_before_its_question_is_none(server, extra):
    server.answers["/1"] = answer_of(b"first") + extra
    sandbox, _ = sandbox_for(server)
    program = asking(
        "found += [fetch(base + '/1').text, fetch(base + '/2').text]", base=f"http://127.0.0.1:{server.port}"
    )
    assert sandbox.run(program).value == ["first", "/2"]


@pytest.mark.parametrize(
    "answer",
    [
        answer_of(b"x", "Connection: close"),
        b"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + b"x" * 100_000,
        b"HTTP/1.1 200 OK\r\nContent-Length: nonsense\r\n\r\nx",
        answer_of(b"not gzip", "Content-Encoding: gzip"),
    ],
)
def test_connections_that_are_not_kept(server, answer):
    server.answers["/1"] = answer
    sandbox, _ = sandbox_for(server, max_bytes=1000)
    program = asking(
        "try:",
        "    fetch(base + '/1')",
        "except (ValueError, ConnectionError):",
        "    pass",
        "found.append(fetch(base + '/2').text)",
        base=f"http://127.0.0.1:{server.port}",
    )
    assert sandbox.run(program).value == ["/2"]
    assert server.connections == [0, 1]


def test_an_answer_to_head_has_no_body_that_could_be_the_next_answer(server):
    server.answers["/1"] = answer_of(b"", length=10)
    sandbox, _ = sandbox_for(server)
    program = asking(
        "send_request('HEAD', base + '/1')",
        "found.append(fetch(base + '/2').text)",
        base=f"http://127.0.0.1:{server.port}",
    )
    assert sandbox.run(program).value == ["/2"]


def test_redirects_use_the_connection_to_their_own_server_only(server, secured):
    server.answers["/1"] = answer_of(b"", "Location: /2", status=302)
    server.answers["/2"] = answer_of(b"", f"Location: https://shop.example:{secured.port}/3", status=302)
    sandbox, _ = sandbox_for(server, secured)
    program = asking("found.append(fetch(base + '/1').text)", base=f"http://127.0.0.1:{server.port}")
    assert sandbox.run(program).value == ["/3"]
    assert server.requests == [(0, "GET", "/1"), (0, "GET", "/2")]
    assert secured.requests == [(0, "GET", "/3")]


def test_each_request_has_its_own_deadline_on_a_kept_connection(server):
    sandbox, _ = sandbox_for(server)
    server.answers["/2"] = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
    program = asking(
        "fetch(base + '/1', timeout=10)",
        "try:",
        "    fetch(base + '/2', timeout=0.05)",
        "except TimeoutError as error:",
        "    found.append(str(error))",
        "found.append(fetch(base + '/3', timeout=10).text)",
        base=f"http://127.0.0.1:{server.port}",
    )
    assert sandbox.run(program).value == ["the request took longer than 0.05 s", "/3"]
    assert server.connections == [0, 0, 1]


class Stream:
    """A connection as far as keeping it is concerned."""

    def __init__(self):
        self.closed = False
        self.deadline = None
        self.received = 7
        self.readable = False

    def get_extra_info(self, info):
        return self.readable

    def close(self):
        self.closed = True


def test_few_connections_are_kept_and_not_for_long():
    now = [0.0]
    kept = connections.Connections(lambda: now[0])
    grant = Grant("HTTP-ENV")
    places = [connections.Place(grant, grant.usage, ("http", f"{n}.example", 80)) for n in range(5)]
    streams = [Stream() for _ in places]
    for place, stream in zip(places, streams, strict=True):
        kept.keep(place, stream)
    assert [stream.closed for stream in streams] == [True, False, False, False, False]
    assert kept.take(places[0], None) is None
    assert kept.take(places[1], "deadline") is streams[1]
    assert (streams[1].deadline, streams[1].received) == ("deadline", 0)
    assert kept.take(places[1], None) is None
    streams[2].readable = True
    assert kept.take(places[2], None) is None
    now[0] = 5.0
    assert kept.take(places[3], None) is None
    kept.close()
    assert [stream.closed for stream in streams] == [True, False, True, True, True]
