"""A connection to one IP address on which calls are made: HTTP/1.1 by http.client, TLS over memory, so that each read
and write of the socket has what is left of the time and no more, in a native thread and in a green one."""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from shared.kernel.hosts import Address

MOST = 16_384           # bytes read of an answer's body
MOST_READ = 65_536      # bytes read of an answer at all
LONGEST = 64            # signs of a header that is heeded
CHUNK = 16_384


class Closed(Exception):
    """A connection that was kept had been closed by the other side."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, at most MOST bytes of the body, and when to come again where it says so."""

    status: int
    body: bytes
    retry_after: str = ""

    @property
    def taken(self) -> bool:
        return 200 <= self.status < 300


class Wire(io.RawIOBase):
    """A connection to an IP address, and what http.client reads an answer from."""

    def __init__(self, ip: str, address: Address, tls: ssl.SSLContext | None, ends: float, ways: int) -> None:
        """`ways`: how many addresses share the time that is left. Raises OSError."""
        family = socket.AF_INET6 if ":" in ip else socket.AF_INET
        self._ends, self._read, self._used = ends, 0, False
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        try:
            self._socket.settimeout(left(ends) / ways)
            self._socket.connect((ip, address.port))
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._tls: ssl.SSLObject | None = None
            if tls is not None:
                self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
                self._tls = tls.wrap_bio(self._in, self._out, server_hostname=address.host.strip("[]"))
                self._through(self._tls.do_handshake)
        except BaseException:
            self._socket.close()
            raise

    def ask(self, request: bytes, ends: float) -> tuple[Answer, bool]:
        """The answer, and whether the connection may be used again. Raises Closed where a kept one is gone."""
        self._ends, self._read = ends, 0
        response = http.client.HTTPResponse(_File(self), method="POST")     # type: ignore[arg-type]
        try:
            self._send(request)
            response.begin()
        except ConnectionError as failed:       # http.client's RemoteDisconnected is one
            if self._used and not self._read:
                raise Closed from failed
            raise
        self._used = True
        again = response.getheader("Retry-After", "")[:LONGEST]
        try:
            body = response.read(MOST)
            whole = response.isclosed() or not response.read(1)
        except (http.client.IncompleteRead, _TooMuch):
            return Answer(response.status, b"", again), False
        return Answer(response.status, body, again), whole and not response.will_close

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """What http.client reads by, in what is left of the time."""
        data = self._receive(min(len(buffer), CHUNK))
        self._read += len(data)
        if self._read > MOST_READ:
            raise _TooMuch("the answer is too long")
        buffer[:len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            super().close()
            self._socket.close()

    def _send(self, data: bytes) -> None:
        tls = self._tls
        if tls is None:
            self._put(data)
        else:
            view = memoryview(data)
            while view:
                view = view[self._through(partial(tls.write, view)):]

    def _receive(self, most: int) -> bytes:
        tls = self._tls
        if tls is None:
            self._socket.settimeout(left(self._ends))
            return self._socket.recv(most)
        try:
            return bytes(self._through(partial(tls.read, most)))
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return b""

    def _through(self, step: Callable[[], Any]) -> Any:
        """A step of TLS, with what it has to send and to receive."""
        while True:
            try:
                result = step()
            except ssl.SSLWantReadError:
                self._flush()
                self._socket.settimeout(left(self._ends))
                if data := self._socket.recv(CHUNK):
                    self._in.write(data)
                else:
                    self._in.write_eof()
                continue
            self._flush()
            return result

    def _flush(self) -> None:
        if data := self._out.read():
            self._put(data)

    def _put(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            self._socket.settimeout(left(self._ends))
            view = view[self._socket.send(view):]


class _TooMuch(OSError):
    """More bytes than are read."""


class _File:
    """What http.client takes for a socket."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def makefile(self, _: str) -> io.BufferedReader:
        return _Kept(self._wire, CHUNK)


class _Kept(io.BufferedReader):
    """http.client closes what it has read to the end; the wire is kept."""

    def close(self) -> None:
        pass

    def flush(self) -> None:
        pass


def left(ends: float) -> float:
    """The seconds that are left. Raises TimeoutError."""
    seconds = ends - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds
