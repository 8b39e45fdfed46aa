"""What can go wrong between an agency's system and Liandong, as values that a program can look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class LiandongError(Exception):
    """Every error of this kit."""


class Unreachable(LiandongError):
    """No answer, or only busy ones, over all tries. Whether an act was done is not known: send it again with the same
    Idempotency-Key, and it is done once."""


class NotVerified(LiandongError):
    """A webhook whose signature or time does not hold: answer it with 400 and do nothing."""


class GapOpen(LiandongError):
    """Events are missing that the feed did not give either. Nothing behind them is handled until it does."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason of a refusal: a stable code, its words in the language asked for, the article it rests on, the field
    it is about (`where`) and the values in the words."""

    code: str
    detail: str = ""
    article: str = ""
    where: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


class Refused(LiandongError):
    """Liandong said no, in RFC 9457's shape: deciding again needs another request, so this is never retried. (So is a
    fault of its own, status 500: tell its operators the number in `request`.)

    `refusals` holds all reasons at once; `code` and `article` are those of the first. `address`: the case that is there
    already, where an external_ref was taken.
    """

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status, self.problem = status, dict(problem)
        self.code = str(problem.get("code", ""))
        self.article = str(problem.get("article", ""))
        self.detail = str(problem.get("detail", "") or problem.get("title", ""))
        self.address = str(problem.get("address", ""))
        self.request = str(problem.get("request", ""))
        self.refusals = tuple(_refusal(each) for each in problem.get("refusals", ()) if isinstance(each, Mapping))
        super().__init__(f"{status} {self.code}: {self.detail}")

    @property
    def fields(self) -> dict[str, str]:
        """What is wrong field by field: where it applies → its words, for those reasons that name a field."""
        return {each.where: each.detail for each in self.refusals if each.where}


class NewEpoch(LiandongError):
    """The source's journal began another life (a restore): positions may mean other events now. The reader stopped;
    `Reader.reconcile` reads anew from `after`, drops what is had and tells what is not met again."""

    def __init__(self, source: str, epoch: str, after: str) -> None:
        super().__init__(f"{source} has a new epoch ({epoch}): reconcile, then go on")
        self.source, self.epoch, self.after = source, epoch, after


def _refusal(told: Mapping[str, Any]) -> Refusal:
    values = told.get("values")
    code, detail, article, where = (str(told.get(name, "")) for name in ("code", "detail", "article", "where"))
    return Refusal(code, detail, article, where, values if isinstance(values, Mapping) else {})
