"""A subscription of the matrix and of the routes: FIRST's own."""

from tests.permissions.city import FIRST, City

KEY = ("sharing", "subscriptions")
PATH = "/api/sharing/subscriptions"
CONTACT = {"office": "信息中心", "phone": "0631-7560000"}


def opened(city: City) -> str:
    """A webhook subscription: of those an agency may have several."""
    answer = city.post(PATH, {"carrier": "webhook", "url": "https://first.example/hook", "contact": CONTACT}, FIRST)
    assert answer.status == 201, answer.text
    return str(answer.data["id"])


def ended(city: City) -> None:
    """A subscription that is over."""
    answer = city.post(f"{PATH}/{opened(city)}/end", {"reason": "改用事件流"}, FIRST, seen=1)
    assert answer.status == 200, answer.text
