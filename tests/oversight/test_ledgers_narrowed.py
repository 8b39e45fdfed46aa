"""The ledger of tips, and ledgers that are narrowed to one agency: nobody sees more for it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.oversight.ledgers.definitions import KINDS
from shared.acts.office import Office
from shared.contracts.envelope import Event
from tests.offices import People
from tests.oversight.reading_ledgers import (
    LEDGERS,
    REPORTS,
    TRANSFERS,
    cases,
    office,
    opened,
    rows,
    sheet,
)
from tests.oversight.told import (
    DAY,
    case_event,
    hear,
)

__all__ = ["office"]


# tips

TIPS = f"{LEDGERS}/tips"


def tip_event(name: str, state: str, claimer: str = "", candidates: tuple[str, ...] = (), days: int = 0,
              **facts: Any) -> Event:
    told = case_event(name, {"sharer": "zhujian", "claimer": claimer, "candidates": list(candidates), "state": state,
                             **facts}, "tip-1", DAY + timedelta(days=days))
    return replace(told, source="sharing", id=f"{name}-{days}")


def shared_tip() -> Event:
    return tip_event("tip_shared", "shared", candidates=("zonghe", "shichang"), kind="report", cause="illegal_building",
                     received_on="2025-09-28")


def test_a_tip_s_row_tells_from_whom_it_came_who_claimed_it_and_what_came_of_it(office: Office, people: People) -> None:
    hear(office, shared_tip(), tip_event("tip_claimed", "claimed", "zonghe", days=1, claim=1),
         tip_event("tip_passed_on", "shared", "", ("shichang",), 3, claim=1, passed_on_by="zonghe", objection=False),
         tip_event("tip_claimed", "claimed", "shichang", days=4, claim=2),
         tip_event("tip_result_returned", "done", "shichang", days=8, outcome="own_case", transfer=""))
    (item,) = people.get(TIPS, "sifa").data["items"]
    assert item["path"] == "/api/sharing/tips/tip-1"
    shown = ("sharer", "kind", "cause", "shared_on", "candidates", "claimer", "claimed_on", "passings", "resulted_on",
             "outcome", "state")
    assert [item[name] for name in shown] == [
        "荣成市住房和城乡建设局", "举报", "违法建设", "2025-09-29", 0, "荣成市市场监督管理局", "2025-10-03", 1, "2025-10-07", "已立案查处",
        "已反馈"]


def test_who_may_claim_a_tip_sees_it_until_another_has_it(office: Office, people: People) -> None:
    hear(office, shared_tip(), tip_event("tip_claimed", "claimed", "zonghe", days=1, claim=1))
    before = {"as_of": DAY.isoformat()}
    everyone = ("zhujian", "zonghe", "shichang", "sifa", "zhengfuban", "jijian")
    assert [each for each in everyone if cases(people, each, of=TIPS, **before)] == [
        "zhujian", "zonghe", "shichang", "sifa", "zhengfuban"]
    assert [each for each in everyone if cases(people, each, of=TIPS)] == ["zhujian", "zonghe", "sifa", "zhengfuban"]
    assert people.get(TIPS, "shichang", **before).data["items"][0]["candidates"] == 2
    assert sheet(people, TIPS, **before) == sheet(people, TIPS, **before)


def test_no_column_of_a_tip_tells_of_a_person_or_in_whose_words() -> None:
    """28: the reporter is looked up in the tip alone, by who shared it and who has it."""
    told = {column.fact for column in KINDS["tips"].columns}
    assert told == {"", "sharer", "kind", "cause", "candidates", "claimer", "outcome", "transfer", "state"}


# one agency's

@pytest.mark.parametrize("agency, found", (("zonghe", ["case-1"]), ("shichang", ["case-2"]), ("jijian", []),
                                           ("zhujian", ["case-1", "case-2"])))
def test_a_ledger_is_narrowed_to_the_cases_an_agency_has_a_part_in(
        office: Office, people: People, agency: str, found: list[str]) -> None:
    hear(office, opened(), opened("case-2", receiver="shichang"))
    assert cases(people, agency=agency) == found
    assert [row[-1] for row in rows(people, TRANSFERS, agency=agency)] == found
    said = people.get(f"{REPORTS}/2025", "sifa", agency=agency).data["ledgers"]
    assert next(each for each in said if each["ledger"] == "transfers")["figures"]["opened"] == len(found)


def test_narrowing_shows_nobody_what_it_may_not_see(office: Office, people: People) -> None:
    hear(office, opened(), opened("case-2", receiver="shichang"))
    assert cases(people, "zonghe", agency="zhujian") == ["case-1"]
    assert cases(people, "zonghe", agency="shichang") == []


def test_accountability_is_narrowed_by_the_agency_it_means(office: Office, people: People) -> None:
    facts = {"meant": "zonghe", "situations": ["31-5"], "reporter": "zhujian", "offices": ["jijian", "sifa"]}
    hear(office, replace(case_event("accountability_entered", {**facts, "offices": [], "state": "entered"}, "a-1"),
                         source="oversight"),
         replace(case_event("accountability_reported", {**facts, "state": "reported"}, "a-1"), source="oversight"))
    of = f"{LEDGERS}/accountability"
    assert cases(people, of=of, agency="zonghe") == cases(people, of=of, agency="zhujian") == ["a-1"]
    assert cases(people, of=of, agency="shichang") == cases(people, "zonghe", of=of, agency="zonghe") == []
