"""Reading a JSON body strictly: one object, no key twice, no NaN; a syntax error is told with its line and column."""

import hashlib
import json
from typing import Any

from flask import request
from marshmallow import Schema, ValidationError

from shared.contracts.envelope import canonical
from shared.errors import Refusal, Refused
from shared.http.words import refusals_of

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
    raw = request.get_data()
    if not raw:
        return {}
    if request.mimetype != "application/json":
        raise Refused(NOT_JSON_TYPE)
    try:
        body = json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise Refused(NOT_UTF8) from None
    except json.JSONDecodeError as broken:
        raise Refused(BROKEN_JSON.filled(line=broken.lineno, column=broken.colno)) from None
    except (RecursionError, ValueError):
        raise Refused(TOO_DEEP) from None
    if not isinstance(body, dict):
        raise Refused(NOT_OBJECT)
    return body


def load(schema: Schema, body: dict[str, Any]) -> Any:
    """What the schema makes of the body. Raises Refused (422) with all that is wrong with it."""
    try:
        return schema.load(body)
    except ValidationError as wrong:
        raise Refused(*refusals_of(wrong.messages, schema)) from None


def digest_of(path: str, body: dict[str, Any]) -> str:
    """The digest of a request's content: where it goes and what it says, however it is spaced."""
    return "sha256:" + hashlib.sha256(f"{path}\n{canonical(body)}".encode("utf-8", "surrogatepass")).hexdigest()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Refused(TWICE.filled(name=name[:100]))
        found[name] = value
    return found


def _no_constant(name: str) -> Any:
    raise Refused(NOT_NUMBER.filled(name=name))
