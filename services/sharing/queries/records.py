"""第二十七条: records that are given with an answer: whether they are there, are the holder's, are about what was asked."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.engine import Connection

from services.sharing.archive import store
from services.sharing.archive.access import own_of
from services.sharing.archive.words import folded
from services.sharing.queries.commands import Answer, Question
from services.sharing.queries.domain.answers import BESIDE, OTHERS, UNKNOWN
from services.sharing.queries.domain.case import Query
from shared.acts import whom
from shared.acts.keeping import Means
from shared.acts.model import Context
from shared.acts.store import Row
from shared.crypto.vault import Vault
from shared.kernel.clock import day_of


def look_up(tx: Connection, means: Means, _: Row | None, case: Query, command: Answer, context: Context) -> Answer:
    """Says of each record what is wrong with it; where all are well nothing of that, but which version each is in: that
    one is given, whatever the holder delivers later."""
    if not command.records:
        return command
    there = store.current(tx, command.records)
    own = own_of(context.viewer, context.register, day_of(context.now))

    def wrong(record: str) -> str:
        row = there.get(record)
        if row is None:
            return UNKNOWN
        if not own.has(row):
            return OTHERS
        return "" if concerns(row, case.asking.question, means.vault) else BESIDE

    amiss = tuple(map(wrong, command.records))
    if any(amiss):
        return replace(command, amiss=amiss)
    return replace(command, versions=tuple(int(there[record]["version"]) for record in command.records))


def concerns(row: Mapping[str, Any], asked: Question, vault: Vault) -> bool:
    """Whether a record is of the category and the time that were asked, and about whom: its respondent by name or
    number, or named in its title or text."""
    day = row["occurred_on"]
    of_it = not asked.category or row["category"] == asked.category
    then = (asked.since is None or asked.since <= day) and (asked.until is None or day <= asked.until)
    return of_it and then and _about(row, asked, vault)


def _about(row: Mapping[str, Any], asked: Question, vault: Vault) -> bool:
    said = [value.value for value in (asked.respondent.name, asked.respondent.number) if value]
    keys = {key for value in said for key in whom.respondent_keys(value, vault)}
    texts = folded(row["title"] + "\n" + row["text"])
    return not said or bool(keys & {row["respondent_key"], row["respondent_name_key"]}) or any(
        folded(value) in texts for value in said)
