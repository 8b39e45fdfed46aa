"""The register, rulebooks, calendars and bases: who may, what is refused, what is told. Pure."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.sharing import domain
from services.sharing.domain import (
    AGENCIES,
    BASES,
    CALENDARS,
    RULEBOOKS,
    LoadCalendar,
    PublishRulebook,
    SetBasis,
)
from services.sharing.register import agencies
from services.sharing.register.agencies import ChangeAgency, Entrustment, Profile, RegisterAgency, Registration
from services.sharing.register.dissolution import Dissolve, RevokeDissolution
from services.sharing.register.successors import NameHeir
from shared.acts.doing import perform
from shared.acts.model import THE_SUITE, Act, Chapter, Context, Outcome, Rank, Viewer
from shared.calendar.model import YearFile
from shared.contracts.register import SUITE, Agency, Power, register_of
from shared.kernel.errors import Refused
from shared.rulebook.model import Rulebook

DAY = date(2025, 9, 29)
NOW = datetime(2025, 9, 29, 1, tzinfo=UTC)
SINCE = date(2021, 2, 18)
JUSTICE = Agency("sifa", "司法局", "statutory", "city", SINCE, standing="justice", short="荣司")
OFFICE = Agency("zhengfuban", "政府办", "other", "city", SINCE, standing="government_office")
HOUSING = Agency("zhujian", "住建局", "statutory", "city", SINCE, short="荣住建")
CLOSED = Agency("old", "旧局", "statutory", "city", SINCE, date(2024, 1, 1), short="荣旧")
NEW = Agency("zonghe", "综合行政执法局", "statutory", "city", SINCE, short="荣综执",
             powers=(Power("illegal_building", "punish", "城乡规划法 64", "鲁政字〔2019〕1号"),))
CODES = {"causes": {"illegal_building": "违法建设"}, "basis_kinds": {"extension": "延期文件"}}
COMMON = (AGENCIES, RULEBOOKS, CALENDARS, BASES)       # what every service must know alike
LEADER = Viewer("sifa", Rank.LEADER)


def context(viewer: Viewer = LEADER, *more: Agency, rulebook: Rulebook | None = None) -> Context:
    register = register_of((JUSTICE, OFFICE, HOUSING, CLOSED, *more))
    book = Rulebook(id="rongcheng-2021", version="sha256:1", codes=CODES) if rulebook is None else rulebook
    return Context(NOW, DAY, NOW, book, register, viewer)


def do(chapter: Chapter, act: str, command: Any, at: Context, case: Any = None) -> Outcome[Any]:
    return perform(chapter.act(act), case, command, at, chapter.states)


def refused(chapter: Chapter, act: str, command: Any, at: Context, case: Any = None) -> list[tuple[int, str]]:
    with pytest.raises(Refused) as caught:
        do(chapter, act, command, at, case)
    return [(refusal.status, refusal.code) for refusal in caught.value.refusals]


def dissolving(agency: Agency = NEW) -> Registration:
    """One that is to end tomorrow, and goes to the housing bureau."""
    command = Dissolve("荣政发〔2025〕11号", date(2025, 9, 30), "zhujian")
    case: Registration = do(AGENCIES, "dissolve", command, context(LEADER, agency), registered(agency)).case
    return case


def by_people(chapter: Chapter) -> tuple[Act, ...]:
    return tuple(act for act in chapter.acts if act.by != frozenset({SUITE}))


def register(
    agency: Agency = NEW, profile: Profile = Profile(), document: str = "荣政发〔2025〕9号",  # noqa: B008
) -> RegisterAgency:
    return RegisterAgency(agency, document, profile)


def registered(agency: Agency = NEW) -> Registration:
    case: Registration = do(AGENCIES, "register", register(agency), context()).case
    return case


def test_justice_registers_an_agency_and_everyone_and_the_new_one_are_told_of_it_whole() -> None:
    outcome = do(AGENCIES, "register", register(), context())
    assert (outcome.event, outcome.state) == ("agency_registered", "in_register")
    assert outcome.facts == {"registered": NEW.to_dict(), "document": "荣政发〔2025〕9号", "entrustment": []}
    assert domain.told(None, outcome.case, outcome.event, context()) == {"sifa", "zhengfuban", "zhujian", "zonghe"}


def test_the_names_of_the_heads_are_in_no_event() -> None:
    profile = Profile(legal_head="张三", enforcement_head="李四")
    outcome = do(AGENCIES, "register", register(profile=profile), context())
    assert outcome.case.profile == profile
    assert "张三" not in str(outcome.facts)


@pytest.mark.parametrize(("agency", "code"), [
    (replace(NEW, code="Zonghe"), "BAD_AGENCY_CODE"), (replace(NEW, code="a.b"), "BAD_AGENCY_CODE"),
    (replace(NEW, code="a-"), "BAD_AGENCY_CODE"), (replace(NEW, code=""), "BAD_AGENCY_CODE"),
    (replace(NEW, code="zhujian"), "AGENCY_EXISTS"), (replace(NEW, code="old"), "AGENCY_EXISTS"),
    (replace(NEW, name="住建局"), "NAME_TAKEN"), (replace(NEW, short="荣住建"), "SHORT_TAKEN"),
    (replace(NEW, standing="justice"), "STANDING_TAKEN"), (replace(NEW, standing="king"), "BAD_STANDING"),
    (replace(NEW, kind="club"), "BAD_KIND"), (replace(NEW, line="moon"), "BAD_LINE"),
    (replace(NEW, entrusted_by="zhujian"), "NOT_ENTRUSTED_KIND"),
    (replace(NEW, powers=(Power("witchcraft", "punish"),)), "UNKNOWN_CAUSE"),
    (replace(NEW, powers=(Power("illegal_building", "forgive"),)), "BAD_POWER"),
])
def test_an_agency_that_makes_no_sense_is_refused(agency: Agency, code: str) -> None:
    assert [found for _, found in refused(AGENCIES, "register", register(agency), context())] == [code]


def test_neither_code_nor_name_nor_sign_of_a_closed_agency_is_taken_again() -> None:
    """Its document numbers and its history bear them."""
    assert refused(AGENCIES, "register", register(replace(NEW, name="旧局", short="荣旧")), context()) == [
        (422, "NAME_TAKEN"), (422, "SHORT_TAKEN")]
    change = ChangeAgency("文", name="旧局", short="荣旧")
    assert refused(AGENCIES, "change", change, context(LEADER, NEW), registered()) == [
        (422, "NAME_TAKEN"), (422, "SHORT_TAKEN")]


def test_all_that_lacks_is_told_at_once() -> None:
    agency = replace(NEW, kind="entrusted", name="住建局", short="荣住建")
    assert [code for _, code in refused(AGENCIES, "register", register(agency, document=""), context())] == [
        "NO_DOCUMENT", "NO_PRINCIPAL", "NO_ENTRUSTMENT", "NAME_TAKEN", "SHORT_TAKEN"]


def test_an_entrusted_body_has_a_principal_and_a_letter_of_entrustment() -> None:
    agency = replace(NEW, kind="entrusted", entrusted_by="zhujian", powers=())
    entrusted = Profile(Entrustment("委〔2025〕1号", date(2027, 12, 31)))
    do(AGENCIES, "register", register(agency, entrusted), context())
    ended = replace(agency, entrusted_by="old")
    assert refused(AGENCIES, "register", register(ended, entrusted), context()) == [(422, "NO_PRINCIPAL")]


def test_before_a_rulebook_is_published_causes_are_not_checked() -> None:
    do(AGENCIES, "register", register(), context(rulebook=Rulebook()))


def test_a_change_tells_the_agency_whole_and_keeps_what_is_not_named() -> None:
    outcome = do(AGENCIES, "change", ChangeAgency("荣政发〔2025〕10号", name="综合执法局"), context(LEADER, NEW), registered())
    changed = replace(NEW, name="综合执法局")
    assert outcome.case.agency == changed
    assert outcome.facts == {"registered": changed.to_dict(), "document": "荣政发〔2025〕10号"}
    assert outcome.case.documents == ("荣政发〔2025〕9号", "荣政发〔2025〕10号")


@pytest.mark.parametrize(("command", "code"), [
    (ChangeAgency("文", name="综合行政执法局"), "NOTHING_CHANGED"), (ChangeAgency("文", name="住建局"), "NAME_TAKEN"),
    (ChangeAgency("", name="新"), "NO_DOCUMENT"), (ChangeAgency("文", standing="justice"), "STANDING_TAKEN"),
])
def test_a_change_that_makes_no_sense_is_refused(command: ChangeAgency, code: str) -> None:
    assert refused(AGENCIES, "change", command, context(LEADER, NEW), registered())[0][1] == code


def test_an_agency_does_not_stand_in_its_own_way() -> None:
    change = ChangeAgency("文", legal_basis=("建筑法",), name="综合行政执法局", short="荣综执")
    assert do(AGENCIES, "change", change, context(LEADER, NEW), registered()).case.agency.legal_basis == ("建筑法",)


def test_a_rulebook_is_published_with_its_text() -> None:
    command = PublishRulebook("text", "sha256:2", "rongcheng-2026", "新办法", date(2026, 2, 18), date(2031, 2, 17))
    outcome = do(RULEBOOKS, "publish", command, context())
    assert outcome.facts["text"] == "text"
    assert (outcome.case.rulebook, outcome.case.version) == ("rongcheng-2026", "sha256:2")


def test_the_current_version_is_not_published_again() -> None:
    assert refused(RULEBOOKS, "publish", PublishRulebook("text", "sha256:1"), context()) == [(409, "ALREADY_CURRENT")]


YEAR = YearFile(2025, {date(2025, 10, 1): "国庆节"}, {}, "国办发明电〔2024〕12号")
LONE_SUNDAY = replace(YEAR, off={**YEAR.off, date(2025, 9, 28): "中秋节"})


def test_a_year_is_loaded_with_its_days() -> None:
    outcome = do(CALENDARS, "load", LoadCalendar(YEAR), context(Viewer("zhengfuban", Rank.OFFICER)))
    assert YearFile.from_dict(outcome.facts["file"]) == YEAR
    assert [warning.code for warning in outcome.warnings] == ["BAD_YEAR"], "the statutory days do not add up"


def test_a_year_that_makes_no_sense_is_refused_to_a_person_and_warned_of_to_the_suite() -> None:
    assert refused(CALENDARS, "load", LoadCalendar(LONE_SUNDAY), context()) == [(422, "BAD_YEAR")]
    assert len(do(CALENDARS, "load", LoadCalendar(LONE_SUNDAY), context(THE_SUITE)).warnings) == 2


def test_nothing_is_no_calendar() -> None:
    assert refused(CALENDARS, "load", LoadCalendar(), context()) == [(422, "NOTHING_TO_LOAD")]


BASIS = SetBasis("荣政发〔2026〕1号", "延期通知", "extension", date(2026, 2, 18), date(2027, 2, 17))


def test_a_basis_is_set_for_the_current_rulebook() -> None:
    outcome = do(BASES, "set", BASIS, context())
    assert outcome.facts["rulebook"] == "rongcheng-2021"
    assert outcome.facts["basis"]["document"] == "荣政发〔2026〕1号"


@pytest.mark.parametrize(("command", "code"), [
    (replace(BASIS, document=""), "NO_DOCUMENT"), (replace(BASIS, title=""), "NO_TITLE"),
    (replace(BASIS, kind="wish"), "BAD_BASIS_KIND"), (replace(BASIS, until=date(2026, 2, 17)), "ENDS_EARLY"),
])
def test_a_basis_that_makes_no_sense_is_refused(command: SetBasis, code: str) -> None:
    assert refused(BASES, "set", command, context()) == [(422, code)]


def test_there_is_no_basis_for_no_rulebook() -> None:
    assert refused(BASES, "set", BASIS, context(rulebook=Rulebook()))[0] == (409, "NO_RULEBOOK")


LAST = date(2025, 9, 30)
OF_A_CASE = {"change": registered, "dissolve": registered, "revoke-dissolution": dissolving,
             "name-heir": lambda: registered().moved("dissolved")}
COMMANDS = {"register": register(), "change": ChangeAgency("文", name="新"), "publish": PublishRulebook("t", "sha256:2"),
            "load": LoadCalendar(YEAR), "set": BASIS, "dissolve": Dissolve("文", LAST, "zhujian"),
            "revoke-dissolution": RevokeDissolution("文", "机构改革方案调整"),
            "name-heir": NameHeir("zhujian", "文", "职责划入")}
LEADERS = {"register", "change", "publish", "set", "dissolve", "revoke-dissolution", "name-heir"}
GOVERNMENT_OFFICE_MAY = {"load"}


@pytest.mark.parametrize("chapter", COMMON, ids=lambda chapter: chapter.path)
def test_who_may_do_what(chapter: Chapter) -> None:
    """Every act against every standing and rank: what is not named here is closed."""
    for act in by_people(chapter):
        case = OF_A_CASE.get(act.name, lambda: None)()
        for agency, may in (
            ("sifa", True),
            ("zhengfuban", act.name in GOVERNMENT_OFFICE_MAY),
            ("zhujian", False),
            ("nobody", False),
        ):
            for rank in Rank:
                at = context(Viewer(agency, rank), *((NEW,) if case else ()))
                try:
                    do(chapter, act.name, COMMANDS[act.name], at, case)
                    allowed = True
                except Refused as refusal:
                    assert refusal.status == 403
                    allowed = False
                assert allowed == (may and (rank >= Rank.LEADER or act.name not in LEADERS)), (act.name, agency, rank)


def test_no_act_is_open_to_machines() -> None:
    for chapter in COMMON:
        for act in by_people(chapter):
            case = OF_A_CASE.get(act.name, lambda: None)()
            machine = Viewer("sifa", Rank.CHIEF, machine=True)
            at = context(machine, *((NEW,) if case else ()))
            assert refused(chapter, act.name, COMMANDS[act.name], at, case) == [(403, "NOT_BY_MACHINE")]


def test_everything_is_public_and_no_state_waits_for_anything() -> None:
    for chapter in COMMON:
        assert chapter.public
        assert chapter.final == frozenset(chapter.states)


def test_codes_name_queues_so_they_hold_no_sign_that_a_pattern_knows() -> None:
    for code in ("a.b", "a*", "a#", "a b", "a/b", "甲", "a\n"):
        assert not agencies.CODE.fullmatch(code)
