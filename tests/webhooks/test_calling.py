"""Calling a webhook: what comes back, within which time, and where a call never goes."""

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from services.sharing.webhooks.calls import Caller, NotReached
from services.sharing.webhooks.connection import MOST
from shared.kernel.hosts import allowed_from
from tests.webhooks.certificates import Pair, pair
from tests.webhooks.receivers import OK, Receiver, receiving, says

HEADERS, BODY = {"webhook-id": "e1"}, b'{"position":1}'
FAST = 0.5


def caller(receiver: Receiver, seconds: float = FAST, **more: object) -> Caller:
    allowed = allowed_from(f"http://127.0.0.1:{receiver.port}, http://zjj.example:{receiver.port}")
    return Caller(allowed, seconds=seconds, **more)     # type: ignore[arg-type]


def ask(receiver: Receiver, url: str = "", **more: object) -> tuple[int, bytes]:
    line = caller(receiver, **more).line(url or receiver.url)     # type: ignore[arg-type]
    try:
        answer = line.post(HEADERS, BODY)
    finally:
        line.close()
    return answer.status, answer.body


def test_a_call_is_a_post_with_its_headers_and_its_body() -> None:
    with receiving() as receiver:
        assert ask(receiver, f"{receiver.url}?a=b") == (204, b"")
    assert receiver.calls[0].startswith(b"POST /hook?a=b HTTP/1.1\r\n")
    assert receiver.headers() | {"host": f"127.0.0.1:{receiver.port}", "webhook-id": "e1",
                                 "content-type": "application/json", "content-length": "14"} == receiver.headers()
    assert receiver.body() == BODY


def test_calls_of_a_line_share_a_connection_and_a_new_one_is_made_where_it_was_closed() -> None:
    answers = iter((OK, OK, b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", OK))
    with receiving(lambda connection, _: connection.sendall(next(answers))) as receiver:
        line = caller(receiver).line(receiver.url)
        assert [line.post(HEADERS, BODY).status for _ in range(4)] == [204, 204, 200, 204]
        line.close()
    assert receiver.connections == 2


def test_a_kept_connection_that_the_other_side_closed_is_made_anew_within_the_call() -> None:
    def once(connection: object, _: bytes) -> None:
        connection.sendall(OK)      # type: ignore[attr-defined]
        connection.close()          # type: ignore[attr-defined]

    with receiving(once) as receiver:
        line = caller(receiver).line(receiver.url)
        assert [line.post(HEADERS, BODY).status for _ in range(2)] == [204, 204]
        line.close()
    assert receiver.connections == 2


@pytest.mark.parametrize("script", [
    says(every=5),
    says(*(bytes([each]) for each in b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" * 10), every=0.05),
    says(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", *[b"x"] * 100, every=0.05),
    says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *[b"1\r\nx\r\n"] * 100, every=0.05),
    says(*[b"HTTP/1.1 100 Continue\r\n\r\n"] * 100, every=0.05),
], ids=["silent", "drips its head", "drips its body", "drips chunks", "continues for ever"])
def test_a_receiver_that_takes_its_time_has_it_for_the_whole_answer(script: object) -> None:
    with receiving(script) as receiver:     # type: ignore[arg-type]
        began = time.monotonic()
        with pytest.raises(NotReached, match="no whole answer within"):
            ask(receiver)
        assert FAST * 0.9 < time.monotonic() - began < FAST * 3
        receiver.ended.set()


def test_of_an_endless_answer_only_some_is_read() -> None:
    def endless(connection: object, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")       # type: ignore[attr-defined]
        while True:
            connection.sendall(b"x" * 65536)                 # type: ignore[attr-defined]

    with receiving(endless) as receiver:
        status, body = ask(receiver, seconds=5.0)
    assert status == 200 and len(body) <= MOST


@pytest.mark.parametrize("script", [says(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n"),
                                    says(b"SSH-2.0-OpenSSH\r\n"),
                                    says(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n"),
                                    lambda connection, _: connection.close()])
def test_what_is_no_answer_by_http_is_none(script: object) -> None:
    with receiving(script) as receiver, pytest.raises(NotReached):     # type: ignore[arg-type]
        ask(receiver)


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    with receiving() as inner, receiving(says(f"HTTP/1.1 307 Temporary Redirect\r\nLocation: {inner.url}\r\n"
                                              f"Content-Length: 0\r\n\r\n".encode())) as receiver:
        assert ask(receiver) == (307, b"")
        assert inner.connections == 0


# where a call never goes

def test_where_ops_allow_nothing_nothing_is_called() -> None:
    with receiving() as receiver:
        with pytest.raises(NotReached, match="ops do not allow"):
            Caller(allowed_from("")).line(receiver.url).post(HEADERS, BODY)
        assert receiver.connections == 0


@pytest.mark.parametrize("found", [["127.0.0.2"], ["127.0.0.1", "10.0.0.1"], ["10.0.0.1", "127.0.0.1"],
                                   ["169.254.169.254"], ["::ffff:127.0.0.2"], ["::1"], [], ["0.0.0.0"]])
def test_every_address_that_a_name_stands_for_must_be_one_that_may_be_called(found: Sequence[str]) -> None:
    with receiving(host="0.0.0.0") as receiver:
        with pytest.raises(NotReached, match="may not be called"):
            ask(receiver, f"http://zjj.example:{receiver.port}/", resolve=lambda *_: found)
        assert receiver.connections == 0


def test_a_name_is_resolved_once_and_what_was_checked_is_what_is_connected_to() -> None:
    """DNS rebinding: the second answer of the resolver would be another machine."""
    answers: Iterator[Sequence[str]] = iter((["127.0.0.1"], ["127.0.0.2"]))
    with receiving(host="0.0.0.0") as receiver:
        assert ask(receiver, f"http://zjj.example:{receiver.port}/", resolve=lambda *_: next(answers))[0] == 204
        assert receiver.headers()["host"] == f"zjj.example:{receiver.port}"
        with pytest.raises(NotReached, match="may not be called"):
            ask(receiver, f"http://zjj.example:{receiver.port}/", resolve=lambda *_: next(answers))
        assert receiver.connections == 1


def test_a_name_that_is_not_found_is_told() -> None:
    def nowhere(*_: object) -> Sequence[str]:
        raise OSError("no such name")

    with receiving() as receiver, pytest.raises(NotReached, match=r"zjj\.example is not found"):
        ask(receiver, f"http://zjj.example:{receiver.port}/", resolve=nowhere)


def test_a_resolver_that_hangs_has_no_more_time_than_the_call() -> None:
    over = threading.Event()

    def hangs(*_: object) -> Sequence[str]:
        over.wait(30)
        return []

    with receiving() as receiver, pytest.raises(NotReached, match="no whole answer within"):
        ask(receiver, f"http://zjj.example:{receiver.port}/", resolve=hangs)
    over.set()


def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as proxy, receiving() as receiver:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert ask(receiver)[0] == 204
        assert proxy.connections == 0


# TLS

@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    folder: Path = tmp_path_factory.mktemp("certificates")
    return pair(folder, "zjj.example")


def https(tls: Pair, receiver: Receiver, host: str, trusted: bool = True, seconds: float = 3.0) -> int:
    allowed = allowed_from(f"{host}:{receiver.port}, 127.0.0.1:{receiver.port}")
    line = Caller(allowed, lambda *_: ["127.0.0.1"], tls.trusting() if trusted else None, seconds) \
        .line(f"https://{host}:{receiver.port}/hook")
    try:
        return [line.post(HEADERS, BODY * 5000).status for _ in range(2)][-1]
    finally:
        line.close()


def test_the_certificate_is_checked_against_the_name_though_the_address_is_connected_to(tls: Pair) -> None:
    with receiving(tls=tls.serving()) as receiver:
        assert https(tls, receiver, "zjj.example") == 204
        assert receiver.connections == 1 and receiver.body() == BODY * 5000
        with pytest.raises(NotReached, match="certificate does not hold"):
            https(tls, receiver, "jtj.example")
        with pytest.raises(NotReached, match="certificate does not hold"):
            https(tls, receiver, "zjj.example", trusted=False)
        assert len(receiver.calls) == 2


def test_a_handshake_that_never_ends_has_no_more_time_than_the_call(tls: Pair) -> None:
    """The server takes the bytes and says nothing, or says them one by one."""
    with receiving() as receiver:
        began = time.monotonic()
        with pytest.raises(NotReached, match="no whole answer within"):
            https(tls, receiver, "zjj.example", seconds=FAST)
        assert time.monotonic() - began < FAST * 3
