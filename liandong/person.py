"""`liandong person`: what all services hold on a person who asks (个人信息保护法 45), as JSON and for reading."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from liandong.erase import found_of
from liandong.errors import SuiteError
from liandong.offices import answering, counted, each_office, office_of
from liandong.person_words import readable
from shared.access import log
from shared.acts import whom
from shared.acts.disclosing import NOTE, Asked, may_ask
from shared.acts.model import Viewer
from shared.kernel.clock import SystemClock, day_of
from shared.kernel.errors import Refused
from shared.kernel.settings import Settings

Echo = Callable[[str], None]


def export(asked: Asked, appointment: str, file: Path, settings: Settings, echo: Echo) -> int:
    """Writes what the cases that the appointment may see hold of the person: FILE as JSON, beside it FILE.txt to be
    read. How many cases. Each is logged as read. Raises SuiteError."""
    viewer = answering(appointment, settings)
    try:
        may_ask(asked, viewer)
    except Refused as refused:
        raise SuiteError("; ".join(f"{each.zh} {each.en}" for each in refused.refusals)) from refused
    found = list(found_of(asked, viewer, settings))
    for service, each in found:
        _log(service, each.case, viewer, settings)
    today = day_of(SystemClock().now())
    told = {"application": asked.application, "exported_on": today.isoformat(), "by": viewer.appointment,
            "agency": viewer.agency, "note": {"zh": NOTE[0], "en": NOTE[1]},
            "items": [{"service": name, **each.to_dict()} for name, each in found]}
    _write(file, json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    with office_of("sharing", settings) as office:
        law = office.law.now()
    _write(file.with_name(file.name + ".txt"), readable(
        asked, today.isoformat(), found, law.current(today), law.register))
    echo(f"{counted(len(found), 'case')}, {sum(not each.sure for _, each in found)} to be made sure of: {file}")
    return len(found)


def index(names: tuple[str, ...], settings: Settings, echo: Echo) -> None:
    """Fills the index of persons for cases of before this release; what stands in it stays."""
    for office in each_office(names, settings, echo):
        count = 0
        for acts in office.acts.values():
            with office.db.read() as tx:
                ids = [id for id, _ in acts.store.hashes(tx)]
            for id in ids:
                with office.db.write() as tx:
                    row = acts.store.locked(tx, id)
                    if row is not None:
                        values = {value for _, value in acts.means.documents.seals(row.doc, id)}
                        whom.put(tx, id, whom.fresh(tx, id, values, office.vault))
                        count += 1
        echo(f"{office.name}: {counted(count, 'case')} in the index")


def _log(service: str, case: str, viewer: Viewer, settings: Settings) -> None:
    with office_of(service, settings) as office, office.db.write() as tx:
        log.record(tx, log.Entry(log.READ, "liandong person export", case, person=viewer.person,
                                 appointment=viewer.appointment, agency=viewer.agency), office.clock.now())


def _write(file: Path, text: str) -> None:
    """A file that its owner alone may read."""
    try:
        handle: Any = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
    except OSError as failed:
        raise SuiteError(f"{file} cannot be written: {failed.strerror}") from failed
