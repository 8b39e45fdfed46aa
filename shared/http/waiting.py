"""Waiting places: how many requests of this process may wait for news at once. A thread that waits answers nobody else,
so there are places for half of the threads, and one agency never has them all. Where none is free nobody waits."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from shared.wake import Bell, Wake

MOST_SECONDS = 20           # clients may sit behind gateways that give up after 30
SLOW = 5.0                  # seconds between two looks where no ring comes
PAUSE = 0.1                 # at least, between two looks of one who waits
AGAIN = 2                   # seconds after which one who found no place asks again

Found = TypeVar("Found")


class Place:
    """Where one request waits."""

    def __init__(self) -> None:
        self.bell, self.over = Bell(), threading.Event()

    def wait(self, seconds: float, looked: float) -> bool:
        """Until it is rung, at least PAUSE after it `looked`, at most so long; whether it is over."""
        self.bell.wait(seconds)
        return self.over.wait(max(0.0, min(PAUSE, looked + PAUSE - time.monotonic())))

    def end(self) -> None:
        self.over.set()
        self.bell.ring()


class Places:
    """The places of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken: dict[Place, str] = {}

    @contextlib.contextmanager
    def place(self, who: str, threads: int) -> Iterator[Place | None]:
        """A place, or None where there is none: there are as many as half the threads, for one and the same three
        quarters of them."""
        with self._lock:
            most, own = threads // 2, sum(each == who for each in self._taken.values())
            place = Place() if len(self._taken) < most and own < most - most // 4 else None
            if place is not None:
                self._taken[place] = who
        try:
            yield place
        finally:
            if place is not None:
                with self._lock:
                    del self._taken[place]
                place.bell.close()

    def end(self) -> None:
        """The process ends: everyone who waits is answered now."""
        with self._lock:
            waiting = tuple(self._taken)
        for place in waiting:
            place.end()


PLACES = Places()


def until(wake: Wake, look: Callable[[], Found], enough: Callable[[Found], bool], seconds: float, who: str,
          threads: int, places: Places = PLACES) -> tuple[Found, bool]:
    """What `look` finds once it is `enough`, or after that time; and whether there was a place to wait. It holds no
    connection while it waits."""
    found = look()
    if seconds <= 0 or enough(found):
        return found, True
    with places.place(who, threads) as place:
        if place is None:
            return found, False
        ending = time.monotonic() + seconds
        wake.add(place.bell.ring)
        try:
            wake.hear()
            while True:
                looked, found = time.monotonic(), look()        # first of all: what came before the bell was hung
                left = ending - looked
                if enough(found) or left <= 0 or place.wait(min(left, SLOW), looked):
                    return found, True
        finally:
            wake.remove(place.bell.ring)
