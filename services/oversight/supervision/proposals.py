"""What the machine drafts of supervision (29): for each breach that is owed still, the next step of its ladder, with
its facts and evidence, ready to be posted. Nothing is issued by itself. And the breaches that were heard, as evidence.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight.board import deadlines
from services.oversight.evidence import placed
from services.oversight.ledgers import naming
from services.oversight.store import BOARD
from services.oversight.supervision import wording
from services.oversight.supervision.domain.acts import (
    BOTH,
    BY_LEADER,
    OWN_CLOCK,
    answer_days,
    ladder,
    next_kind,
    of_dispute,
)
from services.oversight.supervision.domain.case import ANSWERED, ISSUED, REJECTED
from services.oversight.supervision.store import (
    BREACHES,
    DISPUTED,
    SUPERVISED,
    SUPERVISION,
    held_up,
    its_ladder,
    kinds_of,
    latest,
    on_board,
    taken,
    took,
)
from shared.acts.codes import AGENCIES, IDS
from shared.acts.keeping import Filter
from shared.acts.model import Viewer
from shared.acts.reading import Page
from shared.deadlines.model import OPEN
from shared.kernel.clock import aware, day_of
from shared.kernel.errors import Refusal, Refused
from shared.kernel.page_limits import BAD_AFTER, cut
from shared.law.store import Snapshot

PATH = "/api/oversight/supervision"
BREACH_FILTERS = {**{name: deadlines.FILTERS[name] for name in ("service", "case", "clock")},
                  "bound": deadlines.FILTERS["agency"], "agency": Filter("责任机关（同 bound）", AGENCIES),
                  "deadline": Filter("期限编号", IDS),
                  "withdrawn": Filter("逾期记录是否已经撤回", {"true": "已撤回", "false": "未撤回"})}
NOT_SUPERVISING = Refusal("WRONG_PARTY", "督查建议由市政府办公室和司法行政部门查阅。",
                          "Proposals are for justice and the government office.", "29", 403)


def page(tx: Connection, viewer: Viewer, law: Snapshot, now: datetime, limit: int, after: str = "") -> Page:
    """The steps that the viewer's office may take now, the earliest due first. Raises Refused: 403 for another than the
    two offices, 400 for an `after` that is no place in the list."""
    if not law.register.standing(viewer.agency) & BOTH:
        raise Refused(NOT_SUPERVISING)
    day = day_of(now)
    owed = _owed(viewer, law, now, day).subquery()
    row = owed.c
    query = sa.select(owed).where(row.nth == 1, *([deadlines.beyond(owed, after)] if after else ()))
    found = tx.execute(query.order_by(row.due_at, row.service, row.deadline).limit(limit + 1)).all()
    shown, more = cut(found, limit, deadlines.mark)
    cases = naming.in_words(tx, law.register, law.current(day), shown)
    return Page(tuple(_proposal(each, viewer.agency, law, day, cases[each.case]) for each in shown), more)


def _owed(viewer: Viewer, law: Snapshot, now: datetime, day: date) -> sa.Select[Any]:
    """Breaches that stand and are owed, of other agencies, whose next step no dispute holds up and the viewer may take.
    `nth`: of the same step, the longest due being the first; `all_owed`: how many there are of it."""
    row, breach, case = BOARD.c, BREACHES.c, SUPERVISION.case.c
    target = sa.func.coalesce(case.target, row.bound)
    current = law.current(day)
    waits = sa.and_(row.case.in_(sa.select(DISPUTED.c.case)), row.clock.not_in(sorted(of_dispute(current))))
    begins = sa.and_(case.id.is_(None), sa.literal(bool(ladder(current))), sa.not_(waits))
    late = sa.and_(case.state == ISSUED, case.answer_by < day)
    goes_on = sa.and_(case.issuer == viewer.agency, sa.or_(late, case.state.in_((ANSWERED, REJECTED))),
                      _goes_on(law, day))
    step = sa.func.coalesce(case.id, row.service + "/" + row.deadline)
    nth = sa.func.row_number().over(partition_by=step, order_by=(row.due_at, row.service, row.deadline))
    return (
        sa.select(BOARD, breach.generation.label("breached_generation"), breach.epoch, breach.position, breach.event,
                  breach.digest, breach.recorded_at, case.id.label("supervision"), target.label("target"),
                  case.rulebook, case.kinds, case.steps, case.revision, nth.label("nth"),
                  sa.func.count().over(partition_by=step).label("all_owed"))
        .join(BREACHES, on_board()).outerjoin(SUPERVISED, taken())
        .outerjoin(SUPERVISION.case, its_ladder())
        .where(latest(), breach.withdrawn_by == "", row.state == OPEN, row.due_at <= now, sa.not_(row.provisional),
               row.clock != OWN_CLOCK, target.not_in(("", viewer.agency)), deadlines.told_to_overseers(),
               sa.or_(begins, goes_on)))


def _goes_on(law: Snapshot, day: date) -> sa.ColumnElement[bool]:
    """Whether a ladder has a next step and no dispute holds it up, by the rulebook that binds it."""
    case, bound = SUPERVISION.case.c, {version: law.binding(version, day) for version in law.rulebooks}
    return sa.or_(sa.false(), *(
        sa.and_(case.rulebook == version, case.id.not_in(held_up(of_dispute(rulebook))),
                sa.or_(sa.false(), *(sa.not_(took(kind)) for kind in ladder(rulebook))))
        for version, rulebook in bound.items()))


def _proposal(row: Any, issuer: str, law: Snapshot, day: date, case: str) -> dict[str, Any]:
    rulebook = law.binding(row.rulebook, day) if row.supervision else law.current(day)
    kind = next_kind(kinds_of(row.kinds or ""), rulebook)
    days = answer_days(kind, rulebook)
    answer_by = law.calendar.add_working_days(day, days).due
    titles = rulebook.list_of("supervision_kinds")
    asked = wording.Asked(titles.get(kind, kind), answer_by, days,
                          [titles.get(each, each) for each in kinds_of(row.kinds or "")], row.all_owed - 1)
    says = wording.document(law.register.name_of(row.target), law.register.name_of(issuer), day,
                          wording.let_pass(row, case, rulebook, day), asked)
    body: dict[str, Any] = {"kind": kind, "says": says, "answer_by": answer_by.isoformat()}
    if row.supervision is None:
        body |= {"target": row.target, "deadlines": [f"{row.service}/{row.deadline}"]}
    by_leader = kind in rulebook.setting(BY_LEADER)
    return {
        "act": "step-up" if row.supervision else "issue", "step": (row.steps or 0) + 1, "kind": kind,
        "kind_title": asked.kind,
        "path": f"{PATH}/{row.supervision}/step-up" if row.supervision else PATH,
        "supervision": row.supervision or "", "revision": row.revision or 0,
        "by_leader": by_leader, "needs": ["number"] if by_leader else [],
        "target": row.target, "target_name": law.register.name_of(row.target),
        "facts": {"service": row.service, "case": row.case, "clock": row.clock, "item": row.item, "says": row.says,
                  "article": row.article, "law": row.law, "started_on": row.started_on, "due_on": row.due_on},
        "evidence": [{**placed(row), "deadline": row.deadline, "generation": row.breached_generation,
                      "recorded_at": row.recorded_at}],
        "body": body,
    }


def breaches(tx: Connection, viewer: Viewer, law: Snapshot, filters: Mapping[str, str], limit: int,
             after: str = "") -> Page:
    """Every breach that was heard, of the deadlines the viewer may see, the newest first; one that was withdrawn says
    by which event and why. Raises Refused (400) for a filter there is not or an `after` that is no place."""
    row = BREACHES.c
    query = sa.select(BREACHES, sa.func.coalesce(SUPERVISED.c.supervision, "").label("supervision"),
                      sa.func.coalesce(SUPERVISED.c.excused, sa.false()).label("excused")).join(
        BOARD, on_board()).outerjoin(SUPERVISED, taken()).where(deadlines.seen_by(viewer, law.register))
    deadlines.check(filters, BREACH_FILTERS, law)
    for name, value in filters.items():
        query = query.where(_filter(name, value))
    if after:
        query = query.where(sa.tuple_(row.recorded_at, row.event) < _place(after))
    found = tx.execute(query.order_by(row.recorded_at.desc(), row.event.desc()).limit(limit + 1)).all()
    shown, more = cut(found, limit, _mark)
    return Page(tuple({**each._mapping, "bound_name": law.register.name_of(each.bound)} for each in shown), more)


def _filter(name: str, value: str) -> sa.ColumnElement[bool]:
    if name != "withdrawn":
        return BREACHES.c["bound" if name == "agency" else name] == value
    return (BREACHES.c.withdrawn_by != "") if value == "true" else (BREACHES.c.withdrawn_by == "")


def _mark(row: Any) -> str:
    return f"{row.recorded_at.isoformat()}|{row.event}"


def _place(mark: str) -> Any:
    try:
        recorded_at, event = mark.split("|")
        return sa.tuple_(sa.literal(aware(datetime.fromisoformat(recorded_at)), BREACHES.c.recorded_at.type), event)
    except ValueError:
        raise Refused(BAD_AFTER) from None
