"""Plays a situation: a chapter's acts through the pure `perform`, the clocks of the real rulebook, the real calendar.

Nothing is stored. What a situation says it proves can be taken out, a guard or a clock, to see that it fails then.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from shared.acts import corrections as kernel
from shared.acts import doing, model
from shared.acts.circumstances import bound, titles_of
from shared.acts.doing import ends, perform
from shared.acts.model import THE_SUITE, Act, Context, Outcome, Rank, Viewer
from shared.acts.originals import CORRECT
from shared.contracts.register import Register
from shared.deadlines.correcting import redate
from shared.deadlines.rules import AlreadyRunning, Change, Deadline, Happened, apply, fire, light
from shared.kernel.clock import day_of
from shared.kernel.errors import Refused
from shared.rulebook.model import Rulebook
from tests.plain import unfinished
from tests.situations.book import Book
from tests.situations.chinese import overlaid
from tests.situations.city import CODES, REGISTER, calendar, law_of, moment, noon, register_with
from tests.situations.looking_up import as_it_stands, corrected, found, said_by
from tests.situations.seeing import seen
from tests.situations.taking_out import codes, taken_out
from tests.told import as_declared

NOON, PLATFORM = "12:00", "平台"     # by whom: the suite, of an act that people do too
RANKS = {"承办人": Rank.OFFICER, "机关负责人": Rank.LEADER, "正职": Rank.CHIEF}
STEP = frozenset((
    "act", "by", "on", "rank", "machine", "with", "without", "refused", "warned", "facts", "told", "clock", "light",
    "looked_up", "entered", "of", "field", "old", "new", "undone", "why", "origin", "item", "bound",
    "cites", "at",
))
THEN = frozenset(("state", "clock", "item", "due", "outcome", "provisional", "bound", "on", "at", "none",
                  "seen_by", "shows", "nothing"))


@dataclass(frozen=True, slots=True)
class Done:
    """An act as it was done: by whom, from which state to which, when, when entered, what it did to the clocks."""

    act: str
    state: str | None                 # before it; None: there was no case
    to: str                           # after it
    by: frozenset[str]                # the parts of the agency that did it
    machine: bool
    event: str                        # transfer.announced
    on: date
    entered: date
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """A clock was looked at on a day; `last`: its last day as it then was."""

    clock: str
    day: date
    last: date
    place: int                        # before it turns yellow (-1), from then on, after its end (1): by the instant


@dataclass(slots=True)
class Run:
    """A case as played so far."""

    book: Book
    rulebook: Rulebook
    case: Any = None
    before: Any = None                                               # the act that was done last
    deadlines: dict[str, Deadline] = field(default_factory=dict)
    now: date = date.min
    done: list[Done] = field(default_factory=list)                   # every act done
    last: Outcome[Any] | None = None
    looks: list[Look] = field(default_factory=list)
    said: list[kernel.Original] = field(default_factory=list)        # every act done but corrections, as it stands
    cited: set[tuple[str, str]] = field(default_factory=set)         # code and article of what was refused last
    rows: Mapping[str, Act] = field(default_factory=dict)            # the chapter's acts; some guard may be taken out
    origin: Mapping[str, Any] = field(default_factory=dict)          # whence the case comes
    register: Register = REGISTER

    def __post_init__(self) -> None:
        self.rows = self.rows or self.book.acts

    @property
    def acts(self) -> int:
        return len(self.done)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the last act did to the clocks."""
        return self.done[-1].changes if self.done else ()

    def of(self, clock: str, item: str = "", bound: str = "") -> Deadline:
        """The latest deadline of a clock: of an item, of an agency, where these are named. Fails where it never ran."""
        running = [each for each in self.deadlines.values() if each.clock == clock and item in ("", each.item)]
        assert running, f"没有计时：{clock}"
        return next((each for each in reversed(running) if each.bound == CODES.get(bound)), running[-1])

    def meant(self, row: Mapping[str, Any]) -> Deadline:
        """The deadline that a step or result names."""
        return self.of(row["clock"], str(row.get("item", "")), row.get("bound", ""))

    def look(self, row: Mapping[str, Any], day: date) -> str:
        """What the clock of a step or result shows on the day."""
        deadline = self.meant(row)
        now = moment(day, row.get("at", NOON))
        place = -1 if now < deadline.yellow_at else 0 if now < deadline.due_at else 1
        self.looks.append(Look(deadline.clock, day, deadline.due_on or day_of(deadline.due_at), place))
        return light(deadline, now)


def play(book: Book, situation: Mapping[str, Any], without: str = "") -> Run:
    """Plays given and steps, then holds the case to what must come of it. AssertionError says what did not.

    `without`: what the situation proves, taken out: a code, a clock, a word of an act's row, a setting, a ground, the
    basis."""
    begun = _given(book, situation.get("given", {}), without)
    with taken_out(book, without) as rows:
        run = replace(begun, rows=rows, deadlines={**begun.deadlines}, done=[*begun.done], looks=[*begun.looks],
                      said=[*begun.said], cited={*begun.cited})
        with _going_on():
            for step in situation["steps"]:
                _step(run, step, without)
        for row in situation.get("then", ()):
            _then(run, row)
    return run


@contextmanager
def _going_on() -> Iterator[None]:
    try:
        yield
    except (AlreadyRunning, LookupError, ValueError, AttributeError, StopIteration) as broken:
        raise AssertionError(f"办不下去：{broken!r}") from broken


_BEGUN: dict[tuple[str, str, str], Run] = {}


def _given(book: Book, given: Mapping[str, Any], without: str) -> Run:
    """The run where its steps begin. Many begin alike: each beginning is played once, whichever refusal is taken out,
    for nothing in it is refused."""
    changed = "" if without in codes(book) else without
    key = (book.name, changed, json.dumps(given, default=str, sort_keys=True))
    if key not in _BEGUN:
        with taken_out(book, changed) as rows, _going_on():
            _BEGUN[key] = _begun(book, given, changed, rows)
    return _BEGUN[key]


def _begun(book: Book, given: Mapping[str, Any], without: str, rows: Mapping[str, Act]) -> Run:
    run = Run(book, law_of(given, without), rows=rows, register=register_with(given.get("ending", {})))
    path = book.paths[given["after"]] if "after" in given else ()
    for number, each in enumerate(path):
        step = {"act": each} if isinstance(each, str) else each
        with_ = {**step.get("with", {}), **({} if number else given.get("with", {}))}      # said of the act that opens
        refused = do(run, {**step, "on": given["on"], "with": with_})
        assert not refused, f"{step['act']}：拒绝理由为{refused}"
    return run


def _step(run: Run, step: Mapping[str, Any], ignored: str) -> None:
    assert set(step) <= STEP, f"步骤中有不认识的项：{set(step) - STEP}"
    run.now = step.get("on", run.now)
    if "act" in step:
        refused = do(run, step)
        assert refused == sorted(step.get("refused", ())), f"{step['act']}：拒绝理由为{refused or '无'}"
        cited = {(code, str(article)) for code, article in step.get("cites", {}).items()}
        assert cited <= run.cited, f"{step['act']}：依据为{sorted(run.cited)}"
    if not step.get("refused"):
        _came_of_it(run, step, ignored)
    if "light" in step:
        shown = run.look(step, run.now)
        assert shown == step["light"], f"{step['clock']}：{shown}"


def _came_of_it(run: Run, step: Mapping[str, Any], ignored: str) -> None:
    outcome = run.last
    if "warned" in step:
        said = {warning.code for warning in (outcome.warnings if outcome else ()) if warning.code != ignored}
        assert said == set(step["warned"]), f"提示为{said or '无'}"
    for name, value in step.get("facts", {}).items():
        assert outcome is not None and outcome.facts.get(name) == value, f"{name}：{outcome and outcome.facts.get(name)}"
    for clock in step.get("undone", ()):
        assert any(each.deadline.clock == clock and each.data.get("withdrawn") for each in run.changes), (
            f"没有撤回逾期：{clock}")
    if "why" in step:
        why = {each.data["why"] for each in run.changes}
        assert step["why"] in why, why
    if "told" in step:
        assert run.case is not None and outcome is not None
        told = run.book.chapter.told(run.before, run.case, outcome.event, _context(run, THE_SUITE, run.now, run.now))
        assert told == {CODES[name] for name in step["told"]}, f"告知了{sorted(told)}"


def do(run: Run, step: Mapping[str, Any]) -> list[str]:
    """Performs the step's act. Returns the codes of its refusals, none where it went through."""
    act, day = run.rows[step["act"]], step.get("on", run.now)
    origin = step.get("origin", run.origin)
    context = replace(_context(run, _viewer(run, act, step), day, step.get("entered", day), step.get("at", NOON)),
                      origin=origin)
    _tick(run, context.now)
    titles = run.book.chapter.states
    case = run.case if run.book.acts[act.name].states else None
    try:
        command = _command(run, act, step, day)
        if act.name == CORRECT or act.name in run.book.looked_up:
            if refusal := doing.refused_before(act, case, context, titles):
                raise Refused(refusal)
            command = _looked_up(run, command, step, context)
        outcome = as_declared(run.book.service, perform(act, case, command, context, titles))
    except Refused as refused:
        assert not any(unfinished(each.zh) for each in refused.refusals), refused.refusals
        run.cited = {(each.code, act.named(each).article) for each in refused.refusals}
        return sorted({refusal.code for refusal in refused.refusals})
    before = run.before = run.case
    run.case, run.last, run.now, run.origin = outcome.case, outcome, day, origin
    event = f"{run.book.service}.{outcome.event}"
    changes = tuple(_clocks(run, before, outcome, context, event))
    by, state = model.parts(case or outcome.case, context.viewer, context), before.state if before else None
    entered = day_of(context.now)
    run.done.append(Done(act.name, state, outcome.state, by, context.viewer.machine, event, day, entered, changes))
    if act.name == CORRECT:
        run.said = as_it_stands(run.said, command.said)
    else:
        run.said.append(said_by(run.book, act, command, outcome, context, run.acts, run.changes))
    return []


def _tick(run: Run, now: datetime) -> None:
    """Time alone warns of deadlines and breaches them."""
    for id, deadline in run.deadlines.items():
        while change := fire(deadline, now):
            run.deadlines[id] = deadline = change.deadline


def _command(run: Run, act: Act, step: Mapping[str, Any], day: date) -> Any:
    if act.name in run.book.by_suite:
        return run.book.by_suite[act.name](run.case, day, step.get("looked_up", {}))
    sent = run.book.builders[act.name](run.case, day)
    sent = overlaid(run.book, act.name, sent, step.get("with", {}), tuple(step.get("without", ())))
    command = run.book.command(act.name, sent)
    return replace(command, **found(command, step["looked_up"])) if "looked_up" in step else command


def _looked_up(run: Run, command: Any, step: Mapping[str, Any], context: Context) -> Any:
    if step["act"] == CORRECT:
        return corrected(run.book, run.case, run.said, command, step, context)
    return run.book.looked_up[step["act"]](command, run.said)


def _viewer(run: Run, act: Act, step: Mapping[str, Any]) -> Viewer:
    if step.get("by") == PLATFORM:
        return THE_SUITE
    if "by" not in step:
        if run.book.by_the_suite(act):
            return THE_SUITE
        if act.name == CORRECT and "of" in step:
            author = next(each.agency for each in reversed(run.said) if each.act == step["of"])
            return Viewer(author, RANKS[step.get("rank", "正职")])
    agency = CODES[step["by"]] if "by" in step else run.book.actor(act, run.case)
    rank = RANKS[step["rank"]] if "rank" in step else act.rank
    return Viewer(agency, rank, machine=step.get("machine", False))


def _context(run: Run, viewer: Viewer, day: date, entered: date, at: str = NOON) -> Context:
    now, titles = moment(day, at) if entered == day else noon(entered), titles_of(run.rulebook, run.book.service)
    return Context(now, day, moment(day, at), run.rulebook, run.register, viewer, titles=titles)


def _clocks(run: Run, before: Any, outcome: Outcome[Any], context: Context, event: str) -> Iterator[Change]:
    """What the act does to the clocks of its case, each change once it is made."""
    case, day = outcome.case, context.happened_on
    happened = Happened(
        entry=f"e{run.acts + 1}", event=event, case="case", on=day, at=context.happened_at, facts=outcome.facts,
        bound=bound(case, day, run.register), final=ends(run.book.chapter, before, case),
        agency=context.viewer.agency)
    if (righted := outcome.righted) and righted.redated:
        today = day_of(context.now)
        yield from _made(run, redate(run.rulebook, calendar(), (*run.deadlines.values(),), righted.redated, today))
    yield from _made(run, apply(run.rulebook, calendar(), tuple(run.deadlines.values()), happened))


def _made(run: Run, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    run.deadlines |= {change.deadline.id: change.deadline for change in changes}
    return changes


def _then(run: Run, row: Mapping[str, Any]) -> None:
    assert set(row) <= THEN, f"结果中有不认识的项：{set(row) - THEN}"
    if "seen_by" in row:
        seen(run.book, run.case, row)
    elif "state" in row:
        titles = run.book.chapter.states
        assert run.case is not None and titles[run.case.state] == row["state"], run.case and run.case.state
    if "clock" not in row:
        return
    if row.get("none"):
        item = str(row.get("item", ""))
        assert not any(each.clock == row["clock"] and item in ("", each.item) for each in run.deadlines.values()), (
            f"不应计时：{row['clock']}")
        return
    deadline = run.meant(row)
    if "due" in row:
        assert deadline.due_on == row["due"], f"{row['clock']} 到期日 {deadline.due_on}"
    if "outcome" in row:
        shown = run.look(row, row.get("on", run.now))
        assert shown == row["outcome"], f"{row['clock']}：{shown}"
    if "provisional" in row:
        assert deadline.provisional == row["provisional"], f"{row['clock']} 暂定：{deadline.provisional}"
    if "bound" in row:
        assert deadline.bound == CODES[row["bound"]], f"{row['clock']} 由{deadline.bound}承担"
