"""Take defences out one at a time and see that a test fails for each.

    python tests/security/weakened.py [WORD]

Works on a copy of the package. With a word, only the defences whose description has it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
FILES = "capabilities/filesystem"
HTTP = "capabilities/http"
HTTP_TESTS = (
    "tests/capabilities/test_http_urls.py tests/capabilities/test_http_requests.py "
    "tests/capabilities/test_http_connections.py tests/capabilities/test_http_cancelling.py "
    "tests/security/test_network_programs.py"
)
TOKENS = "security/biscuit.py"
TOKEN_TESTS = "tests/security/test_tokens.py"
GATE_TESTS = "tests/security/test_gatekeepers.py tests/security/test_grants.py"
MOVE_TESTS = "tests/security/test_directory_moves.py"
FILE_TESTS = "tests/security/test_filesystem.py tests/security/test_filesystem_races.py"


class Defence(NamedTuple):
    """A defence: where it is, what stands there, what stands there without it, and which tests should tell."""

    description: str
    path: str
    present: str
    absent: str
    tests: str


DEFENCES = [
    Defence(
        "links are not followed",
        f"{FILES}/root_directory.py",
        "common = os.O_NOFOLLOW | os.O_NONBLOCK",
        "common = os.O_NONBLOCK",
        FILE_TESTS,
    ),
    Defence(
        "pipes are not waited for",
        f"{FILES}/root_directory.py",
        "common = os.O_NOFOLLOW | os.O_NONBLOCK",
        "common = os.O_NOFOLLOW",
        FILE_TESTS,
    ),
    Defence(
        "special files are not read",
        f"{FILES}/root_directory.py",
        "not stat.S_ISREG(status.st_mode) or",
        "",
        FILE_TESTS,
    ),
    Defence(
        "files with another name are not reached",
        f"{FILES}/root_directory.py",
        "(status.st_nlink > 1 and not self._hard_links)",
        "False",
        FILE_TESTS,
    ),
    Defence(
        "paths do not go up",
        f"{FILES}/guest_path.py",
        'name == ".." or ',
        "",
        FILE_TESTS,
    ),
    Defence(
        "paths are relative",
        f"{FILES}/guest_path.py",
        'path.startswith("/") or ',
        "",
        FILE_TESTS,
    ),
    Defence(
        "names have no control characters",
        f"{FILES}/guest_path.py",
        "if not _is_printable(path):",
        "if False:",
        FILE_TESTS,
    ),
    Defence(
        "what is replaced is replaced at once",
        f"{FILES}/disk_tree.py",
        "self._put_in_place(parent, path, data, old)",
        "handle = os.open(path.parts[-1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666, dir_fd=parent); "
        "_write_all(handle, data); os.close(handle)",
        FILE_TESTS,
    ),
    Defence(
        "files have a largest size",
        f"{FILES}/disk_tree.py",
        "if size > self._bounds.file_bytes:",
        "if False:",
        FILE_TESTS,
    ),
    Defence(
        "bytes are counted",
        f"{FILES}/quota.py",
        "growth > 0 and self.bytes + growth > self.max_bytes",
        "False",
        FILE_TESTS,
    ),
    Defence(
        "files are counted",
        f"{FILES}/quota.py",
        "files > 0 and self.files + files > self.max_files",
        "False",
        FILE_TESTS,
    ),
    Defence(
        "one change at a time",
        f"{FILES}/disk_tree.py",
        "self._lock = threading.Lock()",
        "from contextlib import nullcontext; self._lock = nullcontext()",
        FILE_TESTS,
    ),
    Defence(
        "protected files stay as they are",
        f"{FILES}/disk_tree.py",
        "if not status.st_mode & _ANYBODY_MAY_WRITE:",
        "if False:",
        FILE_TESTS,
    ),
    Defence(
        "the grant's paths are checked",
        f"{FILES}/capability.py",
        "if grant.paths is not None:",
        "if False:",
        FILE_TESTS,
    ),
    Defence(
        "a read-only grant is one",
        f"{FILES}/capability.py",
        "        grant.check_write()\n",
        "",
        FILE_TESTS,
    ),
    Defence(
        "errors of the system are said anew",
        f"{FILES}/disk_tree.py",
        "return error if error.errno is None else failure(error.errno, path.text)",
        "return error",
        FILE_TESTS,
    ),
    Defence(
        "listings are bounded",
        f"{FILES}/disk_tree.py",
        "if count > most:",
        "if False:",
        FILE_TESTS,
    ),
    Defence(
        "an overlay leaves the disk alone",
        f"{FILES}/capability.py",
        "_Operations(overlay or disk,",
        "_Operations(disk,",
        FILE_TESTS,
    ),
    Defence(
        "links are no directories that move",
        f"{FILES}/disk_tree.py",
        "status = self._root.status_of_name(parent, path.parts[-1], path)\n        is_directory",
        "status = os.stat(path.parts[-1], dir_fd=parent)\n        is_directory",
        MOVE_TESTS,
    ),
    Defence(
        "directories move under the grant",
        f"{FILES}/capability.py",
        'grant.check_path("/" + "/".join(new.parts))',
        "pass",
        MOVE_TESTS,
    ),
    Defence(
        "directories move whole",
        f"{FILES}/overlay_tree.py",
        "            self._files, self._directories, self._removed, self._quota.bytes, self._quota.files = kept\n",
        "",
        MOVE_TESTS,
    ),
    Defence(
        "addresses are checked",
        f"{HTTP}/exchange.py",
        "        self.rules.check_addresses(target, addresses)\n",
        "",
        HTTP_TESTS,
    ),
    Defence(
        "loopback is not public",
        f"{HTTP}/addresses.py",
        '        "127.0.0.0/8",\n',
        "",
        HTTP_TESTS,
    ),
    Defence(
        "172.16/12 is not public",
        f"{HTTP}/addresses.py",
        '        "172.16.0.0/12",\n',
        "",
        HTTP_TESTS,
    ),
    Defence(
        "metadata is not private",
        f"{HTTP}/addresses.py",
        '"100.100.100.200/32",  # metadata',
        "",
        HTTP_TESTS,
    ),
    Defence(
        "mapped addresses are not public",
        f"{HTTP}/addresses.py",
        "or address not in _HANDED_OUT",
        "",
        HTTP_TESTS,
    ),
    Defence(
        "all addresses of a name are checked",
        f"{HTTP}/rules.py",
        "any(kind_of(address) not in allowed for address in addresses)",
        "all(kind_of(address) not in allowed for address in addresses)",
        HTTP_TESTS,
    ),
    Defence(
        "the connection goes to the address that was checked",
        f"{HTTP}/exchange.py",
        "return connect(addresses, target.port, deadline)",
        "return connect(resolve(target.host, target.port, self.resolver, deadline), target.port, deadline)",
        HTTP_TESTS,
    ),
    Defence(
        "hosts are checked before they are looked up",
        f"{HTTP}/exchange.py",
        "        self.rules.check_target(target, request.method, grant)\n",
        "",
        HTTP_TESTS,
    ),
    Defence(
        "the grant's hosts are checked on the network",
        f"{HTTP}/rules.py",
        "        grant.check_host(target.host, target.port)\n",
        "",
        HTTP_TESTS,
    ),
    Defence(
        "the grant's methods are checked",
        f"{HTTP}/rules.py",
        "        grant.check_method(method)\n",
        "",
        HTTP_TESTS,
    ),
    Defence(
        "paths are decoded before they are compared",
        f"{HTTP}/rules.py",
        "path = target.decoded_path()",
        "path = target.path.partition('?')[0]",
        HTTP_TESTS,
    ),
    Defence(
        "numbers are not hosts",
        f"{HTTP}/url.py",
        "if _NUMBER.fullmatch(labels[-1]):",
        "if False:",
        HTTP_TESTS,
    ),
    Defence(
        "ports are checked",
        f"{HTTP}/rules.py",
        "if target.port not in self.ports and not self._names_port(target):",
        "if False:",
        HTTP_TESTS,
    ),
    Defence(
        "redirects do not leave TLS",
        f"{HTTP}/exchange.py",
        'if request.target.scheme == "https" and target.scheme != "https":',
        "if False:",
        HTTP_TESTS,
    ),
    Defence(
        "other servers do not get what proves who asks",
        f"{HTTP}/exchange.py",
        "else headers_for_elsewhere(request.headers)",
        "else request.headers",
        HTTP_TESTS,
    ),
    Defence(
        "redirects are counted",
        f"{HTTP}/exchange.py",
        "range(self.bounds.max_redirects + 1)",
        "range(99)",
        HTTP_TESTS,
    ),
    Defence(
        "expiry is checked at redirects",
        f"{HTTP}/exchange.py",
        "            grant.check_expiry()\n",
        "",
        HTTP_TESTS,
    ),
    Defence(
        "bodies have a largest size",
        f"{HTTP}/body.py",
        "if len(body) + len(piece) > largest:",
        "if False:",
        HTTP_TESTS,
    ),
    Defence(
        "bodies are decompressed in pieces",
        f"{HTTP}/body.py",
        "self._stream.decompress(data, _PIECE)",
        "self._stream.decompress(data)",
        HTTP_TESTS,
    ),
    Defence(
        "bytes are charged",
        f"{HTTP}/body.py",
        "            charge(len(piece))\n",
        "",
        HTTP_TESTS,
    ),
    Defence(
        "reading has a deadline",
        f"{HTTP}/deadline.py",
        "        if not left > 0:",
        "        if False:",
        HTTP_TESTS,
    ),
    Defence(
        "requests end with their run",
        f"{HTTP}/deadline.py",
        "if self._is_over():",
        "if False:",
        HTTP_TESTS,
    ),
    Defence(
        "connections are not shared between servers",
        f"{HTTP}/exchange.py",
        "place = Place(grant, grant.usage, target.origin)",
        "place = Place(grant, grant.usage, target.scheme)",
        HTTP_TESTS,
    ),
    Defence(
        "connections are not shared between grants",
        f"{HTTP}/exchange.py",
        "place = Place(grant, grant.usage, target.origin)",
        "place = Place(None, None, target.origin)",
        HTTP_TESTS,
    ),
    Defence(
        "connections do not outlive their run",
        "_warden.py",
        "        self._time.close()\n",
        "        pass\n",
        HTTP_TESTS,
    ),
    Defence(
        "what comes unasked is not an answer",
        f"{HTTP}/connections.py",
        'or stream.get_extra_info("is_readable")',
        "",
        HTTP_TESTS,
    ),
    Defence(
        "what changes something has a connection of its own",
        f"{HTTP}/exchange.py",
        "if kept is not None and request.method in _REPEATABLE else None",
        "if kept is not None else None",
        HTTP_TESTS,
    ),
    Defence(
        "look-ups have a deadline",
        f"{HTTP}/resolver.py",
        "thread.join(deadline.pause())",
        "thread.join()",
        HTTP_TESTS,
    ),
    Defence(
        "headers have no line ends",
        f"{HTTP}/message.py",
        "if not _VALUE.fullmatch(value):",
        "if False:",
        HTTP_TESTS,
    ),
    Defence(
        "headers of the connection are not set",
        f"{HTTP}/message.py",
        'if lowered in _RESERVED or lowered.startswith("proxy-"):',
        "if False:",
        HTTP_TESTS,
    ),
    Defence(
        "only encodings of text are used",
        f"{HTTP}/body.py",
        'return found if found in _TEXT_ENCODINGS else "utf-8"',
        "return found",
        HTTP_TESTS,
    ),
    Defence(
        "the environment does not name authorities",
        f"{HTTP}/exchange.py",
        "trust_env=False",
        "trust_env=True",
        HTTP_TESTS,
    ),
    Defence(
        "tokens have one spelling",
        TOKENS,
        "return genuine if genuine.to_base64() == token else None",
        "return genuine",
        TOKEN_TESTS,
    ),
    Defence(
        "third parties sign nothing",
        TOKENS,
        "any(genuine.block_external_key(index) is not None for index in range(count))",
        "False",
        TOKEN_TESTS,
    ),
    Defence(
        "revoked tokens do not open",
        TOKENS,
        "any(identifier in revoked for identifier in identifiers)",
        "False",
        TOKEN_TESTS,
    ),
    Defence(
        "blocks give no rights",
        TOKENS,
        "if any(block.rights for block in blocks[1:]):",
        "if False:",
        TOKEN_TESTS,
    ),
    Defence(
        "an audience is demanded",
        TOKENS,
        "if self._audience is not None and all(",
        "if False and all(",
        TOKEN_TESTS,
    ),
    Defence(
        "delegation has a depth",
        TOKENS,
        "if count > self._max_blocks or any(",
        "if any(",
        TOKEN_TESTS,
    ),
    Defence(
        "budgets are shared",
        TOKENS,
        "known = self._counters.get(identifier)",
        "known = None",
        TOKEN_TESTS,
    ),
    Defence(
        "statements are understood or refused",
        "security/restrictions.py",
        '    raise ValueError("the token says something that this version of npython does not understand")',
        '    return "read_only", True',
        TOKEN_TESTS,
    ),
    Defence(
        "merely true is not yes",
        "security/gatekeeper.py",
        "answer is True",
        "answer",
        GATE_TESTS,
    ),
    Defence(
        "exceptions of gatekeepers refuse",
        "security/gatekeeper.py",
        "    except BaseException:",
        "    except ZeroDivisionError:",
        GATE_TESTS,
    ),
    Defence(
        "grants are for their scope",
        "security/gatekeeper.py",
        "answer.scope == scope and",
        "",
        GATE_TESTS,
    ),
    Defence(
        "grants narrow",
        "security/grant.py",
        "hosts=meet_hosts(self.hosts, other.hosts)",
        "hosts=other.hosts",
        GATE_TESTS,
    ),
    Defence(
        "calls are counted at once",
        "security/grant.py",
        "budget.usage.calls >= budget.max_calls",
        "False",
        GATE_TESTS,
    ),
    Defence(
        "an overlay is bounded",
        f"{FILES}/overlay_tree.py",
        "self._quota.add(path.text, growth=size - len(held))",
        "pass",
        FILE_TESTS,
    ),
    Defence(
        "a store is bounded",
        "capabilities/key_value.py",
        "if taken > self._max_bytes",
        "if False",
        "tests/capabilities/test_key_value.py",
    ),
    Defence(
        "what is too large is not written first",
        "capabilities/json_size.py",
        "if left < 0:",
        "if False:",
        "tests/capabilities/test_json_size.py tests/capabilities/test_key_value.py",
    ),
    Defence(
        "keys are shown in little space",
        "_annotations.py",
        "return repr(key[:_LONGEST_SHOWN])[:_LONGEST_SHOWN]",
        "return repr(key)",
        "tests/embedding/test_tools.py",
    ),
    Defence(
        "digests take little space",
        "audit.py",
        "data = marshal.dumps(given, _MARSHAL_VERSION)",
        'data = repr(given).encode("utf-8", "surrogatepass")',
        "tests/security/test_audit.py",
    ),
    Defence(
        "a store is not waited for by a run that is over",
        "capabilities/key_value.py",
        "if run is not None and run.is_over():",
        "if False:",
        "tests/capabilities/test_key_value.py",
    ),
    Defence(
        "keys that a grant does not cover are not listed",
        "capabilities/key_value.py",
        'if covers(grant, "/" + key)',
        "",
        "tests/capabilities/test_key_value.py",
    ),
    Defence(
        "a sleep ends with its grant",
        "capabilities/clock.py",
        "            grant.check_expiry()\n            self._sleep",
        "            self._sleep",
        "tests/capabilities/test_clock.py",
    ),
    Defence(
        "random bytes are bounded",
        "capabilities/randomness.py",
        "if not 0 <= count <= self._max_bytes:",
        "if False:",
        "tests/capabilities/test_randomness.py",
    ),
    Defence(
        "names that a grant does not cover are not told",
        "capabilities/environment.py",
        'grant.check_path("/" + name)',
        "pass",
        "tests/capabilities/test_environment.py",
    ),
]


def is_noticed(defence: Defence) -> bool:
    """Run the tests against a package without the defence and tell whether one of them fails."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder, "npython")
        shutil.copytree(ROOT / "python/npython", package, ignore=shutil.ignore_patterns("__pycache__"))
        path = package / defence.path
        text = path.read_text(encoding="utf-8")
        if defence.present not in text:
            sys.exit(f"{defence.path} no longer has {defence.present!r}")
        path.write_text(text.replace(defence.present, defence.absent), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-p",
            "no:cacheprovider",
            "--timeout=20",
            *defence.tests.split(),
        ]
        environment = {**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        return done.returncode != 0


def main() -> None:
    """Try every defence asked for and end with status 1 if one is not missed."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    unnoticed = 0
    for defence in DEFENCES:
        if word in defence.description:
            noticed = is_noticed(defence)
            unnoticed += not noticed
            print("noticed  " if noticed else "UNNOTICED", defence.description, flush=True)
    sys.exit(unnoticed > 0)


if __name__ == "__main__":
    main()
