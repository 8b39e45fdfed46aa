"""What other services tell oversight, built as they build it."""

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from shared.acts.office import Office
from shared.contracts.envelope import Event, canonical
from shared.contracts.register import Agency
from shared.deadlines.model import Deadline, data_of
from shared.kernel.clock import CITY_ZONE, end_of, start_of
from shared.law import tables
from shared.law.handlers import rulebook_published

DAY = date(2025, 9, 29)
_positions = itertools.count(1)
SINCE = date(2021, 2, 18)
AGENCIES = (
    Agency("sifa", "荣成市司法局", "statutory", "city", SINCE, standing="justice", short="荣司"),
    Agency("zhengfuban", "荣成市人民政府办公室", "other", "city", SINCE, standing="government_office"),
    Agency("jijian", "荣成市监察委员会", "other", "city", SINCE, standing="discipline"),
    Agency("zhujian", "荣成市住房和城乡建设局", "statutory", "city", SINCE, short="荣住建"),
    Agency("zonghe", "荣成市综合行政执法局", "statutory", "city", SINCE, short="荣综执"),
    Agency("shichang", "荣成市市场监督管理局", "statutory", "city", SINCE, short="荣市监"),
)


def know(office: Office, rulebook: str = "") -> None:
    """Lets the office know the agencies and, where given, a rulebook's text."""
    with office.db.write() as tx:
        tables.put_agencies(tx, AGENCIES)
        if rulebook:
            rulebook_published(
                tx, Event("law", "sharing", "rulebook_published", "", office.clock.now(), {"text": rulebook})
            )


def deadline(id: str, due: date = DAY, *, bound: str = "zhujian", clock: str = "transfer.letter", case: str = "case-1",
             **more: Any) -> Deadline:
    """A deadline that began five days before its last day and is yellow on that day."""
    plain = Deadline(
        id=id, case=case, clock=clock, bound=bound, item="", started_by="entry", started_on=due - timedelta(days=5),
        started_at=datetime(due.year, due.month, due.day, 9, tzinfo=CITY_ZONE) - timedelta(days=5), due_at=end_of(due),
        yellow_at=start_of(due), provisional=False, rulebook="sha256:1", calendar="sha256:2", says="三个工作日内发函",
        article="22", law="", statutory=True, unit="working_days", amount=3, due_on=due)
    return replace(plain, **more)


def deadline_event(told: Deadline, kind: str = "started", source: str = "transfer", why: str = "") -> Event:
    """The event as it is read off the journal: dates and instants are text by then."""
    data = json.loads(canonical({**data_of(told), "why": why, "occurred_on": told.started_on}))
    return Event(f"event-{told.id}-{kind}", source, f"deadline_{kind}", told.case, told.started_at, data)


def case_event(name: str, facts: Mapping[str, Any], case: str = "case-1", on: date = DAY) -> Event:
    """An act's event of a transfer."""
    data = json.loads(canonical({"occurred_on": on, **facts}))
    return Event(f"event-{case}-{name}", "transfer", name, case, start_of(on), data, revision=1)


def closure(case: str = "case-1", report: int = 1, on: date = DAY) -> Event:
    """A closing report: what opens a filing."""
    return replace(case_event("closure_reported", {
        "sender": "zhujian", "receiver": "zonghe", "number": f"荣综执结字〔2025〕第{report}号", "report": report}, case, on),
        id=f"event-{case}-closure-{report}")


def plan_event(name: str, state: str, lead: str = "zhujian", participants: Sequence[str] = (), *,
               source: str = "collab", plan: str = "plan-1", on: date = DAY, **facts: Any) -> Event:
    """An act's event of a plan, in the state to which the act brought it."""
    told = {"occurred_on": on, "state": state, "lead": lead, "participants": list(participants), "route": "submit",
            "version": 1, **facts}
    data = json.loads(canonical(told))
    return Event(f"event-{plan}-{name}", source, name, plan, start_of(on), data, revision=1)


def registered(agency: Agency, days: int = -30) -> Event:
    """What sharing tells of an agency, and calls it from then on."""
    day = start_of(DAY + timedelta(days=days))
    return Event(f"register-{agency.code}-{days}", "sharing", "agency_registered", "", day,
                 {"occurred_on": "2025-08-30", "registered": agency.to_dict()})


def declined(plan: str = "plan-1", on: date = DAY) -> Event:
    """12: 市监 can't take part and says so in writing."""
    return plan_event("participation_declined", "running", participants=["zonghe"], plan=plan, on=on,
                      declined="shichang", decline=1, number="荣市监协不字〔2025〕第1号", tasks=[])


def reported(name: str = "reported", report: int = 1, plan: str = "plan-1", on: date = DAY) -> Event:
    """13: the report on a collaborative action, or what comes after it."""
    state = "ended" if name == "report_delivered" else "reported"
    event = plan_event(name, state, participants=["zonghe"], plan=plan, on=on, report=report,
                       number=f"荣住建协报字〔2025〕第{report}号")
    return replace(event, id=f"{event.id}-{report}")


def hear(office: Office, *events: Event) -> None:
    """Handles the events in order, as the follower does: those with no handler of their own go to `*`. Each has a place
    of its own in its source's journal."""
    handlers = office.handlers()
    with office.db.write() as tx:
        for event in (event if event.position else replace(event, position=next(_positions)) for event in events):
            of_source = handlers[event.source]
            if handler := of_source.get(event.name) or of_source.get("*"):
                handler(tx, event)


def ids(items: Iterable[Mapping[str, Any]]) -> list[str]:
    return [item["deadline"] for item in items]
