"""What city ops do for agencies' own systems: queue and user on the broker, made, rotated, removed, looked at."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import starmap
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from liandong.errors import SuiteError
from liandong.offices import Echo, answering, each_office, office_of
from shared.access import log
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.bus.agencies import AgencyQueueError, AgencyQueues, Credentials, Depth
from shared.bus.management import Unmanaged
from shared.contracts.register import Register
from shared.kernel.clock import SystemClock, day_of
from shared.kernel.errors import Refused
from shared.kernel.settings import Settings
from shared.law import queues, subscriptions
from shared.law.queues import LENGTH
from shared.law.subscriptions import ACTIVE, PAUSED, QUEUE

T = TypeVar("T")


def provision(code: str, appointment: str, settings: Settings, echo: Echo) -> None:
    """Makes queue and user, and shows the password, once. Raises SuiteError for an agency that the register has not
    today, or that has a user already."""
    broker, by = _broker(settings), answering(appointment, settings)
    with office_of("sharing", settings) as sharing:
        register, today = sharing.law.now().register, day_of(sharing.clock.now())
        _sweep(broker, register, echo)
        if not register.exists(code, today):
            raise SuiteError(f"the register has no agency {code} today")
        made = _asked(lambda: broker.provision(code))
        _note(sharing, "agency provision", code, by)
        with sharing.db.read() as tx:
            subscribed = subscriptions.of_agency(tx, code, QUEUE)
    _show(made, settings, echo)
    if not subscribed:
        echo(f"{code} has no subscription yet: nothing is sent until its leader subscribes "
             "(POST /api/sharing/subscriptions)")


def rotate(code: str, end: str, appointment: str, settings: Settings, echo: Echo) -> None:
    """The next user beside the present one; with `end` finish or undo, ends the older or the newer."""
    broker, by = _broker(settings), answering(appointment, settings)
    with office_of("sharing", settings) as sharing:
        if end:
            ended = _asked(lambda: broker.finish(code) if end == "finish" else broker.undo(code))
            echo(f"ended: {', '.join(ended)}")
        else:
            _show(_asked(lambda: broker.rotate(code)), settings, echo)
            echo(f"the user before it reads on until `liandong agency rotate {code} --finish`")
        _note(sharing, f"agency rotate {end}".strip(), code, by)


def revoke(code: str, appointment: str, settings: Settings, echo: Echo) -> None:
    """Ends the agency's users and removes its queue. Its feed has all of it."""
    broker, by = _broker(settings), answering(appointment, settings)
    with office_of("sharing", settings) as sharing:
        echo(f"ended: {', '.join(_asked(lambda: broker.revoke(code)))}; the queue is removed, the feed has all of it")
        _note(sharing, "agency revoke", code, by)


def replay(code: str, service: str, first: int, appointment: str, settings: Settings, echo: Echo) -> None:
    """Asks that the queue is sent again what a service told the agency, from a position on."""
    by = answering(appointment, settings)
    with office_of(service, settings) as office:
        try:
            with office.db.write() as tx:
                asked = queues.replay(tx, service, code, first - 1, office.journal.head(tx).position)
        except Refused as refused:
            raise SuiteError(str(refused)) from refused
        _note(office, "agency replay", code, by)
        office.wake.ring()
    echo(f"{service}: {asked.count} of {asked.after + 1} to {asked.until} are sent to {code} again, marked `replayed`")


def status(codes: tuple[str, ...], settings: Settings, echo: Echo, *, aside: Echo | None = None) -> None:
    """Each agency that has a user or subscribes by queue: what waits there, who reads, how far it was sent, alarms.
    `aside`: as JSON, one object by queue, and what else is to be said goes there."""
    lines = _lines(codes, settings, aside or echo)
    if aside is not None:
        echo(json.dumps({"by_queue": {line.queue: line.told for line in lines}}, ensure_ascii=False, indent=1))
        return
    for line in lines:
        echo(f"{line.agency}: {line.said}; sent up to {', '.join(starmap('{} {}'.format, line.sent)) or 'nothing'}")
        for alarm in line.alarms:
            echo(f"{line.agency}: ALARM {alarm}")


def _lines(codes: tuple[str, ...], settings: Settings, echo: Echo) -> list["Line"]:
    broker = _broker(settings)
    register = Register()
    sent: dict[str, list[tuple[str, int]]] = {}
    subscribed: dict[str, str] = {}
    for office in each_office((), settings, echo):
        with office.db.read() as tx:
            rows = queues.every(tx).values()
            if office.name == "sharing":
                register = office.law.now().register
                subscribed = {each.agency: each.state for state in (ACTIVE, PAUSED)
                              for each in subscriptions.there(tx, QUEUE, state)}
        for row in rows:
            sent.setdefault(row.agency, []).append((office.name, row.position))
    _sweep(broker, register, echo)
    users = _asked(broker.users_of_all)
    asked = codes or sorted({*users, *subscribed})
    depths = _asked(lambda: broker.depths(asked))
    return [Line(code, broker.names.agency(code), subscribed.get(code, "none"), depths[code],
                 tuple(users.get(code, ())), tuple(sent.get(code, ()))) for code in asked]


@dataclass(frozen=True, slots=True)
class Line:
    """One agency's queue as ops see it. `sent`: service and position."""

    agency: str
    queue: str
    subscription: str
    depth: Depth | None
    users: tuple[str, ...]
    sent: tuple[tuple[str, int], ...]

    @property
    def alarms(self) -> tuple[str, ...]:
        if (depth := self.depth) is None:
            absent = self.subscription == ACTIVE
            return (f"no queue: `liandong agency provision {self.agency}`",) if absent else ()
        full = ("full: its oldest go first",) if depth.messages >= LENGTH else ()
        unread = ("messages wait and nobody reads",) if depth.messages and not depth.consumers else ()
        return (*full, *unread)

    @property
    def said(self) -> str:
        if (depth := self.depth) is None:
            return f"subscription {self.subscription}, not provisioned"
        dropped = "unknown" if depth.dropped is None else str(depth.dropped)
        return (f"subscription {self.subscription}, {depth.messages} of {LENGTH} messages, "
                f"{depth.consumers} consumers, dropped {dropped}, users {', '.join(self.users) or 'none'}")

    @property
    def told(self) -> dict[str, Any]:
        """As JSON; without a queue nothing of it."""
        its = {"messages": self.depth.messages, "most": LENGTH, "consumers": self.depth.consumers,
               "dropped": self.depth.dropped} if self.depth else {}
        return {"agency": self.agency, "subscription": self.subscription, "provisioned": self.depth is not None, **its,
                "users": list(self.users), "sent": dict(self.sent), "alarms": list(self.alarms)}


def _broker(settings: Settings) -> AgencyQueues:
    if not settings.amqp_url or not settings.management_url:
        raise SuiteError("agencies' queues need LIANDONG_AMQP_URL and LIANDONG_MANAGEMENT_URL")
    return AgencyQueues(settings)


def _asked(do: Callable[[], T]) -> T:
    """What the broker answers. Raises SuiteError with why it can't be."""
    try:
        return do()
    except (AgencyQueueError, Unmanaged) as cannot:
        raise SuiteError(str(cannot)) from cannot


def _sweep(broker: AgencyQueues, register: Register, echo: Echo) -> None:
    if gone := _asked(lambda: broker.sweep(register, day_of(SystemClock().now()))):
        echo(f"removed, of agencies that are no more: {', '.join(gone)}")


def _note(office: Office, what: str, code: str, by: Viewer) -> None:
    """Who answers for it is kept in the access log."""
    entry = log.Entry(log.READ, what, code, person=by.person, appointment=by.appointment, agency=by.agency)
    with office.db.write() as tx:
        log.record(tx, entry, office.clock.now())


def _show(made: Credentials, settings: Settings, echo: Echo) -> None:
    """Shown here and nowhere else."""
    at = urlsplit(settings.amqp_url)
    host = f"{at.hostname}:{at.port}" if at.port else at.hostname
    echo(f"user      {made.user}\npassword  {made.password}\nqueue     {made.queue}\nvhost     {made.vhost}")
    user, password, vhost = (quote(each, safe="") for each in (made.user, made.password, made.vhost))
    echo(f"{at.scheme}://{user}:{password}@{host}/{vhost}")
    echo("The password is shown this once and kept nowhere. The host is the broker's as this suite knows it.")
