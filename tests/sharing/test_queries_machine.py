"""No sequence of acts, parties and days brings a query where it may not be, loses a deadline or raises anything but
Refused."""

from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.sharing.queries.domain.acts import ACTS, CHAPTER, seen
from services.sharing.queries.domain.case import (
    ADMITTED,
    ASKER,
    ASSISTING,
    COMPLAINED,
    DECIDER,
    DIRECTED,
    FINAL,
    HOLDER,
    Query,
)
from services.sharing.queries.domain.laws import is_law, listed, on_secrecy, only_secrecy
from services.sharing.queries.schemas import QUERIES as SCHEMAS
from shared.acts.model import Rank, Viewer
from shared.acts.succession import ASSIGN
from shared.deadlines.rules import LIGHTS, light
from tests.situations.city import CODES, REGISTER, lawbook, noon
from tests.situations.runner import RANKS, Run, do
from tests.situations.sharing.queries.book import QUERIES
from tests.situations.sharing.queries.builders import PATHS

ROUTED = {act.name: act for act in ACTS if act.states and act.name in SCHEMAS and act.name != ASSIGN}
LEADING = tuple(act for act in ROUTED.values() if not act.adds_only and act.name not in ("withdraw", "correct"))
HOLDERS = ("综合执法局", "市场监管局", "交通局", "司法局", "住建局", "市政府办公室")
LAWS = ("", "保密", "保守国家秘密法", "本局保密规定", "行政处罚法", "中华人民共和国税收征收管理法", "处罚法", "中华人民共和国秘密法", "工作秘密管理条例")
REASONS = ("超出履行职责所必需", "秘密", "涉及国家秘密，不便提供", "依法应当保密", "该公司的商业秘密，依法保密")
START = date(2025, 9, 1)


def optional(act: str) -> list[str]:
    """Titles of what may be left out of an act's content."""
    return [str(field.metadata["title"]) for name, field in SCHEMAS[act]().fields.items()
            if not field.required and name not in ("happened_on", "happened_at", "back_entry", "in_name_of",
                                                   "external_ref", "origin", "signed_by")]


class AnyQuery(RuleBasedStateMachine):
    """Plays a query as its parties, others and machines would, in and out of order."""

    def __init__(self) -> None:
        super().__init__()
        self.run = Run(QUERIES, lawbook())
        self.day = START
        self.directed = 0

    @property
    def case(self) -> Query:
        assert self.run.case is not None
        return self.run.case

    @initialize(holder=st.sampled_from(HOLDERS[:4]), after=st.sampled_from(sorted(PATHS)))
    def begun(self, holder: str, after: str) -> None:
        for number, each in enumerate(PATHS[after]):
            step = {"act": each} if isinstance(each, str) else dict(each)
            chooses = number == 0 and step["act"] not in ("ask-offline", "receive-passed")
            if number == 0 and holder == "市场监管局" and "pass-on" in PATHS[after]:
                chooses = False
            assert do(self.run, {**step, "on": self.day, "with": {"持有机关": holder} if chooses else {}}) == []

    @rule(data=st.data(), days=st.integers(0, 12))
    def an_act_that_leads_on(self, data: st.DataObject, days: int) -> None:
        """The likely rule: a few acts that may be done now, by whom and as they should be."""
        self.day += timedelta(days=days)
        for _ in range(data.draw(st.integers(1, 3))):
            if acts := [act.name for act in LEADING if self.case.state in act.states]:
                self.perform(data.draw(st.sampled_from(acts)), {}, data)

    @rule(data=st.data(), act=st.sampled_from(sorted(ROUTED)), by=st.sampled_from(sorted(CODES)),
          rank=st.sampled_from(sorted(RANKS)), machine=st.booleans(), days=st.integers(-10, 10))
    def an_act_of_anyone_at_any_time(self, data: st.DataObject, act: str, by: str, rank: str, machine: bool,
                                     days: int) -> None:
        self.perform(act, {"by": by, "rank": rank, "machine": machine, "on": self.day + timedelta(days=days)}, data)

    @rule(data=st.data(), act=st.sampled_from(sorted(ROUTED)))
    def an_act_that_lacks_something(self, data: st.DataObject, act: str) -> None:
        lacking = st.lists(st.sampled_from(optional(act)), max_size=3, unique=True)
        self.perform(act, {"without": data.draw(lacking)}, data)

    @rule(
        part=st.sampled_from((ASKER, HOLDER)), heir=st.sampled_from(("jtj", "gongan", "scjg")), days=st.integers(0, 5)
    )
    def an_agency_is_dissolved(self, part: str, heir: str, days: int) -> None:
        """Its successor is none that is in the query already."""
        if heir in {party.agency for party in self.case.parties}:
            return
        self.day += timedelta(days=days)
        former = self.case.asker if part == ASKER else self.case.holder
        state = self.case.state
        step = {"act": "succeed", "on": self.day, "looked_up": {"former": former, "heir": heir}}
        assert do(self.run, step) == ([] if former else ["NOTHING_LEFT"])
        assert self.case.state == state
        assert not former or heir == (self.case.asker if part == ASKER else self.case.holder)

    def perform(self, act: str, step: dict[str, Any], data: st.DataObject) -> None:
        before, moved = self.case, ROUTED[act]
        if act == "complain":
            step = {"looked_up": {"late": data.draw(st.booleans())}, **step}
        with_ = {"转往的持有机关": data.draw(st.sampled_from(HOLDERS))} if act == "pass-on" else {}
        if act in ("refuse", "answer-partly"):
            with_ = {"法定事由.法律名称": data.draw(st.sampled_from(LAWS)), "法定事由.理由": data.draw(st.sampled_from(REASONS))}
        step = {
            "with": {
                name: value for name, value in with_.items() if name.partition(".")[0] not in step.get("without", ())
            },
            **step,
        }
        codes = do(self.run, {"act": act, "on": self.day, **step})
        if codes:
            assert self.run.case is before, "a refusal changes nothing"
            return
        self.day = max(self.day, self.run.now)
        self.directed += act == "direct-answer"
        assert before.state in moved.states, "only from its states"
        assert self.case.state in ((not moved.adds_only and moved.to) or (before.state,)), "only to its states"

    @invariant()
    def it_is_in_a_state_of_the_chapter(self) -> None:
        assert self.case.state in CHAPTER.states

    @invariant()
    def no_deadline_is_lost(self) -> None:
        live = [deadline for deadline in self.run.deadlines.values() if deadline.live]
        assert bool(live) == (self.case.state not in FINAL), self.case.state
        assert {deadline.bound for deadline in live} <= {party.agency for party in self.case.parties}
        assert all(light(deadline, noon(self.day)) in LIGHTS for deadline in self.run.deadlines.values())

    @invariant()
    def the_clock_of_the_state_runs(self) -> None:
        wanted = {ADMITTED: "sharing.query", ASSISTING: "sharing.assistance", COMPLAINED: "sharing.complaint",
                  DIRECTED: "sharing.directed_answer"}.get(self.case.state)
        live = {deadline.clock for deadline in self.run.deadlines.values() if deadline.live}
        assert wanted is None or wanted in live

    @invariant()
    def one_agency_asks_and_another_holds(self) -> None:
        now = [party for party in self.case.parties if party.until is None]
        assert [party.part for party in now].count(ASKER) == [party.part for party in now].count(HOLDER) == 1
        assert self.case.asker != self.case.holder

    @invariant()
    def nothing_is_withheld_but_on_a_law_and_never_for_secrecy_alone(self) -> None:
        held = [(each.said.withheld, False) for each in self.case.denials]
        held += [
            (each.said.withheld, each.said.offline.whole) for each in self.case.answers if each.said.kind == "partial"
        ]
        for withheld, offline in held:
            assert withheld.law_article and withheld.reason and is_law(withheld.law, lawbook())
            assert offline or not on_secrecy(withheld.law)
            assert offline or not only_secrecy(withheld.reason), "nor in other words"
            assert withheld.law_text or listed(withheld, lawbook()), "an unknown law is quoted"

    @invariant()
    def who_decides_is_neither_asker_nor_holder(self) -> None:
        deciders = [party.agency for party in self.case.parties if party.part == DECIDER]
        assert len(deciders) == bool(self.case.complaints)
        assert not {self.case.asker, self.case.holder} & set(deciders)

    @invariant()
    def what_was_directed_was_complained_of_and_is_refused_no_more(self) -> None:
        assert sum(each.directed is not None for each in self.case.complaints) >= self.directed
        assert sum(each.open for each in self.case.complaints) <= 1
        if self.case.state in FINAL:
            assert self.case.complaint is None

    @invariant()
    def the_asker_is_shown_what_was_given_and_its_own(self) -> None:
        shown = seen(self.case, Viewer(self.case.asker, Rank.CHIEF), REGISTER)
        assert shown is not None
        if not REGISTER.standing(self.case.asker):
            askers = self.case.ever(ASKER)
            numbers = {each.number for each in shown.materials if each.added_by not in askers}
            assert numbers == self.case.given


AnyQuery.TestCase.settings = settings(max_examples=20, stateful_step_count=20)
TestAnyQuery = AnyQuery.TestCase
