"""What became of a clock in a situation as it was played: by this, not by its title, a circumstance is recognised."""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.acts.originals import CORRECT
from shared.deadlines.model import METS, PAUSED, RESUMED, STARTED, Change, Deadline
from shared.kernel.clock import day_of
from tests.situations.runner import Done, Run


@dataclass(frozen=True, slots=True)
class Turn:
    """One change of a deadline: the act that made it, and the deadline before it, where it ran."""

    done: Done
    change: Change
    before: Deadline | None

    @property
    def after(self) -> Deadline:
        return self.change.deadline

    @property
    def entered_late(self) -> bool:
        """补录: the act was entered on a later day than its own."""
        return self.done.entered > self.done.on

    @property
    def entered_past_the_day(self) -> bool:
        return self.entered_late and day_of(self.after.due_at) <= self.done.entered


def turns(run: Run, clock: str) -> Iterator[Turn]:
    """Every change of the clock's deadlines, in order."""
    known: dict[str, Deadline] = {}
    for done in run.done:
        for change in done.changes:
            if change.deadline.clock == clock:
                yield Turn(done, change, known.get(change.deadline.id))
                known[change.deadline.id] = change.deadline


def started_late(turn: Turn) -> bool:
    """The act that starts it is entered late: it counts from the true day, and that is before the entry."""
    return turn.change.kind == STARTED and turn.entered_late and turn.after.started_on < turn.done.entered


def met_late_entered(turn: Turn) -> bool:
    """The act that meets it is done in time and entered after the last day: it is met in time."""
    return turn.change.kind == METS and turn.entered_past_the_day and turn.after.late is False


def missed_late_entered(turn: Turn) -> bool:
    """The act that meets it is done and entered after the last day: entering it late excuses nothing."""
    return turn.change.kind == METS and turn.entered_past_the_day and turn.after.late is True


def start_corrected(turn: Turn) -> bool:
    """The day it counts from was wrong: with the right one its last day is another."""
    was = turn.before
    return (turn.done.act == CORRECT and was is not None and was.started_on != turn.after.started_on
            and was.due_at != turn.after.due_at)


def met_corrected(turn: Turn) -> bool:
    """The day it was met on was wrong: with the right one it is judged otherwise."""
    was = turn.before
    return (turn.done.act == CORRECT and was is not None and was.met_on != turn.after.met_on
            and was.late != turn.after.late)


def gone_on_after_a_pause(turn: Turn) -> bool:
    """It stood still and goes on: its last day is later, unless it runs to a date that was named."""
    was = turn.before
    return turn.change.kind == RESUMED and was is not None and was.state == PAUSED and (
        was.due_at < turn.after.due_at or turn.after.until_on is not None)
