"""A plan of each chapter of plans, played over HTTP in the city from its draft to its report: one agency left it on the
way, another is related. Everything personal in it is marked as in a transfer, so that whatever is kept can be searched.
"""

import io
import json
from datetime import timedelta
from typing import Any

from tests.permissions.city import FILE, JUSTICE, NAME, NUMBER, OFFICE, OFFICER, SIGNED, Answer, Case, City
from tests.plans import bodies

PLANS = ("collab", "joint")
LEAD, FORMER, HELPER, RELATED = "shengtai", "shuili", "haiyang", "yatou"
TOGETHER = {"officer": OFFICER}
LATER = "后来才有之记载"                  # what was said after FORMER had left
OWN_WORD = {FORMER: "只评水利之语", HELPER: "只评海洋之语"}      # of the summary's evaluations
CARRIES_OUT = {"collab": LEAD, "joint": JUSTICE}


def base(service: str) -> str:
    return f"/api/{service}/plans"


class Played:
    """One plan under way."""

    def __init__(self, city: City, service: str) -> None:
        self.city, self.service, self.case = city, service, Case()

    def do(self, agency: str, act: str, body: Any, *, days: int = 0) -> Answer:
        """Performs an act as the agency's leader, days later; it goes through."""
        if days:
            self.city.pass_days(days)
        path = f"{base(self.service)}/{self.case.id}/{act}" if self.case.id else base(self.service)
        answer = self.city.post(path, body, agency, seen=self.case.revision if self.case.id else None)
        return self._done(act, answer)

    def upload(self, agency: str, name: str, kind: str = "site_record", rank: int = 1) -> int:
        """The number of a material with its file."""
        about = {"name": name, "kind": kind, "copies": 1, "pages": 1, "original": True, "carrier": "electronic"}
        file = (io.BytesIO(FILE + name.encode()), f"{NAME}.pdf", "application/pdf")
        form = {"about": json.dumps(about), "file": file}
        path = f"{base(self.service)}/{self.case.id}/materials"
        answer = self._done("add-material", self.city.ask("POST", path, self.city.token(agency, rank), data=form))
        number: int = answer.data["facts"]["material"]
        return number

    def _done(self, act: str, answer: Answer) -> Answer:
        assert answer.status < 300, f"{act}: {answer.status} {answer.text}"
        self.case.id, self.case.revision = answer.data["id"], answer.data["revision"]
        self.city.suite.catch_up()
        return answer

    def content(self, participants: tuple[str, ...] = (FORMER, HELPER)) -> bodies.Body:
        respondent = {"kind": "person", "name": NAME, "number": NUMBER}
        return bodies.content(self.city.today, lead=LEAD, participants=participants, respondents=[respondent],
                              situation="擅搭棚屋一处")

    def draft(self, participants: tuple[str, ...] = (FORMER, HELPER)) -> bodies.Body:
        body = {**bodies.draft(self.service, self.city.today), "content": self.content(participants), **TOGETHER}
        competent = [{"agency": agency, "basis": "条例第十条"} for agency in (LEAD, *participants)]
        return body if self.service == "collab" else {**body, "grounds": [{"code": "15-1", "competent": competent}]}

    def paper(self) -> bodies.Body:
        return bodies.paper(self.upload(OFFICE, "市政府批示", "approval", rank=2))

    def view(self) -> dict[str, Any]:
        seen: dict[str, Any] = self.city.get(f"{base(self.service)}/{self.case.id}", LEAD).data
        return seen


def drafted(city: City, service: str) -> Played:
    """A draft with a material, on which both participants are consulted."""
    plan = Played(city, service)
    plan.do(LEAD, "draft", plan.draft())
    plan.upload(LEAD, "现场检查记录")
    due = (city.today + timedelta(days=3)).isoformat()
    plan.do(LEAD, "consult", {"agencies": [FORMER, HELPER], "due_on": due, **TOGETHER})
    plan.do(FORMER, "answer-consultation", {"answer": "agree", "says": "处理情形之概述", **TOGETHER})
    return plan


def withdrawn(city: City, service: str) -> Case:
    """FORMER is dropped from the draft, RELATED added, the plan withdrawn: it has every part, no act goes through."""
    plan = drafted(city, service)
    plan.do(LEAD, "draft", plan.draft((HELPER,)) if service == "collab" else {
        **plan.draft((HELPER,)), "content": plan.content((HELPER,))}, days=1)
    plan.do(LEAD, "submit", SIGNED, days=1)
    plan.do(JUSTICE, "add-related", {"agency": RELATED, "reason": "属他局职责之理由"})
    plan.do(LEAD, "withdraw", {"reason": "属他局职责之理由", **SIGNED}, days=1)
    return plan.case


def whole(city: City, service: str) -> Case:
    """From the draft to the report; FORMER declines on the way, or is left out by an amendment."""
    plan = drafted(city, service)
    plan.do(LEAD, "submit", SIGNED, days=1)
    plan.do(JUSTICE, "add-related", {"agency": RELATED, "reason": "属他局职责之理由"})
    plan.do(JUSTICE, "review", {"passed": True, "opinion": "处理情形之概述", **SIGNED}, days=1)
    plan.do(JUSTICE, "present", {"to": "市政府", **SIGNED}, days=1)
    plan.do(OFFICE, "approve", {"paper": plan.paper()}, days=1)
    plan.do(CARRIES_OUT[service], "start", {"says": "处理情形之概述", **TOGETHER}, days=1)
    plan.do(FORMER, "report-task", {"tasks": [{"task": 2, "done": False, "says": "处理情形之概述"}], **TOGETHER})
    leave(plan)
    plan.do(HELPER, "record-decision", {**bodies.decision(f"{HELPER}罚决9号"), **SIGNED,
                                        "respondent": {"kind": "person", "name": NAME, "number": NUMBER}}, days=1)
    plan.do(HELPER, "record-finding", {"cause": "muck_truck", "facts": LATER, "remit": "other", "agency": "zonghe",
                                       "respondent": NAME, **TOGETHER})
    if service == "joint":
        plan.do(LEAD, "propose-end", {"says": LATER, **TOGETHER})
    plan.do(CARRIES_OUT[service], "end", {"says": LATER, **TOGETHER}, days=1)
    plan.do(LEAD, "report", report(plan), days=1)
    return plan.case


def leave(plan: Played) -> None:
    """FORMER goes; the next day its task is another's."""
    if plan.service == "collab":
        notice = plan.upload(FORMER, "不能协同通知")
        plan.do(FORMER, "decline", {"ground": "statutory", "law": "行政处罚法", "law_article": "第二十六条",
                                    "law_text": "协助事项属于被请求机关职权范围内的，应当依法予以协助", "notice": notice, **SIGNED})
        plan.do(LEAD, "reassign", {"participant": FORMER, "tasks": [{"task": 2, "agency": HELPER}], "reason": LATER,
                                   **SIGNED}, days=1)
        return
    content = plan.view()["case"]["versions"][0]["content"]
    wanted = {**content, "participants": [each for each in content["participants"] if each["agency"] != FORMER],
              "tasks": [{**each, "agency": HELPER if each["agency"] == FORMER else each["agency"]}
                        for each in content["tasks"]]}
    plan.do(LEAD, "amend", {"content": wanted, "reason": "属他局职责之理由", **SIGNED})
    plan.do(JUSTICE, "review-amendment", {"passed": True, "opinion": "处理情形之概述", **SIGNED})
    plan.do(JUSTICE, "present-amendment", {"to": "市政府", **SIGNED})
    plan.do(OFFICE, "decide-amendment", {"approved": True, "paper": plan.paper()}, days=1)
    plan.city.pass_days(1)


def report(plan: Played) -> bodies.Body:
    kind = "closing_report" if plan.service == "collab" else "summary_report"
    enclosed = [plan.upload(LEAD, "后来的文书"), plan.upload(LEAD, "后来的报告", kind)]
    if plan.service == "collab":
        return {"says": LATER, "documents": enclosed[:1], "closing_report": enclosed[1:], **SIGNED}
    told = [{"agency": agency, "says": says} for agency, says in OWN_WORD.items()]
    return {"result": LATER, "effect": LATER, "evaluations": told, "materials": enclosed, **SIGNED}
