"""Starts of the whole suite in one process, the first and a later one, beside an interpreter that imports the libraries
that it stands on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.place import Environment
from bench.sizes import Sizes
from bench.table import Row
from tests.liandong.running import free_ports, small_city

Start = tuple[float, float]     # seconds until it is ready, megabytes resident then
IMPORTS = "import flask, sqlalchemy, nameko.runners"
AGAINST = f"python -c '{IMPORTS}'"
READY = b"Ctrl-C stops it."
PATIENCE = 60.0
FIRST_AIM = 40          # 15 s where the imports take 0.37 s, as on two quiet cores


def rows(env: Environment, sizes: Sizes) -> Iterator[Row]:
    """Seconds until the suite says that it is up; for a later start also its resident memory then. Each first start has
    an empty home, in which it makes the city."""
    homes = [env.folder / f"home-{number}" for number in range(sizes.first_starts)]
    if not sizes.sample_city:
        for home in homes:
            small_city(home)
    log = env.folder / "log"
    firsts = [(started(_environ(home), log), _imported()) for home in homes]
    later = [(started(_environ(homes[0]), log), _imported()) for _ in range(sizes.starts)]
    city = "the sample city" if sizes.sample_city else "a small city"
    yield _row(f"first start, embedded, with {city}", "s", firsts, 0, FIRST_AIM)
    yield _row("start-up, embedded", "s", later, 0)
    yield _row("memory, embedded", "MB", later, 1)


def _row(name: str, unit: str, rounds: Sequence[tuple[Start, Start]], figure: int, aim: float | None = None) -> Row:
    measured, baseline = ([each[side][figure] for each in rounds] for side in (0, 1))
    return Row(name, 1, measured, baseline, unit, AGAINST, aim, less_is_better=True)


def _environ(home: Path) -> dict[str, str]:
    environ = {key: value for key, value in os.environ.items() if not key.startswith("LIANDONG_")}
    if (home / "city").exists():
        environ["LIANDONG_CITY_FOLDER"] = str(home / "city")
    return {**environ, "LIANDONG_HOME": str(home), "LIANDONG_PORT": str(free_ports(1))}


def started(environ: Mapping[str, str], log: Path) -> Start:
    """Seconds and megabytes of `liandong up`, which is then stopped as by Ctrl-C. Raises RuntimeError with its
    errors."""
    began = time.monotonic()
    command = [Path(sys.executable).parent / "liandong", "up"]
    with (log.open("w+b") as errors,
          subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=errors) as process):
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if READY in line:
                    seconds = time.monotonic() - began
                    return seconds, _resident(process.pid)
            raise RuntimeError(f"liandong up: {log.read_text()[-2000:]}")
        finally:
            _stop(process)


def _imported() -> Start:
    began = time.monotonic()
    command = [sys.executable, "-W", "ignore", "-c", f"{IMPORTS}; print(flush=True); input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        seconds = time.monotonic() - began
        resident = _resident(process.pid)
        process.communicate(b"\n")
    return seconds, resident


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        raise


def _resident(pid: int) -> float:
    """Megabytes, by the kernel's count."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024
