"""What the machine drafts of supervision (29): for each breach that is owed still, the next step of its ladder, with
its facts and evidence, ready to be posted. Nothing is issued by itself. And the breaches that were heard, as evidence.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight import board
from services.oversight.store import BOARD
from services.oversight.store_supervision import BREACHES, DISPUTED, SUPERVISED, SUPERVISION, latest, on_board, taken
from services.oversight.supervision import BOTH, BY_LEADER, OWN_CLOCK, answer_days, ladder
from services.oversight.supervision_case import ANSWERED, ISSUED, REJECTED
from shared.acts.model import Viewer
from shared.acts.reading import UNKNOWN_FILTER, Page
from shared.clock import aware, day_of
from shared.deadlines.model import OPEN
from shared.errors import Refusal, Refused
from shared.law.store import Snapshot
from shared.rulebook.model import Rulebook

PATH = "/api/oversight/supervision"
BREACH_FILTERS = ("service", "deadline", "case", "clock", "bound", "withdrawn")
NOT_SUPERVISING = Refusal("WRONG_PARTY", "督查建议由市政府办公室和司法行政部门查阅。",
                          "Proposals are for justice and the government office.", "29", 403)
BAD_FLAG = Refusal("BAD_FILTER", "withdrawn 应当是 true 或者 false。", "withdrawn is true or false.", "internal", 400,
                   "withdrawn")


def page(tx: Connection, viewer: Viewer, law: Snapshot, now: datetime, limit: int, after: str = "") -> Page:
    """The steps that the viewer's office may take now, the earliest due first. Raises Refused: 403 for another than the
    two offices, 400 for an `after` that is no place in the list."""
    if not law.register.standing(viewer.agency) & BOTH:
        raise Refused(NOT_SUPERVISING)
    day, row = day_of(now), BOARD.c
    rulebook = law.current(day)
    if not ladder(rulebook):
        return Page((), "")
    query = _owed(viewer, now, day, rulebook)
    if after:
        query = query.where(board.beyond(after))
    found = tx.execute(query.order_by(row.due_at, row.service, row.deadline).limit(limit + 1)).all()
    shown = found[:limit]
    items = {each.supervision or f"{each.service}/{each.deadline}": each for each in reversed(shown)}
    return Page(tuple(_proposal(each, law, rulebook, day) for each in reversed(items.values())),
                board.mark(shown[-1]) if len(found) > limit else "")


def _owed(viewer: Viewer, now: datetime, day: date, rulebook: Rulebook) -> sa.Select[Any]:
    """Breaches that stand and are owed, of other agencies, not disputed, whose next step may be taken by the viewer."""
    row, breach, case = BOARD.c, BREACHES.c, SUPERVISION.case.c
    late = sa.and_(case.state == ISSUED, case.answer_by < day)
    goes_on = sa.and_(case.issuer == viewer.agency, sa.or_(late, case.state.in_((ANSWERED, REJECTED))),
                      case.steps < len(ladder(rulebook)))
    return (
        sa.select(BOARD, breach.generation.label("breached_generation"), breach.epoch, breach.position, breach.event,
                  breach.digest, breach.recorded_at, case.id.label("supervision"), case.steps, case.revision)
        .join(BREACHES, on_board()).outerjoin(SUPERVISED, taken())
        .outerjoin(SUPERVISION.case, case.id == SUPERVISED.c.supervision)
        .where(latest(), breach.withdrawn_by == "", row.state == OPEN, row.due_at <= now, sa.not_(row.provisional),
               row.clock != OWN_CLOCK, row.bound.not_in(("", viewer.agency)), board.told_to_overseers(),
               row.case.not_in(sa.select(DISPUTED.c.case)), sa.or_(case.id.is_(None), goes_on)))


def _proposal(row: Any, law: Snapshot, rulebook: Rulebook, day: date) -> dict[str, Any]:
    kinds, steps = ladder(rulebook), row.steps or 0
    kind = kinds[min(steps, len(kinds) - 1)]
    answer_by = law.calendar.add_working_days(day, answer_days(kind, rulebook)).due
    body: dict[str, Any] = {"kind": kind, "says": _drafted(row, answer_by), "answer_by": answer_by.isoformat()}
    if row.supervision is None:
        body |= {"target": row.bound, "deadlines": [f"{row.service}/{row.deadline}"]}
    by_leader = kind in rulebook.setting(BY_LEADER)
    return {
        "act": "step-up" if row.supervision else "issue", "step": steps + 1, "kind": kind,
        "kind_title": rulebook.list_of("supervision_kinds").get(kind, kind),
        "path": f"{PATH}/{row.supervision}/step-up" if row.supervision else PATH,
        "supervision": row.supervision or "", "revision": row.revision or 0,
        "by_leader": by_leader, "needs": ["number"] if by_leader else [],
        "target": row.bound, "target_name": law.register.name_of(row.bound),
        "facts": {"service": row.service, "case": row.case, "clock": row.clock, "item": row.item, "says": row.says,
                  "article": row.article, "law": row.law, "started_on": row.started_on, "due_on": row.due_on},
        "evidence": [{"service": row.service, "epoch": row.epoch, "position": row.position, "event": row.event,
                      "digest": row.digest, "deadline": row.deadline, "generation": row.breached_generation,
                      "recorded_at": row.recorded_at}],
        "body": body,
    }


def _drafted(row: Any, answer_by: date) -> str:
    """The words of the document; whoever issues it may say it otherwise."""
    until = f"应于{_zh(row.due_on)}前办理" if row.due_on else "应即时办理"
    return f"“{row.says}”一事自{_zh(row.started_on)}起算，{until}，至今未办。请立即办理，并于{_zh(answer_by)}前书面答复；确有原因的，说明理由。"


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def breaches(tx: Connection, viewer: Viewer, law: Snapshot, filters: Mapping[str, str], limit: int,
             after: str = "") -> Page:
    """Every breach that was heard, of the deadlines the viewer may see, the newest first; one that was withdrawn says
    by which event and why. Raises Refused (400) for a filter there is not or an `after` that is no place."""
    row = BREACHES.c
    query = sa.select(BREACHES, sa.func.coalesce(SUPERVISED.c.supervision, "").label("supervision"),
                      sa.func.coalesce(SUPERVISED.c.excused, sa.false()).label("excused")).join(
        BOARD, on_board()).outerjoin(SUPERVISED, taken()).where(board.seen_by(viewer, law.register))
    for name, value in filters.items():
        query = query.where(_filter(name, value))
    if after:
        query = query.where(sa.tuple_(row.recorded_at, row.event) < _place(after))
    found = tx.execute(query.order_by(row.recorded_at.desc(), row.event.desc()).limit(limit + 1)).all()
    shown = found[:limit]
    more = f"{shown[-1].recorded_at.isoformat()}|{shown[-1].event}" if len(found) > limit else ""
    return Page(tuple({**each._mapping, "bound_name": law.register.name_of(each.bound)} for each in shown), more)


def _filter(name: str, value: str) -> sa.ColumnElement[bool]:
    if name not in BREACH_FILTERS:
        raise Refused(UNKNOWN_FILTER.filled(name=name))
    if name != "withdrawn":
        return BREACHES.c[name] == value
    if value not in ("true", "false"):
        raise Refused(BAD_FLAG)
    return (BREACHES.c.withdrawn_by != "") if value == "true" else (BREACHES.c.withdrawn_by == "")


def _place(mark: str) -> Any:
    try:
        recorded_at, event = mark.split("|")
        return sa.tuple_(sa.literal(aware(datetime.fromisoformat(recorded_at)), BREACHES.c.recorded_at.type), event)
    except ValueError:
        raise Refused(board.BAD_PLACE) from None
