"""Performing acts: one transaction, in the order of the answers, once."""

import json
import threading
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from shared.acts.office import Office
from shared.acts.request import BackEntry, ExternalRef, Request
from shared.journal.verify import verify
from shared.kernel.clock import HandClock
from shared.kernel.errors import Refused
from shared.law import tables
from shared.rulebook.loader import load
from tests.acts import commands
from tests.acts.conftest import RULEBOOK, leader, officer


def opened(office: Office, **request) -> str:
    done = office.acts["cases"].do("announce", commands.announce(), officer("zhujian"), Request(**request))
    return done.case_id


def ready_for_letter(office: Office) -> str:
    case = opened(office)
    office.acts["cases"].do("add-material", commands.add_material(), officer("zhujian"), Request(case))
    return case


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def entries(office: Office) -> int:
    with office.db.read() as tx:
        return office.journal.head(tx).position


def test_an_act_saves_case_entry_and_deadlines_together(office: Office) -> None:
    case = opened(office)
    with office.db.read() as tx:
        told = [entry.type for entry in office.journal.of_stream(tx, case)]
    assert told[0] == "announced"
    assert "deadline_started" in told
    seen = {each["clock"]: each["light"] for each in office.reads["cases"].deadlines(case, officer("zhujian"))}
    assert seen["transfer.letter"] == "green"


def test_a_refused_act_changes_nothing_and_is_logged(office: Office) -> None:
    before = entries(office)
    with pytest.raises(Refused) as refused:
        office.acts["cases"].do("announce", commands.announce(facts="", basis=""), officer("zhujian"), Request())
    assert codes(refused) == ["NO_FACTS", "NO_TRANSFER_BASIS"]
    assert entries(office) == before
    with office.db.read() as tx:
        assert tx.execute(sa.text("select count(*) from access_log where kind = 'refused'")).scalar() == 1
        assert tx.execute(sa.text("select count(*) from transfer")).scalar() == 0


def test_answers_come_in_the_order_of_the_law(office: Office) -> None:
    """404, 403 party, 403 rank, 428, 412, 409, 422: each stands before those after it."""
    case, acts = ready_for_letter(office), office.acts["cases"]
    bare = commands.issue_letter(addressee="shichang")

    def status(viewer, request) -> tuple[int, list[str]]:
        with pytest.raises(Refused) as refused:
            acts.do("issue-letter", bare, viewer, request)
        if refused.value.status != 422:
            with pytest.raises(Refused) as before:
                acts.before_content("issue-letter", viewer, request)
            assert codes(before) == codes(refused), "whoever asks before there is content hears the same"
        return refused.value.status, codes(refused)

    assert status(leader("shichang"), Request(case)) == (404, ["NOT_VISIBLE"])
    assert status(officer("zonghe"), Request(case)) == (403, ["WRONG_PARTY"])
    assert status(officer("zhujian"), Request(case)) == (403, ["RANK_TOO_LOW"])
    assert status(leader("zhujian"), Request(case)) == (428, ["IF_MATCH_MISSING"])
    assert status(leader("zhujian"), Request(case, if_match=9)) == (412, ["STALE"])
    assert status(leader("zhujian"), Request(case, if_match=1)) == (422, ["OTHER_ADDRESSEE"])
    acts.do("issue-letter", commands.issue_letter(), leader("zhujian"), Request(case, if_match=1))
    assert status(leader("zhujian"), Request(case, if_match=2)) == (409, ["WRONG_STATE"])


def test_the_same_key_gives_the_first_answer_even_after_the_case_moved_on(office: Office) -> None:
    case, acts = ready_for_letter(office), office.acts["cases"]
    request = Request(case, if_match=1, key="k1", body_digest="sha256:1")
    first = acts.do("issue-letter", commands.issue_letter(), leader("zhujian"), request)
    acts.do("deliver", commands.deliver(), officer("zhujian"), Request(case, if_match=2))
    again = acts.do("issue-letter", commands.issue_letter(), leader("zhujian"), request)
    assert again.replayed
    assert json.loads(json.dumps(again.answer)) == json.loads(json.dumps(dict(first.answer), default=str))
    with pytest.raises(Refused) as refused:
        acts.do("issue-letter", commands.issue_letter(), leader("zhujian"),
                Request(case, if_match=1, key="k1", body_digest="sha256:2"))
    assert codes(refused) == ["KEY_REUSED"]


def test_an_external_reference_opens_one_case_for_ever(office: Office, clock: HandClock) -> None:
    ref = ExternalRef("住建案管", "2025-0001")
    first = opened(office, external_ref=ref, body_digest="sha256:1")
    clock.advance(days=400)
    assert opened(office, external_ref=ref, body_digest="sha256:1") == first
    with pytest.raises(Refused) as refused:
        opened(office, external_ref=ref, body_digest="sha256:2")
    assert refused.value.status == 409
    assert refused.value.refusals[0].values["case"] == first
    assert office.reads["cases"].view(first, officer("zhujian"))["external_refs"] == [
        {"system": "住建案管", "id": "2025-0001"}
    ]
    assert office.reads["cases"].view(first, officer("zonghe"))["external_refs"] == []


def test_fifty_requests_with_one_key_do_one_thing(office: Office) -> None:
    done: list[str] = []

    def ask() -> None:
        done.append(opened(office, key="same", body_digest="sha256:1"))

    threads = [threading.Thread(target=ask) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(done)) == 1 and len(done) == 50


def test_fifty_letters_at_once_get_fifty_numbers_without_a_gap(office: Office) -> None:
    cases = [ready_for_letter(office) for _ in range(50)]
    numbers: list[str] = []

    def issue(case: str) -> None:
        done = office.acts["cases"].do(
            "issue-letter", commands.issue_letter(), leader("zhujian"), Request(case, if_match=1)
        )
        numbers.append(done.answer["facts"]["number"])

    threads = [threading.Thread(target=issue, args=(case,)) for case in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == sorted(f"荣住建移字〔2025〕第{serial}号" for serial in range(1, 51))


def test_a_paper_number_can_be_entered_once_and_is_never_allotted_again(office: Office) -> None:
    acts = office.acts["cases"]
    paper = "荣住建移字〔2025〕第3号"
    acts.do(
        "issue-letter", commands.issue_letter(paper), leader("zhujian"), Request(ready_for_letter(office), if_match=1)
    )
    with pytest.raises(Refused) as refused:
        acts.do(
            "issue-letter",
            commands.issue_letter(paper),
            leader("zhujian"),
            Request(ready_for_letter(office), if_match=1),
        )
    assert codes(refused) == ["NUMBER_TAKEN"]
    done = acts.do(
        "issue-letter", commands.issue_letter(), leader("zhujian"), Request(ready_for_letter(office), if_match=1)
    )
    assert done.answer["facts"]["number"] == "荣住建移字〔2025〕第4号"


def test_an_earlier_day_is_a_back_entry_with_reason_and_scan(office: Office, clock: HandClock) -> None:
    yesterday = date(2025, 9, 28)
    clock.advance(hours=1)
    with pytest.raises(Refused) as refused:
        opened(office, happened_on=yesterday)
    assert codes(refused) == ["NEEDS_BACK_ENTRY"]
    with pytest.raises(Refused) as refused:
        opened(office, happened_on=yesterday, back_entry=BackEntry("停电", "sha256:" + "0" * 64))
    assert codes(refused) == ["NO_SUCH_SCAN"]
    with pytest.raises(Refused) as refused:
        opened(office, happened_on=yesterday + timedelta(days=3))
    assert codes(refused) == ["IN_FUTURE"]


def test_an_entrusted_body_acts_in_the_name_of_its_principal(office: Office) -> None:
    acts = office.acts["cases"]
    with pytest.raises(Refused) as refused:
        acts.do("announce", commands.announce("shichang"), officer("yuanlin"), Request())
    assert codes(refused) == ["NAME_NEEDED"]
    done = acts.do("announce", commands.announce("shichang"), officer("yuanlin"), Request(in_name_of="zonghe"))
    assert done.created


def test_personal_values_are_sealed_in_every_table(office: Office) -> None:
    opened(office)
    with office.db.read() as tx:
        tables = sa.inspect(tx).get_table_names()
        text = "\n".join(str(tuple(row)) for table in tables for row in tx.execute(sa.text(f'select * from "{table}"')))
    for secret in ("张三", "37108219800101123X", "荣成市某街1号"):
        assert secret not in text
    seen = office.reads["cases"].view(
        office.reads["cases"].page(officer("zhujian"), {}, 1).items[0]["id"], officer("zonghe")
    )
    assert seen["case"]["matter"]["respondent"]["name"] == "张三"


def test_the_journal_holds_and_names_the_case_whose_row_was_changed(office: Office) -> None:
    case = ready_for_letter(office)
    store = office.acts["cases"].store

    def report():
        return verify(office.db, office.journal, office.vault, cases=store.hashes)

    assert report().ok
    with office.db.write() as tx:
        tx.execute(sa.text("update transfer set doc = replace(doc, 'not_competent', 'penalty_moved')"))
    found = report()
    assert not found.ok and found.finding is not None and found.finding.case == case


def test_actions_say_of_every_act_whether_it_may_be_done_now_and_why_not(office: Office) -> None:
    case = ready_for_letter(office)
    actions = {action.act.name: action for action in office.reads["cases"].actions(case, officer("zhujian"))}
    assert actions["record-measure"].allowed
    assert actions["issue-letter"].refusal is not None and actions["issue-letter"].refusal.code == "RANK_TOO_LOW"
    assert actions["sign-receipt"].refusal is not None and actions["sign-receipt"].refusal.code == "WRONG_PARTY"
    assert "note-filing-return" not in actions


def test_lists_are_pages_of_what_the_viewer_may_see(office: Office, clock: HandClock) -> None:
    cases = []
    for _ in range(5):
        clock.advance(seconds=1)
        cases.append(opened(office))
    reads = office.reads["cases"]
    first = reads.page(officer("zhujian"), {}, 2)
    second = reads.page(officer("zhujian"), {}, 10, first.next)
    assert [item["id"] for item in (*first.items, *second.items)] == cases[::-1]
    assert second.next == ""
    assert reads.page(officer("shichang"), {}, 10).items == ()
    assert len(reads.page(officer("sifa"), {"state": "announced", "light": "green"}, 10).items) == 5
    assert len(reads.page(officer("zonghe"), {"part": "sender"}, 10).items) == 0
    assert len(reads.page(officer("zonghe"), {"respondent": "张三"}, 10).items) == 5
    assert len(reads.page(officer("zonghe"), {"text": "搭建"}, 10).items) == 5
    with pytest.raises(Refused):
        reads.page(officer("zonghe"), {"doc": "x"}, 10)


def test_a_case_that_cannot_be_read_holds_up_no_deadline(office: Office, clock: HandClock) -> None:
    broken, sound = opened(office), opened(office)
    with office.db.write() as tx:
        tx.execute(sa.text("update transfer set doc = '{}' where id = :id"), {"id": broken})
    clock.advance(days=20)
    office.ticker.step()
    with office.db.read() as tx:
        fired = {
            case: [entry.type for entry in office.journal.of_stream(tx, case, agency="sifa")]
            for case in (broken, sound)
        }
    assert fired[broken][-1] == fired[sound][-1] == "deadline_breached"


@pytest.mark.parametrize(("days", "known"), [(4, True), (6, False)])
def test_a_key_is_known_for_as_many_days_as_the_city_sets(
    office: Office, clock: HandClock, days: int, known: bool
) -> None:
    text = RULEBOOK.replace("  idempotency_days:\n    value: 30", "  idempotency_days:\n    value: 5")
    with office.db.write() as tx:
        tables.put_rulebook(tx, load(text).version, "rongcheng-2021", text, clock.now() + timedelta(seconds=1))
    first = opened(office, key="the-same")
    clock.advance(days=days)
    office.housekeep()
    assert (opened(office, key="the-same") == first) is known
