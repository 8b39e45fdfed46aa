"""A large plan beside a small one, over HTTP on PostgreSQL: 30 participants and 300 tasks, 3 and 30."""

import json
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.place import Place, office_of
from bench.sizes import Sizes
from bench.table import Row, alternated
from services.collab.office import SPEC
from shared.contracts.register import Agency
from shared.kernel.clock import HandClock, SystemClock
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
    """Plans of a size in somebody's hands: one that is written, one that is carried out, those yet to be amended."""

    drafting: Acting
    running: Acting
    content: Body
    drafts: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000)))
    unamended: list[tuple[str, int]] = field(default_factory=list)

    def started(self) -> None:
        """Another plan is carried out from now on, that nobody has amended."""
        self.running.id, self.running.revision = "", 0
        self.running.do("draft", bodies.draft("collab", self.running.today, content=self.content))
        for act in ("submit", "review", "present"):
            self.running.do(act)
        self.running.do("approve", {"paper": bodies.paper(self.running.scan())})
        self.running.do("start")
        self.unamended.append((self.running.id, self.running.revision))

    def otherwise(self) -> Body:
        """The whole plan with one task told otherwise."""
        first, *others = self.content["tasks"]
        return {**self.content, "tasks": [{**first, "says": f"清理占道经营（第{next(self.drafts)}稿）"}, *others]}

    def draft(self) -> Body:
        return bodies.draft("collab", self.drafting.today, content=self.otherwise())


def send(acting: Acting, method: str, path: str, body: Body | None, by: str = LEAD, rank: int = 2) -> float:
    """The milliseconds that the service takes over a request, from its bytes to its answer's."""
    headers = {"Authorization": f"Bearer {acting.people.token(by, rank)}"}
    if method == "POST":
        headers |= {"Idempotency-Key": uuid.uuid4().hex, **({"If-Match": f'"{acting.revision}"'} if acting.id else {})}
    data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
    environ = EnvironBuilder(path, method=method, data=data, content_type="application/json",
                             headers=list(headers.items()))
    asked, app = environ.get_environ(), acting.people.client.application
    began = time.perf_counter()
    told, status, _ = run_wsgi_app(app, asked, buffered=True)
    seconds = time.perf_counter() - began
    answer: dict[str, Any] = json.loads(b"".join(told))
    assert int(status[:3]) < 300, answer
    acting.id, acting.revision = answer["id"], answer["revision"]
    return seconds * 1000


def _open(hand: Hand) -> float:
    hand.drafting.id, hand.drafting.revision = "", 0
    return send(hand.drafting, "POST", hand.drafting.base, hand.draft())


def _act(acting: Acting, act: str, body: Body, by: str = LEAD) -> float:
    return send(acting, "POST", f"{acting.base}/{acting.id}/{act}", body, by)


def _amend(hand: Hand) -> float:
    """Of a plan that has no other amendment: one with dozens is no plan."""
    hand.running.id, hand.running.revision = hand.unamended.pop(0)
    told = {"content": hand.otherwise(), "reason": "调整任务", "minor": True, **bodies.SIGNED}
    return _act(hand.running, "amend", told)


Doing = Callable[[Hand], float]
DOINGS: Mapping[str, Doing] = {
    "opened by a draft": _open,
    "written anew": lambda hand: _act(hand.drafting, "draft", hand.draft()),
    "read": lambda hand: send(hand.running, "GET", f"{hand.running.base}/{hand.running.id}", None),
    "a measure recorded": lambda hand: _act(hand.running, "record-interim-measure", bodies.measure(hand.running.today)),
    "a task reported on": lambda hand: _act(
        hand.running, "report-task", {"tasks": [{"task": 2, "done": False, "says": "办理中"}], **bodies.BY}, HELPER),
    "an amendment proposed": _amend,
}


def rows(at: Place, sizes: Sizes) -> Iterator[Row]:
    """So many of each kind a round, one after the other, by one client; a round's figure is the median of its acts.

    All plans are started before the first is measured: the start of a large one writes ten thousand rows, and what
    comes right behind it pays for that.
    """
    with ExitStack() as leaving:
        large, small = (leaving.enter_context(_hand(at, size, sizes)) for size in (LARGE, SMALL))
        for what, doing in DOINGS.items():
            figures = alternated(_round(large, doing, sizes), _round(small, doing, sizes), sizes.rounds)
            yield Row(f"plan of {LARGE[1]} tasks: {what}", 1, *figures, "ms", AGAINST, AIM, less_is_better=True)


def _round(hand: Hand, doing: Doing, sizes: Sizes) -> Callable[[], float]:
    return lambda: median(doing(hand) for _ in range(sizes.plan_acts))


@contextmanager
def _hand(at: Place, size: tuple[int, int], sizes: Sizes) -> Iterator[Hand]:
    """The plans, written and started; enough of them that each amendment has its own."""
    participants, tasks = size
    clock = HandClock(SystemClock().now())
    with office_of(at, SPEC, f"plans_{tasks}", (*REGISTER.agencies.values(), *MANY), clock) as office:
        drafting, running = (Acting("collab", office, clock) for _ in range(2))
        hand = Hand(drafting, running, _content(running, participants, tasks))
        for _ in range(sizes.rounds * sizes.plan_acts):
            hand.started()
        yield hand


def _content(acting: Acting, participants: int, tasks: int) -> Body:
    who = (HELPER, *(agency.code for agency in MANY))[:participants]
    several = (LEAD, *who)
    whole = bodies.content(acting.today, participants=who)
    return {**whole, "tasks": [bodies.task(number, several[(number - 1) % len(several)], acting.today)
                               for number in range(1, tasks + 1)]}
