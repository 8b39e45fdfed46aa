"""Tokens hold only as issued: signature, issuer, audience, time, key; rotation overlaps."""

import base64
import json
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import jwt
import pytest

from shared.access.tokens import (
    DESK,
    TOKEN_BAD,
    TOKEN_EXPIRED,
    Claims,
    TokenKeys,
    Verifier,
    service_claims,
)
from shared.kernel.clock import HandClock
from shared.kernel.errors import Refusal, Refused

CITY = "liandong:rongcheng"


@pytest.fixture
def keys(tmp_path: Path) -> TokenKeys:
    return TokenKeys(tmp_path / "keys", tmp_path / "jwks", DESK)


@pytest.fixture
def verifier(tmp_path: Path) -> Verifier:
    return Verifier(tmp_path / "jwks", CITY)


@pytest.fixture
def claims(clock: HandClock) -> Claims:
    now = clock.now() + timedelta(microseconds=123_457)
    clock.move_to(now)
    return Claims(DESK, "p-1", now, now + timedelta(minutes=10), "a-1", "zjj", 2, "王", signed_in_at=now)


def refused(verifier: Verifier, token: str, clock: HandClock) -> Refusal:
    with pytest.raises(Refused) as found:
        verifier.verify(token, clock.now())
    return found.value.refusals[0]


def test_what_was_claimed_is_what_is_read_to_the_microsecond(
        keys: TokenKeys, verifier: Verifier, claims: Claims, clock: HandClock) -> None:
    assert verifier.verify(keys.issue(claims, CITY), clock.now()) == replace(
        claims, expires_at=claims.expires_at.replace(microsecond=0))


def test_a_token_is_refused_from_its_last_second_on(
        keys: TokenKeys, verifier: Verifier, claims: Claims, clock: HandClock) -> None:
    token = keys.issue(claims, CITY)
    clock.move_to(claims.expires_at.replace(microsecond=0) - timedelta(microseconds=1))
    verifier.verify(token, clock.now())
    clock.advance(microseconds=1)
    assert refused(verifier, token, clock) == TOKEN_EXPIRED


def test_a_changed_token_is_refused(keys: TokenKeys, verifier: Verifier, claims: Claims, clock: HandClock) -> None:
    head, body, sign = keys.issue(claims, CITY).split(".")
    payload = json.loads(base64.urlsafe_b64decode(body + "=="))
    forged = base64.urlsafe_b64encode(json.dumps({**payload, "rank": 3}).encode()).rstrip(b"=").decode()
    for token in (f"{head}.{forged}.{sign}", f"{head}.{body}.{sign[:-4]}AAAA", f"{head}.{body}.", "x", "", "a.b.c"):
        assert refused(verifier, token, clock) == TOKEN_BAD


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_no_other_algorithm_is_taken(
    keys: TokenKeys, verifier: Verifier, claims: Claims, clock: HandClock, algorithm: str, tmp_path: Path
) -> None:
    keys.publish()
    entry = json.loads((tmp_path / "jwks" / "desk.json").read_text())["keys"][0]
    payload = {"iss": DESK, "aud": CITY, "sub": "p-1", "iat": clock.now().timestamp(), "exp": 2 ** 33}
    key = None if algorithm == "none" else base64.urlsafe_b64decode(entry["x"] + "=")
    token = jwt.encode(payload, key, algorithm=algorithm, headers={"kid": entry["kid"]})
    assert refused(verifier, token, clock) == TOKEN_BAD


def test_a_token_of_another_city_is_refused(
        keys: TokenKeys, verifier: Verifier, claims: Claims, clock: HandClock) -> None:
    assert refused(verifier, keys.issue(claims, "liandong:weihai"), clock) == TOKEN_BAD


def test_a_service_vouches_for_itself_only(
    verifier: Verifier, claims: Claims, clock: HandClock, tmp_path: Path
) -> None:
    """Its key can't make a person's token, nor one of another service, nor one in the desk's name."""
    oversight = TokenKeys(tmp_path / "keys", tmp_path / "jwks", "oversight")
    good = service_claims("oversight", clock.now(), 600)
    assert verifier.verify(oversight.issue(good, CITY), clock.now()).scope == {"feed:all"}
    assert refused(verifier, oversight.issue(claims, CITY), clock) == TOKEN_BAD
    assert refused(verifier, oversight.issue(replace(good, subject="transfer"), CITY), clock) == TOKEN_BAD
    assert refused(verifier, oversight.issue(replace(good, agency="sfj"), CITY), clock) == TOKEN_BAD
    honest = oversight.issue(good, CITY)
    private, = (tmp_path / "keys").glob("token-oversight-*.pem")
    payload = {**jwt.decode(honest, options={"verify_signature": False}), "iss": DESK, "agency": "zjj", "rank": 3}
    forged = jwt.encode(payload, private.read_text(), algorithm="EdDSA",
                        headers={"kid": jwt.get_unverified_header(honest)["kid"]})
    assert refused(verifier, forged, clock) == TOKEN_BAD


def test_rotation_overlaps_and_the_key_before_last_is_gone(
        keys: TokenKeys, verifier: Verifier, claims: Claims, clock: HandClock) -> None:
    first = keys.issue(claims, CITY)
    keys.rotate()
    second = keys.issue(claims, CITY)
    assert verifier.verify(first, clock.now()) == verifier.verify(second, clock.now())
    keys.rotate()
    third = keys.issue(claims, CITY)
    assert verifier.verify(third, clock.now()) == verifier.verify(second, clock.now())
    assert refused(verifier, first, clock) == TOKEN_BAD


def test_a_signature_is_checked_once_and_the_time_always(
        keys: TokenKeys, verifier: Verifier, claims: Claims, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    token = keys.issue(claims, CITY)
    verifier.verify(keys.issue(replace(claims, name="李"), CITY), clock.now())         # has read the keys
    read = verifier.verify(token, clock.now())
    monkeypatch.setattr(jwt, "decode", None)
    assert verifier.verify(token, clock.now()) is read
    assert refused(verifier, f"{token}x", clock) == TOKEN_BAD
    clock.move_to(claims.expires_at)
    assert refused(verifier, token, clock) == TOKEN_EXPIRED


def test_another_process_signs_with_the_new_key_after_a_rotation(
        keys: TokenKeys, claims: Claims, tmp_path: Path) -> None:
    other = TokenKeys(tmp_path / "keys", tmp_path / "jwks", DESK)
    other.issue(claims, CITY)
    kid = keys.rotate()
    assert jwt.get_unverified_header(other.issue(claims, CITY))["kid"] == kid


def test_private_keys_are_readable_by_their_owner_alone_and_never_published(keys: TokenKeys, tmp_path: Path) -> None:
    keys.publish()
    private, = (tmp_path / "keys").glob("*.pem")
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    told = json.loads((tmp_path / "jwks" / "desk.json").read_text())
    assert told == keys.public() and [set(entry) for entry in told["keys"]] == [
        {"kty", "crv", "x", "kid", "alg", "use"}
    ]
