"""The threads that call webhooks are shared: by those that fail and those that work, and by agency."""

import threading

from tests.webhooks.agencies import City, System
from tests.webhooks.receivers import Receiver

Receivers = tuple[Receiver, Receiver]


SLOW = ("zhujian", "zonghe", "yatou", "jiaotong")
LONG = 0.3          # seconds from which on a call is slow here


def _deliverer(city: City, threads: int, **more: float) -> None:
    """One with so many threads that gives no held call up while a test looks."""
    city.deliverer.close()
    city.deliverer = city.another(threads=threads, seconds=30.0, **more)


def test_an_agency_whose_many_webhooks_are_slow_holds_a_quarter_of_the_threads_and_delays_nobody_else(
        city: City, system: System, other: System, receivers: Receivers) -> None:
    _deliverer(city, 8)
    cases = [city.opened(system, receivers[0], path=f"/{number}") for number in range(9)]
    city.opened(other, receivers[1], "zonghe")
    city.idle()
    system.held, system.most_busy = threading.Event(), 0
    ids = city.tell("announced")
    city.work(lambda: system.busy == 2, "a quarter of eight is called")
    others = city.tell("announced", "accepted", to="zonghe")
    city.work(lambda: len(other.taken) == 2)
    assert other.ids == others
    assert (system.busy, system.most_busy) == (2, 2), "also while nobody else wanted a thread"
    system.held.set()
    city.work(lambda: len(system.taken) == len(cases))
    assert set(system.ids) == set(ids)


def test_where_there_are_few_threads_an_agency_has_one(
        city: City, system: System, other: System, receivers: Receivers) -> None:
    _deliverer(city, 2)
    for number in range(3):
        city.opened(system, receivers[0], path=f"/{number}")
    city.opened(other, receivers[1], "zonghe")
    city.idle()
    system.held, system.most_busy = threading.Event(), 0
    city.tell("announced")
    city.work(lambda: system.busy == 1)
    city.tell("announced", to="zonghe")
    city.work(lambda: other.taken)
    assert (system.busy, system.most_busy) == (1, 1)
    system.held.set()
    city.work(lambda: len(system.taken) == 3)


def test_those_that_failed_last_have_half_of_the_threads(
        city: City, system: System, other: System, receivers: Receivers) -> None:
    _deliverer(city, 8)
    agencies = ("zhujian", "zonghe", "yatou")
    for agency in agencies:
        for number in range(2):
            city.opened(system, receivers[0], agency, path=f"/{agency}/{number}")
    city.opened(other, receivers[1], "sifa", "transfer.announced")
    system.status = 500
    city.tell("announced", to=" ".join(agencies))
    city.work(lambda: len(system.tries) == 6)
    city.idle()
    system.held, system.most_busy = threading.Event(), 0
    city.clock.advance(seconds=10)
    city.work(lambda: system.busy == 4)
    ids = city.tell("announced", to="sifa")
    city.work(lambda: other.taken)
    assert other.ids == ids and system.most_busy == 4
    system.held.set()
    system.held = None


def test_four_slow_agencies_that_fill_the_threads_hold_up_no_other_and_then_get_half_of_them(
        city: City, system: System, other: System, receivers: Receivers) -> None:
    _deliverer(city, 8, slow=LONG)
    for agency in SLOW:
        for number in range(2):
            city.opened(system, receivers[0], agency, path=f"/{agency}/{number}")
    for agency in ("sifa", "zhengfu"):
        city.opened(other, receivers[1], agency)
    city.idle()
    system.held, system.most_busy = threading.Event(), 0
    city.tell("announced", to=" ".join(SLOW))
    city.work(lambda: system.busy == 8, "nobody is known to be slow: they have all there are")
    ids = city.tell("announced", "accepted", to="sifa")
    city.work(lambda: len(other.taken) == 2, "the eight hold, and another agency is called all the same")
    assert other.ids == ids and system.busy == 8
    city.work(lambda: system.holds(8, LONG), "each of them is slow by now")
    system.held.set()
    city.work(lambda: system.busy == 0)
    city.idle()
    system.held, system.most_busy = threading.Event(), 0
    city.tell("accepted", to=" ".join(SLOW))
    city.work(lambda: system.busy == 4, "known to be slow, they have half")
    city.tell("announced", to="sifa zhengfu")
    city.work(lambda: len(other.taken) == 4)
    assert (system.busy, system.most_busy) == (4, 4)
    system.held.set()
    city.work(lambda: len(system.taken) == 16, "nobody is forgotten")


def test_one_that_was_slow_and_is_quick_again_is_no_more_counted_among_the_slow(
        city: City, system: System, other: System, receivers: Receivers) -> None:
    _deliverer(city, 8, slow=LONG)
    for agency in SLOW[:3]:
        for number in range(2):
            city.opened(system, receivers[0], agency, path=f"/{agency}/{number}")
    city.idle()
    system.held = threading.Event()
    city.tell("announced", to=" ".join(SLOW[:3]))
    city.work(lambda: system.holds(6, LONG))
    slow, system.held = system.held, None
    slow.set()
    city.work(lambda: len(system.taken) == 6)
    city.tell("accepted", to=" ".join(SLOW[:3]))
    city.work(lambda: len(system.taken) == 12)
    city.idle()
    system.held = threading.Event()
    city.tell("announced", to=" ".join(SLOW[:3]))
    city.work(lambda: system.busy == 6, "all six at once, not half of eight")
    system.held.set()
