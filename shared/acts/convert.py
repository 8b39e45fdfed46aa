"""A case and a command as JSON documents and back. Personal values leave the domain sealed, or not at all."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar, cast

import cattrs
import msgspec

from shared.acts.bare import ANYWHERE, SCALARS, Bare, Fraction, Places, is_bare, places, text_of
from shared.contracts.apart import Apart
from shared.contracts.envelope import canonical, stamp
from shared.contracts.personal import ERASED_WORD, Personal
from shared.crypto.vault import Vault

T = TypeVar("T")
MARK = "personal"            # {"personal": {"cipher", "salt", "hash"}} stands for a Personal value
_PRIVATE = ("cipher", "salt")
_MARKS = re.compile(r'\{"personal":\{[^{}]*\}\}')
Place = tuple[str, str]      # the path of a Personal value in its document ("/matter/respondent/name"), and the value


_LEAVES = SCALARS | {float, Fraction, Bare}


def _converter(personal: Callable[[Any], Personal]) -> cattrs.Converter:
    """`personal` makes the value of what a mark holds."""
    converter = cattrs.Converter(forbid_extra_keys=False, omit_if_default=False)
    converter.register_unstructure_hook(date, lambda day: day.isoformat())
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_unstructure_hook(datetime, stamp)
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_unstructure_hook(float, Fraction)
    converter.register_unstructure_hook(Personal, lambda value: {
        MARK: {"hash": value.erased} if value.erased else value.value})
    converter.register_structure_hook(Personal, lambda marked, _: personal(marked[MARK]))
    converter.register_unstructure_hook(Apart, lambda apart: {"digest": apart.digest})
    converter.register_structure_hook(Apart, lambda told, _: Apart(digest=told["digest"]))
    converter.register_unstructure_hook_factory(_is_set, lambda _: lambda value: sorted(value))
    return converter


def _reading(personal: Callable[[Any], Personal]) -> cattrs.Converter:
    """One that reads and shows what is bare by msgspec; what is not as msgspec wants it (a number that an earlier
    release kept as a text), as cattrs does."""
    converter, patient = _converter(personal), _converter(personal)

    def structure(value: Any, kind: Any) -> Any:
        if type(value) is tuple or type(value) is kind:     # `built` already
            return value
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError:
            return patient.structure(value, kind)

    converter.register_structure_hook_func(is_bare, structure)
    converter.register_unstructure_hook_func(is_bare, lambda value: _built(msgspec.to_builtins(value)))
    return converter


def _writing() -> cattrs.Converter:
    """One that leaves what is bare as it is: `text_of` writes it out."""
    converter = _converter(_opened)
    converter.register_unstructure_hook_func(is_bare, _built)
    return converter


def _built(value: Any) -> Any:
    return Bare(value) if isinstance(value, tuple) else value


def _is_set(kind: Any) -> bool:
    return getattr(kind, "__origin__", kind) in (frozenset, set)


def _opened(text: str | Mapping[str, str]) -> Personal:
    return Personal(text) if isinstance(text, str) else Personal("", text.get("hash", ""))


_plain = _reading(_opened)
_shut = _reading(lambda sealed: Personal(""))
_written = _writing()


class Documents:
    """Turns facts into stored documents and back, sealing what is personal with the vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def dump(self, facts: Any, bound_to: str, known: Mapping[Place, Any] | None = None,
             fresh: set[str] | None = None) -> str:
        """The document of a dataclass, as canonical JSON. Each seal is bound to `bound_to` (a case id) and to its own
        path in the document; those in `known` are used again where they stood. The values that are sealed anew go into
        `fresh`."""
        seals = known or {}

        def seal(value: Any, path: str) -> Any:
            if not value or not isinstance(value, str):
                return value or {}                       # nothing, or the hash of what was erased
            if kept := seals.get((path, value)):
                return kept
            if fresh is not None:
                fresh.add(value)
            return self._vault.seal(value, bound_to + path)

        return text_of(_each_mark(_written.unstructure(facts), "", seal))

    def load(self, kind: type[T], document: Mapping[str, Any], bound_to: str) -> T:
        """The dataclass of a document. A Personal value that was erased comes back empty, with its hash."""
        opened = _each_mark(document, "", lambda sealed, path: self._value(sealed, bound_to, path),
                            places(cast(Any, kind)))
        return _plain.structure(opened, kind)

    def load_shut(self, kind: type[T], document: Mapping[str, Any]) -> T:
        """The dataclass of a document with every Personal value empty: for what asks for nothing personal, of many."""
        return _shut.structure(document, kind)

    def seals(self, document: Any, bound_to: str, kind: Any = object) -> dict[Place, Any]:
        """Every seal of a document, of the dataclass `kind` where that is known, by its path and its value in the
        clear: what `dump` may use again unchanged."""
        found: dict[Place, Any] = {}

        def note(sealed: Any, path: str) -> Any:
            if isinstance(value := self._value(sealed, bound_to, path), str) and value:
                found[path, value] = sealed
            return sealed

        _each_mark(document, "", note, places(kind))
        return found

    def _value(self, sealed: Any, bound_to: str, path: str) -> Any:
        """The text; of an erased value its hash alone."""
        return self._vault.open(sealed, bound_to + path) if sealed.get("cipher") else dict(sealed) or ""


def _is_mark(node: Any) -> bool:
    return len(node) == 1 and MARK in node


def _each_mark(node: Any, path: str, do: Callable[[Any, str], Any], where: Places = ANYWHERE) -> Any:
    """The document with `do` done to what each mark holds, which is told the mark's path. `where`: the places to look.

    Nearly all of a document is leaves: those are taken as they are, no path is made for them."""
    if where is None:
        return node
    if isinstance(node, dict):
        if _is_mark(node):
            return {MARK: do(node[MARK], path)}
        if where and isinstance(where, Mapping):
            return {**node, **{key: _each_mark(node[key], f"{path}/{key}", do, below)
                               for key, below in where.items() if key in node}}
        return {key: value if type(value) in _LEAVES else _each_mark(value, f"{path}/{key}", do)
                for key, value in node.items()}
    if not isinstance(node, (list, tuple)):
        return node
    below = where[0] if isinstance(where, tuple) else ANYWHERE
    return node if below is None else [
        value if type(value) in _LEAVES else _each_mark(value, f"{path}/{nth}", do, below)
        for nth, value in enumerate(node)]


def without_private(text: str) -> str:
    """A document, as canonical JSON, with every personal value stood for by its salted hash: what is hashed, and
    survives erasure. In a text of JSON no string can look like a mark: its quotes are escaped."""
    return _MARKS.sub(_hashed, text)


def is_erased(document: Any) -> bool:
    """Whether a personal value of the document was erased."""
    found: list[Any] = []
    _each_mark(document, "", lambda sealed, _: found.append("hash" in sealed and "cipher" not in sealed))
    return any(found)


def erased_of(document: Mapping[str, Any]) -> Any:
    """The document as it is when what is personal in it has been erased."""
    return json.loads(without_private(canonical(document)))


def _hashed(mark: re.Match[str]) -> str:
    sealed = json.loads(mark[0])[MARK]
    return canonical({MARK: {key: value for key, value in sealed.items() if key not in _PRIVATE}})


def state_hash(case_id: str, state: str, revision: int, document: str) -> str:
    """The digest of a case's row, tagged: what a journal entry says the case was after it. `document`: canonical."""
    about = canonical({"id": case_id, "revision": revision, "state": state})
    text = f'{{"doc":{without_private(document)},{about[1:]}'          # canonical too: its keys stand in their order
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def plain(facts: Any) -> Any:
    """A dataclass as plain JSON values with personal values in the clear: only for those allowed to see them."""
    return _clear(_plain.unstructure(facts))


def _clear(node: Any) -> Any:
    if isinstance(node, dict):
        return _shown(node[MARK]) if _is_mark(node) else {
            key: value if type(value) in _LEAVES else _clear(value) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        return [value if type(value) in _LEAVES else _clear(value) for value in node]
    return node


def objects_with(facts: Any, wanted: Callable[[str], bool]) -> list[tuple[str, dict[str, Any]]]:
    """The objects of a dataclass in which a wanted personal value stands, by their paths: their plain values."""
    found: dict[str, dict[str, Any]] = {}

    def look(node: Any, path: str) -> None:
        if isinstance(node, dict) and not _is_mark(node):
            marks = {key: value[MARK] for key, value in node.items() if isinstance(value, dict) and _is_mark(value)}
            if any(isinstance(value, str) and value and wanted(value) for value in marks.values()):
                plainly = {key: value for key, value in node.items() if type(value) in _LEAVES}
                found[path.lstrip("/")] = plainly | {key: _shown(value) for key, value in marks.items()}
        rows = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, (list, tuple)) else ()
        for key, value in rows:
            look(value, f"{path}/{key}")

    look(_plain.unstructure(facts), "")
    return list(found.items())


def _shown(value: Any) -> Any:
    return value if isinstance(value, str) else ERASED_WORD
