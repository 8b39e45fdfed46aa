"""`python -m bench [row ...] [--small]`: measures and prints one table."""

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator, Mapping

import psycopg

from bench import acts, backlog, board, deadlines, feed, news, plans, records, start
from bench.place import Place, place
from bench.sizes import SMALL, Sizes
from bench.statements import NoPgbench
from bench.table import Row, printed
from liandong import memory
from tests.servers import NoServer

Part = Callable[[Place, Sizes], Iterator[Row]]
PARTS: Mapping[str, Part] = {"acts": acts.rows, "relay": news.relay_rows, "feed": feed.rows, "backlog": backlog.rows,
                             "latency": news.latency_rows,
                             "follower": news.follower_rows, "deadlines": deadlines.rows,
                             "board": board.rows, "plans": plans.rows,
                             "records": records.rows, "start": start.rows}


def main(words: list[str]) -> int:
    """Runs the parts that are named, or all. 1 where a server or pgbench is missing."""
    given = argparse.ArgumentParser(prog="bench", description=__doc__)
    given.add_argument("rows", nargs="*", metavar="row", help=" ".join(PARTS))
    given.add_argument("--small", action="store_true", help="sizes that only show that every row runs")
    asked = given.parse_args(words)
    if unknown := set(asked.rows) - PARTS.keys():
        given.error(f"no such row: {' '.join(sorted(unknown))}")
    memory.keep_small()
    memory.collect_seldom()     # as every command of the suite begins
    try:
        report(asked.rows or list(PARTS), SMALL if asked.small else Sizes())
    except (NoServer, NoPgbench) as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


def report(parts: list[str], sizes: Sizes) -> None:
    """Measures these parts and prints the machine, the table, and how long it took."""
    began = time.monotonic()
    with place() as at:
        print(_machine(at), flush=True)
        rows = []
        for part in parts:
            print(f"measuring {part} ...", file=sys.stderr, flush=True)
            rows += PARTS[part](at, sizes)
    print(f"\n{printed(rows)}\n\nload at the end {_load()}, {time.monotonic() - began:.0f} s", flush=True)


def _machine(at: Place) -> str:
    with psycopg.connect(at.plain) as connection:
        server = connection.info.parameter_status("server_version")
        durable = [(connection.execute(f"SHOW {name}").fetchone() or ("?",))[0]
                   for name in ("fsync", "synchronous_commit")]
    return (f"{time.strftime('%Y-%m-%d %H:%M')}, {os.cpu_count()} cores, load {_load()}, "
            f"Python {platform.python_version()}, "
            f"PostgreSQL {server} (fsync {durable[0]}, synchronous_commit {durable[1]})")


def _load() -> str:
    return " ".join(f"{load:.1f}" for load in os.getloadavg())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
