"""Files made from the code: written where they are stale, or only looked at."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

WIDTH = 140                 # as wide as the lines of other documents


def write(root: Path, documents: Iterable[tuple[str, str | bytes]], whole_folders: Sequence[str] = (),
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


def json_text(value: Any, sort_keys: bool = False) -> str:
    """JSON to be read and compared by lines: what fits on a line stands on one, all else a line an item; a list of
    words fills its lines."""
    return _spread(json.loads(json.dumps(value, sort_keys=sort_keys)), "", 0) + "\n"


def _spread(value: Any, indent: str, before: int) -> str:
    """`before`: what stands on its first line already, in characters."""
    line = json.dumps(value, ensure_ascii=False)
    if before + len(line) < WIDTH or not isinstance(value, dict | list):
        return line
    inner = indent + " "
    if isinstance(value, list):
        if not any(isinstance(each, dict | list) for each in value):
            words = [json.dumps(each, ensure_ascii=False) for each in value]
            return "\n".join(("[", *_filled(words, inner), indent + "]"))
        items, (begin, end) = [inner + _spread(each, inner, len(inner)) for each in value], "[]"
    else:
        keys = [(f"{inner}{json.dumps(key, ensure_ascii=False)}: ", each) for key, each in value.items()]
        items, (begin, end) = [key + _spread(each, inner, len(key)) for key, each in keys], "{}"
    return "\n".join((begin, ",\n".join(items), indent + end))


def _filled(words: Sequence[str], indent: str) -> Iterator[str]:
    """Lines of words with commas."""
    line = indent + words[0]
    for word in words[1:]:
        line += ","
        if len(line) + len(word) + 2 < WIDTH:
            line += f" {word}"
        else:
            yield line
            line = indent + word
    yield line
