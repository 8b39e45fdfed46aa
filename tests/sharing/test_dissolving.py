"""The register: how an agency ends, and the term of an entrustment. Pure."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.sharing.domain import AGENCIES
from services.sharing.register.agencies import ChangeAgency, Entrustment, Profile
from services.sharing.register.dissolution import Dissolve, RevokeDissolution, Share, TakeEffect
from shared.acts.model import THE_SUITE, Context
from shared.contracts.register import Agency, Heir
from shared.rulebook.model import Rulebook
from tests.sharing.test_sharing_domain import (
    CODES,
    HOUSING,
    LAST,
    LEADER,
    NEW,
    context,
    dissolving,
    do,
    refused,
    register,
    registered,
)

TRAFFIC = replace(HOUSING, code="jiaotong", name="交通局", short="荣交")
ENTRUSTED = replace(NEW, code="body", name="受托所", short="", kind="entrusted", entrusted_by="zonghe")


def dissolve(**said: Any) -> Dissolve:
    return Dissolve(**{"document": "荣政发〔2025〕11号", "last_day": LAST, "successor": "zhujian", **said})


def test_the_register_tells_the_last_day_and_who_succeeds_from_the_order_on() -> None:
    outcome = do(AGENCIES, "dissolve", dissolve(), context(LEADER, NEW), registered())
    assert (outcome.event, outcome.state) == ("dissolution_ordered", "dissolving")
    told = Agency.from_dict(outcome.facts["registered"])
    assert (told.until, told.heirs) == (LAST, (Heir("zhujian", (), True),))
    assert outcome.facts["successors"] == ["zhujian"] and not outcome.facts["split"]


def test_a_split_names_causes_and_who_has_the_rest_and_the_people_go_to_one() -> None:
    split = (Share("jiaotong", ("illegal_building",)),)
    said = dissolve(split=split, staff_to="jiaotong")
    outcome = do(AGENCIES, "dissolve", said, context(LEADER, NEW, TRAFFIC), registered())
    assert outcome.case.agency.heirs == (Heir("jiaotong", ("illegal_building",), True), Heir("zhujian"))


@pytest.mark.parametrize(("said", "codes"), [
    ({"document": ""}, ["NO_DOCUMENT"]), ({"last_day": date(2020, 1, 1)}, ["ENDS_BEFORE_SINCE", "UNKNOWN_SUCCESSOR"]),
    ({"successor": "zonghe"}, ["SUCCEEDS_ITSELF"]), ({"successor": "nobody"}, ["UNKNOWN_SUCCESSOR"]),
    ({"successor": "old"}, ["UNKNOWN_SUCCESSOR"]), ({"successor": "ending"}, ["SUCCESSOR_DISSOLVING"]),
    ({"split": (Share("jiaotong", ()),)}, ["EMPTY_SHARE"]),
    ({"split": (Share("jiaotong", ("witchcraft",)),)}, ["UNKNOWN_SPLIT_CAUSE"]),
    ({"split": (Share("jiaotong", ("illegal_building", "illegal_building")),)}, ["CAUSE_TWICE"]),
    ({"staff_to": "sifa"}, ["STAFF_TO_STRANGER"]),
    ({"successor": "sifa"}, ["SUCCESSOR_NOT_ENFORCING"]), ({"successor": "zhengfuban"}, ["SUCCESSOR_NOT_ENFORCING"]),
    ({"successor": "body"}, ["SUCCESSOR_NOT_ENFORCING"]), ({"takes_standing": True}, ["NO_STANDING_TO_TAKE"]),
])
def test_a_dissolution_that_makes_no_sense_is_refused(said: dict[str, Any], codes: list[str]) -> None:
    ending = replace(HOUSING, code="ending", name="将撤局", short="荣将", until=date(2025, 12, 31))
    at = context(LEADER, NEW, ending, TRAFFIC, ENTRUSTED)
    assert [code for _, code in refused(AGENCIES, "dissolve", dissolve(**said), at, registered())] == codes


def test_who_is_to_take_a_standing_ends_only_after_it_has_it() -> None:
    """Else the standing would go to an agency that takes nothing any more, and the end of justice never take effect."""
    ending = replace(HOUSING, code="old-sifa", name="老司法局", short="荣老司", standing="justice",
                     until=date(2025, 12, 31), heirs=(Heir("zonghe", (), True),))
    at = context(LEADER, NEW, ending)
    assert refused(AGENCIES, "dissolve", dissolve(), at, registered()) == [(422, "STANDING_TO_TAKE")]
    others = (replace(ending, heirs=(Heir("jiaotong"),)), replace(ending, standing=""), replace(ending, until=None))
    for other in others:
        do(AGENCIES, "dissolve", dissolve(), context(LEADER, NEW, other), registered())


def test_what_is_lacking_is_told_at_once() -> None:
    said = dissolve(document="", successor="zonghe", split=(Share("nobody", ()),))
    assert [code for _, code in refused(AGENCIES, "dissolve", said, context(LEADER, NEW), registered())] == [
        "NO_DOCUMENT", "UNKNOWN_SUCCESSOR", "SUCCEEDS_ITSELF", "EMPTY_SHARE"]


def warned(context_: Context, **said: Any) -> dict[str, str]:
    return {each.code: each.zh for each in do(AGENCIES, "dissolve", dissolve(**said), context_, registered()).warnings}


def test_what_becomes_of_bodies_that_it_entrusted_is_told_as_it_will_be() -> None:
    """They go on under who alone succeeds it; else, and where the rules say so, their entrustment ends."""
    at = context(LEADER, NEW, ENTRUSTED, TRAFFIC)
    passing = warned(at)
    assert "受托所" in passing["ENTRUSTED_PASS"] and "住建局" in passing["ENTRUSTED_PASS"]
    assert "ENTRUSTED_LEFT" not in passing
    for ending in (warned(at, successor=""), warned(at, split=(Share("jiaotong", ("illegal_building",)),)),
                   warned(context(LEADER, NEW, ENTRUSTED, rulebook=Rulebook(
                       codes=CODES, settings={"entrustment_succeeds": False})))):
        assert "受托所" in ending["ENTRUSTED_LEFT"] and "ENTRUSTED_PASS" not in ending
    over = replace(ENTRUSTED, entrusted_until=LAST)
    assert not {"ENTRUSTED_LEFT", "ENTRUSTED_PASS"} & warned(context(LEADER, NEW, over)).keys(), "its term ends before"


def test_justice_is_told_which_powers_go_to_whom_and_which_to_nobody() -> None:
    at = context(LEADER, NEW, TRAFFIC)
    assert warned(at) == {"POWERS_PASS": "撤销生效之日起，权责清单随职责转移：住建局承接违法建设（处罚）。"}
    by_matter = warned(at, split=(Share("jiaotong", ("illegal_building",)),))
    assert by_matter == {"POWERS_PASS": "撤销生效之日起，权责清单随职责转移：交通局承接违法建设（处罚）。"}
    left = warned(at, successor="")
    assert left.keys() == {"POWERS_LEFT"} and "违法建设（处罚）" in left["POWERS_LEFT"]


def test_it_takes_effect_on_the_day_after_and_not_before() -> None:
    assert refused(AGENCIES, "take-effect", TakeEffect(), context(THE_SUITE, NEW), dissolving()) == [
        (409, "NOT_YET_ENDED")
    ]
    late = replace(context(THE_SUITE, NEW), now=datetime(2025, 9, 30, 16, tzinfo=UTC))        # midnight in the city
    outcome = do(AGENCIES, "take-effect", TakeEffect(), late, dissolving())
    assert (outcome.event, outcome.state, outcome.facts["former"]) == ("agency_dissolved", "dissolved", "zonghe")


def test_it_is_taken_back_before_its_day_with_a_document_and_a_reason() -> None:
    outcome = do(AGENCIES, "revoke-dissolution", RevokeDissolution("文", "方案调整"), context(LEADER, NEW), dissolving())
    assert (outcome.state, outcome.case.agency) == ("in_register", NEW)
    assert refused(AGENCIES, "revoke-dissolution", RevokeDissolution("", ""), context(LEADER, NEW), dissolving()) == [
        (422, "NO_DOCUMENT"), (422, "NO_REVOCATION_REASON")]
    late = replace(context(LEADER, NEW), now=datetime(2025, 9, 30, 16, tzinfo=UTC))
    assert refused(AGENCIES, "revoke-dissolution", RevokeDissolution("文", "方案调整"), late, dissolving()) == [
        (409, "DISSOLUTION_IN_EFFECT")]


# The term of an entrustment

BODY = replace(NEW, kind="entrusted", entrusted_by="zhujian", powers=())


def entrusted(until: date) -> Profile:
    return Profile(Entrustment("委〔2025〕1号", until))


def test_the_term_of_an_entrustment_is_told_to_every_service_and_to_its_clock() -> None:
    outcome = do(AGENCIES, "register", register(BODY, entrusted(date(2026, 6, 30))), context())
    assert outcome.facts["registered"]["entrusted_until"] == "2026-06-30"
    assert outcome.facts["entrustment"] == [{"item": "zonghe", "until": "2026-06-30"}]


def test_a_new_term_is_an_event_of_its_own_and_one_that_is_over_is_none() -> None:
    case = do(AGENCIES, "register", register(BODY, entrusted(date(2026, 6, 30))), context()).case
    at = context(LEADER, case.agency)
    renewed = do(
        AGENCIES, "change", ChangeAgency("文", entrustment=Entrustment("委〔2026〕1号", date(2027, 6, 30))), at, case
    )
    assert renewed.event == "entrustment_renewed"
    assert renewed.facts["entrustment"] == [{"item": "zonghe", "until": "2027-06-30"}]
    over = ChangeAgency("文", entrustment=Entrustment("委〔2020〕1号", date(2025, 9, 1)))
    assert refused(AGENCIES, "change", over, at, case) == [(422, "TERM_OVER")]
    assert do(AGENCIES, "change", ChangeAgency("文", name="新名"), at, case).event == "agency_changed"


def test_one_that_is_entrusted_no_more_has_no_term() -> None:
    case = do(AGENCIES, "register", register(BODY, entrusted(date(2026, 6, 30))), context()).case
    change = ChangeAgency("文", kind="authorised", entrusted_by="")
    outcome = do(AGENCIES, "change", change, context(LEADER, case.agency), case)
    assert outcome.case.agency.entrusted_until is None and outcome.case.profile.entrustment is None
    assert outcome.facts["entrustment"] == [{"item": "zonghe", "until": ""}]


def test_a_vertically_managed_agency_without_a_superior_is_warned_of() -> None:
    vertical = replace(NEW, line="vertical")
    said = do(AGENCIES, "register", register(vertical), context())
    assert [warning.code for warning in said.warnings] == ["SUPERIOR_MISSING"]
    profile = Profile(superior="威海市生态环境局")
    assert not do(AGENCIES, "register", register(vertical, profile), context()).warnings
