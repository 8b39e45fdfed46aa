"""Who looked at the records of an agency that was split by matter: each heir hears of looks at what went to it."""

from dataclasses import replace

import pytest

from shared.acts.office import Office
from shared.contracts.register import Heir
from shared.kernel.clock import HandClock, day_of
from shared.law import tables
from tests.offices import MakeOffice
from tests.sharing.archive import PATH, WHY, deliver, found, record, search
from tests.sharing.catalogue import of, small_city


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    return small_city(make_office)


def test_past_looks_at_records_that_were_split_go_to_the_heir_of_each(office: Office, clock: HandClock) -> None:
    people = of(office)
    deliver(people, record("1", cause="illegal_extension"), record("2"))
    ids = {row["external_id"]: row["id"] for row in found(people, "zonghe", text="占道")}
    search(people, "zhengfuban", text="占道")
    clock.advance(seconds=1)
    people.post(f"{PATH}/{ids['2']}/open", WHY, "zhengfuban", 1)
    with office.db.write() as tx:
        agency = office.law.snapshot(tx).register.agencies["zonghe"]
        heirs = (Heir("zhujian", ("illegal_extension",)), Heir("yatou"))
        tables.put_agencies(tx, [replace(agency, until=day_of(clock.now()), heirs=heirs)])
    clock.advance(days=1)
    looks = {heir: [(each["what"], each["records"]) for each in people.get(f"{PATH}/accesses", heir).data["items"]]
             for heir in ("zhujian", "yatou", "sifa")}
    assert looks == {"zhujian": [("search", [ids["1"]])], "sifa": [],
                     "yatou": [("open", [ids["2"]]), ("search", [ids["2"]])]}
    first = people.get(f"{PATH}/accesses", "zhujian", limit="1").data
    assert first["items"] == [] and first["next"], "a page may come out short"
    rest = people.get(f"{PATH}/accesses", "zhujian", limit="1", after=first["next"]).data
    assert [each["records"] for each in rest["items"]] == [[ids["1"]]]
