"""From each article to what carries it out: its rule, its act or guard, the situation that proves it. Derived, pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liandong.lawbuilt import acts_of, articles_of, clocks_of, refusals_of
from liandong.lawcheck import to_come
from shared.acts.model import Chapter
from shared.rulebook.model import Article, Rulebook, article_words

NEEDS_NONE = {
    "definition": "定义",
    "aim": "目的",
    "scope": "适用范围",
    "leadership": "领导",
    "implementation": "组织实施",
    "commencement": "施行",
}


@dataclass(frozen=True, slots=True)
class Line:
    """What there is for one article or annex."""

    article: Article
    rules: tuple[str, ...] = ()  # clocks, grounds, items, rights to refuse, settings
    acts: tuple[str, ...] = ()  # as service.act
    guards: tuple[str, ...] = ()  # refusals by their name
    situations: tuple[str, ...] = ()  # titles
    built: bool = False  # its chapter is, and not all of it is still to come
    chapter: str = ""  # 第四章 案件移送

    @property
    def lacks(self) -> tuple[str, ...]:
        """What a built article lacks: each a hole."""
        if self.article.needs_none or not self.built:
            return ()
        done = self.acts or self.guards
        needed = (("rule", self.rules), ("act", done), ("situation", self.situations))
        return tuple(word for word, there in needed if not there)

    @property
    def word(self) -> str:
        """Why it needs nothing, or that it is not built; empty where there is something to look at."""
        if self.article.needs_none:
            return NEEDS_NONE[self.article.needs_none]
        return "" if self.built else f"未建（{self.chapter}）"


Situation = Mapping[str, Any]


def traced(
    rulebook: Rulebook,
    chapters: Iterable[Chapter],
    situations: Iterable[Situation],
    whole: Iterable[str] = (),
    later: Iterable[str] = (),
) -> tuple[Line, ...]:
    """One line for each article and annex, in the order of the rulebook.

    `whole` and `later` as for `check_against`: only a chapter that is whole can have a hole.
    """
    built, told, complete = tuple(chapters), tuple(situations), frozenset(whole)
    coming = frozenset(later)
    return tuple(
        _line(rulebook, article, built, told, article.service in complete and not to_come(rulebook, article.id, coming))
        for article in rulebook.articles.values()
    )


def holes(lines: Iterable[Line]) -> tuple[str, ...]:
    """Each thing a built article lacks: `22: situation`."""
    return tuple(f"{line.article.id}: {word}" for line in lines for word in line.lacks)


def _line(
    rulebook: Rulebook, article: Article, chapters: Sequence[Chapter], situations: Sequence[Situation], built: bool
) -> Line:
    chapter = rulebook.chapters[article.chapter]
    acts = tuple(f"{chapter.service}.{act.name}" for chapter, act in acts_of(chapters, article.id))
    guards = tuple(
        sorted({name for name, refusal in refusals_of(chapters) if article.id in articles_of(refusal.article)})
    )
    proofs = tuple(
        str(each.get("title", "")) for each in situations if article.id in articles_of(str(each.get("article", "")))
    )
    service = rulebook.chapters.get(_chapter_of(rulebook, article.service), chapter)
    named = f"第{service.number}章 {service.title}"
    return Line(article, _rules(rulebook, article.id), acts, guards, proofs, built, named)


def _chapter_of(rulebook: Rulebook, service: str) -> str:
    return next((number for number, chapter in rulebook.chapters.items() if service and chapter.service == service), "")


def _rules(rulebook: Rulebook, article: str) -> tuple[str, ...]:
    """The entries of the rulebook that name the article, each with its kind."""
    named = (
        ("时限", (clock.id for clock in clocks_of(rulebook, article))),
        ("情形", (ground.id for ground in rulebook.grounds.values() if ground.article == article)),
        ("必备", (name for name, rows in rulebook.items.items() if any(item.article == article for item in rows))),
        ("拒绝", (right.id for right in rulebook.may_refuse.values() if right.article == article)),
        ("设定", (choice.id for choice in rulebook.choices.values() if str(choice.source) == article)),
    )
    return tuple(f"{kind} {name}" for kind, names in named for name in names)


def table(lines: Iterable[Line]) -> str:
    """The lines as a Markdown table."""
    rows = ["| 条 | 内容 | 规则 | 行为 | 情形 |", "|---|---|---|---|---|"]
    for line in lines:
        rows.append(f"| {article_words(line.article.id)} | {line.article.title} | {' | '.join(_cells(line))} |")
    return "\n".join(rows) + "\n"


def _cells(line: Line) -> tuple[str, str, str]:
    if line.word and not line.article.needs_none:
        return line.word, "", ""
    guards = (f"守卫{len(line.guards)}项",) if line.guards else ()
    proofs = (f"{len(line.situations)}条，如“{line.situations[0]}”",) if line.situations else ()
    if line.word:                               # it needs nothing; what rests on it all the same is shown
        return "；".join((line.word, *line.rules)), "、".join(line.acts + guards), "、".join(proofs)
    return _joined(line.rules), _joined(line.acts + guards), _joined(proofs)


def _joined(names: Sequence[str]) -> str:
    return "、".join(names) or "**无**"
