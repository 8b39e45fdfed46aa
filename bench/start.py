"""Starting the whole suite in one process, the first time and the second, beside an interpreter that imports what it
stands on."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.place import Place
from bench.sizes import Sizes
from bench.table import Row

Start = tuple[float, float]     # seconds until it is ready, megabytes resident then
IMPORTS = "import flask, sqlalchemy, nameko.runners"
AGAINST = f"python -c '{IMPORTS}'"
READY = b"Ctrl-C stops it."
PATIENCE = 60.0
FIRST_AIM = 40          # 15 s where the imports take 0.37 s, as on two quiet cores


def rows(at: Place, sizes: Sizes) -> Iterator[Row]:
    """Seconds until it says that it is up; the second time its resident memory then, too. The first start makes the
    sample city, in a home of its own each round."""
    firsts = [(started(_environ(at.folder / f"home-{nth}"), at.folder / "log"), _imported())
              for nth in range(sizes.first_starts)]
    again = _environ(at.folder / "home-0")
    rounds = [(started(again, at.folder / "log"), _imported()) for _ in range(sizes.starts)]
    yield _row("first start, embedded, with the sample city", "s", firsts, 0, FIRST_AIM)
    yield _row("start-up, embedded", "s", rounds, 0)
    yield _row("memory, embedded", "MB", rounds, 1)


def _row(what: str, unit: str, rounds: Sequence[tuple[Start, Start]], nth: int, aim: float | None = None) -> Row:
    figures = ([each[which][nth] for each in rounds] for which in (0, 1))
    return Row(what, 1, *figures, unit, AGAINST, aim, less_is_better=True)


def _environ(home: Path) -> dict[str, str]:
    bare = {key: value for key, value in os.environ.items() if not key.startswith("LIANDONG_")}
    return {**bare, "LIANDONG_HOME": str(home), "LIANDONG_PORT": str(_free_port())}


def started(environ: Mapping[str, str], log: Path) -> Start:
    """Seconds and megabytes of `liandong up`, then stopped as by Ctrl-C. Raises RuntimeError with what it said."""
    began = time.monotonic()
    with log.open("w+b") as said:
        process = subprocess.Popen([Path(sys.executable).parent / "liandong", "up"], env=environ,
                                   stdout=subprocess.PIPE, stderr=said)
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if READY in line:
                    seconds = time.monotonic() - began
                    return seconds, _resident(process.pid)
            raise RuntimeError(f"liandong up: {log.read_text()[-2000:]}")
        finally:
            process.send_signal(signal.SIGINT)
            process.stdout.read()
            process.wait(PATIENCE)


def _imported() -> Start:
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, "-W", "ignore", "-c", f"{IMPORTS}; print(flush=True); input()"],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    seconds = time.monotonic() - began
    resident = _resident(process.pid)
    process.communicate(b"\n")
    return seconds, resident


def _resident(pid: int) -> float:
    """Megabytes, by the kernel's count."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
