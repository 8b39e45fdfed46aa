"""What a successor reads of an agency that had left a case before its end: as that agency could, by asking as whom; who
took over by matter reads what it took over, and nobody else anything."""

import pytest

from services.transfer.api import make
from shared.acts.office import Office
from shared.contracts.register import Heir
from shared.kernel.clock import HandClock, day_of
from shared.kernel.errors import Refused
from tests.offices import People
from tests.situations.city import PLAIN, SEPARATED
from tests.situations.transfer.builders import BUILDERS
from tests.succession.ending import ends
from tests.transfer.played import Played, make_office, office, played
from tests.transfer.test_corrections import correct

__all__ = ["make_office", "office", "played"]

CASES = "/api/transfer/cases"
REFUSED = ("announce", "add-material", "issue-letter", "deliver", "sign-receipt", "refuse")
ALL = ("", "/events", "/deadlines", "/materials")
OTHER_CAUSE = next(each for each in (PLAIN, SEPARATED) if each != PLAIN)


@pytest.fixture
def people(office: Office) -> People:
    return People(make(office), office)


@pytest.fixture
def left(played: Played) -> str:
    """A case that the receiver refused, and which went on to another."""
    for name in REFUSED:
        played.do(name)
    played.do("reroute")
    return played.id


def over(office: Office, clock: HandClock, *heirs: Heir) -> None:
    ends(office, "zhzf", day_of(clock.now()), *heirs)
    clock.advance(days=1)
    office.tick()


def test_who_succeeds_in_all_reads_a_case_that_the_former_had_left_as_it_could_and_no_more(
        office: Office, clock: HandClock, people: People, left: str) -> None:
    before = {each: people.get(f"{CASES}/{left}{each}", "zhzf") for each in ALL}
    over(office, clock, Heir("jtj", staff=True))
    assert people.get(f"{CASES}/{left}", "jtj").status == 404 and not people.get(CASES, "jtj").data["items"]
    for each in ALL:
        former = people.get(f"{CASES}/{left}{each}", "zhzf")
        read = people.get(f"{CASES}/{left}{each}", "jtj", of="zhzf")
        assert (read.status, read.data) == (200, former.data), each
        for name in read.data.keys() - {"actions", "items"}:
            assert read.data[name] == before[each].data[name], (each, name)
    listed = people.get(CASES, "jtj", of="zhzf")
    assert listed.data == people.get(CASES, "zhzf").data and [each["id"] for each in listed.data["items"]] == [left]
    assert people.get(CASES, "jtj", of="zhzf", state="announced").data["items"] == []
    found = people.post(f"{CASES}/search?of=zhzf", {"filters": {}}, "jtj")
    assert [each["id"] for each in found.data["items"]] == [left]
    assert {each["refusal"]["code"] for each in read_actions(people, left)} == {"AGENCY_DISSOLVED"}
    acted = people.post(f"{CASES}/{left}/ask-progress?of=zhzf", {"says": "进展如何"}, "jtj", seen=1)
    assert (acted.status, acted.codes) == (404, ["NOT_VISIBLE"]), "it reads, and acts as a stranger"


def read_actions(people: People, case: str) -> list[dict[str, dict[str, str]]]:
    return list(people.get(f"{CASES}/{case}", "jtj", of="zhzf").data["actions"])


def test_nobody_else_reads_as_the_former_nor_anybody_before_its_end(
        office: Office, clock: HandClock, people: People, left: str) -> None:
    paths = (CASES, *(f"{CASES}/{left}{each}" for each in ALL))
    assert {people.get(path, "jtj", of="zhzf").status for path in paths} == {403}, "it still stands"
    over(office, clock, Heir("jtj", (PLAIN,)), Heir("gongan", staff=True))
    for agency in ("jtj", "gongan", "scjg", "zjj", "sfj", "zfb"):
        for path in paths:
            told = people.get(path, agency, of="zhzf")
            assert (told.status, told.codes) == (403, ["READS_OF_ANOTHER"]), (agency, path)


def test_who_took_over_by_matter_reads_the_formers_news_of_what_it_took_over_and_of_nothing_else(
        office: Office, clock: HandClock, people: People, played: Played) -> None:
    mine, others = list[str](), list[str]()
    for cause, taken in ((PLAIN, mine), (OTHER_CAUSE, others), (PLAIN, mine)):
        played.id = ""
        sent = BUILDERS["announce"](None, day_of(clock.now()))
        played.do("announce", matter={**sent["matter"], "cause": cause})
        taken.append(played.id)
    feed = "/api/transfer/feed"
    assert people.get(feed, "scjg", of="zhzf").codes == ["FEED_OF_ANOTHER"]
    over(office, clock, Heir("scjg", (PLAIN,)), Heir("gongan", staff=True))
    whole = people.get(feed, "zhzf").data["items"]
    for agency, its in (("scjg", mine), ("gongan", others)):
        told = people.get(feed, agency, of="zhzf").data["items"]
        assert [each["body"] for each in told] == [
            each["body"] for each in whole if any(case in each["body"] for case in its)]
        assert [each["prev"] for each in told] == [0, *(each["position"] for each in told[:-1])]
        first = people.get(feed, agency, of="zhzf", limit="1").data
        then = people.get(feed, agency, of="zhzf", after=first["next"]).data["items"]
        assert [*first["items"], *then] == told, "page by page it is the same"
    assert people.get(feed, "jtj", of="zhzf").codes == ["FEED_OF_ANOTHER"]



def test_who_took_over_by_matter_corrects_what_the_former_did_in_its_case_and_nobody_else_does(
        office: Office, clock: HandClock, played: Played) -> None:
    for name in (*REFUSED[:-1], "accept"):
        played.do(name)
    ends(office, "zhzf", day_of(clock.now()), Heir("scjg", (PLAIN,)), Heir("gongan", staff=True))
    clock.advance(days=1)
    office.tick()
    said = played._case().leg.acceptance.feedback
    with pytest.raises(Refused) as caught:
        correct(played, "accept", "feedback", said, "已予受理，按期办理", by="zjj")
    assert [each.code for each in caught.value.refusals] == ["NOT_THE_AUTHOR"]
    correct(played, "accept", "feedback", said, "已予受理，按期办理", by="scjg")
    case = played._case()
    assert case.leg.acceptance.feedback == "已予受理，按期办理"
    assert [(each.act, each.by) for each in case.corrections] == [("accept", "scjg")]
