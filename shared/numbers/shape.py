"""How a document number (文号) reads, and why one is refused. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from shared.kernel.errors import Refusal

SHAPE = re.compile(r"(?P<word>[^\s〔〕]{2,30})〔(?P<year>20[0-9]{2})〕第(?P<serial>[1-9][0-9]{0,5})号")

BAD_OWN_NUMBER = Refusal("BAD_NUMBER", "文号应当形如：荣住建移字〔2025〕第12号。",
                         "A document number reads like 荣住建移字〔2025〕第12号.", "internal", where="number")
NUMBER_TAKEN = Refusal("NUMBER_TAKEN", "文号「{number}」已经用过（含作废的），不得重复使用。",
                       "The document number {number} has been used (voided ones count).", "internal", 409, "number")
NUMBER_TOO_FAR = Refusal("NUMBER_TOO_FAR", "文号序号超出本机关该字号已用到的第{last}号{most}号以上，请核对纸质文号。",
                         "The serial lies more than {most} beyond {last}, the last of the series: check the paper.",
                         "internal", where="number")
OTHER_WORD = Refusal("OTHER_WORD", "文号机关代字应当是本机关的「{word}」。", "The number must carry your agency's own word {word}.",
                     "internal", where="number")
OTHER_YEAR = Refusal("OTHER_YEAR", "文号年份应当是文书作出的年份（{year}）。",
                     "The number must be of the year of the document ({year}).", "internal", where="number")
NO_SHORT = Refusal("NO_SHORT", "本机关在名录中没有机关代字，请录入纸质文号。",
                   "The register has no short name for your agency: enter the number of the paper.",
                   "internal", where="number")


def numbered(number: str) -> bool:
    """Whether a document number has the shape of annex 1."""
    return SHAPE.fullmatch(number) is not None


def unused(ledger: Iterable[Mapping[str, Any]], word: str = "", serial: int = 0) -> list[dict[str, Any]]:
    """The stretches of each series that no row of the ledger (a year's, in order) has: left by a paper number entered
    ahead. `word`, `serial`: of the row before the first, where there is one.

    They are not allotted, but can still be entered from their papers."""
    found: list[dict[str, Any]] = []
    last = {word: serial}
    for row in ledger:
        first = last.get(row["word"], 0) + 1
        if row["serial"] > first:
            found.append({"word": row["word"], "year": row["year"], "from": first, "to": row["serial"] - 1})
        last[row["word"]] = row["serial"]
    return found
