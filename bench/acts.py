"""Acts below HTTP on PostgreSQL, against pgbench running exactly the statements of such an act."""

import itertools
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from bench.copies import copied
from bench.crew import Work, crew
from bench.place import Place, transfer
from bench.sizes import Sizes
from bench.statements import Script, Sent, own_ids, recorded, script
from bench.table import Row, alternated
from services.transfer.commands import RecordMeasure
from shared.acts.office import Office
from shared.acts.request import Request
from shared.contracts.personal import Personal
from tests.acts import commands
from tests.acts.conftest import officer

SENDER = officer("zhujian")
AIM = 0.4
AGAINST = "pgbench, the act's statements one by one"
IN_TRIPS = "pgbench, the same round trips"
UNTOLD, TELLING = "the same act, told by no metric", 1.05

Acting = Callable[[int], object]      # one act of a client


def rows(at: Place, sizes: Sizes) -> Iterator[Row]:
    """An act that opens a case, and one on a case that is there; each once more beside a pgbench that sends together
    what the act sends together, which the aim does not ask for."""
    with transfer(at, "acts") as office:
        for what, prepared in (("announce", _announcing), ("record-measure", _measuring)):
            for clients in sizes.clients:
                each = max(sizes.cases // clients, 1)
                act, sent, own, cases = prepared(office, clients, each)
                plain, trips = (_script(at, office, sent, own, cases, trips=trips) for trips in (False, True))
                with crew(clients, _client(office, act)) as members:
                    yield _row(what, clients, members.rate, plain.rate, each, sizes)
                    if clients == sizes.clients[0]:
                        beside = _row(what, clients, members.rate, trips.rate, each, sizes)
                        yield replace(beside, against=IN_TRIPS, aim=None)
        yield _told_in_metrics(office, sizes)


def _told_in_metrics(office: Office, sizes: Sizes) -> Row:
    """The CPU time of an act in this process, as it is and where no metric tells of it, in turn act by act: of time by
    the clock five percent are less than a disk's moods."""
    acts = office.acts["cases"]
    told = acts._told                       # bench only: nobody else may take it away

    def seconds(by: Callable[[str], AbstractContextManager[None]]) -> float:
        acts._told = by
        began = time.process_time()
        announce(office)
        return time.process_time() - began

    rounds = []
    for _ in range(sizes.rounds):
        pairs = [(seconds(told), seconds(lambda _: nullcontext())) for _ in range(sizes.cases // 2)]
        rounds.append([1000 * sum(side) / len(pairs) for side in zip(*pairs, strict=True)])
    acts._told = told
    return Row("act told in metrics, CPU", 1, *map(list, zip(*rounds, strict=True)), "ms", UNTOLD, TELLING,
               less_is_better=True)


def _row(what: str, clients: int, members: Callable[[float], float], pgbench: Callable[[int, int, int], float],
         each: int, sizes: Sizes) -> Row:
    figures = alternated(lambda: members(sizes.seconds), lambda: pgbench(clients, sizes.seconds, each), sizes.rounds)
    return Row(f"act commit: {what}", clients, *figures, "acts/s", AGAINST, AIM)


def _script(at: Place, office: Office, sent: list[Sent], own: Iterable[str], cases: Iterable[str], *,
            trips: bool) -> Script:
    path = at.folder / f"{secrets.token_hex(4)}.sql"
    return Script(script(sent, own, cases, trips=trips), path, at.plain, office.db.schema)


def _client(office: Office, act: Acting) -> Callable[[int], tuple[Work, Work]]:
    def make(number: int) -> tuple[Work, Work]:
        office.db.engine.dispose(close=False)         # the connections of the process it was forked from stay its own
        return lambda: act(number), office.db.dispose
    return make


def announce(office: Office) -> str:
    """A case of a respondent who has no other."""
    said = commands.announce()
    respondent = replace(said.matter.respondent, number=Personal(secrets.token_hex(9).upper()))
    command = replace(said, matter=replace(said.matter, respondent=respondent))
    return office.acts["cases"].do("announce", command, SENDER, _request()).case_id


def _request(case: str = "") -> Request:
    """As it comes over HTTP: with a key, and the digest of its body."""
    return Request(case, key=secrets.token_hex(16), body_digest=f"sha256:{secrets.token_hex(32)}")


Prepared = tuple[Acting, list[Sent], set[str], list[str]]     # the act; of its model what was sent, own texts, cases


def _announcing(office: Office, clients: int, each: int) -> Prepared:
    announce(office)
    sent = recorded(office.db.engine, lambda: announce(office))
    return lambda _: announce(office), sent, own_ids(sent) | _sent_as(sent, "respondent_key", "key"), []


def _measuring(office: Office, clients: int, each: int) -> Prepared:
    """Each client works on cases of its own in turn, so that none grows long and none waits for another's lock."""
    there = [announce(office) for _ in range(each * clients)]
    turns = [itertools.cycle(there[number * each:(number + 1) * each]) for number in range(clients)]
    accepted = commands.announce().matter.accepted_on
    two = (commands.OFFICER, replace(commands.OFFICER, licence=f"{commands.OFFICER.licence}2"))
    measure = RecordMeasure("order_stop", accepted, "现场责令停止施工", two)

    def record(case: str) -> object:
        return office.acts["cases"].do("record-measure", measure, SENDER, _request(case))

    model = announce(office)
    with office.db.write() as tx:
        copied(tx, model, each * clients)
    for _ in range(2):
        record(model)
    sent = recorded(office.db.engine, lambda: record(model))
    return lambda number: record(next(turns[number])), sent, own_ids(sent, model) | _sent_as(sent, "key"), [model]


def _sent_as(sent: list[Sent], *names: str) -> set[str]:
    """What was sent under these names."""
    given = [each.values for each in sent if isinstance(each.values, dict)]
    return {values[name] for values in given for name in names if name in values}
