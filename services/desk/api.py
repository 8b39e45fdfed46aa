"""The desk over HTTP: accounts as acts, sessions, keys, passwords."""

from collections.abc import Sequence

from flask import Flask, Response, g, jsonify, request

from services.desk import clients_schemas
from services.desk.clients_keys import PATH as CLIENTS
from services.desk.clients_keys import ClientKeys, MachineSession
from services.desk.schemas import (
    BY_HAND,
    SCHEMAS,
    ChangePasswordSchema,
    NothingSchema,
    SignInByKeySchema,
    SignInSchema,
)
from services.desk.tries import Tries
from services.desk.usecases import PATH, Desk, Session
from shared.access.passwords import Passwords
from shared.access.tokens import FEED_ALL, Claims
from shared.acts.office import Office
from shared.http import bodies, spec
from shared.http.app import make_app
from shared.http.described import Routes
from shared.http.identity import FEEDS_ONLY, claims_of, viewer_from, viewer_of
from shared.http.routes import act_routes, may_be_case
from shared.kernel.errors import Refusal, Refused

PERSONS_ONLY = Refusal("PERSONS_ONLY", "业务系统凭接口密钥重新取得令牌，没有密码，不能续期。",
                       "A system gets its next token by its key: it has no password and renews nothing.", status=403)
PUBLIC: list[dict[str, list[str]]] = [{}]
_SESSION = {"200": {"description": "会话", "content": {"application/json": {"schema": {"type": "object", "required": [
    "token", "expires_at"], "properties": {"token": {"type": "string"}, "expires_at": {"type": "string"},
    "appointment": {"type": "object", "description": "of a person"},
    "client": {"type": "object", "description": "of a system"}}}}}}}
_TEXT = {"type": "string"}
_WHO = spec.fields("当前任职", {
    "account": _TEXT, "appointment": _TEXT, "agency": _TEXT, "rank": _TEXT, "name": _TEXT,
    "expires_at": {"type": "string", "format": "date-time"}, "machine": {"type": "boolean"},
    "acts": {"type": "array", "items": _TEXT, "description": "of a system: what it may do"}})
_KEYS = spec.fields("JWKS, RFC 7517", {"keys": spec.listed(
    dict.fromkeys(("kty", "crv", "x", "kid", "alg", "use"), _TEXT))})


def make(office: Office) -> Flask:
    """The desk's app. Its key set is published before the first request."""
    office.access.keys.publish()
    return make_app(office, make_blueprints(office))


def make_blueprints(office: Office, hasher: Passwords | None = None) -> Sequence[Routes]:
    desk = Desk(office, hasher or Passwords())
    keys = ClientKeys(office, Tries(office))
    clients = act_routes(office, CLIENTS, clients_schemas.SCHEMAS,
                         doing={"register": keys.register, "rotate-key": keys.rotate})
    return act_routes(office, PATH, SCHEMAS, by_hand=BY_HAND), clients, _sessions(desk, keys), _passwords(desk)


def _sessions(desk: Desk, keys: ClientKeys) -> Routes:
    routes = Routes("session", __name__, url_prefix="/api/desk", description="登录")

    @routes.post("/session")
    @routes.doc(summary="登录", requestBody=spec.body({"oneOf": [SignInSchema, SignInByKeySchema]}), security=PUBLIC,
                responses={**_SESSION, **spec.problems(403, 413, 415, 422, 429)})
    def sign_in() -> Response:
        """A person by account and password, an agency's own system by its key."""
        body, address = bodies.json_object(), request.remote_addr or ""
        session: Session | MachineSession
        asked = bodies.load(SignInByKeySchema() if "api_key" in body else SignInSchema(), body)
        if "api_key" in asked:
            session = keys.sign_in(asked["api_key"], address)
        else:
            session = desk.sign_in(asked["login"], asked["password"], asked.get("appointment", ""), address)
        return _told(desk, session)

    @routes.post("/session/renew")
    @routes.doc(summary="续期", requestBody=spec.body(NothingSchema), responses={**_SESSION, **spec.problems(403)})
    def renew() -> Response:
        bodies.load(NothingSchema(), bodies.json_object())
        return _told(desk, desk.renew(_person(desk)))

    @routes.get("/session")
    @routes.doc(summary="当前登录", responses={"200": _WHO, **spec.problems(403)})
    def who() -> Response:
        viewer = viewer_of(desk.office.access)
        return jsonify({"account": viewer.person, "appointment": viewer.appointment, "agency": viewer.agency,
                        "rank": viewer.rank.name.lower(), "name": viewer.name, "expires_at": g.claims.expires_at,
                        "machine": viewer.machine, "acts": sorted(g.claims.acts)})

    @routes.get("/keys", endpoint="keys")
    @routes.doc(summary="公钥集（JWKS）", security=PUBLIC, responses={"200": _KEYS})
    def key_set() -> Response:
        answer = jsonify(desk.office.access.keys.public())
        answer.headers["Cache-Control"] = "public, max-age=60"
        return answer

    return routes


def _passwords(desk: Desk) -> Routes:
    routes = Routes("password", __name__, url_prefix="/api/desk", description="密码")

    @routes.post("/password")
    @routes.doc(summary="修改本人密码", requestBody=spec.body(ChangePasswordSchema),
                responses={**_SESSION, **spec.problems(403, 413, 415, 422, 429)})
    def change() -> Response:
        claims = _person(desk)
        asked = bodies.load(ChangePasswordSchema(), bodies.json_object())
        session = desk.change_password(claims, viewer_from(claims), asked["old"], asked["password"],
                                       request.remote_addr or "")
        return _told(desk, session)

    @routes.post(f"/{PATH}/<case_id>/reset-password")
    @routes.doc(summary="重置密码", requestBody=spec.body(NothingSchema), responses={
        "200": spec.fields("一次性密码，只显示一次", {"id": _TEXT, "password": _TEXT}),
        **spec.problems(403, 404, 409, 413, 415, 422)})
    def reset(case_id: str) -> Response:
        viewer = may_be_case(case_id, viewer_of(desk.office.access))
        bodies.load(NothingSchema(), bodies.json_object())
        return jsonify({"id": case_id, "password": desk.reset_password(case_id, viewer)})

    return routes


def _person(desk: Desk) -> Claims:
    """The claims of a person, whose first password may still be to be changed. Raises Refused (401, 403)."""
    claims = claims_of(desk.office.access)
    if FEED_ALL in claims.scope:
        raise Refused(FEEDS_ONLY)
    if claims.machine:
        raise Refused(PERSONS_ONLY)
    return claims


def _told(desk: Desk, session: Session | MachineSession) -> Response:
    return jsonify(session.to_json(desk.office.clock.now()))
