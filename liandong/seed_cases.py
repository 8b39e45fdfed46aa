"""The sample city's cases, told by its `sample/cases*.yaml` and entered act by act with a clock moved by hand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from liandong.bodies import BY_RECEIVER, Story
from liandong.bodies_turns import reception_refused
from liandong.demo_day import at, day_text
from liandong.player import Player, Told
from liandong.player_plans import Days, ToldPlan
from liandong.seed_steps import Step, acts_of
from shared.kernel.clock import HandClock, day_of

SCAN = "%PDF-1.4\n% 补录凭证扫描件（示例）{}\n".format
PAPER = "纸质先行，扫描件附后"


class SampleCases:
    """The rows of the files as cases under way; the k-th row is the k-th case."""

    def __init__(self, player: Player, clock: HandClock, rows: list[dict[str, Any]],
                 plan: Callable[[str], ToldPlan]) -> None:
        """`plan`: that of a title, where a case comes of what was found in it."""
        self.player, self.clock, self.rows, self.plan = player, clock, rows, plan
        self.calendar = player.suite.sharing.law.now().calendar
        self.told = [self._case(row) for row in rows]

    def _case(self, row: Mapping[str, Any]) -> Told:
        return Told(
            Story(
                self.player.seat(row["sender"]),
                self.player.seat(row["receiver"]),
                row["cause"],
                f"{row['respondent']['name']}{row['title']}",
                row["respondent"],
                row["facts"],
                row["provisions"],
                row["basis"],
                date.min,
                row.get("document", ""),
                separated=bool(row.get("document")),
            )
        )

    def steps(self, today: date) -> Iterator[Step]:
        """Every step of every case on its day, so many working days before today."""
        day = Days(self.player, today)
        for number, row in enumerate(self.rows):
            for step in row["steps"]:
                on = day(step["at"])
                yield Step(on, partial(self._take, number, on, step))

    def _take(self, number: int, day: date, step: Mapping[str, Any]) -> None:
        """The acts of a step, from nine in the morning or from where the clock already stands on that day."""
        told = self.told[number]
        if at(day, 9) > self.clock.now():
            self.player.move_to(at(day, 9))
        if told.story.accepted_on == date.min:
            earlier = self._after(number)
            told.story.accepted_on = earlier.story.accepted_on if earlier else day
        if "receiver" in step:
            told.story = replace(told.story, receiver=self.player.seat(step["receiver"]))
        for act, said in acts_of(step["acts"]):
            self.clock.advance(minutes=3 if act in BY_RECEIVER else 2)
            self.player.act(told, act, **self._instead(number, act, said))

    def _after(self, number: int) -> Told | None:
        """The withdrawn case that a row's case takes up again."""
        after, titles = self.rows[number].get("after"), [row["title"] for row in self.rows]
        return self.told[titles.index(after)] if after else None

    def _instead(self, number: int, act: str, said: Mapping[str, Any]) -> dict[str, Any]:
        """What a row says of an act, as the player takes it: `by` names a side or an agency, `days_ago` makes it a 补录,
        `reception` tells who refused the letter; all else stands in the body as it is."""
        story, instead = self.told[number].story, dict(said)
        if by := instead.get("by"):
            instead["by"] = {"sender": story.sender.agency, "receiver": story.receiver.agency}.get(by, by)
        today = day_of(self.clock.now())
        if instead.pop("reception", False):
            instead |= reception_refused(story, today)
        if ago := instead.pop("days_ago", 0):
            agency = instead.get("by") or (story.receiver if act in BY_RECEIVER else story.sender).agency
            scan = self.player.scan(agency, "paper.pdf", SCAN(day_text(self.clock.now())).encode())
            instead |= {
                "happened_on": self.calendar.working_day_back(today, ago + 1).isoformat(),
                "back_entry": {"reason": PAPER, "scan": scan},
            }
        if act == "announce" and (earlier := self._after(number)):
            instead["after"] = earlier.id
        if act == "announce" and (found := self.rows[number].get("finding")):
            plan = self.plan(found["plan"])
            ref = f"{plan.story.service}/{plan.id}/{found['number']}"
            instead["origin"] = {"kind": "finding", "ref": ref}
        return instead
