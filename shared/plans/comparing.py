"""Two versions of a plan side by side: what changed, item by item, as rows and as text. Pure.

Tasks are told apart by their number, participants by agency, the other lists by what their entries are called; the
order in which a list is written changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from shared.acts.persons import Respondent
from shared.deadlines.computing import zh
from shared.plans.parts import Content, Contingency, Fund, Participant, Task

TITLES = {"title": "方案名称", "lead": "牵头部门", "situation": "违法事项", "necessity": "理由和必要性",
          "respondents": "当事人", "tasks": "工作任务", "participants": "参与配合部门", "duties": "职责和分工",
          "time_limit": "执法时限", "funds": "执法经费", "safeguards": "保障措施", "contingency": "应急预案"}
NOTHING = "（无）"

Entries = tuple[Sequence[Any], Sequence[Any]]      # keys, and what stands there
Names = Mapping[str, str]              # agency code -> its name; a code without one stands for itself


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is otherwise: which item, which of several, and what stood and stands there; None: nothing."""

    item: str
    title: str                         # of the item, 中文
    key: str                           # of several: the task's number, the agency, the purpose; else empty
    before: Any
    after: Any


def compare(before: Content, after: Content) -> tuple[Row, ...]:
    """What changed, in the order of TITLES. Nothing did: no rows."""
    return tuple(Row(item, TITLES[item], key, was.get(key), now.get(key))
                 for item in TITLES
                 for was, now in ((_entries(before, item), _entries(after, item)),)
                 for key in dict.fromkeys((*was, *now)) if was.get(key) != now.get(key))


def changed(before: Content, after: Content) -> frozenset[str]:
    """The items that are otherwise."""
    return frozenset(item for item in TITLES if not _same(before, after, item))


def changed_of_tasks(before: Content, after: Content) -> frozenset[str]:
    """What is otherwise of the tasks: their words, their days; the tasks themselves, where one came, went or changed
    hands."""
    was, now = ({each.number: each for each in content.tasks} for content in (before, after))
    if was.keys() != now.keys():
        return frozenset({"tasks"})
    pairs = [(task, other) for number, task in was.items() if (other := now[number]) != task]
    if any(a.agency != b.agency for a, b in pairs):
        return frozenset({"tasks"})
    words = any((a.title, a.says) != (b.title, b.says) for a, b in pairs)
    days = any((a.from_on, a.due_on) != (b.from_on, b.due_on) for a, b in pairs)
    return frozenset(name for name, otherwise in (("task_words", words), ("task_dates", days)) if otherwise)


def told(rows: Iterable[Row], names: Names | None = None) -> str:
    """The rows as text, a line each: 执法时限：由2025年6月30日改为2025年7月31日."""
    return "\n".join(_line(row, names or {}) for row in rows)


def _line(row: Row, names: Names) -> str:
    what = f"{row.title} {names.get(row.key, row.key)}".rstrip()
    if row.before is None:
        return f"{what}：增加“{words(row.after, names)}”"
    if row.after is None:
        return f"{what}：删除“{words(row.before, names)}”"
    return f"{what}：由“{words(row.before, names)}”改为“{words(row.after, names)}”"


# What an item holds, by key; a value that is empty is none

def _entries(content: Content, item: str) -> dict[str, Any]:
    if item not in LISTS:
        return _alone(content, item)
    keys, values = LISTS[item](content)
    if item == "respondents":           # their places are their order
        return dict(zip(keys, values, strict=True))
    several = _keyed(zip(map(str, keys), values, strict=True))
    return dict(sorted(several, key=lambda each: each[1].number) if item == "tasks" else several)


def _alone(content: Content, item: str) -> dict[str, Any]:
    value = getattr(content, item)
    return {"": value} if value else {}


def _same(before: Content, after: Content, item: str) -> bool:
    """Whether the item has the same entries in both: of hundreds nothing is sorted, and the first that differs
    tells."""
    if item not in LISTS:
        return _alone(before, item) == _alone(after, item)
    (keys, values), (others, those) = LISTS[item](before), LISTS[item](after)
    was, now = dict(zip(keys, values, strict=True)), dict(zip(others, those, strict=True))
    if len(was) == len(values) and len(now) == len(those):
        return was == now
    return _entries(before, item) == _entries(after, item)


def _keyed(entries: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Each entry under its key; those of one key are told apart by their number, in an order of their own."""
    several, seen = list(entries), Counter[str]()
    times = Counter(key for key, _ in several)
    if len(times) == len(several):
        yield from sorted(several, key=itemgetter(0))
        return
    for key, value in sorted(several, key=lambda each: (each[0], repr(each[1]) if times[each[0]] > 1 else "")):
        seen[key] += 1
        yield (key if seen[key] == 1 else f"{key} ({seen[key]})"), value


def _duties(content: Content) -> Entries:
    led = [content.lead] if content.lead_duties else []
    busy = [each for each in content.participants if each.duties]
    said = [content.lead_duties] if led else []
    return [*led, *(each.agency for each in busy)], [*said, *(each.duties for each in busy)]


LISTS: dict[str, Callable[[Content], Entries]] = {
    # by their place: a name is personal, and no key
    "respondents": lambda content: ([str(at) for at, _ in enumerate(content.respondents, 1)], content.respondents),
    "tasks": lambda content: ([each.number for each in content.tasks], content.tasks),
    "participants": lambda content: (content.agencies, content.agencies),
    "duties": _duties,
    "funds": lambda content: ([each.purpose for each in content.funds], content.funds)}


# Words

def words(value: Any, names: Names) -> str:
    """What stands in an item, for a person."""
    for kind, said in WORDS.items():
        if isinstance(value, kind):
            return said(value, names) or NOTHING
    raise TypeError(f"a plan holds no {type(value).__name__}")


WORDS: dict[type, Callable[[Any, Names], str]] = {
    str: lambda value, names: names.get(value, value),
    date: lambda value, _: zh(value),
    Task: lambda value, names: (f"{value.title}（{names.get(value.agency, value.agency)}，{zh(value.from_on)}至"
                                f"{zh(value.due_on)}）：{value.says}"),
    Fund: lambda value, _: f"{value.purpose}{value.amount // 100}.{value.amount % 100:02}元（{value.source}）",
    Contingency: lambda value, _: f"{value.events}：{value.measures}（{value.decides}，{value.phone}）",
    Respondent: lambda value, _: str(value.name.value),
    Participant: lambda value, names: f"{names.get(value.agency, value.agency)}：{value.duties}",
}
