"""第三条、第二十七条第一项 行政执法机关名录 as its situations play it."""

from datetime import date, timedelta

from services.sharing.domain import AGENCIES as CHAPTER
from services.sharing.register import agencies, dissolution, entrustments, successors
from services.sharing.register import powers as empowering
from services.sharing.register.agencies import Registration
from services.sharing.register.dissolution import TakeEffect, TakeStanding
from services.sharing.register.entrustments import PassEntrustment
from services.sharing.register.powers import TakePowers
from services.sharing.schemas import SCHEMAS
from shared.acts import heirs
from shared.acts.model import Act
from shared.contracts.register import Power
from shared.kernel.errors import Refusal
from tests.situations.book import Book, Step
from tests.situations.sharing.agencies.builders import BUILDERS, PATHS


def actor(_: Act, __: Registration | None) -> str:
    """Justice keeps the register."""
    return "sfj"


def takes_effect(_: Registration | None, __: date, ___: Step) -> TakeEffect:
    return TakeEffect()


def takes_standing(_: Registration | None, __: date, said: Step) -> TakeStanding:
    return TakeStanding(said.get("standing", "justice"), "sfj", "荣政发〔2025〕11号")


def takes_powers(_: Registration | None, __: date, said: Step) -> TakePowers:
    """Of the 住建局, which has ended."""
    powers = tuple(Power(*each) for each in said.get("powers", [["gas_safety", "punish", "燃气管理条例 47"]]))
    return TakePowers("zjj", powers, "荣政发〔2025〕11号")


def passes_entrustment(_: Registration | None, day: date, said: Step) -> PassEntrustment:
    """The 住建局 ended on the eve, and who is named goes on in its place, or nobody."""
    return PassEntrustment(said.get("former", "zjj"), said.get("heir", ""), day - timedelta(days=1), "荣政发〔2025〕11号")


FORM = "the form takes nothing else"
BY_FORM = ("NO_DOCUMENT", "BAD_KIND", "BAD_LINE", "BAD_STANDING", "BAD_POWER", "BAD_AGENCY_CODE", "EMPTY_SHARE",
           "NO_REVOCATION_REASON", "NO_HEIR_REASON")
OF_REGISTER: tuple[Refusal, ...] = tuple(
    each for each in vars(agencies).values()
    if isinstance(each, Refusal) and each.status != 200)      # warnings apart
IMPOSSIBLE = {
    **{(act, code): FORM for act in ("register", "change") for code in BY_FORM[:5]},
    ("register", "BAD_AGENCY_CODE"): FORM,
    ("dissolve", "NO_DOCUMENT"): FORM, ("dissolve", "EMPTY_SHARE"): FORM,
    ("name-heir", "POWERS_LEFT"): "the heir exists on the day and takes all that is left",
    ("name-heir", "NO_DOCUMENT"): FORM, ("name-heir", "NO_HEIR_REASON"): FORM,
    ("revoke-dissolution", "NO_DOCUMENT"): FORM, ("revoke-dissolution", "NO_REVOCATION_REASON"): FORM,
    **{("dissolve", code): "the city of the situations entrusts nobody; tests/sharing shows it"
       for code in ("ENTRUSTED_LEFT", "ENTRUSTED_PASS")},
}
AGENCIES = Book(
    chapter=CHAPTER,
    schemas=SCHEMAS["agencies"],
    builders=BUILDERS,
    paths=PATHS,
    refusals=tuple(each for each in (*OF_REGISTER, *dissolution.REFUSALS, *entrustments.REFUSALS,
                                           *successors.REFUSALS)
                   if each.code not in BY_FORM),
    warnings=(agencies.SUPERIOR_MISSING, dissolution.ENTERED_LATE, *empowering.WARNINGS, *successors.WARNINGS,
              heirs.UNLIKE),
    modules=(agencies, dissolution, empowering, entrustments, successors),
    actor=actor,
    by_suite={"take-effect": takes_effect, "take-standing": takes_standing, "take-powers": takes_powers,
              "pass-entrustment": passes_entrustment},
    impossible=IMPOSSIBLE,
    views={"名称": lambda case: case.agency.name, "最后存续日期": lambda case: case.agency.until,
           "职能": lambda case: case.agency.standing,
           "权责": lambda case: [f"{each.cause}/{each.does}" for each in case.agency.powers],
           "委托机关": lambda case: case.agency.entrusted_by,
           "委托期限": lambda case: case.agency.entrusted_until},
    among=True,
)
