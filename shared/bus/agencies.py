"""Agencies' queues and their users on the broker: made and removed from the register by ops' commands.

A user is `<city>.agency.<code>.<number>`: a broker's user has one password, so a rotation is the next number beside the
one before, and both read until it is finished. Passwords are made here, shown once, and kept nowhere but in the broker.
"""

import contextlib
import logging
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import amqp
from amqp.exceptions import NotFound

from shared.acts.office import Office
from shared.bus.amqp import BROKER_ERRORS, close, connect
from shared.bus.management import Management, Unmanaged
from shared.bus.topology import Names, declare_agency
from shared.contracts.register import Register
from shared.kernel.clock import day_of
from shared.kernel.settings import AMQP, Settings

log = logging.getLogger(__name__)

LIMITS = {"max-connections": 4, "max-channels": 16}


class AgencyQueueError(Exception):
    """What can't be done to an agency's queue as things stand."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What an agency's system signs in with."""

    user: str
    password: str
    queue: str
    vhost: str


@dataclass(frozen=True, slots=True)
class Depth:
    """An agency's queue as it is now. `dropped`: by the broker's own count since it started; None: it does not say."""

    messages: int
    consumers: int
    dropped: int | None


class AgencyQueues:
    """The queues and users of a city's agencies. Raises Unmanaged and BROKER_ERRORS where the broker is away."""

    def __init__(self, settings: Settings) -> None:
        self.names, self._url = Names(settings.amqp_prefix), settings.amqp_url
        self.management = Management(settings.management_url, settings.amqp_url)
        self._users = f"{settings.city}.{self.names.agency('')}"

    def provision(self, code: str) -> Credentials:
        """The queue, and its first user. Raises AgencyQueueError where it has one."""
        if users := self.users(code):
            raise AgencyQueueError(
                f"{code} is provisioned already ({', '.join(users)}): `liandong agency rotate {code}`")
        with self._channel() as channel:
            declare_agency(channel, self.names, code)
        return self._user(code, 1)

    def rotate(self, code: str) -> Credentials:
        """A second user beside the first. Raises AgencyQueueError where there is none, or two already."""
        users = self._provisioned(code)
        if len(users) > 1:
            raise AgencyQueueError(
                f"{code} is being rotated ({', '.join(users)}): --finish ends the older, --undo the newer")
        return self._user(code, _number(users[-1]) + 1)

    def finish(self, code: str) -> list[str]:
        """Ends all users but the newest; which. Raises AgencyQueueError where no rotation is under way."""
        return self._end(self._rotated(code)[:-1])

    def undo(self, code: str) -> list[str]:
        """Ends the newest user, whose password was lost; which. Raises AgencyQueueError as `finish`."""
        return self._end(self._rotated(code)[-1:])

    def revoke(self, code: str) -> list[str]:
        """Ends all users and removes the queue; which users there were. Raises AgencyQueueError where there is none."""
        return self._remove(code, self._provisioned(code))

    def sweep(self, register: Register, today: date) -> list[str]:
        """Ends the users, and removes the queues, of agencies that are no more; which users."""
        users = self.management.users(self._users)
        gone = sorted({code for user in users if not register.exists(code := self._code(user), today)})
        return [user for code in gone
                for user in self._remove(code, [each for each in users if self._code(each) == code])]

    def users(self, code: str) -> list[str]:
        """The agency's users, the newest last."""
        own = [user for user in self.management.users(f"{self._users}{code}.") if self._code(user) == code]
        return sorted(own, key=_number)

    def users_of_all(self) -> dict[str, list[str]]:
        """Every agency that has a user, with its users, the newest last: one question, however many there are."""
        found: dict[str, list[str]] = {}
        for user in sorted(self.management.users(self._users), key=_number):
            found.setdefault(self._code(user), []).append(user)
        return dict(sorted(found.items()))

    def depth(self, code: str) -> Depth | None:
        """The agency's queue; None: there is none."""
        return self.depths([code])[code]

    def depths(self, codes: Iterable[str]) -> dict[str, Depth | None]:
        """The agencies' queues, None where there is none: by one connection and one question to the management API,
        however many there are. A queue is asked for itself, for what the API knows is seconds old."""
        known = self.management.queues(self.names.agency(""))
        found: dict[str, Depth | None] = {}
        connection = connect(self._url, "liandong agency")
        try:
            channel = connection.channel()
            for code in codes:
                name = self.names.agency(code)
                try:
                    told = channel.queue_declare(name, passive=True)
                except NotFound:
                    found[code], channel = None, connection.channel()       # the broker closes a channel that asks so
                else:
                    dropped = _dropped(known.get(name, {}), told.message_count)
                    found[code] = Depth(told.message_count, told.consumer_count, dropped)
        finally:
            close(connection)
        return found

    def _user(self, code: str, number: int) -> Credentials:
        user, password, queue = f"{self._users}{code}.{number}", secrets.token_urlsafe(32), self.names.agency(code)
        try:
            self.management.make_reader(user, password, queue, LIMITS)
        except BaseException:
            with contextlib.suppress(Exception):
                self.management.drop_user(user)
            raise
        return Credentials(user, password, queue, self.management.vhost)

    def _code(self, user: str) -> str:
        return user.removeprefix(self._users).rpartition(".")[0]

    def _provisioned(self, code: str) -> list[str]:
        if not (users := self.users(code)):
            raise AgencyQueueError(f"{code} is not provisioned: `liandong agency provision {code}`")
        return users

    def _rotated(self, code: str) -> list[str]:
        if len(users := self._provisioned(code)) < 2:
            raise AgencyQueueError(f"no rotation of {code} is under way")
        return users

    def _end(self, users: list[str]) -> list[str]:
        for user in users:
            self.management.drop_user(user)
        return users

    def _remove(self, code: str, users: list[str]) -> list[str]:
        self._end(users)
        with self._channel() as channel:
            channel.queue_delete(self.names.agency(code))
        return users

    @contextmanager
    def _channel(self) -> Iterator[amqp.Channel]:
        connection = connect(self._url, "liandong agency")
        try:
            yield connection.channel()
        finally:
            close(connection)


def sweep_queues(office: Office) -> list[str]:
    """Ends what agencies that are no more have on the broker, by the register that an office knows; which users. Where
    no management API is set nothing is asked; one that is away is asked again at the next round."""
    settings = office.settings
    if settings.news != AMQP or not settings.management_url:
        return []
    try:
        ended = AgencyQueues(settings).sweep(office.law.now().register, day_of(office.clock.now()))
    except (Unmanaged, *BROKER_ERRORS) as away:
        log.warning("the queues of ended agencies are not swept now: %s", away)
        return []
    if ended:
        log.info("removed from the broker, of agencies that are no more: %s", ", ".join(ended))
    return ended


def _number(user: str) -> int:
    last = user.rpartition(".")[2]
    return int(last) if last.isdigit() else 0


def _dropped(known: dict[str, object], waiting: int) -> int | None:
    """What came in, less what went out, what waits and what a reader has in hand. Never less than none: the figures
    are seconds apart."""
    stats = known.get("message_stats")
    if not isinstance(stats, dict) or "publish" not in stats:
        return None
    out = sum(int(stats.get(name, 0)) for name in ("ack", "deliver_no_ack", "get_no_ack"))
    in_hand = known.get("messages_unacknowledged", 0)
    return max(0, int(stats["publish"]) - out - waiting - (in_hand if isinstance(in_hand, int) else 0))
