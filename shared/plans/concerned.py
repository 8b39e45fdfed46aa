"""一企一档: which respondents a plan names, as keyed digests by which other services find it; what its events tell of them.

They are told as soon as anyone but the lead may know of the plan: by the consultation, else by the submission. Then
each event tells what came and what is named no more.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from shared.acts import whom
from shared.crypto.vault import Vault
from shared.plans.plan import Plan
from shared.plans.states import PRIVATE

ORGANISATION = "organisation"         # of the rulebook's respondent_kinds
KEYS, GONE = "respondent_keys", "respondent_keys_gone"


def news(before: Plan | None, after: Plan, vault: Vault) -> Mapping[str, Any]:
    """The digests of the names and numbers that an act brought, and of those that it took away: by each key of the
    ring, for they were told by the key of their day. Nothing where neither is the case."""
    had, has = _named(before), _named(after)
    came = sorted(whom.respondent_key(value, vault) for value in has - had)
    gone = sorted(key for value in had - has for key in whom.respondent_keys(value, vault))
    return {name: keys for name, keys in ((KEYS, came), (GONE, gone)) if keys}


def _named(plan: Plan | None) -> frozenset[str]:
    """What others than the lead may know of it."""
    if plan is None or (plan.state in PRIVATE and not plan.consultations):
        return frozenset()
    return frozenset(filter(None, map(whom.bare, _values(plan))))


def _values(plan: Plan) -> Iterator[str]:
    """Organisations of every version and of every decision; of a finding who is written there, whose kind it does not
    say."""
    versions = (each for version in plan.versions for each in version.content.respondents)
    decisions = (each.said.respondent for each in plan.decisions)
    for each in (*versions, *decisions):
        if each.kind == ORGANISATION:
            yield from (each.name.value, each.number.value)
    yield from (each.said.respondent.value for each in plan.findings)
