"""第三条、第二十七条第一项 行政执法机关名录 as its situations play it."""

from datetime import date

from services.sharing import agencies, dissolving
from services.sharing.agencies import Registration
from services.sharing.dissolving import TakeEffect, TakeStanding
from services.sharing.domain import AGENCIES as CHAPTER
from services.sharing.schemas import SCHEMAS
from shared.acts.model import Act
from shared.errors import Refusal
from tests.situations.book import Book, Step
from tests.situations.sharing.agencies.builders import BUILDERS, PATHS


def actor(_: Act, __: Registration | None) -> str:
    """Justice keeps the register."""
    return "sfj"


def takes_effect(_: Registration | None, __: date, ___: Step) -> TakeEffect:
    return TakeEffect()


def takes_standing(_: Registration | None, __: date, said: Step) -> TakeStanding:
    return TakeStanding(said.get("standing", "justice"), "sfj", "荣政发〔2025〕11号")


FORM = "the form takes nothing else"
BY_FORM = ("NO_DOCUMENT", "BAD_KIND", "BAD_LINE", "BAD_STANDING", "BAD_POWER", "BAD_AGENCY_CODE", "EMPTY_SHARE",
           "NO_REVOCATION_REASON")
OF_REGISTER: tuple[Refusal, ...] = tuple(
    each for each in vars(agencies).values()
    if isinstance(each, Refusal) and each.status != 200)      # warnings apart
IMPOSSIBLE = {
    **{(act, code): FORM for act in ("register", "change") for code in BY_FORM[:5]},
    ("register", "BAD_AGENCY_CODE"): FORM,
    ("dissolve", "NO_DOCUMENT"): FORM, ("dissolve", "EMPTY_SHARE"): FORM,
    ("revoke-dissolution", "NO_DOCUMENT"): FORM, ("revoke-dissolution", "NO_REVOCATION_REASON"): FORM,
    ("dissolve", "ENTRUSTED_LEFT"): "the city of the situations entrusts nobody; tests/sharing shows it",
}
AGENCIES = Book(
    chapter=CHAPTER,
    schemas=SCHEMAS["agencies"],
    builders=BUILDERS,
    paths=PATHS,
    refusals=tuple(each for each in (*OF_REGISTER, *dissolving.REFUSALS) if each.code not in BY_FORM),
    warnings=(agencies.SUPERIOR_MISSING,),
    modules=(agencies, dissolving),
    actor=actor,
    by_suite={"take-effect": takes_effect, "take-standing": takes_standing},
    impossible=IMPOSSIBLE,
    views={"名称": lambda case: case.agency.name, "最后存续日期": lambda case: case.agency.until,
           "职能": lambda case: case.agency.standing},
    among=True,
)
