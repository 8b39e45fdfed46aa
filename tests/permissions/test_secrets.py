"""Passwords, tokens and keys stand in no log line, no problem, no table; of a password only its hash is kept."""

import base64
import re
import stat
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from liandong.places import SERVICES
from liandong.seed import ACCOUNTS
from tests.permissions.city import JUSTICE, Case, City
from tests.permissions.test_personal import rows

WRONG, NEW = "wrong-lantern-7391", "fresh-harbour-2046"


@dataclass(frozen=True)
class Secrets:
    """Everything that nobody may read anywhere, and the log of the time in which it was used."""

    words: frozenset[str]
    log: tuple[str, ...]
    problems: tuple[str, ...]


@pytest.fixture(scope="session")
def secrets(city: City, case: Case) -> Secrets:
    """People sign in, mistype, change and lose their passwords; services read each other's feeds; tokens are bent."""
    seen, answers = len(city.log.lines), len(city.answers)
    with city.log.listening():
        tokens, reset = passwords_used(city)
        tokens |= {office.access.service_token() for office in city.suite.offices.values()}
        for token in sorted(tokens):
            for bent in (token, token[:-6], token + "x", f"{token} {token}"):
                city.ask("GET", "/api/transfer/cases", bent)
                city.ask("GET", "/api/transfer/feed", bent, json={"password": WRONG})
    words = {*city.passwords.values(), WRONG, NEW, reset, *tokens, *city.tokens, *private_keys(city)}
    problems = tuple(answer.text for answer in city.answers[answers:] if answer.status >= 400)
    return Secrets(frozenset(words), tuple(city.log.lines[seen:]), problems)


def passwords_used(city: City) -> tuple[set[str], str]:
    """The tokens given, and the password that a leader reset."""
    login, leader = "sifa.wang", "sifa.liu"

    def sign_in(login: str, password: str) -> str:
        answer = city.ask("POST", "/api/desk/session", json={"login": login, "password": password})
        return str(answer.data.get("token", ""))
    first, boss = sign_in(login, city.passwords[login]), sign_in(leader, city.passwords[leader])
    city.ask("POST", "/api/desk/session", json={"login": WRONG, "password": city.passwords[login]})
    city.ask("POST", "/api/desk/password", first, json={"old": WRONG, "password": NEW})
    city.ask("POST", "/api/desk/password", first, json={"old": city.passwords[login], "password": "short", "new": NEW})
    city.clock.advance(seconds=1)
    changed = city.ask("POST", "/api/desk/password", first, json={"old": city.passwords[login], "password": NEW})
    own = str(changed.data["token"])
    city.clock.advance(seconds=1)
    answer = city.ask("POST", f"/api/desk/accounts/{city.accounts[JUSTICE, 1].person}/reset-password", boss, json={})
    for _ in range(7):
        sign_in(login, WRONG)
    city.suite.catch_up()
    return {token for token in (first, boss, own) if token}, str(answer.data["password"])


def private_keys(city: City) -> set[str]:
    """Every key of the keys folder in each form in which it could be written down."""
    found = set()
    for file in city.suite.settings.keys.rglob("*"):
        if file.is_file() and (raw := file.read_bytes()):
            lines = raw.decode("latin-1").splitlines()
            found |= {line for line in lines if len(line) > 20 and not line.startswith("-----")}
            found |= {raw.hex(), base64.b64encode(raw).decode()}
    assert found
    return found


def test_no_log_line_has_a_secret(secrets: Secrets) -> None:
    assert len(secrets.log) > 20
    for line in secrets.log:
        assert not {word for word in secrets.words if word in line}


def test_no_problem_has_a_secret(secrets: Secrets) -> None:
    assert len(secrets.problems) > 10
    for text in secrets.problems:
        assert not {word for word in secrets.words if word in text}


@pytest.mark.parametrize("service", SERVICES)
def test_no_table_has_a_secret(city: City, secrets: Secrets, service: str) -> None:
    for table, text in rows(city, service):
        assert not {word for word in secrets.words if word in text}, table
        assert ("$argon2" in text) == (table == "password"), table


def test_a_password_is_kept_as_an_argon2id_hash_only(city: City, secrets: Secrets) -> None:
    with city.suite.offices["desk"].db.read() as tx:
        kept = tx.execute(sa.text("select hash from password")).scalars().all()
    assert len(kept) >= len(city.passwords) and len(set(kept)) == len(kept)
    assert all(re.fullmatch(r"\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$[^$]+\$[^$]+", each) for each in kept)


def test_what_is_open_to_everyone_has_no_secret(city: City, secrets: Secrets) -> None:
    documents = [f"/api/{name}/openapi.json" for name in SERVICES]
    for path in ("/metrics", "/healthz", "/readyz", "/api/desk/keys", *documents):
        text = city.ask("GET", path).text
        assert text and not {word for word in secrets.words if word in text}, path
    keys = city.ask("GET", "/api/desk/keys").data["keys"]
    assert keys and all(key.keys() == {"kty", "crv", "x", "kid", "alg", "use"} for key in keys), "no private part"


def test_keys_and_the_sample_passwords_are_files_of_their_owner_alone(city: City, secrets: Secrets) -> None:
    settings = city.suite.settings
    files = [file for file in settings.keys.rglob("*") if file.is_file() and file.stat().st_size]
    for file in (*files, settings.home / ACCOUNTS):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


def test_a_secret_shows_in_no_repr(city: City) -> None:
    """What a debugger, a stack trace or a log line would show of the objects that hold one."""
    office = city.suite.offices["desk"]
    shown = repr((office, office.vault, office.access, office.access.keys, office.db, office.settings))
    assert not {word for word in private_keys(city) if word in shown}
