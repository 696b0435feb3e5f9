"""A request under way ends with its run: cancelled from another thread, by Ctrl-C, or with the task that awaits it.

The server itself cancels the run, so that the request is under way for certain. None of these requests would end by
itself before the test's own time limit.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import ssl
import threading

import pytest

pytest.importorskip("httpx")

from web_server import CERTIFICATE, WebServer

import npython
from npython.capabilities import HttpCapability
from npython.security import StaticGatekeeper

LONG = 600.0


@pytest.fixture
def server():
    running = WebServer()
    yield running
    running.close()


def until_closed(connection):
    """Wait until the client has closed its end."""
    with contextlib.suppress(ConnectionResetError):
        while connection.recv(1000):
            pass


class Waiting:
    """A program that asks a server which never answers, and what cancels it."""

    def __init__(self, port, *, scheme="http", resolver=None, body=""):
        self.cancel = npython.CancelToken()
        host = "127.0.0.1" if scheme == "http" and resolver is None else "shop.example"
        self.sandbox = npython.Sandbox(
            gatekeeper=StaticGatekeeper({"HTTP-ENV": "s3cret"}),
            capabilities=[
                HttpCapability(
                    [f"127.0.0.1:{port}"],
                    private_hosts=[f"shop.example:{port}"],
                    resolver=resolver or (lambda host, port: ["127.0.0.1"]),
                    timeout=LONG,
                    methods=["GET", "POST"],
                    max_request_bytes="64MiB",
                    tls=ssl.create_default_context(cafile=CERTIFICATE),
                )
            ],
            limits=npython.Limits(time=LONG),
            audit=True,
        )
        self.program = f"""
try:
    with scope("HTTP-ENV", "s3cret"):
        send_request("POST" if {body!r} else "GET", "{scheme}://{host}:{port}/", body={body or None})
except BaseException:
    print("caught")
finally:
    print("finally")
"""

    def by(self, way):
        """Run the program in this way."""
        if way == "run":
            return self.sandbox.run(self.program, cancel=self.cancel)
        if way == "session":
            return self.sandbox.session().run(self.program, cancel=self.cancel)
        return asyncio.run(self.sandbox.run_async(self.program, cancel=self.cancel))

    def check_end(self, error):
        """Nothing of the program ran after the cancellation, and the request was given up, not timed out."""
        assert error.result.stdout == ""
        (call,) = [record for record in error.result.audit if record.event == "call"]
        assert call.result == "RunOver"


@pytest.mark.parametrize("way", ["run", "session", "run_async"])
@pytest.mark.parametrize("sent", [b"", b"HTTP/1.1 200 OK\r\nX-A: ", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"])
def test_cancelling_gives_up_a_server_that_does_not_answer(server, way, sent):
    waiting = Waiting(server.port)
    closed = threading.Event()

    def silent(connection):
        connection.sendall(sent)
        waiting.cancel.cancel()
        until_closed(connection)
        closed.set()

    server.answers["/"] = silent
    with pytest.raises(npython.Cancelled) as caught:
        waiting.by(way)
    waiting.check_end(caught.value)
    assert closed.wait(10)
    assert npython.run("1").value == 1


def test_cancelling_the_sandbox_or_the_session_does_the_same(server):
    waiting = Waiting(server.port)
    session = waiting.sandbox.session()
    for cancel, run in ((waiting.sandbox.cancel, waiting.sandbox.run), (session.cancel, session.run)):
        server.answers["/"] = lambda connection, cancel=cancel: (cancel(), server.hold(connection))
        with pytest.raises(npython.Cancelled) as caught:
            run(waiting.program)
        waiting.check_end(caught.value)


def test_cancelling_the_task_that_awaits_gives_the_request_up(server):
    waiting = Waiting(server.port)
    closed = threading.Event()

    async def main():
        loop = asyncio.get_running_loop()
        asked = asyncio.Event()

        def silent(connection):
            loop.call_soon_threadsafe(asked.set)
            until_closed(connection)
            closed.set()

        server.answers["/"] = silent
        task = asyncio.create_task(waiting.sandbox.run_async(waiting.program))
        await asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())  # which waits for the threads of the loop
    assert closed.wait(10)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("way", ["run", "session", "run_async"])
def test_ctrl_c_gives_the_request_up(server, way):
    waiting = Waiting(server.port)

    def silent(connection):
        os.kill(os.getpid(), signal.SIGINT)
        server.hold(connection)

    server.answers["/"] = silent
    with pytest.raises(KeyboardInterrupt):
        waiting.by(way)
    assert npython.run("1").value == 1


@pytest.mark.parametrize("way", ["run", "run_async"])
def test_cancelling_gives_up_a_handshake_that_does_not_go_on(way):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        waiting = Waiting(listener.getsockname()[1], scheme="https")

        def silent():
            with listener.accept()[0] as connection:
                connection.recv(10)
                waiting.cancel.cancel()
                until_closed(connection)

        thread = threading.Thread(target=silent)
        thread.start()
        with pytest.raises(npython.Cancelled) as caught:
            waiting.by(way)
        waiting.check_end(caught.value)
        thread.join(10)
        assert not thread.is_alive()


@pytest.mark.parametrize("way", ["run", "run_async"])
def test_cancelling_gives_up_a_server_that_does_not_read(way):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        waiting = Waiting(listener.getsockname()[1], body="b'x' * 2**24")
        ended = threading.Event()

        def silent():
            with listener.accept()[0] as connection:
                connection.recv(10)
                waiting.cancel.cancel()
                ended.wait(30)

        thread = threading.Thread(target=silent)
        thread.start()
        with pytest.raises(npython.Cancelled) as caught:
            waiting.by(way)
        ended.set()
        waiting.check_end(caught.value)
        thread.join(10)


def test_cancelling_gives_up_a_connection_that_is_not_accepted():
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        for _ in range(4):  # until the queue of connections is full
            connection = stack.enter_context(socket.socket())
            connection.setblocking(False)
            connection.connect_ex(("127.0.0.1", port))
        resolved = threading.Event()

        def resolver(host, port):
            resolved.set()
            return ["127.0.0.1"]

        waiting = Waiting(port, resolver=resolver, scheme="https")
        thread = threading.Thread(target=lambda: resolved.wait(30) and waiting.cancel.cancel())
        thread.start()
        with pytest.raises(npython.Cancelled) as caught:
            waiting.by("run")
        thread.join(10)
        waiting.check_end(caught.value)


@pytest.mark.parametrize("way", ["run", "run_async"])
def test_cancelling_gives_up_a_look_up_that_hangs(way):
    release = threading.Event()

    def resolver(host, port):
        waiting.cancel.cancel()
        release.wait(30)
        return ["127.0.0.1"]

    waiting = Waiting(1, resolver=resolver)
    try:
        with pytest.raises(npython.Cancelled) as caught:
            waiting.by(way)
    finally:
        release.set()
    waiting.check_end(caught.value)


def test_a_cancelled_run_sends_nothing_more(server):
    waiting = Waiting(server.port)

    def leads_on(connection):
        waiting.cancel.cancel()
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n")

    server.answers["/"] = leads_on
    with pytest.raises(npython.Cancelled) as caught:
        waiting.by("run")
    waiting.check_end(caught.value)
    assert len(server.requests) == 1
