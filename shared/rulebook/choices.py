"""The settings: what a city chose where the text is open or the rule is its own, and which this release reads. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shared.kernel.errors import Refusal
from shared.rulebook.sources import Source

# Each that the code reads, none besides; a test compares them. A value that it would have if the file were silent is
# written nowhere, for the file is never silent, save in LATER.
NEEDED = frozenset({
    "agenda_clocks", "agreeing_takes_decline_back", "attempts_at_agreement", "bounced_after_refusals",
    "campaign_recorded_by", "catalogue_stale_days", "closing_report_may_follow", "criminal_team_officers",
    "directly_concerned_people", "dual_report_to", "enforcement_documents", "entrustment_succeeds", "filed_as_files",
    "furthest_days", "idempotency_days", "long_ago_days", "measure_before_days", "minor_amendments", "notice_by_phone",
    "number_jump", "officers_on_site", "officers_per_measure", "opening_needs_basis", "phone_call_is_notice",
    "police_agencies", "preliminary_evidence", "presents_under_9_1", "presumed_reception", "record_access",
    "refusal_on_secrecy_law", "refusal_on_unlisted_law", "ruling_binds_competence", "scorecard_least_cases",
    "sla_target_percent", "supervision_answer_days", "supervision_by_leader", "supervision_closes_owed",
    "supervision_ladder", "supplement_rounds", "tip_sole_power", "tip_unclaimed_days",
})
# Those that came when cities had stored their rulebooks: what they are in a text that does not know them.
LATER: Mapping[str, Any] = {"furthest_days": 366, "long_ago_days": 366}
LADDER, DAYS = "supervision_ladder", "supervision_answer_days"      # each step of the one has its days in the other

NO_RULEBOOK_THEN = Refusal("NO_RULEBOOK_THEN", "该日没有施行中的规则数据，无从确定所适用的规则。",
                           "No rulebook was in force on that day: nothing says which rule applies.", "internal", 409)


class UnknownSetting(LookupError):
    """A version of the rulebook says nothing of a setting that this release reads."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting: the choice made where the text is open or the rule is the city's own, and what else it could be."""

    id: str
    value: Any
    says: str
    source: Source
    options: tuple[str, ...] = ()     # none: a number or a free value
    question: str = ""                # its entry in docs/questions-for-justice.md
    awaits: str = ""                  # what will read it, where nothing does yet

    @property
    def written(self) -> str:
        """The value as it stands in the file, for comparing with an option."""
        return str(self.value).lower() if isinstance(self.value, bool) else str(self.value)


def lacking(settings: Mapping[str, Any]) -> Iterator[str]:
    """What this release reads and the settings do not say, by name; of a step of the ladder its days."""
    yield from sorted(NEEDED - settings.keys())
    days, ladder = settings.get(DAYS, {}), settings.get(LADDER, ())
    if isinstance(days, Mapping) and isinstance(ladder, (tuple, list)):
        yield from (f"{DAYS}: {kind}" for kind in ladder if kind not in days and DAYS in settings)
