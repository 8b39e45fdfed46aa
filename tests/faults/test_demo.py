"""`liandong demo` killed in the middle, and gone on with as a suite."""

import random
import re
import sqlite3
from pathlib import Path

from tests.liandong.conftest import Start
from tests.liandong.people import People
from tests.liandong.running import JUSTICE, level, sound, until

ACT = re.compile(r"^   \d{4}-\d\d-\d\d  .*  → \S+$", re.MULTILINE)


def acts_in(home: Path) -> int:
    """How many acts on cases transfer's journal holds."""
    with sqlite3.connect(f"file:{home / 'data' / 'transfer.sqlite'}?mode=ro", uri=True) as database:
        found = database.execute("SELECT count(*) FROM journal WHERE stream != '' AND state_hash != ''").fetchone()
    database.close()
    return int(found[0])


def test_killed_in_the_middle_and_started_as_a_suite_it_has_lost_nothing(tmp_path: Path, start: Start) -> None:
    home, line = tmp_path / "home", random.Random().randint(3, 48)
    demo = start("demo", home=home)
    until(lambda: len(ACT.findall(demo.out)) >= line, f"{line} acts told", 120)
    demo.kill()
    told, kept = len(ACT.findall(demo.out)), acts_in(home)
    assert told <= kept, f"killed at act {line}"
    sound(home)
    suite = start("up", home=home)
    suite.ready()
    people = People.of(suite)
    cases = people.get("/api/transfer/cases", JUSTICE, limit="100")["items"]
    histories = [people.get(f"/api/transfer/cases/{case['id']}/events", JUSTICE, limit="200")["items"]
                 for case in cases]
    # what agencies did; the suite itself may have gone on meanwhile, by presuming a reception
    acted = [
        event for history in histories for event in history if "deadline" not in event["event"] and event["agency"]
    ]
    assert len(acted) == kept
    until(lambda: level(home), f"every follower is level, killed at act {line}")
    assert suite.stop() == 0
    sound(home)
