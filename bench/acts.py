"""Acts below HTTP on PostgreSQL, against pgbench running exactly the statements of such an act."""

import itertools
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

from bench.copies import copy_case
from bench.crew import MakeClient, Operation, client_processes
from bench.place import Environment, transfer_office
from bench.sizes import Sizes
from bench.statements import Script, Sent, own_ids, recorded, script
from bench.table import Row, alternate
from services.transfer.commands import RecordMeasure
from shared.acts.office import Office
from shared.acts.request import Request
from shared.contracts.personal import Personal
from tests.acts import commands
from tests.acts.conftest import officer

SENDER = officer("zhujian")
AIM = 0.4
STATEMENTS = "pgbench, the act's statements one by one"
ROUND_TRIPS = "pgbench, the same round trips"
WITHOUT_METRICS, METRICS_AIM = "the same act without metrics", 1.05


@dataclass(frozen=True)
class Workload:
    """An act by the number of the client that performs it, and what a recorded one sent, for pgbench.

    Values in `own` belong to one act; `cases` are the ids of existing cases that it worked on.
    """

    act: Callable[[int], object]
    sent: list[Sent]
    own: set[str]
    cases: tuple[str, ...] = ()


def rows(env: Environment, sizes: Sizes) -> Iterator[Row]:
    """An act that opens a case, and one on an existing case. With the fewest clients each also stands beside pgbench in
    the act's own round trips, without an aim."""
    with transfer_office(env, "acts") as office:
        for name, prepare in (("announce", _announcing), ("record-measure", _measuring)):
            for clients in sizes.clients:
                cases_each = max(sizes.cases // clients, 1)
                workload = prepare(office, clients, cases_each)
                one_by_one, trips = (_script(env, office, workload, trips=trips) for trips in (False, True))
                with client_processes(clients, _client(office, workload.act)) as processes:
                    yield _row(name, clients, processes.rate, one_by_one.rate, cases_each, sizes)
                    if clients == sizes.clients[0]:
                        row = _row(name, clients, processes.rate, trips.rate, cases_each, sizes)
                        yield replace(row, against=ROUND_TRIPS, aim=None)
        yield _cost_of_metrics(office, sizes)


def _cost_of_metrics(office: Office, sizes: Sizes) -> Row:
    """The CPU time of an act with and without its metrics, act by act in turn. Wall time varies with the disk by more
    than the five percent of the aim."""
    acts = office.acts["cases"]
    counted = acts._told                # private: only the bench takes the metrics away

    def seconds(metrics: Callable[[str], AbstractContextManager[None]]) -> float:
        acts._told = metrics            # type: ignore[assignment]
        began = time.process_time()
        announce(office)
        return time.process_time() - began

    rounds = []
    for _ in range(sizes.rounds):
        pairs = [(seconds(counted), seconds(lambda _: nullcontext())) for _ in range(sizes.cases // 2)]
        rounds.append([1000 * sum(side) / len(pairs) for side in zip(*pairs, strict=True)])
    acts._told = counted
    measured, baseline = ([each[side] for each in rounds] for side in (0, 1))
    return Row("act with metrics, CPU", 1, measured, baseline, "ms", WITHOUT_METRICS, METRICS_AIM, less_is_better=True)


def _row(act: str, clients: int, processes: Callable[[float], float], pgbench: Callable[[int, int, int], float],
         cases_each: int, sizes: Sizes) -> Row:
    figures = alternate(lambda: processes(sizes.seconds), lambda: pgbench(clients, sizes.seconds, cases_each),
                        sizes.rounds)
    return Row(f"act commit: {act}", clients, *figures, "acts/s", STATEMENTS, AIM)


def _script(env: Environment, office: Office, workload: Workload, *, trips: bool) -> Script:
    path = env.folder / f"{secrets.token_hex(4)}.sql"
    text = script(workload.sent, workload.own, workload.cases, trips=trips)
    return Script(text, path, env.plain, office.db.schema)


def _client(office: Office, act: Callable[[int], object]) -> MakeClient:
    def make(number: int) -> tuple[Operation, Operation]:
        office.db.engine.dispose(close=False)         # the parent process keeps its own connections open
        return lambda: act(number), office.db.dispose
    return make


def announce(office: Office) -> str:
    """Opens a case of a respondent who has no other; its id."""
    sample = commands.announce()
    respondent = replace(sample.matter.respondent, number=Personal(secrets.token_hex(9).upper()))
    command = replace(sample, matter=replace(sample.matter, respondent=respondent))
    return office.acts["cases"].do("announce", command, SENDER, _request()).case_id


def _request(case: str = "") -> Request:
    """As it comes over HTTP: with an idempotency key, and the digest of its body."""
    return Request(case, key=secrets.token_hex(16), body_digest=f"sha256:{secrets.token_hex(32)}")


def _announcing(office: Office, clients: int, cases_each: int) -> Workload:
    announce(office)
    sent = recorded(office.db.engine, lambda: announce(office))
    return Workload(lambda _: announce(office), sent, own_ids(sent) | _values(sent, "respondent_key", "key"))


def _measuring(office: Office, clients: int, cases_each: int) -> Workload:
    """Each client goes round cases of its own, so that no case grows long and no client waits for another's lock."""
    cases = [announce(office) for _ in range(cases_each * clients)]
    turns = [itertools.cycle(cases[number * cases_each:(number + 1) * cases_each]) for number in range(clients)]
    accepted = commands.announce().matter.accepted_on
    officers = (commands.OFFICER, replace(commands.OFFICER, licence=f"{commands.OFFICER.licence}2"))
    measure = RecordMeasure("order_stop", accepted, "现场责令停止施工", officers)

    def record(case: str) -> object:
        return office.acts["cases"].do("record-measure", measure, SENDER, _request(case))

    model = announce(office)
    with office.db.write() as tx:
        copy_case(tx, model, cases_each * clients)
    for _ in range(2):
        record(model)
    sent = recorded(office.db.engine, lambda: record(model))
    return Workload(lambda number: record(next(turns[number])), sent, own_ids(sent, model) | _values(sent, "key"),
                    (model,))


def _values(sent: Iterable[Sent], *names: str) -> set[str]:
    """The values of the parameters with these names."""
    return {each.values[name] for each in sent if isinstance(each.values, dict) for name in names
            if name in each.values}
