"""What archive records hold of persons: kept by their class, told to who asks, erased in all versions, held back by a
hold."""

from datetime import date

import pytest
import sqlalchemy as sa

from services.sharing.archive import store
from services.sharing.personal_data import records
from services.sharing.personal_data.holds import Person, PlaceHold
from shared.acts.erasing import Why
from shared.acts.model import Rank, Viewer
from shared.acts.office import Office
from shared.acts.request import Request
from shared.contracts.personal import Personal
from shared.journal.model import ERASED
from shared.journal.verify import verify
from shared.kernel.clock import HandClock
from shared.kernel.errors import Refused
from tests.offices import MakeOffice, People
from tests.sharing.archive import WHY, deliver, found, record, search
from tests.sharing.catalogue import of, small_city

NAME, NUMBER, OTHERS = "钟离浥尘", "110105194912310038", "371082198001011234"
LIU = Viewer("sifa", Rank.LEADER, "p", "a", "某某")
OVER, ASKED = Why("retention_over", "保存期限届满"), Why("unlawful", "本人申请", "荣司个信〔2025〕1号")
OF = {"respondent_kind": "person", "respondent": NAME, "respondent_number": NUMBER, "access": "open"}


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    return small_city(make_office)


@pytest.fixture
def people(office: Office) -> People:
    return of(office)


@pytest.fixture
def kept(office: Office, people: People) -> str:
    """A record of a person in two versions, its title and text name it; and one of a company."""
    deliver(people, record("1", title=f"{NAME}占道经营案", text=f"对{NAME}责令改正。", retention="short", **OF))
    deliver(people, record("1", title=f"{NAME}占道经营案", text=f"对{NAME}罚款。", retention="short", **OF),
            record("2", title="某公司占道经营案", retention="short"))
    return rows(office)[0]["id"]


def rows(office: Office) -> list[dict[str, str]]:
    with office.db.read() as tx:
        return [dict(row) for row in tx.execute(store.RECORD.select().order_by(store.RECORD.c.nr)).mappings()]


def erased(office: Office, record_id: str, why: Why = ASKED, viewer: Viewer = LIU) -> bool | list[str]:
    try:
        return records.erase(office.means, record_id, why, viewer)
    except Refused as refused:
        return [refusal.code for refusal in refused.refusals]


def due(office: Office) -> list[tuple[str, str]]:
    with office.db.read() as tx:
        return [(each.class_, each.case) for each in office.due(tx)]


def test_a_record_of_a_person_is_over_after_the_time_of_its_class(office: Office, kept: str, clock: HandClock) -> None:
    assert due(office) == [] and erased(office, kept, OVER) == ["RETENTION_NOT_OVER"]
    clock.advance(days=3 * 366)
    assert due(office) == [("sharing.records.short", kept)]
    assert erased(office, kept, OVER) is True
    assert due(office) == [] and erased(office, kept, OVER) is False


def test_all_versions_lose_the_person_and_every_digest_stays(office: Office, people: People, kept: str) -> None:
    before = rows(office)
    assert erased(office, kept) is True
    after = rows(office)
    assert [row["digest"] for row in after] == [row["digest"] for row in before]
    for old, new in zip(before, after, strict=True):
        if old["respondent_kind"] == "person":
            assert "cipher" in old["respondent"] and "hash" in new["respondent"] and "cipher" not in new["respondent"]
            assert NAME not in new["title"] + new["text"] and new["title"] == "■■■■占道经营案"
            assert new["respondent_key"] == new["respondent_name_key"] == ""
        else:
            assert old == new
    office.sealer.step()
    report = verify(office.db, office.journal, office.vault)
    assert report.ok, report.zh
    with office.db.read() as tx:
        entry = next(each for each in office.journal.of_stream(tx, kept) if each.type == ERASED)
    assert (entry.data["positions"], entry.data["reason"]) == ([], "unlawful")


def test_nobody_finds_the_person_any_more_and_the_record_is_still_found(
        office: Office, people: People, kept: str) -> None:
    assert len(found(people, "zonghe", respondent=NUMBER)) == 1
    erased(office, kept)
    assert found(people, "zonghe", respondent=NUMBER) == found(people, "zonghe", respondent=NAME) == []
    assert NAME not in str(search(people, "zonghe", text="占道").data)
    opened = people.post(f"/api/sharing/records/{kept}/open", WHY, "zonghe", 1)
    assert opened.status == 200 and opened.data["respondent"]["name"] == "已删除", opened.data
    assert len(found(people, "zonghe", text="占道")) == 2
    deliver(people, record("1", title="别的案件", retention="short"))          # its words are taken out as they stand
    assert len(found(people, "zonghe", text="占道")) == 1


def test_why_anybody_looked_at_it_goes_with_the_person(office: Office, people: People, kept: str) -> None:
    other = next(row["id"] for row in rows(office) if row["external_id"] == "2")
    deliver(people, record("2", title="某公司占道经营案", retention="short", access="open"))
    for id_ in (kept, other):
        people.post(f"/api/sharing/records/{id_}/open", {**WHY, "reason": f"核对{NAME}"}, "zhujian", 1)
    erased(office, kept)
    told = people.get("/api/sharing/records/accesses", "zonghe").data["items"]
    assert {each["records"][0]: each["reason"] for each in told} == {kept: "已删除", other: f"核对{NAME}"}
    with office.db.read() as tx:
        reason = tx.scalar(sa.select(store.ACCESS.c.reason).where(store.ACCESS.c.records.contains(kept)))
    assert "hash" in reason and "cipher" not in reason and "salt" not in reason


def reasons(office: Office) -> list[str]:
    """What is left of each look's reason: words, hash or nothing."""
    with office.db.read() as tx:
        told = tx.execute(sa.select(store.ACCESS.c.reason)).scalars().all()
    return sorted("words" if "cipher" in each else "hash" if "hash" in each and "salt" not in each else each
                  for each in told)


def test_why_a_look_showed_no_person_goes_with_the_access_log_and_not_before(
        office: Office, people: People, kept: str, clock: HandClock) -> None:
    deliver(people, record("2", title="某公司占道经营案", retention="short", access="open"))
    other = next(row["id"] for row in rows(office) if row["external_id"] == "2")
    for id_ in (kept, other):
        people.post(f"/api/sharing/records/{id_}/open", {**WHY, "reason": f"核对{NAME}"}, "zhujian", 1)
    people.post("/api/sharing/dossiers", {"organisation": "没有的公司", **WHY}, "zhujian", 1)      # shows nothing
    clock.advance(days=183)
    office.housekeep()
    assert reasons(office) == ["words"] * 3, "six months at least"
    clock.advance(days=4)
    office.housekeep()
    assert reasons(office) == ["hash", "hash", "words"]
    told = people.get("/api/sharing/records/accesses", "zonghe").data["items"]
    assert {each["records"][0]: each["reason"] for each in told} == {kept: f"核对{NAME}", other: "已删除"}
    erased(office, kept)
    assert reasons(office) == ["hash"] * 3


def test_a_hold_on_the_person_keeps_the_record(office: Office, kept: str, clock: HandClock) -> None:
    office.acts["holds"].do("hold", PlaceHold("荣司保〔2025〕1号", "justice", date(2025, 9, 29), "复议需要",
                                              person=Person(number=Personal(NUMBER))), LIU, Request())
    assert erased(office, kept) == ["HELD"]
    clock.advance(days=3 * 366)
    assert due(office) == [("sharing.records.short", kept)] and erased(office, kept, OVER) == ["HELD"]


def test_only_a_leader_of_justice_erases_a_record(office: Office, kept: str) -> None:
    assert erased(office, kept, ASKED, Viewer("zonghe", Rank.CHIEF)) == ["ERASED_BY_JUSTICE"]
    assert erased(office, kept, ASKED, Viewer("sifa", Rank.OFFICER)) == ["RANK_TOO_LOW"]
    assert erased(office, "0" * 36) == ["NOT_VISIBLE"]
    company = next(row["id"] for row in rows(office) if row["external_id"] == "2")
    assert erased(office, company) == ["NOT_VISIBLE"]


def test_who_asks_is_told_what_the_agencys_own_records_hold(office: Office, people: People, kept: str) -> None:
    export = "/api/sharing/persons/export"
    (told,) = people.post(export, {"number": NUMBER, "application": "申请1号"}, "zonghe").data["items"]
    assert (told["class"], told["case"], told["sure"], told["kept_until"]) == (
        "sharing.records.short", kept, True, "2028-09-29")
    assert told["held"][0]["number"] == NUMBER
    assert people.post(export, {"number": NUMBER, "application": "申请1号"}, "zhujian").data["items"] == []
    (justice,) = people.post(export, {"number": NUMBER, "application": "申请1号"}, "sifa").data["items"]
    assert justice["case"] == kept
    other = {"name": NAME, "number": OTHERS, "application": "申请1号"}
    assert people.post(export, other, "zonghe").data["items"] == []
    with office.db.read() as tx:
        assert tx.execute(sa.text("select count(*) from access_log where subject = :id"), {"id": kept}).scalar() == 2
