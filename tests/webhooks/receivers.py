"""Servers on the loopback that behave as they are told: what an agency's receiver may be like."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Script = Callable[[socket.socket, bytes], None]     # the connection, the request that came

OK = b"HTTP/1.1 204 No Content\r\n\r\n"


def takes(connection: socket.socket, _: bytes) -> None:
    """The script of a receiver that takes whatever comes."""
    connection.sendall(OK)


@dataclass
class Receiver:
    """A server of one script. `calls`: the requests that came, whole; `connections`: how many there were."""

    port: int
    calls: list[bytes] = field(default_factory=list)
    connections: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def headers(self, number: int = -1) -> dict[str, str]:
        head = self.calls[number].partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
        return {name.lower(): value for name, _, value in (line.partition(": ") for line in head)}

    def body(self, number: int = -1) -> bytes:
        return self.calls[number].partition(b"\r\n\r\n")[2]


def says(*parts: bytes, every: float = 0.0) -> Script:
    """Answers with these bytes, one after the other with a pause between them, unless the test is over."""
    def script(connection: socket.socket, _: bytes, parts: tuple[bytes, ...] = parts) -> None:
        for part in parts:
            connection.sendall(part)
            if every:
                threading.Event().wait(every)
    return script


@contextmanager
def receiving(script: Script = takes, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[Receiver]:
    """The server at work. Every connection has a thread of its own and is read until it ends."""
    with socket.create_server((host, 0)) as listening:
        receiver = Receiver(listening.getsockname()[1])
        accepting = threading.Thread(target=_accept, args=(listening, receiver, script, tls), daemon=True)
        accepting.start()
        try:
            yield receiver
        finally:
            receiver.ended.set()
            listening.shutdown(socket.SHUT_RDWR)
            accepting.join(5)


def _accept(listening: socket.socket, receiver: Receiver, script: Script, tls: ssl.SSLContext | None) -> None:
    open_ones: list[socket.socket] = []
    threads: list[threading.Thread] = []
    while not receiver.ended.is_set():
        try:
            connection, _ = listening.accept()
        except OSError:
            break
        receiver.connections += 1
        open_ones.append(connection)
        threads.append(threading.Thread(target=_serve, args=(connection, receiver, script, tls), daemon=True))
        threads[-1].start()
    for each in open_ones:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
    for thread in threads:
        thread.join(5)
    for each in open_ones:
        each.close()


def _serve(connection: socket.socket, receiver: Receiver, script: Script, tls: ssl.SSLContext | None) -> None:
    with suppress(OSError), tls.wrap_socket(connection, server_side=True) if tls else connection as served:
        while request := _request(served):
            receiver.calls.append(request)
            script(served, request)


def _request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        if not (more := connection.recv(65536)):
            return b""
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
    length = int(lengths[0].partition(b":")[2]) if lengths else 0
    while len(body) < length:
        if not (more := connection.recv(65536)):
            return b""
        body += more
    return head + b"\r\n\r\n" + body
