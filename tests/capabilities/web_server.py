"""A web server on this machine that answers as a test tells it to."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from pathlib import Path

CERTIFICATE = Path(__file__).with_name("shop.example.pem")


class WebServer:
    """Answers each connection with the bytes that `answers` has for the path, and remembers the requests.

    Attributes:
        port: Where it listens.
        requests: The head and body of each request, as text.
        answers: For a path: bytes, or a function that gets the connection.
    """

    def __init__(self, *, tls=False):
        self.answers = {}
        self.requests = []
        self._tls = None
        if tls:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(CERTIFICATE)
        self._ended = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(30)
        self.port = self._listener.getsockname()[1]
        self._threads = []
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def close(self):
        """Stop answering; end the connections that are still held."""
        self._ended.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in (self._accepting, *self._threads):
            thread.join(10)

    def hold(self, connection):
        """Say nothing until the client gives up or the test is over."""
        connection.settimeout(0.02)
        while not self._ended.is_set():
            with contextlib.suppress(TimeoutError):
                if not connection.recv(1000):
                    return

    def _accept(self):
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection):
        with contextlib.suppress(OSError), contextlib.closing(connection):
            connection.settimeout(10)
            stream = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
            with contextlib.closing(stream):
                request = self._receive(stream)
                if not request:
                    return
                self.requests.append(request)
                answer = self.answers.get(request.split(" ")[1].partition("?")[0], answer_of(b"not found", status=404))
                if callable(answer):
                    answer(stream)
                else:
                    stream.sendall(answer)

    @staticmethod
    def _receive(stream):
        data = b""
        while b"\r\n\r\n" not in data:
            if not (piece := stream.recv(65536)) or piece.startswith(b"\x16"):  # the hello of TLS
                return ""
            data += piece
        head, _, body = data.partition(b"\r\n\r\n")
        length = next(
            (int(line[16:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length: ")), 0
        )
        while len(body) < length:
            body += stream.recv(65536)
        return (head + b"\r\n\r\n" + body).decode("latin-1")


def answer_of(body=b"", *headers, status=200, length=None):
    """Return an answer as bytes."""
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(location, status=302):
    """Return an answer that leads elsewhere."""
    return answer_of(b"", f"Location: {location}", status=status)


def header_of(request, name):
    """Return a header of a request, or `None`."""
    for line in request.partition("\r\n\r\n")[0].split("\r\n")[1:]:
        if line.lower().startswith(f"{name.lower()}: "):
            return line.partition(": ")[2]
    return None
