"""`npython token`: keys, tokens, what they say, and what is never shown."""

from __future__ import annotations

import json
import os
import stat

import pytest

pytest.importorskip("biscuit_auth")

from npython.security import BiscuitGatekeeper
from npython.security.biscuit import inspect


@pytest.fixture
def key(npython):
    assert npython("token", "keygen").returncode == 0


@pytest.fixture
def mint(npython, key):
    """Mint a token for HTTP-ENV with restrictions and return its text."""

    def make(*restrictions):
        done = npython("token", "mint", "--key", "npython.key", "--scope", "HTTP-ENV", *restrictions)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode().strip()

    return make


def test_keys(npython, tmp_path):
    done = npython("token", "keygen", "--out", "issuer")
    assert done.returncode == 0
    private, public = ((tmp_path / f"issuer.{kind}").read_text().strip() for kind in ("key", "pub"))
    assert private.startswith("ed25519-private/")
    assert public.startswith("ed25519/")
    assert private.encode() not in done.stdout + done.stderr
    assert public.encode() in done.stdout
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "issuer.key").stat().st_mode) == 0o600
    again = npython("token", "keygen", "--out", "issuer")
    assert again.returncode == 2
    assert (tmp_path / "issuer.key").read_text().strip() == private


def test_a_minted_token_opens_its_scope(mint, tmp_path):
    token = mint("--host", "a.com", "--host", "b.com", "--max-calls", "5", "--max-bytes", "1MB", "--read-only")
    grant = BiscuitGatekeeper((tmp_path / "npython.pub").read_text().strip()).grant("HTTP-ENV", token)
    assert (grant.hosts, grant.max_calls, grant.max_bytes, grant.read_only) == (("a.com", "b.com"), 5, 10**6, True)
    assert grant.expires_at is not None


@pytest.mark.parametrize(("when", "expires"), [("never", None), ("2030-12-31T23:59:59Z", 1924991999)])
def test_expiry(mint, when, expires):
    assert inspect(mint("--expires", when))[0].restrictions.expires_at == expires


@pytest.mark.parametrize("when", ["soon", "-1h", "1y", "2030-12-31", "", "1.5h", "h", "١h"])  # noqa: RUF001 - a digit, not ours
def test_expiry_that_is_none(npython, key, when):
    done = npython("token", "mint", "--key", "npython.key", "--scope", "HTTP-ENV", "--expires", when)
    assert done.returncode == 2
    assert done.stdout == b""


def test_attenuation_needs_the_public_key_only(npython, mint, tmp_path):
    (tmp_path / "token").write_text(mint("--max-calls", "5"))
    (tmp_path / "npython.key").unlink()
    done = npython("token", "attenuate", "@token", "--key", "npython.pub", "--host", "a.com", "--out", "narrow")
    assert (done.returncode, done.stdout) == (0, b"narrow\n")
    narrow = (tmp_path / "narrow").read_text().strip()
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "narrow").stat().st_mode) == 0o600
    grant = BiscuitGatekeeper((tmp_path / "npython.pub").read_text().strip()).grant("HTTP-ENV", narrow)
    assert (grant.hosts, grant.max_calls) == (("a.com",), 5)


def test_inspection(npython, mint, tmp_path):
    token = mint("--host", "a.com", "--expires", "never")
    done = npython("token", "inspect", "-", "--json", stdin=token)
    report = json.loads(done.stdout)
    assert report["genuine"] is None
    assert report["blocks"][0]["says"] == {"rights": ["HTTP-ENV"], "hosts": ["a.com"]}
    assert npython("token", "inspect", token, "--key", "npython.pub").stdout.startswith(b"signed with this key\n")
    assert npython("token", "keygen", "--out", "other").returncode == 0
    done = npython("token", "inspect", token, "--key", "other.pub")
    assert done.returncode == 5
    assert done.stdout.startswith(b"NOT signed with this key\n")
    assert token.encode() not in done.stdout


def test_revocation(npython, mint, tmp_path):
    (tmp_path / "token").write_text(mint())
    narrow = npython("token", "attenuate", "@token", "--key", "npython.pub", "--read-only").stdout.decode().strip()
    public = (tmp_path / "npython.pub").read_text().strip()
    gatekeeper = BiscuitGatekeeper(public, revoked=tmp_path / "revoked")
    assert npython("token", "revoke", narrow, "--list", "revoked").returncode == 0
    assert npython("token", "revoke", narrow, "--list", "revoked").returncode == 0
    assert len((tmp_path / "revoked").read_text().splitlines()) == 1
    assert not gatekeeper.validate("HTTP-ENV", narrow)
    assert gatekeeper.validate("HTTP-ENV", (tmp_path / "token").read_text())
    assert npython("token", "revoke", narrow, "--list", "revoked", "--all").returncode == 0
    assert not gatekeeper.validate("HTTP-ENV", (tmp_path / "token").read_text())


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["forge"],
        ["keygen", "extra"],
        ["keygen", "--key", "x"],
        ["mint"],
        ["mint", "--key", "npython.key"],
        ["mint", "--scope", "X"],
        ["mint", "--key", "nowhere", "--scope", "X"],
        ["mint", "--key", "npython.pub", "--scope", "X"],
        ["mint", "--key", "npython.key", "--scope", "X Y"],
        ["mint", "--key", "npython.key", "--scope", "X", "--host", "a b"],
        ["mint", "--key", "npython.key", "--scope", "X", "--method", "get"],
        ["mint", "--key", "npython.key", "--scope", "X", "--path", "a/../b"],
        ["mint", "--key", "npython.key", "--scope", "X", "--max-calls", "-1"],
        ["mint", "--key", "npython.key", "--scope", "X", "--max-bytes", "1XB"],
        ["mint", "--key", "npython.key", "--scope", "X", "--audience", "a b"],
        ["mint", "--key", "npython.key", "--scope", "X", "--out", "nowhere/token"],
        ["attenuate", "--key", "npython.pub"],
        ["attenuate", "nonsense", "--key", "npython.pub", "--read-only"],
        ["attenuate", "env:NOWHERE", "--key", "npython.pub", "--read-only"],
        ["attenuate", "@nowhere", "--key", "npython.pub", "--read-only"],
        ["inspect"],
        ["inspect", "nonsense"],
        ["inspect", "-"],
        ["revoke", "nonsense", "--list", "revoked"],
        ["revoke", "nonsense"],
    ],
)
def test_wrong_usage(npython, key, tmp_path, arguments):
    secret = (tmp_path / "npython.key").read_bytes().strip()
    done = npython("token", *arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.startswith(b"npython: ")
    assert done.stderr.count(b"\n") == 1
    assert secret not in done.stderr


def test_a_token_without_restrictions_cannot_be_attenuated_with_nothing(npython, mint):
    done = npython("token", "attenuate", mint(), "--key", "npython.pub")
    assert (done.returncode, done.stderr) == (2, b"npython: token attenuate: nothing to restrict\n")


@pytest.mark.parametrize(
    "arguments",
    [[], ["dance"], ["mint"], ["inspect"], ["inspect", "rubbish"], ["inspect", "@nowhere"], ["keygen", "x"]],
)
def test_wrong_usage_with_json_is_one_object(npython, arguments):
    plain = npython("token", *arguments)
    told = npython("token", *arguments, "--json")
    assert (plain.returncode, plain.stdout, told.returncode, told.stderr) == (2, b"", 2, b"")
    message = plain.stderr.decode().removeprefix("npython: ").removesuffix("\n")
    assert json.loads(told.stdout) == {"error": {"kind": "UsageError", "message": message}}
