"""A Liandong that a test plays: answers to the client kit's requests without a network."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from liandong_client import Client, Login, Retries
from liandong_client.transport import Means
from requests.adapters import BaseAdapter

BASE = "http://liandong.test"
EPOCH = "e1"


@dataclass
class Asked:
    """A request as the server sees it."""

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Answer:
    """What the server says; `lost`: the connection breaks instead."""

    status: int = 200
    told: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    lost: bool = False


Rule = Callable[[Asked], Answer]


class Server(BaseAdapter):
    """Answers by `rule`, and keeps what it was asked. Sign-in is its own."""

    def __init__(self, rule: Rule) -> None:
        super().__init__()
        self.rule, self.asked, self.signed_in = rule, list[Asked](), list[Any]()
        self.lives, self.naps = 600, list[float]()

    def send(self, request: requests.PreparedRequest, *rest: Any, **more: Any) -> requests.Response:
        parts = urlsplit(str(request.url))
        body = request.body.encode() if isinstance(request.body, str) else request.body or b""
        asked = Asked(str(request.method), parts.path, dict(parse_qsl(parts.query)), dict(request.headers), body)
        if asked.path.startswith("/api/desk/session"):
            self.signed_in.append((asked.path, asked.json))
            answer = Answer(200, {"token": f"t{len(self.signed_in)}",
                                  "expires_at": f"2026-01-01T00:{self.lives // 60:02}:00.000000Z"},
                            {"Date": "Thu, 01 Jan 2026 00:00:00 GMT"})
        else:
            self.asked.append(asked)
            answer = self.rule(asked)
        if answer.lost:
            raise requests.ConnectionError("connection reset")
        response = requests.Response()
        response.status_code, response.request, response.url = answer.status, request, str(request.url)
        response.headers.update(answer.headers)
        response._content = answer.told if isinstance(answer.told, bytes) else json.dumps(answer.told).encode()
        return response

    def close(self) -> None:
        """Nothing is open."""

    def client(self, login: Login | None = None, *, now: Callable[[], float] = lambda: 0.0, **more: Any) -> Client:
        """A client that asks this server, naps in no time, and whose clock is `now`."""
        session = requests.Session()
        session.mount(BASE, self)
        means = Means(sleep=self.naps.append, chance=lambda: 1.0, monotonic=now)
        return Client(BASE, login or Login(api_key="k"), session=session, means=means, retries=Retries(tries=4), **more)


def in_turn(*answers: Answer) -> Rule:
    """These answers one after the other, the last one for ever."""
    left = list(answers)
    return lambda asked: left.pop(0) if len(left) > 1 else left[0]


def text_of(position: int, source: str = "transfer", name: str = "announced", id: str = "", **more: Any) -> str:
    """The text of an event."""
    return json.dumps({
        "specversion": "1.0", "id": id or f"{source}-{position}", "type": f"liandong.{source}.{name}.v1",
        "source": f"urn:liandong:rongcheng:{source}", "subject": f"case-{position}", "datacontenttype":
        "application/json", "time": "2026-01-01T00:00:00.000000Z", "data": {"state": "announced"}, **more},
        ensure_ascii=False)


class Feeds:
    """The feeds of some services: events at positions, told in pages."""

    def __init__(self, **positions: Sequence[int]) -> None:
        self.positions, self.epoch, self.most = dict(positions), EPOCH, 1000
        self.ids: dict[tuple[str, int], str] = {}

    def __call__(self, asked: Asked) -> Answer:
        source = asked.path.split("/")[2]
        epoch, _, after = (asked.query.get("after") or ".0").rpartition(".")
        if epoch and epoch != self.epoch:
            return Answer(410, {"code": "OLD_EPOCH", "refusals": [
                {"code": "OLD_EPOCH", "values": {"epoch": self.epoch, "after": f"{self.epoch}.0"}}]})
        left = [at for at in self.positions[source] if at > int(after)]
        behind = left[:min(self.most, int(asked.query["limit"]))]
        before = [0, *(at for at in self.positions[source] if at <= int(after))][-1]
        items = [{"position": at, "prev": prev, "epoch": self.epoch,
                  "body": text_of(at, source, id=self.ids.get((source, at), ""))}
                 for prev, at in zip([before, *behind], behind, strict=False)]
        return Answer(200, {"epoch": self.epoch, "next": f"{self.epoch}.{(behind or [after])[-1]}", "items": items,
                            "more": len(left) > len(behind)})
