"""`liandong person`: what all services hold on a person who asks (个人信息保护法 45), as JSON and for reading."""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from liandong.erase import found_of
from liandong.errors import SuiteError
from liandong.offices import answering, counted, each_office, office_of
from shared.access import log
from shared.acts import whom
from shared.acts.disclosing import NOTE, Asked, Found, may_ask
from shared.acts.model import Viewer
from shared.clock import SystemClock, day_of
from shared.contracts.register import Register
from shared.errors import Refused
from shared.settings import Settings

Echo = Callable[[str], None]
WORDS = {                             # of what is held, for the person to read; another word stays as it is
    "respondent": "当事人", "reporter": "举报人", "person": "本人", "name": "姓名或者名称", "number": "证件号码", "address": "住址",
    "phone": "电话", "head": "负责人", "kind": "类别", "title": "标题", "text": "正文", "case_name": "案件名称", "served_to": "送达签收人",
    "organisation": "法人或者其他组织"}


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
    today = day_of(SystemClock().now()).isoformat()
    told = {"application": asked.application, "exported_on": today, "by": viewer.appointment, "agency": viewer.agency,
            "note": {"zh": NOTE[0], "en": NOTE[1]},
            "items": [{"service": name, **each.to_dict()} for name, each in found]}
    _write(file, json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    with office_of("sharing", settings) as office:
        register = office.law.now().register
    _write(file.with_name(file.name + ".txt"), readable(asked, today, found, register))
    echo(f"{counted(len(found), 'case')}, {sum(not each.sure for _, each in found)} to be made sure of: {file}")
    return len(found)


def readable(asked: Asked, today: str, found: Iterable[tuple[str, Found]], register: Register) -> str:
    """The same for the person to read."""
    lines = ["个人信息查阅结果", f"申请编号：{asked.application}", f"出具日期：{today}", ""]
    for service, each in found:
        lines += [f"案件 {service}/{each.case}（{each.class_}，{each.opened_on} 起）",
                  f"  知悉的机关：{'、'.join(map(register.name_of, each.agencies)) or '无'}",
                  f"  保存至：{each.kept_until or ('办理中，终结后起算' if each.under_way else '长期')}"]
        lines += [f"  {_place(held['where'])}：" + "；".join(f"{WORDS.get(key, key)} {_said(key, value)}"
                                                           for key, value in held.items()
                                                           if key != "where" and value not in ("", None))
                  for held in each.held] or ["  仅姓名相同，待核实是否本人"]
        lines.append("")
    return "\n".join([*lines, NOTE[0], "对以上内容有异议的，可以请求更正、补充（第四十六条）；符合第四十七条的，可以请求删除。", ""])


def _place(path: str) -> str:
    """The innermost of a path's names that has a word: 当事人 of matter/respondent."""
    return next((WORDS[name] for name in reversed(path.split("/")) if name in WORDS), path)


def _said(key: str, value: Any) -> Any:
    """A value; of its kind, which is coded, in words."""
    return {"person": "自然人"}.get(value, WORDS.get(value, value)) if key == "kind" else value


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
