"""Biscuit tokens: what opens, what does not, and that nothing widens (redteam 81, 82, 85)."""

from __future__ import annotations

import base64

import pytest

pytest.importorskip("biscuit_auth")

import biscuit_auth

from npython.security import BiscuitGatekeeper, GrantError, ask, biscuit
from npython.security.biscuit import generate_key, inspect, mint, public_key_of, read_revocations
from npython.security.restrictions import Restrictions

SECRET, PUBLIC = generate_key()
OTHER_SECRET, OTHER_PUBLIC = generate_key()
NOW = 1_900_000_000
SCOPE = "HTTP-ENV"
#: The order of the group of Ed25519 signatures.
ORDER = 2**252 + 27742317777372353535851937790883648493


def gatekeeper(now=NOW, **options):
    return BiscuitGatekeeper(PUBLIC, clock=lambda: now, **options)


def token(**restrictions):
    return mint(SECRET, Restrictions(rights=(SCOPE,), **restrictions))


def attenuate(token, restrictions):
    return biscuit.attenuate(token, restrictions, PUBLIC)


def written(*statements, secret=SECRET):
    """Make a token that says what it likes."""
    builder = biscuit_auth.BiscuitBuilder("".join(f"{statement};" for statement in statements))
    return builder.build(biscuit_auth.PrivateKey(secret)).to_base64()


def appended(narrowed, *statements):
    """Append a block that says what it likes."""
    block = biscuit_auth.BlockBuilder("".join(f"{statement};" for statement in statements))
    return biscuit_auth.Biscuit.from_base64(narrowed, biscuit_auth.PublicKey(PUBLIC)).append(block).to_base64()


def test_a_token_opens_its_scopes():
    both = mint(SECRET, Restrictions(rights=("HTTP-ENV", "FS-ENV")))
    assert ask(gatekeeper(), "HTTP-ENV", both) is not None
    assert ask(gatekeeper(), "FS-ENV", both) is not None
    assert ask(gatekeeper(), "KV-ENV", both) is None
    assert gatekeeper().validate(SCOPE, token())


@pytest.mark.parametrize("scope", ["http-env", "HTTP-ENV\0", "HTTP-ENV ", "ＨTTP-ENV", "*", "HTTP-ENV/x", "", '"'])  # noqa: RUF001
def test_scope_names_are_exact(scope):
    assert gatekeeper().grant(scope, token()) is None


def test_restrictions_reach_the_grant():
    grant = gatekeeper().grant(
        SCOPE,
        token(
            hosts=("api.example.com", "*.shop.example:8443"),
            methods=("GET", "POST"),
            paths=("/v1", "/v2"),
            max_calls=5,
            max_bytes=1000,
            expires_at=NOW + 60,
        ),
    )
    assert grant.hosts == ("api.example.com", "*.shop.example:8443")
    assert grant.methods == ("GET", "POST")
    assert grant.paths == ("/v1", "/v2")
    assert (grant.max_calls, grant.max_bytes, grant.expires_at) == (5, 1000, NOW + 60)
    assert not grant.read_only
    assert grant.token_id.startswith("biscuit-")


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        ({"hosts": ("a.com", "b.com")}, {"hosts": ("b.com", "c.com")}, {"hosts": ("b.com",)}),
        ({"hosts": ("*.a.com",)}, {"hosts": ("*.b.a.com",)}, {"hosts": ("*.b.a.com",)}),
        ({"hosts": ("*.b.a.com",)}, {"hosts": ("*.a.com",)}, {"hosts": ("*.b.a.com",)}),
        ({"hosts": ("a.com",)}, {"hosts": ("b.com",)}, {"hosts": ()}),
        ({}, {"hosts": ("b.com",)}, {"hosts": ("b.com",)}),
        ({"methods": ("GET",)}, {"methods": ("GET", "PUT")}, {"methods": ("GET",)}),
        ({"paths": ("/a",)}, {"paths": ("/a/b", "/c")}, {"paths": ("/a/b",)}),
        ({"read_only": True}, {"max_calls": 3}, {"read_only": True, "max_calls": 3}),
        ({"max_calls": 3}, {"max_calls": 9}, {"max_calls": 3}),
        ({"max_bytes": 9}, {"max_bytes": 3}, {"max_bytes": 3}),
        ({"expires_at": NOW + 5}, {"expires_at": NOW + 9}, {"expires_at": NOW + 5}),
    ],
)
def test_attenuation_narrows_and_never_widens(first, second, left):
    narrowed = attenuate(token(**first), Restrictions(**second))
    grant = gatekeeper().grant(SCOPE, narrowed)
    assert {name: getattr(grant, name) for name in left} == left


def test_scopes_can_be_narrowed_but_not_added():
    both = mint(SECRET, Restrictions(rights=("HTTP-ENV", "FS-ENV")))
    narrowed = attenuate(both, Restrictions(scopes=("FS-ENV", "KV-ENV")))
    assert [gatekeeper().validate(scope, narrowed) for scope in ("HTTP-ENV", "FS-ENV", "KV-ENV")] == [
        False,
        True,
        False,
    ]
    with pytest.raises(ValueError, match="only the holder of the key"):
        attenuate(both, Restrictions(rights=("KV-ENV",)))
    with pytest.raises(ValueError, match="nothing to restrict"):
        attenuate(both, Restrictions())


def test_time_bounds():
    bounded = token(not_before=NOW, expires_at=NOW + 10)
    assert not gatekeeper(NOW - 1).validate(SCOPE, bounded)
    assert gatekeeper(NOW).validate(SCOPE, bounded)
    assert gatekeeper(NOW + 9.999).validate(SCOPE, bounded)
    assert not gatekeeper(NOW + 10).validate(SCOPE, bounded)
    extended = attenuate(bounded, Restrictions(expires_at=NOW + 1000))
    assert not gatekeeper(NOW + 10).validate(SCOPE, extended)


@pytest.mark.parametrize("now", [float("nan"), float("inf"), 1e18])
def test_a_broken_clock_opens_nothing(now):
    assert ask(gatekeeper(now), SCOPE, token(expires_at=NOW + 10)) is None


def test_expiry_is_checked_again_at_every_call():
    now = NOW
    grant = BiscuitGatekeeper(PUBLIC, clock=lambda: now).grant(SCOPE, token(expires_at=NOW + 10))
    grant.check_call()
    now += 10
    with pytest.raises(GrantError, match="expired"):
        grant.check_call()


@pytest.mark.parametrize(
    ("ours", "theirs", "opens"),
    [(None, None, True), ("shop", "shop", True), ("shop", None, False), (None, "shop", False), ("shop", "bank", False)],
)
def test_audience(ours, theirs, opens):
    assert gatekeeper(audience=ours).validate(SCOPE, token(audience=theirs)) is opens


def test_two_audiences_are_nobody():
    assert not gatekeeper(audience="shop").validate(
        SCOPE, attenuate(token(audience="shop"), Restrictions(audience="bank"))
    )


def test_other_keys_are_refused_and_several_accepted():
    theirs = mint(OTHER_SECRET, Restrictions(rights=(SCOPE,)))
    assert not gatekeeper().validate(SCOPE, theirs)
    assert BiscuitGatekeeper([PUBLIC, OTHER_PUBLIC]).validate(SCOPE, theirs)


@pytest.mark.parametrize(
    "key", ["", "ed25519/", "ed25519/00", "secp256r1/" + "02" * 33, "none", SECRET, PUBLIC.upper(), []]
)
def test_only_ed25519_public_keys(key):
    with pytest.raises(ValueError, match="public key"):
        BiscuitGatekeeper(key)


def test_revocation_of_a_token_and_of_all_derived_from_it(tmp_path):
    parent = token()
    child = attenuate(parent, Restrictions(max_calls=5))
    parent_id, child_id = (block.revocation_id for block in inspect(child))
    listed = tmp_path / "revoked"
    listed.write_text(f"# nobody\n\n{child_id}  # stolen\n")
    by_file = gatekeeper(revoked=listed)
    assert by_file.validate(SCOPE, parent)
    assert not by_file.validate(SCOPE, child)
    listed.write_text(parent_id)
    assert not by_file.validate(SCOPE, parent)
    assert not by_file.validate(SCOPE, child)
    revoked = set()
    by_set = gatekeeper(revoked=revoked)
    assert by_set.validate(SCOPE, child)
    revoked.add(parent_id)
    assert not by_set.validate(SCOPE, child)


def test_a_revocation_list_that_cannot_be_read_revokes_everything(tmp_path):
    listed = tmp_path / "revoked"
    assert not gatekeeper(revoked=listed).validate(SCOPE, token())
    listed.write_text("abc")
    assert not gatekeeper(revoked=str(listed)).validate(SCOPE, token())
    with pytest.raises(ValueError, match="no revocation id"):
        read_revocations(listed)
    listed.write_bytes(b"\xff")
    assert not gatekeeper(revoked=listed).validate(SCOPE, token())


def test_budgets_are_shared_by_everything_derived_from_a_token():
    keeper = gatekeeper()
    parent = token(max_calls=3)
    children = [attenuate(parent, Restrictions(max_calls=2)), attenuate(parent, Restrictions(max_calls=2))]
    keeper.grant(SCOPE, parent).check_call()
    first, second = (keeper.grant(SCOPE, child) for child in children)
    first.check_call()
    second.check_call()
    for grant in (
        first,
        second,
        keeper.grant(SCOPE, parent),
        keeper.grant(SCOPE, attenuate(parent, Restrictions(read_only=True))),
    ):
        with pytest.raises(GrantError, match="allows no more"):
            grant.check_call()


def test_opening_again_does_not_renew_a_budget():
    keeper, once = gatekeeper(), token(max_calls=1, max_bytes=10)
    keeper.grant(SCOPE, once).check_call()
    keeper.grant(SCOPE, once).charge_bytes(10)
    with pytest.raises(GrantError):
        keeper.grant(SCOPE, once).check_call()
    with pytest.raises(GrantError):
        keeper.grant(SCOPE, once).charge_bytes(1)


def test_counters_are_bounded_and_only_those_of_expired_tokens_forgotten(monkeypatch):
    monkeypatch.setattr("npython.security.biscuit._MOST_COUNTERS", 2)
    now = NOW
    keeper = BiscuitGatekeeper(PUBLIC, clock=lambda: now)
    lasting, passing, third = token(max_calls=1), token(max_calls=1, expires_at=NOW + 5), token(max_calls=1)
    keeper.grant(SCOPE, lasting).check_call()
    keeper.grant(SCOPE, passing)
    assert not keeper.validate(SCOPE, third)
    now += 5
    assert keeper.validate(SCOPE, third)
    assert keeper.grant(SCOPE, lasting).remaining_calls == 0


def test_the_counter_of_a_token_outlives_a_narrower_token_that_expires(monkeypatch):
    monkeypatch.setattr("npython.security.biscuit._MOST_COUNTERS", 1)
    now = NOW
    keeper = BiscuitGatekeeper(PUBLIC, clock=lambda: now)
    parent = token(max_calls=1)
    keeper.grant(SCOPE, attenuate(parent, Restrictions(expires_at=NOW + 5))).check_call()
    now += 5
    assert not keeper.validate(SCOPE, token(max_calls=1))
    assert keeper.grant(SCOPE, parent).remaining_calls == 0


def test_depth_of_delegation_is_bounded():
    narrowed = token()
    for count in range(7):
        narrowed = attenuate(narrowed, Restrictions(max_calls=100 - count))
    assert gatekeeper().validate(SCOPE, narrowed)
    assert not gatekeeper().validate(SCOPE, attenuate(narrowed, Restrictions(max_calls=1)))
    assert gatekeeper(max_blocks=1).validate(SCOPE, token())
    assert not gatekeeper(max_blocks=1).validate(SCOPE, attenuate(token(), Restrictions(max_calls=1)))


# Forged and damaged


def test_no_flipped_bit_opens():
    data = base64.urlsafe_b64decode(token(max_calls=1))
    keeper = gatekeeper()
    for position in range(len(data) * 8):
        damaged = bytearray(data)
        damaged[position // 8] ^= 1 << position % 8
        assert ask(keeper, SCOPE, base64.urlsafe_b64encode(damaged).decode()) is None, position


def test_no_truncation_opens():
    whole = token(max_calls=1)
    data = base64.urlsafe_b64decode(whole)
    keeper = gatekeeper()
    assert all(ask(keeper, SCOPE, whole[:length]) is None for length in range(len(whole)))
    assert all(
        ask(keeper, SCOPE, base64.urlsafe_b64encode(data[:length]).decode()) is None for length in range(len(data))
    )
    assert ask(keeper, SCOPE, base64.urlsafe_b64encode(data + b"\0").decode()) is None


def fields(data):
    """Split a message into its fields (number, bytes of the whole field)."""
    at = 0
    while at < len(data):
        start, tag = at, data[at]
        at += 1
        length = shift = 0
        while True:
            byte = data[at]
            at += 1
            length |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        at += length if tag & 7 == 2 else 0
        yield tag >> 3, data[start:at]


def test_blocks_cannot_be_dropped_swapped_or_repeated():
    narrowed = attenuate(attenuate(token(), Restrictions(max_calls=1)), Restrictions(hosts=("a.com",)))
    parts = list(fields(base64.urlsafe_b64decode(narrowed)))
    assert [number for number, _ in parts] == [2, 3, 3, 4]
    authority, first, second, proof = (part for _, part in parts)
    keeper = gatekeeper()
    assert keeper.validate(SCOPE, base64.urlsafe_b64encode(authority + first + second + proof).decode())
    for forged in (
        authority + proof,
        authority + first + proof,
        authority + second + proof,
        authority + second + first + proof,
        authority + first + first + second + proof,
        authority + first + second + second + proof,
        authority + first + second,
        first + second + proof,
        authority + authority + first + second + proof,
    ):
        assert ask(keeper, SCOPE, base64.urlsafe_b64encode(forged).decode()) is None


def test_a_signature_cannot_be_rewritten_to_escape_revocation():
    original = token()
    (block,) = inspect(original)
    signature = bytes.fromhex(block.revocation_id)
    scalar = int.from_bytes(signature[32:], "little") + ORDER
    rewritten = signature[:32] + scalar.to_bytes(32, "little")
    data = base64.urlsafe_b64decode(original)
    assert data.count(signature) == 1
    forged = base64.urlsafe_b64encode(data.replace(signature, rewritten)).decode()
    assert not gatekeeper().validate(SCOPE, forged)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + "=",
        lambda text: text.rstrip("="),
        lambda text: text + "\n",
        lambda text: " " + text,
        lambda text: text[:9] + "\n" + text[9:],
        lambda text: text.replace("-", "+").replace("_", "/") + "\0",
        lambda text: base64.b64encode(base64.urlsafe_b64decode(text)).decode() + " ",
        lambda text: "biscuit:" + text,
        lambda text: text + text,
    ],
)
def test_a_token_has_one_spelling(change):
    padded = next(text for text in iter(lambda: token(audience=None, max_calls=7), None) if text.endswith("="))
    assert gatekeeper().validate(SCOPE, padded)
    assert not gatekeeper().validate(SCOPE, change(padded))


def test_a_huge_token_is_not_read(monkeypatch):
    monkeypatch.setattr(biscuit_auth, "Biscuit", None)
    assert gatekeeper().grant(SCOPE, "A" * 16_388) is None


def test_tokens_of_other_kinds_do_not_open():
    header = base64.urlsafe_b64encode(b'{"alg":"none","alg":"HS256"}').decode()
    for text in (
        f"{header}.e30.",
        f"{header}.e30.AAAA",
        "AAAA",
        "=",
        "null",
        "true",
        PUBLIC,
        SECRET,
        '{"scope":"HTTP-ENV"}',
    ):
        assert gatekeeper().grant(SCOPE, text) is None


def test_blocks_of_third_parties_are_refused():
    genuine = biscuit_auth.Biscuit.from_base64(token(), biscuit_auth.PublicKey(PUBLIC))
    pair = biscuit_auth.KeyPair()
    request = genuine.third_party_request()
    block = request.create_block(pair.private_key, biscuit_auth.BlockBuilder('check if restrict("read_only", true)'))
    theirs = genuine.append_third_party(pair.public_key, block).to_base64()
    assert not gatekeeper().validate(SCOPE, theirs)


@pytest.mark.parametrize(
    "statement",
    [
        "check if true",
        "check if false",
        'check if restrict("max_calls", 1) or true',
        'check if restrict("max_calls", $n)',
        'check if restrict("max_calls", -1)',
        'check if restrict("max_calls", 9000000000000000000)',
        'check if restrict("max_calls", "1")',
        'check if restrict("max_cals", 1)',
        'check if restrict("hosts", "a.com")',
        'check if restrict("hosts", {"a.com"})',
        'check if restrict("hosts", [])',
        'check if restrict("hosts", ["a b"])',
        'check if restrict("hosts", ["a.com"], 1)',
        'check if restrict("hosts", [1])',
        'check if restrict("methods", ["get"])',
        'check if restrict("paths", ["/a/../b"])',
        'check if restrict("read_only", false)',
        'check if restrict("rights", ["KV-ENV"])',
        'check if restrict("expires_at", 5)',
        'check all restrict("read_only", true)',
        'reject if restrict("read_only", true)',
        'check if operation("read")',
        'check if audience("a b")',
        "check if time($t), $t < 2030-01-01T00:00:00Z, $t > 2020-01-01T00:00:00Z",
        "check if time($t), $t <= 2130-01-01T00:00:00Z",
        "check if time($t), $u < 2130-01-01T00:00:00Z, time($u)",
        'check if resource($r), $r.matches("(a*)*b")',
        'right("KV-ENV") <- scope($s)',
        'restrict("read_only", true)',
        'user("root")',
        'scope("KV-ENV")',
        'audience("shop")',
        "time(2020-01-01T00:00:00Z)",
        'check if restrict("read_only", true) trusting previous',
    ],
)
def test_what_is_not_understood_refuses_the_token(statement):
    assert not gatekeeper().validate(SCOPE, written(f'right("{SCOPE}")', statement))
    assert not gatekeeper().validate(SCOPE, appended(token(), statement))


def test_saying_something_twice_refuses_the_token():
    twice = ('check if restrict("max_calls", 5)', 'check if restrict("max_calls", 6)')
    assert not gatekeeper().validate(SCOPE, written(f'right("{SCOPE}")', *twice))


def test_a_block_cannot_give_rights():
    widened = appended(token(), 'right("KV-ENV")')
    assert not gatekeeper().validate("KV-ENV", widened)
    assert not gatekeeper().validate(SCOPE, widened)


def test_a_token_without_rights_opens_nothing():
    assert not gatekeeper().validate(SCOPE, written('check if restrict("read_only", true)'))
    with pytest.raises(ValueError, match="needs a scope"):
        mint(SECRET, Restrictions())


def test_text_that_looks_like_statements_stays_text():
    for text in ('x"); right("KV-ENV', 'x");\nright("KV-ENV', "x\\"):
        builder = biscuit_auth.BiscuitBuilder()
        builder.add_fact(biscuit_auth.Fact("right({name})", {"name": text}))
        strange = builder.build(biscuit_auth.PrivateKey(SECRET)).to_base64()
        assert not gatekeeper().validate("KV-ENV", strange)
        builder = biscuit_auth.BlockBuilder("")
        builder.add_check(biscuit_auth.Check('check if restrict("hosts", {hosts})', {"hosts": [f"a.com{text}"]}))
        parsed = biscuit_auth.Biscuit.from_base64(token(), biscuit_auth.PublicKey(PUBLIC))
        assert not gatekeeper().validate(SCOPE, parsed.append(builder).to_base64())


def test_a_bomb_of_facts_is_refused_before_it_runs():
    facts = [f"n({number})" for number in range(300)]
    bomb = written(f'right("{SCOPE}")', *facts, "p($a, $b, $c) <- n($a), n($b), n($c)", "check if p(1, 2, 3)")
    assert not gatekeeper().validate(SCOPE, bomb)


@pytest.mark.parametrize(
    "restrictions",
    [
        {"rights": ("a b",)},
        {"rights": ('"',)},
        {"rights": ("",)},
        {"rights": ("x" * 257,)},
        {"audience": "a\nb"},
        {"scopes": ()},
        {"hosts": ()},
        {"hosts": ("a/b",)},
        {"methods": ("get",)},
        {"paths": ("a",)},
        {"max_calls": -1},
        {"expires_at": 10**15},
    ],
)
def test_odd_restrictions_cannot_be_minted(restrictions):
    with pytest.raises(ValueError, match=r"no name|empty list|no host|no HTTP method|no absolute|must be|no Unix time"):
        Restrictions(**restrictions)


def test_only_a_genuine_token_can_be_attenuated():
    with pytest.raises(ValueError, match="no token signed with that key"):
        biscuit.attenuate(token(), Restrictions(max_calls=1), OTHER_PUBLIC)
    with pytest.raises(ValueError, match="no token"):
        attenuate("\n", Restrictions(max_calls=1))


@pytest.mark.parametrize("key", ["", "ed25519-private/00", PUBLIC, "ed25519-private/" + "g" * 64])
def test_odd_private_keys(key):
    with pytest.raises(ValueError, match="private key is text"):
        mint(key, Restrictions(rights=(SCOPE,)))


def test_public_key_of_a_private_one():
    assert public_key_of(SECRET) == PUBLIC


def test_what_a_token_says_can_be_read_back():
    restrictions = Restrictions(
        rights=("HTTP-ENV", "FS-ENV"),
        not_before=NOW,
        expires_at=NOW + 1,
        audience="shop",
        scopes=("HTTP-ENV",),
        hosts=("a.com", "[::1]:80"),
        methods=("GET",),
        paths=("/a b", "/ä"),
        read_only=True,
        max_calls=0,
        max_bytes=7,
    )
    (block,) = inspect(mint(SECRET, restrictions))
    assert block.restrictions == restrictions
    (_, unknown) = inspect(appended(token(), "check if true"))
    assert unknown.restrictions is None
    with pytest.raises(ValueError, match="no token"):
        inspect("AAAA")


def test_a_panic_in_native_code_refuses():
    class Panic(BaseException):
        pass

    class Panicking:
        def validate(self, scope, token):
            raise Panic

    assert ask(Panicking(), SCOPE, "x") is None


def test_nothing_of_a_gatekeeper_or_grant_shows_the_token():
    secret = token()
    keeper = gatekeeper()
    grant = keeper.grant(SCOPE, secret)
    assert secret not in repr(keeper) + repr(grant)
    assert secret[20:60] not in repr(grant)
