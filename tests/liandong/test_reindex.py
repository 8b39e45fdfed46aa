"""`liandong reindex`: the index of the archive's words is made anew, and verify says so."""

from pathlib import Path

from liandong.offices import office_of
from shared.kernel.settings import settings_from
from tests.liandong.running import run


def test_the_index_of_words_is_made_anew(tmp_path: Path) -> None:
    settings = settings_from({"LIANDONG_HOME": str(tmp_path)})
    assert run("migrate", "sharing", home=tmp_path).code == 0
    with office_of("sharing", settings, opens=True) as office, office.db.write() as tx:
        tx.exec_driver_sql("INSERT INTO record_words (rowid, words) VALUES (4711, 'abcdefgh')")
    assert "4711" in run("verify", "sharing", home=tmp_path).out
    made = run("reindex", home=tmp_path)
    assert (made.code, made.out) == (0, "0 records\n")
    assert run("verify", "sharing", home=tmp_path).code == 0
