"""Golden samples: of every event a good one, that one without what may lack (as entries of before a field was added
are), and bad ones made from it by rule, each of which its schema refuses.

Good ones come out of the demo, played with its clock: what chance made in them (ids, keys, epochs) is numbered or
fixed, so that the demo played again gives the same. What the demo does not play is put together from
the examples of its fields.
"""

import copy
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from liandong.contract import FRAME, Published, known
from shared.contracts.envelope import body_of
from shared.contracts.telling import AGENCY, CODE, DAY, FLAG, INSTANT, OBJECT, TEXT, WHOLE, Fact

DEMO, EXAMPLES = "demo", "examples"
LONGEST = 400                                   # of a text: a rulebook would fill the page
_UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b")
_FIXED = (
    (re.compile(r"hmac-[a-z0-9]+:[0-9a-f-]+:[0-9a-f]+"), f"hmac-sha256:1-000000:{1:064x}"),
    (re.compile(r'"digest":"sha256:[0-9a-f]+"'), f'"digest":"sha256:{1:064x}"'),
    (re.compile(r'"epoch":"[0-9a-f]{16}"'), f'"epoch":"{1:016x}"'),
    (re.compile(r'"traceparent":"[0-9a-f-]+"'), f'"traceparent":"00-{1:032x}-{1:016x}-00"'),
    (re.compile(r'"binding":"[^"]*"'), '"binding":"sqlite:1"'),
)
NOT_A = {WHOLE: "一", FLAG: "是", DAY: "2025年10月15日", INSTANT: "2025-10-15", TEXT: 1, OBJECT: "无", CODE: "不是代码",
         AGENCY: "某某局"}


def of_bodies(bodies: Iterable[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """The first event of each kind, with what chance made in it numbered; long texts are cut. Of several at one instant
    it is the one that comes first in the alphabet: their order is chance too."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for body in bodies:
        text = _numbered(body)
        event = json.loads(text)
        _, service, name, _ = event["type"].split(".")
        if (service, name) in known():
            this = (event["time"], text)
            found[service, name] = min(found.get((service, name), this), this)
    return {key: _short(json.loads(text)) for key, (_, text) in found.items()}


def _numbered(body: str) -> str:
    """The text with its ids numbered in the order in which they stand in it; its keys, digests, epoch and trace are
    fixed."""
    numbers: dict[str, str] = {}

    def uuid(was: re.Match[str]) -> str:
        kept = was[0][:18] if was[1] == "7" else "00000000-0000-5000"       # the instant stays
        return numbers.setdefault(was[0], f"{kept}-8000-{len(numbers) + 1:012x}")

    text = _UUID.sub(uuid, body)
    for pattern, fixed in _FIXED:
        text = pattern.sub(fixed, text)
    return text


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _short(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_short(each) for each in value]
    return f"{value[:LONGEST]}……" if isinstance(value, str) and len(value) > LONGEST else value


def composed(event: Published) -> dict[str, Any]:
    """An event put together from the examples of its fields."""
    data = {fact.name: fact.shown() for fact in event.facts if fact.required or fact.name == "state"}
    if act := next(iter(event.acts), None):
        data |= {"act": act.name, "article": act.article, **({"state": act.to[0]} if act.to else {})}
    return _enveloped(event, data)


def _enveloped(event: Published, data: Mapping[str, Any]) -> dict[str, Any]:
    id_, at = "019a474c-b200-7000-8000-000000000001", datetime(2025, 11, 3, 1, 0, tzinfo=UTC)
    of_case = event.acts or event.name.startswith("deadline_")
    told: dict[str, Any] = json.loads(body_of(
        id=id_, city="rongcheng", service=event.service, event=event.name,
        subject="019a474c-b200-7000-8000-000000000002" if of_case else "", time=at, data=data,
        revision=1 if event.acts else 0))
    return told


def bad(event: Published, good: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """From a good one: a field lacks, another is of the wrong type, a code is none. Each with why it is bad."""
    own = [fact for fact in event.facts if fact.name not in FRAME] or list(event.facts)
    there = [fact for fact in own if fact.name in good["data"]]
    if lacking := next((fact for fact in there if fact.required), None):
        yield _spoilt(good, lacking, None, f"{lacking.name} {lacking.zh}：缺少", f"{lacking.name} lacks")
    typed = next((fact for fact in reversed(there) if fact.type in NOT_A), None)
    if typed:
        yield _spoilt(good, typed, 0 if typed.many or typed.keyed else NOT_A[typed.type],
                      f"{typed.name} {typed.zh}：类型不对", f"{typed.name} is of the wrong type")
    coded = next((fact for fact in (*there, *event.facts) if fact.type in (CODE, AGENCY) and not fact.keyed
                  and fact.name in good["data"]), None)
    if coded:
        wrong = NOT_A[coded.type]
        yield _spoilt(good, coded, [wrong] if coded.many else wrong, f"{coded.name} {coded.zh}：不是代码",
                      f"{coded.name} is no code")


def made_of(event: Published, source: str, good: Mapping[str, Any]) -> dict[str, Any]:
    """The sample's file about a good one."""
    lacking = {fact.name for fact in event.facts if not fact.required and fact.name not in FRAME} & {*good["data"]}
    least = {**good, "data": {name: each for name, each in good["data"].items() if name not in lacking}}
    return {"from": source, "good": good, **({"least": least} if lacking else {}), "bad": list(bad(event, good))}


def _spoilt(good: Mapping[str, Any], fact: Fact, value: Any, zh: str, en: str) -> dict[str, Any]:
    event = copy.deepcopy(dict(good))
    if value is None:
        del event["data"][fact.name]
    else:
        event["data"][fact.name] = value
    return {"zh": zh, "en": en, "event": event}


def sample(event: Published, played: Mapping[str, Any] | None) -> dict[str, Any]:
    """The sample's file. `played`: the event as the demo published it, where it did."""
    return made_of(event, DEMO if played else EXAMPLES, played or composed(event))
