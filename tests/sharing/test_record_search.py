"""Searching archive records: what is found, in which order, page by page; by whom; who sees afterwards that it was."""

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liandong.sample_records import samples
from services.sharing.archive import pages as looking
from services.sharing.archive import search_store, store
from services.sharing.archive.words import folded, words_of
from shared.acts.office import Office
from shared.kernel.clock import HandClock
from tests.offices import MakeOffice, People
from tests.sharing.archive import PATH, SEARCH, WHY, deliver, found, record, search, titles
from tests.sharing.catalogue import of, small_city

SIGNS = st.sampled_from("占道经营违法建𠀀𠮷𬭎䶮aAb（1 \n")
TEXTS = st.text(SIGNS, max_size=24)
RECORDS = st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from(["open", "on_request"])), min_size=1, max_size=8)


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    return small_city(make_office)


@pytest.fixture
def people(office: Office) -> People:
    return of(office)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RECORDS, st.text(SIGNS, min_size=1, max_size=5))
def test_a_search_finds_exactly_what_a_plain_scan_finds(
        people: People, sent: list[tuple[str, str, str]], said: str) -> None:
    """One-sign words, two-sign words, longer ones, rare signs, capitals; over what the viewer may read."""
    records = [record(str(nth), title=title.strip() or "题", text=text, access=access)
               for nth, (title, text, access) in enumerate(sent)]
    extra = [record(f"gone-{nth}", title="无", text="") for nth in range(len(sent), 8)]
    deliver(people, *records, *({**each, "id": str(nth)} for nth, each in enumerate(extra, len(sent))))
    if not (words := words_of(said)):
        return
    wanted = {str(nth) for nth, each in enumerate(records)
              if all(word in folded(each["title"]) or word in folded(each["text"].strip()) for word in words)}
    own = {item["external_id"] for item in found(people, "zonghe", text=said, filters={"agency": "zonghe"})}
    others = titles(people, "zhujian", text=said)
    assert own == wanted
    assert len(others) == len([nth for nth in wanted if records[int(nth)]["access"] == "open"])


def test_a_title_comes_before_a_text_more_hits_before_fewer_and_newer_before_older(people: People) -> None:
    deliver(people,
            record("1", title="文内一次", text="占道"), record("2", title="题中占道", text=""),
            record("3", title="文内两次", text="占道，又占道"), record("4", title="文内一次，较新", text="占道", occurred_on="2025-06-09"),
            record("5", title="占道占道", text=""), record("6", title="别的", text="别的"))
    assert titles(people, "zhujian", text="占道") == ["占道占道", "题中占道", "文内两次", "文内一次，较新", "文内一次"]


def test_highlights_are_ranges_of_the_text_as_it_was_written(people: People) -> None:
    deliver(people, record("1", title="ＡＢ酒楼占道", text="𠮷ab在道上；占道"))
    [item] = found(people, "zhujian", text="ab 占道")
    assert item["highlights"] == {"title": [[0, 2], [4, 6]], "text": [[1, 3], [7, 9]]}
    assert item["excerpt"] == {"from": 0, "text": "𠮷ab在道上；占道"}


@pytest.mark.parametrize("day", ["1949-10-01", "1999-12-31", "2000-02-29", "2025-09-28"])
def test_what_is_told_of_a_record_is_what_was_delivered(people: People, day: str) -> None:
    """Its columns come together and as bytes: an empty one among them, a break in the text, signs of four bytes."""
    said = record("甲 / 1", title="𬭎海占道案", text="占道，\n又\t占道", occurred_on=day, cause="road_occupation",
                  number="荣综执罚〔2025〕第17号", respondent_kind="organisation", respondent="荣成市𬭎海餐饮有限公司")
    deliver(people, said, record("2", title="无"))
    for asked in ({"text": "占道"}, {"text": "第17号 占道"}, {"respondent": said["respondent"]}):
        [item] = found(people, "zonghe", **asked)
        assert item | {"highlights": 0, "id": 0} == {
            "id": 0, "agency": "zonghe", "category": "dynamics", "cause": "road_occupation", "number": said["number"],
            "access": "open", "organisation": said["respondent"], "version": 1, "title": said["title"],
            "occurred_on": day, "own": True, "external_id": "甲 / 1", "highlights": 0,
            "excerpt": {"from": 0, "text": said["text"]}}


def test_no_item_is_larger_than_a_page_counts_on(people: People) -> None:
    """Signs of four bytes, as long as a text may be, and hit wherever they can be."""
    broad, apart = "\U00020000", "\U00020000a"
    deliver(people, record("号" * 120, title=apart * 100, text="a" * 160 + apart * 9_000, number=broad * 80,
                           cause="road_occupation", respondent_kind="organisation", respondent=broad * 200))
    [item] = found(people, "zonghe", text=broad)
    assert len(item["highlights"]["title"]) == len(item["highlights"]["text"]) == 100
    assert len(item["excerpt"]["text"]) == 160
    assert 0.5 < len(json.dumps(item, ensure_ascii=False).encode()) / looking.LARGEST_ITEM < 0.9


def test_words_are_also_found_in_the_number_and_in_an_organisations_name(people: People) -> None:
    deliver(people, record("1", title="甲", number="荣综执罚〔2025〕第17号"),
            record("2", title="乙", respondent_kind="organisation", respondent="荣成市𬭎海餐饮有限公司"))
    assert titles(people, "zhujian", text="〔2025〕第17号") == ["甲"]
    assert titles(people, "zhujian", text="𬭎海") == ["乙"]


def test_a_natural_persons_name_is_found_as_a_respondent_and_not_as_a_word(people: People) -> None:
    deliver(people, record("1", title="钟离建国占道案", text="告知钟离建国", respondent_kind="person", respondent="钟离建国"))
    assert found(people, "zhujian", text="钟离") == found(people, "zonghe", text="建国") == []
    for asked in ({"text": "占道"}, {"respondent": " 钟离建国"}):
        assert (titles(people, "zhujian", **asked), titles(people, "zonghe", **asked)) == (
            ["某某某某占道案"], ["钟离建国占道案"])


def test_others_read_a_record_without_the_natural_person_whom_its_title_and_text_name(people: People) -> None:
    """Name and number, however they are written; what was hit stands where it is told to stand."""
    number = "11010519491231002X"
    deliver(people, record("1", title="钟离建国占道案", text="查钟离建国（11010519491231002x）占道", respondent="钟离建国",
                           respondent_kind="person", respondent_number=number))
    [item] = found(people, "zhujian", text="占道")
    masked = "查某某某某（" + "*" * 18 + "）占道"
    assert (item["title"], item["excerpt"]["text"]) == ("某某某某占道案", masked)
    (begin, end), = item["highlights"]["text"]
    assert masked[begin:end] == "占道"
    for agency, wanted in (("zhujian", ("某某某某占道案", masked)), ("sifa", ("某某某某占道案", masked)),
                           ("zonghe", ("钟离建国占道案", "查钟离建国（11010519491231002x）占道"))):
        told = people.post(f"{PATH}/{item['id']}/open", WHY, agency, 1).data
        assert (told["title"], told["text"]) == wanted


def test_an_organisation_is_read_as_it_is_written(people: People) -> None:
    deliver(people, record("1", title="钟离餐饮占道案", text="钟离餐饮", respondent="钟离餐饮", respondent_kind="organisation"))
    assert titles(people, "zhujian", text="占道") == ["钟离餐饮占道案"]


def test_no_sample_record_names_a_natural_person_in_its_title_or_text() -> None:
    told = [sample.record for sample in samples(500)]
    persons = [each for each in told if each.get("respondent_kind") == "person"]
    assert persons and not [each for each in persons if each["respondent"] in each["title"] + each["text"]]
    assert any(each["respondent"] in each["title"] for each in told if each.get("respondent_kind") == "organisation")


@pytest.mark.parametrize(("filters", "wanted"), [
    ({"category": "warnings"}, ["预警"]), ({"cause": "road_occupation"}, ["占道"]), ({"agency": "zhujian"}, ["工地"]),
    ({"since": "2025-06-03"}, ["工地", "预警"]), ({"until": "2025-06-02"}, ["占道"]),
    ({"since": "2025-06-03", "category": "dynamics"}, ["工地"]),
])
def test_filters_narrow_a_search_with_words_and_without(
        people: People, filters: dict[str, str], wanted: list[str]) -> None:
    deliver(people, record("1", title="占道", cause="road_occupation", text="通用"),
            record("2", title="预警", category="warnings", occurred_on="2025-06-03", text="通用"))
    deliver(people, record("3", title="工地", occurred_on="2025-06-04", text="通用"), agency="zhujian")
    assert titles(people, "yatou", filters=filters) == wanted
    assert sorted(titles(people, "yatou", text="通用", filters=filters)) == sorted(wanted)


def test_pages_hold_every_record_once_in_one_order_while_records_come_in(
        people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "WINDOW", 7)
    monkeypatch.setattr(store, "SLICE", 5)
    deliver(people, *(record(str(nth), title=f"占道{nth}", text="占道" * (nth % 3)) for nth in range(40)))
    wanted = {item["id"] for item in found(people, "zonghe", filters={"agency": "zonghe"}, limit=200)}
    assert len(wanted) == 40
    for asked in ({"text": "占道"}, {"filters": {"category": "dynamics"}}, {"filters": {"since": "2020-01-01"}}):
        told, after = [], ""
        while True:
            answer = search(people, "zhujian", limit=6, after=after, **asked).data
            told += [item["id"] for item in answer["items"]]
            deliver(people, record(f"new-{len(told)}-{sorted(asked)}", title="占道新"))
            after = answer["next"]
            if not after:
                break
        assert len(told) == len(set(told)) and wanted <= set(told)


def test_words_that_few_records_have_are_found_however_old_these_are_and_only_where_they_may_be_read(
        people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest slice is asked for all at once, an older one first for the words alone."""
    monkeypatch.setattr(store, "SLICE", 5)
    monkeypatch.setattr(search_store, "DENSE", 1)
    seldom = {3: {}, 4: {"access": "on_request"}, 17: {"category": "warnings"}, 38: {}}
    deliver(people, *(record(str(nth), title=f"占道{nth}", **({"text": "𬭎海"} | seldom[nth] if nth in seldom else {}))
                      for nth in range(40)))
    for asked, wanted in (({"text": "𬭎海"}, [3, 17, 38]), ({"text": "𬭎"}, [3, 17, 38]), ({"text": "𬭎海 占道3"}, [3, 38]),
                          ({"text": "𬭎海", "filters": {"category": "warnings"}}, [17]),
                          ({"text": "𬭎海", "filters": {"until": "2025-06-02"}}, [3, 17, 38]),
                          ({"text": "𬭎海", "filters": {"since": "2025-06-03"}}, []), ({"text": "山海"}, [])):
        assert sorted(titles(people, "zhujian", **asked)) == sorted(f"占道{nth}" for nth in wanted)
    assert len(found(people, "zonghe", text="𬭎海")) == 4


def test_to_look_at_others_records_purpose_and_reason_are_given_at_ones_own_not(people: People) -> None:
    deliver(people, record("1"))
    ask: Callable[..., list[str]] = lambda **said: people.post(SEARCH, said, "zhujian", 1).codes      # noqa: E731
    assert ask(text="占道") == ["NO_PURPOSE", "NO_REASON"]
    assert ask(text="占道", purpose="curiosity", reason="看看") == ["NO_PURPOSE"]
    assert ask(**WHY) == ["NOTHING_ASKED"]
    id_ = found(people, "zhujian", text="占道")[0]["id"]
    assert people.post(f"{PATH}/{id_}/open", {}, "zhujian", 1).codes == ["NO_PURPOSE", "NO_REASON"]
    assert people.post(SEARCH, {"filters": {"agency": "zonghe"}}, "zonghe", 1).status == 200
    assert people.post(f"{PATH}/{id_}/open", {}, "zonghe", 1).status == 200


def test_the_holder_sees_who_looked_at_its_records_when_and_why_and_nobody_else_does(
        people: People, clock: HandClock) -> None:
    deliver(people, record("1"))
    id_ = found(people, "zhujian", text="占道")[0]["id"]
    clock.advance(seconds=1)
    people.post(f"{PATH}/{id_}/open", WHY, "zhujian", 2)
    people.post(f"{PATH}/{id_}/open", {}, "zonghe", 1)
    opened, searched = people.get(f"{PATH}/accesses", "zonghe").data["items"]
    assert opened == {"at": "2025-09-29T01:00:01.000000Z", "what": "open", "agency": "zhujian",
                      "person": "person-zhujian-2", "records": [id_], **WHY}
    assert (searched["what"], searched["person"]) == ("search", "person-zhujian-1")
    assert people.get(f"{PATH}/accesses", "zhujian").data["items"] == []
    assert people.get(f"{PATH}/accesses", "yatou").data["items"] == []
    page = people.get(f"{PATH}/accesses", "zonghe", limit="1").data
    assert people.get(f"{PATH}/accesses", "zonghe", limit="1", after=page["next"]).data["items"] == [searched]


def test_the_reason_of_a_look_is_kept_sealed(office: Office, people: People) -> None:
    deliver(people, record("1"))
    found(people, "zhujian", text="占道")
    with office.db.read() as tx:
        assert "某公司" not in str(tx.execute(store.ACCESS.select()).mappings().all())


@pytest.mark.parametrize("after", ["x", "MS4y", "LTE"])
def test_a_place_that_no_page_told_is_refused(people: People, after: str) -> None:
    assert search(people, "zhujian", text="占道", after=after).status == 400


# who sees which record: text, pointer or nothing

TEXT, POINTER, NOTHING = "text", "pointer", "nothing"
BOTH = {"open": TEXT, "on_request": TEXT}
OTHERS = {"open": TEXT, "on_request": POINTER}


@pytest.mark.parametrize(("agency", "by_respondent", "by_words"), [
    ("zonghe", BOTH, BOTH), ("zhujian", OTHERS, {"open": TEXT, "on_request": NOTHING}),
    ("sifa", OTHERS, {"open": TEXT, "on_request": NOTHING}),
    ("zhengfuban", OTHERS, {"open": TEXT, "on_request": NOTHING}),
])
def test_each_agency_sees_of_each_record_its_text_a_pointer_or_nothing(
        people: People, agency: str, by_respondent: dict[str, str], by_words: dict[str, str]) -> None:
    firm = {"respondent_kind": "organisation", "respondent": "某公司"}
    deliver(people, record("1", **firm), record("2", **firm, access="on_request", title="某公司欠薪案"))
    ids = {"open": 1, "on_request": 2}
    for asked, wanted in (({"respondent": "某公司"}, by_respondent), ({"text": "某公司"}, by_words)):
        items = {item["access"]: item for item in found(people, agency, **asked)}
        assert {access: _seen(items.get(access)) for access in ids} == wanted
    for access, item in {item["access"]: item for item in found(people, agency, respondent="某公司")}.items():
        answer = people.post(f"{PATH}/{item['id']}/open", WHY, agency, 1)
        assert answer.status == (200 if by_respondent[access] == TEXT else 403)
        assert answer.status == 200 or (answer.codes == ["ON_REQUEST_ONLY"] and "综合行政执法局" in answer.data["detail"])
        assert answer.status == 200 or answer.data["refusals"][0]["where"] == "id"


def _seen(item: dict[str, object] | None) -> str:
    if item is None:
        return NOTHING
    return TEXT if "title" in item else POINTER


def test_a_pointer_tells_holder_category_and_the_way_to_ask_and_nothing_else(people: People) -> None:
    deliver(people, record("1", access="on_request", number="荣综执罚〔2025〕第17号", cause="road_occupation"))
    [item] = found(people, "zhujian", filters={"category": "dynamics"})
    assert set(item) == {"id", "agency", "holder", "category", "access", "ask"}
    assert item["ask"] == {"act": "query", "path": "/api/sharing/queries", "article": "27"}


def test_an_earlier_version_that_was_given_on_request_stays_so(people: People) -> None:
    deliver(people, record("1", access="on_request", text="原来的内容"))
    deliver(people, record("1", access="open"))
    [item] = found(people, "zhujian", text="占道")
    path = f"{PATH}/{item['id']}/open"
    assert people.post(path, {**WHY, "version": 1}, "zhujian", 1).codes == ["ON_REQUEST_ONLY"]
    assert [each["version"] for each in people.post(path, WHY, "zhujian", 1).data["versions"]] == [2]
    assert found(people, "zhujian", text="原来的内容") == []


def test_an_id_of_no_record_is_there_for_nobody(people: People) -> None:
    for id_ in ("01955984-0000-7000-8000-000000000000", "x"):
        answer = people.post(f"{PATH}/{id_}/open", WHY, "zhujian", 1)
        refusal, = answer.data["refusals"]
        assert (answer.status, refusal["where"], refusal["article"]) == (404, "id", "internal")
    assert people.post(f"{PATH}/..%2f/open", WHY, "zhujian", 1).status == 404
