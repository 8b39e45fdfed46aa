"""A year's notice is read, shown day by day against what holds now, and published in the name of who answers for it."""

from datetime import date
from pathlib import Path

import pytest

from liandong.calendars import prepare_load
from services.sharing.office import SPEC
from services.sharing.usecases import seed
from shared.acts.model import Rank, Viewer
from shared.acts.office import Office
from shared.contracts.envelope import event_of
from shared.kernel.settings import CITIES
from tests.offices import MakeOffice

NOTICE = """\
year: 2027
off:
  - {from: 2027-01-01, to: 2027-01-03, name: 元旦}
  - {from: 2027-02-05, to: 2027-02-11, name: 春节}
work:
  - {on: 2027-02-14, name: 春节}
"""

JUSTICE = Viewer("sifa", Rank.OFFICER, "person-7", "appointment-7", "某某")


@pytest.fixture
def sharing(make_office: MakeOffice) -> Office:
    office = make_office(SPEC)
    seed(office, CITIES / "rongcheng")
    return office


def test_a_good_notice_shows_what_moves_and_is_published(sharing: Office, tmp_path: Path) -> None:
    file, lines = tmp_path / "2027.yaml", list[str]()
    file.write_text(NOTICE, encoding="utf-8")
    loading = prepare_load(file, sharing, lines.append)
    assert loading is not None
    assert loading.year == 2027
    assert "2027 年  文号不详" in lines
    assert "  2027-02-09  上班（工作日（暂定）） → 休息（春节）" in lines
    assert "  2027-02-14  休息（周日） → 上班（调休上班（春节））" in lines
    assert any(line.startswith("请核对 2027.yaml:1: ") for line in lines)      # the sums of the notice
    assert not sharing.law.now().calendar.known(2027)
    loading.publish(JUSTICE)
    assert sharing.law.now().calendar.known(2027)
    assert sharing.law.now().calendar.day(date(2027, 2, 14)).working
    with sharing.db.read() as tx:
        last = sharing.journal.feed(tx, sharing.journal.head(tx).position - 1, 10, None)[-1]
        kept = sharing.journal.of_stream(tx, last.subject)[-1]
    assert event_of(last.body).key == "sharing.calendar_published"
    assert (kept.actor, kept.agency) == ("appointment-7", "sifa")


def test_the_same_notice_read_by_the_loading_is_the_calendar_that_holds_afterwards(
    sharing: Office, tmp_path: Path
) -> None:
    file = tmp_path / "2027.yaml"
    file.write_text(NOTICE, encoding="utf-8")
    loading = prepare_load(file, sharing, lambda _: None)
    assert loading is not None
    loading.publish(JUSTICE)
    assert sharing.law.now().calendar.version == loading.calendar.version


def test_a_wrong_notice_is_told_with_its_lines_and_nothing_is_prepared(sharing: Office, tmp_path: Path) -> None:
    file, lines = tmp_path / "2027.yaml", list[str]()
    file.write_text(NOTICE.replace("2027-02-14", "2027-02-15"), encoding="utf-8")
    assert prepare_load(file, sharing, lines.append) is None
    assert lines == ["2027.yaml:6: 2027-02-15 是周一，本来就上班，不应列为调休上班"]
    assert not sharing.law.now().calendar.known(2027)
