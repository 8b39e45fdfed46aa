"""The city of the situations: its real rulebook and calendar, and a register of nine agencies."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from shared.calendar.model import Calendar
from shared.calendar.sources import load_city
from shared.contracts.register import Agency, Heir, Power, Register, register_of
from shared.kernel.clock import CITY_ZONE
from shared.rulebook.loader import load
from shared.rulebook.model import Rulebook

RONGCHENG = Path(__file__).resolve().parents[2] / "deploy" / "cities" / "rongcheng"
SINCE = date(2019, 1, 1)
PLAIN, SEPARATED = "road_occupation", "construction_waste"      # a cause without powers in the register; one with
SEVERAL, SOLE, WATCHED = "sand_mining", "gas_safety", "oil_smoke"   # two punish it; 住建局 alone; one only supervises
SETTING, GROUND, BASIS = "setting/", "ground/", "basis"


@cache
def rulebook() -> Rulebook:
    return load(RONGCHENG / "rulebook.yaml")


@cache
def calendar() -> Calendar:
    """The years the city has published, and 2027, which no notice covers yet."""
    return load_city(RONGCHENG / "calendars", years=(2027,))


@cache
def lawbook(without_clock: str = "", bases: bool = True, settings: tuple[tuple[str, Any], ...] = ()) -> Rulebook:
    """The rulebook as a situation wants it: a clock taken out, no document that carries it on, other settings."""
    book = chosen(settings) if settings else rulebook()
    clocks = {name: clock for name, clock in book.clocks.items() if name != without_clock}
    return replace(book, clocks=clocks, bases=book.bases if bases else ())


def law_of(given: Mapping[str, Any], without: str) -> Rulebook:
    """The rulebook with the settings given. Taken out: a clock, a ground, what carries the law on, a setting turned
    round."""
    chosen = dict(given.get("settings", {}))
    if without.startswith(SETTING):
        name = without.removeprefix(SETTING)
        chosen[name] = not chosen.get(name, rulebook().settings[name])
    basis = given.get("basis", True) and without != BASIS
    settings = tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in chosen.items())
    law = lawbook(without if without in rulebook().clocks else "", basis, settings)
    grounds = {name: ground for name, ground in law.grounds.items() if GROUND + name != without}
    return replace(law, grounds=grounds) if without.startswith(GROUND) else law


@cache
def chosen(settings: tuple[tuple[str, Any], ...]) -> Rulebook:
    """The rulebook with other settings, read anew: which events its clocks heed may hang on them."""
    text = (RONGCHENG / "rulebook.yaml").read_text("utf-8")
    for name, value in settings:
        text, found = re.subn(rf"^(  {name}:\n    value: ).*$", _saying(value), text, flags=re.M)
        assert found == 1, f"没有这一设置：{name}"
    return load(text)


def _saying(value: Any) -> Callable[[re.Match[str]], str]:
    return lambda row: row[1] + json.dumps(value)


def _agency(code: str, name: str, short: str, kind: str = "statutory", standing: str = "", until: date | None = None,
            powers: tuple[Power, ...] = ()) -> Agency:
    return Agency(code, name, kind, "city", SINCE, until, standing, short=short, powers=powers)


REGISTER: Register = register_of((
    _agency("zjj", "住建局", "荣住建", powers=(Power(SEPARATED, "supervise"), Power(SOLE, "punish"))),
    _agency("zhzf", "综合执法局", "荣综执", powers=(
        Power(SEPARATED, "punish", document="荣政发〔2020〕第3号"), Power(SEVERAL, "punish"))),
    _agency("scjg", "市场监管局", "荣市监", powers=(Power(SEVERAL, "supervise"), Power(WATCHED, "supervise"))),
    _agency("jtj", "交通局", "荣交", powers=(Power(SEVERAL, "punish"),)),
    _agency("yls", "园林所", "荣园", kind="authorised", until=date(2024, 12, 31)),
    _agency("gongan", "公安局", "荣公"),
    _agency("sfj", "司法局", "荣司", standing="justice"),
    _agency("zfb", "市政府办公室", "荣政办", kind="other", standing="government_office"),
    _agency("jw", "纪委监委", "荣纪", kind="other", standing="discipline"),
))
CODES = {agency.name: code for code, agency in REGISTER.agencies.items()}


def register_with(ending: Mapping[str, Mapping[str, Any]]) -> Register:
    """The register with agencies, by name, that are ending: `until` their last day, and who is their one `heir`."""
    ends = {CODES[name]: replace(REGISTER.agencies[CODES[name]], until=said["until"], heirs=(Heir(said["heir"]),))
            for name, said in ending.items()}
    return Register({**REGISTER.agencies, **ends})


def noon(day: date) -> datetime:
    return moment(day)


def moment(day: date, at: str = "12:00") -> datetime:
    """A time of the city's day, by its clock: 14:30."""
    return datetime.combine(day, time.fromisoformat(at), CITY_ZONE).astimezone(UTC)
