"""30: a conference falls due from the first day on, is prepared of what lies open, held and followed up; on both back
ends."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest

from services.oversight.api import make
from services.oversight.office import SPEC
from shared.acts.appointed import Appointed, appoint, listed
from shared.acts.office import Office
from shared.contracts.envelope import Event, event_of
from shared.deadlines.model import Deadline
from shared.kernel.clock import HandClock
from shared.kernel.settings import CITIES
from shared.law import tables
from tests.offices import MakeOffice, People
from tests.oversight.test_sla_limit import sent
from tests.oversight.told import DAY, case_event, deadline, deadline_event, declined, hear, know
from tests.situations.city import calendar

BASE, BOARD, REPORTS = "/api/oversight/conferences", "/api/oversight/deadlines", "/api/oversight/task-reports"
MEMBERS = ("shichang", "zhujian", "zonghe")
HEADS = {"legal_head": {"name": "周法"}, "enforcement_head": {"name": "郑执"}}
LAW = (CITIES / "rongcheng" / "rulebook.yaml").read_text("utf-8")


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    opened = make_office(SPEC)
    know(opened, LAW)
    with opened.db.write() as tx:
        tables.put_years(tx, {year: file.to_dict() for year, file in calendar().years.items()}, opened.clock.now())
    hear(opened, published(opened))
    return opened


def published(office: Office, id: str = "law") -> Event:
    return Event(id, "sharing", "rulebook_published", "", office.clock.now(), {"text": LAW})


def hear_own(office: Office, after: int = 0) -> int:
    """What the service tells itself, in order; until where it was heard."""
    while True:
        with office.db.read() as tx:
            told = office.journal.feed(tx, after, 1000, None)
        if not told:
            return after
        hear(office, *(replace(event_of(each.body), position=each.position) for each in told))
        after = told[-1].position


def one(people: People, agency: str = "sifa", **filters: str) -> dict[str, Any]:
    found, = people.get(BASE, agency, **filters).data["items"]
    return dict(found)


def do(people: People, act: str, body: dict[str, Any], agency: str = "sifa", **filters: str) -> dict[str, Any]:
    """The act on the one conference of this state."""
    case = one(people, agency, **filters)
    answer = people.post(f"{BASE}/{case['id']}/{act}", body, agency, seen=case["revision"])
    assert answer.status == 200, answer.data
    return answer.data


def prepared(people: People) -> None:
    do(people, "call", {"meets_on": "2025-10-10", "place": "三楼会议室"}, state="due")
    do(people, "set-agenda", {"items": [{"kind": "breach", "title": "逾期"}]}, state="called")
    for agency in MEMBERS[:2]:
        do(people, "attend", HEADS, agency, state="called")
    do(people, "record-absence", {"agency": "zonghe", "reason": "请假"}, state="called")


def held(people: People, *resolutions: dict[str, str]) -> None:
    prepared(people)
    do(people, "hold", {"chair": "局长"}, state="called")
    do(people, "record-minutes", {"number": "荣司联纪〔2025〕1号", "resolutions": list(resolutions)}, state="held")


RESOLVED = {"says": "渣土案件清零", "owner": "zonghe", "due_on": "2025-10-31"}


def test_the_first_period_runs_from_the_day_the_city_has_its_law_and_begins_once(
        office: Office, people: People) -> None:
    hear(office, published(office, "again"))
    due = one(people)
    assert (due["session"], due["state"], due["opened_on"]) == (1, "due", DAY.isoformat())
    deadline, = people.get(f"{BASE}/{due['id']}/deadlines", "sifa").data["items"]
    assert (deadline["clock"], deadline["bound"], deadline["due_on"]) == ("oversight.conference", "sifa", "2025-12-30")
    for agency in (*MEMBERS, "jijian"):
        assert people.get(f"{BASE}/{due['id']}", agency).status == 404


def test_a_city_that_was_at_work_before_has_its_first_period_begin_by_what_is_owed(make_office: MakeOffice) -> None:
    """What the migration owes such a city is an act that opens a case; done once, it is owed no more."""
    opened = make_office(SPEC)
    know(opened, LAW)
    with opened.db.write() as tx:
        appoint(tx, Appointed("", "fall-due", "conferences", opened.clock.now()))
    assert opened.tick()[0] == 1
    with opened.db.read() as tx:
        assert listed(tx) == []
    assert one(People(make(opened), opened))["session"] == 1


def test_the_light_of_the_period_stands_on_the_board_though_no_conference_was_ever_held(
        office: Office, people: People, clock: HandClock) -> None:
    clock.advance(days=93)
    office.tick()
    hear_own(office)
    found, = people.get(BOARD, "zhengfuban", clock="oversight.conference").data["items"]
    assert (found["bound"], found["light"]) == ("sifa", "red")


def test_a_conference_held_begins_the_next_period_and_its_resolutions_run(
        office: Office, people: People, clock: HandClock) -> None:
    clock.advance(days=11)
    held(people, RESOLVED)
    hear_own(office)
    following, due = one(people, state="followed"), one(people, state="due")
    assert (following["session"], due["session"]) == (1, 2)
    assert people.get(f"{BASE}/{due['id']}", "sifa").data["case"]["due"]["previous"] == following["id"]
    lights = {each["clock"]: each["light"]
              for each in people.get(f"{BASE}/{following['id']}/deadlines", "sifa").data["items"]}
    assert lights == {"oversight.conference": "met", "oversight.minutes": "met", "oversight.resolution": "green"}
    assert one(people, "zonghe", owes="zonghe")["id"] == following["id"]
    assert people.get(BASE, "zonghe", owes="shichang").data["items"] == []
    assert people.get(BASE, "zonghe", owes="zong").codes == ["BAD_FILTER"]


def test_a_report_on_a_resolution_is_the_dual_task_report_and_the_last_one_done_ends_the_conference(
        office: Office, people: People, clock: HandClock) -> None:
    clock.advance(days=11)
    held(people, RESOLVED)
    do(people, "report-resolution", {"resolution": 1, "says": "过半"}, "zonghe", state="followed")
    assert do(people, "complete-resolution", {"resolution": 1, "says": "清零"}, "zonghe",
              state="followed")["state"] == "concluded"
    hear_own(office)
    conference = one(people, state="concluded")["id"]
    told = people.get(REPORTS, "zhengfuban", service="oversight").data["items"]
    assert {people.get(each["path"], "zhengfuban").data["id"] for each in told} == {each["case"] for each in told}
    assert sorted((each["case"], each["report"], each["reporter"], each["tasks"]) for each in told) == [
        (conference, 1, "zonghe", []), (conference, 2, "zonghe", ["1"])]
    assert {each["office"] for each in told[0]["receipts"]} == {"sifa", "zhengfuban"}


def test_the_agenda_proposes_what_lies_open_and_begins_with_what_is_unfinished(
        office: Office, people: People, clock: HandClock) -> None:
    clock.advance(days=11)
    held(people, RESOLVED)
    hear_own(office)
    late = {"d1": ("transfer.letter", "transfer", "breach"), "d2": ("transfer.ruling", "transfer", "dispute"),
            "d3": ("sharing.tip_claim", "sharing", "tip"), "d4": ("joint.time_limit", "joint", "plan"),
            "d5": ("transfer.reroute", "transfer", "bounced"), "d6": ("transfer.reroute", "transfer", "bounced")}
    hear(office, *(deadline_event(deadline(id, clock=clock_, case="case-5" if kind == "bounced" else f"case-{id}"),
                                  source=source) for id, (clock_, source, kind) in late.items()))
    hear(office, declined(on=DAY.replace(month=10, day=10)))
    clock.advance(days=5)
    due = one(people, state="due")["id"]
    answer = people.get(f"{BASE}/{due}/agenda-proposals", "sifa")
    kinds = {each["kind"]: each for each in answer.data["kinds"]}
    assert list(kinds) == ["resolution", "dispute", "bounced", "decline", "order", "tip", "plan", "breach"]
    assert {kind: each["count"] for kind, each in kinds.items()} == {
        "resolution": 1, "dispute": 1, "bounced": 2, "decline": 1, "order": 0, "tip": 1, "plan": 1, "breach": 1}
    breach, = kinds["breach"]["items"]
    assert [(each["address"], each["due_on"]) for each in breach["facts"]["cases"]] == [
        ("/api/transfer/cases/case-d1", DAY.isoformat())]
    assert kinds["tip"]["items"][0]["address"] == "/api/sharing/tips/case-d3"
    do(people, "call", {"meets_on": "2025-12-10", "place": "三楼会议室"}, state="due")
    do(people, "set-agenda", {"items": [kinds["dispute"]["items"][0]["item"]
                                        | {"ref": "", "refs": []}]}, state="called")
    agenda = people.get(f"{BASE}/{due}", "zhujian").data["case"]["agenda"]
    assert [each["kind"] for each in agenda] == ["resolution", "dispute"]
    assert agenda[0]["title"] == "第1次会议议定事项1：渣土案件清零"


def test_a_hundred_of_the_same_are_one_matter_and_each_is_found_with_its_evidence(
        office: Office, people: People, clock: HandClock) -> None:
    """Of an agency by the same clock; the longest due first, on the agenda as they stand in the proposal."""
    def late(number: int, days: int, **more: Any) -> Deadline:
        case = f"{number:08}-0000-7000-8000-000000000000"
        return deadline(f"d{number:03}", DAY - timedelta(days=days), case=case, breached_generation=1, **more)

    many = [late(number, number % 7 + 1) for number in range(100)]
    others = late(100, 9, bound="zonghe"), late(101, 1, clock="transfer.review")
    hear(office, *(deadline_event(each, "breached") for each in (*many, *others)))
    due = one(people, state="due")["id"]
    with sent(office) as statements:
        breach = people.get(f"{BASE}/{due}/agenda-proposals", "sifa").data["kinds"][-1]
    assert len([words for words, _ in statements if "FROM ledger" in words]) == 1, "the cases of all items at once"
    first, letters, review = breach["items"]
    assert (breach["kind"], breach["count"]) == ("breach", 102)
    assert [each["item"]["agencies"] for each in (first, letters, review)] == [["zonghe"], ["zhujian"], ["zhujian"]]
    assert [each["item"]["ref"] for each in (first, letters, review)] == [
        f"transfer/{others[0].case}", "", f"transfer/{others[1].case}"]
    assert letters["item"]["title"] == "荣成市住房和城乡建设局：三个工作日内发函（100件）"
    cases = letters["facts"]["cases"]
    assert (letters["facts"]["count"], len(cases), len({each["deadline"] for each in cases})) == (100, 20, 20)
    assert [each["due_on"] for each in cases] == sorted(each["due_on"] for each in cases)
    assert letters["item"]["refs"] == [f"transfer/{each['case']}" for each in cases]
    says = letters["item"]["says"]
    assert says.startswith("未编文号：依据第二十二条，2025-09-17起算，2025-09-22到期，已逾期7日；") and says.endswith("等100件")
    assert "transfer/" not in says and len(says) < 2000
    path, _, asked = letters["address"].partition("?")
    found = people.get(path, "sifa", limit="200", **dict(parse_qsl(asked))).data["items"]
    assert {each["deadline"] for each in found} == {each.id for each in many}
    evidence, = people.get("/api/oversight/breaches", "sifa", deadline=cases[-1]["deadline"]).data["items"]
    assert evidence["case"] == cases[-1]["case"] and evidence["digest"]
    do(people, "call", {"meets_on": "2025-12-10", "place": "三楼会议室"}, state="due")
    do(people, "set-agenda", {"items": [each["item"] for each in breach["items"]]}, state="called")


def test_an_item_is_written_as_an_office_reads_it(office: Office, people: People) -> None:
    said = {"sender": "zhujian", "receiver": "zonghe", "cause": "illegal_extension"}
    hear(office, case_event("announced", {**said, "state": "announced", "ground": "penalty_moved"}, "case-1"),
         case_event("announced", {**said, "state": "announced", "ground": "penalty_moved"}, "case-2"),
         case_event("letter_issued", {**said, "state": "issued", "number": "荣住建移字〔2025〕第3号"}, "case-2"),
         deadline_event(deadline("d1", DAY - timedelta(days=9), breached_generation=1), "breached"),
         deadline_event(deadline("d2", DAY - timedelta(days=7), case="case-2", breached_generation=1), "breached"),
         deadline_event(deadline("d3", clock="transfer.ruling", bound="sifa", case="case-2"), "started"))
    due = one(people, state="due")["id"]
    kinds = {each["kind"]: each["items"] for each in people.get(f"{BASE}/{due}/agenda-proposals", "sifa").data["kinds"]}
    between = "（荣成市住房和城乡建设局、荣成市综合行政执法局）"
    letters, = kinds["breach"]
    assert letters["item"]["says"] == (
        f"擅自加建改建{between}：依据第二十二条，2025-09-15起算，2025-09-20到期，已逾期9日；"
        f"荣住建移字〔2025〕第3号{between}：依据第二十二条，2025-09-17起算，2025-09-22到期，已逾期7日")
    assert letters["item"]["refs"] == ["transfer/case-1", "transfer/case-2"]
    ruling, = kinds["dispute"]
    assert ruling["item"]["says"] == f"荣住建移字〔2025〕第3号{between}：依据内部时限，2025-09-24起算，2025-09-29到期"
    assert (ruling["item"]["ref"], ruling["item"]["refs"]) == ("transfer/case-2", ["transfer/case-2"])


def test_a_city_says_which_clocks_are_which_kind_and_adds_its_own(make_office: MakeOffice) -> None:
    """By its rulebook alone, in its order; what it names no more is a breach like any other."""
    office, text = make_office(SPEC), LAW
    for old, new in {"      tip: [sharing.tip_claim]\n": "      letter: [transfer.letter]\n",
                     "tip: 无人认领的案源": "letter: 未发出的移送函, tip: 无人认领的案源"}.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    know(office, text)
    people = People(make(office), office)
    late = (deadline(clock, DAY - timedelta(days=1), clock=clock, case=clock)
            for clock in ("transfer.letter", "sharing.tip_claim"))
    hear(office, replace(published(office), data={"text": text}),
         *(deadline_event(each, source=each.clock.partition(".")[0]) for each in late))
    due = one(people, state="due")["id"]
    kinds = people.get(f"{BASE}/{due}/agenda-proposals", "sifa").data["kinds"]
    assert [each["kind"] for each in kinds] == [
        "resolution", "dispute", "bounced", "decline", "order", "letter", "plan", "breach"]
    assert {each["kind"]: (each["title"], [one["facts"]["clock"] for one in each["items"]])
            for each in kinds if each["count"]} == {
        "letter": ("未发出的移送函", ["transfer.letter"]), "breach": ("逾期", ["sharing.tip_claim"])}


def test_what_is_proposed_is_read_by_the_two_offices_alone(office: Office, people: People) -> None:
    do(people, "call", {"meets_on": "2025-10-10", "place": "三楼会议室"}, state="due")
    called = one(people)["id"]
    assert people.get(f"{BASE}/{called}/agenda-proposals", "zhengfuban").status == 200
    assert people.get(f"{BASE}/{called}/agenda-proposals", "zhujian").codes == ["WRONG_PARTY"]
    assert people.get(f"{BASE}/{called}/agenda-proposals", "jijian").status == 404


def test_a_number_of_minutes_is_used_once(office: Office, people: People, clock: HandClock) -> None:
    clock.advance(days=11)
    held(people)
    hear_own(office)
    prepared(people)
    do(people, "hold", {"chair": "局长"}, state="called")
    case = one(people, state="held")
    again = people.post(f"{BASE}/{case['id']}/record-minutes", {"number": "荣司联纪〔2025〕1号"}, "sifa",
                        seen=case["revision"])
    assert again.codes == ["MINUTES_NUMBER_USED"]
