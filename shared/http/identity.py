"""Who asks: the bearer token of the request, checked, as the viewer that acts and reads know."""

from flask import g, request

from shared.access.gate import Access
from shared.access.tokens import FEED_ALL, PASSWORD_ONLY, TOKEN_MISSING, Claims
from shared.acts.model import Rank, Viewer
from shared.http import quota
from shared.kernel.errors import Refusal, Refused

AUTHORIZATION = "Authorization"

PASSWORD_FIRST = Refusal("PASSWORD_FIRST", "请先修改初始密码。", "Set a password of your own first.", status=403)
FEEDS_ONLY = Refusal("FEEDS_ONLY", "服务凭证只能用于读取事件流。", "A service's token opens feeds only.", status=403)


def claims_of(access: Access) -> Claims:
    """The claims of this request's token. Raises Refused (401)."""
    claims = access.claims(_token(access.header))
    g.claims = claims
    if claims.machine and "counted" not in g:
        quota.take(access, claims.subject)
    return claims


def _token(header: str) -> str:
    """The token of this request: in the city's own header with or without the word Bearer, else in Authorization."""
    own = request.headers.get(header, "").strip() if header != AUTHORIZATION else ""
    scheme, _, token = (own or request.headers.get(AUTHORIZATION, "").strip()).partition(" ")
    if own and not token:
        return scheme
    if scheme.lower() != "bearer" or not token.strip():
        raise Refused(TOKEN_MISSING)
    return token.strip()


def viewer_of(access: Access) -> Viewer:
    """The person who asks, in the appointment the token carries. Raises Refused (401; 403 for what is no person)."""
    claims = claims_of(access)
    if PASSWORD_ONLY in claims.scope:
        raise Refused(PASSWORD_FIRST)
    if claims.scope or not claims.appointment:
        raise Refused(FEEDS_ONLY)
    return viewer_from(claims)


def reader_of(access: Access) -> Viewer | None:
    """Who reads a feed: a person for the agency, or None for a service that reads all of it."""
    claims = claims_of(access)
    if FEED_ALL in claims.scope:
        return None
    if PASSWORD_ONLY in claims.scope:
        raise Refused(PASSWORD_FIRST)
    return viewer_from(claims)


def viewer_from(claims: Claims) -> Viewer:
    """The viewer of the claims of a person, or of an agency's own system."""
    return Viewer(claims.agency, Rank(claims.rank), claims.subject, claims.appointment, claims.name,
                  machine=claims.machine, acts=claims.acts if claims.machine else None)
