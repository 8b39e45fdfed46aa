"""Whom a case is about: a keyed index of every personal value in it, by which what is held on a person is found.

The index tells nothing without the key. It answers for numbers and names, whoever they are of: a respondent, a
reporter, who signed for a decision. It goes with what is erased.
"""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.crypto.vault import Vault
from shared.db.database import SHARED

PERSON = "person"                     # the purpose of the keyed digests
RESPONDENT = "respondent"             # of those by which a respondent is found, in every service alike

person_key = sa.Table(
    "person_key", SHARED,
    sa.Column("key", sa.String(160), primary_key=True),
    sa.Column("case", sa.String(36), primary_key=True),
    sa.Index("person_key_by_case", "case"),
)


def bare(text: str) -> str:
    """A name or number as it is compared: without blanks, in capitals."""
    return "".join(text.split()).upper()


def respondent_key(text: str, vault: Vault) -> str:
    """The keyed digest of a respondent's name or number; empty for an empty one."""
    return vault.blind(bare(text), RESPONDENT) if text else ""


def respondent_keys(text: str, vault: Vault) -> tuple[str, ...]:
    """The same under every key of the ring, for a search."""
    return vault.blinds(bare(text), RESPONDENT) if text else ()


def keys(values: Iterable[str], vault: Vault) -> frozenset[str]:
    """The digests of the values under every key of the ring: what is looked up, and what a hold is compared with."""
    return frozenset(key for value in values if bare(value) for key in vault.blinds(bare(value), PERSON))


def fresh(tx: Connection, case: str, values: Iterable[str], vault: Vault, *, there: bool = True) -> list[str]:
    """The digests of a case's values that the index lacks. `there`: it may have some of the case already."""
    wanted = {vault.blind(bare(value), PERSON) for value in values if bare(value)}
    if there and wanted:
        wanted -= set(tx.execute(sa.select(person_key.c.key).where(
            person_key.c.case == case, person_key.c.key.in_(sorted(wanted)))).scalars())
    return sorted(wanted)


def put(tx: Connection, case: str, digests: Iterable[str]) -> None:
    """Adds what `fresh` gave; nothing of it is read."""
    if rows := [{"key": key, "case": case} for key in digests]:
        tx.execute(person_key.insert(), rows)


def cases(tx: Connection, value: str, vault: Vault) -> frozenset[str]:
    """The ids of the cases in which the name or number stands."""
    wanted = keys((value,), vault)
    if not wanted:
        return frozenset()
    return frozenset(tx.execute(sa.select(person_key.c.case).where(person_key.c.key.in_(sorted(wanted)))).scalars())


def forget(tx: Connection, case: str) -> None:
    tx.execute(person_key.delete().where(person_key.c.case == case))
