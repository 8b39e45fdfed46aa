"""Agencies' systems that are called, each checked by the client kit as an agency would."""

import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from liandong_client import NotVerified
from liandong_client.webhooks import Webhook

from services.sharing.webhooks import store
from services.sharing.webhooks.calls import Caller
from services.sharing.webhooks.deliverer import Deliverer
from shared.acts.office import Office
from shared.bus.agency_feeds import AgencyFeed
from shared.kernel.clock import HandClock
from tests.bus.newsroom import Source, until
from tests.offices import Answer, People
from tests.webhooks.receivers import Receiver

PATH = "/api/sharing/subscriptions"
CONTACT = {"office": "信息中心", "phone": "0631-7560000"}


@dataclass
class System:
    """An agency's receiver. `status`: what it answers events with, with it `retry_after`, if any; `mute`: it gives no
    challenge back, `token`: another one; `held`: it answers once that is set."""

    clock: HandClock
    secrets: list[str] = field(default_factory=list)
    status: int = 200
    retry_after: str = ""
    mute: bool = False
    held: threading.Event | None = None
    token: str = ""
    taken: list[dict[str, Any]] = field(default_factory=list)
    tries: list[str] = field(default_factory=list)          # ids of all calls that were good
    foreign: list[str] = field(default_factory=list)        # why calls were not
    heads: list[dict[str, str]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    busy: int = 0
    most_busy: int = 0
    came: float = 0.0       # when the last call did; by the monotonic clock

    def __call__(self, connection: socket.socket, request: bytes) -> None:
        with self.lock:
            self.busy += 1
            self.most_busy = max(self.most_busy, self.busy)
            self.came = time.monotonic()
        try:
            status, body = self._answer(request)
            if self.held is not None:
                self.held.wait(20)
        finally:
            with self.lock:
                self.busy -= 1
        again = f"Retry-After: {self.retry_after}\r\n" if self.retry_after else ""
        connection.sendall(f"HTTP/1.1 {status} X\r\n{again}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    def _answer(self, request: bytes) -> tuple[int, bytes]:
        head, _, body = request.partition(b"\r\n\r\n")
        headers = {name.lower(): value for name, _, value in
                   (line.partition(": ") for line in head.decode().split("\r\n")[1:])}
        webhook = Webhook(*(self.secrets or ["whsec_AAAA"]), now=lambda: self.clock.now().timestamp())
        self.heads.append(headers)
        try:
            event = webhook.receive(headers, body)
        except NotVerified as foreign:
            self.foreign.append(str(foreign))
            return 401, b""
        if event is None:
            given = b'{"challenge":"another"}' if self.token else webhook.challenge_answer(body)
            return (404, b"") if self.mute else (200, given)
        self.tries.append(headers["webhook-id"])
        if 200 <= self.status < 300:
            self.taken.append(json.loads(body))
        return self.status, b""

    def holds(self, calls: int, seconds: float) -> bool:
        """Whether it has so many calls in flight and each of them for so long."""
        with self.lock:
            return self.busy == calls and time.monotonic() - self.came >= seconds

    @property
    def ids(self) -> list[str]:
        """The ids of what it took, in the order in which it came."""
        return [json.loads(each["body"])["id"] for each in self.taken]

    @property
    def names(self) -> list[str]:
        return [json.loads(each["body"])["type"].split(".")[-2] for each in self.taken]


@dataclass
class City:
    """sharing's office, another service that tells news, and what calls the webhooks."""

    office: Office
    people: People
    source: Source
    clock: HandClock
    feeds: dict[str, AgencyFeed]
    deliverer: Deliverer = field(init=False)
    rung: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.deliverer = self.another()

    def another(self, **more: Any) -> Deliverer:
        caller = Caller(self.office.settings.webhook_hosts, seconds=more.pop("seconds", 2.0))
        return Deliverer(self.office, self.feeds, self.rung.set, caller, **more)

    def tell(self, *names: str, to: str = "zhujian") -> list[str]:
        return self.source.tell(*names, audience=to.split())

    def subscribe(self, system: System, receiver: Receiver, agency: str = "zhujian", *types: str,
                  path: str = "") -> str:
        """A webhook of the agency; its system knows the secret."""
        made = self.asked(receiver, agency, *types, path=path)
        assert made.status == 201, made.data
        system.secrets.append(made.data["secret"])
        return str(made.data["id"])

    def asked(self, receiver: Receiver, agency: str = "zhujian", *types: str, key: str = "", path: str = "") -> Answer:
        body = {"carrier": "webhook", "url": receiver.url + path, "types": types, "contact": CONTACT}
        return self.people.post(PATH, body, agency, key=key)

    def act(self, case: str, name: str, body: dict[str, Any] | None = None, agency: str = "zhujian") -> Answer:
        seen = self.view(case, agency)["revision"]
        answer = self.people.post(f"{PATH}/{case}/{name}", body or {}, agency, seen=seen)
        assert answer.status == 200, answer.data
        return answer

    def view(self, case: str, agency: str = "zhujian") -> dict[str, Any]:
        return self.people.get(f"{PATH}/{case}", agency).data

    def state(self, case: str) -> str:
        return str(self.view(case)["state"])

    def delivery(self, case: str) -> dict[str, Any]:
        return self.people.get(f"{PATH}/{case}/delivery", "zhujian").data

    def work(self, condition: Callable[[], Any], what: str = "") -> Any:
        """Steps of the deliverer, as its loop does them, until something has come about."""
        def looked() -> Any:
            self.deliverer.step()
            return condition()
        return until(looked, what)

    def idle(self) -> None:
        """Until nothing is in flight and what there is waits for a time."""
        self.work(lambda: self.deliverer.step() is not None or self.deliverer.idle())
        self.work(lambda: not self.deliverer._flying and self.deliverer._ended.empty())

    def opened(self, system: System, receiver: Receiver, agency: str = "zhujian", *types: str, path: str = "") -> str:
        """A webhook whose address has given the challenge back."""
        case = self.subscribe(system, receiver, agency, *types, path=path)
        self.work(lambda: self.people.get(f"{PATH}/{case}", agency).data["state"] == "active", "it is active")
        return case

    def later(self, case: str) -> timedelta:
        """Moves the clock on to the webhook's next try; by how much that was."""
        with self.office.db.read() as tx:
            hook = store.get(tx, case)
        assert hook is not None and hook.next_try is not None
        span = hook.next_try - self.clock.now()
        self.clock.move_to(hook.next_try)
        return span

    def told(self, agency: str, *names: str) -> list[str]:
        """The events of sharing that the agency was told, of these names."""
        feed = self.office.journal
        with self.office.db.read() as tx:
            bodies = [json.loads(each.body) for each in feed.feed(tx, 0, 1000, agency)]
        return [name for name in (body["type"].split(".")[-2] for body in bodies) if name in names]
