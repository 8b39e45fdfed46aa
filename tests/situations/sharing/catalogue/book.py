"""第二十六条 信息资源目录 as its situations play it."""

from datetime import date, timedelta

from services.sharing.catalogue import domain
from services.sharing.catalogue.schemas import CATALOGUE as SCHEMAS
from shared.acts import heirs, succession
from shared.acts.model import Act
from shared.acts.succession import ASSIGN, Succeed
from shared.contracts.register import Heir
from tests.situations.book import Book, Step
from tests.situations.sharing.catalogue.builders import BUILDERS, PATHS


def actor(act: Act, case: domain.Entry | None) -> str:
    """Its publisher; of what a dissolved one left to nobody, justice."""
    if case is None:
        return "zjj"
    return "sfj" if act.name == ASSIGN else case.agency


def succeed(case: domain.Entry | None, day: date, said: Step) -> Succeed:
    """The publisher, or the former the situation names, ended the day before; `heir` as it says, else nobody's."""
    heirs = (Heir(said["heir"]),) if "heir" in said else ()
    return Succeed(said.get("former", case.agency if case else ""), day - timedelta(days=1), "荣编办发〔2025〕3号", heirs)


CATALOGUE = Book(
    chapter=domain.CHAPTER,
    schemas=SCHEMAS,
    builders=BUILDERS,
    paths=PATHS,
    refusals=(*domain.REFUSALS, succession.NO_SUCCESSOR, succession.NOTHING_LEFT),
    warnings=heirs.WARNINGS,
    modules=(domain, succession),
    actor=actor,
    by_suite={"succeed": succeed},
    impossible={(ASSIGN, code): "the form takes no empty text for it"
                for code in ("NO_SUCCESSION_DOCUMENT", "NO_SUCCESSION_REASON")},
    views={"版本": lambda entry: [[each.number, each.agency, each.content.rhythm, each.on] for each in entry.versions],
           "数据截止日期": lambda entry: entry.data_on, "公布机关": lambda entry: entry.agency},
    among=True,
)
