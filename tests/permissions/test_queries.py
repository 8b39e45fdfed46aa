"""What each agency sees of a query: who asks, who holds, who passed it on; what is given, and what is not yet."""

import io
from collections.abc import Iterator

import pytest

from tests.permissions.city import DISCIPLINE, JUSTICE, NAME, NUMBER, OFFICE, STRANGER, Case, City
from tests.permissions.queries import ASKER, BASE, GIVEN, HELD_BACK, HOLDER, PASSED_BY
from tests.permissions.test_views import feed

ALL, NONE = (ASKER, HOLDER, JUSTICE, OFFICE), (STRANGER, DISCIPLINE)


def everything_read(city: City, query: Case, agency: str) -> Iterator[tuple[str, str]]:
    """Every answer about the query that an agency can get, by what it asked."""
    for page in ("", "/events", "/deadlines", "/materials", "/materials/1", "/accesses"):
        yield page or "view", city.get(f"{BASE}/{query.id}{page}", agency).text
    yield "list", city.get(BASE, agency).text
    for filters in ({"part": "holder"}, {"part": "asker"}, {"state": "answered"}, {"holder": HOLDER}, {"asker": ASKER},
                    {"light": "met"}, {"category": "dynamics"}):
        yield f"list {filters}", city.get(BASE, agency, **filters).text
    for body in ({"text": "擅搭"}, {"respondent": NAME}, {"respondent": NUMBER}):
        yield f"search {body}", city.post(f"{BASE}/search", body, agency).text
    yield "board", city.get("/api/oversight/deadlines", agency, case=query.id).text
    yield "feed", city.get("/api/sharing/feed", agency, limit="1000").text


@pytest.mark.parametrize("agency", NONE)
def test_who_has_no_part_reads_nothing_of_a_query(city: City, queried: tuple[Case, Case], agency: str) -> None:
    for query in queried:
        for asked, text in everything_read(city, query, agency):
            if asked in ("view", "/events", "/deadlines", "/materials", "/materials/1", "/accesses"):
                assert '"NOT_VISIBLE"' in text, asked
            assert query.id not in text and NAME not in text, asked


def test_who_passed_a_query_on_knows_its_own_and_nothing_of_the_next(city: City, queried: tuple[Case, Case]) -> None:
    first, second = queried
    seen = city.get(f"{BASE}/{first.id}", PASSED_BY).data
    assert (seen["state"], seen["case"]["passing"]["to"]) == ("passed-on", HOLDER)
    for asked, text in everything_read(city, second, PASSED_BY):
        assert second.id not in text and GIVEN not in text, asked
    assert not [item for item in feed(city, "sharing", PASSED_BY) if second.id in item["body"]]


def test_the_next_holder_sees_its_query_and_nothing_of_the_first(city: City, queried: tuple[Case, Case]) -> None:
    first, second = queried
    seen = city.get(f"{BASE}/{second.id}", HOLDER).data
    assert [each["by"] for each in seen["case"]["earlier"]] == [PASSED_BY]
    assert city.get(f"{BASE}/{first.id}", HOLDER).codes == ["NOT_VISIBLE"]


@pytest.mark.parametrize("agency", ALL)
def test_its_parties_and_both_offices_see_the_query_and_whom_it_is_about(
        city: City, queried: tuple[Case, Case], agency: str) -> None:
    seen = city.get(f"{BASE}/{queried[1].id}", agency).data
    assert seen["state"] == "answered" and seen["case"]["asking"]["question"]["respondent"]["name"] == NAME
    assert queried[1].id in city.post(f"{BASE}/search", {"respondent": NUMBER}, agency).text
    bound = {each["bound"] for each in city.get("/api/oversight/deadlines", agency, case=queried[1].id).data["items"]}
    assert bound == {HOLDER}


@pytest.mark.parametrize("agency", ALL)
def test_the_asker_gets_of_the_holders_materials_those_that_were_given(
        city: City, queried: tuple[Case, Case], agency: str) -> None:
    id = queried[1].id
    names = [each["said"]["name"] for each in city.get(f"{BASE}/{id}/materials", agency).data["items"]]
    assert names == ["介绍信", GIVEN, *([] if agency == ASKER else [HELD_BACK])]
    assert city.get(f"{BASE}/{id}/materials/2", agency).status == 200
    assert city.get(f"{BASE}/{id}/materials/3", agency).status == (404 if agency == ASKER else 200)
    told = [item["body"] for item in feed(city, "sharing", agency) if id in item["body"]]
    added = sum("query_material_added" in body for body in told)
    assert added == (0 if agency == ASKER else 2)


def test_the_holder_sees_who_opened_what_and_the_asker_does_not(city: City, queried: tuple[Case, Case]) -> None:
    id = queried[1].id

    def opened() -> list[str]:
        items = city.get(f"{BASE}/{id}/accesses", HOLDER, limit="200").data["items"]
        return [each["what"] for each in items if (each["agency"], each["subject"]) == (ASKER, f"{id}/2")]

    before = opened()
    assert city.get(f"{BASE}/{id}/materials/2", ASKER).status == 200
    assert opened() == [*before, "material"]
    refused = city.get(f"{BASE}/{id}/accesses", ASKER)
    assert (refused.status, refused.codes) == (403, ["HOLDERS_ONLY"])
    for agency in (JUSTICE, OFFICE):
        assert city.get(f"{BASE}/{id}/accesses", agency).status == 200
    assert NAME not in city.get(f"{BASE}/{id}/accesses", HOLDER).text


def test_nobody_else_brings_a_file_into_a_query(city: City, queried: tuple[Case, Case]) -> None:
    for agency in (*NONE, PASSED_BY):
        form = {"about": "{}", "file": (io.BytesIO(b"%PDF-1.4\n"), "a.pdf", "application/pdf")}
        answer = city.ask("POST", f"{BASE}/{queried[1].id}/materials", city.token(agency), data=form)
        assert answer.codes == ["NOT_VISIBLE"]


def test_no_event_of_a_query_names_whom_it_is_about_or_says_what_was_said(
        city: City, queried: tuple[Case, Case]) -> None:
    bodies = [item["body"] for item in feed(city, "sharing", JUSTICE)
              if queried[0].id in item["body"] or queried[1].id in item["body"]]
    assert len(bodies) > 6
    for body in bodies:
        assert not [word for word in (NAME, NUMBER, "擅搭棚屋", "处理情形之概述", "属他局职责") if word in body]
