"""What is told of webhooks in metrics: of those that are at work, by the process that calls them."""

from shared.telemetry.metrics import REGISTRY
from tests.webhooks.agencies import City, System
from tests.webhooks.receivers import Receiver

FAILING, ACTIVE = "liandong_webhook_failing_seconds", "liandong_webhook_active"


def failing(agency: str = "zhujian") -> float | None:
    """For how long a webhook of the agency has failed; None: nothing is told of it."""
    return REGISTRY.get_sample_value(FAILING, {"agency": agency})


def test_how_long_one_fails_is_told_until_it_is_no_more_called(city: City, system: System, receiver: Receiver) -> None:
    case = city.opened(system, receiver)
    city.idle()
    assert failing() == 0
    system.status = 500
    city.tell("announced")
    city.work(lambda: city.delivery(case)["failures"] == 1)
    city.clock.advance(seconds=30)
    city.work(lambda: (failing() or 0) >= 30)
    city.act(case, "pause", {"reason": "停机升级"})
    city.work(lambda: failing() is None, "nothing is told of one that is paused")


def test_who_calls_no_more_tells_nothing(city: City, system: System, receiver: Receiver) -> None:
    city.opened(system, receiver)
    city.idle()
    assert (failing(), REGISTRY.get_sample_value("liandong_webhooks", {"state": "active"})) == (0, 1)
    city.deliverer.close()
    assert failing() is None and REGISTRY.get_sample_value(ACTIVE) == 0
    assert REGISTRY.get_sample_value("liandong_webhooks", {"state": "active"}) is None
