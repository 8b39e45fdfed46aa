"""What a process does about its memory: it stays small, and is not looked through again and again for nothing."""

import atexit
import ctypes
import gc

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8  # malloc.h
BIG = 1_048_576
ARENAS = 2
COLLECT_AFTER = 50_000  # objects more than went; Python's own 700 to 2,000 suit a program that imports little


def keep_small() -> None:
    """Called before the first thread starts; does nothing where the C library is not glibc.

    A password's hash takes 19 MB for a moment. glibc would keep as much in the arena of each thread that ever made one:
    measured after 600 requests in 16 threads 272 MB resident, with this 154 MB.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):
        return
    mallopt(M_MMAP_THRESHOLD, BIG)
    mallopt(M_ARENA_MAX, ARENAS)


def collect_seldom() -> None:
    """Called first. Importing makes some 190,000 objects, all of which stay: the collector would look through them a
    dozen times, and at the end once more, though then the system takes everything back. Both together were two fifths
    of the CPU time of starting and ending."""
    gc.set_threshold(COLLECT_AFTER, 10, 10)
    atexit.unregister(gc.freeze)  # once is enough
    atexit.register(gc.freeze)


def settled() -> None:
    """Called when a process that goes on has imported and made what it will have: that is not collected any more. A
    collection looked through it for 0.1 s and more, while everybody waited."""
    gc.freeze()
