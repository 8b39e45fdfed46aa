"""One way to perform an act, for every service, in one transaction:

1. the same request twice gets its first answer;
2. load and lock the case, scope; 3. party and rank; 4. If-Match; 5. state and history;
6. decide, and hear all that lacks at once; 7. save the case; 8. its deadlines; 9. keep the answer;
10. the journal, last; commit; wake.

What 1 and 2 read is asked in one round trip, what 7 to 10 write goes out in another: an act has few of them.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy.engine import Connection

from shared.acts import circumstances, originals, repeats, whom
from shared.acts.circumstances import bound, context_of, days_of, origin_of
from shared.acts.convert import is_erased, state_hash
from shared.acts.doing import decided, ends, shown
from shared.acts.keeping import Keeping, Means
from shared.acts.leading import Leading
from shared.acts.machines import actor_of
from shared.acts.model import THE_SUITE, Act, Chapter, Context, Outcome, Viewer
from shared.acts.request import IF_MATCH_MISSING, PERSONAL_DATA_ERASED, STALE, Done, Request, not_in
from shared.acts.signed import as_here
from shared.acts.store import CaseStore, Row
from shared.acts.told import Told
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE
from shared.db.pipelining import Trip, at_once
from shared.deadlines import rules
from shared.deadlines import store as deadline_store
from shared.deadlines.correcting import redate
from shared.deadlines.entries import entries_of
from shared.files import uses
from shared.journal.model import NewEntry
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Refused
from shared.kernel.ids import new_id
from shared.law.store import Snapshot
from shared.law.tables import TOKEN, token_of

log = logging.getLogger(__name__)


class Acts:
    """The acts of one chapter, performed."""

    def __init__(self, keeping: Keeping, means: Means) -> None:
        self.chapter, self.keeping, self.means = keeping.chapter, keeping, means
        self.store = CaseStore(keeping.chapter, keeping.tables, means.documents)
        self._told, self.leading = Told(means.service), Leading(keeping.chapter)

    def do(self, name: str, command: Any, viewer: Viewer, request: Request) -> Done:
        """Performs the act in a transaction of its own. Raises Refused, and KeyError for an act there is not."""
        with self.doing(name, viewer, request) as tx:
            return self.do_in(tx, name, command, viewer, request)

    @contextmanager
    def doing(self, name: str, viewer: Viewer, request: Request) -> Iterator[Connection]:
        """The transaction in which somebody tries an act: counted and timed; a refused attempt is logged and changes
        nothing, after a commit the followers are woken. Raises Refused."""
        try:
            with self._told(name), repeats.lock_time_outs(), self.means.db.write() as tx:
                yield tx
        except Refused as refused:
            self.means.refused(viewer, name, request.case_id, refused)
            raise
        self.means.ring()

    def do_in(self, tx: Connection, name: str, command: Any, viewer: Viewer, request: Request) -> Done:
        """The act within a transaction that the caller commits (a follower's); the caller wakes the followers after."""
        act = self.chapter.act(name)
        trip = Trip(tx)
        kept = repeats.asked(trip, not self.means.db.sqlite, viewer, request)
        version, case = trip.ask(TOKEN), self.store.asked(trip, viewer, request) if request.case_id else None
        if first := repeats.earlier(kept, self.means.vault, request):
            return first
        snapshot = self.means.law.snapshot(tx, token_of(version()))
        row = self.store.found(case, viewer, snapshot.register) if case else None
        context = self._context(tx, act, viewer, request, snapshot, row)
        before = self._who(act, row, request, context)
        if look_up := self.keeping.look_up.get(name):
            command = look_up(tx, self.means, row, before, command, context)
        self._when(tx, act, before, row, request, context)
        if prepare := self.keeping.prepare.get(name):
            command = prepare(tx, self.means, row, before, command, context)
        outcome = self._decide(tx, act, before, row, command, request, context)
        return self._save(tx, act, before, row, outcome, command, request, context, snapshot)

    def before_content(self, name: str, viewer: Viewer, request: Request) -> None:
        """Raises Refused where something stands before the content of the act, in the order of `do`'s answers: for
        whoever has content that is wrong in itself, or costs much to take. Locks nothing; `do` asks again."""
        with self.means.db.read() as tx:
            snapshot = self.means.law.snapshot(tx)
            row = self.store.seen(tx, request.case_id, viewer, snapshot.register) if request.case_id else None
            act = self.chapter.act(name)
            context = self._context(tx, act, viewer, request, snapshot, row)
            self._when(tx, act, self._who(act, row, request, context), row, request, context)

    def _who(self, act: Act, row: Row | None, request: Request, context: Context) -> Any:
        """The case, None where the act opens one, once it is sure that it is there for the viewer, who may act."""
        if row is None:
            if request.case_id or not act.opens:
                raise Refused(not_in(self.chapter.title, self.chapter.path))
            if refusal := act.refuses_opening(context.viewer, context):
                raise Refused(refusal)
            return None
        case = self.store.case_of(row)
        if refusal := act.refuses_who(case, context.viewer, context, partial(shown, self.chapter, case, context)):
            raise Refused(refusal)
        return case

    def _when(self, tx: Connection, act: Act, case: Any, row: Row | None, request: Request, context: Context) -> None:
        """What the caller saw, then state and history: in the order of the answers."""
        if row is None:
            return
        if refusal := act.refuses_settled(case, context):
            raise Refused(refusal)
        if not act.adds_only and not context.viewer.suite:
            if request.if_match is None:
                raise Refused(IF_MATCH_MISSING)
            if request.if_match != (revision := self._revision(tx, case, row, context)):
                raise Refused(STALE.filled(revision=revision))
        if refusal := erased(self.chapter, row, context):
            raise Refused(refusal)
        if refusal := act.refuses_when(case, context, self.chapter.states):
            raise Refused(self.leading.explained(act, refusal))

    def _context(self, tx: Connection, act: Act, viewer: Viewer, request: Request, snapshot: Snapshot,
                 row: Row | None) -> Context:
        now, version = self.means.clock.now(), row.rulebook if row else ""
        viewer = as_here(tx, viewer, self.chapter, request, now, row.opened_on if row else None)
        origin = origin_of(act, row, request)
        return context_of(now, viewer, request, snapshot, version, origin, self.chapter.service)

    def _decide(self, tx: Connection, act: Act, before: Any, row: Row | None, command: Any, request: Request,
                context: Context) -> Outcome[Any]:
        """Content and circumstances together: every refusal of either is told at once."""
        last_at = partial(originals.last_at, tx, self.means.journal, self.chapter, request.case_id, before)
        follows = act.follows(before, command, context) if act.follows and before is not None else None
        lacking = list(circumstances.wrong(self.chapter, act, row, request, context, self.means.files.exists, last_at,
                                           follows))
        try:
            outcome = decided(act, before, command, context)
        except Refused as refused:
            lacking += refused.refusals
        if lacking:
            raise Refused(*map(act.named, lacking))
        if before is None and (refusal := act.refuses_who(outcome.case, context.viewer, context)):
            raise Refused(refusal)
        return outcome

    def _save(self, tx: Connection, act: Act, before: Any, row: Row | None, outcome: Outcome[Any], command: Any,
              request: Request, context: Context, snapshot: Snapshot) -> Done:
        case_id = row.id if row else new_id(context.now)
        fresh: set[str] = set()
        after = self._row(act, case_id, row, outcome, request, context, fresh)
        columns = self.keeping.columns(outcome.case, self.means.vault)
        told = {**{name: columns[name] for name in self.keeping.tells},
                **self.keeping.news(before, outcome.case, self.means.vault)}
        entry = self._entry(act, before, after, outcome, command, request, context, told)
        changes = self._changes(tx, before, case_id, outcome, entry.id, context, snapshot)
        answer = self._answer(after, outcome, entry)
        if row is not None and not self._knows_now(before, row, context):
            answer |= self._as_left(tx, row, outcome.case, context)
        done = Done(case_id, answer["revision"], answer, created=row is None)
        audience = self.chapter.told(outcome.case, outcome.case, "deadline_started", context)
        entries = [entry, *entries_of(changes, {case_id: (audience, after.revision)}, context.now, entry)]
        if request.back_entry:
            uses.note(tx, request.back_entry.scan, case_id, context.now)
        if saved := self.keeping.saved.get(act.name):
            saved(tx, self.means, case_id, outcome, command, context)
        persons = whom.fresh(tx, case_id, fresh, self.means.vault, there=row is not None)
        with at_once(tx):
            whom.put(tx, case_id, persons)
            self.store.save(tx, after, outcome.case.parties, columns, before.parties if row else None)
            deadline_store.save(tx, changes)
            repeats.keep(tx, self.means.vault, self.means.clock, self.chapter.path, context.viewer, request, done)
            self.means.journal.append(tx, entries)
        return done

    def _row(
        self, act: Act, case_id: str, row: Row | None, outcome: Outcome[Any], request: Request, context: Context,
        fresh: set[str],
    ) -> Row:
        documents = self.means.documents
        known = documents.seals(row.built(self.chapter.case), case_id, self.chapter.case) if row else {}
        text = documents.dump(outcome.case, case_id, known, fresh)
        moves = row is None or not act.adds_only
        revision = (row.revision if row else 0) + (1 if moves else 0)
        opened_on, last_on = days_of(row, act, outcome, context)
        return Row(case_id, outcome.case.state, revision, row.rulebook if row else context.rulebook.version,
                   opened_on, last_on, context.origin, text,
                   state_hash(case_id, outcome.case.state, revision, text))

    def _entry(self, act: Act, before: Any, after: Row, outcome: Outcome[Any], command: Any, request: Request,
               context: Context, told: Mapping[str, Any]) -> NewEntry:
        """The act's entry. Where one hears it that has left the case, it does not tell how the case stands by now."""
        viewer = context.viewer
        audience = self.chapter.told(before, outcome.case, outcome.event, context)
        late = self.chapter.heard_late(before, outcome.case, audience, context.register)
        data = {**outcome.facts, **told, "act": act.name, "article": act.article, "agency": viewer.agency}
        if not late or before is None or before.state != after.state:
            data["state"] = after.state
        if request.back_entry:
            data["back_entry"] = True
        if request.in_name_of:
            data["in_name_of"] = request.in_name_of
        detail = self.means.documents.dump(
            {"act": act.name, "command": command, "viewer": viewer_facts(viewer), "request": request}, after.id)
        return NewEntry(
            id=new_id(context.now),
            type=outcome.event,
            stream=after.id,
            occurred_on=context.happened_on,
            actor=actor_of(viewer),
            on_behalf_of=request.in_name_of,
            agency=viewer.agency,
            data=data,
            detail=detail,
            audience=audience,
            state_hash=after.state_hash,
            revision=0 if late else after.revision,
            causation=request.causation,
            corrects=outcome.righted.entry if outcome.righted else "",
        )

    def _changes(self, tx: Connection, before: Any, case_id: str, outcome: Outcome[Any], entry_id: str,
                   context: Context, snapshot: Snapshot) -> tuple[rules.Change, ...]:
        judged: tuple[rules.Change, ...] = ()
        if (righted := outcome.righted) and righted.redated:
            running = deadline_store.for_case(tx, case_id, lock=True)
            judged = redate(context.rulebook, snapshot.calendar, running, righted.redated, day_of(context.now))
        happened = rules.Happened(
            entry=entry_id,
            event=f"{self.chapter.service}.{outcome.event}",
            case=case_id,
            on=context.happened_on, at=context.happened_at,
            facts=outcome.facts,
            bound=bound(outcome.case, context.happened_on, context.register),
            final=ends(self.chapter, before, outcome.case),
            agency=context.viewer.agency,
        )
        heeding = rules.heeding(context.rulebook, happened)
        open_now = deadline_store.load_open(tx, case_id, heeding) if before is not None else ()
        right = {each.deadline.id: each.deadline for each in judged}
        return judged + rules.apply(
            context.rulebook, snapshot.calendar, [right.get(each.id, each) for each in open_now], happened
        )

    def _answer(self, after: Row, outcome: Outcome[Any], entry: NewEntry) -> dict[str, Any]:
        return {"id": after.id, "state": after.state, "state_title": self.chapter.states[after.state],
                "revision": after.revision, "event": f"{self.chapter.service}.{outcome.event}", "entry": entry.id,
                "facts": dict(outcome.facts), "warnings": [
                    {"code": warning.code, "zh": warning.zh, "en": warning.en, "article": warning.article,
                     "values": dict(warning.values)}
                    for warning in outcome.warnings]}

    def _as_left(self, tx: Connection, row: Row, case: Any, context: Context) -> dict[str, Any]:
        """What the answer tells of the case to one that has no part in it any more: how it left it."""
        state = self.chapter.seen(case, context.viewer, context.register).state
        revision = self.means.journal.revision_told(tx, row.id, context.viewer.agency)
        return {"state": state, "state_title": self.chapter.states[state], "revision": revision}

    def _revision(self, tx: Connection, case: Any, row: Row, context: Context) -> int:
        """The revision that the viewer knows: who has left the case reads the one in which it left."""
        if self._knows_now(case, row, context):
            return row.revision
        return self.means.journal.revision_told(tx, row.id, context.viewer.agency)

    def _knows_now(self, case: Any, row: Row, context: Context) -> bool:
        viewer = context.viewer
        return self.store.knows_all(viewer, context.register, row.state) or self.chapter.knows_now(case, viewer.agency)

    def audience(self, tx: Connection, case_ids: Sequence[str]) -> dict[str, tuple[frozenset[str], int]]:
        """For deadline events of these cases: who is told, and the case's revision; other chapters' are left out.

        A case that cannot be read any more holds up no deadline, its own included: justice and 市政府办公室 are told.
        """
        snapshot, now = self.means.law.snapshot(tx), self.means.clock.now()
        contexts: dict[str, Context] = {}       # by version: one for all its cases
        told = {}
        for row in self.store.many(tx, case_ids):
            try:
                version = row.rulebook
                context = contexts.get(version) or context_of(now, THE_SUITE, Request(), snapshot, version)
                contexts[version] = context
                case = self.store.shut_case_of(row)          # parties alone are asked: nothing personal is opened
                agencies = self.chapter.told(case, case, "deadline_warned", context)
            except Exception:
                log.exception("%s: case %s cannot be read, its deadlines go to justice", self.means.service, row.id)
                agencies = snapshot.register.standing_agencies(JUSTICE, GOVERNMENT_OFFICE)
            told[row.id] = (agencies, row.revision)
        return told


def erased(chapter: Chapter, row: Row, context: Context) -> Refusal | None:
    """The refusal of whatever a person would do to a case whose persons were erased; a case under way never is one."""
    gone = row.state in chapter.final and not context.viewer.suite and is_erased(row.doc)
    return PERSONAL_DATA_ERASED if gone else None


def viewer_facts(viewer: Viewer) -> dict[str, Any]:
    return {
        "agency": viewer.agency,
        "rank": int(viewer.rank),
        "person": viewer.person,
        "appointment": viewer.appointment,
        "machine": viewer.machine,
        "suite": viewer.suite,
    }
