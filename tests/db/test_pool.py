"""Metrics tell how many connections of a pool are in use."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from shared.acts.office import database_of
from shared.db.database import POOL, Database
from shared.kernel.settings import Settings
from tests.figures import figure


def test_the_connections_in_use_are_told_whatever_becomes_of_them(make_empty_database: Callable[..., Database]) -> None:
    def used() -> float:
        return figure("liandong_database_connections", service="counted")

    db = make_empty_database()
    db.tell_use("counted")
    assert (used(), figure("liandong_database_connections_limit", service="counted")) == (0, POOL)
    with db.read(), db.read() as tx:
        assert used() == 2
        tx.invalidate()
    assert used() == 0
    with pytest.raises(sa.exc.DBAPIError), db.write() as tx:
        assert used() == 1
        tx.execute(sa.text("SELECT nothing FROM nowhere"))
    assert used() == 0


def test_a_process_has_as_many_connections_as_it_is_set_to() -> None:
    db = database_of("transfer", Settings(database_url="postgresql+psycopg://h/d", database_connections=2))
    db.tell_use("few")
    assert figure("liandong_database_connections_limit", service="few") == 2
