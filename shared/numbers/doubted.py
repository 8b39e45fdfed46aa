"""A document number in its agency's own form, which nothing here may refuse: what is doubtful is said. Pure."""

import re
from collections.abc import Iterator

from shared.kernel.errors import Refusal

YEAR = re.compile(r"〔([0-9]{4})〕")
SERIAL = re.compile(r"第?[0-9]+号?")         # a plain number, as registers count

NUMBER_FORM = Refusal("NUMBER_FORM", "文号「{number}」没有六角括号括入的年份（如〔{year}〕），也不是单纯的序号，请核对。",
                      "The number {number} has no year in 〔〕, as in 〔{year}〕, and is no plain number: look at it.",
                      "internal", 200, "number")
NUMBER_YEAR = Refusal("NUMBER_YEAR", "文号「{number}」中的年份不是文书作出的年份（{year}），请核对。",
                      "The year in the number {number} is not that of the document ({year}): look at it.", "internal",
                      200, "number")
WARNINGS = (NUMBER_FORM, NUMBER_YEAR)


def doubts(number: str, year: int, where: str = "number") -> Iterator[Refusal]:
    """What is doubtful about a number of a document of the year: its form, or its year. Of none nothing is: where one
    is needed it is refused elsewhere."""
    if not number:
        return
    named = YEAR.search(number)
    if named is None and not SERIAL.fullmatch(number):
        yield NUMBER_FORM.filled(number=number, year=year).at(where)
    if named is not None and int(named[1]) != year:
        yield NUMBER_YEAR.filled(number=number, year=year).at(where)
