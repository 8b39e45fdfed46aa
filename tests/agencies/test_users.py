"""What the user of an agency's queue can do on a real broker: read that queue, and nothing else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import amqp
import pytest
from amqp.exceptions import AccessRefused, AMQPError

from services.sharing.service import Sharing
from shared.bus.agencies import LIMITS, AgencyQueueError, AgencyQueues, Credentials, Depth
from shared.bus.amqp import connect
from shared.bus.management import Management, Unmanaged, exactly
from shared.contracts.register import Agency, Register
from shared.kernel.clock import HandClock, day_of
from shared.kernel.settings import AMQP, EMBEDDED, Settings
from tests.agencies.conftest import Managed
from tests.bus.newsroom import until


@contextmanager
def opened(managed: Managed, who: Credentials) -> Iterator[amqp.Connection]:
    """A connection as the agency's system opens it."""
    host = managed.url.rpartition("@")[2].partition("/")[0]
    connection = amqp.Connection(host, userid=who.user, password=who.password, virtual_host=who.vhost,
                                 connect_timeout=5, login_method="PLAIN")
    connection.connect()
    try:
        yield connection
    finally:
        connection.collect()


def sent(managed: Managed, queue: str, *texts: str) -> None:
    connection = connect(managed.url, "test")
    channel = connection.channel()
    channel.confirm_select()
    for text in texts:
        channel.basic_publish_confirm(amqp.Message(text), "", queue)
    connection.close()


def reads(managed: Managed, who: Credentials) -> bool:
    """Whether the user can read its queue now."""
    try:
        with opened(managed, who) as connection:
            connection.channel().queue_declare(who.queue, passive=True)
            connection.channel().basic_get(who.queue)
            return True
    except (AMQPError, OSError):
        return False


MUST_NOT: dict[str, Callable[[amqp.Channel], object]] = {
    "declare its own queue": lambda channel: channel.queue_declare("agency.A", durable=True, auto_delete=False),
    "declare a queue": lambda channel: channel.queue_declare("mine", durable=True),
    "declare a queue that its pattern would open unanchored": lambda channel: channel.queue_declare("agency.ABC"),
    "declare a queue of the broker's naming": lambda channel: channel.queue_declare("", exclusive=True),
    "declare an exchange": lambda channel: channel.exchange_declare("mine", "fanout", auto_delete=False),
    "bind its queue to the suite's news": lambda channel: channel.queue_bind("agency.A", "transfer.events", "#"),
    "bind another's queue": lambda channel: channel.queue_bind("agency.AB", "transfer.events", "#"),
    "delete its queue": lambda channel: channel.queue_delete("agency.A"),
    "delete another's queue": lambda channel: channel.queue_delete("agency.AB"),
    "delete the suite's exchange": lambda channel: channel.exchange_delete("transfer.events"),
    "empty another's queue": lambda channel: channel.queue_purge("agency.AB"),
    "get from the queue whose code begins as its own": lambda channel: channel.basic_get("agency.AB"),
    "read the queue that differs where the dot is": lambda channel: channel.basic_consume("agencyXA"),
    "consume another's queue": lambda channel: channel.basic_consume("agency.B"),
    "consume a service's queue": lambda channel: channel.basic_consume("oversight.from-transfer"),
}


@pytest.fixture(scope="module")
def agency(managed: Managed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Credentials]:
    """The user of agency A of another city, in a vhost that holds more than its queue."""
    queues = AgencyQueues(managed.settings(tmp_path_factory.mktemp("home"), city="weihai"))
    names = ("agencyXA", "oversight.from-transfer")
    connection = connect(managed.url, "test")
    channel = connection.channel()
    channel.exchange_declare("transfer.events", "topic", durable=True, auto_delete=False)
    for name in names:
        channel.queue_declare(name, durable=True, auto_delete=False)
    made = queues.provision("A")
    for code in ("AB", "B"):
        queues.provision(code)
    yield made
    channel.exchange_delete("transfer.events")
    for name in names:
        channel.queue_delete(name)
    connection.close()
    for code in ("A", "AB", "B"):
        queues.revoke(code)


def test_it_reads_its_own_queue(managed: Managed, agency: Credentials) -> None:
    sent(managed, "agency.A", "news")
    with opened(managed, agency) as connection:
        message = connection.channel().basic_get("agency.A")
        assert message.body == "news"
        message.channel.basic_ack(message.delivery_tag)


@pytest.mark.parametrize("what", MUST_NOT)
def test_it_may_do_nothing_else(managed: Managed, agency: Credentials, what: str) -> None:
    with opened(managed, agency) as connection, pytest.raises(AccessRefused):
        MUST_NOT[what](connection.channel())


@pytest.mark.parametrize(("exchange", "key"), [
    ("", "agency.A"), ("", "agency.AB"), ("transfer.events", "transfer.announced"), ("amq.direct", "x"),
    ("amq.topic", "x")])
def test_it_publishes_nowhere(managed: Managed, agency: Credentials, exchange: str, key: str) -> None:
    with opened(managed, agency) as connection:
        channel = connection.channel()
        channel.confirm_select()
        with pytest.raises(AccessRefused):
            channel.basic_publish_confirm(amqp.Message("forged"), exchange, key)


def test_it_opens_no_more_connections_and_channels_than_it_may(managed: Managed, agency: Credentials) -> None:
    held = []
    try:
        with pytest.raises((AMQPError, OSError)):
            for _ in range(LIMITS["max-connections"] + 1):
                connection = opened(managed, agency)
                connection.__enter__().channel()
                held.append(connection)
                until(lambda: _connections(managed, agency) >= len(held), "the broker counts them")
        assert len(held) == LIMITS["max-connections"]
    finally:
        for each in held:
            each.__exit__(None, None, None)
    until(lambda: reads(managed, agency), "its connections are closed")
    with opened(managed, agency) as one, pytest.raises((AMQPError, OSError)):
        for _ in range(LIMITS["max-channels"] + 1):
            one.channel()


def _connections(managed: Managed, who: Credentials) -> int:
    return len(managed.ask("GET", f"connections/username/{who.user}").json())


def test_it_sees_nothing_over_the_management_api(managed: Managed, agency: Credentials) -> None:
    import requests
    assert requests.get(f"{managed.api}/api/queues", auth=(agency.user, agency.password), timeout=10).status_code == 401


def test_a_rotation_leaves_no_moment_without_access(managed: Managed, queues: AgencyQueues) -> None:
    first = queues.provision("C")
    with opened(managed, first) as working:
        second = queues.rotate("C")
        assert reads(managed, first) and reads(managed, second)
        with pytest.raises(AgencyQueueError, match="being rotated"):
            queues.rotate("C")
        assert queues.finish("C") == [first.user]
        assert reads(managed, second) and not reads(managed, first)
        with pytest.raises((AMQPError, OSError)):
            until(lambda: working.channel() and False, "the broker closes what the old user has open")
    assert queues.users("C") == [second.user]
    third = queues.rotate("C")
    assert queues.undo("C") == [third.user] and reads(managed, second), "a lost password is taken back"
    with pytest.raises(AgencyQueueError, match="no rotation"):
        queues.finish("C")


def test_what_is_revoked_reads_nothing_and_may_be_provisioned_again(managed: Managed, queues: AgencyQueues) -> None:
    first = queues.provision("C")
    with pytest.raises(AgencyQueueError, match="provisioned already"):
        queues.provision("C")
    assert queues.revoke("C") == [first.user]
    assert not reads(managed, first) and queues.depth("C") is None
    with pytest.raises(AgencyQueueError, match="not provisioned"):
        queues.revoke("C")
    again = queues.provision("C")
    assert reads(managed, again) and not reads(managed, first) and again.password != first.password


def test_the_queue_and_user_of_an_agency_that_is_no_more_are_swept(managed: Managed, queues: AgencyQueues) -> None:
    gone, stays = queues.provision("gone"), queues.provision("stays")
    since = date(2020, 1, 1)
    register = Register({"gone": Agency("gone", "某所", "statutory", "city", since, until=date(2025, 1, 1)),
                         "stays": Agency("stays", "某局", "statutory", "city", since)})
    assert queues.sweep(register, date(2025, 1, 1)) == [], "it exists to its last day"
    assert queues.sweep(register, date(2025, 1, 2)) == [gone.user]
    assert not reads(managed, gone) and reads(managed, stays) and queues.depth("gone") is None
    assert queues.sweep(register, date(2025, 1, 2)) == []


def test_sharings_housekeeping_sweeps_them_where_a_management_api_is_set_and_answers(
        managed: Managed, queues: AgencyQueues, clock: HandClock, tmp_path: Path,
        caplog: pytest.LogCaptureFixture) -> None:
    gone, today = queues.provision("gone"), day_of(clock.now())
    register = Register({"gone": Agency("gone", "某所", "statutory", "city", date(2020, 1, 1),
                                        until=today - timedelta(days=1))})
    settings = replace(managed.settings(tmp_path), news=AMQP)
    law = SimpleNamespace(now=lambda: SimpleNamespace(register=register))

    def swept(settings: Settings) -> list[str]:
        service = Sharing()
        service.office = cast(Any, SimpleNamespace(settings=settings, law=law, clock=clock, housekeep=lambda: 3600.0))
        before = queues.users("gone")
        assert service.house() == 3600.0
        return [user for user in before if user not in queues.users("gone")]

    assert swept(replace(settings, management_url="")) == [] == swept(replace(settings, news=EMBEDDED))
    assert swept(replace(settings, management_url="http://127.0.0.1:1")) == []
    assert "are not swept now" in caplog.text
    assert swept(settings) == [gone.user] and not reads(managed, gone)


def test_another_citys_users_on_the_same_broker_are_left_alone(
        managed: Managed, queues: AgencyQueues, tmp_path: Path) -> None:
    own = queues.provision("C")
    other = AgencyQueues(managed.settings(tmp_path, city="rushan"))
    assert other.users_of_all() == {} and other.users("C") == []
    assert other.sweep(Register({}), date(2025, 1, 1)) == []
    assert reads(managed, own)


def test_the_depth_of_a_queue_tells_what_waits_and_what_was_dropped(managed: Managed, queues: AgencyQueues) -> None:
    connection = connect(managed.url, "test")
    channel = connection.channel()
    channel.queue_declare("agency.C", durable=True, auto_delete=False, arguments={
        "x-queue-type": "quorum", "x-delivery-limit": -1, "x-max-length": 3, "x-overflow": "drop-head"})
    sent(managed, "agency.C", *"abcdefgh")
    until(lambda: queues.depth("C") == Depth(messages=3, consumers=0, dropped=5), "the broker has counted")
    channel.queue_delete("agency.C")
    connection.close()


def test_a_management_api_that_is_not_there_is_said_in_a_line(managed: Managed, tmp_path: Path) -> None:
    lost = AgencyQueues(replace(managed.settings(tmp_path), management_url="http://127.0.0.1:1"))
    with pytest.raises(Unmanaged, match="LIANDONG_MANAGEMENT_URL"):
        lost.provision("C")


@pytest.mark.parametrize(("queue", "pattern"), [
    ("agency.A", r"^agency\.A$"), ("x.agency.a-b_1", r"^x\.agency\.a-b_1$")])
def test_a_pattern_opens_one_queue(queue: str, pattern: str) -> None:
    assert exactly(queue) == pattern


class Asking(Management):
    """The management API, and what it was asked."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.management_url, settings.amqp_url)
        self.asked: list[str] = []

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None, *, missing: bool = False) -> Any:
        self.asked.append(path.partition("?")[0].partition("/")[0])
        return super()._ask(method, path, body, missing=missing)


def test_how_queues_stand_is_asked_of_the_management_api_once_however_many_there_are(
        managed: Managed, agency: Credentials, tmp_path: Path) -> None:
    settings = managed.settings(tmp_path, city="weihai")
    queues = AgencyQueues(settings)
    queues.management = asking = Asking(settings)
    sent(managed, "agency.AB", "one", "two")
    found = queues.depths(["nobody", "A", "AB", "nobody-else", "B"])
    assert {code: depth.messages if depth else None for code, depth in found.items()} == {
        "nobody": None, "A": 0, "AB": 2, "nobody-else": None, "B": 0}
    assert queues.users_of_all() == {code: [f"weihai.agency.{code}.1"] for code in ("A", "AB", "B")}
    assert asking.asked == ["queues", "users"]
