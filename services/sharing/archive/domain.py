"""第二十七条 执法档案: what an agency delivers of its archive, one record or ten thousand at once. Pure.

A delivery is one act on all of it or on nothing. Its case is the delivery itself, lean: the records stand in tables of
their own, as `Apart`. A record has its agency's own id for ever; the same content again is the same record, another
content under that id its next version, and the old one stays.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from shared.acts.codes import listed
from shared.acts.model import Act, Chapter, Context, Outcome, Party, Viewer
from shared.acts.persons import NOTHING
from shared.acts.standing import enforces
from shared.contracts.apart import Apart
from shared.contracts.personal import Personal
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, Register
from shared.kernel.errors import Refusal, demand

DELIVERED = "delivered"
HOLDER = "holder"
PERSON, ORGANISATION = "person", "organisation"
OPEN, ON_REQUEST = "open", "on_request"
MOST, MOST_TOLD = 10_000, 1_000              # records of one delivery; lines that are told of when it is wrong
TITLES = {
    "id": "档案编号", "category": "类别", "kind": "材料种类", "title": "标题", "text": "正文", "cause": "案由",
    "penalty_item": "处罚事项", "number": "文号", "occurred_on": "发生日期", "respondent_kind": "当事人类别",
    "respondent": "当事人", "respondent_number": "证件号码", "access": "查阅方式", "retention": "保存类别",
}
LISTS = {"category": "record_categories", "kind": "material_kinds", "cause": "causes", "penalty_item": "penalty_items",
         "respondent_kind": "respondent_kinds", "access": "record_access", "retention": "retention_classes"}


def _lacks(code: str, zh: str, en: str, article: str = "27", status: int = 422) -> Refusal:
    return Refusal(code, zh, en, article, status)


NOT_AN_ARCHIVE = _lacks("NOT_AN_ARCHIVE", "执法档案由行政执法机关报送，本机关不是行政执法机关。",
                        "Archive records come from enforcement agencies; yours is none.", "3, 27", 403)
NO_RECORDS = _lacks("NO_RECORDS", "没有一条档案。", "There is no record.")
TOO_MANY = _lacks("TOO_MANY_RECORDS", "一次最多报送 {most} 条，请分批。", "At most {most} records a call: divide them.", "internal")
UNKNOWN_CODE = _lacks("UNKNOWN_CODE", "应当使用代码表。", "It is coded.")
NO_CATEGORY = _lacks("NO_CATEGORY", "应当写明属于第二十七条哪一类执法档案信息。", "Which category of article 27 it is of is required.")
NO_TITLE = _lacks("NO_TITLE", "不能为空。", "It is required.", "internal")
IN_FUTURE = _lacks("DAY_IN_FUTURE", "不得晚于今天。", "It lies in the future.", "internal")
NO_KIND_OF_RESPONDENT = _lacks("NO_RESPONDENT_KIND", "有当事人的，应当写明是自然人还是法人或者其他组织。",
                               "Where there is a respondent, of which kind is required.", "internal")
NO_NAME_OF_RESPONDENT = _lacks("NO_RESPONDENT_NAME", "写了类别或者证件号码的，应当写明当事人。",
                               "With a kind or a number, the respondent's name is required.", "internal")
TWICE = _lacks("RECORD_TWICE", "与第 {first} 行编号相同而内容不同。", "Line {first} has that id with other content.", "internal")
MORE_LINES = _lacks("MORE_LINES", "另有 {more} 行有误，未逐行列出。", "{more} more lines are wrong and not listed.", "internal")
REFUSALS = (NOT_AN_ARCHIVE, NO_RECORDS, UNKNOWN_CODE, NO_CATEGORY, NO_TITLE, IN_FUTURE, NO_KIND_OF_RESPONDENT,
            NO_NAME_OF_RESPONDENT, TWICE)


@dataclass(frozen=True, slots=True)
class Record:
    """A record of the archive as its agency tells it. Codes are of the rulebook's lists (LISTS)."""

    id: str                                  # the agency's own
    category: str
    title: str
    occurred_on: date
    kind: str = ""
    text: str = ""
    cause: str = ""
    penalty_item: str = ""
    number: str = ""                         # 文号
    respondent_kind: str = ""
    respondent: Personal = NOTHING           # name, of whatever kind
    respondent_number: Personal = NOTHING    # 公民身份号码 or 统一社会信用代码
    access: str = ""                         # empty: as the setting `record_access` says
    retention: str = ""                      # how long its personal data are kept, by class


@dataclass(frozen=True, slots=True)
class Line:
    """A record and where it stood in what was sent."""

    number: int
    record: Record
    unread: frozenset[str] = frozenset()     # its fields that could not be read: it is told of, and never kept


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a delivery when it was held against what is there: so many `new`, `unchanged`, `replaced`."""

    new: int = 0
    unchanged: int = 0
    replaced: int = 0
    rows: Apart = field(default_factory=Apart)     # of what is new or replaced, as it will be kept


@dataclass(frozen=True, slots=True)
class AddRecords:
    """报送执法档案. `lines`: of `Line`; `unread`: what could not be read as a record at all, told line by line."""

    lines: Apart
    unread: Apart = field(default_factory=Apart)
    found: Found = field(default_factory=Found)    # filled in before the act is decided
    halves: Apart = field(default_factory=Apart)   # of `Line`: what could be read of those lines, to be looked at too
    ready: Apart = field(default_factory=Apart)    # what was made of the lines before the delivery took its turn


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of one call: counts and a digest, so that both sides can tell later what was delivered."""

    state: str
    agency: str
    categories: Mapping[str, int]
    new: int
    unchanged: int
    replaced: int
    digest: str                              # of the versions that it brought; empty where it brought none
    parties: tuple[Party, ...] = ()

    def moved(self, state: str) -> "Delivery":
        return replace(self, state=state)


def add(_: None, command: AddRecords, context: Context) -> Outcome[Delivery]:
    lines: tuple[Line, ...] = command.lines.value
    wrong = [*command.unread.value, *lacking((*lines, *command.halves.value), context)]
    demand((lines or wrong, NO_RECORDS), *((False, refusal) for refusal in sorted(wrong, key=line_of)))
    viewer, found = context.viewer, command.found
    records = once(lines).values()
    counts = Counter(record.category for record in records)
    youngest = {category: max(record.occurred_on for record in records if record.category == category)
                for category in sorted(counts)}
    case = Delivery(DELIVERED, viewer.agency, dict(sorted(counts.items())), found.new, found.unchanged, found.replaced,
                    found.rows.digest, (Party(HOLDER, viewer.agency, context.happened_on),))
    facts = {"categories": case.categories, "new": case.new, "unchanged": case.unchanged, "replaced": case.replaced,
             "digest": case.digest, "data_on": youngest}
    return Outcome(case, facts)


def once(lines: Iterable[Line]) -> dict[str, Record]:
    """The records by their ids: the same told twice is one."""
    return {line.record.id: line.record for line in lines}


def lacking(lines: tuple[Line, ...], context: Context) -> Iterator[Refusal]:
    """All that is wrong with what could be read, line by line."""
    first: dict[str, Line] = {}
    for line in lines:
        earlier = first.setdefault(line.record.id or f"line {line.number}", line)
        if not (earlier.unread or line.unread) and earlier.record != line.record:
            yield at_line(TWICE.filled(first=earlier.number), line.number, "id")
        for name, refusal in _wrong(line.record, context):
            if name not in line.unread:
                yield at_line(refusal, line.number, name)


def _wrong(record: Record, context: Context) -> Iterator[tuple[str, Refusal]]:
    """What is wrong with a record, by field."""
    for name, codes in LISTS.items():
        code = getattr(record, name)
        known, refusal = listed(context, codes, code, NO_CATEGORY if name == "category" else UNKNOWN_CODE)
        if not known and (code or name == "category"):
            yield name, refusal
    named, said = bool(record.respondent), record.respondent_kind or record.respondent_number
    if not record.title:
        yield "title", NO_TITLE
    if record.occurred_on > context.happened_on:
        yield "occurred_on", IN_FUTURE
    if named and not record.respondent_kind:
        yield "respondent_kind", NO_KIND_OF_RESPONDENT
    if said and not named:
        yield "respondent", NO_NAME_OF_RESPONDENT


def at_line(refusal: Refusal, line: int, name: str, said: str = "") -> Refusal:
    """The refusal as it is told of a field of a line; `said`: the field as it was called where it is none of ours."""
    title = TITLES.get(name, said or name)
    field_zh, field_en = (f"「{title}」", f", {name}") if title else ("", "")
    return replace(refusal, zh=f"第{line}行{field_zh}{refusal.zh}", en=f"Line {line}{field_en}: {refusal.en}",
                   where=f"{line}.{name}".rstrip("."), values={**refusal.values, "line": line, "field": title})


def told_lines(refusals: Iterable[Refusal]) -> tuple[Refusal, ...]:
    """What is told of a delivery that is wrong: the refusals of so many lines, and of how many more there are some."""
    found = tuple(refusals)
    lines = sorted({line_of(refusal) for refusal in found})
    if len(lines) <= MOST_TOLD:
        return found
    last, more = lines[MOST_TOLD - 1], len(lines) - MOST_TOLD
    return (*(refusal for refusal in found if line_of(refusal) <= last), MORE_LINES.filled(more=more))


def line_of(refusal: Refusal) -> int:
    """The line that a refusal is about; 0: about all of it."""
    return int(refusal.values.get("line", 0))


def keeps_archive(_: Any, context: Context) -> Iterator[Refusal]:
    """Guard: only enforcement agencies have records of enforcement."""
    if not enforces(context, context.viewer.agency):
        yield NOT_AN_ARCHIVE


def told(_: Any, after: Delivery, __: str, context: Context) -> frozenset[str]:
    """Who delivered, and who watches over the sharing."""
    return frozenset({after.agency}) | context.register.standing_agencies(JUSTICE, GOVERNMENT_OFFICE)


def seen(case: Delivery, _: Viewer, __: Register) -> Delivery:
    """All of it: a delivery says nothing of its records but how many."""
    return case


ACTS = (
    Act("add-records", "报送执法档案", "27", by=frozenset({HOLDER}), opens=True, to=(DELIVERED,), machine=True,
        guards=(keeps_archive,), event="records_added", command=AddRecords, decide=add),
)
CHAPTER = Chapter("sharing", "执法档案", "records", ACTS, {DELIVERED: "已报送"}, frozenset({DELIVERED}), Delivery, told, seen)
