"""OpenAPI 3.1: requests strict, answers open (they grow within v1), every error a problem."""

from collections.abc import Mapping
from typing import Any

from flask_smorest import Api

from shared.http.components import share

VERSION = "1"
DESCRIPTION = ("行政执法联动 · Joint enforcement procedures. "
               "Errors are application/problem+json, in Chinese or by Accept-Language in English.")

_TEXT = {"type": "string"}
_WHOLE = {"type": "integer"}
_FLAG = {"type": "boolean"}
_OBJECT = {"type": "object"}
REFUSAL = {"type": "object", "properties": {"code": _TEXT, "detail": _TEXT, "article": _TEXT, "article_zh": _TEXT,
                                            "where": _TEXT, "values": _OBJECT}, "required": ["code", "detail"]}
_ACTION = {"type": "object", "required": ["act", "title", "allowed"], "properties": {
    "act": _TEXT, "title": _TEXT, "article": _TEXT, "allowed": _FLAG, "refusal": {"type": ["object", "null"]}}}
_HEAD = {"id": _TEXT, "state": _TEXT, "state_title": _TEXT, "revision": _WHOLE}
COMPONENTS: Mapping[str, Mapping[str, Any]] = {
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status", "code"],
        "properties": {
            "type": _TEXT,
            "title": _TEXT,
            "status": _WHOLE,
            "code": _TEXT,
            "detail": _TEXT,
            "article": _TEXT,
            "article_zh": _TEXT,
            "request": _TEXT,
            "address": _TEXT,
            "refusals": {"type": "array", "items": REFUSAL},
        },
    },
    "Done": {
        "type": "object",
        "required": ["id", "state", "revision"],
        "properties": {
            **_HEAD,
            "event": _TEXT,
            "entry": _TEXT,
            "facts": _OBJECT,
            "warnings": {"type": "array", "items": _OBJECT},
        },
    },
    "CaseView": {
        "type": "object",
        "required": ["id", "state", "revision", "case", "actions"],
        "properties": {
            **_HEAD,
            "opened_on": _TEXT,
            "last_on": _TEXT,
            "case": _OBJECT,
            "origin": _OBJECT,
            "rulebook": _OBJECT,
            "external_refs": {"type": "array", "items": _OBJECT},
            "actions": {"type": "array", "items": _ACTION},
        },
    },
    "Page": {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": _OBJECT},
            "next": {"type": "string", "description": "empty at the end"},
        },
    },
    "Deadline": {
        "type": "object",
        "required": ["deadline", "case", "clock", "light", "explanation", "address"],
        "properties": {"deadline": _TEXT, "case": _TEXT, "clock": _TEXT, "light": _TEXT, "explanation": _TEXT,
                       "days": {"type": "array", "items": _OBJECT},
                       "address": {"type": "string", "description": "where its case stands"}},
    },
    "Items": {"type": "object", "required": ["items"], "properties": {"items": {"type": "array", "items": _OBJECT}}},
    "FeedPage": {
        "type": "object",
        "required": ["epoch", "items", "next", "more"],
        "properties": {
            "epoch": _TEXT,
            "next": {"type": "string", "description": "goes back as `after` as it is"},
            "more": {"type": "boolean", "description": "there is more: ask again at once, also where items is empty"},
            "head": {"type": "integer", "description": "last position; told to services only"},
            "items": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["position", "prev", "epoch", "body"],
                    "properties": {
                        "position": _WHOLE,
                        "prev": _WHOLE,
                        "epoch": _TEXT,
                        "body": {"type": "string", "description": "the CloudEvents 1.0 text exactly as published"},
                    },
                },
            },
        },
    },
}
KEY_HEADER = {"name": "Idempotency-Key", "in": "header", "required": True,
              "schema": {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$"},
              "description": "本次请求的唯一编号，重试时不变"}
MATCH_HEADER = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
    "description": "所依据的案件版本，即最近一次应答中的 ETag",
}
ETAG = {"ETag": {"schema": _TEXT, "description": "案件版本"}}
REPLAYED = {"Idempotent-Replayed": {"schema": {"type": "string", "enum": ["true"]}, "description": "重试得到的首次应答"}}
LOCATION = {"Location": {"schema": _TEXT}}
RETRY_AFTER = {"Retry-After": {"schema": {"type": "integer", "minimum": 1}, "description": "若干秒后再试"}}
SIGNED_IN = "token of POST /api/desk/session; 登录（POST /api/desk/session）取得的令牌"
AUTHORIZATION = "Authorization"
BEARER, OWN = "bearer", "token_header"


def config_of(service: str, title: str) -> dict[str, Any]:
    """flask-smorest's settings for a service."""
    return {"API_TITLE": f"联动 · {title} ({service})", "API_VERSION": VERSION, "OPENAPI_VERSION": "3.1.0"}


def options() -> dict[str, Any]:
    """What apispec is made with; fresh each time, for it keeps and changes what it gets."""
    return {"info": {"description": DESCRIPTION}}


def add_components(api: Api, header: str = AUTHORIZATION) -> None:
    """What every service's document refers to. `header`: where this city's tokens come, besides Authorization."""
    for name, schema in COMPONENTS.items():
        api.spec.components.schema(name, dict(schema))
    if header.lower() != AUTHORIZATION.lower():
        api.spec.components.security_scheme(OWN, {
            "type": "apiKey", "in": "header", "name": header,
            "description": f"{SIGNED_IN}. With or without Bearer before it; 可带可不带 Bearer"})
    api.spec.components.security_scheme(BEARER, {
        "type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": f"Authorization: Bearer {SIGNED_IN}"})


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def answer(name: str, description: str, headers: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A documented JSON answer of a component."""
    told: dict[str, Any] = {"description": description, "content": {"application/json": {"schema": ref(name)}}}
    return {**told, "headers": dict(headers)} if headers else told


def fields(description: str, told: Mapping[str, Any], *optional: str) -> dict[str, Any]:
    """A documented JSON answer of these fields, name -> its schema; all are there but the `optional`."""
    schema = {"type": "object", "required": [name for name in told if name not in optional], "properties": dict(told)}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def listed(told: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a list of objects of these fields."""
    return {"type": "array", "items": {"type": "object", "properties": dict(told)}}


def asked(name: str, description: str) -> dict[str, Any]:
    """A documented parameter of the query string."""
    return {"name": name, "in": "query", "schema": _TEXT, "description": description}


def file(description: str) -> dict[str, Any]:
    """A documented answer that is a file."""
    return {"description": description,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}


def problems(*statuses: int) -> dict[str, Any]:
    """Documented errors; too many requests says when to come again."""
    content = {"application/problem+json": {"schema": ref("Problem")}}
    return {str(status): {"description": "Problem", "content": content,
                          **({"headers": RETRY_AFTER} if status == 429 else {})} for status in statuses}


def body(schema: Any) -> dict[str, Any]:
    """A documented JSON body."""
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def document(api: Api) -> dict[str, Any]:
    """The document, without what flask-smorest adds of its own and with nothing that the process decides."""
    told: dict[str, Any] = api.spec.to_dict()
    components = told["components"]
    schemes = components["securitySchemes"]
    asked: list[dict[str, list[str]]] = [{name: []} for name in (OWN, BEARER) if name in schemes]
    components.pop("headers", None)
    for name in ("Error", "PaginationMetadata"):
        components["schemas"].pop(name, None)
    for path in told["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict) and "responses" in operation:
                operation["responses"].pop("default", None)
                quota = () if {} in operation.get("security", ()) else (429,)       # which whoever has a token meets
                operation["responses"] |= {status: found for status, found in problems(400, 401, *quota, 500).items()
                                           if status not in operation["responses"]}
                operation.setdefault("security", asked)
    components.pop("responses", None)
    _drop_what_says_nothing(components["schemas"])
    share(told)
    return told


def _drop_what_says_nothing(node: Any) -> None:
    """Left out and empty are the same to the domain, but empty is often not what the field allows: no default is
    told. Nor is a bound that bounds nothing."""
    if isinstance(node, dict):
        if node.get("default") == "":
            del node["default"]
        for bound in ("minLength", "minItems"):
            if node.get(bound) == 0:
                del node[bound]
        for value in node.values():
            _drop_what_says_nothing(value)
