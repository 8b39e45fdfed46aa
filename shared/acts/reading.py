"""Reading cases: what a viewer may see of them, and what it may do with them now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.acts import filtering, repeats
from shared.acts.circumstances import context_of
from shared.acts.convert import plain
from shared.acts.doing import refused_before, shown
from shared.acts.erasing import erased_on
from shared.acts.handing import as_left
from shared.acts.model import Act, Context, Viewer
from shared.acts.originals import reasons
from shared.acts.perform import Acts, erased
from shared.acts.request import Request, not_in
from shared.acts.signed import reads_signature, unsigned
from shared.acts.store import Row, sees_all
from shared.acts.succession import forebears
from shared.contracts.envelope import stamp
from shared.contracts.register import SUITE, Register
from shared.deadlines import rules
from shared.deadlines import store as deadline_store
from shared.deadlines.model import Deadline
from shared.journal.model import Entry
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Refused
from shared.law.store import Snapshot

OWN_FILTERS = frozenset({"part", "external_ref"})     # ask what the viewer knows anyway


@dataclass(frozen=True, slots=True)
class Action:
    """An act of the chapter on a case: whether the viewer may do it now, and if not, why and by which article."""

    act: Act
    refusal: Refusal | None

    @property
    def allowed(self) -> bool:
        return self.refusal is None


@dataclass(frozen=True, slots=True)
class Page:
    """One page: of a list newest first, of a case's history oldest first. `next`: after what the following one begins;
    empty at the end."""

    items: tuple[dict[str, Any], ...]
    next: str


class Reads:
    """What can be read of a chapter's cases."""

    def __init__(self, acts: Acts) -> None:
        self.acts, self.store, self.means = acts, acts.store, acts.means

    def view(self, case_id: str, viewer: Viewer) -> dict[str, Any]:
        """The case as the viewer may see it, with its actions. Raises Refused 404 for what is not the viewer's."""
        with self.means.db.read() as tx:
            row, snapshot = self._visible(tx, case_id, viewer)
            context = self._context(viewer, snapshot, row)
            case = self.store.case_of(row)
            seen = self.acts.chapter.seen(case, viewer, snapshot.register)
            basis = context.rulebook.basis_on(context.happened_on)
            return {
                **self._head(tx, row, case, seen, viewer, snapshot), **self._today(seen, snapshot),
                "case": plain(_shown(seen)), "origin": row.origin,
                "rulebook": {"id": context.rulebook.id, "version": row.rulebook,
                             "expired": context.rulebook.expired_on(context.happened_on),
                             "basis": basis.document if basis else ""},
                "external_refs": repeats.references(tx, row.id, viewer.agency, forebears(case, viewer.agency)),
                "actions": [_action(action) for action in self._actions(tx, row, case, context)],
                **self._erased(tx, row),
            }

    def seen(self, case_id: str, viewer: Viewer) -> Any:
        """The case's own dataclass as the viewer may see it. Raises Refused 404 for what is not the viewer's."""
        return self.seen_now(case_id, viewer)[0]

    def seen_now(self, case_id: str, viewer: Viewer) -> tuple[Any, bool]:
        """The same, and whether the viewer knows the case as it is now: one that has left it knows its time."""
        with self.means.db.read() as tx:
            row, snapshot = self._visible(tx, case_id, viewer)
            case = self.store.case_of(row)
            return self.acts.chapter.seen(case, viewer, snapshot.register), self._knows_now(row, case, viewer, snapshot)

    def actions(self, case_id: str, viewer: Viewer) -> tuple[Action, ...]:
        """Every act of the chapter that a case can have done to it, allowed to the viewer now or why not."""
        with self.means.db.read() as tx:
            row, snapshot = self._visible(tx, case_id, viewer)
            return self._actions(tx, row, self.store.case_of(row), self._context(viewer, snapshot, row))

    def page(self, viewer: Viewer, filters: Mapping[str, str], limit: int, after: str = "") -> Page:
        """The viewer's cases, newest first. Filters: state, part (as which the viewer is in it), light, external_ref
        ("system:id"), and the chapter's own columns. Raises Refused for a filter that there is not."""
        wanted = [filtering.condition(self.acts.keeping, self.means, name, value, viewer)
                  for name, value in filters.items()]
        with self.means.db.read() as tx:
            snapshot = self.means.law.snapshot(tx)
            query = self.store.select(viewer, snapshot.register).where(*wanted)
            if not filters.keys() <= OWN_FILTERS:
                query = self._still_in(query, viewer, snapshot)
            rows = self.store.page(tx, query, limit + 1, after)
            rows = self.as_left(tx, rows, viewer, snapshot)
            return Page(
                self._heads(tx, rows[:limit], viewer, snapshot), rows[limit - 1].id if len(rows) > limit else ""
            )

    def history(self, case_id: str, viewer: Viewer, limit: int, after: int = 0) -> Page:
        """The case's journal entries after a position that the viewer was told, in order, with the
        reasons of back-entries and corrections."""
        with self.means.db.read() as tx:
            row, snapshot = self._visible(tx, case_id, viewer)
            told = self.means.journal.of_stream(tx, case_id, after, limit + 1, self._hearing(row, viewer, snapshot))
            register = snapshot.register
            items = tuple({**_entry(each), **reasons(tx, self.means.journal, each,
                                                     reads_signature(viewer.agency, each.agency, register))}
                          for each in told[:limit])
            return Page(items, str(told[limit - 1].position) if len(told) > limit else "")

    def deadline(self, case_id: str, deadline_id: str, viewer: Viewer) -> list[dict[str, Any]]:
        """One of the case's deadlines as `deadlines` shows it; none where it is not the viewer's."""
        try:
            return self.deadlines(case_id, viewer, deadline_id)
        except Refused:
            return []

    def deadlines(self, case_id: str, viewer: Viewer, only: str = "") -> list[dict[str, Any]]:
        """The case's deadlines with light and explanation, or `only` that of an id: all to a present party, its own to
        a former one."""
        with self.means.db.read() as tx:
            row, snapshot = self._visible(tx, case_id, viewer)
            context = self._context(viewer, snapshot, row)
            case = self.store.case_of(row)
            all_of_it = self._knows_now(row, case, viewer, snapshot) and not self._gone(viewer, snapshot)
            told = [
                deadline
                for deadline in deadline_store.for_case(tx, case_id)
                if (all_of_it or deadline.bound == viewer.agency) and only in ("", deadline.id)
            ]
            fired = deadline_store.firings(tx, [deadline.id for deadline in told])
            return [_deadline(deadline, fired[deadline.id], self.acts.chapter.marks(case, deadline), context, snapshot)
                    for deadline in told]

    def _visible(self, tx: Connection, case_id: str, viewer: Viewer) -> tuple[Row, Snapshot]:
        snapshot = self.means.law.snapshot(tx)
        row = self.store.seen(tx, case_id, viewer, snapshot.register)
        if row is None:
            raise Refused(not_in(self.acts.chapter.title, self.acts.chapter.path))
        return self.as_left(tx, [row], viewer, snapshot)[0], snapshot

    def as_left(self, tx: Connection, rows: list[Row], viewer: Viewer, snapshot: Snapshot) -> list[Row]:
        """The rows; to a dissolved agency as it left them."""
        return as_left(tx, viewer.agency, rows) if self._gone(viewer, snapshot) else rows

    def _gone(self, viewer: Viewer, snapshot: Snapshot) -> bool:
        return snapshot.register.dissolved(viewer.agency, day_of(self.means.clock.now())) is not None

    def _sees_all(self, viewer: Viewer, snapshot: Snapshot, row: Row) -> bool:
        """Whether the viewer sees all of the case by its standing; in a private state it does not."""
        return sees_all(viewer, snapshot.register) and self.store.knows_all(viewer, snapshot.register, row.state)

    def _hearing(self, row: Row, viewer: Viewer, snapshot: Snapshot) -> frozenset[str] | None:
        """Whose news of the case the viewer reads: its own and that of whom it succeeded in it; None: all of it."""
        if self._sees_all(viewer, snapshot, row):
            return None
        return frozenset({viewer.agency, *forebears(self.store.shut_case_of(row), viewer.agency)})

    def _knows_now(self, row: Row, case: Any, viewer: Viewer, snapshot: Snapshot) -> bool:
        """Whether the viewer knows the case as it is now, by its standing or by a part that it has in it."""
        knows_all = self.store.knows_all(viewer, snapshot.register, row.state)
        return knows_all or self.acts.chapter.knows_now(case, viewer.agency)

    def _context(self, viewer: Viewer, snapshot: Snapshot, row: Row) -> Context:
        now, service = self.means.clock.now(), self.acts.chapter.service
        viewer = unsigned(viewer, self.acts.chapter)
        return context_of(now, viewer, Request(), snapshot, row.rulebook, row.origin, service)

    def _erased(self, tx: Connection, row: Row) -> dict[str, str]:
        """When what the case held of persons was erased, where it was."""
        on = erased_on(tx, row.id) if row.state in self.acts.chapter.final else None
        return {"personal_data_erased_on": on.isoformat()} if on else {}

    def _actions(self, tx: Connection, row: Row, case: Any, context: Context) -> tuple[Action, ...]:
        gone, states = erased(self.acts.chapter, row, context), self.acts.chapter.states
        told = cache(partial(shown, self.acts.chapter, case, context))
        held = cache(partial(self.acts.keeping.against, tx, case, context))     # asked once, and where an act is open

        def against(act: Act) -> Refusal | None:
            return next(map(act.named, held().get(act.name, ())), None)

        def before(act: Act) -> Refusal | None:
            refusal = refused_before(act, case, context, states, told)
            return self.acts.leading.explained(act, refusal) if refusal else None

        return tuple(Action(act, gone or before(act) or against(act))
                     for act in self.acts.chapter.acts if act.states and act.by != frozenset({SUITE}))

    def _still_in(self, query: sa.Select[Any], viewer: Viewer, snapshot: Snapshot) -> sa.Select[Any]:
        """Filters ask what a case is now: of one that it has left, an agency may not learn that by filtering. Who has
        been given another part since, such as that of who is evaluated, is no more in it than before."""
        case, party, knowing = self.store.tables.case.c, self.store.tables.party.c, self.acts.chapter.knowing
        still = sa.select(party.case).where(party.agency == viewer.agency, party.until.is_(None))
        own = case.id.in_(still.where(party.part.in_(sorted(knowing))) if knowing else still)
        return self.store.among(query, viewer, snapshot.register, own)

    def _head(
        self, tx: Connection, row: Row, case: Any, seen: Any, viewer: Viewer, snapshot: Snapshot
    ) -> dict[str, Any]:
        """The case's row, as seen: one that has left the case reads the state, the day and the revision in which it
        left, for those of today would tell that the case goes on."""
        last_on, revision = row.last_on, row.revision
        if not self._knows_now(row, case, viewer, snapshot):
            own = [party for party in case.parties if party.agency == viewer.agency]
            last_on = max(max(party.since, party.until or party.since) for party in own)
            revision = self.means.journal.revision_told(tx, row.id, viewer.agency)
        return {"id": row.id, "state": seen.state, "state_title": self.acts.chapter.states[seen.state],
                "revision": revision, "opened_on": row.opened_on.isoformat(), "last_on": last_on.isoformat()}

    def _today(self, seen: Any, snapshot: Snapshot) -> Mapping[str, Any]:
        return self.acts.keeping.today(seen, snapshot, self.means.clock.now())

    def told(self, tx: Connection, row: Row, viewer: Viewer, snapshot: Snapshot) -> tuple[str, int]:
        """The state and the revision of a case as the viewer may know them."""
        case = self.store.case_of(row)
        head = self._head(tx, row, case, self.acts.chapter.seen(case, viewer, snapshot.register), viewer, snapshot)
        return head["state"], head["revision"]

    def _heads(
        self, tx: Connection, rows: Iterable[Row], viewer: Viewer, snapshot: Snapshot
    ) -> tuple[dict[str, Any], ...]:
        rows = tuple(rows)
        now = self.means.clock.now()
        lights: dict[str, list[dict[str, Any]]] = {}
        by_id = {row.id: row for row in rows}
        for deadline in deadline_store.open_of(tx, list(by_id)):
            if deadline.bound == viewer.agency or self._sees_all(viewer, snapshot, by_id[deadline.case]):
                lights.setdefault(deadline.case, []).append(
                    {"clock": deadline.clock, "bound": deadline.bound, "due_on": _day(deadline.due_on),
                     "light": rules.light(deadline, now)})
        summary = self.acts.keeping.summary
        heads = []
        for row in rows:
            case = self.store.case_of(row)
            seen = self.acts.chapter.seen(case, viewer, snapshot.register)
            heads.append(
                {**self._head(tx, row, case, seen, viewer, snapshot),
                 **with_names(summary(seen), self.acts.keeping.named, snapshot.register), **self._today(seen, snapshot),
                 "deadlines": lights.get(row.id, [])}
            )
        return tuple(heads)


def with_names(summary: Mapping[str, Any], named: Iterable[str], register: Register) -> dict[str, Any]:
    """The summary with the agencies' names beside their codes."""
    told = dict(summary)
    for field in named:
        of, _, below = field.partition(".")
        if below:
            told[of] = [{**each, f"{below}_name": register.name_of(each[below])} for each in told[of]]
        else:
            told[f"{of}_name"] = register.name_of(told[of])
    return told


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "entry": entry.id,
        "position": entry.position,
        "event": entry.type,
        "occurred_on": entry.occurred_on.isoformat(),
        "recorded_at": stamp(entry.recorded_at),
        "agency": entry.agency,
        "on_behalf_of": entry.on_behalf_of,
        "data": entry.data,
    }


def _action(action: Action) -> dict[str, Any]:
    refusal = action.refusal
    return {"act": action.act.name, "title": action.act.title, "article": action.act.article, "allowed": action.allowed,
            "refusal": None if refusal is None else {"code": refusal.code, "zh": refusal.zh, "en": refusal.en,
                                                     "article": refusal.article or action.act.article}}


def _deadline(
    deadline: Deadline, fired: Sequence[deadline_store.Firing], mark: str, context: Context, snapshot: Snapshot
) -> dict[str, Any]:
    """A deadline with its light, what has fired of it, and how it was counted, as data and as one sentence; `mark`:
    what its chapter says of it besides."""
    explained = rules.explain(deadline, context.rulebook, snapshot.calendar)
    return {**explained.data, "light": rules.light(deadline, context.now), "mark": mark,
            "explanation": f"【{mark}】{explained.zh}" if mark else explained.zh,
            "fired": [{"kind": each.kind, "generation": each.generation, "occurred_on": each.occurred_on,
                       "fired_at": each.fired_at} for each in fired]}


def _shown(case: Any) -> Any:
    """The case with its parties as they are told: none has gone before it came."""
    return replace(case, parties=tuple(each.shown() for each in case.parties))


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
