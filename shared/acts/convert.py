"""A case and a command as JSON documents and back. Personal values leave the domain sealed, or not at all."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

import cattrs

from shared.contracts.envelope import canonical, stamp
from shared.contracts.personal import Personal
from shared.vault import Vault

T = TypeVar("T")
MARK = "personal"            # {"personal": {"cipher", "salt", "hash"}} stands for a Personal value
_PRIVATE = ("cipher", "salt")


def _converter(personal: Callable[[Any], str]) -> cattrs.Converter:
    """`personal` gives the text of what a marked value holds."""
    converter = cattrs.Converter(forbid_extra_keys=False, omit_if_default=False)
    converter.register_unstructure_hook(date, lambda day: day.isoformat())
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_unstructure_hook(datetime, stamp)
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_unstructure_hook(Personal, lambda personal: {MARK: personal.value})
    converter.register_structure_hook(Personal, lambda marked, _: Personal(personal(marked[MARK])))
    converter.register_unstructure_hook_factory(_is_set, lambda _: lambda value: sorted(value))
    return converter


def _is_set(kind: Any) -> bool:
    return getattr(kind, "__origin__", kind) in (frozenset, set)


_plain = _converter(str)
_shut = _converter(lambda sealed: "")


class Documents:
    """Turns facts into stored documents and back, sealing what is personal with the vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def dump(self, facts: Any, bound_to: str, known: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The document of a dataclass. Seals are bound to `bound_to` (a case id); those in `known` are used again."""
        sealed: dict[str, Any] = self._seal(_plain.unstructure(facts), bound_to, known or {})
        return sealed

    def load(self, kind: type[T], document: Mapping[str, Any], bound_to: str) -> T:
        """The dataclass of a document. A Personal value that was erased comes back empty."""
        return _plain.structure(self._open(document, bound_to), kind)

    def load_shut(self, kind: type[T], document: Mapping[str, Any]) -> T:
        """The dataclass of a document with every Personal value empty: for what asks for nothing personal, of many."""
        return _shut.structure(document, kind)

    def seals(self, document: Any, bound_to: str) -> dict[str, Any]:
        """Every seal of a document by its value in the clear: what `dump` may use again unchanged."""
        found: dict[str, Any] = {}
        for sealed in _marked(document):
            if value := self._value(sealed, bound_to):
                found[value] = sealed
        return found

    def _seal(self, node: Any, bound_to: str, known: Mapping[str, Any]) -> Any:
        if isinstance(node, dict):
            if set(node) == {MARK}:
                value = node[MARK]
                return {MARK: known.get(value) or self._vault.seal(value, bound_to)} if value else {MARK: {}}
            return {key: self._seal(value, bound_to, known) for key, value in node.items()}
        if isinstance(node, (list, tuple)):
            return [self._seal(value, bound_to, known) for value in node]
        return node

    def _open(self, node: Any, bound_to: str) -> Any:
        if isinstance(node, dict):
            if set(node) == {MARK}:
                return {MARK: self._value(node[MARK], bound_to)}
            return {key: self._open(value, bound_to) for key, value in node.items()}
        if isinstance(node, list):
            return [self._open(value, bound_to) for value in node]
        return node

    def _value(self, sealed: Any, bound_to: str) -> str:
        return self._vault.open(sealed, bound_to) if sealed.get("cipher") else ""


def _marked(node: Any) -> list[Any]:
    if isinstance(node, dict):
        if set(node) == {MARK}:
            return [node[MARK]]
        return [sealed for value in node.values() for sealed in _marked(value)]
    if isinstance(node, list):
        return [sealed for value in node for sealed in _marked(value)]
    return []


def without_private(node: Any) -> Any:
    """The document with every personal value stood for by its salted hash: what is hashed, and survives erasure."""
    if isinstance(node, dict):
        if set(node) == {MARK}:
            return {MARK: {key: value for key, value in node[MARK].items() if key not in _PRIVATE}}
        return {key: without_private(value) for key, value in node.items()}
    if isinstance(node, list):
        return [without_private(value) for value in node]
    return node


def state_hash(case_id: str, state: str, revision: int, document: Mapping[str, Any]) -> str:
    """The digest of a case's row, tagged: what a journal entry says the case was after it."""
    text = canonical({"id": case_id, "state": state, "revision": revision, "doc": without_private(document)})
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def plain(facts: Any) -> Any:
    """A dataclass as plain JSON values with personal values in the clear: only for those allowed to see them."""
    return _clear(_plain.unstructure(facts))


def _clear(node: Any) -> Any:
    if isinstance(node, dict):
        return node[MARK] if set(node) == {MARK} else {key: _clear(value) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        return [_clear(value) for value in node]
    return node
