"""Who acts in a played case, and what is known of it: the ground for the bodies of its acts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Seat:
    """Someone who acts: an agency's code and name, a person in it, and the rank that signs."""

    agency: str
    name: str  # of the agency
    officer: str
    leader: str
    chief: str = ""  # 正职负责人, where the agency has an account for one

    @property
    def second(self) -> dict[str, str]:
        """Another officer beside the 承办人: two act on the scene."""
        licence = f"SD{sum(map(ord, self.agency + self.leader)) % 1_000_000:06d}"
        return {**self.card, "name": self.leader, "licence": licence}

    @property
    def card(self) -> dict[str, str]:
        """The 承办人 as a document names them."""
        return {
            "name": self.officer,
            "licence": f"SD{sum(map(ord, self.agency + self.officer)) % 1_000_000:06d}",
            "phone": f"0631-75{sum(map(ord, self.officer)) % 100_000:05d}",
        }


@dataclass(slots=True)
class Story:
    """What the bodies of one case's acts are made from."""

    sender: Seat
    receiver: Seat
    cause: str
    title: str  # ……案
    respondent: Mapping[str, str]
    facts: str
    provisions: list[str]
    basis: str
    accepted_on: date
    document: str = ""  # 划转文件, where the penalty power was moved
    separated: bool = False
    letter_number: str = ""
    delivered_on: date | None = None
    material: int = 1  # number of the one added last
    filed_number: str = ""
    decision: tuple[str, date] | None = None
    by: Seat | None = None  # who acts now, where the law lets more than one
    lacking: list[str] = field(default_factory=lambda: ["现场检查记录中应当补充两名执法人员签名"])

    @property
    def actor(self) -> Seat:
        """Who acts: the sender unless somebody else is named."""
        return self.by or self.sender


@dataclass(slots=True)
class PlanStory:
    """What the bodies of one plan's acts are made from. `content` and `grounds` stand as they are sent."""

    service: str                        # collab | joint
    lead: Seat
    content: dict[str, Any]
    grounds: list[dict[str, Any]]
    causes: list[str]                   # what the matter is about; of a joint plan, what its decisions are about
    lead_because: str = ""
    by: Seat | None = None              # who acts now, where it is not the lead
    papers: dict[str, int] = field(default_factory=dict)     # act -> the plan's material that it stands on
    scan: str = ""                    # digest of the paper with which the plan is opened
    away: list[str] = field(default_factory=list)            # participants that declined, in order
    former: list[str] = field(default_factory=list)          # participants that an amendment left out
    dispatches: int = 0
    seats: dict[str, Seat] = field(default_factory=dict)     # who acts for the agencies of the plan
    proposed: dict[str, Any] = field(default_factory=dict)   # content of an amendment that is open

    @property
    def actor(self) -> Seat:
        """Who acts: the lead unless somebody else is named."""
        return self.by or self.lead

    @property
    def present(self) -> list[str]:
        """The participants of the plan as it stands that have not declined."""
        return [each["agency"] for each in self.content["participants"] if each["agency"] not in self.away]

    def tasks_of(self, agency: str) -> list[int]:
        """Numbers of the agency's tasks."""
        return [task["number"] for task in self.content["tasks"] if task["agency"] == agency]
