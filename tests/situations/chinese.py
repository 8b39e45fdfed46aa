"""Situations name fields as the schemas title them: `案件.移送依据: …`. Here the Chinese is turned into what is sent."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from marshmallow import Schema, fields

from shared.forms.schemas import Code, OneOf, common_of
from tests.situations.book import Book
from tests.situations.city import CODES, rulebook

Path = tuple[str, ...]


@cache
def titled(book: Book, act: str) -> Mapping[str, tuple[Path, fields.Field[Any]]]:
    """Every field of an act's content by its title, and by its titles from the outside in, joined by dots."""
    found: dict[str, tuple[Path, fields.Field[Any]]] = {}
    for titles, path, field in sorted(_fields(book.schemas[act](), (), ()), key=lambda row: len(row[1])):
        for start in range(len(titles)):
            found.setdefault(".".join(titles[start:]), (path, field))
    if act in book.uploads:
        found["文件"] = ("digest",), fields.String()       # uploaded beside the content
    return found


def _fields(schema: Schema, titles: Path, path: Path) -> Iterator[tuple[Path, Path, fields.Field[Any]]]:
    for name, field in schema.fields.items():
        if path or name not in common_of(type(schema)):
            here = (*titles, str(field.metadata["title"])), (*path, name)
            yield *here, field
            if isinstance(field, fields.Nested):
                yield from _fields(field.schema, *here)


def overlaid(
    book: Book, act: str, sent: dict[str, Any], given: Mapping[str, Any], without: tuple[str, ...]
) -> dict[str, Any]:
    """What is sent, with some fields said otherwise and some left out. Raises KeyError for a title no field has."""
    whole = dict(sent)
    for title, value in given.items():
        path, field = titled(book, act)[title]
        whole = _put(whole, path, plain(field, value))
    for title in without:
        whole = _left_out(whole, titled(book, act)[title][0])
    return whole


def path_of(book: Book, act: str, title: str) -> str:
    """The path of a field by its title. A title that no field has is its own path: an act may be asked for what it
    lacks."""
    found = titled(book, act).get(title)
    return ".".join(found[0]) if found else title


def plain_text(book: Book, act: str, title: str, value: Any) -> str:
    """A value as a correction says it: text, codes for Chinese words, ISO for dates."""
    found = titled(book, act).get(title)
    return str(plain(found[1], value) if found else plain(fields.Date(), value))


def plain(field: fields.Field[Any], value: Any) -> Any:
    """A value as it is sent: codes for Chinese words and agencies, ISO for dates."""
    if value is None or isinstance(value, date):
        return value and value.isoformat()
    if isinstance(field, OneOf):
        return {word: code for code, word in field.choices.items()}.get(value, value)
    if isinstance(field, Code):
        return _words(str(field.metadata.get("x-codes", ""))).get(value, CODES.get(value, value))
    if isinstance(field, fields.List):
        words = _words(str(field.metadata.get("x-codes", "")))
        return [words.get(each, each) if words else plain(field.inner, each) for each in value]
    if isinstance(field, fields.Nested):
        named = {str(inner.metadata["title"]): (name, inner) for name, inner in field.schema.fields.items()}
        return {named[title][0]: plain(named[title][1], said) for title, said in value.items()}
    return value


@cache
def _words(codes: str) -> Mapping[str, str]:
    """The codes of a list of the rulebook, or of the grounds that begin so, by their Chinese."""
    if codes.startswith("grounds:"):
        prefix = codes.removeprefix("grounds:")
        return {ground.title: name.removeprefix(prefix) for name, ground in rulebook().grounds.items()
                if name.startswith(prefix)}
    return {word: code for code, word in rulebook().codes.get(codes, {}).items()}


def _put(sent: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    if len(path) == 1:
        return {**sent, path[0]: value}
    return {**sent, path[0]: _put(sent.get(path[0], {}), path[1:], value)}


def _left_out(sent: dict[str, Any], path: Path) -> dict[str, Any]:
    if len(path) == 1:
        return {name: value for name, value in sent.items() if name != path[0]}
    return {**sent, path[0]: _left_out(sent[path[0]], path[1:])}
