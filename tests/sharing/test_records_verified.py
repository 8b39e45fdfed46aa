"""What `liandong verify` says of an archive after somebody with the database's password was in its tables."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from liandong.ops import verify_offices
from services.sharing.archive import record_verification as verifying
from services.sharing.archive import repository, store
from services.sharing.archive.store import RECORD
from services.sharing.personal_data import records
from shared.acts.convert import erased_of
from shared.acts.erasing import Why
from shared.acts.model import Rank, Viewer
from shared.acts.office import Office
from shared.contracts.envelope import canonical
from tests.offices import MakeOffice
from tests.sharing.archive import deliver, found, record
from tests.sharing.catalogue import of, small_city

NAME, NUMBER = "钟离浥尘", "110105194912310038"
LIU = Viewer("sifa", Rank.LEADER, "p", "a", "某某")
BAD, WHOLE = "record zonghe 2, version 1", "the records of delivery"


@pytest.fixture
def office(make_office: MakeOffice, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Three deliveries, one of a record's next version; the second record is of a person whom title and text name."""
    monkeypatch.setattr(verifying, "AT_ONCE", 2)
    made = small_city(make_office)
    people = of(made)
    person = {"respondent_kind": "person", "respondent": NAME, "respondent_number": NUMBER}
    firm = {"respondent_kind": "organisation", "respondent": "某公司"}
    deliver(people, record("1", **firm),
            record("2", title=f"{NAME}占道经营案", text=f"{NAME}（{NUMBER}）占道。", **person), record("3"))
    deliver(people, record("1", text="已改正。", **firm))
    deliver(people, record("4"), agency="zhujian")
    return made


def said(office: Office) -> str:
    """What verify says; empty where all of it holds."""
    told: list[str] = []
    return "" if verify_offices((office,), None, told.append) else told[0]


def change(office: Office, which: sa.ColumnElement[bool], **values: Any) -> None:
    with office.db.write() as tx:
        assert tx.execute(RECORD.update().where(which).values(**values)).rowcount == 1


def of_person(office: Office) -> dict[str, Any]:
    with office.db.read() as tx:
        return dict(tx.execute(sa.select(RECORD).where(RECORD.c.external_id == "2")).mappings().one())


@pytest.mark.parametrize("values", [
    {"title": f"{NAME}无证经营案"}, {"title": "欧阳某某占道经营案"}, {"text": f"{NAME}（{NUMBER}）占道，已罚款。"}, {"hidden": ""},
    {"hidden": "[[[0, 4]], []]"}, {"hidden": "broken"}, {"hidden": "[[[0, 7]], [[0, 4]]]"}, {"access": "on_request"},
    {"occurred_on": date(2025, 6, 3)}, {"respondent_key": ""}, {"respondent_name_key": "mac:x"}, {"respondent": ""},
    {"respondent": '{"name": {"personal": {}}}'}, {"respondent_kind": "organisation"}, {"agency": "zhujian"},
    {"digest": "sha256:0"}, {"current": False}, {"number": "荣综执罚〔2025〕第1号"}, {"content_key": "mac:x"},
    {"content_key": ""}, {"recorded_at": datetime(2025, 6, 2, 3, 4, 5, 6, tzinfo=UTC)},
])
def test_a_changed_record_is_named(office: Office, values: dict[str, Any]) -> None:
    assert said(office) == ""
    change(office, RECORD.c.external_id == "2", **values)
    assert BAD.replace("zonghe", str(values.get("agency", "zonghe"))) in said(office)


def test_an_earlier_version_is_held_to_its_digest_too(office: Office) -> None:
    change(office, (RECORD.c.external_id == "1") & (RECORD.c.version == 1), text="从来没有。")
    assert "record zonghe 1, version 1" in said(office)


def test_a_record_that_was_changed_together_with_its_digest_does_not_fit_its_delivery(office: Office) -> None:
    """By somebody who has the keys too."""
    row = of_person(office) | {"cause": "road_occupation"}
    content = repository.content_of(row, repository.opened(office.vault, row))
    change(office, RECORD.c.external_id == "2", cause=row["cause"], digest=repository.digest_of(row),
           content_key=office.vault.blind(content, repository.CONTENT))
    assert f"{WHOLE} {row['delivery']}" in said(office)


def _gone(tx: Connection) -> None:
    tx.execute(RECORD.delete().where(RECORD.c.external_id == "3"))


def _all_gone(tx: Connection) -> None:
    tx.execute(RECORD.delete().where(RECORD.c.external_id == "4"))


def _moved(tx: Connection) -> None:
    tx.execute(RECORD.update().where(RECORD.c.external_id == "4").values(
        delivery=sa.select(RECORD.c.delivery).where(RECORD.c.external_id == "3").scalar_subquery()))


def _out_of_order(tx: Connection) -> None:
    tx.execute(RECORD.update().where(RECORD.c.external_id == "3").values(nr=0))


@pytest.mark.parametrize("forge", [_gone, _all_gone, _moved, _out_of_order])
def test_a_delivery_whose_records_are_not_all_there_in_their_order_is_named(
        office: Office, forge: Callable[[Connection], None]) -> None:
    with office.db.write() as tx:
        forge(tx)
    assert WHOLE in said(office)


def test_all_holds_after_an_erasure_and_what_was_changed_then_is_named(office: Office) -> None:
    assert records.erase(office.means, of_person(office)["id"], Why("unlawful", "本人申请", "1号"), LIU)
    assert said(office) == ""
    change(office, RECORD.c.external_id == "2", title="■■■■无证经营案")
    assert BAD in said(office)


def test_the_content_key_of_an_erased_record_is_held_by_the_erasure(office: Office) -> None:
    row = of_person(office)
    assert records.erase(office.means, row["id"], Why("unlawful", "本人申请", "1号"), LIU)
    assert of_person(office)["content_key"] == row["content_key"] and said(office) == ""
    change(office, RECORD.c.external_id == "2", content_key="mac:x")        # the person would come in again as new
    assert BAD in said(office)


def test_a_person_that_is_gone_without_an_erasure_in_the_journal_is_named(office: Office) -> None:
    row = of_person(office)
    title, text = repository.impersonal(row)
    change(office, RECORD.c.external_id == "2", title=title, text=text, hidden="", respondent_key="",
           respondent_name_key="", respondent=canonical(erased_of(json.loads(row["respondent"]))))
    assert BAD in said(office)


# the index of words

def _words_of(tx: Connection, external_id: str) -> dict[str, Any]:
    current = sa.select(RECORD).where(RECORD.c.external_id == external_id, RECORD.c.current)
    row = dict(tx.execute(current).mappings().one())
    return {"nr": row["nr"], "words": " ".join(sorted(store.indexed(row))), "sliced": store.sliced(row)}


def _without(tx: Connection) -> None:
    if tx.dialect.name == "sqlite":
        tx.execute(sa.text("INSERT INTO record_words (record_words, rowid, words) VALUES ('delete', :nr, :words)"),
                   _words_of(tx, "2"))
    else:
        tx.execute(sa.text("DELETE FROM record_words WHERE nr = :nr"), _words_of(tx, "2"))


def _with_the_name(tx: Connection) -> None:
    """The person can be searched for."""
    found = _words_of(tx, "2")
    _without(tx)
    if tx.dialect.name == "sqlite":
        tx.execute(sa.text("INSERT INTO record_words (rowid, words) VALUES (:nr, :words || ' abcdefgh')"), found)
    else:
        tx.execute(sa.text("INSERT INTO record_words VALUES (:nr, CAST(:sliced || ' 000abcdefgh' AS tsvector))"), found)


def _of_none(tx: Connection) -> None:
    column = "rowid" if tx.dialect.name == "sqlite" else "nr"
    tx.exec_driver_sql(f"INSERT INTO record_words ({column}, words) VALUES (4711, 'abcdefgh')")


@pytest.mark.parametrize(("forge", "words"), [
    (_without, "record zonghe 2"), (_with_the_name, "record zonghe 2"), (_of_none, "no current record (4711)")])
def test_an_index_that_is_not_the_records_own_is_found_and_made_anew(
        office: Office, forge: Callable[[Connection], None], words: str) -> None:
    assert said(office) == ""
    with office.db.write() as tx:
        forge(tx)
    assert words in said(office)
    with office.db.write() as tx:
        assert store.reindex(tx) == 4
    assert said(office) == ""
    assert [item["external_id"] for item in found(of(office), "zonghe", text="占道", respondent=NAME)] == ["2"]
