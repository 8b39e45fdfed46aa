"""The access log keeps what the city sets; passwords are hashed, checked and made."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from shared.access import log
from shared.access.passwords import Passwords, check_allowed, generate
from shared.db.database import Database
from shared.kernel.clock import HandClock
from shared.kernel.errors import Refused


def test_the_log_keeps_entries_and_forgets_old_ones(database: Database, clock: HandClock) -> None:
    with database.write() as tx:
        log.record(tx, log.Entry(log.READ, "GET /x", "c-1", person="p" * 500), clock.now())
        log.record(tx, log.Entry(log.REFUSED, "y" * 500, "c-1"), clock.now() - timedelta(days=200))
    with database.write() as tx:
        assert log.sweep(tx, clock.now() - timedelta(days=183)) == 1
        kept = tx.execute(sa.select(log.access_log)).one()
    assert (kept.kind, kept.at, len(kept.person)) == ("read", clock.now(), 64)


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    return Passwords(memory_kib=64)


def test_a_hash_is_argon2id_salted_and_matches_its_password_only(passwords: Passwords) -> None:
    first, second = passwords.hash("correct horse"), passwords.hash("correct horse")
    assert first.startswith("$argon2id$") and first != second
    assert passwords.matches(first, "correct horse")
    assert not passwords.matches(first, "correct Horse")
    assert not passwords.matches("not a hash", "correct horse")
    assert not passwords.matches(None, "correct horse")


def test_a_hash_of_weaker_settings_is_outdated(passwords: Passwords) -> None:
    kept = passwords.hash("correct horse")
    assert not passwords.outdated(kept) and Passwords(memory_kib=128).outdated(kept)


@pytest.mark.parametrize(("password", "found"), [
    ("a-fine-one-77", []), ("short", ["PASSWORD_SHORT"]), ("x" * 129, ["PASSWORD_LONG", "PASSWORD_PLAIN"]),
    ("aaaaabbbbb", ["PASSWORD_PLAIN"]), ("my-Zjj.Li-word", ["PASSWORD_PLAIN"]), ("春江潮水连海平海上明月", [])])
def test_what_a_password_must_be_is_told_at_once(password: str, found: list[str]) -> None:
    try:
        check_allowed(password, "zjj.li")
        told: list[str] = []
    except Refused as refused:
        told = [refusal.code for refusal in refused.refusals]
    assert told == found


def test_generated_passwords_are_allowed_and_differ() -> None:
    made = {generate() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        check_allowed(password, "zjj.li")
