"""`python -m bench [subject ...] [--small]`: measures the subjects and prints one table."""

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator, Mapping

import psycopg

from bench import acts, backlog, board, deadlines, feed, news, plans, records, start
from bench.place import Environment, environment
from bench.sizes import SMALL, Sizes
from bench.statements import NoPgbench
from bench.table import Row, as_table
from liandong import memory
from tests.servers import NoServer

Subject = Callable[[Environment, Sizes], Iterator[Row]]
SUBJECTS: Mapping[str, Subject] = {
    "acts": acts.rows, "relay": news.relay_rows, "feed": feed.rows, "backlog": backlog.rows,
    "latency": news.latency_rows, "follower": news.follower_rows, "deadlines": deadlines.rows, "board": board.rows,
    "plans": plans.rows, "records": records.rows, "start": start.rows,
}


def main(arguments: list[str]) -> int:
    """Measures the named subjects, by default all. Returns 1 where a server or pgbench is missing."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("subjects", nargs="*", metavar="subject", help=" ".join(SUBJECTS))
    parser.add_argument("--small", action="store_true", help="the least sizes: they show that all runs, not how fast")
    options = parser.parse_args(arguments)
    if unknown := set(options.subjects) - SUBJECTS.keys():
        parser.error(f"no such subject: {' '.join(sorted(unknown))}")
    memory.keep_small()
    memory.collect_seldom()     # as every command of the suite does
    try:
        report(options.subjects or list(SUBJECTS), SMALL if options.small else Sizes())
    except (NoServer, NoPgbench) as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


def report(subjects: list[str], sizes: Sizes) -> None:
    """Prints the machine, the table of all rows, and how long they took."""
    began = time.monotonic()
    rows: list[Row] = []
    with environment() as env:
        print(_machine(env), flush=True)
        for subject in subjects:
            print(f"measuring {subject} ...", file=sys.stderr, flush=True)
            rows += SUBJECTS[subject](env, sizes)
    print(f"\n{as_table(rows)}\n\nload at the end {_load()}, {time.monotonic() - began:.0f} s", flush=True)


def _machine(env: Environment) -> str:
    with psycopg.connect(env.plain) as connection:
        server = connection.info.parameter_status("server_version")
        fsync, commit = ((connection.execute(f"SHOW {name}").fetchone() or ("?",))[0]
                         for name in ("fsync", "synchronous_commit"))
    return (f"{time.strftime('%Y-%m-%d %H:%M')}, {os.cpu_count()} cores, load {_load()}, "
            f"Python {platform.python_version()}, "
            f"PostgreSQL {server} (fsync {fsync}, synchronous_commit {commit})")


def _load() -> str:
    return " ".join(f"{load:.1f}" for load in os.getloadavg())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
