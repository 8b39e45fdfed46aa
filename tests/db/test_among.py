"""Texts asked for many at a time are found as they are written, on both back ends."""

from collections.abc import Callable

import sqlalchemy as sa

from shared.db.database import Database, among

TABLES = sa.MetaData()
word = sa.Table("word", TABLES, sa.Column("text", sa.Text, primary_key=True))
ODD = ("", " ", ",", "{}", "{a,b}", "NULL", "null", '"', '""', "\\", "\\\\", '\\"', "it's", "a\nb", "a\tb", "荣成", "%s",
       ":x")


def test_a_text_is_among_those_asked_for_whatever_signs_are_in_it(make_empty_database: Callable[..., Database]) -> None:
    db = make_empty_database()
    with db.write() as tx:
        TABLES.create_all(tx)
        tx.execute(word.insert(), [{"text": text} for text in ODD])

    def found(*texts: str) -> set[str]:
        with db.read() as tx:
            return set(tx.execute(sa.select(word.c.text).where(among(tx, word.c.text, texts))).scalars())

    assert found(*ODD) == set(ODD)
    for text in ODD:
        assert found(text, "another") == {text}
    assert found() == set()
