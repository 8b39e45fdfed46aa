"""Deliveries of archive records at work: all or nothing, once, in versions; what is told of them, and what never is."""

import json

import pytest

from services.sharing.archive import repository, store
from shared.acts.office import Office
from shared.crypto.digests import tagged
from tests.offices import MakeOffice, People
from tests.sharing.archive import CODE, NDJSON, PATH, SEARCH, WHY, deliver, found, lines, record, search, titles
from tests.sharing.catalogue import of, small_city


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    return small_city(make_office)


@pytest.fixture
def people(office: Office) -> People:
    return of(office)


def rows(office: Office) -> list[dict[str, object]]:
    with office.db.read() as tx:
        return [dict(row) for row in tx.execute(store.RECORD.select().order_by(store.RECORD.c.nr)).mappings()]


def test_a_delivery_is_one_event_that_counts_and_names_nobody(office: Office, people: People) -> None:
    answer = deliver(people, record("1", respondent_kind="person", respondent="钟离建国", title="钟离建国占道经营案"),
                     record("2", category="warnings", occurred_on="2025-06-20"))
    assert answer.status == 201
    facts = answer.data["facts"]
    assert (facts["categories"], facts["new"], facts["replaced"]) == ({"dynamics": 1, "warnings": 1}, 2, 0)
    assert facts["data_on"] == {"dynamics": "2025-06-02", "warnings": "2025-06-20"}
    with office.db.read() as tx:
        told = [each.body for each in office.journal.feed(tx, 0, 100, "zonghe")]
    assert "records_added" in told[-1] and "钟离" not in "".join(told) and "占道经营案" not in "".join(told)


def test_the_journal_keeps_no_text_of_the_records_either(office: Office, people: People) -> None:
    deliver(people, record("1", text="海参加工车间的账册"))
    with office.db.read() as tx:
        details = tx.exec_driver_sql("SELECT detail FROM journal_detail").scalars().all()
    assert not any("海参" in detail for detail in details)


def test_the_same_record_again_is_one_and_changes_nothing(office: Office, people: People) -> None:
    deliver(people, record("1"), record("2"))
    answer = deliver(people, record("2"), record("1"), record("3"))
    assert (answer.data["facts"]["unchanged"], answer.data["facts"]["new"]) == (2, 1)
    assert [(row["external_id"], row["version"]) for row in rows(office)] == [("1", 1), ("2", 1), ("3", 1)]


def test_other_content_under_an_id_is_its_next_version_and_the_old_one_stays_readable(
        office: Office, people: People) -> None:
    deliver(people, record("1", title="立案"))
    answer = deliver(people, record("1", title="结案"))
    assert answer.data["facts"]["replaced"] == 1
    assert titles(people, "zhujian", text="案") == ["结案"]
    id_ = found(people, "zhujian", text="结案")[0]["id"]
    path = f"{PATH}/{id_}/open"
    assert people.post(path, WHY, "zhujian", 1).data["title"] == "结案"
    assert people.post(path, {**WHY, "version": 1}, "zhujian", 1).data["title"] == "立案"
    assert people.post(path, {**WHY, "version": 3}, "zhujian", 1).status == 404
    assert [each["version"] for each in people.post(path, {}, "zonghe", 1).data["versions"]] == [1, 2]


def test_an_id_is_its_agencys_own_another_agency_may_have_the_same(office: Office, people: People) -> None:
    deliver(people, record("1"))
    assert deliver(people, record("1"), agency="zhujian").data["facts"]["new"] == 1


def test_one_wrong_line_and_nothing_is_stored(office: Office, people: People) -> None:
    sent = [record("1"), record("2", category="gossip"), record("3", occurred_on="昨天"), record("4")]
    answer = people.send(PATH, lines(sent), NDJSON, "zonghe")
    assert answer.status == 422
    assert [(each["values"]["line"], each["values"]["field"], each["code"]) for each in answer.data["refusals"]] == [
        (2, "类别", "NO_CATEGORY"), (3, "发生日期", "FIELD_TYPE")]
    assert answer.data["refusals"][0]["detail"].startswith("第2行「类别」「gossip」不在代码表「执法档案信息类别」（record_categories）中")
    assert answer.data["refusals"][0]["article"] == "27"
    assert rows(office) == []


def test_a_thousand_wrong_lines_are_told_and_of_the_others_how_many(office: Office, people: People) -> None:
    answer = people.send(PATH, lines(record(str(nth), category="") for nth in range(1003)), NDJSON, "zonghe")
    assert (answer.status, len(answer.data["refusals"])) == (422, 1001)
    assert answer.data["refusals"][-1]["detail"] == "另有 3 行有误，未逐行列出。"


def test_a_call_holds_ten_thousand_records_and_not_one_more(office: Office, people: People) -> None:
    answer = people.send(PATH, lines(record(str(nth)) for nth in range(10_001)), NDJSON, "zonghe")
    assert (answer.status, answer.codes) == (422, ["TOO_MANY_RECORDS"])
    answer = people.send(PATH, lines(record(str(nth), text="") for nth in range(10_000)), NDJSON, "zonghe")
    assert (answer.status, answer.data["facts"]["new"]) == (201, 10_000)


def test_the_same_request_twice_gets_its_first_answer(office: Office, people: People) -> None:
    first, again = (deliver(people, record("1"), key="k1") for _ in range(2))
    assert (first.status, again.status, again.headers["Idempotent-Replayed"]) == (201, 200, "true")
    assert first.data == again.data
    other = people.send(PATH, lines([record("2")]), NDJSON, "zonghe", key="k1")
    assert (other.status, other.codes) == (422, ["KEY_REUSED"])


def test_one_json_object_is_one_record_and_a_list_many(office: Office, people: People) -> None:
    assert people.post(PATH, record("1"), "zonghe", 1).data["facts"]["new"] == 1
    assert people.post(PATH, {"records": [record("1"), record("2")]}, "zonghe", 1).data["facts"]["new"] == 1
    wrong = people.post(PATH, {"records": [record("1"), 7]}, "zonghe", 1)
    assert wrong.codes == ["BROKEN_LINE"]
    assert people.post(PATH, {"records": []}, "zonghe", 1).codes == ["NO_RECORDS"]


def test_who_is_no_enforcement_agency_delivers_nothing_whatever_it_sends(office: Office, people: People) -> None:
    answer = people.send(PATH, b"\xff not a file", NDJSON, "zhengfuban")
    assert (answer.status, answer.codes) == (403, ["NOT_AN_ARCHIVE"])


def test_what_is_marked_as_a_state_secret_is_refused_with_its_line(office: Office, people: People) -> None:
    sent = [record("1"), record("2", text="密级：机密\n抓捕方案")]
    answer = people.send(PATH, lines(sent), NDJSON, "zonghe")
    assert (answer.status, answer.codes) == (422, ["STATE_SECRET"])
    assert answer.data["refusals"][0]["values"]["line"] == 2 and "保守国家秘密法" in answer.data["refusals"][0]["article"]


@pytest.mark.parametrize("wrong", [CODE[:-1] + "E", "9137108", "123"])
def test_a_credit_code_is_checked_by_its_check_character(office: Office, people: People, wrong: str) -> None:
    said = {"respondent_kind": "organisation", "respondent": "某公司"}
    answer = people.send(PATH, lines([record("1", **said, respondent_number=wrong)]), NDJSON, "zonghe")
    assert answer.codes == ["NOT_A_CREDIT_CODE"]
    deliver(people, record("1", **said, respondent_number=f" {CODE.lower()} "))
    opened = people.post(f"{PATH}/{found(people, 'zhujian', respondent=CODE)[0]['id']}/open", WHY, "zhujian", 1)
    assert opened.data["respondent"] == {"kind": "organisation", "name": "某公司", "number": CODE}


def test_a_natural_person_is_kept_sealed_and_its_number_is_masked_for_others(office: Office, people: People) -> None:
    deliver(people, record("1", respondent_kind="person", respondent="钟离建国", respondent_number="11010519491231002X"))
    [row] = rows(office)
    assert "钟离" not in json.dumps(row, ensure_ascii=False, default=str) and row["organisation"] == ""
    id_ = found(people, "zhujian", respondent="钟离建国")[0]["id"]
    assert people.post(f"{PATH}/{id_}/open", WHY, "zhujian", 1).data["respondent"] == {
        "kind": "person", "name": "钟离建国", "number": "110105**********2X"}
    assert people.post(f"{PATH}/{id_}/open", {}, "zonghe", 1).data["respondent"]["number"] == "11010519491231002X"


def test_a_natural_person_of_anothers_record_is_named_for_a_case_in_hand_only(office: Office, people: People) -> None:
    deliver(people, record("1", respondent_kind="person", respondent="钟离建国"),
            record("2", respondent_kind="organisation", respondent="某公司"))
    person, firm = (found(people, "zhujian", respondent=name)[0]["id"] for name in ("钟离建国", "某公司"))

    def named(id_: str, agency: str, **why: str) -> str:
        answer = people.post(f"{PATH}/{id_}/open", why, agency, 1)
        assert answer.status == 200, answer.data
        return str(answer.data["respondent"]["name"])

    no_case = {"purpose": "policy", "reason": "统计分析"}
    for agency in ("zhujian", "sifa"):
        assert (named(person, agency, **no_case), named(person, agency, **WHY)) == ("某某某某", "钟离建国")
        assert named(firm, agency, **no_case) == "某公司"
    assert named(person, "zonghe") == "钟离建国"
    cases = [item["case"] for item in people.get(f"{PATH}/accesses", "zonghe").data["items"] if item["what"] == "open"]
    assert sorted(cases) == [""] * 4 + [WHY["case"]] * 2                       # the holder sees for which case


def test_a_versions_digest_holds_when_what_is_personal_is_erased(office: Office, people: People) -> None:
    said = deliver(people, record("1", respondent_kind="person", respondent="钟离建国")).data["facts"]["digest"]
    [row] = rows(office)
    sealed = json.loads(str(row["respondent"]))
    for value in sealed.values():
        value["personal"] = {"hash": value["personal"]["hash"]}
    erased = {**row, "respondent": json.dumps(sealed)}
    assert repository.digest_of(row) == repository.digest_of(erased) == row["digest"]
    assert tagged(str(row["digest"])) == said
    assert repository.opened(office.vault, erased) == {"name": "已删除"}


def test_a_record_without_a_word_on_access_is_given_on_request(office: Office, people: People) -> None:
    sent = record("1")
    del sent["access"]
    deliver(people, sent)
    assert rows(office)[0]["access"] == "on_request"


def test_a_delivery_is_read_by_its_agency_and_the_overseers_only(office: Office, people: People) -> None:
    id_ = deliver(people, record("1")).data["id"]
    for agency, status in (("zonghe", 200), ("sifa", 200), ("zhengfuban", 200), ("zhujian", 404)):
        assert people.get(f"{PATH}/{id_}", agency).status == status
    assert people.get(PATH, "zhujian").data["items"] == []
    assert [each["new"] for each in people.get(PATH, "zonghe").data["items"]] == [1]


def test_all_that_is_wrong_in_a_line_is_told_at_once_and_a_word_for_a_code_with_its_list(people: People) -> None:
    wrong = record("2", category="执法动态", occurred_on="昨天", cause="没有的案由", respondent_kind="person")
    answer = people.send(PATH, lines([record(), wrong]), NDJSON, "zonghe")
    told = {each["where"]: each["detail"] for each in answer.data["refusals"]}
    assert answer.status == 422 and set(told) == {"2.category", "2.occurred_on", "2.cause", "2.respondent"}
    assert "「执法动态」不在代码表「执法档案信息类别」" in told["2.category"]
    assert found(people, "zonghe", text="占道") == []


def test_a_file_with_a_parameter_that_there_is_not_is_refused_and_not_taken_without_it(people: People) -> None:
    answer = people.send(f"{PATH}?extern=oa:1", lines([record()]), NDJSON, "zonghe")
    refusal, = answer.data["refusals"]
    assert (answer.status, refusal["code"], refusal["where"]) == (400, "UNKNOWN_PARAMETER", "extern")
    assert "external_ref" in refusal["detail"] and found(people, "zonghe", text="占道") == []
    first, other = (people.send(f"{PATH}?external_ref=oa:1", lines([record(id_)]), NDJSON, "zonghe") for id_ in "12")
    assert (first.status, other.status, other.codes) == (201, 409, ["REF_TAKEN"])
    assert other.data["refusals"][0]["article"] == "internal"


@pytest.mark.parametrize(("name", "value"), [("agency", "nobody"), ("category", "x"), ("cause", "zzz")])
def test_a_filter_that_no_record_can_meet_is_refused_with_the_list(people: People, name: str, value: str) -> None:
    deliver(people, record())
    answer = search(people, "zonghe", filters={name: value})
    assert (answer.status, answer.codes) == (400, ["BAD_FILTER"]) and f"「{value}」" in answer.data["detail"]
    assert answer.data["refusals"][0]["where"] == f"filters.{name}"


@pytest.mark.parametrize("path", ["tips?kind=nix", "tips?cause=zzz", "catalogue?category=x", "queries?state=nix",
                                  "tips?state=zzz", "agencies?state=zzz", "records?state=zzz", "holds?state=zzz",
                                  "tips?light=zzz", "tips/proposals?cause=zzz", "queries?kind=asap",
                                  "queries?passed_from=荣综查〔2025〕1号", "subscriptions?carrier=mail",
                                  "agencies?standing=boss", "agencies?code=nobody", "holds?held_case=nix"])
def test_lists_refuse_codes_and_states_that_there_are_not(people: People, path: str) -> None:
    place, _, query = path.partition("?")
    answer = people.get(f"/api/sharing/{place}", "sifa", **dict([query.split("=")]))
    assert (answer.status, answer.codes) == (400, ["BAD_FILTER"]), answer.data


def test_who_looks_for_a_case_names_it(people: People) -> None:
    without = {"text": "占道", "purpose": "case", "reason": "办案"}
    of_firm = {"organisation": "某公司", "purpose": "case", "reason": "办案"}
    for path, body in ((SEARCH, without), ("/api/sharing/dossiers", of_firm)):
        answer = people.post(path, body, "zhujian", 1)
        assert (answer.status, answer.codes) == (422, ["NO_CASE"])


def test_a_mistyped_number_is_told_as_such_wherever_one_is_looked_up(people: People) -> None:
    for code in ("91371082MA3854561A", "９１３７１０８２ＭＡ３８５４５６１Ａ"):
        answer = people.post("/api/sharing/dossiers", {"organisation": code, **WHY}, "zhujian", 1)
        assert (answer.status, answer.codes) == (422, ["NOT_A_CREDIT_CODE"])
    wide = people.post("/api/sharing/dossiers", {"organisation": "９１３７１０８２ＭＡ３８５４５６１Ｄ", **WHY}, "zhujian", 1)
    assert (wide.status, wide.data["organisation"]["asked"]) == (200, CODE)
    asked = {"number": "110101199003074515", "application": "申请1号"}
    answer = people.post("/api/sharing/persons/export", asked, "sifa")
    assert (answer.status, answer.codes) == (422, ["NOT_AN_IDENTITY_NUMBER"])
    hold = {"document": "荣纪〔2025〕1号", "issued_by": "justice", "issued_on": "2025-06-02", "reason": "诉讼",
            "person": {"number": "110101199003074515"}}
    assert people.post("/api/sharing/holds", hold, "sifa").codes == ["NOT_AN_IDENTITY_NUMBER"]
