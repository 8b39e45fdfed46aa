"""What `docs/metrics.md` says of the metrics is whole, and their names are as Prometheus wants them."""

import re

import pytest

from liandong import docs_metrics
from liandong.docs_metrics import WORDS, metric_families, metrics_tables

FAMILIES = list(metric_families())
OTHER_UNITS = r"_(ms|milliseconds|us|minutes|hours|days|kb|mb|percent)(_|$)"


def test_the_names_are_the_suites_own_in_base_units() -> None:
    for family in FAMILIES:
        assert re.fullmatch(r"liandong_[a-z_]+", family.name), family.name
        assert not re.search(OTHER_UNITS, family.name), family.name
        assert (family.type == "counter") == family.name.endswith("_total"), family.name
        assert all(re.fullmatch(r"[a-z]+", label) for label in family.labels), family.labels
        if family.type == "histogram":
            assert family.unit == "seconds", family.name


def test_each_metric_is_told_in_both_languages_with_its_owner_and_when_to_worry() -> None:
    text = metrics_tables()
    for family in FAMILIES:
        words = WORDS[family.name]
        for what, worry in ((family.documentation, words.worry), (words.zh, words.worry_zh)):
            (row,) = [line for line in text.splitlines() if f"`{family.name}`" in line and what in line]
            assert [cell.strip() for cell in row.strip("|").split("|")] == [
                f"`{family.name}`", family.type, family.unit, ", ".join(family.labels), words.owner, what, worry]


def test_a_metric_without_words_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs_metrics, "WORDS", {name: words for name, words in WORDS.items() if "parked" not in name})
    with pytest.raises(ValueError, match="without words.*liandong_parked"):
        metrics_tables()
