"""What is read for an agency elsewhere: as it would read itself, and only by a service."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from werkzeug.serving import make_server

from services.sharing.api import make
from shared.bus.agency_feeds import AgencyFeed, HttpAgencyFeed, LocalAgencyFeed, OldEpoch
from shared.bus.feeds import FeedUnreachable
from shared.contracts.envelope import Event
from shared.contracts.feed import Mark
from tests.webhooks.agencies import City, System
from tests.webhooks.receivers import Receiver


@pytest.fixture(params=["in process", "over HTTP"])
def feed(request: pytest.FixtureRequest, city: City) -> Iterator[AgencyFeed]:
    """sharing's own feed."""
    if request.param == "in process":
        yield LocalAgencyFeed(city.office)
    else:
        city.office.access.keys.publish()
        server = make_server("127.0.0.1", 0, make(city.office), threaded=True)
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        yield HttpAgencyFeed(f"http://127.0.0.1:{server.port}", "sharing", city.office.access.service_token)
        server.shutdown()
        serving.join()
        server.server_close()


def test_it_reads_what_the_agency_was_told_and_nothing_else(
        city: City, feed: AgencyFeed, receiver: Receiver, system: System) -> None:
    start = feed.head()
    case, another = city.subscribe(system, receiver), city.asked(receiver, "zonghe").data["id"]
    own, others = feed.read("zhujian", (), start, 10), feed.read("zonghe", (), start, 10)
    assert [case in str(own.items), another in str(own.items)] == [True, False]
    assert [case in str(others.items), another in str(others.items)] == [False, True]
    assert (len(own.items), own.more, own.mark.position) == (1, False, feed.head().position - 1)
    assert feed.read("zhujian", (), own.mark, 10).items == ()
    assert feed.read("zhujian", ("subscription_ended",), start, 10).items == ()
    assert len(feed.read("zhujian", ("subscription_opened",), start, 10).items) == 1


def test_pages_are_as_long_as_asked_for_and_say_whether_there_is_more(
        city: City, feed: AgencyFeed, receiver: Receiver, system: System) -> None:
    start = feed.head()
    for number in range(3):
        city.subscribe(system, receiver, path=f"/{number}")
    first = feed.read("zhujian", (), start, 2)
    last = feed.read("zhujian", (), first.mark, 2)
    assert [(len(each.items), each.more) for each in (first, last)] == [(2, True), (1, False)]


def test_a_mark_of_another_epoch_is_told(feed: AgencyFeed) -> None:
    with pytest.raises(OldEpoch) as old:
        feed.read("zhujian", (), Mark("before", 3, 3), 10)
    assert old.value.epoch == feed.head().epoch


def test_a_service_that_is_away_is_told() -> None:
    feed = HttpAgencyFeed("http://127.0.0.1:9", "sharing", lambda: "token")
    with pytest.raises(FeedUnreachable):
        feed.head()


def test_the_webhook_of_an_agency_that_came_to_its_end_ends_with_it(
        city: City, system: System, receiver: Receiver) -> None:
    city.opened(system, receiver)
    agency = city.office.law.now().register.get("zhujian")
    assert agency is not None
    ended = {"registered": replace(agency, until=date(2025, 1, 1)).to_dict(), "document": "荣编办发〔2025〕3号"}
    event = Event("01955984-0000-7000-8000-000000000001", "sharing", "agency_dissolved", "", city.clock.now(), ended)
    with city.office.db.write() as tx:
        city.office.handlers()["sharing"]["agency_dissolved"](tx, event)
    city.tell("announced")
    city.idle()
    assert not system.taken
    with city.office.db.read() as tx:
        assert not tx.exec_driver_sql("SELECT id FROM webhook").all()
