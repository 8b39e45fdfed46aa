"""The people of a small city in one process, who act by a clock moved by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liandong.bodies import Story
from liandong.player import Player, Told
from liandong.seed import found_city
from shared.kernel.clock import HandClock, day_of
from shared.kernel.settings import settings_from
from tests.liandong.running import ENFORCEMENT, HOUSING, small_city
from tests.suites import prepared


@contextmanager
def played(home: Path, clock: HandClock) -> Iterator[Player]:
    """A city founded in an empty home, and level."""
    small_city(home)
    told = {"LIANDONG_HOME": str(home), "LIANDONG_CITY_FOLDER": str(home / "city")}
    with prepared(settings_from(told), clock) as suite:
        yield Player(suite, clock, found_city(suite))


def announced(player: Player) -> Told:
    """A case that has just been announced."""
    case = Told(Story(player.seat(HOUSING), player.seat(ENFORCEMENT), "illegal_extension", "擅自加建案",
                      {"kind": "organisation", "name": "荣成某某商贸有限公司"}, "擅自加建。", ["《城乡规划法》第四十条"],
                      "《中华人民共和国行政处罚法》第二十二条", day_of(player.clock.now())))
    player.act(case, "announce")
    return case
