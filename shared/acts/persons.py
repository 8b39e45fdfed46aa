"""The people that an act names in every chapter: who handles it, and whom the case is about. Pure."""

from dataclasses import dataclass

from shared.contracts.personal import Personal

NOTHING = Personal("")


@dataclass(frozen=True, slots=True)
class Officer:
    """承办人: who in the acting agency answers questions about the document."""

    name: str
    licence: str                        # 执法证号
    phone: str

    def __bool__(self) -> bool:
        return bool(self.name and self.licence and self.phone)


def enough(officers: tuple[Officer, ...], least: int) -> bool:
    """Whether there are at least so many, each named whole. One named twice is one: the 执法证号 tells."""
    licences = {"".join(officer.licence.split()).upper() for officer in officers}
    return all(officers) and len(licences) >= least


@dataclass(frozen=True, slots=True)
class Respondent:
    """当事人. A person or an organisation; the number is an identity number or a 统一社会信用代码, if known."""

    kind: str                           # person | organisation | household
    name: Personal
    number: Personal = NOTHING
    address: Personal = NOTHING
    phone: Personal = NOTHING
    head: Personal = NOTHING       # 法定代表人 or 负责人 of an organisation
