"""第二十七条: who may look at which archive record, and on which terms. Pure.

An agency reads its own. What others hold it reads where it is 直接查阅, and says why; of what is 凭查询提供 it learns that
it is there, who holds it and how to ask. Their words are not searched for it: hits would tell the text, word by word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.sharing.archive.domain import LISTS, OPEN
from shared.acts.codes import AGENCIES, listed_on, of_law
from shared.acts.model import Viewer
from shared.acts.standing import enforces_on
from shared.contracts.personal import ERASED_WORD
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, Register
from shared.kernel.errors import Refusal, Refused, demand
from shared.rulebook.model import Rulebook

LOOKS_NOT = Refusal("LOOKS_NOT", "执法档案由行政执法机关查阅，本机关不是行政执法机关。",
                    "Archive records are looked at by enforcement agencies; yours is none.", "27", 403)
NO_PURPOSE = Refusal("NO_PURPOSE", "查阅其他机关的档案，应当注明查询目的。", "To look at others' records, say what for.", "27",
                     where="purpose")
NO_REASON = Refusal("NO_REASON", "应当写明查询事由。", "Say why.", "个人信息保护法 34", where="reason")
NO_CASE = Refusal("NO_CASE", "为办理案件查阅的，应当写明所办的案件。", "Who looks for a case names it.", "27", where="case")
FOR_A_CASE = "case"               # of record_purposes
NOTHING_ASKED = Refusal("NOTHING_ASKED", "应当给出检索词、当事人或者筛选条件。", "Give words, a respondent or filters.", "internal",
                        where="text")
ON_REQUEST_ONLY = Refusal(
    "ON_REQUEST_ONLY", "该档案由持有机关凭查询提供，请向{holder}提出查询；已经提供的，在该查询中查阅。",
    "Its holder gives it on request: ask {holder} by a query; what was given is read in that query.", "27", 403, "id")
NO_SUCH_RECORD = Refusal("NO_SUCH_RECORD", "没有这一档案。", "No such record.", "internal", 404, "id")


@dataclass(frozen=True, slots=True)
class Look:
    """Why somebody looks."""

    purpose: str = ""                 # of the list record_purposes
    reason: str = ""                  # in words
    case: str = ""                    # the case in hand, as the agency calls it: only for one is a person named


@dataclass(frozen=True)
class Own:
    """Whose records are the viewer's own: its agency's, and what dissolved agencies left it, by matter where they were
    split. `agencies`: those of which some record is its own."""

    viewer: str
    agencies: frozenset[str]
    register: Register
    day: date

    def has(self, row: Mapping[str, Any]) -> bool:
        return row["agency"] in self.agencies and (
            row["agency"] == self.viewer or self.holder(row) == self.viewer)

    def holder(self, row: Mapping[str, Any]) -> str:
        """Who holds it on the day."""
        return holder_of(self.register, row["agency"], row["cause"], self.day)

    def may_read(self, row: Mapping[str, Any]) -> bool:
        """Whether the viewer may read a record's text: its own, or one that is open to all."""
        return row["access"] == OPEN or self.has(row)


def own_of(viewer: Viewer, register: Register, day: date) -> Own:
    """What is the viewer's own on the day."""
    gone = [code for code in register.agencies if register.dissolved(code, day)]
    causes = {"", *(cause for code in gone for heir in register.agencies[code].heirs for cause in heir.causes)}
    left = {code for code in gone for cause in causes if holder_of(register, code, cause, day) == viewer.agency}
    return Own(viewer.agency, frozenset({viewer.agency} | left), register, day)


def wholly_own(own: Own) -> list[str]:
    """The agencies of whose records all are the viewer's own: itself, whom it alone succeeded, whom nobody did where it
    is justice."""
    def whole(code: str) -> bool:
        causes = {"", *(cause for heir in own.register.agencies[code].heirs for cause in heir.causes)}
        return all(holder_of(own.register, code, cause, own.day) == own.viewer for cause in causes)

    return [code for code in sorted(own.agencies) if code == own.viewer or whole(code)]


def partly_own(own: Own) -> list[str]:
    """The agencies of whose records only some are the viewer's own: they were split by matter."""
    return sorted(own.agencies - frozenset(wholly_own(own)))


def holder_of(register: Register, agency: str, cause: str, day: date) -> str:
    """Who holds on the day an agency's records about a cause: itself, its heir, or justice where it has none."""
    heir = register.heir(agency, (cause,), day)
    return heir or min(register.standing_agencies(JUSTICE), default="")


def may_look(viewer: Viewer, register: Register, day: date) -> None:
    """Raises Refused for who is neither an enforcement agency nor one of the two that watch over the sharing."""
    overseer = register.standing(viewer.agency) & {JUSTICE, GOVERNMENT_OFFICE}
    if not (overseer or enforces_on(register.get(viewer.agency), day)):
        raise Refused(LOOKS_NOT)


def says_why(look: Look, rulebook: Rulebook, day: date) -> None:
    """Raises Refused unless purpose and reason are given: nobody browses others' records."""
    demand(listed_on(rulebook, "record_purposes", look.purpose, day, NO_PURPOSE), (look.reason, NO_REASON),
           (look.purpose != FOR_A_CASE or look.case, NO_CASE))


def of_codes(filters: Mapping[str, str], register: Register, rulebook: Rulebook) -> None:
    """Raises Refused (400) for a filter that no record can meet: an agency that never was, a code of no list."""
    for name, value in filters.items():
        if value:
            of_law(f"filters.{name}", value, LISTS.get(name, AGENCIES), register, rulebook)


def masked_name(kind: str, name: str) -> str:
    """A natural person's name as another agency reads it that names no case in hand."""
    return name if kind != "person" or name == ERASED_WORD else "某" * len(name)


def masked(kind: str, number: str) -> str:
    """A natural person's number as another agency reads it: enough to tell two of one name apart."""
    return f"{number[:6]}{'*' * (len(number) - 8)}{number[-2:]}" if kind == "person" and len(number) > 8 else number


def way_to_ask(row: Mapping[str, Any], holder: str) -> dict[str, Any]:
    """What another agency learns of a record that is given on request."""
    return {"id": row["id"], "agency": row["agency"], "holder": holder, "category": row["category"],
            "access": row["access"], "ask": {"act": "query", "path": "/api/sharing/queries", "article": "27"}}
