"""What is held on a person, for him to read: every kind of object by the titles of the form that it came in with."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args, get_type_hints

from liandong.suite import spec_of
from services.desk.account import Account
from services.desk.schemas import OpenAccountSchema
from services.sharing.archive.domain import Record
from services.sharing.archive.schemas import RecordSchema
from services.sharing.personal_data.records import CLASS as RECORDS
from services.sharing.tips.commands import Reporter
from services.sharing.tips.schemas import TipReporterSchema
from services.transfer.commands import IssueLetter, ServeDecision
from services.transfer.schemas import IssueLetterSchema, ServeDecisionSchema
from shared.acts.corrections import Corrected
from shared.acts.disclosing import NOTE, Asked, Found
from shared.acts.model import Chapter
from shared.acts.persons import Respondent
from shared.contracts.register import Register
from shared.forms.corrections import CorrectSchema
from shared.forms.parts import RespondentSchema
from shared.forms.schemas import ValueSchema
from shared.plans.commands import RecordFinding
from shared.plans.schemas_run import RecordFindingSchema
from shared.rulebook.model import Rulebook

AGENCIES = frozenset({"addressee", "agency", "by"})       # fields that hold the code of an agency


@dataclass(frozen=True, slots=True)
class Form:
    """The words of a kind of object. `more`: titles that its schema has not, or words longer."""

    title: str
    schema: type[ValueSchema]
    more: Mapping[str, str] = field(default_factory=dict)

    def title_of(self, name: str) -> str:
        """The field's 中文; a field that has none stands for itself."""
        if name in self.more:
            return self.more[name]
        return str(self._about(name).get("title", name)).partition("（")[0]       # without how it is filled in

    def word(self, name: str, value: Any, rulebook: Rulebook) -> Any:
        """A code's title; any other value as it is."""
        return rulebook.list_of(self._about(name).get("x-codes", "")).get(value, value)

    def _about(self, name: str) -> Mapping[str, Any]:
        found = self.schema._declared_fields.get(name)
        return found.metadata if found else {}


FORMS: Mapping[type, Form] = {
    Respondent: Form("当事人", RespondentSchema, {"kind": "类别", "number": "证件号码"}),
    Reporter: Form("举报人", TipReporterSchema),
    Record: Form("当事人", RecordSchema, {"name": "姓名或者名称", "number": "证件号码"}),       # of its person, name and number
    IssueLetter: Form("移送函", IssueLetterSchema, {"number": "文号"}),
    ServeDecision: Form("送达处理决定书", ServeDecisionSchema),
    RecordFinding: Form("另案线索", RecordFindingSchema),
    Corrected: Form("更正", CorrectSchema, {"act": "被更正的行为", "by": "更正机关", "on": "更正日期", "number": "文号",
                                        "leg": "所属环节序号"}),
    Account: Form("账户", OpenAccountSchema, {"state": "状态"}),
}


def readable(asked: Asked, today: str, found: Iterable[tuple[str, Found]], rulebook: Rulebook,
             register: Register) -> str:
    """The answer for the person to read."""
    lines = ["个人信息查阅结果", f"申请编号：{asked.application}", f"出具日期：{today}", ""]
    for service, each in found:
        chapter = _chapter(service, each.class_)
        lines += [_heading(service, each, chapter.title if chapter else each.class_, rulebook),
                  f"  知悉的机关：{'、'.join(map(register.name_of, each.agencies)) or '无'}",
                  f"  保存至：{each.kept_until or ('办理中，终结后起算' if each.under_way else '长期')}"]
        lines += [_line(each, held, chapter, rulebook, register) for held in each.held] or [
            "  仅姓名相同，待核实是否本人"]
        lines.append("")
    return "\n".join([*lines, NOTE[0], "对以上内容有异议的，可以请求更正、补充（第四十六条）；符合第四十七条的，可以请求删除。", ""])


def _heading(service: str, each: Found, title: str, rulebook: Rulebook) -> str:
    """The case by its 文号 and what it is about, and by its id beside; by that alone where there is neither."""
    number, cause = each.called.get("letter_number", ""), each.called.get("cause", "")
    named = [*([f"移送函文号：{number}"] if number else []),
             *([f"案由：{rulebook.list_of('causes').get(cause, cause)}"] if cause else [])]
    if not named:
        return f"案件 {service}/{each.case}（{title}，{each.opened_on} 起）"
    return f"{title}（{'；'.join(named)}；{each.opened_on} 起；平台编号 {service}/{each.case}）"


def _chapter(service: str, class_: str) -> Chapter | None:
    """The chapter of a class of records: sharing.records of sharing.records.long."""
    chapters = (keeping.chapter for keeping in spec_of(service).keepings)
    return next((each for each in chapters if f"{class_}.".startswith(f"{each.service}.{each.path}.")), None)


def _line(found: Found, held: Mapping[str, Any], chapter: Chapter | None, rulebook: Rulebook,
          register: Register) -> str:
    """An object and what stands in it: each field by its title, codes and agencies in words."""
    kinds = [Record] if found.class_.startswith(RECORDS) else _at(chapter.case, held["where"]) if chapter else []
    form = next((FORMS[kind] for kind in kinds if kind in FORMS), Form(held["where"], ValueSchema))

    def said(name: str, value: Any) -> Any:
        if isinstance(value, bool):
            return "是" if value else "否"
        if name in AGENCIES:
            return register.name_of(value)
        if chapter and name == "state":
            return chapter.states.get(value, value)
        if chapter and name == "act":
            return next((act.title for act in chapter.acts if act.name == value), value)
        return form.word(name, value, rulebook)

    return f"  {form.title}：" + "；".join(f"{form.title_of(name)} {said(name, value)}" for name, value in held.items()
                                         if name != "where" and value not in ("", None))


def _at(kind: Any, path: str) -> list[Any]:
    """What may stand at a path of a dataclass: IssueLetter at legs/0/letter."""
    kinds = [*_inner(kind)]
    for name in path.split("/"):
        if name and not name.isdigit():
            hints = [get_type_hints(each).get(name) for each in kinds]
            kinds = [each for hint in hints for each in _inner(hint)]
    return kinds


def _inner(kind: Any) -> Iterator[Any]:
    """The types of a tuple's items, of a value that may be None; of any other the type itself."""
    inner = get_args(kind)
    for each in inner:
        yield from _inner(each)
    if not inner and isinstance(kind, type):
        yield kind
