"""Clients as processes. Threads of one Python share its lock, so they would measure that instead of the machine.

Each is forked from the bench with everything imported and the law parsed. It opens connections for each round and waits
on its pipe while a baseline runs.
"""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any

FORK = multiprocessing.get_context("fork")      # not spawned: 32 of them would import and parse for minutes
WARM_UP = 6                                     # operations after which psycopg has prepared its statements
PATIENCE = 60.0                                 # seconds that an answer may take beyond the round itself

Operation = Callable[[], object]
MakeClient = Callable[[int], tuple[Operation, Operation]]


class Clients:
    """Client processes that wait for a round."""

    def __init__(self, pipes: list[Connection]) -> None:
        self._pipes = pipes

    def rate(self, seconds: float) -> float:
        """Operations a second of all clients together. Raises RuntimeError with what one of them raised."""
        self._ask_all("warm up", 0)
        done, began, ended = zip(*self._ask_all(seconds, seconds), strict=True)
        rate: float = sum(done) / (max(ended) - min(began))
        return rate

    def _ask_all(self, request: object, seconds: float) -> list[Any]:
        for pipe in self._pipes:
            pipe.send(request)
        return [_answer(pipe, seconds + PATIENCE) for pipe in self._pipes]


@contextmanager
def client_processes(count: int, make: MakeClient) -> Iterator[Clients]:
    """`count` processes. `make(number)` runs in each; it returns the operation, and what disconnects after a round."""
    pairs = [FORK.Pipe() for _ in range(count)]
    processes = [FORK.Process(target=_client, args=(theirs, make, number), daemon=True)
                 for number, (_, theirs) in enumerate(pairs)]
    for process in processes:
        process.start()
    try:
        for ours, theirs in pairs:
            theirs.close()
            _answer(ours, PATIENCE)
        yield Clients([ours for ours, _ in pairs])
    finally:
        for ours, _ in pairs:
            with suppress(OSError):
                ours.send(None)         # closing it is no signal: the other clients have inherited it
        for process in processes:
            process.join(5)
            process.kill()


def _client(pipe: Connection, make: MakeClient, number: int) -> None:
    try:
        operation, disconnect = make(number)
        pipe.send(None)
        while (request := pipe.recv()) is not None:
            if request == "warm up":
                for _ in range(WARM_UP):
                    operation()
                pipe.send(None)
            else:
                pipe.send(_round(operation, request))
                disconnect()
    except BaseException as failed:
        pipe.send(f"client {number}: {type(failed).__name__}: {failed}")


def _round(operation: Operation, seconds: float) -> tuple[int, float, float]:
    """How many operations, when they began and ended; at least one."""
    done, began = 0, time.monotonic()
    while not done or time.monotonic() < began + seconds:
        operation()
        done += 1
    return done, began, time.monotonic()


def _answer(pipe: Connection, seconds: float) -> Any:
    if not pipe.poll(seconds):
        raise RuntimeError("a client of the bench does not answer")
    answer = pipe.recv()
    if isinstance(answer, str):
        raise RuntimeError(answer)
    return answer
