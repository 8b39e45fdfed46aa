"""The catalogue over HTTP, on both back ends: published, versioned, found, shown with its age, reported by agency."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from services.sharing.catalogue.repository import own_news
from shared.acts.office import Office
from shared.contracts.envelope import Event
from shared.kernel.clock import HandClock, day_of
from tests.offices import MakeOffice, People
from tests.sharing.catalogue import ENTRY, MORE, PATH, of, publish, small_city, titles


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    return small_city(make_office, agencies=MORE)


@pytest.fixture
def people(office: Office) -> People:
    return of(office)


def ago(clock: HandClock, days: int) -> str:
    return (day_of(clock.now()) - timedelta(days=days)).isoformat()


def test_an_entry_is_read_by_everyone_signed_in_with_all_its_versions(people: People, clock: HandClock) -> None:
    done = publish(people, "zonghe", ago(clock, 3))
    path = f"{PATH}/{done.data['id']}"
    said = {"entry": {**ENTRY, "rhythm": "daily"}, "data_on": ago(clock, 1), "reason": "改"}
    revised = people.post(f"{path}/revise", said, "zonghe", 1, seen=1)
    assert revised.status == 200
    seen = people.get(path, "yatou").data
    assert [(each["number"], each["agency"], each["content"]["rhythm"]) for each in seen["case"]["versions"]] == [
        (1, "zonghe", "monthly"), (2, "zonghe", "daily")]
    assert all(each["on"] == ago(clock, 0) and each["appointment"] for each in seen["case"]["versions"])
    assert (seen["case"]["data_on"], seen["data_age_days"], seen["stale"]) == (ago(clock, 1), 1, False)
    assert people.stranger(path).status == 401


def test_only_its_own_agency_changes_an_entry(people: People, clock: HandClock) -> None:
    entry = publish(people, "zonghe", ago(clock, 1)).data["id"]
    for act, body in (("revise", {"entry": ENTRY, "data_on": ago(clock, 0), "reason": "改"}),
                      ("refresh", {"data_on": ago(clock, 0)}), ("withdraw", {"reason": "撤"})):
        answer = people.post(f"{PATH}/{entry}/{act}", body, "sifa", seen=1)
        assert (answer.status, answer.codes) == (403, ["WRONG_PARTY"])


@pytest.mark.parametrize(("agency", "codes"), [
    ("zhujian", []), ("yatou", []), ("haoyunjiao", []),
    ("zhengfuban", ["NOT_ENFORCING"]), ("jijian", ["NOT_ENFORCING"])])
def test_enforcement_agencies_of_every_kind_publish_and_nobody_else(
        people: People, clock: HandClock, agency: str, codes: list[str]) -> None:
    name = {"in_name_of": "zonghe"} if agency == "haoyunjiao" else {}          # who entrusted it
    answer = people.post(PATH, {"entry": ENTRY, "data_on": ago(clock, 1), **name}, agency, 1)
    assert (answer.status, answer.codes if codes else []) == (403 if codes else 201, codes)


def test_an_entry_is_found_by_two_characters_of_its_title_description_or_columns(
        people: People, clock: HandClock) -> None:
    publish(people, "zonghe", ago(clock, 1))
    publish(people, "zhujian", ago(clock, 1), title="施工许可证", description="含GB码 100%", columns=[{"name": "企业名称"}])
    for text, found in (("占道", ["占道经营行政处罚案件"]), ("许可", ["施工许可证"]), ("企业", ["施工许可证"]), ("gb码", ["施工许可证"]),
                        ("100%", ["施工许可证"]), ("0_%", []), ("施工 企业", ["施工许可证"]), ("施工 占道", [])):
        assert titles(people.get(PATH, "yatou", text=text)) == found, text
        assert titles(people.post(f"{PATH}/search", {"text": text}, "yatou")) == found, text


def test_the_list_is_filtered_by_agency_category_state_and_stale(people: People, clock: HandClock) -> None:
    publish(people, "zonghe", ago(clock, 1))
    publish(people, "zhujian", ago(clock, 91), title="旧", category="statistics")
    gone = publish(people, "zhujian", ago(clock, 91), title="撤").data["id"]
    assert people.post(f"{PATH}/{gone}/withdraw", {"reason": "撤"}, "zhujian", 1, seen=1).status == 200
    for filters, found in (({"agency": "zhujian"}, ["撤", "旧"]), ({"category": "statistics"}, ["旧"]),
                           ({"state": "withdrawn"}, ["撤"]), ({"stale": "true"}, ["旧"]),
                           ({"stale": "false"}, ["占道经营行政处罚案件"])):
        assert titles(people.get(PATH, "sifa", **filters)) == found, filters
    answer = people.get(PATH, "sifa", stale="perhaps")
    assert (answer.codes, answer.data["detail"]) == (
        ["BAD_FILTER"], "「perhaps」不是「数据是否过旧」可用的值，可以填写：「true」已过旧、「false」未过旧。")
    assert people.get(PATH, "sifa", colour="red").codes == ["UNKNOWN_FILTER"]


def test_pages_have_every_entry_once(people: People, clock: HandClock) -> None:
    for number in range(5):
        publish(people, "zonghe", ago(clock, 1), title=f"条目{number}")
    found, after = [], ""
    while True:
        page = people.get(PATH, "yatou", limit="2", after=after, text="条目")
        found += titles(page)
        if not (after := page.data["next"]):
            break
    assert sorted(found) == [f"条目{number}" for number in range(5)]


def test_data_grow_old_by_the_clock_alone_on_the_day_after_the_last(people: People, clock: HandClock) -> None:
    entry = publish(people, "zonghe", ago(clock, 0)).data["id"]
    clock.advance(days=90)
    assert people.get(f"{PATH}/{entry}", "sifa").data["stale"] is False
    assert titles(people.get(PATH, "sifa", stale="true")) == []
    clock.advance(days=1)
    seen = people.get(f"{PATH}/{entry}", "sifa").data
    assert (seen["data_age_days"], seen["stale"]) == (91, True)
    item = people.get(PATH, "sifa", stale="true").data["items"][0]
    assert (item["id"], item["data_age_days"], item["stale"]) == (entry, 91, True)
    assert people.post(f"{PATH}/{entry}/refresh", {"data_on": ago(clock, 0)}, "zonghe", 1).status == 200
    assert titles(people.get(PATH, "sifa", stale="true")) == []


def test_the_report_names_who_has_none_what_each_lacks_and_whose_data_are_old(people: People, clock: HandClock) -> None:
    publish(people, "zonghe", ago(clock, 1))
    publish(people, "zonghe", ago(clock, 100), title="旧统计", category="statistics")
    told = people.get(f"{PATH}/coverage", "yatou").data
    assert (told["as_of"], told["stale_days"]) == (ago(clock, 0), 90)
    assert [each["code"] for each in told["categories"]] == [
        "subjects", "dynamics", "monitoring", "statistics", "warnings"]
    assert [row["agency"] for row in told["agencies"]] == [
        "haoyunjiao", "sifa", "yatou", "zhujian", "zonghe"], "no 市政府办公室: 3"
    assert told["without"] == ["haoyunjiao", "sifa", "yatou", "zhujian"]
    own = told["agencies"][-1]
    assert own["lacks"] == ["subjects", "monitoring", "warnings"]
    assert own["cells"][3] == {"category": "statistics", "entries": 1, "data_on": ago(clock, 100), "stale": True}
    old = [(each["agency"], each["title"], each["data_age_days"]) for each in told["stale"]]
    assert old == [("zonghe", "旧统计", 100)]
    assert people.stranger(f"{PATH}/coverage").status == 401


def test_a_withdrawn_entry_counts_for_nothing_in_the_report(people: People, clock: HandClock) -> None:
    entry = publish(people, "zonghe", ago(clock, 1)).data["id"]
    people.post(f"{PATH}/{entry}/withdraw", {"reason": "撤"}, "zonghe", 1, seen=1)
    assert "zonghe" in people.get(f"{PATH}/coverage", "sifa").data["without"]
    assert "stale" not in people.get(f"{PATH}/{entry}", "sifa").data


def test_one_agency_has_no_two_entries_of_one_title_and_another_may(people: People, clock: HandClock) -> None:
    def again(agency: str) -> int:
        return people.post(PATH, {"entry": ENTRY, "data_on": ago(clock, 0)}, agency, 1).status

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(again, ["zonghe"] * 4)) == [201, 409, 409, 409]
    assert again("zhujian") == 201
    entry = people.get(PATH, "zonghe", agency="zonghe").data["items"][0]["id"]
    people.post(f"{PATH}/{entry}/withdraw", {"reason": "撤"}, "zonghe", 1, seen=1)
    assert again("zonghe") == 201, "what was withdrawn keeps no title"


def test_what_is_not_coded_is_refused_with_the_code_its_list_and_where_it_stands(
        people: People, clock: HandClock) -> None:
    entry = {**ENTRY, "category": "gossip", "penalty_items": ["occupy_road", "made_up"]}
    answer = people.post(PATH, {"entry": entry, "data_on": ago(clock, 0)}, "zonghe", 1)
    assert answer.status == 422
    told = {each["code"]: each for each in answer.data["refusals"]}
    assert told["UNKNOWN_CATEGORY"]["values"] == {"code": "gossip", "list": "record_categories"}
    assert "「gossip」不在代码表「执法档案信息类别」" in told["UNKNOWN_CATEGORY"]["detail"]
    assert told["UNKNOWN_ITEM"]["where"] == "entry.penalty_items.1"
    assert told["UNKNOWN_ITEM"]["values"] == {"code": "made_up", "list": "penalty_items"}


def test_records_that_came_in_make_the_entries_they_feed_as_young_as_they_are(
        office: Office, people: People, clock: HandClock) -> None:
    fed = publish(people, "zonghe", ago(clock, 30)).data["id"]
    others = [publish(people, "zonghe", ago(clock, 30), title="线下", ways=["offline"]).data["id"],
              publish(people, "zonghe", ago(clock, 30), title="统计", category="statistics").data["id"],
              publish(people, "zhujian", ago(clock, 30)).data["id"],
              publish(people, "zonghe", ago(clock, 1), title="更新的").data["id"]]
    data = {"agency": "zonghe", "data_on": {"dynamics": ago(clock, 2)}}
    event = Event("e-1", "sharing", "records_added", "r-1", clock.now(), data)
    for _ in range(2):                       # told twice, it is done once
        with office.db.write() as tx:
            own_news(office)["records_added"](tx, event)
    assert people.get(f"{PATH}/{fed}", "sifa").data["case"]["data_on"] == ago(clock, 2)
    told = people.get(f"{PATH}/{fed}/events", "zonghe").data["items"]
    assert [each["event"] for each in told] == ["catalogue_published", "catalogue_refreshed"]
    days = [people.get(f"{PATH}/{entry}", "sifa").data["case"]["data_on"] for entry in others]
    assert days == [ago(clock, 30), ago(clock, 30), ago(clock, 30), ago(clock, 1)]
