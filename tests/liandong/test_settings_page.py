"""`docs/settings.md` describes every setting; its defaults are those of a process without any."""

import re

import pytest

from liandong import docs_settings
from liandong.docs_settings import WORDS, settings_page
from shared.kernel.settings import VARIABLES, settings_from

ROW = re.compile(r"^\| `(LIANDONG_\w+)` \| (?:`([^`]*)`|–) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def test_every_setting_stands_with_its_words_in_both_languages() -> None:
    rows = ROW.findall(settings_page())
    assert tuple(variable for variable, *_ in rows) == VARIABLES
    assert [(en, zh) for _, _, en, zh in rows] == [tuple(WORDS[_name(variable)]) for variable in VARIABLES]


def test_the_defaults_are_those_of_a_process_without_settings() -> None:
    unset = settings_from({})
    for variable, default, *_ in ROW.findall(settings_page()):
        value = getattr(unset, _name(variable))
        if default:
            assert str(value).endswith(default.replace("$LIANDONG_HOME", "var")), variable
        else:
            assert not value, variable


def test_a_setting_without_words_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs_settings, "WORDS", {name: words for name, words in WORDS.items() if name != "port"})
    with pytest.raises(ValueError, match="without words.*port"):
        settings_page()


def _name(variable: str) -> str:
    return variable.removeprefix("LIANDONG_").lower()
