"""No sequence of acts, parties and days reaches a forbidden state, loses a deadline or raises anything but Refused."""

from typing import ClassVar

from hypothesis import settings
from hypothesis.stateful import invariant

from services.collab.responsibility import WORDS, responsibility
from shared.plans.plan import PARTICIPANT
from tests.plans.machine import PlanMachine
from tests.situations.city import REGISTER
from tests.situations.collab.book import COLLAB

STARTS = ("draft", "submit", "present", "approve", "start", "decline", "question-decline", "amend", "decide-amendment",
          "suspend", "dispatch", "record-finding", "end", "report-delivered", "report", "withdraw", "reject")


class Chapter2(PlanMachine):
    book = PlanMachine.played(COLLAB)
    starts: ClassVar = {name: COLLAB.paths[name] for name in STARTS}

    @invariant()
    def a_plan_that_is_reported_has_its_closing_report(self) -> None:
        if self.plan.state == "reported":
            assert self.plan.report is not None and self.plan.report.complete

    @invariant()
    def there_are_no_more_returns_than_reports(self) -> None:
        assert len(self.plan.returns) <= len(self.plan.reports) <= len(self.plan.returns) + 1

    @invariant()
    def a_plan_that_is_applied_for_has_a_ground_of_7_3_and_no_other_has(self) -> None:
        assert self.plan.under_three == (self.plan.route == "apply")

    @invariant()
    def who_declined_has_no_part_until_the_plan_names_it_anew(self) -> None:
        for each in self.plan.waiting:
            assert each.agency not in self.plan.parts_of(PARTICIPANT)

    @invariant()
    def someone_answers_for_everything(self) -> None:
        found = responsibility(self.plan, REGISTER, self.day)
        assert {each.kind for each in found} <= set(WORDS)
        assert {each.agency for each in found if each.kind == "whole"} >= {self.plan.lead}


Chapter2.TestCase.settings = settings(max_examples=40, stateful_step_count=20)
TestChapter2 = Chapter2.TestCase
