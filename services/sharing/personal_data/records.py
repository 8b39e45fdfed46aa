"""What archive records hold of natural persons: how long they are kept, told to who asks, erased.

Erased is a record in all its versions: name and number lose cipher and salt, their hashes stay; where title or text
name the person, signs stand in their place. Each version's digest stays as it was told. Organisations are no persons.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing.archive import repository
from services.sharing.archive import store as looks
from services.sharing.archive.access import own_of
from services.sharing.archive.domain import PERSON
from services.sharing.archive.store import RECORD, indexed, sliced
from shared.acts import whom
from shared.acts.convert import erased_of
from shared.acts.disclosing import Asked, Found
from shared.acts.erasing import (
    FOR_EVER,
    HELD,
    NO_DOCUMENT,
    NOT_OVER,
    RETENTION_OVER,
    Due,
    Trove,
    Why,
    erasure,
    may,
    rules_of,
)
from shared.acts.keeping import Means
from shared.acts.model import Viewer
from shared.acts.request import NOT_VISIBLE
from shared.acts.store import sees_all
from shared.contracts.envelope import canonical
from shared.journal.erasure import erase as erase_details
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Refused
from shared.law import holds
from shared.rulebook.model import Retention

PATH, CLASS, LONGEST = "records", "sharing.records.", "long"       # a record that names no class is kept the longest
CHANGED = ("respondent", "hidden", "title", "text", "respondent_key", "respondent_name_key")
_OF_PERSONS = (RECORD.c.respondent_kind == PERSON, RECORD.c.respondent != "")


def rule_of(tx: Connection, means: Means, row: Mapping[str, Any]) -> Retention | None:
    """How long a record is kept, by the class that its agency gave it."""
    return rules_of(tx, means.law, means.clock).get(CLASS + (row["retention"] or LONGEST))


def last_day(row: Mapping[str, Any]) -> date:
    """The day a record is of, or on which its version came in, whichever is later."""
    occurred_on: date = row["occurred_on"]
    return max(occurred_on, day_of(row["recorded_at"]))


def due(tx: Connection, means: Means) -> Iterator[Due]:
    """The records of persons whose time is over and that are not erased yet, oldest first."""
    today = day_of(means.clock.now())
    for name, rule in rules_of(tx, means.law, means.clock).items():
        if not name.startswith(CLASS) or not rule.months:
            continue
        code = name.removeprefix(CLASS)
        of_class = RECORD.c.retention.in_((code, "") if code == LONGEST else (code,))
        query = sa.select(RECORD).where(RECORD.c.current, of_class, *_OF_PERSONS,
                                        RECORD.c.occurred_on < today - timedelta(days=28 * rule.months),
                                        ~sa.exists().where(erasure.c.case == RECORD.c.id)).order_by(RECORD.c.nr)
        for row in map(dict[str, Any], tx.execute(query).mappings().all()):
            last = last_day(row)
            if (until := rule.kept_until(last)) is not None and until < today:
                yield Due(name, row["id"], last, until, next(_held(tx, means, row), None))


def of_person(tx: Connection, means: Means, asked: Asked, viewer: Viewer) -> Iterator[Found]:
    """The records that the viewer's agency holds of the person, those a dissolved one left it too; justice and
    市政府办公室 read all."""
    keys = {value: whom.respondent_keys(value, means.vault) for value in (asked.number, asked.name) if whom.bare(value)}
    register = means.law.snapshot(tx).register
    own = own_of(viewer, register, day_of(means.clock.now()))
    for row in _rows(tx, [key for each in keys.values() for key in each]):
        if not (own.has(row) or sees_all(viewer, register)):
            continue
        who = repository.opened(means.vault, row)
        number = who.get("number", "")
        if whom.bare(asked.number) and number and whom.bare(number) != whom.bare(asked.number):
            continue                                             # another of the name
        sure = bool(number and whom.bare(number) == whom.bare(asked.number)) or row["id"] in asked.cases
        rule = rule_of(tx, means, row)
        until = rule.kept_until(last_day(row)) if rule else None
        told = {"where": "respondent", **who, "title": row["title"], "text": row["text"]}
        yield Found(rule.id if rule else CLASS + row["retention"], row["id"], sure, "delivered", False,
                    row["occurred_on"].isoformat(), (row["agency"],), until.isoformat() if until else "",
                    (told,) if sure else ())


def _rows(tx: Connection, keys: list[str]) -> list[Mapping[str, Any]]:
    if not keys:
        return []
    query = sa.select(RECORD).where(RECORD.c.current, *_OF_PERSONS, sa.or_(
        RECORD.c.respondent_key.in_(keys), RECORD.c.respondent_name_key.in_(keys)))
    return [dict(row) for row in tx.execute(query.order_by(RECORD.c.nr)).mappings()]


def has(tx: Connection, record: str) -> bool:
    return tx.execute(sa.select(RECORD.c.nr).where(RECORD.c.id == record).limit(1)).first() is not None


def erase(means: Means, record: str, why: Why, viewer: Viewer) -> bool:
    """Erases what a record holds of its person, in all versions; False where that was done before. Raises Refused."""
    with means.db.write() as tx:
        may(tx, means, why, viewer)
        rows = [dict(row) for row in tx.execute(
            sa.select(RECORD).where(RECORD.c.id == record, *_OF_PERSONS).with_for_update()).mappings()]
        if tx.execute(sa.select(erasure.c.case).where(erasure.c.case == record)).first() is not None:
            return False
        if not rows:
            raise Refused(NOT_VISIBLE)
        current = next(row for row in rows if row["current"])
        if refusals := [*_held(tx, means, current), *_too_early(tx, means, current, why)]:
            raise Refused(*refusals)
        for row in rows:
            _bare(tx, row)
        looks.forget_reasons(tx, record)
        tx.execute(erasure.insert(), {"case": record, "path": PATH, "basis": why.basis, "document": why.document,
                                      "erased_on": day_of(means.clock.now()), "files": "[]"})
        means.db.as_eraser(tx)
        erase_details(tx, means.journal, [], reason=why.basis, document=why.document, stream=record,
                      actor=viewer.appointment, agency=viewer.agency,
                      detail={"said": why.reason, repository.CONTENT_KEYS: {
                          str(row["version"]): row["content_key"] for row in rows}})
    means.ring()
    return True


def _held(tx: Connection, means: Means, row: Mapping[str, Any]) -> Iterator[Refusal]:
    if holds.on(tx, "sharing", row["id"], lambda: whom.keys(repository.opened(means.vault, row).values(), means.vault)):
        yield HELD


def _too_early(tx: Connection, means: Means, row: Mapping[str, Any], why: Why) -> Iterator[Refusal]:
    rule = rule_of(tx, means, row)
    until = rule.kept_until(last_day(row)) if rule else None
    if until is not None and until < day_of(means.clock.now()):
        return
    if why.basis == RETENTION_OVER:
        yield NOT_OVER.filled(until=until) if until else FOR_EVER
    elif not why.document:
        yield NO_DOCUMENT


def _bare(tx: Connection, row: dict[str, Any]) -> None:
    """A version without its person: what is searched of it is written anew, for the index knows no single word."""
    title, text = repository.impersonal(row)
    new = row | {"respondent": canonical(erased_of(json.loads(row["respondent"]))), "hidden": "",
                 "title": title, "text": text, "respondent_key": "", "respondent_name_key": ""}
    if row["current"] and tx.dialect.name == "sqlite":
        _words(tx, "INSERT INTO record_words (record_words, rowid, words) VALUES ('delete', :nr, :words)", row)
        _words(tx, "INSERT INTO record_words (rowid, words) VALUES (:nr, :words)", new)
    elif row["current"]:
        tx.execute(sa.text("UPDATE record_words SET words = CAST(:words AS tsvector) WHERE nr = :nr"),
                   {"nr": row["nr"], "words": sliced(new)})
    tx.execute(RECORD.update().where(RECORD.c.nr == row["nr"]).values(**{name: new[name] for name in CHANGED}))


def _words(tx: Connection, statement: str, row: Mapping[str, Any]) -> None:
    tx.execute(sa.text(statement), {"nr": row["nr"], "words": " ".join(sorted(indexed(dict(row))))})

TROVE = Trove(PATH, has, due, of_person, erase)
