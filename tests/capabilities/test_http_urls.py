"""URLs and addresses that mean one thing only (redteam 85, 94, 95, 98)."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("httpx")

import httpx

from npython.capabilities.http import HttpCapability
from npython.capabilities.http.addresses import kind_of
from npython.capabilities.http.url import join, parse
from npython.security import Grant


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("https://example.com", "https://example.com/"),
        ("HTTPS://EXAMPLE.com/A", "https://example.com/A"),
        ("http://example.com:80/", "http://example.com/"),
        ("https://example.com:8443/a?b=c#d", "https://example.com:8443/a?b=c"),
        ("https://example.com?a=b", "https://example.com/?a=b"),
        ("https://example.com#a", "https://example.com/"),
        ("https://example.com/ä?ö", "https://example.com/%C3%A4?%C3%B6"),
        ("https://example.com/a%20b", "https://example.com/a%20b"),
        ("https://example.com/?q=@evil.com", "https://example.com/?q=@evil.com"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
        ("https://127.0.0.1/", "https://127.0.0.1/"),
        ("https://[::1]:8080/", "https://[::1]:8080/"),
        ("https://[0:0::1]/", "https://[::1]/"),
        ("https://[::ffff:127.0.0.1]/", f"https://[{ipaddress.IPv6Address('::ffff:127.0.0.1')}]/"),
    ],
)
def test_plain_urls(url, normal):
    assert parse(url).url == normal


REFUSED_URLS = [
    "",
    "example.com",
    "//example.com",
    "/path",
    "http:/example.com",
    "http:example.com",
    "http:///x",
    "https://",
    "https://:80",
    "https://?a",
    "javascript:alert(1)",
    "data:text/plain,a",
    "file:///etc/passwd",
    "file://example.com/etc/passwd",
    "gopher://example.com/",
    "ftp://example.com/",
    "ws://example.com/",
    "view-source:https://example.com/",
    "https ://example.com/",
    " https://example.com/",
    "https://example.com/ ",
    "https://user@example.com/",
    "https://user:password@example.com/",
    "https://example.com@evil.com/",
    "https://example.com:80@evil.com/",
    "https://evil.com\\@example.com/",
    "https://example.com\\.evil.com/",
    "https:\\\\example.com/",
    "https://example.com/a\\b",
    "https://exam\tple.com/",
    "https://example.com/\n",
    "https://example.com/\r\nHost: evil.com",
    "https://example.com/\0",
    "https://example.com/\x7f",
    "https://example.com/a b",
    "https://example.com/%",
    "https://example.com/%zz",
    "https://example.com/%0",
    "https://example%2ecom/",
    "https://example.com:0/",
    "https://example.com:/",
    "https://example.com:99999/",
    "https://example.com:080/",
    "https://example.com:+80/",
    "https://example.com:８０/",  # noqa: RUF001 - a full-width digit
    "https://example.com:80:80/",
    "https://example.com./",
    "https://.example.com/",
    "https://example..com/",
    "https://-example.com/",
    "https://exa!mple.com/",
    "https://" + "a" * 64 + ".com/",
    "https://" + "a." * 130 + "com/",
    "https://example.com/" + "a" * 9000,
    "https://0/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.1/",
    "https://127.0.0.0x1/",
    "https://0177.0.0.1/",
    "https://127.0.0.01/",
    "https://127.0.0.256/",
    "https://1.2.3.4.5/",
    "https://example.0x/",
    "https://127.0.0.1./",
    "https://localhost./",
    "https://[::1/",
    "https://::1/",
    "https://[::1]evil/",
    "https://[fe80::1%lo]/",
    "https://[fe80::1%25lo]/",
    "https://[v1.a]/",
    "https://[127.0.0.1]/",
    "https://ⓛocalhost/",
    "https://①②⑦.0.0.1/",
    "https://１２７.0.0.1/",  # noqa: RUF001 - full-width digits
    "https://127。0。0。1/",
    "https://bücher.example/",
    "https://exаmple.com/",  # noqa: RUF001 - a Cyrillic letter
    "https://example.com\u202e/",
]


@pytest.mark.parametrize("url", REFUSED_URLS)
def test_ambiguous_urls_are_refused(url):
    with pytest.raises(ValueError, match=r"^(the|a) URL"):
        parse(url)


PIECES = st.sampled_from(
    [
        *(
            "http",
            "https",
            "HTTPS",
            ":",
            "/",
            "//",
            "///",
            "?",
            "#",
            "@",
            "\\",
            ".",
            "..",
            "%2e",
            "%",
            "%00",
            "[",
            "]",
            ":80",
        ),
        *(
            ":443",
            ":0",
            "a",
            "evil.com",
            "shop.example",
            "127.0.0.1",
            "0x7f",
            "2130706433",
            "::1",
            "[::1]",
            "1",
            " ",
            "\t",
        ),
        *("\n", "\0", "ä", "。", "①", "\u202e", "user", "&", ";", "=", "_", "-", "xn--a", "~", "'"),
    ]
)


@given(st.lists(PIECES, max_size=8).map("".join), st.booleans())
def test_other_readers_agree_about_every_url_that_is_not_refused(text, with_scheme):
    url = f"https://{text}" if with_scheme else text
    try:
        target = parse(url)
    except ValueError:
        return
    for written in (url, target.url):
        other = urlsplit(written)
        assert other.scheme == target.scheme
        host = target.host if ":" not in target.host else str(ipaddress.IPv6Address(other.hostname))
        assert (host if ":" in target.host else other.hostname) == target.host
        assert (other.port or {"http": 80, "https": 443}[target.scheme]) == target.port
    assert parse(target.url) == target
    if "xn--" not in target.host:
        assert httpx.URL(target.url).host == target.host


@pytest.mark.parametrize("url", REFUSED_URLS)
def test_ambiguous_redirects_lead_nowhere_else(url):
    base = parse("https://base.example/here")
    try:
        target = join(base, url)
    except ValueError:
        return
    assert target.origin == base.origin or url == "//example.com"


@pytest.mark.parametrize("url", [None, 1, b"https://example.com/", ["https://example.com/"]])
def test_a_url_is_text(url):
    with pytest.raises(ValueError, match="a URL is text"):
        parse(url)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
        *("100.64.0.1", "100.127.255.255", "169.254.169.254", "169.254.170.2", "100.100.100.200", "192.0.0.192"),
        *("168.63.129.16", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "192.0.2.1"),
        *("198.51.100.1", "203.0.113.1", "198.18.0.1", "192.88.99.1"),
        *("::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808"),
        *("64:ff9b:1::7f00:1", "2002:7f00:1::", "2001::1", "2001:db8::1", "fe80::1", "fec0::1", "fc00::1"),
        *("fd00:ec2::254", "ff02::1", "100::1", "2606:4700::5efe:7f00:1", "2606:4700::200:5efe:7f00:1", "3fff::1"),
        "fe80::1%lo",
    ],
)
def test_addresses_that_are_not_of_the_public_internet(address):
    assert kind_of(ipaddress.ip_address(address)) != "public"


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "172.15.0.1", "172.32.0.1", "2606:4700::1111"])
def test_public_addresses(address):
    assert kind_of(ipaddress.ip_address(address)) == "public"


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "::1", "fd12::1", "100.64.0.1"]
)
def test_private_addresses(address):
    assert kind_of(ipaddress.ip_address(address)) == "private"


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fd00:ec2::254", "100.100.100.200", "::ffff:10.0.0.1", "0.0.0.0", "224.0.0.1"]
)
def test_special_addresses_are_not_even_private(address):
    assert kind_of(ipaddress.ip_address(address)) == "special"


LITERALS = [
    *("127.0.0.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.100.100.200"),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"),
    *("[fd00:ec2::254]", "192.0.0.192", "169.254.170.2", "255.255.255.255", "224.0.0.1"),
]


@pytest.mark.parametrize("host", LITERALS)
def test_literal_addresses_are_refused_even_if_every_public_host_is_allowed(host):
    capability = HttpCapability(["*"], plain_http=True)
    with pytest.raises(PermissionError, match="at an address that is not allowed"):
        capability.functions["_send_request"]("GET", f"http://{host}/", grant=Grant("HTTP-ENV"))


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fe80::1"])
@pytest.mark.parametrize("public_too", [False, True])
def test_names_at_such_addresses_are_refused(address, public_too):
    found = ["93.184.216.34", address] if public_too else [address]
    capability = HttpCapability(["shop.example"], resolver=lambda host, port: found)
    with pytest.raises(PermissionError, match=r"'shop\.example' is at an address that is not allowed"):
        capability.functions["_send_request"]("GET", "https://shop.example/", grant=Grant("HTTP-ENV"))


@pytest.mark.parametrize("address", ["169.254.169.254", "fd00:ec2::254", "::ffff:127.0.0.1", "224.0.0.1"])
def test_private_hosts_are_not_at_special_addresses(address):
    capability = HttpCapability([], private_hosts=["shop.example"], resolver=lambda host, port: [address])
    with pytest.raises(PermissionError, match="at an address that is not allowed"):
        capability.functions["_send_request"]("GET", "https://shop.example/", grant=Grant("HTTP-ENV"))


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/",
        "https://shop.example.evil/",
        "https://evilshop.example/",
        "https://sub.shop.example/",
        "https://shop.example:22/",
        "https://shop.example:6379/",
        "https://api.shop.example:444/",
        "http://shop.example/",
        "https://xn--shp-0na.example/",
        "https://evil.example#shop.example/",
        "https://evil.example?shop.example/",
        "https://evil.example/shop.example/",
        "https://shop.example.nip.io/",
        "https://LOCALHOST/",
    ],
)
def test_nothing_is_looked_up_for_a_host_that_is_not_allowed(url):
    looked_up = []
    capability = HttpCapability(
        ["shop.example", "api.shop.example:8443"], resolver=lambda host, port: looked_up.append(host)
    )
    with pytest.raises(PermissionError, match=r"is not allowed|must be asked with"):
        capability.functions["_send_request"]("GET", url, grant=Grant("HTTP-ENV"))
    assert not looked_up


@pytest.mark.parametrize(
    "options",
    [
        {"hosts": "shop.example"},
        {"hosts": ["https://shop.example"]},
        {"hosts": ["shop.example/path"]},
        {"hosts": ["*"], "private_hosts": ["*"]},
        {"hosts": ["a*.example"]},
        {"hosts": [], "methods": ["get"]},
        {"hosts": [], "methods": "GET"},
        {"hosts": [], "ports": [0]},
        {"hosts": [], "ports": ["80"]},
        {"hosts": [], "timeout": 0},
        {"hosts": [], "max_bytes": -1},
        {"hosts": [], "credentials": {"*.shop.example": {"Authorization": "x"}}},
        {"hosts": [], "credentials": {"shop.example": {"Host": "x"}}},
        {"hosts": [], "credentials": {"shop.example": {"Authorization": "x\r\ny"}}},
    ],
)
def test_what_the_embedder_writes_is_checked(options):
    with pytest.raises((ValueError, TypeError), match=r"."):
        HttpCapability(**options)
