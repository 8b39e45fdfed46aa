"""The tables of queries and all their SQL."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing.queries.domain.case import Query
from services.sharing.store import TABLES
from shared.access import log
from shared.acts import whom
from shared.acts.keeping import Means
from shared.acts.store import case_tables
from shared.contracts.personal import Personal
from shared.crypto.vault import Vault

QUERIES = case_tables(
    "query", TABLES,
    sa.Column("asker", sa.String(40), nullable=False),              # empty for one outside the register
    sa.Column("holder", sa.String(40), nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("category", sa.String(40), nullable=False),
    sa.Column("batch", sa.String(64), nullable=False, index=True),  # asked of several holders at once
    sa.Column("for_case", sa.String(80), nullable=False, index=True),
    sa.Column("passed_from", sa.String(36), nullable=False, index=True),
    sa.Column("respondent_key", sa.String(200), nullable=False, index=True),
    sa.Column("respondent_name_key", sa.String(200), nullable=False, index=True),
    sa.Column("words", sa.Text, nullable=False),                    # casefolded: what a search looks in
)


def columns(case: Query, vault: Vault) -> Mapping[str, Any]:
    """What lists and searches ask for. Personal values only as keyed digests."""
    said, person = case.asking, case.asking.question.respondent
    organisation = person.name.value if person.kind == "organisation" else ""
    words = (said.question.says, said.purpose_says, said.outside_case, said.paper, case.outside, organisation)
    return {
        "asker": case.asker, "holder": case.holder, "kind": case.kind, "category": said.question.category,
        "batch": said.group, "for_case": said.case, "passed_from": case.passed_from,
        "respondent_key": _blind(person.number or person.name, vault),
        "respondent_name_key": _blind(person.name, vault),
        "words": " ".join(filter(None, words)).casefold(),
    }


def _blind(value: Personal, vault: Vault) -> str:
    """The keyed digest by which a personal value can be looked up; empty for an empty one."""
    return whom.respondent_key(value.value, vault)


def words_match(_: Means, text: str) -> sa.ColumnElement[bool]:
    """Queries whose words hold the text, of whatever length, in capitals or not."""
    return QUERIES.case.c.words.contains(text.casefold(), autoescape=True)


def respondent_is(means: Means, text: str) -> sa.ColumnElement[bool]:
    """Queries about whom has this exact name or number."""
    keys = whom.respondent_keys(text, means.vault)
    return QUERIES.case.c.respondent_key.in_(keys) | QUERIES.case.c.respondent_name_key.in_(keys)


LOOKS = {"query": "查看查询", "materials": "查看材料目录", "material": "打开材料", "record": "查阅档案", "accesses": "查看查阅记录",
         "history": "查看办理过程", "deadlines": "查看时限", "export": "个人信息查阅、复制"}
_ROUTES = {"/materials": "materials", "/materials/<int:number>": "material", "/open": "record",
           "/records/<record>": "record", "/accesses": "accesses", "/events": "history",
           "/deadlines": "deadlines"}                   # what stands behind the id


@dataclass(frozen=True, slots=True)
class Accessed:
    """Someone opened a query, a material of it, or a record that was given with it. No names: ids alone."""

    id: str
    at: datetime
    agency: str
    person: str
    appointment: str
    what: str                           # one of LOOKS
    subject: str                        # query id, query id/material number, query id/record id, record id


def accessed(tx: Connection, case_id: str, records: Collection[str], asker: str, limit: int,
             after: str = "") -> tuple[Accessed, ...]:
    """Who opened the query or its materials, and of the records those reads that the asker made: others have them from
    elsewhere. The latest first; `after`: the id of one, those before it."""
    kept = log.access_log.c
    own = (kept.subject == case_id) | kept.subject.startswith(f"{case_id}/", autoescape=True)
    given = kept.subject.in_(sorted(records)) & (kept.agency == asker)
    query = (sa.select(kept.id, kept.at, kept.agency, kept.person, kept.appointment, kept.what, kept.subject)
             .where(kept.kind == log.READ, own | given).order_by(kept.id.desc()).limit(limit))
    if after:
        query = query.where(kept.id < after)
    return tuple(Accessed(row.id, row.at, row.agency, row.person, row.appointment, look_of(row.what), row.subject)
                 for row in tx.execute(query))


def look_of(route: str) -> str:
    """What was looked at, by the route that the access log has: a route without a word of its own is the query's."""
    return "export" if "/persons/" in route else _ROUTES.get(route.partition("<case_id>")[2], "query")
