"""`GET /api/<service>/numbers`: the ledger of the service's document numbers (文号登记簿)."""

from collections.abc import Set

from flask import Response, jsonify
from sqlalchemy.engine import Connection

from shared.acts.handing import taken_over
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.acts.reading import Page
from shared.acts.request import NOT_VISIBLE
from shared.acts.store import sees_all
from shared.http import paging, spec
from shared.http.described import Routes
from shared.http.formerly import reach
from shared.http.identity import viewer_of
from shared.http.routes import PAGING
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Refused
from shared.kernel.page_limits import BAD_AFTER, within
from shared.numbers.shape import unused
from shared.numbers.store import FIRST, NumberTables, Place

KNOWN = ("agency", "year", "word", "limit", "after")
BAD_YEAR = Refusal("BAD_YEAR", "year 应当是四位年份。", "year is a year of four digits.", "internal", 400, "year")


def numbers_routes(office: Office, tables: NumberTables) -> Routes:
    """The blueprint of the ledger."""
    routes = Routes("numbers", __name__, url_prefix=f"/api/{office.name}/numbers", description="文号登记簿")

    @routes.get("")
    @routes.doc(summary="文号登记簿", parameters=PAGING,
                responses={"200": spec.answer("Page", "文号"), **spec.problems(400, 404)})
    def numbers() -> Response:
        """An agency's own numbers of a year, voided ones with their reason, and the stretches before each of them that
        nobody used.

        Justice and 市政府办公室 may ask for any agency's, an agency for those of one that it succeeded in all; of one
        that it succeeded in some matters, or in cases that justice gave it, for the numbers of those cases.
        """
        viewer, asked = viewer_of(office.access), paging.asked()
        unknown = sorted(set(asked.filters) - set(KNOWN))
        if unknown:
            raise Refused(paging.unknown(unknown[0], KNOWN))
        year = asked.filters.get("year", str(day_of(office.clock.now()).year))
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            raise Refused(BAD_YEAR)
        after, which = place(asked.after), (int(year), asked.filters.get("word", ""))
        with office.db.read() as tx:
            agency = asked.filters.get("agency", viewer.agency)
            its = None if whole(office, viewer, agency, tx) else in_part(
                office, viewer, agency, tables.cases_of(tx, agency, *which), tx)

            def page(most: int) -> Page:
                rows = tables.numbers_of(tx, agency, *which, after=after, limit=most + 1)
                last = rows[most - 1] if len(rows) > most else {}
                return Page(tuple(rows[:most]), f"{last['serial']} {last['word']}" if last else "")
            found = within(asked.limit, page, paging.items)
        shown = [row for row in found.items if its is None or row["case"] in its]
        return jsonify({"items": shown, "unused": unused(found.items, *after) if its is None else [],
                        "next": paging.closed(found.next)})

    return routes


def place(text: str) -> Place:
    """The place in a ledger that a page's `next` told. Raises Refused (400)."""
    serial, _, word = text.partition(" ")
    if text and not (serial.isascii() and serial.isdigit() and len(serial) < 10 and word):
        raise Refused(BAD_AFTER)
    return (word, int(serial)) if text else FIRST


def whole(office: Office, viewer: Viewer, agency: str, tx: Connection) -> bool:
    """Whether the viewer reads all of the agency's ledger."""
    return reach(office, viewer.agency, agency, tx).whole or sees_all(viewer, office.law.snapshot(tx).register)


def in_part(office: Office, viewer: Viewer, agency: str, numbered: Set[str], tx: Connection) -> Set[str]:
    """Which of the numbered cases the viewer took over of a dissolved agency: it reads their numbers. Raises Refused
    (404) for any other."""
    register, today = office.law.snapshot(tx).register, day_of(office.clock.now())
    cases = numbered if register.dissolved(agency, today) else set[str]()
    its = taken_over(tx, tuple(office.acts.values()), agency, viewer.agency, cases)
    if not its and not reach(office, viewer.agency, agency, tx).in_part:
        raise Refused(NOT_VISIBLE)
    return its
