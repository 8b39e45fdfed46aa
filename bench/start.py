"""Starting the whole suite in one process the second time, beside an interpreter that imports what it stands on."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.place import Place
from bench.sizes import Sizes
from bench.table import Row

IMPORTS = "import flask, sqlalchemy, nameko.runners"
AGAINST = f"python -c '{IMPORTS}'"
READY = b"Ctrl-C stops it."
PATIENCE = 60.0


def rows(at: Place, sizes: Sizes) -> Iterator[Row]:
    """Seconds until it says that it is up, and its resident memory then. The first start, which makes the city, is not
    measured."""
    environ = {**os.environ, "LIANDONG_HOME": str(at.folder / "home"), "LIANDONG_PORT": str(_free_port())}
    for name in ("LIANDONG_DATABASE_URL", "LIANDONG_AMQP_URL", "LIANDONG_NEWS"):
        environ.pop(name, None)
    started(environ, at.folder / "first.log")
    rounds = [(started(environ, at.folder / "log"), _imported()) for _ in range(sizes.starts)]
    for nth, (what, unit) in enumerate((("start-up, embedded", "s"), ("memory, embedded", "MB"))):
        figures = ([each[which][nth] for each in rounds] for which in (0, 1))
        yield Row(what, 1, *figures, unit, AGAINST, None, less_is_better=True)


def started(environ: Mapping[str, str], log: Path) -> tuple[float, float]:
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


def _imported() -> tuple[float, float]:
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
