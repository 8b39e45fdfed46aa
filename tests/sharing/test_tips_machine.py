"""No sequence of acts, agencies and days brings a tip into a forbidden state, gives it to two, loses a deadline, shows
its reporter, or raises anything but Refused."""

from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.sharing.tips.commands import Reporter
from services.sharing.tips.domain.acts import ACTS, CHAPTER
from services.sharing.tips.domain.case import CANDIDATE, CLAIMED, CLAIMER, DONE, FINAL, SHARED, WITHDRAWN, Tip
from services.sharing.tips.domain.visibility import may_look, seen, told
from services.sharing.tips.schemas import SCHEMAS
from shared.acts.convert import plain
from shared.acts.model import THE_SUITE, Context, Rank, Viewer
from shared.acts.succession import ASSIGN, SUCCEED
from shared.deadlines.rules import LIGHTS, light
from tests.situations.city import CODES, REGISTER, lawbook, noon
from tests.situations.runner import RANKS, Run, do
from tests.situations.sharing.tips.book import TIPS

START = date(2025, 9, 1)
OVERSEERS = frozenset({"sfj", "zfb"})
AGENCIES = ("综合执法局", "市场监管局", "交通局", "住建局", "公安局", "司法局", "市政府办公室")
ROUTED = tuple(act for act in ACTS if act.states and act.name not in (SUCCEED, ASSIGN))     # those have situations
LEADING = tuple(act.name for act in ROUTED if act.name not in ("withdraw", "correct"))
SECRET = "孙玉梅"


def optional(act: str) -> list[str]:
    """Titles of what may be left out of an act's content."""
    return [str(field.metadata["title"]) for name, field in SCHEMAS[act]().fields.items()
            if not field.required and name in SCHEMAS[act].makes.__dataclass_fields__]  # type: ignore[union-attr]


class Article28(RuleBasedStateMachine):
    """Plays a tip as its agencies, others and machines would, in and out of order."""

    def __init__(self) -> None:
        super().__init__()
        self.run = Run(TIPS, lawbook())
        self.day = START

    @property
    def tip(self) -> Tip:
        assert isinstance(self.run.case, Tip)
        return self.run.case

    @initialize(cause=st.sampled_from(["非法采砂", "占道经营", "餐饮油烟污染"]), person=st.booleans())
    def shared(self, cause: str, person: bool) -> None:
        who = {"当事人类别": "自然人", "姓名或者名称": "赵刚"} if person else {"当事人类别": "法人或者其他组织", "姓名或者名称": "某公司"}
        assert do(self.run, {"act": "share", "on": self.day, "with": {"案由": cause, "当事人": who}}) == []

    @rule(data=st.data(), days=st.integers(0, 4))
    def an_act_that_leads_on(self, data: st.DataObject, days: int) -> None:
        """The likely rule: a few acts that may be done now, by whom and as they should be."""
        self.day += timedelta(days=days)
        for _ in range(data.draw(st.integers(1, 3))):
            if acts := [act.name for act in ROUTED if act.name in LEADING and self.tip.state in act.states]:
                self.perform(data.draw(st.sampled_from(acts)), {}, data)

    @rule(data=st.data(), act=st.sampled_from([act.name for act in ROUTED if act.name != "correct"]),
          by=st.sampled_from(sorted(CODES)), rank=st.sampled_from(sorted(RANKS)), machine=st.booleans(),
          days=st.integers(0, 8))
    def an_act_of_anyone_at_any_time(self, data: st.DataObject, act: str, by: str, rank: str, machine: bool,
                                     days: int) -> None:
        self.perform(act, {"by": by, "rank": rank, "machine": machine, "on": self.day + timedelta(days=days)}, data)

    @rule(
        data=st.data(),
        act=st.sampled_from([act.name for act in ROUTED if act.name in SCHEMAS and act.name != "correct"]),
    )
    def an_act_that_lacks_something(self, data: st.DataObject, act: str) -> None:
        without = data.draw(st.lists(st.sampled_from(optional(act)), max_size=2, unique=True))
        self.perform(act, {"without": without}, data)

    @rule(data=st.data(), days=st.integers(-6, 6))
    def a_date_put_right(self, data: st.DataObject, days: int) -> None:
        said = data.draw(st.sampled_from(self.run.said))
        right = said.on + timedelta(days=days)
        self.perform("correct", {"of": said.act, "old": said.on.isoformat(), "new": right.isoformat(),
                                 "by": REGISTER.agencies[said.agency].name if said.agency else "住建局",
                                 "rank": "正职"}, data)

    def perform(self, act: str, step: dict[str, Any], data: st.DataObject) -> None:
        before, row = self.tip, {each.name: each for each in ROUTED}[act]
        said: dict[str, Any] = {}
        if act == "pass-on" and data.draw(st.booleans()):
            said = {"拟转送机关": data.draw(st.sampled_from(AGENCIES))}
        if act == "assign":
            said = {"指派机关": data.draw(st.sampled_from(AGENCIES))}
        if act == "note-transfer":
            step = {"looked_up": {"by": data.draw(st.sampled_from(sorted(CODES.values()))),
                                  "case": data.draw(st.sampled_from(["t-1", "t-2"])),
                                  "state": data.draw(st.sampled_from(["announced", "closed", "withdrawn"]))}, **step}
        codes = do(self.run, {"act": act, "on": self.day, "with": said, **step})
        if codes:
            assert self.run.case is before, "a refusal changes nothing"
            return
        self.day = max(self.day, self.run.now)
        assert before.state in row.states, "only from its states"
        assert self.tip.state in ((not row.adds_only and row.to) or (before.state,)), "only to its states"
        self.hears(before)

    def hears(self, before: Tip) -> None:
        """Nobody without a part hears of the last act."""
        assert self.run.last is not None
        context = Context(noon(self.day), self.day, noon(self.day), self.run.rulebook, REGISTER, THE_SUITE)
        parts = {party.agency for tip in (before, self.tip) for party in tip.parties}
        assert told(before, self.tip, self.run.last.event, context) <= parts | OVERSEERS

    @invariant()
    def it_is_in_a_state_of_the_chapter_and_with_one_agency_at_most(self) -> None:
        now = [party for party in self.tip.parties if party.until is None]
        claimers = [party.agency for party in now if party.part == CLAIMER]
        assert self.tip.state in CHAPTER.states
        assert claimers == ([self.tip.claimer] if self.tip.claimer else [])
        assert bool(claimers) == (self.tip.state in (CLAIMED, DONE))
        nobody = self.tip.state in (SHARED, WITHDRAWN) and not self.tip.candidates
        assert not nobody or self.tip.passed_on_by, "somebody may claim it, but where all have passed it on"
        assert not claimers or not self.tip.candidates
        assert self.tip.sharer not in (*claimers, *self.tip.candidates)
        assert len({party.agency for party in now if party.part == CANDIDATE}) == len(self.tip.candidates)

    @invariant()
    def no_deadline_is_lost(self) -> None:
        live = [each for each in self.run.deadlines.values() if each.live]
        clocks = {SHARED: "sharing.tip_claim", CLAIMED: "sharing.tip_result"}
        assert [each.clock for each in live] == ([] if self.tip.state in FINAL else [clocks[self.tip.state]])
        bound = {SHARED: "sfj", CLAIMED: self.tip.claimer}
        assert all(each.bound == bound[self.tip.state] for each in live)
        assert all(light(each, noon(self.day)) in LIGHTS for each in self.run.deadlines.values())

    @invariant()
    def each_agencys_time_with_it_lies_in_order(self) -> None:
        days = [day for claim in self.tip.claims for day in (claim.on, claim.passed_on_on) if day]
        assert days == sorted(days)
        assert all(claim.passed_on for claim in self.tip.claims[:-1])
        for claim in self.tip.claims:
            objections = [each for each in self.tip.claims if each.agency == claim.agency and each.objected]
            assert len(objections) <= 1, "it objects once"

    @invariant()
    def nobody_sees_the_reporter_with_it_nor_more_than_its_part(self) -> None:
        parts = {party.agency for party in self.tip.parties}
        assert self.tip.said.reporter.name.value == SECRET, "it is there to be seen"
        for agency in CODES.values():
            view = seen(self.tip, Viewer(agency, Rank.CHIEF), REGISTER)
            assert (view is not None) == (agency in parts | OVERSEERS)
            assert view is None or view.said.reporter in (Reporter(confidential=True), Reporter())
            assert view is None or SECRET not in str(plain(view))
            assert may_look(self.tip, agency) == (agency in (self.tip.sharer, self.tip.claimer))
            now = {party.agency for party in self.tip.parties if party.until is None}
            if view is not None and agency not in now | OVERSEERS:
                others = {claim.agency for claim in view.claims} - {agency}
                assert len(others) <= 1 and view.result is None and view.state in (SHARED, CLAIMED)


Article28.TestCase.settings = settings(max_examples=25, stateful_step_count=20)
TestArticle28 = Article28.TestCase
