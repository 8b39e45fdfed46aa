"""What is still given to an agency after its end, and what is owed at an instant while another act is faster."""

import io
from datetime import timedelta

from services.transfer.schemas import SCHEMAS
from shared.acts import appointed
from shared.acts.appointed import Appointed, Appointments
from shared.acts.office import Office
from shared.acts.request import STILL_RUNNING, BackEntry, Request
from shared.contracts.register import Heir
from shared.kernel.clock import HandClock, day_of
from shared.kernel.errors import Refused
from tests.situations.transfer.builders import BUILDERS
from tests.succession.ending import ends
from tests.transfer.played import Played, make_office, office, played, someone

__all__ = ["make_office", "office", "played"]


def looked_long_ago(office: Office) -> None:
    """The sweep that looks once an hour has looked just now, and its first minute is over."""
    seconds = [1.0]
    sweep = office.successions
    sweep._seconds = lambda: seconds[0]
    for seconds[0] in (1.0, 100.0, 200.0):
        sweep.step()
    assert sweep.step() == (0, 3500.0), "it waits for its hour"


def test_a_case_entered_late_under_a_day_on_which_the_agency_stood_goes_over_when_the_worker_wakes(
        office: Office, played: Played, clock: HandClock) -> None:
    last = day_of(clock.now()) - timedelta(days=1)
    ends(office, "zhzf", last, Heir("scjg", staff=True))
    looked_long_ago(office)
    scan = office.files.put(io.BytesIO(b"%PDF-1.7"), "application/pdf", 1000).digest
    command = SCHEMAS["announce"]().load(BUILDERS["announce"](None, last)).command
    done = played.acts.do("announce", command, someone("zjj"), Request(
        happened_on=last, back_entry=BackEntry("当日断网", scan)))
    played.id = done.case_id
    assert played._case().receiver == "zhzf"
    assert office.tick()[0] == 1
    case = played._case()
    assert case.receiver == "scjg"
    assert [(each.agency, each.since, each.until, each.after) for each in case.parties if each.part == "receiver"] == [
        ("zhzf", last, last, ""), ("scjg", last + timedelta(days=1), None, "zhzf")]
    with office.db.read() as tx:
        assert not appointed.listed(tx)
    assert office.tick()[0] == 0, "it is done once"


def test_an_end_that_the_service_has_not_heard_of_yet_finds_the_case_later(
        office: Office, played: Played, clock: HandClock) -> None:
    """The register knows the last day beforehand, the news that it is over comes after the case."""
    played.do("announce")
    with office.db.write() as tx:
        appointed.appoint(tx, Appointed(played.id, "succeed", "cases", clock.now()))
    assert office.tick()[0] == 0
    with office.db.read() as tx:
        assert not appointed.listed(tx), "nothing is looked for again and again"
    ends(office, "zhzf", day_of(clock.now()) - timedelta(days=1), Heir("scjg", staff=True))
    assert office.tick()[0] == 1


def test_what_is_owed_stays_owed_while_another_act_is_faster(office: Office, played: Played, clock: HandClock) -> None:
    """A refusal that says to try again is none of the case: the row is taken away with the act, and only then."""
    played.do("announce")
    tries: list[Appointed] = []

    def busy(each: Appointed) -> int:
        tries.append(each)
        raise Refused(STILL_RUNNING)

    owed = Appointed(played.id, "lapse", "cases", clock.now())
    with office.db.write() as tx:
        appointed.appoint(tx, owed)
    doing = Appointments(office.db, clock, office.acts, "transfer", {"lapse": busy})
    done, wait = doing.step()
    assert (done, tries) == (0, [owed]) and wait is not None and 0 < wait <= 60
    with office.db.read() as tx:
        assert appointed.listed(tx) == [owed]
