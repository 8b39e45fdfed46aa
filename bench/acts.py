"""Acts below HTTP on PostgreSQL, against pgbench running exactly the statements of such an act."""

import itertools
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace

from bench.copies import copied
from bench.crew import Work, crew
from bench.place import Place, transfer
from bench.sizes import Sizes
from bench.statements import Script, Sent, own_ids, recorded, script
from bench.table import Row, alternated
from services.transfer.commands import Announce, RecordMeasure
from shared.acts.office import Office
from shared.acts.request import Request
from shared.contracts.personal import Personal
from tests.acts import commands
from tests.acts.conftest import officer

SENDER = officer("zhujian")
AIM = 0.4
AGAINST = "pgbench with the act's statements"


def rows(at: Place, sizes: Sizes) -> Iterator[Row]:
    """An act that opens a case, and one on a case that is there."""
    for name, opening in (("announce", True), ("record-measure", False)):
        for clients in sizes.clients:
            with transfer(at, f"acts_{clients}_{'new' if opening else 'old'}") as office:
                pair = _opening(office, at) if opening else _on_cases(office, at, sizes.cases, clients)
                with crew(clients, _client(office, pair[0])) as members:
                    measured, baseline = alternated(
                        lambda: members.rate(sizes.seconds), lambda: pair[1].rate(clients, sizes.seconds), sizes.rounds)
            yield Row(f"act commit: {name}", clients, measured, baseline, "acts/s", AGAINST, AIM)


Acting = Callable[[Office, int], object]      # one act of a client


def _client(office: Office, act: Acting) -> Callable[[int], tuple[Work, Work]]:
    def make(number: int) -> tuple[Work, Work]:
        office.db.engine.dispose(close=False)         # the connections of the process it was forked from stay its own
        return lambda: act(office, number), office.db.dispose
    return make


def _request(case: str = "") -> Request:
    """As it comes over HTTP: with a key, and the digest of its body."""
    return Request(case, key=secrets.token_hex(16), body_digest=f"sha256:{secrets.token_hex(32)}")


def announce(office: Office, _: int = 0) -> str:
    """A case of a respondent who has no other."""
    said = commands.announce()
    respondent = replace(said.matter.respondent, number=Personal(secrets.token_hex(9).upper()))
    command: Announce = replace(said, matter=replace(said.matter, respondent=respondent))
    return office.acts["cases"].do("announce", command, SENDER, _request()).case_id


def _opening(office: Office, at: Place) -> tuple[Acting, Script]:
    announce(office)
    sent = recorded(office.db.engine, lambda: announce(office))
    own = own_ids(sent) | _texts(sent, "respondent_key") | _texts(sent, "key")
    return announce, Script(script(sent, own), at.folder, at.plain, office.db.schema)


def _on_cases(office: Office, at: Place, cases: int, clients: int) -> tuple[Acting, Script]:
    """Each client works on cases of its own in turn, so that none grows long and none waits for another's lock."""
    each = max(cases // clients, 1)
    there = [announce(office) for _ in range(each * clients)]
    turns = [itertools.cycle(there[number * each:(number + 1) * each]) for number in range(clients)]
    measure = RecordMeasure("order_stop", commands.announce().matter.accepted_on, "现场责令停止施工", (commands.OFFICER,) * 2)

    def act(office: Office, number: int) -> object:
        return office.acts["cases"].do("record-measure", measure, SENDER, _request(next(turns[number])))

    model = announce(office)
    with office.db.write() as tx:
        copied(tx, model, each * clients)
    for _ in range(2):
        office.acts["cases"].do("record-measure", measure, SENDER, _request(model))
    sent = recorded(office.db.engine, lambda: office.acts["cases"].do("record-measure", measure, SENDER, _request(model)))
    own = own_ids(sent, model) | _texts(sent, "key")
    return act, Script(script(sent, own, [model]), at.folder, at.plain, office.db.schema, cases_each=each)


def _texts(sent: list[Sent], name: str) -> set[str]:
    """What was sent under a name."""
    return {str(given[name]) for each in sent for given in each.sets if isinstance(given, dict) and name in given}
