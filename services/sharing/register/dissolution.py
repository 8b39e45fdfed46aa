"""第三条, 第二十七条第一项: an agency is dissolved, with its last day and who continues what. Pure.

The register tells the last day at once, so that every service knows of it beforehand; on the day after it the suite
itself does `take-effect`, and what the agency had goes over. A last day that is past already is in effect with the act
that enters it; today's is not over before midnight.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from services.sharing.register.agencies import (
    NO_DOCUMENT,
    NOTHING_CHANGED,
    Registration,
    in_the_rulebook,
    told_whole,
)
from services.sharing.register.entrustments import goes_on
from services.sharing.register.powers import told_where
from shared.acts.heirs import may_succeed, unlike
from shared.acts.model import Context, Outcome
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, STANDING_TITLES, Agency, Heir
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, demand

IN_REGISTER, DISSOLVING, DISSOLVED = "in_register", "dissolving", "dissolved"
IN_EFFECT = "agency_dissolved"                             # the event by which what it had goes over
MUST_GO_ON = frozenset({JUSTICE, GOVERNMENT_OFFICE})       # without them nobody reviews, rules and supervises

BEFORE_SINCE = Refusal("ENDS_BEFORE_SINCE", "最后存续日期不得早于设立日期（{since}）。",
                       "The last day lies before the agency's first ({since}).", where="last_day")
ITSELF = Refusal("SUCCEEDS_ITSELF", "被撤销机关不能承继自己的职责。", "A dissolved agency can't succeed itself.", where="successor")
UNKNOWN_HEIR = Refusal("UNKNOWN_SUCCESSOR", "承继机关「{agency}」不在名录中，或者在{day}不存续。",
                       "{agency} is not in the register, or does not exist on {day}.", where="successor")
HEIR_ENDS = Refusal("SUCCESSOR_DISSOLVING", "承继机关「{agency}」自身正在撤销，请确定其他承继机关。",
                    "{agency} is itself being dissolved: name another.", where="successor")
NO_HEIR_OF_ITS_KIND = Refusal(
    "SUCCESSOR_NOT_ENFORCING", "「{name}」（{agency}）不能承继行政执法机关的职责：承继机关应当是行政执法机关，不是司法行政部门、市政府办公室、"
    "纪检监察机关；受委托组织没有自己的权责，也不能承继。",
    "{name} ({agency}) can't continue the duties of an enforcement agency: an heir is one itself, and neither justice, "
    "the government office nor discipline, nor an entrusted body, which has no power of its own.", where="successor")
UNKNOWN_CAUSE = Refusal("UNKNOWN_SPLIT_CAUSE", "按事项划分所列案由不在编码表中：{causes}。",
                        "Causes of the split that are not coded: {causes}.", where="split")
CAUSE_TWICE = Refusal("CAUSE_TWICE", "案由「{causes}」划给了不止一个机关，或者重复列出。",
                      "The causes {causes} are given more than once.", where="split")
EMPTY_SHARE = Refusal("EMPTY_SHARE", "按事项划分的每一项应当列明案由；其余事项的承继机关填在 successor。",
                      "Each share of a split names its causes; who has the rest is the successor.", where="split")
STRANGER_STAFF = Refusal("STAFF_TO_STRANGER", "人员只能转入承继机关。", "People go to an agency that succeeds it.",
                         where="staff_to")
STANDING_NEEDS_ONE = Refusal("STANDING_NEEDS_SUCCESSOR", "该机关承担「{standing}」职能，应当由一个机关整体承继，不能划分或者无人承继。",
                             "The agency holds the standing {standing}: one agency must succeed it in all.",
                             where="successor")
STANDING_NOT_TAKEN = Refusal("STANDING_NOT_TAKEN", "应当由承继机关同时承接「{standing}」职能。",
                             "The successor must take over the standing {standing}.", where="takes_standing")
STANDING_OF_ITS_OWN = Refusal("STANDING_OF_ITS_OWN", "承继机关已承担其他职能，不能再承接。",
                              "The successor holds another standing already.", where="takes_standing")
NO_STANDING = Refusal("NO_STANDING_TO_TAKE", "该机关没有可承接的职能。", "The agency holds no standing.", where="takes_standing")
TO_TAKE_STANDING = Refusal(
    "STANDING_TO_TAKE", "该机关将自{day}起承继「{name}」（{standing}），应当在此之后登记其撤销；不再由其承继的，先撤回「{name}」的撤销登记，另定承继机关。",
    "The agency is to succeed {name} ({standing}) from {day} on: it is dissolved after that, or the dissolution of "
    "{name} is taken back first and another named.", where="last_day")
ENTRUSTED_LEFT = Refusal("ENTRUSTED_LEFT",
                         "该机关委托的组织（{bodies}）的委托随撤销终止，此后不能再以其名义实施；应当另行确定委托机关和委托书。",
                         "The entrustment of the bodies that it entrusted ({bodies}) ends with it: they act in its "
                         "name no more, and it must be made anew by another.", "行政处罚法 20", 200)
ENTRUSTED_PASS = Refusal("ENTRUSTED_PASS",
                         "该机关委托的组织（{bodies}）此后以承继机关「{heir}」的名义实施，委托书和期限不变。",
                         "The bodies that it entrusted ({bodies}) act in the name of its successor {heir} from then "
                         "on, under the same letter and term.", "行政处罚法 20", 200)
ENTERED_LATE = Refusal("DISSOLUTION_ENTERED_LATE",
                       "最后存续日期{until}已过，撤销即时生效；该机关其后所作的行为仍以其名义保留，由承继机关负责。",
                       "The last day ({until}) is past: the dissolution is in effect now. What the agency did since "
                       "stays under its name; its successor answers for it.", status=200)
NOT_YET = Refusal("NOT_YET_ENDED", "该机关存续至{until}，撤销尚未生效。", "The agency exists until {until}.", status=409)
TAKES_EFFECT = Refusal("DISSOLUTION_IN_EFFECT", "撤销自{since}起已经生效，不能撤回；确有错误的，另行登记机关。",
                       "The dissolution has been in effect since {since} and can't be taken back.", status=409)
NO_REASON = Refusal("NO_REVOCATION_REASON", "撤回撤销登记应当说明理由。", "Taking a dissolution back needs its reason.",
                    where="reason")
REFUSALS = (BEFORE_SINCE, ITSELF, UNKNOWN_HEIR, HEIR_ENDS, UNKNOWN_CAUSE, CAUSE_TWICE, EMPTY_SHARE, STRANGER_STAFF,
            NO_HEIR_OF_ITS_KIND, STANDING_NEEDS_ONE, STANDING_NOT_TAKEN, STANDING_OF_ITS_OWN, NO_STANDING,
            TO_TAKE_STANDING, NOT_YET, TAKES_EFFECT, NO_REASON)
WARNINGS = (ENTRUSTED_LEFT, ENTRUSTED_PASS, ENTERED_LATE)


@dataclass(frozen=True, slots=True)
class Share:
    """What one agency takes over of a dissolved one, by matter."""

    successor: str                      # empty: nobody
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dissolve:
    """撤销, by the government's `document`. `successor`: of everything, or of the rest where there are shares; empty:
    nobody, and justice holds it."""

    document: str
    last_day: date
    successor: str = ""
    split: tuple[Share, ...] = ()
    takes_standing: bool = False        # the successor takes over the standing: justice, government_office, discipline
    staff_to: str = ""                  # where its people go; empty: to the successor

    @property
    def heirs(self) -> tuple[Heir, ...]:
        """By matter first, the rest last."""
        staff = self.staff_to or self.successor
        shares = tuple(Heir(each.successor, each.causes, bool(staff) and each.successor == staff != self.successor)
                       for each in self.split)
        return (*shares, Heir(self.successor, (), staff == self.successor)) if self.successor else shares


@dataclass(frozen=True, slots=True)
class RevokeDissolution:
    """撤回撤销登记, before it takes effect: the government decided otherwise, or it was entered wrongly."""

    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class TakeEffect:
    """The day after the last has come."""


@dataclass(frozen=True, slots=True)
class TakeStanding:
    """What a dissolved agency stood for goes to the successor."""

    standing: str
    former: str
    document: str


def dissolve(case: Registration, command: Dissolve, context: Context) -> Outcome[Registration]:
    """The register tells the last day from now on, which may lie ahead or behind, back to the agency's first: then
    this is in effect at once."""
    demand(
        (command.document, NO_DOCUMENT),
        (case.agency.since <= command.last_day, BEFORE_SINCE.filled(since=case.agency.since)),
        *_heirs(case.agency, command, context),
        *_split(command, context),
        *_standing(case.agency, command, context),
        *_to_take(case.agency, context),
        (not command.staff_to or command.staff_to in {each.agency for each in command.heirs}, STRANGER_STAFF),
    )
    agency = replace(case.agency, until=command.last_day, heirs=command.heirs)
    ordered = replace(case, agency=agency, documents=(*case.documents, command.document),
                      takes_standing=command.takes_standing)
    warned = (*told_where(agency, agency.heirs, context, command.last_day + timedelta(days=1)),
              *(doubt for each in agency.heirs for doubt in unlike(agency, context.register.get(each.agency))),
              *_bodies(agency, context))
    if command.last_day < day_of(context.now):
        late = ENTERED_LATE.filled(until=command.last_day)
        return replace(_ended(ordered), state=DISSOLVED, event=IN_EFFECT, warnings=(*warned, late))
    return replace(_with_heirs(ordered), state=DISSOLVING, warnings=warned)


def _heirs(agency: Agency, command: Dissolve, context: Context) -> Iterator[tuple[object, Refusal]]:
    day = command.last_day + timedelta(days=1)
    named = dict.fromkeys(code for code in (*(each.successor for each in command.split), command.successor) if code)
    for code in named:
        heir = context.register.get(code)
        yield code != agency.code, ITSELF
        yield heir and heir.since <= day and (heir.until is None or heir.until >= day), \
            UNKNOWN_HEIR.filled(agency=code, day=day)
        ends = heir is not None and code != agency.code and heir.until is not None and heir.until >= day
        yield not ends, HEIR_ENDS.filled(agency=code)
        yield heir is None or code == agency.code or may_succeed(agency, heir), \
            NO_HEIR_OF_ITS_KIND.filled(agency=code, name=context.register.name_of(code))


def _bodies(agency: Agency, context: Context) -> Iterator[Refusal]:
    """What becomes of the bodies that it entrusted and whose term would have gone on."""
    assert agency.until is not None
    after = agency.until + timedelta(days=1)
    theirs = [each for each in context.register.agencies.values() if each.entrusted_by == agency.code
              and each.exists_on(after) and (each.entrusted_until is None or each.entrusted_until >= after)]
    heir = agency.heirs[0].agency if len(agency.heirs) == 1 else ""
    passing = [each.name for each in theirs if goes_on(each, heir, context, after)]
    ending = [each.name for each in theirs if each.name not in passing]
    if passing:
        yield ENTRUSTED_PASS.filled(bodies="、".join(passing), heir=context.register.name_of(heir))
    if ending:
        yield ENTRUSTED_LEFT.filled(bodies="、".join(ending))


def _split(command: Dissolve, context: Context) -> Iterator[tuple[object, Refusal]]:
    causes = [cause for each in command.split for cause in each.causes]
    unknown = [cause for cause in dict.fromkeys(causes) if not in_the_rulebook(context, cause)]
    twice = sorted({cause for cause in causes if causes.count(cause) > 1})
    yield all(each.causes for each in command.split), EMPTY_SHARE
    yield not unknown, UNKNOWN_CAUSE.filled(causes="、".join(unknown))
    yield not twice, CAUSE_TWICE.filled(causes="、".join(twice))


def _standing(agency: Agency, command: Dissolve, context: Context) -> Iterable[tuple[object, Refusal]]:
    heir, held = context.register.get(command.successor), agency.standing
    whole, title = command.successor and not command.split, STANDING_TITLES.get(held, held)
    return (
        (held not in MUST_GO_ON or whole, STANDING_NEEDS_ONE.filled(standing=title)),
        (held not in MUST_GO_ON or not whole or command.takes_standing, STANDING_NOT_TAKEN.filled(standing=title)),
        (not command.takes_standing or held, NO_STANDING),
        (not command.takes_standing or heir is None or not heir.standing, STANDING_OF_ITS_OWN),
    )


def _to_take(agency: Agency, context: Context) -> Iterator[tuple[object, Refusal]]:
    """Whom justice, say, goes to on a day ahead does not end before it has it: nobody would hold the standing then."""
    today = day_of(context.now)
    for each in context.register.agencies.values():
        if each.standing and each.until and each.until >= today and agency.code in {heir.agency for heir in each.heirs}:
            title = STANDING_TITLES.get(each.standing, each.standing)
            yield False, TO_TAKE_STANDING.filled(day=each.until + timedelta(days=1), name=each.name, standing=title)


def revoke(case: Registration, command: RevokeDissolution, context: Context) -> Outcome[Registration]:
    until = case.agency.until or date.max
    since = until + timedelta(days=1) if until < date.max else until
    demand((day_of(context.now) <= until, TAKES_EFFECT.filled(since=since)))
    demand((command.document, NO_DOCUMENT), (command.reason, NO_REASON))
    agency = replace(case.agency, until=None, heirs=())
    return told_whole(replace(case, agency=agency, documents=(*case.documents, command.document), takes_standing=False))


def take_effect(case: Registration, _: TakeEffect, context: Context) -> Outcome[Registration]:
    until = case.agency.until or date.max
    demand((until < day_of(context.now), NOT_YET.filled(until=until)))
    return _ended(case)


def _ended(case: Registration) -> Outcome[Registration]:
    """The agency is no more. Its standing ends; who takes it over is told so in an event of its own, before this."""
    outcome = _with_heirs(replace(case, agency=replace(case.agency, standing="")))
    return replace(outcome, facts={**outcome.facts, "standing": case.agency.standing, "entrustment": ended_term(case)})


def take_standing(case: Registration, command: TakeStanding, _: Context) -> Outcome[Registration]:
    demand((case.agency.standing != command.standing, NOTHING_CHANGED))
    return told_whole(replace(case, agency=replace(case.agency, standing=command.standing),
                              documents=(*case.documents, command.document)))


def _with_heirs(case: Registration) -> Outcome[Registration]:
    """Told whole, with who continues what."""
    outcome, agency = told_whole(case), case.agency
    return replace(outcome, facts={
        **outcome.facts, "former": agency.code, "last_day": agency.until,
        "successors": [each.agency for each in agency.heirs if each.agency], "split": len(agency.heirs) > 1})


def ended_term(case: Registration) -> list[dict[str, Any]]:
    """For the clock of its entrustment, if it had one: it is over."""
    return [{"item": case.agency.code, "until": ""}] if case.profile.entrustment else []
