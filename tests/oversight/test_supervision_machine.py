"""Whatever both offices and who is supervised try, on whatever days and whatever the board holds: no step is taken
twice or skipped, after 销号 a ladder begins anew only about what is owed and not excused, nothing is issued while the
case is disputed or about what is not owed."""

from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.oversight.supervision.domain.acts import ladder
from services.oversight.supervision.domain.case import CLOSED, EXCUSED, EXPLAINED, ISSUED
from tests.situations.city import lawbook, rulebook
from tests.situations.oversight.supervision.book import OWED, SUPERVISION
from tests.situations.runner import RANKS, Run, do

START = date(2025, 6, 9)
NAMES = ("司法局", "市政府办公室", "住建局", "综合执法局", "纪委监委")
BOARD = ("owed", "settled", "withdrawn", "disputed")      # what has become of the deadline
ACTS = tuple(act.name for act in SUPERVISION.chapter.acts if act.name not in ("succeed", "assign-successor"))
ANY = st.sampled_from


class Ladder(RuleBasedStateMachine):
    """One deadline, and what may come of it."""

    @initialize()
    def overdue(self) -> None:
        self.run, self.day, self.board = Run(SUPERVISION, lawbook()), START, "owed"
        self.issued: list[tuple[str, str]] = []       # of the last ladder: kind, what the board held
        self.excused = False                          # the last ladder's delay

    @rule(what=ANY(BOARD))
    def something_becomes_of_the_deadline(self, what: str) -> None:
        self.board = what

    @rule(days=st.integers(0, 6), act=ANY(ACTS), by=st.none() | ANY(NAMES), rank=ANY(sorted(RANKS)),
          kind=st.none() | ANY((*ladder(rulebook()), "opinion")))
    def somebody_acts(self, days: int, act: str, by: str | None, rank: str, kind: str | None) -> None:
        self.day += timedelta(days=days)
        before = self.run.case
        if before is None and act != "issue":
            return
        step: dict[str, Any] = {"act": act, "on": self.day, "rank": rank, "looked_up": {"found": self.found(before)}}
        if act not in ("issue", "step-up", "close"):
            del step["looked_up"]
        elif kind and act != "close":
            step["with"] = {"文书种类": kind}
        if by:
            step["by"] = by
        refused = do(self.run, step)
        if refused:
            return
        if act == "issue":
            assert before is None or (before.state == CLOSED and not self.excused)
            self.issued = []
        self.excused = self.run.case.state == EXCUSED or (self.excused and act == "close")
        if act in ("issue", "step-up"):
            self.issued.append((self.run.case.step.kind, self.board))
        if act == "step-up":
            assert before.state not in (CLOSED, EXCUSED, EXPLAINED)
            assert before.state != ISSUED or self.day > before.step.answer_by

    def found(self, case: Any) -> dict[str, Any]:
        """What the board holds, as a situation says it; a supervision that there is has taken the deadline."""
        found: dict[str, Any] = {} if self.board == "owed" else {self.board: [OWED]}
        return found if case is None else {**found, "taken": {OWED: EXCUSED if self.excused else case.state}}

    @invariant()
    def steps_are_taken_once_in_their_order(self) -> None:
        kinds = [kind for kind, _ in self.issued]
        assert kinds == list(ladder(rulebook())[:len(kinds)])
        assert kinds == ([each.kind for each in self.run.case.steps] if self.run.case else [])

    @invariant()
    def nothing_is_issued_but_about_what_is_owed_and_not_disputed(self) -> None:
        assert {board for _, board in self.issued} <= {"owed"}

    @invariant()
    def what_is_closed_runs_no_clock(self) -> None:
        if self.run.case is not None and self.run.case.state == CLOSED:
            assert not [each.clock for each in self.run.deadlines.values() if each.live]

    @invariant()
    def whoever_is_waited_for_has_a_clock(self) -> None:
        if self.run.case is not None and self.run.case.state != CLOSED:
            assert [each.clock for each in self.run.deadlines.values() if each.live] != []


Ladder.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestLadder = Ladder.TestCase
