"""What the bench is told, what it sends and what it prints. That every row runs is in tests/faults."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bench.statements import Sent, own_ids, script
from bench.table import Row, alternated, printed

ROOT = Path(__file__).resolve().parents[2]


def test_a_row_that_is_not_known_is_refused() -> None:
    done = subprocess.run([sys.executable, "-m", "bench", "nothing"], cwd=ROOT, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 2 and "no such row: nothing" in done.stderr


# the script

CASE, ENTRY = "01a20cab-2fda-78ac-ab8d-100000000001", "01a20cab-2fda-78ac-8d1a-5f0c7b4d9e11"


def test_a_script_has_the_statements_with_what_varies_as_variables() -> None:
    sent = [
        Sent("BEGIN", trip=1),
        Sent("SELECT 1 FROM c WHERE id = %(id)s::VARCHAR", {"id": CASE}, 1),
        Sent("INSERT INTO e VALUES (%s, %s, %s, '100%%')", (f"urn:{ENTRY}", date(2025, 9, 29), None)),
        Sent("SELECT unnest(%b::text[]), unnest(%b::text[])", ([f"a-{ENTRY}", "b"], [])),
        Sent("COMMIT"),
    ]
    assert own_ids(sent, CASE) == {ENTRY}
    lines = script(sent, [ENTRY], [CASE]).splitlines()[3:]
    assert lines == [
        "\\startpipeline",
        "BEGIN;",
        "SELECT 1 FROM c WHERE id = ($q$01a20cab-2fda-78ac-ab8d-$q$||:c||$q$$q$)::VARCHAR;",
        "\\endpipeline",
        "INSERT INTO e VALUES (($q$urn$q$||chr(58)||$q$01a20cab-2fda-78ac-8d1a-$q$||:n||$q$$q$), '2025-09-29', NULL, "
        "'100%');",
        "SELECT unnest(ARRAY[($q$a-01a20cab-2fda-78ac-8d1a-$q$||:n||$q$$q$), ($q$b$q$)]::text[]), "
        "unnest('{}'::text[]);",
        "COMMIT;",
    ]
    assert "\\startpipeline" not in script(sent, [ENTRY], [CASE], trips=False)


# the table

def test_rounds_alternate() -> None:
    order: list[str] = []

    def one(name: str, figure: float) -> float:
        order.append(name)
        return figure

    assert alternated(lambda: one("a", 1), lambda: one("b", 2), 2) == ([1, 1], [2, 2])
    assert order == ["a", "b", "a", "b"]


@pytest.mark.parametrize(
    ("measured", "less", "reached"),
    [
        ((39, 40, 90), False, "yes"),
        ((39, 39, 90), False, "no"),
        ((300, 300, 1), True, "yes"),
        ((301, 301, 1), True, "no"),
    ],
)
def test_an_aim_is_reached_by_the_medians(measured: tuple[float, ...], less: bool, reached: str) -> None:
    row = Row("row", 8, measured, (100, 100, 100), "acts/s", "baseline", 3.0 if less else 0.4, less)
    assert row.reached == reached
    assert f"| {reached} " in printed([row])
