"""An act's SQL as a script for pgbench: every statement that it sends, in order, with its parameters.

What must differ from act to act is a variable: the last digits of the act's own ids, and of the case's id where the
script works on existing cases. All else is constant text, so pgbench prepares each statement once and sends next to
nothing: the baseline is as fast as these statements can be.
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
PER_CLIENT = 10 ** 8            # numbers reserved for a client, in all its rounds
PER_ROUND = 10 ** 6             # numbers reserved for a client in a round
UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")

_QUOTE = "$q$"
_COLON = re.compile(r"(?<!:):(?=\w)")       # pgbench would take the next word for a variable, even within quotes
_PLACEHOLDER = re.compile(r"%(?:%|(?:\((?P<name>\w+)\))?[sbt])")
_MARK = re.compile("\0(.)\0")
_VARIABLE = rf"{_QUOTE}||:\1||{_QUOTE}"
_TPS = re.compile(r"tps = ([0-9.]+) \(without initial connection time\)")
_PLACES = ("/usr/lib/postgresql/*/bin/pgbench", "/usr/pgsql-*/bin/pgbench")


class NoPgbench(Exception):
    """pgbench is not installed; the message says what helps."""


@dataclass(frozen=True)
class Sent:
    """A statement with its parameters. Statements with the same `trip` above 0 went out together, in a pipeline."""

    statement: str
    values: Any = None
    trip: int = 0

    def texts(self) -> Iterator[str]:
        """Every text among the parameters, those in arrays too."""
        for value in self.values.values() if isinstance(self.values, Mapping) else self.values or ():
            yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str))


def recorded(engine: Engine, act: Callable[[], object]) -> list[Sent]:
    """All statements of one act: its transaction, and what follows it. Every connection of the pool must be idle."""
    sent: list[Sent] = []
    trips = itertools.count(1)

    class Recorder(psycopg.Cursor[Any]):
        """Records each statement, then executes it."""

        def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
            self._record(query, [params], next(trips))
            return super().execute(query, params, **more)

        def executemany(self, query: Any, params_seq: Any, **more: Any) -> None:
            self._record(query, params_seq, next(trips))
            super().executemany(query, params_seq, **more)

        def _record(self, query: Any, many: Sequence[Any], trip: int) -> None:
            begins = not self.connection.autocommit and not _in_transaction(sent)
            if self.connection.pgconn.pipeline_status:
                if sent and sent[-1].trip and not begins:
                    trip = sent[-1].trip                     # the same pipeline goes on
            elif len(many) == 1:
                trip = 0
            text = query if isinstance(query, str) else query.as_string(self.connection)
            if begins:
                sent.append(Sent("BEGIN", trip=trip))
            sent.extend(Sent(text, values, trip) for values in many)

    def checked_out(driver: Any, *_: Any) -> None:
        driver.cursor_factory = Recorder

    def committed(_: Any) -> None:
        if _in_transaction(sent):
            sent.append(Sent("COMMIT"))

    listeners = (("checkout", checked_out), ("commit", committed))
    for name, listener in listeners:
        sa.event.listen(engine, name, listener)
    try:
        act()
    finally:
        for name, listener in listeners:
            sa.event.remove(engine, name, listener)
        engine.dispose()
    return sent


def _in_transaction(sent: list[Sent]) -> bool:
    return next((each.statement == "BEGIN" for each in reversed(sent) if each.statement in ("BEGIN", "COMMIT")), False)


def own_ids(sent: Iterable[Sent], *others: str) -> set[str]:
    """The ids that the act gave: every UUID among the parameters but `others`."""
    return {found for each in sent for text in each.texts() for found in UUID.findall(text)} - {*others}


def script(sent: Iterable[Sent], own: Iterable[str], cases: Iterable[str] = (), *, trips: bool = True) -> str:
    """The script. It replaces the tail of each text in `own` by a number that no other act has, and of each in `cases`
    by one of the numbers from LEAST on, of which each client has `per` for itself. Without `trips` each statement waits
    for its answer.
    """
    tails = {**dict.fromkeys(own, "n"), **dict.fromkeys(cases, "c")}
    lines = ["\\set k :k + 1", f"\\set n {LEAST} + :client_id * {PER_CLIENT} + :k",
             f"\\set c {LEAST} + :client_id * :per + mod(:k, :per)"]
    for trip, together in itertools.groupby(sent, lambda each: each.trip):
        statements = [_text(each, tails) for each in together]
        lines += ["\\startpipeline", *statements, "\\endpipeline"] if trip and trips else statements
    return "\n".join(lines) + "\n"


def _text(sent: Sent, tails: Mapping[str, str]) -> str:
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
    """The path of the program. Raises NoPgbench."""
    found = shutil.which("pgbench") or next(
        (str(path) for pattern in _PLACES for path in sorted(Path("/").glob(pattern[1:]), reverse=True)), None)
    if found is None:
        raise NoPgbench("pgbench is missing, the baseline of an act; Debian has it in the package postgresql "
                        "(or postgresql-contrib)")
    return found


_ROUNDS = itertools.count(1)


class Script:
    """A script that pgbench runs on a schema, round after round."""

    def __init__(self, text: str, path: Path, url: str, schema: str) -> None:
        self._url, self._schema, self._path = url, schema, path
        self._path.write_text(text, encoding="utf-8")

    def rate(self, clients: int, seconds: int, cases_each: int = 1) -> float:
        """Runs of the script a second, by clients with cases of their own. In 0 seconds each client runs it once.

        Raises RuntimeError with what pgbench says.
        """
        done = subprocess.run(
            [pgbench(), "-n", "-M", "prepared", "-c", str(clients), "-j", str(min(clients, 2)),
             *(("-T", str(seconds)) if seconds else ("-t", "1")),
             "-D", f"k={next(_ROUNDS) * PER_ROUND}", "-D", f"per={cases_each}", "-f", str(self._path),
             self._url], capture_output=True, text=True, check=False,
            env={"PGOPTIONS": f"-c search_path={self._schema} -c jit=off"})      # as the suite's own connections
        found = _TPS.search(done.stdout)
        if done.returncode or found is None:
            raise RuntimeError(f"pgbench: {done.stderr.strip()[-2000:]}")
        return float(found[1])
