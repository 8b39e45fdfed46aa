"""What a document of supervision says, and an entry of accountability: which case, which duty, under which article, due
when, how late, what is asked by when, and who asks it. Pure.

The words are those of the board and of the ledgers, so they name numbers, coded words and agencies, and no person.
Whoever issues the document may say it otherwise.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.oversight.ledgers import rows
from services.oversight.ledgers.definitions import KINDS, TEXT, Kind
from shared.deadlines.computing import end_of_it, last_day, zh
from shared.deadlines.explain import source_zh
from shared.rulebook.model import Rulebook

INDENT = "　　"
# What stands in no ledger, by how the names of its clocks begin
APART = {"sharing.hold": "个人信息保全", "sharing.entrustment": "委托执法"}
# What the number of an item numbers, by the fact of the clock that tells items of a case apart
ITEMS = {"tasks": "任务", "resolution": "议定事项", "finding": "线索", "unclear": "线索"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a document asks for: an answer by a day, so many working days after its own. `kind`: what the
    document is called; `before`: what those of the steps before it are called; `others`: how many other deadlines the
    same ladder is about."""

    kind: str
    answer_by: date
    days: int
    before: Collection[str] = ()
    others: int = 0


def named(kind: Kind | None, service: str, row: Mapping[str, Any], lists: Mapping[str, Mapping[str, str]],
          clock: str, case: str) -> str:
    """The case: what it is, its 文号 and what it is about in coded words; its id where it has no number. `kind`: its
    ledger, None: it stands in none."""
    if kind is None:
        chapter = next((each.services[service] for each in KINDS.values() if service in each.services), "联动")
        return f"{next((words for begins, words in APART.items() if clock.startswith(begins)), chapter)}（平台编号{case}）"
    shown = rows.shown(kind, service, row, {}, lists)
    told = [(column, shown[column.id]) for column in map(kind.column, kind.names) if shown[column.id]]
    words = [f"{column.title}：{value}" for column, value in told]
    if not any(column.tells == TEXT for column, _ in told):
        words.append(f"平台编号{case}")
    thing = kind.services[service] if len(kind.services) > 1 else kind.title.removesuffix("台账").partition("（")[0]
    return f"{thing}（{'；'.join(words)}）"


def task_report(reporter: str, case: str) -> str:
    """A task report (29): who reported, where that is to be said, and on what."""
    return f"任务落实情况（{reporter}就{case}报送）"


def conference(session: int, minutes: str) -> str:
    """A conference (30), and its 纪要文号 where it has one."""
    return f"第{session}次联席会议" + (f"（纪要文号：{minutes}）" if minutes else "")


def which(row: Any, rulebook: Rulebook) -> str:
    """Which of the case's items the row of the board is about, where its number says that; else nothing."""
    clock = rulebook.clocks.get(row.clock)
    title = ITEMS.get(clock.item, "") if clock else ""
    return f"（{title}{row.item}）" if title and row.item else ""


def ledger_of(kinds: Collection[str]) -> Kind | None:
    """Of the ledgers in which a case stands the one that names it."""
    return next((kind for kind in KINDS.values() if kind.id in kinds and kind.names), None)


def let_pass(row: Any, case: str, rulebook: Rulebook, day: date) -> str:
    """Which duty of the case was let pass, as of the day. `row`: a row of the board."""
    due = last_day(row)
    since = row.met_on or day
    late = f"，{'逾期' if row.met_on else '已逾期'}{(since - due).days}日" if since > due else "，已逾期"
    done = f"至{zh(row.met_on)}才办理" if row.met_on else "至今未办"
    return (f"{case}，{_ground(row, rulebook)}，应当“{row.says}”{which(row, rulebook)}。该期限自{zh(row.started_on)}起算，"
            f"应于{zh(due)}{end_of_it(row)}前办理，{done}{late}。")


def _ground(row: Any, rulebook: Rulebook) -> str:
    source = source_zh(row, rulebook)
    words, _, remark = source.partition("，")
    return f"依照{source}" if row.statutory else f"按照{words}（{remark}）"


def document(to: str, issuer: str, day: date, fact: str, asked: Asked) -> str:
    """The document, from whom it is addressed to down to who issues it and when. `fact`: by `let_pass`."""
    before = f"此前已发{'、'.join(asked.before)}。" if asked.before else ""
    others = f"同一督查另有{asked.others}项期限逾期未办，一并办理。" if asked.others else ""
    return "\n".join((
        f"{to}：",
        f"{INDENT}你单位承担的{fact}{before}{others}",
        f"{INDENT}现发{asked.kind}，请立即办理，并在{asked.days}个工作日内（{zh(asked.answer_by)}24时前）书面答复办理情况；"
        "确有原因的，一并说明理由。",
        f"{INDENT * 8}{issuer}",
        f"{INDENT * 8}{zh(day)}"))
