"""What is asked of every act of the chapter besides its content: in whose name, on which true day, until what hour."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.transfer.schemas import SCHEMAS
from shared.acts.request import BackEntry, Request
from shared.contracts.register import Agency
from shared.deadlines.rules import Happened, apply, light
from shared.kernel.clock import day_of
from shared.kernel.errors import Refused
from shared.law import tables
from shared.rulebook.loader import load
from tests.situations.city import RONGCHENG, calendar, noon
from tests.situations.transfer.builders import BUILDERS
from tests.transfer.played import Played, make_office, office, played, someone

__all__ = ["make_office", "office", "played"]

ENTRUSTED = Agency("hwzx", "环卫中心", "entrusted", "city", date(2019, 1, 1), entrusted_by="zjj", short="荣环卫")
ABSENT, HERE = "sha256:" + "0" * 64, "sha256:" + "b" * 64


def asked(played: Played, act: str, by: str, request: Request, day: date | None = None) -> list[str]:
    """The codes with which the act is refused; none where it goes through."""
    case = played._case() if played.id else None
    sent: dict[str, Any] = BUILDERS[act](case, day or day_of(played.clock.now()))
    try:
        played.id = played.acts.do(act, SCHEMAS[act]().load(sent).command, someone(by), request).case_id
    except Refused as wrong:
        return sorted(each.code for each in wrong.refusals)
    return []


def test_an_entrusted_body_opens_a_case_in_the_name_of_who_entrusted_it_and_of_no_other(played: Played) -> None:
    with played.office.db.write() as tx:
        tables.put_agencies(tx, [ENTRUSTED])
    assert asked(played, "announce", "hwzx", Request()) == ["NAME_NEEDED"]
    assert asked(played, "announce", "hwzx", Request(in_name_of="jtj")) == ["NOT_ENTRUSTED"]
    assert asked(played, "announce", "zjj", Request(in_name_of="jtj")) == ["NOT_ENTRUSTED"]
    assert asked(played, "announce", "hwzx", Request(in_name_of="zjj")) == []
    told = played.reads.history(played.id, someone("sfj"), 10).items[0]
    assert (told["agency"], told["on_behalf_of"], told["data"]["in_name_of"]) == ("hwzx", "zjj", "zjj")


def test_a_notice_of_tomorrow_is_refused_and_so_is_one_of_yesterday_without_reason_or_scan(
        played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(played.office.files, "exists", lambda digest: digest == HERE)
    today = day_of(played.clock.now())
    eve = today - timedelta(days=1)
    assert asked(played, "announce", "zjj", Request(happened_on=today + timedelta(days=1))) == ["IN_FUTURE"]
    assert asked(played, "announce", "zjj", Request(happened_on=eve), eve) == ["NEEDS_BACK_ENTRY"]
    for reason, scan, codes in (("", HERE, ["NEEDS_BACK_ENTRY"]), ("断网", ABSENT, ["NO_SUCH_SCAN"]), ("断网", HERE, [])):
        request = Request(happened_on=eve, back_entry=BackEntry(reason, scan))
        assert asked(played, "announce", "zjj", request, eve) == codes, (reason, scan)


def test_a_delivery_is_not_of_a_day_before_its_letter_though_it_has_reason_and_scan(
        played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(played.office.files, "exists", lambda digest: digest == HERE)
    for act in ("announce", "add-material"):
        played.do(act)
    played.do("issue-letter", days=2)
    eve = day_of(played.clock.now()) - timedelta(days=1)
    request = replace(played._request(), happened_on=eve, back_entry=BackEntry("断网", HERE))
    assert asked(played, "deliver", "zjj", request, eve) == ["BEFORE_LAST"]


def test_where_the_last_day_ends_with_the_office_hours_a_letter_of_that_evening_is_late() -> None:
    text = (RONGCHENG / "rulebook.yaml").read_text("utf-8")
    law = load(text.replace("last_day: until_midnight", "last_day: until_close_of_business"))
    day, last = date(2025, 6, 9), date(2025, 6, 12)
    announced = Happened("e1", "transfer.announced", "case", day, noon(day), {"accepted_on": day, "notified_on": day},
                         {"sender": ("zjj",)})
    started = [change.deadline for change in apply(law, calendar(), (), announced)]
    letter = next(each for each in started if each.clock == "transfer.letter")
    assert (letter.due_on, letter.due_at) == (last, noon(last) + timedelta(hours=5))
    for hours, shown in ((4, "met"), (5, "met_late")):
        at = noon(last) + timedelta(hours=hours)
        issued = Happened("e2", "transfer.letter_issued", "case", last, at)
        after = {each.deadline.id: each.deadline for each in apply(law, calendar(), (letter,), issued)}[letter.id]
        assert light(after, at) == shown
