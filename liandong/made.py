"""Files made from the code: written where they are stale, or only looked at."""

from collections.abc import Iterable, Sequence
from pathlib import Path


def write(root: Path, documents: Iterable[tuple[str, str | bytes]], whole_folders: Sequence[str],
          check: bool = False) -> list[str]:
    """Writes each (path below root, content), or only looks (`check`). The names of those that were stale: of
    `whole_folders` every JSON file that is made no more, too."""
    stale, written = [], set()
    for name, told in documents:
        written.add(name)
        path, content = root / name, told if isinstance(told, bytes) else told.encode()
        if not path.exists() or path.read_bytes() != content:
            stale.append(name)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    for name in strays(root, written, whole_folders):
        stale.append(name)
        if not check:
            (root / name).unlink()
    return stale


def strays(root: Path, written: set[str], whole_folders: Sequence[str]) -> list[str]:
    """JSON files in folders that are made whole, which nothing makes any more."""
    lying = (path.relative_to(root).as_posix() for folder in whole_folders for path in (root / folder).rglob("*.json"))
    return sorted(set(lying) - written)
