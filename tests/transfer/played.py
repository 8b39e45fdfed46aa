"""A case of chapter 4 played in its service, on both back ends."""


from collections.abc import Callable
from typing import Any

import pytest

from services.transfer.domain import CHAPTER
from services.transfer.office import SPEC
from services.transfer.schemas import SCHEMAS
from services.transfer.usecases import WORDS
from shared.acts.model import THE_SUITE, Rank, Viewer
from shared.acts.office import Office
from shared.acts.request import Request
from shared.kernel.clock import HandClock, day_of
from shared.law import tables
from tests.offices import MakeOffice, make_office
from tests.situations.city import REGISTER, RONGCHENG, calendar, rulebook
from tests.situations.transfer.builders import BUILDERS

__all__ = ["make_office"]

Do = Callable[..., dict[str, Any]]


@pytest.fixture
def office(make_office: MakeOffice, clock: HandClock) -> Office:
    office = make_office(SPEC)
    with office.db.write() as tx:
        text = (RONGCHENG / "rulebook.yaml").read_text("utf-8")
        tables.put_rulebook(tx, rulebook().version, rulebook().id, text, clock.now())
        tables.put_years(tx, {year: file.to_dict() for year, file in calendar().years.items()}, clock.now())
        tables.put_agencies(tx, REGISTER.agencies.values())
    return office


def someone(agency: str, rank: Rank = Rank.CHIEF) -> Viewer:
    return Viewer(agency, rank, f"person-{agency}", f"appointment-{agency}", "某某")


class Played:
    """One case, played act by act with what the situations send, its documents numbered by the suite."""

    def __init__(self, office: Office, clock: HandClock) -> None:
        self.office, self.clock, self.id = office, clock, ""
        self.acts, self.reads = office.acts["cases"], office.reads["cases"]

    def do(self, act: str, *, days: int = 0, **said: Any) -> dict[str, Any]:
        self.clock.advance(days=days)
        if act == "report-closure" and not self._has_closing_report():
            self.do("add-material")
        case, day = self._case() if self.id else None, day_of(self.clock.now())
        sent = {**BUILDERS[act](case, day), **said}
        sent.pop("digest", "")
        if act == "add-material":
            sent["carrier"] = "paper"
        if "number" in sent and act in WORDS:
            sent["number"] = said.get("number", "")
        by = self._by(act, case)
        done = self.acts.do(act, SCHEMAS[act]().load(sent).command, someone(by), self._request())
        self.id = done.case_id
        return dict(done.answer)

    def _by(self, act: str, case: Any) -> str:
        """The ruler or the referrer for theirs; the receiver states its view and adds the closing papers; else the
        sender where it may."""
        parts = CHAPTER.act(act).by
        for party in case.parties if case else ():
            if party.part in parts & {"ruler", "referrer"} and party.until is None:
                return str(party.agency)
        receivers = act == "state-view" or (act == "add-material" and case is not None and case.closed_on)
        return "zjj" if case is None or ("sender" in parts and not receivers) else str(case.receiver)

    def _has_closing_report(self) -> bool:
        return any(material.said.kind == "closing_report" for material in self._case().materials)

    def suite(self, act: str, command: Any) -> None:
        self.acts.do(act, command, THE_SUITE, Request(case_id=self.id, causation="event-1"))

    def _case(self) -> Any:
        with self.office.db.read() as tx:
            row = self.acts.store.get(tx, self.id)
            assert row is not None
            return self.acts.store.case_of(row)

    def _request(self) -> Request:
        if not self.id:
            return Request()
        return Request(self.id, if_match=self.reads.view(self.id, someone("sfj"))["revision"])

    def seen(self, agency: str) -> dict[str, Any]:
        return self.reads.view(self.id, someone(agency))


@pytest.fixture
def played(office: Office, clock: HandClock) -> Played:
    return Played(office, clock)
