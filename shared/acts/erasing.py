"""Erasing what a case holds of persons (个人信息保护法 47): never by itself, a person decides and answers for it.

In one transaction: the seals of the case's document lose cipher and salt, their salted hashes stay; its search
columns, its keys in the index, the answers kept of it and how dissolved agencies left it go; the journal's private
details go, their hashes stay, and an entry tells. So no digest, no state hash and no chain changes. Files go after the
commit: until then the erasure keeps their names, so that whoever comes next finishes what was cut off.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.acts import handing, repeats, whom
from shared.acts.convert import erased_of
from shared.acts.keeping import Means
from shared.acts.model import RANK_TOO_LOW, Rank, Viewer
from shared.acts.perform import Acts
from shared.acts.request import NOT_VISIBLE
from shared.acts.store import Row
from shared.contracts.envelope import canonical
from shared.contracts.register import JUSTICE
from shared.db.database import SHARED, Database
from shared.deadlines import store as deadline_store
from shared.files import uses
from shared.files.store import Files
from shared.journal.erasure import details_of
from shared.journal.erasure import erase as erase_details
from shared.journal.tables import journal as entries
from shared.kernel.clock import Clock, day_of
from shared.kernel.errors import Refusal, Refused, demand
from shared.law import holds
from shared.law.store import Law
from shared.rulebook.model import Retention

LAW = "个人信息保护法 47"
RETENTION_OVER = "retention_over"
BASES = {                             # the items of article 47
    "purpose_met": "处理目的已实现、无法实现或者不再必要",
    RETENTION_OVER: "保存期限已届满",
    "consent_withdrawn": "个人撤回同意",
    "unlawful": "违反法律、行政法规或者约定处理",
    "other_law": "法律、行政法规规定的其他情形",
}
BY_JUSTICE = Refusal("ERASED_BY_JUSTICE", "删除个人信息由司法行政部门决定。", "Justice decides on an erasure.", LAW, 403)
UNKNOWN_BASIS = Refusal("UNKNOWN_BASIS", "应当写明第四十七条哪一项情形：{choices}。",
                        "One of article 47's cases is required: {choices}.", LAW, where="basis")
NO_REASON = Refusal("NO_ERASURE_REASON", "应当写明删除的理由。", "A reason is required.", LAW, where="reason")
NO_DOCUMENT = Refusal("NO_ERASURE_DOCUMENT", "保存期限未届满的，应当写明申请或者决定的文号。",
                      "Before its time is over, the number of the application or decision is required.", LAW,
                      where="document")
NOT_OVER = Refusal("RETENTION_NOT_OVER", "保存期限至{until}，尚未届满；在此之前只能存储和保护。", "It is kept until {until}: until then it "
                   "may only be stored and protected.", LAW, 409)
FOR_EVER = Refusal("KEPT_FOR_EVER", "该类记录永久保存，或者没有规定保存期限。", "Records of this class are kept for ever, or no time is "
                   "set for them.", LAW, 409)
UNDER_WAY = Refusal("CASE_UNDER_WAY", "案件尚在办理，个人信息为办理所必需。", "The case is under way and needs them.", LAW, 409)
OWED = Refusal("DEADLINE_OPEN", "案件尚有未完成的期限事项：{clock}。", "A deadline of the case still runs: {clock}.", LAW, 409)
# whose hold it is and under which number is told by its keeper alone: one of discipline is no business of justice's
HELD = Refusal("HELD", "已被保全，解除前不得删除。", "It is on hold and may not be erased until that is lifted.", LAW, 409)

erasure = sa.Table(
    "erasure", SHARED,
    sa.Column("case", sa.String(36), primary_key=True),
    sa.Column("path", sa.String(40), nullable=False),
    sa.Column("basis", sa.String(40), nullable=False),
    sa.Column("document", sa.String(200), nullable=False),
    sa.Column("erased_on", sa.Date, nullable=False),
    sa.Column("files", sa.Text, nullable=False),                  # JSON: digests of files that are still to go
)


@dataclass(frozen=True, slots=True)
class Why:
    """On what an erasure rests: an item of article 47, a reason in words, the 文号 of an application or decision."""

    basis: str
    reason: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A case whose time is over. `refusal`: what stands in the way all the same."""

    class_: str                       # transfer.cases
    case: str
    last_on: date
    until: date
    refusal: Refusal | None = None

    def to_dict(self) -> dict[str, Any]:
        refused = self.refusal
        return {"class": self.class_, "case": self.case, "last_on": self.last_on.isoformat(),
                "kept_until": self.until.isoformat(), "refusal": None if refused is None else {
                    "code": refused.code, "zh": refused.zh, "en": refused.en, "article": refused.article}}


@dataclass(frozen=True, slots=True)
class Trove:
    """What a service keeps of persons besides its cases, in tables of its own: what can be done with it."""

    path: str                         # records
    has: Callable[[Connection, str], bool]
    due: Callable[[Connection, Means], Iterator[Due]]
    of_person: Callable[..., Iterator[Any]]                      # tx, means, asked, viewer -> what is found
    erase: Callable[[Means, str, Why, Viewer], bool]


def class_of(acts: Acts) -> str:
    """The class of records a chapter's cases are."""
    return f"{acts.chapter.service}.{acts.chapter.path}"


def ended(acts: Acts) -> frozenset[str]:
    """The states in which a case is over, so that its time of keeping runs."""
    return acts.keeping.ended or acts.chapter.final


def erased_on(tx: Connection, case: str) -> date | None:
    """When what the case held of persons was erased."""
    found: date | None = tx.execute(sa.select(erasure.c.erased_on).where(erasure.c.case == case)).scalar()
    return found


# What may be erased

def rules_of(tx: Connection, law: Law, clock: Clock) -> Mapping[str, Retention]:
    """How long each class of records is kept, by the rulebook in force."""
    return law.snapshot(tx).current(day_of(clock.now())).retention


def due(tx: Connection, acts: Acts) -> Iterator[Due]:
    """The chapter's cases whose time is over and that are not erased yet, oldest first."""
    today, case = day_of(acts.means.clock.now()), acts.store.tables.case.c
    rule = rules_of(tx, acts.means.law, acts.means.clock).get(class_of(acts))
    if rule is None or not rule.months:
        return
    before = today - timedelta(days=28 * rule.months)             # what is younger can't be over
    over = sa.select(case.id).where(case.state.in_(sorted(ended(acts))), case.last_on < before,
                                     ~sa.exists().where(erasure.c.case == case.id)).order_by(case.last_on, case.id)
    for id in tx.scalars(over).all():
        row = acts.store.get(tx, id)
        assert row is not None
        if (until := rule.kept_until(last := last_event(tx, row))) is None or until >= today:
            continue
        yield Due(rule.id, id, last, until, next(in_the_way(tx, acts, row), None))


def last_event(tx: Connection, row: Row) -> date:
    """The day of the case's last act, or of what was entered last of it, whichever is later."""
    entered = tx.execute(sa.select(entries.c.recorded_at).where(entries.c.stream == row.id, entries.c.state_hash != "")
                         .order_by(entries.c.position.desc()).limit(1)).scalar()
    return max(row.last_on, day_of(entered)) if entered else row.last_on


def in_the_way(tx: Connection, acts: Acts, row: Row) -> Iterator[Refusal]:
    """What stands in the way of any erasure of the case, whatever its time."""
    if row.state not in ended(acts):
        yield UNDER_WAY
    if running := deadline_store.open_of(tx, [row.id]):
        yield OWED.filled(clock=running[0].clock)
    if holds.on(tx, acts.chapter.service, row.id, lambda: keys_of(acts.means, row)):
        yield HELD


def keys_of(means: Means, row: Row) -> frozenset[str]:
    """The digests of every personal value of the case, under every key of the ring."""
    return whom.keys((value for _, value in means.documents.seals(row.doc, row.id)), means.vault)


def _too_early(tx: Connection, acts: Acts, row: Row, why: Why) -> Iterator[Refusal]:
    """Before its time is over only another item of article 47 will do, with a document."""
    today = day_of(acts.means.clock.now())
    rule = rules_of(tx, acts.means.law, acts.means.clock).get(class_of(acts))
    until = rule.kept_until(last_event(tx, row)) if rule else None
    if until is not None and until < today:
        return
    if why.basis == RETENTION_OVER:
        yield NOT_OVER.filled(until=until) if until else FOR_EVER
    elif not why.document:
        yield NO_DOCUMENT


# Erasing

def erase(acts: Acts, case: str, why: Why, viewer: Viewer) -> bool:
    """Erases what the case holds of persons; False where that was done before. Raises Refused, nothing is changed
    then."""
    means = acts.means
    with means.db.write() as tx:
        may(tx, means, why, viewer)
        row = acts.store.locked(tx, case)
        if row is None:
            raise Refused(NOT_VISIBLE)
        done = erased_on(tx, case) is not None
        if not done:
            if refusals := [*in_the_way(tx, acts, row), *_too_early(tx, acts, row, why)]:
                raise Refused(*refusals)
            _erase(tx, acts, row, why, viewer)
    remove_files(means.db, means.files)
    if not done:
        means.ring()
    return not done


def may(tx: Connection, means: Means, why: Why, viewer: Viewer) -> None:
    """Raises Refused unless a leader of justice says why."""
    standing = means.law.snapshot(tx).register.standing(viewer.agency)
    demand((JUSTICE in standing, BY_JUSTICE))
    demand((viewer.rank >= Rank.LEADER, replace(RANK_TOO_LOW, article=LAW)))
    choices = "、".join(f"{code} {words}" for code, words in BASES.items())
    demand((why.basis in BASES, UNKNOWN_BASIS.filled(choices=choices)), (why.reason.strip(), NO_REASON))


def _erase(tx: Connection, acts: Acts, row: Row, why: Why, viewer: Viewer) -> None:
    means, table = acts.means, acts.store.tables.case
    bare = replace(row, text=canonical(erased_of(row.doc)))
    columns = acts.keeping.columns(acts.store.case_of(bare), means.vault)
    tx.execute(table.update().where(table.c.id == sa.bindparam("case_id")),
               {"case_id": row.id, "doc": bare.text, **columns})
    whom.forget(tx, row.id)
    handing.forget(tx, row.id)
    repeats.forget(tx, row.id)
    if forget := acts.keeping.forget:
        forget(tx, row.id)
    tx.execute(erasure.insert(), {
        "case": row.id, "path": acts.chapter.path, "basis": why.basis, "document": why.document,
        "erased_on": day_of(means.clock.now()), "files": canonical(uses.forget(tx, row.id))})
    means.db.as_eraser(tx)
    erase_details(tx, means.journal, details_of(tx, row.id), reason=why.basis, document=why.document, stream=row.id,
                  actor=viewer.appointment, agency=viewer.agency, detail={"said": why.reason})


def remove_files(db: Database, files: Files) -> int:
    """Removes the files that erasures left to go; how many are still there, for the next time."""
    with db.read() as tx:
        waiting = {row.case: json.loads(row.files) for row in tx.execute(
            sa.select(erasure.c.case, erasure.c.files).where(erasure.c.files != "[]"))}
        named = uses.named(tx) if waiting else frozenset()
    left = {case: [digest for digest in digests if digest not in named and not files.remove(digest)]
            for case, digests in waiting.items()}
    if waiting:
        with db.write() as tx:
            for case, digests in left.items():
                tx.execute(erasure.update().where(erasure.c.case == case).values(files=canonical(digests)))
    return sum(map(len, left.values()))
