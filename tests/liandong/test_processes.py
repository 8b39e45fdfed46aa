"""How the processes of a city are set."""

import os
import signal

from liandong.processes import gunicorn_of, waiting_ends
from shared.http.waiting import PLACES
from shared.kernel.settings import Settings


def test_an_api_is_one_process_with_threads_unless_it_is_told_otherwise() -> None:
    alone = gunicorn_of("transfer", Settings(http_threads=8), 8803, {})
    assert (alone["workers"], alone["threads"], alone["bind"]) == (1, 8, "127.0.0.1:8803")
    assert gunicorn_of("transfer", Settings(), None, {"WEB_CONCURRENCY": "3"})["workers"] == 3


def test_told_to_stop_who_waits_for_news_is_answered_and_gunicorn_hears_of_it_too() -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: heard.append(number))
    try:
        waiting_ends()
        with PLACES.place("zfj", 16) as place:
            assert place is not None and not place.over.is_set()
            os.kill(os.getpid(), signal.SIGTERM)
            assert place.over.wait(5) and heard == [signal.SIGTERM]
    finally:
        signal.signal(signal.SIGTERM, before)
