"""A party is an agency of the register, or one outside it, such as a superior or another city."""

from dataclasses import replace

from shared.acts.circumstances import bound
from shared.acts.model import Party
from shared.acts.office import Office
from shared.acts.request import Request
from tests.acts import commands
from tests.acts.conftest import officer


def test_one_outside_the_register_is_kept_bound_as_nobody_and_told_nothing(office: Office) -> None:
    acts = office.acts["cases"]
    id = acts.do("announce", commands.announce(), officer("zhujian"), Request()).case_id
    with office.db.write() as tx:
        row = acts.store.get(tx, id)
        assert row is not None
        before = acts.store.case_of(row)
        outside = Party("receiver", "", row.opened_on, outside="文登区综合行政执法局")
        case = replace(before, parties=(*before.parties, outside))
        documents = acts.means.documents
        doc = documents.dump(case, id, documents.seals(row.doc, id))
        columns = acts.keeping.columns(case, office.vault)
        acts.store.save(tx, replace(row, text=doc), case.parties, columns, before.parties)
    with office.db.read() as tx:
        kept = acts.store.get(tx, id)
        assert kept is not None and acts.store.case_of(kept).parties[-1] == outside
        audience, _ = acts.audience(tx, [id])[id]
    assert "" not in audience and {"zhujian", "zonghe"} <= audience
    register = office.law.now().register
    assert bound(case, row.opened_on, register)["receiver"] == ("zonghe", "")
