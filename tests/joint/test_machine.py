"""No sequence of acts, parties and days reaches a forbidden state, loses a deadline or raises anything but Refused."""

from typing import ClassVar

from hypothesis import settings
from hypothesis.stateful import invariant

from services.joint.plan import EVALUATED
from tests.plans.machine import PlanMachine
from tests.situations.joint.book import JOINT
from tests.situations.joint.builders import ORDERED

STARTS = ("draft", "assign", "decide-directly", "submit", "present", "approve", "start", "amend", "decide-amendment",
          "suspend", "dispatch", "record-finding", "propose-end", "end", "report", "withdraw", "reject")


class Chapter3(PlanMachine):
    book = PlanMachine.played(JOINT)
    starts: ClassVar = {**{name: JOINT.paths[name] for name in STARTS},
                        **{f"{name}, carried out": ORDERED[name] for name in ORDERED}}

    @invariant()
    def a_plan_by_order_stands_on_its_order(self) -> None:
        assert self.plan.ordered == (self.plan.route in ("assigned", "direct"))
        assert not self.plan.ordered or self.plan.ground_codes[0] in ("15-2", "17-direct")

    @invariant()
    def every_agency_that_took_part_is_evaluated_and_no_other(self) -> None:
        report = self.plan.report
        if report is not None and not self.succeeded:
            said = [each.agency for each in report.evaluations]
            assert sorted(said) == sorted(self.plan.evaluated) == sorted(self.plan.parts_of(EVALUATED))

    @property
    def succeeded(self) -> bool:
        """Whether an agency of it was dissolved: its heir reads the evaluation then, or nobody does."""
        return any(each.act == "succeed" for each in self.run.done)

    @invariant()
    def each_remarks_once_and_on_its_own(self) -> None:
        remarked = [each.agency for each in self.plan.remarks]
        assert len(remarked) == len(set(remarked))
        assert self.succeeded or set(remarked) <= set(self.plan.parts_of(EVALUATED))


Chapter3.TestCase.settings = settings(max_examples=40, stateful_step_count=20)
TestChapter3 = Chapter3.TestCase
