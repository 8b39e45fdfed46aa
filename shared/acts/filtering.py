"""What the lists of a chapter may be filtered by: one table for the filters, their refusals and what the API says."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from shared.acts import repeats
from shared.acts.codes import of_law, one_of
from shared.acts.keeping import Filter, Keeping, Means
from shared.acts.model import Viewer
from shared.acts.succession import CUSTODIAN
from shared.deadlines import rules
from shared.deadlines import store as deadline_store
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Refused

COMMON: Mapping[str, Filter] = {
    "state": Filter("状态"), "part": Filter("本机关在案件中的身份"),
    "light": Filter("时限灯号", dict.fromkeys(rules.LIGHTS, "")), "external_ref": Filter("业务系统编号，写作 system:id"),
}
BAD_REF = Refusal("BAD_EXTERNAL_REF", "external_ref 应当写作「业务系统:编号」，例如 oa:4711。",
                  "external_ref is the system and its number: oa:4711.", "internal", 400, "external_ref")
UNKNOWN_FILTER = Refusal("UNKNOWN_FILTER", "不支持按「{name}」筛选；可以按：{told}。",
                         "There is no filter {name}; one may filter by: {known}.", "internal", 400)
NO_FILTER = Refusal(UNKNOWN_FILTER.code, "不支持按「{name}」筛选；这里没有筛选条件。",
                    "There is no filter {name}: nothing is filtered here.", "internal", 400)


def unknown(name: str, known: Mapping[str, Filter]) -> Refusal:
    """That there is no filter of the name, and which there are."""
    told = "、".join(f"「{each}」{filter_.title}" for each, filter_ in known.items())
    refusal = UNKNOWN_FILTER if known else NO_FILTER
    return refusal.filled(name=name[:100], known=", ".join(known), told=told).at(name[:100])


def only(filters: Iterable[str], known: Mapping[str, Filter] = MappingProxyType({})) -> None:
    """Raises Refused (400) for a filter that is not known."""
    for name in filters:
        if name not in known:
            raise Refused(unknown(name, known))


def of(keeping: Keeping, in_url: bool = False) -> Mapping[str, Filter]:
    """The filters of a chapter's lists, the common ones first; `in_url`: without those that may be personal."""
    return {name: each for name, each in {**COMMON, **keeping.filters}.items() if each.in_url or not in_url}


def condition(keeping: Keeping, means: Means, name: str, value: str, viewer: Viewer) -> sa.ColumnElement[bool]:
    """Which cases have the value. Raises Refused (400) for a filter, or a value of it, that there is not: a list that
    is empty for a slip of the pen reads as if there were nothing."""
    case, party, known = keeping.tables.case.c, keeping.tables.party.c, of(keeping)
    only((name,), known)
    asked = known[name]
    if asked.codes:
        law = means.law.now()
        of_law(name, value, asked.codes, law.register, law.current(day_of(means.clock.now())), asked.title)
    if name == "part":
        part = _part(keeping, means, value)
        return case.id.in_(sa.select(party.case).where(party.agency == viewer.agency, party.part == part))
    if name == "external_ref":
        return case.id.in_(_referred(means, value, viewer))
    if name == "light":
        return case.id.in_(deadline_store.cases_with_light(value, means.clock.now()))
    if name == "state":
        return case.state == one_of(name, value, keeping.chapter.states, asked.title)
    return asked.ask(means, value) if asked.ask else case[name] == value


def _part(keeping: Keeping, means: Means, value: str) -> str:
    """One of the parts that the rulebook names for the service; while it names none, whatever is said."""
    known = means.law.now().current(day_of(means.clock.now())).parties.get(keeping.chapter.service)
    return one_of("part", value, {**known, CUSTODIAN: "代管"}, COMMON["part"].title) if known else value


def _referred(means: Means, value: str, viewer: Viewer) -> sa.Select[Any]:
    """The cases to which the viewer, or whom it goes on for, gave this reference."""
    system, _, ref = value.partition(":")
    if not (system and ref):
        raise Refused(BAD_REF)
    refs, register = repeats.EXTERNAL_REF.c, means.law.now().register
    whose = {viewer.agency, *register.forebears(viewer.agency, day_of(means.clock.now()))}
    return sa.select(refs.case).where(refs.agency.in_(whose), refs.system == system, refs.ref == ref)
