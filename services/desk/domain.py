"""People: accounts, and the appointments in which they act. No chapter of the law; everything here is internal. Pure.

An agency's leader keeps the accounts of that agency; justice keeps any; the suite makes the first ones.
No act has a password in it: passwords stand in a table of their own, and only that one was set is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.desk.account import KEEPER, Account, Appointment
from services.desk.succeeding import succeed
from shared.acts.model import Act, Chapter, Context, Outcome, Party, Rank, Viewer
from shared.acts.standing import absent
from shared.acts.succession import SUCCEED, SUCCEEDED, Succeed, leaving
from shared.contracts.envelope import stamp
from shared.contracts.personal import Personal
from shared.contracts.register import JUSTICE, SUITE, Register
from shared.kernel.errors import Refusal, demand

OPEN, CLOSED = "open", "closed"
EMPLOYER = "employer"
STATES = {OPEN: "在用", CLOSED: "已停用"}
RANKS = {Rank.OFFICER: "officer", Rank.LEADER: "leader", Rank.CHIEF: "chief"}
RANK_WORDS = {"officer": "承办人", "leader": "机关负责人", "chief": "正职负责人"}

NO_AGENCY = Refusal("NO_AGENCY", "名录中没有机关「{agency}」。", "The register has no agency {agency}.", where="agency")
OTHER_AGENCY = Refusal("OTHER_AGENCY", "只能办理本机关的任职。", "Only appointments of your own agency are yours to make or end.",
                       status=403)
RANK_ABOVE = Refusal("RANK_ABOVE", "不得授予或者管理高于本人的职级。", "This rank is above your own.", status=403)
ALREADY = Refusal("ALREADY_APPOINTED", "该人员在该机关已有同一职级的任职。", "The person already holds this appointment.", status=409)
ENDS_EARLY = Refusal("ENDS_EARLY", "任职截止日期不得早于起始日期。", "The appointment ends before it begins.", where="until")
NO_APPOINTMENT = Refusal("NO_APPOINTMENT", "没有这一任职，或者已经终止。", "No such appointment, or it has ended.", status=409)
NOT_OWN = Refusal("NOT_OWN", "只能修改本人的密码。", "A person changes only the own password.", status=403)


@dataclass(frozen=True, slots=True)
class OpenAccount:
    """`agency` keeps the account; empty: the opener's own."""

    login: str
    name: Personal
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Appoint:
    """`agency` empty: the appointer's own; `since` empty: the act's day. `id` is given before the act is decided."""

    rank: str
    agency: str = ""
    since: date | None = None
    until: date | None = None
    post: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class EndAppointment:
    appointment: str
    reason: str


@dataclass(frozen=True, slots=True)
class CloseAccount:
    reason: str


@dataclass(frozen=True, slots=True)
class NoContent:
    """An act that says nothing but that it was done."""


def open_account(_: None, command: OpenAccount, context: Context) -> Outcome[Account]:
    agency = command.agency or context.viewer.agency
    demand((_exists(agency, context), absent(context, agency, NO_AGENCY.filled(agency=agency))))
    account = Account(OPEN, command.login, command.name, (Party(KEEPER, agency, context.happened_on),))
    return Outcome(account, {"keeper": agency})


def appoint(case: Account, command: Appoint, context: Context) -> Outcome[Account]:
    agency, since = command.agency or context.viewer.agency, command.since or context.happened_on
    held = Appointment(command.id, agency, command.rank, since, command.until, command.post)
    demand((_of_own(agency, context), OTHER_AGENCY), (_within_rank(command.rank, context), RANK_ABOVE))
    demand((not any(each.agency == agency and each.rank == command.rank and each.open_on(since)
                    for each in case.appointments), ALREADY))
    demand(
        (_exists(agency, context), absent(context, agency, NO_AGENCY.filled(agency=agency))),
        (held.until is None or since <= held.until, ENDS_EARLY),
    )
    parties = case.parties
    if not any(party.part == EMPLOYER and party.agency == agency and party.until is None for party in parties):
        parties = (*parties, Party(EMPLOYER, agency, since))
    return Outcome(replace(case, parties=parties, appointments=(*case.appointments, held)), {
        "appointment": held.id, "employer": agency, "rank": held.rank, "since": since, "until": held.until})


def end_appointment(case: Account, command: EndAppointment, context: Context) -> Outcome[Account]:
    held = case.appointment(command.appointment)
    demand((held is not None and held.open_on(context.happened_on), NO_APPOINTMENT))
    assert held is not None
    demand((_of_own(held.agency, context), OTHER_AGENCY))
    kept = tuple(replace(each, ended=True, until=context.happened_on) if each.id == held.id else each
                 for each in case.appointments)
    still = any(each.agency == held.agency and each.open_on(context.happened_on) for each in kept)
    parties = tuple(party if still or party.part != EMPLOYER or party.agency != held.agency or party.until is not None
                    else replace(party, until=max(context.happened_on, party.since)) for party in case.parties)
    return Outcome(
        replace(case, parties=parties, appointments=kept),
        {
            "appointment": held.id,
            "employer": held.agency,
            "until": context.happened_on,
            "valid_after": stamp(context.now),
        },
    )


def password_set(case: Account, _: NoContent, context: Context) -> Outcome[Account]:
    return Outcome(case, {"valid_after": stamp(context.now)})


def unlock(case: Account, _: NoContent, context: Context) -> Outcome[Account]:
    return Outcome(case)


def close_account(case: Account, _: CloseAccount, context: Context) -> Outcome[Account]:
    ended = tuple(replace(each, ended=True, until=min(each.until or context.happened_on, context.happened_on))
                  if each.open_on(context.happened_on) else each for each in case.appointments)
    return Outcome(replace(case, appointments=ended), {"valid_after": stamp(context.now)})


def own(case: Account | None, context: Context) -> Iterable[Refusal]:
    """The person's own account: the appointment acted in is one of it."""
    if case is not None and case.appointment(context.viewer.appointment) is None:
        yield NOT_OWN


def answerable(case: Account | None, context: Context) -> Iterable[Refusal]:
    """Who sets another's password could act as that person: not where it would give more than one has."""
    if case is None or _over_all(context):
        return
    for held in case.appointments:
        if held.open_on(context.happened_on) and held.agency != context.viewer.agency:
            yield OTHER_AGENCY
        elif held.open_on(context.happened_on) and not _within_rank(held.rank, context):
            yield RANK_ABOVE


def _over_all(context: Context) -> bool:
    return context.viewer.suite or JUSTICE in context.register.standing(context.viewer.agency)


def _of_own(agency: str, context: Context) -> bool:
    return _over_all(context) or agency == context.viewer.agency


def _within_rank(rank: str, context: Context) -> bool:
    return _over_all(context) or rank_of(rank) <= context.viewer.rank


def _exists(agency: str, context: Context) -> bool:
    """The suite makes the first accounts before the register has come."""
    return context.viewer.suite or context.register.exists(agency, context.happened_on)


def rank_of(word: str) -> Rank:
    """Raises KeyError for a word that no rank has."""
    return {told: rank for rank, told in RANKS.items()}[word]


KEEPERS = frozenset({KEEPER, JUSTICE, SUITE})
EMPLOYERS = frozenset({KEEPER, EMPLOYER, JUSTICE, SUITE})
IN_USE = frozenset({OPEN})

ACTS = (
    Act("open-account", "开立账户", "internal", by=KEEPERS, rank=Rank.LEADER, opens=True, to=(OPEN,),
        event="account_opened", command=OpenAccount, decide=open_account),
    Act("appoint", "任职", "internal", by=EMPLOYERS, rank=Rank.LEADER, states=IN_USE,
        event="appointment_made", command=Appoint, decide=appoint),
    Act("end-appointment", "终止任职", "internal", by=EMPLOYERS, rank=Rank.LEADER, states=IN_USE,
        event="appointment_ended", command=EndAppointment, decide=end_appointment),
    Act("change-password", "修改密码", "internal", by=EMPLOYERS, states=IN_USE, adds_only=True, guards=(own,),
        event="password_set", command=NoContent, decide=password_set),
    Act("reset-password", "重置密码", "internal", by=KEEPERS, rank=Rank.LEADER, states=IN_USE, adds_only=True,
        guards=(answerable,), event="password_set", command=NoContent, decide=password_set),
    Act("unlock", "解除登录限制", "internal", by=EMPLOYERS, rank=Rank.LEADER, states=IN_USE, adds_only=True,
        event="account_unlocked", command=NoContent, decide=unlock),
    Act("close-account", "停用账户", "internal", by=KEEPERS, rank=Rank.LEADER, states=IN_USE, to=(CLOSED,),
        event="account_closed", command=CloseAccount, decide=close_account),
    Act(SUCCEED, "承继", "internal", by=frozenset({SUITE}), states=frozenset(STATES), ordered=False, event=SUCCEEDED,
        command=Succeed, decide=succeed),
)


def told(before: Account | None, after: Account, event: str, context: Context) -> frozenset[str]:
    """The keeper, and of an appointment the agency it is in, of all else every agency in which the person holds one:
    where else a person serves is no agency's to know."""
    known = {held.id: held for held in (before.appointments if before else ())}
    changed = {held.agency for held in after.appointments if known.get(held.id) != held}
    present = {party.agency for party in after.parties if party.part == EMPLOYER and party.until is None}
    return frozenset({after.keeper} | (changed or present)) | leaving(before, after, event)


def seen(case: Account, viewer: Viewer, register: Register) -> Account:
    """The keeper and those in remit see all of it, an employer its own appointments."""
    if viewer.suite or viewer.agency == case.keeper or register.standing(viewer.agency):
        return case
    return replace(case, appointments=tuple(held for held in case.appointments if held.agency == viewer.agency),
                   parties=tuple(party for party in case.parties if party.agency == viewer.agency))


def summary(case: Account) -> dict[str, Any]:
    """What a list shows of an account."""
    return {"login": case.login, "name": case.name.shown, "keeper": next(
        (party.agency for party in reversed(case.parties) if party.part == KEEPER), ""),
        "appointments": len(case.appointments)}


# No clock runs on an account: both of its states are final in that sense.
CHAPTER = Chapter("desk", "人员", "accounts", ACTS, STATES, frozenset(STATES), Account, told, seen, internal=True)
