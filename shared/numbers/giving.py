"""The number an act's document gets: the next of the agency's series, or the one on the paper."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.engine import Connection

from shared.acts.correct import Correct
from shared.acts.corrections import Correctable
from shared.acts.keeping import Means, Prepare
from shared.acts.model import Context
from shared.acts.store import Row
from shared.kernel.errors import Refusal, Refused
from shared.numbers.shape import BAD_OWN_NUMBER, NO_SHORT, NUMBER_TAKEN, NUMBER_TOO_FAR, OTHER_WORD, OTHER_YEAR, SHAPE
from shared.numbers.store import NumberTables


def number(act: str, word: str, tables: NumberTables, bad: Refusal = BAD_OWN_NUMBER) -> Prepare:
    """The hook of an act whose command has a `number`, empty where the suite gives it.

    `word` stands between the agency's short name and the year (移字); `bad` refuses a number of another shape.
    """
    def prepare(tx: Connection, means: Means, row: Row | None, case: Any, command: Any, context: Context) -> Any:
        own = context.register.get(context.viewer.agency)
        whole = f"{own.short}{word}" if own and own.short else ""
        if command.number:
            _enter(tx, tables, row, command.number, whole, act, context, bad)
            return command
        if not whole:
            raise Refused(NO_SHORT)
        year = context.happened_on.year
        serial = tables.next_serial(tx, context.viewer.agency, whole, year)
        text = f"{whole}〔{year}〕第{serial}号"
        _use(tx, tables, row, text, whole, year, serial, act, context, entered=False)
        return replace(command, number=text)
    return prepare


def number_correction(word: str, tables: NumberTables, rows: Mapping[str, Correctable]) -> Prepare:
    """The hook of 更正: a 更正函 has a number of its own; what is no outward document is corrected without one."""
    numbered = number("correct", word, tables)

    def prepare(tx: Connection, means: Means, row: Row | None, case: Any, command: Correct, context: Context) -> Any:
        assert command.said.original is not None
        act = command.said.original.act
        if act in rows and rows[act].document:
            return numbered(tx, means, row, case, command, context)
        return replace(command, number="")
    return prepare


def _enter(tx: Connection, tables: NumberTables, row: Row | None, text: str, word: str, act: str, context: Context,
           bad: Refusal) -> None:
    shape = SHAPE.fullmatch(text)
    if shape is None:
        raise Refused(bad)
    if word and shape["word"] != word:
        raise Refused(OTHER_WORD.filled(word=word))
    agency, year, serial = context.viewer.agency, int(shape["year"]), int(shape["serial"])
    if year != context.happened_on.year:
        raise Refused(OTHER_YEAR.filled(year=context.happened_on.year))
    last, most = tables.last_serial(tx, agency, shape["word"], year), _jump(context)
    if serial > last + most:
        raise Refused(NUMBER_TOO_FAR.filled(last=last, most=most))
    if tables.taken(tx, agency, shape["word"], year, serial):
        raise Refused(NUMBER_TAKEN.filled(number=text))
    tables.raise_series(tx, agency, shape["word"], year, serial)
    _use(tx, tables, row, text, shape["word"], year, serial, act, context, entered=True)


def _jump(context: Context) -> int:
    """How far ahead of its series a number on a paper may lie: one misread must not use up a year's numbers."""
    return int(context.rulebook.setting("number_jump"))


def _use(tx: Connection, tables: NumberTables, row: Row | None, text: str, word: str, year: int, serial: int, act: str,
         context: Context, *, entered: bool) -> None:
    assert row is not None
    tables.use_number(tx, {"agency": context.viewer.agency, "number": text, "word": word, "year": year,
                           "serial": serial, "case": row.id, "act": act, "entered": entered})
