"""What the demo's stories are told with: a case, its acts on a day, its lights, and lines that a person can read."""

import os
import sys
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

from liandong.bodies import Story
from liandong.demo_day import at, day_text
from liandong.player import Answer, Player, Told, Unexpected
from liandong.player_plans import Planner, ToldPlan
from services.oversight.board.deadlines import TITLES as LIGHTS
from shared.kernel.clock import HandClock
from shared.rulebook.model import source_words

Echo = Callable[[str], None]

START = date(2025, 9, 22)
JUSTICE, HOUSING, ENFORCEMENT, ECOLOGY, MARKET = "sifa", "zhujian", "zonghe", "shengtai", "shichang"
TOWN = "yatou"
COLOURS = {"head": "1;36", "act": "0", "light": "33", "red": "31;1", "ok": "32", "refused": "35"}
KINDS = {"red": "red", "met_late": "red", "overdue_unconfirmed": "red", "yellow": "light"}  # of a light's line


class Readable(Protocol):
    """What has an address of its own: a case, a plan, a query."""

    @property
    def path(self) -> str: ...


class Teller:
    """Prints what happens, with colours on a terminal."""

    def __init__(self, echo: Echo) -> None:
        self._echo, self._colour = echo, sys.stdout.isatty() and not os.environ.get("NO_COLOR")

    def say(self, kind: str, text: str) -> None:
        self._echo(f"\x1b[{COLOURS[kind]}m{text}\x1b[0m" if self._colour else text)


class Stage:
    """The people of the suite, its clock, and how to tell what they do."""

    def __init__(self, player: Player, clock: HandClock, tell: Teller) -> None:
        self.player, self.planner, self.clock, self.tell = player, Planner(player), clock, tell

    def case(self, sender: str, receiver: str, title: str, accepted: date, *, separated: bool = False) -> Told:
        """A case that nobody has been told of yet."""
        return Told(
            Story(
                self.player.seat(sender),
                self.player.seat(receiver),
                self._cause(sender, receiver),
                f"荣成某某商贸有限公司{title}",
                {"kind": "organisation", "name": "荣成某某商贸有限公司", "number": "91371082MA3C0JJT3T"},
                f"巡查发现{title.removesuffix('案')}，经初步核实情况属实。",
                ["《山东省城乡规划条例》第七十八条"],
                "《中华人民共和国行政处罚法》第二十二条",
                accepted,
                separated=separated,
            )
        )

    def _cause(self, sender: str, receiver: str) -> str:
        law = self.player.suite.sharing.law.now()
        agency = law.register.get(receiver)
        punishes = [power.cause for power in agency.powers if power.does == "punish"] if agency else []
        return next(iter(punishes or law.current(START).codes["causes"]))

    def on(self, day: date, case: Told | ToldPlan, *acts: str,
           with_: Mapping[str, Mapping[str, Any]] | None = None) -> Answer:
        """The acts of a day, from nine in the morning or twenty minutes after the one before; what the last answered.
        `with_`: act -> its fields and, under `by`, whose agency acts where either side may."""
        self.to(day, 9)
        for act in acts:
            self.clock.advance(minutes=20)
            said = (with_ or {}).get(act, {})
            answer = self._act(case, act, **said)
            number = f"  {answer.data['facts']['number']}" if answer.data["facts"].get("number") else ""
            title = self.title(case, act) + (f"（{case.story.actor.name}）" if isinstance(case, ToldPlan) else "")
            late = f"（{day:%Y-%m-%d}补录）" if "back_entry" in said else ""
            on = said.get("happened_on", f"{day:%Y-%m-%d}")
            self.tell.say("act", f"   {on}  {title}{number}{late}  → {answer.data['state_title']}")
        return answer

    def _act(self, case: Told | ToldPlan, act: str, **said: Any) -> Answer:
        if isinstance(case, ToldPlan):
            return self.planner.act(case, act, **said)
        return self.player.act(case, act, **said)

    def refused(self, case: Told | ToldPlan, act: str, *codes: str, **said: Any) -> None:
        """An act that the suite must refuse, with all that it says why."""
        answer = self._act(case, act, **said)
        self.must({*codes} <= {*answer.codes}, f"{act} refused with {answer.codes}")
        self.why_not(self.title(case, act), answer)

    def why_not(self, title: str, answer: Answer) -> None:
        """Tells all that a refusal says, each with its article."""
        for problem in answer.data["refusals"]:
            self.tell.say("refused", f"   ✗ {title}被拒（{_article(problem['article'])}）：{problem['detail']}")

    def title(self, case: Told | ToldPlan, act: str) -> str:
        """What the chapter calls the act."""
        if isinstance(case, ToldPlan):
            return self.planner.row(case, act).title
        return self.player.suite.offices["transfer"].acts["cases"].chapter.act(act).title

    def to(self, day: date, hour: int) -> None:
        """Lets the time pass until then."""
        if at(day, hour) > self.clock.now():
            self.player.move_to(at(day, hour))

    def lights(self, case: Readable, *, whole: bool = False) -> list[str]:
        """Tells the lights of the case as justice sees them: those that run or were late; `whole`: all there were."""
        lights = []
        for deadline in self.player.get(f"{case.path}/deadlines", JUSTICE).data["items"]:
            light = deadline["light"]
            lights.append(light)
            if light not in ("met", "cancelled") or whole:
                says = deadline["says"] if isinstance(case, Told) else self._whose(deadline)
                self.say(KINDS.get(light, "ok"), f"{says}（{deadline['due_on']} 前）：{LIGHTS[light]}")
        return lights

    def _whose(self, deadline: Mapping[str, Any]) -> str:
        """What a plan's deadline asks, and of whom: there are many parties, and many tasks."""
        bound = self.player.suite.sharing.law.now().register.get(deadline["bound"])
        task = f"（任务{deadline['item']}）" if deadline["clock"].endswith(".task") else ""
        return f"{bound.name if bound else deadline['bound']}：{deadline['says']}{task}"

    def events(self, case: Told | ToldPlan, agency: str = JUSTICE) -> list[dict[str, Any]]:
        """The history of the case as the agency sees it."""
        found: list[dict[str, Any]] = self.player.get(f"{case.path}/events", agency).data["items"]
        return found

    def say(self, kind: str, text: str) -> None:
        """A line of the present day."""
        self.tell.say(kind, f"   {day_text(self.clock.now())}  {text}")

    @staticmethod
    def must(holds: bool, what: str) -> None:
        """Raises Unexpected where it does not hold."""
        if not holds:
            raise Unexpected(what)


def _article(article: str) -> str:
    """Articles of the regulation by their numbers, those of other laws with the law's name."""
    if article == "internal":
        return "内部要求"
    numbers = article.split(", ")
    return f"第{'、'.join(numbers)}条" if all(map(str.isdigit, numbers)) else source_words(article)
