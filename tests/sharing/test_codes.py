"""The code lists over HTTP: each with its 中文, its days and a version that moves only when it does."""

from services.sharing.api import make
from services.sharing.domain import PublishRulebook
from shared.acts.model import THE_SUITE
from shared.acts.office import Office
from shared.acts.request import Request
from tests.offices import MakeOffice, People
from tests.sharing.catalogue import CITY, of, small_city

CODES = "/api/sharing/codes"
PARTED = "    road_occupation: {title: 占道经营, until: 2024-12-31}\n"


def text() -> str:
    return (CITY / "rulebook.yaml").read_text("utf-8")


def etag(office: Office, people: People, path: str, known: str = "") -> tuple[int, str]:
    headers = {**people._who("yatou", 1), **({"If-None-Match": known} if known else {})}
    answer = make(office).test_client().get(path, headers=headers)
    return answer.status_code, answer.headers["ETag"]


def test_every_list_is_told_with_its_title_and_its_number_of_codes(make_office: MakeOffice) -> None:
    office = small_city(make_office)
    people = of(office)
    told = {each["list"]: each for each in people.get(CODES, "yatou").data["items"]}
    law = next(iter(office.law.now().rulebooks.values()))
    assert law.codes.keys() <= told.keys()
    assert told["penalty_items"]["title"] == "处罚事项"
    assert told["causes"]["codes"] == len(law.codes["causes"])
    assert told["grounds:transfer.refuse."]["title"] == "不予受理的理由"
    assert people.stranger(CODES).status == 401


def test_a_list_is_told_with_its_codes_and_one_that_there_is_not_is_404(make_office: MakeOffice) -> None:
    people = of(small_city(make_office))
    kinds = people.get(f"{CODES}/carriers", "yatou").data
    assert [each["title"] for each in kinds["codes"]] == ["纸质", "电子", "实物"]
    grounds = people.get(f"{CODES}/grounds:transfer.refuse.", "yatou").data["codes"]
    assert grounds[0] == {"code": "not_competent", "title": "无管辖权", "article": "23"}
    missing = people.get(f"{CODES}/colours", "yatou")
    assert (missing.status, missing.codes) == (404, ["NO_SUCH_LIST"])


def test_a_list_keeps_its_version_while_others_change_and_older_rulebooks_stay_readable(
        make_office: MakeOffice) -> None:
    office = small_city(make_office)
    people = of(office)
    causes, carriers = (etag(office, people, f"{CODES}/{name}")[1] for name in ("causes", "carriers"))
    assert etag(office, people, f"{CODES}/causes", causes)[0] == 304
    before = people.get(CODES, "yatou").data["rulebook"]["version"]
    changed = text().replace("    road_occupation: 占道经营\n", PARTED)
    office.acts["rulebooks"].do("publish", PublishRulebook(changed), THE_SUITE, Request())
    assert etag(office, people, f"{CODES}/causes", causes)[0] == 200
    assert etag(office, people, f"{CODES}/carriers", carriers)[0] == 304
    now, then = (people.get(f"{CODES}/causes", "yatou", **more).data["codes"] for more in ({}, {"rulebook": before}))
    assert {"code": "road_occupation", "title": "占道经营", "until": "2024-12-31"} in now
    assert {"code": "road_occupation", "title": "占道经营"} in then
    assert people.get(CODES, "yatou", rulebook="sha256:0").codes == ["NO_SUCH_RULEBOOK"]
