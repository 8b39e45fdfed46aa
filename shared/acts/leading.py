"""What comes first: where an act is refused for the state of its case, in which states it may be done and which acts
must come before, as the chapter's rows know. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from shared.acts.model import WRONG_STATE, Act, Chapter
from shared.contracts.register import SUITE
from shared.kernel.errors import Refusal

MOST = 5                # states that are named; of an act that may be done in more, they would say nothing


class Leading:
    """The ways of a chapter, each found once."""

    def __init__(self, chapter: Chapter) -> None:
        self._chapter, self._order = chapter, {state: place for place, state in enumerate(chapter.states)}
        self._said = cache(self._words)

    def explained(self, act: Act, refusal: Refusal) -> Refusal:
        """A refusal for the state with what must come first; any other as it is."""
        if refusal.code != WRONG_STATE.code:
            return refusal
        zh, en, values = self._said(act.name, refusal.values["state"])
        return replace(refusal, zh=refusal.zh + zh, en=refusal.en + en, values={**refusal.values, **values})

    def _words(self, name: str, state: str) -> tuple[str, str, Mapping[str, Any]]:
        act, titles = self._chapter.act(name), self._chapter.states
        possible = sorted(act.states, key=self._order.__getitem__)
        first = self.first(act, state)
        zh, en = "", ""
        if len(possible) <= MOST:
            zh += f"可以进行该行为的状态：{'、'.join(f'「{titles[each]}」' for each in possible)}。"
            en += f" It may be done in: {', '.join(possible)}."
        if first:
            zh += f"此前应当先：{'，再'.join(each.title for each in first)}。"
            en += f" First: {', then '.join(each.name for each in first)}."
        return zh, en, {"possible_in": possible, "first": [each.name for each in first]}

    def first(self, act: Act, state: str) -> Sequence[Act]:
        """The acts that every way on from the state shares, up to one in which the act may be done, in their order.
        None where the act is possible in a state that lies behind already, or where each way has acts of its own: to
        name one of several would be to advise it. What the suite does by itself is nobody's to do."""
        if not all(self._order[each] > self._order[state] for each in act.states):
            return ()
        way = {each.name: each for each in self._way(act, state) or ()}
        return tuple(each for each in way.values()
                     if each.by != frozenset({SUITE}) and self._way(act, state, without=each) is None)

    def _way(self, act: Act, state: str, without: Act | None = None) -> tuple[Act, ...] | None:
        """The shortest way on from the state to one in which the act may be done; None where there is none. Of a way
        `without` an act the first step may lead back: who submits a returned plan again need not withdraw it."""
        ways: dict[str, tuple[Act, ...]] = {state: ()}
        waiting = [state]
        while waiting:
            here = waiting.pop(0)
            if here in act.states:
                return ways[here]
            back = without is not None and here == state
            for each in self._chapter.acts:
                if here not in each.states or each is without:
                    continue
                for there in each.to:
                    if there not in ways and (back or self._order[there] > self._order[here]):
                        ways[there] = (*ways[here], each)
                        waiting.append(there)
        return None
