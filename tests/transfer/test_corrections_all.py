"""Corrections of chapter 4: every act has its row, in any order they end alike, and over HTTP."""

import random
from datetime import timedelta

import pytest

from services.transfer.api import make
from services.transfer.corrections import ROWS
from services.transfer.domain import ACTS, CHAPTER
from shared.acts.corrections import paths
from shared.acts.succession import ASSIGN
from shared.contracts.register import SUITE
from shared.journal.verify import verify
from shared.kernel.clock import day_of
from shared.kernel.errors import Refused
from tests.offices import People
from tests.transfer.played import Played, make_office, office, played
from tests.transfer.test_corrections import correct, entry_of, late, latest, refused, scans

__all__ = ["make_office", "office", "played", "scans"]

RECEIVED = ("announce", "add-material", "issue-letter", "deliver", "sign-receipt")
POLICE = (*RECEIVED, "refer-criminal")



def test_where_hours_count_no_act_is_entered_before_the_time_of_the_act_it_follows(played: Played) -> None:
    for act in POLICE:
        played.do(act)
    approved = played.clock.now()
    played.clock.advance(days=2)
    with pytest.raises(Refused) as wrong:
        late(played, "deliver-criminal", day_of(approved), approved - timedelta(minutes=1))
    assert refused(wrong) == ["BEFORE_LAST"]
    with pytest.raises(Refused) as wrong:
        late(played, "deliver-criminal", day_of(played.clock.now()), played.clock.now() + timedelta(minutes=1))
    assert refused(wrong) == ["IN_FUTURE"]
    late(played, "deliver-criminal", day_of(approved + timedelta(hours=23)), approved + timedelta(hours=23))
    assert latest(played, "transfer.criminal_delivery")["light"] == "met"


def test_every_act_by_a_person_has_a_row_and_its_fields_are_fields_of_its_command() -> None:
    people = {act.name: act for act in ACTS if act.by != frozenset({SUITE}) and act.name not in ("correct", ASSIGN)}
    assert people.keys() == ROWS.keys()
    for name, row in ROWS.items():
        assert {field.path for field in row.fields} <= set(paths(people[name].command)), name
    assert CHAPTER.act("correct").event == "corrected"


def test_any_corrections_in_any_order_end_where_the_right_dates_had_led_at_once(played: Played) -> None:
    """Where a letter truly went out on a day, it is judged by that day, whatever was said of it in between."""
    for act in RECEIVED[:2]:
        played.do(act)
    day = day_of(played.clock.now())
    played.clock.advance(days=25)
    played.office.ticker.step()
    played.do("issue-letter")
    stands = day_of(played.clock.now())
    chosen = random.Random(7)
    for offset in (chosen.randrange(0, 26) for _ in range(12)):
        right = day + timedelta(days=offset)
        if right == stands:
            continue
        correct(played, "issue-letter", "happened_on", stands, right)
        stands = right
        letter, delivery = latest(played, "transfer.letter"), latest(played, "transfer.delivery")
        assert (letter["met_on"], letter["light"]) == (right.isoformat(),
                                                       "met" if right.isoformat() <= letter["due_on"] else "met_late")
        assert delivery["started_on"] == right.isoformat()
        assert [each["kind"] for each in letter["fired"]] == ["warned", "breached"]
        played.office.ticker.step()
    assert played.seen("zjj")["case"]["legs"][0]["issued_on"] == stands.isoformat()
    assert verify(played.office.db, played.office.journal, played.office.vault, cases=played.acts.store.hashes).ok


def test_over_http_a_correction_names_what_it_saw_and_the_list_is_not_for_agencies(played: Played) -> None:
    played.do("announce")
    people, path = People(make(played.office), played.office), f"/api/transfer/cases/{played.id}/correct"
    body = {"entry": entry_of(played, "announce"), "field": "matter.facts", "old": "占道堆放物料", "new": "占道堆放砂石",
            "reason": "笔误"}
    assert people.post(path, body, "zjj").status == 428
    assert people.post(path, body, "zjj", seen=9).status == 412
    assert (people.post(path, body, "zhzf", seen=1).status, people.post(path, body, "scjg", seen=1).status) == (
        403,
        404,
    )
    wrong = people.post(path, {**body, "field": "matter.ground", "reason": ""}, "zjj", seen=1)
    assert (wrong.status, wrong.codes) == (422, ["UNKNOWN_FIELD", "NO_CORRECTION_REASON"])
    done = people.post(path, body, "zjj", seen=1, key="k")
    assert (done.status, done.data["revision"], done.data["event"]) == (200, 2, "transfer.corrected")
    assert people.post(path, body, "zjj", seen=1, key="k").data == done.data
    seen = people.get(f"/api/transfer/cases/{played.id}", "zhzf").data
    assert seen["case"]["matter"]["facts"] == "占道堆放砂石" and seen["case"]["corrections"][0]["old"] == "占道堆放物料"
    assert people.get("/api/transfer/corrections", "sfj").data == {"items": [], "next": ""}
    assert people.get("/api/transfer/corrections", "zjj").status == 403
    assert people.get("/api/transfer/corrections", "sfj", after="eA").status == 400
