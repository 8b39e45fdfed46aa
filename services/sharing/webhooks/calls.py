"""Calling an agency's webhook, and nothing else: each step from the name to the answer's last byte is this room's.

1. the address is plain, and ops allow its scheme, host and port;
2. its name is resolved once, and every address that comes of it must be one that may be called;
3. what is connected to is such an address itself, never the name again (DNS rebinding), with the name in the Host
   header, in SNI and in the check of the certificate; no proxy is asked;
4. no redirect is followed;
5. all of it ends within `seconds`, however slowly the other side gives its bytes, and no more of them are read than
   MOST.

It blocks by plain sockets and threads: native ones in the embedded process, green ones in a patched worker. TLS runs
over memory, so that each of its reads and writes has what is left of the time, in both.
"""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence

from services.sharing.webhooks import failures as words
from services.sharing.webhooks.connection import Answer, Closed, Wire, left
from shared.kernel.hosts import HTTPS, Address, Allowed, address_of

SECONDS = 10.0          # from resolving the name to the last byte of the answer

Resolve = Callable[[str, int], Sequence[str]]


class NotReached(Exception):
    """The call did not come through; `why` says it for the officer, and for the agency's system and ops."""

    def __init__(self, why: words.Why) -> None:
        super().__init__(why)
        self.why = why


def resolve(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a name. Raises OSError."""
    return list(dict.fromkeys(str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


class Caller:
    """Opens lines to addresses that ops allow. `trusted`: whose certificates hold; None: those of the machine."""

    def __init__(self, allowed: Allowed, resolve: Resolve = resolve, trusted: ssl.SSLContext | None = None,
                 seconds: float = SECONDS) -> None:
        self.allowed, self._resolve, self._seconds = allowed, resolve, seconds
        self._trusted = trusted

    def line(self, url: str) -> "Line":
        """A line to an address, not yet connected."""
        return Line(self, url, self._seconds)

    def connect(self, address: Address, ends: float) -> "Wire":
        """A wire to a checked address. Raises NotReached, OSError, TimeoutError."""
        found = [str(address.ip)] if address.ip is not None else self._resolved(address, ends)
        checked = [self.allowed.reachable(each) for each in found]
        if not checked or None in checked:
            raise NotReached(words.not_callable(address.host))
        failed: OSError | None = None
        for number, ip in enumerate(checked):
            try:
                return Wire(str(ip), address, self._context(address), ends, len(checked) - number)
            except OSError as problem:
                failed = problem
        assert failed is not None
        raise failed

    def _resolved(self, address: Address, ends: float) -> Sequence[str]:
        """In a thread of its own: no resolver can be told how long it may take."""
        found: list[Sequence[str] | OSError] = []

        def look() -> None:
            try:
                found.append(self._resolve(address.host, address.port))
            except (OSError, UnicodeError) as failed:
                found.append(failed if isinstance(failed, OSError) else OSError(str(failed)))

        looking = threading.Thread(target=look, name="resolves a webhook", daemon=True)
        looking.start()
        looking.join(left(ends))
        if not found:
            raise TimeoutError
        if isinstance(found[0], OSError):
            raise NotReached(words.not_found(address.host))
        return found[0]

    def _context(self, address: Address) -> ssl.SSLContext | None:
        if address.scheme != HTTPS:
            return None
        if self._trusted is None:
            self._trusted = ssl.create_default_context()
        return self._trusted


class Line:
    """Calls to one address, one after the other, on a connection that is kept while both sides keep it."""

    def __init__(self, caller: Caller, url: str, seconds: float) -> None:
        self._caller, self._url, self._seconds = caller, url, seconds
        self._wire: Wire | None = None

    def post(self, headers: Mapping[str, str], body: bytes) -> Answer:
        """One call. Raises NotReached."""
        ends = time.monotonic() + self._seconds
        try:
            address = address_of(self._url)
        except ValueError as wrong:
            raise NotReached(words.no_address(wrong)) from None
        if not self._caller.allowed.lets(address):
            raise NotReached(words.barred_by_ops(address))
        request = _request(address, headers, body)
        try:
            if self._wire is not None:
                with contextlib.suppress(Closed):
                    return self._asked(self._wire, request, ends)
                self.close()
            self._wire = self._caller.connect(address, ends)
            return self._asked(self._wire, request, ends)
        except NotReached:
            self.close()
            raise
        except TimeoutError:
            self.close()
            raise NotReached(words.too_slow(self._seconds)) from None
        except (Closed, OSError, ssl.SSLError, http.client.HTTPException, ValueError) as failed:
            self.close()
            raise NotReached(words.broken(failed)) from None

    def _asked(self, wire: "Wire", request: bytes, ends: float) -> Answer:
        answer, keep = wire.ask(request, ends)
        if not keep:
            self.close()
        return answer

    def close(self) -> None:
        """Gives the connection back."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None


def _request(address: Address, headers: Mapping[str, str], body: bytes) -> bytes:
    told = {"Host": address.authority, "User-Agent": "Liandong-Webhooks", "Accept": "application/json",
            "Content-Type": "application/json", "Content-Length": str(len(body)), **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"POST {address.path} HTTP/1.1\r\n{head}\r\n".encode("ascii") + body
