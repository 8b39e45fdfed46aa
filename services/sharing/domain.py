"""第五章 信息共享, its common things: the register of agencies, rulebooks, calendars, the basis. Pure.

They are public inside the city: every agency of the register is told, and every signed-in viewer may read them.
Each is a small chapter of its own. No clock runs on any of them, so their only states are final ones.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.sharing.archive import domain as records
from services.sharing.catalogue import domain as catalogue
from services.sharing.personal_data import holds
from services.sharing.queries.domain import acts as queries
from services.sharing.register import dissolution as ending
from services.sharing.register.agencies import (
    IN_REGISTER,
    RENEWED,
    ChangeAgency,
    RegisterAgency,
    Registration,
    change,
    register,
)
from services.sharing.register.dissolution import (
    DISSOLVED,
    DISSOLVING,
    IN_EFFECT,
    Dissolve,
    RevokeDissolution,
    TakeEffect,
    TakeStanding,
)
from services.sharing.register.entrustments import ENDED, PASSED, PassEntrustment, pass_entrustment
from services.sharing.register.powers import TakePowers, take_powers
from services.sharing.register.successors import NameHeir, name_heir
from services.sharing.subscriptions import domain as subscriptions
from services.sharing.tips.domain import acts as tips
from shared.acts.codes import listed
from shared.acts.model import Act, Chapter, Context, Outcome, Party, Rank, Viewer
from shared.calendar.model import YearFile
from shared.calendar.notice import flaws
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, SUITE, Register
from shared.kernel.errors import Refusal, Refused, demand
from shared.rulebook.model import Basis

PUBLISHED, SET = "published", "set"

ALREADY_CURRENT = Refusal("ALREADY_CURRENT", "该版本即现行版本。", "That version is the current one.", status=409,
                          where="text")
NOTHING_TO_LOAD = Refusal("NOTHING_TO_LOAD", "没有可载入的内容。", "There is nothing to load.", where="text")
BAD_YEAR = Refusal("BAD_YEAR", "{zh}", "{en}", where="text")
NO_RULEBOOK = Refusal("NO_RULEBOOK", "尚未发布规则，无从确定依据。", "No rulebook is published yet.", status=409)
NO_DOCUMENT = Refusal("NO_DOCUMENT", "依据应当有文号。", "A basis has a document number.", where="document")
NO_TITLE = Refusal("NO_TITLE", "依据应当有名称。", "A basis has a title.", where="title")
BAD_KIND = Refusal("BAD_BASIS_KIND", "依据应当是延期文件、新办法或者上位法。",
                   "A basis is an extension, a new regulation or a higher law.", where="kind")
ENDS_EARLY = Refusal("ENDS_EARLY", "终止日期不得早于起始日期。", "It ends before it begins.", where="until")


@dataclass(frozen=True, slots=True)
class PublishRulebook:
    """A rulebook as text. What the loader reads out of it is filled in before the act is decided."""

    text: str
    version: str = ""                        # digest of the text
    rulebook: str = ""                       # rongcheng-2021
    title: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """A published version of a rulebook."""

    state: str
    rulebook: str
    version: str
    title: str
    parties: tuple[Party, ...] = ()

    def moved(self, state: str) -> "Publication":
        return replace(self, state=state)


def publish(_: None, command: PublishRulebook, context: Context) -> Outcome[Publication]:
    demand((command.version != context.rulebook.version, ALREADY_CURRENT))
    case = Publication(PUBLISHED, command.rulebook, command.version, command.title)
    return Outcome(case, {"rulebook": command.rulebook, "version": command.version, "title": command.title,
                          "valid_from": command.valid_from, "valid_to": command.valid_to, "text": command.text})


@dataclass(frozen=True, slots=True)
class LoadCalendar:
    """The days off and worked of a year, as its notice has them: a file, or its text, read before the act is
    decided."""

    file: YearFile | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year of the calendar as it was loaded."""

    state: str
    year: int
    notice: str
    provisional: bool
    parties: tuple[Party, ...] = ()

    def moved(self, state: str) -> "CalendarYear":
        return replace(self, state=state)


def load_calendar(_: None, command: LoadCalendar, context: Context) -> Outcome[CalendarYear]:
    """A person's file must make sense. What the suite brings out of its packages is history: odd at times (in 2015 a
    notice named a lone Sunday), but so it was; it is warned of only."""
    demand((command.file, NOTHING_TO_LOAD))
    assert command.file is not None
    file = command.file
    found = [(flaw.warning, BAD_YEAR.filled(zh=flaw.zh, en=flaw.en)) for flaw in flaws(file)]
    if not context.viewer.suite and (wrong := [refusal for warning, refusal in found if not warning]):
        raise Refused(*wrong)
    facts = {"year": file.year, "notice": file.notice, "provisional": file.provisional, "file": file.to_dict()}
    return Outcome(CalendarYear(PUBLISHED, file.year, file.notice, file.provisional), facts,
                   warnings=tuple(refusal for _, refusal in found))


@dataclass(frozen=True, slots=True)
class SetBasis:
    """What carries the current regulation after its last day (33): the document and the days it holds for."""

    document: str                            # 文号
    title: str
    kind: str
    since: date
    until: date | None = None
    sample: bool = False                     # 示例


@dataclass(frozen=True, slots=True)
class BasisSet:
    """A basis as it was set."""

    state: str
    rulebook: str
    basis: Basis
    parties: tuple[Party, ...] = ()

    def moved(self, state: str) -> "BasisSet":
        return replace(self, state=state)


def set_basis(_: None, command: SetBasis, context: Context) -> Outcome[BasisSet]:
    demand(
        (context.rulebook.id, NO_RULEBOOK),
        (command.document, NO_DOCUMENT),
        (command.title, NO_TITLE),
        listed(context, "basis_kinds", command.kind, BAD_KIND),
        (command.until is None or command.since <= command.until, ENDS_EARLY),
    )
    basis = Basis(command.document, command.title, command.kind, command.since, command.until, command.sample)
    rulebook = context.rulebook.id
    return Outcome(BasisSet(SET, rulebook, basis), {"rulebook": rulebook, "basis": basis.to_dict()})


def told(_: Any, after: Any, __: str, context: Context) -> frozenset[str]:
    """Everyone of the register, and who is just coming into it."""
    everyone = {code for code, agency in context.register.agencies.items() if agency.exists_on(context.happened_on)}
    return frozenset(everyone | ({after.agency.code} if isinstance(after, Registration) else set()))


def seen(case: Any, _: Viewer, __: Register) -> Any:
    """All of it, by everyone signed in."""
    return case


JUSTICE_OR_SUITE = frozenset({JUSTICE, SUITE})

AGENCY_ACTS = (
    Act("register", "登记行政执法机关", "3, 27", by=JUSTICE_OR_SUITE, rank=Rank.LEADER, opens=True, to=(IN_REGISTER,),
        event="agency_registered", command=RegisterAgency, decide=register),
    Act("change", "变更登记", "3, 27", by=JUSTICE_OR_SUITE, rank=Rank.LEADER, states=frozenset({IN_REGISTER}),
        event="agency_changed", also=(RENEWED,), command=ChangeAgency, decide=change),
    Act("dissolve", "撤销", "3, 27", by=frozenset({JUSTICE}), rank=Rank.LEADER, states=frozenset({IN_REGISTER}),
        to=(DISSOLVING, DISSOLVED), event="dissolution_ordered", also=(IN_EFFECT,), command=Dissolve,
        decide=ending.dissolve),
    Act("revoke-dissolution", "撤回撤销登记", "3, 27", by=frozenset({JUSTICE}), rank=Rank.LEADER,
        states=frozenset({DISSOLVING}), to=(IN_REGISTER,), event="dissolution_revoked", command=RevokeDissolution,
        decide=ending.revoke),
    Act("take-effect", "撤销生效", "3, 27", by=frozenset({SUITE}), states=frozenset({DISSOLVING}), to=(DISSOLVED,),
        ordered=False, event=IN_EFFECT, command=TakeEffect, decide=ending.take_effect),
    Act("take-standing", "承接职能", "3, 27", by=frozenset({SUITE}), states=frozenset({IN_REGISTER}), ordered=False,
        event="agency_changed", command=TakeStanding, decide=ending.take_standing),
    Act("take-powers", "承接权责", "3, 27", by=frozenset({SUITE}), states=frozenset({IN_REGISTER, DISSOLVING}),
        ordered=False, event="agency_changed", command=TakePowers, decide=take_powers),
    Act("name-heir", "补充指定承继机关", "3, 27", by=frozenset({JUSTICE}), rank=Rank.LEADER, states=frozenset({DISSOLVED}),
        event="agency_changed", command=NameHeir, decide=name_heir),
    Act("pass-entrustment", "委托关系承继", "行政处罚法 20", by=frozenset({SUITE}), states=frozenset({IN_REGISTER, DISSOLVING}),
        ordered=False, event=PASSED, also=(ENDED,), command=PassEntrustment, decide=pass_entrustment),
)
RULEBOOK_ACTS = (
    Act("publish", "发布规则", "32", by=JUSTICE_OR_SUITE, rank=Rank.LEADER, opens=True, to=(PUBLISHED,),
        event="rulebook_published", command=PublishRulebook, decide=publish),
)
CALENDAR_ACTS = (
    Act("load", "载入年度日历", "internal", by=frozenset({JUSTICE, GOVERNMENT_OFFICE, SUITE}), opens=True,
        to=(PUBLISHED,), event="calendar_published", command=LoadCalendar, decide=load_calendar),
)
BASIS_ACTS = (
    Act("set", "确定依据", "33", by=JUSTICE_OR_SUITE, rank=Rank.LEADER, opens=True, to=(SET,),
        event="basis_set", command=SetBasis, decide=set_basis),
)


def _chapter(title: str, path: str, acts: tuple[Act, ...], case: type, *states: tuple[str, str]) -> Chapter:
    titles = dict(states)
    return Chapter("sharing", title, path, acts, titles, frozenset(titles), case, told, seen, public=True)


AGENCIES = _chapter("行政执法机关名录", "agencies", AGENCY_ACTS, Registration,
                    (IN_REGISTER, "在册"), (DISSOLVING, "待撤销"), (DISSOLVED, "已撤销"))
RULEBOOKS = _chapter("规则", "rulebooks", RULEBOOK_ACTS, Publication, (PUBLISHED, "已发布"))
CALENDARS = _chapter("日历", "calendars", CALENDAR_ACTS, CalendarYear, (PUBLISHED, "已发布"))
BASES = _chapter("依据", "bases", BASIS_ACTS, BasisSet, (SET, "已确定"))
CHAPTERS = (AGENCIES, RULEBOOKS, CALENDARS, BASES, catalogue.CHAPTER, queries.CHAPTER, tips.CHAPTER, records.CHAPTER,
            holds.CHAPTER, subscriptions.CHAPTER)
