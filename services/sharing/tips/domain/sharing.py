"""第二十八条 案源共享: what the sharer decides. Pure: a tip and a command in, a new tip and facts out."""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from services.sharing.tips import refusals as no
from services.sharing.tips.commands import NO_ONE, Reporter, ShareTip, WithdrawTip
from services.sharing.tips.domain.case import SHARER, Tip, done
from services.sharing.tips.domain.competence import PUNISH, SUPERVISE, TRANSFERS, whose_is
from shared.acts.codes import listed
from shared.acts.findings import FINDING, formed, whence
from shared.acts.furthest import long_ago
from shared.acts.materials import AddMaterial, next_material
from shared.acts.model import Context, Outcome, Party
from shared.acts.signing import signed
from shared.acts.standing import absent, basis_of, enforces
from shared.kernel.errors import Refusal, Rows, demand

WITH_REPORTER = frozenset({"complaint", "report"})         # of tip_kinds: somebody made it


def share(_: None, command: ShareTip, context: Context) -> Outcome[Tip]:
    """推送案源. What has a definite competent agency is a transfer, or a case of one's own; never a tip."""
    own, day = context.viewer.agency, context.happened_on
    whose = whose_is(command.cause, own, context)
    demand(*says(command, context), (command.officer, no.NO_OFFICER), *whence(command.found, context),
           *_indefinite(command, whose.definite, context))
    tip = Tip("", (Party(SHARER, own, day),), own, replace(command, found=None), day).offered(whose.candidates, day)
    return Outcome(tip, {
        "sharer": own, "claimer": "", "kind": command.kind, "cause": command.cause, "received_on": command.received_on,
        "candidates": list(whose.candidates), **_origin(context), **basis_of(context),
        **({"origin_cause": command.found.cause} if command.found and _another_cause(command) else {}),
    }, warnings=tuple(_doubts(command, context)))


def _origin(context: Context) -> dict[str, str]:
    """The finding that it hands on; of any other origin nothing."""
    ref = formed(context)
    return {"origin_kind": FINDING, "origin_ref": ref} if ref else {}


def says(said: ShareTip, context: Context) -> Rows:
    """What holds of the content of a tip."""
    reporter = said.reporter
    return (
        listed(context, "tip_kinds", said.kind, no.UNKNOWN_KIND),
        listed(context, "causes", said.cause, no.UNKNOWN_CAUSE),
        (said.facts, no.NO_FACTS),
        (said.place, no.NO_PLACE),
        listed(context, "tip_channels", said.channel, no.UNKNOWN_CHANNEL),
        (said.received_on <= context.happened_on, no.RECEIVED_LATER),
        (said.kind not in WITH_REPORTER or reporter.name or reporter.anonymous, no.NO_REPORTER),
        *persons(said, context),
        *unnamed(said.reporter, facts=said.facts, place=said.place),
    )


def persons(said: ShareTip, context: Context) -> Rows:
    """What holds of those whom a tip is about and who made it, shared or corrected."""
    respondent, reporter = said.respondent, said.reporter
    if respondent != NO_ONE:
        yield listed(context, "respondent_kinds", respondent.kind, no.UNKNOWN_RESPONDENT, also=respondent.name)
    yield not (reporter.anonymous and reporter.name), no.ANONYMOUS_NAMED


def unnamed(reporter: Reporter, **texts: str) -> Rows:
    """No text that others read holds the reporter's name, phone or address, however it is spaced; each by the field it
    stands in."""
    told = [signs for value, least in ((reporter.name, 2), (reporter.phone, 7), (reporter.address, 4))
            if len(signs := _signs(value.value)) >= least]
    for where, text in texts.items():
        yield not any(signs in _signs(text) for signs in told), no.NAMES_REPORTER.at(where)


def _signs(text: str) -> str:
    """The letters and figures of a text alone, full-width ones as the others, in capitals."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).upper()


def _indefinite(command: ShareTip, definite: str, context: Context) -> Rows:
    """No agency is competent beyond doubt: not by the sharer's own word, by the finding's, nor by the 权责清单."""
    own, found = context.viewer.agency, command.found
    named = command.competent or (found.names if found and found.by == own else "")
    if named and not enforces(context, named):
        yield False, absent(context, named, no.UNKNOWN_COMPETENT)
        return
    agency = named or definite
    yield agency != own, no.OWN_CASE.at("competent" if named else "cause")
    yield not agency or agency == own, must_be_transfer(agency, context).at("competent" if named else "cause")


def must_be_transfer(agency: str, context: Context) -> Refusal:
    """Which agency is competent, and where the transfer begins."""
    return no.MUST_BE_TRANSFER.filled(agency=agency, name=context.register.name_of(agency), route=TRANSFERS)


def _doubts(command: ShareTip, context: Context) -> Iterable[Refusal]:
    """What the officer should look at again."""
    own, day = context.viewer.agency, context.happened_on
    if command.reporter:
        yield no.REPORTER_APART
    if any(own in context.register.holders(command.cause, power, day) for power in (PUNISH, SUPERVISE)):
        yield no.OWN_POWER
    yield from long_ago(command.received_on, day, context.rulebook, "received_on", "收到日期")
    if _another_cause(command):
        yield no.OTHER_CAUSE


def _another_cause(command: ShareTip) -> bool:
    """Whether the finding that it hands on was recorded under another cause."""
    return bool(command.found and command.found.cause and command.found.cause != command.cause)


def add_material(tip: Tip, command: AddMaterial, context: Context) -> Outcome[Tip]:
    """A material of the sharer, or of who has the tip now."""
    demand(*unnamed(tip.said.reporter, name=command.name))
    material = next_material(tip.materials, command, context, no.MATERIAL_UNNAMED)
    with_it = replace(tip, materials=(*tip.materials, material))
    return done(with_it, context, {"material": material.number, "kind": command.kind})


def withdraw(tip: Tip, command: WithdrawTip, context: Context) -> Outcome[Tip]:
    demand((command.reason, no.NO_REASON), *unnamed(tip.said.reporter, reason=command.reason),
           *signed(command.officer, command.leader))
    return done(replace(tip, withdrawal=command, withdrawn_on=context.happened_on), context, {})
