"""Clients as processes: threads of one Python share its lock, so they would measure that instead of the machine.

Each is forked from the bench with everything imported and the law parsed, opens connections of its own for each round,
and works only between the word to begin and the end of the round: while a baseline runs it waits on its pipe.
"""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any

FORK = multiprocessing.get_context("fork")      # not spawned: 32 of them would import and parse for minutes
WARM = 6                                        # works after which psycopg has prepared its statements
PATIENCE = 60.0                                 # seconds that an answer may take beyond the round itself

Work = Callable[[], object]


class Crew:
    """Clients that wait for the word."""

    def __init__(self, pipes: list[Connection]) -> None:
        self._pipes = pipes

    def rate(self, seconds: float) -> float:
        """How many works a second all of them do together. Raises what one of them raised."""
        for word in (0.0, seconds):             # first all connect and warm up
            for pipe in self._pipes:
                pipe.send(word)
            answers = [_answer(pipe, seconds + PATIENCE) for pipe in self._pipes]
        done, began, ended = zip(*answers, strict=True)
        return sum(done) / (max(ended) - min(began))


@contextmanager
def crew(clients: int, make: Callable[[int], tuple[Work, Work]]) -> Iterator[Crew]:
    """`clients` processes; `make(number)` runs in each and gives its work, and how it rests from round to round."""
    pairs = [FORK.Pipe() for _ in range(clients)]
    members = [FORK.Process(target=_member, args=(theirs, make, number), daemon=True)
               for number, (_, theirs) in enumerate(pairs)]
    for member in members:
        member.start()
    try:
        for ours, theirs in pairs:
            theirs.close()
            _answer(ours, PATIENCE)
        yield Crew([ours for ours, _ in pairs])
    finally:
        for ours, _ in pairs:
            with suppress(OSError):
                ours.send(None)         # closing it would not tell: the others have inherited it
        for member in members:
            member.join(5)
            member.kill()


def _member(pipe: Connection, make: Callable[[int], tuple[Work, Work]], number: int) -> None:
    try:
        work, rest = make(number)
        pipe.send(None)
        while (seconds := pipe.recv()) is not None:
            if seconds:
                pipe.send(_round(work, seconds))
                rest()
            else:
                pipe.send([work() for _ in range(WARM)] and None)
    except BaseException as failed:
        pipe.send(f"client {number}: {type(failed).__name__}: {failed}")


def _round(work: Work, seconds: float) -> tuple[int, float, float]:
    began = time.monotonic()
    done, end = 0, began + seconds
    while time.monotonic() < end:
        work()
        done += 1
    return done, began, time.monotonic()


def _answer(pipe: Connection, seconds: float) -> Any:
    if not pipe.poll(seconds):
        raise RuntimeError("a client of the bench does not answer")
    answer = pipe.recv()
    if isinstance(answer, str):
        raise RuntimeError(answer)
    return answer
