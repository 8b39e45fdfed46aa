"""The clocks section of a rulebook: each time limit, held to the names that stand before it."""

from collections.abc import Mapping

from yaml.nodes import MappingNode, Node

from shared.kernel.yaml_files import Page
from shared.rulebook.model import Amount, Clock, Law, Source
from shared.rulebook.names import Names

UNITS = ("working_days", "calendar_days", "hours")
REQUIRED = "source says bound starts meets amount yellow states"
OPTIONAL = "pauses resumes cancels from item restarts outlives note question"


def clocks(page: Page, node: Node | None, names: Names) -> dict[str, Clock]:
    """Every clock by its id. Two of one name are a problem already as two equal keys."""
    return {name: _clock(page, name, key, value, names) for name, key, value in page.entries(node)}


def _clock(page: Page, name: str, key: Node, node: Node, names: Names) -> Clock:
    told = len(page.problems)
    service = names.service(key, name)
    found = page.fields(node, REQUIRED, OPTIONAL)
    source = Source(plan=True) if _of_plan(page, found.get("source")) else names.source(found.get("source"))
    law = names.laws.get(source.law)
    amount = _amount(page, found.get("amount"), law)
    clock = Clock(
        id=name, source=source, says=page.text(found.get("says")), bound=names.part(found.get("bound"), service),
        starts=_events(page, found.get("starts"), names), meets=_events(page, found.get("meets"), names),
        amount=amount, yellow=_yellow(page, found.get("yellow"), amount),
        pauses=_events(page, found.get("pauses"), names), resumes=_events(page, found.get("resumes"), names),
        cancels=_events(page, found.get("cancels"), names), counts_from=page.text(found.get("from")),
        item=page.text(found.get("item")), restarts=page.flag(found.get("restarts")),
        outlives=page.flag(found.get("outlives")),
        rolls=law is not None and law.rolls and amount.unit == "calendar_days",
        note=page.text(found.get("note")), question=page.text(found.get("question")),
        states=page.texts(found.get("states")) if "states" in found else (),
    )
    if told == len(page.problems):
        _sound(page, node, clock, _switched(page, found))
    return clock


def _sound(page: Page, node: Node, clock: Clock, switched: bool) -> None:
    """What the keys can't show one by one."""
    if not clock.starts:
        page.wrong(node, "时限没有任何起算事件", "a clock needs an event that starts it")
    if not clock.meets:
        page.wrong(node, "时限没有任何完成事件", "a clock needs an event that meets it")
    if clock.pauses and not clock.resumes and not switched:
        page.wrong(node, "时限可以中止，却没有恢复的事件", "a clock that pauses needs an event that resumes it")
    if clock.amount.unit == clock.yellow.unit and clock.yellow.value > clock.amount.value:
        page.wrong(node, f"黄灯 {clock.yellow.value} 大于期限 {clock.amount.value}",
                   f"yellow {clock.yellow.value} is more than {clock.amount.value}")
    if clock.source.plan and clock.amount.unit != "until":
        page.wrong(node, "方案自定日期的时限应当写作 until", "a date that the plan sets itself is an until")
    for event in sorted({*clock.meets} & {*clock.cancels}):
        page.wrong(node, f"事件“{event}”既完成又撤销同一时限", f"{event!r} both meets and cancels the clock")


def _of_plan(page: Page, node: Node | None) -> bool:
    """Whether a clock's source is `plan`: it runs to a date that the plan set itself, by no rule of a law or a city."""
    return node is not None and not isinstance(node, MappingNode) and page.text(node) == "plan"


def _switched(page: Page, found: Mapping[str, Node]) -> bool:
    """Whether an event of `pauses` or `resumes` hangs on a setting."""
    return any(isinstance(row, MappingNode) for name in ("pauses", "resumes") for row in page.rows(found.get(name)))


def _events(page: Page, node: Node | None, names: Names) -> tuple[str, ...]:
    """A list of events; one written `{event: …, setting: …, is: …}` holds where that setting has that value."""
    return tuple(event for row in page.rows(node) if (event := _event(page, row, names)))


def _event(page: Page, row: Node, names: Names) -> str:
    """The event of a row; empty where its setting has another value (`is`, true unless given)."""
    if not isinstance(row, MappingNode):
        return names.event(row)
    found = page.fields(row, "event setting", "is")
    setting, wanted = page.text(found.get("setting")), page.text(found.get("is")) or "true"
    event = names.event(found["event"]) if "event" in found else ""
    names.switches.add(setting)
    choice = names.choices.get(setting)
    if choice is None:
        page.wrong(row, f"settings 中没有“{setting}”", f"no setting {setting!r}")
        return ""
    if wanted not in choice.options:
        page.wrong(row, f"“{setting}”没有“{wanted}”这个选项：{'、'.join(choice.options)}",
                   f"{setting!r} has no option {wanted!r}")
    return event if wanted == choice.written else ""


def _amount(page: Page, node: Node | None, law: Law | None) -> Amount:
    """`{working_days: 3}`, `{calendar_days: 90}`, `{hours: 4}`, `{days: 3}` as its law counts days, `{until: fact}`."""
    found = page.fields(node, "", "working_days calendar_days hours days until")
    if len(found) != 1:
        if node is not None:
            page.wrong(node, "期限应有且只有一个单位", "an amount has exactly one unit")
        return Amount("working_days", 1)
    unit, written = next(iter(found.items()))
    if unit == "until":
        return Amount("until", 0, page.text(written))
    value = page.number(written, least=1)
    if unit == "days":
        if law is None:
            page.wrong(written, "days 只用于其他法律的期限，办法和内部时限应写明 working_days 或 calendar_days",
                       "days is for limits of another law only")
            return Amount("working_days", value)
        unit = "working_days" if value in law.working_day_limits else "calendar_days"
    return Amount(unit, value)


def _yellow(page: Page, node: Node | None, amount: Amount) -> Amount:
    """`{working_days_left: 1}` and the like: hours by hours, days by days."""
    found = page.fields(node, "", " ".join(f"{unit}_left" for unit in UNITS))
    if node is None or len(found) != 1:
        if node is not None:
            page.wrong(node, "黄灯应有且只有一个单位", "yellow has exactly one unit")
        return Amount("working_days", 1)
    name, value = next(iter(found.items()))
    yellow = Amount(name.removesuffix("_left"), page.number(value, least=1))
    if amount.unit == "hours" and yellow.unit != "hours":
        page.wrong(node, "以小时计的期限，黄灯也应以小时计", "a clock of hours turns yellow by hours")
    return yellow
