"""What the service would find for an act: in its tables; in the case's journal the act that a correction is about."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, get_type_hints

from cattrs import Converter

from shared.acts import corrections as kernel
from shared.acts import originals
from shared.acts.model import Act, Context, Outcome, Rank
from shared.contracts.personal import Personal
from shared.deadlines.rules import Change
from shared.kernel.clock import day_of
from tests.situations.book import Book
from tests.situations.chinese import path_of, plain_text
from tests.situations.city import noon

NO_BOUND = (date.min, date.max, date.min)     # what lies before, after and beside an act is looked up when it is needed

_WRITTEN = Converter()
_WRITTEN.register_structure_hook(date, lambda day, _: day)       # YAML reads days itself


def found(command: Any, looked_up: Mapping[str, Any]) -> dict[str, Any]:
    """What the service looks up, as its fields take it: a mapping is written for a value of the law, a list of them for
    several."""
    kinds = get_type_hints(type(command))
    return {name: _WRITTEN.structure(value, kinds[name]) if _written(value) else value
            for name, value in looked_up.items()}


def _written(value: Any) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(each, Mapping) for each in value))


def said_by(book: Book, act: Act, command: Any, outcome: Outcome[Any], context: Context, number: int,
            changes: Sequence[Change]) -> kernel.Original:
    """The act as the journal keeps it. `number`: of the act in its case; `changes`: what it did to the clocks."""
    met = frozenset(
        each.deadline.id for each in changes if each.kind in ("met", "corrected") and each.deadline.state == "met"
    )
    first, last, others = NO_BOUND
    return kernel.Original(
        f"e{number}",
        act.name,
        f"{book.service}.{outcome.event}",
        context.viewer.agency,
        command,
        context.happened_on,
        context.happened_at,
        False,
        outcome.facts,
        first,
        last,
        number == 1,
        number == 1 or (act.ordered and not act.adds_only),
        others,
        met,
        command,
        context.happened_on,
    )


def corrected(book: Book, case: Any, done: Sequence[kernel.Original], command: Any, step: Mapping[str, Any],
              context: Context) -> Any:
    """The correction with the last act of the name it gives, and the days that act lies between. Raises Refused."""
    found = next((each for each in reversed(done) if each.act == step.get("of", each.act)), None)
    originals.demand((found, kernel.NO_SUCH_ENTRY))
    assert found is not None
    movers = [each for each in done if each.moves]
    first, last = done[0].on, day_of(context.now)
    if found.moves:
        place = movers.index(found)
        first = movers[place - 1].on if place else date.min
        last = min([each.on for each in (movers[place + 1:place + 2] if place else done[1:])] + [last])
    others = max((each.on for each in movers if each is not found), default=date.min)
    told = {each.entry: {**each.facts, "act": each.act} for each in done if each is not found}
    original = replace(found, first=first, last=last, others_last=others, others=told)
    row = book.correctable.get(found.act)
    rank = Rank.LEADER if row and row.document else Rank.OFFICER
    originals.refuse_others(original, book.chapter, context, rank, case)
    title = step.get("field", "发生日期")
    name = kernel.ON if title == "发生日期" else path_of(book, found.act, title)
    old, new = (Personal(plain_text(book, found.act, title, step.get(side, ""))) for side in ("old", "new"))
    return replace(
        command, said=replace(command.said, entry=found.entry, field=name, old=old, new=new, original=original)
    )


def as_it_stands(done: Sequence[kernel.Original], said: kernel.Correction) -> list[kernel.Original]:
    """The acts done, the one corrected as the correction made it."""
    return [_right(each, said) if said.original and each.entry == said.entry else each for each in done]


def _right(was: kernel.Original, said: kernel.Correction) -> kernel.Original:
    if said.field != kernel.ON:
        return replace(was, command=kernel.applied(was.command, said.field, said.new.value))
    day = date.fromisoformat(said.new.value)
    return replace(was, on=day, at=noon(day))
