"""Which addresses may be called: as they are written, as ops allow them, as they are connected to."""

import pytest

from shared.kernel.hosts import NEVER, Address, address_of, allowed_from


@pytest.mark.parametrize("url, parts", [
    ("https://Hooks.ZJJ.gov.cn/in", ("https", "hooks.zjj.gov.cn", 443, "/in")),
    ("http://10.1.2.3:9000", ("http", "10.1.2.3", 9000, "/")),
    ("https://xn--55qx5d.xn--fiqs8s/a?b=c&d=%20", ("https", "xn--55qx5d.xn--fiqs8s", 443, "/a?b=c&d=%20")),
    ("https://[2001:DB8:0::1]:8443?a=b", ("https", "[2001:db8::1]", 8443, "/?a=b")),
])
def test_a_plain_address_is_read_in_its_parts(url: str, parts: tuple[str, str, int, str]) -> None:
    found = address_of(url)
    assert (found.scheme, found.host, found.port, found.path) == parts


@pytest.mark.parametrize("url", [
    "https://user@zjj.example/", "https://user:secret@zjj.example/", "https://zjj.example\\@10.0.0.1/",
    "https://zjj.example/#a",
    "https://zjj.example./", "https://./", "https:///hook", "ftp://zjj.example/", "//zjj.example/",
    "https://zjj.example:0/",
    "https://zjj.example:65536/", "https://zjj.example:/", "https://住建局.example/", "https://zjj．example/",
    "https://①②⑦.0.0.1/",
    "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://127.1/", "https://0x7f.0.0.1/",
    "https://127.0.0.01/", "https://1.2.3.4.5/", "https://zjj.0x1/", "https://a.1/", "https://[::1/",
    "https://[fe80::1%25eth0]/",
    "https://zjj..example/", "https://-zjj.example/", "https://zjj_hooks.example/", "https://zjj.example/a b",
    "https://zjj.example/a\r\nX: y", "https://zjj.example/\x00", "https://zjj.example/\"", " https://zjj.example/", "",
    f"https://{'a' * 64}.example/", f"https://{'a.' * 127}example/",
])
def test_an_address_that_is_not_plain_is_none(url: str) -> None:
    with pytest.raises(ValueError):
        address_of(url)


@pytest.mark.parametrize("allowed, url, lets", [
    ("", "https://zjj.example/", False),
    ("zjj.example", "https://zjj.example/hook", True),
    ("zjj.example", "https://ZJJ.example/hook", True),
    ("zjj.example", "http://zjj.example/", False),
    ("zjj.example", "https://zjj.example:8443/", False),
    ("zjj.example", "https://hooks.zjj.example/", False),
    ("zjj.example", "https://zjj.example.evil.example/", False),
    ("zjj.example:8443", "https://zjj.example:8443/", True),
    ("zjj.example:8443", "https://zjj.example/", False),
    ("http://zjj.example", "http://zjj.example/", True),
    ("http://zjj.example", "https://zjj.example/", False),
    ("10.20.0.0/16", "https://10.20.3.4/", True),
    ("10.20.0.0/16", "http://10.20.3.4/", False),
    ("10.20.0.0/16", "https://10.21.3.4/", False),
    ("10.20.0.0/16", "https://zjj.example/", False),
    ("http://127.0.0.1:9000", "http://127.0.0.1:9000/", True),
    ("http://127.0.0.1:9000", "http://localhost:9000/", False),
    ("[::1]:9000", "https://[::1]:9000/", True),
    ("[::1]", "https://[0:0:0:0:0:0:0:1]/", True),
    ("zjj.example, http://10.20.0.0/16:9000", "http://10.20.0.9:9000/", True),
])
def test_ops_allow_a_scheme_a_host_and_a_port(allowed: str, url: str, lets: bool) -> None:
    assert allowed_from(allowed).lets(address_of(url)) is lets


@pytest.mark.parametrize("allowed, ip, may", [
    ("zjj.example", "1.2.4.8", True),
    ("zjj.example", "2400:3200::1", True),
    ("zjj.example", "10.20.3.4", False),
    ("zjj.example", "192.168.1.1", False),
    ("zjj.example", "172.16.0.1", False),
    ("zjj.example", "100.64.0.1", False),
    ("zjj.example", "127.0.0.1", False),
    ("zjj.example", "::1", False),
    ("zjj.example", "fd00::1", False),
    ("zjj.example", "::ffff:127.0.0.1", False),
    ("zjj.example", "::ffff:10.20.3.4", False),
    ("zjj.example", "::ffff:1.2.4.8", True),
    ("zjj.example", "64:ff9b::7f00:1", False),
    ("zjj.example", "64:ff9b::102:408", True),
    ("zjj.example", "2002:7f00:1::", False),
    ("zjj.example", "0.0.0.0", False),
    ("zjj.example", "::", False),
    ("zjj.example", "169.254.169.254", False),
    ("zjj.example", "fe80::1%eth0", False),
    ("zjj.example", "224.0.0.1", False),
    ("zjj.example", "ff02::1", False),
    ("zjj.example", "255.255.255.255", False),
    ("zjj.example", "not an address", False),
    ("zjj.example, 10.20.0.0/16", "10.20.3.4", True),
    ("zjj.example, 10.20.0.0/16", "::ffff:10.20.3.4", True),
    ("zjj.example, 10.20.0.0/16", "10.21.3.4", False),
    ("100.64.0.0/10", "100.64.0.1", True),
    ("100.64.0.0/10", "100.100.100.200", False),
    ("fd00::/8", "fd00::1", True),
    ("fd00::/8", "fd00:ec2::254", False),
    ("http://127.0.0.1:9000", "127.0.0.1", True),
    ("http://127.0.0.1:9000", "127.0.0.2", False),
    ("0.0.0.0/0", "169.254.169.254", False),
])
def test_an_ip_address_may_be_called_where_it_is_public_or_allowed(allowed: str, ip: str, may: bool) -> None:
    assert (allowed_from(allowed).reachable(ip) is not None) is may


@pytest.mark.parametrize("text", ["zjj example", "ftp://zjj.example", "zjj.example/hook", "10.20.1.1/16",
                                  "user@zjj.example",
                                  "zjj.example:0", "*.example", "0177.0.0.1", *(str(each) for each in NEVER)])
def test_what_ops_cannot_allow_is_told(text: str) -> None:
    with pytest.raises(ValueError):
        allowed_from(text)


def test_the_host_header_has_the_port_only_where_it_is_not_the_usual_one() -> None:
    told = [Address("https", "a.example", port, "/").authority for port in (443, 8443)]
    assert told == ["a.example", "a.example:8443"]
