"""Reading: lists by pages, a case with its actions, its history, searches with nothing in the URL."""

import pytest

from tests.http.toy import BODY
from tests.served import Asking, codes

CASES = "/api/toy/cases"
one_back_end = pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)     # nothing of it depends on which


@pytest.fixture
def cases(people: Asking) -> list[str]:
    return [people.post(CASES, {**BODY, "cause": f"c-{number % 2}"}, "zjj", 1).get_json()["id"] for number in range(5)]


def test_a_list_is_read_page_by_page_each_case_once_newest_first(people: Asking, cases: list[str]) -> None:
    seen, mark = [], ""
    while True:
        page = people.get(f"{CASES}?limit=2&after={mark}", "zfj", 1).get_json()
        seen += [item["id"] for item in page["items"]]
        mark = page["next"]
        if not mark:
            break
    assert seen == sorted(cases, reverse=True)


def test_a_list_holds_only_what_is_the_viewers(people: Asking, cases: list[str]) -> None:
    assert people.get(CASES, "scj").get_json()["items"] == []
    assert len(people.get(CASES, "sfj").get_json()["items"]) == len(cases)


def test_filters_are_the_chapters_own(people: Asking, cases: list[str]) -> None:
    assert len(people.get(f"{CASES}?cause=c-0&state=started&part=sender", "zjj").get_json()["items"]) == 3
    assert people.get(f"{CASES}?part=receiver", "zjj").get_json()["items"] == []
    assert codes(people.get(f"{CASES}?colour=red", "zjj")) == ["UNKNOWN_FILTER"]


@one_back_end
@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("limit=0", "BAD_LIMIT"),
        ("limit=201", "BAD_LIMIT"),
        ("limit=x", "BAD_LIMIT"),
        ("limit=٣", "BAD_LIMIT"),
        ("after=!!", "BAD_AFTER"),
        ("after=AAA", "BAD_AFTER"),
        ("state=a&state=b", "BAD_QUERY"),
        ("state=%00", "BAD_QUERY"),
    ],
)
def test_a_query_that_makes_no_sense_is_refused(people: Asking, query: str, code: str) -> None:
    answer = people.get(f"{CASES}?{query}", "zjj")
    assert answer.status_code == 400 and codes(answer) == [code]


def test_a_case_is_seen_with_its_actions_and_why_not(people: Asking, cases: list[str]) -> None:
    answer = people.get(f"{CASES}/{cases[0]}", "zfj", 1)
    seen = answer.get_json()
    assert answer.headers["ETag"] == '"1"' and seen["case"]["who"]["name"] == "王小明"
    actions = {action["act"]: action for action in seen["actions"]}
    assert set(actions) == {"call", "decide", "note"} and actions["note"]["allowed"] is True
    assert actions["decide"]["refusal"]["code"] == "RANK_TOO_LOW" and actions["decide"]["article"] == "23"


def test_what_is_not_yours_is_not_there(people: Asking, cases: list[str]) -> None:
    for case in (cases[0], "019992fb-0000-7000-a679-000000000000", "a%00b", "..%2f", "x" * 70):
        for what in ("", "/events", "/deadlines"):
            assert people.get(f"{CASES}/{case}{what}", "scj").status_code == 404


def test_the_history_tells_the_entries_in_order(people: Asking, cases: list[str]) -> None:
    people.post(f"{CASES}/{cases[0]}/decide", {"reason": "x", "notes": ["y"]}, "zfj", revision=1)
    told = people.get(f"{CASES}/{cases[0]}/events", "zjj").get_json()["items"]
    assert [entry["event"] if "event" in entry else entry["type"] for entry in told] == ["started", "decided"]
    assert "王小明" not in str(told)


def test_a_long_history_comes_in_pages_and_none_of_it_is_cut(people: Asking, cases: list[str]) -> None:
    for number in range(6):
        assert people.post(f"{CASES}/{cases[0]}/note", {"text": str(number)}, "zjj", 1).status_code == 200
    path, pages, after = f"{CASES}/{cases[0]}/events", [], ""
    while not pages or after:
        page = people.get(f"{path}?limit=3&after={after}", "zjj").get_json()
        pages.append([entry["event"] for entry in page["items"]])
        after = page["next"]
    assert pages == [["started", "noted", "noted"], ["noted"] * 3, ["noted"]]
    for query in ("limit=0", "limit=1000", "after=eA", "after=*", "colour=red"):
        assert people.get(f"{path}?{query}", "zjj").status_code == 400, query


def test_deadlines_of_a_case_without_a_clock_are_an_empty_list(people: Asking, cases: list[str]) -> None:
    assert people.get(f"{CASES}/{cases[0]}/deadlines", "zjj").get_json() == {"items": []}


def test_a_search_goes_by_post_and_pages_like_a_list(people: Asking, cases: list[str]) -> None:
    first = people.post(f"{CASES}/search", {"filters": {"cause": "c-0"}, "limit": 2}, "zjj").get_json()
    rest = people.post(f"{CASES}/search", {"filters": {"cause": "c-0"}, "after": first["next"]}, "zjj").get_json()
    assert len(first["items"]) == 2 and len(rest["items"]) == 1 and rest["next"] == ""
    assert codes(people.post(f"{CASES}/search", {"limit": 1000}, "zjj")) == ["FIELD_VALUE"]
    assert codes(people.post(f"{CASES}/search", {"filter": {}}, "zjj")) == ["FIELD_UNKNOWN"]


@pytest.mark.parametrize("id", ["x", "%00", "01955984-0000-7000-8000-000000000000"])
def test_a_deadline_that_there_is_not_is_404(people: Asking, id: str) -> None:
    assert people.get(f"/api/toy/deadlines/{id}", "sfj").status_code == 404
