"""Who acts in a played case, and what is known of it: the ground for the bodies of its acts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Seat:
    """Someone who acts: an agency's code and name, a person in it, and the rank that signs."""

    agency: str
    name: str  # of the agency
    officer: str
    leader: str
    chief: str = ""  # 正职负责人, where the agency has an account for one

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
    filed_number: str = ""
    decision: tuple[str, date] | None = None
    by: Seat | None = None  # who acts now, where the law lets more than one
    lacking: list[str] = field(default_factory=lambda: ["现场检查记录中应当补充两名执法人员签名"])

    @property
    def actor(self) -> Seat:
        """Who acts: the sender unless somebody else is named."""
        return self.by or self.sender
