"""A web server on this machine that keeps connections open, and knows which request came over which."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading

from web_server import CERTIFICATE, WebServer, answer_of


class KeepingServer:
    """Answers request after request on each connection.

    Attributes:
        port: Where it listens.
        requests: Number of the connection, method and path of each request, in order.
        answers: Bytes for a path; without, the path itself is the body.
        closing: Paths after whose answer the server closes the connection without having said so.
        ended: Numbers of the connections that the client has closed.
    """

    def __init__(self, *, tls=False):
        self.answers = {}
        self.closing = set()
        self.requests = []
        self.ended = []
        self._tls = None
        if tls:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(CERTIFICATE)
        self._changed = threading.Condition()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self):
        """Stop listening; connections end with their clients."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def wait_for_ends(self, count):
        """Return whether so many connections have been closed by the client, waiting for that if necessary."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.ended) >= count, 20)

    @property
    def connections(self):
        """The number of the connection of each request."""
        return [number for number, _, _ in self.requests]

    def _accept(self):
        number = 0
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection, number), daemon=True)
            self._threads.append(thread)
            thread.start()
            number += 1

    def _serve(self, connection, number):
        connection.settimeout(30)
        with contextlib.suppress(OSError), contextlib.closing(connection):
            stream = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
            with contextlib.closing(stream):
                self._talk(stream, number)
        with self._changed:
            self.ended.append(number)
            self._changed.notify_all()

    def _talk(self, stream, number):
        while request := WebServer._receive(stream):
            method, path, _ = request.split(" ", 2)
            self.requests.append((number, method, path))
            stream.sendall(self.answers.get(path, answer_of(path.encode())))
            if path in self.closing:
                return
