"""The board of a million deadlines.

Its pages, counts and scorecards stand beside pgbench with the statements of each, a scrape of the SLA exporter beside a
second, and a rebuild from the feed of a million entries beside reading that feed alone.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, generate_latest

from bench.place import Environment, analyze, new_office, schema
from bench.sizes import Sizes
from bench.statements import Script, Sent, own_ids, recorded, script
from bench.table import Row, alternate
from services.oversight.board import deadlines as board
from services.oversight.board import figures
from services.oversight.board.as_of import as_of
from services.oversight.board.projection import PROJECTIONS
from services.oversight.office import SPEC
from services.oversight.scorecards import periods, scores
from services.oversight.sla import collector
from shared.acts.model import Rank, Viewer
from shared.acts.office import Office
from shared.bus.deliveries import event_from
from shared.bus.feeds import LocalFeed
from shared.bus.rebuilding import RUN, rebuild, uncollected
from shared.bus.tables import follower_cursor
from shared.contracts.envelope import Event, body_of
from shared.contracts.feed import FeedPage
from shared.contracts.register import Agency
from shared.db.database import Database
from shared.deadlines.model import MET
from shared.journal import epochs
from shared.journal.log import Journal
from shared.kernel.clock import HandClock
from tests.oversight.told import case_event, deadline, deadline_event
from tests.situations.city import SINCE

NOW = datetime(2025, 9, 29, 4, tzinfo=UTC)
ENFORCING = tuple(f"agency{number:02}" for number in range(30))
AGENCIES = (*(Agency(code, code, "statutory", "city", SINCE) for code in ENFORCING),
            Agency("sifa", "sifa", "statutory", "city", SINCE, standing="justice"),
            Agency("new", "new", "statutory", "city", SINCE))
JUSTICE, ONE, NEW = (Viewer(agency, Rank.OFFICER) for agency in ("sifa", ENFORCING[0], "new"))
FEW = "first page of an agency with two"
AIM, AGAINST = 0.5, "pgbench, the same statements"
SCRAPE_SECONDS = 1.0
REBUILD_AIM, EVENTS, TEXTS = 0.3, "reading the feed alone: its entries as events", "fetching the feed's texts"

# the deadlines of three years and thirty agencies: most are met, some late, one in ten of the last days' is open
_FILL = sa.text("""
INSERT INTO board (service, deadline, "case", clock, bound, item, generation, state, article, law, statutory, says,
                   started_on, due_on, due_at, yellow_at, provisional, met_on, late, warned, breached, why, unit,
                   amount)
SELECT 'transfer', 'd' || lpad(n::text, 35, '0'), 'c' || lpad((n / 3)::text, 35, '0'),
       (ARRAY['transfer.letter', 'transfer.review', 'transfer.receipt', 'transfer.closure_report'])[1 + n % 4],
       'agency' || lpad((n * 7 % 30)::text, 2, '0'), '', 1, CASE WHEN open THEN 'open' ELSE 'met' END,
       '22', '', n % 4 <> 2, '三个工作日内发函', due - 5, due, at, at - 86400000000, false,
       CASE WHEN open THEN NULL WHEN n % 11 = 0 THEN due + 1 + n % 4 ELSE due - n % 5 END,
       CASE WHEN open THEN NULL ELSE n % 11 = 0 END, true, n % 11 = 0, '', 'working_days', 3
FROM (SELECT n, n % 1100 > 1000 AND n % 10 = 0 AS open, date '2022-11-01' + n % 1100 AS due,
             (extract(epoch from (date '2022-11-02' + n % 1100)::timestamp)::bigint - 28800) * 1000000 AS at
      FROM generate_series(1, :count) AS n) AS made""")
_FEW = sa.text("""
UPDATE board SET bound = 'new' WHERE deadline IN ('d' || lpad('7', 35, '0'), 'd' || lpad('77', 35, '0'))""")
_PARTY = sa.text("""INSERT INTO board_party SELECT DISTINCT bound, "case" FROM board""")


def rows(env: Environment, sizes: Sizes) -> Iterator[Row]:
    """Pages and figures, then the rebuild."""
    with new_office(env, SPEC, "board", AGENCIES, HandClock(NOW)) as office:
        _fill_board(office, sizes.board_deadlines)
        for name, read in _reads(office):
            row = _beside_pgbench(env, office, f"board of {sizes.board_deadlines:,}: {name}", read, sizes)
            yield replace(row, aim=None) if name == FEW else row        # costs little more than the round trips
        yield _scrape(office, sizes)
    yield from _rebuild(env, sizes)


def _reads(office: Office) -> Iterator[tuple[str, Callable[[], object]]]:
    def reading(viewer: Viewer, work: Callable[..., object]) -> Callable[[], object]:
        def read() -> object:
            with office.db.read() as tx:
                return work(tx, viewer, office.law.snapshot(tx), NOW), as_of(tx, office)
        return read

    yield "first page", reading(JUSTICE, lambda *args: board.page(*args, {}, 50))
    yield "what is red, of one agency", reading(ONE, lambda *args: board.page(*args, {"light": "red"}, 50))
    yield FEW, reading(NEW, lambda *args: board.page(*args, {}, 50))
    yield "counts by agency and light", reading(JUSTICE, lambda *args: figures.counts(*args, ["agency", "light"], {}))
    yield "scorecards of a quarter", reading(
        JUSTICE, lambda *args: scores.scorecards(*args, periods.period_of("2025-Q3"), {}))


def _beside_pgbench(env: Environment, office: Office, name: str, read: Callable[[], object], sizes: Sizes) -> Row:
    sent = [*recorded(office.db.engine, read), Sent("COMMIT")]         # no event fires when a read ends
    pgbench = Script(script(sent, own_ids(sent)), env.folder / "board.sql", env.plain, office.db.schema)

    def measured() -> float:
        read()
        began, count = time.perf_counter(), 0
        while count < 2 or time.perf_counter() - began < sizes.seconds:
            read()
            count += 1
        return count / (time.perf_counter() - began)

    rates = alternate(measured, lambda: pgbench.rate(1, sizes.seconds), sizes.rounds)
    return Row(name, 1, *rates, "answers/s", AGAINST, AIM)


def _scrape(office: Office, sizes: Sizes) -> Row:
    """The seconds of a scrape; the baseline is the second that it may take."""
    registry = CollectorRegistry()
    collector.export(office, registry)

    def scrape() -> float:
        began = time.perf_counter()
        text = generate_latest(registry)
        assert b'outcome="met_late"' in text, text[:1000]
        return time.perf_counter() - began

    scrape()
    rounds = [scrape() for _ in range(sizes.rounds)]
    return Row(f"scrape of the SLA exporter, board of {sizes.board_deadlines:,}", 1, rounds, [SCRAPE_SECONDS], "s",
               "a second", 1, less_is_better=True)


def _fill_board(office: Office, count: int) -> None:
    with office.db.write() as tx:
        tx.execute(_FILL, {"count": count})
        tx.execute(_FEW)
        tx.execute(_PARTY)
    analyze(office.db, "board", "board_party")


# rebuild

CASE = "00000000-0000-7000-8000-000000000000"
_ENTRY = sa.text("""
INSERT INTO journal (position, id, stream, type, occurred_on, recorded_at, actor, on_behalf_of, agency, causation, body,
                     detail_hash, state_hash, digest)
SELECT 1 + :first + :nth + (n - 1) * :of, :nth || '-' || right(:case, -2) || n, :case || n, :type, date '2025-09-29',
       :now, 'suite', '', '', '', replace(:body, :zeros, lpad(n::text, 12, '0')), '', '', ''
FROM generate_series(1, :cases) AS n""")


def _rebuild(env: Environment, sizes: Sizes) -> Iterator[Row]:
    """A rebuild beside reading its feed, which every follower does first; and beside fetching the texts without parsing
    them."""
    with (new_office(env, SPEC, "rebuilt", AGENCIES, HandClock(NOW)) as office,
          schema(env, "rebuilt_source") as source):
        journal = Journal("transfer", "rongcheng", office.clock)
        epochs.open_epoch(source, journal)
        head = _fill_journal(source, sizes.rebuild_entries)
        with office.db.write() as tx:
            tx.execute(follower_cursor.insert(), {"consumer": office.name, "source": "transfer", "epoch": "",
                                                  "position": head, "last_id": ""})
        feed = LocalFeed(_Source(source, journal))

        def measured() -> float:
            began = time.monotonic()
            rebuild(office, PROJECTIONS, {"transfer": feed})
            return head / (time.monotonic() - began)

        def reading(read: Callable[[FeedPage], object]) -> float:
            began, position = time.monotonic(), 0
            while (page := feed.page(position, RUN)).items:
                read(page)
                position = page.items[-1].position
            assert position == head, position
            return head / (time.monotonic() - began)

        def events(page: FeedPage) -> list[Event]:
            return [event_from(item.body, page.epoch, item.position) for item in page.items]

        for read, against, aim in ((events, EVENTS, REBUILD_AIM), (lambda page: page, TEXTS, None)):
            with uncollected():
                rates = alternate(measured, partial(reading, read), sizes.long_rounds)
            yield Row(f"board rebuilt from {head:,} entries", 1, *rates, "entries/s", against, aim)
        with office.db.read() as tx:
            deadlines = tx.execute(sa.text("SELECT count(*) FROM board")).scalar_one()
        assert deadlines == 2 * (head // 5), "two deadlines a case"


class _Source:
    """The journal that a feed in this process reads."""

    def __init__(self, db: Database, journal: Journal) -> None:
        self.db, self.journal = db, journal


def _fill_journal(source: Database, count: int) -> int:
    """Appends `count` entries, five a case, as transfer does: a notice and its letter, a deadline that starts and is
    met, another that starts. Returns the head's position."""
    one, two = (deadline(f"{CASE[:-13]}{nth}{CASE[-12:]}", bound=ENFORCING[nth], case=CASE, started_by=CASE)
                for nth in (1, 2))
    facts = {"sender": ENFORCING[0], "receiver": ENFORCING[1], "agency": ENFORCING[0], "leg": 1,
             "respondent_key": f"hmac-sha256:1-000000:{'0' * 64}"}
    announced = facts | {"act": "announce", "article": "22", "state": "announced", "cause": "illegal_building",
                         "ground": "not_competent", "accepted_on": "2025-09-23", "notified_on": "2025-09-23",
                         "powers_separated": False, "related": [], "way": "phone"}
    issued = facts | {"act": "issue-letter", "article": "22, annex 1", "state": "issued", "materials": 1,
                      "number": "荣住建移字〔2025〕第1号"}
    met = replace(one, state=MET, late=False, met_on=date(2025, 9, 29), met_at=NOW - timedelta(hours=1))
    events = (case_event("announced", announced, CASE), deadline_event(one), case_event("letter_issued", issued, CASE),
              deadline_event(met, "met"), deadline_event(two))
    cases = count // len(events)
    with source.write() as tx:
        first = tx.execute(sa.text("SELECT position FROM journal_head")).scalar_one()
        for nth, event in enumerate(events):
            body = body_of(id=f"{CASE[:-13]}{nth}{CASE[-12:]}", city="rongcheng", service="transfer", event=event.name,
                           subject=CASE, time=NOW, data=event.data, revision=1)
            tx.execute(_ENTRY, {"first": first, "nth": nth, "of": len(events), "cases": cases, "case": CASE[:24],
                                "type": event.name, "now": 0, "body": body, "zeros": CASE[-12:]})
        tx.execute(sa.text("UPDATE journal_head SET position = position + :more"), {"more": cases * len(events)})
    analyze(source, "journal")
    return int(first + cases * len(events))
