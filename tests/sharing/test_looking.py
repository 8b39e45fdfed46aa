"""Whose looks at records an agency hears of: at its own, and at those it took over whole."""

from datetime import date

import pytest

from services.sharing.archive.access import own_of, partly_own, wholly_own
from shared.acts.model import Rank, Viewer
from shared.contracts.register import JUSTICE, Agency, Heir, register_of

SINCE, LAST, TODAY = date(2019, 1, 1), date(2025, 6, 8), date(2025, 6, 9)


def agency(code: str, *heirs: Heir, until: date | None = None, standing: str = "") -> Agency:
    return Agency(code, code, "statutory", "city", SINCE, until, standing, heirs=heirs)


REGISTER = register_of((
    agency("sfj", standing=JUSTICE), agency("zjj"), agency("jtj"),
    agency("whole", Heir("zjj"), until=LAST), agency("left", until=LAST), agency("earlier", Heir("whole"), until=SINCE),
    agency("split", Heir("jtj", ("dust",)), Heir("zjj"), until=LAST)))


@pytest.mark.parametrize(("viewer", "whose"), [
    ("zjj", ["earlier", "whole", "zjj"]), ("jtj", ["jtj"]), ("sfj", ["left", "sfj"]), ("whole", ["whole"])])
def test_an_heir_hears_of_looks_at_what_it_took_over_whole_and_justice_of_what_nobody_did(
        viewer: str, whose: list[str]) -> None:
    assert wholly_own(own_of(Viewer(viewer, Rank.OFFICER), REGISTER, TODAY)) == whose


@pytest.mark.parametrize(("viewer", "whose"), [("zjj", ["split"]), ("jtj", ["split"]), ("sfj", []), ("split", [])])
def test_of_one_that_was_split_each_heir_has_some_records(viewer: str, whose: list[str]) -> None:
    assert partly_own(own_of(Viewer(viewer, Rank.OFFICER), REGISTER, TODAY)) == whose
