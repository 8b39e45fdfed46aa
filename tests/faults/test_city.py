"""`liandong city` killed where it hurts, and without RabbitMQ."""

import os
import re
import signal
import sys
from pathlib import Path

import pytest

from tests.liandong.cities import City, city, on_board, running
from tests.liandong.conftest import Start
from tests.liandong.people import People
from tests.liandong.plans import Plan
from tests.liandong.running import HOUSING, SERVICES, Process, level, sound, until

__all__ = ["city", "running"]

CHAPTERS = ("transfer", "collab", "joint")      # whose news oversight's board is made of
pytestmark = pytest.mark.usefixtures("many_connections")


def started(start: Start, city: City, settings: dict[str, str]) -> tuple[Process, People]:
    process = start("city", home=city.home, **settings)
    process.ready()
    return process, People.of_city(process)


def gone(pids: list[int]) -> bool:
    """Whether none of these processes runs any more."""
    return not [pid for pid in pids if Path(f"/proc/{pid}/exe").exists()]


def test_killed_between_commit_and_publish_and_between_handling_and_ack_it_levels(
        city: City, running: Process, start: Start) -> None:
    people, children = People.of_city(running), running.children()
    stopped = [f"worker {name}" for name in (*CHAPTERS, "oversight")]
    until(lambda: not any(map(city.waiting, CHAPTERS)), "all news is out")
    for name in stopped:
        os.kill(children[name], signal.SIGSTOP)          # it can't publish what is committed now
    case, plans = people.opened(), [Plan("collab"), Plan("joint")]
    for plan in plans:
        assert plan.act(people, "draft").status == 201 and people.board(plan.id, HOUSING) == []
    assert all(map(city.waiting, CHAPTERS)) and people.board(case.id) == []
    for name in stopped:
        os.kill(children[name], signal.SIGKILL)
    assert running.child.wait(60) == 1, "one that ends by itself ends the city"
    assert re.search("Error: worker [a-z]+ ended by itself; the others are stopped", running.errors)
    assert gone(list(children.values())) and all(map(city.waiting, CHAPTERS))

    for source in ("transfer", "collab"):
        before = city.handled(source)
        worker = start("worker", source, home=city.home, **city.set, **feeds(city))
        until(lambda source=source: city.waiting(source) == 0, "what was committed goes out", 60)
        doomed = start("oversight", source, home=city.home, command=(sys.executable, "-m", "tests.liandong.doomed"),
                       **city.set, **feeds(city))
        assert doomed.child.wait(60) == -signal.SIGKILL, doomed.errors
        assert city.handled(source) > before, "handled and committed, and never acknowledged"
        assert worker.stop(signal.SIGTERM) == 0

    process, people = started(start, city, city.set)
    until(lambda: level(city.home, **city.set), "every follower is level")
    on_board(people, case.id)
    for plan in plans:
        on_board(people, plan.id, HOUSING, plan.cases)
    on_board(people, people.opened().id)
    children = process.children()
    assert process.stop(signal.SIGTERM) == 0
    assert gone(list(children.values()))
    assert "Traceback" not in process.errors and " ERROR " not in process.errors, process.errors
    sound(city.home, **city.set)


def feeds(city: City) -> dict[str, str]:
    """Where the APIs would answer, for workers started one by one."""
    return {"LIANDONG_FEED_URLS": ",".join(f"{name}=http://127.0.0.1:{city.port + number}"
                                           for number, name in enumerate(SERVICES, 1))}


def test_without_rabbitmq_the_same_news_goes_over_feeds(city: City, start: Start) -> None:
    process, people = started(start, city, city.feeds)
    children = process.children()
    on_board(people, people.opened().id)
    until(lambda: level(city.home, **city.feeds), "every follower is level")
    process.kill()
    until(lambda: gone(list(children.values())), "nothing is left of a city that was killed")
    sound(city.home, **city.feeds)
