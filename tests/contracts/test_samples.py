"""The good samples are what the demo publishes, whenever it is played."""

import os
from pathlib import Path

from liandong.contract_files import PLAYED, played
from liandong.demo import told_through
from liandong.docs import bodies_of

ROOT = Path(__file__).resolve().parents[2]


def test_the_demo_played_again_gives_the_samples_that_are_kept() -> None:
    with told_through(os.environ) as suite:
        made = played(bodies_of(suite)).splitlines()
    assert len(made) > 100
    assert made == (ROOT / PLAYED).read_text("utf-8").splitlines()
