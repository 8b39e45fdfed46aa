"""No more series than Prometheus should keep of a city: what is told apart is cut by one rule, and that is told too.

Figures are never dropped. Where there would be too many series, whole clocks go under `other`: first of the used
ratios, which take the most series, then of all; then whole agencies. Those with internal clocks only go first, then
those with the fewest deadlines. So an agency's counts and the city's stay whole, and a clock that is named is whole.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from services.oversight.sla.figures import AGENCY, CLOCK, OTHER, STATUTORY, Figures, Key

QUANTILES = {"0.5": 50, "0.9": 90, "1": 100}    # in percent


@dataclass(frozen=True, slots=True)
class Step:
    """What goes under `other`: the names that stand at a place of the keys, of all figures or of the used ratios."""

    what: str
    place: int
    of_all: bool = True

    def under_other(self, key: Key) -> Key:
        """The key with `other` in the name's place."""
        return (*key[:self.place], OTHER, *key[self.place + 1:])


STEPS = (Step("used_ratio_clocks", CLOCK, of_all=False), Step("clocks", CLOCK), Step("agencies", AGENCY))


def series(figures: Figures) -> int:
    """How many series tell the figures."""
    return len(figures.running) + len(figures.settled) + len(QUANTILES) * len(figures.used)


def within(figures: Figures, most: int) -> tuple[Figures, dict[str, int]]:
    """The figures in so many series at most, and how many went under `other` for it at each step."""
    folded = {step.what: 0 for step in STEPS}
    for step in STEPS:
        if series(figures) > most:
            figures, folded[step.what] = _fold(figures, step, most)
    return figures, folded


def _fold(figures: Figures, step: Step, most: int) -> tuple[Figures, int]:
    """The figures with as few names as will do under `other`, all of them where that is not enough; and how many."""
    kinds: list[tuple[Iterable[Key], int]] = [(figures.used, len(QUANTILES))]
    if step.of_all:
        kinds += [(figures.running, 1), (figures.settled, 1)]
    keys: dict[str, list[tuple[Key, int]]] = {}         # by name, each with how many series tell it
    for kind, each in kinds:
        for key in kind:
            keys.setdefault(key[step.place], []).append((key, each))
    left, names = series(figures), []
    others = {key for key, _ in keys.pop(OTHER, ())}    # a kind's keys are as long as no other's
    for name in _least_first(figures, step):
        if left <= most:
            break
        names.append(name)
        for key, each in keys[name]:
            other = step.under_other(key)
            left -= each if other in others else 0
            others.add(other)
    return _folded(figures, step, names), len(names)


def _least_first(figures: Figures, step: Step) -> list[str]:
    """The clocks or agencies that a step may fold, in the order in which it does."""
    numbers: Counter[str] = Counter()
    statutory = set()
    for key, number in (*figures.running.items(), *figures.settled.items()):
        numbers[key[step.place]] += number
        if key[STATUTORY] == "true":
            statutory.add(key[step.place])
    names = numbers.keys() if step.of_all else {key[step.place] for key in figures.used}
    return sorted(names - {OTHER}, key=lambda name: (name in statutory, numbers[name], name))


def _folded(figures: Figures, step: Step, names: Collection[str]) -> Figures:
    """The figures with these names under `other`."""
    gone = frozenset(names)

    def renamed(key: Key) -> Key:
        return step.under_other(key) if key[step.place] in gone else key

    used: dict[Key, Counter[float]] = {}
    for key, ratios in figures.used.items():
        used.setdefault(renamed(key), Counter()).update(ratios)
    if not step.of_all:
        return replace(figures, used=used)
    return Figures(_summed(figures.running, renamed), _summed(figures.settled, renamed), used)


def _summed(counted: Counter[Key], renamed: Callable[[Key], Key]) -> Counter[Key]:
    sums: Counter[Key] = Counter()
    for key, number in counted.items():
        sums[renamed(key)] += number
    return sums


def quantile(ratios: Counter[float], percent: int) -> float:
    """The least ratio that so many percent of them do not exceed: one that occurred. Raises ValueError for none."""
    reached, needed = 0, percent * ratios.total()
    for ratio, number in sorted(ratios.items()):
        reached += 100 * number
        if reached >= needed:
            return ratio
    raise ValueError("a quantile of nothing")
