"""第十条: who answers for what: the whole, not under 7(三), each for its own part where the powers are separated."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.collab.plan import Collab
from services.collab.responsibility import WORDS, Responsible, responsibility
from shared.acts.model import Party
from shared.contracts.register import Power, Register, register_of
from shared.plans.plan import LEAD, PARTICIPANT, Left
from tests.collab.made import WHOLE, decision, finding, plan
from tests.plans.written import DAY, FIRST, SECOND
from tests.plans.written import LEAD as LEADING
from tests.situations.city import PLAIN, REGISTER, SEPARATED

TOGETHER = "muck_truck"                 # a cause that one agency both supervises and punishes


def register(*powers: tuple[str, str, str]) -> Register:
    """The city's register, with powers (agency, cause, power) and no others."""
    return register_of(replace(each, powers=tuple(Power(cause, does) for agency, cause, does in powers
                                                  if agency == each.code)) for each in REGISTER.agencies.values())


def shown(case: Collab, known: Register = REGISTER) -> list[tuple[str, str]]:
    return [(each.agency, each.kind) for each in responsibility(case, known, DAY)]


def of(case: Collab, kind: str, known: Register = REGISTER) -> list[Responsible]:
    return [each for each in responsibility(case, known, DAY) if each.kind == kind]


def test_the_statutory_agency_answers_for_the_whole_and_by_itself_the_others_assist() -> None:
    assert shown(plan("running")) == [
        (LEADING, "whole"), (LEADING, "independent"), (FIRST, "assists"), (SECOND, "assists")]
    assert {each.article for each in responsibility(plan("running"), REGISTER, DAY)} == {"10"}


def test_under_7_3_nobody_answers_for_the_whole_the_lead_organises_and_the_government_decides() -> None:
    for code, law in (("7-3-a", "城乡规划法 第六十八条"), ("7-3-b", "土地管理法 第八十三条")):
        case = plan("running", "7-1-1", code, route="apply")
        assert shown(case) == [("", "government"), (LEADING, "organises"), (FIRST, "assists"), (SECOND, "assists")]
        assert of(case, "government")[0].law == law
        assert of(case, "organises")[0].article == "9"


def test_where_the_powers_are_separated_each_answers_for_its_own_part() -> None:
    case = plan("running", causes=(SEPARATED,))
    assert shown(case) == [(LEADING, "whole"), ("zjj", "own_part"), ("zhzf", "own_part"),
                           (FIRST, "assists"), (SECOND, "assists")]
    assert [(each.agency, each.power, each.causes, each.in_plan) for each in of(case, "own_part")] == [
        ("zjj", "supervise", (SEPARATED,), True), ("zhzf", "punish", (SEPARATED,), True)]


def test_only_the_causes_whose_powers_are_separated_are_split() -> None:
    case = plan("running", causes=(SEPARATED, PLAIN))
    assert [each.causes for each in of(case, "independent")] == [(PLAIN,)]
    assert {each.causes for each in of(case, "own_part")} == {(SEPARATED,)}


def test_powers_in_one_hand_are_not_separated() -> None:
    case = plan("running", causes=(TOGETHER,))
    held = register(("zjj", TOGETHER, "supervise"), ("zjj", TOGETHER, "punish"), ("scjg", TOGETHER, "supervise"))
    assert of(case, "own_part", held) == []
    assert [each.causes for each in of(case, "independent", held)] == [(TOGETHER,)]


def test_a_power_that_the_register_gives_nobody_separates_nothing() -> None:
    for power in ("supervise", "punish"):
        case = plan("running", causes=(TOGETHER,))
        assert of(case, "own_part", register(("zjj", TOGETHER, power))) == []


def test_who_has_the_power_outside_the_plan_is_shown_as_outside() -> None:
    case = plan("running", causes=(TOGETHER,))
    known = register(("zjj", TOGETHER, "supervise"), ("gongan", TOGETHER, "punish"))
    assert [(each.agency, each.power, each.in_plan) for each in of(case, "own_part", known)] == [
        ("zjj", "supervise", True), ("gongan", "punish", False)]


def test_of_several_with_a_power_those_of_the_plan_answer() -> None:
    case = plan("running", causes=(TOGETHER,))
    known = register(("zjj", TOGETHER, "supervise"), ("gongan", TOGETHER, "punish"), ("zhzf", TOGETHER, "punish"))
    assert [each.agency for each in of(case, "own_part", known)] == ["zjj", "zhzf"]


def test_a_town_that_holds_both_powers_in_its_own_territory_unites_nothing_for_the_lead_and_is_no_party() -> None:
    known = register(("zjj", TOGETHER, "punish"), ("gongan", TOGETHER, "supervise"), ("jtj", TOGETHER, "supervise"),
                     ("jtj", TOGETHER, "punish"))
    town = register_of(replace(each, line="town") if each.code == "jtj" else each for each in known.agencies.values())
    case = plan("running", causes=(TOGETHER,))
    assert of(case, "independent", town) == []
    assert [(each.agency, each.power, each.in_plan) for each in of(case, "own_part", town)] == [
        ("gongan", "supervise", False), ("zjj", "punish", True)]


def test_a_town_that_leads_and_holds_both_powers_answers_by_itself() -> None:
    known = register(("zjj", TOGETHER, "supervise"), ("zjj", TOGETHER, "punish"), ("zhzf", TOGETHER, "punish"))
    town = register_of(replace(each, line="town") if each.code == "zjj" else each for each in known.agencies.values())
    case = plan("running", causes=(TOGETHER,))
    assert [each.causes for each in of(case, "independent", town)] == [(TOGETHER,)]
    assert of(case, "own_part", town) == []


def test_who_came_and_went_on_one_day_was_in_the_plan_on_that_day() -> None:
    parties = (Party(LEAD, LEADING, DAY), Party(PARTICIPANT, FIRST, DAY, DAY - timedelta(days=1)))
    went = replace(plan("running", parties=parties), left=(left("running", DAY),))
    assert [(each.since, each.until) for each in of(went, "assists")] == [(DAY, DAY)]


def left(state: str, on: date) -> Left:
    return Left(FIRST, PARTICIPANT, on, state, plan("approved").version)


@pytest.mark.parametrize("state", ["submitted", "reviewed", "presented", "approved"])
def test_who_declined_before_the_action_began_answers_for_nothing(state: str) -> None:
    waiting = plan(state)
    gone = waiting.without_party(PARTICIPANT, [FIRST], DAY + timedelta(days=2))
    assert [each.agency for each in of(gone, "assists")] == [SECOND]
    begun = replace(gone, started_on=DAY + timedelta(days=2), state="running")
    assert [each.agency for each in of(begun, "assists")] == [SECOND], "not on the day it began either"
    assert [each.agency for each in of(replace(begun, started_on=DAY + timedelta(days=9)), "assists")] == [SECOND]


def test_who_declined_while_it_ran_answers_for_its_time_and_what_it_did_in_it() -> None:
    gone = plan("running", decisions=(decision(1, FIRST),)).without_party(PARTICIPANT, [FIRST], DAY + timedelta(days=4))
    assert [(each.agency, each.since, each.until) for each in of(gone, "assists")] == [
        (FIRST, DAY, DAY + timedelta(days=3)), (SECOND, DAY, None)]
    assert [(each.agency, each.decisions) for each in of(gone, "own_remit")] == [(FIRST, (1,))]


def test_who_was_out_before_the_action_began_has_no_part_of_its_own_in_it() -> None:
    known = register(("zjj", TOGETHER, "supervise"), (FIRST, TOGETHER, "punish"), (SECOND, TOGETHER, "punish"))
    gone = plan("approved", causes=(TOGETHER,)).without_party(PARTICIPANT, [FIRST], DAY + timedelta(days=2))
    assert [each.agency for each in of(gone, "own_part", known)] == ["zjj", SECOND]


def test_separated_powers_are_shown_under_7_3_too() -> None:
    case = plan("running", "7-3-a", causes=(SEPARATED,), route="apply")
    assert [each.agency for each in of(case, "own_part")] == ["zjj", "zhzf"]
    assert of(case, "whole") == of(case, "independent") == []


def test_a_participant_answers_by_itself_for_what_it_decided_and_found_to_be_its_own() -> None:
    case = plan("running", decisions=(decision(1, FIRST), decision(2, LEADING), decision(3, FIRST)),
                findings=(finding(1, SECOND, "own"), finding(2, SECOND, "other")))
    assert [(each.agency, each.decisions, each.findings) for each in of(case, "own_remit")] == [
        (FIRST, (1, 3), ()), (SECOND, (), (1,))]


def test_who_led_or_assisted_for_a_time_answers_for_it() -> None:
    eve, day = DAY + timedelta(days=9), DAY + timedelta(days=10)
    parties = (Party(LEAD, LEADING, DAY, eve), Party(LEAD, FIRST, day), Party(PARTICIPANT, FIRST, DAY, eve),
               Party(PARTICIPANT, SECOND, DAY, date(2025, 6, 12)))
    case = plan("running", parties=parties)
    assert [(each.agency, each.since, each.until) for each in of(case, "whole")] == [
        (LEADING, DAY, eve), (FIRST, day, None)]
    assert [(each.agency, each.since, each.until) for each in of(case, "assists")] == [
        (FIRST, DAY, eve), (SECOND, DAY, date(2025, 6, 12))]


def test_who_was_consulted_and_is_not_in_the_plan_assists_in_nothing() -> None:
    case = plan("running")
    asked = replace(case, parties=(*case.parties, Party(PARTICIPANT, "jtj", DAY, DAY)))
    assert shown(asked) == shown(case)


def test_every_kind_has_its_words() -> None:
    case = plan("running", "7-3-a", causes=(SEPARATED, PLAIN), decisions=(decision(1, FIRST),))
    kinds = {each.kind for each in responsibility(case, REGISTER, DAY)}
    kinds |= {each.kind for each in responsibility(plan("running"), REGISTER, DAY)}
    assert kinds == set(WORDS)
    assert WHOLE["7-3-a"].law in of(case, "government")[0].law
