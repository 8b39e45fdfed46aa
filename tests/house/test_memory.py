"""The tests' files are in memory only where that does no harm."""

from pathlib import Path

import pytest

from tests import memory


@pytest.mark.parametrize(("environ", "there", "room", "used"), (
    ({}, True, 1, True), ({}, True, 1 << 60, False), ({}, False, 1, False),
    ({memory.TEMPROOT: "elsewhere"}, True, 1, False),
), ids=("room", "no room", "no such folder", "one who knows better"))
def test_folders_are_made_in_memory_where_there_is_room_and_nobody_says_otherwise(
        environ: dict[str, str], there: bool, room: int, used: bool, tmp_path: Path) -> None:
    before, folder = dict(environ), tmp_path if there else tmp_path / "nowhere"
    memory.use(environ, folder, room)
    assert environ == ({memory.TEMPROOT: str(folder)} if used else before)
