"""HTTP-ENV against a server: requests, answers, redirects, limits (redteam 83, 84, 96, 97, 99, 100)."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import ssl
import threading
import zlib

import pytest

pytest.importorskip("httpx")

from web_server import CERTIFICATE, WebServer, answer_of, header_of, redirect

from npython.capabilities import Capability, HttpCapability
from npython.capabilities.http import stream
from npython.security import Grant, GrantError

LOOPBACK = ipaddress.ip_address("127.0.0.1")


@pytest.fixture
def server():
    running = WebServer()
    yield running
    running.close()


@pytest.fixture
def other():
    running = WebServer()
    yield running
    running.close()


@pytest.fixture
def secured():
    running = WebServer(tls=True)
    yield running
    running.close()


class Asking:
    """The host function under a grant, with the answer's parts by name."""

    def __init__(self, *servers, grant=None, resolver=None, **options):
        options.setdefault("methods", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        self.capability = HttpCapability(
            [f"127.0.0.1:{server.port}" for server in servers],
            private_hosts=[f"shop.example:{server.port}" for server in servers],
            resolver=resolver or (lambda host, port: ["127.0.0.1"]),
            **options,
        )
        self.grant = grant or Grant("HTTP-ENV")

    def __call__(self, method, url, **arguments):
        answer = self.capability.functions["_send_request"](method, url, **arguments, grant=self.grant)
        names = ("status", "url", "headers", "body", "text")
        return dict(zip(names, answer, strict=True))


def test_it_is_a_capability(server):
    capability = Asking(server).capability
    assert isinstance(capability, Capability)
    assert capability.scope == "HTTP-ENV"
    assert f"127.0.0.1:{server.port}" in capability.describe


def test_a_get_request_and_its_answer(server):
    server.answers["/a"] = answer_of(b'{"x": [1, 2]}', "Content-Type: application/json", "X-A: 1", "X-A: 2")
    answer = Asking(server)("GET", f"http://127.0.0.1:{server.port}/a?b=c", headers={"X-Mine": "yes"})
    assert answer["status"] == 200
    assert answer["body"] == b'{"x": [1, 2]}'
    assert answer["headers"]["x-a"] == "1, 2"
    (request,) = server.requests
    assert request.startswith("GET /a?b=c HTTP/1.1\r\n")
    assert header_of(request, "host") == f"127.0.0.1:{server.port}"
    assert header_of(request, "x-mine") == "yes"
    assert header_of(request, "user-agent") == "npython"
    assert header_of(request, "content-length") is None


@pytest.mark.parametrize(
    ("arguments", "body", "kind"),
    [
        ({"body": "grüße"}, "grüße".encode(), "text/plain; charset=utf-8"),
        ({"body": b"\0\xff"}, b"\0\xff", "application/octet-stream"),
        ({"data": {"a": [1, None]}}, b'{"a": [1, null]}', "application/json"),
        ({"data": [], "headers": {"Content-Type": "x/y"}}, b"[]", "x/y"),
        ({}, b"", None),
    ],
)
def test_bodies_that_are_sent(server, arguments, body, kind):
    server.answers["/"] = answer_of(b"done")
    Asking(server)("POST", f"http://127.0.0.1:{server.port}/", **arguments)
    (request,) = server.requests
    assert request.partition("\r\n\r\n")[2].encode("latin-1") == body
    assert header_of(request, "content-type") == kind
    assert header_of(request, "content-length") == str(len(body))


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"body": 5}, TypeError),
        ({"body": "a", "data": 1}, TypeError),
        ({"data": float("nan")}, ValueError),
        ({"body": "x" * 101}, ValueError),
        ({"data": "x" * 101}, ValueError),
        ({"timeout": 0}, ValueError),
        ({"timeout": -1}, ValueError),
        ({"timeout": float("nan")}, ValueError),
        ({"timeout": "1"}, ValueError),
        ({"headers": []}, TypeError),
        ({"headers": {"a": 1}}, TypeError),
        ({"headers": {1: "a"}}, TypeError),
        ({"headers": {"": "a"}}, ValueError),
        ({"headers": {"a b": "c"}}, ValueError),
        ({"headers": {"a:": "c"}}, ValueError),
        ({"headers": {"a\r\nb": "c"}}, ValueError),
        ({"headers": {"a": "b\r\nX-Evil: 1"}}, ValueError),
        ({"headers": {"a": "b\nc"}}, ValueError),
        ({"headers": {"a": "b\0c"}}, ValueError),
        ({"headers": {"a": "ä"}}, ValueError),
        ({"headers": {"ä": "a"}}, ValueError),
        ({"headers": {"ſ": "a"}}, ValueError),  # noqa: RUF001 - its capital is an S
        ({"headers": {"A": "a", "a": "b"}}, ValueError),
        ({"headers": {str(number): "a" for number in range(65)}}, ValueError),
        ({"headers": {"a": "b" * 20_000}}, ValueError),
        *(
            ({"headers": {name: "x"}}, ValueError)
            for name in (
                *("Host", "host", "Content-Length", "Transfer-Encoding", "Connection", "TE", "Upgrade", "Expect"),
                *("Proxy-Authorization", "Accept-Encoding", "X-HTTP-Method-Override", "Trailer", "X-Original-URL"),
            )
        ),
    ],
)
def test_requests_that_could_be_something_else_are_not_sent(server, arguments, error):
    with pytest.raises(error):
        Asking(server, max_request_bytes=100)("POST", f"http://127.0.0.1:{server.port}/", **arguments)
    assert not server.requests


@pytest.mark.parametrize(
    "method", ["", "G T", "GET\r\n", "GET / HTTP/1.1\r\nX: ", "GÉT", "CONNECT", "TRACE", None, 1, "1"]
)
def test_methods_that_are_none(server, method):
    with pytest.raises(ValueError, match="the method"):
        Asking(server)(method, f"http://127.0.0.1:{server.port}/")
    assert not server.requests


def test_methods_that_are_not_allowed(server):
    with pytest.raises(PermissionError, match="the method POST is not allowed"):
        HttpCapability([f"127.0.0.1:{server.port}"]).functions["_send_request"](
            "post", f"http://127.0.0.1:{server.port}/", grant=Grant("HTTP-ENV")
        )
    assert not server.requests


# The grant


@pytest.mark.parametrize(
    ("restrictions", "method", "path", "allowed"),
    [
        ({"hosts": ("127.0.0.1",)}, "GET", "/", True),
        ({"hosts": ("127.0.0.1:1",)}, "GET", "/", False),
        ({"hosts": ("shop.example",)}, "GET", "/", False),
        ({"methods": ("GET",)}, "GET", "/", True),
        ({"methods": ("GET",)}, "POST", "/", False),
        ({"read_only": True}, "DELETE", "/", False),
        ({"paths": ("/data",)}, "GET", "/data/a?b=/../c", True),
        ({"paths": ("/da ta",)}, "GET", "/da%20ta/a", True),
        ({"paths": ("/data",)}, "GET", "/database", False),
        ({"paths": ("/data",)}, "GET", "/data/../etc", False),
        ({"paths": ("/data",)}, "GET", "//data", False),
        ({"paths": ("/data",)}, "GET", "/data/%2e%2e/etc", False),
        ({"paths": ("/data",)}, "GET", "/data%2f..%2fetc", False),
        ({"paths": ("/data",)}, "GET", "/data/..%5cetc", False),
        ({"paths": ("/data",)}, "GET", "/data/..;/etc", False),
        ({"paths": ("/data",)}, "GET", "/data/%252e%252e/etc", False),
        ({"paths": ("/data",)}, "GET", "/data/%00", False),
        ({"paths": ("/data",)}, "GET", "/data/%ff", False),
        ({"max_calls": 0}, "GET", "/", False),
        ({"expires_at": 1.0}, "GET", "/", False),
    ],
)
def test_restrictions_of_the_grant(server, restrictions, method, path, allowed):
    ask = Asking(server, grant=Grant("HTTP-ENV", **restrictions))
    url = f"http://127.0.0.1:{server.port}{path}"
    if allowed:
        ask(method, url)
        assert len(server.requests) == 1
    else:
        with pytest.raises(GrantError):
            ask(method, url)
        assert not server.requests


def test_calls_are_counted_also_those_that_fail(server):
    grant = Grant("HTTP-ENV", max_calls=3)
    ask = Asking(server, grant=grant)
    ask("GET", f"http://127.0.0.1:{server.port}/missing")
    with pytest.raises(PermissionError, match=r"'other\.example' is not allowed"):
        ask("GET", "https://other.example/")
    server.answers["/broken"] = b"what?\r\n\r\n"
    with pytest.raises(ConnectionError):
        ask("GET", f"http://127.0.0.1:{server.port}/broken")
    with pytest.raises(GrantError, match="no more than 3 calls"):
        ask("GET", f"http://127.0.0.1:{server.port}/missing")
    assert len(server.requests) == 2


def test_bytes_are_counted_before_they_are_kept_and_both_ways(server):
    grant = Grant("HTTP-ENV", max_bytes=100)
    ask = Asking(server, grant=grant)
    server.answers["/"] = answer_of(b"x" * 60)
    ask("POST", f"http://127.0.0.1:{server.port}/", body=b"y" * 30)
    assert grant.usage.bytes == 90
    with pytest.raises(GrantError, match="no more than 100 bytes"):
        ask("POST", f"http://127.0.0.1:{server.port}/", body=b"y" * 11)
    assert len(server.requests) == 1
    with pytest.raises(GrantError, match="no more than 100 bytes"):
        ask("GET", f"http://127.0.0.1:{server.port}/")
    assert grant.usage.bytes == 90


def test_decompressed_bytes_are_counted(server):
    grant = Grant("HTTP-ENV", max_bytes=100_000)
    server.answers["/"] = answer_of(gzip.compress(b"x" * 200_000), "Content-Encoding: gzip")
    with pytest.raises(GrantError, match="no more than 100000 bytes"):
        Asking(server, grant=grant)("GET", f"http://127.0.0.1:{server.port}/")
    assert grant.usage.bytes <= 100_000


def test_expiry_is_checked_again_at_a_redirect(server):
    now = 0.0
    grant = Grant("HTTP-ENV", expires_at=5, clock=lambda: now)

    def late(connection):
        nonlocal now
        now = 5.0
        connection.sendall(redirect("/next"))

    server.answers["/"] = late
    with pytest.raises(GrantError, match="expired"):
        Asking(server, grant=grant)("GET", f"http://127.0.0.1:{server.port}/")
    assert len(server.requests) == 1


# Where it goes


def test_a_name_is_looked_up_once_and_the_checked_address_connected_to(server, monkeypatch):
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])
    connected = []
    connect = stream._connected

    def local(address, port, deadline):
        connected.append(str(address))
        return connect(LOOPBACK, server.port, deadline)

    monkeypatch.setattr(stream, "_connected", local)
    capability = HttpCapability(
        ["rebinding.example"], plain_http=True, resolver=lambda host, port: next(answers)
    ).functions["_send_request"]
    server.answers["/"] = answer_of(b"hello")
    assert capability("GET", "http://rebinding.example/", grant=Grant("HTTP-ENV"))[0] == 200
    assert connected == ["93.184.216.34"]
    assert header_of(server.requests[0], "host") == "rebinding.example"
    with pytest.raises(PermissionError, match="at an address that is not allowed"):
        capability("GET", "http://rebinding.example/", grant=Grant("HTTP-ENV"))
    assert connected == ["93.184.216.34"]


def test_an_address_is_checked_again_at_a_redirect_to_the_same_host(server, monkeypatch):
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    connect = stream._connected
    monkeypatch.setattr(stream, "_connected", lambda address, port, deadline: connect(LOOPBACK, server.port, deadline))
    capability = HttpCapability(["rebinding.example"], plain_http=True, resolver=lambda host, port: next(answers))
    server.answers["/"] = redirect("/again")
    with pytest.raises(PermissionError, match="at an address that is not allowed"):
        capability.functions["_send_request"]("GET", "http://rebinding.example/", grant=Grant("HTTP-ENV"))
    assert len(server.requests) == 1


def test_private_hosts_are_reached(server):
    server.answers["/"] = answer_of(b"hello")
    assert Asking(server)("GET", f"http://shop.example:{server.port}/")["body"] == b"hello"
    assert header_of(server.requests[0], "host") == f"shop.example:{server.port}"


def test_the_next_address_is_tried(server):
    server.answers["/"] = answer_of(b"hello")
    ask = Asking(server, resolver=lambda host, port: ["127.0.0.2", "127.0.0.1"])
    assert ask("GET", f"http://shop.example:{server.port}/")["status"] == 200


@pytest.mark.parametrize("answer", [[], ["no address"], None, [None]])
def test_a_resolver_without_an_answer(server, answer):
    ask = Asking(server, resolver=lambda host, port: answer)
    with pytest.raises(ConnectionError, match=r"there is no host 'shop\.example'"):
        ask("GET", f"http://shop.example:{server.port}/")


def test_what_a_resolver_raises_does_not_come_out(server):
    def resolver(host, port):
        raise OSError("resolv.conf says 10.1.2.3")

    with pytest.raises(ConnectionError) as caught:
        Asking(server, resolver=resolver)("GET", f"http://shop.example:{server.port}/")
    assert str(caught.value) == "there is no host 'shop.example'"


def test_a_resolver_that_hangs_is_given_up(server):
    release = threading.Event()
    ask = Asking(server, resolver=lambda host, port: release.wait(30) and ["127.0.0.1"], timeout=0.05)
    with pytest.raises(TimeoutError, match=r"longer than 0\.05 s"):
        ask("GET", f"http://shop.example:{server.port}/")
    release.set()


def test_the_environment_does_not_say_where_to_go(server, other, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{other.port}")
    server.answers["/"] = answer_of(b"hello")
    assert Asking(server)("GET", f"http://127.0.0.1:{server.port}/")["body"] == b"hello"
    assert not other.requests


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_methods_and_bodies_of_redirects(server, status, method):
    server.answers["/"] = redirect("/next", status)
    server.answers["/next"] = answer_of(b"there")
    body = None if method == "GET" else b"data"
    answer = Asking(server)(method, f"http://127.0.0.1:{server.port}/", body=body)
    assert (answer["status"], answer["body"], answer["url"]) == (200, b"there", f"http://127.0.0.1:{server.port}/next")
    becomes_get = status == 303 or (method == "POST" and status in (301, 302))
    assert server.requests[1].split(" ")[0] == ("GET" if becomes_get else method)
    kept = not becomes_get and body is not None
    assert server.requests[1].endswith("\r\n\r\ndata") is kept
    assert (header_of(server.requests[1], "content-type") is not None) is kept


def test_a_redirect_can_be_looked_at_instead(server):
    server.answers["/"] = redirect("/next")
    answer = Asking(server)("GET", f"http://127.0.0.1:{server.port}/", follow_redirects=False)
    assert (answer["status"], answer["headers"]["location"]) == (302, "/next")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("location", "error"),
    [
        ("http://169.254.169.254/latest/meta-data/", PermissionError),
        ("http://127.0.0.1:1/", PermissionError),
        ("http://[::1]/", PermissionError),
        ("http://localhost/", PermissionError),
        ("//evil.example/", PermissionError),
        ("https://evil.example/", PermissionError),
        ("http://2130706433/", ValueError),
        ("http://0x7f.1/", ValueError),
        ("file:///etc/passwd", ValueError),
        ("ftp://127.0.0.1/", ValueError),
        ("javascript:alert(1)", ValueError),
        ("http://user:password@127.0.0.1/", ValueError),
        ("http:\\\\127.0.0.1\\", ValueError),
        ("http:///evil", ValueError),
        ("http://127.0.0.1:99999/", ValueError),
        ("/a b", ValueError),
    ],
)
def test_redirects_are_checked_like_the_first_request(server, location, error):
    server.answers["/"] = redirect(location)
    with pytest.raises(error):
        Asking(server)("GET", f"http://127.0.0.1:{server.port}/")
    assert len(server.requests) == 1


def test_redirects_are_checked_against_the_grant(server, other):
    server.answers["/"] = redirect(f"http://127.0.0.1:{other.port}/")
    ask = Asking(server, other, grant=Grant("HTTP-ENV", hosts=(f"127.0.0.1:{server.port}",)))
    with pytest.raises(GrantError, match="does not cover the host"):
        ask("GET", f"http://127.0.0.1:{server.port}/")
    server.answers["/"] = redirect("/secret")
    ask = Asking(server, grant=Grant("HTTP-ENV", paths=("/public",)))
    server.answers["/public"] = redirect("/secret")
    with pytest.raises(GrantError, match="does not cover the path '/secret'"):
        ask("GET", f"http://127.0.0.1:{server.port}/public")
    assert not other.requests
    assert len(server.requests) == 2


def test_redirects_without_an_end(server):
    server.answers["/"] = redirect("/")
    with pytest.raises(ValueError, match="more than 5 redirects"):
        Asking(server)("GET", f"http://127.0.0.1:{server.port}/")
    assert len(server.requests) == 6
    with pytest.raises(ValueError, match="more than 0 redirects"):
        Asking(server, max_redirects=0)("GET", f"http://127.0.0.1:{server.port}/")


def test_a_refresh_header_is_not_followed(server):
    server.answers["/"] = answer_of(b"", "Refresh: 0; url=/next")
    assert Asking(server)("GET", f"http://127.0.0.1:{server.port}/")["status"] == 200
    assert len(server.requests) == 1


def test_only_the_same_server_gets_what_proves_who_asks(server, other):
    headers = {"Authorization": "Bearer s3cret", "Cookie": "a=b", "X-Api-Key": "s3cret", "Accept": "text/x"}
    server.answers["/"] = redirect("/here")
    server.answers["/here"] = redirect(f"http://127.0.0.1:{other.port}/there")
    other.answers["/there"] = redirect(f"http://127.0.0.1:{server.port}/back")
    Asking(server, other)("GET", f"http://127.0.0.1:{server.port}/", headers=headers)
    assert header_of(server.requests[1], "authorization") == "Bearer s3cret"
    assert header_of(other.requests[0], "accept") == "text/x"
    for request in (other.requests[0], server.requests[2]):
        assert "s3cret" not in request
        assert header_of(request, "cookie") is None


def test_credentials_of_the_embedder_go_to_their_host_only(server, other):
    ask = Asking(server, other, credentials={f"127.0.0.1:{server.port}": {"Authorization": "Bearer s3cret"}})
    server.answers["/"] = redirect(f"http://127.0.0.1:{other.port}/")
    other.answers["/"] = redirect(f"http://127.0.0.1:{server.port}/back")
    ask("GET", f"http://127.0.0.1:{server.port}/", headers={"authorization": "Bearer mine"})
    assert header_of(server.requests[0], "authorization") == "Bearer s3cret"
    assert header_of(other.requests[0], "authorization") is None
    assert header_of(server.requests[1], "authorization") == "Bearer s3cret"
    assert "s3cret" not in repr(ask.capability) + ask.capability.describe


def test_cookies_are_not_kept(server):
    server.answers["/"] = answer_of(b"", "Set-Cookie: a=b")
    ask = Asking(server)
    ask("GET", f"http://127.0.0.1:{server.port}/")
    ask("GET", f"http://127.0.0.1:{server.port}/")
    assert header_of(server.requests[1], "cookie") is None


# Answers that are too much


@pytest.mark.parametrize(
    "answer",
    [
        answer_of(b"x" * 1001),
        answer_of(b"", length=10**12),
        answer_of(b"", length="9" * 400),
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1001,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"64\r\n" + b"x" * 100 + b"\r\n" * 20,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + (b"64\r\n" + b"x" * 100 + b"\r\n") * 20,
        answer_of(gzip.compress(b"x" * 1001), "Content-Encoding: gzip"),
        answer_of(zlib.compress(b"x" * 1001), "Content-Encoding: deflate"),
        answer_of(gzip.compress(b"x" * 600) * 2, "Content-Encoding: gzip"),
        answer_of(gzip.compress(b"") * 200, "Content-Encoding: gzip"),
    ],
)
def test_an_answer_that_is_too_large(server, answer):
    server.answers["/"] = answer
    with pytest.raises((ValueError, ConnectionError), match=r"larger than 1000 bytes|HTTP wants"):
        Asking(server, max_bytes=1000)("GET", f"http://127.0.0.1:{server.port}/")


def test_an_endless_answer(server):
    def endless(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:  # until the client closes the connection
            connection.sendall(b"1000\r\n" + b"x" * 4096 + b"\r\n")

    server.answers["/"] = endless
    with pytest.raises(ValueError, match="larger than 100000 bytes"):
        Asking(server, max_bytes=100_000)("GET", f"http://127.0.0.1:{server.port}/")


def bomb(megabytes):
    """Return gzip data that decompresses to that many megabytes of zeros."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(2**20)) for _ in range(megabytes)) + packer.flush()


def brotli_bomb(megabytes):
    brotli = pytest.importorskip("brotli")
    return brotli.compress(bytes(megabytes * 2**20), quality=5)


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_compressed_bomb_is_stopped_while_it_is_small(server, coding):
    packed = bomb(200) if coding == "gzip" else brotli_bomb(200)
    assert len(packed) < 500_000
    server.answers["/"] = answer_of(packed, f"Content-Encoding: {coding}")
    grant = Grant("HTTP-ENV")
    import tracemalloc

    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="larger than 1048576 bytes"):
            Asking(server, max_bytes="1MiB", grant=grant)("GET", f"http://127.0.0.1:{server.port}/")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert grant.usage.bytes <= 2**20
    assert peak < 16 * 2**20


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"hello" * 50_000)),
        ("x-gzip", gzip.compress(b"hello" * 50_000)),
        ("deflate", zlib.compress(b"hello" * 50_000)),
        ("deflate", zlib.compress(b"hello" * 50_000)[2:-4]),
        ("gzip", gzip.compress(b"hello" * 25_000) + gzip.compress(b"hello" * 25_000)),
        ("gzip", gzip.compress(b"hello" * 50_000) + bytes(100)),
        ("identity", b"hello" * 50_000),
        ("GZIP", gzip.compress(b"hello" * 50_000)),
    ],
)
def test_compressed_answers(server, coding, packed):
    server.answers["/"] = answer_of(packed, f"Content-Encoding: {coding}")
    assert Asking(server)("GET", f"http://127.0.0.1:{server.port}/")["body"] == b"hello" * 50_000


def test_brotli(server):
    brotli = pytest.importorskip("brotli")
    server.answers["/"] = answer_of(brotli.compress(b"hello" * 50_000), "Content-Encoding: br")
    assert Asking(server)("GET", f"http://127.0.0.1:{server.port}/")["body"] == b"hello" * 50_000
    assert header_of(server.requests[0], "accept-encoding") == "gzip, deflate, br"


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", b"no gzip at all"),
        ("gzip", gzip.compress(b"hello" * 1000)[:-9]),
        ("gzip", b"\x1f"),
        ("deflate", b"\xff\xff\xff"),
        ("br", b"\xff" * 40),
        ("zstd", b"hello"),
        ("compress", b"hello"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"hello"))),
        ("rot13", b"hello"),
    ],
)
def test_answers_that_are_not_coded_as_they_say(server, coding, body):
    server.answers["/"] = answer_of(body, f"Content-Encoding: {coding}")
    with pytest.raises(ValueError, match=r"the response|the compressed response"):
        Asking(server)("GET", f"http://127.0.0.1:{server.port}/")


def test_answers_without_a_body(server):
    server.answers["/"] = b"HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n"
    assert Asking(server)("GET", f"http://127.0.0.1:{server.port}/")["body"] == b""
    server.answers["/head"] = answer_of(b"", length=10**9)
    assert Asking(server)("HEAD", f"http://127.0.0.1:{server.port}/head")["status"] == 200


@pytest.mark.parametrize(
    "answer",
    [
        answer_of(b"", *(f"X-{number}: 1" for number in range(101))),
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: 1\r\n" % number for number in range(10**5)) + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 10**6 + b"\r\n\r\n",
    ],
)
def test_too_many_headers(server, answer):
    server.answers["/"] = answer
    with pytest.raises((ValueError, ConnectionError)):
        Asking(server)("GET", f"http://127.0.0.1:{server.port}/")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        b"HTTP/1.1 200 OK\r\nA\r\n\r\n",
        b"\xff" * 1000,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0" * 10_000,
        b"HTTP/2 200\r\ncontent-length: 0\r\n\r\n" + b"\0\0\x08\6\0\0\0\0\0pingpong" * 10_000,
    ],
)
def test_answers_that_are_not_http(server, answer):
    server.answers["/"] = answer
    with pytest.raises(ConnectionError) as caught:
        Asking(server)("GET", f"http://127.0.0.1:{server.port}/")
    assert str(caught.value) == "the host '127.0.0.1' does not answer as HTTP wants it"


def test_nobody_listens(server):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    capability = HttpCapability([f"127.0.0.1:{port}"])
    with pytest.raises(ConnectionError, match=r"^cannot connect to the host '127\.0\.0\.1'$"):
        capability.functions["_send_request"]("GET", f"http://127.0.0.1:{port}/", grant=Grant("HTTP-ENV"))


# Time: the clock of the deadline goes on by itself, so nothing waits for long.


def dripping(server, first, piece):
    """An answer that never ends, one piece at a time."""

    def answer(connection):
        connection.sendall(first)
        while not server._ended.wait(0.01):
            connection.sendall(piece)

    return answer


@pytest.mark.parametrize("place", ["silence", "status", "headers", "body", "chunks", "interim"])
def test_slow_answers_are_given_up(server, place):
    server.answers["/"] = {
        "silence": server.hold,
        "status": dripping(server, b"H", b"T"),
        "headers": dripping(server, b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        "body": dripping(server, b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
        "chunks": dripping(server, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        "interim": dripping(server, b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
    }[place]
    with pytest.raises((TimeoutError, ConnectionError)) as caught:
        Asking(server, timeout=0.2)("GET", f"http://127.0.0.1:{server.port}/")
    if place != "status":
        assert isinstance(caught.value, TimeoutError)


def test_redirects_share_the_time(server):
    now = [0.0]

    def slow(connection):
        now[0] += 4
        connection.sendall(redirect("/"))

    server.answers["/"] = slow
    ask = Asking(server, max_redirects=100, timeout=10)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("npython.capabilities.http.capability.time.monotonic", lambda: now[0])
        with pytest.raises(TimeoutError, match="longer than 10 s"):
            ask("GET", f"http://127.0.0.1:{server.port}/")
    assert len(server.requests) == 3


def test_the_program_can_shorten_the_time_but_not_lengthen_it(server):
    server.answers["/"] = server.hold
    with pytest.raises(TimeoutError):
        Asking(server, timeout=60)("GET", f"http://127.0.0.1:{server.port}/", timeout=0.05)
    with pytest.raises(TimeoutError):
        Asking(server, timeout=0.05)("GET", f"http://127.0.0.1:{server.port}/", timeout=60)


# TLS


def trusting():
    return ssl.create_default_context(cafile=CERTIFICATE)


def test_tls_checks_the_name_in_the_url_at_the_pinned_address(secured):
    secured.answers["/"] = answer_of(b"hello")
    ask = Asking(secured, tls=trusting())
    assert ask("GET", f"https://shop.example:{secured.port}/")["body"] == b"hello"
    with pytest.raises(ConnectionError, match="no valid certificate"):
        ask("GET", f"https://127.0.0.1:{secured.port}/")


def test_a_certificate_of_nobody_is_refused(secured, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with pytest.raises(ConnectionError, match=r"^the host 'shop\.example' has no valid certificate$"):
        Asking(secured)("GET", f"https://shop.example:{secured.port}/")
    assert not secured.requests


def test_a_redirect_does_not_leave_tls(secured, server):
    secured.answers["/"] = redirect(f"http://shop.example:{server.port}/")
    with pytest.raises(PermissionError, match="without https"):
        Asking(secured, server, tls=trusting())("GET", f"https://shop.example:{secured.port}/")
    assert not server.requests


def test_no_tls_where_tls_is_expected(server):
    with pytest.raises(ConnectionError, match="cannot connect"):
        Asking(server, timeout=5)("GET", f"https://shop.example:{server.port}/")


# Text


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        ("text/plain", "grüße".encode(), None),
        ("text/plain; charset=utf-8", b"\xff", None),
        ("text/plain; charset=latin-1", b"gr\xfc\xdfe", "grüße"),
        ('text/plain; charset="ISO-8859-1"', b"gr\xfc\xdfe", "grüße"),
        ("text/plain; a=b; Charset = cp1252", b"\x80", "€"),
        ("text/plain; charset=rot13", b"abc", None),
        ("text/plain; charset=unicode_escape", b"\\x41", None),
        ("text/plain; charset=zlib", b"abc", None),
        ("text/plain; charset=idna", b"abc", None),
        ("text/plain; charset=utf-7", b"+AGE-", None),
        ("text/plain; charset=\0", b"abc", None),
        ("text/plain; charset=" + "x" * 1000, b"abc", None),
    ],
)
def test_encodings(server, kind, body, text):
    server.answers["/"] = answer_of(body, f"Content-Type: {kind}".replace("\0", "%00"))
    answer = Asking(server)("GET", f"http://127.0.0.1:{server.port}/")
    assert answer["text"] == text


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (b"[1, null]", [1, None]),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (b"{", "ValueError"),
        (b"", "ValueError"),
        (b"<html>", "ValueError"),
        (b"1" * 5000, "ValueError"),
        (b"[" * 100_000, "RecursionError"),
    ],
)
def test_data_as_json(server, guest, body, outcome):
    server.answers["/"] = answer_of(body)
    program = f"""
answer = fetch("http://127.0.0.1:{server.port}/")
try:
    found = answer.json()
except Exception as error:
    found = type(error).__name__
found
"""
    assert guest(Asking(server).capability, program).value == outcome


# In a program


def test_a_program_gets_a_response(server, guest):
    server.answers["/orders"] = answer_of(b'[{"id": 7}]', "Content-Type: application/json", "X-Total: 1")
    server.answers["/text"] = answer_of(b"gr\xfc\xdfe", "Content-Type: text/plain; charset=latin-1", status=404)
    program = f"""
base = "http://127.0.0.1:{server.port}"
answer = fetch(base + "/orders")
other = send_request("get", base + "/text", headers={{"X-A": "b"}})
try:
    other.raise_for_status()
except OSError as error:
    print(error)
try:
    other.json()
except ValueError as error:
    print(error)
[
    answer.status, answer.ok, answer.json()[0]["id"], answer.text, answer.content, answer.headers["X-TOTAL"],
    "x-total" in answer.headers, answer.headers.get("nothing"), repr(answer), other.ok, other.text,
]
"""
    result = guest(Asking(server).capability, program)
    assert result.value == [
        *(200, True, 7, '[{"id": 7}]', b'[{"id": 7}]', "1", True, None, "<HttpResponse 200>", False, "grüße"),
    ]
    assert result.stdout == (
        f"the server answered with status 404: http://127.0.0.1:{server.port}/text\n"
        "the response is not JSON: Expecting value: line 1 column 1 (char 0)\n"
    )


def test_a_program_can_handle_a_refusal(server, guest):
    program = """
def attempt(url):
    try:
        return fetch(url).status
    except Exception as error:
        return type(error).__name__, str(error)

[attempt("https://evil.example/"), attempt("file:///etc/passwd"), attempt("http://127.0.0.1:1/")]
"""
    result = guest(Asking(server).capability, program)
    assert [name for name, _ in result.value] == ["PermissionError", "ValueError", "PermissionError"]
