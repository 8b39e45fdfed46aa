"""第二十六条 信息资源目录: what each agency can share, of which category of article 27, and how it is got. Pure.

An entry is public inside the city and its agency's own. Every version of it stays readable, with who said it and when.
No clock runs on it: whether its data are old is asked of the day on which one looks (`age`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shared.acts import succession
from shared.acts.codes import listed
from shared.acts.model import Act, Chapter, Context, Outcome, Party, Viewer
from shared.acts.standing import enforces
from shared.contracts.personal import MOBILE
from shared.contracts.register import JUSTICE, SUITE, Register
from shared.kernel.errors import Refusal, Rows, demand
from shared.rulebook.model import Rulebook

PUBLISHED, WITHDRAWN = "published", "withdrawn"
STATES = {PUBLISHED: "已公布", WITHDRAWN: "已撤下"}
PUBLISHER = "publisher"
RECORDS = "records"                 # of `catalogue_ways`: got from the archive records on the platform
CATEGORIES, WAYS, RHYTHMS, ITEMS = "record_categories", "catalogue_ways", "update_rhythms", "penalty_items"
_ADDRESS = re.compile(r"://|(?:\d{1,3}\.){3}\d{1,3}|www\.|(?:[a-z0-9-]+\.)+(?:cn|com|net|org|gov|edu|local|lan)"
                      r"(?![a-z0-9])", re.ASCII | re.IGNORECASE)
_DIGITS = re.compile(r"[(（]?\d[\d()（） -]*", re.ASCII)
# 0631-7562345, also with an extension: 7562345-801; a service line of five digits: 12345
_TELEPHONE = re.compile(r"(?:[(（]?0\d{2,3}[)）]?[ -]?)?[2-8]\d{6,7}(?:-\d{1,6})?|1\d{4}|9\d{4}", re.ASCII)


def _lacks(code: str, zh: str, en: str, where: str, article: str = "26") -> Refusal:
    return Refusal(code, zh, en, article, where=where)


NO_TITLE = _lacks("NO_TITLE", "应当写明目录条目的名称。", "The entry's title is required.", "entry.title")
TITLE_TAKEN = Refusal("TITLE_TAKEN", "本机关已公布同名的目录条目，应当修改该条目。",
                      "Your agency has published an entry of that title: revise it.", "internal", 409, "entry.title")
UNKNOWN_CATEGORY = _lacks("UNKNOWN_CATEGORY", "应当写明属于第二十七条哪一类执法档案信息。",
                          "Which of the categories of article 27 it is of is required.", "entry.category", "27")
NO_DESCRIPTION = _lacks("NO_DESCRIPTION", "应当说明该信息资源的内容。", "What the resource holds is required.", "entry.description")
NO_COLUMNS = _lacks("NO_COLUMNS", "应当列明数据项。", "The columns it has are listed.", "entry.columns")
COLUMN_TWICE = _lacks("COLUMN_TWICE", "数据项「{name}」重复。", "The column {name} stands twice.", "entry.columns", "internal")
NO_WAY = _lacks("NO_WAY", "应当写明怎样取得：平台档案、提出查询、数据同步接口或者线下查阅。",
                "How it is got is required: platform records, a query, a feed or offline.", "entry.ways")
UNKNOWN_RHYTHM = _lacks("UNKNOWN_RHYTHM", "应当写明更新周期。", "How often it is brought up to date is required.",
                        "entry.rhythm", "internal")
UNKNOWN_ITEM = _lacks("UNKNOWN_ITEM", "涉及的处罚事项应当使用代码表。", "Penalty items are coded.", "entry.penalty_items", "internal")
NO_OFFICE = _lacks("NO_OFFICE", "应当写明联系科室。", "The office to turn to is required.", "entry.office", "internal")
PERSON_NAMED = _lacks("PERSON_NAMED", "目录对全市机关公开，只写科室和办公电话，不写个人手机号码。",
                      "The catalogue is public inside the city: an office and its telephone, nobody's mobile number.",
                      "entry.office", "个人信息保护法 6")
BAD_TELEPHONE = _lacks("BAD_TELEPHONE", "联系电话「{number}」不像办公电话：应当形如0631-7562345，可以带分机号，也可以不带区号。",
                       "{number} does not look like an office telephone: 0631-7562345, with or without area code and "
                       "extension.", "entry.office", "internal")
ADDRESS_NAMED = _lacks("ADDRESS_NAMED", "目录只写接口能提供什么、向谁申请，不写网络地址。",
                       "The catalogue tells what an interface gives and whom to ask, never its network address.",
                       "entry.interface", "internal")
DATA_LATER = _lacks("DATA_LATER", "数据截止日期不得晚于发生日期。", "The data can't be of a later day than the act.", "data_on",
                    "internal")
NOT_NEWER = _lacks("NOT_NEWER", "数据截止日期应当晚于现有的{data_on}；写错的，应当修改条目并说明理由。",
                   "The data are of {data_on} already: a later day is needed; a wrong one is put right by revising.",
                   "data_on", "internal")
NOTHING_CHANGED = _lacks("NOTHING_CHANGED", "条目没有任何变更。", "Nothing of the entry is changed.", "entry", "internal")
NO_REASON = _lacks("NO_REASON", "应当说明理由。", "A reason is required.", "reason", "internal")
NOT_ENFORCING = Refusal("NOT_ENFORCING", "信息资源目录由行政执法机关（法定、授权或者受委托）公布，本机关不是行政执法机关。",
                        "Enforcement agencies publish in the catalogue, by statute, authorisation or entrustment; "
                        "yours is none.", "26", 403)
REFUSALS = tuple(value for value in tuple(globals().values()) if isinstance(value, Refusal))


@dataclass(frozen=True, slots=True)
class Column:
    """数据项: what is told in it."""

    name: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What an entry says."""

    title: str = ""
    category: str = ""                       # of `record_categories`: one of article 27's five
    description: str = ""
    columns: tuple[Column, ...] = ()
    ways: tuple[str, ...] = ()               # of `catalogue_ways`
    interface: str = ""                      # what a feed or interface gives, whom to ask for it
    rhythm: str = ""                         # of `update_rhythms`
    office: str = ""                         # 联系科室, never a person
    penalty_items: tuple[str, ...] = ()      # of `penalty_items`: which the data are about


@dataclass(frozen=True, slots=True)
class Publish:
    """公布. `taken`: whether the agency has such an entry; filled in before the act is decided."""

    entry: Content
    data_on: date                            # 数据截止日期
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Revise:
    """修改: the entry whole, as it is now. `taken` as in Publish, of another entry."""

    entry: Content
    data_on: date
    reason: str
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Refresh:
    """更新数据日期: the data are of this day now; what the entry says stays."""

    data_on: date


@dataclass(frozen=True, slots=True)
class Withdraw:
    """撤下."""

    reason: str


@dataclass(frozen=True, slots=True)
class Version:
    """What the entry said from a day on, and who said it."""

    number: int
    content: Content
    on: date
    agency: str                              # as it then was: a successor's versions are its own
    appointment: str = ""                    # of who entered it; a person's name is in nothing public
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the catalogue."""

    state: str
    data_on: date
    versions: tuple[Version, ...]
    parties: tuple[Party, ...] = ()
    withdrawn: Withdraw | None = None
    withdrawn_on: date | None = None

    @property
    def content(self) -> Content:
        return self.versions[-1].content

    @property
    def agency(self) -> str:
        """Whose entry it is: the publisher's, or its successor's; where nobody succeeds, its last publisher's still."""
        its = [party for party in self.parties if party.part == PUBLISHER]
        return next((party.agency for party in its if party.until is None), its[-1].agency)

    def moved(self, state: str) -> "Entry":
        return replace(self, state=state)


def enforcing(_: Entry | None, context: Context) -> Iterator[Refusal]:
    """公布的是行政执法机关 (3, 26), of whichever kind the register says."""
    if not enforces(context, context.viewer.agency):
        yield NOT_ENFORCING


def publish(_: None, command: Publish, context: Context) -> Outcome[Entry]:
    demand(*_sound(command, context))
    agency = context.viewer.agency
    party = Party(PUBLISHER, agency, context.happened_on)
    return _told(Entry(PUBLISHED, command.data_on, (_version(1, command.entry, context),), (party,)))


def revise(case: Entry, command: Revise, context: Context) -> Outcome[Entry]:
    """A new version; the older ones stay. Here a wrong data date is put right too, whichever way."""
    demand(
        *_sound(command, context),
        (command.reason, NO_REASON),
        ((command.entry, command.data_on) != (case.content, case.data_on), NOTHING_CHANGED),
    )
    version = _version(len(case.versions) + 1, command.entry, context, command.reason)
    return _told(replace(case, data_on=command.data_on, versions=(*case.versions, version)))


def refresh(case: Entry, command: Refresh, context: Context) -> Outcome[Entry]:
    demand(
        (command.data_on <= context.happened_on, DATA_LATER),
        (command.data_on > case.data_on, NOT_NEWER.filled(data_on=case.data_on)),
    )
    return _told(replace(case, data_on=command.data_on))


def withdraw(case: Entry, command: Withdraw, context: Context) -> Outcome[Entry]:
    demand((command.reason, NO_REASON))
    return _told(replace(case, withdrawn=command, withdrawn_on=context.happened_on))


def _version(number: int, content: Content, context: Context, reason: str = "") -> Version:
    viewer = context.viewer
    return Version(number, content, context.happened_on, viewer.agency, viewer.appointment, reason)


def hand_over(case: Entry, handing: succession.Handing, _: Context) -> Outcome[Entry]:
    """承继: what its publisher was dissolved with goes on; its versions stay the former's."""
    return Outcome(case, {**_facts(case), **handing.facts})


def _told(case: Entry) -> Outcome[Entry]:
    return Outcome(case, _facts(case))


def _facts(case: Entry) -> dict[str, Any]:
    """What every event of an entry tells."""
    now = case.content
    return {"publisher": case.agency, "category": now.category, "title": now.title, "ways": list(now.ways),
            "version": len(case.versions), "data_on": case.data_on}


def _sound(command: Publish | Revise, context: Context) -> Iterator[tuple[object, Refusal]]:
    """What holds of every version of an entry."""
    said = command.entry
    yield said.title, NO_TITLE
    yield not command.taken, TITLE_TAKEN
    yield listed(context, CATEGORIES, said.category, UNKNOWN_CATEGORY)
    yield said.description, NO_DESCRIPTION
    yield from _columns(said)
    yield said.ways, NO_WAY
    for at, way in enumerate(said.ways):
        yield listed(context, WAYS, way, NO_WAY.at(f"entry.ways.{at}"))
    yield listed(context, RHYTHMS, said.rhythm, UNKNOWN_RHYTHM)
    for at, item in enumerate(said.penalty_items):
        yield listed(context, ITEMS, item, UNKNOWN_ITEM.at(f"entry.penalty_items.{at}"))
    yield said.office, NO_OFFICE
    yield not MOBILE.search(said.office), PERSON_NAMED
    wrong = next(_wrong_numbers(said.office), "")
    yield not wrong, BAD_TELEPHONE.filled(number=wrong)
    yield not _ADDRESS.search(said.interface), ADDRESS_NAMED
    yield command.data_on <= context.happened_on, DATA_LATER


def _wrong_numbers(text: str) -> Iterator[str]:
    """Figures too many for a room's number that are no telephone of an office; a mobile is told as such."""
    for found in _DIGITS.findall(text):
        number = found.strip(" -（(")
        told = _TELEPHONE.fullmatch(number) or MOBILE.search(number)
        if sum(map(str.isdigit, number)) >= 5 and not told:
            yield number


def _columns(said: Content) -> Rows:
    yield said.columns and all(each.name for each in said.columns), NO_COLUMNS
    names = [each.name for each in said.columns]
    twice = next((name for name in names if names.count(name) > 1), "")
    yield not twice, COLUMN_TWICE.filled(name=twice)


def stale_days(rulebook: Rulebook) -> int:
    """After how many days without new data an entry is told as old; the city's own rule."""
    return int(rulebook.setting("catalogue_stale_days"))


def age(data_on: date, today: date, rulebook: Rulebook) -> dict[str, Any]:
    """How old data are on a day, in calendar days, and whether that is too old."""
    days = (today - data_on).days
    return {"data_age_days": days, "stale": days > stale_days(rulebook)}


def told(before: Entry | None, after: Entry, event: str, context: Context) -> frozenset[str]:
    """Everyone of the register; of new data alone its own agency and justice: they come every day."""
    if event == "catalogue_refreshed":
        return frozenset({after.agency}) | context.register.standing_agencies(JUSTICE)
    return succession.leaving(before, after, event) | {
        code for code, agency in context.register.agencies.items() if agency.exists_on(context.happened_on)}


def seen(case: Entry, _: Viewer, __: Register) -> Entry:
    """All of it, by everyone signed in."""
    return case


OWN = frozenset({PUBLISHER})
ACTS = (
    Act("publish", "公布目录条目", "26", by=OWN, opens=True, to=(PUBLISHED,), guards=(enforcing,),
        event="catalogue_published", command=Publish, decide=publish),
    Act("revise", "修改目录条目", "26", by=OWN, states=frozenset({PUBLISHED}), event="catalogue_revised", command=Revise,
        decide=revise),
    Act("refresh", "更新目录数据日期", "internal", by=OWN | {SUITE}, states=frozenset({PUBLISHED}), adds_only=True,
        machine=True, event="catalogue_refreshed", command=Refresh, decide=refresh),
    Act("withdraw", "撤下目录条目", "26", by=OWN, states=frozenset({PUBLISHED}), to=(WITHDRAWN,),
        event="catalogue_withdrawn", command=Withdraw, decide=withdraw),
    *succession.rows(STATES, hand_over),
)
CHAPTER = Chapter("sharing", "执法信息资源目录", "catalogue", ACTS, STATES, frozenset(STATES), Entry, told, seen, public=True)
