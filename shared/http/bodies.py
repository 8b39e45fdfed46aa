"""Reading a JSON body strictly: one object, no key twice, no NaN; a syntax error is told with its line and column."""

import hashlib
import json
from functools import cache
from typing import Any

import msgspec
from flask import request
from marshmallow import Schema, ValidationError

from shared.acts.bare import Fraction, text_of
from shared.http.words import refusals_of
from shared.kernel.errors import Refusal, Refused

NOT_JSON_TYPE = Refusal("UNSUPPORTED_TYPE", "请求内容应当是 application/json。", "The body must be application/json.",
                        status=415, where="Content-Type")
BROKEN_JSON = Refusal(
    "BROKEN_JSON",
    "JSON 语法错误：第 {line} 行第 {column} 列。",
    "Broken JSON at line {line}, column {column}.",
    status=400,
)
NOT_UTF8 = Refusal("BROKEN_JSON", "请求内容应当用 UTF-8 编码。", "The body must be in UTF-8.", status=400)
TOO_DEEP = Refusal("BROKEN_JSON", "JSON 嵌套过深。", "The JSON is nested too deeply.", status=400)
TWICE = Refusal("BROKEN_JSON", "同一对象中字段「{name}」出现两次。", "A key stands twice in one object: {name}.", status=400)
NOT_NUMBER = Refusal("BROKEN_JSON", "JSON 不允许 {name}。", "{name} is not JSON.", status=400)
NOT_OBJECT = Refusal("BROKEN_JSON", "请求内容应当是一个 JSON 对象。", "The body must be one JSON object.", status=400)


def json_object() -> dict[str, Any]:
    """The request's body. An empty one is an empty object. Raises Refused (400, 415; 413 comes from the server)."""
    return json_and_text()[0]


def json_and_text() -> tuple[dict[str, Any], str]:
    """The same with its canonical text; empty where that was not needed to read it."""
    raw = request.get_data()
    if not raw:
        return {}, ""
    if request.mimetype != "application/json":
        raise Refused(NOT_JSON_TYPE)
    return _ordinary(raw) or (_parsed(raw), "")


def parsed(raw: bytes) -> dict[str, Any]:
    """The object of a JSON text. Raises Refused (400)."""
    return (_ordinary(raw) or (_parsed(raw), ""))[0]


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_float=Fraction,
                          parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise Refused(NOT_UTF8) from None
    except json.JSONDecodeError as broken:
        raise Refused(BROKEN_JSON.filled(line=broken.lineno, column=broken.colno)) from None
    except (RecursionError, ValueError):
        raise Refused(TOO_DEEP) from None
    if not isinstance(body, dict):
        raise Refused(NOT_OBJECT)
    return body


_READER = msgspec.json.Decoder(dict[str, Any], float_hook=Fraction)
_KEY = b'":'
# What would make a key be written otherwise than `"key":`, or be counted where the text of the same has none.
_ODD = (b" :", b"\t:", b"\n:", b"\r:", b"\\u0022", b"\\u003")


def _ordinary(raw: bytes) -> tuple[dict[str, Any], str] | None:
    """The object and its canonical text, sooner; None where it is not plain that it is one and has no key twice.

    msgspec keeps the last of two keys. So the keys are counted: what was sent has as many as what was read, written out
    again. Inside of texts a quote before a colon counts too, in both alike."""
    try:
        body = _READER.decode(raw)
        read = text_of(body)
    except (ValueError, RecursionError):       # what is wrong is said by whoever reads it slowly
        return None
    if raw.count(_KEY) != read.count('":') or any(odd in raw for odd in _ODD):
        return None
    return body, read


@cache
def made(schema: type[Schema]) -> Schema:
    """One of each schema for all requests, of which it keeps nothing: making one copies all its fields."""
    return schema()


def load(schema: Schema, body: dict[str, Any]) -> Any:
    """What the schema makes of the body. Raises Refused (422) with all that is wrong with it."""
    try:
        return schema.load(body)
    except ValidationError as wrong:
        raise Refused(*refusals_of(wrong.messages, schema)) from None


def digest_of(path: str, body: dict[str, Any], text: str = "") -> str:
    """The digest of a request's content: where it goes and what it says, however it is spaced. `text`: the body's
    canonical one, where it is there already."""
    whole = f"{path}\n{text or text_of(body)}"
    return "sha256:" + hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Refused(TWICE.filled(name=name[:100]))
        found[name] = value
    return found


def _no_constant(name: str) -> Any:
    raise Refused(NOT_NUMBER.filled(name=name))
