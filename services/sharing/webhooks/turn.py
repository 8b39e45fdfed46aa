"""A turn of one webhook: its address is tried, or it is sent what its agency was told, one call after the other.

How far it was sent moves after the calls were taken, a few at a time: a process that is killed sends those again, and
loses none. After each commit of the service, and four times a second anyway, the row is read again, so that what an
act changed (a pause, another address, a secret) holds for the next call already. A call that is not taken ends the
turn: it is the first of the next one, after a pause that grows. After seven days of that, or at once where the receiver
says 410, the suite pauses the subscription.
"""

import json
import logging
import random
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from services.sharing.subscriptions.domain import (
    ACTIVE,
    CHAPTER,
    WAITING,
    ConfirmAddress,
    NoteFailure,
    PauseSubscription,
)
from services.sharing.webhooks import failures as words
from services.sharing.webhooks import store
from services.sharing.webhooks.backoff import asked, pause
from services.sharing.webhooks.calls import Caller, Line, NotReached
from services.sharing.webhooks.connection import Answer
from services.sharing.webhooks.failures import Why
from services.sharing.webhooks.signing import challenge, given_back, signed
from services.sharing.webhooks.store import Webhook
from shared.acts.model import THE_SUITE
from shared.acts.office import Office
from shared.acts.request import Request
from shared.bus.agency_feeds import AgencyFeed, OldEpoch, Told
from shared.bus.feeds import FeedUnreachable
from shared.contracts.feed import Mark
from shared.journal import carrying, sent
from shared.kernel.ids import new_id
from shared.telemetry.metrics import WEBHOOK_CALLS

log = logging.getLogger(__name__)

PAGE, MOST = 200, 500                   # entries read at once, and sent in a turn
SECONDS = 5.0                           # of a turn in which another call may begin
FRESH_SECONDS = 0.25                    # how old what is known of the row may be, where nobody rang
SAVED, SAVED_SECONDS = 50, 1.0          # how often it is noted how far it was sent
SLOW = 2.0                              # seconds after which a call holds a thread for longer than its share
TRIES = 5                               # of an address
GIVEN_UP = timedelta(days=7)
FAILING_AFTER = 3                       # tries on end, before the agency is told that delivery fails
GONE = 410


@dataclass(frozen=True, slots=True)
class Left:
    """What a turn left: the services of which there is or may be more to send; whether a call of it was slow, None
    where none was made."""

    behind: set[str]
    slow: bool | None = None


class _Over(Exception):
    """The turn ends here: an act came between, the time is up, or a call was not taken."""


@dataclass
class _Turn:
    """One webhook in its turn. `at`: how far it is noted that it was sent of the service `source`; `taken`: what was
    taken since."""

    hook: Webhook
    line: Line
    ends: float
    calls: int = 0
    source: str = ""
    at: Mark = field(default_factory=lambda: Mark("", 0, 0))
    taken: list[Mark] = field(default_factory=list)
    began: datetime | None = None
    noted: float = field(default_factory=time.monotonic)
    keys: tuple[str, ...] = ()
    fresh: tuple[int, float] = (-1, 0.0)     # at which ring, and when, the row was read
    longest: float = 0.0                     # seconds of a call


class Turns:
    """The turns of all webhooks. Each runs in a thread of its own; no two of one webhook at once."""

    def __init__(self, office: Office, feeds: Mapping[str, AgencyFeed], caller: Caller,
                 chance: Callable[[], float] = random.random, slow: float = SLOW) -> None:
        """`slow`: the seconds from which on a call is."""
        self._office, self._feeds, self._caller, self._chance = office, feeds, caller, chance
        self._slow, self._calling = slow, dict[str, float]()        # since when, by webhook: the monotonic clock
        self._acts = office.acts[CHAPTER.path]
        self.stopping = threading.Event()
        self._rings = 0
        office.wake.add(self._rang)

    def close(self) -> None:
        """No more calls: the turns end after the one in flight."""
        self.stopping.set()
        self._office.wake.remove(self._rang)

    def _rang(self) -> None:
        self._rings += 1

    def is_slow(self, id: str) -> bool:
        """Whether a call to this webhook, in flight now, is slow already."""
        since = self._calling.get(id)
        return since is not None and time.monotonic() - since >= self._slow

    def run(self, id: str, behind: set[str]) -> Left:
        """One turn. `behind`: the services that may have something. Raises what the database raises."""
        with self._office.db.read() as tx:
            hook = store.get(tx, id)
        if hook is None or hook.state not in store.AT_WORK:
            return Left(set())
        turn = _Turn(hook, self._caller.line(hook.url), time.monotonic() + SECONDS)
        left = set(behind)
        try:
            if hook.state == WAITING:
                self._try(turn)
            for source in sorted(behind) if hook.state == ACTIVE else ():
                self._send(turn, source)
                left.discard(source)
        except _Over:
            pass
        except FeedUnreachable as failed:
            log.warning("webhook %s of %s waits for a feed: %s", id, hook.agency, failed)
            self.stopping.wait(1)
        finally:
            turn.line.close()
        return Left(left, turn.longest >= self._slow if turn.calls else None)

    # its address is tried

    def _try(self, turn: _Turn) -> None:
        """What it is sent later begins here, before the address is known to be good: nothing falls between. A feed that
        can't be read puts the try off. Raises _Over, FeedUnreachable."""
        for source in self._feeds:
            if turn.hook.types_of(source) is not None:
                self._begun(turn.hook, source)
        token = secrets.token_urlsafe(24)
        answer, why = self._called(turn, new_id(self._office.clock.now()), challenge(token))
        if not why and not given_back(token, answer.body if answer else b""):
            why = words.NO_CHALLENGE
        if not why:
            self._act(turn.hook, "confirm-address", ConfirmAddress())
        elif turn.hook.failures + 1 < TRIES:
            self._note_failure(turn.hook, why, answer)
        else:
            self._act(turn.hook, "note-failure", NoteFailure(why.zh))

    def _begun(self, hook: Webhook, source: str) -> Mark:
        """How far it was sent of a service; where it was sent nothing yet, the end of that service's journal."""
        with self._office.db.read() as tx:
            mark = store.cursors(tx, hook.id).get(source)
        if mark is None:
            mark = self._feeds[source].head()
            with self._office.db.write() as tx:
                store.begin(tx, hook, source, mark)
        return mark

    # it is sent what its agency was told

    def _send(self, turn: _Turn, source: str) -> None:
        """All there is of a service. Raises _Over, FeedUnreachable."""
        types = turn.hook.types_of(source)
        if types is None:
            return
        turn.source, turn.at = source, self._begun(turn.hook, source)
        more = True
        while more:
            try:
                told = self._feeds[source].read(turn.hook.agency, types, turn.at, PAGE)
            except OldEpoch as old:
                # positions may have been used again: all of the new epoch is sent, and who has it knows it by its id
                told = Told((), Mark(old.epoch, 0, 0), more=True)
            for item in told.items:
                self._send_item(turn, item)
            self._note(turn)
            if told.mark != turn.at:
                self._move(turn, told.mark)
            more = told.more

    def _send_item(self, turn: _Turn, item: bytes) -> None:
        """One call. Raises _Over."""
        if self.stopping.is_set() or turn.calls >= MOST or time.monotonic() >= turn.ends:
            self._note(turn)
            raise _Over
        said = json.loads(item)
        turn.began = turn.began or self._office.clock.now()
        answer, why = self._called(turn, json.loads(said["body"])["id"], item)
        mark = Mark(said["epoch"], said["position"], said["position"])
        if why:
            self._note(turn)
            self._not_taken(turn, mark, why, answer)
            raise _Over
        turn.taken.append(mark)
        if len(turn.taken) >= SAVED or time.monotonic() - turn.noted >= SAVED_SECONDS:
            self._note(turn)

    def _called(self, turn: _Turn, id: str, body: bytes) -> tuple[Answer | None, Why | None]:
        """The answer, and why the call was not taken; None: it was. Raises _Over where an act came between."""
        if turn.fresh[0] != self._rings or time.monotonic() - turn.fresh[1] > FRESH_SECONDS:
            turn.fresh = self._rings, time.monotonic()
            with self._office.db.read() as tx:
                now = store.get(tx, turn.hook.id)
                turn.keys = store.secrets(tx, self._office.vault, turn.hook.id)
            if now is None or now.turn != turn.hook.turn:
                self._note(turn)
                raise _Over
        turn.calls += 1
        agency, at = turn.hook.agency, int(self._office.clock.now().timestamp())
        began = self._calling[turn.hook.id] = time.monotonic()
        try:
            answer = turn.line.post(signed(turn.keys, id, at, body), body)
        except NotReached as failed:
            WEBHOOK_CALLS.labels(agency, "unreached").inc()
            return None, failed.why
        finally:
            del self._calling[turn.hook.id]
            turn.longest = max(turn.longest, time.monotonic() - began)
        WEBHOOK_CALLS.labels(agency, "taken" if answer.taken else "refused").inc()
        return answer, None if answer.taken else words.answered(answer.status)

    def _note(self, turn: _Turn) -> None:
        """How far it was sent, and that it was. A webhook that had failed works again, and its agency hears it."""
        turn.noted = time.monotonic()
        if not turn.taken:
            return
        first, last, count = turn.taken[0], turn.taken[-1], len(turn.taken)
        now, hook = self._office.clock.now(), turn.hook
        with self._office.db.write() as tx:
            if not store.move(tx, hook, turn.source, turn.at, last):
                turn.taken.clear()
                raise _Over
            sent.note(tx, self._sent(turn, first, last, count, "2xx", now))
            if hook.failures:
                store.worked(tx, hook)
                carrying.tell(tx, self._office.journal, hook.agency, sent.WEBHOOK, hook.id, carrying.RESUMED, "")
        if hook.failures:
            turn.hook = replace(hook, failures=0, failing_since=None, next_try=None, why="")
            self._office.wake.ring()
        turn.at, turn.began = last, None
        turn.taken.clear()

    def _move(self, turn: _Turn, mark: Mark) -> None:
        """Nothing was for it up to a mark. Raises _Over where another process moved on."""
        with self._office.db.write() as tx:
            if not store.move(tx, turn.hook, turn.source, turn.at, mark):
                raise _Over
        turn.at = mark

    def _sent(self, turn: _Turn, first: Mark, last: Mark, count: int, answer: str, now: datetime) -> sent.Sent:
        return sent.Sent(turn.hook.agency, sent.WEBHOOK, f"{turn.hook.id} {turn.source}", last.epoch, first.position,
                         last.position, count, turn.began or now, answer[:200], now)

    # a call was not taken

    def _not_taken(self, turn: _Turn, mark: Mark, why: Why, answer: Answer | None) -> None:
        hook, now = turn.hook, self._office.clock.now()
        with self._office.db.write() as tx:
            sent.note(tx, self._sent(turn, mark, mark, 1, why.en, now))
        if answer is not None and answer.status == GONE:
            self._give_up(hook, words.RECEIVER_GONE)
        elif now - (hook.failing_since or now) >= GIVEN_UP:
            self._give_up(hook, words.DAYS_ON_END.format(days=GIVEN_UP.days, why=why.zh))
        else:
            self._note_failure(hook, why, answer)

    def _note_failure(self, hook: Webhook, why: Why, answer: Answer | None) -> None:
        """It is tried again after a pause; from the third failure on its agency is told, once."""
        now = self._office.clock.now()
        asks = asked(answer.status, answer.retry_after, now) if answer else 0.0
        delay = pause(hook.failures, self._chance(), asks)
        telling = hook.state == ACTIVE and hook.failures + 1 >= FAILING_AFTER
        with self._office.db.write() as tx:
            if store.failed(tx, hook, why.en, now, now + timedelta(seconds=delay)) and telling:
                carrying.tell(tx, self._office.journal, hook.agency, sent.WEBHOOK, hook.id, carrying.FAILING, why.en)
        self._office.wake.ring()
        log.warning("webhook %s of %s is tried again in %d s: %s", hook.id, hook.agency, delay, why.en)

    def _give_up(self, hook: Webhook, reason: str) -> None:
        log.error("webhook %s of %s is paused: %s", hook.id, hook.agency, reason)
        self._act(hook, "pause", PauseSubscription(reason), carrying.PAUSED)

    def _act(self, hook: Webhook, name: str, command: Any, carried: str = "") -> None:
        """An act of the suite on the subscription, unless another came between; with it how the carrier is now."""
        with self._office.db.write() as tx:
            now = store.get(tx, hook.id)
            if now is None or now.turn != hook.turn:
                return
            self._acts.do_in(tx, name, command, THE_SUITE, Request(hook.id))
            if carried:
                carrying.tell(tx, self._office.journal, hook.agency, sent.WEBHOOK, hook.id, carried, command.reason)
        self._office.wake.ring()
