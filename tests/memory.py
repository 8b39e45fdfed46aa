"""Where the tests' files are: in memory where there is room. They live for a second, and on many a disk making and
removing a folder takes longer than most tests."""

import os
import shutil
from collections.abc import MutableMapping
from pathlib import Path

HERE = Path("/dev/shm")
ROOM = 6 << 30          # bytes: a run of three workers had 2 GB at most, cities and all
TEMPROOT = "PYTEST_DEBUG_TEMPROOT"      # pytest's own; whoever sets it knows better


def use(environ: MutableMapping[str, str], folder: Path = HERE, room: int = ROOM) -> None:
    """From now on pytest makes its folders in this one, which is in memory, if programs may be started there and so
    many bytes of it and of the machine's memory are free."""
    if TEMPROOT not in environ and os.access(folder, os.W_OK) and not os.statvfs(folder).f_flag & os.ST_NOEXEC and (
            min(shutil.disk_usage(folder).free, _free()) >= room):
        environ[TEMPROOT] = str(folder)


def _free() -> int:
    """Bytes of memory that are free, or would be at once. 0 where Linux does not say."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:")), 0)
