"""Erasing what a case holds of persons: every digest stays, nothing of the person does."""

import io
import os
import time
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from services.transfer.schemas import SCHEMAS
from shared.acts import erasing, handing, whom
from shared.acts.convert import plain
from shared.acts.erasing import Due, Why, erase
from shared.acts.materials import AddMaterial
from shared.acts.model import Rank
from shared.acts.office import Office
from shared.acts.request import ExternalRef, Request
from shared.contracts.envelope import canonical
from shared.contracts.personal import ERASED_WORD
from shared.journal.model import ERASED
from shared.journal.verify import Report, verify
from shared.kernel.errors import Refused
from shared.law import holds
from tests.situations.transfer.builders import BUILDERS
from tests.transfer.played import Played, make_office, office, played, someone

__all__ = ["make_office", "office", "played"]

JUSTICE = someone("sfj", Rank.LEADER)
OVER = Why("retention_over", "保存期限届满，予以删除")
ASKED = Why("unlawful", "当事人申请", "荣司个信〔2025〕1号")
TEN_YEARS = 3653 + 10
WITHDRAWN = ("announce", "add-material", "issue-letter", "withdraw")


def withdrawn(played: Played, *acts: str) -> str:
    for act in acts or WITHDRAWN:
        played.do(act)
    return played.id


def report(office: Office) -> Report:
    office.sealer.step()
    cases = office.acts["cases"].store.hashes
    return verify(office.db, office.journal, office.vault, cases=cases)


def codes(do: Any, *args: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        do(*args)
    return [refusal.code for refusal in refused.value.refusals]


def dues(office: Office) -> list[Due]:
    with office.db.read() as tx:
        return list(erasing.due(tx, office.acts["cases"]))


def everything(office: Office) -> str:
    """Every row of every table of the service."""
    with office.db.read() as tx:
        return "\n".join(str(tuple(row)) for table in sa.inspect(tx).get_table_names()
                         for row in tx.execute(sa.text(f'select * from "{table}"')))


def test_nothing_is_due_before_its_time_and_everything_after_it(played: Played) -> None:
    case = withdrawn(played)
    assert dues(played.office) == []
    assert codes(erase, played.acts, case, OVER, JUSTICE) == ["RETENTION_NOT_OVER"]
    played.clock.advance(days=3651)
    assert dues(played.office) == []
    played.clock.advance(days=3)
    assert [(due.class_, due.case, due.refusal) for due in dues(played.office)] == [("transfer.cases", case, None)]
    assert erase(played.acts, case, OVER, JUSTICE)
    assert dues(played.office) == []


def test_every_digest_holds_and_nothing_of_the_person_is_left(played: Played) -> None:
    case, office = withdrawn(played), played.office
    person = plain(played._case().matter.respondent)
    before = report(office)
    with office.db.read() as tx:
        feed = [entry.body for entry in office.journal.feed(tx, 0, 10_000)]
        row = played.acts.store.get(tx, case)
        assert whom.cases(tx, person["number"], office.vault) == {case} == whom.cases(tx, person["name"], office.vault)
    assert before.ok and row is not None and everything(office).count('"cipher"') > 1
    assert erase(played.acts, case, ASKED, JUSTICE)
    after = report(office)
    assert after.ok and after.entries > before.entries, after.zh
    assert '"cipher"' not in everything(office) and '"salt"' not in everything(office)
    with office.db.read() as tx:
        now = played.acts.store.get(tx, case)
        assert now is not None and now.state_hash == row.state_hash and now.revision == row.revision
        assert [entry.body for entry in office.journal.feed(tx, 0, 10_000)][:len(feed)] == feed
        assert not whom.cases(tx, person["number"], office.vault)
        assert not whom.cases(tx, person["name"], office.vault)
        entry = next(each for each in office.journal.of_stream(tx, case) if each.type == ERASED)
        assert (entry.data["reason"], entry.data["document"], entry.actor) == (
            "unlawful", ASKED.document, JUSTICE.appointment)
        assert ASKED.reason not in entry.body
        details = [office.journal.detail(tx, each.position) for each in office.journal.of_stream(tx, case)]
    assert [detail for detail in details if detail] == [{"said": ASKED.reason}]


def test_who_looks_sees_that_it_was_erased_and_searches_find_nobody(played: Played) -> None:
    case = withdrawn(played)
    name = plain(played._case().matter.respondent)["name"]
    found = [each["id"] for each in played.reads.page(someone("zjj"), {"respondent": name}, 10).items]
    assert found == [case]
    erase(played.acts, case, ASKED, JUSTICE)
    seen = played.seen("zjj")
    respondent = seen["case"]["matter"]["respondent"]
    assert respondent["name"] == respondent["number"] == ERASED_WORD
    assert seen["personal_data_erased_on"] == "2025-09-29"
    assert {action["refusal"]["code"] for action in seen["actions"]} == {"PERSONAL_DATA_ERASED"}
    page = played.reads.page(someone("zjj"), {}, 10).items
    assert [each["respondent"] for each in page] == [ERASED_WORD]
    assert not played.reads.page(someone("zjj"), {"respondent": name}, 10).items
    assert played.reads.history(case, someone("zjj"), 100).items


def test_what_a_dissolved_agency_may_read_of_the_case_goes_too(played: Played) -> None:
    case, office = withdrawn(played), played.office
    with office.db.write() as tx:
        row = played.acts.store.get(tx, case)
        assert row is not None
        tx.execute(handing.case_left.insert(), {
            "agency": "yls", "case": case, "state": row.state, "revision": row.revision, "last_on": row.last_on,
            "doc": canonical(row.doc)})
    erase(played.acts, case, ASKED, JUSTICE)
    assert '"cipher"' not in everything(office)


def test_a_case_whose_persons_were_erased_is_read_only(played: Played) -> None:
    case = withdrawn(played, "announce", "add-material", "issue-letter", "deliver", "sign-receipt", "accept",
                     "file-case", "record-decision", "serve-decision", "close", "report-closure")
    erase(played.acts, case, ASKED, JUSTICE)
    with pytest.raises(Refused) as refused:
        played.do("reopen")
    assert (refused.value.refusals[0].code, refused.value.status) == ("PERSONAL_DATA_ERASED", 409)
    assert report(played.office).ok


def test_what_the_suite_does_to_an_erased_case_keeps_its_hashes(played: Played) -> None:
    case, acts = withdrawn(played), played.acts
    erase(acts, case, ASKED, JUSTICE)
    with played.office.db.read() as tx:
        row = acts.store.get(tx, case)
    assert row is not None
    documents = acts.means.documents
    again = documents.dump(acts.store.case_of(row), case, documents.seals(row.doc, case))
    assert again == row.text


def test_a_case_under_way_or_with_a_clock_still_owed_is_not_erased(played: Played) -> None:
    played.do("announce")
    assert codes(erase, played.acts, played.id, ASKED, JUSTICE)[0] == "CASE_UNDER_WAY"
    assert report(played.office).ok and '"cipher"' in everything(played.office)


def test_only_a_leader_of_justice_erases_and_says_why(played: Played) -> None:
    case = withdrawn(played)
    assert codes(erase, played.acts, case, ASKED, someone("zjj")) == ["ERASED_BY_JUSTICE"]
    assert codes(erase, played.acts, case, ASKED, someone("sfj", Rank.OFFICER)) == ["RANK_TOO_LOW"]
    assert codes(erase, played.acts, case, Why("because", " "), JUSTICE) == ["UNKNOWN_BASIS", "NO_ERASURE_REASON"]
    assert codes(erase, played.acts, case, replace(ASKED, document=""), JUSTICE) == ["NO_ERASURE_DOCUMENT"]
    assert codes(erase, played.acts, "0" * 36, ASKED, JUSTICE) == ["NOT_VISIBLE"]


@pytest.mark.parametrize("by", ["case", "name", "number"])
def test_what_is_on_hold_is_not_erased_until_it_is_lifted(played: Played, by: str) -> None:
    case, office = withdrawn(played), played.office
    person = plain(played._case().matter.respondent)
    keys = frozenset() if by == "case" else whom.keys((person[by],), office.vault)
    with office.db.write() as tx:
        holds.put(tx, holds.Held("h-0", "collab", case, frozenset()))
        holds.put(tx, holds.Held("h-1", "transfer" if by == "case" else "", case if by == "case" else "", keys))
    assert codes(erase, played.acts, case, ASKED, JUSTICE) == ["HELD"]
    played.clock.advance(days=TEN_YEARS)
    refused = [due.refusal for due in dues(office) if due.refusal]
    assert [each.code for each in refused] == ["HELD"]
    assert not refused[0].values and "h-1" not in refused[0].zh + refused[0].en, "its keeper's business alone"
    with office.db.write() as tx:
        holds.lift(tx, "h-1")
    assert erase(played.acts, case, OVER, JUSTICE)


def test_erasing_again_changes_nothing(played: Played) -> None:
    case, office = withdrawn(played), played.office
    assert erase(played.acts, case, ASKED, JUSTICE)
    before = everything(office)
    assert not erase(played.acts, case, ASKED, JUSTICE)
    assert everything(office) == before


def test_kept_answers_go_and_a_reference_stays_taken(played: Played) -> None:
    office, by = played.office, someone("zjj")
    asked = Request(key="k-1", external_ref=ExternalRef("oa", "77"), body_digest="sha256:1")
    command = _command(played)
    case = office.acts["cases"].do("announce", command, by, asked).case_id
    played.id = case
    for act in WITHDRAWN[1:]:
        played.do(act)
    erase(played.acts, case, ASKED, JUSTICE)
    with office.db.read() as tx:
        assert tx.execute(sa.text("select count(*) from idempotency")).scalar() == 0
        assert tx.execute(sa.text("select answer, body_key from external_ref")).one() == ("", "")
    assert codes(office.acts["cases"].do, "announce", command, by, asked) == ["REF_TAKEN"]


def _command(played: Played) -> Any:
    return SCHEMAS["announce"]().load(BUILDERS["announce"](None, played.clock.now().date())).command


def test_files_go_when_no_other_case_names_them_and_their_digests_stay(played: Played) -> None:
    office = played.office
    own, shared = (office.files.put(io.BytesIO(b"%PDF-1.7\n" + text), "application/pdf", 100).digest
                   for text in (b"own", b"shared"))
    played.do("announce")
    for digest in (own, shared):
        _add(played, digest)
    first = played.id
    played.do("issue-letter")
    played.do("withdraw")
    played.id = ""
    played.do("announce", after=first)
    _add(played, shared)
    _age(office, own, shared)
    erase(played.acts, first, ASKED, JUSTICE)
    assert (office.files.exists(own), office.files.exists(shared)) == (False, True)
    played.id = first
    assert own in str(played.seen("zjj")["case"]["materials"])


def test_a_file_that_could_not_go_at_once_goes_with_the_next_round(played: Played) -> None:
    """As after a kill between the commit and the file: what is left to do stands in the table."""
    office = played.office
    digest = office.files.put(io.BytesIO(b"%PDF-1.7\nyoung"), "application/pdf", 100).digest
    played.do("announce")
    _add(played, digest)
    played.do("issue-letter")
    played.do("withdraw")
    erase(played.acts, played.id, ASKED, JUSTICE)
    with office.db.read() as tx:
        assert digest in str(tx.execute(sa.select(erasing.erasure.c.files)).scalar())
    _age(office, digest)
    office.housekeep()
    with pytest.raises(Refused):
        office.files.open(digest)
    with office.db.read() as tx:
        assert tx.execute(sa.select(erasing.erasure.c.files)).scalar() == "[]"


def _add(played: Played, digest: str) -> None:
    command = AddMaterial("现场照片", "photo", 1, 1, True, "electronic", digest)
    if "photo" not in played.office.law.now().current(played.clock.now().date()).codes["material_kinds"]:
        command = replace(command, kind="site_record")
    played.acts.do("add-material", command, someone("zjj"), Request(played.id))


def _age(office: Office, *digests: str) -> None:
    """The files as if they had been there for an hour."""
    before = time.time() - 3600
    for digest in digests:
        name = digest.removeprefix("sha256:")
        os.utime(office.settings.home / "files" / office.name / "sha256" / name[:2] / name, (before, before))


def test_the_index_knows_a_person_by_whatever_the_case_names_it_under(played: Played) -> None:
    withdrawn(played)
    seals = played.acts.means.documents
    with played.office.db.read() as tx:
        row = played.acts.store.get(tx, played.id)
        assert row is not None
        values = {value for _, value in seals.seals(row.doc, row.id)}
        assert values and all(whom.cases(tx, value, played.office.vault) == {played.id} for value in values)
        assert whom.cases(tx, "某个不相干的人", played.office.vault) == frozenset() == whom.cases(
            tx, " ", played.office.vault)
