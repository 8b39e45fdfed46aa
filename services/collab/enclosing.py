"""第十二条、第十三条: what is filed with justice is enclosed whole: of a kind that counts, and as a file. Pure."""

from collections.abc import Iterable, Mapping

from services.collab import refusals as no
from services.collab.plan import Collab, Reported
from shared.acts.materials import Material
from shared.acts.model import Context
from shared.kernel.errors import Refusal, Rows

CLOSING_REPORT = "closing_report"                     # of the material kinds


def notice(plan: Collab, number: int, own: str, context: Context) -> Rows:
    """12: the written notice to the lead, a material of the agency that declines."""
    enclosed = next((each for each in plan.materials if (each.number, each.added_by) == (number, own)), None)
    yield enclosed, no.NO_WRITTEN_NOTICE
    if enclosed is not None:
        yield _scanned(enclosed, context), _of(enclosed, no.NOTICE_NOT_SCANNED)


def documents(plan: Collab, numbers: tuple[int, ...], context: Context) -> Rows:
    """13: each is of a kind that counts as 执法文书, and a file."""
    yield from _of_kinds(plan, numbers, context)
    yield from _as_files(plan, numbers, context, "documents")


def closing_report(plan: Collab, numbers: tuple[int, ...], context: Context) -> Rows:
    """13: one of them is a 结案报告, and each is a file."""
    yield plan.encloses(CLOSING_REPORT, numbers), no.NOT_CLOSING_REPORT
    yield from _as_files(plan, numbers, context, "closing_report")


def enclosed_rightly(before: Collab, plan: Collab, context: Context) -> Rows:
    """更正 of materials: those that the report encloses are still of the kinds that 13 asks for. A report whose filing
    came back encloses nothing any more."""
    standing, right = plan.report, {each.number for each in plan.materials if each not in before.materials}
    if standing is None:
        return
    own = tuple(number for number in standing.said.documents if number in right)
    yield from ((holds, refusal.at("new")) for holds, refusal in _of_kinds(plan, own, context))
    for closing in _closing_reports(standing):
        if right.intersection(closing):
            yield plan.encloses(CLOSING_REPORT, closing), no.NOT_CLOSING_REPORT.at("new")


def _closing_reports(report: Reported) -> Iterable[tuple[int, ...]]:
    """What it enclosed as such, and what followed."""
    yield report.said.closing_report
    if report.closing is not None:
        yield report.closing.closing_report


def _of_kinds(plan: Collab, numbers: Iterable[int], context: Context) -> Rows:
    """Which kinds count as 执法文书 is a setting, and a question for justice."""
    wanted = context.rulebook.setting("enforcement_documents")
    titles = context.rulebook.codes.get("material_kinds", {})
    kinds, held = "、".join(titles.get(each, each) for each in wanted), _by_number(plan)
    for at, number in enumerate(numbers):
        if number in held:
            other = no.NOT_ENFORCEMENT_DOCUMENT.filled(material=number, kinds=kinds, codes=", ".join(wanted))
            yield held[number].said.kind in wanted, other.at(f"documents.{at}")


def _as_files(plan: Collab, numbers: Iterable[int], context: Context, where: str) -> Rows:
    held = _by_number(plan)
    for at, number in enumerate(numbers):
        if number in held:
            yield _scanned(held[number], context), _of(held[number], no.ENCLOSURE_NOT_SCANNED).at(f"{where}.{at}")


def _by_number(plan: Collab) -> Mapping[int, Material]:
    return {each.number: each for each in plan.materials}


def _scanned(material: Material, context: Context) -> bool:
    """Whether it is a file, where the city asks for that (a setting, a question for justice)."""
    return bool(material.said.digest) or not context.rulebook.setting("filed_as_files")


def _of(material: Material, refusal: Refusal) -> Refusal:
    return refusal.filled(material=material.number, name=material.said.name)
