"""The people of plans at their keyboards: a collaborative or joint action told act by act, as `player` tells a case."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from liandong.bodies_plans import plan_body
from liandong.player import Answer, Player, Unexpected
from liandong.story import PlanStory
from shared.acts.model import Act, Rank
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE
from shared.kernel.clock import day_of
from shared.plans.plan import LEAD

OFFICES = {JUSTICE: "sifa", GOVERNMENT_OFFICE: "zhengfuban"}
RANKS = {Rank.OFFICER: 1, Rank.LEADER: 2, Rank.CHIEF: 3}
PRESENTING = frozenset({"present", "present-amendment"})        # the lead's only where the rulebook is set so (9)
PAPER = "%PDF-1.4\n% {}（示例）\n".format
Enclosure = tuple[str, str, str]        # the name under which the story keeps its number, its title, its kind
# act -> the scans it needs in the file first
ENCLOSED: Mapping[str, tuple[Enclosure, ...]] = {
    **{act: ((act, "市政府批示", "approval"),) for act in ("approve", "return-plan", "reject", "decide-amendment")},
    "decline": (("decline", "不能协同的书面通知", "other"),),
    "report": (("documents", "行政处罚决定书", "decision"),),
}
REPORTS: Mapping[str, Enclosure] = {"collab": ("report", "结案报告", "closing_report"),
                                    "joint": ("report", "联合执法总结报告", "summary_report")}


@dataclass(slots=True)
class ToldPlan:
    """A plan under way in a story."""

    story: PlanStory
    id: str = ""
    revision: int = 0

    @property
    def cases(self) -> str:
        """Where the plans of its chapter are."""
        return f"/api/{self.story.service}/plans"

    @property
    def path(self) -> str:
        """Where the plan is read."""
        return f"{self.cases}/{self.id}"


class Planner:
    """Plays the people of plans."""

    def __init__(self, player: Player) -> None:
        self.player = player

    def row(self, told: ToldPlan, act: str) -> Act:
        """The act's row in its chapter."""
        return self.player.suite.offices[told.story.service].acts["plans"].chapter.act(act)

    def act(self, told: ToldPlan, act: str, *, expect: int | None = None, by: str = "", **instead: Any) -> Answer:
        """Performs an act of the plan as the one whose it is; `by`: an agency, where it is not the lead's or an
        office's. Raises Unexpected for another status than expected."""
        story, row, today = told.story, self.row(told, act), day_of(self.player.clock.now())
        agency = by or next((OFFICES[part] for part in OFFICES if part in row.by and
                             (LEAD not in row.by or act in PRESENTING)), story.lead.agency)
        self._enclose(told, act, agency)
        story.by = self.player.seat(agency)
        if act == "dispatch":
            story.seats = {each: self.player.seat(each) for each in (story.lead.agency, *story.present)}
        content = plan_body(act, story, today, **instead)
        path = f"{told.path}/{act}" if told.id else told.cases if act == "draft" else f"{told.cases}/{act}"
        answer = self.player.post(path, content, agency, RANKS[row.rank], told.revision if told.id else None)
        if answer.status != (expect or (200 if told.id else 201)):
            raise Unexpected(f"{act}: {answer.status} {json.dumps(answer.data, ensure_ascii=False)}")
        if answer.status < 300:
            # one that has left the plan is told the revision in which it left
            told.id, told.revision = answer.data["id"], max(told.revision, answer.data["revision"])
            _keep(story, act, content, answer.data)
        return answer

    def _enclose(self, told: ToldPlan, act: str, agency: str) -> None:
        """What the act needs in the file, by who acts."""
        if act == "decide-directly":
            told.story.scan = self.player.scan(agency, "paper.pdf", PAPER("市政府决定").encode(), told.cases)
        for name, title, kind in self._papers(told, act):
            about = {"name": title, "kind": kind, "copies": 1, "pages": 2, "original": False, "carrier": "electronic"}
            answer = self.player.upload(told.path, about, PAPER(title).encode(), agency)
            told.story.papers[name], told.revision = answer.data["facts"]["material"], answer.data["revision"]

    def _papers(self, told: ToldPlan, act: str) -> tuple[Enclosure, ...]:
        service, papers = told.story.service, ENCLOSED.get(act, ())
        if act != "report":
            return papers
        return (*(papers if service == "collab" else ()), REPORTS[service])


def _keep(story: PlanStory, act: str, content: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    """What later acts are to know."""
    if act == "dispatch":
        story.dispatches += 1
    elif act == "decline":
        story.away.append(story.actor.agency)
    elif act == "reassign":
        now = {given["task"]: given["agency"] for given in content["tasks"]}
        tasks = [{**task, "agency": now.get(task["number"], task["agency"])} for task in story.content["tasks"]]
        story.content = {**story.content, "tasks": tasks}
    elif act == "amend":
        story.proposed = dict(content["content"])
    elif data["event"].endswith(".amended"):
        before, story.content = story.present, story.proposed
        story.former += [agency for agency in before if agency not in story.present]


def plan_content(row: Mapping[str, Any], day: "Days") -> dict[str, Any]:
    """The content of a plan from a row of the sample's files: days in it are told as so many from today."""
    tasks = [
        {"number": number, "agency": task["agency"], "title": task["title"], "says": task.get("says", task["title"]),
         "from_on": day(task["from"]).isoformat(), "due_on": day(task["due"]).isoformat()}
        for number, task in enumerate(row.get("tasks", ()), 1)
    ]
    plain = ("title", "situation", "necessity", "respondents", "lead_duties", "participants", "funds", "safeguards",
             "contingency")
    limit = {"time_limit": day(row["time_limit"]).isoformat()} if "time_limit" in row else {}
    return {"lead": row["lead"], "tasks": tasks, **limit, **{name: row[name] for name in plain if name in row}}


class Days:
    """A day by how far it is from today: so many working days back, so many days on."""

    def __init__(self, player: Player, today: date) -> None:
        self._calendar, self._today = player.suite.sharing.law.now().calendar, today
        self._first = 1 if self._calendar.day(today).working else 0

    def __call__(self, away: int) -> date:
        if away > 0:
            return date.fromordinal(self._today.toordinal() + away)
        return self._calendar.working_day_back(self._today, self._first - away)
