"""The event catalogue, in Chinese and in English, made from what the services declare."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from liandong.contract import Published, common
from liandong.places import SERVICES
from liandong.suite import spec_of
from shared.contracts.frame import ACT_FRAME, PARTIES
from shared.contracts.telling import TYPES, Fact
from shared.rulebook.model import source_words


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue in one language."""

    head: str
    frame: str
    shared: str
    columns: tuple[str, ...]
    of: Callable[[Published], tuple[str, str, str]]       # title, when, audience
    field: Callable[[Fact], str]
    yes: str
    marks: tuple[str, str, str, str]                       # many, by key, may be null, may be empty
    parts: tuple[str, str, str, str]                       # when, article, audience, acts
    nothing: str
    common: str                                            # what most events of a chapter have
    besides: str
    type: Callable[[str], str]
    source: Callable[[str], str]                           # of an article


ZH = Words(
    "# 事件目录\n\n路由键为 `<服务>.<事件>`，CloudEvents 类型为 `liandong.<服务>.<事件>.v1`。正文只有编号、代码、日期和机关，没有个人信息。"
    "同一版本内字段只增不减：不认识的字段请忽略。字段对照见 `../field-map.xlsx`，演示所发的样例见 `../../liandong/samples.ndjson`；"
    "`make docs` 在 `build/contract` 下写出每个事件的 JSON Schema 和样例，发布包和客户端工具包中也有。未注明发给谁的，发给案件各方、司法局和市政府办公室。\n",
    "## 每个行为的事件都有的字段\n", "## 各服务都有的事件\n",
    ("字段", "名称", "类型、长度", "代码表", "必填", "条文"),
    lambda event: (event.telling.zh, event.telling.when, event.audience.zh), lambda fact: fact.zh, "是",
    ("列表", "按键", "可为空值", "可为空"), ("何时发出", "条文", "发给", "行为"), "除上列共有字段外没有其他字段。\n",
    "`{}` 的事件共有的字段", "还有 `{}` 的共有字段。\n",
    lambda kind: TYPES[kind][0], source_words)
EN = Words(
    "# Event catalogue\n\nRouting key `<service>.<event>`, CloudEvents type `liandong.<service>.<event>.v1`. Bodies "
    "hold ids, codes, dates and agencies; nothing personal. Within a version fields are only added: ignore those you "
    "do not know. All fields are in `../field-map.xlsx`, what the demo published in `../../liandong/samples.ndjson`; "
    "`make docs` writes a JSON Schema and samples of each event to `build/contract`, a release and the client kit "
    "bring them along. "
    "Where nothing else is said, the parties, justice and the government office are told.\n",
    "## Fields of every act's event\n", "## Events of every service\n",
    ("field", "meaning", "type, length", "code list", "required", "article"),
    lambda event: (event.telling.en, f"when {event.telling.sent}", event.audience.en), lambda fact: fact.en, "yes",
    ("list", "by key", "may be null", "may be empty"), ("Sent", "Article", "Told", "Acts"),
    "No field besides those that it has in common.\n",
    "Fields that the events of `{}` have in common", "And those that the events of `{}` have in common.\n",
    lambda kind: TYPES[kind][1], str)


def catalogue(events: Iterable[Published], words: Words) -> str:
    """The page: the frame once, each service's events, then what every service publishes."""
    events = tuple(events)
    text = words.head + "\n" + words.frame + "\n" + _table(ACT_FRAME, words)
    for service in SERVICES:
        text += f"\n## {service} · {spec_of(service).title}\n"
        for (whose, chapter), facts in common().items():
            if whose == service:
                text += f"\n### {words.common.format(chapter)}\n\n{_table(facts, words)}"
        for event in events:
            if event.service == service and not event.shared:
                text += _event(event, words, f"{service}.{event.name}")
    text += "\n" + words.shared
    for event in events:
        if event.service == SERVICES[0] and event.shared:
            text += _event(event, words, f"<service>.{event.name}")
    return text


def _event(event: Published, words: Words, key: str) -> str:
    title, when, audience = words.of(event)
    said = [when, words.source(event.article), "" if event.audience is PARTIES else audience,
            ", ".join(f"`{act.name}` {act.title}" for act in event.acts)]
    about = "\n".join(f"- {label}: {each}" for label, each in zip(words.parts, said, strict=True) if each)
    fields = _table(event.own, words) if event.own else words.nothing
    besides = f"\n{words.besides.format(event.chapter)}" if event.common else ""
    return f"\n### `{key}` {title}\n\n{about}\n\n{fields}{besides}"


def _table(facts: tuple[Fact, ...], words: Words) -> str:
    rows = [f"| {' | '.join(_row(name, fact, words))} |" for name, fact in flat(facts)]
    return "\n".join((f"| {' | '.join(words.columns)} |", f"|{'---|' * len(words.columns)}", *rows)) + "\n"


def flat(facts: Iterable[Fact], before: str = "") -> Iterable[tuple[str, Fact]]:
    """Every field with its path: those of an object follow it."""
    for fact in facts:
        name = f"{before}{fact.name}{'[]' if fact.many else ''}"
        yield name, fact
        yield from flat(fact.facts, f"{name}.")


def _row(name: str, fact: Fact, words: Words) -> tuple[str, ...]:
    marks = [mark for mark, said in zip(words.marks, (fact.many, fact.keyed, fact.nullable, fact.empty), strict=True)
             if said]
    kind = f"{words.type(fact.type)} {fact.length or ''}".rstrip() + (f" ({', '.join(marks)})" if marks else "")
    codes = f"`{fact.codes}`" if fact.codes else ", ".join(f"`{code}` {word}" for code,
                                                           word in (fact.choices or {}).items())
    return (f"`{name}`", words.field(fact), kind, codes, words.yes if fact.required else "",
            words.source(fact.article) if fact.article else "")
