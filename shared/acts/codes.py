"""Coded values: whether a list of the rulebook has a code, and the refusal that tells code and list. Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from shared.acts.model import Context
from shared.contracts.register import Register
from shared.kernel.errors import Refusal, Refused
from shared.rulebook.model import Rulebook

MOST_TOLD = 100                # codes that are told of a long list
MOST_SAID = 40                 # codes that the refusal of an act names; where a longer list is read it says
WHERE = "/api/sharing/codes/"
AGENCIES, SERVICES = "agencies", "services"      # of the register, and of the regulation's chapters: as lists of codes
IDS, REFS = "ids", "refs"      # no lists: ids of the suite, and such with their service before them, transfer/<id>
BAD_FILTER = Refusal("BAD_FILTER", "「{value}」不在{title}中，可以按下列代码筛选：{known}。",
                     "{value} is no value of {name}; one may filter by: {codes}.", "internal", 400)
NO_CHOICE = Refusal(BAD_FILTER.code, "「{value}」不是「{title}」可用的值，可以填写：{known}。", BAD_FILTER.en, "internal", 400)
NO_ID = Refusal(BAD_FILTER.code, "「{value}」不是系统编号，应当由小写字母、数字和「-」组成，最长 36 个字符。",
                "{value} is no id: small letters, digits and hyphens, 36 at most.", "internal", 400)
NO_REF = Refusal(BAD_FILTER.code, "「{value}」应当写作「服务/编号」，服务可以是：{known}。",
                 "{value} is to be a service and an id, joined by a slash; services: {known}.", "internal", 400)
_ID = re.compile("[0-9a-z-]{1,36}")


def one_of(name: str, value: str, known: Mapping[str, str], title: str, refusal: Refusal = NO_CHOICE) -> str:
    """The value of a filter, where it is one of the known codes. Raises Refused (400) with the codes and what they
    mean: a list that is empty for a slip of the pen reads as if there were nothing. `title`: of the filter, or of the
    list that `refusal` says the value is not in."""
    if value in known:
        return value
    raise Refused(refusal.filled(value=value[:60], title=title, name=name, **in_words(known)).at(name))


def in_words(known: Mapping[str, str]) -> Mapping[str, str]:
    """Codes as a refusal tells them: `known` in Chinese, each with what it means, `codes` in English."""
    some = list(known.items())[:MOST_TOLD]
    return {"known": "、".join(f"「{code}」{word}" for code, word in some), "codes": ", ".join(code for code, _ in some)}


def of_list(name: str, value: str, rulebook: Rulebook, list_: str) -> str:
    """The same of a list of the rulebook."""
    return one_of(name, value, rulebook.list_of(list_), f"代码表「{rulebook.code_lists.get(list_, list_)}」（{list_}）",
                  BAD_FILTER)


def of_law(name: str, value: str, codes: str | Mapping[str, str], register: Register, rulebook: Rulebook,
           title: str = "可用的值") -> str:
    """The same of whichever `codes` a filter has; those of no codes are free, and so is what the law has to say while
    nothing was heard of it. `title`: what the filter is called."""
    services = {each.service: each.title for each in rulebook.chapters.values() if each.service}
    if codes in (IDS, REFS):
        return _id(name, value) if codes == IDS else _ref(name, value, services)
    if codes == AGENCIES:
        agencies = {code: each.name for code, each in register.agencies.items()}
        return one_of(name, value, agencies, "执法机关名录", BAD_FILTER) if agencies else value
    known = services if codes == SERVICES else codes
    if isinstance(known, str):
        return of_list(name, value, rulebook, known) if known else value
    return one_of(name, value, known, title) if known else value


def _id(name: str, value: str) -> str:
    """What an id may be: a number of a document or a whole reference in its place finds nothing. Raises Refused."""
    if _ID.fullmatch(value):
        return value
    raise Refused(NO_ID.filled(value=value[:60]).at(name))


def _ref(name: str, value: str, services: Mapping[str, str]) -> str:
    service, _, id_ = value.partition("/")
    if (service in services or not services) and _ID.fullmatch(id_):
        return value
    raise Refused(NO_REF.filled(value=value[:60], known="、".join(services)).at(name))


def listed(context: Context, list_: str, code: str, refusal: Refusal, also: object = True) -> tuple[bool, Refusal]:
    """A row for `demand`: the list has the code, which may be newly used on the true date of the act. `also`: what is
    demanded besides in the same words."""
    holds, told = listed_on(context.rulebook, list_, code, context.happened_on, refusal)
    return holds and bool(also), told


def listed_on(rulebook: Rulebook, list_: str, code: str, day: date, refusal: Refusal) -> tuple[bool, Refusal]:
    """The same of a rulebook on a day. What is not coded is named with its list; where nothing was given, the refusal's
    own words say what lacks."""
    if rulebook.has_code(list_, code, day):
        return True, refusal
    return False, unmapped(rulebook, list_, code, refusal, day) if code else refusal


def unmapped(rulebook: Rulebook, list_: str, code: str, refusal: Refusal, day: date) -> Refusal:
    """The refusal with the code and the list it is not in, or not on that day, and with what may be used."""
    title, codes = rulebook.code_lists.get(list_, list_), rulebook.list_of(list_)
    known = codes.get(code)
    zh = f"「{code}」{known}已停用或者尚未启用" if known else f"「{code}」不在代码表「{title}」（{list_}）中"
    en = f"{code} may not be used on that day" if known else f"{code} is not in the list {list_}"
    usable = {each: word for each, word in codes.items() if rulebook.has_code(list_, each, day)}
    if len(usable) > MOST_SAID:
        zh, en = f"{zh}，可以使用的代码见 GET {WHERE}{list_}", f"{en}; its codes: GET {WHERE}{list_}"
    elif usable:
        said = in_words(usable)
        zh, en = f"{zh}，可以使用：{said['known']}", f"{en}; one may use: {said['codes']}"
    return replace(refusal, zh=f"{zh}。{refusal.zh}", en=f"{en}. {refusal.en}", values={"code": code, "list": list_})
