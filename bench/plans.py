"""A plan of 30 participants and 300 tasks beside one of 3 and 30, over HTTP on PostgreSQL."""

import json
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.place import Environment, new_office
from bench.sizes import Sizes
from bench.table import Row, alternate
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
class Plans:
    """Plans of one size: a draft, one that is carried out, and those that nobody has amended yet."""

    drafting: Acting
    running: Acting
    content: Body
    drafts: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000)))
    unamended: list[tuple[str, int]] = field(default_factory=list)

    def start(self) -> None:
        """Starts another plan, which is the one carried out from now on."""
        self.running.id, self.running.revision = "", 0
        self.running.do("draft", bodies.draft("collab", self.running.today, content=self.content))
        for act in ("submit", "review", "present"):
            self.running.do(act)
        self.running.do("approve", {"paper": bodies.paper(self.running.scan())})
        self.running.do("start")
        self.unamended.append((self.running.id, self.running.revision))

    def changed_content(self) -> Body:
        """The whole content with a new text of one task."""
        first, *others = self.content["tasks"]
        return {**self.content, "tasks": [{**first, "says": f"清理占道经营（第{next(self.drafts)}稿）"}, *others]}

    def changed_draft(self) -> Body:
        """The body of a draft with that content."""
        return bodies.draft("collab", self.drafting.today, content=self.changed_content())


def send(acting: Acting, method: str, path: str, body: Body | None, by: str = LEAD, rank: int = 2) -> float:
    """Sends a request; the milliseconds from its bytes to its answer's."""
    headers = {"Authorization": f"Bearer {acting.people.token(by, rank)}"}
    if method == "POST":
        headers |= {"Idempotency-Key": uuid.uuid4().hex, **({"If-Match": f'"{acting.revision}"'} if acting.id else {})}
    data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
    builder = EnvironBuilder(path, method=method, data=data, content_type="application/json",
                             headers=list(headers.items()))
    environ, app = builder.get_environ(), acting.people.client.application
    began = time.perf_counter()
    chunks, status, _ = run_wsgi_app(app, environ, buffered=True)
    seconds = time.perf_counter() - began
    answer: dict[str, Any] = json.loads(b"".join(chunks))
    assert int(status[:3]) < 300, answer
    acting.id, acting.revision = answer["id"], answer["revision"]
    return seconds * 1000


def _act(acting: Acting, act: str, body: Body, by: str = LEAD) -> float:
    return send(acting, "POST", f"{acting.base}/{acting.id}/{act}", body, by)


def _draft(plans: Plans) -> float:
    plans.drafting.id, plans.drafting.revision = "", 0
    return send(plans.drafting, "POST", plans.drafting.base, plans.changed_draft())


def _redraft(plans: Plans) -> float:
    return _act(plans.drafting, "draft", plans.changed_draft())


def _read(plans: Plans) -> float:
    return send(plans.running, "GET", f"{plans.running.base}/{plans.running.id}", None)


def _record_measure(plans: Plans) -> float:
    return _act(plans.running, "record-interim-measure", bodies.measure(plans.running.today))


def _report_task(plans: Plans) -> float:
    report = {"tasks": [{"task": 2, "done": False, "says": "办理中"}], **bodies.BY}
    return _act(plans.running, "report-task", report, HELPER)


def _amend(plans: Plans) -> float:
    """Amends a plan that has no other amendment, as a real one has few."""
    plans.running.id, plans.running.revision = plans.unamended.pop(0)
    return _act(plans.running, "amend",
                {"content": plans.changed_content(), "reason": "调整任务", "minor": True, **bodies.SIGNED})


Operation = Callable[[Plans], float]        # its milliseconds
OPERATIONS: Mapping[str, Operation] = {
    "drafted": _draft, "redrafted": _redraft, "read": _read, "a measure recorded": _record_measure,
    "a task reported on": _report_task, "an amendment proposed": _amend,
}


def rows(env: Environment, sizes: Sizes) -> Iterator[Row]:
    """Each operation many times in a row, by one client; a round's figure is the median.

    All plans are started before anything is measured: the start of a large one writes ten thousand rows, and the next
    request pays for that.
    """
    with ExitStack() as stack:
        large, small = (stack.enter_context(_plans(env, size, sizes)) for size in (LARGE, SMALL))
        for name, operation in OPERATIONS.items():
            figures = alternate(_round(large, operation, sizes), _round(small, operation, sizes), sizes.rounds)
            yield Row(f"plan of {LARGE[1]} tasks: {name}", 1, *figures, "ms", AGAINST, AIM, less_is_better=True)


def _round(plans: Plans, operation: Operation, sizes: Sizes) -> Callable[[], float]:
    return lambda: median(operation(plans) for _ in range(sizes.plan_acts))


@contextmanager
def _plans(env: Environment, size: tuple[int, int], sizes: Sizes) -> Iterator[Plans]:
    """Plans of this size, started; each amendment has its own."""
    participants, tasks = size
    clock = HandClock(SystemClock().now())
    with new_office(env, SPEC, f"plans_{tasks}", (*REGISTER.agencies.values(), *MANY), clock) as office:
        drafting, running = (Acting("collab", office, clock) for _ in range(2))
        plans = Plans(drafting, running, _content(running, participants, tasks))
        for _ in range(sizes.rounds * sizes.plan_acts):
            plans.start()
        yield plans


def _content(acting: Acting, participants: int, tasks: int) -> Body:
    others = (HELPER, *(agency.code for agency in MANY))[:participants]
    agencies = (LEAD, *others)
    content = bodies.content(acting.today, participants=others)
    return {**content, "tasks": [bodies.task(number, agencies[(number - 1) % len(agencies)], acting.today)
                                 for number in range(1, tasks + 1)]}
