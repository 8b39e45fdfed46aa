"""Refusals: why something may not be done, in words for the person who asked. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is refused: its code (the name it has in the code), its words, its article, where it applies.

    `zh` and `en` may hold `{name}` places that `filled` fills from `values`. `article` empty means the act's own.
    """

    code: str
    zh: str
    en: str
    article: str = ""
    status: int = 422
    where: str = ""
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def filled(self, **values: Any) -> "Refusal":
        """The same refusal with its places filled and the values kept beside the words."""
        return replace(self, zh=self.zh.format(**values), en=self.en.format(**values), values=values)

    def at(self, where: str) -> "Refusal":
        """The same refusal about another field."""
        return replace(self, where=where)


class Refused(Exception):
    """All that stands in the way, at once. Raised before anything has changed."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(*refusals)
        self.refusals = refusals

    @property
    def status(self) -> int:
        """The HTTP status of the answer: that of the first refusal."""
        return self.refusals[0].status

    def __str__(self) -> str:
        return "; ".join(f"{refusal.code}: {refusal.en}" for refusal in self.refusals)


Rows = Iterable[tuple[object, Refusal]]        # what `demand` is given: conditions and their refusals


def demand(*rows: tuple[object, Refusal]) -> None:
    """Content guards: each condition with the refusal that holds where it fails; raises Refused with all of them."""
    if lacking := tuple(refusal for condition, refusal in rows if not condition):
        raise Refused(*lacking)
