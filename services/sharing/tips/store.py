"""The tables of tips and all their SQL: the tips, the transfers that began from them, the findings they may hand on."""

from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing.store import TABLES
from services.sharing.tips.domain.case import WITHDRAWN, Tip
from shared.acts import whom
from shared.acts.findings import FINDING as ORIGIN_FINDING
from shared.acts.findings import Found
from shared.acts.keeping import Means
from shared.acts.store import case_tables
from shared.contracts.envelope import canonical
from shared.contracts.personal import Personal
from shared.crypto.vault import Vault

ORGANISATION = "organisation"

TIPS = case_tables(
    "tip", TABLES,
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("cause", sa.String(80), nullable=False),
    sa.Column("sharer", sa.String(40), nullable=False),
    sa.Column("claimer", sa.String(40), nullable=False),
    sa.Column("respondent_key", sa.String(200), nullable=False, index=True),     # of an organisation
    sa.Column("words", sa.Text, nullable=False),            # casefolded: what a search looks in; nothing personal
)
sa.Index("tip_by_origin", TIPS.case.c.origin)
TRANSFERS = sa.Table(                                       # that began from a tip: told by their journal
    "tip_transfer", TABLES,
    sa.Column("case", sa.String(36), primary_key=True),
    sa.Column("tip", sa.String(36), nullable=False),
)
FINDINGS = sa.Table(                                        # of plans, to be handed on: told by their journals
    "finding", TABLES,
    sa.Column("ref", sa.String(60), primary_key=True),      # as the origin of a tip names it
    sa.Column("agency", sa.String(40), nullable=False, index=True),      # that made it
    sa.Column("names", sa.String(40), nullable=False),      # whose the matter is; empty where that is unclear
    sa.Column("cause", sa.String(80), nullable=False),
    sa.Column("case", sa.String(36), nullable=False),       # the transfer that hands it on; empty for none
)


def columns(tip: Tip, vault: Vault) -> dict[str, Any]:
    """What lists and searches ask for. A natural person cannot be searched for: before a claim none is shown."""
    said, respondent = tip.said, tip.said.respondent
    organisation = respondent.kind == ORGANISATION
    name = respondent.name.value if organisation else ""
    key = blind(respondent.number or respondent.name, vault) if organisation else ""
    return {"kind": said.kind, "cause": said.cause, "sharer": tip.sharer, "claimer": tip.claimer, "respondent_key": key,
            "words": " ".join(filter(None, (name, said.place, said.facts))).casefold()}


def blind(value: Personal, vault: Vault) -> str:
    """The keyed digest by which an organisation's number or name can be looked up; empty for an empty one."""
    return whom.respondent_key(value.value, vault)


def words_match(_: Means, text: str) -> sa.ColumnElement[bool]:
    """Tips whose organisation, place or facts hold the text, of whatever length, in capitals or not."""
    return TIPS.case.c.words.contains(text.casefold(), autoescape=True)


def comes_from(_: Means, ref: str) -> sa.ColumnElement[bool]:
    """Tips that hand on this finding."""
    return TIPS.case.c.origin == canonical({"kind": ORIGIN_FINDING, "ref": ref})


# what the journals of others tell

class Made(NamedTuple):
    """A finding as its plan tells it."""

    agency: str
    names: str
    cause: str


def put_finding(tx: Connection, ref: str, made: Made) -> None:
    """A finding never changes in who made it and whom it names: told again, it stands as it is."""
    if tx.execute(sa.select(FINDINGS.c.ref).where(FINDINGS.c.ref == ref)).first() is None:
        tx.execute(FINDINGS.insert(), {"ref": ref, **made._asdict(), "case": ""})


def drop_finding(tx: Connection, ref: str) -> None:
    """The finding turned out to be its finder's own case, or nothing: no tip is to be made of it. One that was handed
    on stays so."""
    tx.execute(sa.delete(FINDINGS).where(FINDINGS.c.ref == ref, FINDINGS.c.case == ""))


def hand_on(tx: Connection, ref: str, case: str) -> None:
    """A transfer hands the finding on."""
    tx.execute(sa.update(FINDINGS).where(FINDINGS.c.ref == ref).values(case=case))


def take_back(tx: Connection, case: str) -> None:
    """The transfer hands no finding on any more."""
    tx.execute(sa.update(FINDINGS).where(FINDINGS.c.case == case).values(case=""))


def finding(tx: Connection, ref: str) -> Found | None:
    """What is known of a finding, locked; None where nothing was told of it. It is handed on by a tip that was not
    withdrawn, or by a transfer."""
    row = tx.execute(sa.select(FINDINGS).where(FINDINGS.c.ref == ref).with_for_update()).first()
    if row is None:
        return None
    tip = TIPS.case.c
    other = tx.execute(sa.select(tip.id).where(tip.origin == canonical({"kind": ORIGIN_FINDING, "ref": ref}),
                                               tip.state != WITHDRAWN).limit(1)).scalar()
    return Found(row.agency, row.names, other or row.case, row.cause)


def to_share(tx: Connection, agency: str) -> list[dict[str, str]]:
    """The agency's findings of which nobody says whose they are and that nothing hands on: each as the origin and cause
    of a tip."""
    tip = TIPS.case.c
    rows = tx.execute(sa.select(FINDINGS).where(FINDINGS.c.agency == agency, FINDINGS.c.names == "",
                                                FINDINGS.c.case == "").order_by(FINDINGS.c.ref)).all()
    origins = {row.ref: canonical({"kind": ORIGIN_FINDING, "ref": row.ref}) for row in rows}
    shared = set(tx.execute(sa.select(tip.origin).where(tip.sharer == agency, tip.state != WITHDRAWN,
                                                        tip.origin.in_(list(origins.values())))).scalars())
    return [{"ref": row.ref, "cause": row.cause} for row in rows if origins[row.ref] not in shared]


def put_transfer(tx: Connection, case: str, tip: str) -> None:
    """A transfer began from the tip."""
    if tip_of(tx, case) == "":
        tx.execute(TRANSFERS.insert(), {"case": case, "tip": tip})


def tip_of(tx: Connection, case: str) -> str:
    """The tip that the transfer began from; empty where it began from none."""
    return tx.execute(sa.select(TRANSFERS.c.tip).where(TRANSFERS.c.case == case)).scalar() or ""
