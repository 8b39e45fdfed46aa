"""30: an agenda's titles tell its items apart, and what is proposed is asked of the tables once, not once a kind."""

from datetime import timedelta
from typing import Any

from shared.acts.office import Office
from tests.offices import People
from tests.oversight.test_conferences import BASE, hear_own, office, one
from tests.oversight.test_sla_limit import sent
from tests.oversight.told import DAY, case_event, deadline, deadline_event, declined, hear, plan_event

__all__ = ["office"]

SAID = {"sender": "zhujian", "receiver": "zonghe", "cause": "illegal_extension", "ground": "penalty_moved"}
BETWEEN = "（荣成市住房和城乡建设局、荣成市综合行政执法局）"


def moved(case: str, number: str = "") -> list[Any]:
    told = [case_event("announced", {**SAID, "state": "announced"}, case)]
    return told + ([case_event("letter_issued", {**SAID, "state": "issued", "number": number}, case)] if number else [])


def titles(people: People, kind: str) -> list[str]:
    due = one(people, state="due")["id"]
    kinds = people.get(f"{BASE}/{due}/agenda-proposals", "sifa").data["kinds"]
    return [each["item"]["title"] for found in kinds if found["kind"] == kind for each in found["items"]]


def test_each_dispute_is_called_by_its_number_or_what_it_is_about_and_its_sides(
        office: Office, people: People) -> None:
    hear(office, *moved("case-1", "荣住建移字〔2025〕第1号"), *moved("case-2"),
         *(deadline_event(deadline(f"d{case}", DAY + timedelta(days=int(case)), clock="transfer.ruling", bound="sifa",
                                   case=f"case-{case}", says="五个工作日内明确")) for case in "12"))
    assert titles(people, "dispute") == [
        f"荣成市司法局：五个工作日内明确——荣住建移字〔2025〕第1号{BETWEEN}",
        f"荣成市司法局：五个工作日内明确——擅自加建改建{BETWEEN}"]


def test_a_decline_is_called_by_its_plan(office: Office, people: People) -> None:
    for plan in ("plan-1", "plan-2"):
        hear(office, plan_event("drafted", "draft", participants=["zonghe"], plan=plan),
             plan_event("submitted", "submitted", participants=["zonghe"], plan=plan, number=f"{plan}号"),
             declined(plan))
    hear_own(office)
    assert sorted(titles(people, "decline")) == [
        f"荣成市市场监督管理局通知不能协同——{plan}号{BETWEEN}" for plan in ("plan-1", "plan-2")]


def test_what_is_called_nothing_has_no_name_made_up(office: Office, people: People) -> None:
    hear(office, deadline_event(deadline("d1", clock="transfer.ruling", bound="sifa", case="case-9", says="明确")))
    assert titles(people, "dispute") == ["荣成市司法局：明确"]


def test_the_cases_of_all_kinds_are_asked_for_at_once_and_counted_with_them(office: Office, people: People) -> None:
    clocks = ("transfer.ruling", "sharing.tip_claim", "collab.time_limit", "oversight.supervision", "transfer.letter")
    hear(office, *(deadline_event(deadline(clock, DAY - timedelta(days=1), clock=clock, case=clock,
                                           breached_generation=1), source=clock.partition(".")[0]) for clock in clocks))
    due = one(people, state="due")["id"]
    with sent(office) as statements:
        kinds = people.get(f"{BASE}/{due}/agenda-proposals", "sifa").data["kinds"]
    assert sum(each["count"] for each in kinds) == len(clocks)
    words = [words for words, _ in statements]
    assert len([each for each in words if "FROM ledger" in each]) == 1
    assert len([each for each in words if "SELECT count(*)" in each and "FROM board" in each]) == 0
