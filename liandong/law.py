"""`liandong law`: check a rulebook, show what it makes of an article, trace each article to its proof."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from liandong.lawbuilt import acts_of, clocks_of
from liandong.lawcheck import Finding, check_against, entries, settings_against
from liandong.lawtrace import Line, holes, table, traced
from shared.acts.model import Chapter
from shared.contracts.register import STANDING_TITLES
from shared.kernel.yaml_files import Problems, plain
from shared.rulebook.loader import load
from shared.rulebook.model import Amount, Clock, Rulebook, article_words

Echo = Callable[[str], None]

ROOT = Path(__file__).resolve().parent.parent
CITY = ROOT / "deploy" / "cities" / "rongcheng"
SITUATIONS = ROOT / "tests" / "situations"

# The services that are the whole of their chapter of the law, and which of its events are still to come: steps of Order
# 310, and the documents of 行政执法监督条例, whose kinds justice has yet to confirm.
WHOLE = frozenset({"transfer", "collab", "joint", "sharing", "oversight"})
LATER = frozenset((
    "transfer.criminal_reported", "transfer.criminal_not_approved",
    "oversight.opinion_issued", "oversight.opinion_corrected", "oversight.decision_issued",
    "oversight.decision_executed",
))

WORD = re.compile(r'"([a-z0-9_]+)"')
UNITS = {"working_days": "个工作日", "calendar_days": "日", "hours": "小时"}


def built() -> tuple[Chapter, ...]:
    """Every chapter that a service of this suite keeps."""
    from liandong.places import SERVICES
    from liandong.suite import spec_of

    return tuple(keeping.chapter for name in SERVICES for keeping in spec_of(name).keepings)


def findings(rulebook: Rulebook) -> tuple[Finding, ...]:
    """Where the rulebook and the acts of this release disagree."""
    return (*check_against(rulebook, built(), WHOLE, LATER), *settings_against(rulebook, words_read()))


def words_read() -> frozenset[str]:
    """Every word that stands as a string of its own in the code of the services and of what they share."""
    files = (file for room in ("services", "shared") for file in sorted((ROOT / room).rglob("*.py")))
    return frozenset(word for file in files for word in WORD.findall(file.read_text(encoding="utf-8")))


def lines(rulebook: Rulebook) -> tuple[Line, ...]:
    """The trace of every article against this release's acts and situations."""
    return traced(rulebook, built(), situations(SITUATIONS), WHOLE, LATER)


def situations(folder: Path) -> Iterator[dict[str, Any]]:
    """Every situation of the folder's files, as written."""
    for path in sorted(folder.rglob("*.yaml")):
        yield from (row for row in plain(path) if isinstance(row, dict))


def check(file: Path, echo: Echo) -> int:
    """Prints each problem of the file, or each disagreement with the acts: with the line where the file has one for it.
    Exit code."""
    rulebook = _read(file, echo)
    if rulebook is None:
        return 1
    found = findings(rulebook)
    places = entries(file.read_text(encoding="utf-8")) if found else {}
    for finding in found:
        line = places.get((finding.section, finding.about))
        echo(f"{file.name}:{line}: {finding}" if line else str(finding))
    if not found:
        echo(
            f"{file.name}：{len(rulebook.clocks)} 个时限，{len(rulebook.grounds)} 种情形和理由，{len(rulebook.articles)} 条，没有发现问题"
        )
    return 1 if found else 0


def show(file: Path, article: str | None, echo: Echo) -> int:
    """Prints what the rulebook makes of an article ("22", "annex 1"), or the list of articles. Exit code."""
    rulebook = _read(file, echo)
    if rulebook is None:
        return 1
    if article is None:
        for each in rulebook.articles.values():
            echo(f"{article_words(each.id)}\t{each.title}\t{each.says}")
        return 0
    if article not in rulebook.articles:
        echo(f'办法没有“{article}”这一条；附件写作 "annex 1"')
        return 1
    for line in shown(rulebook, article, built()):
        echo(line)
    return 0


def shown(rulebook: Rulebook, article: str, chapters: tuple[Chapter, ...]) -> Iterator[str]:
    """What there is about an article, line by line."""
    entry = rulebook.articles[article]
    yield f"{article_words(article)}  {entry.title}（第{entry.chapter}章 {rulebook.chapters[entry.chapter].title}）"
    yield f"  {entry.says}"
    if entry.note:
        yield f"  注：{entry.note}"
    if entry.question:
        yield f"  待明确：{entry.question}（docs/questions-for-justice.md）"
    for clock in clocks_of(rulebook, article):
        yield from _clock(rulebook, clock)
    for ground in rulebook.grounds.values():
        if ground.article == article:
            yield f"  情形 {ground.id}：{ground.title}（须给出 {'、'.join(ground.demands) or '无'}）"
    for right in rulebook.may_refuse.values():
        if right.article == article:
            titles = titles_of(rulebook, right.id.partition(".")[0])
            yield f"  可以拒绝 {right.id}（{'、'.join(titles.get(part, part) for part in right.by)}）：{right.says}"
    for name, rows in rulebook.items.items():
        if own := [item.title + (f"（{item.when}）" if item.when else "") for item in rows if item.article == article]:
            yield f"  必备内容 {name}：{'、'.join(own)}"
    for choice in rulebook.choices.values():
        if str(choice.source) == article:
            awaits = f"（尚未使用，等待：{choice.awaits}）" if choice.awaits else ""
            yield f"  设定 {choice.id} = {choice.written}：{choice.says}{awaits}"
    for chapter, act in acts_of(chapters, article):
        yield f"  行为 {chapter.service} {act.name} {act.title}"


def titles_of(rulebook: Rulebook, service: str) -> dict[str, str]:
    """The parties of a service's cases, and who stands beside every case, by their titles."""
    return {**rulebook.parties.get(service, {}), **STANDING_TITLES}


def _clock(rulebook: Rulebook, clock: Clock) -> Iterator[str]:
    service = clock.id.partition(".")[0]
    bound = titles_of(rulebook, service).get(clock.bound, clock.bound)
    yield f"  时限 {clock.id}：{clock.says}"
    yield f"    {bound}，{amount_words(clock.amount)}，剩{amount_words(clock.yellow)}转黄"
    for word, events in (
        ("起算", clock.starts),
        ("完成", clock.meets),
        ("中止", clock.pauses),
        ("恢复", clock.resumes),
    ):
        if events:
            yield f"    {word}：{'、'.join(f'{rulebook.events[event].title} {event}' for event in events)}"


def amount_words(amount: Amount) -> str:
    """3个工作日, 90日, 24小时, 至 supplement_by 所记日期."""
    return f"至 {amount.until} 所记日期" if amount.unit == "until" else f"{amount.value}{UNITS[amount.unit]}"


def trace(file: Path, echo: Echo) -> int:
    """Prints each article with its rule, act and situation, and what a built chapter lacks. Exit code."""
    rulebook = _read(file, echo)
    if rulebook is None:
        return 1
    drawn = lines(rulebook)
    for line in drawn:
        echo(f"{article_words(line.article.id)}  {line.article.title}{f'  {line.word}' if line.word else ''}")
        for word, names in (
            ("规则", line.rules),
            ("行为", line.acts),
            ("守卫", line.guards),
            ("情形", line.situations),
        ):
            if names and (line.article.needs_none or not line.word):
                echo(f"    {word}  {'、'.join(names) if word != '情形' else f'{len(names)} 条，如：{names[0]}'}")
    lacking = holes(drawn)
    for hole in lacking:
        echo(f"缺  {hole}")
    return 1 if lacking else 0


def trace_table() -> str:
    """The trace of the sample city's rulebook as a Markdown table."""
    return table(lines(load(CITY / "rulebook.yaml")))


def _read(file: Path, echo: Echo) -> Rulebook | None:
    try:
        return load(file)
    except Problems as wrong:
        for problem in wrong.problems:
            echo(str(problem))
    return None
