"""Plays a plan as its parties, others and machines would, in and out of order; what must hold whatever they do."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from shared.acts.model import Rank, Viewer
from shared.deadlines.model import Deadline
from shared.deadlines.rules import LIGHTS, light
from shared.plans.plan import LEAD, PARTICIPANT, RELATED, Plan
from shared.plans.states import DROPPED, FINAL, PRIVATE, REJECTED, RUNNING, SUSPENDED, WITHDRAWN
from shared.plans.tasks import to_do
from tests.situations.book import Book, Step
from tests.situations.city import CODES, lawbook
from tests.situations.plans import SCANNED, written
from tests.situations.runner import RANKS, Run, do, noon
from tests.situations.succeeding import without

START = date(2025, 9, 1)
OFFICES = {"sfj", "zfb"}
HEIRS = ("住建局", "综合执法局", "市场监管局", "交通局", "公安局")        # whom justice may name
IN_PLAN = (LEAD, PARTICIPANT, RELATED)
OPTIONS = st.sampled_from
BY_PAPER = ("approve", "return-plan", "reject")
# what leads nowhere, or out of the plan: done now and then, not at every turn
ASIDE = frozenset({"add-material", "add-related", "record-interim-measure", "note-hand-on", "withdraw", "correct"})
TURNS = (("amend", "review-amendment", "present-amendment", "decide-amendment"), ("decline", "reassign"),
         ("dispatch", "confirm-dispatch"), ("suspend", "resume"), ("consult", "answer-consultation"),
         ("propose-end", "end", "report"))
HOW = ("longer", "another lead", "one less", "one more", "another day")         # amendments


def amended(plan: Plan, how: str) -> dict[str, Any]:
    """The plan as an amendment would have it. What is finished stays as it is."""
    body = written(plan.content)
    limit = plan.content.time_limit or START
    done, agencies = plan.done_tasks, list(plan.content.agencies)

    def given(agency: str, to: str) -> None:
        for task in body["tasks"]:
            if task["agency"] == agency and task["number"] not in done:
                task["agency"] = to

    if how == "another lead" and agencies:
        given(plan.lead, agencies[0])
        body["lead"] = agencies[0]
        body["participants"][0]["agency"] = plan.lead
    elif how == "one less" and len(agencies) > 1:
        given(agencies[-1], plan.lead)
        body["participants"].pop()
    elif how == "one more" and body["tasks"] and "gongan" not in (plan.lead, *agencies):
        body["participants"].append({"agency": "gongan", "duties": "维持秩序"})
        number = max(task["number"] for task in body["tasks"]) + 1
        body["tasks"].append({**body["tasks"][-1], "number": number, "agency": "gongan"})
    elif how == "another day" and (open_ := [task for task in body["tasks"] if task["number"] not in done]):
        open_[0]["due_on"] = limit.isoformat()
    else:
        body["time_limit"] = (limit + timedelta(days=10)).isoformat()
    return body


class PlanMachine(RuleBasedStateMachine):
    """A chapter's plan. A chapter says its book and with which paths it begins."""

    book: ClassVar[Book]
    starts: ClassVar[Mapping[str, tuple[str | Step, ...]]]
    how: ClassVar[str] = HOW[0]         # the next amendment

    @staticmethod
    def played(book: Book) -> Book:
        """The book with amendments of every kind."""
        def amend(plan: Plan, day: date) -> dict[str, Any]:
            handed = [{"title": "案卷", "kind": "case_file", "copies": 1}] if PlanMachine.how == "another lead" else []
            return {**book.builders["amend"](plan, day), "content": amended(plan, PlanMachine.how), "handover": handed}

        return replace(book, builders={**book.builders, "amend": amend})

    def __init__(self) -> None:
        super().__init__()
        self.run = Run(self.book, lawbook())
        self.day = START
        PlanMachine.how = HOW[0]

    @property
    def plan(self) -> Any:
        assert self.run.case is not None
        return self.run.case

    @property
    def live(self) -> list[Deadline]:
        return [each for each in self.run.deadlines.values() if each.live]

    @initialize(data=st.data())
    def begun(self, data: st.DataObject) -> None:
        for step in self.starts[data.draw(OPTIONS(sorted(self.starts)))]:
            whole = {"act": step} if isinstance(step, str) else dict(step)
            assert do(self.run, {**whole, "on": self.day}) == [], whole

    @rule(data=st.data(), days=st.integers(0, 15))
    def an_act_that_leads_on(self, data: st.DataObject, days: int) -> None:
        """The likely rule: a few acts that may be done now, by whom and as they should be."""
        self.day += timedelta(days=days)
        for _ in range(data.draw(st.integers(1, 4))):
            if acts := [act.name for act in self.book.chapter.acts
                        if self.plan.state in act.states and act.name not in ASIDE]:
                self.perform(data.draw(OPTIONS(acts)), {}, data)

    @rule(data=st.data())
    def something_is_added(self, data: st.DataObject) -> None:
        if acts := [name for name in sorted(ASIDE - {"correct"}) if self.plan.state in self.book.acts[name].states]:
            self.perform(data.draw(OPTIONS(acts)), {}, data)

    @rule(data=st.data(), days=st.integers(0, 10))
    def the_time_limit_runs_out(self, data: st.DataObject, days: int) -> None:
        """Nobody ends the action: the suite presumes it."""
        if self.plan.state in (RUNNING, SUSPENDED) and self.plan.content.time_limit:
            self.day = max(self.day, self.plan.content.time_limit + timedelta(days=days))
            self.perform("presume-end", {}, data)

    @rule(data=st.data(), turn=OPTIONS(TURNS), how=OPTIONS(HOW), days=st.integers(0, 3))
    def a_turn_is_taken_to_its_end(self, data: st.DataObject, turn: tuple[str, ...], how: str, days: int) -> None:
        """Acts that lead to something only one after the other."""
        if turn[0] in self.book.acts and self.plan.state in self.book.acts[turn[0]].states:
            for act in turn:
                self.day += timedelta(days=days)
                self.perform(act, {"with": {}}, data, how)

    @rule(data=st.data(), by=OPTIONS(sorted(CODES)), rank=OPTIONS(sorted(RANKS)), machine=st.booleans(),
          days=st.integers(-20, 20))
    def an_act_of_anyone_at_any_time(self, data: st.DataObject, by: str, rank: str, machine: bool, days: int) -> None:
        act = data.draw(OPTIONS([act.name for act in self.book.chapter.acts if act.states and act.name != "correct"]))
        if self.book.by_the_suite(self.book.acts[act]):
            self.perform(act, {"on": self.day + timedelta(days=abs(days))}, data)          # it enters nothing late
        else:
            step = {"by": by, "rank": rank, "machine": machine}
            self.perform(act, {**step, "on": self.day + timedelta(days=days)}, data)

    @rule(data=st.data())
    def an_act_that_lacks_something(self, data: st.DataObject) -> None:
        act = data.draw(OPTIONS(sorted(name for name in self.book.schemas if self.book.acts[name].states)))
        sent, fields = self.book.builders[act](self.plan, self.day), self.book.schemas[act]().fields
        optional = [str(field.metadata["title"]) for name, field in fields.items()
                    if name in sent and not field.required]
        if optional:
            self.perform(act, {"without": data.draw(st.lists(OPTIONS(optional), max_size=3, unique=True))}, data)

    def perform(self, act: str, step: Step, data: st.DataObject, how: str = HOW[0]) -> None:
        if act in BY_PAPER:
            do(self.run, {**SCANNED, "on": self.day})
        if act == "succeed":
            step = {**step, "looked_up": self.succession(data)}
        PlanMachine.how, known = how, self.run.register
        before, row = self.plan, self.book.acts[act]
        step = {"act": act, "on": self.day, "with": self.otherwise(act, data), **step}
        if act == "succeed" and known.agencies[former := step["looked_up"]["former"]].until is None:
            self.run.register = without(known, former, step["looked_up"].get("heir", ""), step["on"])
        codes = do(self.run, step)
        if codes:
            self.run.register = known
            assert self.plan is before, "a refusal changes nothing"
            return
        self.day = max(self.day, self.run.now)
        assert before.state in row.states, "only from its states"
        assert self.plan.state in ((not row.adds_only and row.to) or (before.state,)), "only to its states"

    def succession(self, data: st.DataObject) -> dict[str, str]:
        """An agency of the plan is dissolved: for one that is in it, or for a stranger."""
        there = {each.code for each in self.run.register.agencies.values() if each.until is None}
        present = sorted(set(self.plan.parts_of(*IN_PLAN)) & there - OFFICES)
        former = data.draw(OPTIONS(present)) if present else "yls"
        heirs = sorted(there - {former} - OFFICES - {each.agency for each in self.plan.left})
        heir = data.draw(OPTIONS(["", *heirs]))
        return {"former": former, "heir": heir} if heir else {"former": former}

    @property
    def in_custody(self) -> bool:
        return bool(self.plan.parts_of("custodian"))

    def otherwise(self, act: str, data: st.DataObject) -> dict[str, Any]:
        """What is said otherwise than as the book has it, to take other turns."""
        if act in ("review", "review-amendment"):
            return {"通过": data.draw(st.booleans())}
        if act == "decide-amendment" and data.draw(st.booleans()):
            return {"批准": False, "不予批准的理由": "工程量未核实"}
        if act == "confirm-dispatch" and data.draw(st.booleans()):
            return {"能够到场": False, "不能到场的理由": "人员在外"}
        if act == "assign-successor":
            return {"承继机关": data.draw(OPTIONS(HEIRS))}
        if act == "record-finding":
            return {"职责归属": data.draw(OPTIONS(["属于其他部门", "尚不明确"]))}
        return {}

    @invariant()
    def every_part_and_every_open_deadline_is_with_an_agency_that_exists(self) -> None:
        """What nobody succeeded to is with justice, until it names who goes on."""
        holders = {party.agency for party in self.plan.parties if party.until is None}
        holders |= {each.bound for each in self.run.deadlines.values() if each.live}
        assert [each for each in sorted(holders) if self.run.register.agencies[each].until is not None] == []

    @invariant()
    def the_plan_is_in_a_state_of_the_chapter(self) -> None:
        assert self.plan.state in self.book.chapter.states

    @invariant()
    def no_deadline_is_lost_and_none_outlives_the_plan(self) -> None:
        plan, running = self.plan, {each.clock.partition(".")[2] for each in self.live}
        if plan.state not in FINAL:
            assert running, f"nothing runs in {plan.state}"
        elif plan.state in (REJECTED, WITHDRAWN, DROPPED):
            assert running == (set() if plan.continuation else {"continuation"})
        else:
            assert running <= {"hand_on", "task"}, "what outlives the plan: what an agency owes of itself"
        assert all(light(each, noon(self.day)) in LIGHTS for each in self.run.deadlines.values())

    @invariant()
    def deadlines_bind_those_who_are_in_the_plan(self) -> None:
        """But for a finding: who found it hands it on, though it has left."""
        now = set(self.plan.parts_of(*IN_PLAN)) | OFFICES
        assert {each.bound for each in self.live if not each.clock.endswith(".hand_on")} <= now

    @invariant()
    def the_clocks_of_the_tasks_are_those_that_are_to_be_done(self) -> None:
        if self.plan.state in (RUNNING, SUSPENDED) and not self.in_custody:
            running = {(each.item, each.bound, each.until_on) for each in self.live if each.clock.endswith(".task")}
            assert running == {(str(each.number), each.agency, each.due_on) for each in to_do(self.plan)}

    @invariant()
    def one_agency_leads_and_the_others_take_part(self) -> None:
        plan: Plan = self.plan
        assert plan.parts_of(LEAD) == (plan.lead,) or (self.in_custody and plan.parts_of(LEAD) == ())
        participants = plan.parts_of(PARTICIPANT)
        assert len(participants) == len(set(participants)) and plan.lead not in participants
        assert set(participants) <= set(plan.content.agencies)

    @invariant()
    def versions_follow_one_another(self) -> None:
        versions = self.plan.versions
        assert [each.number for each in versions] == list(range(1, len(versions) + 1))
        assert self.plan.approved == (self.plan.state in ("approved", "running", "suspended", "ended", "reported"))
        assert all(one.effective_until == other.effective_on for one, other in pairwise(versions))

    @invariant()
    def at_most_one_amendment_is_open_and_none_of_a_plan_that_is_over(self) -> None:
        open_ = [each for each in self.plan.amendments if not each.outcome]
        assert len(open_) <= (self.plan.state in ("approved", "running", "suspended"))

    @invariant()
    def who_left_reads_nothing_that_others_did(self) -> None:
        plan = self.plan
        for gone in {each.agency for each in plan.left} - set(plan.parts_of(*IN_PLAN)) - OFFICES:
            view = self.book.chapter.seen(plan, Viewer(gone, Rank.CHIEF), self.run.register)
            assert view is not None
            done = (*view.decisions, *view.task_reports, *view.findings, *view.measures)
            assert {each.agency for each in done} <= {gone}
            assert {each.added_by for each in view.materials} <= {gone}

    @invariant()
    def nobody_but_its_parties_knows_of_a_draft(self) -> None:
        plan = self.plan
        if plan.state in PRIVATE:
            for office in OFFICES - set(plan.parts_of(*IN_PLAN, "custodian")):
                assert self.book.chapter.seen(plan, Viewer(office, Rank.CHIEF), self.run.register) is None
