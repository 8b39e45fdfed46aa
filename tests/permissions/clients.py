"""The agencies' own systems in the sample city."""

from services.desk.clients import Because, ChangeClient, Nothing, RegisterClient
from shared.acts.succession import Succeed
from tests.permissions.city import City

KEY = ("desk", "clients")


def registered(city: City, agency: str) -> str:
    """A system of the agency, which its leader answers for."""
    asked = {"name": "办案系统", "answers": city.accounts[agency, 2].appointment, "acts": ["transfer.cases.announce"]}
    answer = city.post("/api/desk/clients", asked, agency, 2, kept=False)
    assert answer.status == 201, answer.text
    return str(answer.data["id"])


def ended(city: City, agency: str) -> str:
    """One that was ended: no act goes through on it."""
    id = registered(city, agency)
    answer = city.post(f"/api/desk/clients/{id}/end", {"reason": "停用"}, agency, 2, seen=1)
    assert answer.status == 200, answer.text
    return id


def commands(day: object) -> dict[str, object]:
    return {"register": RegisterClient("", ""), "change": ChangeClient(), "rotate-key": Nothing(),
            "finish-rotation": Nothing(), "suspend": Because(""), "resume": Nothing(), "end": Because(""),
            "succeed": Succeed("nobody", day, "")}      # type: ignore[arg-type]
