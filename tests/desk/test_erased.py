"""A closed account loses the name of its person and whatever opened it; who did what under it stays."""

import pytest
import sqlalchemy as sa

from services.desk.domain import CloseAccount
from services.desk.usecases import PATH, Desk
from shared.acts.erasing import Why, erase
from shared.acts.model import THE_SUITE, Rank, Viewer
from shared.acts.office import Office
from shared.acts.request import Request
from shared.contracts.personal import ERASED_WORD
from shared.journal.verify import verify
from shared.kernel.errors import Refused
from tests.desk.conftest import made

JUSTICE, WHY = Viewer("sfj", Rank.LEADER, "p", "a", "某某"), Why("purpose_met", "已经离职", "荣司个信〔2025〕2号")


def test_the_name_goes_and_every_digest_stays(office: Office, desk: Desk) -> None:
    person, acts = made(desk, "li.wei", ("zjj", "officer")), office.acts[PATH]
    with pytest.raises(Refused) as refused:
        erase(acts, person.account, WHY, JUSTICE)
    assert [refusal.code for refusal in refused.value.refusals] == ["CASE_UNDER_WAY"]
    acts.do("close-account", CloseAccount("离职"), THE_SUITE, Request(person.account))
    assert erase(acts, person.account, WHY, JUSTICE)
    with office.db.read() as tx:
        doc = tx.execute(sa.text("select doc from account")).scalar_one()
        assert '"cipher"' not in doc and '"hash"' in doc
        assert tx.execute(sa.text("select count(*) from password")).scalar() == 0
    page = office.reads[PATH].page(Viewer("zjj", Rank.LEADER, "p", "a"), {}, 10).items
    assert [(each["login"], each["name"]) for each in page] == [("li.wei", ERASED_WORD)]
    office.sealer.step()
    report = verify(office.db, office.journal, office.vault, cases=acts.store.hashes)
    assert report.ok, report.zh
