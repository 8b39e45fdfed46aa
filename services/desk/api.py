"""The desk over HTTP: accounts as acts, sessions, keys, passwords."""

from collections.abc import Sequence

from flask import Flask, Response, g, jsonify, request
from flask_smorest import Blueprint

from services.desk.schemas import BY_HAND, SCHEMAS, ChangePasswordSchema, NothingSchema, SignInSchema
from services.desk.usecases import PATH, TOO_MANY_TRIES, Desk, Session
from shared.access.passwords import Passwords
from shared.access.tokens import FEED_ALL
from shared.acts.office import Office
from shared.errors import Refused
from shared.http import bodies, spec
from shared.http.app import make_app
from shared.http.identity import FEEDS_ONLY, claims_of, viewer_from, viewer_of
from shared.http.routes import act_routes, may_be_case

PUBLIC: list[dict[str, list[str]]] = [{}]
_SESSION = {"200": {"description": "会话", "content": {"application/json": {"schema": {"type": "object", "required": [
    "token", "expires_at", "appointment"], "properties": {"token": {"type": "string"}, "expires_at": {"type": "string"},
                                                          "appointment": {"type": "object"}}}}}}}


def make(office: Office) -> Flask:
    """The desk's app. Its key set is published before the first request."""
    office.access.keys.publish()
    return make_app(office, make_blueprints(office))


def make_blueprints(office: Office, hasher: Passwords | None = None) -> Sequence[Blueprint]:
    desk = Desk(office, hasher or Passwords())
    return act_routes(office, PATH, SCHEMAS, by_hand=BY_HAND), _sessions(desk), _passwords(desk)


def _sessions(desk: Desk) -> Blueprint:
    routes = Blueprint("session", __name__, url_prefix="/api/desk", description="登录")

    @routes.post("/session")
    @routes.doc(summary="登录", requestBody=spec.body(SignInSchema), security=PUBLIC,
                responses={**_SESSION, **spec.problems(403, 413, 415, 422, 429)})
    def sign_in() -> Response:
        asked = bodies.load(SignInSchema(), bodies.json_object())
        try:
            session = desk.sign_in(
                asked["login"], asked["password"], asked.get("appointment", ""), request.remote_addr or ""
            )
        except Refused as refused:
            raise _with_pause(refused) from None
        return _told(desk, session)

    @routes.post("/session/renew")
    @routes.doc(summary="续期", requestBody=spec.body(NothingSchema), responses={**_SESSION, **spec.problems(403)})
    def renew() -> Response:
        bodies.load(NothingSchema(), bodies.json_object())
        claims = claims_of(desk.office.access)
        if FEED_ALL in claims.scope:
            raise Refused(FEEDS_ONLY)
        return _told(desk, desk.renew(claims))

    @routes.get("/session")
    @routes.doc(summary="当前登录", responses={"200": {"description": "当前任职"}, **spec.problems(403)})
    def who() -> Response:
        viewer = viewer_of(desk.office.access)
        return jsonify({"account": viewer.person, "appointment": viewer.appointment, "agency": viewer.agency,
                        "rank": viewer.rank.name.lower(), "name": viewer.name, "expires_at": g.claims.expires_at})

    @routes.get("/keys")
    @routes.doc(summary="公钥集（JWKS）", security=PUBLIC, responses={"200": {"description": "JWKS, RFC 7517"}})
    def keys() -> Response:
        answer = jsonify(desk.office.access.keys.public())
        answer.headers["Cache-Control"] = "public, max-age=60"
        return answer

    return routes


def _passwords(desk: Desk) -> Blueprint:
    routes = Blueprint("password", __name__, url_prefix="/api/desk", description="密码")

    @routes.post("/password")
    @routes.doc(summary="修改本人密码", requestBody=spec.body(ChangePasswordSchema),
                responses={**_SESSION, **spec.problems(403, 413, 415, 422, 429)})
    def change() -> Response:
        claims = claims_of(desk.office.access)
        if FEED_ALL in claims.scope:
            raise Refused(FEEDS_ONLY)
        asked = bodies.load(ChangePasswordSchema(), bodies.json_object())
        try:
            session = desk.change_password(claims, viewer_from(claims), asked["old"], asked["password"],
                                           request.remote_addr or "")
        except Refused as refused:
            raise _with_pause(refused) from None
        return _told(desk, session)

    @routes.post(f"/{PATH}/<case_id>/reset-password")
    @routes.doc(summary="重置密码", requestBody=spec.body(NothingSchema), responses={
        "200": {"description": "一次性密码，只显示一次"}, **spec.problems(403, 404, 409, 413, 415, 422)})
    def reset(case_id: str) -> Response:
        viewer = may_be_case(case_id, viewer_of(desk.office.access))
        bodies.load(NothingSchema(), bodies.json_object())
        return jsonify({"id": case_id, "password": desk.reset_password(case_id, viewer)})

    return routes


def _told(desk: Desk, session: Session) -> Response:
    return jsonify(session.to_json(desk.office.clock.now()))


def _with_pause(refused: Refused) -> Refused:
    first = refused.refusals[0]
    if first.code == TOO_MANY_TRIES.code:
        g.problem_headers = {"Retry-After": str(first.values["seconds"])}
    return refused
