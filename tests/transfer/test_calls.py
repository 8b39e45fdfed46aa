"""Calls from the scene at work, on both back ends: the case that a call opens, and what the agency called may do."""



from services.transfer.schemas import SCHEMAS
from shared.acts.request import Request
from shared.kernel.clock import day_of
from tests.situations.transfer.builders import BUILDERS
from tests.transfer.played import Played, make_office, office, played, someone

__all__ = ["make_office", "office", "played"]


def test_a_case_that_was_called_first_is_announced_and_the_call_points_to_other_cases(played: Played) -> None:
    played.do("announce")
    called = Played(played.office, played.clock)
    answer = called.do("phone", respondent={"kind": "organisation", "name": "示例建设有限公司", "number": "91110000600037341L"})
    assert [warning["code"] for warning in answer["warnings"]] == ["SAME_RESPONDENT"]
    for act in ("respond", "phone"):
        assert called.do(act)["state"] == "phoned"
    answer = called.do("announce", days=1)
    assert (answer["id"], answer["state"]) == (called.id, "announced")
    assert [warning["code"] for warning in answer["warnings"]] == ["SAME_RESPONDENT"], "the other case, not itself"
    assert called.seen("zhzf")["case"]["calls"][0]["response"]["came"] == "came"


def test_who_was_called_answers_its_call_and_learns_nothing_of_the_case_that_went_to_another(played: Played) -> None:
    played.do("phone")
    played.do("announce", notice={"receiver": "scjg", "way": "phone", "told_to": "市场监管局值班室"}, days=1)
    command = SCHEMAS["respond"]().load(BUILDERS["respond"](None, day_of(played.clock.now()))).command
    done = played.acts.do("respond", command, someone("zhzf"), Request(played.id))
    assert (done.answer["state"], done.answer["revision"]) == ("phoned", 1)
    assert "scjg" not in str(done.answer) and "scjg" not in str(played.seen("zhzf"))
    assert played.seen("zhzf")["case"]["calls"][0]["response"]["came"] == "came"
    assert played.seen("scjg")["case"]["calls"][0]["response"]["came"] == "came"
