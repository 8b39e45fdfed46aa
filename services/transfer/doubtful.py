"""第四章: what is doubtful about the numbers of 立案 and of decisions, which are in the receiver's own form. The officer is
told and nothing is refused, for one document may deal with several cases. Pure.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from shared.kernel.errors import Refusal
from shared.numbers import doubted

DECISION_SHARED = Refusal("DECISION_SHARED", "本机关另有案件登记了同一处理决定文号「{number}」；不是一并处理的，请核对文号。",
                          "Other cases of your agency have the decision {number}: see whether that is so.", "25", 200)
FILE_NUMBER_SHARED = Refusal("FILE_NUMBER_SHARED", "本机关另有案件登记了同一立案文号「{number}」；不是并案处理的，请核对文号。",
                             "Other cases of your agency have the file number {number}: see whether that is so.",
                             "行政处罚法 54", 200)
WARNINGS = (DECISION_SHARED, FILE_NUMBER_SHARED, *doubted.WARNINGS)


def doubts(shared: Refusal, number: str, day: date, same: tuple[str, ...], where: str = "number") -> Iterator[Refusal]:
    """Of the number of a document of that day. `same`: the agency's other cases that have it; `shared`: what is said of
    that."""
    if same:
        yield replace(shared.filled(number=number), values={"number": number, "cases": list(same)}, where=where)
    yield from doubted.doubts(number, day.year, where)
