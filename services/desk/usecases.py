"""What is not one act on one account: signing in, and everything that touches a password."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.engine import Connection

from services.desk import store
from services.desk.account import Account, Appointment
from services.desk.domain import (
    CHAPTER,
    CLOSED,
    Appoint,
    NoContent,
    OpenAccount,
    rank_of,
    summary,
)
from services.desk.tries import Tries
from shared.access import appointments, passwords
from shared.access.passwords import Passwords
from shared.access.tokens import DESK, PASSWORD_ONLY, Claims
from shared.acts.codes import AGENCIES
from shared.acts.keeping import Filter, Keeping, Means
from shared.acts.model import THE_SUITE, Context, Outcome, Viewer
from shared.acts.office import Office
from shared.acts.request import Request
from shared.acts.store import Row
from shared.contracts.personal import Personal
from shared.crypto.vault import Vault
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Refused
from shared.kernel.ids import new_id

PATH = "accounts"
LONGEST_SESSION = timedelta(hours=12)          # from the password to the last renewal

BAD_SIGN_IN = Refusal("BAD_SIGN_IN", "账号或者密码不正确。", "The account or the password is wrong.", status=401)
NONE_HELD = Refusal("NONE_HELD", "该账户目前没有任职。", "This account holds no appointment now.", status=403)
WHICH = Refusal("APPOINTMENT_NEEDED", "您有多项任职，请选择以哪一项登录。", "You hold several appointments: choose one.",
                where="appointment")
NOT_HELD = Refusal("APPOINTMENT_NOT_HELD", "您目前没有这一任职。", "You do not hold this appointment now.", status=403,
                   where="appointment")
LOGIN_TAKEN = Refusal("LOGIN_TAKEN", "该账号已被使用。", "This login is taken.", status=409, where="login")
SAME_PASSWORD = Refusal("PASSWORD_SAME", "新密码不得与原密码相同。", "The new password is the old one.", where="password")


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in person in one appointment, with a token. `must_change`: it opens nothing but a new password."""

    token: str
    expires_at: datetime
    account: str
    person: Account
    appointment: Appointment
    must_change: bool

    def to_json(self, now: datetime) -> dict[str, Any]:
        return {"token": self.token, "token_type": "Bearer", "expires_at": self.expires_at, "account": self.account,
                "name": self.person.name.value, "must_change_password": self.must_change,
                "appointment": told(self.appointment),
                "appointments": [told(held) for held in self.person.held_on(day_of(now))]}


def told(held: Appointment) -> dict[str, Any]:
    """An appointment for the person who holds it."""
    return {"id": held.id, "agency": held.agency, "rank": held.rank, "post": held.post, "since": held.since,
            "until": held.until}


class Desk:
    """Signing in and passwords, on the desk's office."""

    def __init__(self, office: Office, hasher: Passwords) -> None:
        self.office, self._passwords, self._tries = office, hasher, Tries(office)
        self._acts = office.acts[PATH]
        self._span = timedelta(seconds=office.settings.token_seconds)

    def sign_in(self, login: str, password: str, appointment: str, address: str) -> Session:
        """A session for the right password. Raises Refused: 401 in the same words and time for an unknown account and
        a wrong password, 429 after too many tries, 422 where one of several appointments must be chosen."""
        login = login.strip().lower()
        with self._tries.counted(_tries_of(self.office.vault, login), f"address:{address}"[:120], address):
            account, kept = self._known(login)
            if not self._passwords.matches(kept.hash if kept else None, password) or account is None or kept is None:
                raise Refused(BAD_SIGN_IN)
            if self._passwords.outdated(kept.hash):
                fresh = self._passwords.hash(password)
                with self.office.db.write() as tx:
                    store.rehash(tx, account, kept.hash, fresh)
        person = self._person(account)
        held = self._chosen(person, appointment)
        session = self._session(account, person, held, self.office.clock.now(), kept.must_change)
        self._tries.log(address, "ok", account, held.id, held.agency)
        return session

    def renew(self, claims: Claims) -> Session:
        """A new token for the same appointment, if it is still held; none outlives the session. Raises Refused
        (403)."""
        begun = claims.signed_in_at or claims.issued_at
        person = self._person(claims.subject)
        held = self._chosen(person, claims.appointment)
        return self._session(claims.subject, person, held, begun, PASSWORD_ONLY in claims.scope)

    def change_password(self, claims: Claims, viewer: Viewer, old: str, new: str, address: str) -> Session:
        """The person's own new password; every older token stops holding, and a new one is given."""
        person = self._person(claims.subject)
        mine = _tries_of(self.office.vault, person.login)
        with self._tries.counted(mine, f"address:{address}"[:120], address), self.office.db.read() as tx:
            kept = store.password_of(tx, claims.subject)
            if not self._passwords.matches(kept.hash if kept else None, old):
                raise Refused(BAD_SIGN_IN)
        if old == new:
            raise Refused(SAME_PASSWORD)
        passwords.check_allowed(new, person.login)
        self._set(claims.subject, "change-password", viewer, new, must_change=False)
        return self._session(
            claims.subject, person, self._chosen(person, claims.appointment), self.office.clock.now(), False
        )

    def reset_password(self, account: str, viewer: Viewer) -> str:
        """A new password for another, told once; the person must set an own one with it. Raises Refused."""
        password = passwords.generate()
        self._set(account, "reset-password", viewer, password, must_change=True)
        return password

    def provision(self, person: OpenAccount, places: tuple[Appoint, ...], password: str) -> tuple[str, tuple[str, ...]]:
        """An account of the suite's own making, at first start: its id and those of its appointments. Whole or not at
        all."""
        hashed = self._passwords.hash(password)
        with self.office.db.write() as tx:
            account = self._acts.do_in(tx, "open-account", person, THE_SUITE, Request()).case_id
            held = tuple(self._acts.do_in(tx, "appoint", place, THE_SUITE, Request(case_id=account))
                         .answer["facts"]["appointment"] for place in places)
            store.set_password(tx, account, hashed, self.office.clock.now(), must_change=False)
            self._acts.do_in(tx, "reset-password", NoContent(), THE_SUITE, Request(case_id=account))
        self.office.wake.ring()
        return account, held

    def _set(self, account: str, act: str, viewer: Viewer, password: str, *, must_change: bool) -> None:
        """The act and the hash in one transaction; the act itself knows no password."""
        hashed = self._passwords.hash(password)
        request = Request(case_id=account)
        with self._acts.doing(act, viewer, request) as tx:
            store.set_password(tx, account, hashed, self.office.clock.now(), must_change=must_change)
            self._acts.do_in(tx, act, NoContent(), viewer, request)

    def _known(self, login: str) -> tuple[str | None, Any]:
        with self.office.db.read() as tx:
            account = store.account_of(tx, login)
            return account, store.password_of(tx, account) if account else None

    def _person(self, account: str) -> Account:
        with self.office.db.read() as tx:
            row = self._acts.store.get(tx, account)
        if row is None:
            raise Refused(BAD_SIGN_IN)
        person: Account = self._acts.store.case_of(row)
        return person

    def _chosen(self, person: Account, appointment: str) -> Appointment:
        held = person.held_on(day_of(self.office.clock.now()))
        if not held:
            raise Refused(NONE_HELD)
        if appointment:
            chosen = next((each for each in held if each.id == appointment), None)
            if chosen is None:
                raise Refused(NOT_HELD)
            return chosen
        register = self.office.law.now().register
        living = [each for each in held if register.dissolved(each.agency, day_of(self.office.clock.now())) is None]
        if len(living) == 1:
            return living[0]          # whose agency was dissolved acts for its successor, unless it says otherwise
        if len(held) > 1:
            raise Refused(replace(WHICH, values={"appointments": [told(each) for each in held]}))
        return held[0]

    def _session(self, account: str, person: Account, held: Appointment, begun: datetime, must_change: bool) -> Session:
        now = self.office.clock.now()
        expires = min(now + self._span, begun + LONGEST_SESSION)
        scope = frozenset({PASSWORD_ONLY}) if must_change else frozenset[str]()
        claims = Claims(
            DESK, account, now, expires, held.id, held.agency, int(rank_of(held.rank)), person.name.value, scope, begun
        )
        token = self.office.access.keys.issue(claims, self.office.access.audience)
        return Session(token, expires, account, person, held, must_change)


def _tries_of(vault: Vault, login: str) -> str:
    """Under what tries for a login are counted: blinded, for people type passwords where the login belongs."""
    return f"account:{vault.blind(login, 'sign-in')}"


def _login_free(
    tx: Connection, means: Means, row: Row | None, case: Any, command: OpenAccount, context: Context
) -> OpenAccount:
    if store.account_of(tx, command.login) is not None:
        raise Refused(LOGIN_TAKEN)
    return command


def _with_id(tx: Connection, means: Means, row: Row | None, case: Any, command: Appoint, context: Context) -> Appoint:
    return replace(command, id=new_id(context.now))


def _learnt(tx: Connection, means: Means, account: str, outcome: Outcome[Any], command: Any, context: Context) -> None:
    """The desk checks tokens by the same table as every service, and knows at once."""
    appointments.learn(tx, account, outcome.event, outcome.facts)


def _closed(tx: Connection, means: Means, account: str, outcome: Outcome[Any], command: Any, context: Context) -> None:
    _learnt(tx, means, account, outcome, command, context)
    store.drop_password(tx, account)


def _unlocked(
    tx: Connection, means: Means, account: str, outcome: Outcome[Any], command: Any, context: Context
) -> None:
    store.forget_tries(tx, _tries_of(means.vault, outcome.case.login))


KEEPING = Keeping(
    CHAPTER, store.ACCOUNTS, store.columns, {"open-account": _login_free, "appoint": _with_id},
    {"appoint": _learnt, "end-appointment": _learnt, "change-password": _learnt, "reset-password": _learnt,
     "close-account": _closed, "unlock": _unlocked, "succeed": _learnt}, summary,
    filters={"login": Filter("登录名"), "keeper": Filter("所属机关", AGENCIES)},
    ended=frozenset({CLOSED}), forget=store.drop_password)


def person_named(login: str, name: str, agency: str) -> OpenAccount:
    """The command that opens an account for a person."""
    return OpenAccount(login, Personal(name), agency)
