"""A case of every chapter with someone in each part, and a command of every act that lacks what it needs."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.collab import commands as collab
from services.desk.domain import Account, Appoint, CloseAccount, EndAppointment, NoContent, OpenAccount
from services.joint import commands as joint
from services.oversight.domain import ReceiveFiling, RegisterFiling, ReturnFiling
from services.sharing import catalogue
from services.sharing.agencies import ChangeAgency, RegisterAgency
from services.sharing.dissolving import Dissolve, RevokeDissolution, TakeEffect, TakeStanding
from services.sharing.domain import LoadCalendar, PublishRulebook, SetBasis
from services.sharing.personal import PlaceHold
from services.sharing.query_commands import Ask, Question
from services.sharing.records import AddRecords
from services.sharing.tip_commands import ShareTip
from services.transfer.case import Transfer
from services.transfer.commands import (
    Announce,
    IssueLetter,
    Matter,
    Notice,
    Officer,
    RecordMeasure,
    ReissueLetter,
    Respondent,
)
from services.transfer.turns import Phone
from shared.acts.circumstances import context_of
from shared.acts.correct import Correct
from shared.acts.corrections import Correction
from shared.acts.materials import AddMaterial
from shared.acts.model import THE_SUITE, Context, Party, Viewer
from shared.acts.request import Request
from shared.acts.succession import AssignSuccessor, Succeed
from shared.contracts.apart import Apart
from shared.contracts.personal import Personal
from shared.contracts.register import Agency
from shared.plans import commands as plans
from shared.plans.parts import Content
from tests.permissions import holds, queries, tips
from tests.permissions import plans as played
from tests.permissions.city import (
    DISCIPLINE,
    FILE,
    FIRST,
    JUSTICE,
    OFFICE,
    SECOND,
    SENDER,
    STRANGER,
    THIRD,
    City,
)
from tests.permissions.plans import PLANS

Key = tuple[str, str]
STANDING = {"justice": JUSTICE, "government_office": OFFICE, "discipline": DISCIPLINE}
EVALUATED = {"evaluated": "ziran"}
TURNS = {"interim_holder": "shuili", "ruler": "nongye", "referrer": "haiyang", "police": "gongan"}
IN_CUSTODY = {"custodian": "weijian"}
OF_QUERIES = {"decider": "nongye", "custodian": "shuili"}
OF_TIPS = {"claimer": "nongye", "custodian": "shuili"}
NONE = Officer("", "", "")
DAY = date(2025, 3, 3)

CATALOGUE = ("sharing", "catalogue")
HOLDS = holds.KEY
RECORDS = ("sharing", "records")
EVERY_OTHER = frozenset({"other", "justice", "government_office", "discipline", "suite"})

# Who opens a case in the part it gets by that. Others would open one in which they are what these are.
OPENERS: Mapping[Key, frozenset[str]] = {
    ("transfer", "cases"): frozenset({"sender"}),
    **{(service, "plans"): frozenset({"lead"}) for service in PLANS},
    queries.KEY: frozenset({"asker"}),
    tips.KEY: frozenset({"sharer"}),
    ("desk", "accounts"): EVERY_OTHER | {"keeper"},
    ("oversight", "filings"): EVERY_OTHER | {"filer"},
    CATALOGUE: frozenset({"publisher"}),
    RECORDS: frozenset({"holder"}),
    HOLDS: EVERY_OTHER | {"keeper", "custodian"},
    **dict.fromkeys((("sharing", path) for path in ("agencies", "rulebooks", "calendars", "bases")), EVERY_OTHER),
}
# Acts that open a case as another part than the others of their chapter.
OPENERS_OF: Mapping[tuple[Key, str], frozenset[str]] = {(queries.KEY, "ask-offline"): frozenset({"holder"})}
ORDERED = frozenset({"assign", "decide-directly"})     # by whom a standing names: what others are tells nothing
SIGNED = {"officer": {"name": "某甲", "licence": "1", "phone": "1"}, "leader": "某乙"}
BY_RECEIVER: Mapping[str, dict[str, Any]] = {
    "add-material": {"name": "补录材料", "kind": "site_record", "copies": 1, "pages": 1, "original": True,
                     "carrier": "paper"},
    "accept": {"feedback": "受理", **SIGNED},
    "refuse": {"ground": "not_competent", "reasons": "无", "returned": [1], **SIGNED},
    "request-supplement": {"items": [], **SIGNED}, "file-case": {"number": "立1"},
    "sign-receipt": {"letter_number": "", "sender": SENDER, "delivered_on": DAY.isoformat()},
}


@dataclass(frozen=True)
class Samples:
    """For each chapter a case, its id, and the agency that sits in each part of it."""

    city: City
    cases: Mapping[Key, Any]
    ids: Mapping[Key, str]
    seats: Mapping[Key, Mapping[str, str]]

    def context(self, viewer: Viewer) -> Context:
        office = self.city.suite.offices["transfer"]
        return context_of(self.city.clock.now(), viewer, Request(), office.law.now(), "")

    def command(self, key: Key, act: str) -> Any:
        """A command that the act's content refuses, so that nothing is done; where none can, one that does no harm."""
        if act == "open-account":
            desk = self.city.suite.offices["desk"]
            with desk.db.read() as tx:
                return OpenAccount(f"m{desk.journal.head(tx).position}", Personal("某人"), STRANGER)
        return COMMANDS[key].get(act)


SUCCESSION: Mapping[str, Any] = {"succeed": Succeed("nobody", DAY, ""), "assign-successor": AssignSuccessor("", "", "")}
OF_PLANS: Mapping[str, Any] = {
    **SUCCESSION,
    "correct": Correct(Correction("none", "", Personal(""), Personal(""), ""), NONE),
    "note-hand-on": plans.NoteHandOn(0, "", "", DAY),
}
COMMANDS: Mapping[Key, Mapping[str, Any]] = {
    ("transfer", "cases"): {
        "announce": Announce(Matter("", DAY, Respondent("", Personal("")), "", (), "", ""), Notice("", "", ""), NONE),
        "reissue-letter": ReissueLetter(IssueLetter("", "", Personal(""), "", "", (), NONE, ""), ""),
        "correct": Correct(Correction("none", "", Personal(""), Personal(""), ""), NONE),
        "phone": Phone("", "", "", "", "", NONE),
        "record-measure": RecordMeasure("", DAY, "", ()),
        "add-material": AddMaterial("", "", 0, 0, True, ""),
        **SUCCESSION,
    },
    ("sharing", "agencies"): {"register": RegisterAgency(Agency("", "", "", "", DAY), ""), "change": ChangeAgency(""),
                              "dissolve": Dissolve("", DAY), "revoke-dissolution": RevokeDissolution("", ""),
                              "take-effect": TakeEffect(), "take-standing": TakeStanding("", "", "")},
    ("sharing", "rulebooks"): {"publish": PublishRulebook("")},
    ("sharing", "calendars"): {"load": LoadCalendar()},
    ("sharing", "bases"): {"set": SetBasis("", "", "", DAY)},
    RECORDS: {"add-records": AddRecords(Apart())},
    HOLDS: {"hold": PlaceHold("", "", DAY, ""), "succeed": Succeed("none", DAY, "")},
    CATALOGUE: {"publish": catalogue.Publish(catalogue.Content(), DAY), "succeed": Succeed("", DAY, "")},
    tips.KEY: {
        "share": ShareTip("", "", "", "", DAY, "", NONE),
        "correct": Correct(Correction("none", "", Personal(""), Personal(""), ""), NONE),
        "add-material": AddMaterial("", "", 0, 0, True, ""),
        "succeed": Succeed("none", DAY, ""),
    },
    queries.KEY: {
        **dict.fromkeys(("ask", "ask-urgent", "ask-offline", "ask-assistance"), Ask(Question(""))),
        "succeed": Succeed("nobody", DAY, ""),
        "assign-successor": AssignSuccessor("", "", ""),
        "add-material": AddMaterial("", "", 0, 0, True, ""),
        "correct": Correct(Correction("none", "", Personal(""), Personal(""), ""), NONE),
    },
    ("desk", "accounts"): {
        "appoint": Appoint("officer"),
        "end-appointment": EndAppointment("", ""),
        "change-password": NoContent(),
        "reset-password": NoContent(),
        "unlock": NoContent(),
        "close-account": CloseAccount(""),
        "succeed": Succeed("nobody", DAY, ""),
    },
    ("collab", "plans"): {"draft": collab.Draft(Content(), (), (), NONE), **OF_PLANS},
    ("joint", "plans"): {
        "draft": joint.Draft(Content(), (), NONE),
        "assign": joint.Assign("", "", "", "", "", NONE),
        "decide-directly": joint.DecideDirectly("", "", "", "", "", NONE),
        **OF_PLANS,
    },
    ("oversight", "filings"): {
        "receive": ReceiveFiling("closing_report", "transfer", "none", 1, "", STRANGER, DAY),
        "register": RegisterFiling(""),
        "return": ReturnFiling("", "", ()),
        **SUCCESSION,
    },
}


def samples(city: City, transfer: str) -> Samples:
    """`transfer`: a withdrawn case that FIRST has left and SECOND has. The account is closed, the filing registered."""
    account = _account(city)
    _filing(city)
    _entry(city)
    holds.lifted(city)
    delivered(city)
    query, tip = queries.withdrawn(city), tips.withdrawn(city)
    basis = SetBasis("荣政发〔2026〕第1号", "关于延长有效期的通知", "extension", DAY)
    city.suite.sharing.acts["bases"].do("set", basis, THE_SUITE, Request())
    ids = {("transfer", "cases"): transfer, ("desk", "accounts"): account, **{
        (service, path): city.suite.offices[service].reads[path].page(THE_SUITE, {}, 1).items[0]["id"]
        for service, path in COMMANDS if service in ("sharing", "oversight")}, queries.KEY: query, tips.KEY: tip}
    ids |= {(service, "plans"): played.withdrawn(city, service).id for service in PLANS}
    _seat(city, "transfer", "cases", transfer, {**TURNS, **IN_CUSTODY})
    _seat(city, "joint", "plans", ids["joint", "plans"], {**EVALUATED, **IN_CUSTODY})
    _seat(city, "collab", "plans", ids["collab", "plans"], IN_CUSTODY)
    _seat(city, "oversight", "filings", ids["oversight", "filings"], IN_CUSTODY)
    _seat(city, *CATALOGUE, ids[CATALOGUE], {"custodian": "nongye"})
    _seat(city, *HOLDS, ids[HOLDS], {"keeper": THIRD, "custodian": "nongye"}, alone=True)
    _seat(city, *queries.KEY, query, OF_QUERIES)
    _seat(city, *tips.KEY, tip, OF_TIPS)
    cases = {(service, path): _case(city, path, service, id) for (service, path), id in ids.items()}
    assert isinstance(cases["transfer", "cases"], Transfer) and isinstance(cases["desk", "accounts"], Account)
    return Samples(
        city,
        cases,
        ids,
        _seats(),
    )


def _seats() -> dict[Key, Mapping[str, str]]:
    """The agency that sits in each part of each chapter's case."""
    return {
        **{key: {"other": STRANGER, **STANDING} for key in COMMANDS},
        ("transfer", "cases"): {
            "sender": SENDER,
            "receiver": SECOND,
            "former": FIRST,
            "other": STRANGER,
            **TURNS,
            **IN_CUSTODY,
            **STANDING,
        },
        ("desk", "accounts"): {"keeper": STRANGER, "employer": SECOND, "former": FIRST, "other": THIRD, **STANDING},
        queries.KEY: {"asker": queries.ASKER, "holder": queries.HOLDER, "other": STRANGER, **OF_QUERIES,
                      **STANDING},
        tips.KEY: {"sharer": tips.SHARER, "candidate": tips.CANDIDATE, "other": STRANGER, **OF_TIPS, **STANDING},
        CATALOGUE: {"publisher": FIRST, "custodian": "nongye", "other": STRANGER, **STANDING},
        RECORDS: {"holder": FIRST, "other": STRANGER, **STANDING},
        HOLDS: {"keeper": THIRD, "custodian": "nongye", "other": STRANGER, **STANDING},
        ("oversight", "filings"): {"filer": THIRD, "other": STRANGER, **IN_CUSTODY, **STANDING},
        **{(service, "plans"): {"lead": played.LEAD, "participant": played.HELPER, "related": played.RELATED,
                                "former": played.FORMER, "other": STRANGER, **EVALUATED, **IN_CUSTODY, **STANDING}
           for service in PLANS},
    }


def _seat(city: City, service: str, path: str, case_id: str, seats: Mapping[str, str], alone: bool = False) -> None:
    """Everyone else whom a case can have: in truth a dispute, a reference to the police or a report bring them in turn,
    and they are sender, receiver, participant or justice at the same time. `alone`: instead of those who are in it."""
    acts, today = city.suite.offices[service].acts[path], city.today
    with city.suite.offices[service].db.write() as tx:
        row = acts.store.get(tx, case_id)
        assert row is not None
        case = acts.store.case_of(row)
        before = case.parties
        seated = tuple(Party(part, agency, today) for part, agency in seats.items())
        case = replace(case, parties=seated if alone else (*case.parties, *seated))
        doc = acts.means.documents.dump(case, case_id, acts.means.documents.seals(row.doc, case_id))
        acts.store.save(tx, replace(row, doc=doc), case.parties, acts.keeping.columns(case, acts.means.vault), before)


def _account(city: City) -> str:
    """A closed account that STRANGER keeps; the person served FIRST and serves SECOND."""
    acts = city.suite.offices["desk"].acts["accounts"]
    account = acts.do("open-account", OpenAccount("matrix", Personal("某人"), STRANGER), THE_SUITE, Request()).case_id
    first = acts.do("appoint", Appoint("officer", FIRST), THE_SUITE, Request(account)).answer["facts"]["appointment"]
    acts.do("end-appointment", EndAppointment(first, "调离"), THE_SUITE, Request(account))
    acts.do("appoint", Appoint("officer", SECOND), THE_SUITE, Request(account))
    city.pass_days(1)      # who left yesterday is gone today
    acts.do("close-account", CloseAccount("停用"), THE_SUITE, Request(account))
    city.suite.catch_up()
    return account


def _entry(city: City) -> None:
    """A withdrawn entry of FIRST's catalogue."""
    said = {"title": "目录条目", "category": "dynamics", "description": "内容", "columns": [{"name": "文号"}],
            "ways": ["query"], "rhythm": "monthly", "office": "法制科"}
    path = "/api/sharing/catalogue"
    entry = city.post(path, {"entry": said, "data_on": city.today.isoformat()}, FIRST)
    assert entry.status == 201, entry.text
    answer = city.post(f"{path}/{entry.data['id']}/withdraw", {"reason": "撤下"}, FIRST, seen=1)
    assert answer.status == 200, answer.text


def delivered(city: City) -> str:
    """A delivery of FIRST's."""
    record = {"id": "1", "category": "dynamics", "title": "立案", "occurred_on": "2025-03-03"}
    answer = city.post("/api/sharing/records", record, FIRST)
    assert answer.status in (200, 201), answer.text
    return str(answer.data["id"])


def _filing(city: City) -> None:
    """A registered filing of THIRD's."""
    acts = city.suite.offices["oversight"].acts["filings"]
    command = ReceiveFiling("closing_report", "transfer", "none", 1, "", THIRD, DAY)
    filing = acts.do("receive", command, THE_SUITE, Request()).case_id
    answer = city.post(f"/api/oversight/filings/{filing}/register", {"number": "荣司备〔2025〕第1号"}, JUSTICE, seen=1)
    assert answer.status == 200, answer.text


def _case(city: City, path: str, service: str, id: str) -> Any:
    store = city.suite.offices[service].acts[path].store
    with city.suite.offices[service].db.read() as tx:
        row = store.get(tx, id)
    assert row is not None
    return store.case_of(row)


def left_on(city: City, case_id: str, agency: str) -> date:
    """The last day on which the agency was a party of the transfer."""
    until = next(party.until for party in _case(city, "cases", "transfer", case_id).parties if party.agency == agency)
    assert until is not None
    return until


def scan() -> dict[str, Any]:
    return {"file": (io.BytesIO(FILE), "scan.pdf", "application/pdf")}
