"""29, 30: a task report and a conference are called by what an office knows them by, in letters and on the agenda."""

from datetime import timedelta
from typing import Any

from shared.acts.office import Office
from shared.kernel.clock import HandClock
from tests.offices import People
from tests.oversight.test_conferences import BASE, RESOLVED, hear_own, held, office, one
from tests.oversight.test_ledgers import supervised
from tests.oversight.test_supervision import breach, late, proposals
from tests.oversight.told import DAY, closure, hear, plan_event

__all__ = ["office"]

NUMBER = "荣住建报〔2025〕1号"


def reported(office: Office, people: People) -> str:
    """综合执法 has reported on the plan of 住建; the id of its task report."""
    hear(office, plan_event("drafted", "draft", participants=["zonghe"]),
         plan_event("submitted", "submitted", participants=["zonghe"], number=NUMBER),
         plan_event("task_reported", "running", participants=["zonghe"], agency="zonghe", report=1,
                    reported=[1], tasks=[]))
    report, = people.get("/api/oversight/task-reports", "sifa").data["items"]
    return str(report["id"])


def breached(office: Office, clock: str, case: str, bound: str, item: str = "") -> None:
    told = late(f"late-{bound}", clock=clock, case=case, bound=bound, item=item, statutory=False, article="")
    hear(office, breach(told))


def drafted(people: People, agency: str = "sifa") -> str:
    return "\n".join(each["body"]["says"] for each in proposals(people, agency))


def proposed(people: People) -> dict[str, Any]:
    """The agenda's items of what is over its day, by their titles."""
    due = one(people, state="due")["id"]
    kinds = people.get(f"{BASE}/{due}/agenda-proposals", "sifa").data["kinds"]
    return {each["item"]["title"]: each["item"]["says"] for kind in kinds for each in kind["items"]}


def test_a_task_report_is_named_by_who_reported_on_which_plan(office: Office, people: People) -> None:
    breached(office, "oversight.task_report", reported(office, people), "zhengfuban", "zhengfuban")
    assert f"任务落实情况（荣成市综合行政执法局就协同执法（报送文号：{NUMBER}）报送），按照" in drafted(people)
    says, = proposed(people).values()
    assert says.startswith(f"任务落实情况（荣成市综合行政执法局就{NUMBER}（荣成市住房和城乡建设局、荣成市综合行政执法局）报送）：依据")


def test_a_resolution_is_named_by_its_conference_and_its_number(
        office: Office, people: People, clock: HandClock) -> None:
    clock.advance(days=11)
    held(people, RESOLVED)
    conference, owes = (one(people, state="followed")[name] for name in ("id", "resolutions"))
    assert [(each["owner"], each["owner_name"]) for each in owes] == [("zonghe", "荣成市综合行政执法局")]
    breached(office, "oversight.resolution", conference, "zonghe", "1")
    assert "第1次联席会议（纪要文号：荣司联纪〔2025〕1号），按照内部时限（非法定期限），应当“" in drafted(people)
    assert "”（议定事项1）。" in drafted(people)


def test_the_supervision_ledger_names_a_task_report_and_a_conference_by_what_never_changes(
        office: Office, people: People, clock: HandClock) -> None:
    report = reported(office, people)
    clock.advance(days=11)
    held(people, RESOLVED)
    hear(office, supervised(("oversight", report, "oversight.task_report"),
                            ("oversight", one(people, state="followed")["id"], "oversight.resolution"), days=0))
    item, = people.get("/api/oversight/ledgers/supervision", "sifa").data["items"]
    assert item["cases"] == f"任务落实情况（就协同执法（报送文号：{NUMBER}）报送）、第1次联席会议"


def test_the_agenda_names_a_filing_by_its_number_and_a_task_by_its_own(office: Office, people: People) -> None:
    reported(office, people)
    hear(office, closure())
    received, = people.get("/api/oversight/filings", "sifa").data["items"]
    hear_own(office)
    breached(office, "oversight.filing", received["id"], "sifa")
    hear(office, breach(late("task", DAY - timedelta(days=3), clock="collab.task", case="plan-1", bound="zonghe",
                             item="2")))
    task, filing = sorted(proposed(people).values())
    assert filing.startswith("荣综执结字〔2025〕第1号（荣成市综合行政执法局）：依据")
    assert task.startswith(f"{NUMBER}（荣成市住房和城乡建设局、荣成市综合行政执法局）（任务2）：依据")
