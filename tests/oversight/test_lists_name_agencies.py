"""A list names agencies beside their codes, as the board does: in the field of the same name with _name behind it."""

from shared.acts.office import Office
from tests.offices import People
from tests.oversight.test_supervision import BASE, breach, issue, late, office
from tests.oversight.told import closure, hear, plan_event

__all__ = ["office"]

HOUSING, JUSTICE, ENFORCEMENT = "荣成市住房和城乡建设局", "荣成市司法局", "荣成市综合行政执法局"


def test_supervision_names_who_is_supervised_and_by_whom(office: Office, people: People) -> None:
    hear(office, breach(late()))
    issue(people)
    item, = people.get(BASE, "zhujian").data["items"]
    assert (item["target"], item["target_name"]) == ("zhujian", HOUSING)
    assert (item["issuer"], item["issuer_name"]) == ("sifa", JUSTICE)


def test_filings_and_task_reports_name_who_filed_reported_and_registers(office: Office, people: People) -> None:
    hear(office, closure(), plan_event("drafted", "draft", participants=["zonghe"]), plan_event(
        "submitted", "submitted", participants=["zonghe"]), plan_event(
        "task_reported", "running", participants=["zonghe"], agency="zonghe", report=1, reported=[1], tasks=[]))
    filing, = people.get("/api/oversight/filings", "sifa").data["items"]
    assert (filing["filed_by"], filing["filed_by_name"]) == ("zonghe", ENFORCEMENT)
    report, = people.get("/api/oversight/task-reports", "sifa").data["items"]
    assert report["reporter_name"] == ENFORCEMENT
    assert {each["holder"]: each["holder_name"] for each in report["receipts"]} == {
        "sifa": JUSTICE, "zhengfuban": "荣成市人民政府办公室"}
