"""The table in `docs/plans.md` that puts chapters 2 and 3 side by side, made from their acts and the rulebook."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from liandong.law import titles_of
from services.collab.domain import CHAPTER as COLLAB
from services.collab.responsibility import WORDS
from services.joint.domain import CHAPTER as JOINT
from shared.acts.model import Act, Chapter, Rank
from shared.rulebook.model import Clock, Ground, Item, Rulebook, article_words

ROUTES = {"submit": "报送审查", "apply": "申请", "assigned": "指定牵头", "direct": "市政府直接决定"}
BEFORE = "draft", "assign", "decide-directly", "submit", "review", "present", "approve", "return-plan", "reject"
AFTER = "propose-end", "end", "terminate", "report", "add-closing-report", "remark"
NONE = "没有规定"


@dataclass(frozen=True, slots=True)
class Side:
    """One chapter's column."""

    chapter: Chapter
    rulebook: Rulebook

    @property
    def name(self) -> str:
        return self.chapter.service

    def acts(self, *names: str) -> str:
        """Those of these acts that the chapter has, each with who does it and its article."""
        return _lines(self._act(act) for act in self.chapter.acts if act.name in names)

    def _act(self, act: Act) -> str:
        signed = "〔机关负责人〕" if act.rank >= Rank.LEADER else ""
        done_by = act.by_under(self.rulebook)
        by = "、".join(title for part, title in self.parts.items() if part in done_by)
        setting = f"（按设置 `{act.whose.setting}`）" if act.whose else ""
        return f"{act.title}（{_articles(act.article)}）：{by}{signed}{setting}"

    @property
    def parts(self) -> Mapping[str, str]:
        """Who may have a part in a plan, as the chapter calls them."""
        return titles_of(self.rulebook, self.name)

    def article(self, *numbers: str) -> str:
        """What the rulebook says of these articles."""
        return _lines(f"{article_words(number)}：{self.rulebook.articles[number].says}" for number in numbers)

    def grounds(self) -> str:
        """Its grounds, with what each demands and the route it takes."""
        return _lines(_ground(name, ground) for name, ground in self.rulebook.grounds.items()
                      if name.startswith(f"{self.name}.") and ground.route)

    def items(self, of: str) -> str:
        """The items of a document."""
        return "应当写明：" + "、".join(map(_item, self.rulebook.items[f"{self.name}.{of}"]))

    def clocks(self, *, statutory: bool) -> str:
        """Its time limits, those of the law or those that the city sets itself."""
        return _lines(self._clock(clock) for name, clock in self.rulebook.clocks.items()
                      if name.startswith(f"{self.name}.") and clock.source.statutory == statutory)

    def _clock(self, clock: Clock) -> str:
        source = "" if clock.source.internal else f"（{clock.source.words}）"
        return f"{self.parts[clock.bound]}：{clock.says}{source}"


Cell = Callable[[Side], str]
ROWS: Sequence[tuple[str, str, Cell]] = (
    ("情形（第七条、第十五条）", "grounds, tested one by one; several may stand together", Side.grounds),
    ("组织（第八条、第十六条）", "who organises",
     lambda side: side.article(*{"collab": ("8",), "joint": ("16",)}[side.name])),
    ("启动的路径（第九条、第十七条）", "routes to the approval",
     lambda side: side.article(*{"collab": ("9",), "joint": ("17",)}[side.name]) + "<br>" + side.acts(*BEFORE)),
    ("方案的内容（第十八条；第二章没有规定）", "what a plan holds", lambda side: side.items("plan")),
    ("批复前继续履行职责（第五条）", "duties go on until the report",
     lambda side: side.acts("record-interim-measure", "record-continuation", "add-related") + "<br>"
     + side.items("interim_measure")),
    ("实施（第十一条、第十九条）", "carrying out",
     lambda side: side.acts("start", "dispatch", "confirm-dispatch", "report-task", "suspend", "resume")),
    ("不能协同（第十二条）", "declining",
     lambda side: side.acts("decline", "question-decline", "answer-question", "reassign")
     or f"{NONE}（第十九条：各参与部门应当听从指挥）"),
    ("责任（第十条；第十六条、第十九条）", "who answers",
     lambda side: side.acts("record-decision", "record-finding") + "<br>" + _responsibility(side)),
    ("变更（内部）", "amendment, by the plan's own route",
     lambda side: side.acts("amend", "review-amendment", "present-amendment", "decide-amendment")),
    ("结束和报告（第十三条、第二十条）", "end and report",
     lambda side: side.acts(*AFTER) + "<br>" + side.items({"collab": "report", "joint": "summary"}[side.name])),
    ("法定期限", "statutory time limits", lambda side: side.clocks(statutory=True)),
    ("内部期限和方案自定日期", "internal time limits, and the plan's own dates", lambda side: side.clocks(statutory=False)),
)


def plans_table(rulebook: Rulebook) -> str:
    """The table as Markdown, and what one of the two has alone."""
    sides = Side(COLLAB, rulebook), Side(JOINT, rulebook)
    lines = ["| | 第二章　协同执法 collab | 第三章　联合执法 joint |", "|---|---|---|"]
    for title, english, cell in ROWS:
        lines.append(f"| **{title}**<br>{english} | {' | '.join(cell(side) or NONE for side in sides)} |")
    return "\n".join(lines) + "\n\n" + _only(sides)


def _only(sides: tuple[Side, Side]) -> str:
    """The acts that one of the two has and the other has not."""
    names = [{act.name for act in side.chapter.acts} for side in sides]
    told = [f"- 只有第{number}章有 only {side.name}: " + "；".join(
                f"{act.title} `{act.name}`" for act in side.chapter.acts if act.name not in others)
            for number, side, others in zip(("二", "三"), sides, reversed(names), strict=True)]
    return "\n".join((*told, "- 其余行为两章都有，条文、办理机关如上。 All other acts are in both, as above.", ""))


def _ground(name: str, ground: Ground) -> str:
    code = name.partition(".")[2]
    return f"{code} {ground.title} → {ROUTES[ground.route]}"


def _item(item: Item) -> str:
    return item.title + ("（内部）" if item.article == "internal" else "")


def _responsibility(side: Side) -> str:
    if side.name == "collab":
        return _lines(f"{title}：{says}" for title, says in WORDS.values())
    return side.article("19")


def _articles(article: str) -> str:
    return "内部" if article == "internal" else "、".join(map(article_words, article.split(", ")))


def _lines(lines: Iterator[str]) -> str:
    return "<br>".join(lines)
