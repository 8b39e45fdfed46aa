"""Each service's own copy of the law and the register: fed by events, read as one snapshot."""

import threading
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.engine import Connection

from shared.calendar.model import YearFile
from shared.contracts.envelope import Event
from shared.contracts.register import Agency, Power
from shared.db.database import Database
from shared.db.pipelining import Trip
from shared.kernel.errors import Refusal, Refused, demand
from shared.law import tables
from shared.law.handlers import HANDLERS
from shared.law.store import Law, Snapshot
from shared.rulebook.loader import RulebookErrors
from shared.rulebook.model import Basis, Rulebook
from tests.law.texts import rulebook

OLD, NEW = rulebook(), rulebook("rongcheng-2026", title="新办法", first="2026-02-18", last="2031-02-17")
HOUSING = Agency("zjj", "荣成市住房和城乡建设局", "statutory", "city", date(2021, 2, 18), short="荣住建",
                 powers=(Power("construction.no_permit", "supervise", "建筑法 64"),), legal_basis=("建筑法",))
YEAR = YearFile(2026, {date(2026, 10, 1): "国庆节"}, {date(2026, 10, 10): "国庆节"}, "国办发明电〔2025〕7号")
NOW = datetime(2026, 1, 5, 1, tzinfo=UTC)


def event(name: str, data: Mapping[str, Any], time: datetime = NOW) -> Event:
    return Event("0199", "sharing", name, "case", time, data, "epoch", 1)


def hear(database: Database, name: str, data: Mapping[str, Any], time: datetime = NOW) -> None:
    with database.write() as tx:
        HANDLERS[name](tx, event(name, data, time))


def publish(database: Database, text: str, day: int = 5) -> None:
    hear(database, "rulebook_published", {"text": text}, NOW.replace(day=day))


def test_before_any_news_there_is_no_law_and_nobody(database: Database) -> None:
    snapshot = Law(database).now()
    assert (snapshot, snapshot.version) == (Snapshot(), "")
    assert snapshot.current(date(2025, 9, 29)) == Rulebook()
    assert not snapshot.register.agencies
    assert not snapshot.calendar.known(2025)


def test_what_sharing_publishes_is_known(database: Database) -> None:
    publish(database, OLD)
    hear(database, "calendar_published", {"year": 2026, "file": YEAR.to_dict()})
    hear(database, "agency_registered", {"registered": HOUSING.to_dict()})
    snapshot = Law(database).now()
    assert snapshot.current(date(2025, 9, 29)).clocks["transfer.letter"].bound == "sender"
    assert snapshot.calendar.years == {2026: YEAR}
    assert snapshot.register.get("zjj") == HOUSING


def test_the_same_event_again_changes_nothing_that_can_be_seen(database: Database) -> None:
    for _ in range(2):
        publish(database, OLD)
        hear(database, "calendar_published", {"year": 2026, "file": YEAR.to_dict()})
        hear(database, "agency_registered", {"registered": HOUSING.to_dict()})
        hear(database, "basis_set", {"rulebook": "rongcheng-2021", "basis": basis().to_dict()})
    snapshot = Law(database).now()
    assert (len(snapshot.rulebooks), len(snapshot.register.agencies)) == (1, 1)
    assert snapshot.current(date(2026, 3, 1)).bases == (basis(),)


def test_a_later_year_file_replaces_the_earlier_one(database: Database) -> None:
    hear(database, "calendar_published", {"year": 2026, "file": YearFile(2026, {}, provisional=True).to_dict()})
    assert not Law(database).now().calendar.known(2026)
    hear(database, "calendar_published", {"year": 2026, "file": YEAR.to_dict()})
    assert Law(database).now().calendar.known(2026)


def test_a_changed_agency_is_known_as_it_now_is(database: Database) -> None:
    law = Law(database)
    hear(database, "agency_registered", {"registered": HOUSING.to_dict()})
    before = law.now()
    hear(database, "agency_changed", {"registered": {**HOUSING.to_dict(), "name": "荣成市住房和城乡建设管理局"}})
    after = law.now().register.get("zjj")
    assert after is not None
    assert after.name == "荣成市住房和城乡建设管理局"
    assert before.register.get("zjj") == HOUSING, "a snapshot does not change"


def test_a_text_that_cannot_be_read_is_refused_and_the_old_law_stays(database: Database) -> None:
    publish(database, OLD)
    with pytest.raises(RulebookErrors):
        publish(database, OLD + "unknown: key\n")
    assert len(Law(database).now().rulebooks) == 1


@pytest.mark.parametrize(("day", "id"), [
    (date(2021, 2, 17), ""), (date(2021, 2, 18), "rongcheng-2021"), (date(2026, 2, 17), "rongcheng-2021"),
    (date(2026, 2, 18), "rongcheng-2026"), (date(2030, 1, 1), "rongcheng-2026"),
])
@pytest.mark.parametrize("texts", [(OLD, NEW), (NEW, OLD)])
def test_the_day_decides_between_two_regulations_in_whatever_order_they_came(
        database: Database, texts: tuple[str, str], day: date, id: str) -> None:
    for number, text in enumerate(texts, start=1):
        publish(database, text, day=number)
    assert Law(database).now().current(day).id == id


def test_of_two_versions_of_a_regulation_the_one_published_last_is_current(database: Database) -> None:
    publish(database, OLD, day=1)
    publish(database, rulebook(title="更正后"), day=2)
    assert Law(database).now().current(date(2025, 1, 1)).title == "更正后"
    publish(database, OLD, day=3)
    assert Law(database).now().current(date(2025, 1, 1)).title == "荣成市行政执法联动办法"


def test_two_versions_of_one_instant_have_the_order_in_which_they_came(database: Database) -> None:
    for number in range(4):
        text = rulebook(title=f"第{number}稿")
        publish(database, text)
        assert Law(database).now().current(date(2025, 1, 1)).title == f"第{number}稿"


@pytest.mark.parametrize(("running", "binds"), [("keep", "rongcheng-2021"), ("move", "rongcheng-2026")])
def test_the_new_rulebook_says_whether_running_cases_come_along(database: Database, running: str, binds: str) -> None:
    publish(database, OLD)
    publish(database, rulebook("rongcheng-2026", first="2026-02-18", last="2031-02-17", running=running))
    snapshot = Law(database).now()
    begun_with = snapshot.current(date(2026, 1, 5)).version
    assert snapshot.binding(begun_with, date(2026, 2, 17)).id == "rongcheng-2021"
    assert snapshot.binding(begun_with, date(2026, 2, 18)).id == binds


def basis() -> Basis:
    return Basis("荣政发〔2026〕1号", "延期通知", "extension", date(2026, 2, 18), date(2026, 12, 31), sample=True)


def test_a_basis_carries_only_the_regulation_it_was_set_for(database: Database) -> None:
    publish(database, OLD)
    publish(database, rulebook("elsewhere", first="2021-02-17"))
    hear(database, "basis_set", {"rulebook": "rongcheng-2021", "basis": basis().to_dict()})
    rulebooks = {each.id: each for each in Law(database).now().rulebooks.values()}
    assert rulebooks["rongcheng-2021"].may_open_on(date(2026, 2, 18))
    assert not rulebooks["rongcheng-2021"].may_open_on(date(2027, 1, 1))
    assert not rulebooks["elsewhere"].may_open_on(date(2026, 2, 18))


def test_an_unchanged_law_is_read_once(database: Database) -> None:
    publish(database, OLD)
    law = Law(database)
    first = law.now()
    assert law.now() is first
    hear(database, "agency_registered", {"registered": HOUSING.to_dict()})
    assert law.now() is not first
    assert law.now().rulebooks == first.rulebooks


def test_what_was_read_in_a_transaction_that_failed_is_forgotten(database: Database) -> None:
    law = Law(database)

    def register_and_read(tx: Connection, agency: Agency) -> None:
        tables.put_agencies(tx, [agency])
        assert law.snapshot(tx).register.get(agency.code) == agency

    with pytest.raises(InterruptedError), database.write() as tx:
        register_and_read(tx, HOUSING)
        raise InterruptedError
    assert law.now().register.get("zjj") is None
    other = Agency("other", "另一机关", "statutory", "city", date(2021, 2, 18))
    with database.write() as tx:
        register_and_read(tx, other)
    assert list(law.now().register.agencies) == ["other"]


def test_many_threads_read_the_same_law(database: Database) -> None:
    publish(database, OLD)
    law, found = Law(database), []

    def read() -> None:
        found.append(law.now().current(date(2025, 1, 1)).id)

    threads = [threading.Thread(target=read) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["rongcheng-2021"] * 16


def test_agencies_and_bases_survive_their_way_through_an_event() -> None:
    entrusted = Agency("x", "名", "entrusted", "town", date(2021, 1, 1), date(2022, 1, 1), "", "zjj",
                       (Power("a", "punish", "b", "c"),), "短", ("法",))
    assert Agency.from_dict(entrusted.to_dict()) == entrusted
    assert Agency.from_dict({**HOUSING.to_dict(), "later": "field"}) == HOUSING
    assert Basis.from_dict(basis().to_dict()) == basis()


def test_the_first_day_is_that_of_the_oldest_regulation_published(database: Database) -> None:
    today = NOW.date()
    assert Law(database).now().first_day(today) == today, "no law, nothing began"
    for day, text in ((5, NEW), (6, OLD)):
        publish(database, text, day)
    assert Law(database).now().first_day(today) == date(2021, 2, 18)


# work under the law as it was read last

def _under(database: Database, law: Law, work: Callable[[Snapshot], int]) -> int:
    with database.glance() as tx:
        return law.under(Trip(tx, binary=True), work)


def test_work_is_done_once_under_the_law_that_stands_and_once_more_where_it_has_changed(database: Database) -> None:
    law, seen = Law(database), list[int]()

    def rulebooks(snapshot: Snapshot) -> int:
        seen.append(len(snapshot.rulebooks))
        return seen[-1]

    assert _under(database, law, rulebooks) == 0 and seen == [0]
    publish(database, OLD)
    assert _under(database, law, rulebooks) == 1 and seen == [0, 1], "nothing is tried under no law"
    assert _under(database, law, rulebooks) == 1 and seen == [0, 1, 1]
    publish(database, NEW)
    assert _under(database, law, rulebooks) == 2 and seen == [0, 1, 1, 1, 2]


def test_a_refusal_by_a_law_that_has_changed_is_not_heard(database: Database) -> None:
    law = Law(database)
    nobody = Refusal("NOBODY", "无", "Nobody.")

    def registered(snapshot: Snapshot) -> int:
        demand((snapshot.register.agencies, nobody))
        return len(snapshot.register.agencies)

    publish(database, OLD)
    law.now()
    with pytest.raises(Refused, match="NOBODY"):
        _under(database, law, registered)
    hear(database, "agency_registered", {"registered": HOUSING.to_dict()})
    assert _under(database, law, registered) == 1


def test_the_question_whether_the_law_stands_goes_with_what_the_work_asks(
        database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    law, gone, go = Law(database), list[Trip](), Trip._go

    def counted(trip: Trip) -> None:
        gone.append(trip)
        go(trip)

    monkeypatch.setattr(Trip, "_go", counted)
    publish(database, OLD)
    law.now()
    gone.clear()
    with database.glance() as tx:
        trip = Trip(tx, binary=True)
        assert law.under(trip, lambda _: len(trip.ask(tables.TOKEN)())) == 1
    assert gone == [trip]
