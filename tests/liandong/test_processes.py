"""How the processes of a city are set."""

from liandong.processes import gunicorn_of
from shared.settings import Settings


def test_an_api_is_one_process_with_threads_unless_it_is_told_otherwise() -> None:
    """/metrics tells of one process: with several behind a port each scrape would meet another."""
    alone = gunicorn_of("transfer", Settings(http_threads=8), 8803, {})
    assert (alone["workers"], alone["threads"], alone["bind"]) == (1, 8, "127.0.0.1:8803")
    assert gunicorn_of("transfer", Settings(), None, {"WEB_CONCURRENCY": "3"})["workers"] == 3
