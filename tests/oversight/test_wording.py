"""29, 31: what the machine drafts reads as a letter of an office, names its case and the article, and no person."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from services.oversight.conferences.agenda_text import Words
from services.oversight.ledgers import naming
from services.oversight.ledgers.definitions import KINDS
from services.oversight.supervision import wording
from shared.acts.office import Office
from shared.contracts.envelope import Event
from shared.deadlines.model import MET, Deadline
from shared.kernel.clock import HandClock
from tests.offices import People
from tests.oversight.test_supervision import YESTERDAY, act, breach, issue, late, office, proposals
from tests.oversight.told import DAY, case_event, deadline, hear, plan_event
from tests.situations.city import rulebook

__all__ = ["office"]

LISTS = {codes: rulebook().list_of(codes) for codes in ("causes", "filing_kinds", "tip_kinds")}


def moved(case: str = "case-1") -> tuple[Event, ...]:
    """A transfer as it is told: announced, and its letter issued."""
    facts = {"sender": "zhujian", "receiver": "zonghe", "cause": "illegal_building", "ground": "not_competent"}
    return (case_event("announced", {**facts, "state": "announced"}, case),
            case_event("letter_issued", {**facts, "state": "issued", "number": "荣住建移字〔2025〕第1号"}, case))


def says(people: People, agency: str = "sifa") -> str:
    draft, = proposals(people, agency)
    return str(draft["body"]["says"])


def test_the_first_letter_says_all_that_an_office_asks_of_one(office: Office, people: People) -> None:
    hear(office, *moved(), breach(late(due=DAY - timedelta(days=4))))
    assert says(people).splitlines() == [
        "荣成市住房和城乡建设局：",
        "　　你单位承担的案件移送（案由：违法建设；移送函文号：荣住建移字〔2025〕第1号），依照《荣成市行政执法联动办法》第二十二条，"
        "应当“三个工作日内发函”。该期限自2025年9月20日起算，应于2025年9月25日24时前办理，至今未办，已逾期4日。",
        "　　现发提醒，请立即办理，并在3个工作日内（2025年10月10日24时前）书面答复办理情况；确有原因的，一并说明理由。",
        "　　　　　　　　　　　　　　　　荣成市司法局",
        "　　　　　　　　　　　　　　　　2025年9月29日"]


def test_the_government_office_s_letter_is_its_own(office: Office, people: People) -> None:
    hear(office, *moved(), breach(late()))
    assert "荣成市人民政府办公室" in says(people, "zhengfuban") and "荣成市司法局" not in says(people, "zhengfuban")


def test_a_later_letter_names_the_steps_before_it_and_what_else_is_owed(
        office: Office, people: People, clock: HandClock) -> None:
    hear(office, *moved(), breach(late()), breach(late("d2", case="case-2")))
    answer = issue(people, deadlines=["transfer/d1", "transfer/d2"], answer_by=(DAY + timedelta(days=1)).isoformat())
    clock.advance(days=2)
    text = says(people)
    assert "此前已发提醒。同一督查另有1项期限逾期未办，一并办理。" in text and "现发催办，请立即办理" in text
    assert act(people, answer.data["id"], "step-up", {"kind": "urging", "says": text}, "sifa").status == 200


def test_what_is_refused_and_warned_of_names_the_case_as_a_letter_does_and_its_id_beside(
        office: Office, people: People) -> None:
    hear(office, *moved(), breach(late()))
    case = "案件移送（案由：违法建设；移送函文号：荣住建移字〔2025〕第1号）的“三个工作日内发函”"
    id = issue(people).data["id"]
    again, = issue(people, "zhengfuban").data["refusals"]
    assert case in again["detail"] and again["values"] == {"steps": "transfer/d1"}
    refused, = act(people, id, "close", {"result": "已办"}, "sifa").data["refusals"]
    assert case in refused["detail"] and refused["values"] == {"refs": "transfer/d1"}
    close, = (each for each in people.get(f"/api/oversight/supervision/{id}", "sifa").data["actions"]
              if each["act"] == "close")
    assert case in close["refusal"]["zh"] and "transfer/d1" in close["refusal"]["en"]
    assert "transfer/nothing" in issue(people, deadlines=["transfer/nothing"]).data["detail"], "what nobody knows"


def test_a_case_without_a_number_is_named_by_its_id(office: Office, people: People) -> None:
    hear(office, moved()[0], breach(late()))
    assert "案件移送（案由：违法建设；平台编号case-1）" in says(people)


def test_what_only_its_parties_know_of_is_neither_drafted_nor_named(office: Office, people: People) -> None:
    """A plan that is drafted still; whatever its row holds, a letter tells none of it."""
    hear(office, plan_event("drafted", "draft"), plan_event("submitted", "draft", number="荣住建报〔2025〕1号"),
         breach(late(clock="collab.plan", case="plan-1")))
    assert named(office) == "协同执法（平台编号plan-1）"
    assert on_agenda(office) == "未编文号"
    assert proposals(people) == []
    hear(office, plan_event("revised", "submitted"))
    assert named(office) == "协同执法（报送文号：荣住建报〔2025〕1号）"
    assert on_agenda(office).startswith("荣住建报〔2025〕1号")


PLAN = SimpleNamespace(service="collab", clock="collab.plan", case="plan-1")      # a row of the board


def named(office: Office) -> str:
    """How a letter would name the plan."""
    with office.db.read() as tx:
        return naming.in_words(tx, office.law.snapshot(tx).register, rulebook(), [PLAN])["plan-1"]


def on_agenda(office: Office) -> str:
    """How an agenda would."""
    with office.db.read() as tx:
        return Words(tx, office.law.snapshot(tx).register, rulebook(), DAY).cases([PLAN])["plan-1"]


# what stands in no ledger, each source

ROWS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("by law", {}, "某案，依照《荣成市行政执法联动办法》第二十二条，应当“三个工作日内发函”。该期限自2025年9月24日起算，"
                   "应于2025年9月29日24时前办理，至今未办，已逾期3日。"),
    ("by another law", {"law": "行政处罚法", "article": "60"}, "某案，依照《行政处罚法》第六十条，应当"),
    ("internal", {"statutory": False, "clock": "transfer.announce"}, "某案，按照内部时限（非法定期限），应当"),
    ("by the plan", {"statutory": False, "clock": "collab.task", "item": "3"},
     "某案，按照方案自定日期（非法定期限），应当“三个工作日内发函”（任务3）。"),
    ("a resolution", {"statutory": False, "clock": "oversight.resolution", "item": "2"}, "”（议定事项2）。"),
    ("what was found besides", {"statutory": False, "clock": "joint.hand_on", "item": "1"}, "”（线索1）。"),
    ("an item that is no number", {"statutory": False, "clock": "oversight.task_report", "item": "sifa"}, "”。"),
    ("done late", {"state": MET, "late": True, "met_on": date(2025, 10, 1)}, "至2025年10月1日才办理，逾期2日。"),
    ("the same day", {"due_on": None, "due_at": deadline("d", DAY).started_at + timedelta(days=5, hours=3)},
     "应于2025年9月29日12时00分前办理，至今未办，已逾期3日。"),
)


@pytest.mark.parametrize("row, text", [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_the_duty_is_told_with_where_it_stands_and_how_late_it_is(row: dict[str, Any], text: str) -> None:
    told: Deadline = deadline("d1", DAY, **row)
    assert text in wording.let_pass(told, "某案", rulebook(), DAY + timedelta(days=3))


@pytest.mark.parametrize("clock, words", [
    ("sharing.hold", "个人信息保全（平台编号case-1）"), ("sharing.entrustment", "委托执法（平台编号case-1）"),
    ("collab.task", "协同执法（平台编号case-1）")])
def test_what_stands_in_no_ledger_is_named_by_its_clock(clock: str, words: str) -> None:
    assert wording.named(None, clock.partition(".")[0], {}, {}, clock, "case-1") == words


@pytest.mark.parametrize("kind, service, row, words", [
    ("plans", "joint", {"submission": "荣住建报〔2025〕1号"}, "联合执法（报送文号：荣住建报〔2025〕1号）"),
    ("filings", "oversight", {"kind": "closing_report", "number": "荣综执结字〔2025〕第1号"},
     "备案（备案种类：结案报告；备案文书文号：荣综执结字〔2025〕第1号）"),
    ("tips", "sharing", {"kind": "report", "cause": "illegal_building"},
     "问题线索（类别：举报；案由：违法建设；平台编号case-1）")])
def test_a_case_is_named_as_its_ledger_tells_it(kind: str, service: str, row: dict[str, str], words: str) -> None:
    assert wording.named(KINDS[kind], service, row, LISTS, "x", "case-1") == words


def test_a_matter_of_accountability_is_named_by_no_letter() -> None:
    assert wording.ledger_of({"accountability"}) is None
    assert wording.ledger_of({"disputes", "transfers"}) is KINDS["transfers"]


def test_a_hint_s_entry_tells_the_same_of_its_case(office: Office, people: People) -> None:
    hear(office, plan_event("drafted", "draft", participants=["zonghe"]),
         plan_event("submitted", "submitted", participants=["zonghe"], number="荣住建报〔2025〕1号"),
         breach(late("d2", YESTERDAY, clock="collab.task", bound="zonghe", case="plan-1", statutory=False, article="")))
    hint, = people.get("/api/oversight/accountability/hints", "sifa").data["items"]
    assert hint["body"]["facts"].startswith(
        "荣成市综合行政执法局：协同执法（报送文号：荣住建报〔2025〕1号），按照方案自定日期（非法定期限），应当“")
    assert "至今未办，已逾期1日" in hint["body"]["facts"]


def test_words_that_go_into_letters_hold_no_remark_of_who_wrote_the_rulebook() -> None:
    """Such a remark stands in `note`, and in the deadline's explanation."""
    told = {name: clock.says for name, clock in rulebook().clocks.items()}
    assert {name: words for name, words in told.items()
            if any(sign in words for sign in ("解释", "尺度", "（第", "（行政", "未定期限", "压案"))} == {}
    assert rulebook().clocks["transfer.review"].note == "补正后重新计算是解释"
