"""第二十八条 案源共享: 更正, row by row: what of each act its author may correct, and where the tip keeps it. Pure.

Never whose it is, nor its cause, which decides that. A tip is no outward document: none of it is corrected by a 更正函.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from services.sharing.tips.commands import Reporter, ShareTip
from services.sharing.tips.domain.case import CANDIDATE, CLAIMER, Claim, Tip, done
from services.sharing.tips.domain.sharing import persons, unnamed
from services.sharing.tips.refusals import NAMES_REPORTER
from shared.acts.correct import Correct, facts_of, kept
from shared.acts.corrections import Correctable, Correction, Original, rightly
from shared.acts.model import Context, Outcome, Party
from shared.acts.places import fields_of, in_case, in_material
from shared.kernel.errors import Rows, demand


def correct(tip: Tip, command: Correct, context: Context) -> Outcome[Tip]:
    """更正: old, new and why. What is right names the reporter no more than what was wrong might have."""
    said, original = command.said, command.said.original
    assert original is not None
    after, righted = rightly(tip, said, ROWS.get(original.act), context)
    demand(*persons(after.said, context), *_unnamed(tip.said.reporter, after.said, said))
    corrected = replace(after, corrections=(*tip.corrections, kept(command, context)))
    return replace(done(corrected, context, facts_of(command, righted)), righted=righted)


def _unnamed(before: Reporter, after: ShareTip, said: Correction) -> Rows:
    """Neither the reason nor what is right names the reporter, as it was or is; of a reporter that is corrected,
    neither facts nor place. What is wrong is told once of each field."""
    reasons = dict.fromkeys((before, after.reporter))
    yield all(holds for each in reasons for holds, _ in unnamed(each, reason=said.reason)), NAMES_REPORTER.at("reason")
    texts = (after.facts, after.place) if said.field.startswith("reporter.") else (said.new.value,)
    yield all(holds for text in texts for holds, _ in unnamed(after.reporter, new=text)), NAMES_REPORTER.at("new")


def wrote(tip: Tip, context: Context) -> bool:
    """Whether the agency has passed the tip on: what it said in it, it still corrects."""
    return any(claim.passed_on and claim.agency == context.viewer.agency for claim in tip.claims)


# Places: an act that gave or took a part shifts it with its day

def _sharing(tip: Tip, original: Original, command: ShareTip, on: date) -> Tip | None:
    """Of the first that were offered it, since it was shared."""
    right = replace(command, found=None)
    if tip.said != replace(original.command, found=None):
        return None
    first = 1 + len(_first_offered(tip))
    parties = tuple(replace(party, since=on) if at < first and party.since == original.on else party
                    for at, party in enumerate(tip.parties))
    return replace(tip, said=right, parties=parties, shared_on=tip.shared_on if tip.claims else on)


def _first_offered(tip: Tip) -> tuple[Party, ...]:
    claims = [at for at, party in enumerate(tip.parties) if party.part == CLAIMER]
    return tip.parties[1:claims[0]] if claims else tip.parties[1:]


def _claimed(part: str) -> Any:
    """The claim under which an agency has it now, as it came by it."""
    def put(tip: Tip, original: Original, command: Any, on: date) -> Tip | None:
        claim = tip.claim
        if claim is None or claim.held_by or getattr(claim, part) != original.command:
            return None
        changed: dict[str, Any] = {part: command, "on": on}
        parties = tuple(replace(party, since=on) if party.part == CLAIMER and party.until is None else party
                        for party in _until(tip.parties, CANDIDATE, claim.on, on))
        return replace(tip.with_claim(replace(claim, **changed)), parties=parties)
    return put


def _passed_on(tip: Tip, original: Original, command: Any, on: date) -> Tip | None:
    """The claim that was passed on last, while nobody has it."""
    last: Claim | None = tip.claims[-1] if tip.claims else None
    if last is None or last.passed_on != original.command or last.passed_on_on is None:
        return None
    at = max(number for number, party in enumerate(tip.parties) if party.part == CLAIMER)
    had, offered = tip.parties[: at + 1], tip.parties[at + 1:]
    parties = (*_until(had, CLAIMER, last.passed_on_on, on),
               *(replace(party, since=on) if party.since == last.passed_on_on else party for party in offered))
    return replace(tip.with_claim(replace(last, passed_on=command, passed_on_on=on)), parties=parties, shared_on=on)


def _until(parties: Any, part: str, was: date, on: date) -> tuple[Party, ...]:
    """The parties whose part ended by an act of the day `was`, which was truly of `on`."""
    eve, was_eve = on - timedelta(days=1), was - timedelta(days=1)
    return tuple(replace(party, until=eve) if party.part == part and party.until == was_eve else party
                 for party in parties)


_OFFICER = ("officer.name", "officer.licence", "officer.phone")
_SIGNED = (*_OFFICER, "leader")
_PERSONS = tuple(f"respondent.{name}" for name in ("name", "number", "address", "phone", "head"))
_REPORTER = tuple(f"reporter.{name}" for name in ("name", "phone", "address"))
CORRECTABLE = (
    Correctable("share", fields_of("place", "facts", "received_on", *_PERSONS, *_REPORTER, *_OFFICER,
                                   channel="tip_channels"), _sharing),
    Correctable("add-material", fields_of("name", "copies", "pages", "original", kind="material_kinds"), in_material),
    Correctable("claim", fields_of("says", *_OFFICER), _claimed("claimed")),
    Correctable("pass-on", fields_of("reason", "legal_ground", *_OFFICER), _passed_on),
    Correctable("assign", fields_of("reason", *_SIGNED), _claimed("assigned")),
    Correctable("return-result", fields_of("says", "number", *_SIGNED), in_case("result", "resulted_on")),
    Correctable("withdraw", fields_of("reason", *_SIGNED), in_case("withdrawal", "withdrawn_on")),
)
ROWS: Mapping[str, Correctable] = {row.act: row for row in CORRECTABLE}
