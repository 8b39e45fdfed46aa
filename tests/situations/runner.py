"""Plays a situation: the chapter's acts through the pure `perform`, the clocks of the real rulebook, the real calendar.

Nothing is stored. What a situation says it proves can be taken out, a guard or a clock, to see that it fails then.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from services.transfer import corrections
from services.transfer.case import Transfer
from services.transfer.commands import Correct, NoteFilingReturn
from services.transfer.domain import CHAPTER
from services.transfer.turns import Presume
from shared.acts import corrections as kernel
from shared.acts import model, originals
from shared.acts.model import THE_SUITE, Act, Context, Outcome, Rank, Viewer, ends, perform
from shared.clock import CITY_ZONE
from shared.contracts.personal import Personal
from shared.contracts.register import SUITE
from shared.deadlines.correcting import redate
from shared.deadlines.rules import AlreadyRunning, Change, Deadline, Happened, apply, fire, light
from shared.errors import Refused
from shared.rulebook.model import Rulebook
from tests.situations.builders import BUILDERS, PATHS, loaded
from tests.situations.chinese import overlaid, path_of, plain_text
from tests.situations.city import CODES, REGISTER, calendar, lawbook
from tests.situations.taking_out import ACTS, taken_out

RANKS = {"承办人": Rank.OFFICER, "机关负责人": Rank.LEADER, "正职": Rank.CHIEF}


@dataclass(slots=True)
class Run:
    """A case as played so far."""

    rulebook: Rulebook
    case: Transfer | None = None
    before: Transfer | None = None                                   # the act that was done last
    deadlines: dict[str, Deadline] = field(default_factory=dict)
    now: date = date.min
    acts: int = 0
    last: Outcome[Transfer] | None = None
    looks: list[tuple[str, date]] = field(default_factory=list)      # which clock was looked at, and when
    said: list[kernel.Original] = field(default_factory=list)        # every act done, as it stands
    changes: tuple[Change, ...] = ()                                 # what the last act did to the clocks

    def of(self, clock: str) -> Deadline:
        """The latest deadline of a clock. Fails where it never ran."""
        running = [each for each in self.deadlines.values() if each.clock == clock]
        assert running, f"没有计时：{clock}"
        return running[-1]

    def light(self, clock: str, day: date) -> str:
        self.looks.append((clock, day))
        return light(self.of(clock), noon(day))


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), CITY_ZONE).astimezone(UTC)


def play(situation: Mapping[str, Any], *, without_clock: str = "", without_guard: str = "") -> Run:
    """Plays given and steps, then holds the case to what must come of it. AssertionError says what did not."""
    run = Run(lawbook())
    with taken_out(without_guard):
        try:
            run = _given(situation.get("given", {}), without_clock)
            for step in situation["steps"]:
                _step(run, step, without_guard)
        except (AlreadyRunning, LookupError, ValueError, AttributeError) as broken:
            raise AssertionError(f"办不下去：{broken!r}") from broken
        for row in situation.get("then", ()):
            _then(run, row)
    return run


def _given(given: Mapping[str, Any], without_clock: str) -> Run:
    settings = tuple(given.get("settings", {}).items())
    run = Run(lawbook(without_clock, given.get("basis", True), settings))
    if "after" in given:
        for act in PATHS[given["after"]]:
            with_ = given.get("with", {}) if act == "announce" else {}
            do(run, {"act": act, "on": given["on"], "with": with_})
    return run


def _step(run: Run, step: Mapping[str, Any], ignored: str) -> None:
    unknown = set(step) - {
        "act",
        "by",
        "on",
        "rank",
        "machine",
        "with",
        "without",
        "refused",
        "warned",
        "facts",
        "told",
        "clock",
        "light",
        "looked_up",
        "entered",
        "of",
        "field",
        "old",
        "new",
        "undone",
        "why",
    }
    assert not unknown, f"步骤中有不认识的项：{unknown}"
    run.now = step.get("on", run.now)
    if "act" in step:
        codes = do(run, step)
        assert codes == sorted(step.get("refused", ())), f"{step['act']}：拒绝理由为{codes or '无'}"
    if not step.get("refused"):
        _came_of_it(run, step, ignored)
    if "light" in step:
        assert run.light(step["clock"], run.now) == step["light"], (
            f"{step['clock']}：{run.light(step['clock'], run.now)}"
        )


def _came_of_it(run: Run, step: Mapping[str, Any], ignored: str) -> None:
    outcome = run.last
    if "warned" in step:
        said = {warning.code for warning in (outcome.warnings if outcome else ()) if warning.code != ignored}
        assert said == set(step["warned"]), f"提示为{said or '无'}"
    for name, value in step.get("facts", {}).items():
        assert outcome is not None and outcome.facts.get(name) == value, f"{name}：{outcome and outcome.facts.get(name)}"
    for clock in step.get("undone", ()):
        assert any(each.deadline.clock == clock and each.data.get("withdrawn") for each in run.changes), (
            f"没有撤回逾期：{clock}"
        )
    if "why" in step:
        assert step["why"] in {each.data["why"] for each in run.changes}, (
            f"{[each.data['why'] for each in run.changes]}"
        )
    if "told" in step:
        assert run.case is not None and outcome is not None
        told = CHAPTER.told(run.before, run.case, outcome.event, _context(run, THE_SUITE, run.now))
        assert told == {CODES[name] for name in step["told"]}, f"告知了{sorted(told)}"


def do(run: Run, step: Mapping[str, Any]) -> list[str]:
    """Performs the step's act. Returns the codes of its refusals, none where it went through."""
    act, day = ACTS[step["act"]], step.get("on", run.now)
    context = replace(_context(run, _viewer(run, act, step), day), now=noon(step.get("entered", day)))
    _tick(run, context.now)
    try:
        command = _command(run, step, day)
        if act.name == "correct":
            if refusal := model.refused_before(act, run.case, context, CHAPTER.states):
                raise Refused(refusal)
            command = _looked_up(run, command, step, context)
        if act.name == "reissue-letter":
            letters = [each for each in run.said if each.act in ("issue-letter", "reissue-letter")]
            command = replace(command, replaces=letters[-1] if letters else None)
        outcome = perform(act, run.case if act.states else None, command, context, CHAPTER.states)
    except Refused as refused:
        return sorted({refusal.code for refusal in refused.refusals})
    before = run.before = run.case
    run.case, run.last, run.now, run.acts = outcome.case, outcome, day, run.acts + 1
    _clocks(run, before, outcome, context)
    if act.name == "correct":
        _as_it_stands(run, command.said)
    else:
        _remember(run, act, command, outcome, context)
    return []


def _tick(run: Run, now: datetime) -> None:
    """Time alone warns of deadlines and breaches them."""
    for id, deadline in run.deadlines.items():
        while change := fire(deadline, now):
            run.deadlines[id] = deadline = change.deadline


def _remember(run: Run, act: Act, command: Any, outcome: Outcome[Transfer], context: Context) -> None:
    met = frozenset(
        each.deadline.id for each in run.changes if each.kind in ("met", "corrected") and each.deadline.state == "met"
    )
    moves = not run.said or not act.adds_only
    run.said.append(
        kernel.Original(
            f"e{run.acts}",
            act.name,
            f"transfer.{outcome.event}",
            context.viewer.agency,
            command,
            context.happened_on,
            context.happened_at,
            False,
            outcome.facts,
            date.min,
            date.max,
            not run.said,
            moves,
            date.min,
            met,
        )
    )


def _looked_up(run: Run, command: Correct, step: Mapping[str, Any], context: Context) -> Correct:
    """What the service finds in the journal: the last act of that name, as it stands, and the days it lies between."""
    found = next((each for each in reversed(run.said) if each.act == step.get("of", each.act)), None)
    originals.demand((found, kernel.NO_SUCH_ENTRY))
    assert found is not None
    movers = [each for each in run.said if each.moves]
    first, last = run.said[0].on, step.get("on", run.now)
    if found.moves:
        place = movers.index(found)
        first = movers[place - 1].on if place else date.min
        last = min([each.on for each in (movers[place + 1:place + 2] if place else run.said[1:])] + [last])
    others = max((each.on for each in movers if each is not found), default=date.min)
    original = replace(found, first=first, last=last, others_last=others)
    document = corrections.ROWS[found.act].document if found.act in corrections.ROWS else False
    originals.refuse_others(original, CHAPTER, context, Rank.LEADER if document else Rank.OFFICER)
    title = step.get("field", "发生日期")
    name = kernel.ON if title == "发生日期" else path_of(found.act, title)
    old, new = (Personal(plain_text(found.act, title, step.get(side, ""))) for side in ("old", "new"))
    return replace(
        command, said=replace(command.said, entry=found.entry, field=name, old=old, new=new, original=original)
    )


def _as_it_stands(run: Run, said: kernel.Correction) -> None:
    """The act is from now on what the correction made of it."""
    at = next(number for number, each in enumerate(run.said) if said.original and each.entry == said.entry)
    was = run.said[at]
    if said.field == kernel.ON:
        run.said[at] = replace(was, on=date.fromisoformat(said.new.value), at=noon(date.fromisoformat(said.new.value)))
    else:
        run.said[at] = replace(was, command=kernel.applied(was.command, said.field, said.new.value))


def _command(run: Run, step: Mapping[str, Any], day: date) -> Any:
    if step["act"] == "note-filing-return":
        made = run.case.reports_made if run.case else 0
        return NoteFilingReturn("f-1", day, step.get("looked_up", {}).get("report", made))
    if step["act"] == "presume-reception":
        return Presume(deadline="d-1")
    sent = BUILDERS[step["act"]](run.case, day)
    sent = overlaid(step["act"], sent, step.get("with", {}), tuple(step.get("without", ())))
    command = loaded(step["act"], json.dumps(sent, sort_keys=True))
    return replace(command, **step["looked_up"]) if "looked_up" in step else command


def _viewer(run: Run, act: Act, step: Mapping[str, Any]) -> Viewer:
    if act.by == frozenset({SUITE}) and "by" not in step:
        return THE_SUITE
    if act.name == "correct" and "of" in step and "by" not in step:
        agency = next(each.agency for each in reversed(run.said) if each.act == step["of"])
        return Viewer(agency, RANKS[step.get("rank", "正职")])
    if "by" in step:
        agency = CODES[step["by"]]
    elif run.case is not None and (own := act.by & {"ruler", "referrer"}):
        absent = {"ruler": "sfj", "referrer": run.case.sender}[min(own)]
        agency = next((party.agency for party in run.case.parties if party.part in own and party.until is None), absent)
    elif run.case is not None and act.name == "state-view" and run.case.contests:
        agency = ({run.case.sender, run.case.receiver} - {run.case.contests[-1].by}).pop()
    elif run.case is None or "sender" in act.by:
        agency = run.case.sender if run.case else "zjj"
    else:
        agency = run.case.receiver
    rank = RANKS[step["rank"]] if "rank" in step else act.rank
    return Viewer(agency, rank, machine=step.get("machine", False))


def _context(run: Run, viewer: Viewer, day: date) -> Context:
    return Context(noon(day), day, noon(day), run.rulebook, REGISTER, viewer)


def _clocks(run: Run, before: Transfer | None, outcome: Outcome[Transfer], context: Context) -> None:
    case, day = outcome.case, context.happened_on
    bound = {party.part: (party.agency,) for party in case.parties if party.until is None}
    happened = Happened(
        entry=f"e{run.acts}", event=f"transfer.{outcome.event}", case="case", on=day, at=noon(day), facts=outcome.facts,
        bound=bound, final=ends(CHAPTER, before, case), agency=context.viewer.agency)
    run.changes = ()
    if (righted := outcome.righted) and righted.redated:
        run.changes = redate(run.rulebook, calendar(), tuple(run.deadlines.values()), righted.redated, day)
    run.deadlines |= {change.deadline.id: change.deadline for change in run.changes}
    run.changes += apply(run.rulebook, calendar(), tuple(run.deadlines.values()), happened)
    run.deadlines |= {change.deadline.id: change.deadline for change in run.changes}


def _then(run: Run, row: Mapping[str, Any]) -> None:
    unknown = set(row) - {"state", "clock", "due", "outcome", "provisional", "bound", "on", "none"}
    assert not unknown, f"结果中有不认识的项：{unknown}"
    if "state" in row:
        assert run.case is not None and CHAPTER.states[run.case.state] == row["state"], run.case and run.case.state
    if "clock" not in row:
        return
    if row.get("none"):
        assert all(each.clock != row["clock"] for each in run.deadlines.values()), f"不应计时：{row['clock']}"
        return
    deadline = run.of(row["clock"])
    if "due" in row:
        assert deadline.due_on == row["due"], f"{row['clock']} 到期日 {deadline.due_on}"
    if "outcome" in row:
        shown = run.light(row["clock"], row.get("on", run.now))
        assert shown == row["outcome"], f"{row['clock']}：{shown}"
    if "provisional" in row:
        assert deadline.provisional == row["provisional"], f"{row['clock']} 暂定：{deadline.provisional}"
    if "bound" in row:
        assert deadline.bound == CODES[row["bound"]], f"{row['clock']} 由{deadline.bound}承担"


