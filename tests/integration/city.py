"""A small city for the agencies' systems: served over HTTP, its relays on a broker that has the management API, its
clock moved by hand."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import amqp
from liandong_client import SERVICES, Client, Event, Login, Reader, SqliteStore
from liandong_client.queues import QueueReader
from liandong_client.transport import Means
from werkzeug.serving import WSGIRequestHandler, make_server

from liandong.bodies import Story
from liandong.demo_day import at
from liandong.player import Player, Told
from liandong.seed import found_city
from liandong.suite import Suite
from services.sharing.service import Sharing
from shared.bus.amqp import connect
from shared.bus.publishing import Publisher
from shared.bus.relay import Relay
from shared.bus.topology import Names
from shared.journal.model import NewEntry
from shared.kernel.clock import HandClock, day_of
from shared.kernel.ids import new_id
from shared.kernel.settings import AMQP, settings_from
from tests.agencies.conftest import Managed
from tests.liandong.running import ENFORCEMENT, HOUSING, JUSTICE, RONGCHENG, environ, run, small_city, until

DAY = date(2025, 9, 23)
CONTACT = {"office": "信息中心", "phone": "0631-7560000"}
ANSWERS = ("--appointment", "sifa.liu")
NAMES = Names("")
STRANGER = "ziran"                  # 自然资源局
AGENCIES = (HOUSING, ENFORCEMENT, JUSTICE, STRANGER)
MARKER = "measure_recorded"         # nobody in the suite follows it


@dataclass
class City:
    """What the tests do there: people act, systems are registered, ops provision, relays send."""

    suite: Suite
    clock: HandClock
    managed: Managed
    url: str = ""
    play: Player = field(init=False)
    clients: dict[str, str] = field(default_factory=dict)       # agency -> its client's id
    _relays: list[Relay] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.play = Player(self.suite, self.clock, found_city(self.suite))
        for name, office in self.suite.offices.items():
            def publisher(after: int, name: str = name) -> Publisher:
                return Publisher(self.managed.url, NAMES, name, (), after)
            self._relays.append(Relay(office.db, office.journal, publisher))

    def send(self) -> None:
        """All that is new reaches everybody: services in process, queues by the relays."""
        self.suite.catch_up()
        while sum([relay.step() for relay in self._relays]):
            pass

    def close(self) -> None:
        for relay in self._relays:
            relay.close()
        self.suite.close()

    # people

    def post(self, path: str, content: dict[str, Any], agency: str, revision: int | None = None,
             expect: int = 200) -> dict[str, Any]:
        """An act of the agency's leader."""
        answer = self.play.post(path, content, agency, 2, revision)
        assert answer.status == expect, answer.data
        return answer.data

    def transferred(self, *acts: str) -> Told:
        """A case of 住建局 for 综合执法局, announced and after these acts."""
        case = Told(Story(self.play.seat(HOUSING), self.play.seat(ENFORCEMENT), "illegal_extension", "擅自加建案",
                          {"kind": "organisation", "name": "荣成某某商贸有限公司"}, "擅自加建。", ["《城乡规划法》第四十条"],
                          "《中华人民共和国行政处罚法》第二十二条", day_of(self.clock.now())))
        for act in ("announce", *acts):
            self.play.act(case, act)
        return case

    def asked(self, asker: str, holder: str) -> str:
        """A query of an agency to another; its id."""
        officer = self.play.seat(asker).officer
        made = self.post("/api/sharing/queries", {
            "question": {"says": "该公司近两年的处罚记录", "category": "dynamics",
                         "respondent": {"kind": "organisation", "name": "荣成某某商贸有限公司"}},
            "purpose": "supervision", "purpose_says": "核实", "holder": holder,
            "officer": {"name": officer, "licence": "SD100001", "phone": "0631-7510001"}}, asker, expect=201)
        return str(made["id"])

    def told(self, count: int, *agencies: str) -> None:
        """So many entries of transfer at once, told to these agencies."""
        office = self.suite.offices["transfer"]
        for first in range(0, count, 1000):
            with office.db.write() as tx:
                office.journal.append(tx, [NewEntry(
                    id=new_id(self.clock.now()), type=MARKER, stream="", occurred_on=day_of(self.clock.now()),
                    data={"nth": nth}, audience=frozenset(agencies)) for nth in range(first, min(first + 1000, count))])

    # their systems

    def key(self, agency: str) -> str:
        """The API key of a system of the agency, registered now."""
        account = self.play.account(agency)
        assert account is not None
        made = self.post("/api/desk/clients", {"name": "业务系统", "answers": account.appointment, "reads_only": True},
                         agency, expect=201)
        self.clients[agency] = made["id"]
        return str(made["api_key"])

    def client(self, key: str) -> Client:
        return Client(self.url, Login(api_key=key), language="en", means=Means(sleep=lambda seconds: None))

    def subscribe(self, agency: str, *types: str) -> str:
        """Its queue's subscription, as every service knows it now; the id."""
        made = self.post("/api/sharing/subscriptions", {"carrier": "queue", "types": list(types), "contact": CONTACT},
                         agency, expect=201)
        self.suite.catch_up()
        return str(made["id"])

    def agency(self, *words: str) -> str:
        """`liandong agency`, as ops run it; what it printed."""
        settings = self.managed.settings(self.suite.settings.home)
        ran = run("agency", *words, *ANSWERS, home=settings.home, LIANDONG_AMQP_URL=settings.amqp_url,
                  LIANDONG_MANAGEMENT_URL=settings.management_url)
        assert ran.code == 0, ran.errors
        return ran.out

    def provision(self, agency: str) -> str:
        """The address that an agency's system is given: user and password in it."""
        return address(self.agency("provision", agency))

    def house(self) -> None:
        """A round of sharing's housekeeping."""
        service = Sharing()
        service.office = self.suite.sharing         # type: ignore[assignment]
        service.house()

    def in_queue(self, url: str, agency: str) -> list[str]:
        """The events in an agency's queue, each as `subject type`; taken by its own user."""
        with connect(url, "test") as connection, connection.channel() as channel:
            found = []
            while message := channel.basic_get(NAMES.agency(agency), no_ack=True):
                found.append(line_of(str(message.body)))
        return found

    def in_feed(self, client: Client, after: dict[str, str]) -> list[str]:
        """The events of an agency's feeds after these marks, likewise; the marks are moved."""
        found = []
        for source in SERVICES:
            page = client.get(f"/api/{source}/feed", **({"after": mark} if (mark := after.get(source)) else {}),
                              limit=1000)
            assert not page["more"]
            after[source] = page["next"]
            found += [line_of(item["body"]) for item in page["items"]]
        return found

    def again(self, agency: str, order: Callable[[list[amqp.Message]], list[amqp.Message]]) -> None:
        """Takes what waits in an agency's queue and puts it back in another order, some of it more than once."""
        taken = []
        with connect(self.managed.url, "test") as connection, connection.channel() as channel:
            channel.confirm_select()
            while message := channel.basic_get(NAMES.agency(agency), no_ack=True):
                taken.append(message)
            for message in order(taken):
                channel.basic_publish_confirm(amqp.Message(message.body, **message.properties), "",
                                              NAMES.agency(agency))


def line_of(body: str) -> str:
    """An event as `subject type`."""
    event = json.loads(body)
    return f"{event.get('subject', '')} {event['type'].removeprefix('liandong.').removesuffix('.v1')}"


def address(shown: str) -> str:
    """The broker's address in what `liandong agency` printed."""
    return next(line for line in shown.splitlines() if line.startswith("amqp://"))


@contextmanager
def opened(home: Path, managed: Managed, clock: HandClock, webhooks: str) -> Iterator[City]:
    """The city, and its API on a port. `webhooks`: where ops allow them to be."""
    small_city(home)
    _people_of(STRANGER, home / "city" / "sample" / "accounts.yaml")
    who = managed.settings(home)
    suite = Suite(settings_from({**environ(home), "LIANDONG_AMQP_URL": who.amqp_url, "LIANDONG_NEWS": AMQP,
                                 "LIANDONG_MANAGEMENT_URL": who.management_url, "LIANDONG_MACHINE_REQUESTS": "100000",
                                 "LIANDONG_WEBHOOK_HOSTS": webhooks}), clock,
                  durable=False)
    suite.prepare()
    city = City(suite, clock, managed)

    class Handler(WSGIRequestHandler):
        def date_time_string(self, timestamp: float | None = None) -> str:
            """The city's time, by which tokens end."""
            return format_datetime(clock.now().astimezone(UTC), usegmt=True)

        def log(self, type: str, message: str, *args: Any) -> None:
            """Nothing: the tests ask by thousands."""

    server = make_server("127.0.0.1", 0, suite.wsgi(), threaded=True, request_handler=Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    city.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield city
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        city.close()


def _people_of(agency: str, accounts: Path) -> None:
    """One more agency of the city has its sample accounts."""
    every = (RONGCHENG / "sample" / "accounts.yaml").read_text("utf-8").splitlines(keepends=True)
    with accounts.open("a", encoding="utf-8") as file:
        file.writelines(line for line in every if f"agency: {agency}," in line)


class System:
    """An agency's system: what it has handled, in its own SQLite. By queue, else by its feeds; `of`: by those of an
    agency that its own succeeded."""

    def __init__(self, client: Client, file: Path, agency: str, url: str | Callable[[], str] = "", **more: Any) -> None:
        self.client, self.file, self.agency, self.url, self.more = client, file, agency, url, more
        self.got: list[Event] = []

    def store(self) -> SqliteStore:
        return SqliteStore(self.file)

    def reads(self, stopping: Callable[[QueueReader], bool] = lambda reader: reader.idle) -> list[Event]:
        """Reads until its queue is empty (its feeds end); what was new."""
        before, store = len(self.got), self.store()
        try:
            feeds = Reader(self.client, SERVICES, store, **self.more)
            if self.url:
                queue = QueueReader(self.url, self.agency, feeds)
                queue.run(self.got.append, stopping=lambda: stopping(queue))
            else:
                feeds.run(self.got.append, follow=False)
        finally:
            store.close()
        return self.got[before:]

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """It reads its queue in a thread for the length of the block; its failure is the test's."""
        ended, failed, ready = threading.Event(), list[BaseException](), threading.Event()

        def stopping(queue: QueueReader) -> bool:
            if queue.ready:
                ready.set()
            return ended.is_set()

        def work() -> None:
            try:
                self.reads(stopping)
            except BaseException as error:
                failed.append(error)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        try:
            until(lambda: ready.is_set() or failed, "it consumes")
            yield
        finally:
            ended.set()
            thread.join(30)
            assert not thread.is_alive() and not failed, failed

    def holds(self, day: date, *sources: str) -> bool:
        """对账: whether it has the very same events of a day as Liandong says it told."""
        store = self.store()
        try:
            reader = Reader(self.client, SERVICES, store, **self.more)
            return all(reader.compare(source, day).holds for source in sources or SERVICES)
        finally:
            store.close()


def once_in_order(events: list[Event]) -> bool:
    """Whether each event came once, and those of a source in its order."""
    places: dict[str, list[int]] = {}
    for event in events:
        places.setdefault(event.source, []).append(event.position)
    ids = [event.id for event in events]
    return len(ids) == len(set(ids)) and all(found == sorted(set(found)) for found in places.values())


__all__ = ["DAY", "ENFORCEMENT", "HOUSING", "JUSTICE", "MARKER", "STRANGER", "City", "System", "address", "at",
           "line_of", "once_in_order", "opened"]
