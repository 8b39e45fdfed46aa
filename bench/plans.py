"""A large plan beside a small one, over HTTP on PostgreSQL: 30 participants and 300 tasks, 3 and 30."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median

from bench.place import Place, office_of
from bench.sizes import Sizes
from bench.table import Row, alternated
from services.collab.office import SPEC
from shared.clock import HandClock, SystemClock
from shared.contracts.register import Agency
from tests.plans import bodies
from tests.plans.acting import Acting
from tests.plans.bodies import HELPER, LEAD, Body
from tests.situations.city import REGISTER, SINCE

LARGE, SMALL = (30, 300), (3, 30)       # participants, tasks
AGAINST = "the same with 3 participants and 30 tasks"
AIM = 1.5
MANY = tuple(Agency(f"ja{number:02}", f"第{number}执法局", "statutory", "city", SINCE) for number in range(1, LARGE[0]))


@dataclass
class Hand:
    """Two plans of a size in somebody's hands: one that is written, one that is carried out."""

    drafting: Acting
    running: Acting
    content: Body
    turns: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000)))

    def draft(self) -> None:
        """Opens a plan, written whole."""
        self.drafting.id, self.drafting.revision = "", 0
        self.drafting.do("draft", self._written())

    def revise(self) -> None:
        """Writes it anew, the whole plan with one task told otherwise."""
        self.drafting.do("draft", self._written())

    def read(self) -> None:
        self.running.read()

    def measure(self) -> None:
        """Adds a line to a plan that is carried out."""
        self.running.do("record-interim-measure", bodies.measure(self.running.today))

    def report(self) -> None:
        """Reports on a task, which goes on."""
        told = {"tasks": [{"task": 2, "done": False, "says": "办理中"}], **bodies.BY}
        self.running.do("report-task", told)

    def amend(self) -> None:
        """Proposes the whole plan with one task told otherwise."""
        told = {"content": self._otherwise(), "reason": "调整任务", "minor": True, **bodies.SIGNED}
        self.running.do("amend", told)

    def started(self) -> None:
        """Another plan is carried out from now on: one with dozens of amendments is no plan."""
        self.running.id, self.running.revision = "", 0
        self.running.do("draft", bodies.draft("collab", self.running.today, content=self.content))
        for act in ("submit", "review", "present"):
            self.running.do(act)
        self.running.do("approve", {"paper": bodies.paper(self.running.scan())})
        self.running.do("start")

    def _written(self) -> Body:
        return bodies.draft("collab", self.drafting.today, content=self._otherwise())

    def _otherwise(self) -> Body:
        first, *others = self.content["tasks"]
        return {**self.content, "tasks": [{**first, "says": f"清理占道经营（第{next(self.turns)}稿）"}, *others]}


Doing = Callable[[Hand], None]
DOINGS: Mapping[str, tuple[Doing, Doing]] = {       # row -> what is measured, and what is done after it
    "opened by a draft": (Hand.draft, lambda _: None),
    "written anew": (Hand.revise, lambda _: None),
    "read": (Hand.read, lambda _: None),
    "a measure recorded": (Hand.measure, lambda _: None),
    "a task reported on": (Hand.report, lambda _: None),
    "an amendment proposed": (Hand.amend, Hand.started),
}


def rows(at: Place, sizes: Sizes) -> Iterator[Row]:
    """So many of each kind a round, one after the other, by one client; a round's figure is the median of its acts."""
    with ExitStack() as leaving:
        large, small = (leaving.enter_context(_hand(at, size)) for size in (LARGE, SMALL))
        for what, (doing, besides) in DOINGS.items():
            figures = alternated(_round(large, doing, besides, sizes), _round(small, doing, besides, sizes), sizes.rounds)
            yield Row(f"plan of {LARGE[1]} tasks: {what}", 1, *figures, "ms", AGAINST, AIM, less_is_better=True)


def _round(hand: Hand, doing: Doing, besides: Doing, sizes: Sizes) -> Callable[[], float]:
    def once() -> float:
        began = time.perf_counter()
        doing(hand)
        seconds = time.perf_counter() - began
        besides(hand)
        return seconds * 1000

    return lambda: median(once() for _ in range(sizes.plan_acts))


@contextmanager
def _hand(at: Place, size: tuple[int, int]) -> Iterator[Hand]:
    """The plans, written and started."""
    participants, tasks = size
    clock = HandClock(SystemClock().now())
    agencies = (*REGISTER.agencies.values(), *MANY)
    with office_of(at, SPEC, f"plans_{tasks}", agencies, clock) as office:
        drafting, running = (Acting("collab", office, clock) for _ in range(2))
        hand = Hand(drafting, running, _content(running, participants, tasks))
        hand.started()
        yield hand


def _content(acting: Acting, participants: int, tasks: int) -> Body:
    who = (HELPER, *(agency.code for agency in MANY))[:participants]
    several = (LEAD, *who)
    whole = bodies.content(acting.today, participants=who)
    return {**whole, "tasks": [bodies.task(number, several[(number - 1) % len(several)], acting.today)
                               for number in range(1, tasks + 1)]}
