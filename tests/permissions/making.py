"""What the matrix's samples are made of: an account, an entry of the catalogue, a delivery, a filing."""

from datetime import date

from services.desk.domain import Appoint, CloseAccount, EndAppointment, OpenAccount
from services.oversight.filings.domain import ReceiveFiling
from shared.acts.model import THE_SUITE
from shared.acts.request import Request
from shared.contracts.personal import Personal
from tests.permissions.city import FIRST, JUSTICE, SECOND, STRANGER, THIRD, City


def account(city: City) -> str:
    """A closed account that STRANGER keeps; the person served FIRST and serves SECOND."""
    acts = city.suite.offices["desk"].acts["accounts"]
    id = acts.do("open-account", OpenAccount("matrix", Personal("某人"), STRANGER), THE_SUITE, Request()).case_id
    first = acts.do("appoint", Appoint("officer", FIRST), THE_SUITE, Request(id)).answer["facts"]["appointment"]
    acts.do("end-appointment", EndAppointment(first, "调离"), THE_SUITE, Request(id))
    acts.do("appoint", Appoint("officer", SECOND), THE_SUITE, Request(id))
    city.pass_days(1)      # who left yesterday is gone today
    acts.do("close-account", CloseAccount("停用"), THE_SUITE, Request(id))
    city.suite.catch_up()
    return id


def entry(city: City) -> None:
    """A withdrawn entry of FIRST's catalogue."""
    said = {"title": "目录条目", "category": "dynamics", "description": "内容", "columns": [{"name": "文号"}],
            "ways": ["query"], "rhythm": "monthly", "office": "法制科"}
    made = city.post(path := "/api/sharing/catalogue", {"entry": said, "data_on": city.today.isoformat()}, FIRST)
    answer = city.post(f"{path}/{made.data['id']}/withdraw", {"reason": "撤下"}, FIRST, seen=1)
    assert answer.status == 200, answer.text


def delivered(city: City) -> str:
    """A delivery of FIRST's."""
    record = {"id": "1", "category": "dynamics", "title": "立案", "occurred_on": "2025-03-03"}
    answer = city.post("/api/sharing/records", record, FIRST)
    assert answer.status in (200, 201), answer.text
    return str(answer.data["id"])


def filing(city: City) -> None:
    """A registered filing of THIRD's."""
    acts = city.suite.offices["oversight"].acts["filings"]
    command = ReceiveFiling("closing_report", "transfer", "none", 1, "荣住建〔2025〕1号", THIRD, date(2025, 3, 3))
    id = acts.do("receive", command, THE_SUITE, Request()).case_id
    answer = city.post(f"/api/oversight/filings/{id}/register", {"number": "荣司备〔2025〕第1号"}, JUSTICE, seen=1)
    assert answer.status == 200, answer.text
