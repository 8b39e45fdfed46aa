"""第三条, 第二十七条第一项: the register of agencies. Pure. Its acts are rows of the chapter in `domain.py`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shared.acts.codes import unmapped
from shared.acts.model import Context, Outcome, Party
from shared.contracts.register import KINDS, LINES, STANDING, Agency, Power
from shared.kernel.errors import Refusal, demand

IN_REGISTER = "in_register"
ENTRUSTED, STATUTORY, VERTICAL = "entrusted", "statutory", "vertical"
RENEWED = "entrustment_renewed"              # the event of a change of the 委托书 or its term
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)      # it names a queue of the broker: no dots, no wildcards
DOES = {"supervise": "监管", "punish": "处罚"}

NO_DOCUMENT = Refusal("NO_DOCUMENT", "应当注明政府批准文件的文号。", "The government's document number is needed.",
                      where="document")
BAD_CODE = Refusal("BAD_AGENCY_CODE", "机关代码应当由小写字母、数字和连字符组成。",
                   "An agency's code is of small letters, digits and hyphens.", where="code")
CODE_TAKEN = Refusal("AGENCY_EXISTS", "机关代码「{code}」已在册。", "The code {code} is in the register already.",
                     status=409, where="code")
NAME_TAKEN = Refusal("NAME_TAKEN", "名录中已有同名机关：{code}。已撤销机关的名称不再启用，以免与其案件和文书混淆。",
                     "The register has an agency of that name: {code}. A dissolved one's name is not taken again: its "
                     "cases and papers bear it.", where="name")
SHORT_TAKEN = Refusal("SHORT_TAKEN", "机关代字为 {code} 所有，文号会重复。已撤销机关的代字不再启用。",
                      "The agency sign is that of {code}: document numbers would repeat. A dissolved one's is not "
                      "taken again.", where="short")
STANDING_TAKEN = Refusal("STANDING_TAKEN", "该职能已由 {code} 承担。", "That standing is held by {code}.",
                         where="standing")
BAD_KIND = Refusal("BAD_KIND", "不是办法第三条所称的机关类别。", "Not a kind of agency.", where="kind")
BAD_LINE = Refusal("BAD_LINE", "隶属关系不正确。", "Not a line of agencies.", where="line")
BAD_STANDING = Refusal("BAD_STANDING", "职能不正确。", "Not a standing.", where="standing")
NO_PRINCIPAL = Refusal("NO_PRINCIPAL", "受委托组织应当注明在册的委托机关，委托机关应当是法定行政机关。",
                       "An entrusted body names the agency of the register that entrusted it: a statutory one.",
                       "行政处罚法 20",
                       where="entrusted_by")
NOT_ITS_POWER = Refusal("NOT_PRINCIPALS_POWER", "委托机关「{principal}」的权责清单中没有该项权责，不能委托。",
                        "{principal} has no such power of its own: it can't entrust it.", "行政处罚法 20", where="powers")
NO_ENTRUSTMENT = Refusal("NO_ENTRUSTMENT", "受委托组织应当注明委托书和委托期限。",
                         "An entrusted body has a letter of entrustment and its term.", "行政处罚法 20",
                         where="entrustment")
NOT_ENTRUSTED_KIND = Refusal("NOT_ENTRUSTED_KIND", "只有受委托组织才有委托机关。",
                             "Only an entrusted body is entrusted by another.", where="entrusted_by")
UNKNOWN_CAUSE = Refusal("UNKNOWN_CAUSE", "权责清单所列案由应当使用代码表。", "The causes of its powers are coded.",
                        where="powers")
POWER_TWICE = Refusal("POWER_TWICE", "权责清单中该项权责重复列出。", "That power stands twice in the list.", where="powers")
BAD_DOES = Refusal("BAD_POWER", "权责应当是监管或者处罚。", "A power is to supervise or to punish.", where="powers")
TERM_OVER = Refusal("TERM_OVER", "委托期限已于{until}届满。", "The term of the entrustment ended on {until}.", "行政处罚法 20",
                    where="entrustment.until")
SUPERIOR_MISSING = Refusal("SUPERIOR_MISSING", "垂直管理机关未注明上级主管机关。", "A vertically managed agency names no superior.",
                           status=200)
NOTHING_CHANGED = Refusal("NOTHING_CHANGED", "没有任何变更。", "Nothing is changed.", article="internal")


@dataclass(frozen=True, slots=True)
class Entrustment:
    """The 委托书 of a 受委托组织: its number and the last day of its term."""

    document: str
    until: date


@dataclass(frozen=True, slots=True)
class Profile:
    """What the register keeps of an agency besides what every service needs. The heads' names are in no event."""

    entrustment: Entrustment | None = None
    samples: tuple[str, ...] = ()            # 执法文书样式, by title
    legal_head: str = ""                     # 法治机构负责人
    enforcement_head: str = ""               # 执法机构负责人
    superior: str = ""                       # 上级主管机关, by name: of a 垂直管理 one it lies outside the register


@dataclass(frozen=True, slots=True)
class RegisterAgency:
    """An agency comes into the register, by the government's `document`."""

    agency: Agency
    document: str
    profile: Profile = Profile()


@dataclass(frozen=True, slots=True)
class ChangeAgency:
    """What changes, by the government's `document`; None: stays. The code stays for ever."""

    document: str
    name: str | None = None
    kind: str | None = None
    line: str | None = None
    standing: str | None = None
    entrusted_by: str | None = None
    short: str | None = None
    powers: tuple[Power, ...] | None = None
    legal_basis: tuple[str, ...] | None = None
    entrustment: Entrustment | None = None
    samples: tuple[str, ...] | None = None
    legal_head: str | None = None
    enforcement_head: str | None = None
    superior: str | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """An agency in the register."""

    state: str
    agency: Agency
    profile: Profile
    documents: tuple[str, ...]               # by which it was registered and changed
    parties: tuple[Party, ...] = ()
    takes_standing: bool = False             # of one being dissolved: its successor takes over its standing

    def moved(self, state: str) -> "Registration":
        return replace(self, state=state)


def register(_: None, command: RegisterAgency, context: Context) -> Outcome[Registration]:
    agency = _with_term(command.agency, command.profile)
    demand(
        (command.document, NO_DOCUMENT),
        (CODE.fullmatch(agency.code), BAD_CODE),
        (context.register.get(agency.code) is None, CODE_TAKEN.filled(code=agency.code)),
        _runs(agency, context),
        *_sound(agency, command.profile, context),
    )
    case = Registration(IN_REGISTER, agency, command.profile, (command.document,))
    outcome = told_whole(case)
    return replace(outcome, facts={**outcome.facts, "entrustment": _term(case)}, warnings=tuple(_doubts(case)))


def change(case: Registration, command: ChangeAgency, context: Context) -> Outcome[Registration]:
    """A new term of the entrustment is an event of its own: it meets the clock of the one before."""
    profile = _with(case.profile, command, "entrustment samples legal_head enforcement_head superior")
    agency = _with(case.agency, command, "name kind line standing entrusted_by short powers legal_basis")
    if agency.kind != ENTRUSTED and case.agency.kind == ENTRUSTED:
        profile = replace(profile, entrustment=None)
    agency = _with_term(agency, profile)
    demand(
        (command.document, NO_DOCUMENT),
        ((agency, profile) != (case.agency, case.profile), NOTHING_CHANGED),
        *([_runs(agency, context)] if agency.entrusted_until != case.agency.entrusted_until else ()),
        *_sound(agency, profile, context),
    )
    after = replace(case, agency=agency, profile=profile, documents=(*case.documents, command.document))
    outcome = replace(told_whole(after), warnings=tuple(_doubts(after)))
    was, now = (case.agency.entrusted_by, case.agency.entrusted_until), (agency.entrusted_by, agency.entrusted_until)
    if was == now:
        return outcome
    return replace(outcome, event=RENEWED, facts={**outcome.facts, "entrustment": _term(after) or _over(case)})


def _with(value: Any, command: ChangeAgency, names: str) -> Any:
    given = {name: getattr(command, name) for name in names.split()}
    return replace(value, **{name: new for name, new in given.items() if new is not None})


def _with_term(agency: Agency, profile: Profile) -> Agency:
    """What every service must know of the 委托书: until when one acts in another's name."""
    return replace(agency, entrusted_until=profile.entrustment.until if profile.entrustment else None)


def _runs(agency: Agency, context: Context) -> tuple[object, Refusal]:
    """What is entrusted anew is entrusted for a time to come."""
    until = agency.entrusted_until
    return until is None or context.happened_on <= until, TERM_OVER.filled(until=until)


def _term(case: Registration) -> list[dict[str, Any]]:
    """For the clock of the entrustment: justice sees to it that the register has the next."""
    agency = case.agency
    if agency.entrusted_until is None:
        return []
    return [{"item": agency.code, "until": agency.entrusted_until.isoformat()}]


def _over(case: Registration) -> list[dict[str, Any]]:
    """The entrustment ended otherwise: its clock runs no more."""
    return [{**each, "until": ""} for each in _term(case)]


def _doubts(case: Registration) -> Iterable[Refusal]:
    if case.agency.line == VERTICAL and not case.profile.superior:
        yield SUPERIOR_MISSING


def told_whole(case: Registration) -> Outcome[Registration]:
    """The event tells the agency whole, so that whoever hears only the last event knows all."""
    return Outcome(case, {"registered": case.agency.to_dict(), "document": case.documents[-1]})


def in_the_rulebook(context: Context, cause: str) -> bool:
    """Whether the cause is coded; before a rulebook is published none can be asked for."""
    coded = context.rulebook.codes.get("causes", {})
    return not coded or cause in coded


def _sound(agency: Agency, profile: Profile, context: Context) -> Iterable[tuple[object, Refusal]]:
    """What holds of every agency of the register, new or changed."""
    others = [each for each in context.register.agencies.values() if each.code != agency.code]
    there = [each for each in others if each.exists_on(context.happened_on)]
    entrusted = agency.kind == ENTRUSTED
    entrusting = next((each for each in there if each.code == agency.entrusted_by), None)
    principal = entrusting if entrusting and entrusting.kind == STATUTORY else None
    yield agency.kind in KINDS, BAD_KIND
    yield agency.line in LINES, BAD_LINE
    yield not agency.standing or agency.standing in STANDING, BAD_STANDING
    yield not entrusted or principal, NO_PRINCIPAL
    yield not entrusted or profile.entrustment, NO_ENTRUSTMENT
    yield entrusted or not agency.entrusted_by, NOT_ENTRUSTED_KIND
    yield all(power.does in DOES for power in agency.powers), BAD_DOES
    yield from _powers(agency, principal if entrusted else None, context)
    for own, of, among, refusal in ((agency.name, "name", others, NAME_TAKEN),
                                    (agency.short, "short", others, SHORT_TAKEN),
                                    (agency.standing, "standing", there, STANDING_TAKEN)):
        holder = next((each.code for each in among if own and getattr(each, of) == own), "")
        yield not holder, refusal.filled(code=holder)


def _powers(agency: Agency, principal: Agency | None, context: Context) -> Iterable[tuple[object, Refusal]]:
    """Each is coded and stands once; what is entrusted is the principal's own."""
    own, seen = {(each.cause, each.does) for each in principal.powers} if principal else set(), set[tuple[str, str]]()
    for at, power in enumerate(agency.powers):
        this, where = (power.cause, power.does), f"powers.{at}.cause"
        unknown = unmapped(context.rulebook, "causes", power.cause, UNKNOWN_CAUSE, context.happened_on).at(where)
        yield in_the_rulebook(context, power.cause), unknown
        yield this not in seen, POWER_TWICE.at(where)
        yield principal is None or this in own, NOT_ITS_POWER.filled(
            principal=principal.name if principal else "").at(where)
        seen.add(this)
