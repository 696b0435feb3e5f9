"""A host for `examples/reconcile.py`: `python examples/embedding/reconcile.py`.

It serves the price list, gives the program a folder and that one server, and shows the report and what was done. Needs
the package httpx: `pip install 'npython[http]'`.
"""

from __future__ import annotations

import http.server
import json
import secrets
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

import npython
from npython.capabilities import FilesystemCapability, HttpCapability
from npython.security import Grant, StaticGatekeeper

PROGRAM = Path(__file__).parents[1] / "reconcile.py"
PRICES = {"tea": 4.5, "coffee": 7.25, "cocoa": 5.0}
ORDERS = {
    "monday.csv": "item,quantity,charged\ntea,3,13.50\ncoffee,2,15.50\ncocoa,1,5.00\n",
    "tuesday.csv": "item,quantity,charged\ntea,ten,45.00\nmilk,1,1.20\ncoffee,4,29.00\n",
}


class PriceList(http.server.BaseHTTPRequestHandler):
    """Answers /prices/ITEM."""

    def do_GET(self):
        item = self.path.rpartition("/")[2]
        body = json.dumps({"item": item, "price": PRICES.get(item)}).encode()
        self.send_response(200 if item in PRICES else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Stay silent."""


@contextmanager
def price_list():
    """Serve the price list on this machine and give its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), PriceList) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def reconcile(folder: Path, address: str) -> npython.Result:
    """Run the program with access to a folder and a server, and to nothing else."""
    files, web = secrets.token_urlsafe(), secrets.token_urlsafe()
    sandbox = npython.Sandbox(
        gatekeeper=StaticGatekeeper(
            {
                "FS-ENV": (files, Grant("FS-ENV", paths=("/orders", "/report.md"), max_bytes=100_000)),
                "HTTP-ENV": (web, Grant("HTTP-ENV", paths=("/prices",), read_only=True, max_calls=100)),
            }
        ),
        capabilities=[FilesystemCapability(folder, mode="read-write"), HttpCapability([address])],
        audit=True,
    )
    return sandbox.run(
        PROGRAM.read_text(encoding="utf-8"),
        filename="reconcile.py",
        inputs={"files": npython.Token(files), "web": npython.Token(web), "price_list": f"http://{address}"},
    )


def main() -> None:
    """Make a folder with orders, run the program, and show what it did."""
    with tempfile.TemporaryDirectory() as name, price_list() as address:
        folder = Path(name)
        (folder / "orders").mkdir()
        for file, content in ORDERS.items():
            (folder / "orders" / file).write_text(content, encoding="utf-8")
        result = reconcile(folder, address)
        print((folder / "report.md").read_text(encoding="utf-8"))
        print("result:", result.value)
        for record in result.audit:
            print(f"line {record.line:3}  {record.event:6} {record.scope:9} {record.function or record.result}")


if __name__ == "__main__":
    main()
