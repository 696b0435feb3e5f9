"""A thousand requests to a server on this machine, from a program in its scope and from plain Python.

    python benches/fetches.py

The target is at most 1.3 times plain Python. The server is a process of its own. Plain Python asks with httpx in three
ways: one client for all, which keeps its connection as npython does within a run; a client for each request; and
`httpx.get`, which reads the certificates of authorities each time. Prints the fastest of several rounds of each and its
ratio to the first.
"""

from __future__ import annotations

import ssl
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx

import npython
from npython.capabilities import HttpCapability
from npython.security import StaticGatekeeper

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT = 1000
ROUNDS = 5
#: `httpx.get` is so much slower that fewer have to do.
FEW = 50
SERVER = """
import http.server, sys
class Prices(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.wfile.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: 12\\r\\n\\r\\n" + b'{"tea": 4.5}')
    protocol_version = "HTTP/1.1"
    def log_message(self, *_): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Prices)
print(server.server_port, flush=True)
server.serve_forever()
"""
PROGRAM = """
with scope("HTTP-ENV", "s3cret"):
    for _ in range(count):
        fetch(url).json()
"""


def fastest(work: Callable[[int], object], count: int) -> float:
    """Return the seconds that one of `count` requests takes in the fastest round."""
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work(count)
        taken.append((time.perf_counter() - started) / count)
    return min(taken)


def main() -> None:
    """Measure and print."""
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True)
    try:
        address = f"127.0.0.1:{server.stdout.readline().strip()}"
        measure(address)
    finally:
        server.terminate()
        server.wait()


def measure(address: str) -> None:
    """Ask in every way."""
    url = f"http://{address}/"
    context = ssl.create_default_context()
    sandbox = npython.Sandbox(
        gatekeeper=StaticGatekeeper({"HTTP-ENV": "s3cret"}),
        capabilities=[HttpCapability([address])],
        limits=npython.Limits(time=600),
    )

    def client_for_each(count: int) -> None:
        for _ in range(count):
            with httpx.Client(verify=context, trust_env=False) as client:
                client.get(url).json()

    def client_for_all(count: int) -> None:
        with httpx.Client(verify=context, trust_env=False) as client:
            for _ in range(count):
                client.get(url).json()

    ways = {
        "npython": (lambda count: sandbox.run(PROGRAM, inputs={"url": url, "count": count}), COUNT),
        "httpx, one client": (client_for_all, COUNT),
        "httpx, a client for each": (client_for_each, COUNT),
        "httpx.get": (lambda count: [httpx.get(url).json() for _ in range(count)], FEW),
    }
    seconds = {name: fastest(work, count) for name, (work, count) in ways.items()}
    for name, each in seconds.items():
        print(f"{name:26} {each * 1e6:8.0f} us   {each / seconds['httpx, one client']:.2f}x")


if __name__ == "__main__":
    main()
