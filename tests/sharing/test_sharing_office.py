"""Sharing at work: seeded from a city's folder, read by everyone signed in, changed by justice, told to the others."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.sharing.api import make
from services.sharing.domain import LoadCalendar, PublishRulebook
from services.sharing.office import SPEC
from services.sharing.schemas import RegisterSchema
from services.sharing.usecases import seed
from shared import law
from shared.acts.model import THE_SUITE
from shared.acts.office import Office
from shared.acts.request import Request
from shared.contracts.envelope import event_of
from shared.kernel.clock import HandClock
from shared.kernel.errors import Refused
from shared.kernel.settings import CITIES
from shared.law.store import Law
from tests.conftest import MakeDatabase
from tests.offices import MakeOffice, People

CITY = CITIES / "rongcheng"
FEW = ("sifa", "zhengfuban", "zhujian", "zonghe", "yatou")
CALENDAR_2027 = """\
year: 2027
notice: 国办发明电〔2026〕9号
off:
  - {from: 2027-01-01, to: 2027-01-03, name: 元旦}
  - {from: 2027-02-05, to: 2027-02-11, name: 春节}
work:
  - {on: 2027-02-14, name: 春节}
"""
NEW = {"document": "荣政发〔2025〕9号", "code": "shangwu", "name": "荣成市商务局", "kind": "statutory", "line": "city",
       "since": "2025-09-01", "short": "荣商", "powers": [{"cause": "unlicensed_business", "does": "supervise"}]}


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    return make_office(SPEC)


@pytest.fixture
def whole_city(office: Office) -> Office:
    """The office with the whole sample city in it."""
    seed(office, CITY)
    return office


@pytest.fixture
def city(office: Office) -> Office:
    """The office with the rulebook, one year and a few agencies of the sample city."""
    rows = yaml.load((CITY / "sample" / "agencies.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    commands = [RegisterSchema().load(row).command for row in rows if row["code"] in FEW]
    for path, act, command in (
        ("rulebooks", "publish", PublishRulebook((CITY / "rulebook.yaml").read_text("utf-8"))),
        ("calendars", "load", LoadCalendar(text=(CITY / "calendars" / "2026.yaml").read_text("utf-8"))),
        *(("agencies", "register", command) for command in commands),
    ):
        office.acts[path].do(act, command, THE_SUITE, Request())
    return office


@pytest.fixture
def people(city: Office) -> People:
    return People(make(city), city)


def told(office: Office, agency: str | None = None) -> list[tuple[str, dict[str, Any]]]:
    with office.db.read() as tx:
        found = office.journal.feed(tx, 0, 1000, agency)
    return [(event.name, dict(event.data)) for event in (event_of(each.body) for each in found)]


def test_the_sample_city_comes_into_an_empty_suite_once(office: Office) -> None:
    assert seed(office, CITY) == 1 + 24 + 33
    with office.db.read() as tx:
        head = office.journal.head(tx)
    assert seed(office, CITY) == 0
    with office.db.read() as tx:
        assert office.journal.head(tx) == head
    known = office.law.now()
    assert known.current(date(2025, 9, 29)).id == "rongcheng-2021"
    assert known.calendar.known(2026)
    assert not known.calendar.known(2027)
    assert len(known.register.agencies) == 33


def test_a_seed_that_was_cut_off_is_finished_by_the_next(office: Office, tmp_path: Path) -> None:
    (tmp_path / "calendars").mkdir()
    for name in ("rulebook.yaml", "calendars/2026.yaml"):
        (tmp_path / name).write_bytes((CITY / name).read_bytes())
    assert seed(office, tmp_path) == 1 + 24
    assert seed(office, CITY) == 33


def test_the_sample_city_has_every_kind_line_and_standing(whole_city: Office) -> None:
    agencies = whole_city.law.now().register.agencies.values()
    assert {agency.line for agency in agencies} == {"city", "vertical", "town", "zone"}
    assert {agency.kind for agency in agencies} == {"statutory", "authorised", "entrusted", "other"}
    assert sorted(agency.standing for agency in agencies if agency.standing) == [
        "discipline",
        "government_office",
        "justice",
    ]
    assert all(agency.legal_basis for agency in agencies if agency.kind != "other")


def test_powers_are_separated_in_the_sample_city(whole_city: Office) -> None:
    register, day = whole_city.law.now().register, date(2025, 9, 29)
    assert [agency.code for agency in register.with_power("oil_smoke", "supervise", day)] == ["shengtai"]
    assert [agency.code for agency in register.with_power("oil_smoke", "punish", day)] == ["zonghe"]


def test_the_others_know_the_same_law_by_the_events_alone(whole_city: Office, make_database: MakeDatabase) -> None:
    other = make_database("other")
    with whole_city.db.read() as tx:
        feed = whole_city.journal.feed(tx, 0, 1000, None)
    with other.write() as tx:
        for each in feed:
            event = event_of(each.body, "epoch", each.position)
            if handler := law.HANDLERS.get(event.name):
                handler(tx, event)
    heard, own = Law(other).now(), whole_city.law.now()
    assert (heard.rulebooks, heard.calendar, heard.register) == (own.rulebooks, own.calendar, own.register)


def test_everyone_signed_in_may_read_the_register_and_nobody_else(people: People) -> None:
    answer = people.get("/api/sharing/agencies", "zhujian", code="sifa")
    assert answer.status == 200
    assert [item["agency"]["name"] for item in answer.data["items"]] == ["荣成市司法局"]
    assert people.stranger("/api/sharing/agencies").status == 401
    assert len(people.get("/api/sharing/agencies", "yatou", line="city", limit="200").data["items"]) == 4
    one = people.get(f"/api/sharing/agencies/{answer.data['items'][0]['id']}", "zhujian")
    assert one.data["case"]["agency"]["standing"] == "justice"
    assert not one.data["actions"][0]["allowed"]


def test_the_register_is_paged_without_gaps(people: People) -> None:
    codes: list[str] = []
    after = ""
    while True:
        page = people.get("/api/sharing/agencies", "zhujian", limit="2", after=after).data
        codes += [item["agency"]["code"] for item in page["items"]]
        after = page["next"]
        if not after:
            break
    assert sorted(codes) == sorted(FEW)


def test_justice_registers_an_agency_over_http_and_all_are_told(people: People, city: Office) -> None:
    answer = people.post("/api/sharing/agencies", NEW, "sifa")
    assert answer.status == 201
    assert city.law.now().register.exists("shangwu", date(2025, 9, 29))
    for agency in ("zhujian", "shangwu"):
        name, data = told(city, agency)[-1]
        assert name == "agency_registered"
        assert data["registered"]["code"] == "shangwu"
    again = people.post("/api/sharing/agencies", NEW, "sifa")
    assert (again.status, again.codes) == (409, ["AGENCY_EXISTS"])


@pytest.mark.parametrize(("agency", "rank", "status"), [("zhujian", 3, 403), ("sifa", 1, 403), ("zhengfuban", 3, 403)])
def test_others_register_nothing(people: People, agency: str, rank: int, status: int) -> None:
    assert people.post("/api/sharing/agencies", NEW, agency, rank).status == status


def test_a_change_needs_the_revision_it_was_made_for(people: People, city: Office) -> None:
    item = people.get("/api/sharing/agencies", "sifa", code="zhujian").data["items"][0]
    path, change = f"/api/sharing/agencies/{item['id']}/change", {"document": "荣政发〔2025〕10号", "name": "荣成市住建局"}
    assert people.post(path, change, "sifa").status == 428
    assert people.post(path, change, "sifa", seen=7).status == 412
    assert people.post(path, change, "sifa", seen=1).status == 200
    agency = city.law.now().register.get("zhujian")
    assert agency is not None
    assert (agency.name, agency.short) == ("荣成市住建局", "荣住建")
    assert told(city)[-1][1]["registered"] == agency.to_dict()


def test_a_field_that_is_not_known_or_not_right_is_refused(people: People) -> None:
    for change in (
        {"colour": "red"},
        {"kind": "club"},
        {"since": "yesterday"},
        {"code": "a.b"},
        {"powers": [{"cause": "x"}]},
    ):
        assert people.post("/api/sharing/agencies", {**NEW, **change}, "sifa").status == 422, change


def test_justice_publishes_a_rulebook_whose_version_is_the_digest_of_its_text(people: People, city: Office) -> None:
    text = (CITY / "rulebook.yaml").read_text("utf-8")
    again = people.post("/api/sharing/rulebooks", {"text": text}, "sifa")
    assert (again.status, again.codes) == (409, ["ALREADY_CURRENT"])
    answer = people.post("/api/sharing/rulebooks", {"text": text + "# 更正\n"}, "sifa")
    assert answer.status == 201
    name, data = told(city)[-1]
    assert name == "rulebook_published"
    assert city.law.now().current(date(2025, 9, 29)).version == data["version"]


def test_a_rulebook_with_faults_is_refused_with_every_line(people: People) -> None:
    text = (CITY / "rulebook.yaml").read_text("utf-8") + "colour: red\n"
    answer = people.post("/api/sharing/rulebooks", {"text": text}, "sifa")
    assert (answer.status, answer.codes) == (422, ["UNREADABLE"])
    assert f"{len(text.splitlines())}" in answer.data["refusals"][0]["detail"]


def test_a_rulebook_that_says_nothing_of_a_setting_that_is_read_is_not_published(people: People, city: Office) -> None:
    """No value is assumed for it: every act that reads it would be refused, or worse, go on by nobody's choice."""
    text = (CITY / "rulebook.yaml").read_text("utf-8")
    short = re.sub(r"  number_jump:\n(    .*\n)+", "", text)
    before = city.law.now()
    answer = people.post("/api/sharing/rulebooks", {"text": short}, "sifa")
    assert (answer.status, answer.codes) == (422, ["SETTINGS_LACKING"]) and short != text
    assert "number_jump" in answer.data["refusals"][0]["detail"]
    assert city.law.now() == before


def test_the_government_office_loads_a_year(people: People, city: Office) -> None:
    answer = people.post("/api/sharing/calendars", {"text": CALENDAR_2027}, "zhengfuban", 1)
    assert answer.status == 201
    assert city.law.now().calendar.known(2027)
    assert people.post("/api/sharing/calendars", {"text": CALENDAR_2027}, "zhujian", 3).status == 403


def test_a_year_with_faults_is_refused(people: People, city: Office) -> None:
    wrong = CALENDAR_2027.replace("2027-02-14", "2027-02-15")
    answer = people.post("/api/sharing/calendars", {"text": wrong}, "zhengfuban", 1)
    assert (answer.status, answer.codes) == (422, ["UNREADABLE"])
    assert not city.law.now().calendar.known(2027)


def test_a_basis_lets_cases_be_opened_after_the_last_day(people: People, city: Office) -> None:
    basis = {
        "document": "荣政发〔2027〕1号",
        "title": "延期通知",
        "kind": "extension",
        "since": "2031-02-18",
        "until": "2031-12-31",
    }
    day = date(2031, 6, 1)
    assert not city.law.now().current(day).may_open_on(day)
    assert people.post("/api/sharing/bases", basis, "zhengfuban").status == 403
    assert people.post("/api/sharing/bases", basis, "sifa").status == 201
    assert city.law.now().current(day).may_open_on(day)


def test_the_same_request_twice_registers_once(people: People, city: Office) -> None:
    first = people.post("/api/sharing/agencies", NEW, "sifa", key="one")
    second = people.post("/api/sharing/agencies", NEW, "sifa", key="one")
    assert (first.status, second.status) == (201, 200)
    assert first.data["id"] == second.data["id"]


def test_two_agencies_at_once_never_share_a_sign(people: People, city: Office) -> None:
    """Whoever is second is refused: by name where it saw the first, else told that it was too slow and to try again."""
    bodies = [{**NEW, "code": f"new-{number}", "name": f"新局{number}"} for number in range(6)]
    with ThreadPoolExecutor(len(bodies)) as pool:
        answers = list(pool.map(lambda body: people.post("/api/sharing/agencies", body, "sifa"), bodies))
    assert [answer.status for answer in answers].count(201) == 1
    assert {code for answer in answers if answer.status != 201 for code in answer.codes} <= {
        "SHORT_TAKEN",
        "STILL_RUNNING",
    }
    assert sum(agency.short == "荣商" for agency in city.law.now().register.agencies.values()) == 1


def test_what_the_seed_would_bring_is_read_as_strictly_as_a_request(office: Office, tmp_path: Path) -> None:
    seed_folder = tmp_path / "city"
    (seed_folder / "sample").mkdir(parents=True)
    (seed_folder / "calendars").mkdir()
    (seed_folder / "rulebook.yaml").write_bytes((CITY / "rulebook.yaml").read_bytes())
    (seed_folder / "sample" / "agencies.yaml").write_text(json.dumps([{**NEW, "colour": "red"}]), "utf-8")
    with pytest.raises(Refused):
        seed(office, seed_folder)


def test_the_clock_of_the_office_dates_what_is_published(city: Office, clock: HandClock) -> None:
    with city.db.read() as tx:
        first = city.journal.feed(tx, 0, 1, None)[0]
    assert event_of(first.body).time == clock.now()
