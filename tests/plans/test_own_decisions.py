"""What each agency decides for itself, and what it finds besides."""

from dataclasses import replace
from typing import Any

import pytest

from shared.acts.persons import Respondent
from shared.acts.rights import Right
from shared.contracts.personal import Personal
from shared.plans import deciding, findings
from shared.plans.commands import NoteHandOn, RecordDecision
from tests.plans.under_way import LATER, RIGHTS, SHOP, decided, decision, finding, found, started, suite
from tests.plans.written import FIRST, LEAD, OFFICE, OFFICER, SECOND, STRANGER, codes, context, refused

NOBODY = replace(OFFICER, name="")
MAN = Respondent("person", Personal("张三"))


# decisions

@pytest.mark.parametrize(("instead", "lacks"), [
    ({}, []),
    ({"kind": "hint"}, [("UNKNOWN_DECISION", "kind"), ("FINE_SHAPE", "fine")]),
    ({"number": ""}, [("NO_DECISION_NUMBER", "number")]),
    ({"cause": "none"}, [("UNKNOWN_CAUSE", "cause")]),
    ({"respondent": replace(SHOP, name=Personal(""))}, [("NO_RESPONDENT", "respondent")]),
    ({"respondent": replace(SHOP, kind="state")}, [("NO_RESPONDENT", "respondent")]),
    ({"fine": -1}, [("FINE_SHAPE", "fine")]),
    ({"fine": 0}, []),
    ({"kind": "correction"}, [("FINE_SHAPE", "fine")]),
    ({"kind": "correction", "fine": 0}, []),
    ({"rights": replace(RIGHTS, told=Right(False), heard=Right(True))},
     [("RIGHT_OPEN", "rights.told"), ("RIGHT_OPEN", "rights.heard")]),
    ({"rights": replace(RIGHTS, remedies=Right(True, LATER.replace(year=2026)))}, [("RIGHT_LATER", "rights.remedies")]),
    ({"officer": NOBODY, "leader": ""}, [("NO_OFFICER", "officer"), ("NO_LEADER", "leader")]),
])
def test_a_decision_is_whole_and_the_respondents_rights_were_kept(instead: dict[str, Any], lacks: list[Any]) -> None:
    told = refused(deciding.record_decision, started(), decision(**instead), context(FIRST, LATER))
    assert [(code, where) for code, _, where in told] == lacks


def test_a_decision_of_one_number_is_recorded_once_by_its_agency() -> None:
    plan = decided(started(), FIRST)
    assert codes(deciding.record_decision, plan, decision(), context(FIRST, LATER)) == ["DECIDED_BEFORE"]
    assert codes(deciding.record_decision, plan, decision(), context(SECOND, LATER)) == []


@pytest.mark.parametrize(("one", "other", "warned"), [
    ({}, {}, True),
    ({}, {"fine": 0}, False),
    ({"fine": 0}, {}, False),
    ({}, {"cause": "dust"}, False),
    ({}, {"respondent": replace(SHOP, number=Personal("91371082MA3D0X0X1Y"))}, False),
    ({}, {"respondent": replace(SHOP, name=Personal("另一字号"))}, True),                       # one number, two names
    ({}, {"respondent": replace(SHOP, number=Personal(""))}, True),                            # by name
    ({"respondent": MAN}, {"respondent": MAN}, True),
    ({"respondent": MAN}, {"respondent": replace(MAN, name=Personal("李四"))}, False),
    ({"respondent": replace(MAN, name=Personal(""))}, {"respondent": replace(MAN, name=Personal(""))}, False),
])
def test_a_second_fine_on_one_respondent_for_one_act_is_warned_of(one: Any, other: Any, warned: bool) -> None:
    first: RecordDecision = decision(**one)
    plan = started()
    before = replace(plan, decisions=decided(plan, FIRST).decisions)
    before = replace(before, decisions=(replace(before.decisions[0], said=first),))
    if (said := decision(number="荣市监罚字〔2025〕第2号", **other)).respondent.name:
        outcome = deciding.record_decision(before, said, context(SECOND, LATER))
        assert [each.code for each in outcome.warnings] == ["TWO_FINES"] * warned
        assert outcome.facts["same_fine"] == [1] * warned
    assert deciding.second_fine(first, decision(**other)) is warned


@pytest.mark.parametrize(("other", "by", "warned"), [
    ({"cause": "dust"}, SECOND, ["ONE_ACT_PERHAPS"]),
    ({"cause": "dust"}, FIRST, []),                                                            # its own two causes
    ({"cause": "dust", "fine": 0}, SECOND, []),
    ({"cause": "dust", "respondent": MAN}, SECOND, []),
    ({}, SECOND, ["TWO_FINES"]),
])
def test_where_one_act_may_violate_several_norms_another_agencys_fine_under_another_cause_is_warned_of(
        other: Any, by: str, warned: list[str]) -> None:
    plan, said = decided(started(), FIRST), decision(number="荣市监罚字〔2025〕第2号", **other)
    outcome = deciding.record_decision(plan, said, context(by, LATER), several_norms=True)
    assert [each.code for each in outcome.warnings] == warned
    alone = deciding.record_decision(plan, said, context(by, LATER))
    assert [each.code for each in alone.warnings] == [code for code in warned if code == "TWO_FINES"]


# findings

@pytest.mark.parametrize(("instead", "lacks", "event"), [
    ({}, [], "finding_to_hand_on"),
    ({"agency": FIRST}, ["UNKNOWN_REMIT_AGENCY"], ""),                                         # one's own
    ({"agency": "nobody"}, ["UNKNOWN_REMIT_AGENCY"], ""),
    ({"agency": OFFICE}, ["UNKNOWN_REMIT_AGENCY"], ""),                                        # it enforces nothing
    ({"remit": "own", "agency": ""}, ["NO_OWN_CASE"], ""),
    ({"remit": "own", "agency": "", "own_case": "荣综执立字〔2025〕第9号"}, [], "finding_recorded"),
    ({"remit": "unclear", "agency": ""}, [], "finding_recorded"),
    ({"remit": ""}, ["UNKNOWN_REMIT"], ""),
    ({"cause": "", "facts": "", "officer": NOBODY}, ["UNKNOWN_CAUSE", "NO_FACTS", "NO_OFFICER"], ""),
])
def test_what_is_anothers_is_to_be_handed_on_and_what_is_ones_own_is_a_case(
        instead: Any, lacks: Any, event: str) -> None:
    said = finding(**instead)
    assert codes(findings.record_finding, started(), said, context(FIRST, LATER)) == lacks
    if event:
        outcome = findings.record_finding(started(), said, context(FIRST, LATER))
        assert outcome.event == event
        assert outcome.facts["finding"] == {"item": "1", "bound": FIRST}
        assert outcome.facts["to"] == (STRANGER if event == "finding_to_hand_on" else "")


@pytest.mark.parametrize(("number", "by", "remit", "lacks"), [
    (1, FIRST, "other", []),
    (1, FIRST, "unclear", []),
    (1, FIRST, "own", ["NOT_HANDED_ON"]),
    (2, FIRST, "other", ["NOT_HANDED_ON"]),
    (1, LEAD, "other", ["NOT_HANDED_ON"]),                # another's finding
])
def test_a_transfer_hands_on_its_own_agencys_finding(number: int, by: str, remit: str, lacks: list[str]) -> None:
    own = {"own_case": "荣综执立字〔2025〕第9号"} if remit == "own" else {}
    plan = found(started(), FIRST, remit=remit, **own)
    noted = NoteHandOn(number, "0198-case", by, LATER)
    assert codes(findings.note_hand_on, plan, noted, suite(LATER)) == lacks
    if not lacks:
        outcome = findings.note_hand_on(plan, noted, suite(LATER))
        assert outcome.facts["finding"] == {"item": "1", "bound": FIRST}
        assert outcome.facts["transfer"] == "0198-case"
        assert codes(findings.note_hand_on, outcome.case, noted, suite(LATER)) == ["HANDED_ON_BEFORE"]
