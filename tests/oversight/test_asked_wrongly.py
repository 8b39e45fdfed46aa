"""What is asked wrongly of chapter 6 is refused, and told what there is: never an empty answer for a slip of the pen.
What may be asked is what the API describes; a look that is refused is in the access log; on both back ends."""

import pytest
import sqlalchemy as sa

from services.oversight.api import make
from services.oversight.board import deadlines, figures
from shared.access.log import access_log
from shared.acts import filtering
from shared.acts.office import Office
from shared.http.app import openapi
from shared.http.components import resolved
from shared.kernel.errors import Refused
from shared.kernel.settings import CITIES
from tests.offices import People
from tests.oversight.test_supervision import breach, issue, late, office, proposals
from tests.oversight.told import hear

__all__ = ["office"]

ROOT = "/api/oversight"
NOBODY = "019992fb-0000-7000-a679-000000000000"
BESIDES = {"limit", "after", "by", "from", "to", "period", "as_of", "format", "of"}     # no filters
MISSPELT = [
    ("deadlines", "agency", "zhujin", "「zhujian」荣成市住房和城乡建设局"),
    ("deadlines", "clock", "transfer.leter", "transfer.letter"),
    ("deadlines", "service", "transfers", "transfer"), ("deadlines", "light", "purple", "「red」红灯"),
    ("deadlines", "source", "law", "plan"), ("deadlines/counts", "clock", "letter", "transfer.letter"),
    ("deadlines/trends", "agency", "nobody", "sifa"), ("breaches", "bound", "zhujin", "zhujian"),
    ("breaches", "service", "x", "collab"), ("breaches", "withdrawn", "yes", "「true」已撤回"),
    ("scorecards", "agency", "zhujin", "zhujian"),
    ("ledgers/transfers", "agency", "zhujin", "「zhujian」"), ("reports/2025", "agency", "zhujin", "「zhujian」"),
    ("scorecards", "source", "law", "statutory"),
    ("filings", "kind", "letter", "closing_report"), ("filings", "service", "x", "transfer"),
    ("filings", "filed_by", "nobody", "zhujian"), ("task-reports", "awaits", "nobody", "sifa"),
    ("task-reports", "reporter", "nobody", "zonghe"), ("supervision", "target", "nobody", "zonghe"),
    ("supervision", "issuer", "nobody", "sifa"), ("supervision", "kind", "letter", "「reminder」提醒"),
    ("supervision", "part", "victim", "「target」被督查机关"), ("accountability", "meant", "nobody", "sifa")]


@pytest.mark.parametrize(("path", "name", "value", "known"), MISSPELT)
def test_a_value_that_there_is_not_is_refused_with_those_that_there_are(
        people: People, path: str, name: str, value: str, known: str) -> None:
    answer = people.get(f"{ROOT}/{path}", "sifa", **{name: value})
    assert (answer.status, answer.codes) == (400, ["BAD_FILTER"])
    refusal, = answer.data["refusals"]
    assert (refusal["where"], refusal["article"]) == (name, "internal")
    assert known in refusal["values"]["known"] and value in refusal["detail"]


@pytest.mark.parametrize(("path", "name", "value", "how"), [
    ("deadlines", "case", f"transfer/{NOBODY}", "小写字母"), ("breaches", "case", "荣住建移〔2025〕3号", "小写字母"),
    ("breaches", "deadline", f"transfer/{NOBODY}", "小写字母"), ("filings", "case", "x" * 37, "小写字母"),
    ("task-reports", "case", "某方案", "小写字母"), ("supervision", "deadline", NOBODY, "服务/编号"),
    ("supervision", "deadline", f"transfers/{NOBODY}", "collab、joint"), ("accountability", "plan", "collab/", "服务/编号")])
def test_what_cannot_be_an_id_is_refused_with_how_one_is_written(
        people: People, path: str, name: str, value: str, how: str) -> None:
    answer = people.get(f"{ROOT}/{path}", "sifa", **{name: value})
    assert (answer.status, answer.codes) == (400, ["BAD_FILTER"])
    assert answer.data["refusals"][0]["where"] == name and how in answer.data["detail"]
    assert people.get(f"{ROOT}/{path}", "sifa", **{name: NOBODY if "小写字母" in how else f"collab/{NOBODY}"}).status == 200


def listed(office: Office) -> dict[str, set[str]]:
    """The addresses that need no id, with the parameters that the API describes."""
    told = openapi(make(office))
    asked = {path: [resolved(each, told) for each in operations["get"].get("parameters", ())]
             for path, operations in told["paths"].items() if "get" in operations and "{" not in path}
    return {path: {each["name"] for each in parameters if each["in"] == "query"} for path, parameters in asked.items()}


def test_the_api_describes_every_filter_that_works_and_no_other(office: Office, people: People) -> None:
    described = listed(office)
    assert described[f"{ROOT}/deadlines"] >= {"agency", "clock", "service", "case", "light", "source"}
    for path, acts in office.acts.items():
        assert described[f"{ROOT}/{path}"] - BESIDES == set(filtering.of(acts.keeping, in_url=True)), path
    for path, names in described.items():
        answer = people.get(path, "sifa", colour="red")
        if answer.status == 200 or path.endswith(("/feed", "/reconciliation")):
            continue
        refusal, = answer.data["refusals"]
        assert refusal["code"] in ("UNKNOWN_FILTER", "UNKNOWN_PARAMETER") and refusal["where"] == "colour", path
        known = {name for name in refusal["values"]["known"].split(", ") if name}
        assert known - BESIDES == names - BESIDES, path
        assert all(name in refusal["detail"] for name in known), path


def test_the_page_of_the_api_names_what_can_be_asked_in_both_languages(office: Office) -> None:
    own = {path.removeprefix(ROOT) for path in listed(office)} - {"/feed", "/reconciliation", "/reconciliation/sent"}
    for name in ("docs/api.md", "docs/api.zh.md"):
        said = (CITIES.parents[1] / name).read_text("utf-8")
        assert not [path for path in own if f"{path}`" not in said and f"{path}?" not in said], name


def test_a_period_that_has_not_begun_is_no_empty_report(people: People) -> None:
    for path, query, status in (("reports/2030", {}, 404), ("reports/2025-Q4", {}, 404),
                                ("scorecards", {"period": "2025-10"}, 400)):
        answer = people.get(f"{ROOT}/{path}", "sifa", **query)
        assert (answer.status, answer.codes) == (status, ["PERIOD_NOT_BEGUN"]), path
        assert answer.data["refusals"][0]["where"] == "period"
    assert people.get(f"{ROOT}/reports/2025-Q3", "sifa").status == 200


def test_a_trend_says_in_chinese_by_what_it_is_counted(people: People) -> None:
    answer = people.get(f"{ROOT}/deadlines/trends", "sifa", by="week", **{"from": "yesterday"})
    assert answer.codes == ["BAD_SPAN"] and "按周统计" in answer.data["detail"] and "week" not in answer.data["detail"]
    unknown = people.get(f"{ROOT}/deadlines/trends", "sifa", by="fortnight", **{"from": "yesterday"})
    assert unknown.codes == ["UNKNOWN_DIMENSION"] and "「week」按周" in unknown.data["detail"]
    by = people.get(f"{ROOT}/deadlines/counts", "sifa", by="colour")
    assert by.codes == ["UNKNOWN_DIMENSION"] and "「agency」责任机关" in by.data["detail"]
    twice = people.get(f"{ROOT}/deadlines/counts", "sifa", by="agency,agency")
    assert (twice.status, twice.codes) == (400, ["DIMENSION_TWICE"]) and "不止一次" in twice.data["detail"]
    ledger = people.get(f"{ROOT}/ledgers/letters", "sifa")
    assert ledger.codes == ["UNKNOWN_LEDGER"] and "「transfers」案件移送台账" in ledger.data["detail"]


def test_a_deadline_of_another_service_says_where_it_is_explained(office: Office, people: People) -> None:
    hear(office, breach(late()))
    answer = people.get(f"{ROOT}/deadlines/{NOBODY}", "sifa")
    assert (answer.status, answer.codes) == (404, ["NOT_VISIBLE"])
    assert "oversight 没有这一编号的期限" in answer.data["detail"] and "explained_at" in answer.data["detail"]


def test_in_english_codes_are_told_without_their_chinese_titles(office: Office) -> None:
    law = office.law.now()
    for refused in (lambda: deadlines.check({"agency": "zhujin"}, deadlines.FILTERS, law),
                    lambda: figures.known_span("x"),
                    lambda: deadlines.check({"light": "x"}, deadlines.FILTERS, law)):
        with pytest.raises(Refused) as found:
            refused()
        assert [each.en for each in found.value.refusals if not each.en.isascii()] == []


def test_what_is_not_there_is_named_and_the_refused_look_is_logged(office: Office, people: People) -> None:
    hear(office, breach(late()))
    case = issue(people).data["id"]
    for id, agency in ((NOBODY, "sifa"), (case, "zonghe"), ("no-id", "sifa")):
        answer = people.get(f"{ROOT}/supervision/{id}", agency)
        assert (answer.status, answer.codes) == (404, ["NOT_VISIBLE"])
        assert answer.data["detail"] == "督查中没有这一编号，或者本机关无权查看。"
    assert people.get(f"{ROOT}/supervision/proposals", "zonghe").status == 403
    people.stranger(f"{ROOT}/supervision/{case}")
    people.get(f"{ROOT}/nothing-here", "zonghe")
    log = access_log.c
    with office.db.read() as tx:
        rows = tx.execute(sa.select(log.what, log.subject, log.agency, log.outcome).where(log.kind == "refused")).all()
    one = f"GET {ROOT}/supervision/<case_id>"
    assert sorted(map(tuple, rows)) == sorted([
        (one, NOBODY, "sifa", "NOT_VISIBLE"), (one, case, "zonghe", "NOT_VISIBLE"), (one, "", "sifa", "NOT_VISIBLE"),
        (f"GET {ROOT}/supervision/proposals", "", "zonghe", "WRONG_PARTY")])


def test_an_address_below_what_is_not_there_names_it_too(people: People) -> None:
    agenda = people.get(f"{ROOT}/conferences/no-id/agenda-proposals", "sifa")
    assert agenda.data["detail"] == "联席会议中没有这一编号，或者本机关无权查看。"
    assert people.get(f"{ROOT}/ledgers/nothing", "sifa").data["refusals"][0]["where"] == "kind"


def test_a_kind_that_there_is_not_is_refused_once(office: Office, people: People) -> None:
    hear(office, breach(late()))
    assert issue(people, kind="letter").codes == ["UNKNOWN_KIND"]


def test_a_target_that_there_is_not_is_said_to_be_none(office: Office, people: People) -> None:
    hear(office, breach(late()))
    answer = issue(people, target="zhujin")
    assert "UNKNOWN_TARGET" in answer.codes and "「zhujin」" in answer.data["detail"]


def test_refusals_of_the_form_of_a_request_say_where_and_that_no_law_says_so(office: Office, people: People) -> None:
    hear(office, breach(late()))
    id = issue(people).data["id"]
    path, body = f"{ROOT}/supervision/{id}", {"says": "已办"}
    answers = {
        "WRONG_STATE": (people.post(f"{path}/accept-explanation", {}, "sifa", seen=1), "state", "internal"),
        "STALE": (people.post(f"{path}/answer", body, "zhujian", seen=7), "If-Match", "internal"),
        "IF_MATCH_MISSING": (people.post(f"{path}/answer", body, "zhujian"), "If-Match", "internal"),
        "FIELD_UNKNOWN": (people.post(f"{path}/answer", {**body, "colour": 1}, "zhujian", seen=1), "colour",
                          "internal"),
        "KEY_BAD": (people.post(f"{path}/answer", body, "zhujian", key="钥匙".encode().decode("latin-1"), seen=1),
                    "Idempotency-Key", "internal"),
        "NOT_EXPIRED": (people.post(f"{path}/step-up", {"kind": "urging", "says": "请办"}, "sifa", seen=1), "answer_by",
                        "internal"),
        "STILL_OWED": (people.post(f"{path}/close", {"result": "已办"}, "sifa", seen=1), "deadlines", "29"),
        "BAD_LIMIT": (people.get(f"{ROOT}/deadlines", "sifa", limit="0"), "limit", "internal")}
    for code, (answer, where, article) in answers.items():
        refusal = answer.data["refusals"][0]
        assert (refusal["code"], refusal["where"], refusal["article"]) == (code, where, article)
    assert proposals(people) == []


@pytest.mark.parametrize("path", ("deadlines/counts", "deadlines/trends", "scorecards"))
@pytest.mark.parametrize(("name", "value"), (("limit", "3"), ("after", "eA")))
def test_what_has_no_pages_refuses_to_be_asked_for_one(people: People, path: str, name: str, value: str) -> None:
    answer = people.get(f"{ROOT}/{path}", "sifa", **{name: value})
    assert (answer.status, answer.codes) == (400, ["UNKNOWN_PARAMETER"])
    assert "「agency」" in answer.data["refusals"][0]["detail"]
