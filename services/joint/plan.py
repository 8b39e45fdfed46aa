"""第三章 联合执法: the plan that its acts build, beyond what every plan has. Pure: frozen values, no rule of law here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from services.joint.commands import Assign, DecideDirectly, ProposeEnd, Remark, Report
from services.joint.grounds import CAMPAIGN, DIRECT, Ground
from shared.plans.plan import LEAD, PARTICIPANT, Plan

EVALUATED = "evaluated"                 # a part: who took part, from the report on; those who had left among them


@dataclass(frozen=True, slots=True)
class Proposed:
    said: ProposeEnd
    by: str
    on: date
    resumed: int = 0                    # how often the action had been resumed before it


@dataclass(frozen=True, slots=True)
class Remarked:
    agency: str
    said: Remark
    on: date


@dataclass(frozen=True, slots=True)
class TookPart:
    """An agency that took part in the action, and a time in which it did."""

    agency: str
    part: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Joint(Plan):
    """A plan of chapter 3."""

    grounds: tuple[Ground, ...] = ()    # those the lead names; an order is a ground besides
    lead_because: str = ""
    assigned: Assign | None = None             # 17(二)
    directed: DecideDirectly | None = None     # 17 ¶2
    ordered_on: date | None = None      # of either
    end_proposals: tuple[Proposed, ...] = ()
    report: Report | None = None
    reported_on: date | None = None
    remarks: tuple[Remarked, ...] = ()

    @property
    def ordered(self) -> bool:
        """Whether the lead was named by an order, or the government decided directly: nobody applies then."""
        return self.assigned is not None or self.directed is not None

    @property
    def decided_by_paper(self) -> str:
        """17 ¶2: the plan itself is approved after the decision, by a paper of its own."""
        return self.directed.number if self.directed else ""

    @property
    def ground_codes(self) -> tuple[str, ...]:
        """All its grounds: the order it stands on, and those the lead names."""
        order = (CAMPAIGN,) if self.assigned else (DIRECT,) if self.directed else ()
        return (*order, *(each.code for each in self.grounds))

    @property
    def end_proposal(self) -> Proposed | None:
        """The proposal that awaits justice. One made before the action was resumed is overtaken."""
        last = self.end_proposals[-1] if self.end_proposals else None
        return last if last and last.resumed == self.resumptions else None

    @property
    def resumptions(self) -> int:
        """How often the action was resumed: an order that days do not tell."""
        return sum(each.resumed is not None for each in self.pauses)

    @property
    def took_part(self) -> tuple[TookPart, ...]:
        """Who took part in the action besides the present lead, each time apart: the participants, those that left
        under way, and a lead that was replaced (20: each is evaluated for its time)."""
        return tuple(self._took_part())

    @property
    def evaluated(self) -> tuple[str, ...]:
        """The agencies that took part, each once: every one of them is evaluated."""
        return tuple(dict.fromkeys(each.agency for each in self.took_part))

    def _took_part(self) -> Iterator[TookPart]:
        first, last = self.started_on, self.ending.on if self.ending else None
        if first is None or last is None:
            return
        for each in self.parties:
            since, until = max(each.since, first), last if each.until is None else min(each.until, last)
            if each.until == since - timedelta(days=1) and self.left_under_way(each, since):
                until = since               # it went on its only day in the action
            if each.part in (LEAD, PARTICIPANT) and each.agency != self.lead and since <= until:
                yield TookPart(each.agency, each.part, since, until)
