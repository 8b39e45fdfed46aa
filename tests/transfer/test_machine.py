"""No sequence of acts, parties and days reaches a forbidden state, loses a deadline or raises anything but Refused."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.transfer.case import Transfer
from services.transfer.domain import ACTS, CHAPTER, seen
from services.transfer.schemas import SCHEMAS
from services.transfer.states import CRIMINAL, CRIMINAL_CLOSED, DISPUTED, FINAL, REPORTED
from shared.acts.model import Rank, Viewer
from shared.deadlines.rules import LIGHTS, Deadline, fire, light
from tests.situations.city import CODES, lawbook
from tests.situations.runner import RANKS, Run, do, noon
from tests.situations.succeeding import without
from tests.situations.transfer.book import TRANSFER
from tests.situations.transfer.builders import PATHS

ROUTED = tuple(act for act in ACTS if act.states)
LEADING = tuple(act for act in ROUTED if not act.adds_only and act.name != "withdraw")
STARTS = (
    "phone",
    "respond",
    "end",
    "keep",
    "presume-reception",
    "cannot-supplement",
    "consent-withdrawal",
    "reopen",
    "dispute",
    "state-view",
    "rule",
    "unaccept",
    "refer-criminal",
    "return-criminal",
    "close-criminal",
    "hand-over-criminal",
    "add-material",
    "deliver",
    "sign-receipt",
    "request-supplement",
    "refuse",
    "reroute",
    "accept",
    "file-case",
    "close",
    "report-closure",
)
OUTCOMES = ("由接收机关办理", "由第三机关办理", "由移送机关自行处理")
RECEIVERS = ("综合执法局", "市场监管局", "交通局", "住建局", "市政府办公室")
START = date(2025, 9, 1)


def optional(act: str) -> list[str]:
    """Titles of what may be left out of an act's content."""
    return [str(field.metadata["title"]) for name, field in SCHEMAS[act]().fields.items()
            if not field.required and name in SCHEMAS[act].makes.__dataclass_fields__]  # type: ignore[union-attr]


class Chapter4(RuleBasedStateMachine):
    """Plays a case as its parties, others and machines would, in and out of order."""

    def __init__(self) -> None:
        super().__init__()
        self.run = Run(TRANSFER, lawbook())
        self.day = START
        self.refusers: set[str] = set()
        self.clocks: dict[str, Deadline] = {}      # as they were before the last act

    @property
    def case(self) -> Transfer:
        assert self.run.case is not None
        return self.run.case

    @initialize(separated=st.booleans(), receiver=st.sampled_from(RECEIVERS[:3]), after=st.sampled_from(STARTS))
    def begun(self, separated: bool, receiver: str, after: str) -> None:
        said = {"监管权和处罚权分离": separated, "接收案件机关": receiver}
        for act in PATHS[after]:
            there = {"接收案件机关": "交通局" if receiver != "交通局" else "市场监管局"}
            with_ = said if act == "announce" else there if act == "reroute" else {}
            if act == "phone":
                with_ = {"被告知机关": receiver}
            assert do(self.run, {"act": act, "on": self.day, "with": with_}) == []
        self.refusers = set(self.case.refused_as_not_competent)

    @rule(data=st.data(), days=st.integers(0, 15))
    def an_act_that_leads_on(self, data: st.DataObject, days: int) -> None:
        """The likely rule: a few acts that may be done now, by whom and as they should be."""
        self.day += timedelta(days=days)
        for _ in range(data.draw(st.integers(1, 4))):
            if acts := [act.name for act in LEADING if self.case.state in act.states]:
                self.perform(data.draw(st.sampled_from(acts)), {}, data)

    @rule(data=st.data(), act=st.sampled_from([act.name for act in ROUTED]), by=st.sampled_from(sorted(CODES)),
          rank=st.sampled_from(sorted(RANKS)), machine=st.booleans(), days=st.integers(-20, 20))
    def an_act_of_anyone_at_any_time(self, data: st.DataObject, act: str, by: str, rank: str, machine: bool,
                                     days: int) -> None:
        self.perform(act, {"by": by, "rank": rank, "machine": machine, "on": self.day + timedelta(days=days)}, data)

    @rule(data=st.data(), act=st.sampled_from([act for act in SCHEMAS if optional(act)]))
    def an_act_that_lacks_something(self, data: st.DataObject, act: str) -> None:
        self.perform(
            act, {"without": data.draw(st.lists(st.sampled_from(optional(act)), max_size=3, unique=True))}, data
        )

    def perform(self, act: str, step: dict[str, Any], data: st.DataObject) -> None:
        before, moved = self.case, {act.name: act for act in ROUTED}[act]
        with_ = {"接收案件机关": data.draw(st.sampled_from(RECEIVERS))} if act in ("reroute", "announce") else {}
        if act == "succeed":
            step = {**step, "looked_up": self.succession(data)}
        if act == "rule":
            with_ = {"明确结果": data.draw(st.sampled_from(OUTCOMES)), "第三机关": data.draw(st.sampled_from(RECEIVERS))}
        clocks = self.fired_by(step.get("on", self.day))
        if act == "assign-successor":
            with_ = {"承继机关": data.draw(st.sampled_from(RECEIVERS))}
        known, step = self.run.register, {"act": act, "on": self.day, "with": with_, **step}
        if act == "succeed" and known.agencies[former := step["looked_up"]["former"]].until is None:
            self.run.register = without(known, former, step["looked_up"].get("heir", ""), step["on"])
        codes = do(self.run, step)
        if codes:
            self.run.register = known
            assert self.run.case is before, "a refusal changes nothing"
            return
        self.day, self.clocks = max(self.day, self.run.now), clocks
        assert before.state in moved.states, "only from its states"
        assert self.case.state in ((not moved.adds_only and moved.to) or (before.state,)), "only to its states"
        if (
            act == "refuse"
            and before.leg.receiver
            and self.case.leg.refusal
            and self.case.leg.refusal.ground == "not_competent"
        ):
            self.refusers.add(before.receiver)

    def succession(self, data: st.DataObject) -> dict[str, str]:
        """A side is dissolved: for an agency that had no part in the case so far."""
        there = self.run.register.agencies.values()
        strangers = sorted({each.code for each in there if each.until is None}
                           - {party.agency for party in self.case.parties} - {"gongan"})
        former = data.draw(st.sampled_from((self.case.sender, self.case.receiver)))
        heir = data.draw(st.sampled_from(["", *strangers]))
        return {"former": former, "heir": heir} if heir else {"former": former}

    def fired_by(self, day: date) -> dict[str, Deadline]:
        """The clocks as time alone leaves them by the day."""
        found = {}
        for id, each in self.run.deadlines.items():
            while change := fire(each, noon(day)):
                each = change.deadline
            found[id] = each
        return found

    @property
    def in_custody(self) -> bool:
        return any(party.part == "custodian" and party.until is None for party in self.case.parties)

    @invariant()
    def every_part_has_a_holder_that_exists_and_a_succession_moves_no_deadline(self) -> None:
        """Who took a part over began the day after the former's last, and binds by the same days."""
        for party in self.case.parties:
            if party.after and party.part != "custodian":
                assert any(each.agency == party.after and each.until is not None for each in self.case.parties)
        for change in self.run.changes:
            if "was_bound" in change.data:
                assert replace(change.deadline, bound=change.data["was_bound"]) == self.clocks[change.deadline.id]

    @invariant()
    def every_part_and_every_open_deadline_is_with_an_agency_that_exists(self) -> None:
        """What nobody succeeded to is with justice, until it names who goes on."""
        holders = {party.agency for party in self.case.parties if party.until is None}
        holders |= {each.bound for each in self.run.deadlines.values() if each.live}
        assert [each for each in sorted(holders) if self.run.register.agencies[each].until is not None] == []

    @invariant()
    def the_case_is_in_a_state_of_the_chapter(self) -> None:
        assert self.case.state in CHAPTER.states

    @invariant()
    def no_deadline_is_lost(self) -> None:
        live = [deadline for deadline in self.run.deadlines.values() if deadline.live]
        if self.case.state not in FINAL:
            assert live, f"nothing runs in {self.case.state}"
        waits = self.case.state == REPORTED and len(self.case.returns) == len(self.case.reports)
        if self.case.state == CRIMINAL_CLOSED:
            waits = self.case.referrals[-1].handed_over is None
        assert self.case.state not in FINAL or bool(live) == waits
        now = {party.agency for party in self.case.parties if party.until is None}
        assert {deadline.bound for deadline in live} <= now
        assert all(light(deadline, noon(self.day)) in LIGHTS for deadline in self.run.deadlines.values())

    @invariant()
    def the_case_is_with_one_receiver_that_did_not_refuse_it_for_competence(self) -> None:
        now = [party.agency for party in self.case.parties if party.part == "receiver" and party.until is None]
        if self.in_custody:
            assert now in ([], [self.case.receiver])
            return
        assert now == [self.case.receiver]
        if any(party.after for party in self.case.parties):      # a successor may be the other side, or one before
            return
        assert self.case.receiver != self.case.sender
        before = {leg.receiver for leg in self.case.legs[:-1]} & self.refusers
        assert self.case.receiver not in before or self.case.receiver == self.named_once

    @invariant()
    def a_dispute_is_open_where_there_is_a_ruler_and_a_holder(self) -> None:
        parts = {party.part for party in self.case.parties if party.until is None}
        disputed = self.case.contest is not None
        wanted = {"ruler", "interim_holder"} if disputed else set()
        assert self.in_custody or {"ruler", "interim_holder"} & parts == wanted
        from_dispute = self.case.state == CRIMINAL and self.case.referrals[-1].from_state == DISPUTED
        assert disputed == (self.case.state == DISPUTED or from_dispute or self.ended_in_dispute)

    @invariant()
    def the_police_are_a_party_while_they_have_the_case(self) -> None:
        parts = {party.part for party in self.case.parties if party.until is None}
        if self.in_custody:
            return
        assert ("police" in parts) == ("referrer" in parts) == (self.case.state in (CRIMINAL, CRIMINAL_CLOSED))

    @property
    def named_once(self) -> str:
        """The receiver, where a ruling ever named it."""
        own = self.case.receiver
        return own if own in {contest.names for contest in self.case.contests} else ""

    @property
    def ended_in_dispute(self) -> bool:
        return self.case.state == CRIMINAL_CLOSED and self.case.referrals[-1].from_state == DISPUTED

    @invariant()
    def a_former_receiver_reads_no_other_name(self) -> None:
        now = {party.agency for party in self.case.parties if party.until is None}
        for former in {leg.receiver for leg in self.case.legs} - now:
            shown = seen(self.case, Viewer(former, Rank.CHIEF), self.run.register)
            assert shown is not None and {leg.receiver for leg in shown.legs} == {former}

    @invariant()
    def what_was_handed_over_is_of_the_case(self) -> None:
        assert all(self.case.has(tuple(leg.handed)) for leg in self.case.legs)
        numbers = [leg.letter.number for leg in self.case.legs if leg.letter]
        assert len(numbers) == len(set(numbers))


Chapter4.TestCase.settings = settings(max_examples=20, stateful_step_count=20)
TestChapter4 = Chapter4.TestCase
