"""How green threads do what blocks. Decided once, at the first import: an entry point patches before that, or never.

In the patched worker of a city everything yields by itself. In the embedded process nothing is patched: what blocks
runs in one of eventlet's native threads, and the hub goes on.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from eventlet import hubs, patcher, tpool

from shared.wake import Bell

P = ParamSpec("P")
T = TypeVar("T")

PATCHED: bool = patcher.is_monkey_patched("socket")


class _Passed(BaseException):
    """The time is up."""


def run_blocking(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Calls it without stopping the other green threads; raises what it raises."""
    if PATCHED:
        return function(*args, **kwargs)
    result: T = tpool.execute(function, *args, **kwargs)
    return result


def wait_for(bell: Bell, seconds: float | None) -> bool:
    """Whether the bell was rung within that time. For green threads only; one of them a bell."""
    try:
        timeout = None if seconds is None else max(seconds, 0)
        hubs.trampoline(bell.fileno(), read=True, timeout=timeout, timeout_exc=_Passed)
    except _Passed:
        return False
    bell.clear()
    return True
