"""How the catalogue is kept, what its acts look up, who has none, and what new records do to it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.engine import Connection

from services.sharing.catalogue import store
from services.sharing.catalogue.domain import CATEGORIES, CHAPTER, PUBLISHED, Entry, Refresh, age, stale_days
from shared.acts.codes import AGENCIES
from shared.acts.hearing import unless_moved_on
from shared.acts.keeping import Filter, Keeping, Means
from shared.acts.model import Context
from shared.acts.office import Handler, Office
from shared.acts.request import Request
from shared.acts.standing import enforces_on
from shared.acts.store import Row
from shared.contracts.envelope import Event
from shared.contracts.register import Register
from shared.db.database import one_at_a_time
from shared.kernel.clock import day_of
from shared.law.store import Snapshot


def look_up_title(tx: Connection, _: Means, row: Row | None, __: Any, command: Any, context: Context) -> Any:
    """Whether the agency has another entry of that title. One agency's are published one at a time, so that two of one
    title can't both be the first."""
    one_at_a_time(tx, f"sharing.catalogue.{context.viewer.agency}")
    taken = store.has_title(tx, context.viewer.agency, command.entry.title, row.id if row else "")
    return replace(command, taken=taken)


def summary(entry: Entry) -> Mapping[str, Any]:
    """What a list shows of an entry."""
    said = entry.content
    return {"agency": entry.agency, "category": said.category, "title": said.title, "ways": list(said.ways),
            "rhythm": said.rhythm, "version": len(entry.versions), "data_on": entry.data_on.isoformat()}


def today(entry: Entry, snapshot: Snapshot, now: datetime) -> Mapping[str, Any]:
    """The age of the data on the city's day, by the rules of that day; of an entry that was withdrawn nothing."""
    day = day_of(now)
    return age(entry.data_on, day, snapshot.current(day)) if entry.state == PUBLISHED else {}


FILTERS = {"agency": Filter("公布机关", AGENCIES), "category": Filter("执法档案信息类别", CATEGORIES),
           "text": Filter("文字", ask=store.words_match),
           "stale": Filter("数据是否过旧", {"true": "已过旧", "false": "未过旧"}, store.is_stale)}
KEEPING = Keeping(
    CHAPTER, store.CATALOGUE, store.columns, dict.fromkeys(("publish", "revise"), look_up_title), summary=summary,
    filters=FILTERS, today=today, named=("agency",),
)


def coverage(tx: Connection, snapshot: Snapshot, now: datetime) -> dict[str, Any]:
    """Article 26 as it is kept on the city's day: of each agency and category how many entries, and the youngest data;
    who has none at all, and whose data are too old."""
    day = day_of(now)
    law = snapshot.current(day)
    categories = law.codes.get(CATEGORIES, {})
    entries = store.published(tx)
    rows = list(_agencies(snapshot.register, day, entries, categories, law))
    return {
        "as_of": day.isoformat(), "stale_days": stale_days(law),
        "categories": [{"code": code, "title": title} for code, title in categories.items()],
        "agencies": rows,
        "without": [row["agency"] for row in rows if not any(cell["entries"] for cell in row["cells"])],
        "stale": [{"agency": each.agency, "category": each.category, "entry": each.id, "title": each.title,
                   "data_on": each.data_on.isoformat(), **told}
                  for each in entries if (told := age(each.data_on, day, law))["stale"]],
    }


def _agencies(register: Register, day: date, entries: list[Any], categories: Mapping[str, str],
              law: Any) -> Iterator[dict[str, Any]]:
    """Those that article 26 asks a catalogue of, and whoever else has one."""
    for code, agency in sorted(register.agencies.items()):
        own = [each for each in entries if each.agency == code]
        if own or enforces_on(agency, day):
            cells = [_cell(category, [each.data_on for each in own if each.category == category], day, law)
                     for category in categories]
            yield {"agency": code, "name": agency.name, "cells": cells,
                   "lacks": [cell["category"] for cell in cells if not cell["entries"]]}


def _cell(category: str, days: list[date], day: date, law: Any) -> dict[str, Any]:
    """What an agency has of a category. It is as old as its oldest data."""
    if not days:
        return {"category": category, "entries": 0, "data_on": None, "stale": False}
    return {"category": category, "entries": len(days), "data_on": min(days).isoformat(),
            "stale": age(min(days), day, law)["stale"]}


def own_news(office: Office) -> Mapping[str, Handler]:
    """27: archive records came in, so the entries that they feed are as young as they are."""
    acts = office.acts[CHAPTER.path]

    def records_added(tx: Connection, event: Event) -> None:
        for category, said in sorted(event.data.get("data_on", {}).items()):
            on = date.fromisoformat(said)
            for entry in store.fed_by_records(tx, event.data["agency"], category, on):
                unless_moved_on(acts, tx, "refresh", Refresh(on), Request(entry, causation=event.id))

    return {"records_added": records_added}
