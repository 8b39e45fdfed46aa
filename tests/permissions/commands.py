"""A case of every chapter with someone in each part, and a command of every act that lacks what it needs."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.collab import commands as collab
from services.desk.account import Account
from services.desk.domain import Appoint, CloseAccount, EndAppointment, NoContent, OpenAccount
from services.joint import commands as joint
from services.oversight.accountability.domain import Enter, SetAside
from services.oversight.conferences.domain.case import CallConference, FallDue
from services.oversight.filings.domain import ReceiveFiling, RegisterFiling, ReturnFiling
from services.oversight.supervision.domain.case import Issue
from services.oversight.task_reports.domain import DeliverTaskReport
from services.sharing.archive.domain import AddRecords
from services.sharing.catalogue import domain
from services.sharing.domain import LoadCalendar, PublishRulebook, SetBasis
from services.sharing.personal_data.holds import PlaceHold
from services.sharing.queries.commands import Ask, CorrectPassed, Question
from services.sharing.register.agencies import ChangeAgency, RegisterAgency
from services.sharing.register.dissolution import Dissolve, RevokeDissolution, TakeEffect, TakeStanding
from services.sharing.register.entrustments import PassEntrustment
from services.sharing.register.powers import TakePowers
from services.sharing.register.successors import NameHeir
from services.sharing.subscriptions.domain import Subscribe
from services.sharing.tips.commands import ShareTip
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
from tests.permissions import (
    accountability,
    clients,
    conferences,
    holds,
    making,
    queries,
    subscriptions,
    supervision,
    task_reports,
    tips,
)
from tests.permissions import plans as played
from tests.permissions.city import DISCIPLINE, FILE, FIRST, JUSTICE, OFFICE, SECOND, SENDER, STRANGER, THIRD, City
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
    clients.KEY: frozenset({"keeper", "suite"}),
    ("oversight", "filings"): EVERY_OTHER | {"filer"},
    task_reports.KEY: EVERY_OTHER | {"reporter", *task_reports.SEATS},
    supervision.KEY: EVERY_OTHER | {"target", *supervision.SEATS},
    conferences.KEY: EVERY_OTHER | {"member", *conferences.SEATS},
    accountability.KEY: frozenset({"reporter"}),
    CATALOGUE: frozenset({"publisher", "government_office", "discipline"}),   # the last two are refused: 3
    RECORDS: frozenset({"holder"}),
    HOLDS: EVERY_OTHER | {"keeper", "custodian"},
    subscriptions.KEY: frozenset({"subscriber"}),
    **dict.fromkeys((("sharing", path) for path in ("agencies", "rulebooks", "calendars", "bases")), EVERY_OTHER),
}
# Acts that open a case as another part than the others of their chapter.
OPENERS_OF: Mapping[tuple[Key, str], frozenset[str]] = {(queries.KEY, "ask-offline"): frozenset({"holder"})}
ORDERED = frozenset({"assign", "decide-directly"})     # by whom a standing names: what others are tells nothing
CHOSEN = {"agencies": {"code": STRANGER}}       # of many registered at once: one that has no standing to lose
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
                              "take-effect": TakeEffect(), "take-standing": TakeStanding("", "", ""),
                              "pass-entrustment": PassEntrustment("none", "", DAY, ""),
                              "take-powers": TakePowers("none", (), ""), "name-heir": NameHeir("", "", "")},
    ("sharing", "rulebooks"): {"publish": PublishRulebook("")},
    ("sharing", "calendars"): {"load": LoadCalendar()},
    ("sharing", "bases"): {"set": SetBasis("", "", "", DAY)},
    RECORDS: {"add-records": AddRecords(Apart())},
    HOLDS: {"hold": PlaceHold("", "", DAY, ""), "succeed": Succeed("none", DAY, "")},
    subscriptions.KEY: {"subscribe": Subscribe("webhook")},
    CATALOGUE: {"publish": domain.Publish(domain.Content(), DAY), "succeed": Succeed("", DAY, "")},
    tips.KEY: {
        "share": ShareTip("", "", "", "", DAY, "", NONE),
        "correct": Correct(Correction("none", "", Personal(""), Personal(""), ""), NONE),
        "add-material": AddMaterial("", "", 0, 0, True, ""),
        "succeed": Succeed("none", DAY, ""),
    },
    queries.KEY: {
        **dict.fromkeys(("ask", "ask-urgent", "ask-offline", "ask-assistance"), Ask(Question(""))),
        "correct-passed": CorrectPassed(DAY, "", ""), "succeed": Succeed("nobody", DAY, ""),
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
    clients.KEY: clients.commands(DAY),
    ("collab", "plans"): {"draft": collab.Draft(Content(), (), (), NONE), **OF_PLANS},
    ("joint", "plans"): {
        "draft": joint.Draft(Content(), (), NONE),
        "assign": joint.Assign("", "", "", "", "", NONE),
        "decide-directly": joint.DecideDirectly("", "", "", "", "", NONE),
        **OF_PLANS,
    },
    ("oversight", "filings"): {
        "receive": ReceiveFiling("closing_report", "transfer", "none", 1, "荣某〔2025〕1号", STRANGER, DAY),
        "register": RegisterFiling(""),
        "return": ReturnFiling("", "", ()),
        **SUCCESSION,
    },
    supervision.KEY: {"issue": Issue("", ""), **SUCCESSION},
    conferences.KEY: {"fall-due": FallDue(), "call": CallConference(DAY, ""), **SUCCESSION},
    accountability.KEY: {"enter": Enter(), "set-aside": SetAside(""), **SUCCESSION},
    task_reports.KEY: {"deliver": DeliverTaskReport("collab", "none", 1, STRANGER, DAY, ()), **SUCCESSION},
}


def samples(city: City, transfer: str) -> Samples:
    """`transfer`: a withdrawn case that FIRST has left and SECOND has. The account is closed, the filing registered."""
    account = making.account(city)
    making.filing(city)
    report, supervised = task_reports.registered(city, THIRD), supervision.closed(city, THIRD)
    conference, matter = conferences.due(city), accountability.concluded(city, THIRD)
    making.entry(city)
    holds.lifted(city)
    subscriptions.ended(city)
    making.delivered(city)
    query, tip = queries.withdrawn(city), tips.withdrawn(city)
    basis = SetBasis("荣政发〔2026〕第1号", "关于延长有效期的通知", "extension", DAY)
    city.suite.sharing.acts["bases"].do("set", basis, THE_SUITE, Request())
    ids = {("transfer", "cases"): transfer, ("desk", "accounts"): account, **{
        (service, path): city.suite.offices[service].reads[path].page(THE_SUITE, CHOSEN.get(path, {}), 1).items[0]["id"]
        for service, path in COMMANDS if service in ("sharing", "oversight")}, queries.KEY: query, tips.KEY: tip,
        task_reports.KEY: report, supervision.KEY: supervised, conferences.KEY: conference,
        accountability.KEY: matter, clients.KEY: clients.ended(city, STRANGER)}
    ids |= {(service, "plans"): played.withdrawn(city, service).id for service in PLANS}
    _seat(city, "transfer", "cases", transfer, {**TURNS, **IN_CUSTODY})
    _seat(city, "joint", "plans", ids["joint", "plans"], {**EVALUATED, **IN_CUSTODY})
    _seat(city, "collab", "plans", ids["collab", "plans"], IN_CUSTODY)
    _seat(city, "oversight", "filings", ids["oversight", "filings"], IN_CUSTODY)
    _seat(city, *task_reports.KEY, report, {"reporter": THIRD, **task_reports.SEATS}, alone=True)
    _seat(city, *supervision.KEY, supervised, {"target": THIRD, **supervision.SEATS}, alone=True)
    _seat(city, *conferences.KEY, conference, {"member": THIRD, **conferences.SEATS}, alone=True)
    _seat(city, *accountability.KEY, matter, IN_CUSTODY)
    _seat(city, *CATALOGUE, ids[CATALOGUE], {"custodian": "nongye"})
    _seat(city, *HOLDS, ids[HOLDS], {"keeper": THIRD, "custodian": "nongye"}, alone=True)
    _seat(city, *queries.KEY, query, OF_QUERIES)
    _seat(city, *tips.KEY, tip, OF_TIPS)
    cases = {(service, path): _case(city, path, service, id) for (service, path), id in ids.items()}
    assert isinstance(cases["transfer", "cases"], Transfer) and isinstance(cases["desk", "accounts"], Account)
    return Samples(city, cases, ids, _seats())


def _seats() -> dict[Key, Mapping[str, str]]:
    """The agency that sits in each part of each chapter's case."""
    return {
        **{key: {"other": STRANGER, **STANDING} for key in COMMANDS},
        ("transfer", "cases"): {"sender": SENDER, "receiver": SECOND, "former": FIRST, "other": STRANGER, **TURNS,
                                **IN_CUSTODY, **STANDING},
        ("desk", "accounts"): {"keeper": STRANGER, "employer": SECOND, "former": FIRST, "other": THIRD, **STANDING},
        clients.KEY: {"keeper": STRANGER, "other": THIRD, **STANDING},
        queries.KEY: {"asker": queries.ASKER, "holder": queries.HOLDER, "other": STRANGER, **OF_QUERIES,
                      **STANDING},
        tips.KEY: {"sharer": tips.SHARER, "candidate": tips.CANDIDATE, "other": STRANGER, **OF_TIPS, **STANDING},
        CATALOGUE: {"publisher": FIRST, "custodian": "nongye", "other": STRANGER, **STANDING},
        RECORDS: {"holder": FIRST, "other": STRANGER, **STANDING},
        subscriptions.KEY: {"subscriber": FIRST, "other": STRANGER, **STANDING},
        HOLDS: {"keeper": THIRD, "custodian": "nongye", "other": STRANGER, **STANDING},
        ("oversight", "filings"): {"filer": THIRD, "other": STRANGER, **IN_CUSTODY, **STANDING},
        supervision.KEY: {"target": THIRD, "other": STRANGER, **supervision.SEATS, **STANDING},
        task_reports.KEY: {"reporter": THIRD, "other": STRANGER, **task_reports.SEATS, **STANDING},
        conferences.KEY: {"member": THIRD, "other": STRANGER, **conferences.SEATS, **STANDING},
        accountability.KEY: {"reporter": THIRD, "office": JUSTICE, "other": STRANGER, **IN_CUSTODY, **STANDING},
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
        acts.store.save(tx, replace(row, text=doc), case.parties, acts.keeping.columns(case, acts.means.vault), before)


def _case(city: City, path: str, service: str, id: str) -> Any:
    store = city.suite.offices[service].acts[path].store
    with city.suite.offices[service].db.read() as tx:
        row = store.get(tx, id)
    return store.case_of(row) if row else None


def left_on(city: City, case_id: str, agency: str) -> date:
    """The last day on which the agency was a party of the transfer."""
    until = next(party.until for party in _case(city, "cases", "transfer", case_id).parties if party.agency == agency)
    assert until is not None
    return until


def scan() -> dict[str, Any]:
    return {"file": (io.BytesIO(FILE), "scan.pdf", "application/pdf")}
