"""The matrix a lawyer wrote is what the acts decide, cell by cell: in the model, in the real acts, in the document."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from liandong.places import SERVICES
from liandong.suite import spec_of
from shared.acts.model import THE_SUITE, Act, Chapter, Rank, Viewer, parts
from shared.acts.perform import Acts
from shared.acts.request import Request
from shared.kernel.errors import Refused
from tests.permissions import commands
from tests.permissions.city import Case, City, handed_on
from tests.permissions.matrix import IN_A_CASE, NEVER, Row, Sheet, sheets
from tests.permissions.test_routes import table
from tests.plain import unfinished

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = {(name, keeping.chapter.path): keeping.chapter for name in SERVICES for keeping in spec_of(name).keepings}
SHEETS = {sheet.key: sheet for sheet in sheets()}
ROWS = [pytest.param(sheet, row, id=f"{sheet.path}/{row.act}") for sheet in sheets() for row in sheet.rows]
WHO = {"WRONG_PARTY", "RANK_TOO_LOW", "NOT_BY_MACHINE", "SIGNED_BY_NEEDED", "NOT_VISIBLE", "PRESENTED_BY_JUSTICE",
       "NOT_ENFORCING"}
DOCUMENTED = {"–": NEVER, "承办人": "承办人", "机关负责人 (L)": "机关负责人", "正职负责人 (LL)": "正职"}


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[commands.Samples]:
    """A city of its own: what is permitted here may leave something behind."""
    city = City(tmp_path_factory.mktemp("matrix"))
    try:
        yield commands.samples(city, handed_on(city).id)
    finally:
        city.suite.close()


def act_of(sheet: Sheet, row: Row) -> Act:
    return CHAPTERS[sheet.key].act(row.act)


def viewers(sheet: Sheet, samples: commands.Samples) -> Iterator[tuple[str, Viewer]]:
    """Everyone who could try: the agency of each part, at each rank, a person and its system; and the suite."""
    for part in sheet.parts:
        if part == "suite":
            yield part, THE_SUITE
            continue
        for rank, machine in itertools.product(Rank, (False, True)):
            agency = samples.seats[sheet.key][part]
            yield part, Viewer(agency, rank, f"p-{agency}", f"matrix-{agency}-{rank}", "某某", machine=machine)


def test_the_matrix_has_every_chapter_and_every_act_and_nothing_more() -> None:
    assert {key: [row.act for row in sheet.rows] for key, sheet in SHEETS.items()} == {
        key: [act.name for act in chapter.acts] for key, chapter in CHAPTERS.items()}
    assert {key: sheet.title for key, sheet in SHEETS.items()} == {key: each.title for key, each in CHAPTERS.items()}


def test_the_matrix_has_a_column_for_every_part_that_an_act_names() -> None:
    for key, chapter in CHAPTERS.items():
        assert {part for act in chapter.acts for part in act.by} <= set(SHEETS[key].parts)


@pytest.mark.parametrize(("sheet", "row"), ROWS)
def test_an_act_is_named_dated_and_open_to_machines_as_the_matrix_says(sheet: Sheet, row: Row) -> None:
    act = act_of(sheet, row)
    assert (act.title, act.article, act.opens, act.machine) == (row.title, row.article, row.opens, row.machine)
    officer = Viewer("zhujian", Rank.OFFICER, machine=True)
    assert act.rank is Rank.OFFICER or act._refuses_rank(officer), "what a leader must do no system does by itself"


@pytest.mark.parametrize(("sheet", "row"), ROWS)
def test_the_model_decides_every_cell_as_the_matrix_says(sheet: Sheet, row: Row, samples: commands.Samples) -> None:
    act, case = act_of(sheet, row), samples.cases[sheet.key]
    wrong = []
    for part, viewer in viewers(sheet, samples):
        context = samples.context(viewer)
        assert part in parts(case, viewer, context) | {"former", "other"}, part
        refusal = act.refuses_who(case, viewer, context)
        if (refusal is None) != row.allows(part, viewer.rank, viewer.machine):
            wrong.append((part, viewer.rank.name, viewer.machine, refusal and refusal.code))
    assert not wrong


@pytest.mark.parametrize(("sheet", "row"), ROWS)
def test_the_real_acts_decide_every_cell_as_the_matrix_says(
        sheet: Sheet, row: Row, samples: commands.Samples) -> None:
    acts = samples.city.suite.offices[sheet.service].acts[sheet.path]
    wrong = []
    for part, viewer in viewers(sheet, samples):
        if row.opens and row.act not in commands.ORDERED and part not in commands.OPENERS_OF.get(
                (sheet.key, row.act), commands.OPENERS[sheet.key]):
            continue      # it would open a case of its own and be another part in it
        codes = tried(acts, row, viewer, samples.ids[sheet.key] if not row.opens else "", samples, sheet)
        if (not codes & WHO) != row.allows(part, viewer.rank, viewer.machine):
            wrong.append((part, viewer.rank.name, viewer.machine, codes))
        if sheet.sees[part] == NEVER and not row.opens:
            assert codes == {"NOT_VISIBLE"}, part
    assert not wrong


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.path)
def test_the_actions_of_a_case_say_what_the_matrix_says(sheet: Sheet, samples: commands.Samples) -> None:
    """So no client holds a rule; who may not see the case gets no list at all."""
    reads = samples.city.suite.offices[sheet.service].reads[sheet.path]
    rows = {row.act: row for row in sheet.rows}
    for part, viewer in viewers(sheet, samples):
        if sheet.sees[part] == NEVER:
            with pytest.raises(Refused):
                reads.actions(samples.ids[sheet.key], viewer)
            continue
        for action in reads.actions(samples.ids[sheet.key], viewer):
            refused = action.refusal is not None and action.refusal.code in WHO
            assert refused != rows[action.act.name].allows(part, viewer.rank, viewer.machine), (part, action)


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.path)
def test_an_act_has_a_route_where_a_person_may_do_it_and_none_where_only_the_suite_may(sheet: Sheet) -> None:
    base = f"POST /api/{sheet.service}/{sheet.path}"
    routes = {route for found in table()[sheet.service].values() for route in found if route.startswith(base)}
    by_hand = [row for row in sheet.rows if any(said != NEVER for part, said in row.cells.items() if part != "suite")]
    opening = [row.act for row in by_hand if row.opens]
    wanted = {base if act == opening[0] else f"{base}/{act}" for act in opening} | {
        f"{base}/<case_id>/{row.act}" for row in by_hand if not row.opens or act_of(sheet, row).states}
    others = {f"{base}/search", f"{base}/scans", f"{base}/bulk", f"{base}/<case_id>/materials"}
    others |= {f"{base}/<case_id>/open"}          # of a record, not of the delivery it came with
    assert routes - others == wanted - {f"{base}/<case_id>/change-password"}      # its route takes a password


def tried(acts: Acts, row: Row, viewer: Viewer, case_id: str, samples: commands.Samples, sheet: Sheet) -> set[str]:
    """The codes with which the act is refused; a command that lacks all keeps what is permitted from doing anything."""
    try:
        acts.do(row.act, samples.command(sheet.key, row.act), viewer, Request(case_id))
    except Refused as refused:
        assert not [word for each in refused.refusals for word in unfinished(each.zh)], refused.refusals
        return {refusal.code for refusal in refused.refusals}
    return set()


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.path)
def test_the_document_says_what_the_matrix_says(sheet: Sheet) -> None:
    """docs/generated/permissions.md leaves out the parts that may do nothing at all."""
    chapter = CHAPTERS[sheet.key]
    table = documented(chapter)
    for row in sheet.rows:
        cells = table[f"`{row.act}` {row.title}"]
        for part in sheet.parts:
            said = DOCUMENTED[cells.get(part, "–").removesuffix("*")]
            assert (said == NEVER) == (row.cells[part] == NEVER), (row.act, part)
            assert part == "suite" or said == row.cells[part].removesuffix(IN_A_CASE), (row.act, part)
    assert len(table) == len(sheet.rows)


def documented(chapter: Chapter) -> dict[str, dict[str, str]]:
    """The chapter's table of the generated document: act -> part -> what its cell says."""
    text = (ROOT / "docs" / "generated" / "permissions.md").read_text("utf-8")
    block = re.split(r"^## ", text.partition(f"## {chapter.service} · {chapter.title}\n")[2], maxsplit=1, flags=re.M)[0]
    lines = [line.strip("|").split("|") for line in block.splitlines() if line.startswith("|")]
    head, _, *rows = [[cell.strip() for cell in line] for line in lines]
    return {row[0].partition(" (")[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


def test_who_has_left_a_case_does_nothing_in_it_by_a_back_entry_either(city: City, case: Case) -> None:
    """A true date within its time makes a former receiver no party again: it would change what it no longer sees."""
    before = city.get(f"/api/transfer/cases/{case.id}", commands.SENDER).text
    uploaded = city.ask("POST", "/api/transfer/cases/scans", city.token(commands.FIRST), data=commands.scan())
    scan = uploaded.data["digest"]
    left = commands.left_on(city, case.id, commands.FIRST)
    for act, body in commands.BY_RECEIVER.items():
        late: dict[str, Any] = {"happened_on": left.isoformat(), "back_entry": {"reason": "补录", "scan": scan}}
        answer = city.post(f"/api/transfer/cases/{case.id}/{act}", {**body, **late}, commands.FIRST, seen=case.revision)
        assert (answer.status, answer.codes) == (403, ["WRONG_PARTY"]), (act, answer.text)
    assert city.get(f"/api/transfer/cases/{case.id}", commands.SENDER).text == before
