"""What touches a key: registering a system and changing its key tell a new one once; a key gives a machine's session.

A key is `ldk_<id>_<secret>`: the id finds its row, the row holds the digest of all of it.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.engine import Connection

from services.desk import clients_store as store
from services.desk.clients import ACTIVE, CHAPTER, ENDED, ChangeClient, Client, RegisterClient, summary
from services.desk.tries import Tries
from shared.access import appointments
from shared.access.tokens import DESK, Claims
from shared.acts.codes import AGENCIES
from shared.acts.keeping import Filter, Keeping, Means
from shared.acts.model import Context, Outcome, Rank, Viewer
from shared.acts.office import Office
from shared.acts.request import Done, Request
from shared.acts.store import Row
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Refused

PATH = "clients"
_KEY = re.compile(r"ldk_([0-9a-f]{20})_[A-Za-z0-9_-]{43}")

BAD_KEY = Refusal("BAD_API_KEY", "接口密钥无效。", "This API key is not valid.", status=401)
NOT_IN_USE = Refusal("CLIENT_SUSPENDED", "该业务系统已被本机关暂停。", "Your agency has suspended this system.", status=403)
NO_ONE = Refusal("CLIENT_WITHOUT_PERSON", "该业务系统的负责人已不在任，请本机关负责人另行指定。",
                 "Nobody answers for this system any more: your agency's leader names someone.", status=403)


@dataclass(frozen=True, slots=True)
class MachineSession:
    """A system signed in, with a token."""

    token: str
    expires_at: datetime
    id: str
    client: Client

    def to_json(self, _: datetime) -> dict[str, Any]:
        return {"token": self.token, "token_type": "Bearer", "expires_at": self.expires_at, "machine": True,
                "client": {"id": self.id, "name": self.client.name, "agency": self.client.keeper,
                           "acts": list(self.client.acts)}}


class ClientKeys:
    """Keys of the agencies' own systems, on the desk's office."""

    def __init__(self, office: Office, tries: Tries) -> None:
        self.office, self._tries = office, tries
        self._acts = office.acts[PATH]

    def register(self, name: str, command: Any, viewer: Viewer, request: Request) -> Done:
        """The act, and a key with it: told with this answer and never again."""
        return self._with_key(name, command, viewer, request)

    rotate = register

    def sign_in(self, key: str, address: str) -> MachineSession:
        """A session for a good key. Raises Refused: 401 in the same words for every key that is none, 403 where the
        system is suspended or nobody answers for it, 429 after too many tries."""
        found = _KEY.fullmatch(key)
        with self._tries.counted(f"key:{self.office.vault.blind(found[1] if found else key[:100], 'sign-in')}",
                                 f"address:{address}"[:120], address):
            id, case = self._known(found[1] if found else "", key)
        if case.state != ACTIVE:
            self._tries.log(address, NOT_IN_USE.code, id)
            raise Refused(NOT_IN_USE)
        now = self.office.clock.now()
        with self.office.db.read() as tx:
            if answering(tx, case.answers, day_of(now)) != case.keeper:
                raise Refused(NO_ONE)
        expires = now + timedelta(seconds=self.office.settings.token_seconds)
        claims = Claims(DESK, id, now, expires, id, case.keeper, int(Rank.OFFICER), case.name, machine=True,
                        acts=frozenset(case.acts))
        self._tries.log(address, "ok", id, id, case.keeper)
        return MachineSession(self.office.access.keys.issue(claims, self.office.access.audience), expires, id, case)

    def _known(self, id: str, key: str) -> tuple[str, Client]:
        """The client of a key. A key that is none costs the same."""
        with self.office.db.read() as tx:
            row = store.key_of(tx, id)
            good = hmac.compare_digest(row.hash if row else _hash(""), _hash(key)) and row is not None
            case = self._acts.store.get(tx, row.client) if good else None
        if case is None or case.state == ENDED:
            raise Refused(BAD_KEY)
        client: Client = self._acts.store.case_of(case)
        return case.id, client

    def _with_key(self, name: str, command: Any, viewer: Viewer, request: Request) -> Done:
        """Act and key in one transaction; the answer that is kept for a repeated request has no key in it."""
        now = self.office.clock.now()
        id = f"{int(now.timestamp() * 1000):012x}{secrets.token_hex(4)}"
        key = f"ldk_{id}_{secrets.token_urlsafe(32)}"
        with self._acts.doing(name, viewer, request) as tx:
            done = self._acts.do_in(tx, name, command, viewer, request)
            if not done.replayed:
                store.add_key(tx, id, done.case_id, _hash(key), now)
        return done if done.replayed else replace(done, answer={**done.answer, "api_key": key})


def answering(tx: Connection, appointment: str, day: date) -> str:
    """At which agency the appointment is held on the day; empty: at none."""
    place = appointments.place_of(tx, appointment) if appointment else None
    return place.agency if place and place.held_on(day) and not place.ended else ""


def _hash(key: str) -> str:
    return "sha256:" + hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _looked_up(tx: Connection, means: Means, row: Row | None, case: Any, command: RegisterClient | ChangeClient,
               context: Context) -> RegisterClient | ChangeClient:
    return replace(command, answers_at=answering(tx, command.answers, day_of(context.now)))


def _learnt(tx: Connection, means: Means, id: str, outcome: Outcome[Any], command: Any, context: Context) -> None:
    """The desk checks tokens by the same table as every service, and knows at once."""
    appointments.learn(tx, id, outcome.event, outcome.facts)


def _ended(tx: Connection, means: Means, id: str, outcome: Outcome[Any], command: Any, context: Context) -> None:
    _learnt(tx, means, id, outcome, command, context)
    store.drop_all(tx, id)


def _finished(tx: Connection, means: Means, id: str, outcome: Outcome[Any], command: Any, context: Context) -> None:
    _learnt(tx, means, id, outcome, command, context)
    store.drop_old(tx, id)


KEEPING = Keeping(
    CHAPTER, store.CLIENTS, store.columns, {"register": _looked_up, "change": _looked_up},
    {"change": _learnt, "suspend": _learnt, "end": _ended, "finish-rotation": _finished, "succeed": _ended}, summary,
    filters={"keeper": Filter("所属机关", AGENCIES)}, told_of=False)
