"""第三十条 联席会议: its minutes, and how what it resolved is carried out and reported. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from services.oversight.conferences.domain.case import (
    CONCLUDED,
    DONE_BEFORE,
    DUE_EARLIER,
    DUE_FAR,
    FOLLOWED,
    NO_MINUTES_NUMBER,
    NO_REPORT_TEXT,
    NO_RESOLUTION_TEXT,
    NO_RESOLUTIONS,
    NOT_ITS_RESOLUTION,
    NOTHING_RESOLVED,
    OWNER,
    RESOLUTION,
    UNKNOWN_OWNER,
    UNKNOWN_RESOLUTION,
    Conference,
    RecordMinutes,
    Report,
    ReportResolution,
    Resolution,
    facts,
)
from shared.acts.furthest import near
from shared.acts.model import Context, Outcome, Party
from shared.acts.standing import absent
from shared.kernel.errors import Rows, demand
from shared.numbers.doubted import doubts


def record_minutes(case: Conference, command: RecordMinutes, context: Context) -> Outcome[Conference]:
    """Each resolution binds its owner to its day; with none, which is said, the conference is over."""
    resolutions = command.resolutions or ()
    demand((command.number, NO_MINUTES_NUMBER), (command.resolutions is not None, NO_RESOLUTIONS),
           *_each_resolution(case, resolutions, context))
    owners = dict.fromkeys(each.owner for each in resolutions)
    new = tuple(Party(OWNER, each, context.happened_on) for each in owners)
    after = replace(case, minutes=command.number, minutes_on=context.happened_on, resolutions=resolutions,
                    parties=(*case.parties, *new))
    due = [{"item": str(number), "bound": each.owner, "until": each.due_on}
           for number, each in enumerate(resolutions, 1)]
    return Outcome(after, {**facts(after), "number": command.number, RESOLUTION: due},
                   state=FOLLOWED if resolutions else CONCLUDED,
                   warnings=(*(() if resolutions else (NOTHING_RESOLVED,)),
                             *doubts(command.number, context.happened_on.year)))


def _each_resolution(case: Conference, resolutions: Iterable[Resolution], context: Context) -> Rows:
    for place, each in enumerate(resolutions):
        unknown = UNKNOWN_OWNER.filled(agency=each.owner).at(f"resolutions.{place}.owner")
        yield each.says, NO_RESOLUTION_TEXT.at(f"resolutions.{place}.says")
        yield context.register.exists(each.owner, context.happened_on), absent(context, each.owner, unknown)
        yield case.held_on is None or each.due_on > case.held_on, DUE_EARLIER.at(f"resolutions.{place}.due_on")
        yield near(each.due_on, case.held_on or context.happened_on, context.rulebook,
                   DUE_FAR.at(f"resolutions.{place}.due_on"))


# What it resolved is carried out

def report_resolution(case: Conference, command: ReportResolution, context: Context) -> Outcome[Conference]:
    """29: how it stands; the report goes to both offices the same second."""
    _its_own(case, command, context)
    return _reported(case, command, context, done=False)


def complete_resolution(case: Conference, command: ReportResolution, context: Context) -> Outcome[Conference]:
    """It is done: its clock is met, and with the last one the conference is over."""
    _its_own(case, command, context)
    return _reported(case, command, context, done=True)


def _its_own(case: Conference, command: ReportResolution, context: Context) -> None:
    """Raises Refused unless the resolution is there, the viewer's, and open."""
    number = command.resolution
    demand((0 < number <= len(case.resolutions), UNKNOWN_RESOLUTION.filled(number=number)))
    found = case.resolutions[number - 1]
    owner = context.register.name_of(found.owner)
    demand((found.owner == context.viewer.agency, NOT_ITS_RESOLUTION.filled(number=number, owner=owner)))
    demand((found.open, DONE_BEFORE.filled(number=number, on=found.done_on)), (command.says, NO_REPORT_TEXT))


def _reported(case: Conference, command: ReportResolution, context: Context, *, done: bool) -> Outcome[Conference]:
    number, day = command.resolution, context.happened_on
    report = Report(number, context.viewer.agency, day, command.says, done)
    done_on = day if done else None
    resolutions = tuple(replace(each, done_on=done_on) if place == number else each
                        for place, each in enumerate(case.resolutions, 1))
    after = replace(case, reports=(*case.reports, report), resolutions=resolutions)
    told = {**facts(after), RESOLUTION: [str(number)], "report": len(after.reports), "reported": [number],
             "tasks": [str(number)] if done else []}
    over = done and not any(each.open for each in resolutions)
    return Outcome(after, told, state=(CONCLUDED if over else FOLLOWED) if done else "")
