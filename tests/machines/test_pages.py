"""No page is larger than a megabyte; one that is cut says where the next begins, and nothing is lost between them."""

from typing import Any

import pytest

from shared.kernel.page_limits import fits, within
from tests.machines.conftest import CASES, system
from tests.permissions.city import FIRST, SECOND, SENDER, City, announce


def test_a_page_has_room_for_what_a_megabyte_holds_and_for_one_item_at_least() -> None:
    assert fits([]) == 0
    assert fits(["x" * 2_000_000, "y"]) == 1
    assert fits(["违" * 100_000] * 9) == 3, "bytes are counted, not signs"
    assert fits(["x"] * 200) == 200
    assert (fits(["xxx"] * 3, 19), fits(["xxx"] * 3, 18)) == (3, 2), "as they stand in a list"


def test_items_of_which_none_is_too_large_are_weighed_only_where_they_might_be_too_many() -> None:
    assert fits([object()] * 3, 30, largest=10) == 3, "what is no JSON is not weighed"
    assert fits(["xxx"] * 3, 18, largest=7) == 2


@pytest.mark.parametrize(("sizes", "room"), [([10] * 5, 5), ([400_000] * 5, 2), ([1_500_000, 1], 1)])
def test_a_page_that_is_too_large_is_asked_for_again_with_fewer_items(sizes: list[int], room: int) -> None:
    asked: list[int] = []

    def ask(most: int) -> tuple[list[str], int]:
        asked.append(most)
        return ["x" * size for size in sizes[:most]], most
    items, place = within(5, ask, lambda page: page[0])
    assert len(items) == room and place == asked[-1]
    assert len(asked) == (1 if room == len(sizes) else 2)


def test_a_search_of_the_archive_is_cut_by_bytes_and_goes_on_where_it_was_cut(
        city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.kernel.page_limits.fits.__defaults__", (9000,))
    text = "违建，" * 5000
    records = [{"id": f"P-{number}", "category": "dynamics", "title": "巡查", "text": text, "occurred_on": "2025-03-03"}
               for number in range(24)]
    its = system(city, FIRST)
    for part in (records[:12], records[12:]):
        assert its.post("/api/sharing/records", {"records": part}).status == 201
    found: list[str] = []
    after, pages = "", 0
    while True:
        asked: dict[str, Any] = {"text": "违建", "filters": {"agency": FIRST}, "limit": 200, "after": after}
        answer = its.post("/api/sharing/records/search", asked)
        assert answer.status == 200 and len(answer.text.encode()) < 10_000, answer.text[:300]
        found += [each["external_id"] for each in answer.data["items"]]
        after, pages = answer.data["next"], pages + 1
        if not after:
            break
    assert pages > 1 and sorted(found) == sorted(each["id"] for each in records)


def test_a_list_goes_on_where_it_was_cut(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    its = system(city, SENDER)
    made = {its.post(CASES, announce(SECOND, city.today)).data["id"] for _ in range(5)}
    monkeypatch.setattr("shared.kernel.page_limits.fits.__defaults__", (1200,))
    found, after = set[str](), ""
    while True:
        page = its.get(CASES, query_string={"limit": "200", **({"after": after} if after else {})}).data
        assert 0 < len(page["items"]) < 5
        found |= {each["id"] for each in page["items"]}
        if not (after := page["next"]):
            break
    assert made <= found
