"""What the situations must know of a chapter to play it: a `Book`. `chapters.py` lists them."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import ModuleType
from typing import Any

from shared.acts.corrections import Correctable, Original
from shared.acts.model import Act, Chapter
from shared.contracts.register import SUITE
from shared.forms.schemas import ActSchema
from shared.kernel.errors import Refusal

Sent = dict[str, Any]
Builder = Callable[[Any, date], Sent]                    # case | None, the day
Step = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Book:
    """A chapter as it is played. Agencies are codes of the register in `city.py`."""

    chapter: Chapter
    schemas: Mapping[str, type[ActSchema]]
    builders: Mapping[str, Builder]                      # act -> what is sent when the situation says nothing else
    paths: Mapping[str, tuple[str | Step, ...]]          # `after: X` -> the acts (or whole steps) up to and with X
    refusals: tuple[Refusal, ...]                        # all that the chapter refuses, each to be proved
    warnings: tuple[Refusal, ...] = ()                   # and all that it warns of
    modules: tuple[ModuleType, ...]                      # those of its modules that `demand`
    actor: Callable[[Act, Any], str]                     # act, case | None -> the agency that does it unless `by` says
    correctable: Mapping[str, Correctable] = field(default_factory=dict)
    by_suite: Mapping[str, Callable[[Any, date, Step], Any]] = field(default_factory=dict)   # case, day, looked_up
    looked_up: Mapping[str, Callable[[Any, Sequence[Original]], Any]] = field(default_factory=dict)
    # what the service adds to a command from the case's journal: command, the acts done so far -> command
    impossible: Mapping[tuple[str, str], str] = field(default_factory=dict)
    # a clock or act, and the circumstance or refusal that cannot come to it although the rows allow it -> why, in words
    uploads: frozenset[str] = frozenset()                # acts that a file comes with
    views: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)      # what may be shown of a case as seen
    among: bool = False                                  # its service has other chapters too: each has a folder

    @property
    def service(self) -> str:
        return self.chapter.service

    @property
    def name(self) -> str:
        """The folder of its situations: transfer, sharing/queries."""
        return f"{self.service}/{self.chapter.path}" if self.among else self.service

    @property
    def acts(self) -> Mapping[str, Act]:
        return {act.name: act for act in self.chapter.acts}

    def by_the_suite(self, act: Act) -> bool:
        return act.by == frozenset({SUITE})

    def command(self, act: str, sent: Sent) -> Any:
        """The command that an act's schema makes of what is sent."""
        return _loaded(self.schemas[act], json.dumps(sent, sort_keys=True), act in self.uploads)


@cache
def _loaded(schema: type[Any], sent: str, with_file: bool) -> Any:
    content = json.loads(sent)
    made = schema(digest=content.pop("digest", "")) if with_file else schema()
    return made.load(content).command
