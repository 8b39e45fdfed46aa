"""Archive records that come in make the catalogue's entries that they feed as young as they are, by the news itself."""

from services.sharing.office import SPEC
from shared.bus.feeds import LocalFeed
from shared.bus.follower import Follower
from shared.kernel.clock import HandClock
from tests.offices import MakeOffice
from tests.sharing import archive
from tests.sharing.catalogue import PATH, of, publish, small_city


def test_a_delivery_refreshes_the_entry_of_its_category_and_its_agency(
        make_office: MakeOffice, clock: HandClock) -> None:
    office = small_city(make_office)
    people = of(office)
    fed, other = (publish(people, agency, "2025-05-01").data["id"] for agency in ("zonghe", "zhujian"))
    delivered = archive.deliver(people, archive.record(), agency="zonghe")
    follower = Follower(office.db, SPEC.name, SPEC.name, office.handlers()[SPEC.name], clock, LocalFeed(office))
    while follower.step():
        pass
    days = [people.get(f"{PATH}/{entry}", "sifa").data["case"]["data_on"] for entry in (fed, other)]
    assert days == [archive.record()["occurred_on"], "2025-05-01"]
    told = people.get(f"{PATH}/{fed}/events", "zonghe").data["items"]
    assert [each["event"] for each in told] == ["catalogue_published", "catalogue_refreshed"]
    assert delivered.data["facts"]["data_on"] == {"dynamics": days[0]}
