"""29: the next step is drafted by the domain's own question, of the whole ladder and once: whatever is drafted can be
issued as it is; on both back ends."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from services.oversight.supervision.domain.acts import ladder
from services.oversight.supervision.domain.case import Issue, StepUp
from services.oversight.supervision.store import SUPERVISION
from shared.acts.model import Rank, Viewer
from shared.acts.office import Office
from shared.acts.request import Request
from shared.contracts.envelope import Event
from shared.deadlines.model import MET
from shared.kernel.clock import HandClock, day_of
from shared.kernel.errors import Refused
from shared.kernel.settings import CITIES
from shared.migrate import migrate
from tests.conftest import MakeDatabase
from tests.migrations.test_backfill import founded, rows
from tests.offices import People
from tests.oversight.test_supervision import BASE, YESTERDAY, act, breach, issue, late, office, proposals, withdrawn
from tests.oversight.told import DAY, case_event, deadline_event, hear, know
from tests.situations.city import rulebook

__all__ = ["office"]

BOOK = (CITIES / "rongcheng" / "rulebook.yaml").read_text("utf-8")
LADDER = "value: [reminder, urging, order, circular]"
TWO = ["transfer/d1", "transfer/d2"]


def two(**more: Any) -> tuple[Event, Event]:
    """Two letters overdue, each of another case."""
    return breach(late("d1", **more)), breach(late("d2", case="case-2", **more))


def disputed(case: str) -> Event:
    return case_event("disputed", {"state": "disputed"}, case)


def drafted(people: People, agency: str = "sifa") -> list[tuple[str, str, int]]:
    return [(each["act"], each["kind"], each["step"]) for each in proposals(people, agency)]


def let_pass(people: People, clock: HandClock, deadlines: list[str]) -> str:
    """A reminder that was not answered in time: the ladder's id."""
    answer = issue(people, deadlines=deadlines, answer_by=day_of(clock.now() + timedelta(days=1)).isoformat())
    assert answer.status == 201, answer.data
    clock.advance(days=2)
    return str(answer.data["id"])


# The kind

@pytest.mark.parametrize(("running", "steps", "drafts"), [
    ("keep", "[urging, reminder, order, circular]", [("step-up", "urging", 2)]),
    ("move", "[urging, reminder, order, circular]", [("step-up", "urging", 2)]),
    ("keep", "[reminder, opinion, urging]", [("step-up", "urging", 2)]),
    ("move", "[reminder, opinion, urging]", [("step-up", "opinion", 2)]),
    ("move", "[order, reminder]", [("step-up", "order", 2)]),
    ("keep", "[reminder]", [("step-up", "urging", 2)]), ("move", "[reminder]", [])])
def test_the_next_step_is_of_a_kind_not_taken_by_the_rulebook_that_binds_the_ladder(
        office: Office, people: People, clock: HandClock, running: str, steps: str,
        drafts: list[tuple[str, str, int]]) -> None:
    hear(office, breach(late()))
    id = let_pass(people, clock, TWO[:1])
    days = "value: {reminder: 3, urging: 3, opinion: 3, order: 5, circular: 5}"
    know(office, BOOK.replace(LADDER, f"value: {steps}").replace("running_cases: keep", f"running_cases: {running}")
         .replace("value: {reminder: 3, urging: 3, order: 5, circular: 5}", days))
    assert drafted(people) == drafts
    if drafts:
        assert refused(office, "sifa", proposals(people)[0]) == []
    else:
        assert act(people, id, "step-up", {"kind": "urging", "says": "请即发函"}, "sifa").codes == ["LADDER_ENDED"]


def test_ladders_from_before_0009_say_afterwards_which_kinds_they_took(
        office: Office, people: People, clock: HandClock, make_empty_database: MakeDatabase) -> None:
    hear(office, *two())
    let_pass(people, clock, TWO[:1])
    draft, = [each for each in proposals(people) if each["act"] == "step-up"]
    assert people.post(draft["path"], draft["body"], "sifa", 1, seen=draft["revision"]).status == 200
    assert issue(people, deadlines=TWO[1:]).status == 201
    case, old = SUPERVISION.case, make_empty_database("founded_at_0008")
    known = [column for column in case.c if column.name != "kinds"]
    kept = rows(office.db, sa.select(*known))
    founded(old, "oversight", schema_oversight="0008")
    with old.write() as tx:
        tx.execute(sa.insert(sa.table("supervision", *(sa.column(each.name, each.type) for each in known))),
                   [dict(zip([column.name for column in known], row, strict=True)) for row in kept])
    assert migrate(old, "oversight")
    asked = sa.select(case.c.kinds).order_by(case.c.kinds)
    assert rows(old, asked) == rows(office.db, asked) == [(",reminder,",), (",reminder,urging,",)]


# The whole ladder

def test_nothing_is_drafted_of_a_ladder_of_which_one_breach_is_disputed(
        office: Office, people: People, clock: HandClock) -> None:
    hear(office, *two())
    id = let_pass(people, clock, TWO)
    hear(office, disputed("case-2"))
    assert act(people, id, "step-up", {"kind": "urging", "says": "请即发函"}, "sifa").codes == ["CASE_DISPUTED"]
    assert proposals(people) == []
    hear(office, case_event("ruled_received", {"state": "received"}, "case-2"))
    assert drafted(people) == [("step-up", "urging", 2)]


@pytest.mark.parametrize("settled", [
    deadline_event(late("d2", case="case-2", state=MET, late=True), "met"), withdrawn(late("d2", case="case-2"))])
def test_a_dispute_holds_up_no_ladder_of_which_it_concerns_nothing_that_is_owed(
        office: Office, people: People, clock: HandClock, settled: Event) -> None:
    hear(office, *two())
    let_pass(people, clock, TWO)
    hear(office, settled, disputed("case-2"))
    draft, = proposals(people)
    assert refused(office, "sifa", draft) == []


def test_the_ruling_of_a_dispute_is_supervised_while_it_is_owed(
        office: Office, people: People, clock: HandClock) -> None:
    hear(office, *two(bound="sifa"), breach(late("d3", clock="transfer.ruling", bound="sifa")), disputed("case-1"))
    about = [each["body"]["deadlines"] for each in proposals(people, "zhengfuban")]
    assert about == [["transfer/d2"], ["transfer/d3"]], "d1 is of the disputed case, the ruling is what it waits for"
    body = {"deadlines": ["transfer/d3"], "target": "sifa", "agency": "zhengfuban"}
    assert issue(people, **{**body, "deadlines": ["transfer/d1", "transfer/d3"]}).codes == ["CASE_DISPUTED"]
    answer = issue(people, **body, answer_by=day_of(clock.now() + timedelta(days=1)).isoformat())
    assert answer.status == 201, answer.data
    clock.advance(days=2)
    draft, = [each for each in proposals(people, "zhengfuban") if each["act"] == "step-up"]
    assert people.post(draft["path"], draft["body"], "zhengfuban", 1, seen=draft["revision"]).status == 200
    hear(office, deadline_event(late("d3", clock="transfer.ruling", bound="sifa", state=MET, late=True), "met"),
         case_event("ruled_received", {"state": "received"}))
    assert [each["body"]["deadlines"] for each in proposals(people, "zhengfuban")] == [["transfer/d1"], ["transfer/d2"]]


def test_a_ladder_stands_once_in_all_pages(office: Office, people: People, clock: HandClock) -> None:
    hear(office, breach(late("d1", DAY - timedelta(days=3))), breach(late("d2", YESTERDAY)))
    id = let_pass(people, clock, TWO)
    hear(office, breach(late("d3", DAY - timedelta(days=2))))
    pages, after = [], ""
    while not pages or after:
        answer = people.get(f"{BASE}/proposals", "sifa", limit="1", **({"after": after} if after else {})).data
        pages.append([each["supervision"] or each["body"]["deadlines"] for each in answer["items"]])
        after = answer["next"]
    assert pages == [[id], [["transfer/d3"]]]


# Whatever happens

class Undone(Exception):
    """So that nothing is kept of what was tried."""


def refused(office: Office, agency: str, draft: dict[str, Any]) -> list[str]:
    """Why its office's leader could not issue the draft as it is, with the number it needs; nothing is kept of it."""
    body = {**draft["body"], "answer_by": date.fromisoformat(draft["body"]["answer_by"]), "number": "荣督〔2025〕1号"}
    if draft["act"] == "issue":
        body["deadlines"] = tuple(body["deadlines"])
    command = Issue(**body) if draft["act"] == "issue" else StepUp(**body)
    request = Request(draft["supervision"], draft["revision"] or None)
    try:
        with office.db.write() as tx:
            office.acts["supervision"].do_in(tx, draft["act"], command, Viewer(agency, Rank.LEADER), request)
            raise Undone
    except Undone:
        return []
    except Refused as refusal:
        return [each.code for each in refusal.refusals]


def becomes(chance: Random, number: int, owed: dict[str, int]) -> Event:
    """Something of one of three cases with two deadlines each. `owed`: what is breached, as which computation."""
    which = chance.randrange(6)
    id, case, bound = f"d{which}", f"case-{which % 3}", "sifa" if which == 5 else "zhujian"
    told = {"case": case, "bound": bound, "clock": "transfer.ruling" if which == 4 else "transfer.letter"}
    if id not in owed or chance.random() < 0.1:
        owed[id] = number
        return breach(late(id, generation=number, **told), number)
    if chance.random() < 0.2:
        return deadline_event(late(id, generation=owed.pop(id), state=MET, late=True, **told), "met")
    return chance.choice((disputed(case), case_event("ruled_received", {"state": "received"}, case)))


def with_others(draft: dict[str, Any], drafts: list[dict[str, Any]]) -> dict[str, Any]:
    """The body of a draft, a first step about all that its target has let pass: one ladder of several breaches."""
    firsts = [each["body"]["deadlines"] for each in drafts
              if each["act"] == draft["act"] == "issue" and each["target"] == draft["target"]]
    return {**draft["body"], **({"deadlines": [ref for refs in firsts for ref in refs]} if firsts else {})}


def test_whatever_is_drafted_can_be_issued_as_it_is_and_is_drafted_once(
        office: Office, people: People, clock: HandClock) -> None:
    chance, owed, tried = Random(29), {}, set()
    for number in range(1, 50):
        hear(office, becomes(chance, number, owed))
        clock.advance(days=chance.randrange(3))
        for agency in ("sifa", "zhengfuban"):
            drafts = proposals(people, agency)
            about = [each["supervision"] or each["body"]["deadlines"][0] for each in drafts]
            assert len(about) == len({*about})
            for draft in drafts:
                assert refused(office, agency, draft) == [], draft
                tried.add(draft["kind"])
        if number > 10 and drafts and chance.random() < 0.7:
            draft = chance.choice([each for each in drafts if each["step"] > 1] or drafts)
            body = {**with_others(draft, drafts), "number": f"荣政督〔2025〕{number}号"}
            sent = people.post(draft["path"], body, "zhengfuban", 2, seen=draft["revision"] or None)
            assert sent.status in (200, 201), sent.data
    assert tried >= {*ladder(rulebook())[:3]}
