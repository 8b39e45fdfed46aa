"""The tables of chapter 4 and all their SQL: cases, and the numbers (文号) of their documents."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.transfer.case import Transfer
from services.transfer.origins import FORMS, Found
from services.transfer.origins import TIP as ORIGIN_TIP
from services.transfer.states import ENDED, WITHDRAWN
from shared.acts import whom
from shared.acts.findings import FINDING as ORIGIN_FINDING
from shared.acts.keeping import Means
from shared.acts.persons import Respondent
from shared.acts.store import case_tables
from shared.contracts.envelope import canonical
from shared.contracts.personal import Personal
from shared.crypto.vault import Vault
from shared.numbers.store import number_tables

TABLES = sa.MetaData()

CASES = case_tables(
    "transfer", TABLES,
    sa.Column("sender", sa.String(40), nullable=False),
    sa.Column("receiver", sa.String(40), nullable=False),
    sa.Column("cause", sa.String(80), nullable=False),
    sa.Column("letter_number", sa.String(80), nullable=False, index=True),
    sa.Column("respondent_key", sa.String(200), nullable=False, index=True),
    sa.Column("respondent_name_key", sa.String(200), nullable=False, index=True),
    sa.Column("first_announced_on", sa.Date, nullable=False),
    sa.Column("words", sa.Text, nullable=False),            # casefolded: what a search looks in; nothing personal
    sa.Column("follows", sa.String(36), index=True),        # the withdrawn case that it takes up again
    sa.Column("decision_number", sa.String(80), index=True),    # 处理决定文号, as the receiver recorded or closed by it
    sa.Column("file_number", sa.String(80), index=True),        # 立案文号
)

NUMBERS = number_tables(TABLES)
sa.Index("transfer_by_origin", CASES.case.c.origin)

FINDING = sa.Table(                                         # of plans, to be handed on: told by their journals
    "finding", TABLES,
    sa.Column("ref", sa.String(60), primary_key=True),      # as the origin of a case names it
    sa.Column("agency", sa.String(40), nullable=False),     # that made it
    sa.Column("names", sa.String(40), nullable=False),      # whose the matter is; empty where that is unclear
)

TIP = sa.Table(                                             # of sharing, that someone has claimed or shared: likewise
    "tip", TABLES,
    sa.Column("ref", sa.String(36), primary_key=True),      # its id
    sa.Column("claimer", sa.String(40), nullable=False),    # who has it now; empty while nobody has
    sa.Column("finding", sa.String(60), nullable=False, index=True),     # that it hands on; empty for none
)


def columns(case: Transfer, vault: Vault) -> dict[str, Any]:
    """What lists and searches ask for. Personal values only as keyed digests."""
    respondent = case.matter.respondent
    letter = case.leg.letter
    number = letter.number if letter else ""
    decided = case.decision.number if case.decision else case.closure.decision_number if case.closure else ""
    organisation = respondent.name.value if respondent.kind == "organisation" else ""
    return {
        "sender": case.sender, "receiver": case.receiver, "cause": case.matter.cause, "letter_number": number,
        "respondent_key": respondent_key(respondent, vault), "respondent_name_key": blind(respondent.name, vault),
        "first_announced_on": case.first_announced_on or case.announced_on,
        "follows": case.after or None, "decision_number": decided or None,
        "file_number": case.filed.number if case.filed else None,
        "words": " ".join(filter(None, (number, organisation, case.matter.facts))).casefold(),
    }


def respondent_key(respondent: Respondent, vault: Vault) -> str:
    """One key a respondent: of the number where there is one, else of the name."""
    return blind(respondent.number or respondent.name, vault)


def blind(value: Personal, vault: Vault) -> str:
    """The keyed digest by which a personal value can be looked up; empty for an empty one."""
    return whom.respondent_key(value.value, vault)


def open_cases_of(tx: Connection, key: str, cause: str, open_states: frozenset[str], but: str = "") -> tuple[str, ...]:
    """The open cases of a respondent for a cause, oldest first, without the case `but`."""
    return tuple(row.id for row in tx.execute(_open_cases(open_states), {"key": key, "cause": cause, "but": but}))


@cache
def _open_cases(open_states: frozenset[str]) -> sa.Select[tuple[str]]:
    """The states stand in the text: as parameters they would be bound anew, one by one, in every announcement."""
    case = CASES.case.c
    states: list[sa.ColumnElement[str]] = [sa.literal_column(f"'{state}'") for state in sorted(open_states)]
    return sa.select(case.id).where(case.respondent_key == sa.bindparam("key"), case.cause == sa.bindparam("cause"),
                                    case.id != sa.bindparam("but"), case.state.in_(states)).order_by(case.id).limit(20)


def known_to(tx: Connection, cases: Iterable[str], agency: str) -> frozenset[str]:
    """Those of the cases that the agency has or had a part in; without an agency those that there are."""
    query, named = _known(bool(agency)), {"agency": agency} if agency else {}
    return frozenset(tx.execute(query, {"cases": tuple(cases), **named}).scalars())


@cache
def _known(to_an_agency: bool) -> sa.Select[str]:
    case, party = CASES.case.c, CASES.party.c
    query = sa.select(case.id).where(case.id.in_(sa.bindparam("cases", expanding=True)))
    part = sa.select(party.case).where(party.agency == sa.bindparam("agency"))
    return query.where(case.id.in_(part)) if to_an_agency else query


def decided_by(tx: Connection, number: str, receiver: str, but: str) -> tuple[str, ...]:
    """The other cases that the agency has as receiver and dealt with by the decision of this number, oldest first."""
    case = CASES.case.c
    found = sa.select(case.id).where(case.decision_number == number, case.receiver == receiver, case.id != but)
    return tuple(tx.execute(found.order_by(case.id).limit(20)).scalars())


def filed_under(tx: Connection, number: str, receiver: str, but: str) -> tuple[str, ...]:
    """The other cases that the agency has as receiver and filed under this number, oldest first."""
    case = CASES.case.c
    found = sa.select(case.id).where(case.file_number == number, case.receiver == receiver, case.id != but)
    return tuple(tx.execute(found.order_by(case.id).limit(20)).scalars())


def withdrawn(tx: Connection, case_id: str, sender: str) -> sa.Row[str, str] | None:
    """Respondent's key and cause of the sender's withdrawn case, locked; None where there is none such."""
    case = CASES.case.c
    return tx.execute(sa.select(case.respondent_key, case.cause).where(
        case.id == case_id, case.sender == sender, case.state == WITHDRAWN).with_for_update()).first()


def taken_up(tx: Connection, case_id: str, but: str) -> bool:
    """Whether a case besides `but` takes the withdrawn one up again."""
    case = CASES.case.c
    return tx.execute(sa.select(case.id).where(case.follows == case_id, case.id != but).limit(1)).first() is not None


def not_taken_up(tx: Connection, key: str, cause: str, sender: str, but: str) -> tuple[str, ...]:
    """The sender's withdrawn cases of the respondent and cause that no case besides `but` takes up, oldest first."""
    asked = {"key": key, "cause": cause, "sender": sender, "but": but}
    return tuple(tx.execute(_not_taken_up(), asked).scalars())


@cache
def _not_taken_up() -> sa.Select[str]:
    """Built once: its alias of a table of thirty columns costs more than the answer."""
    case, later = CASES.case.c, CASES.case.alias()
    follower = sa.select(later.c.id).where(later.c.follows == case.id, later.c.id != sa.bindparam("but")).exists()
    return sa.select(case.id).where(
        case.respondent_key == sa.bindparam("key"), case.cause == sa.bindparam("cause"),
        case.sender == sa.bindparam("sender"), case.state == WITHDRAWN, ~follower,
    ).order_by(case.id).limit(20).with_for_update()


def put_finding(tx: Connection, ref: str, agency: str, names: str) -> None:
    """A finding never changes in who made it and whom it names: told again, it stands as it is."""
    if tx.execute(sa.select(FINDING.c.ref).where(FINDING.c.ref == ref)).first() is None:
        tx.execute(FINDING.insert(), {"ref": ref, "agency": agency, "names": names})


def drop_finding(tx: Connection, ref: str) -> None:
    """The finding turned out to be its finder's own case, or nothing: no transfer is to begin from it."""
    tx.execute(FINDING.delete().where(FINDING.c.ref == ref))


def hand_findings(tx: Connection, plan: str, former: str, heir: str) -> None:
    """The findings of a plan that a dissolved agency made are its successor's to hand on. `plan`: how their refs
    begin."""
    row = FINDING.c
    tx.execute(FINDING.update().where(row.ref.startswith(plan, autoescape=True), row.agency == former)
               .values(agency=heir))


def finding(tx: Connection, ref: str, but: str) -> Found | None:
    """What is known of a finding, locked; None where nothing was told of it. It is handed on by a case besides `but`,
    or by a tip."""
    row = tx.execute(sa.select(FINDING).where(FINDING.c.ref == ref).with_for_update()).first()
    if row is None:
        return None
    shared = tx.execute(sa.select(TIP.c.ref).where(TIP.c.finding == ref).limit(1)).scalar()
    return Found(row.agency, row.names, _handed_on(tx, ORIGIN_FINDING, ref, but) or shared or "")


def tip(tx: Connection, ref: str, but: str) -> Found | None:
    """What is known of a tip that an agency has claimed, locked; None for any other. Its case is one besides `but`."""
    row = tx.execute(sa.select(TIP).where(TIP.c.ref == ref, TIP.c.claimer != "").with_for_update()).first()
    return Found(row.claimer, "", _handed_on(tx, ORIGIN_TIP, ref, but)) if row else None


def put_tip(tx: Connection, ref: str, claimer: str = "", finding: str = "") -> None:
    """Who has the tip now. `finding`: the one that it hands on, said when it is shared."""
    if tx.execute(sa.update(TIP).where(TIP.c.ref == ref).values(claimer=claimer)).rowcount == 0:
        tx.execute(TIP.insert(), {"ref": ref, "claimer": claimer, "finding": finding})


def tip_held(tx: Connection, ref: str, former: str, heir: str) -> None:
    """The agency that had claimed the tip was dissolved: its heir has it now."""
    tx.execute(sa.update(TIP).where(TIP.c.ref == ref, TIP.c.claimer == former).values(claimer=heir))


def drop_tip(tx: Connection, ref: str) -> None:
    """The tip was withdrawn: it hands nothing on."""
    tx.execute(TIP.delete().where(TIP.c.ref == ref))


def _handed_on(tx: Connection, kind: str, ref: str, but: str) -> str:
    """The case besides `but` that comes from the finding or tip and stands."""
    case = CASES.case.c
    return tx.execute(sa.select(case.id).where(
        case.origin == canonical({"kind": kind, "ref": ref}), case.id != but,
        case.state.not_in((WITHDRAWN, ENDED))).limit(1)).scalar() or ""


def comes_from(_: Means, ref: str) -> sa.ColumnElement[bool]:
    """Cases that come from this finding or tip."""
    return CASES.case.c.origin.in_([canonical({"kind": kind, "ref": ref}) for kind in FORMS])


def words_match(_: Means, text: str) -> sa.ColumnElement[bool]:
    """Cases whose numbers, organisation or facts hold the text, of whatever length, in capitals or not."""
    return CASES.case.c.words.contains(text.casefold(), autoescape=True)


def respondent_is(means: Means, text: str) -> sa.ColumnElement[bool]:
    """Cases of the respondent of this exact name or number."""
    keys = whom.respondent_keys(text, means.vault)
    return CASES.case.c.respondent_key.in_(keys) | CASES.case.c.respondent_name_key.in_(keys)
