"""What comes first: where an act is refused for the state of its case, in which states it may be done and which acts
lead there, as the chapter's rows know. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from shared.acts.model import WRONG_STATE, Act, Chapter
from shared.contracts.register import SUITE
from shared.errors import Refusal

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
        """The fewest acts that lead on from the state to one in which the act may be done; none where only a way back
        does. What the suite does by itself is nobody's to do."""
        ways: dict[str, tuple[Act, ...]] = {state: ()}
        waiting = [state]
        while waiting:
            here = waiting.pop(0)
            if here in act.states:
                return ways[here]
            for each in self._chapter.acts:
                if here not in each.states or each.by == frozenset({SUITE}):
                    continue
                for there in each.to:
                    if there not in ways and self._order[there] > self._order[here]:
                        ways[there] = (*ways[here], each)
                        waiting.append(there)
        return ()
