"""The rulebook held against the acts that are built: what the file alone can't show."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from typing import Any, get_args, get_type_hints

from liandong.lawbuilt import refusals_of, words_of
from shared.acts.model import Chapter
from shared.contracts.personal import Personal
from shared.kernel.yaml_files import Page, line_of
from shared.rulebook.choices import lacking
from shared.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Where rulebook and acts disagree: the name it is about, in words. `section`: where the rulebook has an entry of
    that name, if it does."""

    about: str
    zh: str
    en: str
    section: str = ""

    def __str__(self) -> str:
        return f"{self.about}: {self.zh}"


def check_against(
    rulebook: Rulebook, chapters: Iterable[Chapter], whole: Iterable[str] = (), later: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """All disagreements with the chapters given.

    `whole`: services that are the whole of their chapter of the law, so that an event nobody raises is a finding, but
    for the events `later`: known to come. One of those that is raised is a finding too, so the list can't outlive its
    reason.
    """
    built, coming = tuple(chapters), frozenset(later)
    complete = tuple(chapter for chapter in built if chapter.service in frozenset(whole))
    raised = raised_by(built)
    return tuple(
        sorted(
            (
                *_events(rulebook, built, raised),
                *_unraised(rulebook, complete, raised, coming),
                *_clocks(rulebook, built, raised),
                *_states(rulebook, built),
                *_grounds(rulebook, complete, coming),
                *_rights(rulebook, complete),
                *_articles(rulebook, built),
                *_retention(rulebook, built),
                *_agenda(rulebook),
            )
        )
    )


def settings_against(rulebook: Rulebook, words: frozenset[str]) -> Iterator[Finding]:
    """A setting that the city changes has an effect: an event hangs on it or the code names it, or it says what it
    waits for. And what the code reads is set. `words`: what the code names."""
    for name in lacking(rulebook.settings):
        yield Finding(name, "没有写明这一设定", "the code reads this setting, and it is not there", "settings")
    for choice in rulebook.choices.values():
        read = choice.id in rulebook.switches | words
        if not read and not choice.awaits:
            yield Finding(choice.id, "没有任何行为和时限用到这一设定", "a setting that nothing reads", "settings")
        elif read and choice.awaits:
            yield Finding(choice.id, "已经用到，不应再写 awaits", "said to wait, but read", "settings")


def raised_by(chapters: Iterable[Chapter]) -> frozenset[str]:
    """Every event that an act of the chapters raises, as <service>.<event>."""
    return frozenset(f"{chapter.service}.{event}" for chapter in chapters for event in chapter.events)


def _events(rulebook: Rulebook, built: Sequence[Chapter], raised: frozenset[str]) -> Iterator[Finding]:
    """An event that an act raises is one the rulebook can speak of, where it speaks of the service at all."""
    services = {name.partition(".")[0] for name in rulebook.events} & {chapter.service for chapter in built}
    for name in sorted(raised - rulebook.events.keys()):
        if name.partition(".")[0] in services:
            yield Finding(name, "规则的 events 中没有这一事件", "an event the rulebook does not know")


def _unraised(
    rulebook: Rulebook, complete: Sequence[Chapter], raised: frozenset[str], later: frozenset[str]
) -> Iterator[Finding]:
    services = {chapter.service for chapter in complete}
    for name in rulebook.events:
        if name.partition(".")[0] in services and name not in raised | later:
            yield Finding(name, "没有任何行为产生这一事件", "an event nobody raises", "events")
    for name in sorted(later & raised):
        yield Finding(name, "已有行为产生这一事件，不应再列为待建", "listed as to come, but raised", "events")
    for name in sorted(later - rulebook.events.keys()):
        yield Finding(name, "列为待建，但规则中没有这一事件", "listed as to come, but unknown to the rulebook")


def _clocks(rulebook: Rulebook, built: Sequence[Chapter], raised: frozenset[str]) -> Iterator[Finding]:
    """A clock that can start must be one that can be met, by a part that has acts, in states that exist."""
    for clock in rulebook.clocks.values():
        own = [chapter for chapter in built if chapter.service == clock.id.partition(".")[0]]
        if not own or not raised & {*clock.starts}:
            continue
        if not raised & {*clock.meets}:
            yield Finding(clock.id, "可以起算，却没有任何行为能完成", "can start, but no act meets it", "clocks")
        if clock.outlives and not any(f"{chapter.service}.{event}" in clock.meets and act.states & chapter.final
                                      for chapter in own for act in chapter.acts for event in act.events):
            yield Finding(clock.id, "程序终结后仍计时，却没有任何行为能在终结后完成",
                          "outlives its case, but no act meets it then", "clocks")
        known = {state for chapter in own for state in chapter.states}
        for state in clock.states:
            if state not in known:
                yield Finding(clock.id, f"没有状态“{state}”", f"no state {state!r}", "clocks")
        if clock.bound not in {part for chapter in own for act in chapter.acts for part in act.by}:
            zh, en = f"由“{clock.bound}”承担，但该机关没有任何行为", f"binds {clock.bound!r}, which has no act"
            yield Finding(clock.id, zh, en, "clocks")


def _states(rulebook: Rulebook, built: Sequence[Chapter]) -> Iterator[Finding]:
    """A state that is not final has a clock, so that no case can lie unseen."""
    for chapter in built:
        timed = {
            state
            for clock in rulebook.clocks.values()
            if clock.id.startswith(f"{chapter.service}.")
            for state in clock.states
        }
        for state, title in chapter.states.items():
            if state not in chapter.final and state not in timed:
                yield Finding(
                    f"{chapter.service}.{state}",
                    f"状态“{title}”没有任何时限",
                    "a state that is not final without a clock",
                )


def _grounds(rulebook: Rulebook, complete: Sequence[Chapter], later: frozenset[str]) -> Iterator[Finding]:
    """A ground is named by its code, looked up by how its name begins, or, where a plan takes its route, tested fact by
    fact; one of an article to come need not be."""
    words = words_of(complete)
    for ground in rulebook.grounds.values():
        service, _, code = ground.id.partition(".")
        used = code in words or any(
            len(word) > len(service) + 1 and word.startswith(f"{service}.") and ground.id.startswith(word)
            for word in words
        )
        used = used or (bool(ground.route) and {*ground.demands} <= words)
        if not used and service in {each.service for each in complete} and not to_come(rulebook, ground.article, later):
            yield Finding(ground.id, "没有任何行为使用这一理由", "a ground that no act uses", "grounds")
        for clock in ground.shown_by:
            if clock not in rulebook.clocks:
                yield Finding(ground.id, f"clocks 中没有“{clock}”", f"is shown by {clock!r}, which is no clock", "grounds")


def _rights(rulebook: Rulebook, complete: Sequence[Chapter]) -> Iterator[Finding]:
    """Who may refuse is who may do the act of that name: neither says it alone."""
    for right in rulebook.may_refuse.values():
        service, _, name = right.id.partition(".")
        own = [act for chapter in complete if chapter.service == service for act in chapter.acts]
        act = next((each for each in own if each.name == name), None)
        if own and act is None:
            yield Finding(right.id, "没有这一行为", "a right to refuse by an act there is none of", "may_refuse")
        elif act and act.by != set(right.by):
            yield Finding(right.id, f"规则写由{'、'.join(right.by)}作出，行为由{'、'.join(sorted(act.by))}作出",
                          "others may do it than the rulebook says", "may_refuse")


def _articles(rulebook: Rulebook, built: Sequence[Chapter]) -> Iterator[Finding]:
    """An article that an act or a guard names exists: of the regulation, or among those relied on of another law."""
    named = {f"{chapter.service} {act.name}": act.article for chapter in built for act in chapter.acts}
    guards = ((name, refusal.article) for name, refusal in refusals_of(built))
    for name, article in (*named.items(), *guards):
        for part in filter(None, (part.strip() for part in article.split(","))):
            law, _, number = part.rpartition(" ")
            there = (
                part == "internal"
                or part in rulebook.articles
                or (law in rulebook.laws and number in rulebook.laws[law].articles)
            )
            if not there:
                yield Finding(name, f"规则中没有所引的“{part}”", f"names {part!r}, which the rulebook does not have")


def _retention(rulebook: Rulebook, built: Sequence[Chapter]) -> Iterator[Finding]:
    """Whatever holds personal data is kept for a time that is written down (个人信息保护法 19), and nothing else is."""
    if not rulebook.retention:
        return
    held = {f"{chapter.service}.{chapter.path}" for chapter in built if holds_persons(chapter.case)}
    for name in sorted(held - rulebook.retention.keys()):
        yield Finding(name, "含有个人信息，却没有规定保存期限", "holds personal data, and no time is set for it")
    known = {f"{chapter.service}.{chapter.path}" for chapter in built}
    services = {chapter.service for chapter in built}
    for name in rulebook.retention:
        if name.partition(".")[0] in services and name not in known and name.rpartition(".")[0] not in known:
            yield Finding(name, "没有这类记录", "there are no such records", "retention")


def _agenda(rulebook: Rulebook) -> Iterator[Finding]:
    """Each kind of agenda item that clocks are sorted into has a title, and each clock there is one, of one kind."""
    kinds, sorted_ = rulebook.settings.get("agenda_clocks", {}), set[str]()
    for kind, clocks in kinds.items():
        if kind not in rulebook.list_of("agenda_kinds"):
            zh, en = f"代码表 agenda_kinds 中没有“{kind}”", f"no kind {kind!r} of agenda item"
            yield Finding("agenda_clocks", zh, en, "settings")
        for clock in clocks:
            if clock not in rulebook.clocks:
                yield Finding("agenda_clocks", f"clocks 中没有“{clock}”", f"{clock!r} is no clock", "settings")
            if clock in sorted_:
                yield Finding("agenda_clocks", f"“{clock}”写了两次", f"{clock!r} stands there twice", "settings")
            sorted_.add(clock)


def holds_persons(kind: Any, seen: frozenset[Any] = frozenset()) -> bool:
    """Whether a Personal value may stand in a value of the type."""
    if kind is Personal:
        return True
    if kind in seen:
        return False
    below = get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        below = (*below, *get_type_hints(kind).values())
    return any(holds_persons(each, seen | {kind}) for each in below)


def entries(text: str) -> Mapping[tuple[str, str], int]:
    """The line of each entry of a rulebook's sections, by section and name as a finding gives them."""
    page, found = Page("rulebook.yaml"), dict[tuple[str, str], int]()
    for section, _, rows in page.entries(page.root(text)):
        for name, key, below in page.entries(rows):
            found[section, name] = line_of(key)
            if section == "events":  # they stand below their service
                found |= {(section, f"{name}.{event}"): line_of(each) for event, each, _ in page.entries(below)}
    return found


def to_come(rulebook: Rulebook, article: str, later: frozenset[str]) -> bool:
    """Whether all that carries out the article is still to come."""
    events = {event.id for event in rulebook.events.values() if article in event.articles}
    return bool(events) and events <= later
