"""A hold of the matrix and of the routes: placed by discipline, of which nobody else knows."""

from tests.permissions.city import DISCIPLINE, City

KEY = ("sharing", "holds")
PATH = "/api/sharing/holds"
CASE = "transfer/01955984-0000-7000-8000-000000000001"


def placed(city: City) -> str:
    """A hold that is in force: its id."""
    answer = city.post(PATH, {"document": "荣纪保〔2025〕1号", "issued_by": "discipline", "reason": "调查需要", "case": CASE,
                              "issued_on": city.today.isoformat()}, DISCIPLINE)
    assert answer.status == 201, answer.text
    return str(answer.data["id"])


def lifted(city: City) -> None:
    """A hold that is over."""
    answer = city.post(f"{PATH}/{placed(city)}/lift-hold", {"reason": "调查终结"}, DISCIPLINE, seen=1)
    assert answer.status == 200, answer.text
