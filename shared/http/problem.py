"""Errors as RFC 9457 `application/problem+json`: Chinese unless the client asks for English, never a stack trace."""

import logging
import sqlite3
from collections.abc import Sequence
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException

from shared.kernel.errors import Refusal, Refused
from shared.rulebook.model import source_words

MIME = "application/problem+json"
log = logging.getLogger("liandong.http")

TITLES = {
    400: ("请求有误", "Bad request"), 401: ("未登录", "Not signed in"), 403: ("无权办理", "Not allowed"),
    404: ("未找到", "Not found"), 405: ("方法不允许", "Method not allowed"), 406: ("无法按要求的格式应答", "Not acceptable"),
    408: ("请求超时", "Request timed out"), 409: ("与现状冲突", "Conflict"), 410: ("已失效", "Gone"),
    411: ("缺少长度", "Length required"), 412: ("版本已变化", "Precondition failed"), 413: ("内容过大", "Too large"),
    414: ("地址过长", "URI too long"), 415: ("内容类型不支持", "Unsupported media type"), 422: ("内容不符合要求", "Unprocessable"),
    428: ("缺少版本", "Precondition required"), 429: ("请求过于频繁", "Too many requests"), 431: ("请求头过大", "Headers too large"),
    500: ("系统错误", "Internal error"), 503: ("暂时不可用", "Unavailable"),
}
TOO_LARGE = Refusal("TOO_LARGE", "请求内容超过上限。", "The request is larger than allowed.", status=413)
_PLAIN = {
    400: Refusal("BAD_REQUEST", "请求无法理解。", "The request can't be understood.", status=400),
    404: Refusal("NO_SUCH_PATH", "没有这一地址。", "There is nothing at this address.", status=404),
    405: Refusal("METHOD_NOT_ALLOWED", "该地址不支持这一方法。", "This address does not take this method.", status=405),
    413: TOO_LARGE,
    415: Refusal("UNSUPPORTED_TYPE", "不支持该内容类型。", "This media type is not supported.", status=415),
}
INTERNAL = Refusal("INTERNAL", "系统内部错误，已记录。请把编号 {request} 告知运维人员。",
                   "Something went wrong here and is logged. Tell the operators the number {request}.", status=500)
UNAVAILABLE = Refusal("UNAVAILABLE", "数据库暂时不可用，请稍后重试。", "The database can't be reached now. Try again shortly.",
                      status=503)

AT_ONCE = Refusal("AT_ONCE", "另一请求刚刚办理了同一事项，请重试。", "Another request did the same just now. Try again.", status=409)


def english() -> bool:
    """Whether the client prefers English."""
    return request.accept_languages.best_match(("zh", "en"), "zh") == "en"


def words(refusal: Refusal) -> str:
    """The refusal in the client's language."""
    return refusal.en if english() else refusal.zh


def _in_words(article: str) -> str:
    """What is refused by, as an office reads it: 第二十二条, 附件1, 内部要求，非法定."""
    return source_words(article) if article else ""


def dumped(refusal: Refusal) -> dict[str, Any]:
    """A refusal as every answer tells it, in the client's language."""
    return {
        "code": refusal.code,
        "detail": words(refusal),
        "article": refusal.article,
        "article_zh": _in_words(refusal.article),
        "where": refusal.where,
        "values": dict(refusal.values),
    }


def problem(refusals: Sequence[Refusal], **more: Any) -> Response:
    """The answer that tells all refusals; its status and code are those of the first."""
    first = refusals[0]
    title = TITLES.get(first.status, ("错误", "Error"))[english()]
    body = {
        "type": f"urn:liandong:problem:{first.code}",
        "title": title,
        "status": first.status,
        "code": first.code,
        "detail": " ".join(words(refusal) for refusal in refusals),
        "article": first.article,
        "article_zh": _in_words(first.article),
        "request": getattr(g, "request_id", ""),
        **more,
        "refusals": [dumped(refusal) for refusal in refusals],
    }
    text = current_app.json.dumps({key: value for key, value in body.items() if value != ""})
    # a lone surrogate in what the client sent can't be encoded; it is told as a question mark
    answer = Response(text.encode("utf-8", "replace"), first.status, content_type=MIME)
    answer.headers["Content-Language"] = "en" if english() else "zh-CN"
    answer.vary.add("Accept-Language")
    if first.status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="liandong"'
    return answer


def install(app: Flask) -> None:
    """Every error of the app becomes a problem."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _refused(refused: Refused) -> Response:
    """Where it is too much for now, the answer says when to come again."""
    g.refusal = refused.refusals[0].code
    first, answer = refused.refusals[0], problem(refused.refusals, **getattr(g, "problem_more", {}))
    if first.status == 429 and "seconds" in first.values:
        answer.headers["Retry-After"] = str(first.values["seconds"])
    for name, value in getattr(g, "problem_headers", {}).items():
        answer.headers[name] = value
    return answer


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.get_response()       # a redirect is an answer already
    status = error.code or 500
    refusal = _PLAIN.get(status) or Refusal(
        (error.name or "error").upper().replace(" ", "_"), TITLES.get(status, ("错误", ""))[0] + "。",
        f"{error.name}.", status=status)
    answer = problem((refusal,))
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            answer.headers[name] = value
    return answer


def _unexpected(error: Exception) -> Response:
    if isinstance(error, OperationalError | InterfaceError | NoConnection):
        log.error("database: %s (request %s)", type(error).__name__, g.get("request_id", ""))
        answer = problem((UNAVAILABLE,))
        answer.headers["Retry-After"] = "2"
        return answer
    if isinstance(error, IntegrityError):
        return _against_a_constraint(error)
    log.error("unexpected error (request %s)", g.get("request_id", ""), exc_info=error)
    return problem((INTERNAL.filled(request=g.get("request_id", "")),))


def _against_a_constraint(error: IntegrityError) -> Response:
    """Two that did the same at once meet at what is unique; any other constraint that does not hold is a fault here.

    The log names the constraint and nothing else: the database's own words hold the row's values."""
    request_id, constraint = g.get("request_id", ""), _constraint(error)
    if _is_unique(error):
        log.warning("two requests at once for the same thing: %s (request %s)", constraint, request_id)
        return problem((AT_ONCE,))
    log.error("a constraint does not hold: %s (request %s)", constraint, request_id)
    return problem((INTERNAL.filled(request=request_id),))


def _is_unique(error: IntegrityError) -> bool:
    unique = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
    return getattr(error.orig, "sqlstate", "") == "23505" or getattr(error.orig, "sqlite_errorcode", 0) in unique


def _constraint(error: IntegrityError) -> str:
    """PostgreSQL gives the constraint's name (of NOT NULL the column's), SQLite names it in its one line."""
    if diag := getattr(error.orig, "diag", None):
        return str(diag.constraint_name or f"{diag.table_name}.{diag.column_name}")
    return str(error.orig) if isinstance(error.orig, sqlite3.Error) else type(error.orig).__name__
