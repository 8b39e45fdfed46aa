"""The sections of a rulebook file but its clocks. Each reads one section and says what is wrong in it."""

import re
from collections.abc import Callable, Container, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from yaml.nodes import Node, ScalarNode, SequenceNode

from shared.kernel.yaml_files import Page
from shared.rulebook.model import (
    GROUNDS,
    Article,
    Basis,
    ChapterOfLaw,
    Choice,
    EventName,
    Ground,
    Item,
    Law,
    MayRefuse,
    Retention,
    Term,
)
from shared.rulebook.names import SERVICES, Names

NEEDS_NONE = ("definition", "aim", "scope", "leadership", "implementation", "commencement")
EVENT = re.compile(r"[a-z][a-z_]*")
T = TypeVar("T")


def by_name(page: Page, node: Node | None, read: Callable[[str, Node, Node], T]) -> dict[str, T]:
    """A section of named entries, each read with its name, its key and its value."""
    return {name: read(name, key, value) for name, key, value in page.entries(node)}


def needed_day(page: Page, node: Node | None) -> date:
    """A date that must be there; its lack was told as a missing key."""
    return page.day(node) or date.min


def counting(page: Page, node: Node | None) -> dict[str, Any]:
    """How days are counted: from the day after the event, to midnight or the close of business of the last day."""
    found = page.fields(node, "day_of_event last_day zone", "close_of_business question")
    close = page.text(found.get("close_of_business")) or "17:00"
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", close):
        page.wrong(found["close_of_business"], f"“{close}”不是时刻，应如 17:00", f"{close!r} is no time of day")
    return {
        "day_of_event": page.one_of(found.get("day_of_event"), ("not_counted",), "not_counted"),
        "last_day": page.one_of(found.get("last_day"), ("until_midnight", "until_close_of_business"), "until_midnight"),
        "close_of_business": close,
        "zone": page.one_of(found.get("zone"), ("Asia/Shanghai",), "Asia/Shanghai"),
        "question": page.text(found.get("question")),
    }


def laws(page: Page, node: Node | None) -> dict[str, Law]:
    """Other laws: the wording in force, how they count days, the articles relied on."""
    def read(name: str, _: Node, value: Node) -> Law:
        found = page.fields(value, "title since articles", "days note")
        days = (page.fields(found["days"], "ends_on_holiday", "working_days_for working_days_up_to")
                if "days" in found else {})
        short = {page.number(row, least=1) for row in page.rows(days.get("working_days_for"))}
        short |= set(range(1, page.number(days.get("working_days_up_to")) + 1))
        rolls = page.one_of(days.get("ends_on_holiday"), ("stays", "rolls_on"), "stays") == "rolls_on"
        said = {article: page.text(words) for article, _, words in page.entries(found.get("articles"))}
        return Law(name, page.text(found.get("title")), needed_day(page, found.get("since")), said, rolls,
                   tuple(sorted(short)), page.text(found.get("note")))
    return by_name(page, node, read)


def chapters(page: Page, node: Node | None) -> dict[str, ChapterOfLaw]:
    """The regulation's chapters and the service that is each."""
    def read(name: str, _: Node, value: Node) -> ChapterOfLaw:
        found = page.fields(value, "title", "service")
        return ChapterOfLaw(name, page.text(found.get("title")), page.one_of(found.get("service"), SERVICES))
    return by_name(page, node, read)


def articles(page: Page, node: Node | None, names: Names) -> dict[str, Article]:
    """Every article and annex, in our own short words."""
    def read(name: str, _: Node, value: Node) -> Article:
        found = page.fields(value, "chapter title says", "needs_none note service question")
        chapter = page.one_of(found.get("chapter"), names.chapters)
        service = page.one_of(found.get("service"), SERVICES)
        if not service and chapter in names.chapters:
            service = names.chapters[chapter].service
        return Article(name, chapter, page.text(found.get("title")), page.text(found.get("says")),
                       page.one_of(found.get("needs_none"), NEEDS_NONE), page.text(found.get("note")), service,
                       page.text(found.get("question")))
    return by_name(page, node, read)


def parties(page: Page, node: Node | None, names: Names) -> dict[str, dict[str, str]]:
    """The parts agencies have in the cases of each service."""
    def read(name: str, key: Node, value: Node) -> dict[str, str]:
        names.service(key, name)
        return by_name(page, value, lambda _, __, words: page.text(words))
    return by_name(page, node, read)


def choices(page: Page, node: Node | None, names: Names) -> dict[str, Choice]:
    """The settings: a value, what it means, where it comes from, what else it could be."""
    def read(name: str, _: Node, value: Node) -> Choice:
        found = page.fields(value, "value says source", "options question awaits")
        chosen, options = page.plain(found.get("value")), page.texts(found.get("options")) if "options" in found else ()
        written = found["value"].value if isinstance(found.get("value"), ScalarNode) else ""
        if options and "value" in found and written not in options:
            page.wrong(found["value"], f"“{written}”不在可选值之内：{'、'.join(options)}", f"{written!r} is no option")
        if isinstance(chosen, int) and not isinstance(chosen, bool) and chosen < 0:
            page.wrong(found["value"], f"数值 {chosen} 不得为负", f"{chosen} is negative")
        return Choice(name, chosen, page.text(found.get("says")), names.source(found.get("source")), options,
                      page.text(found.get("question")), page.text(found.get("awaits")))
    return by_name(page, node, read)


def events(page: Page, node: Node | None, names: Names) -> dict[str, EventName]:
    """Every event by service: its title alone, or `{title, article}` where it carries out an article."""
    named: dict[str, EventName] = {}
    for service, key, rows in page.entries(node):
        names.service(key, service)
        for event, own, value in page.entries(rows):
            if not EVENT.fullmatch(event):
                page.wrong(own, f"事件名“{event}”只能用小写字母和下划线", f"{event!r} is no event name")
            named[f"{service}.{event}"] = _event(page, f"{service}.{event}", value, names)
    return named


def _event(page: Page, name: str, value: Node, names: Names) -> EventName:
    if isinstance(value, ScalarNode):
        return EventName(name, page.text(value))
    found = page.fields(value, "title article")
    return EventName(name, page.text(found.get("title")), _articles(page, found.get("article"), names))


def _articles(page: Page, node: Node | None, names: Names) -> tuple[str, ...]:
    """One article or a list of them."""
    if node is None:
        return ()
    return tuple(names.article(row) for row in ([node] if isinstance(node, ScalarNode) else page.rows(node)))


def grounds(page: Page, node: Node | None, names: Names) -> dict[str, Ground]:
    """Coded grounds: `<service>.<code>`, the article, what must be given with it."""
    def read(name: str, key: Node, value: Node) -> Ground:
        names.service(key, name)
        found = page.fields(value, "article title", "demands route shown_by")
        return Ground(name, names.article(found.get("article")), page.text(found.get("title")),
                      page.texts(found.get("demands")) if "demands" in found else (), page.text(found.get("route")),
                      page.texts(found.get("shown_by")) if "shown_by" in found else ())
    return by_name(page, node, read)


def items(page: Page, node: Node | None, names: Names) -> dict[str, tuple[Item, ...]]:
    """The required items of each document: all of one article, an item may name its own."""
    def read(name: str, key: Node, value: Node) -> tuple[Item, ...]:
        names.service(key, name)
        found = page.fields(value, "article items", "note")
        common = _demanded_by(page, found.get("article"), names)
        rows, seen = [], set()
        for row in page.rows(found.get("items")):
            item = _item(page, row, common, names)
            if item.id in seen:
                page.wrong(row, f"“{name}”中“{item.id}”重复", f"{item.id!r} twice in {name}")
            seen.add(item.id)
            rows.append(item)
        return tuple(rows)
    return by_name(page, node, read)


def _item(page: Page, row: Node, common: str, names: Names) -> Item:
    found = page.fields(row, "id title", "article when")
    article = _demanded_by(page, found.get("article"), names) if "article" in found else common
    return Item(page.text(found.get("id")), page.text(found.get("title")), article, page.text(found.get("when")))


def _demanded_by(page: Page, node: Node | None, names: Names) -> str:
    """An article, an article of another law, or `internal`."""
    return str(names.source(node))


def may_refuse(page: Page, node: Node | None, names: Names) -> dict[str, MayRefuse]:
    """Who may refuse what, and why."""
    def read(name: str, key: Node, value: Node) -> MayRefuse:
        service = names.service(key, name)
        found = page.fields(value, "by article says", "demands grounds")
        named = page.texts(found.get("grounds")) if "grounds" in found else ()
        for ground in named:
            if ground not in names.grounds:
                page.wrong(found["grounds"], f"grounds 中没有“{ground}”", f"no ground {ground!r}")
        demands = page.texts(found.get("demands")) if "demands" in found else ()
        return MayRefuse(name, _parts(page, found.get("by"), service, names), str(names.source(found.get("article"))),
                         page.text(found.get("says")), demands, named)
    return by_name(page, node, read)


def _parts(page: Page, node: Node | None, service: str, names: Names) -> tuple[str, ...]:
    """One part or a list of them."""
    rows = page.rows(node) if isinstance(node, SequenceNode) else [node]
    return tuple(names.part(row, service) for row in rows)


def codes(page: Page, node: Node | None) -> tuple[dict[str, Mapping[str, str]], dict[str, Mapping[str, Term]]]:
    """Code lists: list, code, 中文; and the days of those codes that are not for ever: `{title, from, until}`."""
    read = by_name(page, node, lambda _, __, value: by_name(page, value, lambda ___, ____, code: _code(page, code)))
    titles: dict[str, Mapping[str, str]] = {name: {code: title for code, (title, _) in rows.items()}
                                            for name, rows in read.items()}
    terms = {name: {code: term for code, (_, term) in rows.items() if term} for name, rows in read.items()}
    return titles, {name: rows for name, rows in terms.items() if rows}


def _code(page: Page, node: Node) -> tuple[str, Term | None]:
    if isinstance(node, ScalarNode):
        return page.text(node), None
    found = page.fields(node, "title", "from until")
    since, until = page.day(found.get("from")), page.day(found.get("until"))
    if since and until and until < since:
        page.wrong(node, f"代码止日 {until} 早于起日 {since}", f"code until {until} is before {since}")
    return page.text(found.get("title")), Term(since, until)


def code_lists(page: Page, node: Node | None, lists: Container[str], grounds: Iterable[str]) -> dict[str, str]:
    """What each code list is called, and each group of grounds."""
    groups = {f"{GROUNDS}{ground.rpartition('.')[0]}." for ground in grounds}
    def read(name: str, key: Node, value: Node) -> str:
        if name not in lists and name not in groups:
            page.wrong(key, f"codes 和 grounds 中没有“{name}”", f"no list {name!r} among codes and grounds")
        return page.text(value)
    return by_name(page, node, read)


def retention(page: Page, node: Node | None, names: Names) -> dict[str, Retention]:
    """How long personal data are kept, by class of records."""
    def read(name: str, key: Node, value: Node) -> Retention:
        found = page.fields(value, "keeps says source", "question")
        kept = page.fields(found.get("keeps"), "", "years months for_ever")
        months = page.number(kept.get("years")) * 12 + page.number(kept.get("months"))
        if bool(months) == page.flag(kept.get("for_ever")):
            page.wrong(key, f"“{name}”应写明保存几年、几个月，或者 for_ever: true", f"{name!r}: years, months or for_ever")
        return Retention(name, page.text(found.get("says")), names.source(found.get("source")), months,
                         page.text(found.get("question")))
    return by_name(page, node, read)


def bases(page: Page, node: Node | None) -> tuple[Basis, ...]:
    """What carries the regulation after its last day (33)."""
    read = []
    for row in page.rows(node):
        found = page.fields(row, "document title kind since", "until sample")
        since, until = needed_day(page, found.get("since")), page.day(found.get("until"))
        if until and until < since:
            page.wrong(row, f"依据止日 {until} 早于起日 {since}", f"basis until {until} is before {since}")
        kind = page.one_of(found.get("kind"), ("extension", "replacement", "higher_law"))
        read.append(Basis(page.text(found.get("document")), page.text(found.get("title")), kind, since, until,
                          page.flag(found.get("sample"))))
    return tuple(read)
