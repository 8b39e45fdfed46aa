"""第二十七条: finding words in archive records. Pure: what is indexed of a text, what a search asks, what it hits.

Chinese has no spaces, so a text is cut into its pairs of adjacent signs, and the last sign of a run with an end marker.
Each sign is four digits to base 36, so a pair is eight and the index knows ASCII only: it needs no table of what is a
letter, and rare characters are signs like others. A search for two signs or more asks for all pairs of it, for one sign
for every pair that begins with it. That finds a little too much where a word has three signs or more (its pairs may
stand apart), so what is found is held against the true text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import AnyStr
from unicodedata import category

from shared.kernel.errors import Refusal, demand

MOST_WORDS, LONGEST_WORD = 10, 50
MOST_RANGES = 100                 # highlights told of one text
EXCERPT, BEFORE = 160, 40         # signs shown of a text, and how many of them before its first hit
END = "zzzz"                      # above every sign's four digits
Range = tuple[int, int]           # from, to, counted in characters (code points) of the text as it was written

TOO_MANY_WORDS = Refusal("TOO_MANY_WORDS", "检索词最多 {most} 个。", "At most {most} words can be searched for.", "internal",
                         where="text").filled(most=MOST_WORDS)
WORD_TOO_LONG = Refusal("WORD_TOO_LONG", "检索词最长 {most} 个字。", "A word can have {most} characters at most.", "internal",
                        where="text").filled(most=LONGEST_WORD)

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")                 # read as 0-9 A-Z a-z, and （） as ()
_NARROW = {0xFF00 + nth: 0x20 + nth for nth in range(1, 95) if chr(0x20 + nth).isalnum()}


def folded(text: str) -> str:
    """The text without case and width, sign by sign: what stands at a place of it stands there in the text itself."""
    narrow = (text.translate(_NARROW) if _WIDE.search(text) else text).replace("（", "(").replace("）", ")")
    whole = narrow.casefold()
    return whole if len(whole) == len(narrow) else "".join(map(_fold, narrow))


def _fold(sign: str) -> str:
    return next((small for small in (sign.casefold(), sign.lower()) if len(small) == 1), sign)


def pairs(texts: Iterable[str]) -> set[str]:
    """What is indexed of folded texts."""
    found: set[str] = set()
    for text in texts:
        for run in text.split():
            signs = [*map(_code, run), END]
            found.update(map(str.__add__, signs, signs[1:]))
    return found


@lru_cache(maxsize=1 << 16)
def _code(sign: str) -> str:
    return digits(ord(sign), 4)


def mark(kind: str, value: str = "") -> str:
    """What is indexed of a field beside its words. No sign's digits begin with z, so no search for words finds it."""
    return f"z{kind}{value.encode().hex()}"


def digits(number: int, most: int) -> str:
    """A number in so many digits to base 36."""
    told = ""
    for _ in range(most):
        number, digit = divmod(number, 36)
        told = DIGITS[digit] + told
    return told


def asked(word: str) -> tuple[str, ...]:
    """The pairs that a text with this folded word has; of one sign its digits alone, the beginning of a pair."""
    signs = [*map(_code, word)]
    return tuple(dict.fromkeys(map(str.__add__, signs, signs[1:]))) if len(signs) > 1 else tuple(signs)


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of what is searched for: all of them must be hit. Raises Refused."""
    words = tuple(dict.fromkeys(folded(text).split()))
    demand((len(words) <= MOST_WORDS, TOO_MANY_WORDS),
           (all(len(word) <= LONGEST_WORD for word in words), WORD_TOO_LONG))
    return words


def as_written(words: Iterable[str]) -> bool:
    """Whether each sign of the folded words stands in a text just where it stands in the folded text, so that they can
    be looked for in the text itself: so it is with characters of a script that has no case, Chinese ones first."""
    return all(category(sign) == "Lo" for word in words for sign in word)


def spans(text: str, secrets: Sequence[str]) -> tuple[Range, ...]:
    """Where a text has any of these values: of a natural person, which no search may find."""
    bare = folded(text)
    return tuple(each for secret in map(folded, secrets) if secret for each in _places(bare, secret))


def covered(text: str, spans: Iterable[Sequence[int]], sign: str, figure: str = "") -> str:
    """The text with another sign, or `figure` for what is ASCII, in place of each in the spans: all keep their
    places."""
    for begin, end in spans:
        over = "".join(figure or sign if each.isascii() else sign for each in text[begin:end])
        text = text[:begin] + over + text[end:]
    return text


def _places(text: str, word: str) -> list[Range]:
    """Where a text has the word, one place after the other."""
    places: list[Range] = []
    begin = text.find(word)
    while begin >= 0:
        end = begin + len(word)
        places.append((begin, end))
        begin = text.find(word, end)
    return places


@dataclass(frozen=True)
class Searched:
    """A record's texts as a search reads them. `hidden`: spans of title and text that no search may hit."""

    title: str
    text: str
    number: str = ""                  # 文号
    organisation: str = ""            # the respondent, where it is no natural person
    hidden: tuple[tuple[Range, ...], tuple[Range, ...]] = ((), ())

    @cached_property
    def whole(self) -> str:
        """Title, text, number and organisation folded, a blank between them; what is hidden is blank."""
        whole = folded(f"{self.title}\n{self.text}\n{self.number}\n{self.organisation}")     # each sign keeps its place
        for begin, end in (*self.hidden[0], *(map(self._in_text, span) for span in self.hidden[1])):
            whole = whole[:begin] + " " * (end - begin) + whole[end:]
        return whole

    def _in_text(self, place: int) -> int:
        return len(self.title) + 1 + place

    @property
    def bare(self) -> tuple[str, str, str, str]:
        """Each of the four, folded and blanked."""
        text = len(self.title) + 1
        number = text + len(self.text) + 1
        organisation = number + len(self.number) + 1
        return (self.whole[:text - 1], self.whole[text:number - 1], self.whole[number:organisation - 1],
                self.whole[organisation:])

    def indexed(self) -> set[str]:
        return pairs(self.bare)

    def hits(self, words: Sequence[str]) -> tuple[int, int] | None:
        """As `hits_in` says."""
        return hits_in(self.whole, len(self.title), words)

    def ranges(self, words: Sequence[str]) -> dict[str, list[Range]]:
        """Where title and text are hit, in order, none within another."""
        title, text, *_ = self.bare
        return {"title": merged(title, words), "text": merged(text, words)}


def hits_in(whole: AnyStr, title: int, words: Sequence[AnyStr]) -> tuple[int, int] | None:
    """Whether the words are hit in a title, which a whole begins with and which is so long, and how often in all; None
    where one of them is not hit at all. The whole is folded, or UTF-8; what parts its texts stands in no word."""
    in_title = hits = 0
    for word in words:
        here = whole.count(word)
        if not here:
            return None
        hits += here
        if whole.find(word) < title:
            in_title = 1
    return in_title, hits


def merged(text: str, words: Sequence[str]) -> list[Range]:
    """The ranges of a folded text that the words hit; those that overlap or touch are one."""
    hits = [place for word in words if word in text for place in _places(text, word)]
    if len(hits) < 2:
        return hits
    told: list[Range] = []
    for begin, end in sorted(hits):
        if told and begin <= told[-1][1]:
            told[-1] = (told[-1][0], max(end, told[-1][1]))
        else:
            told.append((begin, end))
    return told[:MOST_RANGES]


def excerpt(text: str, hits: Sequence[Range]) -> tuple[int, str]:
    """Where the part of a text begins that a list shows, and the part: around its first hit."""
    begin = max(0, hits[0][0] - BEFORE) if hits and hits[0][1] > EXCERPT else 0
    return begin, text[begin:begin + EXCERPT]
