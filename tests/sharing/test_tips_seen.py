"""Who sees what of a tip, cell by cell, and who may look at its reporter; over HTTP, on both back ends."""

from typing import Any

import pytest
import sqlalchemy as sa

from shared.access.log import access_log
from shared.acts.office import Office
from shared.contracts.envelope import event_of
from shared.kernel.clock import HandClock
from tests.offices import MakeOffice
from tests.served import codes
from tests.sharing.tips import (
    DISCIPLINE,
    FIRST,
    JUSTICE,
    OFFICE,
    REPORTER,
    REPORTER_PHONE,
    SECOND,
    SHARER,
    STRANGER,
    THIRD,
    TIPS,
    Tipping,
    feed,
    note,
    opened,
)

EVERYONE = (SHARER, FIRST, SECOND, THIRD, STRANGER, JUSTICE, OFFICE, DISCIPLINE)
PERSON = {"kind": "person", "name": "赵刚", "phone": "13900000009"}
FACTS = "夜间在河滩采砂"


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    return opened(make_office)


@pytest.fixture
def tip(office: Office) -> Tipping:
    tip = Tipping(office)
    tip.do("share")
    return tip


def looks(office: Office, what: str = "GET /api/sharing/tips/<case_id>/reporter") -> list[tuple[str, str]]:
    """(agency, outcome) of each look, oldest first."""
    with office.db.read() as tx:
        rows = tx.execute(sa.select(access_log.c.agency, access_log.c.outcome).where(
            access_log.c.what.in_([what, "reporter"])).order_by(access_log.c.at, access_log.c.id))
        return [(row.agency, row.outcome) for row in rows]


# The reporter

def test_the_reporter_is_looked_up_by_sharer_and_claimer_alone_and_each_look_is_logged(
        tip: Tipping, office: Office, clock: HandClock) -> None:
    def may() -> list[str]:
        return [by for by in EVERYONE if tip.get("/reporter", by).status_code == 200]

    assert may() == [SHARER]
    tip.do("claim")
    assert may() == [SHARER, FIRST]
    tip.do("pass-on")
    assert may() == [SHARER]
    tip.do("claim", by=SECOND)
    assert may() == [SHARER, SECOND]
    answer = tip.get("/reporter", SECOND)
    assert answer.get_json() == {"name": REPORTER, "phone": REPORTER_PHONE, "address": "滨海路9号", "anonymous": False,
                                 "confidential": True}
    assert answer.headers["Cache-Control"] == "no-store"
    seen = looks(office)
    assert seen.count((SHARER, "ok")) == 4 and seen.count((FIRST, "ok")) == 1 and seen.count((SECOND, "ok")) == 2
    refused = {outcome for agency, outcome in seen if agency in (STRANGER, DISCIPLINE)}
    assert refused == {"NOT_VISIBLE"} and (JUSTICE, "WRONG_PARTY") in seen and (FIRST, "WRONG_PARTY") in seen


@pytest.mark.parametrize("after", [(), ("claim",), ("claim", "pass-on"), ("claim", "return-result"), ("withdraw",)])
def test_no_view_list_history_event_or_search_shows_the_reporter_to_anyone(
        tip: Tipping, office: Office, after: tuple[str, ...]) -> None:
    for act in after:
        tip.do(act)
    for by in EVERYONE:
        texts = [tip.get(path, by).get_data(as_text=True) for path in ("", "/events", "/deadlines", "/materials")]
        texts.append(tip.people.get(TIPS, by).get_data(as_text=True))
        for search in ({"text": FACTS}, {"text": REPORTER}):
            texts.append(tip.people.post(f"{TIPS}/search", search, by).get_data(as_text=True))
        for text in texts:
            assert REPORTER not in text and REPORTER_PHONE not in text and "滨海路9号" not in text
    assert tip.people.post(f"{TIPS}/search", {"text": REPORTER}, SHARER).get_json()["items"] == []
    with office.db.read() as tx:
        for entry in office.journal.feed(tx, 0, 1000):
            assert REPORTER not in entry.body and REPORTER_PHONE not in entry.body and FACTS not in entry.body


def test_the_reporter_is_kept_sealed_and_so_is_a_correction_of_it(tip: Tipping, office: Office) -> None:
    entry = tip.read("/events")["items"][0]["entry"]
    right = {"entry": entry, "field": "reporter.name", "old": REPORTER, "new": "孙玉海", "reason": "笔误"}
    assert tip.ask("correct", right, SHARER).status_code == 200
    assert tip.get("/reporter").get_json()["name"] == "孙玉海"
    for by in EVERYONE:
        assert "孙玉" not in tip.get("", by).get_data(as_text=True) + tip.get("/events", by).get_data(as_text=True)
    with office.db.read() as tx:
        for table in (name for name in sa.inspect(tx).get_table_names() if not name.startswith("record")):
            for row in tx.execute(sa.text(f'select * from "{table}"')):
                text = " ".join(map(str, row))
                assert REPORTER not in text and "孙玉海" not in text and REPORTER_PHONE not in text, table


def test_what_the_reporter_wrote_is_opened_by_sharer_and_claimer_alone(tip: Tipping) -> None:
    assert tip.upload(SHARER, "来信", "complaint").status_code == 200
    assert tip.upload(SHARER).status_code == 200

    def opens(number: int) -> list[str]:
        answers = {by: tip.get(f"/materials/{number}", by) for by in EVERYONE}
        for answer in answers.values():
            answer.close()
        return [by for by, answer in answers.items() if answer.status_code == 200]

    assert (opens(1), opens(2)) == ([SHARER], [SHARER, FIRST, SECOND, THIRD, JUSTICE, OFFICE])
    tip.do("claim")
    assert (opens(1), opens(2)) == ([SHARER, FIRST], [SHARER, FIRST, JUSTICE, OFFICE])
    tip.do("pass-on")
    assert (opens(1), opens(2)) == ([SHARER], [SHARER, FIRST, SECOND, THIRD, JUSTICE, OFFICE])


# Who sees, cell by cell: what each reads of it, by how far it is

WHOLE, MASKED, BARE, NOTHING = "whole", "masked", "bare", "nothing"
CELLS = {
    (): {SHARER: WHOLE, FIRST: MASKED, SECOND: MASKED, THIRD: MASKED, JUSTICE: WHOLE, OFFICE: WHOLE},
    ("claim",): {SHARER: WHOLE, FIRST: WHOLE, SECOND: BARE, THIRD: BARE, JUSTICE: WHOLE, OFFICE: WHOLE},
    ("claim", "pass-on"): {SHARER: WHOLE, FIRST: MASKED, SECOND: MASKED, THIRD: MASKED, JUSTICE: WHOLE, OFFICE: WHOLE},
    ("claim", "return-result"): {SHARER: WHOLE, FIRST: WHOLE, SECOND: BARE, THIRD: BARE, JUSTICE: WHOLE, OFFICE: WHOLE},
    ("withdraw",): {SHARER: WHOLE, FIRST: MASKED, SECOND: MASKED, THIRD: MASKED, JUSTICE: WHOLE, OFFICE: WHOLE},
}


@pytest.mark.parametrize("by", EVERYONE)
@pytest.mark.parametrize("after", CELLS, ids=lambda acts: "-".join(acts) or "shared")
def test_each_agency_sees_of_a_tip_what_is_its_own_to_see(office: Office, after: tuple[str, ...], by: str) -> None:
    tip = Tipping(office)
    tip.do("share", respondent=PERSON)
    for act in after:
        tip.do(act)
    cell = CELLS[after].get(by, NOTHING)
    answer = tip.get("", by)
    listed = [item["id"] for item in tip.people.get(TIPS, by).get_json()["items"]]
    if cell == NOTHING:
        assert (answer.status_code, codes(answer), listed) == (404, ["NOT_VISIBLE"], [])
        return
    text = answer.get_data(as_text=True)
    assert listed == [tip.id]
    assert (FACTS in text) == (cell != BARE)
    assert ("赵刚" in text) == (cell == WHOLE)
    found = tip.people.post(f"{TIPS}/search", {"text": FACTS}, by).get_json()["items"]
    assert bool(found) == (cell != BARE and not (by == FIRST and after == ("claim", "pass-on")))


def test_who_did_not_get_it_reads_that_it_is_claimed_and_by_whom_and_nothing_of_what_comes_after(
        tip: Tipping, clock: HandClock) -> None:
    tip.do("claim")
    clock.advance(days=1)
    before = tip.read(by=SECOND)
    events = tip.read("/events", SECOND)["items"]
    assert acts(events) == ["tip_shared", "tip_claimed"] and before["state"] == "claimed"
    assert [claim["agency"] for claim in before["case"]["claims"]] == [FIRST]
    assert before["case"]["claims"][0]["claimed"] is None, "not what was said with it"
    note(tip)
    clock.advance(days=1)
    tip.do("return-result")
    clock.advance(days=1)
    assert tip.read("/events", SECOND)["items"] == events
    assert tip.read(by=SECOND) == before
    assert tip.read("/deadlines", SECOND)["items"] == []


def acts(events: list[dict[str, Any]]) -> list[str]:
    """The events of acts among those read."""
    return [each["event"] for each in events if not each["event"].startswith("deadline_")]


def test_who_passed_it_on_hears_nothing_after(tip: Tipping, clock: HandClock) -> None:
    tip.do("claim")
    tip.do("pass-on")
    clock.advance(days=1)
    before = tip.read(by=FIRST)
    tip.do("claim", by=SECOND)
    clock.advance(days=1)
    tip.do("return-result", by=SECOND)
    clock.advance(days=1)
    assert tip.read(by=FIRST) == before
    assert acts(tip.read("/events", FIRST)["items"]) == ["tip_shared", "tip_claimed", "tip_passed_on"]
    assert [each["bound"] for each in tip.read("/deadlines", FIRST)["items"]] == [FIRST]


def test_who_is_told_of_an_event_may_also_open_the_tip(tip: Tipping, office: Office) -> None:
    for act in ("claim", "pass-on"):
        tip.do(act)
    tip.do("claim", by=SECOND)
    note(tip, by=SECOND)
    tip.do("return-result", by=SECOND)
    with office.db.read() as tx:
        rows = tx.execute(sa.text("select distinct a.agency from journal_audience a join journal j "
                                  "on j.position = a.position where j.stream = :tip"), {"tip": tip.id}).scalars()
        told = set(rows)
    assert told == {by for by in EVERYONE if tip.get("", by).status_code == 200}
    feeds = {by: [event_of(each.body).name for each in feed(office, by, tip.id)] for by in EVERYONE}
    assert feeds[STRANGER] == feeds[DISCIPLINE] == []
    assert "tip_result_returned" not in feeds[FIRST] + feeds[THIRD]
