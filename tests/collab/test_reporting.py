"""第十三条: the report with the enforcement documents and the closing report; one that follows; one that came back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.collab import reporting
from services.collab.commands import AddClosingReport, Report
from services.collab.guards import closing_awaited, report_wanted
from services.collab.plan import Collab
from shared.acts.filings import NoteFilingReturn
from shared.kernel.errors import Refused
from shared.plans.commands import End, Terminate
from shared.plans.plan import Ending
from tests.collab.made import plan
from tests.plans.written import DAY, LEADER, OFFICER, codes, context, refused
from tests.plans.written import LEAD as LEADING
from tests.situations.city import lawbook

ENDED = Ending(DAY, LEADING, DAY, ended=End("任务全部完成", OFFICER))
BROKEN_OFF = Ending(DAY, LEADING, DAY, terminated=Terminate("当事人自行拆除", OFFICER, LEADER))
WHOLE = Report("荣住建协报字〔2025〕第5号", "整治沿街占道十二处", (1, 2), (3,), OFFICER, LEADER)
WAITING = replace(WHOLE, closing_report=(), open_case="荣住建立字〔2025〕第8号案件尚在听证")
ADDED = AddClosingReport("荣住建协报字〔2025〕第6号", (3,), OFFICER, LEADER)
STRICT = lawbook(settings=(("closing_report_may_follow", False),))


def ended(ending: Ending = ENDED) -> Collab:
    return plan("ended", ending=ending)


def delivered(said: Report = WAITING) -> Collab:
    return reporting.report(ended(), said, context()).case


def test_a_report_with_its_documents_and_closing_report_is_filed_at_once() -> None:
    outcome = reporting.report(ended(), WHOLE, context())
    assert (outcome.event, outcome.state) == ("reported", "reported")
    assert outcome.facts["filed_with"] == ["sfj"] and outcome.facts["ended_on"] == DAY and outcome.facts["report"] == 1


@pytest.mark.parametrize(("without", "expected"), [
    ({"number": ""}, [("BAD_NUMBER", "internal", "number")]),
    ({"says": ""}, [("NO_REPORT_TEXT", "13", "says")]),
    ({"documents": ()}, [("NO_DOCUMENTS", "13", "documents")]),
    ({"documents": (1, 9)}, [("UNKNOWN_ENCLOSURE", "13", "documents")]),
    ({"documents": (1, 3)}, [("NOT_ENFORCEMENT_DOCUMENT", "13", "documents.1")]),
    ({"closing_report": (9,)}, [("UNKNOWN_ENCLOSURE", "13", "closing_report")]),
    ({"closing_report": ()}, [("NO_CLOSING_REPORT", "13", "closing_report")]),
    ({"leader": ""}, [("NO_LEADER", "internal", "leader")]),
    ({"says": "", "documents": (), "closing_report": ()},
     [("NO_REPORT_TEXT", "13", "says"), ("NO_DOCUMENTS", "13", "documents"),
      ("NO_CLOSING_REPORT", "13", "closing_report")]),
])
def test_what_a_report_lacks_is_told_at_once(without: dict[str, Any], expected: list[Any]) -> None:
    assert refused(reporting.report, ended(), replace(WHOLE, **without), context()) == expected


def test_which_kinds_are_enforcement_documents_the_city_says() -> None:
    letters = lawbook(settings=(("enforcement_documents", ("decision",)),))
    with pytest.raises(Refused) as found:
        reporting.report(ended(), WHOLE, context(rulebook=letters))
    refusal, = found.value.refusals
    assert refusal.zh == "第1号材料不是执法文书：执法文书的种类限于处理决定书。"


def test_an_action_that_was_broken_off_may_have_left_no_document() -> None:
    assert reporting.report(ended(BROKEN_OFF), replace(WHOLE, documents=()), context()).event == "reported"


def test_where_a_case_is_open_the_closing_report_follows_and_the_plan_stays_ended() -> None:
    outcome = reporting.report(ended(), WAITING, context())
    assert (outcome.event, outcome.state) == ("report_delivered", "ended")
    assert outcome.case.report is not None and not outcome.case.report.complete


def test_as_the_city_may_set_it_the_closing_report_does_not_follow() -> None:
    assert codes(reporting.report, ended(), WAITING, context(rulebook=STRICT)) == ["NO_LATER_CLOSING"]
    assert reporting.report(ended(), WHOLE, context(rulebook=STRICT)).event == "reported"


@pytest.mark.parametrize("none", ["无", "无。", " 没有 ", "（无）", "暂无", "均无", "没有未结案件", "无未办结的案件", "无其他未结案件", "不存在未结的案件",
                                  "尚无未结案件", "不适用", "已全部办结", "已结案", "None", "N/A", "—", "…", "／"])
def test_that_no_case_is_open_is_no_reason_for_the_closing_report_to_follow(none: str) -> None:
    assert refused(reporting.report, ended(), replace(WAITING, open_case=none), context()) == [
        ("NO_CASE_OPEN", "13", "open_case")]


@pytest.mark.parametrize("named", ["无证经营案尚在听证", "没有许可证的三家商户，案件在复议中", "无名小餐馆案", "已结案的以外，第8号案件在复议",
                                   "荣住建立字〔2025〕第8号未办结", "N8号案件"])
def test_a_case_that_is_named_may_begin_with_the_same_words(named: str) -> None:
    assert reporting.report(ended(), replace(WAITING, open_case=named), context()).event == "report_delivered"


def on_paper(case: Collab, number: int) -> Collab:
    """The plan in which this material has no file."""
    return replace(case, materials=tuple(
        replace(each, said=replace(each.said, carrier="paper", digest="")) if each.number == number else each
        for each in case.materials))


@pytest.mark.parametrize(("number", "where"), [(1, "documents.0"), (2, "documents.1"), (3, "closing_report.0")])
def test_each_enclosure_is_a_file_and_the_one_that_is_not_is_named(number: int, where: str) -> None:
    case = on_paper(ended(), number)
    with pytest.raises(Refused) as found:
        reporting.report(case, WHOLE, context())
    refusal, = found.value.refusals
    assert (refusal.code, refusal.article, refusal.where) == ("ENCLOSURE_NOT_SCANNED", "13", where)
    assert refusal.zh.startswith(f"“常务会纪要”（第{number}号材料）没有文件")


def test_as_the_city_may_set_it_papers_are_filed_without_their_scans() -> None:
    lenient = lawbook(settings=(("filed_as_files", False),))
    assert reporting.report(on_paper(ended(), 1), WHOLE, context(rulebook=lenient)).event == "reported"


def test_the_closing_report_completes_the_file() -> None:
    outcome = reporting.add_closing_report(delivered(), ADDED, context(on=DAY + timedelta(days=9)))
    report = outcome.case.report
    assert report is not None and report.complete and report.closing_on == DAY + timedelta(days=9)


@pytest.mark.parametrize(("without", "expected"), [
    ({"closing_report": ()}, [("NO_CLOSING_REPORT", "13", "closing_report")]),
    ({"closing_report": (9,)}, [("NO_CLOSING_REPORT", "13", "closing_report")]),
    ({"number": "六", "leader": ""}, [("BAD_NUMBER", "internal", "number"), ("NO_LEADER", "internal", "leader")]),
])
def test_a_closing_report_that_follows_is_enclosed_and_signed(without: dict[str, Any], expected: list[Any]) -> None:
    assert refused(reporting.add_closing_report, delivered(), replace(ADDED, **without), context()) == expected


@pytest.mark.parametrize(("case", "report", "closing"), [
    (ended(), [], ["NO_CLOSING_AWAITED"]),
    (delivered(), ["REPORT_STANDS"], []),
    (reporting.add_closing_report(delivered(), ADDED, context()).case, ["REPORT_STANDS"], ["NO_CLOSING_AWAITED"]),
    (delivered(WHOLE), ["REPORT_STANDS"], ["NO_CLOSING_AWAITED"]),
], ids=("nothing reported", "closing report to follow", "completed", "reported whole"))
def test_a_report_is_made_once_and_completed_once(case: Collab, report: list[str], closing: list[str]) -> None:
    assert [each.code for each in report_wanted(case, context())] == report
    assert [each.code for each in closing_awaited(case, context())] == closing


def test_a_report_whose_filing_came_back_is_made_again() -> None:
    outcome = reporting.note_filing_return(delivered(WHOLE), NoteFilingReturn("f1", DAY, 1), context())
    assert outcome.facts["returned_on"] == DAY and outcome.case.report is None
    assert not [*report_wanted(outcome.case, context())]
    again = reporting.report(outcome.case, WHOLE, context())
    assert again.facts["report"] == 2 and again.case.report is not None


def test_the_return_of_an_earlier_report_is_no_return_of_the_present_one() -> None:
    assert codes(reporting.note_filing_return, delivered(WHOLE), NoteFilingReturn("f1", DAY, 2), context()) == [
        "EARLIER_REPORT"]
