"""更正 of plans: what of each act its author may correct, and where the plan keeps it. Pure.

Never who is in a plan, nor how far it is, nor what the plan says: that is amended. A number that was allotted is
corrected by no one: the document that bears it is corrected by a 更正函 with a number of its own. A chapter adds rows
for its own acts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from shared.acts.correct import Correct, facts_of, kept
from shared.acts.corrections import Correctable, Original, rightly
from shared.acts.model import Context, Outcome, Party
from shared.acts.places import Place, fields_of, in_case, in_material, inside, one_of, replaced, within
from shared.acts.signing import signed
from shared.kernel.clock import day_of
from shared.kernel.errors import Rows, demand
from shared.numbers.shape import BAD_OWN_NUMBER, numbered
from shared.plans import refusals_running as no
from shared.plans.approving import SCAN, once_each, papers
from shared.plans.deciding import fine_fits, punished
from shared.plans.facts import done, for_one_that_left
from shared.plans.measures import of_its_time
from shared.plans.plan import LEAD, PARTICIPANT, AgencyDecision, Finding, Left, Measure, Plan, TaskReport
from shared.plans.preceding import done_in
from shared.plans.refusals import NO_PAPER_SCAN, PAPER_USED
from shared.plans.seeing import sees_whole

P = TypeVar("P", bound=Plan)
T = TypeVar("T", Measure, TaskReport, AgencyDecision, Finding)          # what was done under a version
SIGNED = ("officer.name", "officer.licence", "officer.phone", "leader")
OFFICER = SIGNED[:3]
COMMANDER = tuple(f"meeting.commander.{name}" for name in ("name", "licence", "phone"))
PAPER = ("paper.number", "paper.decided_by")
RESPONDENT = tuple(f"respondent.{name}" for name in ("name", "number", "address", "phone", "head"))


def correcting(rows: Mapping[str, Correctable],
               holds: Callable[[Any, Any, Context], Rows]) -> Callable[[P, Correct, Context], Outcome[P]]:
    """The decision of a chapter's act 更正: old, new and why. An outward document is corrected by a document.

    `holds`: what the chapter's acts ask of what they say, asked again of the plan as corrected, where that is otherwise
    than before.
    """
    def correct(plan: P, command: Correct, context: Context) -> Outcome[P]:
        said, original = command.said, command.said.original
        assert original is not None
        row = rows.get(original.act)
        right, righted = rightly(plan, said, row, context)
        after = under_their_versions(right)
        if row is not None and row.document:
            demand((numbered(command.number), BAD_OWN_NUMBER), *signed(command.officer, command.leader))
        demand(
            (all(dates_agree(after)), no.DATES_DISAGREE),
            (all(still_within(plan, after)), no.DATES_DISAGREE),
            (once_each(after), PAPER_USED.filled(number=said.new.value).at("new")),
            (all(fine_fits(each.said) for each in after.decisions), no.FINE_SHAPE.at("new")),
            *(row for each in after.decisions for row in punished(each.said, context, "new")),
            *((timely, refusal.at("new")) for each in after.measures if each not in plan.measures
              for timely, refusal in of_its_time(after, each.said, context)),
            (all(scans_stay(plan, after)), NO_PAPER_SCAN.at("new")),
            *holds(plan, after, context),
        )
        corrected = replace(after, corrections=(*plan.corrections, kept(command, context)))
        outcome = replace(done(corrected, context, facts_of(command, righted)), righted=righted)
        return outcome if sees_whole(plan, context.viewer, context.register) else for_one_that_left(outcome)
    return correct


def dates_agree(plan: Plan) -> Iterator[bool]:
    """What acts require of dates among each other still holds."""
    ending, begun = plan.ending, plan.started_on or plan.opened_on
    yield all(each.on < each.said.due_on for each in plan.consultations)
    yield all(each.on <= answer.on for each in plan.consultations for answer in each.answers)
    yield all(each.on <= answer.on for each in plan.dispatches for answer in each.confirmations)
    yield all(begun <= each.on <= day_of(each.said.meeting.at) for each in plan.dispatches)
    yield all(begun <= each.on for each in plan.task_reports)
    yield all(begun <= each.on for each in plan.decisions)
    yield all(begun <= each.on for each in plan.findings)
    yield ending is None or begun <= ending.on


def scans_stay(before: Plan, after: Plan) -> Iterator[bool]:
    """What the government's paper is scanned as goes on to be called such."""
    scans = {each.scan for each in papers(after)}
    yield from (each.said.kind == SCAN for each in after.materials
                if each.number in scans and each not in before.materials)


def still_within(before: Plan, after: Plan) -> Iterator[bool]:
    """What was done up to the end of the action still was: none of it lies behind an end set right."""
    if before.ending is not None and after.ending is not None and before.ending.on != after.ending.on:
        yield not any(after.ending.on < day <= before.ending.on for day in done_in(before))


def under_their_versions(plan: P) -> P:
    """The plan in which what was done stands under a version in force on its day, the days being right now."""
    def right(made: T) -> T:
        version = next((each for each in plan.versions if each.number == made.version), plan.version)
        holds = (version.effective_on is not None and version.effective_on <= made.on
                 and (version.effective_until is None or made.on <= version.effective_until))
        return made if holds else replace(made, version=plan.version_on(made.on))

    return replace(plan, measures=tuple(map(right, plan.measures)), task_reports=tuple(map(right, plan.task_reports)),
                   decisions=tuple(map(right, plan.decisions)), findings=tuple(map(right, plan.findings)))


# Where the plan keeps what else follows the true date of an act

_SUBMISSION: Place[Any] = one_of("submissions")
_APPROVAL: Place[Any] = one_of("decided", "approval")


def submission(plan: P, original: Original, command: Any, on: date) -> P | None:
    """The agencies that became participants by it have been so from its true date on."""
    after: P | None = _SUBMISSION(plan, original, command, on)
    asked = {agency for each in plan.consultations for agency in each.said.agencies}
    return after and since(after, PARTICIPANT, original.on, on, asked)


def approval(plan: P, original: Original, command: Any, on: date) -> P | None:
    """The plan is in force from the paper's day."""
    after: P | None = _APPROVAL(plan, original, command, on)
    if after is None:
        return None
    first = replace(after.versions[0], effective_on=on)
    return replace(after, versions=(first, *after.versions[1:]))


def ending(part: str) -> Place[P]:
    """How the action ended. The day of an end that was presumed is said by the act that ends, and nowhere else."""
    def put(plan: P, original: Original, command: Any, on: date) -> P | None:
        if plan.ending is None or (on != original.on and plan.ending.presumed is not None):
            return None
        right = replaced(plan.ending, part, "on", original, command, on)
        return replace(plan, ending=right) if right else None
    return put


def in_amendment(part: str, day: str) -> Place[P]:
    """A step of an amendment. With the day of the one that brought the new version moves the day of the version, and
    of who came or went with it."""
    def put(plan: P, original: Original, command: Any, on: date) -> P | None:
        number = int(original.facts["amendment"])
        its = [each.number == number and getattr(each, part) == original.command for each in plan.amendments]
        if True not in its:
            return None
        *earlier, held = plan.amendments[:its.index(True) + 1]
        right = replaced(held, part, day, original, command, on)
        if right is None:
            return None
        after = replace(plan, amendments=(*earlier, right, *plan.amendments[len(earlier) + 1:]))
        return _effective(after, number, original.on, on) if original.event.endswith(".amended") else after
    return put


def _effective(plan: P, number: int, was: date, on: date) -> P:
    """The version of an amendment in force from another day, and who came or went with it."""
    if was == on:
        return plan
    came = since(since(in_force_from(plan, number, on), LEAD, was, on), PARTICIPANT, was, on)
    return gone_from(came, (LEAD, PARTICIPANT), was, on)


def in_force_from(plan: P, number: int, on: date) -> P:
    """The plan in which the version took the place of the one before it on the day `on`."""
    return replace(plan, versions=tuple(
        replace(each, effective_on=on) if each.number == number
        else replace(each, effective_until=on) if each.number == number - 1 else each for each in plan.versions))


def since(plan: P, part: str, was: date, on: date, but: Iterable[str] = ()) -> P:
    """The plan in which those who got the part on the day `was` have it from `on`, but for some."""
    stay = frozenset(but)
    return replace(plan, parties=tuple(replace(each, since=on) if each.part == part and each.since == was
                                       and each.agency not in stay else each for each in plan.parties))


def gone_from(plan: P, parts: Iterable[str], was: date, on: date, agency: str = "") -> P:
    """The plan in which those who had one of the parts until the day `was`, or the one agency of them, had it until
    `on`."""
    of, eve, was_eve = frozenset(parts), on - timedelta(days=1), was - timedelta(days=1)

    def its(each: Party | Left) -> bool:
        return each.part in of and agency in ("", each.agency)

    parties = tuple(replace(each, until=eve) if its(each) and each.until == was_eve else each for each in plan.parties)
    left = tuple(replace(each, on=on) if its(each) and each.on == was else each for each in plan.left)
    return replace(plan, parties=parties, left=left)


# The rows

def document(act: str, put: Place[Any], *fields: str) -> Correctable:
    """The row of an outward document: its words, and who signs it."""
    return Correctable(act, fields_of(*fields, *SIGNED), put, document=True)


def paper(act: str, put: Place[Any], *fields: str, part: str = "paper") -> Correctable:
    """The row of a decision that was recorded from a paper."""
    named = tuple(each.replace("paper", part) for each in PAPER)
    codes = {f"{part}__kind": "government_papers"}
    return Correctable(act, fields_of(*named, *fields, **codes), put)


CORRECTABLE = (
    Correctable("consult", fields_of(*OFFICER), one_of("consultations")),
    Correctable("answer-consultation", fields_of("says", *OFFICER, answer="consultation_answers"),
                within("consultations", one_of("answers"), "consultation")),
    document("submit", submission),
    document("withdraw", in_case("withdrawal", "withdrawn_on"), "reason"),
    document("review", one_of("reviews"), "opinion"),
    document("present", one_of("presentations"), "to"),
    paper("approve", approval),
    paper("return-plan", one_of("decided", "sent_back"), "reasons"),
    paper("reject", one_of("decided", "rejection"), "reasons"),
    Correctable("record-interim-measure", fields_of("what", "where", "taken_on", "effect"), one_of("measures")),
    document("record-continuation", inside("continuation", in_case("said", "on")), "how"),
    Correctable("add-related", fields_of("reason"), in_case("related"), dated=False),
    Correctable("add-material", fields_of("name", "copies", "pages", "original", kind="material_kinds"), in_material),
    Correctable("start", fields_of("says", *OFFICER), in_case("started", "started_on")),
    Correctable("dispatch", fields_of("order", "meeting.place", *COMMANDER, *OFFICER), one_of("dispatches")),
    Correctable("confirm-dispatch", fields_of("reason"), within("dispatches", one_of("confirmations"), "dispatch")),
    Correctable("report-task", fields_of(*OFFICER), one_of("task_reports")),
    Correctable("record-decision", fields_of("number", "fine", *RESPONDENT, *SIGNED, kind="decision_kinds",
                                             cause="causes", respondent__kind="respondent_kinds"), one_of("decisions")),
    Correctable("record-finding", fields_of("facts", "own_case", "respondent", *OFFICER, cause="causes"),
                one_of("findings")),
    Correctable("settle-finding", fields_of("own_case", "reason", *OFFICER),
                one_of("findings", "settled", "settled_on")),
    document("suspend", one_of("pauses"), "reason"),
    document("resume", one_of("pauses", "resumed", "resumed_on"), "reason"),
    document("terminate", ending("terminated"), "reason"),
    Correctable("end", fields_of("says", *OFFICER), ending("ended")),
    document("amend", in_amendment("said", "on"), "reason"),
    document("review-amendment", in_amendment("reviewed", "reviewed_on"), "opinion"),
    document("present-amendment", in_amendment("presented", "presented_on"), "to"),
    paper("decide-amendment", in_amendment("decided", "decided_on"), "reasons"),
)
ROWS: Mapping[str, Correctable] = {row.act: row for row in CORRECTABLE}
