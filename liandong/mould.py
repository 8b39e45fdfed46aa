"""Processes forked from one that has imported everything: a dozen of them start for the price of two.

A mould is forked before anything is open: no connection, no lock, no thread, no hub. It imports, waits for the word,
forks a process for each command and is their parent: it passes on that it shall stop, ends whoever takes too long, and
stops all when one ends by itself. What each process does is the command as it stands at the command line.
"""

import contextlib
import ctypes
import gc
import logging
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from liandong import traces

Run = Callable[[Sequence[str]], int]  # a command's words; its exit code, unless it exits

STOP_SECONDS = 40
PR_SET_PDEATHSIG = 1  # sys/prctl.h
ARG_START, ARG_END = 45, 46  # proc(5), stat: counted from the state on
HEARD = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGCHLD, signal.SIGALRM})


class Mould:
    """A mould in the hands of the process that made it."""

    def __init__(
        self,
        name: str,
        imports: Callable[[], None],
        run: Run,
        commands: Sequence[Sequence[str]],
        environ: Mapping[str, str],
        beside: Sequence["Mould"] = (),
    ) -> None:
        """`imports` is called in the mould, at once; `run` in each of its processes, by `cast`. `beside`: the moulds
        made before, whose pipes are not for this one."""
        self.name = name
        self._told, self._word = os.pipe()
        self._news, self._telling = os.pipe()
        self._code: int | None = None
        parent = os.getpid()
        self._pid = _forked()
        if not self._pid:
            for other in (*beside, self):
                other._let_go()
            _leave(lambda: _live(self, parent, imports, run, commands, environ))
        os.close(self._told)
        os.close(self._telling)
        os.set_blocking(self._news, False)

    def _let_go(self) -> None:
        os.close(self._word)
        os.close(self._news)

    def cast(self) -> None:
        """Gives the word: its processes start now."""
        with contextlib.suppress(BrokenPipeError):  # it has ended: `ended` says so
            os.write(self._word, b"!")

    def ended(self) -> str:
        """Which of its processes ended by itself, or itself; empty as long as none did."""
        with contextlib.suppress(BlockingIOError):
            if told := os.read(self._news, 100):
                return told.decode()
        return f"what forks the {self.name}" if self._over(os.WNOHANG) else ""

    def stop(self) -> None:
        """Returns when it has stopped, which its processes have then."""
        self._let_go()
        if not self._over(os.WNOHANG):
            os.kill(self._pid, signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS + 5
        while not self._over(os.WNOHANG):
            if time.monotonic() > until:
                os.kill(self._pid, signal.SIGKILL)
                self._over(0)
            time.sleep(0.02)

    def _over(self, options: int) -> bool:
        if self._code is None and os.waitpid(self._pid, options)[0]:
            self._code = 0
        return self._code is not None


def _live(
    mould: Mould,
    parent: int,
    imports: Callable[[], None],
    run: Run,
    commands: Sequence[Sequence[str]],
    environ: Mapping[str, str],
) -> int:
    """The mould's own life. Its exit code."""
    os.setsid()
    _end_with(parent)
    called("liandong", "city", mould.name)
    os.environ.update(environ)
    imports()
    gc.freeze()  # else the first collection in each process would copy all of it
    signal.signal(signal.SIGCHLD, lambda *_: None)  # a signal that is ignored would not be waited for everywhere
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    if not os.read(mould._told, 1):
        return 0
    os.close(mould._told)
    running: dict[int, str] = {}
    for command in commands:
        running[_process(run, command, mould._telling)] = " ".join(command[:2])
    return _watch(running, mould._telling)


def _watch(running: dict[int, str], telling: int) -> int:
    """Until all have ended. 1 where one did by itself."""
    stopping, code = False, 0
    while running:
        heard = signal.sigwait(HEARD)
        if heard == signal.SIGCHLD:
            gone = [running.pop(pid) for pid in tuple(running) if os.waitpid(pid, os.WNOHANG)[0]]
            if stopping or not gone:
                continue
            with contextlib.suppress(BrokenPipeError):  # whoever made this has been killed, or stops it just now
                os.write(telling, gone[0].encode())
            code = 1
        elif heard == signal.SIGALRM:
            for pid in running:
                os.killpg(pid, signal.SIGKILL)
            continue
        if not stopping:
            stopping = True
            signal.alarm(STOP_SECONDS)
            for pid in running:
                os.kill(pid, signal.SIGTERM)
    return code


def _process(run: Run, command: Sequence[str], telling: int) -> int:
    """One more process; its pid. What it says at its start is told once, for all of them, so it says it to nobody."""
    parent = os.getpid()

    def live() -> int:
        os.setsid()
        os.close(telling)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HEARD)
        _end_with(parent)
        nobody = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nobody, 1)
        os.close(nobody)
        called("liandong", *command[:2])
        sys.argv[1:] = command
        return run(command)

    pid = _forked()
    if not pid:
        _leave(live)
    return pid


def _forked() -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.flush()  # else both would print it
    return os.fork()


def _leave(live: Callable[[], int]) -> NoReturn:
    """The life of a forked process, which ends here: what its parent still had to do is not done a second time."""
    code = 1
    try:
        code = live()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        traces.stop()
        logging.shutdown()
        with contextlib.suppress(OSError, ValueError):
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
        os._exit(code)


def _end_with(parent: int) -> None:
    """On Linux this process is told to stop when its parent is killed, so that nothing is left behind."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(1)


def called(*words: str) -> None:
    """What `ps` shows of this process, on Linux: as long as the words it was started with, at most. A forked process
    would bear its parent's."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        stat = Path("/proc/self/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        start, end = int(stat[ARG_START]), int(stat[ARG_END])
        if start:
            ctypes.memset(start, 0, end - start)
            ctypes.memmove(start, "\0".join(words).encode(), min(len("\0".join(words).encode()), end - start - 1))
