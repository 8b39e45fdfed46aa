"""保全（个人信息保护法第四十七条） as its situations play it."""

from datetime import date, timedelta

from services.sharing.personal_data import holds
from services.sharing.personal_data.schemas import HOLDS as SCHEMAS
from shared.acts import heirs, succession
from shared.acts.model import Act
from shared.acts.succession import Succeed
from shared.contracts.register import Heir
from tests.situations.book import Book, Step
from tests.situations.sharing.holds.builders import BUILDERS, PATHS


def actor(act: Act, case: holds.Hold | None) -> str:
    """Justice places one; its keeper does the rest; who is to succeed justice itself names."""
    return case.keeper if case and act.name != "assign-successor" else "sfj"


def succeed(case: holds.Hold | None, day: date, said: Step) -> Succeed:
    """The keeper, or the former the situation names, ended the day before; `heir` as it says, else nobody's."""
    heirs = (Heir(said["heir"]),) if "heir" in said else ()
    return Succeed(said.get("former", case.keeper if case else ""), day - timedelta(days=1), "荣编办发〔2025〕3号", heirs)


HOLDS = Book(
    chapter=holds.CHAPTER,
    schemas=SCHEMAS,
    builders=BUILDERS,
    paths=PATHS,
    refusals=(*holds.REFUSALS, succession.NO_SUCCESSOR, succession.NOTHING_LEFT),
    warnings=heirs.WARNINGS,
    modules=(holds, succession),
    actor=actor,
    by_suite={"succeed": succeed},
    impossible={("assign-successor", code): "the form takes no empty text for it"
                for code in ("NO_SUCCESSION_DOCUMENT", "NO_SUCCESSION_REASON")},
    views={"理由": lambda hold: hold.placed.reason, "续行": lambda hold: [each.reason for each in hold.confirmed],
           "解除": lambda hold: hold.lifted.reason if hold.lifted else ""},
    among=True,
)
