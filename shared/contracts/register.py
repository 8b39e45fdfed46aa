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
class Heir:
    """Who takes over what a dissolved agency had: all of these causes, or, without causes, the rest. `agency` empty:
    nobody. `staff`: its people go there."""

    agency: str
    causes: tuple[str, ...] = ()
    staff: bool = False

    def to_dict(self) -> dict[str, Any]:
        return _kept({"agency": self.agency, "causes": list(self.causes), "staff": self.staff})

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> "Heir":
        return Heir(data.get("agency", ""), tuple(data.get("causes", ())), data.get("staff", False))


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency of the register (2, 27(一)). `until` is the last day it existed, or, told beforehand, will exist."""

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
    entrusted_until: date | None = None      # the last day of the term of its 委托书
    heirs: tuple[Heir, ...] = ()     # of one that is dissolved: who continues what (one without causes: the rest)

    def exists_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON data, as events tell an agency; what is empty is left out."""
        data = {
            "code": self.code, "name": self.name, "kind": self.kind, "line": self.line, "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else "", "standing": self.standing,
            "entrusted_by": self.entrusted_by,
            "entrusted_until": self.entrusted_until.isoformat() if self.entrusted_until else "",
            "heirs": [each.to_dict() for each in self.heirs], "short": self.short,
            "legal_basis": list(self.legal_basis),
            "powers": [_kept({"cause": each.cause, "does": each.does, "basis": each.basis, "document": each.document})
                       for each in self.powers],
        }
        return _kept(data)

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> "Agency":
        """The agency of `to_dict`'s data; ignores unknown fields. Raises KeyError or ValueError for anything else."""
        until, entrusted = data.get("until", ""), data.get("entrusted_until", "")
        return Agency(
            data["code"], data["name"], data["kind"], data["line"], date.fromisoformat(data["since"]),
            date.fromisoformat(until) if until else None, data.get("standing", ""), data.get("entrusted_by", ""),
            tuple(Power(power["cause"], power["does"], power.get("basis", ""), power.get("document", ""))
                  for power in data.get("powers", ())),
            data.get("short", ""), tuple(data.get("legal_basis", ())),
            date.fromisoformat(entrusted) if entrusted else None,
            tuple(Heir.from_dict(heir) for heir in data.get("heirs", ())))


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

    def dissolved(self, code: str, day: date) -> Agency | None:
        """The agency of that code, where it has ceased to exist before the day."""
        agency = self.agencies.get(code)
        return agency if agency is not None and agency.until is not None and agency.until < day else None

    def heir(self, code: str, causes: Iterable[str], day: date) -> str:
        """Who has on the day what the agency had about these causes: itself while it exists, else its heir, and that
        one's. Empty: nobody."""
        about, seen = tuple(causes), set[str]()
        while (gone := self.dissolved(code, day)) is not None and code not in seen:
            seen.add(code)
            code = heir_of(gone.heirs, about)
        return "" if code in seen else code

    def heirs_in_words(self, gone: Agency, day: date) -> tuple[str, str]:
        """Who continues what a dissolved agency had, in Chinese and English."""
        codes = dict.fromkeys(self.heir(gone.code, each.causes, day) for each in gone.heirs)
        names = [self.agencies[code].name for code in codes if code in self.agencies]
        if not names:
            return "没有承继机关，由司法行政部门代管", "No agency succeeds it: justice holds what it had."
        several = "按事项分别" if len(names) > 1 else ""
        return f"其职责{several}由{'、'.join(names)}承继", f"Its duties went to {', '.join(names)}."

    def forebears(self, code: str, day: date) -> frozenset[str]:
        """The dissolved agencies of which the agency is the one heir, of one that is itself dissolved theirs too."""
        found: set[str] = set()
        while more := {each.code for each in self.agencies.values()
                       if each.code not in found and self.dissolved(each.code, day)
                       and {heir.agency for heir in each.heirs} & ({code} | found) and len(each.heirs) == 1}:
            found |= more
        return frozenset(found)

    def forebears_in_part(self, code: str, day: date) -> frozenset[str]:
        """The dissolved agencies that were split by matter, of which the agency has some."""
        return frozenset(each.code for each in self.agencies.values() if self.dissolved(each.code, day)
                         and any(self.heir(each.code, heir.causes, day) == code for heir in each.heirs)
                         ) - self.forebears(code, day)

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


def heir_of(heirs: Iterable[Heir], causes: Iterable[str]) -> str:
    """The heir of a matter of these causes: of the first cause that one is named for, else of the rest. Empty: none."""
    named = {cause: heir.agency for heir in heirs for cause in heir.causes}
    rest = next((heir.agency for heir in heirs if not heir.causes), "")
    return next((named[cause] for cause in causes if cause in named), rest)


def register_of(agencies: Iterable[Agency]) -> Register:
    return Register({agency.code: agency for agency in agencies})
