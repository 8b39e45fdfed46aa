"""The register of agencies as every service sees it: who exists, from when, with which powers. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

JUSTICE, GOVERNMENT_OFFICE, DISCIPLINE = "justice", "government_office", "discipline"
SUITE = "suite"                      # the part of what the suite itself does
STANDING = (JUSTICE, GOVERNMENT_OFFICE, DISCIPLINE)
STANDING_TITLES = {JUSTICE: "司法局", GOVERNMENT_OFFICE: "市政府办公室", DISCIPLINE: "纪检监察机关", SUITE: "系统"}

KINDS = {"statutory": "法定行政机关", "authorised": "法律法规授权组织", "entrusted": "受委托组织", "other": "其他机关"}
SUPERVISE, PUNISH = "supervise", "punish"            # 监管, 处罚: what a power lets an agency do
LINES = {"city": "市属", "vertical": "垂直管理", "town": "镇街", "zone": "管委会"}


@dataclass(frozen=True, slots=True)
class Power:
    """One line of the 权责清单: what the agency does about a cause (案由), and on which basis."""

    cause: str                       # coded 案由
    does: str                        # SUPERVISE | PUNISH
    basis: str = ""                  # law and article
    document: str = ""               # 划转文件文号, where the power was moved


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency of the register (2, 27(一)). `until` is the last day it existed."""

    code: str
    name: str
    kind: str
    line: str
    since: date
    until: date | None = None
    standing: str = ""               # justice, government_office, discipline, or none
    entrusted_by: str = ""           # 委托机关 of a 受委托组织
    powers: tuple[Power, ...] = ()
    short: str = ""                  # 机关代字 in document numbers: 荣住建
    legal_basis: tuple[str, ...] = ()

    def exists_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON data, as events tell an agency; what is empty is left out."""
        data = {
            "code": self.code, "name": self.name, "kind": self.kind, "line": self.line, "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else "", "standing": self.standing,
            "entrusted_by": self.entrusted_by, "short": self.short, "legal_basis": list(self.legal_basis),
            "powers": [_kept({"cause": each.cause, "does": each.does, "basis": each.basis, "document": each.document})
                       for each in self.powers],
        }
        return _kept(data)

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> "Agency":
        """The agency of `to_dict`'s data; ignores unknown fields. Raises KeyError or ValueError for anything else."""
        until = data.get("until", "")
        return Agency(
            data["code"], data["name"], data["kind"], data["line"], date.fromisoformat(data["since"]),
            date.fromisoformat(until) if until else None, data.get("standing", ""), data.get("entrusted_by", ""),
            tuple(Power(power["cause"], power["does"], power.get("basis", ""), power.get("document", ""))
                  for power in data.get("powers", ())),
            data.get("short", ""), tuple(data.get("legal_basis", ())))


def _kept(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}


@dataclass(frozen=True, slots=True)
class Register:
    """All agencies by code."""

    agencies: Mapping[str, Agency] = field(default_factory=dict)

    def get(self, code: str) -> Agency | None:
        return self.agencies.get(code)

    def name_of(self, code: str) -> str:
        """The agency's name, for words that a person reads; a code that the register has not stands for itself."""
        agency = self.agencies.get(code)
        return agency.name if agency else code

    def exists(self, code: str, day: date) -> bool:
        agency = self.agencies.get(code)
        return agency is not None and agency.exists_on(day)

    def standing(self, code: str) -> frozenset[str]:
        """The parts an agency has in every case: justice, government_office, discipline."""
        agency = self.agencies.get(code)
        return frozenset({agency.standing}) if agency is not None and agency.standing else frozenset()

    def standing_agencies(self, *parts: str) -> frozenset[str]:
        """The codes of the agencies that hold any of the standing `parts`."""
        return frozenset(agency.code for agency in self.agencies.values() if agency.standing in parts)

    def with_power(self, cause: str, does: str, day: date) -> tuple[Agency, ...]:
        """Who has the power on the day, by code: the proposal for a receiver."""
        return tuple(agency for code, agency in sorted(self.agencies.items()) if agency.exists_on(day)
                     and any(power.cause == cause and power.does == does for power in agency.powers))

    def holders(self, cause: str, does: str, day: date) -> frozenset[str]:
        """The codes of who has the power on the day."""
        return frozenset(agency.code for agency in self.with_power(cause, does, day))


def register_of(agencies: Iterable[Agency]) -> Register:
    return Register({agency.code: agency for agency in agencies})
