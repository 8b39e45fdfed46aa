"""An office of chapter 4 with the real law and a small register, on both back ends."""

from datetime import date
from pathlib import Path

import pytest

from services.transfer.office import SPEC
from shared.acts.model import Rank, Viewer
from shared.acts.office import Office
from shared.calendar.sources import load_city
from shared.contracts.register import Agency, Power
from shared.kernel.clock import HandClock
from shared.kernel.settings import CITIES, settings_from
from shared.law import tables
from shared.rulebook.loader import load

CITY = CITIES / "rongcheng"
RULEBOOK = (CITY / "rulebook.yaml").read_text("utf-8")
VERSION = load(RULEBOOK).version
YEARS = load_city(CITY / "calendars").years
CAUSE = next(iter(load(RULEBOOK).codes["causes"]))
FIRST = date(2019, 1, 1)
AGENCIES = (
    Agency("zhujian", "住建局", "statutory", "city", FIRST, short="荣住建"),
    Agency("zonghe", "综合行政执法局", "statutory", "city", FIRST, short="荣综执", powers=(Power(CAUSE, "punish"),)),
    Agency("shichang", "市场监管局", "statutory", "city", FIRST, short="荣市监"),
    Agency("sifa", "司法局", "statutory", "city", FIRST, standing="justice", short="荣司"),
    Agency("zhengfuban", "市政府办公室", "other", "city", FIRST, standing="government_office"),
    Agency("yuanlin", "园林中心", "entrusted", "city", FIRST, entrusted_by="zonghe", short="荣园"),
)


@pytest.fixture
def office(make_database, tmp_path: Path, clock: HandClock) -> Office:
    office = Office(
        SPEC, settings_from({"LIANDONG_HOME": str(tmp_path / "home")}), clock, make_database("transfer", SPEC.tables)
    )
    with office.db.write() as tx:
        tables.put_rulebook(tx, VERSION, "rongcheng-2021", RULEBOOK, clock.now())
        tables.put_years(tx, {year: file.to_dict() for year, file in YEARS.items()}, clock.now())
        tables.put_agencies(tx, AGENCIES)
    office.open()
    return office


def officer(agency: str) -> Viewer:
    return Viewer(agency, Rank.OFFICER, f"person-{agency}", f"officer-{agency}", "承办人")


def leader(agency: str) -> Viewer:
    return Viewer(agency, Rank.LEADER, f"head-{agency}", f"leader-{agency}", "负责人")
