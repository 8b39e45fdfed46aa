"""What an act may refuse, read off the code of its row: its guards, its decision, and whatever these call.

Nobody lists it: a refusal that a function names is one it may give. Where an act can never come to one that its code
names, the chapter's book says so and why.
"""

from collections.abc import Callable, Iterator, Mapping
from dis import get_instructions
from functools import cache, partial
from types import CodeType, FunctionType, ModuleType
from typing import Any

from shared.acts.machines import NOT_BY_MACHINE, SIGNED_BY_NEEDED
from shared.acts.model import RANK_TOO_LOW, WRONG_STATE, Act
from shared.acts.originals import CORRECT, refuse_others
from shared.acts.whose import WRONG_PARTY
from shared.contracts.register import STANDING
from shared.kernel.errors import Refusal
from tests.situations.book import Book

OURS = ("services.", "shared.acts.", "shared.plans.", "shared.numbers.")


def may_refuse(book: Book, act: Act) -> frozenset[str]:
    """The codes an act may be refused with, warnings among them."""
    asked = (act.decide, *act.guards, *act.settled, *((act.whose.others,) if act.whose else ()),
             *((refuse_others,) if act.name == CORRECT else ()))
    return frozenset((*_of_the_row(book, act), *(code for function in asked for code in named_by(function))))


def _of_the_row(book: Book, act: Act) -> Iterator[str]:
    """What the kernel refuses by the row alone: who, at what rank, whether a machine, in which state."""
    if act.states or act.by <= frozenset(STANDING):
        yield WRONG_PARTY.code
    if act.states and act.states != frozenset(book.chapter.states):
        yield WRONG_STATE.code
    if book.by_the_suite(act):
        return
    if act.rank > 1:
        yield RANK_TOO_LOW.code
        if act.machine:
            yield SIGNED_BY_NEEDED.code
    if not act.machine:
        yield NOT_BY_MACHINE.code


@cache
def named_by(function: Callable[..., Any]) -> frozenset[str]:
    """The codes of the refusals that a function names, and all that it calls by name."""
    found: set[str] = set()
    seen: set[FunctionType] = set()
    waiting: list[Any] = [function]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Refusal):
            found.add(here.code)
        elif isinstance(here, partial):
            waiting += [here.func, *here.args, *here.keywords.values()]
        elif isinstance(here, tuple | Mapping):
            waiting += here.values() if isinstance(here, Mapping) else here
        elif isinstance(here, FunctionType) and here not in seen and here.__module__.startswith(OURS):
            seen.add(here)
            waiting.extend(_named(here))
    return frozenset(found)


def _named(function: FunctionType) -> Iterator[Any]:
    """What a function's code names: things of its module, of the modules it names, and of the function around it."""
    for code in _codes(function.__code__):
        here: Any = None
        for instruction in get_instructions(code):
            if instruction.opname == "LOAD_GLOBAL":
                here = function.__globals__.get(instruction.argval)
                yield here
            elif instruction.opname in ("LOAD_ATTR", "LOAD_METHOD") and isinstance(here, ModuleType):
                here = getattr(here, instruction.argval, None)
                yield here
            else:
                here = None
    yield from (cell.cell_contents for cell in function.__closure__ or ())


def _codes(code: CodeType) -> Iterator[CodeType]:
    """A function's code and that of the functions inside it."""
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)
