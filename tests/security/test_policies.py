"""Policy files: what they say is what is open, and what they do not say plainly is an error."""

from __future__ import annotations

import pytest

import npython
from npython.security import Grant, ask
from npython.security.policy import Policy, PolicyError, read_secret

FULL = """\
[limits]
gas = "10M"
memory = "32MiB"
time = "2s"
depth = 500
output = 10_000

[key]
public = "ed25519/bec568f523b0c3e9d7e54257a82927b5009e74f2ebfae938c70a8dfabd83dbf1"
audience = "shop"
revoked = "revoked.txt"

[scopes.FS-ENV]
root = "orders"
mode = "read"
max_bytes = "1MiB"
max_files = 10
token = "env:FS_TOKEN"

[scopes.FS-ENV.grant]
paths = ["/in"]
read_only = true

[scopes.HTTP-ENV]
hosts = ["api.example.com", "*.shop.example:8443"]
private_hosts = ["127.0.0.1:8000"]
methods = ["GET", "POST"]
ports = [443]
timeout = "3s"
max_bytes = "1MB"
credentials."api.example.com" = { Authorization = "env:API_AUTHORIZATION" }

[scopes.KV-ENV]
path = "store.db"

[scopes.ENV-ENV]
values = { REGION = "eu" }
from_environment = ["LANGUAGE"]

[scopes.CLOCK-ENV]
max_sleep = 0.5

[scopes.RANDOM-ENV]
seed = 7
"""
ENVIRONMENT = {"FS_TOKEN": "s3cret", "API_AUTHORIZATION": "Bearer x", "LANGUAGE": "de"}


def test_everything_that_can_be_said(tmp_path):
    (tmp_path / "orders").mkdir()
    policy = Policy.parse(FULL, folder=tmp_path)
    assert policy.limits == npython.Limits(gas="10M", memory="32MiB", time=2, depth=500, output=10_000)
    assert policy.scopes == ("FS-ENV", "HTTP-ENV", "KV-ENV", "ENV-ENV", "CLOCK-ENV", "RANDOM-ENV")
    capabilities = policy.capabilities(ENVIRONMENT)
    assert tuple(capability.scope for capability in capabilities) == policy.scopes
    assert "api.example.com" in capabilities[1].describe
    assert "Bearer x" not in repr(policy) + "".join(repr(capability) for capability in capabilities)


def test_programs_under_a_policy(tmp_path):
    (tmp_path / "orders/in").mkdir(parents=True)
    (tmp_path / "orders/in/a.txt").write_text("tea")
    (tmp_path / "orders/b.txt").write_text("coffee")
    policy = Policy.parse(
        """
        [scopes.FS-ENV]
        root = "orders"
        mode = "read-write"
        token = "@token"
        grant = { paths = ["/in"], max_calls = 2 }
        """,
        folder=tmp_path,
    )
    (tmp_path / "token").write_text("s3cret\n")
    sandbox = policy.sandbox()
    program = """
with scope("FS-ENV", token):
    found = [read_file("in/a.txt")]
    try:
        read_file("b.txt")
    except PermissionError as error:
        found.append(str(error))
found
"""
    assert sandbox.run(program, inputs={"token": npython.Token("s3cret")}).value == [
        "tea",
        "the grant for FS-ENV does not cover the path '/b.txt'",
    ]
    with pytest.raises(npython.SecurityViolation):
        sandbox.run(program, inputs={"token": npython.Token("s3cret ")})
    with pytest.raises(npython.GuestError, match="allows no more than 2 calls"):
        sandbox.run(program, inputs={"token": npython.Token("s3cret")})


def test_a_scope_that_is_not_named_is_not_open():
    policy = Policy.parse('[scopes.CLOCK-ENV]\ntoken = "env:T"')
    gatekeeper = policy.gatekeeper({"T": "one"})
    assert ask(gatekeeper, "CLOCK-ENV", "one") is not None
    assert ask(gatekeeper, "RANDOM-ENV", "one") is None
    assert ask(Policy.parse("").gatekeeper(), "CLOCK-ENV", "one") is None


def test_a_policy_narrows_what_a_token_allows():
    pytest.importorskip("biscuit_auth")
    from npython.security.biscuit import generate_key, mint
    from npython.security.restrictions import Restrictions

    private, public = generate_key()
    policy = Policy.parse(
        f"""
        [key]
        public = ["{public}"]
        [scopes.HTTP-ENV]
        hosts = ["*"]
        [scopes.HTTP-ENV.grant]
        hosts = ["a.com", "b.com"]
        max_calls = 2
        """
    )
    gatekeeper = policy.gatekeeper()
    token = mint(private, Restrictions(rights=("HTTP-ENV", "FS-ENV"), hosts=("b.com", "c.com"), max_calls=5))
    grant = ask(gatekeeper, "HTTP-ENV", token)
    assert (grant.hosts, grant.max_calls) == (("b.com",), 2)
    assert grant.token_id.startswith("biscuit-")
    assert ask(gatekeeper, "FS-ENV", token) is None
    grant.check_call()
    grant.check_call()
    assert ask(gatekeeper, "HTTP-ENV", token).remaining_calls == 0


def test_own_scopes():
    text = '[scopes.CRM-ENV]\ntoken = "env:T"\ngrant = { max_calls = 1 }'
    policy = Policy.parse(text, own_scopes=["CRM-ENV"])
    assert policy.capabilities() == ()
    assert ask(policy.gatekeeper({"T": "one"}), "CRM-ENV", "one").max_calls == 1
    with pytest.raises(PolicyError, match="CRM-ENV: this key is unknown"):
        Policy.parse(text)


pytest.importorskip("biscuit_auth")
FILES = "[scopes.FS-ENV]\nroot = '.'\ntoken = '@x'\n"
KEY = 'public = "ed25519/bec568f523b0c3e9d7e54257a82927b5009e74f2ebfae938c70a8dfabd83dbf1"'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nonsense", "policy: this is no TOML: "),
        ("[limits]\ngas = 1\ngas = 2", "policy: this is no TOML: "),
        ("x = " + "[" * 5000, "policy: "),
        ("limit = 1", "policy:1: the file, limit: this key is unknown; did you mean limits?"),
        ("[limit]", "policy:1: the file, limit: this key is unknown; did you mean limits?"),
        ("limits = 1", "policy:1: the file, limits: it must be a table"),
        ("[limits]\n\ntimes = 1", "policy:3: [limits], times: this key is unknown; did you mean time?"),
        ("[limits]\ntime = true", 'policy:2: [limits], time: it must be a number of seconds or text such as "2s"'),
        ("[limits]\ntime = '2 parsecs'", "policy:1: [limits]: "),
        ("[limits]\ngas = -1", "policy:1: [limits]: "),
        (f"[key]\n{KEY}\nfile = 'x'", "policy:1: [key]: write either "),
        ("[key]", "policy:1: [key]: write either "),
        ("[key]\npublic = 'x'", "policy:1: [key]: a public key is text like"),
        ("[scopes]\nHTTP = 1", "policy:2: [scopes], HTTP: this key is unknown; did you mean HTTP-ENV?"),
        ("[scopes.HTTP_ENV]", "policy:1: [scopes], HTTP_ENV: this key is unknown; did you mean HTTP-ENV?"),
        ("[scopes.'*']", "[scopes], *: this key is unknown; the keys here are CLOCK-ENV"),
        (FILES + "mode = 'rw'", 'policy:4: [scopes.FS-ENV], mode: it must be "read", "read-write" or "overlay"'),
        (FILES + "max_files = -1", "policy:4: [scopes.FS-ENV], max_files: it must be a whole number from 0"),
        (
            FILES + "max_bytes = '5 miles'",
            'policy:4: [scopes.FS-ENV], max_bytes: it must be a whole number from 0 or text such as "64MiB"',
        ),
        (FILES + "max_bytes = true", "policy:4: [scopes.FS-ENV], max_bytes: it must be a whole number from 0 or text"),
        (
            "[scopes.FS-ENV]\nroot = '.'\ntoken = 's3cret'",
            "policy:3: [scopes.FS-ENV], token: it must be env:NAME for an environment variable or @file for a file",
        ),
        ("[scopes.FS-ENV]\nroot = '.'\ntoken = 'env:'", "policy:3: [scopes.FS-ENV], token: it must be env:NAME"),
        (
            "[scopes.CLOCK-ENV]\ntoken = '@x'\nmax_sleep = -1",
            "policy:3: [scopes.CLOCK-ENV], max_sleep: it must be a number of seconds from 0",
        ),
        (
            "[scopes.RANDOM-ENV]\ntoken = '@x'\nmax_bytes = -1",
            "policy:3: [scopes.RANDOM-ENV], max_bytes: it must be a whole number from 0",
        ),
        (
            "[scopes.HTTP-ENV]\ntoken = '@x'\nhosts = []\n[scopes.HTTP-ENV.credentials.'a.com']\nX = 's3cret'",
            "[scopes.HTTP-ENV], credentials: it must be a table of headers for each host, with env:NAME",
        ),
        ("[scopes]\nHTTP-ENV = 1", "policy:2: [scopes], HTTP-ENV: it must be a table"),
        ("[scopes.CLOCK-ENV]", "policy:1: [scopes.CLOCK-ENV]: no token opens CLOCK-ENV"),
        (f"[key]\n{KEY}\n[scopes.FS-ENV]", "policy:3: [scopes.FS-ENV]: the key root is missing"),
        (f"[key]\n{KEY}\n[scopes.HTTP-ENV]", "policy:3: [scopes.HTTP-ENV]: the key hosts is missing"),
        (f"[key]\n{KEY}\n[scopes.KV-ENV]", "policy:3: [scopes.KV-ENV]: the key path is missing"),
        (
            f"[key]\n{KEY}\n[scopes.HTTP-ENV]\nhost = ['a.com']",
            "policy:4: [scopes.HTTP-ENV], host: this key is unknown; did you mean hosts?",
        ),
        (f"[key]\n{KEY}\n[scopes.HTTP-ENV]\nhosts = 'a.com'", "policy:4: [scopes.HTTP-ENV], hosts: it must be a list"),
        (f"[key]\n{KEY}\n[scopes.HTTP-ENV]\nhosts = ['a b']", "policy:3: [scopes.HTTP-ENV]: 'a b' is no host pattern"),
        (
            f"[key]\n{KEY}\n[scopes.HTTP-ENV]\nhosts = []\n[scopes.HTTP-ENV.grant]\nmax_call = 1",
            "policy:6: [scopes.HTTP-ENV.grant], max_call: this key is unknown; did you mean max_calls?",
        ),
        (
            f"[key]\n{KEY}\n[scopes.HTTP-ENV]\nhosts = []\n[scopes.HTTP-ENV.grant]\nmethods = ['get']",
            "policy:5: [scopes.HTTP-ENV.grant]: 'get' is no HTTP method in capitals",
        ),
        (
            f"[key]\n{KEY}\n[scopes.HTTP-ENV]\nhosts = []\n[scopes.HTTP-ENV.grant]\nmax_calls = 1.5",
            "policy:6: [scopes.HTTP-ENV.grant], max_calls: it must be a whole number",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, problem):
    with pytest.raises(PolicyError) as caught:
        Policy.parse(text)
    assert str(caught.value).startswith(problem) or problem in str(caught.value)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[scopes.CLOCK-ENV]\ntoken = "env:NO"', "policy:2: [scopes.CLOCK-ENV], token: there is no environment"),
        ('[scopes.CLOCK-ENV]\ntoken = "@nowhere"', "policy:2: [scopes.CLOCK-ENV], token: no such file or directory"),
        ('[scopes.CLOCK-ENV]\ntoken = "env:EMPTY"', "policy:2: [scopes.CLOCK-ENV], token: what env:EMPTY refers to is"),
        ('[scopes.FS-ENV]\ntoken = "env:T"\nroot = "nowhere"', "policy:3: [scopes.FS-ENV], root: "),
        ('[scopes.ENV-ENV]\ntoken = "env:T"\nfrom_environment = ["NO"]', "there is no environment variable NO"),
        ('[key]\nfile = "nowhere"\n[scopes.CLOCK-ENV]', "policy:1: [key]: no such file or directory"),
    ],
)
def test_what_is_missing_is_said_when_it_is_needed(text, problem, tmp_path):
    policy = Policy.parse(text, folder=tmp_path)
    with pytest.raises(PolicyError) as caught:
        policy.sandbox({"T": "token", "EMPTY": " "})
    assert problem in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_limits_can_be_made_smaller_only():
    policy = Policy.parse("[limits]\ntime = 2")
    assert policy.limits_with({"time": "1s"}).time == 1.0
    assert policy.limits_with({"gas": "2G"}).gas == 2 * 10**9
    with pytest.raises(ValueError, match="time is more than policy allows"):
        policy.limits_with({"time": "3s"})


def test_files_that_are_no_text(tmp_path):
    (tmp_path / "policy.toml").write_bytes(b"\xff")
    with pytest.raises(PolicyError, match="text in UTF-8"):
        Policy.read(tmp_path / "policy.toml")
    with pytest.raises(OSError, match="No such file"):
        Policy.read(tmp_path / "nowhere.toml")


def test_secrets_are_references(tmp_path):
    (tmp_path / "a").write_text(" one\n")
    assert read_secret("@a", {}, tmp_path) == "one"
    assert read_secret(f"@{tmp_path / 'a'}", {}) == "one"
    assert read_secret("env:A", {"A": "two"}) == "two"
    with pytest.raises(ValueError, match="empty or too long"):
        read_secret("env:A", {"A": "x" * 70_000})


def test_a_grant_of_a_policy_has_its_own_counter():
    policy = Policy.parse('[scopes.CLOCK-ENV]\ntoken = "env:T"\ngrant = { max_calls = 1 }')
    one, other = (policy.gatekeeper({"T": "one"}).grant("CLOCK-ENV", "one") for _ in range(2))
    assert isinstance(one, Grant)
    one.check_call()
    assert other.remaining_calls == 0
