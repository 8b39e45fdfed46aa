"""Which machines the suite may call for others: what ops allow by name or network, and what nobody may. Pure.

An agency writes the address of its webhook; so the address is a stranger's, and what its name resolves to is too. Three
things are asked, each for itself: is the address written in the one plain way; do ops allow its scheme, host and port;
is the very IP address that will be connected to one that may be called.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import cast

HTTP, HTTPS = "http", "https"
PORTS = {HTTP: 80, HTTPS: 443}
LONGEST_NAME = 253

IP = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_URL = re.compile(r"(https?)://(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::([0-9]{1,5}))?", re.ASCII | re.IGNORECASE)
# no space, quote, brace, backslash or #
_REST = re.compile(r"(?:[/?][!$-;=?-\[\]_a-z~%&]*)?", re.ASCII | re.IGNORECASE)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
_ENTRY = re.compile(r"(?:(https?)://)?(\[[0-9a-f:.]+\]|[0-9a-f.:]+/[0-9]{1,3}|[a-z0-9.-]+)(?::([0-9]{1,5}))?",
                    re.ASCII | re.IGNORECASE)

# Nobody may call these, whatever ops allow: no machine of an agency has such an address.
NEVER: tuple[Network, ...] = tuple(map(ip_network, (
    "0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "100.100.100.200/32", "192.0.0.192/32",
    "::/128", "fe80::/10", "fec0::/10", "ff00::/8", "fd00:ec2::254/128", "2002::/16", "2001::/32")))
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Address:
    """An http address in its parts. `host`: a name in small letters, or an IP address as it is usually written, that of
    version 6 in brackets. `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str
    ip: IP | None = None

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them."""
        return self.host if self.port == PORTS[self.scheme] else f"{self.host}:{self.port}"


def address_of(url: str) -> Address:
    """The address of a URL. Raises ValueError for whatever is not plain: user and password, fragment, backslash or
    blank, signs that are not ASCII (names in Chinese are written xn--…), a trailing dot, an IP address written as one
    number, in octal or in hexadecimal."""
    found = _URL.match(url)
    if found is None or not _REST.fullmatch(rest := url[found.end():]):
        raise ValueError("not a plain http or https address")
    scheme, host = found[1].lower(), found[2].lower()
    port = int(found[3]) if found[3] else PORTS[scheme]
    if not 0 < port < 65536:
        raise ValueError("no port has this number")
    ip = _literal(host)
    return Address(scheme, host if ip is None or ip.version == 4 else f"[{ip.compressed}]", port,
                   rest if rest.startswith("/") else f"/{rest}", ip)


def _literal(host: str) -> IP | None:
    """The IP address that a host is; None: it is a name. Raises ValueError for one that is neither."""
    if host.startswith("["):
        return IPv6Address(host[1:-1])
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return IPv4Address(host)        # strict: four numbers, in decimal, no zero before them
    if len(host) > LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError("no name of a host")
    return None


@dataclass(frozen=True, slots=True)
class AllowedHost:
    """What ops allow: a scheme and a port on a host by its name, on one IP address, or on all of a network."""

    scheme: str
    port: int
    host: str = ""
    network: Network | None = None

    def lets(self, address: Address) -> bool:
        if (self.scheme, self.port) != (address.scheme, address.port):
            return False
        return _within(address.ip, self.network) if address.ip is not None else address.host == self.host


@dataclass(frozen=True, slots=True)
class Allowed:
    """All that ops allow. Nothing by default."""

    hosts: tuple[AllowedHost, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.hosts)

    def lets(self, address: Address) -> bool:
        """Whether ops allow this scheme, host and port."""
        return any(each.lets(address) for each in self.hosts)

    def reachable(self, ip: str) -> IP | None:
        """The IP address, where it may be connected to: one of the public network, or in a network that ops allow, and
        none that nobody may call. None: not this one. An address of version 4 within one of version 6 counts as
        itself."""
        try:
            found = _unwrapped(ip_address(ip))
        except ValueError:
            return None
        if any(_within(found, each) for each in NEVER):
            return None
        allowed = any(_within(found, each.network) for each in self.hosts)
        return found if allowed or (found.is_global and not found.is_multicast) else None


NOWHERE = Allowed()


def allowed_from(text: str) -> Allowed:
    """What a list names, separated by commas: `hooks.zjj.gov.cn`, `hooks.zjj.gov.cn:8443`, `http://10.1.2.3:9000`,
    `10.20.0.0/16`. Without a scheme it is https, without a port its usual one. A name is allowed where it resolves to
    public addresses, or to those of a network in the list. Raises ValueError for what it can't read."""
    return Allowed(tuple(_entry(each.strip()) for each in text.split(",") if each.strip()))


def _entry(text: str) -> AllowedHost:
    found = _ENTRY.fullmatch(text)
    if found is None:
        raise ValueError(f"a host, an IP address or a network is needed, with http:// and :port at most, not {text!r}")
    scheme, what = (found[1] or HTTPS).lower(), found[2].lower()
    port = int(found[3]) if found[3] else PORTS[scheme]
    if not 0 < port < 65536:
        raise ValueError(f"no port has this number: {text!r}")
    try:
        if "/" in what:
            return AllowedHost(scheme, port, network=_callable(ip_network(what)))
        ip = _literal(what)
    except ValueError as wrong:
        raise ValueError(f"{text!r}: {wrong}") from None
    return AllowedHost(scheme, port, what) if ip is None else AllowedHost(scheme, port,
                                                                          network=_callable(ip_network(str(ip))))


def _callable(network: Network) -> Network:
    if any(each.version == network.version and cast(IPv4Network, network).subnet_of(cast(IPv4Network, each))
           for each in NEVER):
        raise ValueError("no machine of an agency has such an address")
    return network


def _unwrapped(ip: IP) -> IP:
    if isinstance(ip, IPv4Address):
        return ip
    if ip.scope_id:
        raise ValueError("an address of one link only")
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    return IPv4Address(int(ip) & 0xFFFF_FFFF) if ip in _NAT64 else ip


def _within(ip: IP | None, network: Network | None) -> bool:
    return ip is not None and network is not None and ip.version == network.version and ip in network
