"""The servers of the tests: real ones, with a database and a vhost of this run's own."""

import amqp
import pytest
import sqlalchemy as sa

from shared.db.database import Database
from shared.tables import SHARED
from tests import servers


def test_the_database_of_a_test_is_its_own_and_empty(make_empty_database) -> None:
    one, other = make_empty_database("one"), make_empty_database("other")
    with one.write() as tx:
        tx.exec_driver_sql("CREATE TABLE only_here (id integer)")
    assert [sa.inspect(each.engine).get_table_names() for each in (one, other)] == [["only_here"], []]


def test_every_database_has_the_shared_tables(database: Database, back_end: str) -> None:
    assert database.sqlite is (back_end == "sqlite")
    assert set(SHARED.tables) <= set(sa.inspect(database.engine).get_table_names())


def test_a_vhost_or_a_prefix_keeps_runs_apart(news_of_run: servers.News) -> None:
    assert news_of_run.prefix or "liandong_test_" in news_of_run.url
    assert servers.cannot_reach(news_of_run.url) == ""


def test_names_of_one_test_do_not_meet_those_of_another(amqp_url: str, news_prefix: str) -> None:
    with servers.connected(amqp_url) as connection:
        channel = connection.channel()
        channel.queue_declare(f"{news_prefix}q", auto_delete=True)
        channel.queue_delete(f"{news_prefix}q")


def test_a_server_that_is_not_there_is_named_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANDONG_TEST_AMQP_URL", "amqp://guest:guest@127.0.0.1:1/")
    monkeypatch.setenv("LIANDONG_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:1/postgres")
    with pytest.raises(servers.NoServer, match="LIANDONG_TEST_AMQP_URL"):
        servers.find_rabbitmq(None, lambda _: None)
    with pytest.raises(servers.NoServer, match="LIANDONG_TEST_DATABASE_URL"):
        servers.find_postgresql(None, lambda _: None)


def test_without_any_server_the_message_says_what_was_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "LOCAL_AMQP", "amqp://guest:guest@127.0.0.1:1/")
    monkeypatch.setattr(servers, "LOCAL_DATABASE", "postgresql://postgres@127.0.0.1:1/postgres")
    monkeypatch.setattr(servers.debian, "possible", lambda: False)
    monkeypatch.delenv("LIANDONG_TEST_AMQP_URL", raising=False)
    monkeypatch.delenv("LIANDONG_TEST_DATABASE_URL", raising=False)
    for find in (servers.find_rabbitmq, servers.find_postgresql):
        with pytest.raises(servers.NoServer, match=r"set LIANDONG_TEST_.*Tried: .*no Docker engine.*Debian"):
            find(None, lambda _: None)


def test_in_a_vhost_that_is_not_ours_only_our_names_are_removed(amqp_url: str) -> None:
    with servers.connected(amqp_url) as connection, servers.own_vhost(servers.Broker(amqp_url)) as news:
        assert news.url == amqp_url and news.prefix
        connection.channel().queue_declare("foreign", auto_delete=False, exclusive=True)
        connection.channel().queue_declare(f"{news.prefix}q", auto_delete=False)
        connection.channel().exchange_declare(f"{news.prefix}x", "topic", auto_delete=False)
    with servers.connected(amqp_url) as connection:
        for look in (lambda channel: channel.queue_declare(f"{news.prefix}q", passive=True),
                     lambda channel: channel.exchange_declare(f"{news.prefix}x", "topic", passive=True)):
            with pytest.raises(amqp.NotFound):
                look(connection.channel())
