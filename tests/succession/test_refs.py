"""What a dissolved agency's system numbered its successor finds, and numbers of its own collide with none of it."""

from datetime import timedelta

from services.transfer.schemas import SCHEMAS
from shared.acts.request import ExternalRef, Request
from shared.contracts.register import Heir
from shared.kernel.clock import day_of
from tests.situations.transfer.builders import BUILDERS
from tests.succession.ending import ends
from tests.transfer.played import Played, make_office, office, played, someone

__all__ = ["make_office", "office", "played"]


def test_a_successor_finds_the_former_s_references_and_may_use_the_same_number(played: Played) -> None:
    played.clock.advance(days=1)
    today = day_of(played.clock.now())
    command = SCHEMAS["announce"]().load(BUILDERS["announce"](None, today)).command
    asked = Request(body_digest="sha256:1", external_ref=ExternalRef("banan", "1"))
    played.id = played.acts.do("announce", command, someone("zjj"), asked).case_id
    ends(played.office, "zjj", today, Heir("scjg", staff=True))
    played.clock.advance(days=1)
    played.office.tick()
    heir = someone("scjg")
    assert [each["id"] for each in played.reads.page(heir, {"external_ref": "banan:1"}, 9).items] == [played.id]
    assert played.seen("scjg")["external_refs"] == [{"system": "banan", "id": "1", "agency": "zjj"}]
    assert played.seen("sfj")["external_refs"] == []
    later = SCHEMAS["announce"]().load(BUILDERS["announce"](None, today + timedelta(days=1))).command
    own = played.acts.do("announce", later, heir, Request(body_digest="sha256:2",
                                                          external_ref=ExternalRef("banan", "1")))
    assert own.created and own.case_id != played.id
