"""YAML files that officials write, read strictly: whatever is wrong is collected with its file and line.

PyYAML's nodes keep their positions; nothing is read as Python data before its shape was checked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, Event
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_TAG = "tag:yaml.org,2002:"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)     # the same nodes, ten times faster where libyaml is there
_TEXTS = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DEEPEST = 20


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong in a file, at which line (from 1), in words for the official and in English."""

    file: str
    line: int
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.zh}"


class Problems(Exception):
    """All that is wrong with a file, in the order of its lines. Nothing of the file is used."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(*self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def text_of(path: Path) -> str:
    """The text of a file. Raises Problems with the line of what is no UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as broken:
        line = broken.object.count(b"\n", 0, broken.start) + 1
        raise Problems([Problem(path.name, line, "不是 UTF-8 编码的文本", "not UTF-8 text")]) from None


def plain(file: Path, *, texts: bool = False) -> Any:
    """What a file written for the suite itself says (a sample, a situation), as plain data; None where there is none.
    `texts`: dates and numbers stay text, as in JSON. Raises yaml.YAMLError."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_TEXTS if texts else _LOADER) if file.exists() else None


class Page:
    """One file being read. Every reader says what is wrong at its node and gives an empty value instead."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def root(self, text: str) -> Node | None:
        """The top node of the text; None with a problem where it is no YAML, empty, or names a part twice (&, *)."""
        try:
            if not self._plainly_built(text):
                return None
            node = yaml.compose(text, Loader=_LOADER)
        except yaml.YAMLError as broken:
            mark = getattr(broken, "problem_mark", None) or getattr(broken, "context_mark", None)
            says = getattr(broken, "problem", None) or str(broken)
            line = min(mark.line, text.rstrip("\n").count("\n")) + 1 if mark else 1
            self.wrong_at(line, f"不是有效的 YAML：{says}", f"not YAML: {says}")
            return None
        if node is None:
            self.wrong_at(1, "文件是空的", "the file is empty")
        return node

    def _plainly_built(self, text: str) -> bool:
        """No aliases and no great depth: either could keep a process busy for ever, or end it."""
        depth = 0
        for event in yaml.parse(text, Loader=_LOADER):
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if isinstance(event, AliasEvent):
                self.wrong(event, "不得使用别名（& 和 *），请直接写出", "aliases are not used here: write it out")
                return False
            if depth > DEEPEST:
                self.wrong(event, "层次太深", "nested too deeply")
                return False
        return True

    def wrong_at(self, line: int, zh: str, en: str) -> None:
        self.problems.append(Problem(self.file, line, zh, en))

    def wrong(self, node: Node | Event, zh: str, en: str) -> None:
        self.wrong_at(line_of(node), zh, en)

    def entries(self, node: Node | None) -> list[tuple[str, Node, Node]]:
        """The rows of a mapping with free keys: key, its node, its value's node. A key written twice is a problem."""
        if node is None:
            return []
        if not isinstance(node, MappingNode):
            self.wrong(node, "此处应为“键: 值”", "a mapping belongs here")
            return []
        rows: dict[str, tuple[str, Node, Node]] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.wrong(key, "键应为文字", "a key must be text")
            elif key.value in rows:
                first = line_of(rows[key.value][1])
                self.wrong(key, f"“{key.value}”重复，首次出现在第 {first} 行", f"{key.value!r} twice, first in line {first}")
            else:
                rows[key.value] = (key.value, key, value)
        return list(rows.values())

    def fields(self, node: Node | None, required: str = "", optional: str = "") -> dict[str, Node]:
        """A mapping with known keys (space-separated names). Unknown and missing keys are problems."""
        known, found = {*required.split(), *optional.split()}, {}
        for name, key, value in self.entries(node):
            if name in known:
                found[name] = value
            else:
                self.wrong(key, f"不认识的键“{name}”，此处可用：{'、'.join(sorted(known))}", f"unknown key {name!r}")
        if isinstance(node, MappingNode):
            for name in required.split():
                if name not in found:
                    self.wrong(node, f"缺少“{name}”", f"{name!r} is missing")
        return found

    def rows(self, node: Node | None) -> list[Node]:
        """The members of a list."""
        if node is None:
            return []
        if not isinstance(node, SequenceNode):
            self.wrong(node, "此处应为列表", "a list belongs here")
            return []
        return list(node.value)

    def text(self, node: Node | None, empty: bool = False) -> str:
        """A text; a bare number counts as its digits."""
        if node is None:
            return ""
        if not isinstance(node, ScalarNode):
            self.wrong(node, "此处应为文字", "text belongs here")
            return ""
        if not node.value.strip() and not empty:
            self.wrong(node, "此处不得为空", "must not be empty")
        return str(node.value)

    def texts(self, node: Node | None) -> tuple[str, ...]:
        """A list of texts, or a single one."""
        if isinstance(node, ScalarNode):
            return (self.text(node),)
        return tuple(self.text(row) for row in self.rows(node))

    def number(self, node: Node | None, least: int = 0) -> int:
        """A whole number, not below `least`."""
        if node is None:
            return least
        try:
            value = int(node.value) if isinstance(node, ScalarNode) and node.tag == f"{_TAG}int" else None
        except ValueError:
            value = None
        if value is None:
            self.wrong(node, "此处应为整数", "a whole number belongs here")
            return least
        if value < least:
            self.wrong(node, f"数值 {value} 不得小于 {least}", f"{value} is below {least}")
            return least
        return value

    def day(self, node: Node | None) -> date | None:
        """A date as 2026-02-17."""
        if node is None:
            return None
        try:
            return date.fromisoformat(node.value)
        except (TypeError, ValueError):
            self.wrong(node, f"“{shown(node)}”不是日期，应如 2026-02-17",
                       f"{shown(node)!r} is no date, write it as 2026-02-17")
            return None

    def flag(self, node: Node | None, default: bool = False) -> bool:
        """true or false."""
        if node is None:
            return default
        if isinstance(node, ScalarNode) and node.value in ("true", "false"):
            return bool(node.value == "true")
        self.wrong(node, "此处应为 true 或 false", "true or false belongs here")
        return default

    def one_of(self, node: Node | None, choices: Iterable[str], default: str = "") -> str:
        """One of the choices."""
        if node is None:
            return default
        value, known = self.text(node), tuple(choices)
        if value and value not in known:
            self.wrong(node, f"“{value}”不在可用的值之内：{'、'.join(known)}", f"{value!r} is none of {', '.join(known)}")
            return default
        return value

    def plain(self, node: Node | None) -> Any:
        """Any value as plain data: numbers, flags, dates and texts as YAML tells them apart."""
        if isinstance(node, MappingNode):
            return {name: self.plain(value) for name, _, value in self.entries(node)}
        if isinstance(node, SequenceNode):
            return [self.plain(row) for row in node.value]
        if node is None or node.tag == f"{_TAG}null":
            return None
        if node.tag == f"{_TAG}int":
            return self.number(node, least=-(2**63))
        if node.tag == f"{_TAG}bool":
            return self.flag(node)
        return self.day(node) if node.tag == f"{_TAG}timestamp" else self.text(node)


def line_of(node: Node | Event) -> int:
    """The line a node stands in, from 1."""
    mark = node.start_mark
    return int(mark.line) + 1 if mark else 1


def shown(node: Node) -> str:
    """A node's text as written, for messages."""
    return node.value if isinstance(node, ScalarNode) else "…"
