"""How much is measured: enough for figures that hold, or just enough to see that every row runs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Rounds, seconds a round where a row runs by time, and how many of each thing where it runs through a heap."""

    rounds: int = 3
    seconds: int = 1
    clients: tuple[int, ...] = (1, 8, 32)
    cases: int = 480
    entries: int = 10_000             # published, and followed
    samples: int = 200                # latencies a round
    per_second: int = 50              # commits while latency is measured
    deadlines: int = 100_000
    deadline_rounds: int = 2
    first_starts: int = 3
    starts: int = 3
    plan_acts: int = 15               # of each kind a round
    board: int = 1_000_000            # deadlines on it
    rebuilt: int = 1_000_000          # entries it is made anew from
    records: int = 1_000_000          # searched among on PostgreSQL
    records_sqlite: int = 100_000


SMALL = Sizes(rounds=1, seconds=1, clients=(2,), cases=60, entries=300, samples=10, per_second=50, deadlines=600,
              deadline_rounds=1, board=3_000, rebuilt=2_000,
              first_starts=1, starts=1, plan_acts=2, records=3_000, records_sqlite=600)
