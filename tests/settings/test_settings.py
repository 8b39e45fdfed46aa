"""Settings come from the environment once; what makes no sense is one clear line each."""

from pathlib import Path

import pytest

from shared.kernel.settings import VARIABLES, Settings, SettingsError, settings_from


def test_nothing_set_is_the_embedded_suite_of_the_sample_city() -> None:
    settings = settings_from({})
    assert (settings.port, settings.city, settings.news, settings.database_url) == (8800, "rongcheng", "embedded", "")
    assert settings.home.is_absolute() and settings.city_folder.name == "rongcheng"
    assert settings.keys.parent == settings.jwks.parent == settings.home


def test_what_is_set_is_taken(tmp_path: Path) -> None:
    settings = settings_from({
        "LIANDONG_HOME": str(tmp_path), "LIANDONG_PORT": "9000", "LIANDONG_DATABASE_URL": "postgresql://u:p@h/d",
        "LIANDONG_AMQP_URL": "amqp://u:p@h/v", "LIANDONG_FEED_URLS": "transfer=http://a:1/, sharing=http://b:2",
        "LIANDONG_KEYS": str(tmp_path / "k"), "LIANDONG_DATABASE_CONNECTIONS": "7"})
    assert settings.database_url == "postgresql+psycopg://u:p@h/d" and settings.news == "amqp"
    assert settings.feed_urls == {"transfer": "http://a:1", "sharing": "http://b:2"}
    assert settings.database_connections == 7
    assert settings.keys == tmp_path / "k" and settings.jwks == tmp_path / "jwks"


def test_a_city_brings_its_folder() -> None:
    assert settings_from({"LIANDONG_CITY": "weihai"}).city_folder.name == "weihai"


@pytest.mark.parametrize(("variable", "value"), [
    ("LIANDONG_PORT", "abc"), ("LIANDONG_PORT", "0"), ("LIANDONG_PORT", "70000"), ("LIANDONG_PORT", "٣"),
    ("LIANDONG_NEWS", "pigeon"), ("LIANDONG_NEWS", "amqp"), ("LIANDONG_DATABASE_URL", "sqlite:///x"),
    ("LIANDONG_AMQP_URL", "localhost"), ("LIANDONG_AMQP_URL", "amqps://h/?cacertfile=/no/such"),
    ("LIANDONG_AMQP_URL", f"amqps://h/?cacertfile={__file__}"), ("LIANDONG_AMQP_URL", "amqps://h/?verify=verify_none"),
    ("LIANDONG_AMQP_URL", "amqp://h/?cacertfile=/etc/ssl/certs/ca-certificates.crt"),
    ("LIANDONG_MANAGEMENT_URL", "amqp://h"), ("LIANDONG_FEED_URLS", "transfer"),
    ("LIANDONG_CITY", "Róng"), ("LIANDONG_LOG_LEVEL", "loud"), ("LIANDONG_LOG_FORMAT", "xml"),
    ("LIANDONG_TRACES_URL", "collector:4318"), ("LIANDONG_ACCESS_LOG_DAYS", "30"),
    ("LIANDONG_DATABASE_CONNECTIONS", "1")])
def test_a_bad_value_is_one_line_that_names_the_variable(variable: str, value: str) -> None:
    with pytest.raises(SettingsError) as found:
        settings_from({variable: value})
    line, = found.value.lines
    assert line.startswith(("LIANDONG_AMQP_URL: needed", f"{variable}: ")) and "\n" not in line


@pytest.mark.parametrize("given", ["http://c:4318", "http://c:4318/", "http://c:4318/v1/traces"])
def test_a_collectors_bare_address_means_the_path_that_spans_have_there(given: str) -> None:
    assert settings_from({"LIANDONG_TRACES_URL": given}).traces_url == "http://c:4318/v1/traces"


def test_every_bad_value_is_told_at_once() -> None:
    with pytest.raises(SettingsError) as found:
        settings_from({"LIANDONG_PORT": "x", "LIANDONG_NEWS": "y"})
    assert len(found.value.lines) == 2


def test_secrets_are_not_in_the_repr() -> None:
    settings = settings_from(
        {"LIANDONG_DATABASE_URL": "postgresql://u:secret@h/d", "LIANDONG_AMQP_URL": "amqp://u:secret@h"}
    )
    assert "secret" not in repr(settings)


def test_every_setting_but_the_folder_of_none_can_be_set() -> None:
    assert len(VARIABLES) == len(Settings.__dataclass_fields__)
