"""An act's SQL as a script for pgbench: every statement it sends, in order, with what it sent.

What must differ from one act to the next is a variable: the last digits of each of the act's own ids, and of the case's
where the script works on cases that are there. All else stays in the text, so pgbench prepares each statement once and
sends next to nothing: the baseline is as quick as these statements can be.
"""

import itertools
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Engine

TAIL = 12                       # digits of an id that vary
LEAST = 10 ** (TAIL - 1)        # the least number of that many digits
OF_CLIENT = 10 ** 8             # numbers kept for one client, in all its rounds
OF_ROUND = 10 ** 6              # numbers kept for one round of a client
UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")

_QUOTE = "$q$"
_COLON = re.compile(r"(?<!:):(?=\w)")       # pgbench would take what follows for a variable, even within quotes
_PLACEHOLDER = re.compile(r"%(?:%|(?:\((?P<name>\w+)\))?[sbt])")
_MARK = re.compile("\0(.)\0")
_VARIABLE = rf"{_QUOTE}||:\1||{_QUOTE}"
_TPS = re.compile(r"tps = ([0-9.]+) \(without initial connection time\)")
_PLACES = ("/usr/lib/postgresql/*/bin/pgbench", "/usr/pgsql-*/bin/pgbench")


class NoPgbench(Exception):
    """pgbench is nowhere; the message says what would help."""


@dataclass(frozen=True)
class Sent:
    """A statement with its parameters. `trip`: those of one number above zero went out together, in a pipeline."""

    statement: str
    values: Any = None
    trip: int = 0

    def texts(self) -> Iterator[str]:
        """Every text among the parameters, those in arrays too."""
        for value in self.values.values() if isinstance(self.values, Mapping) else self.values or ():
            yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str))


def recorded(engine: Engine, act: Callable[[], object]) -> list[Sent]:
    """All that one act sends: its transaction, and what comes after it. Every connection of the pool must be idle."""
    told: list[Sent] = []
    trips = itertools.count(1)

    class Noting(psycopg.Cursor[Any]):
        """Notes what it is given, then does it."""

        def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
            self._note(query, [params], next(trips))
            return super().execute(query, params, **more)

        def executemany(self, query: Any, params_seq: Any, **more: Any) -> None:
            self._note(query, params_seq, next(trips))
            super().executemany(query, params_seq, **more)

        def _note(self, query: Any, many: Sequence[Any], trip: int) -> None:
            begins = not self.connection.autocommit and not _open(told)
            if self.connection.pgconn.pipeline_status:       # whatever follows on in it, goes with what went before
                trip = -1 if told and told[-1].trip and not begins else trip
            elif len(many) == 1:
                trip = 0
            trip = told[-1].trip if trip < 0 else trip
            text = query if isinstance(query, str) else query.as_string(self.connection)
            told.extend([Sent("BEGIN", trip=trip)] if begins else [])
            told.extend(Sent(text, values, trip) for values in many)

    def taken(driver: Any, *_: Any) -> None:
        driver.cursor_factory = Noting

    def committed(_: Any) -> None:
        if _open(told):
            told.append(Sent("COMMIT"))

    listeners = (("checkout", taken), ("commit", committed))
    for name, listener in listeners:
        sa.event.listen(engine, name, listener)
    try:
        act()
    finally:
        for name, listener in listeners:
            sa.event.remove(engine, name, listener)
        engine.dispose()
    return told


def _open(told: list[Sent]) -> bool:
    """Whether a transaction was begun and not ended."""
    return next((sent.statement == "BEGIN" for sent in reversed(told) if sent.statement in ("BEGIN", "COMMIT")), False)


def own_ids(sent: Iterable[Sent], *others: str) -> set[str]:
    """Every UUID that is told, but for `others`: the ids that the act gave."""
    return {found for each in sent for text in each.texts() for found in UUID.findall(text)} - {*others}


def script(sent: Iterable[Sent], own: Iterable[str], cases: Iterable[str] = (), *, trips: bool = True) -> str:
    """The script. Of each text in `own` the tail is a number that no other act has, of each in `cases` one of the
    numbers from LEAST on: each client has `per` of them for itself. Without `trips` each statement waits for its
    answer.
    """
    tails = {**dict.fromkeys(own, "n"), **dict.fromkeys(cases, "c")}
    lines = ["\\set k :k + 1", f"\\set n {LEAST} + :client_id * {OF_CLIENT} + :k",
             f"\\set c {LEAST} + :client_id * :per + mod(:k, :per)"]
    for trip, together in itertools.groupby(sent, lambda each: each.trip):
        statements = [_filled(each, tails) for each in together]
        lines += ["\\startpipeline", *statements, "\\endpipeline"] if trip and trips else statements
    return "\n".join(lines) + "\n"


def _filled(sent: Sent, tails: Mapping[str, str]) -> str:
    """The statement with literals for psycopg's placeholders."""
    if not sent.values:
        return f"{sent.statement};"
    named = sent.values if isinstance(sent.values, Mapping) else {}
    unnamed = iter(() if named else sent.values)

    def literal(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        return _literal(named[found["name"]] if found["name"] else next(unnamed), tails)

    return _PLACEHOLDER.sub(literal, sent.statement) + ";"


def _literal(value: Any, tails: Mapping[str, str]) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool | int):
        return str(value)
    if isinstance(value, date):
        return f"'{value.isoformat()}'"
    if isinstance(value, list):
        return f"ARRAY[{', '.join(_literal(each, tails) for each in value)}]" if value else "'{}'"
    assert isinstance(value, str) and "$" not in value, f"no literal for {value!r}"
    for text, variable in tails.items():
        value = value.replace(text, f"{text[:-TAIL]}\0{variable}\0")
    value = _COLON.sub(f"{_QUOTE}||chr(58)||{_QUOTE}", value)
    return f"({_QUOTE}{_MARK.sub(_VARIABLE, value)}{_QUOTE})"


def pgbench() -> str:
    """Where the program is. Raises NoPgbench."""
    found = shutil.which("pgbench") or next(
        (str(path) for pattern in _PLACES for path in sorted(Path("/").glob(pattern[1:]), reverse=True)), None)
    if found is None:
        raise NoPgbench("pgbench is missing, the baseline of an act; Debian has it in the package postgresql "
                        "(or postgresql-contrib)")
    return found


_ROUNDS = itertools.count(1)


class Script:
    """A script that pgbench runs, round after round, on a schema."""

    def __init__(self, text: str, path: Path, url: str, schema: str) -> None:
        self._url, self._schema, self._path = url, schema, path
        self._path.write_text(text, encoding="utf-8")

    def rate(self, clients: int, seconds: int, cases_each: int = 1) -> float:
        """Acts a second of so many clients, each with cases of its own. Raises RuntimeError with pgbench's words."""
        done = subprocess.run(
            [pgbench(), "-n", "-M", "prepared", "-c", str(clients), "-j", str(min(clients, 2)), "-T", str(seconds),
             "-D", f"k={next(_ROUNDS) * OF_ROUND}", "-D", f"per={cases_each}", "-f", str(self._path),
             self._url], capture_output=True, text=True, check=False,
            env={"PGOPTIONS": f"-c search_path={self._schema} -c jit=off"})      # as the suite's own connections
        found = _TPS.search(done.stdout)
        if done.returncode or found is None:
            raise RuntimeError(f"pgbench: {done.stderr.strip()[-2000:]}")
        return float(found[1])
