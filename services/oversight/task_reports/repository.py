"""第二十九条 任务落实情况: how task reports are kept, and that a report of a plan, or on a resolution, is one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from services.oversight.task_reports import store
from services.oversight.task_reports.domain import CHAPTER, DeliverTaskReport, TaskReport
from shared.acts.codes import AGENCIES, IDS, SERVICES
from shared.acts.keeping import Filter, Keeping
from shared.acts.model import THE_SUITE
from shared.acts.office import Handler, Office
from shared.acts.request import Request
from shared.contracts.envelope import Event

PLANS = frozenset({"collab", "joint"})         # the services whose plans' participants report on their tasks (11, 19)


def summary(case: TaskReport) -> Mapping[str, Any]:
    """What a list shows of a task report."""
    said = case.delivered
    path = f"/api/{said.service}/{said.collection}/{said.case}" if said.collection else ""
    return {"service": said.service, "collection": said.collection, "case": said.case, "path": path,
            "report": said.report, "reporter": said.reporter, "delivered_on": said.delivered_on.isoformat(),
            "reported": list(said.reported), "tasks": list(said.tasks),
            "receipts": [{"office": each.office, "holder": each.holder, "number": each.number,
                          "registered_on": each.registered_on.isoformat() if each.registered_on else None}
                         for each in case.receipts]}


FILTERS = {"service": Filter("服务", SERVICES), "case": Filter("所报告的案件", IDS), "reporter": Filter("报告机关", AGENCIES),
           "awaits": Filter("尚未签收的机关", AGENCIES, store.awaits)}
TASK_REPORTS = Keeping(CHAPTER, store.TASK_REPORTS, store.columns, summary=summary, filters=FILTERS,
                       named=("reporter", "receipts.holder"))


def delivers(office: Office, collection: str) -> Handler:
    """29: the report in a case of the collection is the report to both offices; here it becomes what each has to
    register, once."""
    def reported(tx: Connection, event: Event) -> None:
        said, day = event.data, date.fromisoformat(event.data["occurred_on"])
        command = DeliverTaskReport(event.source, event.subject, said["report"], said["agency"], day,
                                    tuple(said["reported"]), tuple(said["tasks"]), collection)
        request = Request(happened_on=day, causation=event.id)
        office.acts["task-reports"].do_in(tx, "deliver", command, THE_SUITE, request)

    return reported


def news_of(office: Office, source: str) -> Mapping[str, Handler]:
    """What a chapter tells of tasks."""
    return {"task_reported": delivers(office, "plans")} if source in PLANS else {}
